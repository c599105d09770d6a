"""Reinforcement learning as VibeThinker does it, on TRL's GRPOTrainer.

Prompts that the policy solves half of the time weigh most (MGPO), right answers that are short
gain on right answers that are long (Long2Short), and what the verifier says of the reasoning
enters as an advantage of its own, on the tokens that it is about. Formulas: arXiv:2606.16140,
section 2.2, eq. 1-3; the process term is explained in `MGPOTrainer`.
"""

from __future__ import annotations

import inspect
import math
import zlib
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import torch
from accelerate.utils import gather
from torch import Tensor
from trl import GRPOTrainer

from clr.claim import Fault
from clr.rewards import problem_of
from clr.training import steps
from clr.training.judge import Judge, Judgement, compared

TRL_VERSIONS = ">=1.16,<1.17"
"""The versions of TRL that are known to keep the contract; the extra `train` asks for them."""

_OVERRIDDEN = {
    "_calculate_rewards": ["self", "inputs", "prompts", "completions", "completion_ids_list"],
    "_generate_and_score_completions": ["self", "inputs"],
}


class UnsupportedTRL(RuntimeError):
    """The installed TRL is not one that MGPOTrainer can extend."""


def check_contract(base: type = GRPOTrainer) -> None:
    """Check that `base` has the private methods that MGPOTrainer overrides, as it expects them.

    Raises:
        UnsupportedTRL: it has not; the message names the versions that have.
    """
    for name, expected in _OVERRIDDEN.items():
        method = getattr(base, name, None)
        found = list(inspect.signature(method).parameters) if method else None
        if found != expected:
            raise UnsupportedTRL(
                f"TRL {version('trl')}: {base.__name__}.{name} takes {found}, not {expected}; "
                f"install 'trl{TRL_VERSIONS}'"
            )


def deviation(p: Tensor) -> Tensor:
    """D_ME(p || 1/2), the divergence of Bernoulli(p) from a fair coin, in nats: 0 to ln 2."""
    return torch.xlogy(p, 2 * p) + torch.xlogy(1 - p, 2 * (1 - p))


def weight(p: Tensor, gamma: float = 1.0) -> Tensor:
    """w = exp(-gamma D_ME(p || 1/2)), in [2**-gamma, 1] (eq. 2). gamma 0 is plain GRPO."""
    return torch.exp(-gamma * deviation(p))


def accuracy(correct: Tensor) -> Tensor:
    """p(q) of each group (eq. 1): (N, G) in {0, 1} or NaN, which does not count, to (N,)."""
    return torch.nanmean(correct, dim=1)


def long2short(rewards: Tensor, lengths: Tensor, strength: float = 0.2) -> Tensor:
    """Move reward from long right answers to short ones of the same group; sums stay.

    Among the right ones, r' = r + strength (s - mean s) / max |s - mean s| with s = 1 / length;
    a group with fewer than two, or of equal lengths, is unchanged, and so are wrong answers.

    Args:
        rewards: (N, G), 1 where right; NaN where unknown.
        lengths: (N, G), tokens, at least 1.
        strength: lambda, the largest change.

    Returns:
        (N, G).
    """
    right = rewards == 1
    speed = 1 / lengths.clamp(min=1).double()
    count = right.sum(dim=1, keepdim=True).clamp(min=1)
    mean = (speed * right).sum(dim=1, keepdim=True) / count
    ahead = torch.where(right, speed - mean, 0.0)
    farthest = ahead.abs().amax(dim=1, keepdim=True)
    differ = farthest > 1e-9 * mean  # below that it is rounding
    moved = strength * ahead / torch.where(differ, farthest, 1.0)
    return rewards + torch.where(differ, moved, 0.0).to(rewards.dtype)


def centred(quality: Tensor, strength: float) -> Tensor:
    """strength (q - mean q of the group), 0 where q is NaN: (N, G) to (N, G)."""
    return torch.nan_to_num(strength * (quality - torch.nanmean(quality, dim=1, keepdim=True)))


