"""slime: `--custom-rm-path clr.integrations.slime_reward.custom_rm` (as documented, July 2026).

With `--group-rm` too. `sample.metadata` may hold `domain`, `tests` and `entry_point`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from clr.integrations.single import results_of, reward_for, value_of


async def custom_rm(args: Any, sample: Any, **_: Any) -> float | list[float]:
    """The reward of a sample, or of each in a list. Leaves the event loop free."""
    samples: Sequence[Any] = sample if isinstance(sample, (list, tuple)) else [sample]
    results = await asyncio.to_thread(
        results_of,
        reward_for(),
        [s.prompt for s in samples],
        [s.response for s in samples],
        [s.label for s in samples],
        [getattr(s, "metadata", None) or {} for s in samples],
    )
    values = [value_of(result) for result in results]
    return values if isinstance(sample, (list, tuple)) else values[0]
