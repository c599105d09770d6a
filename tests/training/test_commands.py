"""`clr train` by hand: merging, scoring, and messages that say what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from clr.cli import app
from clr.training import config, models

ROOT = Path(__file__).resolve().parents[2]


def clr(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["train", *map(str, arguments)])
    return result.exit_code, result.stdout or result.output


def test_checkpoints_are_merged_and_traces_scored(tmp_path: Path) -> None:
    folders = [
        models.save(models.load("tiny:16x1", seed=seed), tmp_path / str(seed)) for seed in (1, 2)
    ]
    assert clr("merge", *folders, "-o", tmp_path / "merged", "--weight", 1, "--weight", 3)[0] == 0
    data = tmp_path / "traces.jsonl"
    data.write_text('{"id": "a", "prompt": "Compute 1 + 1.", "completion": "Answer: 2"}\n')
    code, output = clr("score-lp", tmp_path / "merged", "--data", data)
    line = json.loads(output.splitlines()[-1])
    assert code == 0
    assert (line["id"], line["tokens"]) == ("a", 3)
    assert line["score"] > 0


def test_what_cannot_be_merged_is_named(tmp_path: Path) -> None:
    folders = [
        models.save(models.load(name), tmp_path / name[-4:]) for name in ("tiny:16x1", "tiny:32x1")
    ]
    code, output = clr("merge", *folders, "-o", tmp_path / "merged")
    assert code == 2
    assert ", 32)" in output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "tinny"], "did you mean tiny"),
        (["run", "tiny", "--set", "stages.rl.mgpo.gama=2"], "did you mean gamma"),
        (["run", "tiny", "--only", "lr"], "no such stage"),
    ],
)
def test_mistakes_are_explained(arguments: list[str], message: str) -> None:
    code, output = clr(*arguments)
    assert code == 2
    assert message in " ".join(output.split())


@pytest.mark.parametrize("path", sorted((ROOT / "recipes").glob("*.yaml")), ids=lambda p: p.stem)
def test_every_shipped_recipe_is_read(path: Path) -> None:
    recipe = config.load(path)
    assert recipe.out == f"runs/{path.stem}"
    for stage in recipe.stages:
        config.check_trainer(stage)
