"""Random damage to hostile and ordinary traces: which of them crash, hang or starve an audit?

    python -m clr.benchmarks.fuzz --cases 100000 --seed 1

A case is named by seed and number, and made again from them. It is audited in a worker, under a
deadline and a memory cap; unlike the pool, nothing is tried again.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import msgspec
import typer

from clr.auditor import audit
from clr.benchmarks.hostile import cases
from clr.pool import MEMORY
from clr.records import read_traces
from clr.report import decode, encode
from clr.segment import trace_of
from clr.trace import Trace
from clr.verifiers.workers import CallFailed, Died, Overtime, Worker

_LONGEST = 3_000
_TOKENS = (
    "= < > <= \\le \\ne \\equiv \\approx + - * / ^ _ ! ' % ° ± , . ; : ( ) [ ] { } | \\( \\) \\["
    " \\] $ $$ & \\\\ \\frac{1}{2} \\sqrt{ \\sum_{k=1}^{n} \\int_0^1 \\binom{9}{4} \\boxed{ x y n"
    " \\pmod{7} f(x) f(x)= x^2 10^9 10^{10^9} 9! 0 1 -1 0.5 1/0 0^0 1e400 \\infty \\pi i e so not"
    " hence suppose let is prime divides gcd( half twice per dollars percent because if case 1:"
).split()


@dataclass(frozen=True, slots=True)
class Failure:
    """A case that did not end well: its number, and what happened."""

    number: int
    what: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of all cases. `slowest` is the number of one case, `seconds` its time."""

    cases: int
    failures: Sequence[Failure]
    slowest: int
    seconds: float
    per_second: float


def case(seed: int, number: int) -> Trace:
    """A trace made by cutting, joining, repeating and salting others."""
    chance = random.Random(f"{seed}/{number}")
    texts = _texts()
    text = chance.choice(texts)
    for _ in range(chance.randint(1, 6)):
        at = chance.randint(0, len(text))
        to = min(len(text), at + chance.randint(0, 40))
        match chance.randrange(5):
            case 0:
                text = text[:at] + text[to:]
            case 1:
                text = text[:to] + text[at:to] * chance.choice((1, 2, 30)) + text[to:]
            case 2:
                other = chance.choice(texts)
                start = chance.randint(0, len(other))
                text = text[:at] + other[start : start + chance.randint(1, 200)] + text[at:]
            case 3:
                salt = " ".join(chance.choices(_TOKENS, k=chance.randint(1, 6)))
                text = f"{text[:at]} {salt} {text[at:]}"
            case 4:
                text = text[:at] + chr(chance.choice((chance.randrange(128), 0x10000))) + text[to:]
        text = text[:_LONGEST]
    problem = chance.choice(texts)[:300]
    return trace_of(str(number), problem, response=text)


@cache
def _texts() -> list[str]:
    hostile = [text for _, pair in cases() for text in pair if len(text) <= _LONGEST]
    with as_file(files("clr") / "examples" / "traces.jsonl") as path:
        ordinary = [trace for trace in read_traces(path) if isinstance(trace, Trace)]
    return hostile + [text for trace in ordinary for text in (trace.problem, trace.response)] * 10


def _survives(seed: int, number: int) -> None:
    line = encode(audit(case(seed, number)))
    if encode(decode(line)) != line:
        raise ValueError("the report does not survive its JSON form")


def main(count: int, seed: int, deadline: float) -> Outcome:
    """Audit cases 0 to `count`."""
    worker = Worker(preload=("clr.benchmarks.fuzz",), memory=MEMORY)
    failures = []
    slowest, most = 0, 0.0
    begun = time.monotonic()
    for number in range(count):
        start = time.monotonic()
        try:
            worker.call(deadline, _survives, seed, number)
        except (CallFailed, Died, Overtime) as error:
            failures.append(Failure(number, f"{type(error).__name__}: {error}"))
        if (seconds := time.monotonic() - start) > most:
            slowest, most = number, seconds
    worker.close()
    rate = count / (time.monotonic() - begun)
    return Outcome(count, failures, slowest, round(most, 2), round(rate, 1))


def _command(cases: int = 1_000, seed: int = 0, deadline: float = 10.0) -> None:
    outcome = main(cases, seed, deadline)
    print(msgspec.json.format(msgspec.json.encode(outcome)).decode())


if __name__ == "__main__":
    # under its own name: a worker cannot import what is defined in __main__
    from clr.benchmarks import fuzz

    typer.run(fuzz._command)
