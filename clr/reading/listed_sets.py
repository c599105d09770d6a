"""Relations between sets in plain text: `9 ∈ {3, 8}`, `A = {1, 2}`, `A ∪ B = {1, 2, 3}`, `|A| = 2`.

In TeX they are relations as all others. Outside of it, braces and bars are read here, and only
where a whole statement is made of listed elements, names of sets and the signs between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clr.bodies.mathematics import Relation
from clr.claim import Claim, Kind, Role
from clr.notation.ast import SetOf, Sym, free_symbols, kinds
from clr.reading.cues import either
from clr.reading.discourse import stance
from clr.reading.retractions import taken_back
from clr.reading.sides import read_expression
from clr.reading.surface import PieceKind, pieces
from clr.trace import Span, Step

_HINTS = re.compile(r"[{|∈∉∪∩⊂⊆⊄⊈⊃⊇∅](?:(?<=[∈∉∪∩⊂⊆⊄⊈⊃⊇∅])|(?<![^\s(].))")
"""A sign of sets, or a brace or bar that is no part of a TeX command."""
_LONGEST = 2_000
"""Characters of a line; longer ones are not read."""
_ITEM = r"[\w./\- ()√π]+"
_SET = rf"(?:\{{(?:{_ITEM}(?:[,;]{_ITEM})*)?\}}|∅|[A-Z](?![\w'’′^(])|[ℕℤℚℝ])"
_JOINED = rf"(?:\(?{_SET}\)?(?:\s?[∪∩∖\\×]\s?\(?{_SET}\)?)*)"
_SIDE = rf"(?:\|{_JOINED}\||{_JOINED}|[-−]?\d+(?:\.\d+|/\d+)?|\([\d, -]+\)|[a-z]{{1,20}}(?!\w))"
_SIGN = r"∈|∉|⊂|⊆|⊄|⊈|⊃|⊇|=|≠"
_STATED = re.compile(rf"(?P<left>{_SIDE})(?P<rest>(?:\s*(?:{_SIGN})\s*{_SIDE})+)")
_LINK = re.compile(rf"\s*(?P<sign>{_SIGN})\s*(?P<side>{_SIDE})")
_BEGINS = re.compile(
    r"\b[a-z]{2,}[:,]?\s+\Z|[.,;:!(→⇒]\s*\Z|\A\s*\Z|(?:\A|\n)\s*(?:[-*•]\s+)?\Z", re.I
)
_ENDS = re.compile(
    r"\s*(?:\Z|\n|[.,;:!?)](?!\d)|[–—→⇒✓]|\s(?!or|where|for|if|mod|times)[a-z]{2})", re.I
)
_VARIES = either(
    r"add(?:s|ed|ing)?\b[^.\n]{0,60}?\bto",
    *r"insert\w* delet\w* append\w* replac\w* updat\w* discard\w* eras\w* becomes".split(),
    r"remov\w*(?! (?:the |any |all )?(?:duplicat|repeat|redundan))",
    "each (?:step|move|turn)",
    whole=True,
)
_OPS = {"∈": "in", "∉": "notin", "⊂": "subset", "⊆": "subset", "=": "=", "≠": "!="}


def sets_vary(text: str) -> bool:
    """Whether a text may speak of sets that change, so that a name may mean several."""
    return "{" in text and _VARIES.search(text.lower()) is not None


def may_hold_sets(text: str) -> bool:
    """Whether sets may be related in a text; a cheap look, for many steps at once."""
    marked = "{" in text or "|" in text or not text.isascii()
    return marked and _HINTS.search(text) is not None


def read_sets(step: Step) -> list[Claim]:
    """Relations between sets in the plain text of a step, in written order."""
    if not may_hold_sets(step.text) or len(max(step.text.split("\n"), key=len)) > _LONGEST:
        return []
    return list(_read(step))


def _read(step: Step) -> Iterator[Claim]:
    text = step.text
    formulas = [piece.span for piece in pieces(text) if piece.kind is not PieceKind.PROSE]
    withdrawn = taken_back(text)
    for found in _STATED.finditer(text):
        before, after = text[max(0, found.start() - 160) : found.start()], text[found.end() :]
        if any(span.start < found.end() and found.start() < span.end for span in formulas):
            continue
        if not _BEGINS.search(before) or not _ENDS.match(after):
            continue
        if not _HINTS.search(found.group()):
            continue
        sides = [found["left"]]
        signs = []
        for one in _LINK.finditer(found["rest"]):
            signs.append(one["sign"])
            sides.append(one["side"])
        manner = stance(before.rpartition("\n")[2], after[:80], "")
        supposed = manner.asked or manner.rejected or manner.denied
        role = Role.ASSUMED if supposed or found.end() <= withdrawn else manner.role
        for link, sign in enumerate(signs):
            left, right = sides[link], sides[link + 1]
            if sign in "⊃⊇":
                left, right, sign = right, left, "⊂"
            body = _relation(left, sign, right, link, goes_on=link + 1 < len(signs))
            if body is None:
                break
            yield _claim(step, body, Span(*found.span()), role)


def _relation(left: str, sign: str, right: str, link: int, *, goes_on: bool) -> Relation | None:
    a, b = (read_expression(side.replace("\\", "∖"), tex=False) for side in (left, right))
    if a is None or b is None or sign not in _OPS:
        return None
    return Relation(a, _OPS[sign], b, link=link, goes_on=goes_on)


def _claim(step: Step, body: Relation, span: Span, role: Role) -> Claim:
    written = step.text[span.start : span.end]
    names = free_symbols(body.left) | free_symbols(body.right)
    kind = Kind.RELATION
    if body.op == "=":
        named = isinstance(body.left, Sym) and SetOf in kinds(body.right)
        kind = Kind.BINDING if named else Kind.DERIVATION if names else Kind.EQUALITY
    return Claim(
        kind, written, span.shift(step.span.start), step.index, " ".join(written.split()), role,
        body, names,
    )  # fmt: skip
