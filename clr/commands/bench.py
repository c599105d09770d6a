"""`clr bench`: how good and how fast the verifier is."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from clr.commands.options import AsJson, Field, Profile, ProfileOption, renames, usage_error

if TYPE_CHECKING:
    from rich.table import Table

bench = typer.Typer(help="Measure the verifier on public data.", no_args_is_help=True)


def _absent(error: FileNotFoundError) -> typer.Exit:
    return usage_error(f"{error.filename} is absent; --data names a folder with it")


def _show(table: Table) -> None:
    """Print a table; whole, where it goes to a file or a pipe."""
    from rich.console import Console

    console = Console()
    if not console.is_terminal:
        console.width = 160
    console.print(table)


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

    try:
        scores = processbench.main(
            data, subsets=subset or processbench.SUBSETS, profile=profile.value, errors=errors
        )
    except FileNotFoundError as error:
        raise _absent(error) from error
    if json:
        import msgspec

        typer.echo(msgspec.json.encode(scores).decode())
    else:
        _show(processbench.table(scores))


@bench.command("own-solutions")
def own_solutions(profile: ProfileOption = Profile.PRECISE, json: AsJson = False) -> None:
    """Locate the first wrong step in solutions of our own, with recall by kind of error."""
    import msgspec

    from clr.benchmarks import own_solutions

    scores, recall = own_solutions.main(profile.value)
    if json:
        typer.echo(msgspec.json.encode({"scores": scores, "recall": recall}).decode())
        return
    for score in scores:
        typer.echo(
            f"{score.subset:9} {score.samples:4d} solutions, {score.erroneous:3d} wrong: "
            f"acc_err {score.acc_err:5.1f}, acc_corr {score.acc_corr:5.1f}, "
            f"{score.refuted_at_or_after:5.1f} % of refuted steps at or after the error"
        )
    for row in recall:
        typer.echo(f"{row.error:13} {row.named:3d} of {row.errors:3d} named")


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

    try:
        scores = bigbench_mistake.main(
            data,
            tasks=task or bigbench_mistake.TASKS,
            conventions=conventions == "on",
            errors=errors,
        )
    except FileNotFoundError as error:
        raise _absent(error) from error
    if json:
        import msgspec

        typer.echo(msgspec.json.encode(scores).decode())
    else:
        _show(bigbench_mistake.table(scores))


@bench.command()
def gsm8k(
    data: Annotated[Path, typer.Option(help="Folder with model_solutions.jsonl.")],
    limit: Annotated[int | None, typer.Option(help="Questions to read.")] = None,
    profile: ProfileOption = Profile.PRECISE,
    json: AsJson = False,
) -> None:
    """Model solutions of GSM8K: AUROC of reliability, and what is flagged in right ones."""
    from clr.benchmarks import gsm8k

    try:
        score = gsm8k.main(data, limit=limit, profile=profile.value)
    except FileNotFoundError as error:
        raise _absent(error) from error
    import msgspec

    if json:
        typer.echo(msgspec.json.encode(score).decode())
    else:
        for name, value in msgspec.to_builtins(score).items():
            typer.echo(f"{name.replace('_', ' ')}: {value}")


@bench.command()
def folio(
    data: Annotated[Path, typer.Option(help="Folder with folio.jsonl.")],
    json: AsJson = False,
) -> None:
    """First-order logic (arXiv:2209.00840): notation read, and verdicts on English conclusions."""
    from clr.benchmarks import folio

    try:
        score = folio.main(data)
    except FileNotFoundError as error:
        raise _absent(error) from error
    import msgspec

    if json:
        typer.echo(msgspec.json.encode(score).decode())
    else:
        for name, value in msgspec.to_builtins(score).items():
            typer.echo(f"{name.replace('_', ' ')}: {value}")


@bench.command()
def answers(json: AsJson = False) -> None:
    """Grading of final answers beside math-verify: wrong accepts, wrong rejects, speed."""
    import msgspec

    from clr.benchmarks import answers

    scores = answers.main()
    if json:
        typer.echo(msgspec.json.encode(scores).decode())
        return
    for score in scores:
        typer.echo(
            f"{score.grader}: {len(score.wrong_accepts)} wrong accepts and "
            f"{len(score.wrong_rejects)} wrong rejects in {score.pairs} pairs, "
            f"{score.per_second:,.0f} pairs/s"
        )


@bench.command()
def selection(
    data: Annotated[Path, typer.Option(help="Folder with gsm8k/, and processbench/ if there.")],
    json: AsJson = False,
) -> None:
    """Answers chosen among four models' solutions; first errors found among several solutions."""
    import msgspec

    from clr.benchmarks import selection

    try:
        score = selection.main(data)
    except FileNotFoundError as error:
        raise _absent(error) from error
    if json:
        typer.echo(msgspec.json.encode(score).decode())
        return
    typer.echo(
        f"{score.questions} questions; {score.solutions_right:.1f} % of the solutions are right, "
        f"and for {score.best_possible:.1f} % of the questions one is"
    )
    for way in score.ways:
        typer.echo(
            f"{way.way:10} {way.accuracy:5.1f} %, {way.gain:+.2f} [{way.low:+.2f}, {way.high:+.2f}]"
        )
    if score.first_error:
        typer.echo("first wrong step named exactly, where the problem has a right solution too:")
    for found in score.first_error:
        typer.echo(
            f"{found.subset:14} {found.solutions:4} wrong solutions: checkers "
            f"{found.symbolic:.1f} %, consensus {found.consensus:.1f} %, both {found.both:.1f} %"
        )


