"""Closed expressions compared as people compare them: exactly, or within the rounding they wrote.

A decimal result may be rounded or truncated at its last written digit. Inputs that look rounded
themselves (three places or more, or endings such as .33) stand for all numbers that they may have
been. "Approximately" widens the inputs too, but never excuses one integer for another.
"""

from __future__ import annotations

from functools import lru_cache

import flint
from flint import acb, arb

from clr.claim import Strength
from clr.notation import guard
from clr.notation.ast import (
    Add,
    Call,
    Dec,
    Degree,
    Div,
    Expr,
    Int,
    Mul,
    Neg,
    PlusMinus,
    Quantity,
    Seq,
    SetOf,
    children,
    rebuild,
    walk,
)
from clr.notation.functions import TRIGONOMETRIC
from clr.verifiers import balls, exact
from clr.verifiers.exact import Undefined, Unsupported
from clr.verifiers.identity import show_rational
from clr.verifiers.outcome import PARTLY, PROBABLE, PROVED, UNKNOWN, Outcome, Truth
from clr.verifiers.units import converts, units

_ROUNDED_ENDINGS = (
    "33",
    "34",
    "66",
    "67",
    "16",
    "17",
    "83",
    "14",
    "71",
    "73",
    "41",
    "57",
    "28",
    "43",
)
_MAX_SIGNS = 3


@lru_cache(maxsize=65536)
def compare(left: Expr, op: str, right: Expr, *, approximate: bool = False) -> Outcome:
    """Whether `left op right` holds for two expressions without unknowns.

    `op` is one of = ~ != < <= > >=. False only under every admissible rule. A side that has no
    computable value gives UNKNOWN.
    """
    if converts(units(left), units(right)):
        return UNKNOWN
    if any(isinstance(n, PlusMinus) for side in (left, right) for n in walk(side)):
        return _signed(left, op, right, approximate)
    match left, right:
        case (Seq(), Seq()) | (SetOf(), SetOf()):
            return _componentwise(left, op, right, approximate)
        case (Seq() | SetOf(), _) | (_, Seq() | SetOf()):
            return UNKNOWN
    try:
        x: exact.Rational | None = exact.value(left)
        y: exact.Rational | None = exact.value(right)
    except (Unsupported, guard.TooCostly):
        x = y = None
    except Undefined:
        return UNKNOWN
    if x is not None and y is not None:
        return _rational(left, op, right, x, y, approximate)
    return _irrational(left, op, right, approximate)


_ORDER = {
    "<": lambda c: c < 0,
    "<=": lambda c: c <= 0,
    ">": lambda c: c > 0,
    ">=": lambda c: c >= 0,
    "!=": lambda c: c != 0,
}


def _rational(
    left: Expr, op: str, right: Expr, x: exact.Rational, y: exact.Rational, approximate: bool
) -> Outcome:
    false = Outcome(Truth.FALSE, Strength.PROVED, show_value(x), show_value(y))
    if op in _ORDER:
        return PROVED if _ORDER[op]((x > y) - (x < y)) else false
    if x == y:
        return PROVED
    if _within_rounding(left, op, right, approximate):
        return PROBABLE
    return false


def _irrational(left: Expr, op: str, right: Expr, approximate: bool) -> Outcome:
    trigonometric = any(
        isinstance(n, Call) and (n.func in TRIGONOMETRIC or n.func.startswith("arc"))
        for side in (left, right)
        for n in walk(side)
    )
    inverse = any(
        isinstance(n, Call) and n.func.startswith("arc") for s in (left, right) for n in walk(s)
    )
    false: Outcome | None = None
    radians = [(left, right)]
    if any(isinstance(n, Degree) for side in (left, right) for n in walk(side)):
        radians.append((_in_radians(left), _in_radians(right)))
    for degrees in (False, True) if trigonometric else (False,):
        for a, b in radians:
            for bits in (128, 1024):
                with balls.precision(bits):
                    try:
                        x = balls.enclosure(a, degrees=degrees)
                        y = balls.enclosure(b, degrees=degrees)
                    except (Unsupported, guard.TooCostly, Undefined):
                        return UNKNOWN
                    if op in _ORDER and (x.imag != 0 or y.imag != 0):
                        return UNKNOWN
                    difference = x - y
                    if inverse and op in ("=", "~") and _whole_turns(difference, degrees):
                        return PARTLY
                    if difference.contains(0):
                        if bits == 128 and op in ("=", "~"):
                            return PROBABLE
                        continue
                    if op in _ORDER:
                        if _ORDER[op](1 if difference.real > 0 else -1):
                            return PROVED
                        found = Outcome(Truth.FALSE, Strength.PROVED, balls.show(x), balls.show(y))
                    else:
                        if _within_rounding(a, op, b, approximate, degrees=degrees):
                            return PROBABLE
                        found = Outcome(Truth.FALSE, Strength.PROVED, balls.show(x), balls.show(y))
                    false = false or found
                    break
            else:
                return UNKNOWN
    return false or UNKNOWN


