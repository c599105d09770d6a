"""Cues: what may be present is never missed, in any text in lower case."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clr.reading import discourse
from clr.reading.cues import Cues, cues_of, present, words_of

SETS = [cues for cues in vars(discourse).values() if isinstance(cues, Cues)]
WORDS = sorted(set(re.findall(r"[a-z]{2,}", " ".join(c.pattern.pattern for c in SETS))))


@given(
    st.lists(st.sampled_from([*WORDS, "the", "we", "x", "(", "don't", "."]), max_size=8), st.data()
)
def test_a_set_that_is_found_is_present(words: list[str], data: st.DataObject) -> None:
    glue = data.draw(st.sampled_from([" ", "", "\n", "-"]))
    text = glue.join(words) + data.draw(st.sampled_from(["", "ing", "s", "ed", " to"]))
    bits = present(words_of(text))
    for cues in SETS:
        if cues.pattern.search(text):
            assert bits & cues.bit, (cues.pattern.pattern, text)


def test_most_sets_are_absent_from_a_plain_sentence() -> None:
    text = "the red car drives 5 hours at 60 miles per hour, a distance of "
    bits = present(words_of(text))
    assert not any(bits & cues.bit for cues in SETS)


def test_a_cue_begins_with_letters() -> None:
    with pytest.raises(ValueError, match="must begin with letters"):
        Cues(r"\d+ apples")
    with pytest.raises(ValueError, match="needs 3 letters"):
        Cues("if")


def test_a_set_that_is_made_later_finds_words_that_were_met_before() -> None:
    text = "the quoll sleeps"
    assert cues_of(text) == present(words_of(text)) == 0
    later = Cues("quoll", whole=True)
    assert cues_of(text) == present(words_of(text)) == later.bit
