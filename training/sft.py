"""Supervised fine-tuning: the spectrum of solutions."""

from __future__ import annotations

from datasets import Dataset
from trl import SFTConfig, SFTTrainer

from clr.training import data, models
from clr.training.config import Sft
from clr.training.stage import Context, Result


def run_sft(stage: Sft, context: Context) -> Result:
    """Fine-tune `context.model` on the completions of the stage's data."""
    records = data.load(stage.data, context.held_out)
    language_model = models.load(context.model, seed=context.seed)
    metrics = fit(language_model, records, stage, context)
    return Result(models.save(language_model, context.out / "model"), metrics, data.digest(records))


def fit(
    language_model: models.LanguageModel,
    records: list[data.Record],
    stage: Sft,
    context: Context,
) -> dict[str, float]:
    """Train in place; the last loss, and the number of steps and records."""
    trainer = SFTTrainer(
        model=language_model.model,
        args=SFTConfig(
            output_dir=str(context.out / "trainer"),
            **{**models.trainer_defaults(), "seed": context.seed, **stage.trainer},
        ),
        train_dataset=Dataset.from_list(
            [
                {
                    "prompt": data.conversation(
                        r.prompt, chat=language_model.chats, system=context.system
                    ),
                    "completion": data.reply(r.completion, chat=language_model.chats),
                }
                for r in records
            ]
        ),
        processing_class=language_model.tokenizer,
    )
    outcome = trainer.train()
    return {"loss": outcome.training_loss, "steps": outcome.global_step, "records": len(records)}
