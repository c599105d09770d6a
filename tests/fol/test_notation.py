"""First-order notation: what is accepted, what it means, and how errors read."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clr.bodies.connectives import And, Not, Or
from clr.fol.notation import MAX_NESTING, NotationError, parse_formula
from clr.fol.syntax import Atom, Exists, ForAll, Formula, Fun, Iff, Implies, Var, Xor, show

P, Q, R = (Atom(name) for name in "PQR")
X = Var("x")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P → Q → R", Implies(P, Implies(Q, R))),
        ("P ∧ Q ∨ R", Or((And((P, Q)), R))),
        ("¬P ∧ Q", And((Not(P), Q))),
        ("P <-> ~Q", Iff(P, Not(Q))),
        ("P ⊕ Q", Xor(P, Q)),
        ("not P and (Q or R)", And((Not(P), Or((Q, R))))),
        (r"\forall x \, (A(x) \to B(x))", ForAll("x", Implies(Atom("A", (X,)), Atom("B", (X,))))),
        ("forall x. A(x) -> B(x)", ForAll("x", Implies(Atom("A", (X,)), Atom("B", (X,))))),
        ("∀x (A(x)) → P", Implies(ForAll("x", Atom("A", (X,))), P)),
        ("∃x, y L(x, y)", Exists("x", Exists("y", Atom("L", (X, Var("y")))))),
        ("∀x f(x) ≠ a", ForAll("x", Not(Atom("=", (Fun("f", (X,)), Fun("a")))))),
        ("Grade(tom, a+)", Atom("Grade", (Fun("tom"), Fun("a+")))),
    ],
)
def test_formulas(text, expected):
    assert parse_formula(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not complete"),
        ("∀x (A(x) → B(x)", "not complete"),
        ("A(x))", "at character 5"),
        ("A(x) @ B", "unknown"),
        ("A(new york)", "at character 7"),
        ("∀x (A(x)) → B(x)", "outside of the quantifier"),
        ("(" * 500 + "P" + ")" * 500, "too large"),
        ("P" * 30_000, "too large"),
        ("¬" * 1_000 + "P", "too large"),
    ],
)
def test_errors_say_where(text, message):
    with pytest.raises(NotationError, match=message):
        parse_formula(text)


terms = st.sampled_from([X, Var("y"), Fun("a"), Fun("b"), Fun("f", (Fun("a"),))])
atoms = st.one_of(
    st.sampled_from([P, Q, R]),
    st.builds(lambda t: Atom("A", (t,)), terms),
    st.builds(lambda t, u: Atom("L", (t, u)), terms, terms),
    st.builds(lambda t, u: Atom("=", (t, u)), terms, terms),
)


def bigger(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    return st.one_of(
        st.builds(Not, inner),
        st.builds(Implies, inner, inner),
        st.builds(Iff, inner, inner),
        st.builds(Xor, inner, inner),
        st.builds(lambda a, b: And((a, b)), inner.filter(lambda f: not isinstance(f, And)), inner),
        st.builds(lambda a, b: Or((a, b)), inner.filter(lambda f: not isinstance(f, Or)), inner),
        st.builds(lambda f: ForAll("x", f), inner),
    )


@given(st.recursive(atoms, bigger, max_leaves=12))
def test_what_is_shown_is_read_back(formula):
    closed = ForAll("x", ForAll("y", formula))
    assert parse_formula(show(closed)) == closed


@given(st.text(alphabet="∀∃xyPQA()→∧∨¬⊕↔,=~&|. a", max_size=60))
def test_any_text_gives_a_formula_or_an_error(text):
    with contextlib.suppress(NotationError):
        assert parse_formula(show(parse_formula(text))) is not None


def test_nesting_is_bounded():
    deep = "¬" * (MAX_NESTING - 1) + "P"
    assert show(parse_formula(deep)).endswith("P")
