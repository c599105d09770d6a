"""Polynomial arithmetic over the rationals (flint): identities, roots, elimination. All exact.

An equation is a pair of expressions; its polynomial is the numerator of their difference. Work is
capped by degree and number of terms before it starts, and beyond the caps `TooLarge` is raised.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import flint
from flint import acb, fmpq, fmpq_mat, fmpq_mpoly, fmpq_poly, fmpz_mpoly_vec

from clr.notation import guard
from clr.notation.ast import (
    Add,
    Dec,
    Degree,
    Div,
    Expr,
    InBase,
    Int,
    Label,
    Mul,
    Neg,
    Percent,
    Pow,
    Quantity,
    Repeating,
    Sym,
)
from clr.verifiers import exact
from clr.verifiers.exact import Rational, Undefined, Unsupported

Equation: TypeAlias = tuple[Expr, Expr]
Fraction: TypeAlias = "tuple[fmpq_mpoly, fmpq_mpoly]"
"""Numerator and denominator, not reduced."""

MAX_POWER = 60
MAX_TERMS = 400
MAX_PRODUCTS = 20_000
MAX_FACTOR_DEGREE = 24
MAX_ROOT_DEGREE = 40
MAX_COEFFICIENT_BITS = 4096


class TooLarge(guard.TooCostly):
    """A polynomial has more terms, or a higher degree, than the caps of this module."""


@dataclass(frozen=True, slots=True, eq=False)
class Ring:
    """Polynomials in the symbols `names`; made by `ring`, which gives one object for one tuple."""

    names: tuple[str, ...]
    context: flint.fmpq_mpoly_ctx

    def generator(self, name: str) -> fmpq_mpoly:
        """The unknown `name` as a polynomial.

        Raises:
            Unsupported: the ring does not have it.
        """
        if name not in self.names:
            raise Unsupported(f"the unknown {name}")
        return self.context.gen(self.names.index(name))


def ring(names: Sequence[str]) -> Ring:
    """The ring over `names`, in graded reverse lexicographic order."""
    return _ring(tuple(names))


@lru_cache(maxsize=1024)
def _ring(names: tuple[str, ...]) -> Ring:
    internal = tuple(f"v{i}" for i in range(max(1, len(names))))  # flint keeps contexts for ever
    return Ring(names, flint.fmpq_mpoly_ctx.get(internal, "degrevlex"))


@lru_cache(maxsize=1024)
def fraction(e: Expr, over: Ring) -> Fraction:
    """A rational function as a fraction of polynomials, not reduced. Results are kept, as one side
    is asked for with each equation that it is compared with.

    Raises:
        Unsupported: not a rational function, or a symbol outside the ring.
        Undefined: a denominator is identically zero.
        TooLarge: a cap is met.
    """
    return _fraction(e, over)


def _fraction(e: Expr, over: Ring) -> Fraction:
    match e:
        case Int(number):
            return _constant(number, over)
        case Dec() | Repeating() | InBase():
            return _constant(exact.value(e), over)
        case Sym(name) | Label(name):
            return over.generator(name), over.context.constant(1)
        case Neg(arg):
            n, d = _fraction(arg, over)
            return -n, d
        case Add(args):
            n, d = _fraction(args[0], over)
            for arg in args[1:]:
                m, other = _fraction(arg, over)
                if d == other:
                    n = _capped(n + m)
                else:
                    n, d = _capped(_times(n, other) + _times(m, d)), _times(d, other)
            return n, d
        case Mul(args):
            n, d = _fraction(args[0], over)
            for arg in args[1:]:
                m, other = _fraction(arg, over)
                n, d = _times(n, m), _times(d, other)
            return n, d
        case Div(num, den):
            n, d = _fraction(num, over)
            m, other = _fraction(den, over)
            if m.is_zero():
                raise Undefined("a division by zero")
            return _times(n, other), _times(d, m)
        case Pow(base, Int(k)):
            n, d = _fraction(base, over)
            return _power(n, k), _power(d, k)
        case Pow(base, Neg(Int(k))):
            n, d = _fraction(base, over)
            if n.is_zero():
                raise Undefined("a negative power of zero")
            return _power(d, k), _power(n, k)
        case Quantity(arg, _) | Degree(arg):
            return _fraction(arg, over)
        case Percent(arg):
            n, d = _fraction(arg, over)
            return n, d * 100
        case _:
            raise Unsupported(type(e).__name__)


def _constant(x: Rational, over: Ring) -> Fraction:
    return over.context.constant(x), over.context.constant(1)


def _capped(p: fmpq_mpoly) -> fmpq_mpoly:
    if len(p) > MAX_TERMS:
        raise TooLarge(f"a polynomial of {len(p)} terms")
    return p


def _times(p: fmpq_mpoly, q: fmpq_mpoly) -> fmpq_mpoly:
    if len(p) * len(q) > MAX_PRODUCTS:
        raise TooLarge("a product of large polynomials")
    return _capped(p * q)


def _power(p: fmpq_mpoly, k: int) -> fmpq_mpoly:
    if len(p) > 1:
        if k > MAX_POWER:
            raise TooLarge(f"a power of {k}")
        terms = 1  # of the k-th power of a sum of len(p) independent terms
        for i in range(1, k + 1):
            terms = terms * (len(p) - 1 + i) // i
            if terms > MAX_PRODUCTS:
                raise TooLarge(f"a power of {k}")
    elif k > guard.MAX_EXPONENT:
        raise TooLarge(f"a power of {k}")
    return _capped(p**k)


def same(left: Expr, right: Expr, names: Sequence[str]) -> bool:
    """Whether two rational functions in `names` are one: a proof either way.

    Raises:
        Unsupported, Undefined, TooLarge: as `fraction`.
    """
    over = ring(names)
    n, d = fraction(left, over)
    m, e = fraction(right, over)
    return bool(_times(n, e) == _times(m, d))


def numerator(equation: Equation, over: Ring) -> fmpq_mpoly:
    """The polynomial that vanishes where the equation holds; reduced against its denominator.

    Raises:
        Unsupported, Undefined, TooLarge: as `fraction`.
    """
    n, d = fraction(equation[0], over)
    m, e = fraction(equation[1], over)
    p, q = _times(n, e) - _times(m, d), _times(d, e)
    if q.is_constant() or p.is_zero():
        return _capped(p)
    if len(p) * len(q) > MAX_PRODUCTS // 10 or p.total_degree() + q.total_degree() > 2 * MAX_POWER:
        raise TooLarge("a common factor of large polynomials")
    return _capped(p / p.gcd(q))


def proportional(first: Equation, second: Equation, names: Sequence[str]) -> bool:
    """Whether one equation is the other times a nonzero number: `2x = 4` and `x - 2 = 0`."""
    over = ring(names)
    p, q = numerator(first, over), numerator(second, over)
    if p.is_zero() or q.is_zero():
        return p.is_zero() and q.is_zero()
    return bool(p * q.leading_coefficient() == q * p.leading_coefficient())


class Likeness(NamedTuple):
    """How many coefficients of two equations agree once one is multiplied by the best number, and
    how many do not; a term that only one of them has does not. `degree` is that of the second."""

    agreeing: int
    differing: int
    degree: int


@lru_cache(maxsize=4096)
def alike(first: Equation, second: Equation, names: tuple[str, ...]) -> Likeness | None:
    """How much two equations in `names` have in common; None where they are not polynomial, or
    beyond the caps. Of equations that are proportional no coefficient differs."""
    over = ring(names)
    try:
        numerators = numerator(first, over), numerator(second, over)
    except ValueError:
        return None
    p, q = (n.to_dict() for n in numerators)
    ratios = Counter(q[monomial] / p[monomial] for monomial in p.keys() & q.keys())
    agreeing = max(ratios.values(), default=0)
    return Likeness(agreeing, len(p.keys() | q.keys()) - agreeing, numerators[1].total_degree())


class Common(NamedTuple):
    """How many terms of two polynomials agree, and how many only one of them has so; whether they
    are equal only where their one unknown is 0; and the coefficients of their difference."""

    agreeing: int
    differing: int
    only_at_0: bool
    gaps: tuple[fmpq, ...]


_NOTHING = Common(0, 0, False, ())


@lru_cache(maxsize=4096)
def terms_in_common(left: Expr, right: Expr, names: tuple[str, ...]) -> Common:
    """What two polynomials, multiplied out, have in common: nothing where a side is none, or beyond
    the caps."""
    over = ring(names)
    try:
        parts = [fraction(side, over) for side in (left, right)]
    except ValueError:
        return _NOTHING
    if not all(den.is_constant() for _, den in parts):
        return _NOTHING
    p, q = (num / den.leading_coefficient() for num, den in parts)
    mine, yours = p.to_dict(), q.to_dict()
    agreeing = sum(yours.get(monomial) == coefficient for monomial, coefficient in mine.items())
    apart = p - q
    only_at_0 = len(names) == 1 and len(apart) == 1 and not apart.is_constant()
    differing = len(mine.keys() | yours.keys()) - agreeing
    return Common(agreeing, differing, only_at_0, tuple(apart.coeffs()))


def is_condition(equation: Equation, names: Sequence[str]) -> bool:
    """Whether a polynomial equation may be a condition on its unknowns: its sides differ by several
    terms, while a slip in one coefficient makes them differ by one, which is nowhere zero for
    unknowns that are not."""
    try:
        return len(numerator(equation, ring(names))) > 1
    except ValueError:
        return False


def divides(divisor: Equation, dividend: Equation, names: Sequence[str]) -> bool:
    """Whether the polynomial of `divisor` divides that of `dividend`, and is not a number; False
    where they are not polynomial, or beyond the caps.

    Then every solution of `divisor` solves `dividend`: `x = 2` and `x^2 = 4`.
    """
    try:
        over = ring(names)
        p, q = numerator(divisor, over), numerator(dividend, over)
        if p.is_constant():
            return False
        _check_degree(p, MAX_ROOT_DEGREE)
        _check_degree(q, MAX_ROOT_DEGREE)
        return divmod(q, p)[1].is_zero()
    except ValueError:
        return False


def _check_degree(p: fmpq_mpoly, limit: int) -> None:
    if p.total_degree() > limit:
        raise TooLarge(f"a polynomial of degree {p.total_degree()}")


def univariate(p: fmpq_mpoly) -> fmpq_poly:
    """A polynomial in one symbol, whichever it is.

    Raises:
        Unsupported: it has more than one symbol.
        TooLarge: its degree or coefficients are beyond the caps.
    """
    degrees = p.degrees()
    used = [i for i, degree in enumerate(degrees) if degree > 0]
    if len(used) > 1:
        raise Unsupported("more than one unknown")
    size = degrees[used[0]] if used else 0
    if size > MAX_ROOT_DEGREE:
        raise TooLarge(f"a polynomial of degree {size}")
    coefficients: list[fmpq | int] = [0] * (size + 1)
    for monomial, coefficient in p.to_dict().items():
        if max(coefficient.p.bit_length(), coefficient.q.bit_length()) > MAX_COEFFICIENT_BITS:
            raise TooLarge("a large coefficient")
        coefficients[monomial[used[0]] if used else 0] = coefficient
    return fmpq_poly(coefficients)


def polynomial(equation: Equation, name: str) -> fmpq_poly:
    """The polynomial in `name` that vanishes where the equation holds; see `numerator`."""
    return univariate(numerator(equation, ring((name,))))


def rational_roots(p: fmpq_poly) -> list[fmpq]:
    """The distinct rational roots of a nonzero polynomial, in increasing order."""
    return sorted(root for root, _ in p.roots()) if p.degree() > 0 else []


def complex_roots(p: fmpq_poly) -> list[tuple[acb, int]]:
    """All roots of a nonzero polynomial with multiplicity, each isolated in a ball (certified)."""
    found: list[tuple[acb, int]] = p.complex_roots() if p.degree() > 0 else []  # type: ignore[assignment]
    return found


def factors(p: fmpq_mpoly) -> list[tuple[fmpq_mpoly, int]]:
    """Irreducible factors over the rationals with their powers, without the constant."""
    _check_degree(p, MAX_FACTOR_DEGREE)
    return list(p.factor()[1])


def solve_linear(equations: Sequence[Equation], names: Sequence[str]) -> dict[str, Rational] | None:
    """The one solution of a linear system in `names`, or None if it has none or many.

    Raises:
        Unsupported: an equation is not linear; also as `fraction`.
    """
    over = ring(names)
    rows = []
    for equation in equations:
        p = numerator(equation, over)
        if p.total_degree() > 1:
            raise Unsupported("an equation that is not linear")
        row = [fmpq(0)] * (len(names) + 1)
        for monomial, coefficient in p.to_dict().items():
            at = next((i for i, degree in enumerate(monomial[: len(names)]) if degree), len(names))
            row[at] = coefficient if at < len(names) else -coefficient
        rows.append(row)
    reduced, rank = fmpq_mat(rows).rref() if rows else (None, 0)
    if reduced is None or rank != len(names):
        return None
    pivots = all(reduced[i, i] == 1 for i in range(len(names)))
    if not pivots:
        return None  # the last pivot stands in the constants: no solution
    return {name: exact.simplest(reduced[i, len(names)]) for i, name in enumerate(names)}


_GROEBNER_TERMS = 60
_GROEBNER_DEGREE = 4
_GROEBNER_LIMITS = (24, 60, 2048)
"""Polynomials in the basis, terms in each, bits in a coefficient; deterministic, unlike a clock."""
_REDUCTIONS = 60


def follows(conclusion: Equation, premises: Sequence[Equation], names: Sequence[str]) -> bool:
    """Whether the polynomial of `conclusion` lies in the ideal of those of `premises`.

    True proves that the conclusion holds wherever the premises do and no denominator vanishes;
    False proves nothing (Cox, Little and O'Shea, Ideals, Varieties, and Algorithms, chapter 2).

    Raises:
        TooLarge: premises beyond degree 4, or of more than 60 terms in all; also as `fraction`.
    """
    over = ring(names)
    target = numerator(conclusion, over)
    generators = [p for p in (numerator(e, over) for e in premises) if not p.is_zero()]
    if target.is_zero() or not generators:
        return target.is_zero()
    if sum(map(len, generators)) > _GROEBNER_TERMS:
        raise TooLarge("premises of many terms")
    for p in generators:
        _check_degree(p, _GROEBNER_DEGREE)
    _check_degree(target, 3 * _GROEBNER_DEGREE)
    integers = flint.fmpz_mpoly_ctx.get(over.context.names(), "degrevlex")
    given = fmpz_mpoly_vec([_integral(p, integers) for p in generators], integers)
    basis, _ = given.buchberger_naive(limits=_GROEBNER_LIMITS)
    rational = [over.context.from_dict(p.to_dict()) for p in basis]  # type: ignore[attr-defined]
    for _ in range(_REDUCTIONS):
        before = target
        for p in rational:
            target = _capped(divmod(target, p)[1])
        if target == before:
            break
    return target.is_zero()


def _integral(p: fmpq_mpoly, integers: flint.fmpz_mpoly_ctx) -> flint.fmpz_mpoly:
    """A nonzero multiple of `p` with integer coefficients."""
    common = 1
    for coefficient in p.coeffs():
        common = math.lcm(common, int(coefficient.q))
    return integers.from_dict({m: int((c * common).p) for m, c in p.to_dict().items()})
