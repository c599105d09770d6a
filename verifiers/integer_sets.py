"""Sets of integers between bounds, such as the multiples of 7 up to 50: their members and size.

Words often leave open whether a bound belongs to the set, so each bound comes as a first and a last
value that it may have: a claim is false only if it is false for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import count, takewhile

import flint

MOST = 100_000
"""Integers between the bounds of a set; a larger one is not looked through."""
MOST_SHOWN = 12


def _multiples(k: int, low: int, high: int) -> Sequence[int]:
    if k < 1:
        raise ValueError("multiples of no positive number")
    return range(low + -low % k, high + 1, k)


def _powers(k: int, low: int, high: int) -> Sequence[int]:
    if k < 2:
        raise ValueError("powers of such a number are not told apart")
    return _from(low, takewhile(lambda power: power <= high, (k**n for n in count())))


def _of_order(order: int, _: int, low: int, high: int) -> Sequence[int]:
    return _from(low, takewhile(lambda power: power <= high, (n**order for n in count())))


def _from(low: int, numbers: Iterator[int]) -> Sequence[int]:
    return [n for n in numbers if n >= low]


def _primes(_: int, low: int, high: int) -> Sequence[int]:
    return [n for n in range(max(low, 2), high + 1) if flint.fmpz(n).is_prime()]


SETS: Mapping[str, Callable[[int, int, int], Sequence[int]]] = {
    "integers": lambda _, low, high: range(low, high + 1),
    "even": lambda _, low, high: _multiples(2, low, high),
    "odd": lambda _, low, high: range(low | 1, high + 1, 2),
    "multiples": _multiples,
    "primes": _primes,
    "squares": partial(_of_order, 2),
    "cubes": partial(_of_order, 3),
    "powers": _powers,
}
"""The members of a set, in order, by its parameter (0 where it has none) and its bounds."""


def _alternatives(
    kind: str, parameter: int, bounds: tuple[int, int, int, int]
) -> Iterator[Sequence[int]]:
    lowest, low, high, highest = bounds
    if not (0 <= lowest <= low <= lowest + 1 and high <= highest <= high + 1):
        raise ValueError("no bounds of a set of integers that are not negative")
    if highest - lowest > MOST:
        raise ValueError("too many integers to look through")
    for first in {lowest, low}:
        for last in {high, highest}:
            yield SETS[kind](parameter, first, last)


LEAST = 5
"""Members from which on a claim that is nearly true is about all of a set. Fewer, or far fewer than
there are, may be those in a list that the text speaks of."""


def listed(kind: str, *numbers: int) -> tuple[bool, str]:
    """Whether the numbers after parameter and bounds are all members of a set.

    Raises ValueError where they may be those of its members that the text speaks of.
    """
    parameter, lowest, low, high, highest, *claimed = numbers
    claimed.sort()
    found = list(_alternatives(kind, parameter, (lowest, low, high, highest)))
    if any(claimed == list(members) for members in found):
        return True, "these are all"
    wrong = [n for n in claimed if all(n not in members for members in found)]
    nearest = min(found, key=lambda members: (abs(len(members) - len(claimed)), len(members)))
    if not wrong and (len(claimed) < LEAST or len(nearest) - len(claimed) > 1):
        raise ValueError("they may be some of the members")
    return False, f"they are {_shown(nearest)}"


def counted(kind: str, *numbers: int) -> tuple[bool, str]:
    """Whether the last number is the size of a set.

    Raises ValueError where it may be that of some of its members, which the text speaks of.
    """
    parameter, lowest, low, high, highest, claimed = numbers
    found = _alternatives(kind, parameter, (lowest, low, high, highest))
    sizes = sorted({len(members) for members in found})
    if claimed not in sizes and (claimed < LEAST or claimed < sizes[0] - 1 - sizes[0] // 10):
        raise ValueError("it may count some of the members")
    return claimed in sizes, f"there are {' or '.join(map(str, sizes))}"


def _shown(members: Sequence[int]) -> str:
    shown = ", ".join(map(str, members[:MOST_SHOWN])) or "none"
    return shown if len(members) <= MOST_SHOWN else f"{shown}, ..."
