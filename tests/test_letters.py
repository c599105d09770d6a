"""Letters and words that are counted in a text, from the problem to verdicts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sound_traces import Sound, assert_never_faulted, assert_refuted_where_it_stands, statuses_by

from clr.claim import Status
from clr.domains import sessions

V, R, N = Status.VERIFIED, Status.REFUTED, Status.UNVERIFIABLE
BERRY = "How many times does the letter r appear in the word strawberry?"
QUOTED = 'How many s\'s are in "mississippi"?'
LONG = "How many letters are in the word 'committee'?"
WORDS = 'How many words are in the sentence "A well-read owl sleeps by day."?'
VOWELS = "How many vowels are there in the word 'mystery'?"

statuses = statuses_by("collections")

SOUND: list[Sound] = [
    # a problem, a sound trace, and a step of it with an error planted
    (
        BERRY,
        [
            "The word strawberry is spelled s-t-r-a-w-b-e-r-r-y.",
            "The letter r appears at positions 3, 8, and 9.",
            "So there are 3 r's in strawberry.",
            "The answer is 3.",
        ],
        (1, "The letter r appears at positions 3 and 8."),
    ),
    (
        BERRY,
        ["1. s\n2. t\n3. r\n4. a\n5. w\n6. b\n7. e\n8. r\n9. r\n10. y", "The answer is 3."],
        (0, "1. s\n2. t\n3. r\n4. a\n5. w\n6. e\n7. r\n8. r\n9. y"),
    ),
    (
        BERRY,
        ["S, T, R, A, W, B, E, R, R, Y", "The letter 'r' appears three times.", "Answer: 3"],
        (0, "S, T, R, A, W, B, E, R, Y"),
    ),
    (
        BERRY,
        ["The third letter is r.", "The 8th letter of strawberry is r.", "So there are 3 R's."],
        (1, "The 7th letter of strawberry is r."),
    ),
    (
        QUOTED,
        ["m-i-s-s-i-s-s-i-p-p-i", '"mississippi" has 4 s\'s', "So the answer is 4."],
        (1, '"mississippi" has 5 s\'s'),
    ),
    (
        QUOTED,
        ["The letter s occurs 4 times in mississippi.", "The answer is 4."],
        (0, "The letter s occurs twice in mississippi."),
    ),
    (
        QUOTED,
        ["The number of s's in mississippi is 4.", "The answer is **4**."],
        (1, "The answer is **5**."),
    ),
    (
        LONG,
        ["c, o, m, m, i, t, t, e, e", "So there are 9 letters in committee.", "The answer is 9."],
        (1, "So there are 8 letters in committee."),
    ),
    (
        LONG,
        ["The word 'committee' has 9 letters.", "The answer is 9."],
        (0, "The word 'committee' has 10 letters."),
    ),
    (
        WORDS,
        ["The sentence has 6 words.", "So the answer is 6."],
        (0, "The sentence has 8 words."),
    ),
    (
        VOWELS,
        ["There are 3 vowels in 'mystery'.", "The answer is 3."],
        (0, "There are 4 vowels in 'mystery'."),
    ),
]


@pytest.mark.parametrize("trace", SOUND)
def test_a_sound_count_is_never_faulted(trace: Sound) -> None:
    assert_never_faulted(statuses, trace, verified=len(trace[1]) - 1)


@pytest.mark.parametrize("trace", SOUND)
def test_a_planted_error_is_refuted_where_it_stands(trace: Sound) -> None:
    assert_refuted_where_it_stands(statuses, trace)


def test_what_is_put_right_later_is_verified() -> None:
    got = statuses(
        BERRY,
        "The word strawberry is spelled s-t-r-a-w-b-e-r-y.",
        "The letter r appears at positions 3, 8 and 9.",
        "So there are 3 r's in strawberry.",
        "The answer is 3.",
    )
    assert got == [[R], [V], [V], [V]]


def test_what_follows_from_an_error_is_not_counted_again() -> None:
    got = statuses(
        BERRY,
        "The word strawberry is spelled s-t-r-a-w-b-e-r-y.",
        "The letter r appears at positions 3 and 8.",
        "So there are 2 r's in strawberry.",
        "The answer is 2.",
    )
    assert got == [[R], [V], [V], [V]]


@pytest.mark.parametrize(
    ("problem", "step"),
    [
        (BERRY, "r appears at indices 2, 7 and 8."),
        (BERRY, "1. r\n2. r\n3. r"),
        (BERRY, "There is 1 r."),
        (BERRY, 'In "straw" we see s-t-r-a-w. So there is 1 r.'),
        (BERRY, '"berry" has 2 r\'s'),
        (BERRY, "If there were 4 r's, strawberry would have 11 letters."),
        (BERRY, "The first part has 1 r."),
        (BERRY, "r, r, r"),
        (BERRY, "a - b = c"),
        (WORDS, "So there are 7 words in it."),
        (VOWELS, "So there are 1 vowels in mystery."),
        ("How many a's are in Anna?", "So there are 1 a's in Anna."),
        ("How many a's are in Anna?", "So there are 2 a's in Anna."),
    ],
)
def test_every_admissible_reading_must_be_false(problem: str, step: str) -> None:
    assert R not in statuses(problem, step)[0]


@pytest.mark.parametrize(
    "problem",
    [
        "How many letters are in the box?",
        "How many sides does a square have?",
        "How many m are in a km?",
        "Ann writes 3 letters a day. How many letters does she write in a week?",
        "How many times does 3 go into 12?",
        "How many ways are there to arrange the letters of the word PEAR?",
    ],
)
def test_other_problems_are_not_of_this_kind(problem: str) -> None:
    assert "letters" not in [s.domain.name for s in sessions(problem)]


LETTERS = st.text("abcdersty", min_size=4, max_size=14)


@settings(max_examples=80, deadline=None)
@given(LETTERS, st.sampled_from("abcdersty"), st.integers(0, 3), st.integers(0, 3))
def test_counts_are_told_apart_in_any_wording(word: str, x: str, form: int, off: int) -> None:
    problem = f'How many times does the letter {x} appear in the word "{word}"?'
    n = word.count(x) + off
    step = (
        f'So there are {n} {x}\'s in "{word}".',
        f"The letter {x} appears {n} times in {word}.",
        f"The word {word} contains {n} {x}s.",
        f'The number of "{x}" in "{word}" is {n}.',
    )[form]
    assert statuses(problem, step, f"The answer is {n}.") == [[R if off else V], [V]]


@settings(max_examples=40, deadline=None)
@given(LETTERS, st.sampled_from(["-", ", ", " "]), st.booleans())
def test_spelling_is_read_off(word: str, join: str, wrong: bool) -> None:
    problem = f'How many letters are in the word "{word}"?'
    written = word[:1] + "z" + word[2:] if wrong else word
    step = f'The word "{word}" is spelled {join.join(written)}.'
    assert statuses(problem, step) == [[R if wrong else V]]


def test_a_huge_text_is_not_read() -> None:
    assert sessions(f'How many r\'s are in "{"r" * 100_000}"?') == []
    assert statuses(BERRY, "r " * 50_000 + ".") == [[]]
