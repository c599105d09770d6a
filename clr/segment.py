"""Steps from text: where one step of a response ends and the next begins.

A step is a list item, a paragraph, a line that makes a statement of its own or, in a long
paragraph, a sentence. Mathematics and code are never cut, and a display stays with the sentence
that it stands in. Nothing is dropped: the steps of a response, put together, are the response.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from clr.reading.surface import PieceKind, cut_up
from clr.trace import Span, Step, Trace

JOINER = "\n\n"
"""Put between given steps to make one response of them."""

LONG_PARAGRAPH = 400
"""Characters; a longer paragraph is cut into sentences."""

MOST_STEPS = 20_000
"""No chain of thought has so many; each takes kilobytes in a report."""

_LOOK_BACK = 80
"""Characters before a possible cut that may speak against it."""

_LONGEST_HEADING = 200

# Stand-ins that fill the place of what is never cut; private-use characters, absent from text.
_INLINE, _DISPLAY, _CODE = "\ue000", "\ue001", "\ue002"
_STAND_IN = {PieceKind.INLINE: _INLINE, PieceKind.DISPLAY: _DISPLAY, PieceKind.CODE: _CODE}

_LABEL = r"(?:\*\*|__)?(?:Step|Case|Part)\s+\w+\b"
_ITEM = rf"(?:(?:[-*•‣◦]|\(?(?:\d{{1,3}}|[a-zA-Z]|[ivx]{{1,4}})[.)]|#{{1,6}})\s|{_LABEL})"
_OPENING = rf"[A-Z\d$*\"“({_INLINE}]"
_STATEMENT = rf"(?:{_OPENING}|[{_DISPLAY}{_CODE}]|[a-z](?:[_^]\w|\(\w\))?\s*[=<>≤≥≈])"
_CLOSING = r"[)\]\"”'’*_]"
_BREAK = re.compile(
    r"(?P<open><(?:think|answer|solution)>)|(?P<close></(?:think|answer|solution)>\s*)"
    r"|(?P<blank>\n[^\S\n]*\n\s*)"
    rf"|(?P<item>\n[^\S\n]*(?={_ITEM}))"
    rf"|(?P<line>\n[^\S\n]*(?={_STATEMENT}))"
    rf"|(?P<sentence>(?:(?<=[.!?])|(?<=[.!?]{_CLOSING})|(?<=[.!?]{_CLOSING}{{2}}))"
    rf"[^\S\n]+(?={_OPENING})|(?<=[。！？])(?=[^\s」』”）]))"
)
_FINISHED = re.compile(rf"[.!?。！？]{_CLOSING}*\s*\Z")
_UNFINISHED = re.compile(
    r"(?:(?<![-*=])[-*=]|[+/×÷·<>≤≥≈,;:(\[{&]|\b(?:and|or|the|a|of|to|is|by)|\[ANSWER\]|<answer>)"
    r"\s*\Z"
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|resp|eqs?|figs?|nos?|thm|lem|def|dr|mr|mrs|ms|st|prof)"
    rf"|(?<![\w)])[a-z]|(?:\A|\n)\s*\(?\d{{1,3}})\.{_CLOSING}*\Z",
    re.IGNORECASE,
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_NUMBER = r"(?:\d{1,3}[.)]\s*|[-*•]\s+)?"
_TITLE = re.compile(rf"\s*(?:#{{1,6}}\s[^\n]*|{_NUMBER}(?:\*\*|__)[^\n*_=.!?]*(?:\*\*|__)[.:]?)\s*")
_LABELLED = re.compile(rf"\s*{_NUMBER}{_LABEL}[^\n.!?=]*\s*")
_ITEM_AHEAD = re.compile(_ITEM)
_SAYS_SOMETHING = re.compile(rf"[\w{_INLINE}{_DISPLAY}{_CODE}]")


def trace_of(
    id: str,
    problem: str,
    *,
    steps: Sequence[str] | None = None,
    response: str | None = None,
    answer: str | None = None,
    domain: str | None = None,
) -> Trace:
    """A trace from its steps, which are joined by `JOINER`, or from its whole response, which is
    segmented.

    Half of a surrogate pair, which no file can hold, becomes U+FFFD, one for one.

    Raises:
        ValueError: both `steps` and `response` are given, or neither.
        TypeError: what should be a string is none.
    """
    if (steps is None) == (response is None):
        both = "neither" if steps is None else "both"
        raise ValueError(f"give either steps or response, not {both}")
    if steps is not None:
        if isinstance(steps, str):
            raise TypeError("steps is a list of strings: give one string as response")
        given = [_well_formed(f"steps[{i}]", step) for i, step in enumerate(steps)]
        text, cut = JOINER.join(given), _placed(given)
    else:
        text = _well_formed("response", response)
        cut = segment(text)
    return Trace(
        _well_formed("id", id), _well_formed("problem", problem), text, cut, answer, domain
    )


def segment(response: str) -> tuple[Step, ...]:
    """Cut a response into steps whose spans tile it, at most `MOST_STEPS` of them and then one for
    all the rest. Takes time linear in its length."""
    outline = _outline(response)
    cuts = list(islice(_joined(outline, _sentences(outline)), MOST_STEPS + 1))
    if cuts[-1] < len(response):
        cuts.append(len(response))
    return tuple(
        Step(index, response[start:end], Span(start, end))
        for index, (start, end) in enumerate(pairwise(cuts))
    )


def _well_formed(name: str, text: str | None) -> str:
    if not isinstance(text, str):
        raise TypeError(f"{name} is a string, not {type(text).__name__}: {text!r:.80}")
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def _placed(steps: Sequence[str]) -> tuple[Step, ...]:
    """Given steps, in their places in the joined response."""
    out: list[Step] = []
    at = 0
    for index, text in enumerate(steps):
        out.append(Step(index, text, Span(at, at + len(text))))
        at += len(text) + len(JOINER)
    return tuple(out)


def _outline(text: str) -> str:
    """The text, character for character, with stand-ins for mathematics and code.

    A display that ends a sentence keeps a full stop as its last character.
    """
    out: list[str] = []
    for piece in cut_up(text):
        here = text[piece.span.start : piece.span.end]
        if piece.kind is PieceKind.PROSE:
            out.append(here)
            continue
        filled = _STAND_IN[piece.kind] * len(here)
        last = text[piece.body.start : piece.body.end].rstrip()[-1:]
        ends = piece.kind is PieceKind.DISPLAY and last and last in ".!?"
        out.append(filled[:-1] + "." if ends else filled)
    return "".join(out)


def _sentences(outline: str) -> Iterator[int]:
    """Ends of steps in order: blocks, and the sentences of long ones. The first is 0."""
    yield 0
    begin = 0
    within: list[int] = []
    for found in _BREAK.finditer(outline):
        if found.lastgroup == "sentence":
            within.append(found.end())
            continue
        at = found.start() if found.lastgroup == "open" else found.end()
        if not _parts(outline, found):
            continue
        if at - begin > LONG_PARAGRAPH:
            yield from (end for end in within if not _abbreviated(outline, end))
        if at > begin:
            yield at
        begin, within = at, []
    if len(outline) - begin > LONG_PARAGRAPH:
        yield from (end for end in within if not _abbreviated(outline, end))
    if len(outline) > begin:
        yield len(outline)


def _parts(outline: str, found: re.Match[str]) -> bool:
    """Whether a break between lines parts two steps, rather than running through one."""
    before = outline[max(0, found.start() - _LOOK_BACK) : found.start()]
    after = outline[found.end() : found.end() + 1]
    finished = _FINISHED.search(before) is not None
    match found.lastgroup:
        case "blank" | "line" if after == _DISPLAY:
            return finished or before.endswith(_CODE)
        case "blank" if before.rstrip().endswith(_DISPLAY):
            return not (after.islower() or after in tuple(",;.:)"))
        case "line":
            return finished or _UNFINISHED.search(before) is None
        case _:
            return True


def _abbreviated(outline: str, end: int) -> bool:
    return _ABBREVIATED.search(outline[max(0, end - _LOOK_BACK) : end].rstrip()) is not None


def _joined(outline: str, ends: Iterator[int]) -> Iterator[int]:
    """Drop ends after which a block would say nothing, and those between a heading and its text."""
    begin = end = next(ends)
    yield begin
    said = False
    for following in ends:
        says = _SAYS_SOMETHING.search(outline, end, following) is not None
        if said and says and not _is_heading(outline, begin, end):
            yield end
        begin, end, said = end, following, said or says
    if end > 0:
        yield end


def _is_heading(outline: str, start: int, end: int) -> bool:
    """Whether `[start, end)` only announces what follows it."""
    if end - start > _LONGEST_HEADING:
        return False
    text = outline[start:end]
    if _LABELLED.fullmatch(text):
        return _ITEM_AHEAD.match(outline, end) is None
    return _TITLE.fullmatch(text) is not None
