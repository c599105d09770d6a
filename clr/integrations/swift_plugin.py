"""ms-swift: a plugin (written against ms-swift 4.6.0).

    swift rlhf --rlhf_type grpo --external_plugins $(clr path swift) --reward_funcs clr

ms-swift passes completions as plain strings, and of the prompt only what the dataset keeps in a
column: `problem`, `question`, or `messages`.
"""

from __future__ import annotations

from typing import Any

from swift.rewards import ORM, orms

from clr.integrations.single import EXTRA, results_of, reward_for, value_of
from clr.rewards import REFERENCES


class ClrReward(ORM):  # type: ignore[misc]
    """The reward of all domains, for `--reward_funcs clr`."""

    def __call__(self, completions: list[str], **columns: Any) -> list[float]:
        """One reward for each completion."""
        reference = next((columns[name] for name in REFERENCES if name in columns), None)
        names = ("problem", "question", "messages")
        problems = next((columns[name] for name in names if name in columns), None)
        kept = [name for name in EXTRA if name in columns]
        extra = [{name: columns[name][i] for name in kept} for i in range(len(completions))]
        results = results_of(
            reward_for(),
            problems or [""] * len(completions),
            completions,
            reference or [None] * len(completions),
            extra,
        )
        return [value_of(result) for result in results]


orms["clr"] = ClrReward
