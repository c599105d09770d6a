"""A recipe runs from one end to the other, and goes on where it was killed."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from multiprocessing.process import BaseProcess as Process
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from clr.training import config, pipeline
from clr.training.data import UnusableData

RESUME = {"resume": True}


EASY = {"use": "traces", "largest": 3, "terms": [2, 3]}
SAMPLING = {"k": 4, "max_new_tokens": 24, "batch": 16}
SAVED = {"disable_tqdm": True, "save_strategy": "steps", "save_steps": 2}
SFT = {**SAVED, "per_device_train_batch_size": 32, "max_length": 48, "logging_steps": 2}
GRPO = {
    **SAVED,
    "max_steps": 4,
    "per_device_train_batch_size": 16,
    "num_generations": 4,
    "max_completion_length": 24,
    "learning_rate": 1e-4,
    "logging_steps": 1,
}
BRIEF = {"id": "0", "domain": "instruct", "prompt": "Compute 1 + 1.\n", "checker": "rules"}


def smoke(out: Path) -> dict[str, Any]:
    """A recipe of all kinds of stages, on problems that a tiny model soon solves."""
    rules = [{**BRIEF, "detail": {"rules": [{"rule": "words", "most": n}]}} for n in (2, 6, 8)]
    out.parent.mkdir(parents=True, exist_ok=True)
    (out.parent / "rules.jsonl").write_text("".join(json.dumps(rule) + "\n" for rule in rules))
    rl = {"kind": "rl", "data": [{**EASY, "count": 32, "seed": 1}], "trainer": GRPO}
    return {
        "model": "tiny:48x2",
        "out": str(out),
        "evaluation": {"data": [{**EASY, "count": 12, "seed": 9}], "sampling": SAMPLING},
        "stages": [
            {
                "kind": "sft",
                "name": "broad",
                "data": [{**EASY, "count": 2000, "guessed": 0.3}],
                "probe": {
                    "every": 60,
                    "data": [{**EASY, "count": 8, "seed": 7}],
                    "sampling": SAMPLING,
                },
                "trainer": {**SFT, "max_steps": 120, "learning_rate": 5e-3},
            },
            {
                "kind": "sft",
                "name": "hard",
                "data": [{**EASY, "count": 64, "seed": 3}],
                "hard": {"min_tokens": 5, "min_error_rate": 0.25, "sampling": SAMPLING},
                "trainer": {**SFT, "max_steps": 4},
            },
            {**rl, "name": "rl", "process": 0.3, "drop_decided": SAMPLING},
            {
                **rl,
                "name": "brief",
                "long2short": 0.2,
                "trainer": {**GRPO, "scale_rewards": "none"},
            },
            {
                "kind": "distill",
                "name": "student",
                "from": "broad",
                "teachers": ["rl", "brief"],
                "data": [{**EASY, "count": 32, "seed": 2}],
                "sampling": SAMPLING,
                "select": {"buckets": 2, "quantiles": [0.2, 1.0], "min_reliability": 0.0},
                "trainer": {**SFT, "max_steps": 4, "learning_rate": 1e-3},
            },
            {
                "kind": "sft",
                "name": "short",
                "data": [{"use": "file", "path": str(out / "05-student" / "lesson.jsonl")}],
                "short": {"max_tokens": 8},
                "trainer": {**SFT, "max_steps": 4},
            },
            {
                "kind": "instruct",
                "name": "instruct",
                "data": [{"use": "file", "path": str(out.parent / "rules.jsonl")}],
                "trainer": GRPO,
            },
        ],
    }


KILLED_AT = [
    "01-broad/trainer/checkpoint-60",
    "01-broad/probes/checkpoint-60/rollouts-0-of-1.jsonl",
    "01-broad/probe.json",
    "01-broad/evaluation/*/rollouts-0-of-1.jsonl",
    "02-hard/reference/rollouts-0-of-1.jsonl",
    "02-hard/trainer/checkpoint-2",
    "03-rl/start/rollouts-0-of-1.jsonl",
    "03-rl/trainer/checkpoint-2",
    "04-brief/trainer/checkpoint-2",
    "05-student/rollouts/brief/rollouts-0-of-1.jsonl",
    "05-student/trainer/checkpoint-2",
    "06-short/trainer/checkpoint-2",
    "07-instruct/trainer/checkpoint-2",
    "07-instruct/manifest.json",
]
"""What a run leaves on its way, at least once in every stage and kind of work."""


def results(out: Path) -> list[dict[str, Any]]:
    """Manifests and scores without what differs from run to run."""
    found = []
    for path in sorted(out.glob("*/manifest.json")):
        manifest = json.loads(path.read_text())
        score = json.loads((path.parent / "score.json").read_text())
        found.append({key: manifest[key] for key in ("stage", "metrics")} | score)
    return found


def finished(out: Path) -> dict[Path, int]:
    """What is complete, and when it was written: it must not be written again."""
    patterns = ("*/manifest.json", "*/score.json", "*/trainer/checkpoint-*/model*")
    # of checkpoints only those that are whole, which their trainer's state says last
    found = [path for pattern in patterns for path in out.glob(pattern)]
    whole = [p for p in found if "checkpoint" not in str(p) or _state(p).is_file()]
    return {path: path.stat().st_mtime_ns for path in whole}


def _state(part: Path) -> Path:
    return part.parent / "trainer_state.json"


def kill_at(out: Path, moment: str, run: Process) -> None:
    """Kill a run as soon as something has appeared."""
    deadline = time.monotonic() + 200
    while not list(out.glob(moment)) and time.monotonic() < deadline:
        assert run.exitcode is None, f"ended before {moment}"
        time.sleep(0.002)
    os.kill(run.pid, signal.SIGKILL)
    run.join()


@pytest.mark.slow
def test_a_run_killed_in_every_stage_goes_on_to_the_same_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # the server has imported all: a killed process costs no more than its work
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload([kind.partition(":")[0] for kind in pipeline.KINDS.values()])
    recipe, whole = tmp_path / "killed" / "recipe.yaml", tmp_path / "whole" / "recipe.yaml"
    for path in (recipe, whole):
        path.parent.mkdir()
        path.write_text(yaml.safe_dump(smoke(path.parent / "run")))
    out = recipe.parent / "run"
    for moment in KILLED_AT:
        before = finished(out)
        run = server.Process(target=pipeline.run, args=(config.load(recipe),), kwargs=RESUME)
        run.start()
        kill_at(out, moment, run)
        assert before.items() <= finished(out).items(), moment
    before = finished(out)
    for path in (recipe, whole):
        run = server.Process(target=pipeline.run, args=(config.load(path),), kwargs=RESUME)
        run.start()
        run.join(300)
        assert run.exitcode == 0
    assert before.items() <= finished(out).items()
    expected, found = results(whole.parent / "run"), results(out)
    assert [stage["stage"] for stage in found] == [stage["name"] for stage in smoke(out)["stages"]]
    for one, other in zip(expected, found, strict=True):
        assert one.keys() == other.keys()
        assert other["metrics"] == pytest.approx(one["metrics"], rel=1e-4, abs=1e-5), one["stage"]
        assert other["right"] == one["right"], one["stage"]


@pytest.mark.slow
def test_two_processes_run_a_whole_recipe(tmp_path: Path) -> None:
    recipe = tmp_path / "recipe.yaml"
    recipe.write_text(yaml.safe_dump(smoke(tmp_path / "run")))
    launch = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc_per_node=2"]
    environment = {"ACCELERATE_USE_CPU": "true", "OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"}
    done = subprocess.run(
        [*launch, "-m", "clr", "train", "run", str(recipe)],
        env={**os.environ, **environment},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=400,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = results(tmp_path / "run")
    assert [stage["stage"] for stage in found] == [s["name"] for s in smoke(tmp_path)["stages"]]
    assert all(stage["k"] == SAMPLING["k"] for stage in found)
    assert [stage["metrics"]["steps"] for stage in found] == [120, *[4] * 6]
    assert done.stderr.count("broad: running") == 1
    assert (tmp_path / "run" / "report.html").is_file()


ACCELERATE = sorted((Path(__file__).parents[2] / "recipes" / "accelerate").glob("*.yaml"))


@pytest.mark.parametrize("path", ACCELERATE, ids=lambda path: path.stem)
def test_accelerate_reads_the_launch_files(path: Path) -> None:
    from accelerate.commands.config.config_args import load_config_from_file

    found = load_config_from_file(str(path))
    assert found.distributed_type.value in {"FSDP", "DEEPSPEED"}
    # every process samples with a whole model of its own
    assert not found.fsdp_config.get("fsdp_cpu_ram_efficient_loading")
    assert not found.deepspeed_config.get("zero3_init_flag")


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
    with pytest.raises(config.RecipeError, match="'hard', which is not finished"):
        pipeline.run(recipe, only=["rl"])
    with pytest.raises(config.RecipeError, match="no such stage"):
        pipeline.run(recipe, only=["lr"])


def test_what_an_unfinished_stage_was_begun_with_is_kept(tmp_path: Path) -> None:
    recipe = one_stage(tmp_path / "run", hard={"min_tokens": 10**6, "sampling": SAMPLING})
    with pytest.raises(UnusableData, match="none is hard"):
        pipeline.run(recipe)
    begun = json.loads((tmp_path / "run" / "01-only" / pipeline.BEGUN).read_text())
    assert begun["settings"]["trainer"]["max_steps"] == 1
    with pytest.raises(config.RecipeError, match="begun with other settings"):
        pipeline.run(one_stage(tmp_path / "run"), resume=True)


def test_a_stage_depends_on_what_it_needs_and_on_nothing_else(tmp_path: Path) -> None:
    values = smoke(tmp_path / "run")
    values["stages"].append({**values["stages"][2], "name": "other", "from": "broad"})
    before = pipeline.config_hashes(config.parse(values))
    values["stages"][-1]["process"] = 0.1
    after = pipeline.config_hashes(config.parse(values))
    assert {name for name in before if before[name] != after[name]} == {"other"}
    values["stages"][3]["long2short"] = 0.1
    later = pipeline.config_hashes(config.parse(values))
    # the student starts from the first stage, and learns from this one
    assert {name for name in before if after[name] != later[name]} == {
        "brief",
        "student",
        "short",
        "instruct",
    }


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


def test_data_are_looked_at_before_anything_runs(tmp_path: Path) -> None:
    values = smoke(tmp_path / "run")
    values["stages"][3]["data"] = [{"use": "file", "path": str(tmp_path / "absent.jsonl")}]
    with pytest.raises(FileNotFoundError, match="absent"):
        pipeline.run(config.parse(values))
    assert not (tmp_path / "run").exists()
