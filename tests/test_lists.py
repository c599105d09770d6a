"""Lists of numbers: which of them have a property, how many, in what order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clr
from clr.claim import Status
from clr.reading.lists import context_of

V, R = Status.VERIFIED, Status.REFUTED


def statuses(problem: str, *steps: str) -> list[Status]:
    report = clr.audit(problem=problem, steps=list(steps))
    return [
        c.verdict.status for s in report.steps for c in s.claims if c.claim.kind == "collection"
    ]


def listed(numbers) -> str:
    return ", ".join(map(str, numbers))


PROPERTIES = {
    "odd": lambda n: n % 2 == 1,
    "even": lambda n: n % 2 == 0,
    "prime": lambda n: n > 1 and all(n % d for d in range(2, n)),
    "divisible by 3": lambda n: n % 3 == 0,
    "greater than 10": lambda n: n > 10,
    "not greater than 10": lambda n: n <= 10,
}


@given(
    st.lists(st.integers(0, 40), min_size=3, max_size=9, unique=True),
    st.sampled_from([*PROPERTIES]),
    st.sampled_from(["Numbers: {}.", "Consider the list [{}].", "Here are the numbers {}."]),
)
@settings(max_examples=60, deadline=None)
def test_numbers_with_a_property_are_chosen_and_counted(numbers, name, told) -> None:
    problem = f"{told.format(listed(numbers))} How many of them are {name}?"
    right = [n for n in numbers if PROPERTIES[name](n)]
    wrong = [n for n in numbers if n not in right]
    if right:
        assert statuses(problem, f"The numbers that are {name} are {listed(right)}.") == [V]
    if wrong:
        assert statuses(problem, f"The numbers that are {name} are {listed(wrong)}.") == [R]
    assert statuses(problem, f"So there are {len(right)} numbers that are {name}.") == [V]
    assert statuses(problem, f"So {len(right) + 1} of them are {name}.") == [R]


@given(st.lists(st.integers(-20, 40), min_size=3, max_size=8, unique=True), st.booleans())
@settings(max_examples=40, deadline=None)
def test_orders_and_ends(numbers, descending) -> None:
    way = "descending" if descending else "ascending"
    problem = f"Sort the list [{listed(numbers)}] in {way} order."
    order = sorted(numbers, reverse=descending)
    assert statuses(problem, f"The sorted list is [{listed(order)}].") == [V]
    assert statuses(problem, f"In {way} order: {listed(order[::-1])}") == [R]
    assert statuses(problem, f"The largest number is {max(numbers)}.") == [V]
    assert statuses(problem, f"The smallest is {max(numbers)}.") == [R]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("7 is in the list.", V),
        ("8 is in the list.", R),
        ("The list contains 20.", V),
        ("The list does not contain 20.", R),
        ("The list has 6 numbers.", V),
        ("There are 5 numbers in the list.", R),
        ("The even numbers are 4, 12 and 20.", V),
        ("The primes: 7", Status.UNVERIFIABLE),
        ("9 is odd.", Status.UNVERIFIABLE),  # said of 9, and not of so many
        ("3 is odd.", Status.UNVERIFIABLE),
        ("Only 3 of the numbers are odd.", V),
    ],
)
def test_members(text: str, status: Status) -> None:
    problem = "Numbers: 4, 9, 12, 7, 20, 3. How many of them are odd?"
    assert statuses(problem, text) == [status]


def test_one_error_is_counted_once() -> None:
    problem = "Numbers: 4, 9, 12, 7, 20, 3. How many of them are odd?"
    steps = ("The odd numbers are 9 and 7.", "So there are 2 odd numbers.")
    assert statuses(problem, *steps) == [R, Status.UNVERIFIABLE]


@pytest.mark.parametrize(
    "problem",
    [
        "The numbers 3, 5 and 8 are the sides of a box. How many of them are odd?",
        "Numbers 3, 5, 8 are written on a board. Each minute one is doubled. How many are odd?",
        "How many numbers between 1 and 50 are prime?",
        "What is the median of 3, 9, 4?",
    ],
)
def test_other_problems_are_left_alone(problem: str) -> None:
    assert context_of(problem) is None
