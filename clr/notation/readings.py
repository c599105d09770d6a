"""Every admissible reading of an ambiguous expression."""

from __future__ import annotations

from functools import lru_cache
from itertools import product

from clr.notation.ast import Div, Either, Expr, Int, Percent, children, rebuild, walk


class TooAmbiguous(ValueError):
    """The expression has more readings than may be tried."""


@lru_cache(maxsize=65536)
def readings(e: Expr, limit: int = 16) -> tuple[Expr, ...]:
    """Expressions without `Either` or `Percent`, the likeliest first.

    Ambiguities of one cause are resolved alike throughout the expression. A percentage is read as
    its hundredth part and as the bare number.

    Raises:
        TooAmbiguous: there are more than `limit`.
    """
    causes: dict[str, int] = {}
    for node in walk(e):
        if isinstance(node, Either):
            causes[node.cause] = max(causes.get(node.cause, 0), len(node.options))
        elif isinstance(node, Percent):
            causes["percent"] = 2
    if not causes:
        return (e,)
    count = 1
    for options in causes.values():
        count *= options
    if count > limit:
        raise TooAmbiguous(f"{count} readings, more than {limit}")
    found = []
    for choice in product(*(range(n) for n in causes.values())):
        chosen = dict(zip(causes, choice, strict=True))
        found.append(_resolve(e, chosen))
    return tuple(dict.fromkeys(found))


def _resolve(e: Expr, chosen: dict[str, int]) -> Expr:
    if isinstance(e, Either):
        option = min(chosen[e.cause], len(e.options) - 1)
        return _resolve(e.options[option], chosen)
    if isinstance(e, Percent):
        value = _resolve(e.arg, chosen)
        return value if chosen["percent"] else Div(value, Int(100))
    if not children(e):
        return e
    return rebuild(e, lambda child: _resolve(child, chosen))
