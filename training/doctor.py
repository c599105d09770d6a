"""What this machine can train, and whether the installed TRL is the one that we know."""

from __future__ import annotations

import importlib.metadata
import inspect
import os
from collections.abc import Iterator
from dataclasses import dataclass

from clr.training import models


@dataclass(frozen=True, slots=True)
class Finding:
    """Something examined: whether it is as training needs it, and what was found."""

    what: str
    holds: bool
    detail: str


def examine() -> list[Finding]:
    """Versions, device, memory, and the contract with TRL."""
    return [*_packages(), _device(), *contract()]


def contract() -> Iterator[Finding]:
    """Whether GRPOTrainer still has what we override, and accepts advantages of each token."""
    from trl import GRPOTrainer

    from clr.training.mgpo import TRL_VERSIONS, UnsupportedTRL, check_contract

    try:
        check_contract()
        yield Finding("GRPOTrainer", True, "has the methods that MGPOTrainer overrides")
    except UnsupportedTRL as error:
        yield Finding("GRPOTrainer", False, str(error))
    source = inspect.getsource(GRPOTrainer._compute_loss)
    per_token = "advantages" in source and "unsqueeze" in source
    yield Finding(
        "advantages of each token",
        per_token,
        "accepted by GRPOTrainer._compute_loss"
        if per_token
        else f"gone; install 'trl{TRL_VERSIONS}'",
    )


def _packages() -> Iterator[Finding]:
    for name in ("torch", "transformers", "trl", "accelerate", "datasets", "peft"):
        try:
            yield Finding(name, True, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Finding(name, False, "absent: pip install 'clr-verify[train]'")


def _device() -> Finding:
    device = models.device()
    precision = str(models.fastest_dtype()).removeprefix("torch.")
    able = (
        "3B models with LoRA or several such devices"
        if device.type == "cuda"
        else "recipes tiny and smollm2"
    )
    return Finding("device", True, f"{device}, {os.cpu_count()} CPUs, {precision}: runs {able}")
