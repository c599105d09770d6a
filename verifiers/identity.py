"""Are two expressions the same function of their symbols?

Rational functions are refuted by evaluation modulo a prime and proved by polynomial arithmetic.
Everything else is evaluated in balls on several kinds of points: positive, of both signs, and
integers. Failing on all kinds refutes; holding on all is probable; anything between is `PARTLY`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache

import flint
from flint import acb

from clr.claim import Strength
from clr.notation import guard
from clr.notation.ast import (
    Add,
    Big,
    Call,
    Const,
    Dec,
    Deriv,
    Div,
    Expr,
    Int,
    Label,
    Mul,
    Neg,
    Pow,
    Quantity,
    Repeating,
    Sym,
    call_name,
    free_symbols,
    rebuild,
    walk,
)
from clr.notation.functions import FUNCTIONS, TRIGONOMETRIC
from clr.verifiers import balls, exact
from clr.verifiers.exact import Undefined, Unsupported
from clr.verifiers.outcome import PARTLY, PROBABLE, PROVED, UNKNOWN, Outcome, Truth

PRIME = (1 << 61) - 1
MAX_SYMBOLS = 10
_SALT = b"clr identity 1"


def opaque(e: Expr) -> Expr:
    """`e` with each call of an unknown function, derivative or integral as a symbol of its own."""
    match e:
        case Call(func, _) if func not in FUNCTIONS:
            return Sym(call_name(e))
        case Deriv() | Big("int" | "lim", _, _, _, _):
            return Sym(call_name(e))
        case Int() | Sym() | Dec():
            return e
        case _:
            return rebuild(e, opaque)


@lru_cache(maxsize=65536)
def identity(left: Expr, right: Expr) -> Outcome:
    """Whether `left` and `right`, free of `Either` and `Percent`, agree wherever both are defined.

    Deterministic: sample points come from a keyed hash of the two sides.
    """
    if left == right:
        return PROVED
    a, b = opaque(left), opaque(right)
    symbols = sorted(free_symbols(a) | free_symbols(b))
    if len(symbols) > MAX_SYMBOLS:
        return UNKNOWN
    try:
        guard.check(a)
        guard.check(b)
    except guard.TooCostly:
        return UNKNOWN
    if _rational(a) and _rational(b):
        outcome = _modular(a, b, symbols)
        if outcome is not None:
            return outcome
    return _sampled(a, b, symbols)


def _rational(e: Expr) -> bool:
    for node in walk(e):
        match node:
            case Pow(_, exp):
                if not isinstance(exp, Int) and not (
                    isinstance(exp, Neg) and isinstance(exp.arg, Int)
                ):
                    return False
            case (
                Int() | Dec() | Sym() | Label() | Neg() | Add() | Mul() | Div() | Quantity()
                | Repeating()
            ):  # fmt: skip
                pass
            case _:
                return False
    return True


class _Pole(Exception):
    """A denominator vanishes at the point."""


def evaluate_mod(e: Expr, env: Mapping[str, int]) -> int:
    """The value of a rational function modulo `PRIME`; raises _Pole at a pole."""
    match e:
        case Int(n):
            return n % PRIME
        case Sym(name) | Label(name):
            return env[name]
        case Add(args):
            return sum(evaluate_mod(a, env) for a in args) % PRIME
        case Mul(args):
            result = 1
            for arg in args:
                result = result * evaluate_mod(arg, env) % PRIME
            return result
        case Neg(arg):
            return -evaluate_mod(arg, env) % PRIME
        case Div(num, den):
            return evaluate_mod(num, env) * _inverse(evaluate_mod(den, env)) % PRIME
        case Pow(base, Int(n)):
            return pow(evaluate_mod(base, env), n, PRIME)
        case Pow(base, Neg(Int(n))):
            return _inverse(pow(evaluate_mod(base, env), n, PRIME))
        case Dec(digits, places):
            return digits * _inverse(pow(10, places, PRIME)) % PRIME
        case Quantity(arg, _):
            return evaluate_mod(arg, env)
        case Repeating():
            x = exact.value(e)
            if isinstance(x, int):
                return x % PRIME
            return int(x.p) * _inverse(int(x.q)) % PRIME
        case _:
            raise Unsupported(type(e).__name__)


def _inverse(x: int) -> int:
    if x % PRIME == 0:
        raise _Pole
    return pow(x, -1, PRIME)


def _residue(left: Expr, right: Expr, name: str, attempt: int) -> int:
    """A pseudo-random residue fixed by the claim, the symbol and the attempt."""
    text = f"{hash_key(left)}|{hash_key(right)}|{name}|{attempt}".encode()
    return int.from_bytes(hashlib.blake2b(text, key=_SALT, digest_size=8).digest()) % PRIME


@lru_cache(maxsize=65536)
def hash_key(e: Expr) -> str:
    """A text that is the same for equal expressions in every process."""
    return hashlib.blake2b(repr(e).encode(), digest_size=12).hexdigest()


def _modular(a: Expr, b: Expr, symbols: list[str]) -> Outcome | None:
    agreed = 0
    for attempt in range(4):
        env = {name: _residue(a, b, name, attempt) for name in symbols}
        try:
            if evaluate_mod(a, env) != evaluate_mod(b, env):
                return _witness(a, b, symbols)
        except _Pole:
            continue
        agreed += 1
        if agreed == 2:
            return PROVED if _same_fraction(a, b, symbols) else PROBABLE
    return None


def _witness(a: Expr, b: Expr, symbols: list[str]) -> Outcome:
    """A small exact point where two different rational functions differ."""
    for shift in range(6):
        env: dict[str, exact.Rational] = {name: 2 + shift + 3 * i for i, name in enumerate(symbols)}
        try:
            x, y = exact.value(a, env), exact.value(b, env)
        except ValueError:
            continue
        if x != y:
            point = {name: str(env[name]) for name in symbols}
            return Outcome(Truth.FALSE, Strength.PROVED, show_rational(x), show_rational(y), point)
    return Outcome(Truth.FALSE, Strength.PROVED, "another function", "not the same")


def show_rational(x: exact.Rational) -> str:
    """An exact value, shortened if it has more than 40 digits."""
    if isinstance(x, int):
        text = str(flint.fmpz(x))
        return text if len(text) <= 40 else f"{text[:12]}...{text[-6:]} ({len(text)} digits)"
    return f"{show_rational(int(x.p))}/{show_rational(int(x.q))}"


_MAX_POWER = 60
_MAX_TERMS = 400


class _TooLarge(Exception):
    """The polynomial outgrew its cap."""


def _same_fraction(a: Expr, b: Expr, symbols: list[str]) -> bool:
    """Whether a/b cross-multiplied are one polynomial: a proof. False where a cap is met."""
    context = flint.fmpq_mpoly_ctx.get(tuple(f"v{i}" for i in range(len(symbols))) or ("v",))
    gens = dict(zip(symbols, context.gens(), strict=False))
    try:
        n, d = fraction(a, context, gens)
        m, e = fraction(b, context, gens)
        if (len(n) + 1) * (len(e) + 1) > 20_000 or (len(m) + 1) * (len(d) + 1) > 20_000:
            return False
        return bool(n * e == m * d)
    except (_TooLarge, ValueError):
        return False


def fraction(
    e: Expr, context: flint.fmpq_mpoly_ctx, gens: Mapping[str, flint.fmpq_mpoly]
) -> tuple[flint.fmpq_mpoly, flint.fmpq_mpoly]:
    """A rational function as numerator and denominator polynomials, not reduced.

    Raises:
        Unsupported: not a rational function.
        Undefined: a denominator is identically zero.
    """
    one = context.constant(1)

    def capped(p: flint.fmpq_mpoly) -> flint.fmpq_mpoly:
        if len(p) > _MAX_TERMS:
            raise _TooLarge
        return p

    def visit(node: Expr) -> tuple[flint.fmpq_mpoly, flint.fmpq_mpoly]:
        match node:
            case Int(n):
                return context.constant(n), one
            case Dec(digits, places):
                return context.constant(flint.fmpq(digits, 10**places)), one
            case Sym(name) | Label(name):
                return gens[name], one
            case Neg(arg):
                n, d = visit(arg)
                return -n, d
            case Add(args):
                n, d = visit(args[0])
                for arg in args[1:]:
                    m, e2 = visit(arg)
                    n, d = (n + m, d) if d == e2 else (capped(n * e2 + m * d), capped(d * e2))
                return n, d
            case Mul(args):
                n, d = visit(args[0])
                for arg in args[1:]:
                    m, e2 = visit(arg)
                    n, d = capped(n * m), capped(d * e2)
                return n, d
            case Div(num, den):
                n, d = visit(num)
                m, e2 = visit(den)
                if m == 0:
                    raise Undefined("a division by zero")
                return capped(n * e2), capped(d * m)
            case Pow(base, exp):
                negative = isinstance(exp, Neg)
                power = exp.arg if isinstance(exp, Neg) else exp
                if not isinstance(power, Int):
                    raise Unsupported("a power that is not a number")
                n, d = visit(base)
                if power.value > _MAX_POWER or len(n) ** min(power.value, 6) > 50_000:
                    raise _TooLarge
                n, d = capped(n**power.value), capped(d**power.value)
                if negative and n == 0:
                    raise Undefined("a negative power of zero")
                return (d, n) if negative else (n, d)
            case Quantity(arg, _):
                return visit(arg)
            case Repeating():
                return context.constant(exact.value(node)), one
            case _:
                raise Unsupported(type(node).__name__)

    return visit(e)


_POSITIVE = (
    (13, 7),
    (5, 11),
    (29, 13),
    (17, 3),
    (3, 5),
    (41, 19),
    (7, 2),
    (23, 8),
    (19, 9),
    (11, 6),
)


def _points(symbols: list[str]) -> list[tuple[str, dict[str, acb]]]:
    """Sample points by kind; fixed, and different for each symbol."""
    n = len(_POSITIVE)
    out: list[tuple[str, dict[str, acb]]] = []
    for shift, scale in ((0, 1), (3, flint.fmpq(1, 16)), (5, 40), (7, 1)):
        out.append(
            (
                "positive",
                {
                    name: acb(flint.fmpq(*_POSITIVE[(i + shift) % n]) * scale)
                    for i, name in enumerate(symbols)
                },
            )
        )
    for shift in (1, 4, 6):
        out.append(
            (
                "signed",
                {
                    name: acb(
                        flint.fmpq(*_POSITIVE[(i + shift) % n]) * (-1 if (i + shift) % 2 else 1)
                    )
                    for i, name in enumerate(symbols)
                },
            )
        )
    for shift in (0, 1, 2, 3):
        out.append(("integer", {name: acb(3 + shift + 2 * i) for i, name in enumerate(symbols)}))
        out.append(("integer", {name: acb(7 + shift - i) for i, name in enumerate(symbols)}))
    return out


def _sampled(a: Expr, b: Expr, symbols: list[str]) -> Outcome:
    held: dict[str, int] = {}
    failed: dict[str, int] = {}
    witness: Outcome | None = None
    trigonometric = any(
        isinstance(node, Call) and node.func in TRIGONOMETRIC
        for side in (a, b)
        for node in walk(side)
    )
    for degrees in (False, True) if trigonometric else (False,):
        with balls.precision():
            for kind, env in _points(symbols):
                try:
                    x = balls.enclosure(a, env, degrees=degrees)
                    y = balls.enclosure(b, env, degrees=degrees)
                except ValueError:
                    continue
                if (x - y).contains(0):
                    held[kind] = held.get(kind, 0) + 1
                else:
                    failed[kind] = failed.get(kind, 0) + 1
                    if witness is None:
                        point = {name: balls.show(env[name]) for name in symbols}
                        witness = Outcome(
                            Truth.FALSE, Strength.PROVED, balls.show(x), balls.show(y), point
                        )
        if held and not failed:
            return PROBABLE if sum(held.values()) >= 3 else UNKNOWN
    if held:
        return PARTLY
    if witness is not None and sum(failed.values()) >= 3:
        return witness
    return UNKNOWN


__all__ = ["Const", "Outcome", "Truth", "fraction", "identity", "opaque", "show_rational"]
