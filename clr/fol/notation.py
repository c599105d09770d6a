"""First-order notation as people and models write it: ∀x (Cat(x) → Animal(x)), forall, ->, \\land.

Binding, tightest first: ¬, ∧, ∨ and ⊕, →, ↔. A quantifier that stands before a bracket reaches to
the end of the bracket; otherwise it reaches as far to the right as it can. A name that no
quantifier binds is a constant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedEOF, UnexpectedToken

from clr.bodies.connectives import And, Not, Or
from clr.fol.syntax import (
    EQUALS,
    FALSE,
    TRUE,
    Atom,
    Exists,
    ForAll,
    Formula,
    Fun,
    Iff,
    Implies,
    Term,
    Var,
    Xor,
)

MAX_LENGTH = 20_000
"""Characters; a longer formula is refused."""
MAX_NESTING = 200
"""Negations, quantifiers, brackets and implications in one formula."""


class NotationError(ValueError):
    """The text is not a formula; the message says where, and what could stand there."""


_GRAMMAR = r"""
?start: iff{unary}
?iff{first}: implies{first} | iff{first} IFF implies{unary}            -> iff
?implies{first}: either{first} | either{first} IMPLIES implies{unary}  -> implies
?either{first}: both{first}
              | either{first} OR both{unary}                           -> or_
              | either{first} XOR both{unary}                          -> xor
?both{first}: first | both{first} AND unary                            -> and_
?unary: plain | group
?plain: NOT unary                                                      -> not_
      | QUANTIFIER names (group | iff{plain})                          -> quantified
      | atom
?group: _OPEN iff{unary} _CLOSE
names: NAME (_COMMA NAME)* _COLON?
?atom: NAME _OPEN terms _CLOSE                                         -> predicate
     | term EQUAL term                                                 -> equal
     | term UNEQUAL term                                               -> unequal
     | NAME                                                            -> proposition
     | TOP                                                             -> top
     | BOTTOM                                                          -> bottom
terms: term (_COMMA term)*
?term: NAME                                                            -> name
     | NAME _OPEN terms _CLOSE                                         -> function

IFF.2: "↔" | "⇔" | "⟺" | "⟷" | "≡" | "<->" | "<=>" | "\\leftrightarrow" | "\\Leftrightarrow"
   | "\\iff" | "\\equiv" | /iff\b/i
IMPLIES.2: "→" | "⇒" | "⟹" | "⟶" | "⊃" | "->" | "=>" | "-->" | "==>" | "\\to"
       | "\\rightarrow" | "\\Rightarrow"
       | "\\implies" | "\\supset" | /implies\b/i
