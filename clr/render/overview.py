"""What the page says of all traces together, as figures and bars."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from clr.claim import Kind, Status
from clr.report import Report, is_covered

FAULTS = (Status.REFUTED, Status.UNSUPPORTED, Status.JUMP)
BINS = 10
LAST = 12
"""Steps from this one on are counted together."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart: `share` in [0, 1] is its length, `value` is printed beside it."""

    label: str
    share: float
    value: str


@dataclass(slots=True)
class Overview:
    """Counts over traces and claims. A sound trace has no fault and was audited to its end."""

    traces: int = 0
    sound: int = 0
    gave_up: int = 0
    steps: int = 0
    covered: int = 0
    faulty: Counter[Status] = field(default_factory=Counter)
    reliability: Counter[int] = field(default_factory=Counter)
    first: Counter[int] = field(default_factory=Counter)
    at_step: Counter[int] = field(default_factory=Counter)
    kinds: Counter[Kind] = field(default_factory=Counter)
    decided: Counter[Kind] = field(default_factory=Counter)
    microseconds: Counter[str] = field(default_factory=Counter)

    def add(self, report: Report) -> None:
        """Count one more report."""
        found = {claim.verdict.status for claim in report.claims}
        self.traces += 1
        self.gave_up += report.note is not None
        self.sound += report.note is None and found.isdisjoint(FAULTS)
        self.faulty.update(status for status in FAULTS if status in found)
        self.reliability[min(BINS - 1, int(report.reliability * BINS))] += 1
        if report.first_error is not None:
            self.first[min(LAST, report.first_error)] += 1
        self.steps += len(report.steps)
        for step in report.steps:
            self.covered += is_covered(c.verdict.status for c in step.claims)
            for claim in step.claims:
                kind, status = claim.claim.kind, claim.verdict.status
                self.kinds[kind] += 1
                self.decided[kind] += is_covered((status,))
                self.at_step[min(LAST, step.step.index)] += status in FAULTS
                self.microseconds[claim.verdict.checked_by] += claim.microseconds or 0

    def tiles(self) -> list[tuple[str, str, str, str]]:
        """The figures on top: a name for their style, a label, a share, and a count."""
        of = [("sound", "without a fault", self.sound)]
        of += [(status.value, _NAMES[status], self.faulty[status]) for status in FAULTS]
        whole = self.traces
        shown = [(n, label, _percent(k, whole), f"{k:,} of {whole:,}") for n, label, k in of]
        covered = f"{self.covered:,} of {self.steps:,}"
        share = _percent(self.covered, self.steps)
        return [*shown, ("coverage", "steps verified or refuted", share, covered)]

    def histograms(self) -> list[tuple[str, str, list[Bar]]]:
        """Title, what it counts, and columns in the order of what they count by."""
        bins = {f"{i / BINS:.1f}": self.reliability[i] for i in range(BINS)}
        return [
            ("Reliability", "traces, by tenth", _bars(bins)),
            ("First error", "traces, by step", _bars(_by_step(self.first))),
            ("Faults", "claims, by step", _bars(_by_step(self.at_step))),
        ]

    def charts(self) -> list[tuple[str, str, list[Bar]]]:
        """Title, what it counts, and bars, the longest first; the last chart is empty unless checks
        were timed."""
        spent = {name: us for name, us in self.microseconds.most_common(8) if us}
        total = sum(spent.values())
        coverage = [
            Bar(kind.value, self.decided[kind] / n, f"{_percent(self.decided[kind], n)} of {n:,}")
            for kind, n in self.kinds.most_common()
        ]
        timed = [
            Bar(name, us / max(spent.values()), f"{us / 1000:,.1f} ms, {_percent(us, total)}")
            for name, us in spent.items()
        ]
        return [
            ("Coverage by kind", "claims verified or refuted", coverage),
            ("Time by checker", "share of all checks", timed),
        ]


_NAMES = {
    Status.REFUTED: "a refuted claim",
    Status.UNSUPPORTED: "an unsupported claim",
    Status.JUMP: "a logical jump",
}


def _by_step(counts: Counter[int]) -> dict[str, int]:
    found = [step for step, n in counts.items() if n]
    return {f"{i}+" if i == LAST else str(i): counts[i] for i in range(max(found, default=-1) + 1)}


def _bars(counts: dict[str, int]) -> list[Bar]:
    most = max(counts.values(), default=0)
    return [Bar(label, n / most if most else 0.0, f"{n:,}") for label, n in counts.items()]


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "–"
