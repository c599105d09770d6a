"""Programs that try to get out of a sandbox, and the host that they try to get at.

`python escape_probes.py BACKEND` runs them as the current user and prints what happened as JSON;
needs nothing but the standard library, so that it also runs as a user with no environment.
"""

import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from clr.sandbox.opening import open_box
from clr.sandbox.program import Limits
from clr.sandbox.slots import Box

PRELUDE = """
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
def syscall(number, *arguments):
    ctypes.set_errno(0)
    words = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result = libc.syscall(ctypes.c_long(number), *words)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
def escaped(what):
    print("ESCAPED", repr(what)[:200], flush=True)
HOST = {host!r}
"""

# Each ends in escaped(...) only if the attempt worked.
ATTEMPTS = {
    # the host's files
    "read /etc/shadow": "escaped(open('/etc/shadow').read()[:9])",
    "read /etc/passwd": "escaped(open('/etc/passwd').read())",
    "list the home directory": (
        "escaped('seen') if os.listdir(HOST['home']) == HOST['at home'] else 0"
    ),
    "list /home": "escaped(os.listdir('/home'))",
    "see the host's processes": (
        "escaped('seen') if 'sleep' in open(f'/proc/{HOST[\"victim\"]}/cmdline').read() else 0"
    ),
    "read the canary": "escaped(open(HOST['canary']).read())",
    "stat and truncate the canary": "os.truncate(HOST['canary'], 0); escaped('truncated')",
    "chmod the canary": "os.chmod(HOST['canary'], 0o777); escaped('mode changed')",
    "touch the canary": "os.utime(HOST['canary'], (0, 0)); escaped('time changed')",
    "rename the canary": "os.rename(HOST['canary'], HOST['canary'] + '2'); escaped('renamed')",
    "delete the canary": "os.unlink(HOST['canary']); escaped('deleted')",
    "link the canary": "os.link(HOST['canary'], '/tmp/c'); escaped(open('/tmp/c').read())",
    "symbolic link to the canary": (
        "os.symlink(HOST['canary'], '/tmp/link'); escaped(open('/tmp/link').read())"
    ),
    "climb with ..": "escaped(open('/tmp/' + '../' * 30 + 'etc/shadow').read(5))",
    "climb with openat": (
        "d = os.open('/', os.O_RDONLY | os.O_PATH)\n"
        "escaped(os.read(os.open('../../../etc/shadow', os.O_RDONLY, dir_fd=d), 9))"
    ),
    "open by handle": "escaped(syscall(304, -100, ctypes.create_string_buffer(64), 0))",
    "write beside the canary": "open(HOST['folder'] + '/new', 'w').write('x'); escaped('written')",
    "write to the host's /tmp": (
        "open('/tmp/' + HOST['marker'], 'w').write('x')"  # the parent looks for it
    ),
    "write to /dev/shm": "open('/dev/shm/' + HOST['marker'], 'w').write('x'); escaped('written')",
    "write to /usr/lib": "open('/usr/lib/x', 'w').write('x'); escaped('written')",
    "overwrite the standard library": "open(os.__file__, 'r+').write('#'); escaped('written')",
    "make a device": "os.mknod('/tmp/d', 0o60600, os.makedev(254, 0)); escaped('made')",
    "make a fifo": "os.mkfifo('/tmp/f'); escaped('made')",
    "read the first process's environment": (
        "found = open('/proc/1/environ').read(); escaped(found) if 'OMP_NUM' not in found else 0"
    ),
    "read the first process's memory": "escaped(open('/proc/1/mem', 'rb').name)",
    "read the fork-server's memory": "escaped(open(f'/proc/{os.getppid()}/mem', 'rb').name)",
    "write own oom score": "open('/proc/self/oom_score_adj', 'w').write('-900'); escaped('set')",
    "list /sys": "escaped(os.listdir('/sys/kernel')[0])",
    "read a block device": "escaped(open('/dev/vda', 'rb').read(1))",
    "execute from the work directory": (
        "os.close(os.open('/tmp/a', os.O_CREAT | os.O_WRONLY, 0o700)); os.execv('/tmp/a', ['a'])"
    ),
    # the network and other sockets
    "connect by TCP": (
        "import socket; escaped(socket.create_connection(('127.0.0.1', HOST['port']), 1))"
    ),
    "send by UDP": "import socket; escaped(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))",
    "abstract socket": (
        "import socket; s = socket.socket(socket.AF_UNIX); s.connect('\\0' + HOST['abstract'])\n"
        "escaped('connected')"
    ),
    "docker's socket": (
        "import socket; s = socket.socket(socket.AF_UNIX); s.connect('/var/run/docker.sock')\n"
        "escaped('connected')"
    ),
    "netlink": "import socket; escaped(socket.socket(socket.AF_NETLINK, socket.SOCK_RAW))",
    "vsock": "import socket; escaped(socket.socket(40, 1))",
    "raw packets": "import socket; escaped(socket.socket(17, 3))",
    "kernel crypto": "import socket; escaped(socket.socket(38, 5))",
    # other processes
    "fork": "escaped(os.fork())",
    "vfork": "escaped(syscall(58))",
    "raw clone": "escaped(syscall(56, 17, 0, 0, 0, 0))",
    "raw clone into a user namespace": "escaped(syscall(56, 0x10000011, 0, 0, 0, 0))",
    "clone3": "escaped(syscall(435, ctypes.create_string_buffer(88), 88))",
    "subprocess": "import subprocess; escaped(subprocess.run(['/bin/true']))",
    "posix_spawn": "escaped(os.posix_spawn('/bin/sh', ['sh', '-c', 'true'], {}))",
    "multiprocessing": (
        "import multiprocessing as m; p = m.get_context('fork').Process(target=print); p.start()\n"
        "escaped(p.pid)"
    ),
    "os.system": "escaped(os.system('true') == 0 or 1/0)",
    "execve": "os.execv('/bin/sh', ['sh', '-c', 'echo ESCAPED'])",
    "execveat": "syscall(322, -100, b'/bin/sh', 0, 0, 0); escaped('executed')",
    "kill the victim": "os.kill(HOST['victim'], 9); escaped('killed')",
    "kill everybody": "os.kill(-1, 9); escaped('killed')",
    "kill the fork-server": "os.kill(os.getppid() or 1, 9); escaped('killed')",
    "tgkill the victim": "syscall(234, HOST['victim'], HOST['victim'], 9); escaped('killed')",
    "tkill the victim": "syscall(200, HOST['victim'], 9); escaped('killed')",
    "tgkill the fork-server": (
        "p = os.getppid(); p or 1/0; syscall(234, p, p, 9); escaped('killed')"
    ),
    "queue a signal": "syscall(129, HOST['victim'], 9, 0); escaped('sent')",
    "signal by file owner": (
        "import fcntl; r, w = os.pipe(); fcntl.fcntl(r, fcntl.F_SETOWN, HOST['victim'])\n"
        "escaped('owner set')"
    ),
    "signal by pidfd": "escaped(syscall(434, HOST['victim'], 0))",
    "take a descriptor by pidfd": "escaped(syscall(438, 3, 0, 0))",
    "ptrace": "escaped(syscall(101, 16, HOST['victim'], 0, 0) or 'attached')",
    "read another's memory": "escaped(syscall(310, HOST['victim'], 0, 0, 0, 0, 0) or 'read')",
    "kcmp": "escaped(syscall(312, HOST['victim'], HOST['victim'], 0, 0, 0) or 'compared')",
    "limits of another": "escaped(syscall(302, HOST['victim'], 7, 0, 0) or 'read')",
    "nice of another": "os.setpriority(os.PRIO_PROCESS, HOST['victim'], 19); escaped('set')",
    "affinity of another": "os.sched_setaffinity(HOST['victim'], {0}); escaped('set')",
    # privilege, namespaces, kernel interfaces
    "setuid": "os.setuid(0); escaped(os.getuid())",
    "setresuid": "os.setresuid(0, 0, 0); escaped(os.getuid())",
    "setgroups": "os.setgroups([0]); escaped('set')",
    "mount": "escaped(syscall(165, b'none', b'/tmp', b'tmpfs', 0, 0) or 'mounted')",
    "umount": "escaped(syscall(166, b'/tmp', 2) or 'unmounted')",
    "new mount interface": "escaped(syscall(430, b'tmpfs', 0))",
    "open_tree": "escaped(syscall(428, -100, b'/', 1))",
    "pivot_root": "escaped(syscall(155, b'.', b'.') or 'moved')",
    "chroot": "os.chroot('/tmp'); escaped('moved')",
    "unshare users": "escaped(syscall(272, 0x10000000) or 'unshared')",
    "unshare mounts": "escaped(syscall(272, 0x20000) or 'unshared')",
    "setns": "escaped(syscall(308, 3, 0) or 'joined')",
    "raise limits": (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (-1, -1)); escaped('raised')"
    ),
    "bpf": "escaped(syscall(321, 0, 0, 0) or 'made')",
    "io_uring": "escaped(syscall(425, 8, ctypes.create_string_buffer(120)))",
    "userfaultfd": "escaped(syscall(323, 1))",
    "perf events": "escaped(syscall(298, ctypes.create_string_buffer(120), 0, -1, -1, 0))",
    "keyctl": "escaped(syscall(250, 0, -3, 1))",
    "add_key": "escaped(syscall(248, b'user', b'a', b'b', 1, -3))",
    "memfd": "escaped(os.memfd_create('x'))",
    "secret memory": "escaped(syscall(447, 0))",
    "System V shared memory": "escaped(syscall(29, 0, 4096, 0o1600))",
    "System V queue": "escaped(syscall(68, 0, 0o1600))",
    "POSIX queue": "escaped(syscall(240, b'q', 0o102, 0o600, 0))",
    "kernel modules": "escaped(syscall(175, 0, 0, b'') or 'loaded')",
    "kexec": "escaped(syscall(246, 0, 0, 0, 0) or 'loaded')",
    "kernel log": "escaped(syscall(103, 2, ctypes.create_string_buffer(9), 9) or 'read')",
    "reboot": "escaped(syscall(169, 0xfee1dead, 672274793, 0, 0) or 'done')",
    "host name": "import socket; socket.sethostname('x'); escaped('set')",
    "clock": "import time; time.clock_settime(0, 0); escaped('set')",
    "swap": "escaped(syscall(167, b'/tmp/x', 0) or 'on')",
    "personality": "escaped(syscall(135, 0x0040000) or 'no address randomisation')",
    "segment table": "escaped(syscall(154, 0, ctypes.create_string_buffer(16), 16) or 'read')",
    "I/O ports": "escaped(syscall(173, 0, 1, 1) or 'granted')",
    "another seccomp filter": "escaped(syscall(317, 1, 0, 0) or 'set')",
    "dumpable again": "escaped(libc.prctl(4, 1, 0, 0, 0) == 0 or 1/0)",
    "forget the parent": "escaped(libc.prctl(1, 0, 0, 0, 0) == 0 or 1/0)",
    "fake typing": "import fcntl; fcntl.ioctl(0, 0x5412, b'x'); escaped('typed')",
    "x32 calls": "escaped(syscall(0x40000000 | 57))",
    "enlarge a pipe": "import fcntl; fcntl.fcntl(1, 1031, 1 << 20); escaped('enlarged')",
    "lock memory": "escaped(syscall(151, 1) or 'locked')",
    "system calls of i386": (
        "import mmap; m = mmap.mmap(-1, 4096, prot=7); m.write(bytes.fromhex('b802000000cd80c3'))\n"
        "f = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(m)))\n"
        "p = f(); escaped(p) if p >= 0 else None"
    ),
    # what is lying about
    "environment": "escaped('seen') if HOST['secret'] in repr(dict(os.environ)) else 0",
    "descriptors": (
        "import stat\n"
        "for d in range(4, 1024):\n"
        "    try: os.fstat(d)\n"
        "    except OSError: continue\n"
        "    escaped(d)"
    ),
    "arguments": "escaped(sys.argv) if len(sys.argv) != 1 or HOST['folder'] in sys.argv[0] else 0",
    "memory of an earlier program": (
        "import gc, re\n"
        "for page in {id(o) >> 18 for o in gc.get_objects()}:\n"
        "    memory = ctypes.string_at(page << 18, 1 << 18)\n"
        "    for found in re.findall(b'EARLIE[R]-[0-9a-f]{32}', memory): escaped(found)"
    ),
    "file of an earlier program": (
        "for folder in ('/tmp', '/dev/shm', '/var/tmp', '/run', '/dev', '/', os.getcwd()):\n"
        "    try: escaped(open(folder + '/left-behind').read())\n"
        "    except OSError: pass"
    ),
    "module of an earlier program": "import json; escaped(json.left_behind)",
}

