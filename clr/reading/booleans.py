"""Boolean expressions and how they are evaluated: "Z = not ( True and False ) = not False = True".

`not` binds tighter than `and`, and that tighter than `xor` and `or`; `nand` and `nor` stand beside
no other connective without brackets, for nobody agrees on an order. A chain is read from the first
sign that can belong to it to the last one, whole or not at all; a sentence that supposes is left.
Where all that a problem asks is the value of one expression, "the answer is False" is a claim too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from clr.bodies.booleans import SameValue
from clr.claim import Claim, Kind, Role
from clr.fol.syntax import FALSE, TRUE, And, Atom, Formula, Not, Or, Xor
from clr.reading.lexicon import sentences
from clr.trace import Span, Step

_TOKEN = re.compile(
    r"\s+|(?P<same>(?:which )?(?:is (?:equal|equivalent) to|equals|evaluates to|simplifies to"
    r"|reduces to|becomes|is)\b|=(?![=>])|→|⟶)"
    r"|(?P<true>true\b)|(?P<false>false\b)|(?P<not>not\b|¬)|(?P<and>and\b|∧|&&)"
    r"|(?P<nand>nand\b|⊼)|(?P<nor>nor\b|⊽)|(?P<xor>xor\b|⊕)|(?P<or>or\b|∨|\|\|)"
    r"|(?P<open>[(\[])|(?P<close>[)\]])|(?P<name>(?-i:[A-Z])\d?\b)"
    r"|(?P<word>[A-Za-z]{2,}(?![\w(\[])|[,.;:\"“”'`*]|a\b|\d+\.(?=\s))|(?P<other>\\[A-Za-z]+|\S)",
    re.I,
)
_SUPPOSES = re.compile(
    r"\?|n't\b|\b(?:if|when|whenever|suppos\w+|assum\w+|case|let|try|unless|would|could|might|should"
    r"|wrong|incorrect\w*|mistake|error|instead|whether|cannot|never|contradict\w*"
    r"|either|neither|both|implies|iff|only)\b",
    re.I,
)
_OTHER_RULES = re.compile(
    r"```|\bdef \w|\bleft[- ]to[- ]right\b|\bprecedence of or\b|\bequal precedence\b", re.I
)
_ASKS = re.compile(
    r"(?:(?:q|question|please|what|is|the|a|an|evaluate|compute|determine|simplify|find|calculate|give"
    r"|following|given|this|boolean|logical|expression|truth|final|result|value|of|to|equal)\b|[\s:.?=`*\"])*",
    re.I,
)
_ANSWER = re.compile(
    r"\W*(?:(?:so|thus|therefore|hence|finally|and|then)\b,?\s+)*(?:(?:the|our|my)\s+)?"
    r"(?:final )?answer is:?\s*\"?(?P<value>true|false)\b[\".\s]*",
    re.I,
)
_DEPTH = 60
_LONGEST = 4000


class Token(NamedTuple):
    """A sign of an expression, and where it stands."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Context:
    """A problem with a Boolean expression in it; `asked` where all it asks is that one's value."""

    asked: tuple[str, Formula] | None


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """A context if `problem` shows a Boolean expression of truth values, with the usual rules."""
    if len(problem) > _LONGEST or not re.search(r"\b(?:true|false)\b", problem, re.I):
        return None
    if _OTHER_RULES.search(problem):
        return None
    shown = [
        (part[0].start, part[-1].end, formula)
        for run in _runs(problem)
        for part, formula in _members(run)
        if formula is not None and _is_shown({token.kind for token in part}, len(part))
    ]
    if not shown:
        return None
    start, end, formula = shown[0]
    alone = _ASKS.fullmatch(problem[:start]) and _ASKS.fullmatch(problem[end:])
    return Context((problem[start:end], formula) if alone else None)


def _is_shown(kinds: set[str], length: int) -> bool:
    """Whether this is an expression to evaluate, and not the question "true or false"."""
    return "name" not in kinds and (length > 3 or "and" in kinds)


def read(step: Step, context: Context) -> list[Claim]:
    """Every chain of expressions in a step; in a sentence, what "where" introduces comes first.

    A sentence that tells the answer and nothing else is held to the problem's expression.
    """
    out: list[Claim] = []
    for span in sentences(step.text):
        text = step.text[span.start : span.end]
        if len(text) > _LONGEST or _SUPPOSES.search(text):
            continue
        where = text.find(" where ")
        chains = [chain for run in _runs(text) if (chain := _chain(text, run)) is not None]
        if context.asked is not None and (answer := _ANSWER.fullmatch(text)):
            chains.append((_answered(context.asked, answer["value"]), Span(*answer.span())))
        for body, place in sorted(chains, key=lambda c: where < 0 or c[1].start < where):
            at = place.shift(span.start)
            out.append(
                Claim(
                    Kind.ENTAILMENT,
                    step.text[at.start : at.end],
                    at.shift(step.span.start),
                    step.index,
                    " = ".join(body.texts),
                    Role.DERIVED,
                    body,
                )
            )
    return out


def _answered(asked: tuple[str, Formula], value: str) -> SameValue:
    text, formula = asked
    return SameValue((formula, TRUE if value.lower() == "true" else FALSE), (text, value), True)


