"""Dates, weekdays, clock times and lengths as they are written, each with all that it may mean.

12/03/1999 may be in March or in December, 3:45 before noon, after it, or a length of time.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import lru_cache

from clr.bodies.dates import Clock, Length, Month, MonthDay, Readings, Value, Weekday, Year
from clr.reading.lexicon import CARDINALS, MONTHS, ORDINAL, ORDINALS, WEEKDAYS

_CAPITAL = r"(?-i:(?=[A-Z]))"
"""What is also a common word, as "may" and "sat", is a name only with a capital."""
MONTH = (
    rf"{_CAPITAL}(?:jan(?:uary)?|feb(?:ruary|uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY = rf"{_CAPITAL}(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b"
_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\b|{ORDINAL}\b)"
_YEAR_FIRST = r"(?:1\d{3}|20\d{2}|21\d{2})"
_YEAR = rf"{_YEAR_FIRST}(?!\d)(?!/|-\d|\.\d)"
NUMERIC = r"(?<![\d/.-])\d{1,2}(?P<between>[/.-])\d{1,2}(?P=between)(?:\d{4}|\d{2})(?![\d/]|[.-]\d)"
ISO = r"(?<![\d/.-])\d{4}-\d{2}-\d{2}(?![\d/]|[.-]\d)"
DATE = (
    rf"(?:(?P<on>{WEEKDAY}),?\s(?:the\s)?)?(?:{MONTH}\s(?:the\s)?{_DAY}"
    rf"|(?:the\s)?{_DAY}\s(?:day\s)?(?:of\s)?{MONTH})(?:,?\s(?:of\s|in\s)?{_YEAR})?"
)
MONTH_OF = rf"{MONTH}(?:,?\s(?:of\s|in\s)?{_YEAR})?"
CLOCK = (
    r"(?<![\d:])(?:\d{1,2}:[0-5]\d(?::[0-5]\d)?(?!:?\d)(?:\s?(?:[ap]\.m\.|[ap]m\b))?"
    r"|\d{1,2}\s?(?:[ap]\.m\.|[ap]m\b)|\d{1,2}\so['’]clock(?:\s?(?:[ap]\.m\.|[ap]m\b))?"
    r"|(?:12\s)?(?:noon|midnight)\b)"
)
UNIT = (
    r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|h|days?|weeks?|fortnights?|months?|years?"
    r"|decades?)\b"
)
HOLIDAYS = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25),
    "boxing day": (12, 26), "new year's eve": (12, 31), "new year's day": (1, 1),
    "valentine's day": (2, 14), "halloween": (10, 31), "april fools' day": (4, 1),
    "april fool's day": (4, 1), "st. patrick's day": (3, 17), "leap day": (2, 29),
}  # fmt: skip
"""Holidays with a day of their own in every year; month and day."""
_NAMES = "|".join(HOLIDAYS).replace(".", r"\.").replace(" ", r"\s").replace("'", "['’]")
HOLIDAY = rf"(?:the\s)?(?:{_NAMES})(?:,?\s(?:of\s|in\s)?{_YEAR})?"
NUMBER = rf"(?:\d{{1,6}}(?:\.\d{{1,3}})?(?![\d.]*\d)|(?:{'|'.join(CARDINALS)}|half\san?|an?)\b)"

_MONTH_NAMES = re.compile(MONTH, re.I)
_ORDINAL_WORD = re.compile(rf"{ORDINAL}\b", re.I)
_DIGITS = re.compile(r"\d+")


@lru_cache(maxsize=1024)
def written_date(text: str) -> Readings:
    """What a date in figures may mean; nothing if there is no such day."""
    parts = [int(part) for part in _DIGITS.findall(text)]
    if len(_DIGITS.match(text)[0]) == 4:  # type: ignore[index]
        years, rest = [parts[0]], [(parts[1], parts[2])]
    else:
        first, second, year = parts
        short = len(text) - text.rfind(text[-3]) == 3 and not text[-3].isdigit()
        years = [1900 + year, 2000 + year] if short else [year]
        rest = [(first, second), (second, first)]
    return frozenset(_days((year, month, day) for year in years for month, day in rest))


def _days(found: Iterator[tuple[int, int, int]]) -> Iterator[date]:
    for year, month, day in found:
        if 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= _last(year, month):
            yield date(year, month, day)


def _last(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _split(text: str) -> tuple[int, str, str]:
    """The month that is named, and what stands before and after it."""
    found = _MONTH_NAMES.search(text)
    assert found is not None
    start = found.group().lower()[:3]
    number = next(n for n, name in enumerate(MONTHS, 1) if name.startswith(start))
    return number, text[: found.start()], text[found.end() :]


@lru_cache(maxsize=1024)
def named_date(text: str) -> Readings:
    """What a date with the name of its month means; nothing if there is no such day."""
    month, before, after = _split(text)
    numbers = [int(n) for n in _DIGITS.findall(before + " " + after)]
    if ordinal := _ORDINAL_WORD.search(before + " " + after):
        word = ordinal.group().lower()
        if not word[0].isdigit():
            numbers.insert(0, ORDINALS[word])
    day, *year = numbers
    if year:
        return frozenset(_days(iter([(year[0], month, day)])))
    return frozenset({MonthDay(month, day)} if 1 <= day <= _last(2024, month) else ())


@lru_cache(maxsize=1024)
def month_of(text: str) -> Month:
    """A month, perhaps of a year."""
    month, _, after = _split(text)
    year = _DIGITS.search(after)
    return Month(month, int(year.group()) if year else None)


@lru_cache(maxsize=1024)
def holiday(text: str) -> Readings:
    """A holiday, perhaps of a year."""
    lower = " ".join(text.lower().replace("’", "'").split()).removeprefix("the ")
    month, day = next(HOLIDAYS[name] for name in HOLIDAYS if lower.startswith(name))
    year = _DIGITS.search(lower)
    if year is None:
        return frozenset({MonthDay(month, day)})
    return frozenset(_days(iter([(int(year.group()), month, day)])))


@lru_cache(maxsize=1024)
def weekday(text: str) -> Weekday:
    """A day of the week."""
    return Weekday(next(n for n, name in enumerate(WEEKDAYS) if name[:3] == text.lower()[:3]))


@lru_cache(maxsize=1024)
def clock(text: str) -> Readings:
    """What a time of day may mean; without "am" or "pm" also the other half of the day, or a
    length of time. Nothing if there is no such time."""
    lower = text.lower()
    if lower.endswith(("noon", "midnight")):
        return frozenset({Clock(12 * 3600 if lower.endswith("noon") else 0)})
    hour, minute, second = ([int(n) for n in _DIGITS.findall(lower)] + [0, 0])[:3]
    rest = 60 * minute + second
    half = re.search(r"([ap])\.?m", lower)
    if half:
        if not 1 <= hour <= 12:
            return frozenset({Clock(3600 * hour + rest)} if 12 < hour < 24 else ())
        return frozenset({Clock(3600 * (hour % 12 + 12 * (half[1] == "p")) + rest)})
    found: list[Value] = [Clock((3600 * hour + rest) % (24 * 3600))]
    if hour <= 12:
        found.append(Clock(3600 * ((hour + 12) % 24) + rest))
    if ":" in lower:
        found.append(Length(seconds=3600 * hour + rest))
        if lower.count(":") == 1:
            found.append(Length(seconds=60 * hour + minute))
    return frozenset(found)


_SECONDS = {"s": 1, "mi": 60, "h": 3600}
_DAYS = {"da": 1, "w": 7, "f": 14}
_MONTHS = {"mo": 1, "y": 12, "de": 120}


@lru_cache(maxsize=1024)
def length(number: str, unit: str) -> Length | None:
    """So many of a unit; None where a month or a second would be split."""
    amount, unit = _amount(number), unit.lower()
    for table in (_SECONDS, _DAYS, _MONTHS):
        for start, size in table.items():
            if unit.startswith(start):
                total = amount * size
                if table is _DAYS and total.denominator != 1:
                    total, table = total * 24 * 3600, _SECONDS
                if total.denominator != 1:
                    return None
                whole = int(total)
                if table is _SECONDS:
                    return Length(seconds=whole)
                return Length(days=whole) if table is _DAYS else Length(months=whole)
    return None


def _amount(number: str) -> Fraction:
    lower = " ".join(number.lower().split())
    if lower in ("a", "an"):
        return Fraction(1)
    if lower.startswith("half"):
        return Fraction(1, 2)
    return Fraction(CARDINALS.get(lower, lower))


def year_of(text: str) -> Year:
    """The year in a phrase such as "the year 2020"."""
    found = _DIGITS.search(text)
    assert found is not None
    return Year(int(found.group()))


WRITTEN = re.compile(rf"{NUMERIC}|{ISO}|{DATE}|\d{{1,2}}:\d{{2}}\b", re.I)
"""A date or a time, whose figures are no amounts."""
_WITH_YEAR = re.compile(rf"(?<![\d/])\d{{1,2}}/\d{{1,2}}/{_YEAR}")
_ISO = re.compile(rf"(?<![\d/-]){_YEAR_FIRST}-\d{{2}}-\d{{2}}(?![\d-])")
_SHORT = re.compile(r"(?<![\d/.])\d{1,2}/\d{1,2}(?:/\d{2})?(?![\d/.])")
_DAYS_ON = re.compile(r"[-+−–]\s*\d{1,4}\s*(?:days?|weeks?|months?|years?)\b")


def may_be_dates(left: str, right: str) -> bool:
    """Whether the sides of an equation may be dates rather than quotients and differences."""
    if "/" in left or "/" in right:
        for side in (left, right):
            if side.count("/") > 1 and _WITH_YEAR.search(side):
                return True
        if "/" in left and "/" in right and _SHORT.search(left) and _SHORT.search(right):
            return bool(_DAYS_ON.search(left) or _DAYS_ON.search(right))
    if left.count("-") > 1 or right.count("-") > 1:
        shown = [*_ISO.findall(left), *_ISO.findall(right)]
        return len(shown) > 1 or any("-0" in text for text in shown)
    return False
