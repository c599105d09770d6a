"""What people and models write without being wrong is never refuted; what is wrong beside it is."""

import pytest

import clr
from clr.claim import Status

SOUND = [
    # functions, powers and marks that belong to an operand are never cut off it
    "arcsin(1/2) = π/6, and ln(2)/5730 = 0.000121.",
    "With k = ln 2/5730 ≈ 1.21 × 10⁻⁴ this is slow.",
    "6.02 × 10²³ × 2 = 1.204 × 10²⁴",
    "sqrt(16) + 1 = 5 and 3 cos 60° + 1 = 2.5.",
    "sqrt(50) = 5 sqrt 2 ≈ 7.07",
    "int(7/2) = 3",
    "3,14 + 1 = 4,14",
    "$log2(8) = 3$, $log10(1000) = 3$",
    "8 + 7 != 14",
    "(2x − 3y)³ = 8x³ − 36x²y + 54xy² − 27y³, and 2x · 3y = 6xy for all real x and y.",
    "25² = 2·3 | 25 = 625.",
    # quantities in two units, quotients with a remainder
    "365/7 = 52 weeks and 1 day",
    "130 minutes / 60 = 2 hours 10 minutes",
    "1 hr 30 min + 45 min = 2 hr 15 min",
    "17/5 = 3 full boxes.",
    "20/3 = 6 boxes, with 2 items left.",
    "7 / 2 = 3 (integer division)",
    "So 6 × 50 cents = 3 dollars.",
    # sums with dots, repeating decimals
    "10 - 9 + 8 - 7 + ... - 1 = 5",
    "$1 + 2 + 4 + ... + 2^9 = 1023$",
    "1/3 = 0.333..., and 1/7 = 0.142857142857...",
    # numerals and operations of programs
    "17 = 0x11, 0xA + 0x7 = 0x11, and 0b101 + 1 = 6.",
    "0x5 = 0",
    "1 << 3 + 1 = 16, and 1024 >> 3 = 128.",
    "7 // 2 = 3 and 7 % 2 = 1; 9 // 4 = 2 and 9 % 4 = 1.",
    "Bitwise xor: 5 ^ 3 = 101 ^ 011 = 110, so 5 ^ 3 = 6.",
    "In Boolean algebra 1 + 1 = 1 and 1 · 0 + 1 = 1.",
    # thousands, powers of ten under a slash, units to a power
    "1'250 + 750 = 2'000",
    "3.98 × 10⁻¹⁹ / 1.602 × 10⁻¹⁹ ≈ 2.48",
    "6 × 10^5 / 2 × 10^3 = 300",
    "1.5e-4 × 2 = 3.0e-4 = 0.0003, 4.8e-19/1.6e-19 = 3, 1e-3 = 0.001, and 2e - 1 = 4.4366.",
    "4^2 = 16 cm^(2)",
    r"$9.8 \text{ m s}^{-2} \cdot 2 = 19.6$",
    "N = mg cos 60° = 50 × 0.5 = 25",
    # marks that end a sentence, signs put into a square, roots
    "(5!)! = 120! is huge.",
    "The LCM of 12 and 15 is 60!",
    "5 + 3 = 8! So 6 = 3! as well.",
    "With x = -5 we have x^2 = -5^2 = 25.",
    "-7 is a square root of 49.",
    # numbers of items and what is no number of theirs
    "(2) cbrt(27) = 3",
    "(2) (3 + 4) = 14",
    "Step 2 - 540 ÷ 45 = 12",
    "Day 2 - 5 + 3 = 8",
    # residues and numerals
    "On the clock, 9 + 7 = 4.",
    "The primes up to 10 are 2, 3, 5 and 7, so π(10) = 4.",
    "7^2 = 49 = 10 mod 13. 7^4 = 10^2 = 100 = 100 - 91 = 9 mod 13.",
    "Working modulo 13: 7^2 = 49 = 10, 7^4 = 100 = 9.",
    r"$2^{10} = 1024 = 2 \mod 7$",
    "In F_5, 2 + 4 = 1.",
    "Over 𝔽₇, 5 + 4 = 2; in Z₃ we have 2 + 2 = 1.",
    "5·3 = 15 = 1 mod 7, so 5^{-1} = 3 and 2/5 = 6.",
    "In binary, 101 + 11 = 1000.",
    "In base 5: 3 + 4 = 12.",
    "44 = 32 + 8 + 4 = 101100 in binary, and 19 = 16 + 2 + 1 = 00010011 in 8 bits.",
    "So Tom has 3 × 48 = 144 apples from Jim, and 150 - 6 = 144 pages for Ann Smith and Bob.",
    "(1) 5 × 36 = 180 (2) 4 × 85 = 340 and (1) + (2) = 520",
    r"Modulo 7 we have \(15 \equiv 1\) and \(8 \equiv 1\), and \(8 \equiv 3\) modulo 5.",
    "27 = 16 + 11 = 1B in hexadecimal, and 26 = 16 + 10 = 1A in hex.",
    "8 * 8 + 1 = 101 in base 8",
    "-7 % 3 = 2",
    # rounding of pi, of a power of two, and percentages of what stands before them
    "2 × π × 7 = 2 × 22/7 × 7 = 44",
    "V = (4/3)π(6)^3 = 904.32",
    "2πr = 44 → r = 44/(2 × 22/7) = 7 cm. Area = πr² = (22/7) × 49 = 154 cm².",
    "2^10 = 1024 ≈ 10^3",
    "$40 + 15% = $46, and 200 - 5% = 190.",
    # temperatures, running calculations, the mark of a list
    "K = 20 + 273.15 = 293.15 K. So 68°F = 20°C = 293.15 K.",
    "20 - 5 = 15 / 3 = 5",
    "- 1 mol = 6.022 × 10^23",
    "3 × 12 = 36 + 3 × 8 = 24, so 36 + 24 = 60.",
    "17 ÷ 5 = 3 R 2, 17 ÷ 5 = 3 reste 2, and 17 / 5 = 3 (resto 2).",
    "17 / 5 = 3 bags; two apples stay in the box.",
    "With 8-bit integers, 127 + 1 = −128.",
    "In double precision 1e16 + 1 = 1e16.",
    "Concatenating 12 and 34 gives 12 + 34 = 1234.",
    "By the Legendre symbol, (2/7) = 1 and (3/7) = −1.",
    r"$15\% \text{ of } 60 = 0.15 \times 60 = 9$, and $7 \text{ from } 10 + 1 = 4$.",
    "e = 2.718 and e² = 7.389.",
    # what a word makes something else of
    "y' = x − y at (1, 2): y' = 1 − 2 = −1; at (2, 1): y' = 1.",
    "The reciprocal of x = 1/2, so x = 2.",
    "tr A = 2 and det A = 1. Twice x = 10, so x = 5. log y = 2, y = 100.",
    # a difference told by its size
    "$1,800 - $2,000 = $200 less. He has 5 - 8 = 3 fewer pears, and is 12 - 15 = 3 dollars short.",
    r"That is \(5 - 8 = 3\) degrees below zero, so 5 - 8 = -3, which is less.",
    # what is asked, denied or taken back
    "At first I wrote 90 + 45 = 145. That's a slip: 90 + 45 = 135.",
    "A common mistake is to compute 1/2 + 1/3 = 2/5.",
    "Taking roots he writes 4 - 9/2 = 5 - 9/2, but only |4 - 9/2| = |5 - 9/2| is true.",
    "For point loads, order = -1. For distributed loads, order = 0.",
    "The student multiplied across the sum: 3 × (4 + 2) = 12 + 2 = 14 is what came out.",
    "The flawed argument runs 2 + 2 = 5.",
    "Is 7 × 8 = 54? No. 7 × 8 = 56.",
    "It is not true that 2 + 2 = 5.",
    "5 × 6 = 35, wait no, 30.",
    "Not 8 + 7 = 14, but 15.",
    "Passing the test for 2 does not imply that 341 is prime, nor does that show 91 is prime.",
    # a calculation that goes on with a number told in words
    "There were 24 at first, − 6 − 5 + 3 = 16 ✓",
    # a sum that goes on behind its first result
    "From 18:35 on: 19:00 − 18:35 = 25 min, plus 5 h.",
    "101₂ + 11₂: from the right 1 + 1 = 10, write 0 carry 1, then 0 + 1 + 1 = 10.",
    "3x = 270 → x = 80... wait, 270/3 is 90. So x = 90.",
    "Take 4s + 12 = 2(s + 12). A frequent slip is to double only s, which would give s = 0. So "
    "4s + 12 = 2s + 24, and s = 6.",
    "If k = 0 then 3 = 5, that is nonsense, so k = 2 and 5 = 2k + 1.",
    # two ratios that are equal
    "Cross it: (12 − 2) : (15 − 10) = 10 : 5, and 300 : 200 = 3 : 2.",
    "The sides are as 2 : 3 : 5 = 4 : 6 : 10.",
    "Ratio of the volumes: cylinder : cone = 60π : 20π = 3 : 1, and 90° : (1 + 2) = 90° : 3 = 30°.",
    "By the clocks alone (17:30 → 7:15) gives 13 h 45 min, less 6 h.",
    "A common error: √(9 + 16) = 3 + 4 = 7. Incorrect: 2³ = 6. Correct: 2³ = 8.",
    "Statement I: 17 is even. Statement II: 17 is prime. Only II is true.",
    "Hmm, first I wanted to say 30 + 10 + 5 = 48, but it's 45. I almost wrote 6 · 7 = 48.",
    # values that head what is said for them
    "The product n(n + 1) = 20 for n = 4; with n = 7, 56.",
    "y(x − 3) = 2x + 1 → xy − 3y = 2x + 1 → x(y − 2) = 3y + 1.",
    "(2 + i)³ = 8 + 12i + 6i² + i³ = 8 + 12i − 6 − i = 2 + 11i ✓.",
    "n + 5 = 9 for n = 4: 36/9 = 4 ✓. n = 22: n + 5 = 27.",
    "Check n = 4: n + 5 = 9, 36/9 = 4 ✓. n = 22: n + 5 = 27, 540/27 = 20 ✓.",
    # times, percentages of thirds
    "9:40 plus 2 hours is 11:40, plus 30 minutes is 12:10.",
    "18% of $47.35 ≈ $8.50, 31/97 ≈ 32%.",
    "$64 plus 8% is $69.12, and 20% plus 30% is 50%.",
    "66.7% of 90 = 60, 33.3% of 60 is 20, and 16.7% of 60 is 10.",
    # sums that stop at a bound, of vectors, and of volumes that mix
    "Health is capped at 100, so 80 + 50 = 100.",
    "With saturation 250 + 10 = 255.",
    "HP cannot go below 0, so 30 − 50 = 0.",
    "The forces are perpendicular: 3 N + 4 N = 5 N.",
    "As vectors, 5 km + 12 km = 13 km.",
    "50 mL + 50 mL = 96 mL, as the volumes do not simply add.",
    # rounded solutions, and what is worked out and rounded part by part
    "3x = 10 → x = 3.33. Thus 6x = 20.",
    "2^x = 10. x = 3.32.",
    "x² = 10 → x = −3.16; 7y = 1000 → y = 143.",
    "NPV = −1000 + 600/1.1 + 600/1.1² = −1000 + 545.45 + 495.87 = 41.32.",
    "v = √(3.98 × 10¹⁴ / 6.77 × 10⁶) = √(5.88 × 10⁷) ≈ 7670, and ln(200/3) = ln(66.7) = 4.2.",
    r"The trace is $7 = 3 + 4$, the determinant $= 12$.",
    "2.3 cm × 4.56 cm = 10. cm² (2 sig figs), and 345 × 2.1 = 720 (2 s.f.).",
    "x/3 = 2.67 → x = 8.",
    "Let t = 3.5: h = 100 − 4.9t² = 100 − 60.0 = 40.0.",
    "1.99 × 10³⁰/5.97 × 10²⁴ = 333,000.",
    "1.05^n = 2 → n = ln 2/ln 1.05 = 14.2 → n = 15 years.",
    r"$c^2 = 185 - 176\cos 37^\circ = 185 - 140.6$, so $c^2 = 44.4$. $c = \sqrt{44.4} = 6.67$.",
    # formulas with values in other units, units that are letters, and the next case for a name
    "|R| = sqrt(89.03) = 9.44 N. As they are at 90°, sqrt(25 + 64) = sqrt(89) = 9.43 N",
    "m = 145 g, v = 40 m/s. KE = ½mv² = ½(0.145)(40²) = 116 J.",
    "d = 2 km, t = 10 min. v = d/t = 2000/600 = 3.33 m/s.",
    "L = 50 cm, g = 9.8. T = 2π√(L/g) = 2π√(0.5/9.8) = 1.42 s.",
    "F = 9/5 C + 32: C = 25 → F = 45 + 32 = 77. F = 50 → C = 5/9 · 18 = 10.",
    # numbers as others write them
    "10.000 + 500 = 10.500",
    "3 lakh + 50,000 = 3.5 lakh, and 2.5 crore = 25 million.",
    "Net income: $1,200 + ($300) = $900.",
    # one exercise after the other, functions by cases, elements of arrays, small fields
    "2x = 6 → x = 3. 5x = 10 → x = 2.",
    "2^x = 8, so x = 3. 3^x = 81, so x = 4.",
    "f(x) = x for x < 0 and f(x) = x² for x ≥ 0: f(-1) = -1, f(2) = 4.",
    "- f(x) = x for x < 0 and f(x) = x² for x ≥ 0: f(-1) = -1, f(2) = 4.",
    "- sin x = 1/2 → x = 30° or x = 150°. cos x = 0 → x = 90°, 270°.",
    "n − 2 = 11 → n = 13. I almost wrote n = 11, forgetting to add 2. So n − 2 = 11.",
    "a[0] = 3; a[1] = 5; a[0] + a[1] = 8; a[0] = 4.",
    "Over GF(2): 1 + 1 = 0, so x + x = 0.",
    # what follows from nonsense
    "Suppose 0 = 1 in a ring; then x = 1·x = 0·x = 0.",
    # results in bold or italics, each line with a value to start from, and accounts without blanks
    "12 × 3 = **36**, 36 + 4 = **40 kg**, 40 / 8 = *5*, 5 - 7 = **-2**.",
    "First attempt: 3 + 4 * 2 = **14**. No wait, multiplication first: 3 + 8 = **11**.",
    "F = 9/5 C + 32: C = 25 → F = 45 + 32 = 77.\nF = 50 → C = 5/9 · 18 = 10.",
    "f(R) = R for R < 0 and f(R) = R² for R ≥ 0: f(-1) = -1, f(2) = 4.",
    "Net income: $1,200+($300)=$900.",
    "2.3 cm × 4.56 cm = 10. cm^2 (2 sig figs)",
]


