"""A recipe runs from one end to the other, and goes on where it was killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from clr.training import config, pipeline

ROOT = Path(__file__).resolve().parents[2]


def smoke(out: Path) -> dict[str, Any]:
    """A recipe of all kinds of stages but instruct, on problems that a tiny model soon solves."""
    easy = {"use": "traces", "largest": 3, "terms": [2, 3]}
    sampling = {"k": 4, "max_new_tokens": 24, "batch": 128}
    trainer = {
        "per_device_train_batch_size": 32,
        "max_length": 48,
        "logging_steps": 5,
        "disable_tqdm": True,
        "save_strategy": "steps",
        "save_steps": 30,
    }
    return {
        "model": "tiny:48x2",
        "out": str(out),
        "evaluation": {"data": [{**easy, "count": 12, "seed": 9}], "sampling": sampling},
        "stages": [
            {
                "kind": "sft",
                "name": "broad",
                "data": [{**easy, "count": 2000, "guessed": 0.3}],
                "probe": {
                    "every": 60,
                    "data": [{**easy, "count": 8, "seed": 7}],
                    "sampling": sampling,
                },
                "trainer": {**trainer, "max_steps": 120, "learning_rate": 5e-3},
            },
            {
                "kind": "rl",
                "name": "rl",
                "data": [{**easy, "count": 64, "seed": 1}],
                "process": 0.3,
                "trainer": {
                    "max_steps": 4,
                    "per_device_train_batch_size": 32,
                    "num_generations": 4,
                    "max_completion_length": 24,
                    "learning_rate": 1e-4,
                    "logging_steps": 1,
                    "disable_tqdm": True,
                    "save_strategy": "steps",
                    "save_steps": 2,
                },
            },
            {
                "kind": "distill",
                "name": "student",
                "from": "broad",
                "teachers": ["rl"],
                "data": [{**easy, "count": 64, "seed": 2}],
                "sampling": sampling,
                "select": {"buckets": 2, "quantiles": [0.2, 1.0], "min_reliability": 0.0},
                "trainer": {**trainer, "max_steps": 6, "save_steps": 2, "learning_rate": 1e-3},
            },
        ],
    }


def start(recipe: Path, *options: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "clr", "train", "run", str(recipe), *options],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def results(out: Path) -> list[dict[str, Any]]:
    """Manifests and scores without what differs from run to run."""
    found = []
    for path in sorted(out.glob("*/manifest.json")):
        manifest = json.loads(path.read_text())
        score = json.loads((path.parent / "score.json").read_text())
        found.append({key: manifest[key] for key in ("stage", "config", "data", "metrics")} | score)
    return found


def write(tmp_path: Path, name: str) -> Path:
    path = tmp_path / f"{name}.yaml"
    path.write_text(yaml.safe_dump(smoke(tmp_path / name)))
    return path


@pytest.mark.slow
def test_a_killed_run_goes_on_to_the_same_end(tmp_path: Path) -> None:
    undisturbed = start(write(tmp_path, "undisturbed"))
    recipe, out = write(tmp_path, "killed"), tmp_path / "killed"
    assert undisturbed.wait(300) == 0
    moments = [
        "01-broad/trainer/checkpoint-60/model.safetensors",
        "02-rl/trainer/checkpoint-2",
        "03-student/trainer/checkpoint-2",
    ]
    for moment in moments:
        run = start(recipe, "--resume")
        deadline = time.monotonic() + 200
        while not (out / moment).exists() and time.monotonic() < deadline:
            assert run.poll() is None, f"ended before {moment}"
            time.sleep(0.005)
        run.send_signal(signal.SIGKILL)
        run.wait()
    finished = {path: path.stat().st_mtime_ns for path in out.glob("*/manifest.json")}
    assert len(finished) == 2
    assert start(recipe, "--resume").wait(300) == 0
    assert {path: path.stat().st_mtime_ns for path in finished} == finished
    expected, found = results(tmp_path / "undisturbed"), results(out)
    assert [stage["stage"] for stage in found] == ["broad", "rl", "student"]
    for one, other in zip(expected, found, strict=True):
        assert one.keys() == other.keys()
        assert one["data"] == other["data"]
        assert other["metrics"] == pytest.approx(one["metrics"], rel=1e-4, abs=1e-5)
        assert other["mean"] == pytest.approx(one["mean"], abs=1e-9)


def one_stage(out: Path, **changes: Any) -> config.Recipe:
    values = smoke(out)
    stage = {
        "kind": "sft",
        "name": "only",
        "data": [{"use": "traces", "count": 8}],
        "trainer": {"max_steps": 1, "per_device_train_batch_size": 4, "disable_tqdm": True},
    }
    return config.parse({**values, "model": "tiny:16x1", "stages": [stage | changes]})


def test_finished_stages_are_not_repeated_nor_overwritten(tmp_path: Path) -> None:
    recipe = one_stage(tmp_path / "run")
    (first,) = pipeline.run(recipe)
    manifest = first.manifest
    assert manifest.metrics["steps"] == 1
    assert {"torch", "trl"} <= manifest.packages.keys()
    assert first.score is not None and 0 <= first.score.mean <= 1
    assert pipeline.run(recipe, resume=True) == [first]
    with pytest.raises(config.RecipeError, match="--resume"):
        pipeline.run(recipe)
    other = one_stage(tmp_path / "run", trainer={"max_steps": 2})
    with pytest.raises(config.RecipeError, match="begun with other settings"):
        pipeline.run(other, resume=True)


def test_unknown_trainer_options_are_refused_before_anything_runs(tmp_path: Path) -> None:
    recipe = one_stage(tmp_path / "run", trainer={"learning_rat": 1.0})
    with pytest.raises(config.RecipeError, match="did you mean learning_rate"):
        pipeline.run(recipe)
    assert not (tmp_path / "run").exists()


def test_only_needs_what_comes_before(tmp_path: Path) -> None:
    recipe = config.parse(smoke(tmp_path / "run"))
    with pytest.raises(config.RecipeError, match="'broad', which is not finished"):
        pipeline.run(recipe, only=["rl"])
    with pytest.raises(config.RecipeError, match="no such stage"):
        pipeline.run(recipe, only=["lr"])


def test_what_an_unfinished_stage_was_begun_with_is_kept(tmp_path: Path) -> None:
    recipe = one_stage(tmp_path / "run", data=[{"use": "file", "path": str(tmp_path / "absent")}])
    with pytest.raises(FileNotFoundError):
        pipeline.run(recipe)
    begun = json.loads((tmp_path / "run" / "01-only" / pipeline.BEGUN).read_text())
    assert begun["settings"]["trainer"]["max_steps"] == 1
    with pytest.raises(config.RecipeError, match="begun with other settings"):
        pipeline.run(one_stage(tmp_path / "run"), resume=True)


def test_a_stage_depends_on_what_it_needs_and_on_nothing_else(tmp_path: Path) -> None:
    values = smoke(tmp_path / "run")
    values["stages"].insert(2, {**values["stages"][1], "name": "other", "from": "broad"})
    before = pipeline.config_hashes(config.parse(values))
    values["stages"][2]["process"] = 0.1
    after = pipeline.config_hashes(config.parse(values))
    assert {name for name in before if before[name] != after[name]} == {"other"}
    values["stages"][1]["process"] = 0.1
    later = pipeline.config_hashes(config.parse(values))
    assert {name for name in before if after[name] != later[name]} == {"rl", "student"}


def test_another_evaluation_is_measured_anew(tmp_path: Path) -> None:
    recipe = one_stage(tmp_path / "run")
    assert recipe.evaluation is not None
    (first,) = pipeline.run(recipe)
    fewer = msgspec.structs.replace(recipe.evaluation.sampling, k=2)
    evaluation = msgspec.structs.replace(recipe.evaluation, sampling=fewer)
    other = msgspec.structs.replace(recipe, evaluation=evaluation)
    (second,) = pipeline.run(other, resume=True)
    assert second.manifest == first.manifest
    assert first.score is not None and second.score is not None
    assert (first.score.k, second.score.k) == (4, 2)
