"""Lists that are said to stand in the order of the values told in them."""

import pytest

import clr
from clr.claim import Status

PROBLEM = "Rank the three by age, the oldest first."


def statuses(step: str) -> list[Status]:
    report = clr.audit(problem=PROBLEM, steps=[step])
    return [
        c.verdict.status
        for s in report.steps
        for c in s.claims
        if c.verdict.checked_by == "order of values"
    ]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            "In descending order: Lars (30), Mia (25), Nils (19).",
            "In descending order: Lars (30), Nils (19), Mia (25).",
        ),
        (
            "From youngest to oldest: Nils (19), Mia (25) and Lars (30 years).",
            "From youngest to oldest: Mia (25), Nils (19) and Lars (30 years).",
        ),
        (
            "Tallest first: oak (30 m), elm (20 m), yew (9 m)",
            "Tallest first: elm (20 m), oak (30 m), yew (9 m)",
        ),
    ],
)
def test_an_order_is_that_of_its_values(right, wrong):
    assert statuses(right) == [Status.VERIFIED]
    assert statuses(wrong) == [Status.REFUTED]


@pytest.mark.parametrize(
    "step",
    [
        "Given: Mia (25), Nils (19), Lars (30).",
        "In descending order: Lars (1), Mia (2), Nils (3).",
        "Not yet in descending order: Mia (25), Nils (19), Lars (30).",
        "Suppose we list them in descending order as Mia (25), Nils (19), Lars (30).",
        "Sort Mia (25), Nils (19), Lars (30) in descending order.",
        "The ages are Mia (25), Nils (19), Lars (30), which we want in descending order.",
    ],
)
def test_what_is_no_claim_of_order_is_not_read(step):
    assert statuses(step) == []
