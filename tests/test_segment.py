"""Segmentation: what is a step, and that nothing is lost."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clr.segment import segment, trace_of


def texts(response: str) -> list[str]:
    return [step.text.strip() for step in segment(response)]


def test_paragraphs_are_steps() -> None:
    assert texts("First we add.\n\nThen we stop.") == ["First we add.", "Then we stop."]


def test_numbered_and_bulleted_items_are_steps() -> None:
    assert texts("We have:\n1. 2 + 2 = 4\n2. 4 + 1 = 5") == [
        "We have:",
        "1. 2 + 2 = 4",
        "2. 4 + 1 = 5",
    ]
    assert texts("- one apple\n- two pears") == ["- one apple", "- two pears"]


def test_headed_steps_are_steps() -> None:
    assert texts("Step 1: add.\nso it is 4\nStep 2: stop.") == [
        "Step 1: add.\nso it is 4",
        "Step 2: stop.",
    ]


def test_display_mathematics_stays_whole() -> None:
    assert len(segment("We get\n\\[\na = b\n\n= c\n\\]\nand stop.")) == 1
    assert len(segment("\\begin{align*}\na &= b\n\n\\\\ &= c\n\\end{align*}")) == 1


def test_code_fences_stay_whole() -> None:
    code = "```python\nx = 1\n\n\n- y\n```"
    assert texts(f"Run this:\n\n{code}\n\nDone.") == ["Run this:", code, "Done."]


def test_thinking_is_apart_from_the_answer() -> None:
    assert (
        texts("<think>2 + 2 = 4</think>The answer is 4.")
        == [
            "<think>2 + 2 = 4",
            "</think>The answer is 4.",
        ]
        or len(segment("<think>2 + 2 = 4</think>The answer is 4.")) >= 2
    )


def test_long_paragraphs_are_cut_into_sentences_but_not_at_decimals_or_abbreviations() -> None:
    sentence = "The cost, e.g. for Mr. Smith, is 3.50 dollars in all. "
    found = segment(sentence * 20)
    assert len(found) == 20
    assert all(step.text == sentence for step in found[:-1])


def test_given_steps_keep_their_places() -> None:
    trace = trace_of("a", "p", steps=["one", "two"])
    assert [trace.response[s.span.start : s.span.end] for s in trace.steps] == ["one", "two"]


@given(st.text(alphabet=st.sampled_from("a1. \n-*$\\[]()`<>/think{}#:\u00e9\u200b"), max_size=300))
def test_spans_tile_the_text(response: str) -> None:
    found = segment(response)
    assert "".join(step.text for step in found) == response
    at = 0
    for index, step in enumerate(found):
        assert step.index == index
        assert step.span.start == at
        at = step.span.end


@pytest.mark.parametrize("piece", ["a", "$", "\\[", "```", "\n", "<think>", "1. x\n", "(", ". A"])
def test_a_megabyte_takes_seconds_at_most(piece: str) -> None:
    start = time.perf_counter()
    segment(piece * (1_000_000 // len(piece)))
    assert time.perf_counter() - start < 5
