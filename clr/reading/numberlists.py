"""Lists of numbers in words: "the odd numbers are 9, 7 and 3", "7 is in the list", "sorted: 3, 7".

The problem must be one list of whole numbers and a question about it, and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from clr.bodies.numberlists import (
    Chosen,
    Extreme,
    HowMany,
    Member,
    NumberList,
    Ordered,
    Property,
    Unread,
)
from clr.claim import Body, Claim, Kind, Role
from clr.reading.lexicon import CARDINAL, cardinal, sentences
from clr.trace import Span, Step

_LONGEST = 600
"""Characters of a problem, or of a sentence."""
MOST = 60
"""Numbers of a list."""
_NUMBER = r"-?\d{1,9}(?![\d.]*\d)"
_NUMBERS = rf"{_NUMBER}(?:(?:, and |, | and ){_NUMBER})*"
_GIVEN = re.compile(
    rf"(?:(?i:numbers|list|array|elements|integers|set)\b[^.?\d]{{0,40}}?[:=]?\s*[\[{{]?"
    rf"|[\[{{])(?P<list>{_NUMBER}(?:, (?:and )?| and )(?:{_NUMBER}(?:, (?:and )?| and ))+{_NUMBER})"
)
_CUES = ("umbers", "list", "array", "ntegers", "[")
_LISTED = re.compile(r", (?:-?\d+, |(?:and )?-?\d+\b)")
_ASKS = re.compile(
    r"\b(?:how many|which)(?: of)?(?: them| these| those| the)?(?: numbers| elements| integers)?"
    r"(?: in (?:the|this) list)?\b|\b(?:sort|arrange|order)\b|\bwhat (?:is|are) the (?:largest"
    r"|smallest|greatest|least|maximum|minimum|odd|even|prime)\b",
    re.I,
)
_WORDS_OF_TASK = re.compile(
    r"[\s.,:;?!\[\]{}\d=-]+|\b(?:how|many|which|what|of|them|these|those|the|a|an|is|are|in|this|list"
    r"|numbers?|elements?|integers?|array|set|sort|arrange|order|ascending|descending|increasing"
    r"|decreasing|from|to|largest|smallest|greatest|least|maximum|minimum|odd|even|prime|primes"
    r"|positive|negative|multiples?|divisible|by|greater|less|more|larger|smaller|than|consider"
    r"|not|given|here|following|and|there|find|count|all|you)\b",
    re.I,
)
_NOUN = r"(?:numbers?|elements?|integers?|ones|values?|entries)"
_IN = r"(?: (?:in|of|from|on) (?:the|this|our) (?:given |original )?(?:list|array|set))?"
_PROPERTY = (
    r"(?P<not>not )?(?:(?P<plain>odd|even|prime|positive|negative)"
    r"|(?:divisible by|(?:a )?multiples? of) (?P<k>\d{1,4})"
    r"|(?P<side>greater than|larger than|more than|over|above|less than|smaller than|under|below)"
    r" (?P<bound>-?\d{1,6}))"
)
_LEAD = re.compile(
    r"(?:(?:so|thus|therefore|hence|then|now|finally|and|(?:final )?answer:"
    r"|we (?:have|see|find|get)"
    r"(?: that)?|this (?:means|gives)(?: that| us)?),?:? )+",
    re.I,
)
_CHOSEN = (
    re.compile(
        rf"(?:the |all (?:the )?)?(?P<before>odd|even|prime|positive|negative) {_NOUN}{_IN}"
        rf"(?: are| is|:)+:? \[?(?P<numbers>{_NUMBERS})\]?",
        re.I,
    ),
    re.compile(
        rf"(?:the |all (?:the )?)?(?:{_NOUN}{_IN} (?:(?:that|which) are )?)?{_PROPERTY}"
        rf"(?: {_NOUN})?{_IN}(?: are| is|:)+:? \[?(?P<numbers>{_NUMBERS})\]?",
        re.I,
    ),
)
_COUNT = rf"(?P<count>{CARDINAL})"
_HOW_MANY = (
    re.compile(
        rf"there (?:are|is) (?:exactly |only )?{_COUNT}"
        rf" (?P<before>odd|even|prime|positive|negative) {_NOUN}{_IN}",
        re.I,
    ),
    re.compile(
        rf"(?:there (?:are|is) )?(?:exactly |only )?{_COUNT}"
        rf"(?: of (?:them|the {_NOUN}|these)| {_NOUN}){_IN}(?: that)? (?:are|is) {_PROPERTY}",
        re.I,
    ),
    re.compile(
        rf"the (?:list|array|set) (?:has|contains|consists of) (?:exactly )?{_COUNT} {_NOUN}", re.I
    ),
    re.compile(rf"there are (?:exactly )?{_COUNT} {_NOUN} (?:in|on) the (?:list|array|set)", re.I),
)
_MEMBER = re.compile(
    rf"(?:the number )?(?P<n>{_NUMBER}) is (?P<not>not )?(?:in|on|an element of|a member of"
    r"|part of) (?:the|this|our) (?:list|array|set)",
    re.I,
)
_CONTAINS = re.compile(
    rf"the (?:list|array|set) (?P<not>does not )?contains? (?:the number )?(?P<n>{_NUMBER})", re.I
)
_EXTREME = re.compile(
    rf"(?:the )?(?P<which>largest|greatest|biggest|maximum|smallest|least|minimum)"
    rf"(?: {_NOUN})?{_IN}(?: is|:| =)+ (?P<n>{_NUMBER})",
    re.I,
)
_ORDERED = re.compile(
    r"(?:(?:the )?sorted (?:list|array|order|numbers)(?: is|:)*|sorted(?: in)?|in)"
    r"(?: (?:in )?(?P<way>ascending|increasing|descending|decreasing) order)?"
    r"(?:,? (?:this is|we get"
    rf"|the list is|it is))?:? \[?(?P<numbers>{_NUMBERS})\]?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader needs of the problem."""

    given: NumberList
    descending: bool


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """The numbers that `problem` lists, or None if it is more than a list and a question."""
    if len(problem) > _LONGEST or not any(cue in problem for cue in _CUES):
        return None
    if not _LISTED.search(problem) or not _ASKS.search(problem):
        return None
    found = [*_GIVEN.finditer(problem)]
    if len(found) != 1 or _WORDS_OF_TASK.sub("", problem).strip():
        return None
    numbers = _numbers(found[0]["list"])
    if not 3 <= len(numbers) <= MOST:
        return None
    descending = re.search(r"\b(?:descending|decreasing|largest to)\b", problem, re.I) is not None
    return Context(NumberList(numbers), descending)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(n) for n in re.findall(r"-?\d+", text))


