"""Symbols of units as scientists write them, `m/s²`, `kJ`, `J/(kg·K)`, and their names in words.

A symbol tells a unit by its case, `mW` and `MW`, while a name in words does not need it: past this
module a unit is told by its name, `meter/second^2`.
"""

from __future__ import annotations

import re
from typing import Final

SINGLE: Final = {
    "m": "meter", "g": "gram", "s": "second", "h": "hour", "L": "liter", "l": "liter",
    "N": "newton", "J": "joule", "W": "watt", "V": "volt", "A": "ampere", "K": "kelvin",
    "C": "coulomb", "F": "farad", "H": "henry", "T": "tesla", "M": "molar", "D": "diopter",
    "Ω": "ohm", "k": "kilo",
}  # fmt: skip
"""Units whose symbol is one letter, which may be a name all the same."""
_SEVERAL = {
    "Hz": "hertz", "Pa": "pascal", "mol": "mole", "eV": "electronvolt", "min": "minute",
    "hr": "hour", "cal": "calorie", "Wh": "watthour", "atm": "atmosphere", "Wb": "weber",
    "°C": "°C", "ohm": "ohm", "lm": "lumen", "lx": "lux", "Bq": "becquerel", "Sv": "sievert",
}  # fmt: skip
_PREFIXES = {
    "k": "kilo", "M": "mega", "G": "giga", "T": "tera", "c": "centi", "m": "milli", "μ": "micro",
    "µ": "micro", "n": "nano", "p": "pico",
}  # fmt: skip
_PREFIXED = ("m", "g", "s", "L", "l", "N", "J", "W", "V", "A", "K", "C", "F", "H", "T", "M", "Ω")
_PREFIXED_SEVERAL = ("Hz", "Pa", "mol", "eV", "cal", "Wh", "Bq", "Sv")
_NO_UNITS = frozenset(("pm", "pH"))
"""What means something else behind a number: 5 pm."""

NAMES: Final = {
    **SINGLE,
    **_SEVERAL,
    **{
        prefix + symbol: _PREFIXES[prefix] + {**SINGLE, **_SEVERAL}[symbol]
        for prefix in _PREFIXES
        for symbol in (*_PREFIXED, *_PREFIXED_SEVERAL)
        if prefix + symbol not in _NO_UNITS and (prefix != "c" or symbol in ("m", "L", "l", "g"))
    },
}
"""The name of a unit, in words, by its symbol."""

_SYMBOL = "|".join(sorted(map(re.escape, NAMES), key=len, reverse=True))
_POWER = r"(?:[²³]|⁻[¹²³]|\^-?[1-4](?!\d)|\^\{-?[1-4]\}|\^\(-?[1-4]\))"
_FACTOR = rf"(?:(?:{_SYMBOL})(?![A-Za-zΩ]){_POWER}?)"
_TIMES = r"(?:\s?[·⋅∙]\s?|\\cdot\s?|\s)"
_PRODUCT = rf"{_FACTOR}(?:{_TIMES}{_FACTOR})*"
PATTERN: Final = re.compile(
    rf"{_PRODUCT}(?:\s?/\s?(?:{_FACTOR}(?!\s?[·⋅∙]|\s(?:{_SYMBOL})(?![A-Za-z]))|\({_PRODUCT}\)))*"
    r"(?![A-Za-z\d(_²³⁻^'’{])(?!(?<=C) ?\d)(?!-[A-Za-z])"
    r"(?!\s?[/·⋅∙]\s?\(?[A-Za-zΩ°])(?!\s?/\s?100?\s?[a-z])"
)
"""A unit in symbols. What stands under a slash is one symbol, or in brackets."""
_PIECE = re.compile(rf"(?P<slash>/)|(?P<symbol>{_SYMBOL})(?P<power>{_POWER})?")
_DIGITS = str.maketrans("²³⁻¹", "23-1", "^{}()")


def in_words(unit: str) -> str:
    """The name of a unit that `PATTERN` matches: `m/s²` is `meter/second^2`."""
    out = ""
    for piece in _PIECE.finditer(unit):
        if piece["slash"]:
            out += "/"
            continue
        if out and not out.endswith("/"):
            out += " "
        out += NAMES[piece["symbol"]]
        if piece["power"]:
            out += "^" + piece["power"].translate(_DIGITS)
    return out


def symbols(unit: str) -> list[str]:
    """The symbols of a unit that `PATTERN` matches."""
    return [piece["symbol"] for piece in _PIECE.finditer(unit) if piece["symbol"]]
