from __future__ import annotations

import time
from fractions import Fraction

import flint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clr.notation.ast import (
    Add,
    Big,
    Call,
    Dec,
    Degree,
    Div,
    Expr,
    InBase,
    Int,
    Mul,
    Neg,
    Percent,
    Pow,
    Quantity,
    Repeating,
    Sym,
)
from clr.notation.guard import TooCostly, check_work
from clr.verifiers.exact import Undefined, Unsupported, literal, value, worked_out


def as_fraction(x: int | flint.fmpq) -> Fraction:
    return Fraction(x) if isinstance(x, int) else Fraction(int(x.p), int(x.q))


numbers = st.integers(0, 50).map(Int) | st.builds(Dec, st.integers(0, 5000), st.integers(1, 3))
trees = st.recursive(
    numbers,
    lambda sub: st.one_of(
        sub.map(Neg),
        st.lists(sub, min_size=2, max_size=3).map(lambda xs: Add(tuple(xs))),
        st.lists(sub, min_size=2, max_size=3).map(lambda xs: Mul(tuple(xs))),
        st.builds(Div, sub, sub),
        st.builds(Pow, sub, st.integers(-3, 4).map(lambda n: Int(n) if n >= 0 else Neg(Int(-n)))),
    ),
    max_leaves=12,
)


def reference(e: Expr) -> Fraction:
    """The value by Python's fractions, as an oracle."""
    match e:
        case Int(n):
            return Fraction(n)
        case Dec(digits, places):
            return Fraction(digits, 10**places)
        case Neg(a):
            return -reference(a)
        case Add(args):
            return sum(map(reference, args), Fraction(0))
        case Mul(args):
            out = Fraction(1)
            for a in args:
                out *= reference(a)
            return out
        case Div(a, b):
            return reference(a) / reference(b)
        case Pow(a, b):
            base, exponent = reference(a), int(reference(b))
            if base == 0 and exponent == 0:
                raise ZeroDivisionError
            return base**exponent
    raise AssertionError(e)


@given(trees)
def test_agrees_with_fractions(e: Expr) -> None:
    try:
        expected = reference(e)
    except ZeroDivisionError:
        with pytest.raises((Undefined, TooCostly)):
            value(e)
        return
    try:
        found = value(e)
    except TooCostly:
        return
    assert as_fraction(found) == expected
    assert isinstance(found, int) == (expected.denominator == 1)


@pytest.mark.parametrize(
    ("e", "expected"),
    [
        (Call("factorial", (Int(5),)), 120),
        (Call("binom", (Int(10), Int(3))), 120),
        (Call("perm", (Int(5), Int(2))), 20),
        (Call("gcd", (Int(12), Int(18), Int(30))), 6),
        (Call("lcm", (Int(4), Int(6))), 12),
        (Call("floor", (Neg(Div(Int(7), Int(2))),)), -4),
        (Call("ceil", (Div(Int(7), Int(2)),)), 4),
        (Call("mod", (Neg(Int(3)), Int(5))), 2),
        (Call("sqrt", (Int(144),)), 12),
        (Call("root", (Neg(Int(27)), Int(3))), -3),
        (Call("log", (Int(1024), Int(2))), 10),
        (Pow(Int(8), Div(Int(2), Int(3))), 4),
        (Call("max", (Int(2), Div(Int(5), Int(2)))), Fraction(5, 2)),
        (Percent(Int(40)), Fraction(2, 5)),
        (Quantity(Int(5), "mile"), 5),
        (Degree(Int(60)), 60),
        (Repeating(0, "1", "6"), Fraction(1, 6)),
        (InBase("1011", 2), 11),
        (Big("sum", "i", Int(1), Int(100), Sym("i")), 5050),
        (Big("prod", "i", Int(1), Int(5), Sym("i")), 120),
    ],
)
def test_known_values(e: Expr, expected: Fraction | int) -> None:
    assert as_fraction(value(e)) == expected


def test_symbols_take_their_values() -> None:
    e = Add((Mul((Int(2), Sym("x"))), Sym("y")))
    assert value(e, {"x": flint.fmpq(1, 2), "y": 3}) == 4
    with pytest.raises(Unsupported, match="unknown y"):
        value(e, {"x": 1})


