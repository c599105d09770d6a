"""A system call allow-list as a seccomp filter (x86-64).

Everything not named is refused with EPERM; in particular there is no call that starts a process or
a program, opens a socket, signals another process, maps shared anonymous files, or touches
namespaces, mounts, keys, tracing or BPF. Threads are allowed. Runs inside the sandbox process.
"""

import ctypes
import errno
import platform
import struct

from clr.sandbox.kernel import syscall

_NUMBERS = {
    name: int(number)
    for name, number in (
        pair.split("=")
        for pair in """
    read=0 write=1 open=2 close=3 stat=4 fstat=5 lstat=6 poll=7 lseek=8 mmap=9 mprotect=10
    munmap=11 brk=12 rt_sigaction=13 rt_sigprocmask=14 rt_sigreturn=15 pread64=17 pwrite64=18
    readv=19 writev=20 access=21 pipe=22 select=23 sched_yield=24 mremap=25 madvise=28 dup=32
    dup2=33 pause=34 nanosleep=35 getitimer=36 alarm=37 setitimer=38 getpid=39 exit=60 uname=63
    flock=73 fsync=74 fdatasync=75 ftruncate=77 getdents=78 getcwd=79 chdir=80 fchdir=81
    rename=82 mkdir=83 rmdir=84 creat=85 link=86 unlink=87 symlink=88 readlink=89 umask=95
    gettimeofday=96 getrlimit=97 getrusage=98 sysinfo=99 times=100 getuid=102 getgid=104 geteuid=107
    getegid=108 getppid=110 getpgrp=111 getgroups=115 getpgid=121 getsid=124 rt_sigpending=127
    rt_sigtimedwait=128 rt_sigsuspend=130 sigaltstack=131 statfs=137 fstatfs=138
    sched_getparam=143 sched_getscheduler=145 arch_prctl=158 gettid=186 time=201 futex=202
    sched_getaffinity=204 epoll_create=213 getdents64=217 set_tid_address=218 restart_syscall=219
    fadvise64=221 clock_gettime=228 clock_getres=229 clock_nanosleep=230 exit_group=231
    epoll_wait=232 epoll_ctl=233 openat=257 mkdirat=258 newfstatat=262 unlinkat=263
    renameat=264 linkat=265 symlinkat=266 readlinkat=267 faccessat=269 pselect6=270 ppoll=271
    set_robust_list=273 get_robust_list=274 epoll_pwait=281 eventfd2=290
    epoll_create1=291 dup3=292 pipe2=293 preadv=295 pwritev=296 getcpu=309 renameat2=316
    getrandom=318 membarrier=324 copy_file_range=326 statx=332 rseq=334 close_range=436
    faccessat2=439
    """.split()
    )
}
_IOCTL, _CLONE, _FCNTL, _PRCTL, _TGKILL, _PRLIMIT64, _SECCOMP, _CLONE3 = (
    16,
    56,
    72,
    157,
    234,
    302,
    317,
    435,
)
_TERMINAL_QUERIES = (0x5401, 0x541B, 0x5421, 0x5450, 0x5451)  # TCGETS FIONREAD FIONBIO FIO(N)CLEX
_FCNTL_COMMANDS = (0, 1, 2, 3, 4, 5, 6, 7, 1030, 1032)  # dup, flags, locks; no F_SETPIPE_SZ
_PRCTL_NAME = (15, 16)
_CLONE_THREAD = 0x00010000
_CLONE_NEW_ANYTHING = 0x7E020080

_ALLOW, _KILL_PROCESS, _FAIL_WITH = 0x7FFF0000, 0x80000000, 0x00050000
_AUDIT_ARCH_X86_64, _X32_BIT = 0xC000003E, 0x40000000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN, _JUMP = 0x20, 0x15, 0x35, 0x45, 0x06, 0x05
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_OWN_PID = 0xDEADBEEF  # stands in the program until the job knows its process id

_Instruction = tuple[int, int, int, int]


