"""What a trace says that a derivative or an antiderivative is, checked by differentiating.

Only the whole side of an equation is read as such a statement, and only where all that it depends
on is known: the functions are written out by their definitions, and no parameter is left that
another equation may fix. An equation with a derivative in it that is meant as a condition ("set
f'(x) = 0") has a side without the variable, and is left alone.
"""

from __future__ import annotations

from clr.bodies.mathematics import Relation
from clr.claim import Claim, Role, Verdict, refuted, verified
from clr.ledger import Ledger, expanded, first_reading, substitute
from clr.notation.ast import (
    Add,
    Big,
    Call,
    Deriv,
    Expr,
    Sym,
    free_symbols,
    kinds,
    rebuild,
    walk,
)
from clr.notation.functions import FUNCTIONS
from clr.verifiers.calculus import equal
from clr.verifiers.compare import compare
from clr.verifiers.derivatives import carried_out
from clr.verifiers.outcome import Outcome, Truth

CALCULUS = "calculus"


def check_calculus(
    claim: Claim, body: Relation, pairs: tuple[tuple[Expr, Expr], ...], ledger: Ledger
) -> Verdict | None:
    """The verdict on an equation that says what a derivative or an antiderivative is; None where
    it says something else, or where that cannot be told."""
    if body.op != "=" or not (_is_operation(body.left) or _is_operation(body.right)):
        return None
    outcomes: list[Outcome] = []
    stated = True
    for left, right in pairs:
        a, b = explicit(left, ledger), explicit(right, ledger)
        outcome = equal(a, b) if free_symbols(a) | free_symbols(b) else compare(a, "=", b)
        if outcome.truth is Truth.TRUE:
            return verified(CALCULUS, "by differentiating", strength=outcome.strength)
        stated = stated and _states(left, a, right)
        outcomes.append(outcome)
    told = claim.role in (Role.DERIVED, Role.DEFINITION)  # by the chain rule, f'(x) = ...
    if stated and told and all(o.truth is Truth.FALSE for o in outcomes):
        return refuted(CALCULUS, outcomes[0].evidence())
    return None


def explicit(e: Expr, ledger: Ledger) -> Expr:
    """`e` with the functions that the trace defined, and their derivatives, written out."""
    if kinds(e).isdisjoint((Call, Deriv, Sym)):
        return e
    match e:
        case Sym(name) if name.endswith("'"):
            return _slope(name, ledger) or e
        case Call(func, (arg,)) if func.endswith("'"):
            name = func.rstrip("'")
            definition = ledger.definition(name)
            if definition is None or len(definition[0]) != 1:
                return e
            (x,), formula = definition
            slope = carried_out(Deriv(expanded(formula, ledger), x, len(func) - len(name)))
            return e if Deriv in kinds(slope) else substitute(slope, {x: explicit(arg, ledger)})
        case Deriv(Sym(name), var, order):
            known = _formula(name, var, ledger)
            return e if known is None else carried_out(Deriv(known, var, order))
        case Call(func, _) if func not in FUNCTIONS:
            return expanded(e, ledger)
        case _:
            return rebuild(e, lambda child: explicit(child, ledger))


def _slope(name: str, ledger: Ledger) -> Expr | None:
    """What y' is where y = x^2 and the trace is about derivatives; None where that is not known."""
    of = name.rstrip("'")
    variables = {
        side
        for e in ledger.equations()
        if e.equation is not None and e.equation[0] == Sym(of)
        for side in free_symbols(expanded(e.equation[1], ledger))
    }
    if len(variables) != 1 or "slopes" not in ledger.arithmetics.others:
        return None
    (var,) = variables
    known = _formula(of, var, ledger)
    slope = None if known is None else carried_out(Deriv(known, var, len(name) - len(of)))
    return None if slope is None or Deriv in kinds(slope) else slope


def _formula(name: str, var: str, ledger: Ledger) -> Expr | None:
    """The one formula in `var` that the trace gives for the function or quantity `name`."""
    definition = ledger.definition(name)
    if definition is not None and definition[0] == (var,):
        return expanded(definition[1], ledger)
    equations = [e.equation for e in ledger.equations() if e.equation is not None]
    sides = {right for left, right in equations if left == Sym(name)}
    if len(sides) != 1:
        return None
    (side,) = sides
    formula = expanded(side, ledger)
    return formula if free_symbols(formula) == {var} else None


def _is_operation(e: Expr) -> bool:
    """Whether an expression is, as a whole, a derivative or an indefinite integral, or a sum that
    holds such an integral."""
    match first_reading(e):
        case Deriv() | Big("int", _, None, None, _):
            return True
        case Add() as total:
            return Big in kinds(total) and _variable(total) is not None
        case Sym(name):
            return name.endswith("'")
        case Call(func, (_,)):
            return func.endswith("'")
        case _:
            return False


def _states(left: Expr, opened: Expr, right: Expr) -> bool:
    """Whether an equation says what its left side is, so that it is an error if it is not so.

    The left side is known to the last symbol, and the right side is made of its variable only; an
    antiderivative may have a constant beside it.
    """
    if not _is_operation(left) or _names_functions(opened) or _names_functions(right):
        return False
    if Deriv in kinds(right):
        return False
    known, said = free_symbols(opened), free_symbols(right)
    if Big in kinds(left):
        var = _variable(left)
        if Big in kinds(right):
            return var == _variable(right) and known | said <= {var}
        return known <= {var} and said - {var} <= _CONSTANTS and var in said
    if Big in kinds(right):
        return False
    if isinstance(left, Deriv):
        return known == said == {left.var}
    return known == said and len(known) <= 1


_CONSTANTS = frozenset(("C", "c", "K", "k", "C_1", "C_2"))
"""Usual names for a constant of integration."""


def _variable(e: Expr) -> str | None:
    """The variable of all integrals in an expression, if they are indefinite and hold no other."""
    integrals = [n for n in walk(e) if isinstance(n, Big)]
    variables = {n.var for n in integrals}
    if len(variables) != 1 or any(n.op != "int" or n.low or n.high for n in integrals):
        return None
    return variables.pop() if all(free_symbols(n.body) <= variables for n in integrals) else None


def _names_functions(e: Expr) -> bool:
    return any(isinstance(n, Call) and n.func not in FUNCTIONS for n in walk(e))
