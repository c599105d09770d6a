"""What the steps of a trace say: claims by the order in which they are checked.

One reader goes through all steps before the next one does: readers are large, and take longer
where each step brings another.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from clr.claim import Claim
from clr.reading.answers import SIGN as ANSWERS
from clr.reading.answers import read_answer
from clr.reading.cues import cues_of
from clr.reading.executions import means_the_same_in_code
from clr.reading.facts import SIGN as FACTS
from clr.reading.facts import read_facts
from clr.reading.habits import Habits
from clr.reading.layout import laid_open
from clr.reading.listed_sets import may_hold_sets, read_sets
from clr.reading.lists import may_hold_lists, read_written
from clr.reading.parities import SIGN as PARITIES
from clr.reading.parities import read_parities
from clr.reading.relations import read_relations
from clr.reading.rewritings import may_rewrite, read_rewritings
from clr.reading.spoken import SIGN as SPOKEN
from clr.reading.spoken import read_spoken
from clr.reading.spoken_totals import CHANGES, read_totals
from clr.trace import Step, Trace

_STEPS_AHEAD = 3
"""Steps after one in which an equation of it may be called false."""


class Said(NamedTuple):
    """What a step says, as it is laid open: relations, what else equations later rest on, facts
    that stand for themselves, and the answer."""

    step: Step
    relations: Sequence[Claim]
    premises: Sequence[Claim]
    facts: Sequence[Claim]
    answer: Claim | None


def read_steps(trace: Trace, habits: Habits, about_code: bool) -> list[Said]:
    """What each step says; where the problem is about code, only what means the same there."""
    steps = [_opened(step) for step in trace.steps]
    texts = [step.text for step in trace.steps]
    relations = [
        read_relations(step, habits, "\n\n".join(texts[at : at + _STEPS_AHEAD]))
        for at, step in enumerate(steps, 1)
    ]
    cued = [(step, cues_of(step.text)) for step in steps]
    # what few traces hold is looked for in all steps at once
    whole = "\n\n".join([step.text for step in steps])
    nothing: list[Sequence[Claim]] = [()] * len(steps)
    sets = rewritings = lists = nothing
    if about_code:
        relations = [[c for c in read if means_the_same_in_code(c)] for read in relations]
    else:
        if may_hold_sets(whole):
            sets = [read_sets(step) for step in steps]
        if may_rewrite(whole):
            rewritings = [
                read_rewritings(step, before, habits.functions)
                for step, before in zip(steps, ["", *texts], strict=False)
            ]
        if may_hold_lists(whole, reduce(or_, [cues for _, cues in cued], 0)):
            ahead = texts_ahead(trace.steps)
            lists = [read_written(step, after) for step, after in zip(steps, ahead, strict=True)]
    # and the rest where its words are
    facts = [read_facts(step) if cues & FACTS else () for step, cues in cued]
    parities = [
        read_parities(step, habits.functions) if cues & PARITIES else () for step, cues in cued
    ]
    spoken = [read_spoken(step) if cues & SPOKEN or "%" in step.text else () for step, cues in cued]
    totals = [() if cues & CHANGES else read_totals(step) for step, cues in cued]
    answers = [read_answer(step) if cues & ANSWERS else None for step, cues in cued]
    return [
        Said(step, found, (*of_sets, *rewritten), (*fact, *parity, *words, *total, *listed), answer)
        for step, found, of_sets, rewritten, fact, parity, words, total, listed, answer in zip(
            steps, relations, sets, rewritings, facts, parities, spoken, totals, lists, answers,
            strict=True,
        )
    ]  # fmt: skip


def texts_ahead(steps: Sequence[Step]) -> list[str]:
    """What comes after each step: the next one, and nothing after the last."""
    return [*[step.text for step in steps[1:]], ""] if steps else []


def _opened(step: Step) -> Step:
    text = laid_open(step.text)
    return step if text is step.text else Step(step.index, text, step.span)
