"""Who has what in words: "Ken has the dog", "the one with the fish drinks milk", tables.

Everybody has one thing of each sort, and no two the same; people and things are taken from the
problem. A sentence is cut into clauses, and read only if each of them is one of a few.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import factorial, prod

from clr.bodies.assignments import Assignment, Formula, Has, Says, Together, Unread
from clr.bodies.connectives import And, Not, Or, Premise
from clr.claim import Body, Claim, Kind, Role
from clr.reading.lexicon import sentences
from clr.reading.ordering_words import SUPPOSES
from clr.reading.tables import Line, Row, lines
from clr.trace import Span, Step

MAX_CASES = 20_000
"""Ways to give everything to everybody; with more, the problem is left alone."""
_LONGEST = 4_000
_LONGEST_SENTENCE = 400
_NAME = r"[A-Z][a-z]+"
_NAMES = rf"{_NAME}(?:, {_NAME}){{1,5}},? and {_NAME}"
_LISTED = re.compile(rf"[A-Z](?<!\w[A-Z])[a-z]+, {_NAME}")
"""How every list of names begins."""
_THING = r"(?:(?:an?|the) )?[a-z][a-z-]+"
_THINGS = rf"{_THING}(?:, {_THING}){{1,5}},? and {_THING}"
_EACH = re.compile(
    rf"\b(?P<people>{_NAMES}),? (?:each|all) [a-z ]{{0,30}}?(?:different|own|unique|one)\b"
    r"(?P<sorts>[^.\n]*\([^.\n]*\))"
)
_SORT = re.compile(r"\((?P<values>[a-z][a-z, -]*)\)")
_ONE_EACH = re.compile(
    rf"\b(?P<people>{_NAMES}),? (?P<verb>own|have|are|play|drive|like|eat|drink|wear|study|speak)"
    rf" (?P<values>{_THINGS})"
    r"(?P<each>,? one each|,? \(?(?:though |but )?not necessarily in (?:this|that) order\)?"
    r"|,? in some order)?\."
)
_RESPECTIVELY = re.compile(r"\brespectively\b|\bin that order\b(?<!not necessarily in that order)")
_UNSTEADY = re.compile(
    r"\b(?:swap\w*|switch\w*|trad(?:es?|ed|ing)|exchang\w+|gives?|gave|liars?|lies|lying)\b"
    r"|\b(?:statements?|clues?|of (?:them|these|the following)|following)\b[^.?!]{0,80}"
    r"\b(?:false|wrong|incorrect|a lie|is true|are true)\b",
    re.I,
)
"""What tells that things change hands, or that not all that is said is true."""
_HAS = (
    r"(?:is|are|has|have|owns?|gets?|drinks?|eats?|drives?|plays?|wears?|speaks?|reads?|studies|study"
    r"|keeps?|works? as|must be|must have|must own|has to be|has to have)"
    r"(?: (?:also|therefore|thus|then|now))?"
)
_HAS_NOT = (
    r"(?:is not|isn't|are not|aren't|does not (?:have|own|get|drink|eat|drive|play|wear|speak|read"
    r"|study|keep)|doesn't (?:have|own|get|drink|eat|drive|play|wear|speak|read|study|keep)"
    r"|cannot (?:be|have|own|drink|eat|play)|can't (?:be|have|own|drink|eat|play)|must not be)"
)
_LEAD = re.compile(
    r"(?:(?:so|therefore|thus|hence|then|also|now|finally|next|but|and|since|because|this means(?:"
    r" that)?|we know(?: that)?|we get|it follows that|(?:from|by) (?:the )?(?:\w+ )?(?:clue|fact"
    r"|statement|premise)(?: \d+)?|step \d+|clue \d+|\(?\d{1,2}[.)]),?:? )+",
    re.I,
)
_ONE = (
    r"(?:is|isn't|has|does|doesn't|owns|gets|drinks|eats|drives|plays|wears|speaks|reads|studies"
    r"|keeps|works|must|cannot|can't)\b"
)
"""How what is said of one person goes on."""
_BEGINS = rf"(?:[A-Z][a-z]+ {_ONE}|the (?:one|person|friend|owner) |(?:that|this) leaves )"
_JOINS = re.compile(
    r"\s*(?:→|⇒|=>|->)\s*|;\s+"
    r"|,? (?:so|therefore|thus|hence|but|because|since|which means(?: that)?)\b,? "
    rf"|,? and (?={_BEGINS})|, (?={_BEGINS})| and (?={_HAS_NOT} )"
)
_TAKEN = re.compile(
    r",? and (?:the )?[a-z-]+(?:(?:, | and )(?:the )?[a-z-]+){0,4} (?:is|are)(?: already)? taken"
)
"""A remark that says nothing new."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader needs of the problem; `clauses` are the forms of a clause about it."""

    given: Assignment
    clauses: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """Who has what by `problem`, or None unless everybody has one thing of each sort."""
    if not any(cue in problem for cue in (" each", " are a", " are the", " order")):
        return None
    if len(problem) > _LONGEST or not _LISTED.search(problem) or _RESPECTIVELY.search(problem):
        return None
    each = _EACH.search(problem)
    plain = None if each else _ONE_EACH.search(problem)
    m = each or plain
    if _UNSTEADY.search(problem):
        return None
    if m is None or (plain and plain["verb"] != "are" and not plain["each"]):
        return None
    people = _split(m["people"])
    found = [s["values"] for s in _SORT.finditer(m["sorts"])] if each else [m["values"]]
    sorts = tuple(_split(values) for values in found)
    values = [v for sort in sorts for v in sort]
    if (
        not sorts
        or any(len(sort) != len(people) for sort in sorts)
        or len(set(values)) < len(values)
        or prod(factorial(len(people)) for _ in sorts) > MAX_CASES
    ):
        return None
    clauses = _clauses(people, values)
    premises = []
    for span in sentences(problem):
        text = problem[span.start : span.end]
        if span.start >= m.end() and text[-1] != "?":
            formulas = _read(text, clauses)
            premises += [Premise(text, f) for f in formulas or ()]
    if not premises:
        return None
    return Context(Assignment(people, sorts, tuple(premises)), clauses)


