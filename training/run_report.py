"""One page for a run: what every stage did, in curves and in marked traces.

Made of what the run left on disk; the page is a single file that loads nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import msgspec
from markupsafe import Markup

from clr.claim import Fault
from clr.pool import Crew, audit_all
from clr.render.terminal import SYMBOLS
from clr.report import Report
from clr.segment import trace_of
from clr.training import charts
from clr.training.data import Record
from clr.training.evaluate import Score, pass_at_k
from clr.training.rollout import Rollout

_TRACES = 6
"""Sample traces for each stage."""

CURVES: Mapping[str, Mapping[str, str]] = {
    "loss": {"loss": "loss"},
    "reward": {"reward": "reward"},
    "prompts of the batch": {
        "never solved": "mgpo/never_solved",
        "always solved": "mgpo/always_solved",
        "weight": "mgpo/weight",
    },
    "quality of the reasoning": {
        "quality": "clr/quality",
        "unsound, of the right": "clr/unsound_of_right",
    },
    "faults in a completion": {kind.value: f"clr/{kind.value}" for kind in Fault},
    "tokens in a completion": {"tokens": "completions/mean_length"},
    "entropy": {"entropy": "entropy"},
}
"""Charts of a stage: title -> line -> the key under which the trainer logged it."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A chart with its title, and the names of its lines in the order of their colours."""

    title: str
    chart: Markup
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """A sample trace, audited."""

    prompt: str
    report: Report


@dataclass(frozen=True, slots=True)
class StageView:
    """What the page shows of a stage."""

    name: str
    kind: str
    seconds: float
    metrics: Mapping[str, float]
    panels: tuple[Panel, ...]
    traces: tuple[Marked, ...]


def write(run: Path, held_out: Sequence[Record] = (), *, workers: int | Crew = 1) -> Path:
    """Write `<run>/report.html` from the folders of the run's finished stages, and return it.

    `held_out` are the records of its evaluation: without them there are no sample traces, which
    `workers` audit.
    """
    folders = sorted(path.parent for path in run.glob("*/manifest.json"))
    scores = {folder.name: score for folder in folders if (score := _score(folder))}
    by_stage = {name.partition("-")[2]: (s.mean, s.low, s.high) for name, s in scores.items()}
    page = _template().render(
        run=run.name,
        overview=charts.intervals(by_stage),
        scores={name.partition("-")[2]: score for name, score in scores.items()},
        stages=[_view(folder, scores.get(folder.name), held_out, workers) for folder in folders],
        signs=SYMBOLS,
    )
    unfinished = run / "report.html.part"
    unfinished.write_text(page, encoding="utf-8")
    return unfinished.replace(run / "report.html")


def _view(
    folder: Path, score: Score | None, held_out: Sequence[Record], workers: int | Crew
) -> StageView:
    manifest = json.loads((folder / "manifest.json").read_bytes())
    return StageView(
        name=manifest["stage"],
        kind=manifest["kind"],
        seconds=manifest["seconds"],
        metrics=manifest["metrics"],
        panels=(*_curves(history(folder)), *(_measured(score) if score else ())),
        traces=tuple(_samples(folder / "evaluation" / score.rollouts, held_out, workers))
        if score
        else (),
    )


def history(folder: Path) -> list[dict[str, Any]]:
    """What the trainer of a stage logged, step by step; empty where it left nothing."""
    states = sorted((folder / "trainer").glob("**/trainer_state.json"), key=_steps)
    return json.loads(states[-1].read_bytes())["log_history"] if states else []


def _steps(state: Path) -> int:
    return int(json.loads(state.read_bytes())["global_step"])


def _curves(logged: Sequence[Mapping[str, Any]]) -> Iterator[Panel]:
    for title, keys in CURVES.items():
        series = {
            name: [(entry["step"], float(entry[key])) for entry in logged if _has(entry, key)]
            for name, key in keys.items()
        }
        found = {name: points for name, points in series.items() if points}
        if found:
            yield Panel(title, charts.curves(found), tuple(found) if len(found) > 1 else ())


def _has(entry: Mapping[str, Any], key: str) -> bool:
    return isinstance(entry.get(key), int | float) and "step" in entry


def _measured(score: Score) -> Iterator[Panel]:
    """How solved the held-out problems are, and how much more samples would solve."""
    counts = [score.right.count(n) / len(score.right) for n in range(score.k + 1)]
    labels = [f"p = {n / score.k:.2f}" for n in range(score.k + 1)]
    yield Panel("problems by share of right answers p(q)", charts.bars(counts, labels))
    passed = [
        (float(j), sum(pass_at_k(score.k, n, j) for n in score.right) / len(score.right))
        for j in range(1, score.k + 1)
    ]
    yield Panel("pass@k", charts.curves({"pass@k": passed}))


def _samples(folder: Path, held_out: Sequence[Record], workers: int | Crew) -> Iterator[Marked]:
    """The first completion of the first few held-out records, audited."""
    prompts = {record.id: record.prompt for record in held_out}
    found: list[tuple[str, str]] = []
    for file in sorted(folder.glob("rollouts-*.jsonl")):
        for line in file.read_bytes().splitlines():
            rollout = msgspec.json.decode(line, type=Rollout)
            if len(found) < _TRACES and rollout.id in prompts:
                found.append((prompts[rollout.id], rollout.completions[0]))
    traces = [trace_of(str(i), prompt, response=text) for i, (prompt, text) in enumerate(found)]
    reports = audit_all(traces, workers=workers, profile="thorough")
    for (prompt, _), report in zip(found, reports, strict=True):
        yield Marked(prompt, report)


def _score(folder: Path) -> Score | None:
    path = folder / "score.json"
    return msgspec.json.decode(path.read_bytes(), type=Score) if path.is_file() else None


def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("run_report.html.jinja")