def balanced(terms: Tensor, domains: Tensor) -> Tensor:
    """Process terms of a batch of several domains, none of which is louder than the average.

    How far quality spreads depends on how much of a domain the verifier reads; unscaled, the best
    read one would lead. Each domain's terms are scaled down until their root mean square is at
    most the mean of those of all domains; a group, of one domain, keeps its sum of 0.

    Args:
        terms: (B,).
        domains: (B,) of numbers, equal for equal domains.

    Returns:
        (B,).
    """
    masks = [domains == domain for domain in domains.unique()]
    loudness = torch.stack([terms[mask].square().mean().sqrt() for mask in masks])
    out = terms.clone()
    for mask, own in zip(masks, loudness, strict=True):
        if own > loudness.mean():
            out[mask] *= loudness.mean() / own
    return out


def consistent(correct: Tensor, quality: Tensor, keep: float) -> Tensor:
    """Which completions to learn from when the verifier must agree with the outcome.

    Of the right ones of a group the `keep` share with the best reasoning, of the wrong ones the
    `keep` share with the worst (PROF, arXiv:2509.03403); equally good ones stay together, and one
    of unknown quality counts as the group's mean.

    Args:
        correct: (N, G) in {0, 1}, or NaN.
        quality: (N, G) in [0, 1], or NaN.
        keep: in (0, 1].

    Returns:
        (N, G) bool.
    """
    mean = torch.nanmean(quality, dim=1, keepdim=True).nan_to_num(1.0)
    known = torch.where(quality.isnan(), mean, quality)
    kept = torch.ones_like(correct, dtype=torch.bool)
    for row, outcome, value in zip(kept, correct, known, strict=True):
        for of_these, score in ((outcome == 1, value), (outcome == 0, -value)):
            if count := int(of_these.sum()):
                worst = score[of_these].sort(descending=True).values[math.ceil(keep * count) - 1]
                row[of_these] = score[of_these] >= worst
    return kept


