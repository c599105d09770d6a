"""Traces that argue by cases, in symbols, with truth tables, calendars and overlapping groups.

Each is a problem, its steps, and the index of the one wrong step, or -1 where all are right.
"""

from __future__ import annotations

ISLAND = "On an island, knights always tell the truth and knaves always lie. "

RIGHT: tuple[tuple[str, list[str]], ...] = (
    (
        ISLAND + "A says 'B is a knave.' B says 'A and C are the same type.' What is C?",
        [
            "Let me split on what A is.",
            "Case 1: A is a knight. Then A tells the truth, so B is a knave. So what B says is "
            "false, and A and C are different. So C is a knave.",
            "Case 2: A is a knave. Then A lies, so B is a knight. So A and C are the same type, "
            "and therefore C is a knave.",
            "In both cases, C is a knave.",
        ],
    ),
    (
        ISLAND + "Remy says 'Sol is a knight.' Sol says 'Remy and I are different.' Who is what?",
        [
            "Hmm, try Remy being a knight first.",
            "Suppose Remy is a knight. Then Sol is a knight. But then Remy and Sol are the same "
            "type, while Sol says that they differ. Contradiction.",
            "So Remy is a knave.",
            "Then what he says is false, so Sol is a knave.",
            "Check: Sol says Remy and he are different, which is false. Good.",
        ],
    ),
    (
        ISLAND + "Uma says 'Vic is a knave.' Vic says 'Wim is a knave.' Wim says 'Uma and Vic are "
        "both knaves.' Who is a knight?",
        [
            "Case 1:\nUma is a knight.\nThen Vic is a knave, so Wim is a knight.\nBut Wim says "
            "Uma is a knave, so this is impossible.",
            "Case 2:\nUma is a knave.\nThen Vic is a knight.\nSo Wim is a knave.",
            "Wait, is Wim's claim false there? He says Uma and Vic are both knaves, but Vic is a "
            "knight. Yes, it is false.",
            "So Uma is a knave, Vic is a knight and Wim is a knave.",
        ],
    ),
    (
        "If it rains, the match is cancelled. If the match is cancelled, Tom stays home. If it "
        "does not rain, Tom goes to the park. If Tom goes to the park, Tom is happy. If Tom stays "
        "home, Tom is happy. Is Tom happy?",
        [
            "There are two possibilities:\n"
            "- It rains. Then the match is cancelled, so Tom stays home, so Tom is happy.\n"
            "- It does not rain. Then Tom goes to the park, so Tom is happy.",
            "Either way, Tom is happy.",
        ],
    ),
    (
        "All poets are dreamers. No dreamer is an accountant. Rosa is a poet. Is Rosa an "
        "accountant?",
        [
            "Could Rosa be an accountant? If Rosa is an accountant, then she is not a dreamer.",
            "But Rosa is a poet, so she is a dreamer.",
            "Hence Rosa is not an accountant.",
            "Answer: No.",
        ],
    ),
    (
        "Only managers have keys. Every manager passed some exam. Bea has a key. Did Bea pass an "
        "exam?",
        [
            "Bea has a key, and only managers have keys, so Bea is a manager.",
            "Every manager passed some exam, so Bea passed some exam.",
        ],
    ),
    (
        "Three friends, Ann, Bob and Cy, each own a different pet: a cat, a dog or a fish. Ann "
        "does not own the dog. Bob owns the fish. Who owns what?",
        [
            "Options for the dog:\n(a) Ann owns the dog. Then Cy owns the cat. That breaks the "
            "first clue.\n(b) Cy owns the dog. Then Ann owns the cat.",
            "So Cy owns the dog.",
            "Either way, Bob owns the fish.",
        ],
    ),
    (
        "Four runners, Ann, Bob, Cy and Di, finished a race. Ann finished before Bob. Cy finished "
        "last. Di finished after Bob. Who won?",
        [
            "Let's see. Bob could be first. Then Ann would be behind him, which is not allowed.",
            "Case A:\nAnn finished first.\nThen Bob finished second and Di finished third.",
            "So the order is Ann, Bob, Di, Cy.",
        ],
    ),
    (
        "Given the premises p → q, q → r and ¬r, prove ¬p.",
        [
            "1. p → q (premise)\n2. q → r (premise)\n3. ¬r (premise)",
            "4. ¬q (modus tollens, 2, 3)\n5. ¬p (modus tollens, 1, 4)",
        ],
    ),
    (
        "Prove p → r from p → q and q → r.",
        [
            "1. p → q (premise)\n2. q → r (premise)\n3. Assume p\n4. q (→E 1, 3)\n5. r (→E 2, 4)",
            "6. p → r (→I 3-5)",
        ],
    ),
    (
        "Premises: A ∨ B, ¬A, B → C. Derive C.",
        [
            "From A ∨ B and ¬A, we get B.",
            "B → C and B, so C.",
            "(The rule in the first line is disjunctive syllogism, in the second modus tollens.)",
        ],
    ),
    (
        r"Premises: $\forall x (Human(x) \to Mortal(x))$, $Human(socrates)$. Prove "
        r"$Mortal(socrates)$.",
        [
            r"1. $\forall x (Human(x) \to Mortal(x))$ (premise)",
            r"2. $Human(socrates) \to Mortal(socrates)$ (universal instantiation, 1)",
            r"3. $Human(socrates)$ (premise)",
            r"4. $Mortal(socrates)$ (modus ponens, 2, 3)",
        ],
    ),
    (
        "Simplify ¬(p → q) ∨ ¬p. Is it logically equivalent to ¬(p ∧ q)?",
        [
            "p → q ≡ ¬p ∨ q, so ¬(p → q) ≡ p ∧ ¬q by De Morgan.",
            "¬(p → q) ∨ ¬p ≡ (p ∧ ¬q) ∨ ¬p",
            "(p ∧ ¬q) ∨ ¬p ≡ (p ∨ ¬p) ∧ (¬q ∨ ¬p)",
            "(p ∨ ¬p) ∧ (¬q ∨ ¬p) ≡ ¬q ∨ ¬p",
            "¬q ∨ ¬p ≡ ¬(p ∧ q)",
        ],
    ),
    (
        "How many rows of the truth table of (p → q) ∧ ¬q are true?",
        [
            "| p | q | p → q | ¬q | (p → q) ∧ ¬q |\n|---|---|---|---|---|\n| T | T | T | F | F |\n"
            "| T | F | F | T | F |\n| F | T | T | F | F |\n| F | F | T | T | T |",
            "So the formula is true in exactly 1 row.",
        ],
    ),
    (
        "Evaluate p ∧ ¬q ∧ (q → r) in each case, using truth values for p, q and r.",
        [
            "When p = T, q = F, r = F: ¬q = T, so q → r = T.",
            "p = F, q = T, r = T: q → r = T.",
            "If p is true and q is true, ¬q is false.",
        ],
    ),
    (
        "In a class of 30 students, 18 play football, 15 play chess, and 7 play both. How many "
        "play neither?",
        [
            "First I thought 18 + 15 = 33, but that counts the 7 twice.",
            "|F ∪ C| = |F| + |C| - |F ∩ C| = 18 + 15 - 7 = 26",
            "Only football: 18 - 7 = 11. Only chess: 15 - 7 = 8.",
            "So 30 - 26 = 4 play neither.",
        ],
    ),
    (
        "Of 40 students, 25 study French, 20 study German, and 5 study neither. How many study "
        "both?",
        [
            "40 - 5 = 35 study at least one.",
            "25 + 20 = 45, which is 10 more than 35.",
            "Hence 10 students study both languages.",
        ],
    ),
    (
        "Bob goes to bed at 10:45 PM and wakes at 6:30 AM. How long does he sleep?",
        [
            "From 10:45 PM to midnight is 1 h 15 min.",
            "From midnight to 6:30 AM is 6 h 30 min.",
            "From 22:45 to 06:30 is 7 h 45 min.",
        ],
    ),
    (
        "Today is Monday. What day of the week will it be in 100 days?",
        [
            "98 days is 14 weeks.",
            "So it is 2 days after Monday, which is Wednesday.",
            "100 days after Monday is Wednesday.",
        ],
    ),
    (
        "Cats are faster than dogs. Dogs are faster than snails. Horses are faster than cats. "
        "Which animal is the slowest?",
        [
            "Cats are faster than dogs and dogs are faster than snails, so cats are faster than "
            "snails.",
            "Horses are faster than cats, so horses > cats > dogs > snails.",
            "The snails are the slowest.",
        ],
    ),
)

