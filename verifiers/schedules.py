"""Claims about a day, judged by what the problem tells of it and what the trace made of that.

An interval is free if nothing that happened falls into it. A wrong time is refuted once; afterwards
the day is as the trace tells it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from clr.bodies.schedules import Busy, Free, Interval, Limit, Occupied, Option, Possible, Schedule
from clr.claim import Claim, Evidence, Fault, Status, Verdict, refuted, unverifiable, verified

CHECKER = "intervals"
_DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class State:
    """The day as the trace tells it and as the problem does, and when the trace last found time."""

    day: Schedule
    told: Schedule
    possible: Interval | None = None


def initial(day: Schedule) -> State:
    """The day as the problem tells it."""
    return State(day, day)


def check(claim: Claim, state: State) -> tuple[Verdict, State]:
    """The verdict on one claim, and the state after it."""
    match claim.body:
        case Busy() as body:
            return _check_busy(body, state)
        case Limit(time, latest):
            return _check_limit(time, latest, state)
        case Free(when):
            verdict = _check_free(when, state.day)
            return _unless_true(verdict, _check_free(when, state.told)), state
        case Possible() as body:
            verdict = _check_possible(body, state.day)
            true = _check_possible(body, state.told)
            return _unless_true(verdict, true), replace(state, possible=body.when)
        case Option(label):
            return _check_option(label, state), state
        case _:
            return unverifiable(CHECKER, "no claim about the day"), state


def _unless_true(verdict: Verdict, true: Verdict) -> Verdict:
    """The verdict by the day as the trace tells it, unless the problem makes the claim true."""
    return true if true.status is Status.VERIFIED else verdict


def _check_busy(body: Busy, state: State) -> tuple[Verdict, State]:
    told = [event for event in state.told.occupied if body.words <= event.words]
    if any(event.when == body.when for event in told):
        return verified(CHECKER, "told by the problem"), state
    if any(e.when == body.when for e in state.day.occupied if body.words <= e.words):
        return unverifiable(CHECKER, "as the trace said before"), state
    if any(_within(body.when, event.when) for event in told):
        return unverifiable(CHECKER, "a part of the time told"), state
    if len(told) != 1:
        return unverifiable(CHECKER, "more than one thing may be meant"), state
    [event] = told
    occupied = tuple(replace(e, when=body.when) if e is event else e for e in state.day.occupied)
    after = replace(state, day=replace(state.day, occupied=occupied))
    return _false(f"this was from {_shown(event.when)}", _shown(event.when)), after


def _check_limit(time: int, latest: bool, state: State) -> tuple[Verdict, State]:
    told = state.told.latest if latest else state.told.earliest
    said = state.day.latest if latest else state.day.earliest
    if told is None:
        return unverifiable(CHECKER, "not told by the problem"), state
    if time == told:
        return verified(CHECKER, "told by the problem"), state
    if time == said:
        return unverifiable(CHECKER, "as the trace said before"), state
    day = replace(state.day, latest=time) if latest else replace(state.day, earliest=time)
    return _false(f"this was at {_clock(told)}", _clock(told)), replace(state, day=day)


def _check_free(when: Interval, day: Schedule) -> Verdict:
    taken = _overlapping(when, day.occupied)
    if taken is None:
        return verified(CHECKER, "nothing told falls into this time")
    return _false(f"{taken.text} was from {_shown(taken.when)}")


def _check_possible(body: Possible, day: Schedule) -> Verdict:
    start, end = body.when
    if (taken := _overlapping(body.when, day.occupied)) is not None:
        return _false(f"{taken.text} was from {_shown(taken.when)}")
    if day.earliest is not None and start < day.earliest:
        return _false(f"not possible before {_clock(day.earliest)}")
    if day.latest is not None and end > day.latest:
        return _false(f"not possible after {_clock(day.latest)}")
    if body.only:
        for gap in _gaps(day):
            if not _within(gap, body.when):
                return _false(f"there was also time from {_shown(gap)}")
    return verified(CHECKER, "nothing told falls into this time")


def _check_option(label: str, state: State) -> Verdict:
    options = dict(state.day.options)
    if label not in options or state.possible is None:
        return unverifiable(CHECKER, "the trace did not say when in words that were read")
    if options[label] == state.possible:
        return verified(CHECKER, "as the trace concluded")
    shown = _shown(state.possible)
    return _false(f"the trace concluded {shown}", shown)


def _within(inner: Interval, outer: Interval) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _overlapping(when: Interval, occupied: Sequence[Occupied]) -> Occupied | None:
    for event in occupied:
        if event.when[0] < when[1] and when[0] < event.when[1]:
            return event
    return None


def _gaps(day: Schedule) -> list[Interval]:
    """When there was time, between the limits that are told."""
    if day.earliest is None or day.latest is None:
        return []
    at, gaps = day.earliest, []
    for start, end in sorted(event.when for event in day.occupied):
        if at < min(start, day.latest):
            gaps.append((at, min(start, day.latest)))
        at = max(at, end)
    if at < day.latest:
        gaps.append((at, day.latest))
    return gaps


def _false(message: str, expected: str | None = None) -> Verdict:
    return refuted(CHECKER, Evidence(message, expected=expected), fault=Fault.CONTRADICTION)


def _shown(when: Interval) -> str:
    return f"{_clock(when[0])} to {_clock(when[1])}"


def _clock(seconds: int) -> str:
    hour, minute = divmod(seconds % _DAY // 60, 60)
    return f"{hour % 12 or 12}{f':{minute:02}' if minute else ''}{'am' if hour < 12 else 'pm'}"
