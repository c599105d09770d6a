"""The Linux system calls that Python does not offer: namespaces, mounts, capabilities, Landlock.

Runs inside the sandbox process, so it may import nothing but the standard library.
"""

import ctypes
import os
import stat
import struct
from collections.abc import Sequence
from typing import Any

NEWNS, NEWCGROUP, NEWUTS, NEWIPC = 0x00020000, 0x02000000, 0x04000000, 0x08000000
NEWUSER, NEWPID, NEWNET = 0x10000000, 0x20000000, 0x40000000

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 32, 4096, 16384, 1 << 18
_MNT_DETACH = 2
# statvfs flags that a remount inside a user namespace must repeat, and the mount flags they mean
_LOCKED_FLAGS = {2: MS_NOSUID, 4: MS_NODEV, 8: MS_NOEXEC, 1024: 1024, 2048: 2048, 4096: 1 << 21}

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_CAPBSET_DROP = 1, 4, 24
_PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL = 38, 47, 4

_SYS_CAPSET, _SYS_PIVOT_ROOT = 126, 155
_SYS_LANDLOCK_CREATE, _SYS_LANDLOCK_ADD, _SYS_LANDLOCK_RESTRICT = 444, 445, 446

_libc = ctypes.CDLL(None, use_errno=True)


def _checked(result: int, what: str) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")
    return result


def syscall(what: str, number: int, *arguments: Any) -> int:
    """A raw system call. Raises `OSError` naming `what`."""
    words = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    return _checked(_libc.syscall(ctypes.c_long(number), *words), what)


def prctl(option: int, *arguments: int) -> int:
    """`prctl(2)`; negative on failure."""
    words = [ctypes.c_ulong(a) for a in (*arguments, 0, 0, 0, 0)[:4]]
    result: int = _libc.prctl(option, *words)
    return result


def unshare(flags: int) -> None:
    """Leave the namespaces in `flags` for fresh ones."""
    _checked(_libc.unshare(flags), f"unshare({flags:#x})")


def join_pid_namespace(pidfd: int) -> None:
    """Make later children be born in the PID namespace of the process behind `pidfd`."""
    _checked(_libc.setns(pidfd, NEWPID), "setns(pid)")


def mount(
    source: str | None, target: str, kind: str | None = None, flags: int = 0, data: str = ""
) -> None:
    """`mount(2)`."""
    result = _libc.mount(
        source.encode() if source else None,
        target.encode(),
        kind.encode() if kind else None,
        ctypes.c_ulong(flags),
        data.encode() if data else None,
    )
    _checked(result, f"mount {kind or 'bind'} on {target}")


def bind_read_only(source: str, target: str) -> None:
    """Show `source` at `target`, read-only and without set-id programs."""
    mount(source, target, flags=MS_BIND | MS_REC)
    present = os.statvfs(target).f_flag
    locked = sum(flag for seen, flag in _LOCKED_FLAGS.items() if present & seen)
    mount(None, target, flags=MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | locked)


def pivot_root(new_root: str) -> None:
    """Make `new_root` the root of this mount namespace and let go of the old one."""
    os.chdir(new_root)
    syscall("pivot_root", _SYS_PIVOT_ROOT, b".", b".")
    _checked(_libc.umount2(b".", _MNT_DETACH), "umount old root")
    os.chdir("/")


def die_with_parent() -> None:
    """Have the kernel kill this process when the thread that forked it ends."""
    prctl(_PR_SET_PDEATHSIG, 9)


def set_dumpable(dumpable: bool) -> None:
    """Whether processes of the same user may look into this one (ptrace, /proc/PID/mem)."""
    prctl(_PR_SET_DUMPABLE, int(dumpable))


def forbid_new_privileges() -> None:
    """No program started from here gains privileges (set-id bits, file capabilities)."""
    _checked(prctl(_PR_SET_NO_NEW_PRIVS, 1), "no_new_privs")


def drop_capabilities() -> None:
    """Empty every capability set of this process, the bounding set included."""
    for capability in range(64):
        if prctl(_PR_CAPBSET_DROP, capability) < 0:
            break
    prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL)
    header = struct.pack("Ii", 0x20080522, 0)
    syscall("capset", _SYS_CAPSET, header, bytes(24))


# Landlock: access rights by bit, include/uapi/linux/landlock.h
_LL_EXECUTE, _LL_WRITE_FILE, _LL_READ_FILE, _LL_READ_DIR = 1, 2, 4, 8
_LL_MAKE_DEVICES = 1 << 6 | 1 << 9 | 1 << 10 | 1 << 11  # char, sock, fifo, block
_LL_TRUNCATE, _LL_IOCTL_DEV = 1 << 14, 1 << 15
_LL_FILE_RIGHTS = _LL_EXECUTE | _LL_WRITE_FILE | _LL_READ_FILE | _LL_TRUNCATE


def landlock_abi() -> int:
    """Version of the kernel's Landlock interface; 0 when it has none."""
    try:
        return syscall("landlock", _SYS_LANDLOCK_CREATE, None, 0, 1)
    except OSError:
        return 0


def landlock(read_only: Sequence[str], writable: Sequence[str]) -> None:
    """Confine this process to reading `read_only` and writing `writable` trees, for good.

    From ABI 4 it also denies TCP, and from ABI 6 signals to, and abstract sockets of, any process
    outside. Does nothing on a kernel without Landlock. Needs `forbid_new_privileges` first.
    """
    abi = landlock_abi()
    if not abi:
        return
    handled = (1 << (13 if abi < 2 else 14 if abi < 3 else 15 if abi < 5 else 16)) - 1
    network = 3 if abi >= 4 else 0
    scope = 3 if abi >= 6 else 0
    attributes = struct.pack("QQQ", handled, network, scope)
    size = 8 if abi < 4 else 16 if abi < 6 else 24
    rules = syscall("landlock_create_ruleset", _SYS_LANDLOCK_CREATE, attributes[:size], size, 0)
    write = handled & ~(_LL_EXECUTE | _LL_MAKE_DEVICES | _LL_IOCTL_DEV)
    for paths, rights in ((read_only, _LL_READ_FILE | _LL_READ_DIR), (writable, write)):
        for path in paths:
            try:
                anchor = os.open(path, os.O_PATH | os.O_CLOEXEC)
            except FileNotFoundError:
                continue
            if not stat.S_ISDIR(os.fstat(anchor).st_mode):
                rights_here = rights & _LL_FILE_RIGHTS
            else:
                rights_here = rights
            rule = struct.pack("=Qi", rights_here & handled, anchor)
            syscall("landlock_add_rule", _SYS_LANDLOCK_ADD, rules, 1, rule, 0)
            os.close(anchor)
    syscall("landlock_restrict_self", _SYS_LANDLOCK_RESTRICT, rules, 0)
    os.close(rules)
