"""Claims about what changes, judged by one event from the state that the trace wrote last.

A state is refuted only where the event that is named beside it leads there in no reading, neither
from the last state nor from an earlier one, and no sentence in between was left unread. A wrong
state is refuted once; the next one is judged from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TypeAlias

from clr.bodies.transitions import (
    Arrange,
    Bearing,
    Become,
    Carry,
    Drop,
    Event,
    Exchange,
    Flip,
    Grow,
    HowMany,
    Insert,
    Passage,
    ReadOff,
    Row,
    Scale,
    Send,
    Shift,
    Slots,
    Spot,
    Start,
    State,
    Those,
    Told,
    Turn,
    Unread,
)
from clr.claim import Claim, Evidence, Fault, Status, Verdict, refuted, unverifiable, verified

CHECKER = "transition"
Pairs: TypeAlias = tuple[tuple[str, str], ...]
_COMPASS = ("north", "west", "south", "east")
_OTHER = {
    "on": "off", "lit": "unlit", "1": "0", "heads": "tails", "h": "t", "open": "closed",
    "white": "black", "true": "false", "up": "down",
}  # fmt: skip
_OTHER |= {other: one for one, other in _OTHER.items()}
_SAME = ({"on", "lit", "1"}, {"off", "unlit", "0"}, {"heads", "h"}, {"tails", "t"})
_MOST_SEEN = 80
_MOST = 32
"""States that an event may lead to, by its readings."""


@dataclass(frozen=True, slots=True)
class World:
    """What a trace chooses once and keeps to: which end of a row is its top or its tail, which way
    right and up are counted, and whether right is `across`, in the first of two coordinates.

    With `turning`, nobody knows where left is; with `wraps`, numbers go round, as on a dial.
    """

    turned: bool
    right: int
    up: int
    across: bool
    turning: bool
    wraps: bool


@dataclass(frozen=True, slots=True)
class Tracked:
    """The state that the trace wrote last, and the events told since.

    `seen` are the states that it wrote before. `blind` once a sentence was not read, which may have
    told of events. `follows` once a state stood behind its event: then one that is unchanged by its
    event is no state before it.
    """

    now: State | None = None
    pending: tuple[Told, ...] = ()
    seen: tuple[State, ...] = ()
    blind: bool = False
    follows: bool = False
    worlds: tuple[World, ...] = ()
    opening: tuple[str, ...] = ()


def initial(
    opening: tuple[str, ...] = (),
    wraps: bool = False,
    upright: bool = False,
    turning: bool = False,
) -> Tracked:
    """Before the first step; `opening` are words that may tell of the start, and `upright` holds
    where up and right are known to count up."""
    ways = (1,) if upright else (1, -1)
    choices = product((False, True), ways, ways, (True, False))
    return Tracked(worlds=tuple(World(*choice, turning, wraps) for choice in choices), opening=opening)


def check(claim: Claim, state: Tracked) -> tuple[Verdict, Tracked]:
    """The verdict on one claim, and the state after it."""
    match claim.body:
        case Unread():
            return unverifiable(CHECKER, "not read whole"), replace(state, blind=True)
        case Passage((Slots() | Row() as said,), concluded=True) if not state.pending:
            verdict = _judge(lambda now: _fits(said, now), True, state)
            return verdict, _written(said, replace(state, blind=False))
        case Passage((Spot(value) as said,)) if (
            not state.pending and isinstance(state.now, Spot) and _shape(value) in ("square", "direction")
        ):
            verdict = _judge(lambda now: _fits(said, now), claim.body.concluded, state)
            return verdict, _written(said, replace(state, blind=False))
        case Passage((Start(), Slots() as said)):
            after = _written(said, replace(state, now=None, pending=(), blind=False))
            return _check_start(said, state), after
        case Passage(parts):
            return _check_passage(parts, state)
        case Bearing() as body:
            return _check_bearing(body), state
        case ReadOff() as body:
            verdict = _check_read_off(body, state)
            said = body.neutral or verdict.status is not Status.UNVERIFIABLE
            return verdict, state if said else replace(state, blind=True)
        case Those() as body:
            return _check_those(body, state), state
        case HowMany() as body:
            return _check_count(body, state), state
        case _:
            return unverifiable(CHECKER, "no claim about what changes"), state


def _check_bearing(body: Bearing) -> Verdict:
    true = _COMPASS[(body.direction + body.quarters) % 4]
    if _COMPASS[body.result] == true:
        return verified(CHECKER, "as the compass has it")
    return _false(f"it is {true}", true)


def _check_start(said: Slots, state: Tracked) -> Verdict:
    """What is said of the start, held to the words that tell of it in turn: name, thing, name, ..."""
    told = list(_openings(dict(said.pairs), state.opening))
    if any(set(pairs) == set(said.pairs) for pairs in told):
        return verified(CHECKER, "as the problem has it")
    if not told:
        return unverifiable(CHECKER, "the problem tells of the start in other words")
    shown = ", ".join(f"{k}: {v}" for k, v in told[0] if dict(said.pairs)[k] != v)
    return _false(f"the problem has it otherwise: {shown}", shown)


def _openings(has: Mapping[str, str], words: Sequence[str]) -> Iterator[Pairs]:
    """The ways in which names alternate with what they may have, each name once."""
    found = []
    for word in words:
        key = _key(word.lower(), has) if word not in _CLASS else None
        value = _value(word.lower(), has)
        if key is not None and value is not None:
            return
        if key is not None or value is not None:
            found.append((key, value))
    size = 2 * len(has)
    for at in range(len(found) - size + 1):
        window = found[at : at + size]
        pairs = []
        for one, other in zip(window[::2], window[1::2], strict=True):
            key, value = one[0] or other[0], one[1] or other[1]
            if key is not None and value is not None and (one[0] is None) == (window[0][0] is None):
                pairs.append((key, value))
        if len(dict(pairs)) == len(has) == len(pairs):
            yield tuple(pairs)


def _value(word: str, has: Mapping[str, str]) -> str | None:
    if _is_number(word):
        return word if all(map(_is_number, has.values())) else None
    found = [v for v in dict.fromkeys(has.values()) if word in v.split()]
    return found[0] if len(found) == 1 else None


_CLASS = frozenset("box cup jar bag basket crate lamp switch coin player position bin tin tank pile".split())


# Passages


def _check_passage(
    parts: Sequence[State | Told | Start], state: Tracked
) -> tuple[Verdict, Tracked]:
    """The first state that does not follow decides; else any that does."""
    verdict = unverifiable(CHECKER, "names no event, or no state after it")
    given = False  # whether the state before the event stands beside it
    for at, part in enumerate(parts):
        if isinstance(part, Start):
            state = replace(state, now=None, pending=(), blind=False)
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
    if isinstance(later, type(said)) and (state.now is None or state.blind or _same(said, state.now)):
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
    return replace(state, now=now, pending=(), seen=(*state.seen, now)[-_MOST_SEEN:])


def _leads(before: State, said: State, state: Tracked) -> tuple[World, ...] | None:
    """The worlds in which the pending events lead from one state to another; None where they were
    not all understood, or the states speak of different things."""
    kept = []
    for world in state.worlds:
        reached = _run(before, state.pending, world)
        if not reached:
            return None
        fits = [_fits(said, after) for after in reached]
        if None in fits:
            return None
        if any(fits):
            kept.append(world)
    return tuple(kept)


def _excused(said: State, state: Tracked) -> bool:
    """Whether a state that does not follow may be meant otherwise."""
    if state.now is not None and _same(said, state.now) and not state.follows:
        return True
    return any(_leads(earlier, said, state) for earlier in state.seen if type(earlier) is type(said))


def _expected(state: Tracked) -> State:
    assert state.now is not None
    return next(iter(_run(state.now, state.pending, state.worlds[0])))


def _run(
    before: State, told: Sequence[Told], world: World
) -> list[State]:
    """The states that events may lead to; none where they cannot happen, or are not understood."""
    reached = [before]
    for one in told:
        reached = [
            after
            for now in reached
            for events in one.readings
            for after in _all_after(events, now, world)
        ]
        reached = list(dict.fromkeys(reached))
        if not reached or len(reached) > _MOST:
            return []
    return reached


def _all_after(events: Sequence[Event], now: State, world: World) -> list[State]:
    reached = [now]
    for event in events:
        reached = [s for before in reached for s in _after(event, before, world)]
    return reached


def _after(event: Event, now: State, world: World) -> Iterator[State]:
    match now:
        case Slots():
            yield from map(Slots, _slots_after(event, now))
        case Row():
            yield from map(Row, _row_after(event, now.items, world))
        case Spot():
            yield from map(Spot, _spot_after(event, now.value, world))


# Names with what they have


def _slots_after(event: Event, now: Slots) -> Iterator[Pairs]:
    has = dict(now.pairs)
    match event:
        case Exchange(first, second, switched):
            if switched and all(v in _OTHER for v in has.values()):
                return
            for ends in _holders(first, second, has):
                yield _changed(has, {ends[0]: has[ends[1]], ends[1]: has[ends[0]]})
        case Carry(what, source, target):
            yield from _carried(what, source, target, has)
        case Flip(names):
            keys = [_key(name, has) for name in names] if names else list(has)
            if all(k is not None and has[k] in _OTHER for k in keys) and _one_pair(has.values()):
                yield _changed(has, {k: _OTHER[has[k]] for k in keys if k is not None})
        case Become(names, value):
            keys = [_key(name, has) for name in names]
            if None not in keys and all(v in _OTHER for v in has.values()):
                yield _changed(has, {k: _as_in(value, has.values()) for k in keys if k is not None})
        case Grow(name, amount):
            yield from _counted(name, has, lambda n: n + amount)
        case Scale(name, factor):
            yield from _counted(name, has, lambda n: n * factor)


def _changed(has: Mapping[str, str], new: Mapping[str, str]) -> Pairs:
    return tuple({**has, **new}.items())


def _one_pair(values: object) -> bool:
    """Whether values are of one pair of poles."""
    found = set(values)  # type: ignore[call-overload]
    return bool(found) and all(v in _OTHER for v in found) and len({frozenset((v, _OTHER[v])) for v in found}) == 1


def _as_in(value: str, values: object) -> str:
    """A pole as it is written among `values`."""
    same = next((s for s in _SAME if value in s), {value})
    for known in values:  # type: ignore[attr-defined]
        for one in (known, _OTHER[known]):
            if one in same:
                return str(one)
    return value


def _counted(name: str, has: Mapping[str, str], change: Callable[[int], int]) -> Iterator[Pairs]:
    key = _key(name, has) if name else next(iter(has)) if len(has) == 1 else None
    if key is not None and _is_number(has[key]):
        yield _changed(has, {key: str(change(int(has[key])))})


def _carried(what: str, source: str, target: str, has: Mapping[str, str]) -> Iterator[Pairs]:
    a, b = _key(source, has), _key(target, has)
    if a is not None and b is not None and a != b and _is_number(has[a]) and _is_number(has[b]):
        there = int(has[a])
        much = {"all": there, "half": there // 2}.get(what)
        much = int(what) if much is None and what.isdecimal() else much
        if much is not None and much <= there and not (what == "half" and there % 2):
            yield _changed(has, {a: str(there - much), b: str(int(has[b]) + much)})
        return
    thing = _key(what, has)
    if thing is not None and has[thing] == source:
        yield _changed(has, {thing: target})


def _holders(first: str, second: str, has: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Those who exchange, named by themselves or by what they have."""
    keys = _key(first, has), _key(second, has)
    if keys[0] is not None and keys[1] is not None and keys[0] != keys[1]:
        yield keys[0], keys[1]
    holders = [[k for k, v in has.items() if v == thing] for thing in (first, second)]
    if len(holders[0]) == len(holders[1]) == 1:
        yield holders[0][0], holders[1][0]


