"""What events do to states: the states that an event leads to, in each of its readings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from clr.bodies.transitions import (
    Arrange,
    Become,
    Carry,
    Drop,
    Event,
    Exchange,
    Flip,
    Grow,
    Insert,
    Row,
    Scale,
    Send,
    Share,
    Shift,
    Slots,
    Spot,
    State,
    Told,
    Turn,
)

COMPASS = ("north", "west", "south", "east")
OTHER = {
    "on": "off", "lit": "unlit", "1": "0", "heads": "tails", "h": "t", "open": "closed",
    "white": "black", "true": "false", "up": "down",
}  # fmt: skip
OTHER |= {other: one for one, other in OTHER.items()}
_SYNONYMS = ({"on", "lit", "1"}, {"off", "unlit", "0"}, {"heads", "h"}, {"tails", "t"})
Pairs: TypeAlias = tuple[tuple[str, str], ...]
_MOST = 32
"""States that an event may lead to, by its readings."""


@dataclass(frozen=True, slots=True)
class World:
    """What a trace chooses once and keeps to: which end of a row is its top or its tail, which way
    right and up are counted, and whether right is `across`, in the first of two coordinates.

    With `turning`, nobody knows where left is; with `wraps`, numbers go round, as on a dial; with
    `priced`, so many things may be another number of what is counted.
    """

    turned: bool
    right: int
    up: int
    across: bool
    turning: bool
    wraps: bool
    priced: bool


def run(before: State, told: Sequence[Told], world: World) -> list[State]:
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
    if world.priced and isinstance(event, Carry | Grow):
        return
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
            if switched and all(v in OTHER for v in has.values()):
                return
            for ends in _holders(first, second, has):
                yield _changed(has, {ends[0]: has[ends[1]], ends[1]: has[ends[0]]})
        case Carry(what, source, target):
            yield from _carried(what, source, target, has)
        case Flip(names):
            keys = [key_of(name, has) for name in names] if names else list(has)
            if all(k is not None and has[k] in OTHER for k in keys) and of_one_pair(has.values()):
                yield _changed(has, {k: OTHER[has[k]] for k in keys if k is not None})
        case Become(names, value):
            keys = [key_of(name, has) for name in names]
            if None not in keys and all(v in OTHER for v in has.values()):
                yield _changed(has, {k: _as_in(value, has.values()) for k in keys if k is not None})
        case Grow(name, amount):
            yield from _counted(name, has, lambda n: n + amount)
        case Scale(name, factor):
            yield from _counted(name, has, lambda n: n * factor)


def _changed(has: Mapping[str, str], new: Mapping[str, str]) -> Pairs:
    return tuple({**has, **new}.items())


def of_one_pair(values: Iterable[str]) -> bool:
    """Whether values are of one pair of poles."""
    found = set(values)
    return (
        bool(found)
        and all(v in OTHER for v in found)
        and len({frozenset((v, OTHER[v])) for v in found}) == 1
    )


def _as_in(value: str, values: Iterable[str]) -> str:
    """A pole as it is written among `values`."""
    same = next((s for s in _SYNONYMS if value in s), {value})
    for known in values:
        for one in (known, OTHER[known]):
            if one in same:
                return one
    return value


def _counted(name: str, has: Mapping[str, str], change: Callable[[int], int]) -> Iterator[Pairs]:
    key = key_of(name, has) if name else next(iter(has)) if len(has) == 1 else None
    if key is not None and is_number(has[key]):
        yield _changed(has, {key: str(change(int(has[key])))})


def _carried(what: str, source: str, target: str, has: Mapping[str, str]) -> Iterator[Pairs]:
    a, b = key_of(source, has), key_of(target, has)
    if a is not None and b is not None and a != b and is_number(has[a]) and is_number(has[b]):
        there = int(has[a])
        much = {"all": there, "half": there // 2}.get(what)
        much = int(what) if much is None and what.isdecimal() else much
        if much is not None and much <= there and not (what == "half" and there % 2):
            yield _changed(has, {a: str(there - much), b: str(int(has[b]) + much)})
        return
    thing = key_of(what, has)
    if thing is not None and has[thing] == source:
        yield _changed(has, {thing: target})


def _holders(first: str, second: str, has: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Those who exchange, named by themselves or by what they have."""
    keys = key_of(first, has), key_of(second, has)
    if keys[0] is not None and keys[1] is not None and keys[0] != keys[1]:
        yield keys[0], keys[1]
    holders = [[k for k, v in has.items() if v == thing] for thing in (first, second)]
    if len(holders[0]) == len(holders[1]) == 1:
        yield holders[0][0], holders[1][0]


def key_of(name: str, has: Mapping[str, str]) -> str | None:
    """The slot that is called so; a name may be written with more or fewer words."""
    if name in has:
        return name
    words = set(name.split())
    found = [k for k in has if words <= set(k.split()) or set(k.split()) <= words]
    return found[0] if len(found) == 1 and words else None


