"""Claims about a list that is built item by item, judged by the list that the trace showed before.

A result is refuted only where the operation leads to it neither from the latest list nor from any
other that was shown, and where no sentence that was not read names what is amiss.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from clr.bodies.list_building import Built, Grows, Now, Parted, Shows, SoFar, Sources, Unread
from clr.bodies.lists import Item, Items, Statement
from clr.claim import Claim, Evidence, Fault, Verdict, refuted, unverifiable, verified
from clr.verifiers.lists import has, holds

CHECKER = "collections"
_MOST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class State:
    """The lists of the problem and those shown since; `last` is what the list is now, or may be,
    and nothing where that is not sure. `named` are items of sentences that were not read since."""

    sources: Sources
    last: tuple[Items, ...]
    shown: tuple[Items, ...] = ()
    named: frozenset[Item] = frozenset()


def initial(sources: Sources) -> State:
    """The state before anything is built: from nothing, or from the only list that is given."""
    return State(sources, ((), *sources.lists) if len(sources.lists) < 2 else ())


def check(claim: Claim, state: State) -> tuple[Verdict, State]:
    """The verdict on one claim, and the state after it."""
    match claim.body:
        case Unread(named, shown):
            after = replace(state, named=state.named | set(named))
            if shown:
                after = replace(after, last=(), shown=_kept(state, *shown))
            return unverifiable(CHECKER, "not read whole"), after
        case Built() as built:
            return _check_built(built, state), _moved(state, built.result)
        case Now(says):
            return _check_now(says, state), state
        case SoFar() as found:
            return _check_so_far(found, state), _moved(state, found.items)
        case Shows(items, final):
            return _check_shown(items, final, state), _moved(state, items)
        case Parted() as parted:
            return _check_parted(parted, state), replace(
                state, last=(), shown=_kept(state, parted.kept)
            )
        case Grows(states):
            return _check_grows(states, state), _moved(state, states[-1])
        case _:
            return unverifiable(CHECKER, "no claim about a list that is built"), state


def _kept(state: State, *lists: Items) -> tuple[Items, ...]:
    return (*state.shown, *lists)[-_MOST_SHOWN:]


def _moved(state: State, items: Items) -> State:
    return State(state.sources, (items,), _kept(state, items))


def results(built: Built, before: Items) -> Iterator[Items]:
    """What an operation may make of a list, the plainest first; an item may be added anywhere."""
    match built.operation:
        case "append":
            yield before + built.items
        case "prepend":
            yield built.items + before
            yield built.items[::-1] + before
        case "add":
            yield before + built.items
            if len(built.items) == 1:
                for at in range(len(before), -1, -1):
                    yield before[:at] + built.items + before[at:]
            else:
                yield built.items + before
                yield tuple(sorted(before + built.items, key=str))
            if set(built.items) <= set(before):
                yield before  # a set has it already
        case "remove":
            yield tuple(x for x in before if x not in built.items)
            one = list(before)
            for x in built.items:
                if x in one:
                    one.remove(x)
            yield tuple(one)
            last = list(before[::-1])
            for x in built.items:
                if x in last:
                    last.remove(x)
            yield tuple(last[::-1])
        case "skip":
            yield before
        case "first":
            yield before[1:]
        case "last":
            yield before[:-1]
        case "reverse":
            yield before[::-1]
        case "sort":
            order = tuple(sorted(before, key=lambda x: (isinstance(x, str), x)))
            yield from (order, order[::-1])


def _check_built(built: Built, state: State) -> Verdict:
    if built.before is not None:
        state = replace(
            state, last=(built.before,), shown=(), sources=Sources(()), named=frozenset()
        )
    if any(built.result in results(built, before) for before in state.last):
        return verified(CHECKER, "by the list before it")
    others = () if built.before is not None else (*state.shown, *state.sources.lists, ())
    if any(built.result in results(built, before) for before in others):
        return unverifiable(CHECKER, "follows from another list that was shown")
    for before in state.last:
        expected = next(results(built, before))
        amiss = _difference(expected, built.result)
        if not amiss and built.operation in ("add", "sort", "reverse", "remove"):
            if built.operation in ("sort", "reverse"):
                return _false(built, before, expected)
            return unverifiable(CHECKER, "in another order")
        if amiss and set(amiss) <= state.named:
            return unverifiable(CHECKER, "sentences that were not read may have told more")
        if _near(before, built.result):
            return _false(built, before, expected)
    return unverifiable(CHECKER, "what the list was before is not known")


def _check_now(says: Statement, state: State) -> Verdict:
    """What is said of the list, held to it as it was built; of another one, nothing is known."""
    if len(state.last) != 1 or not state.shown:
        return unverifiable(CHECKER, "what the list is now is not known")
    (last,) = state.last
    if holds(says, last):
        return verified(CHECKER, "by the list as it was built")
    others = (*state.shown, *state.sources.lists)
    if state.named or any(holds(says, other) is not False for other in others):
        return unverifiable(CHECKER, "may be said of another list")
    evidence = Evidence(f"the list is {_shown(last)}", expected=_shown(last))
    return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION)


def _check_shown(items: Items, final: bool, state: State) -> Verdict:
    if items in state.last:
        return verified(CHECKER, "the list as it was built")
    others = (*state.shown, *state.sources.lists)
    if not final or items in others or state.named or len(state.last) != 1:
        return unverifiable(CHECKER, "no operation is told")
    (last,) = state.last
    if sorted(map(str, items)) == sorted(map(str, last)) or not _near(last, items):
        return unverifiable(CHECKER, "may be another list, or in another order")
    evidence = Evidence(f"the list was {_shown(last)}", expected=_shown(last))
    return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION)


def _false(built: Built, before: Items, expected: Items) -> Verdict:
    message = f"from {_shown(before)}, this leads to {_shown(expected)}"
    return refuted(CHECKER, Evidence(message, expected=_shown(expected)))


def _difference(a: Items, b: Items) -> Counter[Item]:
    first, second = Counter(a), Counter(b)
    return (first - second) + (second - first)


def _near(before: Items, after: Items) -> bool:
    """Whether one list is so like the other that it can only have been made of it."""
    common = (Counter(before) & Counter(after)).total()
    if not before:
        return len(after) == 1
    return common >= max(1, len(before) - 2) and abs(len(after) - len(before)) <= 2


def _check_so_far(said: SoFar, state: State) -> Verdict:
    if len(state.sources.lists) != 1:
        return unverifiable(CHECKER, "of which list is not known")
    given = state.sources.lists[0]
    wrong = [x for x in said.items if not has(x, said.what)]
    absent = Counter(said.items) - Counter(given)
    if wrong:
        return _false_part(f"{_shown(tuple(wrong))} has not this property")
    if absent.total() == 1 < len(said.items):
        return _false_part(f"not in the list: {_shown(tuple(absent))}")
    if absent:
        return unverifiable(CHECKER, "may be of others than those in the list")
    prefixes = (given[:end] for end in range(len(given) + 1))
    if said.items in [tuple(x for x in part if has(x, said.what)) for part in prefixes]:
        return verified(CHECKER, "what the list has of these up to some place")
    return unverifiable(CHECKER, "some of the list, in another order")


def _false_part(message: str) -> Verdict:
    return refuted(CHECKER, Evidence(message), fault=Fault.CONTRADICTION)


def _check_parted(said: Parted, state: State) -> Verdict:
    if len(state.sources.lists) != 1:
        return unverifiable(CHECKER, "of which list is not known")
    given = state.sources.lists[0]
    both = Counter(said.kept) + Counter(said.dropped)
    extra = both - Counter(given)
    if extra.total() > 1:
        return unverifiable(CHECKER, "may be of another list")
    if extra:
        return _false_part(f"the list has not so many of {_shown(tuple(extra))}")
    wanted = state.sources.wanted
    if wanted is None:
        return unverifiable(CHECKER, "what is to be kept was not read")
    kept = [x for x in said.kept if not has(x, wanted)]
    dropped = [x for x in said.dropped if has(x, wanted)]
    if not kept and not dropped:
        return verified(CHECKER, "by the property that the problem asks for")
    if len(kept) == len(said.kept) and len(dropped) == len(said.dropped):
        return unverifiable(CHECKER, "those with the property may be dropped")
    return _false_part(f"on the wrong side: {_shown((*kept, *dropped))}")


def _check_grows(states: tuple[Items, ...], state: State) -> Verdict:
    for given in state.sources.lists:
        wanted = state.sources.wanted
        some = given if wanted is None else tuple(x for x in given if has(x, wanted))
        for of in (given, some):
            prefixes = [of[: len(one)] == one for one in states]
            if all(prefixes):
                return verified(CHECKER, "the beginnings of the list")
            foreign = [x for one in states for x in one if x not in given]
            grows = all(len(b) == len(a) + 1 for a, b in pairwise(states))
            if foreign and grows and len(states) > 2 and sum(prefixes) == len(states) - 1:
                return _false_part(f"not in the list: {_shown(tuple(foreign))}")
    return unverifiable(CHECKER, "no operation is told")


def _shown(items: Items) -> str:
    return "[" + ", ".join(map(str, items)) + "]"
