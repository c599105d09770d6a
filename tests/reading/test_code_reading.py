"""Programs in text are found whole, and nothing that a step says makes a reader fail."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clr.bodies.execution import Value
from clr.reading.executions import background_of, read_executions
from clr.reading.listings import listings
from clr.reading.python_values import scan_value, value_of
from clr.segment import trace_of

CODE = "total = 0\nfor x in xs:\n    total += x\n\n    x = 2\nprint(total)\n"

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
    ),
    max_leaves=6,
)


def test_a_listing_takes_the_lines_of_code_around_its_block() -> None:
    text = f"Look:\n\n{CODE}\nThat is all: x = 3."
    assert [text[s.start : s.end] for s in listings(text)] == [CODE]


@pytest.mark.parametrize(
    "prose", ["For x = 3:\n  x + 1 = 4", "if n = 2:\n  4 > 3", "a: b\n  c", "while we wait: tea"]
)
def test_prose_is_no_listing(prose: str) -> None:
    assert list(listings(prose)) == []


@given(plain)
def test_a_literal_is_read_as_itself(value: object) -> None:
    text = repr(value)
    if "inf" in text or "." * 2 in text or "…" in text:
        return
    read = value_of(text)
    assert isinstance(read, Value)
    assert read.firm
    assert ast.literal_eval(read.readings[0]) == value


@given(plain, st.sampled_from([".", ", because", "\n", ""]))
def test_a_literal_ends_where_it_ends(value: object, tail: str) -> None:
    text = repr(value)
    if "inf" not in text:
        assert scan_value(text + tail, 0) == len(text)


words = st.sampled_from(
    "f(3) f('a returns ` ``` \n >>> def f(x): 'abc' [1, ( ] } == = The answer is prints \\boxed{ "
    "[ANSWER] [/ANSWER] loop runs 3 times raises "
    "ValueError . , and -> “ ... 1,000 é \u2028 #".split(" ")
)


@given(st.lists(words | st.text(max_size=4), max_size=25))
def test_no_text_makes_the_reader_fail(parts: list[str]) -> None:
    response = " ".join(parts)
    known = background_of("def f(x):\n    for c in x:\n        pass\n    return x\n\nWhat is f(3)?")
    for step in trace_of("t", "", response=response).steps:
        claims, known = read_executions(step, known)
        for claim in claims:
            assert response[claim.span.start : claim.span.end] == claim.text
            assert step.span.start <= claim.span.start <= claim.span.end <= step.span.end
