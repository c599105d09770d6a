"""Quotients of integers that leave a remainder, which is told beside them or behind."""

from __future__ import annotations

import re

from clr.notation.ast import Add, Div, Either, Expr, Int, Mul, Quantity
from clr.notation.printer import show
from clr.reading.lexicon import CARDINALS
from clr.reading.prose import REMAINDER
from clr.reading.sides import Side, integer_of
from clr.trace import Span

_REMAINDER = re.compile(rf"(?P<quotient>\d+)(?:\s*\\(?:text|mathrm)\s?\{{)?{REMAINDER}")
REMAINDER_BEHIND = re.compile(rf"(?:\\\)|\$)?{REMAINDER}")


def remainder_of(text: str, quotient: Side) -> tuple[Expr, int, int] | None:
    """What a quotient and the remainder after it are, and where that ends: `502 remainder 1`."""
    if not isinstance(quotient.expr, Int):
        told = quotient.text.rstrip(" }")
        inside = _REMAINDER.fullmatch(told) if told[-1:].isdigit() else None
        return inside and (Int(int(inside["quotient"])), int(inside["rest"]), quotient.span.end)
    behind = REMAINDER_BEHIND.match(text, quotient.span.end)
    return behind and (quotient.expr, int(behind["rest"]), behind.end("rest"))


def division_of(left: Side, found: tuple[Expr, int, int]) -> tuple[Side, Side] | None:
    """The sides of what a division with a remainder says: that `17 / 5 = 3 R 2` is `17 = 5 * 3 +
    2`; None where there is no division of integers, or the remainder is too large for one."""
    quotient, rest, end = found
    division = left.expr.options[0] if isinstance(left.expr, Either) else left.expr
    if not isinstance(division, Div):
        return None
    a, b = integer_of(division.num), integer_of(division.den)
    if a is None or b is None or rest >= b:
        return None
    product = Add((Mul((Int(b), quotient)), Int(rest)))
    return (
        Side(left.span, left.text, Int(a)),
        Side(Span(left.span.end, end), f"{show(quotient)} remainder {rest}", product),
    )


def leaves_rest(left: Expr, right: Expr, text: str, end: int) -> bool:
    """Whether a quotient of integers is cut to a whole number, and its remainder is said next in
    the text after `end`: `17 / 5 = 3 R 2`, `17 / 5 = 3 bags, and 2 apples stay`."""
    if type(left) is Either:
        left = left.options[0]
    if type(left) is Quantity:
        left = left.value
    if type(left) is not Div:
        return False
    a, b, q = integer_of(left.num), integer_of(left.den), integer_of(right)
    if a is None or not b or q is None or a // b != q:
        return False
    rest = a - b * q
    said = {str(rest), _IN_WORDS.get(rest, str(rest))}
    return rest > 0 and not said.isdisjoint(_NUMBER.findall(text[end : end + _FAR].lower()))


_FAR = 160
"""Characters behind a quotient in which a remainder is told."""
_NUMBER = re.compile(r"(?<![\d.,])\d+(?![\d,]*\.?\d)|[a-z]+")
_IN_WORDS = {n: word for word, n in CARDINALS.items()}
