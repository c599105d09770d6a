"""A slot inside a container, reached over a byte stream."""

import select
import time
from collections.abc import Callable
from typing import Any

from clr.sandbox.client import GRACE, Lost
from clr.sandbox.launch import (
    ENVIRONMENT,
    PACKAGES,
    START_SECONDS,
    Runtime,
    StartError,
    sources,
)
from clr.sandbox.relay import receive_frame, send_frame

NOBODY = 65534
_MODULES = ("values", "kernel", "seccomp", "jail", "driver", "forkserver", "client", "relay")
_RELAY_GRACE = GRACE + 1.0  # the relay notices a lost fork-server first

# Reads its own source from standard input, as a frame.
_BOOTSTRAP = """
import json, os, sys, types
def read(size):
    data = b""
    while len(data) < size:
        data += os.read(0, size - len(data)) or sys.exit(1)
    return data
hello = json.loads(read(int.from_bytes(read(4), "big")))
package = sys.modules["clr.sandbox"] = types.ModuleType("clr.sandbox")
for name, source in hello["sources"]:
    module = sys.modules["clr.sandbox." + name] = types.ModuleType("clr.sandbox." + name)
    exec(compile(source, "<sandbox>/" + name, "exec"), module.__dict__)
    setattr(package, name, module)
module.main(hello["setup"])
"""


def interpreter_arguments(hash_seed: int) -> tuple[list[str], dict[str, str]]:
    """Arguments and environment of the interpreter inside."""
    arguments = ["-S", "-s", "-P", "-B", "-c", _BOOTSTRAP]
    return arguments, {**ENVIRONMENT, "PYTHONHASHSEED": str(hash_seed)}


class Relayed:
    """A slot behind a byte stream: `reader` to select on, `read` and `write`, `stop` to end it."""

    def __init__(
        self,
        runtime: Runtime,
        reader: Any,
        read: Callable[[int], bytes],
        write: Callable[[bytes], object],
        stop: Callable[[], None],
    ) -> None:
        self._reader, self._receive, self._write, self._stop = reader, read, write, stop
        self._deadline = time.monotonic() + START_SECONDS
        setup = {
            "root": "given",
            "shown": runtime.shown(),
            "path": [PACKAGES],
            "preload": runtime.preload,
            "namespaces": False,
        }
        try:
            answer = self._ask({"sources": sources(_MODULES), "setup": setup})
        except Lost as error:
            self.close()
            raise StartError(f"the container's relay does not answer: {error}") from None
        if "failed" in answer:
            self.close()
            raise StartError(answer["failed"])

    def _read(self, size: int) -> bytes:
        left = max(0.0, self._deadline - time.monotonic())
        if not select.select([self._reader], [], [], left)[0]:
            raise Lost("no answer from the container")
        return self._receive(size)

    def _ask(self, message: Any) -> Any:
        try:
            send_frame(self._write, message)
            answer = receive_frame(self._read)
        except (OSError, ValueError) as error:
            raise Lost(f"cannot reach the container: {error}") from None
        if answer is None:
            raise Lost("the container ended")
        return answer

    def run(
        self, header: dict[str, Any], programs: list[tuple[bytes, bytes]]
    ) -> list[dict[str, Any]]:
        """See `client.run`."""
        self._deadline = time.monotonic() + header["wall"] + _RELAY_GRACE
        texts = [[part.decode("latin-1") for part in program] for program in programs]
        answer = self._ask([header, texts])
        if "lost" in answer:
            raise Lost(answer["lost"])
        for ending in answer:
            ending.update(
                {name: ending[name].encode("latin-1") for name in ("out", "err", "result")}
            )
        endings: list[dict[str, Any]] = answer
        return endings

    def close(self) -> None:
        """Remove the container."""
        self._stop()
