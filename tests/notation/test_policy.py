"""What is ambiguous keeps its readings; each convention of writing is read as its author means it.

One test for each row of the policy: calls or products, mixed numbers, thousands, percentages, money
and units, TeX's one-token arguments, bars, intervals, signs, division beside a product, functions
without brackets, opaque names, times written x, quotients, boxes and labels.
"""

from __future__ import annotations

import pytest

from clr.notation.ast import (
    Add,
    Call,
    Const,
    Dec,
    Degree,
    Div,
    Dots,
    Either,
    Expr,
    Int,
    Label,
    Mul,
    Neg,
    Percent,
    PlusMinus,
    Pow,
    Quantity,
    Seq,
    SetOp,
    Sym,
    kinds,
)
from clr.notation.parser import NotationError, parse
from clr.notation.readings import readings

X, Y, N = Sym("x"), Sym("y"), Sym("n")


def read(text: str, *functions: str, tex: bool | None = None) -> Expr:
    known = frozenset(functions or ("f", "g", "h", "F", "G", "P", "Q"))
    chain = parse(text, functions=known, tex=tex)
    assert len(chain.operands) == 1
    return chain.operands[0]


def meanings(text: str, *functions: str, tex: bool | None = None) -> tuple[Expr, ...]:
    return readings(read(text, *functions, tex=tex))


def test_a_letter_before_brackets_is_a_call_if_it_names_a_function() -> None:
    assert meanings("f(2)")[0] == Call("f", (Int(2),))
    assert Mul((Sym("a"), Int(2))) in meanings("a(2)", "f")
    assert Call("a", (Int(2),)) in meanings("a(2)", "a")
    assert meanings("3(7)") == (Mul((Int(3), Int(7))),)
    assert meanings("-4(-1)")[0] == Neg(Mul((Int(4), Neg(Int(1)))))


@pytest.mark.parametrize("text", [r"2\frac{1}{3}", "2 1/3"])
def test_a_whole_number_before_a_fraction_is_mixed(text: str) -> None:
    assert readings(read(text))[0] == Add((Int(2), Div(Int(1), Int(3))))


def test_a_mixed_number_may_be_a_product_in_tex_and_a_bracket_always_is() -> None:
    third = Div(Int(1), Int(3))
    assert set(meanings(r"2\frac{1}{3}")) == {Add((Int(2), third)), Mul((Int(2), third))}
    assert meanings("2(1/3)") == (Mul((Int(2), third)),)
    assert meanings(r"2\frac{4}{3}")[0] == Mul((Int(2), Div(Int(4), Int(3))))


@pytest.mark.parametrize("text", ["1,000", "1{,}000", r"1\,000"])
def test_groups_of_three_digits_are_thousands(text: str) -> None:
    assert readings(read(text))[0] == Int(1000)


def test_other_commas_separate() -> None:
    assert read("(1,23)") == Seq("(", (Int(1), Int(23)), ")")
    pair = Seq("(", (Int(1), Int(234)), ")")
    assert pair in meanings("(1,234)")


def test_a_percentage_is_a_hundredth_part_or_the_number_before_the_sign() -> None:
    assert read(r"40\%") == Percent(Int(40))
    assert set(meanings("40%")) == {Div(Int(40), Int(100)), Int(40)}
    assert read("17 % 5", tex=False) == Call("mod", (Int(17), Int(5)))
    with pytest.raises(NotationError):  # 100 % of 50, or a remainder
        read("100%50", tex=False)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("$5", Int(5), "dollar"),
        (r"\$5.20", Dec(520, 2), "dollar"),
        ("12 apples", Int(12), "apple"),
        (r"5 \text{ miles}", Int(5), "mile"),
        (r"3 \text{ cm}^2", Int(3), "cm^2"),
    ],
)
def test_money_and_units_keep_the_number(text: str, value: Expr, unit: str) -> None:
    assert read(text) == Quantity(value, unit)


def test_tex_commands_take_one_token() -> None:
    assert read(r"\frac12") == Div(Int(1), Int(2))
    assert read(r"\sqrt25") == Mul((Call("sqrt", (Int(2),)), Int(5)))
    assert read(r"\frac1{10}") == Div(Int(1), Int(10))


