"""Traces in: records of JSONL, Parquet and Hugging Face datasets, read one at a time.

A record holds `problem`, and `steps` (a list of strings) or `response` (one string); optionally
`id`, `answer` and `domain`. Chat records may hold `prompt` and `completion` instead, each a string
or a list of messages, or `messages`, a whole chat: the last turn of the assistant is the response,
and what the user says before it the problem. A record that cannot be used is reported with its
place, and reading goes on.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from clr.chat import Message, asked, last_turn, said
from clr.extras import extra
from clr.segment import trace_of
from clr.trace import Trace

FIELDS = (
    "id",
    "problem",
    "steps",
    "response",
    "prompt",
    "completion",
    "messages",
    "answer",
    "domain",
    "outcome",
)

_BEFORE_MESSAGES = (("problem", "prompt"), ("steps", "response", "completion"))
"""With one of each, `messages` is not read."""

MAX_LINE = 64 * 2**20
"""Bytes; a longer line is reported and skipped, so that no input can exhaust memory."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_ROWS_AT_ONCE = 256

_PACKED = "packed by {}: unpack it first"
_SIGNS = {
    b"\x1f\x8b": _PACKED.format("gzip"),
    b"BZh": _PACKED.format("bzip2"),
    b"\xfd7zXZ": _PACKED.format("xz"),
    b"\x28\xb5\x2f\xfd": _PACKED.format("zstd"),
    b"PK\x03\x04": _PACKED.format("zip"),
    b"PAR1": "Parquet: give it a name that ends in .parquet",
    b"\xff\xfe": "UTF-16: write it as UTF-8",
    b"\xfe\xff": "UTF-16: write it as UTF-8",
}
"""How files begin that people take for JSON lines."""

# What Python's json writes and JSON does not have: half of a surrogate pair, which models emit when
# they are cut off inside an emoji, and numbers that are none.
_LENIENT = re.compile(rb"\\u[dD][89a-fA-F]|NaN|Infinity")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record that could not be read. `line` counts from 1 (rows, for Parquet); 0 is the file."""

    path: str
    line: int
    field: str | None
    reason: str

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        return ": ".join(part for part in (where, self.field, self.reason) if part)


class _Unusable(Exception):
    """Why a record cannot be used, and the field at fault."""

    def __init__(self, reason: str, field: str | None = None) -> None:
        super().__init__(reason)
        self.field = field


class _OtherFormat(Exception):
    """A file that is not what its name says; and what it is instead."""


class Record(msgspec.Struct):
    """One record, as it is spelled in a file."""

    id: str | int | None = None
    problem: str | None = None
    steps: list[str] | None = None
    response: str | None = None
    prompt: str | list[Message] | None = None
    completion: str | list[Message] | None = None
    messages: list[Message] | None = None
    answer: str | int | float | None = None
    domain: str | None = None
    outcome: Any = None
    """Read by clr.filter; nothing in it can spoil an audit."""


@dataclass(frozen=True, slots=True)
class Source:
    """A trace and where it comes from: file, line (row) from 1, all values of the record, and its
    line as it stands in the file, for JSONL."""

    trace: Trace
    path: str
    line: int
    values: Mapping[str, Any]
    raw: bytes | None = None


def read_traces(
    path: Path, fields: Mapping[str, str] | None = None
) -> Iterator[Trace | Unreadable]:
    """The traces of a file in order, and what cannot be read with its place; see `read_records`.

    Raises:
        FileNotFoundError, MissingExtra: as `read_records`.
    """
    for record in read_records(path, fields):
        yield record.trace if isinstance(record, Source) else record


def read_records(
    path: Path, fields: Mapping[str, str] | None = None
) -> Iterator[Source | Unreadable]:
    """Records of a file in order, in constant memory: JSONL, Parquet, or the folder of a Hugging
    Face dataset on disk; `-` is JSONL on stdin.

    `fields` renames: {"problem": "question"} takes the problem from the field `question`. A record
    without an id gets its number, counted from 0. Of several fields that are there, the first of
    `steps`, `response`, `completion`, `messages` is read, and of `problem`, `prompt`, `messages`.

    Raises:
        FileNotFoundError: the file is absent, or the folder holds no dataset.
        MissingExtra: what reads the file is not installed.
    """
    try:
        for number, row in _rows(path):
            try:
                values = _decoded(row)
                trace = _trace(values, fields or {}, default_id=str(number - 1))
                raw = row if isinstance(row, bytes) else None
                yield Source(trace, str(path), number, values, raw)
            except _Unusable as error:
                yield Unreadable(str(path), number, error.field, str(error))
    except _OtherFormat as error:
        yield Unreadable(str(path), 0, None, str(error))


def _rows(path: Path) -> Iterator[tuple[int, bytes | dict[str, Any] | None]]:
    if path.is_dir():
        return enumerate(_dataset(path), 1)
    return _parquet_rows(path) if path.suffix == ".parquet" else _json_lines(path)


def _dataset(path: Path) -> Any:
    if not any((path / name).is_file() for name in ("state.json", "dataset_dict.json")):
        raise FileNotFoundError(f"{path} is a folder without a saved dataset: name the files in it")
    with extra("datasets", f"{path} is a dataset, which"):
        from datasets import Dataset, load_from_disk
    loaded = load_from_disk(str(path))
    if not isinstance(loaded, Dataset):
        raise FileNotFoundError(f"{path} holds several splits: name the folder of one")
    return loaded


def texts(path: Path) -> Iterator[str]:
    """Every string in the records of a file, at any depth; what cannot be read is left out.

    Raises:
        FileNotFoundError, MissingExtra: as `read_records`.
    """
    try:
        for _, row in _rows(path):
            with suppress(_Unusable):
                yield from _strings(_decoded(row))
    except _OtherFormat as error:
        raise FileNotFoundError(f"{path}: {error}") from error


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def count(path: Path) -> int | None:
    """Number of records in a file, for a progress bar; None where it cannot be known beforehand."""
    if path.is_dir():
        return len(_dataset(path))
    if not path.is_file():
        return None
    if path.suffix == ".parquet":
        try:
            return int(_parquet(path).metadata.num_rows)
        except _OtherFormat:
            return None
    total = 0
    last = b"\n"
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            total += block.count(b"\n")
            last = block[-1:]
    return total + (last != b"\n")


def _json_lines(path: Path) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines that are not blank; None for one that is too long."""
    opened: AbstractContextManager[BinaryIO]
    opened = nullcontext(sys.stdin.buffer) if path == Path("-") else path.open("rb")
    with opened as stream:
        number = 0
        while line := stream.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                while line and not line.endswith(b"\n"):
                    line = stream.readline(MAX_LINE)
                yield number, None
                continue
            if number == 1:
                line = line.removeprefix(_BYTE_ORDER_MARK)
                if other := _other_format(line):
                    raise _OtherFormat(other)
            if line.strip():
                yield number, line


