"""How a claim stands that is no calculation: what it rests on, and whether it supports anything.

Claims of a domain with a state of its own (orderings, holdings, arguments, ...) have no values to
follow; they count as steps to the answer in their order. What a program returns is followed like
the value of a calculation.
"""

from __future__ import annotations

import re
from fractions import Fraction

from clr.bodies import arguments, ordering
from clr.bodies.arguments import Conclusion, Statement
from clr.bodies.booleans import SameValue
from clr.bodies.execution import Returns
from clr.bodies.holdings import Holding, Option
from clr.bodies.ordering import Choice, Constraint, Open, Possible
from clr.claim import Kind, Status
from clr.fol.syntax import Atom
from clr.reading.python_values import literal
from clr.reading.quantities import plain_numbers
from clr.reading.statements import statement
from clr.report import ClaimReport
from clr.verifiers.conventions import PREMISE

_QUOTED = re.compile(r"'[^'\\\n]*'|\"[^\"\\\n]*\"")


def obliges(found: ClaimReport) -> bool:
    """Whether the claim says something that must be established.

    That a place is open, or what a name stands for, need not be; nor a sentence that was not read,
    as what rests on it is not established either.
    """
    match found.claim.body:
        case ordering.Unread() | arguments.Unread():
            return False
        case Open() | Possible():
            return found.verdict.status is not Status.UNVERIFIABLE
        case SameValue(members=(Atom(), *_)):
            return found.verdict.status is not Status.UNVERIFIABLE
        case _:
            return True


def echoes(found: ClaimReport) -> bool:
    """Whether a claim is the answer, or only repeats what the problem or itself says."""
    premises = found.verdict.evidence.premises if found.verdict.evidence else ()
    match found.claim.body:
        case Conclusion() | Choice() | Option():
            return True
        case Constraint():
            return found.verdict.checked_by == PREMISE
        case Holding(start=start):
            return start
        case Statement(formula):
            return len(premises) == 1 and statement(premises[0]) == formula
        case SameValue(members):
            return found.claim.kind is Kind.ANSWER or len(set(members)) == 1
        case _:
            return False


def arguments_of(body: Returns) -> set[Fraction | str]:
    """The numbers and strings that a call is given."""
    given = body.expression
    return {*plain_numbers(_QUOTED.sub("", given)), *_strings(given)}


def results_of(body: Returns) -> set[Fraction | str]:
    """What is returned: the value whole, and the numbers and strings in it."""
    value = body.value.readings[0]
    return {value, *plain_numbers(_QUOTED.sub("", value)), *_strings(value)}


def _strings(text: str) -> set[str]:
    found = (literal(m.group()) for m in _QUOTED.finditer(text))
    return {value for value in found if value is not None}
