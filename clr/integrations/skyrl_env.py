"""SkyRL: an environment of one turn (written against skyrl-gym 0.4.0).

from skyrl_gym.envs import register
register(id="clr", entry_point="clr.integrations.skyrl_env:ClrEnv")
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skyrl_gym.envs.base_text_env import BaseTextEnv, BaseTextEnvStepOutput

from clr.integrations.single import logged, question_in, results_of, reward_for, value_of


class ClrEnv(BaseTextEnv):  # type: ignore[misc]
    """Rewards the one response; the reference is `reward_spec.ground_truth` in `extras`."""

    def __init__(self, env_config: Any = None, extras: Mapping[str, Any] | None = None) -> None:
        super().__init__()
        self.extras = dict(extras or {})
        self.prompt: Any = question_in(self.extras)

    def init(self, prompt: Any) -> tuple[Any, dict[str, Any]]:
        """Start with the conversation that the policy sees."""
        self.prompt = prompt
        return prompt, {}

    def step(self, action: str) -> BaseTextEnvStepOutput:
        """Score the response; the episode is over."""
        reference = (self.extras.get("reward_spec") or {}).get("ground_truth")
        found = results_of(reward_for(), [self.prompt], [action], [reference], [self.extras])
        return BaseTextEnvStepOutput(
            observations=[], reward=value_of(found[0]), done=True, metadata=logged(found[0])
        )
