"""What statements of any family are put together with: denial, and all or one of several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

F = TypeVar("F", covariant=True)
"""The formulas of a family, those put together among them."""


@dataclass(frozen=True, slots=True)
class Not(Generic[F]):
    """What `arg` denies."""

    arg: F


@dataclass(frozen=True, slots=True)
class And(Generic[F]):
    """All of `args`; without any, true."""

    args: tuple[F, ...]


@dataclass(frozen=True, slots=True)
class Or(Generic[F]):
    """At least one of `args`; without any, false."""

    args: tuple[F, ...]


@dataclass(frozen=True, slots=True)
class Premise(Generic[F]):
    """A statement of the problem, as written and as read."""

    text: str
    formula: F
