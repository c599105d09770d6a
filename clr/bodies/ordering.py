"""Claims about an arrangement: things in a row, each in one place, no two in the same place.

Places are numbered from 1 at the low end of the arrangement (leftmost, oldest, first).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from clr.bodies.connectives import And, Not, Or, Premise


@dataclass(frozen=True, slots=True)
class At:
    """`item` stands in `place`, counted from 1 at the low end."""

    item: str
    place: int


@dataclass(frozen=True, slots=True)
class Before:
    """`first` stands nearer to the low end than `second`."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Beside:
    """`first` and `second` are `gap` places apart, neighbours as a rule; with `ordered`, `first` is
    on the low side."""

    first: str
    second: str
    ordered: bool
    gap: int = 1


Formula: TypeAlias = "At | Before | Beside | Not[Formula] | And[Formula] | Or[Formula]"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What the problem says: the items, its premises, and the options offered as answers.

    `complete` is false where a statement of the problem could not be read, so that nothing may be
    said about what does not follow.
    """

    items: tuple[str, ...]
    premises: tuple[Premise[Formula], ...]
    options: tuple[tuple[str, Formula], ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Constraint:
    """A restriction on the arrangement, in every admissible reading, the likeliest first.

    `cites` are the statements given for it in the same sentence, and `reason` marks one of those.
    One that is not `firm` may be no statement at all: "1. owl" may number an item of a list. One
    that is `final` is given as the answer, under no hypothesis. A `label` is a number before a line
    of its own, a place for sure where an order was announced. The two readings of one with a
    `mirror` count numbers, or read signs of comparison, from one end or from the other. `concluded`
    if the sentence begins with "so" or the like, `overall` if it is said to hold in all cases that
    were told apart.
    """

    readings: tuple[Formula, ...]
    cites: tuple[Formula, ...] = ()
    reason: bool = False
    firm: bool = True
    final: bool = False
    label: bool = False
    mirror: str = ""
    concluded: bool = False
    overall: bool = False


@dataclass(frozen=True, slots=True)
class Possible:
    """Each of `alternatives` is said to be possible, in every admissible reading."""

    readings: tuple[tuple[Formula, ...], ...]


@dataclass(frozen=True, slots=True)
class Open:
    """A place is said to be free for anything, in every admissible reading of the place."""

    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of the problem is named as the answer."""

    label: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """An option of the problem is said to be false."""

    label: str


@dataclass(frozen=True, slots=True)
class Announcement:
    """An order is said to follow."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A sentence about the items that was not read whole; `supposes` if it opens a hypothesis,
    which is given in each reading where it was read."""

    supposes: bool
    hypothesis: tuple[Formula, ...] = ()
