"""Expressions such as `outcome == 1 and refuted == 0`: parsed and type-checked, never evaluated.

    keep        = disjunction
    disjunction = conjunction {"or" conjunction}
    conjunction = negation {"and" negation}
    negation    = "not" negation | comparison
    comparison  = sum {("==" | "!=" | "<" | "<=" | ">" | ">=") sum} | sum ["not"] "in" list
    list        = "[" sum {"," sum} "]"
    sum         = product {("+" | "-") product}
    product     = unary {("*" | "/") unary}
    unary       = "-" unary | number | 'text' | "true" | "false" | "none" | field | "(" keep ")"

Comparisons chain, as in `0.2 <= reliability < 1`. An order that involves `none`, or the result of a
division by zero, does not hold.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Flag, auto

Value = float | str | bool | None
Row = Mapping[str, Value]

MAX_LENGTH = 1_000
"""Characters; with the depth of brackets it bounds the recursion of reading and of evaluation."""

_MAX_DEPTH = 40


class Type(Flag):
    """What a value may be. A field that may be missing has two types, one of them `NONE`."""

    NUMBER = auto()
    TEXT = auto()
    TRUTH = auto()
    NONE = auto()

    def __str__(self) -> str:
        return " or ".join(str(member.name).lower() for member in self)


class ExpressionError(ValueError):
    """The expression cannot be used; the message shows where, and says what would be right."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A part of a conjunction: its text, and whether a row meets it."""

    text: str
    holds: Callable[[Row], bool]


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class _Term:
    """A part of the expression: what it is, how to get it, where it stands, its conjuncts."""

    type: Type
    of: Callable[[Row], Value]
    start: int
    end: int
    parts: tuple[_Term, ...] = ()


_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z_]\w*)"
    r"|(?P<text>'[^']*'|\"[^\"]*\")|(?P<sign>==|!=|<=|>=|[-+*/<>()\[\],])|(?P<end>$)|(?P<bad>.))",
    re.S,
)
_WORDS = frozenset({"and", "or", "not", "in", "true", "false", "none"})
_ORDERS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": lambda a, b: a / b if b else math.nan,
}


