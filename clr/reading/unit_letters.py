"""Letters that are units: which ones, in one trace, and where units in symbols stand.

`3 m` may be three metres or three times an unknown. A letter that a trace only ever writes behind a
number, and never alone, before a sign or as a name, is a unit in it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from clr.notation.dimensions import unit_magnitude
from clr.notation.unit_symbols import NAMES, PATTERN, SINGLE, in_words, symbols
from clr.notation.words import UNITS
from clr.reading.surface import PieceKind, pieces
from clr.trace import Span

_LETTER = re.compile(rf"[{''.join(SINGLE)}](?<![A-Za-z\\Ω].)(?![A-Za-z])")
"""A letter that stands alone and is the symbol of a unit."""
_BLANK = " \u00a0\u2009\u202f"
_STARTS = "".join({symbol[0] for symbol in NAMES})
_LONGEST = max(map(len, NAMES))
_VALUE = re.compile(rf"[0-9½¼¾²³⁰¹⁴-⁹)](?=/|[{_BLANK}]?[{_STARTS}](?![A-Za-z]{{{_LONGEST}}}))")
"""The end of a value behind which a unit in symbols may stand; other digits are in no number."""
_NUMBER_BEFORE = rf"[0-9½¼¾²³⁰¹⁴-⁹)](?:\^?[}}])?(?:[{_BLANK}~]|\\[,;: ])?"
_BEHIND_NUMBER = re.compile(rf"{_NUMBER_BEFORE}\Z")
_COUNTED_LETTER = re.compile(rf"{_NUMBER_BEFORE}[{''.join(SINGLE)}](?![A-Za-z])")
"""What every letter that is a unit has somewhere."""
_MONEY = re.compile(rf"[$€£¥]\s?[\d.,]*[{_BLANK}]?\Z")
_NO_NAME_BEFORE = re.compile(
    r"(?:[A-Za-z]['’(]|°\s?|\bin \(?|\[|[A-Za-z°Ω²³\d)]\s?[/·⋅∙]\s?\(?|[A-Za-z°] ?[·⋅∙] ?)\Z"
)
"""What makes a letter no name, nor tells of a unit: John's, 25 °C, in m, km/h."""
_UPRIGHT = re.compile(r"\\(?:text|mathrm|mbox|textrm|rm)\s?\{[^{}]*\Z")
_SPACED = re.compile(r"(?:~|\\[,;: ])\Z")
_WORD_A = re.compile(r"A (?!(?:is|has|and|or|to|be|as|in|at|are)\b)[a-z]{2,}")
_BEFORE = 24
"""Characters before a letter that tell how it is meant."""
_BLANK_NEEDED = frozenset("MKTDFHC")
"""Letters that mean something else right behind a number, such as 300M, 4K, 20C."""


class UnitLetters(NamedTuple):
    """The letters that are units in a text: they stand behind numbers, and never otherwise. And
    `all` that may be, those among them that are names as well, as V in `V = 3 A × 4 Ω = 12 V`."""

    sure: frozenset[str] = frozenset()
    all: frozenset[str] = frozenset()


NO_LETTERS = UnitLetters()


def unit_letters(text: str) -> UnitLetters:
    """The letters that are units in a text."""
    if not _COUNTED_LETTER.search(text):
        return NO_LETTERS
    units: set[str] = set()
    names: set[str] = set()
    in_products: set[str] = set()  # written behind numbers as no unit is
    apart: set[str] = set()  # those with a blank before
    within: list[Span] | None = None
    for letter in _LETTER.finditer(text):
        name, at = letter.group(), letter.start()
        if name in in_products:
            continue
        before = text[max(0, at - _BEFORE) : at]
        if _UPRIGHT.search(before) or _says_nothing(text, at):
            continue
        if within is None:
            within = [p.span for p in pieces(text) if p.kind is not PieceKind.PROSE]
        before_it = bisect_right(within, at, key=lambda span: span.start)
        in_math = before_it > 0 and at < within[before_it - 1].end
        if _BEHIND_NUMBER.search(before):
            unit = PATTERN.match(text, at)
            multiplies = unit is None or (name == "k" and unit.group() != "k")  # 3k² + 2k
            if multiplies or _MONEY.search(before) or (in_math and not _SPACED.search(before)):
                in_products.add(name)
                continue
            named = symbols(unit.group()) if unit is not None else []
            units.update(named)
            if not before[-1:].isdigit():
                apart.update(named)
        elif in_math or not _NO_NAME_BEFORE.search(before):
            names.add(name)
    found = (units & (apart | {"k"}) & SINGLE.keys()) - in_products
    return UnitLetters(frozenset(found - names), frozenset(found))


