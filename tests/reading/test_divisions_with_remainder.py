"""Divisions whose remainder is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clr
from clr.claim import Status

STYLES = [
    r"We get \({a} \div {b} = {q} \text{{ remainder }} {r}\).",
    r"We get \[{a} \div {b} = {q}\, R\, {r}.\]",
    r"We get \({a} \div {b} = {q}\) with a remainder of {r}.",
    r"We get ${a} / {b} = {q}$ with a remainder of ${r}$.",
    "We get {a} ÷ {b} = {q} R {r}.",
    "We get {a} / {b} = {q} remainder {r}, so we go on.",
    "We get {a} / {b} = {q} with a remainder of {r}.",
]


def statuses(text: str) -> list[Status]:
    return [c.verdict.status for c in clr.audit(problem="p", steps=[text]).claims]


@pytest.mark.parametrize("style", STYLES)
@given(b=st.integers(5, 99), q=st.integers(11, 900), r=st.integers(1, 3))
def test_quotient_and_remainder_are_checked_together(style: str, b: int, q: int, r: int) -> None:
    text = style.format(a=b * q + r, b=b, q=q, r=r)
    assert statuses(text) == [Status.VERIFIED]
    text = style.format(a=b * q + r, b=b, q=q, r=r + 1)
    assert statuses(text) == [Status.REFUTED]


@pytest.mark.parametrize(
    "text",
    ["So x = 3 with remainder 2.", "So 17 = 3*5 + 2, remainder 2.", r"\(17/5 = 3.4\), remainder 2"],
)
def test_no_division_of_integers_is_left_alone(text: str) -> None:
    assert Status.REFUTED not in statuses(text)
