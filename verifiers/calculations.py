"""Checks calculations: relations without unknowns, by the values of their sides.

A false one is not refuted where it is no assertion: where a sign only joins a result to the
calculation that goes on with it, or where values are put into an equation to see what comes of it.
"""

from __future__ import annotations

from itertools import product

from clr.bodies.mathematics import Cue, Relation
from clr.claim import (
    Claim,
    Evidence,
    Role,
    Strength,
    Verdict,
    refuted,
    unverifiable,
    verified,
)
from clr.ledger import Ledger, first_reading, substitute, written_value
from clr.notation.ast import (
    Add,
    Big,
    Call,
    Dec,
    Div,
    Either,
    Expr,
    InBase,
    Int,
    Mul,
    Neg,
    Percent,
    Pow,
    Quantity,
    Seq,
    free_symbols,
    kinds,
    walk,
)
from clr.notation.dimensions import same_dimension
from clr.notation.readings import is_ambiguous, readings
from clr.verifiers.compare import compare, is_written_number
from clr.verifiers.outcome import PROVED, Outcome, Truth
from clr.verifiers.units import converts, summed, units

COMPARE = "compare"
TRIAL = "trial"
RUNNING = "running"
AGREES = verified(COMPARE, "both sides agree")
_PROBABLY = verified(COMPARE, "both sides agree", strength=Strength.PROBABLE)


def pairs_of(body: Relation) -> tuple[tuple[Expr, Expr], ...]:
    """Both sides under each reading, the same ambiguity resolved alike on both."""
    if not is_ambiguous(body.left) and not is_ambiguous(body.right):
        return ((body.left, body.right),)
    both = readings(Seq("", (body.left, body.right), ""))
    out = []
    for reading in both:
        assert isinstance(reading, Seq)
        out.append((reading.items[0], reading.items[1]))
    return tuple(out)


def agree(body: Relation) -> bool:
    """Whether both sides, free of unknowns, have one value in one of their readings."""
    return any(
        compare(left, body.op, right, approximate=body.approximate).truth is Truth.TRUE
        for left, right in pairs_of(body)
    )


def computes(e: Expr) -> bool:
    """Whether an expression holds an operation, and is not just a number as written."""
    return not kinds(e).isdisjoint(_OPERATIONS)


_OPERATIONS = (Add, Mul, Div, Pow, Call, Big, InBase)


def check_calculation(
    claim: Claim, body: Relation, pairs: tuple[tuple[Expr, Expr], ...], ledger: Ledger
) -> Verdict:
    """The verdict on a relation without unknowns; `pairs` are its two sides in every reading.

    Verified if one reading holds without having been rounded; refuted only if a derived claim has a
    value on both sides and is false in every reading, and none of the ways to write that leave
    something unsaid explains it: a literal, a price, a trial, a running calculation.
    """
    unknown = loose = False
    first: Outcome | None = None
    for left, right in pairs:
        outcome = compare(left, body.op, right, approximate=body.approximate)
        if outcome.truth is Truth.TRUE and not outcome.loose:
            return AGREES if outcome.strength is Strength.PROVED else _PROBABLY
        loose = loose or outcome.loose
        unknown = unknown or outcome.truth is not Truth.FALSE
        first = first or outcome
    if loose:
        return unverifiable(COMPARE, "agrees only if what it is made of was rounded")
    if unknown or first is None:
        if claim.role is Role.DERIVED and body.op == "=" and all(map(_divides_by_zero, pairs)):
            return refuted(COMPARE, Evidence("a division by zero has no value"))
        return unverifiable(COMPARE, "a side has no value that can be computed")
    if claim.role is not Role.DERIVED:
        return unverifiable(COMPARE, "false, but supposed or denied rather than claimed")
    if _is_literal(body.left) and _is_literal(body.right) and not _converts(body, ledger):
        return unverifiable(COMPARE, "two literals: a statement about something unread")
    if (
        body.link == 0
        and isinstance(first_reading(body.left), Quantity)
        and not _converts(body, ledger)
    ):
        return unverifiable(COMPARE, "a quantity worked out in other units")
    if body.link == 0 and _names_something_else(body.left, body.right):
        return unverifiable(COMPARE, "a price, or a share of something unread")
    if _tries(claim, body, pairs, ledger):
        return unverifiable(TRIAL, "a value put into an equation, which it does not satisfy")
    if (stated := _stated_by_problem(pairs, ledger)) is not None:
        return unverifiable(COMPARE, stated)
    in_prose = "\\" not in claim.text
    running = _running(pairs, body.goes_on and in_prose)
    if running and not _enclosed(claim.text.rpartition("=")[2]):
        return unverifiable(RUNNING, "a running calculation: the sign joins two results")
    if body.link and in_prose and _ends_run(claim, pairs, ledger):
        return unverifiable(RUNNING, "a running calculation: the last sign is about its end")
    return refuted(COMPARE, first.evidence())