class MGPOTrainer(GRPOTrainer):
    """GRPOTrainer with prompt weights, Long2Short, and a process term from a judge.

    The first reward function is the outcome: 1 for right, 0 for wrong, None for unknown. A column
    `domain` of the dataset, if there is one, tells the judge how much it can read. With
    A the advantage that TRL makes of the rewards, a completion's advantage is

        w(q) A + process (quality - group mean of quality),

    the second term standing on the tokens of the faulty steps when it is negative, on the others
    when it is positive (`steps.spread`). It is not divided by a standard deviation, which would
    make much of small differences where all answers are wrong. In a batch of several domains the
    terms are `balanced`.

    Args:
        gamma: of the weights; 0 leaves all prompts equal.
        judge: says what the reasoning is worth; needed for `process` and `keep`.
        process: weight of the process term; 0 leaves it out.
        consensus: taken off the quality of a completion with a step that only failing completions
            of its prompt take, see `judge.compared`; those of one process are compared.
        keep: share of completions to learn from (`consistent`); 1 is all.
        long2short: lambda; 0 leaves rewards alone. Use `scale_rewards="none"` with it: dividing
            by the standard deviation would undo that the shift is small.

    Raises:
        UnsupportedTRL: the installed TRL differs in what is overridden here.
        ValueError: `process` or `keep` without a judge, or `consensus` without `process`.
    """

    def __init__(
        self,
        *args: Any,
        gamma: float = 1.0,
        judge: Judge | None = None,
        process: float = 0.0,
        consensus: float = 0.0,
        keep: float = 1.0,
        long2short: float = 0.0,
        **kwargs: Any,
    ) -> None:
        check_contract()
        if judge is None and (process or keep < 1):
            raise ValueError("process > 0 and keep < 1 need a judge")
        if consensus and not process:
            raise ValueError("consensus is part of the process term: it needs process > 0")
        super().__init__(*args, **kwargs)
        self.gamma = gamma
        self.judge = judge
        self.process = process
        self.consensus = consensus
        self.keep = keep
        self.long2short = long2short
        self._weights = self._process_terms = torch.empty(0)
        self._judged: Sequence[Judgement] = ()

    def _calculate_rewards(
        self,
        inputs: list[dict[str, Any]],
        prompts: list[Any],
        completions: list[Any],
        completion_ids_list: list[list[int]],
    ) -> Tensor:
        """The rewards of all processes (N G, functions), shaped group by group."""
        rewards: Tensor = super()._calculate_rewards(
            inputs, prompts, completions, completion_ids_list
        )
        size = self.num_generations if self.model.training else self.num_generations_eval
        correct = rewards[:, 0].clone().view(-1, size)
        solved = accuracy(correct)
        # without a single outcome there is no advantage to weigh
        weights = weight(solved, self.gamma).nan_to_num(1.0)
        self._weights = weights.repeat_interleave(size)
        self._log("mgpo/weight", weights)
        self._log("mgpo/never_solved", (solved == 0).float())
        self._log("mgpo/always_solved", (solved == 1).float())
        if self.long2short:
            counts = torch.tensor([len(ids) for ids in completion_ids_list], device=rewards.device)
            lengths = gather(counts).view(-1, size)
            rewards[:, 0] = long2short(correct, lengths, self.long2short).flatten()
        if self.judge is not None:
            texts = self.processing_class.batch_decode(
                completion_ids_list, skip_special_tokens=True
            )
            domains = [row.get("domain") for row in inputs]
            problems = [problem_of(prompt) for prompt in prompts]
            self._judged = self.judge(problems, texts, domains)
            if self.consensus:
                first = self.accelerator.process_index * len(prompts)
                outcomes = [_outcome(c) for c in correct.flatten()[first : first + len(prompts)]]
                self._judged = compared(problems, self._judged, outcomes, self.consensus)
            quality = self._gathered([[_number(j.quality)] for j in self._judged]).view(-1, size)
            codes = self._gathered([[zlib.crc32(str(d).encode()) & 0xFFFFFF] for d in domains])
            self._process_terms = balanced(centred(quality, self.process).flatten(), codes[:, 0])
            if self.keep < 1:
                # TRL leaves rows without any reward out of the baseline, with advantage 0
                rewards[~consistent(correct, quality, self.keep).flatten()] = torch.nan
            self._log_faults(correct.flatten(), quality)
        return rewards

    def _generate_and_score_completions(self, inputs: list[dict[str, Any]]) -> dict[str, Any]:
        """What TRL learns from, with advantages (B,) or, with a process term, (B, T)."""
        out: dict[str, Any] = super()._generate_and_score_completions(inputs)
        advantages = out["advantages"]
        first = self.accelerator.process_index * len(advantages)
        here = slice(first, first + len(advantages))
        advantages = advantages * self._weights[here].to(advantages)
        if self.process:
            ids, present = out["completion_ids"], out["completion_mask"].bool()
            faulty = steps.mask(
                [row[there].tolist() for row, there in zip(ids, present, strict=True)],
                [judged.steps for judged in self._judged],
                self.processing_class,
                ids.shape[1],
            )
            advantages = steps.spread(
                advantages,
                self._process_terms[here].to(advantages),
                faulty.to(advantages.device),
            )
        out["advantages"] = advantages
        return out

    def _log_faults(self, correct: Tensor, quality: Tensor) -> None:
        kinds = list(Fault)
        counts = self._gathered([[j.faults.count(kind) for kind in kinds] for j in self._judged])
        self._log("clr/quality", quality)
        self._log("clr/unsound_of_right", (counts.sum(dim=1) > 0).float()[correct == 1])
        for kind, column in zip(kinds, counts.T, strict=True):
            self._log(f"clr/{kind.value}", column)

    def _gathered(self, rows: list[list[float]]) -> Tensor:
        gathered: Tensor = gather(torch.tensor(rows, device=self.accelerator.device))
        return gathered.float()

    def _log(self, name: str, values: Tensor) -> None:
        mode = "train" if self.model.training else "eval"
        known = values[~values.isnan()]
        if len(known):
            self._metrics[mode][name].append(known.mean().item())


def _outcome(correct: Tensor) -> int | None:
    return None if correct.isnan() else int(correct == 1)


def _number(quality: float | None) -> float:
    return math.nan if quality is None else quality
