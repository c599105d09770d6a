"""Sums and products with dots, to infinity, or of unknown length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clr
from clr.claim import Status
from clr.notation.parser import parse
from clr.verifiers import exact
from clr.verifiers.progressions import written_out


def statuses(text: str) -> set[Status]:
    return {claim.verdict.status for claim in clr.audit(problem="p", steps=[text]).claims}


@pytest.mark.parametrize(
    ("left", "right", "wrong"),
    [
        (r"1 + 2 + 3 + \cdots + 100", "5050", "5000"),
        (r"1 + 2 + \cdots + n", r"\frac{n(n+1)}{2}", r"\frac{n(n-1)}{2}"),
        (r"1 + 3 + 5 + \cdots + (2n-1)", "n^2", "n^2 + 1"),
        (r"1 + 2 + 4 + \cdots + 2^{10}", "2047", "2048"),
        (r"3 + 3^2 + \cdots + 3^n", r"\frac{3^{n+1} - 3}{2}", r"\frac{3^n - 3}{2}"),
        (r"1 \cdot 3 \cdot 5 \cdots 9", "945", "955"),
        (r"97 + 98 + \cdots + 101 + 102", "597", "598"),
        (r"n(n-1)(n-2) \cdots 1", "n!", "(n-1)! n^2 / (n + 1)"),
        (r"1^2 + 2^2 + \cdots + 10^2", "385", "386"),
        (r"1 + x + x^2 + \cdots + x^n", r"\frac{x^{n+1} - 1}{x - 1}", r"\frac{x^n - 1}{x - 1}"),
        (
            r"\frac{1}{1 \cdot 2} + \frac{1}{2 \cdot 3} + \cdots + \frac{1}{n(n+1)}",
            r"\frac{n}{n+1}",
            r"\frac{n-1}{n}",
        ),
        (r"\frac12 + \frac14 + \frac18 + \cdots", "1", "2"),
        (r"\sum_{n=0}^{\infty} \frac{1}{3^n}", r"\frac32", r"\frac12"),
        (r"\sum_{k=1}^n k^2", r"\frac{n(n+1)(2n+1)}{6}", r"\frac{n(n+1)(2n-1)}{6}"),
        (r"\sum_{k=0}^n 2^k", "2^{n+1} - 1", "2^n - 1"),
    ],
)
def test_what_goes_on_is_carried_out(left: str, right: str, wrong: str) -> None:
    assert statuses(rf"Thus \({left} = {right}\).") == {Status.VERIFIED}
    assert statuses(rf"Thus \({left} = {wrong}\).") == {Status.REFUTED}


@pytest.mark.parametrize(
    "claim",
    [
        r"1 + 2 + \cdots + 64 = 127",  # by factors
        r"1 + 2 + \cdots + 64 = 2080",  # in steps
        r"1 + 2 + \cdots + n = 10n",  # a condition on n
        r"1 + 4 + 9 + \cdots + 100 = 384",
        r"a_1 + a_2 + \cdots + a_9 = 40",
        r"1 + 3 + \cdots + 10 = 36",
        r"1 - 2 + 3 - \cdots + 99 = 51",
        r"1 + 1 + 1 + \cdots = 2",
        r"\sum_{n=1}^{\infty} \frac{1}{n^2} = 2",
    ],
)
def test_what_is_in_doubt_is_left_alone(claim: str) -> None:
    assert Status.REFUTED not in statuses(rf"Thus \({claim}\).")


@given(st.integers(-9, 9), st.integers(-5, 5).filter(bool), st.integers(3, 30))
def test_equal_steps(first: int, step: int, count: int) -> None:
    last = first + step * (count - 1)
    text = f"({first}) + ({first + step}) + ({first + 2 * step}) + \\cdots + ({last})"
    readings = written_out(parse(text).operands[0])
    assert [exact.value(e) for e in readings] == [count * (first + last) // 2]