def _only(number: int, argument: int, values: tuple[int, ...], refusal: int) -> list[_Instruction]:
    """Allow call `number` only when its `argument` (lower half) is one of `values`."""
    tests: list[_Instruction] = [
        (_EQUAL, len(values) - index, 0, value) for index, value in enumerate(values)
    ]
    body = [
        (_LOAD, 0, 0, _ARGUMENTS + 8 * argument),
        *tests,
        (_RETURN, 0, 0, _FAIL_WITH | refusal),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return [(_EQUAL, 0, len(body), number), *body]


def _ranges(numbers: list[int]) -> list[tuple[int, int]]:
    """Half-open runs of consecutive numbers."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number:
            runs[-1] = (runs[-1][0], number + 1)
        else:
            runs.append((number, number + 1))
    return runs


def _search(bounds: list[int], allowed: bool) -> list[_Instruction]:
    """Binary search over sorted bounds at which the answer flips, starting at `allowed`.

    The kernel runs a new filter once for every system call to find those it always allows, so the
    depth of this tree, not its size, is what installing it costs.
    """
    if not bounds:
        return [(_RETURN, 0, 0, _ALLOW if allowed else _FAIL_WITH | errno.EPERM)]
    middle = len(bounds) // 2
    below = _search(bounds[:middle], allowed)
    above = _search(bounds[middle + 1 :], allowed if middle % 2 else not allowed)
    return [(_AT_LEAST, 0, 1, bounds[middle]), (_JUMP, 0, 0, len(below)), *below, *above]


def _program() -> list[_Instruction]:
    threads_only = [
        (_LOAD, 0, 0, _ARGUMENTS),
        (_ANY_BIT, 1, 0, _CLONE_NEW_ANYTHING),
        (_ANY_BIT, 1, 0, _CLONE_THREAD),
        (_RETURN, 0, 0, _FAIL_WITH | errno.EAGAIN),
        (_RETURN, 0, 0, _ALLOW),
    ]
    reads_own_limits = [
        (_LOAD, 0, 0, _ARGUMENTS),
        (_EQUAL, 0, 4, 0),
        (_LOAD, 0, 0, _ARGUMENTS + 16),
        (_EQUAL, 0, 2, 0),
        (_LOAD, 0, 0, _ARGUMENTS + 20),
        (_EQUAL, 1, 0, 0),
        (_RETURN, 0, 0, _FAIL_WITH | errno.EPERM),
        (_RETURN, 0, 0, _ALLOW),
    ]
    bounds = [bound for run in _ranges(list(_NUMBERS.values())) for bound in run]
    return [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, _AUDIT_ARCH_X86_64),
        (_RETURN, 0, 0, _KILL_PROCESS),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _X32_BIT),
        (_RETURN, 0, 0, _KILL_PROCESS),
        # ENOSYS, not EPERM: glibc then falls back to clone, whose flags can be inspected
        (_EQUAL, 0, 1, _CLONE3),
        (_RETURN, 0, 0, _FAIL_WITH | errno.ENOSYS),
        (_EQUAL, 0, len(threads_only), _CLONE),
        *threads_only,
        (_EQUAL, 0, len(reads_own_limits), _PRLIMIT64),
        *reads_own_limits,
        *_only(_IOCTL, 1, _TERMINAL_QUERIES, errno.ENOTTY),
        *_only(_FCNTL, 1, _FCNTL_COMMANDS, errno.EPERM),
        *_only(_PRCTL, 0, _PRCTL_NAME, errno.EPERM),
        *_only(_TGKILL, 0, (_OWN_PID,), errno.EPERM),
        *_search(bounds, allowed=False),
    ]


class Filter:
    """The compiled allow-list; build it once, `install` it in every job.

    Raises `OSError` on a processor whose system calls it does not know.
    """

    def __init__(self) -> None:
        if platform.machine() != "x86_64":
            raise OSError(errno.ENOSYS, f"no system call table for {platform.machine()}")
        program = _program()
        self._pid_slot = next(i for i, step in enumerate(program) if step[3] == _OWN_PID)
        packed = b"".join(struct.pack("HBBI", *step) for step in program)
        self._steps = ctypes.create_string_buffer(packed, len(packed))
        header = struct.pack("HxxxxxxQ", len(program), ctypes.addressof(self._steps))
        self._header = ctypes.create_string_buffer(header, len(header))

    def install(self, pid: int) -> None:
        """Confine this process, for good. `pid` is the only process it may signal: itself."""
        struct.pack_into("I", self._steps, self._pid_slot * 8 + 4, pid)
        syscall("seccomp", _SECCOMP, 1, 0, ctypes.c_void_p(ctypes.addressof(self._header)))