# Programs that take all they can. They must end in time and leave the slot in order.
BOMBS = {
    "endless loop": "while True: pass",
    "loop that ignores signals": (
        "import signal\n"
        "for s in range(1, 65):\n"
        "    try: signal.signal(s, signal.SIG_IGN)\n"
        "    except (OSError, ValueError): pass\n"
        "while True: pass"
    ),
    "sleep with signals blocked": (
        "import signal, time; signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\n"
        "while True: time.sleep(100)"
    ),
    "hang in native code": "10 ** (10 ** 9)",
    "regular expression": "import re; re.match('(a+)+$', 'a' * 60 + 'b')",
    "fork bomb": ("import os\nwhile True:\n    try: os.fork()\n    except OSError: pass"),
    "thread bomb": (
        "import threading, time\n"
        "while True: threading.Thread(target=time.sleep, args=(99,)).start()"
    ),
    "big allocation": "x = bytearray(8 << 30)",
    "allocations": "x = []\nwhile True: x.append(bytearray(8 << 20))",
    "shared memory": (
        "import mmap\nx = []\n"
        "while True: x.append(mmap.mmap(-1, 64 << 20)); x[-1].write(b'x' * (64 << 20))"
    ),
    "big number": "x = 1\nwhile True: x <<= 1 << 24",
    "deep recursion": "import sys; sys.setrecursionlimit(10**9)\nf = lambda: f()\nf()",
    "nested parentheses": "eval('(' * 10**6)",
    "disk": (
        "for i in range(10**6):\n    with open(f'/tmp/{i}', 'wb') as f: f.write(b'x' * (4 << 20))"
    ),
    "sparse file": "f = open('/tmp/s', 'wb'); f.truncate(1 << 40)",
    "many files": "for i in range(10**7): open(f'/tmp/{i}', 'w').close()",
    "descriptors": "import os\nwhile True: os.dup(1)",
    "output": "while True: print('x' * 10000)",
    "error output": "import sys\nwhile True: sys.stderr.write('x' * 10000)",
    "long message": "raise ValueError('x' * 50_000_000)",
    "results": "import os\nwhile True: os.write(3, b'x' * 10000)",
    "pipe bomb": "import os\nwhile True: os.write(os.pipe()[1], b'x' * 65536)",
    "crash": "import ctypes; ctypes.string_at(0)",
    "abort": "import os; os.abort()",
    "stop oneself": "import signal; signal.raise_signal(signal.SIGSTOP)\nwhile True: pass",
    "kill oneself": "import signal; signal.raise_signal(signal.SIGKILL)",
    "close everything": "import os; os.closerange(0, 256)\nwhile True: pass",
    "thread left running": (
        "import threading, time\n"
        "def run():\n"
        "    while True: time.sleep(0.01)\n"
        "threading.Thread(target=run).start()"
    ),
    "exit handler that hangs": "import atexit\n@atexit.register\ndef f():\n    while True: pass",
    "exception that hangs": (
        "class E(Exception):\n    def __str__(self):\n        while True: pass\nraise E"
    ),
    "interval timer": (
        "import signal, time; signal.setitimer(signal.ITIMER_REAL, 1e-4, 1e-4)\n"
        "signal.signal(signal.SIGALRM, lambda *a: None)\nwhile True: pass"
    ),
}
WALL = 1.0
TIGHT = Limits(wall=WALL, cpu=2, memory=256 << 20)


