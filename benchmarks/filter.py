"""The filter on synthetic records: time beside an audit, memory, and kills.

    python -m clr.benchmarks.filter --records 20000 --kills 5
    python -m clr.benchmarks.filter --records 1000000 --kills 5 --reuse-reports

The records are small, and fall to every criterion of `sft`. Memory is the largest sum of resident
memory over the command and its workers; outputs after the kills must be byte for byte those of an
undisturbed run. With `--reuse-reports`, the filter reads reports that are made up of a few
real ones: so a million records take minutes.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec
import typer

from clr.auditor import audit
from clr.records import Unreadable, read_traces
from clr.report import Report, digest_of, encode

_EVERY = 0.2


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command: seconds, and the most resident memory of its processes in bytes."""

    seconds: float
    memory: int


def samples(count: int, seed: int = 0) -> Iterator[bytes]:
    """Lines of records, right and wrong, sound and unsound, repetitive, alike; one in 1000 bad."""
    random_ = random.Random(seed)
    earlier = [_sample(random_) for _ in range(100)]
    for number in range(count):
        if number % 1_000 == 999:
            yield b'{"problem": \n'
            continue
        record = _sample(random_)
        if number % 10 == 9:
            record = {**record, **random_.choice(earlier)}
            record["response"] += random_.choice(("", " Done.", " That is all."))
        elif number % 100 == 0:
            earlier[random_.randrange(100)] = record
        yield msgspec.json.encode(record) + b"\n"


def _sample(random_: random.Random) -> dict[str, Any]:
    a, b = random_.randrange(2, 2_000), random_.randrange(2, 2_000)
    total = a + b + (random_.random() < 0.2)
    names = " and ".join(f"name{random_.randrange(10_000)}" for _ in range(8))
    closing = " Let me check that once more." * random_.choice((1, 1, 1, 12))
    return {
        "problem": f"A shop sells {a} pens and {b} pencils. How many things is that?",
        "response": f"As {names} say, {a} + {b} = {total}. So there are {total} things.{closing}",
        "outcome": int(random_.random() < 0.7),
    }


def main(
    records: int, kills: int, workers: int, folder: Path, *, reuse_reports: bool
) -> dict[str, float]:
    """Measure in `folder`.

    Raises:
        RuntimeError: an output after kills differs from that of the undisturbed run.
    """
    source, reports = folder / "samples.jsonl", folder / "reports.jsonl"
    with source.open("wb") as file:
        file.writelines(samples(records))
    out: dict[str, float] = {"records": records, "kills": kills}
    options: tuple[object, ...] = ("-j", workers)
    if reuse_reports:
        _make_up(source, reports)
        options = ("--report", reports)
    else:
        audited = _finished(_clr("audit", source, "-o", reports, "-q", *options))
        out["audit_seconds"] = round(audited.seconds, 1)
    whole = _finished(_filter(source, folder, "whole", options))
    out["filter_seconds"] = round(whole.seconds, 1)
    memory = max(whole.memory, _killed(source, folder, kills, options, whole.seconds))
    out["memory_mb"] = round(memory / 1e6, 1)
    for name in ("kept", "rejected"):
        one, other = (folder / f"{run}.{name}.jsonl" for run in ("whole", "killed"))
        if not _same(one, other):
            raise RuntimeError(f"{one} and {other} differ")
        with one.open("rb") as file:
            out[name] = sum(1 for _ in file)
    return out


def _make_up(source: Path, reports: Path) -> None:
    """Reports of all traces: those of the first few, under the names of the others."""
    traces = (trace for trace in read_traces(source) if not isinstance(trace, Unreadable))
    models: list[Report] = []
    with reports.open("wb") as file:
        for number, trace in enumerate(traces):
            if number < 500:
                models.append(audit(trace))
            model = models[number % 500]
            report = replace(model, id=trace.id, digest=digest_of(trace))
            file.write(encode(report) + b"\n")


def _clr(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "clr", *map(str, arguments)]


def _filter(source: Path, folder: Path, run: str, options: Sequence[object]) -> list[str]:
    kept, rejected = (folder / f"{run}.{name}.jsonl" for name in ("kept", "rejected"))
    criteria = ("--preset", "sft", "--per-prompt", 4)
    outputs = ("-o", kept, "--rejected", rejected)
    return _clr("filter", source, *outputs, *criteria, *options, "-q", "--resume")


def _killed(
    source: Path, folder: Path, kills: int, options: Sequence[object], seconds: float
) -> int:
    """Kill a run `kills` times at random points, let it end, and return the most memory taken."""
    random_ = random.Random(kills)
    command = _filter(source, folder, "killed", options)
    memory = 0
    for kill in range(kills):
        after = seconds * random_.uniform(0.05, 0.9) / kills
        run = _watched(command, after)
        print(f"kill {kill + 1} after {run.seconds:.0f} s", file=sys.stderr, flush=True)
        memory = max(memory, run.memory)
    return max(memory, _finished(command).memory)


def _finished(command: Sequence[str]) -> Run:
    return _watched(command, None)


def _watched(command: Sequence[str], kill_after: float | None) -> Run:
    """Run a command to its end, or kill it after so many seconds."""
    start = time.monotonic()
    memory = 0
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            memory = max(memory, _resident(process.pid))
            if kill_after is not None and time.monotonic() - start > kill_after:
                process.send_signal(signal.SIGKILL)
            time.sleep(_EVERY)
    return Run(time.monotonic() - start, memory)


def _resident(pid: int) -> int:
    """Bytes of resident memory of a process and its children (Linux)."""
    process = Path(f"/proc/{pid}")
    try:
        status = (process / "status").read_text()
        # a child belongs to the thread that started it
        children = [path.read_text().split() for path in process.glob("task/*/children")]
    except OSError:
        return 0
    own = next((line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")), "0")
    return int(own) * 1024 + sum(_resident(int(child)) for child in chain.from_iterable(children))


def _same(one: Path, other: Path) -> bool:
    with one.open("rb") as a, other.open("rb") as b:
        while (block := a.read(1 << 20)) == b.read(1 << 20):
            if not block:
                return True
    return False


def _command(
    records: int = 20_000, kills: int = 5, workers: int = 2, reuse_reports: bool = False
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = main(records, kills, workers, Path(folder), reuse_reports=reuse_reports)
        print(msgspec.json.format(msgspec.json.encode(found)).decode())


if __name__ == "__main__":
    typer.run(_command)