OR.2: "∨" | "||" | "|" | "\\lor" | "\\vee" | "\\/" | /or\b/i
XOR.2: "⊕" | "⊻" | "^" | "\\oplus" | /xor\b/i
AND.2: "∧" | "&&" | "&" | "\\land" | "\\wedge" | "/\\" | /and\b/i
NOT.2: "¬" | "~" | "!" | "\\neg" | "\\lnot" | /not\b/i
QUANTIFIER.2: "∀" | "∃" | "\\forall" | "\\exists" | /for ?all\b/i | /(there )?exists?\b/i
EQUAL: "=" | "=="
UNEQUAL: "≠" | "!=" | "\\neq" | "\\ne"
TOP: "⊤" | "\\top"
BOTTOM: "⊥" | "\\bot"
_OPEN: "(" | "[" | "\\left("
_CLOSE: ")" | "]" | "\\right)"
_COMMA: ","
_COLON: ":" | "."
NAME: /[^\W_](\w|'|[-+](?=\w)|\+(?=[+,)])|(?<=[A-Z])\.(?=[A-Z]\w)|(?<=\w\w)\.(?=[a-z]))*/
%ignore /\s|\\[,;: ]|\$/
"""


class _Builder(Transformer[Token, Formula]):
    """Formulas from the bottom up; names are constants until a quantifier binds them."""

    def iff(self, parts: Sequence[Formula]) -> Formula:
        return Iff(parts[0], parts[-1])

    def implies(self, parts: Sequence[Formula]) -> Formula:
        return Implies(parts[0], parts[-1])

    def or_(self, parts: Sequence[Formula]) -> Formula:
        left, right = parts[0], parts[-1]
        return Or((*left.args, right) if isinstance(left, Or) and left.args else (left, right))

    def and_(self, parts: Sequence[Formula]) -> Formula:
        left, right = parts[0], parts[-1]
        return And((*left.args, right) if isinstance(left, And) and left.args else (left, right))

    def xor(self, parts: Sequence[Formula]) -> Formula:
        return Xor(parts[0], parts[-1])

    def not_(self, parts: Sequence[Formula]) -> Formula:
        return Not(parts[-1])

    def names(self, parts: Sequence[Token]) -> tuple[str, ...]:
        return tuple(map(str, parts))

    def quantified(self, parts: tuple[Token, tuple[str, ...], Formula]) -> Formula:
        sign, names, body = parts
        node = Exists if "∃" in sign or "exist" in sign.lower() else ForAll
        for name in reversed(names):
            body = node(name, _bind(body, name))
        return body

    def predicate(self, parts: tuple[Token, tuple[Term, ...]]) -> Formula:
        return Atom(str(parts[0]), parts[1])

    def equal(self, parts: Sequence[Term]) -> Formula:
        return Atom(EQUALS, (parts[0], parts[-1]))

    def unequal(self, parts: Sequence[Term]) -> Formula:
        return Not(Atom(EQUALS, (parts[0], parts[-1])))

    def proposition(self, parts: Sequence[Token]) -> Formula:
        return Atom(str(parts[0]))

    def top(self, _: object) -> Formula:
        return TRUE

    def bottom(self, _: object) -> Formula:
        return FALSE

    def terms(self, parts: Sequence[Term]) -> tuple[Term, ...]:
        return tuple(parts)

    def name(self, parts: Sequence[Token]) -> Term:
        return Fun(str(parts[0]))

    def function(self, parts: tuple[Token, tuple[Term, ...]]) -> Term:
        return Fun(str(parts[0]), parts[1])


def _bind(f: Formula, name: str) -> Formula:
    """`f` with the constant `name` made a variable."""
    match f:
        case Atom(predicate, args):
            return Atom(predicate, tuple(_bind_term(t, name) for t in args))
        case Not(arg):
            return Not(_bind(arg, name))
        case And(args):
            return And(tuple(_bind(a, name) for a in args))
        case Or(args):
            return Or(tuple(_bind(a, name) for a in args))
        case Xor(left, right):
            return Xor(_bind(left, name), _bind(right, name))
        case Implies(left, right):
            return Implies(_bind(left, name), _bind(right, name))
        case Iff(left, right):
            return Iff(_bind(left, name), _bind(right, name))
        case ForAll(var, body):
            return f if var == name else ForAll(var, _bind(body, name))
        case Exists(var, body):
            return f if var == name else Exists(var, _bind(body, name))


def _bind_term(term: Term, name: str) -> Term:
    if isinstance(term, Fun):
        if term.args:
            return Fun(term.name, tuple(_bind_term(t, name) for t in term.args))
        return Var(name) if term.name == name else term
    return term


@lru_cache(maxsize=1)
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", transformer=_Builder(), maybe_placeholders=False)


_NESTS = re.compile(
    r"[¬~!∀∃(\[→⇒⊃↔⇔⊕^]|->|=>|\\[a-z]+|\b(?:not|for ?all|exists|implies|iff)\b", re.I
)


@lru_cache(maxsize=4096)
def parse_formula(text: str) -> Formula:
    """The formula that `text` writes.

    Raises:
        NotationError: `text` is not a formula, or too long, or too deeply nested.
    """
    if len(text) > MAX_LENGTH or len(_NESTS.findall(text)) > MAX_NESTING:
        raise NotationError(
            f"the formula is too large: at most {MAX_LENGTH} characters and {MAX_NESTING} brackets,"
            " negations, quantifiers and implications"
        )
    try:
        formula: Formula = _parser().parse(text.strip().rstrip("."))  # type: ignore[assignment]
    except UnexpectedCharacters as error:
        raise NotationError(
            _located(text, error.pos_in_stream or 0, "this sign is unknown")
        ) from error
    except UnexpectedEOF as error:
        raise NotationError(_located(text, len(text), "the formula is not complete")) from error
    except UnexpectedToken as error:
        if error.token.type == "$END":
            raise NotationError(_located(text, len(text), "the formula is not complete")) from error
        expected = ", ".join(sorted(_SHOWN.get(name, name) for name in error.expected))
        found = _located(text, error.token.start_pos or 0, f"expected one of: {expected}")
        raise NotationError(found) from error
    stray = _stray(formula)
    if stray:
        raise NotationError(
            f"{stray} is used outside of the quantifier that binds it: put brackets around all "
            f"that the quantifier is about, as in ∀{stray} (...)"
        )
    return formula


_SHOWN = {"_OPEN": "(", "_CLOSE": ")", "_COMMA": ",", "_COLON": ":"}


def _located(text: str, at: int, problem: str) -> str:
    return f"{problem}, at character {at + 1}: {text[max(0, at - 20) : at]}»{text[at : at + 20]}"


def _stray(formula: Formula) -> str | None:
    """A name that is a variable in one place and, outside of its quantifier, a constant."""
    bound: set[str] = set()
    free: set[str] = set()

    def terms(term: Term) -> None:
        if isinstance(term, Fun):
            if not term.args:
                free.add(term.name)
            for arg in term.args:
                terms(arg)

    def walk(f: Formula) -> None:
        match f:
            case Atom(_, args):
                for term in args:
                    terms(term)
            case Not(arg):
                walk(arg)
            case And(args) | Or(args):
                for arg in args:
                    walk(arg)
            case Xor(left, right) | Implies(left, right) | Iff(left, right):
                walk(left)
                walk(right)
            case ForAll(var, body) | Exists(var, body):
                bound.add(var)
                walk(body)

    walk(formula)
    return min(bound & free, default=None)
