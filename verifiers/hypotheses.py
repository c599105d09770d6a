"""Hypotheses that are open, and what closes them: a conclusion that excludes one, or one that holds
in all cases. They are kept in the order in which they were opened.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

H = TypeVar("H")


def left_behind(supposing: tuple[H, ...], excludes: Callable[[H], bool]) -> tuple[H, ...]:
    """What is still open once a conclusion `excludes` the last hypothesis that it can: that one is
    given up, with all that were opened within it."""
    for n in reversed(range(len(supposing))):
        if excludes(supposing[n]):
            return supposing[:n]
    return supposing


def outside_of_cases(
    supposing: tuple[H, ...], exhaust: Callable[[tuple[H, ...]], bool]
) -> tuple[H, ...]:
    """What is still open once all cases were gone through: the last hypotheses that, between them,
    `exhaust` what is possible are closed."""
    for n in reversed(range(len(supposing))):
        if exhaust(supposing[n:]):
            return supposing[:n]
    return supposing
