"""Retractions are read where an author says so plainly, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clr.reading.retractions import read_retraction
from clr.trace import Span, Step


def step(text: str) -> Step:
    return Step(3, text, Span(10, 10 + len(text)))


@pytest.mark.parametrize(
    "text",
    [
        "The total is 14. However, this is incorrect, since there are only 12 cups.",
        "We get -3 cups, so there must be a mistake in the calculation above.",
        "That cannot be right. Let's recalculate the price of the cups.",
        "I misread the question: the second cup is free.",
        "This doesn't match the number of cups.",
    ],
)
def test_plain_words_retract(text):
    claim = read_retraction(step(text))
    assert claim is not None
    assert text[claim.span.start - 10 : claim.span.end - 10] == claim.text


@pytest.mark.parametrize(
    "text",
    [
        "So the assumption that n is even is wrong, and n is odd.",
        "Option (C) is incorrect, as the owl is not the last.",
        "There is no mistake in the table.",
        "The error of the estimate is at most 0.01.",
        "Let's calculate the price of the cups.",
        "So Nora made a mistake: there are 84 cups.",
    ],
)
def test_arguments_are_not_retractions(text):
    assert read_retraction(step(text)) is None


def test_what_the_problem_calls_wrong_is_not_taken_back():
    said = step("The lid says 'salt', and as its label is wrong, the jar holds no salt.")
    assert read_retraction(said) is not None
    assert read_retraction(said, "All three labels are wrong. What does the jar hold?") is None
    assert read_retraction(said, "What does the jar hold?") is not None


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    claim = read_retraction(step(text))
    assert claim is None or text[claim.span.start - 10 : claim.span.end - 10] == claim.text
