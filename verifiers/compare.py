"""Closed expressions compared as people compare them: exactly, or within the rounding they wrote.

A written result may be the exact value rounded or truncated at its last digit. Inputs that look
rounded themselves (three places or more, or endings such as .33) stand for all numbers that they
may have been. "Approximately" widens the inputs too, but does not excuse one integer for another:
only a written sign of approximation does, and only as far as trailing zeros go: 1024 ~ 1000.
"""

from __future__ import annotations

from collections.abc import Set
from fractions import Fraction
from functools import lru_cache

import flint
from flint import acb, arb
from msgspec.structs import replace

from clr.claim import Strength
from clr.notation import guard
from clr.notation.ast import (
    Add,
    Big,
    Call,
    Const,
    Dec,
    Degree,
    Div,
    Expr,
    Int,
    Mul,
    Neg,
    Percent,
    PlusMinus,
    Pow,
    Quantity,
    SetOf,
    children,
    kinds,
    rebuild,
    walk,
)
from clr.notation.dimensions import magnitude, unit_magnitude
from clr.notation.functions import TRIGONOMETRIC
from clr.notation.printer import show
from clr.verifiers import balls, exact
from clr.verifiers.arrays import aligned, has_arrays
from clr.verifiers.calculus import limit
from clr.verifiers.exact import Undefined, Unsupported, show_rational
from clr.verifiers.identity import signs
from clr.verifiers.outcome import (
    LOOSELY,
    PARTLY,
    PROBABLE,
    PROVED,
    UNKNOWN,
    Outcome,
    Truth,
    together,
)
from clr.verifiers.units import (
    LEVELS,
    compare_bare,
    converts,
    dimension,
    measured,
    summed,
    unit_size,
    units,
)

_ROUNDED_ENDINGS = tuple("33 34 66 67 16 17 83 14 71 73 41 57 28 43".split())
"""Two places of thirds, sixths and sevenths, and of the square roots of 2 and 3."""
_ANGULAR = TRIGONOMETRIC | {"arcsin", "arccos", "arctan"}


def plainly_equal(left: Expr, right: Expr) -> bool:
    """Whether two plain calculations have one value, so that it is proved that they are equal;
    False says nothing."""
    here: list[str] = []
    there: list[str] = []
    x = exact.worked_out(left, here)
    if x is None or x != exact.worked_out(right, there):
        return False
    if not (here or there):
        return True
    return compare_bare(frozenset(here), frozenset(there), adds=type(left) is Add)


@lru_cache(maxsize=65536)
def compare(left: Expr, op: str, right: Expr, *, approximate: bool = False) -> Outcome:
    """Whether `left op right` holds for two expressions without unknowns.

    `op` is one of = ~ != < <= > >=. False only under every admissible rule. A side that has no
    computable value gives UNKNOWN.
    """
    if op == "=" and plainly_equal(left, right):
        return PROVED
    measures = Quantity in kinds(left) or Quantity in kinds(right)
    if measures:
        if Add in kinds(left) and LEVELS & {*units(left)}:
            return UNKNOWN
        terms = summed(left)
        if terms is not None and len({dimension(unit) for unit in terms}) > 1:
            return UNKNOWN  # dollars and hours have no sum
        if terms is not None and len(terms) > 1:
            return _converted(left, op, right, approximate)
        a, b = magnitude(left), magnitude(right)
        if a is not None and b is not None and a.powers == b.powers != ():
            return _of_one_dimension(left, op, right, (a.value, b.value), approximate)
    if measures and converts(units(left), units(right)):
        return _converted(left, op, right, approximate)
    outcome = _compared(left, op, right, approximate)
    unsaid = measures and outcome.truth is Truth.FALSE
    if unsaid and (_converts_silently(left, right) or _measured_to_whole(left, right)):
        return UNKNOWN
    return outcome


def _of_one_dimension(
    left: Expr, op: str, right: Expr, in_base: tuple[Expr, Expr], approximate: bool
) -> Outcome:
    """Sides with units of one dimension: true in the unit of one of them, or number by number.

    A result is compared as it was written, in its own unit, as it may have been rounded there.
    """
    bare = _compared(left, op, right, approximate)
    if bare.truth is Truth.TRUE:
        return bare
    if bare.truth is Truth.FALSE and _measured_to_whole(left, right):
        return UNKNOWN
    x, y = in_base
    sides: tuple[Expr, Expr]
    if (size := _unit_of_result(right)) is not None:
        sides = Div(x, size), right
    elif (size := _unit_of_result(left)) is not None:
        sides = left, Div(y, size)
    else:
        sides = in_base
    # who converts rounds as well
    converts_too = _compared(sides[0], "=", left, False).truth is Truth.FALSE
    converted = _compared(sides[0], op, sides[1], approximate or converts_too)
    if converted.truth is not Truth.FALSE:
        return converted
    return bare if bare.truth is not Truth.FALSE else converted


