"""Claims about a stack of open brackets, as brackets are read one after another."""

from __future__ import annotations

from dataclasses import dataclass

CLOSER = {"(": ")", "[": "]", "{": "}", "<": ">"}
OPENER = {closer: opener for opener, closer in CLOSER.items()}

Stack = tuple[str, ...]
"""Open brackets, in the order written; which end is the top is part of what has to be judged."""


@dataclass(frozen=True, slots=True)
class Brackets:
    """The sequence of brackets that the problem gives; `doubted` if it asks whether they fit."""

    symbols: tuple[str, ...]
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class StackAfter:
    """After reading `symbol` (None: nothing is said to be read) the stack is as written.

    `readings` are the admissible readings of the stack. With `final`, the whole sequence is said to
    have been read; with `fits`, the symbol to close what is on top.
    """

    symbol: str | None
    readings: tuple[Stack, ...]
    final: bool = False
    fits: bool = False


@dataclass(frozen=True, slots=True)
class StackAfterAll:
    """After reading these symbols the stack is as written, in one of the `readings`; or after
    reading only `symbol`, of which the others are told."""

    symbols: tuple[str, ...]
    readings: tuple[Stack, ...]
    symbol: str | None = None


@dataclass(frozen=True, slots=True)
class Popped:
    """These brackets are left on the stack, to be taken off one by one in this order."""

    symbols: Stack


@dataclass(frozen=True, slots=True)
class Closing:
    """These brackets close what is left open, in this order; `answer` if it is the answer."""

    symbols: Stack
    answer: bool = False


@dataclass(frozen=True, slots=True)
class Finished:
    """The whole sequence is said to have been read."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A sentence with brackets that was not read whole."""
