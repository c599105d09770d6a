"""Round tables: "Ann sits opposite Bob", "Cy is two seats to the left of Di".

"To the left of", without "immediately", is anywhere on the left half. Which way "left" goes does
not matter as long as nobody speaks of clocks as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from clr.bodies.circles import Away, Formula, Seated, Table, Unread
from clr.bodies.connectives import And, Not, Or, Premise
from clr.claim import Claim, Kind, Role
from clr.reading.cases import cases
from clr.reading.cues import Cues
from clr.reading.hypotheses import TRIES, may_try
from clr.reading.lexicon import CARDINAL, cardinal, sentences
from clr.reading.ordering_words import SUPPOSES
from clr.trace import Span, Step

MAX_PEOPLE = 8
_LONGEST = 3000
_LONGEST_SAID = 300
CUES = Cues(
    whole=True,
    phrases={
        "table": "round table|circular table",
        "circle": "in a circle|around a circle|round a circle",
    },
)
"""Phrases for a table, in lower case."""
_OTHER = re.compile(
    r"\boutwards?\b|\bfacing away\b|\bempty\b|\bswap|\bmoves?\b|\b(?:lies?|liar|truth)\b"
    r"|\bhow many (?:ways|arrangements)\b|\bprobability\b",
    re.I,
)
_NAME = r"(?<![\w'’])[A-Z][a-z]*(?![\w'’])"
_LIST = re.compile(rf"{_NAME}(?:, {_NAME}){{1,9}},? and {_NAME}")
_SIDES = re.compile(r"\b(?:left|right)\b", re.I)
_CLOCKS = re.compile(r"\b(?:counter-?|anti-?)?clockwise\b", re.I)
_IS = (
    r"(?:(?:must |has to |should )?(?:be |sits?|is|are|sitting|seated|stands?|sat)"
    r"(?: (?:sitting|seated|placed|also|thus|therefore|then))?)"
)
_SIDE = r"(?P<side>left|right|clockwise|counter-?clockwise|anti-?clockwise)"
_GAP = rf"(?P<gap>{CARDINAL}) (?:seats?|places?|chairs?|positions?) "
_OPPOSITE = r"(?P<opposite>(?:directly )?(?:opposite|across(?: the table)? from|facing))"
_BESIDE = r"(?P<beside>(?:directly |immediately |right )?(?:next to|beside|adjacent to))"
_TURNED = (
    rf"(?P<turned>(?:{_GAP}|(?P<near>immediately |directly |just )?)(?:(?:to|on) )?(?:the )?"
    rf"(?P<immediate>immediate )?{_SIDE}(?: of| from))"
)
_WHOSE = (
    r"(?P<turned>(?:to|on) (?P<of>[A-Z][a-z]*)['’]s (?P<immediate>immediate )?(?P<side>left|right))"
)
_SUBJECT = rf"(?P<a>{_NAME}) {_IS}(?P<no> not)? "
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"(?P<a>{_NAME}) and (?P<b>{_NAME}) {_IS}(?P<no> not)? (?:{_OPPOSITE}"
        rf"(?: each other| one another)|(?P<faces>opposite)|{_BESIDE} (?:each other|one another)"
        r"|(?P<adjacent>adjacent|neighbou?rs))",
        rf"{_SUBJECT}(?:directly |right )?between (?P<b>{_NAME}) and (?P<c>{_NAME})",
        rf"(?P<a>[A-Z][a-z]*)['’]s (?:two )?neighbou?rs are (?P<b>{_NAME}) and (?P<c>{_NAME})",
        rf"(?:[Oo]pposite|[Aa]cross from) (?P<b>{_NAME}) (?:sits|is) (?P<faces>)(?P<a>{_NAME})",
        rf"{_SUBJECT}(?:{_OPPOSITE}(?: to)?|{_BESIDE}|{_TURNED}) (?P<b>{_NAME})",
        rf"{_SUBJECT}{_WHOSE}",
    )
)
_LEAD = re.compile(
    r"\W*(?:(?:so|thus|therefore|hence|then|and|but|also|now|since|because|as|finally|clearly"
    r"|this means(?: that)?|which means(?: that)?|we (?:know|get|have|see)(?: that)?)\b[,:]?\s*)*",
    re.I,
)
_PARTS = re.compile(
    r"[,;] (?:and |so |then |therefore |which means (?:that )?|this means (?:that )?)?(?=[A-Zo])"
    r"| (?:so|and so|and therefore|and hence|because|since) (?=[A-Z])"
    rf"|,? and (?=[A-Z][a-z]* {_IS} )"
)


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader needs of the problem."""

    given: Table


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """The table of `problem`, or None if there is none, or it was not read."""
    if (
        len(problem) > _LONGEST
        or not CUES.pattern.search(problem.lower())
        or _OTHER.search(problem)
    ):
        return None
    listed = _LIST.search(problem)
    if listed is None or (_SIDES.search(problem) and _CLOCKS.search(problem)):
        return None
    people = tuple(re.findall(_NAME, listed[0]))
    count = re.search(
        rf"\b(?P<n>{CARDINAL}) (?:\w+ )?(?:seats|chairs|people|friends|men|women"
        r"|children|students|guests|persons|players|knights)\b",
        problem,
        re.I,
    )
    if not 3 <= len(people) <= MAX_PEOPLE or len(set(people)) < len(people):
        return None
    if count is not None and cardinal(count["n"]) != len(people):
        return None
    premises: list[Premise[Formula]] = []
    complete = True
    for span in sentences(problem):
        text = problem[span.start : span.end]
        if text.endswith("?"):
            continue
        if span.start <= listed.start() < span.end:
            complete = complete and not _PLACES.search(text)
            continue
        found = _read(text, people)
        if found is None:
            complete = complete and _SETTING.search(text) is not None
        else:
            complete = complete and not any(isinstance(f, Or) for f in found)
        premises += [Premise(text, f) for f in found or ()]
    return Context(Table(people, tuple(premises), complete)) if premises else None


