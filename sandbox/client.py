"""Run one job on a fork-server: hand it its pipes, feed and drain them, within bounds.

Used by the parent directly, and inside a container by the relay, so it may import only the
standard library.
"""

import json
import os
import select
import socket
import time
from typing import Any

GRACE = 2.0  # seconds past its own deadline after which a fork-server counts as lost
_CHUNK = 1 << 16
_STREAMS = ("out", "err", "result")


class Lost(Exception):
    """The fork-server died, or no longer answers; what its job would have done is unknown."""


def run(
    control: socket.socket,
    header: dict[str, Any],
    programs: list[tuple[bytes, bytes]],
    principal: int | None = None,
) -> list[dict[str, Any]]:
    """Run `programs`, pairs of (task, standard input), as one job; one ending for each.

    The job is given up when the descriptor `principal` becomes readable, if there is one: whoever
    wanted the results is gone.

    Each ending adds the bytes of ``out``, ``err`` and ``result`` to what the fork-server saw, and
    ``over``, the first of these to pass its limit (the job is then killed), else `None`.
    Raises `Lost`.
    """
    theirs: list[int] = []
    feeds: dict[int, memoryview] = {}  # our end, and what is still to be written
    drains: dict[int, tuple[int, str]] = {}  # our end: program, stream
    links = [end.detach() for end in socket.socketpair()] if len(programs) > 1 else []
    try:
        for index, (task, stdin) in enumerate(programs):
            reader, writer = os.pipe()
            theirs.append(reader)
            feeds[writer] = memoryview(len(task).to_bytes(8, "big") + task + stdin)
            for stream in _STREAMS:
                reader, writer = os.pipe()
                theirs.append(writer)
                drains[reader] = (index, stream)
            theirs.extend(links[index : index + 1])
        try:
            socket.send_fds(control, [json.dumps(header).encode()], theirs)
        except OSError as error:
            raise Lost(f"cannot reach the fork-server: {error}") from None
        finally:
            for descriptor in theirs:
                os.close(descriptor)
        return _pump(control, header, len(programs), feeds, drains, principal)
    finally:
        for descriptor in (*feeds, *drains):
            os.close(descriptor)


def _pump(
    control: socket.socket,
    header: dict[str, Any],
    programs: int,
    feeds: dict[int, memoryview],
    drains: dict[int, tuple[int, str]],
    principal: int | None,
) -> list[dict[str, Any]]:
    """Move data until the fork-server reports; closes and forgets descriptors as they finish."""
    limits = header["limits"]
    room = {"out": limits["output"], "err": limits["output"], "result": limits["result"]}
    kept = [{stream: bytearray() for stream in _STREAMS} for _ in range(programs)]
    over: list[str | None] = [None] * programs
    poll = select.poll()
    poll.register(control, select.POLLIN)
    if principal is not None:
        poll.register(principal, select.POLLIN)
    for descriptor in feeds:
        os.set_blocking(descriptor, False)
        poll.register(descriptor, select.POLLOUT)
    for descriptor in drains:
        os.set_blocking(descriptor, False)
        poll.register(descriptor, select.POLLIN)

    def drain(descriptor: int) -> bool:
        """Read once; whether there may be more."""
        try:
            data = os.read(descriptor, _CHUNK)
        except BlockingIOError:
            return False
        index, stream = drains[descriptor]
        buffer = kept[index][stream]
        space = room[stream] - len(buffer)
        buffer += data[:space]
        if len(data) > space and over[index] is None:
            over[index] = stream
            _kill(control)
        if not data:
            poll.unregister(descriptor)
            del drains[descriptor]
            os.close(descriptor)
        return bool(data) and over[index] is None

    deadline = time.monotonic() + header["wall"] + GRACE
    answer: bytes | None = None
    while answer is None:
        ready = poll.poll(max(0.0, deadline - time.monotonic()) * 1000)
        if not ready:
            raise Lost("no answer from the fork-server")
        for descriptor, _ in ready:
            if descriptor in feeds:
                if not _feed(descriptor, feeds):
                    poll.unregister(descriptor)
            elif descriptor in drains:
                drain(descriptor)
            elif descriptor == principal:
                raise Lost("nobody waits for this job")
            else:
                answer = _receive(control)
    for descriptor in list(drains):  # every writer is dead by now: what is there is all there is
        while drain(descriptor):
            pass
    endings: list[dict[str, Any]] = json.loads(answer)
    return [
        {**ending, "over": passed, **{stream: bytes(data) for stream, data in streams.items()}}
        for ending, passed, streams in zip(endings, over, kept, strict=True)
    ]


def _feed(descriptor: int, feeds: dict[int, memoryview]) -> bool:
    """Write what fits; whether there is more to write."""
    try:
        feeds[descriptor] = feeds[descriptor][os.write(descriptor, feeds[descriptor][:_CHUNK]) :]
    except BlockingIOError:
        return True
    except BrokenPipeError:
        feeds[descriptor] = memoryview(b"")
    if feeds[descriptor]:
        return True
    del feeds[descriptor]
    os.close(descriptor)
    return False


def _kill(control: socket.socket) -> None:
    try:
        control.send(b"kill")
    except OSError as error:
        raise Lost(f"cannot reach the fork-server: {error}") from None


def _receive(control: socket.socket) -> bytes:
    try:
        answer = control.recv(_CHUNK)
    except OSError as error:
        raise Lost(f"cannot reach the fork-server: {error}") from None
    if not answer:
        raise Lost("the fork-server died")
    return answer
