"""verl: a reward function in a file (written against verl 0.9.1).

    reward.custom_reward_function.path=$(clr path verl)
    reward.custom_reward_function.name=compute_score

Every sample returns the same keys, as verl's reward loop requires. The problem is `problem` or
`question` in `extra_info`; `domain`, `tests` and `entry_point` may stand there too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clr.integrations.single import logged, question_in, results_of, reward_for, value_of


def compute_score(
    data_source: str,
    solution_str: str,
    ground_truth: Any,
    extra_info: Mapping[str, Any] | None = None,
    *,
    domain: str | None = None,
    weights: str = "blend",
    **_: Any,
) -> dict[str, float]:
    """The reward as `score`, and what it is made of. Runs in any thread.

    `domain` and `weights` come from `reward.custom_reward_function.reward_kwargs`.
    """
    extra = dict(extra_info or {})
    if domain is not None:
        extra.setdefault("domain", domain)
    reward = reward_for(None, weights)
    (result,) = results_of(reward, [question_in(extra)], [solution_str], [ground_truth], [extra])
    return {"score": value_of(result), **logged(result)}
