"""What a grade says of honest programs, in every way of grading."""

import asyncio
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clr.sandbox.grading import (
    FunctionTest,
    Status,
    StdioTest,
    agrade_code,
    equal,
    grade_code,
    same_text,
)
from clr.sandbox.opening import open_box
from clr.sandbox.perturbing import perturbed
from clr.sandbox.program import Call, Limits
from clr.sandbox.slots import Box

FAST = Limits(wall=0.5, memory=128 << 20)


@pytest.fixture(scope="module")
def box() -> Iterator[Box]:
    with open_box(slots=2) as opened:
        yield opened


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("def f(x): return x + 1", Status.PASSED),
        ("def f(x): return x + 2", Status.FAILED),
        ("def f(x): return str(x + 1)", Status.FAILED),
        ("def f(x): raise KeyError(x)", Status.FAILED),
        ("def g(x): return x + 1", Status.FAILED),
        ("def f(x): return", Status.FAILED),
        ("def f(x: return x", Status.LOAD_ERROR),
        ("import missing", Status.LOAD_ERROR),
        ("raise SystemExit", Status.LOAD_ERROR),
        ("def f(x):\n    while True: pass", Status.TIMEOUT),
        ("while True: pass", Status.TIMEOUT),
        ("def f(x): return len(bytearray(1 << 30))", Status.OOM),
        ("def f(x):\n    while True: print('x' * 9999)", Status.OUTPUT_LIMIT),
        ("def f(x): return 'x' * (1 << 20)", Status.OUTPUT_LIMIT),
        ("import ctypes\ndef f(x): ctypes.string_at(0)", Status.CRASHED),
        ("import os\ndef f(x): os.write(3, b'?\\n'); return x + 1", Status.PROTOCOL_VIOLATION),
    ],
)
def test_a_status_says_what_became_of_the_program(code: str, status: Status, box: Box) -> None:
    grade = grade_code(code, [FunctionTest(Call("f", [1]), 2)], limits=FAST, box=box)
    assert grade.status is status, grade
    assert grade.outcome == int(status is Status.PASSED)
    assert (grade.backend, grade.level) == (box.backend.name, box.backend.level)


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("def f(x): return x + 1", Status.PASSED),
        ("def f(x): return x + 2", Status.FAILED),
        ("def f(x: return x", Status.LOAD_ERROR),
        ("def f(x):\n    while True: pass", Status.TIMEOUT),
        ("import os\ndef f(x): os.abort()", Status.CRASHED),
        ("def f(x):\n    while True: print('x' * 9999)", Status.OUTPUT_LIMIT),
    ],
)
def test_statuses_across_the_wall(code: str, status: Status, box: Box) -> None:
    test = "for x in range(3):\n    assert f(x) == x + 1"
    grade = grade_code(code, test, limits=FAST, box=box)
    assert (grade.status, grade.mode) == (status, "pair"), grade


def test_assertions_are_lifted_and_counted(box: Box) -> None:
    tests = [
        "import math",
        "assert f(2) == 4",
        "assert f(x=3) == 9",
        "assert not f(0)",
        "assert f(1)",
    ]
    assert grade_code("def f(x): return x * x", tests, box=box).mode == "values"
    grade = grade_code("def f(x): return 4", tests, box=box)
    assert (grade.passed, grade.total, grade.outcome) == (2, 4, 0)


def test_a_check_function_is_called_with_the_entry_point(box: Box) -> None:
    test = "N = {'a': 1}\ndef check(candidate):\n    assert candidate([1, 2]) == [2, 1], 'x'\n"
    code = "def turned(x): return x[::-1]"
    assert grade_code(code, test, entry_point="turned", box=box).mode == "values"
    looped = "def check(candidate):\n    for n in range(9):\n        assert candidate([n]) == [n]\n"
    grade = grade_code(code, looped, entry_point="turned", box=box)
    assert (grade.outcome, grade.mode) == (1, "pair")
    assert (
        grade_code("def turned(x): return x + [1]", looped, entry_point="turned", box=box).outcome
        == 0
    )


def test_exceptions_cross_the_wall(box: Box) -> None:
    test = (
        "try:\n    f(0)\nexcept ZeroDivisionError:\n    pass\nelse:\n    raise AssertionError\n"
        "from solution import f as g\nassert [g(n) for n in (1, 2)] == [1, 0.5]"
    )
    assert grade_code("def f(x): return 1 / x", test, box=box).mode == "pair"
    assert grade_code("def f(x): return 1 / x", test, box=box).outcome == 1
    assert grade_code("def f(x): return 1 / (x or 1)", test, box=box).outcome == 0


