"""Lists that tell their values: do these stand in the order that is claimed?"""

from __future__ import annotations

from itertools import pairwise

from clr.bodies.rankings import Ranking
from clr.claim import Claim, Evidence, Verdict, refuted, unverifiable, verified

CHECKER = "order of values"


def check(claim: Claim, state: None) -> tuple[Verdict, None]:
    """The verdict on one claim; there is no state."""
    body = claim.body
    if not isinstance(body, Ranking):
        return unverifiable(CHECKER, "no list in order"), state
    for (one, left), (other, right) in pairwise(body.listed):
        if left < right if body.descending else left > right:
            first, second = (other, one)
            message = f"{first} ({max(left, right) if body.descending else min(left, right)}) comes"
            evidence = Evidence(f"{message} before {second}", expected=first)
            return refuted(CHECKER, evidence), state
    return verified(CHECKER, "the values stand in this order"), state
