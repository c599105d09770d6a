"""What signs mean in one trace, where that is not what they usually mean.

A problem may define an operation of its own ("a * b = a^2 + b"), or call an unknown e. Both are
looked for in the text at large, as they are said once and used everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from clr.notation.functions import DEFAULT_FUNCTIONS
from clr.notation.lexer import GREEK
from clr.reading.cues import either, mentions, sign_of
from clr.reading.unit_letters import NO_LETTERS, UnitLetters, unit_letters

_EQUATED = re.compile(r"\(\s*(?:[a-z]|-?\d+)\s*\)\s*=")
_APPLIED = re.compile(r"(?<![A-Za-z\\])([A-Za-z])(?:_\{?\w\}?)?\s*\Z")
_LONGEST_NAME = 16
"""Characters of the name of a function, with what stands between it and its bracket."""
_DEFINING = {word: re.compile(rf"{word}(?<!\w{word})") for word in ("defin", "operat", "denote")}
_DEFINING["let"] = re.compile(r"let\b(?<!\wlet)(?!['’])")
"""How a text, in lower case, gives a sign a meaning."""
_PLAINLY_DEFINES = re.compile(r"\b(?:defin|operat)", re.I)
_SIGN = (
    r"[*!?^·×@#&∗\\](?:(?<!\\)|(?<=\\)"
    r"(?:ast|cdot|times|div|circ|wedge|vee|oplus|otimes|star|bullet|diamond)(?![A-Za-z]))"
)
_SECOND = (
    r"\s{0,2}(?P<b>[A-Za-z])(?![A-Za-z])[\s$]{0,3}(?:=|\\(?:equiv|coloneqq)"
    r"|(?:is|to be|to mean|as|means|equals|denotes|stands for|represents)\b)"
)
_OPERATES = re.compile(_SIGN + _SECOND)
"""The most of an operation, which most texts do not have."""
_OPERATION = re.compile(
    rf"(?<![A-Za-z\\])(?P<a>[A-Za-z])\s{{0,2}}(?P<sign>{_SIGN}){_SECOND}"
    r"(?P<meaning>[^.;\n]{1,80})"
)
_STARS = frozenset(("*", "∗", "\\ast"))
"""Signs that are products in plain text, where `m * n = 12 and m + n = 7` defines nothing."""
_FIRST_EXPRESSION = re.compile(
    r"(?:(?![,=<>]|\b(?!sqrt|max|min|gcd|lcm|frac|log)[a-z]{2}).)*", re.S
)
_BRACKETED = re.compile(
    r"(?<![\w)}\]])\[\s?[A-Za-z]\s?\][\s$\\)]{0,4}"
    r"(?:=|(?:be|to be|is|denotes?|means?|represents?|stands? for)\b)|"
    r"\b(?:denote[sd]?|write|notation)\b[^.\n]{0,60}?(?<![\w)}\]])\[\s?[A-Za-z]\s?\](?!\w)",
    re.I,
)
"""Square brackets that are a function: let [n] be the sum of the digits of n."""
_LETTER_IN_BRACKETS = re.compile(r"\[\s?[A-Za-z]\s?\]")
_EXCLAIMED = re.compile(
    r"(?<![\w)])[A-Za-z]\s?!\s{0,2}[\s$]{0,3}(?:be|denotes?|means?|represents?|stands? for)\b"
    r"(?![^.\n]{0,60}(?:product|factorial|\\cdot|·|×|\*|times))",
    re.I,
)
"""An exclamation mark that is no factorial."""

_BITS = re.compile(r"\bxor\b|\bbit-?wise\b|\bexclusive or\b", re.I)
"""Where a caret may be an operation on bits, and no power."""
_COUNTING_PRIMES = re.compile(r"(?:π|\\pi)\s?\(\s?(?:[a-z]|\d+)\s?\)\s?=")
_OF_SYMBOLS = sign_of("symbol", "residue", "reciprocity", "criterion")
_RESIDUE_SYMBOL = re.compile(
    r"\b(?:legendre|jacobi|kronecker) symbol|\bquadratic (?:(?:non-?)?residue|reciprocity)"
    r"|\beuler['’]s criterion",
    re.I,
)
"""Where a fraction in brackets says whether its top is a square modulo its bottom."""
_USUAL_SIGNS = frozenset((r"\cdot", r"\times", r"\div", "·", "×", "!", "^"))
"""Signs that are redefined only where a text says so plainly: x · y = x + y is an equation."""
_GIVEN_A_NUMBER = re.compile(
    r"=(?:(?<=[ei]=)(?<![A-Za-z].=)|(?<=[ei][\s$]=)(?<![A-Za-z]..=)|(?<=[\s$][\s$]=))"
    r"[\s$]*(?!2\.7)-?\d",
    re.S,
)
"""A number that is given to what may be such a letter."""
_CONSTANT = re.compile(r"[ei](?<![A-Za-z\\^_{)}\d+*/×·÷√−–-][ei])(?<![+*/×·÷−–-]\s[ei])")
"""A letter that often names a constant, as the name of something else."""
_LET = re.compile(
    r"[Ll]et (?<!\w[Ll]et )[\\($]*([ei])\b(?!\^|\s?=\s?(?:\\sqrt\s?\{?\s?-\s?1|√\s?\(?[-−]\s?1))"
    r"(?![\s$\\)]{0,4}(?:be|denote) (?:the|an) imaginary)"
)


_OF_COMPLEX = sign_of("complex", "imaginary", "unity") | sign_of("i", whole=True)
_COMPLEX_HINTS = (
    "complex", "imaginary", "of unity", "^2 = -1", "² = −1", "² = -1", "sqrt{-1}", "√-1", "√(-1)",
)  # fmt: skip
_COMPLEX = either(
    r"complex (?:number|plane|root)", "imaginary", r"roots? of unity", r"i(?:\^2|²) = [-−]1",
    r"\bi\s?=\s?(?:\\sqrt\{-1\}|√-1|√\(-1\))",
)  # fmt: skip
_INDEX = re.compile(
    r"_\{?i\b|(?<![A-Za-z\\])i\s{0,2}(?:=(?!\s?(?:\\sqrt\s?\{?\s?-|√))|<|\\leq?\b|\\in\b|≤|∈|\+\s?1\})"
    r"|\b[Ff]or (?:\w+ )?[\\($]*i\b"
)
"""The letter i as an index."""


class Habits(msgspec.Struct, frozen=True):
    """The functions of a trace by name; operations that it defines, as written; which of e and i
    are unknowns in it; whether fractions in brackets are residue symbols; which letters are
    constants, beyond doubt; and which are units."""

    functions: frozenset[str] = DEFAULT_FUNCTIONS
    operations: frozenset[str] = frozenset()
    unknowns: frozenset[str] = frozenset()
    symbols: bool = False
    constants: frozenset[str] = frozenset()
    units: UnitLetters = NO_LETTERS


USUAL = Habits()


def habits_of(text: str, problem: str = "", cues: int = -1) -> Habits:
    """The habits of a trace, from the text of its problem and its steps, and from the bits of the
    cues that it may hold, where they are known. A problem gives a meaning to a sign with less
    ceremony than a solution does: if a * b = 2a + b, find 3 * 5."""
    lower = text.lower()
    applied = frozenset(_functions(text))
    functions = DEFAULT_FUNCTIONS | applied if applied else DEFAULT_FUNCTIONS
    operations: frozenset[str] = frozenset()
    if _OPERATES.search(text):
        defines = any(word in lower and says.search(lower) for word, says in _DEFINING.items())
        operations = frozenset(_operations(text if defines else problem))
    if "^" in text and _BITS.search(text):
        operations |= {"^"}
    if _LETTER_IN_BRACKETS.search(text) and _BRACKETED.search(text):
        operations |= {"["}
    if "!" in text and _EXCLAIMED.search(text):
        operations |= {"!"}
    if "prime" in lower and _COUNTING_PRIMES.search(text):
        operations |= {"π", "\\pi"}
    symbols = bool(cues & _OF_SYMBOLS) and _RESIDUE_SYMBOL.search(text) is not None
    unknowns = frozenset(_unknowns(text, lower))
    constants: frozenset[str] = frozenset()
    told = cues & _OF_COMPLEX and mentions(lower, _COMPLEX_HINTS)
    complex_numbers = told and _COMPLEX.search(lower)
    if complex_numbers and "i" not in unknowns and not _INDEX.search(text):
        constants = frozenset("i")
    return Habits(functions, operations, unknowns, symbols, constants, unit_letters(text))


def told_of(problem: str) -> frozenset[str]:
    """The symbols that the words of a problem speak of, and so may lay down conditions on: `two
    numbers x and y have the sum 4`."""
    return frozenset(GREEK.get(name, name).lstrip("\\") for name in _TOLD.findall(problem))


_TOLD = re.compile(
    r"(?<![\w\\])(?!a\s(?!and\b))([A-Za-z]|\\[a-z]{2,7}|[α-ω])\)?\$?"
    r"(?=\s(?:and|be|is|are|has|have|satisf\w+|with|whose)\b|,[\s$])"
)
"""A letter that stands alone among words."""


def _unknowns(text: str, lower: str) -> Iterator[str]:
    """Letters that often name a constant and are unknowns here: e = 42, let i be ..."""
    for value in _GIVEN_A_NUMBER.finditer(text):
        at = value.start() - 1
        while at > 0 and (text[at] == "$" or text[at].isspace()):
            at -= 1
        if at >= 0 and _CONSTANT.match(text, at):
            yield text[at]
    if "let " in lower:
        yield from _LET.findall(text)


def _functions(text: str) -> Iterator[str]:
    """Letters that are applied: `f(x) =`, `f_1(2) =`."""
    for value in _EQUATED.finditer(text):
        at = value.start()
        name = _APPLIED.search(text, max(0, at - _LONGEST_NAME), at)
        if name:
            yield name.group(1)


def _operations(text: str) -> Iterator[str]:
    """Signs whose meaning the text gives: `a * b = a^2 + b`."""
    operations = [*_OPERATION.finditer(text)]
    plainly = bool(operations) and _PLAINLY_DEFINES.search(text) is not None
    for found in operations:
        meaning = found["meaning"]
        if found["sign"] in _STARS and not plainly:
            first = _FIRST_EXPRESSION.match(meaning.lstrip("= $"))
            meaning = first.group() if first is not None else ""
        both = found["a"] in meaning and found["b"] in meaning
        apart = found["sign"] == "!" and " ! " in found.group()  # no factorial
        if both and (plainly or apart or found["sign"] not in _USUAL_SIGNS):
            yield found["sign"]
