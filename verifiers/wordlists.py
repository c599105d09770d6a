"""Claims about words being sorted, judged by looking at the words.

A trace that sorts letter by letter is held to its own method: an order that the letters inspected
so far do not settle is a jump. A trace that only writes down an order is judged by the order alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise
from types import MappingProxyType

from clr.bodies.wordlists import Group, Inspected, Letter, Listed, Sorted, WordList
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
from clr.verifiers.conventions import PRECISE, Conventions

CHECKER = "collections"
MAX_EDITS = 2
"""A word that is not in the list, but this near to the only one left out, is taken for a slip."""


@dataclass(frozen=True, slots=True)
class State:
    """The words, how many letters of each were inspected, and what is being put in order.

    `slips` maps a misspelt word to the one meant. `chain` is the latest order of the whole list,
    `part` the words that are being put in order, `due` those still to be put in order next.
    """

    words: tuple[str, ...]
    inspected: Mapping[str, int]
    slips: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    chain: tuple[Group, ...] = ()
    part: tuple[str, ...] = ()
    due: frozenset[str] = frozenset()
    position: int = 0
    conventions: Conventions = PRECISE


def initial(given: WordList, conventions: Conventions = PRECISE) -> State:
    """The state before anything is sorted."""
    return State(
        given.words, dict.fromkeys(given.words, 0), part=given.words, conventions=conventions
    )


def check(claim: Claim, state: State) -> tuple[Verdict, State]:
    """The verdict on one claim, and the state after it."""
    match claim.body:
        case Letter() as body:
            return _check_letter(body, state), state
        case Inspected(position, part):
            return _check_inspected(position, part, state)
        case Listed(words):
            return _check_listed(words, state)
        case Sorted() as body:
            return _check_sorted(body, state)
        case _:
            return unverifiable(CHECKER, "no claim about a list of words"), state


def _false(message: str, expected: str | None = None) -> Verdict:
    return refuted(CHECKER, Evidence(message, expected=expected), fault=Fault.CONTRADICTION)


def _letter(word: str, position: int) -> str:
    return word[position - 1] if position <= len(word) else ""


def _check_letter(body: Letter, state: State) -> Verdict:
    letter = _letter(body.word, body.position)
    if letter != body.letter:
        shown = f"is {letter}" if letter else "does not exist"
        return _false(f"letter {body.position} of {body.word} {shown}", letter or "none")
    if letter.isalpha() and body.number is not None and body.number != _number(letter):
        return _false(f"{letter} is letter {_number(letter)} of the alphabet", str(_number(letter)))
    return verified(CHECKER, "read off the word")


def _number(letter: str) -> int:
    return ord(letter) - ord("a") + 1


def _unknown(words: Iterable[str], state: State) -> list[str]:
    return [w for w in words if w not in state.words and w not in state.slips]


def _meant(words: Iterable[str], state: State) -> list[str]:
    return [state.slips.get(w, w) for w in words]


def _check_inspected(
    position: int, part: tuple[str, ...] | None, state: State
) -> tuple[Verdict, State]:
    chosen = tuple(_meant(part, state)) if part is not None else state.words
    after = replace(state, part=chosen, position=position)
    unknown = _unknown(part or (), state)
    if unknown:
        return unsupported(CHECKER, Evidence(f"not among the words: {', '.join(unknown)}")), after
    if state.conventions.dropped_goal and state.due and not set(chosen) <= state.due:
        left = ", ".join(sorted(state.due))
        return jump(CHECKER, Evidence(f"leaves {left} unsorted and turns to another part")), after
    if (
        part is not None
        and state.chain
        and not any(Counter(_meant(g.words, state)) == Counter(chosen) for g in state.chain)
    ):
        return jump(CHECKER, Evidence("these words are not a group whose order is open")), after
    depth = min((state.inspected[w] for w in chosen), default=0) + 1
    if position != depth and not any(state.inspected.values()):
        return unverifiable(CHECKER, "the letters before were not shown"), after
    if position != depth:
        return jump(
            CHECKER, Evidence(f"looks at letter {position} before letter {depth}", str(depth))
        ), after
    return verified(CHECKER, "the next letters to look at"), after


def _check_listed(words: tuple[str, ...], state: State) -> tuple[Verdict, State]:
    if not any(state.inspected.values()):
        state = _with_slips(words, state)
    meant = Counter(_meant(words, state))
    wanted = Counter(state.part)
    inspected = {
        w: max(n, state.position) if w in wanted else n for w, n in state.inspected.items()
    }
    after = replace(state, inspected=inspected)
    unknown = _unknown(words, state)
    if unknown:
        return unsupported(CHECKER, Evidence(f"not among the words: {', '.join(unknown)}")), after
    if meant != wanted:
        return jump(CHECKER, Evidence(_difference(meant, wanted))), after
    return verified(CHECKER, "goes through all words of the part"), after


def _difference(found: Counter[str], wanted: Counter[str]) -> str:
    parts = []
    if missing := wanted - found:
        parts.append("leaves out " + ", ".join(missing.elements()))
    if extra := found - wanted:
        parts.append("adds " + ", ".join(extra.elements()))
    return " and ".join(parts)


def _with_slips(words: Iterable[str], state: State) -> State:
    """The state with each unknown word taken for the only missing one that it resembles."""
    words = list(words)
    unknown = _unknown(words, state)
    missing = [w for w in state.words if w not in _meant(words, state)]
    slips = dict(state.slips)
    for word in unknown:
        near = [w for w in missing if len(word) > 2 and edits(word, w) <= MAX_EDITS]
        if len(near) == 1 and near[0] not in slips.values():
            slips[word] = near[0]
    return replace(state, slips=MappingProxyType(slips))


def edits(a: str, b: str) -> int:
    """Letters to insert, delete or replace to make `b` of `a`, at the least (Levenshtein)."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def _check_sorted(body: Sorted, state: State) -> tuple[Verdict, State]:
    written = [w for g in body.groups for w in g.words]
    if not any(state.inspected.values()):
        state = _with_slips(written, state)
    after = _ordered(body, state)
    unknown = _unknown(written, state)
    found = Counter(_meant(written, state))
    wanted = Counter(state.part if body.part else state.words)
    if unknown and not body.elided and len(unknown) == len(written):
        return unverifiable(CHECKER, "none of these words are in the list"), state
    if found != wanted and not (body.elided and found <= wanted):
        return _false(_difference(found, wanted)), after
    numbered = _check_numbers(body, state)
    if numbered is not None:
        return numbered, after
    return _check_order(body, state), after


