"""Claims about what changes, judged by one event from the state that the trace wrote last.

A state is refuted only where the event that is named beside it leads there in no reading, neither
from the last state nor from an earlier one, and no sentence in between was left unread. A wrong
state is refuted once; the next one is judged from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from clr.bodies.transitions import (
    Bearing,
    Carry,
    Exchange,
    HowMany,
    Passage,
    ReadOff,
    Row,
    Slots,
    Spot,
    Start,
    State,
    Those,
    Told,
    Unread,
)
from clr.claim import Claim, Evidence, Fault, Status, Verdict, refuted, unverifiable, verified
from clr.verifiers.effects import (
    COMPASS,
    OTHER,
    PLACES,
    Pairs,
    World,
    alike,
    is_number,
    key_of,
    of_one_pair,
    place_in,
    run,
    shape_of,
)

CHECKER = "transition"
START = "transition, from the start"
"""The checker of what only repeats how the problem begins."""
_MOST_SEEN = 80
_UNREAD = unverifiable(CHECKER, "not read whole")


@dataclass(frozen=True, slots=True)
class Tracked:
    """The state that the trace wrote last, and the events told since.

    `seen` are the states that it wrote before. `blind` once a sentence was not read, which may have
    told of events. `follows` once a state stood behind its event: then one that is unchanged by its
    event is no state before it. `starts` right after the state at the start was announced, and
    `aside` once the trace may have gone back.
    """

    now: State | None = None
    pending: tuple[Told, ...] = ()
    seen: tuple[State, ...] = ()
    blind: bool = False
    follows: bool = False
    starts: bool = False
    aside: bool = False
    made: tuple[tuple[tuple[Told, ...], State], ...] = ()
    """Events with the states that the trace wrote after them."""
    worlds: tuple[World, ...] = ()
    opening: tuple[str, ...] = ()


def initial(
    opening: tuple[str, ...] = (),
    wraps: bool = False,
    upright: bool = False,
    turning: bool = False,
    priced: bool = False,
) -> Tracked:
    """Before the first step; `opening` are words that may tell of the start, and `upright` holds
    where up and right are known to count up."""
    ways = (1,) if upright else (1, -1)
    choices = product((False, True), ways, ways, (True, False))
    return Tracked(
        worlds=tuple(World(*choice, turning, wraps, priced) for choice in choices), opening=opening
    )


def check(claim: Claim, state: Tracked) -> tuple[Verdict, Tracked]:
    """The verdict on one claim, and the state after it."""
    match claim.body:
        case Unread(aside):
            if not state.blind or (aside and not state.aside):
                state = replace(state, blind=True, aside=state.aside or aside)
            return _UNREAD, state
        case Passage((Slots() | Row() as said,), concluded=True) if not state.pending:
            verdict = _judge(lambda now: _fits(said, now), True, state)
            return verdict, _written(said, replace(state, blind=False))
        case Passage((Spot(value) as said,)) if (
            not state.pending
            and isinstance(state.now, Spot)
            and shape_of(value) in ("square", "direction")
        ):
            verdict = _judge(lambda now: _fits(said, now), claim.body.concluded, state)
            return verdict, _written(said, replace(state, blind=False))
        case Passage((Start(), Slots() as said)):
            return _check_start(said, state), _written(said, _at_the_start(state))
        case Passage((Slots() as said,)) if state.starts:
            return _check_start(said, state), _written(said, _at_the_start(state))
        case Passage(parts):
            return _check_passage(parts, state)
        case Bearing() as body:
            return _check_bearing(body), state
        case ReadOff() as body:
            verdict = _check_read_off(body, state)
            blind = not body.neutral and verdict.status is Status.UNVERIFIABLE
            return verdict, replace(state, blind=True) if blind and not state.blind else state
        case Those() as body:
            return _check_those(body, state), state
        case HowMany() as body:
            return _check_count(body, state), state
        case _:
            return unverifiable(CHECKER, "no claim about what changes"), state


def _check_bearing(body: Bearing) -> Verdict:
    true = COMPASS[(body.direction + body.quarters) % 4]
    if COMPASS[body.result] == true:
        return verified(CHECKER, "as the compass has it")
    return _false(f"it is {true}", true)


def _at_the_start(state: Tracked) -> Tracked:
    return replace(state, now=None, pending=(), blind=False)


def _check_start(said: Slots, state: Tracked) -> Verdict:
    """What is said of the start, held to the words that tell of it: name, thing, name, ..."""
    told = list(_openings(dict(said.pairs), state.opening))
    if any(set(pairs) == set(said.pairs) for pairs in told):
        return verified(START, "as the problem has it")
    if not told:
        return unverifiable(CHECKER, "the problem tells of the start in other words")
    shown = ", ".join(f"{k}: {v}" for k, v in told[0] if dict(said.pairs)[k] != v)
    return _false(f"the problem has it otherwise: {shown}", shown)


def _openings(has: Mapping[str, str], words: Sequence[str]) -> Iterator[Pairs]:
    """The ways in which names alternate with what they may have, each name once, and each pair in
    one sentence."""
    found: list[tuple[str | None, str | None]] = []
    ends = set()
    for word in words:
        key = key_of(word.lower(), has) if word not in _CLASS else None
        value = _value(word.lower(), has)
        if key is not None and value is not None:
            return
        if word in ".;!?":
            ends.add(len(found))
        elif (key is not None or value is not None) and found[-1:] != [(key, value)]:
            found.append((key, value))
    size = 2 * len(has)
    for at in range(len(found) - size + 1):
        pairs = []
        for i in range(at, at + size, 2):
            one, two = found[i], found[i + 1]
            key, value = (one[0], two[1]) if found[at][0] else (two[0], one[1])
            if key and value and i + 1 not in ends:
                pairs.append((key, value))
        if len(dict(pairs)) == len(has) == len(pairs):
            yield tuple(pairs)


def _value(word: str, has: Mapping[str, str]) -> str | None:
    if is_number(word):
        return word if all(map(is_number, has.values())) else None
    found = [v for v in dict.fromkeys(has.values()) if word in v.split()]
    return found[0] if len(found) == 1 else None


_CLASS = frozenset(
    "box cup jar bag basket crate lamp switch coin player position bin tin tank pile".split()
)


# Passages


def _check_passage(
    parts: Sequence[State | Told | Start | Unread], state: Tracked
) -> tuple[Verdict, Tracked]:
    """The first state that does not follow decides; else any that does."""
    verdict = unverifiable(CHECKER, "names no event, or no state after it")
    given = False  # whether the state before the event stands beside it
    for at, part in enumerate(parts):
        if isinstance(part, Start):
            state = replace(_at_the_start(state), starts=at + 1 == len(parts))
        elif isinstance(part, Unread):
            state = replace(state, blind=True)
        elif isinstance(part, Told):
            state = replace(state, pending=(*state.pending, part))
        else:
            later = parts[at + 1] if at + 1 < len(parts) else None
            found, state = _take(part, later, state, given=given)
            given = True
            if found is not None and found.fault is not None:
                return found, state
            verdict = verdict if found is None else found
    return verdict, state


def _take(
    said: State, later: object, state: Tracked, *, given: bool
) -> tuple[Verdict | None, Tracked]:
    """A state that is written: before the events told last, after them, or without any."""
    if not state.pending:
        return None, _written(said, replace(state, blind=False))
    if isinstance(later, type(said)) and (
        state.now is None or state.blind or _same(said, state.now)
    ):
        return None, replace(_written(said, state), pending=state.pending, blind=False)
    if state.now is None or state.blind or type(said) is not type(state.now):
        return None, _written(said, replace(state, blind=False))
    if isinstance(later, type(said)) and _leads(state.now, said, state) is None:
        return None, replace(_written(said, state), pending=state.pending)
    worlds = _leads(state.now, said, state)
    if worlds is None:
        return None, _written(said, state)
    if worlds:
        after = replace(_written(said, state), worlds=worlds, follows=True)
        return verified(CHECKER, "follows from the last state by the event named"), after
    if not given and _excused(said, state):
        message = "may be the state before the event, or follow from an earlier one"
        return unverifiable(CHECKER, message), _written(said, state)
    if not (state.follows or given):
        message = "no event before it was seen to be told in this way"
        return unverifiable(CHECKER, message), _written(said, state)
    expected = _expected(state)
    shown = _worded(expected, said)
    verdict = _false(f"after this event: {shown}", shown)
    return verdict, _written(said, state)


def _written(said: State, state: Tracked) -> Tracked:
    """The state once the trace has written this one."""
    now = said
    if isinstance(said, Slots) and isinstance(state.now, Slots):
        known = dict(state.now.pairs)
        if known.keys() & dict(said.pairs).keys():
            now = Slots(tuple((known | dict(said.pairs)).items()))
    seen = (*state.seen, now)[-_MOST_SEEN:]
    made = (*state.made, (state.pending, said))[-_MOST_SEEN:] if state.pending else state.made
    return replace(state, now=now, pending=(), starts=False, seen=seen, made=made)


def _leads(before: State, said: State, state: Tracked) -> tuple[World, ...] | None:
    """The worlds in which the pending events lead from one state to another; None where they were
    not all understood, or the states speak of different things."""
    kept, possible = [], False
    for world in state.worlds:
        reached = run(before, state.pending, world)
        possible = possible or bool(reached)
        fits = [_fits(said, after, before) for after in reached]
        if None in fits:
            return None
        if any(fits):
            kept.append(world)
    return tuple(kept) if possible else None


def _excused(said: State, state: Tracked) -> bool:
    """Whether a state that does not follow may be meant otherwise: as the one before the event, or
    as what follows from an earlier state, where that may be gone back to."""
    now = state.now
    if now is not None and _same(said, now) and not state.follows:
        return True
    if (state.pending, said) in state.made:
        return True
    if isinstance(said, Slots) and isinstance(now, Slots) and not state.aside:
        partly = len(said.pairs) < len(now.pairs)
        if partly or (len(state.pending) == 1 and _is_told(state.pending[0], state.opening)):
            return False
    return any(
        _leads(earlier, said, state) for earlier in state.seen if type(earlier) is type(said)
    )


_NEAR = 5
"""Words within which two names that the problem tells something of together stand."""


def _is_told(told: Told, words: Sequence[str]) -> bool:
    """Whether words of the problem tell of an event, which then happens when they say it does."""
    names = {
        (event.first, event.second) if isinstance(event, Exchange) else (event.source, event.target)
        for events in told.readings
        for event in events
        if isinstance(event, Exchange | Carry)
    }
    places = {
        name: [i for i, w in enumerate(words) if w == name] for pair in names for name in pair
    }
    return bool(names) and all(
        any(0 < abs(i - j) <= _NEAR for i in places[one] for j in places[other])
        for one, other in names
    )


def _expected(state: Tracked) -> State:
    """The state that the pending events lead to, in the first way in which they can happen."""
    assert state.now is not None
    ways = (run(state.now, state.pending, world) for world in state.worlds)
    return next(reached[0] for reached in ways if reached)


# Comparing


def _fits(said: State, true: State, before: State | None = None) -> bool | None:
    """Whether a state as written is the true one; None where they speak of different things. What
    was there in the state `before` is known too."""
    match said, true:
        case Slots(pairs), Slots(known):
            has = dict(known)
            things = set(has.values())
            if isinstance(before, Slots):
                things |= {value for _, value in before.pairs}
            found = [(key_of(k, has), v) for k, v in pairs]
            if any(k is None for k, _ in found):
                return None
            for key, value in found:
                if key is not None and not alike(value, has[key]):
                    if not (is_number(value) or value in OTHER or value in things):
                        return None  # a thing by another name, perhaps
                    return False
            return True
        case Row(items), Row(row):
            return items == row
        case Spot(value), Spot(other):
            return value == other
    return None


def _same(said: State, now: State) -> bool:
    return _fits(said, now) is True


def _worded(state: State, said: State) -> str:
    match state, said:
        case Slots(pairs), Slots(claimed):
            has = dict(pairs)
            wrong = ((key_of(k, has), v) for k, v in claimed)
            return ", ".join(f"{k}: {has[k]}" for k, v in wrong if k and not alike(v, has[k]))
        case Row(items), _:
            return f"[{', '.join(items)}]"
        case Spot(value), _:
            return value
    return ""


# What is read off in the end


def _moments(state: Tracked) -> list[State]:
    """The states of which something may be said now; none where that is not known."""
    if state.now is None or state.blind:
        return []
    out = [state.now]
    for world in state.worlds if state.pending else ():
        reached = run(state.now, state.pending, world)
        if not reached:
            return []
        out += reached
    return list(dict.fromkeys(out))


def _judge(holds: Callable[[State], bool | None], concluded: bool, state: Tracked) -> Verdict:
    """What is said of the last state; of an earlier one too unless it is a conclusion."""
    moments = _moments(state)
    found = [holds(moment) for moment in moments]
    if not found or None in found:
        return unverifiable(CHECKER, "is not about the last state, or was not read whole")
    if any(found):
        return verified(CHECKER, "by the last state of the trace")
    final = (concluded or state.follows) and not state.aside
    if not final and any(holds(past) for past in state.seen):
        return unverifiable(CHECKER, "was so before")
    return _false("the last state of the trace has it otherwise", None)


def _check_read_off(body: ReadOff, state: Tracked) -> Verdict:
    def holds(now: State) -> bool | None:
        found = _aligned(body.words, now)
        return None if found is None else alike(*found)

    return _judge(holds, body.concluded, state)


_ARTICLES = frozenset(("the", "a", "an"))


def _aligned(words: Sequence[str], now: State) -> tuple[str, str] | None:
    """What a sentence says that a slot has, and what it has; None if it says no such thing."""
    said = [w.removesuffix("'s").removesuffix("’s") for w in words if w not in _ARTICLES]
    if len(said) > 9:
        return None
    match now:
        case Row(items):
            return _aligned_row(said, items)
        case Spot(value):
            return _aligned_spot(said, value)
        case Slots(pairs):
            return _aligned_slots(said, dict(pairs))


def _aligned_slots(said: Sequence[str], has: Mapping[str, str]) -> tuple[str, str] | None:
    keys = _mentioned(said, has)
    if len(keys) != 1:
        return None
    (key,) = keys
    if all(map(is_number, has.values())):
        values = {w for w in said if is_number(w)} - set(key.split())
    else:
        values = _mentioned(said, dict.fromkeys(has.values()))
    if len(values) != 1 or keys & values:
        return None
    (value,) = values
    return value, has[key]


def _mentioned(words: Sequence[str], names: Iterable[str]) -> set[str]:
    """The names of which a word that belongs to them alone stands among the words."""
    parts = {name: set(name.split()) for name in names}
    out = set()
    for name, own in parts.items():
        others = set().union(*(p for other, p in parts.items() if other != name))
        if (own - others) & set(words) or (not own - others and own <= set(words)):
            out.add(name)
    return out


_AROUND_A_NUMBER = frozenset(
    "it he she there stops stop is are on at floor lift elevator ends up passengers people bus"
    " now counter shows"
    " reads value holds stands still left final number token position".split()
)


def _aligned_spot(said: Sequence[str], value: str) -> tuple[str, str] | None:
    """Where something is said to be that is at one place."""
    like = [w for w in said if shape_of(w) == shape_of(value)]
    rest = set(said) - set(like)
    if len(like) != 1 or len(said) < 3 or (is_number(value) and not rest <= _AROUND_A_NUMBER):
        return None
    return like[0], value


def _aligned_row(words: Sequence[str], row: Sequence[str]) -> tuple[str, str] | None:
    said = [w for w in words if w not in ("now", "of", "list", "row", "then")]
    if len(said) < 3 or said[0] not in PLACES or said[-1] not in row or "is" not in said:
        return None
    at = place_in(said[0], row)
    return None if at is None or len(said) > 5 else (said[-1], row[at])


def _check_those(body: Those, state: Tracked) -> Verdict:
    def holds(now: State) -> bool | None:
        pairs = _numbered(now)
        if pairs is None or not any(
            alike(body.value, v) for v in (*pairs.values(), *map(OTHER.get, pairs.values())) if v
        ):
            return None
        named = [key_of(name, pairs) for name in body.names]
        if None in named:
            return None
        return set(named) == {k for k, v in pairs.items() if alike(body.value, v)}

    return _judge(holds, True, state)


def _check_count(body: HowMany, state: Tracked) -> Verdict:
    def holds(now: State) -> bool | None:
        pairs = _numbered(now)
        if pairs is None:
            return None
        return sum(alike(body.value, v) for v in pairs.values()) == body.count

    return _judge(holds, False, state)


def _numbered(now: State) -> dict[str, str] | None:
    """What each has, in a row by its number, if all are switches or the like."""
    if isinstance(now, Slots):
        pairs = dict(now.pairs)
    elif isinstance(now, Row):
        pairs = {str(n): v for n, v in enumerate(now.items, 1)}
    else:
        return None
    return pairs if of_one_pair(pairs.values()) else None


def _false(message: str, expected: str | None) -> Verdict:
    return refuted(CHECKER, Evidence(message, expected=expected), fault=Fault.CONTRADICTION)
