"""What a fuzzer found: wording cut or repeated so that a reader failed, each found in no time."""

from __future__ import annotations

import re
from itertools import pairwise, product

import pytest

from clr.auditor import audit
from clr.reading import arguments
from clr.reading.lexicon import ORDINAL, ORDINALS
from clr.segment import trace_of

WORDS = "Sort the following words alphabetically: List: oven pear anvil oak"
SHELF = (
    "On a bench there are three jars: a red jar, a blue jar, {third}.\n"
    "- The red jar is to the left of the blue jar.\n- The green jar is the leftmost."
)


@pytest.mark.parametrize(
    ("problem", "response"),
    [
        (WORDS, 'We now have: (1) "anvil" < (15) ["" ? "oak"] < (16) "pear".'),
        (WORDS, 'We now have: (1) " " < (15) ["oven" ? "oak"].'),
        (WORDS, 'Looking at their 3th letters: "oven": "e" (5).'),
        (SHELF.format(third="and a green jar"), "The red jar is the 0th from the left."),
        (SHELF.format(third="\\) and a green jar"), "The red jar is the second."),
        (SHELF.format(third="( and a green jar"), "The red jar is the second."),
    ],
)
def test_damaged_wording_fails_no_reader(
    problem: str, response: str, caplog: pytest.LogCaptureFixture
) -> None:
    audit(trace_of("t", problem, response=response))
    assert not caplog.records


@pytest.mark.parametrize("text", ["0th", "3th", "1rd", "13rd", "11st", "00th", "٣rd", "100th"])
def test_what_is_no_ordinal_is_not_read_as_one(text: str) -> None:
    assert not re.search(ORDINAL, text)


@pytest.mark.parametrize("text", sorted(ORDINALS))
def test_every_ordinal_is_read(text: str) -> None:
    assert re.fullmatch(ORDINAL, text)


def test_an_argument_of_too_many_premises_is_left_alone() -> None:
    def problem(rules: int) -> str:
        names = ["".join(letters) + "k" for letters in product("aeiou", repeat=3)][: rules + 1]
        told = [f"All {a}s are {b}s." for a, b in pairwise(names)]
        return " ".join(told) + " Is it so?"

    assert arguments.context_of(problem(20)) is not None
    assert arguments.context_of(problem(100)) is None
