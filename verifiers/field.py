"""Rational functions evaluated modulo the prime 2^61 - 1 (Schwartz, 1980; Zippel, 1979).

Two different rational functions of total degree d agree at a random point with probability at
most d / 2^61. Points come from a keyed hash of the claim, so that verdicts repeat in every process
and no author can aim at them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache

from clr.notation.ast import (
    Add,
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
    walk,
)
from clr.verifiers import exact
from clr.verifiers.exact import Undefined, Unsupported

PRIME = (1 << 61) - 1
MAX_EXPONENT = 1 << 30
"""Beyond, chance agreement is no longer negligible: x^(PRIME - 1) = 1 for every x."""
_SALT = b"clr identity 1"


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
