"""Checks alternatives: each of `x = 2 or x = -5` must solve what they are said to follow from.

An alternative is put into the equations just before it that are about the same unknown. Where they
are alternatives themselves, it must solve one of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq_poly

from clr.bodies.mathematics import Cue, Relation
from clr.claim import Claim, Evidence, Kind, Status, Verdict, refuted, unverifiable, verified
from clr.ledger import Entry, Equation, Ledger, first_reading, name_of, substitute
from clr.notation.ast import Dec, Expr, PlusMinus, free_symbols, kinds
from clr.notation.printer import show
from clr.verifiers import exact, polynomials
from clr.verifiers.compare import compare
from clr.verifiers.outcome import Truth

ALTERNATIVE = "alternative"


def check_alternative(claim: Claim, body: Relation, ledger: Ledger) -> Verdict:
    """The verdict on one of several equations with an "or" between them."""
    unread = unverifiable(ALTERNATIVE, "one of several: taken as a premise")
    sources, siblings = _sources(claim, ledger)
    if len(claim.uses) != 1 or body.link or body.approximate or not sources:
        return unread
    (name,) = claim.uses
    equation = (first_reading(body.left), first_reading(body.right))
    value = _solution(equation, name)
    if value is None or Dec in kinds(value) or not (len(sources) > 1 or _several(sources[0], name)):
        return unread
    put = [[substitute(side, {name: value}) for side in source] for source in sources]
    outcomes = [compare(left, "=", right) for left, right in put]
    for outcome in outcomes:
        if outcome.truth is Truth.TRUE:
            return verified(ALTERNATIVE, "solves the equation before it", strength=outcome.strength)
    if any(outcome.truth is not Truth.FALSE for outcome in outcomes):
        return unread
    if body.cue in _LOOSE and not any(e.verdict.status is Status.VERIFIED for e in siblings):
        return unread
    shown = " or ".join(f"{show(a)} = {show(b)}" for a, b in sources)
    sides = outcomes[0]
    found = f": the sides are {sides.left} and {sides.right}" if sides.left else ""
    return refuted(ALTERNATIVE, Evidence(f"does not solve {shown}{found}"))


_LOOSE = (Cue.NONE, Cue.SUBSTITUTION)


def _sources(claim: Claim, ledger: Ledger) -> tuple[list[Equation], list[Entry]]:
    """The equations that the alternatives come from, and those of them that stand before `claim`;
    no sources where they are about something else."""
    recent = _relations(ledger, claim.step)
    siblings: list[Entry] = []
    sources: list[Equation] = []
    for entry, body in recent:
        if not sources and body.alternative and entry.claim.kind is claim.kind:
            siblings.append(entry)
            continue
        if sources and not body.alternative:
            break
        equation = entry.equation
        if equation is None or body.approximate or entry.claim.uses != claim.uses:
            return [], siblings
        if entry.verdict.status is Status.REFUTED or _is_value(entry, equation):
            return [], siblings
        sources.append(equation)
        if not body.alternative:
            break
    return sources, siblings


def _relations(ledger: Ledger, step: int) -> Iterator[tuple[Entry, Relation]]:
    for entry in ledger.recent(step):
        if isinstance(entry.claim.body, Relation):
            yield entry, entry.claim.body


def _is_value(entry: Entry, equation: Equation) -> bool:
    """Whether an equation gives its unknown one value: what follows it is another matter."""
    right = equation[1]
    return (
        entry.claim.kind is Kind.BINDING
        and not free_symbols(right)
        and PlusMinus not in kinds(right)
    )


def _several(source: Equation, name: str) -> bool:
    """Whether an equation may have more than one solution."""
    try:
        return _polynomial(source, name).degree() > 1
    except ValueError:
        return True


def _polynomial(equation: Equation, name: str) -> fmpq_poly:
    return polynomials.univariate(polynomials.numerator(equation, polynomials.ring((name,))))


def _solution(equation: Equation, name: str) -> Expr | None:
    """The one solution of `x = 3` or `x - 3 = 0`; None where there are more."""
    left, right = equation
    if name_of(left) == name and not free_symbols(right):
        return right
    try:
        p = _polynomial(equation, name)
    except ValueError:
        return None
    return exact.literal(exact.simplest(-p[0] / p[1])) if p.degree() == 1 else None
