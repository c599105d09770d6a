"""Benchmarks by name: the contests on which reasoning models are compared.

Each is read from the Hugging Face hub, or from a local file.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from clr.training import data
from clr.training.data import File, Hub, Record, UnusableData

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


def known(name: str, count: int = 0) -> Hub:
    """Where the benchmark of this name is, limited to `count` problems; 0 is no limit.

    Raises:
        UnusableData: there is none.
    """
    if name not in BENCHMARKS:
        raise UnusableData(f"no benchmark {name!r}: there are {', '.join(BENCHMARKS)}")
    return msgspec.structs.replace(BENCHMARKS[name], count=count)


def benchmark(
    name: str, file: Path | None = None, fields: Mapping[str, str] | None = None
) -> list[Record]:
    """The problems of a benchmark, with `INSTRUCTION`.

    They come from `file` where one is given, with the columns that the hub has unless `fields`
    renames them: {"prompt": "question"}. A benchmark that is not in `BENCHMARKS` needs a file.

    Raises:
        FileNotFoundError, UnusableData: from reading, or no benchmark of this name and no file.
    """
    source: File | Hub
    if file is None:
        source = known(name)
    else:
        columns = BENCHMARKS[name].fields if name in BENCHMARKS else {}
        source = File(path=str(file), fields={**columns, **(fields or {})})
    return [
        msgspec.structs.replace(record, prompt=f"{record.prompt}\n\n{INSTRUCTION}")
        for record in data.read(source)
    ]
