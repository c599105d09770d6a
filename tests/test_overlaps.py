"""How many belong to groups that overlap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clr
from clr.claim import Status
from clr.reading.overlaps import context_of

V, R, N = Status.VERIFIED, Status.REFUTED, Status.UNVERIFIABLE
CLASS = (
    "In a class of 30 students, 18 play football, 15 play chess, and 7 play both. How many play "
    "neither?"
)


def statuses(problem: str, *steps: str) -> list[list[Status]]:
    report = clr.audit(problem=problem, steps=list(steps))
    return [
        [c.verdict.status for c in step.claims if c.verdict.checked_by == "overlapping groups"]
        for step in report.steps
    ]


@pytest.mark.parametrize(
    ("wording", "right", "wrong"),
    [
        ("|F ∪ C| = 18 + 15 - 7 = {}", 26, 40),
        (r"$|F \cup C| = {}$", 26, 33),
        ("n(F ∩ C) = {}", 7, 8),
        ("So {} students play at least one.", 26, 33),
        ("30 - 26 = {} play neither.", 4, 3),
        ("Only football: {}.", 11, 18),
        ("So {} students play only chess.", 8, 15),
        ("{} students only play football.", 11, 12),
        ("The number of students who play exactly one sport is {}.", 19, 26),
        ("{} play football but not chess.", 11, 18),
        ("Neither: {}", 4, 5),
        ("Therefore, {} students play neither.", 4, 12),
        ("Both: {}", 7, 6),
    ],
)
def test_parts(wording: str, right: int, wrong: int) -> None:
    assert statuses(CLASS, wording.format(right)) == [[V]]
    assert statuses(CLASS, wording.format(wrong)) == [[R]]


@pytest.mark.parametrize(
    "text",
    [
        "11 students play football.",  # those who play nothing else, perhaps
        "18 + 15 = 33 play football or chess.",
        "If 10 played both, 23 would play at least one.",
        "First, 18 + 15 = 33, but the 7 who play both are counted twice.",
        "So 33 of them are counted.",
    ],
)
def test_what_may_be_meant_otherwise_is_no_error(text: str) -> None:
    assert R not in statuses(CLASS, text)[0]


@pytest.mark.parametrize(
    "problem",
    [
        "Out of 100 people, 60 like tea, 50 like coffee, and 20 like both tea and coffee. "
        "How many like only tea?",
        "Of 40 students, 25 study French, 20 study German, and 5 study neither. How many study "
        "both?",
        "There are 30 students in a class. 18 of them play football and 15 of them play chess. "
        "7 students play both. How many play at least one?",
        "In a group of 60 tourists, 35 speak English, 30 speak French and 12 speak both "
        "languages. How many speak neither language?",
        "In a village of 80 households, 45 own a cat, 30 own a dog, and 10 own both a cat and a "
        "dog. How many own only a dog?",
        "Eighteen pupils play football, fifteen play chess and seven play both. How many play?",
    ],
)
def test_problems_are_read(problem: str) -> None:
    assert context_of(problem) is not None


@pytest.mark.parametrize(
    "problem",
    [
        "Tom has 12 apples and 5 pears. Both are red. How many fruits?",
        "18 boys play football, 15 girls play chess, and 7 play both. How many play?",
        "Of 40 students, 18 play football, 15 play chess and 7 play both. How many is that?",
        "60% of the students play football, 50% play chess and 20% play both. How many play?",
        "Half of the 30 students play football, 15 play chess and 7 play both. How many play?",
        "",
    ],
)
def test_other_problems_are_left_alone(problem: str) -> None:
    assert context_of(problem) is None


def test_one_error_is_counted_once() -> None:
    found = statuses(CLASS, "So 25 students play at least one.", "30 - 25 = 5 play neither.")
    assert found == [[R], [N]]


def test_three_groups() -> None:
    problem = (
        "In a class of 50 students, 20 play football, 25 play chess, 18 play tennis, 8 play both "
        "football and chess, 6 play both chess and tennis, 5 play both football and tennis, and 3 "
        "play all three. How many play none?"
    )
    found = statuses(problem, "So 47 play at least one.", "Thus 3 play none.", "Thus 4 play none.")
    assert found == [[V], [V], [R]]


@given(
    st.integers(1, 19), st.integers(1, 19), st.integers(1, 9), st.integers(0, 9),
    st.permutations(["football", "chess", "tennis"]), st.permutations([0, 1, 2]), st.integers(1, 5),
)  # fmt: skip
def test_names_and_order_change_no_verdict(
    only_a: int,
    only_b: int,
    both: int,
    none: int,
    games: list[str],
    order: list[int],
    off: int,
) -> None:
    a, b, _ = games
    told = [f"{only_a + both} play {a}", f"{only_b + both} play {b}", f"{both} play both"]
    told = [told[i] for i in order]
    total = only_a + only_b + both + none
    problem = f"In a class of {total} students, {', '.join(told)}. How many play neither?"
    if context_of(problem) is None:  # each number may count those in no other part
        assert none == 2 * both
        return
    right = statuses(problem, f"So {only_a} students play only {a}.", f"Neither: {none}")
    wrong = statuses(problem, f"So {only_a + off} students play only {a}.", f"Neither: {none}")
    assert right == [[V], [V]]
    assert wrong == [[R], [V]]
