"""Puzzles about places in words: what the clues say, and what each step makes of them.

A sentence of the problem is a clue only if all of it was read. In a step every clause that was read
counts, unless another part of its sentence may turn it: a condition, a doubt, a denial.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from clr.bodies.connectives import And, Premise
from clr.bodies.puzzles import Accepts, Formula, Group, Puzzle, Rejects, Says, Supposes
from clr.claim import Body, Claim, Kind, Role
from clr.reading.hypotheses import CONCLUDES, TRIES, may_try, supposition
from clr.reading.lexicon import sentences
from clr.reading.ordering_words import SUPPOSES
from clr.reading.puzzle_clauses import Clause, clauses
from clr.reading.puzzle_settings import Setting, setting_of
from clr.reading.puzzle_words import Vocabulary, vocabulary_of
from clr.reading.tables import Line, Row, lines
from clr.trace import Span, Step

_LONGEST = 3_000
_LONGEST_SENTENCE = 400
MAX_CASES = 50_000
"""Ways to place everything; with more, the problem is left alone."""
_CUES = re.compile(r"\b(?:than|before|after|behind|ahead|left|right|next|beat|each|in a row|1|first|last|one)\b")
_TURNS = re.compile(
    r"\?|[✗✘❌×]|\b(?:contradict\w*|impossib\w*|conflict\w*|violat\w*|wrong|incorrect|false|untrue"
    r"|fail\w*|reject\w*|were|maybe|perhaps|once|whenever|until|unless|except|rather|instead"
    r"|no longer|doubt\w*|mistake\w*|typo|eliminat(?:ed?|es)|ruled? out|rules out|excluded?"
    r"|not (?:true|possible|the case|necessarily|allowed)|does(?:n['’]t| not) (?:work|fit|hold)"
    r"|likely|probably|wait|actually|hmm+|could|might|may|so far|attempt\w*|guess\w*|either way"
    r"|regardless|nobody|no one|none|anyone|everyone|whoever|any|candidates?|choices?)\b",
    re.I,
)
"""What may turn a statement beside it."""
_ASKS = re.compile(
    r"\?\s*\Z|\b(?:options|question|choices|answer|following|determine|decide|whether|conclusion"
    r"|hypothesis|conclude|prove|show that|find out)\b|\A\s*(?:Q|\(?[A-Z])[:.)]",
    re.I,
)
"""What asks, or may begin what is asked about."""
_REJECTS = re.compile(
    r"[✗✘❌]|\b(?:contradict\w*|impossib\w*|conflicts?|violat\w+|fails?|failed|reject\w*|absurd"
    r"|no good|out of the question|can(?:not|['’]t) (?:be(?: right| so| the case|(?=\W*\Z))|work|happen|hold)"
    r"|not (?:possible|allowed|consistent)|does(?:n['’]t| not) (?:work|fit|hold|match)"
    r"|(?:is|are) (?:ruled )?out|ruled out|dead end|no room|so no\b|not it)",
    re.I,
)
_ACCEPTS = re.compile(
    r"\W*(?:(?:so|and|yes|great|good|okay|ok|now)\b,? ?)*(?:(?:this|that|it)(?:['’]s| is)? ?"
    r"(?:works?|fits?|checks out|consistent|satisf\w+ (?:all|everything|every)[\w ]*)"
    r"|(?:all|every) (?:of the )?(?:clues?|conditions?|constraints?) (?:is |are )?"
    r"(?:satisfied|hold|holds|met|fit|fits)|everything (?:fits|works|checks out))"
    r"(?: with (?:all|every\w*)[\w ]*| all[\w ]*)?[\s.!✓✅]*",
    re.I,
)
_FINAL = re.compile(r"\W*(?:(?:so|thus|therefore|hence),? )?(?:the )?(?:final )?answer\b", re.I)
_NAMES = re.compile(r"\b(?:be|denote|call)\b[^.]*?\b(?:k|x|y|z|n|p|[a-z]_\d)\b|\bstand for\b", re.I)
_IN_GRID = re.compile(
    r"\b(?:eliminat\w+|ruled out|exclud\w+|not possible|impossible|can(?:not|['’]t)|guess|try|trying"
    r"|attempt|clues?|possibilit\w+|possible|options|candidates)\b",
    re.I,
)
"""What may make of "Ann: cat" something else than a statement, if it stands before it."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader needs of the problem."""

    puzzle: Puzzle
    vocabulary: Vocabulary
    given: frozenset[str]


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """The puzzle that `problem` tells, or None if it tells none."""
    if len(problem) > _LONGEST or not _CUES.search(problem):
        return None
    setting = setting_of(problem)
    if setting is None or not _few(setting):
        return None
    vocabulary = vocabulary_of(setting)
    premises: list[Premise[Formula]] = []
    complete = True
    for span in sentences(problem):
        text = problem[span.start : span.end]
        if _ASKS.search(text):
            if premises:
                break  # what follows may be what is asked about
            continue
        found = None if _turned(text) else clauses(_unlabelled(text), vocabulary)
        if found is None or any(c.readings is None or len(c.readings) > 1 for c in found):
            complete = complete and span in setting.told_in
            continue
        said = [c.readings[0] for c in found if c.readings]
        if said and not (span in setting.told_in and any(c.drawn for c in found)):
            premises.append(Premise(text, said[0] if len(said) == 1 else And(tuple(said))))
    if not premises:
        return None
    groups = tuple(Group(sort, setting.places, distinct=True) for sort in setting.sorts)
    given = frozenset(p.text for p in premises)
    return Context(Puzzle(groups, tuple(premises), (), complete), vocabulary, given)


