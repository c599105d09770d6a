"""Training records: where they come from, and which are kept.

A `Source` says where records come from: a file, a dataset of the Hugging Face hub, procedural
tasks of reasoning-gym, or our own step-by-step traces. `load` reads several, and drops what
overlaps with records held out for evaluation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from clr.training import traces

Message = dict[str, str]


GYM_TASKS: Mapping[str, Mapping[str, dict[str, Any]]] = {
    "arithmetic": {"chain_sum": {}, "gcd": {}},
    "algebra": {"simple_equations": {}, "polynomial_equations": {}},
    "logic": {"propositional_logic": {}, "knights_knaves": {}},
    "code": {"codeio": {}},
}
"""Tasks of reasoning-gym and their settings, by domain."""


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
    """A JSONL or Parquet file. `fields` renames: {"prompt": "question"}."""

    path: str
    domain: str = "math"
    fields: dict[str, str] = {}


class Hub(Source, frozen=True, tag="hub"):
    """A dataset of the Hugging Face hub, read with `datasets.load_dataset`."""

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
    terms: tuple[int, ...] = (2, 3)
    largest: int = 20
    guessed: float = 0.0
    corrupted: float = 0.0


class Gym(Source, frozen=True, tag="gym"):
    """Procedural tasks of reasoning-gym: domain -> task -> settings, `count` records of each."""

    count: int = 100
    seed: int = 0
    domains: dict[str, dict[str, dict[str, Any]]] = msgspec.field(
        default_factory=lambda: {domain: dict(tasks) for domain, tasks in GYM_TASKS.items()}
    )


AnySource = File | Hub | Traces | Gym


def load(sources: Sequence[AnySource], held_out: Iterable[Record] = ()) -> list[Record]:
    """The records of all sources in order, without those that `held_out` contaminates.

    Raises:
        FileNotFoundError: a file is absent.
        ValueError: a record without prompt, or two records with one id and different contents.
    """
    records = [record for source in sources for record in read(source)]
    return decontaminated(records, held_out)


def read(source: AnySource) -> Iterator[Record]:
    """The records of one source."""
    match source:
        case Traces():
            yield from _own(source)
        case _:
            raise NotImplementedError(type(source).__name__)


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


def decontaminated(records: Iterable[Record], held_out: Iterable[Record]) -> list[Record]:
    """The records whose prompt is not, word for word, the prompt of a held-out record."""
    known = {" ".join(record.prompt.split()) for record in held_out}
    return [record for record in records if " ".join(record.prompt.split()) not in known]
