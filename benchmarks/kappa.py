"""Kappa: the share of obligations in correct reasoning that CLR can discharge, by domain.

An obligation is a claim on the path to the answer, or a number in it that needs a source. What is
not discharged in a correct trace says something of CLR, not of the trace; the price of a gap is
scaled by kappa, which is measured before training and then left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from itertools import islice
from pathlib import Path

import msgspec

from clr.auditor import audit
from clr.claim import Status
from clr.records import Unreadable, read_traces
from clr.reward import Cause, Weights, score
from clr.support import support_of


class Kappa(msgspec.Struct, frozen=True):
    """Kappa of a domain and the counts behind it."""

    domain: str
    kappa: float
    traces: int
    discharged: int
    gaps: int
    unsupported: int


def main(
    path: Path,
    fields: Mapping[str, str] | None = None,
    *,
    limit: int | None = None,
    unreadable: Callable[[Unreadable], None] = lambda _: None,
) -> list[Kappa]:
    """Kappa of each domain in a file of correct traces; a record without a domain is "math".

    `unreadable` is called with each record that cannot be read; the rest goes on.

    Raises:
        FileNotFoundError: the file is absent.
    """
    traces: Counter[str] = Counter()
    discharged: Counter[str] = Counter()
    gaps: Counter[str] = Counter()
    unsupported: Counter[str] = Counter()
    weights = Weights()
    for trace in islice(read_traces(path, fields), limit):
        if isinstance(trace, Unreadable):
            unreadable(trace)
            continue
        domain = trace.domain or "math"
        report = audit(trace)
        support = support_of(report, trace.problem)
        verified = {i for i in support.path if report.claims[i].verdict.status is Status.VERIFIED}
        found = score(report, 1, weights, problem=trace.problem).components
        traces[domain] += 1
        discharged[domain] += len(verified - support.borrowed.keys())
        gaps[domain] += round(found[Cause.GAP.value] / weights.gap)
        unsupported[domain] += found[Cause.UNSUPPORTED.value] > 0
    return [
        Kappa(
            domain,
            round(discharged[domain] / max(1, discharged[domain] + gaps[domain]), 3),
            traces[domain],
            discharged[domain],
            gaps[domain],
            unsupported[domain],
        )
        for domain in sorted(traces)
    ]
