"""Training records: where they come from, and which are kept.

A `Source` says where records come from: a file, a dataset of the Hugging Face hub, a benchmark by
name, procedural tasks of reasoning-gym, or our own traces and instructions. `load` reads several,
and drops what overlaps with records held out for evaluation.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Literal

import msgspec

from clr.training import assignments, traces

Message = dict[str, str]


GYM_TASKS: Mapping[str, Mapping[str, dict[str, Any]]] = {
    "arithmetic": {"chain_sum": {}, "gcd": {}},
    "algebra": {"simple_equations": {}, "polynomial_equations": {}},
    "logic": {"propositional_logic": {}, "knights_knaves": {}},
    "code": {"codeio": {}},
}
"""Tasks of reasoning-gym and their settings, by domain."""


_PEEKED = 100
"""Records of a file or dataset that are read to see whether it is what it should be."""


class UnusableData(ValueError):
    """Data that cannot be read, or are of no use where they are wanted; the message says why."""


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A prompt, and what is known about its answer.

    `completion` is a trace to learn from, empty where there is none. `answer` is the reference.
    `checker` says what grades a completion (see `outcome.grade`): "answer" compares with the
    reference, "gym" asks the reasoning-gym task that made the record, "tests" runs the program in
    the sandbox, "rules" asks the rule validators. `detail` holds what that checker needs.
    """

    id: str
    domain: str
    prompt: str
    completion: str = ""
    answer: str = ""
    checker: str = "answer"
    detail: dict[str, Any] = {}


class Source(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="use"
):
    """Where records come from. `count` limits them; 0 is no limit."""

    count: int = 0


class File(Source, frozen=True, tag="file"):
    """A JSONL or Parquet file.

    `fields` says which column is which: {"prompt": "question"}; a dot goes into a column, as in
    {"completion": "messages.1.content"}.
    """

    path: str
    domain: str = "math"
    fields: dict[str, str] = {}


class Hub(Source, frozen=True, tag="hub"):
    """A dataset of the Hugging Face hub, fetched when it is read; `fields` is as of `File`."""

    name: str
    config: str | None = None
    split: str = "train"
    domain: str = "math"
    fields: dict[str, str] = {}


class Traces(Source, frozen=True, tag="traces"):
    """Our own step-by-step traces (see `traces.chain`).

    `guessed` is the share of completions that only guess an answer, `corrupted` the share in
    which one step is wrong. Sizes of the numbers are up to `largest`; `terms` are the possible
    lengths of a chain.
    """

    count: int = 1000
    seed: int = 0
    terms: tuple[int, ...] = (2, 3, 4)
    largest: int = 9
    guessed: float = 0.0
    corrupted: float = 0.0


class Gym(Source, frozen=True, tag="gym"):
    """Procedural tasks of reasoning-gym: domain -> task -> settings, `count` records of each."""

    count: int = 100
    seed: int = 0
    domains: dict[str, dict[str, dict[str, Any]]] = msgspec.field(
        default_factory=lambda: {domain: dict(tasks) for domain, tasks in GYM_TASKS.items()}
    )


class Instructions(Source, frozen=True, tag="instructions"):
    """Things to write, each with one to `most` rules that can be checked (see `assignments`)."""

    count: int = 1000
    seed: int = 0
    most: int = 3


class Benchmark(Source, frozen=True, tag="benchmark"):
    """The problems of a contest by name: aime24, aime25, hmmt25, brumo25, math500."""

    name: str


AnySource = File | Hub | Traces | Gym | Instructions | Benchmark


