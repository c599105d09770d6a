"""Claims about a thing that changes by declared steps, judged by running the steps.

An event of the problem changes the slots that it names and no other. A claim that names the event
it follows is held to the state after that event, told by its place in the order of the trace; one
that names no moment is refuted only where it holds at no moment that is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from clr.bodies.machines import (
    Add,
    Copy,
    Event,
    Exchange,
    Idle,
    Machine,
    Pop,
    Push,
    Put,
    Reverse,
    Shown,
    Swap,
    Times,
    Toggle,
    Unread,
    Value,
    Values,
)
from clr.claim import Claim, Evidence, Fault, Status, Verdict, jump, refuted, unverifiable, verified

CHECKER = "state machine"
START = "state at the start"
"""The checker of what only repeats how the problem begins."""
OWN = "state that the trace made"
"""The checker of what follows from an earlier error of the trace."""


@dataclass(frozen=True, slots=True)
class State:
    """All states of the machine, the first before any event; `at` events were told so far.

    `own` is what the trace itself makes of them, right or wrong: one error is counted once. `blind`
    once a sentence was not read, which may have told of events.
    """

    machine: Machine
    states: tuple[Mapping[str, Value], ...]
    at: int = 0
    own: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    blind: bool = False


def initial(machine: Machine) -> State:
    """The state before the first step; none but the first if the events cannot be run."""
    states: list[Mapping[str, Value]] = [dict(machine.start)]
    for event in machine.events:
        after = _after(event, states[-1])
        if after is None:
            return State(machine, ())
        states.append(after)
    return State(machine, tuple(states), own=states[0])


def _after(event: Event, state: Mapping[str, Value]) -> Mapping[str, Value] | None:
    """The state after an event; None if it is impossible."""
    match event:
        case Put(slot, value):
            return {**state, slot: value}
        case Push(slot, item):
            held = state.get(slot)
            return {**state, slot: (*held, item)} if isinstance(held, tuple) else None
        case Pop(slot, first):
            held = state.get(slot)
            if not isinstance(held, tuple) or not held:
                return None
            return {**state, slot: held[1:] if first else held[:-1]}
        case Toggle(slot, (one, other)):
            return {**state, slot: other if state.get(slot) == one else one}
        case Add(slot, amount):
            return _changed(slot, state, lambda number: number + amount)
        case Times(slot, factor):
            return _changed(slot, state, lambda number: number * factor)
        case Copy(slot, source):
            return {**state, slot: state[source]} if source in state else None
        case Swap(first, second):
            if first not in state or second not in state:
                return None
            return {**state, first: state[second], second: state[first]}
        case Exchange(slot, first, second):
            return _moved(slot, state, {first: second, second: first})
        case Reverse(slot, first, last):
            return _moved(slot, state, {n: first + last - n for n in range(first, last + 1)})
        case Idle():
            return state


def _moved(
    slot: str, state: Mapping[str, Value], goes_to: Mapping[int, int]
) -> Mapping[str, Value] | None:
    """The state after what is at some places of a row goes to others."""
    value = state.get(slot)
    if isinstance(value, str) and value.isdecimal():
        return {**state, slot: str(goes_to.get(int(value), int(value)))}
    if not isinstance(value, tuple) or max(goes_to) > len(value):
        return None
    row = list(value)
    for place, item in enumerate(value, 1):
        row[goes_to.get(place, place) - 1] = item
    return {**state, slot: tuple(row)}


_MOST_DIGITS = 40
"""Digits of a number that is still followed."""


def _changed(
    slot: str, state: Mapping[str, Value], change: Callable[[int], int]
) -> Mapping[str, Value] | None:
    value = state.get(slot)
    if not isinstance(value, str) or not value.lstrip("-").isdecimal() or len(value) > _MOST_DIGITS:
        return None
    return {**state, slot: str(change(int(value)))}


def check(claim: Claim, state: State) -> tuple[Verdict, State]:
    """The verdict on one claim, and the state after it."""
    match claim.body:
        case Unread():
            return unverifiable(CHECKER, "not read whole"), replace(state, blind=True)
        case Shown() as body if not state.states:
            return unverifiable(CHECKER, "the events of the problem are impossible"), state
        case Shown() as body:
            return _check(body, state)
        case _:
            return unverifiable(CHECKER, "no claim about a state"), state


def _check(body: Shown, state: State) -> tuple[Verdict, State]:
    last = len(state.machine.events)
    if body.event is not None:
        return _check_after(body.event, body.has, state)
    if body.start:
        return _at(0, body.has, replace(state, at=max(state.at, 0)), "at the start")
    if body.index is not None:
        if not 0 < body.index <= last:
            return unverifiable(CHECKER, "there is no such event"), state
        return _at(body.index, body.has, state, f"after event {body.index}")
    if body.final:
        return _at(last, body.has, state, "in the end")
    return _check_some(body, state)


def _check_after(
    named: tuple[tuple[Event, ...], str], has: Values, state: State
) -> tuple[Verdict, State]:
    """What holds after events that are told: the next ones like them, if that can be told."""
    like = list(_runs(*named, state.machine))
    coming = [(begin, n) for begin, n in like if n > state.at]
    if not coming:
        if any(_fits(has, state.states[n]) for _, n in like):
            return verified(CHECKER, "as after this event"), state
        return unverifiable(CHECKER, "no such event is left"), replace(state, blind=True)
    begin, place = coming[0]
    skipped = begin > state.at
    fits = [n for _, n in coming if _fits(has, state.states[n])]
    if skipped and fits and place not in fits:  # others were told in words that were not read
        return unverifiable(CHECKER, "as after a later event"), replace(state, blind=True)
    verdict, after = _at(place, has, state, f"after event {place}")
    if (
        skipped
        and not state.blind
        and state.own == state.states[state.at]
        and verdict.status is Status.VERIFIED
    ):
        return jump(CHECKER, Evidence(f"skips event {state.at + 1}")), after
    return verdict, after


def _runs(named: Sequence[Event], actor: str, machine: Machine) -> Iterator[tuple[int, int]]:
    """Where the events of the problem that are told begin and end, in order."""
    told = _merged(named)
    for end in range(1, len(machine.events) + 1):
        for begin in range(end - 1, -1, -1):
            run = _merged(machine.events[begin:end])
            if len(run) > len(told):
                break
            who = set(machine.actors[begin:end]) - {"", actor}
            if len(run) == len(told) and all(map(_same, told, run)):
                if not who or not actor or actor.islower():
                    yield begin, end
                break


def _merged(events: Sequence[Event]) -> list[Event]:
    """The events with steps of a counter that follow each other directly made one."""
    out: list[Event] = []
    for event in events:
        match (out[-1:], event):
            case ([Add(slot, before)], Add(again, amount)) if slot == again:
                out[-1] = Add(slot, before + amount)
            case _:
                out.append(event)
    return out


def _same(named: Event, event: Event) -> bool:
    if isinstance(named, Put) and isinstance(event, Put) and not named.value:
        return named.slot == event.slot
    match named, event:
        case (Swap(a, b), Swap(c, d)) | (Exchange(_, a, b), Exchange(_, c, d)):
            return {a, b} == {c, d}
    return named == event


def _at(place: int, has: Values, state: State, moment: str) -> tuple[Verdict, State]:
    """Whether values hold after `place` events, in truth or by what the trace itself had before."""
    true = state.states[place]
    known = [(slot, value) for slot, value in has if slot in true]
    if len(known) < len(has):
        return unverifiable(CHECKER, "nothing is told of this"), state
    wrong = [(slot, value) for slot, value in has if not _is(slot, value, true[slot])]
    expected = _run_on(place, state)
    after = replace(state, at=max(place, state.at))
    if place >= state.at:
        after = replace(after, own={**(expected or true), **dict(has)})
    if not wrong:
        return verified(CHECKER if place else START, f"{moment}, this is so"), after
    if expected is not None and _fits(has, expected):
        return unverifiable(OWN, "follows from what the trace had before, which is not so"), after
    shown = ", ".join(f"{slot} is {_worded(true[slot])}" for slot, _ in wrong)
    verdict = refuted(
        CHECKER,
        Evidence(f"{moment}, {shown}", expected=shown),
        fault=Fault.CONTRADICTION,
    )
    return verdict, after


def _run_on(place: int, state: State) -> Mapping[str, Value] | None:
    """What the trace's own state becomes by `place`; None if that has passed, or is impossible."""
    now: Mapping[str, Value] | None = state.own if place >= state.at else None
    for event in state.machine.events[state.at : place]:
        now = None if now is None else _after(event, now)
    return now


