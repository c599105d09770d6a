"""Choose a backend that is safe on this machine, or say why there is none."""

import atexit
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from clr.sandbox.backends import Backend, Bubblewrap, Landlock, Namespaces
from clr.sandbox.docker_engine import Docker
from clr.sandbox.gvisor import GVisor
from clr.sandbox.launch import Runtime, StartError, runtime
from clr.sandbox.slots import RECYCLE_AFTER, Box
from clr.sandbox.unsafe import Subprocesses

Policy = Literal["standard", "hardened"]

BACKENDS: dict[str, Backend] = {
    backend.name: backend
    for backend in (Namespaces(), Bubblewrap(), Landlock(), Docker(), GVisor())
}
UNSAFE = Subprocesses()
_UNSAFE_SWITCH = "CLR_ALLOW_UNSAFE_SANDBOX"
AUTO = ("namespaces", "bwrap", "landlock")
_ORDER: dict[Policy, tuple[str, ...]] = {
    "standard": AUTO,
    "hardened": ("gvisor", "docker"),
}


class SandboxUnavailable(RuntimeError):
    """No backend that was asked for works here; the message says why, and what can be done."""


@dataclass(frozen=True)
class Finding:
    """What trying a backend showed: `failure` is the first check that failed, if any."""

    backend: str
    level: int
    failure: str | None
    mend: str | None


def open_box(
    backend: str = "auto",
    *,
    policy: Policy = "standard",
    slots: int | None = None,
    packages: Sequence[str] = (),
    python: str | None = None,
    hash_seed: int = 0,
    recycle_after: int = RECYCLE_AFTER,
    allow_unsafe: bool = False,
) -> Box:
    """Open a box of `slots` sandboxes (one for each processor by default).

    ``auto`` takes the first backend that passes its self-test: namespaces, bwrap, landlock; with
    the policy ``hardened``, for programs of people who may be hostile, gvisor, then docker. It is
    never one that fails, and never a weaker one than the policy allows. `packages` are
    distributions that are installed here and are shown to programs, read-only. `python` is the
    interpreter, of this version (this one by default).

    ``unsafe_subprocess`` confines nothing. It exists for debugging, and needs both `allow_unsafe`
    and CLR_ALLOW_UNSAFE_SANDBOX=1 in the environment.

    Raises `SandboxUnavailable` with every backend's failed check.
    """
    names = _ORDER[policy] if backend == "auto" else (backend,)
    if unknown := set(names) - set(BACKENDS) - {UNSAFE.name}:
        raise ValueError(f"unknown backend {unknown.pop()!r}; there are {', '.join(BACKENDS)}")
    if policy == "hardened" and not set(names) <= set(_ORDER[policy]):
        raise ValueError(f"{backend} is not hardened; {' and '.join(_ORDER[policy])} are")
    ready = _runtime(packages, python)
    count = slots or os.cpu_count() or 1
    if backend == UNSAFE.name:
        _insist(allow_unsafe)
        return Box(UNSAFE, ready, count, hash_seed, recycle_after)
    findings = []
    for chosen in map(BACKENDS.__getitem__, names):
        try:
            return Box(chosen, ready, count, hash_seed, recycle_after)
        except StartError as error:
            findings.append(_finding(chosen, str(error)))
    lines = [f"{f.backend}: {f.failure}; {f.mend}" for f in findings]
    raise SandboxUnavailable("no sandbox works here.\n  " + "\n  ".join(lines))


def _insist(allow_unsafe: bool) -> None:
    if not (allow_unsafe and os.environ.get(_UNSAFE_SWITCH) == "1"):
        raise SandboxUnavailable(
            f"{UNSAFE.name} lets programs do anything that you can do; "
            f"if that is what you want, pass allow_unsafe=True and set {_UNSAFE_SWITCH}=1"
        )


def examine(name: str, python: str | None = None) -> Finding:
    """Start a backend, test it and close it again."""
    backend = BACKENDS[name]
    try:
        Box(backend, _runtime((), python), 1).close()
    except StartError as error:
        return _finding(backend, str(error))
    return _finding(backend, None)


def _runtime(packages: Sequence[str], python: str | None) -> Runtime:
    try:
        return runtime(packages, python)
    except StartError as error:
        raise SandboxUnavailable(str(error)) from None


def _finding(backend: Backend, failure: str | None) -> Finding:
    mend = None if failure is None else backend.mend(failure)
    return Finding(backend.name, backend.level, failure, mend)


_default: dict[tuple[int, int], Box] = {}  # by process: a forked one needs its own
_opening = threading.Lock()


def default_box(hash_seed: int = 0) -> Box:
    """One box of this hash seed for the whole process, opened at its first use, closed at exit."""
    own = os.getpid(), hash_seed
    with _opening:
        if own not in _default:
            _default[own] = open_box(hash_seed=hash_seed)
            atexit.register(_default[own].close)
        return _default[own]
