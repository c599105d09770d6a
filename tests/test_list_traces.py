"""Whole traces about lists, sets and words: right ones in many styles, and ones with a mistake."""

import pytest

import clr

RIGHT = [
    (
        "Consider the list [14, 3, 27, 8, 3, 19]. Does the list contain 9?",
        [
            "Okay so I need to check whether 9 is in there.",
            "Going through: 14, no. 3, no. 27, no. 8, no — close but no. 3 again. 19, no.",
            "So 9 does not appear in the list.",
            "Answer: no",
        ],
    ),
    (
        "Consider the list [14, 3, 27, 8, 3, 19]. Is 27 in the list?",
        [
            "Hmm, let me scan. 14... 3... 27! Found it.",
            "27 is at index 2 if we count from zero, i.e. it is the third element.",
            "**Answer:** yes",
        ],
    ),
    (
        "Consider the list [14, 3, 27, 8, 3, 19]. How many distinct numbers are in the list?",
        [
            "The list has 6 numbers.",
            "3 appears twice, everything else appears once.",
            "So the distinct numbers are 14, 3, 27, 8 and 19.",
            "There are 5 distinct numbers in the list.",
        ],
    ),
    (
        "Consider the list [14, 3, 27, 8, 3, 19]. What is the second largest number?",
        [
            "First sort: [3, 3, 8, 14, 19, 27].",
            "The largest is 27.",
            "Next comes 19.",
            "So the second largest number is 19.",
        ],
    ),
    (
        "Consider the list [14, 3, 27, 8, 3, 19]. Which of them are odd?",
        [
            "1. 14 → even, skip.\n2. 3 → odd.\n3. 27 → odd.\n4. 8 → even.\n5. 3 → odd.\n6. 19 →"
            " odd.",
            "Odd so far: [3, 27, 3, 19]",
            "That leaves us with 4 numbers that are odd.",
        ],
    ),
    (
        "Consider the list [14, 3, 27, 8, 3, 19]. What is the range?",
        [
            "The max is 27 and the min is 3.",
            "Range = 27 - 3 = 24.",
            "The answer is 24.",
        ],
    ),
    (
        "Consider the list [14, 3, 27, 8, 3, 19]. At which position is 8?",
        [
            "Let me number them: 1) 14 2) 3 3) 27 4) 8 5) 3 6) 19.",
            "So 8 is in position 4.",
            "(With 0-based indexing that would be index 3.)",
        ],
    ),
    (
        "Here are some words: radar, plum, orange, noon, fig. Which of them are palindromes?",
        [
            "radar backwards is radar, so radar is a palindrome.",
            "plum → mulp, so plum is not a palindrome.",
            "orange → egnaro. Not a palindrome.",
            "noon → noon. Yes!",
            "fig → gif, no.",
            "The palindromes are radar and noon.",
        ],
    ),
    (
        "Consider the words: radar, plum, orange, noon, fig. Which is the longest?",
        [
            "Lengths: radar (5), plum (4), orange (6), noon (4), fig (3).",
            "The longest word is orange, with 6 letters.",
            "fig is the shortest word.",
            "So the answer is orange.",
        ],
    ),
    (
        "Are 'dusty' and 'study' anagrams?",
        [
            "The letters of dusty are d, u, s, t, y.",
            "The letters of study are s, t, u, d, y.",
            "Sorted letters of dusty: d, s, t, u, y. Same for study.",
            "So dusty and study have the same letters.",
            "Yes, 'dusty' and 'study' are anagrams of each other.",
        ],
    ),
    (
        "Let A = {2, 4, 6, 8} and B = {4, 8, 12}. Find A ∩ B and A ∪ B.",
        [
            "We look for elements in both: 4 ∈ A and 4 ∈ B; 8 ∈ A and 8 ∈ B; but 12 ∉ A.",
            "So A ∩ B = {4, 8}.",
            "A ∪ B = {2, 4, 6, 8, 12}, since 12 is new.",
            "Check: |A ∪ B| = |A| + |B| - |A ∩ B| = 4 + 3 - 2 = 5. ✓",
        ],
    ),
    (
        "Let $S=\\{1,2,3,4,5\\}$. How many subsets of $S$ contain 3?",
        [
            "We have $|S| = 5$.",
            "A subset that contains 3 is $\\{3\\} \\cup T$ with $T \\subseteq S \\setminus \\{3\\}"
            " = \\{1,2,4,5\\}$.",
            "So there are $2^4 = 16$ such subsets.",
        ],
    ),
    (
        "Start with the list [2, 9]. Append 4, insert 1 at the front, then remove 9. What is the"
        " list?",
        [
            "Start: [2, 9]",
            "Append 4 → [2, 9, 4]",
            "Insert 1 at the front → [1, 2, 9, 4]",
            "Remove 9 → [1, 2, 4]",
            "Final list: [1, 2, 4]",
        ],
    ),
    (
        "I have three pears, a lemon and 4 figs. How many fruits do I have?",
        [
            "pears: 3, lemon: 1, figs: 4",
            "Running total: 3, 4, 8",
            "3 + 1 + 4 = 8",
            "So I have 8 fruits.",
        ],
    ),
    (
        "Filter the list [5, 12, 7, 20, 3] and keep only the numbers greater than 6.",
        [
            "5 is not greater than 6, so skip it: []",
            "12 > 6, keep it: [12]",
            "7 is greater than 6, so we keep it: [12, 7]",
            "After adding 20: [12, 7, 20]",
            "3 is too small. Skip 3: [12, 7, 20]",
            "Result: [12, 7, 20]",
        ],
    ),
    (
        "Consider the list [14, 3, 27, 8, 3, 19]. Is 4 in it?",
        [
            "4 would be between 3 and 8 in sorted order: 3, 3, 8, 14, 19, 27.",
            "After 3 comes 8, so 4 isn't in it.",
            "Actually the list has 14, which ends with 4, but that is another number.",
            "No.",
        ],
    ),
    (
        "What is the sum of the even numbers in the list [3, 8, 5, 12, 7]?",
        [
            "Even numbers: 8, 12.",
            "The first even number is 8 and the second is 12.",
            "The sum is 8 + 12 = 20.",
            "There are 2 even numbers in the list, and the list has 5 elements.",
        ],
    ),
    (
        "Consider the list [5, 1, 4]. Is the list sorted?",
        [
            "5 > 1, so it goes down right at the start.",
            "The list is not sorted.",
            "Sorted it would be [1, 4, 5].",
            "The first element is 1 in the sorted list.",
        ],
    ),
    (
        "Consider the list [7, 7, 2, 9, 2]. Which numbers are duplicates?",
        [
            "7 appears twice; 2 appears twice; 9 appears once.",
            "The duplicates are 7 and 2.",
            "After removing duplicates: [7, 2, 9]",
            "The list has 3 elements now.",
        ],
    ),
    (
        "Let A = {x : x is a prime below 10} and B = {1, 3, 5}. Find A ∩ B.",
        [
            "A = {2, 3, 5, 7}.",
            "A ∩ B = {3, 5}, because 3 ∈ A, 5 ∈ A but 1 ∉ A.",
            "|A ∩ B| = 2.",
        ],
    ),
    (
        "What is the largest even number in the list [3, 8, 27, 12, 5]?",
        [
            "The even ones are 8 and 12.",
            "The largest is 12.",
            "The answer is 12.",
        ],
    ),
    (
        "What is the largest even number in the list [3, 8, 27, 12, 5]?",
        [
            "The largest number is 12, since it's even and the others are not bigger.",
            "12 is the largest.",
        ],
    ),
    (
        "Consider the list [9, 4, 7]. If sorted in ascending order, what is the second element?",
        [
            "The second element is 7.",
        ],
    ),
    (
        "Consider the list [9, 4, 7]. If sorted in ascending order, what is the second element?",
        [
            "4 is the smallest number in the list.",
            "Next comes 7.",
            "So 7 is the second element.",
            "The last element is 9.",
        ],
    ),
    (
        "Consider the list [9, 14, 27, 32]. Which of them are even?",
        [
            "9 is odd: it ends with 9.",
            "14: it ends with 4, so even.",
            "27: it ends with 7.",
            "32 ends with 2.",
            "It contains 2.",
            "There are 2 numbers in total.",
        ],
    ),
    (
        "Consider the words: pear, grape, fig, lime. Which word comes second alphabetically?",
        [
            "Alphabetical order: fig, grape, lime, pear.",
            "The first word is fig and the second word is grape.",
            "The answer is grape.",
        ],
    ),
    (
        "Consider the words: pear, grape, fig, lime. How many contain the letter e?",
        [
            "pear contains the letter e. grape contains the letter e. lime contains the letter e.",
            "fig doesn't contain the letter e.",
            "The words containing e are pear, grape and lime.",
            "There are 3 words containing e.",
            "There are 3 words in total.",
        ],
    ),
    (
        "Find the mean of the numbers 3, 8, 4.",
        [
            "The sum of the numbers is 3 + 8 + 4 = 15.",
            "There are 3 numbers in total.",
            "The mean is 15 / 3 = 5.",
        ],
    ),
    (
        "What is the median of the list [9, 1, 4, 7]?",
        [
            "Sorted: 1, 4, 7, 9.",
            "The second number is 4 and the third number is 7.",
            "The median is (4 + 7)/2 = 5.5.",
        ],
    ),
    (
        "What is the sum of the odd numbers in the list [3, 8, 5, 12, 7]?",
        [
            "The odd numbers are 3, 5, 7.",
            "The sum of the numbers is 15.",
            "The list has 3 elements that matter.",
            "The total of these numbers is 15.",
        ],
    ),
    (
        "Consider the list [4, 4, 9]. How many different numbers are there?",
        [
            "The list contains 4 twice.",
            "The different numbers are 4 and 9.",
            "There are 2 different numbers in the list.",
            "The list has 2 distinct elements.",
        ],
    ),
    (
        "Consider the list [4, 4, 9]. How many unique numbers are in the list?",
        [
            "9 appears once.",
            "4 appears more than once.",
            "So the only unique number is 9.",
            "There is 1 unique number in the list.",
        ],
    ),
    (
        "Is 12 in the list [3, 8, 5, 12, 7]?",
        [
            "Hmm, let me look. Is 12 in the list? First element: 3. Not 12. Second: 8. Nope."
            " Third: 5. No. Fourth: 12. Yes!",
            "12 is the fourth element.",
            "So yes, the list contains 12.",
            "Final answer: yes",
        ],
    ),
    (
        "Which numbers in the list [3, 8, 5, 12, 7] are greater than 6?",
        [
            "8 > 6 ✓, 12 > 6 ✓, 7 > 6 ✓.",
            "3 and 5 are not.",
            "The numbers greater than 6 are 8, 12, and 7.",
            "Sorted: 7, 8, 12.",
            "The largest is 12 and the smallest is 7.",
            "The range is 5.",
        ],
    ),
    (
        "Start with an empty list. Add 3, then add 5 at the front, then remove 3. What is left?",
        [
            "[] at first.",
            "After adding 3: [3]",
            "After adding 5: [5, 3]",
            "Remove 3: [5]",
            "The list is [5].",
        ],
    ),
    (
        "Let A = {1, 2, 3}. We remove 2 from A. Is 2 ∈ A?",
        [
            "After removing, A = {1, 3}.",
            "2 ∉ A.",
            "|A| = 2",
        ],
    ),
    (
        "Let A = {1, 2, 3} and B = {3, 4}. How many pairs (a, b) with a ∈ A, b ∈ B?",
        [
            "|A| = 3 and |B| = 2, so |A × B| = 3 · 2 = 6.",
            "A × B = {(1,3), (1,4), (2,3), (2,4), (3,3), (3,4)}.",
        ],
    ),
    (
        "Let $A=\\{1,2,3\\}$, $U=\\{1,\\dots,6\\}$. Find $A^c$.",
        [
            "$A^c = \\{4,5,6\\}$.",
            "$|A^c| = 3$, $|\\overline{A}| = 3$, $|A'| = 3$.",
            "$4 \\in A^c$ and $4 \\notin A$.",
        ],
    ),
    (
        "Find the image of $f(x)=x^2$ on $\\{-2,-1,0,1,2\\}$.",
        [
            "$f(\\{-2,-1,0,1,2\\}) = \\{0,1,4\\}$.",
            "So the range is $\\{0, 1, 4\\}$, with 3 elements.",
            "$4 \\in \\{0,1,4\\}$",
        ],
    ),
    (
        "Solve $|x| = 3$.",
        [
            "$x \\in \\{-3, 3\\}$.",
            "Both $3 \\in \\{-3,3\\}$ and $-3 \\in \\{-3,3\\}$ work.",
            "The solution set is $\\{3,-3\\} = \\{-3,3\\}$.",
        ],
    ),
    (
        "Roll a die. Let A be the event of an even number and B at least 4.",
        [
            "$A = \\{2,4,6\\}$, $B = \\{4,5,6\\}$",
            "$A \\cap B = \\{4,6\\}$ and $A \\cup B = \\{2,4,5,6\\}$",
            "$P(A \\cup B) = |A \\cup B|/6 = 4/6 = 2/3$",
        ],
    ),
    (
        "A box contains 9 apples and 3 pears. How many fruits?",
        [
            "The box contains 9 apples.",
            "3 pears are in the box.",
            "9 + 3 = 12",
        ],
    ),
    (
        "Is 91 in the list of primes below 100?",
        [
            "91 = 7 * 13.",
            "91 is not in the list of primes.",
            "The list contains 89 and 97.",
        ],
    ),
    (
        "I have two red apples, three green apples and a plum. How many fruits do I have?",
        [
            "There are 5 apples.",
            "There is 1 plum.",
            "5 + 1 = 6 fruits.",
        ],
    ),
    (
        "I have a drum, two flutes, and a violin. How many instruments do I have?",
        [
            "I count 1 drum, 2 flutes → 3 so far, 1 violin → 4.",
            "So 4 instruments.",
        ],
    ),
    (
        "I have a drum, two flutes, and a violin. How many instruments do I have?",
        [
            "1. drum\n2. flute\n3. flute\n4. violin",
            "There are 4.",
        ],
    ),
    (
        "I have a drum, two flutes, and a violin. How many instruments do I have?",
        [
            "drum: 1\nflutes: 3\nviolin: 4",
            "The running count ends at 4.",
        ],
    ),
    (
        "Consider the list [2, 4, 6]. Double each number. What is the new list?",
        [
            "2 → 4, 4 → 8, 6 → 12.",
            "The list is [4, 8, 12].",
            "The largest is 12.",
            "The list contains 8.",
        ],
    ),
    (
        "Consider the numbers 12, 15, 20. What is the largest common divisor?",
        [
            "The divisors of 12 are 1, 2, 3, 4, 6, 12.",
            "The largest is 12.",
            "The common ones: 1.",
            "The answer is 1.",
        ],
    ),
    (
        "How many of the numbers 12, 15, 20, 33 are multiples of 3?",
        [
            "12, 15 and 33.",
            "So there are 3 numbers.",
            "There are 3 numbers in total.",
        ],
    ),
    (
        "Consider the list [5, 9, 5, 2]. What is the position of the smallest number?",
        [
            "The smallest is 2.",
            "2 is at index 3.",
            "If we count from 1, 2 is at position 4.",
        ],
    ),
    (
        "Consider the words: noon, tea, eat. Which two are anagrams?",
        [
            "noon has letters n, o, o, n.",
            "tea and eat have the same letters: a, e, t.",
            "So tea and eat are anagrams.",
            "noon is a palindrome, but that doesn't matter.",
        ],
    ),
    (
        "Consider the list [3, 8, 5, 12, 7]. What is the second number from the end?",
        [
            "From the end: 7, 12, ...",
            "12 is the second element from the end.",
            "In other words the fourth element is 12.",
        ],
    ),
    (
        "Rank the numbers 4, 9, 1 from largest to smallest?",
        [
            "The order is 9, 4, 1.",
            "9 comes first in the list.",
            "The first element is 9.",
        ],
    ),
    (
        "Consider the list [3, 1, 2]. How many inversions are there?",
        [
            "3 comes before 1: inversion. 3 comes before 2: inversion.",
            "The inversions are (3,1) and (3,2).",
        ],
    ),
]
WRONG = [
    (
        "Consider the list [14, 3, 27, 8, 3, 19]. Does the list contain 9?",
        1,
        [
            "Scan it: 14, 3, 27, 8, 3, 19.",
            "I see 9 in the list.",
            "Answer: yes",
        ],
    ),
    (
        "Consider the list [14, 3, 27, 8, 3, 19]. Is 27 in the list?",
        0,
        [
            "27 is the second element.",
            "So 27 is in the list.",
        ],
    ),
    (
        "Consider the list [14, 3, 27, 8, 3, 19]. How many distinct numbers are in the list?",
        1,
        [
            "The list has 6 numbers.",
            "8 appears twice.",
            "There are 5 distinct numbers in the list.",
        ],
    ),
    (
        "Consider the list [14, 3, 27, 8, 3, 19]. What is the second largest number?",
        1,
        [
            "The largest number is 27.",
            "The second largest number is 14.",
        ],
    ),
    (
        "Consider the list [14, 3, 27, 8, 3, 19]. Which of them are odd?",
        0,
        [
            "The odd numbers so far: [3, 27, 8].",
        ],
    ),
    (
        "Consider the list [14, 3, 27, 8, 3, 19]. What is the range?",
        0,
        [
            "The maximum is 27 and the minimum is 8.",
            "The range is 19.",
        ],
    ),
    (
        "Consider the list [14, 3, 27, 8, 3, 19]. At which position is 8?",
        1,
        [
            "14 is first in the list, I think.",
            "8 is at position 5.",
        ],
    ),
    (
        "Here are some words: radar, plum, orange, noon, fig. Which of them are palindromes?",
        1,
        [
            "radar is a palindrome.",
            "fig is a palindrome.",
        ],
    ),
    (
        "Consider the words: radar, plum, orange, noon, fig. Which is the longest?",
        0,
        [
            "orange has 7 letters.",
            "The longest word is orange.",
        ],
    ),
    (
        "Are 'dusty' and 'sturdy' anagrams?",
        1,
        [
            "The letters of dusty are d, u, s, t, y.",
            "So 'dusty' and 'sturdy' are anagrams.",
        ],
    ),
    (
        "Let A = {2, 4, 6, 8} and B = {4, 8, 12}. Find A ∩ B and A ∪ B.",
        1,
        [
            "A ∩ B = {4, 8}.",
            "A ∪ B = {2, 4, 6, 12}.",
        ],
    ),
    (
        "Let $S=\\{1,2,3,4,5\\}$. How many subsets of $S$ contain 3?",
        0,
        [
            "We have $S \\setminus \\{3\\} = \\{1,2,3,5\\}$.",
            "So there are $2^4 = 16$.",
        ],
    ),
    (
        "Start with the list [2, 9]. Append 4, insert 1 at the front, then remove 9. What is the"
        " list?",
        2,
        [
            "Append 4 → [2, 9, 4]",
            "Insert 1 at the front → [1, 2, 9, 4]",
            "Remove 9 → [1, 2, 9]",
        ],
    ),
    (
        "I have three pears, a lemon and 4 figs. How many fruits do I have?",
        0,
        [
            "I have 2 pears, a lemon and 4 figs.",
            "2 + 1 + 4 = 7",
        ],
    ),
    (
        "Filter the list [5, 12, 7, 20, 3] and keep only the numbers greater than 6.",
        1,
        [
            "12 is kept: [12]",
            "After adding 7: [12, 5, 7]",
        ],
    ),
    (
        "Consider the list [5, 1, 4]. Is the list sorted?",
        0,
        [
            "The list is sorted.",
            "The answer is yes.",
        ],
    ),
    (
        "Consider the list [7, 7, 2, 9, 2]. Which numbers are duplicates?",
        0,
        [
            "The duplicates are 7 and 9.",
        ],
    ),
    (
        "Consider the list [5, 1, 4, 4]. How many numbers are in the list?",
        0,
        [
            "There are no repeated numbers in the list.",
            "The length of the list is 4.",
        ],
    ),
    (
        "Consider the words: radar, plum, orange, noon, fig. How many start with a vowel?",
        0,
        [
            "plum starts with o.",
            "So it is 2.",
        ],
    ),
    (
        "Let A = {2, 3, 5, 7} and B = {1, 3, 5}. Find A ∩ B.",
        1,
        [
            "3 ∈ A and 5 ∈ A.",
            "1 ∈ A as well, so A ∩ B = {1, 3, 5}.",
        ],
    ),
]


@pytest.mark.parametrize(("problem", "steps"), RIGHT)
@pytest.mark.parametrize("profile", ["precise", "thorough"])
def test_right_traces_are_left_alone(problem: str, steps: list[str], profile: str) -> None:
    report = clr.audit(problem=problem, steps=steps, profile=profile)
    faults = [c for s in report.steps for c in s.claims if c.verdict.fault is not None]
    assert faults == []


@pytest.mark.parametrize(("problem", "wrong", "steps"), WRONG)
def test_a_mistake_is_named(problem: str, wrong: int, steps: list[str]) -> None:
    assert clr.audit(problem=problem, steps=steps).first_error == wrong
