"""The hard part of the data: long traces on prompts that the reference model mostly fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from clr.training import data, sft
from clr.training.config import Hard, Sampling
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
