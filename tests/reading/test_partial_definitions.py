"""Equations that give a function on a part of its domain."""

import pytest

import clr

PARTIAL = [
    "A quartic $P$ satisfies $P(k)=k^2$ for $k=1,2,3,4$. Find $P(6)$.",
    "A quartic $P$ satisfies $P(k)=k^2$ for all $k$ from 1 to 4. Find $P(6)$.",
    "A quartic $P$ satisfies $P(k)=k^2$ for $1 \\le k \\le 4$. Find $P(6)$.",
    "A quartic $P$ satisfies $P(k)=k^2$ when k is 1, 2, 3. Find $P(6)$.",
    "A quartic P satisfies P(k) = k^2 for each k in {1, 2, 3}. Find P(6).",
    "A quartic $P$ satisfies $P(k)=k^2$, $k = 1, 2, 3$. Find $P(6)$.",
    "A quartic $P$ satisfies $P(k)=k^2$ for $k=0,1,\\dots,3$. Find $P(6)$.",
    "For $k=1,2,3$ the quartic $P$ satisfies $P(k)=k^2$. Find $P(6)$.",
    "For $0 < x < 1$, $P(x)=x^2$, and $P$ has the period 1. Find $P(6)$.",
    "$P(x)=x^2$ on $[0,1)$, and $P$ has the period 1. Find $P(6)$.",
    "Let $P(x)=x^2$ for $x \\in [0,1)$, with the period 1. Find $P(6)$.",
    "If $x<0$, then $P(x)=x^2$. Find $P(6)$.",
    "$P$ is odd with $P(x)=x^2$ for negative x. Find $P(6)$.",
]
WHOLE = [
    "Let $P(x)=x^2$. Find $P(6)$.",
    "Let $P(x)=x^2$ for all real $x$. Find $P(6)$.",
    "For all real $x$, $P(x)=x^2$. Find $P(6)$.",
    "Let $P(x)=x^2$ for every $x \\in \\mathbb{R}$. Find $P(6)$.",
    "If $P(x)=x^2$, what is $P(6)$?",
    "Let $P(x)=x^2$ for use with $k=1$. Find $P(6)$.",
]


@pytest.mark.parametrize("problem", PARTIAL)
def test_a_part_of_the_domain_says_nothing_of_the_rest(problem: str) -> None:
    report = clr.audit(problem=problem, steps=["Therefore $P(6) = 156$."])
    assert report.first_error is None


@pytest.mark.parametrize("problem", WHOLE)
def test_a_definition_for_all_values_holds_everywhere(problem: str) -> None:
    report = clr.audit(problem=problem, steps=["Therefore $P(6) = 156$."])
    assert report.first_error == 0
    report = clr.audit(problem=problem, steps=["Here P(6) = 156, which is it."])
    assert report.first_error == 0
