"""Checks sums and products of unknown length, by carrying them out for a few lengths:
`1 + 2 + ... + n = n(n + 1)/2`.

The unknowns in the bounds are put at integers, the others at fractions. Where both sides come near
each other as the number of terms grows, and differ at all numbers that were tried, the relation is
a wrong formula, and no condition on the number.
"""

from __future__ import annotations

from collections.abc import Sequence

from flint import fmpq

from clr.bodies.mathematics import Cue, Relation
from clr.claim import Claim, Evidence, Role, Strength, Verdict, refuted, unverifiable, verified
from clr.ledger import Equation, substitute
from clr.notation import guard
from clr.notation.ast import Big, Div, Expr, Int, Pow, free_symbols, kinds, walk
from clr.verifiers import exact
from clr.verifiers.compare import compare
from clr.verifiers.outcome import Outcome, Truth

SERIES = "series"
_COUNTS = (4, 5, 6, 7, 8, 9)
_FAR = 60
_NEAR, _NEAR_POWERS = fmpq(23, 20), fmpq(10)
"""Sides whose ratio at `_FAR` is within this factor are meant as one; the second is for sides that
grow by factors, of which an exponent may be wrong."""
_OTHERS = (Div(Int(3), Int(2)), Div(Int(2), Int(5)), Int(3))
MAX_SYMBOLS = 3


def check_series(claim: Claim, body: Relation, pairs: Sequence[Equation]) -> Verdict | None:
    """The verdict on a relation with a sum or product up to an unknown; None if it has none."""
    if not any(Big in kinds(side) for pair in pairs for side in pair):
        return None
    if body.op != "=" or not any(_unknown_bounds(pair) for pair in pairs):
        return None
    results = [found for pair in pairs if (found := _tried(pair)) is not None]
    if not results:
        return None
    for found in results:
        if all(outcome.truth is Truth.TRUE for _, outcome in found):
            return verified(SERIES, "holds for all numbers tried", strength=Strength.PROBABLE)
    if claim.role is Role.ASSUMED or not all(
        all(outcome.truth is Truth.FALSE for _, outcome in found) for found in results
    ):
        return None
    if not (body.link or body.cue in (Cue.REWRITE, Cue.EXPANSION)) and not all(
        _approach(pair) for pair in pairs
    ):
        return unverifiable(SERIES, "may be a condition on the number of terms")
    count, outcome = results[0][0]
    at = ", ".join(f"{name} = {value}" for name, value in count.items())
    return refuted(
        SERIES,
        Evidence(
            f"at {at} the left side is {outcome.left}, the right side {outcome.right}",
            counterexample=count,
        ),
    )


def _unknown_bounds(pair: Equation) -> frozenset[str]:
    """The unknowns in the bounds of sums and products."""
    names: frozenset[str] = frozenset()
    for side in pair:
        for node in walk(side):
            if isinstance(node, Big) and node.op in ("sum", "prod"):
                for bound in (node.low, node.high):
                    names |= free_symbols(bound) if bound is not None else frozenset()
    return names


def _tried(pair: Equation) -> list[tuple[dict[str, str], Outcome]] | None:
    """How the sides compare at several numbers of terms; None where that cannot be said, or where
    the sides have not the same unknowns."""
    left, right = pair
    names = free_symbols(left)
    counts = _unknown_bounds(pair)
    if names != free_symbols(right) or not counts or len(names) > MAX_SYMBOLS:
        return None
    if any(isinstance(n, Big) and n.var in names for side in pair for n in walk(side)):
        return None  # one name for two things
    found = []
    for count in _COUNTS:
        point = _point(names, counts, count)
        outcome = compare(substitute(left, point), "=", substitute(right, point))
        if outcome.truth not in (Truth.TRUE, Truth.FALSE):
            return None
        found.append(({name: _shown(value) for name, value in point.items()}, outcome))
    return found


def _point(names: frozenset[str], counts: frozenset[str], count: int) -> dict[str, Expr]:
    others = iter(_OTHERS)
    integers = iter(range(count, count + len(names)))
    return {name: Int(next(integers)) if name in counts else next(others) for name in sorted(names)}


def _shown(value: Expr) -> str:
    return exact.show_rational(exact.value(value))


def _approach(pair: Equation) -> bool:
    """Whether the sides are nearly equal for many terms."""
    counts = _unknown_bounds(pair)
    point = _point(free_symbols(pair[0]), counts, _FAR)
    try:
        x, y = (exact.value(substitute(side, point)) for side in pair)
    except (ValueError, guard.TooCostly):
        return False
    if x == 0 or y == 0 or (x > 0) != (y > 0):
        return False
    quotient = fmpq(x) / fmpq(y)
    most = _NEAR_POWERS if all(_grows_by_factors(side, counts) for side in pair) else _NEAR
    return bool(1 / most < quotient < most)


def _grows_by_factors(e: Expr, counts: frozenset[str]) -> bool:
    """Whether an unknown number of terms, or an index up to it, is an exponent."""
    bound = {node.var for node in walk(e) if isinstance(node, Big)}
    return any(isinstance(n, Pow) and free_symbols(n.exp) & (counts | bound) for n in walk(e))