def _key(name: str, has: Mapping[str, str]) -> str | None:
    """The slot that is called so; a name may be written with more or fewer words."""
    if name in has:
        return name
    words = set(name.split())
    found = [k for k in has if words <= set(k.split()) or set(k.split()) <= words]
    return found[0] if len(found) == 1 and words else None


def _is_number(text: str) -> bool:
    return text.lstrip("-").isdecimal() and len(text) < 12


# Rows


def _row_after(event: Event, row: tuple[str, ...], world: World) -> Iterator[tuple[str, ...]]:
    match event:
        case Exchange(first, second):
            for a, b in dict.fromkeys((_places(first, second, row), _items(first, second, row))):
                if a is not None and b is not None and a != b:
                    new = list(row)
                    new[a], new[b] = row[b], row[a]
                    yield tuple(new)
        case Flip(names):
            at = [_place(name, row) for name in names] if names else list(range(len(row)))
            if None not in at and _one_pair(row):
                yield tuple(_OTHER[v] if i in at else v for i, v in enumerate(row))
        case Become(names, value):
            at = [_place(name, row) for name in names]
            if None not in at and _one_pair(row):
                yield tuple(_as_in(value, row) if i in at else v for i, v in enumerate(row))
        case Insert(item, where, place):
            yield from _inserted(item, where, place, row, world)
        case Drop(item, where):
            yield from _dropped(item, where, row, world)
        case Send(item, where):
            yield from _sent(item, where, row)
        case Grow("", amount) if 0 < -amount <= len(row):
            yield row[-amount:]
            yield row[:amount]
        case Arrange("reversed"):
            yield row[::-1]
        case Arrange(how):
            if all(map(_is_number, row)):
                yield tuple(sorted(row, key=int, reverse=how == "descending"))
            elif all(v.isalpha() for v in row):
                yield tuple(sorted(row, reverse=how == "descending"))
        case Shift(way, steps) if len(row) == 2 and all(map(_is_number, row)):
            x, y = _step(way, steps, world)
            if (x, y) != (0, 0):
                first, second = (x, y) if world.across else (y, x)
                yield str(int(row[0]) + first), str(int(row[1]) + second)


