"""Amounts that cannot answer "how many"."""

import pytest

import clr
from clr.reading.amounts import asked, counted


@pytest.mark.parametrize(
    ("problem", "noun"),
    [
        ("Tom has 9 bags. How many bags are left?", "bag"),
        ("How many more wooden chairs are needed for 9 guests?", "chair"),
        ("How many of the children stayed?", "child"),
        ("How many hours does it take?", "hour"),
        ("How much is it?", None),
        ("He knew how many there were. What is the price?", None),
    ],
)
def test_what_is_asked(problem, noun):
    assert asked(problem) == noun


def test_what_comes_whole():
    assert counted("chair") and counted("child")
    assert not counted("hour") and not counted("mile") and not counted("degree")
    assert not counted("litre") and not counted("kilometre")
    assert not counted("")


GUESTS = "A hall has 50 chairs, and 8 guests sit at each table. How many tables are full?"


@pytest.mark.parametrize(
    ("steps", "at"),
    [
        (["There are 50 / 8 = 6.25 tables."], 0),
        (["There are 50 / 8 = 6.25 tables.", "The answer is 6.25."], 0),
        (["There are 50 / 8 = 6.25 tables.", "The answer is 6."], None),
        (["There are 50 / 8 = 6.25 tables, so only six are full."], None),
        (["There are 50 / 8 = 6.25 tables.", "Put another chair at the 7th one."], None),
        (["There are 50 / 8 = 6.25 tables.", "So 5 are full."], 0),
        (["There are 8 - 50 = -42 chairs left.", "50 - 8 = 42 chairs."], 0),
    ],
)
def test_parts_of_what_comes_whole_and_less_than_nothing_are_charged(steps, at):
    assert clr.audit(problem=GUESTS, steps=steps, profile="thorough").first_error == at
    assert clr.audit(problem=GUESTS, steps=steps, profile="precise").first_error is None


def test_hours_may_be_broken():
    problem = "A train runs 50 km at 8 km an hour. How many hours does it run?"
    report = clr.audit(problem=problem, steps=["It runs 50 / 8 = 6.25 hours."], profile="thorough")
    assert report.first_error is None


def test_an_amount_of_another_thing_may_be_broken():
    problem = "A loaf takes 4 eggs and 1/4 cup of oil. How many loaves do 24 eggs make?"
    steps = ["That makes 24 / 4 = 6 loaves.", "They take 6 * 1/4 = 1.5 cups of oil."]
    assert clr.audit(problem=problem, steps=steps, profile="thorough").first_error is None
