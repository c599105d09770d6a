"""The English that stands beside numbers: units, nouns, and words that join statements."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

UNITS: Final = frozenset(
    (
        "km kg cm mm nm ft lb lbs oz mi yd hr hrs min mins sec secs mph kph mg ml mL kWh kW "
        "Hz kHz MHz dB GB MB KB TB gal qt pt in m/s rad deg mol Pa kPa USD"
    ).split()
)
"""Abbreviations that name a unit when they follow a number in plain text."""

JOINING: Final = frozenset(
    (
        "and or if is so the then are was were has have had we it when where since because "
        "therefore thus hence while but that this which whose who what how why let be been "
        "being not no do does did for from with without to into onto of in on an at as us he "
        "she they there here than also get gets got gives give given find found such all any "
        "some only iff implies equal equals means must can cannot could should would will may "
        "might both either neither otherwise now finally divided multiplied added subtracted "
        "squared cubed remainder quotient about around approximately exactly yes true false "
        "undefined none fails holds works although though whereas whether unless yet however"
    ).split()
)
"""Words that make a sentence, not a noun: next to a value they mean that the text is prose."""

WITHIN_LABEL: Final = frozenset(("of the for per in from to with on at an a by").split())
"""Words that may stand inside a noun phrase, but neither begin nor end one."""

CONNECTIVES: Final = frozenset(
    "and or if then so thus hence where when for since because with otherwise which is are as "
    "gives therefore implies that such let we to".split()
)
"""Words that join statements where they begin a run of text."""

MEASURES: Final = frozenset(
    "length width height depth side base radius diameter perimeter area volume speed rate time "
    "distance price cost age number amount weight mass total sum value salary wage score average "
    "mean slope sides lengths widths heights speeds prices costs ages numbers values".split()
)
"""Nouns for quantities: in brackets after a number they may multiply it."""

TEX_WORDS: Final = frozenset(
    ("and or if is of to so the then for when where with that not let are but iff since").split()
)
"""Words that no author of TeX means as a product of letters."""

SCALES: Final = {
    "hundred": 10**2,
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
}

_IRREGULAR: Final = {
    "feet": "foot",
    "inches": "inch",
    "men": "man",
    "women": "woman",
    "people": "person",
    "children": "child",
    "teeth": "tooth",
    "geese": "goose",
    "mice": "mouse",
    "halves": "half",
    "knives": "knife",
    "loaves": "loaf",
    "leaves": "leaf",
    "shelves": "shelf",
    "movies": "movie",
    "cookies": "cookie",
    "pies": "pie",
    "ties": "tie",
    "brownies": "brownie",
    "calories": "calorie",
    "shoes": "shoe",
    "h": "hour",
    "s": "second",
    "in": "inch",
    "oz": "ounce",
    "mi": "mile",
    "yd": "yard",
    "yds": "yard",
    "yrs": "year",
    "hrs": "hour",
    "hr": "hour",
    "min": "minute",
    "mins": "minute",
    "sec": "second",
    "secs": "second",
    "mph": "mile/hour",
    "mpg": "mile/gallon",
    "kph": "km/hour",
    "lbs": "pound",
    "lb": "pound",
    "ft": "foot",
    "usd": "dollar",
    "¢": "cent",
}


@lru_cache(4096)
def singular(word: str) -> str:
    """The singular of an English noun in lower case: "boxes" -> "box", "Miles" -> "mile"."""
    lower = word.lower()
    if lower in _IRREGULAR:
        return _IRREGULAR[lower]
    if word in UNITS or len(word) < 4 or not lower.endswith("s"):
        return lower
    if lower.endswith(("ss", "us", "is", "as")):
        return lower
    if lower.endswith("ies"):
        return lower[:-3] + "y"
    if lower.endswith(("ches", "shes", "xes", "sses", "zes")):
        return lower[:-2]
    return lower[:-1]


def unit_name(words: list[str]) -> str:
    """Normal form of a unit: every noun singular, "per" as a slash, no space around a slash."""
    parts = ["/" if w == "per" else singular(w) if w.isalpha() or w == "¢" else w for w in words]
    return " ".join(parts).replace(" / ", "/").replace("/ ", "/").replace(" ^", "^")
