"""Claims about words made of the letters of others, judged by looking at the words.

A word is held to the letters that the trace itself picked, where it picked them all: one error is
counted once. Capitals make no difference.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from clr.bodies.respellings import Backwards, Made, Picked, Task
from clr.claim import Claim, Evidence, Fault, Verdict, refuted, unverifiable, verified

CHECKER = "collections"


@dataclass(frozen=True, slots=True)
class State:
    """The task, and what the trace made of it: letters in order, or results it has named."""

    task: Task
    picked: str = ""
    made: frozenset[str] = frozenset()


def initial(task: Task) -> State:
    """The state before anything is picked."""
    return State(task)


def check(claim: Claim, state: State) -> tuple[Verdict, State]:
    """The verdict on one claim, and the state after it."""
    match claim.body:
        case Picked(word, place, letter):
            after = replace(state, picked=state.picked + letter.lower())
            if word[place].lower() == letter.lower():
                return verified(CHECKER, "read off the word"), after
            named = "first" if place == 0 else "last"
            return _false(f"the {named} letter of {word} is {word[place]}", word[place]), after
        case Backwards(word, result):
            return _check_result(result, word[::-1], state)
        case Made(result):
            if state.task.place is None:
                return unverifiable(CHECKER, "nothing is picked"), state
            true = "".join(word[state.task.place] for word in state.task.words)
            return _check_result(result, true, state)
        case _:
            return unverifiable(CHECKER, "no claim about letters"), state


def _check_result(result: str, true: str, state: State) -> tuple[Verdict, State]:
    said = result.lower()
    after = replace(state, made=state.made | {said})
    if said == true.lower():
        return verified(CHECKER, "read off the words"), after
    if said in state.made or (state.picked and said == state.picked):
        return unverifiable(CHECKER, "as the trace has it, which is not so"), after
    if len(said) < len(true) - 1:
        return unverifiable(CHECKER, "may be a part of it"), after
    if 2 * (Counter(said) & Counter(true.lower())).total() < len(true):
        return unverifiable(CHECKER, "hardly made of these letters: may be no result"), after
    return _false(f"it is {true.lower()}", true.lower()), after


def _false(message: str, expected: str) -> Verdict:
    return refuted(CHECKER, Evidence(message, expected=expected), fault=Fault.CALCULATION)
