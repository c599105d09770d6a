"""Measure a model: accuracy over several samples, with intervals over problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import comb
from pathlib import Path

import msgspec
import numpy as np

from clr.pool import Crew, audit_all
from clr.segment import trace_of
from clr.training.config import Sampling
from clr.training.data import Record
from clr.training.outcome import grade
from clr.training.rollout import Rollout
from clr.training.sampling import sample

RESAMPLES = 10_000


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """A model on held-out records: `k` samples of each.

    `mean` is mean@k with its 95 % interval `low` to `high`, `pass_k` the share of records that
    some sample solves. `sound` is the share of right completions in which the audit finds no
    fault, None where none is right. `characters` is the mean length of a completion. `right` is
    the number of right completions of each record, in order. `rollouts` is the name of the folder
    that keeps them, "" if none does.
    """

    k: int
    mean: float
    low: float
    high: float
    pass_k: float
    sound: float | None
    characters: float
    right: list[int]
    rollouts: str = ""


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float


def measure(
    model: str,
    records: Sequence[Record],
    sampling: Sampling,
    *,
    seed: int,
    system: str = "",
    cache: Path | None = None,
    workers: int | Crew = 2,
) -> Score:
    """Sample answers of the model of that name, grade them, and audit the right ones."""
    rollouts = sample(model, records, sampling, seed=seed, system=system, cache=cache)
    marks = _marks(records, rollouts)
    right = [sum(marked) for marked in marks]
    interval = bootstrap([count / sampling.k for count in right])
    texts = [text for rollout in rollouts for text in rollout.completions]
    return Score(
        k=sampling.k,
        mean=interval.mean,
        low=interval.low,
        high=interval.high,
        pass_k=sum(count > 0 for count in right) / len(right),
        sound=_soundness(records, rollouts, marks, workers),
        characters=sum(map(len, texts)) / len(texts),
        right=right,
        rollouts=cache.name if cache else "",
    )


def gain(before: Score, after: Score) -> Interval:
    """What a model gained over another in mean@k, paired by record.

    Raises:
        ValueError: they were not measured on the same records.
    """
    return bootstrap(
        [b / after.k - a / before.k for a, b in zip(before.right, after.right, strict=True)]
    )


def _soundness(
    records: Sequence[Record],
    rollouts: Sequence[Rollout],
    marks: Sequence[Sequence[bool]],
    workers: int | Crew,
) -> float | None:
    counts = Counter(
        (record.prompt, text)
        for record, rollout, marked in zip(records, rollouts, marks, strict=True)
        for text, right in zip(rollout.completions, marked, strict=True)
        if right
    )
    if not counts:
        return None
    pairs = sorted(counts)
    traces = (trace_of(str(i), prompt, response=text) for i, (prompt, text) in enumerate(pairs))
    sound = sum(
        counts[pair]
        for pair, report in zip(pairs, audit_all(traces, workers=workers), strict=True)
        if report.first_error is None
    )
    return sound / counts.total()


def right_counts(records: Sequence[Record], rollouts: Sequence[Rollout]) -> list[int]:
    """How many completions of each record are right."""
    return [sum(marked) for marked in _marks(records, rollouts)]


def _marks(records: Sequence[Record], rollouts: Sequence[Rollout]) -> list[list[bool]]:
    """Of each record, which completions are right."""
    return [
        [grade(record, text) is True for text in rollout.completions]
        for record, rollout in zip(records, rollouts, strict=True)
    ]


def pass_at_k(n: int, c: int, k: int) -> float:
    """Unbiased estimate that one of k samples is right, c of n being so (arXiv:2107.03374, eq. 1).

    Raises:
        ValueError: not 0 <= c <= n, or not 1 <= k <= n.
    """
    if not (0 <= c <= n and 1 <= k <= n):
        raise ValueError(f"pass@{k} needs 0 <= {c} right <= {n} samples, and 1 <= {k} <= {n}")
    return 1.0 - comb(n - c, k) / comb(n, k)


def bootstrap(values: Sequence[float], *, seed: int = 0) -> Interval:
    """The mean of per-problem values, resampling problems.

    For a paired comparison, pass the differences of each problem.
    """
    array = np.asarray(values, dtype=float)
    rng = np.random.default_rng(seed)
    means = array[rng.integers(0, len(array), (RESAMPLES, len(array)))].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return Interval(float(array.mean()), float(low), float(high))
