"""Who has what while pairs of holders swap, where all of it is told in one sentence."""

import pytest

import clr
from clr.claim import Status

V, R = Status.VERIFIED, Status.REFUTED
PLAYERS = (
    "Ann, Ben and Cal play goalkeeper, striker and defender, respectively. At half-time Ann and "
    "Cal switch positions. Later Ben and Ann switch positions. What position does Ben play?"
)


def statuses(*steps: str) -> list[Status]:
    report = clr.audit(problem=PLAYERS, steps=list(steps))
    return [c.verdict.status for s in report.steps for c in s.claims if c.claim.kind == "state"]


def test_things_that_are_listed_respectively() -> None:
    assert statuses(
        "(0) At the start: Ann: goalkeeper, Ben: striker, Cal: defender.",
        "(1) Ann and Cal switch positions: Ann: defender, Ben: striker, Cal: goalkeeper.",
        "(2) Ben and Ann switch positions: Ann: striker, Ben: defender, Cal: goalkeeper.",
        "So Ben plays defender.",
    ) == [V, V, V, V]


@pytest.mark.parametrize(
    "wrong", ["Ann: goalkeeper, Cal: goalkeeper", "Ann: striker", "Ben: goalkeeper"]
)
def test_a_wrong_holding_is_refuted(wrong: str) -> None:
    assert statuses(f"Ann and Cal switch positions: {wrong}.") == [R]


def test_a_noun_that_all_things_of_a_list_share() -> None:
    problem = (
        "Ann, Ben and Cal wear a red, a blue and a green hat, respectively. Ann and Ben swap hats. "
        "Then Ben and Cal swap hats. Who wears red?"
    )
    steps = ["After the first swap Ann wears blue.", "At the end, Cal wears the red hat."]
    report = clr.audit(problem=problem, steps=steps)
    found = [c.verdict.status for s in report.steps for c in s.claims if c.claim.kind == "state"]
    assert V in found and R not in found
