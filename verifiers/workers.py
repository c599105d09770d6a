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
import pickle
import socket
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable
from contextlib import suppress
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

MEMORY = 1 << 30
"""Bytes of address space that a worker may use beyond what its libraries need to load."""
_PATIENCE = 15.0
"""Seconds that a process may take to start; twice as many after one that did not, up to:"""
_MOST_PATIENCE = 60.0
_GONE = 5.0
"""Seconds in which a process that was killed is gone, unless the system itself holds it."""
_LONGEST = 1e6
"""Seconds that a socket can be told to wait, about."""
_SIZE = 8
"""Bytes that say how long a message is."""
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
    its deadline; who cannot wait for that asks first whether it is `ready`.
    """

    def __init__(self, preload: tuple[str, ...] = (), memory: int = MEMORY) -> None:
        self._preload = preload
        self._memory = memory
        self._forget()
        _workers.add(self)

    def _forget(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._patience = _PATIENCE
        self._overdue = math.inf
        """When the process that starts has taken too long for that; infinite for one that runs."""

    def ready(self, seconds: float) -> bool:
        """Whether the process runs, started if need be, after `seconds` at the most.

        One that is not up by then goes on starting.

        Raises:
            NotStarted: it ended, or has taken too long, and was killed.
        """
        with self._lock:
            return self._up(time.monotonic() + seconds) is not None

    def call(
        self, seconds: float, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """What `function`, defined at the top of a module, returns within `seconds`.

        Raises:
            NotStarted, Overtime, Died, CallFailed: see there.
        """
        with self._lock:
            channel = self._up(math.inf)
            assert channel is not None
            end = time.monotonic() + seconds
            try:
                _send(channel, (function, args, kwargs, seconds), end)
                done, result = _receive(channel, end)
            except TimeoutError:
                self._end()
                raise Overtime(f"no result within {seconds:g} s") from None
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

    def _up(self, until: float) -> socket.socket | None:
        """The channel to a process that runs; None for one that still starts at that time."""
        if self._process is not None and self._process.poll() is not None:
            self._end()  # it was killed between two calls: no fault of the next one
        channel = self._channel or self._start()
        if self._overdue == math.inf:
            return channel
        try:
            _receive(channel, min(until, self._overdue))
        except TimeoutError:
            if time.monotonic() < self._overdue:
                return None
            self._patience = min(2 * self._patience, _MOST_PATIENCE)
            self._end()
            raise NotStarted("a worker process took too long to start") from None
        except (EOFError, OSError):
            self._end()
            raise NotStarted("a worker process did not start") from None
        self._patience = _PATIENCE
        self._overdue = math.inf
        return channel

    def _start(self) -> socket.socket:
        if os.name != "posix":
            raise NotStarted("worker processes need a POSIX system")
        ours, theirs = socket.socketpair()
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
            ours.close()
            raise NotStarted(f"cannot start a worker process: {error}") from error
        finally:
            theirs.close()
        self._channel = ours
        self._overdue = time.monotonic() + self._patience
        return ours

    def _end(self) -> None:
        process, channel = self._process, self._channel
        self._process = self._channel = None
        self._overdue = math.inf
        if channel is not None:
            channel.close()
        if process is not None:
            process.kill()
            with suppress(subprocess.TimeoutExpired):
                process.wait(_GONE)

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


def _send(channel: socket.socket, message: object, end: float) -> None:
    """Send a message; raises TimeoutError if nobody has taken all of it by `end`."""
    data = pickle.dumps(message)
    _limit(channel, end)  # for all of it together, as a process that is stopped reads nothing
    channel.sendall(len(data).to_bytes(_SIZE, "big") + data)


def _receive(channel: socket.socket, end: float) -> Any:
    """The next message; raises TimeoutError if not all of it is there by `end`."""
    size = int.from_bytes(_exactly(channel, _SIZE, end), "big")
    return pickle.loads(_exactly(channel, size, end))


def _exactly(channel: socket.socket, size: int, end: float) -> bytearray:
    data = bytearray(size)
    rest = memoryview(data)
    while rest:
        _limit(channel, end)
        got = channel.recv_into(rest)
        if not got:
            raise EOFError
        rest = rest[got:]
    return data


def _limit(channel: socket.socket, end: float) -> None:
    # a timeout of nothing would mean not to wait at all, and say so in another error
    left = min(max(end - time.monotonic(), 1e-4), _LONGEST)
    channel.settimeout(None if end == math.inf else left)


def serve(descriptor: int, memory: int, preload: list[str]) -> None:
    """Answer calls from the connection `descriptor` until it closes. Runs in the child."""
    import gc
    import importlib
    import resource

    channel = socket.socket(fileno=descriptor)
    for name in preload:
        importlib.import_module(name)
    gc.freeze()  # what is loaded now stays: the collector need not look at it again
    limit = _address_space() + memory
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    _send(channel, None, math.inf)
    while True:
        try:
            function, args, kwargs, seconds = _receive(channel, math.inf)
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
        _send(channel, answer, math.inf)


def _address_space() -> int:
    """Bytes mapped by this process; libraries reserve far more than they use."""
    import resource
    from pathlib import Path

    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return 1 << 30
    return pages * resource.getpagesize()
