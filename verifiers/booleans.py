"""Chains of Boolean expressions that are said to have one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType

from clr.bodies.booleans import Chain, SameValue
from clr.bodies.connectives import And, Not, Or
from clr.claim import Claim, Evidence, Fault, Status, Verdict, refuted, unverifiable, verified
from clr.fol.syntax import Atom, Formula, Iff, Implies, Xor

CHECKER = "truth values"


@dataclass(frozen=True, slots=True)
class State:
    """The values of the names that the trace has defined so far."""

    values: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))


def initial() -> State:
    """The state before the first step."""
    return State()


def check(claim: Claim, state: State) -> tuple[Verdict, State]:
    """The verdict on one claim, and the state after it.

    A name alone at the front takes the last value that the chain gives it, right or wrong, so that
    what follows from an error is not counted again.
    """
    if not isinstance(claim.body, SameValue):
        return unverifiable(CHECKER, "no Boolean expression"), state
    judged = [_check_chain(chain, state) for chain in claim.body.readings]
    statuses = {verdict.status for verdict, _ in judged}
    if judged[0][0].status is Status.VERIFIED or statuses == {Status.REFUTED}:
        return judged[0]
    known = [after.values for _, after in judged]
    agreed = {n: v for n, v in known[0].items() if all(k.get(n) is v for k in known)}
    verdict = next(
        (verdict for verdict, _ in judged if verdict.status is Status.UNVERIFIABLE),
        unverifiable(CHECKER, "true or false, as one reads it"),
    )
    return verdict, State(MappingProxyType(agreed))


def _check_chain(chain: Chain, state: State) -> tuple[Verdict, State]:
    """The verdict on one reading, and the state after it."""
    if len(chain.members) < 2:
        return unverifiable(CHECKER, "may be one expression, not two said to be the same"), state
    if not chain.certain and not _constant(chain):
        # two values, or none: perhaps two statements, and then names have values that were not read
        return unverifiable(CHECKER, "may be two statements"), initial()
    values = [value_of(member, state.values) for member in chain.members]
    first = chain.members[0]
    name = first.name if isinstance(first, Atom) else None
    if name is not None and not (len(values) == 2 and _is_value(chain.members[1])):
        values[0] = None  # a definition, perhaps a new one
    verdict = _compare(chain, values)
    known = dict(state.values)
    if verdict.fault is not None:
        known.clear()  # what was computed before may rest on what is denied now
    if name is not None:
        last = values[-1]
        known.pop(name, None)
        if last is not None:
            known[name] = last
    return verdict, State(MappingProxyType(known))


def _constant(chain: Chain) -> bool:
    """Whether all expressions have one value, whatever the names stand for."""
    first, *others = [value_of(member, {}) for member in chain.members]
    return first is not None and all(value == first for value in others)


def _is_value(formula: Formula) -> bool:
    return isinstance(formula, And | Or) and not formula.args


def _compare(chain: Chain, values: list[bool | None]) -> Verdict:
    known = [(text, v) for text, v in zip(chain.texts, values, strict=True) if v is not None]
    for (left, a), (right, b) in pairwise(known):
        if a != b:
            evidence = Evidence(f"`{left}` is {a}, but `{right}` is {b}", expected=str(a))
            return refuted(CHECKER, evidence, fault=Fault.CALCULATION)
    if len(known) < 2:
        return unverifiable(CHECKER, "defines a name, or uses one that has no value yet")
    if any(v is None for v in values[1:]):
        return unverifiable(CHECKER, "a name in it has no value yet")
    return verified(CHECKER, f"every expression is {known[0][1]}")


def value_of(formula: Formula, values: Mapping[str, bool]) -> bool | None:
    """The value, or None where it hangs on a name that has none."""
    match formula:
        case Atom(name, ()):
            return values.get(name)
        case Not(arg):
            inner = value_of(arg, values)
            return None if inner is None else not inner
        case And(args):
            return _all([value_of(arg, values) for arg in args])
        case Or(args):
            none = _all([value_of(Not(arg), values) for arg in args])
            return None if none is None else not none
        case Xor(left, right) | Iff(left, right):
            a, b = value_of(left, values), value_of(right, values)
            return None if a is None or b is None else (a != b) == isinstance(formula, Xor)
        case Implies(left, right):
            return value_of(Or((Not(left), right)), values)
        case _:
            return None


def _all(values: list[bool | None]) -> bool | None:
    if False in values:
        return False
    return None if None in values else True
