"""`clr diff`: verdicts that changed between two audits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clr.commands.options import ExitCode, NoColor, usage_error

if TYPE_CHECKING:
    from clr.report import Report


def diff(
    before: Annotated[Path, typer.Argument(help="Reports that clr audit wrote.")],
    after: Annotated[Path, typer.Argument(help="Reports of the same traces.")],
    no_color: NoColor = False,
) -> None:
    """Show the claims whose verdict differs between two audits of the same traces.

    Reports are matched by id and content. Exit codes: 0 nothing changed, 1 something did.
    """
    from rich.console import Console

    from clr.render.difference import changes, print_trace_changes

    old, new = _reports(before), _reports(after)
    console = Console(no_color=no_color, highlight=False)
    changed = 0
    for key in [key for key in old if key in new]:
        found = changes(old[key], new[key])
        changed += bool(found)
        print_trace_changes(old[key], new[key], found, console)
    for only, name in ((old.keys() - new.keys(), before), (new.keys() - old.keys(), after)):
        if only:
            console.print(f"{len(only)} traces are only in {name}", markup=False)
    console.print(f"{changed} of {len(old.keys() & new.keys())} traces changed", markup=False)
    if changed or old.keys() != new.keys():
        raise typer.Exit(ExitCode.FOUND)


def _reports(path: Path) -> dict[tuple[str, str, int], Report]:
    """The reports of a file in order, by id, digest, and how often both were seen before."""
    from collections import Counter

    from clr.report import decode

    out: dict[tuple[str, str, int], Report] = {}
    seen: Counter[tuple[str, str]] = Counter()
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    report = decode(line)
                except ValueError as error:
                    raise usage_error(f"{path}:{number}: {error}") from error
                name = (report.id, report.digest)
                out[(*name, seen[name])] = report
                seen[name] += 1
    except OSError as error:
        raise usage_error(f"cannot read {path}: {error.strerror}") from error
    return out
