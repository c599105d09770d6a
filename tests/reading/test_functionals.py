"""Words that make another value of the expression behind them."""

import pytest

import clr
from clr.claim import Status
from clr.reading.functionals import is_argument

TRUE = [
    "Number of divisors of 2^3*3^2 = (3+1)(2+1) = 12.",
    "The number of divisors of $2^3 \\cdot 3^2 = (3+1)(2+1) = 12$.",
    "The units digit of $3^7$ = 7.",
    "Digit sum of 9*7 = 9.",
    "Sum of digits of 2^10 = 7.",
    "Number of trailing zeros in 5^2*2^3 = 2.",
    "Trailing zeros of 25! = 6.",
    "Last digit 7*9 = 3.",
    "The absolute value of 3 - 5 = 2.",
    "The GCD of 12 + 6 and 4 is 2, and the GCD of 12 + 6 = 3.",
    "Euler's totient of 2*3 = 2.",
    "Total divisors of 2^2*3 = 6.",
    "The multiplicative inverse of 2*4 = 7 here.",
    "The real part of 3 + 4*2 = 3.",
    "The square of the sum 2 + 9 = 121.",
    "The product of the roots of x^2 - 2x + 9 = 9, so 2x = x^2.",
    "The probability of x + y = 7 = 1/6.",
    "The coefficient on $x$ = 3. Now $x^2 = 2$, so $x = \\sqrt2$.",
    "Sales: Year 1 = 4. Year 2 = Year 1 × 2 = 4 × 2 = 8.",
]


@pytest.mark.parametrize("step", TRUE)
def test_a_value_of_an_expression_is_not_the_expression(step: str) -> None:
    report = clr.audit(problem="Compute it.", steps=[step])
    assert all(c.verdict.status is not Status.REFUTED for c in report.steps[0].claims)


@pytest.mark.parametrize(
    "step",
    [
        "There is a maximum of 3 + 4 = 8 people.",
        "The digit sum is 3 + 4 = 8.",
        "The difference $7 - 4 = 2$ is what we need.",
        "The number of divisors is (3+1)(2+1) = 13.",
        "The total of 3 + 4 = 8 is too large.",
        "So the remainder: 17 - 15 = 3.",
        "Now 2⁸ = 512, which is large.",
        "Now 5! = 100.",
        "Next √16 = 5.",
        "Per day 2 * 3 = 7.",
        "The sum of 2 + 9 = 12.",
    ],
)
def test_what_is_named_is_the_expression(step: str) -> None:
    report = clr.audit(problem="Compute it.", steps=[step])
    assert report.steps[0].status is Status.REFUTED


def test_a_coefficient_is_no_equation_for_the_power() -> None:
    report = clr.audit(
        problem="Expand (x + 1)^2 at x = 3.",
        steps=["The coefficient of x = 2.", "At x = 3 we have x + 1 = 4."],
    )
    assert report.first_error is None


def test_a_named_function_is_still_defined() -> None:
    report = clr.audit(
        problem="Find a derivative.",
        steps=["The derivative of f(x) = x^2 + 1 is 2x.", "Here f(2) = 6."],
    )
    assert report.first_error == 1


@pytest.mark.parametrize(
    ("before", "taken"),
    [
        ("the last digit of ", True),
        ("the last digit of the number $", True),
        ("leaves a remainder of ", False),
        ("the total of ", False),
        ("the remainder is ", False),
        ("the value of ", False),
        ("the absolute value of ", True),
        ("", False),
    ],
)
def test_which_words_take_an_argument(before: str, taken: bool) -> None:
    assert is_argument(before) is taken
