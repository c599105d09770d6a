"""Hypotheses that are open, and what closes them: a conclusion that excludes one, or one that holds
in all cases.

They are kept in the order in which they were opened; None is one that was not read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

H = TypeVar("H")


def left_behind(
    supposing: tuple[H | None, ...], excludes: Callable[[H], bool]
) -> tuple[H | None, ...]:
    """What is still open once a conclusion `excludes` the last hypothesis that it can: that one is
    given up, with all that were opened within it."""
    for n in reversed(range(len(supposing))):
        hypothesis = supposing[n]
        if hypothesis is not None and excludes(hypothesis):
            return supposing[:n]
    return supposing


def outside_of_cases(
    supposing: tuple[H | None, ...], exhaust: Callable[[Sequence[H]], bool]
) -> tuple[H | None, ...]:
    """What is still open once all cases were gone through: the last hypotheses that, between them,
    `exhaust` what is possible are closed."""
    cases: list[H] = []
    for n in reversed(range(len(supposing))):
        hypothesis = supposing[n]
        if hypothesis is not None:
            cases.append(hypothesis)
            if exhaust(cases):
                return supposing[:n]
    return supposing
