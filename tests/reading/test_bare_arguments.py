"""Arguments in words are noticed where several inferences follow on each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clr
from clr.claim import Status
from clr.reading.bare_arguments import read_bare_argument
from clr.trace import Span, Step

CHAIN = (
    "Since the hinge is fixed, the flap can only turn one way. Therefore the corner never leaves "
    "the circle, because its distance stays the same."
)


def step(text: str) -> Step:
    return Step(3, text, Span(10, 10 + len(text)))


def test_an_argument_in_words_is_read():
    claim = read_bare_argument(step(CHAIN))
    assert claim is not None and claim.body.inferences == 5
    assert CHAIN[claim.span.start - 10 : claim.span.end - 10] == claim.text
    assert claim.statement == "since, only, therefore, never, because"


def test_figures_need_fewer_inferences():
    text = "Since M is in the middle, so is its mirror image, and thus the {} are equal."
    assert read_bare_argument(step(text.format("angles"))) is not None
    assert read_bare_argument(step(text.format("heaps"))) is None


@pytest.mark.parametrize(
    "text",
    [
        "Since the hinge is fixed, the flap can only turn one way.",
        # conditions, not inferences
        "Ann must sit by Bo, Bo must sit by Cy, Cy must face Di, and Di must have a window.",
        # what stands for a count is whole
        "Since k counts pens, k must be an integer, so 3k must be even and k + 1 must be odd.",
        "",
    ],
)
def test_little_is_no_argument(text):
    assert read_bare_argument(step(text)) is None


def faults(problem: str, steps: list[str], profile: str) -> list[str]:
    report = clr.audit(problem=problem, steps=steps, profile=profile)
    return [c.verdict.checked_by for c in report.claims if c.verdict.status is Status.UNSUPPORTED]


def test_only_the_thorough_profile_charges_an_argument_in_words():
    problem = "A flap is hinged at one side of a box. What does its corner describe?"
    assert faults(problem, [CHAIN], "thorough") == ["argument"]
    assert faults(problem, [CHAIN], "precise") == []


def test_two_sorts_of_inference_are_an_argument_about_relations_only():
    text = "The lid is closed, so it cannot move, thus only the base can, and so {}."
    problem = "A box has a lid. How long is its base?"
    assert faults(problem, [text.format("does it")], "thorough") == []
    assert faults(problem, [text.format("$b = h + w$")], "thorough") == ["argument"]


def test_a_calculation_that_holds_is_something_to_stand_on():
    steps = [CHAIN + " The radius is 3 * 4 = 12."]
    assert faults("What does the corner of a flap describe?", steps, "thorough") == []


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    claim = read_bare_argument(step(text))
    assert claim is None or text[claim.span.start - 10 : claim.span.end - 10] == claim.text
