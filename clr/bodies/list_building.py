"""Claims about a list that is built item by item: what it is after an item was added or removed."""

from __future__ import annotations

from dataclasses import dataclass

from clr.bodies.lists import Items, Property, Statement


@dataclass(frozen=True, slots=True)
class Sources:
    """The lists that a problem gives, from which others are built, and the property that the items
    of these are to have, if it asks for one."""

    lists: tuple[Items, ...]
    wanted: Property | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """The list is said to be `result` after an operation: "add", "append", "prepend" or "remove" of
    the `items`, "skip" of them, "first" or "last" for one that leaves it, "reverse" or "sort";
    `before` is what it was, where that is said."""

    operation: str
    items: Items
    result: Items
    before: Items | None = None


@dataclass(frozen=True, slots=True)
class SoFar:
    """The items with a property that were found so far are said to be these."""

    what: Property
    items: Items


@dataclass(frozen=True, slots=True)
class Parted:
    """Some items of the list are said to be kept, and others dropped."""

    kept: Items
    dropped: Items


@dataclass(frozen=True, slots=True)
class Grows:
    """The list is said to go through these states, one after the other."""

    states: tuple[Items, ...]


@dataclass(frozen=True, slots=True)
class Shows:
    """The list is said to be this now, or in the end (`final`)."""

    items: Items
    final: bool = False


@dataclass(frozen=True, slots=True)
class Now:
    """Something is said of the list as it is now."""

    says: Statement


@dataclass(frozen=True, slots=True)
class Unread:
    """A sentence that was not read whole, with the items that it names and the lists it shows."""

    named: Items = ()
    shown: tuple[Items, ...] = ()
