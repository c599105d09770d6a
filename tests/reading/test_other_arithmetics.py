"""Equations that are true in the arithmetic that their text speaks of."""

import pytest

import clr
from clr.claim import Status

TRUE = [
    ("", "The last digits of the powers of 3 cycle: $3^1 = 3$, $3^2 = 9$, $3^3 = 7$, $3^4 = 1$."),
    ("", "Looking only at units digits: 7 * 7 = 9 and 9 * 7 = 3."),
    ("", "Keep the last two digits. $76 \\cdot 76 = 76$, and $7^4 = 1$."),
    ("", "Today is day 5 of the week, a Friday, and $5 + 5 = 3$, a Wednesday."),
    ("", "The pattern repeats every 6 terms, so $20 = 2$."),
    ("", "In terms of parity, $1 + 1 = 0$."),
    ("", "The bearing is 350° + 20° = 10°."),
    ("", "Coterminal angles: $-30^\\circ = 330^\\circ$ and $\\frac{7\\pi}{3} = \\frac{\\pi}{3}$."),
    ("", "The nim-sum is 3 + 5 + 6 = 0."),
    ("", "Adding without carrying, 101 + 011 = 110."),
    ("What is the sum of $13_5$ and $4_5$?", "$13 + 4 = 22$."),
    ("", "Estimate: $298 \\cdot 3 = 300 \\cdot 3 = 900$."),
    ("", "Rounding to the nearest ten, 28 + 37 = 30 + 40 = 70."),
    ("", "To first order, $(1.01)^2 = 1 + 0.01 \\cdot 2 = 1.02$."),
    ("", "The sum of the divisors of 12 is 1 + 2 + ... + 12 = 28."),
    ("", "$7\\frac{5}{3} = 8\\frac{2}{3}$."),
    ("", "Then $2,25 \\cdot 4 = 9$."),
    ("", "The volume is V = 4/3 π 2^3 = 33.5."),
    ("What is the exponent of 3 in 100!?", "100/3 = 33, 100/9 = 11, 100/27 = 3, 100/81 = 1."),
    ("Find the digital root.", "38 = 3 + 8 = 11 = 1 + 1 = 2."),
    (
        "Solve $yy' = 2x$.",
        "$\\frac12 y^2 = x^2 + C$, hence $y^2 = 2x^2 + C$ with a new constant.",
    ),
]


@pytest.mark.parametrize(("problem", "step"), TRUE)
def test_what_holds_in_the_arithmetic_of_a_text_is_not_refuted(problem: str, step: str) -> None:
    report = clr.audit(problem=problem or "Work it out.", steps=[step])
    assert all(c.verdict.status is not Status.REFUTED for c in report.steps[0].claims)


@pytest.mark.parametrize(
    "step",
    [
        "The last digit is wanted: $3^3 = 6$.",
        "The last digit is wanted: $7 \\cdot 8 = 46$.",
        "The pattern repeats every 6 terms, so $20 + 1 = 22$.",
        "The bearing is 350° + 20° = 20°.",
        "The nim-sum is 3 + 5 + 6 = 1.",
        "Estimate: $298 \\cdot 3 = 800$.",
        "To first order, $(1.01)^2 = 1.2$.",
        "We get $y = x^2 + C$ by integration, so $3 \\cdot 4 + 1 = 14$.",
        "$7\\frac{5}{3} = 8\\frac{1}{3}$.",
        "Rounded down, 100/27 = 5.",
        "By digit sums, 38 = 3 + 9.",
        "Estimate by rounding: $\\lceil -8.8 \\rceil = -9$.",
    ],
)
def test_what_holds_in_no_arithmetic_is_refuted(step: str) -> None:
    report = clr.audit(problem="Work it out.", steps=[step])
    assert report.steps[0].status is Status.REFUTED
