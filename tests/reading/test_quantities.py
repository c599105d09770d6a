"""Which numbers a problem gives, and which its words bring along."""

from fractions import Fraction

import pytest

import clr
from clr.claim import Status
from clr.reading.quantities import implied_quantities, is_word_problem, quantities

BAKER = (
    "A baker has 60 eggs. She uses 15 eggs for cakes and sells each of her 8 cakes for 12 dollars. "
    "How many dollars does she earn, and how many eggs are left?"
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("twenty-five cups", 25),
        ("two thirds of it", Fraction(2, 3)),
        ("1,250 cups", 1250),
        ("30% off", Fraction(3, 10)),
        ("two dozen eggs", 24),
        (r"\frac{3}{40} of it", Fraction(3, 40)),
        (r"\frac34 of it", Fraction(3, 4)),
        ("because 90 / 7.5 is 12", Fraction(15, 2)),
        (r"\frac{550 \text{ cups}}{110}", 550),
    ],
)
def test_numbers_that_are_stated(text, number):
    assert number in quantities(text)


def test_numbers_are_not_torn_apart():
    assert quantities(r"\frac{550 \text{ cups}}{110}") == {550, 110}
    assert quantities("90 / 7.5") == {90, Fraction(15, 2)}


def test_grams_may_be_used_as_kilograms():
    problem = "A bag holds 750 g of oats for $3. What does a kg cost?"
    steps = ["It costs $3 / 0.75 = $4."]
    assert clr.audit(problem=problem, steps=steps, profile="thorough").first_error is None


def test_coins_have_a_value_in_dollars():
    assert Fraction(1, 10) in implied_quantities("20 dimes")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("82", None),
        ("The answer is 41.", 1),
        ("The answer is 96.", None),
        ("The answer is 60.", None),
    ],
)
def test_an_answer_needs_a_source(answer, error):
    steps = ["She earns 8 * 12 = 96 dollars from 60 - 15 = 45 eggs.", answer]
    assert clr.audit(problem=BAKER, steps=steps, profile="thorough").first_error == error


def test_numbers_that_words_bring_along():
    assert {7, 14} <= implied_quantities("in two weeks")
    assert 7 not in quantities("in two weeks")


def test_an_omitted_number_is_charged_to_the_conclusion_in_the_thorough_profile_only():
    steps = ["She earns 8 * 12 = 96 dollars.", "So she earns 96 dollars."]
    precise = clr.audit(problem=BAKER, steps=steps)
    assert precise.first_error is None
    thorough = clr.audit(problem=BAKER, steps=steps, profile="thorough")
    assert thorough.first_error == 0
    said = [c.verdict.evidence.message for c in thorough.steps[0].claims if c.verdict.fault]
    assert any("60" in message for message in said)


def test_nothing_is_charged_where_every_number_is_used():
    steps = ["She earns 8 * 12 = 96 dollars.", "There are 60 - 15 = 45 eggs left."]
    assert clr.audit(problem=BAKER, steps=steps, profile="thorough").first_error is None


@pytest.mark.parametrize(
    ("problem", "holds"),
    [
        ("Within how many days do 5 men eat 6 loaves?", True),
        ("In how many ways can 5 men eat 6 loaves?", False),
    ],
)
def test_ways_of_doing_something_are_no_word_problem(problem, holds):
    assert is_word_problem(problem) is holds


