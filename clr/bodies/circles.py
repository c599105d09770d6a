"""Claims about who sits where around a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from clr.bodies.connectives import And, Not, Or, Premise


@dataclass(frozen=True, slots=True)
class Away:
    """`first` sits so many seats to the left of `second`, or where the problem counts that way,
    clockwise from it; if not `ordered`, perhaps on the other side."""

    first: str
    second: str
    seats: int
    ordered: bool = True


Formula: TypeAlias = "Away | Not[Formula] | And[Formula] | Or[Formula]"


@dataclass(frozen=True, slots=True)
class Table:
    """Those who sit around a table, one to a seat, and what the problem says of them; `complete`
    if all of that was read."""

    people: tuple[str, ...]
    premises: tuple[Premise[Formula], ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Seated:
    """A formula is said to hold."""

    formula: Formula


@dataclass(frozen=True, slots=True)
class Unread:
    """A sentence about those who sit there that was not read; `supposes` if it may suppose."""

    supposes: bool
