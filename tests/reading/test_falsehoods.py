"""Equations that are put up to be found false."""

import pytest

import clr
from clr.claim import Status
from clr.reading.falsehoods import is_denied_below


@pytest.mark.parametrize(
    "steps",
    [
        ["Plug in x = 5:\n5 + 4 = 10\n9 = 10\nFalse, so x = 5 is not a solution."],
        ["Plug in $x = 5$:", "$5 + 4 = 10$", "$9 = 10$", "This is false."],
        ["We put it in: $5 + 4 = 10$. This is not a true statement, so 5 is no solution."],
        ["For $(5, 4)$: $2(5) + 4 = 16$ → $14 = 16$ ✗."],
        ["| 5 + 4 = 10 | no |\n| 5 * 4 = 20 | yes |"],
        ["Setting them equal, $2 + 3 = 2 + 4$, i.e. $5 = 6$.", "Hence there are no solutions."],
        ["The equation $5 + 4 = 10$ is not balanced."],
        ["For no real x is x^2 = -1.", "So from $x + 3 = 5$ we get $x = 2$."],
        ["There is no real $x$ with $x^2 = -1$.", "From $x + 3 = 5$ we get $x = 2$."],
    ],
)
def test_what_turns_out_false_is_no_error(steps: list[str]) -> None:
    report = clr.audit(problem="Is $x = 5$ a solution of $x + 4 = 10$?", steps=steps)
    assert all(step.status is not Status.REFUTED for step in report.steps)


@pytest.mark.parametrize(
    "steps",
    [
        ["Plug in x = 5:\n5 + 4 = 10\nTrue, so x = 5 is a solution."],
        ["$4^2 - 4 \\cdot 5 = -5$.", "Hence there are no real solutions."],
        ["$5 + 4 = 10$ and $2 + 2 = 4$.", "Not all of them are used."],
    ],
)
def test_what_is_meant_is_refuted(steps: list[str]) -> None:
    report = clr.audit(problem="Is $x = 5$ a solution of $x + 4 = 10$?", steps=steps)
    assert report.steps[0].status is Status.REFUTED


def test_words_between_end_the_run() -> None:
    assert is_denied_below(", so 9 = 10. This is impossible.")
    assert not is_denied_below(", so we look further. This is impossible.")


def test_a_curve_that_is_moved_has_an_equation_of_its_own() -> None:
    report = clr.audit(
        problem="Start with $y = x^2$.",
        steps=["Shift right by 8: $y = (x - 8)^2$. Shift up by 4: $y = (x - 8)^2 + 4$."],
    )
    assert report.steps[0].status is not Status.REFUTED
