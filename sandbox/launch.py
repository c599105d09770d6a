"""Start a fork-server: which interpreter, which files it may see, and its code, sent by value."""

import functools
import importlib.metadata
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from clr.sandbox import client

_PRELOADED = (
    "abc bisect collections copy dataclasses datetime decimal enum fractions functools heapq io "
    "itertools json math operator random re statistics string textwrap time traceback types typing"
).split()
_LOCAL_MODULES = ("values", "kernel", "seccomp", "jail", "driver", "forkserver")
START_SECONDS = 20.0
PACKAGES = "/opt/packages"

# The code is received, not imported: inside a container or an empty root there is no file of ours,
# and an interpreter started afresh holds no secret of this process.
_BOOTSTRAP = """
import json, os, socket, sys, types
control = socket.socket(fileno=int(sys.argv[1]))
try:
    message, [parent], _, _ = socket.recv_fds(control, 1 << 20, 1)
    hello = json.loads(message)
    package = sys.modules["clr.sandbox"] = types.ModuleType("clr.sandbox")
    for name, source in hello["sources"]:
        module = sys.modules["clr.sandbox." + name] = types.ModuleType("clr.sandbox." + name)
        exec(compile(source, "<sandbox>/" + name, "exec"), module.__dict__)
        setattr(package, name, module)
    module.main(control, parent, hello["setup"])
except BaseException as error:
    control.send(json.dumps({"failed": repr(error)}).encode())
finally:
    os._exit(0)
"""

ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "PYTHONUTF8": "1",
    "MALLOC_ARENA_MAX": "2",  # else every thread reserves 64 MB of address space
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}


class StartError(Exception):
    """A fork-server could not be started; the message says at which step."""


@dataclass(frozen=True)
class Interpreter:
    """A Python: its path and version, its standard library, and all that it may load from."""

    path: str
    version: str
    standard_library: Path
    libraries: tuple[str, ...]


@dataclass(frozen=True)
class Runtime:
    """What programs run with: an interpreter, and packages beyond its standard library.

    `packages` are top-level entries of site-packages; `preload` are the modules that are imported
    before the first job, so that no job pays for them.
    """

    interpreter: Interpreter
    packages: tuple[Path, ...] = ()
    preload: tuple[str, ...] = ()

    @property
    def python(self) -> str:
        """Path of the interpreter."""
        return self.interpreter.path

    def files(self) -> list[str]:
        """Everything that programs may read, by its path here."""
        return [*self.interpreter.libraries, *map(str, self.packages)]

    def shown(self) -> list[tuple[str, str]]:
        """Pairs (path here, path inside) for a root of its own."""
        entries = [(str(entry), f"{PACKAGES}/{entry.name}") for entry in self.packages]
        return [(path, path) for path in self.interpreter.libraries] + entries


@functools.cache
def interpreter(python: str) -> Interpreter:
    """Ask an interpreter about itself. Raises `StartError` if it does not run."""
    ask = (
        "import sys, sysconfig; print(*sys.version_info[:2], sep='.'); print(sys.base_prefix);"
        "print(sysconfig.get_path('stdlib'))"
    )
    command = [python, "-S", "-s", "-P", "-c", ask]
    try:
        found = subprocess.run(command, capture_output=True, text=True, check=True, env=ENVIRONMENT)
    except (OSError, subprocess.CalledProcessError) as error:
        raise StartError(f"{python} is not a Python that runs here: {error}") from None
    version, prefix, standard_library = found.stdout.splitlines()
    own = [Path(prefix, "lib"), Path(prefix, "lib64")]
    system = [Path(path) for path in ("/usr/lib", "/usr/lib64", "/lib", "/lib64")]
    kept = dict.fromkeys(str(path) for path in (*system, *own) if path.is_dir())
    return Interpreter(python, version, Path(standard_library), tuple(kept))


def for_any_user(runtime: Runtime) -> Runtime:
    """The same runtime, on an interpreter that users other than root can reach.

    Raises `StartError` if there is none of the same version.
    """
    version = runtime.interpreter.version
    for python in (runtime.python, "/usr/local/bin/python3", "/usr/bin/python3"):
        if not Path(python).exists():
            continue
        other = interpreter(python)
        if other.version == version and all(map(_is_public, (python, *other.libraries))):
            return replace(runtime, interpreter=other)
    raise StartError(f"{runtime.python} is private to root, and there is no other Python {version}")


