"""Calculations in prose, with what is said of their values beside them."""

import pytest

from clr.reading.relations import read_relations
from clr.trace import Span, Step


def texts(text: str) -> list[str]:
    return [c.text for c in read_relations(Step(0, text, Span(0, len(text))))]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("She needs 60 - 45 = 15 more beads.", "60 - 45 = 15"),
        ("He has 14 - 8 = 6 fewer pens than Ann.", "14 - 8 = 6"),
        ("So he washes 5 * 3 = 15 cars a week", "5 * 3 = 15 cars"),
        ("She makes 40 * 25 = $1000 a week, at least.", "40 * 25 = $1000"),
        ("He cut 12 / 3 = 4 pieces of string", "12 / 3 = 4 pieces"),
        ("There are 8 tubs of red paint / 2 = 4 tubs", "8 tubs of red paint / 2 = 4 tubs"),
        ("It took 9 minutes a page * 4 pages = 36 minutes",
         "9 minutes a page * 4 pages = 36 minutes"),
        ("In all that's 4 + 1 = 5 cats", "4 + 1 = 5 cats"),
        ("The water rose by 5 * 7 = 35 cm on that day.", "5 * 7 = 35 cm"),
        ("The sum is 30 * 2 = 60$.", "30 * 2 = 60"),
        ("He got a 15 * 4 = 60 cent rebate.", "15 * 4 = 60 cent rebate"),
        ("They spend 12 + 30 = $42 in total.", "12 + 30 = $42"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_value_does_not_change_it(text, read):
    assert texts(text) == [read]


@pytest.mark.parametrize(
    "text",
    [
        "The price is 9 = 5 more than 4.",
        "A number multiplied by 5 * 2 = 30.",
        "Half of 6 divided by 5 * 2 = 30.",
        "It is 4 + 1 = 3 tenths of a mile.",
        "3 quarters of milk / 2 = 3.",
        "x = (1/2) 30 + 11 = 26.",
    ],
)
def test_what_changes_a_value_leaves_it_unread(text):
    assert texts(text) == []
