"""Boolean expressions and how they are evaluated: "Z = not ( True and False ) = not False = True".

`not` binds tighter than `and`, that tighter than `xor`, `or`, `implies` and `iff`. A `not` in words
may also be meant to deny all that follows it in its brackets, and an arrow may lead from one value
to the next, or imply: such readings are carried. `nand` and `nor` stand beside no other connective
without brackets, nor does one `implies` beside another, for nobody agrees on an order. A chain is
read from the first sign that can belong to it to the last one, whole or not at all; a sentence that
supposes is left. Where all that a problem asks is the value of one expression, "the answer is
False" is a claim too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from clr.bodies.booleans import Chain, SameValue
from clr.bodies.connectives import And, Not, Or
from clr.claim import Claim, Kind, Role
from clr.fol.syntax import FALSE, TRUE, Atom, Formula, Iff, Implies, Xor
from clr.reading.cues import Cues, either, mentions
from clr.reading.markup import plain
from clr.reading.tables import Line, Row, lines
from clr.trace import Span, Step

_TOKEN = re.compile(
    r"(?:\s|\\[,;:! ]|\\q?quad\b|\\(?:left|right)(?=\W))+"
    r"|(?P<same>(?:which )?(?:is (?:equal|equivalent) to|equals|evaluates to|simplifies to"
    r"|reduces to|becomes|is)\b|=(?![=>]))"
    r"|(?P<iff>iff\b|if and only if\b|<->|↔|⟷|\\leftrightarrow\b|\\iff\b)"
    r"|(?P<arrow>->|=>|→|⟶|⇒|⟹|\\(?:to|rightarrow|Rightarrow|implies)\b)"
    r"|(?P<true>true\b|⊤|\\top\b)|(?P<false>false\b|⊥|\\bot\b)"
    r"|(?P<not>not\b)|(?P<no>¬|~|!(?!=)|\\(?:neg|lnot)\b)"
    r"|(?P<and>and\b|∧|&&?|\\(?:land|wedge)\b)|(?P<nand>nand\b|⊼)|(?P<nor>nor\b|⊽)"
    r"|(?P<xor>xor\b|⊕|⊻|\\oplus\b)|(?P<or>or\b|∨|\|\||\\(?:lor|vee)\b)|(?P<implies>implies\b)"
    r"|(?P<open>[(\[{]|\\\{)|(?P<close>[)\]}]|\\\})|(?P<letter>(?-i:[TF])\b)"
    r"|(?P<name>(?-i:[A-Z])\d?\b)|(?P<digit>(?<![\w.])[01](?![\w%]|\.\d))"
    r"|(?P<word>[A-Za-z]{2,}(?![\w(\[])|[,.;:?\"“”'`*]|a\b|\d+\.(?=\s))|(?P<other>\\[A-Za-z]+|\S)",
    re.I,
)
_SUPPOSES = re.compile(
    r"\?|n't\b|\b(?:if(?! and only if)|when|whenever|suppos\w+|assum\w+|case|let|try|unless|would"
    r"|could|might|should|wrong|incorrect\w*|mistake|error|instead|whether|cannot|never"
    r"|contradict\w*|either|neither|both|only(?! if))\b",
    re.I,
)
_INFERS = re.compile(r"\b(?:implies|iff|if and only if)\b", re.I)
_VALUES = either("true", "false", whole=True)
CUES = Cues(
    *r"\btrue\b \bfalse\b \bnot\b \bboolean \blogic \btruth".split(),
    *r"\bxor \bnand \bnor \bimplies \biff".split(),
)
"""Words of which a problem without signs of logic holds one, in lower case."""
_LOGICAL = (
    "true", "false", "boolean", "logic", "truth", "xor", "nand", "implies",
    "¬", "∧", "∨", "⊕", "⊻", "\\land", "\\lor", "\\neg",
)  # fmt: skip
_LOGICAL_WORDS = either("iff(?<![a-z]iff)", "nor(?![a-z])", r"not[\W_]+[tf01(\[{]")
"""One of both is in every problem of this kind, in lower case, whatever its markup."""
_OTHER_RULES = re.compile(
    r"```|\bdef \w|\bleft[- ]to[- ]right\b|\bprecedence of or\b|\bequal precedence\b", re.I
)
_LOGIC = re.compile(
    r"\b(?:boolean|logic\w*|truth|xor|nand|nor|implies|iff|not [TF01(\[{])|[¬∧∨⊕⊻]"
    r"|\\(?:land|lor|neg)\b",
    re.I,
)
_ASKS = re.compile(
    r"(?:(?:q|question|please|what|is|the|a|an|evaluate|compute|determine|simplify|find|calculate|give"
    r"|following|given|this|boolean|logical|expression|truth|final|result|value|of|to|equal)\b|[\s:.?=`*\"])*",
    re.I,
)
_ANSWER = re.compile(
    r"\W*(?:(?:so|thus|therefore|hence|finally|and|then)\b,?\s+)*(?:(?:the|our|my)\s+)?"
    r"(?:final )?answer\s*(?:is:?|:)\s*\"?(?P<value>true|false|(?-i:[TF])|[01])\b[\".\s]*",
    re.I,
)
_NUMBER = re.compile(r"\A\(?\d{1,2}[.)](?=\s)")
_VALUED = re.compile(r"\b(?:values?|results?|evaluat\w+|simplif\w+|truth)\b", re.I)
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
    """A problem with a Boolean expression in it; `asked` where all it asks is that one's value.

    `letters` and `digits` if it writes truth values as T and F, or as 1 and 0; `implies` if a
    conditional or an arrow belongs to its expression.
    """

    asked: tuple[str, tuple[Token, ...]] | None
    letters: bool
    digits: bool
    implies: bool


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """A context if `problem` shows a Boolean expression of truth values, with the usual rules."""
    lower = problem.lower()
    if len(problem) > _LONGEST or not (mentions(lower, _LOGICAL) or _LOGICAL_WORDS.search(lower)):
        return None
    if _OTHER_RULES.search(problem):
        return None
    problem = plain(problem)
    spelled = bool(_VALUES.search(problem.lower()))
    coded = bool(_LOGIC.search(problem))
    if not spelled and not coded:
        return None
    shown = [
        (part, kinds)
        for run in _runs(problem, letters=coded, digits=coded and not spelled)
        for part in _parts(run, arrows=False)
        if _expression(part, wide=False) is not None
        and _is_shown(kinds := {token.kind for token in part}, len(part), spelled)
        and (coded or not any(token.text in "TF" for token in part))
    ]
    if not shown:
        return None
    part, kinds = shown[0]
    start, end = part[0].start, part[-1].end
    alone = _ASKS.fullmatch(problem[:start]) and _ASKS.fullmatch(problem[end:])
    return Context(
        (problem[start:end], tuple(part)) if alone else None,
        letters=any(t.text in "TF" for t in part),
        digits=any(t.text in "01" for t in part),
        implies=not kinds.isdisjoint(("implies", "arrow", "iff")),
    )


def _is_shown(kinds: set[str], length: int, spelled: bool) -> bool:
    """Whether this is an expression to evaluate, and not the question "true or false"."""
    if "name" in kinds or kinds.isdisjoint(("true", "false")):
        return False
    if not spelled:
        return length > 4 or (
            length > 2 and not kinds.isdisjoint(("no", "xor", "implies", "nand", "nor"))
        )
    return length > 3 or "and" in kinds


def read(step: Step, context: Context) -> list[Claim]:
    """Every chain of expressions in a step; in a sentence, what "where" introduces comes first.

    A sentence that tells the answer and nothing else is held to the problem's expression.
    """
    out: list[Claim] = []
    for line in _whole(step.text):
        text = _NUMBER.sub(lambda m: " " * len(m[0]), line.text)
        if len(text) > _LONGEST or _SUPPOSES.search(text):
            continue
        if not context.implies and _INFERS.search(text):
            continue
        where = text.find(" where ")
        runs = _runs(text, letters=context.letters, digits=context.digits)
        chains = [
            (*found, Kind.ENTAILMENT)
            for run in runs
            if (found := _chain(text, run, context)) is not None
        ]
        if context.asked is not None and (answer := _ANSWER.fullmatch(text)):
            told = _answered(context.asked, answer["value"])
            chains.append((told, Span(*answer.span()), Kind.ANSWER))
        for body, place, kind in sorted(chains, key=lambda c: where < 0 or c[1].start < where):
            said = text[place.start : place.end]
            span = line.place(place.start, place.end).shift(step.span.start)
            statement = " = ".join(body.readings[0].texts)
            out.append(Claim(kind, said, span, step.index, statement, Role.DERIVED, body))
    return out


def _whole(text: str) -> Iterator[Line]:
    """Lines, with those that begin with a sign of sameness put to what they go on from."""
    held: Line | None = None
    for line in lines(text, _worded):
        if held is not None and line.text.startswith("=") and not (held.drawn or line.drawn):
            span = Span(held.span.start, line.span.end)
            held = Line(text[span.start : span.end], span)
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _worded(rows: tuple[Row, ...]) -> Iterator[Line]:
    """A table of expressions with their values, unlike one of two values side by side."""
    heads = rows[0].cells
    if len(heads) == 2 and _VALUED.search(heads[1]):
        for row in rows[1:]:
            yield Line(" = ".join(row.cells), row.span, drawn=True)


def _answered(asked: tuple[str, tuple[Token, ...]], value: str) -> SameValue:
    text, part = asked
    meant = TRUE if value.lower() in ("true", "t", "1") else FALSE
    readings = [_expression(part, wide=wide) for wide in _widths(part)]
    return SameValue(tuple(Chain((f, meant), (text, value)) for f in readings if f is not None))


def _chain(text: str, run: list[Token], context: Context) -> tuple[SameValue, Span] | None:
    readings: list[Chain] = []
    end = run[-1].end
    kinds = {token.kind for token in run}
    meant = (False, True) if context.implies and "arrow" in kinds else (False,)
    if "same" in kinds:
        meant = meant[::-1]  # beside signs of sameness, an arrow is likelier to imply
    for implies, wide in product(meant, _widths(run)):
        parts = list(_parts(run, arrows=not implies))
        members = tuple(f for part in parts if (f := _expression(part, wide=wide)) is not None)
        if len(members) < len(parts) or (len(parts) < 2 and not implies):
            if not readings:
                return None
            readings.append(Chain((), ()))  # who meant this said something else
            continue
        texts = tuple(text[part[0].start : part[-1].end] for part in parts)
        certain = not any(_may_be_two(part, i == 0) for i, part in enumerate(parts))
        readings.append(Chain(members, texts, certain))
        end = parts[-1][-1].end
    return SameValue(tuple(dict.fromkeys(readings))), Span(run[0].start, end)


def _widths(part: Sequence[Token]) -> tuple[bool, ...]:
    """Whether a `not` reaches only to the next value, or also in another reading to the end."""
    return (False, True) if any(token.kind == "not" for token in part) else (False,)


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


def _runs(text: str, *, letters: bool, digits: bool) -> Iterator[list[Token]]:
    """Longest runs of signs of expressions that touch nothing but words and punctuation."""
    run: list[Token] = []
    clean = True
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind is None:
            continue
        if kind == "digit" and not digits:
            kind = "other"
        if kind not in ("word", "other"):
            run.append(Token(kind, match.group(), *match.span()))
            continue
        if run and clean and kind == "word":
            yield _valued(_trimmed(run), letters)
        run, clean = [], kind == "word"
    if run and clean:
        yield _valued(_trimmed(run), letters)


def _valued(run: list[Token], letters: bool) -> list[Token]:
    """The run with T, F, 1 and 0 told apart from names.

    Where the problem spells truth values out, T and F may be names of parts, unless nothing else in
    the run is a name or a value.
    """
    kinds = {token.kind for token in run}
    if not letters and not kinds.isdisjoint(("name", "true", "false")):
        return [t._replace(kind="name") if t.kind == "letter" else t for t in run]
    values = {"T": "true", "1": "true", "F": "false", "0": "false"}
    return [t._replace(kind=values[t.text]) if t.kind in ("letter", "digit") else t for t in run]


def _trimmed(run: list[Token]) -> list[Token]:
    """The run without a sign that goes on from something else, without a bracket that opens a
    remark after it, and without brackets around it."""
    while len(run) > 1 and run[0].text == "=":
        run = run[1:]
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


def _parts(run: list[Token], *, arrows: bool) -> Iterator[list[Token]]:
    """What stands between the signs of sameness, which an arrow outside of brackets may be; a part
    may be empty of sense: such is the sign itself where one is doubled or stands first, and what
    follows "is not", for there is no telling how far that denies."""
    spoken = False
    part: list[Token] = []
    depth = 0
    for token in (*run, Token("same", "", 0, 0)):
        depth += (token.kind == "open") - (token.kind == "close")
        if token.kind != "same" and not (arrows and token.kind == "arrow" and depth == 0):
            part.append(token)
            continue
        if part:
            denies = spoken and part[0].kind == "not" and len(part) > 2
            yield [part[0]._replace(kind="denial"), *part[1:]] if denies else part
        elif token.text:  # begins with a sign of sameness, or has two in a row
            yield [token]
        spoken, part = token.text[:1].isalpha(), []


def _expression(part: Sequence[Token], *, wide: bool) -> Formula | None:
    if _is_mixed(part):
        return None
    formula, at = _joined(part, 0, 0, 0, wide)
    return formula if at == len(part) else None


def _is_mixed(part: Sequence[Token]) -> bool:
    """Whether `nand` or `nor` stands beside another connective, or one of these or of conditionals
    beside itself."""
    joins: list[list[str]] = [[]]
    for kind in (token.kind for token in part):
        if kind == "open":
            joins.append([])
        elif kind in _JOINS or kind == "arrow":
            joins[-1].append("implies" if kind == "arrow" else kind)
        if len(joins[-1]) > 1 and not {"nand", "nor"}.isdisjoint(joins[-1]):
            return True
        if joins[-1].count("implies") + joins[-1].count("iff") > 1:
            return True
        if kind == "close" and len(joins) > 1:
            joins.pop()
    return False


_JOINS = ("iff", "implies", "or", "xor", "and", "nand", "nor")
"""Connectives from the loosest to the tightest; the last two always stand alone."""
_CLOSES = {"(": ")", "[": "]", "{": "}", "\\{": "\\}"}


def _joined(
    part: Sequence[Token], at: int, level: int, depth: int, wide: bool
) -> tuple[Formula | None, int]:
    """The expression that begins at `at` and is joined by connectives of `level` or tighter."""
    if level == len(_JOINS):
        return _negated(part, at, depth, wide)
    found, at = _joined(part, at, level + 1, depth, wide)
    while found is not None and at < len(part) and _join(part[at]) == _JOINS[level]:
        right, at = _joined(part, at + 1, level + 1, depth, wide)
        if right is None:
            return None, at
        match _JOINS[level]:
            case "iff":
                found = Iff(found, right)
            case "implies":
                found = Implies(found, right)
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


def _join(token: Token) -> str:
    return "implies" if token.kind == "arrow" else token.kind


def _negated(part: Sequence[Token], at: int, depth: int, wide: bool) -> tuple[Formula | None, int]:
    nots = 0
    spelled = False
    while at < len(part) and part[at].kind in ("not", "no"):
        spelled = part[at].kind == "not"
        at, nots = at + 1, nots + 1
    if spelled and wide:
        found, at = _joined(part, at, 0, depth, wide)
    else:
        found, at = _atom(part, at, depth, wide)
    if found is not None and nots > 1:
        return (Not(Not(found)) if nots % 2 == 0 else Not(found)), at
    return (Not(found) if found is not None and nots else found), at


def _atom(part: Sequence[Token], at: int, depth: int, wide: bool) -> tuple[Formula | None, int]:
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
            opened = part[at].text
            found, at = _joined(part, at + 1, 0, depth + 1, wide)
            closed = at < len(part) and part[at].text == _CLOSES[opened]
            return (found, at + 1) if closed else (None, at)
        case _:
            return None, at
