"""A sentence as words and values, for grammars that read calculations said in words.

`half of $30 apples` is two words, the value 30 dollars, a word. What is neither a word, nor a value
that could be read whole, nor punctuation is a wall, and no phrase reaches across it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache

import msgspec

from clr.notation.ast import Expr, Int
from clr.reading.chains import fragments
from clr.reading.lexicon import CARDINALS
from clr.reading.sides import read_expression
from clr.reading.surface import Piece, PieceKind
from clr.trace import Span


class Sort(StrEnum):
    """What a token is."""

    WORD = "word"
    """A word in lower case; a number word such as "three" has a value too. "=" is a verb."""
    NUMBER = "number"
    CALCULATION = "calculation"
    """Numbers joined by signs in prose: what a word beside them belongs to is not plain."""
    MATHEMATICS = "mathematics"
    """What stands in delimiters of its own: an expression, or a chain of equations."""
    STOP = "stop"
    """Punctuation."""
    WALL = "wall"


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word, a value or a mark, from `start` to `end` in the step. Values are read when asked for,
    as most of a sentence is no part of any phrase."""

    sort: Sort
    text: str
    start: int
    end: int

    @property
    def value(self) -> Expr | None:
        """The value that it denotes; of a chain, its first operand."""
        match self.sort:
            case Sort.NUMBER | Sort.CALCULATION:
                return _plain(self.text)
            case Sort.MATHEMATICS:
                return _operand(self.text, 0)
            case Sort.WORD if self.text in CARDINALS and self.text != "one":  # "one is even"
                return Int(CARDINALS[self.text])
            case _:
                return None

    @property
    def last(self) -> Expr | None:
        """The value, or the last operand of a chain."""
        return _operand(self.text, -1) if self.sort is Sort.MATHEMATICS else self.value

    @property
    def links(self) -> int:
        """Signs of equality in a chain."""
        return max(0, len(_operands(self.text)) - 1) if self.sort is Sort.MATHEMATICS else 0

    @property
    def single(self) -> bool:
        """Whether it is one number, or one expression in its own delimiters."""
        return self.sort is Sort.NUMBER or (self.sort is Sort.MATHEMATICS and self.links == 0)


@lru_cache(maxsize=4096)
def _plain(text: str) -> Expr | None:
    if text.isdecimal() and text[0] != "0" and len(text) < _LONG:
        return Int(int(text))
    return read_expression(text, tex=False)


_LONG = 16
"""Digits of a number that is read as all expressions are."""


@lru_cache(maxsize=4096)
def _operands(text: str) -> tuple[str, ...]:
    """The operands of a chain of equations, or the one expression that a text is; none for anything
    else."""
    found = fragments(text, Span(0, len(text)))
    if len(found) != 1 or any(op not in ("=", "~") for op in found[0].ops):
        return ()
    return tuple(text[span.start : span.end] for span in found[0].operands)


@lru_cache(maxsize=4096)
def _operand(text: str, at: int) -> Expr | None:
    operands = _operands(text)
    return read_expression(operands[at]) if operands else None


_NUMBER = r"(?>\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_ATOM = rf"(?>(?:[$€£]\s?)?{_NUMBER}(?:\s?%|[!²³π°]|\^\d+)*)"
_GROUP = rf"(?>\(\s*(?:-\s*)?{_ATOM}(?:\s*[-+*/×÷·,]\s*(?:-\s*)?{_ATOM})*+\s*\))"
# atomic groups, and one way to match every blank: else a search may take exponential time
_OPERATOR = r"\s*[-+*/×÷·]\s*|\s+x\s+(?=[\d$(])"
_TOKEN = re.compile(
    r"[ \t\r*\"“”]*+(?:(?P<word>[A-Za-z][A-Za-z'’]*(?:-[A-Za-z]+)*)"  # what is commonest first
    r"|(?P<wall>\.\.+|…|\d+(?::\d+)+)"
    rf"|(?P<value>(?>-?(?:{_ATOM}|{_GROUP})(?:(?:{_OPERATOR})(?:{_ATOM}|{_GROUP}))*))(?![\w/^(])"
    r"|(?P<equals>=)"
    r"|(?P<stop>[.,;:!?\n—–])"
    r"|(?P<other>.))",
    re.S,
)
_SORTS = {
    "word": Sort.WORD, "wall": Sort.WALL, "value": Sort.NUMBER, "equals": Sort.WORD,
    "stop": Sort.STOP, "other": Sort.WALL,
}  # fmt: skip
_SINGLE = re.compile(rf"-?(?:{_ATOM}|{_GROUP})")

MOST_TOKENS = 200
MOST_CHARACTERS = 2_000
"""Tokens and characters of a sentence; a longer one is not read, as cutting it takes time that
grows faster than its length."""


def tokens(text: str, members: Sequence[Piece]) -> list[Token]:
    """The tokens of a sentence whose pieces are `members`; none if there are too many."""
    if not members or members[-1].span.end - members[0].span.start > MOST_CHARACTERS:
        return []
    out: list[Token] = []
    kind = PieceKind.PROSE
    for piece in members:
        if kind is PieceKind.DISPLAY and _begins(text, piece):
            out.append(Token(Sort.STOP, "", piece.span.start, piece.span.start))
        kind = piece.kind
        out.extend(
            _prose(text, piece.body) if piece.kind is PieceKind.PROSE else (_maths(text, piece),)
        )
        if len(out) > MOST_TOKENS:
            return []
    return out


def _begins(text: str, piece: Piece) -> bool:
    """Whether a piece of prose begins a sentence of its own, with a capital letter."""
    found = _FIRST.match(text, piece.span.start, piece.span.end)
    return piece.kind is PieceKind.PROSE and found is not None


_FIRST = re.compile(r"\s*[A-Z][A-Za-z]*\s")


def _prose(text: str, body: Span) -> Iterator[Token]:
    for found in _TOKEN.finditer(text, body.start, body.end):
        kind = found.lastgroup or ""
        sort, written = _SORTS[kind], found[kind]
        if kind == "word":
            written = written.lower().replace("’", "'")
        elif kind == "value" and not _SINGLE.fullmatch(written):
            sort = Sort.CALCULATION
        yield Token(sort, written, *found.span(kind))


def _maths(text: str, piece: Piece) -> Token:
    """Mathematics or code as one token."""
    sort = Sort.WALL if piece.kind is PieceKind.CODE else Sort.MATHEMATICS
    return Token(sort, text[piece.body.start : piece.body.end], piece.span.start, piece.span.end)
