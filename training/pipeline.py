"""Run a recipe: its stages in order, each leaving a manifest by which a later run goes on.

A stage's folder is `<out>/<number>-<name>`. Its manifest is written last and at once, so that a
stage either has one and is finished, or has none and is run again, whatever killed it.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

import msgspec
from transformers import set_seed

from clr.training import data, run_report
from clr.training.config import (
    AnyStage,
    Distill,
    Instruct,
    Recipe,
    RecipeError,
    Rl,
    Sft,
    check_trainer,
)
from clr.training.data import Record
from clr.training.evaluate import Score, gain, measure
from clr.training.models import load, on_main_process
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


class Finished(NamedTuple):
    """A finished stage: its manifest, and its score if the recipe has an evaluation."""

    manifest: Manifest
    score: Score | None


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


def write(path: Path, value: msgspec.Struct) -> None:
    """Write a value as JSON so that a crash leaves all of it or nothing."""
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as stream:
        stream.write(msgspec.json.format(msgspec.json.encode(value), indent=2))
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(path)


def config_hash(recipe: Recipe, number: int, before: str) -> str:
    """A hash of the stage's settings, of the recipe, and of the stages before."""
    settings = msgspec.json.encode(recipe.stages[number - 1], order="deterministic")
    common = msgspec.json.encode([recipe.model, recipe.seed, recipe.system, before])
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


def run(
    recipe: Recipe,
    *,
    resume: bool = False,
    only: Sequence[str] = (),
    say: Callable[[str], None] = print,
) -> list[Finished]:
    """Run the stages in order, and measure each one's model on the held-out records.

    With `resume`, finished stages are not run again, and an interrupted one goes on from its last
    checkpoint. With `only`, other stages are not run: those that it needs must be finished.

    Raises:
        RecipeError: the folder holds a run already and `resume` is not given, or it is a run of
            another recipe; or a stage of `only` is unknown or lacks an earlier one.
    """
    if unknown := set(only) - {stage.name for stage in recipe.stages}:
        raise RecipeError(f"--only {min(unknown)}: the recipe has no such stage")
    for stage in recipe.stages:
        check_trainer(stage)
    out = Path(recipe.out)
    held_out = distinct(data.load(recipe.evaluation.data)) if recipe.evaluation else ()
    before = "start"
    finished: list[Finished] = []
    checkpoints: dict[str, Path] = {}
    for number, stage in enumerate(recipe.stages, start=1):
        folder = stage_folder(out, number, stage.name)
        before = config_hash(recipe, number, before)
        manifest = read_manifest(folder)
        if manifest is not None and manifest.config != before:
            raise RecipeError(
                f"{folder} was made by another recipe; delete it to run the stage again"
            )
        if folder.exists() and not (resume or only):
            raise RecipeError(f"{out} holds a run already; go on with --resume, or change out")
        if manifest is None and only and stage.name not in only:
            say(f"{stage.name}: not asked for")
            continue
        if manifest is None:
            say(f"{stage.name}: running")
            manifest = _run_stage(
                recipe, stage, before, _context(recipe, stage, folder, checkpoints, held_out)
            )
        score = _score(recipe, out / manifest.model, folder, held_out)
        finished.append(Finished(manifest, score))
        checkpoints[stage.name] = out / manifest.model
        say(_line(finished))
        on_main_process(lambda: run_report.write(out, held_out))
    return finished


def distinct(records: Iterable[Record]) -> tuple[Record, ...]:
    """One record for each prompt: repeated ones would count as independent problems."""
    return tuple({record.prompt: record for record in records}.values())


def _context(
    recipe: Recipe,
    stage: AnyStage,
    folder: Path,
    checkpoints: Mapping[str, Path],
    held_out: tuple[Record, ...],
) -> Context:
    """Where a stage runs: it starts from what it names, else from the stage before it."""
    start = stage.start or next(reversed(list(checkpoints)), recipe.model)
    place = recipe.stages.index(stage)
    needed = recipe.stages[place - 1].name if place and not stage.start else start
    if needed in {s.name for s in recipe.stages} and needed not in checkpoints:
        raise RecipeError(f"stages.{stage.name} starts from {needed!r}, which is not finished")
    return Context(
        model=str(checkpoints.get(start, start)),
        out=folder,
        seed=recipe.seed,
        system=recipe.system,
        checkpoints=dict(checkpoints),
        held_out=held_out,
    )


def _run_stage(recipe: Recipe, stage: AnyStage, config: str, context: Context) -> Manifest:
    # all processes have seen whether the folder was there before one of them makes it
    on_main_process(lambda: context.out.mkdir(parents=True, exist_ok=True))
    set_seed(recipe.seed)
    started = perf_counter()
    result = function_of(stage)(stage, context)
    manifest = Manifest(
        stage=stage.name,
        kind=str(type(stage).__struct_config__.tag),
        config=config,
        data=result.data,
        seed=recipe.seed,
        model=str(result.model.relative_to(recipe.out)),
        seconds=round(perf_counter() - started, 1),
        metrics=dict(result.metrics),
        packages=versions(),
    )
    on_main_process(lambda: write(context.out / "manifest.json", manifest))
    return manifest


def _score(recipe: Recipe, model: Path, folder: Path, held_out: tuple[Record, ...]) -> Score | None:
    """The stage's score on the held-out records, measured unless it was already."""
    if recipe.evaluation is None:
        return None
    path = folder / "score.json"
    if path.is_file():
        return msgspec.json.decode(path.read_bytes(), type=Score)
    score = measure(
        load(model),
        held_out,
        recipe.evaluation.sampling,
        seed=recipe.seed,
        system=recipe.system,
        cache=folder / "evaluation",
    )
    on_main_process(lambda: write(path, score))
    return score


def _line(finished: Sequence[Finished]) -> str:
    """What the last stage did, in a line."""
    manifest, score = finished[-1]
    line = f"{manifest.stage}: {manifest.seconds:.0f} s"
    if score is None:
        return line
    line += f", mean@{score.k} {score.mean:.3f} [{score.low:.3f}, {score.high:.3f}]"
    earlier = finished[-2].score if len(finished) > 1 else None
    if earlier is not None:
        change = gain(earlier, score)
        line += f", change {change.mean:+.3f} [{change.low:+.3f}, {change.high:+.3f}]"
    return line
