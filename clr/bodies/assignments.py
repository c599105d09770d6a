"""Claims about what belongs together, where things of several sorts are matched one to one.

Everybody has one pet and one drink, and no two the same; with each person, one of each sort. One of
the sorts may be an order: houses in a row, the days of a week.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from clr.bodies.connectives import And, Not, Or, Premise


@dataclass(frozen=True, slots=True)
class Together:
    """`first` and `second`, of two sorts, belong to the same person."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Apart:
    """What `second` belongs to comes after what `first` belongs to in the order: `gap` places after
    it, or with 0 any number. Unless `ordered`, either may come first."""

    first: str
    second: str
    gap: int
    ordered: bool = True


Formula: TypeAlias = "Together | Apart | Not[Formula] | And[Formula] | Or[Formula]"


@dataclass(frozen=True, slots=True)
class Assignment:
    """What the problem says: its sorts, the first of which is called people here, and its premises.

    All sorts are of one size; the things of the sort `order` are in their order. `complete` unless
    a sentence of the problem could not be read.
    """

    people: tuple[str, ...]
    sorts: tuple[tuple[str, ...], ...]
    premises: tuple[Premise[Formula], ...]
    order: tuple[str, ...] = ()
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Says:
    """A formula is said to hold, `cites` being given for it; a `reason` is given for another.
    `concluded` if the sentence begins with "so" or the like, `overall` if it is said to hold in all
    cases that were told apart."""

    formula: Formula
    cites: tuple[Formula, ...] = ()
    reason: bool = False
    concluded: bool = False
    overall: bool = False


@dataclass(frozen=True, slots=True)
class Possible:
    """Each of `alternatives` is said to be possible."""

    alternatives: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A sentence about the people or things that was not read whole; `supposes` if it supposes,
    perhaps the `hypothesis`."""

    supposes: bool
    hypothesis: Formula | None = None
