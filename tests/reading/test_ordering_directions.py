"""From which end places are counted, and things that are told apart in the sentences only."""

import pytest

import clr
from clr.claim import Status

V, R, N = Status.VERIFIED, Status.REFUTED, Status.UNVERIFIABLE

STUDENTS = (
    "Five students sit in a row: Alice, Bob, Carol, Dan, Eve. Bob sits in the middle. Alice sits "
    "at the left end. Carol sits immediately right of Bob. Dan sits to the left of Bob."
)


def judged(problem: str, *steps: str) -> list[Status]:
    report = clr.audit(problem=problem, steps=list(steps))
    return [
        c.verdict.status for s in report.steps for c in s.claims if c.claim.kind == "constraint"
    ]


def test_numbers_are_counted_from_one_end_throughout():
    assert judged(STUDENTS, "Carol is in seat 2.") == [V]  # counted from the right
    steps = ("Alice → seat 1.", "Carol sits immediately right of Bob → seat 2.")
    assert judged(STUDENTS, *steps) == [V, V, R]
    turned = (
        "Alice → seat 5.",
        "Bob is in the middle.",
        "Carol sits immediately right of Bob → seat 2.",
    )
    assert judged(STUDENTS, *turned) == [V, V, V, V]


def test_a_sign_is_not_turned_around():
    told = "Ann, Bo and Cy are of different heights. Ann is taller than Bo. Bo is taller than Cy."
    assert judged(told, "Ann > Bo > Cy.", "Cy < Bo.") == [V, V]
    assert judged(told, "Ann > Bo > Cy.", "Cy > Bo.") == [V, N]
    assert judged(told, "Cy > Bo.") == [V]
    assert judged(told, "Ann > Bo > Cy.", "Chain these together: Bo > Ann > Cy.") == [V, R]


def test_things_of_a_kind_told_apart_by_a_word():
    told = (
        "Three boxes are stacked. The red box is above the blue box. The green box is bottommost."
    )
    assert judged(told, "From top to bottom: red, blue, green.") == [V]
    assert judged(told, "From top to bottom: blue, red, green.") == [R]
    listed = (
        "Three pens lie in a row: a red, a blue and a green one. The red pen is the leftmost. The "
        "blue pen is to the right of the green pen."
    )
    assert judged(listed, "Red is the leftmost.", "Green is the leftmost.") == [V, R]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Alice is first, so seats 1 and 3 are taken.", V),
        ("The remaining positions 2, 4 and 5 go to Dan, Carol and Eve.", V),
        ("Position 1 = Alice (leftmost).", V),
        ("Position 3 = Alice (leftmost).", R),
        ("Putting it all together: Alice, Dan, Bob, Carol, Eve.", V),
    ],
)
def test_places_taken_and_left(text, status):
    assert judged(STUDENTS, text) == [status]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("We are told that Al is first and that Di is fourth.", V),
        ("Al is the first of the five.", V),
        ("Known positions: Al 1st, Di 4th, Bo 5th.", V),
        ("Al before Cy before Ed.", V),
        ("Al before Ed before Cy.", R),
        ("Ed = 3, Bo = 5.", V),
        ("Ed = 2, Bo = 4.", R),
    ],
)
def test_places_told_in_short(text, status):
    line = (
        "Five people stand in a line: Al, Bo, Cy, Di, Ed. Di stands at position 4. Bo stands two "
        "places behind Ed. Al is at the front."
    )
    assert set(judged(line, text)) == {status}
