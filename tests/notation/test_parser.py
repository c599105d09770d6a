"""The parser reads the whole text, as its author meant it, or refuses."""

from __future__ import annotations

import pytest

from clr.notation.ast import Add, Call, Chain, Div, Int, Mul, Neg, Pow, Quantity, Sym
from clr.notation.parser import NotationError, parse

X, Y = Sym("x"), Sym("y")


def one(text: str, *, tex: bool | None = None) -> object:
    chain = parse(text, tex=tex)
    assert len(chain.operands) == 1
    return chain.operands[0]


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("2 + 3 * 4", Add((Int(2), Mul((Int(3), Int(4)))))),
        (r"\frac12", Div(Int(1), Int(2))),
        (r"-x^2", Neg(Pow(X, Int(2)))),
        (r"\sqrt[3]{x}", Call("root", (X, Int(3)))),
        ("5 x 3", Mul((Int(5), Int(3)))),
        ("12 apples", Quantity(Int(12), "apple")),
    ],
)
def test_reads(text: str, tree: object) -> None:
    assert one(text) == tree


def test_chain_keeps_relations_in_order() -> None:
    assert parse(r"1 < x \le y") == Chain((Int(1), X, Y), ("<", "<="))


@pytest.mark.parametrize("text", ["", "2 +", "(x", "x)", "3 4", r"\frac{1}", "so x = 3"])
def test_refuses(text: str) -> None:
    with pytest.raises(NotationError):
        parse(text)
