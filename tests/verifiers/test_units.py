"""Sums of quantities in several units."""

import pytest

import clr
from clr.claim import Status
from clr.verifiers.units import compare_bare


def status(text: str) -> Status:
    (claim,) = clr.audit(problem="p", steps=[text]).claims
    return claim.verdict.status


@pytest.mark.parametrize(
    "text",
    [
        "45 minutes + 3 hours = 48 minutes",
        "45 minutes + 3 hours = 48 hours",
        "1 hour + 45 minutes = 46",
        "7 feet + 8 inches = 15 feet",
        "2 weeks - 3 days = 1 week",
    ],
)
def test_numbers_of_different_units_do_not_add_up(text):
    assert status(text) is Status.REFUTED


@pytest.mark.parametrize(
    "text",
    [
        "45 minutes + 3 hours = 225 minutes",
        "45 minutes + 3 hours = 3.75 hours",
        "1 hour + 45 minutes = 105",
        "2 weeks - 3 days = 11 days",
        "5 dollars + 20 cents = 5.20",
        "2 dozen pens + 3 pens = 27 pens",
    ],
)
def test_sums_are_right_in_any_unit_that_they_name(text):
    assert status(text) is not Status.REFUTED
    if "dozen" not in text:
        assert status(text) is Status.VERIFIED


@pytest.mark.parametrize("text", ["5 dollars + 3 hours = 8", "4 miles - 2 pounds = 2"])
def test_what_has_no_sum_is_left_undecided(text):
    assert status(text) is Status.UNVERIFIABLE


def test_the_right_value_is_named_in_each_unit():
    (claim,) = clr.audit(problem="p", steps=["45 minutes + 3 hours = 48 hours"]).claims
    assert claim.verdict.evidence is not None
    assert claim.verdict.evidence.expected == "3.75 hour or 225 minute"


@pytest.mark.parametrize(
    ("left", "right", "adds", "bare"),
    [
        ({"box"}, {"box"}, True, True),
        ({"dollar"}, set(), False, True),
        ({"hour"}, {"minutes"}, False, False),
        ({"dozen"}, set(), False, False),
        ({"dollar", "hour"}, {"dollar"}, False, True),
        ({"dollar", "hour"}, {"dollar"}, True, False),
        ({"db"}, {"db"}, False, False),
    ],
)
def test_numbers_are_compared_as_they_stand_where_no_unit_converts(left, right, adds, bare):
    assert compare_bare(frozenset(left), frozenset(right), adds=adds) is bare
