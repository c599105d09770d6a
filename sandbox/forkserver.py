"""A warm, confined interpreter that forks one short-lived process per program.

Speaks over one SOCK_SEQPACKET socket: a job is a JSON header with the file descriptors of its
programs; the answer is how the kernel saw each of them end. It never reads a program itself:
what it had read, every later job would inherit in its memory.
"""

import fcntl
import gc
import json
import os
import select
import signal
import socket
import sys
import time
from typing import Any

from clr.sandbox import driver, jail, kernel

CHANNELS = 4  # per program: input, output, errors, results
_HEADER = 65536
_SPARE = 64  # descriptors from here on are out of the way of a program's own


def main(control: socket.socket, parent: int, setup: dict[str, Any]) -> None:
    """Confine this process as `setup` says, then fork jobs until there is nobody to do them for.

    `parent` is a pidfd of the process at the other end of `control`: its end must be noticed even
    if a copy of its socket lives on in some process that it forked.
    """
    proc = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY)
    shown = [tuple(pair) for pair in setup["shown"]]
    try:
        if setup["root"] == "build":
            jail.own_namespaces(shown, setup["uid"], proc)
        elif setup["root"] == "host":
            jail.on_host(setup["uid"])
        sys.path.extend(setup["path"])
        for name in setup["preload"]:
            __import__(name)
        job = jail.Job(shown, setup["namespaces"], jail.address_space(proc))
    except (OSError, ImportError) as error:
        control.send(json.dumps({"failed": str(error)}).encode())
        return
    os.close(proc)
    kernel.set_dumpable(False)
    own = os.pidfd_open(os.getpid()) if setup["namespaces"] else None
    _furnish()
    gc.collect()
    gc.freeze()
    control.send(json.dumps({"ready": True}).encode())
    idle = select.poll()
    idle.register(control, select.POLLIN)
    idle.register(parent, select.POLLIN)
    while True:
        if any(descriptor == parent for descriptor, _ in idle.poll()):
            return
        message, descriptors, _, _ = socket.recv_fds(control, _HEADER, 2 * (CHANNELS + 1))
        if not message:
            return
        if message == b"kill":  # it crossed the answer of the job that it was meant for
            continue
        answer = _run(json.loads(message), descriptors, job, control, parent, own)
        if answer is None:
            return
        control.send(json.dumps(answer).encode())


def _furnish() -> None:
    """Give programs the small comforts of a usual interpreter, and nothing of ours."""
    import _sitebuiltins
    import builtins

    for name in ("exit", "quit"):
        setattr(builtins, name, _sitebuiltins.Quitter(name, "Ctrl-D (i.e. EOF)"))
    sys.argv = ["program.py"]
    os.environ.clear()
    os.environ.update(HOME=jail.WORK, TMPDIR=jail.WORK, LANG="C.UTF-8")


def _run(
    header: dict[str, Any],
    descriptors: list[int],
    job: jail.Job,
    control: socket.socket,
    parent: int,
    own: int | None,
) -> list[dict[str, Any]] | None:
    """Run the programs of one job side by side; `None` when nobody is left to tell."""
    per_program = CHANNELS + (header["programs"] > 1)
    children: dict[int, tuple[int, int, int]] = {}  # pidfd -> (index, pid, confined?)
    deadline = time.monotonic() + header["wall"]
    for index in range(header["programs"]):
        channels = descriptors[index * per_program : (index + 1) * per_program]
        pid, confined = _fork(header, channels, job, own)
        children[os.pidfd_open(pid)] = (index, pid, confined)
    for descriptor in descriptors:  # a program must see its partner's end of the link close
        os.close(descriptor)
    first = next(iter(children))
    poll = select.poll()
    for descriptor in (control.fileno(), parent, *children):
        poll.register(descriptor, select.POLLIN)
    ended: dict[int, dict[str, Any]] = {}
    killed = None
    while len(ended) < len(children):
        left = None if killed else max(0.0, deadline - time.monotonic()) * 1000
        ready = [descriptor for descriptor, _ in poll.poll(left)]
        if not ready:
            killed = "wall"
        for descriptor in ready:
            if descriptor in children:
                poll.unregister(descriptor)
                index, pid, confined = children[descriptor]
                ended[index] = _reap(pid, confined, killed)
                if descriptor == first and len(ended) < len(children):
                    killed = "partner"
            elif descriptor == parent or control.recv(16) == b"":
                return None  # our own end is the end of every job
            else:
                killed = "client"
        if killed:
            for descriptor, (index, _, _) in children.items():
                if index not in ended:
                    signal.pidfd_send_signal(descriptor, signal.SIGKILL)
    for descriptor in children:
        os.close(descriptor)
    return [ended[index] for index in range(len(children))]


def _reap(pid: int, confined: int, killed: str | None) -> dict[str, Any]:
    _, status, usage = os.wait4(pid, 0)
    reached = os.read(confined, 200)
    os.close(confined)
    return {
        "exit": os.waitstatus_to_exitcode(status),
        "killed": killed,
        "fault": None if reached == b"confined" else reached.decode(errors="replace"),
        "cpu": usage.ru_utime + usage.ru_stime,
        "memory": usage.ru_maxrss * 1024,
    }


def _fork(
    header: dict[str, Any], channels: list[int], job: jail.Job, own: int | None
) -> tuple[int, int]:
    """Start one program; its pid, and a pipe that says whether it got as far as being confined."""
    told, tell = os.pipe()
    if own is not None:
        kernel.unshare(kernel.NEWPID)
    pid = os.fork()
    if pid == 0:
        _become_program(header, channels, job, tell)
    if own is not None:
        kernel.join_pid_namespace(own)
    os.close(tell)
    return pid, told


def _become_program(header: dict[str, Any], channels: list[int], job: jail.Job, tell: int) -> None:
    try:
        kernel.die_with_parent()
        os.setsid()
        *kept, tell = (fcntl.fcntl(d, fcntl.F_DUPFD, _SPARE) for d in (*channels, tell))
        for number, descriptor in enumerate(kept):
            os.dup2(descriptor, number)
        os.closerange(len(kept), tell)
        os.closerange(tell + 1, 1024)
        job.confine(header["limits"])
        jail.seed(header["seed"])
        os.write(tell, b"confined")
        os.close(tell)
    except BaseException as error:
        os.write(tell, f"{type(error).__name__}: {error}"[:200].encode())
        os._exit(125)
    driver.perform(_read_task())
    os._exit(124)


def _read_task() -> dict[str, Any]:
    """The task comes first on standard input, after its length; the rest is the program's."""
    size = int.from_bytes(_exactly(8), "big")
    task: dict[str, Any] = json.loads(_exactly(size))
    return task


def _exactly(size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        more = os.read(0, min(size - len(data), 1 << 16))
        if not more:
            os._exit(124)
        data += more
    return bytes(data)
