"""Claims about who has what, where everybody has one thing of each sort and no two the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from clr.bodies.connectives import And, Not, Or, Premise


@dataclass(frozen=True, slots=True)
class Has:
    """`who` has `value`; the sort is told by the value, which is of one sort only."""

    who: str
    value: str


@dataclass(frozen=True, slots=True)
class Together:
    """Whoever has `first` has `second` too."""

    first: str
    second: str


Formula: TypeAlias = "Has | Together | Not[Formula] | And[Formula] | Or[Formula]"


@dataclass(frozen=True, slots=True)
class Assignment:
    """What the problem says: who there is, the values of each sort, and the premises.

    Every sort has as many values as there are people.
    """

    people: tuple[str, ...]
    sorts: tuple[tuple[str, ...], ...]
    premises: tuple[Premise[Formula], ...]


@dataclass(frozen=True, slots=True)
class Says:
    """A formula is said to hold."""

    formula: Formula


@dataclass(frozen=True, slots=True)
class Unread:
    """A sentence about the people or things that was not read whole; `supposes` if it supposes."""

    supposes: bool
