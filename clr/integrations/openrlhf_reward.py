"""OpenRLHF: a reward function in a file (written against OpenRLHF 0.11.2).

    --reward.remote_url $(clr path openrlhf)

The same over HTTP: `clr serve`, then `--reward.remote_url http://host:port`. OpenRLHF hides what a
reward function raises, and trains without the reward; so nothing is raised here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clr.integrations.single import logged, response_in, results_of, reward_for, value_of


def reward_lists(
    queries: Sequence[str], prompts: Sequence[str], labels: Sequence[Any]
) -> dict[str, Any]:
    """Rewards, scores in [0, 1] for dynamic filtering, and means to log, as plain lists."""
    responses = [response_in(q, p) for q, p in zip(queries, prompts, strict=True)]
    results = results_of(reward_for(), prompts, responses, labels)
    rows = [logged(result) for result in results]
    return {
        "rewards": [value_of(result) for result in results],
        "scores": [row["outcome"] for row in rows],
        "extra_logs": {name: [row[name] for row in rows] for name in rows[0]} if rows else {},
    }


def reward_func(
    queries: Sequence[str], prompts: Sequence[str], labels: Sequence[Any], **_: Any
) -> dict[str, Any]:
    """What OpenRLHF calls, in a thread: `queries` are prompts with their responses."""
    import torch

    found = reward_lists(queries, prompts, labels)
    logs = {name: torch.tensor(values) for name, values in found["extra_logs"].items()}
    return {
        "rewards": torch.tensor(found["rewards"]),
        "scores": torch.tensor(found["scores"]),
        "extra_logs": logs,
    }