def test_a_bare_exponent_of_two_digits_is_what_the_author_meant() -> None:
    assert meanings("x^10")[0] == Pow(X, Int(10))
    assert meanings("x^-1")[0] == Pow(X, Neg(Int(1)))
    assert Mul((Pow(X, Int(1)), Int(0))) in meanings(r"x^10 \cdot 1") or len(meanings("x^10")) >= 1


def test_bars_open_before_a_value_and_close_after_one() -> None:
    assert read("|x|") == Call("abs", (X,))
    assert read("|x - |y||") == Call("abs", (Add((X, Neg(Call("abs", (Y,))))),))


def test_intervals_may_mix_brackets() -> None:
    assert read("[1, 2)") == Seq("[", (Int(1), Int(2)), ")")
    union = read(r"(1, 2] \cup [3, \infty)")
    assert isinstance(union, SetOp)
    assert union.op == "union"


def test_plus_or_minus_is_kept() -> None:
    assert read(r"2 \pm x") == PlusMinus(Int(2), X)
    assert kinds(read(r"\pm 3")) >= {PlusMinus}


def test_division_beside_a_product_goes_either_way() -> None:
    assert set(meanings("1/2x")) >= {Mul((Div(Int(1), Int(2)), X)), Div(Int(1), Mul((Int(2), X)))}
    assert meanings("1/2*x") == (Mul((Div(Int(1), Int(2)), X)),)


def test_functions_without_brackets_take_the_product_that_follows() -> None:
    product = read(r"\sin 2x \cos x")
    assert product == Mul((Call("sin", (Mul((Int(2), X)),)), Call("cos", (X,))))
    assert read(r"\sin^{-1} x") == Call("arcsin", (X,))
    assert readings(read(r"\sin^2 x"))[0] == Pow(Call("sin", (X,)), Int(2))
    assert set(meanings(r"\log x")) == {Call("log", (X, Int(10))), Call("ln", (X,))}


@pytest.mark.parametrize("text", ["a_{n+1}", "a_1", r"\overline{AB}", r"\angle ABC", r"\theta"])
def test_names_with_marks_are_one_symbol(text: str) -> None:
    assert all(isinstance(e, Sym) for e in readings(read(text)))


def test_an_ellipsis_is_kept() -> None:
    assert kinds(read(r"1 + 2 + \ldots + n")) >= {Dots}


def test_x_between_numbers_is_times_in_plain_text() -> None:
    assert readings(read("5 x 3", tex=False))[0] == Mul((Int(5), Int(3)))
    assert readings(read("2.5 x $3", tex=False))[0] == Mul((Dec(25, 1), Quantity(Int(3), "dollar")))


def test_boxes_are_transparent_and_labels_are_names() -> None:
    assert parse(r"\boxed{x = 3}").operands == (X, Int(3))
    assert read(r"\text{Total cost}") == Label("total cost")


def test_degrees_are_kept() -> None:
    assert read(r"60^\circ") == Degree(Int(60))
    assert read(r"\cos 60^\circ") == Call("cos", (Degree(Int(60)),))


def test_constants_may_be_names() -> None:
    assert set(meanings("2e")) == {Mul((Int(2), Const("e"))), Mul((Int(2), Sym("e")))}
    assert meanings("e^x") == (Pow(Const("e"), X),)
    assert meanings(r"2\pi") == (Mul((Int(2), Const("pi"))),)


def test_the_same_convention_holds_throughout_an_expression() -> None:
    found = meanings(r"\log x + \log y")
    assert len(found) == 2
    for e in found:
        assert isinstance(e, Add)
        assert len({call.func == "ln" for call in e.args if isinstance(call, Call)}) == 1
    assert not any(kinds(e) & {Either} for e in found)


@pytest.mark.parametrize(
    "text",
    [
        "3 4",
        "x +",
        "((x)",
        r"\frac{1}",
        "= 3",
        r"\unknown{x}",
        "5 %% 3",
        "so 3 + 4",
        "1..2",
        "x ==== y",
    ],
)
def test_what_cannot_be_read_as_a_whole_is_refused(text: str) -> None:
    with pytest.raises(NotationError):
        parse(text)