WRONG: tuple[tuple[str, list[str], int], ...] = (
    (
        ISLAND + "A says 'B is a knave.' B says 'A and C are the same type.' What is C?",
        [
            "Case 1: A is a knight. Then B is a knave. So A and C are different types.",
            "Case 2: A is a knave. Then B is a knight.",
            "In both cases, C is a knight.",
        ],
        2,
    ),
    (
        ISLAND + "A says 'B is a knave.' B says 'A and C are the same type.' What is C?",
        [
            "Suppose A is a knight. Then B is a knight.",
            "Suppose A is a knave. Then B is a knight.",
        ],
        0,
    ),
    (
        ISLAND + "Remy says 'Sol is a knight.' Sol says 'Remy and I are different.' Who is what?",
        ["Suppose Remy is a knight. That leads to a contradiction.", "So Remy is a knave.",
         "Hence Sol is a knight."],
        2,
    ),
    (
        "If it rains, the match is cancelled. If the match is cancelled, Tom stays home. If it "
        "does not rain, Tom stays home. Does Tom stay home?",
        [
            "Case 1: It rains. Then the match is cancelled, so Tom stays home.",
            "Case 2: It does not rain. Then Tom stays home.",
            "So Tom does not stay home, either way.",
        ],
        2,
    ),
    (
        "All poets are dreamers. No dreamer is an accountant. Rosa is a poet. Is Rosa an "
        "accountant?",
        ["Rosa is a poet, so Rosa is a dreamer.", "Hence Rosa is an accountant."],
        1,
    ),
    (
        "Only managers have keys. Bea has a key. No trainee is a manager. Is Bea a trainee?",
        ["Bea has a key, so Bea is a manager.", "So Bea is a trainee."],
        1,
    ),
    (
        "Neither Tom nor Sue sings. If Bo dances, then Tom sings. Does Bo dance?",
        ["Tom does not sing.", "So Bo dances."],
        1,
    ),
    (
        "Three friends, Ann, Bob and Cy, each own a different pet: a cat, a dog or a fish. Ann "
        "does not own the dog. Bob owns the fish. Who owns what?",
        ["Ann does not own the dog or the fish, so Ann owns the cat.",
         "Therefore Cy owns the fish."],
        1,
    ),
    (
        "Given the premises p → q, q → r and ¬r, prove ¬p.",
        ["1. p → q (premise)\n2. q → r (premise)\n3. ¬r (premise)", "4. q (modus ponens, 2, 3)"],
        1,
    ),
    (
        "Premises: A ∨ B, ¬A, B → C. Derive C.",
        ["From A ∨ B and ¬A, we get B.", "Hence ¬C."],
        1,
    ),
    (
        r"Premises: $\forall x (Cat(x) \to \neg Dog(x))$, $Cat(tom)$. Prove $\neg Dog(tom)$.",
        [r"1. $Cat(tom)$ (premise)", r"2. $Dog(tom)$ (universal instantiation)"],
        1,
    ),
    (
        "Simplify ¬(p ∧ ¬q). Which formula is it logically equivalent to?",
        ["By De Morgan, ¬(p ∧ ¬q) ≡ ¬p ∨ q.", "So ¬(p ∧ ¬q) ≡ q → p."],
        1,
    ),
    (
        "Is p → (q → p) a tautology?",
        ["p → (q → p) ≡ ¬p ∨ (¬q ∨ p)", "So p → (q → p) is not a tautology."],
        1,
    ),
    (
        "How many rows of the truth table of p ∨ ¬q are true?",
        [
            "| p | q | ¬q | p ∨ ¬q |\n|---|---|---|---|\n| T | T | F | T |\n| T | F | T | T |\n"
            "| F | T | F | T |\n| F | F | T | T |",
            "So it is true in 4 rows.",
        ],
        0,
    ),
    (
        "How many rows of the truth table of p → q are true?",
        ["When p is true and q is false, p → q is false.",
         "So p → q is true in exactly 2 rows."],
        1,
    ),
    (
        "In a class of 30 students, 18 play football, 15 play chess, and 7 play both. How many "
        "play neither?",
        ["|F ∪ C| = 18 + 15 + 7 = 40"],
        0,
    ),
    (
        "Of 40 students, 25 study French, 20 study German, and 5 study neither. How many study "
        "both?",
        ["40 - 5 = 35 study at least one.", "So 5 students study both."],
        1,
    ),
    (
        "A train leaves at 9:40 and arrives at 11:05. How long is the trip?",
        ["From 9:40 to 10:00 is 20 min.", "From 9:40 to 11:05 is 1 h 35 min."],
        1,
    ),
    (
        "Today is Monday. What day of the week will it be in 100 days?",
        ["98 days is 14 weeks.", "100 days after Monday is Tuesday."],
        1,
    ),
    (
        "Cats are faster than dogs. Dogs are faster than snails. Horses are faster than cats. "
        "Which animal is the slowest?",
        ["Horses are faster than cats, and cats are faster than dogs.",
         "So dogs are faster than horses."],
        1,
    ),
)  # fmt: skip
