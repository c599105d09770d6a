"""Premises that a sentence names, by number or by place, and what follows from them."""

import pytest

import clr
from clr.claim import Status
from clr.reading.citations import Numbered, cited, without_asides

GIVEN = Numbered(dict(enumerate("abcd", 1)), labelled=True)
PLACED = Numbered(dict(enumerate("abcd", 1)))


@pytest.mark.parametrize(
    ("text", "labelled", "placed"),
    [
        ("From clue 3, Tom sings.", "c", ""),
        ("By clues 1 and 3, Tom sings.", "ac", ""),
        ("Tom sings (clue 2).", "b", ""),
        ("By (2) and (4), Tom sings.", "bd", ""),
        ("Using (1), (2), and (3), Tom sings.", "abc", ""),
        ("From the first two clues, Tom sings.", "ab", "ab"),
        ("The last two premises give it.", "cd", "cd"),
        ("From the first and third clues, Tom sings.", "ac", "ac"),
        ("By the last clue, Tom sings.", "d", "d"),
        ("From clue 7, Tom sings.", "", ""),
        ("From the fifth clue, Tom sings.", "", ""),
        ("(2) By (1), Tom sings.", "", ""),  # the trace numbers its own statements
        ("From statement 2, Tom sings.", "", ""),
        ("There are 2 clues.", "", ""),
    ],
)
def test_what_is_cited(text: str, labelled: str, placed: str) -> None:
    assert cited(text, GIVEN) == list(labelled)
    assert cited(text, PLACED) == list(placed)


@pytest.mark.parametrize("text", ["By the last clue, Tom sings.", "From the first clue, he sings."])
def test_nothing_is_cited_of_a_problem_without_premises(text: str) -> None:
    assert cited(text, Numbered({})) == []


@pytest.mark.parametrize(
    "aside", ["(clue 2)", "(by clues 1 and 2)", "[by 2]", "(from (1) and (3))"]
)
def test_asides_leave_the_places_as_they_are(aside: str) -> None:
    assert without_asides(f"Tom {aside} sings.") == f"Tom {' ' * len(aside)} sings."


PROBLEMS = {
    "row": (
        "On a branch there are four birds: an owl, a raven, a crow and a hawk. 1. The owl is left "
        "of the raven. 2. The raven is the second from the left. 3. The crow is left of the hawk.",
        "the owl is the leftmost",
        (1, 2),
        3,
    ),
    "argument": (
        "1. All cats are pets. 2. Tom is a cat. 3. All dogs bark. Is Tom a pet?",
        "Tom is a pet",
        (1, 2),
        3,
    ),
    "pets": (
        "Gina, Hal and Iris each own one pet: a cat, a dog or a fish. 1. Gina does not own the "
        "dog. 2. Hal owns the fish. 3. Iris does not own the fish.",
        "Gina owns the cat",
        (1, 2),
        3,
    ),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_what_follows_must_follow_from_what_is_cited(name: str) -> None:
    problem, said, (a, b), idle = PROBLEMS[name]

    def status(text: str) -> set[Status]:
        report = clr.audit(problem=problem, steps=[text], profile="thorough")
        kinds = ("constraint", "entailment")
        return {c.verdict.status for c in report.steps[0].claims if c.claim.kind in kinds}

    for text in (
        f"From clues {a} and {b}, {said}.",
        f"By ({a}) and ({b}), {said}.",
        f"From the first two clues, {said}.",
    ):
        assert status(text) == {Status.VERIFIED}, text
    for text in (
        f"From clue {idle}, {said}.",
        f"By ({idle}), {said}.",
        f"From the last clue, {said}.",
    ):
        assert status(text) == {Status.JUMP}, text
