"""A box runs programs, gives values back, mends itself, and leaves nothing behind."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from clr.sandbox.backends import Namespaces, Slot
from clr.sandbox.client import Lost
from clr.sandbox.launch import Runtime, runtime
from clr.sandbox.opening import open_box
from clr.sandbox.program import Call, Ending, Limits, LoadError, Opaque, Raised, Returned, Stopped
from clr.sandbox.slots import Box, SandboxFailure

FAST = Limits(wall=0.3)


@pytest.fixture(scope="module")
def box() -> Iterator[Box]:
    with open_box(slots=2) as opened:
        yield opened


def children() -> set[int]:
    """Processes that this one started and that still run."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                status = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(status[1]) == os.getpid() and status[0] != "Z":
                found.add(int(entry.name))
    return found


def test_a_program_runs_and_values_come_back(box: Box) -> None:
    assert box.run("print(input() * 2)", "ab\n").stdout == "abab\n"
    square = box.call("def f(x): return (x * x, {'a': {1, 2.5}})", "f", [7])
    assert square == Returned((49, {"a": {1, 2.5}}))
    assert box.evaluate("x = 3", "[x] * 2") == Returned([3, 3])
    assert box.run("while True: pass", limits=FAST).ending is Ending.TIMEOUT


def test_every_call_has_its_own_outcome(box: Box) -> None:
    code = (
        "def f(x):\n"
        "    if x == 0: raise KeyError('zero')\n"
        "    if x == 1: return object()\n"
        "    if x == 2: raise SystemExit\n"
        "    while True: pass"
    )
    outcomes = box.calls(code, [Call("f", [x]) for x in range(5)], limits=FAST)
    assert outcomes[0] == Raised("KeyError", "'zero'")
    assert outcomes[1] == Opaque("object")
    assert outcomes[2] == Raised("SystemExit", "")
    assert outcomes[3:] == [Stopped(Ending.TIMEOUT)] * 2
    with pytest.raises(LoadError, match="SyntaxError"):
        box.call("def f(:", "f")


def test_big_input_and_output_pass(box: Box) -> None:
    text = "x" * 900_000
    assert box.run("print(len(input()))", text).stdout == "900000\n"
    assert box.run(f"a = {text!r}\nprint(a, end='')").stdout == text
    assert box.call("def f(x): return x", "f", ["y" * 200_000]) == Returned("y" * 200_000)


def test_runs_are_deterministic(box: Box) -> None:
    code = "import random\nprint(random.random(), hash('a'), list({'a', 'b', 'c', 'd'}))"
    assert box.run(code).stdout == box.run(code).stdout
    assert box.run(code, seed=1).stdout != box.run(code, seed=2).stdout
    with open_box(slots=1) as other:
        assert other.run(code).stdout == box.run(code).stdout


def test_limits_hold(box: Box) -> None:
    assert box.run("bytearray(600 << 20)").ending is Ending.OOM
    assert box.run("bytearray(600 << 20)", limits=Limits(memory=700 << 20)).exit_code == 0
    busy = box.run("while True: pass", limits=Limits(wall=9, cpu=1))
    assert busy.ending is Ending.TIMEOUT and busy.cpu < 2.5
    assert box.run("print('x' * 100)", limits=Limits(output=50)).ending is Ending.OUTPUT_LIMIT
    files = "for i in range(40): open(f'/tmp/{i}', 'w').write('x' * 1000000)"
    assert "No space left" in box.run(files, limits=Limits(disk=4 << 20)).stderr
    big = "open('/tmp/a', 'w').write('x' * 2000000)"
    assert "File too large" in box.run(big, limits=Limits(file_size=1 << 20)).stderr


def test_packages_are_there_when_asked_for(box: Box) -> None:
    code = (
        "import numpy as np\ndef f(n): return np.arange(n) ** 2, np.float64(0.5), np.random.rand()"
    )
    with open_box(slots=1, packages=["numpy"]) as with_numpy:
        first = with_numpy.call(code, "f", [3])
        assert isinstance(first, Returned) and first.value[:2] == ([0, 1, 4], 0.5)
        assert with_numpy.call(code, "f", [3]) == first
    with pytest.raises(LoadError, match="numpy"):
        box.call(code, "f", [3])


def test_threads_share_a_box(box: Box) -> None:
    found: list[object] = []

    def work(n: int) -> None:
        found.append(box.evaluate("", f"{n} + 1"))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 12 and Returned(12) in found


