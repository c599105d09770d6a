"""Expressions said in words to be one: `\\(2(x + 3)\\) simplifies to \\(2x + 6\\)`.

Two expressions without a sign of relation are joined by nothing but such words, or displayed one
after the other, where the words before the second say that it is the first in another form. The
first may be what the step before ends with.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from clr.bodies.mathematics import Cue, Relation
from clr.claim import Claim, Kind, Role
from clr.notation.ast import Add, Call, Div, Expr, Mul, Pow, free_symbols, kinds
from clr.notation.parser import DEFAULT_FUNCTIONS
from clr.reading.chains import fragments
from clr.reading.cues import either, mentions
from clr.reading.discourse import stance
from clr.reading.relations import AROUND
from clr.reading.sides import read_expression
from clr.reading.surface import Piece, PieceKind, pieces
from clr.trace import Span, Step

_JOINS = re.compile(
    r"\s*,?\s*(?:(?:which|this|then|also|further|simply|just|can be|is)\s+)*"
    r"(?:(?:we|i)\s+(?:(?:can|may|could|now|then|also)\s+)*(?:re-?)?(?:write|express|factor)\s+(?:it|this)"
    r"\s+as|(?:simplif|reduc|rewritten|re-written|written|expressed|expand|factor|evaluat)\w*"
    r"\s+(?:to|as|into)|equal(?:s|\s+to)|equivalent\s+to|the\s+same\s+as|which\s+is|is)\s*:?\s*",
    re.I,
)
"""All that stands between two expressions that are one."""
_TURNED = re.compile(r"\s*(?:as|into)\s*")
_TURNS = re.compile(
    r"\b(?:re-?)?(?:writ(?:e|es|ing)|express(?:es|ing)?|factor(?:s|ing)?|expand(?:s|ing)?"
    r"|simplif(?:y|ies|ying))(?:\s+(?:the|this|our)(?:\s+[\w-]+){1,3})?\s*$",
    re.I,
)
"""The same in the active voice: `rewrite \\(2x + 2\\) as \\(2(x + 1)\\)`."""
_RESTATES = re.compile(
    r"simplif|like terms|\bre-?writ|\bwritten as|\bexpression (?:is|becomes)|equivalent|^\s*=\s*$",
    re.I,
)
_RESTATING = ("simplif", "like terms", "writ", "expression", "equivalent")
"""Parts of those words."""
_IN_PART = re.compile(
    r"\b(?:first|next|second|third|sides?|each|(?<!like )terms?|numerators?|denominators?|parts?"
    r"|inside|distribut\w+|exponents?|coefficients?|for|case|where|if|let|cannot|not)\b",
    re.I,
)
"""What is rewritten is less than all of it, or something else."""
_CHANGES = either(
    *"substitut plug replac shift translat swap exchang invert reciproc deriv differen".split(),
    *"integra conjuga multipl divid subtract cancel".split(),
    *r"\bput\b squar(?:e|ing)\b \broots?\b \badd(?:ing)?\b \bboth\b \bmodul \bremainder".split(),
    *r"\bwhen\b \bat\b".split(),
    r"\bnow consider",
    r"\bfor \w+ =",
)
"""What happens between two displays may make the second another thing than the first."""
_JOINED = re.compile(
    r"[$)\]](?:(?<=\$)|(?<=\\.))(?=[\s,]*[a-z])"
    rf"(?:{_JOINS.pattern}|{_TURNED.pattern})(?:\\[(\[]|\$)",
    re.I,
)
"""The same between the mark that closes the first and the one that opens the second."""
_LONE_SIGN = re.compile(r"[\]$](?:(?<=\\\])|(?<=\$\$))\s*=\s")
_CLAUSE_END = re.compile(r"[.;!?](?:\s|$)|\n\s*\n")
_OPENS = re.compile(
    r"(?:^|[.,;:!?)\n]|\b(?:so|that|then|thus|hence|now|since|because|as|but|therefore|expression|sum"
    r"|product|difference|quotient|values?|quantity|fraction|term|factor|polynomial|determinant|integral"
    r"|side|denominator|numerator|is|get|gives))\s*$",
    re.I,
)
"""What an expression that is a subject stands after: not `all that divide 2^5 equals`."""
_BELONGS = re.compile(
    r"(?:\b(?:by|of|in|times|plus|minus|than|and|or|from|to|over|per|at|half|twice)|[-+*/<>])\s*$"
)
"""What an expression is only a part of."""
_OBJECT = re.compile(
    r"\b(?:(?<!value )(?<!result )of|divid\w+|with|by|for|to|in|into|from|than)\s+"
    r"(?:the|this|that|our|an?)\s+(?:\w+\s+){1,3}$"
)
"""What makes an object of it, name and all: `a prime that divides the sum 7 + 8 is`."""
_OPERATIONS = (Add, Mul, Div, Pow, Call)
NEAR = 400
"""Characters between two displays of which the second may restate the first."""


class _Shown(NamedTuple):
    """An expression that stands alone in a piece of mathematics; the piece, if it is in this step,
    the text of the expression, and what it denotes."""

    piece: Piece | None
    text: str
    expr: Expr


def read_rewritings(
    step: Step, before: str = "", functions: frozenset[str] = DEFAULT_FUNCTIONS
) -> list[Claim]:
    """Equalities that a step states in words, in written order; `before` is the text of the step
    before it."""
    text = step.text
    if not may_rewrite(text):
        return []
    claims: list[Claim] = []
    last = displayed = None
    for piece in pieces(text):
        if piece.kind is PieceKind.PROSE:
            continue
        start = piece.span.start
        left: _Shown | None = None
        words = text[last.span.end : start] if last else text[:start]
        if last is not None and (_JOINS.fullmatch(words) or _turned(text, last, words)):
            left = _alone(text, last, functions)
        elif piece.kind is PieceKind.DISPLAY:
            since = text[displayed.span.end : start] if displayed else text[:start]
            if _restates(since):
                left = (
                    _alone(text, displayed, functions) if displayed else _at_end(before, functions)
                )
        if left is not None:
            right = _alone(text, piece, functions)
            if right is not None and _one_thing(left.expr, right.expr):
                claims += _claims(step, left, right, words)
        last = piece
        if piece.kind is PieceKind.DISPLAY:
            displayed = piece
    return claims


def _turned(text: str, piece: Piece, words: str) -> bool:
    """Whether a piece of mathematics is the object of a verb that turns it into the next one."""
    start = piece.span.start
    return bool(_TURNED.fullmatch(words) and _TURNS.search(text, max(0, start - 60), start))


def may_rewrite(text: str) -> bool:
    """Whether a text may state such an equality; a cheap look, for many steps at once."""
    if _JOINED.search(text) is not None:
        return True
    if not ("\\[" in text or "$$" in text or "\\begin{" in text):
        return False
    lowered = text.lower()
    return mentions(lowered, _RESTATING) or bool(_LONE_SIGN.search(text))


def _alone(text: str, piece: Piece, functions: frozenset[str]) -> _Shown | None:
    """The expression that is all of a piece of mathematics, or the last one of a chain that goes on
    from elsewhere; None for anything else."""
    if piece.kind is PieceKind.CODE:
        return None
    found = [
        f for f in fragments(text, piece.body) if f.ops or f.operands[0].end > f.operands[0].start
    ]
    if len(found) != 1 or (found[0].ops and not found[0].continues):
        return None
    span = found[0].operands[-1]
    written = text[span.start : span.end]
    expr = read_expression(written, functions)
    return None if expr is None else _Shown(piece, written, expr)


def _at_end(text: str, functions: frozenset[str]) -> _Shown | None:
    """The expression that a step shows at its very end."""
    found = list(pieces(text)) if text else []
    while found and not text[found[-1].span.start : found[-1].span.end].strip(" .,;\n"):
        found.pop()
    if not found or found[-1].kind is not PieceKind.DISPLAY:
        return None
    shown = _alone(text, found[-1], functions)
    return shown and shown._replace(piece=None)


def _restates(words: str) -> bool:
    """Whether the clause that `words` ends with announces the same thing in another form."""
    if len(words) > NEAR or _CHANGES.search(words.lower()):
        return False
    ends = [m.end() for m in _CLAUSE_END.finditer(words.rstrip(" :\n"))]
    clause = words[ends[-1] :] if ends else words
    return bool(_RESTATES.search(clause)) and not _IN_PART.search(clause)


def _one_thing(left: Expr, right: Expr) -> bool:
    """Whether two expressions may be one: both about the same, and the first worth rewriting."""
    return free_symbols(left) == free_symbols(right) and not kinds(left).isdisjoint(_OPERATIONS)


def _claims(step: Step, left: _Shown, right: _Shown, words: str) -> list[Claim]:
    assert right.piece is not None
    text, stop = step.text, right.piece.span.end
    start = right.piece.span.start if left.piece is None else left.piece.span.start
    before = text[max(0, start - AROUND) : start]
    turned = left.piece is not None and _turned(text, left.piece, words)
    joined = bool(_JOINS.fullmatch(words))
    relative = words.lstrip(" ,")[:6] == "which "
    if joined and (_BELONGS.search(before) or not (relative or _OPENS.search(before))):
        return []
    if joined and not relative and _OBJECT.search(before[-60:]):
        return []
    ended = _CLAUSE_END.search(text, stop, stop + 80)
    end = ended.end() if ended is not None else stop + 80
    manner = stance(
        before if joined or turned else words[-AROUND:], text[stop:end], text[end : end + 80]
    )
    uses = free_symbols(left.expr)
    if uses and words.split() == ["is"]:
        return []  # what a thing is under some condition
    doubtful = manner.denied if uses or turned else manner.rejected or manner.asked
    return [
        Claim(
            kind=Kind.EQUALITY,
            text=text[start:stop],
            span=Span(start, stop).shift(step.span.start),
            step=step.index,
            statement=" ".join(f"{left.text} = {right.text}".split()),
            role=Role.ASSUMED if doubtful or manner.role is Role.ASSUMED else Role.DERIVED,
            body=Relation(
                left.expr,
                "=",
                right.expr,
                link=1,
                cue=Cue.REWRITE,
                approximate=manner.approximate,
            ),
            uses=uses,
        )
    ]
