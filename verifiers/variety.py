"""Points where given equations hold, and whether a claim holds there too.

The one question asked of a derived equation is: does it hold wherever the known equations hold? The
known equations cut out a variety; points on it are found by Gauss-Newton from fixed starts, real
and complex, all at once. Expressions are compiled once to straight-line programs over numpy
arrays that carry derivatives along (forward mode), so no expression tree is walked while iterating.

Everything here is numerical: agreement is probable, and disagreement counts only where it is large
(see `Agreement`). What is not covered: functions of integers (factorial, gcd, mod), inequalities.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
from flint import fmpq_poly
from numpy.typing import NDArray

from clr.notation.ast import (
    VECTORS,
    Add,
    Call,
    Const,
    Dec,
    Degree,
    Div,
    Expr,
    Int,
    Label,
    Mul,
    Neg,
    Percent,
    Pow,
    Quantity,
    Sym,
    call_name,
    free_symbols,
    kinds,
    multiplies_vectors,
)
from clr.notation.functions import FUNCTIONS
from clr.verifiers.polynomials import complex_roots, polynomial

Array: TypeAlias = NDArray[np.complex128]
Equation: TypeAlias = tuple[Expr, Expr]

MAX_SYMBOLS = 9
MAX_EQUATIONS = 12
MAX_NODES = 400
STARTS = 15
ITERATIONS = 30
ENOUGH = 3
"""Points that suffice once the quick starts have arrived, after `PATIENCE` iterations."""
PATIENCE = 6
_REGULAR = 1e-13
MAX_STEP = 5.0
"""Longest change of a coordinate in one iteration."""
RESIDUAL = 1e-9
LARGEST = 1e3
"""Points with a coordinate beyond this are not used: relative tolerance means little there."""
LARGEST_LINEAR = 1e6
"""The same where all equations are linear, and so solved to the last digits."""


class Unsupported(Exception):
    """The expression has no program: a node of it is not a smooth function of its symbols."""


class _Dual:
    """Values at P points and their derivatives by n symbols.

    `value` has shape (P,), or () if it is a constant; `slope` has shape (n, P), (n, 1) where it is
    the same at all points, and is None for a constant.
    """

    __slots__ = ("slope", "value")

    def __init__(self, value: Array, slope: Array | None) -> None:
        self.value = value
        self.slope = slope


def _scaled(slope: Array | None, factor: Array) -> Array | None:
    return None if slope is None else slope * factor


def _plus(a: Array | None, b: Array | None) -> Array | None:
    if a is None:
        return b
    return a if b is None else a + b


def _multiply(a: _Dual, b: _Dual) -> _Dual:
    slope = _plus(_scaled(a.slope, b.value), _scaled(b.slope, a.value))
    return _Dual(a.value * b.value, slope)


def _divide(a: _Dual, b: _Dual) -> _Dual:
    value = a.value / b.value
    slope = _plus(_scaled(a.slope, 1 / b.value), _scaled(b.slope, -value / b.value))
    return _Dual(value, slope)


def _power(a: _Dual, b: _Dual) -> _Dual:
    if b.value.ndim == 0 and b.value in (2, 3):  # most powers; the general one is slow
        square = a.value * a.value
        if b.value == 2:
            return _Dual(square, _scaled(a.slope, 2 * a.value))
        return _Dual(square * a.value, _scaled(a.slope, 3 * square))
    value = a.value**b.value
    if b.slope is None:
        return _Dual(value, _scaled(a.slope, b.value * a.value ** (b.value - 1)))
    logarithm = np.log(a.value)
    slope = _plus(_scaled(a.slope, value * b.value / a.value), _scaled(b.slope, value * logarithm))
    return _Dual(value, slope)


_Elementary: TypeAlias = tuple[Callable[[Array], Array], Callable[[Array, Array], Array]]
_ONE = np.complex128(1)
_FUNCTIONS: dict[str, _Elementary] = {
    "sqrt": (np.sqrt, lambda x, y: 0.5 / y),
    "exp": (np.exp, lambda x, y: y),
    "ln": (np.log, lambda x, y: 1 / x),
    "sin": (np.sin, lambda x, y: np.cos(x)),
    "cos": (np.cos, lambda x, y: -np.sin(x)),
    "tan": (np.tan, lambda x, y: 1 + y * y),
    "cot": (lambda x: _ONE / np.tan(x), lambda x, y: -1 - y * y),
    "sec": (lambda x: _ONE / np.cos(x), lambda x, y: y * np.tan(x)),
    "csc": (lambda x: _ONE / np.sin(x), lambda x, y: -y / np.tan(x)),
    "sinh": (np.sinh, lambda x, y: np.cosh(x)),
    "cosh": (np.cosh, lambda x, y: np.sinh(x)),
    "tanh": (np.tanh, lambda x, y: 1 - y * y),
    "arcsin": (np.arcsin, lambda x, y: _ONE / np.sqrt(_ONE - x * x)),
    "arccos": (np.arccos, lambda x, y: -_ONE / np.sqrt(_ONE - x * x)),
    "arctan": (np.arctan, lambda x, y: 1 / (1 + x * x)),
}
_CONSTANTS = {"pi": np.pi, "e": np.e, "i": 1j}
_Step: TypeAlias = Callable[[list[_Dual]], _Dual]


@dataclass(frozen=True, slots=True)
class Program:
    """A straight-line program: each step computes one value from earlier ones."""

    symbols: tuple[str, ...]
    steps: tuple[tuple[str, tuple[int, ...], _Dual | str | None], ...]

    def run(self, values: dict[str, _Dual]) -> _Dual:
        """The value of the expression; `values` maps each symbol to its points."""
        done: list[_Dual] = []
        for op, at, extra in self.steps:
            if isinstance(extra, _Dual):
                result = extra
            elif extra is not None:
                result = values[extra]
            elif op == "+":
                total, slope = done[at[0]].value, done[at[0]].slope
                for index in at[1:]:
                    total = total + done[index].value
                    slope = _plus(slope, done[index].slope)
                result = _Dual(total, slope)
            elif op == "neg":
                arg = done[at[0]]
                result = _Dual(-arg.value, None if arg.slope is None else -arg.slope)
            elif op == "*":
                result = done[at[0]]
                for index in at[1:]:
                    result = _multiply(result, done[index])
            elif op == "/":
                result = _divide(done[at[0]], done[at[1]])
            elif op == "^":
                result = _power(done[at[0]], done[at[1]])
            else:
                function, derivative = _FUNCTIONS[op]
                arg = done[at[0]]
                value = function(arg.value)
                result = _Dual(
                    value,
                    None if arg.slope is None else arg.slope * derivative(arg.value, value),
                )
            done.append(result)
        return done[-1]


def evaluate(program: Program, points: dict[str, Array]) -> Array:
    """The values of a program at points; `points` maps each of its symbols to an array."""
    values = {name: _Dual(column, None) for name, column in points.items()}
    with np.errstate(all="ignore"):
        return program.run(values).value


@lru_cache(maxsize=16384)
def compile_expression(e: Expr) -> Program:
    """Compile `e`. A call of an unknown function is a symbol of its own: `f(2)` names one value.

    Raises:
        Unsupported: `e` has a node without a program, or more than `MAX_NODES` of them.
    """
    steps: list[tuple[str, tuple[int, ...], _Dual | str | None]] = []
    names: dict[str, None] = {}
    known: dict[Expr, int] = {}

    def emit(op: str, at: tuple[int, ...], extra: _Dual | str | None = None) -> int:
        if len(steps) >= MAX_NODES:
            raise Unsupported("too many operations")
        steps.append((op, at, extra))
        return len(steps) - 1

    def constant(value: float | complex) -> int:
        return emit("const", (), _Dual(np.array(value, dtype=np.complex128), None))

    def symbol(name: str) -> int:
        names[name] = None
        return emit("symbol", (), name)

    def visit(node: Expr) -> int:
        at = known.get(node)
        if at is None:
            at = known[node] = build(node)
        return at

    def build(node: Expr) -> int:
        match node:
            case Int(value):
                if value.bit_length() > 1000:
                    raise Unsupported("a number too large for floating point")
                return constant(value)
            case Dec(digits, places):
                if digits.bit_length() > 1000 or places > 300:
                    raise Unsupported("a number too large for floating point")
                return constant(digits / 10**places)
            case Sym(name) | Label(name):
                return symbol(name)
            case Const(name) if name in _CONSTANTS:
                return constant(_CONSTANTS[name])
            case Neg(arg):
                return emit("neg", (visit(arg),))
            case Add(args):
                return emit("+", tuple(map(visit, args)))
            case Mul(args):
                return emit("*", tuple(map(visit, args)))
            case Div(num, den):
                return emit("/", (visit(num), visit(den)))
            case Pow(base, exp):
                return emit("^", (visit(base), visit(exp)))
            case Percent(arg):
                return emit("*", (visit(arg), constant(0.01)))
            case Degree(arg):
                return emit("*", (visit(arg), constant(np.pi / 180)))
            case Quantity(arg, _):
                return visit(arg)
            case Call("root", (arg, order)):
                return emit("^", (visit(arg), emit("/", (constant(1), visit(order)))))
            case Call("log", (arg, base)):
                return emit("/", (emit("ln", (visit(arg),)), emit("ln", (visit(base),))))
            case Call(func, (arg,)) if func in _FUNCTIONS:
                return emit(func, (visit(arg),))
            case Call(func, _) if func not in FUNCTIONS:
                return symbol(call_name(node))
            case _:
                raise Unsupported(type(node).__name__)

    visit(e)
    if any(name.startswith(VECTORS) for name in names) and multiplies_vectors(e):
        raise Unsupported("a product of vectors or matrices")
    return Program(tuple(names), tuple(steps))


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
        columns = list(self.values.values())
        keep = np.ones(self.count, bool)
        for column in columns:
            keep &= np.abs(column.imag) <= 1e-9 * np.maximum(1.0, np.abs(column))
        values = {name: column[keep] for name, column in self.values.items()}
        return Points(values, int(keep.sum()))

    def describe(self, index: int) -> dict[str, str]:
        """One point in words, for evidence: symbol to value with six significant digits."""
        return {name: show_number(column[index]) for name, column in sorted(self.values.items())}


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

    def point(index: int) -> complex:
        sign = 1 if index < STARTS // 3 else rng.choice((-1, 1))
        return complex(
            sign * rng.uniform(0.3, 4.0),
            rng.uniform(-1.5, 1.5) if index >= 2 * (STARTS // 3) else 0.0,
        )

    base = np.array([[point(i) for i in range(STARTS)] for _ in range(count)], np.complex128)
    base = base.reshape(count, STARTS)
    base.flags.writeable = False
    return base


@lru_cache(maxsize=8192)
def sample(equations: tuple[Equation, ...], extra: frozenset[str] = frozenset()) -> Points:
    """Points where all `equations` hold, over their symbols and those in `extra`.

    Starts that do not converge, or end beyond `LARGEST`, are dropped; there may be none left.

    Raises:
        Unsupported: too many symbols or equations, or one without a program.
    """
    if len(equations) > MAX_EQUATIONS:
        raise Unsupported("too many equations")
    programs = [(compile_expression(a), compile_expression(b)) for a, b in equations]
    names = sorted(extra.union(*(p.symbols for pair in programs for p in pair)))
    if len(names) > MAX_SYMBOLS:
        raise Unsupported("too many symbols")
    points = None
    if equations and len(names) == 1:
        points = _roots(equations, names[0])
        if points is None:
            points = _numeric_roots(equations, programs, names[0])
    if points is None:
        points = _starts(len(names))
        if programs and names:
            points = _solve(programs, names, points)
    return Points({name: points[i] for i, name in enumerate(names)}, points.shape[1])


MAX_DEGREE = 12


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
    equations: tuple[Equation, ...], programs: list[tuple[Program, Program]], name: str
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
    coefficients = np.fft.fft(np.broadcast_to(left - right, at.shape)) / len(at)
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


def _solve(programs: list[tuple[Program, Program]], names: list[str], points: Array) -> Array:
    """Gauss-Newton with capped steps on all columns of `points`; returns the converged ones."""
    n = len(names)
    slopes = np.eye(n, dtype=np.complex128)[:, :, None]
    converged: list[Array] = []
    arrived = 0
    linear = False
    # more equations than unknowns: consistent, and then quickly solved, or never
    iterations = ITERATIONS if len(programs) <= n else PATIENCE + 1
    with np.errstate(all="ignore"):
        for iteration in range(iterations):
            values = {name: _Dual(points[i], slopes[i]) for i, name in enumerate(names)}
            residuals, jacobian, error, linear = _linearised(programs, values, points.shape)
            alive = np.isfinite(error) & (error < 1e12)
            done = alive & (error < RESIDUAL)
            if done.any():
                converged.append(points[:, done])
                arrived += converged[-1].shape[1]
                if arrived >= STARTS - 2:
                    break
            if (arrived >= ENOUGH and iteration >= PATIENCE) or (linear and iteration == 2):
                break  # linear equations that one step and a correction do not solve have no point
            going = alive & ~done
            if not going.all():
                if not going.any():
                    break
                points, jacobian = points[:, going], jacobian[:, :, going]
                residuals = residuals[:, going]
            step = _least_squares(jacobian, residuals)
            if step is None:
                break
            largest = np.abs(step).max(axis=0)
            if not linear and largest.max() > MAX_STEP:
                step *= np.minimum(1.0, MAX_STEP / np.maximum(largest, 1e-30))
            points = points - step
    if not converged:
        return np.empty((n, 0), dtype=np.complex128)
    found = np.concatenate(converged, axis=1)
    return found[:, np.abs(found).max(axis=0) <= (LARGEST_LINEAR if linear else LARGEST)]


def _linearised(
    programs: list[tuple[Program, Program]], values: dict[str, _Dual], shape: tuple[int, ...]
) -> tuple[Array, Array, NDArray[np.float64], bool]:
    """Of m equations in n unknowns at P points: residuals (m, P), Jacobian (m, n, P), the largest
    relative residual of each point, not finite where anything is not, and whether all equations are
    linear, so that one step solves them."""
    n, width = shape
    residuals = np.empty((len(programs), width), dtype=np.complex128)
    jacobian = np.zeros((len(programs), n, width), dtype=np.complex128)
    error = np.zeros(width)
    linear = True
    for row, (left, right) in enumerate(programs):
        a, b = left.run(values), right.run(values)
        residuals[row] = a.value - b.value
        error = np.maximum(error, np.abs(residuals[row]) / np.maximum(1.0, np.abs(a.value)))
        gradient = _plus(a.slope, None if b.slope is None else -b.slope)
        if gradient is not None:
            jacobian[row] = gradient
            linear = linear and gradient.shape[-1] == 1
    error += 0 * np.abs(jacobian).sum(axis=(0, 1))
    return residuals, jacobian, error, linear


def _least_squares(jacobian: Array, residuals: Array) -> Array | None:
    """The smallest step (n, P) that solves `jacobian @ step = residuals` best; None if numpy
    cannot tell."""
    m, n, _ = jacobian.shape
    if m == 1 or n == 1:  # a vector: its pseudo-inverse is its conjugate over its square
        conjugate = jacobian.conj()
        square = (jacobian * conjugate).real.sum(axis=(0, 1))
        inverse = np.where(square > 0, 1 / np.maximum(square, 1e-300), 0)
        along: Array = (conjugate * residuals[:, None, :]).sum(axis=0)
        return along * inverse
    matrix = jacobian.transpose(2, 0, 1)
    adjoint = matrix.conj().transpose(0, 2, 1)
    target: Array = residuals.T[:, :, None]
    gram: NDArray[Any] = adjoint @ matrix if m > n else matrix @ adjoint
    # a trace of the identity: where the rank is short, any solution serves
    trace = np.trace(gram, axis1=1, axis2=2).real[:, None, None]
    try:
        solved: NDArray[Any] = np.linalg.solve(
            gram + _REGULAR * trace * np.eye(min(m, n)), adjoint @ target if m > n else target
        )
    except np.linalg.LinAlgError:
        return None
    step: Array = (solved if m > n else adjoint @ solved)[:, :, 0].T
    return step


@dataclass(frozen=True, slots=True)
class Agreement:
    """How an equation fares at points of a variety.

    `tested` points had a finite value of moderate size on both sides; it `held` at some and failed
    clearly at `failed`: a difference above 1e-4 of the larger side, or of 1. Between that and the
    1e-7 that counts as agreement nothing is concluded.
    `witness` is the index of a point where it failed, preferably a real one.
    """

    tested: int
    held: int
    failed: int
    witness: int | None
    left: str = ""
    right: str = ""


def agreement(equation: Equation, points: Points) -> Agreement:
    """Evaluate both sides of `equation` at `points`, which must cover its symbols.

    Raises:
        Unsupported: a side has no program, or a symbol that the points lack.
    """
    left, right = compile_expression(equation[0]), compile_expression(equation[1])
    if not points.values.keys() >= {*left.symbols, *right.symbols}:
        raise Unsupported("the points lack a symbol of the claim")
    a = np.broadcast_to(evaluate(left, points.values), points.count)
    b = np.broadcast_to(evaluate(right, points.values), points.count)
    with np.errstate(all="ignore"):
        size = np.maximum(np.abs(a), np.abs(b))
        usable = np.isfinite(a) & np.isfinite(b) & (size < 1e8)
        apart = np.abs(a - b) / np.maximum(size, 1.0)
        holds = usable & (apart < 1e-7)
        fails = usable & (apart > 1e-4)
    witness = None
    if fails.any():
        coordinates = np.array(list(points.values.values())).reshape(-1, points.count)
        unreal = (
            np.abs(coordinates.imag).sum(axis=0) if len(coordinates) else np.zeros(points.count)
        )
        witness = int(np.argmin(np.where(fails, unreal, np.inf)))
    return Agreement(
        tested=int(usable.sum()),
        held=int(holds.sum()),
        failed=int(fails.sum()),
        witness=witness,
        left="" if witness is None else show_number(complex(a[witness])),
        right="" if witness is None else show_number(complex(b[witness])),
    )
