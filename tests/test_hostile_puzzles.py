"""Puzzles made to be slow: hundreds of things, deep nesting, and lists without an end."""

import time
from itertools import pairwise

import pytest

import clr

RACE = (
    "In a race, Kim, Lou, Max, Nia and Oz competed. Kim finished before Lou. Max finished after "
    "Lou. Nia won the race. Oz came last."
)
SHOP = (
    "If the shop is open, the lights are on. If the lights are on, the owner is inside. The owner "
    "is not inside."
)
STACK = f"Start with an empty stack. {'Push 3, pop, ' * 25}push 3."
PETS = (
    "Three friends, Ken, Liv and Moe, each have a different pet (cat, dog, fish). Ken has the dog. "
    "Liv does not have the fish."
)
DAYS = (
    "Ana, Bea and Cleo play on Monday, Tuesday and Wednesday, one each day. Bea plays the day "
    "after Cleo."
)
LAMPS = "There are three lamps, A, B and C, all off. Toggle A. Toggle B."
CARDS = "Four cards lie in a row: A, B, C, D. Swap positions 1 and 2. Swap positions 2 and 3."
NUMBERS = "Numbers: 4, 9, 12, 7, 20, 3. How many of them are odd?"
PROOF = "Given the premises p → q, q → r and ¬r, prove ¬p."
ROUND = "Ann, Bob, Cy, Di, Ed, Fay, Gus and Hal sit at a round table. Ann is next to Bob."
CLUB = "In a club of 30 members, 18 play football, 15 play chess, and 7 play both."
NAMES = [f"N{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(300)]
COMPARED = " ".join(f"{a} is older than {b}." for a, b in pairwise(NAMES))


@pytest.mark.parametrize(
    ("problem", "step"),
    [
        (COMPARED, "So Naa is the oldest."),
        (f"There are three hundred people: {', '.join(NAMES)}. {COMPARED}", "Naa is the oldest."),
        (RACE, "Kim, " * 20_000 + "Oz"),
        (RACE, "Kim → " * 20_000 + "Oz"),
        (RACE, "So: " + " _ " * 20_000),
        (RACE, "(" + "? Kim " * 5_000 + ")"),
        (RACE, "(first) " + "? " * 20_000 + "(last)"),
        (RACE, "(first) Kim " * 5_000),
        (RACE, "1. Kim " * 5_000),
        (RACE, "Kim is between " * 5_000),
        (f"{RACE}\n(A) Kim finished first\n(B) Lou finished first", "Option A is " * 10_000),
        (RACE + " (A) x" * 5_000, "Kim is first."),
        ("five " * 20_000 + "things: a, b and c", "a is first."),
        ("than Bob Ann is. " * 5_000, "Ann is the oldest."),
        (SHOP, "; " * 20_000),
        (SHOP, 'Zed says: "' * 5_000),
        (SHOP, "If " + "had " * 20_000 + "would"),
        (SHOP, "premise 1 and " * 10_000),
        (SHOP, "R → " * 20_000 + "S"),
        (SHOP, "Let " + "R: the shop is open, " * 5_000),
        (SHOP, "(" * 20_000 + "R"),
        (PETS, "Ken has the dog and " * 5_000),
        (PETS, "Ken, " * 20_000 + "and Liv have the cat"),
        ("Ken, Liv and Moe each have " + "a (b, c, d) " * 5_000, "Ken has b."),
        ("Ken, " * 20_000 + "and Moe are a cat, a dog and a fish. Ken is a cat.", "Ken is a cat."),
        ("if " * 300 + SHOP, "if " * 300 + "the shop is open"),
        (STACK, "push 3: " * 5_000),
        (STACK, "[ " * 20_000),
        (STACK, "push 3 → [3]\n" * 1_000),
        ("The key is in the box. " + "Ann moves the key to the bag. " * 59, "the key and " * 5_000),
        ("Sort these words: plum peach fig", "plum comes before " * 5_000),
        ("numbers each seat order " * 400, "a"),
        ("sort the words " * 20_000, "a"),
        (DAYS, "Ana plays the day after " * 5_000),
        (DAYS, "From the first " + "two and third and " * 5_000 + "clues, Ana plays on Monday."),
        (DAYS, "| Monday | " * 5_000),
        ("each different " + "a, b and c " * 5_000, "a"),
        ("each different " + "a, b, " * 600, "a"),
        (LAMPS, "Toggle " + "A and " * 20_000),
        (LAMPS, "A is on, " * 20_000),
        (LAMPS, "Toggle A: " * 5_000),
        ("Lamps " + "A, " * 1_000 + "B are off. Toggle A. Toggle B.", "A is on."),
        ("A counter starts at 1. " + "Double it. " * 58, "Double -> 2\n" * 500),
        (
            "A counter starts at 9. It is incremented 60 times. It is reset.",
            "increment -> 2\n" * 500,
        ),
        (CARDS, "A B C " * 20_000),
        (CARDS, "Swap positions " + "1 and " * 20_000),
        (NUMBERS, "The odd numbers are " + "9, " * 20_000),
        (NUMBERS, "the list has " * 10_000),
        ("Numbers: " + "4, " * 20_000 + "9. How many of them are odd?", "a"),
        (PROOF, "p ∧ " * 20_000),
        (PROOF, "p, " * 20_000 + "⊢ q"),
        (PROOF, "q (" + "of the " * 20_000 + "x"),
        (PROOF, "q (" + "1" * 20_000 + "x"),
        (PROOF, "∀x " * 20_000),
        (PROOF, "p = T, " * 2_000),
        (PROOF, "| p | q |\n|---|---|\n" + "| T | F |\n" * 5_000),
        ("Prove " + "p → q, " * 20_000, "q"),
        ("((" * 1_000 + "p ∧ q", "q"),
        (ROUND, "Ann is next to " * 5_000),
        (ROUND, "Ann and " * 5_000 + "Bob are adjacent."),
        (ROUND + " Ann is next to Bob." * 100, "Ann is opposite Cy. " * 100),
        (CLUB, "|F ∪ C| = " + "1 + " * 20_000 + "2"),
        (CLUB, "the number of " * 10_000 + "5"),
        (CLUB, "5 play only " + "football and " * 10_000),
        (CLUB + " 7 play both." * 100, "5 play both"),
        (SHOP, "In both cases, " * 10_000),
        (SHOP, "No matter what " * 10_000),
        (SHOP, "Case 1: " * 10_000),
        (SHOP, "Case 1:\n" * 2_000 + "The shop is open."),
        (SHOP, "The shop is open " + " " * 30_000 + "x"),
        (SHOP, "If the shop is open, the lights are off. " * 500),
        (RACE, "Either way, " * 10_000),
        (PETS, "(a) " * 10_000),
        ("Cats are faster than dogs. " * 2_000, "Cats are faster than dogs."),
        ("Three boxes. " + "the red box is above the blue box. " * 5_000, "a"),
    ],
    ids=lambda text: text[:20],
)
def test_the_time_of_an_audit_is_bounded(problem, step):
    before = time.process_time()
    clr.audit(problem=problem, steps=[step])
    assert time.process_time() - before < 10


def test_a_table_may_hold_any_character(caplog):
    step = "| Name | Pet |\n|---|---|\n| Ken | dog |\n| Moe\u2028 | \x0bfish\x85 |\n"
    clr.audit(problem=PETS, steps=[step])
    assert not caplog.records
