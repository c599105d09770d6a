"""The numbers that a solution names: where they stand, and what those are made of that it tells
without a calculation.

"That makes 48, and 12 of them are sold": if nothing written gives 48, it was worked out in the
head, from other numbers.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from fractions import Fraction
from itertools import pairwise

from clr.bodies.mathematics import NEEDS_NO_SOURCE, Relation
from clr.claim import Claim
from clr.ledger import numbers, value_of
from clr.reading.quantities import quantities

SMALL = 2
"""Numbers up to this one are used without being named: both, half, another."""


class Mentions:
    """Where in a text its numbers stand: before, in, or after each of its calculations.

    The text is cut where calculations begin and end, so that all of it is read once. A calculation
    may write a number as no text is read, as an exponent.
    """

    def __init__(self, text: str, calculations: Sequence[Claim]) -> None:
        cuts = {0, len(text)}
        for claim in calculations:
            cuts |= {claim.span.start, claim.span.end}
        bodies = {c.span.start: c.body for c in calculations}
        self._first: dict[Fraction, int] = {}
        self._last: dict[Fraction, int] = {}
        self.results: set[Fraction] = set()
        """Sides of calculations."""
        for start, end in pairwise(sorted(cuts)):
            found = set(quantities(text[start:end]))
            body = bodies.get(start)
            if isinstance(body, Relation):
                sides = (body.left, body.right)
                found.update(*map(numbers, sides))
                self.results.update(v for v in map(value_of, sides) if v is not None)
            for number in map(Fraction, found):
                self._first.setdefault(number, start)
                self._last[number] = start

    @property
    def all(self) -> Set[Fraction]:
        """All numbers of the text."""
        return self._first.keys()

    def before(self, claim: Claim, number: Fraction) -> bool:
        """Whether the text names the number before the calculation."""
        return self._first.get(number, claim.span.start) < claim.span.start

    def after(self, claim: Claim, number: Fraction) -> bool:
        """Whether the text names the number after the calculation."""
        return self._last.get(number, -1) >= claim.span.end


class Unwritten:
    """Calculations that a text makes and does not write: of the numbers that neither the problem
    nor a written calculation gives, each is made of others, which are thereby used.

    `given` are the numbers of the problem, `units` those that its words bring with them.
    """

    def __init__(self, mentions: Mentions, given: Set[Fraction], units: Set[Fraction]) -> None:
        self._mentions = mentions
        self._given = given
        self._units = units
        self._known = mentions.all | given
        self._made = mentions.all - given - mentions.results - NEEDS_NO_SOURCE

    def use(self, number: Fraction, claim: Claim | None = None) -> bool:
        """Whether one of them uses a number; those alone whose result comes up after a claim, if
        one is given."""
        return any(
            self._is_made(result, number)
            for result in self._made
            if claim is None or not self._mentions.before(claim, result)
        )

    def _is_made(self, result: Fraction, number: Fraction) -> bool:
        """Whether a result is the sum, difference, product or quotient of a number and another."""
        terms = (result - number, number - result, number + result)
        factors = (result / number, number / result, number * result) if number and result else ()
        return (
            any(n > SMALL and n in self._known for n in terms)
            or any(n != 1 and n in self._known for n in factors)
            or any(self._is_converted(result, number, unit) for unit in self._units)
        )

    def _is_converted(self, result: Fraction, number: Fraction, unit: Fraction) -> bool:
        """Whether a result is a number and a given one in a smaller unit, or a larger: 5 h 30 min
        are 5.5 h, or 330 min."""
        smaller = (result - number * unit, (result - number) * unit)
        larger = ((result - number) / unit, result - number / unit) if number < unit else ()
        return any(0 < n < unit and n in self._given for n in smaller) or any(
            n > 0 and n in self._given for n in larger
        )
