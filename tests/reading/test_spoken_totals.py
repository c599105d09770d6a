"""Totals told in words, and what one gets by adding, taking and dividing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clr
from clr.claim import Status


def statuses(text: str) -> set[Status]:
    return {c.verdict.status for c in clr.audit(problem="p", response=text).claims}


RIGHT = [
    "5 tickets at $12 each cost $60.",
    "Buying four shirts for 15 euros apiece costs 60 euros.",
    "3 notebooks at $2.75 each, for a total of $8.25.",
    "3 kg at $2.40 per kg is $7.20.",
    "8 rows of 12 chairs make 96 chairs.",
    "That makes 3 boxes of 12, or 36 eggs.",
    "At 60 km/h for 30 minutes he covers 30 km.",
    "In 6 hours at $15 an hour she earns $90.",
    "Driving 2.5 hours at 60 km per hour, the bus covers 150 km.",
    "Adding 17 to 25 gives 42.",
    "Subtracting 12 from 40, we get 28.",
    "Taking 12 away from 40 leaves 28.",
    "Taking 10% from 50 leaves 45.",
    "Dividing 60 by 4 gives 15.",
    "Multiplying 7 by 8 makes 56.",
    "7 times 8 comes to 56.",
]
WRONG = [
    "5 tickets at $12 each cost $65.",
    "Buying four shirts for 15 euros apiece costs 55 euros.",
    "3 notebooks at $2.75 each, for a total of $8.50.",
    "3 kg at $2.40 per kg is $7.40.",
    "8 rows of 12 chairs make 98 chairs.",
    "That makes 3 boxes of 12, or 38 eggs.",
    "At 60 km/h for 30 minutes he covers 20 km.",
    "In 6 hours at $15 an hour she earns $95.",
    "Driving 2.5 hours at 60 km per hour, the bus covers 140 km.",
    "Adding 17 to 25 gives 43.",
    "Subtracting 12 from 40, we get 26.",
    "Taking 12 away from 40 leaves 26.",
    "Taking 10% from 50 leaves 43.",
    "Dividing 60 by 4 gives 16.",
    "Multiplying 7 by 8 makes 54.",
    "7 times 8 comes to 54.",
]
MEANT_OTHERWISE = [
    "3 for $5 means 6 for $10.",
    "With the group ticket, 5 tickets at $12 each cost $54.",
    "There is a discount: 5 tickets at $12 each cost $54.",
    "5 tickets at $12 each cost about $50.",
    "12 apples at 3 for $1 is $4.",
    "8 rows of 12 chairs are 90 chairs since 6 are broken.",
    "At 60 km/h for 2 hours and then 80 km/h for 1 hour, he covers 200 km.",
    "In 6 hours at $15 an hour she earns $80 after tax.",
    "3 trips of 40 km each way is 240 km.",
    "3 sevenths of 21 apples is 9 apples.",
    "For 12 people at 2 per car, we need 6 cars.",
    "Dividing 17 by 5 gives 3 remainder 2.",
    "Dividing 17 by 5 leaves 2.",
    "Multiplying 3 by 4 and adding 2 gives 14.",
    "Adding 3 to both sides gives x = 7.",
    "If 5 tickets at $12 each cost $65, the price is wrong.",
]


@pytest.mark.parametrize("text", RIGHT)
def test_right_totals_are_verified(text: str) -> None:
    assert statuses(text) == {Status.VERIFIED}


@pytest.mark.parametrize("text", WRONG)
def test_wrong_totals_are_refuted(text: str) -> None:
    assert Status.REFUTED in statuses(text)


@pytest.mark.parametrize("text", MEANT_OTHERWISE)
def test_what_may_be_meant_otherwise_raises_no_alarm(text: str) -> None:
    assert Status.REFUTED not in statuses(text)


@given(st.integers(2, 60), st.integers(2, 60), st.integers(1, 9))
def test_totals_are_products(count: int, each: int, off: int) -> None:
    right, wrong = count * each, count * each + off
    assert statuses(f"{count} boxes of {each} nails make {right} nails.") == {Status.VERIFIED}
    assert statuses(f"{count} boxes of {each} nails make {wrong} nails.") == {Status.REFUTED}
