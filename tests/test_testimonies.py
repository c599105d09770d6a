"""Who tells the truth, and who has the thing that they speak of."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clr
from clr.claim import Kind, Status
from clr.reading.testimonies import context_of

ISLAND = (
    'Knights always tell the truth and knaves always lie. Rolf says, "At least one of Sune and me '
    'is a knave." Tove says, "Sune is a knight." What are they?'
)
WEB = (
    "Everybody here either always lies or always tells the truth. Asta lies. Bror says Asta tells "
    "the truth. Caja says Bror lies. Does Caja tell the truth?"
)
CAKE = (
    'One of Mia, Noel, Olle and Peg took the cake. Mia says, "Noel took it." Noel says, "Mia is '
    'lying." Olle says, "I took it." Peg says, "I didn\'t take it." Exactly one of the four is '
    "telling the truth. Who took the cake?"
)
COIN = (
    'A silver key lies in exactly one of three chests. The label on A says "The key is in here." '
    'The label on B says "The key is not in here." The label on C says "The key is not in A." '
    "Exactly one label is true. Where is the key?"
)


KINDS = (Kind.CONSTRAINT, Kind.ENTAILMENT)
DECIDED = {Status.VERIFIED, Status.REFUTED}


def statuses(problem: str, *steps: str) -> list[set[Status]]:
    """By step, what was decided of its claims."""
    report = clr.audit(problem=problem, steps=list(steps))
    return [
        {c.verdict.status for c in step.claims if c.claim.kind in KINDS} & DECIDED
        for step in report.steps
    ]


@pytest.mark.parametrize(
    ("problem", "right", "wrong"),
    [
        (ISLAND, "So: Rolf knight, Sune knave, Tove knave.", "So: Rolf knight, Sune knight."),
        (ISLAND, "Rolf = knight, and his statement is true.", "Rolf = knave."),
        (ISLAND, "Sune and Tove are both knaves.", "Rolf and Sune are both knights."),
        (ISLAND, "\"Sune is a knight\" is false, so Tove lies.", "Tove tells the truth."),
        (ISLAND, "Rolf: knight, Sune: knave", "Rolf: knave, Sune: knave"),
        (ISLAND, "Sune is a knave and Tove is a knave too.", "Sune is a knave, so Tove can't be a "
         "knave."),
        (WEB, "Bror says Asta tells the truth, and Asta = F, so Bror = F.", "Bror says Asta tells "
         "the truth, and Asta = F, so Bror = T."),
        (WEB, "Caja says Bror lies, so Caja = T.", "Caja says Bror lies, so Caja = F."),
        (CAKE, "So Peg took the cake.", "So it was Mia."),
        (CAKE, "Olle is lying, so Olle didn't take it.", "Peg is telling the truth."),
        (COIN, "The key is in chest B.", "The key is in chest A."),
        (COIN, "Label A false; label B false; label C true.", "Label C is false."),
    ],
)  # fmt: skip
def test_what_follows_is_verified_and_its_wrong_twin_refuted(problem, right, wrong):
    assert statuses(problem, right) == [{Status.VERIFIED}]
    assert Status.REFUTED in statuses(problem, wrong)[0]


@pytest.mark.parametrize(
    ("problem", "steps"),
    [
        (ISLAND, ["Suppose Sune is a knight.", "Then Tove is a knight.", "Rolf is a knave."]),
        (ISLAND, ["Try Rolf = knave. Then Rolf lies. Knaves can't say that. This doesn't work."]),
        (ISLAND, ["Tove says that Sune is a knight."]),
        (ISLAND, ["Tove: Sune is a knight."]),
        (ISLAND, ["Is Sune a knight? Could Sune be a knight?"]),
        (WEB, ["If Bror = T, Caja = F."]),
        (WEB, ["Bror says Asta tells the truth and Caja says Bror lies."]),
        (CAKE, ["Suppose it's Noel. Then Mia's statement is true, Noel's is false, Olle's is false "
                "and Peg's is true. Two truths, so no."]),
        (CAKE, ["If Olle took it, Olle's is true and Peg's is true, too many."]),
        (COIN, ["Key in A: label A is true, and label B is true as well (it isn't in B). Two, no.",
                "Key in C: label A false; label B true; label C true. Two again, so no.",
                "Key in B: label A false; label B false; label C true. Exactly one. That fits."]),
    ],
)  # fmt: skip
def test_what_is_supposed_asked_or_reported_is_not_refuted(problem, steps):
    assert all(Status.REFUTED not in found for found in statuses(problem, *steps))


@pytest.mark.parametrize(
    "step",
    [
        "Suppose it's Noel. Then Mia's statement is true, Noel's is false, and Peg's is false.",
        "Suppose it's Noel. Then Mia's statement is false.",
        "Suppose it's Olle. That works.",
        "If Noel took it, Mia's is true, Noel's is false and Peg's is false, so exactly one"
        " is true.",
    ],
)
def test_a_case_is_held_to_what_words_mean(step):
    assert Status.REFUTED in statuses(CAKE, step)[0]


@pytest.mark.parametrize(
    "problem",
    [
        "Ann says hello. Bo says goodbye.",
        'Ann is a knight, Bo a spy. Ann says, "Bo is a knave." Bo says, "Ann is a knave."',
        'Ann says, "Bo lies." Ann says, "Cy lies." Bo says, "Cy lies."',
    ],
)
def test_other_problems_are_left_alone(problem):
    assert context_of(problem) is None


@settings(max_examples=25, deadline=None)
@given(
    st.permutations(("Ada", "Bo", "Cleo", "Dag")), st.lists(st.booleans(), min_size=3, max_size=3)
)
def test_a_web_of_lies(names, calls):
    first, *others = names
    truth = {first: True}
    told = [f"{first} tells the truth."]
    for one, before, honest in zip(others, names, calls, strict=False):
        truth[one] = truth[before] is honest
        told.append(f"{one} says {before} {'tells the truth' if honest else 'lies'}.")
    problem = " ".join(told) + f" Does {names[-1]} tell the truth?"
    right = [f"{name} {'tells the truth' if truth[name] else 'lies'}." for name in names]
    wrong = [f"So {name} = {'F' if truth[name] else 'T'}." for name in others]
    assert all(Status.REFUTED not in found for found in statuses(problem, *right))
    for step in wrong:
        assert Status.REFUTED in statuses(problem, step)[0]
