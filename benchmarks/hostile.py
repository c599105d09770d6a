"""Traces that are made to break a verifier: cheap to write down, dear to take literally."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

Case = tuple[str, str]
"""Problem and response."""

_BRACKETS = (
    ("(", ")"),
    ("[", "]"),
    ("{", "}"),
    ("\\{", "\\}"),
    ("\\left(", "\\right)"),
    ("|", "|"),
    ("\\lfloor ", "\\rfloor "),
)
_DEPTHS = (50, 1_000, 100_000)
_HUGE = (10**3, 10**6, 10**9, 10**18)
_FUNCTIONS = "sqrt sin cos tan log ln exp gcd lcm floor ceil binom factorial abs max min".split()
_MARKS = {
    "zero width space": "\u200b",
    "joiner": "\u200d",
    "right to left": "\u202e",
    "left to right": "\u202d",
    "combining": "\u0301" * 50,
    "byte order mark": "\ufeff",
    "null": "\x00",
    "escape": "\x1b[31m",
    "private": "\ue000",
    "replacement": "\ufffd",
    "lone high": "\ud83d",
    "lone low": "\udca9",
    "last": "\U0010ffff",
    "soft hyphen": "\xad",
    "line separator": "\u2028",
    "next line": "\x85",
    "ideographic space": "\u3000",
    "tag": "\U000e0041",
    "variation": "\ufe0f",
    "emoji": "👩‍👩‍👧",
}
_DIGITS = {
    "arabic": "٢ + ٣ = ٥",
    "devanagari": "२ + ३ = ५",
    "full width": "２ + ３ = ５",
    "mathematical": "𝟐 + 𝟑 = 𝟓",
    "circled": "② + ③ = ⑤",
    "superscript": "x² + y³ = z⁹⁹⁹⁹⁹⁹⁹⁹⁹",
    "subscript": "x₁ + x₂ = x₃",
    "roman": "Ⅻ + Ⅲ = ⅩⅤ",
    "vulgar": "½ + ⅓ = ⅚",
    "mixed": "1٢3 + 4५6 = 7",
    "homoglyph": "х + x = 2x and а = a",
    "minus signs": "5 − 3 – 1 — 1 ﹣ 0 － 0 = 0",
    "equals signs": "2 ＝ 2 ﹦ 2 ≡ 2 ≟ 2",
}


def cases() -> Iterator[tuple[str, Case]]:
    """Named cases, over two hundred."""
    for family in (_towers, _sizes, _sums, _nesting, _lengths, _unicode, _latex, _algebra, _prose):
        for name, response in family():
            yield f"{family.__name__.strip('_')}: {name}", ("Find the value of x.", response)
    for name, problem in (*_lengths(), *_nesting()):
        yield f"problem: {name}", (problem, "So 2 + 2 = 4. The answer is 4.")
    for whole in (_logic, _everyday, _programs):
        for name, case in whole():
            yield f"{whole.__name__.strip('_')}: {name}", case


def _towers() -> Iterator[tuple[str, str]]:
    for base in (2, 9, "x", "0.5", "(-3)", "\\frac{7}{3}", "\\pi", "i"):
        for height in (3, 6, 200):
            tower = "^{".join([str(base)] * height) + "}" * (height - 1)
            yield f"{base} to the {height}", f"So \\({tower} = 7\\)."
    for exponent in _HUGE:
        yield f"big exponent {exponent}", f"We get 3^{exponent} = 5 and 2^(-{exponent}) = 0."
        yield f"symbolic exponent {exponent}", f"So (x+1)^{exponent} = x^{exponent} + 1."
        yield f"modular {exponent}", f"7^{{{exponent}^{{{exponent}}}}} \\equiv 3 \\pmod{{10}}"
        yield f"root {exponent}", f"\\(\\sqrt[{exponent}]{{{exponent}}} = 1\\)"


def _sizes() -> Iterator[tuple[str, str]]:
    for size in _HUGE:
        yield f"factorial {size}", f"Thus {size}! = 1 and ({size}!)! = 2."
        yield f"binomial {size}", f"\\(\\binom{{{size}}}{{{size // 2}}} = 4\\), C({size}, 3) = 1"
        yield f"base {size}", f"\\(101_{{{size}}} = 5\\)"
        yield f"prime {size}", f"{size + 7} is prime, and {size} divides {size}!."
        yield f"gcd {size}", f"gcd(2^{size} - 1, 3^{size} - 1) = 1"
        yield f"fibonacci {size}", f"F_{{{size}}} = 3 and a_{size} = 4"
        yield f"matrix {size}", f"\\(\\begin{{pmatrix}}1&1\\\\1&0\\end{{pmatrix}}^{{{size}}} = 5\\)"
    for digits in (100, 10_000, 1_000_000):
        number = "9" * digits
        yield f"{digits} digits", f"{number} + 1 = 1{'0' * digits}"
        yield f"{digits} digits squared", f"{number} * {number} = {number}"
        yield f"{digits} decimals", f"0.{number} = 1"
        yield f"{digits} digits prime", f"{number} is prime"
        yield f"half of 1e{digits}", f"\\(\\frac{{1e{digits}+1}}{{2}} = 3\\)"
        yield f"1e{digits}", f"1e{digits} = 10^{{{digits}}} and 1e-{digits} > 0"
        yield f"{digits} thousands", f"{'999,' * (digits // 4)}999 = 5"


def _sums() -> Iterator[tuple[str, str]]:
    for top in _HUGE:
        yield f"sum {top}", f"\\(\\sum_{{k=1}}^{{{top}}} k = 7\\)"
        yield f"sum of powers {top}", f"\\(\\sum_{{k=1}}^{{{top}}} k^{{k}} = 7\\)"
        yield f"product {top}", f"\\(\\prod_{{k=1}}^{{{top}}} k = 7\\)"
        yield f"nested sum {top}", f"\\(\\sum_{{i=1}}^{{{top}}} \\sum_{{j=1}}^{{{top}}} ij = 7\\)"
        yield f"integral {top}", f"\\(\\int_0^{{{top}}} \\sin(x^{{{top}}}) dx = 7\\)"
        yield f"list {top}", f"1 + 2 + 3 + \\cdots + {top} = 7"
        yield f"derivative {top}", f"\\(\\frac{{d^{{{top}}}}}{{dx^{{{top}}}}} x^{{{top}}} = 7\\)"


def _nesting() -> Iterator[tuple[str, str]]:
    for open_, close in _BRACKETS:
        for depth in _DEPTHS:
            yield f"{open_.strip()} {depth} deep", f"\\({open_ * depth}1{close * depth} = 1\\)"
        yield f"{open_.strip()} never closed", f"\\({open_ * 100_000}1 = 1\\)"
        yield f"{close.strip()} never opened", f"1{close * 100_000} = 1"
    for depth in _DEPTHS:
        yield f"fractions {depth}", "\\frac{1}{" * depth + "2" + "}" * depth + " = 3"
        yield f"roots {depth}", "\\sqrt{" * depth + "2" + "}" * depth + " = 3"
        yield f"signs {depth}", "-" * depth + "1 = 1"
        yield f"factorials {depth}", "3" + "!" * depth + " = 6"
        yield f"primes {depth}", "f" + "'" * depth + "(x) = 6"
        yield f"powers {depth}", "2" + "^2" * depth + " = 6"
        yield f"subscripts {depth}", "x" + "_{x" * depth + "}" * depth + " = 6"
        yield f"boxes {depth}", "\\boxed{" * depth + "2" + "}" * depth


def _lengths() -> Iterator[tuple[str, str]]:
    for size in (10_000, 1_000_000):
        yield f"one word of {size}", "a" * size
        yield f"spaces {size}", " " * size + "2 + 2 = 5" + " " * size
        yield f"spaces in a sentence {size}", "So 2 + 2 = 4" + " " * size + "x"
        yield f"newlines {size}", "\n" * size
        yield f"dollars {size}", "$" * size
        yield f"backslashes {size}", "\\" * size
        yield f"equals {size}", "=" * size
        yield f"chain {size}", "1" + " = 1" * (size // 4)
        yield f"terms {size}", "1" + " + 1" * (size // 4) + " = 5"
        yield f"factors {size}", "x" + " * x" * (size // 4) + " = x"
        yield f"commas {size}", "1, " * (size // 3) + "= 5"
        yield f"dots {size}", "." * size + " So 2 + 2 = 5" + "." * size
        yield f"digits and letters {size}", "1a" * (size // 2)
        yield f"percent {size}", "5" + "%" * size + " = 5"
        yield f"ampersands {size}", "\\begin{aligned}" + "a &= b \\\\ " * (size // 10)


def _unicode() -> Iterator[tuple[str, str]]:
    for name, mark in _MARKS.items():
        yield name, f"2{mark} +{mark} 2 {mark}= {mark}5{mark}. So{mark} x = {mark * 9}4."
    for name, text in _DIGITS.items():
        yield name, f"So {text}."


def _latex() -> Iterator[tuple[str, str]]:
    commands = "frac sqrt left right begin end text over choose binom overline underbrace".split()
    for command in commands:
        yield f"{command} alone", f"\\(\\{command}\\) and \\(\\{command}{{ = 3\\)"
        yield f"{command} repeated", ("\\" + command) * 10_000
    yield "definition", "\\def\\x{\\x\\x}\\x = 3"
    yield "new command", "\\newcommand{\\f}[1]{\\f{#1#1}}\\f{2} = 3"
    yield "input", "\\input{/etc/passwd} = 3 and \\write18{ls} = 0"
    yield "environments", "\\begin{matrix}" * 5_000 + "1" + "\\end{matrix}" * 5_000
    yield "rows", "\\begin{pmatrix}" + "1 & 2 \\\\ " * 20_000 + "\\end{pmatrix} = 1"


def _algebra() -> Iterator[tuple[str, str]]:
    names = [f"x_{{{n}}}" for n in range(200)]
    yield "many unknowns", " + ".join(names) + " = 0. So " + " * ".join(names) + " = 1."
    yield "dense product", "".join(f"({n} + x + y + z)" for n in range(60)) + " = 0"
    yield "dense power", "(a + b + c + d + e + f + g + h)^{60} = 1"
    yield "nested power", "((((((x+1)^9+1)^9+1)^9+1)^9+1)^9+1)^9 = x"
    yield "many equations", "\n\n".join(f"x_{n} + x_{n + 1} = {n}" for n in range(500))
    yield "one equation again", "\n\n".join(["So x^3 + y^3 = z^3, hence x = y."] * 500)
    yield "quintic", "x^5 - x - 1 = 0, so x^{25} + x^{13} - 7x = \\sqrt{x^7 + 2}"
    yield "inequalities", "\n\n".join(f"a^{n} + b^{n} \\ge c^{n}" for n in range(2, 60))
    for function in _FUNCTIONS:
        nested = f"\\{function}(" * 300 + "2" + ")" * 300
        yield f"nested {function}", f"{nested} = 1"
        yield f"{function} of a huge number", f"{function}(10^(10^9)) = 1, {function}(0) = 0"


def _prose() -> Iterator[tuple[str, str]]:
    yield "evaluated", "__import__('os').system('id') = 0 and exec('1/0') = 1"
    yield "steps", "\n\n".join(f"Step {n}: {n} + 1 = {n + 1}." for n in range(3_000))
    yield "waits", "Wait, that is wrong. " * 20_000
    yield "suppose", "Suppose x = 1. " * 5_000 + "So x = 2."
    yield "items", "\n".join(f"{n}. " for n in range(20_000))
    yield "headings", "#" * 100_000 + " 2 + 2 = 5"
    yield "stars", "**" * 100_000 + "2 + 2 = 5" + "**" * 100_000
    yield "quotes", ">" * 100_000 + " 2 + 2 = 5"
    yield "numbers in words", "twenty-" * 20_000 + "one plus one is two"
    yield "fences", "```\n" * 20_000
    yield "table", "| 1 | 2 |\n" * 20_000
    yield "slashes", "1/" * 50_000 + "1 = 1"
    yield "colons", "1:" * 50_000 + "1 = 1"
    yield "units", "5 " + "km per " * 20_000 + "hour = 3"
    yield "links", "[a](" * 20_000 + "b" + ")" * 20_000


def _logic() -> Iterator[tuple[str, Case]]:
    for size in (10, 100, 10_000):
        names = [f"N{'abcdefghij'[n % 10]}{n}" for n in range(size)]
        kinds = ["k" + "".join("abcdefghij"[int(digit)] for digit in str(n)) for n in range(size)]
        listed = ", ".join(names[:-1]) + f" and {names[-1]}"
        yield (
            f"race of {size}",
            (
                f"There are {size} runners: {listed}. "
                + " ".join(f"{a} finished before {b}." for a, b in pairwise(names)),
                "\n\n".join(f"{name} finished first." for name in names),
            ),
        )
        yield f"names {size}", ("Ana, " * size + "x finished before y. All are first.", "Ana won.")
        yield (
            f"swaps {size}",
            (
                "At the start, Al has a red ball, Bo has a blue ball, and Cy has a green ball."
                + " Al and Bo swap balls." * size
                + " At the end, Al has the red ball?",
                "Al and Bo swap balls: Al: blue, Bo: red, Cy: green.\n\n" * size,
            ),
        )
        yield (
            f"stack {size}",
            ("( " * size + "[ ", f"( ; stack: {'( ' * size}\n\nSo ] {') ' * size}"),
        )
        yield (
            f"words {size}",
            (
                f"Sort the following words alphabetically: List: {' '.join(kinds)}",
                "(1) " + " < ".join(f'"{kind}"' for kind in kinds) + '. We now have: (1) "" ? "a"',
            ),
        )
        yield (
            f"rules {size}",
            (
                " ".join(f"All {a}s are {b}s." for a, b in pairwise(kinds))
                + f" Rex is a {kinds[0]}. Is Rex a {kinds[-1]}?",
                f"Rex is a {kinds[-1]}.\n\n" * min(size, 100),
            ),
        )
        yield (
            f"exclusions {size}",
            (
                " ".join(f"If {a} lies, then {b} lies." for a in names[:9] for b in names[:9])
                + f" Either {' or '.join(names)} lies. Who lies?",
                "\n\n".join(f"{name} lies, so {name} tells the truth." for name in names[:100]),
            ),
        )
        for word, end in (("not ", ""), ("( ", " )"), ("True and ", "")):
            shown = word * size + "True and False" + end * size
            yield f"{word.strip()} {size}", (f"{shown} is", f"{shown} = True = False.")


def _everyday() -> Iterator[tuple[str, Case]]:
    """Walks, lists, words, dates and days that are long, far or large."""
    for size in (10, 100, 10_000):
        yield (
            f"walk {size}",
            (
                "If you follow these instructions, do you return to the starting point? "
                + "Take 3 steps. Turn left. " * size,
                "We start at (0, 0), facing north.\n\n"
                + "Take 3 steps: (0, 3).\n\nTurn left: facing west. (9, 9) -> (0, 0).\n\n" * size,
            ),
        )
        things = ", ".join(f"a thing{'abcdefghij'[n % 10]}{'x' * (n // 10)}" for n in range(size))
        yield (
            f"list {size}",
            (
                f"I have {things}, and two lamps. How many objects do I have?",
                "- lamp (2)\n" * size
                + f"\nSo there are {size} objects. "
                + "1 + " * size
                + "1 = 2",
            ),
        )
        yield (
            f"spelling {size}",
            (
                f'How many r\'s are in "{"rs" * size}"?',
                f"{'r-s-' * size}r\n\nr appears at positions {', '.join(['1'] * size)}.",
            ),
        )
        yield (
            f"dates {size}",
            (
                "Today is March 1, 2021. What is the date tomorrow?"
                + " It is Monday today." * size,
                f"{size}0000000 days after March 1, 2021 is March 1, {size}.\n\n"
                + "If today is Monday, then tomorrow is Tuesday, which is Friday.\n\n" * size
                + "Monday"
                + " + 1 day" * size
                + " = Monday",
            ),
        )
        yield (
            f"day {size}",
            (
                "Between what times could Al have gone? Al woke up at 5am. "
                + "Bo saw Al reading a book from 6am to 7am. " * size,
                "6am-7am: reading a book.\n\n5am-6am: free.\n\n" * size,
            ),
        )


def _programs() -> Iterator[tuple[str, Case]]:
    said = "The program prints `1`. The loop runs 3 times. `f(3)` returns `[1]`. x is 7."
    for name, source in {
        "tower": "x = 9**9**9**9",
        "characters": "x = '9' * 10**10",
        "list": "x = [0] * 10**11",
        "endless loop": "while True: x = 1",
        "endless recursion": "def f(x):\n    return f(x)\nx = f(1)",
        "endless output": "while True: print('a' * 10**6)",
        "processes": "import os\nwhile True: os.fork()",
        "shift": "x = 1 << 10**11",
        "null": "x = '\x00'",
        "lone surrogate": "x = '\ud800'",
        "brackets": f"x = {'(' * 5_000}1{')' * 5_000}",
        "signs": f"x = {'-' * 50_000}1",
        "terms": f"x = 1{' + 1' * 5_000}",
        "lines": "x = 1\n" * 10_000,
        "blocks": "".join(" " * depth + "if 1:\n" for depth in range(120)),
    }.items():
        yield name, (f"```python\n{source}\nprint(x)\n```\nWhat is printed?", said)
    for size in (100, 20_000):
        value = "[" * size + "]" * size
        yield (
            f"value {size}",
            (
                "```python\ndef f(x):\n    return x\n```\nWhat does f([1]) return?",
                f"f({value}) returns {value}. f('{'a' * size}) returns {'9' * size}.\n\n"
                + "f(1) == 1. " * min(size, 300),
            ),
        )
