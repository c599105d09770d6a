"""GSM8K: does reliability tell right solutions from wrong, and are references left alone?

Cobbe et al. 2021, arXiv:2110.14168. The file `model_solutions.jsonl` holds, for each question, the
reference solution (`ground_truth`) and solutions of four models, each with `is_correct`. Before
auditing, calculator annotations `<<...>>` are taken out, and the final line, `#### n` or `A: n`, is
put in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import msgspec

from clr.auditor import audit
from clr.claim import Status
from clr.report import Report
from clr.segment import trace_of

MODELS = ("6b_finetuning", "6b_verification", "175b_finetuning", "175b_verification")

_ANNOTATION = re.compile(r"<<[^<>]*>>")
_FINAL = re.compile(r"(?:^|\n)(?:#+|A:)\s*(?P<answer>[^\n]*)\s*$")


class Solution(msgspec.Struct, frozen=True):
    """One solution of a model."""

    is_correct: bool
    solution: str


class Question(msgspec.Struct, frozen=True, rename=lambda name: name.removeprefix("by_")):
    """A question with its reference solution and those of the models."""

    question: str
    ground_truth: str
    by_6b_finetuning: Solution
    by_6b_verification: Solution
    by_175b_finetuning: Solution
    by_175b_verification: Solution


class Score(msgspec.Struct, frozen=True):
    """Counts are of solutions; rates are percent; auroc lies in [0, 1], 0.5 is chance.

    Flagged are solutions with a claim that counts as an error under the profile.
    """

    questions: int
    solutions: int
    correct: int
    auroc_of_reliability: float
    refuted_in_correct: float
    refuted_in_wrong: float
    references_refuted: int
    references_refuted_percent: float
    flagged_in_correct: float
    flagged_in_wrong: float
    references_flagged_percent: float


def clean(solution: str) -> list[str]:
    """Lines of a solution without annotations, the final answer in words."""
    text = _ANNOTATION.sub("", solution)
    text = _FINAL.sub(lambda m: f"\nThe answer is {m.group('answer')}.", text)
    return [line for line in text.split("\n") if line.strip()]


def auroc(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """Probability that a positive scores above a negative, ties counting half (Mann-Whitney).

    Raises:
        ValueError: only one class is present.
    """
    positive = sum(labels)
    negative = len(labels) - positive
    if not positive or not negative:
        raise ValueError("AUROC needs both classes")
    order = sorted(range(len(scores)), key=lambda i: scores[i])
    ranks = 0.0
    at = 0
    while at < len(order):
        end = at
        while end < len(order) and scores[order[end]] == scores[order[at]]:
            end += 1
        ranks += (at + end + 1) / 2 * sum(labels[i] for i in order[at:end])
        at = end
    return (ranks - positive * (positive + 1) / 2) / (positive * negative)


def load(path: Path) -> Iterator[Question]:
    """Questions of a JSONL file."""
    decoder = msgspec.json.Decoder(Question)
    with path.open("rb") as file:
        for line in file:
            if line.strip():
                yield decoder.decode(line)


def _refuted(report: Report) -> bool:
    return report.counts[Status.REFUTED] > 0


def _flagged(report: Report) -> bool:
    return report.first_error is not None


def _percent(reports: Sequence[Report], holds: Callable[[Report], bool]) -> float:
    return round(100 * sum(map(holds, reports)) / len(reports), 2)


def main(data: Path, *, limit: int | None = None, profile: str = "precise") -> Score:
    """Score the solutions in `data`, a folder with `model_solutions.jsonl` (or its parent).

    Raises:
        FileNotFoundError: the file is absent.
        ValueError: `profile` is unknown.
    """
    folder = data / "gsm8k" if (data / "gsm8k").is_dir() else data
    references: list[Report] = []
    right: list[Report] = []
    wrong: list[Report] = []
    for question in islice(load(folder / "model_solutions.jsonl"), limit):

        def audited(solution: str, problem: str = question.question) -> Report:
            return audit(trace_of("", problem, steps=clean(solution)), profile=profile)

        references.append(audited(question.ground_truth))
        for model in MODELS:
            solution: Solution = getattr(question, f"by_{model}")
            (right if solution.is_correct else wrong).append(audited(solution.solution))
    reliabilities = [report.reliability for report in (*right, *wrong)]
    labels = [True] * len(right) + [False] * len(wrong)
    return Score(
        questions=len(references),
        solutions=len(labels),
        correct=len(right),
        auroc_of_reliability=round(auroc(reliabilities, labels), 4),
        refuted_in_correct=_percent(right, _refuted),
        refuted_in_wrong=_percent(wrong, _refuted),
        references_refuted=sum(map(_refuted, references)),
        references_refuted_percent=_percent(references, _refuted),
        flagged_in_correct=_percent(right, _flagged),
        flagged_in_wrong=_percent(wrong, _flagged),
        references_flagged_percent=_percent(references, _flagged),
    )
