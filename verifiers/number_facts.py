"""Checks facts about numbers that are said in words."""

from __future__ import annotations

from clr.bodies.mathematics import NumberFact
from clr.claim import Claim, Evidence, Role, Verdict, refuted, unverifiable, verified
from clr.ledger import Ledger
from clr.verifiers.number_theory import holds
from clr.verifiers.outcome import Truth

NUMBER_FACT = "number theory"
_OF_DIGITS = ("digit sum", "digit product", "units digit", "number of digits", "ends in")


def check_fact(claim: Claim, ledger: Ledger) -> Verdict:
    """The verdict on a claim whose body is a `NumberFact`."""
    body = claim.body
    assert isinstance(body, NumberFact)
    if body.predicate in _OF_DIGITS and ledger.arithmetics.bases:
        return unverifiable(NUMBER_FACT, "the digits may be those of another base")
    outcome = holds(body.predicate, body.args)
    if outcome.truth not in (Truth.TRUE, Truth.FALSE):
        return unverifiable(NUMBER_FACT, "out of bounds")
    if (outcome.truth is Truth.TRUE) != body.negated:
        return verified(NUMBER_FACT, outcome.left or "so it is")
    if claim.role is not Role.DERIVED:
        return unverifiable(NUMBER_FACT, "false, but supposed rather than claimed")
    return refuted(NUMBER_FACT, Evidence(outcome.left or "it is not so", expected=outcome.left))
