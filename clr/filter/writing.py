"""Records out: JSON lines or Parquet, into a file that appears under its name when it is whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from clr.extras import extra
from clr.records import Source

_ROWS_AT_ONCE = 1024


class UnusableOutput(ValueError):
    """These records cannot be written so; the message says what to do."""


def part_of(path: Path) -> Path:
    """Where `path` is written before it is whole."""
    return path.with_name(path.name + ".part")


@contextmanager
def published(*paths: Path) -> Iterator[None]:
    """While the parts of `paths` are written. They get their names at the end, or, if it is not
    reached, are removed.

    Raises:
        UnusableOutput: one of `paths` is a device or a pipe, which must not be replaced.
    """
    for path in paths:
        if path.exists() and not path.is_file():
            raise UnusableOutput(f"cannot write {path}: not a regular file")
    try:
        yield
        for path in paths:
            part_of(path).replace(path)
    finally:
        for path in paths:
            part_of(path).unlink(missing_ok=True)


def line_of(source: Source) -> bytes:
    """A record as a line of JSON: byte for byte its own line, if it has one."""
    raw = msgspec.json.encode(source.values) if source.raw is None else source.raw.rstrip(b"\r\n")
    return raw + b"\n"


@contextmanager
def lines(path: Path) -> Iterator[Callable[[bytes], None]]:
    """A function that writes a line into the part of `path`."""
    with part_of(path).open("wb") as file:

        def write(line: bytes) -> None:
            file.write(line)

        yield write
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def records(path: Path, inputs: Sequence[Path]) -> Iterator[Callable[[Source], None]]:
    """A function that writes a record of `inputs` into the part of `path`.

    Raises:
        UnusableOutput: Parquet is asked for, and the inputs have not one schema.
        MissingExtra: pyarrow is not installed.
    """
    if path.suffix != ".parquet":
        with lines(path) as write_line:
            yield lambda source: write_line(line_of(source))
        return
    schema = _schema(path, inputs)
    import pyarrow
    import pyarrow.parquet

    held: list[Any] = []
    with pyarrow.parquet.ParquetWriter(part_of(path), schema) as file:

        def flush() -> None:
            file.write_table(pyarrow.Table.from_pylist(held, schema=schema))
            held.clear()

        def write(source: Source) -> None:
            held.append(source.values)
            if len(held) == _ROWS_AT_ONCE:
                flush()

        yield write
        if held:
            flush()


def _schema(path: Path, inputs: Sequence[Path]) -> Any:
    """The one Arrow schema of the inputs."""
    with extra("parquet", f"{path} is Parquet, which"):
        import pyarrow.parquet
    schemas = []
    for source in inputs:
        if source.is_dir():
            from datasets import load_from_disk

            schemas.append(load_from_disk(str(source)).features.arrow_schema)
        elif source.suffix == ".parquet":
            schemas.append(pyarrow.parquet.read_schema(source))
        else:
            raise UnusableOutput(
                f"{source} has no schema, so that {path} cannot be Parquet: write JSON lines"
            )
    if any(not schema.equals(schemas[0]) for schema in schemas):
        raise UnusableOutput("the inputs have not one schema: filter each into a file of its own")
    return schemas[0]