def _place(name: str, row: Sequence[str]) -> int | None:
    """The index of a place that is named by its number."""
    words = name.split()
    number = _ORDINALS.get(words[0]) if words else None
    if number is None and len(words) == 1 and name.isdecimal():
        number = int(name)
    if number is None or not (number == -1 or 1 <= number <= len(row)):
        return None
    return len(row) - 1 if number == -1 else number - 1


_ORDINALS = {
    word: n
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1
    )
} | {"1st": 1, "2nd": 2, "3rd": 3, "last": -1} | {f"{n}th": n for n in range(4, 20)}  # fmt: skip


def _places(first: str, second: str, row: Sequence[str]) -> tuple[int | None, int | None]:
    return _place(first, row), _place(second, row)


def _items(first: str, second: str, row: Sequence[str]) -> tuple[int | None, int | None]:
    a, b = ([i for i, v in enumerate(row) if v == item] for item in (first, second))
    return (a[0], b[0]) if len(a) == len(b) == 1 else (None, None)


def _inserted(
    item: str, where: str, place: str, row: tuple[str, ...], world: World
) -> Iterator[tuple[str, ...]]:
    last = not world.turned
    if where == "end" or (where in ("top", "tail") and last):
        yield (*row, item)
    elif where == "front" or where in ("top", "tail"):
        yield (item, *row)
    elif where in ("before", "after"):
        for i, v in enumerate(row):
            if v == place:
                at = i + (where == "after")
                yield (*row[:at], item, *row[at:])


