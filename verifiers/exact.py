"""Exact rational values: Python integers, promoted to flint rationals by division."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeAlias

import flint

from clr.notation import guard
from clr.notation.ast import (
    Add,
    Big,
    Call,
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
    kinds,
    rebuild,
)

Rational: TypeAlias = "int | flint.fmpq"
NOTHING: Mapping[str, Rational] = {}


class Unsupported(ValueError):
    """The expression has no rational value that can be computed."""


class Undefined(ValueError):
    """The expression has no value at all: a division by zero, a factorial of a negative number."""


def value(e: Expr, env: Mapping[str, Rational] = NOTHING) -> Rational:
    """The value of `e`, with `env` for its symbols. An integral value is always an `int`.

    Raises:
        Unsupported: a symbol without a value, a root that is not rational, a function without a
            rational value, or an ambiguous node.
        Undefined: a division by zero or the like.
        clr.notation.guard.TooCostly: the static cost bound of the expression is too high.
    """
    if not env:
        return _closed(e)
    guard.check(e)
    if Big in kinds(e):
        guard.check(_bind(e, env))  # the bounds of a sum may depend on symbols
    return _value(e, env)


@lru_cache(maxsize=2048)
def _closed(e: Expr) -> Rational:
    """The value without symbols of one side, which is asked for with each side beside it."""
    x = worked_out(e, [])
    if x is not None:
        return simplest(x)
    guard.check(e)
    return _value(e, NOTHING)


def worked_out(e: Expr, units: list[str], depth: int = 40) -> Rational | None:
    """The value of a plain calculation: sums, products, quotients and small powers of numbers as
    written. Their units are added to `units`. None for anything else, which says nothing: see
    `value`.

    Nearly all calculations are of this kind, and cost no more than they take to read.
    """
    if type(e) is Int:
        return e.value
    if type(e) is Dec:
        return flint.fmpq(e.digits, 10**e.places)
    if not depth:
        return None
    depth -= 1
    if type(e) is Quantity:
        units.append(e.unit)
        return worked_out(e.value, units, depth)
    if type(e) is Mul:
        result: Rational = 1
        for arg in e.args:
            if (x := worked_out(arg, units, depth)) is None:
                return None
            result = result * x
        return result
    if type(e) is Add:
        total: Rational = 0
        for arg in e.args:
            if (x := worked_out(arg, units, depth)) is None:
                return None
            total = total + x
        return total
    if type(e) is Neg:
        x = worked_out(e.arg, units, depth)
        return None if x is None else -x
    if type(e) is Div:
        x, y = worked_out(e.num, units, depth), worked_out(e.den, units, depth)
        return None if x is None or not y else divide(x, y)
    if type(e) is Pow and type(e.exp) is Int and e.exp.value <= _SMALL_POWER:
        x = worked_out(e.base, units, depth)
        return x**e.exp.value if x and _size(x) <= _SMALL_POWER else None
    if type(e) is Percent:
        x = worked_out(e.arg, units, depth)
        return None if x is None else divide(x, 100)
    return worked_out(e.arg, units, depth) if type(e) is Degree else None


_SMALL_POWER = 64
"""An exponent, and the bits of a base, that need no look at what the power costs."""


def _bind(e: Expr, env: Mapping[str, Rational]) -> Expr:
    if isinstance(e, Sym | Label):
        name = e.name if isinstance(e, Sym) else e.text
        return literal(env[name]) if name in env else e
    return rebuild(e, lambda child: _bind(child, env))


def literal(x: Rational) -> Expr:
    """A rational number as an expression."""
    if not isinstance(x, int):
        return Div(literal(int(x.p)), Int(int(x.q)))
    return Int(x) if x >= 0 else Neg(Int(-x))


def simplest(x: Rational) -> Rational:
    """An integral rational as an int."""
    if isinstance(x, int):
        return x
    return int(x.p) if x.q == 1 else x


def integer_value(e: Expr) -> int:
    """The value of `e`, which must be an integer; raises as `value` does."""
    guard.check(e)
    return integer(e, NOTHING)


def integer(e: Expr, env: Mapping[str, Rational]) -> int:
    """The value of `e`, which must be an integer; raises as `value` does, and Unsupported for any
    other number."""
    x = _value(e, env)
    if not isinstance(x, int):
        raise Unsupported("a fraction where an integer is needed")
    return x


def _value(e: Expr, env: Mapping[str, Rational]) -> Rational:
    if type(e) is Int:  # most leaves
        return e.value
    match e:
        case Mul(args):
            result: Rational = 1
            for arg in args:
                result = result * _value(arg, env)
            return simplest(result)
        case Add(args):
            total: Rational = 0
            for arg in args:
                total = total + _value(arg, env)
            return simplest(total)
        case Div(num, den):
            return divide(_value(num, env), _value(den, env))
        case Neg(arg):
            return -_value(arg, env)
        case Pow(base, exp):
            return power(_value(base, env), _value(exp, env))
        case Dec(digits, places):
            return simplest(flint.fmpq(digits, 10**places))
        case Sym(name) | Label(name):
            if name not in env:
                raise Unsupported(f"the unknown {name}")
            return env[name]
        case Quantity(arg, _) | Degree(arg):
            return _value(arg, env)
        case Percent(arg):
            return divide(_value(arg, env), 100)
        case Call(func, args):
            return call(func, args, env)
        case Repeating(whole, lead, cycle):
            scale = 10 ** len(lead)
            nines = 10 ** len(cycle) - 1
            fraction = int(lead or "0") * nines + int(cycle)
            return simplest(flint.fmpq(whole * scale * nines + fraction, scale * nines))
        case InBase(digits, base):
            return int(digits, base)
        case Big(op, var, low, high, body) if op in ("sum", "prod") and low and high:
            return _accumulate(op, var, low, high, body, env)
        case _:
            raise Unsupported(type(e).__name__)


def divide(a: Rational, b: Rational) -> Rational:
    """`a / b`; raises Undefined where b is 0."""
    if b == 0:
        raise Undefined("a division by zero")
    if isinstance(a, int) and isinstance(b, int):
        return a // b if a % b == 0 else flint.fmpq(a, b)
    return simplest(flint.fmpq(a) / flint.fmpq(b))


def power(base: Rational, exponent: Rational) -> Rational:
    """`base ** exponent`, where it is rational.

    Raises:
        Undefined: 0 to the power of 0, or of a negative number.
        Unsupported: it is irrational, not real, or a root of an order above 64.
        TooCostly: it would have more than `guard.MAX_BITS` bits.
    """
    if not isinstance(exponent, int):
        if base < 0:
            raise Unsupported("a fractional power of a negative number")
        order = int(exponent.q)
        if order > 64:
            raise Unsupported("a root of high order")
        return power(root(base, order), int(exponent.p))
    if base == 0:
        if exponent < 0:
            raise Undefined("a negative power of zero")
        if exponent == 0:
            raise Undefined("zero to the power zero")
        return 0
    if abs(exponent) > guard.MAX_EXPONENT or abs(exponent) * _size(base) > guard.MAX_BITS:
        raise guard.TooCostly("a power too large")
    if exponent >= 0:
        return simplest(base**exponent)
    return divide(1, base**-exponent)


def _size(x: Rational) -> int:
    if isinstance(x, int):
        return x.bit_length()
    return max(int(x.p).bit_length(), int(x.q).bit_length())


def root(x: Rational, order: int) -> Rational:
    """The real `order`-th root of `x`; Unsupported where it is irrational or there is none."""
    if x < 0:
        if order % 2 == 0:
            raise Unsupported("an even root of a negative number")
        return -root(-x, order)
    if isinstance(x, int):
        return _integer_root(x, order)
    return divide(_integer_root(int(x.p), order), _integer_root(int(x.q), order))


def _integer_root(n: int, order: int) -> int:
    if order == 2:
        r = math.isqrt(n)
    elif order < 1:
        raise Unsupported("a root of this order")
    else:
        r = int(flint.fmpz(n).root(order))
    if r**order != n:
        raise Unsupported("an irrational root")
    return r


def call(func: str, args: tuple[Expr, ...], env: Mapping[str, Rational]) -> Rational:
    """A known function of rational arguments, where it has a rational value; else Unsupported."""
    if func in ("sin", "cos", "tan", "ln", "exp", "arcsin", "arccos", "arctan"):
        raise Unsupported(func)
    if func in ("factorial", "binom", "perm", "gcd", "lcm", "mod"):
        return _of_integers(func, [_value(a, env) for a in args])
    values = [_value(a, env) for a in args]
    match func, values:
        case "sqrt", [x]:
            return root(x, 2)
        case "root", [x, n] if isinstance(n, int) and 0 < n <= 64:
            return root(x, n)
        case "abs", [x]:
            return -x if x < 0 else x
        case "floor", [x]:
            return x if isinstance(x, int) else int(x.floor())
        case "ceil", [x]:
            return x if isinstance(x, int) else int(x.ceil())
        case "min", [_, *_]:
            return min(values)
        case "max", [_, *_]:
            return max(values)
        case "median", [_, *_]:
            ordered = sorted(values)
            return divide(ordered[(len(values) - 1) // 2] + ordered[len(values) // 2], 2)
        case "sgn", [x]:
            return (x > 0) - (x < 0)
        case "log", [x, base]:
            return _logarithm(x, base)
    raise Unsupported(func)


def _of_integers(func: str, values: list[Rational]) -> Rational:
    if not all(isinstance(v, int) for v in values):
        raise Unsupported(f"{func} of a fraction")
    numbers = [int(v) for v in values]
    match func, numbers:
        case "factorial", [n]:
            if n < 0:
                raise Undefined("the factorial of a negative number")
            if n > 10_000:
                raise guard.TooCostly("a large factorial")
            return math.factorial(n)
        case "binom", [n, k]:
            if n < 0 or k < 0:
                raise Unsupported("a binomial coefficient of a negative number")
            if min(k, n - k) > 10_000:
                raise guard.TooCostly("a large binomial coefficient")
            return math.comb(n, k)
        case "perm", [n, k]:
            if n < 0 or k < 0 or k > 10_000:
                raise Unsupported("a number of arrangements out of range")
            return math.perm(n, k)
        case "gcd", [_, *_]:
            return math.gcd(*numbers)
        case "lcm", [_, *_]:
            return math.lcm(*numbers)
        case "mod", [a, m]:
            if m <= 0:
                raise Undefined("a modulus that is not positive")
            return a % m
    raise Unsupported(func)


def _logarithm(x: Rational, base: Rational) -> Rational:
    if x <= 0 or base <= 0 or base == 1:
        raise Undefined("a logarithm out of its domain")
    if not (isinstance(base, int) and base > 1):
        raise Unsupported("a logarithm to a fractional base")
    inverted = x < 1
    power_of = divide(1, x) if inverted else x
    if not isinstance(power_of, int):
        raise Unsupported("an irrational logarithm")
    exponent = round(math.log(power_of) / math.log(base))
    if base**exponent != power_of:
        raise Unsupported("an irrational logarithm")
    return -exponent if inverted else exponent


def _accumulate(
    op: str, var: str, low: Expr, high: Expr, body: Expr, env: Mapping[str, Rational]
) -> Rational:
    first, last = integer(low, env), integer(high, env)
    if last - first + 1 > guard.MAX_TERMS:
        raise guard.TooCostly(f"a sum of {last - first + 1} terms")
    total: Rational = 0 if op == "sum" else 1
    inner = dict(env)
    for index in range(first, last + 1):
        inner[var] = index
        term = _value(body, inner)
        total = total + term if op == "sum" else total * term
        if _size(total) > guard.MAX_BITS:
            raise guard.TooCostly("a sum too large")
    return simplest(total)


_SHORT = 10**20
"""Beyond, Python takes longer than flint to write a number, and refuses in the end."""


def show_rational(x: Rational) -> str:
    """An exact value, shortened if it has more than 40 digits."""
    if isinstance(x, int):
        text = str(x) if -_SHORT < x < _SHORT else str(flint.fmpz(x))
        return text if len(text) <= 40 else f"{text[:12]}...{text[-6:]} ({len(text)} digits)"
    return f"{show_rational(int(x.p))}/{show_rational(int(x.q))}"
