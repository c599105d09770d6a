"""Claims about dates and times, judged by the calendar and by what the trace holds for today.

Each term has readings: day or month first, both ends counted or not, a month with 28 or 29 days. A
claim is refuted only where no reading makes it true.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product
from types import MappingProxyType

from clr.bodies.dates import (
    Answer,
    Between,
    Calendar,
    Clock,
    Duration,
    Given,
    Leap,
    Length,
    Month,
    Nearest,
    Readings,
    Same,
    Shifted,
    Term,
    Today,
    Value,
    Weekday,
)
from clr.claim import Claim, Evidence, Fault, Verdict, refuted, unverifiable, verified
from clr.verifiers.calendar_values import (
    DAY,
    FIRST,
    agree,
    comparable,
    counted_end,
    distances,
    in_words,
    lengths,
    moved,
    nearest,
    scaled,
    together,
    truth_of,
)

CHECKER = "calendar"
_DEEPEST = 4
_MOST_REMEMBERED = 64


_NO_DAY = refuted(CHECKER, Evidence("there is no such day or time"), fault=Fault.CALCULATION)


class _Unknown(Exception):
    """The value hangs on something that is not known."""


@dataclass(frozen=True, slots=True)
class State:
    """What the trace holds for today, and what it said of dates that hang on today.

    Each fact holds, in one of its readings; `given` are those of the problem, and today is `told`
    until the trace itself says what it is.
    """

    today: tuple[Readings, ...] = ()
    given: tuple[Readings, ...] = ()
    told: bool = False
    asked: Term | None = None
    said: Mapping[Term, Readings] = field(default_factory=lambda: MappingProxyType({}))


def initial(given: Calendar) -> State:
    """What the problem tells of today; nothing where it contradicts itself."""
    state = State(asked=given.asked)
    for fact in given.facts:
        if _hangs_on_today(fact.left) == _hangs_on_today(fact.right):
            continue
        term, other = (
            (fact.left, fact.right) if _hangs_on_today(fact.left) else (fact.right, fact.left)
        )
        try:
            found = _today_from(term, _value(other, state))
        except _Unknown:
            continue
        if any(truth_of(known, found) is False for known in state.today):
            return State(asked=given.asked)
        state = replace(state, today=_with(state.today, found), told=True)
    return replace(state, given=state.today)


def check(claim: Claim, state: State) -> tuple[Verdict, State]:
    """The verdict on one claim, and the state after it."""
    match claim.body:
        case Leap(year, leap):
            return _check_leap(year, leap), state
        case Answer(readings):
            return _check_answer(readings, state), state
        case Same() as body:
            return _check_same(body, state)
        case _:
            return unverifiable(CHECKER, "no claim about dates"), state


def _check_leap(year: int, leap: bool) -> Verdict:
    if year < FIRST and calendar.isleap(year) != (year % 4 == 0):
        return unverifiable(CHECKER, "which calendar is meant is not told")
    if calendar.isleap(year) == leap:
        return verified(CHECKER, "by the rule of 4, 100 and 400")
    message = f"{year} is {'no' if leap else 'a'} leap year"
    return refuted(CHECKER, Evidence(message), fault=Fault.CALCULATION)


def _check_answer(readings: Readings, state: State) -> Verdict:
    if state.asked is None:
        return unverifiable(CHECKER, "the question was not read")
    key = _canonical(state.asked)
    said = state.said.get(key)
    if said is None and key == Today() and not state.told:
        said = state.today[0] if state.today else None
    truth = None if said is None else truth_of(said, readings)
    if truth is None:
        return unverifiable(CHECKER, "the trace did not derive it in words that were read")
    if truth:
        return verified(CHECKER, "as the trace said before")
    shown = in_words(said or frozenset())
    evidence = Evidence(f"the trace said {shown} before", expected=shown)
    return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION)


def _check_same(body: Same, state: State) -> tuple[Verdict, State]:
    believed = state
    for given in body.given:
        believed = _granted(given, believed)
    verdict, after = _compare(body, believed)
    return verdict, after if believed == state else state


def _granted(given: Same, state: State) -> State:
    """The state with a condition believed, whatever was known before."""
    left, right = _ordered(given)
    try:
        holds = _judged(left, right, state)[0] is True
    except _Unknown:
        holds = False
    return (
        state
        if holds
        else _believing(left, right, State(given=state.given, asked=state.asked), anew=True)
    )


def _ordered(body: Same) -> tuple[Term, Term]:
    """The sides, first the one that hangs on today or else the one to be worked out."""
    left, right = body.left, body.right
    if _hangs_on_today(left) == _hangs_on_today(right):
        swap = isinstance(left, Given) and not isinstance(right, Given)
    else:
        swap = _hangs_on_today(right)
    return (right, left) if swap else (left, right)


def _compare(body: Same, state: State) -> tuple[Verdict, State]:
    left, right = _ordered(body)
    if any(isinstance(term, Given) and not term.readings for term in (left, right)):
        verdict = _NO_DAY if not body.supposed else unverifiable(CHECKER, "only supposed")
        return verdict, state
    try:
        truth, expected = _judged(left, right, state)
    except _Unknown:
        verdict = unverifiable(CHECKER, "hangs on what is not known")
        return verdict, _believing(left, right, state)
    if truth is True:
        return verified(CHECKER, f"this is {in_words(expected)}"), _believing(left, right, state)
    if truth is None:
        return unverifiable(CHECKER, "true or false by what it leaves open"), state
    if body.supposed:
        return unverifiable(CHECKER, "only supposed"), state
    for other in _without_errors(state):
        with suppress(_Unknown):
            if _judged(left, right, other)[0] is True:
                return verified(CHECKER, "by what the problem tells"), _believing(
                    left, right, other
                )
    if left == Today() and not state.given:
        verdict = unverifiable(CHECKER, "another day is taken for today")
        return verdict, _believing(left, right, state, anew=True)
    shown = in_words(expected)
    known = _canonical(left) in state.said
    evidence = Evidence(f"the trace said {shown}" if known else f"it is {shown}", expected=shown)
    verdict = refuted(CHECKER, evidence, fault=Fault.CALCULATION)
    return verdict, _believing(left, right, state, anew=True)


def _without_errors(state: State) -> Iterator[State]:
    """States in which what the trace got wrong, if anything, is put right."""
    yield State(state.today, state.given, state.told, state.asked)
    if state.given:
        yield State(state.given, state.given, True, state.asked)


def _judged(left: Term, right: Term, state: State) -> tuple[bool | None, Readings]:
    """Whether two terms agree, None where that is open, and the value of the left one."""
    other = _value(right, state)
    truths = [(truth_of(fact, other), fact) for fact in _facts(left, state)]
    for wanted in (False, True, None):
        for truth, fact in truths:
            if truth is wanted:
                return _strictly(truth, left, right, other, state), _alike(fact, other)
    raise _Unknown


def _strictly(
    truth: bool | None, left: Term, right: Term, other: Readings, state: State
) -> bool | None:
    """The truth, but None where it rests on how one counts or what one calls a day's work."""
    for term in (left, right):
        if truth is True and isinstance(term, Between):
            usual = _apart(term, state)
            against = other if term is left else _value(left, state)
            return True if truth_of(usual, against) is True else None
    if truth is False and isinstance(left, Given) and isinstance(right, Given):
        in_days = (isinstance(v, Length) and (v.days or v.months) for v in left.readings | other)
        return None if any(in_days) else False
    return truth


