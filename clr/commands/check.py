"""`clr check` and `clr demo`: traces for people to read."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clr.commands.options import (
    AsJson,
    Deadline,
    Field,
    NoColor,
    Profile,
    ProfileOption,
    check_places,
    renames,
    usage_error,
)

if TYPE_CHECKING:
    from clr.trace import Trace

_LOOKS_LIKE_A_PATH = re.compile(r"[\w./~-]*\.(?:txt|md|jsonl|json|parquet)|[\w.~-]*/[\w./-]+")


def check(
    source: Annotated[
        str, typer.Argument(help="A text file, a file of records, - for stdin, or text.")
    ],
    problem: Annotated[str, typer.Option("--problem", "-p", help="The problem statement.")] = "",
    id: Annotated[str | None, typer.Option(help="Which record of a file of traces.")] = None,
    profile: ProfileOption = Profile.THOROUGH,
    deadline: Deadline = 30.0,
    field: Field = None,
    everything: Annotated[
        bool,
        typer.Option(
            "--all", help="List every claim: verified ones, and what could not be checked."
        ),
    ] = False,
    json: AsJson = False,
    no_color: NoColor = False,
) -> None:
    """Audit one trace and show every step, its claims marked in the text, and the evidence."""
    from clr.pool import audit_all
    from clr.report import encode

    try:
        trace = _one_trace(source, problem, id, renames(field))
        (report,) = audit_all([trace], workers=1, profile=profile, deadline=deadline)
    except typer.Exit:  # a RuntimeError, too
        raise
    except RuntimeError as error:
        raise usage_error(str(error)) from error
    if json:
        typer.echo(encode(report))
        return
    from rich.console import Console

    from clr.render.terminal import print_trace

    print_trace(trace, report, Console(no_color=no_color, highlight=False), everything=everything)


def demo(
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a page for people here, too.")
    ] = None,
    no_color: NoColor = False,
) -> None:
    """Audit the example traces that come with the package and show the verdicts."""
    from importlib.resources import as_file, files

    from rich.console import Console

    from clr.pool import audit_all
    from clr.records import read_traces
    from clr.render.page import Page
    from clr.render.terminal import print_trace, summary
    from clr.report import Totals
    from clr.trace import Trace

    console = Console(no_color=no_color, highlight=False)
    totals = Totals()
    if html is not None:
        check_places([html])
    page = Page("Example traces")
    with as_file(files("clr").joinpath("examples/traces.jsonl")) as path:
        traces = [record for record in read_traces(path) if isinstance(record, Trace)]
    reports = audit_all(traces, workers=1, profile="thorough", timing=True)
    for trace, report in zip(traces, reports, strict=True):
        print_trace(trace, report, console)
        console.print()
        totals.add(report)
        page.add(trace, report)
    console.print(summary(totals, console))
    if html is not None:
        page.write(html)
        console.print(f"Open {html} in a browser.", markup=False)


def _one_trace(source: str, problem: str, id: str | None, fields: dict[str, str]) -> Trace:
    from clr.records import Unreadable, read_traces
    from clr.segment import trace_of

    if source == "-":
        text = sys.stdin.buffer.read().decode(errors="replace")
        return trace_of("stdin", problem, response=text)
    if not _is_there(source):
        if _LOOKS_LIKE_A_PATH.fullmatch(source):
            raise usage_error(f"no such file: {source}")
        return trace_of("text", problem, response=source)
    path = Path(source)
    if path.is_file() and path.suffix not in (".jsonl", ".json", ".parquet"):
        text = path.read_text(encoding="utf-8", errors="replace")
        if "\0" in text:
            raise usage_error(f"{source} is no text")
        return trace_of(path.stem, problem, response=text)
    bad: Unreadable | None = None
    for record in read_traces(path, fields):
        if isinstance(record, Unreadable):
            if id is None:
                raise usage_error(str(record))
            bad = bad or record
        elif id is None or record.id == id:
            if id is None:
                typer.echo(f"clr: the record {record.id} of {source}; see --id", err=True)
            return record
    if id is None:
        raise usage_error(f"{source} has no records")
    raise usage_error(
        f"{source} has no record with id {id}" + (f" that can be read: {bad}" if bad else "")
    )


def _is_there(source: str) -> bool:
    try:
        return Path(source).exists()
    except (OSError, ValueError):  # a text too long, or with characters that no path has
        return False
