"""Points where given equations hold, and whether a claim holds there too.

The one question asked of a derived equation is: does it hold wherever the known equations hold? The
known equations cut out a variety; points on it are found by Gauss-Newton from fixed starts, real
and complex, all at once. Expressions are compiled once to straight-line programs over numpy
arrays that carry derivatives along (forward mode), so no expression tree is walked while iterating.

Everything here is numerical: agreement is probable, and disagreement counts only where it is large
(see `Agreement`). What is not covered: functions of integers (factorial, gcd, mod), inequalities.
"""

from __future__ import annotations

import cmath
import operator
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
from flint import fmpq_poly
from numpy.typing import NDArray

from clr.ledger import substitute
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
from clr.verifiers.elimination import Equation, eliminated
from clr.verifiers.polynomials import complex_roots, polynomial

Array: TypeAlias = NDArray[np.complex128]
Sides: TypeAlias = "tuple[Program, Program]"
"""An equation whose sides are compiled."""

MAX_SYMBOLS = 9
MAX_EQUATIONS = 12
MAX_NODES = 400
STARTS = 24
ITERATIONS = 30
MAX_DEGREE = 12
"""Of a polynomial whose roots are all computed."""
ENOUGH = 3
"""Points that suffice once the quick starts have arrived, after `PATIENCE` iterations."""
PATIENCE = 6
QUADRATIC = 3
"""Last iterations, in which an error that is not squared by each is not going to vanish."""
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


_Dual: TypeAlias = "tuple[Array, Array | None]"
"""Values at P points and their derivatives by n symbols: the slope.

The values have shape (P,), or () if they are a constant; the slope has shape (n, P), (n, 1) where
it is the same at all points, and is None for a constant.
"""


def _scaled(slope: Array | None, factor: Array) -> Array | None:
    return None if slope is None else slope * factor


def _plus(a: Array | None, b: Array | None) -> Array | None:
    if a is None:
        return b
    return a if b is None else a + b


def _sum(a: _Dual, b: _Dual) -> _Dual:
    return a[0] + b[0], _plus(a[1], b[1])


def _negative(a: _Dual, _: _Dual) -> _Dual:
    return -a[0], None if a[1] is None else -a[1]


def _product(a: _Dual, b: _Dual) -> _Dual:
    return a[0] * b[0], _plus(_scaled(a[1], b[0]), _scaled(b[1], a[0]))


def _quotient(a: _Dual, b: _Dual) -> _Dual:
    value = a[0] / b[0]
    return value, _plus(_scaled(a[1], 1 / b[0]), _scaled(b[1], -value / b[0]))


def _square(a: _Dual, _: _Dual) -> _Dual:
    return a[0] * a[0], _scaled(a[1], 2 * a[0])


def _cube(a: _Dual, _: _Dual) -> _Dual:
    square = a[0] * a[0]
    return square * a[0], _scaled(a[1], 3 * square)


def _power(a: _Dual, b: _Dual) -> _Dual:
    value = a[0] ** b[0]
    if b[1] is None:
        return value, _scaled(a[1], b[0] * a[0] ** (b[0] - 1))
    logarithm = np.log(a[0])
    return value, _plus(_scaled(a[1], value * b[0] / a[0]), _scaled(b[1], value * logarithm))


_Op: TypeAlias = "tuple[Callable[[Array, Array], Array], Callable[[_Dual, _Dual], _Dual]]"
"""An operation on values, and the same with derivatives; one of one operand ignores the second."""


def _elementary(
    function: Callable[[Array], Array], derivative: Callable[[Array, Array], Array]
) -> _Op:
    """A function with its derivative, which takes argument and value."""

    def dual(a: _Dual, _: _Dual) -> _Dual:
        value = function(a[0])
        return value, None if a[1] is None else a[1] * derivative(a[0], value)

    return lambda a, _: function(a), dual


