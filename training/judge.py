"""What the verifier says of a batch of completions: how good the reasoning is, and where it fails.

A judge is a function of prompts and completions; the trainer turns what it says into advantages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from clr.claim import Fault, Kind, Status
from clr.pool import audit_all
from clr.report import Report
from clr.segment import trace_of
from clr.trace import Span


@dataclass(frozen=True, slots=True)
class Located:
    """A fault, and the characters of the completion in which it stands."""

    span: Span
    fault: Fault


@dataclass(frozen=True, slots=True)
class Judgement:
    """A completion's reasoning: its quality in [0, 1], and its faults.

    `quality` is None where nothing can be said, as when an audit ran out of time: such a
    completion is neither praised nor blamed.
    """

    quality: float | None
    faults: tuple[Located, ...] = ()


Judge = Callable[[Sequence[str], Sequence[str]], Sequence[Judgement]]
"""Judge the completions of the prompts, both plain text: one judgement for each."""


def claims(*, workers: int = 2) -> Judge:
    """The judge that audits each completion claim by claim, in so many worker processes."""
    return partial(_audited, workers=workers)


def _audited(
    prompts: Sequence[str], completions: Sequence[str], *, workers: int
) -> list[Judgement]:
    # completions of a small or converged model repeat: each is audited once
    pairs = list(dict.fromkeys(zip(prompts, completions, strict=True)))
    traces = (trace_of(str(i), prompt, response=text) for i, (prompt, text) in enumerate(pairs))
    reports = audit_all(traces, workers=min(workers, len(pairs)), profile="thorough")
    found = {pair: judged(report) for pair, report in zip(pairs, reports, strict=True)}
    return [found[pair] for pair in zip(prompts, completions, strict=True)]


def judged(report: Report) -> Judgement:
    """The judgement that a report amounts to."""
    if report.note is not None:
        return Judgement(None)
    faults = tuple(
        Located(step.step.span, claim.verdict.fault)
        for step in report.steps
        for claim in step.claims
        if claim.verdict.status is step.status and claim.verdict.fault is not None
    )
    return Judgement(_quality(report), faults)


_COST = {Status.REFUTED: 0.5, Status.UNSUPPORTED: 0.4, Status.JUMP: 0.25}
_BARE = 0.4


def _quality(report: Report) -> float:
    cost = sum(_COST.get(step.status, 0.0) for step in report.steps)
    if not any(
        claim.verdict.status is Status.VERIFIED and claim.claim.kind is not Kind.ANSWER
        for claim in report.claims
    ):
        cost += _BARE
    return 1 - min(1.0, cost)
