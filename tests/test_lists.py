"""Lists of numbers: which of them have a property, how many, in what order."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clr
from clr.bodies.list_building import Unread as BuildingUnread
from clr.bodies.mathematics import FinalAnswer
from clr.claim import Status
from clr.reading.lists import context_of

V, R, U = Status.VERIFIED, Status.REFUTED, Status.UNVERIFIABLE
NUMBERS = "Consider the list [3, 8, 5, 12, 7]. Is 9 in it?"
WORDS = "Consider the words: apple, fig, banana, level, kiwi. Which is the longest?"


def statuses(problem: str, *steps: str) -> list[Status]:
    report = clr.audit(problem=problem, steps=list(steps))
    return [
        c.verdict.status
        for s in report.steps
        for c in s.claims
        if c.claim.kind in ("collection", "answer")
        and not isinstance(c.claim.body, BuildingUnread | FinalAnswer)
    ]


def listed(numbers) -> str:
    return ", ".join(map(str, numbers))


PROPERTIES = {
    "odd": lambda n: n % 2 == 1,
    "even": lambda n: n % 2 == 0,
    "prime": lambda n: n > 1 and all(n % d for d in range(2, n)),
    "divisible by 3": lambda n: n % 3 == 0,
    "greater than 10": lambda n: n > 10,
    "not greater than 10": lambda n: n <= 10,
}


@given(
    st.lists(st.integers(0, 40), min_size=3, max_size=9, unique=True),
    st.sampled_from([*PROPERTIES]),
    st.sampled_from(["Numbers: {}.", "Consider the list [{}].", "Here are the numbers {}."]),
)
@settings(max_examples=60, deadline=None)
def test_numbers_with_a_property_are_chosen_and_counted(numbers, name, told) -> None:
    problem = f"{told.format(listed(numbers))} How many of them are {name}?"
    right = [n for n in numbers if PROPERTIES[name](n)]
    wrong = [n for n in numbers if n not in right]
    if right:
        assert statuses(problem, f"The numbers that are {name} are {listed(right)}.") == [V]
    if wrong:
        assert statuses(problem, f"The numbers that are {name} are {listed(wrong)}.") == [R]
    assert statuses(problem, f"So there are {len(right)} numbers that are {name}.") == [V]
    assert statuses(problem, f"So {len(right) + 1} of them are {name}.") == [R]


@given(st.lists(st.integers(-20, 40), min_size=3, max_size=8, unique=True), st.booleans())
@settings(max_examples=40, deadline=None)
def test_orders_and_ends(numbers, descending) -> None:
    way = "descending" if descending else "ascending"
    problem = f"Sort the list [{listed(numbers)}] in {way} order."
    order = sorted(numbers, reverse=descending)
    assert statuses(problem, f"The sorted list is [{listed(order)}].") == [V]
    assert statuses(problem, f"In {way} order: {listed(order[::-1])}") == [R]
    assert statuses(problem, f"The largest number is {max(numbers)}.") == [V]
    assert statuses(problem, f"The smallest is {max(numbers)}.") == [R]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("7 is in the list.", V),
        ("8 is in the list.", R),
        ("The list contains 20.", V),
        ("The list does not contain 20.", R),
        ("The list has 6 numbers.", V),
        ("There are 5 numbers in the list.", R),
        ("The even numbers are 4, 12 and 20.", V),
        ("The primes: 7", Status.UNVERIFIABLE),
        ("9 is odd.", Status.UNVERIFIABLE),  # said of 9, and not of so many
        ("3 is odd.", Status.UNVERIFIABLE),
        ("Only 3 of the numbers are odd.", V),
    ],
)
def test_members(text: str, status: Status) -> None:
    problem = "Numbers: 4, 9, 12, 7, 20, 3. How many of them are odd?"
    assert statuses(problem, text) == [status]


def test_an_answer_is_held_to_the_question() -> None:
    problem = "Numbers: 4, 9, 12, 7, 20, 3. How many of them are odd?"
    chosen = "The odd ones are 9, 7 and 3, so there are 3."
    assert statuses(problem, chosen, "The answer is 3.") == [V, V, V]
    assert statuses(problem, chosen, "The answer is 4.") == [V, V, R]
    assert statuses(problem, "The odd numbers are 9, 7 and 3, so there are 4.") == [V, R]
    wrong = "The odd numbers are 9 and 3, so there are 2 of them."
    assert statuses(problem, wrong, "The answer is 2.") == [R, U, U]
    problem = "What is the second largest number in the list [4, 9, 12, 7]?"
    assert statuses(problem, "The answer is 9.") == [V]
    assert statuses(problem, "The answer is 12.") == [R]


def test_one_error_is_counted_once() -> None:
    problem = "Numbers: 4, 9, 12, 7, 20, 3. How many of them are odd?"
    steps = ("The odd numbers are 9 and 7.", "So there are 2 odd numbers.")
    assert statuses(problem, *steps) == [R, Status.UNVERIFIABLE]


@pytest.mark.parametrize(
    "problem",
    [
        "The numbers 3, 5 and 8 are the sides of a box. How many of them are odd?",
        "Numbers 3, 5, 8 are written on a board. Each minute one is doubled. How many are odd?",
        "How many numbers between 1 and 50 are prime?",
        "What is the median of 3, 9, 4?",
    ],
)
def test_other_problems_are_left_alone(problem: str) -> None:
    assert context_of(problem) is None


# Each wording with a false twin

OF_NUMBERS = [
    ("8 is in the list.", "9 is in the list."),
    ("The list contains 8.", "The list contains 9."),
    ("9 is not among the numbers.", "8 is not among the numbers."),
    ("9 isn't in it.", "8 isn't in it."),
    ("9 does not appear in the list.", "8 does not appear in the list."),
    ("No, the list does not include 9.", "Yes, the list includes 9."),
    ("There is no 9 in the list.", "There is no 8 in the list."),
    ("The number 9 is missing from the list.", "The number 8 is missing from the list."),
    ("I don't see 9 in the list.", "I don't see 12 in the list."),
    ("12 is one of the numbers.", "13 is one of the numbers."),
    ("3 and 8 are both in the list.", "3 and 9 are both in the list."),
    ("9 ∉ [3, 8, 5]", "8 ∉ [3, 8, 5]"),
    ("The answer is no.", "The answer is yes."),
    ("We find 5 at position 3.", "We find 5 at position 5."),
    ("5 is the third element.", "5 is the second element."),
    ("Index 2 is 5 (0-based).", "Index 2 is 8 (0-based)."),
    ("8 is at zero-based index 1.", "8 is at zero-based index 2."),
    ("8 is at index 1, counting from 0.", "8 is at index 2, counting from 0."),
    ("The first element is 3.", "The first element is 8."),
    ("The last number in the list is 7.", "The last number in the list is 12."),
    ("12 is the second element from the end.", "12 is the third element from the end."),
    ("The second-to-last element is 12.", "The second-to-last element is 5."),
    ("At index 0 we have 3.", "At index 3 we have 3."),
    ("The list starts with 3 and the list ends with 7.", "The list starts with 7."),
    ("The list has 5 elements.", "The list has 6 elements."),
    ("The length of the list is 5.", "The length of the list is 4."),
    ("There are 5 numbers in total.", "There are 4 numbers in total."),
    ("8 appears once.", "8 appears twice in the list."),
    ("There are no duplicates in the list.", "The list has duplicates."),
    ("All the numbers are distinct.", "There are repeated numbers in the list."),
    ("The second largest number is 8.", "The second largest number is 7."),
    ("12 is the maximum.", "7 is the maximum."),
    ("The max is 12 and the min is 3.", "The max is 12 and the min is 5."),
    ("The range of the list is 12 - 3 = 9.", "The range is 7."),
    ("The median of the list is 7.", "The median is 5."),
    ("The sum of the list is 35.", "The sum of the numbers is 36."),
    ("The average of the numbers is 7.", "The mean of the list is 8."),
    ("The reversed list is [7, 12, 5, 8, 3].", "The reversed list is [7, 5, 12, 8, 3]."),
    ("The list is not sorted.", "The list is sorted."),
    ("The original list is [3, 8, 5, 12, 7].", "The original list is [3, 8, 5, 12, 9]."),
    ("Well, so 8 is in the list, and 12 is in the list.", "Well, so 1 is in the list."),
]
OF_WORDS = [
    ("The longest word is banana.", "The longest word is level."),
    ("So banana is the longest word.", "So level is the longest word."),
    ("The shortest word is fig, with 3 letters.", "The shortest word is kiwi, with 4 letters."),
    ("Apple starts with a.", "Apple starts with b."),
    ("kiwi ends with i.", "kiwi ends with w."),
    ("banana has 6 letters.", "banana has 5 letters."),
    ("banana has 3 vowels.", "banana has 4 vowels."),
    ("level is a palindrome.", "banana is a palindrome."),
    ("fig is not a palindrome.", "level is not a palindrome."),
    ("fig comes before kiwi alphabetically.", "kiwi comes before fig alphabetically."),
    ("kiwi contains the letter w.", "kiwi contains the letter z."),
    ("apple doesn't contain the letter z.", "apple doesn't contain the letter p."),
    ("The words that end with i are kiwi.", "The words that end with i are kiwi and fig."),
    ("There are 2 words with 5 letters.", "There are 3 words with 5 letters."),
    ("The third word is banana.", "The third word is fig."),
    ("kiwi backwards is iwik.", "level backwards is leval."),
    ("Lengths: apple (5), fig (3), banana (6)", "Lengths: apple (5), fig (4), banana (6)"),
    ("kiwi: 4 letters", "kiwi: 5 letters"),
    ("The answer is banana.", "The answer is level."),
    ("'apple' is in the list.", "'grape' is in the list."),
    ("The list has 5 words.", "The list has 6 words."),
    ("All the words are different.", "The list contains duplicates."),
    ("The alphabetically first word is apple.", "The alphabetically first word is banana."),
    (
        "The words longer than 4 letters are apple, banana and level.",
        "The words longer than 4 letters are apple and banana.",
    ),
]
OF_THEMSELVES = [
    ("listen and silent have the same letters.", "listen and silence have the same letters."),
    ('"listen" and "silent" are anagrams of each other.', '"listen" and "tinsels" are anagrams.'),
    ("listen is an anagram of silent.", "listen is an anagram of silence."),
    ('sorted("listen") == sorted("silent")', 'sorted("listen") == sorted("silence")'),
    ("sorted(listen) = e, i, l, n, s, t", "sorted(listen) = e, i, l, n, t, s"),
    ("The letters of fig are f, g, i.", "The letters of fig are f, g, e."),
    ('Dormitory and "dirty room" are anagrams.', 'Dormitory and "dirty rooms" are anagrams.'),
    ("tea and eat aren't anagrams, no.", ""),
    ("[1, 2, 3] is a permutation of [3, 1, 2].", "[1, 2, 3] is a permutation of [3, 1, 4]."),
    ("[1, 2, 3] is [3, 2, 1] in another order.", "[1, 2, 3] is [3, 2, 2] in another order."),
    ("[1, 2, 3] and [2, 3, 1] contain the same numbers.",
     "[1, 2, 3] and [2, 3, 4] contain the same numbers."),
    ("sorted([3, 1, 2]) == sorted([2, 3, 1])", "sorted([3, 1, 2]) == sorted([2, 3, 3])"),
    ("sorted([3, 1, 2]) = [1, 2, 3]", "sorted([3, 1, 2]) = [1, 3, 2]"),
    ("8 is in [3, 8, 5].", "9 is in [3, 8, 5]."),
    ("The third element of [4, 5, 6] is 6.", "The third element of [4, 5, 6] is 5."),
    ("The largest of 3, 7 and 5 is 7.", "The largest of 3, 7 and 5 is 5."),
    ("5 is the smallest among 9, 7, 5.", "7 is the smallest among 9, 7, 5."),
    ("The list [4, 5, 6] has 3 elements.", "The list [4, 5, 6] has 4 elements."),
    ("'level' is a palindrome.", "'levels' is a palindrome."),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong"), OF_NUMBERS)
def test_of_a_list_of_numbers(right: str, wrong: str) -> None:
    for style in ("{}", "So {}", "Therefore, {}", "- {}"):
        assert set(statuses(NUMBERS, style.format(right))) == {V}
        assert R in statuses(NUMBERS, style.format(wrong))


@pytest.mark.parametrize(("right", "wrong"), OF_WORDS)
def test_of_a_list_of_words(right: str, wrong: str) -> None:
    assert set(statuses(WORDS, right)) == {V}
    assert R in statuses(WORDS, wrong)


@pytest.mark.parametrize(("right", "wrong"), OF_THEMSELVES)
def test_of_lists_that_stand_in_the_sentence(right: str, wrong: str) -> None:
    if wrong:
        assert statuses("Look at this.", right) == [V]
        assert statuses("Look at this.", wrong) == [R]


@pytest.mark.parametrize(
    "text",
    [
        "The box contains 9 apples.",
        "9 is in the list of primes.",
        "9 is in [3, 8].",
        "The interval [1, 5] contains 9.",
        "If 9 is in the list, we are done.",
        "Is 9 in the list?",
        "Suppose the list contains 9.",
        "9 might be in the list.",
        "9 is in the list. Wait, no.",
        "Alice and Bob have the same letters.",
        "They are anagrams.",
        "The set {1, 2, 3} contains 8 subsets.",
        "{1, 2, 3} has 8 subsets.",
        "9 is in the second list.",
        "9 is in the sorted list.",
        "The list of even numbers has 2 elements.",
        "The second even number is 12.",
        "The first odd number in the list is 3.",
        "The list [1, 2, ..., 9] contains 5.",
        "Every element is in the list.",
        "It has 4 sides.",
        "No 9 is in the list.",
        "Now 9 is in the list.",
        "9 is between 8 and 12.",
        "'the' comes before 'cat' there.",
        "'the' comes before 'cat'.",
        "'Will' has 3 letters to send.",
    ],
)
def test_other_sentences_are_left_alone(text: str) -> None:
    assert R not in statuses(NUMBERS, text)
    assert R not in statuses("A box is full. How many apples are in it?", text)


@pytest.mark.parametrize(
    "steps",
    [
        ("Sorted: [3, 5, 7, 8, 12]", "The third element is 7.", "The list is sorted."),
        ("The even numbers are 8 and 12.", "The largest is 12.", "The first number is 8."),
        ("The odd numbers are 3, 5, 7.", "The list has 3 elements.", "The maximum is 7."),
        ("Remove 3 and 8.", "Now the list has 3 elements.", "3 is not in the list."),
        ("We keep only the odd ones: 3, 5, 7.", "The list has 3 numbers.", "The range is 4."),
        ("Reversing gives [7, 12, 5, 8, 3].", "The first element is 7."),
        ("Index 1 is 8.", "Index 1 is 3."),
        ("Take out 3 and 8.", "The list has 3 elements.", "Now the list has 2 elements."),
        ("8 is at position 2.", "8 is at position 1."),
        ("Start with max = 3.", "8 is larger, so max = 8.", "5: no.", "12: so max = 12."),
        ("3 and 8: the largest is 8.", "So the largest is 8.", "Next 12, so the largest is 12."),
        ("The primes are 2, 3, 5, 7, 11.", "The primes so far: 2, 3, 5, 7"),
    ],
)
def test_the_list_may_be_another_one_by_now(steps: tuple[str, ...]) -> None:
    assert R not in statuses(NUMBERS, *steps)


def test_a_tally_may_go_on() -> None:
    problem = "Consider the list [4, 4, 9]. How many times does 4 appear?"
    assert statuses(problem, "4 appears once.", "4 appears twice.") == [U, V]
    assert statuses(problem, "4 appears once in the list.") == [R]
    assert statuses(problem, "4 appears 3 times.") == [R]


def test_a_false_statement_is_counted_once() -> None:
    steps = ("9 is in the list.", "So 9 is in the list.", "The answer is yes.")
    assert statuses(NUMBERS, *steps) == [R, U, U]


items = st.lists(st.integers(-30, 99), min_size=3, max_size=9, unique=True)
words = st.lists(
    st.sampled_from("apple fig banana level kiwi pear plum radar melon grape lime date".split()),
    min_size=3, max_size=8, unique=True,
)  # fmt: skip


@given(items, st.integers(100, 200), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_shuffles_and_irrelevant_items(numbers, foreign, random) -> None:
    other = [*numbers, foreign]
    random.shuffle(other)
    for given_ in (numbers, other):
        problem = f"Consider the list [{listed(given_)}]. Does the list contain {foreign}?"
        for x in given_:
            place = given_.index(x) + 1
            assert statuses(problem, f"{x} is in the list.") == [V]
            assert statuses(problem, f"{x} is not in the list.") == [R]
            assert statuses(problem, f"{x} is at position {place}.") == [V]
            assert statuses(problem, f"{x} is at position {place + 2}.") == [R]
            assert statuses(problem, f"Index {place - 1} is {x} (0-based).") == [V]
            assert statuses(problem, f"{x} appears twice in the list.") == [R]
        inside = foreign in given_
        assert statuses(problem, f"The list contains {foreign}.") == [V if inside else R]
        assert statuses(problem, f"Answer: {'yes' if inside else 'no'}") == [V]
        assert statuses(problem, f"The length of the list is {len(given_)}.") == [V]
        assert statuses(problem, f"The range is {max(given_) - min(given_)}.") == [V]
        second = sorted(given_)[-2]
        assert statuses(problem, f"The second largest is {second}.") == [V]
        assert statuses(problem, f"The second largest is {max(given_)}.") == [R]


@given(words, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_words_are_judged_by_their_letters(given_, random) -> None:
    problem = f"Here are some words: {listed(given_)}. Which of them is the longest?"
    for word in given_:
        assert statuses(problem, f"{word} has {len(word)} letters.") == [V]
        assert statuses(problem, f"{word} has {len(word) + 1} letters.") == [R]
        assert statuses(problem, f"{word} starts with {word[0]}.") == [V]
        assert statuses(
            problem, f"{word} ends with {word[0] if word[0] != word[-1] else 'q'}."
        ) == [R]
        longest = len(word) == max(map(len, given_))
        assert statuses(problem, f"The longest word in the list is {word}.") == [
            V if longest else R
        ]
        palindrome = word == word[::-1]
        assert statuses(problem, f"{word} is a palindrome.") == [V if palindrome else R]
        letters = list(word)
        random.shuffle(letters)
        mixed = "".join(letters)
        assert statuses(problem, f'"{word}" and "{mixed}" are anagrams.') == [V]
        assert statuses(problem, f'"{word}" and "{mixed}x" are anagrams.') == [R]
    for a, b in pairwise(given_):
        first, second = sorted((a, b))
        assert statuses(problem, f"{first} comes before {second} in the alphabet.") == [V]
        assert statuses(problem, f"{second} comes before {first} in the alphabet.") == [R]
