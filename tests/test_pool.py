"""The pool: order, deadlines, dead workers, threads; the same bytes with any number of workers."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from clr.pool import audit_all
from clr.records import read_traces
from clr.report import Report
from clr.segment import trace_of
from clr.trace import Trace

EXAMPLES = Path(__file__).resolve().parent.parent / "clr" / "examples" / "traces.jsonl"


def examples() -> list[Trace]:
    return [t for t in read_traces(EXAMPLES) if isinstance(t, Trace)]


def encoded(reports: Iterator[Report] | list[Report]) -> list[bytes]:
    return [msgspec.json.encode(r.to_dict()) for r in reports]


def test_the_number_of_workers_and_the_order_change_nothing() -> None:
    traces = examples() * 2
    alone = encoded(audit_all(traces, workers=0))
    assert encoded(audit_all(traces, workers=2)) == alone
    backwards = encoded(audit_all(traces[::-1], workers=1))
    assert backwards[::-1] == alone


def test_a_deadline_ends_a_trace_and_the_rest_goes_on() -> None:
    endless = trace_of("endless", "p", steps=["2 + 2 = 4 and x = y."] * 20_000)
    start = time.perf_counter()
    reports = list(audit_all([endless, *examples()[:2]], workers=1, deadline=0.3))
    assert time.perf_counter() - start < 20
    assert [r.id for r in reports] == ["endless", "bakery", "bakery-slip"]
    assert reports[0].note == "the deadline passed twice"
    assert reports[2].first_error == 1


def children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *children(int(child))]
    return found


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
def test_a_killed_worker_loses_and_repeats_nothing() -> None:
    def killing() -> Iterator[Trace]:
        for number, trace in enumerate(examples() * 4):
            if number == 12:
                for pid in children(os.getpid()):
                    comm = Path(f"/proc/{pid}/cmdline")
                    if comm.exists() and b"forkserver" in comm.read_bytes() and children(pid) == []:
                        os.kill(pid, signal.SIGKILL)
            yield trace

    ids = [r.id for r in audit_all(killing(), workers=2)]
    assert ids == [t.id for t in examples() * 4]


def test_from_another_thread() -> None:
    found: list[Report] = []
    thread = threading.Thread(target=lambda: found.extend(audit_all(examples()[:3], workers=1)))
    thread.start()
    thread.join(60)
    assert [r.id for r in found] == [t.id for t in examples()[:3]]


def test_input_is_taken_as_needed() -> None:
    taken = 0

    def counting() -> Iterator[Trace]:
        nonlocal taken
        for trace in examples() * 50:
            taken += 1
            yield trace

    reports = audit_all(counting(), workers=1)
    next(reports)
    assert taken <= 8
    reports.close()


@pytest.mark.parametrize("arguments", [{"workers": -1}, {"workers": 1, "deadline": 0}])
def test_bad_arguments(arguments: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"workers|deadline"):
        list(audit_all([], **arguments))  # type: ignore[arg-type]
