"""Reinforcement learning with verifiable rewards, on the prompts that can teach something."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, cycle, islice
from typing import Any

from datasets import Dataset
from trl import GRPOConfig

from clr.rewards import text_of
from clr.training import checkpoints, data, models
from clr.training.config import Instruct, Rl, Sampling
from clr.training.data import Record, UnusableData
from clr.training.evaluate import right_counts
from clr.training.judge import claims
from clr.training.mgpo import MGPOTrainer
from clr.training.models import LanguageModel
from clr.training.outcome import grade
from clr.training.sampling import sample
from clr.training.stage import Context, Result

ON_POLICY = {"loss_type": "grpo", "beta": 0.0, "num_iterations": 1}
"""GRPO as arXiv:2606.16140 has it: one update for each batch, and the loss averaged over the
tokens of a completion first (eq. 3). A recipe's `trainer:` wins."""


def run_rl(stage: Rl, context: Context) -> Result:
    """Train on the stage's prompts; with several domains, on as many of each.

    Domains one after the other are stages one after the other.
    """
    records = data.load(stage.data, context.held_out, stage.clean, wanted="answer")
    if stage.drop_decided:
        records = undecided(records, stage.drop_decided, context)
    metrics = reinforce(
        balanced(records),
        stage,
        context,
        gamma=stage.mgpo.gamma,
        judge=claims(context.workers),
        process=stage.process,
        consensus=stage.consensus,
        keep=stage.keep,
        long2short=stage.long2short,
    )
    return Result(context.out / "model", metrics, data.digest(records))


def undecided(records: Sequence[Record], sampling: Sampling, context: Context) -> list[Record]:
    """The records that the model to start from solves in some of its samples, but not in all.

    Raises:
        UnusableData: none is left.
    """
    rollouts = sample(
        context.model,
        records,
        sampling,
        seed=context.seed,
        system=context.system,
        cache=context.out / "start",
    )
    counts = right_counts(records, rollouts)
    kept = [record for record, n in zip(records, counts, strict=True) if 0 < n < sampling.k]
    if not kept:
        always = sum(n == sampling.k for n in counts)
        raise UnusableData(
            f"no prompt can teach: of {len(records)}, {always} are always solved and "
            f"{len(records) - always} never; use other data, or train the start more"
        )
    return kept


def balanced(records: Sequence[Record]) -> list[Record]:
    """The records with their domains in turn; those of small domains come several times."""
    domains: dict[str, list[Record]] = {}
    for record in records:
        domains.setdefault(record.domain, []).append(record)
    largest = max(map(len, domains.values()), default=0)
    turns = (islice(cycle(found), largest) for found in domains.values())
    return list(chain.from_iterable(zip(*turns, strict=True)))


def reinforce(
    records: Sequence[Record], stage: Rl | Instruct, context: Context, **shaping: Any
) -> dict[str, float]:
    """Train the context's model on the outcome of `records`, and save it to `<out>/model`.

    `shaping` goes to MGPOTrainer. Goes on from the last checkpoint that an interrupted run left.
    The metrics are those of the last logged step.
    """
    trainer = build(records, stage, context, **shaping)
    checkpoints.train(trainer)
    models.finish(trainer, context.out / "model", context.model, seed=context.seed)
    logged = [entry for entry in trainer.state.log_history if "reward" in entry]
    last = logged[-1] if logged else {}
    shown = ("reward", "entropy", "completions/mean_length", "clr/", "mgpo/")
    return {
        "steps": trainer.state.global_step,
        "prompts": len(records),
        # TRL logs None for what no completion of a step could be asked about
        **{k: value for k, value in last.items() if k.startswith(shown) and value is not None},
    }


def build(
    records: Sequence[Record], stage: Rl | Instruct, context: Context, **shaping: Any
) -> MGPOTrainer:
    """The trainer of a stage, ready to train."""
    language_model = models.load(context.model, seed=context.seed)
    args = GRPOConfig(
        **{
            **models.trainer_defaults(),
            **ON_POLICY,
            "output_dir": str(context.out / "trainer"),
            "seed": context.seed,
            **stage.trainer,
        }
    )
    # TRL drops a batch that is not full: fewer prompts than one holds would not train at all
    of_a_batch = args.generation_batch_size // args.num_generations
    records = list(islice(cycle(records), max(len(records), of_a_batch)))
    return MGPOTrainer(
        model=language_model.model,
        args=args,
        reward_funcs=[outcome(records)],
        train_dataset=prompts(records, language_model, context.system),
        processing_class=language_model.tokenizer,
        peft_config=models.lora(stage.lora),
        **shaping,
    )


def outcome(records: Sequence[Record]) -> Callable[..., list[float | None]]:
    """The reward for TRL: 1 where a completion solves its record, 0 where not, None if unknown."""

    def correct(
        completions: Sequence[Any], record: Sequence[int], **_: object
    ) -> list[float | None]:
        texts = map(text_of, completions)
        graded = (grade(records[n], text) for n, text in zip(record, texts, strict=True))
        return [None if right is None else float(right) for right in graded]

    return correct


def prompts(records: Sequence[Record], language_model: LanguageModel, system: str) -> Dataset:
    """Prompts as GRPOTrainer takes them, each with its domain and number."""
    chat = language_model.chats
    return Dataset.from_list(
        [
            {
                "prompt": data.conversation(record.prompt, chat=chat, system=system),
                "record": number,
                "domain": record.domain,
            }
            for number, record in enumerate(records)
        ]
    )
