"""Selection among several solutions: how often is the answer right, and where does it go wrong?

On GSM8K's example solutions (Cobbe et al. 2021, arXiv:2110.14168), four models for each question:
accuracy of the answer that each way of selecting gives, with 95 % bootstrap intervals over
questions of its difference to a majority vote. On ProcessBench (arXiv:2412.06559), among the
problems with both right and wrong solutions: how often the first wrong step of a wrong solution is
named by checkers alone, and together with what only failing solutions work out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from clr.auditor import audit
from clr.benchmarks import gsm8k, processbench
from clr.consensus import first_error, reliabilities, results, suspects
from clr.report import Report
from clr.reward import score
from clr.segment import trace_of
from clr.selection import Selection, majority, select, with_votes
from clr.verifiers.answer import extract_answer

RESAMPLES = 10_000
_ANSWER = re.compile(r"^A:\s*(?=\S)", re.M)

Way = Callable[[str, Sequence[str | None], Sequence[Report]], Selection | None]


def _both(
    problem: str, answers: Sequence[str | None], reports: Sequence[Report]
) -> Selection | None:
    qualities = [score(report, 0, problem=problem).quality for report in reports]
    return select(answers, with_votes(reliabilities(reports), qualities))


WAYS: dict[str, Way] = {
    "majority": lambda _, answers, reports: majority(answers),
    "symbolic": lambda _, answers, reports: select(answers, [r.reliability for r in reports]),
    "consensus": lambda _, answers, reports: select(
        answers, reliabilities(reports, symbolic=False)
    ),
    "both": _both,
}


class Accuracy(msgspec.Struct, frozen=True):
    """Percent of questions answered rightly, and the difference to majority in points."""

    way: str
    accuracy: float
    gain: float
    low: float
    high: float


class Location(msgspec.Struct, frozen=True):
    """Percent of wrong solutions of a subset whose first wrong step is named exactly."""

    subset: str
    solutions: int
    symbolic: float
    consensus: float
    both: float


class Score(msgspec.Struct, frozen=True):
    """`best_possible` is the percent of questions that some model answers rightly."""

    questions: int
    solutions_right: float
    best_possible: float
    ways: list[Accuracy]
    first_error: list[Location]
    """For each subset of ProcessBench, and for all together."""


def selected(
    questions: Iterable[gsm8k.Question],
) -> tuple[list[list[bool]], dict[str, list[float]]]:
    """For each question which solutions are right, and for each way whether its choice is."""
    right: list[list[bool]] = []
    found: dict[str, list[float]] = {way: [] for way in WAYS}
    for question in questions:
        solutions = [getattr(question, f"by_{model}") for model in gsm8k.MODELS]
        texts = [
            _ANSWER.sub("The answer is ", "\n".join(gsm8k.clean(s.solution))) for s in solutions
        ]
        answers = [extract_answer(text) for text in texts]
        reports = [audit(trace_of("", question.question, response=text)) for text in texts]
        right.append([s.is_correct for s in solutions])
        for way, choose in WAYS.items():
            chosen = choose(question.question, answers, reports)
            found[way].append(0.0 if chosen is None else float(right[-1][chosen.best]))
    return right, found


def located(samples: Sequence[processbench.Sample]) -> list[tuple[bool, bool, bool]]:
    """Whether checkers, consensus and both name the first error of each wrong solution that has a
    right one to the same problem beside it."""
    groups: dict[str, list[processbench.Sample]] = defaultdict(list)
    for sample in samples:
        if sample.final_answer_correct is not None:
            groups[sample.problem].append(sample)
    hits: list[tuple[bool, bool, bool]] = []
    for group in groups.values():
        outcomes = [int(bool(sample.final_answer_correct)) for sample in group]
        if len(set(outcomes)) < 2:
            continue
        reports = [audit(trace_of("", s.problem, steps=s.steps)) for s in group]
        marked = suspects(list(zip(map(results, reports), outcomes, strict=True)))
        for sample, report, suspect in zip(group, reports, marked, strict=True):
            if sample.label >= 0 and not sample.final_answer_correct:
                hits.append(
                    (
                        first_error(report, None) == sample.label,
                        suspect is not None and suspect.index == sample.label,
                        first_error(report, suspect) == sample.label,
                    )
                )
    return hits


def _location(subset: str, hits: Sequence[tuple[bool, bool, bool]]) -> Location:
    shares = [100 * sum(column) / len(hits) for column in zip(*hits, strict=True)]
    return Location(subset, len(hits), *shares)


def main(data: Path) -> Score:
    """Scores on the data in `data`: the folders gsm8k and, if it is there, processbench.

    Raises:
        FileNotFoundError: there is no gsm8k/model_solutions.jsonl.
    """
    questions = gsm8k.load(data / "gsm8k" / "model_solutions.jsonl")
    right, found = selected(questions)
    base = np.array(found["majority"])
    ways = [
        Accuracy(way, 100 * float(np.mean(hits)), *_interval(np.array(hits) - base))
        for way, hits in found.items()
    ]
    folder = data / "processbench"
    named = {
        subset: hits
        for subset in processbench.SUBSETS
        if (folder / f"{subset}.jsonl").is_file()
        and (hits := located(processbench.load(folder / f"{subset}.jsonl")))
    }
    locations = [_location(subset, hits) for subset, hits in named.items()]
    if len(named) > 1:
        locations.append(_location("all", [hit for hits in named.values() for hit in hits]))
    return Score(
        len(right),
        100 * float(np.mean(right)),
        100 * float(np.mean([any(each) for each in right])),
        ways,
        locations,
    )


def _interval(differences: NDArray[np.float64]) -> tuple[float, float, float]:
    """The mean difference in points, and its 95 % bootstrap interval."""
    rng = np.random.default_rng(0)
    drawn = rng.integers(0, len(differences), (RESAMPLES, len(differences)))
    low, high = np.quantile(differences[drawn].mean(axis=1), [0.025, 0.975])
    return 100 * float(differences.mean()), 100 * float(low), 100 * float(high)
