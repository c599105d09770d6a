"""Facts about numbers in words: whole clauses are judged, and nothing is cut out of longer ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clr
from clr.claim import Status

RIGHT = [
    "Clearly 7 divides 91.",
    "Since 53 is a prime number, we stop.",
    "12 is divisible by 3 and 4, and 25 is an odd integer.",
    "The number 10234 is not divisible by 3 and 4.",
    r"\(5\) and \(8\) are relatively prime.",
    "64 is a perfect square (and a cube).",
    "Note that 4 does not divide 6.",
    "4 divides 6!",
    "4 divides 6².",
    r"Here \(5! = 120\) is divisible by \(15\).",
    r"Then \(2^4 + 1 = 17\), which is prime.",
    "So we get 21, which is not prime.",
    "But 47 is itself prime, and 53 is a prime number itself.",
    r"Both are small: 12 is a two-digit number. \(7\) is a single-digit number.",
    "So there are 9 divisors of 36.",
    "The prime factors of 90 are 2, 3, and 5, so we try these.",
    r"The distinct prime factors of \(45\) are: \[ 3, 5 \]",
    r"Hence \(3^6\) has a units digit of 9.",
    r"So \(7^{4001}\) ends in 07.",
    r"\[ 5 + 7 = 12 \] The sum of 5 and 7 is 12.",
]
WRONG = [
    "Clearly 7 divides 93.",
    "So 119 is prime.",
    "10236 is not divisible by 3 and 6.",
    "12 is divisible by 5.",
    r"\(6\) and \(9\) are relatively prime.",
    "48 is a perfect square.",
    r"Here \(5! = 120\) is divisible by \(16\).",
    r"Then \(2^5 + 1 = 33\), which is prime.",
    "So we get 21, which is even.",
    "But 51 is a prime number itself.",
    "However, 17 is a one-digit number.",
    "So there are 8 positive divisors of 36.",
    "The prime factors of 90 are 2, 3, and 7.",
    "The prime factors of 90 are 2 and 3.",
    r"For \(n = 7\), \(3^7\) has a units digit of 9.",
    r"So \(7^{4001}\) ends in 43.",
    r"\[ 5 + 7 = 12 \] The product of 5 and 7 is 12.",
]
UNREAD = [
    "11 divides 2b, so b = 0.",
    "7 divides 10a + 4.",
    "7 divides 3 times k.",
    "3 divides 11...1.",
    "10 is a multiple of 4k.",
    "No prime less than 10 divides 121.",
    "15 is prime to 8.",
    "12 is divisible by 5 only if it ends in 0.",
    "If one is even, the other one is odd.",
    "Is 91 prime?",
    "There are 9 primes less than 40, which is odd.",
    "The sides are 3 or 9, which is prime.",
    "The number 24 is a three-digit number in base 4.",
    r"\(1000_2\) is a one-digit number.",
    "Check whether 51 is a prime number itself.",
    "20 ends in 2 zeros.",
    "There are 5 divisors of 36 below 7.",
    "The prime factors of 2310 are 2, 3, 5, and so on.",
    "The prime factors of 2310 are 2, 3, ..., 11.",
    "The prime factors of 2310 are 2, 3, 5 or more.",
    "3 + 4 has a units digit of 8 when we add 1.",
]
NOT_CLAIMED = [
    "Then 3 divides 10, which is a contradiction.",
    "But 5 divides 12 is impossible.",
    "It is not true that 9 is prime.",
    "4 divides 6? No, it does not.",
    "Many think that 91 is prime, but it is 7 · 13.",
    "So 9 would be prime, which is absurd.",
    "Suppose 9 is prime.",
]


def statuses(text: str) -> list[Status]:
    return [c.verdict.status for c in clr.audit(problem="p", response=text).claims]


@pytest.mark.parametrize("text", RIGHT)
def test_right_ones_are_verified(text: str) -> None:
    assert set(statuses(text)) == {Status.VERIFIED}


@pytest.mark.parametrize("text", WRONG)
def test_wrong_ones_are_refuted(text: str) -> None:
    assert Status.REFUTED in statuses(text)


@pytest.mark.parametrize("text", UNREAD + NOT_CLAIMED)
def test_what_is_no_whole_claim_is_left_alone(text: str) -> None:
    assert not {Status.REFUTED, Status.VERIFIED} & set(statuses(text))


def test_digits_may_be_those_of_a_base_that_the_text_speaks_of() -> None:
    text = "We write all numbers in base 6. So 36 ends in 0."
    assert Status.REFUTED not in statuses(text)
    assert Status.REFUTED in statuses("So 36 ends in 0.")


@given(st.integers(1, 60), st.integers(1, 4000))
def test_division_is_judged_by_the_remainder(a: int, b: int) -> None:
    divides = b % a == 0
    assert statuses(f"So {a} divides {b}.") == [Status.VERIFIED if divides else Status.REFUTED]
    assert statuses(f"Thus {b} is not divisible by {a}.") == [
        Status.REFUTED if divides else Status.VERIFIED
    ]


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("Since 4, {} and 8 are all powers of 2, we use base 2.", "16", "6"),
        ("The numbers 9, {}, and 25 are perfect squares.", "16", "18"),
        (r"Both \(21\) and \({}\) are multiples of 7.", "35", "36"),
        ("7 and {} are primes, so we stop.", "13", "15"),
        ("Since 9 and {} are odd numbers, so is their product.", "15", "16"),
        ("{} is a power of 3.", "81", "64"),
        (r"The least is \({}\), which is already a six-digit number.", "120120", "60060"),
    ],
)
def test_facts_of_several_numbers(text: str, right: str, wrong: str) -> None:
    def found(value: str) -> set[Status]:
        return {c.verdict.status for c in clr.audit(problem="p", steps=[text.format(value)]).claims}

    assert found(right) == {Status.VERIFIED}
    assert Status.REFUTED in found(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "We check whether 9 and 15 are primes.",
        "If 9 and 15 are primes, then it fails.",
        "21 and 25 are not both prime.",
        "8 and 9 are consecutive powers.",
        "The primes between 4 and 9 are odd.",
        "None of 91, 75 and 51 are prime.",
        "1/2 and 1/4 are powers of 2.",
    ],
)
def test_of_several_numbers_only_what_is_said_of_each(text: str) -> None:
    claims = clr.audit(problem="p", steps=[text]).claims
    assert not [c for c in claims if c.verdict.status is Status.REFUTED]
