"""Solutions of our own: are the checkers as careful on text that no rule was made from?

`own_solutions.jsonl` holds solutions in many manners of writing, correct ones and ones with a first
error of a known kind: of school, high school and olympiad problems, of everyday life, the sciences
and computing, in other languages, and as the inner monologue of a model; records are those of
ProcessBench, with the subset and the kind of the error. A record whose id ends in "slip" is the one
before it with one value changed. All were written for this benchmark without
looking at how claims are read. Some are aimed at a weakness that others had shown; their rates are
no estimate and are given apart.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from importlib.resources import files

import msgspec

from clr.benchmarks.processbench import Sample, Score, run, score
from clr.claim import Status
from clr.report import Report

SUBSETS = (
    "school", "math", "olympiad", "everyday", "science", "computing", "languages", "monologue",
)  # fmt: skip


class Solution(Sample, frozen=True, kw_only=True):
    """One labelled solution; `error` is the kind of its first error, empty where it is correct."""

    subset: str
    error: str = ""
    aimed: bool = False


class Recall(msgspec.Struct, frozen=True):
    """How many errors of a kind there are, and of how many the exact step was named."""

    error: str
    errors: int
    named: int


def solutions() -> list[Solution]:
    """All solutions, correct and wrong."""
    text = (files("clr.benchmarks") / "own_solutions.jsonl").read_bytes()
    decoder = msgspec.json.Decoder(Solution)
    return [decoder.decode(line) for line in text.splitlines()]


def false_alarms(results: Iterable[tuple[Sample, Report]]) -> dict[str, list[str]]:
    """What was refuted of correct steps, by the id of the solution.

    All steps of a correct solution count as correct, and those before the first error of another.
    """
    out = {}
    for sample, report in results:
        correct = report.steps if sample.label < 0 else report.steps[: sample.label]
        refuted = [
            claim.claim.statement
            for step in correct
            for claim in step.claims
            if claim.verdict.status is Status.REFUTED
        ]
        if refuted:
            out[sample.id] = refuted
    return out


def recall(results: Sequence[tuple[Sample, Report]]) -> list[Recall]:
    """Recall by kind of error, the most frequent first."""
    named: dict[str, list[bool]] = {}
    for sample, report in results:
        if isinstance(sample, Solution) and sample.error:
            named.setdefault(sample.error, []).append(report.first_error == sample.label)
    rows = [Recall(error, len(found), sum(found)) for error, found in named.items()]
    return sorted(rows, key=lambda row: (-row.errors, row.error))


def main(profile: str = "precise") -> tuple[list[Score], list[Recall]]:
    """ProcessBench's figures for each subset and for the aimed ones, and recall over all."""
    groups: dict[str, list[Solution]] = {name: [] for name in (*SUBSETS, "aimed")}
    for solution in solutions():
        groups["aimed" if solution.aimed else solution.subset].append(solution)
    scores = []
    results: list[tuple[Sample, Report]] = []
    for name, group in groups.items():
        start = time.perf_counter()
        found = run(group, profile=profile)
        scores.append(score(name, found, time.perf_counter() - start))
        results.extend(found)
    return scores, recall(results)
