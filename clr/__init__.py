"""CLR: claim-level reliability. Verify a chain of thought, one claim at a time."""

from importlib import import_module as _import_module
from pathlib import Path as _Path
from typing import TYPE_CHECKING, Any

# The repository keeps verifiers/, sandbox/, training/ and benchmarks/ beside clr/; the wheel puts
# them inside it (see [tool.setuptools.package-dir]). In a checkout, look for them there too.
_checkout = _Path(__file__).resolve().parent.parent
if (_checkout / "pyproject.toml").is_file():
    __path__.append(str(_checkout))

__version__ = "0.1.0"

if TYPE_CHECKING:
    from clr.claim import Claim as Claim
    from clr.claim import Evidence as Evidence
    from clr.claim import Fault as Fault
    from clr.claim import Kind as Kind
    from clr.claim import Role as Role
    from clr.claim import Status as Status
    from clr.claim import Strength as Strength
    from clr.claim import Verdict as Verdict
    from clr.report import ClaimReport as ClaimReport
    from clr.report import Report as Report
    from clr.report import StepReport as StepReport
    from clr.segment import segment as segment
    from clr.segment import trace_of as trace_of
    from clr.trace import Span as Span
    from clr.trace import Step as Step
    from clr.trace import Trace as Trace

_HOMES = {
    "Claim": "clr.claim",
    "ClaimReport": "clr.report",
    "Evidence": "clr.claim",
    "Fault": "clr.claim",
    "Kind": "clr.claim",
    "Report": "clr.report",
    "Role": "clr.claim",
    "Span": "clr.trace",
    "Status": "clr.claim",
    "Step": "clr.trace",
    "StepReport": "clr.report",
    "Strength": "clr.claim",
    "Trace": "clr.trace",
    "Verdict": "clr.claim",
    "segment": "clr.segment",
    "trace_of": "clr.segment",
}
__all__ = [*_HOMES, "audit"]


def audit(
    *,
    problem: str,
    response: str | None = None,
    steps: "list[str] | None" = None,
    id: str = "0",
    profile: str = "precise",
) -> "Report":
    """Audit one trace, given as its whole `response` or as its `steps`, in this process.

    `profile` is "precise" (an error is a refuted claim) or "thorough" (unsupported claims and jumps
    are errors too).

    Raises:
        ValueError: neither or both of `response` and `steps` are given, or `profile` is unknown.
    """
    if (response is None) == (steps is None):
        raise ValueError("give either response or steps")
    from clr.auditor import audit as audit_trace
    from clr.segment import trace_of

    return audit_trace(trace_of(id, problem, response=response, steps=steps), profile=profile)


def __getattr__(name: str) -> Any:
    # PEP 562: `import clr` stays light, and a name loads its module when it is first used
    if name in _HOMES:
        return getattr(_import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'clr' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
