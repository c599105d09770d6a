"""The RL stage: prompts that can teach, domains in balance, and a stage that runs to its end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

pytest.importorskip("trl")

from trl import SFTConfig

from clr.training import config, data, models, rl
from clr.training.data import Record
from clr.training.stage import Context


def record(number: int, domain: str = "math", answer: str = "1") -> Record:
    return Record(id=f"{domain}-{number}", domain=domain, prompt=f"{number}\n", answer=answer)


def test_small_domains_come_as_often_as_large_ones() -> None:
    mixed = rl.balanced([*(record(i) for i in range(4)), record(0, "code"), record(1, "code")])
    assert [r.domain for r in mixed] == ["math", "code"] * 4
    assert [r.id for r in mixed if r.domain == "code"] == ["code-0", "code-1"] * 2


def test_one_domain_stays_as_it_is() -> None:
    records = [record(i) for i in range(3)]
    assert rl.balanced(records) == records


def test_the_reward_is_the_outcome_for_text_and_for_conversations() -> None:
    reward = rl.outcome([record(0), record(1, answer="2")])
    said = ["Answer: 2", [{"role": "assistant", "content": "Answer: 2"}]]
    assert reward(completions=said, record=[0, 1], prompts=[]) == [0.0, 1.0]


def test_prompts_that_are_never_solved_teach_nothing(tmp_path: Path) -> None:
    context = Context(model="tiny:16x1", out=tmp_path, seed=0)
    with pytest.raises(ValueError, match="2 never"):
        rl.undecided([record(0), record(1)], config.Sampling(k=2, max_new_tokens=2), context)


@pytest.mark.parametrize("extra", [{}, {"process": 0.3}, {"keep": 0.5}, {"long2short": 0.2}])
def test_a_stage_trains_and_leaves_a_model(tmp_path: Path, extra: dict[str, float]) -> None:
    stage = config.Rl(
        name="rl",
        data=[data.Traces(count=8)],
        trainer={
            "max_steps": 1,
            "per_device_train_batch_size": 4,
            "num_generations": 4,
            "max_completion_length": 4,
            "disable_tqdm": True,
            "logging_steps": 1,
        },
        **extra,
    )
    result = rl.run_rl(stage, Context(model="tiny:16x1", out=tmp_path, seed=0))
    assert result.metrics["steps"] == 1
    assert {"reward", "mgpo/weight", "clr/quality"} <= set(result.metrics)
    models.load(result.model)


RECIPES = sorted((Path(__file__).parents[2] / "recipes").glob("*.yaml"))
HERE = {"bf16": False, "use_cpu": True, "gradient_checkpointing": False, "report_to": "none"}
SMALL = {"per_device_train_batch_size": 4, "num_generations": 4, "max_completion_length": 8}
ELSEWHERE = {"deepspeed", "fsdp", "fsdp_config", "generation_batch_size", "use_vllm", "vllm_mode"}


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.stem)
def test_the_trainers_of_every_recipe_can_be_built(path: Path, tmp_path: Path) -> None:
    """At the size of this machine: what needs an accelerator or a launcher is left out."""
    recipe = config.load(path)
    for stage in recipe.stages:
        config.check_trainer(stage)
        options = {key: stage.trainer[key] for key in stage.trainer.keys() - ELSEWHERE}
        small = msgspec.structs.replace(stage, trainer={**options, **HERE})
        if isinstance(small, config.Rl | config.Instruct):
            small = msgspec.structs.replace(small, trainer={**small.trainer, **SMALL})
            trainer = rl.build([record(0)], small, Context("tiny:16x1", tmp_path, 0))
            assert trainer.args.loss_type == "grpo"
            assert trainer.args.num_iterations == 1
        else:
            built = SFTConfig(**small.trainer, output_dir=str(tmp_path))
            assert built.learning_rate == stage.trainer["learning_rate"]


@pytest.mark.slow
def test_two_processes_train_one_model(tmp_path: Path) -> None:
    recipe = {
        "model": "tiny:16x1",
        "out": str(tmp_path / "run"),
        "evaluation": {
            "data": [{"use": "traces", "count": 3, "seed": 9}],
            "sampling": {"k": 2, "max_new_tokens": 6},
        },
        "stages": [
            {
                "kind": "rl",
                "name": "rl",
                "process": 0.3,
                "long2short": 0.2,
                "data": [{"use": "traces", "count": 16}],
                "trainer": {
                    "max_steps": 2,
                    "per_device_train_batch_size": 2,
                    "num_generations": 4,
                    "max_completion_length": 6,
                    "logging_steps": 1,
                },
            }
        ],
    }
    (tmp_path / "recipe.yaml").write_text(json.dumps(recipe))  # JSON is YAML
    launch = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc_per_node=2"]
    done = subprocess.run(
        [*launch, "-m", "clr", "train", "run", str(tmp_path / "recipe.yaml")],
        env={**os.environ, "ACCELERATE_USE_CPU": "true", "OMP_NUM_THREADS": "1"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=170,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    manifest = json.loads((tmp_path / "run" / "01-rl" / "manifest.json").read_text())
    assert manifest["metrics"]["steps"] == 2
    assert json.loads((tmp_path / "run" / "01-rl" / "score.json").read_text())["k"] == 2
    assert (tmp_path / "run" / "report.html").is_file()
