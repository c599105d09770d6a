"""What a word problem asks for, and amounts that cannot be an answer to it.

"How many" wants a number that is not negative, and of things that do not come in parts a whole one.
A solver may still mean something by -50 or by 12.4 sweets, so this is for people who want to look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor

from clr.bodies.discourse import Impossible
from clr.bodies.mathematics import FinalAnswer, Relation
from clr.claim import Claim, Kind, Role
from clr.ledger import value_of
from clr.notation.ast import Quantity
from clr.notation.dimensions import unit_magnitude
from clr.notation.words import MEASURES, singular
from clr.reading.mentions import Mentions
from clr.reading.quantities import is_unit

_ASKS = re.compile(
    r"\bhow many (?:(?:more|fewer|total|additional|other|different|whole|of|the|his|her|their) )*"
    r"(?P<words>[a-z-]+(?: [a-z-]+){0,2})[^.?]{0,300}\?",
    re.I,
)
_PARTS = frozenset(
    "time percent percentage point degree acre calorie serving unit portion part square gram "
    "credit share".split()
)
"""Nouns of which half a one makes sense, beside units of measure."""


def asked(problem: str) -> str | None:
    """The noun, in the singular, of which the last question asks how many; "" if it is not plain
    which noun that is, None if nothing is asked so."""
    questions = [m["words"].split() for m in _ASKS.finditer(problem)]
    if not questions:
        return None
    words = [singular(w) for w in questions[-1] if singular(w) != w.lower()]
    return words[0] if words else ""


def counted(noun: str) -> bool:
    """Whether half a one of what `noun` names makes no sense, as far as can be told."""
    return (
        bool(noun)
        and not is_unit(noun)
        and unit_magnitude(noun) is None
        and noun not in _PARTS
        and noun not in MEASURES
    )


def read_impossible(problem: str, claims: Sequence[Claim], mentions: Mentions) -> Iterator[Claim]:
    """Amounts that cannot be, where they are derived: a negative one anywhere, and an answer that
    is no whole number though things are counted, and is not rounded. `claims` are those of all
    steps in order, `mentions` the numbers that are named."""
    noun = asked(problem)
    if noun is None:
        return
    results = [
        (claim, value)
        for claim in claims
        if isinstance(claim.body, Relation) and not claim.uses and claim.body.op in ("=", "~")
        if (value := value_of(claim.body.right)) is not None
    ]
    for claim, value in results:
        if value < 0:
            yield _impossible(claim, value, noun, "negative")
    if not counted(noun):
        return
    stated = [(c, v) for c in claims if (v := _stated(c)) is not None]
    for claim, value in (stated or results)[-1:]:
        rounded = (Fraction(floor(value)), Fraction(ceil(value)))
        if (
            value.denominator != 1
            and not _measured(claim)
            and not any(mentions.after(claim, whole) for whole in rounded)
        ):
            origin = next((c for c, v in reversed(results) if v == value), claim)
            yield _impossible(origin, value, noun, "no whole number")


def _measured(claim: Claim) -> bool:
    """Whether a result is an amount of something that comes in parts, and so of another thing."""
    side = claim.body.right if isinstance(claim.body, Relation) else None
    return isinstance(side, Quantity) and not counted(side.unit)


def _stated(claim: Claim) -> Fraction | None:
    if not isinstance(claim.body, FinalAnswer) or claim.body.value is None:
        return None
    return value_of(claim.body.value)


def _impossible(claim: Claim, value: Fraction, noun: str, why: str) -> Claim:
    written = str(value) if value.denominator == 1 else f"{float(value):.12g}"
    return Claim(
        Kind.QUANTITY,
        claim.text,
        claim.span,
        claim.step,
        f"{written} is a number of things",
        Role.DERIVED,
        Impossible(written, noun, why),
    )