_ONE = np.complex128(1)
_OPS: dict[str, _Op] = {
    "+": (operator.add, _sum),
    "neg": (lambda a, _: -a, _negative),
    "*": (operator.mul, _product),
    "/": (operator.truediv, _quotient),
    "^": (operator.pow, _power),
    "^2": (lambda a, _: a * a, _square),  # most powers; the general one is slow
    "^3": (lambda a, _: a * a * a, _cube),
}
_FUNCTIONS: dict[str, _Op] = {
    "sqrt": _elementary(np.sqrt, lambda x, y: 0.5 / y),
    "exp": _elementary(np.exp, lambda x, y: y),
    "ln": _elementary(np.log, lambda x, y: 1 / x),
    "sin": _elementary(np.sin, lambda x, y: np.cos(x)),
    "cos": _elementary(np.cos, lambda x, y: -np.sin(x)),
    "tan": _elementary(np.tan, lambda x, y: 1 + y * y),
    "cot": _elementary(lambda x: _ONE / np.tan(x), lambda x, y: -1 - y * y),
    "sec": _elementary(lambda x: _ONE / np.cos(x), lambda x, y: y * np.tan(x)),
    "csc": _elementary(lambda x: _ONE / np.sin(x), lambda x, y: -y / np.tan(x)),
    "sinh": _elementary(np.sinh, lambda x, y: np.cosh(x)),
    "cosh": _elementary(np.cosh, lambda x, y: np.sinh(x)),
    "tanh": _elementary(np.tanh, lambda x, y: 1 - y * y),
    "arcsin": _elementary(np.arcsin, lambda x, y: _ONE / np.sqrt(_ONE - x * x)),
    "arccos": _elementary(np.arccos, lambda x, y: -_ONE / np.sqrt(_ONE - x * x)),
    "arctan": _elementary(np.arctan, lambda x, y: 1 / (1 + x * x)),
}
_OPS |= _FUNCTIONS
_CONSTANTS = {"pi": np.pi, "e": np.e, "i": 1j}


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """A straight-line program. Its registers hold the constants, then the symbols, then what each
    step computes from two earlier registers; `result` is the register of the value."""

    symbols: tuple[str, ...]
    constants: tuple[Array, ...]
    steps: tuple[tuple[_Op, int, int], ...]
    result: int

    def run(self, values: Mapping[str, _Dual]) -> _Dual:
        """The value of the expression with its slope; `values` maps each symbol to its points."""
        done: list[_Dual] = [(constant, None) for constant in self.constants]
        done += [values[name] for name in self.symbols]
        for (_, dual), first, second in self.steps:
            done.append(dual(done[first], done[second]))
        return done[self.result]

    def evaluate(self, points: Mapping[str, Array]) -> Array:
        """The values alone."""
        done = [*self.constants, *(points[name] for name in self.symbols)]
        for (value, _), first, second in self.steps:
            done.append(value(done[first], done[second]))
        return done[self.result]


def evaluate(program: Program, points: Mapping[str, Array]) -> Array:
    """The values of a program at points; `points` maps each of its symbols to an array."""
    with np.errstate(all="ignore"):
        return program.evaluate(points)


@lru_cache(maxsize=16384)
def compile_expression(e: Expr) -> Program:
    """Compile `e`. A call of an unknown function is a symbol of its own: `f(2)` names one value.

    Raises:
        Unsupported: `e` has a node without a program, or more than `MAX_NODES` of them.
    """
    return _Compiler().program(e)


_CONSTANT, _SYMBOL, _STEP = 0, 1, 2
_Register: TypeAlias = tuple[int, int]
"""Which of the three kinds of register, and its number among those."""


