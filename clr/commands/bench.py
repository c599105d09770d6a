"""`clr bench`: how good and how fast the verifier is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

from clr.commands.options import (
    AsJson,
    ExitCode,
    Field,
    Profile,
    ProfileOption,
    renames,
    usage_error,
)
from clr.extras import extra

if TYPE_CHECKING:
    from rich.table import Table

    from clr.benchmarks.answers import Score as Answers
    from clr.benchmarks.integrity import Row as Attack
    from clr.benchmarks.kappa import Kappa
    from clr.benchmarks.reward_speed import Speed
    from clr.benchmarks.selection import Score as Selection
    from clr.benchmarks.throughput import Rate

Found = TypeVar("Found")

_ALONE = "math-verify is not installed: with it (pip install math-verify), it is measured beside"

bench = typer.Typer(help="Measure the verifier on public data.", no_args_is_help=True)


@contextmanager
def _data() -> Iterator[None]:
    """Around what reads the folder --data."""
    try:
        yield
    except FileNotFoundError as error:
        raise usage_error(f"{error.filename} is absent; --data names a folder with it") from error


def _print(found: Found, json: bool, shown: Callable[[Found], Table | Iterable[str]]) -> None:
    """Print what was measured: as JSON, or as the table or the lines that `shown` makes of it."""
    if json:
        import msgspec

        typer.echo(msgspec.json.encode(found).decode())
        return
    from rich.console import Console
    from rich.table import Table

    text = shown(found)
    if isinstance(text, Table):
        console = Console()
        if not console.is_terminal:
            console.width = 160  # whole, where it goes to a file or a pipe
        console.print(text)
        return
    for line in text:
        typer.echo(line)


def _fields(found: object) -> Iterator[str]:
    """A line for each field of a typed value."""
    import msgspec

    for name, value in msgspec.to_builtins(found).items():
        yield f"{name.replace('_', ' ')}: {value}"


@bench.command()
def processbench(
    data: Annotated[Path, typer.Option(help="Folder with <subset>.jsonl files.")],
    subset: Annotated[list[str] | None, typer.Option(help="Repeatable; all by default.")] = None,
    profile: ProfileOption = Profile.PRECISE,
    errors: Annotated[Path | None, typer.Option(help="Write disagreements here (JSONL).")] = None,
    json: AsJson = False,
) -> None:
    """Locate the first wrong step (arXiv:2412.06559): acc_err, acc_corr, F1, coverage, speed."""
    from clr.benchmarks import processbench

    with _data():
        scores = processbench.main(
            data, subsets=subset or processbench.SUBSETS, profile=profile.value, errors=errors
        )
    _print(scores, json, processbench.table)


@bench.command("own-solutions")
def own_solutions(profile: ProfileOption = Profile.PRECISE, json: AsJson = False) -> None:
    """Locate the first wrong step in solutions of our own, with recall by kind of error."""
    from clr.benchmarks import own_solutions

    scores, recall = own_solutions.main(profile.value)

    def lines(_: object) -> Iterator[str]:
        for score in scores:
            yield (
                f"{score.subset:9} {score.samples:4d} solutions, {score.erroneous:3d} wrong: "
                f"acc_err {score.acc_err:5.1f}, acc_corr {score.acc_corr:5.1f}, "
                f"{score.refuted_at_or_after:5.1f} % of refuted steps at or after the error"
            )
        for row in recall:
            yield f"{row.error:13} {row.named:3d} of {row.errors:3d} named"

    _print({"scores": scores, "recall": recall}, json, lines)


@bench.command("own-logic")
def own_logic(json: AsJson = False) -> None:
    """Puzzles of our own in many styles: false alarms, exact location, coverage."""
    import msgspec

    from clr.benchmarks import own_logic

    rows = own_logic.main()
    if json:
        typer.echo(msgspec.json.encode(rows).decode())
        return
    for row in rows:
        typer.echo(
            f"{row.subset:9} right {row.right:3d}: {row.decided:3d} with decided claims, "
            f"{row.alarms:2d} refuted; planted {row.planted:3d}: {row.exact:3d} named, "
            f"{row.early:2d} too early; steps covered {100 * row.covered / row.steps:3.0f} %"
        )


@bench.command("bigbench-mistake")
def bigbench_mistake(
    data: Annotated[Path, typer.Option(help="Folder with <task>.jsonl files.")],
    task: Annotated[list[str] | None, typer.Option(help="Repeatable; all by default.")] = None,
    conventions: Annotated[
        Literal["on", "off"],
        typer.Option(help="Count what strict readers object to, or only what is wrong."),
    ] = "on",
    errors: Annotated[Path | None, typer.Option(help="Write disagreements here (JSONL).")] = None,
    json: AsJson = False,
) -> None:
    """Locate the first mistake in five reasoning tasks (arXiv:2311.08516)."""
    from clr.benchmarks import bigbench_mistake

    with _data():
        scores = bigbench_mistake.main(
            data,
            tasks=task or bigbench_mistake.TASKS,
            conventions=conventions == "on",
            errors=errors,
        )
    _print(scores, json, bigbench_mistake.table)


@bench.command()
def gsm8k(
    data: Annotated[Path, typer.Option(help="Folder with model_solutions.jsonl.")],
    limit: Annotated[int | None, typer.Option(help="Questions to read.")] = None,
    profile: ProfileOption = Profile.PRECISE,
    json: AsJson = False,
) -> None:
    """Model solutions of GSM8K: AUROC of reliability, and what is flagged in right ones."""
    from clr.benchmarks import gsm8k

    with _data():
        score = gsm8k.main(data, limit=limit, profile=profile.value)
    _print(score, json, _fields)


@bench.command()
def folio(
    data: Annotated[Path, typer.Option(help="Folder with folio.jsonl.")],
    json: AsJson = False,
) -> None:
    """First-order logic (arXiv:2209.00840): notation read, and verdicts on English conclusions."""
    from clr.benchmarks import folio

    with _data():
        score = folio.main(data)
    _print(score, json, _fields)


@bench.command()
def answers(json: AsJson = False) -> None:
    """Grading of final answers beside math-verify: wrong accepts, wrong rejects, speed."""
    from clr.benchmarks import answers

    def lines(scores: list[Answers]) -> Iterator[str]:
        for score in scores:
            yield (
                f"{score.grader}: {len(score.wrong_accepts)} wrong accepts and "
                f"{len(score.wrong_rejects)} wrong rejects in {score.pairs} pairs, "
                f"{score.per_second:,.0f} pairs/s"
            )
        if len(scores) == 1:
            yield _ALONE

    _print(answers.main(), json, lines)


@bench.command()
def selection(
    data: Annotated[Path, typer.Option(help="Folder with gsm8k/, and processbench/ if there.")],
    json: AsJson = False,
) -> None:
    """Answers chosen among four models' solutions; first errors found among several solutions."""
    from clr.benchmarks import selection

    def lines(score: Selection) -> Iterator[str]:
        yield (
            f"{score.questions} questions; {score.solutions_right:.1f} % of the solutions are "
            f"right, and for {score.best_possible:.1f} % of the questions one is"
        )
        for way in score.ways:
            gain = f"{way.gain:+.2f} [{way.low:+.2f}, {way.high:+.2f}]"
            yield f"{way.way:10} {way.accuracy:5.1f} %, {gain}"
        if score.first_error:
            yield "first wrong step named exactly, where the problem has a right solution too:"
        for found in score.first_error:
            yield (
                f"{found.subset:14} {found.solutions:4} wrong solutions: checkers "
                f"{found.symbolic:.1f} %, consensus {found.consensus:.1f} %, "
                f"both {found.both:.1f} %"
            )

    with _data():
        score = selection.main(data)
    _print(score, json, lines)


