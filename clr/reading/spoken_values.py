"""Values in a sentence, and operations between two of them: `5 squared`, `20% of`, `divided by`.

What a word beside a calculation belongs to is ambiguous, so an operation in words takes plain
values only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from clr.notation.ast import (
    Add,
    Call,
    Div,
    Either,
    Expr,
    Int,
    Mul,
    Neg,
    Percent,
    Pow,
    Quantity,
    kinds,
)
from clr.notation.words import JOINING, WITHIN_LABEL, unit_name
from clr.reading.lexicon import CARDINALS
from clr.reading.spoken_words import Sort, Token

Tokens: TypeAlias = Sequence[Token]


class Found(NamedTuple):
    """An expression, the index after its tokens, and whether words make it a calculation."""

    value: Expr
    end: int
    compound: bool = True


def words_at(t: Tokens, at: int, options: Sequence[tuple[str, ...]]) -> int | None:
    """The index after the first of `options` that stands at `at`."""
    if at >= len(t):
        return None
    first = t[at].text
    for words in options:
        if words[0] == first:
            end = at + len(words)
            if tuple([token.text for token in t[at:end]]) == words:
                return end
    return None


def plain(t: Tokens, at: int, found: Found) -> bool:
    """Whether words beside a value can only belong to all of it."""
    return found.compound or (
        all(token.sort is not Sort.CALCULATION for token in t[at : found.end])
        and not isinstance(found.value, Add)
    )


def value_at(t: Tokens, at: int) -> Found | None:
    """One value, with a unit; `the 30 apples`, `5 squared`."""
    if at + 1 < len(t) and t[at].text in ("the", "a", "an") and t[at + 1].single:
        at += 1
    value = t[at].value if at < len(t) and t[at].links == 0 else None
    if value is None:
        return None
    at += 1
    if at < len(t) and t[at].text in POSTFIX:
        return Found(POSTFIX[t[at].text](value), at + 1, t[at].text != "percent")
    unit: list[str] = []
    while at < len(t) and t[at].sort is Sort.WORD and len(unit) < MOST_UNIT_WORDS:
        word = t[at].text
        if word == "per" and unit and at + 1 < len(t) and t[at + 1].sort is Sort.WORD:
            unit += [word, t[at + 1].text]
            at += 2
            continue
        if word in _NO_UNIT or word in CARDINALS:
            break
        unit.append(word)
        at += 1
    if unit:
        if Quantity in kinds(value):
            return None
        value = Quantity(value, unit_name(unit))
    return Found(value, at, False)


MOST_UNIT_WORDS = 3
POSTFIX: Mapping[str, Callable[[Expr], Expr]] = {
    "squared": lambda x: Pow(x, Int(2)),
    "cubed": lambda x: Pow(x, Int(3)),
    "factorial": lambda x: Call("factorial", (x,)),
    "percent": Percent,
}
_NO_UNIT = (
    JOINING
    | WITHIN_LABEL
    | frozenset(
        "= divides divide doesn't isn't aren't exceeds equals equal equaling yields leaves times "
        "plus minus more less choose increased decreased "
        "reduced raised modulo mod over half halves third thirds fourth fourths quarter quarters "
        "fifth fifths sixth sixths eighth eighths tenth tenths dozen hundred thousand million "
        "billion twice double triple when upon off discount increase decrease out after before "
        "during between until again instead total different other each every less fewer making "
        "giving ends makes make comes come amounts works totals costs cost apiece".split()
    )
)


def total(a: Expr, b: Expr) -> Expr:
    """`a plus b`."""
    return Add((a, b))


def difference(a: Expr, b: Expr) -> Expr:
    """`a minus b`."""
    return Add((a, Neg(b)))


def _part(a: Expr, b: Expr) -> Expr | None:
    """`20% of 50`, `2/3 of 9`."""
    match a:
        case Percent(share):
            return Mul((Div(share, Int(100)), b))
        case Div(Int(), Int()):
            return Mul((a, b))
        case _:
            return None


def _raised(a: Expr, b: Expr, sign: int) -> Expr:
    """`a` made greater, or smaller, by `b`, which may be a percentage of it."""
    if isinstance(b, Percent):
        b = Mul((Div(b.arg, Int(100)), a))
    return total(a, b) if sign > 0 else difference(a, b)


def quotient(a: Expr, b: Expr) -> Expr:
    """`a divided by b`, with or without its remainder."""
    return Either((Div(a, b), Call("floor", (Div(a, b),))), "quotient")


def _discount(a: Expr, b: Expr) -> Expr | None:
    """A discount is the amount taken off, or what is left to pay."""
    if not isinstance(a, Percent):
        return None
    return Either((_raised(b, a, -1), Mul((Div(a.arg, Int(100)), b))), "discount")


def changed(a: Expr, b: Expr, sign: int) -> Expr:
    """`$64 plus 8%` is what it says, or 8% of $64 more."""
    plain = total(a, b) if sign > 0 else difference(a, b)
    if not isinstance(b, Percent) or isinstance(a, Percent):
        return plain
    return Either((plain, _raised(a, b, sign)), "percent of it")


def _gain(a: Expr, b: Expr) -> Expr | None:
    if not isinstance(a, Percent):
        return None
    return Either((_raised(b, a, 1), Mul((Div(a.arg, Int(100)), b))), "increase")


OPERATIONS: tuple[tuple[tuple[str, ...], Callable[[Expr, Expr], Expr | None]], ...] = tuple(
    (tuple(words.split()), operation)
    for words, operation in (
        ("of", _part),
        ("times", lambda a, b: Mul((a, b))),
        ("multiplied by", lambda a, b: Mul((a, b))),
        ("plus", lambda a, b: changed(a, b, 1)),
        ("added to", total),
        ("minus", lambda a, b: changed(a, b, -1)),
        ("subtracted from", lambda a, b: difference(b, a)),
        ("divided by", quotient),
        ("choose", lambda a, b: Call("binom", (a, b))),
        ("to the power of", Pow),
        ("raised to the power of", Pow),
        ("more than", lambda a, b: _raised(b, a, 1)),
        ("less than", lambda a, b: _raised(b, a, -1)),
        ("increased by", lambda a, b: _raised(a, b, 1)),
        ("decreased by", lambda a, b: _raised(a, b, -1)),
        ("reduced by", lambda a, b: _raised(a, b, -1)),
        ("off of", lambda a, b: _raised(b, a, -1) if isinstance(a, Percent) else None),
        ("off", lambda a, b: _raised(b, a, -1) if isinstance(a, Percent) else None),
        ("discount on", _discount),
        ("discount off", _discount),
        ("increase of", _gain),
        ("increase on", _gain),
    )
)
