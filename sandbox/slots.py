"""A box of sandboxes: a few warm fork-servers that take programs as they come."""

import asyncio
import json
import os
import queue
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from clr.sandbox import program
from clr.sandbox.backends import Backend, Slot
from clr.sandbox.client import Lost
from clr.sandbox.launch import Runtime, StartError
from clr.sandbox.program import DEFAULT_LIMITS, Call, Expression, Limits, Outcome, Run
from clr.sandbox.selftest import failed_check
from clr.sandbox.values import Plain

RECYCLE_AFTER = 1000
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class SandboxFailure(RuntimeError):
    """The sandbox itself failed, twice in a row; nothing is known about the program."""


@dataclass
class _Place:
    """Where a slot runs; whoever took the place from the queue has it alone."""

    slot: Slot | None = None
    jobs: int = 0

    def clear(self) -> None:
        slot, self.slot, self.jobs = self.slot, None, 0
        if slot is not None:
            slot.close()


class Box:
    """Runs untrusted programs, `slots` at a time, each in a process and a confinement of its own.

    Any thread may use it, and waits while every slot is busy; the methods whose names begin with
    ``a`` are for `asyncio`. A slot is replaced after `recycle_after` jobs, and at once when it
    dies, in which case its job is tried once more. Use it in ``with``, or `close` it.

    Every method that runs something raises `SandboxFailure`, and `RuntimeError` after `close` or
    in a process forked from the one that opened the box.
    """

    def __init__(
        self,
        backend: Backend,
        runtime: Runtime,
        slots: int,
        hash_seed: int = 0,
        recycle_after: int = RECYCLE_AFTER,
    ) -> None:
        """Start one slot and test it. Raises `StartError` naming the check that failed."""
        self.backend = backend
        self._runtime = runtime
        self._hash_seed = hash_seed
        self._recycle_after = recycle_after
        self._owner = os.getpid()
        self._closed = False
        first = backend.start(runtime, hash_seed)
        try:
            fault = failed_check(first) if backend.level else None
        except Lost as error:
            fault = f"the fork-server was lost during the self-test: {error}"
        except OSError as error:
            fault = f"the self-test has nowhere to put its canary, set TMPDIR: {error}"
        if fault is not None:
            first.close()
            raise StartError(fault)
        self._size = slots
        self._places: queue.LifoQueue[_Place] = queue.LifoQueue()
        for place in (*(_Place() for _ in range(slots - 1)), _Place(first)):
            self._places.put(place)
        self._threads = ThreadPoolExecutor(slots, thread_name_prefix="sandbox")

    def run(
        self, code: str, stdin: str = "", *, limits: Limits = DEFAULT_LIMITS, seed: int = 0
    ) -> Run:
        """Run a program as ``__main__``. Its random generators start from `seed`."""
        [run] = self.perform([({"task": "script", "code": code}, stdin)], limits, seed)
        return run

    def calls(
        self,
        code: str,
        calls: Sequence[Call | Expression],
        *,
        limits: Limits = DEFAULT_LIMITS,
        seed: int = 0,
    ) -> list[Outcome]:
        """Load `code`, make `calls` one after the other in the same process, and give back values.

        Compare them here: what they should be never enters the sandbox. Raises `LoadError` if the
        code does not load, `ProtocolViolation` if it meddled with the results, and `NotPlain` for
        arguments that are no plain data.
        """
        task = {"task": "calls", "code": code, "calls": [call.task() for call in calls]}
        [run] = self.perform([(task, "")], limits, seed)
        return program.read_outcomes(run, len(calls))

    def call(
        self,
        code: str,
        function: str,
        arguments: Sequence[Plain] = (),
        keywords: Mapping[str, Plain] | None = None,
        *,
        limits: Limits = DEFAULT_LIMITS,
        seed: int = 0,
    ) -> Outcome:
        """What ``function(*arguments, **keywords)`` comes to after loading `code`; see `calls`."""
        wanted = Call(function, arguments, keywords or {})
        return self.calls(code, [wanted], limits=limits, seed=seed)[0]

    def evaluate(
        self, code: str, expression: str, *, limits: Limits = DEFAULT_LIMITS, seed: int = 0
    ) -> Outcome:
        """What an expression comes to after loading `code`; see `calls`."""
        return self.calls(code, [Expression(expression)], limits=limits, seed=seed)[0]

    async def arun(
        self, code: str, stdin: str = "", *, limits: Limits = DEFAULT_LIMITS, seed: int = 0
    ) -> Run:
        """`run`, without blocking the event loop."""
        return await self.offload(lambda: self.run(code, stdin, limits=limits, seed=seed))

    async def acalls(
        self,
        code: str,
        calls: Sequence[Call | Expression],
        *,
        limits: Limits = DEFAULT_LIMITS,
        seed: int = 0,
    ) -> list[Outcome]:
        """`calls`, without blocking the event loop."""
        return await self.offload(lambda: self.calls(code, calls, limits=limits, seed=seed))

    async def offload(self, work: Callable[[], _Result]) -> _Result:
        """Await `work`, which uses this box, in one of its own threads: one for each slot."""
        return await asyncio.wrap_future(self._threads.submit(work))

    def map(self, work: Callable[[_Item], _Result], items: Iterable[_Item]) -> Iterator[_Result]:
        """``map(work, items)`` in the threads of this box, in order.

        `items` is read only two rounds of slots ahead, so that it may be endless.
        """
        running: deque[Future[_Result]] = deque()
        for item in items:
            running.append(self._threads.submit(work, item))
            if len(running) >= 2 * self._size:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()

    def perform(
        self, tasks: Sequence[tuple[dict[str, Any], str]], limits: Limits, seed: int
    ) -> list[Run]:
        """Run the driver's `tasks`, each with its standard input, side by side as one job.

        Two tasks are joined by a link, and the job ends with the first. Waits for a free slot.

        Raises:
            RuntimeError: the box is closed, or belongs to another process.
        """
        if self._owner != os.getpid():
            raise RuntimeError("this box was opened by another process; open one in this process")
        header = program.header(limits, len(tasks), seed)
        programs = [
            (json.dumps(task).encode(), stdin.encode(errors="replace")) for task, stdin in tasks
        ]
        place = self._places.get()
        try:
            if self._closed:
                raise RuntimeError("this box is closed")
            endings = self._run_in(place, header, programs)
        finally:
            self._places.put(place)
        return [
            program.read_run(ending, limits, self.backend.name, self.backend.level)
            for ending in endings
        ]

    def _run_in(
        self, place: _Place, header: dict[str, Any], programs: list[tuple[bytes, bytes]]
    ) -> list[dict[str, Any]]:
        fault: object = None
        for _ in range(2):
            try:
                if place.slot is None:
                    place.slot = self.backend.start(self._runtime, self._hash_seed)
                endings = place.slot.run(header, programs)
            except (Lost, StartError) as error:
                fault = error
                place.clear()
                continue
            except BaseException:
                place.clear()  # interrupted half-way: the slot may still be at work
                raise
            fault = next((ending["fault"] for ending in endings if ending["fault"]), None)
            place.jobs += 1
            if fault or place.jobs >= self._recycle_after:
                place.clear()
            if not fault:
                return endings
        raise SandboxFailure(f"the {self.backend.name} sandbox failed twice: {fault}")

    def close(self) -> None:
        """Wait for the programs that are running, and leave nothing behind."""
        if self._closed or self._owner != os.getpid():
            return
        self._closed = True
        places = [self._places.get() for _ in range(self._size)]
        for place in places:
            place.clear()
            self._places.put(place)  # whoever still waits for one is told that the box is closed
        self._threads.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
