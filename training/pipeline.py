"""Run a recipe: its stages in order, each leaving a manifest by which a later run goes on.

A stage's folder is `<out>/<number>-<name>`. Its manifest is written last and at once, so that a
stage either has one and is finished, or has none and is run again, whatever killed it.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

import msgspec
from accelerate import PartialState
from transformers import set_seed

from clr.pool import Crew
from clr.scoring import workers_allowed
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
    nearest,
    needs,
    start_of,
)
from clr.training.data import Record
from clr.training.evaluate import Score, gain, measure
from clr.training.models import device, free_memory, on_main_process
from clr.training.rollout import name_of
from clr.training.stage import Context, Result

KINDS: Mapping[type[AnyStage], str] = {
    Sft: "clr.training.sft:run_sft",
    Rl: "clr.training.rl:run_rl",
    Distill: "clr.training.distill:run_distill",
    Instruct: "clr.training.instruct:run_instruct",
}
"""The function of each kind of stage, imported when the stage runs: TRL takes seconds to import."""

BEGUN = "begun.json"
"""In a stage's folder, its settings: what is there was made with them."""

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


class _Begun(msgspec.Struct, frozen=True, kw_only=True):
    config: str
    settings: Any = None


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


def config_hashes(recipe: Recipe) -> dict[str, str]:
    """By stage, a hash of its settings, of the recipe's, and of the stages that it needs."""
    found: dict[str, str] = {}
    for stage in recipe.stages:
        before = [found[name] for name in needs(recipe, stage)]
        what = [recipe.model, recipe.seed, recipe.system, before, stage]
        encoded = msgspec.json.encode(what, order="deterministic")
        found[stage.name] = hashlib.sha256(encoded).hexdigest()
    return found


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
        RecipeError: the folder holds a run already and `resume` is not given, or a stage of it was
            begun with other settings; or a stage of `only` is unknown or lacks an earlier one.
        FileNotFoundError, UnusableData: data that cannot be read, or lack what their stage needs;
            the beginning of all data is looked at before anything runs.
    """
    if unknown := set(only) - {stage.name for stage in recipe.stages}:
        name = min(unknown)
        hint = nearest(name, [stage.name for stage in recipe.stages])
        raise RecipeError(f"--only {name}: the recipe has no such stage{hint}")
    for stage in recipe.stages:
        check_trainer(stage)
    hashes = config_hashes(recipe)
    asked = [stage.name for stage in recipe.stages if not only or stage.name in only]
    out = Path(recipe.out)
    folders = {
        stage.name: stage_folder(out, number, stage.name)
        for number, stage in enumerate(recipe.stages, start=1)
    }
    state = PartialState(cpu=device().type == "cpu")  # without being told, it takes CPUs for one
    if not state.is_main_process:
        say = _silent
    for name in asked:
        _check_folder(folders[name], hashes[name], may_exist=resume or bool(only))
    for stage in recipe.stages:
        if stage.name in asked and read_manifest(folders[stage.name]) is None:
            _peek(stage, out)
    held_out = _held_out(recipe)
    state.wait_for_everyone()  # all have seen which folders there were before one is made
    finished: list[Finished] = []
    checkpoints: dict[str, Path] = {}
    with _workers() as workers:
        for stage in recipe.stages:
            folder, config = folders[stage.name], hashes[stage.name]
            manifest = read_manifest(folder)
            if stage.name not in asked and (manifest is None or manifest.config != config):
                say(f"{stage.name}: not asked for, and not finished with these settings")
                continue
            if manifest is None:
                say(f"{stage.name}: running")
                context = Context(
                    model=_start(recipe, stage, checkpoints),
                    out=folder,
                    seed=recipe.seed,
                    system=recipe.system,
                    checkpoints=dict(checkpoints),
                    held_out=held_out,
                    workers=workers,
                )
                manifest = _run_stage(stage, config, context)
            score = _score(recipe, out / manifest.model, config, folder, held_out, workers)
            finished.append(Finished(manifest, score))
            checkpoints[stage.name] = out / manifest.model
            say(_line(finished))
            on_main_process(partial(run_report.write, out, held_out, workers=workers))
    return finished


def _silent(line: str) -> None:
    """What processes but the first one say."""


@contextmanager
def _workers() -> Iterator[int | Crew]:
    """The processes that audit, the same ones through the whole run."""
    allowed = workers_allowed()
    if not allowed:
        yield 0
        return
    with Crew(allowed) as crew:
        yield crew


def _check_folder(folder: Path, config: str, *, may_exist: bool) -> None:
    if not folder.exists():
        return
    if not may_exist:
        raise RecipeError(
            f"{folder.parent} holds a run already; go on with --resume, or change out"
        )
    begun = folder / BEGUN
    if begun.is_file() and msgspec.json.decode(begun.read_bytes(), type=_Begun).config != config:
        raise RecipeError(
            f"{folder} was begun with other settings, see its {BEGUN}; delete the folder to run "
            "the stage again"
        )


def _peek(stage: AnyStage, out: Path) -> None:
    """Look into the stage's data, but for files that the run is to make itself."""
    wanted: data.Wanted = "completion" if isinstance(stage, Sft) else "answer"
    for source in stage.data:
        made = isinstance(source, data.File) and out in Path(source.path).parents
        if not made:
            data.peek(source, wanted)
    for source in stage.clean.benchmarks() if stage.clean else ():
        data.peek(source)


