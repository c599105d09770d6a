"""What a calculation uses, what it makes, and which of its numbers nothing gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from fractions import Fraction
from itertools import islice
from typing import TypeAlias

from clr.bodies.mathematics import NumberFact, Relation
from clr.claim import Role, Status
from clr.ledger import first_reading, literals, written_value
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
from clr.report import ClaimReport
from clr.verifiers.exact import value as exact_value

Key: TypeAlias = "Fraction | str | Expr"
"""What a claim makes and another uses: a number, a name, a value of a program, an expression."""

FREE = frozenset(map(Fraction, (0, 1, 2)))
"""Numbers that a calculation may use without a source."""

MOST_PARTS = 40
"""Subexpressions of one side whose values are computed."""


def flow_of(
    found: ClaimReport, known: Set[Fraction]
) -> tuple[set[Key], set[Key], tuple[Fraction, ...]]:
    """What a claim uses, what it makes, and the numbers in it that nothing gives."""
    body = found.claim.body
    if isinstance(body, NumberFact):
        used = {key for argument in body.args for key in keys_of(argument)}
        return used, used, _sourceless([n for a in body.args for n in literals(a)], known)
    assert isinstance(body, Relation)
    left, right = first_reading(body.left), first_reading(body.right)
    if free_symbols(left) or free_symbols(right):
        made: set[Key] = {left, right, *keys_of(left), *keys_of(right)}
        return made, made, _introduced(found, left, right, known)
    verified = found.verdict.status is Status.VERIFIED
    backwards = is_bare(left) and not is_bare(right)
    start, end = (right, left) if backwards else (left, right)
    missing = _sourceless(operands_of(start), known)
    # 45 taken apart: in 9 * 5 one follows from the other, in 4 * 11 + 1 the last two do
    follows = verified and (len(missing) == 1 or _is_division(right, known))
    if backwards and follows and missing and not _sourceless(literals(left), known):
        return {left, *keys_of(left)}, {right, *keys_of(right)}, ()
    new = () if is_bare(end) else _sourceless(literals(end), known | set(values_in(start)))
    if len(new) == 1 and verified:
        new = ()  # 44 in 100 pi - 56 pi = 44 pi
    return keys_of(start) | {start}, keys_of(end) | {end}, missing + new


def _is_division(e: Expr, known: Set[Fraction]) -> bool:
    """Whether `e` is b q + r with a known b and 0 <= r < b, so that q and r follow from the sum."""
    match e:
        case Add((Mul((Int(b), Int())), Int(r))) | Add((Mul((Int(), Int(b))), Int(r))):
            return 0 <= r < b and Fraction(b) in known
        case _:
            return False


def operands_of(side: Expr) -> Iterator[Expr]:
    """The numbers that a side is calculated from: 480 and 30 in 480/30, which is 16."""
    match side:
        case Quantity(inner, _) | Neg(inner):
            yield from operands_of(inner)
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


def keys_of(side: Expr) -> set[Key]:
    """The numbers and names in an expression; of a fraction, also its parts."""
    keys: set[Key] = set(free_symbols(side))
    for number in literals(side):
        value = written_value(number)
        if value is not None:
            keys.add(value)
        if isinstance(number, Div):
            keys |= {v for v in map(written_value, children(number)) if v is not None}
    return keys


def is_bare(side: Expr) -> bool:
    """Whether a side is a number and no calculation."""
    match side:
        case Int() | Dec():
            return True
        case Neg(inner) | Quantity(inner, _):
            return is_bare(inner)
        case Seq() | Matrix():
            entries = (e.arg if isinstance(e, Neg) else e for e in children(side))
            return all(is_bare(e) or written_value(e) is not None for e in entries)
        case _:
            return False


def values_in(side: Expr) -> Iterator[Fraction]:
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
