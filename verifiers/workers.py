"""A child process that runs one call at a time and is killed at its deadline.

z3 and sympy can overrun any timeout of their own by minutes, and native code does not see a signal
until it returns; only killing the process ends it in time. The child is a plain subprocess rather
than a `multiprocessing` one: that would import the caller's main script again, is forbidden in
daemonic workers such as those of data loaders, and may fork a process that holds CUDA or threads.
POSIX only.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

MEMORY = 1 << 30
"""Bytes of address space that a worker may use beyond what its libraries need to load."""
_START_SECONDS = 60.0
_BOOT = (
    "import sys; sys.path[:] = sys.argv[4:]; "
    "from clr.verifiers.workers import serve; "
    "serve(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3].split())"
)


class WorkerError(Exception):
    """A call has no result: the worker ran out of time or memory, or could not start."""


class Overtime(WorkerError):
    """The deadline passed, and the worker was killed."""


class Died(WorkerError):
    """The worker ended by itself: out of memory, or a crash in native code."""


class NotStarted(WorkerError):
    """No process could be started, or it ended before it was ready."""


class CallFailed(WorkerError):
    """The function raised; the message is that of its exception."""


class Worker:
    """A process that starts at the first call, again if it has ended, and ends with its owner.

    Safe to use from any thread (calls wait for one another) and after a fork (the child starts a
    process of its own). `preload` names modules that are imported before the first call, outside
    its deadline.
    """

    def __init__(self, preload: tuple[str, ...] = (), memory: int = MEMORY) -> None:
        self._preload = preload
        self._memory = memory
        self._forget()
        _workers.add(self)

    def _forget(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: Connection | None = None

    def call(
        self, seconds: float, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """What `function`, defined at the top of a module, returns within `seconds`.

        Raises:
            NotStarted, Overtime, Died, CallFailed: see there.
        """
        with self._lock:
            if self._process is not None and self._process.poll() is not None:
                self._end()  # it was killed between two calls: no fault of this one
            channel = self._channel or self._start()
            try:
                channel.send((function, args, kwargs, seconds))
                if not channel.poll(seconds):
                    raise Overtime(f"no result within {seconds:g} s")
                done, result = channel.recv()
            except (EOFError, OSError) as error:
                self._end()
                raise Died("the worker ended before its call did") from error
            except BaseException:
                self._end()  # a late answer must never be taken for that of the next call
                raise
        if not done:
            raise CallFailed(result)
        return result  # type: ignore[no-any-return]

    def kill(self) -> None:
        """End the process under the call that another thread is making: it raises `Died`."""
        process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """End the process, if there is one. The next call starts another."""
        with self._lock:
            self._end()

    def _start(self) -> Connection:
        if os.name != "posix":
            raise NotStarted("worker processes need a POSIX system")
        ours, theirs = Pipe()
        try:
            arguments = [str(theirs.fileno()), str(self._memory), " ".join(self._preload)]
            self._process = subprocess.Popen(
                [sys.executable, "-c", _BOOT, *arguments, *sys.path],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONHASHSEED": "0"},
                start_new_session=True,
            )
        except OSError as error:
            raise NotStarted(f"cannot start a worker process: {error}") from error
        finally:
            theirs.close()
        self._channel = ours
        try:
            if ours.poll(_START_SECONDS):
                ours.recv()
                return ours
        except (EOFError, OSError):
            pass
        self._end()
        raise NotStarted("a worker process did not start")

    def _end(self) -> None:
        process, channel = self._process, self._channel
        self._process = self._channel = None
        if channel is not None:
            channel.close()
        if process is not None:
            process.kill()
            process.wait()

    def _disown(self) -> None:
        """Leave the process to the parent that this process was forked from."""
        if self._process is not None:
            self._process.returncode = 0  # not ours to wait for
        if self._channel is not None:
            self._channel.close()
        self._forget()


_workers: weakref.WeakSet[Worker] = weakref.WeakSet()


def _disown_all() -> None:
    for worker in list(_workers):
        worker._disown()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_disown_all)


def serve(descriptor: int, memory: int, preload: list[str]) -> None:
    """Answer calls from the connection `descriptor` until it closes. Runs in the child."""
    import gc
    import importlib
    import resource

    channel = Connection(descriptor)
    for name in preload:
        importlib.import_module(name)
    gc.freeze()  # what is loaded now stays: the collector need not look at it again
    limit = _address_space() + memory
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    channel.send(None)
    while True:
        try:
            function, args, kwargs, seconds = channel.recv()
        except EOFError:
            return
        used = resource.getrusage(resource.RUSAGE_SELF)
        # the parent kills at the deadline; this ends a worker whose parent is gone
        enough = math.ceil(used.ru_utime + used.ru_stime + seconds) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (enough, resource.RLIM_INFINITY))
        try:
            answer = (True, function(*args, **kwargs))
        except Exception as error:
            answer = (False, f"{type(error).__name__}: {error}")
        channel.send(answer)


def _address_space() -> int:
    """Bytes mapped by this process; libraries reserve far more than they use."""
    import resource
    from pathlib import Path

    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return 1 << 30
    return pages * resource.getpagesize()
