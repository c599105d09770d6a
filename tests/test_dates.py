"""Dates, weekdays and clock times, from the problem to verdicts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sound_traces import Sound, assert_never_faulted, assert_refuted_where_it_stands, statuses_by

import clr
from clr.claim import Status
from clr.domains import sessions
from clr.reading.dates import context_of

V, R, N = Status.VERIFIED, Status.REFUTED, Status.UNVERIFIABLE
NAMES = (
    "January February March April May June July August September October November December".split()
)
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
PLAIN = "Which day of March 2021 is meant?"

statuses = statuses_by("calendar")

EVE = (
    "Today is New Year's Eve of 1962. What is the date 3 weeks ago in MM/DD/YYYY?\n"
    "Options:\n(A) 12/31/1962\n(B) 12/10/1962\n(C) 01/21/1963"
)
TOMORROW = "Tomorrow is 5/2/1988. What is the date one month ago in MM/DD/YYYY?"
WEDDING = (
    "Ann and Bo married on Mar 1, 1990. It is their 10-year anniversary today. Which date is it?"
)
REPORT = (
    "The report is due on Mar. 2nd, 2024, which is 3 days away from now. What is the date today?"
)
CLOCKS = "The current time is 10:50 am. When will a film of 95 minutes end if it starts now?"
WEEK = "Today is Thursday. What day of the week will it be in 45 days?"

SOUND: list[Sound] = [
    # a problem, a sound trace, and a step of it with an error planted
    (
        EVE,
        [
            "If today is New Year's Eve of 1962, then today's date is December 31, 1962.",
            "3 weeks before today is December 10, 1962, that is 12/10/1962.",
            "So the answer is (B).",
        ],
        (1, "3 weeks before today is December 11, 1962, that is 12/11/1962."),
    ),
    (
        EVE,
        ["Today is December 31, 1962.", "3 weeks ago was December 10, 1962.", "The answer is (B)"],
        (2, "The answer is (C)"),
    ),
    (
        EVE,
        [
            "Today's date: 12/31/1962",
            "3 weeks is 21 days.",
            "12/31/1962 - 21 days = 12/10/1962",
            "So the date 3 weeks ago was 12/10/1962.",
        ],
        (2, "12/31/1962 - 21 days = 12/09/1962"),
    ),
    (
        TOMORROW,
        [
            "If tomorrow is 5/2/1988, then today is 5/1/1988.",
            "One month ago was April 1, 1988, which is 04/01/1988.",
            "Therefore, the answer is 04/01/1988.",
        ],
        (0, "If tomorrow is 5/2/1988, then today is May 3, 1988."),
    ),
    (
        TOMORROW,
        ["Tomorrow is May 2, 1988, so today is May 1, 1988.", "Yesterday was April 30, 1988."],
        (1, "Yesterday was April 31, 1988."),
    ),
    (
        WEDDING,
        [
            "If Ann and Bo married on Mar 1, 1990, then today's date is Mar 1, 2000.",
            "Tomorrow is Mar 2, 2000.",
            "Yesterday was Feb 29, 2000, because 2000 is a leap year.",
            "One week from today is Mar 8, 2000, which is a Wednesday.",
        ],
        (3, "One week from today is Mar 8, 2000, which is a Thursday."),
    ),
    (
        WEDDING,
        [
            "Today is March 1, 2000.",
            "The day before March 1, 2000 is February 29, 2000.",
            "So yesterday was February 29, 2000.",
            "The day after tomorrow will be March 3, 2000.",
        ],
        (1, "The day before March 1, 2000 is February 28, 2000."),
    ),
    (
        REPORT,
        [
            "The report is due on Mar. 2nd, 2024, which is 3 days from now.",
            "Since 2024 is a leap year, February has 29 days.",
            "So today is Feb. 28th, 2024.",
            "3 days before March 2, 2024 is February 28, 2024.",
        ],
        (2, "So today is Feb. 27th, 2024."),
    ),
    (
        REPORT,
        [
            "Subtracting 3 days from March 2, 2024 gives February 28, 2024.",
            "Adding 3 days to February 28, 2024 gives March 2, 2024.",
            "There are 3 days between February 28, 2024 and March 2, 2024.",
        ],
        (2, "There are 7 days between February 28, 2024 and March 2, 2024."),
    ),
    (
        CLOCKS,
        [
            "95 minutes is 1 hour and 35 minutes.",
            "1 hour and 35 minutes after 10:50 am is 12:25 pm.",
            "So in 95 minutes it will be 12:25 pm.",
        ],
        (1, "1 hour and 35 minutes after 10:50 am is 12:15 pm."),
    ),
    (
        CLOCKS,
        ["10:50 am + 95 minutes = 12:25 pm", "12:25 pm - 10:50 am = 1 hour 35 minutes"],
        (0, "10:50 am + 95 minutes = 11:45 am"),
    ),
    (
        CLOCKS,
        ["10:50 + 1:35 = 12:25", "From 10:50 am to 12:25 pm is 95 minutes."],
        (1, "From 10:50 am to 12:25 pm is 105 minutes."),
    ),
    (
        WEEK,
        [
            "45 days is 6 weeks and 3 days.",
            "6 weeks from today is Thursday.",
            "3 days after Thursday is Sunday.",
            "In 45 days it will be Sunday.",
        ],
        (2, "3 days after Thursday is Saturday."),
    ),
    (
        WEEK,
        ["If today is Thursday, then tomorrow is Friday.", "45 days from now is Sunday."],
        (0, "If today is Thursday, then tomorrow is Saturday."),
    ),
    (
        "It was a Tuesday on May 4, 2021. Which weekday is May 31, 2021?",
        [
            "May 4, 2021 is a Tuesday.",
            "There are 27 days from May 4 to May 31.",
            "27 days after Tuesday is Monday.",
            "Monday, May 31, 2021 is the last day of May 2021.",
        ],
        (0, "May 4, 2021 is a Wednesday."),
    ),
    (
        "Jo began to knit on September 17, 2019 and needed 100 days. When was she ready?",
        [
            "September has 30 days, October has 31 days and November has 30 days.",
            "13 days after September 17, 2019 is September 30, 2019.",
            "100 days after September 17, 2019 is December 26, 2019.",
        ],
        (2, "100 days after September 17, 2019 is December 25, 2019."),
    ),
    (
        "What is the date 25 days before December 24?",
        [
            "24 days before December 24 is November 30.",
            "Going back 25 days from December 24 gives November 29.",
        ],
        (1, "Going back 25 days from December 24 gives November 28."),
    ),
    (
        "Today is the last day of February 2020. What is the date a week ago?",
        [
            "The last day of February 2020 is February 29, 2020.",
            "So today is 2020-02-29.",
            "A week ago was 2020-02-22, i.e. 22 February 2020.",
        ],
        (0, "The last day of February 2020 is February 28, 2020."),
    ),
    (
        "Today is the first Monday of 2019. Which date is the day after tomorrow?",
        [
            "The first day of 2019 is a Tuesday.",
            "The first Monday of 2019 is January 7, 2019.",
            "So the day after tomorrow is January 9, 2019.",
        ],
        (2, "So the day after tomorrow is January 8, 2019."),
    ),
    (
        "Which years from 1890 to 1910 are leap years?",
        [
            "1892 is a leap year.",
            "1900 is not a leap year, so February 1900 has 28 days.",
            "There are 366 days in 1904.",
        ],
        (1, "1900 is a leap year, so February 1900 has 29 days."),
    ),
    (
        "A shop is open from 8:30 am to 6 pm. For how long?",
        [
            "From 8:30 am to noon is 3 hours 30 minutes.",
            "From noon to 6 pm is 6 hours.",
            "3 hours 30 minutes + 6 hours = 9 hours 30 minutes.",
            "Hence from 8:30 a.m. to 6 p.m. is 9.5 hours.",
        ],
        (2, "3 hours 30 minutes + 6 hours = 9 hours 50 minutes."),
    ),
    (
        TOMORROW,
        [
            "**Tomorrow:** May 2, 1988\n**Today:** May 1, 1988",
            "A month ago would be April 1, 1988 (04/01/1988).",
            "So one month ago was April 1, 1988, or 04/01/1988.",
        ],
        (1, "A month ago would be March 31, 1988 (03/31/1988)."),
    ),
    (
        "A visa of 8 months begins in March. When does it end?",
        ["8 months after March is November.", "4 months before November is July."],
        (1, "4 months before November is August."),
    ),
]


@pytest.mark.parametrize("trace", SOUND)
def test_a_sound_trace_is_never_faulted(trace: Sound) -> None:
    assert_never_faulted(statuses, trace, verified=0.7 * len(trace[1]))


@pytest.mark.parametrize("trace", SOUND)
def test_a_planted_error_is_refuted_where_it_stands(trace: Sound) -> None:
    assert_refuted_where_it_stands(statuses, trace)


def test_what_is_put_right_later_is_verified() -> None:
    got = statuses(
        EVE,
        "Today is December 30, 1962.",
        "3 weeks ago was December 9, 1962.",
        "Today is December 31, 1962.",
        "3 weeks ago was December 10, 1962.",
        "So the answer is (B).",
    )
    assert got == [[R], [V], [V], [V], [V]]
    free = statuses(
        WEDDING, "Today is Mar 1, 2000.", "Today is Mar 1, 2001.", "Tomorrow is Mar 2, 2001."
    )
    assert free == [[N], [N], [V]]


def test_what_follows_from_an_error_is_not_counted_again() -> None:
    got = statuses(
        EVE,
        "Today is December 30, 1962.",
        "Tomorrow is December 31, 1962.",
        "3 weeks ago was December 9, 1962.",
        "So the answer is 12/09/1962.",
    )
    assert got == [[R], [V], [V], [V]]


def test_the_trace_is_held_to_what_it_said_of_the_day_asked_for() -> None:
    wrong = "3 weeks ago was December 11, 1962."
    assert statuses(EVE, wrong, "The answer is 12/11/1962.") == [[R], [V]]
    assert statuses(EVE, wrong, "So the answer is (B).") == [[R], [R]]
    assert statuses(EVE, "So the answer is (A).") == [[N]]


@pytest.mark.parametrize(
    "step",
    [
        "March 3, 2021 is 3/3/21.",
        "March 3, 2021 is 03.03.2021.",
        "4 March 2021 is 03/04/2021.",
        "4 March 2021 is 04/03/2021.",
        "The 4th of March, 2021 is 2021-03-04.",
        "March 4th is 10 days after February 22.",
        "March 4th is 11 days after February 22.",
        "From March 1, 2021 to March 10, 2021 is 9 days.",
        "From March 1, 2021 to March 10, 2021 is 10 days.",
        "There are 8 days between March 1, 2021 and March 10, 2021.",
        "One month after January 31, 2021 is February 28, 2021.",
        "One month after January 31, 2021 is March 3, 2021.",
        "From 2010 to 2020 is 11 years.",
        "From Monday to Friday is 5 days.",
        "2 hours before 1:00 is 11:00.",
        "A day is 8 hours.",
        "A month has 30 days.",
        "February has 28 days.",
        "February has 29 days.",
        "1 hour after 11 am is 12 pm.",
        "1 hour after 11 pm is 12 am.",
        "March 2021 has 31 days.",
        "1500 - 1400 = 100 months.",
        "1500 is a leap year.",
        "March 1, 1500 is a Thursday.",
    ],
)
def test_every_admissible_reading_must_be_false(step: str) -> None:
    assert set(statuses(PLAIN, step)[0]) <= {V, N}


@pytest.mark.parametrize(
    "step",
    [
        "March 3, 2021 is 3/4/21.",
        "14 March 2021 is 03/13/2021.",
        "March 4th is 12 days after February 22.",
        "From March 1, 2021 to March 10, 2021 is 12 days.",
        "One month after January 30, 2021 is March 4, 2021.",
        "March 2021 has 30 days.",
        "March 31 is 1 day before April 2.",
        "Wednesday is 2 days after Tuesday.",
        "Yesterday was February 30, 2021.",
        "Monday, March 2, 2021 is 3/2/2021.",
        "2 hours before 1:00 pm is 12:00 pm.",
        "90 minutes is 1 hour 20 minutes.",
        "There are 50 minutes in an hour.",
        "May 2021 has 30 days.",
        "1900 was a leap year.",
        "2024 isn't a leap year.",
        "2021 is 4 years after 2018.",
        "Now, 3 days after Monday is Friday.",
        "Step 2: 10 minutes past 3 pm is 3:20 pm.",
        "Noon is 3 hours after 8:00 am.",
        "From 9:40 am to 11:05 am is 1 h 35 min.",
        "9:40 am → 11:05 am is 95 minutes.",
        "From 22:45 to 06:30 is 8 h 45 min.",
    ],
)
def test_a_false_statement_is_refuted(step: str) -> None:
    assert R in statuses(PLAIN, step)[0]


@pytest.mark.parametrize(
    "step",
    [
        "Suppose March 3, 2021 is a Friday.",
        "March 3, 2021 would be a Friday if the year were 2023.",
        "22:40 + 7:35 = 30:15 = 6:15.",
        "If March 3, 2021 were a Friday, March 4, 2021 would be a Saturday.",
        "It is not true that March 3, 2021 is a Friday.",
        "Is March 3, 2021 a Friday?",
        "Counting both ends, from March 1 to March 3 is 8 days.",
        "About 40 days after March 1 is March 31.",
        "5 days * 8 hours = 40 hours.",
        "8 hours per day for 5 days = 40 hours.",
        "5 days x 8 hours = 40 hours.",
        "March 3, 2021 is not a Friday.",
        "Her train leaves at 3 pm and arrives at 2 pm in another time zone.",
        "3 pm in Lisbon is 4 pm in Paris.",
        "The ratio is 3:45 = 1:15.",
        "In March = 3 cases.",
        "She may be right that May is a month of 40 days.",
        "2.5 hours x 3600 seconds, which is 9000 seconds.",
        "She needs 2 x 60 minutes, which is 2 hours.",
        "1 hour is 60 minutes, 2.5 hours is 150 minutes.",
        "5 hours, 20 minutes equals 320 minutes, and 6 hours, 40 minutes equals 400 minutes.",
        "1 hour is 60 minutes and 30 seconds is half a minute.",
        "The meeting of March 3 was moved from Monday to March 9.",
        "12/4/2 = 6 and 3 + 4 = 7 days.",
        "Ann thinks today is March 9, 2021, but today is March 10, 2021.",
        "March 3, 2021 or March 4, 2021 is a Friday.",
        "1/2/3 hours = 9 hours.",
    ],
)
def test_what_is_not_said_or_not_read_whole_is_left_alone(step: str) -> None:
    assert R not in statuses(PLAIN, step)[0]


@pytest.mark.parametrize(
    "problem",
    [
        "Solve x + 2 = 5.",
        "A machine makes 12 parts a minute. How many parts does it make in 3 hours?",
        "The march of the ants is 5 m long. It may rain. The sun and the moon set.",
        "Divide 12/4 and 120/10.",
        "The ratio of cats to dogs is 3:4.",
        "A second equipment has 3 amps.",
        "Assume that every month has 30 days. How many days are there from March to July?",
        "On the planet Oo it is Monday. A week has 5 days there. Which day is it in 9 days?",
    ],
)
def test_other_problems_are_not_of_this_kind(problem: str) -> None:
    assert "dates" not in [s.domain.name for s in sessions(problem)]


def test_a_problem_that_contradicts_itself_settles_nothing() -> None:
    problem = "Today is March 3, 2021. Tomorrow is March 9, 2021. Which day is it?"
    assert statuses(problem, "Today is March 8, 2021.", "Tomorrow is March 9, 2021.") == [[N], [V]]


def test_a_condition_is_granted_before_its_consequence_is_judged() -> None:
    first = "If today is Monday, then tomorrow is Tuesday."
    assert statuses(WEEK, first)[0][-1] is V
    assert statuses(WEEK, first, "Tomorrow is Friday.")[1] == [V]
    assert statuses(WEEK, "If today is Monday, then tomorrow is Sunday.")[0][-1] is R


@pytest.mark.parametrize(
    "text",
    [
        "10/16/1924 - 1 day = 10/15/1924",
        "12/31 - 7 days = 12/24",
        "02/29/2020 + 7 = 03/07/2020",
        "2020-02-29 + 7 days = 2020-03-07",
        "2020-10-15 = 10/15/2020",
        "10/16/24 - 1 day = 10/15/24",
        "11/11/2019 < 11/12/2019",
        "Start = 3:45, end = 4:15",
        "3:45 + 0:30 = 4:15",
    ],
)
def test_mathematics_does_not_read_dates(text: str) -> None:
    assert clr.audit(problem="Compute.", response=text).claims == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12/3/2 = 2", V),
        ("120/10/1000 = 0.5", R),
        ("2020-10-15 = 1995", V),
        ("1/2 + 3 days = 3.5 days", V),
        ("1/2 - 7 = 13/2", R),
    ],
)
def test_mathematics_still_reads_quotients_and_differences(text: str, expected: Status) -> None:
    [claim] = clr.audit(problem="Compute.", response=text).claims
    assert claim.verdict.status is expected


def test_figures_of_dates_and_times_are_no_amounts() -> None:
    problem = "Jo had 3 hens on May 14, 2019 and bought 4 more at 9:45. How many has she?"
    report = clr.audit(problem=problem, response="3 + 4 = 7. So she has 7.", profile="thorough")
    assert all(c.verdict.status is not Status.UNSUPPORTED for c in report.claims)


# Dates at random, in several wordings

DAYS = st.dates(date(1800, 1, 1), date(2150, 12, 31))
SPANS = st.sampled_from([("day", 1), ("week", 7)])


def words(day: date) -> list[str]:
    month = NAMES[day.month - 1]
    return [
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        f"{month[:3]}{'.' * (month != 'May')} {day.day}, {day.year}",
        f"{day.month:02}/{day.day:02}/{day.year}",
        f"{day.year}-{day.month:02}-{day.day:02}",
        f"the {day.day}{_ending(day.day)} of {month}, {day.year}",
    ]


def _ending(n: int) -> str:
    return "th" if 10 < n < 14 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")


def claim(kind: int, n: int, unit: str, first: str, last: str) -> str:
    plural = unit + "s" * (n != 1)
    return (
        f"{n} {plural} after {first} is {last}.",
        f"{n} {plural} before {last} was {first}.",
        f"Adding {n} {plural} to {first} gives {last}.",
        f"{last} - {n} {plural} = {first}",
        f"{last} is {n} {plural} after {first}.",
        f"From {first} to {last} is {n} {plural}.",
    )[kind]


@settings(max_examples=150, deadline=None)
@given(
    DAYS, st.integers(1, 400), SPANS, st.integers(0, 5), st.integers(0, 5), st.integers(0, 5),
)  # fmt: skip
def test_true_distances_are_verified_in_any_wording(
    first: date, n: int, unit: tuple[str, int], kind: int, one: int, other: int
) -> None:
    last = first + timedelta(n * unit[1])
    step = claim(kind, n, unit[0], words(first)[one], words(last)[other])
    assert statuses(PLAIN, step) == [[V]]


@settings(max_examples=150, deadline=None)
@given(
    DAYS, st.integers(1, 400), SPANS, st.integers(0, 5), st.integers(0, 2), st.integers(0, 2),
    st.integers(2, 60),
)  # fmt: skip
def test_false_distances_are_refuted_in_any_wording(
    first: date, n: int, unit: tuple[str, int], kind: int, one: int, other: int, off: int
) -> None:
    last = first + timedelta(n * unit[1] + off)
    step = claim(kind, n, unit[0], words(first)[one], words(last)[other])
    assert statuses(PLAIN, step) == [[R]]


TOLD = (
    lambda day, n, one, other: [
        f"If tomorrow is {one(day + 1)}, then today is {other(day)}.",
        f"{n} days ago was {one(day - n)}.",
        f"So the answer is {other(day - n)}.",
    ],
    lambda day, n, one, other: [
        f"Today's date is {other(day)}, which is {one(day)}.",
        f"Yesterday was {one(day - 1)}, and tomorrow is {other(day + 1)}.",
        f"{n} days before today is {other(day - n)}, that is {one(day - n)}.",
    ],
    lambda day, n, one, other: [
        f"Today = {one(day)}",
        f"{n} days ago = {one(day)} - {n} days = {other(day - n)}",
        f"In {n} days it will be {other(day + n)}.",
    ],
)


@settings(max_examples=100, deadline=None)
@given(
    DAYS, st.integers(1, 300), st.integers(0, 2), st.integers(0, 5), st.integers(0, 5), st.data()
)
def test_a_trace_about_today_is_verified_and_one_error_refuted(
    day: date, n: int, style: int, one: int, other: int, data: st.DataObject
) -> None:
    problem = f"Tomorrow is {words(day + timedelta(1))[0]}. What is the date {n} days ago?"

    def shown(form: int) -> Callable[[int], str]:
        return lambda ordinal: words(date.fromordinal(ordinal))[form]

    def wrong(form: int) -> Callable[[int], str]:
        return lambda ordinal: words(date.fromordinal(ordinal + 40))[0 if form > 2 else form]

    steps = TOLD[style](day.toordinal(), n, shown(one), shown(other))
    assert {status for step in statuses(problem, *steps) for status in step} == {V}
    at = data.draw(st.integers(0, 2))
    steps[at] = TOLD[style](day.toordinal(), n, shown(one), wrong(other))[at]
    found = statuses(problem, *steps)
    assert R in found[at] or (style, at) in ((0, 1), (2, 0))  # which do not hold the wrong date


@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(0, 6), st.integers(0, 4))
def test_weekdays_are_told_by_the_calendar(day: date, weekday: int, form: int) -> None:
    expected = V if day.weekday() == weekday or (
        form == 3 and day.day <= 12 and date(day.year, day.day, day.month).weekday() == weekday
    ) else R  # fmt: skip
    assert statuses(PLAIN, f"{words(day)[form]} is a {WEEKDAYS[weekday]}.") == [[expected]]


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 1439), st.integers(1, 700), st.booleans())
def test_clock_times_go_round(start: int, length: int, wrong: bool) -> None:
    def shown(minutes: int) -> str:
        hour, minute = divmod(minutes % 1440, 60)
        return f"{hour % 12 or 12}:{minute:02} {'am' if hour < 12 else 'pm'}"

    end = start + length + 17 * wrong
    step = f"{length} minutes after {shown(start)} is {shown(end)}."
    assert statuses(PLAIN, step) == [[R if wrong else V]]


def test_hostile_dates_stay_bounded() -> None:
    assert context_of("Today is Monday. " * 100_000) is None
    far = "10000000000 days after March 1, 2021 is March 1, 1000000000."
    assert R not in statuses(PLAIN, far)[0]
    assert statuses(PLAIN, "999999 days after March 1, 2021 is March 1, 2022.") == [[R]]
    assert statuses(PLAIN, "999999 years after March 1, 2021 is March 1, 2022.") == [[N]]
    assert statuses(PLAIN, "March 1, 2021 " + "+ 1 day " * 30 + "= March 31, 2021") == [[N]]
    assert statuses(PLAIN, "Monday is Monday, which is " * 20_000) == [[]]
    assert statuses(PLAIN, *["Today is March 1, 2021."] * 200)[-1] == [V]


def test_a_time_that_is_none_stops_no_other_claim(caplog: pytest.LogCaptureFixture) -> None:
    problem = "A tram leaves at 9:40 am and needs 2 hours 35 minutes. When does it arrive?"
    step = "9:40 am plus 29:40 am plus 29:40 am plus 2 hours 35 minutes is 12:15 pm."
    assert R not in statuses(problem, step)[0]
    assert not caplog.records


@pytest.mark.parametrize(
    "step",
    [
        "From 9:40 am to 11:05 am is 1 h 25 min.",
        "9:40 am → 11:05 am is 85 minutes.",
        "From 22:45 to 06:30 is 7 h 45 min.",
        "9:40 am + 3 h = 12:40 pm.",
        "So it is 2 days after Monday, which is Wednesday.",
    ],
)
def test_short_units_and_arrows(step: str) -> None:
    assert set(statuses(PLAIN, step)[0]) == {V}
