"""How far a command has come."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


@contextmanager
def progress(
    console: Console, quiet: bool, files: Iterable[Path], limit: int | None
) -> Iterator[Callable[[int], None]]:
    """A function to call with the number of records done: a bar on a terminal, else nothing."""
    if quiet or not console.is_terminal:
        yield lambda done: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as TimeLeft

    from clr.records import count

    counts = [count(file) for file in files]
    total = None if None in counts else sum(n or 0 for n in counts)
    if total is not None and limit is not None:
        total = min(total, limit)
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeLeft())
    start = time.monotonic()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=total, rate="")

        def show(done: int) -> None:
            rate = done / max(time.monotonic() - start, 1e-9)
            bar.update(task, completed=done, rate=f"{rate:,.1f}/s")

        yield show
