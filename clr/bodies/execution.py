"""Claims about what a program does: what a call returns or raises, what is printed, how often a
loop runs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Value:
    """A value as written. `readings` are Python literals, the plainest first.

    Only a `firm` one can be wrong: a bare word may be a value, or speak about one.
    """

    text: str
    readings: tuple[str, ...]
    firm: bool = True


@dataclass(frozen=True, slots=True)
class Returns:
    """After one of `programs` (all that may be meant), `expression` has this value."""

    programs: tuple[str, ...]
    expression: str
    value: Value


@dataclass(frozen=True, slots=True)
class Raises:
    """After one of `programs`, evaluating `expression` raises `error`, the name of a class."""

    programs: tuple[str, ...]
    expression: str
    error: str


@dataclass(frozen=True, slots=True)
class Prints:
    """After one of `programs`, `statement` prints this text; with none, the program itself does.

    A `verbatim` text is all that is printed, line for line; another may have been written in a
    line, with commas or quotes, or name a part of it.
    """

    programs: tuple[str, ...]
    statement: str | None
    text: str
    verbatim: bool


@dataclass(frozen=True, slots=True)
class LoopRuns:
    """The body of the only loop of one of `programs` runs `count` times.

    The programs come changed: what they leave in `COUNTER` is the count. `expression` is evaluated
    after them, if there is one. `breaks`: the loop may be left in the middle of a round.
    """

    programs: tuple[str, ...]
    expression: str | None
    count: int
    breaks: bool


COUNTER = "__rounds__"
Execution = Returns | Raises | Prints | LoopRuns
