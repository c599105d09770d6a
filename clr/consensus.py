"""What independent trajectories say of one another: claims that others make too, or only losers do.

A false set-up is computed correctly, and no algebra sees it. Where several solutions of one problem
are at hand, what each of them works out can be compared: a quantity that trustworthy others also
arrive at is supported; one that occurs only where the answer came out wrong is suspect.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from clr.bodies.mathematics import Relation
from clr.claim import Role, Status
from clr.ledger import first_reading
from clr.report import ClaimReport, Report
from clr.reward import StepScore
from clr.selection import M, claim_level
from clr.trace import Span
from clr.verifiers import exact

Key: TypeAlias = Hashable
"""A canonical claim: the value that is worked out, or an equation between unknowns."""

ROUNDS = 3
"""Times that reliabilities and support are computed from one another."""


def key_of(report: ClaimReport) -> Key | None:
    """What a claim works out: the value of its last side, or the equation itself.

    None for what is no result: a premise, a bare number, an approximation, a comparison.
    """
    body = report.claim.body
    if not isinstance(body, Relation) or body.op != "=" or report.claim.role is not Role.DERIVED:
        return None
    if report.claim.uses:
        return first_reading(body.left), first_reading(body.right)
    try:
        value = exact.value(first_reading(body.right))
    except ValueError:
        return None
    return Fraction(value) if isinstance(value, int) else Fraction(int(value.p), int(value.q))


@dataclass(frozen=True, slots=True)
class Result:
    """What a claim works out, and the step that it stands in."""

    key: Key
    step: int
    span: Span
    claim: ClaimReport


def results(report: Report) -> tuple[Result, ...]:
    """What a trajectory works out, in written order."""
    return tuple(
        Result(key, step.step.index, step.step.span, claim)
        for step in report.steps
        for claim in step.claims
        if (key := key_of(claim)) is not None
    )


def support(reports: Sequence[Report], weights: Sequence[float]) -> list[dict[Key, float]]:
    """For each trajectory, its results and the share of the others' weight that has them too.

    0.5 where the others weigh nothing: then nothing is known.
    """
    keys = [{result.key for result in results(report)} for report in reports]
    out = []
    for k, own in enumerate(keys):
        others = [(weights[j], keys[j]) for j in range(len(keys)) if j != k]
        total = sum(weight for weight, _ in others)
        out.append(
            {
                key: sum(w for w, theirs in others if key in theirs) / total if total else 0.5
                for key in own
            }
        )
    return out


def reliabilities(
    reports: Sequence[Report], *, m: int = M, symbolic: bool = True, rounds: int = ROUNDS
) -> list[float]:
    """r_k of each trajectory, from the support of its last `m` results among the others.

    A claim's verdict is its support; with `symbolic`, 0 for one that a checker faults, and never
    below 1/2 for one that a checker verified. Starting from equal weights, the others are weighed
    by their own r, `rounds` times.
    """
    weights = [1.0] * len(reports)
    for _ in range(rounds):
        supported = support(reports, weights)
        weights = [
            claim_level(
                [
                    _verdict(result.claim, supported[k][result.key], symbolic)
                    for result in results(report)[-m:]
                ],
                m,
            )
            for k, report in enumerate(reports)
        ]
    return weights


def _verdict(claim: ClaimReport, supported: float, symbolic: bool) -> float:
    if not symbolic:
        return supported
    if claim.verdict.fault is not None:
        return 0.0
    if claim.verdict.status is Status.VERIFIED:
        return 0.5 + 0.5 * supported
    return supported


def suspects(group: Sequence[tuple[Sequence[Result], int | None]]) -> list[StepScore | None]:
    """Of the (results, outcome) of each trajectory to one problem, the first suspect step.

    Suspect is a step with a result that occurs in failing trajectories and in no succeeding one. A
    trajectory that succeeds has none, nor one whose outcome is None, nor any where none succeeds.
    The score of a step is -1.
    """
    right = {result.key for made, outcome in group if outcome for result in made}
    return [
        _first_suspect(made, right) if outcome == 0 and right else None for made, outcome in group
    ]


def _first_suspect(made: Sequence[Result], right: set[Key]) -> StepScore | None:
    for result in made:
        if result.key not in right:
            return StepScore(result.step, result.span, -1.0)
    return None


def first_error(report: Report, suspect: StepScore | None) -> int | None:
    """The first step that a checker refutes, or else the suspect one; None if there is neither.

    A refutation is a proof; what no succeeding trajectory has may be another way to the answer.
    """
    found = (
        step.step.index
        for step in report.steps
        if any(claim.verdict.status is Status.REFUTED for claim in step.claims)
    )
    return next(found, None if suspect is None else suspect.index)
