"""Claims about who has what, judged by going through every way to give everything to everybody.

A claim that no way allowed by the problem satisfies is refuted, with premises that it conflicts
with; one that all of them satisfy is verified, unless what is cited for it adds nothing; one that
the premises leave open is a jump, if they were read whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial, reduce
from itertools import permutations, product
from operator import and_, or_

from clr.bodies.assignments import Apart, Assignment, Formula, Possible, Says, Together, Unread
from clr.bodies.connectives import And, Not, Or
from clr.claim import (
    Claim,
    Evidence,
    Fault,
    Verdict,
    jump,
    refuted,
    unsupported,
    unverifiable,
    verified,
)
from clr.verifiers.hypotheses import left_behind, outside_of_cases
from clr.verifiers.scopes import TooMany, needed_beside

CHECKER = "finite domains"
GIVEN = "what is given of who has what"
"""The checker of what only repeats a premise."""
OWN = "what the trace made of who has what"
"""The checker of what follows from an earlier error of the trace."""
_REMEMBERED = 40
"""Claims of a trace that are held against it."""


@dataclass(frozen=True, slots=True)
class State:
    """Sets of ways as bits: those that the premises allow, and those that each claim does, right or
    wrong, the latest first. `supposing` are the hypotheses that are open, `blind` once a sentence
    was not read."""

    given: Assignment
    premises: tuple[int, ...]
    allowed: int
    claimed: tuple[int, ...] = ()
    supposing: tuple[int | None, ...] = ()
    blind: bool = False

    @property
    def said(self) -> tuple[int, ...]:
        """The claims that hold."""
        return tuple(claim for claim in self.claimed if not self.allowed & ~claim)

    @property
    def asserted(self) -> int:
        """What the trace itself allows: what is at odds with a later claim is given up."""
        ways = _holders(self.given.people, self.given.sorts)[1]
        for claim in self.claimed:
            ways = ways & claim or ways
        return ways


@lru_cache(maxsize=64)
def _holders(
    people: tuple[str, ...], sorts: tuple[tuple[str, ...], ...]
) -> tuple[dict[tuple[str, str], int], int]:
    """For each person and thing the set of ways in which that person has it, and all ways."""
    sets: dict[tuple[str, str], int] = dict.fromkeys(product(people, sum(sorts, people)), 0)
    ways = product(*(permutations(sort) for sort in sorts))
    count = 0
    for count, way in enumerate(ways, 1):
        bit = 1 << (count - 1)
        for values in way:
            for pair in zip(people, values, strict=True):
                sets[pair] |= bit
    everything = (1 << count) - 1
    return sets | {(person, person): everything for person in people}, everything


def satisfying(formula: Formula, given: Assignment) -> int:
    """The ways that satisfy `formula`, as a set of bits: one for each way to give out all sorts."""
    sets, everything = _holders(given.people, given.sorts)

    def together(first: str, second: str) -> int:
        return reduce(or_, (sets[p, first] & sets[p, second] for p in given.people))

    match formula:
        case Together(first, second):
            return together(first, second)
        case Apart(first, second, gap, ordered):
            pairs = product(enumerate(given.order), repeat=2)
            return reduce(
                or_,
                (
                    together(first, low) & together(second, high)
                    for (i, low), (j, high) in pairs
                    if (j - i == gap if gap else j > i) or (not ordered and i - j == gap)
                ),
                0,
            )
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
    return State(given, premises, reduce(and_, premises, everything))


def check(claim: Claim, state: State) -> tuple[Verdict, State]:
    """The verdict on one claim, and the state after it."""
    match claim.body:
        case Unread(supposes, hypothesis):
            said = "a hypothesis" if supposes else "not read whole"
            meant = None if hypothesis is None else satisfying(hypothesis, state.given)
            known = meant is not None and not state.allowed & ~meant
            supposing = (*state.supposing, meant) if supposes and not known else state.supposing
            after = replace(state, supposing=supposing, blind=True)
            return unverifiable(CHECKER, said), after
        case Possible(alternatives):
            sets = [satisfying(a, state.given) for a in alternatives]
            if all(meant & state.allowed for meant in sets):
                return verified(CHECKER, "possible by the premises"), state
            return unverifiable(CHECKER, "may be meant by some of the premises only"), state
        case Says() as body:
            meant = satisfying(body.formula, state.given)
            state = _discharged(body, meant, state)
            claimed = (meant, *state.claimed)[:_REMEMBERED]
            return _check(body, meant, state), replace(state, claimed=claimed)
        case _:
            return unverifiable(CHECKER, "no claim about who has what"), state


def _discharged(body: Says, meant: int, state: State) -> State:
    """The state without the hypotheses that a claim leaves behind: it holds in all cases, or
    follows from the premises and excludes the last one that was read."""
    if body.overall:
        exhaust = partial(_exhaust, state.allowed)
        return replace(state, supposing=outside_of_cases(state.supposing, exhaust))
    if not body.concluded or state.allowed & ~meant:
        return state

    def excludes(hypothesis: int | None) -> bool:
        return hypothesis is not None and not hypothesis & meant

    return replace(state, supposing=left_behind(state.supposing, excludes))


def _exhaust(allowed: int, cases: Sequence[int | None]) -> bool:
    """Whether one of the cases that were read must hold."""
    return not allowed & ~reduce(or_, (c for c in cases if c is not None), 0)


def _check(body: Says, meant: int, state: State) -> Verdict:
    if not state.allowed:
        return unverifiable(CHECKER, "the premises contradict each other")
    if not state.allowed & ~meant:
        return _held_to_reasons(body, meant, state)
    if state.supposing:
        return unverifiable(CHECKER, "may stand under a hypothesis")
    if not state.asserted & ~meant:
        return unverifiable(OWN, "follows from earlier claims of the trace that do not hold")
    if not state.allowed & meant:
        evidence = Evidence("the premises exclude this", premises=_conflict(meant, state))
        return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION)
    if state.blind or not state.given.complete:
        return unverifiable(CHECKER, "the premises leave this open")
    example = _example(state.allowed & ~meant, state.given)
    if body.reason:
        message = "given as a reason, but nothing establishes it"
        return unsupported(CHECKER, Evidence(message, counterexample=example))
    message = "does not follow: the premises allow another case"
    return jump(CHECKER, Evidence(message, counterexample=example))


def _held_to_reasons(body: Says, meant: int, state: State) -> Verdict:
    """Whether what is cited for a claim that follows adds anything to what else is established."""
    everything = _holders(state.given.people, state.given.sorts)[1]
    cited = [satisfying(f, state.given) for f in body.cites]
    stated = meant in state.premises
    follows = verified(GIVEN if stated else CHECKER, "follows from the premises")
    if not cited or meant in state.said or any(state.allowed & ~c for c in cited):
        return follows
    others = [s for s in dict.fromkeys((*state.premises, *state.said)) if s not in cited]
    try:
        needed = needed_beside(
            cited, others, lambda known: not reduce(and_, known, everything) & ~meant
        )
    except TooMany:
        return follows
    if needed is not None:
        return follows
    premises = _conflict(everything & ~meant, state)
    message = "follows from other premises: what is cited adds nothing"
    return jump(CHECKER, Evidence(message, premises=premises))


def _conflict(meant: int, state: State) -> tuple[str, ...]:
    """A smallest set of premises that leaves no way for the claim, found by deletion."""
    kept: Sequence[int] = range(len(state.premises))
    for candidate in range(len(state.premises)):
        rest = [i for i in kept if i != candidate]
        if not reduce(and_, (state.premises[i] for i in rest), meant):
            kept = rest
    return tuple(state.given.premises[i].text for i in kept)


def _example(ways: int, given: Assignment) -> dict[str, str]:
    """What everybody has in the first of these ways."""
    sets, _ = _holders(given.people, given.sorts)
    bit = ways & -ways
    things = sum(given.sorts, ())
    return {p: ", ".join(t for t in things if sets[p, t] & bit) for p in given.people}
