"""Other arithmetics that a text speaks of: residues, numerals in a base, and more.

Where a text works modulo 13, `7^2 = 10` need not be wrong, nor `1 + 1 = 10` where it writes in
binary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from clr.bodies.mathematics import Arithmetics
from clr.reading.cues import cues_of, either, mentions, sign_of

_MODULUS = re.compile(
    r"\bmod(?:ulo|ulus)?\b[^\w\n]{0,4}(\d{1,9})|\\p?b?mod\s{0,3}\{?\s{0,3}(\d{1,9})"
    r"|(?-i:\b(?:[Ii]n|[Oo]ver|[Ff]ield|[Rr]ing|[Gg]roup)\s\W{0,2}[ZF]|\\mathbb\{?[ZF]\}?"
    r"|[ℤ𝔽]|\bZ(?=/))(?:[_/]\s?\{?(\d{1,9})|([₀-₉]{1,9}))"
    r"|\bGF\(?(\d{1,9})|\bcharacteristic\W{0,3}(\d{1,9})"
    r"|\bremainder\b[^.\n]{0,80}?\bby\W{1,3}(\d{1,9})"
    r"|\bdivided by\W{1,3}(\d{1,9})[^.\n]{0,40}?\bremainder",
    re.I,
)
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_BASE = re.compile(
    r"\bbase(?:\s|-|\\)(\d{1,2})\b|(?<![\w.}])\d{1,20}_\{?(\d{1,2})(?!\d)"
    r"|(?<![\w.}])\d{1,20}([₂-₉]|[₁₂₃][₀-₉])(?![₀-₉])|\b(?:base(?:\s|-)(\w{3,8})|(binary|ternary|octal|hexadecimal|hex|bits?))\b",
    re.I,
)
_OTHERS = (
    (
        "clock",
        ("clock", "-hour"),
        re.compile(r"\bclock\b|\bo['’]clock\b|\b(?:12|24|twelve|twenty-four)-hour\b"),
    ),
    (
        "clock",
        ("am", "pm", "a.m", "p.m"),
        # looked for from its end, as most texts hold more digits
        re.compile(r"m\b(?:(?<=\d[ap]m)|(?<=\d\s[ap]m)|(?<=\d[ap]\.m)|(?<=\d\s[ap]\.m))"),
    ),
    (
        "boolean",
        ("boolean", "logic", "truth table"),
        either(r"\bboolean\b", r"\blogic(?:al)? (?:gate|circuit|or)", r"\btruth table"),
    ),
    (
        "floats",
        ("float", "double", "ieee"),
        either(r"\bfloat", r"\bdouble-?s?\b", r"\bdouble.precision", r"\bieee\b"),
    ),
    (
        "vectors",
        ("vector", "perpendicular", "right angle", "resultant", "orthogonal"),
        either(*r"\bvector \bperpendicular \bresultant \borthogonal".split(), r"\bright angle"),
    ),
    (
        "mixtures",
        ("volume", "additive"),
        either(
            r"\bnot (?:\w+ )?additive\b",
            r"\bnon-?additive\b",
            r"\bnot (?:\w+ )?add(?: up)?\b(?! the\b)",
            r"n['’]t (?:\w+ )?add(?: up)?\b(?! the\b)",
            r"\bvolume contract",
        ),
    ),
    (
        "scale",
        ("scale", "map", "model", "draw", "blueprint", "represent", "stand", "correspond"),
        either(
            *r"\bscaled?\b \bmaps?\b \bmodels?\b \bdraw(?:ing|n) \bblueprint \brepresent".split(),
            r"\bstands? for\b",
            r"\bcorrespond",
        ),
    ),
    (
        "digits",
        ("concat", "juxtapos", "string", "side by side"),
        either(r"\bconcat", r"\bjuxtapos", r"\bstrings?\b", r"\bside by side\b"),
    ),
    (
        "slopes",
        ("deriv", "different", "tangent line", "slope", "product rule", "quotient rule"),
        either(
            r"\bderivative",
            r"\bdifferentiat",
            *(rf"\b{rule} rule\b" for rule in "product quotient chain".split()),
            r"\btangent line",
            r"\bslope of the tangent",
        ),
    ),
    (
        "turns",
        ("coterminal", "direction", "bearing", "heading", "clockwise", "turn", "angles", "pi"),
        either(
            *r"\bcoterminal \bdirections?\b \bbearings?\b \bheadings?\b clockwise\b".split(),
            r"\bfull turns?\b",
            r"\bas angles\b",
            r"\bmod(?:ulo)?\W{1,4}2\s?\\?(?:pi\b|π)",
            r"\bmod\s?\{?2\\?(?:pi\b|π)",
        ),
    ),
    (
        "floors",
        (
            "integer",
            "down",
            "floor",
            "truncat",
            "legendre",
            "zero",
            "exponent",
            "whole",
            "remainder",
            "quotient",
            "multiples",
            "divisible",
            "power",
            "factors",
        ),
        either(
            r"\bintegers? (?:parts?|quotient|division)",
            r"\bround(?:ed|ing)? down",
            *r"\bfloor \btruncat \blegendre \bquotients?\b".split(),
            r"\btrailing zero",
            r"\bzeros at the end",
            r"\bends? (?:in|with) \w+ zero",
            r"\bwhole (?:number )?parts?\b",
            *(
                rf"\b{drops}\w+ (?:the |any )?(?:remainder|decimal|fraction)"
                for drops in ("ignor", "drop", "discard")
            ),
            r"\bmultiples of\b",
            r"\bdivisible by\b",
            *(
                rf"\b{part} of \W{{0,3}}\w+\W{{0,3}} (?:in|that divides|dividing)\b"
                for part in ("exponent", "power", "factors?")
            ),
        ),
    ),
    (
        "digit sums",
        ("digit", "casting", "numerolog"),
        either(
            r"\bdigit(?:al)?[ -](?:sum|root)",
            r"\bcasting out",
            r"\bnumerolog",
            r"\bsums? of (?:its|the|their) (?:\w+ )?digits",
        ),
    ),
    (
        "uneven",
        ("divisor", "factor", "prime", "fibonacci"),
        either(r"\bdivisors?\b", r"\bfactors\b", r"\bprimes?\b", r"\bfibonacci\b"),
    ),
    (
        "constants",
        ("integra", "differential", "antideriv", "separat", "\\int", "∫", "dy/", "{dy}", "y'"),
        re.compile(r"[-+]\s?[ck]\b"),
    ),
    (
        "estimates",
        ("estimat", "round", "nearest", "ballpark", "compatible numbers"),
        either(
            *r"\bestimat \bround(?:s|ed|ing)?\b \bnearest\b \bballpark\b".split(),
            r"\bcompatible num",
        ),
    ),
    (
        "orders",
        ("order", "linear", "neglect", "taylor", "small angle", "small-angle", "ignor"),
        either(
            *(
                rf"\b{which}[ -]order"
                for which in ("first", "second", "third", "leading", "lowest", "higher")
            ),
            r"\blinear(?:iz|is| approx)",
            r"\bneglect",
            r"\bignor\w+ (?:the )?(?:terms|powers|products)",
            r"\btaylor\b",
            r"\bsmall[ -]angle",
        ),
    ),
    (
        "nim",
        ("nim", "xor", "carr"),
        either(
            r"\bnim\b",
            r"\bxor",
            *(
                rf"\b{without} (?:any |the )?carr(?:y|ies)"
                for without in ("without", "no", r"ignor\w+", r"drop\w*")
            ),
        ),
    ),
)
"""Other arithmetics by name, and how a text in lower case speaks of them: parts of words that come
first, as looking for them takes far less time than for the words."""


def _sign(hints: Iterable[str]) -> int | None:
    """The bit of words that begin such hints; None where some begin with less than a part."""
    parts = all(re.match("[a-z]{3}", hint) for hint in hints)
    return sign_of(*hints) if parts else None


_BY_WORDS = [(name, _sign(hints), hints, words) for name, hints, words in _OTHERS]
_WIDTH = re.compile(r"\bu?int_?(8|16|32|64)|\b(8|16|32|64)[- ]?bits?\b|\bunsigned (byte)\b", re.I)
"""Integers of so many bits, which go round like the hands of a clock."""
_BOUND = re.compile(
    r"(?:\bcap(?:s|ped|ping)?|\bclamp\w*|\bclip(?:s|ped|ping)?|\bsaturat\w+|\bmax(?:es|ed|imum)?"
    r"|\bexceed|\blimit(?:s|ed)?|\b(?:above|beyond|below|over) (?:its |the )?|\bfull at|\bmin\()"
    r"[^.\n]{0,40}?(?<![\d.,])(\d{1,12})(?![\d,]*\.?\d)"
)
"""A bound at which results are cut off, in lower case, as long as something is said to be."""
_CUTS = re.compile(
    r"\bcap(?:s|ped|ping)?\b|\bclamp|\bclip(?:s|ped|ping)\b|\bsaturat|\bmax(?:es|ed) out"
    r"|\b(?:cannot|can['’]t|can not|may not|not allowed to|never) (?:\w+ ){0,2}?"
    r"(?:exceed|above|beyond|over|below|more than|less than|negative)\b"
    r"|\bmin\(|\bmax\(|\boverfull\b"
)
_CUT_HINTS = ("cap", "clamp", "clip", "satur", "maxe", "exceed", "cannot", "can't", "can’t", "min(")
_FULL_SCALE = frozenset(2**bits - 1 for bits in (7, 8, 15, 16, 31, 32))
"""Where integers that saturate do so, unless the text says it."""
_MODULUS_HINTS = (
    "mod", "remainder", "z_", "f_", "z/", "f/", "mathbb", "ℤ", "𝔽", "gf", "characteristic",
    *"₁₂₃₄₅₆₇₈₉",
)  # fmt: skip
_WIDTH_HINTS = ("int8", "int16", "int32", "int64", "int_", "bit", "unsigned byte")
_BASE_HINTS = ("_", "base", "binary", "bit", "ternary", "octal", "hex", *"₁₂₃₄₅₆₇₈₉")
"""Without any of these, in lower case, a text names no modulus and no base."""
_BASES = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "twelve": 12, "sixteen": 16, "binary": 2, "bit": 2, "bits": 2, "ternary": 3, "octal": 8,
    "hexadecimal": 16, "hex": 16,
}  # fmt: skip

_FEW = {"two": 2, "three": 3, "four": 4, "2": 2, "3": 3, "4": 4}
_ENDINGS = re.compile(
    r"\b(?:last|final|units?|ones|unit['’]s|rightmost)[ -](?:(two|three|four|[2-4])[ -])?digits?\b"
)
"""Last digits, in lower case, which are residues modulo a power of ten."""
_ROUNDS = re.compile(
    r"\b(?:repeat(?:s|ing)?|cycles?|cyclic|period(?:ic)?)\b[^.\n]{0,40}?(?<![\d.])(\d{1,4})(?![\d.])"
)
"""After how much something begins anew, in lower case."""
_WEEKDAYS = re.compile(r"\b(?:days? of the week|weekdays?|(?:mon|tues|wednes|thurs|fri)days?)\b")
_PARITY = re.compile(r"\bparit(?:y|ies)\b")


def _remainders(lower: str) -> frozenset[int]:
    """The moduli whose residues a text in lower case writes without saying so each time."""
    found: set[int] = set()
    if "digit" in lower:
        found = {10 ** _FEW.get(m[1], 1) for m in _ENDINGS.finditer(lower)}
    if mentions(lower, ("repeat", "cycl", "period")):
        found |= {int(m[1]) for m in _ROUNDS.finditer(lower)}
    if "day" in lower and _WEEKDAYS.search(lower):
        found |= {7}
    if "parit" in lower and _PARITY.search(lower):
        found |= {2}
    return frozenset(m for m in found if m > 1)


def arithmetics(text: str) -> Arithmetics:
    """What moduli, bases and bounds a text names."""
    text = text.replace("\u00a0", " ")
    lower = text.lower()
    cues = cues_of(text)
    moduli: set[int] = set()
    if mentions(lower, _MODULUS_HINTS):
        moduli = {
            int(next(filter(None, found.groups())).translate(_SUBSCRIPTS))
            for found in _MODULUS.finditer(text)
        }
    if mentions(lower, _WIDTH_HINTS):
        for found in _WIDTH.finditer(text):
            bits = found[1] or found[2]
            moduli.add(2 ** int(bits) if bits else 256)
    bases: set[int] = set()
    for found in _BASE.finditer(text) if mentions(lower, _BASE_HINTS) else ():
        digits, below, subscript, word, name = found.groups()
        digits = digits or below or (subscript and subscript.translate(_SUBSCRIPTS))
        bases.add(int(digits) if digits else _BASES.get((word or name).lower(), 0))
    return Arithmetics(
        frozenset(m for m in moduli if m > 1),
        frozenset(b for b in bases if 2 <= b <= 36),
        _bounds(lower),
        frozenset(
            name
            for name, sign, hints, words in _BY_WORDS
            if (sign is None or cues & sign) and mentions(lower, hints) and words.search(lower)
        ),
        _remainders(lower),
    )


def _bounds(lower: str) -> frozenset[int]:
    """Where a text in lower case says that results are cut off."""
    if not mentions(lower, _CUT_HINTS) or not _CUTS.search(lower):
        return frozenset()
    told = frozenset(int(found[1]) for found in _BOUND.finditer(lower))
    if "negative" in lower:
        told |= {0}
    return told | _FULL_SCALE if "saturat" in lower else told
