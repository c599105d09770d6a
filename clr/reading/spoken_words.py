"""A sentence as words and values, for grammars that read calculations said in words.

`half of $30 apples` is two words, the value 30 dollars, a word. What is neither a word, nor a value
that could be read whole, nor punctuation is a wall, and no phrase reaches across it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

import msgspec

from clr.notation.ast import Expr, Int
from clr.notation.functions import DEFAULT_FUNCTIONS
from clr.reading.chains import fragments
from clr.reading.lexicon import CARDINALS
from clr.reading.relations import read_expression
from clr.reading.surface import Piece, PieceKind
from clr.trace import Span


class Sort(StrEnum):
    """What a token is."""

    WORD = "word"
    """A word in lower case, or a number word such as "three", which has a value too."""
    NUMBER = "number"
    """One number, or one expression in its own delimiters."""
    CALCULATION = "calculation"
    """Numbers joined by signs in prose: what a word beside them belongs to is not plain."""
    CHAIN = "chain"
    """Mathematics that equates: its first operand is the value, and `last` its last."""
    STOP = "stop"
    """Punctuation."""
    WALL = "wall"


class Token(msgspec.Struct, frozen=True):
    """A word, a value or a mark; `span` is its place in the step."""

    sort: Sort
    text: str
    span: Span
    value: Expr | None = None
    last: Expr | None = None


_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_ATOM = rf"(?:[$€£]\s?)?{_NUMBER}(?:\s?%|[!²³π°]|\^\d+)*"
_GROUP = rf"\(\s*-?\s*{_ATOM}(?:\s*[-+*/×÷·,]\s*-?\s*{_ATOM})*\s*\)"
_OPERATOR = r"\s*[-+*/×÷·]\s*|\s+x\s+(?=[\d$(])"
_TOKEN = re.compile(
    rf"(?P<value>-?(?:{_ATOM}|{_GROUP})(?:(?:{_OPERATOR})(?:{_ATOM}|{_GROUP}))*)(?![\w/^])"
    r"|(?P<word>[A-Za-z][A-Za-z'’]*(?:-[A-Za-z]+)*)"
    r"|(?P<stop>[.,;:!?\n—–])"
    r"|(?P<skip>[ \t\r*\"“”]+)"
    r"|(?P<wall>.)",
    re.S,
)
_SINGLE = re.compile(rf"-?(?:{_ATOM}|{_GROUP})")

MOST_TOKENS = 200
"""Tokens of a sentence; a longer one is not read."""


def tokens(text: str, members: Sequence[Piece]) -> list[Token]:
    """The tokens of a sentence whose pieces are `members`; none if there are too many."""
    out: list[Token] = []
    for piece in members:
        out.extend(
            _prose(text, piece.body) if piece.kind is PieceKind.PROSE else (_maths(text, piece),)
        )
        if len(out) > MOST_TOKENS:
            return []
    return out


def _prose(text: str, body: Span) -> Iterator[Token]:
    for found in _TOKEN.finditer(text, body.start, body.end):
        kind, written, span = found.lastgroup, found.group(), Span(*found.span())
        match kind:
            case "word":
                word = written.lower().replace("’", "'")
                number = CARDINALS.get(word)
                yield Token(Sort.WORD, word, span, None if number is None else Int(number))
            case "value":
                value = read_expression(written, tex=False)
                if value is None:
                    yield Token(Sort.WALL, written, span)
                elif _SINGLE.fullmatch(written):
                    yield Token(Sort.NUMBER, written, span, value, value)
                else:
                    yield Token(Sort.CALCULATION, written, span, value, value)
            case "stop":
                yield Token(Sort.STOP, written, span)
            case "wall":
                yield Token(Sort.WALL, written, span)


def _maths(text: str, piece: Piece) -> Token:
    """Mathematics or code as one token."""
    written = text[piece.body.start : piece.body.end]
    wall = Token(Sort.WALL, written, piece.span)
    if piece.kind is PieceKind.CODE:
        return wall
    found = fragments(text, piece.body)
    if len(found) != 1 or any(op not in ("=", "~") for op in found[0].ops):
        return wall
    operands = [
        read_expression(text[o.start : o.end], DEFAULT_FUNCTIONS) for o in found[0].operands
    ]
    if operands[0] is None:
        return wall
    sort = Sort.CHAIN if found[0].ops else Sort.NUMBER
    return Token(sort, written, piece.span, operands[0], operands[-1])
