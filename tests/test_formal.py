"""Logic in symbols: lines of derivations, equivalences, truth tables and their rows."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clr
from clr.bodies.connectives import And, Not, Or
from clr.claim import Status
from clr.fol.syntax import Atom, Formula, Iff, Implies, show
from clr.reading.formal import context_of
from clr.reading.formulas import formulas_in
from clr.verifiers.booleans import value_of
from clr.verifiers.entailment import Outcome, decide

V, R, J, U, N = (
    Status.VERIFIED, Status.REFUTED, Status.JUMP, Status.UNSUPPORTED, Status.UNVERIFIABLE,
)  # fmt: skip


def statuses(problem: str, *steps: str, profile: str = "thorough") -> list[list[Status]]:
    report = clr.audit(problem=problem, steps=list(steps), profile=profile)
    return [
        [c.verdict.status for c in step.claims if c.verdict.checked_by == "formal logic"]
        for step in report.steps
    ]


GIVEN = "Given the premises p → q, q → r and ¬r, prove ¬p."


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("4. ¬q (modus tollens, 2, 3)", V),
        ("4. q (modus ponens, 2, 3)", R),
        ("4. ¬q   MT 2,3", V),
        ("4. q   MT 2,3", R),
        ("4. ¬q [from 2 and 3]", V),
        ("4. ¬q — by modus ponens on 2 and 3", V),  # the rule has another name, and it follows
        ("From q → r and ¬r, we get ¬q.", V),
        ("From q → r and ¬r, we get q.", R),
        ("Since q → r and ¬r, ¬q.", V),
        ("q → r and ¬r, so ¬q.", V),
        ("By modus tollens, ¬q.", V),
        ("By modus tollens, q.", R),
        ("Therefore ¬p.", V),
        ("Hence p.", R),
        ("∴ ¬p", V),
        ("1. p → q (premise)", V),
        ("1. q → p (premise)", V),  # follows, as both are false
        ("1. p ∨ r (premise)", U),
        ("4. p → r (hypothetical syllogism, 1, 2)", V),
        ("4. s (1, 2)", J),
        ("4. ¬p ∨ s (addition, from line 5)", V),
        ("We need to show ¬p.", N),
        ("Is p true?", None),
    ],
)
def test_lines_of_a_derivation(line: str, status: Status | None) -> None:
    *_, last = statuses(GIVEN, "1. p → q (premise)\n2. q → r (premise)\n3. ¬r (premise)", line)
    assert last == ([] if status is None else [status])


def test_what_is_assumed_holds_until_a_rule_closes_it() -> None:
    problem = "Prove p → r from p → q and q → r."
    lines = "1. p → q (premise)\n2. q → r (premise)\n3. Assume p\n4. q (→E 1, 3)\n5. r (→E 2, 4)"
    assert statuses(problem, lines) == [[V, V, N, V, V]]
    assert statuses(problem, lines, "6. p → r (→I 3-5)")[-1] == [V]
    assert statuses(problem, lines, "6. r → p (→I 3-5)")[-1] == [J]
    assert statuses(problem, "3. Assume ¬r", "4. q (1, 3)")[-1] == [N]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("By De Morgan, ¬(p ∧ q) ≡ ¬p ∨ ¬q", V),
        ("By De Morgan, ¬(p ∧ q) ≡ ¬p ∧ ¬q", R),
        ("p → q ≡ ¬p ∨ q", V),
        ("p → q ≡ p ∨ ¬q", R),
        ("p → q is logically equivalent to ¬q → ¬p.", V),
        ("p → q is equivalent to q → p.", R),
        ("¬(p → q) = ¬(¬p ∨ q) = p ∧ ¬q", V),
        ("¬(p → q) = ¬(¬p ∨ q) = ¬p ∧ ¬q", R),
        (r"$\neg(p \lor q) \equiv \neg p \land \neg q$ (De Morgan's law)", V),
        (r"$\neg(p \lor q) \equiv \neg p \lor \neg q$ (De Morgan's law)", R),
        ("p ∨ ¬p is a tautology.", V),
        ("So p ∨ q is a tautology.", R),
        ("p ∧ ¬p is a contradiction.", V),
        ("p ∧ ¬q is a contradiction.", R),
        ("p ∧ ¬q is satisfiable.", V),
        ("p ∧ ¬p is satisfiable.", R),
        ("(p → q) ∧ p is not a tautology.", V),
        ("(p ∧ q) → p is not a tautology.", R),
        ("p → q, p ⊢ q", V),
        ("p → q, q ⊢ p", R),
        ("p → q, q ⊬ p", V),
        (r"$p \land q \models p$", V),
        (r"$p \lor q \models p$", R),
        ("¬∃x P(x) ≡ ∀x ¬P(x)", V),
        ("¬∃x P(x) ≡ ∃x ¬P(x)", R),
        ("p → q → r ≡ p ∧ q → r", N),  # nobody agrees on what the first one means
        ("A = p ∧ q", N),
    ],
)
def test_what_holds_by_itself(text: str, status: Status) -> None:
    assert statuses("Which of these formulas are logically equivalent? p ∧ q, q ∧ p", text) == [
        [status]
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("p = T, q = F: p ∧ ¬q = T", V),
        ("p = T, q = F: p ∧ ¬q = F", R),
        ("When p is true and q is false, p ∧ ¬q is true.", V),
        ("When p is true and q is false, p ∧ ¬q is false.", R),
        ("If p = F and q = F, then p → q = T.", V),
        ("If p = T and q = F, then p → q = T.", R),
        ("p = 1, q = 1: p ∧ ¬q = 1 ∧ 0 = 0", V),
        ("p = 1, q = 1: p ∧ ¬q = 1 ∧ 1 = 1", R),
        ("Row 2: p = T, q = F: ¬q = T, so p ∧ ¬q = T.", V),
        ("Let p be true and q be true. Then p ∧ ¬q = F.", V),
        ("Let p be true and q be true. Then p ∧ ¬q = T.", R),
        ("With p = false and q = true, p ∨ q is true.", V),
        ("With p = false and q = true, p ∧ q is true.", R),
    ],
)
def test_rows_told_in_words(text: str, status: Status) -> None:
    [found] = statuses("How many rows of the truth table make p ∧ ¬q true?", text)
    assert found == [status]


TABLE = "| p | q | ¬q | p ∧ ¬q |\n|---|---|---|---|\n"
ROWS = ("| T | T | F | F |", "| T | F | T | T |", "| F | T | F | F |", "| F | F | T | F |")


def test_every_row_of_a_table() -> None:
    problem = "Make a truth table of p ∧ ¬q. In how many rows is it true?"
    right = TABLE + "\n".join(ROWS)
    assert statuses(problem, right) == [[V] * 4]
    wrong = right.replace("| F | F | T | F |", "| F | F | T | T |")
    assert statuses(problem, wrong) == [[V, V, V, R]]
    told = (
        "So it is true in exactly 1 row.",
        "So it is true in 2 rows.",
        "The formula is false in 3 cases.",
    )
    assert statuses(problem, right, *told)[1:] == [[V], [R], [V]]
    digits = right.replace("T", "1").replace("F", "0").replace("¬", r"\neg ").replace("∧", r"\land")
    assert statuses(problem, digits) == [[V] * 4]


def test_an_argument_is_valid_or_not() -> None:
    problem = "Is this argument valid? p → q, q, therefore p."
    assert statuses(problem, "The argument is invalid.", "So the argument is valid.") == [[V], [R]]
    problem = "Is this argument valid? p → q, ¬q, therefore ¬p."
    assert statuses(problem, "The argument is not valid.", "So the argument is valid.") == [
        [R],
        [V],
    ]


@pytest.mark.parametrize(
    "problem",
    [
        "Prove that x > 0 ⇒ x^2 > 0.",
        "Let f: A → B and g: B → C be injective. Prove that g ∘ f is injective.",
        "Find the limit as x → 0 of sin(x)/x.",
        "If 2x + 1 = 7, what is x?",
        "Evaluate the logical expression ¬T ∧ F.",
        "In fuzzy logic, p ∧ q is the minimum. What is p ∧ q for p = 1 and q = 0?",
        "Show that p is prime from.",
        "The reaction A → B is of first order. Derive the rate law.",
        "",
    ],
)
def test_other_problems_are_left_alone(problem: str) -> None:
    assert context_of(problem) is None


@pytest.mark.parametrize(
    "text",
    ["p → q → r", "p ∧ q ∨ r", "∀x P(x) → Q(a)", "p ∧ (q", "p ∧", "→ q"],
)
def test_what_has_no_one_reading_is_no_formula(text: str) -> None:
    assert formulas_in(text) is None


ATOMS = st.sampled_from([Atom(name) for name in "pqr"])
FORMULAS: st.SearchStrategy[Formula] = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        inner.map(Not),
        st.tuples(inner, inner).map(And),
        st.tuples(inner, inner).map(Or),
        st.builds(Implies, inner, inner),
        st.builds(Iff, inner, inner),
    ),
    max_leaves=5,
)


@given(FORMULAS)
def test_a_formula_is_read_as_it_is_written(f: Formula) -> None:
    found = formulas_in(f"So {show(f)}.")
    assert found is not None
    [each] = found
    assert decide((), Iff(each.formula, f)).outcome is Outcome.ENTAILED


@given(FORMULAS, FORMULAS, st.permutations("stu"))
def test_equivalences_hold_in_all_rows_or_are_refuted(
    f: Formula, g: Formula, names: list[str]
) -> None:
    rows = [dict(zip("pqr", row, strict=True)) for row in product((True, False), repeat=3)]
    same = all(value_of(f, row) == value_of(g, row) for row in rows)
    problem = "Which formulas are logically equivalent? p ∨ q, q ∨ p"
    text = f"So ({show(f)}) ≡ ({show(g)})"
    letters = isinstance(f, Atom) and isinstance(g, Atom)
    expected = [] if letters else [[V] if same else [R]]
    renamed = text.translate(str.maketrans("pqr", "".join(names)))
    for said in (text, renamed):
        assert [found for found in statuses(problem, said) if found] == expected


@given(st.permutations(["p → q", "q → r", "¬r"]), st.sampled_from(["", "s ∨ t", "t"]))
def test_order_and_more_premises_change_no_verdict(premises: list[str], more: str) -> None:
    listed = ", ".join([*premises, more] if more else premises)
    found = statuses(f"Premises: {listed}. Derive ¬p.", "So ¬q.", "Hence q.", "Thus ¬p.", "So p.")
    assert found == [[V], [R], [V], [R]]
