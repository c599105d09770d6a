"""The outcome of a completion, by domain: right, wrong, or unknown. Apart from every audit."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

Domain = Literal["math", "code", "logic", "instruct"]
DOMAINS: tuple[Domain, ...] = ("math", "code", "logic", "instruct")

_BLOCK = re.compile(r"```(?:python|py)?[ \t]*\n(.*?)```", re.S)


@dataclass(frozen=True, slots=True)
class Sample:
    """A completion to be rewarded, and what it is graded against.

    `reference` is the answer, as text; `tests` are the test programs of a problem of code, with the
    function `entry_point`; `rules` are instructions to follow, as JSON, see
    clr.verifiers.instructions. `domain` is one of `DOMAINS`.
    """

    problem: str
    response: str
    domain: Domain
    reference: str | None = None
    tests: tuple[str, ...] = ()
    entry_point: str | None = None
    rules: str | None = None


def detect(tests: Sequence[str], problem: str) -> Domain:
    """The domain of a problem that does not name one."""
    if tests:
        return "code"
    from clr.domains import is_puzzle, sessions

    return "logic" if is_puzzle(sessions(problem)) else "math"


def grade(sample: Sample, seconds: float = math.inf) -> int | None:
    """1 for a right completion, 0 for a wrong one, None where nothing can tell.

    What a completion thinks, in tags, is no part of its answer, program, or form.
    `seconds` is the wall time that is left for a program; it has its own limit besides.

    Raises:
        ValueError: the tests or the rules cannot be read.
        SandboxUnavailable: nothing on this machine can confine a program.
        TimeoutError: `seconds` were less than a program may take, and it took them.
    """
    from clr.verifiers.extraction import reply

    if sample.domain == "code":
        return _grade_program(sample, reply(sample.response), seconds)
    if sample.rules is not None:
        from clr.verifiers.instructions import check_instructions, rules_from

        rules = rules_from(json.loads(sample.rules))
        checks = check_instructions(reply(sample.response), rules)
        return int(all(not check.fault for check in checks))
    if sample.reference is None:
        return None
    from clr.verifiers.answer import grade_answer

    return grade_answer(sample.response, sample.reference).outcome


def last_program(response: str) -> str | None:
    """The last fenced program of a response."""
    return next(reversed(_BLOCK.findall(response)), None)


def _grade_program(sample: Sample, said: str, seconds: float) -> int | None:
    if not sample.tests:
        return None
    program = last_program(said)
    if program is None:
        return 0
    from clr.sandbox.grading import Status, grade_code
    from clr.sandbox.program import DEFAULT_LIMITS

    limits = replace(DEFAULT_LIMITS, wall=min(DEFAULT_LIMITS.wall, seconds))
    found = grade_code(program, list(sample.tests), entry_point=sample.entry_point, limits=limits)
    if found.status is Status.TIMEOUT and limits != DEFAULT_LIMITS:
        raise TimeoutError("the deadline passed while the tests ran")
    return found.outcome
