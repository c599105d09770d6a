"""Facts about integers, decided exactly within size bounds.

Arguments are expressions; what has no exact value within the bounds gives UNKNOWN. Primality is
proved (APR-CL), and factors are found only where the number is small enough to factor at once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import TypeAlias

import flint

from clr.notation import guard
from clr.notation.ast import Add, Call, Dec, Div, Expr, Int, Mul, Neg, Pow, Quantity
from clr.verifiers import exact
from clr.verifiers.exact import Rational, Undefined, Unsupported, show_rational
from clr.verifiers.integer_sets import SETS, counted, listed
from clr.verifiers.outcome import UNKNOWN, Outcome, Truth

MAX_PRIME_BITS = 256
MAX_FACTOR_BITS = 100
MAX_FACTORIAL = 10_000


class TooLarge(guard.TooCostly):
    """A number beyond the bounds of this module."""


# functions of integers


def factorization(n: int) -> tuple[tuple[int, int], ...]:
    """Prime factors of a positive integer with their powers, in increasing order; () for 1.

    Raises:
        TooLarge: more than `MAX_FACTOR_BITS` bits.
    """
    if n < 1:
        raise Undefined("factors of a number that is not positive")
    if n.bit_length() > MAX_FACTOR_BITS:
        raise TooLarge(f"a number of {n.bit_length()} bits to factor")
    return tuple((int(p), int(k)) for p, k in flint.fmpz(n).factor())


def is_prime(n: int) -> bool:
    """Whether `n` is prime, proved.

    Raises:
        TooLarge: more than `MAX_PRIME_BITS` bits.
    """
    if n.bit_length() > MAX_PRIME_BITS:
        raise TooLarge(f"a number of {n.bit_length()} bits")
    return n > 1 and bool(flint.fmpz(n).is_prime())


def number_of_divisors(n: int) -> int:
    """How many positive integers divide the positive integer `n`."""
    return math.prod(k + 1 for _, k in factorization(n))


def sum_of_divisors(n: int) -> int:
    """The sum of the positive divisors of the positive integer `n`."""
    return math.prod((p ** (k + 1) - 1) // (p - 1) for p, k in factorization(n))


def totient(n: int) -> int:
    """How many of 1..n are coprime to `n` (Euler)."""
    return math.prod((p - 1) * p ** (k - 1) for p, k in factorization(n))


def digits(n: int, base: int = 10) -> tuple[int, ...]:
    """The digits of |n| in `base` (2..36), the most significant first; (0,) for 0.

    Raises:
        Unsupported: another base.
    """
    if not 2 <= base <= 36:
        raise Unsupported(f"base {base}")
    return tuple(int(c, 36) for c in flint.fmpz(abs(n)).str(base))


def root_of(n: int, order: int) -> int | None:
    """The integer whose `order`-th power is `n`, or None."""
    try:
        found = exact.root(n, order)
    except Unsupported:
        return None
    return found if isinstance(found, int) else None


def as_power(n: int) -> tuple[int, int] | None:
    """`n` as a perfect power (base, exponent) with the greatest exponent >= 2, or None."""
    for k in range(n.bit_length(), 1, -1):
        root = root_of(n, k) if n > 1 else None
        if root is not None:
            return root, k
    return None


FUNCTIONS: Mapping[str, Callable[..., int]] = {
    "gcd": math.gcd,
    "lcm": math.lcm,
    "number of divisors": number_of_divisors,
    "sum of divisors": sum_of_divisors,
    "totient": totient,
    "number of digits": lambda n: len(digits(n)),
    "digit sum": lambda n: sum(digits(n)),
    "digit product": lambda n: math.prod(digits(n)),
    "number of prime factors": lambda n: len(factorization(n)),
    "largest prime factor": lambda n: factorization(n)[-1][0] if n > 1 else 1,
    "smallest prime factor": lambda n: factorization(n)[0][0] if n > 1 else 1,
    "units digit": lambda n: abs(n) % 10,
}
"""Named functions of integers, for claims such as "the digit sum of 1729 is 19"."""


# predicates

Predicate: TypeAlias = Callable[..., "tuple[bool, str]"]


def _prime(n: int) -> tuple[bool, str]:
    if is_prime(n):
        return True, f"{n} is prime"
    return False, _why_not_prime(n)


def _composite(n: int) -> tuple[bool, str]:
    if n < 4:
        return False, f"{n} is not composite"
    return (False, f"{n} is prime") if is_prime(n) else (True, _why_not_prime(n))


def _why_not_prime(n: int) -> str:
    if n < 2:
        return f"{n} is less than 2"
    if n.bit_length() > MAX_FACTOR_BITS:
        return "it is composite"
    return f"{n} = {show_factors(n)}"


def show_factors(n: int) -> str:
    """A positive integer as a product of prime powers: `2^2 * 3`."""
    parts = [f"{p}^{k}" if k > 1 else str(p) for p, k in factorization(n)]
    return " * ".join(parts) or "1"


def _divides(a: int, b: int) -> tuple[bool, str]:
    if a == 0:
        return b == 0, "0 divides only 0"
    q, r = (show_rational(x) for x in divmod(b, a))
    product = f"{show_rational(b)} = {show_rational(a)} * {q}"
    return (True, product) if r == "0" else (False, f"{product} + {r}")


def _power_of(n: int, order: int) -> tuple[bool, str]:
    root = root_of(n, order)
    if root is not None:
        base = f"({root})" if root < 0 else f"{root}"
        return True, f"{n} = {base}^{order}"
    if n < 0 and order % 2 == 0:
        return False, f"{n} is negative"
    low = int(flint.fmpz(abs(n)).root(order))
    high = low + 1
    return False, f"{low}^{order} = {low**order} < {abs(n)} < {high**order} = {high}^{order}"


def _power_with_base(n: int, base: int) -> tuple[bool, str]:
    """Whether `n` is 1, `base`, its square, its cube, ..."""
    if base < 2:
        raise ValueError("powers of such a number are not told apart")
    exponent, power = 0, 1
    while power < n:
        exponent, power = exponent + 1, power * base
    if power == n:
        return True, f"{n} = {base}^{exponent}"
    if n < 1:
        return False, f"{n} is less than 1"
    return False, f"{base}^{exponent - 1} = {power // base} < {n} < {power} = {base}^{exponent}"


def _perfect_power(n: int) -> tuple[bool, str]:
    found = as_power(n)
    return (True, f"{n} = {found[0]}^{found[1]}") if found else (False, f"{n} is no perfect power")


def _squarefree(n: int) -> tuple[bool, str]:
    return all(k == 1 for _, k in factorization(n)), f"{n} = {show_factors(n)}"


def _coprime(*numbers: int) -> tuple[bool, str]:
    g = math.gcd(*numbers)
    return g == 1, f"their greatest common divisor is {g}"


def _pairwise_coprime(*numbers: int) -> tuple[bool, str]:
    for i, a in enumerate(numbers):
        for b in numbers[:i]:
            if math.gcd(a, b) != 1:
                return False, f"gcd({b}, {a}) = {math.gcd(a, b)}"
    return True, "every pair has greatest common divisor 1"


def _parity(n: int, wanted: int) -> tuple[bool, str]:
    return n % 2 == wanted, f"{n} is {'odd' if n % 2 else 'even'}"


def _has_value(function: str, *numbers: int) -> tuple[bool, str]:
    """Whether the last of `numbers` is the value of a function at those before it."""
    *arguments, claimed = numbers
    value = FUNCTIONS[function](*arguments)
    return value == claimed, f"it is {value}"


def _ends_in(n: int, last: int) -> tuple[bool, str]:
    places = len(digits(last))
    found = abs(n) % 10**places
    return last >= 0 and found == last, f"it ends in {found:0{places}}"


def _prime_divisors_are(n: int, *members: int) -> tuple[bool, str]:
    found = [p for p, _ in factorization(n)]
    wrong = [p for p in members if p not in found]
    if wrong:
        return False, f"{n} = {show_factors(n)}, and {wrong[0]} is no prime factor of it"
    return set(found) == set(members), f"{n} = {show_factors(n)}"


def _palindrome(n: int) -> tuple[bool, str]:
    text = str(flint.fmpz(abs(n)))
    return text == text[::-1], f"reversed, it reads {text[::-1]}"


def _perfect(n: int) -> tuple[bool, str]:
    total = sum_of_divisors(n) - n
    return total == n, f"its proper divisors sum to {total}"


PREDICATES: Mapping[str, Predicate] = {
    "prime": _prime,
    "composite": _composite,
    "even": lambda n: _parity(n, 0),
    "odd": lambda n: _parity(n, 1),
    "square": lambda n: _power_of(n, 2),
    "cube": lambda n: _power_of(n, 3),
    "perfect power": _perfect_power,
    "power": _power_with_base,
    "squarefree": _squarefree,
    "perfect": _perfect,
    "palindrome": _palindrome,
    "ends in": _ends_in,
    "prime divisors": _prime_divisors_are,
    "divides": _divides,
    "multiple": lambda a, b: _divides(b, a),
    "divisible": lambda a, b: _divides(b, a),
    "factor": _divides,
    "coprime": _coprime,
    "pairwise coprime": _pairwise_coprime,
    **{name: partial(_has_value, name) for name in FUNCTIONS},
    **{f"listed {kind}": partial(listed, kind) for kind in SETS},
    **{f"counted {kind}": partial(counted, kind) for kind in SETS},
}
"""Properties by name. Each takes integers and says whether it holds, and why. Under the name of a
function: whether the last integer is its value at the others."""


@lru_cache(maxsize=16384)
def holds(predicate: str, args: tuple[Expr, ...]) -> Outcome:
    """Whether `predicate`, a key of `PREDICATES`, holds of the values of `args`.

    The reason stands in `Outcome.left`: the factors of a composite, the remainder of a division.
    UNKNOWN where an argument is not an integer, or out of bounds.
    """
    decide = PREDICATES.get(predicate)
    if decide is None:
        return UNKNOWN
    try:
        truth, reason = decide(*map(exact.integer_value, args))
    except guard.TooCostly:
        last = predicate in ("ends in", "units digit") and len(args) == 2
        return _last_digits(*args) if last else UNKNOWN
    except (ValueError, TypeError):
        return UNKNOWN
    return Outcome(Truth.TRUE if truth else Truth.FALSE, left=reason)


def _last_digits(e: Expr, last: Expr) -> Outcome:
    """Whether a power too large to compute, and so certainly positive, ends in `last`."""
    if not isinstance(last, Int) or not isinstance(e, Pow):
        return UNKNOWN
    try:
        if exact.integer_value(e.base) < 0:
            return UNKNOWN
    except ValueError:
        return UNKNOWN
    places = len(digits(last.value))
    found = congruent(e, last, Int(10**places))
    return Outcome(found.truth, left=f"it ends in {found.left:0>{places}}") if found.left else found


@lru_cache(maxsize=16384)
def function_value(function: str, args: tuple[Expr, ...]) -> int | None:
    """The value of `function`, a key of `FUNCTIONS`, or None where it has none within bounds."""
    compute = FUNCTIONS.get(function)
    if compute is None:
        return None
    try:
        return compute(*map(exact.integer_value, args))
    except (ValueError, TypeError):
        return None


# residues


def residue(x: Rational, modulus: int) -> int | None:
    """`x` modulo `modulus`, a fraction by the inverse of its denominator; None if there is none."""
    if isinstance(x, int):
        return x % modulus
    try:
        return int(x.p) * pow(int(x.q), -1, modulus) % modulus
    except ValueError:
        return None


def residue_of(e: Expr, modulus: int) -> int:
    """The value of `e` modulo a positive `modulus`, without computing `e` itself: 7^(10^9) mod 13.

    Raises:
        Unsupported: not an integer expression.
        Undefined: a denominator without an inverse.
        clr.notation.guard.TooCostly: an exponent or a factorial is out of bounds.
    """
    guard.check_depth(e)
    return _residue_of(e, modulus)


def _residue_of(e: Expr, m: int) -> int:
    match e:
        case Int(n):
            return n % m
        case Neg(arg):
            return -_residue_of(arg, m) % m
        case Add(args):
            return sum(_residue_of(a, m) for a in args) % m
        case Mul(args):
            result = 1 % m
            for arg in args:
                result = result * _residue_of(arg, m) % m
            return result
        case Div(num, den):
            return _quotient(num, den, m)
        case Pow(base, exp):
            return _power_residue(base, exp, m)
        case Call("factorial", (arg,)):
            return _factorial_residue(arg, m)
        case Quantity(arg, _):
            return _residue_of(arg, m)
        case Dec():
            raise Unsupported("a decimal")
        case _:
            return exact.integer_value(e) % m


def _quotient(num: Expr, den: Expr, m: int) -> int:
    try:
        x = exact.value(Div(num, den))
    except guard.TooCostly:
        x = None
    found = residue(x, m) if x is not None else None
    if found is None:
        below = _residue_of(den, m)
        if math.gcd(below, m) != 1:
            raise Undefined("a denominator without an inverse")
        found = _residue_of(num, m) * pow(below, -1, m) % m
    return found


def _power_residue(base: Expr, exp: Expr, m: int) -> int:
    below = _residue_of(base, m)
    try:
        n = exact.integer_value(exp)
    except guard.TooCostly:
        # Euler: from log2(m) on, powers repeat with a period that divides the totient
        period = totient(m)
        n = _residue_of(exp, period) + period
        if not _certainly_large(exp, m.bit_length()):
            raise
    if n < 0 and math.gcd(below, m) != 1:
        raise Undefined("a negative power without an inverse")
    return pow(below, n, m)


def _certainly_large(exp: Expr, least: int) -> bool:
    """Whether a power too costly to compute is certainly positive and at least `least`."""
    match exp:
        case Pow(Int(base), upper) if base >= 2:
            try:
                return exact.integer_value(upper) >= least.bit_length()
            except guard.TooCostly:
                return _certainly_large(upper, least.bit_length())
        case Call("factorial", (Int(n),)):
            return n >= least
    return False


def _factorial_residue(arg: Expr, m: int) -> int:
    n = exact.integer_value(arg)
    if n < 0:
        raise Undefined("the factorial of a negative number")
    if n >= m:
        return 0
    if n > MAX_FACTORIAL:
        raise TooLarge("a large factorial")
    result = 1 % m
    for k in range(2, n + 1):
        result = result * k % m
    return result


@lru_cache(maxsize=16384)
def congruent(left: Expr, right: Expr, modulus: Expr) -> Outcome:
    """Whether `left` and `right` leave the same residue; both residues stand in the outcome."""
    try:
        m = exact.integer_value(modulus)
        if m < 1:
            return UNKNOWN
        a, b = residue_of(left, m), residue_of(right, m)
    except ValueError:
        return UNKNOWN
    truth = Truth.TRUE if a == b else Truth.FALSE
    return Outcome(truth, left=str(a), right=str(b))
