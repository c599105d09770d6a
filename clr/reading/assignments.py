"""Who has what in words: "Ken has the dog", "the one with the fish drinks milk", tables.

Everybody has one thing of each sort, and no two the same; people and things are taken from the
problem. A sentence is cut into clauses, and read only if each of them is one of a few.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from math import factorial
from typing import Any

from lark import Lark, Tree, UnexpectedInput

from clr.bodies.assignments import (
    Apart,
    Assignment,
    Formula,
    Possible,
    Says,
    Together,
    Unread,
)
from clr.bodies.connectives import And, Not, Or, Premise
from clr.claim import Body, Claim, Kind, Role
from clr.reading.assignment_words import Vocabulary, sorts_of, vocabulary_of, words_of
from clr.reading.cases import cases, overall
from clr.reading.citations import Numbered, cited, numbered, without_asides
from clr.reading.cues import mentions
from clr.reading.hypotheses import CONCLUDES, TRIES, may_try, supposition
from clr.reading.lexicon import sentences
from clr.reading.ordering_words import SUPPOSES, Items, Word
from clr.reading.replies import reply_in
from clr.reading.tables import Line, Row, lines
from clr.reading.words import Ready
from clr.trace import Span, Step

MAX_CASES = 20_000
"""Ways to give everything to everybody; with more, the problem is left alone."""
_LONGEST = 4_000
_LONGEST_SENTENCE = 400
_CUES = (" each", "Each ", " are a", " are the", " order", " different")
_LISTS = re.compile(
    r"[,(](?: (?:(?:an?|the) )?[A-Za-z][\w-]*,? (?:and|or) (?:(?:an?|the) )?[A-Za-z]|[a-z-]+, )"
)
"""How every list of things ends, or begins in brackets."""
_GRAMMAR = r"""
start: clause
?clause: THING NOT THING             -> denied
    | THING VERB? NEITHER THING      -> neither
    | NEITHER THING VERB THING       -> neither
    | THING VERB THING SOME?         -> has
    | THING (COLON | ARROW) THING    -> has
    | THING CAN THING                -> possible
    | THING VERB? REL THING          -> placed
    | THING NOT REL THING            -> apart
    | LEAVES THING FOR? THING        -> has
%declare THING NOT VERB NEITHER SOME CAN REL LEAVES FOR COLON ARROW
"""
_RESPECTIVELY = re.compile(r"\brespectively\b|\bin that order\b(?<!not necessarily in that order)")
_UNSTEADY = re.compile(
    r"\b(?:circ\w+|round table|clockwise|right to left|swap\w*|switch\w*|trad(?:es?|ed|ing)"
    r"|exchang\w+|gives?|gave|liars?|lies|lying)\b"
    r"|\b(?:statements?|clues?|of (?:them|these|the following)|following)\b[^.?!]{0,80}"
    r"\b(?:false|wrong|incorrect|a lie|is true|are true)\b",
    re.I,
)
"""What tells that things change hands, stand in a circle, or that not all that is said is true."""
_TRIES = re.compile(r"\blet (?!us\b|me\b)|\b(?:contradict|impossib|conflict|violat)", re.I)
"""What tells of a trial, beside words that suppose."""
_ASKS = re.compile(r"\?\s*\Z")
_QUESTION = re.compile(
    r"(?:so |then )?(?:(?:which|what) (?:[a-z]+ ){0,2}?(?:does|did|is) (?:the |an? )?"
    r"(?P<who>[\w-]+(?: [\w-]+)??)"
    r"(?: (?:have|own|keep|drink|play|like|eat|drive|wear|get|live in))?"
    r"|who (?:has|is|owns|keeps|drinks|plays|likes|eats|drives|wears|got|lives in) (?:the |an? )?"
    r"(?P<what>[\w-]+(?: [\w-]+)?))\?",
    re.I,
)


@lru_cache(maxsize=1)
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", lexer=Ready)


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader needs of the problem."""

    given: Assignment
    vocabulary: Vocabulary
    numbered: Numbered[Formula]
    asked: str | None = None
    """What the only question asks about: Ida in "Which pet does Ida have?"."""


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """Who has what by `problem`, or None unless everybody has one thing of each sort."""
    if len(problem) > _LONGEST or not mentions(problem, _CUES):
        return None
    if not _LISTS.search(problem) or _RESPECTIVELY.search(problem) or _UNSTEADY.search(problem):
        return None
    found = sorts_of(problem)
    if found is None or factorial(len(found.sorts[0])) ** (len(found.sorts) - 1) > MAX_CASES:
        return None
    vocabulary = vocabulary_of(found)
    premises: list[Premise[Formula]] = []
    told: list[tuple[str, Formula]] = []
    complete = True
    for span in sentences(problem):
        text = problem[span.start : span.end]
        if span in found.told_in or text[-1] == "?":
            continue
        said = None if SUPPOSES.search(text) else _read(text, vocabulary)
        formulas = [s.formula for s in said or () if isinstance(s, Says)]
        if said is None or len(formulas) < len(said):
            complete = complete and not _named(text, vocabulary)
            continue
        premises += [Premise(text, f) for f in formulas]
        told.append((text, And(tuple(formulas))))
    if not premises:
        return None
    given = Assignment(found.sorts[0], found.sorts[1:], tuple(premises), found.order, complete)
    return Context(
        given, vocabulary, numbered(told, complete=complete), _asked(problem, vocabulary)
    )


