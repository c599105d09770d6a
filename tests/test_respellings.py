"""Words reversed, and words of the first or last letters of others."""

import string

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import clr
from clr.claim import Status
from clr.reading.respellings import context_of

WORDS = st.lists(
    st.text(string.ascii_lowercase, min_size=2, max_size=8).map(str.capitalize),
    min_size=3,
    max_size=6,
)


def statuses(problem: str, *steps: str) -> list[Status]:
    report = clr.audit(problem=problem, steps=list(steps))
    return [
        c.verdict.status for s in report.steps for c in s.claims if c.claim.kind == "collection"
    ]


@settings(max_examples=40, deadline=None)
@given(WORDS, st.sampled_from(["first", "last"]))
@example(["Anna", "Oops", "Wait"], "first")
@example(["False", "True", "Anna"], "first")
@example(["Ua", "Sa", "Aa"], "first")
def test_letters_are_picked_and_joined(words, place):
    problem = f'Take the {place} letters of the words in "{" ".join(words)}" and concatenate them.'
    at = 0 if place == "first" else -1
    made = "".join(w[at] for w in words).lower()
    steps = [f'The {place} letter of "{w}" is "{w[at]}".' for w in words]
    assert set(statuses(problem, *steps, f"Concatenating them gives {made}.")) == {Status.VERIFIED}
    wrong = made[:-1] + ("a" if made[-1] != "a" else "b")
    assert statuses(problem, f'So the answer is "{wrong}".') == [Status.REFUTED]
    listed = "\n".join(f"- {w} → {w[at]}" for w in words)
    assert statuses(problem, listed) == [Status.VERIFIED] * len(words)


@settings(max_examples=40, deadline=None)
@given(st.text(string.ascii_lowercase, min_size=4, max_size=9), st.randoms())
def test_a_word_is_reversed(word, rng):
    problem = f'Reverse the word "{word}".'
    back = word[::-1]
    for text in (
        f'The reversed word is "{back}".',
        f"In reverse: {', '.join(back)}",
        f"{' '.join(word)} → {' '.join(back)}",
    ):
        assert statuses(problem, text) == [Status.VERIFIED]
    mixed = "".join(rng.sample(back, len(back)))
    assume(mixed != back)
    assert statuses(problem, f'The reversed word is "{mixed}".') == [Status.REFUTED]


def test_a_wrong_letter_is_counted_once():
    problem = 'Take the last letters of the words in "Ivy Otto Noah" and concatenate them.'
    steps = ("Ivy → y", "Otto → t", "Noah → h", "Concatenating: yth")
    assert statuses(problem, *steps).count(Status.REFUTED) == 1


@pytest.mark.parametrize(
    "step",
    [
        "The answer is ready.",
        "The answer is below.",
        "The letters of Otto are o, t, t, o.",
        "First half: yo",
        "So far we have yo.",
    ],
)
def test_other_sentences_are_no_result(step):
    problem = 'Take the last letters of the words in "Ivy Otto Noah Pam" and concatenate them.'
    assert Status.REFUTED not in statuses(problem, step)


@pytest.mark.parametrize(
    "problem",
    [
        "Reverse the order of integration in the double integral.",
        "Write the letter to your friend.",
        "Spell the word planet.",
        "How many letters are in the word planet?",
        "Find the last letters of the alphabet.",
    ],
)
def test_other_problems_are_left_alone(problem):
    assert context_of(problem) is None
