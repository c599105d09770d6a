"""Speed on one core, cold: steps per second by stage, and claims per second beside math-verify.

The comparison is of the same step claims in the same run. It is not like for like: math-verify is
built for final answers, and CLR leaves undecided what it cannot read.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from functools import _lru_cache_wrapper
from importlib.resources import as_file, files
from pathlib import Path

import msgspec

from clr.auditor import audit
from clr.bodies.mathematics import Relation
from clr.claim import Claim, Status
from clr.notation.parser import parse
from clr.reading.relations import read_relations
from clr.records import read_traces
from clr.trace import Trace

COMPARED = 400
"""Claims of each set that math-verify is given; it is the slow part of the run."""


class Rate(msgspec.Struct, frozen=True):
    """`rate` in `unit` per second, or a ratio where the unit says so."""

    what: str
    rate: float
    unit: str


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return max(time.perf_counter() - start, 1e-9)


def rates(name: str, traces: list[Trace]) -> list[Rate]:
    """Rates on one set of traces, caches empty at the start."""
    steps = [step for trace in traces for step in trace.steps]
    claims: list[Claim] = []
    reading = _seconds(lambda: claims.extend(c for s in steps for c in read_relations(s)))
    _forget()
    whole = _seconds(lambda: [audit(trace) for trace in traces])
    out = [
        Rate(f"{name}: reading", len(steps) / reading, "steps/s"),
        Rate(f"{name}: audit, end to end", len(steps) / whole, "steps/s"),
    ]
    decided = [
        c.claim
        for t in traces
        for s in audit(t).steps
        for c in s.claims
        if c.verdict.status in (Status.VERIFIED, Status.REFUTED)
        and isinstance(c.claim.body, Relation)
        and c.claim.body.op == "="
    ]
    ours = sum(isinstance(c.body, Relation) for c in claims) / whole
    theirs = _math_verify(decided[:COMPARED])
    out.append(Rate(f"{name}: claims, reading and ledger included", ours, "claims/s"))
    if theirs is not None:
        out.append(Rate(f"{name}: math-verify on the same claims", theirs, "claims/s"))
        out.append(Rate(f"{name}: ratio", ours / theirs, "x"))
    return out


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
    pairs = [c.statement.split(" = ", 1) for c in claims if " = " in c.statement]

    def work() -> None:
        for left, right in pairs:
            gold = parse_answer(f"${left}$", parsing_timeout=None)
            verify(gold, parse_answer(f"${right}$", parsing_timeout=None), timeout_seconds=None)

    return len(pairs) / _seconds(work) if pairs else None


def main(data: Path | None = None, *, limit: int = 200) -> list[Rate]:
    """Rates on the ProcessBench subsets in `data`, or on the example traces without it.

    Raises:
        FileNotFoundError: a subset is absent from `data`.
    """
    parse("1 + 1")
    if data is None:
        with as_file(files("clr").joinpath("examples/traces.jsonl")) as path:
            traces = [t for t in read_traces(path) if isinstance(t, Trace)]
        return rates("examples", traces)
    folder = data / "processbench" if (data / "processbench").is_dir() else data
    out: list[Rate] = []
    for subset in ("gsm8k", "math"):
        found = read_traces(folder / f"{subset}.jsonl")
        traces = [t for t in found if isinstance(t, Trace)][:limit]
        out += rates(subset, traces)
    return out
