"""FOLIO: is its notation read, and do the English premises decide what people say they decide?

Han et al. 2022, arXiv:2209.00840. The data is read from `folio.jsonl`, whose records hold premises,
conclusion, premises-FOL and label (True, False or Unknown). Notation that no grammar could read
(unbalanced brackets, blanks inside of names) counts as not read. English is judged as in an audit:
one step states the conclusion.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from clr.claim import Status
from clr.domains import sessions
from clr.fol.notation import NotationError, parse_formula
from clr.segment import trace_of

_RIGHT = {
    "True": {Status.VERIFIED},
    "False": {Status.REFUTED},
    "Unknown": {Status.JUMP, Status.UNSUPPORTED},
}
_DECIDED = frozenset().union(*_RIGHT.values())


class Sample(msgspec.Struct, frozen=True):
    """One argument in words and in symbols."""

    premises: list[str]
    conclusion: str
    label: str
    formulas: list[str] = msgspec.field(name="premises-FOL")


class Score(msgspec.Struct, frozen=True):
    """Counts; formulas without duplicates."""

    formulas: int
    formulas_read: int
    arguments: int
    problems_read: int
    """Arguments whose premises were all read in English."""
    decided: int
    """Conclusions verified, refuted, a jump or unsupported."""
    decided_wrongly: int
    """Decided otherwise than labelled."""


def load(path: Path) -> list[Sample]:
    """Samples of one JSONL file.

    Raises:
        FileNotFoundError: the file is absent.
        msgspec.ValidationError: a record lacks a field or has a wrong type.
    """
    decoder = msgspec.json.Decoder(Sample)
    return [decoder.decode(line) for line in path.read_bytes().splitlines() if line.strip()]


def is_read(formula: str) -> bool:
    """Whether a formula is read whole."""
    try:
        parse_formula(formula)
    except NotationError:
        return False
    return True


def judge(sample: Sample) -> Status | None:
    """The verdict on the conclusion; None if the premises are not read as an argument."""
    problem = " ".join(p.strip().rstrip(".") + "." for p in sample.premises)
    found = [s for s in sessions(problem) if s.domain.name == "arguments"]
    if not found:
        return None
    [step] = trace_of("conclusion", problem, steps=[sample.conclusion]).steps
    statuses = [verdict.status for _, verdict in found[0].take(step)]
    return statuses[-1] if statuses else Status.UNVERIFIABLE


def score(samples: Iterable[Sample]) -> Score:
    """How much is read, and how much of what is decided agrees with the labels."""
    samples = list(samples)
    formulas = {f.strip() for s in samples for f in s.formulas}
    judged = [(s, status) for s in samples if (status := judge(s)) is not None]
    decided = [(s, status) for s, status in judged if status in _DECIDED]
    return Score(
        formulas=len(formulas),
        formulas_read=sum(map(is_read, formulas)),
        arguments=len(samples),
        problems_read=len(judged),
        decided=len(decided),
        decided_wrongly=sum(status not in _RIGHT[s.label] for s, status in decided),
    )


def main(data: Path) -> Score:
    """Score `folio.jsonl` in `data` (a folder, or its parent).

    Raises:
        FileNotFoundError: no such file in `data`.
    """
    folder = data / "folio" if (data / "folio").is_dir() else data
    return score(load(folder / "folio.jsonl"))
