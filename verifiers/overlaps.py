"""How many are in a part of overlapping groups: what the numbers of the problem determine.

The regions of the groups are unknowns, and each number of the problem is a sum of some. A claim is
decided where its part is a combination of these sums.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from clr.bodies.overlaps import Groups, Part, Region, Size
from clr.claim import Claim, Evidence, Verdict, refuted, unverifiable, verified

CHECKER = "overlapping groups"
_REMEMBERED = 20


@dataclass(frozen=True, slots=True)
class State:
    """What is given, and what the trace said that is wrong."""

    given: Groups
    wrong: tuple[tuple[Part, int], ...] = ()


def initial(given: Groups) -> State:
    """The state before the first step."""
    return State(given)


def check(claim: Claim, state: State) -> tuple[Verdict, State]:
    """The verdict on one claim, and the state after it."""
    body = claim.body
    if not isinstance(body, Size):
        return unverifiable(CHECKER, "no number of members"), state
    facts = [(size.parts[0], size.count) for size in state.given.sizes]
    values = [_value(part, facts) for part in body.parts]
    if body.count in values:
        return verified(CHECKER, "by the numbers of the problem"), state
    if any(value is None or value.denominator != 1 or value < 0 for value in values):
        return unverifiable(CHECKER, "the problem leaves this open"), state
    if not body.plain:
        return unverifiable(CHECKER, "it is not clear who is counted"), state
    alone = [[wrong, *(f for f in facts if f[0] != wrong[0])] for wrong in state.wrong]
    if any(_value(part, given) == body.count for part in body.parts for given in _spared(alone)):
        return unverifiable(CHECKER, "follows from an earlier claim that does not hold"), state
    expected = " or ".join(str(value) for value in dict.fromkeys(values))
    evidence = Evidence(f"by the numbers of the problem there are {expected}", expected=expected)
    wrong = (*state.wrong, (body.parts[0], body.count))[-_REMEMBERED:]
    return refuted(CHECKER, evidence), replace(state, wrong=wrong)


def _spared(
    sets: Sequence[Sequence[tuple[Part, int]]],
) -> Iterator[Sequence[tuple[Part, int]]]:
    """Each set of facts without one of those that may contradict its first."""
    for facts in sets:
        yield facts
        for n in range(1, len(facts)):
            yield [*facts[:n], *facts[n + 1 :]]


def _value(part: Part, facts: Sequence[tuple[Part, int]]) -> Fraction | None:
    """The size of a part as a combination of the facts, the first of which come first; None if it
    is none."""
    regions = sorted({r for known, _ in facts for r in known} | part, key=sorted)
    basis: list[tuple[int, list[Fraction], Fraction]] = []
    for known, count in facts:
        row, value = _reduced(_row(known, regions), Fraction(count), basis)
        lead = next((i for i, x in enumerate(row) if x), None)
        if lead is None:
            if value:
                return None  # the numbers contradict each other
        else:
            basis.append((lead, [x / row[lead] for x in row], value / row[lead]))
    row, value = _reduced(_row(part, regions), Fraction(0), basis)
    return None if any(row) else -value


def _row(part: Part, regions: Sequence[Region]) -> list[Fraction]:
    return [Fraction(region in part) for region in regions]


def _reduced(
    row: list[Fraction], value: Fraction, basis: Sequence[tuple[int, list[Fraction], Fraction]]
) -> tuple[list[Fraction], Fraction]:
    for lead, other, known in basis:
        factor = row[lead]
        if factor:
            row = [x - factor * y for x, y in zip(row, other, strict=True)]
            value -= factor * known
    return row, value
