"""BIG-Bench-Mistake: does the audit name the first mistake, or rightly name none?

Tyen et al. 2024, arXiv:2311.08516. The data is read from a folder with `<task>.jsonl` files, whose
records hold input, steps, target, answer and mistake_index (0-based, or null). Exact location is
the published metric. A trace labelled free of mistakes whose answer differs from the target must
hold one, or its answer was mis-transcribed: such label errors are counted apart, never dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from clr.auditor import audit
from clr.report import first_error
from clr.segment import trace_of
from clr.trace import Trace

if TYPE_CHECKING:
    from rich.table import Table

TASKS = (
    "dyck_languages",
    "logical_deduction",
    "multistep_arithmetic",
    "tracking_shuffled_objects",
    "word_sorting",
)


class Sample(msgspec.Struct, frozen=True):
    """One labelled chain of thought."""

    input: str
    steps: list[str]
    target: str
    answer: str
    mistake_index: int | None


class Published(msgspec.Struct, frozen=True):
    """Exact location, percent, per task in `TASKS` order; None where not given."""

    name: str
    row: tuple[float | None, ...]
    overall: float


PUBLISHED = (
    Published("GPT-4, direct, per step", (44.33, 67.67, 42.67, 65.33, 44.33), 52.87),
    Published("GPT-4, chain of thought, per step", (41.00, 10.33, 41.00, 90.67, 34.00), 43.40),
    Published("GPT-4-Turbo, direct, per step", (28.67, 75.00, 43.33, 61.67, 33.00), 48.33),
    Published("PaLM 2 Unicorn, direct, per step", (14.36, 38.00, 22.00, 28.00, 16.33), 23.67),
    Published("trained classifier (PaLM 2 Otter)", (33.57, 6.00, 26.00, 37.67, 22.33), 25.1),
)
"""arXiv:2311.08516v3, tables 2 to 7; Dyck on another sample of 300; the last mean is ours."""


class Score(msgspec.Struct, frozen=True):
    """Result on one task. Rates are percent."""

    task: str
    samples: int
    exact: float
    on_mistake: float
    """Of the traces with a mistake, those whose first mistake is named exactly."""
    on_clean: float
    """Of the traces labelled clean, those with nothing named."""
    clean: int
    label_errors: int
    """Traces labelled clean whose answer differs from the target."""
    exact_without_label_errors: float


def first_fault(trace: Trace, *, conventions: bool) -> int | None:
    """Index of the first step with a claim that is refuted, unsupported or a jump.

    The thorough profile applies the conventions; the precise one does not, but its jumps count.
    """
    report = audit(trace, profile="thorough" if conventions else "precise")
    return first_error(report.steps, "thorough")


def load(path: Path) -> list[Sample]:
    """Samples of one JSONL file.

    Raises:
        FileNotFoundError: the file is absent.
        msgspec.ValidationError: a record lacks a field or has a wrong type.
    """
    decoder = msgspec.json.Decoder(Sample)
    return [decoder.decode(line) for line in path.read_bytes().splitlines() if line.strip()]


def run(samples: Iterable[Sample], *, conventions: bool) -> list[tuple[Sample, int | None]]:
    """The first fault of every sample."""
    return [
        (s, first_fault(trace_of(str(i), s.input, steps=s.steps), conventions=conventions))
        for i, s in enumerate(samples)
    ]


def _percent(hits: int, total: int) -> float:
    return 100 * hits / total if total else 0.0


def mislabelled(sample: Sample) -> bool:
    """Whether a trace labelled clean ends with another answer than the target."""
    return sample.mistake_index is None and _plain(sample.answer) != _plain(sample.target)


def _plain(answer: str) -> str:
    return "".join(answer.split()).strip("().").casefold()


def score(task: str, results: Sequence[tuple[Sample, int | None]]) -> Score:
    """Exact location on all traces, on those with a mistake, and on clean ones."""
    hits = [found == s.mistake_index for s, found in results]
    wrong = [hit for (s, _), hit in zip(results, hits, strict=True) if s.mistake_index is not None]
    clean = [hit for (s, _), hit in zip(results, hits, strict=True) if s.mistake_index is None]
    sound = [hit for (s, _), hit in zip(results, hits, strict=True) if not mislabelled(s)]
    return Score(
        task=task,
        samples=len(results),
        exact=_percent(sum(hits), len(hits)),
        on_mistake=_percent(sum(wrong), len(wrong)),
        on_clean=_percent(sum(clean), len(clean)),
        clean=len(clean),
        label_errors=len(hits) - len(sound),
        exact_without_label_errors=_percent(sum(sound), len(sound)),
    )


def disagreements(
    task: str, results: Iterable[tuple[Sample, int | None]]
) -> Iterable[dict[str, object]]:
    """Samples where the audit and the label differ."""
    for i, (s, found) in enumerate(results):
        if found != s.mistake_index:
            yield {
                "task": task,
                "line": i,
                "label": s.mistake_index,
                "first_error": found,
                "label_error": mislabelled(s),
            }


def main(
    data: Path,
    *,
    tasks: Sequence[str] = TASKS,
    conventions: bool = True,
    errors: Path | None = None,
) -> list[Score]:
    """Score `tasks` found in `data` (a folder, or its parent); write disagreements to `errors`.

    Raises:
        FileNotFoundError: no such task in `data`.
    """
    folder = data / "bigbench_mistake" if (data / "bigbench_mistake").is_dir() else data
    results = {task: run(load(folder / f"{task}.jsonl"), conventions=conventions) for task in tasks}
    if errors is not None:
        rows = chain.from_iterable(disagreements(task, r) for task, r in results.items())
        errors.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
    return [score(task, r) for task, r in results.items()]


def table(scores: Sequence[Score]) -> Table:
    """Our scores, with published rows beside."""
    from rich.table import Table

    out = Table(title="BIG-Bench-Mistake: first mistake located exactly (percent)")
    for column in ("", *(s.task.replace("_", " ") for s in scores), "macro"):
        out.add_column(column, justify="left" if not column else "right")

    def row(name: str, values: Sequence[float], style: str | None = None) -> None:
        mean = sum(values) / len(values)
        out.add_row(name, *(f"{v:.1f}" for v in values), f"{mean:.1f}", style=style)

    row("CLR, this run", [s.exact for s in scores], "bold")
    row("  on traces with a mistake", [s.on_mistake for s in scores])
    row("  on clean traces", [s.on_clean for s in scores])
    row("  without label errors", [s.exact_without_label_errors for s in scores])
    out.add_row("  label errors", *(str(s.label_errors) for s in scores), "")
    out.add_section()
    at = [TASKS.index(s.task) for s in scores]
    for published in PUBLISHED:
        shown = [published.row[i] for i in at]
        cells = ["" if v is None else f"{v:.1f}" for v in shown]
        out.add_row(published.name, *cells, f"{published.overall:.1f}")
    return out
