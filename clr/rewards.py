"""Reward functions as trainers call them: `clr.Reward`, and one function for each domain.

The calling convention is TRL's (GRPOTrainer, RLOOTrainer; written against TRL 1.16), which others
follow: keyword arguments, lists of one length, every column of the dataset among them. Prompts and
completions are strings or lists of chat messages. With the command line:
`trl grpo --reward_funcs clr.rewards.math`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from math import isnan
from statistics import fmean
from typing import Any, cast

import msgspec

from clr.chat import THOUGHTS, with_thought
from clr.grading import DOMAINS, Domain, Sample, detect
from clr.reward import PRESETS, Cause, Weights, weights_for
from clr.scoring import DEADLINE, SECONDS, Result, Status, score_all

REFERENCES = ("answer", "solution", "ground_truth", "target", "label")
"""Columns that may hold the reference answer, the first that is there."""


class Reward:
    """A reward function for one domain, some, or all.

    Args:
        domain: "math", "code", "logic", "instruct", several of them, or None for all. A sample of
            another domain, by its `domain` column or else by what it looks like, gets None.
        weights: a preset ("outcome", "process", "blend", "prof") or the weights themselves. The
            kappa of each domain is put in for presets.
        reference: the column with the reference answer; by default the first of `REFERENCES`.
        seconds, deadline: wall time for one sample and for a batch (see clr.scoring.score_all).
        workers: processes; by default what `CLR_WORKERS` allows.

    Raises:
        ValueError: an unknown domain or preset.
    """

    def __init__(
        self,
        domain: str | Collection[str] | None = None,
        *,
        weights: str | Weights = "blend",
        reference: str | None = None,
        seconds: float = SECONDS,
        deadline: float = DEADLINE,
        workers: int | None = None,
    ) -> None:
        names = DOMAINS if domain is None else (domain,) if isinstance(domain, str) else domain
        for name in names:
            if name not in DOMAINS:
                raise ValueError(f"no domain {name!r}: use one of {', '.join(DOMAINS)}")
        if isinstance(weights, str) and weights not in PRESETS:
            raise ValueError(f"no preset {weights!r}: use one of {', '.join(PRESETS)}")
        self.domains = frozenset(names)
        self.weights = weights
        self.reference = reference
        self.seconds = seconds
        self.deadline = deadline
        self.workers = workers
        self.counts: Counter[Status] = Counter()
        # trainers name a reward after its function
        self.__name__ = "clr" if domain is None else "clr_" + "_".join(sorted(self.domains))

    def __call__(
        self,
        prompts: Sequence[Any],
        completions: Sequence[Any],
        completion_ids: Sequence[Sequence[int]] | None = None,
        *,
        log_metric: Callable[[str, float], None] | None = None,
        log_extra: Callable[[str, list[str]], None] | None = None,
        **columns: Any,
    ) -> list[float | None]:
        """One reward for each completion; None where this reward does not apply."""
        results = self.results(prompts, completions, **columns)
        rewards = [None if result is None else result.reward for result in results]
        if log_metric is not None:
            for name, value in metrics(results).items():
                log_metric(f"{self.__name__}/{name}", value)
        if log_extra is not None:
            log_extra(f"{self.__name__}_step", [_place(result) for result in results])
            log_extra(f"{self.__name__}_fault", [_fault(result) for result in results])
        return rewards

    def results(
        self, prompts: Sequence[Any], completions: Sequence[Any], **columns: Any
    ) -> list[Result | None]:
        """The results behind the rewards: outcome, charges, a score for each step.

        Raises:
            ValueError: no column holds a reference or tests.
        """
        given = {name: v for name, v in columns.items() if _per_sample(v, completions)}
        rows = [{name: v[i] for name, v in given.items()} for i in range(len(completions))]
        samples = [
            self._sample(problem_of(prompt), text_of(completion), row)
            for prompt, completion, row in zip(prompts, completions, rows, strict=True)
        ]
        mine = [i for i, sample in enumerate(samples) if sample.domain in self.domains]
        scored = score_all(
            [samples[i] for i in mine],
            self._weights,
            seconds=self.seconds,
            deadline=self.deadline,
            workers=self.workers,
        )
        self.counts.update(result.status for result in scored)
        found: dict[int, Result] = dict(zip(mine, scored, strict=True))
        return [found.get(i) for i in range(len(samples))]

    def _weights(self, domain: str) -> Weights:
        if isinstance(self.weights, Weights):
            return self.weights
        return weights_for(domain, self.weights)

    def _sample(self, problem: str, response: str, row: Mapping[str, Any]) -> Sample:
        tests = row.get("tests") or ()
        tests = (tests,) if isinstance(tests, str) else tuple(tests)
        names = (self.reference,) if self.reference else REFERENCES
        name = next((n for n in names if n in row), None)
        rules = _rules(row)
        if name is None and not tests and rules is None:
            raise ValueError(
                f"no column {' or '.join(names)}: name the one with the reference answer, "
                f"Reward(reference=...); there are {', '.join(sorted(row)) or 'none'}"
            )
        value = row[name] if name else None
        if isinstance(value, float) and isnan(value):  # what a table has where there is none
            value = None
        domain = row.get("domain")
        if domain is None:
            only = next(iter(self.domains)) if len(self.domains) == 1 else None
            domain = "instruct" if rules else only or detect(tests, problem)
        return Sample(
            problem,
            response,
            cast(Domain, domain),
            None if value is None else str(value),
            tests,
            row.get("entry_point"),
            rules,
        )


def _rules(row: Mapping[str, Any]) -> str | None:
    """The instructions of a sample as JSON: its column `rules`, or IFEval's two columns.

    Raises:
        ValueError: they cannot be read.
    """
    if row.get("rules"):
        from clr.verifiers.instructions import rules_from

        rules = rules_from(row["rules"])
    elif row.get("instruction_id_list"):
        from clr.verifiers.instructions import rules_from_ifeval

        names = row["instruction_id_list"]
        rules = rules_from_ifeval(names, row.get("kwargs") or [{}] * len(names))
    else:
        return None
    return msgspec.json.encode(rules).decode()


def _per_sample(values: object, completions: Sequence[Any]) -> bool:
    """Whether a keyword argument is a column; trainers pass other things beside them."""
    return isinstance(values, (list, tuple)) and len(values) == len(completions)


def text_of(completion: object) -> str:
    """What a completion says: a string, or the last of the assistant's messages; "" for others.

    Messages, and the parts of a message, are mappings or objects with the same names. A thought
    that a message keeps apart from its content (`clr.chat.THOUGHTS`) stands before it in `<think>`
    tags: it is audited with the content.
    """
    if isinstance(completion, str):
        return completion
    if isinstance(completion, (list, tuple)):
        return text_of(completion[-1]) if completion else ""
    content = _field(completion, "content")
    if isinstance(content, (list, tuple)):
        texts = (_field(part, "text") for part in content)
        content = "".join(text for text in texts if isinstance(text, str))
    said = content if isinstance(content, str) else ""
    return with_thought(said, [_field(completion, name) for name in THOUGHTS])


def problem_of(prompt: object) -> str:
    """What a prompt asks: a string, or all that the user says."""
    if isinstance(prompt, (list, tuple)):
        return "\n\n".join(text_of(m) for m in prompt if _field(m, "role") == "user")
    return prompt if isinstance(prompt, str) else ""


def _field(message: object, name: str) -> object:
    return message.get(name) if isinstance(message, Mapping) else getattr(message, name, None)


def metrics(results: Sequence[Result | None]) -> dict[str, float]:
    """Means over the results that there are, always under the same names.

    `outcome`, `quality`, the components of the penalty by cause, and the share of each status.
    """
    there = [result for result in results if result is not None]
    scores = [result.score for result in there if result.score is not None]
    out = {
        "outcome": fmean(s.outcome for s in scores) if scores else 0.0,
        "quality": fmean(s.quality for s in scores) if scores else 0.0,
    }
    for cause in Cause:
        out[cause.value] = fmean(s.components[cause.value] for s in scores) if scores else 0.0
    for status in Status:
        hits = sum(result.status is status for result in there)
        out[f"status/{status.value}"] = hits / len(there) if there else 0.0
    return out


def _place(result: Result | None) -> str:
    fault = result.score.first_fault if result and result.score else None
    return "" if fault is None else str(fault.step)


def _fault(result: Result | None) -> str:
    if result is None or result.score is None:
        return ""
    fault = result.score.first_fault or next(iter(result.score.charges), None)
    return "" if fault is None else f"{fault.cause}: {fault.reason}"


math = Reward("math")
code = Reward("code")
logic = Reward("logic")
instruct = Reward("instruct")
