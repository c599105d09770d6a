"""Claims that things are listed by their values: "in descending order: Ada (30), Bo (25)"."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Ranking:
    """Names with their values, said to stand in descending order, or in ascending order."""

    listed: tuple[tuple[str, Fraction], ...]
    descending: bool
