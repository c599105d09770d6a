from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clr.notation.ast import Add, Expr, Int, Mul, Pow, Sym
from clr.verifiers.exact import Unsupported, literal
from clr.verifiers.polynomials import (
    Equation,
    TooLarge,
    complex_roots,
    divides,
    factors,
    follows,
    numerator,
    polynomial,
    proportional,
    rational_roots,
    ring,
    same,
    solve_linear,
)

Relation = Callable[[str], tuple[Expr, str, Expr]]


@pytest.fixture
def eq(rel: Relation) -> Callable[[str], Equation]:
    def read(text: str) -> Equation:
        left, _, right = rel(text)
        return left, right

    return read


Read = Callable[[str], Equation]


def test_proportional(eq: Read) -> None:
    assert proportional(eq("2x + 4 = 10"), eq("x = 3"), ["x"])
    assert proportional(eq(r"\frac{x}{2} = \frac{y}{3}"), eq("3x = 2y"), ["x", "y"])
    assert not proportional(eq("2x + 4 = 10"), eq("x = 4"), ["x"])


def test_divides(eq: Read) -> None:
    assert divides(eq("x = 2"), eq("x^2 = 4"), ["x"])
    assert not divides(eq("x^2 = 4"), eq("x = 2"), ["x"])
    assert divides(eq("x - y = 0"), eq("x^3 = y^3"), ["x", "y"])
    assert not divides(eq("x = x + 1"), eq("x = 2"), ["x"])  # without solutions
    assert not divides(eq("x = x"), eq("x = 2"), ["x"])


def test_roots(eq: Read) -> None:
    p = polynomial(eq("x^3 - 2x^2 = x - 2"), "x")
    assert [str(r) for r in rational_roots(p)] == ["-1", "1", "2"]
    assert len(complex_roots(polynomial(eq("x^4 = 2"), "x"))) == 4
    assert rational_roots(polynomial(eq("x^2 = 2"), "x")) == []


def test_poles_are_not_roots(eq: Read) -> None:
    p = polynomial(eq(r"\frac{x^2 - 1}{x - 1} = 0"), "x")
    assert [str(r) for r in rational_roots(p)] == ["-1"]


def test_factors(eq: Read) -> None:
    over = ring(["x", "y"])
    found = factors(numerator(eq("x^2 - y^2 = 0"), over))
    assert len(found) == 2


def test_linear_systems(eq: Read) -> None:
    names = ["x", "y"]
    assert solve_linear([eq("x + y = 5"), eq("x - y = 1")], names) == {"x": 3, "y": 2}
    assert solve_linear([eq("x + y = 5"), eq("2x + 2y = 10")], names) is None
    assert solve_linear([eq("x + y = 5"), eq("x + y = 6")], names) is None
    with pytest.raises(Unsupported):
        solve_linear([eq("x^2 = 4")], ["x"])


def test_consequences(eq: Read) -> None:
    premises = [eq("x + y = 3"), eq(r"x \cdot y = 2")]
    assert follows(eq("x^2 + y^2 = 5"), premises, ["x", "y"])
    assert follows(eq("x^3 + y^3 = 9"), premises, ["x", "y"])
    assert not follows(eq("x = 1"), premises, ["x", "y"])


numbers = st.integers(-9, 9)


@given(numbers, numbers, numbers, numbers, numbers, numbers)
def test_linear_solutions_solve(a: int, b: int, c: int, d: int, x: int, y: int) -> None:
    def row(p: int, q: int) -> Equation:
        left = Add((Mul((literal(p), Sym("x"))), Mul((literal(q), Sym("y")))))
        return left, literal(p * x + q * y)

    found = solve_linear([row(a, b), row(c, d)], ["x", "y"])
    assert found == ({"x": x, "y": y} if a * d != b * c else None)


@given(st.lists(numbers, min_size=1, max_size=5))
def test_rational_roots_are_found(roots: list[int]) -> None:
    product = Mul((Int(3), *(Add((Sym("x"), literal(-r))) for r in roots)))
    p = polynomial((product, Int(0)), "x")
    assert [int(r) for r in rational_roots(p)] == sorted(set(roots))


def test_large_polynomials_are_refused_at_once() -> None:
    names = [f"x{i}" for i in range(8)]
    total = Add(tuple(map(Sym, names)))
    start = time.process_time()
    for power in (30, 60, 10**6):
        with pytest.raises(TooLarge):
            same(Pow(total, Int(power)), Int(1), names)
    with pytest.raises(TooLarge):
        polynomial((Pow(Sym("x"), Int(5000)), Int(2)), "x")
    assert time.process_time() - start < 1