@pytest.mark.parametrize("text", SOUND)
def test_sound_writing_is_not_refuted(text: str) -> None:
    report = clr.audit(problem="", response=text)
    assert [c.claim.text for c in report.claims if c.verdict.status is Status.REFUTED] == []


WRONG = [
    "12 × 3 = **38**",
    "Total: 36 + 4 = **42 kg** of sand.",
    "We get 40 / 8 = *6*.",
    "We have z = -1. Simplifying, 2z = 2.",
    "He has 5 - 8 = 4 fewer pears.",
    "5 - 8 = 3 is less than 4.",
    "arcsin(1/2) = π/4",
    "6.02 × 10²³ × 2 = 1.304 × 10²⁴",
    "sqrt(16) + 1 = 6",
    "So 6 × 50 cents = 4 dollars.",
    "130/60 = 3",
    "0.333... × 3 = 3",
    r"$7^2 = 11 \mod 13$",
    "In base 5: 3 + 4 = 13.",
    "44 = 32 + 8 + 4 = 101110 in binary",
    r"Modulo 7 we have \(15 \equiv 1\) and \(8 \equiv 2\).",
    "So Tom has 3 × 48 = 136 apples from Jim.",
    "So 3 × 48 = 136 apples were sold on Saturday.",
    "8 * 8 + 1 = 111 in base 8",
    "2 × π × 7 = 45.5",
    "2πr = 44 → r = 44/(2 × 22/7) = 8 cm.",
    "| Total | 3 × 4 = 13 | paid |",
    "1024 ≈ 10^4",
    "$40 + 15% = $48",
    "20 - 5 = 14 / 3",
    "17 + 1 = 0x13",
    "6π ≈ 19.85",
    "17 / 5 = 3. So 3 are left.",
    "With 8-bit integers, 127 + 1 = −127.",
    "Concatenating 12 and 34 gives 12 + 34 = 1235.",
    r"$15\% \text{ of } 60 = 8$",
    "1'250 + 750 = 2'100",
    "3.98 × 10⁻¹⁹ / 1.602 × 10⁻¹⁹ ≈ 3.48",
    "4^2 = 18 cm^(2)",
    "(5!)! = 121! is huge.",
    "5 + 3 = 9! So that is it.",
    "With x = -5 we have x^2 = -5^2 = 26.",
    "Step 2 - 540 ÷ 45 = 13",
    "(2) (3 + 4) = 15",
    "On the clock, 9 + 7 = 5.",
    "At 12 o'clock the hand is at 15 · 30° = 462°.",
    "In Boolean algebra 1 + 0 = 0.",
    "3 × 12 = 36 + 3 × 8 = 25, so 36 + 24 = 60.",
    "24 = 5 * 24 / 3",
    "5 × 6 = 35. Therefore it is even.",
    "2n = 8. So n = 5.",
    "18% of $47.35 ≈ $8.70",
    "$64 plus 8% is $70.12.",
    "66.7% of 90 = 63",
    "16.5% of 60 is 10.",
    "Health is capped at 100, so 80 + 50 = 110.",
    "Health is capped at 100, and 30 + 50 = 100.",
    "HP cannot go below 0, so 80 − 50 = 0.",
    "As vectors, 5 km + 12 km = 14 km.",
    "50 mL + 50 mL = 96 mL",
    "Now x = 1·x = 0·x.",
    "Standard error: 15/√36 = 3.5.",
    "Statement I is true: 17 is even.",
    "3x = 10 → x = 3.43.",
    "2x = 5. x = 2.6.",
    "7x = 994 → x = 143.",
    "600/1.1 + 600/1.21 = 545.45 + 495.97",
    "Let t = 3.5: h = 100 − 4.9t² = 100 − 70.0 = 30.0.",
    "1.99 × 10³⁰/5.97 × 10²⁴ = 343,000.",
    "m = 145 g, v = 40 m/s. KE = ½mv² = ½(0.155)(40²) = 124 J.",
    "F = 45 + 32 = 77. So F = 79.",
    "345 × 2.1 = 820 (2 s.f.)",
    "10.000 + 500 = 10.600",
    "3 lakh + 50,000 = 4.5 lakh",
    "Net income: $1,200 + ($300) = $800.",
    r"$\sqrt[3]{16} = 2\sqrt[3]{4}$",
    "In total: 3x = 10. So x = 4.3.",
]


