"""`clr eval`: a model on a benchmark, with votes and claim-level reliability."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clr.commands.options import AsJson, Field, renames, usage_error
from clr.extras import extra

if TYPE_CHECKING:
    from clr.training.evaluate import Interval
    from clr.training.standing import Standing


def evaluate(
    benchmark: Annotated[
        str, typer.Option("--benchmark", "-b", help="aime24, aime25, hmmt25, brumo25, math500.")
    ],
    model: Annotated[str, typer.Option("--model", "-m", help="Checkpoint, hub id, or name.")],
    data: Annotated[
        Path | None, typer.Option(help="A local JSONL or Parquet file of the problems.")
    ] = None,
    endpoint: Annotated[
        str | None, typer.Option(help="OpenAI-compatible server: http://localhost:8000/v1.")
    ] = None,
    k: Annotated[int, typer.Option("-k", min=1, help="Samples of each problem.")] = 8,
    max_new_tokens: Annotated[int, typer.Option(min=1)] = 4096,
    temperature: Annotated[float, typer.Option(min=0.0)] = 1.0,
    top_p: Annotated[float, typer.Option(min=0.0, max=1.0)] = 0.95,
    batch: Annotated[int, typer.Option(min=1, help="Completions generated at once.")] = 64,
    cache: Annotated[Path, typer.Option(help="Where samples are kept; a rerun goes on.")] = Path(
        "runs/eval"
    ),
    field: Field = None,
    limit: Annotated[int | None, typer.Option("--limit", "-L", min=1)] = None,
    seed: int = 0,
    json: AsJson = False,
) -> None:
    """Sample answers to a benchmark; print mean@k, pass@k, majority@k and CLR@k, with intervals."""
    from clr.endpoint import EndpointFailed

    with extra("train", "sampling from a model"):
        from clr.training import contests, models, rollout, standing
        from clr.training.config import Sampling
        from clr.training.sampling import sample

    if data is None and benchmark not in contests.BENCHMARKS:
        known = ", ".join(contests.BENCHMARKS)
        raise usage_error(f"no benchmark {benchmark!r}: use one of {known}, or --data FILE")
    sampling = Sampling(
        k=k,
        max_new_tokens=max_new_tokens,
        temperature=temperature,
        top_p=top_p,
        batch=batch,
        endpoint=endpoint,
    )
    try:
        records = contests.benchmark(benchmark, data, renames(field))[:limit]
    except (OSError, ValueError) as error:
        hint = "" if data else "; --data FILE reads a local copy"
        raise usage_error(f"{error}{hint}") from error
    try:
        folder = cache / rollout.name_of(model, records, sampling, seed)
        rollouts = sample(model, records, sampling, seed=seed, cache=folder)
    except (OSError, ValueError, EndpointFailed, models.ModelUnavailable) as error:
        raise usage_error(str(error)) from error
    lengths = [n for found in rollouts for n in found.tokens if n]
    result = standing.standing(standing.graded(records, rollouts), lengths, seed=seed)
    if json:
        import msgspec

        typer.echo(msgspec.json.encode(result).decode())
    else:
        typer.echo(_text(result))


def _text(result: Standing) -> str:
    rows = [
        ("problems", str(result.problems)),
        (f"mean@{result.k}", _share(result.mean)),
        *((f"pass@{j}", f"{share:.3f}") for j, share in result.passed.items()),
        (f"majority@{result.k}", _share(result.majority)),
        (f"CLR@{result.k}", _share(result.reliable)),
        ("CLR over majority", _share(result.reliable_gain)),
        ("sound, of the right", "-" if result.sound is None else f"{result.sound:.3f}"),
        ("tokens per answer", "-" if result.tokens is None else f"{result.tokens:.0f}"),
    ]
    return "\n".join(f"{name:20s} {value}" for name, value in rows)


def _share(share: Interval) -> str:
    return f"{share.mean:.3f} [{share.low:.3f}, {share.high:.3f}]"
