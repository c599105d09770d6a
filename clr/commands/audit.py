"""`clr audit`: reports for files of traces."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

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
    from rich.console import Console

    from clr.render.page import Page
    from clr.report import Totals
    from clr.trace import Trace


class Gate(StrEnum):
    """What an audit may be made to fail on."""

    REFUTED = "refuted"
    UNSUPPORTED = "unsupported"
    JUMP = "jump"


def audit(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="JSONL or Parquet files, or folders of HF datasets; - is JSONL on stdin."
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write reports here, not to stdout.")
    ] = None,
    profile: ProfileOption = Profile.PRECISE,
    workers: Workers = PROCESSORS,
    deadline: Deadline = 30.0,
    field: Field = None,
    fail_on: Annotated[
        list[Gate] | None, typer.Option(help="Exit with 1 if such a claim is found. Repeatable.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the file of an interrupted audit.")
    ] = False,
    timing: Annotated[
        bool, typer.Option("--timing", help="Add microseconds per claim; --html does, too.")
    ] = False,
    limit: Limit = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a page for people here, too.")
    ] = None,
    quiet: Quiet = False,
    no_color: NoColor = False,
) -> None:
    """Audit the traces of FILES: one line of JSON for each, in order.

    Progress, unreadable records and a summary go to standard error. Exit codes: 0 all audited,
    1 --fail-on met, 2 usage or environment, 3 some records unreadable.
    """
    from collections import deque
    from itertools import islice

    from rich.console import Console

    from clr.pool import audit_all
    from clr.records import Unreadable, read_traces
    from clr.render.page import Page
    from clr.report import Totals, encode

    if resume and html is not None:
        raise usage_error("--html shows a whole audit: give it without --resume")
    if resume and output is None:
        raise usage_error("--resume needs -o FILE, the file to go on with")
    for file in files:
        if file != Path("-") and not file.exists():
            raise usage_error(f"no such file: {file}")
        for option, written in (("-o", output), ("--html", html)):
            if written is not None and written.exists() and written.samefile(file):
                raise usage_error(f"{option} {written} would overwrite the input")
    check_places(path for path in (output, html) if path is not None)
    names = renames(field)
    console = Console(stderr=True, no_color=no_color, highlight=False)
    totals = Totals()
    page = Page(", ".join(file.name or str(file) for file in files)) if html is not None else None
    waiting: deque[Trace] = deque()
    unreadable = 0

    def readable() -> Iterator[Trace]:
        nonlocal unreadable
        for file in files:
            for record in read_traces(file, names):
                if isinstance(record, Unreadable):
                    unreadable += 1
                    console.print(f"clr: {record}", style="yellow", markup=False, soft_wrap=True)
                else:
                    if page is not None:
                        waiting.append(record)
                    yield record

    traces: Iterator[Trace] = islice(readable(), limit)
    start = time.monotonic()
    try:
        if resume and output is not None and output.exists():
            traces = _left(traces, output, profile, totals, console)
        resumed = totals.traces
        with (
            _writer(output, append=resume) as write,
            progress(
                console, quiet or (output is None and sys.stdout.isatty()), files, limit
            ) as show,
        ):
            for report in audit_all(
                traces,
                workers=workers,
                profile=profile,
                deadline=deadline,
                timing=timing or page is not None,
            ):
                write(encode(report) + b"\n")
                totals.add(report)
                if page is not None:
                    page.add(waiting.popleft(), report)
                show(totals.traces + unreadable)
    except KeyboardInterrupt:
        hint = f"; go on with --resume -o {output}" if output else ""
        said = f"clr: interrupted after {totals.traces} traces{hint}"
        console.print(said, markup=False, soft_wrap=True)
        raise typer.Exit(ExitCode.INTERRUPTED) from None
    except typer.Exit:  # a RuntimeError, too
        raise
    except RuntimeError as error:
        raise usage_error(str(error)) from error
    if page is not None and html is not None:
        _write_page(page, html)
    if not quiet:
        _summarise(console, totals, unreadable, totals.traces - resumed, time.monotonic() - start)
    say_if_none(totals.traces + unreadable, files, limit)
    if any(n and status.value in (fail_on or []) for status, n in totals.counts.items()):
        raise typer.Exit(ExitCode.FOUND)
    if unreadable:
        raise typer.Exit(ExitCode.UNREADABLE)


def _left(
    traces: Iterator[Trace], output: Path, profile: str, totals: Totals, console: Console
) -> Iterator[Trace]:
    """The traces that have no report in `output` yet; those in it are added to `totals`.

    Reports stand in the order of their traces, so both are read side by side. Where they part (a
    torn last line, or an input that has changed), the rest of `output` is cut off, to be redone.
    """
    from itertools import chain

    from clr.report import decode, digest_of

    whole = 0
    with output.open("rb+") as file:
        for line in file:
            try:
                report = decode(line)
            except ValueError as error:
                if whole == 0 and line.endswith(b"\n"):
                    raise usage_error(f"{output} holds no reports, and is left as it is") from error
                break
            if report.profile != profile:
                raise usage_error(f"{output} was made with --profile {report.profile}")
            trace = next(traces, None)
            if trace is None:
                break
            same = (report.id, report.digest) == (trace.id, digest_of(trace))
            if not (same and line.endswith(b"\n")):
                traces = chain([trace], traces)
                break
            totals.add(report)
            whole += len(line)
        lost = file.seek(0, os.SEEK_END) - whole
        file.truncate(whole)
    redone = f"; {lost:,} bytes after them are redone" if lost else ""
    console.print(f"clr: {totals.traces} reports kept{redone}", markup=False)
    return traces


@contextmanager
def _writer(output: Path | None, *, append: bool) -> Iterator[Callable[[bytes], None]]:
    """A function that writes a line and flushes it, so that an interrupted file has whole lines."""
    if output is None:
        yield _flushing(sys.stdout.buffer)
        return
    try:
        file = output.open("ab" if append else "wb")
    except OSError as error:
        raise usage_error(f"cannot write {output}: {error.strerror}") from error
    with file:
        yield _flushing(file)


def _flushing(stream: BinaryIO) -> Callable[[bytes], None]:
    def write(line: bytes) -> None:
        stream.write(line)
        stream.flush()

    return write


def _write_page(page: Page, path: Path) -> None:
    try:
        page.write(path)
    except OSError as error:
        raise usage_error(f"cannot write {path}: {error.strerror}") from error


def _summarise(
    console: Console, totals: Totals, unreadable: int, traces: int, seconds: float
) -> None:
    from clr.render.terminal import summary

    console.print(summary(totals, console))
    if unreadable:
        console.print(f"{unreadable} unreadable records, named above", style="yellow")
    console.print(f"{traces} traces in {seconds:.1f} s", style="dim")
