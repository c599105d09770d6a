"""Comparisons of numbers in words: the false one of two twins is refuted, and nothing that is
supposed, denied, asked, or said of something else."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clr
from clr.claim import Status

TWINS = [
    (r"\(\frac{9}{8}\) is greater than 1.", r"\(\frac{9}{8}\) is less than 1."),
    (
        r"So $\frac{4}{5}$ is a fraction less than 1.",
        r"So $\frac{6}{5}$ is a fraction less than 1.",
    ),
    (r"Here \(3^6\) is less than \(10^3\).", r"Here \(3^7\) is less than \(10^3\)."),
    (r"$\sqrt{70}$ lies between 8 and 9.", r"$\sqrt{70}$ lies between 7 and 8."),
    (
        r"$3^4$ is the largest power of 3 less than $200$.",
        r"$3^5$ is the largest power of 3 less than $200$.",
    ),
    (
        r"Then $12 \times 13 = 156$ is an integer greater than $144$.",
        r"Then $12 \times 13 = 156$ is an integer greater than $169$.",
    ),
    (r"But 9 is not actually less than $\sqrt{80}$.", r"But 8 is not less than $\sqrt{80}$."),
    (r"Look: - \(4!\) is slightly less than 25.", r"Look: - \(4!\) is less than 23."),
    (r"As \(5\pi\) is more than 15, we go on.", r"Because \(5\pi\) is more than 16, we go on."),
    (r"$2^{30}$ is greater than or equal to $10^9$.", r"$2^9$ is greater than or equal to $10^3$."),
]
LEFT_ALONE = [
    r"Suppose that $2^5$ is greater than $10^2$.",
    r"If $2^5$ is greater than $10^2$, we are done.",
    r"It is not true that $\frac{5}{4}$ is less than 1.",
    r"$\frac{5}{4}$ is not necessarily less than 1.",
    r"If $\frac{5}{4}$ is not less than $2$, we go on.",
    r"So $\frac{5}{4}$ is not between $1$ and $2$ in this order.",
    r"We check whether $\frac{5}{4}$ is less than $1$.",
    r"Is $\frac{5}{4}$ less than $1$?",
    r"A student thinks $\frac{5}{4}$ is less than $1$.",
    r"$\frac{3}{4}$ is less than $\frac{1}{2}$ of the cake.",
    r"The part from $0$ to $\frac{5}{4}$ is less than $1$.",
    r"$\frac{1}{2}$ is greater than $\frac{2}{3}$ when both are taken from different pies.",
    r"Version $3.11$ is less than $3.9$.",
    r"Room $12$ is larger than $15$.",
    r"$5^2$ is less than $4$ times $7$.",
    r"$9 + 1$ is less than $8$ apples.",
    r"-$\frac{5}{4}$ is less than $-1$.",
]


def statuses(text: str) -> list[Status]:
    return [c.verdict.status for c in clr.audit(problem="Compare.", steps=[text]).claims]


@pytest.mark.parametrize(("right", "wrong"), TWINS)
def test_the_false_one_of_two_comparisons_is_refuted(right: str, wrong: str) -> None:
    assert set(statuses(right)) == {Status.VERIFIED}
    assert Status.REFUTED in statuses(wrong)


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_is_not_claimed_of_both_numbers_is_left_alone(text: str) -> None:
    assert Status.REFUTED not in statuses(text)


POSITIVE = st.integers(1, 60)


ORDERS = st.sampled_from(["less", "smaller", "greater", "more"])


@given(POSITIVE, POSITIVE, st.integers(0, 9), ORDERS)
def test_a_comparison_is_refuted_only_if_it_is_false(a: int, b: int, n: int, word: str) -> None:
    value = Fraction(a, b)
    text = rf"So $\frac{{{a}}}{{{b}}}$ is {word} than ${n}$."
    true = value < n if word in ("less", "smaller") else value > n
    assert not (true and Status.REFUTED in statuses(text))
