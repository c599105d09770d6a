"""CLR: claim-level reliability. Verify a chain of thought, one claim at a time.

The names below are imported when they are first used, so that `import clr` costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence as _Sequence
from importlib import import_module as _import_module
from pathlib import Path as _Path
from typing import TYPE_CHECKING

# The repository keeps verifiers/, sandbox/, training/ and benchmarks/ beside clr/; the wheel puts
# them inside it (see [tool.setuptools.package-dir]). In a checkout, look for them there too.
_checkout = _Path(__file__).resolve().parent.parent
if (_checkout / "pyproject.toml").is_file():
    __path__.append(str(_checkout))

if TYPE_CHECKING:
    from clr.claim import Claim, Evidence, Fault, Kind, Role, Status, Strength, Verdict
    from clr.pool import audit_all
    from clr.report import ClaimReport, Report, StepReport
    from clr.rewards import Reward
    from clr.sandbox.opening import open_box
    from clr.segment import trace_of
    from clr.trace import Span, Step, Trace

__version__ = "0.1.0"

_HOMES = {
    "clr.claim": ("Claim", "Evidence", "Fault", "Kind", "Role", "Status", "Strength", "Verdict"),
    "clr.pool": ("audit_all",),
    "clr.report": ("ClaimReport", "Report", "StepReport"),
    "clr.rewards": ("Reward",),
    "clr.sandbox.opening": ("open_box",),
    "clr.segment": ("trace_of",),
    "clr.trace": ("Span", "Step", "Trace"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Claim",
    "ClaimReport",
    "Evidence",
    "Fault",
    "Kind",
    "Report",
    "Reward",
    "Role",
    "Span",
    "Status",
    "Step",
    "StepReport",
    "Strength",
    "Trace",
    "Verdict",
    "audit",
    "audit_all",
    "open_box",
    "trace_of",
]


def audit(
    *,
    problem: str,
    response: str | None = None,
    steps: _Sequence[str] | None = None,
    id: str = "0",
    profile: str = "precise",
) -> Report:
    """Audit one trace, given as its whole response or as a list of steps, in this process.

    `problem` is what was asked; what it gives may be used without a reason, and "" gives nothing.
    `profile` says what counts as an error: "precise" only refuted claims, "thorough" also
    unsupported ones and jumps. For many traces, deadlines and a memory cap, use `audit_all`.

        >>> report = clr.audit(problem="Add 2 and 2.", response="2 + 2 = 5.")
        >>> report.first_error, report.steps[0].claims[0].verdict.status
        (0, <Status.REFUTED: 'refuted'>)

    The report has `first_error` (index of a step, or None), `reliability` (in [0, 1]), `steps`,
    each with its `claims`, and `counts` of claims by status; see docs/report-format.md.

    Raises:
        ValueError: both `response` and `steps` are given, or neither, or an unknown profile.
        TypeError: what should be a string is none.
    """
    from clr.auditor import audit
    from clr.segment import trace_of

    return audit(trace_of(id, problem, steps=steps, response=response), profile=profile)


def __getattr__(name: str) -> object:
    if name == "sandbox":  # clr.sandbox.open() needs no import of its own
        return _import_module("clr.sandbox")
    if name not in _HOME:
        raise AttributeError(f"module 'clr' has no attribute {name!r}")
    value = getattr(_import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
