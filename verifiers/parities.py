"""Checks parities concluded from others: polynomials with integer coefficients, modulo 2."""

from __future__ import annotations

from itertools import product

from clr.bodies.mathematics import Parity
from clr.claim import Claim, Evidence, Role, Verdict, refuted, unverifiable, verified
from clr.ledger import Ledger, expanded
from clr.notation.ast import Add, Expr, Int, Mul, Neg, Pow, Sym, free_symbols
from clr.notation.printer import show
from clr.verifiers.exact import Unsupported

PARITY = "parity"
MOST_SYMBOLS = 6


def check_parity(claim: Claim, ledger: Ledger) -> Verdict:
    """The verdict on a claim whose body is a `Parity`: refuted only if it is wrong under every
    choice of parities that the conditions allow."""
    body = claim.body
    assert isinstance(body, Parity)
    said = expanded(body.value, ledger)
    names = sorted(frozenset[str]().union(*(free_symbols(e) for e, _ in body.given)))
    if len(names) > MOST_SYMBOLS or not free_symbols(said) <= set(names):
        return unverifiable(PARITY, "holds symbols of which nothing is said")
    found: dict[int, dict[str, int]] = {}
    try:
        for choice in product((0, 1), repeat=len(names)):
            env = dict(zip(names, choice, strict=True))
            if all(_residue(e, env) == odd for e, odd in body.given):
                found.setdefault(_residue(said, env), env)
    except Unsupported as reason:
        return unverifiable(PARITY, str(reason))
    if len(found) != 1:
        return unverifiable(PARITY, "may be either, or the conditions exclude each other")
    ((residue, env),) = found.items()
    is_so = f"it is {'odd' if residue else 'even'}"
    if residue == body.odd:
        return verified(PARITY, is_so)
    if claim.role is not Role.DERIVED:
        return unverifiable(PARITY, "false, but supposed rather than claimed")
    at = {name: str(value) for name, value in env.items()}
    where = ", ".join(f"{name} = {value}" for name, value in at.items())
    return refuted(PARITY, Evidence(f"{is_so}: try {where} in {show(said)}", counterexample=at))


def _residue(e: Expr, env: dict[str, int]) -> int:
    """The value of a polynomial modulo 2.

    Raises:
        Unsupported: it is none.
    """
    match e:
        case Int(n):
            return n % 2
        case Sym(name):
            return env[name]
        case Neg(arg):
            return _residue(arg, env)
        case Add(args):
            return sum(_residue(a, env) for a in args) % 2
        case Mul(args):
            return min(_residue(a, env) for a in args)
        case Pow(base, Int(n)) if n > 0:
            return _residue(base, env)
    raise Unsupported("no polynomial with integer coefficients")