def _says_nothing(text: str, at: int) -> bool:
    """Whether a letter is the word A, or numbers the items of a list: A car; A) 12."""
    if text[at] == "A" and _WORD_A.match(text, at):
        return True
    return (at == 0 or text[at - 1] in "\n(") and text[at + 1 : at + 2] in (")", ".", ":")


_PRICE = re.compile(r"[$€£]\s?\d[\d,.]*\Z")
_WELL_KNOWN = ("m/s", "N·m")
"""Units that nobody takes for a quotient or a product."""
_SURE = frozenset(NAMES.keys() - SINGLE.keys())


def unit_spans(text: str, letters: frozenset[str]) -> Iterator[tuple[Span, str]]:
    """Where a unit in symbols stands behind a number in plain text, and its name in words.

    A unit in letters that every reader takes for a word, such as kg, is left to them.
    """
    for value in _VALUE.finditer(text):
        at = value.end()
        if text.startswith("/", at) and _PRICE.search(text, max(0, at - _BEFORE), at):
            found = PATTERN.match(text, at + 1)
            if found is not None and {*symbols(found.group())} <= letters | _SURE:
                yield Span(at, found.end()), "/" + in_words(found.group())
            continue
        blank = text[at : at + 1] in _BLANK
        at += blank
        found = PATTERN.match(text, at)
        if found is None:
            continue
        unit = found.group()
        named = symbols(unit)
        if unit in UNITS and unit != "m/s":
            continue
        if not (blank or named[0] not in _BLANK_NEEDED):
            continue
        if unit.startswith(_WELL_KNOWN) or any(
            symbol in letters or symbol not in SINGLE for symbol in named
        ):
            yield Span(at, found.end()), in_words(unit)


def with_names(text: str, letters: frozenset[str]) -> str:
    """A text with its units in words, in quotation marks, as the parser takes words; what is told
    in two units is a sum: `3 h 30 min`."""
    if _VALUE.search(text) is None:
        return text
    text = _IN_TWO_UNITS.sub(lambda found: _summed(found, letters), text)
    out, done = "", 0
    for span, name in unit_spans(text, letters):
        out += f'{text[done : span.start]} "{name}"'
        done = span.end
    return out + text[done:] if done else text


_UPRIGHT_UNIT = re.compile(
    r"(?<=[\d})])(?:\s|~|\\[,;:! ])*\\(?:text|mathrm|mbox|textrm)\s?\{(?P<unit>[^{}]{1,40})\}"
    r"(?P<power>\^(?:-?\d|\{-?\d\}))?"
)


def with_upright_names(tex: str) -> str:
    """TeX with the units that stand upright behind numbers in words: `5\\,\\mathrm{N}`."""
    return _UPRIGHT_UNIT.sub(_named_upright, tex) if "\\text" in tex or "\\mathrm" in tex else tex


def _named_upright(found: re.Match[str]) -> str:
    unit, power = found["unit"], found["power"]
    if "\\" in unit or "~" in unit:
        unit = _SPACES.sub(" ", unit.replace("\\cdot", "·"))
    unit = unit.strip() + (power or "")
    return rf"\text{{ {in_words(unit)}}}" if PATTERN.fullmatch(unit) else found.group()


_SPACES = re.compile(r"\\[,;: ]|~")


_NUMBER = r"\d+(?:\.\d+)?"
_SYMBOL = r"[A-Za-z]{1,3}"
_IN_TWO_UNITS = re.compile(
    rf"(?<![\d.,/^])(?P<a>{_NUMBER}) ?(?P<u>{_SYMBOL}) (?P<b>{_NUMBER}) ?(?P<v>{_SYMBOL})"
    r"(?![\w/^(²³·])(?! \d)"
)


def _summed(found: re.Match[str], letters: frozenset[str]) -> str:
    """A quantity in two units, the larger first, as a sum of two."""
    a, b = found["u"], found["v"]
    sizes = [unit_magnitude(NAMES[symbol]) for symbol in (a, b) if symbol in NAMES]
    if not {a, b} <= letters | _SURE or len(sizes) < 2:
        return found.group()
    if sizes[0] is None or sizes[1] is None or sizes[0][0] != sizes[1][0]:
        return found.group()
    if sizes[0][1] <= sizes[1][1]:
        return found.group()
    return f'({found["a"]} "{NAMES[a]}" + {found["b"]} "{NAMES[b]}")'
