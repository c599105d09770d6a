"""Numbers that a problem gives or a trace derives, and that nothing makes use of."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clr
from clr.claim import Status
from clr.report import Report

ORCHARD = (
    "An orchard has 36 rows with 14 trees in each row. A storm fells 25 trees. "
    "How many trees are left?"
)


def audited(problem: str, *steps: str) -> Report:
    return clr.audit(problem=problem, steps=list(steps), profile="thorough")


def unused(report: Report) -> list[tuple[int, str]]:
    return [
        (c.claim.step, c.verdict.evidence.message)
        for c in report.claims
        if c.verdict.checked_by == "provenance" and c.verdict.status is Status.UNSUPPORTED
    ]


def test_a_result_that_nothing_names_again_is_charged_where_it_is_derived():
    report = audited(
        ORCHARD,
        "There are 36 * 14 = 504 trees.",
        "The storm leaves 36 - 25 = 11 rows.",
        "So 504 - 25 = 479 trees are left.",
    )
    ((step, message),) = unused(report)
    assert step == 1 and "11" in message
    assert report.first_error == 1


def test_a_number_that_is_a_name_need_not_be_used():
    problem = (
        "On floor 7 there are 24 rooms, and on floor 8 there are %s. How many rooms are there?"
    )
    assert not unused(audited(problem % "18", "24 + 18 = 42 rooms."))
    assert unused(audited(problem % "18 rooms and 9 lifts", "24 + 18 = 42 rooms."))


@pytest.mark.parametrize(
    "later",
    [
        "She rides 3 * 8 = 24 km each way.",
        "That is 0.24 of a hundred, and 3 + 9 = 12.",
        "Half of them are 12, so 12 * 3 = 36 remain.",
        "As there are twenty-four, 6 * 4 = 24.",
    ],
)
def test_a_result_may_be_used_in_other_words(later):
    problem = "A week has rides of 3 and 8 km. How many km is that?"
    found = unused(audited(problem, "First, 3 * 8 = 24.", later))
    assert not [message for _, message in found if message.startswith("derives 24")]


@pytest.mark.parametrize(
    "steps",
    [
        ("Here 36 + 19 = 55. There 14 + 17 = 31. The sum is 86.", "So 86 - 25 = 61 are left."),
        ("Try 36 + 19 = 55.", "Now 36 + 24 = 60."),
    ],
)
def test_what_is_joined_or_tried_is_not_idle(steps):
    found = unused(audited(ORCHARD, *steps))
    assert not [message for _, message in found if message.startswith("derives")]


def test_a_result_is_not_idle_where_more_than_one_thing_is_asked():
    problem = ORCHARD.replace("How many", "How many rows are untouched, and how many")
    steps = ["There are 36 - 25 = 11 rows.", "There are 36 * 14 - 25 = 479 trees."]
    assert unused(audited(problem, *steps)) == []


@pytest.mark.parametrize(
    ("given_", "used"),
    [
        ("20% of them", "80 * 0.8 = 64"),
        ("25% more of them", "80 * 1.25 = 100"),
        ("8 other children", "80 * 9 = 720"),
        ("50% of them", "80 / 2 = 40"),
        ("12 boxes of them, 6 and 6", "80 * 6 = 480"),
    ],
)
def test_a_number_of_the_problem_may_be_used_in_another_form(given_, used):
    problem = f"A club sells 80 cards. It keeps {given_}. How many cards is that?"
    assert unused(audited(problem, f"It is {used}.")) == []


def test_a_number_that_no_step_names_is_charged_to_the_last_calculation():
    report = audited(ORCHARD, "There are 36 * 14 = 504 trees.", "That is all.")
    ((step, message),) = unused(report)
    assert step == 0 and "25" in message


@given(st.lists(st.integers(3, 999), min_size=2, max_size=8))
def test_where_each_sum_goes_on_with_the_one_before_nothing_is_idle(numbers):
    problem = f"A shop gets {', '.join(map(str, numbers))} pens. How many pens is that?"
    steps, total = [], numbers[0]
    for number in numbers[1:]:
        steps.append(f"Now it has {total} + {number} = {total + number} pens.")
        total += number
    assert unused(audited(problem, *steps)) == []


def test_long_texts_are_read_once():
    problem = "A shop has 7 rows of 9 pens. How many pens is that?"
    steps = [" ".join(f"{n} + 7 = {n + 7}." for n in range(300, 700)) for _ in range(5)]
    start = time.process_time()
    audited(problem, *steps)
    audited(" ".join(f"{n} pens." for n in range(3, 4000)) + " How many?", "7 + 9 = 16 pens.")
    assert time.process_time() - start < 20


KIOSK = (
    "A kiosk sells maps at $3.25 each, or 3 maps for $9. Ilka takes 7 maps and pays with a voucher "
    "for $4 and cash. How much cash does she pay?"
)


@pytest.mark.parametrize(
    "steps",
    [
        ("Two bundles are 2 * 9 = 18 dollars.", "The single map makes it $21.25.", "So $17.25."),
        ("6 maps are 2 * 9 = 18 dollars; all 7 come to 21.25.", "21.25 - 4 = 17.25."),
    ],
)
def test_what_a_number_told_in_words_is_made_of_is_used(steps):
    assert unused(audited(KIOSK, *steps)) == []


def test_what_is_told_before_a_result_does_not_use_it():
    steps = ["They come to $21.25.", "Two bundles are 2 * 9 = 18 dollars.", "3.25 * 7 = 22.75."]
    ((step, message),) = unused(audited(KIOSK.replace(" for $4 and cash", ""), *steps))
    assert step == 1 and "18" in message


def test_a_written_result_is_no_calculation_in_the_head():
    problem = "A barn has 26 stalls with 2 goats each, 117 m of fence and 13 hens. How many is it?"
    steps = ["There are 26 * 2 = 52 goats.", "So 52 + 13 = 65 animals."]  # 65 is 117 - 52 too
    ((_, message),) = unused(audited(problem, *steps))
    assert "117" in message


def test_an_exponent_is_a_mention():
    problem = "A yeast doubles every 15 minutes from 300 cells. How many are there after 2 hours?"
    steps = ["It doubles 120/15 = 8 times.", "So N = 300 · 2⁸.", "2⁸ = 256, and 300 · 256 = 76800."]
    assert unused(audited(problem, *steps)) == []


@pytest.mark.parametrize(
    ("problem", "steps"),
    [
        (
            "A van drives 3 hours 45 minutes at 60 km/h on 18 litres. How far is it per litre?",
            ["It goes 3.75 * 60 = 225 km.", "That is 225 / 18 = 12.5 km per litre."],
        ),
        (
            "A fund of $700 earns 18% a year (1.5% a month). What does it hold after a month?",
            ["The interest is 700 * 0.015 = 10.5 dollars.", "So it holds 700 + 10.5 = 710.5."],
        ),
        (
            "By the 50–30–20 rule, half of an income of $900 is for needs. How much is that?",
            ["That is 900 / 2 = 450 dollars."],
        ),
    ],
)
def test_what_a_problem_says_in_two_units_or_as_a_name_is_not_missed(problem, steps):
    found = unused(audited(problem, *steps))
    assert not [message for _, message in found if message.startswith("concluded")]


@pytest.mark.parametrize(
    ("question", "steps"),
    [
        ("What does Ida pay?", ["It is 19 * 1.35 = 25.65, so 25.7.", "25.7 + 3 = 28.7."]),
        ("What is the price?", ["It is 35 * 0.235 = 8.225, so 8.23.", "8.23 + 3 = 11.23."]),
        (
            "What is the mean?",
            ["It is not (19 + 35) / 2 = 27.", "19 + 3 * 35 = 124, 124 / 4 = 31."],
        ),
        ("What does one cost, and what do all cost?", ["One is 35 - 3 = 32.", "3 * 19 = 57."]),
        ("What does one cost? And all of Ida's?", ["One is 35 - 3 = 32.", "3 * 19 = 57."]),
        ("What is the cost for Ida and overall?", ["One is 35 - 3 = 32.", "3 * 19 = 57."]),
    ],
)
def test_what_is_rounded_denied_or_asked_for_is_not_idle(question, steps):
    problem = f"Ida has 19 pens, Ole has 35 pens and Pia has 3 pens. {question}"
    found = unused(audited(problem, *steps))
    assert not [message for _, message in found if message.startswith("derives")]


@pytest.mark.parametrize(
    ("problem", "steps"),
    [
        (
            "Three crates hold 34, 47 and 51 pears, which fill bags of 11. How many bags is that?",
            ["In all there are 132 pears.", "132 / 11 = 12 bags."],
        ),
        (
            "A sofa of $850 is 30% off, and $45 are paid for the van. How much is it?",
            ["The sofa is $255 cheaper, so it costs $595.", "595 + 45 = 640 dollars."],
        ),
        (
            "A kayak goes 9 km an hour for 40 minutes. How far is that?",
            ["That is 9 × 2/3 = 6 km."],
        ),
        (
            "One hall has 4 rows of 9, one 5 rows of 8, one 3 rows of 15. How many seats are it?",
            ["4 * 9 = 36.", "5 * 8 = 40.", "3 * 15 = 45.", "So there are 121 seats."],
        ),
    ],
)
def test_sums_of_several_numbers_percentages_and_parts_of_hours_are_uses(problem, steps):
    assert unused(audited(problem, *steps)) == []


def test_what_is_said_in_a_smaller_unit_is_used():
    problem = "A rope of 7.2 m is cut into pieces of 45 cm. How many are there?"
    assert unused(audited(problem, "There are 720 / 45 = 16 pieces.")) == []
    problem = "A drum beats 35 times a minute. How often does it beat in a week of 7 days?"
    steps = ["That is 2,100 times an hour, 50,400 times a day.", "7 * 50,400 = 352,800."]
    assert unused(audited(problem, *steps)) == []


def test_a_round_number_is_not_taken_for_another():
    problem = "A club of 40 sells 18 cards at $9 each and gets a gift of $40000. How much is it?"
    ((_, message),) = unused(audited(problem, "It is 18 * 9 = 162.", "Of 40, all help."))
    assert "40000" in message


@pytest.mark.parametrize(
    ("problem", "steps"),
    [
        (
            "A rink takes $5 for the first hour and $3.50 for each other one. What are 7 hours?",
            ["The six other hours are 6 * 3.5 = 21 dollars.", "So it is 5 + 21 = 26 dollars."],
        ),
        (
            "A courier takes $7 up to 2 kg, and $1.50 for each further 100 g. What is 2.6 kg?",
            ["0.6 kg are above it, that is 6 hundred.", "6 * 1.5 = 9, and 9 + 7 = 16 dollars."],
        ),
        (
            "A boat burns 8 l per 100 km, at $1.70 a litre. What do 350 km cost?",
            ["It burns 28 l.", "28 * 1.7 = 47.6 dollars."],
        ),
        (
            "A dog eats 3/4 of a tin a day. How many tins do 6 dogs eat in 5 days?",
            ["The dogs eat 4.5 tins a day.", "5 * 4.5 = 22.5 tins."],
        ),
        (
            "A kg of flour makes 1.25 kg of bread. How much flour is in 60 loaves of 450 g?",
            ["The loaves weigh 27 kg.", "27 / 1.25 = 21.6 kg."],
        ),
        (
            "Mugs are $9 each, and from 50 mugs on there is a rebate of 10%. What do 60 mugs cost?",
            ["60 * 9 = 540 dollars.", "540 * 0.9 = 486 dollars."],
        ),
    ],
)
def test_what_is_counted_on_divided_by_a_hundred_or_compared_is_used(problem, steps):
    assert unused(audited(problem, *steps)) == []
