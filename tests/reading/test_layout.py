"""Layout is read as what it stands for, and every character keeps its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clr
from clr.claim import Status
from clr.reading.layout import laid_open

MARKS = ["&times;", "&lt;", "&sup2;", "&bogus;", "&", ";", "<sup>", "2", "</sup>", "<br>", "<b>",
         "</b>", "> ", ">>> ", "\n", "\u00a0", "Step ", "Case 3", " - ", "(2) ", "x", "5 + 3",
         " = 8", "<", "**"]  # fmt: skip


@given(st.lists(st.sampled_from(MARKS), max_size=12).map("".join))
def test_the_length_stays(text: str) -> None:
    assert len(laid_open(text)) == len(text)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("3 &times; 5 &minus; 1", "3 × 5 − 1"),
        ("2 &lt; 3 &amp; 4 &#62; 3", "2 < 3 & 4 > 3"),
        ("4<sup>2</sup> = 16", "4² = 16"),
        ("2<sup>n + 1</sup>", "2^(n + 1)"),
        ("a<sub>1</sub>", "a_{1}"),
        ("<p>3 + 4</p>", "3 + 4"),
        ("> 3 + 4 = 7\n> > 5", "3 + 4 = 7 5"),
        ("50\u00a0÷ 5", "50 ÷ 5"),
        ("**Step 2** - 3 + 4", "**Step : 3 + 4"),
        ("Case 1 – n = 2", "Case: n = 2"),
        ("x > 3 - 1 and a < b", "x > 3 - 1 and a < b"),
        (">>> 3 + 4", ">>> 3 + 4"),
        ("In case n - 1 = 2", "In case n - 1 = 2"),
    ],
)
def test_what_layout_stands_for(written: str, meant: str) -> None:
    assert "".join(laid_open(written).split()) == "".join(meant.split())


@pytest.mark.parametrize(
    "step",
    [
        "<b>Total</b>: 3 &times; 5 = {} <br> and that is all.",
        "> 3 * 5 = {}",
        "Step 4 - 3 * 5 = {}",
        "3\u00a0*\u00a05 = {}",
    ],
)
def test_claims_are_found_in_it_and_shown_as_written(step: str) -> None:
    for result, status in ((15, Status.VERIFIED), (16, Status.REFUTED)):
        text = step.format(result)
        (claim,) = clr.audit(problem="p", steps=["We begin.", text]).claims
        assert claim.verdict.status is status
        assert claim.claim.text in text
