"""What an audit found: a verdict for each claim, and what they say together.

`Report.to_dict` is the documented, stable JSON form: one object per trace, indices 0-based, spans
in characters of the response (docs/report-format.md).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from clr.claim import (
    Claim,
    Evidence,
    Fault,
    Kind,
    Role,
    Status,
    Strength,
    Verdict,
    undecided,
    whole_step,
)
from clr.trace import Span, Step, Trace

PROFILES = ("precise", "thorough")

_FAULTS = {
    "precise": frozenset({Status.REFUTED}),
    "thorough": frozenset({Status.REFUTED, Status.UNSUPPORTED, Status.JUMP}),
}
_GRAVITY = (
    Status.REFUTED,
    Status.UNSUPPORTED,
    Status.JUMP,
    Status.UNDECIDED,
    Status.VERIFIED,
    Status.UNVERIFIABLE,
)


class ClaimReport(msgspec.Struct, frozen=True, gc=False):
    """A claim and its verdict; `microseconds` is what the check took, where it was timed."""

    claim: Claim
    verdict: Verdict
    microseconds: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """The claim as JSON values."""
        evidence = self.verdict.evidence
        out: dict[str, Any] = {
            "kind": self.claim.kind.value,
            "text": self.claim.text,
            "span": [self.claim.span.start, self.claim.span.end],
            "statement": self.claim.statement,
            "role": self.claim.role.value,
            "status": self.verdict.status.value,
            "fault": self.verdict.fault.value if self.verdict.fault else None,
            "strength": self.verdict.strength.value if self.verdict.strength else None,
            "evidence": None,
            "checked_by": self.verdict.checked_by,
        }
        if evidence is not None:
            out["evidence"] = {
                "message": evidence.message,
                "expected": evidence.expected,
                "counterexample": dict(evidence.counterexample),
                "premises": list(evidence.premises),
            }
        if self.microseconds is not None:
            out["microseconds"] = self.microseconds
        return out


class StepReport(msgspec.Struct, frozen=True, gc=False):
    """A step and what was found in it."""

    step: Step
    claims: tuple[ClaimReport, ...]

    @property
    def status(self) -> Status:
        """The gravest status among its claims; `UNVERIFIABLE` if there is none."""
        found = {c.verdict.status for c in self.claims}
        return next((s for s in _GRAVITY if s in found), Status.UNVERIFIABLE)

    def to_dict(self) -> dict[str, Any]:
        """The step as JSON values."""
        return {
            "index": self.step.index,
            "text": self.step.text,
            "span": [self.step.span.start, self.step.span.end],
            "status": self.status.value,
            "claims": [c.to_dict() for c in self.claims],
        }


@dataclass(frozen=True, slots=True)
class Report:
    """The audit of one trace.

    `digest` names the content of the trace (problem and response); `first_error` is the index of
    the first step with a fault that counts under `profile`; `reliability` lies in [0, 1] (see
    clr.reliability); `note` says why an audit gave up, and is None otherwise.
    """

    id: str
    digest: str
    profile: str
    first_error: int | None
    reliability: float
    steps: tuple[StepReport, ...]
    note: str | None = None

    @property
    def counts(self) -> dict[Status, int]:
        """Number of claims by status, every status present."""
        found = Counter(c.verdict.status for s in self.steps for c in s.claims)
        return {status: found[status] for status in Status}

    @property
    def claims(self) -> tuple[ClaimReport, ...]:
        """All claims in order."""
        return tuple(c for s in self.steps for c in s.claims)

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON values."""
        return {
            "id": self.id,
            "digest": self.digest,
            "profile": self.profile,
            "first_error": self.first_error,
            "reliability": self.reliability,
            "note": self.note,
            "counts": {status.value: n for status, n in self.counts.items()},
            "steps": [s.to_dict() for s in self.steps],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Report:
        """The report that `to_dict` made `data` of.

        The typed body of a claim is not part of the JSON form: the body of a claim that is read
        back is its statement.

        Raises:
            KeyError, TypeError, ValueError: `data` is no report.
        """
        return cls(
            id=data["id"],
            digest=data["digest"],
            profile=data["profile"],
            first_error=data["first_error"],
            reliability=data["reliability"],
            steps=tuple(_step_report(step) for step in data["steps"]),
            note=data["note"],
        )


@dataclass(slots=True)
class Totals:
    """What many reports say together. `covered` counts steps with a verified or refuted claim."""

    traces: int = 0
    faulty: int = 0
    gave_up: int = 0
    steps: int = 0
    covered: int = 0
    counts: Counter[Status] = field(default_factory=Counter)

    def add(self, report: Report) -> None:
        """Count one more report."""
        self.traces += 1
        self.faulty += report.first_error is not None
        self.gave_up += report.note is not None
        self.steps += len(report.steps)
        for step in report.steps:
            found = [claim.verdict.status for claim in step.claims]
            self.counts.update(found)
            self.covered += is_covered(found)


def is_covered(statuses: Iterable[Status]) -> bool:
    """Whether a step with claims of these statuses counts as covered: something in it was decided,
    one way or the other."""
    return not _DECIDED.isdisjoint(statuses)


_DECIDED = frozenset((Status.VERIFIED, Status.REFUTED))


def digest_of(trace: Trace) -> str:
    """A name for the content of a trace (problem and steps): 32 hexadecimal digits, the same in
    every process."""
    lengths = [len(text) for text in (trace.problem, *(step.text for step in trace.steps))]
    content = f"{lengths}{trace.problem}{trace.response}"
    return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def gave_up(trace: Trace, profile: str, note: str) -> Report:
    """The report of a trace whose audit ran out of time or memory: every step is undecided."""
    steps = tuple(StepReport(step, (_undecided_step(step, note),)) for step in trace.steps)
    return Report(trace.id, digest_of(trace), profile, None, 0.0, steps, note)


def _undecided_step(step: Step, note: str) -> ClaimReport:
    return ClaimReport(whole_step(step), undecided("none", note))


def _step_report(data: Mapping[str, Any]) -> StepReport:
    step = Step(data["index"], data["text"], Span(*data["span"]))
    return StepReport(step, tuple(_claim_report(claim, step.index) for claim in data["claims"]))


def _claim_report(data: Mapping[str, Any], step: int) -> ClaimReport:
    claim = Claim(
        kind=Kind(data["kind"]),
        text=data["text"],
        span=Span(*data["span"]),
        step=step,
        statement=data["statement"],
        role=Role(data["role"]),
        body=data["statement"],
    )
    evidence = data["evidence"]
    verdict = Verdict(
        status=Status(data["status"]),
        checked_by=data["checked_by"],
        evidence=evidence
        and Evidence(
            message=evidence["message"],
            expected=evidence["expected"],
            counterexample=dict(evidence["counterexample"]),
            premises=tuple(evidence["premises"]),
        ),
        fault=data["fault"] and Fault(data["fault"]),
        strength=data["strength"] and Strength(data["strength"]),
    )
    return ClaimReport(claim, verdict, data.get("microseconds"))


def encode(report: Report) -> bytes:
    """The report as one line of JSON, without the newline."""
    return msgspec.json.encode(report.to_dict())


def decode(line: bytes) -> Report:
    """The report in one line of JSON.

    Raises:
        ValueError: the line is not JSON, or is no report.
    """
    try:
        return Report.from_dict(msgspec.json.decode(line))
    except KeyError as error:
        raise ValueError(f"not a report of clr audit: it has no {error}") from error
    except TypeError as error:
        raise ValueError(f"not a report of clr audit: {error}") from error


def faulty(verdict: Verdict, profile: str) -> bool:
    """Whether a verdict counts as an error under `profile`."""
    return verdict.status in _FAULTS[profile]


def first_error(steps: tuple[StepReport, ...], profile: str) -> int | None:
    """Index of the first step with a claim that counts as an error under `profile`.

    Raises:
        ValueError: `profile` is not one of `PROFILES`.
    """
    if profile not in _FAULTS:
        raise ValueError(f"no profile {profile!r}: use one of {', '.join(PROFILES)}")
    return next(
        (s.step.index for s in steps if any(faulty(c.verdict, profile) for c in s.claims)), None
    )
