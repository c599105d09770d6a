"""Where the numbers stand that a solution names: before, in, or after each of its calculations."""

from __future__ import annotations

from collections.abc import Sequence, Set
from fractions import Fraction
from itertools import pairwise

from clr.bodies.mathematics import Relation
from clr.claim import Claim
from clr.ledger import numbers, value_of
from clr.reading.quantities import quantities


class Mentions:
    """The numbers of a text, with the places of the first and the last mention.

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
        self.results: dict[Fraction, None] = {}
        """Sides of calculations, in order."""
        for start, end in pairwise(sorted(cuts)):
            found = set(quantities(text[start:end]))
            body = bodies.get(start)
            if isinstance(body, Relation):
                sides = (body.left, body.right)
                found.update(*map(numbers, sides))
                self.results.update((v, None) for v in map(value_of, sides) if v is not None)
            for number in map(Fraction, found):
                self._first.setdefault(number, start)
                self._last[number] = start

    @property
    def all(self) -> Set[Fraction]:
        """All numbers of the text."""
        return self._first.keys()

    def stands(self, number: Fraction, before: int) -> bool:
        """Whether the text names the number before a place in it."""
        return self._first.get(number, before) < before

    def before(self, claim: Claim, number: Fraction) -> bool:
        """Whether the text names the number before the calculation."""
        return self.stands(number, claim.span.start)

    def after(self, claim: Claim, number: Fraction) -> bool:
        """Whether the text names the number after the calculation."""
        return self._last.get(number, -1) >= claim.span.end
