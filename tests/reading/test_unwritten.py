"""Numbers that a solution works out in the head, and then calculates with."""

import time

import pytest

import clr
from clr.claim import Status
from clr.report import Report


def audited(problem: str, *steps: str) -> Report:
    return clr.audit(problem=problem, steps=list(steps), profile="thorough")


def foreign(report: Report) -> list[str]:
    return [
        c.claim.statement
        for c in report.claims
        if c.verdict.status is Status.UNSUPPORTED and type(c.claim.body).__name__ == "Operand"
    ]


SURVEY = (
    "Of 480 guests, 3/8 want soup, 35% want salad and the rest want bread. How many want bread?"
)


@pytest.mark.parametrize(
    ("problem", "steps"),
    [
        (
            SURVEY,
            (
                "Soup: 480 * 3/8 = 180. Salad: 480 * 0.35 = 168.",
                "Soup and salad together make 348, so 480 - 348 = 132 want bread.",
            ),
        ),
        (
            "A jug of 14 litres is 15% syrup. Ana has 45% syrup and 5% syrup. What does she take?",
            ("With 3.5 of the first and 10.5 of the second there are 1.575 + 0.525 = 2.1 litres.",),
        ),
        ("A film starts at 14:31 and lasts 97 minutes. When does it end?", ("97 = 60 + 37.",)),
        (
            "A lens of focal length 15 cm stands 40 cm from a candle. Where is the image?",
            ("It is 40 * 15 / 25 = 24 cm away.",),
        ),
        ("A stack of 250 coins is 4.8 dm high. How high is one?", ("48 cm / 250 = 0.192 cm.",)),
        ("A mill turns 9 times in 40 minutes. How often in 2 hours?", ("9 * 2 / (2/3) = 27.",)),
        (
            "Of 130 bulbs 40% are tulips, half as many crocuses. How many are others?",
            ("Tulips: 52. Crocuses: 26.", "130 - 78 = 52 are others."),
        ),
        (
            "A trough of 90 cm by 40 cm is filled from 21 cm to 33.5 cm. How much water is that?",
            ("90 * 40 = 3600.", "We need the height.", "3600 * 12.5 = 45000 cm³, so 45 litres."),
        ),
        (
            "A hiker goes 4 h 45 min at 4 km/h. How far is that?",
            ("4.75 * 4 = 19 km.",),
        ),
        (
            "A mule walks 2 hours 30 minutes at 6 km an hour. How far does it walk?",
            ("It walks 2.5 * 6 = 15 km.",),
        ),
    ],
)
def test_what_known_numbers_near_it_make_is_worked_out(problem, steps):
    assert foreign(audited(problem, *steps)) == []


@pytest.mark.parametrize(
    ("steps", "number"),
    [
        (("Soup: 480 * 3/8 = 180.", "Then 480 - 341 = 139 want bread."), "341"),
        (("Soup and salad together make 341, so 480 - 341 = 139 want bread.",), "341"),
        (("Of 840 guests, 840 * 3/8 = 315 want soup.",), "840"),
    ],
)
def test_what_they_do_not_make_is_foreign(steps, number):
    assert number in foreign(audited(SURVEY, *steps))


def test_what_numbers_far_from_it_make_is_foreign_unless_it_is_told():
    problem = "Ida has 31 red, 17 green and 9 blue beads, and 4 boxes. How many beads fit?"
    before = ("She has 31 + 17 = 48 beads.", "Put the boxes on a table.")
    assert foreign(audited(problem, *before, "Then 4 * 39 = 156 fit.")) == ["39"]
    assert foreign(audited(problem, *before, "The others are 39, and so 4 * 39 = 156 fit.")) == []


def test_the_precise_profile_is_told_of_it_all_the_same():
    steps = ["Soup: 480 * 3/8 = 180.", "Both make 348, so 480 - 348 = 132."]
    assert foreign(clr.audit(problem=SURVEY, steps=steps)) == ["348"]


def test_a_text_of_many_numbers_is_not_searched():
    problem = "A shop has 7 rows of 9 pens. How many pens is that?"
    steps = [" ".join(f"{n} * 7 = {7 * n}." for n in range(1300, 1600)) for _ in range(4)]
    start = time.process_time()
    assert foreign(audited(problem, *steps))
    assert time.process_time() - start < 20
