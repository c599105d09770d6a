"""The trace: a problem, and the text that a model wrote to solve it, in steps.

Offsets are character offsets (Python string indices) into `Trace.response`.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec


class Span(msgspec.Struct, frozen=True, gc=False):
    """Half-open range of characters `[start, end)` in the response."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span runs forward from 0 or later, got [{self.start}, {self.end})")

    def shift(self, offset: int) -> Span:
        """The same range seen from a text that begins `offset` characters earlier."""
        return Span(self.start + offset, self.end + offset)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a trace. `span` locates `text` in the response: `response[span] == text`."""

    index: int
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Trace:
    """A problem and a response, split into steps that tile the response in order.

    `answer` is the reference answer, if known. Checkers never read it: outcome is graded apart.
    `domain` is a free label such as "math"; it routes rewards, not verdicts.
    """

    id: str
    problem: str
    response: str
    steps: tuple[Step, ...]
    answer: str | None = None
    domain: str | None = None
