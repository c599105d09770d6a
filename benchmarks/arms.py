"""Ways to use verdicts in RL, at equal compute: what each does to accuracy and to reasoning.

A small model learns chains of sums from traces of four kinds: sound ones; ones whose steps are
right and whose last check is wrong; ones with two errors that cancel; and bare guesses. The middle
two reach the right answer by unsound reasoning, which a reward for answers cannot see. Every arm
then starts from the same checkpoint, on the same prompts, with the same number of completions.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from clr.trace import Span
from clr.training.data import Record
from clr.training.judge import Judge, Judgement

if TYPE_CHECKING:
    from rich.table import Table

ARMS = ("grpo", "mgpo", "mgpo+process", "prof", "shuffled")
"""Outcome only; with prompt weights; with the process term too; outcome only, on completions whose
reasoning agrees with it; and the process term with its verdicts dealt out at random."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How much is learned and measured; the same for every arm."""

    model: str = "tiny:96x2"
    sft_steps: int = 1200
    sft_batch: int = 64
    rl_steps: int = 80
    completions: int = 128
    group: int = 8
    learning_rate: float = 6e-5
    process: float = 8.0
    keep: float = 0.5
    problems: int = 200
    samples: int = 8
    new_tokens: int = 72


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One arm with one seed, on held-out problems; `arm` is "start" for the common checkpoint.

    `accuracy` is mean@k; `unsound` the share of right completions in which the audit finds a
    fault, `bare` the share of them without any step; `faults` the mean number of faulty claims in
    a completion; `right` the number of right completions of each problem.
    """

    arm: str
    seed: int
    samples: int
    accuracy: float
    unsound: float
    bare: float
    faults: float
    characters: float
    right: list[int]


def problems(count: int, seed: int, without: frozenset[str] = frozenset()) -> list[list[int]]:
    """Different chains of three or four digits, none of which is in `without`."""
    rng = random.Random(seed)
    found: dict[str, list[int]] = {}
    while len(found) < count:
        numbers = [rng.randint(1, 9) for _ in range(rng.choice((3, 4)))]
        name = prompt(numbers)
        if name not in without:
            found[name] = numbers
    return list(found.values())


def prompt(numbers: Sequence[int]) -> str:
    """The problem in words."""
    return f"Compute {' + '.join(map(str, numbers))}.\n"


def sound(numbers: Sequence[int], offsets: Sequence[int]) -> list[str]:
    """One line for each sum; the value of line i is off by `offsets[i]`, and what follows uses it.

    With zeros the lines are true; where an offset differs from the one before, a line is false.
    """
    lines = []
    value = true = numbers[0]
    for number, offset in zip(numbers[1:], offsets, strict=True):
        true += number
        lines.append(f"{value} + {number} = {true + offset}")
        value = true + offset
    return lines


def trace(numbers: Sequence[int], rng: random.Random) -> str:
    """A completion of one of the four kinds."""
    total = sum(numbers)
    exact = [0] * (len(numbers) - 1)
    kind = rng.random()
    if kind < 0.35:
        lines = sound(numbers, exact)
    elif kind < 0.6:
        wrong = total - numbers[-1] + rng.choice((-2, -1, 1, 2))
        lines = [*sound(numbers, exact), f"{total} - {numbers[-1]} = {wrong}"]
    elif kind < 0.85:
        lines = sound(numbers, [rng.choice((-1, 1)), *exact[1:]])
    else:
        lines, total = [], rng.randint(3, 36)
    return "\n".join([*lines, f"Answer: {total}"])


def records(chains: Sequence[Sequence[int]], rng: random.Random | None = None) -> list[Record]:
    """Records of the problems; with `rng`, each has a trace to learn from."""
    return [
        Record(
            id=str(number),
            domain="math",
            prompt=prompt(chain),
            completion=trace(chain, rng) if rng else "",
            answer=str(sum(chain)),
        )
        for number, chain in enumerate(chains)
    ]


def shuffled(judge: Judge, seed: int) -> Judge:
    """The same verdicts, dealt out at random among the completions of each prompt, and each on
    lines drawn at random: the place of a fault tells something even about another completion."""
    rng = random.Random(seed)

    def deal(
        prompts: Sequence[str], completions: Sequence[str], domains: Sequence[str | None]
    ) -> list[Judgement]:
        judged = list(judge(prompts, completions, domains))
        for name in dict.fromkeys(prompts):
            places = [i for i, p in enumerate(prompts) if p == name]
            dealt = rng.sample([judged[i] for i in places], len(places))
            for i, judgement in zip(places, dealt, strict=True):
                lines = _lines(completions[i])
                drawn = rng.sample(lines, min(len(judgement.steps), len(lines)))
                judged[i] = replace(judgement, steps=tuple(drawn))
        return judged

    return deal


def _lines(completion: str) -> list[Span]:
    ends = list(accumulate(map(len, completion.splitlines(keepends=True))))
    return [Span(start, end) for start, end in pairwise([0, *ends])]


def run(out: Path, *, seeds: Sequence[int], setting: Setting, arms: Sequence[str]) -> Iterator[Row]:
    """Train and measure what `out` does not hold yet; rows come as they are done.

    `<out>/rows.jsonl` keeps them, so that an interrupted run goes on.
    """
    out.mkdir(parents=True, exist_ok=True)
    held_out = records(problems(setting.problems, seed=10**6))
    for seed in seeds:
        for arm in ("start", *arms):
            kept = {(row.arm, row.seed): row for row in rows(out)}
            if (arm, seed) not in kept:
                model = _start(out, seed, setting, held_out)
                if arm != "start":
                    model = _train(model, out, arm, seed, setting, held_out)
                row = _measure(model, arm, seed, setting, held_out)
                with (out / "rows.jsonl").open("ab") as stream:
                    stream.write(msgspec.json.encode(row) + b"\n")
                kept[arm, seed] = row
            yield kept[arm, seed]


def rows(out: Path) -> list[Row]:
    """What a run left in its folder."""
    file = out / "rows.jsonl"
    if not file.is_file():
        return []
    return [msgspec.json.decode(line, type=Row) for line in file.read_bytes().splitlines()]


def _start(out: Path, seed: int, setting: Setting, held_out: Sequence[Record]) -> Path:
    """The checkpoint from which all arms of a seed start: made once."""
    from trl import SFTConfig, SFTTrainer

    from clr.training import models
    from clr.training.sft import rows as examples

    folder = out / f"start-{seed}"
    if folder.is_dir():
        return folder
    names = frozenset(record.prompt for record in held_out)
    made = records(problems(5000, 2 * seed, names), random.Random(seed))
    language_model = models.load(setting.model, seed=seed)
    trainer = SFTTrainer(
        model=language_model.model,
        args=SFTConfig(
            **models.trainer_defaults(),
            output_dir=str(out / "trainer"),
            seed=seed,
            max_steps=setting.sft_steps,
            per_device_train_batch_size=setting.sft_batch,
            learning_rate=2e-3,
            lr_scheduler_type="cosine",
            warmup_steps=20,
            completion_only_loss=True,
            disable_tqdm=True,
            logging_steps=100,
        ),
        train_dataset=examples(made, language_model, ""),
        processing_class=language_model.tokenizer,
    )
    return _trained(trainer, folder)


def _train(
    start: Path, out: Path, arm: str, seed: int, setting: Setting, held_out: Sequence[Record]
) -> Path:
    from datasets import Dataset
    from trl import GRPOConfig

    from clr.training import models
    from clr.training.judge import claims
    from clr.training.mgpo import MGPOTrainer
    from clr.verifiers.answer import extract_answer

    def correct(completions: list[str], answer: list[str], **_: object) -> list[float]:
        return [float(extract_answer(c) == a) for c, a in zip(completions, answer, strict=True)]

    folder = out / f"{arm}-{seed}"
    if folder.is_dir():
        return folder
    judge = claims(workers=0)
    process = setting.process if arm in ("mgpo+process", "shuffled") else 0.0
    names = frozenset(record.prompt for record in held_out)
    made = records(problems(2000, 2 * seed + 1, names))
    language_model = models.load(start)
    trainer = MGPOTrainer(
        model=language_model.model,
        args=GRPOConfig(
            **models.trainer_defaults(),
            output_dir=str(out / "trainer"),
            seed=seed,
            max_steps=setting.rl_steps,
            per_device_train_batch_size=setting.completions,
            num_generations=setting.group,
            max_completion_length=setting.new_tokens,
            learning_rate=setting.learning_rate,
            lr_scheduler_type="constant_with_warmup",
            warmup_steps=5,
            loss_type="grpo",
            beta=0.0,
            disable_tqdm=True,
            logging_steps=20,
        ),
        reward_funcs=[correct],
        train_dataset=Dataset.from_list(
            [{"prompt": r.prompt, "answer": r.answer, "domain": r.domain} for r in made]
        ),
        processing_class=language_model.tokenizer,
        gamma=1.0 if arm in ("mgpo", "mgpo+process", "shuffled") else 0.0,
        judge=shuffled(judge, seed) if arm == "shuffled" else judge,
        process=process,
        keep=setting.keep if arm == "prof" else 1.0,
    )
    return _trained(trainer, folder)


def _trained(trainer: Any, folder: Path) -> Path:
    """Train, and save the model to `folder`: whole, or not at all."""
    unfinished = folder.with_name("unfinished")
    trainer.train()
    trainer.save_model(str(unfinished))
    shutil.move(unfinished, folder)
    return folder


def _measure(model: Path, arm: str, seed: int, setting: Setting, held_out: Sequence[Record]) -> Row:
    from clr.training.config import Sampling
    from clr.training.judge import claims
    from clr.training.outcome import grade
    from clr.training.sampling import sample

    sampling = Sampling(k=setting.samples, max_new_tokens=setting.new_tokens, batch=400)
    rollouts = sample(model, held_out, sampling, seed=seed)
    pairs = [
        (record, text)
        for record, rollout in zip(held_out, rollouts, strict=True)
        for text in rollout.completions
    ]
    right = np.array([grade(record, text) is True for record, text in pairs])
    asked = zip(*((r.prompt, text, r.domain) for r, text in pairs), strict=True)
    judged = claims(workers=0)(*asked)
    faults = np.array([len(judgement.faults) for judgement in judged])
    steps = np.array(["=" in text for _, text in pairs])
    return Row(
        arm=arm,
        seed=seed,
        samples=setting.samples,
        accuracy=float(right.mean()),
        unsound=float((faults[right] > 0).mean()) if right.any() else 0.0,
        bare=float((~steps[right]).mean()) if right.any() else 0.0,
        faults=float(faults.mean()),
        characters=float(np.mean([len(text) for _, text in pairs])),
        right=right.reshape(len(held_out), -1).sum(axis=1).tolist(),
    )


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """An arm over all seeds. `change` is what it gained in accuracy over plain GRPO, paired by
    problem and averaged over seeds, with its 95 % interval over problems; `unsound_by_seed` shows
    how far seeds differ."""

    arm: str
    seeds: int
    accuracy: float
    change: tuple[float, float, float]
    unsound: float
    unsound_by_seed: list[float]
    bare: float
    faults: float


def summarise(found: Sequence[Row], baseline: str = "grpo") -> list[Summary]:
    """One summary for each arm, on the seeds that the baseline has too."""
    from clr.training.evaluate import bootstrap

    base = {row.seed: row for row in found if row.arm == baseline}
    out = []
    for arm in dict.fromkeys(row.arm for row in found):
        mine = [row for row in found if row.arm == arm and row.seed in base]
        if not mine:
            continue
        gained = [np.subtract(row.right, base[row.seed].right) for row in mine]
        change = bootstrap((np.mean(gained, axis=0) / mine[0].samples).tolist())
        out.append(
            Summary(
                arm=arm,
                seeds=len(mine),
                accuracy=float(np.mean([row.accuracy for row in mine])),
                change=(change.mean, change.low, change.high),
                unsound=float(np.mean([row.unsound for row in mine])),
                unsound_by_seed=[row.unsound for row in mine],
                bare=float(np.mean([row.bare for row in mine])),
                faults=float(np.mean([row.faults for row in mine])),
            )
        )
    return out


def table(summaries: Sequence[Summary]) -> Table:
    """The summaries for a terminal."""
    from rich.table import Table

    out = Table()
    out.add_column("arm")
    for name in ("seeds", "accuracy", "over GRPO", "unsound of right", "by seed", "bare", "faults"):
        out.add_column(name, justify="right")
    for row in summaries:
        mean, low, high = row.change
        out.add_row(
            row.arm,
            str(row.seeds),
            f"{row.accuracy:.3f}",
            f"{mean:+.3f} [{low:+.3f}, {high:+.3f}]",
            f"{row.unsound:.3f}",
            " ".join(f"{share:.2f}" for share in row.unsound_by_seed),
            f"{row.bare:.3f}",
            f"{row.faults:.2f}",
        )
    return out
