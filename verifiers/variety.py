"""Points where given equations hold, and whether a claim holds there too.

The one question asked of a derived equation is: does it hold wherever the known equations hold? The
known equations cut out a variety; points on it are found by Gauss-Newton from fixed starts, real
and complex, all at once.

Everything here is numerical: agreement is probable, and disagreement counts only where it is large
(see `Agreement`). What is not covered: functions of integers (factorial, gcd, mod), inequalities.
"""

from __future__ import annotations

import operator
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import chain
from typing import TypeAlias

import numpy as np
from flint import fmpq_poly
from numpy.typing import NDArray

from clr.ledger import substitute
from clr.notation.ast import (
    Add,
    Dec,
    Degree,
    Div,
    Expr,
    Int,
    Label,
    Mul,
    Neg,
    Pow,
    Sym,
    free_symbols,
    kinds,
    walk,
)
from clr.verifiers.elimination import Equation, eliminated
from clr.verifiers.polynomials import complex_roots, polynomial
from clr.verifiers.programs import (
    MINUS_ONE,
    ONE,
    Array,
    Program,
    Unsupported,
    compile_expression,
    evaluate,
)

Sides: TypeAlias = "tuple[Program, Program]"
"""An equation whose sides are compiled."""

MAX_SYMBOLS = 9
MAX_EQUATIONS = 12
STARTS = 24
ITERATIONS = 30
MAX_DEGREE = 12
"""Of a polynomial whose roots are all computed."""
ENOUGH = 3
"""Points that suffice once the quick starts have arrived, after `PATIENCE` iterations."""
PATIENCE = 6
QUADRATIC = 3
"""Last iterations, in which an error that is not squared by each is not going to vanish."""
_EARLIER, _STUCK = 4, 12
"""Iterations between which the nearest start must come nearer, if none has arrived."""
_REGULAR = np.array(1e-13)
MAX_STEP = 5.0
"""Longest change of a coordinate in one iteration."""
RESIDUAL = 1e-9
LARGEST = 1e3
"""Points with a coordinate beyond this are not used: relative tolerance means little there."""
LARGEST_LINEAR = 1e6
"""The same where all equations are linear, and so solved to the last digits."""


@dataclass(frozen=True, slots=True)
class Points:
    """P points on a variety: `values[name]` has shape (P,). P may be 0."""

    values: dict[str, Array]
    count: int

    def determined(self, name: str) -> bool:
        """Whether all points agree on `name`, so that the equations fix its value."""
        if name not in self.values or self.count < 3:
            return False
        column = self.values[name]
        return bool(np.abs(column - column[0]).max() <= 1e-6 * max(1.0, abs(column[0])))

    def real(self) -> Points:
        """Those with real coordinates only."""
        keep = np.ones(self.count, bool)
        for column in self.values.values():
            keep &= _real(column)
        values = {name: column[keep] for name, column in self.values.items()}
        return Points(values, int(keep.sum()))

    def describe(self, index: int) -> dict[str, str]:
        """One point in words, for evidence: symbol to value with six significant digits."""
        return {name: show_number(column[index]) for name, column in sorted(self.values.items())}


def _real(x: Array) -> NDArray[np.bool_]:
    return np.abs(x.imag) <= 1e-9 * np.maximum(1.0, np.abs(x))


def show_number(value: complex) -> str:
    """A number as a person writes it: six significant digits, no imaginary part where it is 0."""
    if abs(value.imag) <= 1e-9 * max(1.0, abs(value)):
        nearest = round(value.real)
        if abs(value.real - nearest) <= 1e-9 * max(1.0, abs(value.real)):
            return str(nearest)
        return f"{value.real:.6g}"
    return f"{value.real:.4g}{value.imag:+.4g}i"