def _is_public(path: str) -> bool:
    resolved = Path(path).resolve()
    return all(parent.stat().st_mode & 0o001 for parent in resolved.parents)


def runtime(packages: Sequence[str] = (), python: str | None = None) -> Runtime:
    """The runtime for `packages` (distribution names, their requirements included).

    `python` is an interpreter of the same version as this one; this one by default.
    Raises `StartError` if a package is not installed here.
    """
    executable = python or str(getattr(sys, "_base_executable", sys.executable))
    entries: dict[Path, None] = {}
    modules: list[str] = []
    for name in packages:
        try:
            own = _top_level(name)
        except importlib.metadata.PackageNotFoundError:
            raise StartError(f"package {name!r} is not installed in this environment") from None
        modules += [entry.stem for entry in own if (entry / "__init__.py").is_file()]
        entries.update(dict.fromkeys(own))
    for name in _requirements(packages):
        entries.update(dict.fromkeys(_top_level(name)))
    return Runtime(interpreter(executable), tuple(entries), (*_PRELOADED, *modules))


def _top_level(distribution: str) -> list[Path]:
    files = importlib.metadata.distribution(distribution).files or []
    tops = {file.parts[0]: file for file in files if file.parts[0] not in ("..", "__pycache__")}
    site = next(iter(tops.values())).locate() if tops else None
    if site is None:
        return []
    root = Path(str(site)).parents[len(next(iter(tops.values())).parts) - 1]
    return [root / name for name in sorted(tops)]


def _requirements(names: Iterable[str]) -> list[str]:
    """Installed distributions that `names` need, optional extras left out."""
    found: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        for line in importlib.metadata.requires(waiting.pop()) or []:
            name = re.match(r"[\w.-]+", line)
            if name is None or "extra ==" in line or name[0] in found:
                continue
            try:
                importlib.metadata.distribution(name[0])
            except importlib.metadata.PackageNotFoundError:
                continue  # for another platform or version
            found[name[0]] = None
            waiting.append(name[0])
    return list(found)


def sources(modules: Sequence[str]) -> list[tuple[str, str]]:
    """Name and text of the modules that run inside, in order of import."""
    here = Path(__file__).parent
    return [(name, (here / f"{name}.py").read_text()) for name in modules]


class ForkServer:
    """A fork-server process of ours and the socket to it."""

    def __init__(self, command: Sequence[str], setup: dict[str, Any], hash_seed: int) -> None:
        """Start it with `command`, an interpreter behind any number of wrappers.

        Raises `StartError` with the step that failed.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control = ours
        descriptor = theirs.fileno()
        interpreter = ["-S", "-s", "-P", "-B", "-c", _BOOTSTRAP, str(descriptor)]
        try:
            self._process = subprocess.Popen(
                [*command, *interpreter],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[descriptor],
                env={**ENVIRONMENT, "PYTHONHASHSEED": str(hash_seed)},
                cwd="/",
                start_new_session=True,  # an interrupt at the terminal is for us alone
            )
        except OSError as error:
            ours.close()
            raise StartError(f"cannot execute {command[0]}: {error}") from None
        finally:
            theirs.close()
        try:
            self._greet({"sources": sources(_LOCAL_MODULES), "setup": setup})
        except BaseException:
            self.close()
            raise

    def _greet(self, hello: dict[str, Any]) -> None:
        self._control.settimeout(START_SECONDS)
        ourselves = os.pidfd_open(os.getpid())
        try:
            socket.send_fds(self._control, [json.dumps(hello).encode()], [ourselves])
            answer = self._control.recv(1 << 16)
        except OSError as error:
            raise StartError(f"the fork-server does not answer: {error}") from None
        finally:
            os.close(ourselves)
        if not answer:
            raise StartError("the fork-server ended while starting")
        reply = json.loads(answer)
        if "failed" in reply:
            raise StartError(reply["failed"])
        self._control.settimeout(None)

    def run(
        self, header: dict[str, Any], programs: list[tuple[bytes, bytes]]
    ) -> list[dict[str, Any]]:
        """See `client.run`."""
        return client.run(self._control, header, programs)

    def close(self) -> None:
        """End it and everything that it started."""
        self._control.close()
        try:
            self._process.wait(1.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
