"""NeMo-RL: an environment of one turn (its documented form, July 2026).

    from nemo_rl.environments.utils import register_env
    register_env("clr", "clr.integrations.nemo_rl_environment.ClrEnvironment")

`metadata` holds `answer` (or `ground_truth`) for each sample.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ray
import torch
from nemo_rl.environments.interfaces import EnvironmentInterface, EnvironmentReturn

from clr.integrations.single import logged, results_of, reward_for, value_of
from clr.rewards import REFERENCES, problem_of, text_of


@ray.remote
class ClrEnvironment(EnvironmentInterface):  # type: ignore[misc]
    """Rewards the last message of each conversation, and ends it."""

    def __init__(self, cfg: Mapping[str, Any] | None = None) -> None:
        self.cfg = dict(cfg or {})

    def step(
        self,
        message_log_batch: Sequence[Sequence[Mapping[str, Any]]],
        metadata: Sequence[Mapping[str, Any]],
    ) -> EnvironmentReturn:
        """One reward for each conversation."""
        extra = [dict(m or {}) for m in metadata]
        results = results_of(
            reward_for(),
            [problem_of(log) for log in message_log_batch],
            [text_of(log) for log in message_log_batch],
            [next((m[name] for name in REFERENCES if name in m), None) for m in extra],
            extra,
        )
        rewards = torch.tensor([value_of(result) for result in results])
        return EnvironmentReturn(
            observations=[{"role": "environment", "content": ""} for _ in results],
            metadata=[{**m, **logged(r)} for m, r in zip(extra, results, strict=True)],
            next_stop_strings=[None] * len(results),
            rewards=rewards,
            terminateds=torch.ones_like(rewards),
            answers=None,
        )

    def global_post_process_and_metrics(self, batch: Any) -> tuple[Any, dict[str, float]]:
        """The batch as it is, with the mean reward."""
        return batch, {"clr/reward": float(batch["total_reward"].mean())}
