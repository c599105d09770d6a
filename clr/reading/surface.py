"""The surface of a step: where mathematics is, where prose is, and where sentences end.

Nothing is interpreted here. Every piece keeps its place: `text[piece.span]` is what was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

import msgspec

from clr.reading.cues import mentions
from clr.reading.listings import listings, shows_listing
from clr.trace import Span

ENVIRONMENTS = (
    "align", "aligned", "alignat", "equation", "gather", "gathered", "eqnarray", "split",
    "multline",
)  # fmt: skip


class PieceKind(StrEnum):
    """What a piece of a text is."""

    PROSE = "prose"
    INLINE = "inline"
    DISPLAY = "display"
    CODE = "code"


class Piece(msgspec.Struct, frozen=True, gc=False):
    """A run of prose, mathematics or code. `body` is the content without its delimiters."""

    kind: PieceKind
    span: Span
    body: Span


_PROSE = PieceKind.PROSE
# a pattern that begins with a set of characters is searched for several times as fast
_OPENERS = re.compile(
    r"[`$\\](?:(?<=`)(?P<code>``)|(?<=\$)(?:(?P<dollars>\$)|(?P<dollar>))|(?<=\\)(?:(?P<inline>\()"
    r"|(?P<display>\[)|begin\{(?P<env>[a-z]+)\*?\}|(?P<escape>.)))",
    re.S,
)
_DELIMITERS = ("\\", "$", "`")
_TWO_WORDS = re.compile(r"(?<![A-Za-z])[A-Za-z]{3,}\s+[A-Za-z]{2,}")
_COMMANDS = re.compile(r"\\(?:text|mathrm|mbox|textbf|textit)\{[^{}]*\}|\\[A-Za-z]+")
_PRICED = re.compile(r"[\d)]\s*(?:dollars|and|per|for|each)\b")


def _closes_dollar(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` between two dollar signs is mathematics rather than prices."""
    body = text[start:end]
    if not body.strip() or "\n\n" in body:
        return False
    if body[-1].isspace() and not body[0].isspace():
        return False
    if end + 1 < len(text) and text[end + 1].isdigit():
        return False
    bare = _COMMANDS.sub("", body)
    return not _TWO_WORDS.search(bare) and not _PRICED.search(bare)


def _closing(text: str, closer: str, start: int) -> int:
    """Index of `closer` at or after `start`, skipping escaped ones; -1 if absent."""
    at = text.find(closer, start)
    while at > 0 and text[at - 1] == "\\" and closer[0] != "\\":
        at = text.find(closer, at + 1)
    return at


_KEPT = 100_000
"""Characters of a text whose pieces and sentences are kept: those of megabytes take gigabytes."""


def pieces(text: str) -> tuple[Piece, ...]:
    """The pieces of a step, as `cut_up` gives them. Several readers ask for those of one step, one
    after the other."""
    return (_pieces if len(text) <= _KEPT else _pieces.__wrapped__)(text)


@lru_cache(maxsize=512)
def _pieces(text: str) -> tuple[Piece, ...]:
    return tuple(cut_up(text))


def cut_up(text: str) -> Iterator[Piece]:
    """Cut `text` into prose, inline and display mathematics, and code, in order, without gaps.

    An unclosed delimiter is prose, but a fence that opens a line and is never closed holds code to
    the end. Takes time linear in the length of the text.
    """
    if mentions(text, _DELIMITERS):
        found = _delimited(text)
    else:
        found = iter((_prose(0, len(text)),) if text else ())
    return _unfenced(text, found) if shows_listing(text) else found