def _dropped(
    item: str, where: str, row: tuple[str, ...], world: World
) -> Iterator[tuple[str, ...]]:
    if not where:
        yield from dict.fromkeys(row[:i] + row[i + 1 :] for i, v in enumerate(row) if v == item)
        return
    if not row:
        return
    last = where == "end" if where in ("end", "front") else (where == "top") != world.turned
    gone = row[-1] if last else row[0]
    if not item or item == gone:
        yield row[:-1] if last else row[1:]


def _sent(item: str, where: str, row: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    at = [i for i, v in enumerate(row) if v == item] if item else [0 if where == "end" else -1]
    if row and len(at) == 1:
        i = at[0] % len(row)
        rest = row[:i] + row[i + 1 :]
        yield (*rest, row[i]) if where == "end" else (row[i], *rest)


# Places, floors, numbers and directions


def _spot_after(event: Event, value: str, world: World) -> Iterator[str]:
    match event:
        case Exchange(first, second):
            ends = (first, second)
            if value in ends or {*ends, value} <= {"left", "middle", "right"} or {*map(_shape, (*ends, value))} in _PLACES:
                yield second if value == first else first if value == second else value
        case Shift(way, steps) if len(value) == 2 and value[0].isalpha() and value[1].isdecimal():
            x, y = _step(way, steps, world)
            column, line = ord(value[0]) + x, int(value[1]) + y
            if (x, y) != (0, 0) and ord("a") <= column <= ord("z"):
                yield f"{chr(column)}{line}"
        case Shift(way, steps) if _is_number(value) and not world.wraps:
            x, y = _step(way, steps, replace(world, up=1))
            if (x, y) != (0, 0):
                yield str(int(value) + x + y)
        case Grow("", amount) if _is_number(value) and not world.wraps:
            yield str(int(value) + amount)
        case Scale("", factor) if _is_number(value):
            yield str(int(value) * factor)
        case Turn(quarters) if value in _COMPASS:
            yield _COMPASS[(_COMPASS.index(value) + quarters) % 4]


def _step(way: str, steps: int, world: World) -> tuple[int, int]:
    if world.turning and way not in _COMPASS:
        return 0, 0
    right, up = world.right * steps, world.up * steps
    return {
        "right": (right, 0), "east": (right, 0), "left": (-right, 0), "west": (-right, 0),
        "up": (0, up), "north": (0, up), "down": (0, -up), "south": (0, -up),
        "forward": (0, up), "backward": (0, -up),
    }.get(way, (0, 0))  # fmt: skip


# Comparing


def _fits(said: State, true: State) -> bool | None:
    """Whether a state as written is the true one; None where they speak of different things."""
    match said, true:
        case Slots(pairs), Slots(known):
            has = dict(known)
            found = [(_key(k, has), v) for k, v in pairs]
            if any(k is None for k, _ in found):
                return None
            for key, value in found:
                if key is not None and not _alike(value, has[key]):
                    if not (_is_number(value) or value in _OTHER or value in has.values()):
                        return None  # a thing by another name, perhaps
                    return False
            return True
        case Row(items), Row(row):
            return items == row
        case Spot(value), Spot(other):
            return value == other
    return None


def _alike(one: str, other: str) -> bool:
    a, b = set(one.split()), set(other.split())
    return a <= b or b <= a or any({one, other} <= same for same in _SAME)


def _same(said: State, now: State) -> bool:
    return _fits(said, now) is True


def _worded(state: State, said: State) -> str:
    match state, said:
        case Slots(pairs), Slots(claimed):
            has = dict(pairs)
            wrong = ((_key(k, has), v) for k, v in claimed)
            return ", ".join(f"{k}: {has[k]}" for k, v in wrong if k and not _alike(v, has[k]))
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
        reached = _run(state.now, state.pending, world)
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
    if not (concluded or state.follows) and any(holds(past) for past in state.seen):
        return unverifiable(CHECKER, "was so before")
    return _false("the last state of the trace has it otherwise", None)


def _check_read_off(body: ReadOff, state: Tracked) -> Verdict:
    def holds(now: State) -> bool | None:
        found = _aligned(body.words, now)
        return None if found is None else _alike(*found)

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
    if all(map(_is_number, has.values())):
        values = {w for w in said if _is_number(w)} - set(key.split())
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
    "it he she there stops stop is are on at floor lift elevator ends up passengers people bus now counter shows"
    " reads value holds stands still left final number token position".split()
)


