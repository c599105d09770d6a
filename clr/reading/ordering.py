"""Orderings in English: who is older, what stands third from the left, what comes after what.

The items and the scale are taken from the problem. A sentence is read whole (see
clr.reading.ordering_grammar), or reported as `Unread`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from clr.bodies.ordering import And, Arrangement, At, Choice, Constraint, Formula, Premise, Unread
from clr.claim import Body, Claim, Kind, Role
from clr.reading.cues import either
from clr.reading.lexicon import CARDINALS, SCALES, cardinal, sentences
from clr.reading.ordering_grammar import Discourse, Said, read_sentence
from clr.reading.ordering_words import SUPPOSES, Vocabulary, forms, vocabulary_of
from clr.reading.tables import Line, Row, lines
from clr.trace import Span, Step

MAX_ITEMS = 8
"""More items have too many arrangements to go through."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader needs of the problem."""

    given: Arrangement
    vocabulary: Vocabulary


_ANSWER = re.compile(
    r"\b(?:the )?(?:correct |final )?(?:answer|option|choice)(?: is|:)?\s*(?:option )?:?\s*\**"
    r"\(?(?P<label>[A-Z])\)?(?![\w'])(?=[\s.*),:]|$)",
)
_OPTION = re.compile(r"^\s*\(?(?P<label>[A-Z])[.)]\s*(?P<text>\S.*)$", re.M)
_QUESTION = re.compile(
    r"(?im)^\s*(?:Q(?:uestion)?\s*:|options?\s*:|choices\s*:)|\bwhich of the following\b"
)


_COUNT = "|".join(
    (
        either(*(rf"\b{word}" for word in CARDINALS)).pattern,
        *(rf"{digit}(?<!\w{digit})\d{{0,2}}" for digit in range(10)),
    )
)
_COUNTED = re.compile(
    rf"(?P<count>{_COUNT}) (?P<kind>[a-z]+(?: [a-z]+)?)\s*[:—–(,-]\s*(?P<list>[^.:;()\n]+)"
)
# not "+", which would look through a long list from each of its names
_NAMES = re.compile(
    r"[A-Z](?<!\w[A-Z])\w*, (?:[A-Z]\w*, ){0,98}(?:(?:and )?[A-Z]\w*,? )?and [A-Z]\w*\b"
)


def _items_of(problem: str) -> tuple[tuple[str, ...], str, int] | None:
    """The items that the problem lists, the noun for them, and where the list ends."""
    for m in _COUNTED.finditer(problem.lower()):
        names = _split_list(problem[m.start("list") : m.end()])
        if names and len(names) == cardinal(m["count"]):
            return names, m["kind"].split()[-1], m.end()
    for m in _NAMES.finditer(problem):
        names = _split_list(m.group())
        if names and len(names) >= 3:
            return names, "person", m.end()
    return None


def _split_list(text: str) -> tuple[str, ...] | None:
    parts = [
        re.sub(r"^(?:and\s+)?(?:(?:an?|the)\s+)?", "", part.strip(), flags=re.I)
        for part in re.split(r",\s*(?:and\s+)?|\s+and\s+", text.strip())
    ]
    parts = [p for p in parts if p]
    if len(parts) < 3 or len(set(parts)) < len(parts) or any(len(p.split()) > 4 for p in parts):
        return None
    return tuple(parts)


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """The arrangement that `problem` describes, or None if it describes none."""
    found = _items_of(problem)
    if found is None or not 3 <= len(found[0]) <= MAX_ITEMS:
        return None
    items, kind, end = found
    known_as = tuple(forms(items, kind))
    told = (problem[s.start : s.end] for s in sentences(problem) if s.start >= end)
    if not any(_may_place(sentence, known_as) for sentence in told):
        return None
    best: Context | None = None
    for scale in SCALES:
        words = "|".join((*scale.ends, *scale.relations))
        if re.search(rf"\b(?:{words})\b", problem[end:], re.I):
            context = _in_scale(problem, end, vocabulary_of(items, kind, scale))
            known = len(best.given.premises) if best else 1
            if len(context.given.premises) > known:
                best = context
    return best


_AMOUNT = re.compile(
    r"[$€£%+=]|\d[\d.,]*\d{2}|\d[.,]\d"
    r"|\d (?!(?:is|are|was|were|and|or|to|from|must|can|cannot|has|goes|comes)\b)[a-z]"
)


def _may_place(sentence: str, known_as: tuple[str, ...]) -> bool:
    """Whether a sentence may say where one of the items `known_as` stands, as none does that tells
    an amount. Building a vocabulary takes far longer than this look."""
    if sentence.endswith("?") or _AMOUNT.search(sentence):
        return False
    lower = sentence.lower()
    return any(form in lower for form in known_as)


def _in_scale(problem: str, end: int, vocabulary: Vocabulary) -> Context:
    """What the problem says after its list of items, as far as it can be read on one scale."""
    question = _QUESTION.search(problem, end)
    stop = question.start() if question else len(problem)
    premises: list[Premise] = []
    complete = True
    for span in sentences(problem[:stop]):
        text = problem[span.start : span.end]
        if span.start < end or text.endswith("?"):
            continue
        said = read_sentence(problem, _unbulleted(problem, span), vocabulary, Discourse())
        formulas = [_only_reading(s.body) for s in said or ()]
        complete = complete and said is not None and None not in formulas
        if said is not None and None not in formulas:
            premises += [Premise(text, f) for f in formulas if f is not None]
    options = []
    for m in _OPTION.finditer(problem, stop):
        said = read_sentence(problem, Span(*m.span("text")), vocabulary, Discourse())
        formula = _only_reading(said[0].body) if said and len(said) == 1 else None
        if formula is not None:
            options.append((m["label"], formula))
    given = Arrangement(vocabulary.items, tuple(premises), tuple(options), complete)
    return Context(given, vocabulary)


