"""Claims about how many belong to groups that overlap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Region: TypeAlias = frozenset[int]
"""Those who belong to just these groups, by number."""

Part: TypeAlias = frozenset[Region]
"""Regions taken together: "at least one" is all but the empty one."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many there are in a part, in every admissible reading of its words.

    One that is not `plain` leaves open who is counted: "11 play football" may count those who play
    nothing else.
    """

    parts: tuple[Part, ...]
    count: int
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Groups:
    """What a problem tells of its groups."""

    names: tuple[str, ...]
    sizes: tuple[Size, ...]
