"""One order told in many manners: what is true of it is never refuted, what is false mostly is."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clr
from clr.claim import Status
from clr.reading.ordering import context_of

NAMES = ("Ada", "Ben", "Cleo", "Dev", "Eli")
ORDINALS = ("first", "second", "third", "fourth", "fifth")


def race(order: tuple[str, ...], asked: int = 0) -> str:
    told = " ".join(f"{a} finished before {b}." for a, b in pairwise(order))
    return (
        f"In a race, Ada, Ben, Cleo, Dev and Eli competed. {told} Who finished {ORDINALS[asked]}?"
    )


def seats(order: tuple[str, ...]) -> str:
    told = " ".join(f"{a} sits immediately to the left of {b}." for a, b in pairwise(order))
    return (
        "Five friends sit in a row of five seats, numbered 1 to 5 from left to right: "
        f"Ada, Ben, Cleo, Dev and Eli. {told}"
    )


def statuses(problem: str, response: str) -> list[Status]:
    report = clr.audit(problem=problem, steps=[response])
    return [claim.verdict.status for step in report.steps for claim in step.claims]


def rendered(order: tuple[str, ...], place: int) -> list[str]:
    """Ways to say that `order` is the order, or that its item stands in `place`."""
    who, nth = order[place], ORDINALS[place]
    numbered = "\n".join(f"{n}. {name}" for n, name in enumerate(order, 1))
    table = "\n".join(f"| {n} | {name} |" for n, name in enumerate(order, 1))
    return [
        f"So {who} finished {nth}.",
        f"Okay, so {who} finished {nth}.",
        f"Therefore, the order is {', '.join(order[:-1])}, and {order[-1]}.",
        f"Final order: {' → '.join(order)}",
        f"So the ranking is:\n{numbered}",
        f"| Place | Runner |\n|---|---|\n{table}",
        f"{nth.capitalize()} place: {who}",
        f"That leaves place {place + 1} for {who}.",
    ]


@settings(max_examples=40, deadline=None)
@given(st.permutations(NAMES), st.permutations(NAMES), st.integers(0, 4))
def test_places_in_a_race(true, told, place):
    problem = race(tuple(true))
    right = told[place] == true[place]
    for text in rendered(tuple(told), place):
        whole = told[place] not in text or text.count(",") > 2 or "→" in text or "|" in text
        holds = list(told) == list(true) if whole or "\n" in text else right
        if "→" in text:  # may be drawn from either end
            holds = holds or list(told) == list(true)[::-1]
        found = statuses(problem, text)
        assert (Status.REFUTED in found) is not holds, text
        if holds:
            assert Status.VERIFIED in found, text


@settings(max_examples=25, deadline=None)
@given(st.permutations(NAMES), st.integers(0, 4), st.sampled_from(NAMES))
def test_the_answer_is_the_one_that_the_question_asks_for(order, asked, who):
    problem = race(tuple(order), asked)
    for text in (f"The answer is {who}.", f"**Answer:** {who}", f"So the final answer is: {who}"):
        expected = Status.VERIFIED if order[asked] == who else Status.REFUTED
        assert statuses(problem, text) == [expected]


@settings(max_examples=25, deadline=None)
@given(st.permutations(NAMES), st.permutations(NAMES), st.sets(st.integers(0, 4), max_size=4))
def test_slots_in_a_diagram(true, told, hidden):
    cells = ["_" if n in hidden else name for n, name in enumerate(told)]
    holds = all(cell in ("_", name) for cell, name in zip(cells, true, strict=True))
    first = f"{true[0]} sits immediately to the left of {true[1]}"
    for drawn in (
        " ".join(cells),
        ", ".join(f"{n}: {cell}" for n, cell in enumerate(cells, 1)),
    ):
        found = statuses(seats(tuple(true)), f"{first}: {drawn}")
        if hidden or ":" in drawn:
            assert (Status.REFUTED in found) is not holds, drawn
        elif holds:
            assert Status.REFUTED not in found, drawn


@given(st.permutations(NAMES), st.integers(1, 4))
@settings(max_examples=20, deadline=None)
def test_so_many_places_apart(order, gap):
    a, b = order[0], order[gap]
    places = "one place" if gap == 1 else f"{gap} places"
    assert statuses(seats(tuple(order)), f"{b} is {places} to the right of {a}.") == [
        Status.VERIFIED
    ]
    assert statuses(seats(tuple(order)), f"{a} is {places} to the right of {b}.") == [
        Status.REFUTED
    ]


def test_between_is_somewhere_between_or_right_between():
    problem = seats(NAMES)
    assert statuses(problem, "Cleo sits between Ben and Dev.") == [Status.VERIFIED]
    assert statuses(problem, "Cleo sits between Ada and Eli.") == [Status.VERIFIED]
    assert statuses(problem, "Cleo sits between Ada and Ben.") == [Status.REFUTED]


@pytest.mark.parametrize(
    "text",
    [
        "Ada and Eli sit at the ends.",
        "Ada is at one of the ends.",
        "Eli is at either end of the row.",
        "Ben is not at one of the ends.",
    ],
)
def test_ends_of_a_row(text):
    assert Status.REFUTED not in statuses(seats(NAMES), text)


def test_a_place_at_neither_end():
    assert statuses(seats(NAMES), "Ben is at one of the ends.") == [Status.REFUTED]


def test_floors_count_from_below():
    problem = (
        "Tom, Una, Vic and Wes live on different floors of a four-storey house. Tom lives directly "
        "above Una. Vic lives on the top floor. Wes does not live on the first floor."
    )
    assert statuses(problem, "So Una lives on the first floor.") == [Status.VERIFIED]
    assert statuses(problem, "So Wes lives on floor 2.") == [Status.REFUTED]


def test_people_that_are_only_compared():
    problem = "Hal is older than Ida, and Ida is older than Jon. Kit is younger than Jon."
    assert statuses(problem, "So Hal is the oldest.") == [Status.VERIFIED]
    assert statuses(problem, "So Jon is the youngest.") == [Status.REFUTED]


@pytest.mark.parametrize(
    "problem",
    [
        "Al, Bea, Cy and Di sit around a round table. Al sits next to Bea. Cy is left of Di.",
        "Al, Bea, Cy and Di sit in a row of six seats. Al is left of Bea. Cy is right of Bea.",
        "Al, Bea and Cy live on different floors of a five-storey house. Al lives above Bea. "
        "Cy lives above Al.",
        "Hal is 3 years older than Ida. Jon is older than Hal. Kit is younger than Ida.",
    ],
)
def test_other_arrangements_are_left_alone(problem):
    assert context_of(problem) is None


OPTIONS = (
    "In a race, Ada, Ben, Cleo and Dev competed. Ada finished before Ben. Ben finished before "
    "Cleo. Dev finished last.\nOptions:\n(A) Ada finished first.\n(B) Ben finished first.\n"
    "(C) Cleo finished first."
)


@pytest.mark.parametrize(
    "text",
    [
        "Option B is ruled out.",
        "(B) Ben finished first: but Ada finished before Ben. ❌",
        "Option C is impossible.",
        "So we can eliminate B.",
        "Not C.",
    ],
)
def test_an_option_that_the_premises_exclude(text):
    assert statuses(OPTIONS, text) == [Status.VERIFIED]
    wrong = text.replace("B", "A").replace("C.", "A.").replace("C ", "A ")
    assert Status.REFUTED in statuses(OPTIONS, wrong) or "Aen" in wrong


def test_a_list_is_an_order_where_one_was_announced():
    problem = race(NAMES)
    wrong = "1. Ben\n2. Ada\n3. Cleo\n4. Dev\n5. Eli"
    for heading in ("The final order is:", "Ranking:"):
        report = clr.audit(problem=problem, response=f"{heading}\n{wrong}")
        assert any(c.verdict.status is Status.REFUTED for s in report.steps for c in s.claims)
    for heading in ("The runners are:", "Clues:", "From last to first:"):
        report = clr.audit(problem=problem, response=f"{heading}\n{wrong}")
        assert not any(c.verdict.status is Status.REFUTED for s in report.steps for c in s.claims)


TALKS = (
    "Five students, Ivy, Jon, Kia, Lev and Mo, gave talks one after another. Ivy spoke before Kia. "
    "Lev spoke right after Ivy. Mo spoke last. Jon did not speak first."
)


def test_a_verb_of_the_problem_places_things():
    assert statuses(TALKS, "So Lev spoke second.") == [Status.VERIFIED]
    assert statuses(TALKS, "So Jon spoke second.") == [Status.REFUTED]
    two = TALKS.replace("Mo spoke last", "Mo sang last")
    assert Status.REFUTED not in statuses(two, "So Jon spoke second.")


def test_a_premise_may_stand_in_the_sentence_of_the_list():
    problem = (
        "In a queue of four people, Pat, Quy, Ron and Sue, Pat is ahead of Quy. Ron is directly "
        "behind Quy. Sue is at the back."
    )
    assert statuses(problem, "So Pat is first.") == [Status.VERIFIED]
    vague = problem.replace("Pat is ahead of Quy", "Pat likes Quy")
    assert statuses(vague, "So Pat is first.") == [Status.UNVERIFIABLE]


def test_a_sentence_that_only_counts_is_no_premise():
    towns = "Ashby is larger than Brook. Corley is smaller than Brook. Denton is larger than Ashby."
    assert context_of(f"Four towns differ in population. {towns}") is not None
    assert context_of(f"Five towns differ in population. {towns}") is None
    assert context_of(f"The mayors know each other. {towns}") is None


@pytest.mark.parametrize(
    "more",
    [
        "Then Lou overtakes Kim.",
        "Kim and Lou swap places.",
        "Max is as fast as Nia.",
        "Nia and Oz finished at the same time.",
        "Exactly one of these statements is false.",
        "Only one of the following clues is true.",
    ],
)
def test_orders_that_change_or_may_not_hold_are_left_alone(more):
    problem = (
        "In a race, Kim, Lou, Max, Nia and Oz competed. Kim finished before Lou. Lou finished "
        f"before Max. {more} Nia finished last."
    )
    assert context_of(problem) is None


def test_a_question_about_what_may_be_asks_for_no_place():
    problem = race(NAMES, 1).replace("Who finished", "Who could be")
    assert statuses(problem, "The answer is Cleo.") != [Status.REFUTED]


@pytest.mark.parametrize(
    "text",
    [
        "Eli is last. After Ben, Cleo is third.",
        "Eli is last, and before Ben, Ada is first.",
        "Eli is last. Before Ben is Ada.",
        "Eli is last, but after Cleo, Dev is fourth.",
        "Eli is last. Directly after Ada, Ben is second.",
    ],
)
def test_a_relation_before_its_thing_is_not_said_of_the_thing_before(text):
    assert Status.REFUTED not in statuses(race(NAMES), text)


def test_a_second_relation_is_said_of_the_subject():
    assert statuses(race(NAMES), "Ben finished after Ada but before Cleo.") == [Status.VERIFIED] * 2
    assert statuses(race(NAMES), "Ben finished after Ada but after Cleo.")[-1] is Status.REFUTED


def test_who_beats_whom_in_a_race_but_not_in_a_tournament():
    told = (
        "Kay lost to Lee. Moe beat Lee. Ned was beaten by Kay. Who came third?",
        "In a race without ties, Moe beat Lee. Kay lost to Lee. Ned was beaten by Kay. Who won?",
    )
    assert _context("Four runners raced. " + told[0]).given.complete
    assert _context(told[1]).given.complete
    assert context_of("Four friends played chess. " + told[0]) is None
    cases = [("Lee finished ahead of Moe.", Status.REFUTED), ("Kay is third.", Status.VERIFIED)]
    for step, status in cases:
        report = clr.audit(
            problem=told[1], steps=["Moe beat Lee and Kay lost to Lee.", "Kay beat Ned.", step]
        )
        assert [c.verdict.status for c in report.steps[2].claims][:1] == [status]


def test_a_sentence_may_set_the_scene_first():
    problem = "Four towns differ in size: Arl is bigger than Bex. Cor is bigger than Arl. "
    assert _context(problem + "Dov is bigger than Cor. Which is third?").given.complete


def _context(problem):
    found = context_of(problem)
    assert found is not None
    return found


def test_a_trial_is_left_where_what_excludes_it_is_concluded():
    problem = (
        "Four houses stand in a row: a red, a blue, a green and a white one. The blue house is the"
        " leftmost. The green house is to the right of the white house. The red house is to the"
        " left of the white house. Which is the rightmost?"
    )

    def last(*steps):
        report = clr.audit(problem=problem, steps=list(steps))
        return report.steps[-1].claims[-1].verdict.status

    trial = "Suppose the white house is the rightmost. Then the green house has no place."
    wrong = "The white house is the second from the left."
    assert last(trial, wrong) is Status.UNVERIFIABLE
    assert last(trial, "So the white house is not the rightmost.", wrong) is Status.REFUTED
    assert last(trial, "So the green house is the rightmost.", wrong) is Status.REFUTED
    assert last(trial, "The white house is not the rightmost.", wrong) is Status.UNVERIFIABLE
    assert last(
        "Try red as leftmost.", trial, "So the white house is not the rightmost.", wrong
    ) is (Status.UNVERIFIABLE)