def _unit_of_result(e: Expr) -> Expr | None:
    """The size, in base units, of the unit of a number as written; None for anything else."""
    if not is_written_number(e):
        return None
    sizes = [unit_magnitude(node.unit) for node in walk(e) if isinstance(node, Quantity)]
    if len(sizes) != 1 or sizes[0] is None:
        return None
    size = sizes[0][1]
    return Div(Int(size.numerator), Int(size.denominator))


def _converts_silently(left: Expr, right: Expr) -> bool:
    """Whether a calculation without units has its result in a unit, by a factor between units:
    `0.5 × 12000 = 6 kJ`."""
    found = magnitude(right) if Quantity not in kinds(left) else None
    if found is None or not found.powers or found.powers == _MONEY:
        return False
    try:
        x, y = exact.value(left), exact.value(right)
    except ValueError:
        return False
    return bool(x and y) and (
        exact.divide(x, y) in _BETWEEN_UNITS or exact.divide(y, x) in _BETWEEN_UNITS
    )


def _measured_to_whole(left: Expr, right: Expr) -> bool:
    """Whether a result is the whole number of a unit next to what does not come out even, as people
    measure: `40 km / 3 h = 13 km/h`. Hours and dollars they count."""
    if not (isinstance(right, Quantity) and isinstance(right.value, Int)):
        return False
    found = unit_magnitude(right.unit)
    if found is None or found[0] in (_TIME, _MONEY):
        return False
    try:
        x, y = exact.value(left), exact.value(right)
    except ValueError:
        return False
    return not isinstance(x, int) and abs(x - y) < 1


_TIME, _MONEY = ((("time", 1),), (("money", 1),))
_BETWEEN_UNITS = (100, 1000, 10**4, 10**6, 10**9, 60, 3600, flint.fmpq(18, 5))


def _compared(left: Expr, op: str, right: Expr, approximate: bool) -> Outcome:
    try:
        x, y = exact.value(left), exact.value(right)
    except (Unsupported, guard.TooCostly):
        outcome = _not_rational(left, op, right, approximate)
    except Undefined:
        return UNKNOWN
    else:
        outcome = _rational(left, op, right, x, y, approximate)
    if outcome.truth is Truth.FALSE and op in ("=", "~") and _agree_in_parts(left, right):
        return PROBABLE
    return outcome


def _agree_in_parts(left: Expr, right: Expr) -> bool:
    """Whether one side is the other with its parts worked out and rounded: `600/1.1 + 600/1.21 =
    545.45 + 495.87`, `√(2 × 1.17) = √2.3`."""
    if type(left) is not type(right) or not isinstance(left, (Add, Mul, Div, Neg, Pow, Call)):
        return False
    if isinstance(left, Call) and isinstance(right, Call) and left.func != right.func:
        return False
    parts, others = children(left), children(right)
    return len(parts) == len(others) and all(map(_is_worked_out, parts, others))


def _is_worked_out(part: Expr, other: Expr) -> bool:
    outcome = compare(part, "=", other)
    if outcome == PROVED:
        return True
    rounded = any(isinstance(_written_number(e), Dec) for e in (part, other))
    return (rounded and outcome.truth is Truth.TRUE) or _agree_in_parts(part, other)


def _not_rational(left: Expr, op: str, right: Expr, approximate: bool) -> Outcome:
    if PlusMinus in kinds(left) | kinds(right):
        return _signed(left, op, right, approximate)
    if isinstance(left, SetOf) and isinstance(right, SetOf):
        return _sets(left, right) if op == "=" else UNKNOWN
    if has_arrays(left) or has_arrays(right):
        return _by_entry(left, op, right, approximate)
    for side, other in ((left, right), (right, left)):
        if isinstance(side, Big) and side.op == "lim" and op == "=":
            return limit(side, other)
    return _irrational(left, op, right, approximate)


_CONVERSION_ERROR = flint.fmpq(1, 50)
"""Relative error up to which a conversion between units counts as rounded: 1 pound = 450 g."""


