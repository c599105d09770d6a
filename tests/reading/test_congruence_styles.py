"""Congruences in the ways that people write the modulus."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clr
from clr.claim import Status

STYLES = [
    r"Then \({a} \equiv {b} \pmod{{{m}}}\).",
    r"Then \({a} \equiv {b} \mod {m}\).",
    r"Then \({a} \equiv {b} \mod{{{m}}}\).",
    r"Then \({a} \equiv {b} \bmod {m}\).",
    r"Then \({a} \equiv {b} \,(\mathrm{{mod}}\, {m})\).",
    r"Then \({a} \equiv {b} \text{{ mod }} {m}\).",
    r"Then \[{a} \equiv {b} \quad (\text{{mod }} {m}).\]",
    r"Then \({a} \equiv {b}\) (mod {m}).",
    r"Then \({a} \equiv {b}\) mod {m}, as claimed.",
    r"Then ${a} \equiv {b}$ modulo ${m}$.",
    "Then {a} ≡ {b} (mod {m}).",
    "Then {a} ≡ {b} mod {m}, so we go on.",
]


def statuses(text: str) -> list[Status]:
    return [c.verdict.status for c in clr.audit(problem="p", steps=[text]).claims]


@pytest.mark.parametrize("style", STYLES)
@given(a=st.integers(2, 10**6), m=st.integers(2, 90), off=st.integers(0, 3))
def test_every_style_says_the_same(style: str, a: int, m: int, off: int) -> None:
    text = style.format(a=a, b=a % m + off, m=m)
    assert statuses(text) == [Status.REFUTED if off % m else Status.VERIFIED]


def test_a_modulus_ends_a_chain_and_another_begins() -> None:
    text = "So 5^2 ≡ 25 ≡ 4 (mod 7), and 3^3 ≡ 27 ≡ 2 (mod 5), and so on."
    assert statuses(text) == [Status.VERIFIED] * 4


@pytest.mark.parametrize(
    "text",
    [
        "So 3x ≡ 4 (mod 7) and x ≡ 6 (mod 7).",
        "So 3x ≡ 4 mod 7 and x ≡ 6 mod 7.",
        "Triangle ABC ≡ triangle DEF, and 5 ≡ 4 is no congruence.",
        r"Then \(4 \equiv 5\) mod 2 - 1 is odd.",
        r"Here \(2 \cdot 4 = 8 \not\equiv 2 \pmod{7}\).",
    ],
)
def test_what_stands_beside_a_modulus_is_kept_apart(text: str) -> None:
    assert Status.REFUTED not in statuses(text)


def test_what_is_no_congruence_may_go_on_from_an_equation() -> None:
    text = r"Here \(2 \cdot 4 = 9 \not\equiv 2 \pmod{7}\)."
    assert statuses(text) == [Status.REFUTED]
