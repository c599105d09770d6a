"""Claims about who has what, judged by swapping from the holdings that the trace claims.

Whoever takes no part in a swap keeps what they have. A wrong holding is refuted once; the next step
is judged from the holdings as the trace wrote them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from clr.bodies.holdings import Holding, Holdings, Option, Swaps
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

CHECKER = "state machine"


@dataclass(frozen=True, slots=True)
class State:
    """How many swaps of the problem have been made, and who has what by the trace."""

    swaps: Swaps
    done: int
    has: Holdings


def initial(swaps: Swaps) -> State:
    """The state before any swap."""
    return State(swaps, 0, swaps.start)


def swapped(has: Holdings, event: tuple[str, str]) -> Holdings:
    """Who has what after two holders swap."""
    now = dict(has)
    first, second = event
    now[first], now[second] = now[second], now[first]
    return tuple(now.items())


def _wrong(claimed: Holdings, has: Holdings) -> Iterator[tuple[str, str, str]]:
    now = dict(has)
    for holder, thing in claimed:
        if now[holder] != thing:
            yield holder, thing, now[holder]


def _fits(claimed: Holdings, has: Holdings) -> bool:
    return next(_wrong(claimed, has), None) is None


def check(claim: Claim, state: State) -> tuple[Verdict, State]:
    """The verdict on one claim, and the state after it."""
    match claim.body:
        case Holding(None, claimed, start, final):
            return _check_state(claimed, start, final, state)
        case Holding((first, second), claimed, _, _):
            return _check_swap((first, second), claimed, state)
        case Option(label):
            return _check_option(label, state), state
        case _:
            return unverifiable(CHECKER, "no claim about who has what"), state


def _check_swap(event: tuple[str, str], claimed: Holdings, state: State) -> tuple[Verdict, State]:
    events = state.swaps.events
    due = events[state.done] if state.done < len(events) else None
    if due is None or set(due) != set(event):
        said = f"{event[0]} and {event[1]}"
        if any(set(e) == set(event) for e in events[state.done :]):
            assert due is not None
            evidence = Evidence(
                f"the swap of {said} is not the next one", expected=f"{due[0]} and {due[1]}"
            )
            verdict = jump(CHECKER, evidence)
        else:
            verdict = unsupported(
                CHECKER,
                Evidence(
                    f"no swap of {said} is left in the problem",
                    expected=f"{due[0]} and {due[1]}" if due else "no further swap",
                ),
            )
        return verdict, _believe(
            claimed,
            replace(state, has=swapped(state.has, event), done=min(state.done + 1, len(events))),
        )
    after = replace(state, has=swapped(state.has, event), done=state.done + 1)
    return _compare(claimed, after, f"after {event[0]} and {event[1]} swap, ")


def _compare(claimed: Holdings, state: State, when: str) -> tuple[Verdict, State]:
    wrong = list(_wrong(claimed, state.has))
    if not wrong:
        return verified(CHECKER, f"{when or 'by the last state, '}this is who has what"), state
    evidence = Evidence(
        when + ", ".join(f"{holder} has {has}, not {said}" for holder, said, has in wrong),
        expected=", ".join(f"{holder}: {has}" for holder, _, has in wrong),
    )
    return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION), _believe(claimed, state)


def _believe(claimed: Holdings, state: State) -> State:
    """The state with the holdings that the trace wrote."""
    return replace(state, has=tuple((dict(state.has) | dict(claimed)).items()))


def _check_state(
    claimed: Holdings, start: bool, final: bool, state: State
) -> tuple[Verdict, State]:
    if start:
        return _compare(claimed, replace(state, has=state.swaps.start), "at the start, ")[0], (
            state if state.done else _believe(claimed, state)
        )
    if final:
        return _check_final(claimed, state), state
    if _fits(claimed, state.has):
        return _compare(claimed, state, "")
    later = state
    for event in state.swaps.events[state.done :]:
        later = replace(later, has=swapped(later.has, event), done=later.done + 1)
        if _fits(claimed, later.has):
            return _after_unnamed(state, later), later
    if len(claimed) < 2:
        return unverifiable(CHECKER, "nothing says after which swap this holds"), state
    if state.done < len(state.swaps.events):
        # true at no time from here on; if it was meant after the next swap, this is what is wrong
        due = state.swaps.events[state.done]
        return _compare(
            claimed,
            replace(state, has=swapped(state.has, due), done=state.done + 1),
            f"after {due[0]} and {due[1]} swap, ",
        )
    return _compare(claimed, state, "")


def _after_unnamed(state: State, later: State) -> Verdict:
    made = state.swaps.events[state.done : later.done]
    if len(made) == 1:
        return verified(CHECKER, f"who has what after {made[0][0]} and {made[0][1]} swap")
    shown = ", ".join(f"{a} and {b}" for a, b in made)
    return jump(CHECKER, Evidence(f"makes {len(made)} swaps without showing them: {shown}"))


def _check_final(claimed: Holdings, state: State) -> Verdict:
    left = state.swaps.events[state.done :]
    if not left or not state.done:
        if not state.done and left:
            return unverifiable(CHECKER, "the swaps were not shown")
        return _compare(claimed, state, "after the last swap, ")[0]
    return jump(
        CHECKER,
        Evidence("swaps are left: " + ", ".join(f"{a} and {b}" for a, b in left)),
    )


def _check_option(label: str, state: State) -> Verdict:
    options = dict(state.swaps.options)
    asked = state.swaps.asked
    if label not in options or asked is None:
        return unverifiable(CHECKER, "the question was not read")
    return _check_final(((asked, options[label]),), state)
