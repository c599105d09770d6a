"""How commands end when something happens that may happen to any of them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import typer

from clr.commands.options import ExitCode, usage_error
from clr.extras import MissingExtra


@contextmanager
def endings() -> Iterator[None]:
    """Around a command: where a package is missing, the disk is full, someone pressed Ctrl-C or
    nobody reads, it ends with a line that says why and the exit code for it, without a traceback.

    Raises:
        typer.Exit: with a code of `ExitCode`.
    """
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
