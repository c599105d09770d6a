"""Hostile programs put together at random: each ends in time, and the slot is in order after."""

import time
from collections.abc import Iterator
from textwrap import indent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clr.sandbox.opening import open_box
from clr.sandbox.program import Limits
from clr.sandbox.slots import Box

WALL, SLACK = 0.4, 0.5
TIGHT = Limits(wall=WALL, cpu=1, memory=128 << 20, output=64 << 10, disk=2 << 20)

DEEDS = st.sampled_from(
    [
        "while True: pass",
        "time.sleep(99)",
        "10 ** 10 ** 8",
        "keep.append(bytearray(32 << 20))",
        "keep.append([keep] * 10 ** 7)",
        "keep.append(mmap.mmap(-1, 16 << 20)); keep[-1].write(b'x' * (16 << 20))",
        "os.fork()",
        "os.execv('/bin/sh', ['sh'])",
        "threading.Thread(target=deed).start()",
        "threading.Thread(target=time.sleep, args=(99,), daemon=True).start()",
        "print('x' * 10 ** 6)",
        "os.write(2, b'x' * 10 ** 5)",
        'os.write(3, b\'{"call": 0, "value": 1}\\n\' * 1000)',
        "os.write(3, b'x' * 10 ** 6)",
        "os.kill(os.getpid(), 9)",
        "os.kill(os.getppid(), 9)",
        "os.kill(-1, 9)",
        "signal.raise_signal(signal.SIGSTOP)",
        "signal.raise_signal(signal.SIGSEGV)",
        "signal.setitimer(signal.ITIMER_REAL, 1e-3, 1e-3)",
        "os.closerange(0, 64)",
        "os.close(0); os.close(1); os.close(3)",
        "keep.extend(os.pipe() for _ in range(99))",
        "open('/tmp/a', 'ab').write(b'x' * 10 ** 6)",
        "[open(f'/tmp/{n}', 'w').close() for n in range(2000)]",
        "sys.setrecursionlimit(10 ** 9)",
        "deed()",
        "sys.settrace(lambda *a: None)",
        "gc.disable()",
        "sys.stdout = None; sys.stderr = None",
        "sys.modules.clear()",
        "builtins.__dict__.clear()",
        "ctypes.string_at(0)",
        "ctypes.memset(id(keep), 255, 64)",
        "ctypes.CDLL(None).syscall(0x40000000)",
        "os.abort()",
        "raise SystemExit(0)",
        "raise MemoryError",
        "raise KeyboardInterrupt",
        "os._exit(0)",
        "atexit.register(time.sleep, 99)",
        "sys.stdin.read()",
    ]
)
WRAPPERS = st.sampled_from(
    [
        "{0}",
        "while True:\n{1}",
        "for _ in range(50):\n{1}",
        "try:\n{1}\nexcept BaseException: pass",
        "try:\n{1}\nfinally:\n{1}",
        "class Quiet:\n    def __del__(self):\n{2}\nQuiet()",
        "def later(*a):\n{1}\nsignal.signal(signal.SIGALRM, later); signal.alarm(1)",
        "def deed():\n{1}",
    ]
)
PRELUDE = (
    "import atexit, builtins, ctypes, gc, mmap, os, signal, sys, threading, time\n"
    "keep = []\n"
    "def deed(): deed()\n"
    "for number in range(1, 65):\n"
    "    try: signal.signal(number, signal.SIG_IGN)\n"
    "    except (OSError, ValueError): pass\n"
)


@st.composite
def programs(draw: st.DrawFn) -> str:
    parts = []
    for _ in range(draw(st.integers(1, 4))):
        body = draw(DEEDS)
        for _ in range(draw(st.integers(0, 2))):
            wrapper = draw(WRAPPERS)
            body = wrapper.format(body, indent(body, "    "), indent(body, "        "))
        parts.append(body)
    return PRELUDE + "\n".join(parts)


@pytest.fixture(scope="module")
def box() -> Iterator[Box]:
    with open_box(slots=1) as opened:
        yield opened


def ends_in_time(box: Box, program: str) -> None:
    start = time.monotonic()
    run = box.run(program, "some input\n" * 1000, limits=TIGHT)
    took = time.monotonic() - start
    assert took < WALL + SLACK, (took, run)
    assert len(run.stdout) <= TIGHT.output
    assert box.run("print(6 * 7)").stdout == "42\n"


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(program=programs())
def test_hostile_programs_end_in_time(box: Box, program: str) -> None:
    ends_in_time(box, program)


@pytest.mark.slow
@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(program=programs())
def test_two_hundred_hostile_programs_end_in_time(box: Box, program: str) -> None:
    ends_in_time(box, program)
