"""Quantities: numbers that a problem gives, in digits and in words, and those that steps use."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from msgspec import structs

from clr.bodies.mathematics import FinalAnswer, Operand, Relation
from clr.claim import Claim, Kind, Role
from clr.ledger import literals, written_value
from clr.notation.ast import (
    Add,
    Div,
    Expr,
    Int,
    Mul,
    Neg,
    Pow,
    Quantity,
    free_symbols,
)
from clr.notation.printer import show
from clr.reading.cues import cues_of, either, sign_of
from clr.trace import Span

_ONES = {
    word: n
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * n
    for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_PARTS = {
    "half": 2, "halves": 2, "halved": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4,
    "fourth": 4, "fourths": 4, "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7,
    "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9, "tenth": 10, "tenths": 10, "twelfth": 12,
}  # fmt: skip
_MULTIPLES = {
    "once": 1, "twice": 2, "double": 2, "doubled": 2, "doubles": 2, "twin": 2, "twins": 2,
    "pair": 2, "pairs": 2, "couple": 2, "both": 2, "thrice": 3, "triple": 3, "triples": 3,
    "tripled": 3, "quadruple": 4, "trio": 3, "dozen": 12, "dozens": 12, "score": 20, "gross": 144,
    "decade": 10, "decades": 10, "century": 100, "centuries": 100, "single": 1, "another": 1,
}  # fmt: skip
_FACTORS: dict[str, tuple[int | Fraction, ...]] = {
    "second": (60, 3600), "minute": (60, 3600, 1440), "hour": (60, 24, 3600), "hourly": (24,),
    "day": (24, 7, 30, 31, 365, 5, 28, 366, 86400), "daily": (7, 30, 365, 24, 31),
    "week": (7, 4, 52, 5, 2), "weekly": (7, 4, 52), "weekday": (5, 7), "weekend": (2, 7),
    "month": (12, 30, 4, 31, 28, 6, 3), "monthly": (12, 30), "year": (12, 365, 52, 4, 366, 100),
    "annual": (12, 52, 365), "annually": (12,), "yearly": (12, 365),
    "quarter": (25, 4, 3, Fraction(1, 4)), "dime": (10, Fraction(1, 10)),
    "nickel": (5, Fraction(1, 20)), "penny": (1, 100, Fraction(1, 100)),
    "pennies": (1, 100, Fraction(1, 100)), "cent": (100,),
    "dollar": (100,), "inch": (12, 36, Fraction(127, 50)), "inches": (12, 36, Fraction(127, 50)),
    "foot": (12, 3, 5280), "feet": (12, 3, 5280),
    "yard": (3, 36), "mile": (5280, 1760), "pound": (16, 2000), "ounce": (16, 8), "cup": (8, 16, 2),
    "pint": (2, 16, 8), "quart": (4, 2), "gallon": (4, 128, 16), "ton": (2000, 1000),
    "meter": (100, 1000), "centimeter": (100, 10), "kilometer": (1000,), "km": (1000,),
    "kilogram": (1000,), "kg": (1000,), "gram": (1000,), "liter": (1000,), "ml": (1000,),
    "percent": (100,), "percentage": (100,), "square": (4, 2), "rectangle": (2, 4),
    "rectangular": (2, 4), "triangle": (3, 2), "triangular": (3, 2), "cube": (6, 3, 12, 8),
    "deck": (52, 4, 13), "card": (52,), "leg": (2, 4), "eye": (2,), "hand": (2, 5, 10),
    "tire": (4,), "wheel": (4, 2, 3), "average": (2,), "noon": (12,), "midnight": (12, 24),
    "morning": (12,), "afternoon": (12,), "clock": (12, 24), "o'clock": (12,), "am": (12,),
    "pm": (12,), "alphabet": (26,), "dice": (6,), "die": (6,), "baseball": (9,), "team": (11,),
    "fahrenheit": (32, 9, 5), "celsius": (32, 9, 5), "byte": (8, 1024), "hexadecimal": (16,),
    "marathon": (Fraction(42195, 1000),),
}  # fmt: skip

_NUMERAL = re.compile(
    r"([\d.\\])(?:(?<=\d)(\d*)\s*/\s*(\d+)(?!\.?\d|,\d{3})"
    r"|((?<=\d)(?:\d{0,2}(?:,\d{3})+(?:\.\d+)?|\d{0,2}(?:['’]\d{3})+(?!\d)(?:\.\d+)?"
    r"|\d*(?:\.\d+)?)|(?<=\.)\d+)(\s*\\?%|\s*percent)?"
    r"|(?<=\\)[dt]?frac(?:\{(\d+)\}\{(\d+)\}|(\d)(\d)))"
)
"""The first character; and what follows it: a fraction; a number, and whether it is a percentage; a
fraction in TeX."""
_GROUPS = _NUMERAL.groups
_LONGEST = 40
"""Digits of a number: a longer one is no quantity."""
_WORDS = re.compile(r"[a-z0]+(?:'[a-z]+)?")
"""A word, or 0 in the place of a number."""
_PLAIN_WORDS = bytes(c if c in b"abcdefghijklmnopqrstuvwxyz0" else ord(" ") for c in range(256))
"""What the bytes of a text without apostrophes become, so that only these are left."""
_NUMBER_WORDS = frozenset((*_ONES, *_TENS, *_PARTS, *_MULTIPLES, "hundred"))
_NUMBER_SIGN = sign_of(*_NUMBER_WORDS, whole=True)


@lru_cache(maxsize=16)
def quantities(text: str) -> frozenset[Fraction | int]:
    """Every number that `text` gives, in digits and in words: 12, a dozen, two thirds."""
    parts = _NUMERAL.split(text.lower())
    found: set[Fraction | int] = set()
    if cues_of(text) & _NUMBER_SIGN:
        found = _in_words(_words(" 0 ".join(parts[:: _GROUPS + 1])))
    for at in range(1, len(parts), _GROUPS + 1):
        first, top, bottom, number, per_cent = parts[at : at + 5]
        if number is None:
            if bottom is None:
                top, bottom = filter(None, parts[at + 5 : at + _GROUPS])
            else:
                top = first + top
            if max(len(top), len(bottom)) <= _LONGEST:
                found |= {int(top), int(bottom)}
                if int(bottom):
                    found.add(Fraction(int(top), int(bottom)))
            continue
        number = first + number
        if len(number) <= _LONGEST:
            if number.isdecimal():
                digits, unit = int(number), 1
                found.add(digits)
            else:
                whole, _, part = _GROUPED.sub("", number).partition(".")
                digits, unit = int(whole + part), 10 ** len(part)
                found.add(Fraction(digits, unit))
            if per_cent:
                found.add(Fraction(digits, 100 * unit))
    return frozenset(found)


_GROUPED = re.compile("[,'’]")


def _words(text: str) -> list[str]:
    """The words of a text, and each 0 that stands for a number."""
    if "'" in text:
        return _WORDS.findall(text)
    return text.encode(errors="replace").translate(_PLAIN_WORDS).decode().split()


def _in_words(words: list[str]) -> set[Fraction | int]:
    found: set[Fraction | int] = set()
    total = current = 0
    counting = False
    for word in [*words, ""]:
        if not counting and word not in _NUMBER_WORDS:
            continue
        if word in _ONES or word in _TENS:
            current += _ONES.get(word, _TENS.get(word, 0))
            found.add(_ONES.get(word, _TENS.get(word, 0)))
            counting = True
            continue
        if counting and word in ("hundred", "thousand", "million"):
            scale = {"hundred": 100, "thousand": 1000, "million": 10**6}[word]
            current *= scale
            if scale > 100:
                total, current = total + current, 0
            continue
        if counting:
            if word == "and":
                continue
            number = total + current
            found.add(number)
            if word in _PARTS:
                found.add(Fraction(number, _PARTS[word]))
            if word in ("dozen", "dozens"):
                found.add(12 * number)
            total = current = 0
            counting = False
        found.update(_ALONE.get(word, ()))
    return found


_ALONE: dict[str, frozenset[Fraction | int]] = {
    **{word: frozenset((n,)) for word, n in _MULTIPLES.items()},
    **{word: frozenset((Fraction(1, n), n, Fraction(n - 1, n))) for word, n in _PARTS.items()},
    "hundred": frozenset((100,)),
}
"""What a word says that no number stands before, or that ends one."""


_COUNTED = re.compile(r"[a-z\d](?:(?<=\d)\d*[ -]?(?=[a-z])|(?<=[a-z])[a-z]*(?:'[a-z]+)?)")
"""A word, or a number right before one."""
_UNITS = {
    form: frozenset(factors) for word, factors in _FACTORS.items() for form in (f"{word}s", word)
}
_UNIT_SIGN = sign_of(*(word for word in _UNITS if word.isalpha()), whole=True)


def is_unit(noun: str) -> bool:
    """Whether a noun in the singular names a unit of measure, or a set of a known size."""
    return noun in _FACTORS


def implied_quantities(text: str) -> set[Fraction | int]:
    """Numbers that the words of `text` bring with them: the 7 of a week, the 14 of two weeks."""
    found: set[Fraction | int] = set()
    if not cues_of(text) & _UNIT_SIGN:
        return found
    counted = _COUNTED.findall(text.lower())
    for at in [k for k, word in enumerate(counted) if word in _UNITS]:
        factors = _UNITS[counted[at]]
        found |= factors
        before = counted[at - 1].rstrip(" -") if at else ""
        count = int(before[:9]) if before.isdecimal() else _ONES.get(before, 1)
        if count != 1:
            found.update([count * factor for factor in factors])
    return found


_TRIES = re.compile(r"\b(?:Try|Trying|Guess|Check|Checking|Verify|Test|Testing)\b[^.;!?\n]{0,200}")
_TIME = re.compile(r"(\d(?<!\w\d)\d?)(?::([0-5]\d))?\s?(?:[ap]\.?m\b|o['’]clock)")
_SHARE = re.compile(r"([1-9](?<![\d.,].)\d?) ?%")
"""A percentage that a step may take as a part: 10 % is a tenth."""
_SPEEDS: frozenset[Fraction | int] = frozenset((60, 1000, 3600, Fraction(36, 10), Fraction(10, 36)))
_SCALES: frozenset[Fraction | int] = frozenset(
    (32, 9, 5, Fraction(9, 5), Fraction(5, 9), 273, Fraction(27315, 100))
)
"""What speeds, and temperatures, are converted with."""
_IN_BASES = re.compile(r"0[xbo](?<!\w..)\w")
_BASES = frozenset((2, 8, 10, 16))
_INCHES = re.compile(r"\d ?(?:in|ft)\b")
_INCH: frozenset[Fraction | int] = frozenset((12, Fraction(254, 100), Fraction(3048, 100)))
_HALF_DAY = 720
_MOST_TIMES = 8


def chosen_quantities(text: str) -> set[Fraction | int]:
    """Numbers that a step may bring in itself: those of a trial or check, which is what its
    sentence is for, the hours and minutes from one clock time to the next, and what turns
    percentages, speeds, temperatures, inches and numerals in other bases into others."""
    found: set[Fraction | int] = set()
    for trial in _TRIES.finditer(text):
        found |= quantities(trial.group())
    if "%" in text:
        found.update(Fraction(100, int(share)) for share in _SHARE.findall(text))
    if "/h" in text or "/s" in text:
        found |= _SPEEDS
    if _IN_BASES.search(text):
        found |= _BASES
    if _INCHES.search(text):
        found |= _INCH
    if "°F" in text or "°C" in text:
        found |= _SCALES
    times = _TIME.findall(text.lower())[:_MOST_TIMES]
    for (hour, minute), (later, after) in pairwise(times):
        passed = (60 * (int(later) - int(hour)) + int(after or 0) - int(minute or 0)) % _HALF_DAY
        found |= {passed, passed // 60, passed % 60, Fraction(passed, 60)}
    return found


_NOTATION = re.compile(
    r"[\\$^=₀-₉√²³](?:(?<=\\)(?:[(\[]|[a-z]+\{)|(?<=\$)[^$\d\s]|(?<=[a-z\d]\^)|(?<=[=₀-₉√²³]))"
)
"""Marks of mathematics,"""
_CALCULATED = re.compile(r"[+*/×÷·](?:(?<=\d.)|(?<=\d\s.))\s?\d+\s?[+*×÷·-]")
"""two operations,"""
_NAME = re.compile(r"[xyzns\d](?<!\w.)(?:(?<=[xyzn])|(?<=s)qrt|(?<=\d)\d*[xyzn])\b")
"""and names of unknowns: no problem that is told in words alone has any."""
_NAME_SIGN = sign_of(*"x y z n sqrt".split(), whole=True)


_ABSTRACT_WORDS = (
    "probabilit divisible divisor multiple remainder prime factor integer digit polygon triangle "
    "circle radius diameter angle degree sequence arithmetic geometric polynomial equation "
    "function graph vertices vertex arrange permutation combination distinct subset base binary "
    "cube sphere cylinder consecutive clock median dice die"
).split()
_ABSTRACT_PHRASES = ("positive number", "real number", "square root", "sum of the",
                     "product of")  # fmt: skip
_ABSTRACT_SIGN = sign_of(
    *(rf"\b{words}" for words in _ABSTRACT_WORDS),
    *(rf"\b{words.split()[0]}\b" for words in (*_ABSTRACT_PHRASES, "ways", "tossed", "flipped")),
)
"""The bit of words without which there is none of what follows, but for `_COUNTS`."""
_COUNTS = "in how many"
_ABSTRACT = either(
    *(rf"\b{words}" for words in (*_ABSTRACT_WORDS, *_ABSTRACT_PHRASES)),
    rf"\b{_COUNTS}",
    r"\bhow many (?:different )?ways",
    r"\bcoins? (?:is|are) (?:tossed|flipped)",
)


def is_word_problem(problem: str) -> bool:
    """Whether a problem is told in words and everyday numbers alone, so that each number that a
    calculation uses has a source: in the problem, in an earlier result, or in common knowledge."""
    if _NOTATION.search(problem) or _CALCULATED.search(problem):
        return False
    cues = cues_of(problem)
    if cues & _NAME_SIGN and _NAME.search(problem):
        return False
    lower = problem.lower()
    hinted = cues & _ABSTRACT_SIGN or _COUNTS in lower
    if hinted and _ABSTRACT.search(lower):
        return False
    return len(quantities(problem)) >= 2


def read_quantities(claim: Claim) -> list[Claim]:
    """The numbers that a calculation uses, each as a claim about its source.

    Only the set-up is read: what it is rewritten to follows from it.
    """
    body = claim.body
    if not isinstance(body, Relation) or body.op not in ("=", "~") or body.link:
        return []
    setup = body.left
    if not _calculates(setup):
        setup = body.right
        if not _calculates(setup):
            return []
    if free_symbols(setup):
        return []
    found = {operand: show(operand) for operand in literals(setup)}
    return [
        Claim(
            Kind.QUANTITY,
            written,
            _place(claim, written),
            claim.step,
            written,
            Role.DERIVED,
            Operand(operand),
        )
        for operand, written in found.items()
    ]


def read_stated(answer: Claim) -> Claim | None:
    """The number that an answer states, as a claim about its source."""
    body = answer.body
    if not isinstance(body, FinalAnswer) or body.value is None:
        return None
    number = body.value.value if isinstance(body.value, Quantity) else body.value
    if written_value(number) is None:
        return None
    return structs.replace(answer, kind=Kind.QUANTITY, statement=show(number), body=Operand(number))


_IN_NUMBER = frozenset("0123456789.")
_NUMBER_GOES_ON = re.compile(r"[\d.]*\d")


def _place(claim: Claim, written: str) -> Span:
    """Where a number stands in the text of a claim; all of the claim if it is written otherwise."""
    at = claim.text.find(written)
    while at >= 0:
        end = at + len(written)
        if claim.text[at - 1 : at] not in _IN_NUMBER and not _NUMBER_GOES_ON.match(claim.text, end):
            return Span(claim.span.start + at, claim.span.start + end)
        at = claim.text.find(written, at + 1)
    return claim.span


def _calculates(e: Expr) -> bool:
    while isinstance(e, (Quantity, Neg)):
        e = e.value if isinstance(e, Quantity) else e.arg
    if isinstance(e, Div):
        return not (isinstance(e.num, Int) and isinstance(e.den, Int))
    return isinstance(e, (Add, Mul, Pow))
