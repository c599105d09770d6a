"""Markup, sources, and what is taken back, as readers of logic see a step."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clr.reading.markup import asserted, plain, without_denied


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**Step 1:** The crow is *first*. ✓", "Step 1: The crow is first ."),
        ("- The crow is first ✔️", "The crow is first"),
        ("### Answer\n* `( [`", "Answer ( ["),
        (r"$\boxed{C}$", "answer:C"),
        (r"\[\boxed{\text{(C) blue ball}}\]", "answer: (C) blue ball"),
        (r"The answer is $\boxed{C}$.", "The answer is C ."),
        (r"So \text{the crow} is $2$nd", "So the crow is 2 nd"),
        ("The crow is (by clue 2) first (given). [1, 3]", "The crow is first ."),
        ("  + The crow\n\t•  is\n## __first__", "The crow is first"),
        (r"\mathrm{The crow} is \[\textbf{first}\]", "The crow is first"),
        # these mean something
        ("The crow is first. ✗", "The crow is first. ✗"),
        (r"\boxed{} ) >}", r"\boxed{} ) >}"),
        ("2 * 3 - 4", "2 * 3 - 4"),
    ],
)
def test_markup_is_blank(text: str, words: str) -> None:
    assert asserted(text).split() == words.split()


@pytest.mark.parametrize(
    "back",
    [
        "No, that is wrong.",
        "Wait, no.",
        "False.",
        "This is incorrect.",
        "But this contradicts clue 2.",
        "Option A is therefore false.",
        "✗",
        "Not possible!",
        "That can't be right.",
        "But that has the owl last, which is not allowed.",
        "Nope, it cannot be.",
        "However, this would violate clue 3.",
        "It does not fit.",
        "So no",
    ],
)
def test_what_is_taken_back_gets_a_cross(back: str) -> None:
    assert asserted(f"The crow is first.\n{back}").startswith("The crow is first✗")
    assert asserted("The crow is first.", back) == "The crow is first✗"


@pytest.mark.parametrize(
    "more",
    ["No bird is left.", "It can't be last.", "So this is the order.", "It is not last.", ""],
)
def test_what_is_not_taken_back_stays(more: str) -> None:
    assert "✗" not in asserted(f"The crow is first.\n{more}")


@given(st.text("ab *`\\{}[]$\n-#✓✗.N", max_size=40), st.text("No. wait", max_size=9))
def test_places_stay_the_same(text: str, ahead: str) -> None:
    assert len(asserted(text, ahead)) == len(plain(text)) == len(text)
    words = [(m, c) for m, c in enumerate(plain(text)) if c in "abN."]
    assert words == [(m, c) for m, c in enumerate(text) if c in "abN."]


def test_denied_sentences_can_be_left_out():
    assert without_denied("One. Two✗\nThree✗ four.") == "One." + " " * 5 + "\n" + " " * 6 + " four."
    assert without_denied("One. Two.") == "One. Two."
