"""The outcome of a completion, by domain: right, wrong, or unknown. Apart from every audit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from clr.reading.answers import read_answer
from clr.reading.relations import read_expression
from clr.trace import Span, Step

Domain = Literal["math", "code", "logic", "instruct"]
DOMAINS: tuple[Domain, ...] = ("math", "code", "logic", "instruct")

_BLOCK = re.compile(r"```(?:python|py)?[ \t]*\n(.*?)```", re.S)
_SAID = re.compile(r"answer\s*(?:is|:)?\s*:?\s*\**\s*(.+?)\**\s*\.?\s*$", re.I | re.M)
_CHOICE = re.compile(r"\(?([A-Z])\)?")


@dataclass(frozen=True, slots=True)
class Sample:
    """A completion to be rewarded, and what it is graded against.

    `reference` is the answer, as text; `tests` are the test programs of a problem of code, with the
    function `entry_point`. `domain` is one of `DOMAINS`.
    """

    problem: str
    response: str
    domain: Domain
    reference: str | None = None
    tests: tuple[str, ...] = ()
    entry_point: str | None = None


def detect(tests: Sequence[str], problem: str) -> Domain:
    """The domain of a problem that does not name one."""
    if tests:
        return "code"
    from clr.domains import sessions

    return "logic" if sessions(problem) else "math"


def grade(sample: Sample) -> int | None:
    """1 for a right completion, 0 for a wrong one, None where nothing can tell.

    Raises:
        ValueError: the tests cannot be read.
        SandboxUnavailable: nothing on this machine can confine a program.
    """
    if sample.domain == "code":
        return _grade_program(sample)
    if sample.reference is None:
        return None
    reference = sample.reference.rsplit("####", 1)[-1].strip()
    if sample.domain == "logic":
        return _grade_words(sample.response, reference)
    return _grade_value(sample.response, reference)


def last_program(response: str) -> str | None:
    """The last fenced program of a response."""
    return next(reversed(_BLOCK.findall(response)), None)


def _grade_program(sample: Sample) -> int | None:
    if not sample.tests:
        return None
    program = last_program(sample.response)
    if program is None:
        return 0
    from clr.sandbox.grading import grade_code

    return grade_code(program, list(sample.tests), entry_point=sample.entry_point).outcome


def _grade_value(response: str, reference: str) -> int | None:
    from clr.notation.readings import TooAmbiguous, readings
    from clr.verifiers.compare import compare
    from clr.verifiers.outcome import Truth

    said = read_answer(Step(0, response, Span(0, len(response))))
    if said is None:
        return 0
    if " ".join(said.text.split()).strip("$ .") == reference.strip("$ ."):
        return 1
    value = read_expression(said.text.strip("$ ."))
    wanted = read_expression(reference.strip("$ "))
    if wanted is None:
        return None
    if value is None:
        return 0
    try:
        pairs = [(a, b) for a in readings(value) for b in readings(wanted)]
    except TooAmbiguous:
        return None
    truths = {compare(a, "=", b).truth for a, b in pairs}
    return 1 if Truth.TRUE in truths else None if Truth.UNKNOWN in truths else 0


def _grade_words(response: str, reference: str) -> int:
    said = _SAID.findall(response)
    words = _plain(said[-1] if said else response.strip().rsplit("\n", 1)[-1])
    wanted = _plain(reference)
    choice = _CHOICE.match(words) if _CHOICE.fullmatch(wanted) else None
    return int(words == wanted or (choice is not None and choice[1] == wanted.strip("()")))


def _plain(text: str) -> str:
    text = re.sub(r"\\boxed\{(.*)\}", r"\1", text.strip())
    return " ".join(text.strip("$*. ").split())