def _converted(left: Expr, op: str, right: Expr, approximate: bool) -> Outcome:
    """Sides in different units of one dimension: true after conversion, or number by number.

    An author who divides minutes by 60 to get hours has converted already.
    """
    a, b, terms = measured(left), measured(right), summed(left)
    if a is not None and b is not None and terms is not None and len(terms) > 1:
        return replace(_added(a, op, b, terms, approximate), right=show(right))
    bare = _compared(left, op, right, approximate)
    if a is None or b is None or a[0] != b[0]:
        return UNKNOWN
    converted = _compared(a[1], op, b[1], approximate)
    if converted.truth is not Truth.FALSE:
        return converted
    if bare.truth is not Truth.FALSE:
        return PROBABLE if bare.truth is Truth.TRUE else UNKNOWN
    try:
        x, y, shown = exact.value(a[1]), exact.value(b[1]), exact.value(right)
    except ValueError:
        return UNKNOWN
    if shown == 0 or _close(x, y):
        return UNKNOWN
    in_units_of_right = exact.divide(x * shown, y)
    return Outcome(Truth.FALSE, Strength.PROVED, show_value(in_units_of_right), bare.right)


def _added(
    left: tuple[str, Expr], op: str, right: tuple[str, Expr], terms: Set[str], approximate: bool
) -> Outcome:
    """A sum of terms in several units of one dimension, and what it is said to be.

    The bare numbers say nothing: 60 minutes + 2 hours are not 62 of either. A side without a unit
    is in one of them.
    """
    if op not in ("=", "~") or right[0] not in ("", left[0]):
        return UNKNOWN
    outcome = UNKNOWN
    for size in (Fraction(1),) if right[0] else sorted(map(unit_size, terms)):
        scaled = Mul((right[1], Div(Int(size.numerator), Int(size.denominator))))
        outcome = _compared(left[1], op, scaled, approximate)
        if outcome.truth is not Truth.FALSE:
            return outcome
    try:
        x, y = exact.value(left[1]), exact.value(scaled)
    except ValueError:
        return UNKNOWN
    if _close(x, y):
        return UNKNOWN
    shown = []
    for unit in sorted(terms):
        size = unit_size(unit)
        shown.append(f"{show_value(exact.divide(x * size.denominator, size.numerator))} {unit}")
    return Outcome(Truth.FALSE, Strength.PROVED, " or ".join(shown))


def _close(x: exact.Rational, y: exact.Rational) -> bool:
    gap = _CONVERSION_ERROR * y
    return min(-gap, gap) <= x - y <= max(-gap, gap)


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
    if op in _ORDER:
        if _ORDER[op]((x > y) - (x < y)):
            return PROVED
    elif x == y:
        return PROVED
    elif _may_be_rounded(left, op, right, approximate) or not _plain(left, right):
        within = _within_rounding(left, op, right, approximate)
        if within is None:
            return UNKNOWN
        if within:
            return (
                PROBABLE
                if _near(left, op, right, acb(flint.fmpq(x)), acb(flint.fmpq(y)), approximate)
                else LOOSELY
            )
    return Outcome(Truth.FALSE, Strength.PROVED, show_value(x), show_value(y))


_PRECISIONS = (128, 2048)
"""Two values are called equal only where they still agree at the last of these."""


def _irrational(left: Expr, op: str, right: Expr, approximate: bool) -> Outcome:
    nodes = [n for side in (left, right) for n in walk(side)]
    calls = {n.func for n in nodes if isinstance(n, Call)}
    turns = op in ("=", "~") and any(func.startswith("arc") for func in calls)
    angles = [(left, right)]
    if any(isinstance(n, Degree) for n in nodes):
        angles.append((_in_radians(left), _in_radians(right)))
    outcomes = []
    for degrees in (False, True) if calls & _ANGULAR else (False,):
        for a, b in angles:
            outcome = _enclosed(a, op, b, approximate, degrees, turns)
            if outcome.truth is not Truth.FALSE:
                return outcome
            outcomes.append(outcome)
    return outcomes[0]


