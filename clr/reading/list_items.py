"""The items of a list as a sentence names them, and lists that are written out."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from fractions import Fraction

from clr.bodies.lists import Item, Items

MOST = 60
"""Items of a list."""
NUMBER = r"[-−]?\d{1,9}(?:\.\d{1,6})?(?![\d.,]*\d)"
LISTED_NUMBER = r"[-−]?\d{1,9}(?:\.\d{1,6})?(?![\d.]*\d)"
WORD = r"[A-Za-z][A-Za-z'’-]{0,30}"
QUOTE = r"[\"'“”‘’`]"
ITEM = rf"(?:{QUOTE}{WORD}{QUOTE}|{NUMBER}|(?!no\b|not\b|the\b|and\b|or\b){WORD})"
ENTRY = rf"(?:{QUOTE}{WORD}{QUOTE}|{LISTED_NUMBER}|(?!and\b|or\b){WORD})"
ENTRIES = rf"{ENTRY}(?:(?:, and |, ?|; ?| and | & ){ENTRY})*"
LITERAL = r"(?:\[[^\[\]\n]{1,400}\]|\\?\{[^{}\n]{1,400}\})"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the items of a list may be called; `numeric` if they are numbers."""

    words: Set[str]
    numeric: bool
    descending: bool = False


def item(text: str, known: Vocabulary) -> Item | None:
    """The item that a text names; None for a word that is no item and not quoted."""
    bare = text.strip().strip("\"'“”‘’`")
    if re.fullmatch(r"[-−]?\d+(?:\.\d+)?", bare):
        value = Fraction(bare.replace("−", "-"))
        return int(value) if value.denominator == 1 else value
    quoted = bare != text.strip()
    lower = bare.lower()
    if known.numeric or not re.fullmatch(WORD, bare):
        return None
    return lower if lower in known.words or (quoted and len(bare) > 1) else None


def items(text: str, known: Vocabulary) -> Items | None:
    """The items of an enumeration, or None if one of its parts is none."""
    parts = re.split(r"\s*(?:, and |,|;| and | & )\s*", text.strip().strip("[]{}\\").strip())
    found = [item(part, known) for part in parts if part]
    return None if not found or None in found else tuple(x for x in found if x is not None)


def literal(text: str) -> Items | None:
    """The items of a list that is written out, all numbers or all words; none of dots."""
    inner = text.strip().strip("[]{}\\").strip().strip(",")
    parts = [part.strip() for part in re.split(r"[,;]", inner)]
    if not parts or len(parts) > MOST:
        return None
    words = {part.strip("\"'“”‘’`").lower() for part in parts}
    numeric = all(re.fullmatch(LISTED_NUMBER, part) for part in parts)
    if not numeric and not all(re.fullmatch(rf"{QUOTE}?{WORD}{QUOTE}?", part) for part in parts):
        return None
    return items(", ".join(parts), Vocabulary(words, numeric))


def vocabulary(
    given: Items, *, descending: bool = False, more: Set[str] = frozenset()
) -> Vocabulary:
    """The words for the items of a list."""
    words = {x for x in given if isinstance(x, str)}
    return Vocabulary(words | more, not words, descending)
