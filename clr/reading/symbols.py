"""Statements named by letters: "let R: it rains, C: the match is cancelled", and then "R → C".

A sentence in symbols is read whole: formulas, and words that only join them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from clr.bodies.connectives import And, Not, Or
from clr.fol.notation import NotationError, parse_formula
from clr.fol.syntax import Atom, Exists, ForAll, Formula, Fun, Iff, Implies, Var, Xor
from clr.reading.statements import said_of, statement

MAX_LENGTH = 400
"""Characters of a sentence."""
_IS = r"\s*(?::=|=|:|\bbe\b|\bmeans?\b|\bdenotes?\b|\bstands? for\b|\brepresents?\b)\s*"
_LET = re.compile(r"\s*(?:(?:let(?:'s| us)?|define|denote|write|say)\b\s*(?:by )?)?", re.I)
_NAME = re.compile(
    rf"(?P<letter>[A-Zp-w])(?!\w){_IS}(?:the (?:statement|proposition|fact|claim)(?: that)? )?"
    rf"[\"“']?(?P<what>(?:(?!,? (?:and )?[A-Zp-w](?!\w){_IS})[^\"”;\n])+?)[\"”']?\s*"
    rf"(?:[,;.]|,? and(?= [A-Zp-w](?!\w){_IS})|\Z)\s*(?:and )?"
)
_LETTER = r"(?<![A-Za-z])[A-Zp-w](?![A-Za-z'’(])"
"""A letter that names a statement: a capital, or one of those that mostly do."""
_SIGN = (
    r"→|⇒|->|=>|↔|⇔|<->|∧|∨|&|\||¬|~|⊕"
    r"|\\(?:[Rr]ightarrow|to|implies|l?and|wedge|l?or|vee|l?not|neg|iff|[Ll]eftrightarrow)\b"
)
_OF = r"(?<![A-Za-z])[A-Z]\w*\(\s*[A-Za-z]\w*\s*\)"
"""What is said of one thing: Cat(tom)."""
_ALL = r"(?:∀|∃|\\forall\b|\\exists\b)\s*[a-z]\b[ .:,]?"
_SYMBOLIC = re.compile(rf"{_SIGN}|{_LETTER}|{_OF}")
_FORMULA = re.compile(rf"(?:[(\[]*(?:{_ALL}\s*[(\[]*)*(?:{_OF}|{_LETTER}|{_SIGN})[)\]]*\s*)+")
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


def has_letters(text: str) -> bool:
    """Whether a text has a letter that may name a statement, beside its words."""
    return _ALONE.search(text) is not None


_ALONE = re.compile(r"(?<![\w'’])(?:[B-HJ-Z]|[p-w])(?![\w'’])(?! (?:says|is|was|lies|tells)\b)")


def spelled(f: Formula) -> Formula | None:
    """A formula about things as words say it: Cat(tom) is that Tom is a cat; None without things,
    or where a word is none."""
    match f:
        case Atom(name, (Fun(thing, ()),)):
            return said_of(Fun(thing.lower()), _words(name))
        case Atom(name, (Var() as thing,)):
            return said_of(thing, _words(name))
        case Not(arg):
            inner = spelled(arg)
            return None if inner is None else Not(inner)
        case And(args) | Or(args):
            parts = tuple(part for arg in args if (part := spelled(arg)) is not None)
            return type(f)(parts) if len(parts) == len(args) else None
        case Implies(left, right) | Iff(left, right) | Xor(left, right):
            a, b = spelled(left), spelled(right)
            return None if a is None or b is None else type(f)(a, b)
        case ForAll(var, body) | Exists(var, body):
            inner = spelled(body)
            return None if inner is None else type(f)(var, inner)
        case _:
            return None


def _words(name: str) -> str:
    """The words of a name: CanFly, has_wings."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", name).lower().removeprefix("is ")


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
