"""Claims about what somebody did when, and when there was time for something else."""

from __future__ import annotations

from dataclasses import dataclass

Interval = tuple[int, int]
"""From one time of a day to a later one, in seconds after midnight."""


@dataclass(frozen=True, slots=True)
class Occupied:
    """What is told of an interval, its words that matter, and when it was."""

    text: str
    words: frozenset[str]
    when: Interval


@dataclass(frozen=True, slots=True)
class Schedule:
    """A day as the problem tells it.

    Nothing can be done before `earliest` or after `latest`, where those are told. `options` are the
    answers offered, by label.
    """

    occupied: tuple[Occupied, ...]
    earliest: int | None = None
    latest: int | None = None
    options: tuple[tuple[str, Interval], ...] = ()


@dataclass(frozen=True, slots=True)
class Busy:
    """This happened in this interval; the words are some of those of the problem."""

    words: frozenset[str]
    when: Interval


@dataclass(frozen=True, slots=True)
class Free:
    """Nothing happened in this interval."""

    when: Interval


@dataclass(frozen=True, slots=True)
class Possible:
    """There was time for it in this interval, and with `only` in no other."""

    when: Interval
    only: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """Nothing can be done before this time, or after it where it is the `latest`."""

    time: int
    latest: bool


@dataclass(frozen=True, slots=True)
class Option:
    """An option of the problem is named as the answer."""

    label: str
