"""Reasons, conclusions and equations to be solved are no part of a trial or a wish before them."""

from __future__ import annotations

import pytest

import clr
from clr.claim import Status


def refuted(text: str, problem: str = "p") -> bool:
    claims = clr.audit(problem=problem, steps=[text]).claims
    return any(c.verdict.status is Status.REFUTED for c in claims)


PAIRS = [
    (r"All conditions are satisfied, and since \({}\) and \(9\) are relatively prime, it is valid.",
     "16", "12"),
    (r"By testing we find \(7 \cdot 8 = 56\). Therefore, \(7^{{-1}} \equiv {} \pmod{{11}}\).",
     "8", "3"),
    (r"If we try \(b = 3\), we get \(29 = {}_3\), which has four digits.", "1002", "1012"),
    ("Solve for $k$:\n\\[ 4k - 6 = 9k + 14n \\]\n\\[ 4k - 9k = {} \\]", "14n + 6", "14n - 6"),
    (r"\[ 12(5 + 2b) = 36 \implies 5 + 2b = {} \] Since \(b\) cannot be negative, there is none.",
     "3", "4"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "right", "wrong"), PAIRS)
def test_what_is_claimed_in_a_trial(text: str, right: str, wrong: str) -> None:
    assert not refuted(text.format(right))
    assert refuted(text.format(wrong))


@pytest.mark.parametrize(
    "text",
    [
        r"We ask whether \(29 = 1012_3\).",
        "We solve the system of equations:\n\\[ x + 2y + z = 3 \\]\n\\[ x + 2y + 3z = 3 \\]",
        "We need to find x and y:\n\\[ x + y = 3 \\]\n\\[ x - y = 1 \\]",
        r"Let us try \(n = 3\): \(2 \cdot 3 = 7\) is false.",
        r"Substituting \(n = 2\), we get \[ 3^2 + 1 = 5 \implies 10 = 5, \] which is false.",
    ],
)
def test_what_is_tried_or_wanted_is_left_alone(text: str) -> None:
    assert not refuted(text)


def test_equations_of_a_system_in_a_brace_are_read() -> None:
    text = "We have\n\\[ \\begin{cases} x + y = 9 \\\\ x - y = 5 \\end{cases} \\]\nso $2x = {}$."
    claims = clr.audit(problem="p", steps=[text.replace("{}", "14")]).claims
    assert [c.claim.statement for c in claims] == ["x + y = 9", "x - y = 5", "2x = 14"]
    assert claims[-1].verdict.status is Status.VERIFIED


def test_the_cases_of_a_function_are_no_system() -> None:
    text = r"Let \[ f(x) = \begin{cases} 2x & x > 0 \\ x + 1 & x \le 0 \end{cases} \] be given."
    assert not clr.audit(problem="p", steps=[text]).claims


def test_points_are_found_where_unknowns_are_large() -> None:
    problem = r"Real numbers satisfy \((x - 3000)(y - 3010) = (x - 3000)^2 + (y - 3010)^2 - 4\)."
    text = "We have\n\\[ 2(x - 3000)(y - 3010) = 2(x - 3000)^2 + 2(y - 3010)^2 - {} \\]"
    claims = clr.audit(problem=problem, steps=[text.replace("{}", "8")]).claims
    assert claims[-1].verdict.status is Status.VERIFIED


def test_a_root_that_the_problem_gives_by_its_square_is_no_slip() -> None:
    text = (
        r"Let the legs be \(a\) and \(b\). Then \(\sqrt{a^2 + b^2} = 340\) and the height is"
        r" \(\frac{ab}{\sqrt{a^2 + b^2}} = \frac{ab}{340}\)."
    )
    assert not refuted(text)


@pytest.mark.parametrize("word", ["Finally", "Next"])
def test_what_is_calculated_next_is_the_thing_itself(word: str) -> None:
    text = (
        r"We get \(S = 6.5 \times 84\). Simplifying, we get \(S = 13 \times 42\)."
        rf" {word}, we calculate: \(S = {{}}\)."
    )
    assert not refuted(text.format(546))
    assert refuted(text.format(536))
