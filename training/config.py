"""Recipes: one YAML file says what a training run does, stage by stage.

Every stage hands its `trainer:` mapping to TRL's SFTConfig or GRPOConfig as it stands, so that
all of TRL's options are there under their own names. A key that nothing reads is an error.
"""

from __future__ import annotations

import difflib
import re
import types
import typing
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import yaml

import clr
from clr.training.data import AnySource, Clean


class RecipeError(ValueError):
    """A recipe that cannot be run; the message says which key is at fault."""


class _Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Sampling(_Settings, frozen=True):
    """How completions are sampled: `k` for each prompt, up to `max_new_tokens`.

    `endpoint` is the URL of a server that speaks OpenAI's chat API, such as vLLM, and serves the
    model under the name or path that it has here; without one, transformers generates `batch`
    completions at once.
    """

    k: int = 8
    max_new_tokens: int = 256
    temperature: float = 1.0
    top_p: float = 1.0
    batch: int = 64
    endpoint: str | None = None


class Evaluation(_Settings, frozen=True):
    """Held-out records and the sampling with which every stage's model is measured."""

    data: list[AnySource]
    sampling: Sampling = Sampling()


class Probe(_Settings, frozen=True):
    """Diversity-exploring distillation (arXiv:2511.06221): a checkpoint every `every` steps is
    probed by Pass@k in each domain; the domains' best ones are merged."""

    every: int
    data: list[AnySource]
    sampling: Sampling = Sampling()


class Hard(_Settings, frozen=True):
    """Keep traces of at least `min_tokens` tokens, on prompts that `reference` (a stage, a model,
    or by default the model that the stage starts from) fails in at least `min_error_rate` of its
    rollouts (arXiv:2606.16140, section 2.1)."""

    min_tokens: int = 0
    min_error_rate: float = 0.75
    reference: str | None = None
    sampling: Sampling = Sampling()


class Short(_Settings, frozen=True):
    """The second curriculum: short answers after long reasoning.

    Of a completion, what follows its thinking (`</think>`), and of that the last lines that fit in
    `max_tokens` tokens; a completion whose last line does not fit is left out.
    """

    max_tokens: int = 256


class Mgpo(_Settings, frozen=True):
    """MaxEnt-guided weights: w = exp(-gamma KL(p || 0.5))."""

    gamma: float = 1.0


class Select(_Settings, frozen=True):
    """Which verified rollouts are learned from, by learning potential within length buckets.

    Traces shorter than `min_tokens` are not ranked; of each bucket those between the two
    `quantiles` of the score are kept, at most `per_prompt` of a prompt.
    """

    buckets: int = 4
    min_tokens: int = 0
    quantiles: tuple[float, float] = (0.4, 0.95)
    per_prompt: int = 4
    min_reliability: float = 1.0


class Stage(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"
):
    """What all stages have in common.

    `start` (spelled `from`) is the stage or model to start from: by default the stage before, or
    the recipe's model for the first. `trainer` goes to TRL's config verbatim, `lora` to
    peft's LoraConfig.
    """

    name: str
    start: str | None = msgspec.field(default=None, name="from")
    data: list[AnySource] = []
    clean: Clean | None = None
    trainer: dict[str, Any] = {}
    lora: dict[str, Any] | None = None


class Sft(Stage, frozen=True, tag="sft"):
    """Supervised fine-tuning on the completions of `data`: all, the hard ones, or short ones."""

    hard: Hard | None = None
    short: Short | None = None
    probe: Probe | None = None


class Rl(Stage, frozen=True, tag="rl"):
    """Reinforcement learning with verifiable rewards.

    `process` weighs what the verifier says of the reasoning, beside the outcome; `consensus` is
    taken off the quality of completions with a step that only failing ones take; `keep` is the
    share of completions to learn from, those whose reasoning agrees best with their outcome;
    `long2short` is the largest change of a right answer's reward for its length. See
    `mgpo.MGPOTrainer`. With `drop_decided`, prompts that the starting model always or never
    solves in so many samples are dropped.
    """

    mgpo: Mgpo = Mgpo()
    process: float = 0.0
    consensus: float = 0.0
    keep: float = 1.0
    long2short: float = 0.0
    drop_decided: Sampling | None = None


class Distill(Stage, frozen=True, tag="distill"):
    """Offline self-distillation: rollouts of `teachers` (stages) on the prompts of `data`."""

    teachers: list[str]
    sampling: Sampling = Sampling()
    select: Select = Select()


class Instruct(Stage, frozen=True, tag="instruct"):
    """Reinforcement learning with rule validators as rewards."""

    mgpo: Mgpo = Mgpo()


AnyStage = Sft | Rl | Distill | Instruct


class Recipe(_Settings, frozen=True):
    """A whole run."""

    model: str
    out: str
    stages: list[AnyStage]
    seed: int = 0
    system: str = ""
    evaluation: Evaluation | None = None


def load(path: Path, overrides: Sequence[str] = ()) -> Recipe:
    """The recipe in a YAML file, with `overrides` such as `stages.rl.mgpo.gamma=2` applied.

    Raises:
        FileNotFoundError: the file is absent.
        RecipeError: not YAML, an unknown key (with the nearest known ones), a value of the wrong
            type, stages with one name, or a stage that starts from one which does not precede it.
    """
    try:
        values = yaml.safe_load(path.read_text())
    except yaml.YAMLError as error:
        raise RecipeError(f"{path} is not YAML: {error}") from error
    for override in overrides:
        _set(values, override)
    return parse(values)


