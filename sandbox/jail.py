"""Confinement, in two stages: once for the fork-server, and again for every job it forks.

Runs inside the sandbox process, so it may import only the standard library and its siblings here.
"""

import contextlib
import errno
import os
import random
import resource
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from clr.sandbox import kernel, seccomp

DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")
WORK = "/tmp"
_INNER_ID = 1000
_STAGING = ("/mnt", "/media", "/opt", "/srv", WORK)


def own_namespaces(shown: Sequence[tuple[str, str]], uid: int, proc: int) -> None:
    """Move into fresh namespaces whose root holds nothing but `shown`, read-only.

    `shown` are pairs (path here, path inside). As root, the user becomes `uid` first: the kernel
    does not count processes of user 0 against any limit. `proc` is an open /proc. Returns in a
    child that is process 1 of its PID namespace: its end is the end of all that it starts.
    """
    apart = kernel.NEWPID | kernel.NEWNET | kernel.NEWIPC | kernel.NEWUTS
    if os.geteuid() == 0:
        kernel.unshare(kernel.NEWNS)
        _build_root(shown)
        become(uid)
        _own_users(proc, kernel.NEWNS | apart)
        kernel.mount(None, "/", flags=kernel.MS_REC | kernel.MS_PRIVATE)
    else:
        _own_users(proc, kernel.NEWNS | apart)
        _build_root(shown)
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        os._exit(0 if status == 0 else 1)
    kernel.die_with_parent()


def on_host(uid: int) -> None:
    """Stay among the host's files, where Landlock is all that keeps a program from them.

    Root becomes user `uid`. Raises `OSError` without Landlock, or if root may not change user.
    """
    if kernel.landlock_abi() == 0:
        raise OSError(errno.ENOSYS, "this kernel has no Landlock")
    if os.geteuid() == 0:
        become(uid)
    Path(os.__file__).stat()  # an interpreter in a directory private to root is of no use now


def become(uid: int) -> None:
    """Give up root for user and group `uid`. Raises `OSError` where that is not allowed."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    kernel.set_dumpable(True)  # else /proc/self belongs to root, and the id maps cannot be written


def _own_users(proc: int, flags: int) -> None:
    uid, gid = os.geteuid(), os.getegid()
    kernel.unshare(kernel.NEWUSER | flags)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{_INNER_ID} {uid} 1"),
        ("gid_map", f"{_INNER_ID} {gid} 1"),
    ):
        handle = os.open(f"self/{name}", os.O_WRONLY, dir_fd=proc)
        os.write(handle, text.encode())
        os.close(handle)


def _build_root(shown: Sequence[tuple[str, str]]) -> None:
    kernel.mount(None, "/", flags=kernel.MS_REC | kernel.MS_PRIVATE)
    sources = [Path(source).resolve() for source, _ in shown]
    stage = next(
        path
        for path in map(Path, _STAGING)
        if path.is_dir() and not any(source.is_relative_to(path) for source in sources)
    )
    flags = kernel.MS_NOSUID | kernel.MS_NODEV
    kernel.mount("tmpfs", str(stage), "tmpfs", flags, "size=4m,mode=755")
    os.umask(0o022)
    for name, inside in (*shown, *((device, device) for device in DEVICES)):
        source, target = Path(name), stage / inside.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_symlink() and name == inside:  # /lib -> usr/lib
            target.symlink_to(source.readlink())
            continue
        if source.is_dir():
            target.mkdir(exist_ok=True)
        else:
            target.touch()
        kernel.bind_read_only(str(source), str(target))
    (stage / WORK.lstrip("/")).mkdir()
    kernel.pivot_root(str(stage))
    read_only = kernel.MS_REMOUNT | kernel.MS_BIND | kernel.MS_RDONLY
    kernel.mount(None, "/", flags=read_only | flags)


def address_space(proc: int) -> int:
    """Bytes of address space that this process has reserved. `proc` is an open /proc."""
    handle = os.open("self/statm", os.O_RDONLY, dir_fd=proc)
    pages = int(os.read(handle, 100).split()[0])
    os.close(handle)
    return pages * resource.getpagesize()


class Job:
    """What every job of one fork-server is confined to. Built once, before the first fork."""

    def __init__(self, shown: Sequence[tuple[str, str]], namespaces: bool, baseline: int) -> None:
        self.namespaces = namespaces
        self._readable = [*(inside for _, inside in shown), *DEVICES]
        self._baseline = baseline
        self._filter = seccomp.Filter()

    def confine(self, limits: Mapping[str, Any]) -> None:
        """Confine this process, for good; the last thing before foreign code may run."""
        writable = ["/dev/null"]
        if self.namespaces:
            kernel.unshare(kernel.NEWNS | kernel.NEWIPC)
            flags = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC
            size = f"size={limits['disk']},nr_inodes={limits['files']},mode=700"
            kernel.mount("tmpfs", WORK, "tmpfs", flags, size)
            os.chdir(WORK)
            writable.append(WORK)
            kernel.drop_capabilities()
        else:
            os.chdir("/")
        _limit(limits, self._baseline)
        kernel.forbid_new_privileges()
        kernel.landlock(self._readable, writable)
        kernel.set_dumpable(False)
        self._filter.install(os.getpid())


def _limit(limits: Mapping[str, Any], baseline: int) -> None:
    for kind, amount in (
        (resource.RLIMIT_AS, baseline + limits["memory"]),
        (resource.RLIMIT_FSIZE, limits["file_size"]),
        (resource.RLIMIT_NOFILE, limits["open_files"]),
        (resource.RLIMIT_NPROC, limits["threads"]),
        (resource.RLIMIT_STACK, limits["stack"]),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_SIGPENDING, 64),
    ):
        _, hard = resource.getrlimit(kind)
        bound = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        with contextlib.suppress(ValueError):  # lowering fails only where gVisor lacks the limit
            resource.setrlimit(kind, (bound, bound))  # a soft limit alone could be raised again
    # at the soft limit a signal that can be ignored, a second later one that cannot
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu"], limits["cpu"] + 1))


def seed(value: int) -> None:
    """Make the pseudo-random generators of this process start from `value`."""
    random.seed(value)
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed(value % 2**32)