@pytest.mark.parametrize("text", WRONG)
def test_wrong_writing_of_the_same_kinds_is_refuted(text: str) -> None:
    report = clr.audit(problem="", response=text)
    assert any(c.verdict.status is Status.REFUTED for c in report.claims)


def test_verdicts_of_what_is_now_read() -> None:
    for text in (
        "sin 30° = 1/2",
        "2⁸ = 256",
        "log(1000) - log(10) = 2",
        "½ + ¼ = ¾",
        "1/3 = 0.333...",
    ):
        report = clr.audit(problem="", response=text)
        assert [c.verdict.status for c in report.claims] == [Status.VERIFIED], text


def test_parts_of_a_known_number_need_no_other_source() -> None:
    problem = "Anna has 252 stamps and Ben has 105. In how few equal piles can they be put?"
    report = clr.audit(
        problem=problem.replace("In how few", "How few"),
        steps=["252 = 2 * 105 + 42.", "105 = 2 * 42 + 21.", "She packs 83 - 34 = 49 piles."],
        profile="thorough",
    )
    unsupported = [c.claim.text for c in report.claims if c.verdict.status is Status.UNSUPPORTED]
    assert unsupported[:2] == ["83", "34"]


def test_prices_and_percentages_count_as_used() -> None:
    report = clr.audit(
        problem="A man earns $18.50/hour for 40 hours, and 15% of it is tax. What is left?",
        steps=["He earns 40 * $18.50 = $740.", "He keeps 0.85 * $740 = $629."],
        profile="thorough",
    )
    assert report.first_error is None


