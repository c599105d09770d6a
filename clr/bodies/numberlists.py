"""Claims about a list of numbers: which of them have a property, how many, in what order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Property:
    """What a number may be: "odd", "even", "prime", "positive", "negative", "any", "multiple" (of
    `bound`), "over" or "under" (`bound`); `denied` turns it around."""

    name: str
    bound: int = 0
    denied: bool = False


@dataclass(frozen=True, slots=True)
class NumberList:
    """The numbers that a problem lists, in its order."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The numbers of the list with a property are said to be these."""

    what: Property
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HowMany:
    """So many numbers of the list are said to have a property."""

    what: Property
    count: int


@dataclass(frozen=True, slots=True)
class Member:
    """A number is said to be in the list, or not to be."""

    number: int
    inside: bool


@dataclass(frozen=True, slots=True)
class Extreme:
    """The largest or smallest number of the list is said to be this."""

    largest: bool
    number: int


@dataclass(frozen=True, slots=True)
class Ordered:
    """The list, sorted, is said to be this."""

    numbers: tuple[int, ...]
    descending: bool


@dataclass(frozen=True, slots=True)
class Unread:
    """A sentence about the list that was not read whole."""
