"""Claims about a list, judged by plain operations on it.

What is said of "the list" may be meant of another one that the trace has shown or made of it, such
as the numbers that it kept: a claim is refuted only where it is false of all of them. Places may be
counted from 0 or from 1, and y may be a vowel.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

import flint

from clr.bodies.lists import (
    Alike,
    Answer,
    At,
    Before,
    Chosen,
    Copied,
    Extreme,
    HowMany,
    InOrder,
    Is,
    Item,
    Items,
    Listed,
    Measure,
    Members,
    Occurs,
    Once,
    Ordered,
    Property,
    Repeats,
    Reversed,
    Statement,
    Unread,
    Written,
)
from clr.claim import Claim, Evidence, Fault, Verdict, refuted, unverifiable, verified

CHECKER = "collections"
_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class State:
    """The list, parts of it that may be meant, the lists that the trace has shown, what it chose
    for a property, right or wrong, and what it said that is false.

    `reordered` and `changed` where "the list" may have become another one.
    """

    given: Listed
    asked: Statement | None = None
    parts: tuple[Items, ...] = ()
    shown: tuple[Items, ...] = ()
    chosen: tuple[tuple[Property, Items], ...] = ()
    false: frozenset[Statement] = frozenset()
    reordered: bool = False
    changed: bool = False


def initial(
    given: Listed,
    asked: Statement | None = None,
    spoken_of: tuple[Property, ...] = (),
    *,
    reordered: bool = False,
    changed: bool = False,
) -> State:
    """The state before the first step. Of the list, the items may be meant that have some of the
    properties which the problem speaks of, each of them once; or all of it, put in order."""
    kept = {tuple(dict.fromkeys(given.items))}
    for what in spoken_of:
        kept |= {tuple(x for x in items if has(x, what)) for items in (*kept, given.items)}
    parts = tuple(sorted(kept - {given.items}, key=str))
    return State(given, asked, parts, reordered=reordered, changed=changed)


# What is true of a list


def has(item: Item, what: Property, *, y: bool = False) -> bool:
    """Whether an item has a property; with `y`, that letter is a vowel."""
    found = _word_has(item, what, y) if isinstance(item, str) else _number_has(item, what)
    return found is not what.denied


def _number_has(number: int | Fraction, what: Property) -> bool:
    whole = number if isinstance(number, int) else 0
    match what.name:
        case "odd":
            return isinstance(number, int) and whole % 2 == 1
        case "even":
            return isinstance(number, int) and whole % 2 == 0
        case "prime":
            return whole > 1 and bool(flint.fmpz(whole).is_prime())
        case "positive":
            return number > 0
        case "negative":
            return number < 0
        case "multiple":
            return what.bound != 0 and isinstance(number, int) and whole % what.bound == 0
        case "over":
            return number > what.bound
        case "under":
            return number < what.bound
        case "palindrome":
            return str(number) == str(number)[::-1]
        case _:
            return True


def _word_has(word: str, what: Property, y: bool) -> bool:
    letters = [c for c in word if c.isalnum()]
    match what.name:
        case "starts":
            return word.startswith(what.letters)
        case "ends":
            return word.endswith(what.letters)
        case "contains":
            return what.letters in word
        case "length":
            return len(letters) == what.bound
        case "longer":
            return len(letters) > what.bound
        case "shorter":
            return len(letters) < what.bound
        case "vowels":
            return sum(c in ("aeiouy" if y else "aeiou") for c in letters) == what.bound
        case "palindrome":
            return letters == letters[::-1]
        case "backwards":
            return word[::-1] == what.letters
        case _:
            return True


def holds(said: Statement, of: Items) -> bool | None:
    """Whether a statement is true of a list; None where that depends on what it means."""
    match said:
        case Members(items, inside):
            return all((x in of) is inside for x in items)
        case At() as at:
            return _stands(at, of)
        case HowMany() | Chosen() | Is():
            found = {_with_property(said, of, y) for y in (False, True)}
            return None if None in found and True not in found else True in found
        case Occurs(item, times, at_least, _):
            return of.count(item) >= times if at_least else of.count(item) == times
        case Repeats(some, items):
            twice = {x for x in of if of.count(x) > 1}
            return bool(twice) is some and (items is None or set(items) == twice)
        case Once(items):
            different, alone = set(of), {x for x in of if of.count(x) == 1}
            return len(set(items)) == len(items) and set(items) in (different, alone)
        case Extreme() as end:
            return end.item in _ends(end, of)
        case Measure() as measure:
            return _measures(measure, of)
        case Ordered(items, descending):
            order = tuple(sorted(of, reverse=descending, key=_key))
            return items in (order, tuple(dict.fromkeys(order)))
        case Reversed(items):
            return items == of[::-1]
        case InOrder(so, descending):
            return (of == tuple(sorted(of, reverse=descending, key=_key))) is so
        case Before(first, second, alphabetical):
            if first < second or _letters(first) < _letters(second):
                return True
            if not alphabetical and not (first in of and second in of):
                return None  # of what order it speaks is open
            return not alphabetical and of.index(first) < of.index(second)
        case Alike(items, so, as_sets):
            same = set(items) == set(of) if as_sets else Counter(items) == Counter(of)
            return same is so
        case Copied(items, given):
            if items == of:
                return True
            return False if given and _miscopied(items, of) else None


def _miscopied(items: Items, of: Items) -> bool:
    """Whether items can only be those of the list, one of them miswritten, left out or added."""
    common = (Counter(items) & Counter(of)).total()
    return Counter(items) != Counter(of) and max(len(items), len(of)) - common == 1


def _key(x: Item) -> tuple[bool, Item]:
    return isinstance(x, str), x


def _letters(word: str) -> str:
    return "".join(filter(str.isalnum, word))


def _stands(at: At, of: Items) -> bool:
    if at.backwards:
        return 0 < at.place <= len(of) and of[-at.place] == at.item
    bases = (0, 1) if at.base is None else (at.base,)
    return any(0 <= at.place - base < len(of) and of[at.place - base] == at.item for base in bases)


def _with_property(said: HowMany | Chosen | Is, of: Items, y: bool) -> bool | None:
    if isinstance(said, Is):
        return has(said.item, said.what, y=y)
    true = [x for x in of if has(x, said.what, y=y)]
    if isinstance(said, Chosen):
        if sum(x not in of and has(x, said.what, y=y) for x in said.items) > 1:
            return None  # may be said of all there are: the primes are 2, 3, 5, ...
        return Counter(said.items) == Counter(true) or set(said.items) == set(true)
    if said.distinct:
        return said.count in (len(set(true)), sum(true.count(x) == 1 for x in true))
    if said.count == len(true):
        return True
    return None if said.count == len(set(true)) else False


def _ends(end: Extreme, of: Items) -> set[Item]:
    """The items that may be called so; equal ones may be counted once or each."""
    if end.by == "length":
        by_length = sorted({len(_letters(str(x))) for x in of}, reverse=end.largest)
        each = sorted((len(_letters(str(x))) for x in of), reverse=end.largest)
        sizes = {ls[end.rank - 1] for ls in (by_length, each) if end.rank <= len(ls)}
        return {x for x in of if len(_letters(str(x))) in sizes}
    different = sorted(set(of), reverse=end.largest, key=_key)
    every = sorted(of, reverse=end.largest, key=_key)
    return {ls[end.rank - 1] for ls in (different, every) if end.rank <= len(ls)}


def _measures(said: Measure, of: Items) -> bool | None:
    numbers = sorted(Fraction(x) for x in of if not isinstance(x, str))
    if not numbers or len(numbers) < len(of):
        return None
    middle = len(numbers) // 2
    true = {
        "range": numbers[-1] - numbers[0],
        "sum": sum(numbers, Fraction(0)),
        "mean": sum(numbers, Fraction(0)) / len(numbers),
        "median": numbers[middle]
        if len(numbers) % 2
        else (numbers[middle - 1] + numbers[middle]) / 2,
    }[said.name]
    off = abs(true - said.value)
    if off == 0 or (said.places and off <= Fraction(1, 2 * 10**said.places)):
        return True
    inclusive = said.name == "range" and off == 1
    rounded = true.denominator > 1 and off <= Fraction(1, 10**said.places)
    return None if inclusive or rounded else False


# Verdicts


def check_written(claim: Claim) -> Verdict:
    """The verdict on a statement about a list that stands in it."""
    body = claim.body
    assert isinstance(body, Written)
    truth = holds(body.says, body.items)
    if truth is None:
        return unverifiable(CHECKER, "depends on what is meant")
    if truth:
        return verified(CHECKER, "by the list")
    return refuted(CHECKER, _evidence(body.says, body.items, "it"), fault=Fault.CALCULATION)


def check(claim: Claim, state: State) -> tuple[Verdict, State]:
    """The verdict on one claim, and the state after it."""
    match claim.body:
        case Unread(shown, reorders, changes):
            after = replace(
                state,
                shown=(*state.shown, *shown)[-_MOST_SHOWN:],
                reordered=state.reordered or reorders,
                changed=state.changed or changes,
            )
            return unverifiable(CHECKER, "not read whole"), after
        case Answer(yes):
            return _check_answer(yes, state), state
        case (
            Copied() | Chosen() | HowMany() | Is() | Members() | At() | Occurs() | Repeats()
            | Once() | Extreme() | Measure() | Ordered() | Reversed() | InOrder() | Before()
            | Alike()
        ) as said:  # fmt: skip
            return _check_said(said, state)
        case _:
            return unverifiable(CHECKER, "no claim about a list"), state


def _check_said(said: Statement, state: State) -> tuple[Verdict, State]:
    given = state.given.items
    after = state
    if isinstance(said, Chosen):
        after = replace(state, chosen=(*state.chosen, (said.what, said.items))[-20:])
    if isinstance(said, Ordered | Reversed):
        after = replace(after, reordered=True)
    if isinstance(said, Chosen | Copied | Once | Ordered | Reversed):
        after = replace(after, shown=(*after.shown, said.items)[-_MOST_SHOWN:])
    truth = holds(said, given)
    if truth:
        return verified(CHECKER, "by the list"), after
    if truth is None:
        return unverifiable(CHECKER, "depends on what is meant"), after
    if why := _meant_otherwise(said, state):
        return unverifiable(CHECKER, why), after
    after = replace(after, false=after.false | {said})
    return refuted(
        CHECKER, _evidence(said, given, "the list of the problem"), fault=Fault.CONTRADICTION
    ), after


def _meant_otherwise(said: Statement, state: State) -> str:
    """How a statement that is false of the problem's list may be meant; "" if in no way."""
    if said in state.false:
        return "as said before"
    if isinstance(said, Is) or (isinstance(said, Copied) and said.given):
        return ""
    if any(holds(said, other) is not False for other in _others(said, state)):
        return "true of another list that the trace shows"
    if isinstance(said, HowMany) and said.count in (
        len(items) for known, items in state.chosen if known == said.what
    ):
        return "as many as the trace chose"
    if state.changed and not isinstance(said, Ordered):
        return "the list may have become another one"
    if state.reordered and isinstance(said, At | InOrder | Before | Reversed):
        return "the list may stand in another order"
    return ""


