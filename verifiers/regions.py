"""Subsets of the real line with finitely many ends: intervals, points, and what is made of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cmp_to_key
from typing import TypeAlias

from clr.notation.ast import Const, Expr, Neg, Seq, SetOf, SetOp, Sym, free_symbols
from clr.verifiers.compare import compare
from clr.verifiers.outcome import Truth

MAX_ENDS = 40


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`; None is infinite. A point is an interval closed at both its ends."""

    low: Expr | None
    high: Expr | None
    low_closed: bool = False
    high_closed: bool = False


@dataclass(frozen=True, slots=True)
class Combined:
    """`op` is "union", "intersection" or "difference"."""

    op: str
    left: Region
    right: Region


Region: TypeAlias = Interval | Combined
REALS = Interval(None, None)
_INFINITY = Const("inf")


def point(at: Expr) -> Interval:
    """The region that holds one number."""
    return Interval(at, at, True, True)


def nothing() -> Region:
    """The empty region."""
    return Combined("difference", REALS, REALS)


def region_of(e: Expr) -> Region | None:
    """The region that a set of real numbers denotes; None for anything else."""
    match e:
        case Sym("ℝ"):
            return REALS
        case SetOf(items):
            return union(tuple(point(item) for item in items))
        case Seq(open_, (low, high), close) if open_ in ("(", "[") and close in (")", "]"):
            return Interval(
                None if low == Neg(_INFINITY) else low,
                None if high == _INFINITY else high,
                open_ == "[",
                close == "]",
            )
        case SetOp(op, a, b):
            left, right = region_of(a), region_of(b)
            return None if left is None or right is None else Combined(op, left, right)
        case _:
            return None


def union(parts: tuple[Region, ...]) -> Region:
    """What lies in any of `parts`."""
    whole = parts[0] if parts else nothing()
    for part in parts[1:]:
        whole = Combined("union", whole, part)
    return whole


def is_plainly_region(e: Expr) -> bool:
    """Whether an expression can be nothing but a set of reals: a pair of numbers may be a point."""
    match e:
        case SetOp() | Sym("ℝ"):
            return True
        case Seq(open_, (low, high), close):
            return (open_, close) in (("(", "]"), ("[", ")")) or _INFINITY in (low, high, _arg(low))
        case _:
            return False


def _arg(e: Expr) -> Expr:
    return e.arg if isinstance(e, Neg) else e


class _Incomparable(Exception):
    """Two ends whose order cannot be told."""


def same_region(a: Region, b: Region) -> bool | None:
    """Whether two regions hold the same numbers; None where the order of their ends is unknown."""
    ends = list(dict.fromkeys((*_ends(a), *_ends(b))))
    if len(ends) > MAX_ENDS:
        return None
    try:
        ranked = _ranked(ends)
    except _Incomparable:
        return None
    cells = range(2 * (max(ranked.values(), default=-1) // 2 + 1) + 1)
    return all(_holds(a, cell, ranked) == _holds(b, cell, ranked) for cell in cells)


def _ends(region: Region) -> Iterator[Expr]:
    if isinstance(region, Combined):
        yield from _ends(region.left)
        yield from _ends(region.right)
    else:
        yield from (end for end in (region.low, region.high) if end is not None)


def _ranked(ends: list[Expr]) -> dict[Expr, int]:
    """Odd numbers that order the ends as they lie on the line; even ones are the gaps between."""
    if any(free_symbols(end) for end in ends):
        if len(ends) > 1:
            raise _Incomparable
        return dict.fromkeys(ends, 1)
    ranked: dict[Expr, int] = {}
    rank, last = -1, None
    for end in sorted(ends, key=cmp_to_key(_order)):
        if last is None or _order(last, end):
            rank += 2
        ranked[end] = rank
        last = end
    return ranked


def _order(a: Expr, b: Expr) -> int:
    for op, sign in (("<", -1), (">", 1)):
        if compare(a, op, b).truth is Truth.TRUE:
            return sign
    if compare(a, "=", b).truth is not Truth.TRUE:
        raise _Incomparable
    return 0


def _holds(region: Region, cell: int, ranked: dict[Expr, int]) -> bool:
    if isinstance(region, Combined):
        left, right = _holds(region.left, cell, ranked), _holds(region.right, cell, ranked)
        if region.op == "union":
            return left or right
        return left and (right if region.op == "intersection" else not right)
    low = -1 if region.low is None else ranked[region.low]
    high = max(ranked.values(), default=0) + 2 if region.high is None else ranked[region.high]
    above = cell > low or (cell == low and region.low_closed)
    below = cell < high or (cell == high and region.high_closed)
    return above and below
