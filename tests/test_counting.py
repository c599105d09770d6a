"""Listed things and their number, from the problem to verdicts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sound_traces import Sound, assert_never_faulted, assert_refuted_where_it_stands, statuses_by

from clr.claim import Status
from clr.domains import sessions
from clr.reading.counting import context_of

V, R, J, N = Status.VERIFIED, Status.REFUTED, Status.JUMP, Status.UNVERIFIABLE
BAND = (
    "I have a flute, two violins, a yam, and three drums. How many musical instruments do I have?"
)
ROOM = "I have four chairs, a lamp, two rugs, and a bed. How many objects do I have?"
FARM = "There are two goats, a hen, five sheep and a plough. How many animals are there?"
LUNCH = (
    "Nia bought 3 apples, 2 carrots, 4 pears, a head of broccoli and a plum.\n"
    "How many fruits does Nia have in total?"
)

statuses = statuses_by("collections")

SOUND: list[Sound] = [
    # a problem, a sound trace, and a step of it with an error planted
    (
        BAND,
        [
            "We first identify the instruments on the list, with their quantity in parentheses:",
            "- flute (1)",
            "- violin (2)",
            "- drum (3)",
            "Now, let's add the numbers in parentheses: 1 + 2 + 3 = 6. So the answer is 6.",
        ],
        (2, "- violin (1)"),
    ),
    (
        BAND,
        ["flute: 1\nviolins: 2\ndrums: 3", "Total: 6", "The answer is 6."],
        (0, "flute: 1\nviolins: 2\ndrums: 5"),
    ),
    (
        BAND,
        [
            "The musical instruments are: a flute, two violins, and three drums.",
            "That makes 6 musical instruments.",
            "So the answer is 6.",
        ],
        (1, "That makes 7 musical instruments."),
    ),
    (
        BAND,
        ["1 (flute) + 2 (violins) + 3 (drums) = 6", "The answer is 6."],
        (0, "1 (flute) + 3 (violins) + 3 (drums) = 7"),
    ),
    (
        BAND,
        ["1. Flute - 1\n2. Violins - 2\n3. Drums - 3", "Total instruments: 6", "Answer: 6"],
        (1, "Total instruments: 5"),
    ),
    (
        BAND,
        ["| flute | 1 | 1 |", "| violin | 2 | 3 |", "| drum | 3 | 6 |", "So there are 6 in total."],
        (2, "| drum | 3 | 5 |"),
    ),
    (
        ROOM,
        [
            "Chairs: 4, lamp: 1, rugs: 2, bed: 1",
            "4 + 1 + 2 + 1 = 8",
            "So I have 8 objects in total.",
            "The answer is 8.",
        ],
        (1, "4 + 1 + 1 + 1 = 7"),
    ),
    (
        ROOM,
        ["4 chairs + 1 lamp + 2 rugs + 1 bed = 8 objects", "So the answer is 8."],
        (1, "So the answer is 9."),
    ),
    (
        ROOM,
        [
            "* four chairs\n* one lamp\n* two rugs\n* one bed",
            "Adding them up: 4 + 1 + 2 + 1 = 8",
            "There are 8 objects.",
        ],
        (2, "There are 10 objects."),
    ),
    (
        FARM,
        [
            "Animals: goats (2), hen (1), sheep (5)",
            "2 + 1 + 5 = 8, so there are 8 animals.",
            "The answer is 8.",
        ],
        (0, "Animals: goats (2), hen (1), sheep (6)"),
    ),
    (
        FARM,
        [
            "We have two goats, one hen and five sheep.",
            "2 goats + 1 hen = 3",
            "3 + 5 sheep = 8 animals",
            "The total number of animals is 8.",
        ],
        (1, "2 goats + 1 hen = 4"),
    ),
    (
        "I have two geese, a cow, three mice, and a bed. How many animals do I have?",
        [
            "1. geese: 2\n2. Cow: 1\n3. Mice: 3",
            "Total number of animals = 2 + 1 + 3 = 6",
            "That's 6 animals. The answer is 6.",
        ],
        (2, "That's 7 animals. The answer is 7."),
    ),
    (
        "Sam has 2 apples, 3 bananas, and 1 kiwi. How many fruits does Sam have in total?",
        ["Sam has 2 + 3 + 1 = 6 fruits.", "#### 6"],
        (1, "apples: 2, bananas: 4, kiwi: 1"),
    ),
    (
        LUNCH,
        [
            "The fruits are three apples, four pears and one plum.",
            "Now 3 + 4 + 1 = 8, so the answer is 8.",
        ],
        (0, "The fruits are three apples, six pears and one plum."),
    ),
    (
        LUNCH,
        [
            "Fruits: 3 apples, 4 pears, 1 plum",
            "Total fruits: 3 + 4 + 1 = 8",
            "So Nia has 8 fruits.",
        ],
        (0, "Fruits: 3 apples, 5 pears, 1 plum"),
    ),
    (
        LUNCH,
        ["- **Apples**: 3\n- **Pears**: 4\n- **Plum**: 1", "3 + 4 + 1 = 8", "**Answer: 8**"],
        (2, "**Answer: 7**"),
    ),
    (
        LUNCH,
        [
            "Fruits: apples -> 3, pears -> 4, plum -> 1. Total: 8.",
            "Vegetables: carrots -> 2, broccoli -> 1. Total: 3.",
            "The answer is 8.",
        ],
        (1, "Vegetables: carrots -> 2, broccoli -> 1. Total: 2."),
    ),
]


@pytest.mark.parametrize("trace", SOUND)
def test_a_sound_count_is_never_faulted(trace: Sound) -> None:
    assert_never_faulted(statuses, trace, verified=len(trace[1]) - 1)


@pytest.mark.parametrize("trace", SOUND)
def test_a_planted_error_is_refuted_where_it_stands(trace: Sound) -> None:
    assert_refuted_where_it_stands(statuses, trace)


def test_what_is_put_right_later_is_verified() -> None:
    got = statuses(BAND, "- flute (1)", "- violin (1)", "- drum (3)", "violin (2)", "Total: 6")
    assert got == [[V], [R], [V], [V], [V]]


def test_one_error_is_counted_once() -> None:
    got = statuses(BAND, "- flute (1)", "- violin (1)", "- drum (3)", "1 + 1 + 3 = 5", "Answer: 5")
    assert got == [[V], [R], [V], [V], [V]]


def test_what_is_left_out_of_all_objects_is_a_jump_once() -> None:
    got = statuses(ROOM, "chairs: 4, lamp: 1, rugs: 2", "There are 7 objects.", "The answer is 7.")
    assert got == [[V, V, V], [J], [V]]


def test_which_kind_a_thing_is_of_is_not_judged() -> None:
    assert statuses(BAND, "flute (1), violin (2)", "So there are 3 instruments.")[1] == [V]
    assert statuses(BAND, "flute (1), yam (1)", "So there are 2 instruments.")[1] == [V]


def test_the_answer_is_held_to_what_the_trace_counted() -> None:
    assert statuses(BAND, "The answer is 9.") == [[N]]
    assert statuses(BAND, "flute (1), drum (3)", "The answer is 9.")[1] == [R]


@pytest.mark.parametrize(
    "step",
    [
        "flute (1), violin (2), drum (3)",
        "1 flute, 2 violins, 3 drums",
        "flute - 1, violins - 3, drums - 6",
        "So there are 12 drums.",
        "12 drums + 3",
        "If I had 5 drums, there would be 8 instruments.",
        "The drums are louder than 7 violins.",
        "The yam is no instrument, so we drop 1.",
        "2 violins cost 30 dollars.",
    ],
)
def test_other_ways_to_count_and_other_sentences_are_left_alone(step: str) -> None:
    assert R not in statuses(BAND, step)[0]


@pytest.mark.parametrize(
    "step",
    [
        "There are {} drums.",
        "I have {} drums.",
        "{} drums",
        "- {} drums",
        "We have {} drums and a flute.",
        "A flute, 2 violins and {} drums.",
        "First, {} drums.",
        "flute: 1, violins: 2, drums: {}, yam: 1",
    ],
)
def test_a_count_quoted_wrongly_is_refuted(step: str) -> None:
    assert R not in statuses(BAND, step.format(3))[0]
    for wrong in (2, 5, 12):
        assert statuses(BAND, step.format(wrong))[0].count(R) == 1
    assert (
        R
        not in statuses(
            BAND.replace("and three drums", "three drums, and nine toy drums"), step.format(12)
        )[0]
    )


def test_what_was_summed_before_may_be_added_up() -> None:
    got = statuses(
        "I own 2 lamps, a bed, 2 figs, 4 plums, 3 hens, 2 goats, a cat. How many things do I own?",
        "Furniture: lamps (2), bed (1). Total: 3",
        "Fruits: figs (2), plums (4). Total: 6",
        "Animals: hens (3), goats (2), cat (1). Total: 6",
        "3 + 6 + 6 = 15",
        "There are 15 things.",
    )
    assert [step[-1] for step in got] == [V, V, V, N, V]


def test_kinds_may_be_counted_instead_of_things() -> None:
    assert statuses(BAND, "flute, violin, drum", "There are 3 instruments.")[1] == [N]


def test_what_was_not_read_may_have_named_more() -> None:
    assert statuses(BAND, "- flute (1)", "- other: 5", "Total: 6")[2] == [N]
    got = statuses(BAND, "flute (1), drum (3)", "The violins also make music.", "Total: 6")
    assert got[2] == [N]


@pytest.mark.parametrize(
    "problem",
    [
        "I have 3 dozen eggs and 2 boxes of milk. How many things do I have?",
        "I have 3 apples and 2 pears. I eat one of them. How many fruits do I have?",
        "I have 3 apples and 2 pears. How many apples do I have?",
        "I have 3 apples and 2 pears. How many fruits do I have if I buy two more?",
        "How many fruits do I have?",
        "There are red and blue balls. How many balls are there?",
        "I have 3 apples, 2 pears and some plums. How many fruits do I have?",
    ],
)
def test_other_problems_are_not_of_this_kind(problem: str) -> None:
    assert "counting" not in [s.domain.name for s in sessions(problem)]


# Lists at random, counted in several ways

THINGS = "lamp chair table bed sofa fridge stove oven microwave car toaster desk".split()
NUMBERS = "zero one two three four five six seven eight nine".split()


@st.composite
def lists(draw: st.DrawFn) -> list[tuple[str, int]]:
    names = draw(st.lists(st.sampled_from(THINGS), min_size=2, max_size=8, unique=True))
    return [(name, draw(st.integers(1, 9))) for name in names]


def problem_of(things: list[tuple[str, int]]) -> str:
    shown = [f"a {name}" if n == 1 else f"{NUMBERS[n]} {name}s" for name, n in things]
    return f"I have {', '.join(shown[:-1])}, and {shown[-1]}. How many objects do I have?"


def told(things: list[tuple[str, int]], wording: int) -> list[str]:
    plural = [name + "s" * (n > 1) for name, n in things]
    counts = [n for _, n in things]
    match wording:
        case 0:
            lines = [f"- {name} ({n})" for name, n in things]
        case 1:
            lines = ["\n".join(f"{name}: {n}" for name, n in zip(plural, counts, strict=True))]
        case 2:
            lines = [", ".join(f"{n} {name}" for name, n in zip(plural, counts, strict=True)) + "."]
        case _:
            lines = [f"| {name} | {n} |" for name, n in things]
    return lines


@settings(max_examples=60, deadline=None)
@given(lists(), st.integers(0, 3), st.randoms())
def test_sound_counts_are_verified_in_any_wording_and_order(
    things: list[tuple[str, int]], wording: int, random: object
) -> None:
    total = sum(n for _, n in things)
    order = list(things)
    random.shuffle(order)  # type: ignore[attr-defined]
    steps = [*told(things, wording), f"So there are {total} objects.", f"The answer is {total}."]
    got = statuses(problem_of(things), *steps)
    assert {status for step in got for status in step} == {V}
    assert got == statuses(problem_of(order), *steps)


@settings(max_examples=60, deadline=None)
@given(lists(), st.integers(0, 3), st.integers(1, 5))
def test_a_wrong_total_is_refuted(things: list[tuple[str, int]], wording: int, off: int) -> None:
    wrong = sum(n for _, n in things) + off
    steps = [*told(things, wording), f"So there are {wrong} objects.", f"The answer is {wrong}."]
    got = statuses(problem_of(things), *steps)
    assert got[-2:] == [[R], [V]]
    assert {status for step in got[:-2] for status in step} == {V}


@settings(max_examples=60, deadline=None)
@given(lists(), st.data())
def test_one_wrong_count_is_not_counted_again(
    things: list[tuple[str, int]], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(things) - 1))
    wrong = list(things)
    wrong[at] = (things[at][0], things[at][1] + 10)
    total = sum(n for _, n in wrong)
    steps = [*told(wrong, 0), f"So there are {total} objects.", f"The answer is {total}."]
    got = statuses(problem_of(things), *steps)
    expected = [[R] if i == at else [V] for i in range(len(things))] + [[V], [V]]
    running = sum(n for _, n in wrong[:at]) + things[at][1]
    if things[at][1] + 10 in (at + 1, running) and at:
        return  # may count along
    assert got == expected


def test_a_huge_list_is_not_read() -> None:
    many = "I have " + "a lamp, " * 50_000 + "and a bed. How many objects do I have?"
    assert context_of(many) is None
    assert statuses(ROOM, "- lamp (1)\n" * 2_000)[0]
    assert R not in statuses(ROOM, "lamp " * 50_000)[0]
