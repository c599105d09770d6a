"""Claims about letters and words of a text, judged by looking at it.

Capitals may count or not, places may be numbered from 0 or from 1, y may be a vowel, and a hyphen
may part words or not: a claim is refuted only where no such reading makes it true, and once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from clr.bodies.letters import Answer, Occurs, Places, Spelled, Stands, Text
from clr.claim import Claim, Evidence, Fault, Verdict, refuted, unverifiable, verified

CHECKER = "collections"


@dataclass(frozen=True, slots=True)
class State:
    """The text as the trace spells it, and how often the trace said that something occurs.

    `bases` are the numbers that the first place of a list may have.
    """

    text: str
    asked: str
    spelled: str
    bases: frozenset[int] = frozenset({0, 1})
    said: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


def initial(about: Text) -> State:
    """The state before anything is counted."""
    return State(about.text, about.asked, about.text)


def check(claim: Claim, state: State) -> tuple[Verdict, State]:
    """The verdict on one claim, and the state after it."""
    match claim.body:
        case Spelled(letters):
            return _check_spelled("".join(letters), state)
        case Occurs() as body:
            return _check_occurs(body, state)
        case Stands() as body:
            return _check_stands(body, state)
        case Places(letter, places):
            return _check_places(letter, places, state)
        case Answer(count):
            return _check_answer(count, state), state
        case _:
            return unverifiable(CHECKER, "no claim about letters or words"), state


def _false(message: str, expected: str) -> Verdict:
    return refuted(CHECKER, Evidence(message, expected=expected), fault=Fault.CALCULATION)


def _check_spelled(letters: str, state: State) -> tuple[Verdict, State]:
    after = replace(state, spelled=letters)
    if letters.lower() == state.text.lower():
        return verified(CHECKER, "the letters of the word"), after
    return _false(f"{state.text} is spelled {'-'.join(state.text.lower())}", state.text), after


def counts(what: str, text: str) -> set[int]:
    """How often `what` is in `text`, in every way to count; the usual one is among them."""
    lower = text.lower()
    if what == "words":
        plain = text.split()
        parted = re.split(r"[\s\-–—/]+", text.strip())
        return {
            len([w for w in words if re.search(r"\w", w)]) for words in (plain, parted)
        } | {len(plain)}  # fmt: skip
    if what == "characters":
        return {len(text), len(text.replace(" ", "")), sum(c.isalnum() for c in text)}
    letters = [c for c in lower if c.isalpha()]
    vowels = sum(c in "aeiou" for c in letters)
    with_y = vowels + letters.count("y")
    match what:
        case "letters":
            return {len(letters)}
        case "vowels":
            return {vowels, with_y}
        case "consonants":
            return {len(letters) - vowels, len(letters) - with_y}
        case _:
            return {lower.count(what), text.count(what), text.count(what.upper())} - (
                {0} if what in lower else set()
            )


def _check_occurs(body: Occurs, state: State) -> tuple[Verdict, State]:
    about = body.text == state.text
    after = state
    if about:
        after = replace(state, said=MappingProxyType({**state.said, body.what: body.count}))
    found = counts(body.what, body.text)
    if about and state.spelled != state.text:
        found |= counts(body.what, state.spelled)
    if body.count in found:
        return verified(CHECKER, "counted"), after
    if about and state.said.get(body.what) == body.count:
        return verified(CHECKER, "as the trace counted before"), after
    shown = " or ".join(map(str, sorted(found)))
    return _false(f"{body.text} has {shown} of this", shown), after


def _check_stands(body: Stands, state: State) -> tuple[Verdict, State]:
    word, place = state.spelled.lower(), body.place
    bases = {1}
    if body.listed:
        bases = {0, 1} if place < 2 else set(state.bases)
    at = {base: word[place - base] for base in bases if 0 <= place - base < len(word)}
    true = state.text[place - 1 : place].lower() == body.letter and 1 in bases
    fitting = frozenset(base for base, letter in at.items() if letter == body.letter)
    if fitting := fitting or frozenset({1} if true else ()):
        after = replace(state, bases=fitting) if body.listed else state
        return verified(CHECKER, "read off the word"), after
    if body.listed and word.count(body.letter) >= place:
        return unverifiable(CHECKER, "may number the letters found"), state
    shown = at[max(at)] if at else "none"
    return _false(f"letter {place} of {word} is {shown}", shown), state


def _check_places(letter: str, places: tuple[int, ...], state: State) -> tuple[Verdict, State]:
    after = replace(state, said=MappingProxyType({**state.said, letter: len(places)}))
    for word in (state.spelled, state.text):
        found = tuple(at for at, c in enumerate(word.lower(), 1) if c == letter)
        if places in (found, tuple(at - 1 for at in found)):
            return verified(CHECKER, "read off the word"), after
    shown = ", ".join(map(str, found)) or "none"
    return _false(f"{letter} stands at {shown}", shown), after


def _check_answer(count: int, state: State) -> Verdict:
    said = state.said.get(state.asked)
    if said is None:
        return unverifiable(CHECKER, "the trace did not count it in words that were read")
    if said == count:
        return verified(CHECKER, "as the trace counted")
    evidence = Evidence(f"the trace counted {said}", expected=str(said))
    return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION)
