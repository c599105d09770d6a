"""Other arithmetics that a text speaks of: residues modulo m, numerals in a base, truth values.

Where a text works modulo 13, `7^2 = 10` need not be wrong, nor `1 + 1 = 10` where it writes in
binary.
"""

from __future__ import annotations

import re

from clr.bodies.mathematics import Arithmetics

_MODULUS = re.compile(
    r"\bmod(?:ulo|ulus)?\b[^\w\n]{0,4}(\d{1,9})|\\p?b?mod\s{0,3}\{?\s{0,3}(\d{1,9})"
    r"|(?-i:(?:\b|\\mathbb\{?)[ZF]\}?|[ℤ𝔽])[_/]\s?\{?(\d{1,9})"
    r"|\bremainder\b[^.\n]{0,80}?\bby\W{1,3}(\d{1,9})"
    r"|\bdivided by\W{1,3}(\d{1,9})[^.\n]{0,40}?\bremainder",
    re.I,
)
_BASE = re.compile(
    r"\bbase(?:\s|-|\\)(\d{1,2})\b|\b(?:base(?:\s|-)(\w{3,8})|(binary|ternary|octal|hexadecimal|hex))\b",
    re.I,
)
_CLOCK = re.compile(
    r"\bclock\b|\bo['’]clock\b|\b(?:12|24|twelve|twenty-four)-hour\b|\d\s?[ap]\.?m\b", re.I
)
"""Where hours may be added as the hands of a clock go round."""
_BOOLEAN = re.compile(r"\bboolean\b|\blogic(?:al)? (?:gate|circuit|or)|\btruth table", re.I)
_MODULUS_HINTS = ("mod", "remainder", "z_", "f_", "z/", "f/", "mathbb", "ℤ", "𝔽")
_BASE_HINTS = ("base", "binary", "ternary", "octal", "hex")
"""Without any of these, in lower case, a text names no modulus and no base."""
_BASES = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "twelve": 12, "sixteen": 16, "binary": 2, "ternary": 3, "octal": 8, "hexadecimal": 16,
    "hex": 16,
}  # fmt: skip


def arithmetics(text: str) -> Arithmetics:
    """What moduli and bases a text names."""
    lower = text.lower()
    moduli: set[int] = set()
    if any(hint in lower for hint in _MODULUS_HINTS):
        moduli = {int(next(filter(None, found.groups()))) for found in _MODULUS.finditer(text)}
    bases: set[int] = set()
    for found in _BASE.finditer(text) if any(hint in lower for hint in _BASE_HINTS) else ():
        digits, word, name = found.groups()
        bases.add(int(digits) if digits else _BASES.get((word or name).lower(), 0))
    return Arithmetics(
        frozenset(m for m in moduli if m > 1),
        frozenset(b for b in bases if 2 <= b <= 36),
        _BOOLEAN.search(text) is not None,
        _CLOCK.search(text) is not None,
    )
