"""Claims about who has what, while pairs of holders swap."""

from __future__ import annotations

from dataclasses import dataclass

Holdings = tuple[tuple[str, str], ...]
"""Holders with what each has."""


@dataclass(frozen=True, slots=True)
class Swaps:
    """What the problem says: who has what at the start, the swaps in order, the answers offered.

    `options` are labels with what they name; `asked` is the holder that the question is about.
    """

    start: Holdings
    events: tuple[tuple[str, str], ...]
    options: tuple[tuple[str, str], ...] = ()
    asked: str | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """Some holders have these things after `event` (None: no event is named).

    With `start`, this is said of the time before all events; with `final`, of the time after them;
    with `past`, of some time before; `index` is the number of the swap that it is said to be after.
    """

    event: tuple[str, str] | None
    has: Holdings
    start: bool = False
    final: bool = False
    past: bool = False
    index: int | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """An option of the problem is named as the answer."""

    label: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A sentence about the holders that was not read whole."""