def _others(said: Statement, state: State) -> Iterable[Items]:
    """The other lists that may be meant."""
    yield from state.shown
    if isinstance(said, Extreme | Measure | HowMany | At | Chosen):
        yield from state.parts
    if isinstance(said, Extreme | Occurs) and said.seen:
        given = state.given.items
        yield from (given[:end] for end in range(said.seen, len(given)))


def _check_answer(yes: bool, state: State) -> Verdict:
    truth = holds(state.asked, state.given.items) if state.asked is not None else None
    if truth is None:
        return unverifiable(CHECKER, "the question was not read")
    if truth is yes:
        return verified(CHECKER, "by the list")
    if state.false:
        return unverifiable(CHECKER, "may follow from what the trace said before")
    true = "yes" if truth else "no"
    evidence = Evidence(f"by the list of the problem: {true}", expected=true)
    return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION)


def _shown(items: Iterable[Item]) -> str:
    return ", ".join(map(str, items)) or "none"


def _evidence(said: Statement, of: Items, name: str) -> Evidence:
    """What is true of the list instead."""
    match said:
        case Chosen(what, _):
            true = _shown(x for x in of if has(x, what))
        case HowMany(what, _, distinct):
            found = [x for x in of if has(x, what)]
            true = str(len(set(found)) if distinct else len(found))
        case Occurs(item, _, _, _):
            true = f"{item} occurs {of.count(item)} times"
        case Ordered(_, descending):
            true = _shown(sorted(of, reverse=descending, key=_key))
        case Extreme() as end:
            true = _shown(sorted(_ends(end, of), key=_key))
        case Is(item, what):
            true = f"{item} is not so" if not what.denied else f"{item} is so"
        case At(item, _, _, _) if item in of:
            true = f"{item} is at {_shown(at for at, x in enumerate(of, 1) if x == item)} from 1"
        case Reversed(_):
            true = _shown(of[::-1])
        case Members(items, True):
            true = f"has no {_shown(x for x in items if x not in of)}"
        case Members(items, False):
            true = f"has {_shown(x for x in items if x in of)}"
        case _:
            true = _shown(of)
    return Evidence(f"by {name}: {true}", expected=true)
