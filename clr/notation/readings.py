"""Every admissible reading of an ambiguous expression, the likeliest first.

A claim may be called false only if it is false in all of them.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from itertools import product
from math import prod
from typing import Final

from clr.notation.ast import (
    Call,
    Chain,
    Div,
    Either,
    Expr,
    Int,
    Percent,
    Seq,
    kinds,
    rebuild,
    walk,
)
from clr.notation.errors import TooAmbiguous

__all__ = ["TooAmbiguous", "chain_readings", "is_ambiguous", "readings"]

HUNDRED: Final = Int(100)

_CONVENTIONS: Final = frozenset(
    "e i log-base exponent letters mixed thousands comment column share".split()
)
"""Habits of an author: chosen alike wherever they occur."""


@lru_cache(maxsize=1 << 15)
def is_ambiguous(e: Expr) -> bool:
    """Whether `e` can mean more than one thing."""
    return not kinds(e).isdisjoint(_AMBIGUOUS)


_AMBIGUOUS: Final = (Either, Percent)


@lru_cache(maxsize=1 << 14)
def readings(e: Expr, limit: int = 16) -> tuple[Expr, ...]:
    """Expressions without `Either` and `Percent` that `e` can mean, the likeliest first.

    The same ambiguity is resolved alike wherever it occurs in `e`. A percentage is read as a
    hundredth part, and as the bare number (0.25 * 100 = 25%).

    Raises TooAmbiguous where there are more than `limit` combinations.
    """
    if not is_ambiguous(e):
        return (e,)
    options: dict[Hashable, int] = {}
    for node in walk(e):
        if isinstance(node, Either):
            key = _key(node)
            options[key] = max(options.get(key, 0), len(node.options))
        elif isinstance(node, Percent):
            options[Percent] = 2
    if prod(options.values()) > limit:
        raise TooAmbiguous(f"{prod(options.values())} readings, of which {limit} may be tried")
    choices = sorted(product(*(range(n) for n in options.values())), key=sum)
    resolved = (_resolve(e, dict(zip(options, choice, strict=True))) for choice in choices)
    return tuple(dict.fromkeys(resolved))


def chain_readings(chain: Chain, limit: int = 16) -> tuple[Chain, ...]:
    """`readings` of a whole chain: one choice holds for all operands and the modulus."""
    modulus = () if chain.modulus is None else (chain.modulus,)
    whole = Seq("", (*chain.operands, *modulus), "")
    count = len(chain.operands)
    out: list[Chain] = []
    for reading in readings(whole, limit):
        assert isinstance(reading, Seq)
        items = reading.items
        out.append(Chain(items[:count], chain.ops, items[count] if modulus else None))
    return tuple(out)


def _key(node: Either) -> Hashable:
    """What is decided once for all of an expression: a convention, a name, or this one place."""
    if node.cause in _CONVENTIONS:
        return node.cause
    if node.cause == "call":
        return next((c.func for o in node.options for c in walk(o) if isinstance(c, Call)), node)
    return node


def _resolve(e: Expr, choice: dict[Hashable, int]) -> Expr:
    if not is_ambiguous(e):
        return e
    if isinstance(e, Either):
        index = min(choice[_key(e)], len(e.options) - 1)
        return _resolve(e.options[index], choice)
    if isinstance(e, Percent):
        inner = _resolve(e.arg, choice)
        return inner if choice[Percent] else Div(inner, HUNDRED)
    return rebuild(e, lambda child: _resolve(child, choice))
