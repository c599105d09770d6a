"""Learning potential is equation 4; selection keeps the middle to high part of each bucket."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from clr.training import models
from clr.training.config import Select
from clr.training.data import Record
from clr.training.distill import Candidate, learning_potential, select, verified


def record(number: int, domain: str = "math", prompt: str | None = None) -> Record:
    text = f"Compute {number} + 1." if prompt is None else prompt
    return Record(id=str(number), domain=domain, prompt=text, completion=f"Answer: {number + 1}")


def test_learning_potential_is_the_mean_negative_log_likelihood() -> None:
    student = models.load("tiny:16x2", seed=3)
    records = [record(1), record(12345), record(7, prompt="x" * 40)]
    for r, (score, tokens) in zip(records, learning_potential(student, records), strict=True):
        prompt = student.tokenizer(r.prompt).input_ids
        answer = [*student.tokenizer(r.completion).input_ids, student.tokenizer.eos_token_id]
        with torch.no_grad():
            log_p = student.model(torch.tensor([prompt + answer])).logits[0].log_softmax(-1)
        expected = -sum(
            log_p[len(prompt) - 1 + t, token].item() for t, token in enumerate(answer)
        ) / len(answer)
        assert tokens == len(answer)
        assert score == pytest.approx(expected, abs=1e-5)


def test_learning_potential_equals_the_loss_of_transformers() -> None:
    student = models.load("tiny:16x1")
    ids = torch.tensor([[*student.tokenizer("Compute 1 + 1.").input_ids]])
    completion = [*student.tokenizer("Answer: 2").input_ids, student.tokenizer.eos_token_id]
    whole = torch.cat([ids, torch.tensor([completion])], dim=1)
    labels = whole.clone()
    labels[:, : ids.shape[1]] = -100
    with torch.no_grad():
        loss = student.model(whole, labels=labels).loss.item()
    ((score, _),) = learning_potential(student, [record(1)])
    assert score == pytest.approx(loss, rel=1e-6)


def candidates(scores: list[float], domain: str = "math") -> list[Candidate]:
    return [Candidate(record(n, domain), 10 + n, score) for n, score in enumerate(scores)]


def test_short_traces_extremes_and_low_scores_are_dropped() -> None:
    found = candidates([float(n) for n in range(11)])
    settings = Select(buckets=1, min_tokens=11, quantiles=(0.5, 0.9))
    assert [c.score for c in select(found, settings)] == [6, 7, 8, 9]


def test_domains_are_ranked_apart() -> None:
    easy = candidates([0.1, 0.2, 0.3])
    hard = [Candidate(record(n + 9, "code"), 5, n + 10.0) for n in range(3)]
    kept = select([*easy, *hard], Select(buckets=1, quantiles=(0.5, 1.0)))
    assert [c.score for c in kept] == [0.2, 0.3, 11.0, 12.0]


def test_of_a_prompt_the_highest_scores_are_kept() -> None:
    same = [Candidate(record(n, prompt="p"), 5, float(n)) for n in range(5)]
    kept = select(same, Select(buckets=1, quantiles=(0.0, 1.0), per_prompt=2))
    assert [c.score for c in kept] == [3, 4]


@given(
    st.lists(st.floats(0, 10), min_size=1, max_size=40),
    st.integers(1, 6),
    st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted),
)
def test_selection_is_a_part_in_order_and_is_bounded(
    scores: list[float], buckets: int, quantiles: list[float]
) -> None:
    found = candidates(scores)
    low, high = quantiles
    kept = select(found, Select(buckets=buckets, quantiles=(low, high)))
    assert [c for c in found if c in kept] == kept
    everything = select(found, Select(buckets=buckets, quantiles=(0.0, 1.0)))
    assert everything == found
    size = math.ceil(len(found) / min(buckets, len(found)))
    ties = len(scores) - len(set(scores))
    assert len(kept) <= min(buckets, len(found)) * (math.ceil((high - low) * size) + 1) + ties


def test_what_is_right_by_a_wrong_way_is_no_lesson() -> None:
    right, wrong = (
        Record(
            id=str(five),
            domain="math",
            prompt="Compute 2 + 3 - 1.",
            completion=f"2 + 3 = {five}\n{five} - 1 = 4\nAnswer: 4",
        )
        for five in (5, 6)
    )
    assert verified([right, wrong], 0.0) == [right]
