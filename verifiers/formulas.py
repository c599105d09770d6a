"""Checks formulas with values put in: `A = bh/2` with `b = 6` and `h = 5` is `(6)(5)/2`, not
`(6)(4)/2`.

A formula is an equation just before the claim. What is put in for its unknowns must be the values
that the same step gives them, each of them once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from clr.bodies.mathematics import Cue, Relation
from clr.claim import Claim, Evidence, Role, Status, Verdict, refuted
from clr.ledger import Entry, Equation, Ledger, first_reading, name_of, substitute
from clr.notation.ast import Expr, Quantity, Sym, children, free_symbols, kinds
from clr.notation.printer import show
from clr.verifiers.compare import compare
from clr.verifiers.outcome import Truth
from clr.verifiers.polynomials import alike

FORMULA = "formula"
FEWEST = 2
"""Coefficients in which an equation must agree with the formula for a single other to be a slip."""


def check_formula(claim: Claim, body: Relation, ledger: Ledger) -> Verdict | None:
    """Refuted if `claim` is a formula before it with other values than those that were given."""
    if body.link or body.listed or claim.role is not Role.DERIVED or body.approximate:
        return None
    if not claim.uses <= ledger.names:
        return None
    left, right = first_reading(body.left), first_reading(body.right)
    put_in = body.cue is Cue.SUBSTITUTION
    formulas = [(e, f) for e, f in _formulas(claim, ledger) if put_in or f[0] == left]
    names = frozenset[str]().union(*(entry.claim.uses for entry, _ in formulas))
    known = _values(names, claim, ledger) if formulas else {}
    for entry, formula in formulas if known else ():
        verdict = _misput(formula, (left, right), known)
        if verdict is None and put_in:
            verdict = _slips(formula, (left, right), known)
        if verdict is not None:
            return refuted(
                FORMULA, Evidence(verdict, premises=(entry.claim.statement, *_said(known)))
            )
        if formula[0] == left:
            return None
    return None


def _said(known: Mapping[str, Expr]) -> tuple[str, ...]:
    return tuple(f"{name} = {show(value)}" for name, value in known.items())


def _values(names: frozenset[str], claim: Claim, ledger: Ledger) -> dict[str, Expr]:
    """Those of `names` to which this step or the one before gives a value, and nothing another."""
    found: dict[str, Expr] = {}
    several: set[str] = set()
    near: set[str] = set()
    for entry in ledger.entries:
        if entry.equation is None or entry.claim.uses.isdisjoint(names):
            continue
        name, value = name_of(entry.equation[0]), entry.equation[1]
        if name not in names or free_symbols(value) or Quantity in kinds(value):
            continue
        if entry.claim.step >= claim.step - 1:
            near.add(name)
        before = found.setdefault(name, value)
        if before != value and compare(before, "=", value).truth is not Truth.TRUE:
            several.add(name)
    return {name: value for name, value in found.items() if name in near - several}


def _formulas(claim: Claim, ledger: Ledger) -> Iterator[tuple[Entry, Equation]]:
    """Equations of this step and the one before that hold more unknowns than `claim`."""
    for entry in ledger.recent(claim.step - 1):
        if entry.equation is None or entry.verdict.status is Status.REFUTED:
            continue
        if entry.claim.uses > claim.uses:
            yield entry, entry.equation


def _misput(formula: Equation, written: Equation, known: Mapping[str, Expr]) -> str | None:
    """What is put into `formula`, so as to give `written`, for an unknown that is something else.

    One unknown at least must be right: where all are others, it is another case.
    """
    put: dict[str, Expr] = {}
    if not all(matches(a, b, put) for a, b in zip(formula, written, strict=True)):
        return None
    if not put.keys() <= known.keys():
        return None
    wrong = [
        name for name, value in put.items() if compare(value, "=", known[name]).truth is Truth.FALSE
    ]
    if len(wrong) != 1 or len(put) < 2:
        return None
    (name,) = wrong
    return f"puts {show(put[name])} for {name}, which is {show(known[name])}"


def matches(pattern: Expr, e: Expr, put: dict[str, Expr]) -> bool:
    """Whether `e` is `pattern` with values in the place of its unknowns, each with one value;
    they are added to `put`."""
    if isinstance(pattern, Sym):
        if free_symbols(e):
            return pattern == e
        return put.setdefault(pattern.name, e) == e
    parts = children(pattern)
    others = children(e)
    if type(pattern) is not type(e) or len(parts) != len(others):
        return False
    if not parts:
        return pattern == e
    return getattr(pattern, "func", "") == getattr(e, "func", "") and all(
        matches(part, other, put) for part, other in zip(parts, others, strict=True)
    )


def _slips(formula: Equation, written: Equation, known: Mapping[str, Expr]) -> str | None:
    """How `written` differs from `formula` with the known values, if in one coefficient only."""
    left, right = (substitute(side, dict(known)) for side in formula)
    names = free_symbols(left) | free_symbols(right)
    if not names or names != free_symbols(written[0]) | free_symbols(written[1]):
        return None
    found = alike((left, right), written, tuple(sorted(names)))
    if found is None or found.differing != 1 or found.agreeing < FEWEST:
        return None
    return f"with the values put in it is {show(left)} = {show(right)}"
