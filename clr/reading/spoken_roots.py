"""Roots that an equation is said to have: `the solutions of x^2 - 5x + 6 = 0 are 2 and 3`.

Each root is a statement of its own: the equation with the root in the place of its unknown.
"""

from __future__ import annotations

from clr.bodies.mathematics import Relation
from clr.ledger import substitute
from clr.notation.ast import Add, Dec, Expr, Int, Mul, Pow, free_symbols, kinds
from clr.reading.spoken_values import Tokens, words_at
from clr.reading.spoken_words import Sort, Token
from clr.trace import Span

_WHICH = tuple(
    (adjective,)
    for adjective in "two only positive negative real integer rational distinct nonzero".split()
)
_NAMES = tuple(
    (noun, of)
    for noun in ("root", "roots", "solution", "solutions", "zero", "zeros", "zeroes")
    for of in ("of", "to")
)
EQUATIONS = tuple(
    tuple(words.split())
    for words in (
        "the quadratic equation", "the equation", "the polynomial", "the quadratic",
        "this equation", "the function",
    )
)  # fmt: skip
"""What the roots are those of, before the equation itself."""
HEADS = frozenset(words[0] for words in _NAMES)
"""Words by which this reader is called."""


def roots_at(t: Tokens, at: int) -> tuple[list[tuple[Span, Relation]], int] | None:
    """The statements of a clause about roots that begins at `at`, and the index after it."""
    start = at
    at = words_at(t, at, (("the",),)) or at
    at = words_at(t, at, _WHICH) or at
    named = words_at(t, at, _NAMES)
    if named is None:
        return None
    at = words_at(t, named, EQUATIONS) or named
    equation = _equation(t[at]) if at < len(t) else None
    are = words_at(t, at + 1, (("are", "therefore"), ("are",), ("is",)))
    if equation is None or are is None:
        return None
    left, right, name = equation
    out: list[tuple[Span, Relation]] = []
    at = end = are
    while True:
        root = _root(t[at]) if at < len(t) else None
        if root is None:
            return (out, end) if len(out) > 1 else None
        body = Relation(_put(left, name, root), "=", _put(right, name, root))
        out.append((Span(t[start if not out else at].start, t[at].end), body))
        end = at + 1
        following = words_at(t, end, ((",", "and"), ("and",), (",",)))
        if following is None:
            return out, end
        at = following


def _equation(token: Token) -> tuple[Expr, Expr, str] | None:
    """Both sides of an equation in one unknown, or of a polynomial and zero, and the unknown."""
    left, right = token.value, token.last
    if left is None or right is None or token.sort is not Sort.MATHEMATICS:
        return None
    if token.single:
        right = Int(0)
    elif token.links != 1:
        return None
    names = free_symbols(left) | free_symbols(right)
    if len(names) != 1 or kinds(left).isdisjoint((Add, Mul, Pow)):
        return None
    (name,) = names
    return left, right, name


def _root(token: Token) -> Expr | None:
    """A value without unknowns. A decimal may be rounded and is left alone, and so is `x = 2`,
    which is read as an equation."""
    value = token.value if token.single else None
    return None if value is None or free_symbols(value) or Dec in kinds(value) else value


def _put(e: Expr, name: str, value: Expr) -> Expr:
    return substitute(e, {name: value})
