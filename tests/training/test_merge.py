"""Merging is a weighted mean, or a refusal that names what does not fit."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import load_file, save_file

from clr.training import models
from clr.training.merge import CannotMerge, merge


def checkpoint(folder: Path, **tensors: torch.Tensor) -> Path:
    folder.mkdir(parents=True)
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "config.json").write_text("{}")
    return folder


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0.125, 8), st.tuples(*[st.floats(-100, 100, width=32)] * 3)),
        min_size=1,
        max_size=4,
    )
)
def test_the_merge_is_the_weighted_mean(parts: list[tuple[float, tuple[float, ...]]]) -> None:
    weights = [weight for weight, _ in parts]
    with tempfile.TemporaryDirectory() as name:
        folders = [
            checkpoint(Path(name) / str(i), w=torch.tensor(values, dtype=torch.float64))
            for i, (_, values) in enumerate(parts)
        ]
        merged = load_file(merge(folders, Path(name) / "out", weights) / "model.safetensors")["w"]
    for place in range(3):
        mean = sum(w * values[place] for w, values in parts) / sum(weights)
        assert merged[place].item() == pytest.approx(mean, abs=1e-6)


def test_a_merged_model_loads(tmp_path: Path) -> None:
    folders = [
        models.save(models.load("tiny:16x1", seed=seed), tmp_path / str(seed)) for seed in (1, 2)
    ]
    merged = models.load(merge(folders, tmp_path / "merged")).model.state_dict()
    one, two = (models.load(folder).model.state_dict() for folder in folders)
    assert all(torch.allclose(merged[k], (one[k] + two[k]) / 2, atol=1e-6) for k in one)


def test_sharded_checkpoints_merge(tmp_path: Path) -> None:
    whole = models.load("tiny:16x1", seed=1).model
    whole.save_pretrained(tmp_path / "a", max_shard_size="4KB")
    models.load("tiny:16x1", seed=2).model.save_pretrained(tmp_path / "b")
    assert len(list((tmp_path / "a").glob("*.safetensors"))) > 1
    merge([tmp_path / "a", tmp_path / "b"], tmp_path / "c", [1, 0])
    state = type(whole).from_pretrained(tmp_path / "c").state_dict()
    assert all(torch.equal(state[k], value) for k, value in whole.state_dict().items())


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"w": torch.zeros(3)}, r"w: \(2,\).*\(3,\)"),
        ({"w": torch.zeros(2, dtype=torch.float16)}, "float16"),
        ({"v": torch.zeros(2)}, "differ in v"),
        ({"w": torch.tensor([0.0, float("nan")])}, "not finite"),
    ],
)
def test_what_does_not_fit_is_refused(
    other: dict[str, torch.Tensor], message: str, tmp_path: Path
) -> None:
    folders = [checkpoint(tmp_path / "a", w=torch.zeros(2)), checkpoint(tmp_path / "b", **other)]
    with pytest.raises(CannotMerge, match=message):
        merge(folders, tmp_path / "out")


@pytest.mark.parametrize("weights", [[1.0], [0.0, 0.0], [2.0, -1.0]])
def test_weights_must_fit(weights: list[float], tmp_path: Path) -> None:
    folders = [checkpoint(tmp_path / n, w=torch.zeros(2)) for n in "ab"]
    with pytest.raises(CannotMerge, match="2 weights"):
        merge(folders, tmp_path / "out", weights)
