"""ProcessBench: does the audit name the first wrong step, and leave correct solutions alone?

Zheng et al. 2024, arXiv:2412.06559. For a subset, acc_err is the share of erroneous samples whose
first wrong step is named exactly, acc_corr the share of correct samples with no step named, and F1
their harmonic mean. The data is read from a folder with `<subset>.jsonl` files, whose records hold
id, problem, steps and label (0-based index of the first wrong step, -1 for none).
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from clr.auditor import audit
from clr.claim import Status
from clr.report import Report
from clr.segment import trace_of

if TYPE_CHECKING:
    from rich.table import Table

SUBSETS = ("gsm8k", "math", "olympiadbench", "omnimath")


class Sample(msgspec.Struct, frozen=True):
    """One labelled solution."""

    id: str
    problem: str
    steps: list[str]
    label: int
    final_answer_correct: bool | None = None


class Published(msgspec.Struct, frozen=True):
    """A published row: (acc_err, acc_corr, F1) per subset in `SUBSETS` order, and mean F1."""

    name: str
    rows: tuple[tuple[float, float, float], ...]
    mean: float


PUBLISHED = (
    Published(
        "guess one step, best probability",
        ((0.0, 0.0, 24.8), (0.0, 0.0, 22.1), (0.0, 0.0, 20.9), (0.0, 0.0, 22.1)),
        22.5,
    ),
    Published(
        "RLHFlow-PRM-Mistral-8B",
        ((33.8, 99.0, 50.4), (21.7, 72.2, 33.4), (8.2, 43.1, 13.8), (9.6, 45.2, 15.8)),
        28.4,
    ),
    Published(
        "Math-Shepherd-PRM-7B",
        ((32.4, 91.7, 47.9), (18.0, 82.0, 29.5), (15.0, 71.1, 24.8), (14.2, 73.0, 23.8)),
        31.5,
    ),
    Published(
        "Skywork-PRM-7B",
        ((61.8, 82.9, 70.8), (43.8, 62.2, 53.6), (17.9, 31.9, 22.9), (14.0, 41.9, 21.0)),
        42.1,
    ),
    Published(
        "Qwen2.5-Math-PRM-7B",
        ((72.0, 96.4, 82.4), (68.0, 90.4, 77.6), (55.7, 85.5, 67.5), (55.2, 83.0, 66.3)),
        73.5,
    ),
)
"""Percent, on the full sets, from arXiv:2412.06559 as quoted by GenPRM (arXiv:2504.00891, tables 1
and 6). The guess is this project's own computation."""


class Score(msgspec.Struct, frozen=True):
    """Result on one subset. Rates are percent; counts are of samples or steps."""

    subset: str
    samples: int
    erroneous: int
    acc_err: float
    acc_corr: float
    f1: float
    refuted_steps: int
    refuted_at_or_after: float
    """Of the steps with a refuted claim, the percentage at or after the labelled first error; steps
    of correct samples count against it."""
    coverage: float
    """Percentage of steps with a claim that was verified or refuted."""
    steps: int
    steps_per_second: float


def harmonic(a: float, b: float) -> float:
    """Harmonic mean of two rates; 0 where both are 0."""
    return 2 * a * b / (a + b) if a + b else 0.0


def load(path: Path) -> list[Sample]:
    """Samples of one JSONL file.

    Raises:
        FileNotFoundError: the file is absent.
        msgspec.ValidationError: a record lacks a field or has a wrong type.
    """
    decoder = msgspec.json.Decoder(Sample)
    return [decoder.decode(line) for line in path.read_bytes().splitlines() if line.strip()]


def run(samples: Iterable[Sample], *, profile: str) -> list[tuple[Sample, Report]]:
    """Audit every sample in this process."""
    return [(s, audit(trace_of(s.id, s.problem, steps=s.steps), profile=profile)) for s in samples]


