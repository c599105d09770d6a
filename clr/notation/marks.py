"""What follows a value and changes it: powers, factorials, percent and degree signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clr.notation.ast import (
    Call,
    Dec,
    Degree,
    Either,
    Expr,
    Int,
    Mul,
    Neg,
    Percent,
    Pow,
    Quantity,
    Sym,
)
from clr.notation.numerals import in_base, literal

if TYPE_CHECKING:
    from clr.notation.levels import Parser


def factorial(p: Parser, e: Expr) -> Expr:
    """`5!`, `7!!`."""
    p.i += 1
    if p.kinds[p.i] != "!":
        return Call("factorial", (e,))
    p.i += 1
    return Call("double_factorial", (e,))


def raised(p: Parser, e: Expr) -> Expr:
    """A power in superscript characters: x²."""
    exponent = superscript(p, p.values[p.i])
    p.i += 1
    return Pow(e, exponent)


def percent(p: Parser, e: Expr) -> Expr:
    """`40%`; in plain text `17 % 5` is a remainder. `40%5` may be that, or 40% times 5."""
    p.i += 1
    if p.kinds[p.i] == "num" and not p.tex:
        if not p.gap(p.i - 1):
            raise p.fail("a percent sign or a remainder")
        if p.kinds[p.i - 3] == "-" and (p.i == 3 or p.kinds[p.i - 4] in ("(", "*", "/", "+", "-")):
            raise p.fail("a remainder of a negative number")  # programs differ in what it is
        return Call("mod", (e, p.factor()))
    return Percent(e)


def degrees(p: Parser, e: Expr) -> Expr:
    """`90°`."""
    if p.kinds[p.i] == "circ" and not isinstance(e, Int | Dec):
        raise p.fail("a composition of functions")
    p.i += 1
    return _degree(p, e)


def primed(p: Parser, e: Expr) -> Expr:
    """A prime belongs to a name; after any other value it has no meaning here."""
    raise p.unexpected()


def based(p: Parser, e: Expr) -> Expr:
    """A subscript on a number in brackets is its base."""
    if not isinstance(e, Int):
        raise p.unexpected()
    return in_base(p, str(e.value))


def superscript(p: Parser, digits: str) -> Expr:
    """The exponent that superscript characters, as plain digits, denote."""
    negative = digits.startswith("-")
    body = digits.removeprefix("-")
    if body == "n":
        exponent: Expr = Sym("n")
    elif body.isdigit():
        exponent = Int(int(body))
    else:
        raise p.fail("an unreadable superscript")
    return Neg(exponent) if negative else exponent


def _degree(p: Parser, e: Expr) -> Expr:
    scale = p.values[p.i]
    if p.kinds[p.i] in ("sym", "text") and scale in ("C", "F"):
        p.i += 1
        return Quantity(e, "°" + scale)
    return Degree(e)


def power(p: Parser, base: Expr) -> Expr:
    """`base` raised to what follows `^`, or in degrees for `^\\circ`."""
    p.i += 1
    kinds = p.kinds
    kind = kinds[p.i]
    p.deeper()
    if kind == "circ" or kind == "°":
        p.i += 1
        e = _degree(p, base)
    elif kind == "{":
        inner = kinds[p.i + 1]
        if inner in ("circ", "°") and kinds[p.i + 2] == "}":
            p.i += 3
            e = _degree(p, base)
        elif inner in ("*", "'"):
            raise p.fail("a mark as an exponent")
        else:
            e = Pow(base, p.group())
    elif kind == "num" and p.tex and len(p.values[p.i]) > 1:
        e = _unbraced(p, base)
    elif kind == "-" or kind == "+":
        p.i += 1
        exponent = _exponent(p)
        e = Pow(base, Neg(exponent) if kind == "-" else exponent)
    else:
        e = Pow(base, _exponent(p))
    p.depth -= 1
    if p.tex and kinds[p.i] == "^" and "circ" not in kinds[p.i + 1 : p.i + 3]:
        raise p.fail("a double superscript")
    return e


def _exponent(p: Parser) -> Expr:
    if p.tex:
        return p.argument()
    exponent = p.atom()
    return power(p, exponent) if p.kinds[p.i] == "^" else exponent


def _unbraced(p: Parser, base: Expr) -> Expr:
    """`x^10` means x^{10}; TeX itself typesets x^1 0."""
    digits = p.values[p.i]
    p.i += 1
    meant = Pow(base, literal(digits))
    if not digits.isdigit() or not isinstance(base, Int | Sym):
        return meant
    typeset = Mul((Pow(base, Int(int(digits[0]))), Int(int(digits[1:]))))
    return Either((meant, typeset), "exponent")
