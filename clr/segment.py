"""Steps from text: numbered and bulleted items, paragraphs, and sentences of long paragraphs.

Mathematics and code are never cut. The spans of the steps tile the text: joined, they give it back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from clr.reading.surface import PieceKind, pieces
from clr.trace import Span, Step, Trace

JOINER = "\n\n"
"""Put between given steps to make one response of them."""

LONG = 600
"""Characters; a longer paragraph is cut into its sentences."""

_BREAK = re.compile(
    r"\n[ \t]*\n\s*"  # a blank line
    r"|\n(?=[ \t]*(?:\*\*)?(?:step|case|solution|answer)\b[^\n]{0,80}[:.)])"  # a headed step
    r"|\n(?=[ \t]*(?:\(?\d{1,3}[.)]|#{1,6}|[-*•])[ \t]+\S)"  # an item of a list
    r"|<think>\s*|(?=</think>)|(?<=</think>)",
    re.I,
)
_SENTENCE = re.compile(r"(?<=[.!?])(?:[\"')\]]|\*\*)?\s+(?=[A-Z\\$(*])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|Dr|Mr|Mrs|Ms|Prof|approx|eq|Eq|Fig|No|no|St|cf|resp|\d+)|\b[A-Z])\.$"
)
_CONTENT = re.compile(r"\w|\\\S")


def trace_of(
    id: str,
    problem: str,
    *,
    steps: Sequence[str] | None = None,
    response: str | None = None,
    answer: str | None = None,
    domain: str | None = None,
) -> Trace:
    """A trace from either its steps or its whole response, which is then segmented.

    Given steps are joined by blank lines; the gap belongs to no step.
    """
    if steps is not None:
        text, cut = JOINER.join(steps), _given(steps)
    else:
        text = response or ""
        cut = segment(text)
    return Trace(id, problem, text, cut, answer, domain)


def _given(steps: Sequence[str]) -> tuple[Step, ...]:
    out: list[Step] = []
    at = 0
    for index, text in enumerate(steps):
        out.append(Step(index, text, Span(at, at + len(text))))
        at += len(text) + len(JOINER)
    return tuple(out)


def segment(response: str) -> tuple[Step, ...]:
    """Cut a response into steps whose spans tile it; an empty response has none.

    A step without a word or a command joins the one before it. Linear in the length of the text.
    """
    cuts = [0, *_cuts(response), len(response)]
    out: list[Step] = []
    begin = 0
    for end in cuts[1:]:
        if end <= begin:
            continue
        text = response[begin:end]
        if not _CONTENT.search(text) and out:
            before = out.pop()
            begin = before.span.start
            text = response[begin:end]
        out.append(Step(len(out), text, Span(begin, end)))
        begin = end
    if len(out) > 1 and not _CONTENT.search(out[0].text):
        first, second, *rest = out
        head = Step(0, first.text + second.text, Span(0, second.span.end))
        out = [head, *(Step(s.index - 1, s.text, s.span) for s in rest)]
    return tuple(out)


def _cuts(text: str) -> Iterator[int]:
    """Offsets where a step may begin, in order, outside mathematics and code."""
    closed = [(p.span.start, p.span.end) for p in pieces(text) if p.kind is not PieceKind.PROSE]
    breaks = list(_outside(_BREAK, text, closed))
    begin = 0
    for at in [*breaks, len(text)]:
        if at - begin > LONG:
            for sentence in _outside(_SENTENCE, text, closed, begin, at):
                before = text[max(begin, sentence - 12) : sentence].rstrip()
                if begin < sentence < at and not _ABBREVIATION.search(before):
                    yield sentence
        yield at
        begin = at


def _outside(
    pattern: re.Pattern[str],
    text: str,
    closed: list[tuple[int, int]],
    begin: int = 0,
    end: int | None = None,
) -> Iterator[int]:
    """Ends of matches that do not lie inside a closed stretch."""
    at = 0
    for match in pattern.finditer(text, begin, len(text) if end is None else end):
        while at < len(closed) and closed[at][1] <= match.start():
            at += 1
        if at < len(closed) and closed[at][0] < match.end() and match.start() > closed[at][0]:
            continue
        yield match.end()
