"""Claims about who has what, judged by swapping from the holdings that the trace claims.

Whoever takes no part in a swap keeps what they have. A wrong holding is refuted once; the next step
is judged from the holdings as the trace wrote them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from clr.bodies.holdings import Holding, Holdings, Option, Swaps, Unread
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
Event = tuple[str, str]


@dataclass(frozen=True, slots=True)
class State:
    """Who has what by the trace, and which swaps of the problem are still to be made.

    `past` holds what was so before. `last` is the swap made last. `named` is the state before swaps
    that were only named so far: perhaps the trace only said what is going to happen. `blind` once a
    sentence was not read, which may have told of swaps.
    """

    swaps: Swaps
    pending: tuple[Event, ...]
    has: Holdings
    past: tuple[Holdings, ...] = ()
    last: Event | None = None
    named: State | None = None
    blind: bool = False

    @property
    def begun(self) -> bool:
        """Whether any swap was told."""
        return len(self.pending) < len(self.swaps.events)


def initial(swaps: Swaps) -> State:
    """The state before any swap."""
    return State(swaps, swaps.events, swaps.start)


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
    verdict, after = _check(claim, state)
    if verdict.fault is not None and state.named is not None:
        verdict, after = _check(claim, replace(state.named, blind=state.blind))
    only_named = isinstance(claim.body, Holding) and claim.body.event and not claim.body.has
    return verdict, replace(after, named=state.named or state if only_named else None)


def _check(claim: Claim, state: State) -> tuple[Verdict, State]:
    match claim.body:
        case Holding(None) as body:
            return _check_state(body, state)
        case Holding((first, second), claimed):
            return _check_swap((first, second), claimed, state)
        case Option(label):
            return _check_option(label, state), state
        case Unread():
            return unverifiable(CHECKER, "not read whole"), replace(state, blind=True)
        case _:
            return unverifiable(CHECKER, "no claim about who has what"), state


def _make(event: Event, state: State) -> State:
    """The state after a swap; it is no longer pending if it was."""
    pending = list(state.pending)
    same = [e for e in pending if set(e) == set(event)]
    if same:
        pending.remove(same[0])
    return replace(
        state,
        pending=tuple(pending),
        has=swapped(state.has, event),
        past=(*state.past, state.has),
        last=event,
    )


def _is_due(event: Event, pending: tuple[Event, ...]) -> bool:
    """Whether a swap is the next one, or makes no difference to those that are skipped."""
    for due in pending:
        if set(due) == set(event):
            return True
        if set(due) & set(event):
            return False
    return False


def _check_swap(event: Event, claimed: Holdings, state: State) -> tuple[Verdict, State]:
    said = f"{event[0]} and {event[1]}"
    if _is_due(event, state.pending):
        after = _make(event, state)
        named = state.named is not None and set(state.last or ()) == set(event)
        if not (named and claimed and _fits(claimed, state.has) and not _fits(claimed, after.has)):
            return _compare(claimed, after, f"after {said} swap, ")
    if state.last is not None and set(state.last) == set(event):
        return _compare(claimed, state, f"after {said} swap, ")
    due = f"{state.pending[0][0]} and {state.pending[0][1]}" if state.pending else None
    if state.blind:
        verdict = unverifiable(CHECKER, "sentences that were not read may tell of swaps")
    elif any(set(e) == set(event) for e in state.pending):
        verdict = jump(CHECKER, Evidence(f"the swap of {said} is not the next one", expected=due))
    else:
        message = f"no swap of {said} is left in the problem"
        verdict = unsupported(CHECKER, Evidence(message, expected=due or "no further swap"))
    after = replace(_make(event, state), pending=state.pending[1:])
    return verdict, _believe(claimed, after)


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


def _check_state(body: Holding, state: State) -> tuple[Verdict, State]:
    claimed = body.has
    if body.start:
        return _compare(claimed, replace(state, has=state.swaps.start), "at the start, ")[0], (
            state if state.begun else _believe(claimed, state)
        )
    if body.final:
        return _check_final(claimed, state), state
    done = len(state.swaps.events) - len(state.pending)
    if body.index == done + 1 and state.pending:
        after = _make(state.pending[0], state)
        if _fits(claimed, after.has):
            return _compare(claimed, after, f"after swap {body.index}, ")
    if _fits(claimed, state.has):
        return _compare(claimed, state, "")
    if body.past:
        if any(_fits(claimed, has) for has in state.past):
            return verified(CHECKER, "was so before"), state
        return unverifiable(CHECKER, "nothing says at which time this held"), state
    later = state
    for event in state.pending:
        later = _make(event, later)
        if _fits(claimed, later.has):
            return _after_unnamed(claimed, state, later)
    if len(claimed) < 2:
        return unverifiable(CHECKER, "nothing says after which swap this holds"), state
    if state.blind:
        return unverifiable(CHECKER, "sentences that were not read may tell of swaps"), (
            _believe(claimed, state)
        )
    if state.pending:
        # true at no time from here on; if it was meant after the next swap, this is what is wrong
        due = state.pending[0]
        return _compare(claimed, _make(due, state), f"after {due[0]} and {due[1]} swap, ")
    return _compare(claimed, state, "")


def _after_unnamed(claimed: Holdings, state: State, later: State) -> tuple[Verdict, State]:
    made = state.pending[: len(state.pending) - len(later.pending)]
    if len(made) == 1:
        a, b = made[0]
        return verified(CHECKER, f"who has what after {a} and {b} swap"), later
    if state.blind:
        verdict = unverifiable(CHECKER, "sentences that were not read may tell of swaps")
        return verdict, later if len(claimed) > 1 else state
    shown = ", ".join(f"{a} and {b}" for a, b in made)
    message = f"makes {len(made)} swaps without showing them: {shown}"
    return jump(CHECKER, Evidence(message)), later


def _check_final(claimed: Holdings, state: State) -> Verdict:
    left = state.pending
    if left and (state.blind or not state.begun):
        return unverifiable(CHECKER, "the swaps were not shown, or not read")
    if not left:
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
