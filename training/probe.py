"""Diversity-exploring distillation: which checkpoint spans the most solutions of each domain.

Checkpoints of one SFT run are probed by Pass@K, domain by domain; the best of each domain is its
specialist, and the specialists are merged (arXiv:2511.06221, section 3.2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from clr.training.config import Sampling
from clr.training.data import Record
from clr.training.evaluate import pass_at_k, right_counts
from clr.training.sampling import sample


def pass_by_domain(
    checkpoint: Path,
    records: Sequence[Record],
    sampling: Sampling,
    *,
    seed: int,
    system: str = "",
    cache: Path | None = None,
    k: int | None = None,
) -> dict[str, float]:
    """Mean unbiased Pass@k of a checkpoint on each domain; k is half the samples by default."""
    rollouts = sample(checkpoint, records, sampling, seed=seed, system=system, cache=cache)
    k = max(1, sampling.k // 2) if k is None else k
    scores: dict[str, list[float]] = {}
    for record, right in zip(records, right_counts(records, rollouts), strict=True):
        scores.setdefault(record.domain, []).append(pass_at_k(sampling.k, right, k))
    return {domain: sum(found) / len(found) for domain, found in sorted(scores.items())}


def specialists(table: Mapping[Path, Mapping[str, float]]) -> dict[str, Path]:
    """The checkpoint with the highest score in each domain; of equals the latest in the table.

    Raises:
        ValueError: an empty table, or checkpoints probed on different domains.
    """
    domains = {frozenset(row) for row in table.values()}
    if len(domains) != 1:
        raise ValueError("probe at least one checkpoint, and all of them on the same domains")
    return {
        domain: max(reversed(list(table)), key=lambda checkpoint: table[checkpoint][domain])
        for domain in sorted(domains.pop())
    }
