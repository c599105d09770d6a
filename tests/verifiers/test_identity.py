from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from clr.claim import Strength
from clr.notation.ast import Add, Big, Call, Div, Expr, Int, Mul, Neg, Pow, Sym, rebuild
from clr.verifiers.exact import value
from clr.verifiers.identity import Domain, identity
from clr.verifiers.outcome import Truth

Relation = Callable[[str], tuple[Expr, str, Expr]]

PROVED = [
    "(x+1)^2 = x^2+2x+1",
    r"\frac{x^2-1}{x-1} = x+1",
    "x^0 = 1",
    r"a^3 - b^3 = (a-b)(a^2 + a \cdot b + b^2)",
    "0.5x + 0.25x = 0.75x",
    r"\frac{1}{x} + \frac{1}{y} = \frac{x+y}{xy}",
    r"\frac{d}{dx}(x^3) = 3x^2",
]
PROBABLE = [
    r"\sin^2 x + \cos^2 x = 1",
    r"\sin(2x) = 2 \sin x \cos x",
    r"\ln(x^2) = 2\ln x",
    r"\ln(xy) = \ln x + \ln y",
    "n! = n (n-1)!",
    r"\binom{n}{k} = \binom{n}{n-k}",
    r"\sum_{i=1}^{n} i = n(n+1)/2",
    r"\cos(n\pi) = (-1)^n",
    "(-1)^{2n} = 1",
    r"\gcd(n, n+1) = 1",
    r"a^{1/2} = \sqrt{a}",
    r"2^{n+1} = 2 \cdot 2^n",
    r"\frac{d}{dx}(\sin x) = \cos x",
    r"\frac{d}{dx}(x e^{x}) = (x+1) e^{x}",
    r"\int_0^a x dx = a^2/2",
]
PARTLY = [
    "x + |x-3| - 3 = 2x - 6",
    r"\sqrt{x^2} = x",
    "|x| = x",
    r"\lfloor x \rfloor = x",
    "(-1)^n = 1",
    "|x - y| = x - y",
]
FALSE = [
    "(x+1)^2 = x^2+1",
    r"\sin 2x = 2 \sin x",
    "2^n = 8",
    r"\sqrt{x+y} = \sqrt{x} + \sqrt{y}",
    r"\ln(x+y) = \ln x + \ln y",
    r"\frac{d}{dx}(x^3) = 3x",
    r"\sum_{i=1}^{n} i = n^2",
    "n! = (n-1)!",
    r"\int_0^a x dx = a^2",
]


@pytest.mark.parametrize("text", PROVED)
def test_proved(rel: Relation, text: str) -> None:
    left, _, right = rel(text)
    outcome = identity(left, right)
    assert (outcome.truth, outcome.strength) == (Truth.TRUE, Strength.PROVED)


@pytest.mark.parametrize("text", PROBABLE)
def test_probable(rel: Relation, text: str) -> None:
    left, _, right = rel(text)
    outcome = identity(left, right)
    assert (outcome.truth, outcome.strength) == (Truth.TRUE, Strength.PROBABLE)


@pytest.mark.parametrize("text", PARTLY)
def test_holds_on_part_of_the_domain(rel: Relation, text: str) -> None:
    left, _, right = rel(text)
    assert identity(left, right).truth is Truth.PARTLY


@pytest.mark.parametrize("text", FALSE)
def test_false_with_a_counterexample(rel: Relation, text: str) -> None:
    left, _, right = rel(text)
    outcome = identity(left, right)
    assert outcome.truth is Truth.FALSE
    assert outcome.point
    assert outcome.left != outcome.right


def test_domain_decides(rel: Relation) -> None:
    left, _, right = rel(r"\sqrt{x^2} = x")
    assert identity(left, right, Domain(positive=frozenset("x"))).truth is Truth.TRUE
    left, _, right = rel(r"\lfloor n \rfloor = n")
    assert identity(left, right, Domain(integers=frozenset("n"))).truth is Truth.TRUE


def test_agreement_to_128_bits_is_not_equality(rel: Relation) -> None:
    left, _, right = rel(r"\sqrt{x} \cdot 10^{50} = \sqrt{x} \cdot 10^{50} + 1")
    assert identity(left, right).truth is not Truth.TRUE


