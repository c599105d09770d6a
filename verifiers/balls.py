"""Rigorous enclosures: complex ball arithmetic (Arb, through flint) over expression trees.

A ball that excludes zero proves two values different; one that contains zero proves nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import flint
from flint import acb, arb

from clr.notation import guard
from clr.notation.ast import (
    Add,
    Big,
    Call,
    Const,
    Dec,
    Degree,
    Div,
    Expr,
    InBase,
    Int,
    Label,
    Mul,
    Neg,
    Pow,
    Quantity,
    Repeating,
    Sym,
)
from clr.notation.functions import TRIGONOMETRIC
from clr.verifiers import exact
from clr.verifiers.exact import Undefined, Unsupported

PRECISION = 128
"""Bits of working precision."""


@contextmanager
def precision(bits: int = PRECISION) -> Iterator[None]:
    """Work at `bits` of precision inside the block."""
    old = flint.ctx.prec
    flint.ctx.prec = bits
    try:
        yield
    finally:
        flint.ctx.prec = old


def enclosure(
    e: Expr,
    env: Mapping[str, acb] | None = None,
    *,
    degrees: bool = False,
    widen: bool = False,
) -> acb:
    """A ball that holds the value of `e`, with `env` for its symbols. Call inside `precision()`.

    With `degrees`, trigonometric functions take plain numbers as degrees. With `widen`, decimal
    literals stand for all numbers that round or truncate to them.

    Raises:
        Unsupported: a symbol without a value, or a node without a numerical value.
        Undefined: a value that is not finite.
        clr.notation.guard.TooCostly: the static cost bound of the expression is too high.
    """
    guard.check(e)
    result = _Ball(env or {}, degrees, widen).value(e)
    if not result.is_finite():
        raise Undefined("no finite value")
    return result


class _Ball:
    __slots__ = ("degrees", "env", "widen")

    def __init__(self, env: Mapping[str, acb], degrees: bool, widen: bool) -> None:
        self.env = env
        self.degrees = degrees
        self.widen = widen

    def value(self, e: Expr) -> acb:
        match e:
            case Int(n):
                return acb(n)
            case Dec(digits, places):
                scale = 10**places
                if self.widen:
                    return acb(arb(flint.fmpq(digits, scale), flint.fmpq(1, scale)))
                return acb(flint.fmpq(digits, scale))
            case Sym(name) | Label(name):
                if name not in self.env:
                    raise Unsupported(f"the unknown {name}")
                return self.env[name]
            case Const(name):
                return self.constant(name)
            case Neg(arg):
                return -self.value(arg)
            case Add(args):
                total = acb(0)
                for arg in args:
                    total += self.value(arg)
                return total
            case Mul(args):
                result = acb(1)
                for arg in args:
                    result *= self.value(arg)
                return result
            case Div(num, den):
                below = self.value(den)
                if below == 0:
                    raise Undefined("a division by zero")
                return self.value(num) / below
            case Pow(base, exp):
                return self.power(base, exp)
            case Quantity(arg, _):
                return self.value(arg)
            case Degree(arg):
                return self.value(arg)
            case Call(func, args):
                return self.call(func, args)
            case Repeating() | InBase():
                return acb(exact.value(e))
            case Big(op, var, low, high, body) if op in ("sum", "prod") and low and high:
                return self.accumulate(op, var, low, high, body)
            case _:
                raise Unsupported(type(e).__name__)

    def constant(self, name: str) -> acb:
        match name:
            case "pi":
                return acb.pi()
            case "e":
                return acb(1).exp()
            case "i":
                return acb(0, 1)
        raise Unsupported(name)

    def power(self, base: Expr, exp: Expr) -> acb:
        if isinstance(base, Const) and base.name == "e":
            return self.value(exp).exp()
        below = self.value(base)
        above = self.value(exp)
        exponent = above.unique_fmpz()
        if exponent is not None:
            n = int(exponent)
            if abs(n) > 1 << 20:
                raise guard.TooCostly("a large exponent")
            if n <= 0 and below == 0:
                raise Undefined("a power of zero")
            return below**n
        if below == 0:
            return below if above.real > 0 else acb("nan")
        if below.imag == 0 and below.real < 0:
            real = self.odd_root(below, exp)
            if real is not None:
                return real
        return below**above

    def odd_root(self, below: acb, exp: Expr) -> acb | None:
        """The real power of a negative number with an odd denominator, as schools read it."""
        try:
            exponent = exact.value(exp)
        except ValueError:
            return None
        if isinstance(exponent, int) or int(exponent.q) % 2 == 0:
            return None
        size = (-below) ** acb(exponent)
        return size if int(exponent.p) % 2 == 0 else -size

    def angle(self, e: Expr) -> acb:
        """The argument of a trigonometric function, in radians."""
        if any_degree(e):
            return self.value(e) * acb.pi() / 180
        value = self.value(e)
        return value * acb.pi() / 180 if self.degrees else value

    def call(self, func: str, args: tuple[Expr, ...]) -> acb:
        if func in TRIGONOMETRIC:
            return trigonometric(func, self.angle(args[0]))
        if func in ("factorial", "binom", "perm", "gcd", "lcm", "mod", "floor", "ceil", "sgn"):
            return self.integral(func, args)
        values = [self.value(a) for a in args]
        match func, values:
            case "sqrt", [x]:
                return x.sqrt()
            case "root", [x, n]:
                order = n.unique_fmpz()
                if order is None or not 0 < int(order) <= 64:
                    raise Unsupported("a root of this order")
                if int(order) % 2 and x.imag == 0 and x.real < 0:
                    return -((-x).root(int(order)))
                return x.root(int(order))
            case "abs", [x]:
                return acb(abs(x))
            case "exp", [x]:
                return x.exp()
            case "ln", [x]:
                if x == 0:
                    raise Undefined("the logarithm of zero")
                return x.log()
            case "log", [x, base]:
                if x == 0 or base == 0 or base == 1:
                    raise Undefined("a logarithm out of its domain")
                return x.log() / base.log()
            case "arcsin" | "arccos" | "arctan", [x]:
                result = getattr(x, func.replace("arc", "a"))()
                return result * 180 / acb.pi() if self.degrees else result
            case "sinh" | "cosh" | "tanh", [x]:
                return getattr(x, func)()
            case "re", [x]:
                return acb(x.real)
            case "im", [x]:
                return acb(x.imag)
            case "conj", [x]:
                return acb(x.real, -x.imag)
            case "max" | "min", [_, *_] if all(v.imag == 0 for v in values):
                reals = [v.real for v in values]
                best = reals[0]
                for r in reals[1:]:
                    best = best.max(r) if func == "max" else best.min(r)
                return acb(best)
        raise Unsupported(func)

    def integral(self, func: str, args: tuple[Expr, ...]) -> acb:
        values = [self.value(a) for a in args]
        if func in ("floor", "ceil"):
            rounded = values[0].real.floor() if func == "floor" else values[0].real.ceil()
            if values[0].imag != 0 or rounded.unique_fmpz() is None:
                raise Unsupported(f"{func} of an inexact value")
            return acb(rounded)
        numbers = [v.unique_fmpz() for v in values]
        if any(n is None for n in numbers):
            raise Unsupported(f"{func} of a value that is not an integer")
        literal = tuple(
            Int(int(n)) if n >= 0 else Neg(Int(-int(n))) for n in numbers if n is not None
        )
        return acb(exact.value(Call(func, literal)))

    def accumulate(self, op: str, var: str, low: Expr, high: Expr, body: Expr) -> acb:
        first, last = self.value(low).unique_fmpz(), self.value(high).unique_fmpz()
        if first is None or last is None:
            raise Unsupported("bounds that are not integers")
        if int(last) - int(first) >= guard.MAX_TERMS:
            raise guard.TooCostly("a long sum")
        total = acb(0 if op == "sum" else 1)
        inner = dict(self.env)
        ball = _Ball(inner, self.degrees, self.widen)
        for index in range(int(first), int(last) + 1):
            inner[var] = acb(index)
            term = ball.value(body)
            total = total + term if op == "sum" else total * term
        return total


def trigonometric(func: str, x: acb) -> acb:
    """sin, cos, tan, cot, sec or csc of `x` in radians."""
    match func:
        case "sin":
            return x.sin()
        case "cos":
            return x.cos()
        case "tan":
            return x.tan()
        case "cot":
            return x.cot()
        case "sec":
            return 1 / x.cos()
    return 1 / x.sin()


def any_degree(e: Expr) -> bool:
    """Whether a degree sign stands in `e`."""
    from clr.notation.ast import walk

    return any(isinstance(node, Degree) for node in walk(e))


def show(x: acb) -> str:
    """A value as a person writes it, to at most twelve significant digits."""
    real, imag = float(x.real.mid()), float(x.imag.mid())
    if abs(imag) <= 1e-25 * max(1.0, abs(real)) or not math.isfinite(imag):
        return f"{real:.12g}"
    return f"{real:.6g}{imag:+.6g}i"