class Clean(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which records are dropped (arXiv:2606.16140, section 2.1.1).

    `repeated` is the largest share of word 4-grams in a completion that may have occurred before
    in it. `overlap` is the share of a held-out prompt's word 10-grams from which a prompt that
    holds them counts as a copy. `against` are benchmarks to keep out of training, by name (see
    `Benchmark`) or as sources.
    """

    repeated: float = 0.5
    overlap: float = 0.8
    against: list[AnySource | str] = []

    def benchmarks(self) -> list[AnySource]:
        """`against` as sources."""
        return [Benchmark(name=one) if isinstance(one, str) else one for one in self.against]


Wanted = Literal["", "completion", "answer"]
"""What a record must have to be of use: a completion to learn from, or what its checker needs."""


def load(
    sources: Sequence[AnySource],
    held_out: Iterable[Record] = (),
    clean: Clean | None = None,
    *,
    wanted: Wanted = "",
) -> list[Record]:
    """The records of all sources in order, without those that lack what is wanted, without copies
    of held-out ones and, with `clean`, without repetitive completions.

    Raises:
        FileNotFoundError: a file is absent.
        UnusableData: a record cannot be read, no record of a source has what is wanted, or none is
            left.
    """
    records = [record for source in sources for record in _usable(source, wanted)]
    rules = clean or Clean()
    benchmarks = [record for source in rules.benchmarks() for record in read(source)]
    kept = decontaminated(records, [*held_out, *benchmarks], rules.overlap)
    if clean:
        kept = [record for record in kept if repetition(record.completion) <= clean.repeated]
    if not kept:
        raise UnusableData(
            f"of {len(records)} records none is left: the others are copies of held-out ones, or "
            "repeat themselves"
        )
    return kept


def peek(source: AnySource, wanted: Wanted = "") -> None:
    """Read the beginning of a source, to find now what would stop a run later.

    Raises:
        FileNotFoundError, UnusableData: as `load`.
    """
    few = _PEEKED if isinstance(source, File | Hub) else 1
    _usable(msgspec.structs.replace(source, count=min(source.count or few, few)), wanted)


def _usable(source: AnySource, wanted: Wanted) -> list[Record]:
    records = list(read(source))
    usable = [record for record in records if _has(record, wanted)]
    if not usable:
        lacking = (
            f" with {wanted!r}; `fields` says which column it is" if records and wanted else ""
        )
        raise UnusableData(f"{_origin(source)}: no record{lacking}")
    return usable


def _has(record: Record, wanted: Wanted) -> bool:
    match wanted:
        case "completion":
            return bool(record.completion.strip())
        case "answer":
            return bool(record.answer.strip()) or record.checker != "answer"
        case _:
            return True


def _origin(source: AnySource) -> str:
    match source:
        case File():
            return source.path
        case Hub() | Benchmark():
            return source.name
        case _:
            return str(type(source).__struct_config__.tag)


def read(source: AnySource) -> Iterator[Record]:
    """The records of one source, `source.count` at most.

    Raises:
        FileNotFoundError, UnusableData: as `load`; also no column of the name that `fields` gives.
    """
    match source:
        case Traces():
            return _own(source)
        case Instructions():
            return _instructions(source)
        case Gym():
            from clr.training import gym

            return gym.generate(source.domains, source.count, source.seed)
        case Benchmark():
            from clr.training.contests import known

            return read(known(source.name, source.count))
        case File():
            rows = _rows_of_file(Path(source.path))
            return _records(islice(rows, source.count or None), source, Path(source.path).stem)
        case Hub():
            import datasets

            try:
                rows = datasets.load_dataset(source.name, source.config, split=source.split)
            except (OSError, ValueError) as error:  # absent, no network, no such config or split
                raise UnusableData(f"{source.name}: {error}") from error
            return _records(islice(rows, source.count or None), source, source.name)


def digest(records: Iterable[Record]) -> str:
    """A hash of the records, in order."""
    total = hashlib.sha256()
    for record in records:
        total.update(msgspec.json.encode(record, order="deterministic") + b"\n")
    return total.hexdigest()


def conversation(prompt: str, *, chat: bool, system: str = "") -> str | list[Message]:
    """The prompt as TRL takes it: messages for a model with a chat template, else plain text."""
    if not chat:
        return prompt
    said = [{"role": "system", "content": system}] if system else []
    return [*said, {"role": "user", "content": prompt}]


def reply(completion: str, *, chat: bool) -> str | list[Message]:
    """The completion as TRL takes it."""
    return [{"role": "assistant", "content": completion}] if chat else completion


def _own(source: Traces) -> Iterator[Record]:
    made = traces.generate(
        source.count,
        seed=source.seed,
        terms=source.terms,
        largest=source.largest,
        guessed=source.guessed,
        corrupted=source.corrupted,
    )
    for number, trace in enumerate(made):
        yield Record(
            id=f"traces-{source.seed}-{number}",
            domain="math",
            prompt=trace.prompt,
            completion=trace.completion,
            answer=trace.answer,
            detail={} if trace.first_error is None else {"first_error": trace.first_error},
        )


def _instructions(source: Instructions) -> Iterator[Record]:
    made = assignments.generate(source.count, seed=source.seed, most=source.most)
    for number, (prompt, rules) in enumerate(made):
        yield Record(
            id=f"instructions-{source.seed}-{number}",
            domain="instruct",
            prompt=prompt,
            checker="rules",
            detail={"rules": rules},
        )


def _rows_of_file(path: Path) -> Iterator[dict[str, Any]]:
    if path.suffix == ".parquet":
        import pyarrow.parquet

        for batch in pyarrow.parquet.ParquetFile(path).iter_batches():
            yield from batch.to_pylist()
        return
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    yield msgspec.json.decode(line, type=dict[str, Any])
                except (msgspec.DecodeError, UnicodeDecodeError) as error:
                    raise UnusableData(f"{path}:{number}: {error}") from error


def _records(
    rows: Iterable[Mapping[str, Any]], source: File | Hub, origin: str
) -> Iterator[Record]:
    if unknown := source.fields.keys() - set(Record.__struct_fields__):
        raise UnusableData(
            f"{origin}: fields: a record has no {min(unknown)!r}, only "
            f"{', '.join(Record.__struct_fields__)}"
        )
    columns = {field: source.fields.get(field, field) for field in Record.__struct_fields__}
    missing = set(source.fields.values())
    row: Mapping[str, Any] = {}
    for number, row in enumerate(rows):
        found = {field: _value(row, column) for field, column in columns.items()}
        missing -= {columns[field] for field, value in found.items() if value is not None}
        values = {
            # ids and answers are often integers; all fields but `detail` are text
            field: str(value) if isinstance(value, int | float) else value
            for field, value in found.items()
            if value is not None
        }
        try:
            yield msgspec.convert(
                {"id": f"{origin}-{number}", "domain": source.domain, **values},
                Record,
                strict=False,
                str_keys=True,
            )
        except msgspec.ValidationError as error:
            raise UnusableData(
                f"{origin}: record {number}: {error}; `fields` says which column is which, and "
                f"there are {', '.join(row)}"
            ) from error
    if missing and row:
        raise UnusableData(
            f"{origin}: no record has a value in the column {min(missing)!r} that `fields` names; "
            f"there are {', '.join(row)}"
        )


def _value(row: Mapping[str, Any], column: str) -> Any:
    """What is in a column of that name, or in a place within one, such as messages.1.content."""
    if column in row:
        return row[column]
    value: Any = row
    for key in column.split("."):
        try:
            value = value[int(key)] if isinstance(value, list) else value[key]
        except (KeyError, IndexError, TypeError, ValueError):
            return None
    return value


def repetition(text: str, n: int = 4) -> float:
    """The share of word n-grams that occurred before in the text; 0 for fewer than n words."""
    found = _grams(text.split(), n)
    return 1 - len(set(found)) / len(found) if found else 0.0


def decontaminated(
    records: Iterable[Record], held_out: Iterable[Record], overlap: float = 0.8, n: int = 10
) -> list[Record]:
    """The records whose prompt is no copy of a held-out one.

    A copy is equal word for word, or holds at least `overlap` of the other's word n-grams.
    Procedural tasks share their frame, but not the numbers: one shared n-gram is not enough.
    """
    prompts = {tuple(_words(record.prompt)) for record in held_out}
    grams = {prompt: set(_grams(prompt, n)) for prompt in prompts if len(prompt) >= n}
    holders: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for prompt, found in grams.items():
        for gram in found:
            holders.setdefault(gram, []).append(prompt)

    def is_copy(words: Sequence[str]) -> bool:
        if tuple(words) in prompts:
            return True
        shared = Counter(
            prompt for gram in set(_grams(words, n)) for prompt in holders.get(gram, ())
        )
        return any(count >= overlap * len(grams[prompt]) for prompt, count in shared.items())

    return [record for record in records if not is_copy(_words(record.prompt))]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+|[^\w\s]", text.casefold())


def _grams(words: Sequence[str], n: int) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + n]) for i in range(len(words) - n + 1)]
