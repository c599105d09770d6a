"""Parts of a text in which letters are used anew."""

import pytest

import clr
from clr.claim import Status
from clr.reading.parts import may_use, parts_of

SEVERAL = [
    (
        "(a) A right triangle has legs $a = 6$, $b = 8$. (b) Another has $a = 9$, $b = 12$.",
        ["(a) $a^2 + b^2 = 36 + 64 = 100$, so $c = 10$.", "(b) $a^2 + b^2 = 81 + 144 = 225$."],
    ),
    (
        "Question 1: a rectangle has sides 6 and 4. Question 2: legs $a = 12$, $b = 16$.",
        ["Question 1\n$A = ab = 6 \\cdot 4 = 24$.", "Question 2\n$a^2 + b^2 = 144 + 256 = 400$."],
    ),
    (
        "",
        [
            "**Part A.** The legs are $a = 24$, $b = 32$, so $a^2 + b^2 = 1600$.",
            "**Part B.** The area is $A = ab = 3 \\cdot 9 = 27$.",
        ],
    ),
    (
        "",
        [
            "For the first question: let $f(x) = 5x - 2$. Its zero is at $\\frac25$.",
            "For the second question: $f(x) = 2x^2 + 5$, so $f(2) = 2 \\cdot 4 + 5 = 13$.",
        ],
    ),
    ("", ["(a) 4x = 12, so x = 3.", "(b) n = 14, S = n(n+1)/2 = 14*15/2 = 105.", "(c) b = 8."]),
]


@pytest.mark.parametrize(("problem", "steps"), SEVERAL)
def test_letters_of_another_part_say_nothing(problem: str, steps: list[str]) -> None:
    report = clr.audit(problem=problem or "Do all of these.", steps=steps)
    assert all(step.status is not Status.REFUTED for step in report.steps)


def test_a_part_is_held_to_its_own_letters() -> None:
    report = clr.audit(
        problem="Do both.",
        steps=["(a) We know $x + 3 = 10$, so $x = 8$.", "(b) We know $x + 1 = 5$, so $x = 5$."],
    )
    assert [step.status for step in report.steps] == [Status.REFUTED, Status.REFUTED]


def test_what_stands_before_all_parts_holds_in_each() -> None:
    _, parts = parts_of("", "We know that 2x = 10.\n\n(a) So x = 5.\n\n(b) So 3x = 15.")
    assert parts.at(3) == ()
    assert may_use(parts.at(60), (), given=False)
    assert may_use(parts.at(60), (), given=True)


def test_steps_are_no_parts() -> None:
    assert not parts_of("Solve it.", "Step 1: a = 3.\n\nStep 2: a + 1 = 4.")[1].starts
    assert not parts_of("Solve it.", "1. a = 3.\n2. a + 1 = 4.")[1].starts


def test_cases_are_inside_of_parts() -> None:
    text = "(a) One.\n\nCase 1: x.\n\nCase 2: y.\n\n(b) Two."
    _, parts = parts_of("", text)
    part, second = parts.at(text.index("Case 1")), parts.at(text.index("Case 2"))
    assert part == (("part", "a"), ("case", "1"))
    assert may_use(second, (("part", "a"),), given=False)
    assert not may_use(second, part, given=False)
    assert parts.at(len(text)) == (("part", "b"),)


def test_a_letter_with_two_given_values_refutes_nothing() -> None:
    problem = "One triangle has legs $a = 6$ and $b = 8$. Another has legs $a = 18$, $b = 24$."
    report = clr.audit(
        problem=problem,
        steps=[
            "Today: $a^2 + b^2 = 36 + 64 = 100$, so $c = 10$.",
            "Yesterday: $a^2 + b^2 = 324 + 576 = 900$, so $c = 30$.",
        ],
    )
    assert all(step.status is not Status.REFUTED for step in report.steps)
    one = clr.audit(
        problem="A triangle has legs $a = 6$ and $b = 8$.", steps=["$c^2 = a^2 + b^2 = 36 + 81$."]
    )
    assert one.steps[0].status is Status.REFUTED
