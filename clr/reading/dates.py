"""What traces say of dates and times: "10 days before December 24, 1937 is December 14, 1937".

A clause is one of a closed set of constructions and is read whole or not at all; only what "which
is" adds to a date is read for itself. What may be a mere supposition is not held against the trace.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from clr.bodies.dates import (
    Answer,
    Calendar,
    Leap,
    Readings,
    Same,
)
from clr.claim import Claim, Kind, Role
from clr.reading.cues import either, mentions
from clr.reading.date_grammar import appositions, date_alone, statements, term_asked
from clr.reading.lexicon import MONTHS, WEEKDAYS, sentences
from clr.trace import Span, Step

_LONGEST_PROBLEM = 6_000
_LONGEST = 400
"""Characters of a sentence; longer ones are not read."""

_SHORT = ("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ABOUT = re.compile(
    either(
        *(*MONTHS, *"day week month year hour minute noon midnight christmas".split()),
        *(rf"\b{month.lower()}t?\b" for month in _SHORT),
    ).pattern
    + r"|\d(?:[:/]\d| ?[ap]\.?m\b)"
)
"""What a sentence about dates and times holds, in lower case."""
_OTHER_CALENDAR = either(
    *(
        rf"\b{word}\w*[^.?]{{0,60}}\b(?:months?|years?|weeks?|days?|hours?)\b"
        for word in ("assum", "suppos", "consider", "treat", "imagin")
    ),
    *(rf"\b{word} (?:month|year|week|day) (?:has|is|of)\b" for word in ("each", "every")),
    r"\bplanets?\b",
    *(rf"\b{word}\w* leap" for word in ("ignor", "neglect")),
    *(
        rf"\b{word} (?:in|per) (?:a|each|every) (?:month|year|week|day)\b"
        for word in ("days", "hours")
    ),
)
"""What makes months, years or days of a problem's own."""
_NOW = either("today", "current", "present", "tomorrow", "yesterday", r"\bnow\b", r"\bago\b")
_SHORTENED = re.compile(r"\b(?:(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|[ap]\.m|i\.e)\.\Z")
_ANSWER = re.compile(
    r"\b(?:(?:[Ss]o|[Tt]hus|[Tt]herefore|[Hh]ence),? )?(?:[Tt]he )?(?:[Ff]inal |correct )?"
    r"[Aa]nswer(?: is|:)[\s*\"`:]{1,5}(?:\(?(?P<label>[A-Z])\)|(?P<date>\w[\w/,. -]{3,29}?))"
    r"[\s*\"`.]*\Z"
)
_OPTION = re.compile(r"^[ \t]*\(?(?P<label>[A-Z])[.)][ \t]*(?P<date>\S.*?)\.?\s*$", re.M)
_HINTS = ("oday", "omorrow", "esterday", "leap year", "o'clock", "noon")
_NAMES = tuple(name.title() for name in (*MONTHS, *WEEKDAYS, "christmas"))
_MAY_NAME = re.compile("|".join(dict.fromkeys(name[:3] for name in _NAMES)))
_SHORT_DATE = re.compile(rf"\b(?:{'|'.join(_SHORT)})t?\b\.? \d|\d (?:{'|'.join(_SHORT)})t?\b")
_FIGURES = re.compile(r"\d(?: ?[apAP]\.?[mM]\b|:\d\d|/\d\d?/\d\d|-\d\d-\d\d)")
_ASKED = re.compile(
    r"\bwhat (?:is|was|will be) (?P<term>(?:the )?(?:date|day)\b[^.?\n]*?)(?: in MM/DD/YYYY)?\?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader needs of the problem: what it tells, and the answers offered by label."""

    given: Calendar
    options: Mapping[str, Readings]


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """What `problem` tells of dates and times, or None if it is about neither."""
    if len(problem) > _LONGEST_PROBLEM:
        return None
    if not _is_about_time(problem) or _OTHER_CALENDAR.search(problem.lower()):
        return None
    facts: list[Same] = []
    body, _, rest = problem.partition("Options:")
    lower = body.lower()
    for span in _sentences(body) if _NOW.search(lower) else ():
        text = body[span.start : span.end]
        if _NOW.search(text.lower()) and not text.endswith("?"):
            said = statements(text)
            facts += (b for b, _ in said if isinstance(b, Same) and not (b.supposed or b.given))
            facts += appositions(text)
    asked = _ASKED.search(body) if "what " in lower else None
    options = {
        m["label"]: found for m in _OPTION.finditer(rest) if (found := date_alone(m["date"]))
    }
    return Context(Calendar(tuple(facts), term_asked(asked["term"]) if asked else None), options)


def _is_about_time(problem: str) -> bool:
    if mentions(problem, _HINTS) or _FIGURES.search(problem):
        return True
    if _MAY_NAME.search(problem) is None:
        return False
    return mentions(problem, _NAMES) or _SHORT_DATE.search(problem) is not None


def read(step: Step, context: Context) -> list[Claim]:
    """Every statement of a step about dates and times, in order."""
    out: list[Claim] = []
    if "nswer" not in step.text and not _ABOUT.search(step.text.lower()):
        return out
    for span in _sentences(step.text):
        text = step.text[span.start : span.end]
        if len(text) > _LONGEST or text.endswith("?"):
            continue
        answer = _ANSWER.search(text) if "nswer" in text else None
        told = text[: answer.start()] if answer else text
        if _ABOUT.search(told.lower()):
            out += (_claim(step, body, place.shift(span.start)) for body, place in statements(told))
        if answer:
            named = context.options.get(answer["label"]) if answer["label"] else None
            if readings := named or date_alone(answer["date"] or ""):
                at = Span(*answer.span()).shift(span.start)
                out.append(_claim(step, Answer(readings), at))
    return out


def _sentences(text: str) -> Iterator[Span]:
    """Sentences, none of which ends with a shortened month or with "a.m."."""
    start: int | None = None
    for span in sentences(text):
        start = span.start if start is None else start
        if _SHORTENED.search(text, max(span.start, span.end - 5), span.end) is None:
            yield Span(start, span.end)
            start = None
    if start is not None:
        yield Span(start, len(text.rstrip()))


def _claim(step: Step, body: Same | Leap | Answer, span: Span) -> Claim:
    text = step.text[span.start : span.end].strip(" ,;")
    kind = Kind.RELATION if isinstance(body, Leap) else Kind.EQUALITY
    if isinstance(body, Answer):
        kind = Kind.ANSWER
    return Claim(kind, text, span.shift(step.span.start), step.index, text, Role.DERIVED, body)
