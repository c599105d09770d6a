"""Claim-level reliability of a trace.

VibeThinker-3B (arXiv:2606.16140), section 3.1: r = (mean of v over M claims) ** M, where the M
claims are those that the answer depends on, nearest to it. A verified claim counts 1, one with a
fault 0, one on which a budget ran out 1/2; claims that no checker decides are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import islice

from clr.bodies.discourse import Impossible, Objection, Omission, Retraction
from clr.bodies.mathematics import NEEDS_NO_SOURCE, FinalAnswer, Operand, Relation
from clr.claim import Body, Status
from clr.ledger import numbers
from clr.report import ClaimReport

M = 5
"""Number of claims, as in the paper."""

_WORTH = {Status.VERIFIED: 1.0, Status.UNVERIFIABLE: 0.5, Status.UNDECIDED: 0.5}


def answer_slice(claims: Sequence[ClaimReport]) -> Iterator[ClaimReport]:
    """The claims that the last one depends on, the nearest to it first.

    A claim is in the slice if it shares an unknown or a number with one that is. What a claim is
    about is what it uses and what it states; numbers that every calculation may use do not count.
    What the trace leaves out or takes back bears on all of it. Numbers that have a source are left
    out: they say nothing that their calculation does not.
    """
    needed: set[object] = set()
    for report in reversed(claims):
        claim = report.claim
        kind = type(claim.body)
        if kind is Operand and report.verdict.status is Status.VERIFIED:
            continue
        if kind in _OF_ALL:
            yield report
            continue
        about = claim.uses | _numbers(claim.body)
        if not needed or not about.isdisjoint(needed):
            yield report
            needed |= about


_OF_ALL = frozenset((Impossible, Objection, Omission, Retraction))


def _numbers(body: Body) -> Set[object]:
    match body:
        case Relation():
            found = numbers(body.left) | numbers(body.right)
        case Operand():
            found = numbers(body.value)
        case FinalAnswer() if body.value is not None:
            found = numbers(body.value)
        case _:
            return frozenset()
    return found - NEEDS_NO_SOURCE


def reliability(claims: Sequence[ClaimReport], m: int = M) -> float:
    """r in [0, 1] for the claims of one trace; 1/2 ** m where there is none.

    Raises:
        ValueError: `m` is less than 1.
    """
    if m < 1:
        raise ValueError(f"m is at least 1, got {m}")
    statuses = (report.verdict.status for report in answer_slice(claims))
    # definitions and premises are no evidence
    decided = (status for status in statuses if status is not Status.UNVERIFIABLE)
    worth = [_WORTH.get(status, 0.0) for status in islice(decided, m)]
    mean = sum(worth) / len(worth) if worth else 0.5
    return round(mean**m, 6)