def _enclosed(
    left: Expr, op: str, right: Expr, approximate: bool, degrees: bool, turns: bool
) -> Outcome:
    """`left op right` by enclosures, under one convention for angles."""
    for bits in _PRECISIONS:
        with balls.precision(bits):
            try:
                x = balls.enclosure(left, degrees=degrees)
                y = balls.enclosure(right, degrees=degrees)
            except (Unsupported, guard.TooCostly, Undefined):
                return UNKNOWN
            difference = x - y
            if difference.contains(0):
                if _has_integral(left) or _has_integral(right):
                    return PROBABLE if op in ("=", "~") and _narrow(difference) else UNKNOWN
                continue
            if op == "!=":
                return PROVED
            false = Outcome(Truth.FALSE, Strength.PROVED, *balls.show_apart(x, y))
            if op in _ORDER:
                if not (x.imag == 0 and y.imag == 0 and difference.real != 0):
                    return UNKNOWN
                return PROVED if _ORDER[op](1 if difference.real > 0 else -1) else false
            if turns and _whole_turns(difference, degrees):
                return PARTLY
        if not _may_be_rounded(left, op, right, approximate):
            return false
        within = _within_rounding(left, op, right, approximate, degrees=degrees)
        if within is None:
            return UNKNOWN
        if not within:
            return false
        return PROBABLE if _near(left, op, right, x, y, approximate) else LOOSELY
    # at this precision nothing can be said of numbers beyond some 600 digits
    return PROBABLE if op in ("=", "~") and _narrow(difference) else UNKNOWN


def _has_integral(e: Expr) -> bool:
    return Big in kinds(e) and any(isinstance(n, Big) and n.op == "int" for n in walk(e))


def _narrow(difference: acb) -> bool:
    return bool(abs(difference).abs_upper() < flint.fmpq(1, 10**8))


def _whole_turns(difference: acb, degrees: bool) -> bool:
    """Whether two angles differ by half turns, as branches of an inverse function do."""
    half_turn = acb(180) if degrees else acb.pi()
    turns = difference / half_turn
    nearest = turns.real.mid() + arb(flint.fmpq(1, 2))
    return bool((turns - acb(nearest.floor())).contains(0)) and not difference.contains(0)


def _in_radians(e: Expr) -> Expr:
    """Degrees outside trigonometric functions as multiples of pi/180."""
    if isinstance(e, Degree):
        return Div(Mul((e.arg, Const("pi"))), Int(180))
    if isinstance(e, Call) and e.func in TRIGONOMETRIC:
        return e
    return rebuild(e, _in_radians) if children(e) else e


def _looks_rounded(e: Dec | Percent | Div) -> bool:
    match e:
        case Percent(Dec(places=1) as share) | Div(Dec(places=1) as share, Int(100)):
            return _is_rounded_ending(share, 3)  # 33.3%
        case Dec(digits, places) if places >= 3:
            # eighths and the like end exactly
            return not (places == 3 and digits % 125 == 0)
        case Dec(_, 2):
            return _is_rounded_ending(e, 2)
        case _:
            return False


def _is_rounded_ending(d: Dec, digits: int) -> bool:
    written = str(d.digits)
    return len(written) >= digits and written.endswith(_ROUNDED_ENDINGS)


_WRITTEN: balls.Slack = (flint.fmpq(1, 2), flint.fmpq(999, 1000))
"""What a last digit may stand for that was rounded or truncated."""
_LOOSE: balls.Slack = (flint.fmpq(101, 100), flint.fmpq(101, 100))
"""What it may stand for after rounding on the way: one more or less."""


def _may_be_rounded(left: Expr, op: str, right: Expr, approximate: bool) -> bool:
    """Whether anything stands for more than one value: decimals, percentages, or a sign that says
    so."""
    if approximate or op == "~" or Dec in kinds(left) or Dec in kinds(right):
        return True
    return any(_written_number(side) is not None and _is_percentage(side) for side in (left, right))


def _plain(left: Expr, right: Expr) -> bool:
    """Whether two sides have enclosures if they have values, as sums, products and powers do."""
    return kinds(left) <= _OPERATIONS and kinds(right) <= _OPERATIONS


_OPERATIONS = frozenset((Int, Neg, Add, Mul, Div, Pow, Quantity, Degree))


