"""Calculations in running prose: where an operand ends, and when none may be taken."""

import pytest

import clr
from clr.claim import Status
from clr.reading.relations import read_relations
from clr.trace import Span, Step


def read(text: str) -> list[str]:
    return [c.statement for c in read_relations(Step(0, text, Span(0, len(text))))]


@pytest.mark.parametrize(
    "text, statement",
    [
        ("He rows 4 x 30 = 120 strokes a minute.", "4 x 30 = 120 strokes"),
        ("So she pays 6*5=$30.00 on lunch", "6*5 = $30.00"),
        ("That makes 15+25 = 40 cups of flour.", "15+25 = 40 cups"),
        ("Ann has 9 - 7 = 2 more hot rolls than Tim.", "9 - 7 = 2"),
        ("They earn $10/hat * 9 hats/day = $90 a day when they sew.",
         "$10/hat * 9 hats/day = $90"),
        ("There are 8+10+4 = 22 desks in total", "8+10+4 = 22 desks"),
        ("Each gets 16 bread rolls / 8 guests = 2 bread rolls/guest.",
         "16 bread rolls / 8 guests = 2 bread rolls/guest"),
        ("There are 40 slices of pie - 14 slices of pie = 26 slices of pie left.",
         "40 slices - 14 slices = 26 slices"),
        ("The ice melts by 4 x 2 = 8 centimetres.", "4 x 2 = 8 centimetres"),
        ("And that's 5/4 = $1.25 each.", "5/4 = $1.25 each"),
        ("He fills 3 * 4 = 12 box lids.", "3 * 4 = 12 box lids"),
        ("So 3xy + 4xy = 7xy.", "3xy + 4xy = 7xy"),
        ("They mix as (9 − 3) : 4 = 3 : 2.", "(9 − 3) / 4 = 3 / 2"),
        ("She runs 30 + 20 = 50 miles in 7 hours.", "30 + 20 = 50 miles"),
    ],
)  # fmt: skip
def test_words_after_a_value_are_a_unit_or_end_it(text: str, statement: str) -> None:
    assert read(text) == [statement]


@pytest.mark.parametrize(
    "text",
    [
        "The trip takes 270/60 = 4 hours and 30 minutes.",
        "That is 90/60 = 1 hour, 30 minutes.",
        r"It lasts \(270/60 = 4\) hours and \(30\) minutes.",
        "It is $66/12 = 5$ feet $6$ inches tall.",
        "She stands 66/12 = 5 feet 6 inches.",
        "It fills 17/5 = 3 boxes with 2 left over.",
        "So 25/2 = 12 pairs and one left.",
        "He needs 5/2 = 2 pies and a half.",
        "There are 36/1 = 3 groups of 12.",
        "They have 14 - 10 = 4 more than twice the number.",
        "The total of 60 divided by 4 + 2 = 17.",
        "There are 2 thirds of pie + 1 = 3 slices.",
        "He has 12/2 = 6 to 9 marbles.",
    ],
)
def test_no_part_of_a_quantity_is_taken_for_the_whole(text: str) -> None:
    assert read(text) == []


def test_a_rate_in_letters_is_one_unit() -> None:
    (claim,) = clr.audit(problem="p", response="It takes 6 km / 24 km/h = 0.25 h.").claims
    assert claim.verdict.status is not Status.REFUTED


@pytest.mark.parametrize("stop", ["", ".", " in all."])
@pytest.mark.parametrize(
    "text", ["60*2 minutes = 2 hours", "5*7 days = 5 weeks", "500*2 meters = 1 km"]
)
def test_the_stop_of_a_sentence_does_not_take_the_unit_away(text: str, stop: str) -> None:
    (claim,) = clr.audit(problem="p", response=f"It is {text}{stop}").claims
    assert claim.verdict.status is Status.VERIFIED


@pytest.mark.parametrize("mark", ["(a)", "(i)", "(iii)", "(4)", "-"])
def test_the_mark_of_a_list_is_no_factor(mark: str) -> None:
    right = clr.audit(problem="Compute.", steps=[f"{mark} 3 + 4 = 7\n{mark} i² = -1"])
    assert [c.verdict.status for c in right.steps[0].claims] == [Status.VERIFIED] * 2
    assert clr.audit(problem="Compute.", steps=[f"{mark} 3 + 4 = 8"]).first_error == 0
