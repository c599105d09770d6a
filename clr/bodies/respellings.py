"""Claims about words made of the letters of others: reversed, or of first or last letters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Task:
    """What the problem asks for: the letter at `place` of each of `words` in turn (0 the first, -1
    the last), or with `place` None, the letters of the one word from the last to the first."""

    words: tuple[str, ...]
    place: int | None


@dataclass(frozen=True, slots=True)
class Picked:
    """`letter` is said to stand at `place` of `word`."""

    word: str
    place: int
    letter: str


@dataclass(frozen=True, slots=True)
class Backwards:
    """`word`, read from the last letter to the first, is said to be `result`."""

    word: str
    result: str


@dataclass(frozen=True, slots=True)
class Made:
    """The letters picked so far are said to make `result`, the whole answer."""

    result: str
