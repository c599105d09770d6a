"""What is measured of a record: the fields that an expression may use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any

import msgspec

from clr.claim import Status
from clr.filter.expression import Row, Type
from clr.filter.ngrams import repetition, words
from clr.report import Report, digest_of, is_covered
from clr.trace import Trace
from clr.verifiers.answer import grade_answer

FIELDS: dict[str, Type] = {
    "outcome": Type.NUMBER | Type.NONE,
    "sound": Type.TRUTH,
    "reliability": Type.NUMBER,
    "first_error": Type.NUMBER | Type.NONE,
    **{status.value: Type.NUMBER for status in Status},
    "claims": Type.NUMBER,
    "steps": Type.NUMBER,
    "coverage": Type.NUMBER,
    "gave_up": Type.TRUTH,
    "words": Type.NUMBER,
    "characters": Type.NUMBER,
    "repetition": Type.NUMBER,
    "domain": Type.TEXT | Type.NONE,
    "id": Type.TEXT,
}
"""Fields of an expression (docs/filter.md says what each means)."""

_NO_CLAIM_OF_ITS_OWN = frozenset({"quantity", "answer", "step"})
_SIGNS = {
    **dict.fromkeys(("\\cdot", "\\times", "×", "·", "⋅"), "*"),
    **dict.fromkeys(("\\frac", "\\dfrac", "\\tfrac", "\\div", "÷", "/"), "/"),
    **dict.fromkeys(("\\left", "\\right", "\\,", "\\;", "\\!", "(", ")", "{", "}", "[", "]"), ""),
    **dict.fromkeys(("\\le", "\\leq", "≤"), "<="),
    **dict.fromkeys(("\\ge", "\\geq", "≥"), ">="),
    **dict.fromkeys(("\\approx", "≈", "~"), "~"),
    "−": "-",
}
_NAMES = frozenset("sqrt sin cos tan log ln exp gcd lcm mod pi max min".split())
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|[^\W\d_]+|<=|>=|[^\s\w$,.]")


class Facts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The measurements of one record, apart from its own words and outcome.

    `digest` names what was measured, problem, steps and reference answer; `solution` the claims
    that are made, whatever the words, the notation, and the order of operands. `outcome` is that of
    the response against the reference answer; None without one.
    """

    digest: str
    reliability: float
    first_error: int | None
    counts: tuple[int, ...]
    steps: int
    covered: int
    gave_up: bool
    words: int
    repetition: float
    solution: str
    outcome: int | None


def facts_of(trace: Trace, report: Report) -> Facts:
    """The facts of a trace and its report."""
    return _facts(
        trace,
        reliability=report.reliability,
        first_error=report.first_error,
        counts=tuple(report.counts.values()),
        steps=len(report.steps),
        covered=sum(
            is_covered(claim.verdict.status for claim in step.claims) for step in report.steps
        ),
        gave_up=report.note is not None,
        statements=(
            claim.claim.statement
            for claim in report.claims
            if claim.claim.kind.value not in _NO_CLAIM_OF_ITS_OWN
        ),
    )


def _facts(
    trace: Trace,
    *,
    statements: Iterable[str],
    **measured: Any,
) -> Facts:
    found = words(trace.response)
    return Facts(
        digest=digest_with_answer(trace),
        words=len(found),
        repetition=repetition(found),
        solution=_solution(statements, found),
        outcome=None
        if trace.answer is None or trace.domain == "code"
        else grade_answer(trace.response, trace.answer).outcome,
        **measured,
    )


def digest_with_answer(trace: Trace) -> str:
    """A name for what `Facts` depend on."""
    return f"{digest_of(trace)}:{trace.answer}" if trace.answer is not None else digest_of(trace)


def _solution(statements: Iterable[str], found: list[str]) -> str:
    """A name for the set of claims; of the words, where there is no claim to tell by."""
    claims = {canonical(statement) for statement in statements}
    content = "\n".join(sorted(claims)) if claims else "\n\n" + " ".join(found)
    return blake2b(content.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def canonical(statement: str) -> str:
    """The numbers, unknowns and signs of a claim, sorted: the order of operands and sides, the
    spelling of signs, brackets and units do not count. Without a number, its words count."""
    tokens = [_SIGNS.get(token, token) for token in _TOKEN.findall(statement)]
    if any(token[0].isdecimal() for token in tokens if token):
        tokens = [t for t in tokens if len(t) < 2 or not t.isalpha() or t.lower() in _NAMES]
    return " ".join(sorted(t.removeprefix("\\").lower() if len(t) > 1 else t for t in tokens if t))


def row_of(trace: Trace, facts: Facts, outcome: int | None) -> Row:
    """The fields of an expression for one record; its own `outcome` counts before ours."""
    row: dict[str, Any] = {
        status.value: count for status, count in zip(Status, facts.counts, strict=True)
    }
    return row | {
        "outcome": facts.outcome if outcome is None else outcome,
        "sound": not row["refuted"] and not row["unsupported"] and not facts.gave_up,
        "reliability": facts.reliability,
        "first_error": facts.first_error,
        "claims": sum(facts.counts),
        "steps": facts.steps,
        "coverage": facts.covered / facts.steps if facts.steps else 0.0,
        "gave_up": facts.gave_up,
        "words": facts.words,
        "characters": len(trace.response),
        "repetition": facts.repetition,
        "domain": trace.domain,
        "id": trace.id,
    }


class _Claim(msgspec.Struct):
    kind: str
    statement: str
    status: Status


class _Step(msgspec.Struct):
    claims: list[_Claim]


class _Line(msgspec.Struct):
    """As much of a line of `clr audit` as is needed."""

    id: str
    digest: str
    first_error: int | None
    reliability: float
    note: str | None
    steps: list[_Step]


_lines = msgspec.json.Decoder(_Line)


class NotItsReport(ValueError):
    """A line of a report file does not belong to the record that it is read beside."""


def facts_of_line(trace: Trace, line: bytes) -> Facts:
    """The facts of a trace and its report as a line of JSON.

    Raises:
        NotItsReport: the line is no report, or that of another trace.
    """
    try:
        report = _lines.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise NotItsReport(f"not a report of clr audit: {error}") from error
    if (report.id, report.digest) != (trace.id, digest_of(trace)):
        here = f"not of {trace.id!r}" if report.id != trace.id else "but of another text than here"
        raise NotItsReport(f"the report of {report.id!r}, {here}")
    statuses = [[claim.status for claim in step.claims] for step in report.steps]
    counts: Mapping[Status, int] = {
        status: sum(found.count(status) for found in statuses) for status in Status
    }
    return _facts(
        trace,
        reliability=report.reliability,
        first_error=report.first_error,
        counts=tuple(counts.values()),
        steps=len(report.steps),
        covered=sum(map(is_covered, statuses)),
        gave_up=report.note is not None,
        statements=(
            claim.statement
            for step in report.steps
            for claim in step.claims
            if claim.kind not in _NO_CLAIM_OF_ITS_OWN
        ),
    )