def _asked(problem: str, vocabulary: Vocabulary) -> str | None:
    """Whose thing, or whose holder, is the only question; None for any other question."""
    text = problem.strip()
    if text.count("?") != 1 or not text.endswith("?"):
        return None
    m = _QUESTION.fullmatch(re.split(r"[.!:\n]\s*", text)[-1])
    return vocabulary.forms.get((m["who"] or m["what"]).lower()) if m else None


def _answered(text: str, context: Context) -> Says | None:
    """What a sentence says that only gives the answer to the problem's question."""
    reply = reply_in(text) if context.asked is not None else None
    if reply is None or context.asked is None:
        return None
    thing = context.vocabulary.forms.get(re.sub(r"^(?:the|an?) ", "", reply.lower()))
    if thing is None:
        return None
    try:
        return Says(_pair(context.asked, thing, context.vocabulary))
    except _Unclear:
        return None


def _named(text: str, vocabulary: Vocabulary) -> bool:
    lower = text.lower()
    return any(re.search(rf"\b{re.escape(form)}", lower) for form in vocabulary.forms)


# Sentences


class _Unclear(Exception):
    """A clause has the form of a statement but no clear meaning."""


_ENDS_CLAUSE = ("COMMA", "AND", "BUT", "SO", "SINCE", "ARROW")
_PREDICATES = ("VERB", "NOT", "CAN", "REL", "COLON", "NEITHER", "TAKEN")


def _read(text: str, vocabulary: Vocabulary) -> list[Says | Possible] | None:
    """The statements of a sentence, reasons first, or None if one of its clauses is not read."""
    bare = text.strip(" .!*")
    words = words_of(bare, vocabulary) if len(bare) <= _LONGEST_SENTENCE else None
    if words is None:
        return None
    out: list[Says | Possible] = []
    subject: tuple[str, ...] = ()
    clauses = _clauses(_folded(words, vocabulary))
    for joint, clause in _argued(clauses):
        goes_on = clause[0].kind == "VERB" and subject  # "Ann has the cat and owns the red house"
        if all(w.kind in ("THING", "VERB", "SOME", "COLON", "TAKEN") for w in clause) and (
            len([w for w in clause if w.kind == "THING"]) < 2 and not goes_on
        ):
            continue  # a remark: "the only pet left is the dog"
        try:
            body, subject = _clause(clause, subject, vocabulary)
        except _Unclear:
            return None
        if isinstance(body, Says):
            cites = tuple(s.formula for s in out if isinstance(s, Says))
            body = Says(body.formula, cites if joint == "so" else (), joint == "since")
        out.append(body)
    return out


def _folded(words: list[Word], vocabulary: Vocabulary) -> list[Word]:
    """Lists of things made one word: "the cat, the dog or the fish"."""
    out: list[Word] = []
    i = 0
    opens = True
    while i < len(words):
        word = words[i]
        if word.kind in _ENDS_CLAUSE:
            opens = True
        elif word.kind in _PREDICATES:
            opens = False
        if word.kind not in ("THING", "HE"):
            out.append(word)
            i += 1
            continue
        names = [word.value] if word.kind == "THING" else []
        joints: set[str] = set()
        end = word.end
        while names:
            j = i + 1
            while j < len(words) and words[j].kind in ("COMMA", "AND", "OR"):
                j += 1
            between = {w.kind for w in words[i + 1 : j]}
            if not between or j >= len(words) or words[j].kind != "THING":
                break
            if "OR" not in between and not opens and _begins(words[j:]):
                break  # "Ann has the cat, Bo has the dog"
            if _sort(words[j].value, vocabulary) != _sort(names[0], vocabulary) and opens:
                break
            names.append(words[j].value)
            joints |= between
            end = words[j].end
            i = j
        joint = "or" if "OR" in joints else "and" if joints else "one"
        out.append(Word("THING", Items(tuple(names), joint), word.start, end))
        i += 1
    return out