def is_number(text: str) -> bool:
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
            at = [place_in(name, row) for name in names] if names else list(range(len(row)))
            if None not in at and of_one_pair(row):
                yield tuple(OTHER[v] if i in at else v for i, v in enumerate(row))
        case Become(names, value):
            at = [place_in(name, row) for name in names]
            if None not in at and of_one_pair(row):
                yield tuple(_as_in(value, row) if i in at else v for i, v in enumerate(row))
        case Insert(item, where, place):
            yield from _inserted(item, where, place, row, world)
        case Drop(item, where):
            yield from _dropped(item, where, row, world)
        case Send(item, "top" | "bottom" as where):
            yield from _sent(item, "front" if (where == "top") == world.turned else "end", row)
        case Send(item, where):
            yield from _sent(item, where, row)
        case Carry(what, source, target):
            a, b = place_in(source, row), place_in(target, row)
            if a is not None and b is not None:
                has = {str(i): v for i, v in enumerate(row)}
                for pairs in _carried(what, str(a), str(b), has):
                    yield tuple(value for _, value in pairs)
        case Grow("", amount) if 0 < -amount <= len(row) and str(-amount) not in row:
            yield row[-amount:]
            yield row[:amount]
        case Arrange("reversed"):
            yield row[::-1]
        case Arrange(how):
            if all(map(is_number, row)):
                yield tuple(sorted(row, key=int, reverse=how == "descending"))
            elif all(v.isalpha() for v in row):
                yield tuple(sorted(row, reverse=how == "descending"))
        case Shift(way, steps) if len(row) == 2 and all(map(is_number, row)):
            x, y = step_of(way, steps, world)
            if (x, y) != (0, 0):
                along = (x, y) if world.across else (y, x)
                yield tuple(str(int(c) + d) for c, d in zip(row, along, strict=True))


def place_in(name: str, row: Sequence[str]) -> int | None:
    """The index of a place that is named by its number."""
    words = name.split()
    number = PLACES.get(words[0]) if words else None
    if number is None and len(words) == 1 and name.isdecimal():
        number = int(name)
    if number is None or not (number == -1 or 1 <= number <= len(row)):
        return None
    return len(row) - 1 if number == -1 else number - 1


PLACES = {
    word: n
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1
    )
} | {"1st": 1, "2nd": 2, "3rd": 3, "last": -1} | {f"{n}th": n for n in range(4, 20)}  # fmt: skip


def _places(first: str, second: str, row: Sequence[str]) -> tuple[int | None, int | None]:
    return place_in(first, row), place_in(second, row)


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
            if (
                value in ends
                or {*ends, value} <= {"left", "middle", "right"}
                or {*map(shape_of, (*ends, value))} in _LIKE_PLACES
            ):
                yield second if value == first else first if value == second else value
        case Shift(way, steps) if len(value) == 2 and value[0].isalpha() and value[1].isdecimal():
            x, y = step_of(way, steps, world)
            column, line = ord(value[0]) + x, int(value[1]) + y
            if (x, y) != (0, 0) and ord("a") <= column <= ord("z"):
                yield f"{chr(column)}{line}"
        case Shift(way, steps) if is_number(value) and not world.wraps:
            x, y = step_of(way, steps, replace(world, up=1))
            if (x, y) != (0, 0):
                yield str(int(value) + x + y)
        case Grow("", amount) if is_number(value) and not world.wraps:
            yield str(int(value) + amount)
        case Scale("", factor) if is_number(value):
            yield str(int(value) * factor)
        case Share("", divisor) if is_number(value) and divisor and int(value) % divisor == 0:
            yield str(int(value) // divisor)
        case Turn(quarters) if value in COMPASS:
            yield COMPASS[(COMPASS.index(value) + quarters) % 4]


def step_of(way: str, steps: int, world: World) -> tuple[int, int]:
    if world.turning and way not in COMPASS:
        return 0, 0
    right, up = world.right * steps, world.up * steps
    return {
        "right": (right, 0), "east": (right, 0), "left": (-right, 0), "west": (-right, 0),
        "up": (0, up), "north": (0, up), "down": (0, -up), "south": (0, -up),
        "forward": (0, up), "backward": (0, -up),
    }.get(way, (0, 0))  # fmt: skip


_LIKE_PLACES = ({"number"}, {"letter"})


def shape_of(value: str) -> str:
    if is_number(value):
        return "number"
    if len(value) == 1:
        return "letter"
    if re.fullmatch(r"[a-h]\d", value):
        return "square"
    return "direction" if value in COMPASS else "other"


def alike(one: str, other: str) -> bool:
    a, b = set(one.split()), set(other.split())
    return a <= b or b <= a or any({one, other} <= same for same in _SYNONYMS)