def _held_out(recipe: Recipe) -> tuple[Record, ...]:
    evaluation = recipe.evaluation
    return distinct(data.load(evaluation.data, wanted="answer")) if evaluation else ()


def distinct(records: Iterable[Record]) -> tuple[Record, ...]:
    """One record for each prompt: repeated ones would count as independent problems."""
    return tuple({record.prompt: record for record in records}.values())


def _start(recipe: Recipe, stage: AnyStage, checkpoints: Mapping[str, Path]) -> str:
    """What a stage starts from."""
    for name in needs(recipe, stage):
        if name not in checkpoints:
            raise RecipeError(f"stages.{stage.name} needs {name!r}, which is not finished")
    name = start_of(recipe, stage)
    return str(checkpoints.get(name, name))


def _run_stage(stage: AnyStage, config: str, context: Context) -> Manifest:
    on_main_process(lambda: context.out.mkdir(parents=True, exist_ok=True))
    on_main_process(lambda: write(context.out / BEGUN, _Begun(config=config, settings=stage)))
    set_seed(context.seed)
    started = perf_counter()
    result = function_of(stage)(stage, context)
    free_memory()
    manifest = Manifest(
        stage=stage.name,
        kind=str(type(stage).__struct_config__.tag),
        config=config,
        data=result.data,
        seed=context.seed,
        model=str(result.model.relative_to(context.out.parent)),
        seconds=round(perf_counter() - started, 1),
        metrics=dict(result.metrics),
        packages=versions(),
    )
    on_main_process(lambda: write(context.out / "manifest.json", manifest))
    return manifest


def _score(
    recipe: Recipe,
    model: Path,
    config: str,
    folder: Path,
    held_out: tuple[Record, ...],
    workers: int | Crew,
) -> Score | None:
    """The stage's score on the held-out records, measured unless it was already."""
    if recipe.evaluation is None:
        return None
    sampling = recipe.evaluation.sampling
    name = name_of(config, held_out, sampling, recipe.seed, recipe.system)
    path = folder / "score.json"
    if path.is_file():
        score = msgspec.json.decode(path.read_bytes(), type=Score)
        if score.rollouts == name:
            return score
    score = measure(
        str(model),
        held_out,
        sampling,
        seed=recipe.seed,
        system=recipe.system,
        cache=folder / "evaluation" / name,
        workers=workers,
    )
    free_memory()
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