def _listing(folder: Path) -> list[str] | None:
    try:
        return os.listdir(folder)  # noqa: PTH208
    except OSError:
        return None


@contextlib.contextmanager
def host() -> Iterator[dict[str, object]]:
    """Things on the host that a program must not reach."""
    secret = secrets.token_hex(8)
    os.environ["CLR_PROBE_SECRET"] = secret
    tcp = socket.create_server(("127.0.0.1", 0))
    abstract = socket.socket(socket.AF_UNIX)
    name = f"probe{os.getpid()}"
    abstract.bind("\0" + name)
    abstract.listen()
    with tempfile.TemporaryDirectory() as folder, tcp, abstract:
        Path(folder).chmod(0o777)
        canary = Path(folder) / "canary"
        canary.write_text(secret)
        canary.chmod(0o666)
        victim = subprocess.Popen(["sleep", "600"])
        try:
            yield {
                "secret": secret,
                "canary": str(canary),
                "folder": folder,
                "marker": f"marker-{secret}",
                "port": tcp.getsockname()[1],
                "abstract": name,
                "victim": victim.pid,
                "home": str(Path.home()),
                "at home": _listing(Path.home()),
            }
            assert victim.poll() is None, "the victim died"
            assert canary.read_text() == secret
            assert os.listdir(folder) == ["canary"]  # noqa: PTH208
            assert not Path("/tmp", f"marker-{secret}").exists()
        finally:
            victim.kill()
            victim.wait()
            del os.environ["CLR_PROBE_SECRET"]


