"""Results that their author takes back at once, and equations that nobody makes."""

import pytest

import clr
from clr.claim import Status
from clr.reading.recalculations import is_done_again


@pytest.mark.parametrize(
    "step",
    [
        "$2 \\cdot 3 = 8$. Actually, $2 \\cdot 3 = 6$.",
        "2 * 3 = 8. Wait, more carefully: 2 * 3 = 6.",
        "2 * 3 = 8. Let me recompute: 2 * 3 = 6.",
        "$2 \\cdot 3 = 8$... no wait, $2 \\cdot 3 = 6$.",
        "I should not have written $2 \\cdot 3 = 8$.",
        "Don't write $2/0 = 0$.",
        "$2^2 = 4$ rather than $2^2 = 5$.",
        "So x = 4 + 8 = 13. Oh wait, 4 + 8 = 12. So x = 12.",
        "I think 4*8 = 34. Let me double-check: 4*8 = 32. So I was off by 2.",
        "So the total is 4 + 8 = 13. Hold on, 4 + 8 is 12.",
        "So the total is 4 + 8 = 13. Sorry, 12.",
        "So the total is 4 + 8 = 13, I mean 12.",
        "Plugging in we get $2 + 3 = 6$, which is not satisfied.",
    ],
)
def test_what_is_taken_back_is_not_refuted(step: str) -> None:
    report = clr.audit(problem="Work it out.", steps=[step])
    assert all(c.verdict.status is not Status.REFUTED for c in report.steps[0].claims)


def test_what_a_later_step_takes_back_was_an_error() -> None:
    steps = ["So the total is 4 + 8 = 13.", "Hmm, that seems off. Let me recompute: 4 + 8 = 12."]
    report = clr.audit(problem="Work it out.", steps=steps)
    assert report.steps[0].status is Status.REFUTED


def test_another_calculation_takes_nothing_back() -> None:
    assert is_done_again("2 * 3", ". Actually, 2*3 = 6.")
    assert not is_done_again("2 * 3", ". Actually, 5 * 3 = 15.")
    assert not is_done_again("2 * 3", ". Then 2 * 3 = 6.")
    report = clr.audit(problem="Work it out.", steps=["2 * 3 = 8. Actually, 5 * 3 = 15."])
    assert report.steps[0].status is Status.REFUTED