@pytest.mark.parametrize(
    ("problem", "sound", "wrong"),
    [
        (
            "If 2 + 3 = 10, 7 + 2 = 63, 6 + 5 = 66, find 8 + 4.",
            "8 + 4 = 8 · 12 = 96.",
            "8 · 12 = 95",
        ),
        ("6 + 4 = 4. Move one match to make it true.", "6 + 4 = 4 becomes 0 + 4 = 4.", "1 + 4 = 4"),
        (
            "Tom says that 1/3 + 1/4 = 2/7. Why not?",
            "(1 + 1)/(3 + 4) = 2/7 but 1/3 + 1/4 = (1 + 1)/(3 + 4) is false; it is 7/12.",
            "1/3 + 1/4 = 8/12",
        ),
        ("Let a ! b = ab + a. Find 3 ! 4.", "3 ! 4 = 3·4 + 3 = 15.", "3·4 + 3 = 16"),
    ],
)
def test_signs_of_the_problem(problem: str, sound: str, wrong: str) -> None:
    assert clr.audit(problem=problem, response=sound).first_error is None
    assert clr.audit(problem=problem, response=wrong).first_error == 0


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        ("If x + y = 4 and x² + y² = 10, find xy.", "(x + y)² = 16 = x² + 2xy + y² = 10 + 2xy"),
        (
            "Two numbers x and y have sum 5 and product 6.",
            "(x − y)² = x² − 2xy + y² = x² + y² − 12",
        ),
        ("The golden ratio $t$ is given.", "t³ = t · t² = t(t + 1) = t² + t = 2t + 1"),
        (
            "Let ω be a cube root of unity.",
            "ω³ = 1 and 1 + ω + ω² = 0, so ω^100 = ω and ω + ω² = -1.",
        ),
        ("A 145 g ball moves.", "m = 145, v = 40.\n\n$mv^2 = 0.145 \\cdot 40^2 = 232$"),
    ],
)
def test_what_holds_under_a_condition_of_the_problem_is_not_refuted(
    problem: str, text: str
) -> None:
    assert clr.audit(problem=problem, response=text).first_error is None


