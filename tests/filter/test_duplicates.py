from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clr.filter.duplicates import Kept, name_of, signature_of

LONG = " ".join(f"step {n} gives {n * n}" for n in range(60))


def test_near_duplicates_differ_in_few_words() -> None:
    kept = Kept()
    kept.add_signature(signature_of(LONG), 7)
    assert kept.like(signature_of(LONG.upper())) == 7
    assert kept.like(signature_of(LONG.replace("step 30", "Step  number 30"))) == 7
    assert kept.like(signature_of(LONG.replace("gives", "is"))) is None
    assert kept.like(signature_of("")) is None
    kept.close()


def test_texts_are_the_same_whatever_their_case_and_spacing() -> None:
    assert name_of("So  x = 3.\n") == name_of("so x = 3.")
    assert name_of("so x = 3.") != name_of("so x = 4.")


@given(st.text())
def test_any_text_has_a_name_and_a_signature(text: str) -> None:
    assert -(1 << 63) <= name_of(text) < 1 << 63
    assert signature_of(text).shape == (64,)


def test_half_of_a_surrogate_pair_has_both_too() -> None:
    name_of("\ud800")
    signature_of("\ud800")


def test_solutions_are_counted_by_prompt() -> None:
    kept = Kept()
    kept.add_solution(1, -5)
    kept.add_solution(1, 6)
    kept.add_solution(2, 6)
    assert [kept.solutions(prompt) for prompt in (1, 2, 3)] == [2, 1, 0]
    assert kept.same_solution(1, -5)
    assert not kept.same_solution(2, -5)
    kept.close()
