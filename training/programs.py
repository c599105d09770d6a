"""Programs as answers: their tests run in the sandbox."""

from __future__ import annotations

import msgspec

from clr.grading import last_program
from clr.sandbox.grading import StdioTest, grade_code
from clr.training.data import Record
from clr.verifiers.extraction import reply


class Case(msgspec.Struct, forbid_unknown_fields=True):
    """What a program prints for an input."""

    stdin: str
    stdout: str


class Tests(msgspec.Struct, forbid_unknown_fields=True):
    """The `detail` of a record with checker "tests": test programs, or inputs and outputs."""

    tests: list[str] = []
    cases: list[Case] = []
    entry_point: str | None = None


def passes(record: Record, completion: str) -> bool | None:
    """Whether the last fenced program of the completion passes the record's tests.

    None where the program is not to blame. A completion that gives no program after its thinking is
    wrong.

    Raises:
        ValueError: the record's `detail` holds no tests that can be read.
        SandboxUnavailable: nothing on this machine can confine a program.
    """
    program = last_program(reply(completion))
    if program is None:
        return False
    tests = msgspec.convert(record.detail, Tests)
    grade = grade_code(
        program,
        [*tests.tests, *(StdioTest(case.stdin, case.stdout) for case in tests.cases)],
        entry_point=tests.entry_point,
    )
    return None if grade.outcome is None else bool(grade.outcome)
