"""Dimensions of quantities, as powers of length, mass, time and so on, and what they amount to.

5 newtons times 2 metres have the dimension of 10 joules. Units that are no measures, such as
apples, have none that could be told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Final

import msgspec

from clr.notation.ast import Add, Call, Div, Expr, Int, Mul, Neg, Pow, Quantity, kinds, walk

_MASS = {"mass": 1}
_FORCE = {"mass": 1, "length": 1, "time": -2}
_ENERGY = {"mass": 1, "length": 2, "time": -2}
_POWER = {"mass": 1, "length": 2, "time": -3}
_VOLTAGE = _POWER | {"current": -1}
_PRESSURE = {"mass": 1, "length": -1, "time": -2}
_COHERENT: Mapping[str, tuple[Mapping[str, int], Fraction]] = {
    "meter": ({"length": 1}, Fraction(1)),
    "metre": ({"length": 1}, Fraction(1)),
    "gram": (_MASS, Fraction(1, 1000)),
    "second": ({"time": 1}, Fraction(1)),
    "ampere": ({"current": 1}, Fraction(1)),
    "kelvin": ({"temperature": 1}, Fraction(1)),
    "mole": ({"amount": 1}, Fraction(1)),
    "liter": ({"length": 3}, Fraction(1, 1000)),
    "litre": ({"length": 3}, Fraction(1, 1000)),
    "hertz": ({"time": -1}, Fraction(1)),
    "becquerel": ({"time": -1}, Fraction(1)),
    "newton": (_FORCE, Fraction(1)),
    "pascal": (_PRESSURE, Fraction(1)),
    "joule": (_ENERGY, Fraction(1)),
    "watt": (_POWER, Fraction(1)),
    "watthour": (_ENERGY, Fraction(3600)),
    "coulomb": ({"current": 1, "time": 1}, Fraction(1)),
    "volt": (_VOLTAGE, Fraction(1)),
    "ohm": (_VOLTAGE | {"current": -2}, Fraction(1)),
    "farad": ({"mass": -1, "length": -2, "time": 4, "current": 2}, Fraction(1)),
    "henry": (_VOLTAGE | {"time": -2, "current": -2}, Fraction(1)),
    "tesla": ({"mass": 1, "time": -2, "current": -1}, Fraction(1)),
    "weber": (_VOLTAGE | {"time": -2}, Fraction(1)),
    "molar": ({"amount": 1, "length": -3}, Fraction(1000)),
    "diopter": ({"length": -1}, Fraction(1)),
}
"""Units that take prefixes."""
_PREFIXES = {
    "giga": Fraction(10**9), "mega": Fraction(10**6), "kilo": Fraction(1000),
    "centi": Fraction(1, 100), "milli": Fraction(1, 1000), "micro": Fraction(1, 10**6),
    "nano": Fraction(1, 10**9), "pico": Fraction(1, 10**12),
}  # fmt: skip
_SHORT = {
    "km": "kilometer", "cm": "centimeter", "mm": "millimeter", "nm": "nanometer",
    "kg": "kilogram", "mg": "milligram", "ml": "milliliter", "hz": "hertz", "khz": "kilohertz",
    "pa": "pascal", "kpa": "kilopascal", "mol": "mole", "kwh": "kilowatthour", "kw": "kilowatt",
    "j": "joule", "n": "newton", "m": "meter", "v": "volt", "w": "watt",
}  # fmt: skip
_DEFINED: Mapping[str, tuple[Mapping[str, int], Fraction]] = {
    "minute": ({"time": 1}, Fraction(60)),
    "hour": ({"time": 1}, Fraction(3600)),
    "day": ({"time": 1}, Fraction(86400)),
    "dollar": ({"money": 1}, Fraction(1)),
    "cent": ({"money": 1}, Fraction(1, 100)),
}


def _units() -> dict[str, tuple[Mapping[str, int], Fraction]]:
    known = dict(_COHERENT) | dict(_DEFINED)
    for name, (powers, size) in _COHERENT.items():
        for prefix, factor in _PREFIXES.items():
            known[prefix + name] = (powers, size * factor)
    known |= {short: known[name] for short, name in _SHORT.items()}
    return known


_UNITS: Final = _units()


class Magnitude(msgspec.Struct, frozen=True, gc=False):
    """The powers of the dimensions of a quantity, and what it is in their base units."""

    powers: tuple[tuple[str, int], ...]
    value: Expr


_PART = re.compile(r"\s*(?:(/)|\^(-?\d)|([^\s/^]+))")


@lru_cache(maxsize=4096)
def unit_magnitude(unit: str) -> tuple[tuple[tuple[str, int], ...], Fraction] | None:
    """The dimensions of a unit and its size: `kilometer/hour`. None where a part is not known, or
    where it is a temperature, whose zero differs between scales."""
    if unit.isalpha():
        alone = _UNITS.get(unit)
        return None if alone is None else _told(*alone)
    powers: dict[str, int] = {}
    size = Fraction(1)
    sign = 1
    parts = list(_PART.finditer(unit))
    for index, part in enumerate(parts):
        slash, _, word = part.groups()
        if slash:
            sign = -1
        elif word:
            power = sign
            if index + 1 < len(parts) and parts[index + 1][2]:
                power *= int(parts[index + 1][2])
            known = _UNITS.get("kelvin" if word == "°C" else word)
            if known is None:
                return None
            for name, by in known[0].items():
                powers[name] = powers.get(name, 0) + power * by
            size *= known[1] ** power
    if "".join(part.group() for part in parts) != unit or not unit:
        return None
    return _told(powers, size)


def _told(
    powers: Mapping[str, int], size: Fraction
) -> tuple[tuple[tuple[str, int], ...], Fraction] | None:
    found = _sorted(powers)
    return None if found == (("temperature", 1),) else (found, size)


def _sorted(powers: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def magnitude(e: Expr) -> Magnitude | None:
    """The dimensions of an expression without unknowns, and its value in their base units; None
    where a unit is not known, or where unlike things are added."""
    if Quantity not in kinds(e):
        return Magnitude((), e)
    match e:
        case Quantity(number, unit):
            known = _in_base(unit) if Quantity not in kinds(number) else None
            return known and Magnitude(known.powers, Mul((number, known.value)))
        case Neg(arg):
            inner = magnitude(arg)
            return inner and Magnitude(inner.powers, Neg(inner.value))
        case Add(args):
            terms = _magnitudes(args)
            if terms is None or any(t.powers != terms[0].powers for t in terms):
                return None
            return Magnitude(terms[0].powers, Add(tuple([t.value for t in terms])))
        case Mul(args):
            factors = _magnitudes(args)
            if factors is None:
                return None
            joint = _joint(*[(f.powers, 1) for f in factors])
            return Magnitude(joint, Mul(tuple([f.value for f in factors])))
        case Div(num, den):
            above, below = magnitude(num), magnitude(den)
            if above is None or below is None:
                return None
            joint = _joint((above.powers, 1), (below.powers, -1))
            return Magnitude(joint, Div(above.value, below.value))
        case Pow(base, Int(n)):
            inner = magnitude(base)
            if inner is None:
                return None
            return Magnitude(_joint((inner.powers, n)), Pow(inner.value, Int(n)))
        case Call("sqrt", (arg,)):
            inner = magnitude(arg)
            if inner is None or any(power % 2 for _, power in inner.powers):
                return None
            halves = tuple((name, power // 2) for name, power in inner.powers)
            return Magnitude(halves, Call("sqrt", (inner.value,)))
        case _:
            return None


@lru_cache(maxsize=4096)
def _in_base(unit: str) -> Magnitude | None:
    """What one of a unit is."""
    known = unit_magnitude(unit)
    return known and Magnitude(known[0], _number(known[1]))


def _magnitudes(parts: Sequence[Expr]) -> list[Magnitude] | None:
    """The magnitudes of all parts; None as soon as one has none."""
    found: list[Magnitude] = []
    for part in parts:
        known = magnitude(part)
        if known is None:
            return None
        found.append(known)
    return found


def _joint(*parts: tuple[tuple[tuple[str, int], ...], int]) -> tuple[tuple[str, int], ...]:
    """The powers of a product, each factor raised to a power of its own."""
    powers: dict[str, int] = {}
    for part, by in parts:
        for name, power in part:
            powers[name] = powers.get(name, 0) + by * power
    return _sorted(powers)


def _number(size: Fraction) -> Expr:
    return Div(Int(size.numerator), Int(size.denominator)) if size != 1 else Int(1)


def may_be_equal(left: Expr, right: Expr) -> bool:
    """Whether two sides with units may be one quantity: of one dimension, or a calculation without
    units and a result with one. A unit may be named again though its power is another one."""
    if Quantity not in kinds(right):
        found = magnitude(left)
        return found is not None and not found.powers
    if Quantity not in kinds(left):
        return not isinstance(right, Add)
    return same_dimension(left, right) or _named(right) <= _named(left)  # 3 m × 4 m = 12 m


def adds_unlike(e: Expr) -> bool:
    """Whether a sum in an expression has terms with and without units, or of two dimensions: then
    what stands behind its numbers are no units."""
    for node in walk(e):
        if isinstance(node, Add) and Quantity in kinds(node):
            if any(Quantity not in kinds(term) for term in node.args):
                return True
            found = {known.powers for term in node.args if (known := magnitude(term)) is not None}
            if len(found) > 1:
                return True
    return False


def same_dimension(left: Expr, right: Expr) -> bool:
    """Whether two sides with units are known to be of one dimension."""
    a, b = magnitude(left), magnitude(right)
    return a is not None and b is not None and a.powers == b.powers != ()


def _named(e: Expr) -> set[str]:
    """The words of the units in an expression."""
    units = [node.unit for node in walk(e) if isinstance(node, Quantity)]
    return {word for unit in units for word in _WORD.findall(unit)}


_WORD = re.compile(r"[^\s/^\d-]+")
