"""What traces say of programs, from text to verdict, with a real sandbox."""

import pytest

import clr
from clr.claim import Kind, Status
from clr.sandbox import opening
from clr.sandbox.launch import ForkServer, Runtime, StartError
from clr.verifiers import execution

V, R, N, U = Status.VERIFIED, Status.REFUTED, Status.UNVERIFIABLE, Status.UNDECIDED

FUNCTIONS = """Study these.

```python
def fact(n):
    if n == 0:
        return 1
    return n * fact(n - 1)

def twice(xs):
    return [2 * x for x in xs]

def show(s):
    print(s)
    print(len(s))

def share(a, b):
    return a / b

def pair(s):
    return tuple(s), {"k": None}

def chance():
    import random
    return random.random()

def letters(s):
    return list(set(s))

def forever():
    while True:
        pass
```"""


def judge(problem: str, *steps: str) -> list[Status]:
    report = clr.audit(problem=problem, steps=list(steps))
    claims = [c for s in report.steps for c in s.claims if c.claim.kind is Kind.EXECUTION]
    return [c.verdict.status for c in claims]


@pytest.fixture(scope="module", autouse=True)
def _needs_a_sandbox() -> None:
    try:
        opening.default_box()
    except opening.SandboxUnavailable as error:
        pytest.skip(str(error))


@pytest.mark.parametrize(
    ("said", "statuses"),
    [
        ("fact(3) returns 6.", [V]),
        ("So `fact(3)` returns `6`, and `fact(4)` returns `25`.", [V, R]),
        ("Calling fact(5) gives 120.", [V]),
        ("The value of fact(5) is 121.", [R]),
        ("assert fact(3) == 6", [V]),
        ("- fact(1) => 2", [R]),
        ("twice([1, 2]) returns the list [2, 4].", [V]),
        ("twice([]) returns an empty list.", [V]),
        ("twice([1]) returns an empty list.", [R]),
        ("twice([1, 2]) returns (2, 4).", [N]),
        ("twice([1, 2]) gives [2, 5].", [R]),
        ('show("ab") prints 3', [R]),
        ('show("ab") prints "ab"', [N]),
        ('show("ab") returns None.', [V]),
        ("share(1, 3) returns 0.33.", [N]),
        ("share(1, 3) returns 0.5.", [R]),
        ("share(1, 0) raises ZeroDivisionError.", [V]),
        ("share(1, 0) raises an ArithmeticError.", [V]),
        ("share(1, 0) raises ValueError.", [R]),
        ("share(1, 2) raises ZeroDivisionError.", [R]),
        ("share(1, 0) returns 0.", [R]),
        ("""pair("a b") returns (('a', ' ', 'b'), {'k': None}).""", [V]),
        ("""pair("ab") returns [('a', 'b'), {"k": null}].""", [N]),
        ("fact(0) returns True.", [N]),
        ("chance() returns 0.5.", [N]),
        ("letters('abcdef') returns ['a', 'b', 'c', 'd', 'e', 'f'].", [N]),
        ("forever() returns 1.", [U]),
    ],
)
def test_what_is_said_of_a_call(said: str, statuses: list[Status]) -> None:
    assert judge(FUNCTIONS, said) == statuses


@pytest.mark.parametrize(
    "said",
    [
        "fact(3) should return 9.",
        "If we drop the first test, fact(3) returns 9.",
        "fact(3) returns 9 for other definitions.",
        "fact(3) returns 9 times the sum.",
        "fact(3) = 3 * fact(2) = 9",
        "fact(n) returns 9.",
        "One might think that fact(3) returns 9.",
        "fact(3) does not return 9.",
        "Does it hold that fact(3) returns 9?",
        "fact(3) == 5 is False.",
        "fact(3) returns a number.",
        "fact runs in O(n) time.",
        "twice([1, 2]) returns [2, ...].",
        "other(3) returns 9.",
    ],
)
def test_what_is_not_read_whole_is_left_alone(said: str) -> None:
    assert R not in judge(FUNCTIONS, said)


@pytest.mark.parametrize("import_", ["import time", "from os import path", "import numpy as np"])
def test_what_depends_on_more_than_the_text_is_left_alone(import_: str) -> None:
    assert judge(f"```python\n{import_}\ndef f(x):\n    return x\n```", "f(1) returns 2.") == [N]