def test_unknown_functions_are_quantities_of_their_own(rel: Relation) -> None:
    left, _, right = rel("f(2) + f(2) = 2 f(2)")
    assert identity(left, right).truth is Truth.TRUE
    left, _, right = rel("f(2) + f(3) = 2 f(2)")
    assert identity(left, right).truth is Truth.FALSE


X, Y = Sym("x"), Sym("y")
leaves = st.sampled_from([X, Y]) | st.integers(0, 9).map(Int)
polynomials = st.recursive(
    leaves,
    lambda sub: st.one_of(
        sub.map(Neg),
        st.lists(sub, min_size=2, max_size=3).map(lambda xs: Add(tuple(xs))),
        st.lists(sub, min_size=2, max_size=2).map(lambda xs: Mul(tuple(xs))),
        st.builds(lambda b, n: Pow(b, Int(n)), sub, st.integers(1, 3)),
    ),
    max_leaves=8,
)
functions = st.sampled_from(["sin", "cos", "exp", "sqrt", "ln", "abs"])
smooth = st.recursive(
    polynomials,
    lambda sub: st.one_of(
        st.builds(lambda f, a: Call(f, (a,)), functions, sub),
        st.builds(lambda a, b: Add((a, b)), sub, sub),
        st.builds(lambda a, b: Mul((a, b)), sub, sub),
        st.builds(Div, sub, sub),
    ),
    max_leaves=5,
)


def disguised(e: Expr) -> Expr:
    """Another way to write the same function: everything reversed, squares multiplied out."""
    match e:
        case Add(args):
            return Add(tuple(disguised(a) for a in reversed(args)))
        case Mul((a, Add(terms))):
            return Add(tuple(Mul((disguised(a), disguised(t))) for t in terms))
        case Mul(args):
            return Mul(tuple(disguised(a) for a in reversed(args)))
        case Pow(base, Int(2)):
            return Mul((disguised(base), disguised(base)))
        case Neg(a):
            return Mul((Neg(Int(1)), disguised(a)))
        case _:
            return rebuild(e, disguised)


@given(polynomials)
def test_true_polynomial_identities_are_proved(e: Expr) -> None:
    assert identity(e, disguised(e)).truth is Truth.TRUE


@given(polynomials, st.integers(1, 9))
def test_perturbed_polynomials_are_refuted_at_an_exact_point(e: Expr, by: int) -> None:
    other = Add((disguised(e), Int(by)))
    outcome = identity(e, other)
    assert outcome.truth is Truth.FALSE
    env = {name: int(v) for name, v in outcome.point.items()}
    assert str(value(e, env)) == outcome.left
    assert str(value(other, env)) == outcome.right


@given(smooth)
@settings(deadline=None, max_examples=60)
def test_true_identities_are_never_refuted(e: Expr) -> None:
    assert identity(e, disguised(e)).truth in (Truth.TRUE, Truth.UNKNOWN)


@given(smooth, st.sampled_from([X, Y, Int(1), Pow(X, Int(2))]))
@settings(deadline=None, max_examples=60)
def test_perturbed_identities_are_never_verified(e: Expr, by: Expr) -> None:
    assert identity(e, Add((disguised(e), by))).truth is not Truth.TRUE


@given(smooth, smooth)
@settings(deadline=None, max_examples=40)
def test_symmetric_and_repeatable(a: Expr, b: Expr) -> None:
    assume(a != b)
    first = identity(a, b)
    assert identity(b, a).truth is first.truth
    identity.cache_clear()
    assert identity(a, b) == first


def test_never_hangs() -> None:
    tall: Expr = X
    for _ in range(40):
        tall = Pow(Add((tall, Int(1))), Int(9))
    wide = Pow(Add(tuple(Sym(f"x{i}") for i in range(9))), Int(60))
    nested = Big("sum", "i", Int(1), X, Big("sum", "j", Int(1), X, Call("sqrt", (Sym("j"),))))
    start = time.process_time()
    for e in (tall, wide, nested):
        identity(e, Add((e, Int(1))))
    assert time.process_time() - start < 3


def test_threads_do_not_disturb_each_other(rel: Relation) -> None:
    left, _, right = rel(r"\sin(3x) = 3\sin x - 4\sin^3 x")
    found: list[Truth] = []

    def work() -> None:
        for _ in range(20):
            identity.__wrapped__(left, right)
            found.append(identity.__wrapped__(left, right).truth)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert set(found) == {Truth.TRUE}
