"""Expressions that words, and not signs, say to be one."""

import pytest

from clr.claim import Role
from clr.reading.rewritings import read_rewritings
from clr.trace import Span, Step


def read(text: str, before: str = "") -> list[str]:
    """The equalities that a step asserts in words."""
    claims = read_rewritings(Step(0, text, Span(0, len(text))), before)
    for claim in claims:
        assert claim.text == text[claim.span.start : claim.span.end]
    return [c.statement for c in claims if c.role is Role.DERIVED]


JOINED = [
    r"The sum \(2(x + 3)\) simplifies to \(2x + 6\).",
    r"Here $2(x + 3)$, which can be written as $2x + 6$, is even.",
    r"So $2(x + 3)$, which is $2x + 6$, is even.",
    r"So \(2(x + 3)\) is equal to \(2x + 6\).",
    r"We have \[ 2(x + 3) \] Simplify: \[ 2x + 6 \]",
    r"This allows us to rewrite \(2(x + 3)\) as \(2x + 6\).",
    r"We can write the left-hand side $2(x + 3)$ as $2x + 6$. It cannot be simplified further.",
    r"For the factor \(2(x + 3)\), we can rewrite it as \(2x + 6\).",
    r"We have \[ 2(x + 3) \] The constant is \(6\). The expression becomes: \[ 2x + 6 \]",
    "\\[ 2(x + 3) \\]\n=\n\\[ 2x + 6 \\]",
]


@pytest.mark.parametrize("text", JOINED)
def test_words_that_join_two_expressions(text: str) -> None:
    assert read(text) == ["2(x + 3) = 2x + 6"]


APART = [
    r"Half of \(2(x + 3)\) equals \(x + 3\).",
    r"The product of 3 and \(2(x + 3)\) is equal to \(6x + 18\).",
    r"If \(2(x + 3)\) equals \(7x + 6\), we are done.",
    r"We cannot write \(2(x + 3)\) as \(2x + 3\).",
    r"If we could write \(2(x + 3)\) as \(7x\), it would be easy.",
    r"Denote \(2(x + 3)\) as \(2x + 6\).",
    r"It is wrong that \(2(x + 3)\) equals \(2x + 3\).",
    r"\(n\) equals \(n^4\)",
    r"The number of squares that divide \(2^5 + 3\) equals \(3\).",
    r"The only prime that divides the sum \(2^5 + 3\) is \(7\).",
    r"\(x^2 + 1\) is \(x^2 + x\) there.",
    r"\(2(x + 3)\) simplifies to \(2y + 6\).",
    r"\(2(x + 3) = 7\) simplifies to \(2x + 6\)",
    r"When \(x\) moves, \(2(x + 3)\) becomes \(2(x + 4)\).",
    r"\[ 2(x + 3) \] First, distribute, and simplify this term: \[ 2x \]",
    r"\[ x^2 + 3x \] We differentiate. Simplified, this is: \[ 2x + 3 \]",
    r"\[ 2(x + 3) \] \[ 2(x + 5) \]",
    r"\[ 2(x + 3) \] The numerator simplifies to: \[ 2x \]",
]


@pytest.mark.parametrize("text", APART)
def test_expressions_that_are_not_said_to_be_one(text: str) -> None:
    assert read(text) == []


def test_a_step_may_restate_what_the_step_before_ends_with() -> None:
    step = r"Combine like terms: \[ 5x + 2 \]"
    assert read(step, r"We have \[ 2x + 3x + 2 \]") == ["2x + 3x + 2 = 5x + 2"]
    assert read(step, r"We have \[ 2x + 3x + 2 \] Now look at its derivative.") == []
    assert read(step) == []