@bench.command()
def throughput(
    data: Annotated[Path | None, typer.Option(help="ProcessBench folder; else examples.")] = None,
    limit: Annotated[int, typer.Option(help="Traces for each set.")] = 200,
    json: AsJson = False,
) -> None:
    """Steps per second on one core, cold, and claims per second beside math-verify in one run."""
    from clr.benchmarks import throughput

    with _data():
        rows = throughput.main(data, limit=limit)

    def lines(rows: list[Rate]) -> Iterator[str]:
        for row in rows:
            yield f"{row.what:44s} {row.rate:12,.0f} {row.unit}"
        if not any("math-verify" in row.what for row in rows):
            yield _ALONE

    _print(rows, json, lines)


@bench.command()
def arms(
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder of the run; a rerun goes on.")],
    seed: Annotated[
        list[int] | None, typer.Option(help="Repeatable; 1, 2 and 3 by default.")
    ] = None,
    arm: Annotated[list[str] | None, typer.Option(help="Repeatable; all by default.")] = None,
    json: AsJson = False,
) -> None:
    """RL with and without the verifier, at equal compute: accuracy and sound reasoning.

    Trains a small model from nothing, 12 minutes a seed on one core.
    """
    from clr.benchmarks import arms

    if unknown := set(arm or ()) - set(arms.ARMS):
        raise usage_error(f"no arm {min(unknown)!r}: use some of {', '.join(arms.ARMS)}")
    rows = []
    seeds, chosen = seed or (1, 2, 3), arm or arms.ARMS
    with extra("train", "training the arms"):
        for row in arms.run(out, seeds=seeds, setting=arms.Setting(), arms=chosen):
            rows.append(row)
            typer.echo(f"{row.arm} {row.seed}: {row.accuracy:.3f}", err=True)
    _print(arms.summarise(rows), json, arms.table)


