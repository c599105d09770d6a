"""Sums and products with dots, where the terms leave no doubt: `1 + 3 + 5 + ... + (2n - 1)`.

The terms must be alike but for some numbers in them, and each of these must run in equal steps or
by equal factors from the first term to the last: `1/(1*2) + 1/(2*3) + ... + 1/(n(n+1))`. Two terms
may begin a progression of either kind; then there are two readings. A geometric series without end
has a value, with dots or as a sum to infinity.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise, product

from clr.ledger import substitute
from clr.notation.ast import (
    Add,
    Big,
    Call,
    Const,
    Div,
    Dots,
    Expr,
    Int,
    Mul,
    Neg,
    Pow,
    Sym,
    children,
    free_symbols,
    kinds,
    walk,
    with_children,
)
from clr.verifiers import exact, polynomials
from clr.verifiers.exact import Rational
from clr.verifiers.identity import identity
from clr.verifiers.outcome import Truth

INDEX = "step of dots"
"""The bound variable of what dots stand for: no name that can be written."""
MAX_READINGS = 4
MAX_TERMS = 12
"""Terms that are written out around the dots."""


def goes_on(e: Expr) -> bool:
    """Whether `e` holds dots, or a sum to infinity."""
    found = kinds(e)
    return Dots in found or (
        Big in found and any(isinstance(n, Big) and n.high == _INFINITY for n in walk(e))
    )


_INFINITY = Const("inf")


@lru_cache(maxsize=4096)
def written_out(e: Expr) -> tuple[Expr, ...]:
    """The readings of `e` without dots; none where a term or their number is in doubt."""
    if not goes_on(e):
        return (e,)
    if isinstance(e, Big):
        return tuple(_to_infinity(e)) if Dots not in kinds(e) else ()
    if isinstance(e, Add | Mul) and Dots() in e.args:
        return tuple(_opened(e))[:MAX_READINGS]
    below = children(e)
    parts = [written_out(part) for part in below]
    if not below or not all(parts):
        return ()
    return tuple(with_children(e, chosen) for chosen in islice(product(*parts), MAX_READINGS))


def _opened(e: Add | Mul) -> Iterator[Expr]:
    at = e.args.index(Dots())
    before, after = e.args[:at], e.args[at + 1 :]
    if len(before) < 2 or len(e.args) > MAX_TERMS or any(Dots in kinds(a) for a in before + after):
        return
    op = "sum" if isinstance(e, Add) else "prod"
    if not after:
        if op == "sum":
            yield from _endless(before)
        return
    for term, last in _general(before, after[-1]):
        if _fits(term, last, after[:-1]) and _long_enough(last, len(before)):
            yield Big(op, INDEX, Int(0), last, term)


def _fits(term: Expr, last: Expr, terms: Sequence[Expr]) -> bool:
    """Whether `terms` are those just before the last."""
    for back, written in enumerate(reversed(terms), 1):
        expected = substitute(term, {INDEX: Add((last, Neg(Int(back))))})
        if identity(expected, written).truth is not Truth.TRUE:
            return False
    return True


def _long_enough(last: Expr, written: int) -> bool:
    """Whether the last term comes after those that are written before the dots."""
    if free_symbols(last):
        return True
    try:
        found = exact.value(last)
    except ValueError:
        return False
    return isinstance(found, int) and found >= written - 1


@dataclass(frozen=True, slots=True)
class _Progression:
    """`first + step * k`, or `first * step^k` if it grows by factors, for k = 0, 1, ..., `last`."""

    first: Expr
    step: Expr
    by_factors: bool
    last: Expr

    def at(self, k: Expr) -> Expr:
        if self.by_factors:
            return Mul((self.first, Pow(self.step, k)))
        return Add((self.first, Mul((self.step, k))))


def _general(before: Sequence[Expr], end: Expr) -> Iterator[tuple[Expr, Expr]]:
    """General terms, as functions of the index, each with the index of the last."""
    holes: list[tuple[Expr, ...]] = []
    template = _template((*before, end), holes)
    if not holes or len(holes) > 3:
        return
    for chosen in product(*(list(_progressions(hole)) for hole in holes)):
        first = chosen[0].last
        if all(identity(first, p.last).truth is Truth.TRUE for p in chosen[1:]):
            filled = {_hole(n): p.at(Sym(INDEX)) for n, p in enumerate(chosen)}
            yield substitute(template, filled), first


def _hole(number: int) -> str:
    return f"hole {number} of dots"


def _template(terms: Sequence[Expr], holes: list[tuple[Expr, ...]]) -> Expr:
    """What all terms have in common, with a symbol for each place where they differ."""
    first = terms[0]
    if all(term == first for term in terms):
        return first
    shapes = {(type(t), len(children(t)), t.func if isinstance(t, Call) else "") for t in terms}
    if len(shapes) == 1 and children(first) and not _is_value(terms):
        columns = zip(*(children(t) for t in terms), strict=True)
        return with_children(first, (_template(column, holes) for column in columns))
    holes.append(tuple(terms))
    return Sym(_hole(len(holes) - 1))


def _is_value(terms: Sequence[Expr]) -> bool:
    """Whether the terms are products with unknowns, which run on as a whole: x, 2x, 3x."""
    return isinstance(terms[0], Mul) and any(free_symbols(t) for t in terms[:-1])


def _progressions(hole: tuple[Expr, ...]) -> Iterator[_Progression]:
    *before, end = hole
    factors = _by_factors(before, end)
    if factors is None or Pow not in kinds(end):  # 3 + 3^2 + ... + 3^n leaves no doubt
        steps = [_constant(Add((b, Neg(a)))) for a, b in pairwise(before)]
        if steps[0] is not None and steps[0] != 0 and all(step == steps[0] for step in steps):
            step = exact.literal(steps[0])
            last = _simple(Div(Add((end, Neg(before[0]))), step))
            yield _Progression(before[0], step, False, last)
    if factors is not None:
        yield factors


def _by_factors(before: Sequence[Expr], end: Expr) -> _Progression | None:
    if before[0] == Int(0):
        return None
    ratio = _simple(Div(before[1], before[0]))
    if ratio in (Int(1), Int(0)) or (len(before) < 3 and free_symbols(ratio)):
        return None
    if any(identity(Mul((a, ratio)), b).truth is not Truth.TRUE for a, b in pairwise(before[1:])):
        return None
    count = _exponent(_simple(Div(end, before[0])), ratio)
    if count is None:
        above, below = _exponent(end, ratio), _exponent(before[0], ratio)
        if above is None or below is None:
            return None
        count = Add((above, Neg(below)))
    return _Progression(before[0], ratio, True, count)


def _exponent(e: Expr, base: Expr) -> Expr | None:
    """The k of `base^k`."""
    if e == Int(1):
        return Int(0)
    if e == base:
        return Int(1)
    if isinstance(e, Pow) and e.base == base:
        return e.exp
    if isinstance(e, Div) and isinstance(base, Div) and e.num == base.num == Int(1):
        return _exponent(e.den, base.den)
    if free_symbols(e) or free_symbols(base):
        return None
    try:
        value, factor = exact.value(e), exact.value(base)
    except ValueError:
        return None
    return _logarithm(value, factor)


def _logarithm(value: Rational, factor: Rational) -> Expr | None:
    if factor in (0, 1, -1) or value == 0:
        return None
    power: Rational = 1
    for k in range(400):
        if power == value:
            return Int(k)
        power = exact.simplest(power * factor)
    return None


def _constant(e: Expr) -> Rational | None:
    """The value of an expression whose unknowns cancel."""
    names = tuple(sorted(free_symbols(e)))
    try:
        if not names:
            return exact.value(e)
        num, den = polynomials.fraction(e, polynomials.ring(names))
    except ValueError:
        return None
    if not num.is_constant() or not den.is_constant():
        return None
    value = num.leading_coefficient() / den.leading_coefficient() if not num.is_zero() else 0
    return exact.simplest(value)


def _simple(e: Expr) -> Expr:
    """`e` as a number, if it has no unknowns or they cancel."""
    value = _constant(e)
    if value is not None:
        return exact.literal(value)
    return e.num if isinstance(e, Div) and e.den == Int(1) else e


def _endless(terms: Sequence[Expr]) -> Iterator[Expr]:
    """The sum of a geometric series that converges: `1/2 + 1/4 + 1/8 + ...`."""
    try:
        first, *rest = [exact.value(term) for term in terms]
        ratios = {exact.divide(b, a) for a, b in pairwise((first, *rest))}
    except ValueError:
        return
    if len(rest) < 2 or len(ratios) > 1:
        return
    (ratio,) = ratios
    if -1 < ratio < 1:
        yield exact.literal(exact.divide(first, 1 - ratio))


_LOOKED_AT = 5
"""Terms of a sum to infinity that show whether it is geometric."""


def _to_infinity(e: Big) -> Iterator[Expr]:
    if e.op != "sum" or not isinstance(e.low, Int) or e.high != _INFINITY:
        return
    low = e.low.value
    yield from _endless([substitute(e.body, {e.var: Int(k)}) for k in range(low, low + _LOOKED_AT)])
