"""Statements of calculus in a trace: what a derivative or an antiderivative is said to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clr
from clr.claim import Status

RIGHT = [
    r"\(\frac{d}{dx}(x^3) = 3x^2\)",
    r"\(\int x^2 \, dx = \frac{x^3}{3} + C\)",
    r"\(\int \frac{1}{x} \, dx = \ln|x| + C\)",
    r"Let \(g(t) = t^2 \ln t\). Then \(g'(t) = 2t \ln t + t\).",
    r"Let \(f(x) = x^3 - 3x\). Then \(f''(x) = 6x\) and \(f'(2) = 9\).",
    r"Let \(y = \sin 2x\). Then \(\frac{dy}{dx} = 2\cos 2x\).",
    r"Let \(f(x) = x^2 + x\). Then \(\frac{df}{dx} = 2x + 1\).",
    r"By the product rule with \(u = x^2\) and \(v = e^{2x}\): \(u' = 2x\), \(v' = 2e^{2x}\).",
    r"Let \(f(x) = \frac{x}{x+2}\). By the quotient rule, \(f'(x) = \frac{x+2-x}{(x+2)^2}\).",
    r"By parts, \(\int x \cos x \, dx = x \sin x - \int \sin x \, dx = x \sin x + \cos x + C\).",
    r"\(\int (2x + 1) \, dx = \int 2x \, dx + \int 1 \, dx\)",
]
WRONG = [
    r"\(\frac{d}{dx}(x^3) = 3x^3\)",
    r"\(\int \sin x \, dx = \cos x + C\)",
    r"Let \(g(t) = t^2 \ln t\). Then \(g'(t) = 2t \ln t + 1\).",
    r"Let \(f(x) = x^3 - 3x\). Then \(f''(x) = 6x^2\).",
    r"Let \(f(x) = \sqrt{x}\). Then \(f'(9) = \frac{1}{3}\).",
    r"Let \(y = \sin 2x\). Then \(\frac{dy}{dx} = \cos 2x\).",
    r"By the product rule with \(u = x^2\) and \(v = e^{2x}\): \(u' = 2x\), \(v' = e^{2x}\).",
    r"The tangent line to \(y = x^3 - x\) has the slope \(y' = 3x^2 - x\).",
    r"Let \(f(x) = \frac{x}{x+2}\). By the quotient rule, \(f'(x) = \frac{x+2+x}{(x+2)^2}\).",
    r"By parts, \(\int x \cos x \, dx = x \sin x + \int \sin x \, dx\).",
    r"By parts, \(\int x \cos x \, dx = x \sin x - \int \sin x \, dx = x \sin x - \cos x + C\).",
]
NO_STATEMENT = [
    r"Let \(f(x) = x^3 - 3x\). We set \(f'(x) = 0\), so \(x = 1\).",
    r"Let \(f(x) = x^3 - 3x\). The tangent has slope 9 where \(f'(x) = 9\).",
    r"Let \(f(x) = x^2\) and \(g(x) = x^3\). They have one slope where \(f'(x) = g'(x)\).",
    r"On \(x^2 + y^2 = 1\) we have \(\frac{dy}{dx} = -\frac{x}{y}\).",
    r"The curves \(y = x^2 + 1\) and \(y = 2x\) touch; \(\frac{dy}{dx} = 2x\) on one of them.",
    r"Let \(f(x) = ax^2 + x\). As \(a = 3\), \(f'(x) = 6x + 1\).",
    r"Let \(f(x) = x^2\). Suppose \(f'(x) = x\).",
    r"\(\int u \, dx = uv + C\)",
    r"We turn the axes: \(y = x^2\) becomes \(y' = x + 1\).",
    r"Put \(u = x^2\): then \(\int 2x u^3 \, dx = \int u^3 \, du\).",
]


def statuses(step: str) -> list[Status]:
    return [c.verdict.status for c in clr.audit(problem="p", steps=[step]).claims]


@pytest.mark.parametrize("step", RIGHT)
def test_right_ones_are_verified(step: str) -> None:
    found = statuses(step)
    assert Status.VERIFIED in found and Status.REFUTED not in found


@pytest.mark.parametrize("step", WRONG)
def test_wrong_ones_are_refuted(step: str) -> None:
    assert Status.REFUTED in statuses(step)


@pytest.mark.parametrize("step", NO_STATEMENT)
def test_conditions_and_parameters_are_left_alone(step: str) -> None:
    assert Status.REFUTED not in statuses(step)


@given(st.lists(st.integers(1, 9), min_size=2, max_size=5), st.integers(0, 4), st.integers(1, 5))
def test_a_polynomial_is_differentiated_as_it_is(
    coefficients: list[int], place: int, off: int
) -> None:
    body = " + ".join(f"{c}x^{k}" for k, c in enumerate(coefficients, 1))
    slopes = [k * c for k, c in enumerate(coefficients, 1)]

    def said(values: list[int]) -> Status:
        slope = " + ".join(f"{c}x^{k}" if k else str(c) for k, c in enumerate(values))
        return statuses(rf"Let \(f(x) = {body}\). Then \(f'(x) = {slope}\).")[-1]

    assert said(slopes) is Status.VERIFIED
    slopes[place % len(slopes)] += off
    assert said(slopes) is Status.REFUTED
