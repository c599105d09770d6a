"""Facts about integers, decided exactly within size bounds."""

from __future__ import annotations

from clr.verifiers.exact import Rational


def residue(x: Rational, modulus: int) -> int | None:
    """`x` modulo `modulus`, a fraction by the inverse of its denominator; None if there is none."""
    if isinstance(x, int):
        return x % modulus
    try:
        return int(x.p) * pow(int(x.q), -1, modulus) % modulus
    except ValueError:
        return None