def _chain(text: str, run: list[Token]) -> tuple[SameValue, Span] | None:
    members = list(_members(run))
    read = tuple(formula for _, formula in members if formula is not None)
    if len(read) < max(2, len(members)):
        return None
    texts = tuple(text[part[0].start : part[-1].end] for part, _ in members)
    certain = not any(_may_be_two(part, i == 0) for i, (part, _) in enumerate(members))
    return SameValue(read, texts, certain), Span(run[0].start, members[-1][0][-1].end)


def _may_be_two(part: list[Token], first: bool) -> bool:
    """Whether a connective outside of brackets may join statements: "A = False and B = True".

    Nobody begins a statement with a bare truth value; before the first sign of sameness only a name
    may begin one.
    """
    depth = 0
    for at, token in enumerate(part):
        depth += (token.kind == "open") - (token.kind == "close")
        if depth == 0 and token.kind in _JOINS:
            right = [t.kind for t in part[at + 1 :]]
            if right == ["name"] or (not first and right[0] not in ("true", "false")):
                return True
    return False


def _runs(text: str) -> Iterator[list[Token]]:
    """Longest runs of signs of expressions that touch nothing but words and punctuation."""
    run: list[Token] = []
    clean = True
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind is None:
            continue
        if kind not in ("word", "other"):
            run.append(Token(kind, match.group(), *match.span()))
            continue
        if run and clean and kind == "word":
            yield _trimmed(run)
        run, clean = [], kind == "word"
    if run and clean:
        yield _trimmed(run)


def _trimmed(run: list[Token]) -> list[Token]:
    """The run without a bracket that opens a remark after it, and without brackets around it."""
    end = len(run)
    while end > 1 and run[end - 1].kind == "open":
        end -= 1
    run = run[:end]
    if run[0].kind != "open" or run[-1].kind != "close" or all(t.kind != "same" for t in run):
        return run
    depth = 0
    for token in run[1:-1]:
        depth += (token.kind == "open") - (token.kind == "close")
        if depth < 0:
            return run
    return run[1:-1]


def _members(run: list[Token]) -> Iterator[tuple[list[Token], Formula | None]]:
    """What stands between the signs of sameness, with its meaning if it is an expression.

    After "is" in words, a "not" may deny all that follows; then there is no telling.
    """
    spoken = False
    part: list[Token] = []
    for token in (*run, Token("same", "", 0, 0)):
        if token.kind != "same":
            part.append(token)
            continue
        if part:
            denies = spoken and part[0].kind == "not" and len(part) > 2
            yield part, None if denies else _expression(part)
        elif token.text:  # begins with a sign of sameness, or has two in a row
            yield [token], None
        spoken, part = len(token.text) > 1, []


def _expression(part: list[Token]) -> Formula | None:
    if _is_mixed(part):
        return None
    formula, at = _joined(part, 0, 0, 0)
    return formula if at == len(part) else None


def _is_mixed(part: list[Token]) -> bool:
    """Whether `nand` or `nor` stands beside another connective, or beside itself."""
    joins: list[list[str]] = [[]]
    for kind in (token.kind for token in part):
        if kind == "open":
            joins.append([])
        elif kind in _JOINS:
            joins[-1].append(kind)
        if len(joins[-1]) > 1 and not {"nand", "nor"}.isdisjoint(joins[-1]):
            return True
        if kind == "close" and len(joins) > 1:
            joins.pop()
    return False


_JOINS = ("or", "xor", "and", "nand", "nor")
"""Connectives from the loosest to the tightest; the last two always stand alone."""


def _joined(part: list[Token], at: int, level: int, depth: int) -> tuple[Formula | None, int]:
    """The expression that begins at `at` and is joined by connectives of `level` or tighter."""
    if level == len(_JOINS):
        return _negated(part, at, depth)
    found, at = _joined(part, at, level + 1, depth)
    while found is not None and at < len(part) and part[at].kind == _JOINS[level]:
        right, at = _joined(part, at + 1, level + 1, depth)
        if right is None:
            return None, at
        match _JOINS[level]:
            case "or":
                found = Or((found, right))
            case "and":
                found = And((found, right))
            case "xor":
                found = Xor(found, right)
            case "nand":
                found = Not(And((found, right)))
            case _:
                found = Not(Or((found, right)))
    return found, at


def _negated(part: list[Token], at: int, depth: int) -> tuple[Formula | None, int]:
    nots = 0
    while at < len(part) and part[at].kind == "not":
        at, nots = at + 1, nots + 1
    found, at = _atom(part, at, depth)
    if found is not None and nots > 1:
        return (Not(Not(found)) if nots % 2 == 0 else Not(found)), at
    return (Not(found) if found is not None and nots else found), at


def _atom(part: list[Token], at: int, depth: int) -> tuple[Formula | None, int]:
    if at >= len(part):
        return None, at
    match part[at].kind:
        case "true":
            return TRUE, at + 1
        case "false":
            return FALSE, at + 1
        case "name":
            return Atom(part[at].text), at + 1
        case "open" if depth < _DEPTH:
            found, at = _joined(part, at + 1, 0, depth + 1)
            closed = at < len(part) and part[at].kind == "close"
            return (found, at + 1) if closed else (None, at)
        case _:
            return None, at
