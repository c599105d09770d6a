from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clr.notation.ast import Add, Call, Deriv, Div, Expr, Int, Mul, Neg, Pow, Sym
from clr.verifiers.calculus import antiderivative, derivative, equal
from clr.verifiers.derivatives import carried_out, differentiate
from clr.verifiers.exact import Unsupported
from clr.verifiers.outcome import Truth

Relation = Callable[[str], tuple[Expr, str, Expr]]
TRUE = [
    r"\frac{d}{dx}(x^3) = 3x^2",
    r"\frac{d}{dx}(\sin(x^2)) = 2x\cos(x^2)",
    r"\frac{d}{dx}(\ln x) = 1/x",
    r"\frac{d}{dx}(2^x) = 2^x \ln 2",
    r"\int x^2 dx = x^3/3 + C",
    r"2\int x dx = x^2",
    r"\int \frac{1}{x} dx = \ln x",
    r"\int x e^x dx = x e^x - e^x",
    r"\int_0^1 x dx = 1/2",
    r"\int_0^{\pi/2} \sin x dx = 1",
    r"\lim_{x\to 0} \frac{\sin x}{x} = 1",
    r"\lim_{x\to\infty} \frac{2x+1}{x} = 2",
    r"\lim_{n\to\infty} (1+\frac{1}{n})^n = e",
]
FALSE = [
    r"\frac{d}{dx}(x^3) = 3x",
    r"\int x^2 dx = x^3",
    r"\int \cos(2x) dx = \sin(2x)",
    r"\int_0^1 x dx = 1",
]
UNKNOWN = [
    r"\lim_{x\to 0} \frac{\sin x}{x} = 2",
    r"\int f(x) dx = x",
    r"\int_{-1}^{1} \frac{1}{x} dx = 0",
]


@pytest.mark.parametrize("text", TRUE)
def test_true(rel: Relation, text: str) -> None:
    left, _, right = rel(text)
    assert equal(left, right).truth is Truth.TRUE


@pytest.mark.parametrize("text", FALSE)
def test_false(rel: Relation, text: str) -> None:
    left, _, right = rel(text)
    assert equal(left, right).truth is Truth.FALSE


@pytest.mark.parametrize("text", UNKNOWN)
def test_abstains(rel: Relation, text: str) -> None:
    left, _, right = rel(text)
    assert equal(left, right).truth is Truth.UNKNOWN


X = Sym("x")
leaves = st.sampled_from([X, Int(2), Int(3), Sym("a")])
functions = st.recursive(
    leaves,
    lambda sub: st.one_of(
        st.builds(lambda a, b: Add((a, b)), sub, sub),
        st.builds(lambda a, b: Mul((a, b)), sub, sub),
        st.builds(Div, sub, sub),
        st.builds(lambda a, n: Pow(a, Int(n)), sub, st.integers(0, 3)),
        st.builds(
            lambda f, a: Call(f, (a,)),
            st.sampled_from(["sin", "cos", "exp", "ln", "sqrt", "arctan", "tan"]),
            sub,
        ),
    ),
    max_leaves=5,
)


@given(functions)
@settings(deadline=None, max_examples=60)
def test_agrees_with_sympy(e: Expr) -> None:
    sympy = pytest.importorskip("sympy")
    from clr.verifiers.algebra_system import as_sympy

    x = sympy.Symbol("x", positive=True)
    try:
        term = as_sympy(e, frozenset("xa"))
        if term.has(sympy.zoo, sympy.nan):
            return
        expected = sympy.diff(term, x)
        found = as_sympy(differentiate(e, "x"), frozenset("xa"))
    except ZeroDivisionError:
        return
    point = {x: sympy.Rational(7, 5), sympy.Symbol("a", positive=True): sympy.Rational(3, 7)}
    values = [term.subs(point) for term in (expected, found)]
    if not all(value.is_finite for value in values):
        return
    a, b = (complex(value.evalf(30)) for value in values)
    assert abs(a - b) <= 1e-9 * (1 + abs(a))


@given(functions)
@settings(deadline=None, max_examples=30)
def test_a_derivative_is_never_refuted_against_itself(e: Expr) -> None:
    slope = differentiate(e, "x")
    assert derivative(e, "x", slope).truth is not Truth.FALSE
    assert antiderivative(slope, "x", Add((e, Sym("C")))).truth is not Truth.FALSE
    assert derivative(e, "x", Add((slope, Int(1)))).truth is not Truth.TRUE


def test_unknown_functions_stay() -> None:
    e = Deriv(Call("f", (X,)), "x", 1)
    assert carried_out(Neg(e)) == Neg(e)
    with pytest.raises(Unsupported):
        differentiate(Mul((X, Call("f", (X,)))), "x")