def _whole_turns(difference: acb, degrees: bool) -> bool:
    """Whether two angles differ by half turns, as branches of an inverse function do."""
    half_turn = acb(180) if degrees else acb.pi()
    turns = difference / half_turn
    nearest = turns.real.mid() + arb(flint.fmpq(1, 2))
    return bool((turns - acb(nearest.floor())).contains(0)) and not difference.contains(0)


def _in_radians(e: Expr) -> Expr:
    """Degrees outside trigonometric functions as multiples of pi/180."""
    from clr.notation.ast import Const

    if isinstance(e, Degree):
        return Div(Mul((e.arg, Const("pi"))), Int(180))
    if isinstance(e, Call) and e.func in TRIGONOMETRIC:
        return e
    return rebuild(e, _in_radians) if children(e) else e


def _literal_places(e: Expr) -> int | None:
    """Digits after the point of a number as written, None where `e` is not one."""
    match e:
        case Int():
            return 0
        case Dec(_, places):
            return places
        case Neg(arg) | Quantity(arg, _) | Degree(arg):
            return _literal_places(arg)
        case Div(arg, Int(100)):  # a percentage
            inner = _literal_places(arg)
            return None if inner is None else inner + 2
        case Mul((Dec() as number, *_)):
            return _literal_places(number)
        case _:
            return None


def _looks_rounded(d: Dec) -> bool:
    if d.places >= 3:
        # eighths and the like end exactly
        return not (d.places == 3 and d.digits % 125 == 0)
    return d.places == 2 and str(d.digits).endswith(_ROUNDED_ENDINGS)


def _within_rounding(
    left: Expr, op: str, right: Expr, approximate: bool, *, degrees: bool = False
) -> bool:
    """Whether two different values agree to the digits that the author wrote."""
    loose = approximate or op == "~"
    decimals = [n for side in (left, right) for n in walk(side) if isinstance(n, Dec)]
    inputs_rounded = any(_looks_rounded(d) for d in decimals) or (loose and bool(decimals))
    with balls.precision():
        try:
            x = balls.enclosure(left, degrees=degrees, widen=inputs_rounded)
            y = balls.enclosure(right, degrees=degrees, widen=inputs_rounded)
        except ValueError:
            return True  # widened out of a domain: the inputs decide nothing
        for literal, value, other in ((right, y, x), (left, x, y)):
            places = _literal_places(literal)
            if places is None:
                continue
            if places == 0:
                if not (loose or inputs_rounded):
                    continue
                if _exact_integer(other):
                    return False
            if not inputs_rounded and _terminates(right if literal is left else left, places):
                continue
            unit = arb(flint.fmpq(101, 100) / flint.fmpq(10) ** places)
            if loose:
                unit = unit.max(abs(value.real).upper() / 1000)
            if op == "~" and places == 0:
                unit *= _trailing_unit(literal)
            if _overlap(other, value, arb(0, unit)):
                return True
        if op == "~" and not any(_literal_places(side) is not None for side in (left, right)):
            return _overlap(x, y, arb(0, abs(y.real).upper() / 50))
        return inputs_rounded and _overlap(x, y, arb(0))


def _terminates(e: Expr, places: int) -> bool:
    """Whether the value of `e` needs no rounding at `places` digits, so that none is excused."""
    try:
        scaled = exact.value(e) * 10**places
    except ValueError:
        return False
    return isinstance(exact.simplest(scaled), int)


