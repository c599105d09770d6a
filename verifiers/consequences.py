"""Equations that follow from others by algebra, whatever the values of their unknowns.

Unknowns that the others define are put in; what is left must be an identity, or one of the others
times a number. Residues at two points show this but for a chance of one in 2^60 (see
`clr.verifiers.field`), in a fraction of the time that it takes to solve the equations.
"""

from __future__ import annotations

from collections.abc import Mapping

from clr.notation.ast import Degree, Expr, PlusMinus, free_symbols, kinds
from clr.verifiers.elimination import Equation, eliminated
from clr.verifiers.field import NOTHING, PRIME, Residue, residue, residue_with

_LEFT_OUT = frozenset((Degree, PlusMinus))
"""What stands for several numbers, or for others than residues show."""


def is_consequence(conclusion: Equation, premises: tuple[Equation, ...]) -> bool:
    """Whether `conclusion` plainly holds wherever `premises` do, and these do somewhere; False says
    nothing."""
    for left, right in (conclusion, *premises):
        if not (_LEFT_OUT.isdisjoint(kinds(left)) and _LEFT_OUT.isdisjoint(kinds(right))):
            return False
    try:
        if len(premises) == 1 and _is_multiple(conclusion, premises[0]):
            return True
        definitions, rest = eliminated(premises)
        if not rest and _symbols(conclusion).isdisjoint(definitions):
            return False
        first = _put_in(definitions, conclusion, 0)
        if first and not rest:
            return False
        open_ = [(e, gap) for e in rest if (gap := _put_in(definitions, e, 0))]
        if len(open_) > 1 or bool(first) != bool(open_):
            return False
        second = _put_in(definitions, conclusion, 1)
        if not open_:
            return not second
        equation, gap = open_[0]
        return _in_proportion((first, second), (gap, _put_in(definitions, equation, 1)))
    except ValueError:
        return False


def _is_multiple(conclusion: Equation, premise: Equation) -> bool:
    """Whether an equation between the same symbols is another one times a number."""
    return _symbols(conclusion) == _symbols(premise) and _in_proportion(
        (_difference(conclusion, 0), _difference(conclusion, 1)),
        (_difference(premise, 0), _difference(premise, 1)),
    )


def _symbols(equation: Equation) -> frozenset[str]:
    return free_symbols(equation[0]) | free_symbols(equation[1])


def _put_in(definitions: Mapping[str, Expr], equation: Equation, point: int) -> int:
    """What parts the sides at a point, with the names that are defined replaced by what they are.
    These stand in the order in which they can be computed."""
    needed = set(_symbols(equation))
    for name in reversed([*definitions]):
        if name in needed:
            needed |= free_symbols(definitions[name])
    values: dict[str, Residue] = {}
    for name, value in definitions.items():
        if name in needed:
            values[name] = residue_with(value, point, values)
    return _difference(equation, point, values)


def _difference(equation: Equation, point: int, values: Mapping[str, Residue] = NOTHING) -> int:
    """What parts the two sides at a point, once denominators are cleared."""
    left, right = equation
    if values:
        (a, b), (c, d) = residue_with(left, point, values), residue_with(right, point, values)
    else:
        (a, b), (c, d) = residue(left, point), residue(right, point)
    return (a * d - c * b) % PRIME


def _in_proportion(claimed: tuple[int, int], known: tuple[int, int]) -> bool:
    """Whether values at two points are in one proportion; those of `known` must be the values of no
    mere number, which would hold nowhere."""
    (a, b), (c, d) = claimed, known
    return bool(a and b and c and d and c != d) and (a * d - b * c) % PRIME == 0
