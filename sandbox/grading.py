"""Grade programs, so that a program cannot write its own verdict.

Four ways, the safest that the tests allow:

* ``values``: calls go in, plain values come out, and are compared here;
* ``stdio``: text goes in, text comes out, and is compared here;
* ``pair``: test programs run in one sandbox and the program under test in another; between them
  go only calls and plain values;
* ``shared``: tests that handle the program's own objects run in its process, where it could
  forge the verdict. A pass counts only if the same tests with a wrong expected value fail.
"""

import math
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any, Literal

from clr.sandbox.lifting import FunctionTest, Truth, foreign_names, lift, runnable
from clr.sandbox.opening import default_box
from clr.sandbox.perturbing import controls
from clr.sandbox.program import (
    DEFAULT_LIMITS,
    Ending,
    Limits,
    LoadError,
    Opaque,
    Outcome,
    ProtocolViolation,
    Raised,
    Returned,
    Run,
    Stopped,
    parse_report,
)
from clr.sandbox.slots import Box, SandboxFailure
from clr.sandbox.values import Plain

_CONTROLS = 6
Mode = Literal["values", "stdio", "pair", "shared"]


class Status(StrEnum):
    """What became of a program under test."""

    PASSED = "passed"
    FAILED = "failed"
    LOAD_ERROR = "load_error"
    TIMEOUT = "timeout"
    OOM = "oom"
    OUTPUT_LIMIT = "output_limit"
    CRASHED = "crashed"
    PROTOCOL_VIOLATION = "protocol_violation"
    TAMPERED = "tampered"
    UNGRADABLE = "ungradable"
    INFRA_ERROR = "infra_error"


@dataclass(frozen=True)
class StdioTest:
    """Text on standard input, and the whole text expected on standard output.

    Blanks at line ends, and line ends at the end, do not count. With a `tolerance`, words that
    are numbers may differ by it.
    """

    stdin: str
    stdout: str
    tolerance: float = 0.0


Test = FunctionTest | StdioTest | str


@dataclass(frozen=True)
class Grade:
    """The verdict on a program.

    `outcome` is 1 if every test passed, 0 if not, and `None` where the program is not to blame
    (`infra_error`) or could not be judged (`ungradable`): leave such a sample out, never score it.
    `passed` of `total` tests were seen to pass. `backend` and `level` say what confined it.
    """

    outcome: int | None
    status: Status
    detail: str
    passed: int
    total: int
    mode: Mode
    backend: str
    level: int


@dataclass(frozen=True)
class _Finding:
    status: Status
    detail: str = ""
    passed: int = 0
    total: int = 0
    mode: Mode = "values"


def grade_code(
    code: str,
    tests: Sequence[Test] | str,
    *,
    entry_point: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    seed: int = 0,
    box: Box | None = None,
) -> Grade:
    """Whether a Python program passes `tests`, and if not, why.

    A test is a `FunctionTest`, a `StdioTest`, or the text of a test program: assertions, functions
    ``test_*``, ``unittest`` cases, or ``check(candidate)``, which is called with the function
    `entry_point`. Test programs may import the program under test as module ``solution``. `limits`
    hold for each run of the program. `box` is `default_box` if not given.

    Raises `ValueError` for tests that cannot be read, and `SandboxUnavailable`.
    """
    tests = [tests] if isinstance(tests, str) else list(tests)
    if not tests:
        raise ValueError("there are no tests")
    use = _Bench(box or default_box(), code, limits, seed)
    try:
        finding = _judge(use, tests, entry_point)
    except SandboxFailure as error:
        finding = _Finding(Status.INFRA_ERROR, str(error), total=len(tests))
    unknown = finding.status in (Status.INFRA_ERROR, Status.UNGRADABLE)
    outcome = None if unknown else int(finding.status is Status.PASSED)
    backend = use.box.backend
    return Grade(
        outcome,
        finding.status,
        finding.detail,
        finding.passed,
        finding.total,
        finding.mode,
        backend.name,
        backend.level,
    )


async def agrade_code(
    code: str,
    tests: Sequence[Test] | str,
    *,
    entry_point: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    seed: int = 0,
    box: Box | None = None,
) -> Grade:
    """`grade_code`, without blocking the event loop."""
    chosen = box or default_box()
    return await chosen.offload(
        lambda: grade_code(
            code, tests, entry_point=entry_point, limits=limits, seed=seed, box=chosen
        )
    )


@dataclass(frozen=True)
class _Bench:
    """A program under test and where to run it."""

    box: Box
    code: str
    limits: Limits
    seed: int

    def perform(self, *tasks: dict[str, Any]) -> list[Run]:
        return self.box.perform([(task, "") for task in tasks], self.limits, self.seed)