def _few(setting: Setting) -> bool:
    size = 1
    for _ in setting.sorts:
        for n in range(1, len(setting.places) + 1):
            size *= n
    return size <= MAX_CASES


_LABEL = re.compile(
    r"\s*(?:[-*•–]\s+|\(?\d{1,2}[.)]\s+|(?:clue|fact|hint|rule|condition)\s*\d*\s*[:.]\s*"
    r"|(?:finally|also|lastly|moreover|furthermore|in addition),\s+)+",
    re.I,
)


def _unlabelled(text: str) -> str:
    m = _LABEL.match(text)
    return text[m.end() :] if m else text


def _turned(text: str) -> bool:
    return any(cue.search(text) is not None for cue in (SUPPOSES, TRIES, _TURNS))


def read(step: Step, context: Context) -> list[Claim]:
    """What a step says of the puzzle, and what it supposes, in order."""
    out: list[Claim] = []
    vocabulary = context.vocabulary
    begins = True
    before = ""
    for line in lines(step.text, lambda rows: _worded(rows, vocabulary)):
        text = line.text
        span = line.place(0, len(text))
        grid = _IN_GRID.search(before) is not None
        for body, at in _told(text, vocabulary, begins, line.drawn, grid):
            placed = line.place(at.start, at.end) if at.end else span
            out.append(_claim(step, body, placed))
        begins = begins and not re.search(r"\w", text)
        before += text + "\n"
    return out


def _told(
    text: str, vocabulary: Vocabulary, begins: bool, drawn: bool, grid: bool
) -> Iterator[tuple[Body, Span]]:
    """What a sentence says, supposes, rejects or accepts, and where."""
    whole = Span(0, len(text))
    if _ACCEPTS.fullmatch(text):
        yield Accepts(), whole
        return
    if len(text) > _LONGEST_SENTENCE:
        return
    text = _unlabelled_here(text)
    final = _FINAL.match(text) is not None
    concluded = begins or CONCLUDES.match(text) is not None
    turned = _turned(text)
    rejects = _REJECTS.search(text) is not None
    if turned:
        supposed = _supposed(text, vocabulary)
        if supposed is not None:
            yield supposed, whole
        if rejects:
            yield Rejects(), whole
        return
    found = clauses(text, vocabulary)
    heads = _heading(text, found)
    if heads and not concluded_by_word(text):
        said = [c.readings[0] for c in found[:heads] if c.readings and len(c.readings) == 1]
        yield Supposes(And(tuple(said)) if len(said) == heads else None), whole
        found = found[heads:]
        concluded = False
    pairs = sum(c.drawn for c in found)
    for clause in found:
        if not clause.readings:
            continue
        if clause.drawn and (grid or (pairs < 2 and not _sure(text, clause, drawn))):
            continue
        mirror = len(clause.readings) > 1
        span = Span(clause.start, clause.end)
        if _at_odds(text, found):
            continue
        yield Says(clause.readings, mirror, concluded, final), span
    if rejects and len(text.split()) < 8:
        yield Rejects(), whole


