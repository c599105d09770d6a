"""Samples in, results out: in killable workers, one result for each sample, whatever happens.

The workers of a process are started once and shared by all its threads; a fork starts its own.
`CLR_WORKERS` bounds them for one machine: the ranks on a node (`LOCAL_WORLD_SIZE`) share them.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum

from clr.grading import Sample, grade
from clr.pool import STARTS, Crew
from clr.reward import Score, Weights, forfeit, score
from clr.verifiers.workers import CallFailed, Died, NotStarted, Overtime

_LOG = logging.getLogger("clr")

SECONDS = 5.0
"""Wall time for one sample; it gets as much again without the slow checks."""

DEADLINE = 60.0
"""Wall time for a batch: what is not done by then gets no more."""

LONGEST = 200_000
"""Characters: a longer response is not read."""

_ALARMING = 0.1
_FEW = 8
_LATE = "the deadline of the batch passed"


class Status(StrEnum):
    """What became of one sample."""

    OK = "ok"
    UNDECIDED = "undecided"
    """The audit ran out of time or memory; audited again without the slow checks."""
    UNGRADED = "ungraded"
    """No reference, or the grader cannot tell: there is no reward."""
    MALFORMED = "malformed"
    """Nothing to read: no text, or no characters."""
    TOO_LONG = "too_long"
    """More characters than are audited."""
    TIMEOUT = "timeout"
    """The time for the sample, or for its batch, passed."""
    DIED = "died"
    """A worker ran out of memory or crashed, twice."""
    FAILED = "failed"
    """A defect of ours; logged."""


@dataclass(frozen=True, slots=True)
class Result:
    """The score of one sample; None where it could not be graded. `note` explains a status."""

    status: Status
    score: Score | None
    note: str = ""

    @property
    def reward(self) -> float | None:
        """The reward; None if there is none."""
        return None if self.score is None else self.score.reward


@dataclass(frozen=True, slots=True)
class _Answer:
    outcome: int | None
    score: Score | None
    gave_up: str | None


def judge(sample: Sample, weights: Weights, outcome: int | None, slow: bool) -> _Answer:
    """Grade (unless `outcome` is known), audit and score one sample, in this process."""
    from clr.auditor import audit
    from clr.segment import trace_of

    graded = grade(sample) if outcome is None else outcome
    if graded is None:
        return _Answer(None, None, None)
    report = audit(trace_of("", sample.problem, response=sample.response), slow=slow)
    return _Answer(graded, score(report, graded, weights, problem=sample.problem), report.note)


_lock = threading.Lock()
_crew: Crew | None = None


def _crew_of(count: int) -> Crew:
    """The workers of this process, `count` or more."""
    global _crew
    with _lock:
        if _crew is None:
            _crew = Crew(count, preload=("clr.scoring", "clr.auditor"))
        _crew.grow(count)
        return _crew


def _forget() -> None:
    global _lock, _crew
    _lock, _crew = threading.Lock(), None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)


def workers_allowed() -> int:
    """Worker processes for this process: its share of `CLR_WORKERS`, or of the cores up to 8.

    0, only if `CLR_WORKERS` says so, is to score in this process without deadlines.

    Raises:
        ValueError: `CLR_WORKERS` or `LOCAL_WORLD_SIZE` is no number.
    """
    allowed = _number_in("CLR_WORKERS", min(os.cpu_count() or 1, 8))
    ranks = _number_in("LOCAL_WORLD_SIZE", 1)
    return max(1, allowed // max(1, ranks)) if allowed > 0 else 0


def _number_in(variable: str, otherwise: int) -> int:
    value = os.environ.get(variable) or str(otherwise)
    try:
        return int(value)
    except ValueError:
        raise ValueError(f"{variable}={value} in the environment is no whole number") from None


def score_all(
    samples: Sequence[Sample | None],
    weights: Callable[[str], Weights],
    *,
    seconds: float = SECONDS,
    deadline: float = DEADLINE,
    workers: int | None = None,
) -> list[Result]:
    """One result for each sample, in order. Never raises for what a sample holds.

    `weights` gives the weights of a domain. None stands for a completion that is no text. Equal
    samples are scored once. A sample gets `seconds`, and as much again without the slow checks;
    after `deadline` seconds the rest of the batch times out. A sample that exhausts its time or
    memory counts as wrong: else it would pay to write what exhausts a checker.

    Safe from any thread. Raises RuntimeError if no worker process can start here.
    """
    end = time.monotonic() + deadline
    count = workers_allowed() if workers is None else workers
    crew = _crew_of(count) if count else None
    distinct = list(dict.fromkeys(samples))

    def one(sample: Sample | None) -> Result:
        if sample is None or not sample.response.strip():
            price = weights(sample.domain if sample else "math")
            return Result(Status.MALFORMED, forfeit(price, "no text"), "no text")
        price = weights(sample.domain)
        if len(sample.response) > LONGEST:
            note = f"longer than {LONGEST} characters"
            return Result(Status.TOO_LONG, forfeit(price, note, len(sample.response)), note)
        if crew is None:
            return _here(sample, price)
        return _by_worker(crew, sample, price, seconds, end)

    if crew is None:
        found = {sample: one(sample) for sample in distinct}
    else:
        with ThreadPoolExecutor(len(crew), thread_name_prefix="clr-score") as threads:
            found = dict(zip(distinct, threads.map(one, distinct), strict=True))
    results = [found[sample] for sample in samples]
    _warn(results)
    return results


def _here(sample: Sample, weights: Weights) -> Result:
    try:
        return _result(judge(sample, weights, None, True))
    except Exception as error:
        _LOG.exception("scoring failed")
        return _failed(sample, weights, Status.FAILED, f"{type(error).__name__}: {error}")


def _by_worker(crew: Crew, sample: Sample, weights: Weights, seconds: float, end: float) -> Result:
    outcome: int | None = None
    note = ""
    if sample.domain == "code":
        # a program has its own confinement, which a worker's limits would only disturb
        left = end - time.monotonic()
        if left <= 0:
            return _failed(sample, weights, Status.TIMEOUT, _LATE)
        try:
            outcome = grade(sample, left)
        except TimeoutError as error:
            return _failed(sample, weights, Status.TIMEOUT, str(error))
        except Exception as error:
            _LOG.exception("grading failed")
            return Result(Status.UNGRADED, None, f"{type(error).__name__}: {error}")
        if outcome is None:
            return Result(Status.UNGRADED, None, "nothing can tell whether it is right")
    slow, starts = True, 0
    while True:
        left = end - time.monotonic()
        if left <= 0:
            return _failed(sample, weights, Status.TIMEOUT, _LATE)
        try:
            worker = crew.take(left)
        except Overtime:
            return _failed(sample, weights, Status.TIMEOUT, _LATE)
        except NotStarted as error:
            starts += 1
            if starts == STARTS:
                raise RuntimeError(f"{error}; CLR_WORKERS=0 scores in this process") from error
            continue
        try:
            left = min(seconds, end - time.monotonic())
            if left <= 0:
                return _failed(sample, weights, Status.TIMEOUT, _LATE)
            answer = worker.call(left, judge, sample, weights, outcome, slow)
            return _result(answer, undecided=None if slow else note)
        except NotStarted:
            continue  # killed since it was taken
        except Overtime as error:
            status, note = Status.TIMEOUT, str(error)
        except Died as error:
            status, note = Status.DIED, str(error)
        except CallFailed as error:
            status, note = Status.FAILED, str(error)
            _LOG.error("scoring failed: %s", error)
        finally:
            crew.give(worker)
        if not slow:
            return _failed(sample, weights, status, note)
        slow = False


def _result(answer: _Answer, undecided: str | None = None) -> Result:
    if answer.score is None:
        return Result(Status.UNGRADED, None, "no reference, or nothing can tell")
    note = answer.gave_up or undecided
    return Result(Status.UNDECIDED if note else Status.OK, answer.score, note or "")


def _failed(sample: Sample, weights: Weights, status: Status, note: str) -> Result:
    return Result(status, forfeit(weights, note, len(sample.response)), note)


def _warn(results: Sequence[Result]) -> None:
    counts = Counter(result.status for result in results)
    fine = counts[Status.OK]
    if len(results) >= _FEW and len(results) - fine > _ALARMING * len(results):
        said = ", ".join(f"{n} {status}" for status, n in counts.most_common())
        example = next(r.note for r in results if r.status is not Status.OK)
        _LOG.warning("only %d of %d scored ok: %s; e.g. %s", fine, len(results), said, example)