def _within_rounding(
    left: Expr, op: str, right: Expr, approximate: bool, *, degrees: bool = False
) -> bool | None:
    """Whether two different values agree to the digits that the author wrote.

    None if the inputs, taken as rounded, lead out of a domain.
    """
    loose = approximate or op == "~"
    if op == "~":
        left, right = _leading_digit(left), _leading_digit(right)
    nodes = [n for side in (left, right) for n in walk(side) if isinstance(n, (Dec, Percent, Div))]
    decimals = any(isinstance(n, Dec) for n in nodes)
    rounded = decimals and (loose or any(map(_looks_rounded, nodes)))
    slack = _LOOSE if rounded else balls.EXACT
    with balls.precision():
        try:
            for written, source in ((right, left), (left, right)):
                number = _written_number(written)
                if number is None or (isinstance(number, Int) and op == "=" and _is_whole(source)):
                    continue  # what comes out even, whatever its inputs stand for, is not rounded
                if isinstance(number, Int) and _is_exact_form(written):
                    continue
                value = balls.enclosure(source, degrees=degrees, slack=slack)
                coarse = op == "~" or _is_measured(source)
                interval = _interval(written, number, value, coarse, loose, rounded)
                if interval is None:
                    continue
                one = rebuilt(written, number, Int(1))
                if (balls.enclosure(one, degrees=degrees) * interval - value).contains(0):
                    return True
            x = balls.enclosure(left, degrees=degrees, slack=slack)
            y = balls.enclosure(right, degrees=degrees, slack=slack)
        except ValueError:
            return None
        if op == "~" and _written_number(left) is None and _written_number(right) is None:
            return bool(abs(x - y).abs_lower() <= abs(y).abs_upper() / 50)
        return rounded and bool((x - y).contains(0))


_WHOLE = flint.fmpq(1)
_USUAL_ERROR = flint.fmpq(1, 500)
"""Relative error up to which rounded inputs explain a result so well that it counts as right."""


def _near(left: Expr, op: str, right: Expr, x: acb, y: acb, approximate: bool) -> bool:
    """Whether sides that agree within rounding differ by no more than the last digit of a result,
    or hardly at all. A result that had no need to be rounded is never near another value."""
    if not approximate and op == "=" and _has_room(left, right):
        return False
    gap = abs(x - y)
    if gap.abs_lower() <= abs(y).abs_upper() * _USUAL_ERROR:
        return True
    for side in (left, right):
        number = _written_number(side)
        if isinstance(number, Dec):
            unit = flint.fmpq(1, 10**number.places)
        elif number is not None and not isinstance(side, Mul) and (approximate or op == "~"):
            # 3.4 is about 3, or 3 with something left over
            unit = flint.fmpq(10 ** _trailing_zeros(number.value), 2) if op == "~" else _WHOLE
        else:
            continue
        with balls.precision():
            one = balls.enclosure(rebuilt(side, number, Int(1)))
        if gap.abs_lower() <= abs(one).abs_upper() * unit:
            return True
    return False


def _has_room(left: Expr, right: Expr) -> bool:
    """Whether a result has all the places that the exact value of the other side needs, so that it
    was not rounded itself: `3.14 + 1 = 4.15`."""
    for result, source in ((right, left), (left, right)):
        number = _written_number(result)
        if isinstance(number, Dec) and number.places < _FLOAT and kinds(result) <= _BARE:
            try:
                value = exact.value(source)
            except (Unsupported, Undefined, guard.TooCostly):
                continue
            if (flint.fmpq(value) * 10**number.places).q == 1:
                return True
    return False


_BARE = frozenset((Dec, Neg, Quantity, Degree))
_FLOAT = 12
"""Places from which on a decimal is as a machine prints its floats: the last digits are noise."""


def _leading_digit(e: Expr) -> Expr:
    """A bare power of ten as a number with one digit: 2^10 is about 10^3."""
    return Mul((Int(1), e)) if isinstance(e, Pow) and _is_scale(e) else e


def _written_number(e: Expr) -> Int | Dec | None:
    """The one number of an expression that is a value as written: `-2.5`, `$3.20`, `2.5 * 10^3`,
    `1.41 i`, `0.33 pi`. None where `e` is anything else."""
    match e:
        case Int() | Dec():
            return e
        case Neg(arg) | Quantity(arg, _) | Degree(arg) | Percent(arg) | Div(arg, Int(100)):
            return _written_number(arg)
        case Mul((first, *rest)) if all(map(_is_scale, rest)):
            return _written_number(first)
        case _:
            return None


def is_written_number(e: Expr) -> bool:
    """Whether an expression is a number as written, be it in scientific notation: `9 × 10^14 J`."""
    return _written_number(e) is not None


def _is_scale(e: Expr) -> bool:
    match e:
        case Const():
            return True
        case Pow(Int(10), Int() | Neg(Int())):
            return True
        case Call("sqrt", (Int(),)):
            return True
        case Quantity(arg, _):
            return _is_scale(arg)
        case _:
            return False


