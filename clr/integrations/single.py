"""One completion at a time, for trainers that hand over no batch. Safe from any thread."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from clr.reward import Cause
from clr.rewards import Reward
from clr.scoring import Result

_SPECIAL = re.compile(r"<\|[^|<>\n]{1,40}\|>|</?s>|<pad>|<eos>|<bos>|<end_of_turn>")

EXTRA = ("tests", "entry_point", "domain", "rules", "instruction_id_list", "kwargs")
"""What a sample may hold beside its reference."""

_QUESTIONS = ("problem", "question", "prompt")


@cache
def reward_for(domain: str | None = None, weights: str = "blend") -> Reward:
    """The reward of a domain, or of all, with a preset; one for each in a process."""
    return Reward(domain, weights=weights)


def results_of(
    reward: Reward,
    problems: Sequence[Any],
    responses: Sequence[Any],
    references: Sequence[Any],
    extra: Sequence[Mapping[str, Any]] = (),
) -> list[Result | None]:
    """Results of a batch; `extra` may hold what `EXTRA` names for each."""
    columns: dict[str, list[Any]] = {(reward.reference or "answer"): list(references)}
    for name in EXTRA:
        if any(name in row for row in extra):
            columns[name] = [row.get(name) for row in extra]
    return reward.results(problems, responses, **columns)


def question_in(extra: Mapping[str, Any] | None) -> Any:
    """The problem among the extra fields of a sample, under one of its usual names."""
    return next((extra[name] for name in _QUESTIONS if name in extra), "") if extra else ""


def value_of(result: Result | None) -> float:
    """The reward as a number: 0 where there is none, for trainers that know no None."""
    reward = None if result is None else result.reward
    return 0.0 if reward is None else reward


def logged(result: Result | None) -> dict[str, float]:
    """Numbers to log, under the same names for every sample."""
    score = None if result is None else result.score
    found = score.components if score else {cause.value: 0.0 for cause in Cause}
    return {
        "outcome": float(score.outcome) if score else 0.0,
        "quality": score.quality if score else 0.0,
        "graded": float(score is not None),
        "ok": float(result is not None and result.status == "ok"),
        **found,
    }


def response_in(query: str, prompt: str) -> str:
    """The response in a decoded prompt and response, without special tokens."""
    if query.startswith(prompt):
        return _SPECIAL.sub("", query[len(prompt) :]).strip()
    bare, start = _SPECIAL.sub("", query), _SPECIAL.sub("", prompt)
    return (bare[len(start) :] if bare.startswith(start) else bare).strip()


async def rubric_reward(
    prompt: Any, completion: Any, answer: str = "", info: Any = None, **_: Any
) -> float:
    """The reward as `vf.Rubric` calls it, in releases of verifiers that have rubrics.

    `info` may hold what `EXTRA` names.
    """
    extra = [info] if isinstance(info, Mapping) else []
    found = await asyncio.to_thread(
        results_of, reward_for(), [prompt], [completion], [answer], extra
    )
    return value_of(found[0])
