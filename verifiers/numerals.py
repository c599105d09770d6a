"""Numbers in words: `one hundred and five`, `three fourths`, `two and a half`, `a dozen`, `42nd`.

A text is read as a whole or not at all.
"""

from __future__ import annotations

import re
from fractions import Fraction

_ONES = "one two three four five six seven eight nine".split()
_TEENS = ("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen").split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = {
    "a": 1, "zero": 0,
    **{word: n for n, word in enumerate((*_ONES, *_TEENS), 1)},
    **{word: n for n, word in zip(range(20, 100, 10), _TENS, strict=True)},
}  # fmt: skip
_BELOW_20 = "|".join((*_TEENS, *_ONES))
_BELOW_100 = rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_ONES)}))?|{_BELOW_20})"
_BELOW_1000 = rf"(?:(?:a|{_BELOW_100}) hundred(?:(?: and)? {_BELOW_100})?|{_BELOW_100})"
_CARDINAL = re.compile(
    rf"(?P<sign>minus |negative )?(?:zero|(?:(?P<m>a|{_BELOW_1000}) million(?:,?(?: and)? |$))?"
    rf"(?:(?P<k>a|{_BELOW_1000}) thousand(?:,?(?: and)? |$))?(?P<u>{_BELOW_1000})?)(?<! )"
)
_ORDINAL = re.compile(r"(?P<number>\d+)(?:st|nd|rd|th)")
_PARTS = {
    "half": 2, "halve": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6,
    "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12,
}  # fmt: skip
_FRACTION = re.compile(
    r"(?:(?P<whole>\d+|[a-z]+(?:[ -][a-z]+)?) and )?(?:(?P<count>[a-z]+)[ -])?(?P<part>[a-z]+)"
)
_MIXED = re.compile(r"(?P<whole>\d{1,30}) and (?P<above>\d{1,9})/(?P<below>\d{1,9})")


def cardinal(text: str) -> int | None:
    """The whole number that words name, below 10^9 in size."""
    found = _CARDINAL.fullmatch(text.casefold())
    if found is None or not text:
        return None
    total = 0
    for group, scale in (("m", 10**6), ("k", 10**3), ("u", 1)):
        total += scale * _below_1000(found[group] or "")
    return -total if found["sign"] else total


def _below_1000(words: str) -> int:
    hundreds, _, rest = words.rpartition("hundred")
    above, below = (
        sum(_VALUES[w] for w in re.findall(r"[a-z]+", part) if w != "and")
        for part in (hundreds, rest)
    )
    return 100 * above + below


def spoken(text: str) -> Fraction | None:
    """The number that an ordinal in digits, a fraction, a mixed number or dozens in words name.

    "Third" alone may be a place; a half and a quarter are numbers without an article too.
    """
    text = text.casefold()
    if m := _ORDINAL.fullmatch(text):
        return Fraction(m["number"])
    if text == "half a dozen":
        return Fraction(6)
    found = _FRACTION.fullmatch(text)
    if found is None:
        return None
    whole = _whole(found["whole"]) if found["whole"] else 0
    count = 1 if not found["count"] else 1 if found["count"] == "a" else cardinal(found["count"])
    if whole is None or not count:
        return None
    if found["part"].removesuffix("s") == "dozen":
        return None if whole else Fraction(12 * count)
    below = _PARTS.get(found["part"].removesuffix("s"))
    if below is None or (not found["count"] and found["part"] not in ("half", "quarter")):
        return None
    return whole + Fraction(count, below)


def _whole(said: str) -> int | None:
    return int(said) if said.isdecimal() else cardinal(said)


def mixed_number(text: str) -> Fraction | None:
    """`5 and 3/8` as 43/8, which may as well be a list of two numbers."""
    m = _MIXED.fullmatch(text.strip(" $."))
    if m is None or not 0 < int(m["above"]) < int(m["below"]):
        return None
    return int(m["whole"]) + Fraction(int(m["above"]), int(m["below"]))
