"""Claims about where somebody stands and faces while following instructions on a grid."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

Number: TypeAlias = int | Fraction
Place: TypeAlias = tuple[Number, Number]
"""Coordinates x and y, in whatever unit the instructions use."""


@dataclass(frozen=True, slots=True)
class Towards:
    """A direction, in quarter turns counterclockwise from what `frame` names.

    "axis": from the positive x-axis; "compass": from north; "ahead": from where one faces now;
    "start": from where one faced at first, or from the positive y-axis where that is meant.
    """

    frame: str
    quarters: int


@dataclass(frozen=True, slots=True)
class Move:
    """So many steps in a direction."""

    steps: Number
    towards: Towards


@dataclass(frozen=True, slots=True)
class Turn:
    """Face another direction without moving."""

    towards: Towards


Instruction: TypeAlias = Move | Turn


@dataclass(frozen=True, slots=True)
class Route:
    """The instructions of a problem in order, and where one faces at first if it says so.

    With `sidesteps`, one faces the same way all the time. `asks_return` where the question is
    whether one gets back to the starting point.
    """

    instructions: tuple[Instruction, ...]
    facing: Towards | None = None
    sidesteps: bool = False
    asks_return: bool = False


@dataclass(frozen=True, slots=True)
class Walked:
    """One stands at `place` facing `facing` (None: not said) after these instructions.

    Without `instructions`, nothing is said to be done; then `start` marks the time before all of
    them, and `final` the time after them. `before` is the place that one comes from; `offset` tells
    the place by steps from the starting point.
    """

    instructions: tuple[Instruction, ...]
    place: Place | None = None
    facing: Towards | None = None
    before: Place | None = None
    offset: tuple[Move, ...] = ()
    start: bool = False
    final: bool = False

    @property
    def settled(self) -> bool:
        """Whether it is told where the instructions lead."""
        return self.place is not None or self.facing is not None or bool(self.offset)


@dataclass(frozen=True, slots=True)
class Returned:
    """One is back at the starting point in the end, or is not; `answer` if it is the answer."""

    back: bool
    answer: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """A sentence that may tell where instructions lead, and was not read."""
