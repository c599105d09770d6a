"""How a model stands on a benchmark: alone, with a vote, and with claim-level reliability."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from clr.pool import audit_all
from clr.report import Report
from clr.segment import trace_of
from clr.selection import select
from clr.training.data import Record
from clr.training.evaluate import Interval, bootstrap, pass_at_k
from clr.training.outcome import grade
from clr.training.rollout import Rollout
from clr.verifiers.answer import extract_answer


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """The result of `k` samples of each problem.

    `mean` is mean@k; `passed` the unbiased pass@j for j = 1, 2, 4, ... up to k; `majority` and
    `reliable` are accuracies of the answer that a vote of all k chooses, counting heads or by
    claim-level reliability (CLR@k); `reliable_gain` is their difference, paired by problem.
    `sound` is the share of right completions in which the audit finds no fault, None where none
    is right. `tokens` is the mean length of a completion, None where it is not known.
    """

    problems: int
    k: int
    mean: Interval
    passed: dict[int, float]
    majority: Interval
    reliable: Interval
    reliable_gain: Interval
    sound: float | None
    tokens: float | None


@dataclass(frozen=True, slots=True)
class Graded:
    """A completion: its answer, whether it is right, and what the audit says of the reasoning."""

    answer: str | None
    right: bool
    reliability: float
    sound: bool


def graded(
    records: Sequence[Record], rollouts: Sequence[Rollout], *, workers: int = 2
) -> list[list[Graded]]:
    """Grade and audit every completion of every record."""
    pairs = [
        (record, text)
        for record, rollout in zip(records, rollouts, strict=True)
        for text in rollout.completions
    ]
    traces = (trace_of(r.id, r.prompt, response=text) for r, text in pairs)
    reports = audit_all(traces, workers=workers)
    each = (_graded(r, text, report) for (r, text), report in zip(pairs, reports, strict=True))
    return [[next(each) for _ in rollout.completions] for rollout in rollouts]


def _graded(record: Record, text: str, report: Report) -> Graded:
    return Graded(
        answer=extract_answer(text),
        right=grade(record, text) is True,
        reliability=report.reliability,
        sound=report.first_error is None,
    )


def standing(
    samples: Sequence[Sequence[Graded]], tokens: Iterable[int] = (), *, seed: int = 0
) -> Standing:
    """Put graded samples, the same number for each problem, into numbers.

    Raises:
        ValueError: no problem, or not the same number of samples for each.
    """
    sizes = {len(of_problem) for of_problem in samples}
    if len(sizes) != 1 or not (k := sizes.pop()):
        raise ValueError("standing needs at least one sample of each problem, of all as many")
    counts = [sum(sample.right for sample in of_problem) for of_problem in samples]
    heads = [_chosen(of_problem, [1.0] * k) for of_problem in samples]
    reliable = [_chosen(of_problem, [s.reliability for s in of_problem]) for of_problem in samples]
    right = [sample for of_problem in samples for sample in of_problem if sample.right]
    lengths = list(tokens)
    return Standing(
        problems=len(samples),
        k=k,
        mean=bootstrap([count / k for count in counts], seed=seed),
        passed={
            j: sum(pass_at_k(k, count, j) for count in counts) / len(counts)
            for j in (2**power for power in range(k.bit_length()))
        },
        majority=bootstrap(heads, seed=seed),
        reliable=bootstrap(reliable, seed=seed),
        reliable_gain=bootstrap([b - a for a, b in zip(heads, reliable, strict=True)], seed=seed),
        sound=sum(sample.sound for sample in right) / len(right) if right else None,
        tokens=sum(lengths) / len(lengths) if lengths else None,
    )


def _chosen(samples: Sequence[Graded], weights: Sequence[float]) -> float:
    chosen = select([sample.answer for sample in samples], weights)
    return 0.0 if chosen is None else float(samples[chosen.clusters[0].members[0]].right)
