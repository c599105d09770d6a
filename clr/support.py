"""What the final answer rests on: the claims behind it, and the numbers that come from nowhere.

A value is followed back from the answer to the claim that made it, from there to the claims that
made its operands, and so on to the problem. What is not on this path is beside the point: it can
neither support the answer nor stand in for a missing step.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from fractions import Fraction

from clr.bodies.execution import Returns
from clr.bodies.mathematics import FinalAnswer, NumberFact, Operand, Relation
from clr.claim import Kind, Status
from clr.flow import FREE, Key, flow_of, is_bare, keys_of, operands_of, values_in
from clr.ledger import first_reading, literals, numbers, written_value
from clr.notation.ast import (
    Expr,
    free_symbols,
)
from clr.reading.loose_ends import plain_number_counts
from clr.reading.python_values import literal
from clr.reading.quantities import implied_quantities, quantities
from clr.reading.sides import read_expression
from clr.report import ClaimReport, Report
from clr.standing import arguments_of, carries_on, counted_by, echoes, obliges, results_of
from clr.trace import Span

_ANGLES = re.compile(r"°|\\circ\b|\bdegrees?\b|\bangles?\b|\btriangles?\b", re.I)
_TURNS = frozenset(map(Fraction, (90, 180, 360)))
_PER_HUNDRED = re.compile(r"[%$]|percent|\bcents?\b|dollar", re.I)


@dataclass(frozen=True, slots=True)
class Support:
    """What stands behind the answer of one trace.

    `path` holds the indices into `Report.claims` of the claims that the answer depends on;
    `borrowed` says for such a claim which of its numbers have no source. `supported` is whether one
    that is verified, or follows from an earlier error, is among them, and the answer itself is not
    borrowed. `downstream` are those that use one which was not established: their own failing is
    the same fault again.
    """

    path: frozenset[int]
    borrowed: dict[int, tuple[Fraction | str, ...]]
    supported: bool
    downstream: frozenset[int]
    setups: frozenset[int]
    """Equations that bring a name up: they name a calculation or say what is looked for, of
    numbers that have a source, so that there is nothing in them to establish."""
    consequent: frozenset[int]
    """Claims that carry an earlier fault on: those of a domain with a state of its own after the
    first that was not established, and results of programs that restate a wrong one."""
    uses: dict[int, frozenset[int]]
    """For each claim of the path, the earlier claims that it uses."""
    idle: tuple[Fraction, ...]
    """Numbers of the problem, two or more, that nothing uses while a value serves once more than it
    was told or worked out: what stands for it there may be a result whose work was left out."""


@dataclass(frozen=True, slots=True)
class _Node:
    """One claim: the earlier claims that it uses, and its numbers without a source."""

    uses: frozenset[int]
    missing: tuple[Fraction | str, ...]


def support_of(report: Report, problem: str | None = None) -> Support:
    """The claims behind the answer, which is the last one that the trace announces.

    `problem` gives the numbers that need no other source; without it, a number is taken as given
    where it first appears. A trace without an announced answer ends with its last relation.
    """
    known = set(FREE)
    if problem is not None:
        known |= {Fraction(n) for n in quantities(problem) | implied_quantities(problem)}
        if _PER_HUNDRED.search(problem):
            known.add(Fraction(100))
        if _ANGLES.search(problem):
            known |= _TURNS
    missing: tuple[Fraction | str, ...]
    made: dict[Key, int] = {}
    nodes: dict[int, _Node] = {}
    others: list[int] = []
    claims = report.claims
    restated: dict[int, int] = {}
    answers = [c.claim.span for c in claims if isinstance(c.claim.body, FinalAnswer)]
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
                operands, results, missing = flow_of(found, known)
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
                    known.update(values_in(first_reading(body.left)))
                    known.update(values_in(first_reading(body.right)))
            case Returns():
                same = made.get(body.value.readings[0])
                if same is not None:  # the value of an earlier call, said of another one
                    restated[index] = same
                if any(_overlap(found.claim.span, span) for span in answers):
                    continue  # running it tells whether it is right, not what it rests on
                given = arguments_of(body)
                missing = _strangers(given, known, problem) if problem is not None else ()
                used = {made[k] for k in given if k in made}
                used |= set() if same is None else {same}
                nodes[index] = _Node(frozenset(used), missing)
                for key in results_of(body):
                    made[key] = index
                    if isinstance(key, Fraction):
                        known.add(key)
            case _:
                known |= counted_by(found)
                if obliges(found):
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
    verified = any(
        (claims[i].verdict.status is Status.VERIFIED or carries_on(claims[i]))
        and not echoes(claims[i])
        for i in sound
    )
    failing = (n for n, i in enumerate(others) if claims[i].verdict.status in NOT_ESTABLISHED)
    first = next(failing, len(others))
    downstream: set[int] = set()
    for index in sorted(path & nodes.keys()):
        uses = nodes[index].uses
        failed = {i for i in uses if claims[i].verdict.status in NOT_ESTABLISHED} - setups
        if failed or uses & downstream:
            downstream.add(index)
    carried = {
        i
        for i, of in restated.items()
        if of in downstream or claims[of].verdict.status in NOT_ESTABLISHED
    }
    return Support(
        frozenset(path),
        borrowed,
        verified and not circular,
        frozenset(downstream),
        frozenset(setups),
        frozenset(carried.union(others[first + 1 :])),
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
            counted = counted_by(found)
            used |= counted
            serves.subtract(counted)
            continue
        left, right = first_reading(body.left), first_reading(body.right)
        used.update(map(Fraction, numbers(left) | numbers(right)))
        if free_symbols(left) or free_symbols(right):
            continue
        start, end = (right, left) if is_bare(left) and not is_bare(right) else (left, right)
        serves.subtract({written_value(n) for n in literals(end)})
        if index in path and body.link == 0:
            serves.update(map(written_value, operands_of(start)))
    overused = {v for v, n in serves.items() if v is not None and n > (v in given)} - FREE
    if not overused:
        return ()
    told = plain_number_counts(problem)
    overused = {v for v in overused if serves[v] > told[v]}
    if not overused & (given | _made_in(report)):
        return ()
    lines = [s for step in report.steps for s in _SENTENCE.split(step.step.text) if "=" in s]
    used |= FREE | set(map(Fraction, quantities("\n".join(lines))))
    left_out = sorted(n for n in told.keys() - used if used.isdisjoint(_percentages(n)))
    return tuple(left_out) if len(left_out) > 1 else ()


def _percentages(number: Fraction) -> tuple[Fraction, ...]:
    """What a calculation with so many percent may use instead: 0.2, 0.8 or 1.2 for 20."""
    part = number / 100
    return part, 1 - part, 1 + part


def _made_in(report: Report) -> set[Fraction | None]:
    """The values that calculations without unknowns end in."""
    sides = (
        first_reading(side)
        for found in report.claims
        if isinstance(found.claim.body, Relation) and not found.claim.uses
        for side in (found.claim.body.left, found.claim.body.right)
    )
    return {written_value(n) for side in sides if is_bare(side) for n in literals(side)}


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _strangers(
    given: Set[Fraction | str], known: Set[Fraction], problem: str
) -> tuple[Fraction | str, ...]:
    """What a call is given that neither the problem nor an earlier result has."""
    return tuple(
        key
        for key in sorted(given, key=str)
        if not (key[1:-1] in problem if isinstance(key, str) else key in known or -key in known)
    )


def _brings_up(found: ClaimReport, names: Set[str]) -> bool:
    """Whether a claim is an equation of which nothing can be said, as it has a name not seen yet.

    A bare number is no set-up: it would be a result without its work.
    """
    body = found.claim.body
    if not isinstance(body, Relation) or body.op != "=":
        return False
    if found.verdict.status is not Status.UNVERIFIABLE or found.claim.uses <= names:
        return False
    return not is_bare(first_reading(body.left)) and not is_bare(first_reading(body.right))


NOT_ESTABLISHED = (
    Status.REFUTED,
    Status.JUMP,
    Status.UNVERIFIABLE,
    Status.UNDECIDED,
    Status.UNSUPPORTED,
)


def _answer(
    claims: Sequence[ClaimReport], made: dict[Key, int], nodes: dict[int, _Node]
) -> tuple[set[int], Set[Fraction | str]]:
    """The claims that make the answer, and the numbers in it."""
    last = next((c for c in reversed(claims) if c.claim.kind is Kind.ANSWER), None)
    if last is None:
        return ({max(nodes)} if nodes else set()), frozenset()
    body = last.claim.body
    # the answer of a domain with a state of its own is on the path as it stands
    if not isinstance(body, FinalAnswer):
        return set(), frozenset()
    shown = literal(body.text.strip("`* ."))
    roots = {made[shown]} if shown is not None and shown in made else set()
    values: set[Fraction | str] = set()
    for piece in _pieces(body):
        whole = first_reading(piece)
        values |= {v for v in map(written_value, literals(whole)) if v is not None}
        keys = (whole,) if whole in made else keys_of(whole)
        roots |= {made[key] for key in keys if key in made}
    if not roots and last.verdict.evidence is not None:  # linked by its value, written otherwise
        linked = last.verdict.evidence.premises
        roots = {max((i for i in nodes if claims[i].claim.statement in linked), default=-1)} - {-1}
    return roots, values - FREE


_BETWEEN = re.compile(
    r",(?!\d{3}(?!\d))|;|\\text\s*\{\s*(?:and|or)\s*\}|\b(?:and|or)\b|[=<>≤≥]|\\(?:leq?|geq?|lt|gt)\b"
)


def _pieces(answer: FinalAnswer) -> list[Expr]:
    """The expressions of an answer: one, the items of a list, or the sides of a relation."""
    if answer.value is not None:
        return [answer.value]
    found = [read_expression(part) for part in _BETWEEN.split(answer.text)]
    return [piece for piece in found if piece is not None] if None not in found else []