def score(subset: str, results: Sequence[tuple[Sample, Report]], seconds: float) -> Score:
    """The official metric, and what the silence of the rest is worth."""
    wrong = [(s, r) for s, r in results if s.label >= 0]
    right = [(s, r) for s, r in results if s.label < 0]
    hits = sum(r.first_error == s.label for s, r in wrong)
    clean = sum(r.first_error is None for _, r in right)
    acc_err = 100 * hits / len(wrong) if wrong else 0.0
    acc_corr = 100 * clean / len(right) if right else 0.0
    steps = refuted = justified = covered = 0
    for s, r in results:
        for step in r.steps:
            statuses = {c.verdict.status for c in step.claims}
            steps += 1
            covered += bool(statuses & {Status.VERIFIED, Status.REFUTED})
            if Status.REFUTED in statuses:
                refuted += 1
                justified += 0 <= s.label <= step.step.index
    return Score(
        subset=subset,
        samples=len(results),
        erroneous=len(wrong),
        acc_err=acc_err,
        acc_corr=acc_corr,
        f1=harmonic(acc_err, acc_corr),
        refuted_steps=refuted,
        refuted_at_or_after=100 * justified / refuted if refuted else 100.0,
        coverage=100 * covered / steps if steps else 0.0,
        steps=steps,
        steps_per_second=steps / seconds if seconds else 0.0,
    )


def disagreements(
    results: Iterable[tuple[Sample, Report]],
) -> Iterable[dict[str, object]]:
    """Samples where the audit and the label differ, with what was found at the step named."""
    for s, r in results:
        found = -1 if r.first_error is None else r.first_error
        if found == s.label:
            continue
        claims = []
        if r.first_error is not None:
            claims = [
                {
                    "statement": c.claim.statement,
                    "status": c.verdict.status,
                    "checked_by": c.verdict.checked_by,
                    "evidence": c.verdict.evidence.message if c.verdict.evidence else None,
                }
                for c in r.steps[r.first_error].claims
                if c.verdict.fault is not None
            ]
        yield {"id": s.id, "label": s.label, "first_error": found, "claims": claims}


def main(
    data: Path,
    *,
    subsets: Sequence[str] = SUBSETS,
    profile: str = "precise",
    errors: Path | None = None,
) -> list[Score]:
    """Score `subsets` found in `data` (a folder, or its parent); write disagreements to `errors`.

    Raises:
        FileNotFoundError: no such subset in `data`.
    """
    folder = data / "processbench" if (data / "processbench").is_dir() else data
    scores = []
    rows: list[dict[str, object]] = []
    for subset in subsets:
        samples = load(folder / f"{subset}.jsonl")
        start = time.perf_counter()
        results = run(samples, profile=profile)
        scores.append(score(subset, results, time.perf_counter() - start))
        rows.extend(disagreements(results))
    if errors is not None:
        errors.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
    return scores


def table(scores: Sequence[Score]) -> Table:
    """Our scores, with published rows and the blind guess beside them."""
    from rich.table import Table

    out = Table(title="ProcessBench: acc_err / acc_corr / F1 (percent)")
    for column in ("", *(s.subset for s in scores), "mean F1"):
        out.add_column(column, justify="left" if not column else "right")

    def cell(row: tuple[float, float, float]) -> str:
        return f"{row[0]:.1f} / {row[1]:.1f} / {row[2]:.1f}" if row[0] else f"{row[2]:.1f}"

    mean = sum(s.f1 for s in scores) / len(scores)
    rows = [cell((s.acc_err, s.acc_corr, s.f1)) for s in scores]
    out.add_row("CLR, this run", *rows, f"{mean:.1f}", style="bold")
    at = [SUBSETS.index(s.subset) for s in scores]
    for published in PUBLISHED:
        shown = [cell(published.rows[i]) for i in at]
        average = sum(published.rows[i][2] for i in at) / len(at)
        out.add_row(published.name, *shown, f"{average:.1f}")
    out.add_section()
    out.add_row("refuted steps", *(str(s.refuted_steps) for s in scores), "")
    out.add_row(
        "of these at or after the error, %", *(f"{s.refuted_at_or_after:.1f}" for s in scores), ""
    )
    out.add_row("steps with a decided claim, %", *(f"{s.coverage:.1f}" for s in scores), "")
    out.add_row("steps per second", *(f"{s.steps_per_second:,.0f}" for s in scores), "")
    return out


def causes(results: Iterable[tuple[Sample, Report]]) -> Counter[tuple[str, str]]:
    """First flags by checker and outcome: hit, before, after, or on a correct solution."""
    out: Counter[tuple[str, str]] = Counter()
    for s, r in results:
        if r.first_error is None:
            continue
        by = next(
            c.verdict.checked_by
            for c in r.steps[r.first_error].claims
            if c.verdict.fault is not None
        )
        if s.label < 0:
            where = "correct"
        elif r.first_error == s.label:
            where = "hit"
        else:
            where = "before" if r.first_error < s.label else "after"
        out[by, where] += 1
    return out