def find(name: str) -> Path:
    """The file of that path, or else the shipped recipe of that name, such as `tiny`.

    Raises:
        RecipeError: there is neither.
    """
    if Path(name).is_file():
        return Path(name)
    shipped = {path.stem: path for folder in _shipped() for path in sorted(folder.glob("*.yaml"))}
    if name not in shipped:
        raise RecipeError(f"{name} is no file, and no shipped recipe{nearest(name, shipped)}")
    return shipped[name]


def _shipped() -> list[Path]:
    return [folder / "recipes" for folder in map(Path, clr.__path__)]


def parse(values: Any) -> Recipe:
    """The recipe that plain values (of YAML or JSON) spell. Raises `RecipeError` as `load`."""
    _refuse_unknown_keys(values, Recipe, "")
    try:
        recipe = msgspec.convert(values, Recipe)
    except msgspec.ValidationError as error:
        raise RecipeError(str(error).replace("`$.", "`")) from error
    _check_order(recipe)
    return recipe


def start_of(recipe: Recipe, stage: AnyStage) -> str:
    """What a stage starts from: a stage or a model."""
    place = recipe.stages.index(stage)
    return stage.start or (recipe.stages[place - 1].name if place else recipe.model)


def needs(recipe: Recipe, stage: AnyStage) -> list[str]:
    """The stages whose models a stage uses, the one that it starts from first."""
    used = [start_of(recipe, stage)]
    if isinstance(stage, Distill):
        used += stage.teachers
    if isinstance(stage, Sft) and stage.hard and stage.hard.reference:
        used.append(stage.hard.reference)
    names = {other.name for other in recipe.stages}
    return [name for name in used if name in names]  # others are models


def nearest(key: str, known: Iterable[str]) -> str:
    """A hint for an error message: the known keys that look like `key`."""
    close = difflib.get_close_matches(key, list(known), n=3, cutoff=0.5)
    return f"; did you mean {' or '.join(close)}?" if close else ""


def check_trainer(stage: AnyStage) -> None:
    """Check `trainer:` against TRL's config class (this imports TRL).

    Raises:
        RecipeError: an option that this TRL does not have, with the nearest ones that it has.
    """
    from trl import GRPOConfig, SFTConfig

    config = GRPOConfig if isinstance(stage, Rl | Instruct) else SFTConfig
    known = set(config.__dataclass_fields__)
    for key in stage.trainer:
        if key not in known:
            raise RecipeError(
                f"stages.{stage.name}.trainer.{key}: TRL's {config.__name__} has no such option"
                + nearest(key, known)
            )


def _set(values: Any, override: str) -> None:
    path, equals, text = override.partition("=")
    if not equals:
        raise RecipeError(f"--set {override}: write it as a.b=value")
    *parents, last = path.split(".")
    try:
        for parent in parents:
            values = _child(values, parent)
        values[_place(values, last)] = yaml.safe_load(text)
    except (KeyError, IndexError, TypeError) as error:
        raise RecipeError(f"--set {override}: the recipe has no place {path!r}") from error


def _child(values: Any, key: str) -> Any:
    return values.setdefault(key, {}) if isinstance(values, dict) else values[_place(values, key)]


def _place(values: Any, key: str) -> str | int:
    """Where `key` is: a key of a mapping; in a list, an index or the `name` of a member."""
    if isinstance(values, dict):
        return key
    if key.isdigit():
        return int(key)
    names = [value.get("name") for value in values]
    if key not in names:
        raise KeyError(key)
    return names.index(key)


def _refuse_unknown_keys(values: Any, kind: Any, path: str) -> None:
    """Walk `values` beside the type that they are to be; msgspec names no nearest key."""
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        for option in _chosen(values, typing.get_args(kind)):
            _refuse_unknown_keys(values, option, path)
    elif origin is list and isinstance(values, list):
        for index, value in enumerate(values):
            name = value.get("name", index) if isinstance(value, dict) else index
            _refuse_unknown_keys(value, typing.get_args(kind)[0], f"{path}.{name}")
    elif isinstance(kind, type) and issubclass(kind, msgspec.Struct) and isinstance(values, dict):
        known = {f.encode_name: f.type for f in msgspec.structs.fields(kind)}
        tag = kind.__struct_config__.tag_field
        for key, value in values.items():
            if key == tag:
                continue
            if key not in known:
                raise RecipeError(
                    f"{path.lstrip('.') or 'recipe'}: unknown key {key!r}{nearest(str(key), known)}"
                )
            _refuse_unknown_keys(value, known[key], f"{path}.{key}")


def _chosen(values: Any, options: tuple[Any, ...]) -> list[Any]:
    """The member of a tagged union that `values` names; none if it names none."""
    if not isinstance(values, dict):
        return []
    structs = [o for o in options if isinstance(o, type) and issubclass(o, msgspec.Struct)]
    tagged = [
        option
        for option in structs
        if (tag := option.__struct_config__.tag_field)
        and values.get(tag) == option.__struct_config__.tag
    ]
    return tagged or [option for option in structs if option.__struct_config__.tag is None]


def _check_order(recipe: Recipe) -> None:
    names = [stage.name for stage in recipe.stages]
    for place, stage in enumerate(recipe.stages):
        earlier = names[:place]
        if not re.fullmatch(r"\w[\w.-]*", stage.name):
            raise RecipeError(f"stage name {stage.name!r}: use letters, digits, and - . _ only")
        if stage.name in earlier:
            raise RecipeError(f"two stages are called {stage.name!r}")
        teachers = stage.teachers if isinstance(stage, Distill) else []
        for name in [*needs(recipe, stage), *teachers]:
            if name not in earlier:
                raise RecipeError(
                    f"stages.{stage.name}: {name!r} is not an earlier stage{nearest(name, earlier)}"
                )