@bench.command()
def integrity(
    count: Annotated[int, typer.Option(min=6, help="Solutions to attack.")] = 300,
    seed: Annotated[int, typer.Option(help="Of the solutions.")] = 0,
    json: AsJson = False,
) -> None:
    """Does it pay to cheat? Attacks by sort of problem, and how often the reward rises."""
    from clr.benchmarks import integrity

    def lines(rows: list[Attack]) -> Iterator[str]:
        for row in rows:
            yield (
                f"{row.property:3d} {row.attack:28s} {row.sort:14s} rose in {row.rose} of "
                f"{row.cases}, mean {row.mean:+.3f}"
            )
        yield f"rose in {sum(r.rose for r in rows)} of {sum(r.cases for r in rows)}"

    _print(integrity.main(count, seed=seed), json, lines)


@bench.command()
def kappa(
    file: Annotated[Path, typer.Argument(help="JSONL or Parquet of correct traces.")],
    field: Field = None,
    limit: Annotated[int | None, typer.Option(help="Traces to read.")] = None,
    json: AsJson = False,
) -> None:
    """Measure the kappa of each domain: how much of correct reasoning CLR can establish."""
    from clr.benchmarks import kappa

    if not file.is_file():
        raise usage_error(f"no such file: {file}")

    def lines(rows: list[Kappa]) -> Iterator[str]:
        for row in rows:
            yield (
                f"{row.domain}: kappa {row.kappa:.3f} on {row.traces} traces "
                f"({row.discharged} obligations discharged, {row.gaps} gaps, "
                f"{row.unsupported} traces with nothing behind the answer)"
            )

    unreadable = 0

    def name(record: object) -> None:
        nonlocal unreadable
        unreadable += 1
        typer.echo(f"clr: {record}", err=True)

    _print(kappa.main(file, renames(field), limit=limit, unreadable=name), json, lines)
    if unreadable:
        raise typer.Exit(ExitCode.UNREADABLE)


@bench.command()
def reward(
    completions: Annotated[int, typer.Option(min=1, help="Of one step of GRPO.")] = 512,
    steps: Annotated[int, typer.Option(min=3, help="In each completion.")] = 15,
    workers: Annotated[int, typer.Option(min=0)] = 2,
    json: AsJson = False,
) -> None:
    """Seconds for the rewards of one step of GRPO, and the share that is undecided."""
    from clr.benchmarks import reward_speed

    def lines(speed: Speed) -> Iterator[str]:
        yield (
            f"{speed.completions} completions of {speed.steps:.1f} steps: {speed.seconds:.2f} s "
            f"with {workers} workers; {speed.not_ok} not ok; "
            f"one core alone {speed.cpu_seconds:.2f} s of CPU"
        )

    _print(reward_speed.main(completions, steps, workers), json, lines)
