"""What a step cites, and all that is established: the same rule for arguments and orderings."""

from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clr.claim import Status, Verdict
from clr.domains import sessions
from clr.segment import trace_of
from clr.verifiers.scopes import TooMany, needed_beside

V, R, J, U, N = (
    Status.VERIFIED,
    Status.REFUTED,
    Status.JUMP,
    Status.UNSUPPORTED,
    Status.UNVERIFIABLE,
)


def verdicts(problem: str, *steps: str) -> list[Verdict]:
    """The verdicts on all claims of the last step."""
    session, *_ = sessions(problem)
    return [
        [verdict for _, verdict in session.take(step)]
        for step in trace_of("t", problem, steps=list(steps)).steps
    ][-1]


IVO = (
    "Every runner is a sleeper. No sleeper is a swimmer. Ivo is a runner. All dogs bark. "
    "Is Ivo a swimmer?"
)


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("Since no sleeper is a swimmer, Ivo is a sleeper.", [V, J]),
        ("Ivo is a sleeper because all dogs bark.", [V, J]),
        ("All dogs bark, so Ivo is a sleeper.", [V, J]),
        ("Since all dogs bark, Ivo is a runner.", [V, J]),
        ("Since Ivo is a runner, Ivo is a sleeper.", [V, V]),
        ("Since every runner is a sleeper, and Ivo is a runner, Ivo is a sleeper.", [V, V]),
        ("Ivo is a runner, and since every runner is a sleeper, Ivo is a sleeper.", [V, V, V]),
        ("Since Ivo is a runner, Ivo is not a swimmer.", [V, J]),
        ("Since Ivo is a sleeper, Ivo is not a swimmer.", [V, V]),
        ("Since Ivo barks, Ivo is a sleeper.", [U, V]),
        ("Since Ivo is a dog, Ivo barks.", [U, N]),
        ("Since Ivo is a painter, Ivo is a sleeper.", [U, V]),
        ("Ivo is not a sleeper because Ivo is a runner.", [V, R]),
    ],
)
def test_an_argument_is_held_to_what_it_cites(step: str, expected: list[Status]) -> None:
    assert [v.status for v in verdicts(IVO, step)] == expected


def test_the_evidence_tells_the_two_scopes_apart() -> None:
    [_, found] = verdicts(IVO, "Since no sleeper is a swimmer, Ivo is a sleeper.")
    assert found.evidence is not None
    assert "what is cited adds nothing" in found.evidence.message
    assert found.evidence.premises == ("Every runner is a sleeper.", "Ivo is a runner.")
    [_, found] = verdicts(IVO, "Since Ivo is a sleeper, Ivo is not a swimmer.")
    assert found.evidence is not None
    assert found.evidence.premises == ("No sleeper is a swimmer.",)


def test_what_was_said_before_need_not_be_cited_again() -> None:
    steps = ("No sleeper is a swimmer.", "Since Ivo is a runner, Ivo is not a swimmer.")
    assert [v.status for v in verdicts(IVO, *steps)] == [V, V]


RACE = (
    "Five runners took part in a race: Kim, Lee, Max, Nia, and Oto. Kim finished before Lee. "
    "Nia finished second. Max finished last. Lee finished before Oto. Who won?"
)


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("Since Max finished last, Lee finished before Oto.", [V, J]),
        ("Kim finished before Lee because Nia finished second.", [V, J]),
        ("Nia finished second, so Nia cannot be last.", [V, V]),
        ("Since Kim finished third, Lee finished before Oto.", [R, V]),
        ("Since Kim finished before Oto, Kim finished before Lee.", [V, J]),
    ],
)
def test_an_ordering_is_held_to_what_it_cites(step: str, expected: list[Status]) -> None:
    assert [v.status for v in verdicts(RACE, step)] == expected


def test_a_reason_in_an_ordering_that_nothing_establishes_is_unsupported() -> None:
    problem = RACE.replace("Nia finished second. ", "")
    step = "Since Nia finished second, Kim is first."
    assert [v.status for v in verdicts(problem, step)] == [U, N]


def test_elimination_rests_on_all_that_is_established() -> None:
    steps = (
        "Nia finished second and Max finished last. Kim finished before Lee.",
        "Lee finished before Oto. Since Nia finished second, Kim finished first.",
    )
    assert [v.status for v in verdicts(RACE, *steps)] == [V, V, V]


facts = st.frozensets(st.integers(0, 3), min_size=1, max_size=3)


def subsets(statements):
    return chain.from_iterable(combinations(statements, n) for n in range(len(statements) + 1))


@given(st.lists(facts, max_size=2), st.lists(facts, max_size=5), facts)
def test_what_is_needed_is_enough_and_none_of_it_can_be_spared(cited, others, goal) -> None:
    """Statements are sets of facts; a goal follows once all its facts are there."""

    def follows(known) -> bool:
        return goal <= frozenset().union(*known)

    try:
        needed = needed_beside(cited, others, follows)
    except TooMany:
        return
    if needed is None:
        assert not follows(cited)
        assert all(follows(t) for t in subsets(others) if follows([*cited, *t]))
        return
    assert follows([*cited, *needed])
    assert all(not follows([*cited, *(o for o in needed if o != left_out)]) for left_out in needed)


def test_many_statements_of_no_use_end_in_a_refusal_to_judge() -> None:
    def two_of_a_kind(known) -> bool:
        return len(known) != len({n // 2 for n in known})

    with pytest.raises(TooMany):
        needed_beside((-8,), tuple(range(40)), two_of_a_kind)


CONTRADICTORY = (
    "All cats are mammals. Tom is a cat. Tom is not a mammal. Is Tom a cat?",
    "There are three cups: a red cup, a blue cup, and a tin cup. The red cup is the leftmost. "
    "The red cup is the rightmost.",
    "( [ ) ]",
)
SAID = (
    ["Tom is a mammal.", "Since Tom is a cat, Tom is a mammal.", "Tom is a dog."],
    ["The red cup is the leftmost.", "So the blue cup is second.", "The tin cup is the leftmost."],
    ["( ; stack: (", ") ; stack: [", "So the answer is ] )"],
)


@pytest.mark.parametrize(("problem", "steps"), list(zip(CONTRADICTORY, SAID, strict=True)))
def test_from_a_contradiction_nothing_follows(problem: str, steps: list[str]) -> None:
    for at in range(len(steps)):
        found = verdicts(problem, *steps[: at + 1])
        assert {v.status for v in found} == {N}


@pytest.mark.parametrize(
    "problem",
    [
        "Ann has a red ball, Ann has a blue ball, and Bob has a tin ball. Ann and Bob swap balls.",
        "Ann has a red ball, and Bob has a tin ball. Ann and Cy swap balls.",
    ],
)
def test_holdings_that_contradict_each_other_are_left_alone(problem: str) -> None:
    assert [s for s in sessions(problem) if not s.domain.fills_in] == []


def test_a_name_with_two_values_has_the_last_one_and_not_both() -> None:
    problem = "Evaluate: not ( True and False ) or False"
    said = ("A = True and True = True.", "So A is False.")
    for step, expected in (("(A and True) = False.", V), ("(A and True) = True.", R)):
        assert [v.status for v in verdicts(problem, *said, step)] == [expected]
