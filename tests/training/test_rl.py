"""The RL stage: prompts that can teach, domains in balance, and a stage that runs to its end."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

pytest.importorskip("trl")

import torch

from clr.training import config, data, models, rl, sft
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
    recipe, context = config.load(path), Context("tiny:16x1", tmp_path, 0)
    for stage in recipe.stages:
        config.check_trainer(stage)
        options = {key: stage.trainer[key] for key in stage.trainer.keys() - ELSEWHERE}
        small = msgspec.structs.replace(stage, trainer={**options, **HERE})
        if isinstance(small, config.Rl | config.Instruct):
            small = msgspec.structs.replace(small, trainer={**small.trainer, **SMALL})
            trainer = rl.build([record(0)], small, context)
            assert trainer.args.loss_type == "grpo"
            assert trainer.args.num_iterations == 1
        else:
            built = sft.build(data.load([data.Traces(count=4)]), small, context)
            assert built.args.learning_rate == stage.trainer["learning_rate"]
            assert built.args.packing == stage.trainer.get("packing", False)


def test_prompts_that_do_not_fill_a_batch_are_repeated(tmp_path: Path) -> None:
    trainer = {"max_steps": 2, "disable_tqdm": True, **SMALL, "per_device_train_batch_size": 12}
    stage = config.Rl(name="rl", data=[data.Traces(count=1)], trainer=trainer)
    result = rl.run_rl(stage, Context(model="tiny:16x1", out=tmp_path, seed=0, workers=0))
    assert result.metrics["steps"] == 2


def test_adapters_are_merged_into_the_model(tmp_path: Path) -> None:
    stage = config.Sft(
        name="sft",
        data=[data.Traces(count=8)],
        lora={"r": 2, "target_modules": "all-linear"},
        trainer={"max_steps": 2, "learning_rate": 0.1, "disable_tqdm": True},
    )
    result = sft.run_sft(stage, Context(model="tiny:16x1", out=tmp_path, seed=5))
    found, start = models.load(result.model), models.load("tiny:16x1", seed=5)
    moved = {
        name
        for name, tensor in found.model.state_dict().items()
        if not torch.equal(tensor, start.model.state_dict()[name])
    }
    assert moved
    assert all("proj" in name for name in moved)
    assert found.tokenizer("1").input_ids == start.tokenizer("1").input_ids
