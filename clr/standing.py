"""How a claim stands that is no calculation: what it rests on, and whether it supports anything.

Claims of a domain with a state of its own (orderings, holdings, arguments, ...) have no values to
follow; they count as steps to the answer in their order. What a program returns is followed like
the value of a calculation.
"""

from __future__ import annotations

import re
from fractions import Fraction

from clr.bodies import (
    arguments,
    assignments,
    circles,
    counting,
    formal,
    holdings,
    letters,
    list_building,
    lists,
    machines,
    navigation,
    ordering,
    stacks,
    transitions,
)
from clr.bodies.arguments import Statement
from clr.bodies.booleans import SameValue
from clr.bodies.execution import Returns
from clr.bodies.holdings import Holding
from clr.bodies.ordering import Constraint, Open, Possible
from clr.bodies.wordlists import Sorted
from clr.claim import Kind, Status
from clr.fol.syntax import Atom
from clr.reading.loose_ends import plain_numbers
from clr.reading.python_values import literal
from clr.reading.statements import statement
from clr.report import ClaimReport
from clr.verifiers import assignments as verifiers_of_assignments
from clr.verifiers import machines as verifiers_of_machines
from clr.verifiers import transitions as verifiers_of_transitions
from clr.verifiers.conventions import PREMISE

_UNREAD = (
    arguments.Unread,
    assignments.Unread,
    circles.Unread,
    counting.Unread,
    formal.Unread,
    holdings.Unread,
    machines.Unread,
    navigation.Unread,
    list_building.Unread,
    lists.Unread,
    ordering.Unread,
    stacks.Unread,
    transitions.Unread,
)
_QUOTED = re.compile(r"'[^'\\\n]*'|\"[^\"\\\n]*\"")


def obliges(found: ClaimReport) -> bool:
    """Whether the claim says something that must be established.

    That a place is open, what a name stands for, or is assumed, need not be; nor a sentence that
    was not read, as what rests on it is not established either.
    """
    body = found.claim.body
    open_ = found.verdict.status is Status.UNVERIFIABLE
    match body:
        case Open() | Possible() | formal.Line(role="assumption" | "premise"):
            return not open_
        case SameValue(readings):
            names = any(isinstance(chain.members[0], Atom) for chain in readings if chain.members)
            return not (open_ and names)
        case _:
            return not isinstance(body, _UNREAD)


def echoes(found: ClaimReport) -> bool:
    """Whether a claim is the answer, or only repeats what the problem or itself says."""
    body = found.claim.body
    # a list that is in order shows itself to be sorted; other answers need steps before them
    if found.claim.kind is Kind.ANSWER and not isinstance(body, Sorted):
        return True
    match body:
        case Constraint():
            return found.verdict.checked_by == PREMISE
        case Holding(start=start):
            return start
        case assignments.Says():
            return found.verdict.checked_by == verifiers_of_assignments.GIVEN
        case machines.Shown():
            return found.verdict.checked_by == verifiers_of_machines.START
        case transitions.Passage():
            return found.verdict.checked_by == verifiers_of_transitions.START
        case Statement(formula):
            evidence = found.verdict.evidence
            used = evidence.premises if evidence is not None else ()
            return len(used) == 1 and statement(used[0]) == formula
        case SameValue(readings):
            return all(len(set(chain.members)) == 1 for chain in readings)
        case _:
            return False


def carries_on(found: ClaimReport) -> bool:
    """Whether a claim that is not so follows from what the trace had before: work, as what follows
    from a false equation is."""
    return found.verdict.checked_by in (verifiers_of_assignments.OWN, verifiers_of_machines.OWN)


def counted_by(found: ClaimReport) -> set[Fraction]:
    """The numbers that a claim of how many there are is about, if it was decided.

    A calculation that takes up a wrong one repeats its fault, and adds none.
    """
    if found.verdict.status not in (Status.VERIFIED, Status.REFUTED):
        return set()
    match found.claim.body:
        case counting.Counted(count=count, running=running):
            return {Fraction(n) for n in (count, running) if n is not None}
        case counting.Total(count=count) | letters.Occurs(count=count):
            return {Fraction(count)}
        case _:
            return set()


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
