"""Claim-level reliability of a trace.

VibeThinker-3B (arXiv:2606.16140), section 3.1: r = (mean of v over M claims) ** M, where the M
claims are those that the answer depends on, nearest to it. A verified claim counts 1, one with a
fault 0, one on which a budget ran out 1/2; claims that no checker decides are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from clr.bodies.discourse import Impossible, Objection, Omission, Retraction
from clr.bodies.mathematics import NEEDS_NO_SOURCE, FinalAnswer, Operand, Relation
from clr.claim import Status
from clr.ledger import numbers
from clr.notation.ast import Expr
from clr.report import ClaimReport

M = 5
"""Number of claims, as in the paper."""

_WORTH = {Status.VERIFIED: 1.0, Status.UNVERIFIABLE: 0.5, Status.UNDECIDED: 0.5}


def answer_slice(claims: Sequence[ClaimReport]) -> Iterator[ClaimReport]:
    """The claims that the last one depends on, the nearest to it first.

    A claim is in the slice if it shares an unknown or a number with one that is. What a claim is
    about is what it uses and what it states; numbers that every calculation may use do not count.
    What the trace leaves out or takes back bears on all of it.
    """
    needed: set[object] = set()
    for report in reversed(claims):
        if isinstance(report.claim.body, (Impossible, Objection, Omission, Retraction)):
            yield report
            continue
        about = _about(report)
        if not needed or not about.isdisjoint(needed):
            yield report
            needed |= about


def _about(report: ClaimReport) -> set[object]:
    body = report.claim.body
    sides: list[Expr] = []
    match body:
        case Relation():
            sides = [body.left, body.right]
        case Operand():
            sides = [body.value]
        case FinalAnswer() if body.value is not None:
            sides = [body.value]
    about: set[object] = set(report.claim.uses)
    for side in sides:
        about |= numbers(side) - NEEDS_NO_SOURCE
    return about


def reliability(claims: Sequence[ClaimReport], m: int = M) -> float:
    """r in [0, 1] for the claims of one trace; 1/2 ** m where there is none.

    Raises:
        ValueError: `m` is less than 1.
    """
    if m < 1:
        raise ValueError(f"m is at least 1, got {m}")
    nearest = islice(filter(_decides, answer_slice(claims)), m)
    worth = [_WORTH.get(c.verdict.status, 0.0) for c in nearest]
    mean = sum(worth) / len(worth) if worth else 0.5
    return round(mean**m, 6)


def _decides(report: ClaimReport) -> bool:
    """Whether something was said about the reasoning: definitions and premises are no evidence, nor
    are numbers that have a source."""
    status = report.verdict.status
    if isinstance(report.claim.body, Operand) and status is Status.VERIFIED:
        return False
    return status is not Status.UNVERIFIABLE
