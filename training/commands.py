"""`clr train`: recipes, their parts by hand, and what this machine can run."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer

from clr.commands.options import usage_error
from clr.extras import extra

app = typer.Typer(help="Train a model with the verifier.", no_args_is_help=True)

Overrides = Annotated[
    list[str] | None, typer.Option("--set", help="a.b=value; repeatable. Stages go by name.")
]
Resume = Annotated[bool, typer.Option("--resume", help="Go on with an interrupted run.")]


@app.command()
def run(
    recipe: Annotated[str, typer.Argument(help="A YAML file, or the name of a shipped recipe.")],
    only: Annotated[list[str] | None, typer.Option(help="Stage to run; repeatable.")] = None,
    resume: Resume = False,
    set_: Overrides = None,
) -> None:
    """Run the stages of a recipe, one after the other."""
    _train(recipe, only or [], resume, set_ or [])


@app.command()
def demo(resume: Resume = False, set_: Overrides = None) -> None:
    """Train a tiny model from nothing on this machine: sft, rl, distillation, in minutes."""
    _train("tiny", [], resume, set_ or [])


@app.command()
def doctor() -> None:
    """Show versions and devices, and check what we rely on in TRL; exit with 1 if it fails."""
    from clr.training.doctor import examine

    findings = examine()
    for finding in findings:
        typer.echo(f"{'ok ' if finding.holds else 'BAD'} {finding.what}: {finding.detail}")
    if not all(finding.holds for finding in findings):
        raise typer.Exit(1)


@app.command()
def probe(
    checkpoints: Annotated[list[Path], typer.Argument(exists=True, file_okay=False)],
    data: Annotated[Path, typer.Option(exists=True, help="JSONL or Parquet records.")],
    k: Annotated[int, typer.Option(min=1)] = 8,
    samples: Annotated[int, typer.Option(min=1)] = 16,
    max_new_tokens: int = 512,
    seed: int = 0,
) -> None:
    """Pass@K of checkpoints in each domain, and the specialist of each."""
    if k > samples:
        raise usage_error(f"--k {k} needs at least as many --samples, not {samples}")
    with _packages():
        from clr.training import config
        from clr.training import data as records
        from clr.training.probe import pass_by_domain, specialists

    read = records.load([records.File(path=str(data))])
    sampling = config.Sampling(k=samples, max_new_tokens=max_new_tokens)
    table = {path: pass_by_domain(path, read, sampling, seed=seed, k=k) for path in checkpoints}
    for path, row in table.items():
        scores = "  ".join(f"{domain} {score:.4f}" for domain, score in row.items())
        typer.echo(f"{path}: {scores}")
    for domain, path in specialists(table).items():
        typer.echo(f"specialist of {domain}: {path}")


@app.command()
def merge(
    checkpoints: Annotated[list[Path], typer.Argument(exists=True, file_okay=False)],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder to write.")],
    weight: Annotated[list[float] | None, typer.Option(help="One for each; equal if none.")] = None,
) -> None:
    """Average the parameters of checkpoints of one architecture."""
    with _packages():
        from clr.training.merge import CannotMerge, merge

    try:
        merge(checkpoints, output, weight)
    except (CannotMerge, FileNotFoundError) as error:
        raise usage_error(str(error)) from error


@app.command("score-lp")
def score_lp(
    model: Annotated[str, typer.Argument(help="The student: a model name or checkpoint.")],
    data: Annotated[Path, typer.Option(exists=True, help="Records with prompt and completion.")],
    system: str = "",
) -> None:
    """Learning potential of each trace for the student (mean nats a token), as JSONL."""
    import msgspec

    with _packages():
        from clr.training import data as records
        from clr.training.distill import learning_potential
        from clr.training.models import fastest_dtype, load

    read = records.load([records.File(path=str(data))])
    for record, (score, tokens) in zip(
        read, learning_potential(load(model, dtype=fastest_dtype()), read, system), strict=True
    ):
        line = {"id": record.id, "domain": record.domain, "tokens": tokens, "score": score}
        typer.echo(msgspec.json.encode(line).decode())


def _packages() -> AbstractContextManager[None]:
    return extra("train", "training a model")


def _train(name: str, only: list[str], resume: bool, overrides: list[str]) -> None:
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from clr.endpoint import EndpointFailed

    with _packages():
        from clr.training import config
        from clr.training.data import UnusableData
        from clr.training.models import ModelUnavailable
        from clr.training.pipeline import run
    try:
        recipe = config.load(config.find(name), overrides)
        run(recipe, resume=resume, only=only, say=lambda line: typer.echo(line, err=True))
    except (
        config.RecipeError,
        UnusableData,
        FileNotFoundError,
        ModelUnavailable,
        EndpointFailed,
    ) as error:
        raise usage_error(str(error)) from error
    typer.echo(f"report: {Path(recipe.out) / 'report.html'}", err=True)