def _judge(use: _Bench, tests: list[Test], entry_point: str | None) -> _Finding:
    """Judge each kind of test in turn; the first that does not pass decides."""
    functions = [test for test in tests if isinstance(test, FunctionTest)]
    texts = [test for test in tests if isinstance(test, StdioTest)]
    programs = [test for test in tests if isinstance(test, str)]
    findings = []
    if functions:
        findings.append(_by_values(use, functions))
    if programs:
        findings.append(_by_programs(use, programs, entry_point))
    if texts:
        findings.append(_by_stdio(use, texts))
    decisive = next((f for f in findings if f.status is not Status.PASSED), findings[-1])
    passed = sum(finding.passed for finding in findings)
    total = sum(finding.total for finding in findings)
    return _Finding(decisive.status, decisive.detail, passed, total, decisive.mode)


def _by_values(use: _Bench, tests: Sequence[FunctionTest]) -> _Finding:
    found = _outcomes(use, tests)
    return found if isinstance(found, _Finding) else _compare_all(tests, found)


def _outcomes(use: _Bench, tests: Sequence[FunctionTest]) -> list[Outcome] | _Finding:
    calls = [test.call for test in tests]
    try:
        return use.box.calls(use.code, calls, limits=use.limits, seed=use.seed)
    except LoadError as error:
        return _Finding(Status.LOAD_ERROR, str(error), 0, len(tests))
    except ProtocolViolation as error:
        return _Finding(Status.PROTOCOL_VIOLATION, str(error), 0, len(tests))


def _compare_all(tests: Sequence[FunctionTest], outcomes: Sequence[Outcome]) -> _Finding:
    compared = [_compare(test, outcome) for test, outcome in zip(tests, outcomes, strict=True)]
    passed = sum(status is Status.PASSED for status, _ in compared)
    failures = (
        _Finding(status, f"{test.call.function}: {detail}", passed, len(tests))
        for test, (status, detail) in zip(tests, compared, strict=True)
        if status is not Status.PASSED
    )
    return next(failures, _Finding(Status.PASSED, "", passed, len(tests)))


def _compare(test: FunctionTest, outcome: Outcome) -> tuple[Status, str]:
    match outcome:
        case Returned(value):
            if isinstance(test.expected, Truth):
                right = bool(value) is test.expected.holds
            else:
                right = equal(value, test.expected, test.tolerance)
            return (Status.PASSED, "") if right else (Status.FAILED, "returned another value")
        case Raised("MemoryError", message):
            return Status.OOM, message
        case Raised(error, message):
            return Status.FAILED, f"raised {error}: {message}"
        case Opaque(kind):
            return Status.FAILED, f"returned an object of type {kind}"
        case Stopped(Ending.EXITED):
            return Status.FAILED, "ended before the call returned"
        case Stopped(ending):
            return Status(ending.value), "did not return"


def equal(actual: Plain, expected: Plain, tolerance: float = 0.0) -> bool:
    """Python's own equality of plain values; with a `tolerance`, numbers may differ by it."""
    try:
        if not tolerance:
            return bool(actual == expected)
        return _near(actual, expected, tolerance)
    except RecursionError:
        return False


def _near(actual: Plain, expected: Plain, tolerance: float) -> bool:
    numbers = (int, float, complex)
    if isinstance(actual, numbers) and isinstance(expected, numbers):
        return actual == expected or abs(actual - expected) <= tolerance
    if type(actual) is not type(expected):
        return False
    if isinstance(actual, list | tuple):
        return len(actual) == len(expected) and all(
            _near(a, e, tolerance) for a, e in zip(actual, expected, strict=True)
        )
    if isinstance(actual, dict):
        return actual.keys() == expected.keys() and all(
            _near(value, expected[key], tolerance) for key, value in actual.items()
        )
    return bool(actual == expected)


def _by_stdio(use: _Bench, tests: Sequence[StdioTest]) -> _Finding:
    total = len(tests)
    for index, test in enumerate(tests):
        run = use.box.run(use.code, test.stdin, limits=use.limits, seed=use.seed)
        detail = f"test {index + 1}: "
        if run.ending is not Ending.EXITED:
            status = Status(run.ending.value)
            return _Finding(status, detail + "did not finish", index, total, "stdio")
        if run.exit_code != 0:
            reason = run.stderr.strip().rpartition("\n")[2] or f"exit code {run.exit_code}"
            return _Finding(Status.FAILED, detail + reason[:200], index, total, "stdio")
        if not same_text(run.stdout, test.stdout, test.tolerance):
            return _Finding(Status.FAILED, detail + "wrong output", index, total, "stdio")
    return _Finding(Status.PASSED, "", total, total, "stdio")


def same_text(actual: str, expected: str, tolerance: float = 0.0) -> bool:
    """Whether two outputs agree line by line; see `StdioTest` for what does not count."""
    left, right = _lines(actual), _lines(expected)
    if left == right:
        return True
    if not tolerance or len(left) != len(right):
        return False
    pairs = [(a.split(), b.split()) for a, b in zip(left, right, strict=True)]
    return all(
        len(a) == len(b) and all(_same_word(x, y, tolerance) for x, y in zip(a, b, strict=True))
        for a, b in pairs
    )


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().split("\n")]


