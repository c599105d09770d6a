"""``clr sandbox``: what can confine programs here, and running one by hand."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from clr.sandbox.opening import AUTO, BACKENDS, SandboxUnavailable, examine, open_box
from clr.sandbox.program import DEFAULT_LIMITS, MB, Ending, Limits
from clr.sandbox.slots import SandboxFailure

app = typer.Typer(help="Run untrusted programs.", no_args_is_help=True)


@app.command()
def doctor() -> None:
    """Try every backend: does it work here, which check failed, what can be done about it.

    Exits with 1 if none that `auto` would take works.
    """
    findings = [examine(name) for name in BACKENDS]
    table = Table("backend", "level", "works", "failed check", "what to do about it")
    for finding in findings:
        works = "no" if finding.failure else "yes"
        row = (finding.backend, str(finding.level), works, finding.failure, finding.mend)
        table.add_row(*(cell or "" for cell in row))
    Console().print(table)
    if not any(f.failure is None and f.backend in AUTO for f in findings):
        raise typer.Exit(1)


@app.command()
def run(
    program: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A Python program.")],
    stdin: Annotated[
        Path | None, typer.Option(exists=True, help="File to give it as standard input.")
    ] = None,
    backend: Annotated[str, typer.Option(help=f"auto, {', '.join(BACKENDS)}.")] = "auto",
    wall: Annotated[float, typer.Option(help="Seconds it may take.")] = DEFAULT_LIMITS.wall,
    memory: Annotated[int, typer.Option(help="Megabytes it may use.")] = (
        DEFAULT_LIMITS.memory // MB
    ),
    package: Annotated[
        list[str] | None, typer.Option(help="Installed package that it may import; repeatable.")
    ] = None,
) -> None:
    """Run a program, print what it prints, and exit as it does (124 if it was stopped)."""
    limits = Limits(wall=wall, memory=memory * MB)
    given = stdin.read_text() if stdin else ""
    try:
        with open_box(backend, slots=1, packages=package or ()) as box:
            done = box.run(program.read_text(), given, limits=limits)
    except (SandboxUnavailable, SandboxFailure, ValueError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    typer.echo(done.stdout, nl=False)
    typer.echo(done.stderr, nl=False, err=True)
    typer.echo(
        f"{done.ending}, {done.cpu:.2f} s of CPU, {done.memory / MB:.0f} MB, "
        f"in {done.backend} (level {done.level})",
        err=True,
    )
    stopped = done.ending is not Ending.EXITED
    raise typer.Exit(124 if stopped else done.exit_code)