def test_an_endless_supply_is_read_only_a_little_ahead(box: Box) -> None:
    taken = 0

    def supply() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    results = box.map(lambda n: box.evaluate("", str(n)), supply())
    assert [next(results) for _ in range(3)] == [Returned(1), Returned(2), Returned(3)]
    assert taken <= 3 + 2 * 2


def test_an_event_loop_is_not_blocked(box: Box) -> None:
    async def both() -> float:
        start = time.monotonic()
        await asyncio.gather(*(box.arun("import time; time.sleep(0.4)") for _ in range(2)))
        return time.monotonic() - start

    assert asyncio.run(both()) < 0.75


def test_a_slot_is_recycled_and_replaced() -> None:
    with open_box(slots=1, recycle_after=3) as box:
        before = children()
        for _ in range(3):
            box.run("pass")
        assert box.run("print(1)").stdout == "1\n"
        assert len(children()) == len(before) and children() != before
        for pid in children() - (before & children()):
            os.kill(pid, signal.SIGKILL)
        assert box.run("print(2)").stdout == "2\n"


def test_a_job_is_retried_once_and_then_given_up() -> None:
    class Flaky(Namespaces):
        failures = 0

        def start(self, runtime: Runtime, hash_seed: int) -> Slot:  # type: ignore[override]
            slot = super().start(runtime, hash_seed)
            genuine = slot.run

            def run(header, programs):  # type: ignore[no-untyped-def]
                if self.failures:
                    self.failures -= 1
                    raise Lost("gone")
                return genuine(header, programs)

            slot.run = run  # type: ignore[method-assign]
            return slot

    backend = Flaky()
    box = Box(backend, runtime(), 1)
    backend.failures = 1
    assert box.run("print(1)").stdout == "1\n"
    backend.failures = 2
    with pytest.raises(SandboxFailure, match="failed twice: gone"):
        box.run("print(1)")
    assert box.run("print(1)").stdout == "1\n"
    box.close()


def test_nothing_is_left_after_close() -> None:
    before, mounts = children(), Path("/proc/self/mountinfo").read_text()
    descriptors = set(os.listdir("/proc/self/fd"))  # noqa: PTH208
    with open_box(slots=2) as box:
        list(box.map(box.run, ["print(1)"] * 4))
        assert children() > before
    assert children() == before
    assert Path("/proc/self/mountinfo").read_text() == mounts
    assert set(os.listdir("/proc/self/fd")) <= descriptors  # noqa: PTH208
    with pytest.raises(RuntimeError, match="closed"):
        box.run("print(1)")


def test_a_forked_process_must_open_its_own_box(box: Box) -> None:
    pid = os.fork()
    if pid == 0:
        try:
            box.run("print(1)")
        except RuntimeError:
            box.close()  # and this must not close the parent's
            os._exit(7)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
    assert box.run("print(1)").stdout == "1\n"


def members(group: str) -> list[str]:
    """Command lines of live processes that carry `group` in their environment or arguments."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and group in (entry / "cmdline").read_text():
                found.append(entry.name)
        except OSError:
            continue
    return found


@pytest.mark.parametrize("heir", ["", "import os\nif os.fork() == 0: time.sleep(4); os._exit(0)\n"])
def test_nothing_is_left_after_the_parent_is_killed(heir: str, tmp_path: Path) -> None:
    """Even if another process has inherited the parent's sockets."""
    mark = tmp_path / "python"  # names the interpreter, and with it every process of the sandbox
    mark.symlink_to(getattr(sys, "_base_executable", sys.executable))
    script = (
        "import sys, time, threading\n"
        "from clr.sandbox.opening import open_box\n"
        "from clr.sandbox.program import Limits\n"
        f"box = open_box(slots=1, python={str(mark)!r})\n"
        + heir
        + "threading.Timer(0.3, print, ['busy'], {'flush': True}).start()\n"
        "box.run('while True: pass', limits=Limits(wall=60, cpu=60))\n"
    )
    root = Path(__file__).resolve().parents[2]
    parent = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=root
    )
    assert parent.stdout is not None and parent.stdout.readline() == "busy\n"
    assert len([pid for pid in members(str(mark)) if int(pid) != parent.pid]) >= 2
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 2
    while (left := _sandboxes(str(mark))) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert left == []


def _sandboxes(mark: str) -> list[str]:
    """Processes whose interpreter is `mark` itself."""
    return [pid for pid in members(mark) if _first_argument(pid) == mark]


def _first_argument(pid: str) -> str:
    try:
        return Path("/proc", pid, "cmdline").read_text().partition("\0")[0]
    except OSError:
        return ""
