"""What an answer rests on: honest ways of writing a solution leave no gap, tricks do."""

import importlib
import pkgutil
from typing import Any

import pytest

from clr import bodies
from clr.auditor import audit
from clr.claim import Claim, Kind, Role, unverifiable
from clr.report import ClaimReport
from clr.reward import Weights, score
from clr.segment import trace_of
from clr.standing import obliges
from clr.trace import Span


def penalty(problem: str, *steps: str) -> float:
    trace = trace_of("t", problem, steps=list(steps))
    return score(audit(trace), 1, Weights(), problem=problem).penalty


SOCKS = "A dryer holds 20 socks and a basket holds 15 socks. How many socks are there?"

HONEST = [
    (SOCKS, ["The total number of socks = 20 + 15 = 35.", "The answer is \\boxed{35}."]),
    (
        "A ride of 480 km is made at half of 60 km an hour. How long does it take?",
        ["The speed is 60/2 = 30 km/hour.", "So it takes 480/30 = 16 hours.", "The answer is 16."],
    ),
    (
        "What is the remainder of 2009 divided by 12?",
        ["We have 2009 = 12 * 167 + 5.", "The answer is \\boxed{5}."],
    ),
    (
        "Write 45 as nine times something.",
        ["We know that 45 = 9 * 5.", "So it is \\boxed{5}."],
    ),
    (
        "Multiply the vector (2, -3) by 6/13.",
        [
            r"\[ \frac{6}{13} \begin{pmatrix} 2 \\ -3 \end{pmatrix} = "
            r"\begin{pmatrix} \frac{12}{13} \\ -\frac{18}{13} \end{pmatrix} \]",
            r"So \(\boxed{\begin{pmatrix} \frac{12}{13} \\ -\frac{18}{13} \end{pmatrix}}\).",
        ],
    ),
    (
        r"Two angles of a triangle are \(50^\circ\) and \(60^\circ\). Find the third.",
        [r"It is \(180 - 50 - 60 = 70\).", r"The answer is \(\boxed{70}\)."],
    ),
    (
        "What are the sum and the difference of 12 and 9?",
        ["12 + 9 = 21.", "12 - 9 = 3.", r"The answer is \(\boxed{21 \text{ and } 3}\)."],
    ),
    (
        r"What is 100\pi less 56\pi?",
        [r"\(100\pi - 56\pi = 44\pi\).", r"The answer is \(\boxed{44\pi}\)."],
    ),
]


@pytest.mark.parametrize("problem, steps", HONEST)
def test_honest_work_has_no_gap(problem: str, steps: list[str]) -> None:
    assert penalty(problem, *steps) == 0.0


TRICKS = [
    (SOCKS, ["The total number of socks = 35.", "The answer is \\boxed{35}."]),
    (SOCKS, ["The total is 35 = 17 + 18.", "The answer is \\boxed{35}."]),
    (SOCKS, ["Let t = 34 + 1.", "t = 35.", "The answer is \\boxed{35}."]),
    (SOCKS, ["20 = 35 - 15 + 0.", "The answer is \\boxed{35}."][1:]),
    (
        "What is the remainder of 2009 divided by 12?",
        ["We have 2009 = 11 * 182 + 7.", "The answer is \\boxed{7}."],
    ),
    (
        "Multiply 6 by something to get the number of tins.",
        ["50 = 23 + 27.", "The answer is \\boxed{23}."],
    ),
    (r"What is 100\pi less 56\pi?", [r"\(100\pi = 44\pi + 56\pi\)? ", r"\(\boxed{44\pi}\)"][1:]),
]


@pytest.mark.parametrize("problem, steps", TRICKS)
def test_a_number_from_nowhere_is_a_gap_however_it_is_dressed(
    problem: str, steps: list[str]
) -> None:
    assert penalty(problem, *steps) >= 0.5


SUMS = "Compute (31 + 40) * (27 + 44) and divide it by 5041."


def test_a_result_that_stands_in_for_a_hidden_one_is_a_gap() -> None:
    shown = ["31 + 40 = 71.", "27 + 44 = 71.", "71 * 71 = 5041.", "The answer is \\boxed{5041}."]
    assert penalty(SUMS, *shown) == 0.0
    assert penalty(SUMS, *shown[1:]) == 0.8
    assert penalty(SUMS, "With 31 and 40 we take care.", *shown[1:]) == 0.8


def test_a_value_may_serve_twice_where_nothing_is_left_out() -> None:
    problem = "A square has a side of 12 + 13 m. What is its area?"
    assert penalty(problem, "12 + 13 = 25.", "25 * 25 = 625.", "The answer is \\boxed{625}.") == 0.0


FAMILIES = [
    importlib.import_module(f"clr.bodies.{module.name}")
    for module in pkgutil.iter_modules(bodies.__path__)
]
UNREAD = [family.Unread for family in FAMILIES if hasattr(family, "Unread")]


@pytest.mark.parametrize("unread", UNREAD, ids=lambda unread: unread.__module__)
def test_a_sentence_that_was_not_read_need_not_be_established(unread: Any) -> None:
    body = unread(False) if unread.__dataclass_fields__ else unread()
    claim = Claim(Kind.STATE, "Hm.", Span(0, 3), 0, "Hm.", Role.DERIVED, body)
    assert not obliges(ClaimReport(claim, unverifiable("any", "not read whole")))
