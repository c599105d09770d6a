"""The RL stage: prompts that can teach, domains in balance, and a stage that runs to its end."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("trl")

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
