"""Whether two expressions of answers are the same: as values, as quantities, as equations.

True, False, or None where nothing can tell. Exact: 0.333 is not 1/3.
"""

from __future__ import annotations

from collections.abc import Iterable

from clr.notation.ast import (
    Add,
    Const,
    Degree,
    Div,
    Either,
    Expr,
    InBase,
    Int,
    Matrix,
    Mul,
    Neg,
    Percent,
    Quantity,
    Seq,
    Sym,
    free_symbols,
    kinds,
)
from clr.notation.errors import TooAmbiguous
from clr.notation.readings import readings
from clr.notation.words import unit_name
from clr.verifiers import exact, polynomials
from clr.verifiers.identity import identity
from clr.verifiers.outcome import Truth
from clr.verifiers.units import measure


def same_equation(a: tuple[Expr, Expr], b: tuple[Expr, Expr]) -> bool | None:
    """Whether one equation is a constant times the other, denominators cleared."""
    first, second = (Add((left, Neg(right))) for left, right in (a, b))
    same = same_up_to_factor(first, second)
    if same is not False:
        return same
    try:
        return polynomials.proportional(a, b, sorted(free_symbols(first) | free_symbols(second)))
    except ValueError:
        return False


def same_up_to_factor(first: Expr, second: Expr, *, positive: bool = False) -> bool | None:
    """Whether one expression is the other times a constant, which must be greater than zero if
    `positive`."""
    names = free_symbols(first)
    if names != free_symbols(second):
        return False
    for other in (second,) if positive else (second, Neg(second)):
        if identity(first, other).truth is Truth.TRUE:
            return True
    env: dict[str, exact.Rational] = {name: 3 + 4 * i for i, name in enumerate(sorted(names))}
    try:
        ratio = exact.divide(exact.value(first, env), exact.value(second, env))
    except ValueError:
        return None
    if ratio == 0 or (positive and ratio < 0):
        return False
    return identity(first, Mul((exact.literal(ratio), second))).truth is Truth.TRUE


def same_value(a: Expr, b: Expr) -> bool | None:
    """Whether two expressions have one value in a reading that holds for both: exactly, after
    conversion of units, or as a percentage and its number."""
    if Either not in kinds(a) | kinds(b):
        return _equal(a, b)
    try:
        pairs = readings(Seq("", (a, b), ""))  # the same habit of notation holds for both
    except TooAmbiguous:
        return None
    found = [_equal(*pair.items) for pair in pairs if isinstance(pair, Seq)]
    return True if True in found else (None if None in found else False)


def _equal(a: Expr, b: Expr) -> bool | None:
    if a == b:
        return True
    match a, b:
        case Percent(x), Percent(y):
            return _equal(x, y)
        case (Percent(x), y) | (y, Percent(x)) if not isinstance(y, Quantity):
            return _percentage(x, y)
        case Degree(x), Degree(y):
            return _equal(x, y)
        case (Degree(x), y) | (y, Degree(x)):
            return either(_equal(x, y), _equal(Div(Mul((x, Const("pi"))), Int(180)), y))
        case InBase(_, base), InBase(_, other):
            return False if base != other else _closed(a, b)
        case (InBase(_, 10), _) | (_, InBase(_, 10)):
            return _closed(a, b)
        case (InBase(), _) | (_, InBase()):
            return False
        case Quantity(x, u), Quantity(y, v):
            return _same_quantity(x, u, y, v) if u != v else _equal(x, y)
        case (Quantity(x, unit), y) | (y, Quantity(x, unit)):
            return _without_unit(x, unit, y)
        case Matrix(rows), Matrix(others):
            if [len(r) for r in rows] != [len(r) for r in others]:
                return False
            return every(
                _equal(x, y)
                for row, other in zip(rows, others, strict=True)
                for x, y in zip(row, other, strict=True)
            )
    infinite = Const("inf")
    if infinite in (a, b) or Neg(infinite) in (a, b):
        return False
    return _by_algebra(a, b) if free_symbols(a) or free_symbols(b) else _closed(a, b)


def _percentage(x: Expr, bare: Expr) -> bool | None:
    """`x%` beside a number without the sign: its value, or the number before the sign. The sign of
    a number up to 1 cannot be left out: 0.5 is a half, or else 0.5%."""
    as_value = _equal(Div(x, Int(100)), bare)
    if as_value is not False or _equal(x, bare) is not True:
        return as_value
    try:
        size = exact.value(bare)
    except ValueError:
        return None
    return True if size > 1 or size < -1 else None


def _same_quantity(x: Expr, unit: str, y: Expr, other: str) -> bool | None:
    """Units of one dimension are converted. Nouns that differ say nothing, unless one of them only
    adds to the other: red apples are apples."""
    a, b = measure(unit), measure(other)
    if a is not None and b is not None:
        same_dimension = a[0] == b[0]
        return same_dimension and _equal(_times(x, a[1]), _times(y, b[1]))
    words, others = set(unit.split()), set(other.split())
    if words <= others or others <= words:
        return _equal(x, y)
    return None if _equal(x, y) is not False else False


def _without_unit(x: Expr, unit: str, bare: Expr) -> bool | None:
    """A unit that only one side has is ignored; "3 dozen" is 36; a letter may be a unit: 5 m."""
    match bare:
        case Mul((*factors, Sym(letter))) if letter in _UNIT_LETTERS and factors:
            value = factors[0] if len(factors) == 1 else Mul(tuple(factors))
            return _same_quantity(x, unit, value, unit_name([letter]))
    found = measure(unit)
    if found is not None and not found[0] and _equal(_times(x, found[1]), bare):
        return True
    return _equal(x, bare)


_UNIT_LETTERS = frozenset("m g s h l L".split())


def _times(e: Expr, factor: exact.Rational) -> Expr:
    return Mul((e, exact.literal(factor)))


def _closed(a: Expr, b: Expr) -> bool | None:
    try:
        return bool(exact.value(a) == exact.value(b))
    except ValueError:
        return _by_algebra(a, b)


def _by_algebra(a: Expr, b: Expr) -> bool | None:
    truth = identity(a, b).truth
    return {Truth.TRUE: True, Truth.FALSE: False}.get(truth)


def every(found: Iterable[bool | None]) -> bool | None:
    """Whether all of them hold, where None is unknown."""
    results = list(found)
    if False in results:
        return False
    return None if None in results else True


def either(first: bool | None, second: bool | None) -> bool | None:
    """Whether one of two holds, where None is unknown."""
    return True if first or second else (None if None in (first, second) else False)
