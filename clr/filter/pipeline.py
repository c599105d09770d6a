"""The filter from files to files: measure, decide, write, and then give the outputs their names.

Decisions follow from the records and the journal alone, and outputs are written from the start in
every run. So a run that was killed at any point and resumed ends as an undisturbed one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import msgspec

from clr.filter.criteria import Candidate, Criteria, Rejection, balanced, decide
from clr.filter.facts import row_of
from clr.filter.measuring import Auditing, UnusableJournal, audited, reported
from clr.filter.writing import line_of, lines, published, records
from clr.records import Source, Unreadable, read_records

EXAMPLES = 3
LOOKED_AT = 1000
"""Records at the start in which `without_outcomes` looks for an outcome."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to filter, and where to.

    `kept` and `rejected` are the outputs, `report` a finished audit of the same files. `fields`
    renames (see `clr.records.read_records`; the key `outcome` names the graded outcome).
    """

    files: Sequence[Path]
    kept: Path
    criteria: Criteria
    rejected: Path | None = None
    report: Path | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    auditing: Auditing = field(default_factory=Auditing)
    limit: int | None = None

    @property
    def journal(self) -> Path:
        """What a resumed run goes on from."""
        return self.kept.with_name(self.kept.name + ".journal")


@dataclass(slots=True)
class Tally:
    """What became of the records, with the first few rejected for each reason."""

    kept: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    unreadable: int = 0
    ungraded: int = 0
    """Records rejected for their outcome although nothing says whether they are right."""

    @property
    def records(self) -> int:
        """Records that were read."""
        return self.kept + self.reasons.total()


def without_outcomes(job: Job) -> int:
    """How many records stand at the start, `LOOKED_AT` at most, if the criteria ask for an outcome
    and none of these has one, nor an answer to grade against; else 0. Nothing is audited for it."""
    if not any("outcome" in condition.text for condition in job.criteria.conditions):
        return 0
    looked_at = 0
    most = LOOKED_AT if job.limit is None else min(LOOKED_AT, job.limit)
    for source in islice(_sources(job, lambda record: None), most):
        gradable = source.trace.answer is not None and source.trace.domain != "code"
        if gradable or _outcome(source, job.fields) is not None:
            return 0
        looked_at += 1
    return looked_at


def run(
    job: Job,
    *,
    resume: bool = False,
    unreadable: Callable[[Unreadable], None] = lambda record: None,
    progress: Callable[[int], None] = lambda done: None,
) -> Tally:
    """Filter, and return what became of the records. The outputs appear when all is done.

    `unreadable` is told of each record that cannot be read, `progress` the number of records done.
    With `resume`, what an interrupted run measured is not measured again.

    Raises:
        ValueError: UnusableJournal, UnusableReport or UnusableOutput, whose messages say what to
            do.
        MissingExtra: an input, output or criterion needs a package that is not installed.
        RuntimeError: worker processes cannot start here.
    """
    if job.journal.exists() and not resume:
        raise UnusableJournal(
            f"an interrupted run left {job.journal}: go on with --resume, or remove it"
        )
    tally = Tally()

    def tell(record: Unreadable) -> None:
        tally.unreadable += 1
        unreadable(record)

    # the quota takes a pass in which all records are measured; the next pass reads the journal
    quota = _quota(job, progress) if job.criteria.balanced else None
    decisions = decide(_candidates(job, tell), job.criteria)
    with published(*filter(None, (job.rejected, job.kept))):
        _write(job, decisions if quota is None else balanced(decisions, quota), tally, progress)
    job.journal.unlink(missing_ok=True)
    return tally


def _write(
    job: Job,
    decisions: Iterable[tuple[Candidate, Rejection | None]],
    tally: Tally,
    progress: Callable[[int], None],
) -> None:
    with ExitStack() as outputs:
        keep = outputs.enter_context(records(job.kept, job.files))
        reject = outputs.enter_context(lines(job.rejected)) if job.rejected else None
        for candidate, rejection in decisions:
            if rejection is None:
                tally.kept += 1
                keep(candidate.source)
            else:
                _count(tally, candidate.source, rejection)
                asked = "outcome" in rejection.reason
                tally.ungraded += asked and candidate.row["outcome"] is None
                if reject is not None:
                    reject(_rejected_line(candidate.source, rejection))
            progress(tally.records + tally.unreadable)


def _quota(job: Job, progress: Callable[[int], None]) -> int:
    """Records to keep of each outcome: as many as there are of the rarer one."""
    found: Counter[object] = Counter()
    candidates = _candidates(job, lambda record: None)
    for number, (candidate, rejection) in enumerate(decide(candidates, job.criteria), 1):
        found[candidate.row["outcome"]] += rejection is None
        progress(number)
    return min(found[0], found[1])


def _candidates(job: Job, tell: Callable[[Unreadable], None]) -> Iterator[Candidate]:
    sources = islice(_sources(job, tell), job.limit)
    if job.report is None:
        measured = audited(sources, job.journal, job.auditing)
    else:
        measured = reported(sources, job.report)
    for number, (source, facts) in enumerate(measured):
        outcome = _outcome(source, job.fields)
        row = row_of(source.trace, facts, outcome)
        yield Candidate(number, source, row, facts.solution)


def _sources(job: Job, tell: Callable[[Unreadable], None]) -> Iterator[Source]:
    """The records that can be used; of the others `tell` is told."""
    for file in job.files:
        for record in read_records(file, job.fields):
            if isinstance(record, Unreadable):
                tell(record)
                continue
            try:
                _outcome(record, job.fields)
            except ValueError as error:
                column = job.fields.get("outcome", "outcome")
                tell(Unreadable(record.path, record.line, column, str(error)))
            else:
                yield record


def _outcome(source: Source, fields: Mapping[str, str]) -> int | None:
    """The record's own outcome, if it has one.

    Raises:
        ValueError: it is no outcome.
    """
    value = source.values.get(fields.get("outcome", "outcome"))
    if value is None:
        return None
    if value not in (0, 1):  # True and 1.0 are 1
        raise ValueError("an outcome is 1, 0, true, false or null")
    return int(value)


def _count(tally: Tally, source: Source, rejection: Rejection) -> None:
    tally.reasons[rejection.reason] += 1
    examples = tally.examples.setdefault(rejection.reason, [])
    if len(examples) < EXAMPLES:
        detail = f", {rejection.detail}" if rejection.detail else ""
        examples.append(f"{source.trace.id} ({source.path}:{source.line}{detail})")


def _rejected_line(source: Source, rejection: Rejection) -> bytes:
    return (
        msgspec.json.encode(
            {
                "reason": rejection.reason,
                "detail": rejection.detail,
                "file": source.path,
                "line": source.line,
                "record": msgspec.Raw(line_of(source).rstrip()),
            }
        )
        + b"\n"
    )