@pytest.mark.parametrize(
    ("problem", "steps"),
    [
        (
            "How many minutes are there from 8:50 a.m. to 1:20 p.m.?",
            [
                "From 8:50 a.m. to 9:00 a.m. there are 10 minutes.",
                "From 9:00 a.m. to 1:00 p.m. it is 4 hours, that is 4 * 60 = 240 minutes.",
                "With the last 20 minutes there are 10 + 240 + 20 = 270 minutes.",
            ],
        ),
        (
            "Ina has 44 stamps and Ole has 30. How many must Ina give Ole to make them equal?",
            [
                "Try 5: Ina has 44 - 5 = 39 stamps and Ole has 30 + 5 = 35.",
                "Try 7: Ina has 44 - 7 = 37 stamps and Ole has 30 + 7 = 37.",
                "So Ina must give him 7 stamps.",
            ],
        ),
        (
            "A rink costs 35 dollars plus 12 dollars per hour. What do 4 hours cost?",
            ["In total it costs 35 + 48 = 83 dollars."],
        ),
        (
            "How many cups fill a jug of 3 litres, and how many fill 5 such jugs?",
            ["Let a cup hold 0.25 litres. Then 3 / 0.25 = 12 cups fill it, and 5 * 12 = 60 all."],
        ),
        (
            "A shelf is 50 inches wide and 12 inches high. What is its width in cm?",
            ["It is 50 * 2.54 = 127 cm wide; its height of 12 inches plays no part."],
        ),
    ],
)
def test_what_is_tried_multiplied_or_read_off_a_clock_needs_no_other_source(problem, steps):
    assert clr.audit(problem=problem, steps=steps, profile="thorough").first_error is None


def test_a_number_from_nowhere_still_has_no_source():
    problem = "A rink costs 35 dollars plus 12 dollars per hour. What do 4 hours cost?"
    steps = ["In total it costs 35 + 53 = 88 dollars."]
    assert clr.audit(problem=problem, steps=steps, profile="thorough").first_error == 0


@pytest.mark.parametrize("problem", ["Compute log₂ 32 + 7.", "What are √50 and 12 rounded?"])
def test_what_is_written_in_notation_is_no_word_problem(problem):
    assert not is_word_problem(problem)


def foreign(problem: str, response: str) -> list[str]:
    report = clr.audit(problem=problem, response=response, profile="thorough")
    return [c.claim.statement for c in report.claims if c.verdict.status is Status.UNSUPPORTED]


@pytest.mark.parametrize(
    ("problem", "response"),
    [
        ("How many pairs of 2 cards are in a deck of 52?", "52 × 51 / 2 = 1326."),
        ("A lunch costs $60 with 8% tax and 15% tip.", "60 × 1.23 = 73.8."),
        ("A lad runs 100 m in 10 s. How fast in km/h?", "100/10 = 10 m/s; 10 × 3.6 = 36 km/h."),
        ("Lia buys 12 pens at $1.98. What is it, roughly?", "12 × 2 = 24, so $24."),
        ("Two hikes are 498 km and 703 km. Roughly?", "498 + 703 is about 500 + 700 = 1200 km"),
        (
            "A bus takes 30 minutes for 5 km, 6 times a day.",
            "5 / 0.5 = 10 km per hour, 6 × 5 = 30.",
        ),
        ("It is 20 °C here and 25 °C there.", "20 × 9/5 + 32 = 68 and 25 × 9/5 + 32 = 77 °F."),
        ("Ned is 5 ft 10 in tall.", "5 × 12 + 10 = 70 in; 70 × 2.54 = 177.8 cm."),
        ("Prices rose by 3% a year for 10 years.", "1.03^10 ≈ 1.3439, so they rose by 34%."),
        ("A tip of 15% on $42.60 is due.", "42.60 × 15% = 4.26 + 2.13 = 6.39."),
    ],
)
def test_what_given_numbers_lead_to_is_not_foreign(problem: str, response: str) -> None:
    assert foreign(problem, response) == []


@pytest.mark.parametrize(
    ("problem", "response", "number"),
    [
        ("A lunch costs $60 with 8% tax and 15% tip.", "60 × 1.29 = 77.4.", "1.29"),
        ("Lia buys 12 pens at $1.98. How much is it?", "12 × 9 = 108, so $108.", "9"),
        ("A bus takes 30 minutes for 5 km, 6 times a day.", "5 / 0.7 = 7.14; 6 × 5 = 30.", "0.7"),
        ("Prices rose by 3% a year for 10 years.", "1.03^10 ≈ 1.3439, so they rose by 44%.", "44%"),
    ],
)
def test_what_nothing_leads_to_is_foreign(problem: str, response: str, number: str) -> None:
    assert number in foreign(problem, response)
