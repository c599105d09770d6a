"""Sandboxes under gVisor: one warm OCI container for each slot."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from clr.sandbox.containers import NOBODY, Relayed, interpreter_arguments
from clr.sandbox.launch import ENVIRONMENT, Runtime, StartError


class GVisor:
    """gVisor: programs talk to a kernel of their own, and never to the host's."""

    name = "gvisor"
    level = 4

    def start(self, runtime: Runtime, hash_seed: int) -> Relayed:
        program = shutil.which("runsc")
        if program is None:
            raise StartError("runsc is not installed")
        bundle = Path(tempfile.mkdtemp(prefix="clr-gvisor-"))
        _write_bundle(bundle, runtime, hash_seed)
        options = ["--root", str(bundle / "state"), "--network=none", "--ignore-cgroups"]
        options += ["--platform=ptrace", *([] if os.geteuid() == 0 else ["--rootless"])]
        command = [program, *options, "run", "--bundle", str(bundle), bundle.name]
        # the shell outlives us if need be: when we go, standard input ends, then the sandbox does
        wrapper = ["/bin/sh", "-c", '"$@"; rm -rf "$0"', str(bundle), *command]
        process = subprocess.Popen(
            wrapper,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PATH": ENVIRONMENT["PATH"]},
            cwd="/",
            bufsize=0,
            start_new_session=True,
        )
        feed, drain = process.stdin, process.stdout
        assert feed is not None and drain is not None

        def stop() -> None:
            feed.close()
            try:
                process.wait(5.0)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                shutil.rmtree(bundle, ignore_errors=True)
            drain.close()

        return Relayed(runtime, drain, drain.read, _writer(feed), stop)

    def mend(self, failure: str) -> str:
        if "not installed" in failure:
            return "install gVisor's runsc"
        return "see whether `runsc do true` works here; user namespaces must be allowed"


def _writer(feed: IO[bytes]) -> Callable[[bytes], object]:
    def write(data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[feed.write(view) :]

    return write


def _write_bundle(bundle: Path, runtime: Runtime, hash_seed: int) -> None:
    """An OCI bundle whose root shows what programs may read, and nothing else."""
    root = bundle / "root"
    mounts = []
    for source, inside in runtime.shown():
        (root / inside.lstrip("/")).mkdir(parents=True, exist_ok=True)
        mounts.append(_read_only(Path(source).resolve(), inside))
    python = root / runtime.python.lstrip("/")
    python.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(runtime.python, python)
    arguments, environment = interpreter_arguments(hash_seed)
    mounts.append({"destination": "/proc", "type": "proc", "source": "proc"})
    # gVisor would mount these itself, writable: one program could leave a file for the next
    empty = bundle / "empty"
    empty.mkdir()
    for folder in ("/tmp", "/dev/shm"):
        mounts.append(_read_only(empty, folder))
    config = {
        "ociVersion": "1.0.0",
        "process": {
            "user": {"uid": NOBODY, "gid": NOBODY},
            "args": [runtime.python, *arguments],
            "env": [f"{name}={value}" for name, value in environment.items()],
            "cwd": "/",
            "capabilities": {},
            "noNewPrivileges": True,
        },
        "root": {"path": str(root), "readonly": True},
        "mounts": mounts,
        "linux": {"namespaces": [{"type": kind} for kind in ("pid", "network", "ipc", "mount")]},
    }
    (bundle / "config.json").write_text(json.dumps(config))


def _read_only(source: Path, inside: str) -> dict[str, Any]:
    return {
        "destination": inside,
        "type": "bind",
        "source": str(source),
        "options": ["bind", "ro"],
    }
