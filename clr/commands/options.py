"""What several commands share: exit codes, and options with their meaning."""

from __future__ import annotations

import os
from collections.abc import Iterable
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Annotated

import typer


class ExitCode(IntEnum):
    """What the exit code of `clr` says; 0 is success."""

    FOUND = 1
    """A --fail-on was met."""
    USAGE = 2
    """Wrong usage, or something is missing in the environment."""
    UNREADABLE = 3
    """Some records could not be read."""
    INTERRUPTED = 130
    """Ctrl-C, or nobody reads the output any more."""


class Profile(StrEnum):
    """What counts as an error."""

    PRECISE = "precise"
    THOROUGH = "thorough"


Field = Annotated[
    list[str] | None,
    typer.Option("--field", help="Rename: --field problem=question. Repeatable."),
]
Deadline = Annotated[float, typer.Option(min=0.001, max=1e6, help="Seconds for one trace.")]
ProfileOption = Annotated[
    Profile,
    typer.Option(help="What counts as an error: what is refuted, or also unsupported and jumps."),
]
Workers = Annotated[
    int,
    typer.Option("--workers", "-j", min=0, help="Processes; 0 runs here, without deadlines."),
]
Limit = Annotated[
    int | None, typer.Option("--limit", "-L", min=0, help="Stop after so many records.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary.")]
PROCESSORS = os.cpu_count() or 1
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
NoColor = Annotated[bool, typer.Option("--no-color", help="Print plain text.")]


def usage_error(message: str) -> typer.Exit:
    """Print what is wrong and what to do about it; raise the result to end the command."""
    typer.echo(f"clr: {message}", err=True)
    return typer.Exit(ExitCode.USAGE)


def check_places(outputs: Iterable[Path]) -> None:
    """Refuse to begin what could not be written in the end.

    Raises:
        typer.Exit: an output is a folder, or in none.
    """
    for output in outputs:
        if not output.parent.is_dir():
            raise usage_error(f"cannot write {output}: no such folder")
        if output.is_dir():
            raise usage_error(f"cannot write {output}: it is a folder")


def say_if_none(records: int, files: Iterable[Path], limit: int | None = None) -> None:
    """Tell that files hold no records at all, which is rarely what was meant."""
    if records == 0 and limit != 0:
        typer.echo(f"clr: no records in {', '.join(map(str, files))}", err=True)


def renames(fields: list[str] | None) -> dict[str, str]:
    """The values of --field as a mapping from field to the name that the file uses.

    Raises:
        typer.Exit: a value is not NAME=SOURCE with the name of a field.
    """
    from clr.records import FIELDS

    out: dict[str, str] = {}
    for field in fields or []:
        name, _, source = field.partition("=")
        if name not in FIELDS or not source:
            raise usage_error(
                f"--field {field}: write NAME=SOURCE with NAME one of {', '.join(FIELDS)}"
            )
        out[name] = source
    return out
