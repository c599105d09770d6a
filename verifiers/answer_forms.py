"""What the text of an answer says: values, a region, an equation, a choice, or words.

All of the text is read, or it stays words. Signs of mathematics mode, units beside a list, names in
front of a value ("x = 3") and the like are taken off here, so that comparing sees what is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from clr.notation.ast import (
    Add,
    Call,
    Const,
    Div,
    Either,
    Expr,
    Int,
    Label,
    Matrix,
    Mul,
    Neg,
    PlusMinus,
    Quantity,
    Seq,
    SetOf,
    Sym,
    free_symbols,
    kinds,
    rebuild,
)
from clr.notation.errors import NotationError, TooAmbiguous
from clr.notation.functions import FUNCTIONS
from clr.notation.parser import parse
from clr.notation.readings import readings
from clr.verifiers.answer_texts import compound, moment, plainly
from clr.verifiers.compare import compare
from clr.verifiers.identity import signs
from clr.verifiers.numerals import cardinal, spoken
from clr.verifiers.outcome import Truth
from clr.verifiers.regions import (
    REALS,
    Combined,
    Interval,
    Region,
    is_plainly_region,
    nothing,
    point,
    region_of,
    union,
)


@dataclass(frozen=True, slots=True)
class Value:
    """One quantity, the name it was given, and a rounded value, if that was told beside it."""

    expr: Expr
    name: str = ""
    rounded: Expr | None = None


@dataclass(frozen=True, slots=True)
class Several:
    """Values together. `brackets` is "" for a list without any, "{}" for a set."""

    items: tuple[Form, ...]
    brackets: str = ""


@dataclass(frozen=True, slots=True)
class Range:
    """The values that a name may take."""

    region: Region
    name: str = ""


@dataclass(frozen=True, slots=True)
class Equation:
    """An equation between unknowns, as of a line."""

    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class HalfSpace:
    """An inequality between unknowns: `positive` > 0, or >= 0 if `closed`."""

    positive: Expr
    closed: bool


@dataclass(frozen=True, slots=True)
class Congruence:
    """What leaves the remainder `value` modulo `modulus`."""

    value: Expr
    modulus: Expr


@dataclass(frozen=True, slots=True)
class Choice:
    """A letter of multiple choice, with the text of the option if it was given too."""

    letter: str
    rest: Form | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """Text without mathematics, in lower case and without marks. `read` is false where mathematics
    may be in it that could not be read."""

    text: str
    read: bool = True


Form: TypeAlias = Value | Several | Range | Equation | HalfSpace | Congruence | Choice | Words

_WRAPPER = re.compile(
    r"\\(?:text|textbf|textit|textrm|mathrm|mathbf|mathit|mbox|bold|boldsymbol|bf|displaystyle)"
    r"(?![A-Za-z])\s*"
)
_LAYOUT = re.compile(
    r"(?<!\\)\\(?:(?:left|right|[bB]igg?[lr]?|quad|qquad|displaystyle|limits"
    r"|phantom\{[^{}]*\})(?![A-Za-z])|[,!;: ])|~"
)
_CODE = re.compile(r"\b(?:USD|US\$) ?(?=-?\d)")
_DELIMITERS = re.compile(r"\\\(|\\\)|\\\[|\\\]|(?<!\\)\$\$?(?!\d)|(?<!\\)\$(?=\s*$)")
_LEADS = re.compile(
    r"^(?:(?:(?:(?:the |my )?(?:(?:final|correct|right|best) )?(?:answer|choice|option) is|is|are"
    r"|equals?|exactly|approximately|about)(?![A-Za-z])|=|:|\\approx|≈|\\Rightarrow|\\implies)\s*)+",
    re.I,
)
_ENDS = re.compile(r"(?:[.,;:\s]|(?<![\w)}])!|(?<=[a-z]{2})!)+$")
_CHOICE = re.compile(
    r"^(?:(?:[Oo]ption|[Cc]hoice|[Aa]nswer)\s+)?(?:\((?P<round>[A-Za-z])\)|(?P<bare>[A-Z])(?:[.):](?=\s|$)|$))"
    r"[.:]?\s*(?P<rest>.*)$",
    re.S,
)
_LETTER_IN_TEXT = re.compile(
    r"\\(?:text|textbf|textrm|mathrm|mathbf|bf)\s*\{\s*(\(?[A-Z]\)?[.:]?)\s*\}"
)
_UNDEFINED = frozenset(("dne", "does not exist", "undefined", "not defined"))
_EVERYTHING = frozenset(
    "all real numbers|all reals|real numbers|all real values|all real x|every real number".split(
        "|"
    )
)
_NOTHING = frozenset(("empty set", "no solution", "no solutions", "no real solutions", "none"))
_SCIENTIFIC = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)[eE]([-+]?\d{1,3})(?![\w.])")
_RATIO = re.compile(r"(?<=[\w)}])\s*(?::|\\colon|\\ratio)\s*(?=[\w(\\])")


_PROSE = re.compile(r"([A-Za-z]{3,}|[A-Za-z]{2}(?= [a-z]{2}))(?:[ '-]+[A-Za-z]+)*")


def form_of(text: str) -> Form:
    """What an answer says. Total: what cannot be read is `Words`."""
    text = plainly(_bare(text))
    chosen = _CHOICE.match(_LETTER_IN_TEXT.sub(r"\1", text))
    if chosen:
        letter = (chosen["round"] or chosen["bare"]).upper()
        rest = chosen["rest"].strip()
        return Choice(letter, form_of(rest) if rest else None)
    when = moment(text)
    if when is not None:
        return Words(when)
    plain = _plain(text)
    if plain in _EVERYTHING:
        return Range(REALS)
    if plain in _NOTHING:
        return Range(nothing())
    if plain in _UNDEFINED:
        return Words("undefined")
    number = cardinal(plain) if cardinal(text) is None else cardinal(text)
    named = spoken(text) if number is None else Fraction(number)
    if named is not None:
        return Value(literal(named))
    quantity = compound(text)
    if quantity is not None:
        return Value(Quantity(literal(quantity[0]), quantity[1]))
    if plain in ("infinity", "infinite"):
        return Value(Const("inf"))
    prose = _PROSE.fullmatch(text)
    if prose and prose[1] not in FUNCTIONS:
        return Words(plain)
    found = _mathematics(text)
    if found is not None:
        return found
    return Words(plain, read=not re.search(r"[\\\d=+*/^_<>{}]", text))


def literal(value: Fraction) -> Expr:
    """A fraction as an expression."""
    above = Int(value.numerator) if value >= 0 else Neg(Int(-value.numerator))
    return above if value.denominator == 1 else Div(above, Int(value.denominator))


def _bare(text: str) -> str:
    """`text` without what only sets it off."""
    text = _CODE.sub("$", text)
    text = text.replace("−", "-").replace("–", "-").replace("{,}", ",").replace("\\$", "$")
    text = text.replace("\\%", "%").replace("\xa0", " ")
    text = _LAYOUT.sub(" ", re.sub(r"(?<=\d)\\[,!](?=\d{3}(?!\d))", ",", text))
    text = _SCIENTIFIC.sub(r"\1 * 10^{\2}", _DELIMITERS.sub(" ", text))
    text = " ".join(text.split()).strip("*_ ")
    before = None
    while before != text:
        before = text
        ended = text if text.endswith(("...", "…")) else _ENDS.sub("", text)
        text = _unwrapped(_LEADS.sub("", ended).strip())
    return text


def _unwrapped(text: str) -> str:
    """`text` without a command or braces around all of it."""
    opened = _WRAPPER.match(text)
    start = opened.end() if opened else 0
    if not text.startswith("{", start) or not text.endswith("}"):
        return text
    depth = 0
    for at in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if not depth:
            return text[start + 1 : -1].strip() if at == len(text) - 1 else text
    return text


def _plain(text: str) -> str:
    """Words to compare: lower case, no commands, marks or articles."""
    text = _WRAPPER.sub("", text).casefold()
    text = re.sub(r"(?<=[^\W\d])-(?=[^\W\d])", " ", re.sub(r"[\\{}$*_]", "", text))
    text = re.sub(r"^(?:the|an?)\s+", "", text.strip())
    text = re.sub(r",?\s+(?:and|&)\s+", ", ", text)
    return " ".join(text.split()).strip(" .,;:!\"'")


def _mathematics(text: str) -> Form | None:
    if not text:
        return None
    found = _relation(text)
    if found is not None:
        return found
    for separator, brackets in ((_OR, "or"), (_AND, ""), (_COMMA, "")):
        parts = _split(text, separator)
        if len(parts) > 1 and all(part.strip() for part in parts):
            items = [_mathematics(part.strip()) for part in parts]
            read = [item for item in items if item is not None]
            if len(read) == len(parts) and not any(isinstance(item, Words) for item in read):
                return _together(tuple(read), brackets == "or")
    return None


_OR = re.compile(r"\s*,?\s*(?:\\text\s*\{\s*(?:or|OR)\s*\}|\bor\b|\\lor\b|\\vee\b|∨)\s*")
_AND = re.compile(r"\s*,?\s*(?:\\text\s*\{\s*(?:and|&)\s*\}|\band\b|\\land\b|\\wedge\b|∧|;)\s*")
_COMMA = re.compile(r"\s*,(?!\d{3}(?!\d))\s*|\s*,\s+")


def _split(text: str, separator: re.Pattern[str]) -> list[str]:
    """`text` cut at what matches `separator` outside all brackets."""
    parts, start, depth, at = [], 0, 0, 0
    while at < len(text):
        found = separator.match(text, at) if not depth else None
        if found and found.end() > at:
            parts.append(text[start:at])
            start = at = found.end()
            continue
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(text[at], 0)
        depth = max(depth, 0)
        at += 1
    return [*parts, text[start:]]


def _together(items: tuple[Form, ...], alternatives: bool) -> Form:
    ranges = [item for item in items if isinstance(item, Range)]
    if ranges and len(ranges) == len(items) and len({item.name for item in ranges}) == 1:
        regions = tuple(item.region for item in ranges)
        if alternatives:
            return Range(union(regions), ranges[0].name)
        whole = regions[0]
        for other in regions[1:]:
            whole = Combined("intersection", whole, other)
        return Range(whole, ranges[0].name)
    if alternatives and (only := _one_value(items)) is not None:
        return only
    flat: list[Form] = []
    for item in items:
        flat.extend(item.items if isinstance(item, Several) and not item.brackets else (item,))
    unit = _common_unit(flat)
    if unit:
        flat = [
            Value(Quantity(f.expr, unit), f.name)
            if isinstance(f, Value) and not isinstance(f.expr, Quantity)
            else f
            for f in flat
        ]
    return Several(tuple(flat))


def _one_value(items: tuple[Form, ...]) -> Form | None:
    """The first of alternatives that are all the same number: 3/4 or 0.75."""
    exprs = [item.expr for item in items if isinstance(item, Value)]
    if len(exprs) < len(items) or any(free_symbols(e) for e in exprs):
        return None
    same = all(compare(exprs[0], "=", other).truth is Truth.TRUE for other in exprs[1:])
    return items[0] if same else None


def _common_unit(items: list[Form]) -> str:
    """The unit of the last item, if it alone has one: "3 and 5 meters"."""
    values = [f.expr if isinstance(f, Value) else None for f in items]
    units = [e.unit if isinstance(e, Quantity) else "" for e in values]
    return units[-1] if not any(units[:-1]) else ""


def _relation(text: str) -> Form | None:
    """One chain of relations, or one expression."""
    try:
        chain = parse(text, tex="\\" in text)
    except NotationError:
        return _ratio(text)
    operands, ops = chain.operands, chain.ops
    if chain.modulus is not None:
        if ops not in ((), ("≡",), ("=",)):
            return None
        return Congruence(_resolved(operands[-1]), _resolved(chain.modulus))
    if not ops:
        return _expression(operands[0], text)
    if ops == ("in",) and isinstance(operands[1], SetOf) and _name(operands[0]):
        return _expression(operands[1], "")
    if ops == ("in",):
        region, name = region_of(operands[1]), _name(operands[0])
        if region is not None and name:
            return Range(region, name)
        return None
    if set(ops) == {":"}:
        return _ratio(text)
    if set(ops) <= {"=", "~"}:
        return _equation(operands, ops)
    return _inequality(operands, ops) or _half_space(operands, ops)


def _ratio(text: str) -> Form | None:
    parts = _RATIO.split(text)
    if not 2 <= len(parts) <= 4:
        return None
    items = [_relation(part) for part in parts]
    values = tuple(item for item in items if isinstance(item, Value) and not item.name)
    return Several(values, ":") if len(values) == len(parts) else None


def _expression(e: Expr, text: str) -> Form | None:
    e = _resolved(e)
    match e:
        case Label(words):
            found = cardinal(words)
            return None if found is None else Value(Int(found))
        case SetOf(()):
            return Range(nothing())
        case SetOf(items):
            return Several(tuple(map(_item, items)), "{}")
        case Seq("", items, ""):
            return _together(tuple(map(_item, items)), False)
        case Seq(open_, items, close):
            if is_plainly_region(e):
                region = region_of(e)
                return None if region is None else Range(region)
            return Several(tuple(map(_item, items)), open_ + close)
        case Matrix():
            return Value(e)
        case Mul((*factors, Quantity(last, unit))) if factors:
            e = Quantity(Mul((*factors, last)), unit)
    if is_plainly_region(e):
        region = region_of(e)
        return None if region is None else Range(region)
    if PlusMinus in kinds(e):
        values = signs(e)
        return Several(tuple(map(Value, values))) if values else None
    if re.search(r"[A-Za-z]{3,}\s+[A-Za-z]{2,}", _COMMANDS.sub(" ", text)) and not kinds(
        e
    ).isdisjoint((Sym,)):
        return None  # prose that happens to read as a product
    return Value(e)


_COMMANDS = re.compile(r"\\(?:text|mathrm)\s*\{[^{}]*\}|\\[A-Za-z]+")


def _item(e: Expr) -> Form:
    return _expression(e, "") or Value(e)


_LIKELIEST = frozenset(("mixed", "slash", "thousands", "times", "bullet", "comment", "trig-scope"))


def _resolved(e: Expr) -> Expr:
    """`e` with every ambiguity of one place resolved as it is likeliest; habits stay open."""
    if isinstance(e, Either) and e.cause in _LIKELIEST:
        return _resolved(e.options[0])
    return rebuild(e, _resolved) if Either in kinds(e) else e


def _name(e: Expr) -> str:
    match e:
        case Sym(name) | Label(name):
            return name
        case Call(func, _) if func not in FUNCTIONS:
            return func
        case Either(options, _):
            return next((name for name in map(_name, options) if name), "")
        case _:
            return ""


def _equation(operands: tuple[Expr, ...], ops: tuple[str, ...]) -> Form | None:
    """`x = 3`, `A = 10 pi ~ 31.4`, `6/2 = 3`, `y = 2x`; None where two sides contradict."""
    if not _consistent(operands, ops):
        return None
    left, right = _resolved(operands[0]), _resolved(operands[-1])
    if isinstance(left, Seq) and all(_name(item) for item in left.items):
        return _expression(right, "")
    rounded: Expr | None = None
    exact_sides = ops.index("~") + 1 if "~" in ops else len(operands)
    name = _name(left)
    if name and name not in free_symbols(right):
        if 1 < exact_sides < len(operands):
            right, rounded = _resolved(operands[exact_sides - 1]), right
        said = _expression(right, "")
        return Value(said.expr, name, rounded) if isinstance(said, Value) else said
    unknowns = [free_symbols(operand) for operand in operands]
    if not any(unknowns[1:]) and (len(operands) > 2 or not unknowns[0]):
        # a calculation, and what it comes to
        if exact_sides < len(operands):
            return Value(_resolved(operands[exact_sides - 1]), "", right)
        return _expression(right, "")
    if len(operands) != 2:
        return None
    name = _name(right)
    if name and not free_symbols(left):
        return Value(left, name)
    return Equation(left, right)


def _consistent(operands: tuple[Expr, ...], ops: tuple[str, ...]) -> bool:
    """Whether no two neighbours without unknowns are known to differ: `3 = 5` is no answer."""
    for a, op, b in zip(operands, ops, operands[1:], strict=False):
        if free_symbols(a) or free_symbols(b):
            continue
        try:
            pairs = readings(Seq("", (a, b), ""))
        except TooAmbiguous:
            continue
        sides = [pair.items for pair in pairs if isinstance(pair, Seq)]
        if all(compare(x, op, y).truth is Truth.FALSE for x, y in sides):
            return False
    return True


_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "!=": "!=", "=": "="}


def _inequality(operands: tuple[Expr, ...], ops: tuple[str, ...]) -> Form | None:
    """Bounds on one name: `x < 3`, `1 <= x < 5`, `x != 2`, `|x| < 3`."""
    match operands, ops:
        case (Call("abs", (Sym(name),)), end), ("<" | "<=" as sign,) if not free_symbols(end):
            closed = sign == "<="
            return Range(Interval(Neg(_resolved(end)), _resolved(end), closed, closed), name)
    if len(operands) == 3 and (name := _name(operands[1])):
        bounds = [(operands[0], _TURNED.get(ops[0], "")), (operands[2], ops[1])]
    elif len(operands) == 2 and (name := _name(operands[0])):
        bounds = [(operands[1], ops[0])]
    elif len(operands) == 2 and (name := _name(operands[1])):
        bounds = [(operands[0], _TURNED.get(ops[0], ""))]
    else:
        return None
    region: Region | None = None
    for end, op in bounds:
        if name in free_symbols(end):
            return None
        part = _bounded(_resolved(end), op)
        if part is None:
            return None
        region = part if region is None else _meet(region, part)
    return None if region is None else Range(region, name)


def _half_space(operands: tuple[Expr, ...], ops: tuple[str, ...]) -> Form | None:
    if len(ops) != 1 or ops[0] not in ("<", "<=", ">", ">="):
        return None
    greater, less = operands if ops[0][0] == ">" else operands[::-1]
    return HalfSpace(Add((_resolved(greater), Neg(_resolved(less)))), ops[0].endswith("="))


def _meet(a: Region, b: Region) -> Region:
    """The intersection; of two half-lines, one interval."""
    if isinstance(a, Interval) and isinstance(b, Interval):
        if a.high is None and b.low is None:
            return Interval(a.low, b.high, a.low_closed, b.high_closed)
        if a.low is None and b.high is None:
            return Interval(b.low, a.high, b.low_closed, a.high_closed)
    return Combined("intersection", a, b)


def _bounded(end: Expr, op: str) -> Region | None:
    if end in (Const("inf"), Neg(Const("inf"))):
        return REALS
    match op:
        case "<" | "<=":
            return Interval(None, end, False, op == "<=")
        case ">" | ">=":
            return Interval(end, None, op == ">=", False)
        case "!=":
            return Combined("difference", REALS, point(end))
        case _:
            return None
