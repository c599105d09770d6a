"""Any tree at all, through every in-process primitive: none raises, is slow, or is absurd."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

import clr
from clr.claim import Status
from clr.notation.ast import (
    Add,
    Big,
    Call,
    Const,
    Dec,
    Degree,
    Deriv,
    Div,
    Dots,
    Expr,
    InBase,
    Int,
    Label,
    Matrix,
    Mul,
    Neg,
    Percent,
    PlusMinus,
    Pow,
    Quantity,
    Repeating,
    Seq,
    SetOf,
    Sym,
)
from clr.notation.functions import FUNCTIONS
from clr.verifiers import calculus
from clr.verifiers.balls import PRECISION, precision, whole
from clr.verifiers.compare import compare
from clr.verifiers.identity import identity
from clr.verifiers.inequality import entails
from clr.verifiers.number_theory import PREDICATES, congruent, holds
from clr.verifiers.outcome import Truth

integers = st.integers(0, 12) | st.sampled_from([60, 999, 10**5, 10**9, 10**30, 2**200])
functions = st.sampled_from(list(FUNCTIONS))
predicates = st.sampled_from(list(PREDICATES))
signs = st.sampled_from(["=", "~", "<", ">=", "!="])
names = st.sampled_from(["x", "y", "n", "k"])
leaves = st.one_of(
    integers.map(Int),
    st.builds(Dec, st.integers(0, 10**5), st.integers(1, 6)),
    names.map(Sym),
    st.sampled_from(["pi", "e", "i", "inf"]).map(Const),
    st.sampled_from(
        [Repeating(0, "1", "6"), InBase("101", 2), Label("total"), Dots(), Quantity(Int(3), "hour")]
    ),
)


def grown(sub: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    pairs = st.tuples(sub, sub)
    bounds = st.none() | sub
    return st.one_of(
        pairs.map(Add),
        pairs.map(Mul),
        st.builds(Div, sub, sub),
        st.builds(Pow, sub, sub),
        st.builds(PlusMinus, sub, sub),
        st.builds(lambda wrap, e: wrap(e), st.sampled_from([Neg, Percent, Degree]), sub),
        st.builds(Quantity, sub, st.sampled_from(["minute", "dollar", "red ball"])),
        st.builds(lambda f, xs: Call(f, xs[: max(1, FUNCTIONS[f][0])]), functions, pairs),
        st.builds(lambda x: Call("f", (x,)), sub),
        st.builds(Big, st.sampled_from(["sum", "prod", "int", "lim"]), names, bounds, bounds, sub),
        st.builds(Deriv, sub, names, st.integers(1, 3)),
        pairs.map(lambda xs: Seq("(", xs, ")")),
        pairs.map(SetOf),
        st.tuples(pairs, pairs).map(Matrix),
    )


trees: st.SearchStrategy[Expr] = st.recursive(leaves, grown, max_leaves=10)


@given(trees, trees, signs, predicates)
@settings(deadline=None, max_examples=150)
def test_nothing_raises_and_nothing_is_slow(a: Expr, b: Expr, op: str, predicate: str) -> None:
    start = time.process_time()
    compare(a, op, b)
    identity(a, b)
    calculus.equal(a, b)
    entails(((b, "<", a),), (a, ">", b))
    holds(predicate, (a,))
    congruent(a, b, Int(12))
    assert time.process_time() - start < 5


@given(trees)
@settings(deadline=None, max_examples=100)
def test_nothing_differs_from_itself(e: Expr) -> None:
    assert compare(e, "=", e).truth is not Truth.FALSE
    again = Mul((Int(1), e))
    assert identity(Add((e, Int(0))), again).truth is not Truth.FALSE
    assert identity(Add((again, Int(1))), again).truth is not Truth.TRUE


def test_extreme_balls_have_no_integer() -> None:
    from flint import acb, arb

    with precision(PRECISION):
        tiny = arb(1) / arb(2) ** (10**30)
        huge = arb(2) ** (10**30)
        for mid, rad in ((tiny, 0.6), (tiny, 0), (huge, 0), (huge, 1), (arb("nan"), 0)):
            assert whole(acb(arb(mid, rad))) is None
        assert whole(acb(arb(0, tiny))) == 0
        assert whole(acb(7)) == 7
        assert whole(acb(arb(7, arb(1) / 2**60))) == 7


def test_a_name_that_is_given_a_new_value_is_another_one() -> None:
    steps = [
        "k = 4.",
        "k = k + 3 = 4 + 3 = 7.",
        "k = k * 2 = 7 * 2 = 14.",
        "m = k - 4 = 14 - 4 = 10.",
    ]
    problem = "What is m at the end of the program?"
    found = clr.audit(problem=problem, steps=steps)
    assert all(c.verdict.fault is None for s in found.steps for c in s.claims)
    wrong = clr.audit(problem=problem, steps=[*steps[:2], "k = k * 2 = 7 * 2 = 15."])
    assert wrong.steps[2].claims[-1].verdict.status is Status.REFUTED


def test_products_of_many_terms_are_compared_at_few_points() -> None:
    product = "\\prod_{k=0}^{2009} \\frac{1 + \\cos(2^k x)}{2}"
    steps = [f"${product} = {product} \\cdot \\cos^{n}(x)$" for n in range(1, 6)]
    start = time.process_time()
    report = clr.audit(problem="Simplify it.", steps=steps)
    assert all(c.verdict.status is not Status.VERIFIED for s in report.steps for c in s.claims)
    assert time.process_time() - start < 10
