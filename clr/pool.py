"""Many traces, several processes, a deadline for each: nothing hangs, nothing is lost.

Traces are audited in worker processes that can be killed (pebble). A trace that exceeds its
deadline, or whose worker dies, is audited once more without the slow tiers; if that fails too, its
report says so and decides nothing. Reports come in the order of the traces. The pool may be used
from any thread; workers start by forkserver where there is one, else by spawn, so that threads and
devices of the caller are not inherited.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future, TimeoutError
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from clr.report import Report, gave_up
from clr.trace import Trace

DEADLINE = 30.0
"""Seconds of wall time for one trace."""
MEMORY = 1 << 30
"""Bytes of address space that a worker may take beyond what its libraries need at start."""

_AHEAD = 4
"""Traces in flight for each worker: enough to keep it busy, few enough to bound memory."""

_Item = TypeVar("_Item")


def audit_all(
    traces: Iterable[Trace],
    *,
    workers: int,
    profile: str = "precise",
    deadline: float = DEADLINE,
    timing: bool = False,
) -> Iterator[Report]:
    """Audit `traces` and yield their reports in order, with a bounded number in flight.

    With `workers` 0 everything runs in this process, without deadlines. `deadline` is in seconds
    for each trace.

    Raises:
        ValueError: `workers` is negative or `deadline` not positive.
    """
    for _, report in audit_items(
        ((trace, trace) for trace in traces),
        workers=workers,
        profile=profile,
        deadline=deadline,
        timing=timing,
    ):
        assert report is not None
        yield report


def audit_items(
    items: Iterable[tuple[_Item, Trace | None]],
    *,
    workers: int,
    profile: str = "precise",
    deadline: float = DEADLINE,
    timing: bool = False,
) -> Iterator[tuple[_Item, Report | None]]:
    """Like `audit_all`, for traces that carry something along; items without one pass by."""
    if workers < 0:
        raise ValueError(f"workers is 0 or more, got {workers}")
    if deadline <= 0:
        raise ValueError(f"deadline is positive, got {deadline}")
    if workers == 0:
        from clr.auditor import audit

        for item, trace in items:
            yield item, None if trace is None else audit(trace, profile=profile, timing=timing)
        return
    yield from _in_processes(items, workers, profile, deadline, timing)


def _in_processes(
    items: Iterable[tuple[_Item, Trace | None]],
    workers: int,
    profile: str,
    deadline: float,
    timing: bool,
) -> Iterator[tuple[_Item, Report | None]]:
    # one thread of linear algebra in each worker: the matrices are tiny
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    pool = _start(workers)
    options = {"profile": profile, "timing": timing}
    waiting: deque[_Job[_Item]] = deque()

    def schedule(job: _Job[_Item], slow: bool) -> None:
        """Hand a trace to the pool; a pool that broke is replaced, and its traces given anew."""
        nonlocal pool
        if job.trace is None:
            return
        arguments = {"args": (job.trace,), "kwargs": options | {"slow": slow}, "timeout": deadline}
        try:
            job.future = pool.schedule(_audit, **arguments)
        except RuntimeError:
            pool.stop()
            pool = _start(workers)
            job.future = pool.schedule(_audit, **arguments)
            for other in waiting:
                if other.trace is not None and not (other.future and _succeeded(other.future)):
                    again = arguments | {"args": (other.trace,)}
                    other.future = pool.schedule(_audit, **again)

    try:
        source = iter(items)
        finished = False
        while True:
            while not finished and len(waiting) < workers * _AHEAD:
                following = next(source, None)
                if following is None:
                    finished = True
                    break
                job = _Job(*following)
                schedule(job, True)
                waiting.append(job)
            if not waiting:
                break
            job = waiting.popleft()
            if job.trace is None:
                yield job.item, None
                continue
            # a worker that died in an awkward place may leave its trace unanswered
            patience = (deadline + _GRACE) * (len(waiting) + 2)
            report, why = _wait(job.future, patience)
            if report is None:
                schedule(job, False)
                report, why = _wait(job.future, patience)
            yield job.item, report or gave_up(job.trace, profile, why)
        pool.close()
    finally:
        pool.stop()
        pool.join()


_GRACE = 5.0
"""Seconds beyond its deadline in which a trace may still be answered."""


@dataclass(slots=True)
class _Job(Generic[_Item]):
    """An item on its way through the pool."""

    item: _Item
    trace: Trace | None
    future: Future[Report] | None = None


def _start(workers: int) -> Any:
    import pebble

    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    return pebble.ProcessPool(workers, context=context, initializer=_confine, initargs=(MEMORY,))


def _succeeded(future: Future[Report]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _wait(future: Future[Report] | None, patience: float) -> tuple[Report | None, str]:
    """The report, or None and why there is none."""
    assert future is not None
    try:
        return future.result(timeout=patience), ""
    except TimeoutError:
        return None, "the deadline passed twice"
    except (OSError, MemoryError, CancelledError, RuntimeError, RecursionError) as error:
        return None, f"the worker failed twice: {type(error).__name__}"


def _audit(trace: Trace, profile: str, slow: bool, timing: bool) -> Report:
    from clr.auditor import audit

    return audit(trace, profile=profile, slow=slow, timing=timing)


def _confine(memory: int) -> None:
    """Load the libraries of a worker, then cap what it may take beyond them."""
    import signal

    import clr.auditor  # noqa: F401

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    try:
        import resource
    except ImportError:  # not on this platform
        return
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    used = pages * os.sysconf("SC_PAGE_SIZE")
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = used + memory if hard == resource.RLIM_INFINITY else min(hard, used + memory)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
