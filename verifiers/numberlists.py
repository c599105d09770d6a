"""Claims about a list of numbers, judged by plain operations on the list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import flint

from clr.bodies.numberlists import (
    Chosen,
    Extreme,
    HowMany,
    Member,
    NumberList,
    Ordered,
    Property,
    Unread,
)
from clr.claim import Claim, Evidence, Fault, Verdict, refuted, unverifiable, verified

CHECKER = "collections"


@dataclass(frozen=True, slots=True)
class State:
    """The list, and the numbers that the trace itself chose for a property, right or wrong."""

    given: NumberList
    chosen: tuple[tuple[Property, tuple[int, ...]], ...] = ()


def initial(given: NumberList) -> State:
    """The state before the first step."""
    return State(given)


def has(number: int, what: Property) -> bool:
    """Whether a number has a property."""
    match what.name:
        case "odd":
            found = number % 2 == 1
        case "even":
            found = number % 2 == 0
        case "prime":
            found = number > 1 and bool(flint.fmpz(number).is_prime())
        case "positive":
            found = number > 0
        case "negative":
            found = number < 0
        case "multiple":
            found = what.bound != 0 and number % what.bound == 0
        case "over":
            found = number > what.bound
        case "under":
            found = number < what.bound
        case _:
            found = True
    return found is not what.denied


def check(claim: Claim, state: State) -> tuple[Verdict, State]:
    """The verdict on one claim, and the state after it."""
    numbers = state.given.numbers
    match claim.body:
        case Unread():
            return unverifiable(CHECKER, "not read whole"), state
        case Chosen(what, said):
            true = tuple(n for n in numbers if has(n, what))
            after = replace(state, chosen=(*state.chosen, (what, said))[-20:])
            same = Counter(said) == Counter(true) or set(said) == set(true)
            return _judged(same, ", ".join(map(str, true)) or "none"), after
        case HowMany(what, count):
            true_count = sum(has(n, what) for n in numbers)
            different = len({n for n in numbers if has(n, what)})
            own = [len(said) for known, said in state.chosen if known == what]
            if count in own and count not in (true_count, different):
                return unverifiable(CHECKER, "as many as the trace chose"), state
            return _judged(count in (true_count, different), str(true_count)), state
        case Member(number, inside):
            found = number in numbers
            return _judged(
                found is inside, f"the list {'has' if found else 'has no'} {number}"
            ), state
        case Extreme(largest, number):
            true_end = max(numbers) if largest else min(numbers)
            return _judged(number == true_end, str(true_end)), state
        case Ordered(said, descending):
            order = tuple(sorted(numbers, reverse=descending))
            same = said in (order, tuple(dict.fromkeys(order)))
            return _judged(same, ", ".join(map(str, order))), state
        case _:
            return unverifiable(CHECKER, "no claim about a list"), state


def _judged(right: bool, true: str) -> Verdict:
    if right:
        return verified(CHECKER, "by the list")
    evidence = Evidence(f"by the list of the problem: {true}", expected=true)
    return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION)