def _property(m: re.Match[str]) -> Property:
    said = m.groupdict()
    if said.get("before"):
        return Property(said["before"].lower())
    denied = bool(said.get("not"))
    if said.get("plain"):
        return Property(said["plain"].lower(), denied=denied)
    if said.get("k"):
        return Property("multiple", int(said["k"]), denied)
    if said.get("side"):
        over = said["side"].lower().split()[0] in ("greater", "larger", "more", "over", "above")
        return Property("over" if over else "under", int(said["bound"]), denied)
    return Property("any")


def read(step: Step, context: Context) -> list[Claim]:
    """Every statement of a step about the list, in order."""
    out: list[Claim] = []
    for span in sentences(step.text):
        text = step.text[span.start : span.end].strip(" .!*")
        if not text or len(text) > _LONGEST or text.endswith("?"):
            continue
        lead = _LEAD.match(text)
        body = _said(text[lead.end() :] if lead else text, context)
        if body is not None:
            out.append(_claim(step, body, span))
        elif re.search(r"\d", text):
            out.append(_claim(step, Unread(), span))
    return out


def _said(text: str, context: Context) -> Body | None:
    text = re.sub(r"^[-•]\s+", "", text)
    for pattern in _CHOSEN:
        if m := pattern.fullmatch(text):
            return Chosen(_property(m), _numbers(m["numbers"]))
    for pattern in _HOW_MANY:
        if m := pattern.fullmatch(text):
            return HowMany(_property(m), cardinal(m["count"]))
    if m := _MEMBER.fullmatch(text) or _CONTAINS.fullmatch(text):
        return Member(int(m["n"]), not m["not"])
    if m := _EXTREME.fullmatch(text):
        largest = m["which"].lower() in ("largest", "greatest", "biggest", "maximum")
        return Extreme(largest, int(m["n"]))
    if m := _ORDERED.fullmatch(text):
        way = (m["way"] or "").lower()
        descending = way in ("descending", "decreasing") or (not way and context.descending)
        return Ordered(_numbers(m["numbers"]), descending)
    return None


def _claim(step: Step, body: Body, span: Span) -> Claim:
    text = step.text[span.start : span.end].strip()
    place = span.shift(step.span.start)
    return Claim(Kind.COLLECTION, text, place, step.index, text, Role.DERIVED, body)
