"""What readers of things that change share: a machine, and how its events are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from clr.bodies.machines import Event, Machine, Values
from clr.reading.lexicon import sentences
from clr.reading.machine_answers import Question

_LEAD = re.compile(
    r"(?:(?:so|then|next|now|first|second|third|after that|afterwards?|later|finally|lastly|and"
    r"|therefore|thus|hence|initially|at first|at the (?:start|beginning)|to begin with"
    r"|in the beginning|originally),?:? )+",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Kinds:
    """How the events and the values of one sort of machine are written.

    `event` gives the events that a clause tells of, in order, with who does them; `values` what a
    clause says of the slots.
    """

    event: Callable[[str], tuple[tuple[Event, ...], str] | None]
    values: Callable[[str], Values | None]
    mentions: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader needs of the problem: the machine, how to read an event and a value, and what
    is asked, where that is read."""

    machine: Machine
    kind: Kinds
    question: Question | None = None


def told(problem: str) -> Iterator[str]:
    """The sentences of a problem but its questions."""
    for span in sentences(problem):
        text = problem[span.start : span.end]
        if text[-1] != "?":
            yield text.rstrip(".!:; ")


def unled(text: str) -> str:
    """A clause without words that only say when it comes."""
    m = _LEAD.match(text)
    return text[m.end() :] if m else text