_SETTING = re.compile(r"^[^A-Z]*[A-Z][^A-Z]*\b(?:facing|equally|evenly)\b[^A-Z]*$")
"""What says of nobody by name how all of them sit."""
_PLACES = re.compile(r"\b(?:opposite|across|next|beside|adjacent|left|right|between)\b", re.I)


def read(step: Step, context: Context) -> list[Claim]:
    """Who a step says to sit where."""
    out: list[Claim] = []
    people = context.given.people
    spans = sentences(step.text)
    opened = cases(step.text, spans)
    for span in spans:
        text = step.text[span.start : span.end]
        if span.start not in opened and not any(name in text for name in people):
            if SUPPOSES.search(text):
                out.append(_claim(step, Unread(supposes=True), span))
            continue
        supposes = (
            span.start in opened
            or text.endswith("?")
            or SUPPOSES.search(text) is not None
            or TRIES.match(text) is not None
        )
        found = None if supposes or len(text) > _LONGEST_SAID else _read(text, people)
        if found is None:
            out.append(_claim(step, Unread(supposes or may_try(text)), span))
        out += (_claim(step, Seated(f), span) for f in found or ())
    return out


def _claim(step: Step, body: Seated | Unread, span: Span) -> Claim:
    text = step.text[span.start : span.end]
    place = span.shift(step.span.start)
    return Claim(Kind.CONSTRAINT, text, place, step.index, text, Role.DERIVED, body)


def _read(text: str, people: tuple[str, ...]) -> list[Formula] | None:
    """What a sentence says, or None if it was not read whole."""
    text = _bare(text.strip(" .!"))
    if (whole := _said(text, people)) is not None:
        return [whole]
    out = [_said(_bare(part), people) for part in _PARTS.split(text)]
    return [f for f in out if f is not None] if None not in out else None


def _bare(text: str) -> str:
    lead = _LEAD.match(text)
    return text[lead.end() if lead else 0 :].strip(" ,")


def _said(text: str, people: tuple[str, ...]) -> Formula | None:
    for shape in _SHAPES:
        if (m := shape.fullmatch(text)) is None:
            continue
        said = m.groupdict()
        others = [said[key] for key in ("b", "of", "c") if said.get(key)]
        named = [said["a"], *others]
        if len(set(named)) < len(named) or not set(named) <= set(people):
            return None
        formula = _formula(said, others, len(people))
        return Not(formula) if formula is not None and said.get("no") else formula
    return None


def _formula(said: Mapping[str, str | None], others: list[str], size: int) -> Formula | None:
    first, other = said["a"] or "", others[0]
    if len(others) > 1:
        return And(tuple(Away(first, name, 1, False) for name in others))
    if said.get("opposite") or said.get("faces") is not None:
        return Away(first, other, size // 2) if size % 2 == 0 else None
    side = (said.get("side") or "").lower()
    if not side:
        return Away(first, other, 1, False)
    pair = (first, other) if side in ("left", "clockwise") else (other, first)
    if (gap := said.get("gap")) is not None:
        return Away(*pair, cardinal(gap)) if 0 < cardinal(gap) < size else None
    if said.get("near") or said.get("immediate"):
        return Away(*pair, 1)
    return Or(tuple(Away(*pair, seats) for seats in range(1, (size + 1) // 2)))
