"""Procedural tasks of reasoning-gym as records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import reasoning_gym

from clr.training.data import Record

ASK = "\nEnd with a line of the form `Answer: ...`."

SCORED_BY_WORDS = frozenset({"knights_knaves"})
"""Tasks with several spellings of the answer whose own scorer only compares text. The scorers of
some others evaluate what the model wrote, as code or as an expression: those are never called."""


def generate(
    domains: Mapping[str, Mapping[str, dict[str, Any]]], count: int, seed: int
) -> Iterator[Record]:
    """`count` records of each task of each domain.

    Raises:
        ValueError: reasoning-gym has no such task, or it refuses its settings.
    """
    for domain, tasks in domains.items():
        for task, settings in tasks.items():
            for number, entry in enumerate(
                reasoning_gym.create_dataset(task, seed=seed, size=count, **settings)
            ):
                if entry["answer"] is None:
                    continue
                by_words = task in SCORED_BY_WORDS
                yield Record(
                    id=f"{task}-{seed}-{number}",
                    domain=domain,
                    prompt=entry["question"].strip() + ASK,
                    answer=str(entry["answer"]),
                    checker="gym" if by_words else "answer",
                    detail={"task": task} if by_words else {},
                )


def score(record: Record, said: str) -> float:
    """The task's own score of an answer, from 0 to 1; 1 is right."""
    entry = {"answer": record.answer, "metadata": record.detail}
    return float(_scorer(record.detail["task"]).score_answer(said, entry))


@cache
def _scorer(task: str) -> Any:
    if task not in SCORED_BY_WORDS:
        raise ValueError(f"the scorer of {task!r} is not known to be safe")
    return reasoning_gym.create_dataset(task, seed=0, size=1)
