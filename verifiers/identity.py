"""Are two expressions the same function of their symbols?

Rational functions are refuted by evaluation modulo a prime and proved by polynomial arithmetic.
Everything else is evaluated in balls at several kinds of points: positive at several scales, of
both signs, and integers small and large. Failing everywhere refutes; holding everywhere is
probable; holding at some is `PARTLY`. A point where a part is not real lies outside the domain,
unless the claim itself is about complex numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TypeAlias

import numpy as np
from flint import acb, arb, fmpq

from clr.claim import Strength
from clr.notation import guard
from clr.notation.ast import (
    VECTORS,
    Add,
    Big,
    Call,
    Const,
    Dec,
    Degree,
    Deriv,
    Expr,
    Int,
    Label,
    Neg,
    PlusMinus,
    Pow,
    Sym,
    call_name,
    children,
    free_symbols,
    kinds,
    multiplies_vectors,
    rebuild,
    walk,
)
from clr.notation.functions import FUNCTIONS, INVERSES, TRIGONOMETRIC
from clr.verifiers import balls, exact, field, polynomials
from clr.verifiers.arrays import aligned, has_arrays
from clr.verifiers.derivatives import carried_out
from clr.verifiers.exact import Rational, Undefined, Unsupported, show_rational
from clr.verifiers.outcome import PARTLY, PROBABLE, PROVED, UNKNOWN, Outcome, Truth, together
from clr.verifiers.programs import Array, compile_expression
from clr.verifiers.programs import Unsupported as NoProgram

MAX_SYMBOLS = 10
MAX_SIGNS = 3
PRECISION = 256
"""Bits at sample points: equal up to these counts as equal."""
FEWEST = 6
"""Points at which an identity is tried, whatever it costs to evaluate."""
MOST_TERMS = 4000
"""Terms of sums and products evaluated for one identity, unless `FEWEST` points need more."""
_SUMS = (Big,)
SURE = 5
"""Points where enclosures agree, after which floating point may vouch for others."""


@dataclass(frozen=True, slots=True)
class Domain:
    """Where symbols range: all reals, unless named here."""

    positive: frozenset[str] = frozenset()
    integers: frozenset[str] = frozenset()


REALS = Domain()


@lru_cache(maxsize=4096)
def opaque(e: Expr) -> Expr:
    """`e` with each call of an unknown function, and each derivative, antiderivative and limit that
    is left, as a symbol of its own."""
    if kinds(e).isdisjoint((Call, Deriv, Big)):
        return e
    match e:
        case Call(func, _) if func not in FUNCTIONS:
            return Sym(call_name(e))
        case Deriv() | Big("lim") | Big("int", _, None) | Big("int", _, _, None):
            return Sym(call_name(e))
        case Int() | Sym() | Dec():
            return e
        case _:
            return rebuild(e, opaque)


@lru_cache(maxsize=65536)
def identity(left: Expr, right: Expr, domain: Domain = REALS) -> Outcome:
    """Whether `left` and `right`, free of `Either`, agree wherever both are defined in `domain`.

    FALSE carries a point where they differ, and both values. Deterministic: sample points are
    fixed, or come from a keyed hash of the two sides.
    """
    if left == right:
        return PROVED
    if has_arrays(left) or has_arrays(right):
        pairs = aligned(left, right)
        return together([identity(a, b, domain) for a, b in pairs]) if pairs else UNKNOWN
    if PlusMinus in kinds(left) | kinds(right):
        return _signed(left, right, domain)
    try:
        a, b, names = _prepared(left, right)
        if field.is_rational(a) and field.is_rational(b):
            return _rational(a, b, names)
        return _sampled(a, b, names, domain)
    except ValueError:
        return UNKNOWN


def _prepared(left: Expr, right: Expr) -> tuple[Expr, Expr, tuple[str, ...]]:
    """Both sides as they are evaluated, and their symbols.

    Raises:
        ValueError: too costly, or too many symbols.
    """
    a, b = _side(left), _side(right)
    names = tuple(sorted(free_symbols(a) | free_symbols(b)))
    if len(names) > MAX_SYMBOLS:
        raise ValueError(f"more than {MAX_SYMBOLS} symbols")
    vectors = any(name.startswith(VECTORS) for name in names)
    if vectors and (multiplies_vectors(left) or multiplies_vectors(right)):
        raise ValueError("a product of vectors or matrices")
    return a, b, names


@lru_cache(maxsize=4096)
def _side(e: Expr) -> Expr:
    """A side as it is evaluated; raises ValueError where that is too costly."""
    e = opaque(carried_out(e))
    guard.check_work(e)
    return e


def _signed(left: Expr, right: Expr, domain: Domain) -> Outcome:
    """Both sides with ±: one function for upper signs and one for lower, in either order; false if
    no sign makes the sides one function."""
    lefts, rights = signs(left), signs(right)
    if not lefts or not rights:
        return UNKNOWN
    for order in (rights, rights[::-1]):
        found = together([identity(a, b, domain) for a, b in zip(lefts, order, strict=False)])
        if found.truth is Truth.TRUE and len(lefts) == len(rights):
            return found
    all_pairs = [identity(a, b, domain) for a in lefts for b in rights]
    if all(outcome.truth is Truth.FALSE for outcome in all_pairs):
        return all_pairs[0]
    return UNKNOWN


def signs(e: Expr) -> list[Expr]:
    """The values of an expression with ±, all signs taken alike; none if there are too many."""
    if PlusMinus not in kinds(e):
        return [e]
    if sum(isinstance(n, PlusMinus) for n in walk(e)) > MAX_SIGNS:
        return []

    def resolve(node: Expr, plus: bool) -> Expr:
        if isinstance(node, PlusMinus):
            a, b = resolve(node.left, plus), resolve(node.right, plus)
            return Add((a, b if plus else Neg(b)))
        return rebuild(node, lambda c: resolve(c, plus)) if children(node) else node

    return [resolve(e, True), resolve(e, False)]


def _rational(a: Expr, b: Expr, names: tuple[str, ...]) -> Outcome:
    if _alike(a, b, 0):
        try:
            if polynomials.same(a, b, names):
                return PROVED
        except ValueError:
            pass
    agreed = 0
    for attempt in range(4):
        env = field.residues((a, b), names, attempt)
        try:
            same = field.evaluate(a, env) == field.evaluate(b, env)
        except Undefined:
            continue
        if not same:
            return _counterexample(a, b, names)
        agreed += 1
        if agreed == 2:
            break
    if not agreed:
        return UNKNOWN
    try:
        return PROVED if polynomials.same(a, b, names) else UNKNOWN
    except ValueError:
        return PROBABLE


def _alike(a: Expr, b: Expr, point: int) -> bool:
    """Whether two sides agree at one of the fixed points modulo a prime."""
    return field.agree_at(field.residue(a, point), field.residue(b, point))


def _plainly_agree(a: Expr, b: Expr) -> bool:
    """Whether two sides are one rational function of their symbols and of what is not rational."""
    if Degree in kinds(a) | kinds(b):
        return False  # which residues take for plain numbers
    try:
        return _alike(a, b, 0) and _alike(a, b, 1)
    except ValueError:
        return False


_PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29)


def _counterexample(a: Expr, b: Expr, names: tuple[str, ...]) -> Outcome:
    """A small exact point where two rational functions, known to be different, differ."""
    for shift in range(12):
        env: dict[str, Rational] = {
            name: _PRIMES[(i + shift) % 10] + 30 * (shift // 10) for i, name in enumerate(names)
        }
        try:
            x, y = exact.value(a, env), exact.value(b, env)
        except Undefined:
            continue
        except guard.TooCostly:
            return _sampled(a, b, names, REALS)
        if x != y:
            point = {name: str(env[name]) for name in names}
            return Outcome(Truth.FALSE, Strength.PROVED, show_rational(x), show_rational(y), point)
    return UNKNOWN


_SCALES = ((0, fmpq(1)), (3, fmpq(1, 16)), (5, fmpq(40)), (7, fmpq(1)))
_RATIOS = ((13, 7), (5, 11), (29, 13), (17, 3), (3, 5), (41, 19), (7, 2), (23, 8), (19, 9), (11, 6))


Point: TypeAlias = tuple[tuple[str, fmpq], ...]


def _points(names: tuple[str, ...], domain: Domain) -> Iterator[Point]:
    """Fixed sample points, with a different value for each symbol."""
    whole = tuple(name in domain.integers for name in names)
    positive = tuple(name in domain.positive for name in names)
    for values in _grid(whole, positive):
        yield tuple(zip(names, values, strict=True))


@lru_cache(maxsize=1024)
def _grid(whole: tuple[bool, ...], positive: tuple[bool, ...]) -> tuple[tuple[fmpq, ...], ...]:
    """The coordinates of the sample points for symbols that are `whole` or `positive`: integers
    small and large, positive fractions at three scales, and fractions of both signs."""
    count = len(whole)

    def fractions(shift: int, scale: fmpq, signed: bool) -> tuple[fmpq, ...]:
        out = []
        for i in range(count):
            x = fmpq(*_RATIOS[(i + shift) % len(_RATIOS)]) * scale
            if whole[i]:
                x = fmpq(x.ceil())
            if signed and (i + shift) % 2 and not positive[i]:
                x = -x
            out.append(x)
        return tuple(out)

    def integers(start: int, step: int) -> tuple[fmpq, ...]:
        return tuple(fmpq(start + step * i) for i in range(count))

    return (
        *(integers(start, 2) for start in (3, 4, 5, 6)),
        *(integers(start, -1) for start in (10, 11, 12)),
        integers(22, 3),
        *(fractions(shift, scale, False) for shift, scale in _SCALES),
        *(fractions(shift, fmpq(1), True) for shift in (1, 4, 6)),
    )


_COUNT = len(_grid((), ()))
_TIGHT = fmpq(1, 2**40)
_TIGHTEST = fmpq(1, 8)
_LOST = arb(fmpq(1, 2 ** (PRECISION + 128)))
_COMPLEX = frozenset(("re", "im", "conj", "arg"))


def _sampled(a: Expr, b: Expr, names: tuple[str, ...], domain: Domain) -> Outcome:
    if names and _plainly_agree(a, b):
        return PROBABLE
    nodes = [node for side in (a, b) for node in walk(side)]
    calls = {node.func for node in nodes if isinstance(node, Call)}
    real = Const("i") not in nodes and not calls & _COMPLEX
    domain = Domain(domain.positive, domain.integers | _signs_alternate(nodes))
    outcomes = []
    for degrees in (False, True) if calls & TRIGONOMETRIC else (False,):
        outcomes.append(_agreement(a, b, names, domain, degrees, real))
        if outcomes[-1].truth is Truth.TRUE:
            return outcomes[-1]
    undecided = [o for o in outcomes if o.truth is not Truth.FALSE]
    return undecided[0] if undecided else outcomes[0]


def _signs_alternate(nodes: list[Expr]) -> frozenset[str]:
    """Symbols in an exponent of a negative number, which only integers make sense of."""
    found: frozenset[str] = frozenset()
    for node in nodes:
        match node:
            case Pow(Neg(Int()), exp):
                found |= free_symbols(exp)
    return found


def _agreement(
    a: Expr, b: Expr, names: tuple[str, ...], domain: Domain, degrees: bool, real: bool
) -> Outcome:
    held = failed = 0
    enough = 3 if names else 1
    witness = UNKNOWN
    points = islice(_points(names, domain), _affordable(a, b) if names else 1)
    apart = near = frozenset[int]()
    if names and not degrees:
        apart, near = _floating(a, b, names, domain)
    with balls.precision(PRECISION):
        for index, point in enumerate(points):
            # where floating point is clear, enclosures confirm it at a few points
            if failed >= enough and index in apart:
                failed += 1
                continue
            if held >= SURE and index in near:
                held += 1
                continue
            env = {name: acb(x) for name, x in point}
            try:
                x = balls.enclosure(a, env, degrees=degrees, real=real)
                y = balls.enclosure(b, env, degrees=degrees, real=real)
            except (Unsupported, Undefined, guard.TooCostly):
                continue
            difference = x - y
            if difference.contains(0):
                held += _tight(difference, x)
                continue
            failed += 1
            if failed == 1:
                values = {name: show_rational(exact.simplest(v)) for name, v in point}
                witness = Outcome(Truth.FALSE, Strength.PROVED, *balls.show_apart(x, y), values)
    if not failed:
        return PROBABLE if held >= enough else UNKNOWN
    # one lucky point in many is a solution of an equation; more of them hint at a smaller domain
    if held > 1 or (held == 1 and failed < 5):
        return PARTLY
    return witness if failed >= enough else UNKNOWN


def _affordable(a: Expr, b: Expr) -> int | None:
    """At how many points two sides may be compared that hold sums of many terms; None where they
    hold none."""
    if kinds(a).isdisjoint(_SUMS) and kinds(b).isdisjoint(_SUMS):
        return None
    return max(FEWEST, int(MOST_TERMS // (1 + guard.evaluations(a) + guard.evaluations(b))))


@lru_cache(maxsize=4096)
def _floating(
    a: Expr, b: Expr, names: tuple[str, ...], domain: Domain
) -> tuple[frozenset[int], frozenset[int]]:
    """The sample points at which floating point finds the sides far apart, and those at which it
    finds them equal; none where it cannot tell."""
    try:
        left, right = compile_expression(a), compile_expression(b)
    except NoProgram:
        return frozenset(), frozenset()
    columns = _columns(names, domain)
    with np.errstate(all="ignore"):
        x, y = left.evaluate(columns), right.evaluate(columns)
        size = np.maximum(np.maximum(np.abs(x), np.abs(y)), 1e-3)
        off = np.abs(x - y) / size  # false in comparisons where a value is not finite
    return frozenset(np.flatnonzero(off > 1e-3).tolist()), frozenset(
        np.flatnonzero(off < 1e-9).tolist()
    )


@lru_cache(maxsize=65536)
def plainly_differ(left: Expr, right: Expr) -> bool:
    """Whether one look shows that `left` and `right` are two functions; False says nothing.

    Cheaper than `identity`, which also finds a point that a person can check.
    """
    if type(left) in (Sym, Label) and exact.worked_out(right, []) is not None:
        return True
    if has_arrays(left) or has_arrays(right) or PlusMinus in kinds(left) | kinds(right):
        return False
    try:
        a, b, names = _prepared(left, right)
        if not names:
            return False
        if field.is_rational(a) and field.is_rational(b):
            return not _alike(a, b, 0)
        if _plainly_agree(a, b):
            return False
        calls = _calls(a) | _calls(b)
        if not calls.isdisjoint(INVERSES.values()):
            return False  # it gives degrees or radians
        return len(_floating(a, b, names, REALS)[0]) == _COUNT and (
            calls.isdisjoint(TRIGONOMETRIC)
            or len(_floating(_in_degrees(a), _in_degrees(b), names, REALS)[0]) == _COUNT
        )
    except ValueError:
        return False


def _calls(e: Expr) -> set[str]:
    """The functions that are applied in an expression."""
    return {n.func for n in walk(e) if isinstance(n, Call)} if Call in kinds(e) else set()


@lru_cache(maxsize=4096)
def _in_degrees(e: Expr) -> Expr:
    """`e` with plain arguments of trigonometric functions as degrees."""
    if Call not in kinds(e):
        return e
    inside = rebuild(e, _in_degrees)
    match inside:
        case Call(func, (arg,)) if func in TRIGONOMETRIC and Degree not in kinds(arg):
            return Call(func, (Degree(arg),))
        case _:
            return inside


def _columns(names: tuple[str, ...], domain: Domain) -> dict[str, Array]:
    """The sample points for `_floating`."""
    whole = tuple(name in domain.integers for name in names)
    positive = tuple(name in domain.positive for name in names)
    return dict(zip(names, _float_grid(whole, positive), strict=True))


@lru_cache(maxsize=1024)
def _float_grid(whole: tuple[bool, ...], positive: tuple[bool, ...]) -> Array:
    rows = _grid(whole, positive)
    columns = [[complex(int(x.p) / int(x.q)) for x in column] for column in zip(*rows, strict=True)]
    return np.array(columns, np.complex128)


def _tight(difference: acb, x: acb) -> bool:
    """Whether a ball around a difference is so small that containing 0 means something.

    Beyond some 2^250 even a difference of 1 would be lost in it; and what is far smaller than the
    precision, without being known to differ from 0, has been lost itself.
    """
    radius = max(difference.real.rad(), difference.imag.rad())
    if 0 < radius < _LOST and x.contains(0):
        return False
    size = ((abs(x).abs_upper() + 1) * _TIGHT).min(arb(_TIGHTEST))
    return bool(radius <= size)
