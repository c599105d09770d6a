"""Objections are read where a text turns against what it has just said, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clr
from clr.reading.objections import read_objection
from clr.trace import Span, Step


def step(text: str) -> Step:
    return Step(3, text, Span(10, 10 + len(text)))


@pytest.mark.parametrize(
    "text",
    [
        "There are 6 * 5 = 30 handshakes. However, this counts each handshake twice.",
        "So the lid has 12 screws.\nUnfortunately, this would leave none for the box.",
        "Both roots are positive. However, not all of them are integers.",
        "Hence k = 4. However, there are larger values of k as well.",
        "The sides are 1, 2 and 4. However, these do not form a triangle.",
    ],
)
def test_a_text_objects_to_itself(text):
    claim = read_objection(step(text), in_words=False)
    assert claim is not None
    assert text[claim.span.start - 10 : claim.span.end - 10] == claim.text


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("The terms seem to be squares.", "seems"),
        ("The width of the path is not given, so we take 2.", "not known"),
        ("Next we assume that the two pumps are equally strong.", "for granted"),
    ],
)
def test_a_text_does_not_vouch_for_itself(text, how):
    claim = read_objection(step(text))
    assert claim is not None and how in claim.body.how


@pytest.mark.parametrize(
    "text",
    [
        "It seems that the terms are squares. Let us prove this.",
        "The value of f is not defined at 0.",
        "Suppose that n is odd. Then n + 1 is even. However, this contradicts the choice of n.",
        "The roots are 3 and -2. However, this solution is negative, so x = 3.",
        "However, it is easier to count the other pairs.",
        "However, this does not help with the second lock.",
        "Unfortunately, there is no simple rule for this.",
        "By symmetry we may assume that a is the largest.",
        "If we assume that n is even, both sides are.",
        "The bus was late. However, the train was on time.",
        "This is -9/6. But that is -3/2.",
        "This is however not needed.",
    ],
)
@pytest.mark.parametrize("in_words", [True, False])
def test_arguments_and_remarks_are_no_objections(text, in_words):
    assert read_objection(step(text), in_words=in_words) is None


def test_in_words_a_reason_against_the_calculation_objects_to_it():
    text = "She buys 3 * 4 = 12 eggs. However, since two broke, we add 2 and get 14."
    assert read_objection(step(text), in_words=True) is not None
    assert read_objection(step(text), in_words=False) is None


@pytest.mark.parametrize(
    ("problem", "answers"),
    [
        ("If it hails, the pool closes. The pool is closed. Did it hail?", True),
        ("The pool is closed, or it hails. Must it hail?", True),
        ("If it hails, the pool closes. How long is it closed?", False),
    ],
)
def test_that_nothing_follows_is_an_answer_to_whether_it_does(problem, answers):
    text = "The pool may be closed for repair, so it can't be determined."
    assert (read_objection(step(text), problem) is None) is answers


def test_only_the_thorough_profile_charges_objections():
    problem = "In how many ways can two of six children be chosen?"
    steps = ["There are 6 * 5 = 30 ways.", "However, this counts each pair twice, so 30."]
    assert clr.audit(problem=problem, steps=steps).first_error is None
    report = clr.audit(problem=problem, steps=steps, profile="thorough")
    assert report.first_error == 1
    (found,) = [c for c in report.steps[1].claims if c.verdict.fault is not None]
    assert "objects" in found.verdict.evidence.message


@given(st.text(max_size=300), st.booleans())
def test_any_text_is_read(text, in_words):
    claim = read_objection(step(text), in_words=in_words)
    assert claim is None or text[claim.span.start - 10 : claim.span.end - 10] == claim.text
