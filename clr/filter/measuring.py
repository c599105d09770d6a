"""Facts of records: from audits, kept in a journal while they are made, or from finished reports.

All that an interrupted run cannot make again at no cost is what it measured. That is the journal, a
line for each record in order; everything else is made again from the records and the journal.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import msgspec

import clr
from clr.filter.facts import Facts, NotItsReport, digest_with_answer, facts_of, facts_of_line
from clr.pool import DEADLINE, map_audits
from clr.records import Source
from clr.trace import Trace

_facts = msgspec.json.Decoder(Facts)


class UnusableJournal(ValueError):
    """A journal that this run cannot go on with; the message says why and what to do."""


class UnusableReport(ValueError):
    """A file of reports that does not fit the records; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Auditing:
    """How records are audited (see `clr.pool.audit_all`)."""

    profile: str = "precise"
    workers: int = 2
    deadline: float = DEADLINE


def audited(
    sources: Iterator[Source], journal: Path, auditing: Auditing
) -> Iterator[tuple[Source, Facts]]:
    """Each record with its facts: those in the journal, then audits, which are added to it.

    Where the journal does not fit the records (a torn last line, or an input that has changed) its
    rest is cut off.

    Raises:
        UnusableJournal: it is none, or of another version or profile.
        RuntimeError: worker processes cannot start here.
    """
    heading = msgspec.json.encode(["clr filter", clr.__version__, auditing.profile]) + b"\n"
    with journal.open("ab+") as file:
        file.seek(0)
        first = file.readline()
        if not heading.startswith(first):
            raise UnusableJournal(
                f"{journal} is no journal of this version and profile; remove it, or leave out"
                " --resume, to start again"
            )
        whole = len(heading) if first == heading else 0
        if not whole:
            file.truncate(0)
            file.write(heading)
            whole = len(heading)
        unmatched: list[Source] = []
        for line in file:
            facts = _whole(line)
            if facts is None or (source := next(sources, None)) is None:
                break
            if facts.digest != digest_with_answer(source.trace):
                unmatched.append(source)
                break
            yield source, facts
            whole += len(line)
        file.truncate(whole)
        file.seek(whole)
        yield from _measured(chain(unmatched, sources), file, auditing)


def _whole(line: bytes) -> Facts | None:
    """The facts in a line of the journal; None if it is torn."""
    try:
        return _facts.decode(line) if line.endswith(b"\n") else None
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _measured(
    sources: Iterable[Source], journal: BinaryIO, auditing: Auditing
) -> Iterator[tuple[Source, Facts]]:
    held: deque[Source] = deque()

    def traces() -> Iterator[Trace]:
        for source in sources:
            held.append(source)
            yield source.trace

    for facts in map_audits(
        facts_of,
        traces(),
        workers=auditing.workers,
        profile=auditing.profile,
        deadline=auditing.deadline,
    ):
        journal.write(msgspec.json.encode(facts) + b"\n")
        journal.flush()
        yield held.popleft(), facts


def reported(sources: Iterator[Source], report: Path) -> Iterator[tuple[Source, Facts]]:
    """Each record with the facts of its report in a file that `clr audit` made of the same records.

    Raises:
        UnusableReport: the file ends early, or holds something else.
    """
    with report.open("rb") as lines:
        for number, source in enumerate(sources, 1):
            line = lines.readline()
            if not line:
                raise UnusableReport(
                    f"{report} ends before the records do; finish it with clr audit --resume"
                )
            try:
                yield source, facts_of_line(source.trace, line)
            except NotItsReport as error:
                raise UnusableReport(
                    f"{report}:{number}: {error}; audit the same files again, or leave out --report"
                ) from error