def _is_measured(e: Expr) -> bool:
    """Whether an expression holds a number in scientific notation: `1.99 × 10^30 / 5.97`."""
    return Pow in kinds(e) and any(
        isinstance(n, Mul) and isinstance(n.args[0], Dec) and _is_scale(n.args[1]) for n in walk(e)
    )


def _is_exact_form(e: Expr) -> bool:
    """`6 pi`, `5 sqrt(2)`: a whole multiple of what has no decimals that end."""
    return isinstance(e, Mul) and not {Const, Call}.isdisjoint(kinds(e))


def rebuilt(e: Expr, old: Expr, new: Expr) -> Expr:
    """`e` with `new` in the place of its subexpression `old`, found by identity."""
    if e is old:
        return new
    return rebuild(e, lambda child: rebuilt(child, old, new)) if children(e) else e


def _interval(
    written: Expr, number: Int | Dec, value: acb, coarse: bool, loose: bool, rounded: bool
) -> acb | None:
    """What the written `number` may stand for; None if it must be exact. If it is `coarse`, the
    zeros that end it may be none of its digits."""
    if isinstance(number, Dec):
        exact_number = flint.fmpq(number.digits, 10**number.places)
        cents = coarse and number.places == 2  # about $8.50
        places = number.places - min(2, _trailing_zeros(number.digits)) * cents
        ball = balls.around(exact_number, _LOOSE if loose or rounded else _WRITTEN, places)
        if number.places >= _FLOAT:
            ball += arb(0, abs(exact_number) / 10**14)
        return acb(ball + arb(0, _carelessness(number))) if loose else acb(ball)
    if _is_percentage(written):
        return acb(balls.around(flint.fmpq(number.value), _LOOSE if rounded else _WRITTEN, 0))
    if not (loose or rounded or coarse):
        return None
    digits = _trailing_zeros(number.value) if coarse else 0
    if _exact_integer(value):
        return acb(balls.around(flint.fmpq(number.value), _WRITTEN, -digits)) if coarse else None
    return acb(balls.around(flint.fmpq(number.value), _LOOSE, -digits))


def _carelessness(d: Dec) -> flint.fmpq:
    """By how much an approximation may miss: a thousandth, and ten of the last digit shown, unless
    there are more digits than anybody computes. Zeros at the end show none: 1235.00 dollars."""
    most = abs(flint.fmpq(d.digits, 10**d.places)) / 1000
    if d.places >= _FLOAT:
        return most
    return min(most, flint.fmpq(10 ** (1 + _trailing_zeros(d.digits)), 10**d.places))


def _is_percentage(e: Expr) -> bool:
    return any(
        isinstance(n, Percent) or (isinstance(n, Div) and n.den == Int(100)) for n in walk(e)
    )


def _is_whole(e: Expr) -> bool:
    """Whether an expression has an integer for its exact value."""
    try:
        return isinstance(exact.value(e), int)
    except (ValueError, ArithmeticError):
        return False


def _exact_integer(x: acb) -> bool:
    return x.is_exact() and balls.whole(x) is not None


def _trailing_zeros(n: int) -> int:
    """How many digits of a round number carry no information: 3 for 3000."""
    zeros = 0
    while n and n % 10 == 0:
        n //= 10
        zeros += 1
    return zeros


def _signed(left: Expr, op: str, right: Expr, approximate: bool) -> Outcome:
    """Expressions with ±: equal as sets of values, or one a member of the other."""
    if op not in ("=", "~"):
        return UNKNOWN
    lefts, rights = signs(left), signs(right)
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


def _by_entry(left: Expr, op: str, right: Expr, approximate: bool) -> Outcome:
    """Points, vectors and matrices entry by entry."""
    pairs = aligned(left, right) if op in ("=", "~") else None
    if pairs is None:
        return UNKNOWN
    return together([compare(a, op, b, approximate=approximate) for a, b in pairs])


def _sets(left: SetOf, right: SetOf) -> Outcome:
    for a, b in ((left, right), (right, left)):
        for item in a.items:
            found = [compare(item, "=", other).truth for other in b.items]
            if Truth.TRUE not in found:
                return UNKNOWN
    return PROVED


MAX_SHOWN = 120
"""Bits of a numerator that is shown as a decimal."""


def show_value(x: exact.Rational) -> str:
    """A rational as a person expects it: an integer, a short decimal, or a fraction."""
    if isinstance(x, int) or int(x.p).bit_length() > MAX_SHOWN:
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