def test_a_name_that_two_programs_define_may_mean_either() -> None:
    first = "```python\ndef f(x):\n    return x + 1\n```"
    second = "Now the other:\n```python\ndef f(x):\n    return x + 2\n```"
    assert judge(first, second, "f(1) returns 3.", "f(1) returns 2.", "f(1) returns 4.") == [
        N,
        N,
        R,
    ]


def test_code_of_an_earlier_step_with_the_output_below_it() -> None:
    code = "```python\ndef sq(xs):\n    return [x * x for x in xs]\n\nprint(sq([1, 2]))\n```"
    right, wrong = "Output:\n```\n[1, 4]\n```", "This prints:\n```\n[1, 5]\n```"
    assert judge("Square.", code, right, "sq([3]) returns [9].", wrong) == [V, V, R]
    expected = "The expected output is:\n```\n[7]\n```"
    assert judge("Square.", code, expected) == []


def test_sessions() -> None:
    code = "```python\ndef sq(xs):\n    return [x * x for x in xs]\n```"
    session = (
        ">>> y = sq([2])\n>>> y\n[4]\n>>> y.append(3)\n>>> y\n[4, 4]\n>>> sq(3)\n"
        "Traceback (most recent call last):\n  ...\nTypeError: no\n>>> 7 / 2 == 3\nFalse\n"
    )
    assert judge("Square.", code, session) == [V, R, V, V]


BACKWARDS = "def f(s):\n    out = ''\n    for c in s:\n        out = c + out\n    return out\n"


@pytest.mark.parametrize(
    "problem",
    [
        f"{BACKWARDS}\nWhat does f('abc') return?",
        f"```python\n{BACKWARDS}assert f('abc') == ??\n```\nComplete the assertion.",
    ],
)
def test_the_answer_to_what_the_problem_asks(problem: str) -> None:
    for said in ("The answer is {}.", "\\boxed{{{}}}", "[ANSWER]\n{}\n[/ANSWER]", "f('abc') == {}"):
        assert judge(problem, said.format("'cba'")) == [V]
        assert judge(problem, said.format("'abc'")) == [R]
    assert judge(problem, "The loop runs 3 times.", "The loop runs 4 times.") == [V, R]


def test_an_answer_by_letter_is_left_alone() -> None:
    problem = "def f(x):\n    return x + 1\n\nWhat does f(2) return?\n\nA. 3\nB. 4"
    assert judge(problem, "So the answer is B.", "The answer is 4.") == []


def test_state_beside_a_program_is_no_mathematics() -> None:
    problem = "for i in range(3):\n    x = i ^ 2\n\nWhat is printed?"
    said = "First i = 0, x = 2. Then i = 1, x = 3. Then x = 2 ^ 2 = 0. So x = x + 1."
    report = clr.audit(problem=problem, response=said)
    assert report.first_error is None


def test_no_sandbox_is_a_reason_to_abstain(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        name = "broken"
        level = 3

        def start(self, runtime: Runtime, hash_seed: int) -> ForkServer:
            raise StartError("unshare: Operation not permitted")

        def mend(self, failure: str) -> str:
            return "allow user namespaces"

    for name in opening.AUTO:
        monkeypatch.setitem(opening.BACKENDS, name, Broken())
    monkeypatch.setattr(opening, "_default", {})
    execution.forget()
    try:
        report = clr.audit(problem=FUNCTIONS, steps=["fact(7) returns 1."])
    finally:
        execution.forget()
    [claim] = report.steps[0].claims
    assert claim.verdict.status is N
    assert claim.verdict.evidence is not None
    assert "allow user namespaces" in claim.verdict.evidence.message


def test_killable_workers_run_programs_too() -> None:
    problem = "def f(x):\n    return x + 1\n\nWhat is f(2)?"
    traces = [clr.trace_of(str(n), problem, response=f"f({n}) = 4") for n in range(6)]
    reports = list(clr.audit_all(traces, workers=1))
    assert [r.steps[0].claims[0].verdict.status is V for r in reports] == [n == 3 for n in range(6)]
