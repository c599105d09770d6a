"""Mathematical text to expression tree.

The whole input is read, or `NotationError` is raised: a prefix is never taken for the whole. Text
that can mean two things becomes an `Either`. Time is linear in the number of tokens, and depth is
bounded, so no input exhausts the stack.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from clr.notation import brackets, calls, marks, names, numerals, phrases, structures
from clr.notation.ast import Chain, Expr
from clr.notation.errors import NotationError
from clr.notation.functions import DEFAULT_FUNCTIONS
from clr.notation.levels import Parser
from clr.notation.lexer import is_tex

__all__ = ["DEFAULT_FUNCTIONS", "NotationError", "parse"]

_ATOMS: Final[dict[str, Callable[[Parser], Expr]]] = {
    "num": numerals.number,
    "vulgar": numerals.vulgar,
    "repeating": numerals.repeating,
    "coded": numerals.coded,
    "const": numerals.const,
    "dots": numerals.dots,
    "sym": names.symbol,
    "caps": names.capitals,
    "bold": names.bold,
    "accent": names.accented,
    "mark": names.mark,
    "func": calls.function,
    "word": phrases.label,
    "text": phrases.label,
    "$": phrases.currency,
    "(": brackets.brackets,
    "[": brackets.brackets,
    "{": brackets.braces,
    "set{": brackets.braced_set,
    "empty": brackets.empty,
    "<(": brackets.angled,
    "|": brackets.absolute,
    "|(": brackets.absolute,
    "⌊": brackets.floor,
    "⌈": brackets.ceil,
    "begin": brackets.matrix,
    "frac": structures.fraction,
    "binom": structures.binomial,
    "_": structures.scripted,
    "^": structures.scripted,
    "sqrt": structures.root,
    "√": structures.radical,
    "wrap": structures.wrapped,
    "brace": structures.underbraced,
    "big": structures.big,
}
"""What reads a value, by the kind of its first token."""

_MARKS: Final[dict[str, Callable[[Parser, Expr], Expr | None]]] = {
    "^": marks.power,
    "super": marks.raised,
    "!": marks.factorial,
    "%": marks.percent,
    "°": marks.degrees,
    "circ": marks.degrees,
    "_": marks.based,
    "'": marks.primed,
    "text": phrases.measured,
    "word": phrases.measured,
}
"""What binds to the value before it."""


def parse(
    text: str, *, functions: frozenset[str] = DEFAULT_FUNCTIONS, tex: bool | None = None
) -> Chain:
    """The meaning of `text`: operands joined by relations; one operand if there is no relation.

    `functions` are names that a parenthesis applies, such as "f" in `f(x)`. `tex` says whether
    letters follow TeX's rules (`ab` is a product) or those of plain text (`ab` may be a word); by
    default, text with a backslash is TeX. Results are cached.

    Raises NotationError where any part of `text` cannot be read.
    """
    found = _parse(text, functions, is_tex(text) if tex is None else tex)
    if isinstance(found, NotationError):
        raise NotationError(found.reason, found.position, text)
    return found


@lru_cache(maxsize=1 << 16)
def _parse(text: str, functions: frozenset[str], tex: bool) -> Chain | NotationError:
    try:
        return Parser(text, functions, tex, _ATOMS, _MARKS).whole()
    except NotationError as error:
        return NotationError(error.reason, error.position)
    except RecursionError:
        raise NotationError("called with too little stack left", 0, text) from None
