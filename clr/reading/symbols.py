"""Statements named by letters: "let R: it rains, C: the match is cancelled", and then "R → C".

A sentence in symbols is read whole: formulas, and words that only join them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from clr.fol.notation import NotationError, parse_formula
from clr.fol.syntax import Formula
from clr.reading.statements import statement

MAX_LENGTH = 400
"""Characters of a sentence."""
_IS = r"\s*(?::=|=|:|\bbe\b|\bmeans?\b|\bdenotes?\b|\bstands? for\b|\brepresents?\b)\s*"
_LET = re.compile(r"\s*(?:(?:let(?:'s| us)?|define|denote|write|say)\b\s*(?:by )?)?", re.I)
_NAME = re.compile(
    rf"(?P<letter>[A-Z])(?!\w){_IS}(?:the (?:statement|proposition|fact|claim)(?: that)? )?"
    rf"[\"“']?(?P<what>(?:(?!,? (?:and )?[A-Z](?!\w){_IS})[^\"”;\n])+?)[\"”']?\s*"
    rf"(?:[,;.]|,? and(?= [A-Z](?!\w){_IS})|\Z)\s*(?:and )?"
)
_LETTER = r"(?<![A-Za-z])[A-Z](?![A-Za-z'’])"
_SIGN = (
    r"→|⇒|->|=>|↔|⇔|<->|∧|∨|&|\||¬|~|⊕"
    r"|\\(?:[Rr]ightarrow|to|implies|l?and|wedge|l?or|vee|l?not|neg|iff|[Ll]eftrightarrow)\b"
)
_SYMBOLIC = re.compile(rf"{_SIGN}|{_LETTER}")
_FORMULA = re.compile(rf"(?:\(*(?:{_LETTER}|{_SIGN})\)*\s*)+")
_ARROW = re.compile(r"→|⇒|->|=>|↔|⇔|<->|\\(?:[Rr]ightarrow|to|implies|iff|[Ll]eftrightarrow)\b")
_SUBFORMULA = re.compile(r"\([^()]*\)")
_CONCLUDES = r"so|therefore|thus|hence|conclude|get|obtain|derive|gives|yields|follows|infer|∴|⊢"
_WORDS = re.compile(
    rf"(?:[\s,;:.]|\b(?:by|from|using|with|and|we|then|that|which|it|again|since|because|have|know"
    r"|given|premises?|rules?|modus|ponens|tollens|contraposition|transitivity|the|contrapositive"
    r"|disjunctive|hypothetical|syllogism|chain(?:ing)?|of|is|now|also|but|in|symbols|logically"
    rf"|{_CONCLUDES})\b|[∴⊢]|\(?\b\d{{1,2}}[.)]?)+",
    re.I,
)


class Symbolic(NamedTuple):
    """A formula over letters; `concluded` if the ones before it are given for it."""

    formula: Formula
    concluded: bool


def naming(text: str) -> tuple[tuple[str, Formula], ...] | None:
    """The statements that a sentence names by letters, or None if it does not or is not read."""
    if len(text) > MAX_LENGTH:
        return None
    let = _LET.match(text)
    at = let.end() if let else 0
    out: dict[str, Formula] = {}
    while at < len(text):
        m = _NAME.match(text, at)
        meant = statement(m["what"].strip(" ,.")) if m else None
        if m is None or meant is None or m["letter"] in out:
            return None
        out[m["letter"]] = meant
        at = m.end()
    return tuple(out.items()) or None


def symbolic(text: str) -> tuple[Symbolic, ...] | None:
    """The formulas of a sentence that consists of them, or None if it has other words."""
    if len(text) > MAX_LENGTH or _SYMBOLIC.search(text) is None:
        return None
    out: list[Symbolic] = []
    at = 0
    between = ""
    while at < len(text):
        if words := _WORDS.match(text, at):
            between += text[words.start() : words.end()]
            at = words.end()
            continue
        m = _FORMULA.match(text, at)
        formula = _parsed(m[0]) if m else None
        if m is None or formula is None:
            return None
        concluded = bool(out) and re.search(rf"\b(?:{_CONCLUDES})\b|[∴⊢]", between, re.I)
        out.append(Symbolic(formula, bool(concluded)))
        between = ""
        at = m.end()
    if re.search(rf"\b(?:{_CONCLUDES})\b", between, re.I):
        return None  # something else follows
    return tuple(out) or None


def _parsed(text: str) -> Formula | None:
    """A formula; a row of arrows may also be a chain, and is not read."""
    inner = text
    while (less := _SUBFORMULA.sub("X", inner)) != inner:
        inner = less
    if len(_ARROW.findall(inner)) > 1 or any(
        len(_ARROW.findall(part)) > 1 for part in _SUBFORMULA.findall(text)
    ):
        return None
    try:
        return parse_formula(text.strip())
    except NotationError:
        return None
