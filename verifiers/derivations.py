"""Checks derived equations: do they hold wherever the equations before them hold?

An equation is refuted only if it fails at every sampled point of every context in which it may be
meant (see `Ledger.contexts`), and the text puts it as following from one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

import numpy as np

from clr.bodies.mathematics import Cue, Relation
from clr.claim import (
    Claim,
    Evidence,
    Kind,
    Role,
    Status,
    Strength,
    Verdict,
    jump,
    refuted,
    undecided,
    unverifiable,
    verified,
)
from clr.ledger import (
    IDENTITY,
    ROUNDED,
    SOURCE,
    Entry,
    Equation,
    Ledger,
    first_reading,
    name_of,
    substitute,
    written_value,
)
from clr.notation.ast import (
    Big,
    Call,
    Dec,
    Degree,
    Deriv,
    Expr,
    Int,
    Neg,
    Quantity,
    free_symbols,
    has_constant,
    kinds,
    walk,
)
from clr.notation.functions import FUNCTIONS
from clr.verifiers.alternatives import check_alternative
from clr.verifiers.calculations import computes, pairs_of
from clr.verifiers.compare import compare
from clr.verifiers.consequences import is_consequence
from clr.verifiers.expansions import is_product, misexpands
from clr.verifiers.formulas import check_formula, matches
from clr.verifiers.identity import identity, plainly_differ, signs
from clr.verifiers.outcome import Truth
from clr.verifiers.polynomials import alike, divides, is_condition
from clr.verifiers.programs import Unsupported, compile_expression, evaluate
from clr.verifiers.variety import ENOUGH, Agreement, Points, agreement, sample

Failure: TypeAlias = tuple[tuple[Entry, ...], Points, Agreement]
"""A context, points on it, and how a claim fails there."""

CONTEXT = "context"


def check_equation(
    claim: Claim, body: Relation, pairs: tuple[tuple[Expr, Expr], ...], ledger: Ledger
) -> Verdict:
    """The verdict on an equation with unknowns; `pairs` are its two sides in every reading.

    Verified if it is an identity, or holds at all points sampled of what the equations before it
    allow (`probable`); refuted only if it fails at all of them in every reading and context. A
    premise is taken as it is.
    """
    decided = False
    for left, right in pairs:
        if plainly_differ(left, right):
            decided = True
            continue
        outcome = identity(left, right)
        if outcome.truth is Truth.TRUE:
            return verified(IDENTITY, "an identity", strength=outcome.strength)
        decided = decided or outcome.truth is Truth.FALSE
    if not decided:
        return unverifiable(IDENTITY, "could not be evaluated")
    if body.alternative and claim.role is Role.ASSUMED:
        return check_alternative(claim, body, ledger)
    if misexpands(claim, body, pairs, ledger) and not _is_known(pairs, ledger):
        return _no_identity(body)
    if claim.role is not Role.DERIVED:
        return unverifiable(CONTEXT, f"{claim.role}: taken as a premise")
    if not ledger.slow:
        return undecided(CONTEXT, "needs the equations around it, and the slow tiers were off")
    tested: dict[str, Failure] = {}
    unseen = False  # whether the problem's own equations may imply it, but were not solved
    judged: Verdict | None = None  # where it failed so far
    for tried, (name, context) in enumerate(ledger.contexts(claim)):
        if tried == NEAR:
            judged = _failed(claim, body, tested, ledger)
            if judged.fault is None:  # failing everywhere would not be held against it
                break
        failures: list[Failure] = []
        passed_over = 0
        for left, right in pairs:
            free = uncovered((left, right), context)
            if free and not body.link:  # the links of a chain say nothing new about other symbols
                passed_over += not _heard(free, ledger)  # in a reading of its own
                continue
            if is_consequence((left, right), equations_of(context)):
                return _holds(context)
            found = in_context((left, right), context, free)
            if found is None:
                unseen = unseen or all(e.claim.role is Role.GIVEN for e in context)
                continue
            signed, points, result = found
            if result.held and (not result.failed or _holds_for_reals(signed, points)):
                return _holds(context)
            if result.held or result.unclear * UNCLEAR > result.tested:
                return unverifiable(CONTEXT, "holds for some solutions of the equations before it")
            if result.failed:
                failures.append((context, points, result))
        if failures and len(failures) + passed_over == len(pairs):  # false in every reading
            tested[name] = failures[-1]
            judged = None
    if any(_rounds(body, points) for _, points, _ in tested.values()):
        return verified(ROUNDED, "holds for fewer digits than it has", strength=Strength.PROBABLE)
    verdict = _failed(claim, body, tested, ledger) if judged is None else judged
    if verdict.fault is not None and _is_factor(pairs, tested):
        return unverifiable(CONTEXT, "holds for some solutions of the equations before it")
    misput = check_formula(claim, body, ledger) if verdict.fault is None else None
    if misput is not None:
        return misput
    if unseen and (verdict.status is Status.JUMP or not tested):
        return unverifiable(CONTEXT, "no point was found where the problem's equations hold")
    if verdict.fault is not None and body.link and ledger.updated:
        return unverifiable(CONTEXT, "gives a name a new value, as a program does")
    if verdict.fault is not None and (
        _is_known(pairs, ledger) or _is_rearranged(claim, pairs, ledger)
    ):
        return unverifiable(CONTEXT, "stated before")
    return verdict


def _holds(context: tuple[Entry, ...]) -> Verdict:
    return verified(
        CONTEXT,
        "holds wherever the equations before it hold",
        strength=Strength.PROBABLE,
        premises=tuple(e.claim.statement for e in context),
    )


def _is_factor(pairs: tuple[Equation, ...], tested: dict[str, Failure]) -> bool:
    """Whether an equation is what one of those before it says in one of its cases, which may be
    far from all points: `8 - r = 0` after `a(8 - r) = 0`."""
    known = {e for context, _, _ in tested.values() for e in equations_of(context)}
    names = _symbols(*pairs, *known)
    return any(divides(pair, equation, names) for pair in pairs for equation in known)


def _symbols(*equations: Equation) -> list[str]:
    return sorted(frozenset[str]().union(*(free_symbols(side) for e in equations for side in e)))


def _heard(names: frozenset[str], ledger: Ledger) -> bool:
    """Whether the equations so far hold all `names`."""
    return names <= frozenset[str]().union(*(e.claim.uses for e in ledger.equations()))


def _is_known(pairs: tuple[Equation, ...], ledger: Ledger) -> bool:
    return any(e.equation in pairs for e in ledger.equations())


def _is_rearranged(claim: Claim, pairs: tuple[Equation, ...], ledger: Ledger) -> bool:
    """Whether an equation says what one far before it says: `a + b = -1` and `1 + a + b = 0`."""
    return any(
        divides(pair, equation, names) and divides(equation, pair, names)
        for e in ledger.equations()
        if (equation := e.equation) is not None and e.claim.uses == claim.uses
        for pair in pairs
        if (names := _symbols(pair, equation))
    )


UNCLEAR = 8
"""One point in so many where an equation nearly holds is taken for chance."""
NEAR = 2
"""Contexts in which a claim is tried though its failure there would not count against it."""


def uncovered(equation: Equation, context: tuple[Entry, ...]) -> frozenset[str]:
    """The symbols of `equation` that the equations of `context` say nothing about."""
    free = free_symbols(equation[0]) | free_symbols(equation[1])
    for left, right in equations_of(context):
        free = free - free_symbols(left) - free_symbols(right)
    return free


def equations_of(context: tuple[Entry, ...]) -> tuple[Equation, ...]:
    """What entries equate."""
    return tuple([e.equation for e in context if e.equation is not None])


def in_context(
    equation: Equation, context: tuple[Entry, ...], free: frozenset[str]
) -> tuple[Equation, Points, Agreement] | None:
    """Points where the equations of `context` hold, and how `equation` fares there under the signs
    that suit it best; the symbols in `free` may have any value."""
    try:
        points = sample(equations_of(context), free)
        if points.count < 3:
            return None
        chosen = [
            ((left, right), agreement((left, right), points))
            for left in signs(equation[0])
            for right in signs(equation[1])
        ]
    except Unsupported:
        return None
    if not chosen:
        return None
    signed, result = max(chosen, key=lambda c: (c[1].held, -c[1].failed))
    return signed, points, result


def _holds_for_reals(equation: tuple[Expr, Expr], points: Points) -> bool:
    """Whether an equation that fails at some solutions holds at all real ones: x^3 = 8, x = 2."""
    real = points.real()
    if not real.count:
        return False
    result = agreement(equation, real)
    return result.held == real.count


def _failed(claim: Claim, body: Relation, tested: dict[str, Failure], ledger: Ledger) -> Verdict:
    """Whether an equation that fails wherever it was tested is refuted, or only new."""
    if not (tested or body.link or body.cue is Cue.EXPANSION):
        return _NEW
    left, right = free_symbols(body.left), free_symbols(body.right)
    if body.link > 0 and not name_of(first_reading(body.left)):
        if _calculus(body.left) or _calculus(body.right):
            return unverifiable(CONTEXT, "a derivative, integral or limit of unknowns")
        # a rewritten side: symbols that come or go must be fixed by what is known
        changed = left ^ right
        if not changed:
            for context, points, result in tested.values():
                return _refute(claim, context, points, result)
            if claim.uses & ledger.told() and is_condition(pairs_of(body)[0], sorted(left)):
                return unverifiable(CONTEXT, "may follow from what is told in words")
            return _no_identity(body)
        if computes(body.right):
            for context, points, result in tested.values():
                if all(points.determined(name) for name in changed):
                    if _puts_in(body, context) or _in_other_units(body, context, points):
                        return unverifiable(CONTEXT, "holds but for rounding, or in other units")
                    if _puts_others_in(claim, body, context):
                        return unverifiable(CONTEXT, "a formula with other values put in")
                    return _refute(claim, context, points, result)
        return unverifiable(CONTEXT, "brings in something that is not established")
    expansion = body.cue is Cue.EXPANSION and left == right and not body.listed
    if expansion and SOURCE not in tested and (is_product(body.left) or is_product(body.right)):
        return _no_identity(body)
    before = tested.get(SOURCE) or next(iter(tested.values()), None)
    if any(_imaginary(e.equation) for e in (before[0] if before else ()) if e.equation) and not (
        _imaginary((body.left, body.right))
    ):
        return unverifiable(CONTEXT, "may speak of a part or the size of complex numbers")
    if SOURCE in tested:
        source = tested[SOURCE][0]
        points = tested[SOURCE][1]
        if _derives(claim, body, source, points) or _slipped(claim, body, source):
            return _refute(claim, *tested[SOURCE])
        if _leaps(claim, body, source) and not _rounds(body, points):
            return jump(CONTEXT, _refute(claim, *tested[SOURCE]).evidence or Evidence(""))
    if tested and body.cue in (Cue.REWRITE, Cue.EXPANSION) and not body.listed:
        # another form of something, but of nothing that stands before it
        failure = next(reversed(tested.values()))
        return jump(CONTEXT, _refute(claim, *failure).evidence or Evidence(""))
    return _NEW


_NEW = unverifiable(CONTEXT, "a new equation")


def _imaginary(sides: Equation) -> bool:
    """Whether the imaginary unit occurs."""
    return any(has_constant(side, "i") for side in sides)


def _no_identity(body: Relation) -> Verdict:
    """Refuted with a point where the sides differ; where none can be shown, nothing is said."""
    outcome = identity(*pairs_of(body)[0])
    if outcome.truth is not Truth.FALSE:
        return unverifiable(IDENTITY, "no point was found where both sides have a value")
    return refuted(IDENTITY, outcome.evidence())


def _values(claim: Claim, source: tuple[Entry, ...]) -> bool:
    """Whether claim and source both give a name a value: one more solution, not a consequence."""
    return claim.kind is Kind.BINDING and any(e.claim.kind is Kind.BINDING for e in source)


def _begins_anew(claim: Claim, body: Relation, source: tuple[Entry, ...]) -> bool:
    """Whether an equation that no word joins to its source comes after that was solved: it may be
    the next exercise, as in `2x = 6, so x = 3. 5x = 10`."""
    if body.cue is not Cue.NONE or claim.kind is Kind.BINDING or len(claim.uses) != 1:
        return False
    last = source[-1]
    solved = last.claim.kind is Kind.BINDING and last.claim.uses == claim.uses
    return solved and last.verdict.status is Status.VERIFIED


def _leaps(claim: Claim, body: Relation, source: tuple[Entry, ...]) -> bool:
    """Whether an equation is put as following from its source, though it may be new information.

    An unknown that its source holds only once, or only to give another a name, cannot have
    cancelled: something else fixed it, and the source is no source. In a list, and where no word
    joins it to the equation above, only what is said of the one unknown follows from that; among
    several unknowns an equation may be one more condition.
    """
    known = frozenset[str]().union(*(e.claim.uses for e in source))
    if not known >= claim.uses or _values(claim, source) or _begins_anew(claim, body, source):
        return False
    named = any(e.claim.kind is Kind.BINDING for e in source)
    if any(named or _occurrences(name, source) < 2 for name in known - claim.uses):
        return False
    here = all(e.claim.step == claim.step for e in source)
    if body.listed:
        one = known == claim.uses and len(known) == 1
        return here and one and claim.kind is Kind.BINDING
    if body.cue in (Cue.REWRITE, Cue.EXPANSION):
        return True
    if len(claim.uses) > MOST_UNKNOWNS:
        return False
    if body.cue in (Cue.CONSEQUENCE, Cue.IMPLICATION):
        return here or (known == claim.uses and len(known) == 1)
    return body.cue in _BARE and here and known == claim.uses and len(known) == 1


MOST_UNKNOWNS = 2
"""Unknowns of an equation that is taken for a consequence because it stands after its source."""


def _occurrences(name: str, source: tuple[Entry, ...]) -> int:
    """How often the equations of `source` hold a name."""
    sides = [side for entry in source for side in entry.equation or ()]
    return sum(name_of(node) == name for side in sides for node in walk(side))


ALIKE = 3
"""Coefficients in which an equation must agree with its source, for a single other one to be a
slip: two totals or two circles agree in fewer."""


def _slipped(claim: Claim, body: Relation, source: tuple[Entry, ...]) -> bool:
    """Whether an equation is the one before it, rearranged, but for one coefficient."""
    if body.listed or len(source) > 1 or source[0].claim.step != claim.step:
        return False
    before = source[0].equation
    if before is None:
        return False
    names = tuple(sorted(claim.uses | source[0].claim.uses))
    found = alike(before, (first_reading(body.left), first_reading(body.right)), names)
    if found is None or found.differing != 1:
        return False
    direct = body.cue in (Cue.SUCCESSION, Cue.IMPLICATION) or (
        body.cue is Cue.CONSEQUENCE and source[0].claim.uses == claim.uses and found.degree > 1
    )
    return found.agreeing >= (ALIKE - 1 if direct else ALIKE)


def _rounds(body: Relation, points: Points) -> bool:
    """Whether the right side is a number that the left side, at some of the points, has with fewer
    digits: `3x = 10, x = 3.33`, `7x = 1000, x = 143`, but not `2x = 5, x = 2.6`."""
    number, sign = first_reading(body.right), 1
    if isinstance(number, Quantity):
        number = number.value
    if isinstance(number, Neg):
        number, sign = number.arg, -1
    match number:
        case Int(digits) if digits >= LEAST_ROUNDED:
            places, slack = 0, 0.5
        case Dec(digits, places) if places <= MOST_PLACES:
            slack = 1.01  # the last digit rounded, or cut off, of an exact value or a rounded one
        case _:
            return False
    try:
        values = evaluate(compile_expression(first_reading(body.left)), points.values)
    except (Unsupported, KeyError):
        return False
    with np.errstate(all="ignore"):  # points at which the left side has no value count as none
        scaled = np.atleast_1d(values) * 10**places
        off = np.abs(scaled - sign * digits)
        return bool(np.any((off <= slack) & (np.abs(scaled - np.round(scaled.real)) > 1e-6)))


MOST_PLACES = 9
"""Decimal places up to which points are exact enough to tell a rounded value."""
LEAST_ROUNDED = 100
"""From here on an integer may be a rounded value."""


def _puts_in(body: Relation, context: tuple[Entry, ...]) -> bool:
    """Whether both sides agree, as calculations are compared, with the known values put in."""
    values = {
        name: e.equation[1]
        for e in context
        if e.equation is not None
        and (name := name_of(e.equation[0]))
        and not free_symbols(e.equation[1])
    }
    left, right = (substitute(first_reading(side), values) for side in (body.left, body.right))
    if free_symbols(left) | free_symbols(right):
        return False
    return compare(left, "=", right, approximate=body.approximate).truth is Truth.TRUE


def _puts_others_in(claim: Claim, body: Relation, context: tuple[Entry, ...]) -> bool:
    """Whether a formula is written again with numbers for all of its unknowns, of which an earlier
    step, and not the problem, has found others: F = 9/5 C + 32 = 9/5 (-15) + 32 after C = 25."""
    put: dict[str, Expr] = {}
    if not matches(first_reading(body.left), first_reading(body.right), put):
        return False
    if put.keys() != free_symbols(body.left):
        return False
    others = put.keys() - {
        name
        for e in context
        if e.equation is not None
        and (name := name_of(e.equation[0])) in put
        and compare(put[name], "=", _number_of(e.equation[1])).truth is Truth.TRUE
    }
    return all(
        e.claim.step < claim.step and e.claim.role is not Role.GIVEN
        for e in context
        if not others.isdisjoint(e.claim.uses)
    )


def _number_of(e: Expr) -> Expr:
    """A quantity without its unit."""
    return e.value if isinstance(e, Quantity) else e


def _in_other_units(body: Relation, context: tuple[Entry, ...], points: Points) -> bool:
    """Whether the sides differ by a factor between units, such as 1000 or 3.6 or a root of one,
    and a known value has a unit, `d = 2 km, t = 10 min, d/t = 2000/600`, or stands there with such
    a factor: `m = 145, v = 40, m v^2 = 0.145 * 40^2`."""
    sides = [side for e in context if e.equation is not None for side in e.equation]
    if not any(Quantity in kinds(side) for side in sides) and not _converts(body.right, sides):
        return False
    try:
        left, right = (
            np.abs(np.atleast_1d(evaluate(compile_expression(first_reading(side)), points.values)))
            for side in (body.left, body.right)
        )
    except (Unsupported, KeyError):
        return False
    with np.errstate(all="ignore"):
        tens = 2 * np.log10(left / right)
    if not np.isfinite(tens).all():
        return False
    sixes = [tens - n * np.log10(6) for n in range(-4, 5)]
    return any(np.all(np.abs(rest - np.round(rest)) < 1e-6) for rest in sixes)


def _converts(e: Expr, known: Sequence[Expr]) -> bool:
    """Whether a number in `e` is one of the `known` ones in another unit."""
    values = {value for side in known if (value := written_value(side))}
    written = [value for node in walk(first_reading(e)) if (value := written_value(node))]
    return any(
        new / old in _BETWEEN_UNITS or old / new in _BETWEEN_UNITS
        for new in written
        if new not in values
        for old in values
    )


_BETWEEN_UNITS = frozenset(map(Fraction, ("100", "1000", "1000000", "60", "3600", "3.6")))


def _near(claim: Claim, body: Relation, points: Points) -> bool:
    """Whether a value may be a solution that was rounded, or the whole number next to one."""
    try:
        values = [
            complex(evaluate(compile_expression(e), {})) for e in signs(first_reading(body.right))
        ]
    except (Unsupported, KeyError):
        return False
    (name,) = claim.uses
    for value in values:
        for x in map(complex, points.values[name]):
            whole = value == round(value.real) and abs(x - round(x.real)) > 1e-6
            if abs(x - value) < max(1.0 if whole else 0.0, 0.005 * abs(value)):
                return True
    return False


def _plain(e: Expr) -> bool:
    """Whether the solutions of an equation with this side do not hang on conventions, such as for
    angles and logarithms."""
    calls = (n for n in walk(e) if isinstance(n, Call))
    return Degree not in kinds(e) and all(
        call.func in ("sqrt", "root") or call.func not in FUNCTIONS for call in calls
    )


_BARE = (Cue.NONE, Cue.SUCCESSION)


def _derives(claim: Claim, body: Relation, source: tuple[Entry, ...], points: Points) -> bool:
    """Whether the text puts an equation as another form of its source, so that it must follow.

    Both must be about the same unknowns, and stand in one line of argument. Without a word that
    says so, an equation in several unknowns may be one more condition on them, and a second value
    of a name one more solution.
    """
    known = frozenset[str]().union(*(e.claim.uses for e in source))
    if known != claim.uses or body.listed or _begins_anew(claim, body, source):
        return False
    if body.cue in (Cue.REWRITE, Cue.EXPANSION):
        return True
    here = all(e.claim.step == claim.step for e in source)
    if body.cue is Cue.IMPLICATION:
        # in the reals, which more may hold in than in the complex numbers
        return here and points.real().count >= ENOUGH and not _values(claim, source)
    if len(claim.uses) > 1 or not here or body.approximate or _values(claim, source):
        return False
    sides = [side for e in source if e.equation is not None for side in e.equation]
    if body.cue is Cue.CONSEQUENCE:
        if claim.kind is not Kind.BINDING:
            return True
        return all(map(_plain, sides)) and not _near(claim, body, points)
    if computes(body.right):
        sides.append(body.right)
    if claim.kind is Kind.BINDING and any(Dec in kinds(side) for side in sides):
        return body.cue in _BARE and not _near(claim, body, points)  # x/3 = 2.67, x = 8
    return body.cue in _BARE


def _calculus(e: Expr) -> bool:
    return Deriv in kinds(e) or (
        Big in kinds(e)
        and any(isinstance(node, Big) and node.op in ("int", "lim") for node in walk(e))
    )


def _refute(claim: Claim, context: tuple[Entry, ...], points: Points, result: Agreement) -> Verdict:
    witness = result.witness()
    at = points.describe(witness) if witness is not None else {}
    sides = result.shown(witness) if witness is not None else ("", "")
    shown = {name: value for name, value in at.items() if name in claim.uses}
    where = ", ".join(f"{name} = {value}" for name, value in shown.items())
    return refuted(
        CONTEXT,
        Evidence(
            f"does not follow: at {where} the equations before it hold, "
            f"but the sides are {sides[0]} and {sides[1]}",
            counterexample=shown,
            premises=tuple(e.claim.statement for e in context),
        ),
        strength=Strength.PROBABLE,
    )
