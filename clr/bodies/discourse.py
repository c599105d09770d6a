"""What a step says about the trace itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Retraction:
    """The author says that something before `words`, or the step itself, is wrong."""

    words: str


@dataclass(frozen=True, slots=True)
class Omission:
    """A calculation that concludes though `number`, which the problem gives, was used nowhere."""

    number: str
