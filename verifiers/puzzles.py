"""Claims about puzzles, judged by going through every case there is.

A claim that no case allowed by the clues satisfies is refuted, with clues that it conflicts with;
one that all of them satisfy is verified. What stands under a hypothesis is refuted only where the
clues allow the hypothesis and exclude the claim; the hypothesis itself never is, but that it agrees
with all clues may be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, reduce
from itertools import permutations, product
from math import factorial
from operator import and_, or_

from clr.bodies.connectives import And, Not, Or
from clr.bodies.puzzles import Accepts, Formula, Group, Is, Puzzle, Rejects, Says, Supposes
from clr.claim import Claim, Evidence, Fault, Verdict, refuted, unverifiable, verified
from clr.verifiers.conventions import PREMISE

CHECKER = "cases of a puzzle"
OWN = "what the trace made of a puzzle"
"""The checker of what follows from an earlier error of the trace."""
_REMEMBERED = 60
"""Claims of a trace that are held against it."""


@dataclass(frozen=True, slots=True)
class Cases:
    """Every case as a bit: those in which a variable has a value, and all of them."""

    where: dict[tuple[str, int], int]
    everything: int


def count(groups: Sequence[Group]) -> int:
    """How many cases there are."""
    size = 1
    for group in groups:
        n, k = len(group.values), len(group.variables)
        size *= factorial(n) // factorial(n - k) if group.distinct else n**k
    return size


@lru_cache(maxsize=64)
def cases(groups: tuple[Group, ...]) -> Cases:
    """The cases of a puzzle."""
    where: dict[tuple[str, int], int] = {}
    ways = []
    for group in groups:
        places, some = range(1, len(group.values) + 1), len(group.variables)
        ways.append(
            [*(permutations(places, some) if group.distinct else product(places, repeat=some))]
        )
        where |= {(v, place): 0 for v in group.variables for place in places}
    # the bits of each group on its own, then repeated over the ways of the other groups
    total = reduce(lambda size, found: size * len(found), ways, 1)
    inner = total
    for group, found in zip(groups, ways, strict=True):
        inner //= len(found)
        block = (1 << inner) - 1
        period = inner * len(found)
        for k, way in enumerate(found):
            bits = block << (k * inner)
            for variable, place in zip(group.variables, way, strict=True):
                where[variable, place] |= bits
        times = total // period
        spread = sum(1 << (period * i) for i in range(times)) if times > 1 else 1
        for variable in group.variables:
            for place in range(1, len(group.values) + 1):
                where[variable, place] *= spread
    return Cases(where, (1 << total) - 1)


def satisfying(formula: Formula, found: Cases) -> int:
    """The cases that satisfy `formula`, as a set of bits."""
    match formula:
        case Is(variable, value):
            return found.where.get((variable, value), 0)
        case Not(arg):
            return found.everything & ~satisfying(arg, found)
        case And(args):
            return reduce(and_, (satisfying(a, found) for a in args), found.everything)
        case Or(args):
            return reduce(or_, (satisfying(a, found) for a in args), 0)


@dataclass(frozen=True, slots=True)
class State:
    """Sets of cases as bits: what each clue allows, what all do, and what the meanings of words do;
    what each claim of the trace does, the latest first. `scopes` are the hypotheses that are open,
    None for one that was not read; `ends`
    tells by sort of mirror which reading was meant."""

    puzzle: Puzzle
    clues: tuple[int, ...]
    allowed: int
    meant: int
    claimed: tuple[int, ...] = ()
    scopes: tuple[int | None, ...] = ()
    ends: Mapping[str, int] = field(default_factory=dict)
    supposed_in: int = -1
    """The step with the last hypothesis."""

    @property
    def asserted(self) -> int:
        """What the trace itself allows: what is at odds with a later claim is given up, and so is
        a clue that is at odds with all claims."""
        ways = self.meant
        for claim in (*self.claimed, *self.clues):
            ways = ways & claim or ways
        return ways


def initial(puzzle: Puzzle) -> State:
    """The state before the first step."""
    found = cases(puzzle.groups)
    clues = tuple(satisfying(c.formula, found) for c in puzzle.clues)
    meant = reduce(and_, (satisfying(m, found) for m in puzzle.meanings), found.everything)
    return State(puzzle, clues, reduce(and_, clues, meant), meant)


def check(claim: Claim, state: State) -> tuple[Verdict, State]:
    """The verdict on one claim, and the state after it."""
    if not state.allowed:
        return unverifiable(CHECKER, "the clues contradict each other"), state
    found = cases(state.puzzle.groups)
    match claim.body:
        case Supposes(formula):
            meant = None if formula is None else satisfying(formula, found)
            return _suppose(meant, state, claim.step)
        case Rejects():
            return _reject(state)
        case Accepts():
            return _accept(state), state
        case Says() as body:
            sets = [satisfying(r, found) for r in body.readings]
            state = _discharged(body, sets, state)
            end = state.ends.get(body.mirror)
            if end is not None:
                if not body.strict and not sets[end] & state.allowed:
                    return unverifiable(CHECKER, "may be read from the other end"), state
                sets = [sets[end]]
            verdict = _check(body, sets, state, fresh=claim.step == state.supposed_in)
            return verdict, _after(body, sets, state)
        case _:
            return unverifiable(CHECKER, "no claim about a puzzle"), state


def _suppose(meant: int | None, state: State, step: int) -> tuple[Verdict, State]:
    """A hypothesis takes the place of one that it excludes, and all that stand under that."""
    verdict = unverifiable(CHECKER, "a hypothesis")
    scopes = state.scopes
    if meant is not None:
        for n, other in enumerate(scopes):
            if other is not None and not other & meant & state.meant:
                scopes = scopes[:n]
                break
        if not state.allowed & ~meant:  # no hypothesis: it follows
            return verdict, replace(state, scopes=scopes, supposed_in=-1)
    return verdict, replace(state, scopes=(*scopes, meant), supposed_in=step)


def _reject(state: State) -> tuple[Verdict, State]:
    if not state.scopes:
        return unverifiable(CHECKER, "nothing is known to be supposed"), state
    *rest, last = state.scopes
    after = replace(state, scopes=tuple(rest), supposed_in=-1)
    supposed = _supposed(state.scopes)
    if last is not None and supposed is not None and not supposed & state.allowed:
        return verified(CHECKER, "the clues exclude what is supposed"), after
    return unverifiable(CHECKER, "gives up a hypothesis"), after


def _accept(state: State) -> Verdict:
    supposed = state.scopes[-1] if state.scopes else None
    if supposed is None:
        return unverifiable(CHECKER, "it is not known what is supposed")
    if supposed & state.allowed:
        return unverifiable(CHECKER, "the clues that were read allow what is supposed")
    evidence = Evidence("the clues exclude what is supposed", premises=_conflict(supposed, state))
    return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION)


def _supposed(scopes: Sequence[int | None]) -> int | None:
    """What all open hypotheses say together; None if one was not read."""
    known = [scope for scope in scopes if scope is not None]
    return reduce(and_, known, -1) if len(known) == len(scopes) else None


def _discharged(body: Says, sets: list[int], state: State) -> State:
    """The state without the hypotheses that a claim leaves behind: what follows from the clues
    excludes the last one that was read."""
    if not body.concluded or any(state.allowed & ~meant for meant in sets):
        return state
    for n in reversed(range(len(state.scopes))):
        supposed = state.scopes[n]
        if supposed is not None and not any(supposed & meant & state.meant for meant in sets):
            return replace(state, scopes=state.scopes[:n])
    return state


def _check(body: Says, sets: list[int], state: State, *, fresh: bool) -> Verdict:
    last = state.scopes[-1] if state.scopes else None
    if body.by_meaning and fresh and last is not None and _broken(last & state.meant, sets):
        evidence = Evidence("what is supposed says otherwise", premises=_conflict(last, state))
        return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION)
    if any(not state.allowed & ~meant for meant in sets):
        told = range(len(state.puzzle.meanings), len(state.clues))
        stated = [i for i in told if any(not state.clues[i] & ~meant for meant in sets)]
        if stated:
            text = state.puzzle.clues[stated[0]].text
            return verified(PREMISE, "stated by the problem", premises=(text,))
        return verified(CHECKER, "follows from the clues")
    if state.scopes and not body.final:
        supposed = _supposed(state.scopes)
        if supposed is None:
            return unverifiable(CHECKER, "may stand under a hypothesis")
        known = supposed & state.allowed or supposed & state.meant
        if any(not known & ~meant for meant in sets):
            return verified(CHECKER, "follows from what is supposed")
        if not supposed & state.allowed:
            return unverifiable(CHECKER, "stands under a hypothesis that the clues exclude")
    if any(not state.asserted & ~meant for meant in sets):
        return unverifiable(OWN, "follows from earlier claims of the trace that do not hold")
    if not any(state.allowed & meant for meant in sets):
        evidence = Evidence("the clues exclude this", premises=_conflict(sets[0], state))
        return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION)
    return unverifiable(CHECKER, "the clues that were read leave this open")


def _broken(known: int, sets: list[int]) -> bool:
    return bool(known) and not any(known & meant for meant in sets)


def _after(body: Says, sets: list[int], state: State) -> State:
    """The state after a claim; a hypothesis that it stands under bounds what it claims."""
    ends = state.ends
    if body.mirror and body.mirror not in ends and len(sets) > 1:
        possible = [i for i, meant in enumerate(sets) if meant & state.allowed]
        if len(possible) == 1 and not state.allowed & ~sets[possible[0]]:
            ends = {**ends, body.mirror: possible[0]}
    if len(sets) > 1 or (state.scopes and not body.final):
        return replace(state, ends=ends)
    return replace(state, ends=ends, claimed=(sets[0], *state.claimed)[:_REMEMBERED])


def _conflict(meant: int, state: State) -> tuple[str, ...]:
    """A smallest set of clues that leaves no case for the claim, found by deletion."""
    kept: Sequence[int] = range(len(state.clues))
    for candidate in range(len(state.clues)):
        rest = [i for i in kept if i != candidate]
        if not reduce(and_, (state.clues[i] for i in rest), meant & state.meant):
            kept = rest
    return tuple(state.puzzle.clues[i].text for i in kept)
