"""Who did what when, from the problem to verdicts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sound_traces import Sound, assert_never_faulted, assert_refuted_where_it_stands, statuses_by

from clr.claim import Status
from clr.domains import sessions

V, R, N = Status.VERIFIED, Status.REFUTED, Status.UNVERIFIABLE
MARKET = """Today, Nora went to the market. Between what times could they have gone?
We know that:
Nora woke up at 6am.
Piet saw Nora fixing a bike in the yard from 8am to 10am.
Ruth saw Nora sitting on a rooftop from 10am to 1pm.
Sam saw Nora taking photos near the old tower from 1pm to 6pm.
The market was closed after 6pm.
Between what times could Nora have gone to the market?
Options:
(A) 6am to 8am
(B) 1pm to 6pm
(C) 8am to 10am"""
DENTIST = (
    "Omar has lectures from 9:00 am to 11:30 am. Omar has lunch from noon to 1 pm. "
    "Omar has a meeting from 1 pm to 4:30 pm. The dentist opens at 9 am. "
    "The dentist closes at 5 pm. When could Omar go to the dentist?"
)

statuses = statuses_by("intervals")

SOUND: list[Sound] = [
    # a problem, a sound trace, and a step of it with an error planted
    (
        MARKET,
        [
            "Wake-up time: 6am.\n6am-8am: free.",
            "8am-10am: fixing a bike in the yard.\n10am-1pm: sitting on a rooftop.",
            "1pm-6pm: taking photos near the old tower.\nThe market closure time: 6pm.",
            "The only time when Nora could have gone to the market was 6am to 8am. "
            "So the answer is (A).",
        ],
        (1, "8am-11am: fixing a bike in the yard.\n11am-1pm: sitting on a rooftop."),
    ),
    (
        MARKET,
        [
            "Nora woke up at 6am.",
            "Nora was fixing a bike from 8am to 10am.",
            "From 10am to 1pm, Nora was sitting on a rooftop.",
            "Nora was near the old tower from 1pm to 6pm.",
            "Therefore, Nora could have gone to the market between 6am and 8am.",
            "So the answer is (A).",
        ],
        (4, "Therefore, Nora could have gone to the market between 8am and 10am."),
    ),
    (
        MARKET,
        [
            "| 6am - 8am | free |\n| 8am - 10am | yard |",
            "| 10am - 1pm | rooftop |\n| 1pm - 6pm | photos |",
            "The answer is (A).",
        ],
        (1, "| 10am - 1pm | rooftop |\n| 1pm - 4pm | photos |\n| 4pm - 6pm | free |"),
    ),
    (
        MARKET,
        [
            "- Nora woke up at 6am",
            "- The market was closed after 6pm",
            "So the only available time slot is 6am to 8am.",
            "The answer is **(A)**.",
        ],
        (1, "- The market was closed after 7pm"),
    ),
    (
        MARKET,
        [
            "* 6am to 8am: Available",
            "So the only time Nora could have gone is from 6am to 8am.",
            "So the answer is (A).",
        ],
        (1, "So the only time Nora could have gone is from 6am to 7am."),
    ),
    (
        MARKET,
        ["Nora could have gone from 6am to 8am.", "So the answer is (A)."],
        (1, "So the answer is (B)."),
    ),
    (
        DENTIST,
        [
            "9:00 am to 11:30 am: lectures",
            "11:30 am to noon: free",
            "noon to 1 pm: lunch",
            "1 pm to 4:30 pm: a meeting",
            "4:30 pm to 5 pm: free",
        ],
        (3, "1 pm to 3:30 pm: a meeting\n3:30 pm to 5 pm: free"),
    ),
    (
        DENTIST,
        [
            "The dentist opens at 9 am.",
            "The dentist closes at 5 pm.",
            "Omar is free from 11:30 am to 12 pm.",
            "He could go to the dentist between 11:30 am and noon.",
            "He could also go from 4:30 pm to 5 pm.",
        ],
        (4, "He could also go from 4:30 pm to 6 pm."),
    ),
]


@pytest.mark.parametrize("trace", SOUND)
def test_a_sound_trace_is_never_faulted(trace: Sound) -> None:
    assert_never_faulted(statuses, trace, verified=len(trace[1]))


@pytest.mark.parametrize("trace", SOUND)
def test_a_planted_error_is_refuted_where_it_stands(trace: Sound) -> None:
    assert_refuted_where_it_stands(statuses, trace)


def test_what_is_put_right_later_is_verified() -> None:
    got = statuses(
        MARKET,
        "Nora was sitting on a rooftop from 11am to 2pm.",
        "10am-11am: free.",
        "Nora was sitting on a rooftop from 10am to 1pm.",
        "Nora could have gone between 6am and 8am.",
    )
    assert got == [[R], [V], [V], [V]]


def test_what_follows_from_an_error_is_not_counted_again() -> None:
    got = statuses(
        MARKET,
        "6am-7am: free.",
        "Nora was on a rooftop from 10am to 12pm.",
        "Nora was sitting on a rooftop from 11am to 2pm.",
        "10am-11am: free.",
    )
    assert got == [[V], [N], [R], [V]]


@pytest.mark.parametrize(
    "step",
    [
        "Nora could not have gone between 8am and 10am.",
        "If Nora was free from 8am to 10am, she could have gone.",
        "Was Nora free from 8am to 10am?",
        "Nora was not free from 8am to 10am.",
        "From 8am to 10am Nora was busy.",
        "It is unlikely that she could have gone between 1pm and 2pm.",
        "Between 8am and 10am or 1pm and 2pm: free.",
        "Nora was fixing a bike from 8am to 9am.",
        "A friend was at the beach from 3am to 5am.",
        "She has 2 hours from 6am to 8am.",
        "Nora was there from 8am to 6pm.",
        "Nora was free after 6pm.",
        "The library closed at 4pm.",
        "Piet woke up at 9am.",
    ],
)
def test_what_is_not_said_or_not_read_whole_is_left_alone(step: str) -> None:
    assert R not in statuses(MARKET, step)[0]


@pytest.mark.parametrize(
    "problem",
    [
        "A shop is open from 9 am to 5 pm. For how many hours is it open?",
        "Between what times could the bus arrive?",
        MARKET.replace("from 10am to 1pm", "from 10am until she got hungry"),
        MARKET.replace("from 10am to 1pm", "from 10pm to 1am"),
    ],
)
def test_other_problems_are_not_of_this_kind(problem: str) -> None:
    assert "schedules" not in [s.domain.name for s in sessions(problem)]


# Days at random

PLACES = "library gym bakery harbour museum station garden school".split()
PEOPLE = "Ann Bo Cy Dee Eli Flo Gus Hal".split()


def clock(hour: int) -> str:
    return f"{(hour - 1) % 12 + 1}{'am' if hour < 12 else 'pm'}"


@st.composite
def days(draw: st.DrawFn) -> tuple[list[tuple[int, int, str]], tuple[int, int]]:
    """What happened when, and the only time that was left."""
    cuts = sorted(draw(st.sets(st.integers(5, 23), min_size=4, max_size=8)))
    pairs = list(pairwise(cuts))
    gap = draw(st.integers(0, len(pairs) - 1))
    places = draw(st.permutations(PLACES))
    events = [(a, b, places[i]) for i, (a, b) in enumerate(pairs) if i != gap]
    return events, pairs[gap]


def problem_of(events: list[tuple[int, int, str]], gap: tuple[int, int]) -> str:
    first, last = min(gap[0], events[0][0]), max(gap[1], events[-1][1])
    seen = "\n".join(
        f"{PEOPLE[i]} saw Zoe walking at the {place} from {clock(a)} to {clock(b)}."
        for i, (a, b, place) in enumerate(events)
    )
    return (
        f"Today, Zoe went to the zoo. We know that:\nZoe woke up at {clock(first)}.\n{seen}\n"
        f"The zoo was closed after {clock(last)}.\nBetween what times could Zoe have gone?"
    )


@settings(max_examples=60, deadline=None)
@given(days(), st.integers(0, 2), st.randoms())
def test_sound_days_are_verified_in_any_order(
    day: tuple[list[tuple[int, int, str]], tuple[int, int]], wording: int, random: object
) -> None:
    events, gap = day
    lines = [
        (
            f"{clock(a)}-{clock(b)}: walking at the {place}.",
            f"Zoe was at the {place} from {clock(a)} to {clock(b)}.",
            f"| {clock(a)} - {clock(b)} | {place} |",
        )[wording]
        for a, b, place in events
    ]
    only = f"The only time when Zoe could have gone was {clock(gap[0])} to {clock(gap[1])}."
    problem = problem_of(events, gap)
    assert statuses(problem, *lines, only) == [[V]] * (len(lines) + 1)
    random.shuffle(events)  # type: ignore[attr-defined]
    problem = "\n".join(
        [*problem.split("\n")[:2], *sorted(problem.split("\n")[2:-2]), *problem.split("\n")[-2:]]
    )
    assert statuses(problem, *lines, only) == [[V]] * (len(lines) + 1)


@settings(max_examples=60, deadline=None)
@given(days(), st.integers(0, 30))
def test_a_wrong_time_is_refuted(
    day: tuple[list[tuple[int, int, str]], tuple[int, int]], which: int
) -> None:
    events, gap = day
    a, b, place = events[which % len(events)]
    problem = problem_of(events, gap)
    wrong = f"Zoe was at the {place} from {clock(a)} to {clock(b + 1)}."
    assert statuses(problem, wrong) == [[R]] or b + 1 == 24
    assert statuses(problem, f"Zoe could have gone from {clock(a)} to {clock(b)}.") == [[R]]