def _other_format(line: bytes) -> str | None:
    """What a file is that begins with `line`, if it cannot be JSON lines."""
    for sign, what in _SIGNS.items():
        if line.startswith(sign):
            return what
    if line.strip() in (b"[", b"{", b"[{"):
        return "JSON over several lines: write each record on one line, as jq -c does"
    return None


def _decoded(row: bytes | dict[str, Any] | None) -> Any:
    if isinstance(row, dict):
        return row
    if row is None:
        raise _Unusable(f"longer than {MAX_LINE >> 20} MiB")
    try:
        return msgspec.json.decode(row)
    except UnicodeDecodeError as error:
        raise _Unusable("not UTF-8") from error
    except (msgspec.DecodeError, RecursionError) as error:
        if not _LENIENT.search(row):
            raise _Unusable(f"not JSON: {error}") from error
    try:
        return json.loads(row)
    except (ValueError, RecursionError) as error:
        raise _Unusable(f"not JSON: {error}") from error


def _parquet(path: Path) -> Any:
    with extra("parquet", f"{path} is Parquet, which"):
        import pyarrow
        import pyarrow.parquet
    try:
        return pyarrow.parquet.ParquetFile(path)
    except pyarrow.ArrowException as error:
        raise _OtherFormat(f"not a Parquet file: {error}") from error


def _parquet_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    number = 0
    for batch in _parquet(path).iter_batches(batch_size=_ROWS_AT_ONCE):
        for row in batch.to_pylist():
            number += 1
            yield number, row


def _trace(row: Any, columns: Mapping[str, str], *, default_id: str) -> Trace:
    if not isinstance(row, dict):
        if isinstance(row, list):
            raise _Unusable("a record is an object, not array: write each on a line of its own")
        raise _Unusable(f"a record is an object, not {json.dumps(row)[:40]}")
    record = _record(row, columns)
    spelled = {field: columns.get(field, field) for field in FIELDS}
    problem, response = _problem(record), _response(record)
    if problem is None:
        if record.messages:
            raise _Unusable("the assistant answers nothing that a user says", spelled["messages"])
        raise _Unusable(
            "missing; if it has another name here, use --field problem=NAME", spelled["problem"]
        )
    if record.steps is None and response is None:
        if record.messages:
            raise _Unusable("the assistant says nothing", spelled["messages"])
        raise _Unusable(
            "missing, and so is response; rename with --field steps=NAME or --field response=NAME",
            spelled["steps"],
        )
    return trace_of(
        default_id if record.id is None else str(record.id),
        problem,
        steps=record.steps,
        response=None if record.steps is not None else response,
        answer=None if record.answer is None else str(record.answer),
        domain=record.domain,
    )


def _problem(record: Record) -> str | None:
    if record.problem is not None:
        return record.problem
    if record.prompt is not None:
        return record.prompt if isinstance(record.prompt, str) else asked(record.prompt)
    before, _ = last_turn(record.messages or ())
    return asked(before) if before else None


def _response(record: Record) -> str | None:
    if record.response is not None:
        return record.response
    if record.completion is not None:
        return record.completion if isinstance(record.completion, str) else said(record.completion)
    _, turn = last_turn(record.messages or ())
    return said(turn) if turn else None


def _record(row: Mapping[str, Any], columns: Mapping[str, str]) -> Record:
    values: dict[str, Any] = {}
    for field in FIELDS:
        column = columns.get(field, field)
        if column in row:
            values[field] = None if _is_nan(row[column]) else row[column]
        elif field in columns:
            raise _Unusable(f"missing, though --field {field}={column} names it", column)
    if all(any(values.get(name) is not None for name in names) for names in _BEFORE_MESSAGES):
        values.pop("messages", None)  # whatever it holds
    try:
        return msgspec.convert(values, Record)
    except msgspec.ValidationError as error:
        what, _, path = str(error).partition(" - at `$.")
        place = path.removesuffix("`")
        field = re.split(r"[.\[]", place, maxsplit=1)[0]
        column = columns.get(field, field)
        raise _Unusable(_lowered(what), column + place[len(field) :]) from error


def _is_nan(value: object) -> bool:
    """How pandas writes that there is no value."""
    return isinstance(value, float) and math.isnan(value)


def _lowered(message: str) -> str:
    return (message[:1].lower() + message[1:]).replace("`", "")
