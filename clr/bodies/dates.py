"""Claims about dates, weekdays, clock times and the time between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of a year that is not told. February 29 is one."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month, 1 to 12, of a year that may be told."""

    month: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """A calendar year."""

    year: int


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week; Monday is 0."""

    number: int


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in seconds after midnight."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Length:
    """How long something lasts, or how far two moments are apart; months have no fixed length."""

    months: int = 0
    days: int = 0
    seconds: int = 0


Value: TypeAlias = date | MonthDay | Month | Year | Weekday | Clock | Length

Readings: TypeAlias = frozenset[Value]
"""What something may mean; nothing where it is no date at all, as February 30."""


@dataclass(frozen=True, slots=True)
class Given:
    """A date, time or length as written."""

    readings: Readings


@dataclass(frozen=True, slots=True)
class Today:
    """Today; or now, where the time of day is meant."""


@dataclass(frozen=True, slots=True)
class Shifted:
    """So long after `base`, or before it with a `sign` of -1."""

    base: Term
    by: Term
    sign: int


@dataclass(frozen=True, slots=True)
class Between:
    """How long it is from one moment to another."""

    first: Term
    last: Term


@dataclass(frozen=True, slots=True)
class Nearest:
    """A weekday after `base`, or before it with a `sign` of -1: "next Friday".

    With `week`, it may be the one after that, or the one in the next week.
    """

    weekday: int
    base: Term
    sign: int
    week: bool


@dataclass(frozen=True, slots=True)
class Duration:
    """How long a month or a year is."""

    period: Term


Term: TypeAlias = Given | Today | Shifted | Between | Nearest | Duration


@dataclass(frozen=True, slots=True)
class Same:
    """Two terms mean one date or time, or a date falls on a weekday, in a month, in a year.

    It is said to follow from what is `given`. What is only `supposed` may be believed, but not be
    held against the trace.
    """

    left: Term
    right: Term
    supposed: bool = False
    given: tuple[Same, ...] = ()


@dataclass(frozen=True, slots=True)
class Leap:
    """A year is a leap year, or is not."""

    year: int
    leap: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """A date is the answer to the question."""

    readings: Readings


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a problem tells: facts, and the date or time that it asks for."""

    facts: tuple[Same, ...]
    asked: Term | None = None
