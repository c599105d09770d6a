"""Puzzles of our own: are readers of logic silent where they should be, in styles new to them?

`own_logic.jsonl` holds traces about orderings, seats, who has what, swaps, stacks, counters,
words, arguments, liars, dates, walks and counts, in the manners of many models: monologues,
tables, arrows, slots, terse lists. Most argue rightly throughout, some with trials and detours;
the others hold exactly one planted error, in the step that is the label; records are those of
ProcessBench. All were written before looking at how claims are read; the rules that came from
them are general, but their rates are no estimate any more. Read beside the rates how many steps
have a decided claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.resources import files

import msgspec

from clr.benchmarks.processbench import Sample, run
from clr.claim import Status
from clr.report import Report


class Puzzle(Sample, frozen=True, kw_only=True):
    """One labelled trace."""

    subset: str
    style: str


class Row(msgspec.Struct, frozen=True):
    """Counts over the traces of one subset."""

    subset: str
    right: int
    """Traces that argue rightly throughout."""
    decided: int
    """Of these, the ones with a claim that was verified or refuted."""
    alarms: int
    """Of these, the ones with a claim that was refuted."""
    planted: int
    """Traces with an error."""
    exact: int
    """Of these, the ones whose first refuted step is the wrong one."""
    early: int
    """Of these, the ones with a refuted claim before the error: false alarms."""
    steps: int
    covered: int
    """Steps with a claim that was verified or refuted."""


def puzzles() -> list[Puzzle]:
    """All traces, right and wrong."""
    text = (files("clr.benchmarks") / "own_logic.jsonl").read_bytes()
    decoder = msgspec.json.Decoder(Puzzle)
    return [decoder.decode(line) for line in text.splitlines()]


def row(subset: str, results: Iterable[tuple[Sample, Report]]) -> Row:
    """The counts over audited traces."""
    counts: dict[str, int] = dict.fromkeys(Row.__struct_fields__[1:], 0)
    for sample, report in results:
        statuses = [{c.verdict.status for c in step.claims} for step in report.steps]
        covered = [bool(s & {Status.VERIFIED, Status.REFUTED}) for s in statuses]
        refuted = [i for i, s in enumerate(statuses) if Status.REFUTED in s]
        counts["steps"] += len(statuses)
        counts["covered"] += sum(covered)
        if sample.label < 0:
            counts["right"] += 1
            counts["decided"] += any(covered)
            counts["alarms"] += bool(refuted)
        else:
            counts["planted"] += 1
            counts["exact"] += refuted[:1] == [sample.label]
            counts["early"] += bool(refuted) and refuted[0] < sample.label
    return Row(subset=subset, **counts)


def main(samples: Sequence[Puzzle] | None = None) -> list[Row]:
    """A row for each subset, and one for all; of `samples`, if not of all puzzles."""
    every = puzzles() if samples is None else samples
    found = run(every, profile="precise")
    names = dict.fromkeys(p.subset for p in every)
    pairs = list(zip(every, found, strict=True))
    rows = [row(name, [pair for p, pair in pairs if p.subset == name]) for name in names]
    return [*rows, row("all", found)]
