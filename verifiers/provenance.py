"""What a trace rests on: where its numbers come from, which it leaves out, what it takes back."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import islice

from clr.bodies.discourse import (
    BareArgument,
    Impossible,
    Misquote,
    Objection,
    Omission,
    Retraction,
)
from clr.bodies.mathematics import NEEDS_NO_SOURCE, Operand, Relation
from clr.claim import Claim, Evidence, Kind, Status, Verdict, unsupported, unverifiable, verified
from clr.ledger import Ledger, value_alone, written_value
from clr.notation.ast import Add, Div, Int, Mul, Pow
from clr.notation.printer import show

PROVENANCE = "provenance"


def has_source(claim: Claim, ledger: Ledger) -> bool:
    """Whether the number is one that needs no source, or one that the ledger knows as it stands."""
    assert isinstance(claim.body, Operand)
    number = claim.body.value
    if type(number) is Int:
        return number.value in NEEDS_NO_SOURCE or number.value in ledger.known
    value = value_alone(number)
    return bool(value) and (value <= ledger.known or value <= NEEDS_NO_SOURCE)


def decomposes(claim: Claim, verdict: Verdict, ledger: Ledger) -> bool:
    """Whether a true equation takes a known number apart (252 = 2 * 105 + 42), so that the parts
    come from it."""
    body = claim.body
    assert isinstance(body, Relation)
    whole = body.left
    if verdict.status is not Status.VERIFIED or type(whole) in _CALCULATIONS:
        return False
    if type(whole) is Int:
        return whole.value in ledger.known
    value = value_alone(whole)
    return bool(value) and value <= ledger.known


_CALCULATIONS = frozenset((Add, Mul, Pow))
"""What is no number as written."""


def check_quantity(claim: Claim, ledger: Ledger) -> Verdict:
    """Whether the number has a source among what the problem and earlier steps gave."""
    body = claim.body
    assert isinstance(body, Operand)
    if has_source(claim, ledger):
        return GIVEN
    value = written_value(body.value)
    if value is None:
        return unverifiable(PROVENANCE, "not a plain number")
    if value in ledger.implied:
        return verified(PROVENANCE, "a unit or a set that the words name")
    if isinstance(body.value, Div):
        assert isinstance(body.value.num, Int) and isinstance(body.value.den, Int)
        parts = {Fraction(body.value.num.value), Fraction(body.value.den.value)}
        if parts <= ledger.known | NEEDS_NO_SOURCE:
            return verified(PROVENANCE, "a ratio of given numbers")
    for other in (1 - value, 1 + value, value - 1, 100 - value, value * 100, value / 100):
        if other in ledger.known:
            return verified(PROVENANCE, "one step from a given number")
    if value + 1 in ledger.implied or 1 - value in ledger.implied:
        return verified(PROVENANCE, "one less than there are of what the words name")
    if _joint_share(abs(value - 1), ledger.known):
        return verified(PROVENANCE, "what two given shares make together")
    if value.denominator != 1 and value * 10 in ledger.known:
        return verified(PROVENANCE, "a tenth of a given number")
    if _SIXTY in ledger.implied and (value * 60 in ledger.known or value / 60 in ledger.known):
        return verified(PROVENANCE, "a given time in another unit")
    if value.denominator != 1 and value * 1000 in ledger.known:
        return verified(PROVENANCE, "a given number in a unit a thousand times as large")
    if value and 1 / value in ledger.known:
        return verified(PROVENANCE, "the inverse of a given number")
    if value > 1 and _product(value, ledger.known):
        return verified(PROVENANCE, "the product of two given numbers")
    if value.denominator == 1 and (
        _rounds(value, ledger.known) or _is_round_of(value, ledger.known)
    ):
        return verified(PROVENANCE, "a given number, rounded")
    return unsupported(
        PROVENANCE,
        Evidence(
            f"{show(body.value)} is given neither by the problem nor by an earlier step",
            premises=(claim.statement,),
        ),
    )


GIVEN = verified(PROVENANCE, "given by the problem or an earlier step")
"""What is said of a number that has a source as it stands."""
WORKED_OUT = verified(PROVENANCE, "worked out in the head from known numbers")
"""What is said of a number that the text tells, and leads to without a calculation."""

_SIXTY = 60
MOST = 200
"""Numbers that are looked through for a factor, or for one that was rounded."""


def _product(value: Fraction, known: set[Fraction | int]) -> bool:
    """Whether this is twice a known number, or the product of two known ones, neither of them 1."""
    return value / 2 in known or any(
        k > 0 and k not in (1, value) and value / k in known for k in islice(known, MOST)
    )


def _joint_share(value: Fraction, known: set[Fraction | int]) -> bool:
    """Whether this part of 1 is the sum of two known parts, as 8 % and 15 % are 23 %."""
    return 0 < value < 1 and any(
        0 < k < value and k.denominator != 1 and value - k in known for k in islice(known, MOST)
    )


def _is_round_of(value: Fraction, known: set[Fraction | int]) -> bool:
    """Whether a round number is the nearest one to a known number: 500 for 498."""
    tens = 1
    while value and value % (10 * tens) == 0:
        tens *= 10
    return tens > 1 and any(abs(k - value) * 2 <= tens for k in islice(known, MOST))


def _rounds(value: Fraction, known: set[Fraction | int]) -> bool:
    """Whether a number between whole ones was rounded up or down to `value`."""
    return any(k.denominator != 1 and abs(k - value) < 1 for k in islice(known, MOST))


def check_omission(claim: Claim) -> Verdict:
    """A number that the problem gives, or the trace derived, and that nothing made use of."""
    assert isinstance(claim.body, Omission)
    number = claim.body.number
    message = (
        f"derives {number}, and then concludes without it"
        if claim.body.derived
        else f"concluded without the {number} that the problem gives"
    )
    return unsupported(PROVENANCE, Evidence(message, premises=(number,)))


def check_impossible(claim: Claim) -> Verdict:
    """An amount that cannot be what the problem asks for."""
    body = claim.body
    assert isinstance(body, Impossible)
    things = f" ({body.noun})" if body.noun else ""
    message = f"the problem asks how many{things}, and {body.number} is {body.why}"
    return unsupported("amounts", Evidence(message, premises=(body.number,)))


def check_misquote(claim: Claim) -> Verdict:
    """A rate that nothing leads to."""
    body = claim.body
    assert isinstance(body, Misquote)
    message = f"{body.written}: {body.why}, and nothing leads to it"
    return unsupported(PROVENANCE, Evidence(message, premises=(body.written,)))


def check_retraction(claim: Claim) -> Verdict:
    """What its own author calls wrong, or objects to, has no support."""
    assert isinstance(claim.body, (Retraction, Objection))
    does = claim.body.how if isinstance(claim.body, Objection) else "takes this back"
    return unsupported("retraction", Evidence(f"the text itself {does}: {claim.statement!r}"))


def check_bare_argument(claim: Claim, beside: Sequence[tuple[Claim, Verdict]]) -> Verdict:
    """An argument in words, with the other claims of its step: if one of them is verified, it has
    that to stand on. Where a number comes from says nothing of what is concluded."""
    body = claim.body
    assert isinstance(body, BareArgument)
    stated = [(c, v.status) for c, v in beside if c.kind is not Kind.QUANTITY]
    if any(status is Status.VERIFIED for _, status in stated):
        return unverifiable("argument", "argues in words, beside what was verified")
    if not (body.plain or any(isinstance(c.body, Relation) for c, _ in stated)):
        return unverifiable("argument", "states nothing that needs more than words")
    message = f"infers {body.inferences} times in words, and nothing in the step was verified"
    return unsupported("argument", Evidence(message))
