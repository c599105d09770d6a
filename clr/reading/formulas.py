"""Formulas of logic within sentences: where each stands, and what it is.

A run of signs and letters is one formula, or none. One whose brackets leave a choice, as in
`p → q → r`, is not read: people do not agree on what binds tighter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from clr.bodies.connectives import And, Not, Or
from clr.fol.notation import NotationError, parse_formula
from clr.fol.syntax import Atom, Exists, ForAll, Formula, Iff, Implies, Xor
from clr.trace import Span

_ARROW = r"→|⟶|⊃|->|\\(?:to|rightarrow|supset)\b"
_DOUBLE = r"⇒|⟹|=>|\\(?:Rightarrow|implies|Longrightarrow)\b"
_BOTH = r"↔|⟷|<->|\\leftrightarrow\b"
_BOTH_DOUBLE = r"⇔|⟺|<=>|\\(?:Leftrightarrow|iff)\b"
_AND = r"∧|&&?|\\(?:land|wedge)\b|/\\"
_OR = r"∨|\\(?:lor|vee)\b|\\/|\|\|"
_XOR = r"⊕|⊻|\\oplus\b"
_NOT = r"¬|~|\\(?:neg|lnot)\b"
_QUANTIFIER = r"(?:∀|∃|\\forall\b|\\exists\b)\s*[a-z]\b\s*[.:,]?"
_TERM = r"[A-Za-z]\w*"
_PREDICATE = rf"(?<![A-Za-z\\])[A-Z]\w*\(\s*{_TERM}(?:\s*,\s*{_TERM})*\s*\)"
_LETTER = r"(?<![\w\\'’])[A-Za-z](?:_?\{?\d\}?)?(?![\w'’])"
_CONSTANT = r"⊤|⊥|\\(?:top|bot)\b"
_OPEN = r"\\left\s*\(|\\left\s*\[|[(\[]"
_CLOSE = r"\\right\s*\)|\\right\s*\]|[)\]]"
_BINARY = "|".join((_ARROW, _DOUBLE, _BOTH, _BOTH_DOUBLE, _AND, _OR, _XOR))
_UNIT = re.compile(
    rf"(?P<quantifier>{_QUANTIFIER})|(?P<predicate>{_PREDICATE})|(?P<binary>{_BINARY})"
    rf"|(?P<no>{_NOT})"
    rf"|(?P<constant>{_CONSTANT})|(?P<letter>{_LETTER})|(?P<open>{_OPEN})|(?P<close>{_CLOSE})"
    r"|(?P<blank>[ \t]+|\\[,;:! ]|\\q?quad\b)"
)
_ARTICLE = re.compile(
    r"\s+(?!(?:is|are|and|or|must|holds|follows|implies|has|but|therefore|then|by|from|we|to|in"
    r"|with"
    r"|gives|yields|so|true|false|given)\b)[a-z]{2,}"
)
_MOST = 200
"""Signs in one formula."""


class Found(NamedTuple):
    """A formula in a text, and where it stands."""

    formula: Formula
    span: Span


class Unit(NamedTuple):
    kind: str
    span: Span


def formulas_in(text: str) -> list[Found] | None:
    """The formulas of a text in order, or None where a run of signs is none."""
    found: list[Found] = []
    run: list[Unit] = []
    at = 0
    while at <= len(text):
        m = _UNIT.match(text, at) if at < len(text) else None
        if m is not None:
            if m.lastgroup != "blank":
                run.append(Unit(m.lastgroup or "", Span(*m.span())))
            at = max(m.end(), at + 1)
            continue
        if run:
            read = _formula(text, run)
            if read is None:
                return None
            found += read
            run = []
        at += 1
    return found


def skeleton(text: str, found: Sequence[Found]) -> str:
    """A text with `#` for each formula in it."""
    out, at = "", 0
    for f in found:
        out += text[at : f.span.start] + "#"
        at = f.span.end
    return out + text[at:]


def _formula(text: str, run: list[Unit]) -> list[Found] | None:
    """The formula of a run, if it is one; none if it is a bracket in prose, or a word."""
    run = _balanced(run)
    if not run or all(unit.kind in ("open", "close") for unit in run):
        return []
    start, end = run[0].span.start, run[-1].span.end
    written = text[start:end]
    if written == "I" or (written in ("a", "A") and _ARTICLE.match(text, end)):
        return []
    if len(run) > _MOST or not _is_clear(run, text):
        return None
    try:
        formula = parse_formula(_plainer(written))
    except NotationError:
        return None
    return [Found(formula, Span(start, end))]


def _plainer(text: str) -> str:
    text = re.sub(r"\\right\s*(?=[)\]])|\\left\s*(?=[(\[])", "", text)
    return re.sub(r"_\{?(\d)\}?", r"\1", text)


def _balanced(run: list[Unit]) -> list[Unit]:
    """The run without brackets at its ends that belong to the sentence."""
    while run and run[-1].kind == "open":
        run = run[:-1]
    while run and run[0].kind == "close":
        run = run[1:]
    depth = lowest = 0
    for unit in run:
        depth += (unit.kind == "open") - (unit.kind == "close")
        lowest = min(lowest, depth)
    for _ in range(-lowest):
        if run and run[-1].kind == "close":
            run = run[:-1]
    for _ in range(depth - lowest):
        if run and run[0].kind == "open":
            run = run[1:]
    return run


def _is_clear(run: list[Unit], text: str) -> bool:
    """Whether brackets, and what everybody agrees on, leave one reading."""
    levels: list[list[str]] = [[]]
    for at, unit in enumerate(run):
        if unit.kind == "open":
            levels.append([])
        elif unit.kind == "close":
            if len(levels) == 1 or not _one_reading(levels.pop()):
                return False
        elif unit.kind == "binary":
            levels[-1].append(_sort(text[unit.span.start : unit.span.end]))
        elif unit.kind == "quantifier":
            following = run[at + 1].kind if at + 1 < len(run) else ""
            levels[-1].append("" if following in ("open", "quantifier", "no") else "loose")
    return len(levels) == 1 and _one_reading(levels[0])


def _one_reading(signs: list[str]) -> bool:
    arrows = sum(sign in ("arrow", "both") for sign in signs)
    joins = {sign for sign in signs if sign in ("and", "or", "xor")}
    loose = "loose" in signs and any(signs[signs.index("loose") + 1 :])
    return arrows <= 1 and len(joins) <= 1 and not loose


def _sort(sign: str) -> str:
    for pattern, sort in (
        (rf"{_ARROW}|{_DOUBLE}", "arrow"), (rf"{_BOTH}|{_BOTH_DOUBLE}", "both"),
        (_AND, "and"), (_OR, "or"),
    ):  # fmt: skip
        if re.fullmatch(pattern, sign):
            return sort
    return "xor"


def letters_of(f: Formula) -> frozenset[str]:
    """The names of the atoms of a formula."""
    match f:
        case Atom(name, _):
            return frozenset((name,))
        case Not(arg) | ForAll(_, arg) | Exists(_, arg):
            return letters_of(arg)
        case And(args) | Or(args):
            return frozenset[str]().union(*map(letters_of, args))
        case Xor(left, right) | Implies(left, right) | Iff(left, right):
            return letters_of(left) | letters_of(right)


def is_propositional(f: Formula) -> bool:
    """Whether a formula consists of letters and connectives."""
    match f:
        case Atom(_, args):
            return not args
        case Not(arg):
            return is_propositional(arg)
        case And(args) | Or(args):
            return all(map(is_propositional, args))
        case Xor(left, right) | Implies(left, right) | Iff(left, right):
            return is_propositional(left) and is_propositional(right)
        case _:
            return False
