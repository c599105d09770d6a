"""Claims of calculus: derivatives, antiderivatives, definite integrals, limits.

An antiderivative is checked by differentiating what is claimed, never by integrating. A limit is
only approached numerically: that can make a claim probable, and never refutes it.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from flint import acb, fmpq

from clr.notation.ast import Big, Call, Const, Expr, Neg, free_symbols, walk
from clr.notation.functions import FUNCTIONS
from clr.verifiers import balls
from clr.verifiers.derivatives import carried_out, differentiate
from clr.verifiers.exact import Unsupported
from clr.verifiers.identity import REALS, Domain, identity
from clr.verifiers.outcome import PROBABLE, UNKNOWN, Outcome


@lru_cache(maxsize=16384)
def equal(left: Expr, right: Expr, domain: Domain = REALS) -> Outcome:
    """Whether two expressions with derivatives, integrals or limits are one function.

    Where an indefinite integral occurs, up to a constant. As with `identity`, FALSE says that they
    are not, which makes an equation between unknowns a condition and not yet an error.
    """
    variables = {
        node.var
        for side in (left, right)
        for node in walk(side)
        if isinstance(node, Big) and node.op == "int" and node.low is None and node.high is None
    }
    if len(variables) > 1:
        return UNKNOWN
    if variables:
        return _up_to_a_constant(left, right, variables.pop(), domain)
    for a, b in ((left, right), (right, left)):
        if isinstance(a, Big) and a.op == "lim":
            return limit(a, b)
    return identity(left, right, domain)


def derivative(body: Expr, var: str, claimed: Expr, domain: Domain = REALS) -> Outcome:
    """Whether `claimed` is the derivative of `body` by `var`."""
    try:
        return identity(differentiate(carried_out(body), var), claimed, domain)
    except Unsupported:
        return UNKNOWN


def antiderivative(integrand: Expr, var: str, claimed: Expr, domain: Domain = REALS) -> Outcome:
    """Whether `claimed`, with or without a constant of integration, has derivative `integrand`."""
    return derivative(claimed, var, integrand, domain)


def _up_to_a_constant(left: Expr, right: Expr, var: str, domain: Domain) -> Outcome:
    nodes = [node for side in (left, right) for node in walk(side)]
    if any(isinstance(node, Call) and node.func not in FUNCTIONS for node in nodes):
        return UNKNOWN  # the integral of f is whatever it is called
    try:
        slopes = [differentiate(carried_out(side), var) for side in (left, right)]
    except Unsupported:
        return UNKNOWN
    return identity(slopes[0], slopes[1], domain)


_STEPS = tuple(fmpq(1, 10**k) for k in (4, 8, 12))
_BITS = 512


def limit(claim: Big, value: Expr) -> Outcome:
    """Whether `claim`, a limit over one symbol, tends to the finite `value`: probable or unknown.

    The body must come closer to `value` at every step towards the target, from every side where it
    is defined, and end within a millionth of it.
    """
    if claim.low is None or free_symbols(claim.body) - {claim.var} or free_symbols(value):
        return UNKNOWN
    approached = []
    with balls.precision(_BITS):
        try:
            expected = balls.enclosure(value)
            sides = _approaches(claim.low)
        except ValueError:
            return UNKNOWN
        for points in sides:
            try:
                at = [balls.enclosure(claim.body, {claim.var: x}, real=True) for x in points]
            except ValueError:
                continue  # not defined on this side
            errors = [abs(y - expected) for y in at]
            closing = all(b.abs_upper() <= a.abs_upper() for a, b in pairwise(errors))
            scale = abs(expected).abs_upper() + 1
            approached.append(closing and bool(errors[-1].abs_upper() < scale / 10**6))
    return PROBABLE if approached and all(approached) else UNKNOWN


def _approaches(target: Expr) -> list[list[acb]]:
    """Points that come near the target, for each side of it."""
    match target:
        case Const("inf"):
            return [[acb(1 / step) for step in _STEPS]]
        case Neg(Const("inf")):
            return [[acb(-1 / step) for step in _STEPS]]
    centre = balls.enclosure(target)
    if centre.imag != 0:
        raise Unsupported("a complex target")
    return [[centre + acb(sign * step) for step in _STEPS] for sign in (1, -1)]