def _alike(readings: Readings, other: Readings) -> Readings:
    """The readings that agree with one of the others, or else may be compared with it, in their
    form: weekdays beside weekdays, plain minutes beside other readings."""
    found = [a for a in readings if any(comparable(a, b) for b in other)]
    found = [a for a in found if any(agree(a, b) for b in other)] or found
    if all(isinstance(b, Weekday) for b in other):
        return frozenset(Weekday(a.weekday()) if isinstance(a, date) else a for a in found)
    plain = [a for a in found if not (isinstance(a, Clock | Length) and a.seconds % 60)]
    return frozenset(plain or found)


def _facts(term: Term, state: State) -> list[Readings]:
    """The facts that are known of a term: a date, a weekday."""
    key = _canonical(term)
    if key in state.said:
        return [state.said[key]]
    if isinstance(term, Today):
        return list(state.today)
    if isinstance(term, Shifted) and _canonical(term.base) == Today():
        by = _value(term.by, state)
        return [found for fact in state.today if (found := moved(fact, by, term.sign))]
    return [_value(term, state)]


def _believing(left: Term, right: Term, state: State, anew: bool = False) -> State:
    """The state in which what was said of today, or of a day that hangs on it, is believed."""
    if not _hangs_on_today(left):
        return state
    try:
        value = _value(right, state)
    except _Unknown:
        return state
    if not value:
        return state
    key = _canonical(left)
    if key == Today():
        if anew:
            return State((value,), state.given, False, state.asked)
        return replace(state, today=_with(state.today, value), told=False)
    today = tuple(_that_agree(fact, left, value, state) for fact in state.today)
    if not today:
        with suppress(_Unknown):
            today = (_today_from(left, value),)
    said = dict(state.said)
    if len(said) < _MOST_REMEMBERED and not all(isinstance(v, Weekday | Month) for v in value):
        said[key] = value
    return replace(state, today=today, said=MappingProxyType(said))


