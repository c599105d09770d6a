"""The pool: every trace gets one report, in order, whatever happens to the workers."""

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count, islice
from pathlib import Path

import pytest

from clr.pool import Crew, audit_all
from clr.report import Report, encode
from clr.segment import trace_of
from clr.trace import Trace


def arithmetic(seed: int, steps: int = 4) -> Trace:
    """A small trace, with a slip in one of three."""
    chance = random.Random(seed)
    lines = []
    for _ in range(steps):
        a, b = chance.randint(2, 90), chance.randint(2, 90)
        slip = chance.random() < 0.08
        lines.append(f"Then \\({a} \\cdot {b} + {b} = {a * b + b + slip}\\).")
    return trace_of(f"t{seed}", "Compute.", steps=lines)


def endless() -> Trace:
    """A trace that takes minutes."""
    return arithmetic(1, steps=100_000)


def workers() -> set[int]:
    """Process ids of the live workers of this process."""
    found = set()
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):  # a thread or a process that has just ended
            for pid in (task / "children").read_text().split():
                if b"clr.verifiers.workers" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    found.add(int(pid))
    return found


@pytest.fixture(autouse=True)
def no_process_is_left() -> Iterator[None]:
    before = workers()
    yield
    assert workers() <= before


def lines(reports: Iterator[Report]) -> list[bytes]:
    return [encode(report) for report in reports]


def test_reports_are_the_same_for_any_number_of_workers_and_any_order() -> None:
    traces = [arithmetic(seed) for seed in range(30)]
    here = lines(audit_all(traces, workers=0))
    assert lines(audit_all(traces, workers=2)) == here
    assert lines(audit_all(reversed(traces), workers=1)) == here[::-1]


def test_endless_input_is_read_only_as_far_as_needed() -> None:
    read = 0

    def source() -> Iterator[Trace]:
        nonlocal read
        for read in count(1):
            yield arithmetic(read)

    reports = audit_all(source(), workers=2)
    assert [report.id for report in islice(reports, 100)] == [f"t{n}" for n in range(1, 101)]
    assert read <= 100 + 64
    reports.close()  # type: ignore[attr-defined]


def test_a_trace_over_its_deadline_is_given_up_and_the_rest_goes_on() -> None:
    traces = [arithmetic(0), endless(), arithmetic(2), arithmetic(3)]
    start = time.monotonic()
    reports = list(audit_all(traces, workers=2, deadline=1.0))
    assert time.monotonic() - start < 20
    assert [report.id for report in reports] == [trace.id for trace in traces]
    assert reports[1].note == "no result within 1 s"
    assert reports[1].first_error is None
    assert [report.note for report in reports if report is not reports[1]] == [None] * 3


def test_a_trace_that_needs_too_much_memory_is_given_up_and_the_rest_goes_on() -> None:
    big = trace_of("big", "Compute.", steps=["2 + 2 = 4. " * 1_000_000])
    small = arithmetic(0)
    reports = list(audit_all([small, big, small], workers=1, memory=32 << 20, deadline=5.0))
    assert [report.id for report in reports] == ["t0", "big", "t0"]
    assert reports[0] == reports[2]
    assert reports[1].note is not None


def test_workers_that_are_stopped_cost_one_deadline_and_lose_nothing() -> None:
    traces = [arithmetic(seed, steps=20) for seed in range(60)]
    here = lines(audit_all(traces, workers=0))
    others = workers()  # those of rewards stay for other tests
    with Crew(2) as crew:
        while len(workers() - others) < 2:
            lines(audit_all(traces[:4], workers=crew))
        for pid in workers() - others:
            os.kill(pid, signal.SIGSTOP)
        start = time.monotonic()
        assert lines(audit_all(traces, workers=crew, deadline=1.0)) == here
        assert time.monotonic() - start < 20


def test_nobody_waits_for_a_worker_that_does_not_start() -> None:
    traces = [arithmetic(seed) for seed in range(20)]
    with Crew(2) as crew:
        list(audit_all(traces[:1], workers=crew))  # one is up
        others = workers()
        crew.grow(3)
        audit = audit_all(traces, workers=crew, deadline=5.0)
        next(audit)
        for pid in workers() - others:
            os.kill(pid, signal.SIGSTOP)
        start = time.monotonic()
        assert len(list(audit)) == 19
        assert time.monotonic() - start < 10


