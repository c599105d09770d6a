"""Who did what when: "2pm-4pm: reading at the library", "1pm to 2pm: free", "woke up at 1pm".

What happened and the limits of the day are taken from the problem; each sentence of it that tells a
time must be read. A sentence of a step is read whole or left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from clr.bodies.dates import Clock
from clr.bodies.schedules import (
    Busy,
    Free,
    Interval,
    Limit,
    Occupied,
    Option,
    Possible,
    Schedule,
)
from clr.claim import Claim, Kind, Role
from clr.reading.cues import Cues
from clr.reading.date_words import clock
from clr.reading.lexicon import sentences
from clr.trace import Span, Step

Body: TypeAlias = Busy | Free | Limit | Option | Possible

CUES = Cues("could", whole=True)
MOST_EVENTS = 60
_LONGEST_PROBLEM = 6_000
_LONGEST = 400
"""Characters of a sentence; longer ones are not read."""

_TIME = r"(?:\d{1,2}(?::\d{2})?\s?[ap]\.?m\.?(?!\w)|(?:12\s)?(?:noon|midnight)\b)"
_FROM_TO = (
    rf"(?:from |between )?(?P<start>{_TIME})\s*(?:-|–|—|to|until|till|and|->|→)\s*(?P<end>{_TIME})"
)
_EVENT = re.compile(
    rf"(?:(?P<who>\w+) (?:saw|noticed|met) )?(?P<what>[A-Z][\w' ,-]*?) {_FROM_TO}", re.I
)
_EARLIEST = re.compile(
    rf"(?P<what>[\w' -]+?) (?:woke up|gets? up|got up|wakes? up|opens?|opened|arrives?|arrived)"
    rf"(?: only)? (?:at|from) (?P<time>{_TIME})(?: on(?:wards?)?)?",
    re.I,
)
_LATEST = re.compile(
    rf"(?P<what>[\w' -]+?) (?:(?:was|is) closed after|closes? at|closed at|shuts? at|shut at"
    rf"|closes? after|had to (?:leave|be home) (?:at|by)|leaves? at|left at) (?P<time>{_TIME})",
    re.I,
)
_TOLD = re.compile(r"\A(?:we|you) know(?: that)?\s*:?\s+", re.I)
_ASKS = re.compile(r"\b(?:between )?what times? could\b|\bwhen could\b", re.I)
_OPTION = re.compile(rf"^[ \t]*\(?(?P<label>[A-Z])[.)][ \t]*{_FROM_TO}[ \t]*$", re.M | re.I)
_LEAD = r"(?:\W|\d{1,2}[.)]|(?:so|thus|therefore|hence|then|and|now|but|finally|next)\b)*"
_LINE = re.compile(rf"{_LEAD}{_FROM_TO}\W*\s(?P<what>[A-Za-z][\w' ,()-]*?)[\W]*", re.I)
_ROW = re.compile(rf"{_LEAD}(?P<what>[A-Za-z][\w' ,()-]*?)(?: was| is)?\W+{_FROM_TO}\W*", re.I)
_WAKE_LINE = re.compile(
    rf"{_LEAD}(?:(?:the )?wake(?:-?\s?up)? time|woke up|opening time)\W*(?:is |was |at )?"
    rf"(?P<time>{_TIME})\W*",
    re.I,
)
_CLOSE_LINE = re.compile(
    rf"{_LEAD}(?:the )?(?:[\w' ]+? )?(?:closure|closing) time\W*(?:is |was |at )?"
    rf"(?P<time>{_TIME})\W*",
    re.I,
)
_POSSIBLE = re.compile(
    rf"{_LEAD}(?:we (?:see|know|find|conclude) that |this means(?: that)? )?"
    r"(?P<only>(?:the|his|her|their) only (?:possible |available |free |remaining )?"
    r"(?=(?:time|interval|window|slot|period|gap))(?:time|interval|period)?)?"
    r"[\w' ,]*?\b(?:could|able to|possible|available|free|gone|gap|window|slot|leaves)\b[\w' ]*?,?"
    rf"(?: (?:is|was))?:? {_FROM_TO}\W*",
    re.I,
)
_FREE = re.compile(
    r"(?:\w+ )?(?:(?:was|is|were) )?(?:free|available|unaccounted(?: for)?|nothing|open"
    r"|not (?:seen|accounted for|busy)|no (?:one saw|sightings?)(?: \w+)?)(?: time)?",
    re.I,
)
_SUPPOSES = re.compile(
    r"\?|n['’]t\b|\b(?:if|suppos\w+|assum\w+|unless|whether|cannot|never|nor|either|or|maybe|might|before"
    r"|overlap\w*|except|option|wrong)\b",
    re.I,
)
_DENIES = re.compile(r"\b(?:no|not|un\w+|busy|impossible|closed|after|already)\b", re.I)
_ANSWER = re.compile(
    r"\b(?:(?:so|thus|therefore|hence),? )?(?:the )?(?:final |correct )?answer(?: is|:)"
    r"[\s*\"`:]{1,5}\(?(?P<label>[A-Z])\)(?!\w)[\s*.:\"`]*"
    rf"(?:{_FROM_TO}[\s*.\"`]*)?\Z",
    re.I,
)
_SMALL = frozenset(
    "a an the of at in on to for and was were is be been being he she they it her his their from as"
    " by seen saw with this that then had did has".split()
)


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader needs of the problem."""

    schedule: Schedule
    limits: Mapping[bool, frozenset[str]]
    """The words beside the earliest time (False) and the latest (True)."""


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """The day that `problem` tells, or None if it asks for no time or was not read whole."""
    if "imes could" not in problem and "hen could" not in problem:
        return None
    if len(problem) > _LONGEST_PROBLEM or not _ASKS.search(problem):
        return None
    body, _, offered = problem.partition("Options:")
    occupied: list[Occupied] = []
    limits: dict[bool, tuple[int, frozenset[str]]] = {}
    for span in sentences(body):
        text = _TOLD.sub("", body[span.start : span.end].strip(" .*-•"), count=1)
        if text.endswith("?") or not re.search(_TIME, text, re.I):
            continue
        event = _EVENT.fullmatch(text)
        when = _interval(event) if event else None
        if event and when:
            told = _content(f"{event['who'] or ''} {event['what']}")
            occupied.append(Occupied(event["what"], told, when))
            continue
        late = _LATEST.fullmatch(text)
        limit = late or _EARLIEST.fullmatch(text)
        at = _time(limit["time"]) if limit else None
        if limit is None or at is None or bool(late) in limits:
            return None
        limits[bool(late)] = at, _content(limit["what"])
    if not 1 <= len(occupied) <= MOST_EVENTS or not limits:
        return None
    options = tuple(
        (m["label"].upper(), when)
        for m in _OPTION.finditer(offered)
        if (when := _interval(m)) is not None
    )
    earliest, latest = (limits[late][0] if late in limits else None for late in (False, True))
    beside = {late: words for late, (_, words) in limits.items()}
    return Context(Schedule(tuple(occupied), earliest, latest, options), beside)


