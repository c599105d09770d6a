"""Lists that are built item by item, each against the one before it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clr
from clr.bodies.list_building import Built, Grows, Now, Parted, Shows, SoFar
from clr.claim import Status
from clr.reading.list_building import context_of

V, R, U = Status.VERIFIED, Status.REFUTED, Status.UNVERIFIABLE
EVENS = "Consider the list [3, 8, 5, 12, 7]. Which of the numbers are even?"
STEPS = "Start with the list [1]. Append 5, then append 7, then remove 1. What is the list?"


def statuses(problem: str, *steps: str) -> list[Status]:
    report = clr.audit(problem=problem, steps=list(steps))
    return [
        c.verdict.status
        for s in report.steps
        for c in s.claims
        if isinstance(c.claim.body, Built | Grows | Now | Parted | Shows | SoFar)
    ]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Append 5 → [1, 5]", "Append 5 → [1, 6]"),
        ("Append 5: [1, 5]", "Append 5: [5, 1]"),
        ("After adding 5: [1, 5]", "After adding 5: [1, 5, 5]"),
        ("Adding 5 gives [1, 5]", "Adding 5 gives [1]"),
        ("Insert 5 at the front: [5, 1]", "Insert 5 at the front: [1, 5]"),
        (
            "We add 5 to the list, so the list is now [1, 5].",
            "We add 5 to the list, giving [1, 7].",
        ),
        ("Then add 5 and 7 to get [1, 5, 7]", "Then add 5 and 7 to get [1, 5]"),
        ("5 is next, so we add it: [1, 5]", "5 is next, so we add it: [1, 4]"),
        ("Skip 5: [1]", "Skip 5: [1, 5]"),
    ],
)
def test_an_operation_leads_to_its_list(right: str, wrong: str) -> None:
    assert statuses(STEPS, right) == [V]
    assert statuses(STEPS, wrong) == [R]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Remove 1 → [5, 7]", "Remove 1 → [1, 7]"),
        ("Deleting 7 leaves [1, 5]", "Deleting 7 leaves [5]"),
        ("Remove the first element: [5, 7]", "Remove the first element: [1, 5]"),
        ("Drop the last item → [1, 5]", "Drop the last item → [5, 7]"),
        ("Reverse it: [7, 5, 1]", "Reverse it: [7, 1, 5]"),
        ("Sorting the list gives [1, 5, 7]", "Sorting the list gives [1, 7, 5]"),
    ],
)
def test_other_operations(right: str, wrong: str) -> None:
    before = ("Append 5 → [1, 5]", "Append 7 → [1, 5, 7]")
    assert statuses(STEPS, *before, right) == [V, V, V]
    assert statuses(STEPS, *before, wrong) == [V, V, R]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("The even numbers so far: [8].", "The even numbers so far: [8, 5]."),
        ("The list of even numbers so far: [8, 12]", "The list of even numbers so far: [8, 14]"),
        ("Even numbers found so far: 8, 12", "Even numbers found so far: 8, 7"),
        ("Odd so far: [3, 5]", "Odd so far: [3, 8]"),
        ("Result so far: [8]", "Result so far: [8, 5]"),
        ("Kept so far: [8, 12]", "Kept so far: [3]"),
        ("kept: 8, 12; dropped: 3", "kept: 8, 3; dropped: 12"),
        ("We keep 8 and 12; we drop 3, 5 and 7", "We keep 8 and 13; we drop 3, 5 and 7"),
        ("Running list: [3], [3, 8], [3, 8, 5]", "Running list: [3], [3, 8], [3, 8, 6]"),
    ],
)
def test_what_was_found_so_far(right: str, wrong: str) -> None:
    assert statuses(EVENS, right) == [V]
    assert statuses(EVENS, wrong) == [R]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("[1] → append 5 → [1, 5]", "[1] → append 5 → [5, 1]"),
        ("[1, 5] → 7 at the front → [7, 1, 5]", "[1, 5] → 7 at the front → [1, 5, 7]"),
        ("[1, 5, 7] → remove 1 → [5, 7]", "[1, 5, 7] → remove 1 → [1, 5]"),
        ("[1, 5, 7] → reverse → [7, 5, 1]", "[1, 5, 7] → reverse → [7, 1, 5]"),
        ("[5, 1, 7], then sorting the list gives [1, 5, 7]",
         "[5, 1, 7], then sorting the list gives [1, 7, 5]"),
    ],
)  # fmt: skip
def test_an_operation_with_the_list_before_it(right: str, wrong: str) -> None:
    assert statuses(STEPS, right) == [V]
    assert statuses(STEPS, wrong) == [R]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("The list now has 3 elements.", "The list has 4 elements."),
        ("The third item is 7.", "The third item is 9."),
        ("The last element is 7.", "The last element is 9."),
        ("The list contains 7.", "The list contains 9."),
        ("Final list: [1, 5, 7]", "Final list: [1, 5, 9]"),
    ],
)
def test_what_is_said_of_the_list_as_it_was_built(right: str, wrong: str) -> None:
    before = ("Append 5 → [1, 5]", "Append 7 → [1, 5, 7]")
    assert statuses(STEPS, *before, right) == [V, V, V]
    assert statuses(STEPS, *before, wrong) == [V, V, R]
    assert R not in statuses(STEPS, *before, "Then 9 is put in for 7, and 4 too.", wrong)


def test_one_error_is_counted_once() -> None:
    got = statuses(STEPS, "Append 5 → [1, 6]", "Append 7 → [1, 6, 7]", "Remove 1 → [6, 7]")
    assert got == [R, V, V]


@pytest.mark.parametrize(
    "steps",
    [
        ("8 is even, keep it: [8]", "5 is odd: drop it.", "12 is kept too.", "Add 7: [8, 12, 7]"),
        ("Evens: [8].", "Odds: [3, 5].", "Add 12 to the evens: [8, 12]", "Add 12: [8, 12]"),
        ("Add 12: [12]", "Add 8: [8, 12]", "Add 12: [12]"),
        ("Adding 3 to each: [6, 11, 8, 15, 10]",),
        ("If we append 5: [5, 1]",),
        ("Running list: [3], [3, 11], [3, 11, 16]",),
        ("List so far: [3, 8]",),
    ],
)
def test_what_may_be_meant_otherwise_is_left_alone(steps: tuple[str, ...]) -> None:
    assert R not in statuses(EVENS, *steps)


@pytest.mark.parametrize(
    "problem",
    [
        "Start with an empty stack. Push 5 and pop it. What is the list?",
        "Find x if x + 2 = 5.",
        "Add 5 to each element of the list [1, 2]. What is the list?",
    ],
)
def test_other_problems_are_left_alone(problem: str) -> None:
    assert context_of(problem) is None


def test_what_is_left_out_has_the_property_that_is_named() -> None:
    problem = "Remove the even numbers from the list [3, 8, 5, 12, 7]."
    assert R not in statuses(problem, "Result so far: [3]", "kept: 3, 5; dropped: 8")


@given(st.lists(st.integers(0, 60), min_size=3, max_size=8, unique=True), st.integers(61, 99))
@settings(max_examples=40, deadline=None)
def test_a_walk_through_a_list(numbers, foreign) -> None:
    problem = f"Consider the list [{', '.join(map(str, numbers))}]. Which of them are even?"
    built: list[int] = []
    right, wrong = [], []
    for x in numbers:
        if x % 2 == 0:
            built.append(x)
            right.append(f"{x} is even, so add it: {built}")
        else:
            right.append(f"{x} is odd, skip it: {built}")
        wrong.append(right[-1].replace("]", f", {foreign}]").replace("[, ", "["))
    assert set(statuses(problem, *right)) == {V}
    for at in range(len(right)):
        got = statuses(problem, *right[:at], wrong[at])
        assert got[:-1] == [V] * at
        assert got[-1] in (R, U)
        assert got[-1] is R or not any(x % 2 == 0 for x in numbers[:at])
