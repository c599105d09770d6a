"""The parent's stand-in inside a container, where no descriptor can be passed.

Takes jobs as frames on standard input, runs each on a fork-server of its own exactly as the parent
would, and answers with frames on standard output. A frame is four bytes of length, big-endian,
and JSON; bytes travel as Latin-1 text.
"""

import json
import os
import socket
from collections.abc import Callable
from typing import Any

from clr.sandbox import client, forkserver, kernel


def main(setup: dict[str, Any]) -> None:
    """Serve jobs until standard input ends."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    if os.fork() == 0:
        ours.close()
        nothing = os.open("/dev/null", os.O_RDWR)
        for standard in range(3):
            os.dup2(nothing, standard)
        forkserver.main(theirs, None, setup)
        os._exit(0)
    theirs.close()
    kernel.set_dumpable(False)  # it has held every program that it passed on
    answer: Any = json.loads(ours.recv(1 << 16) or b'{"failed": "the fork-server ended"}')
    while True:
        send_frame(_write, answer)
        request = receive_frame(_read)
        if request is None:
            return
        programs = [(task.encode("latin-1"), stdin.encode("latin-1")) for task, stdin in request[1]]
        try:
            answer = list(map(_as_text, client.run(ours, request[0], programs, principal=0)))
        except client.Lost as error:
            send_frame(_write, {"lost": str(error)})
            return


def _as_text(ending: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value.decode("latin-1") if isinstance(value, bytes) else value
        for key, value in ending.items()
    }


def _read(size: int) -> bytes:
    return os.read(0, size)


def _write(data: bytes) -> None:
    while data:
        data = data[os.write(1, data) :]


def send_frame(write: Callable[[bytes], object], message: Any) -> None:
    """Send `message` with `write`, which takes all that it is given."""
    data = json.dumps(message).encode()
    write(len(data).to_bytes(4, "big") + data)


def receive_frame(read: Callable[[int], bytes]) -> Any:
    """The next message from `read`, which gives at most as much as asked; `None` at the end."""
    head = _exactly(read, 4)
    body = _exactly(read, int.from_bytes(head, "big")) if head else b""
    return json.loads(body) if body else None


def _exactly(read: Callable[[int], bytes], size: int) -> bytes:
    """`size` bytes, or none if they do not all come."""
    data = bytearray()
    while len(data) < size:
        more = read(min(size - len(data), 1 << 16))
        if not more:
            return b""
        data += more
    return bytes(data)
