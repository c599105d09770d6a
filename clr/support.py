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
from clr.ledger import first_reading, literals, numbers, written_value
from clr.notation.ast import (
    Add,
    Dec,
    Div,
    Expr,
    Int,
    Matrix,
    Mul,
    Neg,
    Quantity,
    Seq,
    children,
    free_symbols,
    walk,
)
from clr.reading.loose_ends import plain_numbers
from clr.reading.quantities import implied_quantities, quantities
from clr.reading.relations import read_expression
from clr.report import ClaimReport, Report
from clr.verifiers.exact import value as exact_value

Key: TypeAlias = "Fraction | str | Expr"
"""What a claim makes and another uses: a number, a name, or a whole expression."""

_FREE = frozenset(map(Fraction, (0, 1, 2)))
"""Numbers that a calculation may use without a source."""

_ANGLES = re.compile(r"°|\\circ\b|\bdegrees?\b|\bangles?\b|\btriangles?\b", re.I)
_TURNS = frozenset(map(Fraction, (90, 180, 360)))
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
    setups: frozenset[int]
    """Equations that bring a name up: they name a calculation or say what is looked for, of
    numbers that have a source, so that there is nothing in them to establish."""
    uses: dict[int, frozenset[int]]
    """For each claim of the path, the earlier claims that it uses."""
    idle: tuple[Fraction, ...]
    """Numbers of the problem, two or more, that nothing uses while a value that was worked out once
    serves twice: what stands for the second may be a result whose work was left out."""


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
        if _ANGLES.search(problem):
            known |= _TURNS
    made: dict[Key, int] = {}
    nodes: dict[int, _Node] = {}
    others: list[int] = []
    claims = report.claims
    names: set[str] = set()
    setups: set[int] = set()
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
                if _brings_up(found, names) and not missing:
                    setups.add(index)
                names |= found.claim.uses
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
        open_ = {i for i in used if claims[i].verdict.status in NOT_ESTABLISHED} - setups
        if open_ or used & downstream:
            downstream.add(index)
    return Support(
        frozenset(path),
        borrowed,
        verified and not circular,
        frozenset(downstream),
        frozenset(setups),
        {i: nodes[i].uses if i in nodes else frozenset() for i in sorted(path)},
        _idle(report, problem, path) if problem is not None else (),
    )


_SENTENCE = re.compile(r"(?<=[.;!?])\s|\n")


def _idle(report: Report, problem: str, path: Set[int]) -> tuple[Fraction, ...]:
    """`Support.idle`: what unread calculations use counts as used."""
    given = set(map(Fraction, quantities(problem)))
    used: set[Fraction] = set()
    serves: Counter[Fraction | None] = Counter()
    for index, found in enumerate(report.claims):
        body = found.claim.body
        if not isinstance(body, Relation):
            continue
        left, right = first_reading(body.left), first_reading(body.right)
        used.update(map(Fraction, numbers(left) | numbers(right)))
        if free_symbols(left) or free_symbols(right):
            continue
        start, end = (right, left) if _bare(left) and not _bare(right) else (left, right)
        serves.subtract({written_value(n) for n in literals(end)})
        if index in path and body.link == 0:
            serves.update(map(written_value, _operands(start)))
    overused = {v for v, n in serves.items() if v is not None and n > 0} - given - _FREE
    if not overused & _made_in(report):
        return ()
    lines = [s for step in report.steps for s in _SENTENCE.split(step.step.text) if "=" in s]
    used |= _FREE | set(map(Fraction, quantities("\n".join(lines))))
    left_out = sorted(plain_numbers(problem) - used)
    return tuple(left_out) if len(left_out) > 1 else ()


def _made_in(report: Report) -> set[Fraction | None]:
    """The values that calculations without unknowns end in."""
    sides = (
        first_reading(side)
        for found in report.claims
        if isinstance(found.claim.body, Relation) and not found.claim.uses
        for side in (found.claim.body.left, found.claim.body.right)
    )
    return {written_value(n) for side in sides if _bare(side) for n in literals(side)}


def _brings_up(found: ClaimReport, names: Set[str]) -> bool:
    """Whether a claim is an equation of which nothing can be said, as it has a name not seen yet.

    A bare number is no set-up: it would be a result without its work.
    """
    body = found.claim.body
    if not isinstance(body, Relation) or body.op != "=":
        return False
    if found.verdict.status is not Status.UNVERIFIABLE or found.claim.uses <= names:
        return False
    return not _bare(first_reading(body.left)) and not _bare(first_reading(body.right))


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
    if not isinstance(body, FinalAnswer):
        return set(), frozenset()
    roots: set[int] = set()
    values: set[Fraction] = set()
    for piece in _pieces(body):
        whole = first_reading(piece)
        values |= {v for v in map(written_value, literals(whole)) if v is not None}
        keys = (whole,) if whole in made else _keys(whole)
        roots |= {made[key] for key in keys if key in made}
    if not roots and last.verdict.evidence is not None:  # linked by its value, written otherwise
        linked = last.verdict.evidence.premises
        roots = {max((i for i in nodes if claims[i].claim.statement in linked), default=-1)} - {-1}
    return roots, values - _FREE


_BETWEEN = re.compile(
    r",(?!\d{3}(?!\d))|;|\\text\s*\{\s*(?:and|or)\s*\}|\b(?:and|or)\b|[=<>≤≥]|\\(?:leq?|geq?|lt|gt)\b"
)


def _pieces(answer: FinalAnswer) -> list[Expr]:
    """The expressions of an answer: one, the items of a list, or the sides of a relation."""
    if answer.value is not None:
        return [answer.value]
    found = [read_expression(part) for part in _BETWEEN.split(answer.text)]
    return [piece for piece in found if piece is not None] if None not in found else []


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
    verified = found.verdict.status is Status.VERIFIED
    backwards = _bare(left) and not _bare(right)
    start, end = (right, left) if backwards else (left, right)
    missing = _sourceless(_operands(start), known)
    # 45 taken apart: in 9 * 5 one follows from the other, in 4 * 11 + 1 the last two do
    follows = verified and (len(missing) == 1 or _is_division(right, known))
    if backwards and follows and missing and not _sourceless(literals(left), known):
        return {left, *_keys(left)}, {right, *_keys(right)}, ()
    new = () if _bare(end) else _sourceless(literals(end), known | set(_values(start)))
    if len(new) == 1 and verified:
        new = ()  # 44 in 100 pi - 56 pi = 44 pi
    return _keys(start) | {start}, _keys(end) | {end}, missing + new


def _is_division(e: Expr, known: Set[Fraction]) -> bool:
    """Whether `e` is b q + r with a known b and 0 <= r < b, so that q and r follow from the sum."""
    match e:
        case Add((Mul((Int(b), Int())), Int(r))) | Add((Mul((Int(), Int(b))), Int(r))):
            return 0 <= r < b and Fraction(b) in known
        case _:
            return False


def _operands(side: Expr) -> Iterator[Expr]:
    """The numbers that a side is calculated from: 480 and 30 in 480/30, which is 16."""
    match side:
        case Quantity(inner, _) | Neg(inner):
            yield from _operands(inner)
        case Div(Int(), Int()):
            yield from children(side)
        case _:
            yield from literals(side)


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
    if value in known or -value in known:
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
        case Seq() | Matrix():
            entries = (e.arg if isinstance(e, Neg) else e for e in children(side))
            return all(_bare(e) or written_value(e) is not None for e in entries)
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
