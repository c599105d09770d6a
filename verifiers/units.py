"""Units of measure, as far as comparing numbers needs them: which ones convert, and by what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

from clr.notation.ast import Add, Div, Expr, Int, Mul, Neg, Quantity, kinds, walk
from clr.verifiers.exact import Rational, divide
from clr.verifiers.exact import power as exact_power

_SCALES: dict[str, dict[str, Fraction]] = {
    "time": {
        "second": Fraction(1), "minute": Fraction(60), "hour": Fraction(3600),
        "day": Fraction(86400), "week": Fraction(604800), "fortnight": Fraction(1209600),
        "month": Fraction(2629800), "year": Fraction(31557600), "decade": Fraction(315576000),
        "millisecond": Fraction(1, 1000),
    },
    "length": {
        "mm": Fraction(1, 1000), "millimeter": Fraction(1, 1000), "cm": Fraction(1, 100),
        "centimeter": Fraction(1, 100), "m": Fraction(1), "meter": Fraction(1),
        "metre": Fraction(1),
        "km": Fraction(1000), "kilometer": Fraction(1000), "inch": Fraction(254, 10000),
        "foot": Fraction(3048, 10000), "yard": Fraction(9144, 10000),
        "mile": Fraction(1609344, 1000),
    },
    "mass": {
        "mg": Fraction(1, 1000), "g": Fraction(1), "gram": Fraction(1), "kg": Fraction(1000),
        "kilogram": Fraction(1000), "ounce": Fraction(28349523125, 10**9),
        "pound": Fraction(45359237, 10**5), "ton": Fraction(907184740, 1000),
    },
    "volume": {
        "ml": Fraction(1, 1000), "milliliter": Fraction(1, 1000), "l": Fraction(1),
        "liter": Fraction(1), "litre": Fraction(1), "cup": Fraction(2365882365, 10**10),
        "pint": Fraction(473176473, 10**9), "quart": Fraction(946352946, 10**9),
        "gallon": Fraction(3785411784, 10**9), "tablespoon": Fraction(147867648, 10**10),
        "teaspoon": Fraction(49289216, 10**10),
    },
    "money": {
        "cent": Fraction(1), "penny": Fraction(1), "nickel": Fraction(5), "dime": Fraction(10),
        "quarter": Fraction(25), "dollar": Fraction(100),
    },
    "angle": {"degree": Fraction(1), "arcminute": Fraction(1, 60)},
    "count": {
        "pair": Fraction(2), "dozen": Fraction(12), "score": Fraction(20), "gross": Fraction(144),
        "hundred": Fraction(100), "thousand": Fraction(1000), "kilo": Fraction(1000),
        "million": Fraction(10**6),
        "billion": Fraction(10**9), "trillion": Fraction(10**12), "lakh": Fraction(10**5),
        "crore": Fraction(10**7),
    },
    "data": {
        "kb": Fraction(1, 1000), "mb": Fraction(1), "gb": Fraction(1000), "tb": Fraction(10**6),
    },
}  # fmt: skip
_DIMENSION = {unit: dim for dim, units in _SCALES.items() for unit in units}
_ROUGH = frozenset(("month", "year", "decade", "ton", "quarter"))
"""Units whose size differs between calendars, countries or meanings."""
_WORD = re.compile(r"[a-z]+")


@lru_cache(maxsize=4096)
def units(e: Expr) -> tuple[str, ...]:
    """Words of the units in `e`, each in the singular."""
    if Quantity not in kinds(e):
        return ()
    written = (node.unit for node in walk(e) if isinstance(node, Quantity))
    return tuple(word for unit in written for word in _words(unit))


@lru_cache(maxsize=4096)
def _words(unit: str) -> tuple[str, ...]:
    """The words of a unit, each in the singular."""
    return tuple(
        word[:-1] if word.endswith("s") and word[:-1] in _DIMENSION else word
        for word in _WORD.findall(unit)
    )


LEVELS = frozenset(("db",))
"""Units of logarithms: two sounds of 60 dB are one of 63 dB."""


@lru_cache(maxsize=4096)
def compare_bare(left: frozenset[str], right: frozenset[str], *, adds: bool) -> bool:
    """Whether sides in these units that are one number are one quantity as well: none converts,
    and a left side that `adds` has no more than one that may."""
    a, b = ({word for unit in side for word in _words(unit)} for side in (left, right))
    if adds and len(a & _DIMENSION.keys()) > 1:
        return False
    return a.isdisjoint(LEVELS) and not converts(a, b)


def converts(left: Iterable[str], right: Iterable[str]) -> bool:
    """Whether the two sides name different units of one dimension, so that a bare comparison of
    their numbers says nothing. A unit of count ("dozen") on either side alone is enough."""
    a = {u for u in left if u in _DIMENSION}
    b = {u for u in right if u in _DIMENSION}
    if any(_DIMENSION[u] == "count" for u in a ^ b):
        return True
    for unit in a ^ b:
        others = (a | b) - {unit}
        if any(_DIMENSION[o] == _DIMENSION[unit] for o in others):
            return True
    return False


def measured(e: Expr) -> tuple[str, Expr] | None:
    """The dimension of `e` ("" for a bare number), and `e` in the base unit of that dimension.

    None where units are unknown, compound, rough ("month"), or combined otherwise than in sums of
    one dimension and products with numbers.
    """
    match e:
        case Quantity(number, unit):
            scale = _scale(unit)
            if scale is None or Quantity in kinds(number):
                return None
            dimension, factor = scale
            return dimension, Mul((number, Div(Int(factor.numerator), Int(factor.denominator))))
        case Neg(arg):
            inner = measured(arg)
            return inner and (inner[0], Neg(inner[1]))
        case Add(args):
            terms = [measured(a) for a in args]
            known = [t for t in terms if t is not None]
            if len(known) < len(terms) or len({d for d, _ in known}) > 1:
                return None
            return known[0][0], Add(tuple(t for _, t in known))
        case Mul(args):
            factors = [measured(a) for a in args]
            known = [f for f in factors if f is not None]
            dimensions = [d for d, _ in known if d]
            if len(known) < len(factors) or len(dimensions) > 1:
                return None
            return "".join(dimensions), Mul(tuple(f for _, f in known))
        case Div(num, den):
            above, below = measured(num), measured(den)
            if above is None or below is None or below[0] not in ("", above[0]):
                return None
            return ("" if below[0] else above[0]), Div(above[1], below[1])
        case _:
            return None if Quantity in kinds(e) else ("", e)


_AMBIGUOUS = frozenset(("m", "g", "l", "in", "s", "h"))
"""Abbreviations that may stand for something else than the unit in the table: a million, a day."""


def summed(e: Expr) -> frozenset[str] | None:
    """The units that the terms of a sum are in, as far as they are known: minutes and hours.

    None unless `e` is a sum of which each term has one unit and all of it is read.
    """
    if not isinstance(e, Add) or Quantity not in kinds(e):
        return None
    found: set[str] = set()
    for term in e.args:
        named = set(units(term))
        inner = measured(term)
        if inner is None or not inner[0] or len(named) != 1 or named & _AMBIGUOUS:
            return None
        found |= named
    return frozenset(found)


def dimension(unit: str) -> str:
    """What a unit measures: time, length, mass, volume, money, angle, count, data."""
    return _DIMENSION[unit]


def unit_size(unit: str) -> Fraction:
    """The size of a unit in the base unit of its dimension."""
    return _SCALES[_DIMENSION[unit]][unit]


def _scale(unit: str) -> tuple[str, Fraction] | None:
    word = unit[:-1] if unit.endswith("s") and unit[:-1] in _DIMENSION else unit
    if word not in _DIMENSION or word in _ROUGH:
        return None
    dimension = _DIMENSION[word]
    scale = _SCALES[dimension][word]
    return ("", scale) if dimension == "count" else (dimension, scale)


_PART = re.compile(r"\s*(?:(/)|\^(-?\d)|(square|sq|cubic|cu)\b\.?|([^\s/^]+))")
_POWERS = {"square": 2, "sq": 2, "cubic": 3, "cu": 3}


def measure(unit: str) -> tuple[tuple[tuple[str, int], ...], Rational] | None:
    """The dimensions of a unit with their powers, and its size in their base units.

    `km/hour` is length to the first and time to the minus first power, of size 1000/3600. A count
    ("dozen") has no dimension. None where a word is no known unit, or a rough one ("month").
    """
    powers: dict[str, int] = {}
    size: Rational = 1
    sign, power = 1, 1
    parts = list(_PART.finditer(unit))
    for index, part in enumerate(parts):
        slash, _, prefix, word = part.groups()
        if slash:
            sign = -1
        elif prefix:
            power = _POWERS[prefix]
        elif word:
            if index + 1 < len(parts) and parts[index + 1][2]:
                power = int(parts[index + 1][2])
            scale = _scale(word.lower())
            if scale is None:
                return None
            dimension, factor = scale
            if dimension:
                powers[dimension] = powers.get(dimension, 0) + sign * power
            in_base = divide(factor.numerator, factor.denominator)
            size = size * exact_power(in_base, sign * power)
            power = 1
    return tuple(sorted((d, p) for d, p in powers.items() if p)), size