def _begins(words: Sequence[Word]) -> bool:
    """Whether a list of things is the subject of a clause."""
    after = next((w for w in words if w.kind not in ("THING", "COMMA", "AND", "OR")), None)
    return after is not None and after.kind in _PREDICATES


def _sort(thing: str, vocabulary: Vocabulary) -> int:
    return next(i for i, sort in enumerate(vocabulary.sorts) if thing in sort)


def _clauses(words: list[Word]) -> list[tuple[str, list[Word]]]:
    """The clauses of a sentence, each with what stands before it. An arrow between two things joins
    them, and another one leads from a statement to the next."""
    out: list[tuple[str, list[Word]]] = [("", [])]
    for i, word in enumerate(words):
        drawn = (
            word.kind == "ARROW"
            and [w.kind for w in out[-1][1]] == ["THING"]
            and [w.kind for w in words[i + 1 : i + 2]] == ["THING"]
            and not _begins(words[i + 1 : i + 3])
        )
        if word.kind in _ENDS_CLAUSE and not drawn:
            joint = "so" if word.kind == "ARROW" else word.kind.lower()
            if out[-1][1]:
                out.append((joint, []))
            elif joint != "comma":
                out[-1] = (joint, [])
        elif out[-1][1] or word.kind not in ("COLON", "FOR"):
            out[-1][1].append(word)
    return [(joint, clause) for joint, clause in out if clause]


def _argued(clauses: list[tuple[str, list[Word]]]) -> list[tuple[str, list[Word]]]:
    """The clauses in the order of the argument, each marked as a reason ("since"), as what follows
    from those before it ("so"), or as neither."""
    joints = [joint for joint, _ in clauses]
    if "since" in joints[1:]:
        at = joints.index("since", 1)
        first, then = clauses[at:], clauses[:at]
    elif joints[:1] == ["since"] and "comma" in joints:
        at = joints.index("comma")
        first, then = clauses[:at], clauses[at:]
    else:
        last = max((i for i, joint in enumerate(joints) if joint == "so" and i), default=0)
        return [("so" if last and i >= last else "", c) for i, (_, c) in enumerate(clauses)]
    return [*(("since", c) for _, c in first), *(("so", c) for _, c in then)]


def _clause(
    words: list[Word], subject: tuple[str, ...], vocabulary: Vocabulary
) -> tuple[Says | Possible, tuple[str, ...]]:
    """What a clause says, and of what; a clause without a subject is said of the one before it."""
    filled = [
        w._replace(value=Items(subject)) if w.kind == "THING" and not w.value.names else w
        for w in words
    ]
    if filled[0].kind in ("NOT", "VERB", "CAN"):
        filled.insert(0, Word("THING", Items(subject), 0, 0))
    if any(w.kind == "THING" and not w.value.names for w in filled):
        raise _Unclear
    try:
        tree: Tree[Any] = _parser().parse(filled)
    except UnexpectedInput:
        raise _Unclear from None
    unit = tree.children[0]
    assert isinstance(unit, Tree)
    said: list[Word] = [token.value for token in unit.children]  # type: ignore[union-attr]
    first, second = (w.value for w in said if w.kind == "THING")
    about = first.names if len(first.names) == 1 else ()
    match unit.data:
        case "has":
            return Says(_have(first, second, vocabulary)), about
        case "possible":
            pairs = [_pair(a, b, vocabulary) for a, b in product(first.names, second.names)]
            return Possible(tuple(pairs)), about
        case "denied" | "neither":
            both = len(first.names) > 1 or len(second.names) > 1
            if unit.data == "denied" and both and "and" in (first.joint, second.joint):
                raise _Unclear
            pairs = [_pair(a, b, vocabulary) for a, b in product(first.names, second.names)]
            return Says(And(tuple(Not(p) for p in pairs))), about
    sign, gap = next(w.value for w in said if w.kind == "REL")
    if len(first.names) > 1 or len(second.names) > 1 or first.names == second.names:
        raise _Unclear
    a, b = (second.names[0], first.names[0]) if sign > 0 else (first.names[0], second.names[0])
    placed: Formula = Apart(a, b, gap, ordered=sign != 0)
    return Says(Not(placed) if unit.data == "apart" else placed), about


def _pair(a: str, b: str, vocabulary: Vocabulary) -> Formula:
    if _sort(a, vocabulary) == _sort(b, vocabulary):
        raise _Unclear
    return Together(a, b)


