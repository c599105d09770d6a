"""Unknowns that equations define, and what the equations say beyond."""

from __future__ import annotations

import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st

from clr.notation.ast import Expr, free_symbols
from clr.notation.parser import parse
from clr.notation.printer import show
from clr.verifiers import exact
from clr.verifiers.elimination import eliminated


def equation(text: str) -> tuple[Expr, Expr]:
    left, right = text.split("=")
    return parse(left, tex=True).operands[0], parse(right, tex=True).operands[0]


@pytest.mark.parametrize(
    ("texts", "defined", "rest"),
    [
        (["y = x^2"], {"y"}, 0),
        (["x^2 = y"], {"y"}, 0),
        ([r"\frac{2 - 3x}{5} = y^2"], {"x"}, 0),
        ([r"2 \pi r = C + C^2"], {"r"}, 0),
        (["x + y = 7", "x - y = 1"], {"x"}, 1),  # the second is about y alone now
        (["x = y + 1", "y = x - 1"], {"x"}, 1),  # one of them is enough
        (["x = 3", "x = 3", "x = 4"], {"x"}, 1),  # said twice, and then something else
        (["z = x + y", "x = t + 1", "y = t - 1", "z = 2t"], {"x", "y", "z"}, 1),
        (["f(2) = 3a"], {"f(2)"}, 0),
    ],
)
def test_what_is_defined(texts: list[str], defined: set[str], rest: int) -> None:
    found, left = eliminated(tuple(map(equation, texts)))
    assert found.keys() == defined
    assert len(left) == rest


@pytest.mark.parametrize(
    "text",
    [
        "xy = 6",  # x = 6/y, but not where y is 0
        "xy = 0",
        "(1 - 1)y + x = xy",
        "x + 1/x = 3",
        "x^2 + y^2 = 25",
        r"\sin x = \frac{1}{2}",
    ],
)
def test_what_is_left_to_be_solved(text: str) -> None:
    assert eliminated((equation(text),)) == ({}, (equation(text),))


LINES = st.lists(
    st.tuples(
        st.sampled_from("abcd"), st.sampled_from("abcd"), st.integers(1, 5), st.integers(-9, 9)
    ),
    min_size=1,
    max_size=5,
)


@given(LINES, st.integers(2, 50))
def test_what_is_defined_solves_its_equations(
    lines: list[tuple[str, str, int, int]], start: int
) -> None:
    equations = tuple(equation(f"{k}{x} - ({c}) = {y}^2/{k}") for x, y, k, c in lines)
    found, rest = eliminated(equations)
    values = {name: fmpq(start + i, 7) for i, name in enumerate("abcd") if name not in found}
    for name, value in found.items():
        assert free_symbols(value) <= values.keys(), show(value)  # in order
        values[name] = fmpq(exact.value(value, values))
    for left, right in set(equations) - set(rest):
        assert exact.value(left, values) == exact.value(right, values)
