"""Programs in plain subprocesses: nothing is confined. For debugging, behind two switches."""

import contextlib
import json
import os
import resource
import socket
import subprocess
import tempfile
import time
from typing import IO, Any

from clr.sandbox.launch import ENVIRONMENT, Runtime, sources

_STREAMS = ("out", "err", "result")
_BOOTSTRAP = """
import json, os, sys, types
for number, descriptor in enumerate(sys.argv[1:], 3):
    os.dup2(int(descriptor), number)
def read(size):
    data = b""
    while len(data) < size:
        data += os.read(0, size - len(data)) or sys.exit(1)
    return data
def message():
    return json.loads(read(int.from_bytes(read(8), "big")))
package = sys.modules["clr.sandbox"] = types.ModuleType("clr.sandbox")
for name, source in message():
    module = sys.modules["clr.sandbox." + name] = types.ModuleType("clr.sandbox." + name)
    exec(compile(source, "<sandbox>/" + name, "exec"), module.__dict__)
module.perform(message())
"""


class Subprocesses:
    """No confinement at all."""

    name = "unsafe_subprocess"
    level = 0

    def start(self, runtime: Runtime, hash_seed: int) -> "_Unconfined":
        return _Unconfined(runtime, hash_seed)

    def mend(self, failure: str) -> str:
        return "use another backend"


class _Unconfined:
    def __init__(self, runtime: Runtime, hash_seed: int) -> None:
        self._python = runtime.python
        self._environment = {**ENVIRONMENT, "PYTHONHASHSEED": str(hash_seed)}
        self._environment["PYTHONPATH"] = os.pathsep.join(
            sorted({str(entry.parent) for entry in runtime.packages})
        )

    def run(
        self, header: dict[str, Any], programs: list[tuple[bytes, bytes]]
    ) -> list[dict[str, Any]]:
        """See `client.run`. Of the limits, only the one on wall time is kept."""
        deadline = time.monotonic() + header["wall"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        links = [end.detach() for end in socket.socketpair()] if len(programs) > 1 else []
        with contextlib.ExitStack() as stack:
            files = [{name: _file(stack) for name in _STREAMS} for _ in programs]
            running = [
                self._launch(stack, program, streams, links[index : index + 1])
                for index, (program, streams) in enumerate(zip(programs, files, strict=True))
            ]
            for link in links:
                os.close(link)
            killed = _wait(running, deadline)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            return [
                {
                    "exit": process.returncode,
                    "killed": reason,
                    "fault": None,
                    "cpu": min(used, header["wall"]),
                    "memory": after.ru_maxrss * 1024,
                    **_read(streams, header["limits"]),
                }
                for process, reason, streams in zip(running, killed, files, strict=True)
            ]

    def _launch(
        self,
        stack: contextlib.ExitStack,
        program: tuple[bytes, bytes],
        streams: dict[str, IO[bytes]],
        link: list[int],
    ) -> subprocess.Popen[bytes]:
        task, stdin = program
        code = json.dumps(sources(("values", "driver"))).encode()
        given = _file(stack)
        for part in (code, task):
            given.write(len(part).to_bytes(8, "big") + part)
        given.write(stdin)
        given.seek(0)
        extra = [streams["result"].fileno(), *link]
        command = [self._python, "-S", "-s", "-B", "-c", _BOOTSTRAP, *map(str, extra)]
        return subprocess.Popen(
            command,
            stdin=given,
            stdout=streams["out"],
            stderr=streams["err"],
            pass_fds=extra,
            env=self._environment,
            start_new_session=True,
        )

    def close(self) -> None:
        """Nothing stays between jobs."""


def _file(stack: contextlib.ExitStack) -> IO[bytes]:
    return stack.enter_context(tempfile.TemporaryFile(buffering=0))


def _wait(running: list[subprocess.Popen[bytes]], deadline: float) -> list[str | None]:
    """Wait for the first program, then end the others; why each was killed."""
    killed: list[str | None] = []
    for process in running:
        left = deadline - time.monotonic() if not killed else 0.0
        try:
            process.wait(max(0.0, left))
            killed.append(None)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            killed.append("wall" if not killed or "wall" in killed else "partner")
    return killed


def _read(streams: dict[str, IO[bytes]], limits: dict[str, int]) -> dict[str, Any]:
    found: dict[str, Any] = {"over": None}
    for name, stream in streams.items():
        room = limits["result" if name == "result" else "output"]
        stream.seek(0)
        data = stream.read(room + 1)
        if len(data) > room:
            found["over"] = name
        found[name] = data[:room]
    return found
