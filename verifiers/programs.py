"""Expressions compiled to straight-line programs over numpy arrays, with their derivatives.

No expression tree is walked where the same expression is evaluated again.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
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
    kinds,
    multiplies_vectors,
)
from clr.notation.functions import FUNCTIONS
from clr.verifiers import exact

Array: TypeAlias = NDArray[np.complex128]

MAX_NODES = 400


class Unsupported(Exception):
    """The expression has no program: a node of it is not a smooth function of its symbols."""


@lru_cache(maxsize=4096)
def number(x: complex) -> Array:
    """A number as an operand: numpy would convert it anew in each operation."""
    return np.array(x, dtype=np.complex128)


ONE, MINUS_ONE, _HALF, _TWO, _THREE = map(number, (1, -1, 0.5, 2, 3))

_Derivative: TypeAlias = Callable[[Array, Array, Array, Array], Array]
"""From the derivative by what an operation gives to the derivative by one of its operands; takes
the former, both operands, and what it gives."""
_Op: TypeAlias = tuple[Callable[[Array, Array], Array], _Derivative, _Derivative | None]
"""An operation on values, and its derivatives by the first operand and the second; one of one
operand ignores the second."""


def _times(g: Array, factor: Array) -> Array:
    return factor if g is ONE else g * factor


def _passed_on(g: Array, a: Array, b: Array, y: Array) -> Array:
    return g


def _elementary(
    function: Callable[[Array], Array], derivative: Callable[[Array, Array], Array]
) -> _Op:
    """A function with its derivative, which takes argument and value."""
    return lambda a, _: function(a), lambda g, a, _, y: _times(g, derivative(a, y)), None


_OPS: dict[str, _Op] = {
    "+": (operator.add, _passed_on, _passed_on),
    "neg": (lambda a, _: -a, lambda g, a, b, y: -g, None),
    "*": (operator.mul, lambda g, a, b, y: _times(g, b), lambda g, a, b, y: _times(g, a)),
    "/": (operator.truediv, lambda g, a, b, y: g / b, lambda g, a, b, y: _times(g, -y / b)),
    "^": (
        operator.pow,
        lambda g, a, b, y: _times(g, y * b / a if b.ndim else b * a ** (b - ONE)),
        lambda g, a, b, y: _times(g, y * np.log(a)),
    ),
    # most powers; the general one is slow
    "^2": (lambda a, _: a * a, lambda g, a, b, y: _times(g, _TWO * a), None),
    "^3": (lambda a, _: a * a * a, lambda g, a, b, y: _times(g, _THREE * a * a), None),
}
_FUNCTIONS: dict[str, _Op] = {
    "sqrt": _elementary(np.sqrt, lambda x, y: _HALF / y),
    "exp": _elementary(np.exp, lambda x, y: y),
    "ln": _elementary(np.log, lambda x, y: ONE / x),
    "sin": _elementary(np.sin, lambda x, y: np.cos(x)),
    "cos": _elementary(np.cos, lambda x, y: -np.sin(x)),
    "tan": _elementary(np.tan, lambda x, y: ONE + y * y),
    "cot": _elementary(lambda x: ONE / np.tan(x), lambda x, y: -(ONE + y * y)),
    "sec": _elementary(lambda x: ONE / np.cos(x), lambda x, y: y * np.tan(x)),
    "csc": _elementary(lambda x: ONE / np.sin(x), lambda x, y: -y / np.tan(x)),
    "sinh": _elementary(np.sinh, lambda x, y: np.cosh(x)),
    "cosh": _elementary(np.cosh, lambda x, y: np.sinh(x)),
    "tanh": _elementary(np.tanh, lambda x, y: ONE - y * y),
    "arcsin": _elementary(np.arcsin, lambda x, y: ONE / np.sqrt(ONE - x * x)),
    "arccos": _elementary(np.arccos, lambda x, y: -(ONE / np.sqrt(ONE - x * x))),
    "arctan": _elementary(np.arctan, lambda x, y: ONE / (ONE + x * x)),
}
_OPS |= _FUNCTIONS
_CONSTANTS = {"pi": np.pi, "e": np.e, "i": 1j}


_Step: TypeAlias = tuple[
    Callable[[Array, Array], Array], _Derivative | None, _Derivative | None, int, int
]
"""An operation without derivatives by what is constant, and the registers of its operands."""


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """A straight-line program. Its registers hold the constants, then the symbols, then what each
    step computes from two earlier registers; `result` is the register of the value.

    Derivatives are carried back from the result (reverse mode), past sums at no cost."""

    symbols: tuple[str, ...]
    constants: tuple[Array, ...]
    steps: tuple[_Step, ...]
    result: int

    def registers(self, points: Mapping[str, Array]) -> list[Array]:
        """What all registers hold at P points; constants have shape (), all else (P,)."""
        done = [*self.constants, *(points[name] for name in self.symbols)]
        for value, _, _, first, second in self.steps:
            done.append(value(done[first], done[second]))
        return done

    def evaluate(self, points: Mapping[str, Array]) -> Array:
        """The value of the expression."""
        return self.registers(points)[self.result]

    def differentiate(self, registers: list[Array], by: Array, into: dict[str, Array]) -> None:
        """Add to the derivatives by the symbols what they have from this program, given its
        `registers` and the derivative by its result. One that is the same at all points has shape
        ()."""
        found: list[Array | None] = [None] * len(registers)
        found[self.result] = by
        at = len(registers)
        for _, by_first, by_second, first, second in reversed(self.steps):
            at -= 1
            g = found[at]
            if g is None:
                continue
            a, b, y = registers[first], registers[second], registers[at]
            if by_first is not None:
                part, known = by_first(g, a, b, y), found[first]
                found[first] = part if known is None else known + part
            if by_second is not None:
                part, known = by_second(g, a, b, y), found[second]
                found[second] = part if known is None else known + part
        for at, name in enumerate(self.symbols, len(self.constants)):
            if (g := found[at]) is not None:
                into[name] = into[name] + g if name in into else g


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
    x = None if Degree in kinds(e) else exact.worked_out(e, [])
    if x is not None:
        top, bottom = (x, 1) if isinstance(x, int) else (int(x.p), int(x.q))
        if max(top.bit_length(), bottom.bit_length()) <= _MOST_BITS:
            return Program((), (number(top / bottom),), (), 0)
    return _Compiler().program(e)


_MOST_BITS = 1000
"""Of a number that floating point holds."""


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
        result = self.visit(e)
        if any(name.startswith(VECTORS) for name in self.symbols) and multiplies_vectors(e):
            raise Unsupported("a product of vectors or matrices")
        begins = (0, len(self.constants), len(self.constants) + len(self.symbols))

        def at(register: _Register) -> int:
            return begins[register[0]] + register[1]

        return Program(
            tuple(self.symbols),
            tuple(self.constants),
            tuple(
                (
                    value,
                    None if first[0] == _CONSTANT else by_first,
                    None if second[0] == _CONSTANT else by_second,
                    at(first),
                    at(second),
                )
                for (value, by_first, by_second), first, second in self.steps
            ),
            at(result),
        )

    def count(self) -> None:
        if self.nodes >= MAX_NODES:
            raise Unsupported("too many operations")
        self.nodes += 1

    def constant(self, value: complex) -> _Register:
        self.count()
        return self.put(number(value))

    def put(self, constant: Array) -> _Register:
        self.constants.append(np.asarray(constant))
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
                with np.errstate(all="ignore"):
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
                if value.bit_length() > _MOST_BITS:
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
                if digits.bit_length() > _MOST_BITS or places > 300:
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
