"""Calculations said in words: read whole and judged, or left alone."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clr
from clr.claim import Status
from clr.reading.spoken import read_spoken
from clr.segment import trace_of

RIGHT = [
    "The sum of 3, 4 and 5 is 12.",
    "So 20% of $50 is $10.",
    "Half of 3 hours is 90 minutes.",
    "Thus three-quarters of 20 apples is 15 apples.",
    "12 is twice 6, and 9 is the square of 3.",
    "The difference between 4 and 10 is 6.",
    "17 divided by 5 is 3.",
    "17 leaves a remainder of 2 when divided by 5.",
    r"The distance between the points \((1, 2)\) and \((4, 6)\) is \(\sqrt{3^2 + 4^2} = 5\).",
    "The midpoint of (1, 2) and (3, 8) is (2, 5).",
    "The slope of the line through (1, 2) and (3, 8) is 3.",
    "The sum of the digits of 345 is 12 and its last digit is 5.",
    "360 has 24 divisors.",
    r"The prime factorization of 84 is \(2^2 \cdot 3 \cdot 7\).",
    "The area of a circle with radius 3 is 28.26.",
    "The area of a triangle with base 4 and height 5 is 10.",
    "The sum of the interior angles of a hexagon is 720 degrees.",
    "A 20% discount on $50 is $10.",
    "A 20% discount on $50 gives $40.",
    "Twice the sum of 3 and 4 is 14.",
    "The sum of 3 and 4 is 8 less than 15.",
    "The median of 3, 9, 5, 1, 7 is 5.",
    r"The derivative of \(x^3\) is \(3x^2\).",
    r"The antiderivative of \(2x\) is \(x^2 + C\).",
    "The square root of 2 is approximately 1.41.",
    "The product of 24 and 21 is about 500.",
    "The average of 3 and 9 = 6.",
    "The square of 7 is at least 49.",
    r"The zeros of \(x^2 - 2\) are \(\sqrt{2}\) and \(-\sqrt{2}\).",
]
WRONG = [
    "The sum of 3, 4 and 5 is 13.",
    "So 20% of $50 is $12.",
    "Half of 3 hours is 100 minutes.",
    "12 is twice 7.",
    "The difference between 4 and 10 is 5.",
    "17 leaves a remainder of 3 when divided by 5.",
    "The distance between (1, 2) and (4, 6) is 6.",
    "The greatest common divisor of 12 and 18 is 3.",
    "The sum of the digits of 345 is 13.",
    "360 has 22 divisors.",
    r"The prime factorization of 84 is \(2^2 \cdot 3 \cdot 5\).",
    "The area of a circle with radius 3 is 6π.",
    "A 20% discount on $50 gives $42.",
    "15 times 12 is 170.",
    r"The derivative of \(x^3\) is \(2x^2\).",
    "The average of 3 and 9 = 12.",
    "The sum of 3 and 4 is greater than 8.",
    r"The roots of \(x^2 - 5x + 6 = 0\) are \(2\) and \(4\).",
]
UNREAD = [
    "Is the sum of 3 and 4 equal to 8?",
    "What is 20% of 50?",
    "Four times the sum of 3 and 4 is 7.",  # what stands before the phrase changes it
    "The sum of 3 and 4 is 8 fewer than 15.",
    "The product of 2 and 3 is 7 or 8.",
    "13 is the sum of 5 and 7 and x.",
    "The sum of 1, the product of 2 and 3, and 4 is 25.",
    "5 + 3 times 4 is 32.",
    "Half of the 30 students are girls.",
    "The average of 20 and 30 mph is 25, 26 or 27.",
    "The sum of x and 4 is 9.",
    "Mary's 20% of 50 is 3.",
    "The number of books is 3 times as many as 6.",
    "The distance between A and B is 5.",
    "Half of 20 - 5 = 5.",
    r"The roots of \(x^2 + bx + 6 = 0\) are 2 and 4.",
    r"The roots of \(x^2 = 2\) are 1.41 and -1.41.",
]


def statuses(text: str) -> list[Status]:
    return [c.verdict.status for c in clr.audit(problem="p", response=text).claims]


@pytest.mark.parametrize("text", RIGHT)
def test_right_ones_are_verified(text: str) -> None:
    assert set(statuses(text)) == {Status.VERIFIED}


@pytest.mark.parametrize("text", WRONG)
def test_wrong_ones_are_refuted(text: str) -> None:
    assert Status.REFUTED in statuses(text)


@pytest.mark.parametrize("text", UNREAD)
def test_what_is_no_plain_statement_is_not_read(text: str) -> None:
    (step,) = trace_of("t", "p", response=text).steps
    assert read_spoken(step) == []


@pytest.mark.parametrize(
    "text",
    [
        "Suppose the sum of 3 and 4 is 8.",
        "It is impossible that 20% of 50 is 12; this is a contradiction.",
        "The square of 7 is 48. Oops, I made a mistake.",
    ],
)
def test_what_is_supposed_or_taken_back_is_not_refuted(text: str) -> None:
    assert Status.REFUTED not in statuses(text)


WORDINGS: list[tuple[str, Callable[[int, int], int]]] = [
    ("The sum of {a} and {b} is {v}.", lambda a, b: a + b),
    ("Therefore, {a} plus {b} equals {v}.", lambda a, b: a + b),
    ("The product of {a} and {b} is {v}.", lambda a, b: a * b),
    (r"Since \({a}\) times \({b}\) is \({v}\), we go on.", lambda a, b: a * b),
    ("We know that {a} multiplied by {b} gives {v}.", lambda a, b: a * b),
    ("The GCD of {a} and {b} is {v}.", math.gcd),
    ("The least common multiple of {a} and {b} is {v}.", math.lcm),
    ("The remainder when {a} is divided by {b} is {v}.", lambda a, b: a % b),
    ("{v} is {a} more than {b}.", lambda a, b: a + b),
    ("The sum of the squares of {a} and {b} is {v}.", lambda a, b: a * a + b * b),
]


@given(st.sampled_from(WORDINGS), st.integers(2, 200), st.integers(2, 200), st.integers(1, 5))
def test_every_wording_is_judged_by_its_value(
    wording: tuple[str, Callable[[int, int], int]], a: int, b: int, off: int
) -> None:
    text, value = wording
    right, wrong = value(a, b), value(a, b) + off
    if wrong % b == right % b and "remainder" in text:
        wrong += 1  # as residues, both are the same
    assert statuses(text.format(a=a, b=b, v=right)) == [Status.VERIFIED]
    assert statuses(text.format(a=a, b=b, v=wrong)) == [Status.REFUTED]


@given(st.text(alphabet="the sum of 3 and 4 is 7,.%$()\\ halftwice123", max_size=120))
def test_spans_lie_in_the_step(text: str) -> None:
    for step in trace_of("t", "p", response=text).steps:
        for claim in read_spoken(step):
            start = claim.span.start - step.span.start
            assert step.text[start : start + len(claim.text)] == claim.text


@pytest.mark.parametrize(
    "text",
    [
        "So gcd(2^9 - 1" + ", 3^9 -0 - 1" * 40 + " and 7 divides 14.",
        "The sum of " + "1" * 1500 + "( is 3.",
        "The product of 2 and 3" + "!" * 500 + " is 6.",
    ],
)
def test_hostile_numbers_take_no_time(text: str) -> None:
    start = time.process_time()
    statuses(text)
    assert time.process_time() - start < 2
