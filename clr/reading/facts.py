"""Facts about numbers said in words: `91 is not prime`, `12 is divisible by 4`, `8 and 15 are
relatively prime`, `7 divides 91`.

Only whole phrases with numbers in them are read; one about a symbol, or in a condition, is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clr.bodies.mathematics import NumberFact
from clr.claim import Claim, Kind, Role
from clr.notation.ast import Expr, Int
from clr.reading.discourse import stance
from clr.reading.surface import Piece, PieceKind, pieces, sentences
from clr.trace import Span, Step

_INTEGER = r"\d{1,3}(?:,\d{3})+|\d{1,30}"
_N = rf"(?<![\d.,^_/*+\-=)}}(a-zA-Z\\])(?P<n>{_INTEGER})"
_M = rf"(?P<m>{_INTEGER})(?![.,]?\d|\s*[-+*/^=×·(])"
_NOT = r"(?P<not>\s+not|n['’]t)?"
_END = (
    r"\b(?!\s*(?:numbers?|factors?|if|and only|power|because of the|when|for (?:all|any|some)))"
    r"(?![.,]?\d|\s*[-+*/^=×·])"
)
_PREDICATES = {
    "prime": "prime", "composite": "composite", "even": "even", "odd": "odd",
    "perfect square": "square", "perfect cube": "cube", "square number": "square",
}  # fmt: skip
_PAIRS = {
    "divisible by": "divisible", "a multiple of": "multiple", "a factor of": "factor",
    "a divisor of": "factor", "evenly divisible by": "divisible",
}  # fmt: skip

_UNARY = re.compile(
    rf"{_N}\s+is{_NOT}\s+(?:itself\s+|also\s+|indeed\s+)?(?:an?\s+)?"
    rf"(?P<what>{'|'.join(_PREDICATES)}){_END}",
    re.I,
)
_BINARY = re.compile(rf"{_N}\s+is{_NOT}\s+(?:also\s+)?(?P<what>{'|'.join(_PAIRS)})\s+{_M}", re.I)
_DIVIDES = re.compile(
    rf"{_N}\s+(?:divides|(?P<not>does\s+not\s+divide|doesn['’]t\s+divide))\s+{_M}", re.I
)
_COPRIME = re.compile(
    rf"{_N}\s+and\s+(?P<m>\d{{1,30}})\s+are{_NOT}\s+(?:relatively prime|co-?prime)\b", re.I
)


_MENTIONED = (
    "prime", "composite", "perfect", "square", "even", "odd", "divisible", "multiple", "factor",
    "divisor", "divide",
)  # fmt: skip


def read_facts(step: Step) -> list[Claim]:
    """Facts about numbers in the prose of a step, in written order."""
    text = step.text
    lowered = text.lower()
    if not any(word in lowered for word in _MENTIONED):
        return []
    claims: list[Claim] = []
    for sentence, members in sentences(text, pieces(text)):
        flat = _plain(text, sentence, members)
        ahead = text[sentence.end : sentence.end + 120]
        for match, predicate, args in _matches(flat):
            before = flat[max(0, match.start() - 160) : match.start()]
            manner = stance(before, flat[match.end() : match.end() + 80], ahead)
            span = Span(*match.span()).shift(sentence.start)
            # the denial inside the phrase is read; one around it may be anything
            asked = manner.asked or manner.role is Role.ASSUMED
            written = " ".join(match.group().split())
            claims.append(
                Claim(
                    Kind.RELATION,
                    text[span.start : span.end],
                    span.shift(step.span.start),
                    step.index,
                    written,
                    Role.ASSUMED if asked else Role.DERIVED,
                    NumberFact(predicate, args, bool(match.group("not"))),
                )
            )
    return claims


def _plain(text: str, sentence: Span, members: list[Piece]) -> str:
    """The sentence with the marks of inline mathematics blanked, every character in its place."""
    out = list(text[sentence.start : sentence.end])
    for piece in members:
        if piece.kind in (PieceKind.INLINE, PieceKind.DISPLAY):
            for at in (*range(piece.span.start, piece.body.start),):
                out[at - sentence.start] = " "
            for at in range(piece.body.end, piece.span.end):
                out[at - sentence.start] = " "
            if (
                piece.kind is PieceKind.DISPLAY
                or not text[piece.body.start : piece.body.end].strip().replace(",", "").isdigit()
            ):
                for at in range(piece.body.start, piece.body.end):
                    out[at - sentence.start] = "¦"
        elif piece.kind is PieceKind.CODE:
            for at in range(piece.span.start, piece.span.end):
                out[at - sentence.start] = "¦"
    return "".join(out)


def _matches(flat: str) -> Iterator[tuple[re.Match[str], str, tuple[Expr, ...]]]:
    found: list[tuple[re.Match[str], str, tuple[Expr, ...]]] = []
    for match in _UNARY.finditer(flat):
        what = _PREDICATES[" ".join(match.group("what").lower().split())]
        found.append((match, what, (_number(match, "n"),)))
    for match in _BINARY.finditer(flat):
        what = _PAIRS[" ".join(match.group("what").lower().split())]
        found.append((match, what, (_number(match, "n"), _number(match, "m"))))
    for match in _DIVIDES.finditer(flat):
        found.append((match, "divides", (_number(match, "n"), _number(match, "m"))))
    for match in _COPRIME.finditer(flat):
        found.append((match, "coprime", (_number(match, "n"), _number(match, "m"))))
    yield from (
        item for item in sorted(found, key=lambda i: i[0].start()) if _stands_alone(flat, item[0])
    )


def _stands_alone(flat: str, match: re.Match[str]) -> bool:
    """Whether the number that a phrase begins with is not the end of something longer."""
    before = flat[max(0, match.start() - 24) : match.start()].rstrip().lower()
    if before.endswith(
        ("¦", "$", "}", ")", "^", "=", "and", "or", ",", "of", "by", "digit", "base")
    ):
        return False
    return not re.search(r"[-+*/×·÷<>]$|(?:sum|product|square|power|factor|root)s?$", before)


def _number(match: re.Match[str], group: str) -> Int:
    return Int(int(match.group(group).replace(",", "")))
