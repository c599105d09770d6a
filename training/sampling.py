"""Sample completions of a model, wherever it runs; what is on disk already is not sampled again."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from accelerate import PartialState
from accelerate.utils import gather_object

from clr.endpoint import Endpoint
from clr.training import remote, rollout
from clr.training.config import Sampling
from clr.training.data import Record
from clr.training.rollout import Rollout


def sample(
    model: str | os.PathLike[str],
    records: Sequence[Record],
    sampling: Sampling,
    *,
    seed: int,
    system: str = "",
    cache: Path | None = None,
) -> list[Rollout]:
    """`sampling.k` completions for each record, in order, by the model of that name or path.

    With several processes (accelerate), each samples its share, and all get the whole. `cache` is
    a folder for these records and settings: an interrupted call goes on where it was.

    Raises:
        ValueError: the cache holds rollouts for other records.
        EndpointFailed: the server did not answer; what arrived is kept.
        ModelUnavailable, OSError: from `models.load`.
    """
    name = os.fspath(model)
    state = PartialState()
    mine = records[state.process_index :: state.num_processes]
    if sampling.endpoint:
        server = Endpoint(url=sampling.endpoint, model=name)
        done = remote.sample(server, mine, sampling, seed=seed, system=system, cache=cache)
    else:
        share = f"rollouts-{state.process_index}-of-{state.num_processes}.jsonl"
        file = cache / share if cache else None
        done = rollout.generate(name, mine, sampling, seed=seed, system=system, file=file)
    if state.num_processes == 1:
        return done
    found = {one.id: one for one in gather_object(done)}
    return [found[record.id] for record in records]
