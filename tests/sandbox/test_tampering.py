"""No dishonest program passes, whichever way it is graded."""

from collections.abc import Iterator

import pytest
from cheats import CHEATS, RIGHT

from clr.sandbox.grading import FunctionTest, Grade, Status, StdioTest, Test, grade_code
from clr.sandbox.opening import open_box
from clr.sandbox.program import Call, Limits
from clr.sandbox.slots import Box

VALUES = [2, 3, -1]
WAYS: dict[str, list[Test]] = {
    "values": [FunctionTest(Call("f", [x]), x * x) for x in VALUES],
    "lifted": [f"assert f({x}) == {x * x}" for x in VALUES],
    "pair": ["for x, y in ((2, 4), (3, 9), (-1, 1)):\n    assert f(x) == y"],
    "near": ["for x, y in ((2, 4), (3, 9)):\n    assert abs(f(x) - y) < 1e-6"],
    "unittest": [
        "import unittest\n"
        "class TestF(unittest.TestCase):\n"
        "    def test_values(self):\n"
        "        self.assertEqual(f(2), 4)\n"
        "        self.assertEqual(f(3), 9)\n"
    ],
    # a function's code crosses no wall: these tests run in the program's process
    "shared": [
        "assert f.__code__.co_argcount == 1",
        "assert f(2) == 4",
        "def test_f():\n    assert f(3) == 9\n    assert f(-1) == 1",
    ],
}


@pytest.fixture(scope="module")
def box() -> Iterator[Box]:
    with open_box(slots=2) as opened:
        yield opened


def graded(code: str, tests: list[Test], box: Box) -> Grade:
    return grade_code(code, tests, limits=Limits(wall=2), box=box)


def test_there_are_enough_cheats() -> None:
    assert len(CHEATS) >= 18 + 10


@pytest.mark.parametrize("way", WAYS)
def test_the_right_program_passes(way: str, box: Box) -> None:
    grade = graded(RIGHT, WAYS[way], box)
    assert (grade.outcome, grade.status) == (1, Status.PASSED), grade


@pytest.mark.parametrize("way", WAYS)
def test_no_cheat_passes(way: str, box: Box) -> None:
    grades = box.map(lambda code: graded(code, WAYS[way], box), CHEATS.values())
    found = dict(zip(CHEATS, grades, strict=True))
    assert {name: grade for name, grade in found.items() if grade.outcome == 1} == {}
    unscored = {name for name, grade in found.items() if grade.outcome is None}
    assert all(found[name].status is Status.UNGRADABLE for name in unscored)
    assert not unscored or way in ("pair", "near")


def test_forcing_the_shared_process_does_not_help(box: Box) -> None:
    """An object that equals everything cannot cross; in its own process it is found out."""
    grade = graded(CHEATS["equals everything"], ["assert f(2) == 4"], box)
    assert (grade.status, grade.mode) == (Status.TAMPERED, "shared")


def test_a_stolen_nonce_is_found_out(box: Box) -> None:
    grade = graded(CHEATS["steals the nonce and reports"], WAYS["shared"], box)
    assert grade.status in (Status.TAMPERED, Status.PROTOCOL_VIOLATION)


def test_saying_the_expected_words_is_not_enough(box: Box) -> None:
    tests: list[Test] = [StdioTest("2\n", "4\n"), StdioTest("3\n", "9\n")]
    assert graded("print(int(input()) ** 2)", tests, box).outcome == 1
    for code in ("print(4)", "print(4); raise SystemExit(0)", "import os; os._exit(0)", "print()"):
        assert graded(code, tests, box).outcome == 0
    assert graded("print(4)", [StdioTest("", "4\n5\n")], box).outcome == 0
    assert graded("print(4); print(5)", [StdioTest("", "4\n")], box).outcome == 0