def conditions(text: str, fields: Mapping[str, Type]) -> tuple[Condition, ...]:
    """The parts of `text` joined by `and`, each with its own words, so that a rejection can name
    the one that fails.

    Raises:
        ExpressionError: `text` is no expression, names an unknown field, mixes types, or is no
            condition.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"an expression has at most {MAX_LENGTH} characters")
    whole = _Parser(text, fields).parse()
    return tuple(Condition(text[p.start : p.end], _truth(p.of)) for p in whole.parts or (whole,))


def _truth(of: Callable[[Row], Value]) -> Callable[[Row], bool]:
    return lambda row: of(row) is True


class _Parser:
    """Recursive descent over the tokens, one method for each rule of the grammar."""

    def __init__(self, text: str, fields: Mapping[str, Type]) -> None:
        self._text = text
        self._fields = fields
        self._tokens = _tokens(text)
        self._next = 0
        self._depth = 0

    def parse(self) -> _Term:
        whole = self._disjunction()
        if self._token.kind != "end":
            raise self._error(f"unexpected {self._token.text!r}", self._token.at)
        return self._condition(whole, "an expression")

    @property
    def _token(self) -> _Token:
        return self._tokens[self._next]

    def _taken(self, *texts: str) -> str | None:
        """The next token, if it is one of `texts`."""
        token = self._token
        if token.kind == "text" or token.text not in texts:
            return None
        self._next += 1
        return token.text

    def _expect(self, text: str) -> None:
        if not self._taken(text):
            found = self._token.text or "the end"
            raise self._error(f"expected {text!r}, found {found}", self._token.at)

    def _error(self, message: str, at: int) -> ExpressionError:
        return ExpressionError(f"{message}\n  {self._text}\n  {' ' * at}^")

    def _condition(self, term: _Term, what: str) -> _Term:
        if term.type is not Type.TRUTH:
            raise self._error(
                f"{what} must be true or false, this is {term.type}; compare it, as in x == 1",
                term.start,
            )
        return term

    def _end(self) -> int:
        last = self._tokens[self._next - 1]
        return last.at + len(last.text)

    def _disjunction(self) -> _Term:
        left = self._conjunction()
        while self._taken("or"):
            sides = self._condition(left, "a side of 'or'"), self._conjunction()
            self._condition(sides[1], "a side of 'or'")
            left = _Term(Type.TRUTH, _either(*sides), left.start, self._end())
        return left

    def _conjunction(self) -> _Term:
        parts = [self._negation()]
        while self._taken("and"):
            parts.append(self._negation())
        if len(parts) == 1:
            return parts[0]
        for part in parts:
            self._condition(part, "a side of 'and'")
        flat = tuple(inner for part in parts for inner in part.parts or (part,))
        return _Term(Type.TRUTH, _all(flat), parts[0].start, self._end(), flat)

    def _negation(self) -> _Term:
        start = self._token.at
        if not self._taken("not"):
            return self._comparison()
        self._deeper(start)
        term = self._condition(self._negation(), "what follows 'not'")
        self._depth -= 1
        return _Term(Type.TRUTH, lambda row: not term.of(row), start, self._end())

    def _comparison(self) -> _Term:
        left = self._sum()
        if self._token.text in ("in", "not") and self._token.kind == "name":
            return self._membership(left)
        links: list[_Term] = []
        start = left.start
        while sign := self._taken("==", "!=", *_ORDERS):
            right = self._sum()
            links.append(self._link(left, sign, right))
            left = right
        if not links:
            return left
        return _Term(Type.TRUTH, _all(tuple(links)), start, self._end())

    def _link(self, left: _Term, sign: str, right: _Term) -> _Term:
        of: Callable[[Row], Value]
        if sign in _ORDERS:
            for side in (left, right):
                if not side.type & Type.NUMBER or side.type & (Type.TEXT | Type.TRUTH):
                    raise self._error(f"{sign} compares numbers, this is {side.type}", side.start)
            of = _ordered(left, _ORDERS[sign], right)
        else:
            if not left.type & right.type:
                raise self._error(
                    f"never equal: {left.type} on the left, {right.type} on the right", left.start
                )
            of = _equal(left, right, wanted=sign == "==")
        return _Term(Type.TRUTH, of, left.start, right.end)

    def _membership(self, left: _Term) -> _Term:
        wanted = not self._taken("not")
        self._expect("in")
        self._expect("[")
        items = [self._sum()]
        while self._taken(","):
            items.append(self._sum())
        self._expect("]")
        for item in items:
            if not item.type & left.type:
                raise self._error(f"never equal: {left.type} and {item.type}", item.start)
        return _Term(
            Type.TRUTH,
            lambda row: (left.of(row) in [item.of(row) for item in items]) is wanted,
            left.start,
            self._end(),
        )

    def _sum(self) -> _Term:
        return self._operation(("+", "-"), self._product)

    def _product(self) -> _Term:
        return self._operation(("*", "/"), self._unary)

    def _operation(self, signs: tuple[str, ...], operand: Callable[[], _Term]) -> _Term:
        left = operand()
        while sign := self._taken(*signs):
            sides = self._number(left, sign), self._number(operand(), sign)
            left = _Term(Type.NUMBER, _computed(*sides, sign), left.start, self._end())
        return left

    def _number(self, term: _Term, sign: str) -> _Term:
        if term.type is not Type.NUMBER:
            raise self._error(f"{sign} needs numbers, this is {term.type}", term.start)
        return term

    def _unary(self) -> _Term:
        token = self._token
        self._deeper(token.at)
        term = self._negative(token) if self._taken("-") else self._atom(token)
        self._depth -= 1
        return term

    def _deeper(self, at: int) -> None:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise self._error("nested too deeply", at)

    def _negative(self, token: _Token) -> _Term:
        term = self._number(self._unary(), "-")
        return _Term(Type.NUMBER, _computed(_constant(0.0, token), term, "-"), token.at, term.end)

    def _atom(self, token: _Token) -> _Term:
        self._next += 1
        match token.kind:
            case "number":
                return _constant(float(token.text), token)
            case "text":
                return _constant(token.text[1:-1], token)
            case "name" if token.text in ("true", "false"):
                return _constant(token.text == "true", token)
            case "name" if token.text == "none":
                return _constant(None, token)
            case "name" if token.text not in _WORDS:
                return self._field(token)
            case "sign" if token.text == "(":
                inner = self._disjunction()
                self._expect(")")
                return _Term(inner.type, inner.of, token.at, self._end(), inner.parts)
        found = repr(token.text) if token.text else "the end"
        raise self._error(f"expected a field or a value, found {found}", token.at)

    def _field(self, token: _Token) -> _Term:
        name = token.text
        if name not in self._fields:
            close = get_close_matches(name, self._fields, 1)
            hint = f"; did you mean {close[0]}?" if close else ""
            raise self._error(
                f"no field {name!r}{hint} (fields: {', '.join(self._fields)})", token.at
            )
        return _Term(self._fields[name], lambda row: row[name], token.at, token.at + len(name))


def _tokens(text: str) -> list[_Token]:
    out: list[_Token] = []
    at = 0
    while not out or out[-1].kind != "end":
        found = _TOKEN.match(text, at)
        assert found is not None and found.lastgroup is not None  # `bad` takes any character
        out.append(_Token(found.lastgroup, found[found.lastgroup], found.start(found.lastgroup)))
        at = found.end()
    return out


def _constant(value: Value, token: _Token) -> _Term:
    match value:
        case bool():
            type_ = Type.TRUTH
        case str():
            type_ = Type.TEXT
        case None:
            type_ = Type.NONE
        case _:
            type_ = Type.NUMBER
    return _Term(type_, lambda row: value, token.at, token.at + len(token.text))


def _either(left: _Term, right: _Term) -> Callable[[Row], Value]:
    return lambda row: bool(left.of(row) or right.of(row))


def _all(parts: tuple[_Term, ...]) -> Callable[[Row], Value]:
    return lambda row: all(part.of(row) for part in parts)


def _equal(left: _Term, right: _Term, *, wanted: bool) -> Callable[[Row], Value]:
    return lambda row: (left.of(row) == right.of(row)) is wanted


def _ordered(
    left: _Term, holds: Callable[[float, float], bool], right: _Term
) -> Callable[[Row], Value]:
    def compare(row: Row) -> bool:
        a, b = left.of(row), right.of(row)
        return isinstance(a, int | float) and isinstance(b, int | float) and holds(a, b)

    return compare


def _computed(left: _Term, right: _Term, sign: str) -> Callable[[Row], Value]:
    compute = _ARITHMETIC[sign]

    def result(row: Row) -> float:
        a, b = left.of(row), right.of(row)
        assert isinstance(a, int | float) and isinstance(b, int | float)  # by their types
        return compute(a, b)

    return result
