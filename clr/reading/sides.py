"""The sides of relations: what an operand denotes, with letters, units and marks of lists read as
the trace uses them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from clr.notation.ast import (
    Add,
    Const,
    Dec,
    Div,
    Either,
    Expr,
    Int,
    Quantity,
    Sym,
    free_symbols,
    kinds,
    rebuild,
)
from clr.notation.dimensions import adds_unlike, may_be_equal, same_dimension
from clr.notation.numerals import plain
from clr.notation.parser import DEFAULT_FUNCTIONS, NotationError, parse
from clr.notation.words import unit_name
from clr.reading.habits import Habits
from clr.reading.lexicon import TITLES
from clr.reading.unit_letters import with_names, with_upright_names
from clr.trace import Span

MAX_OPERAND = 600
"""Characters; a longer operand is left alone."""


class Side(msgspec.Struct, frozen=True, gc=False):
    """A side of a relation: where it stands, its expression if all of it could be read, and the
    same with letters that are units read as such, if there are any. They may be `doubtful`, as they
    are names too."""

    span: Span
    text: str
    expr: Expr | None
    measured: Expr | None = None
    doubtful: bool = False


_DECIMAL = re.compile(r"\d\.\d+$")


def read_expression(
    text: str, functions: frozenset[str] = DEFAULT_FUNCTIONS, *, tex: bool = True
) -> Expr | None:
    """The expression that all of `text` denotes, or None. With `tex`, letters are factors."""
    value = plain(text)
    return _read(text, functions, tex) if value is None else value


def _read(text: str, functions: frozenset[str], tex: bool) -> Expr | None:
    """`read_expression` of text that is not `plain`."""
    written = text.strip()
    text = written.rstrip(".,;:")
    if not text or len(text) > MAX_OPERAND:
        return None
    if written.startswith("..", len(text)) and _DECIMAL.search(text):
        text += "..."  # 0.333... is not 0.333
    try:
        chain = parse(text, functions=functions, tex=tex)
    except NotationError:
        return None
    return chain.operands[0] if len(chain.operands) == 1 and chain.modulus is None else None


class Source(msgspec.Struct, frozen=True, gc=False):
    """Text that operands are cut from; it starts at character `start` of the step."""

    text: str
    start: int
    tex: bool


_ELEMENT = re.compile(r"(?<![\\\w])[A-Za-z_]\w*\[\s?(?:\d+|[a-z](?:\s?[-+]\s?\d)?|-\d)\s?\]")
"""An element of an array: a[0], a[i - 1]."""
_OWED = re.compile(r"(?:(?<=[+=] )|(?<=[+=])|(?<=\A))\((\s?\\?[$€£]\s?[\d.,]+\s?)\)")
"""An amount that an account puts in brackets, as it is owed: + ($300)."""


def _negated(amount: re.Match[str]) -> str:
    return f"(-{amount[1]})"


_FRACTION_IN_BRACKETS = re.compile(r"\(\s*-?\w+\s*/\s*\w+\s*\)|\(\s*\\[dt]?frac")
_LABELS = re.compile(r"\(\d\)(?:\s?[-+−]\s?\(\d\))+")
"""Equations, or results, by their numbers: (1) + (2)."""
_PLURAL = re.compile(r"\$?\d+['’]?s")
"""Coins, cards and digits by their value: 5s = 2, 10s = 3."""
_RUNS_ON = re.compile(r":\d")
"""What makes a time or a ratio of the number before it."""


def side_of(step: str, source: Source, span: Span, habits: Habits) -> Side:
    """What stands at `span` of the text of a step, cut out of `source`; without an expression where
    not all of it could be read."""
    start, end = span.start - source.start, span.end - source.start
    text = source.text[start:end]
    if not text:
        return Side(span, text, None)
    if habits.operations and _operates(step, span, habits.operations):
        return Side(span, text, None)
    value = plain(text)
    # of what is plain, only a sum or difference may begin with a mark
    may_be_item = " " in text and (value is None or type(value) is Add)
    mark = _list_mark(source.text, start, text) if may_be_item else 0
    if not mark and value is not None:
        return Side(span, text, None if _RUNS_ON.match(source.text, end) else value)
    if text.startswith("(") and _LABELS.fullmatch(text):
        return Side(span, text, None)
    if habits.symbols and _FRACTION_IN_BRACKETS.search(text):
        return Side(span, text, None)
    if ("[" in text and _ELEMENT.search(text)) or "(\\!\\binom" in text:
        return Side(span, text, None)  # an element of an array, choices with repetition
    if text.endswith("s") and not source.tex and _PLURAL.fullmatch(text):
        return Side(span, text, None)
    if text[-1:].isdigit() and _RUNS_ON.match(source.text, end):
        return Side(span, text, None)
    functions = habits.functions
    expr = _read(text, functions, source.tex)
    if "(" in text and _OWED.search(text):
        owed = read_expression(_OWED.sub(_negated, text), functions, tex=source.tex)
        expr = Either((expr, owed), "owed") if expr is not None and owed is not None else None
    if mark:
        expr = _as_item(expr, read_expression(text[mark:], functions, tex=source.tex))
    if expr is not None and not source.tex and _UNIT_LETTER.search(text):
        spelled = read_expression(_UNIT_LETTER.sub(_spelled_out, text), functions, tex=False)
        expr = Either((spelled, expr), "unit") if spelled is not None else expr
    measured, doubtful = None, False
    if source.tex:
        if (named := with_upright_names(text)) != text:
            measured = read_expression(named, functions)
    elif (named := with_names(text, habits.units.all)) != text:
        measured = read_expression(named, functions, tex=False)
        if mark:
            bare = with_names(text[mark:], habits.units.all)
            measured = _as_item(measured, read_expression(bare, functions, tex=False))
        doubtful = named != with_names(text, habits.units.sure)
    if expr is not None and (habits.unknowns or habits.constants):
        expr = _with_letters(expr, habits)
    return Side(span, text, expr, measured, doubtful)


def _as_item(whole: Expr | None, bare: Expr | None) -> Expr | None:
    """What an operand denotes that may begin with the mark of a list item; `bare` without it."""
    if whole is None or bare is None:
        return whole if bare is None else bare
    return Either((bare, whole), "bullet")


def _operates(text: str, operand: Span, signs: frozenset[str]) -> bool:
    """Whether one of `signs` stands in an operand, or right before it, as in `3 ! [4]`."""
    before = text[max(0, operand.start - 8) : operand.start].rstrip()
    return any(before.endswith(s) or text.find(s, operand.start, operand.end) >= 0 for s in signs)


_UNITS = {"h": "hour", "g": "gram", "m": "meter", "s": "second", "l": "liter", "L": "liter"}
_UNIT_LETTER = re.compile(r"[ghmslL]\b(?:(?<=\d [ghmslL])(?!\s*[\^(\d'’])|(?<=[A-Za-z]/[hs]))")
"""A letter that may be a unit in prose: 1,250 g, 24 km/h."""


def _spelled_out(letter: re.Match[str]) -> str:
    return _UNITS[letter.group()]


def _with_letters(e: Expr, habits: Habits) -> Expr:
    """`e` with letters that are unknowns, or constants, in this trace read as such."""
    if kinds(e).isdisjoint((Const, Either)):
        return e
    match e:
        case Const(name) if name in habits.unknowns:
            return Sym(name)
        case Either(options, cause) if cause in habits.unknowns:
            return _with_letters(options[0], habits)
        case Either(options, cause) if cause in habits.constants and Const(cause) in options:
            return Const(cause)
        case _:
            return rebuild(e, lambda child: _with_letters(child, habits))


def exclaimed(text: str, operand: Side, habits: Habits) -> Side:
    """A side before a mark that may be a factorial or end a sentence: `so x = 5!`."""
    end = operand.span.end
    if operand.expr is None or text.startswith("!!", end):
        return Side(operand.span, "", None)
    product = read_expression(f"{operand.text}!", habits.functions, tex=False)
    if product is None:
        return operand
    return Side(operand.span, operand.text, Either((operand.expr, product), "exclaimed"))


_UNIT = re.compile(
    r"[\s$\\)\]]{1,4}((?:second|minute|hour|day|week|month|year|meter|yard|mile|gram|kilogram"
    r"|ounce|pound|liter|cup|gallon|cent|dollar)s?|mm|cm|km|kg|inch|inches|foot|feet)\b"
)


def with_unit(text: str, operand: Side) -> Side:
    """A number with the unit that stands in the prose after it: `$t = 40$ minutes`."""
    if not isinstance(operand.expr, (Int, Dec, Div)) or free_symbols(operand.expr):
        return operand
    found = _UNIT.match(text, operand.span.end)
    if found is None:
        return operand
    return Side(operand.span, operand.text, Quantity(operand.expr, unit_name([found[1]])))


_MARK = re.compile(r"[-−–] |\((?:\d{1,2}|[a-h]|i{1,3}v?|vi{0,3})\) |\d{1,3} [-−–] ")
_TITLE = re.compile(rf"(?:{'|'.join(map(str.title, TITLES))}) ")
"""What is numbered: `Day 2 - 2 + 3 = 5`."""


def _list_mark(text: str, start: int, operand: str) -> int:
    """Up to where the beginning of an operand may be the mark of a list item, as in `- 2 + 3`,
    `(2) 2 + 3`, `(b) n = 3` and `Day 2 - 2 + 3`; 0 if it is none."""
    mark = _MARK.match(operand)
    if mark is None:
        return 0
    begin = text.rfind("\n", 0, start) + 1
    before = text[begin:start].lstrip()
    titled = mark.group()[0].isdigit()
    begins = _TITLE.fullmatch(before) is not None if titled else not before
    return mark.end() if begins else 0


def in_units(operands: Sequence[Side], named: set[str]) -> tuple[Side, Side]:
    """The last two of the operands, with the letters behind their numbers read as units where that
    leaves no unknowns; `named` is what chains of the sentence begin with.

    A letter that is a name as well is a unit where both sides then have one dimension, and in the
    value of what it names: `V = 3 × 4 = 12 V`.
    """
    left, right = operands[-2], operands[-1]
    if left.measured is right.measured is None:
        return left, right
    a, b = left.measured or left.expr, right.measured or right.expr
    if a is None or b is None:
        return left, right
    if free_symbols(a) and not free_symbols(b) and not left.measured:
        # what unknowns are found to be, or not, if 2 A may be twice a length A
        return left, msgspec.structs.replace(right, expr=None if right.doubtful else b)
    if free_symbols(a) | free_symbols(b) or adds_unlike(a) or adds_unlike(b):
        return left, right
    if not may_be_equal(a, b):
        sure = not (left.doubtful or right.doubtful)
        sure &= any(side.expr is None or free_symbols(side.expr) for side in (left, right))
        return (msgspec.structs.replace(left, expr=None), right) if sure else (left, right)
    if left.doubtful or right.doubtful:
        of_its_name = not left.doubtful and right.text[-1:] in named
        if not (of_its_name or same_dimension(a, b)):
            return left, right
    return (
        msgspec.structs.replace(left, expr=a),
        msgspec.structs.replace(right, expr=b),
    )


def integer_of(e: Expr) -> int | None:
    """The integer that `e` is, with or without a unit."""
    if isinstance(e, Quantity):
        e = e.value
    return e.value if isinstance(e, Int) else None
