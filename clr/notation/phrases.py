"""Words beside mathematics: units, currencies, and quantities named in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clr.notation.ast import (
    Call,
    Degree,
    Expr,
    Int,
    Label,
    Mul,
    Neg,
    Percent,
    Quantity,
    Sym,
)
from clr.notation.calls import apply, arguments
from clr.notation.errors import NotationError
from clr.notation.functions import ALIASES, OPAQUE
from clr.notation.names import decorated, mark, named, subscript
from clr.notation.words import CONNECTIVES, JOINING, SCALES, UNITS, WITHIN_LABEL, unit_name

if TYPE_CHECKING:
    from clr.notation.levels import Parser


def measured(p: Parser, value: Expr) -> Expr | None:
    """A value followed by words: a unit, "million", "percent". None where "of" follows."""
    if p.values[p.i] == "of":
        return None
    words: list[str] = []
    kinds, values = p.kinds, p.values
    while True:
        kind = kinds[p.i]
        if kind == "word":
            if values[p.i] == "of":
                break
            words.append(values[p.i])
            p.i += 1
        elif kind == "text":
            text = values[p.i]
            if text == "of":
                break
            p.i += 1
            if text[0] == "(" and text[-1] == ")":  # a comment
                continue
            part = text.replace("/", " / ").split()
            if "of" in part[1:-1]:
                part = part[: part.index("of")]  # cups of flour
            words += part
        elif kind == "/" and kinds[p.i + 1] in ("word", "text"):
            words.append("/")
            p.i += 1
        elif (
            kind == "/" and words and words[-1] in UNITS and values[p.i + 1] in ("h", "s", "m", "L")
        ):  # km/h
            words += ["/", values[p.i + 1]]
            p.i += 2
        elif kind == "^" and words:
            words.append("^" + _power_of_unit(p))
        elif kind == "super" and words:
            words.append("^" + values[p.i])
            p.i += 1
        else:
            break
    while words and words[0].lower() in SCALES:
        value = Mul((value, Int(SCALES[words.pop(0).lower()])))
    words = [w.strip(".,;:") for w in words]
    if not words:
        return value
    if words == ["percent"]:
        return Percent(value)
    if words in (["degrees"], ["degree"]):
        return Degree(value)
    if not JOINING.isdisjoint(map(str.lower, words)) or not any(words):
        raise p.fail("prose after a value")
    unit = unit_name(words)
    if isinstance(value, Quantity):
        if unit != value.unit:
            joint = "" if unit.startswith("/") else " "
            unit = value.unit + joint + unit
        return Quantity(value.value, unit)
    return Quantity(value, unit)


def _power_of_unit(p: Parser) -> str:
    """`^2`, `^{-2}`, `^(3)`: an integer, which changes the unit and not its number."""
    p.i += 1
    closing = _CLOSING.get(p.kinds[p.i], "")
    p.i += bool(closing)
    sign = "-" if p.kinds[p.i] == "-" else ""
    p.i += bool(sign)
    if p.kinds[p.i] != "num":
        raise p.fail("an unreadable power of a unit")
    p.i += 1
    digits = p.values[p.i - 1]
    if closing:
        p.expect(closing)
    return sign + digits


_CLOSING: Final = {"{": "}", "(": ")"}


def currency(p: Parser) -> Expr:
    """An amount of money: `$3.50`."""
    unit = p.values[p.i]
    p.i += 1
    negative = p.kinds[p.i] == "-"
    p.i += negative
    if p.kinds[p.i] not in ("num", "sym", "(", "frac", "{", "vulgar"):
        raise p.unexpected()
    value = p.atom()
    e = Quantity(Neg(value) if negative else value, unit)
    if p.kinds[p.i] == "/" and p.kinds[p.i + 1] in ("word", "text"):
        return measured(p, e) or e
    return e


def label(p: Parser) -> Expr:
    """Words where a value is expected: the name of a quantity."""
    start = p.i
    words: list[str] = []
    while p.kinds[p.i] in ("word", "text"):
        words.extend(p.values[p.i].split())
        p.i += 1
    quoted = "text" in p.kinds[start : p.i]
    kind = p.kinds[p.i]
    word = words[0].strip(".,;:")
    if len(words) == 1 and quoted:
        if word == "m" and kind == "mark":  # the measure of an angle
            return mark(p)
        if len(word) == 1 and word.isalpha():
            return named(p, word)
        if (word in ALIASES or word in OPAQUE) and kind in ("(", "{", "[", "^", "_"):
            return apply(p, ALIASES.get(word, word))
        if kind == "(" and word.isalpha():
            return Call(word.lower(), arguments(p))
    lowered = [w.lower() for w in words]
    if len(words) > 1 and lowered[0] in ("the", "a", "an"):
        lowered = lowered[1:]
    if (
        lowered[0] in (CONNECTIVES if quoted else JOINING | WITHIN_LABEL)
        or (not quoted and any(w in JOINING and w not in WITHIN_LABEL for w in lowered))
        or not any(c.isalpha() for w in lowered for c in w)
    ):
        raise NotationError("prose where a value is expected", p.starts[start])
    text = " ".join(lowered).strip(".,;: ")
    if lowered[-1] in WITHIN_LABEL:
        if lowered[-1] != "of" or kind not in ("mark", "caps"):
            raise NotationError("prose where a value is expected", p.starts[start])
        text += " " + _shape_name(p)
    elif kind == "_":
        text += " " + subscript(p)
    if p.kinds[p.i] == "(":
        raise p.fail("words before a parenthesis")
    return Label(text)


def _shape_name(p: Parser) -> str:
    """The name in `\\text{Area of } ABCD`, `\\text{area of } \\triangle ABC`."""
    if p.kinds[p.i] == "mark":
        shape = mark(p)
        assert isinstance(shape, Sym)
        return shape.name
    p.i += 1
    return decorated(p, p.values[p.i - 1])
