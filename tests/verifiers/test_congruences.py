"""Congruences with unknowns."""

import pytest

import clr
from clr.claim import Status


def refuted(text: str) -> list[str]:
    claims = clr.audit(problem="p", steps=[text]).claims
    return [c.claim.statement for c in claims if c.verdict.status is Status.REFUTED]


def last(text: str) -> Status:
    return clr.audit(problem="p", steps=[text]).claims[-1].verdict.status


PAIRS = [
    (r"3x \equiv 5 \pmod 7\), so \(x \equiv", r"4 \pmod 7", r"3 \pmod 7"),
    (r"n \equiv 2 \pmod 4\). Then \(n^2 \equiv", r"0 \pmod 4", r"2 \pmod 4"),
    (r"n \equiv 2k + 1 \pmod 4\), so \(n^2 \equiv 4k + 1 \equiv", r"1 \pmod 4", r"3 \pmod 4"),
    (r"2a + 3b \equiv 1 \pmod 5\). Therefore \(4a + b \equiv", r"2 \pmod 5", r"3 \pmod 5"),
    (
        r"n \equiv 2 \pmod 3\) and \(n \equiv 3 \pmod 5\), so \(n \equiv",
        r"8 \pmod{15}",
        r"11 \pmod{15}",
    ),
]


@pytest.mark.parametrize(("before", "right", "wrong"), PAIRS)
def test_what_follows_from_a_congruence(before: str, right: str, wrong: str) -> None:
    assert last(rf"We have \({before} {right}\).") is Status.VERIFIED
    assert refuted(rf"We have \({before} {wrong}\).")


def test_a_congruence_that_holds_for_all_residues() -> None:
    assert last(r"Note that \(n^3 - n \equiv 0 \pmod 6\).") is Status.VERIFIED


@pytest.mark.parametrize(
    "text",
    [
        r"Note that \(n^2 \equiv 1 \pmod 8\).",  # for odd n
        r"We have \(n \equiv 1 \pmod 3\), so the next case is \(n \equiv 2 \pmod 3\).",
        r"We have \(n \equiv 1 \pmod 3\), so \(m \equiv 2 \pmod 3\).",
        r"We have \(n \equiv 1 \pmod 2\), so \(2^n \equiv 2 \pmod 3\).",  # not the residue of n
        r"We have \(3n \equiv 6 \pmod 9\), so \(n \equiv 5 \pmod 9\).",  # one of three
        r"If \(n \equiv 2 \pmod 3\) and \(n \equiv 3 \pmod 5\), then \(n \equiv 8 \pmod{30}\).",
        r"This requires \(a^2 \equiv b^2 \equiv 0 \pmod 3\).",
        r"We have \(x \equiv 2 \pmod m\), so \(x \equiv 3 \pmod m\).",
        r"We have \(x \equiv 2 \pmod{10^9}\), so \(x^2 \equiv 5 \pmod{10^9}\).",
    ],
)
def test_what_may_hold_is_left_alone(text: str) -> None:
    assert not refuted(text)
