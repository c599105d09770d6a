"""Cases that a step tells apart by where they stand, and what it says to hold in all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from clr.trace import Span

_CASES = r"(?:cases?|scenarios?|situations?|branches|branch|possibilit(?:y|ies)|options?|events?)"
_ALL_CASES = (
    r"(?:in (?:both|either|all|any|every|each)(?: (?:one )?of)?(?: the| these| those| our)?"
    rf"(?: \w+)? {_CASES}|either way|both ways)"
)
_WHATEVER = (
    r"(?:whichever (?:way|case|of)[^,.;]{0,60}"
    r"|(?:regardless|irrespective|independent(?:ly)?)(?: of [^,.;]{1,80})?"
    r"|no matter (?:what|which|who|whether|how)[^,.;]{0,80}|whatever [^,.;]{1,60} (?:is|are|be))"
)
_LONGEST = 400
"""Characters of a sentence that may tell cases apart."""
_LINKS = r"(?:(?:so|thus|therefore|hence|then|and|but|now|finally|consequently|again|also)\b,? )*"
_FINDS = (
    r"(?:(?:,|:)? ?(?:we (?:still |also )?(?:get|have|find|see|conclude)(?: that)?"
    r"|it (?:follows|holds|must be|turns out)(?: that)?)\b)?"
)
_OVERALL = re.compile(
    rf"\A(?P<before>\W*{_LINKS})(?:{_ALL_CASES}\b{_FINDS}\s*[,:]?|{_WHATEVER}\s*[,:])\s*"
    r"(?=\w)"
    rf"|\A(?P<links>\W*{_LINKS})(?:both|all|all the|both of the) {_CASES} (?:lead to|give|yield"
    r"|show|imply|tell us|agree)(?: (?:the )?(?:conclusion|result|fact))? that\s+(?=\w)",
    re.I,
)
_OVERALL_AFTER = re.compile(rf",? \(?(?:{_ALL_CASES}|{_WHATEVER}|in both|in either)\)?\W*\Z", re.I)
_HEADING = re.compile(
    r"\W*(?:(?:now|next|then|and)\b,? )?(?:the )?(?:(?:sub-?)?(?:case|branch|option|scenario"
    r"|possibility|hypothesis|assumption)(?: (?:\w{1,4}|one|two|three|four))?(?: of \w{1,5})?"
    r"|(?:first|second|third|fourth|other|last|one|another|next|remaining)"
    r" (?:case|branch|option|scenario|possibility))\W*",
    re.I,
)
_LISTS_CASES = re.compile(
    r".*\b(?:cases|possibilities|options|scenarios|branches)\b[^:]{0,60}:\W*|.*\btwo ways\b.*:\W*",
    re.I | re.S,
)
_ITEM = re.compile(r"\W*(?<!\w)(?:[a-h]|[ivx]{1,4})[).](?=\s)", re.I)
_MAY_BE = re.compile(r"\b(?:could|may|might)\b", re.I)
_GOES_ON = re.compile(
    r"\W*(?:then|in (?:that|this|which) case|if so|if that|that would|this would)\b", re.I
)


def overall(text: str) -> str | None:
    """A sentence that says something to hold in all cases, "in both cases, Tom lies", with blanks
    for the words that say so; None if it does not."""
    if len(text) > _LONGEST:
        return None
    for pattern in (_OVERALL, _OVERALL_AFTER):
        m = pattern.search(text)
        if m is not None and m.end() - m.start() < len(text.strip()):
            start = max(m.end("before"), m.end("links")) if pattern is _OVERALL else m.start()
            return text[:start] + " " * (m.end() - start) + text[m.end() :]
    return None


def cases(text: str, spans: Sequence[Span], *, lettered: bool = True) -> dict[int, str]:
    """The sentences of a step that tell a case apart by the place where they stand: below a
    heading, by a letter if cases may be `lettered`, in a list of cases, before "then". Where each
    begins, and what it says; a heading says nothing where nothing follows it."""
    out: dict[int, str] = {}
    listing = headed = False
    for span, following in zip_longest(spans, spans[1:]):
        assert span is not None
        said = text[span.start : span.end][:_LONGEST]
        if _HEADING.fullmatch(said):
            headed = True
            if following is None:
                out[span.start] = ""
            continue
        marked = _ITEM.match(said) if lettered else None
        if headed or marked or (listing and _begins_line(text, span)):
            out[span.start] = said[marked.end() if marked else 0 :]
        elif (
            following
            and _MAY_BE.search(said)
            and _GOES_ON.match(text[following.start : following.end])
        ):
            out[span.start] = said
        headed = False
        listing = listing or _LISTS_CASES.fullmatch(said) is not None
    return out


def _begins_line(text: str, span: Span) -> bool:
    return not text[text.rfind("\n", 0, span.start) + 1 : span.start].strip()
