"""What an expression may cost, bounded before anything is computed."""

from __future__ import annotations

import math
from functools import lru_cache

from clr.notation.ast import (
    Add,
    Big,
    Call,
    Const,
    Dec,
    Degree,
    Div,
    Either,
    Expr,
    InBase,
    Int,
    Mul,
    Neg,
    Percent,
    PlusMinus,
    Pow,
    Quantity,
    Repeating,
    beneath,
    children,
    kinds,
    walk,
)
from clr.notation.errors import TooCostly

__all__ = ["TooCostly", "check", "check_depth", "check_work"]

MAX_BITS = 1 << 17
"""Size of any integer that exact evaluation may meet, about 39,000 digits."""
MAX_TERMS = 4000
"""Terms of a sum or product that are added up one by one."""
MAX_EXPONENT = 1 << 16
MAX_DEPTH = 150
MAX_EVALUATIONS = 10_000
"""Terms of sums and products, nested ones multiplied."""
INTEGRAL = 200
"""So many terms an integral is worth."""


@lru_cache(maxsize=65536)
def check(e: Expr) -> None:
    """Pass if exact evaluation of `e` stays within the limits; O(nodes).

    Raises:
        TooCostly: it may not.
    """
    check_work(e)
    if not kinds(e) <= _AS_LARGE_AS_WRITTEN:
        _bits(e)


_AS_LARGE_AS_WRITTEN = frozenset((Int, Dec, Neg, Add, Mul, Div, Quantity, Percent, Degree))
"""What takes no more digits to write out than there are already."""


@lru_cache(maxsize=65536)
def check_work(e: Expr) -> None:
    """Pass if `e` can be evaluated at bounded precision, whatever the size of its value.

    Raises:
        TooCostly: nested too deeply, or sums of too many terms or integrals.
    """
    check_depth(e)
    if Big in kinds(e) and evaluations(e) > MAX_EVALUATIONS:
        raise TooCostly(f"more than {MAX_EVALUATIONS} terms in nested sums and integrals")


def check_depth(e: Expr) -> None:
    """Pass if `e` is shallow enough for recursion.

    Raises:
        TooCostly: it is nested deeper than `MAX_DEPTH`.
    """
    level = [e] if children(e) else []
    for _ in range(MAX_DEPTH):
        if not level:
            return
        level = beneath(level)
    raise TooCostly(f"an expression nested deeper than {MAX_DEPTH}")


def evaluations(e: Expr) -> float:
    """How often the parts of `e` are evaluated, as terms of sums and products or in integrals."""
    below = sum(map(evaluations, children(e)))
    match e:
        case Big(op, _, low, high, _) if op in ("sum", "prod") and low and high:
            return min(_terms(low, high), MAX_TERMS) * (1 + below)
        case Big("int"):
            return INTEGRAL * (1 + below)
    return below


def _terms(low: Expr, high: Expr) -> float:
    return _magnitude(high) + _magnitude(low) + 1


def _limited(bits: float) -> float:
    if not bits <= MAX_BITS:
        raise TooCostly(f"a number of up to {bits:.3g} bits")
    return bits


def _bits(e: Expr) -> float:
    """Upper bound for the bits of numerator and denominator of `e` and of every part of it.

    A symbol counts as 64 bits.
    """
    if type(e) is Int:  # most leaves
        return _limited(e.value.bit_length() + 1)
    match e:
        case Mul(args):
            return _limited(sum(map(_bits, args)))
        case Add(args):
            return _limited(sum(map(_bits, args)) + len(args))
        case Div(a, b) | PlusMinus(a, b):
            return _limited(_bits(a) + _bits(b) + 1)
        case Dec(digits, places):
            return _limited(digits.bit_length() + 4 * places + 1)
        case Repeating(whole, lead, cycle):
            return _limited(whole.bit_length() + 8 * (len(lead) + len(cycle)) + 8)
        case InBase(digits, _):
            return _limited(6 * len(digits))
        case Neg(arg):
            return _bits(arg)
        case Pow(base, exp):
            exponent = _magnitude(exp)
            if exponent > MAX_EXPONENT:
                raise TooCostly(f"an exponent of about {exponent:.3g}")
            _bits(exp)
            return _limited(_bits(base) * max(1.0, exponent))
        case Call("factorial", (arg,)):
            n = _magnitude(arg)
            return _limited(n * math.log2(n + 2) if n < MAX_BITS else math.inf)
        case Call("binom" | "perm", (n, k)):
            _bits(k)
            _bits(n)
            top = _magnitude(n)
            if top > MAX_BITS:
                top = _magnitude(k) * math.log2(top + 2) if top < 1e300 else math.inf
            return _limited(top + 64)
        case Big(op, _, low, high, body) if op in ("sum", "prod") and low and high:
            terms = min(_terms(low, high), MAX_TERMS)
            each = _bits(body)
            if op == "sum" and not any(map(_divides, walk(body))):
                return _limited(each + math.log2(terms + 1))  # no denominators add up
            return _limited(terms * (each + 1))
        case Either(options, _):
            return max(map(_bits, options))
        case _:
            return _limited(max((_bits(c) for c in children(e)), default=64.0) + 64)


def _divides(e: Expr) -> bool:
    return isinstance(e, Div) or (
        isinstance(e, Pow) and any(isinstance(node, Neg | Div) for node in walk(e.exp))
    )


def _magnitude(e: Expr) -> float:
    """Upper bound for the absolute value of an exponent, index or bound; a symbol counts as 64."""
    match e:
        case Int(value):
            return float(value) if value < 10**300 else math.inf
        case Dec(digits, places):
            return digits / 10**places if digits < 10**300 and places < 300 else 1e300
        case Const():
            return 4.0
        case Neg(arg):
            return _magnitude(arg)
        case Add(args):
            return sum(map(_magnitude, args))
        case Mul(args):
            return math.prod(map(_magnitude, args))
        case Div(a, _):
            return _magnitude(a)
        case Pow(base, exp):
            b, x = _magnitude(base), _magnitude(exp)
            return b**x if x * math.log2(b + 2) < 900 else math.inf
        case Call("factorial", (arg,)):
            n = _magnitude(arg)
            return float(math.factorial(int(n))) if n < 150 else math.inf
        case Either(options, _):
            return max(map(_magnitude, options))
        case _:
            return max((_magnitude(c) for c in children(e)), default=64.0)
