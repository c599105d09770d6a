"""Parities that follow from other parities, said in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clr
from clr.claim import Status


def statuses(text: str, problem: str = "p") -> list[Status]:
    claims = clr.audit(problem=problem, response=text).claims
    return [c.verdict.status for c in claims if c.verdict.checked_by == "parity"]


RIGHT = [
    r"If \(k\) is odd, then \(k^2 + k\) is even.",
    r"Since $a$ and $b$ are odd, $ab$ is odd and $a + b$ must be even.",
    r"When \(m\) is even and \(n\) is odd, \(mn + n\) is odd as well.",
    r"If \(m + n\) is odd, then \(m^2 + n^2\) will also be odd, so we go on.",
    r"Let \(g(t) = t^2 + t + 3\). If \(s\) is even, then \(g(s)\) is odd.",
]
WRONG = [
    r"If \(k\) is odd, then \(k^2 + k\) is odd.",
    r"Since $a$ and $b$ are odd, $ab$ is even.",
    r"When \(m\) is even and \(n\) is odd, \(mn + n\) is even as well.",
    r"If \(m + n\) is odd, then \(m^2 + n^2\) will also be even, so we go on.",
    r"Let \(g(t) = t^2 + t + 3\). If \(s\) is even, then \(g(s)\) is even.",
]
OPEN = [
    r"If \(k\) is odd, then \(kn\) is odd.",
    r"If \(k\) is odd, then \(\frac{k + 1}{2}\) is even.",
    r"If \(k\) is odd, then \(2^k + 1\) is even.",
    r"If \(k\) is odd and \(k + 1\) is odd, then \(1\) is even.",
]
UNREAD = [
    r"The function \(x^3 + x\) is odd, and \(x^2\) is even.",
    r"If \(f(x)\) is odd, then \(x f(x)\) is odd.",
    r"If \(k\) or \(n\) is odd, then \(kn + k\) is odd.",
    r"If \(k\) is not odd, then \(k^2\) is odd.",
    r"If \(k\) is odd, then \(k^2\) is even only for no \(k\).",
    r"Suppose \(k\) is odd. Is \(k^2 + k\) odd?",
]


@pytest.mark.parametrize("text", RIGHT)
def test_right_ones_are_verified(text: str) -> None:
    assert set(statuses(text)) == {Status.VERIFIED}


@pytest.mark.parametrize("text", WRONG)
def test_wrong_ones_are_refuted(text: str) -> None:
    assert Status.REFUTED in statuses(text)


@pytest.mark.parametrize("text", OPEN)
def test_what_the_conditions_leave_open_is_not_judged(text: str) -> None:
    assert set(statuses(text)) == {Status.UNVERIFIABLE}


@pytest.mark.parametrize("text", UNREAD)
def test_what_is_no_parity_under_a_condition_is_left_alone(text: str) -> None:
    assert statuses(text) == []


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.booleans(), st.booleans())
def test_a_polynomial_is_judged_by_its_value(a: int, b: int, c: int, odd: bool, said: bool) -> None:
    at = 1 if odd else 2
    true = (a * at * at + b * at + c) % 2 == said
    word = {True: "odd", False: "even"}
    text = f"If $n$ is {word[odd]}, then ${a}n^2 + {b}n + {c}$ is {word[said]}."
    assert statuses(text) == [Status.VERIFIED if true else Status.REFUTED]
