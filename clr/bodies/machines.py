"""Claims about a thing that changes by declared steps: what is where, on a stack, on or off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Value: TypeAlias = str | tuple[str, ...]
"""A place, a position of a switch, a whole number in digits, or what a stack or queue holds, the
oldest first."""


@dataclass(frozen=True, slots=True)
class Put:
    """`slot` has `value` from now on: a thing is moved to a place. Where a trace names a move
    without its place, `value` is empty."""

    slot: str
    value: str


@dataclass(frozen=True, slots=True)
class Push:
    """`value` comes to the end of what `slot` holds."""

    slot: str
    value: str


@dataclass(frozen=True, slots=True)
class Pop:
    """What came last to `slot` leaves it, or with `first`, what came first."""

    slot: str
    first: bool


@dataclass(frozen=True, slots=True)
class Toggle:
    """`slot` takes the other one of its two `values`."""

    slot: str
    values: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Add:
    """The number in `slot` grows by `amount`, which is negative where it falls."""

    slot: str
    amount: int


@dataclass(frozen=True, slots=True)
class Times:
    """The number in `slot` is multiplied by `factor`."""

    slot: str
    factor: int


@dataclass(frozen=True, slots=True)
class Copy:
    """`slot` has from now on what `source` has, which keeps it."""

    slot: str
    source: str


@dataclass(frozen=True, slots=True)
class Swap:
    """Two slots exchange what they have."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """What is at the places `first` and `second` of the row in `slot`, from 1, is exchanged; where
    `slot` has a place, it is the other one from now on, if it was one of them."""

    slot: str
    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Reverse:
    """What is at the places from `first` to `last` of the row in `slot` is put in reverse order;
    where `slot` has a place, it goes along."""

    slot: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Idle:
    """Something that is said not to be done, by `who`."""

    who: str


Event: TypeAlias = Put | Push | Pop | Toggle | Add | Times | Copy | Swap | Exchange | Reverse | Idle
Values: TypeAlias = tuple[tuple[str, Value], ...]
"""Slots with what each has; what is not named is as it was."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What the problem says: the state at the start, and the events in order.

    `actors` are those who do each event, or "".
    """

    start: Values
    events: tuple[Event, ...]
    actors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Some slots have these values: after the events `event`, told with who does them, after the
    first `index` events, at the `start`, or in the end (`final`); without these, at some moment
    that is not named: now, if it is `concluded`."""

    has: Values
    event: tuple[tuple[Event, ...], str] | None = None
    index: int | None = None
    start: bool = False
    final: bool = False
    concluded: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """A sentence about the slots that was not read whole."""
