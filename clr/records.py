"""Traces from files: JSONL and Parquet, each record checked, errors named by file, line and field.

A record has `problem`, and either `steps` (a list of strings) or `response` (one string); `id`,
`answer` and `domain` are optional. Chat records have `prompt` and `completion`, each a string or a
list of {role, content}. A record that cannot be read is an `Unreadable`, and the rest goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from clr.segment import trace_of
from clr.trace import Trace

MAX_LINE = 64 << 20
"""Bytes; a longer line is unreadable."""

FIELDS = ("id", "problem", "steps", "response", "answer", "domain", "prompt", "completion")


class Message(msgspec.Struct, frozen=True):
    """One turn of a chat."""

    role: str
    content: str


class Record(msgspec.Struct, frozen=True):
    """A trace as users store it. Fields that are not named here are ignored."""

    id: str | int | None = None
    problem: str | None = None
    steps: list[str] | None = None
    response: str | None = None
    answer: str | int | float | None = None
    domain: str | None = None
    prompt: str | list[Message] | None = None
    completion: str | list[Message] | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record that could not be read. `line` counts from 1 (rows, for Parquet)."""

    path: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}"


class MissingExtra(ImportError):
    """An optional dependency is needed; the message says how to install it."""


def read_traces(
    path: Path, fields: Mapping[str, str] | None = None
) -> Iterator[Trace | Unreadable]:
    """Traces of a JSONL or Parquet file, in order, in constant memory.

    `fields` renames: {"problem": "question"} takes the problem from the field `question`.

    Raises:
        FileNotFoundError: the file is absent.
        MissingExtra: a Parquet file, and pyarrow is not installed.
    """
    rename = dict(fields or {})
    if path.suffix == ".parquet":
        yield from _parquet(path, rename)
    else:
        yield from _jsonl(path, rename)


def _jsonl(path: Path, rename: dict[str, str]) -> Iterator[Trace | Unreadable]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                while line and not line.endswith(b"\n"):
                    line = file.readline(MAX_LINE)
                yield Unreadable(str(path), number, f"a line of more than {MAX_LINE >> 20} MiB")
            elif line.strip():
                try:
                    raw = msgspec.json.decode(line)
                except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                    yield Unreadable(str(path), number, f"not JSON: {error}")
                else:
                    yield trace_from(raw, rename, str(path), number)


def _parquet(path: Path, rename: dict[str, str]) -> Iterator[Trace | Unreadable]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtra("Parquet needs pyarrow: pip install 'clr-verify[parquet]'") from error
    try:
        source = pyarrow.parquet.ParquetFile(path)
    except pyarrow.ArrowInvalid as error:
        yield Unreadable(str(path), 0, f"not a Parquet file: {error}")
        return
    number = 0
    for batch in source.iter_batches(batch_size=256):
        for row in batch.to_pylist():
            number += 1
            yield trace_from(row, rename, str(path), number)


def trace_from(
    raw: Any, rename: Mapping[str, str], path: str = "<memory>", number: int = 1
) -> Trace | Unreadable:
    """The trace that a decoded record holds, or why it holds none."""

    def unreadable(reason: str) -> Unreadable:
        return Unreadable(path, number, reason)

    if not isinstance(raw, dict):
        return unreadable(f"a record is an object, not {type(raw).__name__}")
    taken = {name: raw[rename.get(name, name)] for name in FIELDS if rename.get(name, name) in raw}
    try:
        record = msgspec.convert(taken, Record)
    except msgspec.ValidationError as error:
        return unreadable(_named(str(error), rename))
    problem = record.problem if record.problem is not None else _text(record.prompt, "user")
    response = record.response
    if response is None and record.completion is not None:
        response = _text(record.completion, "assistant")
    if problem is None:
        return unreadable("no field `problem` (rename one with --field problem=NAME)")
    if record.steps is None and response is None:
        return unreadable("neither `steps` nor `response` (rename one with --field steps=NAME)")
    strings = [problem, response or "", *(record.steps or ())]
    if any(_has_surrogate(s) for s in strings):
        return unreadable("a lone surrogate: the text is not valid Unicode")
    return trace_of(
        str(record.id) if record.id is not None else str(number - 1),
        problem,
        steps=record.steps,
        response=response,
        answer=None if record.answer is None else str(record.answer),
        domain=record.domain,
    )


def _named(message: str, rename: Mapping[str, str]) -> str:
    """A validation message with the field as the file names it."""
    for name in sorted(FIELDS, key=len, reverse=True):
        if f"$.{name}" in message:
            return message.replace(f"$.{name}", rename.get(name, name))
    return message


def _text(turns: str | list[Message] | None, role: str) -> str | None:
    if turns is None or isinstance(turns, str):
        return turns
    said = [m.content for m in turns if m.role == role] or [m.content for m in turns]
    return "\n\n".join(said)


def _has_surrogate(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
