"""States that follow from the state before and the event named beside them."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clr
from clr.claim import Status
from clr.domains import DOMAINS, sessions

V, R, N = Status.VERIFIED, Status.REFUTED, Status.UNVERIFIABLE
FILLING = [domain for domain in DOMAINS if domain.fills_in]


def judge(problem: str, *steps: str) -> list[list[Status]]:
    """The statuses that this domain alone gives the claims of each step."""
    [session] = sessions(problem, domains=FILLING)
    trace = clr.trace_of("t", problem, steps=list(steps))
    return [[verdict.status for _, verdict in session.take(step)] for step in trace.steps]


def last(problem: str, *steps: str) -> Status:
    return judge(problem, *steps)[-1][-1]


HATS = "Some people swap hats now and then. Who has which in the end?"
ROOMS = "Things are moved from place to place. What is where?"
SWITCHES = "Some switches are toggled. Which ones are on?"
LISTS = "A list is changed: items are inserted, removed or moved. What is it then?"
BOARD = "A token moves on a board. Where does it end?"


@pytest.mark.parametrize(
    "problem, before, right, wrong",
    [
        (HATS, "Ivo: cap, Jon: fez, Kim: hood",
         "Ivo ↔ Kim: Ivo: hood, Jon: fez, Kim: cap", "Ivo ↔ Kim: Ivo: hood, Jon: cap, Kim: fez"),
        (HATS, "Ivo = cap; Jon = fez; Kim = hood",
         "2) Jon and Kim swap hats → Ivo = cap; Jon = hood; Kim = fez",
         "2) Jon and Kim swap hats → Ivo = hood; Jon = cap; Kim = fez"),
        (HATS, "Ivo has the cap, Jon the fez and Kim the hood.",
         "After Ivo and Jon trade hats, Ivo has the fez, Jon the cap and Kim the hood.",
         "After Ivo and Jon trade hats, Ivo has the fez, Jon the hood and Kim the cap."),
        (HATS, "1: Ivo, 2: Jon, 3: Kim",
         "Jon and Kim change places: 1: Ivo, 2: Kim, 3: Jon",
         "Jon and Kim change places: 1: Kim, 2: Jon, 3: Ivo"),
        (HATS, "| Ivo | Jon | Kim |\n|--|--|--|\n| cap | fez | hood |",
         "After Ivo ↔ Jon:\n\n| Ivo | Jon | Kim |\n|--|--|--|\n| fez | cap | hood |",
         "After Ivo ↔ Jon:\n\n| Ivo | Jon | Kim |\n|--|--|--|\n| fez | hood | cap |"),
        (ROOMS, "Sack: 7, tub: 2, pail: 0",
         "Move 3 from the sack to the pail: sack: 4, tub: 2, pail: 3",
         "Move 3 from the sack to the pail: sack: 4, tub: 3, pail: 2"),
        (ROOMS, "K = 7, L = 2, M = 3", "Everything in K to M: K = 0, L = 2, M = 10",
         "Everything in K to M: K = 7, L = 2, M = 10"),
        (ROOMS, "Ivo 7, Jon 2",
         "Ivo gives 4 to Jon: Ivo 3, Jon 6", "Ivo gives 4 to Jon: Ivo 3, Jon 5"),
        (ROOMS, "P = 6, Q = 5", "Double P: P = 12, Q = 5", "Double P: P = 12, Q = 10"),
        (ROOMS, "pin: jar, nut: sack",
         "Move the pin from the jar to the sack: pin: sack, nut: sack",
         "Move the pin from the jar to the sack: pin: sack, nut: jar"),
        (SWITCHES, "(on, off, off)", "Flip all: (off, on, on)", "Flip all: (off, on, off)"),
        (SWITCHES, "Start: 10010", "Toggle the second and the last: 11011",
         "Toggle the second and the last: 11010"),
        (SWITCHES, "A: on, B: off, C: off", "Toggle A and C: A: off, B: off, C: on",
         "Toggle A and C: A: off, B: on, C: on"),
        (SWITCHES, "A: on, B: off", "Switch on B: A: on, B: on", "Switch on B: A: off, B: on"),
        (LISTS, "[4, 1, 7]", "append 2 → [4, 1, 7, 2]", "append 2 → [2, 4, 1, 7]"),
        (LISTS, "[4, 1, 7]", "[4, 1, 7] → 9 at the front → [9, 4, 1, 7]",
         "[4, 1, 7] → 9 at the front → [9, 4, 7, 1]"),
        (LISTS, "[4, 1, 7]", "Reverse the list: [7, 1, 4]", "Reverse the list: [7, 4, 1]"),
        (LISTS, "[4, 1, 7]", "Remove 1: [4, 7]", "Remove 1: [1, 7]"),
        (LISTS, "[4, 1, 7]", "Sort in descending order: [7, 4, 1]",
         "Sort in descending order: [1, 4, 7]"),
        (LISTS, "[Ivo, Jon, Kim]", "Ivo goes to the back: [Jon, Kim, Ivo]",
         "Ivo goes to the back: [Kim, Jon, Ivo]"),
        (LISTS, "[Ivo, Jon, Kim]", "Swap the first and the last: [Kim, Jon, Ivo]",
         "Swap the first and the last: [Kim, Ivo, Jon]"),
        (LISTS, "Disco, Aria, Blues", "After moving Blues to the top: Blues, Disco, Aria",
         "After moving Blues to the top: Blues, Aria, Disco"),
        (HATS, "- Ivo: cap\n- Jon: fez\n- Kim: hood",
         "Ivo and Kim swap:\n- Ivo: hood\n- Jon: fez\n- Kim: cap",
         "Ivo and Kim swap:\n- Ivo: hood\n- Jon: cap\n- Kim: fez"),
        (HATS, "Ivo cap, Jon fez, Kim hood",
         "Ivo and Jon swap hats. So now Ivo has the fez and Jon has the cap.",
         "Ivo and Jon swap hats. So now Ivo has the fez and Jon has the hood."),
        (HATS, "Ivo: cap, Jon: fez, Kim: hood",
         "Ivo: fez, Jon: cap, Kim: hood (Ivo and Jon swapped)",
         "Ivo: hood, Jon: cap, Kim: fez (Ivo and Jon swapped)"),
        (ROOMS, "Piles: (6, 2, 1)", "2 from the first to the third: (4, 2, 3)",
         "2 from the first to the third: (4, 3, 2)"),
        (ROOMS, "A6 B2 C1", "A→C 4: A2 B2 C5", "A→C 4: A2 B5 C2"),
        (LISTS, "[4, 1, 7]", "pop from the left: [1, 7]", "pop from the left: [4, 1]"),
        (LISTS, "[4, 1, 7]", "push 3 on the right: [4, 1, 7, 3]",
         "push 3 on the right: [3, 4, 1, 7]"),
        (BOARD, "We begin.", "From G2, 5 up brings it to G7.", "From G2, 5 up brings it to G8."),
        (HATS, "Ivo → cap, Jon → fez, Kim → hood",
         "2nd swap (Jon & Kim). Ivo → cap, Jon → hood, Kim → fez",
         "2nd swap (Jon & Kim). Ivo → hood, Jon → cap, Kim → fez"),
        (HATS, "Ivo: cap, Jon: fez, Kim: hood",
         "After the swap of Ivo and Kim, Ivo has the hood and Kim has the cap; Jon keeps his.",
         "After the swap of Ivo and Kim, Ivo has the hood and Kim has the fez; Jon keeps his."),
        (BOARD, "We begin.", "8 → ÷2 → 4", "8 → ÷2 → 3"),
        (BOARD, "We begin.", "2 up, 1 right: C3 → D5", "2 up, 1 right: C3 → E5"),
        (BOARD, "We begin.", "(1, 1) → 3 east → (4, 1)", "(1, 1) → 3 east → (5, 1)"),
        (BOARD, "We begin.", "down 4: 9 → 5", "down 4: 9 → 4"),
        (BOARD, "We begin.", "south, turn left → east", "south, turn left → west"),
        (BOARD, "We begin.", "Right of west is north.", "Right of west is south."),
        (BOARD, "We begin.", "Swap left/right: left → right", "Swap left/right: left → middle"),
        (BOARD, "We begin.", "3 get on, 5 get off: 9 → 7", "3 get on, 5 get off: 9 → 1"),
    ],
)  # fmt: skip
def test_a_state_after_an_event(problem, before, right, wrong) -> None:
    assert last(problem, before, right) is V
    assert last(problem, before, right, before, wrong) is R


def test_the_first_event_refutes_nothing_alone() -> None:
    """Whether events are told as they are read shows only once one has led where the trace says."""
    assert last(HATS, "Ivo: cap, Jon: fez, Kim: hood", "Ivo ↔ Kim: Ivo: hood, Jon: cap") is N


@pytest.mark.parametrize(
    "state, right, wrong",
    [
        ("Ivo: cap, Jon: fez",
         "So in the end Jon wears the fez.", "So in the end Jon wears the cap."),
        ("Ivo: cap, Jon: fez", "The fez ends up with Jon.", "The cap ends up with Jon."),
        ("Ivo: 3, Jon: 5", "Thus Ivo owns 3 hats.", "Thus Ivo owns 5 hats."),
        ("Ivo: cap, Jon: fez", "Finally, Ivo has the cap and Jon has the fez.",
         "Finally, Ivo has the fez and Jon has the cap."),
        ("[4, 1, 7]", "The second item is 1.", "The second item is 7."),
        ("(on, off, on)", "Only 1 and 3 are on.", "Only 1 and 2 are on."),
        ("(on, off, on)", "So 2 lamps are on.", "So 1 lamp is on."),
    ],
)  # fmt: skip
def test_what_is_read_off_in_the_end(state, right, wrong) -> None:
    assert last(HATS, state, right) is V
    assert last(HATS, state, wrong) is R


def test_the_start_is_held_to_the_problem() -> None:
    problem = "Ivo has a cap, Jon a fez and Kim a hood. Ivo and Jon swap. Who has the cap?"
    assert last(problem, "Start: Kim: hood, Ivo: cap, Jon: fez") is V
    assert last(problem, "Start: Ivo: fez, Jon: cap, Kim: hood") is R
    behind = "The cap belongs to Ivo, the fez to Jon, the hood to Kim. Ivo and Jon swap."
    assert last(behind, "Initially: Ivo: cap, Jon: fez, Kim: hood") is V
    assert last(behind, "Initially: Ivo: hood, Jon: fez, Kim: cap") is R
    other = "Neither Ivo has the fez nor Jon the cap. They swap."
    assert last(other, "Start: Ivo: cap, Jon: fez") is N


def test_a_swap_of_what_was_held_before_is_refuted() -> None:
    steps = ["Ivo: cap, Jon: fez, Kim: hood", "Ivo ↔ Jon: Ivo: fez, Jon: cap"]
    assert last(HATS, *steps, "Jon ↔ Kim: Jon: hood, Kim: cap") is V
    assert last(HATS, *steps, "Jon ↔ Kim: Jon: hood, Kim: fez") is R


@pytest.mark.parametrize(
    "steps",
    [
        # an event in between was not read
        ["Ivo: cap, Jon: fez", "They all pass their hats on.", "Ivo ↔ Jon: Ivo: cap, Jon: fez"],
        [
            "Ivo: cap, Jon: fez",
            "Nobody rests: the line slides on.",
            "Ivo ↔ Jon: Ivo: fez, Jon: fez",
        ],
        ["Ivo: cap, Jon: fez", "Nothing stays the same.", "Ivo ↔ Jon: Ivo: fez, Jon: fez"],
        # the state before the event, and perhaps an event that is done from an earlier state
        ["Ivo: cap, Jon: fez", "Ivo ↔ Jon: Ivo: cap, Jon: fez"],
        ["Ivo: cap, Jon: fez", "Ivo ↔ Jon: Ivo: fez, Jon: cap", "Ivo ↔ Jon: Ivo: fez, Jon: cap"],
        # other names, or other things
        ["Ivo: cap, Jon: fez", "Ivo ↔ Kim: Ivo: hood, Kim: cap"],
        ["Ivo: cap, Jon: fez", "Ivo ↔ Jon: Ivo: turban, Jon: cap"],
        # told backwards, and then of the end again
        [
            "Ivo: cap, Jon: fez",
            "Ivo ↔ Jon: Ivo: fez, Jon: cap",
            "Let us check that.",
            "Ivo ↔ Jon: Ivo: cap, Jon: fez",
            "So Ivo has the fez.",
        ],
        # one of several readings of what is named
        ["(1, 1, 0, 1)", "Flip the first half: (0, 0, 0, 1)"],
        # a supposition
        ["Ivo: cap, Jon: fez", "If Ivo ↔ Jon: Ivo: cap, Jon: cap"],
        # places or things that bear these numbers
        ["[3, 1, 2]", "Swap 1 and 2: [1, 3, 2]"],
        ["[3, 1, 2]", "Swap 1 and 2: [3, 2, 1]"],
        # either end of a stack
        ["[3, 1]", "push 5: [5, 3, 1]"],
        ["[3, 1]", "push 5: [3, 1, 5]"],
        # some or one of them
        ["[5, 2, 7]", "Remove 2 items: [7]"],
        ["(on, off, on, off)", "Flip all but the first: (on, on, off, on)"],
        # it is not said whether the event comes before or after the state
        ["Ivo: cap, Jon: fez", "Ivo: fez, Jon: cap; Ivo and Jon swap", "Ivo: fez, Jon: cap"],
        ["(on, off, on, off)", "Flip the last two: (on, off, off, on)"],
    ],
)
def test_what_may_be_meant_otherwise_is_not_refuted(steps) -> None:
    assert R not in [status for step in judge(HATS, *steps) for status in step]


@pytest.mark.parametrize(
    "problem",
    [
        "What is the minimum number of swaps that sorts the row?",
        "Pressing a switch flips it and its neighbours. What is on after 2 is pressed?",
        "Let $f$ move every point up. Where is f(2)?",
    ],
)
def test_problems_that_are_left_alone(problem) -> None:
    assert not sessions(problem, domains=FILLING)


def test_a_sentence_may_tell_an_event_twice() -> None:
    problem = "A stack holds 4 and 2. Push and pop as told."
    assert last(problem, "[4, 2]", "Step 1 (pop): 2 comes off, leaving [4]") is V
    assert last(problem, "[4, 2]", "Step 1 (pop): 4 comes off, leaving [2]") is V  # the other end
    assert last(problem, "[4, 2]", "push 5: [4, 2, 5]", "pop: 5 comes off, leaving [2, 5]") is R


def test_a_dial_goes_round() -> None:
    dial = "A dial with 0 to 9 shows 8. It moves 5 up. What does it show?"
    assert last(dial, "We begin.", "5 up: 8 → 3") is not R


def test_left_of_somebody_who_turns_is_not_known() -> None:
    problem = "A robot turns right, moves 2 left and turns left. Where is it?"
    assert last(problem, "(0, 0)", "2 left: (0, -2)") is not R


def test_the_coordinates_are_the_choice_of_the_trace_but_it_keeps_to_it() -> None:
    down = ["(2, 2) → 1 up → (1, 2)", "(1, 2) → 2 right → (1, 4)"]
    assert judge(BOARD, *down) == [[V], [V]]
    assert last(BOARD, *down, "(1, 4) → 1 up → (2, 4)") is R
    assert last(BOARD, *down, "(1, 4) → 1 up → (0, 4)") is V


NAMES = ("Ada", "Bo", "Cy", "Di", "Emil")
OTHERS = ("Zoe", "Yuri", "Xan", "Walt", "Vera")
THINGS = ("cap", "fez", "hood", "beret", "crown")
LINKS = (
    ("{}: {}", ", "),
    ("{} = {}", "; "),
    ("{} - {}", ", "),
    ("{} → {}", " | "),
    ("{} has the {}", ", "),
)
TELLINGS = ("{} ↔ {}: ", "{} and {} swap: ", "Swap {} and {} → ", "After {} and {} trade hats: ")


def listed(has: dict[str, str], link: tuple[str, str]) -> str:
    return link[1].join(link[0].format(*pair) for pair in has.items())


@st.composite
def traces(draw):
    """States with swaps between them, and a sound trace of it in one style."""
    size = draw(st.integers(3, 5))
    has = dict(zip(NAMES[:size], draw(st.permutations(THINGS)), strict=False))
    link, telling = draw(st.sampled_from(LINKS)), draw(st.sampled_from(TELLINGS))
    states = [has]
    steps = [f"Start: {listed(has, link)}"]
    for _ in range(draw(st.integers(1, 4))):
        a, b = draw(st.permutations(list(has)))[:2]
        has = {**has, a: has[b], b: has[a]}
        states.append(has)
        shown = dict(draw(st.permutations(list(has.items()))))
        steps.append(telling.format(a, b) + listed(shown, link))
    return states, steps, link


@given(traces())
@settings(max_examples=60, deadline=None)
def test_a_sound_trace_is_verified_in_any_order_of_a_listing_and_with_any_names(made) -> None:
    _, steps, _ = made
    assert judge(HATS, *steps)[1:] == [[V]] * (len(steps) - 1)
    renamed = dict(zip(NAMES, OTHERS, strict=True))
    other = [re.sub(r"\b\w+\b", lambda m: renamed.get(m[0], m[0]), step) for step in steps]
    assert judge(HATS, *other) == judge(HATS, *steps)


@given(traces(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_corrupted_state_is_refuted_once_and_verifies_no_other(made, data) -> None:
    states, steps, link = made
    at = data.draw(st.integers(1, len(steps) - 1))
    a, b = data.draw(st.permutations(list(states[at])))[:2]
    wrong = {**states[at], a: states[at][b], b: states[at][a]}
    head = steps[at][: -len(listed(states[at], link))]
    broken = [*steps[:at], head + listed(wrong, link), *steps[at + 1 :]]
    sound, found = judge(HATS, *steps), judge(HATS, *broken)
    assert found[:at] == sound[:at]
    assert V not in found[at] or any(wrong == s for s in states[:at])
    for before, now in pairwise([*zip(sound, found, strict=True)][at + 1 :]):
        assert before[0] != [N] or before[1] != [V]
        assert now[0] != [N] or now[1] != [V]


DELTAS = {"Sack": 9, "Tub": 6, "Pail": 8}


MOVES = st.tuples(st.permutations(list(DELTAS)), st.integers(1, 3))


@given(st.lists(MOVES, min_size=1, max_size=4), st.data())
@settings(max_examples=60, deadline=None)
def test_moves_between_containers(moves, data) -> None:
    has, steps = dict(DELTAS), [", ".join(f"{k} = {v}" for k, v in DELTAS.items())]
    for (a, b, _), n in moves:
        n = min(n, has[a])
        has = {**has, a: has[a] - n, b: has[b] + n}
        steps.append(
            f"Move {n} from {a} to {b}: " + ", ".join(f"{k} = {v}" for k, v in has.items())
        )
    assert R not in [s for step in judge(ROOMS, *steps) for s in step]
    key = data.draw(st.sampled_from(list(has)))
    wrong = {**has, key: has[key] + data.draw(st.integers(1, 9))}
    head = steps[-1].split(":")[0]
    broken = f"{head}: " + ", ".join(f"{k} = {v}" for k, v in wrong.items())
    assert V not in judge(ROOMS, *steps[:-1], broken)[-1]


def test_another_domain_that_decides_goes_first() -> None:
    problem = "Ivo has a cap and Jon has a fez. Ivo and Jon swap hats. Who has the cap?"
    report = clr.audit(problem=problem, steps=["Ivo and Jon swap: Ivo: fez, Jon: cap."])
    [claim] = [c for c in report.steps[0].claims if c.claim.kind == "state"]
    assert claim.verdict.checked_by == "state machine"


@pytest.mark.parametrize(
    "right, wrong",
    [
        ("( and [ open: the stack is ( [", "( and [ open: the stack is ["),
        ("( is pushed, [ is pushed, and ] pops it. Stack: (",
         "( is pushed, [ is pushed, and ] pops it. Stack: ( ["),
    ],
)  # fmt: skip
def test_several_brackets_in_one_sentence(right, wrong) -> None:
    problem = "Close all brackets in the right order: ( [ ] {"

    def statuses(step: str) -> set[Status]:
        report = clr.audit(problem=problem, steps=[step])
        return {c.verdict.status for c in report.steps[0].claims}

    assert statuses(right) == {V}
    assert statuses(wrong) == {R}


def test_brackets_that_do_not_fit_where_the_problem_doubts_it() -> None:
    problem = "Are the brackets in ( [ ) ] balanced?"
    report = clr.audit(
        problem=problem,
        steps=["( → push, stack: (\n[ → push, stack: ( [", ") → matches the top, stack: ("],
    )
    assert report.first_error == 1


def test_a_number_of_things_may_be_another_number_of_what_is_counted() -> None:
    problem = "Sacks weigh 3 kg. Some are moved from a cart to a van. What do both carry?"
    assert (
        last(problem, "cart = 9, van = 0", "Move 2 sacks from cart to van: cart = 3, van = 6") is N
    )


@pytest.mark.parametrize("event", ["Dequeue Bo and put him at the back", "Move her to the back"])
def test_a_pronoun_is_no_item(event: str) -> None:
    steps = ("[Bo, Cy, Di]", f"{event} → [Cy, Di, Bo].")
    assert last("People queue, leave and come back. Who is last?", *steps) is not R
