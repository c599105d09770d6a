"""The clauses of a step's prose: where each begins and ends, and how what it says is meant.

What is read between the beginning and the end of a clause is all that it says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from clr.claim import Body
from clr.reading.discourse import Stance, stance
from clr.reading.lexicon import CARDINALS
from clr.reading.retractions import taken_back
from clr.reading.spoken_values import Tokens
from clr.reading.spoken_words import Sort, tokens
from clr.reading.surface import PieceKind, sentences
from clr.trace import Span


class Said(NamedTuple):
    """What a clause says, where in the step, and how it is meant; `withdrawn` if its author takes
    it back later in the step."""

    body: Body
    span: Span
    manner: Stance
    withdrawn: bool


def said_in(
    text: str,
    promises: Callable[[str], bool],
    read: Callable[[Tokens], Iterator[tuple[Span, Body]]],
    *,
    in_prose: bool = False,
) -> Iterator[Said]:
    """What `read` finds in the sentences of a step, in order; it is given those that are no
    questions and where a cheap look `promises` something, as it does of the text as a whole. With
    `in_prose`, none of these holds mathematics in delimiters of its own."""
    withdrawn: int | None = None
    for sentence, members in sentences(text):
        if in_prose and any(piece.kind in _MATHEMATICS for piece in members):
            continue
        written = text[sentence.start : sentence.end]
        if written.rstrip().endswith("?") or not (len(written) == len(text) or promises(written)):
            continue
        for span, body in read(tokens(text, members)):
            withdrawn = taken_back(text) if withdrawn is None else withdrawn
            before = text[max(sentence.start, span.start - 160) : span.start]
            after = text[span.end : min(sentence.end, span.end + 80)]
            manner = stance(before, after, text[sentence.end : sentence.end + 120])
            yield Said(body, span, manner, span.end <= withdrawn)


_MATHEMATICS = (PieceKind.INLINE, PieceKind.DISPLAY)
_BEFORE = frozenset(
    "so thus therefore hence then that since because but now as while also know means implies note "
    "notice observe see clearly obviously indeed here however number numbers integer".split()
)
"""Words after which a clause begins."""
_AFTER = frozenset(
    "so which because since as but while then therefore thus hence and making giving".split()
)
"""Words with which the next clause begins."""
_CASE = frozenset("for when with at if".split())
"""Words that name the case which a clause after its comma is about."""
_VALUES = (Sort.NUMBER, Sort.CALCULATION, Sort.MATHEMATICS)


def may_begin(t: Tokens, at: int) -> bool:
    """Whether a clause may begin with `t[at]`."""
    if at == 0 or t[at - 1].text in _BEFORE:
        return True
    if t[at - 1].text == "," and at > 2 and t[at - 3].text in _CASE:
        return t[at - 2].links > 0  # for n = 12, 2^12 is even
    if t[at - 1].text in (",", "and") and at > 1 and t[at - 2].sort in _VALUES:
        return False  # one more item of a list: none of 91, 75, 51 is a square
    if t[at - 1].sort is Sort.STOP or _is_bullet(t, at - 1):
        return True
    return t[at - 1].text == "and" and at > 1 and t[at - 2].sort is Sort.STOP


def _is_bullet(t: Tokens, at: int) -> bool:
    """Whether `t[at]`, which something follows, is the mark of an item: `- $91$ is prime`."""
    begins = at == 0 or t[at - 1].sort is Sort.STOP
    return t[at].text in _BULLETS and begins and t[at].end < t[at + 1].start


_BULLETS = ("-", "–", "•")


def may_end(t: Tokens, at: int, *, listed: bool) -> bool:
    """Whether a clause may end before `t[at]`; one that is `listed` may go on after an "and"."""
    if at < len(t) and t[at].text in (",", "and"):
        return not _value_next(t, at) and not (listed and t[at].text == "and")
    return ends_plainly(t, at)


def ends_plainly(t: Tokens, at: int) -> bool:
    """Whether a clause that no list can prolong may end before `t[at]`."""
    return at >= len(t) or t[at].sort is Sort.STOP or t[at].text in "()" or t[at].text in _AFTER


def _value_next(t: Tokens, at: int) -> bool:
    """Whether a value follows `t[at]`."""
    if at + 1 >= len(t):
        return False
    following = t[at + 1]
    return following.sort in _VALUES or following.text in (*CARDINALS, "a", "an", "half")
