"""Claims about the number of listed things, judged by the list and by what the trace counted.

Which things are fruits is not known here. How many of each there are is told by the problem, and a
total must be that of some things that the trace listed. A wrong count is refuted once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from clr.bodies.counting import Counted, Listing, Total, Unread
from clr.claim import (
    Claim,
    Evidence,
    Fault,
    Verdict,
    jump,
    refuted,
    unverifiable,
    verified,
)

CHECKER = "collections"
_MOST_LISTS = 12
_List: TypeAlias = tuple[tuple[str, int], ...]
"""Things, each with its number."""


@dataclass(frozen=True, slots=True)
class State:
    """The lists that the trace made, each thing with the count that the trace gave it.

    `bare` where the trace named things of its last list without counting them; `unread` where it
    named things in words that were not read; `totals` are those that it told.
    """

    given: Mapping[str, int]
    all: bool
    lists: tuple[_List, ...] = ()
    bare: bool = False
    unread: bool = False
    totals: frozenset[int] = frozenset()


def initial(listing: Listing) -> State:
    """The state before anything is counted."""
    return State(dict(listing.things), listing.all)


def check(claim: Claim, state: State) -> tuple[Verdict, State]:
    """The verdict on one claim, and the state after it."""
    match claim.body:
        case Unread():
            return unverifiable(CHECKER, "not read whole"), replace(state, unread=True)
        case Counted() as body:
            return _check_counted(body, state)
        case Total() as body:
            return _check_total(body, state)
        case _:
            return unverifiable(CHECKER, "no claim about listed things"), state


def _check_counted(body: Counted, state: State) -> tuple[Verdict, State]:
    given = state.given[body.thing]
    current = () if body.opens or not state.lists else state.lists[-1]
    if body.thing in dict(current):
        current = ()
    earlier = state.lists if not current else state.lists[:-1]
    before = sum(count for _, count in current)
    count = given if body.count is None else body.count
    # who counts along writes how many things or lines there are up to here
    others = _also_called(body.thing, state)
    sure = body.stated and not others
    along = body.along and not sure and bool(current)
    along = along and body.count in (len(current) + 1, before + given)
    believed = given if along else count
    lists = (*earlier, (*current, (body.thing, believed)))[-_MOST_LISTS:]
    after = replace(state, lists=lists, bare=body.count is None or (state.bare and bool(current)))
    if count == given + others != given or (count != given and not body.listed and not sure):
        return unverifiable(CHECKER, "may be another number than that of the list"), replace(
            state, unread=True
        )
    if count != given and not along:
        evidence = Evidence(f"the problem lists {given} of this, not {count}", expected=str(given))
        return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION), after
    if body.running not in (None, before + believed):
        evidence = Evidence(f"this makes {before + believed}", expected=str(before + believed))
        return refuted(CHECKER, evidence), after
    if count != given:
        return unverifiable(CHECKER, "may count the things up to here"), after
    return verified(CHECKER, f"the problem lists {given} of this"), after


def _also_called(thing: str, state: State) -> int:
    """How many there are of what may be called so too: of green apples, beside "apples"."""
    words = set(thing.split())
    return sum(
        n for other, n in state.given.items() if other != thing and words & set(other.split())
    )


def _check_total(body: Total, state: State) -> tuple[Verdict, State]:
    after = replace(state, totals=state.totals | {body.count})
    if body.terms and Counter(body.terms) == Counter(state.given.values()):
        if sum(body.terms) != body.count:
            return unverifiable(CHECKER, "wrongly added up"), after
        return verified(CHECKER, "the counts that the problem lists"), after
    if body.answer and body.count in state.totals:
        return verified(CHECKER, "as the trace counted"), after
    if not state.lists:
        return unverifiable(CHECKER, "no list was shown"), after
    if body.terms:
        return _check_sum(body, state), after
    told = body.asked or body.answer
    if state.all and told and not state.unread and (missing := _missing(state)):
        evidence = Evidence(f"leaves out {', '.join(missing)}")
        return jump(CHECKER, evidence), replace(after, all=False)
    right = tuple(tuple((thing, state.given[thing]) for thing, _ in ls) for ls in state.lists)
    if body.count in _sums(state.lists) | _sums(right):
        return verified(CHECKER, "the sum of what was listed"), after
    if state.unread:
        return unverifiable(CHECKER, "things were named in words that were not read"), after
    if state.bare and body.count in {len(found) for found in state.lists}:
        return unverifiable(CHECKER, "the number of kinds"), after
    shown = sum(count for _, count in state.lists[-1])
    evidence = Evidence(f"what was listed makes {shown}", expected=str(shown))
    return refuted(CHECKER, evidence), after


def _check_sum(body: Total, state: State) -> Verdict:
    """Terms that are added up are the counts of a list; whether rightly, mathematics says."""
    terms = Counter(body.terms)
    for found in state.lists:
        if terms == Counter(count for _, count in found):
            if sum(body.terms) != body.count:
                return unverifiable(CHECKER, "wrongly added up")
            return verified(CHECKER, "the counts of what was listed")
    if terms.keys() <= state.totals | _sums(state.lists):
        return unverifiable(CHECKER, "may add up what was summed before")
    counts = [count for _, count in state.lists[-1]]
    if len(counts) == len(body.terms) > 2 and not state.unread and not state.bare:
        shown = " + ".join(map(str, counts))
        return refuted(
            CHECKER, Evidence(f"the counts are {shown}", expected=shown), fault=Fault.CONTRADICTION
        )
    return unverifiable(CHECKER, "may add up a part")


def _missing(state: State) -> list[str]:
    named = {thing for found in state.lists for thing, _ in found}
    return [thing for thing in state.given if thing not in named]


def _sums(lists: Sequence[_List]) -> set[int]:
    """The sums of one or more of the lists, and that of all things named."""
    sums = {0}
    for found in lists:
        one = sum(count for _, count in found)
        sums |= {one + other for other in sums}
    every = dict(pair for found in lists for pair in found)
    return (sums - {0}) | {sum(every.values())}
