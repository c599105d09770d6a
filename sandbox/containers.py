"""Sandboxes in containers: one warm, hardened container for each slot, a fork-server inside."""

import hashlib
import json
import os
import re
import select
import shutil
import signal
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

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

_MODULES = ("values", "kernel", "seccomp", "jail", "driver", "forkserver", "client", "relay")
_RELAY_GRACE = GRACE + 1.0  # the relay notices a lost fork-server first
_REQUEST_SECONDS = 60
_MEMORY = 2 << 30
_NOBODY = 65534

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


def _interpreter(hash_seed: int) -> tuple[list[str], dict[str, str]]:
    """Arguments and environment of the interpreter inside."""
    arguments = ["-S", "-s", "-P", "-B", "-c", _BOOTSTRAP]
    return arguments, {**ENVIRONMENT, "PYTHONHASHSEED": str(hash_seed)}


class _Relayed:
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


class Docker:
    """Hardened Docker containers: no network, no capability, read-only, bounded in all they use.

    The image is made from the local interpreter, without any registry.
    """

    name = "docker"
    level = 3
    oci_runtime: str | None = None

    def start(self, runtime: Runtime, hash_seed: int) -> _Relayed:
        try:
            import docker
        except ImportError:
            raise StartError("the Python package docker is not installed") from None
        try:
            client = docker.from_env(timeout=_REQUEST_SECONDS)
            image = _image(client, runtime)
            return self._start(client, image, runtime, hash_seed)
        except (docker.errors.DockerException, OSError) as error:
            raise StartError(str(error)[:300]) from None

    def _start(self, client: Any, image: str, runtime: Runtime, hash_seed: int) -> _Relayed:
        arguments, environment = _interpreter(hash_seed)
        host = client.api.create_host_config(
            network_mode="none",
            ipc_mode="none",
            read_only=True,
            cap_drop=["ALL"],
            security_opt=["no-new-privileges"],
            pids_limit=64,
            mem_limit=_MEMORY,
            memswap_limit=_MEMORY,
            nano_cpus=10**9,
            auto_remove=True,
            log_config={"Type": "none"},
            runtime=self.oci_runtime,
        )
        # standard input is open to one client only: when we go, it ends, and with it the container
        created = client.api.create_container(
            image,
            [runtime.python, *arguments],
            user=f"{_NOBODY}:{_NOBODY}",
            environment=environment,
            working_dir="/",
            stdin_open=True,
            host_config=host,
        )
        container = created["Id"]
        stream = client.api.attach_socket(container, {"stdin": 1, "stdout": 1, "stream": 1})
        connection = getattr(stream, "_sock", stream)

        def stop() -> None:
            connection.close()
            stream.close()
            _remove(client, container)
            client.close()

        client.api.start(container)
        return _Relayed(runtime, connection, _payload(connection), connection.sendall, stop)

    def mend(self, failure: str) -> str:
        if "not installed" in failure:
            return "pip install docker"
        return "start dockerd, and let this user reach its socket (or set DOCKER_HOST)"


def _remove(client: Any, container: str) -> None:
    import docker

    try:
        client.api.remove_container(container, force=True)
    except docker.errors.NotFound:
        return
    except docker.errors.APIError as error:
        if error.status_code != 409:  # it is being removed already
            raise


def _payload(connection: Any) -> Callable[[int], bytes]:
    """Read standard output from an attached stream: chunks of either stream, each with a header."""
    left = 0

    def exactly(size: int) -> bytes:
        data = bytearray()
        while len(data) < size:
            more = connection.recv(size - len(data))
            if not more:
                return b""
            data += more
        return bytes(data)

    def read(size: int) -> bytes:
        nonlocal left
        while left == 0:
            head = exactly(8)
            if not head:
                return b""
            left = int.from_bytes(head[4:], "big")
            if head[0] != 1:
                exactly(left)
                left = 0
        data: bytes = connection.recv(min(size, left))
        left -= len(data)
        return data

    return read


def _image(client: Any, runtime: Runtime) -> str:
    """Name of the image with this interpreter and packages; made if it is not there."""
    import docker

    recipe = [
        runtime.python,
        runtime.interpreter.version,
        *map(str, runtime.packages),
        Path(__file__).read_text(),
    ]
    name = "clr-sandbox"
    tag = hashlib.sha256(json.dumps(recipe).encode()).hexdigest()[:16]
    try:
        client.api.inspect_image(f"{name}:{tag}")
    except docker.errors.ImageNotFound:
        with tempfile.TemporaryFile() as archive:
            write_image(runtime, archive)
            archive.seek(0)
            chunks = iter(lambda: archive.read(1 << 20), b"")
            client.api.import_image_from_stream(chunks, repository=name, tag=tag)
    return f"{name}:{tag}"


_LEFT_OUT = re.compile(
    r"/(test|tests|idlelib|tkinter|ensurepip|lib2to3|turtledemo|pydoc_data|site-packages"
    r"|dist-packages|config-[^/]*|[^/]*\.a)(/|$)"
)


def write_image(runtime: Runtime, archive: IO[bytes]) -> None:
    """Write a root file system to `archive`, as tar: interpreter, packages, shared libraries."""
    python = Path(runtime.python)
    trees = [(python.resolve(), str(python)), (runtime.interpreter.standard_library, None)]
    entries = [(Path(source), inside or str(source)) for source, inside in trees]
    packages = [(entry, f"{PACKAGES}/{entry.name}") for entry in runtime.packages]
    binaries = [python.resolve(), *runtime.interpreter.standard_library.rglob("*.so")]
    for entry, _ in packages:
        binaries += entry.rglob("*.so*")
    entries += [(library, str(library)) for library in _linked(binaries)]

    def keep(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
        return None if _LEFT_OUT.search("/" + member.name) else member

    with tarfile.open(fileobj=archive, mode="w", dereference=True) as tar:
        for source, inside in entries:
            tar.add(source, inside, filter=keep)
        for source, inside in packages:
            tar.add(source, inside)


def _linked(binaries: list[Path]) -> list[Path]:
    """The shared libraries that programs and extension modules need, by the names they use."""
    shown = subprocess.run(["ldd", *map(str, binaries)], capture_output=True, text=True).stdout
    found = re.findall(r"(?:=>\s+|^\s+)(/\S+)\s+\(0x", shown, re.MULTILINE)
    return [Path(path) for path in dict.fromkeys(found)]


class GVisor:
    """gVisor: programs talk to a kernel of their own, and never to the host's."""

    name = "gvisor"
    level = 4

    def start(self, runtime: Runtime, hash_seed: int) -> _Relayed:
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

        return _Relayed(runtime, drain, drain.read, _writer(feed), stop)

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
    arguments, environment = _interpreter(hash_seed)
    mounts.append({"destination": "/proc", "type": "proc", "source": "proc"})
    # gVisor would mount these itself, writable: one program could leave a file for the next
    empty = bundle / "empty"
    empty.mkdir()
    for folder in ("/tmp", "/dev/shm"):
        mounts.append(_read_only(empty, folder))
    config = {
        "ociVersion": "1.0.0",
        "process": {
            "user": {"uid": _NOBODY, "gid": _NOBODY},
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
