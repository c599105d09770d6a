"""Rigorous enclosures: complex ball arithmetic (Arb, through flint) over expression trees.

A ball that excludes zero proves two values different; one that contains zero proves nothing.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeAlias

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
    Percent,
    Pow,
    Quantity,
    Repeating,
    Sym,
    free_symbols,
    kinds,
)
from clr.notation.functions import TRIGONOMETRIC
from clr.verifiers import exact
from clr.verifiers.exact import Undefined, Unsupported

PRECISION = 128
"""Bits of working precision."""
MAX_EVALUATIONS = 4000
"""Terms of sums and products, and calls of integrands, that one enclosure evaluates."""
MAX_INTEGRAND_CALLS = 1000
Slack: TypeAlias = "tuple[flint.fmpq, flint.fmpq]"
"""How far below and above a decimal literal its true value may lie, in units of its last place."""
EXACT: Slack = (flint.fmpq(0), flint.fmpq(0))

_lock = threading.RLock()


class precision:
    """Work at `bits` of precision inside the block.

    The precision of flint belongs to the whole process, so other threads wait meanwhile.
    """

    __slots__ = ("bits", "outer")

    def __init__(self, bits: int = PRECISION) -> None:
        self.bits = bits
        self.outer = bits

    def __enter__(self) -> None:
        _lock.acquire()
        self.outer = flint.ctx.prec
        flint.ctx.prec = self.bits

    def __exit__(self, *_: object) -> None:
        flint.ctx.prec = self.outer
        _lock.release()


def enclosure(
    e: Expr,
    env: Mapping[str, acb] | None = None,
    *,
    degrees: bool = False,
    real: bool = False,
    slack: Slack = EXACT,
) -> acb:
    """A ball that holds the value of `e`, with `env` for its symbols. Call inside `precision()`.

    With `degrees`, trigonometric functions take plain numbers as degrees. With `real`, a root or a
    logarithm that is not real counts as undefined; otherwise it takes its principal value. Decimal
    literals stand for all numbers within `slack`.

    Raises:
        Unsupported: a symbol without a value, or a node without a numerical value.
        Undefined: a value that is not finite, or outside the domain.
        clr.notation.guard.TooCostly: the static cost bound of the expression is too high.
    """
    if env is None:
        return _closed(e, degrees, real, slack, flint.ctx.prec)
    return _enclosed(e, env, degrees, real, slack)


@lru_cache(maxsize=4096)
def _closed(e: Expr, degrees: bool, real: bool, slack: Slack, bits: int) -> acb:
    """The enclosure of a value without symbols at `bits` of precision, which the next link of a
    chain and the next thing that a claim may mean ask for again."""
    return _enclosed(e, {}, degrees, real, slack)


def _enclosed(e: Expr, env: Mapping[str, acb], degrees: bool, real: bool, slack: Slack) -> acb:
    guard.check_work(e)
    result = _Ball(env, degrees, real, slack).value(e)
    if not result.is_finite():
        raise Undefined("no finite value")
    return result


def numeric(e: Expr) -> acb | None:
    """A ball around the value of an expression without symbols, to `PRECISION` bits, or None."""
    try:
        with precision():
            return enclosure(e)
    except ValueError:
        return None


class _Ball:
    __slots__ = ("analytic", "degrees", "env", "evaluations", "real", "slack")

    def __init__(self, env: Mapping[str, acb], degrees: bool, real: bool, slack: Slack) -> None:
        self.env = dict(env)
        self.degrees = degrees
        self.real = real
        self.slack = slack
        self.analytic = False  # whether an integrand must be analytic on its argument
        self.evaluations = 0

    def value(self, e: Expr) -> acb:
        if type(e) is Int:  # most leaves
            return acb(e.value)
        match e:
            case Sym(name) | Label(name):
                if name not in self.env:
                    raise Unsupported(f"the unknown {name}")
                return self.env[name]
            case Mul(args):
                result = acb(1)
                for arg in args:
                    result *= self.value(arg)
                return result
            case Add(args):
                total = acb(0)
                for arg in args:
                    total += self.value(arg)
                return total
            case Div(num, den):
                below = self.value(den)
                if below == 0:
                    raise Undefined("a division by zero")
                return self.value(num) / below
            case Pow(base, exp):
                return self.power(base, exp)
            case Neg(arg):
                return -self.value(arg)
            case Dec(digits, places):
                return acb(around(flint.fmpq(digits, 10**places), self.slack, places))
            case Const(name):
                return self.constant(name)
            case Quantity(arg, _) | Degree(arg):
                return self.value(arg)
            case Percent(arg):
                return self.value(arg) / 100
            case Call(func, args):
                return self.call(func, args)
            case Repeating() | InBase():
                return acb(exact.value(e))
            case Big(op, var, low, high, body) if op in ("sum", "prod") and low and high:
                return self.accumulate(op, var, low, high, body)
            case Big("int", var, low, high, body) if low and high:
                return self.integrate(var, low, high, body)
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
        n = whole(above)
        if n is not None:
            if n <= 0 and below == 0:
                raise Undefined("a power of zero")
            return below**n
        if below == 0:
            return below if above.real > 0 else acb("nan")
        if below.imag == 0 and below.real < 0:
            real = self.odd_root(below, exp)
            if real is not None:
                return real
        self.require(below, 0)
        return below.pow(above, analytic=self.analytic)

    def require(self, x: acb, low: int | None = None, high: int | None = None) -> None:
        """Raise Undefined if `x` is certainly outside the real interval of a function's domain."""
        if not self.real or self.analytic:
            return
        outside = (low is not None and x.real < low) or (high is not None and x.real > high)
        if outside or not x.imag.contains(0):
            raise Undefined("outside the real domain")

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
            return self.of_integers(func, args)
        values = [self.value(a) for a in args]
        match func, values:
            case "sqrt", [x]:
                self.require(x, 0)
                return x.sqrt(analytic=self.analytic)
            case "root", [x, n]:
                order = whole(n)
                if order is None or not 0 < order <= 64:
                    raise Unsupported("a root of this order")
                if order % 2 and x.imag == 0 and x.real < 0:
                    return -((-x).root(order))
                self.require(x, 0)
                if self.analytic:
                    return x.pow(acb(flint.fmpq(1, order)), analytic=True)
                return x.root(order)
            case "abs", [x]:
                return x.real_abs(analytic=True) if self.analytic else acb(abs(x))
            case "exp", [x]:
                return x.exp()
            case "ln", [x]:
                if x == 0:
                    raise Undefined("the logarithm of zero")
                self.require(x, 0)
                return x.log(analytic=self.analytic)
            case "log", [x, base]:
                if x == 0 or base == 0 or base == 1:
                    raise Undefined("a logarithm out of its domain")
                self.require(x, 0)
                self.require(base, 0)
                return x.log(analytic=self.analytic) / base.log(analytic=self.analytic)
            case "arcsin" | "arccos" | "arctan", [x]:
                if func != "arctan":
                    self.require(x, -1, 1)
                off_cut = x.imag.abs_upper() if func == "arctan" else x.real.abs_upper()
                if self.analytic and not off_cut < 1:
                    return acb("nan")
                result = _INVERSE[func](x)
                return result * 180 / acb.pi() if self.degrees else result
            case "sinh" | "cosh" | "tanh", [x]:
                return _HYPERBOLIC[func](x)
            case _ if self.analytic:
                return acb("nan")
            case "re", [x]:
                return acb(x.real)
            case "im", [x]:
                return acb(x.imag)
            case "arg", [x] if x != 0:
                return acb(x.arg())
            case "conj", [x]:
                return acb(x.real, -x.imag)
            case "max" | "min", [_, *_] if all(v.imag == 0 for v in values):
                reals = [v.real for v in values]
                best = reals[0]
                for r in reals[1:]:
                    best = best.max(r) if func == "max" else best.min(r)
                return acb(best)
        raise Unsupported(func)

    def of_integers(self, func: str, args: tuple[Expr, ...]) -> acb:
        if self.analytic:
            return acb("nan")
        values = [self.value(a) for a in args]
        if func in ("floor", "ceil"):
            rounded = values[0].real.floor() if func == "floor" else values[0].real.ceil()
            if values[0].imag != 0 or whole(acb(rounded)) is None:
                raise Unsupported(f"{func} of an inexact value")
            return acb(rounded)
        numbers = [whole(v) for v in values]
        if func == "factorial" and numbers[0] is not None and numbers[0] > 1000:
            return (values[0] + 1).gamma()
        if None in numbers:
            raise Unsupported(f"{func} of a value that is not an integer")
        literals = tuple(exact.literal(n) for n in numbers if n is not None)
        return acb(exact.value(Call(func, literals)))

    def accumulate(self, op: str, var: str, low: Expr, high: Expr, body: Expr) -> acb:
        first, last = whole(self.value(low)), whole(self.value(high))
        if first is None or last is None:
            raise Unsupported("bounds that are not integers")
        if last - first >= guard.MAX_TERMS:
            raise guard.TooCostly("a long sum")
        if first <= last and var not in free_symbols(body):  # all terms alike
            term, count = self.value(body), last - first + 1
            return term * count if op == "sum" else term**count
        total = acb(0 if op == "sum" else 1)
        outer = self.env.get(var)
        for index in range(first, last + 1):
            self.spend()
            self.env[var] = acb(index)
            term = self.value(body)
            total = total + term if op == "sum" else total * term
        self.restore(var, outer)
        return total

    def spend(self) -> None:
        """Count one evaluation of the body of a sum, product or integral."""
        self.evaluations += 1
        if self.evaluations > MAX_EVALUATIONS:
            raise guard.TooCostly("nested sums or integrals of many terms")

    def restore(self, var: str, outer: acb | None) -> None:
        if outer is None:
            self.env.pop(var, None)
        else:
            self.env[var] = outer

    def integrate(self, var: str, low: Expr, high: Expr, body: Expr) -> acb:
        """A definite integral along the real line; the enclosure is rigorous (Johansson, 2018)."""
        a, b = self.value(low), self.value(high)
        if self.analytic or a.imag != 0 or b.imag != 0:
            raise Unsupported("an integral inside an integral, or with complex bounds")
        outer = self.env.get(var)
        failures: list[ValueError] = []

        def integrand(x: acb, analytic: bool) -> acb:
            self.env[var] = x
            self.analytic = analytic
            if failures:
                return acb("nan")
            try:
                self.spend()
                return self.value(body)
            except Undefined:
                return acb("nan")
            except ValueError as failure:  # flint cannot pass an exception on
                failures.append(failure)
                return acb("nan")

        result = acb.integral(integrand, a, b, eval_limit=MAX_INTEGRAND_CALLS)
        self.analytic = False
        self.restore(var, outer)
        if failures:
            raise failures[0]
        return result


