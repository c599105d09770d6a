"""Hostile traces through the pool: each gets its report, in time, in a bounded worker."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from clr.benchmarks.hostile import Case, cases
from clr.pool import audit_all
from clr.report import Report, encode
from clr.segment import trace_of

SMALL = 60_000
"""Characters; larger cases are left to the slow tests."""

CASES = dict(cases())
BOUND = 1 << 30


def size(case: Case) -> int:
    return sum(map(len, case))


def resident() -> int:
    """The most memory that any live worker of this process has taken, in bytes.

    A child that has not yet called exec still shows this process's memory, and its command line.
    """
    ours = Path("/proc/self/cmdline").read_bytes()
    most = 0
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):  # a thread or a process that has just ended
            for pid in (task / "children").read_text().split():
                if Path(f"/proc/{pid}/cmdline").read_bytes() == ours:
                    continue
                for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                    if line.startswith("VmHWM"):
                        most = max(most, int(line.split()[1]) * 1024)
    return most


def audited(
    wanted: dict[str, Case], deadline: float, profile: str = "precise"
) -> tuple[dict[str, Report], int]:
    """Reports by name, and the most memory that a worker took."""
    traces = (trace_of(name, case[0], response=case[1]) for name, case in wanted.items())
    reports, most = {}, 0
    for report in audit_all(traces, workers=2, deadline=deadline, profile=profile):
        reports[report.id] = report
        most = max(most, resident())
    return reports, most


@pytest.fixture(scope="module")
def small() -> tuple[dict[str, Report], int]:
    return audited({name: case for name, case in CASES.items() if size(case) <= SMALL}, 20.0)


def test_there_are_many() -> None:
    assert len(CASES) == len(list(cases())) > 200


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if size(case) <= SMALL])
def test_a_small_case_is_audited_in_time(name: str, small: tuple[dict[str, Report], int]) -> None:
    report = small[0][name]
    assert report.note is None
    assert encode(report)


def test_workers_stay_small(small: tuple[dict[str, Report], int]) -> None:
    assert 0 < small[1] < BOUND


@pytest.mark.slow
def test_the_thorough_profile_ends_as_well() -> None:
    wanted = {name: case for name, case in CASES.items() if size(case) <= SMALL}
    reports, most = audited(wanted, 20.0, "thorough")
    assert list(reports) == list(wanted)
    assert all(report.note is None for report in reports.values())
    assert most < BOUND


@pytest.mark.slow
def test_large_cases_get_a_report_each_and_workers_stay_small() -> None:
    large = {name: case for name, case in CASES.items() if size(case) > SMALL}
    large["ten megabytes"] = ("p", "So 2 + 2 = 5. " * 700_000)
    large["ten megabytes in one line"] = ("p", "1 + " * 2_500_000 + "1 = 2")
    reports, most = audited(large, 3.0)
    assert list(reports) == list(large)
    assert most < BOUND