@pytest.mark.parametrize(
    "e",
    [
        Div(Int(1), Int(0)),
        Pow(Int(0), Neg(Int(1))),
        Call("factorial", (Neg(Int(1)),)),
        Call("mod", (Int(3), Int(0))),
        Call("log", (Int(0), Int(2))),
    ],
)
def test_no_value(e: Expr) -> None:
    with pytest.raises(Undefined):
        value(e)


@pytest.mark.parametrize(
    "e",
    [Call("sqrt", (Int(2),)), Call("sin", (Int(1),)), Call("log", (Int(5), Int(2))), Sym("x")],
)
def test_no_rational_value(e: Expr) -> None:
    with pytest.raises(Unsupported):
        value(e)


_NINE = Int(9)
HOSTILE = [
    Pow(_NINE, Pow(_NINE, _NINE)),
    Pow(_NINE, Pow(_NINE, Pow(_NINE, _NINE))),
    Call("factorial", (Int(10**9),)),
    Call("factorial", (Call("factorial", (Call("factorial", (Int(5),)),)),)),
    Call("binom", (Int(10**7), Int(5 * 10**6))),
    Call("binom", (Int(10**9), Int(5 * 10**8))),
    Big("sum", "i", Int(1), Int(10**9), Sym("i")),
    Big("sum", "i", Int(1), Int(2000), Big("sum", "j", Int(1), Int(2000), Sym("i"))),
    Big("prod", "i", Int(1), Int(2000), Pow(Sym("i"), Int(2000))),
    Pow(Pow(Pow(Pow(Int(2), Int(60)), Int(60)), Int(60)), Int(60)),
    Call("lcm", tuple(Pow(Int(n), Int(20000)) for n in range(2, 40))),
    Pow(Div(Int(2), Int(3)), Int(10**6)),
]  # fmt: skip


@pytest.mark.parametrize("e", HOSTILE)
def test_hostile_trees_are_refused_at_once(e: Expr) -> None:
    start = time.process_time()
    with pytest.raises((TooCostly, Unsupported)):
        value(e)
    assert time.process_time() - start < 0.2


def test_bounds_of_a_sum_from_symbols_are_bounded_too() -> None:
    inner = Big("sum", "j", Int(1), Sym("n"), Sym("j"))
    nested = Big("sum", "i", Int(1), Sym("n"), inner)
    assert value(nested, {"n": 10}) == 550
    with pytest.raises(TooCostly):
        value(nested, {"n": 2000})


def test_sums_of_many_integrals_are_refused() -> None:
    integral = Big("int", "x", Int(0), Int(1), Pow(Sym("x"), Sym("k")))
    check_work(Big("sum", "k", Int(1), Int(9), integral))
    with pytest.raises(TooCostly):
        check_work(Big("sum", "k", Int(1), Int(2016), integral))


def test_deep_nesting_is_refused() -> None:
    e: Expr = Int(1)
    for _ in range(50_000):
        e = Neg(e)
    with pytest.raises(TooCostly):
        value(e)


@given(st.fractions(max_denominator=1000))
def test_literal_has_its_value(x: Fraction) -> None:
    number = (
        value(literal(x.numerator)) if x.denominator == 1 else flint.fmpq(*x.as_integer_ratio())
    )
    assert as_fraction(value(literal(number))) == x


@given(trees)
def test_what_is_worked_out_at_once_is_the_value(e: Expr) -> None:
    found = worked_out(e, [])
    if found is not None:
        assert found == value(e)


def test_units_are_told_beside_the_value():
    units: list[str] = []
    hours = Quantity(Int(3), "hour")
    assert worked_out(Mul((hours, Quantity(Dec(15, 1), "mile/hour"))), units) == flint.fmpq(9, 2)
    assert units == ["hour", "mile/hour"]
    assert worked_out(Pow(Int(2), Int(10)), []) == 1024


@pytest.mark.parametrize(
    "e", [Sym("x"), Div(Int(1), Int(0)), Pow(Int(0), Int(0)), Pow(Int(10), Int(70))]
)
def test_what_is_not_plain_is_not_worked_out(e: Expr) -> None:
    assert worked_out(e, []) is None
