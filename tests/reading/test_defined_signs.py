"""Signs to which a problem gives a meaning of its own."""

import pytest

import clr
from clr.claim import Status
from clr.reading.habits import habits_of

DEFINED = [
    "For real numbers, $a * b$ means $a^2 + b$. Find $2 * 3$.",
    "If $a * b = a^2 + b$, find $2 * 3$.",
    "Suppose that $m \\ast n = m^2 + n$ for all integers. Find $2 \\ast 3$.",
    "The rule is: $x * y$ equals $x^2 + y$.",
    "Define $a ? b = a^2 + b$.",
]


@pytest.mark.parametrize("problem", DEFINED)
def test_an_operation_that_a_problem_gives_is_no_product(problem: str) -> None:
    sign = next(iter(habits_of(problem, problem).operations))
    report = clr.audit(problem=problem, steps=[f"First $2 {sign} 3 = 2^2 + 3 = 7$."])
    assert all(c.verdict.status is not Status.REFUTED for c in report.steps[0].claims)


@pytest.mark.parametrize(
    ("problem", "step"),
    [
        ("Let $[n]$ denote the sum of the digits of $n$.", "$[123] + [45] = 6 + 9 = 15$."),
        ("For an integer n, let $[n] = 3n$.", "So $[7] - [4] = 9$."),
        ("Here $n!$ denotes the sum of the first n integers.", "$4! = 4 + 3 + 2 + 1 = 10$."),
    ],
)
def test_brackets_may_be_a_function(problem: str, step: str) -> None:
    report = clr.audit(problem=problem, steps=[step])
    assert all(c.verdict.status is not Status.REFUTED for c in report.steps[0].claims)


@pytest.mark.parametrize(
    "text",
    [
        "Let m and n be integers with m * n = 12 and m + n = 7.",
        "If l * w = 24, then 2*l + 2*w = 20.",
        "n! denotes the product of the first n integers.",
        "Let f be given on [a, b].",
    ],
)
def test_conditions_define_no_operation(text: str) -> None:
    assert not habits_of(text, text).operations
