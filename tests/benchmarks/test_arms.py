"""The task of the RL arms: its traces are of the kinds that they are said to be."""

from __future__ import annotations

import random

import pytest

pytest.importorskip("trl")

from hypothesis import given
from hypothesis import strategies as st

import clr
from clr.benchmarks import arms
from clr.training.judge import Judgement
from clr.training.outcome import grade

chains = st.lists(st.integers(1, 9), min_size=3, max_size=4)


@given(chains)
def test_lines_without_offsets_are_sound(numbers: list[int]) -> None:
    lines = arms.sound(numbers, [0] * (len(numbers) - 1))
    response = "\n".join([*lines, f"Answer: {sum(numbers)}"])
    assert clr.audit(problem=arms.prompt(numbers), response=response).first_error is None


@given(chains, st.sampled_from([-1, 1]))
def test_errors_that_cancel_reach_the_answer(numbers: list[int], offset: int) -> None:
    lines = arms.sound(numbers, [offset, *[0] * (len(numbers) - 2)])
    assert lines[-1].endswith(f"= {sum(numbers)}")
    report = clr.audit(problem=arms.prompt(numbers), response="\n".join(lines))
    assert report.counts[clr.Status.REFUTED] == 2


def test_some_right_answers_rest_on_unsound_reasoning() -> None:
    made = arms.records(arms.problems(150, seed=1), random.Random(7))
    right = [record for record in made if grade(record, record.completion)]
    unsound = [
        record
        for record in right
        if clr.audit(problem=record.prompt, response=record.completion).first_error is not None
    ]
    assert 0.3 < len(unsound) / len(right) < 0.8


def test_held_out_problems_are_left_out() -> None:
    held_out = frozenset(arms.prompt(numbers) for numbers in arms.problems(50, seed=1))
    others = {arms.prompt(numbers) for numbers in arms.problems(300, seed=1, without=held_out)}
    assert len(others) == 300
    assert not others & held_out


def test_shuffled_verdicts_stay_with_their_prompt() -> None:
    def judge(prompts: object, completions: object, domains: object) -> list[Judgement]:
        return [Judgement(quality / 10) for quality in range(8)]

    dealt = arms.shuffled(judge, seed=0)(["a"] * 4 + ["b"] * 4, [""] * 8, [None] * 8)
    assert sorted(j.quality or 0 for j in dealt[:4]) == [0, 0.1, 0.2, 0.3]
    assert sorted(j.quality or 0 for j in dealt[4:]) == [0.4, 0.5, 0.6, 0.7]
    assert [j.quality for j in dealt] != [q / 10 for q in range(8)]


def test_a_summary_pairs_arms_by_seed_and_problem() -> None:
    def row(arm: str, seed: int, right: list[int], unsound: float) -> arms.Row:
        return arms.Row(
            arm=arm,
            seed=seed,
            samples=4,
            accuracy=sum(right) / 8,
            unsound=unsound,
            bare=0.0,
            faults=1.0,
            characters=9.0,
            right=right,
        )

    rows = [row("grpo", 1, [2, 2], 0.4), row("prof", 1, [3, 3], 0.2), row("prof", 2, [4, 4], 0.0)]
    grpo, prof = arms.summarise(rows)
    assert (grpo.change, prof.seeds, prof.unsound) == ((0.0, 0.0, 0.0), 1, 0.2)
    assert prof.change == (0.25, 0.25, 0.25)
