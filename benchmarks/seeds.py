"""Short traces in every domain that CLR reads, for a fuzzer to damage.

Each is a problem and a response in whose steps the readers of its domain find claims.
"""

from __future__ import annotations

SEEDS: tuple[tuple[str, str], ...] = (
    (
        "There are five boats in a harbour race: Ada, Bee, Cob, Dot, and Elk. Ada finished before"
        " Cob. Bee finished second. Elk finished last. Cob finished before Dot. Who won?",
        "Bee finished second and Elk finished last.\n\nSince Cob finished before Dot, and Ada"
        " finished before Cob, Ada must be first.\n\nSo from first to last: first is Ada, then"
        " second is Bee, then third is Cob, then fourth is Dot, then fifth is Elk.",
    ),
    (
        "On a bench there are three jars: a red jar, a blue jar, and a green jar.\n- The red jar is"
        " to the left of the blue jar.\n- The green jar is the leftmost.\nWhich of the following is"
        " true?\nOptions:\n(A) The red jar is the rightmost.\n(B) The blue jar is the rightmost.",
        '(1) The green jar is the leftmost: "green ? ?".\n\n(2) The red jar is to the left of the'
        " blue jar.\n\nFrom left to right: green jar, red jar, blue jar. So the answer is (B).",
    ),
    (
        "Complete the rest of the sequence, making sure that the parentheses are closed properly."
        " Input: { ( [ ] ) <",
        "stack: empty\n\n{ ; stack: {\n\n( ; stack: { (\n\n[ ; stack: { ( [\n\n] ; stack: { (\n\n"
        ") ; stack: {\n\n< ; stack: { <\n\nNow, we have reached the end. The final stack is"
        ' "{ <".\n\nWe will need to pop out "<", "{" one by one in that order.\n\nSo, we need ">",'
        ' "}". So the answer is > }',
    ),
    (
        "Ann, Ben, and Cy play a game. At the start, they each hold a ball: Ann has a red ball, Ben"
        " has a green ball, and Cy has a blue ball.\nFirst, Ann and Ben swap balls. Then, Ben and"
        " Cy swap balls. At the end of the game, Ann has the\nOptions:\n(A) red ball.\n(B) green"
        " ball.\n(C) blue ball.",
        "(0) At the start: Ann: red, Ben: green, Cy: blue.\n\n(1) Ann and Ben swap balls: Ann:"
        " green, Ben: red, Cy: blue.\n\n(2) Ben and Cy swap balls: Ann: green, Ben: blue, Cy: red."
        "\n\nAt the end of the game, Ann has the green ball. So the answer is (B).",
    ),
    (
        "Sort the following words alphabetically: List: oven pear anvil pebble oak",
        '(1) First letters: "oven": "o" (15). "pear": "p" (16). "anvil": "a" (1). "pebble": "p"'
        ' (16). "oak": "o" (15).\n\nWe now have: (1) "anvil" < (15) ["oven" ? "oak"] < (16)'
        ' ["pear" ? "pebble"].\n\nNow let us sort this subpart ["oven" ? "oak"] by looking at'
        ' their second letters. "oven": "v" (22). "oak": "a" (1). We now have: (1) "oak" < (22)'
        ' "oven".\n\nSo the answer is anvil oak oven pear pebble.',
    ),
    (
        "All otters are mammals. No mammals are reptiles. If Rollo swims, then Rollo is an otter."
        " Either Rollo swims or Rollo is a stone. Rollo is not a stone. Is Rollo a reptile?",
        "Since Rollo is not a stone, Rollo swims.\n\nRollo swims, so Rollo is an otter.\n\nBecause"
        " all otters are mammals, Rollo is a mammal. Therefore, Rollo is not a reptile.",
    ),
    (
        "Sam says that Pia lies. Pia tells the truth or Kit lies. Kit lies. Does Sam tell the"
        " truth?",
        "Kit lies, so Pia tells the truth or Kit lies. Hence Sam lies.",
    ),
    (
        "Numbers: 4, 9, 12, 7, 20, 3. How many of them are odd?",
        "The odd numbers are 9, 7 and 3.\n\n12 is in the list, and the largest number is 20.\n\n"
        "In ascending order: 3, 4, 7, 9, 12, 20\n\nSo there are 3 odd numbers.",
    ),
    (
        "Ana, Bea and Cleo play on Monday, Tuesday and Wednesday, one each day. (1) Ana doesn't"
        " play on Monday. (2) Bea plays the day after Cleo. (3) Cleo doesn't play on Tuesday.",
        "From clue 2, Cleo plays on Monday or Tuesday.\n\nBy (2) and (3), Cleo plays on Monday, so"
        " Bea plays on Tuesday.\n\n| Monday | Tuesday | Wednesday |\n|--|--|--|\n"
        "| Cleo | Bea | Ana |",
    ),
    (
        "There are three lamps, A, B and C, all off. Someone toggles A, then toggles B and C. Then"
        " A is turned off.",
        "Toggle A: A on, B off, C off.\n\nToggle B and C: A is on, B and C are on.\n\nSo only B"
        " and C are on.",
    ),
    (
        "Five cards lie in a row: A, B, C, D, E. The cards at positions 2 and 5 are swapped. Then"
        " reverse the first three.",
        "Swap positions 2 and 5: A E C D B\n\nReverse the first three: C E A D B",
    ),
    (
        "Evaluate: not ( ( True and False ) or not ( False or True ) ) and True is",
        "Let A = ( True and False ) = False and B = not ( False or True ) = not True = False.\n\n"
        "not ( A or B ) and True = not ( False or False ) and True = True. The answer is True.",
    ),
    (
        "```python\ndef f(items):\n    total = 0\n    for x in items:\n        if x % 2:\n"
        "            total += x * 3\n    return [total, sorted(items)]\n```\nWhat does f([3, 1, 2])"
        " return?",
        "The loop runs 3 times. `f([3, 1, 2])` returns `[12, [1, 2, 3]]`.\n\n>>> f([])\n[0, []]\n\n"
        "f([2]) == [0, [2]], and f(5) raises a TypeError. The answer is \\boxed{[12, [1, 2, 3]]}.",
    ),
    (
        "Here is a program:\n```python\nword = 'ab' * 2\nwhile len(word) < 9:\n    word += 'c'\n"
        "print(word.upper(), {'k': (1, 2)}['k'])\n```\nWhat is printed?",
        "The while loop runs 5 times. The program prints `ABABCCCCC (1, 2)`. The output is"
        " `ABABCCCCC (1, 2)`.",
    ),
    (
        "A tram leaves at 9:40 am and needs 2 hours 35 minutes. On March 3, 2024, a Sunday, it was"
        " 45 days late. When does it arrive?",
        "9:40 am plus 2 hours 35 minutes is 12:15 pm. 45 days after March 3, 2024 is April 17,"
        " 2024, which is a Wednesday. The answer is 12:15 pm.",
    ),
    (
        "Today is the last day of February 2020. What is the date a week ago in MM/DD/YYYY?\n"
        "Options:\n(A) 02/22/2020\n(B) 02/21/2020",
        "If today is the last day of February 2020, then today is February 29, 2020.\n\nA week ago"
        " was Saturday, February 22, 2020, that is 02/22/2020. So the answer is (A).",
    ),
    (
        "If you follow these instructions, do you return to the starting point? Take 3 steps. Turn"
        " left. Take 2 steps. Turn around. Take 2 steps.",
        "We start at (0, 0), facing north. Take 3 steps: (0, 3), facing north.\n\nTurn left: (0, 3)"
        ", facing west. (0, 3) -> (-2, 3).\n\n| 4 | Turn around | (-2, 3) | East |\n\nTake 2 steps:"
        " x = 0, y = 3. Since (0, 3) is not (0, 0), we are not where we started. The answer is No.",
    ),
    (
        "I have two lamps, an apple, and three drums. How many objects do I have?",
        "- lamps (2)\n- apple (1)\n- drums: 3\n\n2 + 1 + 3 = 6. 2 lamps + 1 apple + 3 drums = 6"
        " objects. So there are 6 objects in total. The answer is 6.",
    ),
    (
        "How many times does the letter r appear in the word strawberry?",
        "The word is spelled s-t-r-a-w-b-e-r-r-y.\n\n3. r\n\nThe letter r appears at positions 3, 8"
        " and 9. So there are 3 r's in strawberry. The answer is 3.",
    ),
    (
        "Three friends, Ken, Liv and Moe, each have a different pet (cat, dog, fish) and a"
        " different drink (tea, milk, juice). Ken has the dog. The one with the fish drinks milk."
        " Liv does not drink milk.",
        "Liv does not drink milk, so Liv does not have the fish.\n\nHence Liv has the cat and Moe"
        " has the fish.\n\n| Name | Pet |\n|---|---|\n| Ken | dog |\n| Moe | fish |",
    ),
    (
        'Take the last letters of the words in "Ivy Otto Noah Pam" and concatenate them.',
        '- Ivy → y\n- Otto → o\n\nThe last letter of "Noah" is "h". The last letter of "Pam" is'
        ' "m".\n\n'
        "Concatenating them gives yohm. The answer is yohm.",
    ),
    (
        "Start with an empty queue. Enqueue 4, enqueue 7, dequeue, enqueue 1. What is in the"
        " queue?",
        "1. enqueue 4 → [4]\n2. enqueue 7 → [4, 7]\n\nAfter the third operation, the queue is [7]."
        "\n\nenqueue 1: [7, 1]. So the queue is [7, 1].",
    ),
    (
        "The key is in the drawer and the letter is in the box. Paul moves the key from the drawer"
        " to the box. Then Ida moves the letter to the shelf. Where is the key?",
        "Initially: key → drawer, letter → box.\n\nPaul moves the key to the box, so the key is in"
        " the box. Ida moves the letter: letter → shelf.\n\nSo the key is in the box.",
    ),
    (
        "Today, Nora went to the market. Between what times could they have gone?\nNora woke up at"
        " 6am.\nPiet saw Nora fixing a bike in the yard from 8am to 10am.\nThe market was closed"
        " after 10am.\nOptions:\n(A) 6am to 8am\n(B) 8am to 10am",
        "Wake-up time: 6am.\n6am-8am: free.\n8am-10am: fixing a bike in the yard.\n\nThe only time"
        " when Nora could have gone to the market was 6am to 8am. So the answer is (A).",
    ),
    (
        "Consider the list [3, 8, 5, 12, 7]. How many of them are even, and what is their sum?",
        "The even numbers in the list are 8 and 12. There are 5 numbers.\n\nSorted in descending"
        " order: 12, 8, 7, 5, 3. The largest number is 12, so the sum is 20.",
    ),
    (
        "Solve the system x + 2y = 7, 3x - y = 0 and find all integers n with n^2 \\equiv 4"
        " \\pmod{12}.",
        "Substituting \\(y = 3x\\) gives \\(7x = 7\\), so \\(x = 1\\) and \\(y = 3\\).\n\n"
        "\\[\\begin{aligned} \\sum_{k=1}^{10} k^2 &= \\frac{10 \\cdot 11 \\cdot 21}{6} \\\\ &= 385"
        " \\end{aligned}\\]\n\nSuppose \\(n \\le 5\\). Then \\(|n - 2| \\ge 0\\) and \\(\\gcd(12,"
        " 18) = 6\\). \\(\\int_0^1 x^2 \\, dx = \\frac13\\), \\(f'(x) = 2x\\), \\(\\sin 30^\\circ ="
        " \\frac{1}{2}\\).\n\nThe answer is \\(\\boxed{\\{2, 4, 8, 10\\}}\\).",
    ),
    (
        "Write exactly three bullet points. A train goes 3.5 km in 1/4 hour. How far does it go in"
        " 2 1/2 hours, at 20% more speed?",
        "- Speed: 3.5 km / 0.25 hours = 14 km per hour.\n- 20% more is 14 * 1.2 = 16.8 km/h.\n- In"
        " 2 1/2 hours: 16.8 x 2.5 = 42 km = 42,000 m. Wait, that is wrong. No, 42 is right.\n\n"
        "#### 42",
    ),
    (
        "Given the premises p → q, q → r and ¬r, prove ¬p. Make a truth table of p ∧ ¬q.",
        "1. p → q (premise)\n2. q → r (premise)\n3. ¬r (premise)\n4. ¬q (modus tollens 2, 3)\n\n"
        "From p → q and ¬q, we get ¬p. p → q ≡ ¬p ∨ q\n\n| p | q | p ∧ ¬q |\n|---|---|---|\n"
        "| T | T | F |\n| T | F | T |\n\np = T, q = F: p ∧ ¬q = T. So it is true in 1 row.",
    ),
    (
        "Six people, Ann, Bob, Cy, Di, Ed and Fay, sit around a circular table. Ann sits opposite"
        " Bob. Cy sits next to Ann. Di is two seats to the left of Cy. Who sits next to Bob?",
        "Ann is opposite Bob, so Cy is not next to Bob.\n\nSuppose Di is to Ann's right.\n\nEd and"
        " Fay sit opposite each other. Cy sits between Ann and Ed.",
    ),
    (
        "In a class of 30 students, 18 play football, 15 play chess, and 7 play both. How many play"
        " neither?",
        "|F ∪ C| = 18 + 15 - 7 = 26\n\nOnly football: 18 - 7 = 11.\n\nSo 30 - 26 = 4 play neither.",
    ),
)