def whole(x: acb) -> int | None:
    """The one integer in a narrow ball, or None where there is none, or it is beyond 2^128.

    flint ends the process when asked this of a ball with an extreme exponent, hence the checks.
    """
    size = abs(x).abs_upper()
    if not (size < _HUGE and x.real.rad() < _NARROW and x.imag.contains(0)):
        return None
    if size < _HALF:
        return 0 if x.real.contains(0) else None
    found = x.real.unique_fmpz()
    return None if found is None else int(found)


_HUGE = 1 << 128
_HALF = flint.fmpq(1, 2)
_NARROW = flint.fmpq(1, 1 << 20)


def around(x: flint.fmpq, slack: Slack, places: int) -> arb:
    """The numbers within `slack` of `x`, in units of its last written place."""
    below, above = slack
    if below == above == 0:
        return arb(x)
    unit = flint.fmpq(1, 10**places) if places >= 0 else flint.fmpq(10**-places)
    return arb(x + (above - below) * unit / 2, (above + below) * unit / 2)


_INVERSE = {"arcsin": acb.asin, "arccos": acb.acos, "arctan": acb.atan}
_HYPERBOLIC = {"sinh": acb.sinh, "cosh": acb.cosh, "tanh": acb.tanh}


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
    return Degree in kinds(e)


def show(x: acb, digits: int = 12) -> str:
    """A value as a person writes it, to at most `digits` significant digits."""
    real = _shown(x.real, digits)
    size = abs(x).abs_upper()
    if x.imag.contains(0) or abs(x.imag).abs_upper() <= size * flint.fmpq(1, 10**25):
        return real
    imaginary = _shown(x.imag, digits)
    return f"{real}{'' if imaginary.startswith('-') else '+'}{imaginary}i"


def _shown(x: arb, digits: int) -> str:
    middle = float(x.mid())
    if digits <= 15 and math.isfinite(middle) and (middle != 0 or x.contains(0)):
        return f"{middle:.{digits}g}"
    return str(x.mid().str(digits, radius=False))


def show_apart(x: acb, y: acb) -> tuple[str, str]:
    """Two different values with as many digits as tell them apart, up to 100."""
    for digits in (12, 30, 100):
        left, right = show(x, digits), show(y, digits)
        if left != right:
            break
    return left, right
