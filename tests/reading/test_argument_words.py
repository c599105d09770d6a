"""Statements in words that say the same are one formula, and what is misread is not read."""

import pytest

import clr
from clr.claim import Status
from clr.reading.statements import statement

SAME = [
    (
        "Ann or Bob is guilty.",
        "Either Ann or Bob is guilty.",
        "At least one of Ann and Bob is guilty.",
    ),
    ("Ann or Bob is guilty but not both.", "Exactly one of Ann and Bob is guilty."),
    ("If Ann rang, Bob left.", "If Ann had rung, Bob would have left."),
    ("The butler stole the ring.", "The butler steals the ring."),
    ("Tom stopped.", "Tom stops."),
    ("Mary studied law.", "Mary studies law."),
    ('Zed says: "Yan is a knave."', "Zed says that Yan is a knave.", 'Zed says "Yan lies".'),
    ("Tom drinks tea or coffee.", "Tom drinks tea or Tom drinks coffee."),
    ("It did not rain.", "It does not rain."),
]


@pytest.mark.parametrize("wordings", SAME, ids=lambda w: w[0])
def test_wordings_of_one_statement(wordings):
    formulas = {statement(w) for w in wordings}
    assert len(formulas) == 1
    assert None not in formulas


@pytest.mark.parametrize(
    "text",
    [
        "One of Ann and Bob is guilty.",
        "Whoever broke the vase lied.",
        "Ann or Bob is not guilty.",
        "Both Ann or Bob is guilty.",
        "Exactly two of Ann, Bob and Cal are guilty.",
        "At most one of Ann and Bob is guilty.",
    ],
)
def test_what_has_no_clear_meaning_is_not_read(text):
    assert statement(text) is None


RULES = (
    "Premises:\n1. All violinists are musicians.\n2. No musicians are deaf.\n"
    "3. Clara is a violinist.\n4. Dora is deaf."
)


def verdicts(problem: str, response: str) -> list[Status]:
    report = clr.audit(problem=problem, steps=[response])
    return [c.verdict.status for s in report.steps for c in s.claims]


def test_premises_cited_by_number_limit_what_a_conclusion_rests_on():
    assert verdicts(RULES, "From premises 1 and 3, Clara is a musician.") == [Status.VERIFIED]
    assert verdicts(RULES, "From premises 2 and 4, Clara is a musician.") == [Status.JUMP]
    assert verdicts(RULES, "By premise 2, Clara is a violinist.") == [Status.JUMP]
    assert verdicts(RULES, "From premises 2 and 9, Clara is a musician.") == [Status.VERIFIED]


LIARS = "Ora lies. Pim says Ora lies. Quy says Pim tells the truth. Rex says Quy lies."


@pytest.mark.parametrize(
    ("step", "status"),
    [
        ("Ora → liar", Status.VERIFIED),
        ("Ora: knight", Status.REFUTED),
        ('Pim says "Ora lies" → true → Pim is a truth-teller', Status.VERIFIED),
        ('Rex says "Quy lies" → false statement → Rex is a liar', Status.VERIFIED),
        ('Rex says "Quy lies" → true', Status.REFUTED),
        ("Quy → knave", Status.REFUTED),
    ],
)
def test_roles_may_be_drawn(step, status):
    found = verdicts(LIARS, step)
    assert found[-1] is status
    assert set(found[:-1]) <= {Status.VERIFIED}


def test_a_conditional_of_the_problem_may_stand_in_the_subjunctive():
    problem = (
        "Either the butler or the gardener stole the ring. If the gardener stole the ring, the "
        "gate was open. The gate was not open."
    )
    steps = [
        "If the gardener had stolen the ring, the gate would have been open.",
        "But the gate was not open. So the gardener stole the ring.",
    ]
    report = clr.audit(problem=problem, steps=steps)
    assert report.first_error == 1


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Only managers have keys.", ["Only the managers have keys.",
                                      "Everyone who has a key is a manager."]),
        ("Neither Tom nor Sue sings.", ["Tom does not sing and Sue does not sing."]),
        ("Tom neither sings nor dances.", ["Tom does not sing and Tom does not dance."]),
        ("Every student passed some exam.", ["All students passed an exam.",
                                             "Each of the students passed at least one exam."]),
        ("Tom passed no exam.", ["Tom did not pass any exam.", "Tom did not pass an exam."]),
        ("No student failed.", ["No student fails.", "Students never fail."]),
        ("All who sing dance.", ["Everyone who sings dances.", "Whoever sings dances."]),
        ("Tom never barks.", ["Tom does not bark."]),
        ("Tom and Sue are not both guilty.", ["Not both Tom is guilty and Sue is guilty."]),
        ("A is a knight.", ["A tells the truth.", "A must be a knight."]),
        ("A and B are of different types.", ["A and B are different types."]),
    ],
)  # fmt: skip
def test_quantities_and_names(text, others):
    said = statement(text)
    assert said is not None
    assert {statement(other) for other in others} == {said}


@pytest.mark.parametrize(
    "text",
    [
        "Tom did not pass some exam.",
        "All cats except Tom purr.",
        "Managers alone have keys.",
        "Every student passed every exam.",
        "A lies with the truth, mostly.",
        "Most of the boys sing.",
    ],
)
def test_quantities_that_are_not_read(text):
    assert statement(text) is None