def _check_numbers(body: Sorted, state: State) -> Verdict | None:
    """What is wrong with the numbers of the groups: those of the letters looked at last, or of
    letters before them where a chain of the whole list carries them on."""
    last = state.position
    for group in body.groups:
        for word in group.words:
            shown = [_letter(word, p) for p in ([last] if body.part else range(1, last + 1))]
            numbers = [_number(c) for c in shown if c.isalpha()]
            if group.number and numbers and group.number not in numbers:
                return _false(f"letter {last} of {word} is {shown[-1]}", str(numbers[-1]))
    numbers = [g.number for g in body.groups if g.number is not None]
    if body.part and any(a >= b for a, b in pairwise(numbers)):
        return _false("the groups are not in the order of their letters")
    return None


def _check_order(body: Sorted, state: State) -> Verdict:
    methodical = any(state.inspected.values())
    for before, behind in combinations(body.groups, 2):
        for a in before.words:
            for b in behind.words:
                if a > b and _letters(a) > _letters(b):
                    return _false(f"{b} comes before {a}", f"{b} < {a}")
                if methodical and a != b and not _settled(a, b, state):
                    return jump(
                        CHECKER, Evidence(f"the letters looked at do not tell {a} from {b}")
                    )
    for group in body.groups:
        for a, b in combinations(group.words if group.open else (), 2):
            if a != b and _settled(a, b, state):
                return jump(
                    CHECKER, Evidence(f"the order of {a} and {b} is called open, but settled")
                )
    return verified(CHECKER, "in alphabetical order")


def _letters(word: str) -> str:
    """The word as those sort it who pass over signs in it."""
    return "".join(filter(str.isalpha, word))


def _settled(a: str, b: str, state: State) -> bool:
    """Whether the letters inspected so far tell the order of `a` and `b`."""
    same = 0
    while same < min(len(a), len(b)) and a[same] == b[same]:
        same += 1
    return min(state.inspected.get(w, 0) for w in _meant((a, b), state)) > same


def _ordered(body: Sorted, state: State) -> State:
    """The state after the trace put words in order: what is open, and what is due next."""
    if not body.part:
        few = body.elided and sum(len(g.words) for g in body.groups) < len(state.words) // 2
        return state if few else replace(state, chain=body.groups)
    parted = Counter(state.part)
    chain: list[Group] = []
    for group in state.chain:
        whole = Counter(_meant(group.words, state)) == parted
        chain += [replace(g, number=None) for g in body.groups] if whole else [group]
    due = frozenset(w for g in body.groups if len(g.words) > 1 for w in _meant(g.words, state))
    return replace(state, chain=tuple(chain) or body.groups, due=due)
