"""Claims about who has what, judged by going through every way to give everything to everybody.

A claim that no way allowed by the problem satisfies is refuted, with premises that it conflicts
with; one that all of them satisfy is verified.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from itertools import permutations, product
from operator import and_, or_

from clr.bodies.assignments import Assignment, Formula, Has, Says, Together, Unread
from clr.bodies.connectives import And, Not, Or
from clr.claim import Claim, Evidence, Fault, Verdict, refuted, unverifiable, verified

CHECKER = "finite domains"


@dataclass(frozen=True, slots=True)
class State:
    """Sets of ways as bits: those that the premises allow, and those that the trace itself does,
    right or wrong. `supposing` once a hypothesis was opened."""

    given: Assignment
    premises: tuple[int, ...]
    allowed: int
    asserted: int
    supposing: bool = False


@lru_cache(maxsize=64)
def _holders(
    people: tuple[str, ...], sorts: tuple[tuple[str, ...], ...]
) -> tuple[dict[tuple[str, str], int], int]:
    """For each person and value the set of ways in which that person has it, and all ways."""
    sets: dict[tuple[str, str], int] = dict.fromkeys(product(people, sum(sorts, ())), 0)
    ways = product(*(permutations(sort) for sort in sorts))
    count = 0
    for count, way in enumerate(ways, 1):
        bit = 1 << (count - 1)
        for values in way:
            for pair in zip(people, values, strict=True):
                sets[pair] |= bit
    return sets, (1 << count) - 1


def satisfying(formula: Formula, given: Assignment) -> int:
    """The ways that satisfy `formula`."""
    sets, everything = _holders(given.people, given.sorts)
    match formula:
        case Has(who, value):
            return sets[who, value]
        case Together(first, second):
            return reduce(or_, (sets[p, first] & sets[p, second] for p in given.people))
        case Not(arg):
            return everything & ~satisfying(arg, given)
        case And(args):
            return reduce(and_, (satisfying(a, given) for a in args), everything)
        case Or(args):
            return reduce(or_, (satisfying(a, given) for a in args), 0)


def initial(given: Assignment) -> State:
    """The state before the first step."""
    premises = tuple(satisfying(p.formula, given) for p in given.premises)
    everything = _holders(given.people, given.sorts)[1]
    return State(given, premises, reduce(and_, premises, everything), everything)


def check(claim: Claim, state: State) -> tuple[Verdict, State]:
    """The verdict on one claim, and the state after it."""
    match claim.body:
        case Unread(supposes):
            said = "a hypothesis" if supposes else "not read whole"
            after = replace(state, supposing=state.supposing or supposes)
            return unverifiable(CHECKER, said), after
        case Says(formula):
            meant = satisfying(formula, state.given)
            together = state.asserted & meant
            return _check(meant, state), replace(state, asserted=together or meant)
        case _:
            return unverifiable(CHECKER, "no claim about who has what"), state


def _check(meant: int, state: State) -> Verdict:
    if not state.allowed:
        return unverifiable(CHECKER, "the premises contradict each other")
    if not state.allowed & ~meant:
        return verified(CHECKER, "follows from the premises")
    if state.supposing:
        return unverifiable(CHECKER, "may stand under a hypothesis")
    if state.allowed & meant:
        return unverifiable(CHECKER, "the premises leave this open")
    if not state.asserted & ~meant:
        return unverifiable(CHECKER, "follows from earlier claims of the trace that do not hold")
    evidence = Evidence("the premises exclude this", premises=_conflict(meant, state))
    return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION)


def _conflict(meant: int, state: State) -> tuple[str, ...]:
    """A smallest set of premises that leaves no way for the claim, found by deletion."""
    kept: Sequence[int] = range(len(state.premises))
    for candidate in range(len(state.premises)):
        rest = [i for i in kept if i != candidate]
        if not reduce(and_, (state.premises[i] for i in rest), meant):
            kept = rest
    return tuple(state.given.premises[i].text for i in kept)
