"""Claims about puzzles: who stands in which place, who tells the truth, who has the thing.

A puzzle has variables with a few values each; variables of one group take different values. What a
clue or a claim says is put together from statements that a variable has a value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from clr.bodies.connectives import And, Not, Or, Premise


@dataclass(frozen=True, slots=True)
class Is:
    """`variable` has the value `value`, which is its place among the values."""

    variable: str
    value: int


Formula: TypeAlias = "Is | Not[Formula] | And[Formula] | Or[Formula]"

TRUE: Formula = And(())
FALSE: Formula = Or(())


@dataclass(frozen=True, slots=True)
class Group:
    """Variables that take the same `values`; if `distinct`, each of them a different one."""

    variables: tuple[str, ...]
    values: tuple[str, ...]
    distinct: bool


@dataclass(frozen=True, slots=True)
class Puzzle:
    """What the problem says: its variables, what holds by the meaning of the words alone
    (`meanings`: somebody's statement is true if what it says is so), and its clues.

    `complete` if all of it was read.
    """

    groups: tuple[Group, ...]
    clues: tuple[Premise[Formula], ...]
    meanings: tuple[Formula, ...] = ()
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Says:
    """A formula is said to hold, in every admissible reading.

    Two readings with a `mirror` see an order from either end: they count "numbers", list a "row",
    or read "signs" of comparison. A trace keeps to one of them, which is `strict` where a sign has
    a natural sense.
    `concluded` if the sentence begins with "so" or the like, or is the first of its step. One that
    is `final` is given as the answer, under no hypothesis. One that only tells what words mean
    (`by_meaning`) has to hold under its hypothesis even where the clues exclude that.
    """

    readings: tuple[Formula, ...]
    mirror: str = ""
    strict: bool = True
    concluded: bool = False
    final: bool = False
    by_meaning: bool = False


@dataclass(frozen=True, slots=True)
class Supposes:
    """A hypothesis is opened; None where it was not read."""

    formula: Formula | None


@dataclass(frozen=True, slots=True)
class Rejects:
    """The hypothesis is said to fail."""


@dataclass(frozen=True, slots=True)
class Accepts:
    """The hypothesis is said to agree with all clues."""
