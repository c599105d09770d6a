"""Speed on one core, cold: steps per second by stage, and claims per second beside math-verify.

Each stage starts with empty caches, and with no garbage of the stage before to collect; the
collector then runs as it does in a worker of `audit_all`: over what the stage itself makes. What a
process does only once, compiling patterns and building grammars, is done before on the examples
that CLR ships and on a puzzle of each kind; its time is told apart. The comparison is of the same
equations, each for itself and from text to verdict, in the same run. They are equations that CLR
decided, so it says nothing of what either could not read; and math-verify is built for final
answers rather than for steps.
"""

from __future__ import annotations

import gc
import logging
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from functools import _lru_cache_wrapper
from importlib.resources import as_file, files
from pathlib import Path

import msgspec

from clr.auditor import audit, check
from clr.benchmarks.own_logic import puzzles
from clr.bodies.mathematics import Relation
from clr.claim import Claim, Status, Verdict
from clr.ledger import Ledger
from clr.reading.relations import read_relations
from clr.records import read_traces
from clr.report import ClaimReport, Report
from clr.segment import trace_of
from clr.trace import Trace

COMPARED = 400
"""Claims of each set that math-verify is given; it is the slow part of the run."""


class Rate(msgspec.Struct, frozen=True):
    """`rate` in `unit` per second, or a ratio where the unit says so."""

    what: str
    rate: float
    unit: str


def _seconds(work: Callable[[], object]) -> float:
    _forget()
    gc.collect()
    gc.freeze()
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    gc.unfreeze()
    return max(seconds, 1e-9)


def rates(name: str, traces: list[Trace]) -> list[Rate]:
    """Rates on one set of traces, caches empty at the start of each."""
    steps = [step for trace in traces for step in trace.steps]
    reading = _seconds(lambda: [read_relations(step) for step in steps])
    reports: list[Report] = []
    whole = _seconds(lambda: reports.extend(audit(trace) for trace in traces))
    checked = [claim for report in reports for claim in report.claims]
    out = [
        Rate(f"{name}: reading", len(steps) / reading, "steps/s"),
        Rate(f"{name}: audit, end to end", len(steps) / whole, "steps/s"),
        Rate(f"{name}: audit, end to end", len(checked) / whole, "claims/s"),
    ]
    out += _by_checker(name, traces)
    return out + _beside_math_verify(name, _equalities(checked)[:COMPARED])


def _by_checker(name: str, traces: Iterable[Trace]) -> list[Rate]:
    """Claims per second of each checker, the commonest first."""
    _forget()
    claims: Counter[str] = Counter()
    microseconds: Counter[str] = Counter()
    for trace in traces:
        for claim in audit(trace, timing=True).claims:
            claims[claim.verdict.checked_by] += 1
            microseconds[claim.verdict.checked_by] += claim.microseconds or 0
    return [
        Rate(
            f"{name}: checked by {checker} ({n})", 1e6 * n / (microseconds[checker] + 1), "claims/s"
        )
        for checker, n in claims.most_common()
    ]


def _equalities(checked: Iterable[ClaimReport]) -> list[Claim]:
    """Decided equations, which are what math-verify can be asked about."""
    return [
        c.claim
        for c in checked
        if c.verdict.status in (Status.VERIFIED, Status.REFUTED)
        and isinstance(c.claim.body, Relation)
        and c.claim.body.op == "="
        and " = " in c.claim.statement
    ]


def _beside_math_verify(name: str, claims: list[Claim]) -> list[Rate]:
    """Claims per second from text to verdict, by both, each claim for itself: in an audit, which
    looks for every kind of claim and names what it finds, and by reading and checking relations
    only, which is what math-verify does."""
    theirs = _math_verify(claims)
    if theirs is None:
        return []
    alone = [trace_of("", "", steps=[f"\\({claim.statement}\\)"]) for claim in claims]
    audited = len(claims) / _seconds(lambda: [audit(trace) for trace in alone])
    checked = len(claims) / _seconds(lambda: [_relations_checked(trace) for trace in alone])
    equations = f"{name}: {len(claims)} equations"
    return [
        Rate(f"{equations}, CLR, audited", audited, "claims/s"),
        Rate(f"{equations}, CLR, read and checked", checked, "claims/s"),
        Rate(f"{equations}, math-verify", theirs, "claims/s"),
        Rate(f"{name}: ratio, audited", audited / theirs, "x"),
        Rate(f"{name}: ratio, read and checked", checked / theirs, "x"),
    ]


def _relations_checked(trace: Trace) -> list[Verdict]:
    return [check(claim, Ledger()) for step in trace.steps for claim in read_relations(step)]


def _forget() -> None:
    """Empty the caches, so that nothing is timed warm."""
    for name, module in list(sys.modules.items()):
        if name.startswith("clr."):
            for value in list(vars(module).values()):
                if isinstance(value, _lru_cache_wrapper):
                    value.cache_clear()


def _math_verify(claims: Iterable[Claim]) -> float | None:
    """Claims per second of math-verify, parsing both sides; None where it is not installed."""
    try:
        from math_verify import parse as parse_answer
        from math_verify import verify
    except ImportError:
        return None
    logging.getLogger("math_verify").setLevel(logging.ERROR)  # it warns that it has no timeout
    pairs = [c.statement.split(" = ", 1) for c in claims]

    def work() -> None:
        for left, right in pairs:
            gold = parse_answer(f"${left}$", parsing_timeout=None)
            verify(gold, parse_answer(f"${right}$", parsing_timeout=None), timeout_seconds=None)

    return len(pairs) / _seconds(work) if pairs else None


def _of_each_kind() -> list[Trace]:
    """A puzzle of each kind: each kind has a grammar of its own."""
    kinds = {puzzle.subset: puzzle for puzzle in puzzles()}
    return [trace_of(p.id, p.problem, steps=p.steps) for p in kinds.values()]


def main(data: Path | None = None, *, limit: int = 200) -> list[Rate]:
    """Rates on the ProcessBench subsets in `data`, or on the example traces without it.

    Raises:
        FileNotFoundError: a subset is absent from `data`.
    """
    with as_file(files("clr").joinpath("examples/traces.jsonl")) as path:
        examples = [t for t in read_traces(path) if isinstance(t, Trace)]
    met = [*examples, *_of_each_kind(), trace_of("", "", response="7 is in [3, 7].")]
    first, second = (_seconds(lambda: [audit(trace) for trace in met]) for _ in range(2))
    once = [Rate("done once in a process", 1e3 * (first - second), "ms")]
    if data is None:
        return once + rates("examples", examples)
    folder = data / "processbench" if (data / "processbench").is_dir() else data
    out = once
    for subset in ("gsm8k", "math"):
        found = read_traces(folder / f"{subset}.jsonl")
        traces = [t for t in found if isinstance(t, Trace)][:limit]
        out += rates(subset, traces)
    return out