def _unfenced(text: str, found: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces, with the programs that stand in prose apart."""
    for piece in found:
        if piece.kind is _PROSE:
            yield from _listed(text, piece)
        else:
            yield piece


def _listed(text: str, piece: Piece) -> Iterator[Piece]:
    """A piece of prose, with the programs in it apart."""
    at = piece.span.start
    for found in listings(text[at : piece.span.end]):
        code = found.shift(piece.span.start)
        if code.start > at:
            yield _prose(at, code.start)
        yield Piece(PieceKind.CODE, code, code)
        at = code.end
    if at < piece.span.end:
        yield _prose(at, piece.span.end)


def _prose(start: int, end: int) -> Piece:
    span = Span(start, end)
    return Piece(_PROSE, span, span)


_CLOSERS = {
    "code": (PieceKind.CODE, "```"),
    "inline": (PieceKind.INLINE, "\\)"),
    "display": (PieceKind.DISPLAY, "\\]"),
    "dollars": (PieceKind.DISPLAY, "$$"),
    "dollar": (PieceKind.INLINE, "$"),
}


def _delimited(text: str) -> Iterator[Piece]:
    start = at = 0
    missing: set[str] = set()  # closers known to be absent from here on
    while opener := _OPENERS.search(text, at):
        begin, at = opener.span()
        mark = opener.lastgroup or ""
        if mark in _CLOSERS:
            kind, closer = _CLOSERS[mark]
        elif mark == "env" and opener["env"] in ENVIRONMENTS:
            kind, closer = PieceKind.DISPLAY, opener.group().replace("\\begin", "\\end")
        else:
            continue
        end = -1 if closer in missing else _closing(text, closer, at)
        stop = end + len(closer)
        if end < 0:
            missing.add(closer)
            if mark != "code" or text[begin - 1 : begin] not in ("", "\n"):
                continue
            end = stop = len(text)  # a response that was cut off inside a program
        if mark == "dollar" and not _closes_dollar(text, at, end):
            continue
        if begin > start:
            yield _prose(start, begin)
        yield Piece(kind, Span(begin, stop), Span(at, end))
        start = at = stop
    if start < len(text):
        yield _prose(start, len(text))


STOPS = (
    r"(?:(?<![\d)]!)(?<!\.\.\.)|(?<=!)(?!\s*(?:[-+*/^×÷·−=<>≤≥≈)\],!]|\(\s*\d|\d+!))"
    r"|(?<=\.)(?!\s*[-+*/^×÷·−=<>≤≥≈)\],]))"
)
"""After a mark that ends a sentence: it is no factorial, as in `8! / 6!`, and no dots before a
sign, as in `0.333... * 3`."""
_SENTENCE_END = re.compile(
    rf"[.?!;\n](?:(?<=[.?!])(?=\s|$|\*){STOPS}"
    r"|(?<=\n)(?:\s*\n|(?=\s*(?:[-*•]|\d+[.)])\s))|(?<=;))"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|Dr|Mr|Mrs|Ms|approx|eq|Eq|No|no|St|cf)|\s[A-Z])$"
)


_SHORT = tuple("e.g i.e etc vs Dr Mr Mrs Ms approx eq Eq No no St cf".split())


def _shortens(text: str, at: int) -> bool:
    """Whether the mark at `at` ends an abbreviation or an initial."""
    if not (text.endswith(_SHORT, 0, at) or text[at - 1 : at].isupper()):
        return False
    return _ABBREVIATION.search(text, max(0, at - 8), at) is not None


Sentence: TypeAlias = tuple[Span, Sequence[Piece]]
"""A sentence, and its pieces in order, prose trimmed to it."""


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a step. Several readers ask for those of one step, one after the other."""
    return (_sentences if len(text) <= _KEPT else _sentences.__wrapped__)(text)


@lru_cache(maxsize=512)
def _sentences(text: str) -> tuple[Sentence, ...]:
    return grouped(text, pieces(text))


def grouped(text: str, cut: Sequence[Piece]) -> tuple[Sentence, ...]:
    """Pieces as sentences. A display belongs to the sentence that it stands in."""
    found: list[Sentence] = []
    begin = cut[0].span.start if cut else 0
    members: list[Piece] = []
    for piece in cut:
        if piece.kind is not _PROSE:
            members.append(piece)
            continue
        at, last = piece.span.start, piece.span.end
        for end in _SENTENCE_END.finditer(text, at, last):
            stop = end.end()
            if end[0] == "." and _shortens(text, stop - 1):
                continue
            span = Span(begin, stop)
            members.append(_prose(at, stop) if members else Piece(_PROSE, span, span))
            found.append((span, members))
            members = []
            begin = at = stop
        if at < last:
            members.append(piece if at == piece.span.start else _prose(at, last))
    if members:
        found.append((Span(begin, cut[-1].span.end), members))
    return tuple(found)
