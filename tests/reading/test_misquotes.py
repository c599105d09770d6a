"""Rates of a word problem that its solution quotes otherwise."""

from __future__ import annotations

import pytest

import clr
from clr.claim import Status

LAUNDRY = (
    "A hotel sends 7 sheets and 9 towels to be washed. It pays $3 per sheet and $2 for each towel, "
    "and today it gets 40% off. How much does the hotel pay?"
)


def misquoted(
    *steps: str, problem: str = LAUNDRY, profile: str = "thorough"
) -> list[tuple[int, str]]:
    report = clr.audit(problem=problem, steps=list(steps), profile=profile)
    return [
        (c.claim.step, c.claim.statement)
        for c in report.claims
        if c.verdict.status is Status.UNSUPPORTED and type(c.claim.body).__name__ == "Misquote"
    ]


QUOTED = [
    "The sheets cost 7 * $3 = $21, as it is $3/sheet.",
    "With 40% off, the hotel pays 60% of $39.",
    "Before, 100% of it is $39. If it were half of it, that is 50%.",
    "The hotel saves $0.80 on a towel, and so a towel costs $2 - $0.80 = $1.20 per towel.",
    "As 3 * 0.6 = 1.8, the hotel pays $1.8 per sheet.",
    "For a blanket it would be $9 per blanket.",
    "At 60% of it a sheet is $1.80 per sheet.",
    "Of the $39, it saves $7.80 on towels alone, which is 20% of it.",
    "A towel is $1 cheaper than a sheet: in words, $3 per sheet less $2 is $1 per sheet.",
    "As 100% - 40% - 35% = 25%, the hotel would pay 15% less.",
]
MISQUOTED = [
    ("The sheets cost 7 * $2 = $14, as it is $2/sheet.", "$2/sheet"),
    ("With 60% off, the hotel pays $15.60.", "60% off"),
    ("The hotel gets a discount of 30% on $39.", "30%"),
]


@pytest.mark.parametrize("step", QUOTED)
def test_what_the_problem_says_or_leads_to(step: str) -> None:
    assert misquoted(step) == []


@pytest.mark.parametrize(("step", "quoted"), MISQUOTED)
def test_what_the_problem_does_not_say(step: str, quoted: str) -> None:
    assert misquoted("We add all costs.", step) == [(1, quoted)]


def test_only_people_who_want_to_look_are_told() -> None:
    assert misquoted(MISQUOTED[0][0], profile="precise") == []


def test_a_problem_without_rates_is_not_misquoted() -> None:
    problem = "Ada has 20 hens, and 5 of them are brown. What percentage of her hens is that?"
    assert misquoted("That is 35% of them.", problem=problem) == []


def test_an_amount_that_is_for_nothing_in_particular_may_be_a_rate() -> None:
    problem = "A guard earns $17 per day, and puts $3 into a meter each day. What is left of it?"
    assert misquoted("That is $17/day - $3/day = $14/day.", problem=problem) == []


def test_a_price_of_another_thing_is_misquoted() -> None:
    steps = ["We add all costs.", "The towels cost 9 * $3/towel = $27."]
    assert misquoted(*steps) == [(1, "$3/towel")]


def test_a_total_in_words_is_led_to() -> None:
    problem = "Of 30 friends of a zoo 22 give $7 and the others $9 a month. How much is it a year?"
    steps = ["The 22 bring $154 a month, the 8 others $72.", "So it is $226 a month, $2712 a year."]
    assert misquoted(*steps, problem=problem) == []


def test_a_rise_in_words_is_led_to() -> None:
    problem = "A fare rose from $2.10 to $2.45 per trip. What do 8 trips cost more?"
    assert misquoted("It is $0.35 per trip more, or 8 * $0.35 = $2.80.", problem=problem) == []


@pytest.mark.parametrize(
    ("price", "said"), [("10.50", True), ("14", True), ("3.50", True), ("9.10", False)]
)
def test_a_rate_by_a_factor_of_the_problem_is_led_to(price: str, said: bool) -> None:
    problem = (
        "A cook gets $7 per hour, half as much again at night, and twice that on the 2 feasts."
    )
    steps = [f"So then he gets ${price} per hour."]
    assert (misquoted(*steps, problem=f"{problem} What is that?") == []) is said
