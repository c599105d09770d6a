"""Rational functions evaluated modulo the prime 2^61 - 1 (Schwartz, 1980; Zippel, 1979).

Two different rational functions of total degree d agree at a random point with probability at
most d / 2^61. Points come from a keyed hash, so that verdicts repeat in every process and no author
can aim at them: of the claim, or of each name alone where expressions are compared with many.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from clr.notation.ast import (
    Add,
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
    call_name,
    kinds,
    walk,
)
from clr.notation.functions import FUNCTIONS, INVERSES, TRIGONOMETRIC
from clr.verifiers import exact
from clr.verifiers.exact import Undefined, Unsupported

PRIME = (1 << 61) - 1
MAX_EXPONENT = 1 << 30
"""Beyond, chance agreement is no longer negligible: x^(PRIME - 1) = 1 for every x."""
_SALT = b"clr identity 1"


@lru_cache(maxsize=1 << 14)
def is_rational(e: Expr) -> bool:
    """Whether `e` is a rational function of its symbols with rational coefficients."""
    found = kinds(e)
    return found <= _RATIONAL and (
        Pow not in found or all(_is_whole(node.exp) for node in walk(e) if isinstance(node, Pow))
    )


_RATIONAL = frozenset(
    (Int, Dec, Sym, Label, Neg, Add, Mul, Div, Pow, Quantity, Percent, Degree, Repeating, InBase)
)


def _is_whole(exponent: Expr) -> bool:
    size = exponent.arg if isinstance(exponent, Neg) else exponent
    return isinstance(size, Int) and size.value < MAX_EXPONENT


Residue: TypeAlias = tuple[int, int]
"""Numerator and denominator modulo `PRIME`, so that nothing is inverted on the way."""
NOTHING: Mapping[str, Residue] = {}


@lru_cache(maxsize=1 << 15)
def residue(e: Expr, point: int) -> Residue:
    """The value of `e` at one of some fixed points, the same for all expressions.

    Where a root or a sine stands, its value is drawn from that of its argument: equal arguments
    give equal values, and nothing else is known of it.

    Raises:
        Unsupported: a node that has no value modulo a prime, such as a floor.
        Undefined: a denominator vanishes at the point.
    """
    return residue_with(e, point, NOTHING)


def residue_with(e: Expr, point: int, values: Mapping[str, Residue]) -> Residue:
    """As `residue`, but with `values` for the symbols that it names."""
    if type(e) is Int:  # most leaves
        return e.value % PRIME, 1
    if type(e) is Sym:
        return values.get(e.name) or _coordinate(e.name, point)
    if type(e) is Label:
        return values.get(e.text) or _coordinate(e.text, point)
    match e:
        case Add(args):
            n, d = 0, 1
            for arg in args:
                m, other = residue_with(arg, point, values)
                n, d = (n + m, d) if other == d else (n * other + m * d, d * other % PRIME)
            return n % PRIME, d
        case Mul(args):
            n, d = 1, 1
            for arg in args:
                m, other = residue_with(arg, point, values)
                n, d = n * m % PRIME, d * other % PRIME
            return n, d
        case Neg(arg):
            n, d = residue_with(arg, point, values)
            return -n % PRIME, d
        case Div(num, den):
            n, d = residue_with(num, point, values)
            m, other = residue_with(den, point, values)
            if not m:
                raise Undefined("a division by zero")
            return n * other % PRIME, d * m % PRIME
        case Pow(base, Int(k)) if k < MAX_EXPONENT:
            n, d = residue_with(base, point, values)
            return pow(n, k, PRIME), pow(d, k, PRIME)
        case Pow(base, Neg(Int(k))) if k < MAX_EXPONENT:
            n, d = residue_with(base, point, values)
            if not n:
                raise Undefined("a negative power of zero")
            return pow(d, k, PRIME), pow(n, k, PRIME)
        case Dec(digits, places):
            return digits % PRIME, pow(10, places, PRIME)
        case Quantity(arg, _) | Degree(arg):
            return residue_with(arg, point, values)
        case Percent(arg):
            n, d = residue_with(arg, point, values)
            return n, d * 100 % PRIME
        case Repeating() | InBase():
            x = exact.value(e)
            return (x % PRIME, 1) if isinstance(x, int) else (int(x.p) % PRIME, int(x.q) % PRIME)
        case Const("pi" | "e" | "i" as name):
            return _drawn(f"constant {name}", point), 1
        case Pow(base, exp):
            return _image("^", (base, exp), point, values)
        case Call(func, args) if func in _IRRATIONAL:
            return _image(func, args, point, values)
        case Call(func, _) if func not in FUNCTIONS:
            called = call_name(e)
            return values.get(called) or _coordinate(called, point)
        case _:
            raise Unsupported(type(e).__name__)


_IRRATIONAL = {"sqrt", "root", "ln", "log", "exp", "abs", *TRIGONOMETRIC, *INVERSES.values()}


_OF_NO_ZERO = frozenset(("^", "ln", "log"))


def _image(func: str, args: tuple[Expr, ...], point: int, values: Mapping[str, Residue]) -> Residue:
    """The value of an irrational function, drawn from the values of its arguments."""
    at = []
    for arg in args:
        n, d = residue_with(arg, point, values)
        if not n and func in _OF_NO_ZERO:
            raise Undefined(f"{func} of zero")
        at.append(n if d == 1 else n * _inverse(d) % PRIME)
    return _drawn(f"{func} {at}", point), 1


@lru_cache(maxsize=1 << 14)
def _coordinate(name: str, point: int) -> Residue:
    return _drawn(f"symbol {name}", point), 1


def _drawn(seed: str, point: int) -> int:
    """A pseudo-random residue, fixed by `seed` and the point."""
    digest = hashlib.blake2b(f"{seed}|{point}".encode(), key=_SALT, digest_size=8).digest()
    return int.from_bytes(digest) % PRIME


def agree_at(left: Residue, right: Residue) -> bool:
    """Whether two values are one."""
    return (left[0] * right[1] - right[0] * left[1]) % PRIME == 0


def evaluate(e: Expr, env: Mapping[str, int]) -> int:
    """The value of a rational function modulo `PRIME`, in 0..PRIME-1.

    Raises:
        Unsupported: a symbol without a value, or not a rational function.
        Undefined: a denominator vanishes at the point.
    """
    if type(e) is Int:  # most leaves
        return e.value % PRIME
    match e:
        case Sym(name) | Label(name):
            if name not in env:
                raise Unsupported(f"the unknown {name}")
            return env[name]
        case Add(args):
            total = 0
            for arg in args:
                total += evaluate(arg, env)
            return total % PRIME
        case Mul(args):
            result = 1
            for arg in args:
                result = result * evaluate(arg, env) % PRIME
            return result
        case Neg(arg):
            return -evaluate(arg, env) % PRIME
        case Div(num, den):
            return evaluate(num, env) * _inverse(evaluate(den, env)) % PRIME
        case Pow(base, Int(n)):
            return pow(evaluate(base, env), n, PRIME)
        case Pow(base, Neg(Int(n))):
            return _inverse(pow(evaluate(base, env), n, PRIME))
        case Dec(digits, places):
            return digits * _inverse(pow(10, places, PRIME)) % PRIME
        case Quantity(arg, _) | Degree(arg):
            return evaluate(arg, env)
        case Percent(arg):
            return evaluate(arg, env) * _inverse(100) % PRIME
        case Repeating() | InBase():
            x = exact.value(e)
            if isinstance(x, int):
                return x % PRIME
            return int(x.p) * _inverse(int(x.q)) % PRIME
        case _:
            raise Unsupported(type(e).__name__)


def _inverse(x: int) -> int:
    if x % PRIME == 0:
        raise Undefined("a division by zero")
    return pow(x, -1, PRIME)


def residues(claim: tuple[Expr, ...], names: Sequence[str], attempt: int) -> dict[str, int]:
    """A pseudo-random residue for each name, fixed by the claim and the attempt."""
    seed = "|".join(map(_key, claim))
    return {
        name: int.from_bytes(
            hashlib.blake2b(f"{seed}|{name}|{attempt}".encode(), key=_SALT, digest_size=8).digest()
        )
        % PRIME
        for name in names
    }


@lru_cache(maxsize=65536)
def _key(e: Expr) -> str:
    """A text that is the same for equal expressions in every process, unlike `hash`."""
    return hashlib.blake2b(repr(e).encode(), digest_size=12).hexdigest()