class _Compiler:
    """What is compiled so far; operations on constants are carried out at once."""

    __slots__ = ("constants", "known", "nodes", "steps", "symbols")

    def __init__(self) -> None:
        self.constants: list[Array] = []
        self.symbols: dict[str, int] = {}
        self.steps: list[tuple[_Op, _Register, _Register]] = []
        self.known: dict[Expr, _Register] = {}
        self.nodes = 0

    def program(self, e: Expr) -> Program:
        with np.errstate(all="ignore"):
            result = self.visit(e)
        if any(name.startswith(VECTORS) for name in self.symbols) and multiplies_vectors(e):
            raise Unsupported("a product of vectors or matrices")
        begins = (0, len(self.constants), len(self.constants) + len(self.symbols))

        def at(register: _Register) -> int:
            return begins[register[0]] + register[1]

        return Program(
            tuple(self.symbols),
            tuple(self.constants),
            tuple((op, at(first), at(second)) for op, first, second in self.steps),
            at(result),
        )

    def count(self) -> None:
        if self.nodes >= MAX_NODES:
            raise Unsupported("too many operations")
        self.nodes += 1

    def constant(self, value: complex) -> _Register:
        self.count()
        return self.put(np.array(value, dtype=np.complex128))

    def put(self, constant: Array) -> _Register:
        self.constants.append(constant)
        return _CONSTANT, len(self.constants) - 1

    def symbol(self, name: str) -> _Register:
        self.count()
        return _SYMBOL, self.symbols.setdefault(name, len(self.symbols))

    def emit(self, name: str, *at: _Register) -> _Register:
        """An operation on one or more registers, carried out from the left."""
        self.count()
        op = _OPS[name]
        result = at[0]
        for other in at[1:] or at[:1]:
            if result[0] == other[0] == _CONSTANT:
                a, b = self.constants[result[1]], self.constants[other[1]]
                result = self.put(op[0](a, b))
            else:
                self.steps.append((op, result, other))
                result = _STEP, len(self.steps) - 1
        return result

    def visit(self, node: Expr) -> _Register:
        at = self.known.get(node)
        if at is None:
            at = self.known[node] = self.build(node)
        return at

    def build(self, node: Expr) -> _Register:
        match node:
            case Int(value):
                if value.bit_length() > 1000:
                    raise Unsupported("a number too large for floating point")
                return self.constant(value)
            case Sym(name) | Label(name):
                return self.symbol(name)
            case Add(args):
                return self.emit("+", *map(self.visit, args))
            case Mul(args):
                return self.emit("*", *map(self.visit, args))
            case Neg(arg):
                return self.emit("neg", self.visit(arg))
            case Pow(base, exp):
                return self.power(self.visit(base), self.visit(exp))
            case Div(num, den):
                return self.emit("/", self.visit(num), self.visit(den))
            case Dec(digits, places):
                if digits.bit_length() > 1000 or places > 300:
                    raise Unsupported("a number too large for floating point")
                return self.constant(digits / 10**places)
            case Const(name) if name in _CONSTANTS:
                return self.constant(_CONSTANTS[name])
            case Percent(arg):
                return self.emit("*", self.visit(arg), self.constant(0.01))
            case Degree(arg):
                return self.emit("*", self.visit(arg), self.constant(np.pi / 180))
            case Quantity(arg, _):
                return self.visit(arg)
            case Call("root", (arg, order)):
                below = self.visit(arg)
                return self.power(below, self.emit("/", self.constant(1), self.visit(order)))
            case Call("log", (arg, base)):
                return self.emit(
                    "/", self.emit("ln", self.visit(arg)), self.emit("ln", self.visit(base))
                )
            case Call(func, (arg,)) if func in _FUNCTIONS:
                return self.emit(func, self.visit(arg))
            case Call(func, _) if func not in FUNCTIONS:
                return self.symbol(call_name(node))
            case _:
                raise Unsupported(type(node).__name__)

    def power(self, base: _Register, exponent: _Register) -> _Register:
        if exponent[0] == _CONSTANT and self.constants[exponent[1]] in (2, 3):
            return self.emit(f"^{int(self.constants[exponent[1]].real)}", base)
        return self.emit("^", base, exponent)


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
    found = _points(*eliminated(equations), extra)
    return found or _points({}, equations, extra) or Points({}, 0)


def _points(
    definitions: Mapping[str, Expr], equations: tuple[Equation, ...], extra: frozenset[str]
) -> Points | None:
    """Points where all `equations` hold, and each name of `definitions` is what it says; None where
    there are some, but what is computed from them is too large."""
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
        points = _solve(programs, needed, names, _starts(len(names)))
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
            keep &= np.abs(value) <= LARGEST_LINEAR
    if keep.all():
        return Points(values, count)
    kept = int(np.count_nonzero(keep))
    if kept < ENOUGH <= count:
        return None
    return Points({name: column[keep] for name, column in values.items()}, kept)


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
    points: Array,
) -> Array:
    """Gauss-Newton with capped steps on all columns of `points`; returns the converged ones.

    The equations are between `names`, to which the rows of `points` belong, and names that are
    `defined` by these.
    """
    n = len(names)
    slopes = np.eye(n, dtype=np.complex128)[:, :, None]
    converged: list[Array] = []
    arrived = 0
    linear = False
    iterations = ITERATIONS
    if len(equations) > n:  # consistent, and then quickly solved, or never
        iterations = PATIENCE + 1 if n else 1
    with np.errstate(all="ignore"):
        for iteration in range(iterations):
            values: dict[str, _Dual] = {
                name: (row, slope) for name, row, slope in zip(names, points, slopes, strict=True)
            }
            for name, program in defined.items():
                values[name] = program.run(values)
            residuals, jacobian, error, linear = _linearised(equations, values, points.shape)
            alive = error < 1e12  # and so finite
            done = error < RESIDUAL
            if np.count_nonzero(done):
                converged.append(points[:, done])
                arrived += converged[-1].shape[1]
                if arrived >= STARTS - 2:
                    break
            if (arrived >= ENOUGH and iteration >= PATIENCE) or (linear and iteration == 2):
                break  # linear equations that one step and a correction do not solve have no point
            going = alive & ~done
            still = iterations - 1 - iteration
            if still <= QUADRATIC:
                going &= error < RESIDUAL ** (0.5**still)
            left = np.count_nonzero(going)
            if left < len(going):
                if not left:
                    break
                points, jacobian = points[:, going], jacobian[:, :, going]
                residuals = residuals[:, going]
            step = _least_squares(jacobian, residuals)
            if step is None:
                break
            if not linear:
                largest = np.maximum.reduce(np.abs(step), axis=0)
                if np.maximum.reduce(largest) > MAX_STEP:
                    step *= np.minimum(1.0, MAX_STEP / np.maximum(largest, 1e-30))
            points = points - step
    if not converged:
        return np.empty((n, 0), dtype=np.complex128)
    found = np.concatenate(converged, axis=1)
    largest = LARGEST_LINEAR if linear else LARGEST
    return found[:, np.abs(found).max(axis=0, initial=0) <= largest]


