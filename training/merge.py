"""Merge checkpoints of one architecture by averaging their parameters."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from safetensors.torch import save_file

_INDEX = "model.safetensors.index.json"
_SINGLE = "model.safetensors"


class CannotMerge(ValueError):
    """The checkpoints do not fit together; the message names the first tensor at fault."""


def merge(checkpoints: Sequence[Path], out: Path, weights: Sequence[float] | None = None) -> Path:
    """Write sum_i w_i theta_i to `out`, with the first checkpoint's configuration and tokenizer.

    Weights are equal by default, and are divided by their sum (arXiv:2511.06221, section 3.2).
    Sums are made in float32 or better, one output file in memory at a time.

    Raises:
        CannotMerge: tensors differ in name, shape or type, a value is not finite, or the weights
            do not fit.
        FileNotFoundError: a folder without safetensors.
    """
    shares = _shares(weights, len(checkpoints))
    places = [_places(folder) for folder in checkpoints]
    for folder, place in zip(checkpoints[1:], places[1:], strict=True):
        if different := sorted(place.keys() ^ places[0].keys()):
            raise CannotMerge(f"{folder} and {checkpoints[0]} differ in {different[0]}")
    out.mkdir(parents=True, exist_ok=True)
    for path in checkpoints[0].iterdir():
        if path.is_file() and path.suffix in {".json", ".jinja", ".model", ".txt"}:
            shutil.copyfile(path, out / path.name)
    for file in sorted(set(places[0].values())):
        names = [name for name, place in places[0].items() if place == file]
        with ExitStack() as opened:
            tensors = {
                name: _average(
                    name,
                    [
                        opened.enter_context(safe_open(folder / place[name], framework="pt"))
                        for folder, place in zip(checkpoints, places, strict=True)
                    ],
                    shares,
                )
                for name in names
            }
        save_file(tensors, out / file, metadata={"format": "pt"})
    return out


def _shares(weights: Sequence[float] | None, count: int) -> list[float]:
    if not count:
        raise CannotMerge("there are no checkpoints")
    weights = [1.0] * count if weights is None else weights
    if len(weights) != count or min(weights) < 0 or sum(weights) <= 0:
        raise CannotMerge(f"{count} checkpoints need {count} weights >= 0, not all 0")
    return [weight / sum(weights) for weight in weights]


def _places(folder: Path) -> dict[str, str]:
    """The file that each tensor of a checkpoint is in."""
    if (folder / _INDEX).is_file():
        return dict(json.loads((folder / _INDEX).read_text())["weight_map"])
    if not (folder / _SINGLE).is_file():
        raise FileNotFoundError(f"{folder} holds no {_SINGLE}")
    with safe_open(folder / _SINGLE, framework="pt") as file:
        return dict.fromkeys(file.keys(), _SINGLE)


def _average(name: str, files: Sequence[Any], shares: Sequence[float]) -> torch.Tensor:
    first = files[0].get_tensor(name)
    if not first.is_floating_point():
        if any(not torch.equal(first, file.get_tensor(name)) for file in files[1:]):
            raise CannotMerge(f"{name} is not of real numbers, and differs")
        return first
    total = torch.zeros(first.shape, dtype=torch.promote_types(first.dtype, torch.float32))
    for file, share in zip(files, shares, strict=True):
        tensor = file.get_tensor(name)
        if (tensor.shape, tensor.dtype) != (first.shape, first.dtype):
            raise CannotMerge(
                f"{name}: {tuple(first.shape)} {first.dtype} and "
                f"{tuple(tensor.shape)} {tensor.dtype}"
            )
        if not tensor.isfinite().all():
            raise CannotMerge(f"{name} has values that are not finite")
        total += share * tensor.to(total.dtype)
    return total.to(first.dtype)
