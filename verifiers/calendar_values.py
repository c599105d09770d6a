"""Dates, times and lengths: what is so long after what, how far they are apart, whether they agree.

Every reading counts: a day that a month does not have may become its last or one of the next, and a
year that is not told may be a leap year. Of days before 1753, when the calendar was not the same
nearly everywhere, neither weekday nor distance is told.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import product

from clr.bodies.dates import (
    Clock,
    Length,
    Month,
    MonthDay,
    Readings,
    Value,
    Weekday,
    Year,
)

DAY = 24 * 3600
FIRST = 1753
"""The first year of which weekdays and distances are told."""
_YEARS = (2023, 2024)
"""A common year and a leap year, to stand for a year that is not told."""


def scaled(length: Length, sign: int) -> Length:
    """The length, or the same backwards with a `sign` of -1."""
    return Length(length.months * sign, length.days * sign, length.seconds * sign)


def together(a: Length, b: Length) -> Length:
    """Two lengths, one after the other."""
    return Length(a.months + b.months, a.days + b.days, a.seconds + b.seconds)


def moved(base: Readings, by: Readings, sign: int) -> Readings:
    """Where a length after `base` leads, or before it with a `sign` of -1; nothing if untold."""
    return frozenset(
        value
        for start, length in product(base, by)
        if isinstance(length, Length)
        for value in _shift(start, scaled(length, sign))
    )


def _shift(value: Value, by: Length) -> Iterable[Value]:
    """Where a length after `value` leads, in every reading; nowhere if that cannot be told."""
    days, seconds = by.days + by.seconds // DAY, by.seconds % DAY
    match value:
        case date():
            if seconds == 0 and value.year >= FIRST:
                yield from _shift_day(value, by.months, days)
        case MonthDay(month, day):
            for year in _YEARS:
                if seconds == 0 and day <= calendar.monthrange(year, month)[1]:
                    for found in _shift_day(date(year, month, day), by.months, days):
                        yield MonthDay(found.month, found.day)
        case Weekday(number):
            if seconds == 0 and by.months == 0:
                yield Weekday((number + days) % 7)
        case Month(month, year):
            if seconds == 0 and days == 0:
                total = (year or 0) * 12 + month - 1 + by.months
                yield Month(total % 12 + 1, total // 12 if year is not None else None)
        case Year(year):
            if seconds == 0 and days == 0 and by.months % 12 == 0:
                yield Year(year + by.months // 12)
        case Clock(at):
            if by.months == 0:
                yield Clock((at + by.seconds) % DAY)
        case Length():
            yield together(value, by)


def _shift_day(day: date, months: int, days: int) -> Iterable[date]:
    """The day after so many months and days; a day that a month does not have becomes its last
    one, or one of the next month."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    if not FIRST <= year <= 9998 or abs(days) > 3_000_000:
        return
    last = calendar.monthrange(year, month + 1)[1]
    landed = [date(year, month + 1, min(day.day, last))]
    if day.day > last:
        landed += [landed[0] + timedelta(day.day - last), landed[0] + timedelta(1)]
    for start in landed:
        try:
            found = start + timedelta(days)
        except OverflowError:
            continue
        if found.year >= FIRST:
            yield found


def distances(first: Value, last: Value) -> Iterable[Length]:
    """How far two moments are apart, in each way to tell it."""
    match first, last:
        case date(), date():
            if min(first.year, last.year) >= FIRST:
                yield Length(days=abs((last - first).days))
                if first.day == last.day:
                    months = (last.year - first.year) * 12 + last.month - first.month
                    yield Length(months=abs(months))
        case MonthDay(), MonthDay():
            for year, later in ((2023, 2023), (2024, 2024), (2023, 2024), (2024, 2025)):
                try:
                    start = date(year, first.month, first.day)
                    end = date(later, last.month, last.day)
                except ValueError:
                    continue
                if end >= start:
                    yield Length(days=(end - start).days)
            if first.day == last.day:
                yield Length(months=(last.month - first.month) % 12)
        case Weekday(a), Weekday(b):
            yield Length(days=(b - a) % 7)
            if a == b:
                yield Length(days=7)
        case Month(a, None), Month(b, None):
            yield Length(months=(b - a) % 12)
        case Month(a, int(year)), Month(b, int(later)):
            yield Length(months=abs(12 * (later - year) + b - a))
        case Year(a), Year(b):
            yield Length(months=12 * abs(b - a))
            yield Length(months=abs(b - a))  # two numbers that were no years
        case Clock(a), Clock(b):
            yield Length(seconds=(b - a) % DAY)
        case Length(), Length():
            less = together(last, scaled(first, -1))
            if min(less.months, less.days, less.seconds) >= 0:
                yield less
        case _:
            return


