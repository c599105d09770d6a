"""Claims about a list: its members, their number, places and order, and which have a property."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

Item: TypeAlias = int | Fraction | str
"""A number, or a word in small letters."""
Items: TypeAlias = tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Property:
    """What an item may be; `denied` turns it around.

    Of numbers: "odd", "even", "prime", "positive", "negative", "multiple" (of `bound`), "over" or
    "under" (`bound`). Of words: "starts", "ends", "contains" (`letters`), "length", "longer",
    "shorter", "vowels" (`bound`), "palindrome", "backwards" (`letters`). "any" of both.
    """

    name: str
    bound: int = 0
    denied: bool = False
    letters: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """The items that a problem lists, in its order; `descending` where it asks for that order."""

    items: Items
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Copied:
    """The list is said to be this; as the problem gives it, where it is called so (`given`)."""

    items: Items
    given: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """The items of the list with a property are said to be these."""

    what: Property
    items: Items


@dataclass(frozen=True, slots=True)
class HowMany:
    """So many items of the list are said to have a property; each counted once, if `distinct`."""

    what: Property
    count: int
    distinct: bool = False


@dataclass(frozen=True, slots=True)
class Is:
    """An item is said to have a property."""

    item: Item
    what: Property


@dataclass(frozen=True, slots=True)
class Members:
    """Items are said to be in the list, or not to be."""

    items: Items
    inside: bool


@dataclass(frozen=True, slots=True)
class At:
    """An item is said to stand at a place; from 0 or from 1 where `base` is None, and counted from
    the end where `backwards`."""

    item: Item
    place: int
    base: int | None = 1
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Occurs:
    """An item is said to be in the list so many times, or at least so many."""

    item: Item
    times: int
    at_least: bool = False
    seen: int = 0
    """As in `Extreme`."""


@dataclass(frozen=True, slots=True)
class Repeats:
    """The list is said to have items that occur more than once, or none; these, if told."""

    some: bool
    items: Items | None = None


@dataclass(frozen=True, slots=True)
class Once:
    """The different items of the list, or those that occur once, are said to be these."""

    items: Items


@dataclass(frozen=True, slots=True)
class Extreme:
    """The largest or smallest item of the list, or the one next to it (`rank` 2), is said to be
    this; by "value", by "length" or in the "alphabet"."""

    largest: bool
    item: Item
    rank: int = 1
    by: str = "value"
    seen: int = 0
    """Where the items looked at so far may be meant, the fewest that they can be; 0 where the whole
    list is meant."""


@dataclass(frozen=True, slots=True)
class Measure:
    """The "range", "sum", "mean" or "median" of the list is said to be this."""

    name: str
    value: Fraction
    places: int = 0
    """So many decimals are written: more may have been left out."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """The list, sorted, is said to be this."""

    items: Items
    descending: bool


@dataclass(frozen=True, slots=True)
class Reversed:
    """The list from its end to its beginning is said to be this."""

    items: Items


@dataclass(frozen=True, slots=True)
class InOrder:
    """The list as it stands is said to be sorted, or not to be."""

    so: bool
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Before:
    """One word is said to come before another: in the alphabet, or, where it is not called so, in
    the alphabet or in the list."""

    first: str
    second: str
    alphabetical: bool


@dataclass(frozen=True, slots=True)
class Alike:
    """Another list, or the letters of a word, are said to be those of the list in any order;
    `as_sets` where it need not have them as often."""

    items: Items
    so: bool = True
    as_sets: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to what the problem asks is said to be yes or no."""

    yes: bool


@dataclass(frozen=True, slots=True)
class Unread:
    """A sentence about the list that was not read whole, with the lists that it shows; it may put
    the list in another order (`reorders`) or make another one of it (`changes`)."""

    shown: tuple[Items, ...] = ()
    reorders: bool = False
    changes: bool = False


Statement: TypeAlias = (
    Copied | Chosen | HowMany | Is | Members | At | Occurs | Repeats | Once | Extreme | Measure
    | Ordered | Reversed | InOrder | Before | Alike
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """A statement about a list that stands in it."""

    items: Items
    says: Statement
