"""What goes into a sandbox and what comes out: programs, limits, runs, values."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from clr.sandbox.values import Plain, decode, encode

MB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What one program may use. Sizes in bytes, times in seconds.

    `memory` is address space beyond the interpreter's own; `output` bounds standard output and
    standard error each, `result` the values sent back: passing either ends the program. `disk` and
    `files` bound its private work directory, `file_size` each file. `threads` counts its own.
    `cpu` is the wall limit, rounded up, if not given.
    """

    wall: float = 5.0
    cpu: int | None = None
    memory: int = 512 * MB
    stack: int = 16 * MB
    threads: int = 32
    open_files: int = 64
    disk: int = 16 * MB
    files: int = 1024
    file_size: int = 8 * MB
    output: int = MB
    result: int = 256 << 10


DEFAULT_LIMITS = Limits()


class Ending(StrEnum):
    """How a program came to its end, as the kernel and the parent saw it."""

    EXITED = "exited"
    TIMEOUT = "timeout"
    OOM = "oom"
    OUTPUT_LIMIT = "output_limit"
    CRASHED = "crashed"


@dataclass(frozen=True)
class Run:
    """One finished program: how it ended and what it left behind.

    `exit_code` is negative for a signal. `reports` are the lines of its result channel; they, like
    its output, are the words of foreign code. `cpu` in seconds, `memory` in bytes at the peak.
    `backend` and `level` say what confined it.
    """

    ending: Ending
    exit_code: int
    stdout: str
    stderr: str
    reports: tuple[bytes, ...]
    cpu: float
    memory: int
    backend: str
    level: int


@dataclass(frozen=True)
class Call:
    """A call of a top-level function, or of ``Class.method`` on a fresh instance."""

    function: str
    arguments: Sequence[Plain] = ()
    keywords: Mapping[str, Plain] = field(default_factory=dict)

    def task(self) -> dict[str, Any]:
        """Its form on the way in. Raises `NotPlain` for arguments that are no plain data."""
        arguments, keywords = encode(list(self.arguments)), encode(dict(self.keywords))
        return {"function": self.function, "arguments": arguments, "keywords": keywords}


@dataclass(frozen=True)
class Expression:
    """An expression, evaluated inside after the program."""

    text: str

    def task(self) -> dict[str, Any]:
        """Its form on the way in."""
        return {"expression": self.text}


@dataclass(frozen=True)
class Returned:
    """The call came back with a value made of plain built-in types."""

    value: Plain


@dataclass(frozen=True)
class Raised:
    """The call raised; `error` is the name of the exception's class."""

    error: str
    message: str


@dataclass(frozen=True)
class Opaque:
    """The call came back with something that is no plain data, of class `type`."""

    type: str


@dataclass(frozen=True)
class Stopped:
    """No answer: the program ended, or was ended, before this call came back."""

    ending: Ending


Outcome = Returned | Raised | Opaque | Stopped


class ProtocolViolation(Exception):
    """The result channel carries what our own driver does not write: the program wrote it."""


class LoadError(Exception):
    """The program could not be loaded; the message names the exception."""


def read_outcomes(run: Run, count: int) -> list[Outcome]:
    """What each of `count` calls came to. Raises `LoadError` and `ProtocolViolation`."""
    outcomes: list[Outcome] = []
    for line in run.reports:
        message = parse_report(line)
        if "load_error" in message and not outcomes:
            raise LoadError(": ".join(_texts(message["load_error"])))
        if message.get("call") != len(outcomes) or len(outcomes) == count:
            raise ProtocolViolation("results out of order")
        outcomes.append(_outcome(message))
    missing = count - len(outcomes)
    return outcomes + [Stopped(run.ending)] * missing


def parse_report(line: bytes) -> dict[str, Any]:
    """One line of a result channel. Raises `ProtocolViolation`."""
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        raise ProtocolViolation("not JSON") from None
    if not isinstance(message, dict):
        raise ProtocolViolation("not a report")
    return message


def _outcome(message: dict[str, Any]) -> Outcome:
    if "value" in message:
        try:
            return Returned(decode(message["value"]))
        except (ValueError, RecursionError) as error:
            raise ProtocolViolation(f"not a plain value: {error}") from None
    if "error" in message:
        return Raised(*_texts(message["error"]))
    if "opaque" in message:
        return Opaque(str(message["opaque"]))
    raise ProtocolViolation("a result without a value")


def _texts(pair: Any) -> tuple[str, str]:
    if isinstance(pair, list) and len(pair) == 2 and all(isinstance(text, str) for text in pair):
        return pair[0], pair[1]
    raise ProtocolViolation("not an exception")


def header(limits: Limits, programs: int, seed: int) -> dict[str, Any]:
    """What the fork-server is told of a job."""
    bounds = {**asdict(limits), "cpu": _cpu(limits)}
    return {"wall": limits.wall, "programs": programs, "limits": bounds, "seed": seed}


def _cpu(limits: Limits) -> int:
    return math.ceil(limits.wall) if limits.cpu is None else limits.cpu


def read_run(ending: Mapping[str, Any], limits: Limits, backend: str, level: int) -> Run:
    """A `Run` from what the fork-server and the client saw."""
    *reports, rest = ending["result"].split(b"\n")
    how = _how_it_ended(ending, limits, reports)
    if rest and how is Ending.EXITED:  # else it may be a line that was cut off
        reports.append(rest)
    return Run(
        how,
        ending["exit"],
        ending["out"].decode(errors="replace"),
        ending["err"].decode(errors="replace"),
        tuple(reports),
        ending["cpu"],
        ending["memory"],
        backend,
        level,
    )


def _how_it_ended(ending: Mapping[str, Any], limits: Limits, reports: Sequence[bytes]) -> Ending:
    if ending["over"] is not None:
        return Ending.OUTPUT_LIMIT
    if ending["killed"] == "partner":
        return Ending.EXITED
    if ending["exit"] < 0 and (ending["killed"] == "wall" or ending["cpu"] >= _cpu(limits)):
        return Ending.TIMEOUT
    if reports and b'"MemoryError"' in reports[-1]:
        return Ending.OOM
    return Ending.CRASHED if ending["exit"] < 0 else Ending.EXITED
