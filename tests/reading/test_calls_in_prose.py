"""Functions of several numbers, choices, logarithms and sizes in running prose."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clr
from clr.claim import Status


def statuses(text: str) -> list[Status]:
    return [c.verdict.status for c in clr.audit(problem="p", steps=[text]).claims]


PAIRS = [
    ("So C(9, 2) = {}.", "36", "35"),
    ("There are C(9,2) = {} ways.", "36", "35"),
    ("So C(9, 2) - C(4, 2) = {}, as said.", "30", "31"),
    ("So C(9, 2) = 9!/(2! * 7!) = {}.", "36", "35"),
    ("There are 9 choose 2 = {} pairs.", "36", "34"),
    ("So (5 + 4 - 1) choose (4 - 1) = {}.", "56", "8"),
    ("So gcd(18, 24) = {}.", "6", "3"),
    ("The value max(3, 7) = {} is clear.", "7", "3"),
    ("So log_3(81) = {}.", "4", "3"),
    ("The width = |2 - 9| = {}.", "7", "5"),
]


@pytest.mark.parametrize(("text", "right", "wrong"), PAIRS)
def test_values_in_prose(text: str, right: str, wrong: str) -> None:
    assert Status.VERIFIED in statuses(text.format(right))
    assert Status.REFUTED not in statuses(text.format(right))
    assert Status.REFUTED in statuses(text.format(wrong))


@pytest.mark.parametrize(
    "text",
    [
        "The cost function gives C(2, 5) = 2*4 + 5*3 = 23.",  # no choice of 5 out of 2
        "The point C(8, 2) lies on it, and 8 = 4 * 2.",
        "So n choose (4 - 1) = 10, and (n + 3) choose 2 = 28.",
        "Since 3 | 6 and 6 | 12 we have 12 = 2 * 6.",
        "P(1 | 2) = 0.5 and P(A | B) = 3/4.",
    ],
)
def test_what_only_looks_like_a_call_is_left_alone(text: str) -> None:
    assert Status.REFUTED not in statuses(text)


@given(a=st.integers(2, 999), b=st.integers(100, 999), blank=st.sampled_from(["", " ", r"\,"]))
def test_a_comma_parts_the_numbers_of_a_function(a: int, b: int, blank: str) -> None:
    text = rf"So \(\gcd({a},{blank}{b}) = {math.gcd(a, b)}\)."
    assert statuses(text) == [Status.VERIFIED]


@pytest.mark.parametrize(
    "text",
    [
        r"So \(\gcd(1,000, 250) = 250\).",
        r"So \(\max(2,500, 1,500) = 2,500\).",
        r"So \(\gcd(1,200,800) = 400\) or \(\gcd(1,200,800) = 1\).",  # as the commas are meant
    ],
)
def test_a_comma_between_thousands_parts_nothing(text: str) -> None:
    assert Status.REFUTED not in statuses(text)


def test_a_result_in_delimiters_behind_a_sign_in_prose() -> None:
    right = r"- Probability of both = \(\frac{2}{5} \times \frac{1}{4} = \frac{1}{10}\)"
    assert statuses(right) == [Status.VERIFIED]
    assert statuses(right.replace("{10}", "{9}")) == [Status.REFUTED]
    assert Status.REFUTED not in statuses(r"So 5 + \(3 + 4 = 12\), and x - \(4 = 3\).")


def test_a_dash_behind_a_sentence_is_the_mark_of_an_item() -> None:
    assert statuses(r"We subtract. - \(48 - 2 = 46\).") == [Status.VERIFIED]
    assert statuses(r"We subtract. - \(48 - 2 = 45\).") == [Status.REFUTED]