@pytest.mark.slow
def test_killed_workers_lose_and_duplicate_nothing() -> None:
    traces = [arithmetic(seed, steps=60) for seed in range(200)]
    done = threading.Event()
    others = workers()
    kills = 0

    def kill() -> None:
        nonlocal kills
        # fewer than a start may fail: on a busy machine they may all hit workers that start
        while kills < 4 and not done.wait(0.5):
            for child in list(workers() - others)[:1]:
                os.kill(child, signal.SIGKILL)
                kills += 1

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        reports = list(audit_all(traces, workers=2))
    finally:
        done.set()
        killer.join()
    assert kills
    assert [report.id for report in reports] == [trace.id for trace in traces]


def test_closing_early_ends_the_workers_at_once() -> None:
    others = workers()
    reports = audit_all([arithmetic(0), endless(), endless()], workers=2, deadline=600)
    assert next(reports).id == "t0"
    assert workers() > others
    start = time.monotonic()
    reports.close()  # type: ignore[attr-defined]
    assert time.monotonic() - start < 5
    assert workers() <= others


def test_a_crew_goes_on_from_audit_to_audit() -> None:
    traces = [arithmetic(seed) for seed in range(6)]
    here, others = lines(audit_all(traces, workers=0)), workers()
    with Crew(2) as crew:
        assert lines(audit_all(traces, workers=crew)) == here
        started = workers() - others
        assert 1 <= len(started) <= 2
        audits = [audit_all(traces, workers=crew) for _ in range(2)]
        assert [lines(audit) for audit in audits] == [here, here]
        assert started <= workers()
        (late,) = audit_all([endless()], workers=crew, deadline=0.5)
        assert late.note == "no result within 0.5 s"
        assert lines(audit_all(traces, workers=crew)) == here
    assert workers() <= others
    with pytest.raises(ValueError, match="1 or more"):
        Crew(0)


def test_stopping_one_audit_leaves_the_crew_to_others() -> None:
    with Crew(2) as crew:
        stopped = audit_all([arithmetic(0), endless()], workers=crew, deadline=600)
        assert next(stopped).id == "t0"
        found: list[bytes] = []
        other = threading.Thread(
            target=lambda: found.extend(lines(audit_all([arithmetic(3)], workers=crew)))
        )
        other.start()
        other.join()
        stopped.close()  # type: ignore[attr-defined]
        assert found == lines(audit_all([arithmetic(3)], workers=0))


def test_an_error_of_the_source_reaches_the_caller() -> None:
    def source() -> Iterator[Trace]:
        yield arithmetic(0)
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        list(audit_all(source(), workers=1))


def test_the_pool_works_in_threads() -> None:
    found: list[list[bytes]] = []
    threads = [
        threading.Thread(target=lambda: found.append(lines(audit_all([arithmetic(5)], workers=1))))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [lines(audit_all([arithmetic(5)], workers=0))] * 2


def _in_a_daemon(results: "multiprocessing.Queue[list[bytes]]") -> None:
    results.put(lines(audit_all([arithmetic(5)], workers=1)))


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_the_pool_works_in_a_daemonic_process(method: str) -> None:
    context = multiprocessing.get_context(method)
    results = context.Queue()
    process = context.Process(target=_in_a_daemon, args=(results,), daemon=True)
    process.start()
    assert results.get(timeout=60) == lines(audit_all([arithmetic(5)], workers=0))
    process.join()


def test_workers_end_with_a_caller_that_was_killed() -> None:
    program = textwrap.dedent(
        """
        import os
        from pathlib import Path
        from clr.pool import audit_all
        from clr.segment import trace_of

        reports = audit_all((trace_of(str(n), "", response="2 + 2 = 4.") for n in range(10**9)),
                            workers=2)
        next(reports)
        print(Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text(),
              *(t.joinpath("children").read_text() for t in Path("/proc/self/task").iterdir()),
              flush=True)
        for report in reports:
            pass
        """
    )
    caller = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert caller.stdout is not None
    workers = {int(pid) for pid in caller.stdout.readline().split()}
    assert workers
    caller.kill()
    caller.wait()
    caller.stdout.close()
    give_up = time.monotonic() + 20
    while any(_alive(pid) for pid in workers) and time.monotonic() < give_up:
        time.sleep(0.05)
    assert not any(_alive(pid) for pid in workers)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"workers": -1}, "number of workers"),
        ({"deadline": 0.0}, "deadline"),
        ({"deadline": float("inf")}, "deadline"),
        ({"profile": "lenient"}, "precise, thorough"),
    ],
)
def test_bad_arguments_are_refused_at_once(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        audit_all([], **arguments)  # type: ignore[arg-type]