def _split(text: str) -> tuple[str, ...]:
    parts = re.split(r",\s*(?:and\s+)?|\s+and\s+", text.strip())
    return tuple(re.sub(r"^(?:an?|the)\s+", "", p.strip()) for p in parts if p.strip())


def _clauses(people: tuple[str, ...], values: list[str]) -> tuple[re.Pattern[str], ...]:
    who = "|".join(map(re.escape, people))
    value = rf"(?:(?:an?|the) )?(?:{'|'.join(re.escape(v) for v in sorted(values, key=len)[::-1])})"
    some = rf"{value}(?:, {value}){{0,5}}(?:,? (?:and|or) {value})?"
    several = rf"(?:{who})(?:, (?:{who})){{0,5}},? and (?:{who})"
    holder = rf"the (?:one|person|friend|owner) (?:with|of|who (?:{_HAS})) (?P<held>{value})"
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"(?P<who>{who}) (?P<no>{_HAS_NOT}) (?:either )?(?P<values>{some})",
            rf"(?P<who>{who}) (?:is|has|owns|drinks|plays|eats) (?P<no>neither) (?P<values>{value}"
            rf" nor {value})",
            rf"(?P<who>{who})\s*(?:{_HAS}|:|=|–)\s*(?:either )?(?P<values>{some})",
            rf"(?P<several>{several}) (?:{_HAS}) (?P<values>{some})(?: in some order)?",
            rf"(?:that |this |which )?leaves (?P<who>{who}) (?:as|with|for) (?P<values>{value})",
            rf"(?:that |this |which )?leaves (?P<values>{value}) (?:for|to) (?P<who>{who})",
            rf"{holder} (?P<no>{_HAS_NOT}) (?P<values>{value})",
            rf"{holder} (?:{_HAS}) (?P<values>{value})",
            rf"{holder} is (?P<who>{who})",
        )
    )


