"""The command line. Results go to standard output or to -o, progress to standard error.

Exit codes: 0 all audited; 1 something that --fail-on names was found; 2 usage or environment;
3 some records were unreadable.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from clr.claim import Status
    from clr.records import Unreadable
    from clr.report import Report
    from clr.trace import Trace

app = typer.Typer(
    help="Verify chains of thought, claim by claim.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "CLR"},
)
bench = typer.Typer(help="Measure the verifier on public data.", no_args_is_help=True)
app.add_typer(bench, name="bench")

FOUND, USAGE, UNREADABLE, INTERRUPTED = 1, 2, 3, 130


class Profile(StrEnum):
    """What counts as an error."""

    PRECISE = "precise"
    THOROUGH = "thorough"


class Gate(StrEnum):
    """What an audit may be made to fail on."""

    REFUTED = "refuted"
    UNSUPPORTED = "unsupported"
    JUMP = "jump"


def main() -> None:
    """Entry point of the `clr` command."""
    app()


def _fail(message: str) -> typer.Exit:
    typer.echo(f"clr: {message}", err=True)
    return typer.Exit(USAGE)


def _renames(fields: list[str]) -> dict[str, str]:
    from clr.records import FIELDS

    out: dict[str, str] = {}
    for field in fields:
        name, sign, source = field.partition("=")
        if not sign or name not in FIELDS or not source:
            raise _fail(f"--field {field}: write NAME=SOURCE with NAME one of {', '.join(FIELDS)}")
        out[name] = source
    return out


@app.command()
def audit(
    files: Annotated[list[Path], typer.Argument(help="JSONL or Parquet files of traces.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write reports here, not to stdout.")
    ] = None,
    profile: Annotated[Profile, typer.Option(help="What counts as an error.")] = Profile.PRECISE,
    workers: Annotated[
        int, typer.Option("--workers", "-j", help="Processes; 0 runs here, without deadlines.")
    ] = os.cpu_count() or 1,
    deadline: Annotated[float, typer.Option(help="Seconds for one trace.")] = 30.0,
    field: Annotated[
        list[str] | None, typer.Option(help="Rename: --field problem=question. Repeatable.")
    ] = None,
    fail_on: Annotated[
        list[Gate] | None, typer.Option(help="Exit with 1 if such a claim is found. Repeatable.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with an interrupted -o file.")
    ] = False,
    timing: Annotated[bool, typer.Option("--timing", help="Add microseconds per claim.")] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", "-L", help="Read so many records.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary.")] = False,
) -> None:
    """Audit the traces of FILES: one JSON report for each, in order.

    Exit codes: 0 all audited, 1 --fail-on met, 2 usage or environment, 3 some records unreadable.
    """
    from clr.pool import audit_items
    from clr.records import MissingExtra, Unreadable

    if resume and output is None:
        raise _fail("--resume needs -o FILE, the file to go on with")
    missing = [str(f) for f in files if not f.is_file()]
    if missing:
        raise _fail(f"no such file: {', '.join(missing)}")
    if workers < 0 or deadline <= 0:
        raise _fail("--workers is 0 or more, and --deadline positive")
    renames = _renames(field or [])
    done = _already_done(output) if resume and output is not None else set()
    tally = _Tally(tuple(fail_on or ()))
    start = time.monotonic()
    try:
        with _sink(output, append=resume) as write, _progress(quiet, files) as advance:
            records = _records(files, renames, limit)
            for record, report in audit_items(
                ((r, None if isinstance(r, Unreadable) or _key(r) in done else r) for r in records),
                workers=workers,
                profile=profile.value,
                deadline=deadline,
                timing=timing,
            ):
                advance()
                if isinstance(record, Unreadable):
                    tally.unreadable += 1
                    typer.echo(f"clr: {record}", err=True)
                elif report is not None:
                    tally.add(report)
                    write(report)
    except MissingExtra as error:
        raise _fail(str(error)) from error
    except KeyboardInterrupt:
        hint = f"; go on with --resume -o {output}" if output else ""
        typer.echo(f"clr: interrupted after {tally.traces} traces{hint}", err=True)
        raise typer.Exit(INTERRUPTED) from None
    if not quiet and tally.traces and (output is not None or sys.stderr.isatty()):
        _print_summary(tally, time.monotonic() - start)
    if tally.met:
        raise typer.Exit(FOUND)
    if tally.unreadable:
        raise typer.Exit(UNREADABLE)


class _Tally:
    """What has been found so far."""

    def __init__(self, gates: tuple[Gate, ...]) -> None:
        self.gates = gates
        self.traces = 0
        self.faulty = 0
        self.unreadable = 0
        self.met = False
        self.counts: Counter[Status] = Counter()

    def add(self, report: Report) -> None:
        self.traces += 1
        self.faulty += report.first_error is not None
        self.counts.update(report.counts)
        found = {status.value for status, n in report.counts.items() if n}
        self.met = self.met or any(gate.value in found for gate in self.gates)


def _records(
    files: list[Path], renames: dict[str, str], limit: int | None
) -> Iterator[Trace | Unreadable]:
    from itertools import chain, islice

    from clr.records import read_traces

    return islice(chain.from_iterable(read_traces(f, renames) for f in files), limit)


def _key(trace: Trace) -> tuple[str, str]:
    from clr.report import digest_of

    return trace.id, digest_of(trace)


def _already_done(output: Path) -> set[tuple[str, str]]:
    """Keys of the reports in `output`; a torn last line is cut off, to be done again."""
    import msgspec

    done: set[tuple[str, str]] = set()
    if not output.exists():
        return done
    whole = 0
    with output.open("rb+") as file:
        for line in file:
            if not line.endswith(b"\n"):
                break
            try:
                report = msgspec.json.decode(line)
                done.add((report["id"], report["digest"]))
            except (msgspec.DecodeError, KeyError, TypeError):
                break
            whole += len(line)
        file.truncate(whole)
    return done


@contextmanager
def _sink(output: Path | None, *, append: bool) -> Iterator[Any]:
    """A function that writes one report as a line of JSON, complete before the next begins."""
    import msgspec

    if output is None:
        stream = sys.stdout.buffer
        yield lambda report: stream.write(msgspec.json.encode(report.to_dict()) + b"\n")
        stream.flush()
        return
    with output.open("ab" if append else "wb") as file:

        def write(report: Report) -> None:
            file.write(msgspec.json.encode(report.to_dict()) + b"\n")
            file.flush()

        yield write


@contextmanager
def _progress(quiet: bool, files: list[Path]) -> Iterator[Any]:
    """A function to call for each record; a bar on a terminal, silent elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn
    from rich.progress import TextColumn as Column

    total = None
    if all(f.suffix != ".parquet" for f in files):
        total = sum(sum(1 for line in f.open("rb") if line.strip()) for f in files)
    columns = (BarColumn(), MofNCompleteColumn(), Column("{task.speed} /s"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("audit", total=total)
        yield lambda: bar.advance(task)


def _print_summary(tally: _Tally, seconds: float) -> None:
    from rich.console import Console

    from clr.claim import Status
    from clr.render.terminal import summary

    counts = {status: tally.counts[status] for status in Status}
    Console(stderr=True).print(summary(counts, tally.traces, tally.faulty, seconds))


@app.command()
def check(
    source: Annotated[str, typer.Argument(help="A file of text or JSONL, - for stdin, or text.")],
    problem: Annotated[str, typer.Option("--problem", "-p", help="The problem statement.")] = "",
    id: Annotated[str | None, typer.Option(help="Which record of a JSONL file.")] = None,
    profile: Annotated[Profile, typer.Option(help="What counts as an error.")] = Profile.THOROUGH,
    field: Annotated[list[str] | None, typer.Option(help="Rename a field, as in audit.")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="List claims that could not be checked, too.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="Plain text.")] = False,
) -> None:
    """Audit one trace and show every step, its claims marked in the text, and the evidence."""
    from clr.auditor import audit as audit_trace

    report = audit_trace(_one_trace(source, problem, id, _renames(field or [])), profile=profile)
    if json:
        import msgspec

        typer.echo(msgspec.json.encode(report.to_dict()).decode())
        return
    from rich.console import Console

    from clr.render.terminal import print_report

    print_report(report, Console(no_color=no_color, highlight=False), everything=everything)


def _one_trace(source: str, problem: str, id: str | None, renames: dict[str, str]) -> Trace:
    from clr.records import Unreadable, read_traces
    from clr.segment import trace_of

    if source == "-":
        return trace_of("stdin", problem, response=sys.stdin.read())
    path = Path(source)
    try:
        exists = path.is_file()
    except (OSError, ValueError):  # a text too long, or with characters that no path has
        exists = False
    if not exists:
        if "\n" not in source and path.suffix in (".txt", ".md", ".jsonl", ".parquet"):
            raise _fail(f"no such file: {source}")
        return trace_of("text", problem, response=source)
    if path.suffix not in (".jsonl", ".parquet"):
        return trace_of(path.stem, problem, response=path.read_text(errors="replace"))
    for record in read_traces(path, renames):
        if isinstance(record, Unreadable):
            if id is None:
                raise _fail(str(record))
        elif id is None or record.id == id:
            return record
    raise _fail(f"{source} has no record with id {id}" if id else f"{source} has no records")


@app.command()
def demo() -> None:
    """Audit the example traces that come with the package and show the verdicts."""
    from importlib.resources import as_file, files

    from rich.console import Console
    from rich.rule import Rule

    from clr.auditor import audit as audit_trace
    from clr.records import Unreadable, read_traces
    from clr.render.terminal import print_report

    console = Console(highlight=False)
    with as_file(files("clr").joinpath("examples/traces.jsonl")) as path:
        for record in read_traces(path):
            assert not isinstance(record, Unreadable), str(record)
            console.print(Rule(record.id))
            console.print(record.problem, style="italic")
            console.print()
            print_report(audit_trace(record, profile="thorough"), console)


@bench.command("processbench")
def bench_processbench(
    data: Annotated[Path, typer.Option(help="Folder with <subset>.jsonl files.")],
    subset: Annotated[list[str] | None, typer.Option(help="Repeatable; all by default.")] = None,
    profile: Annotated[Profile, typer.Option(help="What counts as an error.")] = Profile.PRECISE,
    errors: Annotated[Path | None, typer.Option(help="Write disagreements here (JSONL).")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print scores as JSON.")] = False,
) -> None:
    """Locate the first wrong step (arXiv:2412.06559): acc_err, acc_corr, F1, coverage, speed."""
    from clr.benchmarks import processbench

    try:
        scores = processbench.main(
            data, subsets=subset or processbench.SUBSETS, profile=profile.value, errors=errors
        )
    except FileNotFoundError as error:
        raise _fail(f"{error.filename} is absent; --data names a folder with it") from error
    if json:
        import msgspec

        typer.echo(msgspec.json.encode(scores).decode())
    else:
        from rich.console import Console

        Console().print(processbench.table(scores))


@bench.command("gsm8k")
def bench_gsm8k(
    data: Annotated[Path, typer.Option(help="Folder with model_solutions.jsonl.")],
    limit: Annotated[int | None, typer.Option(help="Questions to read.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print scores as JSON.")] = False,
) -> None:
    """Model solutions of GSM8K: AUROC of reliability, and refutations on reference solutions."""
    from clr.benchmarks import gsm8k

    try:
        score = gsm8k.main(data, limit=limit)
    except FileNotFoundError as error:
        raise _fail(f"{error.filename} is absent; --data names a folder with it") from error
    import msgspec

    if json:
        typer.echo(msgspec.json.encode(score).decode())
    else:
        for name, value in msgspec.to_builtins(score).items():
            typer.echo(f"{name.replace('_', ' ')}: {value}")


@bench.command("throughput")
def bench_throughput(
    data: Annotated[Path | None, typer.Option(help="ProcessBench folder; else examples.")] = None,
    limit: Annotated[int, typer.Option(help="Traces for each set.")] = 200,
    json: Annotated[bool, typer.Option("--json", help="Print figures as JSON.")] = False,
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
