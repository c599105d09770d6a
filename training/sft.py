"""Supervised fine-tuning: broad, then hard; the checkpoints probed and merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from datasets import Dataset
from trl import SFTConfig, SFTTrainer

from clr.training import checkpoints, data, models
from clr.training.config import Distill, Hard, Probe, Sft, Short
from clr.training.data import Record, UnusableData
from clr.training.evaluate import right_counts
from clr.training.merge import merge
from clr.training.models import LanguageModel
from clr.training.probe import pass_by_domain, specialists
from clr.training.sampling import sample
from clr.training.stage import Context, Result

_THOUGHT = "</think>"
"""Ends the thinking of most open reasoning models."""


def run_sft(stage: Sft, context: Context) -> Result:
    """Fine-tune on the completions of the stage's data, hard ones or short forms if it says so."""
    records = data.load(stage.data, context.held_out, stage.clean, wanted="completion")
    if stage.hard:
        records = hard(records, stage.hard, context)
    if stage.short:
        records = short(records, stage.short, models.load_tokenizer(context.model))
    metrics = fit(records, stage, context, every=stage.probe.every if stage.probe else None)
    model = context.out / "model"
    if stage.probe:
        metrics |= merge_specialists(stage.probe, context, model)
    return Result(model, metrics, data.digest(records))


def hard(records: Sequence[Record], settings: Hard, context: Context) -> list[Record]:
    """The records with long traces on prompts that the reference model mostly fails.

    Raises:
        UnusableData: none is left.
    """
    name = settings.reference or context.model
    reference = context.checkpoints.get(name, name)
    tokenizer = models.load_tokenizer(reference)
    long = [r for r in records if len(tokenizer(r.completion).input_ids) >= settings.min_tokens]
    rollouts = sample(
        reference,
        long,
        settings.sampling,
        seed=context.seed,
        system=context.system,
        cache=context.out / "reference",
    )
    most = (1 - settings.min_error_rate) * settings.sampling.k
    kept = [
        record
        for record, right in zip(long, right_counts(long, rollouts), strict=True)
        if right <= most
    ]
    if not kept:
        raise UnusableData(
            f"of {len(records)} records none is hard: {len(long)} have min_tokens, and {name} "
            "solves them all too often; lower hard.min_tokens or hard.min_error_rate"
        )
    return kept


def short(records: Sequence[Record], settings: Short, tokenizer: Any) -> list[Record]:
    """The records with short forms of their completions.

    Raises:
        UnusableData: none fits.
    """
    kept = []
    for record in records:
        told = record.completion.rpartition(_THOUGHT)[2].strip().splitlines()
        lines: list[str] = []
        for line in reversed(told):
            if len(tokenizer("\n".join([line, *lines])).input_ids) > settings.max_tokens:
                break
            lines.insert(0, line)
        if lines:
            kept.append(msgspec.structs.replace(record, completion="\n".join(lines).strip()))
    if not kept:
        raise UnusableData(f"of {len(records)} records none is short: raise short.max_tokens")
    return kept


def fit(
    records: Sequence[Record], stage: Sft | Distill, context: Context, every: int | None = None
) -> dict[str, float]:
    """Train the context's model, and save it to `<out>/model`; final loss, steps and records.

    Goes on from the last checkpoint that an interrupted run left. `every` steps a checkpoint is
    kept.
    """
    trainer = build(records, stage, context, every)
    checkpoints.train(trainer)
    models.finish(trainer, context.out / "model", context.model, seed=context.seed)
    losses = [entry["loss"] for entry in trainer.state.log_history if "loss" in entry]
    return {
        **({"loss": float(losses[-1])} if losses else {}),
        "steps": trainer.state.global_step,
        "records": len(records),
    }


def build(
    records: Sequence[Record], stage: Sft | Distill, context: Context, every: int | None = None
) -> SFTTrainer:
    """The trainer of a stage, ready to train."""
    language_model = models.load(context.model, seed=context.seed)
    keep = {"save_strategy": "steps", "save_steps": every} if every else {}
    return SFTTrainer(
        model=language_model.model,
        args=SFTConfig(
            **{
                **models.trainer_defaults(),
                "output_dir": str(context.out / "trainer"),
                "seed": context.seed,
                **stage.trainer,
                **keep,
            }
        ),
        train_dataset=rows(records, language_model, context.system),
        processing_class=language_model.tokenizer,
        peft_config=models.lora(stage.lora),
    )


def rows(records: Sequence[Record], language_model: LanguageModel, system: str) -> Dataset:
    """Records as SFTTrainer takes them: prompt and completion."""
    chat = language_model.chats
    return Dataset.from_list(
        [
            {
                "prompt": data.conversation(record.prompt, chat=chat, system=system),
                "completion": data.reply(record.completion, chat=chat),
            }
            for record in records
        ]
    )


def merge_specialists(settings: Probe, context: Context, model: Path) -> dict[str, float]:
    """Probe the checkpoints of this stage, and write the merged specialists over `model`.

    The table goes to `probe.json`. The metrics are the specialists' Pass@K by domain.
    """
    records = data.load(settings.data)
    probed: dict[Path, Mapping[str, float]] = {}
    for checkpoint in checkpoints.complete(context.out / "trainer"):
        probed[checkpoint] = pass_by_domain(
            checkpoint,
            records,
            settings.sampling,
            seed=context.seed,
            system=context.system,
            cache=context.out / "probes" / checkpoint.name,
        )
    chosen = specialists(probed)
    table = msgspec.json.encode(
        {
            "pass": {path.name: row for path, row in probed.items()},
            "specialists": {domain: path.name for domain, path in chosen.items()},
        }
    )
    models.on_main_process(lambda: (context.out / "probe.json").write_bytes(table))
    models.on_main_process(lambda: merge(list(chosen.values()), model))
    return {f"probe/{domain}": probed[path][domain] for domain, path in chosen.items()}
