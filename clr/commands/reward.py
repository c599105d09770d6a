"""`clr reward`, `clr path` and `clr serve`: rewards for files, and for trainers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clr.commands.options import (
    ExitCode,
    Field,
    Limit,
    NoColor,
    Quiet,
    renames,
    say_if_none,
    usage_error,
)
from clr.commands.progress import progress

if TYPE_CHECKING:
    from clr.scoring import Result
    from clr.trace import Trace


class Preset(StrEnum):
    """How process and outcome make a reward; see clr.reward.PRESETS."""

    OUTCOME = "outcome"
    PROCESS = "process"
    BLEND = "blend"
    PROF = "prof"


class Trainer(StrEnum):
    """Trainers that load a file."""

    VERL = "verl"
    VERL_TOKENS = "verl-tokens"
    OPENRLHF = "openrlhf"
    SWIFT = "swift"


_AT_ONCE = 256
"""Samples scored together: the time that a batch may take does not depend on the file's length."""

_FILES = {
    Trainer.VERL: "clr.integrations.verl_reward",
    Trainer.VERL_TOKENS: "clr.integrations.verl_manager",
    Trainer.OPENRLHF: "clr.integrations.openrlhf_reward",
    Trainer.SWIFT: "clr.integrations.swift_plugin",
}


def reward(
    file: Annotated[Path, typer.Argument(help="JSONL or Parquet with problem, response, answer.")],
    weights: Annotated[Preset, typer.Option(help="How the reward is made.")] = Preset.BLEND,
    domain: Annotated[str | None, typer.Option(help="Of records that name none.")] = None,
    field: Field = None,
    json: Annotated[bool, typer.Option("--json", help="Print one line of JSON for each.")] = False,
    limit: Limit = None,
    quiet: Quiet = False,
    no_color: NoColor = False,
) -> None:
    """Score the samples of FILE, and explain every number.

    Progress, unreadable records and a summary go to standard error.
    """
    import msgspec
    from rich.console import Console

    from clr.records import Unreadable, read_traces
    from clr.rewards import Reward
    from clr.scoring import workers_allowed

    if file != Path("-") and not file.exists():
        raise usage_error(f"no such file: {file}")
    try:
        scorer = Reward(domain, weights=weights.value, workers=workers_allowed())
    except ValueError as error:
        raise usage_error(str(error)) from error
    console = Console(no_color=no_color, highlight=False, soft_wrap=True)
    errors = Console(stderr=True, no_color=no_color, highlight=False)
    unreadable = 0

    def readable() -> Iterator[Trace]:
        nonlocal unreadable
        for record in read_traces(file, renames(field)):
            if isinstance(record, Unreadable):
                unreadable += 1
                errors.print(f"clr: {record}", style="yellow", markup=False, soft_wrap=True)
            else:
                yield record

    traces = islice(readable(), limit)
    rewards: list[float] = []
    samples = right = 0
    with progress(errors, quiet or sys.stdout.isatty(), [file], limit) as show:
        while batch := list(islice(traces, _AT_ONCE)):
            results = scorer.results(
                [t.problem for t in batch],
                [t.response for t in batch],
                answer=[t.answer for t in batch],
                domain=[t.domain or domain for t in batch],
            )
            for trace, result in zip(batch, results, strict=True):
                if json:
                    typer.echo(msgspec.json.encode(_row(trace, result)).decode())
                else:
                    console.print("\n".join(_lines(trace, result)), markup=False)
                if result is not None and result.reward is not None:
                    rewards.append(result.reward)
                    right += bool(result.score and result.score.outcome)
            samples += len(batch)
            show(samples + unreadable)
    if not quiet:
        mean = f"mean reward {sum(rewards) / len(rewards):+.3f}, " if rewards else ""
        errors.print(
            f"{samples} samples: {mean}{right} right, {samples - len(rewards)} without a reward",
            style="dim",
        )
    say_if_none(samples + unreadable, [file], limit)
    if unreadable:
        raise typer.Exit(ExitCode.UNREADABLE)


def _row(trace: Trace, result: Result | None) -> dict[str, Any]:
    score = None if result is None else result.score
    return {
        "id": trace.id,
        "reward": None if result is None else result.reward,
        "status": "not_applicable" if result is None else result.status.value,
        "note": "" if result is None else result.note,
        "outcome": score and score.outcome,
        "quality": score and score.quality,
        "components": score and score.components,
        "charges": [
            {"cause": c.cause.value, "price": c.price, "step": c.step, "reason": c.reason}
            for c in (score.charges if score else ())
        ],
        "steps": [
            {"index": s.index, "span": [s.span.start, s.span.end], "value": s.value}
            for s in (score.steps if score else ())
        ],
    }


def _lines(trace: Trace, result: Result | None) -> list[str]:
    """One sample for people: the reward, and what each part of it comes from."""
    if result is None:
        return [f"{trace.id}: no reward (another domain)"]
    if result.score is None:
        return [f"{trace.id}: no reward ({result.status}: {result.note})"]
    score = result.score
    total = "none" if score.reward is None else f"{score.reward:+.3f}"
    right = "right" if score.outcome else "wrong"
    head = f"{trace.id}: {total}  answer {right}, penalty {score.penalty:.2f}"
    if result.note:
        head += f"  [{result.status}: {result.note}]"
    return [head] + [
        f"    {charge.price:.2f} {charge.cause}"
        f"{'' if charge.step is None else f' in step {charge.step}'}: {charge.reason}"
        for charge in score.charges
    ]


def path(trainer: Annotated[Trainer, typer.Argument(help="Which trainer loads the file.")]) -> None:
    """Print the path of the reward function that TRAINER loads."""
    spec = find_spec(_FILES[trainer])
    assert spec is not None
    typer.echo(spec.origin)


def serve(
    host: Annotated[str, typer.Option(help="Address; 0.0.0.0 is every one.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8000,
) -> None:
    """Serve rewards over HTTP, as OpenRLHF and slime ask for them."""
    from clr.integrations.server import server
    from clr.scoring import workers_allowed

    try:
        workers_allowed()
    except ValueError as error:
        raise usage_error(str(error)) from error
    try:
        http = server(host, port)
    except OSError as error:
        raise usage_error(f"cannot listen on {host}:{port}: {error}") from error
    typer.echo(f"clr: rewards at http://{host}:{http.server_address[1]}", err=True)
    try:
        http.serve_forever()
    except KeyboardInterrupt:
        raise typer.Exit(ExitCode.INTERRUPTED) from None
    finally:
        http.server_close()
