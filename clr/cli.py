"""The command line. Results go to standard output or to -o, progress to standard error.

Exit codes: 0 all audited; 1 something that --fail-on names was found; 2 usage or environment;
3 some records were unreadable; 130 interrupted, or nobody reads the output any more.
"""

from __future__ import annotations

import importlib.util
import sys
from io import TextIOWrapper
from typing import Annotated

import typer

import clr
from clr.commands.audit import audit
from clr.commands.bench import bench
from clr.commands.check import check, demo
from clr.commands.diff import diff
from clr.commands.endings import Commands
from clr.commands.entailment import check_entailment
from clr.commands.eval import evaluate
from clr.commands.filter import filter
from clr.commands.reward import path, reward, serve
from clr.commands.select import select

app = typer.Typer(
    cls=Commands,
    help="Verify chains of thought, claim by claim.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "CLR"},
)
app.command()(audit)
app.command()(check)
app.command()(demo)
app.command()(diff)
app.command()(reward)
app.command()(path)
app.command()(select)
app.command()(serve)
app.command("eval")(evaluate)
app.command()(filter)
app.command()(check_entailment)
app.add_typer(bench, name="bench")

if importlib.util.find_spec("clr.sandbox.commands") is not None:
    app.add_typer(importlib.import_module("clr.sandbox.commands").app, name="sandbox")
if importlib.util.find_spec("clr.training.commands") is not None:
    app.add_typer(importlib.import_module("clr.training.commands").app, name="train")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"clr {clr.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            is_eager=True,
            callback=_print_version,
            envvar=[],  # CLR_VERSION is nobody's wish to see it
            help="Print the version.",
        ),
    ] = False,
) -> None: ...


def main() -> None:
    """Entry point of the `clr` command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # not every terminal has every symbol
    app()
