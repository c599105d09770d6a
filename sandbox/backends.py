"""Ways to confine programs on this machine without a daemon, behind one small protocol."""

import itertools
import os
import shutil
from typing import Any, Protocol

from clr.sandbox.launch import PACKAGES, ForkServer, Runtime, StartError, for_any_user


class Slot(Protocol):
    """One running fork-server. It does one job at a time."""

    def run(
        self, header: dict[str, Any], programs: list[tuple[bytes, bytes]]
    ) -> list[dict[str, Any]]:
        """Run a job; see `client.run`. Raises `client.Lost` when the slot is of no more use."""
        ...

    def close(self) -> None:
        """End it, with every process, mount and file that it made."""
        ...


class Backend(Protocol):
    """A way to confine programs.

    `level` of isolation: 4 a kernel of its own, 3 namespaces or a container, 2 the host's file
    system behind Landlock and seccomp, 0 none.
    """

    name: str
    level: int

    def start(self, runtime: Runtime, hash_seed: int) -> Slot:
        """Start a slot. Raises `StartError` with the step that failed."""
        ...

    def mend(self, failure: str) -> str:
        """What the owner of the machine can do about `failure`."""
        ...


_numbers = itertools.count()


def slot_user() -> int:
    """A user id that nobody has, a different one for each slot of this process."""
    return 61000 + (os.getpid() * 16 + next(_numbers)) % 4000


def _setup(runtime: Runtime, root: str, namespaces: bool) -> dict[str, Any]:
    return {
        "root": root,
        "uid": slot_user(),
        "shown": runtime.shown(),
        "path": [PACKAGES],
        "preload": runtime.preload,
        "namespaces": namespaces,
    }


class Namespaces:
    """Fresh user, mount, PID, network, IPC and UTS namespaces around a read-only root."""

    name = "namespaces"
    level = 3

    def start(self, runtime: Runtime, hash_seed: int) -> ForkServer:
        setup = _setup(runtime, "build", True)
        return ForkServer([runtime.python], setup, hash_seed)

    def mend(self, failure: str) -> str:
        if "Landlock" in failure or "seccomp" in failure:
            return "use a kernel with seccomp and Landlock (5.13 or later)"
        return (
            "allow user namespaces (sysctl user.max_user_namespaces, kernel.unprivileged_userns_"
            "clone=1, kernel.apparmor_restrict_unprivileged_userns=0); inside a container, where "
            "they are refused, use the landlock backend"
        )


class Bubblewrap:
    """The same, with the outer namespaces and the root made by bubblewrap."""

    name = "bwrap"
    level = 3

    def start(self, runtime: Runtime, hash_seed: int) -> ForkServer:
        program = shutil.which("bwrap")
        if program is None:
            raise StartError("bwrap is not installed")
        options = "--unshare-all --new-session --as-pid-1 --cap-add CAP_SYS_ADMIN".split()
        if os.geteuid() != 0:
            options += ["--uid", "1000", "--gid", "1000"]
        for source, inside in runtime.shown():
            options += ["--ro-bind", source, inside]
        for source in ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random"):
            options += ["--dev-bind", source, source]
        options += ["--ro-bind", runtime.python, runtime.python]
        options += ["--proc", "/proc", "--dir", "/tmp", "--remount-ro", "/", "--chdir", "/"]
        setup = _setup(runtime, "given", True)
        return ForkServer([program, *options, runtime.python], setup, hash_seed)

    def mend(self, failure: str) -> str:
        if "not installed" in failure:
            return "install bubblewrap"
        return "bubblewrap needs user namespaces, as the namespaces backend does"


class Landlock:
    """No namespaces: the host's files behind Landlock, and nowhere to write.

    For use inside containers and pods, where namespaces are refused.
    """

    name = "landlock"
    level = 2

    def start(self, runtime: Runtime, hash_seed: int) -> ForkServer:
        if os.geteuid() == 0:
            runtime = for_any_user(runtime)
        setup = _setup(runtime, "host", False)
        setup["shown"] = [(path, path) for path in runtime.files()]
        setup["path"] = sorted({str(entry.parent) for entry in runtime.packages})
        return ForkServer([runtime.python], setup, hash_seed)

    def mend(self, failure: str) -> str:
        if "private to root" in failure:
            return "install a Python of that version outside root's home, or do not run as root"
        if "permitted" in failure:
            return "run as a user other than root, or with CAP_SETUID and CAP_SETGID"
        return "use a kernel with Landlock (5.13 or later), not switched off at boot"