def _exact_integer(x: acb) -> bool:
    return x.unique_fmpz() is not None and x.is_exact()


def _trailing_unit(e: Expr) -> int:
    """The weight of the last nonzero digit of a round number: 3000 was meant to the thousand."""
    number = next((n.value for n in walk(e) if isinstance(n, Int) and n.value), 1)
    unit = 1
    while number % 10 == 0:
        number //= 10
        unit *= 10
    return unit


def _overlap(x: acb, y: acb, slack: arb) -> bool:
    difference = x - y + acb(slack, slack)
    return bool(difference.contains(0))


def _signed(left: Expr, op: str, right: Expr, approximate: bool) -> Outcome:
    """Expressions with ±: equal as sets of values, or one a member of the other."""
    if op not in ("=", "~"):
        return UNKNOWN
    lefts, rights = _signs(left), _signs(right)
    if not lefts or not rights:
        return UNKNOWN
    unknown = False
    matched_left = [False] * len(lefts)
    matched_right = [False] * len(rights)
    first: Outcome | None = None
    for i, a in enumerate(lefts):
        for j, b in enumerate(rights):
            outcome = compare(a, op, b, approximate=approximate)
            unknown = unknown or outcome.truth is Truth.UNKNOWN
            if outcome.truth is Truth.TRUE:
                matched_left[i] = matched_right[j] = True
            first = first or outcome
    if all(matched_left) and all(matched_right):
        return PROBABLE
    if any(matched_left) or unknown:
        return PARTLY
    return first or UNKNOWN


def _signs(e: Expr) -> list[Expr]:
    """The values of an expression with ± signs, all taken alike; none if there are too many."""
    count = sum(isinstance(n, PlusMinus) for n in walk(e))
    if count == 0:
        return [e]
    if count > _MAX_SIGNS:
        return []

    def resolve(node: Expr, plus: bool) -> Expr:
        if isinstance(node, PlusMinus):
            a, b = resolve(node.left, plus), resolve(node.right, plus)
            return Add((a, b if plus else Neg(b)))
        return rebuild(node, lambda c: resolve(c, plus)) if children(node) else node

    return [resolve(e, True), resolve(e, False)]


def _componentwise(left: Expr, op: str, right: Expr, approximate: bool) -> Outcome:
    """Points and lists by component; sets by membership both ways."""
    if op not in ("=", "~"):
        return UNKNOWN
    if isinstance(left, SetOf) and isinstance(right, SetOf):
        return _sets(left, right)
    assert isinstance(left, Seq) and isinstance(right, Seq)
    if len(left.items) != len(right.items) or left.open != right.open:
        return UNKNOWN
    strength = Strength.PROVED
    for a, b in zip(left.items, right.items, strict=True):
        outcome = compare(a, op, b, approximate=approximate)
        if outcome.truth is not Truth.TRUE:
            return outcome
        if outcome.strength is Strength.PROBABLE:
            strength = Strength.PROBABLE
    return Outcome(Truth.TRUE, strength)


def _sets(left: SetOf, right: SetOf) -> Outcome:
    for a, b in ((left, right), (right, left)):
        for item in a.items:
            found = [compare(item, "=", other).truth for other in b.items]
            if Truth.TRUE not in found:
                return UNKNOWN
    return PROVED


def show_value(x: exact.Rational) -> str:
    """A rational as a person expects it: an integer, a short decimal, or a fraction."""
    if isinstance(x, int):
        return show_rational(x)
    q = int(x.q)
    while q % 2 == 0:
        q //= 2
    while q % 5 == 0:
        q //= 5
    if q == 1 and int(x.q).bit_length() <= 20:
        places = 0
        while 10**places % int(x.q):
            places += 1
        digits = abs(int(x.p)) * 10**places // int(x.q)
        sign = "-" if x < 0 else ""
        return f"{sign}{digits // 10**places}.{str(digits % 10**places).rjust(places, '0')}"
    decimal = float(int(x.p) / int(x.q)) if int(x.p).bit_length() < 900 else None
    if decimal is None or int(x.q).bit_length() > 900:
        return show_rational(x)
    return f"{show_rational(x)} (about {decimal:.6g})"
