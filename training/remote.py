"""Sample completions from a server that speaks OpenAI's chat API, such as vLLM or llama.cpp.

What has arrived is on disk at once, and is not asked for again.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import msgspec

from clr.endpoint import Endpoint, complete
from clr.training import data
from clr.training.config import Sampling
from clr.training.data import Record
from clr.training.rollout import Rollout, name_of, whole_lines


class _Kept(msgspec.Struct, frozen=True):
    """A completion in the cache: the record's id, which of its completions, text and tokens."""

    id: str
    number: int
    text: str
    tokens: int


def sample(
    endpoint: Endpoint,
    records: Sequence[Record],
    sampling: Sampling,
    *,
    seed: int,
    system: str = "",
    cache: Path | None = None,
) -> list[Rollout]:
    """`sampling.k` completions for each record, in order; each is a request with a seed of its own.

    `cache` is a folder; its file is named after everything that determines the completions, so
    that other prompts, models or settings never mix. An interrupted call goes on where it was.

    Raises:
        EndpointFailed: see there; what arrived before is kept.
    """
    file = (
        cache / f"remote-{name_of(endpoint.model, records, sampling, seed, system)}.jsonl"
        if cache
        else None
    )
    found = _read(file) if file else {}
    wanted = [(r, n) for r in records for n in range(sampling.k) if (r.id, n) not in found]
    lock = threading.Lock()

    def ask(record: Record, number: int) -> None:
        body = {
            "model": endpoint.model,
            "messages": data.conversation(record.prompt, chat=True, system=system),
            "max_tokens": sampling.max_new_tokens,
            "temperature": sampling.temperature,
            "top_p": sampling.top_p,
            "seed": seed * 1_000_003 + number,
        }
        text, tokens = complete(endpoint, body)
        kept = _Kept(record.id, number, text, tokens)
        with lock:
            found[record.id, number] = kept
            if file:
                with file.open("ab") as stream:
                    stream.write(msgspec.json.encode(kept) + b"\n")

    with ThreadPoolExecutor(endpoint.concurrency) as threads:
        asked = [threads.submit(ask, record, number) for record, number in wanted]
        try:
            for done in as_completed(asked):
                done.result()
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            raise
    return [
        _rollout(record.id, [found[record.id, n] for n in range(sampling.k)]) for record in records
    ]


def _rollout(id: str, kept: Sequence[_Kept]) -> Rollout:
    return Rollout(id, [one.text for one in kept], [one.tokens for one in kept])


def _read(file: Path) -> dict[tuple[str, int], _Kept]:
    """The completions in a cache."""
    kept = (msgspec.json.decode(line, type=_Kept) for line in whole_lines(file))
    return {(one.id, one.number): one for one in kept}