def _values(text: str) -> tuple[str, ...]:
    parts = re.split(r",\s*(?:(?:and|or)\s+)?|\s+(?:and|or|nor)\s+", text)
    return tuple(re.sub(r"^(?:an?|the)\s+", "", p.strip()) for p in parts if p.strip())


def _read(text: str, clauses: tuple[re.Pattern[str], ...]) -> tuple[Formula, ...] | None:
    """The statements of a sentence, or None if one of its clauses is not read."""
    bare = text.strip(" .!*")
    if len(bare) > _LONGEST_SENTENCE:
        return None
    out = []
    subject = ""
    for part in _JOINS.split(_TAKEN.sub("", bare)):
        clause = f"{part.strip(' ,.')} "
        lead = _LEAD.match(clause)
        clause = clause[lead.end() if lead else 0 :].strip(" ,")
        if not clause:
            continue
        if re.match(rf"{_HAS_NOT} ", clause):
            clause = f"{subject} {clause}"
        clause = re.sub(r"^(?:That|This|Which|The)\b", lambda m: m[0].lower(), clause)
        found = next((m for c in clauses if (m := c.fullmatch(clause))), None)
        formula = _formula(found) if found else None
        if found is None or formula is None:
            return None
        subject = found.groupdict().get("who") or ""
        out.append(formula)
    return tuple(out)


def _formula(m: re.Match[str]) -> Formula | None:
    said = m.groupdict()
    negative = bool(said.get("no"))
    if said.get("held"):
        held = _values(m["held"])[0]
        if said.get("who"):
            return Has(m["who"], held)
        both = Together(held, _values(m["values"])[0])
        return Not(both) if negative else both
    values = _values(m["values"])
    joint = "or" if re.search(r"\bn?or\b", m["values"]) else "and"
    if said.get("several"):
        people = _split(m["several"])
        if len(people) != len(values) or negative or joint == "or":
            return None
        return And(tuple(Or(tuple(Has(p, v) for v in values)) for p in people))
    each = tuple(Has(m["who"], v) for v in values)
    if negative:
        if joint == "and" and len(each) > 1:
            return None
        return And(tuple(Not(h) for h in each))
    if len(each) == 1:
        return each[0]
    return Or(each) if joint == "or" else And(each)


def read(step: Step, context: Context) -> list[Claim]:
    """Every statement of a step about who has what, in order."""
    out: list[Claim] = []
    named = (*context.given.people, *(v for sort in context.given.sorts for v in sort))
    mentions = re.compile(rf"\b(?:{'|'.join(map(re.escape, named))})\b")
    for line in lines(step.text, lambda rows: _worded(rows, context)):
        if not mentions.search(line.text):
            continue
        supposes = bool(SUPPOSES.search(line.text)) or line.text.rstrip().endswith("?")
        found = None if supposes else _read(line.text, context.clauses)
        span = line.place(0, len(line.text))
        if found is None:
            out.append(_claim(step, Unread(supposes), span))
        out += (_claim(step, Says(f), span) for f in found or ())
    return out


def _worded(rows: tuple[Row, ...], context: Context) -> Iterator[Line]:
    """A table with a row for each person."""
    people = context.given.people
    for row in rows[1:]:
        who, *cells = row.cells
        told = [c for c in cells if re.search(r"\w", c)]
        if who in people:
            for cell in told:
                yield Line(f"{who} has {cell}", row.span, drawn=True)
        else:
            yield Line(" | ".join(row.cells), row.span, drawn=True)


def _claim(step: Step, body: Body, span: Span) -> Claim:
    text = step.text[span.start : span.end].strip()
    place = span.shift(step.span.start)
    return Claim(Kind.CONSTRAINT, text, place, step.index, text, Role.DERIVED, body)
