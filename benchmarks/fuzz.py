"""Random damage to hostile and ordinary traces: which of them crash, hang or starve an audit?

    python -m clr.benchmarks.fuzz --cases 100000 --seed 1

A case is named by seed and number, and made again from them. It is audited in a worker, under a
deadline and a memory cap, with even numbers in the precise and odd ones in the thorough profile.
Unlike in the pool nothing is tried again, and an error that the audit would log and outlive fails.
"""

from __future__ import annotations

import logging
import random
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import msgspec
import typer

from clr.auditor import audit
from clr.benchmarks.hostile import Case, cases
from clr.benchmarks.seeds import SEEDS
from clr.pool import MEMORY
from clr.records import read_traces
from clr.report import decode, encode
from clr.segment import trace_of
from clr.trace import Trace
from clr.verifiers.workers import CallFailed, Died, Overtime, Worker

_LONGEST = 3_000
_LONGEST_PROBLEM = 600
_PROFILES = ("precise", "thorough")
_TOKENS = (
    "= < > <= \\le \\ne \\equiv \\approx + - * / ^ _ ! ' % ° ± , . ; : ( ) [ ] { } | \\( \\) \\["
    " \\] $ $$ & \\\\ \\frac{1}{2} \\sqrt{ \\sum_{k=1}^{n} \\int_0^1 \\binom{9}{4} \\boxed{ x y n"
    " \\pmod{7} f(x) f(x)= x^2 10^9 10^{10^9} 9! 0 1 -1 0.5 1/0 0^0 1e400 \\infty \\pi i e so not"
    " hence suppose let is prime divides gcd( half twice per dollars percent because if case 1:"
    " first second last leftmost before after between (A) stack: empty push pop > ] swap swaps has"
    ' ball sort: list: words letter: (15) ? " all no some every either neither unless iff lies'
    " true True False and or implies → ¬ ∧ ` ``` ```python def f(x): return while for print("
    " returns prints raises >>> == => [] [1,2] {'k':1} 'ab' 9:40 am March days turn left steps wait"
).split()


@dataclass(frozen=True, slots=True)
class Failure:
    """A case that did not end well: its number, and what happened."""

    number: int
    what: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of all cases. `slowest` is the number of one case, `seconds` its time; `peak`
    the most memory that a worker has held in its life, in MiB."""

    cases: int
    failures: Sequence[Failure]
    slowest: int
    seconds: float
    per_second: float
    peak: int


def case(seed: int, number: int) -> Trace:
    """A trace made by cutting, joining, repeating and salting others."""
    chance = random.Random(f"{seed}/{number}")
    problem, response = chance.choice(_traces())
    if chance.randrange(2):  # else a problem that is read as its domain wants it
        problem = _damaged(problem, chance)
    response = _damaged(response, chance)
    return trace_of(str(number), problem[:_LONGEST_PROBLEM], response=response)


def _damaged(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 6)):
        at = chance.randint(0, len(text))
        to = min(len(text), at + chance.randint(0, 40))
        match chance.randrange(5):
            case 0:
                text = text[:at] + text[to:]
            case 1:
                text = text[:to] + text[at:to] * chance.choice((1, 2, 30)) + text[to:]
            case 2:
                other = chance.choice(chance.choice(_traces()))
                start = chance.randint(0, len(other))
                text = text[:at] + other[start : start + chance.randint(1, 200)] + text[at:]
            case 3:
                salt = " ".join(chance.choices(_TOKENS, k=chance.randint(1, 6)))
                text = f"{text[:at]} {salt} {text[at:]}"
            case 4:
                text = text[:at] + chr(chance.choice((chance.randrange(128), 0x10000))) + text[to:]
        text = text[:_LONGEST]
    return text


@cache
def _traces() -> list[Case]:
    hostile = [pair for _, pair in cases() if max(map(len, pair)) <= _LONGEST]
    with as_file(files("clr") / "examples" / "traces.jsonl") as path:
        ordinary = [trace for trace in read_traces(path) if isinstance(trace, Trace)]
    return hostile + ([(trace.problem, trace.response) for trace in ordinary] + [*SEEDS]) * 10


class _Defects(logging.Handler):
    """Raises what the audit logs: an error of ours, though the trace gets its report."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        raise RuntimeError(f"{record.getMessage()}: {error!r}")


_DEFECTS = _Defects()


def _survives(seed: int, number: int) -> int:
    """The most memory that this process has held, in KiB, after it has audited a case."""
    logging.getLogger("clr").addHandler(_DEFECTS)  # once: a logger knows its handlers
    line = encode(audit(case(seed, number), profile=_PROFILES[number % 2]))
    if encode(decode(line)) != line:
        raise ValueError("the report does not survive its JSON form")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main(count: int, seed: int, deadline: float) -> Outcome:
    """Audit cases 0 to `count`."""
    worker = Worker(preload=("clr.benchmarks.fuzz",), memory=MEMORY)
    failures = []
    slowest, most, peak = 0, 0.0, 0
    begun = time.monotonic()
    for number in range(count):
        start = time.monotonic()
        try:
            peak = max(peak, worker.call(deadline, _survives, seed, number))
        except (CallFailed, Died, Overtime) as error:
            failures.append(Failure(number, f"{type(error).__name__}: {error}"))
        if (seconds := time.monotonic() - start) > most:
            slowest, most = number, seconds
    worker.close()
    rate = count / (time.monotonic() - begun)
    return Outcome(count, failures, slowest, round(most, 2), round(rate, 1), peak >> 10)


def _command(cases: int = 1_000, seed: int = 0, deadline: float = 10.0) -> None:
    outcome = main(cases, seed, deadline)
    print(msgspec.json.format(msgspec.json.encode(outcome)).decode())


if __name__ == "__main__":
    # under its own name: a worker cannot import what is defined in __main__
    from clr.benchmarks import fuzz

    typer.run(fuzz._command)