def escapes(box: Box) -> dict[str, str]:
    """The attempts that worked, with what they printed."""
    worked = {}
    with host() as here:
        earlier = f"EARLIER-{secrets.token_hex(16)}"
        box.run(
            f"secret = {earlier!r}; import json, os; json.left_behind = 1\n"
            "for folder in ('/tmp', '/dev/shm', '/var/tmp', '/run', '/dev', '/', os.getcwd()):\n"
            "    try: open(folder + '/left-behind', 'w').write(secret)\n"
            "    except OSError: pass"
        )
        prelude = PRELUDE.replace("{host!r}", repr(here))
        for name, attempt in ATTEMPTS.items():
            run = box.run(f"{prelude}\n{attempt}", limits=TIGHT)
            if "ESCAPED" in run.stdout:
                worked[name] = run.stdout.strip()
        alive = box.run("print(1 + 1)")
        assert alive.stdout == "2\n", alive
    return worked


def late(box: Box, slack: float = 0.5) -> dict[str, float]:
    """The bombs that ran for more than `slack` seconds beyond their wall limit."""
    found = {}
    for name, bomb in BOMBS.items():
        start = time.monotonic()
        box.run(bomb, limits=TIGHT)
        took = time.monotonic() - start
        if took > WALL + slack:
            found[name] = took
        alive = box.run("print(1 + 1)")
        assert alive.stdout == "2\n", (name, alive)
    return found


if __name__ == "__main__":
    with open_box(sys.argv[1], slots=1) as opened:
        report = {"escapes": escapes(opened), "late": late(opened) if "-b" in sys.argv else {}}
    print(json.dumps(report))