def _is_literal(e: Expr) -> bool:
    """Whether a side is a number as written, with or without a mark behind it."""
    if isinstance(e, Either) and e.cause == "exclaimed":
        e = e.options[0]
    return not computes(e)


def _converts(body: Relation, ledger: Ledger) -> bool:
    """Whether a value is told again in another unit, or as a percentage: `= 0.25 km = 250 m`,
    `= 0.70 = 70 %`. A growth by 5 % is a factor of 1.05.

    Where nothing was worked out before, only a wrong power of ten is sure to be a mistake, and only
    in a text that speaks of no map or model.
    """
    left, right = body.left, body.right
    if body.op != "=":
        return False
    if body.link and isinstance(right, Percent) and isinstance(left, Dec):
        share = Div(right.arg, Int(100))
        grown = (Add((Int(1), share)), Add((Int(1), Neg(share))), Neg(share))
        return all(compare(left, "=", e).truth is Truth.FALSE for e in grown)
    if not (isinstance(left, Quantity) and isinstance(right, Quantity)):
        return False
    if not same_dimension(left, right):
        return False
    if body.link:
        return True
    digits = {_significant(side.value) for side in (left, right)}
    return len(digits) == 1 and digits != {"1"} and "scale" not in ledger.arithmetics.others


def _significant(e: Expr) -> str:
    """The digits of a number without the zeros at its ends."""
    return str(e.value if isinstance(e, Int) else e.digits if isinstance(e, Dec) else e).strip("0")


def _divides_by_zero(pair: tuple[Expr, Expr]) -> bool:
    """Whether the left side divides by what is exactly zero, and the right side is a number."""
    left, right = pair
    if Big in kinds(left) or compare(right, "=", right).truth is not Truth.TRUE:
        return False
    dens = (n.den for n in walk(left) if isinstance(n, Div))
    return any(compare(den, "=", Int(0)) == PROVED for den in dens)


def _stated_by_problem(pairs: tuple[tuple[Expr, Expr], ...], ledger: Ledger) -> str | None:
    """Why a false equation is the problem's and not the author's: the problem states it, as in a
    puzzle with matches, or states others, as in `2 + 3 = 10, 7 + 2 = 63, 6 + 5 = ?`."""
    meant_otherwise = 0
    for entry in ledger.entries:
        given = entry.claim.body
        if entry.claim.role is not Role.GIVEN:
            break
        if not isinstance(given, Relation) or given.op != "=" or entry.claim.uses:
            continue
        left, right = first_reading(given.left), first_reading(given.right)
        if (left, right) in pairs:
            return "stated by the problem"
        if compare(left, "=", right).truth is not Truth.FALSE:
            continue
        if any(_same_values(pair, (left, right)) for pair in pairs):
            return "stated by the problem, with the same values"
        if isinstance(left, type(pairs[0][0])):
            meant_otherwise += computes(left)
    return "the problem's signs have a meaning of their own" if meant_otherwise > 1 else None


