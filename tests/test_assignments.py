"""Who has what, where everybody has one thing of each sort."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clr
from clr.claim import Status
from clr.reading.assignments import context_of

PETS = (
    "Three friends, Ken, Liv and Moe, each have a different pet (cat, dog, fish) and a different "
    "drink (tea, milk, juice). Ken has the dog. Liv does not drink milk. The one with the fish "
    "drinks milk. Ken does not drink tea."
)
JOBS = (
    "Four neighbours, Abel, Bibi, Cora and Dirk, are a baker, a nurse, a pilot and a judge. Abel "
    "is neither the baker nor the pilot. Bibi is the nurse. Cora is not the baker."
)


def statuses(problem: str, *steps: str) -> list[Status]:
    report = clr.audit(problem=problem, steps=list(steps))
    return [
        c.verdict.status for s in report.steps for c in s.claims if c.claim.kind == "constraint"
    ]


@pytest.mark.parametrize(
    "step",
    [
        "Ken has the dog, so Liv and Moe have the cat and the fish in some order.",
        "Liv does not drink milk, so Liv does not have the fish. Hence Moe has the fish.",
        "Moe has the fish → Moe drinks milk.",
        "Ken does not drink tea and cannot drink milk, so Ken drinks juice, and Liv drinks tea.",
        "The one with the cat drinks tea.",
        "That leaves the cat for Liv.",
        "| Name | Pet | Drink |\n|---|---|---|\n| Ken | dog | juice |\n| Moe | fish | milk |",
        "Ken: dog, juice\nLiv: cat, tea\nMoe: fish, milk",
    ],
)
def test_what_follows_is_verified(step):
    assert set(statuses(PETS, step)) == {Status.VERIFIED}


@pytest.mark.parametrize(
    ("problem", "step"),
    [
        (PETS, "Liv does not drink milk, so Liv has the fish."),
        (PETS, "Moe: cat, milk"),
        (PETS, "| Name | Pet |\n|---|---|\n| Liv | dog |"),
        (PETS, "The one with the dog drinks tea."),
        (
            JOBS,
            "Cora is not the baker, and the judge and the nurse are taken, so Dirk is the pilot.",
        ),
        (JOBS, "Abel is either the baker or the pilot."),
    ],
)
def test_what_the_premises_exclude_is_refuted(problem, step):
    assert statuses(problem, step)[-1] is Status.REFUTED


@pytest.mark.parametrize(
    "steps",
    [
        ["Suppose Liv has the fish.", "Then Liv drinks milk."],
        ["Trying Liv = fish.", "Then Liv drinks milk."],
        ["Let Liv have the fish.", "Then Liv drinks milk."],
        ["Liv with the fish leads to a contradiction.", "So Liv has the fish is out."],
        ["If Liv had the fish, she would drink milk."],
        ["Does Liv have the dog?"],
        ["Liv likes the dog.", "Liv talks to the one with the dog."],
        ["Ken has the dog and hence no cat."],
    ],
)
def test_what_is_not_said_is_not_refuted(steps):
    assert Status.REFUTED not in statuses(PETS, *steps)


def test_what_follows_from_an_error_is_not_counted_again():
    steps = ("Liv has the dog.", "So Ken does not have the dog.")
    assert statuses(PETS, *steps) == [Status.REFUTED, Status.UNVERIFIABLE]


@pytest.mark.parametrize(
    "problem",
    [
        "Rob, Sid and Tina own a cat, a dog and a parrot, respectively. Rob does not own the dog.",
        f"{PETS} Then Ken and Liv swap their pets.",
        f"{JOBS} Exactly one of these statements is true.",
        "Rob, Sid and Tina own a cat, a dog and a parrot. Rob does not own the dog.",
        "Rob, Sid and Tina own a cat and a dog. Rob does not own the dog.",
        "Rob, Sid and Tina bought a pen, a book and a bag for $12. Rob paid twice as much as Sid.",
    ],
)
def test_other_problems_are_left_alone(problem):
    assert context_of(problem) is None


@settings(max_examples=60, deadline=None)
@given(
    st.permutations(["cat", "dog", "fish", "bird"]),
    st.data(),
)
def test_true_statements_are_never_refuted_and_excluded_ones_are(owned, data):
    people = ["Ann", "Bob", "Cal", "Dee"]
    have = dict(zip(people, owned, strict=True))
    clues, facts = [], []
    for _ in range(data.draw(st.integers(1, 5))):
        who, pet = data.draw(st.sampled_from(people)), data.draw(st.sampled_from(owned))
        facts.append((who, pet, have[who] == pet))
        clues.append(f"{who} {'owns' if have[who] == pet else 'does not own'} the {pet}.")
    problem = (
        f"Ann, Bob, Cal and Dee own a cat, a dog, a fish and a bird, one each. {' '.join(clues)}"
    )
    worlds = [
        w
        for w in (dict(zip(people, p, strict=True)) for p in permutations(owned))
        if all((w[who] == pet) is holds for who, pet, holds in facts)
    ]
    who, pet = data.draw(st.sampled_from(people)), data.draw(st.sampled_from(owned))
    possible = {w[who] == pet for w in worlds}
    expected = {(True,): Status.VERIFIED, (False,): Status.REFUTED}
    wanted = expected.get(tuple(possible), Status.JUMP)
    for text in (
        f"So {who} owns the {pet}.",
        f"{who} → {pet}",
        f"That leaves the {pet} for {who}.",
    ):
        if "→" not in text:
            assert statuses(problem, text) == [wanted], text


DAYS = (
    "Ana, Bea and Cleo play on Monday, Tuesday and Wednesday, one each day. Ana doesn't play on "
    "Monday. Bea plays the day after Cleo. Cleo doesn't play on Tuesday."
)
HOUSES = (
    "Three houses in a row are painted red, green and blue, and are owned by a Dane, a Swede and a "
    "Finn, one each. The Dane lives in the first house. The red house is immediately to the right "
    "of the green house. The Swede lives in the blue house."
)
DRINKS = (
    "Four colleagues - Jack, Kate, Leo and Mona - each drink a different drink: tea, coffee, juice "
    "or water. (1) Jack drinks neither tea nor coffee. (2) Kate drinks coffee. (3) Leo doesn't "
    "drink juice or water. (4) Mona drinks juice."
)


@pytest.mark.parametrize(
    ("problem", "step"),
    [
        (DAYS, "Bea plays the day after Cleo, so Cleo plays on Monday or Tuesday."),
        (DAYS, "| Monday | Tuesday | Wednesday |\n|---|---|---|\n| Cleo | Bea | Ana |"),
        (DAYS, "Monday: Cleo\nTuesday: Bea\nWednesday: Ana"),
        (DAYS, "Ana plays some time after Bea."),
        (HOUSES, "House 1: Dane. House 2: Finn. House 3: Swede."),
        (HOUSES, "The blue house is next to the red house, but not next to the green house."),
        (HOUSES, "| House | Owner |\n|---|---|\n| 1 | Dane |\n| 3 | Swede |"),
        (HOUSES, "| House | Colour | Owner |\n|--|--|--|\n| House 1 | green | Dane |"),
        (HOUSES, "The middle house is the red one."),
        (DRINKS, "Jack must drink water, as Mona drinks juice."),
        (DRINKS, "From clues 2 and 3, Leo drinks tea."),
        (DRINKS, "Kate → coffee, Mona → juice"),
    ],
)
def test_places_and_days_are_a_sort_in_order(problem, step):
    assert set(statuses(problem, step)) == {Status.VERIFIED}


@pytest.mark.parametrize(
    ("problem", "step"),
    [
        (DAYS, "Therefore Bea plays on Wednesday."),
        (DAYS, "Ana plays two days before Bea."),
        (HOUSES, "The Swede lives to the left of the Finn."),
        (HOUSES, "| House | Colour |\n|--|--|\n| House 3 | red |"),
        (HOUSES, "The last house is red or green."),
        (DRINKS, "Neither Leo nor Mona drinks tea."),
    ],
)
def test_places_and_days_that_the_premises_exclude(problem, step):
    assert statuses(problem, step) == [Status.REFUTED]


def test_a_list_of_options_is_no_claim_to_have_them_all():
    table = "| Person | Options |\n|---|---|\n| Jack | juice, water |\n| Kate | coffee |"
    assert set(statuses(DRINKS, table)) <= {Status.VERIFIED, Status.UNVERIFIABLE}
    assert statuses(DRINKS, "Jack could drink juice or water.") == [Status.UNVERIFIABLE]
    assert statuses(DRINKS, "Leo may drink tea.") == [Status.VERIFIED]


def test_what_the_premises_leave_open_is_a_jump_and_a_reason_must_count():
    few = DRINKS.rpartition(" (4)")[0]
    assert statuses(few, "So Jack drinks water.") == [Status.JUMP]
    assert statuses(few, "Since Mona drinks juice, Jack drinks water.")[0] is Status.UNSUPPORTED
    assert statuses(DRINKS, "From clue 3, Jack drinks water.") == [Status.VERIFIED]
    assert statuses(DRINKS, "From clue 2, Mona does not drink tea.") == [Status.VERIFIED]
    also = f"{DRINKS} (5) Leo does not drink coffee."
    assert statuses(also, "From clue 5, Jack drinks water.") == [Status.JUMP]
    partly = f"{few} Leo is a friend of someone who may drink juice."
    assert statuses(partly, "So Jack drinks water.") == [Status.UNVERIFIABLE]


def test_days_named_by_the_first_and_the_last():
    problem = (
        "Five workers, Ann, Bob, Cid, Dot and Eli, each have one shift from Monday to Friday. Ann "
        "works on Monday. Bob works the day after Ann. Dot works on Friday. Cid works before Eli."
    )
    assert statuses(problem, "Bob has Tuesday and Dot has Friday.") == [Status.VERIFIED] * 2
    assert statuses(problem, "Eli has Wednesday.") == [Status.REFUTED]


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("Which pet does Liv have?", "the cat", "the fish"),
        ("What does Moe drink?", "milk", "tea"),
        ("Who has the fish?", "Moe", "Liv"),
        ("Who drinks tea?", "Liv", "Ken"),
    ],
)
def test_an_answer_is_held_to_the_question(question: str, right: str, wrong: str) -> None:
    def found(said: str, *before: str) -> list[Status]:
        report = clr.audit(problem=f"{PETS} {question}", steps=[*before, said])
        return [c.verdict.status for c in report.claims if c.claim.kind == "answer"]

    assert found(f"So the answer is {right}.") == [Status.VERIFIED]
    assert found(f"The final answer is: **{wrong}**") == [Status.REFUTED]
    assert Status.REFUTED in found(f"The answer is \\boxed{{{wrong}}}.")
    assert found(f"The answer is {wrong}.", "Suppose Liv drinks juice.") == [Status.UNVERIFIABLE]


@pytest.mark.parametrize(
    "question",
    [
        "Which pet does Liv not have?",
        "Which pet could Liv have?",
        "Who has the fish? Who drinks tea?",
        "Who does not have the fish?",
        "What does Sally think Liv has?",
    ],
)
def test_an_answer_to_another_question_is_left_alone(question: str) -> None:
    report = clr.audit(problem=f"{PETS} {question}", steps=["The answer is the fish."])
    assert [c for c in report.claims if c.claim.kind == "answer"] == []


FOUR = (
    "There are four houses in a row, numbered 1 to 4 from left to right. Each house has a "
    "different owner (Brit, Dane, Swede, Finn), a different colour (red, green, blue, white) "
    "and a different pet (cat, dog, fish, bird). The Brit lives in the red house. The green "
    "house is immediately to the left of the white house. The Dane keeps the dog. The Swede "
    "lives in house 1. The fish is kept in the blue house. The person in the last house keeps "
    "the cat. The red house is next to the blue house. The Brit does not keep the cat."
)


def test_houses_with_several_attributes():
    rows = (
        "| House | 1 | 2 | 3 | 4 |",
        "|---|---|---|---|---|",
        "| Owner | Swede | Brit | Dane | Finn |",
        "| Colour | blue | red | green | white |",
        "| Pet | fish | bird | dog | cat |",
    )
    table = "\n".join(rows)
    told = statuses(FOUR, table)
    assert told.count(Status.VERIFIED) >= 12 and Status.REFUTED not in told
    assert Status.REFUTED in statuses(FOUR, table.replace("Dane | Finn", "Finn | Dane"))
    wrong = ("The Swede lives in the green house.", "The Finn keeps the bird.")
    assert all(Status.REFUTED in statuses(FOUR, text) for text in wrong)


def test_sorts_may_be_told_in_several_sentences():
    problem = (
        "Three neighbours live in three houses in a row. The houses are painted different colours: "
        "red, blue and yellow. The owners - Amy, Bill and Cora - have different jobs: doctor, "
        "teacher and pilot. Amy lives in the yellow house. The doctor lives in the first house. "
        "Bill is not the doctor. The red house is immediately to the right of the yellow house. "
        "Cora lives in the last house."
    )
    assert statuses(problem, "So Amy is the doctor.") == [Status.VERIFIED]
    assert statuses(problem, "So Bill lives in the blue house.") == [Status.REFUTED]


def test_a_hypothesis_is_left_where_what_excludes_it_is_concluded() -> None:
    problem = (
        "Ann, Bo and Cy each own a different pet (cat, dog, fish). Ann does not own the cat. "
        "Bo does not own the cat. Bo does not own the dog. Who owns the dog?"
    )

    def last(*steps: str) -> Status:
        report = clr.audit(problem=problem, steps=list(steps))
        return report.steps[-1].claims[-1].verdict.status

    trial = "Suppose Cy owns the dog."
    assert last(trial, "Ann owns the fish.") is Status.UNVERIFIABLE
    assert last(trial, "So Cy owns the cat.", "Ann owns the fish.") is Status.REFUTED
    assert last(trial, "So Cy owns the fish.", "Ann owns the fish.") is Status.UNVERIFIABLE
    assert last("So Cy lives here and owns the cat.") is Status.UNVERIFIABLE
    assert last("So Cy owns the cat and Ann owns the fish.") is Status.REFUTED