def _aligned_spot(said: Sequence[str], value: str) -> tuple[str, str] | None:
    """Where something is said to be that is at one place."""
    like = [w for w in said if _shape(w) == _shape(value)]
    rest = set(said) - set(like)
    if len(like) != 1 or len(said) < 3 or (_is_number(value) and not rest <= _AROUND_A_NUMBER):
        return None
    return like[0], value


_PLACES = ({"number"}, {"letter"})


def _shape(value: str) -> str:
    if _is_number(value):
        return "number"
    if len(value) == 1:
        return "letter"
    if re.fullmatch(r"[a-h]\d", value):
        return "square"
    return "direction" if value in _COMPASS else "other"


def _aligned_row(words: Sequence[str], row: Sequence[str]) -> tuple[str, str] | None:
    said = [w for w in words if w not in ("now", "of", "list", "row", "then")]
    if len(said) < 3 or said[0] not in _ORDINALS or said[-1] not in row or "is" not in said:
        return None
    at = _place(said[0], row)
    return None if at is None or len(said) > 5 else (said[-1], row[at])


def _check_those(body: Those, state: Tracked) -> Verdict:
    def holds(now: State) -> bool | None:
        pairs = _numbered(now)
        if pairs is None or not any(_alike(body.value, v) for v in (*pairs.values(), *map(_OTHER.get, pairs.values())) if v):
            return None
        named = [_key(name, pairs) for name in body.names]
        if None in named:
            return None
        return set(named) == {k for k, v in pairs.items() if _alike(body.value, v)}

    return _judge(holds, True, state)


def _check_count(body: HowMany, state: Tracked) -> Verdict:
    def holds(now: State) -> bool | None:
        pairs = _numbered(now)
        if pairs is None:
            return None
        return sum(_alike(body.value, v) for v in pairs.values()) == body.count

    return _judge(holds, False, state)


def _numbered(now: State) -> dict[str, str] | None:
    """What each has, in a row by its number, if all are switches or the like."""
    if isinstance(now, Slots):
        pairs = dict(now.pairs)
    elif isinstance(now, Row):
        pairs = {str(n): v for n, v in enumerate(now.items, 1)}
    else:
        return None
    return pairs if _one_pair(pairs.values()) else None


def _false(message: str, expected: str | None) -> Verdict:
    return refuted(CHECKER, Evidence(message, expected=expected), fault=Fault.CONTRADICTION)
