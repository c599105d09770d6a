"""Unknowns that equations define: an expression for each, and what the equations say beyond that.

`y = 2x + 1` and `x + z = 4` leave nothing to solve: any `x` gives the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

from clr.ledger import name_of
from clr.notation.ast import Add, Const, Div, Expr, Mul, Neg, free_symbols
from clr.verifiers import exact

Equation: TypeAlias = tuple[Expr, Expr]


@lru_cache(maxsize=8192)
def eliminated(
    equations: tuple[Equation, ...],
) -> tuple[Mapping[str, Expr], tuple[Equation, ...]]:
    """Names with expressions for them, each after the names that it is computed from, and the
    equations that say more than this."""
    found: dict[str, Expr] = {}
    rest = []
    for equation in dict.fromkeys(equations):
        for name, value in _solved(equation):
            if name not in found and name not in _behind(value, found):
                found[name] = value
                break
        else:
            rest.append(equation)
    order = sorted(found, key=lambda name: len(_behind(found[name], found)))
    return {name: found[name] for name in order}, tuple(rest)


def _behind(e: Expr, found: Mapping[str, Expr]) -> set[str]:
    """All names that `e` is computed from, directly or through expressions that are `found`."""
    names: set[str] = set()
    stack = list(free_symbols(e))
    while stack:
        name = stack.pop()
        if name not in names:
            names.add(name)
            if name in found:
                stack.extend(free_symbols(found[name]))
    return names


def _solved(equation: Equation) -> Iterator[tuple[str, Expr]]:
    """Names that an equation can be solved for in one way, each with what it is: those that it
    holds once, in no other operations than sums and multiplication with numbers."""
    for side, value in (equation, equation[::-1]):
        if name := name_of(side):
            yield name, value  # most often the only one that is needed
    yield from _inside(equation)


@lru_cache(maxsize=4096)
def _inside(equation: Equation) -> tuple[tuple[str, Expr], ...]:
    """The same for names inside a side."""
    return tuple(_isolations(equation))


def _isolations(equation: Equation) -> Iterator[tuple[str, Expr]]:
    for side, value in (equation, equation[::-1]):
        for name in sorted(free_symbols(side) - free_symbols(value)):
            if (found := _isolated(name, side, value)) is not None:
                yield name, found


def _isolated(name: str, side: Expr, value: Expr) -> Expr | None:
    """What `name`, which stands in `side`, is where `side` is `value`; None if it is not plain."""
    while name_of(side) != name:
        match side:
            case Neg(arg):
                side, value = arg, Neg(value)
            case Add(args) | Mul(args):
                parts = [arg for arg in args if name in free_symbols(arg)]
                others = [arg for arg in args if name not in free_symbols(arg)]
                if len(parts) > 1:
                    return None
                if isinstance(side, Add):
                    value = Add((value, *map(Neg, others)))
                elif all(map(_is_factor, others)):
                    for other in others:
                        value = Div(value, other)
                else:
                    return None
                side = parts[0]
            case Div(num, den) if _is_factor(den):
                side, value = num, Mul((value, den))
            case _:
                return None
    return value


def _is_factor(e: Expr) -> bool:
    """Whether `e` is plainly a number other than 0."""
    match e:
        case Const():
            return True
        case Mul(args):
            return all(map(_is_factor, args))
        case Div(num, den):
            return _is_factor(num) and _is_factor(den)
    try:
        return not free_symbols(e) and exact.value(e) != 0
    except ValueError:
        return False
