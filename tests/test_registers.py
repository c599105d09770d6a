"""Numbers and switches that events change: what is named changes, and nothing else does."""

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


NAMES = "ABCD"


def told(lamps: dict[str, str]) -> list[str]:
    """Ways to write what every lamp is."""
    return [
        ", ".join(f"{n} is {v}" for n, v in lamps.items()),
        ", ".join(f"{n}: {v}" for n, v in lamps.items()),
        ", ".join(f"{n} {v}" for n, v in lamps.items()),
        "; ".join(f"lamp {n} = {v}" for n, v in lamps.items()),
    ]


@given(st.lists(st.sampled_from(NAMES), min_size=2, max_size=8), st.data())
@settings(max_examples=40, deadline=None)
def test_a_toggle_changes_its_lamp_and_no_other(order, data) -> None:
    lamps = dict.fromkeys(NAMES, "off")
    first = data.draw(
        st.sampled_from(
            [
                "There are four lamps, A, B, C and D, all off.",
                "Lamps A, B, C and D are off.",
            ]
        )
    )
    problem = f"{first} Then {', then '.join(f'someone toggles {n}' for n in order)}. Which are on?"
    steps, right = [], []
    for name in order:
        lamps[name] = "off" if lamps[name] == "on" else "on"
        right.append(dict(lamps))
        steps.append(f"Toggle {name}: {data.draw(st.sampled_from(told(lamps)))}.")
    assert statuses(problem, *steps) == [[V]] * len(order)
    at = data.draw(st.integers(0, len(order) - 1))
    other = next(n for n in NAMES if n != order[at])
    wrong = {**right[at], other: "off" if right[at][other] == "on" else "on"}
    steps[at] = f"Toggle {order[at]}: {told(wrong)[0]}."
    found = statuses(problem, *steps)
    assert found[at] == [R] and [R] not in found[:at]


COMMANDS = {
    "increment": (lambda n: n + 1, "Increment it"),
    "decrement": (lambda n: n - 1, "Decrement it"),
    "reset": (lambda _: 0, "Reset it"),
    "double": (lambda n: 2 * n, "Double it"),
    "add 3": (lambda n: n + 3, "Add 3 to it"),
}


@given(
    st.integers(0, 20), st.lists(st.sampled_from([*COMMANDS]), min_size=2, max_size=8), st.data()
)
@settings(max_examples=40, deadline=None)
def test_a_counter_is_followed(start, commands, data) -> None:
    problem = f"A counter starts at {start}. " + data.draw(
        st.sampled_from(
            [
                f"The commands are: {', '.join(commands)}.",
                " ".join(f"{COMMANDS[c][1]}." for c in commands),
            ]
        )
    )
    way = data.draw(st.sampled_from(["{} -> {}", "{}: the counter is {}", "{} gives {}"]))
    values = [start]
    for command in commands:
        values.append(COMMANDS[command][0](values[-1]))
    steps = [way.format(c, v) for c, v in zip(commands, values[1:], strict=True)]
    last = f"At the end, the counter is {values[-1]}."
    assert statuses(problem, *steps, last) == [[V]] * (len(commands) + 1)
    at = data.draw(st.integers(0, len(commands) - 1))
    wrong = [way.format(commands[at], values[at + 1] + 1) if i == at else s
             for i, s in enumerate(steps)]  # fmt: skip
    found = statuses(problem, *wrong)
    assert found[at] == [R]
    assert [R] not in [step for i, step in enumerate(found) if i < at]


def test_events_told_together() -> None:
    problem = "The counter is 5. It is incremented three times. Then it is decremented once."
    assert statuses(problem, "After the three increments it is 8.", "The decrement: 7") == [
        [V],
        [V],
    ]
    assert statuses(problem, "Increment -> 6", "Increment -> 7", "Increment -> 8") == [[V]] * 3
    assert statuses(problem, "After the three increments it is 7.") == [[R]]


def test_variables_are_set_copied_and_swapped() -> None:
    problem = "x = 3 and y = 4. Set x to y. Then set y to 7. Swap x and y. What is x?"
    assert statuses(problem, "Set x to y: x = 4, y = 4.", "Set y to 7: x = 4.")[:2] == [[V], [V]]
    assert statuses(problem, "Swap x and y: x = 7, y = 4.") == [[Status.JUMP]]  # skips two
    assert statuses(problem, "At the end, x = 7 and y = 4.") == [[V]]
    assert statuses(problem, "Set y to 7: y = 7, x = 7.") == [[R]]


def test_what_is_let_to_be() -> None:
    problem = "Let x = 2 and y = 5. Swap x and y. Then add 3 to x. What is x?"
    assert statuses(problem, "Swap x and y: x = 5.", "Add 3 to x: x = 8, y = 2.") == [[V], [V]]


def test_what_boxes_hold_is_swapped() -> None:
    problem = (
        "Three boxes hold coins: box A holds a gold coin, box B holds a silver coin and box C "
        "holds a bronze coin. The contents of A and B are swapped. Then the contents of B and C "
        "are swapped. What is in B?"
    )
    steps = ("Swap A and B: A = silver, B = gold, C = bronze", "So B holds the bronze coin.")
    assert statuses(problem, *steps) == [[V], [V]]
    wrong = "Swap B and C: A = silver, B = bronze, C = silver"
    assert statuses(problem, steps[0], wrong) == [[V], [R]]


def test_lamps_named_together() -> None:
    problem = "Lamps 1, 2 and 3 are off. Toggle lamps 1 and 2. Turn on lamp 3. Turn lamp 1 off."
    steps = ["Toggle lamps 1 and 2: lamps 1 and 2 are on.", "So only lamps 2 and 3 are on."]
    assert statuses(problem, *steps) == [[V], [V]]
    assert statuses(problem, "In the end, only lamps 1 and 2 are on.") == [[R]]


@pytest.mark.parametrize(
    "problem",
    [
        "Let x = 3. Add 2 to x. What is x squared if y is unknown? Assume that y > 0.",
        "A counter starts at 5. It is incremented until it reaches 100.",
        "Lamp A is on and lamp B is off. Toggling lamp A toggles lamp B too. Someone toggles A.",
        "There are 100 lockers. The first student toggles every locker. The next skips one.",
        "Lamp A is on. Toggle lamp A or lamp B.",
    ],
)
def test_other_problems_are_left_alone(problem) -> None:
    assert context_of(problem) is None
