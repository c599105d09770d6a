"""The command line. Results go to standard output or to -o, progress to standard error.

Exit codes: 0 all audited; 1 something that --fail-on names was found; 2 usage or environment;
3 some records were unreadable; 130 interrupted, or nobody reads the output any more.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from io import TextIOWrapper
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

import clr
from clr.commands.audit import audit
from clr.commands.bench import bench
from clr.commands.check import check, demo
from clr.commands.diff import diff
from clr.commands.endings import endings
from clr.commands.entailment import check_entailment
from clr.commands.eval import evaluate
from clr.commands.filter import filter
from clr.commands.reward import path, reward, serve
from clr.commands.select import select

VERIFY, USE, TRAIN = "Verify", "Reward, filter, select", "Train and measure"


class Commands(TyperGroup):
    """All commands, alike in how they end and in how their help is set."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        _set_help(self)

    def make_context(self, *arguments: Any, **settings: Any) -> Any:
        """Read the command line; see typer."""
        with endings():
            return super().make_context(*arguments, **settings)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; see typer."""
        with endings():
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result


def _set_help(command: Any) -> None:
    """Fill paragraphs, and do not repeat at every option which variable of the environment sets it:
    the help of the whole says it once."""
    if command.help:
        command.help = "\n\n".join(" ".join(p.split()) for p in command.help.split("\n\n"))
    for parameter in command.params:
        parameter.show_envvar = False
    for inner in getattr(command, "commands", {}).values():
        _set_help(inner)


app = typer.Typer(
    cls=Commands,
    help="""Verify chains of thought, claim by claim.

    An option may also be set in the environment: CLR_AUDIT_WORKERS=4 is --workers 4 of clr audit.
    """,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "CLR"},
)
app.command(rich_help_panel=VERIFY)(audit)
app.command(rich_help_panel=VERIFY)(check)
app.command(rich_help_panel=VERIFY)(demo)
app.command(rich_help_panel=VERIFY)(diff)
app.command(rich_help_panel=VERIFY)(check_entailment)
app.command(rich_help_panel=USE)(reward)
app.command(rich_help_panel=USE)(filter)
app.command(rich_help_panel=USE)(select)
app.command(rich_help_panel=USE)(path)
app.command(rich_help_panel=USE)(serve)
app.command("eval", rich_help_panel=TRAIN)(evaluate)
app.add_typer(bench, name="bench", rich_help_panel=TRAIN)

if importlib.util.find_spec("clr.training.commands") is not None:
    training = importlib.import_module("clr.training.commands").app
    app.add_typer(training, name="train", rich_help_panel=TRAIN)
if importlib.util.find_spec("clr.sandbox.commands") is not None:
    sandbox = importlib.import_module("clr.sandbox.commands").app
    app.add_typer(sandbox, name="sandbox", rich_help_panel=TRAIN)


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
    for name in ("stdin", "stdout", "stderr"):  # None where it was closed before we began
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDONLY if name == "stdin" else os.O_WRONLY)
            setattr(sys, name, os.fdopen(nowhere, "r" if name == "stdin" else "w"))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # not every terminal has every symbol
    app()