def _same_word(actual: str, expected: str, tolerance: float) -> bool:
    if actual == expected:
        return True
    try:
        difference = abs(float(actual) - float(expected))
    except ValueError:
        return False
    return math.isfinite(difference) and difference <= tolerance


def _by_programs(use: _Bench, tests: list[str], entry_point: str | None) -> _Finding:
    lifted = [lift(test, entry_point) for test in tests]
    plain = [test for found in lifted for test in found or ()]
    if plain and None not in lifted:
        outcomes = _outcomes(use, plain)
        if isinstance(outcomes, _Finding):
            return outcomes
        if not any(isinstance(outcome, Opaque) for outcome in outcomes):
            return _compare_all(plain, outcomes)
    programs = [runnable(test, entry_point) for test in tests]
    return _by_pair(use, programs) or _by_shared(use, programs)


def _by_pair(use: _Bench, tests: list[str]) -> _Finding | None:
    """Judge across a wall; `None` if more than plain values would have to cross it."""
    nonce = secrets.token_hex()
    tester, subject = use.perform(
        {"task": "tests", "tests": tests, "names": foreign_names(tests), "nonce": nonce},
        {"task": "serve", "code": use.code},
    )
    total = len(tests)
    if subject.reports:  # the only thing that it reports is why it could not be loaded
        try:
            report = parse_report(subject.reports[0])
        except ProtocolViolation as error:
            return _Finding(Status.PROTOCOL_VIOLATION, str(error), 0, total, "pair")
        detail = str(report.get("load_error"))[:200]
        return _Finding(Status.LOAD_ERROR, detail, 0, total, "pair")
    verdicts, opaque = _verdicts(tester, nonce, total)
    if verdicts is not None and all(verdicts):
        return _Finding(Status.PASSED, "", total, total, "pair")
    if opaque:
        return None
    passed = sum(verdicts or ())
    for run in (subject, tester):
        if run.ending is not Ending.EXITED:
            status = Status(run.ending.value)
            return _Finding(status, "did not finish", passed, total, "pair")
    return _Finding(Status.FAILED, tester.stderr[-200:].strip(), passed, total, "pair")


def _verdicts(run: Run, nonce: str, total: int) -> tuple[list[bool] | None, bool]:
    """The verdict on each test, if the run reached its end; whether opaque objects came up."""
    try:
        report = parse_report(run.reports[-1]) if run.reports else {}
    except ProtocolViolation:
        return None, False
    passed = report.get("passed")
    if report.get("nonce") != nonce or not isinstance(passed, list) or len(passed) != total:
        return None, False
    return [verdict is True for verdict in passed], bool(report.get("opaque"))


def _by_shared(use: _Bench, tests: list[str]) -> _Finding:
    total = len(tests)
    finding = _run_shared(use, tests)
    if finding.status is not Status.PASSED:
        return finding
    random = Random(secrets.randbits(64))
    wrong = [
        [*tests[:index], control, *tests[index + 1 :]]
        for index, test in enumerate(tests)
        for control in controls(test, random, _CONTROLS)
    ]
    if not wrong:
        detail = "these tests need the program's own objects, and expect no value to check with"
        return _Finding(Status.UNGRADABLE, detail, 0, total, "shared")
    random.shuffle(wrong)
    for changed in wrong[: max(_CONTROLS, total)]:
        if _run_shared(use, changed).status is Status.PASSED:
            detail = "it passes even where the expected value is wrong"
            return _Finding(Status.TAMPERED, detail, 0, total, "shared")
    return finding


def _run_shared(use: _Bench, tests: list[str]) -> _Finding:
    nonce = secrets.token_hex()
    [run] = use.perform({"task": "shared", "code": use.code, "tests": tests, "nonce": nonce})
    total = len(tests)
    verdicts, _ = _verdicts(run, nonce, total)
    if verdicts is None and run.reports and b'"load_error"' in run.reports[0]:
        detail = run.reports[0].decode(errors="replace")[:200]
        return _Finding(Status.LOAD_ERROR, detail, 0, total, "shared")
    if run.ending is not Ending.EXITED:
        status = Status(run.ending.value)
        return _Finding(status, "did not finish", 0, total, "shared")
    if verdicts is None or run.exit_code != 0 or len(run.reports) != 1:
        return _Finding(Status.PROTOCOL_VIOLATION, "no sound verdict", 0, total, "shared")
    if all(verdicts):
        return _Finding(Status.PASSED, "", total, total, "shared")
    return _Finding(Status.FAILED, run.stderr[-200:].strip(), sum(verdicts), total, "shared")
