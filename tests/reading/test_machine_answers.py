"""Answers to what is asked of things that change, held to their state in the end."""

import pytest

import clr
from clr.claim import Status

V, R, U = Status.VERIFIED, Status.REFUTED, Status.UNVERIFIABLE

KEY = "The key is in the drawer. Paul moves the key to the box. Ida moves the key to the shelf. "
COIN = "A coin is heads up. Ka flips the coin. Tom does not flip the coin. "
COUNTER = "A counter starts at 5. The commands are: increment, double. "
LAMPS = "Lamps A, B and C are off. Toggle lamp A. Turn on lamp C. "


def statuses(problem: str, *steps: str) -> list[Status]:
    report = clr.audit(problem=problem, steps=list(steps))
    return [
        c.verdict.status
        for c in report.steps[-1].claims
        if c.claim.kind == "answer" and c.verdict.checked_by in ("state machine", OWN)
    ]


OWN = "state that the trace made"


@pytest.mark.parametrize(
    ("problem", "right", "wrong"),
    [
        (KEY + "Where is the key?", "the shelf", "the box"),
        (KEY + "Where is the key now?", "on the shelf", "in the drawer"),
        (KEY + "After all these moves, where is the key?", "shelf", "box"),
        (COIN + "Is the coin still heads up?", "no", "yes"),
        (COIN + "Is the coin tails up?", "yes", "no"),
        (COIN + "Is the coin heads up at the end?", "tails", "heads"),
        (COUNTER + "What does the counter show?", "12", "11"),
        (COUNTER + "What is the final value of the counter?", "12", "-12"),
        (LAMPS + "Which lamps are on?", "A and C", "A, B and C"),
        (LAMPS + "Which are off in the end?", "B", "none"),
        (LAMPS + "Is lamp C on?", "yes", "no"),
    ],
)
def test_an_answer_is_held_to_the_state_in_the_end(problem: str, right: str, wrong: str) -> None:
    assert statuses(problem, f"The answer is {right}.") == [V]
    assert statuses(problem, f"So the final answer is: **{wrong}**.") == [R]
    assert statuses(problem, f"So the answer is \\boxed{{{wrong}}}.") == [R]


@pytest.mark.parametrize(
    "question",
    [
        "Where was the key before Ida moved it?",
        "Where is the key after the first move?",
        "After the first move, where is the key?",
        "Where does Sally think the key is?",
        "Where is the key? And who moved it?",
        "Who moved the key last?",
    ],
)
def test_other_questions_are_left_alone(question: str) -> None:
    assert statuses(KEY + question, "The answer is the box.") == []


@pytest.mark.parametrize("said", ["the garden", "unknown", "not the box", "the box or the shelf"])
def test_other_answers_are_left_alone(said: str) -> None:
    assert statuses(KEY + "Where is the key?", f"The answer is {said}.") == []


def test_an_answer_that_follows_from_an_error_is_not_counted_again() -> None:
    steps = ["Ka flips the coin, so the coin is now heads up.", "The answer is yes."]
    assert statuses(COIN + "Is the coin still heads up?", *steps) == [U]
