"""A reward as a number for each token: what a step costs on its last one, the rest on the last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clr.scoring import Result


class TokenRewards(float):
    """A scalar reward that carries its parts: `tokens` adds up to it."""

    tokens: tuple[float, ...]

    def __new__(cls, value: float, tokens: Sequence[float] = ()) -> TokenRewards:
        self = super().__new__(cls, value)
        self.tokens = tuple(tokens)
        return self

    def __getnewargs__(self) -> tuple[float, tuple[float, ...]]:  # type: ignore[override]
        return float(self), self.tokens


def at_tokens(result: Result | None, ids: Sequence[int], tokenizer: Any) -> list[float]:
    """A reward for each of the tokens `ids` of a response; they add up to its reward.

    What the reward differs from the outcome is dealt out to the steps by their cost, and stands on
    the last token that ends within the step. A token ends where decoding the tokens up to it does.
    """
    if not ids:
        return []
    out = [0.0] * len(ids)
    score = None if result is None else result.score
    reward = 0.0 if score is None or score.reward is None else score.reward
    cost = -sum(step.value for step in score.steps) if score else 0.0
    if score is None or not cost:
        out[-1] = reward
        return out
    ends = _ends(ids, tokenizer)
    whole = float(score.outcome)
    for step in score.steps:
        if step.value:
            place = max((i for i, end in enumerate(ends) if end <= step.span.end), default=0)
            out[place] += (reward - whole) * -step.value / cost
    out[-1] += whole
    return out


def _ends(ids: Sequence[int], tokenizer: Any) -> list[int]:
    """Where each token ends, in characters of the decoded response."""
    offset, ends = 0, []
    for start in range(0, len(ids), _BLOCK):
        block = list(ids[start : start + _BLOCK])
        for stop in range(1, len(block) + 1):
            text = tokenizer.decode(block[:stop], skip_special_tokens=True)
            ends.append(offset + len(text))
        offset = ends[-1]
    return ends


_BLOCK = 64
"""Tokens decoded together: the time grows with the square of this only."""
