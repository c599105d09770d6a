"""Claims about the values of Boolean expressions."""

from __future__ import annotations

from dataclasses import dataclass

from clr.fol.syntax import Formula


@dataclass(frozen=True, slots=True)
class Chain:
    """Expressions said to have one value: `not True or False = False or False = False`.

    Names in them are atoms; a name alone at the front is defined by what follows, or recalled.
    `texts` are the expressions as written. A chain of fewer than two says nothing. One that is not
    `certain` may be two statements: `A = False and B = True`.
    """

    members: tuple[Formula, ...]
    texts: tuple[str, ...]
    certain: bool = True


@dataclass(frozen=True, slots=True)
class SameValue:
    """A chain in every admissible reading, the likeliest first."""

    readings: tuple[Chain, ...]
