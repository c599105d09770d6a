"""Claims about who sits where around a table, judged by going through every way to sit.

Turning the table makes no difference, so one person's seat is held.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from itertools import permutations
from operator import and_, or_

from clr.bodies.circles import Away, Formula, Seated, Table, Unread
from clr.bodies.connectives import And, Not, Or
from clr.claim import Claim, Evidence, Fault, Verdict, jump, refuted, unverifiable, verified

CHECKER = "seats at a table"
_REMEMBERED = 40


@dataclass(frozen=True, slots=True)
class State:
    """Ways to sit as bits: those that the premises allow, and what the trace said that they do not.
    `blind` once a sentence was not read, `supposing` once one supposed something."""

    given: Table
    premises: tuple[int, ...]
    allowed: int
    wrong: tuple[int, ...] = ()
    blind: bool = False
    supposing: bool = False


@lru_cache(maxsize=32)
def _ways(people: tuple[str, ...]) -> tuple[dict[str, int], ...]:
    """Every way to sit: the seat of each person, counted to the left."""
    first, *others = people
    return tuple(
        {first: 0, **{name: seat for seat, name in enumerate(order, 1)}}
        for order in permutations(others)
    )


@lru_cache(maxsize=2048)
def satisfying(formula: Formula, people: tuple[str, ...]) -> int:
    """The ways that satisfy `formula`, as a set of bits."""
    everything = (1 << len(_ways(people))) - 1
    match formula:
        case Away():
            return sum(1 << n for n in _places(formula, people))
        case Not(arg):
            return everything & ~satisfying(arg, people)
        case And(args):
            return reduce(and_, (satisfying(a, people) for a in args), everything)
        case Or(args):
            return reduce(or_, (satisfying(a, people) for a in args), 0)


def _places(away: Away, people: tuple[str, ...]) -> Iterator[int]:
    size = len(people)
    for n, seats in enumerate(_ways(people)):
        apart = (seats[away.first] - seats[away.second]) % size
        if apart == away.seats or (not away.ordered and apart == size - away.seats):
            yield n


def initial(given: Table) -> State:
    """The state before the first step."""
    premises = tuple(satisfying(p.formula, given.people) for p in given.premises)
    everything = (1 << len(_ways(given.people))) - 1
    return State(given, premises, reduce(and_, premises, everything))


def check(claim: Claim, state: State) -> tuple[Verdict, State]:
    """The verdict on one claim, and the state after it."""
    match claim.body:
        case Unread(supposes):
            after = replace(state, blind=True, supposing=state.supposing or supposes)
            return unverifiable(CHECKER, "not read whole"), after
        case Seated(formula):
            return _check(satisfying(formula, state.given.people), state)
        case _:
            return unverifiable(CHECKER, "no claim about seats"), state


def _check(meant: int, state: State) -> tuple[Verdict, State]:
    if not state.allowed:
        return unverifiable(CHECKER, "the premises contradict each other"), state
    if not state.allowed & ~meant:
        return verified(CHECKER, "follows from the premises"), state
    if state.supposing:
        return unverifiable(CHECKER, "may stand under a hypothesis"), state
    if any(not wrong & ~meant or _rests_on(wrong, meant, state) for wrong in state.wrong):
        return unverifiable(CHECKER, "follows from an earlier claim that does not hold"), state
    wrong = (*state.wrong, meant)[-_REMEMBERED:]
    if not state.allowed & meant:
        evidence = Evidence("the premises exclude this", premises=_conflict(meant, state))
        return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION), replace(state, wrong=wrong)
    if state.blind or not state.given.complete:
        return unverifiable(CHECKER, "the premises leave this open"), state
    evidence = Evidence("does not follow: the premises allow another way to sit")
    return jump(CHECKER, evidence), replace(state, wrong=wrong)


def _rests_on(wrong: int, meant: int, state: State) -> bool:
    """Whether a claim follows from a wrong one with premises that it leaves possible."""
    left = reduce(lambda ways, p: ways & p or ways, state.premises, wrong)
    return not left & ~meant


def _conflict(meant: int, state: State) -> tuple[str, ...]:
    """Premises that exclude what is meant, none of which can be spared."""
    kept = [*range(len(state.premises))]
    for n in range(len(state.premises)):
        rest = [state.premises[k] for k in kept if k != n]
        if not reduce(and_, rest, meant):
            kept.remove(n)
    return tuple(state.given.premises[k].text for k in kept)
