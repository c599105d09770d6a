"""Trials told in many words: what is said under one is not held against the trace."""

import pytest

import clr
from clr.claim import Status
from clr.reading.hypotheses import supposition

LIARS = (
    'Knights always tell the truth and knaves always lie. Rhea says: "Sten is a knight." '
    'Sten says: "Rhea is a knight and Tove is a knave." Tove says: "Rhea is a knave." '
    "Exactly one of them is a knight. Who is it?"
)
ROW = (
    "Five trees stand in a row: an ash, a birch, a cedar, an elm and a fir. The ash is the"
    " leftmost. The birch is to the right of the cedar. The fir is the rightmost. The elm is to the"
    " right of the birch. Which is in the middle?"
)
JOBS = (
    "Gil, Hana and Ivo each have a different job (baker, nurse, judge). Gil is not the baker. "
    "Hana is not the baker. Hana is not the nurse. Who is the nurse?"
)
CASES = {
    LIARS: ("Rhea is a knight", "Sten is a knight.", "Tove is a knight"),
    ROW: (
        "the birch is second from the left",
        "The cedar is third from the left.",
        "the fir is last",
    ),
    JOBS: ("Ivo is the nurse", "Gil is the judge.", "Ivo is the baker"),
}
OPENINGS = [
    "If {}:",
    "**If {}:**",
    "Say {}.",
    "Let's say {}.",
    "What happens if {}?",
    "What if {}?",
    "Pretend that {}.",
    "Guess: {}.",
    "Attempt 1: {}.",
    "Branch 1: {}.",
    "Test: {}.",
    "Given {}:",
    "Under the assumption that {}:",
    "First possibility: {}.",
    "For the sake of contradiction, suppose {}.",
]


def _statuses(problem: str, *steps: str) -> list[Status]:
    report = clr.audit(problem=problem, steps=list(steps))
    return [c.verdict.status for s in report.steps for c in s.claims]


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("problem", CASES)
def test_what_follows_from_a_trial_is_not_refuted(problem: str, opening: str) -> None:
    tried, follows, _ = CASES[problem]
    assert Status.REFUTED in _statuses(problem, follows)
    opened = opening.format(tried)
    for steps in ([opened, follows], [f"{opened} {follows}"], [f"{opened}\n- Then {follows}"]):
        assert Status.REFUTED not in _statuses(problem, *steps)


@pytest.mark.parametrize("opening", ["Suppose {}.", "Say {}.", "If {}:"])
@pytest.mark.parametrize("problem", [LIARS, JOBS])
def test_what_is_known_is_no_trial(problem: str, opening: str) -> None:
    _, wrong, known = CASES[problem]
    assert Status.REFUTED in _statuses(problem, opening.format(known), wrong)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Let Tove be a knave.", "Tove is a knave"),
        ("Now take Tove to be a knave.", "Tove is a knave"),
        ("Case 2: Tove is a knave.", "Tove is a knave"),
        ("Try Tove = knave.", "Tove is knave"),
        ("Tove is a knave.", None),
    ],
)
def test_what_is_supposed(text: str, what: str | None) -> None:
    said = supposition(text)
    assert said == what if what is None else " ".join((said or "").split()) == what
