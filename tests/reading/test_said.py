"""What the steps of a trace say, read as a whole."""

from __future__ import annotations

import pytest

from clr.benchmarks.own_logic import puzzles
from clr.benchmarks.own_solutions import solutions
from clr.bodies.mathematics import FinalAnswer, NumberFact, Relation
from clr.reading.answers import read_answer
from clr.reading.facts import read_facts
from clr.reading.habits import USUAL
from clr.reading.listed_sets import read_sets
from clr.reading.lists import read_written
from clr.reading.parities import read_parities
from clr.reading.rewritings import read_rewritings
from clr.reading.said import read_steps, texts_ahead
from clr.reading.spoken import read_spoken
from clr.reading.spoken_totals import read_totals
from clr.segment import trace_of

TRACES = [trace_of(s.id, s.problem, steps=s.steps) for s in (*solutions(), *puzzles())]


def test_each_kind_of_claim_has_its_place() -> None:
    steps = ["We have 12 + 9 = 21.", "Now 21 is divisible by 7.", "The answer is 21."]
    first, second, third = read_steps(trace_of("t", "p", steps=steps), USUAL, False)
    assert [type(c.body) for c in first.relations] == [Relation]
    assert [type(c.body) for c in second.facts] == [NumberFact]
    assert third.answer is not None and isinstance(third.answer.body, FinalAnswer)
    assert (first.facts, first.answer, second.answer) == ((), None, None)


def test_a_problem_about_code_keeps_what_means_the_same_there() -> None:
    trace = trace_of("t", "p", steps=["So 7 // 2 = 3 and x = x + 1."])
    (mathematics,) = read_steps(trace, USUAL, False)
    (code,) = read_steps(trace, USUAL, True)
    assert set(code.relations) <= set(mathematics.relations)


@pytest.mark.parametrize("part", range(4))
def test_no_reader_is_passed_over_that_would_find_something(part: int) -> None:
    for trace in TRACES[part::4]:
        texts = [step.text for step in trace.steps]
        said = read_steps(trace, USUAL, False)
        for at, (found, ahead) in enumerate(zip(said, texts_ahead(trace.steps), strict=True)):
            step = found.step
            before = texts[at - 1] if at else ""
            assert list(found.premises) == [
                *read_sets(step),
                *read_rewritings(step, before, USUAL.functions),
            ]
            assert list(found.facts) == [
                *read_facts(step),
                *read_parities(step, USUAL.functions),
                *read_spoken(step),
                *read_totals(step),
                *read_written(step, ahead),
            ]
            assert found.answer == read_answer(step)


def test_what_comes_after_each_step() -> None:
    steps = trace_of("t", "p", steps=["One.", "Two.", "Three."]).steps
    assert texts_ahead(steps) == ["Two.", "Three.", ""]
    assert texts_ahead(()) == []