def _tries(
    claim: Claim, body: Relation, pairs: tuple[tuple[Expr, Expr], ...], ledger: Ledger
) -> bool:
    """Whether a false relation is a known equation with values put in: `1 = sqrt(9) + 4`.

    It says what those values would lead to, and that they are no solution. So does one with the
    same two values on its sides after it.
    """
    if body.op != "=":
        return False
    for entry in ledger.recent(claim.step - 2):
        trial = entry.claim.body
        if (
            entry.verdict.checked_by == TRIAL
            and isinstance(trial, Relation)
            and any(_same_values(pair, (trial.left, trial.right)) for pair in pairs)
        ):
            return True
    if body.cue is not Cue.SUBSTITUTION:
        return False
    values = _candidates(pairs[0])
    known = ledger.equations()
    for entry in known if len(known) <= MOST_TRIED else (*known[:3], *known[3 - MOST_TRIED :]):
        if entry.equation is None or not 1 <= len(entry.claim.uses) <= 2:
            continue
        count = len(entry.claim.uses)
        for chosen in product(values[: _MOST_VALUES // count], repeat=count):
            put = dict(zip(sorted(entry.claim.uses), chosen, strict=True))
            left, right = (substitute(side, put) for side in entry.equation)
            if any(_same_values(pair, (left, right)) for pair in pairs):
                return True
    return False


MOST_TRIED = 8
"""Known equations into which values are put: the first three, and the last."""
_MOST_VALUES = 6


def _candidates(pair: tuple[Expr, Expr]) -> list[Expr]:
    """The numbers in a relation with the signs that they have there: what may have been put in."""
    found: dict[Expr, None] = {}
    for side in pair:
        for node in walk(side):
            if isinstance(node, (Int, Dec, Neg, Div)) and not free_symbols(node):
                found[node] = None
    return list(found)[:_MOST_VALUES]


def _same_values(a: tuple[Expr, Expr], b: tuple[Expr, Expr]) -> bool:
    """Whether two relations without unknowns have the same values on their sides."""
    return all(compare(x, "=", y).truth is Truth.TRUE for x, y in zip(a, b, strict=True))


def _names_something_else(left: Expr, right: Expr) -> bool:
    """Whether the left side names what the right side counts: `1 roll + 2 buns = $3.70` has a sum
    of things and a price, `3/5 = 270 girls` a fraction and as many as it is of them."""
    things, counted = set(units(left)), set(units(right))
    if things and counted and things.isdisjoint(counted) and not converts(things, counted):
        return not same_dimension(left, right)
    share = written_value(first_reading(left))
    if share is None or not 0 < share <= 1 or isinstance(first_reading(left), (Int, Dec)):
        return False
    return compare(right, ">", Int(1)).truth is Truth.TRUE


def _running(pairs: tuple[tuple[Expr, Expr], ...], goes_on: bool) -> bool:
    """`5 + 3 = 8 + 2`: the result, and then the calculation that goes on with it.

    Where a fraction ends the chain, `24 = 24/3`, nothing goes on: it is a wrong result.
    """
    for left, right in pairs:
        start = right
        if is_written_number(right) or len(summed(right) or ()) > 1:
            continue  # 9 × 10^14 is one number, and 3 h 20 min one time
        while isinstance(start, (Add, Mul)) or (isinstance(start, Div) and goes_on):
            start = start.num if isinstance(start, Div) else start.args[0]
            if compare(left, "=", start).truth is Truth.TRUE:
                return True
    return False


def _ends_run(claim: Claim, pairs: tuple[tuple[Expr, Expr], ...], ledger: Ledger) -> bool:
    """`3 × 12 = 36 + 3 × 8 = 24`: after a result, another calculation with a result of its own."""
    before = ledger.entries[-1] if ledger.entries else None
    joined = before is not None and before.claim.span.end > claim.span.start
    if joined and before is not None and before.verdict.checked_by != RUNNING:
        return False
    for left, right in pairs:
        match left:
            case Add((_, rest)) if computes(rest) and compare(rest, "=", right) == PROVED:
                return True
    return False


def _enclosed(text: str) -> bool:
    """Whether one pair of brackets holds all of `text`: no calculation goes on inside it."""
    text = text.strip(" .,;")
    if not text.startswith("(") or not text.endswith(")"):
        return False
    depth = 0
    for at, char in enumerate(text, 1):
        depth += (char == "(") - (char == ")")
        if not depth:
            return at == len(text)
    return False
