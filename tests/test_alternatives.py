"""Values tried one after the other: a second one contradicts nothing that was only assumed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clr
from clr.claim import Status

HEADS = [
    "$n = {n}$: ${e}$",
    "$n = {n}$ gives ${e}$",
    r"$n = {n} \implies {e}$",
    "With $n = {n}$ we have ${e}$",
    "Take $n = {n}$: ${e}$",
    "At $n = {n}$, ${e}$",
    "Put $n = {n}$. Then ${e}$",
    "${e}$ when $n = {n}$",
    "${e}$ for $n = {n}$",
    "($n = {n}$) ${e}$",
    "${e}$ ($n = {n}$)",
    "The value $n = {n}$ leads to ${e}$",
    "n = {n}: {e}",
]


def refuted(*steps: str, problem: str = "p") -> list[str]:
    report = clr.audit(problem=problem, steps=list(steps))
    return [c.claim.statement for c in report.claims if c.verdict.status is Status.REFUTED]


@given(
    st.sampled_from(HEADS),
    st.sampled_from([". ", "; ", ", ", "\n", ". Next, "]),
    st.lists(st.integers(0, 40), min_size=2, max_size=4, unique=True),
)
def test_several_values_in_one_step(head: str, between: str, values: list[int]) -> None:
    said = [head.format(n=n, e=f"2n + 12 = {2 * n + 12}") for n in values]
    assert refuted(between.join(said) + ".") == []


@pytest.mark.parametrize(
    "text",
    [
        "$n + 1 = 1$, so $n = 0$, which is not allowed. $n + 1 = 2$, so $n = 1$.",
        "n + 3 = 4 gives n = 1. n + 3 = 6 gives n = 3.",
    ],
)
def test_the_same_side_with_another_value(text: str) -> None:
    assert refuted(text) == []


def test_a_new_assumption_between_two_values_stays() -> None:
    assert refuted("$-m = 1 - 1$, so $m = 0$ cannot be. If $10 - m = 1$, then $m = 9$.") == []
    assert (
        refuted(r"\[x^2 = 11 \implies x = \pm\sqrt{11}\] If \[x + 1 = 0 \implies x = -1.\]") == []
    )


def test_what_hangs_on_a_value_is_still_judged_by_it() -> None:
    assert refuted("$n = 4$: $2n + 12 = 20$. $n = 6 \\implies 2n + 12 = 26$.") == ["2n + 12 = 26"]


def test_a_second_value_contradicts_an_established_one() -> None:
    problem = "Solve $2n + 4 = 12$."
    assert refuted("$2n = 8$, so $n = 4$.", "$2n = 8 \\implies n = 3$.", problem=problem)


def test_a_rewriting_replaces_nothing() -> None:
    assert refuted(
        r"\[ d = \frac{\sqrt{49}}{2} = 3.5 \] However, simplifying further, we get: \[ d = 4 \]"
    )


def test_an_identity_is_no_condition_on_its_unknowns() -> None:
    report = clr.audit(problem="p", steps=["We have 2x + 3x = 5x.", "So x^2 = 1."])
    assert [c.verdict.status for c in report.claims] == [Status.VERIFIED, Status.UNVERIFIABLE]
