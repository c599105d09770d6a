"""Recipes are read fully or refused, with the key at fault and the nearest known one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from clr.training import config


def recipe(**changes: Any) -> dict[str, Any]:
    stages = [
        {"kind": "sft", "name": "broad", "data": [{"use": "traces", "count": 10}]},
        {"kind": "rl", "name": "rl", "mgpo": {"gamma": 1.0}},
        {"kind": "distill", "name": "student", "teachers": ["rl"], "from": "broad"},
    ]
    return {"model": "tiny", "out": "runs/x", "stages": stages} | changes


def test_a_recipe_is_read() -> None:
    read = config.parse(recipe())
    assert [stage.name for stage in read.stages] == ["broad", "rl", "student"]
    assert isinstance(read.stages[2], config.Distill)
    assert read.stages[2].start == "broad"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (recipe(modle="x"), "unknown key 'modle'; did you mean model"),
        (
            recipe(stages=[{"kind": "rl", "name": "rl", "mgpo": {"gama": 2}}]),
            "stages.rl.mgpo: unknown key 'gama'; did you mean gamma",
        ),
        (
            recipe(stages=[{"kind": "sft", "name": "a", "data": [{"use": "traces", "cuont": 1}]}]),
            "did you mean count",
        ),
        (recipe(stages=[{"kind": "stf", "name": "a"}]), "stf"),
        (recipe(seed="one"), "Expected `int`"),
        (recipe(stages=[{"kind": "sft", "name": "a"}] * 2), "two stages"),
        (
            recipe(stages=[{"kind": "distill", "name": "d", "teachers": ["rl"]}]),
            "'rl' is not an earlier stage",
        ),
        (
            recipe(stages=[{"kind": "sft", "name": "a", "from": "a"}]),
            "'a' is not an earlier stage",
        ),
        (recipe(stages=[{"kind": "sft", "name": "../a"}]), "letters, digits"),
        ([], "Expected `object`"),
    ],
)
def test_what_cannot_be_run_is_refused(values: Any, message: str) -> None:
    with pytest.raises(config.RecipeError, match=".*" + message):
        config.parse(values)


def test_overrides_name_stages(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(yaml.safe_dump(recipe()))
    read = config.load(path, ["stages.rl.mgpo.gamma=2", "seed=3", "stages.0.trainer.max_steps=5"])
    rl = read.stages[1]
    assert isinstance(rl, config.Rl)
    assert (rl.mgpo.gamma, read.seed, read.stages[0].trainer) == (2, 3, {"max_steps": 5})


@pytest.mark.parametrize("override", ["seed", "stages.lr.mgpo.gamma=2", "stages.9.name=x"])
def test_an_override_without_a_place_is_refused(override: str, tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(yaml.safe_dump(recipe()))
    with pytest.raises(config.RecipeError, match="--set"):
        config.load(path, [override])