@bench.command()
def throughput(
    data: Annotated[Path | None, typer.Option(help="ProcessBench folder; else examples.")] = None,
    limit: Annotated[int, typer.Option(help="Traces for each set.")] = 200,
    json: AsJson = False,
) -> None:
    """Steps per second on one core, cold, and claims per second beside math-verify in one run."""
    import msgspec

    from clr.benchmarks import throughput

    rows = throughput.main(data, limit=limit)
    if json:
        typer.echo(msgspec.json.encode(rows).decode())
        return
    for row in rows:
        typer.echo(f"{row.what:44s} {row.rate:12,.0f} {row.unit}")


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
    if importlib.util.find_spec("trl") is None:
        raise usage_error("the arms are trained with TRL: pip install 'clr-verify[train]'")
    from clr.benchmarks import arms

    if unknown := set(arm or ()) - set(arms.ARMS):
        raise usage_error(f"no arm {min(unknown)!r}: use some of {', '.join(arms.ARMS)}")
    rows = []
    for row in arms.run(
        out, seeds=seed or (1, 2, 3), setting=arms.Setting(), arms=arm or arms.ARMS
    ):
        rows.append(row)
        typer.echo(f"{row.arm} {row.seed}: {row.accuracy:.3f}", err=True)
    summaries = arms.summarise(rows)
    if json:
        import msgspec

        typer.echo(msgspec.json.encode(summaries).decode())
    else:
        _show(arms.table(summaries))


@bench.command()
def integrity(
    count: Annotated[int, typer.Option(min=6, help="Solutions to attack.")] = 300,
    seed: Annotated[int, typer.Option(help="Of the solutions.")] = 0,
    json: AsJson = False,
) -> None:
    """Does it pay to cheat? Attacks by sort of problem, and how often the reward rises."""
    import msgspec

    from clr.benchmarks import integrity

    rows = integrity.main(count, seed=seed)
    if json:
        typer.echo(msgspec.json.encode(rows).decode())
        return
    for row in rows:
        typer.echo(
            f"{row.property:3d} {row.attack:28s} {row.sort:14s} rose in {row.rose} of "
            f"{row.cases}, mean {row.mean:+.3f}"
        )
    typer.echo(f"rose in {sum(r.rose for r in rows)} of {sum(r.cases for r in rows)}")


@bench.command()
def kappa(
    file: Annotated[Path, typer.Argument(help="JSONL or Parquet of correct traces.")],
    field: Field = None,
    limit: Annotated[int | None, typer.Option(help="Traces to read.")] = None,
) -> None:
    """Measure the kappa of each domain: how much of correct reasoning CLR can establish."""
    from clr.benchmarks import kappa

    if not file.is_file():
        raise usage_error(f"no such file: {file}")
    for row in kappa.main(file, renames(field), limit=limit):
        typer.echo(
            f"{row.domain}: kappa {row.kappa:.3f} on {row.traces} traces "
            f"({row.discharged} obligations discharged, {row.gaps} gaps, "
            f"{row.unsupported} traces with nothing behind the answer)"
        )


@bench.command()
def reward(
    completions: Annotated[int, typer.Option(min=1, help="Of one step of GRPO.")] = 512,
    steps: Annotated[int, typer.Option(min=3, help="In each completion.")] = 15,
    workers: Annotated[int, typer.Option(min=0)] = 2,
) -> None:
    """Seconds for the rewards of one step of GRPO, and the share that is undecided."""
    from clr.benchmarks import reward_speed

    speed = reward_speed.main(completions, steps, workers)
    typer.echo(
        f"{speed.completions} completions of {speed.steps:.1f} steps: {speed.seconds:.2f} s with "
        f"{workers} workers; {speed.not_ok} not ok; one core alone {speed.cpu_seconds:.2f} s of CPU"
    )
