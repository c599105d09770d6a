"""Numbers as written: decimals, mixed and repeating ones, other bases."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from clr.notation.ast import (
    Add,
    Call,
    Const,
    Dec,
    Div,
    Dots,
    Either,
    Expr,
    InBase,
    Int,
    Mul,
    Neg,
    Pow,
    Quantity,
    Repeating,
)
from clr.notation.lexer import NAMED
from clr.notation.words import JOINING, SCALES, singular

if TYPE_CHECKING:
    from clr.notation.levels import Parser


def literal(digits: str) -> Int | Dec:
    """The value of a decimal literal."""
    whole, point, fraction = digits.partition(".")
    if not point:
        return Int(int(digits))
    return Dec(int(whole + fraction), len(fraction))


def plain(text: str) -> Expr | None:
    """What most operands are, as the grammar would read it too: a number in digits, an amount of
    dollars, two of them with a sign between, or a number of things. None for any other text."""
    found = _PLAIN.fullmatch(text)
    if found is None:
        return None
    currency, digits, sign, other_currency, other_digits, _, things = found.groups()
    left: Expr = literal(digits.replace(",", ""))
    if things:
        is_noun = not (currency or things in NAMED or things in JOINING or things in SCALES)
        return Quantity(left, singular(things)) if is_noun else None
    if currency:
        left = Quantity(left, "dollar")
    if not sign:
        return left
    right: Expr = literal(other_digits.replace(",", ""))
    if other_currency:
        right = Quantity(right, "dollar")
    sign = sign.strip()
    if sign == "+":
        return Add((left, right))
    if sign == "-":
        return Add((left, Neg(right)))
    if sign in _DIVIDES:
        return Div(left, right)
    return Mul((left, right))


# possessive, as digits that are given back lead nowhere
_AMOUNT: Final = (
    r"(\\?\$)?([0-9]{1,3}+(?:,[0-9]{3}(?:,[0-9]{3}){0,4}+|[0-9]{0,17}+)(?:\.[0-9]{1,20}+)?+)"
)
_DIVIDES: Final = ("/", "÷", "\\div")
_PLAIN: Final = re.compile(
    rf"{_AMOUNT}(?:( ?(?:[-+*/×÷]|\\times|\\cdot|\\div) ?| x (?=[0-9])){_AMOUNT}"
    r"|(?:(?P<tex> ?\\text\{) ?| )((?=[a-z]{5})[a-z]*[aeiouy][a-z]*)(?(tex) ?\}))?"
)


def number(p: Parser) -> Expr:
    """A numeral and what may follow it: `3`, `2 1/2`, `101_2`."""
    i = p.i
    value = literal(p.values[i])
    p.i += 1
    kinds = p.kinds
    kind = kinds[i + 1]
    if kind == "frac" and isinstance(value, Int):
        found = _fraction_of_numerals(p, i + 2)
        if found is not None:
            above, below, p.i = found
            fraction = Div(Int(above), Int(below))
            mixed, product = Add((value, fraction)), Mul((value, fraction))
            if above < below:
                return Either((mixed, product), "mixed")
            return Either((product, mixed), "improper")
    elif kind == "vulgar" and isinstance(value, Int):
        return Add((value, vulgar(p)))
    elif kind == "num":
        if isinstance(value, Int) and kinds[i + 2] == "/" and kinds[i + 3] == "num":
            top, bottom = p.values[i + 1], p.values[i + 3]
            if top.isdigit() and bottom.isdigit() and 0 < int(top) < int(bottom):
                p.i += 3
                mixed = Add((value, Div(Int(int(top)), Int(int(bottom)))))
                if len(top) == 3 and len(p.values[i]) <= 3:  # 501 600/2200
                    whole = Int(int(p.values[i] + top))
                    return Either((Div(whole, Int(int(bottom))), mixed), "thousands")
                return mixed
    elif kind == "dots" and isinstance(value, Dec):
        p.i += 1
        return _continued(p.values[i]) or Add((value, Dots()))
    elif kind == "_":
        return in_base(p, p.values[i])
    elif (kind == "sym" or kind == "caps") and not p.gap(i + 1):
        return _attached(p, value)
    return value


_CYCLE: Final = re.compile(r"(\d{0,12}?)(\d{1,6}?)\2+")
"""Decimals that end in two equal runs of digits or more: 0.1666..., 0.142857142857..."""


def _continued(digits: str) -> Expr | None:
    """A decimal with an ellipsis behind it: one that repeats, or one that was cut off. None where
    nothing is seen to repeat."""
    whole, _, fraction = digits.partition(".")
    found = _CYCLE.fullmatch(fraction) if len(fraction) <= 24 else None
    if found is None:
        return None
    lead, cycle = found.groups()
    return Either((Repeating(int(whole or 0), lead, cycle), literal(digits)), "repeating")


def _attached(p: Parser, value: Int | Dec) -> Expr:
    """Letters that belong to a number: 5C2, 3e8, 2A_{16}."""
    name = p.values[p.i]
    head, _, digits = name.partition("_")
    if digits and isinstance(value, Int) and head == "C":
        p.i += 1
        return Call("binom", (value, Int(int(digits))))
    if digits and head in ("e", "E"):
        p.i += 1
        return Mul((value, Pow(Int(10), Int(int(digits)))))
    if name in ("e", "E") and (exponent := _exponent(p, value)) is not None:
        p.i += 3
        return Mul((value, Pow(Int(10), exponent)))
    if name == "C" and isinstance(value, Int) and p.kinds[p.i + 1] == "num":
        p.i += 2
        return Call("binom", (value, literal(p.values[p.i - 1])))
    if name.isalpha() and name.isupper() and p.kinds[p.i + 1] == "_":
        wide = p.kinds[p.i + 2 : p.i + 4]
        base = p.values[p.i + (3 if wide[:1] == ["{"] else 2)]
        if isinstance(value, Int) and base in ("11", "12", "13", "14", "15", "16"):
            p.i += 1
            return in_base(p, f"{value.value}{name}")
    return value


def _exponent(p: Parser, value: Int | Dec) -> Expr | None:
    """The signed exponent of a number as programs write it, `1.21e-4`, at its letter; None where
    a sum goes on instead, as in `2e - 1` and, with a number that needs no exponent, `2e-1`."""
    sign, digits = p.kinds[p.i + 1 : p.i + 3], p.values[p.i + 2 : p.i + 3]
    if sign not in (["-", "num"], ["+", "num"]) or p.gap(p.i + 1) or p.gap(p.i + 2):
        return None
    if not digits[0].isdigit() or len(digits[0]) > MAX_EXPONENT_DIGITS:
        return None
    product = isinstance(value, Int) and value != Int(1) and p.values[p.i] == "e"
    if product and len(digits[0]) < MAX_EXPONENT_DIGITS:
        if p.tex:
            return None
        raise p.fail("an exponent, or e and a term")
    exponent = Int(int(digits[0]))
    return exponent if sign[0] == "+" else Neg(exponent)


MAX_EXPONENT_DIGITS: Final = 2


def _fraction_of_numerals(p: Parser, i: int) -> tuple[int, int, int] | None:
    """Both numbers of a fraction of literals after \\frac at `i`, and where it ends."""
    kinds, values = p.kinds, p.values
    if kinds[i] == "num":
        if len(values[i]) != 2 or not values[i].isdigit() or kinds[i + 1] == "{":
            return None
        above, below, end = values[i][0], values[i][1], i + 1
    elif kinds[i : i + 6] == ["{", "num", "}", "{", "num", "}"]:
        above, below, end = values[i + 1], values[i + 4], i + 6
    else:
        return None
    if not (above.isdigit() and below.isdigit() and int(above) > 0 and int(below) > 1):
        return None
    return int(above), int(below), end


def coded(p: Parser) -> Expr:
    """`0x1F`, as programs write numbers; `0x5` may also be zero times five."""
    source = p.values[p.i]
    p.i += 1
    if len(source) > MAX_CODED:
        raise p.fail("a long number in another base")
    value = Int(int(source, 0))
    if source[1] in "xX" and source[2:].isdigit():
        return Either((value, Mul((Int(0), Int(int(source[2:]))))), "coded")
    return value


MAX_CODED: Final = 66


def vulgar(p: Parser) -> Expr:
    """A fraction in one sign: `½`."""
    above, below = p.values[p.i].split("/")
    p.i += 1
    return Div(Int(int(above)), Int(int(below)))


def repeating(p: Parser) -> Expr:
    r"""A repeating decimal: `0.1\overline{6}`."""
    source = p.values[p.i]
    p.i += 1
    whole, _, rest = source.partition(".")
    lead, _, cycle = rest.partition("\\overline")
    return Repeating(int(whole), lead.strip(), cycle.strip("{} \t\n"))


def const(p: Parser) -> Expr:
    """A constant: `π`."""
    name = p.values[p.i]
    p.i += 1
    return Const(name)


def dots(p: Parser) -> Expr:
    """`...`."""
    p.i += 1
    return Dots()


def in_base(p: Parser, digits: str) -> Expr:
    """A numeral in a base: `101_2`."""
    p.i += 1
    braced = p.kinds[p.i] == "{"
    p.i += braced
    parenthesis = p.kinds[p.i] == "("
    p.i += parenthesis
    kind, value = p.kinds[p.i], p.values[p.i]
    base = int(value) if kind == "num" and value.isdigit() and len(value) < 3 else 0
    if kind == "text":
        base = _BASES.get(value, 0)
    if not 2 <= base <= 36:
        raise p.fail("not a base from 2 to 36")
    p.i += 1
    if parenthesis:
        p.expect(")")
    if braced:
        p.expect("}")
    try:
        int(digits, base)
    except ValueError:
        raise p.fail(f"{digits} has a digit that base {base} lacks") from None
    return InBase(digits, base)


_BASES: Final = {"two": 2, "three": 3, "eight": 8, "ten": 10, "sixteen": 16}