def _that_agree(fact: Readings, term: Term, value: Readings, state: State) -> Readings:
    """The readings of a fact about today under which `term` may have this value, or all."""
    kept = []
    for today in fact:
        with suppress(_Unknown):
            there = _value(term, replace(state, today=(frozenset({today}),)))
            if truth_of(there, value) is True:
                kept.append(today)
    return frozenset(kept) or fact


def _with(facts: tuple[Readings, ...], found: Readings) -> tuple[Readings, ...]:
    """The facts with one more, each with the readings that agree with it."""
    out, seen = [], False
    for fact in facts:
        kept = frozenset(a for a in fact if any(agree(a, b) is not False for b in found))
        same = frozenset(b for b in found if any(b == a for a in fact))
        out.append(same or kept or fact)
        seen = seen or bool(same)
    return tuple(out) if seen else (*out, found)


def _hangs_on_today(term: Term) -> bool:
    match term:
        case Today():
            return True
        case Shifted(base, _, _) | Nearest(_, base, _, _):
            return _hangs_on_today(base)
        case _:
            return False


def _canonical(term: Term) -> Term:
    """One term for all that mean the same distance from today; others as they are."""
    if isinstance(term, Shifted) and isinstance(term.by, Given) and len(term.by.readings) == 1:
        base = _canonical(term.base)
        [by] = term.by.readings
        if isinstance(by, Length) and isinstance(base, Shifted) and isinstance(base.by, Given):
            inner = [r for r in base.by.readings if isinstance(r, Length)]
            if len(inner) == len(base.by.readings) == 1:
                by, base = together(scaled(inner[0], base.sign), scaled(by, term.sign)), base.base
                return _from(base, by)
        if isinstance(by, Length):
            return _from(base, scaled(by, term.sign))
    return term


def _from(base: Term, by: Length) -> Term:
    days, seconds = divmod(by.seconds, DAY)
    by = Length(by.months, by.days + days, seconds)
    return base if by == Length() else Shifted(base, Given(frozenset({by})), 1)


def _today_from(term: Term, value: Readings) -> Readings:
    """What today must be for `term`, which hangs on it, to have this value."""
    if isinstance(term, Today):
        return value
    if isinstance(term, Shifted) and isinstance(term.by, Given):
        back = moved(value, term.by.readings, -term.sign)
        if back:
            return _today_from(term.base, back)
    raise _Unknown


def _value(term: Term, state: State, depth: int = 0) -> Readings:
    if depth > _DEEPEST:
        raise _Unknown
    match term:
        case Given(readings):
            return readings
        case Today():
            if not state.today:
                raise _Unknown
            return state.today[0]
        case Shifted(base, by, sign):
            found = moved(_value(base, state, depth + 1), _value(by, state, depth + 1), sign)
        case Between():
            found = _apart(term, state, depth + 1, counted=True)
        case Nearest(weekday, base, sign, week):
            bases = _value(base, state, depth + 1)
            found = frozenset(
                d
                for day in bases
                if isinstance(day, date)
                for d in nearest(weekday, day, sign, week)
            )
        case Duration(period):
            periods = _value(period, state, depth + 1)
            found = frozenset(length for value in periods for length in lengths(value))
    if not found:
        raise _Unknown
    return found


def _apart(term: Between, state: State, depth: int = 0, *, counted: bool = False) -> Readings:
    """How far the ends are apart; with `counted`, also if both ends are counted, or neither."""
    first, last = _value(term.first, state, depth), _value(term.last, state, depth)
    out: set[Value] = set()
    for a, b in product(first, last):
        for found in distances(a, b):
            out.add(found)
            if counted and (one := counted_end(a, found)) is not None:
                out |= {together(found, one), together(found, scaled(one, -1))}
    return frozenset(out)