def _time(text: str) -> int | None:
    found = [value.seconds for value in clock(text) if isinstance(value, Clock)]
    return found[0] if len(found) == 1 else None


def _interval(m: re.Match[str]) -> Interval | None:
    start, end = _time(m["start"]), _time(m["end"])
    if end == 0:
        end = 24 * 3600
    return (start, end) if start is not None and end is not None and start < end else None


def _content(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", text.lower())) - _SMALL


def read(step: Step, context: Context) -> list[Claim]:
    """Every statement of a step about the day, in order."""
    out: list[Claim] = []
    for span in sentences(step.text):
        text = step.text[span.start : span.end]
        if len(text) > _LONGEST:
            continue
        answer = _ANSWER.search(text)
        told = text[: answer.start()] if answer else text
        for body in _bodies(told, context):
            out.append(_claim(step, body, Span(span.start, span.start + len(told.rstrip()))))
        if answer:
            at = Span(*answer.span()).shift(span.start)
            out.append(_claim(step, Option(answer["label"].upper()), at))
    return out


def _bodies(text: str, context: Context) -> Iterator[Body]:
    if not re.search(_TIME, text, re.I) or _SUPPOSES.search(text):
        return
    for pattern, latest in ((_WAKE_LINE, False), (_CLOSE_LINE, True)):
        if (m := pattern.fullmatch(text)) and (time := _time(m["time"])) is not None:
            yield Limit(time, latest)
            return
    plain = re.sub(rf"^{_LEAD}", "", text, flags=re.I).strip(" .*")
    for pattern, latest in ((_LATEST, True), (_EARLIEST, False)):
        m = pattern.fullmatch(plain)
        if m is not None and not _content(m["what"]) <= context.limits.get(latest, frozenset()):
            return  # another place, another person
        if m and (time := _time(m["time"])) is not None:
            yield Limit(time, latest)
            return
    for m in (_LINE.fullmatch(text), _ROW.fullmatch(text)):
        when = _interval(m) if m else None
        if m is None or when is None:
            continue
        if _FREE.fullmatch(m["what"].strip()):
            yield Free(when)
            return
        words = _content(m["what"])
        if words and any(words <= told.words for told in context.schedule.occupied):
            yield Busy(words, when)
            return
    m = _POSSIBLE.fullmatch(text) if _DENIES.search(text) is None else None
    when = _interval(m) if m else None
    if m is not None and when is not None:
        yield Possible(when, bool(m["only"]))


def _claim(step: Step, body: Body, span: Span) -> Claim:
    text = step.text[span.start : span.end].strip()
    kind = Kind.ANSWER if isinstance(body, Option) else Kind.CONSTRAINT
    return Claim(kind, text, span.shift(step.span.start), step.index, text, Role.DERIVED, body)
