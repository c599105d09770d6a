"""Rows that are rearranged place by place, and a thing that lies at one of several places."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clr
from clr.claim import Status
from clr.reading.machines import context_of

V, R = Status.VERIFIED, Status.REFUTED


def statuses(problem: str, *steps: str) -> list[list[Status]]:
    report = clr.audit(problem=problem, steps=list(steps))
    return [
        [c.verdict.status for c in step.claims if c.claim.kind == "state"] for step in report.steps
    ]


CARDS = "Five cards lie in a row, from left to right: A, B, C, D, E. "


@given(
    st.lists(st.permutations(range(1, 6)).map(lambda p: sorted(p[:2])), min_size=2, max_size=5),
    st.data(),
)
@settings(max_examples=30, deadline=None)
def test_a_row_is_followed_from_swap_to_swap(pairs, data) -> None:
    told = " ".join(f"The cards at positions {a} and {b} are swapped." for a, b in pairs)
    row = list("ABCDE")
    steps = []
    way = data.draw(st.sampled_from([" ", ", "]))
    for a, b in pairs:
        row[a - 1], row[b - 1] = row[b - 1], row[a - 1]
        steps.append(f"Swap positions {a} and {b}: {way.join(row)}")
    assert statuses(CARDS + told, *steps, f"Final row: {way.join(row)}")[:-1] == [[V]] * len(pairs)
    at = data.draw(st.integers(0, len(pairs) - 1))
    shown = steps[at].partition(": ")[2].split(way)
    wrong = [*shown[1:], shown[0]]
    steps[at] = f"Swap positions {pairs[at][0]} and {pairs[at][1]}: {way.join(wrong)}"
    found = statuses(CARDS + told, *steps)
    assert found[at] == [R] and [R] not in found[:at]


def test_parts_of_a_row_are_reversed() -> None:
    problem = f"{CARDS}Reverse the first three cards. Then reverse the last two. What is the row?"
    steps = ("Reverse the first three: C B A D E", "Reverse the last two: C B A E D")
    assert statuses(problem, *steps) == [[V], [V]]
    assert statuses(problem, "In the end, the row is D E A B C.") == [[R]]


CUPS = (
    "Five cups are numbered 1 to 5. A coin is under cup 2. The cups at positions 2 and 5 are "
    "swapped, then the cups at positions 1 and 4 are swapped. At which position is the coin?"
)


def test_a_coin_goes_along_with_its_cup() -> None:
    steps = ("The coin starts at position 2.", "Swap 2 and 5: the coin moves to position 5.")
    assert statuses(CUPS, *steps) == [[V], [V]]
    assert statuses(CUPS, steps[0], "Swap 2 and 5: the coin is at position 2.") == [[V], [R]]


@pytest.mark.parametrize(
    "problem",
    [
        # the numbers may belong to the cups
        "Five cups are numbered 1 to 5. A coin is under cup 2. The cups 2 and 5 are swapped. The "
        "cups 1 and 2 are swapped. Under which cup is the coin?",
        f"{CARDS}The cards at positions 2 and 6 are swapped. The first two are swapped.",
        f"{CARDS}The cards at positions 2 and 3 are swapped. Then the row is shuffled.",
    ],
)
def test_other_rows_are_left_alone(problem: str) -> None:
    assert context_of(problem) is None