STACK = (
    "class Stack:\n"
    "    def __init__(self): self.items = []\n"
    "    def push(self, x): self.items.append(x)\n"
    "    def pop(self): return self.items.pop()\n"
)
STACK_TEST = (
    "import unittest\n"
    "from solution import Stack\n"
    "class TestStack(unittest.TestCase):\n"
    "    def test_pop(self):\n"
    "        s = Stack(); s.push(1); s.push(2)\n"
    "        self.assertEqual(s.pop(), 2)\n"
)


def test_tests_of_objects_share_the_process_under_control(box: Box) -> None:
    grade = grade_code(STACK, STACK_TEST, box=box)
    assert (grade.outcome, grade.mode) == (1, "shared")
    wrong = STACK.replace("pop()", "pop(0)")
    assert grade_code(wrong, STACK_TEST, box=box).status is Status.FAILED
    cheat = (
        "class Anything:\n"
        "    __eq__ = lambda *a: True\n"
        "    __ne__ = lambda *a: False\n"
        "class Stack:\n"
        "    push = lambda *a: None\n"
        "    pop = lambda *a: Anything()\n"
    )
    assert grade_code(cheat, STACK_TEST, box=box).status is Status.TAMPERED


def test_what_cannot_be_controlled_is_not_scored(box: Box) -> None:
    grade = grade_code(STACK, "s = Stack()\nassert s.items is not None", box=box)
    assert (grade.outcome, grade.status) == (None, Status.UNGRADABLE)


def test_methods_of_a_class_can_be_called(box: Box) -> None:
    code = "class Solution:\n    def add(self, a, b): return a + b"
    assert grade_code(code, [FunctionTest(Call("Solution.add", [1, 2]), 3)], box=box).outcome == 1


def test_stdio(box: Box) -> None:
    code = "n = int(input())\nprint(*range(n))\nprint()"
    tests = [StdioTest("3\n", "0 1 2"), StdioTest("1", "0  \n\n")]
    assert grade_code(code, tests, box=box).outcome == 1
    assert grade_code(code, [StdioTest("3\n", "0 1")], box=box).status is Status.FAILED
    grade = grade_code(code, [StdioTest("x", "0")], box=box)
    assert grade.status is Status.FAILED and "ValueError" in grade.detail
    assert grade_code("while True: pass", tests, limits=FAST, box=box).status is Status.TIMEOUT


def test_numbers_may_differ_by_the_tolerance() -> None:
    assert equal([1, {"a": 2.0000001}], [1, {"a": 2}], 1e-6)
    assert not equal([1, {"a": 2.1}], [1, {"a": 2}], 1e-6)
    assert not equal((1,), [1], 1e-6) and not equal((1,), [1])
    assert equal(1, True) and equal(1.0, 1), "as Python's own assertion has it"
    assert same_text("x 1.0000001\n", "x 1", 1e-6)
    assert not same_text("x 1.0000001\n", "x 1")
    assert not same_text("nan", "1", 1e-6)


def test_bad_tests_are_refused(box: Box) -> None:
    with pytest.raises(ValueError, match="no tests"):
        grade_code("x = 1", [], box=box)
    with pytest.raises(ValueError, match="not a Python program"):
        grade_code("x = 1", "assert f(", box=box)


def test_grading_in_an_event_loop(box: Box) -> None:
    async def both() -> list[int | None]:
        codes = ["def f(x): return x + 1", "def f(x): return x"] * 4
        grades = await asyncio.gather(*(agrade_code(c, "assert f(1) == 2", box=box) for c in codes))
        return [grade.outcome for grade in grades]

    assert asyncio.run(both()) == [1, 0] * 4


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(code=st.text() | st.text("def f(x): return\n 1+[]", max_size=40))
def test_any_text_gets_a_grade(box: Box, code: str) -> None:
    grade = grade_code(code, ["assert f(41) == 42"], limits=FAST, box=box)
    assert grade.outcome == 0 and grade.detail


@given(values=st.lists(st.integers() | st.text() | st.floats() | st.booleans(), min_size=1))
def test_a_perturbed_value_differs_and_keeps_its_type(values: list[object]) -> None:
    for value in (*values, values, tuple(values), {"a": values[0]}):
        other = perturbed(value, Random(7))
        assert type(other) is type(value)
        assert repr(other) != repr(value) or "inf" in repr(value) or "nan" in repr(value)
