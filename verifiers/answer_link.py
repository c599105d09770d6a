"""Links the final answer to what the trace itself derived. The reference answer is never seen."""

from __future__ import annotations

from clr.bodies.mathematics import FinalAnswer, Relation
from clr.claim import Claim, Verdict, unverifiable, verified
from clr.ledger import Ledger, first_reading
from clr.notation.ast import Expr, free_symbols
from clr.notation.readings import TooAmbiguous, readings
from clr.verifiers.compare import compare
from clr.verifiers.outcome import Truth

ANSWER = "answer link"
RECENT = 40
"""Entries looked back through for the value of the answer."""


def check_answer(claim: Claim, ledger: Ledger) -> Verdict:
    """Verified if the answer is the value of an earlier claim; it is never refuted here."""
    body = claim.body
    assert isinstance(body, FinalAnswer)
    if body.value is None:
        return unverifiable(ANSWER, "the answer is not one expression")
    try:
        options = readings(body.value)
    except TooAmbiguous:
        return unverifiable(ANSWER, "the answer has too many readings")
    for entry in reversed(ledger.entries[-RECENT:]):
        other = entry.claim.body
        if not isinstance(other, Relation) or other.op not in ("=", "~", "≡"):
            continue
        if any(_same(option, other.right) for option in options):
            return verified(
                ANSWER, "the value of an earlier claim", premises=(entry.claim.statement,)
            )
    return unverifiable(ANSWER, "no earlier claim has this value")


def _same(answer: Expr, value: Expr) -> bool:
    value = first_reading(value)
    if answer == value:
        return True
    if free_symbols(answer) or free_symbols(value):
        return False
    return compare(answer, "=", value).truth is Truth.TRUE
