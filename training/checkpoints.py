"""The checkpoints that a trainer writes on its way."""

from __future__ import annotations

import json
from pathlib import Path

_STATE = "trainer_state.json"
"""Written last by transformers: a checkpoint that has one is complete."""


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
