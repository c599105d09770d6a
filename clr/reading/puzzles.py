"""Puzzles about places in words: what the clues say, and what each step makes of them.

A sentence of the problem is a clue only if all of it was read. In a step every clause that was read
counts, unless another part of its sentence may turn it: a condition, a doubt, a denial.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from clr.bodies.connectives import And, Premise
from clr.bodies.puzzles import Formula, Group, Is, Puzzle
from clr.claim import Claim
from clr.reading.amounts_apart import order_of, tells_amounts
from clr.reading.cues import Cues, either
from clr.reading.lexicon import sentences
from clr.reading.puzzle_clauses import clauses
from clr.reading.puzzle_settings import Setting, setting_of
from clr.reading.puzzle_words import Vocabulary, vocabulary_of
from clr.reading.tables import Line, Row
from clr.reading.trials import Manner, claims_of, unlabelled
from clr.trace import Step

_LONGEST = 3_000
MAX_CASES = 50_000
"""Ways to place everything; with more, the problem is left alone."""
_CALCULATES = re.compile(r"[$%\\^\d](?:(?<=\D)|\d\d|[.,]\d| ?[*/+×])")
_ASKS_AMOUNT = either(r"\bhow (?:many|much|far|long)\b")
"""What a puzzle about places does without; the latter in lower case."""
CUES = Cues(
    *"than before after behind ahead beat beats leftmost rightmost beside each different numbered"
    " first last one".split(),
    *("left of", "right of", "next to", "next door", "front of", "row", "seats 1", "houses 1"),
    whole=True,
)
_TURNS = re.compile(
    r"\?|[✗✘❌×]|\A\W*there\b|\b(?:in|with|under) (?:that|this|such an?) (?:order|arrangement"
    r"|placement|setup|way)\b|\b(?:assumption|supposition|contradict\w*|impossib\w*|conflict\w*|violat\w*|wrong|incorrect|false|untrue"
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
_ACCEPTS = re.compile(
    r"\W*(?:(?:so|and|yes|great|good|okay|ok|now)\b,? ?)*(?:(?:this|that|it)(?:['’]s| is)? ?"
    r"(?:works?|fits?|checks out|consistent|satisf\w+ (?:all|everything|every)[\w ]*)"
    r"|(?:all|every) (?:of the )?(?:clues?|conditions?|constraints?) (?:is |are )?"
    r"(?:satisfied|hold|holds|met|fit|fits)|everything (?:fits|works|checks out))"
    r"(?: with (?:all|every\w*)[\w ]*| all[\w ]*)?[\s.!✓✅]*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader needs of the problem."""

    puzzle: Puzzle
    vocabulary: Vocabulary
    given: frozenset[str]


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """The puzzle that `problem` tells, or None if it tells none."""
    if (
        len(problem) > _LONGEST
        or _CALCULATES.search(problem)
        or _ASKS_AMOUNT.search(problem.lower())
        or not CUES.pattern.search(problem)
    ):
        return None
    setting = setting_of(problem)
    if setting is None or not _few(setting):
        return None
    vocabulary = vocabulary_of(setting)
    if tells_amounts(problem) and setting.scale is not None and not setting.numbered:
        return _told_by_amounts(problem, vocabulary)
    manner = Manner(lambda text: clauses(text, vocabulary), _TURNS, _ACCEPTS)
    premises: list[Premise[Formula]] = []
    complete = True
    for span in sentences(problem):
        text = problem[span.start : span.end]
        if _ASKS.search(text):
            if premises:
                break  # what follows may be what is asked about
            continue
        found = None if manner.turned(text) else clauses(unlabelled(text), vocabulary)
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


def _told_by_amounts(problem: str, vocabulary: Vocabulary) -> Context | None:
    """The order that amounts settle; without them, two may be alike."""
    setting = vocabulary.setting
    order = order_of(problem, setting)
    if order is None:
        return None
    clues = tuple(Premise(problem, Is(name, k)) for k, name in enumerate(order, 1))
    puzzle = Puzzle((Group(setting.sorts[0], setting.places, distinct=True),), clues, (), True)
    return Context(puzzle, vocabulary, frozenset())


def _few(setting: Setting) -> bool:
    size = 1
    for _ in setting.sorts:
        for n in range(1, len(setting.places) + 1):
            size *= n
    return size <= MAX_CASES


def read(step: Step, context: Context) -> list[Claim]:
    """What a step says of the puzzle, and what it supposes, in order."""
    manner = Manner(lambda text: clauses(text, context.vocabulary), _TURNS, _ACCEPTS)
    return claims_of(step, manner, _worded)


def _worded(rows: tuple[Row, ...]) -> Iterator[Line]:
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
