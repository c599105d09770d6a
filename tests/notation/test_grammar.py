"""The parser beside an independent grammar, and beside the printer, on made-up expressions."""

from __future__ import annotations

import re
from fractions import Fraction

import flint
import lark
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clr.notation.ast import (
    Add,
    Call,
    Const,
    Dec,
    Div,
    Expr,
    Int,
    Mul,
    Neg,
    Pow,
    Sym,
    kinds,
)
from clr.notation.parser import NotationError, parse
from clr.notation.printer import show
from clr.notation.readings import readings
from clr.verifiers import exact

GRAMMAR = lark.Lark(
    r"""
    ?sum: product | sum "+" product -> add | sum "-" product -> subtract
    ?product: sign | product TIMES sign -> multiply | product DIVIDED sign -> divide
    ?sign: "-" sign -> negate | power
    ?power: atom | atom "^" "{" sum "}" -> power | atom "^" DIGIT -> digit
    ?atom: NUMBER -> number | "(" sum ")" | "{" sum "}"
        | "\\frac" "{" sum "}" "{" sum "}" -> divide2
        | "\\left(" sum "\\right)"
    TIMES: "*" | "\\cdot" | "\\times"
    DIVIDED: "/" | "\\div"
    DIGIT: /\d/
    NUMBER: /\d+(\.\d+)?/
    %ignore " "
    """,
    start="sum",
    parser="lalr",
)


@lark.v_args(inline=True)
class Value(lark.Transformer):  # type: ignore[type-arg]
    """The value of an arithmetic expression, by the grammar above alone."""

    number = staticmethod(lambda text: Fraction(text))
    digit = staticmethod(lambda base, text: _power(base, Fraction(text)))
    power = staticmethod(lambda base, exponent: _power(base, exponent))
    add = staticmethod(lambda a, b: a + b)
    subtract = staticmethod(lambda a, b: a - b)
    negate = staticmethod(lambda a: -a)
    multiply = staticmethod(lambda a, _, b: a * b)
    divide = staticmethod(lambda a, _, b: a / b)
    divide2 = staticmethod(lambda a, b: a / b)


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1 or abs(exponent) > 50 or abs(base) > 10**6:
        raise ZeroDivisionError
    return Fraction(base ** int(exponent))


NUMBERS = st.one_of(
    st.integers(0, 99).map(str),
    st.decimals(0, 99, places=2, allow_nan=False).map(lambda d: f"{d:f}"),
)


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = st.sampled_from(
        [" + ", " - ", " * ", r" \cdot ", r" \times ", "+", "-", "/", r" \div "]
    )
    return st.one_of(
        st.tuples(inner, signs, inner).map("".join),
        inner.map("({})".format),
        inner.map(r"\left({}\right)".format),
        inner.map("-{}".format),
        st.tuples(inner, inner).map(lambda pair: rf"\frac{{{pair[0]}}}{{{pair[1]}}}"),
        st.tuples(inner, st.integers(0, 3)).map(lambda pair: f"({pair[0]})^{pair[1]}"),
        st.tuples(inner, st.integers(-3, 12)).map(lambda pair: f"({pair[0]})^{{{pair[1]}}}"),
    )


ARITHMETIC = st.recursive(NUMBERS, _larger, max_leaves=9)


@given(ARITHMETIC)
def test_arithmetic_has_the_value_that_a_grammar_gives_it(text: str) -> None:
    try:
        expected = Value().transform(GRAMMAR.parse(text))
    except (lark.exceptions.VisitError, ZeroDivisionError):
        return  # no value, or one too large to compare
    try:
        operand = parse(text, tex=True).operands[0]
    except NotationError as error:
        # signs in a row, which authors do not write, may be refused
        assert re.search(r"(?:[-+*/]|cdot|times|div)\s*-", text), error
        return
    try:
        values = [exact.value(reading) for reading in readings(operand)]
    except ValueError:
        assert "^" in text  # 0 to the power 0
        return
    assert any(value == flint.fmpq(expected.numerator, expected.denominator) for value in values)


LEAVES = st.one_of(
    st.integers(0, 200).map(Int),
    st.builds(Dec, st.integers(0, 999), st.integers(1, 3)),
    st.sampled_from([Sym("x"), Sym("y"), Sym("a_1"), Const("pi")]),
)


def _nodes(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        several.map(Add),
        several.map(Mul),
        inner.map(Neg),
        st.builds(Div, inner, inner),
        st.builds(Pow, inner, inner),
        st.builds(lambda e: Call("sqrt", (e,)), inner),
        st.builds(lambda e: Call("sin", (e,)), inner),
    )


@given(st.recursive(LEAVES, _nodes, max_leaves=8))
def test_what_is_shown_reads_as_the_same(e: Expr) -> None:
    again = parse(show(e), tex=False).operands[0]
    assert flat(e) in {flat(reading) for reading in readings(again)}


def flat(e: Expr) -> Expr:
    """`e` with nested sums and products as one and signs in front, as no notation tells apart."""
    match e:
        case Add(args):
            return Add(_spliced(Add, args))
        case Mul(args):
            factors = _spliced(Mul, args)
            bare = (f.arg if isinstance(f, Neg) else f for f in factors)
            product = Mul(_spliced(Mul, tuple(bare)))
            return Neg(product) if sum(isinstance(f, Neg) for f in factors) % 2 else product
        case Neg(arg):
            inner = flat(arg)
            return inner.arg if isinstance(inner, Neg) else Neg(inner)
        case Div(num, den):
            above = flat(num)
            if isinstance(above, Neg):
                return flat(Neg(Div(above.arg, den)))
            return Div(above, flat(den))
        case Pow(base, exp):
            return Pow(flat(base), flat(exp))
        case Call(func, args):
            return Call(func, tuple(map(flat, args)))
        case _:
            return e


def _spliced(kind: type[Add] | type[Mul], args: tuple[Expr, ...]) -> tuple[Expr, ...]:
    out: list[Expr] = []
    for arg in map(flat, args):
        out.extend(arg.args if isinstance(arg, kind) else (arg,))
    return tuple(out)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        chain = parse(text)
    except NotationError as error:
        assert str(error)
        return
    assert len(chain.operands) == len(chain.ops) + 1
    for operand in chain.operands:
        assert kinds(operand)


@pytest.mark.parametrize(
    "unit", ["(", "{", "-", "x^", r"\frac{1}{", "|", "2+", r"\sqrt", "1,000", "f("]
)
def test_depth_and_length_are_bounded(unit: str) -> None:
    for times in (10, 1000, 20_000):
        try:
            parse(unit * times + "1")
        except NotationError:
            continue
