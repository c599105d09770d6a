"""Walks on a grid, from the problem to verdicts."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sound_traces import Sound, assert_never_faulted, assert_refuted_where_it_stands, statuses_by

import clr
from clr.claim import Status
from clr.domains import sessions
from clr.reading.navigation import context_of

V, R, J, U, N = (
    Status.VERIFIED,
    Status.REFUTED,
    Status.JUMP,
    Status.UNSUPPORTED,
    Status.UNVERIFIABLE,
)
ASKS = "If you follow these instructions, do you return to the starting point? "
SQUARE = ASKS + (
    "Take 4 steps. Turn right. Take 2 steps. Turn right. Take 4 steps. Turn right. Take 2 steps."
)
DETOUR = ASKS + "Turn around. Take 3 steps. Turn left. Take 6 steps. Turn around. Take 5 steps."
SIDEWAYS = ASKS + (
    "Always face forward. Take 2 steps left. Take 5 steps backward. Take 2 steps right. "
    "Take 4 steps forward.\nOptions:\n- Yes\n- No"
)
STORY = (
    "Mia walks 3 blocks north. Then she turns right and walks 4 blocks. She turns right again and "
    "walks 3 blocks. Where is she now?"
)
EAST = "You are facing east. Take 2 steps. Turn left. Take 7 steps. Which coordinates do you reach?"

statuses = statuses_by("state machine")

SOUND: list[Sound] = [
    # a problem, a sound trace, and a step of it with an error planted
    (
        SQUARE,
        [
            "We start at the origin (0, 0), facing the positive y-axis.",
            "(1) Take 4 steps: (0, 4), facing the positive y-axis.",
            "(2) Turn right: (0, 4), facing the positive x-axis.",
            "(3) Take 2 steps: (2, 4), facing the positive x-axis.",
            "(4) Turn right: (2, 4), facing the negative y-axis.",
            "(5) Take 4 steps: (2, 0), facing the negative y-axis.",
            "(6) Turn right: (2, 0), facing the negative x-axis.",
            "(7) Take 2 steps: (0, 0), facing the negative x-axis.",
            "Since (0, 0) is (0, 0), we are indeed where we started. So the answer is Yes.",
        ],
        (4, "(4) Turn right: (2, 4), facing the positive y-axis."),
    ),
    (
        SQUARE,
        [
            "1. **Take 4 steps**: You move 4 steps north to (0, 4).",
            "2. **Turn right**: You are now facing east.",
            "3. **Take 2 steps**: You move 2 steps east to (2, 4).",
            "4. **Turn right**: You are now facing south.",
            "5. **Take 4 steps**: You move 4 steps south to (2, 0).",
            "6. **Turn right**: You are now facing west.",
            "7. **Take 2 steps**: You move 2 steps west to (0, 0).",
            "Since you end up at (0, 0), you do return to the starting point. The answer is Yes.",
        ],
        (4, "5. **Take 4 steps**: You move 4 steps south to (2, 1)."),
    ),
    (
        SQUARE,
        [
            "| 0 | Start | (0, 0) | North |\n| 1 | Take 4 steps | (0, 4) | North |",
            "| 2 | Turn right | (0, 4) | East |",
            "| 3 | Take 2 steps | (2, 4) | East |",
            "| 4 | Turn right | (2, 4) | South |",
            "| 5 | Take 4 steps | (2, 0) | South |",
            "| 6 | Turn right | (2, 0) | West |",
            "| 7 | Take 2 steps | (0, 0) | West |",
        ],
        (5, "| 6 | Turn right | (2, 0) | East |"),
    ),
    (
        SQUARE,
        [
            "Start: (0,0), N",
            "Take 4 steps → (0,4)",
            "Turn right → E",
            "Take 2 steps → (2,4)",
            "Turn right → S",
            "Take 4 steps → (2,0)",
            "Turn right → W",
            "Take 2 steps → (0,0)",
            "The answer is Yes.",
        ],
        (4, "Turn right → N"),
    ),
    (
        SQUARE,
        [
            "Let's say we start at (0, 0) and face north. Take 4 steps. We are now at (0, 4).",
            "Turn right, so we face east. Take 2 steps: we move to (2, 4).",
            "Turn right. Now we are facing south. Take 4 steps. This brings us to (2, 0).",
            "Turn right, facing west, and take 2 steps. We end up at (0, 0).",
            "We are back at the starting point. So the answer is Yes.",
        ],
        (2, "Turn right. Now we are facing south. Take 4 steps. This brings us to (0, 0)."),
    ),
    (
        SQUARE,
        [
            "(0,0) -> (0,4)",
            "Turn right.",
            "(0,4) -> (2,4)",
            "Turn right.",
            "(2,4) -> (2,0)",
            "Turn right.",
            "(2,0) -> (0,0)",
            "The final position is (0,0). The answer is Yes.",
        ],
        (6, "(2,0) -> (1,0)"),
    ),
    (
        SQUARE,
        [
            "Initially x = 0, y = 0, facing up.",
            "After taking 4 steps: x = 0, y = 4.",
            "After turning right, facing right.",
            "After taking 2 steps, x = 2, y = 4.",
            "After turning right, facing down.",
            "After taking 4 steps, x = 2, y = 0.",
            "After turning right, facing left.",
            "After taking 2 steps, x = 0, y = 0.",
        ],
        (1, "After taking 4 steps: x = 4, y = 0."),
    ),
    (
        DETOUR,
        [
            "We start at (0, 0), facing north.",
            "Turn around: (0, 0), facing south.",
            "Take 3 steps: (0, -3), facing south.",
            "Turn left: (0, -3), facing east.",
            "Take 6 steps: (6, -3), facing east.",
            "Turn around: (6, -3), facing west.",
            "Take 5 steps: (1, -3), facing west.",
            "Since (1, -3) is not (0, 0), we are not where we started. So the answer is No.",
        ],
        (3, "Turn left: (0, -3), facing west."),
    ),
    (
        DETOUR,
        [
            "Starting point: (0, 0), facing +y",
            "Turn around: facing -y",
            "Take 3 steps: Position: (0, -3)",
            "Turn left: facing +x",
            "Take 6 steps: Position: (6, -3)",
            "Turn around: facing -x",
            "Take 5 steps: Position: (1, -3)",
            "We did not return to the starting point. So the answer is No.",
        ],
        (7, "We have returned to the starting point. So the answer is No."),
    ),
    (
        DETOUR,
        [
            "Step 1: Turn around. You are now facing south.",
            "Step 2: Take 3 steps. You are 3 steps south of the starting point.",
            "Step 3: Turn left. You are now facing east.",
            "Step 4: Take 6 steps. You are 3 steps south and 6 steps east of the starting point.",
            "Step 5: Turn around. You are facing west.",
            "Step 6: Take 5 steps. You are 3 steps south and 1 step east of the starting point.",
            "Final answer: No",
        ],
        (5, "Step 6: Take 5 steps. You are 3 steps south and 2 steps east of the starting point."),
    ),
    (
        DETOUR,
        [
            "- Initial position: (0,0), facing the positive y-axis",
            "- Turn around: facing the negative y-axis",
            "- Take 3 steps: (0,-3)",
            "- Turn left: facing the positive x-axis",
            "- Take 6 steps: (6,-3)",
            "- Turn around: facing the negative x-axis",
            "- Take 5 steps: (1,-3)",
            "The answer is No.",
        ],
        (6, "- Take 5 steps: (2,-3)"),
    ),
    (
        SIDEWAYS,
        [
            "We start at the origin (0, 0), facing the positive y-axis.",
            "(1) Take 2 steps left: (-2, 0), facing the positive y-axis.",
            "(2) Take 5 steps backward: (-2, -5), facing the positive y-axis.",
            "(3) Take 2 steps right: (0, -5), facing the positive y-axis.",
            "(4) Take 4 steps forward: (0, -1), facing the positive y-axis.",
            "Since (0, -1) is not (0, 0), we are not where we started. So the answer is No.",
        ],
        (1, "(1) Take 2 steps left: (2, 0), facing the positive y-axis."),
    ),
    (
        SIDEWAYS,
        [
            "Starting point: (0, 0)",
            "After taking 2 steps left, we are at (-2, 0).",
            "Then we take 5 steps backward, which leads us to (-2, -5).",
            "Taking 2 steps to the right: (0, -5)",
            "Finally, take 4 steps forward and end up at (0, -1).",
            "So we are not at the starting point.",
        ],
        (4, "Finally, take 4 steps forward and end up at (0, 0)."),
    ),
    (
        SIDEWAYS,
        [
            "Take 2 steps left: we are at (-2, 0).",
            "Take 5 steps backward: we are at (-2, -5).",
            "Take 2 steps right: we are at (0, -5).",
            "Take 4 steps forward: we are at (0, -1).",
            "The answer is No.",
        ],
        (2, "Take 2 steps right: we are at (-4, -5)."),
    ),
    (
        DETOUR,
        [
            "We begin at (0, 0), facing the positive y direction.",
            "We turn around, so we now face the negative y direction.",
            "After the second instruction (take 3 steps) we are at (0, -3).",
            "Then we turn left and take 6 steps, ending up at (6, -3).",
            "Turning around does not change our position.",
            "Taking 5 steps brings us back to (1, -3).",
            "The final position (1, -3) is not the same as the starting position.",
            "The answer is no.",
        ],
        (3, "Then we turn left and take 6 steps, ending up at (-6, -3)."),
    ),
    (
        DETOUR,
        [
            "At the start, you're at (0, 0) and facing up.",
            "You turn around and face down.",
            "You take 3 steps down: (0, -3).",
            "You turn left and face right.",
            "You take 6 steps right: (6, -3).",
            "You turn around and face left. You take 5 steps left: (1, -3).",
        ],
        (4, "You take 6 steps right: (6, -9)."),
    ),
    (
        ASKS + "Take 2 steps. Take 3 steps. Turn around. Take 5 steps. Turn left.",
        [
            "We start at the origin facing north.",
            "We take 2 steps north, then 3 steps north, so we are 5 steps north of the start.",
            "Then we turn around and take 5 steps, so we're back at the starting point.",
            "Turning left does not change the position. So the answer is Yes.",
        ],
        (1, "We take 2 steps north, then 3 steps north, so we are 6 steps north of the start."),
    ),
    (
        SIDEWAYS,
        [
            "We start at (0, 0).",
            "Take 2 steps left: We move 2 units to the left, to (-2, 0).",
            "Take 5 steps backward: We move 5 units down, to (-2, -5).",
            "Take 2 steps right: We move 2 units to the right, ending at (0, -5).",
            "Take 4 steps forward: We move 4 units up, to (0, -1).",
            "So the answer is No.",
        ],
        (2, "Take 5 steps backward: We move 5 units up, to (-2, 5)."),
    ),
    (
        STORY,
        [
            "Let her start at (0, 0).",
            "She walks 3 blocks north to (0, 3).",
            "She turns right and walks 4 blocks east: (4, 3).",
            "She turns right, now facing south, and walks 3 blocks to (4, 0).",
            "She is 4 blocks east of her starting point.",
        ],
        (2, "She turns right and walks 4 blocks west: (-4, 3)."),
    ),
    (
        EAST,
        [
            "We start at (0, 0) facing east.",
            "Take 2 steps: (2, 0).",
            "Turn left: now facing north.",
            "Take 7 steps: (2, 7).",
        ],
        (3, "Take 7 steps: (9, 0)."),
    ),
]


@pytest.mark.parametrize("trace", SOUND)
def test_a_sound_walk_is_never_faulted(trace: Sound) -> None:
    assert_never_faulted(statuses, trace, verified=0.7 * len(trace[1]))


@pytest.mark.parametrize("trace", SOUND)
def test_a_planted_error_is_refuted_where_it_stands(trace: Sound) -> None:
    assert_refuted_where_it_stands(statuses, trace)


def test_what_is_put_right_later_is_verified() -> None:
    got = statuses(
        SQUARE,
        "Start at (0, 0), facing north.",
        "Take 4 steps: (0, 5).",
        "We are at (0, 4).",
        "Turn right: facing east. Take 2 steps: (2, 4).",
        "Turn right: facing south. Take 4 steps: (2, 1).",
        "Turn right: facing west. Take 2 steps: (0, 0).",
        "So the answer is Yes.",
    )
    assert got == [[V], [R], [V], [V, V], [V, R], [V, V], [V]]


def test_one_error_is_counted_once() -> None:
    got = statuses(
        SQUARE,
        "Start at (0, 0), facing north.",
        "Take 4 steps: (0, 5).",
        "Turn right: facing east.",
        "Take 2 steps: (2, 5).",
        "Turn right: facing south. Take 4 steps: (2, 1).",
        "Turn right: facing west. Take 2 steps: (0, 1).",
        "So the answer is No.",
    )
    assert got == [[V], [R], [V], [V], [V, V], [V, V], [V]]


def test_instructions_left_out_are_a_jump() -> None:
    steps = ["Start at (0, 0), facing north.", "Take 4 steps: (0, 4).", "Take 2 steps: (2, 4)."]
    assert statuses(SQUARE, *steps) == [[V], [V], [J]]
    assert statuses(SQUARE, *steps[:2], "The answer is Yes.") == [[V], [V], [J]]
    assert statuses(SQUARE, *steps[:2], "Turn right.", steps[2])[-1] == [V]


def test_a_slip_that_looks_like_a_jump_does_not_lead_astray() -> None:
    walk = ASKS + "Take 1 step. Take 1 step. Take 1 step."
    steps = ["Start at (0, 0), facing north.", "Take 1 step: (0, 2).", "Take 1 step: (0, 2)."]
    assert statuses(walk, *steps, "Take 1 step: (0, 3).") == [[V], [J], [V], [V]]


def test_what_was_not_read_may_have_shown_it() -> None:
    steps = [
        "Start at (0, 0), facing north.",
        "Take 4 steps: (0, 4).",
        "After that turn we look the other way than before.",
        "Take 2 steps: (2, 4).",
    ]
    assert statuses(SQUARE, *steps)[-1] == [N]


def test_an_instruction_from_nowhere_is_unsupported() -> None:
    got = statuses(SQUARE, "Start at (0, 0), facing north.", "Take 9 steps: (0, 9).")
    assert got == [[V], [U]]


def test_the_answer_is_held_to_the_walk_that_the_trace_shows() -> None:
    assert statuses(SQUARE, "The answer is No.") == [[N]]
    assert statuses(SQUARE, "By symmetry we get back. The answer is Yes.") == [[N]]


def test_a_trace_may_choose_its_coordinates() -> None:
    east = [
        "We start at (0, 0), facing east.",
        "Take 4 steps: (4, 0).",
        "Turn right: facing south.",
    ]
    assert statuses(SQUARE, *east) == [[V]] * 3
    turned = ["Take 4 steps: (4, 0).", "Turn right: (4, 0).", "Take 2 steps: (4, -2)."]
    assert statuses(SQUARE, *turned) == [[N], [V], [V]]
    assert statuses(SQUARE, *turned[:2], "Take 2 steps: (4, 2).")[-1] == [R]
    elsewhere = ["We start at (3, 5), facing north.", "Take 4 steps: (3, 9)."]
    assert statuses(SQUARE, *elsewhere) == [[V], [V]]


def test_a_step_to_a_side_may_turn_or_not() -> None:
    walk = "Walk 3 steps left. Walk 2 steps forward. What are your coordinates?"
    start = "Start at (0, 0), facing north."
    first = "Walk 3 steps left: (-3, 0)."
    assert statuses(walk, start, first, "Walk 2 steps forward: (-3, 2).")[-1] == [V]
    assert statuses(walk, start, first, "Walk 2 steps forward: (-5, 0).")[-1] == [N]
    assert statuses(walk, start, first, "Walk 2 steps forward: (-1, 0).")[-1] == [R]


def test_a_walk_may_begin_anew() -> None:
    got = statuses(
        DETOUR,
        "Start at (0, 0), facing north.",
        "Turn around: facing south. Take 3 steps: (0, -3).",
        "Let me do this again.",
        "Turn around: facing south. Take 3 steps: (0, -3). Turn left: facing east.",
    )
    assert got[-1] == [V, V, V]


@pytest.mark.parametrize(
    "step",
    [
        "If we took 4 steps, we would be at (9, 9).",
        "Before turning right we are at (7, 7).",
        "Is the position (5, 5)?",
        "The distance from (0, 0) to (3, 4) is 5.",
        "The slope between (1, 2) and (3, 9) is not needed.",
        "Someone else stands at (8, 8) facing east of us.",
        "Take the point (6, 6) or (7, 7).",
        "Take 4 steps: (0, 4 + 1).",
        "No, we are at (0, 9) now.",
        "Turn right, then left, then somewhere: (3, 3, 3)",
        "At (0, 9)? Not at all.",
    ],
)
def test_what_is_not_read_whole_is_left_alone(step: str) -> None:
    got = statuses(SQUARE, "Start at (0, 0), facing north.", step)
    assert set(got[1]) <= {N}


@pytest.mark.parametrize(
    "problem",
    [
        "Solve x + 2 = 5.",
        "A car turns left and then drives on for 3 hours. How far does it get?",
        "Tom takes 3000 steps a day. How many steps does he take in 4 days?",
        "A tram goes 3 miles north at 20 mph and a bus goes 5 miles south. How far apart are they?",
        "The steps of the proof turn on parity. Take 5 balls.",
        ASKS + "Take 4 steps. Turn where the road bends. Turn left. Take 2 steps.",
        ASKS + "Take 4 steps.",
        ASKS + "Turn left. " * 101,
    ],
)
def test_other_problems_are_not_of_this_kind(problem: str) -> None:
    assert "navigation" not in [s.domain.name for s in sessions(problem)]


# Walks at random, told in several ways

_STEP = ((1, 0), (0, 1), (-1, 0), (0, -1))
_COMPASS = ("east", "north", "west", "south")
_AXES = ("the positive x-axis", "the positive y-axis", "the negative x-axis", "the negative y-axis")


@dataclass(frozen=True)
class Walk:
    told: tuple[str, ...]

    @property
    def problem(self) -> str:
        return ASKS + " ".join(f"{told}." for told in self.told)

    @property
    def places(self) -> list[tuple[int, int, int]]:
        """Where one is, and which way one faces, after each instruction."""
        x, y, facing = 0, 0, 1
        places = []
        for told in self.told:
            match told.split():
                case "Take", steps, _:
                    dx, dy = _STEP[facing]
                    x, y = x + int(steps) * dx, y + int(steps) * dy
                case _, way:
                    facing = (facing + {"left": 1, "right": 3, "around": 2}[way]) % 4
            places.append((x, y, facing))
        return places


TURNS = st.sampled_from(["Turn left", "Turn right", "Turn around"])
PACES = st.integers(1, 10).map(lambda n: f"Take {n} step{'s' * (n > 1)}")
WALKS = st.lists(TURNS | PACES, min_size=2, max_size=9).map(lambda told: Walk(tuple(told)))


WORDINGS = (
    lambda i, told, x, y, f: f"({i}) {told}: ({x}, {y}), facing {_AXES[f]}.",
    lambda i, told, x, y, f: f"{i}. {told} -> ({x},{y}), facing {_COMPASS[f]}",
    lambda i, told, x, y, f: f"Step {i}: {told}. We are now at ({x}, {y}), facing {_COMPASS[f]}.",
    lambda i, told, x, y, f: f"| {i} | {told} | ({x}, {y}) | {_COMPASS[f].title()} |",
    lambda i, told, x, y, f: f"- **{told}**: x = {x}, y = {y}, direction: {_COMPASS[f]}",
)


def tell(walk: Walk, wordings: list[int]) -> list[str]:
    return ["We start at (0, 0), facing north."] + [
        WORDINGS[w](i, told, *place)
        for i, (w, told, place) in enumerate(zip(wordings, walk.told, walk.places, strict=False), 1)
    ]


TOLD = st.lists(st.integers(0, 4), min_size=9, max_size=9)


@settings(max_examples=60, deadline=None)
@given(WALKS, TOLD)
def test_a_sound_walk_is_verified_in_any_wording(walk: Walk, wordings: list[int]) -> None:
    home = walk.places[-1][:2] == (0, 0)
    steps = [*tell(walk, wordings), f"So the answer is {'Yes' if home else 'No'}."]
    assert statuses(walk.problem, *steps) == [[V]] * (len(walk.told) + 2)


@settings(max_examples=60, deadline=None)
@given(WALKS, TOLD, st.integers(0, 8), st.sampled_from([(1, 0), (0, 1), (-2, 0), (3, 5)]))
@example(  # wrong after the first instruction, true after the fourth if north is elsewhere
    Walk(("Turn around", "Take 2 steps", "Turn around", "Turn around", "Turn left", "Turn left")),
    [1] + [0] * 8,
    0,
    (-2, 0),
)
@example(Walk(("Turn right", "Take 1 step")), [1, 1, 0, 0, 0, 0, 0, 0, 0], 1, (-2, 0))
@example(
    Walk(("Turn right", "Take 1 step", *(["Turn left"] * 5))),
    [1, 1, 0, 0, 0, 0, 1, 0, 0],
    1,
    (-2, 0),
)
def test_one_wrong_place_is_refuted_and_nothing_else(
    walk: Walk, wordings: list[int], at: int, shift: tuple[int, int]
) -> None:
    at %= len(walk.told)
    x, y, facing = walk.places[at]
    wrong = WORDINGS[wordings[at]](at + 1, walk.told[at], x + shift[0], y + shift[1], facing)
    sound = tell(walk, wordings)
    got = statuses(walk.problem, *sound[: at + 1], wrong, *sound[at + 2 :])
    assert got[: at + 1] == [[V]] * (at + 1)
    # x may grow to the left where nothing was told that shows otherwise
    mirrored = (x + shift[0], y + shift[1]) == (-x, y) and not any(p[0] for p in walk.places[:at])
    if not (mirrored and got[at + 1] == [Status.UNVERIFIABLE]):
        assert got[at + 1] in ([R], [J])  # a jump where it is true after a later such instruction
    # the next one goes back, and so may the next that tells another direction
    taken_back = 2 if got[at + 1] == [Status.UNVERIFIABLE] else 1
    assert sum(step.count(R) for step in got[at + 2 :]) <= taken_back


def test_a_long_problem_and_huge_steps_stay_bounded() -> None:
    assert context_of(ASKS + "Take 2 steps. Turn left. " * 50_000) is None
    far = ASKS + "Take 999999 steps. Turn left. Take 999999 steps."
    assert statuses(far, "Start at (0, 0), facing north.", "Take 999999 steps: (0, 999999).") == [
        [V],
        [V],
    ]
    assert statuses(far, "Take 9999999999 steps: (0, 9999999999).") == [[N]]
    assert statuses(SQUARE, "(0, 0) " * 100_000) == [[N]]


def test_steps_without_a_verb_are_taken():
    problem = (
        "Take 2 steps forward. Turn left. Take 5 steps. Turn around. Take 5 steps. "
        "Do you return to the starting point?"
    )
    report = clr.audit(
        problem=problem,
        steps=[
            "After 2 steps forward: (0,2).",
            "Turn left: facing the negative x-axis. 5 steps: (-5,2).",
            "Turn around: facing the positive x-axis. 5 steps: (1,2).",
        ],
    )
    found = [[c.verdict.status for c in s.claims if c.claim.kind == "state"] for s in report.steps]
    verified, wrong = Status.VERIFIED, Status.REFUTED
    assert found == [[verified], [verified, verified], [verified, wrong]]


def test_a_walk_that_is_said_to_start_at_the_origin():
    problem = (
        "A drone starts at (0, 0). It flies 4 units north, 2 units east, 4 units south and 5 units "
        "west. Where is it?"
    )
    steps = ["4 units north: (0, 4)", "2 units east: (2, 4)", "4 units south: (2, 1)"]
    report = clr.audit(problem=problem, steps=steps)
    found = [c.verdict.status for s in report.steps for c in s.claims if c.claim.kind == "state"]
    assert found == [Status.VERIFIED, Status.VERIFIED, Status.REFUTED]
    elsewhere = problem.replace("(0, 0)", "(1, 0)")
    assert context_of(elsewhere) is None
