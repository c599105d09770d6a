"""Arguments by cases: what opens one, what is held to it, and what holds in all of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clr
from clr.claim import Status
from clr.reading.cases import overall

V, R, N, J = Status.VERIFIED, Status.REFUTED, Status.UNVERIFIABLE, Status.JUMP

ISLAND = "On an island, knights always tell the truth and knaves always lie. "
PUZZLE = ISLAND + "A says 'B is a knave.' B says 'A and C are the same type.' What is C?"
CASES = (
    "Case 1: A is a knight. Then B is a knave, so C is a knave.",
    "Case 2: A is a knave. Then B is a knight, so C is a knave.",
)


def statuses(problem: str, *steps: str, profile: str = "precise") -> list[list[Status]]:
    report = clr.audit(problem=problem, steps=list(steps), profile=profile)
    return [[c.verdict.status for c in s.claims] for s in report.steps]


@pytest.mark.parametrize(
    "wording",
    [
        "In both cases, C is a {}.",
        "Either way, C is a {}.",
        "So in either case C is a {}.",
        "Therefore, C is a {} in both cases.",
        "C is a {} regardless.",
        "Hence C must be a {} either way.",
        "Regardless of what A is, C is a {}.",
        "No matter whether A is a knight or a knave, C is a {}.",
        "Both cases lead to the conclusion that C is a {}.",
        "In all cases we get that C is a {}.",
        "Whichever case holds, C is a {}.",
    ],
)
def test_what_holds_in_all_cases(wording: str) -> None:
    *_, right = statuses(PUZZLE, *CASES, wording.format("knave"))
    *_, wrong = statuses(PUZZLE, *CASES, wording.format("knight"))
    assert (right, wrong) == ([V], [R])


@pytest.mark.parametrize(
    "opening",
    [
        "Case 1: A is a knight. Then ",
        "Case 1:\nA is a knight.\nThen ",
        "**Case 1.** A is a knight. So ",
        "First case: A is a knight. Then ",
        "Suppose A is a knight. Then ",
        "Let's assume that A is a knight. This means that ",
        "Now suppose A is a knight instead. Then ",
        "On the other hand, suppose A tells the truth. Then ",
        "Consider the case where A is a knight. Then ",
        "There are two possibilities:\n- A is a knight. Then ",
        "Two options:\n(a) A is a knight. Then ",
    ],
)
def test_what_is_said_right_under_a_hypothesis_is_held_to_it(opening: str) -> None:
    [[*_, right]] = statuses(PUZZLE, opening + "B is a knave.")
    [[*_, wrong]] = statuses(PUZZLE, opening + "B is a knight.")
    assert (right, wrong) == (V, R)


@pytest.mark.parametrize(
    "opening",
    [
        "Case 1.\nTom is a knave.\n",
        "Case 1:\nTom is a knave.\n",
        "**Case 1**\nTom is a knave.\n",
        "Option A:\n\nTom is a knave.\n",
        "i) Tom is a knave. ",
        "There are two scenarios:\n- Tom is a knave. ",
        "Tom could be a knave. Then ",
        "Otherwise, Tom is a knave. ",
        "Say Tom is a knight. Then Sue is a knave. Next, Tom is a knave. ",
    ],
)
def test_a_case_that_fails_is_no_error(opening: str) -> None:
    problem = (
        ISLAND + "Tom says 'Sue is a knave.' Sue says 'Tom and I are the same type.' Bob says "
        "'Tom is a knave.' What is Bob?"
    )
    found = statuses(problem, opening + "Sue is a knight.", "So Bob is a knight.")
    assert R not in [status for step in found for status in step]


@pytest.mark.parametrize(
    "opening",
    ["Case 1:\n{}.\nThen ", "Case 2.\n{}. ", "Two options:\n- {}. Then ", "ii) {}. Then ",
     "Suppose {}. Then ", "First option: {}. So "],
)  # fmt: skip
def test_cases_of_orders_and_owners(opening: str) -> None:
    owners = (
        "Three friends, Ann, Bob and Cy, each own a different pet: a cat, a dog or a fish. Ann "
        "does not own the dog. Bob owns the fish. Who owns what?"
    )
    runners = (
        "Four runners, Ann, Bob, Cy and Di, finished a race. Ann finished before Bob. Cy finished "
        "last. Di finished after Bob. Who won?"
    )
    for problem, case, then in (
        (owners, "Ann owns the dog", "Cy owns the cat."),
        (runners, "Bob finished first", "Ann finished second."),
    ):
        assert R not in statuses(problem, opening.format(case) + then)[0]
    both = ("Case 1: Ann owns the cat.", "Case 2: Ann owns the fish.", "In both cases, {}.")
    right = statuses(owners, *both[:2], both[2].format("Bob owns the fish"))
    assert right[-1] == [V]


def test_a_case_that_is_left_out_closes_nothing() -> None:
    *_, last = statuses(PUZZLE, CASES[0], "In both cases, C is a knight.")
    assert R not in last


def test_a_condition_is_held_to_what_follows_from_it() -> None:
    right, wrong = statuses(
        PUZZLE, "If A is a knight, then B is a knave.", "If A is a knight, then B is a knight."
    )
    assert (right, wrong) == ([V], [R])


def test_one_error_is_counted_once() -> None:
    [[*_, first, second]] = statuses(
        PUZZLE, "Suppose A is a knight. Then B is a knight. So A and C are the same type."
    )
    assert (first, second) == (R, N)


@pytest.mark.parametrize(
    "text",
    [
        "Whatever is a cat is a mammal.",
        "In both houses there is a cat.",
        "Tom is in the case.",
        "Regardless, we go on",
    ],
)
def test_words_that_close_no_cases(text: str) -> None:
    said = overall(text)
    assert said is None or said.strip() == "we go on"


NAMES = ("Ada", "Bo", "Cyril", "A", "B", "C")


@given(st.permutations(NAMES), st.booleans(), st.booleans())
def test_names_order_and_more_premises_change_no_verdict(
    names: list[str], swap: bool, more: bool
) -> None:
    a, b, c, d, e, _ = names
    told = [f"{a} says '{b} is a knave.'", f"{b} says '{a} and {c} are the same type.'"]
    told = told[::-1] if swap else told
    told += [f"{d} says '{e} is a knight.'"] if more else []
    problem = f"{ISLAND}{' '.join(told)} What is {c}?"
    found = statuses(
        problem,
        f"Case 1: {a} is a knight. Then {b} is a knave.",
        f"Case 2: {a} is a knave. Then {b} is a knave.",
        f"In both cases, {c} is a knave.",
        f"Either way, {c} is a knight.",
    )
    assert [step[-1] for step in found] == [V, R, V, R]