def _only_reading(body: Body) -> Formula | None:
    return body.readings[0] if isinstance(body, Constraint) and len(body.readings) == 1 else None


_BULLET = re.compile(
    r"\s*(?:[-*•‣]\s+|\(?\d{1,2}[.)]\s+|(?:step|clue|statement)\s*\d+\s*[:.]\s*"
    r"|(?:first|second|third|fourth|fifth|last)(?:ly)?,\s+)+",
    re.I,
)


def _unbulleted(text: str, span: Span) -> Span:
    m = _BULLET.match(text, span.start, span.end)
    return Span(m.end(), span.end) if m and m.end() < span.end else span


def read(step: Step, context: Context) -> list[Claim]:
    """Every statement of a step about the arrangement, in the order of its argument."""
    vocabulary = context.vocabulary
    discourse = Discourse()
    out: list[Claim] = []
    supposing = False
    for line in lines(step.text, lambda rows: _worded(rows, vocabulary)):
        text = line.text
        answer = _ANSWER.search(text)
        stop = answer.start() if answer else len(text)
        if re.search(r"\w", text[:stop]):
            supposing = supposing or bool(SUPPOSES.search(text, 0, stop))
            said = None if supposing else _read_either(text, Span(0, stop), vocabulary, discourse)
            if said is None and _mentions(text[:stop], vocabulary):
                said = [Said(Unread(supposing), 0, stop)]
            out += (_claim(step, s.body, line.place(s.start, s.end)) for s in said or ())
        if answer and not supposing:
            out.append(_claim(step, Choice(answer["label"]), line.place(*answer.span())))
    return out


_PLACES = re.compile(r"\b(?:positions?|places?|ranks?|ranking|slots?|spots?|seats?|order)\b", re.I)


def _worded(rows: tuple[Row, ...], vocabulary: Vocabulary) -> Iterator[Line]:
    """A table of two columns, or of two rows: "position 1: owl, position 2: crow".

    Numbers that no heading calls places may be those of a list.
    """
    if len(rows) == 2 and len(rows[0].cells) > 2:
        pairs = list(zip(rows[0].cells, rows[1].cells, strict=True))
        head = "" if pairs[0][0].isdigit() else pairs.pop(0)[0]
        span = rows[1].span
    elif len(rows[0].cells) == 2:
        pairs = [(row.cells[0], row.cells[1]) for row in rows[1:]]
        head = " ".join(rows[0].cells)
        span = Span(rows[0].span.start, rows[-1].span.end)
    else:
        pairs, head, span = [], "", rows[0].span
    known = [p for p in pairs if all(re.search(r"[^\W_]", cell) for cell in p)]
    if pairs and all(any(_is_item(cell, vocabulary) for cell in pair) for pair in known):
        sure = _PLACES.search(head) is not None
        yield Line(", ".join(_placed(*pair, sure) for pair in known), span, drawn=True)
    else:
        for row in rows:
            yield Line(" | ".join(row.cells), row.span, drawn=True)


def _is_item(cell: str, vocabulary: Vocabulary) -> bool:
    return re.sub(r"^(?:an?|the)\s+", "", cell.lower()) in vocabulary.names


def _placed(first: str, second: str, sure: bool) -> str:
    """A thing and its place, whichever comes first."""
    number, other = (first, second) if first.isdigit() else (second, first)
    if not number.isdigit():
        return f"{first} = {second}"
    return f"{other} = position {number}" if sure else f"{number}. {other}"


_DIAGRAM = re.compile(
    rf"(?P<cells>(?:\[[^\[\]\n]{{0,40}}\][\s,|→-]{{0,9}}){{3,{MAX_ITEMS}}})[.\s]*"
)


def _drawn(text: str, vocabulary: Vocabulary) -> list[Said] | None:
    """A row of boxes, "[owl] [ ] [crow]", which may be drawn from either end or mean nothing."""
    m = _DIAGRAM.fullmatch(text)
    cells = re.findall(r"\[([^\[\]]*)\]", m["cells"]) if m else []
    if m is None or len(cells) != len(vocabulary.items):
        return None
    filled = []
    for place, cell in enumerate(cells, 1):
        name = vocabulary.names.get(re.sub(r"^(?:an?|the)\s+", "", cell.strip().lower()))
        if name is None and re.search(r"[^\W_]", cell):
            return None
        if name is not None:
            filled.append((name, place))
    there = And(tuple(At(name, place) for name, place in filled))
    back = And(tuple(At(name, len(cells) + 1 - place) for name, place in filled))
    return [Said(Constraint((there, back), firm=False), *m.span("cells"))]


def _read_either(
    text: str, span: Span, vocabulary: Vocabulary, discourse: Discourse
) -> list[Said] | None:
    """The sentence as it stands, or without the number or the bullet before it."""
    if "[" in text and (drawn := _drawn(text[span.start : span.end], vocabulary)) is not None:
        return drawn
    said = read_sentence(text, span, vocabulary, discourse)
    bare = _unbulleted(text, span)
    if said is None and bare != span:
        return read_sentence(text, bare, vocabulary, discourse)
    return said


def _mentions(sentence: str, vocabulary: Vocabulary) -> bool:
    lower = sentence.lower()
    return any(re.search(rf"\b{re.escape(form)}\b", lower) for form in vocabulary.names)


def _claim(step: Step, body: Body, span: Span) -> Claim:
    text = step.text[span.start : span.end].strip(" ,;.")
    kind = Kind.ANSWER if isinstance(body, Choice) else Kind.CONSTRAINT
    return Claim(kind, text, span.shift(step.span.start), step.index, text, Role.DERIVED, body)
