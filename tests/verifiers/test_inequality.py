from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clr.notation.ast import Add, Expr, Int, Mul, Neg, Pow, Sym
from clr.verifiers.exact import Rational, literal
from clr.verifiers.identity import REALS, Domain
from clr.verifiers.inequality import Condition, entails, everywhere, holds_at
from clr.verifiers.outcome import Truth

Relation = Callable[[str], Condition]
POSITIVE = Domain(positive=frozenset("xyz"))
INTEGERS = Domain(integers=frozenset("xyz"))


@pytest.mark.parametrize(
    ("premises", "conclusion", "domain", "truth"),
    [
        ([], r"x^2 \geq 2x - 1", REALS, Truth.TRUE),
        ([], "x^2 > 2x - 1", REALS, Truth.FALSE),
        ([], "x^2 + 1 > 0", REALS, Truth.TRUE),
        (["x > 2"], "x^2 > 4", REALS, Truth.TRUE),
        (["x > 1"], "x^2 > 4", REALS, Truth.FALSE),
        (["x^2 > 4"], "x > 2", REALS, Truth.FALSE),
        (["x^2 > 4"], "x > 2", POSITIVE, Truth.TRUE),
        (["x^2 - 5x + 6 > 0", "x < 3"], "x < 2", REALS, Truth.TRUE),
        (["x^2 = 2", "x > 0"], "x > 1.4142", REALS, Truth.TRUE),
        (["x^2 = 2"], "x > 0", REALS, Truth.FALSE),
        (["x > 1"], r"\frac{1}{x} < 1", REALS, Truth.TRUE),
        (["2x + 3 < 11"], r"x \leq 3", REALS, Truth.FALSE),
        (["2x + 3 < 11"], r"x \leq 3", INTEGERS, Truth.TRUE),
        (["x > 1", "x < 0"], "x = 5", REALS, Truth.UNKNOWN),
        ([r"x + y \leq 10", r"x \geq 3"], r"y \leq 7", REALS, Truth.TRUE),
        ([r"x + y \leq 10", r"x \geq 3"], r"y \leq 6", REALS, Truth.FALSE),
        (["x = 2y", "y = 3"], "x = 6", REALS, Truth.TRUE),
        (["x > y", "y > z"], "x > z", REALS, Truth.TRUE),
        (["x > y"], "x > z", REALS, Truth.FALSE),
        ([r"x + y = 4", "x - y = 2"], "x = 3", REALS, Truth.TRUE),
        ([r"x \neq y"], "x < y", REALS, Truth.FALSE),
        ([], r"x^2 + y^2 \geq 3 x \cdot y", REALS, Truth.FALSE),
        ([], r"x^2 + y^2 \geq 2 x \cdot y", REALS, Truth.UNKNOWN),
        ([], r"\sqrt{x} < x", POSITIVE, Truth.FALSE),
    ],
)
def test_entailment(
    rel: Relation, premises: list[str], conclusion: str, domain: Domain, truth: Truth
) -> None:
    outcome = entails(tuple(map(rel, premises)), rel(conclusion), domain)
    assert outcome.truth is truth
    assert bool(outcome.point) == (truth is Truth.FALSE)


X, Y, Z = Sym("x"), Sym("y"), Sym("z")


def scaled(c: int, e: Expr) -> Expr:
    return Mul((literal(c), e))


def exact_point(point: dict[str, str]) -> dict[str, Rational]:
    import flint

    found = {name: Fraction(text) for name, text in point.items()}
    return {
        name: x.numerator if x.denominator == 1 else flint.fmpq(x.numerator, x.denominator)
        for name, x in found.items()
    }


coefficients = st.integers(-4, 4)
signs = st.sampled_from(["=", "<", "<=", ">", ">=", "!="])
linear = st.builds(
    lambda a, b, c, d, op: (Add((scaled(a, X), scaled(b, Y), scaled(c, Z))), op, literal(d)),
    coefficients, coefficients, coefficients, coefficients, signs,
)  # fmt: skip
quadratic = st.builds(
    lambda a, b, c, op: (Add((scaled(a, Pow(X, Int(2))), scaled(b, X))), op, literal(c)),
    coefficients, coefficients, coefficients, signs,
)  # fmt: skip
GRID = range(-3, 4)


@given(st.lists(linear, max_size=3), linear)
@settings(deadline=None, max_examples=120)
def test_linear_entailment_against_a_grid(premises: list[Condition], goal: Condition) -> None:
    outcome = entails(tuple(premises), goal)
    if outcome.truth is Truth.TRUE:
        for x in GRID:
            for y in GRID:
                env = {"x": x, "y": y, "z": x - 2 * y}
                if all(holds_at(p, env) for p in premises):
                    assert holds_at(goal, env)
    elif outcome.truth is Truth.FALSE:
        env = {"x": 0, "y": 0, "z": 0} | exact_point(dict(outcome.point))
        assert all(holds_at(p, env) for p in premises)
        assert holds_at(goal, env) is False


@given(st.lists(quadratic, max_size=2), quadratic)
@settings(deadline=None, max_examples=120)
def test_one_symbol_is_always_decided(premises: list[Condition], goal: Condition) -> None:
    outcome = entails(tuple(premises), goal)
    points = [{"x": literal_value(k)} for k in range(-40, 41)]
    given_points = [env for env in points if all(holds_at(p, env) for p in premises)]
    if outcome.truth is Truth.TRUE:
        assert all(holds_at(goal, env) for env in given_points)
    elif outcome.truth is Truth.UNKNOWN:
        assert not given_points  # the premises contradict one another
    elif not outcome.point["x"].startswith("about"):
        env = exact_point(dict(outcome.point))
        assert all(holds_at(p, env) for p in premises)
        assert holds_at(goal, env) is False


def literal_value(eighths: int) -> Rational:
    return exact_point({"x": str(Fraction(eighths, 8))})["x"]


@given(st.integers(-20, 20), st.integers(-20, 20))
def test_squares_are_not_negative(a: int, b: int) -> None:
    square = Pow(Add((scaled(a, X), literal(b))), Int(2))
    assert everywhere((square, ">=", Int(0))).truth is Truth.TRUE
    assert everywhere((Neg(square), ">", Int(0))).truth is Truth.FALSE


def test_many_conditions_are_refused(rel: Relation) -> None:
    many = tuple(rel(f"x > {k}") for k in range(50))
    assert entails(many, rel("x > 0")).truth is Truth.UNKNOWN
