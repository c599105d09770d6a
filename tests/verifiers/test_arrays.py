from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clr.notation.ast import Add, Call, Expr, Int, Matrix, Mul, Pow, Sym
from clr.verifiers.compare import compare
from clr.verifiers.exact import literal
from clr.verifiers.identity import identity
from clr.verifiers.outcome import Truth

Relation = Callable[[str], tuple[Expr, str, Expr]]


def column(*entries: str) -> str:
    return r"\begin{pmatrix} " + r" \\ ".join(entries) + r" \end{pmatrix}"


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("(1,2) + (3,4) = (4,6)", Truth.TRUE),
        ("(1,2) + (3,4) = (4,7)", Truth.FALSE),
        ("2(1,2) - (0,1) = (2,3)", Truth.TRUE),
        (r"(1,2) \cdot (3,4) = 11", Truth.TRUE),
        (r"(1,2) \cdot (3,4) = 10", Truth.FALSE),
        (f"{column('1 & 2', '3 & 4')} {column('1', '1')} = {column('3', '7')}", Truth.TRUE),
        (f"{column('1 & 2', '3 & 4')}^2 = {column('7 & 10', '15 & 22')}", Truth.TRUE),
        (rf"\det {column('1 & 2', '3 & 4')} = -2", Truth.TRUE),
        ("(1,2) = (1,2,3)", Truth.UNKNOWN),
        ("(1,2) = 3", Truth.UNKNOWN),
        ("(1,2] = (1,3]", Truth.UNKNOWN),
    ],
)
def test_closed(rel: Relation, text: str, truth: Truth) -> None:
    assert compare(*rel(text)).truth is truth


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        (f"{column('4', '-7')} + t {column('-3', '3')} = {column('4-3t', '3t-7')}", Truth.TRUE),
        (f"{column('4', '-7')} + t {column('-3', '3')} = {column('4-3t', '3t')}", Truth.FALSE),
        ("E = (0, y)", Truth.UNKNOWN),
        (r"\frac{-b \pm \sqrt{D}}{2} = -\frac{b}{2} \mp \frac{\sqrt{D}}{2}", Truth.TRUE),
        (r"x = \pm 2", Truth.FALSE),
    ],
)
def test_open(rel: Relation, text: str, truth: Truth) -> None:
    left, _, right = rel(text)
    assert identity(left, right).truth is truth


entries = st.integers(-9, 9)
matrices = st.lists(st.lists(entries, min_size=3, max_size=3), min_size=3, max_size=3)


def matrix(rows: list[list[int]]) -> Matrix:
    return Matrix(tuple(tuple(map(literal, row)) for row in rows))


@given(matrices, matrices)
def test_determinant_is_multiplicative(a: list[list[int]], b: list[list[int]]) -> None:
    left = Call("det", (Mul((matrix(a), matrix(b))),))
    right = Mul((Call("det", (matrix(a),)), Call("det", (matrix(b),))))
    assert compare(left, "=", right).truth is Truth.TRUE
    assert compare(left, "=", Add((right, Int(1)))).truth is Truth.FALSE


@given(matrices)
def test_powers_are_products(a: list[list[int]]) -> None:
    m = matrix(a)
    assert compare(Pow(m, Int(3)), "=", Mul((m, m, m))).truth is Truth.TRUE


def test_entries_may_hold_unknowns() -> None:
    m = Matrix(((Sym("a"), Sym("b")), (Sym("c"), Sym("d"))))
    expected = Add((Mul((Sym("a"), Sym("d"))), Mul((literal(-1), Sym("b"), Sym("c")))))
    assert identity(Call("det", (m,)), expected).truth is Truth.TRUE