def concluded_by_word(text: str) -> bool:
    """Whether a sentence begins with "so" or the like."""
    return CONCLUDES.match(text) is not None


def _unlabelled_here(text: str) -> str:
    """`text` with its number or bullet blanked out, so that places stay the same."""
    m = _LABEL.match(text)
    return " " * m.end() + text[m.end() :] if m else text


def _sure(text: str, clause: Clause, drawn: bool) -> bool:
    """Whether two things beside each other are a statement: all of a line, or with a sign."""
    said = text[clause.start : clause.end]
    return drawn or re.search(r"=|→|⇒|->|:|_|>|<", said) is not None


def _at_odds(text: str, found: Sequence[Clause]) -> bool:
    """Whether a clause that was not read may deny what those beside it say."""
    return any(
        c.readings is None
        and re.search(r"\b(?:or|nor|only if|than|but)\b", text[c.start : c.end], re.I)
        for c in found
    )


def _heading(text: str, found: Sequence[Clause]) -> int:
    """How many clauses stand before a colon, as a case that the rest is about; 0 without one."""
    for n, clause in enumerate(found):
        if clause.joint == ":" and n:
            head = found[:n]
            plain = all(c.readings and c.joint in ("", "and") for c in head)
            return n if plain and not _drawn_row(text, found[n:]) else 0
    m = re.search(r":\s*\Z", text)
    return len(found) if m and found and all(c.readings for c in found) else 0


def _drawn_row(text: str, found: Sequence[Clause]) -> bool:
    """Whether a colon is followed by nothing but a drawing of the row."""
    return len(found) == 1 and found[0].drawn and not re.search("=", text[found[0].start :])


def _supposed(text: str, vocabulary: Vocabulary) -> Supposes | None:
    """The hypothesis that a sentence opens."""
    if _NAMES.search(text) and re.match(r"\W*let\b", text, re.I):
        return None
    what = supposition(text)
    if what is None:
        return Supposes(None) if may_try(text) or TRIES.match(text) else None
    # "if A and B, then": the supposition goes on behind a comma only where it says "and"
    found = clauses(what, vocabulary)
    if not found or any(not c.readings or len(c.readings) > 1 for c in found):
        return Supposes(None)
    return Supposes(And(tuple(c.readings[0] for c in found if c.readings)))


def _worded(rows: tuple[Row, ...], vocabulary: Vocabulary) -> Iterator[Line]:
    """A table with a row or a column for each place or thing of one sort."""
    if len(rows) == 2 and len(rows[0].cells) > 2:
        pairs = list(zip(rows[0].cells, rows[1].cells, strict=True))
        yield Line(", ".join(f"{a} = {b}" for a, b in pairs if b.strip(" ?-–")), rows[1].span, True)
        return
    heading, *rest = rows
    for row in rest:
        head, *cells = row.cells
        noun = heading.cells[0] if head.isdigit() else ""
        for cell in cells:
            if re.search(r"\w", cell):
                yield Line(f"{noun} {head} = {cell}".strip(), row.span, True)


def _claim(step: Step, body: Body, span: Span) -> Claim:
    text = step.text[span.start : span.end].strip()
    place = span.shift(step.span.start)
    return Claim(Kind.CONSTRAINT, text, place, step.index, text, Role.DERIVED, body)
