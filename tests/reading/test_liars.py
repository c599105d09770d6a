"""Who lies and who tells the truth: what "we" say of ourselves, and what "either" leaves open."""

import pytest

import clr
from clr.claim import Status

V, R, J = Status.VERIFIED, Status.REFUTED, Status.JUMP


def statuses(problem: str, *steps: str) -> list[set[Status]]:
    report = clr.audit(problem=problem, steps=list(steps), profile="thorough")
    return [
        {c.verdict.status for c in step.claims if c.claim.kind == "entailment"}
        for step in report.steps
    ]


ISLAND = "On an island, knights always tell the truth and knaves always lie. "


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("Ari says: 'Bex is a knave.' Bex says: 'We are both knights.'", "knight"),
        ('Ari says "At least one of us is a knave." Bex is a knave.', "knight"),
        ("Ari says we are both knaves. Bex is a knight.", "knave"),
        ("Ari says 'Bex and I are different.' Bex says that Ari and Bex are the same.", "knight"),
        ("Ari says 'Bex is a knight.' Bex says 'Ari and I are different.'", "knave"),
    ],
)
def test_what_we_say_of_ourselves(said: str, role: str) -> None:
    other = {"knight": "knave", "knave": "knight"}[role]
    assert statuses(f"{ISLAND}{said} Who is what?", f"So Ari is a {role}.") == [{V}]
    assert statuses(f"{ISLAND}{said} Who is what?", f"So Ari is a {other}.") == [{R}]


def test_we_are_all_who_are_there() -> None:
    three = f"{ISLAND}You meet three people: Ari, Bex and Cid. "
    problem = (
        f"{three}Ari says we are all knaves. Bex says Ari is a knave. Cid says Bex is a knight."
    )
    assert statuses(problem, "So Ari is a knave.") == [{V}]
    unheard = f"{three}Ari says we are both knaves. Bex says Ari is a knave."
    assert statuses(unheard, "So Ari is a knave.") == [set()]


def test_a_setting_without_knights() -> None:
    problem = (
        "Each of three people either always lies or always tells the truth. Nell tells the truth. "
        "Otto says Nell lies. Pia says Otto tells the truth. Does Pia tell the truth?"
    )
    steps = ("Otto says that Nell lies, so Otto lies.", "Otto lies, so Pia tells the truth.")
    assert statuses(problem, *steps) == [{V}, {V, R}]


def test_either_may_exclude_both() -> None:
    problem = (
        "Either Ann sings or Bob dances. If Cid cooks, then Dora eats. Ann sings. Does Bob dance?"
    )
    assert J not in statuses(problem, "So Bob does not dance.")[0]
    assert statuses(problem, "So Cid cooks.") == [{J}]
    assert statuses(problem, "So Ann does not sing.") == [{R}]


def test_a_statement_that_is_only_cited_supposes_nothing() -> None:
    problem = "If the alarm is on, the light is red. All cats purr. The light is red. Is it on?"
    steps = (
        "From the first statement, if the alarm is on, the light is red.",
        "So the alarm is on.",
    )
    assert statuses(problem, *steps) == [{V}, {J}]


LODGE = (
    "Knights always tell the truth and knaves always lie. Remo says nothing. "
    'Pia: "Quin is a knight." Quin tells you that Pia is a knight and Remo is a knave. '
    'Remo told you: "Pia is a knave." Exactly one of them is a knight. Who is it?'
).replace("Remo says nothing. ", "")


def _audited(*steps):
    report = clr.audit(problem=LODGE, steps=list(steps))
    return [
        [c.verdict.status for c in s.claims if c.verdict.checked_by == "entailment"]
        for s in report.steps
    ]


def test_a_hypothesis_is_left_where_its_contrary_is_concluded():
    steps = ["Suppose Pia is a knight.", "Then Quin is a knight as well, a contradiction."]
    left = "So Pia is a knave."
    assert _audited(*steps, left)[-1] == [Status.VERIFIED]
    assert _audited(*steps, left, "Remo is a knave.")[-1] == [Status.REFUTED]
    assert _audited(*steps, "Remo is a knave.")[-1] == [Status.UNVERIFIABLE]
    assert _audited("Assume Quin tells the truth.", *steps, left, "Remo is a knave.")[-1] == [
        Status.UNVERIFIABLE
    ]
    assert _audited(*steps, "Pia is a knave.", "Remo is a knave.")[-1] == [Status.UNVERIFIABLE]


def test_an_answer_stands_under_no_hypothesis():
    steps = ["Suppose Quin is a knight.", "Then Pia is a knight too."]
    assert _audited(*steps, "**Answer:** Remo is a knave.")[-1] == [Status.REFUTED]
    assert _audited(*steps, "**Answer:** the knight is Remo.")[-1] == [Status.VERIFIED]