@lru_cache(maxsize=MAX_SYMBOLS + 1)
def _starts(count: int) -> Array:
    """Fixed starting points, shape (count, STARTS): a third positive, a third of both signs, a
    third complex. They depend on nothing but the number of symbols, so that verdicts repeat."""
    rng = random.Random(20412)  # numpy.random takes as long to import as some audits

    def size() -> float:
        while True:  # away from simple fractions, where a claim may happen to hold
            x = rng.uniform(0.3, 4.0)
            if abs(12 * x - round(12 * x)) > 0.2:
                return x

    def point(index: int) -> complex:
        sign = 1 if index < STARTS // 3 else rng.choice((-1, 1))
        return complex(sign * size(), rng.uniform(-1.5, 1.5) if index >= 2 * (STARTS // 3) else 0.0)

    base = np.array([[point(i) for i in range(STARTS)] for _ in range(count)], np.complex128)
    base = base.reshape(count, STARTS)
    base.flags.writeable = False
    return base


@lru_cache(maxsize=8192)
def sample(equations: tuple[Equation, ...], extra: frozenset[str] = frozenset()) -> Points:
    """Points where all `equations` hold, over their symbols and those in `extra`.

    Names that an equation defines are computed from the others, and only what is left is solved.
    Starts that do not converge, or end beyond `LARGEST`, are dropped; there may be none left.

    Raises:
        Unsupported: too many symbols or equations, or one without a program.
    """
    if len(equations) > MAX_EQUATIONS:
        raise Unsupported("too many equations")
    found = _points(*eliminated(equations), extra) or _points({}, equations, extra)
    if (found is None or not found.count) and (scale := _scale(equations)) > 1:
        found = _points({}, equations, extra, scale)
    return found or Points({}, 0)


def _scale(equations: tuple[Equation, ...]) -> float:
    """How large the unknowns of equations may be, by the numbers in these; 1 if that is small."""
    largest = 0.0
    for node in chain.from_iterable(walk(side) for equation in equations for side in equation):
        match node:
            case Int(value) if value.bit_length() < 64:
                largest = max(largest, abs(value))
            case Dec(digits, places) if digits.bit_length() < 64 and places < 19:
                largest = max(largest, abs(digits) / 10**places)
    return largest / 2 if SMALL < largest <= LARGEST_LINEAR else 1.0


SMALL = 30
"""Numbers up to which the usual starts are far enough apart."""


def _points(
    definitions: Mapping[str, Expr],
    equations: tuple[Equation, ...],
    extra: frozenset[str],
    scale: float = 1.0,
) -> Points | None:
    """Points where all `equations` hold, and each name of `definitions` is what it says; None where
    there are some, but what is computed from them is too large. Unknowns are looked for that are
    about as large as `scale`."""
    defined = {name: compile_expression(value) for name, value in definitions.items()}
    programs = [(compile_expression(a), compile_expression(b)) for a, b in equations]
    every = extra.union(defined, *(p.symbols for p in chain(defined.values(), *programs)))
    if len(every) > MAX_SYMBOLS:
        raise Unsupported("too many symbols")
    names = sorted(every - defined.keys())
    needed = _needed(programs, defined)
    points = None if equations else _starts(len(names))
    if equations and len(names) == 1:
        points = _roots(_put_in(equations, definitions, needed), names[0])
        if points is None and not needed:
            points = _numeric_roots(equations, programs, names[0])
    if points is None:
        points = _solve(programs, needed, names, _starts(len(names)), scale)
    return _completed(names, points, defined)


def _needed(equations: Sequence[Sides], defined: dict[str, Program]) -> dict[str, Program]:
    """Those of `defined` that the equations are about, in order."""
    needed = {name for sides in equations for side in sides for name in side.symbols}
    for name in reversed(defined):
        if name in needed:
            needed.update(defined[name].symbols)
    return {name: program for name, program in defined.items() if name in needed}


def _put_in(
    equations: tuple[Equation, ...], definitions: Mapping[str, Expr], needed: Iterable[str]
) -> tuple[Equation, ...]:
    """The equations with the names that they need replaced by what these are."""
    values: dict[str, Expr] = {}
    for name in needed:
        values[name] = substitute(definitions[name], values)
    if not values:
        return equations
    return tuple((substitute(a, values), substitute(b, values)) for a, b in equations)


def _completed(
    names: Sequence[str], points: Array, defined: Mapping[str, Program]
) -> Points | None:
    """Points with what is computed from their coordinates, where that is finite and not large; None
    where there were enough points, and are not any more."""
    values: dict[str, Array] = dict(zip(names, points, strict=True))
    count = points.shape[1]
    if not defined:
        return Points(values, count)
    keep = np.ones(count, bool)
    with np.errstate(all="ignore"):
        for name, program in defined.items():
            value = values[name] = _at_each(program.evaluate(values), count)
            keep &= np.abs(value) <= _LARGEST_LINEAR
    kept = int(np.count_nonzero(keep))
    if kept == count:
        return Points(values, count)
    if kept < ENOUGH <= count:
        return None
    return Points({name: column[keep] for name, column in values.items()}, kept)


_LARGEST_LINEAR = np.array(LARGEST_LINEAR)


def _at_each(value: Array, count: int) -> Array:
    """A value, which may be a constant, at each of so many points."""
    return value if value.ndim else np.full(count, value)


def _roots(equations: tuple[Equation, ...], name: str) -> Array | None:
    """All common roots of polynomial equations in one unknown, shape (1, P), P at least `ENOUGH` if
    there is one; None where an equation is not polynomial, or beyond the caps.

    Gauss-Newton finds some roots, and a claim may hold at another.
    """
    if any(Degree in kinds(side) for equation in equations for side in equation):
        return None  # which polynomials take for plain numbers
    common: fmpq_poly | None = None
    try:
        for equation in equations:
            p = polynomial(equation, name)
            common = p if common is None else common.gcd(p)
        if common is None or common.degree() > MAX_DEGREE or not common:
            return None
        roots = [complex(root) for root, _ in complex_roots(common)]
    except ValueError:
        return None
    largest = LARGEST_LINEAR if len(roots) == 1 else LARGEST
    if any(abs(root) > largest for root in roots):
        roots = []  # without one of them nothing follows
    return np.array([roots * -(-ENOUGH // max(1, len(roots)))], np.complex128).reshape(1, -1)


def _numeric_roots(
    equations: tuple[Equation, ...], programs: Sequence[Sides], name: str
) -> Array | None:
    """All roots of one polynomial equation whose coefficients are not rational, as `_roots`; None
    where there are more equations, or it is no polynomial."""
    if len(equations) > 1:
        return None
    degree = max(_degree(side, name) for side in equations[0])
    if not 1 <= degree <= MAX_DEGREE:
        return None
    at = np.exp(2j * np.pi * np.arange(degree + 1) / (degree + 1))
    left, right = (evaluate(program, {name: at}) for program in programs[0])
    values_at = np.broadcast_to(left - right, at.shape)
    if not np.isfinite(values_at).all():
        return None
    coefficients = np.fft.fft(values_at) / len(at)
    if not np.isfinite(coefficients).all():
        return None
    coefficients[np.abs(coefficients) < 1e-12 * np.abs(coefficients).max()] = 0
    roots: Array = np.asarray(np.roots(coefficients[::-1]), np.complex128)
    if not len(roots) or np.abs(roots).max() > LARGEST:
        return None
    values = [evaluate(program, {name: roots}) for program in programs[0]]
    if not (np.abs(values[0] - values[1]) <= RESIDUAL * np.maximum(1.0, np.abs(values[0]))).all():
        return None
    return np.tile(roots, -(-ENOUGH // len(roots))).reshape(1, -1)


def _degree(e: Expr, name: str) -> int:
    """The degree of `e` as a polynomial in `name`; beyond `MAX_DEGREE` if it is none."""
    if name not in free_symbols(e):
        return 0
    match e:
        case Sym() | Label():
            return 1
        case Neg(arg):
            return _degree(arg, name)
        case Add(args):
            return max(_degree(a, name) for a in args)
        case Mul(args):
            return sum(_degree(a, name) for a in args)
        case Div(num, den) if name not in free_symbols(den):
            return _degree(num, name)
        case Pow(base, Int(n)):
            return _degree(base, name) * n
        case _:
            return MAX_DEGREE + 1


def _solve(
    equations: Sequence[Sides],
    defined: Mapping[str, Program],
    names: Sequence[str],
    starts: Array,
    scale: float,
) -> Array:
    """Gauss-Newton with capped steps from all columns of `starts`, times `scale`; returns the
    converged ones.

    The equations are between `names`, to which the rows of `starts` belong, and names that are
    `defined` by these.
    """
    n, width = starts.shape
    points = dict(zip(names, starts * scale, strict=True))
    most = np.array(MAX_STEP * scale)
    converged: list[list[Array]] = []
    arrived = 0
    nearest = np.inf
    linear = False
    iterations = ITERATIONS
    if len(equations) > n:  # consistent, and then quickly solved, or never
        iterations = PATIENCE + 1 if n else 1
    with np.errstate(all="ignore"):
        for iteration in range(iterations):
            residuals, slopes, error, linear = _linearised(equations, defined, points, width)
            going = error < _FINITE
            done = error < _SMALL_ERROR
            if np.count_nonzero(done):
                going &= ~done
                for s in chain.from_iterable(slope.values() for slope in slopes):
                    done &= np.isfinite(s)
                at = done.nonzero()[0]
                converged.append([row[at] for row in points.values()])
                arrived += len(at)
                if arrived >= STARTS - 2:
                    break
            if (arrived >= ENOUGH and iteration >= PATIENCE) or (linear and iteration == 2):
                break  # linear equations that one step and a correction do not solve have no point
            still = iterations - 1 - iteration
            if not still:
                break
            if iteration == _EARLIER:
                nearest = np.fmin.reduce(error)
            elif iteration == _STUCK and not arrived and np.fmin.reduce(error) > 0.7 * nearest:
                break
            if still <= QUADRATIC:
                going &= error < RESIDUAL ** (0.5**still)
            at = going.nonzero()[0]
            if len(at) < width:
                if not len(at):
                    break
                width = len(at)
                points = {name: row[at] for name, row in points.items()}
                residuals = [residual[at] for residual in residuals]
                slopes = [
                    {name: s[at] if s.ndim else s for name, s in slope.items()} for slope in slopes
                ]
            step = _least_squares(slopes, residuals, names)
            if not linear:
                largest = reduce(np.maximum, map(np.abs, step.values()), _LEAST)
                shortened = np.minimum(_UNIT, most / largest)
                step = {name: along * shortened for name, along in step.items()}
            points |= {name: points[name] - along for name, along in step.items()}
    found = np.array([np.concatenate(rows) for rows in zip(*converged, strict=True)], np.complex128)
    found = found.reshape(n, arrived)
    farthest = LARGEST_LINEAR if linear else LARGEST * scale
    return found[:, np.abs(found).max(axis=0, initial=0) <= farthest]


_SMALL_ERROR = np.array(RESIDUAL)
_FINITE = np.array(1e12)
_UNIT = np.array(1.0)
_LEAST = np.array(1e-300)
_ZERO = np.array(0j)
_Slope: TypeAlias = dict[str, Array]
"""The derivatives of an equation by the symbols that it depends on."""


def _linearised(
    equations: Sequence[Sides], defined: Mapping[str, Program], points: dict[str, Array], width: int
) -> tuple[list[Array], list[_Slope], NDArray[np.float64], bool]:
    """Of equations at so many points: residuals, their derivatives, the largest relative residual
    of each point, and whether all equations are linear, so that one step solves them."""
    values = dict(points)
    behind = []
    for name, program in defined.items():
        registers = program.registers(values)
        values[name] = registers[program.result]
        behind.append((name, program, registers))
    # a side that is the left of one equation is often the right of another
    sides = {side: side.registers(values) for equation in equations for side in equation}
    residuals = []
    slopes = []
    errors = []
    linear = True
    for left, right in equations:
        a, b = sides[left][left.result], sides[right][right.result]
        residual = _at_each(a - b, width)
        slope: _Slope = {}
        left.differentiate(sides[left], ONE, slope)
        right.differentiate(sides[right], MINUS_ONE, slope)
        for name, program, registers in reversed(behind):
            if (by := slope.pop(name, None)) is not None:
                program.differentiate(registers, by, slope)
        linear = linear and not any(s.ndim for s in slope.values())
        residuals.append(residual)
        slopes.append(slope)
        errors.append(np.abs(residual) / np.maximum(_UNIT, np.abs(a)))
    return residuals, slopes, reduce(np.maximum, errors), linear


def _least_squares(
    slopes: Sequence[_Slope], residuals: Sequence[Array], names: Sequence[str]
) -> _Slope:
    """The smallest step that takes best the residuals away. It is no number where it is not
    determined; what it does not name stays where it is."""
    adjoint = [{name: s.conj() for name, s in slope.items()} for slope in slopes]
    if len(slopes) <= len(names):  # of least size
        gram = [[_dot(slope, other) for other in adjoint] for slope in slopes]
        weights = _eliminated(gram, list(residuals))
        return _combined(adjoint, weights)
    gram = [
        [
            _added(
                row[a] * slope[b]
                for row, slope in zip(adjoint, slopes, strict=True)
                if a in row and b in row
            )
            for b in names
        ]
        for a in names
    ]
    target = _combined(adjoint, residuals)
    return dict(
        zip(names, _eliminated(gram, [target.get(name, _ZERO) for name in names]), strict=True)
    )


def _dot(a: _Slope, b: _Slope) -> Array:
    return _added(s * b[name] for name, s in a.items() if name in b)


def _added(terms: Iterable[Array]) -> Array:
    return reduce(operator.add, terms, _ZERO)


def _combined(rows: Sequence[_Slope], weights: Sequence[Array]) -> _Slope:
    """The sum of rows, each times its weight."""
    total: _Slope = {}
    for row, weight in zip(rows, weights, strict=True):
        for name, s in row.items():
            total[name] = total[name] + s * weight if name in total else s * weight
    return total


def _eliminated(gram: list[list[Array]], target: list[Array]) -> list[Array]:
    """Solves equations whose matrix is that of the inner products of some vectors. Elimination
    needs no other pivots then; where the rank is short, a trace of the identity is added, as any
    solution serves."""
    size = len(target)
    if size > 1:
        trace = _REGULAR * _added(row[at] for at, row in enumerate(gram))
        for at, row in enumerate(gram):
            row[at] = row[at] + trace
    for at, row in enumerate(gram):
        for below in range(at + 1, size):
            if gram[below][at] is _ZERO:
                continue
            factor = gram[below][at] / row[at]
            target[below] = target[below] - factor * target[at]
            for k in range(at + 1, size):
                if row[k] is not _ZERO:
                    gram[below][k] = gram[below][k] - factor * row[k]
    for at in reversed(range(size)):
        rest = target[at]
        for k in range(at + 1, size):
            if gram[at][k] is not _ZERO:
                rest = rest - gram[at][k] * target[k]
        target[at] = rest / gram[at][at]
    return target


@dataclass(frozen=True, slots=True)
class Agreement:
    """How an equation fares at points of a variety.

    `tested` points had a finite value of moderate size on both sides; it `held` at some and failed
    clearly at `failed`: a difference above 1e-4 of the larger side, or of 1. Between that and the
    1e-7 that counts as agreement nothing is concluded.
    `fails` says of each point whether it failed there, `sides` what its sides were.
    """

    tested: int
    held: int
    failed: int
    points: Points
    fails: NDArray[np.bool_]
    sides: tuple[Array, Array]

    @property
    def unclear(self) -> int:
        """Points where it neither held nor failed clearly."""
        return self.tested - self.held - self.failed

    def witness(self) -> int | None:
        """The index of a point where it failed, preferably a real one."""
        if not self.failed:
            return None
        coordinates = np.array(list(self.points.values.values())).reshape(-1, self.points.count)
        unreal = np.abs(coordinates.imag).sum(axis=0)  # 0 where there are no coordinates
        return int(np.argmin(np.where(self.fails, unreal, np.inf)))

    def shown(self, index: int) -> tuple[str, str]:
        """The two sides at a point, as a person writes them."""
        left, right = (show_number(complex(side[index])) for side in self.sides)
        return left, right


_USABLE, _AGREES, _FAILS = map(np.array, (1e8, 1e-7, 1e-4))


def agreement(equation: Equation, points: Points) -> Agreement:
    """Evaluate both sides of `equation` at `points`, which must cover its symbols.

    Raises:
        Unsupported: a side has no program, or a symbol that the points lack.
    """
    left, right = compile_expression(equation[0]), compile_expression(equation[1])
    if not points.values.keys() >= {*left.symbols, *right.symbols}:
        raise Unsupported("the points lack a symbol of the claim")
    with np.errstate(all="ignore"):
        a = _at_each(left.evaluate(points.values), points.count)
        b = _at_each(right.evaluate(points.values), points.count)
        size = np.maximum(np.abs(a), np.abs(b))
        usable = size < _USABLE  # and so finite
        apart = np.abs(a - b) / np.maximum(size, _UNIT)
        held = np.count_nonzero(usable & (apart < _AGREES))
        fails = usable & (apart > _FAILS)
    return Agreement(
        tested=int(np.count_nonzero(usable)),
        held=int(held),
        failed=int(np.count_nonzero(fails)),
        points=points,
        fails=fails,
        sides=(a, b),
    )
