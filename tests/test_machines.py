"""Things that change by declared steps: stacks, queues, coins, and things that are moved."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clr
from clr.claim import Status
from clr.reading.machines import context_of


def statuses(problem: str, steps: list[str]) -> list[Status]:
    report = clr.audit(problem=problem, steps=steps)
    return [c.verdict.status for s in report.steps for c in s.claims if c.claim.kind == "state"]


@st.composite
def containers(draw):
    """A stack or queue with its events in words, and what it holds after each."""
    kind = draw(st.sampled_from(["stack", "queue"]))
    put, take = ("push", "pop") if kind == "stack" else ("enqueue", "dequeue")
    held: list[str] = []
    told, states = [], []
    for _ in range(draw(st.integers(2, 8))):
        if held and draw(st.booleans()):
            held = held[:-1] if kind == "stack" else held[1:]
            told.append(take)
        else:
            item = str(draw(st.integers(0, 20)))
            held = [*held, item]
            told.append(f"{put} {item}")
        states.append(held)
    return kind, told, states


def container_problem(kind: str, told: list[str]) -> str:
    return f"Start with an empty {kind}. {', '.join(told).capitalize()}. What is left?"


def written(held: list[str]) -> str:
    return f"[{', '.join(held)}]"


@settings(max_examples=60, deadline=None)
@given(containers(), st.sampled_from(["{} → {}", "{}: {}", "After {}, the state is {}"]))
def test_what_a_container_holds_is_followed(machine, style):
    kind, told, states = machine
    problem = container_problem(kind, told)
    steps = [style.format(e, written(s)) for e, s in zip(told, states, strict=True)]
    steps.append(f"So the {kind} is {written(states[-1])}.")
    assert set(statuses(problem, steps)) == {Status.VERIFIED}


@settings(max_examples=60, deadline=None)
@given(containers(), st.data())
def test_a_wrong_content_is_refuted_and_only_once(machine, data):
    kind, told, states = machine
    problem = container_problem(kind, told)
    wrong = data.draw(st.integers(0, len(told) - 1))
    steps = [f"{e} → {written(s)}" for e, s in zip(told, states, strict=True)]
    shown = [*states[wrong], "99"]
    steps[wrong] = f"{told[wrong]} → {written(shown)}"
    report = clr.audit(problem=problem, steps=steps[: wrong + 1])
    assert report.first_error == wrong


COIN = (
    "A coin is heads up. Ka flips the coin. Sherrie does not flip the coin. Jamal flips the coin."
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.booleans(), min_size=2, max_size=6))
def test_a_coin_is_flipped_or_not(flips):
    names = ("Ka", "Sherrie", "Jamal", "Maybelle", "Shalonda", "Tom")
    told = [
        f"{n} flips the coin." if f else f"{n} does not flip the coin."
        for n, f in zip(names, flips, strict=False)
    ]
    problem = f"A coin is heads up. {' '.join(told)} Is the coin still heads up?"
    up = True
    steps = []
    for text, flip in zip(told, flips, strict=True):
        up ^= flip
        steps.append(f"{text[:-1]}, so the coin is now {'heads' if up else 'tails'} up.")
    last = f"So the coin is {'heads' if up else 'tails'} up."
    assert set(statuses(problem, [*steps, last])) == {Status.VERIFIED}
    wrong = f"So the coin is {'tails' if up else 'heads'} up."
    assert statuses(problem, [*steps, wrong])[-1] is Status.REFUTED


MOVES = (
    "The key is in the drawer and the letter is in the box. Paul moves the key from the drawer to "
    "the box. Then Ida moves the letter from the box to the shelf. Where is the key?"
)


@pytest.mark.parametrize(
    "steps",
    [
        ["Initially, the key is in the drawer.", "So the key is in the box."],
        ["Paul moves the key: key → box, letter → box", "Ida moves the letter: letter → shelf"],
        ["After the second move, the letter is on the shelf and the key is in the box."],
        ["At the end, the key is in the box."],
        ["The key is in the drawer.", "The key is in the box."],
        # a recap in the present tense tells of earlier moments
        [
            "Paul moves the key to the box, so the key is in the box.",
            "Ida moves the letter to the shelf, so the letter is on the shelf.",
            "The letter is in the box.",
            "The letter is on the shelf.",
        ],
        ["Sally thinks the key is on the shelf.", "If Ida moves the key, the key is on the shelf."],
    ],
)
def test_true_tellings_of_moves_are_not_refuted(steps):
    found = statuses(MOVES, steps)
    assert Status.REFUTED not in found
    assert Status.JUMP not in found


@pytest.mark.parametrize(
    "step",
    [
        "At the end, the key is in the drawer.",
        "After the first move, the key is in the drawer.",
        "So the key is on the shelf.",
        "Paul moves the key to the box, so now the key is on the shelf.",
    ],
)
def test_false_tellings_of_moves(step):
    assert statuses(MOVES, [step]) == [Status.REFUTED]


def test_what_follows_from_an_error_is_not_counted_again():
    steps = [
        "Paul moves the key: key → shelf",
        "Ida moves the letter: letter → shelf",
        "So the key is on the shelf.",
    ]
    assert statuses(MOVES, steps).count(Status.REFUTED) == 1


def test_a_skipped_event_is_a_jump():
    assert Status.JUMP in statuses(MOVES, ["Ida moves the letter: letter → shelf, key → box"])


@pytest.mark.parametrize(
    "problem",
    [
        # what is moved may take something along
        "The key is in the box. Paul moves the box to the attic. Ida moves the box to the cellar.",
        # who carries something goes along
        "Mary went to the hall. Mary carries the milk to the office. John went to the hall.",
        # a sentence that is not read
        "The key is in the drawer. Paul hides it. Ida moves the key to the box. Ann moves the key "
        "to the shelf.",
        # it is somewhere else than the move says
        "The key is in the drawer. Paul moves the key from the box to the shelf. Ida moves the key "
        "to the attic.",
        "Start with an empty stack. Push 3, push 8 unless it is full, pop.",
        "Tom takes 3 apples to school. How many are left?",
        "A stack of 5 books is on the table. Ann moves 2 books to the shelf.",
    ],
)
def test_problems_that_are_not_read_whole_are_left_alone(problem):
    assert context_of(problem) is None


def test_an_impossible_event_says_nothing():
    problem = "Start with an empty stack. Push 3, pop, pop, push 4. What is left?"
    assert set(statuses(problem, ["push 3 → [3]", "The stack is [4]."])) == {Status.UNVERIFIABLE}


def test_words_around_events_and_states() -> None:
    V, R = Status.VERIFIED, Status.REFUTED
    coin = "A coin is tails up. Ines flips the coin. Olaf does not flip the coin. Is it tails up?"
    steps = ["Ines flips it: heads up.", "Olaf does not flip it: still heads up."]
    assert statuses(coin, steps) == [V, V]
    assert statuses(coin, [steps[0], "Olaf does not flip it: now tails up."])[1] is R
    stack = (
        "Start with an empty stack. Perform these operations: push 6, push 3, pop. What is left?"
    )
    assert statuses(stack, ["push 6 → [6]", "push 3 → [6, 3]", "pop → [3]"]) == [V, V, R]
    box = "Lea puts the ring in the jar. Then she moves the ring to the tin. Where is the ring?"
    steps = ["The ring goes into the jar.", "The ring goes into the tin."]
    assert statuses(box, steps) == [V, V]
