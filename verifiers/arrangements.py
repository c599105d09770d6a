"""Sets of arrangements of n things in n places, as bits of one integer.

Bit k of a set stands for the k-th permutation in lexicographic order, so that "and", "or" and "not"
are single operations on integers and every answer is exact. n up to 8 gives 40,320 bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import permutations
from typing import TYPE_CHECKING

from clr.bodies.connectives import And, Not, Or
from clr.bodies.ordering import At, Before, Beside, Formula

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@lru_cache(maxsize=8)
def _places(size: int) -> NDArray[np.int8]:
    """Row k: the place, from 0, of each item in arrangement k."""
    import numpy as np

    return np.array(list(permutations(range(size))), dtype=np.int8)


@lru_cache(maxsize=8)
def everything(size: int) -> int:
    """The set of all arrangements."""
    return (1 << len(_places(size))) - 1


def _bits(selected: NDArray[np.bool_]) -> int:
    import numpy as np

    return int.from_bytes(np.packbits(selected, bitorder="little").tobytes(), "little")


@lru_cache(maxsize=4096)
def _at(size: int, item: int, place: int) -> int:
    return _bits(_places(size)[:, item] == place)


@lru_cache(maxsize=4096)
def _before(size: int, first: int, second: int) -> int:
    places = _places(size)
    return _bits(places[:, first] < places[:, second])


@lru_cache(maxsize=4096)
def _beside(size: int, first: int, second: int, ordered: bool, gap: int) -> int:
    places = _places(size)
    apart = places[:, second] - places[:, first]
    return _bits((apart if ordered else abs(apart)) == gap)


def satisfying(formula: Formula, items: Sequence[str]) -> int:
    """The arrangements of `items` that satisfy `formula`; a place out of range holds nothing.

    Raises:
        ValueError: the formula names something that is not among the items.
    """
    size = len(items)
    match formula:
        case At(item, place):
            return _at(size, items.index(item), place - 1)
        case Before(first, second):
            return _before(size, items.index(first), items.index(second))
        case Beside(first, second, ordered, gap):
            return _beside(size, items.index(first), items.index(second), ordered, gap)
        case Not(arg):
            return everything(size) & ~satisfying(arg, items)
        case And(args):
            out = everything(size)
            for arg in args:
                out &= satisfying(arg, items)
            return out
        case Or(args):
            out = 0
            for arg in args:
                out |= satisfying(arg, items)
            return out


def example(arrangements: int, items: Sequence[str]) -> tuple[str, ...]:
    """The items in the order of the first arrangement of a non-empty set, low end first."""
    lowest = (arrangements & -arrangements).bit_length() - 1
    places = _places(len(items))[lowest]
    return tuple(sorted(items, key=lambda item: int(places[items.index(item)])))


def occupants(arrangements: int, place: int, items: Sequence[str]) -> tuple[str, ...]:
    """The items that stand in `place`, from 1, in some arrangement of the set."""
    return tuple(
        item for k, item in enumerate(items) if arrangements & _at(len(items), k, place - 1)
    )
