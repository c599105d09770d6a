"""Sets of integers between bounds in words: `the multiples of 7 between 10 and 40 are 14, 21, 28
and 35`, `there are 8 primes less than 20`.

Only sentences that begin with the claim are read: words before it may restrict the set.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from clr.bodies.mathematics import NumberFact
from clr.notation.ast import Int
from clr.reading.clauses import ends_plainly
from clr.reading.spoken_values import Tokens, words_at
from clr.reading.spoken_words import Sort

Options: TypeAlias = tuple[tuple[str, ...], ...]


class _Set(NamedTuple):
    """A set of integers, as the predicates of `clr.verifiers.integer_sets` take it, and the index
    after the words that say it."""

    kind: str
    numbers: tuple[int, ...]
    end: int


def _phrases(*phrases: str) -> Options:
    return tuple(tuple(phrase.split()) for phrase in phrases)


_NOUNS: tuple[tuple[str, Options], ...] = (
    ("even", _phrases("even numbers", "even integers", "even positive integers")),
    ("odd", _phrases("odd numbers", "odd integers", "odd positive integers")),
    ("primes", _phrases("prime numbers", "primes")),
    ("squares", _phrases("perfect squares", "square numbers")),
    (
        "cubes",
        _phrases(
            "perfect cubes",
        ),
    ),
    ("integers", _phrases("integers", "natural numbers", "whole numbers")),
)
_OF: tuple[tuple[str, Options], ...] = (
    ("multiples", _phrases("multiples of")),
    ("powers", _phrases("powers of")),
)
_POSITIVE = _phrases("positive")
_LONG = {"two-digit": (10, 99), "three-digit": (100, 999), "four-digit": (1000, 9999)}
_BELOW = _phrases("less than", "smaller than", "below", "under")
_UP_TO = _phrases(
    "less than or equal to", "smaller than or equal to", "not exceeding", "not greater than",
    "no greater than", "at most", "up to and including", "up to",
)  # fmt: skip
_INCLUSIVE = _phrases(", inclusive ,", ", inclusive", "( inclusive )", "inclusive")
_OPENS = frozenset(
    "so thus therefore hence then since because now note observe recall notice that we know see"
    " find first second third next also clearly and but here ,".split()
)
"""Words before a claim that do not restrict what it is about."""
_ARE = _phrases("are exactly :", "are :", "are exactly", "are")
_MOST_LISTED = 60


def integer_set_at(t: Tokens, at: int) -> tuple[NumberFact, int] | None:
    """What a clause that begins at `at` says of all members of a set of integers, and the index
    after it."""
    if any(token.text not in _OPENS for token in t[:at]):
        return None
    after = words_at(t, at, _phrases("there are exactly", "there are"))
    if after is not None:
        size = t[after].value if after < len(t) and t[after].single else None
        found = _set_at(t, after + 1) if isinstance(size, Int) else None
        return _counted(t, found, size.value) if found and isinstance(size, Int) else None
    after = words_at(t, at, _phrases("the number of", "the total number of"))
    if after is not None:
        found = _set_at(t, after)
        end = words_at(t, found.end, _phrases("is")) if found else None
        size = t[end].value if end is not None and end < len(t) and t[end].single else None
        if found is None or end is None or not isinstance(size, Int):
            return None
        return _counted(t, found._replace(end=end + 1), size.value)
    found = _set_at(t, at + 1 if t[at].text == "the" else at)
    end = words_at(t, found.end, _ARE) if found is not None else None
    members = _members(t, end) if end is not None else None
    if found is None or members is None or not ends_plainly(t, members[1]):
        return None
    numbers = (*found.numbers, *members[0])
    return NumberFact(f"listed {found.kind}", tuple(map(Int, numbers))), members[1]


def _counted(t: Tokens, found: _Set, size: int) -> tuple[NumberFact, int] | None:
    if not ends_plainly(t, found.end):
        return None
    return NumberFact(f"counted {found.kind}", tuple(map(Int, (*found.numbers, size)))), found.end


def _set_at(t: Tokens, at: int) -> _Set | None:
    """`multiples of 7 between 10 and 50`, `positive integers less than 5`."""
    positive = words_at(t, at, _POSITIVE)
    at = positive or at
    long = _LONG.get(t[at].text) if at < len(t) else None
    at += long is not None
    parameter = 0
    for kind, options in (*_NOUNS, *_OF):
        end = words_at(t, at, options)
        if end is None:
            continue
        if (kind, options) in _OF:
            divisor = _integer(t, end)
            if divisor is None:
                return None
            parameter, end = divisor, end + 1
        if long is not None:
            return _Set(kind, (parameter, long[0], long[0], long[1], long[1]), end)
        return _bounded(t, end, kind, parameter, positive=positive is not None)
    return None


def _bounded(t: Tokens, at: int, kind: str, parameter: int, *, positive: bool) -> _Set | None:
    between = words_at(t, at, _phrases("between"))
    if between is not None:
        pair = _pair(t, between, "and")
        if pair is None:
            return None
        low, high, end = pair
        inclusive = words_at(t, end, _INCLUSIVE)
        if inclusive is not None:
            return _Set(kind, (parameter, low, low, high, high), inclusive)
        return _Set(kind, (parameter, low, low + 1, high - 1, high), end)
    through = words_at(t, at, _phrases("from"))
    if through is not None:
        pair = _pair(t, through, "to") or _pair(t, through, "through")
        if pair is None:
            return None
        low, high, end = pair
        return _Set(kind, (parameter, low, low, high, high), words_at(t, end, _INCLUSIVE) or end)
    for options, less in ((_UP_TO, 0), (_BELOW, 1)):
        after = words_at(t, at, options)
        bound = _integer(t, after) if after is not None else None
        if after is None or bound is None:
            continue
        if kind == "integers" and not positive:
            return None  # which may be negative
        return _Set(kind, (parameter, int(positive), 1, bound - less, bound - less), after + 1)
    return None


def _pair(t: Tokens, at: int, word: str) -> tuple[int, int, int] | None:
    low = _integer(t, at)
    after = words_at(t, at + 1, ((word,),)) if low is not None else None
    high = _integer(t, after) if after is not None else None
    if low is None or after is None or high is None:
        return None
    return low, high, after + 1


def _integer(t: Tokens, at: int) -> int | None:
    value = t[at].value if at < len(t) and t[at].single else None
    return value.value if isinstance(value, Int) else None


def _members(t: Tokens, at: int) -> tuple[list[int], int] | None:
    """Two or more integers with commas or an "and" between them, and the index after them."""
    found: list[int] = []
    while len(found) < _MOST_LISTED and (number := _integer(t, at)) is not None:
        found.append(number)
        at += 1
        after = words_at(t, at, ((",", "and"), ("and",), (",",)))
        if after is None or _integer(t, after) is None:
            break
        at = after
    goes_on = at < len(t) and t[at].sort is Sort.STOP and t[at].text == ","
    return (found, at) if len(found) > 1 and not goes_on else None
