"""verl: a reward manager that puts the price of a fault on the tokens of its step.

Written against verl 0.9.1 (`verl.experimental.reward_loop`):

    reward.reward_manager.source=importlib
    reward.reward_manager.module.path=$(clr path verl-tokens)
    reward.reward_manager.name=ClrTokenRewardManager

Each step's share of the process term stands on the last token of the step, the outcome on the last
token of the response; they add up to the scalar reward. Estimators that sum over tokens (GRPO,
RLOO) see no difference: use one that keeps them, `gae` or `reinforce_plus_plus`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import torch
from verl.experimental.reward_loop.reward_manager.base import RewardManagerBase

from clr.integrations.single import logged, question_in, results_of, reward_for, value_of
from clr.integrations.token_rewards import TokenRewards, at_tokens


class ClrTokenRewardManager(RewardManagerBase):  # type: ignore[misc]
    """Scores one response with `clr.Reward`, and spreads the score over its tokens."""

    def __init__(self, config: Any, tokenizer: Any, compute_score: Any = None, **_: Any) -> None:
        super().__init__(config, tokenizer, compute_score)

    async def run_single(self, data: Any) -> dict[str, Any]:
        """The reward of the last sequence of `data`, with what it is made of."""
        item = data[-1:][0]
        ids = item.batch["responses"]
        present = int(item.batch["attention_mask"][-ids.shape[-1] :].sum())
        fields = item.non_tensor_batch
        extra = dict(fields.get("extra_info") or {})
        reference = fields["reward_model"]["ground_truth"]

        def scored() -> tuple[TokenRewards, dict[str, float]]:
            tokens = ids[:present].tolist()
            text = self.tokenizer.decode(tokens, skip_special_tokens=True)
            (result,) = results_of(reward_for(), [question_in(extra)], [text], [reference], [extra])
            spread = at_tokens(result, tokens, self.tokenizer)
            return TokenRewards(value_of(result), spread), logged(result)

        score, extras = await asyncio.to_thread(scored)
        return {"reward_score": score, "reward_extra_info": extras}

    @classmethod
    def assemble_rm_scores(cls, data: Any, scores: Sequence[float]) -> torch.Tensor:
        """Rewards (B, T) of a batch; a plain number stands on the last token of its response."""
        width = data.batch["prompts"].size(1)
        lengths = data.batch["attention_mask"][:, width:].sum(dim=1).tolist()
        out = torch.zeros_like(data.batch["responses"], dtype=torch.float32)
        for row, score, length in zip(out, scores, lengths, strict=True):
            spread = getattr(score, "tokens", ()) or [0.0] * (length - 1) + [float(score)]
            row[: len(spread)] = torch.tensor(spread[: len(row)], dtype=torch.float32)
        return out
