"""What holds of every kind of problem that has a state of its own: sound traces are never faulted,
and an error planted in one is found where it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import clr
from clr.claim import Status

Statuses: TypeAlias = Callable[..., list[list[Status]]]

Sound: TypeAlias = tuple[str, list[str], tuple[int, str]]
"""A problem, a sound trace of it, and a step of that with an error planted: its index and text."""


def statuses_by(checker: str) -> Statuses:
    """A function from a problem and the steps of a trace to the statuses that a checker gives the
    claims of each step."""

    def statuses(problem: str, *steps: str, profile: str = "thorough") -> list[list[Status]]:
        report = clr.audit(problem=problem, steps=list(steps), profile=profile)
        return [
            [c.verdict.status for c in step.claims if c.verdict.checked_by == checker]
            for step in report.steps
        ]

    return statuses


def assert_never_faulted(statuses: Statuses, trace: Sound, *, verified: float) -> None:
    """Nothing in a sound trace is a fault, and at least so many claims of it are verified."""
    problem, steps, _ = trace
    found = [status for step in statuses(problem, *steps) for status in step]
    assert set(found) <= {Status.VERIFIED, Status.UNVERIFIABLE}
    assert found.count(Status.VERIFIED) >= verified


def assert_refuted_where_it_stands(statuses: Statuses, trace: Sound) -> None:
    """The planted error is refuted, nothing before it is, and no other claim becomes verified."""
    problem, steps, (at, wrong) = trace
    sound = statuses(problem, *steps)
    found = statuses(problem, *steps[:at], wrong, *steps[at + 1 :])
    assert all(Status.REFUTED not in step for step in found[:at])
    assert Status.REFUTED in found[at]
    for i in {*range(len(steps))} - {at}:
        pairs = zip(sound[i], found[i], strict=True)
        assert all(before is Status.VERIFIED for before, now in pairs if now is Status.VERIFIED)
