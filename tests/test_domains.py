"""Orderings, stacks, holdings and word lists, from the problem to verdicts."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clr.auditor import audit
from clr.bodies.stacks import CLOSER
from clr.claim import Status
from clr.domains import Domain, Session, sessions
from clr.segment import trace_of
from clr.verifiers.conventions import PRECISE, THOROUGH, review

V, R, J, U, N = (
    Status.VERIFIED,
    Status.REFUTED,
    Status.JUMP,
    Status.UNSUPPORTED,
    Status.UNVERIFIABLE,
)


def judge(problem: str, *steps: str, conventions=PRECISE) -> list[list[Status]]:
    """The statuses of the claims of every step."""
    session, *_ = [s for s in sessions(problem, conventions) if not s.domain.fills_in]
    return [
        [verdict.status for _, verdict in session.take(step)]
        for step in trace_of("t", problem, steps=list(steps)).steps
    ]


RUNNERS = """Five runners took part in a race: Kim, Lee, Max, Nia, and Oto.
Kim finished before Lee. Nia finished second. Max finished last. Lee finished before Oto.
Who won?"""

SHELF = """On a rack, there are four hats: a red hat, a blue hat, a green hat, and a black hat.
- The red hat is to the left of the blue hat.
- The green hat is the leftmost.
- The black hat is the second from the right.
Which of the following is true?
Options:
(A) The red hat is the rightmost.
(B) The blue hat is the rightmost."""


def test_a_sound_elimination_is_verified():
    got = judge(
        RUNNERS,
        "Nia finished second and Max finished last.",
        "Kim finished before Lee, so Kim cannot be last.",
        "Since Lee finished before Oto, and Kim finished before Lee, Kim must be first.",
        "So from first to last: first is Kim, then second is Nia, then third is Lee, "
        "then fourth is Oto, then fifth is Max.",
    )
    assert all(status is V for step in got for status in step)
    assert [len(step) for step in got] == [2, 2, 3, 5]


def test_what_contradicts_the_premises_is_refuted_with_the_conflict():
    session, *_ = sessions(SHELF)
    [step] = trace_of("t", SHELF, steps=["The red hat is the rightmost."]).steps
    [(_, verdict)] = session.take(step)
    assert verdict.status is R
    assert verdict.evidence is not None
    assert verdict.evidence.premises == ("- The red hat is to the left of the blue hat.",)
    assert verdict.evidence.expected == "blue hat"


def test_what_does_not_follow_yet_is_a_jump():
    got = judge(
        SHELF,
        "The red hat is to the left of the blue hat. So the blue hat is the rightmost.",
    )
    assert got == [[V, J]]


@pytest.mark.parametrize(
    "sentence",
    [
        "(left) ? red hat ? blue hat ? (window)",
        "(left) ? red hat, then something, blue hat ? (right)",
        "red hat ... blue hat | green hat",
        "Maybe the red hat goes somewhere near the window, the leftmost one.",
        "If the red hat were the leftmost, the green hat would be second.",
        "Suppose the blue hat is the leftmost.",
    ],
)
def test_what_is_not_read_whole_is_left_alone(sentence):
    assert {s for step in judge(SHELF, sentence) for s in step} <= {N}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("(left) ? red hat ? blue hat ? (right)", V),
        ("(right) ? blue hat ? red hat ? (left)", V),
        ("(left) green hat red hat black hat blue hat (right)", V),
        # more places than things: a question mark may stand for any number of them
        ("(left) ? green hat ? red hat ? blue hat ? (right)", V),
        ("(left) ? blue hat ? red hat ? (right)", R),
    ],
)
def test_a_row_between_the_names_of_its_ends_is_an_order(row, expected):
    assert judge(SHELF, f'So: "{row}".') == [[expected]]


def test_the_answer_is_compared_with_the_trace_not_with_the_solution():
    steps = (
        "The red hat is to the left of the blue hat.",
        "The green hat is the leftmost.",
        "The black hat is the second from the right.",
        "So the blue hat is the rightmost.",
    )
    assert judge(SHELF, *steps, "So the answer is (B)")[-1] == [V]
    assert judge(SHELF, *steps, "So the answer is (A)")[-1] == [R]
    assert judge(SHELF, *steps, "So the answer is (G)")[-1] == [R]
    assert judge(SHELF, "The answer is (B).") == [[N]]


def test_a_place_called_open_is_no_claim_unless_conventions_say_so():
    step = "The green hat is the leftmost. So from left to right: first can be any hat."
    assert judge(SHELF, step) == [[V, N]]
    assert judge(SHELF, step, conventions=THOROUGH) == [[V, J]]


ROW = "There are four owls: Ada, Bo, Cy, and Di. Ada is to the left of Bo. Di is the rightmost. "
ROW += "Bo is to the left of Cy."


@pytest.mark.parametrize(
    "step",
    [
        "Final order: Ada, Bo, Cy, Di",
        "**Final order (left to right):** Ada, Bo, Cy, Di",
        "From left to right the order is Ada, Bo, Cy, Di.",
        "Ada = 1, Bo = 2, Cy = 3, Di = 4",
        "Ada (1), Bo (2), Cy (3), Di (4)",
        "Ada → Bo → Cy → Di",
        "Ada < Bo < Cy < Di",
        "Conclusion: Ada leftmost, Di rightmost ✓",
        "Ada – leftmost (given)",
        "Ada: first from the left",
        "Di is the rightmost = fourth from the left → position 4.",
        "Clue 2: it's given that Di is the rightmost. [2]",
        "1. Ada",
        "So: 1. Ada, 2. Bo, 3. Cy, 4. Di.",
        "[Ada] [Bo] [ ] [Di]",
        "| Position | 1 | 2 | 3 | 4 |\n|---|---|---|---|---|\n| Owl | Ada | Bo | ? | Di |\n",
        "| Place | Owl |\n|---|---|\n| 1 | Ada |\n| 2 | Bo |\n| 3 | Cy |\n| 4 | Di |\n",
        "From clues 1 and 3, **Ada** is left of **Cy**.",
        "The rightmost is   **Di**.",
    ],
)
def test_an_order_is_read_in_several_renderings(step):
    got = judge(ROW, step)
    assert got[0] and all(status is V for status in got[0])
    # with the same words for another order, nothing is verified
    other = ROW.replace("Ada is to the left of Bo", "Cy is to the left of Ada")
    other = other.replace("Di is the rightmost", "Di is the leftmost")
    assert V not in judge(other, step)[0]


@pytest.mark.parametrize(
    "step",
    [
        "We have Di, Bo, Cy, and Ada.",
        "Di, Bo, Cy, Ada",
        "The owls: Di, Bo, Cy, Ada",
        "1. Di",
        "4. Ada",
        "1. Di, 2. Ada, 3. Bo, 4. Cy",
        "[Di] [Bo] [Ada] [Cy]",
        "| # | Owl |\n|---|---|\n| 1 | Di |\n| 2 | Ada |\n",
        "| 1 | 2 | 3 | 4 |\n|---|---|---|---|\n| Di | Cy | Bo | Ada |\n",
        "| Clue | Says |\n|---|---|\n| 1 | Ada is left of Bo |\n| 2 | Di is the rightmost |\n",
        "Di is the leftmost. No, that contradicts the second clue.",
        "Di is the leftmost? False.",
        "Di is the leftmost.\n✗",
        "Option A: Di is the leftmost. ✗",
        "(A) Di is the leftmost. This is false.",
    ],
)
def test_a_list_is_no_order_and_what_is_taken_back_no_claim(step):
    assert set(judge(ROW, step)[0]) <= {N}


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("Ada is left of all the others.", [V]),
        ("Third, Bo is to the left of Cy.", [V]),
        ("Di is the rightmost (position 4).", [V]),
        ("Di must therefore be the rightmost.", [V]),
        ("Di is placed first.", [N]),
        ("Of the other owls, Bo is the leftmost.", [N]),
        ("After Ada, Bo is the leftmost.", [N]),
        ("Cy is the last owl to place.", [N]),
    ],
)
def test_what_is_said_of_all_or_of_some_others(step, expected):
    assert judge(ROW, step) == [expected]


def test_a_table_with_a_wrong_place_is_refuted():
    table = "| Place | Owl |\n|---|---|\n| 1 | Di |\n| 2 | Ada |\n| 3 | Bo |\n| 4 | Cy |\n"
    assert judge(RACE_OF_OWLS, table) == [[R]]


RACE_OF_OWLS = ROW.replace("to the left of", "before").replace("the rightmost", "last")


BRACKETS = "{ ( [ ] ) <"


def test_a_stack_is_followed_bracket_by_bracket():
    got = judge(
        BRACKETS,
        "stack: empty",
        "{ ; stack: {",
        "( ; stack: { (",
        "[ ; stack: { ( [",
        "] ; stack: { (",
        ") ; stack: {",
        "< ; stack: { <",
        'Now, we have reached the end. The final stack is "{ <".',
        'We will need to pop out "<", "{" one by one in that order.',
        'So, we need ">", "}". So the answer is > }',
    )
    assert all(status is V for step in got for status in step)


def test_a_wrong_stack_is_refuted_once():
    got = judge(BRACKETS, "{ ; stack: {", "( ; stack: (", "[ ; stack: ( [", "] ; stack: (")
    assert got == [[V], [R], [V], [V]]


def test_a_stack_may_be_written_top_first():
    got = judge(BRACKETS, "{ ; stack: {", "( ; stack: ( {", "[ ; stack: [ ( {", "] ; stack: ( {")
    assert got == [[V]] * 4


def test_brackets_may_be_read_in_words_that_are_left_alone():
    got = judge(BRACKETS, "We open three of them. Stack: { ( [", "] ; stack: { (", ") ; stack: {")
    assert got == [[N], [V], [V]]


@given(st.text("([{<", min_size=2, max_size=8), st.data())
def test_a_true_stack_is_never_refuted_whatever_was_read_silently(opened, data):
    problem = opened + "".join(CLOSER[c] for c in reversed(opened))
    first = data.draw(st.integers(1, len(opened)))
    second = data.draw(st.integers(first, len(opened)))
    got = judge(problem, f"Stack: {opened[:first]}", f"Stack: {opened[:second]}")
    assert R not in got[0] + got[1]


def test_a_stack_that_no_reading_on_leads_to_is_refuted():
    assert judge(BRACKETS, "{ ; stack: {", "Stack: { <", "Stack: [ (") == [[V], [N], [R]]


@pytest.mark.parametrize(
    "steps",
    [
        ("`{` → push. Stack: `{`", "`(` is opening, so push it. The stack is now: `{ (`"),
        ("{ : push. Stack: {", "( : push onto the stack: { (", "[ : push. Stack: { ( ["),
        ("Push { (stack: {)", "push ( (stack: { ()", "Push [ → stack: { ( [", "Pop [ → stack: { ("),
        ('We see "{", so the stack is "{". We see "(", so the stack is "{ (".',),
        ("| Char | Action | Stack |\n|--|--|--|\n| { | push | { |\n| ( | push | { ( |\n",),
    ],
)
def test_a_stack_is_followed_in_several_renderings(steps):
    got = judge(BRACKETS, *steps)
    assert all(status is V for step in got for status in step)
    assert all(got)
    assert R in [s for step in judge(BRACKETS[2:], *steps) for s in step]


def test_brackets_told_in_words_that_are_not_read_are_no_jump():
    assert judge(BRACKETS, "{ ; stack: {", "[ ; stack: { ( [") == [[V], [J]]
    told = ("{ ; stack: {", "Then we put ( on it.", "[ ; stack: { ( [", "] ; stack: { (")
    assert judge(BRACKETS, *told) == [[V], [N], [N], [V]]


def test_an_answer_before_the_end_is_a_jump():
    assert judge(BRACKETS, "{ ; stack: {", "So the answer is }") == [[V], [J]]


SWAPS = """Ann, Ben, and Cy play a game. At the start, they each hold a ball: Ann has a red ball, \
Ben has a green ball, and Cy has a blue ball.
Then pairs trade. First, Ann and Ben swap balls. Then, Ben and Cy swap balls. Finally, Ann and Cy \
swap balls. At the end of the game, Ann has the
Options:
(A) red ball.
(B) green ball.
(C) blue ball."""


@pytest.mark.parametrize(
    "steps",
    [
        (
            "At the start: Ann: red, Ben: green, Cy: blue.",
            "Ann and Ben swap balls: Ann: green, Ben: red, Cy: blue.",
            "Ben and Cy swap balls: Ann: green, Ben: blue, Cy: red.",
            "Ann and Cy swap balls: Ann: red, Ben: blue, Cy: green.",
            "At the end of the game, Ann has the red ball. So the answer is (A)",
        ),
        (
            "A: red, B: green, C: blue",
            "A: green, B: red, C: blue",
            "A: green, B: blue, C: red",
            "A: red, B: blue, C: green",
            "So the answer is (A)",
        ),
        (
            "1. Ann and Ben swap: Ann has the green ball, and Ben has the red ball.",
            "2. Ben and Cy swap: Ben has the blue ball and Cy has the red ball.",
            "3. Ann and Cy swap: Ann -> red ball, Cy -> green ball.",
            "The answer is (A).",
        ),
    ],
)
def test_swaps_are_followed_in_several_renderings(steps):
    got = judge(SWAPS, *steps)
    assert all(status is V for step in got for status in step)
    assert all(got)


def test_a_wrong_holding_is_refuted_once_and_a_skipped_swap_is_a_jump():
    got = judge(
        SWAPS,
        "Ann and Ben swap balls: Ann: green, Ben: green, Cy: blue.",
        "Ben and Cy swap balls: Ann: green, Ben: blue, Cy: green.",
        "At the end of the game, Ann has the green ball.",
    )
    assert got == [[R], [V], [J]]
    assert judge(SWAPS, "Ben and Cy swap balls: Ben: blue, Cy: green.") == [[J]]


@pytest.mark.parametrize(
    "steps",
    [
        # independent swaps in another order
        ("Ben and Cy swap: Ben has blue and Cy has green.", "Dan and Eve swap: Dan has white."),
        ("Dan and Eve swap: Dan has white.", "Ben and Cy swap: Ben has blue and Cy has green."),
        # all named first, then made
        ("First Ben and Cy swap, then Dan and Eve swap.", "Ben and Cy swap: Ben has blue."),
        # two at once
        ("Ben and Cy swap, then Dan and Eve swap: Ben has blue, Cy has green, Dan has white.",),
        # named, and then told again with who has what
        ("First, Ben and Cy swap balls.", "After Ben and Cy swap: Ben has blue, Cy has green."),
        ("After swap 1 (Ben ↔ Cy): Ben → blue, Cy → green", "Dan ↔ Eve: Dan – white"),
    ],
)
def test_swaps_may_be_told_in_other_orders(steps):
    got = judge(PAIRS, *steps)
    assert all(status is V for step in got for status in step)
    assert all(got)


PAIRS = """Ben, Cy, Dan, and Eve each hold a ball: Ben has a green ball, Cy has a blue ball, \
Dan has a red ball, and Eve has a white ball. First, Ben and Cy swap balls. Then, Dan and Eve \
swap balls. Finally, Ben and Dan swap balls. At the end, Ben has the"""


def test_a_swap_that_needs_an_earlier_one_does_not_come_before_it():
    assert judge(PAIRS, "Ben and Dan swap: Ben has red.") == [[J]]
    # it may have been told in what was not read
    told = ("Cy hands Ben the blue one and gets the green one.", "Ben and Dan swap: Ben has red.")
    assert judge(PAIRS, *told) == [[N], [N]]


def test_what_was_so_before_is_not_held_against_what_is_so_now():
    steps = ("Ben and Cy swap: Ben has blue, Cy has green.", "Before, Ben had green.")
    assert R not in [s for step in judge(PAIRS, *steps) for s in step]


@pytest.mark.parametrize(
    "step",
    [
        "Ben and Dan swap last.",
        "After the last swap, Ben has the white ball.",
        "After all swaps, Ben has white, Cy has green, Dan has blue, Eve has red.",
        "Ben and Dan never swap.",
        "Ben no longer has the green ball.",
        "Ben -> green -> blue",
    ],
)
def test_what_is_no_telling_of_swaps_is_left_alone(step):
    assert set(judge(PAIRS, step)[0]) <= {N}


def test_swaps_may_be_called_by_their_number():
    steps = [
        "After swap 1, Eve has white.",
        "After swap 2, Eve has red.",
        "After swap 3, Ben has white",
    ]
    assert judge(PAIRS, *steps) == [[V], [V], [V]]
    assert judge(PAIRS, "1st swap: Ben – blue, Cy – green") == [[V]]


def test_swaps_in_a_table():
    table = "| Step | Ben | Cy | Dan | Eve |\n|---|---|---|---|---|\n| Start | green | blue | red "
    table += "| white |\n| Ben and Cy | blue | green | red | white |\n| Dan ↔ Eve | {} | green "
    table += "| white | red |\n"
    assert judge(PAIRS, table.format("blue")) == [[V, V, V]]
    assert judge(PAIRS, table.format("green")) == [[V, V, R]]
    rows = "| | Start | Ben and Cy |\n|--|--|--|\n| Ben | green | blue |\n| Cy | blue | green |\n"
    assert judge(PAIRS, rows) == [[V, V]]


WORDS = "Sort the following words alphabetically: List: plum fig peach apple"


def test_letters_and_orders_are_read_off_the_words():
    got = judge(
        WORDS,
        'Looking at the first letters. The first letter: "plum": "p" (16). "fig": "f" (6). '
        '"peach": "p" (16). "apple": "a" (1).',
        'We now have: (1) "apple" < (6) "fig" < (16) ["plum" ? "peach"].',
        'Sort this subpart ["plum" ? "peach"] by looking at their second letters. '
        'The second letter: "plum": "l" (12). "peach": "e" (5).',
        'We now have: (5) "peach" < (12) "plum" for the subpart. Hence, we have "apple" < "fig" < '
        '"peach" < "plum".',
        "The answer is apple fig peach plum",
    )
    assert all(status is V for step in got for status in step)
    assert judge(WORDS, "The sorted list is: apple, fig, peach, plum.") == [[V]]
    assert judge(WORDS, "The sorted list is: apple, fig, plum, peach.") == [[R]]
    assert judge(WORDS, "The sorted list is: apple, fig, peach.") == [[R]]


def test_an_order_that_the_letters_do_not_settle_is_a_jump():
    got = judge(
        WORDS,
        'Looking at the first letters. The first letter: "plum": "p" (16). "fig": "f" (6). '
        '"peach": "p" (16). "apple": "a" (1).',
        'We now have: (1) "apple" < (6) "fig" < (16) "peach" < "plum".',
    )
    assert got[-1] == [J]


def test_a_repeated_premise_is_a_convention():
    steps = trace_of("t", SHELF, steps=["The green hat is the leftmost.", "Now the rest."]).steps
    session, *_ = sessions(SHELF)
    checked = [(step, session.take(step)) for step in steps]
    assert list(review(checked, PRECISE)) == []
    assert [index for index, _ in review(checked, THOROUGH)] == [0]


@pytest.mark.parametrize(
    "problem",
    ["What is 2 + 2?", "Find all x with x^2 = 4.", "", "Natalia sold clips to 48 of her friends."],
)
def test_other_problems_open_no_session(problem):
    assert sessions(problem) == []


def test_a_defect_of_a_domain_costs_no_trace(caplog: pytest.LogCaptureFixture) -> None:
    def fails(*_: object) -> Any:
        raise RuntimeError("a defect")

    broken = [
        Domain("context", fails, fails, fails, fails),
        Domain("reading", lambda problem: problem, fails, lambda context, conventions: None, fails),
    ]
    found = sessions("Add 2 and 3.", domains=broken)
    assert [session.domain.name for session in found] == ["reading"]
    assert "the domain context failed" in caplog.text


HATS = ("The green hat is the leftmost.", "The red hat is to the left of the blue hat.")


def test_domain_claims_are_timed_on_request() -> None:
    for timing in (False, True):
        report = audit(trace_of("", SHELF, steps=list(HATS)), timing=timing)
        assert report.claims
        assert all((claim.microseconds is not None) == timing for claim in report.claims)


def test_a_step_that_a_domain_fails_on_is_still_audited(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: object, step: object, ahead: object) -> Any:
        raise RuntimeError("a defect")

    monkeypatch.setattr(Session, "take", fails)
    report = audit(trace_of("", SHELF, steps=[*HATS, "Also 2 + 2 = 5."]))
    assert report.first_error == len(HATS)


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("**Sorted:** apple fig peach plum", [V]),
        ("Final answer: apple, fig, plum, peach", [R]),
        ("The final sorted order is apple, fig, peach, plum.", [V]),
        ("apple < fig < peach < plum", [V]),
        ("So plum < peach.", [R]),
        ("The second letters are plum (l) and peach (e).", [V, V]),
        ("| Word | First letter |\n|---|---|\n| plum | p |\n| fig | g |\n", [V, R]),
        ("Alphabetical order: a (apple), f (fig), p (peach, plum)", []),
        ("The sorted list is as follows, by first letter", []),
        ("So the correct order is peach < plum.", [V]),
        # no order is claimed
        ("We have: plum, fig, peach, apple", []),
        ('We have "plum", "fig", "peach", "apple".', []),
        ("We have apple first, then fig, then peach and plum.", []),
        ("Hence, we have peach before plum.", []),
        ("So far the sorted list is: apple, fig", []),
        ("Partially sorted list: apple, fig, plum, peach", []),
        ("Comparing the second letters of plum and peach: l and e.", [N]),
        ("The given list is: plum, fig, peach, apple.", []),
        ("The list is plum fig peach apple", []),
        ("Words: plum, fig, peach, apple", []),
        ("p: plum, peach", []),
        ("pear < plum", []),
    ],
)
def test_orders_of_words_in_several_renderings(step, expected):
    assert judge(WORDS, step) == [expected]


def test_signs_inside_of_words_may_be_passed_over():
    problem = "Sort the following words alphabetically: List: at&t attic co-op coop"
    assert judge(problem, "Sorted: at&t attic co-op coop") == [[V]]
    assert judge(problem, "Sorted: attic at&t coop co-op") == [[R]]
    problem = "Sort the following words alphabetically: List: it's item"
    assert R not in judge(problem, "Sorted: item it's")[0] + judge(problem, "Sorted: it's item")[0]


def test_everybody_trading_is_no_swap_of_two():
    problem = (
        'Lena, Marc and Nils trade books. Lena starts with "Emma", Marc with "Ulysses" and Nils '
        'with "Dracula". Lena and Nils trade books. Then Marc and Nils trade books.'
    )
    steps = ("Lena and Nils trade, so Lena has Dracula.", "Marc and Nils trade: Marc has Ulysses.")
    assert judge(problem, *steps) == [[V], [R]]


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("The second letters differ, so peach comes before plum.", [V]),
        ('Hence "plum" goes after "peach".', [V]),
        ("So plum comes before peach.", [R]),
        ("If plum comes before peach, then we are done.", []),
        ("The word fig comes before the others.", []),
    ],
)
def test_two_words_are_compared(step, expected):
    assert judge("Sort these words alphabetically: plum, peach, fig", step) == [expected]
