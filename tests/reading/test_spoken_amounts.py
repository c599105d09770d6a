"""Amounts that everybody knows."""

from __future__ import annotations

import pytest

import clr
from clr.claim import Status


def statuses(text: str) -> list[Status]:
    return [c.verdict.status for c in clr.audit(problem="p", response=text).claims]


RIGHT = [
    "There are 31 days in August, and 30 days in June.",
    "Since there are 28 days in February, we go on.",
    "There are 29 days in February.",
    "Each dime is worth 10 cents.",
    "Now 7 nickels are worth $0.35, and 3 pennies are worth 3 cents.",
    "So three nickels are worth $0.05 (5 cents) each.",
]
WRONG = [
    "There are 30 days in August.",
    "There are 30 days in February, so we go on.",
    "Each dime is worth $0.05.",
    "Now 7 nickels are worth $0.30.",
    "So three nickels are worth $0.15 (15 cents) each.",
]
UNREAD = [
    "There are 8 days in August.",
    "There are 30 days in August left to count.",
    "If a dime is worth 12 points, we win.",
    "There are 30 days in a month.",
]


@pytest.mark.parametrize("text", RIGHT)
def test_right_ones_are_verified(text: str) -> None:
    assert set(statuses(text)) == {Status.VERIFIED}


@pytest.mark.parametrize("text", WRONG)
def test_wrong_ones_are_refuted(text: str) -> None:
    assert Status.REFUTED in statuses(text)


@pytest.mark.parametrize("text", UNREAD)
def test_other_amounts_are_left_alone(text: str) -> None:
    assert statuses(text) == []
