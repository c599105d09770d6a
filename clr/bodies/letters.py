"""Claims about how words are written: their letters, and how often each occurs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """The word or sentence that a problem is about, and what is to be counted in it.

    `asked` is a letter, or "letters", "characters", "words", "vowels" or "consonants".
    """

    text: str
    asked: str


@dataclass(frozen=True, slots=True)
class Spelled:
    """These letters, in this order, spell the text."""

    letters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Occurs:
    """Something is in a word or sentence so many times; `what` as in `Text.asked`."""

    what: str
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Stands:
    """A letter stands at a place of the text.

    With `listed`, this is a line of a list, whose number may also say how many there were so far.
    """

    letter: str
    place: int
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """A letter stands at these places of the text and at no other."""

    letter: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """So many is the answer."""

    count: int
