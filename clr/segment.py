"""Steps from text."""

from __future__ import annotations

from collections.abc import Sequence

from clr.trace import Span, Step, Trace

JOINER = "\n\n"
"""Put between given steps to make one response of them."""


def tiled(steps: Sequence[str]) -> tuple[str, tuple[Step, ...]]:
    """Join given steps to a response; each step's span starts where the one before it ends, so that
    the joiner belongs to no step's text."""
    out: list[Step] = []
    at = 0
    for index, text in enumerate(steps):
        out.append(Step(index, text, Span(at, at + len(text))))
        at += len(text) + len(JOINER)
    return JOINER.join(steps), tuple(out)


def trace_of(
    id: str,
    problem: str,
    *,
    steps: Sequence[str] | None = None,
    response: str | None = None,
    answer: str | None = None,
    domain: str | None = None,
) -> Trace:
    """A trace from either its steps or its whole response, which is then segmented."""
    if steps is not None:
        text, cut = tiled(steps)
    else:
        text = response or ""
        cut = segment(text)
    return Trace(id, problem, text, cut, answer, domain)


def segment(response: str) -> tuple[Step, ...]:
    """Cut a response into steps whose spans tile it."""
    return (Step(0, response, Span(0, len(response))),) if response else ()
