"""`clr filter`: the records that are worth training on."""

from __future__ import annotations

import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clr.commands.options import (
    PROCESSORS,
    Deadline,
    ExitCode,
    Field,
    Limit,
    NoColor,
    Profile,
    ProfileOption,
    Quiet,
    Workers,
    check_places,
    renames,
    say_if_none,
    usage_error,
)
from clr.commands.progress import progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.table import Table

    from clr.filter.ngrams import Benchmark
    from clr.filter.pipeline import Tally


_NAME_IT = "name the field that has it with --field outcome=NAME or --field answer=NAME"


class Preset(StrEnum):
    """A name for criteria; docs/filter.md."""

    SOUND = "sound"
    PROF = "prof"
    SFT = "sft"


class Duplicates(StrEnum):
    """Which records count as one."""

    OFF = "off"
    EXACT = "exact"
    NEAR = "near"


def filter(
    files: Annotated[
        list[Path], typer.Argument(help="JSONL or Parquet files, or folders of HF datasets.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Kept records: JSONL, or Parquet by its name.")
    ],
    rejected: Annotated[
        Path | None, typer.Option(help="Rejected records with their reasons (JSONL).")
    ] = None,
    preset: Annotated[Preset | None, typer.Option(help="Criteria under a name.")] = None,
    keep: Annotated[
        str | None,
        typer.Option(help="What must hold too: 'outcome == 1 and reliability >= 0.6'."),
    ] = None,
    per_prompt: Annotated[
        int | None, typer.Option(min=1, help="Solutions of a prompt, with different claims.")
    ] = None,
    dedup: Annotated[
        Duplicates | None, typer.Option(help="Drop duplicates; near for sft, else off.")
    ] = None,
    decontaminate: Annotated[
        list[Path] | None,
        typer.Option(help="Benchmark; drop what shares a run of words with it. Repeatable."),
    ] = None,
    ngram: Annotated[int, typer.Option(min=1, help="Words in such a run.")] = 13,
    report: Annotated[
        Path | None, typer.Option(help="Finished audit of the same files, instead of auditing.")
    ] = None,
    profile: ProfileOption = Profile.PRECISE,
    workers: Workers = PROCESSORS,
    deadline: Deadline = 30.0,
    field: Field = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with an interrupted run.")
    ] = False,
    limit: Limit = None,
    quiet: Quiet = False,
    no_color: NoColor = False,
) -> None:
    """Keep the records of FILES that meet the criteria, in order.

    Progress, unreadable records, and how many were rejected and why, go to standard error. Exit
    codes: 0 done, 2 usage or environment, 3 some records unreadable.
    """
    from rich.console import Console

    from clr.filter.criteria import Dedup, criteria
    from clr.filter.measuring import Auditing
    from clr.filter.pipeline import Job, run, without_outcomes

    names = renames(field)
    _check(files, [path for path in (output, rejected) if path is not None])
    console = Console(stderr=True, no_color=no_color, highlight=False)
    start = time.monotonic()
    try:
        job = Job(
            files,
            output,
            criteria(
                keep,
                preset.value if preset else None,
                benchmark=_benchmark(decontaminate, ngram),
                dedup=Dedup(dedup.value) if dedup else None,
                per_prompt=per_prompt,
            ),
            rejected,
            report,
            names,
            Auditing(profile.value, workers, deadline),
            limit,
        )
        if bare := without_outcomes(job):
            console.print(
                f"clr: the criteria ask for an outcome, and of the first {bare:,} records none has "
                f"an `outcome` or an `answer`: {_NAME_IT}",
                style="yellow",
                soft_wrap=True,
            )
        with progress(console, quiet, files, limit) as show:
            tally = run(
                job,
                resume=resume,
                unreadable=lambda record: console.print(
                    f"clr: {record}", style="yellow", markup=False, soft_wrap=True
                ),
                progress=show,
            )
    except (ValueError, RuntimeError) as error:
        raise usage_error(str(error)) from error
    except KeyboardInterrupt:
        console.print("clr: interrupted; go on with the same command and --resume", markup=False)
        raise typer.Exit(ExitCode.INTERRUPTED) from None
    if not quiet:
        console.print(_summary(tally))
        seconds = time.monotonic() - start
        console.print(f"{tally.records} records in {seconds:.1f} s", style="dim")
    say_if_none(tally.records + tally.unreadable, files, limit)
    if tally.ungraded:
        console.print(
            f"{tally.ungraded} of the rejected records have neither an `outcome` nor an `answer`: "
            f"{_NAME_IT}",
            style="yellow",
        )
    if tally.unreadable:
        console.print(f"{tally.unreadable} unreadable records, named above", style="yellow")
        raise typer.Exit(ExitCode.UNREADABLE)


def _check(files: list[Path], outputs: list[Path]) -> None:
    """Refuse inputs that cannot be read twice, and outputs that would destroy something.

    Raises:
        typer.Exit: there is one.
    """
    for file in files:
        if file == Path("-"):
            raise usage_error("standard input cannot be read again after a kill: name a file")
        if not file.exists():
            raise usage_error(f"no such file: {file}")
    check_places(outputs)
    for output in outputs:
        if output.exists() and any(output.samefile(file) for file in files):
            raise usage_error(f"{output} would overwrite the input")
    if len({output.resolve() for output in outputs}) < len(outputs):
        raise usage_error("-o and --rejected name one file")
    if len(outputs) == 2 and outputs[1].suffix == ".parquet":
        raise usage_error("rejected records are JSON lines: name --rejected FILE.jsonl")


def _benchmark(files: list[Path] | None, n: int) -> Benchmark | None:
    if not files:
        return None
    from clr.filter.ngrams import Benchmark
    from clr.records import texts

    def all_texts() -> Iterator[str]:
        for file in files:
            if not file.exists():
                raise usage_error(f"no such file: {file}")
            yield from texts(file)

    return Benchmark(all_texts(), n)


def _summary(tally: Tally) -> Table:
    """How many records were kept, and how many rejected for each reason, with examples."""
    from rich.table import Table
    from rich.text import Text

    from clr.render.terminal import safe

    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(justify="right")
    table.add_column(justify="right", style="dim")
    table.add_column(style="dim")

    def share(count: int) -> str:
        return f"{count / tally.records:.1%}" if tally.records else ""

    table.add_row(Text("records", style="bold"), f"{tally.records:,}")
    table.add_row(Text("  kept", style="blue"), f"{tally.kept:,}", share(tally.kept))
    for reason, count in tally.reasons.most_common():
        examples = Text(safe("\n".join(tally.examples[reason])))
        table.add_row(Text(f"  {reason}"), f"{count:,}", share(count), examples)
    return table