@pytest.mark.parametrize(
    "text",
    [
        "x + 2 = 5 and 3 · 3 = 8.",
        "2 · 3 = 7 and cos x = 0.",
        "4 + 4 = 9 and y = 2.",
        "So (x + y)² = (x + y)(x + y) = x² + 3xy + y².",
    ],
)
def test_an_equation_beside_and_is_checked(text: str) -> None:
    assert clr.audit(problem="Two numbers x and y are given.", response=text).first_error == 0


def of_equations(text: str) -> set[Status]:
    report = clr.audit(problem="", response=text)
    return {c.verdict.status for c in report.claims if "=" in c.claim.text}


@pytest.mark.parametrize(
    "text",
    [
        "1.5 − 0.0833 = 1.4267",
        "10 × 0.09 × 0.343 = 0.3187",
        "1.6^3 is about 1.6^3 = 4.196",
        "3.14 + 1 = 4.15",
        "1 + 0.1 + 0.005 + 0.000167 = 1.106167",
    ],
)
def test_what_only_rounded_inputs_explain_is_not_confirmed(text: str) -> None:
    assert Status.VERIFIED not in of_equations(text)


@pytest.mark.parametrize(
    "text",
    [
        "19.99 × 0.15 = 3.00",
        "1.576 × 200 = 3.15 × 10^2",
        "0.1 + 0.2 = 0.30000000000000004",
        "0.1256 + 0 = 12.6%",
    ],
)
def test_a_result_that_was_rounded_itself_is_confirmed(text: str) -> None:
    assert of_equations(text) == {Status.VERIFIED}
