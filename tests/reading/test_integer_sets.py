"""Sets of integers between bounds: their members and how many they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clr
from clr.claim import Status


def statuses(text: str) -> list[Status]:
    return [c.verdict.status for c in clr.audit(problem="p", steps=[text]).claims]


RIGHT = [
    "There are 16 multiples of 3 between 10 and 58.",
    "The primes less than 20 are 2, 3, 5, 7, 11, 13, 17 and 19.",
    r"The multiples of \(6\) between \(10\) and \(50\) are \(12\), \(18\), \(24\), \(30\), \(36\),"
    r" \(42\), and \(48\).",
    "The perfect squares less than 60 are 1, 4, 9, 16, 25, 36, and 49.",
    "The perfect squares less than 60 are 0, 1, 4, 9, 16, 25, 36, and 49.",
    "So the number of integers from 18 to 95, inclusive, is 78.",
    "The number of positive integers less than 60 is 59.",
    "There are 9 two-digit multiples of 11, so we go on.",
    "There are 25 odd numbers between 1 and 50.",
    "There are 24 odd numbers between 1 and 49.",  # one of the two ends
    "There are 6 powers of 3 from 3 to 729.",
]
WRONG = [
    "There are 17 multiples of 3 between 10 and 58.",
    "The primes less than 20 are 2, 3, 5, 7, 11, 13 and 17.",
    "The primes less than 20 are 2, 3, 5, 7, 9, 11, 13, 17 and 19.",
    "The perfect squares less than 60 are 1, 4, 9, 16, 25, and 36.",
    "So the number of integers from 18 to 95, inclusive, is 77.",
    "The number of positive integers less than 60 is 60.",
    "There are 8 two-digit multiples of 11, so we go on.",
    "There are 7 powers of 3 from 3 to 729.",
]
OPEN = [
    "Of these, the primes less than 20 are 7 and 11.",
    "The remaining primes less than 20 are 7, 11, 13, 17.",
    "The even numbers less than 20 are 8 and 12.",  # in a list that was given
    "There are 4 even numbers less than 20.",
    "There are 15 multiples of 3 between 10 and 58 that work.",
    "The primes less than 20 are 2, 3, 5, ..., 19.",
    "There are 10 integers less than 5.",
    "If there are 17 multiples of 3 between 10 and 58, we stop.",
]


@pytest.mark.parametrize("text", RIGHT)
def test_right(text: str) -> None:
    assert statuses(text) == [Status.VERIFIED]


@pytest.mark.parametrize("text", WRONG)
def test_wrong(text: str) -> None:
    assert statuses(text) == [Status.REFUTED]


@pytest.mark.parametrize("text", OPEN)
def test_left_alone(text: str) -> None:
    assert Status.REFUTED not in statuses(text)


@given(k=st.integers(1, 40), low=st.integers(0, 500), size=st.integers(200, 2000))
def test_multiples_are_counted(k: int, low: int, size: int) -> None:
    high = low + size
    count = high // k - (low - 1) // k
    text = "There are {} multiples of " + f"{k} from {low} to {high}."
    assert statuses(text.format(count)) == [Status.VERIFIED]
    assert statuses(text.format(count + 1)) == [Status.REFUTED]
