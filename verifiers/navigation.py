"""Claims about place and direction, judged by following the instructions from where the trace is.

How coordinates lie is the trace's choice: which way one faces at first, where north points, and
whether "three steps left" turns. Each combination that the claims so far allow is a world. A claim
is refuted only where it is false in all of them, and once: the next is judged from what it said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import NamedTuple

from clr.bodies.navigation import (
    Instruction,
    Move,
    Number,
    Place,
    Returned,
    Route,
    Towards,
    Turn,
    Unread,
    Walked,
)
from clr.claim import (
    Claim,
    Evidence,
    Fault,
    Status,
    Verdict,
    jump,
    refuted,
    unsupported,
    unverifiable,
    verified,
)

CHECKER = "state machine"
_AHEAD = Towards("ahead", 0)
_STEP = ((1, 0), (0, 1), (-1, 0), (0, -1))
_COMPASS = ("north", "west", "south", "east")
_AXES = ("the positive x-axis", "the positive y-axis", "the negative x-axis", "the negative y-axis")


class World(NamedTuple):
    """Where one stands and faces; directions are quarter turns from the positive x-axis.

    `north` is where north lies, `first` where one faced at first. Who goes some way does not face
    that way from then on with 0 `turning`, does so where the way is north or the like with 1, and
    even after steps to a side with 2.
    """

    x: Number
    y: Number
    facing: int
    north: int
    first: int
    turning: int


Worlds = tuple[World, ...]
"""The most usual one first."""


@dataclass(frozen=True, slots=True)
class State:
    """How many instructions are done, how many more were only repeated, and the worlds left.

    `right` are the worlds in which the trace would be without its errors, `origin` those before the
    first instruction, and `seen` the places claimed so far. `unread` since a sentence was not read
    that may have shown where more instructions lead. After a claim that was taken for a jump,
    `other` is the state in which it was a slip instead: what follows tells which.
    """

    route: Route
    origin: Worlds
    worlds: Worlds
    right: Worlds
    done: int = 0
    repeated: int = 0
    unread: bool = False
    other: State | None = None
    seen: frozenset[Place] = frozenset({(0, 0)})


def initial(route: Route) -> State:
    """The state before the first instruction."""
    to_a_side = any(
        isinstance(i, Move) and i.towards.frame == "ahead" and i.towards.quarters
        for i in route.instructions
    )
    ways = (0,) if route.sidesteps else (1, 2) if to_a_side else (1,)
    worlds = tuple(
        World(0, 0, first, north, first, turning)
        for turning, north, first in product(ways, (1, 0, 2, 3), (1, 0, 2, 3))
        if route.facing is None or first in _meanings(route.facing, first, first, north)
    )
    return State(route, worlds, worlds, worlds)


def _meanings(towards: Towards, facing: int, first: int, north: int) -> tuple[int, ...]:
    """The quarters that a direction may mean."""
    match towards.frame:
        case "compass":
            return ((north + towards.quarters) % 4,)
        case "ahead":
            return ((facing + towards.quarters) % 4,)
        case "start":
            return ((first + towards.quarters) % 4, (1 + towards.quarters) % 4)
        case _:
            return (towards.quarters,)


def after(world: World, instruction: Instruction) -> World:
    """The world after an instruction: a turn changes the direction, a walk the place, and the
    direction too in worlds where one turns to walk."""
    way = _way(world, instruction)
    if isinstance(instruction, Turn):
        return world._replace(facing=way)
    dx, dy = _STEP[way]
    turns = world.turning > (1 if instruction.towards.frame == "ahead" else 0)
    facing = way if turns else world.facing
    return world._replace(
        x=world.x + dx * instruction.steps, y=world.y + dy * instruction.steps, facing=facing
    )


def _way(world: World, instruction: Instruction) -> int:
    return _meanings(instruction.towards, world.facing, world.first, world.north)[0]


def _along(worlds: Worlds, instructions: Sequence[Instruction]) -> Worlds:
    for instruction in instructions:
        worlds = tuple(after(world, instruction) for world in worlds)
    return worlds


def _is(said: Instruction, given: Instruction) -> bool:
    """Whether `said` may be what is `given`; a direction may be told in another way."""
    if said == given:
        return True
    if said.towards.frame == given.towards.frame and given.towards != _AHEAD:
        return False
    if isinstance(said, Move):
        return isinstance(given, Move) and said.steps == given.steps
    return isinstance(given, Turn) and said.towards.frame != "ahead"


def _leads_alike(world: World, said: Instruction, given: Instruction) -> bool:
    """Whether both lead the same way; who says "6 steps right" of steps ahead looks at a map."""
    way = _way(world, given)
    if said != given and said.towards.frame == "ahead":
        return way in _meanings(replace(said.towards, frame="start"), 0, world.first, world.north)
    return way == _way(world, said)


def _are(said: Sequence[Instruction], given: Sequence[Instruction]) -> bool:
    return len(said) == len(given) and all(map(_is, said, given))


def check(claim: Claim, state: State) -> tuple[Verdict, State]:
    """The verdict on one claim, and the state after it."""
    verdict, there = _check_in(claim, replace(state, other=None))
    if state.other is None:
        return verdict, there
    slipped, elsewhere = _check_in(claim, state.other)
    if _fits_better(slipped.status, verdict.status):
        return slipped, elsewhere
    left = there.other is None and not _fits_better(verdict.status, slipped.status)
    return verdict, replace(there, other=elsewhere) if left else there


def _fits_better(status: Status, other: Status) -> bool:
    return _FIT.get(status, 1) > _FIT.get(other, 1)


_FIT = {Status.VERIFIED: 2, Status.REFUTED: 0}


def _check_in(claim: Claim, state: State) -> tuple[Verdict, State]:
    match claim.body:
        case Unread():
            return unverifiable(CHECKER, "not read whole"), replace(state, unread=True)
        case Returned(back, _):
            return _check_return(back, state), state
        case Walked(start=True) as body:
            return _check_start(body, state)
        case Walked() as body if not body.settled:
            return _repeat(body.instructions, state)
        case Walked(final=True) as body:
            return _check_final(body, state)
        case Walked() as body:
            return _check_walked(body, state)
        case _:
            return unverifiable(CHECKER, "no claim about place and direction"), state


def _check_start(body: Walked, state: State) -> tuple[Verdict, State]:
    x, y = body.place or (0, 0)
    origin = tuple(w._replace(x=x, y=y) for w in initial(state.route).origin)
    origin = tuple(w for w in origin if _faces(w, body.facing))
    if not origin:
        return _false("the problem says which way one faces at first"), state
    if state.done and not set(state.origin).isdisjoint(origin):
        return verified(CHECKER, "where the trace began"), state
    return verified(CHECKER, "a choice of coordinates"), replace(
        state,
        origin=origin,
        worlds=origin,
        right=origin,
        done=0,
        repeated=0,
        seen=frozenset({(x, y)}),
    )


def _repeat(instructions: tuple[Instruction, ...], state: State) -> tuple[Verdict, State]:
    """Instructions that are only repeated may be meant as done, or may not."""
    due = state.done + state.repeated
    more = len(instructions)
    follows = _are(instructions, state.route.instructions[due : due + more])
    verdict = unverifiable(CHECKER, "does not say where this leads")
    return verdict, replace(state, repeated=state.repeated + more) if follows else state


def _faces(world: World, facing: Towards | None) -> bool:
    return facing is None or world.facing in _meanings(facing, 0, world.first, world.north)


def _fits(world: World, body: Walked, home: Place) -> bool:
    if body.place is not None and body.place != (world.x, world.y):
        return False
    if not _faces(world, body.facing):
        return False
    return not body.offset or (world.x, world.y) in _offsets(world, body.offset, home)


def _offsets(world: World, offset: Sequence[Move], home: Place) -> set[Place]:
    """Where so many steps from the starting point may be."""
    ways = [_meanings(move.towards, 0, world.first, world.north) for move in offset]
    places = set()
    for chosen in product(*ways):
        x, y = home
        for move, way in zip(offset, chosen, strict=True):
            x, y = x + _STEP[way][0] * move.steps, y + _STEP[way][1] * move.steps
        places.add((x, y))
    return places


def _left(start: Worlds, passed: Sequence[Instruction], body: Walked, state: State) -> Worlds:
    """The worlds, after what `passed`, in which the claim is true."""
    unsaid = len(passed) - len(body.instructions)
    worlds = _along(start, passed[:unsaid])
    if body.before is not None:
        came = worlds if body.instructions else start
        worlds = tuple(w for w, c in zip(worlds, came, strict=True) if _at(c) == body.before)
    for said, given in zip(body.instructions, passed[unsaid:], strict=True):
        worlds = tuple(after(w, given) for w in worlds if _leads_alike(w, said, given))
    home = _at(state.origin[0])
    return tuple(w for w in worlds if _fits(w, body, home))


def _at(world: World) -> Place:
    return world.x, world.y


def _alignments(body: Walked, state: State) -> Iterator[tuple[int, Worlds, int]]:
    """Ways to place the claim: from which instruction, in which worlds, to which instruction.

    The claim goes on from the last one or from what was repeated since; or it begins anew.
    """
    route, said = state.route.instructions, body.instructions
    for worlds in dict.fromkeys((state.worlds, state.right)):
        for begin in dict.fromkeys((state.done + state.repeated, state.done)):
            if _are(said, route[begin : begin + len(said)]):
                yield state.done, worlds, begin + len(said)
    if said and state.done and _are(said, route[: len(said)]):
        yield 0, state.origin, len(said)


def _check_walked(body: Walked, state: State) -> tuple[Verdict, State]:
    route = state.route.instructions
    ways = list(_alignments(body, state))
    for begin, worlds, end in ways:
        if kept := _left(worlds, route[begin:end], body, state):
            usual = _along(worlds[:1], route[begin:end])[0]
            right = _right(end, state) if worlds == state.worlds != state.right else kept
            return _settled(kept, usual, route[end - 1 : end]), _moved(kept, end, state, right)
    later = _later(body, state)
    if later is not None:
        kept, end, skipped = later
        right = _right(end, state) if state.worlds != state.right else kept
        there = _moved(kept, end, state, right)
        if ways and skipped:
            begin, worlds, due = ways[0]
            _, slipped = _wrong(body, worlds, route[begin:due], due, state)
            there = replace(there, other=slipped)
        return _after_unshown(skipped, body, state), there
    if not ways:
        return _check_unknown(body, state)
    if not body.instructions and (body.place is None or body.place in state.seen):
        return unverifiable(CHECKER, "may be said of an earlier moment"), state
    begin, worlds, end = ways[0]
    if not body.instructions and end == state.done and end < len(route):
        end += 1  # meant after the next instruction, or else true at no time from here on
    return _wrong(body, worlds, route[begin:end], end, state)


def _settled(kept: Worlds, usual: World, last: Sequence[Instruction]) -> Verdict:
    if kept[0] != usual:
        return unverifiable(CHECKER, "true for one choice of coordinates, which it makes")
    return verified(CHECKER, f"after {_named(last[0])}" if last else "by the last step")


def _moved(worlds: Worlds, done: int, state: State, right: Worlds) -> State:
    """The state after so many instructions are done; without errors, `right` are the worlds."""
    seen = state.seen | {_at(worlds[0])}
    return replace(
        state,
        worlds=worlds,
        right=right,
        done=done,
        repeated=0,
        unread=False,
        other=None,
        seen=seen,
    )


def _right(done: int, state: State) -> Worlds:
    """The worlds after so many instructions without the errors of the trace."""
    return _along(state.right, state.route.instructions[state.done : done])


def _later(body: Walked, state: State) -> tuple[Worlds, int, Sequence[Instruction]] | None:
    """Where the claim is true after the fewest instructions that were not shown."""
    route, size = state.route.instructions, len(body.instructions)
    for begin in range(state.done, len(route) - size + 1):
        if not _are(body.instructions, route[begin : begin + size]):
            continue
        if kept := _left(state.worlds, route[state.done : begin + size], body, state):
            return kept, begin + size, route[state.done + state.repeated : begin]
    return None


def _after_unshown(skipped: Sequence[Instruction], body: Walked, state: State) -> Verdict:
    if not skipped or (len(skipped) == 1 and not body.instructions):
        return verified(CHECKER, f"after {_named(skipped[0])}" if skipped else "shown")
    return _unshown(skipped, state)


def _unshown(skipped: Sequence[Instruction], state: State) -> Verdict:
    if state.unread:
        return unverifiable(CHECKER, "what was not read may have shown where instructions lead")
    shown = ", ".join(map(_named, skipped))
    return jump(CHECKER, Evidence(f"it is not shown where these lead: {shown}"))


def _check_unknown(body: Walked, state: State) -> tuple[Verdict, State]:
    """An instruction that is not due."""
    route = state.route.instructions
    due = route[state.done] if state.done < len(route) else None
    done = _as_written(body, _along(state.worlds, body.instructions))
    bare = replace(body, instructions=())
    if due is None or state.unread or _later(bare, state) or _mentioned(body, route):
        verdict = unverifiable(CHECKER, "not the instruction that is due")
        return verdict, _moved(done, state.done, state, state.right)
    step = min(len(route), state.done + len(body.instructions))
    evidence = Evidence("the problem gives no such instruction", expected=_named(due))
    return unsupported(CHECKER, evidence), _moved(done, step, state, _right(step, state))


def _mentioned(body: Walked, route: Sequence[Instruction]) -> bool:
    return any(_is(said, given) for said in body.instructions for given in route)


def _wrong(
    body: Walked, start: Worlds, passed: Sequence[Instruction], end: int, state: State
) -> tuple[Verdict, State]:
    worlds = _along(start, passed)
    shown = _shown(worlds[0], body)
    message = f"after {_named(passed[-1])} one is {shown}" if passed else f"one is {shown}"
    if body.before is not None and body.before != _at(start[0]):
        message = f"the last place was {_coordinates(*_at(start[0]))}; {message}"
    written = _as_written(body, worlds)
    return _false(message, shown), _moved(written, end, state, _right(end, state))


def _as_written(body: Walked, worlds: Worlds) -> Worlds:
    """The worlds with what the claim says put in."""
    out = []
    for w in worlds:
        x, y = body.place or (w.x, w.y)
        facing = w.facing
        if body.facing is not None:
            facing = _meanings(body.facing, w.facing, w.first, w.north)[0]
        out.append(w._replace(x=x, y=y, facing=facing))
    return tuple(out)


def _check_final(body: Walked, state: State) -> tuple[Verdict, State]:
    left = state.route.instructions[state.done + state.repeated :]
    if not left:
        return _check_walked(replace(body, final=False), state)
    if not state.done:
        return unverifiable(CHECKER, "the way there was not shown"), state
    if len(left) == 1 and _left(state.worlds, state.route.instructions[state.done :], body, state):
        return _check_walked(replace(body, final=False), state)
    return _unshown(left, state), state


def _check_return(back: bool, state: State) -> Verdict:
    left = state.route.instructions[state.done + state.repeated :]
    if not state.done:
        return unverifiable(CHECKER, "the way there was not shown")
    if any(isinstance(instruction, Move) for instruction in left):
        return _unshown(left, state)
    worlds = _along(state.worlds, state.route.instructions[state.done :])
    home = _at(state.origin[0])
    found = {_at(w) == home for w in worlds}
    right = {_at(w) == home for w in _right(len(state.route.instructions), state)}
    if {back} in (found, right):
        return verified(CHECKER, "by the last place")
    if found == {not back}:
        there = _coordinates(*_at(worlds[0]))
        return _false(f"one began at {_coordinates(*home)} and is at {there} in the end")
    return unverifiable(CHECKER, "depends on how the instructions are meant")


def _false(message: str, expected: str | None = None) -> Verdict:
    return refuted(CHECKER, Evidence(message, expected=expected), fault=Fault.CONTRADICTION)


def _coordinates(x: Number, y: Number) -> str:
    return f"({x}, {y})"


def _shown(world: World, body: Walked) -> str:
    """Where one is, as far as the claim says it."""
    parts = []
    if body.place is not None or body.offset:
        parts.append(f"at {_coordinates(world.x, world.y)}")
    if body.facing is not None or not parts:
        compass = body.facing is not None and body.facing.frame == "compass"
        names = _COMPASS if compass else _AXES
        quarters = (world.facing - world.north) % 4 if compass else world.facing
        parts.append(f"facing {names[quarters]}")
    return " ".join(parts)


_WAYS = {
    "ahead": ("forward", "left", "backward", "right"),
    "compass": _COMPASS,
    "axis": _AXES,
    "start": ("forward", "left", "backward", "right"),
}


def _named(instruction: Instruction) -> str:
    way = _WAYS[instruction.towards.frame][instruction.towards.quarters]
    if isinstance(instruction, Turn):
        return "turning around" if way == "backward" else f"turning {way}"
    return f"taking {instruction.steps} steps {way}"
