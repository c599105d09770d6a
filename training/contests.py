"""Benchmarks by name: the contests on which reasoning models are compared.

Each is read from the Hugging Face hub, or from a local file.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from clr.training import data
from clr.training.data import File, Hub, Record

_MATH_ARENA = {"id": "problem_idx", "prompt": "problem"}

BENCHMARKS: Mapping[str, Hub] = {
    "aime24": Hub(name="HuggingFaceH4/aime_2024", fields={"prompt": "problem"}),
    "aime25": Hub(name="MathArena/aime_2025", fields=_MATH_ARENA),
    "hmmt25": Hub(name="MathArena/hmmt_feb_2025", fields=_MATH_ARENA),
    "brumo25": Hub(name="MathArena/brumo_2025", fields=_MATH_ARENA),
    "math500": Hub(
        name="HuggingFaceH4/MATH-500",
        split="test",
        fields={"id": "unique_id", "prompt": "problem"},
    ),
}
"""Datasets of the hub, and what their columns are called."""

INSTRUCTION = "Reason step by step, and end with a line `Answer: ` followed by the answer alone."
"""Put after each problem."""


def benchmark(
    name: str, file: Path | None = None, fields: Mapping[str, str] | None = None
) -> list[Record]:
    """The problems of a benchmark, with `INSTRUCTION`.

    They come from `file` where one is given, with the columns that the hub has unless `fields`
    renames them: {"prompt": "question"}. A benchmark that is not in `BENCHMARKS` needs a file.

    Raises:
        KeyError: there is no benchmark of this name, and no file.
        FileNotFoundError, ValueError: from reading.
    """
    known = BENCHMARKS[name] if file is None else BENCHMARKS.get(name, Hub(name=name))
    renames = {**known.fields, **(fields or {})}
    source = known if file is None else File(path=str(file), fields=renames)
    return [
        msgspec.structs.replace(record, prompt=f"{record.prompt}\n\n{INSTRUCTION}")
        for record in data.read(source)
    ]
