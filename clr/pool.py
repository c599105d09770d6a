"""Many traces, several processes, a deadline for each: nothing hangs, nothing is lost.

Each worker is a process of its own (see clr.verifiers.workers), fed by a thread that holds one
trace at a time. Workers share no pipe and no lock, so one that is killed, at any instant, takes
nothing with it but its trace. Who audits again and again keeps a `Crew`: processes start once.

Not covered: deadlines and memory where there are no workers. Needs POSIX.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from queue import Empty, SimpleQueue
from typing import Self, TypeVar

from clr.report import PROFILES, Report, gave_up
from clr.trace import Trace
from clr.verifiers.workers import CallFailed, Died, NotStarted, Overtime, Worker

DEADLINE = 30.0
"""Seconds of wall time for one trace."""

MEMORY = 3 << 28
"""Bytes of address space that a worker may take beyond what its libraries need: 768 MiB, which
keeps it below 1 GiB in all."""

_TRACES_HELD = 32
"""For each worker: so many that it stays busy while an earlier trace takes its time."""

STARTS = 5
"""A worker may be killed while it starts; that so many are means that none can."""

_GLANCE = 0.1
"""Seconds to wait for a process that starts before one looks whether another is free."""

_CHARACTERS_HELD = 1 << 25
_LOG = logging.getLogger("clr")


T = TypeVar("T")


class Crew:
    """So many worker processes, for audits that come one after the other or at once.

    A process starts when it is first needed, and again if it was killed; all end with the `with`
    block, or with `close`. `memory` is in bytes, see `MEMORY`; `preload` names modules that each
    imports as it starts.

    Raises:
        ValueError: `count` is below 1.
    """

    def __init__(
        self, count: int, *, memory: int = MEMORY, preload: tuple[str, ...] = ("clr.auditor",)
    ) -> None:
        if count < 1:
            raise ValueError(f"the number of workers must be 1 or more, got {count}")
        self._memory = memory
        self._preload = preload
        self._lock = threading.Lock()
        self._workers: list[Worker] = []
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        self.grow(count)

    def __len__(self) -> int:
        return len(self._workers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def grow(self, count: int) -> None:
        """Make sure that there are `count` workers."""
        with self._lock:
            while len(self._workers) < count:
                worker = Worker(preload=self._preload, memory=self._memory)
                self._workers.append(worker)
                self._idle.put(worker)

    def take(self, seconds: float = math.inf) -> Worker:
        """A worker that is free and ready, as soon as there is one; to be given back.

        Nobody waits for a process that starts while another one is free.

        Raises:
            Overtime: there is none within `seconds`.
            NotStarted: a process did not start.
        """
        end = time.monotonic() + seconds
        while True:
            left = max(end - time.monotonic(), 0.001)
            try:
                worker = self._idle.get(timeout=None if left == math.inf else left)
            except Empty:
                raise Overtime(f"no worker was free within {seconds:g} s") from None
            ready = False
            try:
                ready = worker.ready(min(_GLANCE, max(end - time.monotonic(), 0.001)))
            finally:
                if not ready:
                    self._idle.put(worker)
            if ready:
                return worker
            if time.monotonic() >= end:
                raise Overtime(f"no worker was ready within {seconds:g} s")

    def give(self, worker: Worker) -> None:
        """Give back a worker that `take` gave, for others to use."""
        self._idle.put(worker)

    def close(self) -> None:
        """End the processes, at once; what they were doing is lost."""
        for worker in self._workers:
            worker.close()


def audit_all(
    traces: Iterable[Trace],
    *,
    workers: int | Crew = 2,
    profile: str = "precise",
    timing: bool = False,
    deadline: float = DEADLINE,
    memory: int = MEMORY,
) -> Iterator[Report]:
    """Audit traces, and yield one report for each in their order.

    A trace that takes longer than `deadline` seconds or more than `memory` bytes, or whose worker
    dies, is audited once more without the slow tiers; if that fails too, its report says why and
    decides nothing. With `workers=0` all happens in this process, without deadline and memory cap;
    a `Crew` brings its own memory cap. A bounded number of traces is held at a time, so the input
    may be endless.

    Raises:
        ValueError: an unknown profile, a negative number of workers, or a deadline that is not
            positive and finite.
        RuntimeError: worker processes cannot start here.
    """
    return map_audits(
        _whole,
        traces,
        workers=workers,
        profile=profile,
        timing=timing,
        deadline=deadline,
        memory=memory,
    )


def map_audits(
    summarise: Callable[[Trace, Report], T],
    traces: Iterable[Trace],
    *,
    workers: int | Crew = 2,
    profile: str = "precise",
    timing: bool = False,
    deadline: float = DEADLINE,
    memory: int = MEMORY,
) -> Iterator[T]:
    """Audit traces as `audit_all` does, and yield `summarise(trace, report)` for each.

    `summarise` is defined at the top of a module, and runs in the worker, within the deadline:
    only what it returns is sent between processes. Where the audit gave up it runs here.

    Raises:
        ValueError, RuntimeError: as `audit_all`.
    """
    if profile not in PROFILES:
        raise ValueError(f"no profile {profile!r}: use one of {', '.join(PROFILES)}")
    if isinstance(workers, int) and workers < 0:
        raise ValueError(f"the number of workers must be 0 or more, got {workers}")
    if not 0 < deadline < math.inf:
        raise ValueError(f"the deadline must be positive and finite, got {deadline}")
    job = partial(_summary, summarise=summarise, profile=profile, timing=timing)
    if workers == 0:
        return (_or_gave_up(trace, summarise, profile, job) for trace in traces)
    audits = partial(_by_crew, traces, summarise, profile, job, deadline)
    return audits(workers) if isinstance(workers, Crew) else _by_own(workers, memory, audits)


def _whole(trace: Trace, report: Report) -> Report:
    return report


def _summary(
    trace: Trace,
    slow: bool,
    *,
    summarise: Callable[[Trace, Report], T],
    profile: str,
    timing: bool,
) -> T:
    # imported where it runs: a caller of workers needs no checker
    from clr.auditor import audit

    return summarise(trace, audit(trace, profile=profile, slow=slow, timing=timing))


def _or_gave_up(
    trace: Trace,
    summarise: Callable[[Trace, Report], T],
    profile: str,
    job: Callable[[Trace, bool], T],
) -> T:
    """What `job(trace, slow)` returns, first with the slow tiers, then without, then of none."""
    note = ""
    for slow in (True, False):
        try:
            return job(trace, slow)
        except (Overtime, Died, CallFailed) as error:
            note = str(error)
        except NotStarted as error:
            raise RuntimeError(f"{error}; use workers=0 to audit in this process") from error
        except Exception as error:
            note = f"{type(error).__name__}: {error}"
            _LOG.exception("the audit of trace %r failed", trace.id)
    _LOG.warning("gave up on trace %r: %s", trace.id, note)
    return summarise(trace, gave_up(trace, profile, note))


def _by_own(count: int, memory: int, audits: Callable[[Crew], Iterator[T]]) -> Iterator[T]:
    with Crew(count, memory=memory) as crew:
        yield from audits(crew)


def _by_crew(
    traces: Iterable[Trace],
    summarise: Callable[[Trace, Report], T],
    profile: str,
    job: Callable[[Trace, bool], T],
    deadline: float,
    crew: Crew,
) -> Iterator[T]:
    busy: set[Worker] = set()
    stopped = threading.Event()

    def call(trace: Trace, slow: bool) -> T:
        starts = 0
        while not stopped.is_set():
            try:
                worker = crew.take(_GLANCE)
            except Overtime:
                continue
            except NotStarted:
                starts += 1
                if starts == STARTS:
                    raise
                continue
            busy.add(worker)
            try:
                return worker.call(deadline, job, trace, slow)
            except NotStarted:
                continue  # killed since it was taken
            finally:
                busy.discard(worker)
                crew.give(worker)
        raise NotStarted("the audit was closed")

    threads = ThreadPoolExecutor(len(crew), thread_name_prefix="clr-pool")
    held: deque[tuple[Trace, Future[T]]] = deque()
    characters = 0
    try:
        for trace in traces:
            held.append((trace, threads.submit(_or_gave_up, trace, summarise, profile, call)))
            characters += len(trace.response)
            while held and (
                held[0][1].done()
                or len(held) >= len(crew) * _TRACES_HELD
                or characters >= _CHARACTERS_HELD
            ):
                done, summary = held.popleft()
                characters -= len(done.response)
                yield summary.result()
        while held:
            yield held.popleft()[1].result()
    finally:
        # what is still running is of no use to anybody: the caller has stopped early
        stopped.set()
        threads.shutdown(wait=False, cancel_futures=True)
        while not all(summary.done() for _, summary in held):
            for worker in tuple(busy):
                worker.kill()
            time.sleep(0.01)
        threads.shutdown()
