"""What passes between the pipeline and a stage: where it runs, and what it hands on.

A kind of stage is a function `run(stage, context) -> Result`, listed in `pipeline.KINDS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from clr.pool import Crew
from clr.training.data import Record


@dataclass(frozen=True, slots=True)
class Context:
    """Where a stage runs.

    `model` is what the stage starts from: a name that `models.load` takes, or a checkpoint.
    `out` is the stage's own folder, to be written freely; what an interrupted run left there may
    be used. `checkpoints` holds the model of every finished stage by its name. `held_out` are the
    records that the run is evaluated on: they must not be trained on. `workers` audit.
    """

    model: str
    out: Path
    seed: int
    system: str = ""
    checkpoints: Mapping[str, Path] = field(default_factory=dict)
    held_out: tuple[Record, ...] = ()
    workers: int | Crew = 2


@dataclass(frozen=True, slots=True)
class Result:
    """What a stage hands on.

    `model` is the folder of the checkpoint that it made. `metrics` are its final numbers, of
    which a run with the same seed makes the same ones. `data` is the digest of the records that
    it trained on (`data.digest`).
    """

    model: Path
    metrics: Mapping[str, float]
    data: str
