"""Entailment: by instances, by z3 beyond them, and always alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clr.bodies.connectives import And, Not, Or
from clr.fol.notation import parse_formula
from clr.fol.syntax import Atom, Iff, Implies, Xor
from clr.verifiers.entailment import Outcome, decide
from clr.verifiers.first_order import entails, solve
from clr.verifiers.satisfiability import OutOfFuel, satisfy

E, C, N, X = Outcome.ENTAILED, Outcome.CONTRADICTED, Outcome.CONSISTENT, Outcome.INCONSISTENT


@pytest.mark.parametrize(
    ("premises", "conclusion", "outcome", "used"),
    [
        (["∀x (A(x) → B(x))", "A(t)", "C(t)"], "B(t)", E, (0, 1)),
        (["∀x (A(x) → B(x))", "A(t)"], "¬B(t)", C, (0, 1)),
        (["∀x (A(x) → B(x))", "B(t)"], "A(t)", N, ()),
        (["∃x A(x)"], "A(t)", N, ()),
        (["∃x (A(x) ∧ ¬B(x))", "∀x (A(x) → B(x))"], "P", X, (0, 1)),
        (["∀x ∀y (L(x, y) → L(y, x))", "L(a, b)"], "L(b, a)", E, (0, 1)),
        (["P ⊕ Q", "P"], "¬Q", E, (0, 1)),
    ],
)
def test_decisions_and_what_they_rest_on(premises, conclusion, outcome, used):
    found = decide([parse_formula(p) for p in premises], parse_formula(conclusion))
    assert (found.outcome, found.premises) == (outcome, used)


def test_a_countermodel_satisfies_the_premises_and_not_the_conclusion():
    found = decide([parse_formula("P ∨ Q"), parse_formula("P → R")], parse_formula("R"))
    case = dict(found.countermodel)
    assert case["R"] is False and not case.get("P", False) and case["Q"] is True


@pytest.mark.parametrize(
    ("premises", "conclusion", "outcome"),
    [
        (["∀x ∃y L(x, y)", "∀x ∀y (L(x, y) → A(y))"], "∃x A(x)", E),
        (["∀x ∃y L(x, y)"], "∀x ¬∃y L(x, y)", C),
        (["a = b", "b = c"], "a = c", E),
        (["∀x A(f(x))"], "A(b)", N),
        (["∀x ∃y L(x, y)", "¬∃x ∃y L(x, y)"], "P", X),
    ],
)
def test_what_instances_do_not_reach_goes_to_z3(premises, conclusion, outcome):
    formulas = tuple(parse_formula(p) for p in premises)
    assert decide(formulas, parse_formula(conclusion)).outcome is Outcome.UNKNOWN
    assert entails(formulas, parse_formula(conclusion)).outcome is outcome


def tree(inner):
    return st.one_of(
        st.builds(Not, inner),
        st.builds(Implies, inner, inner),
        st.builds(Iff, inner, inner),
        st.builds(Xor, inner, inner),
        st.builds(lambda *fs: And(fs), inner, inner),
        st.builds(lambda *fs: Or(fs), inner, inner),
    )


formulas = st.recursive(st.sampled_from([Atom(n) for n in "PQRS"]), tree, max_leaves=6)


def holds(f, case):
    match f:
        case Atom(name):
            return case[name]
        case Not(a):
            return not holds(a, case)
        case And(args):
            return all(holds(a, case) for a in args)
        case Or(args):
            return any(holds(a, case) for a in args)
        case Implies(a, b):
            return not holds(a, case) or holds(b, case)
        case Iff(a, b):
            return holds(a, case) == holds(b, case)
        case Xor(a, b):
            return holds(a, case) != holds(b, case)


@given(st.lists(formulas, min_size=1, max_size=3), formulas)
def test_propositional_decisions_agree_with_truth_tables(premises, conclusion):
    cases = [
        dict(zip("PQRS", (bool(n >> i & 1) for i in range(4)), strict=True)) for n in range(16)
    ]
    left = [c for c in cases if all(holds(p, c) for p in premises)]
    ends = {holds(conclusion, c) for c in left}
    expected = {frozenset(): X, frozenset({True}): E, frozenset({False}): C}.get(frozenset(ends), N)
    assert decide(premises, conclusion).outcome is expected
    assert decide(premises[::-1], conclusion).outcome is expected


def test_z3_and_instances_agree():
    for text in ("∀x (A(x) → B(x)) ∧ A(t) ∧ ¬B(t)", "∃x A(x) ∧ ∀x (A(x) → B(x)) ∧ ¬∃x B(x)"):
        assert isinstance(solve((), (parse_formula(text),))[0], list)


def test_fuel_ends_a_search():
    # eight pigeons do not fit in seven holes, and no short proof says so
    hole = {(p, h): p * 7 + h + 1 for p in range(8) for h in range(7)}
    clauses = [frozenset(hole[p, h] for h in range(7)) for p in range(8)]
    clauses += [
        frozenset((-hole[p, h], -hole[q, h])) for h in range(7) for p in range(8) for q in range(p)
    ]
    with pytest.raises(OutOfFuel):
        satisfy(clauses)
