"""Claims of an argument in words, from the problem to verdicts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clr.auditor import audit
from clr.claim import Status
from clr.domains import sessions
from clr.reading.arguments import context_of
from clr.segment import trace_of
from clr.verifiers.conventions import PRECISE

V, R, J, U, N = (
    Status.VERIFIED,
    Status.REFUTED,
    Status.JUMP,
    Status.UNSUPPORTED,
    Status.UNVERIFIABLE,
)
PREMISES = ("All cats are mammals.", "No mammals are reptiles.", "Tom is a cat.")
PETS = " ".join(PREMISES) + " Is Tom a reptile?"


def judge(problem: str, *steps: str) -> list[list[Status]]:
    """The statuses of the claims of every step."""
    session, *_ = sessions(problem, PRECISE)
    return [
        [verdict.status for _, verdict in session.take(step)]
        for step in trace_of("t", problem, steps=list(steps)).steps
    ]


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("Tom is a cat, so Tom is a mammal.", [V, V]),
        ("Since Tom is a mammal, Tom is not a reptile.", [V, V]),
        ("Tom is a reptile.", [R]),
        ("All mammals are cats.", [J]),
        ("Tom is a bird.", [U]),
        ("Tom is not necessarily a cat.", [N]),
        ('The statement "Tom is a reptile" is false.', [N]),
        ("Conclusion: Tom is a reptile.", [N]),
        ("Suppose Tom is a reptile.", [N]),
        ("Rain is wet.", []),
    ],
)
def test_statements_are_verified_refuted_or_left_alone(step, expected):
    assert judge(PETS, step) == [expected]


@pytest.mark.parametrize(
    "opening",
    [
        "Suppose Tom is a reptile.",
        "If Tom is a reptile, then Tom is not a mammal.",
        "Case 1: Tom is a reptile.",
        "We determine whether Tom is a reptile.",
    ],
)
def test_nothing_is_refuted_after_a_hypothesis(opening):
    [_, [last]] = judge(PETS, opening, "So Tom is not a cat.")
    assert last is N


def test_who_lies_follows_from_who_says_what():
    problem = "Bob lies. Tom says Bob tells the truth. Sue says Tom lies. Does Sue tell the truth?"
    steps = ("So Tom lies.", "Sue says Tom lies, so Sue tells the truth.", "Sue lies.")
    assert judge(problem, *steps) == [[V], [V, V], [R]]


@pytest.mark.parametrize(
    "problem",
    [
        "Is Tom a reptile? All cats are mammals. Tom is a cat.",
        "Most cats are mammals. All dogs bark. Tom is a cat.",
        "Tom has 12 cats. All cats eat.",
        "Tom is a cat. Sue is a dog.",
        "",
    ],
)
def test_a_problem_that_is_not_read_whole_is_left_alone(problem):
    assert context_of(problem) is None


def test_what_is_asked_about_is_no_premise():
    problem = "All cats are mammals. Tom is a cat.\nConclusion: Tom is not a mammal."
    assert judge(problem, "Tom is a mammal.") == [[V]]


def test_contradicting_premises_decide_nothing():
    problem = "All cats are mammals. Tom is a cat. Tom is not a mammal. Is Tom a cat?"
    assert judge(problem, "Tom is a mammal.", "Tom is not a cat.") == [[N], [N]]


def test_an_audit_gives_the_premises_that_a_refuted_claim_contradicts():
    report = audit(trace_of("t", PETS, steps=["Therefore, Tom is a reptile."]))
    [claim] = [c for c in report.steps[0].claims if c.verdict.status is R]
    assert claim.verdict.evidence.premises == PREMISES
    assert report.first_error == 0


STEPS = (
    "Tom is a mammal.", "Tom is a reptile.", "All cats are reptiles.", "All mammals are cats.",
    "No cats are reptiles.", "Some cat is a mammal.", "Tom is not a mammal.",
)  # fmt: skip
BASE = judge(PETS, *STEPS)


@given(st.permutations(PREMISES), st.lists(st.sampled_from(["Sue is a dog.", "All dogs bark."])))
def test_order_and_irrelevant_premises_change_no_verdict(premises, more):
    assert judge(" ".join([*premises, *more]), *STEPS) == BASE


@given(
    st.permutations(["fox", "engineer", "oak", "violin"]), st.sampled_from(["Ada", "Max", "Oto"])
)
def test_names_change_no_verdict(nouns, name):
    new = dict(zip(("cat", "mammal", "reptile"), nouns, strict=False))

    def renamed(text: str) -> str:
        for old, noun in new.items():
            plural = noun + ("es" if noun.endswith("x") else "s")
            text = text.replace(old + "s", "<" + plural).replace(old, "<" + noun)
        return text.replace("<", "").replace("Tom", name)

    assert judge(renamed(PETS), *map(renamed, STEPS)) == BASE


@given(st.lists(st.sampled_from(STEPS), min_size=1, max_size=5), st.data())
def test_a_corrupted_claim_makes_no_other_one_verified(steps, data):
    at = data.draw(st.integers(0, len(steps) - 1))
    corrupted = [*steps[:at], "Tom is not a cat.", *steps[at + 1 :]]
    for i, (before, after) in enumerate(
        zip(judge(PETS, *steps), judge(PETS, *corrupted), strict=True)
    ):
        assert i == at or before == after


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("1. Tom is a cat (given).", [V]),
        ("**Answer:** No, Tom is not a reptile.", [V]),
        ("Tom is a cat → Tom is a mammal → Tom is not a reptile", [V, V, V]),
        ("Suppose Tom is a reptile. Then Tom is not a mammal. But Tom is a mammal.", [N, N, V]),
        ("As Tom is a cat, he is also a mammal. He is not a reptile.", [V, V, V]),
        ("He is a reptile.", [N]),
        ("So Tom is a mammal. [1, 2]", [V]),
        ("All cats are mammals (premise 1). By premise 2, Tom is not a reptile.", [V, V]),
    ],
)
def test_renderings_of_statements(step, expected):
    assert judge(PETS, step) == [expected]


@pytest.mark.parametrize(
    "step",
    [
        "Tom is certainly a mammal.",
        "Tom is a mammal as well.",
        "Tom belongs to the class of mammals.",
        "Tom counts as a mammal.",
        "Tom can't be a reptile.",
        "Tom has to be a mammal.",
        "Cats are a subset of mammals.",
        "Tom is a member of the set of all cats.",
    ],
)
def test_the_same_is_said_in_many_words(step):
    assert judge(PETS, step) == [[V]]


@pytest.mark.parametrize(
    "step",
    [
        "Tom may be a reptile.",
        "Tom is our subject.",
        "Tom is an example.",
        "Tom does not have to be tame.",
        "Tom satisfies the first premise.",
        "Tom is what we care about.",
        "Tom is not known to be tame.",
        "Tom is mentioned in the third premise.",
        "Tom belongs to Mia.",
        "Tom needs to be checked.",
    ],
)
def test_of_what_else_may_be_said_the_premises_need_not_speak(step):
    assert set(judge(PETS, step)[0]) <= {N}


ISLAND = (
    "On an island, knights always tell the truth and knaves always lie. You meet Zoe and Ian. "
    'Zoe says "Ian is a knave". Ian says "Zoe and I are both knights". Who is what?'
)


def test_knights_tell_the_truth_and_knaves_lie():
    steps = (
        "Therefore, Zoe is a knight and Ian is a knave.",
        "Ian's statement is false, so Ian is a knave.",
        "So Zoe is a knave.",
        "Case 1: Zoe is a knave.",
        "Then Zoe's statement is false.",
    )
    assert judge(ISLAND, *steps) == [[V], [V, V], [R], [N], [N]]
    sometimes = ISLAND.replace("knaves always lie", "knaves always lie, spies sometimes")
    assert context_of(sometimes) is None


def test_a_question_may_be_announced_before_its_premises():
    problem = "Question: Bob lies. Tom says Bob tells the truth. Does Tom tell the truth?"
    assert judge(problem, "(1) Bob lies.", "We know from (1) that Bob lies, so Tom lies.") == [
        [V],
        [V, V],
    ]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (["Tom is a mammal, so Tom is not a reptile.", "The answer is no."], V),
        (["Tom is a mammal.", "No mammals are reptiles.", "The answer is \\boxed{\\text{no}}."], V),
        (["Tom is a mammal.", "The answer is no."], N),
        (["Tom is not a reptile.", "The answer is yes."], N),
        (["The answer is no."], N),
    ],
)
def test_an_answer_is_linked_to_what_the_trace_says_and_not_to_the_premises(steps, expected):
    assert judge(PETS, *steps)[-1] == [expected]
