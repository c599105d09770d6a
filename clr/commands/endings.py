"""How commands end when something happens that may happen to any of them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import typer
from typer.core import TyperGroup

from clr.commands.options import ExitCode, usage_error
from clr.extras import MissingExtra


class Commands(TyperGroup):
    """A group whose commands end alike: with a line that says why, and never with a traceback,
    where a package is missing, the disk is full, someone pressed Ctrl-C, or nobody reads."""

    def make_context(self, *arguments: Any, **more: Any) -> Any:
        """Read the command line; see typer."""
        with _endings():
            return super().make_context(*arguments, **more)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; see typer."""
        with _endings():
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result


@contextmanager
def _endings() -> Iterator[None]:
    try:
        yield
    except MissingExtra as error:
        raise usage_error(str(error)) from error
    except KeyboardInterrupt:
        typer.echo("clr: interrupted", err=True)
        raise typer.Exit(ExitCode.INTERRUPTED) from None
    except BrokenPipeError:
        _silence()
        raise typer.Exit(ExitCode.INTERRUPTED) from None
    except SystemExit as error:  # of rich, which makes it of a closed pipe
        if not isinstance(error.__context__, BrokenPipeError):
            raise
        _silence()
        raise typer.Exit(ExitCode.INTERRUPTED) from None
    except OSError as error:
        _silence(sys.stdout)
        raise usage_error(_said(error)) from error


def _silence(*streams: Any) -> None:
    """Let what is still buffered go nowhere, as the interpreter flushes it once more at its end."""
    for stream in streams or (sys.stdout, sys.stderr):
        with suppress(OSError):  # it is no file
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _said(error: OSError) -> str:
    what = error.strerror or str(error)
    return what if error.filename is None else f"{error.filename}: {what}"
