"""Numbers in words, read as a whole or not at all."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clr.verifiers.numerals import cardinal, mixed_number, spoken

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def said(n: int, joined: str) -> str:
    """A whole number from 0 to 999,999,999 in words; `joined` stands after the hundreds."""
    for scale, name in ((10**6, "million"), (10**3, "thousand")):
        if n >= scale:
            rest = f" {said(n % scale, joined)}" if n % scale else ""
            return f"{said(n // scale, joined)} {name}{rest}"
    if n >= 100:
        return f"{ONES[n // 100]} hundred" + (f"{joined}{said(n % 100, joined)}" if n % 100 else "")
    if n >= 20:
        return TENS[n // 10 - 2] + (f"-{ONES[n % 10]}" if n % 10 else "")
    return ONES[n]


@given(st.integers(0, 10**9 - 1), st.sampled_from((" ", " and ")))
def test_what_is_said_is_read(n: int, joined: str) -> None:
    text = said(n, joined)
    assert cardinal(text) == n
    assert cardinal(text.replace("-", " ").upper()) == n
    if n:
        assert cardinal(f"minus {text}") == -n
    assert cardinal(f"{text} cats") is None


@pytest.mark.parametrize(
    "text",
    [
        "", "twenty twelve", "five twenty", "one two", "hundred and", "thousand million",
        "and five", "one thousand and", "two million five million", "twentyone", "seven-teen",
    ],
)  # fmt: skip
def test_what_is_no_number_is_none(text: str) -> None:
    assert cardinal(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("two and a half", Fraction(5, 2)),
        ("3 and three quarters", Fraction(15, 4)),
        ("two-thirds", Fraction(2, 3)),
        ("a dozen", Fraction(12)),
        ("42nd", Fraction(42)),
        ("half", Fraction(1, 2)),
        ("third", None),
        ("two halves of it", None),
        ("half and half", None),
        ("nothing and a half", None),
    ],
)
def test_parts(text: str, number: Fraction | None) -> None:
    assert spoken(text) == number


def test_a_mixed_number_has_a_proper_fraction() -> None:
    assert mixed_number("5 and 3/8") == Fraction(43, 8)
    assert mixed_number("5 and 8/3") is mixed_number("5 and 3/0") is None
