"""Boolean expressions evaluated step by step, from the problem to verdicts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clr
from clr.claim import Status
from clr.domains import sessions

PROBLEM = "not ( False or not True ) and ( True and False ) is"
V, R, N = Status.VERIFIED, Status.REFUTED, Status.UNVERIFIABLE


def statuses(*steps: str, problem: str = PROBLEM) -> list[Status]:
    report = clr.audit(problem=problem, steps=list(steps))
    return [c.verdict.status for c in report.claims if c.verdict.checked_by == "truth values"]


def test_a_sound_evaluation_is_verified() -> None:
    steps = [
        'First write "Z = not ( False or not True ) and ( True and False ) = not A and B" '
        'where "A = False or not True" and "B = True and False".',
        "Let's evaluate A: A = False or not True = False or False = False.",
        "Next B: B = True and False = False.",
        "Plugging in: Z = not A and B = not False and False = True and False = False.",
        "So Z is False.",
    ]
    report = clr.audit(problem=PROBLEM, steps=steps, profile="thorough")
    assert report.first_error is None
    assert V in statuses(*steps) and R not in statuses(*steps)


@pytest.mark.parametrize(
    "step",
    [
        "A = not True = True.",
        "True or False and False = False",
        "(True and False) simplifies to True.",
        "¬True ∨ False = True",
        "The bracket (not False and True) evaluates to False.",
        "True xor True = True",
        "So we get not not False = not False.",
        "True nand True = True.",
        "not (True nor False) is False.",
        "(False nor False) and True = False",
        r"True \land \neg False = False",
        r"$\neg(\text{True} \lor \text{False}) = \text{True}$",
        "{not [True and (True or False)]} = True",
        "not True\n= not False",
        "| Part | Value |\n|---|---|\n| `not True` | `False` |\n| True and False | True |",
        "T and F = T",
    ],
)
def test_a_wrong_value_is_refuted_with_the_right_one(step: str) -> None:
    assert statuses(step)[-1] is R


LETTERS = "Evaluate the logical expression: [(T ∧ F) ∨ ¬F] → (T xor F)"
DIGITS = "Evaluate the expression: ((1 and 0) or not 0) xor (1 implies 0)"


@pytest.mark.parametrize(
    ("problem", "step", "expected"),
    [
        (LETTERS, "[(T ∧ F) ∨ ¬F] = F ∨ T = T", [V]),
        (LETTERS, "Z = T and F = F, so Z = F.", [V, V]),
        (LETTERS, "T xor F = F", [R]),
        (LETTERS, "T → F = F", [V]),
        (LETTERS, "T → F = T", [R]),
        (LETTERS, "(T → F) ↔ F = T", [V]),
        (LETTERS, "F iff T = T", [R]),
        (LETTERS, "not T → F", [V]),
        # an arrow may imply, and then nothing is said to be the same
        (LETTERS, "not T → T", [N]),
        (LETTERS, "T → F → T", [N]),
        (LETTERS, "So the answer is T.", [V]),
        (DIGITS, "1. 1 and 0 = 0", [V]),
        (DIGITS, "1 implies 0 = 1.", [R]),
        (DIGITS, "So 1 xor 0 = 1.", [V]),
        (DIGITS, "10 and 1 = 0", []),
        (DIGITS, "1 + 0 = 0", []),
        (DIGITS, "The answer is 0.", [R]),
        (PROBLEM, "not True → True", [R]),
        (PROBLEM, "(True and False) → False → False", [V]),
        (PROBLEM, "(True → False) = True", [R]),
    ],
)
def test_notations_of_truth_values_and_conditionals(problem, step, expected) -> None:
    assert statuses(step, problem=problem) == expected


def test_how_far_a_not_reaches_is_open() -> None:
    problem = "not True or True is"
    assert statuses("not True or True = True", problem=problem) == [V]
    assert statuses("not True or True = False", problem=problem) == [N]
    assert statuses("So the answer is False.", problem=problem) == [N]
    assert statuses("¬True ∨ True = False", problem=problem) == [R]
    assert statuses("(not True) or True = False", problem=problem) == [R]


@pytest.mark.parametrize(
    "problem",
    [
        "Find the probability of a number between 0 and 1 that is not (yet) drawn.",
        "Forces T and F act; which is true?",
        "Pick 0 or 1. Logic games follow.",
        "The number is not 1. What is it?",
    ],
)
def test_letters_and_digits_elsewhere_are_no_truth_values(problem: str) -> None:
    assert "booleans" not in [s.domain.name for s in sessions(problem)]


def test_one_error_is_counted_once() -> None:
    steps = [
        "A = not True = True.",
        "Z = A or False = True or False = True.",
        "So Z is True.",
    ]
    assert statuses(*steps) == [R, V, V]


def test_two_statements_joined_are_not_one() -> None:
    steps = ["B = not True = False", "Now A = False and B = True.", "So B is True.", "A is False."]
    assert R not in statuses(*steps)


def test_a_trace_is_held_to_its_own_value() -> None:
    assert statuses("Z = (True and not False) = True.", "So Z is False.") == [V, R]


@pytest.mark.parametrize(
    "step",
    [
        "If A = True and False = True, we stop.",
        "Suppose True and False = True.",
        "x and True = False",
        "f(True) = False",
        "check(True and False) = True",
        "A == True = False",
        "not True = True + 1",
        "not True or True is False.",
        "not True and False = True",
        "T and X = F",
        "E or F = F",
        "1 and 0 = 1",
        "(True and False] = True",
        "| A | not A |\n|---|---|\n| True | False |\n| False | True |",
        "| True | False |\n|---|---|\n| not False | False |",
        "It is wrong that True and False = True.",
        "True is not False and False",
        "The answer is False.",
        "Is True and False = True?",
        "One of True or False is true or false.",
        "not (P or True) and Q = Q",
        "True and False, = True",
        "True nand False and False = False",
        "True nor False nor True = True",
        "Neither True nor False is True.",
        "So A = False and B = True.",
        "Here not True is False and not False is True.",
        "It turned out to be True and B is False.",
    ],
)
def test_what_is_not_said_or_not_read_whole_is_left_alone(step: str) -> None:
    assert R not in statuses(step)


@pytest.mark.parametrize(
    "problem",
    [
        "Is it true or false that cats purr?",
        "Evaluate left to right: True or False and False",
        "What does this return?\n```python\nprint(not True and False)\n```",
        "Add 2 and 3.",
    ],
)
def test_other_problems_are_not_of_this_kind(problem: str) -> None:
    assert "booleans" not in [s.domain.name for s in sessions(problem)]


@pytest.mark.parametrize(
    "problem",
    [
        "True nand ( not False ) is",
        "Evaluate the following Boolean expression: (True and False) or not True",
        "What is the value of `True and not True`?",
    ],
)
def test_the_answer_is_held_to_the_expression_of_the_problem(problem: str) -> None:
    assert statuses("So the answer is False.", problem=problem) == [V]
    assert statuses("Therefore, the final answer is **True**.", problem=problem) == [R]


@pytest.mark.parametrize(
    "step",
    [
        "I don't think the answer is True.",
        "Reading from the left, the answer is True.",
        "The result is True.",
        "The answer is True or False.",
    ],
)
def test_what_only_looks_like_the_answer_is_left_alone(step: str) -> None:
    assert statuses(step, problem="not True and False is") == []


@pytest.mark.parametrize(
    "problem",
    [
        "What is the negation of True and False?",
        "Does ( True and False ) evaluate to False?",
        "Is it correct that True and False is False?",
        "A = True and False. Which of A and not A holds?",
        "Evaluate True and False, and then flip it.",
        "Evaluate True and False. Evaluate True or False.",
    ],
)
def test_the_answer_to_another_question_is_left_alone(problem: str) -> None:
    assert statuses("So the answer is True.", "The answer is False.", problem=problem) == []


_LEAVES = st.sampled_from(["True", "False"])
EXPRESSIONS = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        inner.map(lambda e: f"not {e}" if e in ("True", "False") else f"not ( {e} )"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
            lambda t: f"( {t[0]} ) {t[1]} {t[2]}" if " " in t[0] else " ".join(t)
        ),
    ),
    max_leaves=8,
).filter(lambda e: " " in e)
"""Expressions whose value in Python is the value that is meant."""


def _python(expression: str) -> bool:
    return bool(eval(expression, {"__builtins__": {}}))  # built above from a closed grammar


@given(EXPRESSIONS, st.sampled_from("ABPQZ"), st.sampled_from(["=", "is", "evaluates to"]))
@settings(max_examples=80, deadline=None)
def test_python_agrees_and_names_do_not_matter(expression: str, name: str, same: str) -> None:
    value = _python(expression)
    assert statuses(f"( {expression} ) {same} {value}") == [V]
    assert statuses(f"( {expression} ) {same} {not value}") == [R]
    assert statuses(f"{name} = ( {expression} ) = {value}") == [V]
    assert statuses(f"{name} = ( {expression} ) = {not value}", f"So {name} is {not value}.") == [
        R,
        V,
    ]


@given(st.text("()notadrTueFls=AB \\", max_size=60))
@settings(max_examples=80, deadline=None)
def test_fragments_break_nothing(text: str) -> None:
    clr.audit(problem=PROBLEM, steps=[text, "not " * 300 + "True = False", "(" * 3000])
