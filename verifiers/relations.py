"""Checks relations: closed ones by value, identities by algebra, derived ones against the ledger.

A relation is refuted only if it is false in every admissible reading and, where it has unknowns, at
every sampled point of every context in which it may be meant (see `Ledger.contexts`).
"""

from __future__ import annotations

from clr.bodies.mathematics import Cue, Relation
from clr.claim import (
    Claim,
    Evidence,
    Fault,
    Kind,
    Role,
    Strength,
    Verdict,
    refuted,
    undecided,
    unverifiable,
    verified,
)
from clr.ledger import Entry, Ledger
from clr.notation.ast import Dots, Expr, Quantity, Seq, walk
from clr.notation.guard import TooCostly
from clr.notation.readings import TooAmbiguous, readings
from clr.verifiers.compare import compare
from clr.verifiers.identity import identity
from clr.verifiers.outcome import Outcome, Truth
from clr.verifiers.variety import Agreement, Points, Unsupported, agreement, sample

COMPARE = "compare"
IDENTITY = "identity"
CONTEXT = "context"


def check_relation(claim: Claim, ledger: Ledger) -> Verdict:
    """The verdict on a claim whose body is a `Relation`."""
    body = claim.body
    assert isinstance(body, Relation)
    try:
        pairs = _pairs(body)
    except TooAmbiguous:
        return unverifiable("reading", "too many readings to check them all")
    if any(isinstance(node, Dots) for side in (body.left, body.right) for node in walk(side)):
        return unverifiable("reading", "an ellipsis stands for something unread")
    if not claim.uses:
        return _closed(claim, body, pairs)
    if body.op == "=":
        return _open(claim, body, pairs, ledger)
    return unverifiable("reading", "no checker for this relation")


def _pairs(body: Relation) -> tuple[tuple[Expr, Expr], ...]:
    """Both sides under each reading, the same ambiguity resolved alike on both."""
    both = readings(Seq("", (body.left, body.right), ""))
    out = []
    for reading in both:
        assert isinstance(reading, Seq)
        out.append((reading.items[0], reading.items[1]))
    return tuple(out)


def _closed(claim: Claim, body: Relation, pairs: tuple[tuple[Expr, Expr], ...]) -> Verdict:
    unknown = False
    first: Outcome | None = None
    for left, right in pairs:
        outcome = compare(left, body.op, right, approximate=body.approximate)
        if outcome.truth is Truth.TRUE:
            return verified(COMPARE, "both sides agree", strength=outcome.strength)
        unknown = unknown or outcome.truth is not Truth.FALSE
        first = first or outcome
    if unknown or first is None:
        return unverifiable(COMPARE, "a side has no value that can be computed")
    if claim.role is not Role.DERIVED:
        return unverifiable(COMPARE, "false, but supposed or denied rather than claimed")
    if not _computes(body.left) and not _computes(body.right):
        return unverifiable(COMPARE, "two literals: a statement about something unread")
    if body.link == 0 and isinstance(body.left, Quantity):
        return unverifiable(COMPARE, "a quantity worked out in other units")
    return refuted(COMPARE, first.evidence())


def _computes(e: Expr) -> bool:
    """Whether an expression holds an operation, and is not just a number as written."""
    return any(type(node).__name__ in _OPERATIONS for node in walk(e))


_OPERATIONS = frozenset("Add Mul Div Pow Call Big InBase".split())


def _open(
    claim: Claim, body: Relation, pairs: tuple[tuple[Expr, Expr], ...], ledger: Ledger
) -> Verdict:
    decided = False
    for left, right in pairs:
        outcome = identity(left, right)
        if outcome.truth is Truth.TRUE:
            return verified(IDENTITY, "an identity", strength=outcome.strength)
        decided = decided or outcome.truth is Truth.FALSE
    if not decided:
        return unverifiable(IDENTITY, "could not be evaluated")
    tested: list[tuple[tuple[Entry, ...], Points, Agreement]] = []
    for context in ledger.contexts(claim):
        for left, right in pairs:
            found = _in_context((left, right), context, claim)
            if found is None:
                continue
            points, result = found
            if result.held and not result.failed:
                return verified(
                    CONTEXT,
                    "holds wherever the equations before it hold",
                    strength=Strength.PROBABLE,
                    premises=tuple(e.claim.statement for e in context),
                )
            if result.held or result.tested > result.failed:
                return unverifiable(CONTEXT, "holds for some solutions of the equations before it")
            if result.failed:
                tested.append((context, points, result))
    if claim.role is not Role.DERIVED:
        return unverifiable(CONTEXT, f"{claim.role}: taken as a premise")
    return _failed(claim, body, tested)


def _in_context(
    equation: tuple[Expr, Expr], context: tuple[Entry, ...], claim: Claim
) -> tuple[Points, Agreement] | None:
    equations = tuple(e.equation for e in context if e.equation is not None)
    try:
        points = sample(equations, frozenset())
        if points.count < 3:
            return None
        return points, agreement(equation, points)
    except Unsupported:
        return None


def _failed(
    claim: Claim,
    body: Relation,
    tested: list[tuple[tuple[Entry, ...], Points, Agreement]],
) -> Verdict:
    """Whether an equation that fails wherever it was tested is refuted, or only new."""
    left, right = _symbols(body.left), _symbols(body.right)
    if body.link > 0:
        # a rewritten side: symbols that come or go must be fixed by what is known
        changed = left ^ right
        if not changed:
            if tested:
                context, points, result = tested[0]
                return _refute(claim, context, points, result)
            return refuted(IDENTITY, identity(*_pairs(body)[0]).evidence())
        for context, points, result in tested:
            if all(points.determined(name) for name in changed):
                return _refute(claim, context, points, result)
        return unverifiable(CONTEXT, "brings in something that is not established")
    if body.cue is Cue.REWRITE and tested and claim.kind is Kind.DERIVATION:
        context, points, result = tested[0]
        return _refute(claim, context, points, result)
    return unverifiable(CONTEXT, "a new equation")


def _symbols(e: Expr) -> frozenset[str]:
    from clr.notation.ast import free_symbols

    return free_symbols(e)


def _refute(
    claim: Claim, context: tuple[Entry, ...], points: Points, result: Agreement
) -> Verdict:
    at = points.describe(result.witness) if result.witness is not None else {}
    shown = {name: value for name, value in at.items() if name in claim.uses}
    where = ", ".join(f"{name} = {value}" for name, value in shown.items())
    return refuted(
        CONTEXT,
        Evidence(
            f"does not follow: at {where} the equations before it hold, "
            f"but the sides are {result.left} and {result.right}",
            counterexample=shown,
            premises=tuple(e.claim.statement for e in context),
        ),
        fault=Fault.CALCULATION,
    )


__all__ = ["check_relation", "undecided"]
