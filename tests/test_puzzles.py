"""Puzzles about places, told and solved in many ways: who stands where, who has what."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clr
from clr.claim import Kind, Status
from clr.reading.puzzles import context_of

BOATS = (
    "Five canoes, Alder, Birch, Cedar, Ebony and Maple, reached the jetty one after another. Ebony "
    "came last. Maple arrived immediately before Birch. Birch finished exactly two places ahead of "
    "Cedar. Which canoe came third?"
)
HOUSES = (
    "Three cottages... no, three houses in a row, 1 to 3 from left to right, are painted"
    " pink, grey "
    "and white (not necessarily in this order). The people in them drink tea, wine and water. The "
    "wine drinker's house is white. The grey house is directly to the right of the pink house. "
    "Water is drunk in house 1. House 1 is not white. What is drunk in the grey house?"
)
BAYS = (
    "Nora, Otto, Pia and Rolf have parked in bays 1 to 4 (left to right). Their vans are black, "
    "cream, olive and white. Otto is in bay 2. The black van is in bay 4. Nora's van is olive. Pia "
    "is in the bay directly to the right of Otto's. Otto's van is not cream. Whose van is white?"
)
AGES = (
    "Tilda is older than Ursel but younger than Vito. Wim is the youngest of the four. Who is the "
    "second oldest?"
)
TALKS = (
    "Ida, Jens, Kaj and Liv each give a lecture, one per day from Monday to Thursday. Jens's"
    " lecture "
    "is neither on Monday nor on Thursday. Kaj's is the day after Liv's. Ida's comes earlier than "
    "Jens's. Who lectures on Wednesday?"
)
SHELF = (
    "Five jars stand on a shelf: one amber, one blue, one clear, one green, one purple. The amber "
    "one is leftmost. The blue one is second from the left. The green one stands directly to the "
    "right of the clear one. The purple one is somewhere to the right of the green one."
)
YEARS = "Olga is 21. Pavel is 6 years younger than Olga. Rita is 3 years older than Pavel."


KINDS = (Kind.CONSTRAINT, Kind.ENTAILMENT)
DECIDED = {Status.VERIFIED, Status.REFUTED}


def statuses(problem: str, *steps: str) -> list[set[Status]]:
    """By step, what was decided of its claims."""
    report = clr.audit(problem=problem, steps=list(steps))
    return [
        {c.verdict.status for c in step.claims if c.claim.kind in KINDS} & DECIDED
        for step in report.steps
    ]


@pytest.mark.parametrize(
    ("problem", "right", "wrong"),
    [
        (BOATS, "So Maple = 1, Birch = 2, Cedar = 4, Ebony = 5.", "So Maple = 2, Birch = 3."),
        (BOATS, "Alder is third.", "Cedar is third."),
        (BOATS, "Maple beat Birch.", "Cedar beat Birch."),
        (BOATS, "Maple > Birch > Alder > Cedar > Ebony", "Maple > Birch > Cedar > Alder > Ebony"),
        (
            BOATS,
            "The finishing order is Maple, Birch, Alder, Cedar, Ebony.",
            "The finishing order is Birch, Maple, Alder, Cedar, Ebony.",
        ),
        (HOUSES, "pink = 1, grey = 2, white = 3.", "pink = 2, grey = 3, white = 1."),
        (HOUSES, "Hence (pink, grey) = (1, 2).", "Hence (pink, grey) = (2, 3)."),
        (HOUSES, "House 1 → water. House 2 → tea.", "House 1 → tea. House 2 → water."),
        (
            HOUSES,
            "The grey house is number 2, so tea is drunk there.",
            "The grey house is number 1.",
        ),
        (BAYS, "Otto takes the white one and Pia the cream one.", "Otto takes the cream one."),
        (BAYS, "So Nora is in bay 1 and Rolf in bay 4.", "So Nora is in bay 4 and Rolf in bay 1."),
        (
            BAYS,
            "Cream and white remain for Otto and Pia.",
            "Cream and olive remain for Otto and Pia.",
        ),
        (BAYS, "That leaves the black van for Rolf.", "That leaves the black van for Pia."),
        (BAYS, "Otto (bay 2) is left of Pia (bay 3).", "Otto (bay 3) is left of Pia (bay 4)."),
        (AGES, "Vito > Tilda > Ursel > Wim", "Vito > Ursel > Tilda > Wim"),
        (
            AGES,
            "From oldest to youngest: Vito, Tilda, Ursel, Wim.",
            "Vito, Tilda, Wim, Ursel is the "
            "order from oldest to youngest: Vito, Tilda, Wim, Ursel.",
        ),
        (AGES, "So the second oldest is Tilda.", "So the second oldest is Ursel."),
        (TALKS, "Mon Ida, Tue Jens, Wed Liv, Thu Kaj.", "Mon Ida, Tue Liv, Wed Kaj, Thu Jens."),
        (TALKS, "So on Wednesday it's Liv.", "So on Wednesday it's Jens."),
        (TALKS, "Jens is on Tuesday or Wednesday.", "Jens is on Monday or Wednesday."),
        (
            SHELF,
            "Green is in position 4 and purple in position 5.",
            "Green is fifth from the left.",
        ),
        (SHELF, "Clear stands between blue and green.", "Green stands between blue and clear."),
        (SHELF, "1: amber 2: blue 3: clear", "1: amber 2: clear 3: blue"),
        (
            YEARS,
            "In descending order: Olga (21), Rita (18), Pavel (15).",
            "Pavel is older than Rita.",
        ),
    ],
)
def test_what_follows_is_verified_and_its_wrong_twin_refuted(problem, right, wrong):
    assert statuses(problem, right) == [{Status.VERIFIED}]
    assert Status.REFUTED in statuses(problem, wrong)[0]


@pytest.mark.parametrize(
    ("problem", "steps"),
    [
        (BOATS, ["Suppose Cedar is third.", "Then Birch is first.", "Maple comes before Birch."]),
        (BOATS, ["If Maple were second, Birch would be third and Cedar fifth. Ebony is there."]),
        (BOATS, ["Could Cedar be third? Maybe Cedar is third, and Birch first."]),
        (BOATS, ["Cedar is third, no, wait, that is wrong."]),
        (BOATS, ["It is not the case that Cedar is third."]),
        (BOATS, ["Cedar is third ✗"]),
        (BOATS, ["Possible places of Cedar: third, fourth."]),
        (BOATS, ["Nobody claims that Cedar is third."]),
        (BOATS, ["Counting from the end, Cedar is second and Alder is third."]),
        (HOUSES, ["Test (2, 3)\nIf pink = 2 and grey = 3, white would be house 1.", "Rejected."]),
        (HOUSES, ["House 1 could be white or pink.", "White can be in house 2 or 3."]),
        (
            BAYS,
            ["Try Otto = cream.", "Then Otto's van is cream.", "That contradicts the last clue."],
        ),
        (BAYS, ["Otto and Pia: white and cream in some order."]),
        (AGES, ["Wim < Ursel < Tilda < Vito, youngest first."]),
        (AGES, ["Youngest first: Wim < Ursel < Tilda < Vito", "So Vito > Tilda."]),
        (TALKS, ["Jens = Wednesday: Liv = Monday, Kaj = Tuesday. That leaves Thursday for Ida."]),
        (SHELF, ["Counted from the right, purple is 1 and green is 2."]),
    ],
)
def test_what_is_tried_doubted_or_denied_is_not_refuted(problem, steps):
    assert all(Status.REFUTED not in found for found in statuses(problem, *steps))


def test_a_case_is_judged_as_long_as_the_clues_allow_it():
    problem = (
        "Ada, Bo, Cleo and Dan sit in seats 1 to 4 of a row. Ada sits directly to the left of Bo. "
        "Cleo does not sit in seat 4."
    )
    steps = ["Suppose Ada is in seat 1.", "Then Bo is in seat 2.", "Cleo is in seat 4."]
    found = statuses(problem, *steps)
    assert found[1] == {Status.VERIFIED}
    assert found[2] == {Status.REFUTED}


def test_what_follows_from_an_error_is_no_second_one():
    found = statuses(BAYS, "Otto takes the cream van.", "So Pia takes the white van.")
    assert found == [{Status.REFUTED}, set()]


@pytest.mark.parametrize(
    "problem",
    [
        "Ann, Bo and Cy are three friends. Ann has 3 apples. How many apples has Bo?",
        "Ann, Bo and Cy stand in a circle. Ann is left of Bo. Bo is left of Cy.",
        "Ann, Bo and Cy sit in seats 1 to 3. Ann is left of Bo. Then Ann and Cy swap places.",
        "Ann is older than Bo. Bo is older than Cy. Ann is taller than Cy. Cy is taller than Bo.",
        "Four friends, Ann, Bo and Cy, sit in a row. Ann is left of Bo. Cy is right of Bo.",
        "Ann is 3 years older than Bo. Cy is 3 years older than Bo. Ann is older than Di.",
        "The seats 1 to 3 are numbered from right to left. Ann, Bo and Cy sit there. Ann is left "
        "of Bo.",
    ],
)
def test_other_problems_are_left_alone(problem):
    assert context_of(problem) is None


def test_what_is_asked_about_is_no_clue():
    problem = (
        "Ann is older than Bo. Bo is older than Cy. Is it true that Cy is oldest? (A) Cy is oldest."
    )
    context = context_of(problem)
    assert context is not None
    assert len(context.puzzle.clues) == 2


NAMES = ("Abel", "Bea", "Carlo", "Dunja", "Edda", "Flip", "Gudrun", "Hasso")
ALSO = ("Ragna", "Sixten", "Tove", "Ulf", "Viggo", "Ylva", "Zara", "Oskar")
PETS = ("cat", "dog", "owl", "pig", "rat")


@st.composite
def rows(draw):
    """People in numbered seats with a pet each; clues that leave one case; what is said of it."""
    size = draw(st.integers(3, 5))
    names = draw(st.permutations(NAMES[:size]))
    pets = draw(st.permutations(PETS[:size]))
    seat = {name: n for n, name in enumerate(names, 1)}
    owner = dict(zip(names, pets, strict=True))
    clues = []
    for left, right in pairwise(names):
        clues.append(
            draw(
                st.sampled_from(
                    [
                        f"{left} sits directly to the left of {right}.",
                        f"{right} is in the seat immediately to the right of {left}'s.",
                    ]
                )
            )
        )
    for name in names[1:]:
        clues.append(f"{name} keeps the {owner[name]}.")
    clues = draw(st.permutations(clues))
    return seat, owner, clues


def problem_of(seat, clues) -> str:
    size = len(seat)
    listed = ", ".join(sorted(seat)[:-1]) + " and " + sorted(seat)[-1]
    pets = ", ".join(f"a {pet}" for pet in PETS[: size - 1]) + f" and a {PETS[size - 1]}"
    return (
        f"{listed} sit in seats 1 to {size} of a row. Each keeps a different pet: {pets}. "
        + " ".join(clues)
    )


@st.composite
def said(draw, seat, owner, *, true: bool):
    """Something that is so in a row, or something that is not."""
    names = sorted(seat)
    a, b = draw(st.permutations(names))[:2]
    place = seat[a] if true else draw(st.sampled_from([k for k in seat.values() if k != seat[a]]))
    pet = owner[a] if true else owner[b]
    low, high = (a, b) if (seat[a] < seat[b]) is true else (b, a)
    return draw(
        st.sampled_from(
            [
                f"{a} is in seat {place}.",
                f"So {a} = {place}.",
                f"Seat {place} is {a}'s.",
                f"That leaves seat {place} for {a}.",
                f"{a} must be in seat {place}",
                f"{a} → seat {place}",
                f"{low} sits to the left of {high}.",
                f"{high} is somewhere to the right of {low}.",
                f"{low} is not right of {high}.",
                f"{a} has the {pet}.",
                f"The {pet} belongs to {a}, so {a} is the {pet} owner.",
                f"The {pet} is in seat {seat[a]}."
                if true
                else f"The {pet} is in seat {place}, and {a} keeps the {pet}.",
            ]
        )
    )


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_what_is_so_is_never_refuted_and_what_is_not_always(data):
    seat, owner, clues = data.draw(rows())
    problem = problem_of(seat, clues)
    a, b = data.draw(st.permutations(sorted(seat)))[:2]
    detour = [
        f"Suppose {a} is in seat {seat[b]}.",
        f"Then {b} is in seat {seat[a]}.",
        "That contradicts a clue, so it fails.",
    ]
    right = [data.draw(said(seat, owner, true=True)) for _ in range(3)]
    wrong = data.draw(said(seat, owner, true=False))
    assert all(Status.REFUTED not in s for s in statuses(problem, *right, *detour, *right))
    assert Status.REFUTED in statuses(problem, *right, wrong)[-1]


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_names_the_order_of_clues_and_one_more_of_them_make_no_difference(data):
    seat, owner, clues = data.draw(rows())
    steps = [
        data.draw(said(seat, owner, true=True)),
        data.draw(said(seat, owner, true=False)),
        data.draw(said(seat, owner, true=True)),
    ]

    def renamed(text: str) -> str:
        for one, other in zip(NAMES, ALSO, strict=True):
            text = text.replace(one, other)
        return text

    def refuted(problem: str, *steps: str) -> list[bool]:
        return [Status.REFUTED in status for status in statuses(problem, *steps)]

    found = refuted(problem_of(seat, clues), *steps)
    assert found == [False, True, False]
    assert refuted(renamed(problem_of(seat, clues)), *map(renamed, steps)) == found
    assert refuted(problem_of(seat, clues[::-1]), *steps) == found
    extra = [*clues, "The seats are made of oak.", f"{min(seat)} likes jazz."]
    assert refuted(problem_of(seat, extra), *steps) == found


@pytest.mark.parametrize("order", [*permutations(("Ann", "Bo", "Cy"))])
def test_three_in_a_queue_in_every_order(order):
    first, second, third = order
    problem = (
        f"Ann, Bo and Cy wait in a queue. {first} is in front of {second}. {third} is directly "
        f"behind {second}. Who is last?"
    )
    right = statuses(problem, f"{first} is at the front.", f"{third} is last.")
    assert right == [{Status.VERIFIED}, {Status.VERIFIED}]
    assert statuses(problem, f"{third} is first.")[0] == {Status.REFUTED}


@pytest.mark.parametrize(
    ("problem", "step"),
    [
        (BOATS, "Cedar = 3: Birch = 1. But Maple comes before Birch. So this fails."),
        (BOATS, "Cedar third → Birch first. But Maple comes before Birch: contradiction."),
        (HOUSES, "Eliminated so far:\n- house 1: white\n- house 2: white"),
        (HOUSES, "Not possible:\n* white in house 1"),
    ],
)
def test_what_is_rejected_below_is_no_claim(problem: str, step: str) -> None:
    assert clr.audit(problem=problem, steps=[step]).first_error is None


def test_a_wrong_place_does_not_turn_the_row_round() -> None:
    problem = (
        "Abel, Bea and Carlo sit in seats 1 to 3 of a row. Each keeps a different pet: a cat, a "
        "dog and an owl. Bea keeps the cat. Carlo keeps the owl. Abel sits directly to the left of "
        "Carlo. Carlo sits directly to the left of Bea."
    )
    wrong, right = statuses(problem, "Bea → seat 1", "Bea is in seat 3.")
    assert Status.REFUTED in wrong
    assert Status.REFUTED not in right
