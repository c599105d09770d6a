"""Amounts that everybody knows: `there are 31 days in May`, `2 dimes are worth 20 cents`."""

from __future__ import annotations

from clr.bodies.mathematics import Relation
from clr.notation.ast import Div, Either, Expr, Int, Mul, Quantity
from clr.notation.words import unit_name
from clr.reading.spoken_values import Tokens, value_at, words_at

_LONG = "january march may july august october december".split()
_SHORT = "april june september november".split()
_DAYS: dict[str, Expr] = {
    **dict.fromkeys(_LONG, Int(31)),
    **dict.fromkeys(_SHORT, Int(30)),
    "february": Either((Int(28), Int(29)), "leap year"),
}
_COINS = {"penny": 1, "nickel": 5, "dime": 10}
_PLURALS = {"pennies": 1, "nickels": 5, "dimes": 10}

_DOLLAR = unit_name(["dollars"])
_MONEY = (unit_name(["cents"]), _DOLLAR)

OPENINGS = (
    ("days", "in"),
    *((coin, "is", "worth") for coin in _COINS),
    *((coins, "are", "worth") for coins in _PLURALS),
)
"""Words that such a clause holds."""


def amount_at(t: Tokens, at: int) -> tuple[Relation, int] | None:
    """What a clause says of such an amount, and the index after it."""
    return _days(t, at) or _coins(t, at)


def _days(t: Tokens, at: int) -> tuple[Relation, int] | None:
    """`there are 31 days in May`."""
    after = words_at(t, at, (("there", "are"),))
    said = t[after].value if after is not None and after < len(t) and t[after].single else None
    month = words_at(t, after + 1, (("days", "in"),)) if after is not None else None
    days = _DAYS.get(t[month].text) if month is not None and month < len(t) else None
    if month is None or days is None or not (isinstance(said, Int) and 28 <= said.value <= 31):
        return None  # a few days in May are some of them
    return Relation(Mul((Int(1), days)), "=", said), month + 1


def _coins(t: Tokens, at: int) -> tuple[Relation, int] | None:
    """`a nickel is worth 5 cents`, `3 dimes are worth 30 cents`, `... 10 cents each`."""
    several = at + 1 < len(t) and t[at + 1].text in _PLURALS
    coin = {**_COINS, **_PLURALS}.get(t[at + 1].text) if at + 1 < len(t) else None
    count = t[at].value if several else None
    if coin is None or (count is None if several else t[at].text not in ("a", "each", "one")):
        return None
    after = words_at(t, at + 2, (("are", "worth"),) if several else (("is", "worth"),))
    found = value_at(t, after) if after is not None else None
    if found is None or not isinstance(found.value, Quantity):
        return None
    if found.value.unit not in _MONEY:
        return None
    apiece = words_at(t, _after_brackets(t, found.end), (("each",), ("apiece",)))
    coins = count if count is not None and apiece is None else Int(1)
    value = Div(Int(coin), Int(100)) if found.value.unit == _DOLLAR else Int(coin)
    known = Mul((coins, Quantity(value, found.value.unit)))
    return Relation(known, "=", found.value), apiece or found.end


def _after_brackets(t: Tokens, at: int) -> int:
    """The index after a value in brackets, if one stands at `at`: `$0.05 (5 cents) each`."""
    again = value_at(t, at + 1) if at < len(t) and t[at].text == "(" else None
    return (words_at(t, again.end, ((")",),)) or at) if again is not None else at
