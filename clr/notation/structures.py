"""Fractions, roots, derivatives, and operators over a bound variable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clr.notation.ast import (
    Big,
    Call,
    Deriv,
    Div,
    Expr,
    Int,
    Neg,
    Sym,
)
from clr.notation.brackets import braced_text, brackets
from clr.notation.levels import IN_SCOPE, product_of

if TYPE_CHECKING:
    from clr.notation.levels import Parser


def fraction(p: Parser) -> Expr:
    r"""`\frac{a}{b}`, a quotient or a derivative."""
    derivative = _derivative(p)
    if derivative is not None:
        return derivative
    p.i += 1
    num = p.argument()
    return Div(num, p.argument())


def _derivative(p: Parser) -> Expr | None:
    """`\\frac{d}{dx} e`, `\\frac{dy}{dx}`, `\\frac{d^2 y}{dx^2}`; None for other fractions."""
    i = p.i + 1
    kinds, values = p.kinds, p.values
    if kinds[i] != "{" or values[i + 1] not in ("d", "partial"):
        return None
    mark = values[i + 1]
    i += 2
    order = "1"
    if kinds[i] == "^":
        order, i = _small_power(p, i)
    body: Expr | None = None
    if kinds[i] == "sym":
        body = Sym(values[i])
        i += 1
    if kinds[i : i + 2] != ["}", "{"] or values[i + 2] != mark or kinds[i + 3] != "sym":
        return None
    var = values[i + 3]
    i += 4
    below = "1"
    if kinds[i] == "^":
        below, i = _small_power(p, i)
    if kinds[i] != "}" or order != below or not order.isdigit() or not 1 <= int(order) <= 9:
        return None
    p.i = i + 1
    if body is None:
        body = _derived(p)
    return Deriv(body, var, int(order))


def _small_power(p: Parser, i: int) -> tuple[str, int]:
    if p.kinds[i + 1 : i + 4] == ["{", "num", "}"]:
        return p.values[i + 2], i + 4
    return p.values[i + 1], i + 2


def _derived(p: Parser) -> Expr:
    if p.kinds[p.i] == "(" or p.kinds[p.i] == "[":
        return brackets(p)
    factors = [p.factor()]
    while p.kinds[p.i] in IN_SCOPE or p.kinds[p.i] in ("func", "("):
        factors.append(p.factor())
    return product_of(factors)


def binomial(p: Parser) -> Expr:
    r"""`\binom{n}{k}`."""
    p.i += 1
    n = p.argument()
    return Call("binom", (n, p.argument()))


def root(p: Parser) -> Expr:
    r"""`\sqrt{x}`, `\sqrt[3]{x}`."""
    p.i += 1
    if p.kinds[p.i] == "[":
        bars, p.bars = p.bars, 0
        p.i += 1
        n = p.operand()
        p.expect("]")
        p.bars = bars
        return Call("root", (p.argument(), n))
    return Call("sqrt", (p.argument(),))


def radical(p: Parser) -> Expr:
    """The sign √ takes one atom: √2x is (√2)x."""
    cube = p.values[p.i] == "cbrt"
    p.i += 1
    e = p.atom()
    return Call("root", (e, Int(3))) if cube else Call("sqrt", (e,))


def wrapped(p: Parser) -> Expr:
    """Boxes are transparent."""
    p.i += 1
    return p.argument()


def underbraced(p: Parser) -> Expr:
    """The text of an under- or overbrace is a comment."""
    p.i += 1
    e = p.argument()
    if p.kinds[p.i] in ("_", "^") and p.kinds[p.i + 1] == "{":
        p.i += 1
        braced_text(p)
    return e


def scripted(p: Parser) -> Expr:
    """`_nC_k`, `^nC_k`: a binomial coefficient."""
    p.i += 1
    n = p.argument()
    if p.values[p.i] == "C" and p.kinds[p.i + 1] == "_":
        p.i += 2
        return Call("binom", (n, p.argument()))
    raise p.unexpected()


def big(p: Parser) -> Expr:
    """A sum, product, limit or integral with its bounds."""
    op = p.values[p.i]
    p.i += 1
    if op == "int":
        return integral(p)
    if p.kinds[p.i] != "_":
        raise p.fail("a sum or limit without its variable")
    p.i += 1
    braced = p.kinds[p.i] == "{"
    p.i += braced
    if p.kinds[p.i] != "sym":
        raise p.fail("a sum over a condition")
    var = p.values[p.i]
    p.i += 1
    if p.kinds[p.i] in ("_", "sub"):
        raise p.fail("a sum over a name with a subscript")
    low: Expr | None = None
    sign = p.values[p.i]
    if p.kinds[p.i] == "rel" and sign == ("→" if op == "lim" else "="):
        p.i += 1
        low = p.operand()
    elif op == "lim":
        raise p.fail("a limit without a target")
    if braced:
        p.expect("}")
    high: Expr | None = None
    if p.kinds[p.i] == "^":
        if op == "lim":
            raise p.unexpected()
        p.i += 1
        high = p.argument()
    p.bound.append(var)
    body = p.product()
    p.bound.pop()
    return Big(op, var, low, high, body)


def integral(p: Parser) -> Expr:
    """An integral, to its differential."""
    low: Expr | None = None
    high: Expr | None = None
    while p.kinds[p.i] in ("_", "^"):
        upper = p.kinds[p.i] == "^"
        p.i += 1
        bound = Neg(p.argument()) if _minus(p) else p.argument()
        if upper:
            high = bound
        else:
            low = bound
    outer, p.differential = p.differential, None
    p.integrals += 1
    body = p.sum()
    p.integrals -= 1
    var, p.differential = p.differential, outer
    if var is None:
        raise p.fail("an integral without its variable")
    if (low is None) != (high is None):
        raise p.fail("an integral with one bound")
    return Big("int", var, low, high, body)


def _minus(p: Parser) -> bool:
    if p.kinds[p.i] == "-":
        p.i += 1
        return True
    return False
