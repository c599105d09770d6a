"""`clr select`: of several responses to each problem, which answer to give."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clr.commands.options import ExitCode, Field, renames, say_if_none, usage_error

if TYPE_CHECKING:
    from clr.endpoint import Endpoint
    from clr.trace import Trace


class Way(StrEnum):
    """What a trajectory counts for."""

    BOTH = "both"
    MAJORITY = "majority"
    SYMBOLIC = "symbolic"
    CONSENSUS = "consensus"
    JUDGE = "judge"


def select(
    file: Annotated[Path, typer.Argument(help="JSONL or Parquet: one response of a problem each.")],
    by: Annotated[Way, typer.Option(help="What a response counts for.")] = Way.BOTH,
    k: Annotated[int, typer.Option(min=1, help="At most so many responses of a problem.")] = 32,
    m: Annotated[int, typer.Option(min=1, help="Claims judged in each response.")] = 5,
    endpoint: Annotated[str | None, typer.Option(help="For judge: URL up to /v1.")] = None,
    model: Annotated[str, typer.Option(help="For judge: the model's name there.")] = "",
    cache: Annotated[Path, typer.Option(help="For judge: folder for what it said.")] = Path(
        ".clr-cache"
    ),
    workers: Annotated[int, typer.Option("--workers", "-j", min=0, help="Processes.")] = 2,
    field: Field = None,
) -> None:
    """Choose an answer for each problem of FILE by claim-level reliability.

    Prints a line of JSON for each problem: the answer, the response to show, and the clusters of
    equivalent answers with their weights.
    """
    import msgspec

    from clr.endpoint import Endpoint, EndpointFailed
    from clr.records import Unreadable, read_traces

    if file != Path("-") and not file.exists():
        raise usage_error(f"no such file: {file}")
    if (by is Way.JUDGE) != bool(endpoint):
        raise usage_error("--by judge asks a model: it needs --endpoint, and nothing else does")
    groups: dict[str, list[Trace]] = {}
    unreadable = 0
    for record in read_traces(file, renames(field)):
        if isinstance(record, Unreadable):
            unreadable += 1
            typer.echo(f"clr: {record}", err=True)
        else:
            groups.setdefault(record.problem, []).append(record)
    server = Endpoint(url=endpoint, model=model) if endpoint else None
    for problem, traces in groups.items():
        group = list(islice(traces, k))
        try:
            weights = _weights(by, group, m, server, cache, workers)
        except EndpointFailed as error:
            raise usage_error(str(error)) from error
        typer.echo(msgspec.json.encode(_row(problem, group, weights)).decode())
    say_if_none(len(groups) + unreadable, [file])
    if unreadable:
        raise typer.Exit(ExitCode.UNREADABLE)


def _weights(
    by: Way, group: Sequence[Trace], m: int, server: Endpoint | None, cache: Path, workers: int
) -> list[float]:
    from clr.consensus import reliabilities
    from clr.judging import judge
    from clr.pool import audit_all
    from clr.reliability import reliability
    from clr.reward import score
    from clr.selection import with_votes

    if by is Way.MAJORITY:
        return [1.0] * len(group)
    if server is not None:
        judged = judge(server, group[0].problem, [t.response for t in group], m=m, cache=cache)
        return [one.reliability(m) for one in judged]
    reports = list(audit_all(group, workers=workers))
    if by is Way.SYMBOLIC:
        return [reliability(report.claims, m) for report in reports]
    if by is Way.CONSENSUS:
        return reliabilities(reports, m=m, symbolic=False)
    qualities = [score(r, 0, problem=group[0].problem).quality for r in reports]
    return with_votes(reliabilities(reports, m=m), qualities)


def _row(problem: str, group: Sequence[Trace], weights: Sequence[float]) -> dict[str, Any]:
    from clr.selection import select
    from clr.verifiers.answer import extract_answer

    chosen = select([extract_answer(trace.response) for trace in group], weights)
    best = None if chosen is None else group[chosen.best]
    return {
        "problem": problem,
        "answer": chosen and chosen.answer,
        "id": best and best.id,
        "response": best and best.response,
        "candidates": len(group),
        "clusters": [
            {
                "answer": cluster.answer,
                "weight": round(cluster.weight, 6),
                "members": [group[i].id for i in cluster.members],
            }
            for cluster in (chosen.clusters if chosen else ())
        ],
    }
