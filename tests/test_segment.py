"""Segmentation: what is a step, and that nothing is lost."""

import time
import tracemalloc
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clr.segment import MOST_STEPS, segment, trace_of


def texts(response: str) -> list[str]:
    return [step.text.strip() for step in segment(response)]


def test_paragraphs_are_steps() -> None:
    assert texts("First we add.\n\nThen we stop.") == ["First we add.", "Then we stop."]


def test_numbered_and_bulleted_items_are_steps() -> None:
    assert texts("We have:\n1. 2 + 2 = 4\n2. 4 + 1 = 5\n   - nested\n(c) last") == [
        "We have:",
        "1. 2 + 2 = 4",
        "2. 4 + 1 = 5",
        "- nested",
        "(c) last",
    ]


def test_labelled_steps_are_steps() -> None:
    assert texts("Step 1: add.\nso it is 4\n**Step 2:** stop.") == [
        "Step 1: add.\nso it is 4",
        "**Step 2:** stop.",
    ]
    assert texts("Step 1: There are cats\nStep 2: There are dogs") == [
        "Step 1: There are cats",
        "Step 2: There are dogs",
    ]


def test_a_heading_goes_with_its_text() -> None:
    assert texts("## Area\n\nIt is 3 * 4 = 12.\n\n**Perimeter:**\n\nIt is 14.") == [
        "## Area\n\nIt is 3 * 4 = 12.",
        "**Perimeter:**\n\nIt is 14.",
    ]
    assert texts("Step 1: Find the area\nIt is 3 * 4 = 12.") == [
        "Step 1: Find the area\nIt is 3 * 4 = 12."
    ]


def test_lines_that_state_something_are_steps() -> None:
    assert texts("He sells 3 * 4 = 12 eggs\nShe sells 5 eggs\nTotal: 17") == [
        "He sells 3 * 4 = 12 eggs",
        "She sells 5 eggs",
        "Total: 17",
    ]
    assert texts("2x = 6\nx = 3") == ["2x = 6", "x = 3"]


@pytest.mark.parametrize(
    "wrapped",
    [
        "The number of apples that are left in the\nbasket is 4.",
        "We buy the apples and\nTom buys the pears.",
        "The sum is 3 +\n4.",
        "The total is\n= 12",
        "We write:\n12 = 3 * 4",
    ],
)
def test_a_line_that_goes_on_is_no_step(wrapped: str) -> None:
    assert texts(wrapped) == [wrapped]


def test_a_rule_goes_with_the_step_before_it() -> None:
    assert texts("We add.\n\n---\n\nWe stop.") == ["We add.\n\n---", "We stop."]


@pytest.mark.parametrize(
    "whole",
    [
        "We get\n\\[\na = b\n\n= c\n\\]\nand stop.",
        "\\begin{align*}\na &= b\n\n\\\\ &= c\n\\end{align*}",
        "We compute:\n\n\\[ x = 3 \\]\n\nwhich is small.",
        "Then $$x = 1.\n\nY = 2$$ holds.",
    ],
)
def test_display_mathematics_stays_whole_with_its_sentence(whole: str) -> None:
    assert texts(whole) == [whole]


def test_a_sentence_may_end_with_a_display() -> None:
    assert texts("Hence\n\n\\[ x = 3. \\]\n\nNow we stop.") == [
        "Hence\n\n\\[ x = 3. \\]",
        "Now we stop.",
    ]


def test_code_fences_stay_whole() -> None:
    code = "```python\nx = 1\n\n\n- y. Then\n```"
    assert texts(f"Run this.\n\n{code}\n\nDone.") == ["Run this.", code, "Done."]
    cut_off = "```python\nx = 1\n\nY = 2"
    assert texts(f"Run this.\n\n{cut_off}") == ["Run this.", cut_off]


def test_thinking_is_apart_from_the_answer() -> None:
    assert texts("<think>2 + 2 = 4</think>The answer is 4.") == [
        "<think>2 + 2 = 4</think>",
        "The answer is 4.",
    ]


def test_a_long_paragraph_is_cut_into_sentences() -> None:
    sentence = "The cost, e.g. for Mr. Smith (cf. Fig. 3), is 3.50 dollars, i.e. \\(a. B = 2\\). "
    found = segment(sentence * 20)
    assert [step.text for step in found] == [sentence] * 20
    assert len(segment(sentence * 3)) == 1


def test_no_response_has_steps_without_end() -> None:
    sentence = "Now we have 2 + 2 = 4. "
    found = segment(sentence * (MOST_STEPS + 100))
    assert len(found) == MOST_STEPS + 1
    assert found[-2].text == sentence
    assert found[-1].text == sentence * 100


def test_ideographic_sentences_end_without_a_blank() -> None:
    sentence = "首先我们计算三加四等于七。"
    assert [step.text for step in segment(sentence * 40)] == [sentence] * 40


def test_given_steps_keep_their_places() -> None:
    trace = trace_of("a", "p", steps=["one", "", "two"])
    assert [trace.response[s.span.start : s.span.end] for s in trace.steps] == ["one", "", "two"]


def test_half_a_surrogate_pair_is_replaced_in_place() -> None:
    trace = trace_of("a", "p", response="x \ud83d y")
    assert trace.response == trace.steps[0].text == "x \ufffd y"


@pytest.mark.parametrize(
    ("problem", "given", "message"),
    [
        ("p", {"steps": "one"}, "give one string as response"),
        ("p", {"steps": ["one", 2]}, r"steps\[1\] is a string, not int: 2"),
        ("p", {"response": ["one"]}, "response is a string, not list"),
        (None, {"response": "one"}, "problem is a string, not NoneType"),
    ],
)
def test_what_is_no_string_is_named(problem: Any, given: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        trace_of("0", problem, **given)


@pytest.mark.parametrize(
    ("steps", "response"), [(None, None), (["one"], "one")], ids=["neither", "both"]
)
def test_a_trace_is_made_of_steps_or_of_a_response(
    steps: list[str] | None, response: str | None
) -> None:
    with pytest.raises(ValueError, match="either steps or response, not"):
        trace_of("a", "p", steps=steps, response=response)


PIECES = [
    "Step 1: ", "1. ", "- ", "**Sum:** ", "\n", "\n\n", " ", "a", "So 3.5 = 7/2. ", "e.g. ",
    "\\[ x ", ". \\]", "\\(", "\\)", "$", "$$", "```", "<think>", "</think>", "\\begin{align}",
    "\\end{align}", "。", "#", "é", "\u200b", "\t", "=",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=60).map("".join))
def test_spans_tile_the_text(response: str) -> None:
    found = segment(response)
    assert "".join(step.text for step in found) == response
    assert [step.index for step in found] == list(range(len(found)))
    assert all(step.text == response[step.span.start : step.span.end] for step in found)
    assert all(before.span.end == after.span.start for before, after in pairwise(found))
    assert all(step.text for step in found)


HOSTILE = [
    "a. ", "\n", " ", "$a ", "$", "\\(", "\\[", "```", "x\n", "\\begin{align}", "(.)", "**", "-",
    "Step 1 ", "\n- ", "1", "<think>", "a", "$\\text{", "\n ", ". A", "#",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_is_linear(piece: str) -> None:
    text = "$" + piece * (600_000 // len(piece)) + "$"
    start = time.perf_counter()
    assert sum(len(step.text) for step in segment(text)) == len(text)
    assert time.perf_counter() - start < 10


def test_nothing_of_a_huge_response_is_kept() -> None:
    response = "$$" * 60_000
    tracemalloc.start()
    segment(response)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 1_000_000  # its 30,000 pieces would take ten times as much
