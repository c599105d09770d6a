"""Who sits where around a table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clr
from clr.claim import Status
from clr.reading.circles import context_of

V, R, J, N = Status.VERIFIED, Status.REFUTED, Status.JUMP, Status.UNVERIFIABLE
SIX = (
    "Six people, Ann, Bob, Cy, Di, Ed and Fay, sit around a circular table. Ann sits opposite Bob. "
    "Cy sits next to Ann. Di sits opposite Cy. Who sits next to Bob?"
)
FIVE = (
    "Five friends, Ann, Bob, Cy, Di and Ed, sit at a round table. Bob sits immediately to the left "
    "of Ann. Cy is immediately to the right of Ann. Di is two seats to the left of Ann."
)


def statuses(problem: str, *steps: str, profile: str = "thorough") -> list[list[Status]]:
    report = clr.audit(problem=problem, steps=list(steps), profile=profile)
    return [
        [c.verdict.status for c in step.claims if c.verdict.checked_by == "seats at a table"]
        for step in report.steps
    ]


@pytest.mark.parametrize(
    ("problem", "text", "status"),
    [
        (SIX, "Ann is opposite Bob.", V),
        (SIX, "So Di is next to Bob.", V),
        (SIX, "Di is next to Ann.", R),
        (SIX, "Cy sits across from Di.", V),
        (SIX, "Cy is directly opposite Ed.", R),
        (SIX, "Ed and Fay sit opposite each other.", V),
        (SIX, "Ed and Fay are adjacent.", R),
        (SIX, "Opposite Cy sits Di.", V),
        (SIX, "Di is not next to Ann.", V),
        (SIX, "Di is not next to Bob.", R),
        (SIX, "Ed is next to Ann.", J),
        (SIX, "Ed could be next to Ann.", N),
        (FIVE, "Ann sits between Bob and Cy.", V),
        (FIVE, "Ann sits between Bob and Di.", R),
        (FIVE, "Ann is immediately to the right of Bob.", V),
        (FIVE, "Ann is to Bob's immediate left.", R),
        (FIVE, "Di is to Bob's left.", V),
        (FIVE, "Di is to the right of Bob.", R),
        (FIVE, "Ed's neighbours are Cy and Di.", V),
        (FIVE, "Ed's neighbors are Bob and Di.", R),
    ],
)
def test_seats(problem: str, text: str, status: Status) -> None:
    assert statuses(problem, text) == [[status]]


def test_a_hypothesis_is_no_claim() -> None:
    for opening in ("Suppose Di is next to Ann.", "Case 1:\nDi is next to Ann."):
        assert R not in statuses(SIX, f"{opening} Then Di is next to Ann.")[0]


def test_one_error_is_counted_once() -> None:
    assert statuses(SIX, "Cy is opposite Ed.", "So Cy is opposite Ed, not Di.")[0] == [R]
    assert statuses(SIX, "Di is next to Ann.", "Ann is next to Di.") == [[R], [N]]


@pytest.mark.parametrize(
    "problem",
    [
        "Ann, Bob and Cy stand in a row. Ann is next to Bob.",
        "Nine people sit at a round table. Ann, Bob and Cy are three of them. Ann is next to Bob.",
        SIX.replace("Cy sits next to Ann.", "Cy sits clockwise from Ann and to the left of Ed."),
        SIX.replace("circular table.", "circular table with two empty chairs."),
        "",
    ],
)
def test_other_problems_are_left_alone(problem: str) -> None:
    assert context_of(problem) is None


@given(st.permutations(["Ann", "Bob", "Cy", "Di", "Ed", "Fay"]), st.permutations(range(3)))
def test_names_and_order_change_no_verdict(names: list[str], order: list[int]) -> None:
    a, b, c, d, e, f = names
    told = [f"{a} sits opposite {b}.", f"{c} sits next to {a}.", f"{d} sits opposite {c}."]
    problem = f"Six people, {a}, {b}, {c}, {d}, {e} and {f}, sit around a circular table. " + (
        " ".join(told[i] for i in order)
    )
    texts = (f"{d} is next to {b}.", f"{d} is next to {a}.", f"{e} is opposite {f}.")
    assert statuses(problem, *texts) == [[V], [R], [V]]
