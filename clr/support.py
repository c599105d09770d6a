"""What the final answer rests on: the claims behind it, and the numbers that come from nowhere.

A value is followed back from the answer to the claim that made it, from there to the claims that
made its operands, and so on to the problem. What is not on this path is beside the point: it can
neither support the answer nor stand in for a missing step.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import TypeAlias

from clr.bodies.mathematics import FinalAnswer, NumberFact, Operand, Relation
from clr.claim import Kind, Role, Status
from clr.ledger import first_reading, literals, written_value
from clr.notation.ast import Add, Dec, Div, Expr, Int, Neg, Quantity, children, free_symbols, walk
from clr.reading.quantities import implied_quantities, quantities
from clr.report import ClaimReport, Report
from clr.verifiers.exact import value as exact_value

Key: TypeAlias = "Fraction | str | Expr"
"""What a claim makes and another uses: a number, a name, or a whole expression."""

_FREE = frozenset(map(Fraction, (0, 1, 2)))
"""Numbers that a calculation may use without a source."""

_PER_HUNDRED = re.compile(r"[%$]|percent|\bcents?\b|dollar", re.I)

MOST_PARTS = 40
"""Subexpressions of one side whose values are computed."""


@dataclass(frozen=True, slots=True)
class Support:
    """What stands behind the answer of one trace.

    `path` holds the indices into `Report.claims` of the claims that the answer depends on;
    `borrowed` says for such a claim which of its numbers have no source. `supported` is whether
    a verified claim is among them, and the answer itself is not borrowed. `downstream` are those
    that use one which was not established: their own failing is the same fault again.
    """

    path: frozenset[int]
    borrowed: dict[int, tuple[Fraction, ...]]
    supported: bool
    downstream: frozenset[int]
    uses: dict[int, frozenset[int]]
    """For each claim of the path, the earlier claims that it uses."""


@dataclass(frozen=True, slots=True)
class _Node:
    """One claim: the earlier claims that it uses, and its numbers without a source."""

    uses: frozenset[int]
    missing: tuple[Fraction, ...]


def support_of(report: Report, problem: str | None = None) -> Support:
    """The claims behind the answer, which is the last one that the trace announces.

    `problem` gives the numbers that need no other source; without it, a number is taken as given
    where it first appears. A trace without an announced answer ends with its last relation.
    """
    known = set(_FREE)
    if problem is not None:
        known |= {Fraction(n) for n in quantities(problem) | implied_quantities(problem)}
        if _PER_HUNDRED.search(problem):
            known.add(Fraction(100))
    made: dict[Key, int] = {}
    nodes: dict[int, _Node] = {}
    others: list[int] = []
    claims = report.claims
    for index, found in enumerate(claims):
        body = found.claim.body
        match body:
            case Operand() | FinalAnswer():
                continue
            case Relation() | NumberFact():
                if isinstance(body, Relation) and first_reading(body.left) == first_reading(
                    body.right
                ):
                    continue
                operands, results, missing = _parts(found, known)
                if problem is None:
                    missing = ()
                uses = frozenset(made[key] for key in operands if key in made)
                nodes[index] = _Node(uses, missing)
                for key in results:
                    made[key] = index
                    if isinstance(key, Fraction):
                        known.add(key)
                if isinstance(body, Relation):
                    known.update(_values(first_reading(body.left)))
                    known.update(_values(first_reading(body.right)))
            case _:
                others.append(index)
    path = set(others)
    roots, values = _answer(claims, made, nodes)
    waiting = list(roots)
    while waiting:
        index = waiting.pop()
        if index not in path:
            path.add(index)
            waiting.extend(nodes[index].uses)
    sound = {i for i in path if claims[i].verdict.status is not Status.REFUTED}
    borrowed = {i: nodes[i].missing for i in sorted(sound & nodes.keys()) if nodes[i].missing}
    circular = any(values & set(missing) for missing in borrowed.values())
    verified = any(claims[i].verdict.status is Status.VERIFIED for i in sound)
    downstream: set[int] = set()
    for index in sorted(path & nodes.keys()):
        used = nodes[index].uses
        if used & downstream or any(claims[i].verdict.status in NOT_ESTABLISHED for i in used):
            downstream.add(index)
    return Support(
        frozenset(path),
        borrowed,
        verified and not circular,
        frozenset(downstream),
        {i: nodes[i].uses if i in nodes else frozenset() for i in sorted(path)},
    )


NOT_ESTABLISHED = (
    Status.REFUTED,
    Status.JUMP,
    Status.UNVERIFIABLE,
    Status.UNDECIDED,
    Status.UNSUPPORTED,
)


def _answer(
    claims: Sequence[ClaimReport], made: dict[Key, int], nodes: dict[int, _Node]
) -> tuple[set[int], Set[Fraction]]:
    """The claims that make the answer, and the numbers in it."""
    last = next((c for c in reversed(claims) if c.claim.kind is Kind.ANSWER), None)
    if last is None:
        return ({max(nodes)} if nodes else set()), frozenset()
    body = last.claim.body
    # the answer of a domain with a state of its own is on the path as it stands
    if not isinstance(body, FinalAnswer) or body.value is None:
        return set(), frozenset()
    value = body.value
    whole = first_reading(value)
    keys = {whole, *_keys(whole)}
    numbers = {key for key in keys if isinstance(key, Fraction)} - _FREE
    roots = {made[whole]} if whole in made else {made[key] for key in keys if key in made}
    return roots, numbers


def _parts(
    found: ClaimReport, known: Set[Fraction]
) -> tuple[set[Key], set[Key], tuple[Fraction, ...]]:
    """What a claim uses, what it makes, and the numbers in it that nothing gives."""
    body = found.claim.body
    if isinstance(body, NumberFact):
        used = {key for argument in body.args for key in _keys(argument)}
        return used, used, _sourceless([n for a in body.args for n in literals(a)], known)
    assert isinstance(body, Relation)
    left, right = first_reading(body.left), first_reading(body.right)
    if free_symbols(left) or free_symbols(right):
        made: set[Key] = {left, right, *_keys(left), *_keys(right)}
        return made, made, _introduced(found, left, right, known)
    start, end = (right, left) if _bare(left) and not _bare(right) else (left, right)
    missing = _sourceless(literals(start), known)
    if not _bare(end):
        missing += _sourceless(literals(end), known | set(_values(start)))
    return _keys(start) | {start}, _keys(end) | {end}, missing


def _introduced(
    found: ClaimReport, left: Expr, right: Expr, known: Set[Fraction]
) -> tuple[Fraction, ...]:
    """The sourceless numbers of a claim with unknowns.

    One that was verified follows from what is known, and so do its coefficients; but a number that
    is a term of it twice may cancel out, as in x + 7 - 7.
    """
    missing = _sourceless([*literals(left), *literals(right)], known)
    if found.claim.role is not Role.DERIVED or found.verdict.status is not Status.VERIFIED:
        return missing
    times = Counter(term for side in (left, right) for term in _terms(side))
    return tuple(number for number in missing if times[number] > 1)


def _terms(side: Expr) -> Iterator[Fraction | None]:
    """The numbers that are terms of a sum in a side, or all of it, without their signs."""
    for part in islice(walk(side), MOST_PARTS):
        for term in part.args if isinstance(part, Add) else (part,) if part is side else ():
            yield written_value(term.arg if isinstance(term, Neg) else term)


def _sourceless(
    numbers: Iterator[Expr] | Sequence[Expr], known: Set[Fraction]
) -> tuple[Fraction, ...]:
    """The values of the numbers that have no source in `known`, each once."""
    found: dict[Fraction, None] = {}
    for number in numbers:
        value = written_value(number)
        if value is not None and not _given(number, value, known):
            found[value] = None
    return tuple(found)


def _given(number: Expr, value: Fraction, known: Set[Fraction]) -> bool:
    """Whether a number is known, or a ratio, a complement or a percentage of what is.

    Narrower than clr.verifiers.provenance, which must not accuse a person wrongly: what it lets
    pass, such as 94 where 6 is known, would let a false result be hidden here.
    """
    if value in known:
        return True
    if isinstance(number, Div):
        return all(part in known for part in map(written_value, children(number)))
    return 0 < value < 1 and bool({1 - value, 1 / value, value * 100} & known)


def _keys(side: Expr) -> set[Key]:
    """The numbers and names in an expression; of a fraction, also its parts."""
    keys: set[Key] = set(free_symbols(side))
    for number in literals(side):
        value = written_value(number)
        if value is not None:
            keys.add(value)
        if isinstance(number, Div):
            keys |= {v for v in map(written_value, children(number)) if v is not None}
    return keys


def _bare(side: Expr) -> bool:
    """Whether a side is a number and no calculation."""
    match side:
        case Int() | Dec():
            return True
        case Neg(inner) | Quantity(inner, _):
            return _bare(inner)
        case _:
            return False


def _values(side: Expr) -> Iterator[Fraction]:
    """The values of the calculations inside a side without unknowns."""
    for part in islice(walk(side), MOST_PARTS):
        try:
            exact = exact_value(part)
        except (ValueError, ArithmeticError):
            continue
        if isinstance(exact, int):
            yield Fraction(exact)
        else:
            yield Fraction(int(exact.p), int(exact.q))
