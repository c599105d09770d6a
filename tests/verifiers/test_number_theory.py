from __future__ import annotations

import math
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clr.notation.ast import Call, Expr, Int, Neg, Pow
from clr.verifiers import number_theory as nt
from clr.verifiers.number_theory import congruent, function_value, holds, residue_of
from clr.verifiers.outcome import Truth

Read = Callable[[str], Expr]


@pytest.mark.parametrize(
    ("predicate", "args", "truth", "reason"),
    [
        ("prime", ["97"], True, "97 is prime"),
        ("prime", ["91"], False, "91 = 7 * 13"),
        ("prime", ["1"], False, "1 is less than 2"),
        ("prime", ["2^{127} - 1"], True, "is prime"),
        ("composite", ["1"], False, "not composite"),
        ("composite", ["12"], True, "12 = 2^2 * 3"),
        ("divides", ["7", "91"], True, "91 = 7 * 13"),
        ("divides", ["7", "92"], False, "92 = 7 * 13 + 1"),
        ("divides", ["0", "0"], True, "0 divides only 0"),
        ("divisible", ["91", "7"], True, "91 = 7 * 13"),
        ("square", ["49"], True, "49 = 7^2"),
        ("square", ["50"], False, "7^2 = 49 < 50 < 64 = 8^2"),
        ("square", ["-4"], False, "negative"),
        ("cube", ["-27"], True, "-27 = (-3)^3"),
        ("perfect power", ["1024"], True, "1024 = 2^10"),
        ("squarefree", ["30"], True, "2 * 3 * 5"),
        ("even", ["7 * 8"], True, "56 is even"),
        ("odd", ["-3"], True, "-3 is odd"),
        ("coprime", ["12", "35"], True, "divisor is 1"),
        ("coprime", ["12", "15"], False, "divisor is 3"),
        ("pairwise coprime", ["6", "35", "11"], True, "every pair"),
        ("palindrome", ["12321"], True, "12321"),
        ("perfect", ["28"], True, "28"),
    ],
)
def test_predicates(e: Read, predicate: str, args: list[str], truth: bool, reason: str) -> None:
    outcome = holds(predicate, tuple(map(e, args)))
    assert outcome.truth is (Truth.TRUE if truth else Truth.FALSE)
    assert reason in outcome.left


@pytest.mark.parametrize(
    ("predicate", "args"),
    [
        ("prime", ["x"]),
        ("even", ["3.5"]),
        ("prime", ["2^{600} + 1"]),
        ("green", ["3"]),
        ("prime", ["3", "5"]),
    ],
)
def test_abstains(e: Read, predicate: str, args: list[str]) -> None:
    assert holds(predicate, tuple(map(e, args))).truth is Truth.UNKNOWN


@pytest.mark.parametrize(
    ("function", "n", "expected"),
    [
        ("number of divisors", 360, 24),
        ("sum of divisors", 28, 56),
        ("totient", 36, 12),
        ("digit sum", 1729, 19),
        ("digit product", 234, 24),
        ("number of digits", 1000, 4),
        ("largest prime factor", 84, 7),
        ("units digit", 1234, 4),
    ],
)
def test_functions(function: str, n: int, expected: int) -> None:
    assert function_value(function, (Int(n),)) == expected


@given(st.integers(1, 3000))
def test_functions_agree_with_their_definitions(n: int) -> None:
    divisors = [d for d in range(1, n + 1) if n % d == 0]
    assert nt.number_of_divisors(n) == len(divisors)
    assert nt.sum_of_divisors(n) == sum(divisors)
    assert nt.totient(n) == sum(math.gcd(k, n) == 1 for k in range(1, n + 1))
    assert math.prod(p**k for p, k in nt.factorization(n)) == n
    assert nt.is_prime(n) == (len(divisors) == 2)
    assert sum(d * 7**i for i, d in enumerate(reversed(nt.digits(n, 7)))) == n


@given(st.integers(-50, 50), st.integers(0, 300), st.integers(1, 60))
def test_powers_by_residue(base: int, n: int, m: int) -> None:
    e = Pow(Int(base) if base >= 0 else Neg(Int(-base)), Int(n))
    assert residue_of(e, m) == base**n % m


@pytest.mark.parametrize(
    ("left", "right", "m", "truth"),
    [
        ("2^{10}", "4", "6", Truth.TRUE),
        ("7^{10^9}", "9", "13", Truth.TRUE),
        ("7^{10^9}", "1", "13", Truth.FALSE),
        ("7^{7^{7^7}}", "3", "10", Truth.TRUE),
        ("9^{9^{9^9}}", "89", "100", Truth.TRUE),
        ("100!", "0", "7", Truth.TRUE),
        ("1/3", "5", "7", Truth.TRUE),
        ("1/7", "5", "7", Truth.UNKNOWN),
        ("x", "5", "7", Truth.UNKNOWN),
        ("3", "3", "0", Truth.UNKNOWN),
    ],
)
def test_congruences(e: Read, left: str, right: str, m: str, truth: Truth) -> None:
    assert congruent(e(left), e(right), e(m)).truth is truth


@given(st.integers(2, 9), st.integers(2, 5), st.integers(2, 4), st.integers(2, 50))
def test_towers_by_euler(a: int, b: int, c: int, m: int) -> None:
    tower = Pow(Int(a), Pow(Int(b), Pow(Int(c), Int(2))))
    assert residue_of(tower, m) == pow(a, b ** (c**2), m)


def test_hostile_numbers_are_refused_at_once() -> None:
    start = time.process_time()
    huge = Pow(Int(9), Pow(Int(9), Int(9)))
    semiprime = Int((10**40 + 121) * (10**41 + 109))
    for args in ((huge,), (Call("factorial", (Int(10**9),)),), (semiprime,)):
        for predicate in ("prime", "squarefree", "perfect", "square"):
            holds(predicate, args)
        function_value("totient", args)
    assert time.process_time() - start < 1
