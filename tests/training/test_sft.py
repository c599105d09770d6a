"""The hard part of the data: long traces on prompts that the reference model mostly fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from clr.training import data, models, sft
from clr.training.config import Hard, Sampling, Short
from clr.training.data import Record, Traces
from clr.training.stage import Context

SHORT = Traces(count=8, terms=(2,))
LONG = Traces(count=8, seed=1, terms=(6,))


def hard(records: list[Record], min_tokens: int, out: Path) -> list[Record]:
    """What is left for a reference that, untrained, fails at everything."""
    settings = Hard(min_tokens=min_tokens, sampling=Sampling(k=2, max_new_tokens=4))
    return sft.hard(records, settings, Context(model="tiny:16x1", out=out, seed=0))


def test_long_traces_on_hard_prompts_are_kept(tmp_path: Path) -> None:
    records = data.load([SHORT, LONG])
    assert hard(records, 0, tmp_path / "all") == records
    assert hard(records, 25, tmp_path / "long") == list(data.read(LONG))


def test_nothing_hard_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="none is hard: 0 have min_tokens"):
        hard(data.load([SHORT]), 10**6, tmp_path)


TOKENIZER = models.load_tokenizer("tiny")


@pytest.mark.parametrize(
    ("completion", "tokens", "short"),
    [
        ("1 + 1 = 2\n2 + 3 = 5\nAnswer: 5", 9, "2 + 3 = 5\nAnswer: 5"),
        ("1 + 1 = 2\n2 + 3 = 5\nAnswer: 5", 2, "Answer: 5"),
        ("<think>Hm. 1 + 1 = 2</think>\n\nIt is 2.\n", 100, "It is 2."),
    ],
)
def test_short_forms_are_the_end_of_what_is_told(completion: str, tokens: int, short: str) -> None:
    record = Record(id="0", domain="math", prompt="?", completion=completion, answer="5")
    (kept,) = sft.short([record], Short(max_tokens=tokens), TOKENIZER)
    assert (kept.completion, kept.answer) == (short, "5")


def test_what_has_no_short_form_is_left_out() -> None:
    records = data.load([SHORT])
    with pytest.raises(data.UnusableData, match=r"raise short\.max_tokens"):
        sft.short(records, Short(max_tokens=1), TOKENIZER)