def _have(first: Items, second: Items, vocabulary: Vocabulary) -> Formula:
    """Who has what: one thing of each sort, one of several, or several people several things."""
    pairs = [[_pair(a, b, vocabulary) for b in second.names] for a in first.names]
    if len(first.names) == len(second.names) == 1:
        return pairs[0][0]
    if len(first.names) == 1:
        sorts = {_sort(name, vocabulary) for name in second.names}
        if second.joint == "or" and len(sorts) == 1:
            return Or(tuple(pairs[0]))
        if second.joint == "and" and len(sorts) == len(second.names):
            return And(tuple(pairs[0]))
    elif len(second.names) == 1 and first.joint == "or":
        return Or(tuple(row[0] for row in pairs))
    elif len(first.names) == len(second.names) and "or" not in (first.joint, second.joint):
        return And(tuple(Or(tuple(row)) for row in pairs))
    raise _Unclear


# Steps


def read(step: Step, context: Context) -> list[Claim]:
    """Every statement of a step about who has what, in order."""
    out: list[Claim] = []
    vocabulary = context.vocabulary
    told = [*lines(step.text, lambda rows: _worded(rows, vocabulary))]
    opened = cases(step.text, [line.span for line in told])
    for line in told:
        if (case := opened.get(line.span.start)) is not None and not line.drawn:
            span = line.place(0, len(line.text))
            out.append(_claim(step, Unread(True, _told(case, vocabulary)), span))
            continue
        everywhere = overall(line.text)
        if everywhere is not None:
            line = line._replace(text=everywhere)
        if not _named(line.text, vocabulary):
            continue
        if (answer := _answered(line.text, context)) is not None:
            out.append(_claim(step, answer, line.place(0, len(line.text)), Kind.ANSWER))
            continue
        supposes = any(words.search(line.text) for words in (SUPPOSES, _TRIES, _ASKS))
        supposes = supposes or TRIES.match(line.text) is not None
        found = None if supposes else _read(without_asides(line.text), vocabulary)
        supposes = supposes or (found is None and not line.drawn and may_try(line.text))
        span = line.place(0, len(line.text))
        if found is None:
            out.append(_claim(step, Unread(supposes, _supposed(line.text, vocabulary)), span))
        concluded = CONCLUDES.match(line.text) is not None
        named = cited(line.text, context.numbered)
        for body in found or ():
            if isinstance(body, Says) and named and not body.reason and not body.cites:
                body = Says(body.formula, tuple(named))
            if isinstance(body, Says):
                body = replace(body, concluded=concluded, overall=everywhere is not None)
            out.append(_claim(step, body, span))
    return out


def _supposed(text: str, vocabulary: Vocabulary) -> Formula | None:
    """What a sentence supposes, where that is one statement and nothing else."""
    return _told(supposition(text) or "", vocabulary)


def _told(text: str, vocabulary: Vocabulary) -> Formula | None:
    """The one statement that a text makes."""
    said = _read(text.rstrip(":"), vocabulary) if text else None
    return said[0].formula if said and len(said) == 1 and isinstance(said[0], Says) else None


def _worded(rows: tuple[Row, ...], vocabulary: Vocabulary) -> Iterator[Line]:
    """A table with a row or a column for each thing of one sort."""
    turned = tuple(Row(cells, rows[0].span) for cells in zip(*(r.cells for r in rows), strict=True))
    for first, table in product((0, 1), (rows, turned)):  # without and with headings
        heads = [_head(row.cells[0], table[0].cells[0], vocabulary) for row in table[first:]]
        if all(heads) and len({_sort(h, vocabulary) for h in heads if h}) == 1:
            for head, row in zip(heads, table[first:], strict=True):
                told = [cell for cell in row.cells[1:] if re.search(r"\w", cell)]
                yield from (Line(f"{head}: {cell}", row.span, drawn=True) for cell in told)
            return
    for row in rows:
        yield Line(" | ".join(row.cells), row.span, drawn=True)


def _head(cell: str, heading: str, vocabulary: Vocabulary) -> str | None:
    """The thing that a cell names, perhaps by its number below a heading: "House", "2"."""
    said = re.sub(r"^(?:the|an?)\s+", "", cell.strip(" *_").lower())
    return vocabulary.forms.get(said) or vocabulary.forms.get(
        f"{heading.strip(' *_').lower()} {said}"
    )


def _claim(step: Step, body: Body, span: Span, kind: Kind = Kind.CONSTRAINT) -> Claim:
    text = step.text[span.start : span.end].strip()
    place = span.shift(step.span.start)
    return Claim(kind, text, place, step.index, text, Role.DERIVED, body)
