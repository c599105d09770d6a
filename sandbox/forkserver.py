"""A warm, confined interpreter that forks one short-lived process per program.

Speaks over one SOCK_SEQPACKET socket: a job is a JSON header with the file descriptors of its
programs; the answer is how the kernel saw each of them end. It never reads a program itself:
what it had read, every later job would inherit in its memory.
"""

import fcntl
import gc
import json
import os
import resource
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


def main(control: socket.socket, parent: int | None, setup: dict[str, Any]) -> None:
    """Confine this process as `setup` says, then fork jobs until there is nobody to do them for.

    `parent` is a pidfd of the process at the other end of `control`, if that may fork: its end must
    be noticed even if a copy of its socket lives on in some process that it forked.
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
    _furnish()
    jail.seed(0)  # now, so that what it imports is there before the first fork
    gc.collect()
    gc.freeze()
    control.send(json.dumps({"ready": True}).encode())
    _Server(control, parent, job).serve()


def _furnish() -> None:
    """Give programs the small comforts of a usual interpreter, and nothing of ours."""
    import _sitebuiltins
    import builtins

    for name in ("exit", "quit"):
        setattr(builtins, name, _sitebuiltins.Quitter(name, "Ctrl-D (i.e. EOF)"))
    sys.argv = ["program.py"]
    os.environ.clear()
    os.environ.update(HOME=jail.WORK, TMPDIR=jail.WORK, LANG="C.UTF-8")


class _Server:
    def __init__(self, control: socket.socket, parent: int | None, job: jail.Job) -> None:
        self._control, self._parent, self._job = control, parent, job
        self._own = os.pidfd_open(os.getpid()) if job.namespaces else None
        # a child's end makes a descriptor readable; a pidfd would too, but not under gVisor
        self._woken, wake = os.pipe2(os.O_NONBLOCK)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._poll = select.poll()
        for descriptor in (control.fileno(), self._woken, parent):
            if descriptor is not None:
                self._poll.register(descriptor, select.POLLIN)

    def serve(self) -> None:
        """Do jobs until the socket or the parent ends. Our end is the end of every child."""
        while self._parent not in (ready := self._ready(None)):
            if self._control.fileno() not in ready:
                continue
            message, descriptors, _, _ = socket.recv_fds(self._control, _HEADER, 2 * (CHANNELS + 1))
            if not message:
                return
            if message == b"kill":  # it crossed the answer of the job that it was meant for
                continue
            answer = self._run(json.loads(message), descriptors)
            if answer is None:
                return
            self._control.send(json.dumps(answer).encode())

    def _ready(self, seconds: float | None) -> set[int | None]:
        found = self._poll.poll(None if seconds is None else max(0.0, seconds) * 1000)
        ready: set[int | None] = {descriptor for descriptor, _ in found}
        if self._woken in ready:
            os.read(self._woken, 4096)
        return ready

    def _run(self, header: dict[str, Any], descriptors: list[int]) -> list[dict[str, Any]] | None:
        """Run the programs of one job side by side; `None` when nobody is left to tell."""
        count = header["programs"]
        deadline = time.monotonic() + header["wall"]
        share = len(descriptors) // count
        running: dict[int, tuple[int, int]] = {}  # pid: index, confined?
        for index in range(count):
            channels = descriptors[index * share : (index + 1) * share]
            pid, confined = self._fork(header, channels)
            running[pid] = (index, confined)
        for descriptor in descriptors:  # a program must see its partner's end of the link close
            os.close(descriptor)
        endings: list[dict[str, Any]] = [{}] * count
        killed = None
        while running:
            ready = self._ready(None if killed else deadline - time.monotonic())
            if not ready:
                killed = "wall"
            if self._control.fileno() in ready:
                if not self._control.recv(16):
                    return None
                killed = "client"
            if self._parent in ready:
                return None
            for pid in list(running):
                ended, status, usage = os.wait4(pid, os.WNOHANG)
                if ended:
                    index, confined = running.pop(pid)
                    endings[index] = _ending(status, usage, confined, killed)
                    if index == 0:
                        killed = killed or "partner"
            if killed:
                for pid in running:
                    os.kill(pid, signal.SIGKILL)
        return endings

    def _fork(self, header: dict[str, Any], channels: list[int]) -> tuple[int, int]:
        """Start a program; its pid, and a pipe that says whether it got as far as confinement."""
        told, tell = os.pipe()
        if self._own is not None:
            kernel.unshare(kernel.NEWPID)
        pid = os.fork()
        if pid == 0:
            _become_program(header, channels, self._job, tell)
        if self._own is not None:
            kernel.join_pid_namespace(self._own)
        os.close(tell)
        return pid, told


def _ending(
    status: int, usage: resource.struct_rusage, confined: int, killed: str | None
) -> dict[str, Any]:
    reached = os.read(confined, 200)
    os.close(confined)
    fault = (
        None if reached == b"confined" else reached.decode(errors="replace") or "no sign of life"
    )
    code = os.waitstatus_to_exitcode(status)
    return {
        "exit": code,
        "killed": killed if code == -signal.SIGKILL else None,
        "fault": None if reached == b"confined" else fault,
        "cpu": usage.ru_utime + usage.ru_stime,
        "memory": usage.ru_maxrss * 1024,
    }


def _become_program(header: dict[str, Any], channels: list[int], job: jail.Job, tell: int) -> None:
    try:
        kernel.die_with_parent()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
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
