"""Names: letters with subscripts, primes and accents; angles, segments, products of letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clr.notation.ast import (
    Call,
    Either,
    Expr,
    Mul,
    Pow,
    Sym,
)
from clr.notation.brackets import braced_text
from clr.notation.calls import arguments, called, powered_function

if TYPE_CHECKING:
    from clr.notation.levels import Parser


def symbol(p: Parser) -> Expr:
    """A letter, and what is written as one name with it."""
    name = p.values[p.i]
    p.i += 1
    if name == "m" and p.kinds[p.i] == "mark":  # m\angle A, the measure of an angle
        return mark(p)
    return named(p, name)


def named(p: Parser, name: str, *, constants: bool = True) -> Expr:
    """What a name stands for, once its subscripts and primes are read.

    Without `constants`, e and i are names.
    """
    kind = p.kinds[p.i]
    if kind in _DECORATES:
        name = decorated(p, name)
        kind = p.kinds[p.i]
    if kind == "(":
        applied = called(p, name)
        if applied is not None:
            return applied
    elif kind == "[" and (name in _BRACKETED or name in p.functions):
        return Call(name, arguments(p))
    elif kind == "^":
        if name.rstrip("'") in p.functions:
            return powered_function(p, name)
        if p.kinds[p.i + 1] == "*":
            p.i += 2
            return Sym(name + "^*")
    if constants and (name == "e" or name == "i"):
        return p.letter(name)
    return Sym(name)


def decorated(p: Parser, name: str) -> str:
    """A name with its subscripts and primes: `x_1'`."""
    while True:
        kind = p.kinds[p.i]
        if kind == "_":
            name += "_" + subscript(p)
        elif kind == "sub":
            name += "_" + p.values[p.i]
            p.i += 1
        elif kind == "'":
            name += "'"
            p.i += 1
        elif kind == "^" and (primes := _prime_exponent(p)):
            name += "'" * primes
        else:
            return name


def _prime_exponent(p: Parser) -> int:
    """`f^\\prime`, `f^{\\prime\\prime}`: how many primes; they are taken."""
    i = p.i + 1
    if p.kinds[i] == "'":
        p.i += 2
        return 1
    if p.kinds[i] != "{":
        return 0
    end = i + 1
    while p.kinds[end] == "'":
        end += 1
    if end == i + 1 or p.kinds[end] != "}":
        return 0
    p.i = end + 1
    return end - i - 1


def subscript(p: Parser) -> str:
    """The text of a subscript, as part of a name."""
    p.i += 1
    kind = p.kinds[p.i]
    if kind == "{":
        inner = braced_text(p)
        return inner if inner.isdigit() or len(inner) == 1 else "{" + inner + "}"
    if kind not in ("num", "sym", "caps", "const", "text"):
        raise p.fail("an unreadable subscript")
    value = p.values[p.i]
    p.i += 1
    return value if value.isdigit() or len(value) == 1 else "{" + value + "}"


def bold(p: Parser) -> Expr:
    """A bold letter is a name, never a constant, and likely a vector or a matrix; other bold type,
    and italics, are transparent."""
    style = p.values[p.i]
    p.i += 1
    kinds = p.kinds
    if kinds[p.i : p.i + 3] == ["{", "sym", "}"]:
        p.i += 3
        letter = p.values[p.i - 2]
        return named(p, letter if style in _ITALICS else f"bold {letter}", constants=False)
    return p.argument()


_ITALICS: Final = frozenset(("mathit", "mathnormal"))


def accented(p: Parser) -> Expr:
    r"""A name under an accent: `\hat{x}`."""
    accent = p.values[p.i]
    p.i += 1
    kinds, values = p.kinds, p.values
    if kinds[p.i] != "{":
        if kinds[p.i] != "sym":
            raise p.unexpected()
        inner = values[p.i]
        p.i += 1
    elif accent in ("overline", "bar") and any(
        k in _OPERATORS for k in kinds[p.i : _closing_brace(p)]
    ):
        return Call("conj", (p.group(),))
    else:
        inner = braced_text(p)
    if accent in ("overline", "bar") and inner in ("z", "w", "omega", "alpha"):
        return Call("conj", (Sym(decorated(p, inner)),))
    if accent == "mathbb" and inner in _SETS:
        name = _SETS[inner]
    elif accent == "overline" and inner.isupper():
        name = inner
    else:
        name = f"{accent} {inner}"
    return named(p, name)


def _closing_brace(p: Parser) -> int:
    level = 0
    for index in range(p.i, len(p.kinds)):
        level += (p.kinds[index] == "{") - (p.kinds[index] == "}")
        if level == 0:
            return index
    raise p.fail("unclosed brace")


def mark(p: Parser) -> Expr:
    """`\\angle ABC`, `\\triangle ABC`: a name."""
    prefix = p.values[p.i]
    p.i += 1
    kind = p.kinds[p.i]
    if kind == "{":
        return Sym(f"{prefix} {braced_text(p)}")
    if kind not in ("sym", "caps", "num", "text"):
        raise p.unexpected()
    name = ""
    while True:
        name += p.values[p.i]
        p.i += 1
        name = decorated(p, name)
        if p.kinds[p.i] not in ("sym", "caps") or not p.values[p.i].isupper():
            return Sym(f"{prefix} {name}")


def capitals(p: Parser) -> Expr:
    """`AB`: a segment, or a product. A power belongs to the segment, or to B alone."""
    name = p.values[p.i]
    entry = p.splits
    p.i += 1
    if p.kinds[p.i] in ("_", "sub", "'"):
        return Sym(decorated(p, name))
    whole: Expr = Sym(name)
    letters: list[Expr] = [Sym(letter) for letter in name]
    if p.kinds[p.i] in ("^", "super", "!"):
        whole = p.postfix(whole)
        if not isinstance(whole, Pow) or whole.base != Sym(name):
            return whole
        p.split(entry)
        letters[-1] = Pow(letters[-1], whole.exp)
    return Either((whole, Mul(tuple(letters))), "letters")


_DECORATES: Final = frozenset(("_", "sub", "'", "^"))
_OPERATORS: Final = frozenset(("+", "-", "/", "frac"))
_BRACKETED: Final = frozenset(("E", "P", "mathbb E", "mathbb P", "ℤ", "ℝ", "ℚ", "ℂ"))
"""Names that square brackets apply: an expectation, a polynomial ring."""
_SETS: Final = {"R": "ℝ", "Z": "ℤ", "N": "ℕ", "Q": "ℚ", "C": "ℂ"}
