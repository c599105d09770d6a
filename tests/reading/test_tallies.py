"""Numbers that tell how many things are listed before a sign of equality."""

import pytest

import clr
from clr.claim import Status


@pytest.mark.parametrize(
    "step",
    [
        "Sum 7: 1+6, 2+5, 3+4 = 3 pairs.",
        "Sum 7: $1+6$, $2+5$, $3+4$ = 3 pairs.",
        "Sum 7: 1+6, 2+5 and, with the 3, 3+4.",
        "Sum 5: 1+4, and 2+3 = 2 ways.",
        "Read pages 10-15 = 6 pages.",
        "May 3–7 = 5 days.",
    ],
)
def test_a_count_is_no_sum(step: str) -> None:
    report = clr.audit(problem="Count them.", steps=[step])
    assert report.first_error is None


@pytest.mark.parametrize(
    "step",
    [
        "Sum 7: 1+6, 2+5, 3+4 = 4.",
        "Read pages 10-15 = 7 pages.",
        "So, 3+4 = 2 pairs.",
        "3 - 4 = 2.",
    ],
)
def test_another_number_is_no_count(step: str) -> None:
    report = clr.audit(problem="Count them.", steps=[step])
    assert report.steps[0].status is Status.REFUTED


def test_a_value_behind_another_is_no_count() -> None:
    steps = ["$n = 3$: $2n + 12 = 18$, $n = 2$: $2n + 12 = 16$."]
    assert clr.audit(problem="Try values.", steps=steps).first_error is None


@pytest.mark.parametrize(
    ("step", "status"),
    [
        ("$100 + 10% + 10% = $121", Status.VERIFIED),
        ("$100 + 10% + 10% = $120", Status.VERIFIED),
        ("$100 - 20% - 10% = $72", Status.VERIFIED),
        ("$100 + 10% + 10% = $119", Status.REFUTED),
        ("$100 + 10% + 10% + 10% + 10% + 10% + 10% + 10% = $195", Status.UNVERIFIABLE),
        ("V = 4/3 π 3³ = 36π ≈ 113.1", Status.VERIFIED),
    ],
)
def test_shares_are_of_what_stands_before_them(step: str, status: Status) -> None:
    report = clr.audit(problem="Compute it.", steps=[step])
    assert report.steps[0].status is status
