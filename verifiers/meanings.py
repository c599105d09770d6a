"""What an equation that is false as it stands may mean all the same.

Authors round pi at once, put -5 into a square without brackets, leave out "(mod 13)" where all
their text is about residues, write numerals in the base that they speak of or with points between
thousands, and go from one scale of temperature to another by a sign of equality. None of this makes
an equation true; but it is no ground to call it false.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import gcd

import flint

from clr.bodies.mathematics import Arithmetics
from clr.notation.ast import (
    Add,
    Call,
    Const,
    Dec,
    Degree,
    Div,
    Expr,
    InBase,
    Int,
    Mul,
    Neg,
    Pow,
    Quantity,
    Sym,
    free_symbols,
    has_constant,
    kinds,
    rebuild,
    walk,
)
from clr.verifiers import exact
from clr.verifiers.compare import compare
from clr.verifiers.outcome import Truth

_PI: tuple[Expr, ...] = (
    Dec(314, 2), Div(Int(22), Int(7)), Dec(31416, 4), Dec(3142, 3), Int(3), Dec(314159, 5),
)  # fmt: skip
"""What pi is rounded to, the commonest first."""


def with_rounded_pi(sides: Sequence[Expr]) -> Iterator[tuple[Expr, ...]]:
    """The sides of equations, if pi occurs in one, with pi rounded as people round it."""
    if any(has_constant(side, _PI_ITSELF.name) for side in sides):
        for value in _PI:
            yield tuple(_rounded(side, value) for side in sides)


_PI_ITSELF = Const("pi")


def _rounded(e: Expr, value: Expr) -> Expr:
    if e == _PI_ITSELF:
        return value
    return rebuild(e, lambda child: _rounded(child, value))


def elsewhere(left: Expr, right: Expr, spoken_of: Arithmetics) -> bool:
    """Whether two sides are equal in an arithmetic that the text speaks of. Letters are units."""
    for base in spoken_of.bases:
        try:
            b = _in_base(right, base)
        except ValueError:
            continue
        if isinstance(right, Int) and compare(left, "=", b).truth is Truth.TRUE:
            return True  # 128 + 32 = 10100000 in binary
        try:
            a = _in_base(left, base)
        except ValueError:
            continue
        if compare(a, "=", b).truth is Truth.TRUE:
            return True
    others = spoken_of.others
    if "boolean" in others and (truth := _truth(left)) is not None and truth == _truth(right):
        return True
    if "digits" in others and _side_by_side(left) == _digits(right):
        return True
    if "vectors" in others and _squares_add(left, right):
        return True
    if "mixtures" in others and _mixes(left, right):
        return True
    if "floors" in others and _rounds_down(left, right):
        return True
    if "digit sums" in others and isinstance(left, Int) and _digit_sum(left, right):
        return True
    if "estimates" in others and _estimates(left, right):
        return True
    if "turns" in others and _turns_apart(left, right):
        return True
    if "nim" in others and (piles := _nim_sum(left)) is not None and piles == _nim_sum(right):
        return True
    moduli = spoken_of.moduli
    if "clock" in others and _of_hours(left) and _of_hours(right):
        moduli |= _HOURS
    if not (moduli or spoken_of.remainders or spoken_of.bounds or others & _INEXACT):
        return False
    try:
        x, y = flint.fmpq(exact.value(left)), flint.fmpq(exact.value(right))
    except ValueError:
        return False
    if "floats" in others and max(x - y, y - x) * 2**53 <= max(y, -y):
        return True
    if "orders" in others and _up_to_higher_orders(x, y):
        return True
    if y in spoken_of.bounds and isinstance(left, Add) and (x > y if y > 0 else x < y):
        return True
    gap = Fraction(int((x - y).p), int((x - y).q))
    if any(gap % m == 0 and 0 <= y <= m for m in spoken_of.remainders):
        return True
    # 1/3 is 4 modulo 11, as what is prime to 11 divides there
    return any(gap.numerator % m == 0 and gcd(gap.denominator, m) == 1 for m in moduli)


_HOURS = frozenset({12, 24})
_INEXACT = frozenset(("floats", "orders"))


def _up_to_higher_orders(x: flint.fmpq, y: flint.fmpq) -> bool:
    """Whether `y` is `x` but for the square of what is small: of a relative change, or of what both
    differ from 0 or 1 by."""
    gap, size = max(x - y, y - x), max(y, -y)
    if gap <= size / 1000:
        return True
    return any(max(small, -small) < _SMALL and gap <= small * small for small in (y, y - 1))


_SMALL = flint.fmpq(1, 4)
_MOST_DIGITS = 4
_MOST_PLACES = 5


def _estimates(left: Expr, right: Expr) -> bool:
    """Whether two sides are equal once the numbers on the left are rounded, all to as many digits
    or all to one place: 298 * 3 = 300 * 3."""
    if isinstance(left, (Int, Dec)) or not kinds(left) <= _ARITHMETIC:
        return False
    numbers = [node for node in walk(right) if isinstance(node, (Int, Dec))]
    if not all(_is_round(number) for number in numbers):
        return False
    keeps: list[tuple[int, int | None]] = [(n, None) for n in range(1, _MOST_DIGITS)]
    keeps += [(0, places) for places in range(-_MOST_PLACES, 1)]
    return any(
        compare(_kept(left, digits, places), "=", right).truth is Truth.TRUE
        for digits, places in keeps
    )


_ARITHMETIC = frozenset((Int, Dec, Add, Mul, Div, Neg, Pow, Quantity))


def _is_round(number: Int | Dec) -> bool:
    """Whether a number has so few digits that it may stand for an estimate."""
    digits = str(number.value if isinstance(number, Int) else number.digits)
    return len(digits.strip("0")) < _FEW_DIGITS


_FEW_DIGITS = 3


def _kept(e: Expr, digits: int, places: int | None) -> Expr:
    """`e` with its numbers rounded to so many digits, or to so many places after the point."""
    match e:
        case Int() | Dec():
            written = e.value if isinstance(e, Int) else e.digits
            size = len(str(abs(written)))
            point = 0 if isinstance(e, Int) else e.places
            drop = size - digits if places is None else point - places
            if drop <= 0 or (places is not None and drop > size):
                return e
            kept = (2 * written + 10**drop) // (2 * 10**drop)
            return Int(kept * 10 ** (drop - point)) if drop >= point else Dec(kept, point - drop)
        case _:
            return rebuild(e, lambda child: _kept(child, digits, places))


def _turns_apart(left: Expr, right: Expr) -> bool:
    """Whether full turns alone part two angles, in degrees or as multiples of pi."""
    of_pi = [_PI_ITSELF in set(walk(side)) for side in (left, right)]
    try:
        x, y = (flint.fmpq(exact.value(_bare_angle(side))) for side in (left, right))
    except ValueError:
        return False
    turns = (x - y) / (2 if any(of_pi) else 360)
    return (all(of_pi) or not any(of_pi) or 0 in (x, y)) and turns.q == 1


def _bare_angle(e: Expr) -> Expr:
    """An angle in degrees, or in units of pi."""
    match e:
        case Degree(angle):
            return angle
        case Quantity(number, unit) if unit.startswith("°") or unit == "degree":
            return number
        case Const(_PI_ITSELF.name):
            return Int(1)
        case _:
            return rebuild(e, _bare_angle)


def _nim_sum(e: Expr) -> int | None:
    """The value of `e` if its terms are added without carrying, in decimal digits that are all 0
    and 1 or else in bits."""
    terms = e.args if isinstance(e, Add) else (e,)
    values = [term.value for term in terms if isinstance(term, Int)]
    if len(values) < len(terms):
        return None
    binary = all(set(str(value)) <= {"0", "1"} for value in values)
    total = 0
    for value in values:
        total ^= int(str(value), 2) if binary else value
    return total


def _squares_add(left: Expr, right: Expr) -> bool:
    """Whether a sum of vectors at right angles is told by the lengths of all of them."""
    if not isinstance(left, Add):
        return False
    (length, *terms), units = zip(*map(_measured, (right, *left.args)), strict=True)
    if len(set(units)) > 1 or not all(isinstance(term, (Int, Dec)) for term in terms):
        return False
    squares = Add(tuple(Pow(term, Int(2)) for term in terms))
    return compare(Call("sqrt", (squares,)), "=", length).truth is Truth.TRUE


def _measured(e: Expr) -> tuple[Expr, str]:
    """A number and its unit, which may be a letter."""
    match e:
        case Quantity(number, unit):
            return number, unit
        case Mul((number, Sym(letter))):
            return number, letter
        case _:
            return e, ""


def _mixes(left: Expr, right: Expr) -> bool:
    """Whether quantities are told to give a smaller one, but not less than each of them."""
    if not isinstance(left, Add) or not all(isinstance(term, Quantity) for term in left.args):
        return False
    whole, _ = _measured(right)
    return all(compare(_measured(term)[0], "<=", whole).truth is Truth.TRUE for term in left.args)


def _rounds_down(left: Expr, right: Expr) -> bool:
    """Whether quotients of integers, alone or in a sum, are told by their whole parts."""
    terms = left.args if isinstance(left, Add) else (left,)
    whole = 0
    for term in terms:
        match term:
            case Div(Int(above), Int(below)) if below:
                whole += above // below
            case Int(value):
                whole += value
            case _:
                return False
    return right == Int(whole)


def _digit_sum(number: Int, right: Expr) -> bool:
    total = sum(map(int, str(number.value)))
    return compare(Int(total), "=", right).truth is Truth.TRUE


def _of_hours(e: Expr) -> bool:
    """Whether `e` is made of hours by adding and taking away."""
    match e:
        case Int(n):
            return n <= _MOST_HOURS
        case Quantity(value, unit):
            return unit in ("", "hour", "h", "hr", "pm", "am", "p.m", "a.m") and _of_hours(value)
        case Neg(arg):
            return _of_hours(arg)
        case Add(args):
            return all(map(_of_hours, args))
        case _:
            return False


_MOST_HOURS = 48


def _side_by_side(e: Expr) -> str | None:
    """The digits of the terms of a sum, one after the other."""
    digits = [_digits(term) for term in e.args] if isinstance(e, Add) else []
    return "".join(filter(None, digits)) if digits and None not in digits else None


def _digits(e: Expr) -> str:
    return str(e.value) if isinstance(e, Int) else ""


def _truth(e: Expr) -> int | None:
    """The truth value of `e` if its sums are "or" and its products "and"."""
    match e:
        case Int(0 | 1):
            return e.value
        case Add(args) | Mul(args):
            values = [_truth(a) for a in args]
            known = [value for value in values if value is not None]
            if len(known) < len(values):
                return None
            return max(known) if isinstance(e, Add) else min(known)
        case _:
            return None


def with_signs_squared(sides: Sequence[Expr]) -> tuple[Expr, ...] | None:
    """The sides of an equation with `-5^2` for (-5)^2 where it begins a term of its own; None if
    there is none."""
    squared = tuple(map(_signs_squared, sides))
    return squared if squared != tuple(sides) else None


def _signs_squared(e: Expr) -> Expr:
    match e:
        case Neg(Pow(Int() | Dec(), Int(n)) as power) if n % 2 == 0:
            return power
        case Add((first, *rest)):
            return Add((_signs_squared(first), *(rebuild(term, _signs_squared) for term in rest)))
        case _:
            return rebuild(e, _signs_squared) if Neg in kinds(e) else e


def without_unit_letters(sides: Sequence[Expr]) -> tuple[Expr, ...] | None:
    """The sides without the letters that end the last, which may be units: `√89 = 9.43 N`. None
    where others are left, or there are none."""
    *others, result = sides
    bare = (*others, _without_letters(result))
    if bare[-1] == result or any(map(free_symbols, bare)):
        return None
    return bare


def _without_letters(e: Expr) -> Expr:
    if not isinstance(e, Mul):
        return e
    numbers = tuple(factor for factor in e.args if not isinstance(factor, Sym))
    if not numbers or numbers != e.args[: len(numbers)]:
        return e
    return Mul(numbers) if len(numbers) > 1 else numbers[0]


def with_points_in_thousands(sides: Sequence[Expr]) -> tuple[Expr, ...] | None:
    """The sides of an equation with points between thousands: 10.500 is 10500. None if there are
    no numbers that can be read so, or others with a decimal point."""
    found = [node for side in sides for node in walk(side) if isinstance(node, Dec)]
    if not found or any(d.places != 3 or not 1000 <= d.digits < 10**6 for d in found):
        return None
    return tuple(map(_in_thousands, sides))


def _in_thousands(e: Expr) -> Expr:
    return Int(e.digits) if isinstance(e, Dec) else rebuild(e, _in_thousands)


def _in_base(e: Expr, base: int) -> Expr:
    """`e` with its numerals read in `base`.

    Raises:
        ValueError: a numeral has a digit that the base lacks.
    """
    if isinstance(e, Int):
        digits = str(e.value)
        int(digits, base)
        return InBase(digits, base)
    return rebuild(e, lambda child: _in_base(child, base))


def between_scales(left: Expr, right: Expr) -> bool:
    """Whether a temperature in degrees stands on one side, and none in the same on the other. What
    is calculated without units has its result in degrees, unless it is one from scale to scale."""
    if _degrees(left) == _degrees(right):
        return False
    if Quantity in kinds(left):
        return True
    try:
        x, y = flint.fmpq(exact.value(left)), flint.fmpq(exact.value(right))
    except ValueError:
        return True
    scaled = (x * 9 / 5 + 32, (x - 32) * 5 / 9, x * 9 / 5, x * 5 / 9)
    return any(abs(y - other) < 1 for other in scaled) or 272 < abs(y - x) < 274


def _degrees(e: Expr) -> frozenset[str]:
    if Quantity not in kinds(e):
        return frozenset()
    return frozenset(n.unit for n in walk(e) if isinstance(n, Quantity) and n.unit.startswith("°"))
