"""Inequalities and equations between real polynomials: proved or refuted exactly.

A condition is (left, sign, right) with a sign of = != < <= > >=. In one symbol, conditions are
decided completely: between the real roots of all polynomials that occur, nothing changes sign.
Linear conditions in several symbols are decided by Fourier-Motzkin elimination. Others can only be
refuted, by an exact rational point.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product
from typing import TypeAlias

import flint
from flint import arb, fmpq, fmpq_poly

from clr.claim import Strength
from clr.notation import guard
from clr.notation.ast import Big, Expr, free_symbols, walk
from clr.verifiers import balls, exact, polynomials
from clr.verifiers.exact import Rational, Undefined, Unsupported, show_rational
from clr.verifiers.identity import REALS, Domain
from clr.verifiers.outcome import PROVED, UNKNOWN, Outcome, Truth

Condition: TypeAlias = tuple[Expr, str, Expr]

SIGNS = {
    "=": (0,),
    "!=": (-1, 1),
    "<": (-1,),
    "<=": (-1, 0),
    ">": (1,),
    ">=": (0, 1),
}
"""For each relation sign, the signs that `left - right` may have."""
NEGATED = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}

MAX_CONDITIONS = 12
MAX_SYMBOLS = 6


def entails(
    premises: tuple[Condition, ...], conclusion: Condition, domain: Domain = REALS
) -> Outcome:
    """Whether `conclusion` holds wherever all `premises` do and both its sides are defined.

    FALSE carries an exact point where the premises hold and the conclusion fails. Premises that
    contradict one another entail nothing here: the outcome is UNKNOWN.
    """
    found = derivable(premises, conclusion, domain)
    if found.truth is not Truth.UNKNOWN:
        return found
    names = _names((*premises, conclusion))
    return UNKNOWN if names is None else _refuted_by_sampling(premises, conclusion, names, domain)


@lru_cache(maxsize=16384)
def derivable(
    premises: tuple[Condition, ...], conclusion: Condition, domain: Domain = REALS
) -> Outcome:
    """What exact methods tell of `entails`: conditions in one symbol, and linear ones."""
    names = _names((*premises, conclusion))
    if not names:
        return UNKNOWN
    try:
        for left, _, right in (*premises, conclusion):
            guard.check(left)
            guard.check(right)
        if len(names) == 1:
            return _in_one_symbol(premises, conclusion, names[0], domain)
        return _linear(premises, conclusion, names, domain) or UNKNOWN
    except ValueError:
        return UNKNOWN


def _names(conditions: Sequence[Condition]) -> tuple[str, ...] | None:
    """The symbols of `conditions`; None if there are too many of either."""
    if len(conditions) > MAX_CONDITIONS or any(op not in SIGNS for _, op, _ in conditions):
        return None
    names = frozenset[str]().union(*(free_symbols(s) for c in conditions for s in c[::2]))
    return tuple(sorted(names)) if len(names) <= MAX_SYMBOLS else None


def everywhere(condition: Condition, domain: Domain = REALS) -> Outcome:
    """Whether `condition` holds for all values of its symbols: `x^2 >= 2x - 1`."""
    return entails((), condition, domain)


def holds_at(condition: Condition, env: Mapping[str, Rational]) -> bool | None:
    """Whether `condition` holds at an exact point; None where a side has no real value there."""
    left, op, right = condition
    try:
        difference = exact.value(left, env) - exact.value(right, env)
        return (difference > 0) - (difference < 0) in SIGNS[op]
    except (Undefined, guard.TooCostly):
        return None
    except Unsupported:
        pass
    try:
        with balls.precision():
            point = {name: flint.acb(x) for name, x in env.items()}
            ball = balls.enclosure(left, point, real=True) - balls.enclosure(
                right, point, real=True
            )
    except ValueError:
        return None
    if not ball.imag.contains(0) or ball.real.contains(0):
        return None
    return (1 if ball.real > 0 else -1) in SIGNS[op]


def _refuted(conclusion: Condition, env: Mapping[str, Rational]) -> Outcome:
    left, _, right = conclusion
    values = []
    for side in (left, right):
        try:
            values.append(show_rational(exact.value(side, env)))
        except ValueError:
            point = {name: flint.acb(x) for name, x in env.items()}
            with balls.precision():
                values.append(balls.show(balls.enclosure(side, point)))
    shown = {name: show_rational(x) for name, x in env.items()}
    return Outcome(Truth.FALSE, Strength.PROVED, values[0], values[1], shown)


# one symbol


@dataclass(frozen=True, slots=True)
class _Sign:
    """The sign of a rational function in one symbol."""

    num: fmpq_poly
    den: fmpq_poly
    allowed: tuple[int, ...]

    def at(self, x: fmpq) -> bool | None:
        """Whether the condition holds at a rational point; None at a pole."""
        below = self.den(x)
        if below == 0:
            return None
        value = self.num(x) / below
        return (value > 0) - (value < 0) in self.allowed


@dataclass(frozen=True, slots=True)
class _Root:
    """A real root of an irreducible polynomial, alone in its ball."""

    ball: arb
    factor: fmpq_poly

    def rational(self) -> fmpq | None:
        if self.factor.degree() > 1:
            return None
        return -self.factor[0] / self.factor[1]


def _sign_of(condition: Condition, name: str) -> _Sign:
    left, op, right = condition
    over = polynomials.ring((name,))
    n, d = polynomials.fraction(left, over)
    m, e = polynomials.fraction(right, over)
    num = polynomials.univariate(n * e - m * d)
    return _Sign(num, polynomials.univariate(d * e), SIGNS[op])


def _in_one_symbol(
    premises: Sequence[Condition], conclusion: Condition, name: str, domain: Domain
) -> Outcome:
    signs = [_sign_of(c, name) for c in premises]
    target = _sign_of(conclusion, name)
    critical = [p for s in (*signs, target) for p in (s.num, s.den)]
    if name in domain.positive:
        critical.append(fmpq_poly([0, 1]))
    roots = _real_roots(critical)
    if roots is None:
        return UNKNOWN
    consistent = False
    for cell in _cells(roots, name in domain.integers):
        if isinstance(cell, _Root):
            exact_root = cell.rational()
            if exact_root is not None:
                cell = exact_root
        if isinstance(cell, _Root):
            if name in domain.integers or (name in domain.positive and not cell.ball > 0):
                continue
            given = [_at_root(s, cell) for s in signs]
            found = _at_root(target, cell)
        else:
            if name in domain.positive and cell <= 0:
                continue
            if name in domain.integers and cell.q != 1:
                continue
            given = [s.at(cell) for s in signs]
            found = target.at(cell)
        if not all(given) or found is None:
            continue
        consistent = True
        if not found:
            if isinstance(cell, fmpq):
                return _refuted(conclusion, {name: exact.simplest(cell)})
            at = {name: f"about {balls.show(flint.acb(cell.ball))}"}
            return Outcome(Truth.FALSE, Strength.PROVED, "the left side", "the right side", at)
    return PROVED if consistent else UNKNOWN


def _at_root(sign: _Sign, root: _Root) -> bool | None:
    if (sign.den % root.factor).is_zero():
        return None
    if (sign.num % root.factor).is_zero():
        return 0 in sign.allowed
    with balls.precision(512):
        ball = _evaluate(sign.num, root.ball) / _evaluate(sign.den, root.ball)
    if ball.contains(0) or not ball.is_finite():
        raise Unsupported("two roots too close to tell apart")
    return (1 if ball > 0 else -1) in sign.allowed


def _evaluate(p: fmpq_poly, x: arb) -> arb:
    total = arb(0)
    for coefficient in reversed(p.coeffs()):
        total = total * x + arb(coefficient)
    return total


def _real_roots(polys: list[fmpq_poly]) -> list[_Root] | None:
    """The distinct real roots of all polynomials, in increasing order; None if too close."""
    factors = {}
    for p in polys:
        if p.degree() > 0:
            for factor, _ in p.factor()[1]:
                factors[str(factor)] = factor
    for bits in (128, 512, 2048):
        with balls.precision(bits):
            found = [
                _Root(root.real, factor)
                for factor in factors.values()
                for root, _ in polynomials.complex_roots(factor)
                if root.imag == 0
            ]
        found.sort(key=lambda root: _middle(root.ball))
        if all(a.ball < b.ball for a, b in pairwise(found)):
            return found
    return None


def _middle(x: arb) -> fmpq:
    mantissa, exponent = x.mid().man_exp()
    power = int(exponent)
    return fmpq(mantissa) * (fmpq(2) ** power if power >= 0 else 1 / fmpq(2) ** -power)


def _cells(roots: list[_Root], integers: bool) -> Iterator[_Root | fmpq]:
    """The roots, and a rational point, an integer if there is one, in each interval between them.

    With `integers`, enough integers to decide: between two roots, all of them up to a cap.
    """
    if not roots:
        yield fmpq(0)
        return
    lowest, highest = _bounds(roots[0].ball)[0], _bounds(roots[-1].ball)[1]
    yield fmpq(lowest.floor() - 1)
    for here, after in zip(roots, [*roots[1:], None], strict=True):
        yield here
        if after is None:
            yield fmpq(highest.ceil() + 1)
            break
        low, high = _bounds(here.ball)[1], _bounds(after.ball)[0]
        first = low.floor() + 1
        if first < high:
            yield fmpq(first)
        elif not integers:
            yield (low + high) / 2


def _bounds(x: arb) -> tuple[fmpq, fmpq]:
    """Rational bounds of a ball."""
    return _middle(x.lower()), _middle(x.upper())


# several symbols, linear


@dataclass(frozen=True, slots=True)
class _Row:
    """sum of coefficients[i] * symbol[i] + constant >= 0, or > 0 if strict."""

    coefficients: tuple[fmpq, ...]
    constant: fmpq
    strict: bool


_MAX_ROWS = 400


def _linear(
    premises: Sequence[Condition], conclusion: Condition, names: tuple[str, ...], domain: Domain
) -> Outcome | None:
    """Entailment between linear conditions over the rationals; None if it cannot be decided so."""
    left, op, right = conclusion
    given: list[list[list[_Row]]] = [_rows(c, names) for c in premises]
    for i, name in enumerate(names):
        if name in domain.positive:
            unit = tuple(fmpq(int(i == j)) for j in range(len(names)))
            given.append([[_Row(unit, fmpq(0), True)]])
    denied = _rows((left, NEGATED[op], right), names)
    if len(list(product(*given))) > 16:
        return None
    consistent = False
    for case in product(*given):
        rows = [row for part in case for row in part]
        consistent = consistent or _point(rows, len(names)) is not None
        for alternative in denied:
            point = _point([*rows, *alternative], len(names))
            if point is None:
                continue
            if domain.integers:
                return None  # a fractional solution says nothing about integers
            env = {name: exact.simplest(x) for name, x in zip(names, point, strict=True)}
            return _refuted(conclusion, env)
    return PROVED if consistent else UNKNOWN


def _rows(condition: Condition, names: tuple[str, ...]) -> list[list[_Row]]:
    """Alternatives, each a conjunction of rows, that say what `condition` says.

    Raises:
        Unsupported: it is not linear.
    """
    left, op, right = condition
    over = polynomials.ring(names)
    n, d = polynomials.fraction(left, over)
    m, e = polynomials.fraction(right, over)
    p, q = n * e - m * d, d * e
    if not q.is_constant() or p.total_degree() > 1:
        raise Unsupported("not linear")
    scale = q.leading_coefficient()
    coefficients = [fmpq(0)] * len(names)
    constant = fmpq(0)
    for monomial, coefficient in p.to_dict().items():
        at = next((i for i, degree in enumerate(monomial[: len(names)]) if degree), None)
        if at is None:
            constant = coefficient / scale
        else:
            coefficients[at] = coefficient / scale
    up = _Row(tuple(coefficients), constant, False)
    down = _Row(tuple(-c for c in coefficients), -constant, False)
    match op:
        case "=":
            return [[up, down]]
        case ">=":
            return [[up]]
        case "<=":
            return [[down]]
    above = _Row(up.coefficients, up.constant, True)
    below = _Row(down.coefficients, down.constant, True)
    return {">": [[above]], "<": [[below]], "!=": [[above], [below]]}[op]


def _point(rows: list[_Row], count: int) -> list[fmpq] | None:
    """A solution of all rows, or None if there is none (Fourier-Motzkin elimination).

    Raises:
        TooCostly: elimination grows beyond a cap.
    """
    stages: list[list[_Row]] = []
    current = rows
    for i in range(count):
        stages.append(current)
        lower = [r for r in current if r.coefficients[i] > 0]
        upper = [r for r in current if r.coefficients[i] < 0]
        rest = [r for r in current if r.coefficients[i] == 0]
        if len(lower) * len(upper) + len(rest) > _MAX_ROWS:
            raise guard.TooCostly("too many combined inequalities")
        combined = {_combine(a, b, i): None for a in lower for b in upper}
        current = [*rest, *combined]
    for row in current:
        if row.constant < 0 or (row.strict and row.constant == 0):
            return None
    point = [fmpq(0)] * count
    for i in reversed(range(count)):
        point[i] = _between(stages[i], point, i)
    return point


def _combine(lower: _Row, upper: _Row, i: int) -> _Row:
    a, b = -upper.coefficients[i], lower.coefficients[i]
    total = [x * a + y * b for x, y in zip(lower.coefficients, upper.coefficients, strict=True)]
    size = max(map(abs, total), default=fmpq(0)) or fmpq(1)  # a common scale finds duplicates
    constant = (lower.constant * a + upper.constant * b) / size
    return _Row(tuple(x / size for x in total), constant, lower.strict or upper.strict)


def _between(rows: list[_Row], point: list[fmpq], i: int) -> fmpq:
    """A value of symbol `i` that satisfies `rows`, given those after it; if possible an integer."""
    low: tuple[fmpq, bool] | None = None
    high: tuple[fmpq, bool] | None = None
    for row in rows:
        slope = row.coefficients[i]
        if slope == 0:
            continue
        rest = row.constant
        for j in range(i + 1, len(point)):
            rest += row.coefficients[j] * point[j]
        bound = -rest / slope
        if slope > 0 and (low is None or (bound, row.strict) > low):
            low = (bound, row.strict)
        if slope < 0 and (high is None or (bound, not row.strict) < high):
            high = (bound, not row.strict)
    if low is None and high is None:
        return fmpq(0)
    if low is None:
        assert high is not None
        return fmpq((high[0] - 1).floor())
    first = low[0].floor() + 1 if low[1] else low[0].ceil()
    if high is None or first < high[0] or (first == high[0] and high[1]):
        return fmpq(first)
    return (low[0] + high[0]) / 2


# several symbols, not linear

_VALUES = tuple(
    fmpq(*x)
    for x in ((0, 1), (1, 1), (-1, 1), (2, 1), (1, 2), (-2, 1), (3, 1), (-1, 2), (5, 1), (1, 10),
              (-3, 1), (10, 1), (-10, 1), (100, 1))
)  # fmt: skip
_MAX_SAMPLES = 600
_MAX_UNDEFINED = 40
"""Points without a value after which sampling gives up."""


def _refuted_by_sampling(
    premises: Sequence[Condition], conclusion: Condition, names: tuple[str, ...], domain: Domain
) -> Outcome:
    """FALSE with the first of a fixed grid of points that refutes, otherwise UNKNOWN."""
    sides = [side for left, _, right in (*premises, conclusion) for side in (left, right)]
    if any(isinstance(node, Big) for side in sides for node in walk(side)):
        return UNKNOWN  # too slow to repeat so often
    ranges = []
    for name in names:
        values = [x for x in _VALUES if x > 0 or name not in domain.positive]
        ranges.append([x for x in values if x.q == 1 or name not in domain.integers])
    width = len(_VALUES)
    while width > 2 and width ** len(names) > _MAX_SAMPLES:
        width -= 1
    undefined = 0
    for point in product(*(r[:width] for r in ranges)):
        env = {name: exact.simplest(x) for name, x in zip(names, point, strict=True)}
        found = holds_at(conclusion, env)
        if found is None:
            undefined += 1
            if undefined > _MAX_UNDEFINED:
                break
        elif not found and all(holds_at(c, env) for c in premises):
            return _refuted(conclusion, env)
    return UNKNOWN
