"""Claims about a list of words being put in alphabetical order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WordList:
    """The words to be sorted, as the problem lists them."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter of `word` at `position`, from 1, and its number in the alphabet if given.

    An empty `letter` says that the word is shorter.
    """

    word: str
    position: int
    letter: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Inspected:
    """The letters at `position` are looked at, for the words of `part`, which is to be put in order
    next, or for all words where that is None.
    """

    position: int
    part: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Listed:
    """These words were gone through, letter by letter."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Words whose order among each other is not said, with the number of their letter if given.

    `open` if that order is said to be still unknown, as in `["b" ? "a"]`.
    """

    words: tuple[str, ...]
    number: int | None = None
    open: bool = False


@dataclass(frozen=True, slots=True)
class Sorted:
    """Groups of words from first to last.

    `part` when said of the part of the list that is being put in order, not of the whole list;
    `elided` when words were left out with dots; `answer` when it is the answer.
    """

    groups: tuple[Group, ...]
    part: bool = False
    elided: bool = False
    answer: bool = False
