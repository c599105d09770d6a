"""Statements named by letters, and arguments in symbols."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clr
from clr.claim import Status
from clr.reading.symbols import naming, symbolic

BAR = (
    "If it rains, the match is cancelled. If the match is cancelled, the bar is empty. The bar is "
    "not empty. Did it rain?"
)
NAMES = {"R": "it rains", "C": "the match is cancelled", "E": "the bar is empty"}


def statuses(*steps: str) -> list[Status]:
    report = clr.audit(problem=BAR, steps=list(steps))
    return [
        c.verdict.status for s in report.steps for c in s.claims if c.claim.kind == "entailment"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Let R: it rains, C: the match is cancelled, E: the bar is empty.",
        'Let R = "it rains", C = "the match is cancelled", and E = "the bar is empty".',
        "Let R be it rains; C be the match is cancelled; E be the bar is empty.",
        "- R: it rains\n- C: the match is cancelled\n- E: the bar is empty",
        "Let R denote the statement that it rains. Let C mean the match is cancelled. "
        "Let E stand for the bar is empty.",
    ],
)
def test_letters_name_statements(text):
    steps = (text, "R → C, C → E, ¬E", "From C → E and ¬E we get ¬C.", "Therefore ¬R.")
    found = statuses(*steps)
    assert set(found[-7:]) == {Status.VERIFIED}
    assert statuses(text, "Therefore R.")[-1] is Status.REFUTED
    assert Status.REFUTED in statuses(text, "From R → C and ¬C, we get R.")


@settings(max_examples=30, deadline=None)
@given(
    st.permutations("RCEPQSXZ"), st.sampled_from(["{} → {}", "{} -> {}", "${} \\rightarrow {}$"])
)
def test_which_letters_are_chosen_does_not_matter(letters, arrow):
    r, c, e = letters[:3]
    told = ", ".join(f"{x}: {NAMES[y]}" for x, y in zip((r, c, e), "RCE", strict=True))
    steps = (f"Let {told}.", arrow.format(r, c), f"¬{e}, so ¬{c}", f"So ¬{r}.")
    assert set(statuses(*steps)[1:]) == {Status.VERIFIED}
    assert statuses(f"Let {told}.", f"So {c}.")[-1] is Status.REFUTED


@pytest.mark.parametrize(
    "text",
    ["R → C → E", "R → C unless E", "We get a C.", "C is what follows.", "Suppose R.", "R → c"],
)
def test_symbols_among_other_words_are_not_read(text):
    assert symbolic(text) is None


def test_letters_that_were_not_introduced_say_nothing():
    assert set(statuses("R → C, C → E, ¬E", "So R.")) == {Status.UNVERIFIABLE}


def test_a_letter_has_one_meaning():
    assert naming("Let R: it rains, R: the bar is empty.") is None
    assert naming("Let R: it rains, C: something happens somewhere else, maybe.") is None


@pytest.mark.parametrize(
    ("steps", "wrong"),
    [
        (["Let p: it rains, q: the match is cancelled, r: the bar is empty.",
          "p → q, q → r, ¬r.", "From q → r and ¬r, by modus tollens ¬q.", "So ¬p."], "So p."),
        (["Let p = 'it rains' and q = 'the match is cancelled'.", "1. p → q\n2. ¬q"], "3. q"),
    ],
)  # fmt: skip
def test_small_letters_name_statements_too(steps, wrong):
    assert set(statuses(*steps)[1:]) == {Status.VERIFIED}
    assert statuses(*steps, wrong)[-1] is Status.REFUTED


@pytest.mark.parametrize(
    "text",
    [
        "Suppose p. Then q, so r. But ¬r. So ¬p.",
        "Assume p for contradiction. Then q.",
        "What if p? Then q.",
        "Case 1: p. Then q.",
        "If p, then q holds. Then r.",
        "Let p hold. Then q.",
    ],
)
def test_what_is_supposed_of_a_letter_is_no_claim(text):
    told = "Let p: it rains, q: the match is cancelled, r: the bar is empty."
    assert Status.REFUTED not in statuses(told, text, "So r.")


PETS = "All cats are mammals. No mammals are reptiles. Tom is a cat. Is Tom a reptile?"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("∀x (Cat(x) → Mammal(x)), Cat(tom), so Mammal(tom).", Status.VERIFIED),
        (r"$\forall x (Mammal(x) \to \neg Reptile(x))$", Status.VERIFIED),
        (r"$\forall x (Mammal(x) \to Reptile(x))$", Status.REFUTED),
        ("Mammal(tom) → ¬Reptile(tom)", Status.VERIFIED),
        ("So Reptile(tom).", Status.REFUTED),
        ("3. Mammal(tom) (from 1, 2)", Status.VERIFIED),
        ("Cat(tom) ∧ Reptile(tom)", Status.REFUTED),
        ("¬∃x (Cat(x) ∧ Reptile(x))", Status.VERIFIED),
        ("∃x (Cat(x) ∧ Reptile(x))", Status.REFUTED),
        ("Bird(tom)", Status.UNVERIFIABLE),
        ("Suppose Reptile(tom).", Status.UNVERIFIABLE),
    ],
)
def test_formulas_about_the_things_of_the_problem(text, status):
    report = clr.audit(problem=PETS, steps=[text])
    found = [c.verdict.status for c in report.steps[0].claims if c.claim.kind == "entailment"]
    assert found[-1] is status