def nearest(weekday: int, day: date, sign: int, week: bool) -> Iterable[date]:
    """The next such weekday after `day`, or before it; with `week`, also the one after that."""
    if not FIRST <= day.year <= 9998:
        return
    ahead = (weekday - day.weekday()) * sign % 7 or 7
    yield day + timedelta(sign * ahead)
    if week:
        yield day + timedelta(sign * (ahead + 7))


def lengths(period: Value) -> Iterable[Length]:
    """How long a month, a year or a length is, in each way to tell it."""
    match period:
        case Month(month, year):
            for y in _YEARS if year is None else (year,):
                yield Length(days=calendar.monthrange(y, month)[1])
        case Year(year):
            yield Length(days=366 if calendar.isleap(year) else 365)
            yield Length(months=12)
        case Length():
            yield period


def counted_end(value: Value, apart: Length) -> Length | None:
    """What counting an end adds to a distance."""
    match value:
        case date() | MonthDay() | Weekday() if not apart.months:
            return Length(days=1)
        case Month():
            return Length(months=1)
        case Year():
            return Length(months=12)
        case _:
            return None


def truth_of(left: Readings, right: Readings) -> bool | None:
    """Whether some readings agree; None where that hangs on more than is told."""
    found = [agree(a, b) for a, b in product(left, right) if comparable(a, b)]
    if True in found:
        return True
    return False if found and None not in found else None


def comparable(a: Value, b: Value) -> bool:
    """Whether two values are of one kind, so that they may agree."""
    if isinstance(a, Length) and isinstance(b, Length):
        return bool(a.months) == bool(b.months) or a == b
    return type(a) is type(b) or not (
        isinstance(a, Clock | Length) or isinstance(b, Clock | Length)
    )


def agree(a: Value, b: Value) -> bool | None:
    """Whether two values that can be compared may be one; None where they do not say enough.

    A date agrees with its weekday, month and year.
    """
    for one, other in ((a, b), (b, a)):
        match one, other:
            case date(), MonthDay(month, day):
                return (one.month, one.day) == (month, day)
            case date(), Weekday(number):
                return one.weekday() == number if one.year >= FIRST else None
            case date(), Month(month, year):
                return one.month == month and year in (None, one.year)
            case date(), Year(year):
                return one.year == year
            case MonthDay(month, _), Month(other_month, None):
                return month == other_month
            case _:
                continue
    return _equal(a, b) if type(a) is type(b) else None


def _equal(a: Value, b: Value) -> bool:
    match a, b:
        case Length(), Length():
            return _from_seconds(a) == _from_seconds(b)
        case Month(m, y), Month(n, z):
            return m == n and (y is None or z is None or y == z)
        case _:
            return a == b


def _from_seconds(length: Length) -> Length:
    days, seconds = divmod(length.seconds, DAY)
    return Length(length.months, length.days + days, seconds)


def in_words(readings: Readings) -> str:
    """The readings as people write them, three at most."""
    return " or ".join(sorted({_named(value) for value in readings})[:3]) or "no day at all"


def _named(value: Value) -> str:
    match value:
        case date():
            return f"{calendar.month_name[value.month]} {value.day}, {value.year}"
        case MonthDay(month, day):
            return f"{calendar.month_name[month]} {day}"
        case Month(month, year):
            return calendar.month_name[month] + (f" {year}" if year is not None else "")
        case Year(year):
            return str(year)
        case Weekday(number):
            return calendar.day_name[number]
        case Clock(seconds):
            minutes, rest = divmod(seconds, 60)
            hour, minute = divmod(minutes, 60)
            exact = f":{rest:02}" if rest else ""
            return f"{hour % 12 or 12}:{minute:02}{exact} {'am' if hour < 12 else 'pm'}"
        case Length(months, days, seconds):
            minutes, rest = divmod(seconds, 60)
            hours, minutes = divmod(minutes, 60)
            parts = zip(
                (months, days, hours, minutes, rest),
                ("month", "day", "hour", "minute", "second"),
                strict=True,
            )
            shown = [f"{n} {unit}{'s' * (n != 1)}" for n, unit in parts if n]
            return " ".join(shown) or "0 days"
