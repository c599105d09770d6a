"""Products multiplied out, and sums factored: equations whose two sides are meant as one function.

No word need say so: a product of sums on one side and, on the other, what it gives when multiplied
out but for a term looks like no condition on unknowns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from clr.bodies.mathematics import Cue, Relation
from clr.claim import Claim, Role
from clr.ledger import Equation, Ledger, first_reading
from clr.notation.ast import Add, Expr, Mul, Neg, Pow, free_symbols, kinds, walk
from clr.verifiers.polynomials import Common, divides, terms_in_common

MOST_ALIKE = 3
"""Terms in which a product and a sum must agree for another one to be a slip."""


def is_product(e: Expr) -> bool:
    """Whether an expression holds a product or power of a sum, which can be multiplied out."""
    return Add in kinds(e) and any(
        (isinstance(n, Mul) and any(isinstance(a, Add) for a in n.args))
        or (isinstance(n, Pow) and isinstance(n.base, Add))
        for n in walk(first_reading(e))
    )


def _has_brackets(e: Expr) -> bool:
    """Whether brackets can be removed in it: those of a product, or a sum that is taken away."""
    return is_product(e) or (
        Add in kinds(e)
        and any(isinstance(n, Neg) and isinstance(n.arg, Add) for n in walk(first_reading(e)))
    )


def misexpands(claim: Claim, body: Relation, pairs: Sequence[Equation], ledger: Ledger) -> bool:
    """Whether one side has brackets and the other is what it gives without them, but for one
    coefficient, in every reading: no condition on unknowns looks so.

    It may still hold in an arithmetic that the text speaks of, or by an equation before it:
    (1 + x)^2 is 1 + x^2 where 2 is 0, and 1 + 2x where x^2 is.
    """
    if any(free_symbols(left) != free_symbols(right) for left, right in pairs):
        return False
    if claim.role is Role.ASSUMED or not (_has_brackets(body.left) or _has_brackets(body.right)):
        return False
    found = [terms_in_common(*pair, _names(pair)) for pair in pairs]
    if not all(_slips(common, body.cue) for common in found):
        return False
    if "orders" in ledger.arithmetics.others:
        return False
    return not any(
        _vanishes(common, ledger.arithmetics.moduli) or _follows(pair, claim, ledger)
        for common, pair in zip(found, pairs, strict=True)
    )


def _vanishes(common: Common, moduli: Iterable[int]) -> bool:
    """Whether sides are the same modulo one of the moduli."""
    return any(all(gap.q == 1 and gap.p % m == 0 for gap in common.gaps) for m in moduli)


def _follows(equation: Equation, claim: Claim, ledger: Ledger) -> bool:
    """Whether an equation before it, between the same unknowns, leaves nothing else."""
    return any(
        e.equation is not None
        and e.claim.uses == claim.uses
        and divides(e.equation, equation, _names(equation))
        for e in ledger.equations()
    )


def _names(equation: Equation) -> tuple[str, ...]:
    return tuple(sorted(free_symbols(equation[0])))


def _slips(found: Common, cue: Cue) -> bool:
    """Whether sides that have so much in common differ by a slip.

    If the only term in which they differ holds the one unknown, they are equal for 0 alone, so two
    terms in common are enough.
    """
    least = MOST_ALIKE if cue is not Cue.EXPANSION and not found.only_at_0 else MOST_ALIKE - 1
    return found.differing == 1 and found.agreeing >= least