def _linearised(
    equations: Sequence[Sides], values: Mapping[str, _Dual], shape: tuple[int, ...]
) -> tuple[Array, Array, NDArray[np.float64], bool]:
    """Of m equations in n unknowns at P points: residuals (m, P), Jacobian (m, n, P), the largest
    relative residual of each point, not finite where anything is not, and whether all equations are
    linear, so that one step solves them."""
    n, width = shape
    lefts = np.empty((len(equations), width), dtype=np.complex128)
    rights = np.empty_like(lefts)
    jacobian = np.zeros((len(equations), n, width), dtype=np.complex128)
    linear = True
    # a side that is the left of one equation is often the right of another
    sides = {side: side.run(values) for equation in equations for side in equation}
    for row, (left, right) in enumerate(equations):
        lefts[row], gradient = sides[left]
        rights[row], descent = sides[right]
        if gradient is not None:
            jacobian[row] = gradient
            linear = linear and gradient.shape[-1] == 1
        if descent is not None:
            jacobian[row] -= descent
            linear = linear and descent.shape[-1] == 1
    residuals = lefts - rights
    error = np.maximum.reduce(np.abs(residuals) / np.maximum(1.0, np.abs(lefts)), axis=0)
    if not cmath.isfinite(np.add.reduce(jacobian, axis=None)):
        error += 0 * np.abs(jacobian).sum(axis=(0, 1))
    return residuals, jacobian, error, linear


def _least_squares(jacobian: Array, residuals: Array) -> Array | None:
    """The smallest step (n, P) that solves `jacobian @ step = residuals` best; None if numpy
    cannot tell."""
    m, n, _ = jacobian.shape
    if m == 1 or n == 1:  # a vector: its pseudo-inverse is its conjugate over its square
        conjugate = jacobian.conj()
        square = np.add.reduce((jacobian * conjugate).real, axis=(0, 1))
        inverse = np.where(square > 0, 1 / np.maximum(square, 1e-300), 0)
        along: Array = np.add.reduce(conjugate * residuals[:, None, :], axis=0)
        return along * inverse
    matrix = jacobian.transpose(2, 0, 1)
    adjoint = matrix.conj().transpose(0, 2, 1)
    target: Array = residuals.T[:, :, None]
    gram: NDArray[Any] = adjoint @ matrix if m > n else matrix @ adjoint
    # a trace of the identity: where the rank is short, any solution serves
    trace = np.add.reduce(gram.diagonal(axis1=1, axis2=2), axis=1).real[:, None, None]
    try:
        solved: NDArray[Any] = np.linalg.solve(
            gram + _REGULAR * trace * _identity(min(m, n)), adjoint @ target if m > n else target
        )
    except np.linalg.LinAlgError:
        return None
    step: Array = (solved if m > n else adjoint @ solved)[:, :, 0].T
    return step


@lru_cache(maxsize=MAX_SYMBOLS + 1)
def _identity(size: int) -> NDArray[np.float64]:
    return np.eye(size)


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
        usable = size < 1e8  # and so finite
        apart = np.abs(a - b) / np.maximum(size, 1.0)
        held = np.count_nonzero(usable & (apart < 1e-7))
        fails = usable & (apart > 1e-4)
    return Agreement(
        tested=int(np.count_nonzero(usable)),
        held=int(held),
        failed=int(np.count_nonzero(fails)),
        points=points,
        fails=fails,
        sides=(a, b),
    )
