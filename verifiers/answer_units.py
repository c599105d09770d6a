"""Symbols of units behind a number, which could be products of names: `3 m^2`, `36π cm²`, `3.6 MJ`.

Only a space tells the unit from an unknown, so this reading is never the first choice: it is for an
answer beside another that has a unit or is a bare number.
"""

from __future__ import annotations

import re
from fractions import Fraction

_BASES = ("m", "s", "g", "N", "J", "W", "V", "A", "Pa", "Hz", "L", "l", "eV", "mol", "Ω")
_SYMBOL = rf"(?:[kcmMGnμ]?(?:{'|'.join(_BASES)})|h|K|C|F|T|H|rad|min)"
_POWERED = rf"{_SYMBOL}(?:\^\{{?-?\d\}}?|[²³])?"
_MEASURED = re.compile(
    r"(?P<value>\S(?:.*\S)?)(?:\s|~|\\[,;: ])+"
    rf"(?P<unit>{_POWERED}(?:\s?[/·*]\s?{_POWERED})*)"
)
_PREFIXES = {
    "k": Fraction(10**3),
    "M": Fraction(10**6),
    "G": Fraction(10**9),
    "m": Fraction(1, 10**3),
    "n": Fraction(1, 10**9),
}
_PREFIXED = re.compile(r"(?P<prefix>[kMGmn])(?P<base>[NJWVA]|Pa|Hz|eV|mol|Ω)")
_SUPERSCRIPTS = str.maketrans({"²": "^2", "³": "^3"})


def measured(text: str) -> tuple[str, Fraction, str] | None:
    """The value before symbols of units, a factor, and the unit; None if there are none.

    A prefix that our table of units does not know is in the factor: 3.6 MJ is 3.6 times 10^6 J.
    """
    found = _MEASURED.fullmatch(text.strip(" $."))
    if found is None:
        return None
    unit = re.sub(r"[{}\s]", "", found["unit"].translate(_SUPERSCRIPTS)).replace("·", "*")
    prefixed = _PREFIXED.fullmatch(unit)
    if prefixed is None:
        return found["value"], Fraction(1), unit
    return found["value"], _PREFIXES[prefixed["prefix"]], prefixed["base"]
