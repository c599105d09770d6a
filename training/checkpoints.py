"""The checkpoints that a trainer writes on its way, and training that goes on from them."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from transformers import TrainerCallback

_STATE = "trainer_state.json"
"""Written last by transformers: a checkpoint that has one is complete."""


def train(trainer: Any) -> None:
    """Train to the end, from the last complete checkpoint that an interrupted run left."""
    trainer.add_callback(_NoFurther())
    with suppress(_AtEnd):
        trainer.train(resume_from_checkpoint=resumable(Path(trainer.args.output_dir)))
    trainer.save_state()


class _AtEnd(Exception):
    """The checkpoint that was loaded is that of the last step."""


class _NoFurther(TrainerCallback):
    """transformers takes one step more when it goes on from the last one."""

    def on_step_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        if state.global_step >= state.max_steps:
            raise _AtEnd


def complete(folder: Path) -> list[Path]:
    """The complete checkpoints in a trainer's folder, by step."""
    found = [path for path in folder.glob("checkpoint-*") if _is_complete(path)]
    return sorted(found, key=lambda path: int(path.name.rpartition("-")[2]))


def resumable(folder: Path) -> str | None:
    """The last complete checkpoint that training can go on from; None to begin anew."""
    found = [path for path in complete(folder) if (path / "scheduler.pt").is_file()]
    return str(found[-1]) if found else None


def _is_complete(checkpoint: Path) -> bool:
    try:
        json.loads((checkpoint / _STATE).read_text())
    except (FileNotFoundError, ValueError):
        return False
    return True
