"""What the verifier says of a batch of completions: how good the reasoning is, and where it fails.

A judge is a function of prompts and completions; the trainer turns what it says into advantages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from clr.claim import Fault
from clr.consensus import Result, results, suspects
from clr.pool import Crew, map_audits
from clr.report import Report
from clr.reward import score, weights_for
from clr.segment import trace_of
from clr.trace import Span, Trace


@dataclass(frozen=True, slots=True)
class Judgement:
    """A completion's reasoning: its quality in [0, 1], its faults, and the steps that cost quality.

    `quality` is None where nothing can be said, as when an audit ran out of time: such a
    completion is neither praised nor blamed. `steps` are characters of the completion.
    """

    quality: float | None
    faults: tuple[Fault, ...] = ()
    steps: tuple[Span, ...] = ()
    results: tuple[Result, ...] = ()
    """What it works out, to be compared with other completions (clr.consensus)."""


Judge = Callable[[Sequence[str], Sequence[str], Sequence[str | None]], Sequence[Judgement]]
"""Judge completions of prompts, both plain text, of these domains: one judgement for each."""


def claims(workers: int | Crew = 2) -> Judge:
    """The judge that audits each completion claim by claim, in so many worker processes.

    A number starts new ones for each batch; a crew goes on from batch to batch. Quality is 1 - E'
    of clr.reward.
    """
    return partial(_audited, workers=workers)


def _audited(
    prompts: Sequence[str],
    completions: Sequence[str],
    domains: Sequence[str | None],
    *,
    workers: int | Crew,
) -> list[Judgement]:
    # completions of a small or converged model repeat: each is audited once
    asked = list(zip(prompts, completions, domains, strict=True))
    distinct = list(dict.fromkeys(asked))
    traces = (trace_of("", prompt, response=text, domain=of) for prompt, text, of in distinct)
    judgements = map_audits(judged, traces, workers=workers, profile="thorough")
    found = dict(zip(distinct, judgements, strict=True))
    return [found[one] for one in asked]


def judged(trace: Trace, report: Report) -> Judgement:
    """The judgement that a report on a trace amounts to."""
    if report.note is not None:
        return Judgement(None)
    priced = score(report, 0, weights_for(trace.domain), problem=trace.problem)
    faults = (claim.verdict.fault for claim in report.claims)
    return Judgement(
        quality=priced.quality,
        faults=tuple(fault for fault in faults if fault is not None),
        steps=tuple(step.span for step in priced.steps if step.value < 0),
        results=results(report),
    )


def compared(
    prompts: Sequence[str],
    judged: Sequence[Judgement],
    outcomes: Sequence[int | None],
    price: float,
) -> list[Judgement]:
    """The judgements with `price` off the quality of each completion that has a suspect step.

    Suspect is the first step with a result that only failing completions of the prompt have: a
    set-up error, which no checker sees (clr.consensus.suspects).
    """
    out = list(judged)
    for prompt in dict.fromkeys(prompts):
        places = [i for i, other in enumerate(prompts) if other == prompt]
        found = suspects([(judged[i].results, outcomes[i]) for i in places])
        for i, suspect in zip(places, found, strict=True):
            quality = judged[i].quality
            if suspect is not None and quality is not None:
                steps = tuple(dict.fromkeys((*judged[i].steps, suspect.span)))
                out[i] = replace(judged[i], quality=max(0.0, quality - price), steps=steps)
    return out
