"""What a mathematical claim says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import msgspec

from clr.notation.ast import Expr


class Cue(StrEnum):
    """How the text introduces a relation."""

    NONE = "none"
    REWRITE = "rewrite"
    """The same thing in another form: simplify, expand, factor, which becomes."""
    EXPANSION = "expansion"
    """The same thing multiplied out or factored, so that both sides are one function."""
    CONSEQUENCE = "consequence"
    """Follows from what stands before it: so, thus, gives, implies."""
    SUCCESSION = "succession"
    """Stands below the relation before it, with no word between them."""
    IMPLICATION = "implication"
    """An arrow joins it to the relation before it: 2x = 6 => x = 3."""
    SUBSTITUTION = "substitution"
    """Values put into an earlier equation: substituting x = 2 gives."""


class Relation(msgspec.Struct, frozen=True, gc=False):
    """Two expressions and a sign between them, as one link of a chain.

    `a = b = c` is two links: `link` counts them from 0, and a link after the first rewrites the
    operand before it. `op` is one of `clr.notation.ast.REL_OPS`; `modulus` is the m of `(mod m)`.
    `approximate` records that the text says about, approximately, rounded; `listed`, that it opens
    an item of a list, a case, or one of several equations: the relation before it is no source;
    `goes_on`, that another link follows; `alternative`, that it is one of several with an "or"
    between them, of which one at least is said to hold.
    """

    left: Expr
    op: str
    right: Expr
    modulus: Expr | None = None
    link: int = 0
    cue: Cue = Cue.NONE
    approximate: bool = False
    listed: bool = False
    goes_on: bool = False
    alternative: bool = False


class Arithmetics(msgspec.Struct, frozen=True):
    """Other arithmetics that a text speaks of: moduli (at least 2), bases (2 to 36), bounds where
    results are cut off, names of others, and `remainders`: moduli of which only the residues
    themselves are written, as last digits are.

    "boolean": 0 and 1 are truth values, of which the sum is "or"; "clock": hours go round;
    "floats": numbers have 53 binary digits; "digits": numerals are put side by side; "vectors":
    what is at right angles is added by its squares; "mixtures": the volume of a mixture is not
    that of its parts; "scale": a length stands for another one; "turns": angles that a full turn
    parts are one direction; "nim": digits are added without carrying; "uneven": what dots stand for
    may be divisors or primes; "constants": there are constants of integration; "estimates": numbers
    are rounded before they are used; "orders": terms of higher order are left out; "floors":
    quotients are rounded down; "digit sums": a number is told by the sum of its digits; "slopes":
    primes stand for derivatives.
    """

    moduli: frozenset[int] = frozenset()
    bases: frozenset[int] = frozenset()
    bounds: frozenset[int] = frozenset()
    others: frozenset[str] = frozenset()
    remainders: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class NumberFact:
    """A property of integers said in words: 91 is prime, 7 divides 91, gcd(12, 18) is 6.

    `predicate` is a key of `clr.verifiers.number_theory.PREDICATES`.
    """

    predicate: str
    args: tuple[Expr, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Parity:
    """Whether `value` is odd, given which others are: if n is odd, n^2 + n is even."""

    value: Expr
    odd: bool
    given: tuple[tuple[Expr, bool], ...]


class Operand(msgspec.Struct, frozen=True, gc=False):
    """A number that a calculation uses, as written, with the words that name it, if any."""

    value: Expr
    noun: str = ""


NEEDS_NO_SOURCE: frozenset[Fraction | int] = frozenset((0, 1, 2, 100))
"""Numbers that a calculation may use freely: identities, halves and doubles, percentages."""


@dataclass(frozen=True, slots=True)
class FinalAnswer:
    """The answer that the trace ends with."""

    value: Expr | None
    text: str