def _check_some(body: Shown, state: State) -> tuple[Verdict, State]:
    """What is said of no named moment: of now, of the end, or of one in between."""
    has = body.has
    for place in (state.at, len(state.states) - 1):
        if _fits(has, state.states[place]):
            begins = place == 0 and not _fits(has, state.states[-1])
            return verified(START if begins else CHECKER, "this is so"), state
    ended = state.at == len(state.machine.events) and body.concluded
    if not ended and any(_fits(has, past) for past in state.states):
        return unverifiable(CHECKER, "is so at another moment"), state
    for place in (state.at, len(state.machine.events)):
        if (own := _run_on(place, state)) is not None and _fits(has, own):
            return unverifiable(OWN, "by what the trace had before, which is not so"), state
    moments = state.states[-1:] if ended else state.states
    if any(slot not in s for s in moments for slot, _ in has):
        return unverifiable(CHECKER, "nothing is told of this"), state
    message = "this is so at no moment that can be meant"
    return (
        refuted(CHECKER, Evidence(message), fault=Fault.CONTRADICTION),
        replace(state, own={**state.own, **dict(has)}),
    )


def _fits(has: Values, state: Mapping[str, Value]) -> bool:
    return all(slot in state and _is(slot, value, state[slot]) for slot, value in has)


def _is(slot: str, value: Value, true: Value) -> bool:
    """Whether a value is the true one; what a stack holds may be written from either end."""
    turned = true[::-1] if isinstance(true, tuple) and slot in ("stack", "queue") else true
    return value in (true, turned)


def _worded(value: Value) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(value)}]" if value else "empty"
    return str(value)
