"""Run a recipe: its stages in order, each leaving a manifest by which a later run goes on.

A stage's folder is `<out>/<number>-<name>`. Its manifest is written last and at once, so that a
stage either has one and is finished, or has none and is run again, whatever killed it.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

from clr.training import data
from clr.training.config import AnyStage, Distill, Instruct, Recipe, RecipeError, Rl, Sft
from clr.training.stage import Context, Result

KINDS: Mapping[type[AnyStage], str] = {
    Sft: "clr.training.sft:run_sft",
    Rl: "clr.training.rl:run_rl",
    Distill: "clr.training.distill:run_distill",
    Instruct: "clr.training.instruct:run_instruct",
}
"""The function of each kind of stage, imported when the stage runs: TRL takes seconds to import."""

PACKAGES = ("clr-verify", "torch", "transformers", "trl", "accelerate", "datasets", "peft")


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a finished stage was, and what came of it.

    `config` is a hash of everything that determines the stage: its settings, the seed, what it
    started from. `data` is the digest of its training records.
    """

    stage: str
    kind: str
    config: str
    data: str
    seed: int
    model: str
    seconds: float
    metrics: dict[str, float]
    packages: dict[str, str]


def stage_folder(out: Path, number: int, name: str) -> Path:
    """Where the stage with this number (from 1) and name lives."""
    return out / f"{number:02d}-{name}"


def function_of(stage: AnyStage) -> Callable[[Any, Context], Result]:
    """The function that runs a stage of this kind."""
    module, _, name = KINDS[type(stage)].partition(":")
    return getattr(import_module(module), name)


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a stage's folder; None if the stage is not finished."""
    path = folder / "manifest.json"
    return msgspec.json.decode(path.read_bytes(), type=Manifest) if path.is_file() else None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest so that a crash leaves all of it or nothing."""
    unfinished = folder / "manifest.json.part"
    with unfinished.open("wb") as stream:
        stream.write(msgspec.json.format(msgspec.json.encode(manifest), indent=2))
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(folder / "manifest.json")


def config_hash(recipe: Recipe, number: int, before: str) -> str:
    """A hash of the stage's settings, and of the hash of what it starts from."""
    settings = msgspec.json.encode(recipe.stages[number - 1], order="deterministic")
    common = msgspec.json.encode([recipe.seed, recipe.system, before])
    return hashlib.sha256(settings + common).hexdigest()


def versions() -> dict[str, str]:
    """The installed versions of the packages that a result depends on."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def run(recipe: Recipe, *, resume: bool = False) -> list[Manifest]:
    """Run the stages in order and return their manifests.

    With `resume`, finished stages are not run again.

    Raises:
        RecipeError: the folder holds a run already and `resume` is not given, or it is a run of
            another recipe.
    """
    from time import perf_counter

    from transformers import set_seed

    out = Path(recipe.out)
    held_out = tuple(data.load(recipe.evaluation.data)) if recipe.evaluation else ()
    model = before = recipe.model
    finished: list[Manifest] = []
    checkpoints: dict[str, Path] = {}
    for number, stage in enumerate(recipe.stages, start=1):
        folder = stage_folder(out, number, stage.name)
        before = config_hash(recipe, number, before)
        manifest = read_manifest(folder)
        if manifest is None:
            folder.mkdir(parents=True, exist_ok=True)
            set_seed(recipe.seed)
            started = perf_counter()
            result = function_of(stage)(
                stage,
                Context(
                    model=str(checkpoints.get(stage.start or "", stage.start or model)),
                    out=folder,
                    seed=recipe.seed,
                    system=recipe.system,
                    checkpoints=checkpoints,
                    held_out=held_out,
                ),
            )
            manifest = Manifest(
                stage=stage.name,
                kind=str(type(stage).__struct_config__.tag),
                config=before,
                data=result.data,
                seed=recipe.seed,
                model=str(result.model.relative_to(out)),
                seconds=perf_counter() - started,
                metrics=dict(result.metrics),
                packages=versions(),
            )
            write_manifest(folder, manifest)
        elif not resume:
            raise RecipeError(f"{out} holds a run already; go on with --resume, or change out")
        elif manifest.config != before:
            raise RecipeError(
                f"{folder} was made by another recipe; delete it to run the stage again"
            )
        finished.append(manifest)
        model = str(out / manifest.model)
        checkpoints[stage.name] = out / manifest.model
    return finished
