"""Offline self-distillation: a student learns from its teachers' verified traces.

Teachers answer the prompts; an answer is kept if it is right and none of its steps is faulty;
those from which the student has most to learn, but not the outlandish ones, are its lesson
(arXiv:2606.16140, section 2.3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import msgspec
import numpy as np
import torch
from torch.nn.functional import cross_entropy

from clr.pool import Crew, audit_all
from clr.segment import trace_of
from clr.training import data, models
from clr.training.config import Distill, Select
from clr.training.data import Record, UnusableData
from clr.training.models import LanguageModel, device
from clr.training.outcome import grade
from clr.training.rollout import Rollout
from clr.training.sampling import sample
from clr.training.sft import fit
from clr.training.stage import Context, Result

SCORED_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Candidate:
    """A verified trace: its record, length in tokens, and learning potential for the student."""

    record: Record
    tokens: int
    score: float = 0.0


def run_distill(stage: Distill, context: Context) -> Result:
    """Sample from the teachers, keep what is verified and worth learning, and fine-tune on it."""
    prompts = data.load(stage.data, context.held_out, stage.clean, wanted="answer")
    student = models.load(context.model, seed=context.seed, dtype=models.fastest_dtype())
    sampled, right, sound = 0, 0, []
    for teacher in stage.teachers:
        rollouts = sample(
            context.checkpoints[teacher],
            prompts,
            stage.sampling,
            seed=context.seed,
            system=context.system,
            cache=context.out / "rollouts" / teacher,
        )
        answered = list(right_answers(prompts, rollouts, teacher))
        sampled += sum(len(rollout.completions) for rollout in rollouts)
        right += len(answered)
        sound += verified(answered, stage.select.min_reliability, workers=context.workers)
    distinct = list({(r.prompt, r.completion): r for r in sound}.values())
    candidates = [
        Candidate(record, tokens, score)
        for record, (score, tokens) in zip(
            distinct, learning_potential(student, distinct, context.system), strict=True
        )
    ]
    lesson = [candidate.record for candidate in select(candidates, stage.select)]
    if not lesson:
        raise UnusableData(
            f"of {sampled} rollouts {right} are right, {len(sound)} of them sound, and none was "
            "selected: sample more, or widen select.quantiles"
        )
    lines = msgspec.json.Encoder().encode_lines(lesson)
    models.on_main_process(lambda: (context.out / "lesson.jsonl").write_bytes(lines))
    found = {
        "sampled": sampled,
        "right": right,
        "sound": len(sound),
        "candidates": len(candidates),
    }
    return Result(context.out / "model", found | fit(lesson, stage, context), data.digest(lesson))


def right_answers(
    prompts: Sequence[Record], rollouts: Sequence[Rollout], teacher: str
) -> Iterator[Record]:
    """The rollouts that their checker accepts, as records."""
    for prompt, rollout in zip(prompts, rollouts, strict=True):
        for number, completion in enumerate(rollout.completions):
            if grade(prompt, completion):
                yield msgspec.structs.replace(
                    prompt, id=f"{prompt.id}-{teacher}-{number}", completion=completion
                )


def verified(
    records: Sequence[Record], min_reliability: float, *, workers: int | Crew = 2
) -> list[Record]:
    """The records in whose completion the audit finds no fault, with enough reliability."""
    traces = (trace_of(r.id, r.prompt, response=r.completion) for r in records)
    reports = audit_all(traces, profile="precise", workers=workers)
    return [
        record
        for record, report in zip(records, reports, strict=True)
        if report.first_error is None and report.reliability >= min_reliability
    ]


def learning_potential(
    student: LanguageModel, records: Sequence[Record], system: str = ""
) -> list[tuple[float, int]]:
    """S = -(1/|y|) sum_t log p(y_t | q, y_<t) in nats (arXiv:2606.16140, eq. 4), and |y|.

    y is the completion in tokens, with the end of sequence.
    """
    model = student.model.to(device()).eval()
    pairs = [_tokens(student, record, system) for record in records]
    by_length = sorted(range(len(pairs)), key=lambda i: len(pairs[i][0]) + len(pairs[i][1]))
    scores: list[tuple[float, int]] = [(0.0, 0)] * len(pairs)
    for start in range(0, len(by_length), SCORED_AT_ONCE):
        batch = by_length[start : start + SCORED_AT_ONCE]
        width = max(len(pairs[i][0]) + len(pairs[i][1]) for i in batch)
        ids = torch.zeros(len(batch), width, dtype=torch.long)
        mask = torch.zeros_like(ids)
        labels = torch.full_like(ids, -100)
        for row, i in enumerate(batch):
            prompt, completion = pairs[i]
            end = len(prompt) + len(completion)
            ids[row, :end] = torch.tensor(prompt + completion)
            mask[row, :end] = 1
            labels[row, len(prompt) : end] = ids[row, len(prompt) : end]
        with torch.inference_mode():
            logits = model(
                input_ids=ids.to(model.device), attention_mask=mask.to(model.device)
            ).logits
        losses = cross_entropy(
            logits[:, :-1].float().transpose(1, 2),
            labels[:, 1:].to(model.device),
            reduction="none",
            ignore_index=-100,
        ).sum(dim=1)
        for i, loss in zip(batch, losses.tolist(), strict=True):
            scores[i] = (loss / len(pairs[i][1]), len(pairs[i][1]))
    return scores


def _tokens(
    language_model: LanguageModel, record: Record, system: str
) -> tuple[list[int], list[int]]:
    tokenizer = language_model.tokenizer
    if language_model.chats:
        prompt = tokenizer.apply_chat_template(
            data.conversation(record.prompt, chat=True, system=system),
            add_generation_prompt=True,
            tokenize=True,
            return_dict=True,
        )["input_ids"]
    else:
        prompt = tokenizer(record.prompt).input_ids
    completion = tokenizer(record.completion, add_special_tokens=False).input_ids
    return list(prompt), [*completion, tokenizer.eos_token_id]


def select(candidates: Sequence[Candidate], settings: Select) -> list[Candidate]:
    """The candidates whose score lies between two quantiles of their bucket.

    A bucket holds the candidates of one domain and of similar length (buckets of a domain are of
    equal size). Of one prompt at most `per_prompt` are kept, those with the highest score. The
    result is in the order of `candidates`.
    """
    low, high = settings.quantiles
    long = [c for c in candidates if c.tokens >= settings.min_tokens]
    kept: list[Candidate] = []
    for _, members in groupby(
        sorted(long, key=lambda c: (c.record.domain, c.tokens)), key=lambda c: c.record.domain
    ):
        for bucket in _buckets(list(members), settings.buckets):
            bounds = np.quantile([c.score for c in bucket], [low, high])
            kept += [c for c in bucket if bounds[0] <= c.score <= bounds[1]]
    by_prompt: dict[str, int] = {}
    chosen: set[str] = set()
    for candidate in sorted(kept, key=lambda c: (-c.score, c.record.id)):
        prompt = candidate.record.prompt
        by_prompt[prompt] = by_prompt.get(prompt, 0) + 1
        if by_prompt[prompt] <= settings.per_prompt:
            chosen.add(candidate.record.id)
    return [c for c in long if c.record.id in chosen]


def _buckets(members: list[Candidate], count: int) -> list[list[Candidate]]:
    """`members` in order, cut into `count` parts of nearly equal size, none empty."""
    count = min(count, len(members))
    edges = [round(i * len(members) / count) for i in range(count + 1)]
    return [members[a:b] for a, b in pairwise(edges)]
