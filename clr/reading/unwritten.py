"""Calculations that a solution makes in the head: it tells what they give, and does not write them.

"That makes 48, and 12 of them are sold": if nothing written gives 48, it was worked out from other
numbers. These are used, and 48 has a source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from fractions import Fraction

from clr.bodies.mathematics import NEEDS_NO_SOURCE, Operand, Relation
from clr.claim import Claim
from clr.ledger import numbers, value_of, written_value
from clr.notation.words import singular
from clr.reading.mentions import Mentions
from clr.reading.quantities import implied_quantities, quantities

SMALL = 2
"""Numbers up to this one are used without being named: both, half, another."""
_DIGITS = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+|\d{1,20})(?:\.\d{1,20})?")
_ABBREVIATION = re.compile(r"(?:(?<=\d)|(?<=\d )|(?<=/))(?:h|hrs?|mins?|s|secs?|ft|lbs?|oz)\b")
_FRACTION = re.compile(r"(?<![\d.,/])(\d{1,9}) ?/ ?(\d{1,9})(?![\d.,/]*\d)")
_LONGEST_RUN = 8
"""Numbers in a row that are added up at most."""
MOST = 200
"""Numbers of a text that are looked through for what another is made of; more are a table."""
_HUNDRED = 100
_MIXED = frozenset((7, 12, 16, 24, 60, 1000))
"""How many of a unit make the next larger one, where amounts are told in both."""
_LARGE = frozenset((60, 1000))
"""Those of them that a calculation converts amounts by, more often than others."""


class Unwritten:
    """What a text works out and does not write down: of the numbers that neither the problem nor
    a calculation gives, each is made of others."""

    def __init__(self, problem: str, mentions: Mentions) -> None:
        self.mentions = mentions
        self._problem = problem
        self.given = frozenset(map(Fraction, quantities(problem)))
        """The numbers of the problem."""
        self._units = _units(problem)
        self._known = mentions.all | self.given
        self._made: Set[Fraction] = frozenset()
        if len(self._known) <= MOST:
            self._made = self._known - self.given - mentions.results.keys() - NEEDS_NO_SOURCE
        written = [Fraction(n.replace(",", "")) for n in _DIGITS.findall(problem)[:MOST]]
        self._sums = _sums_of_runs(written) | _sums_of_runs([*mentions.results][:MOST])

    def use(self, number: Fraction, claim: Claim | None = None) -> bool:
        """Whether one of them uses a number; those alone whose result comes up after a claim, if
        one is given."""
        forms = self._forms(number)
        return any(
            any(_makes(form, result, self._known) for form in forms)
            or result == number - 1  # the first of 9 hours, and eight more
            or result / number in self._units
            or (number == _HUNDRED and self._is_percentage(result))
            or self._converts(number, result)
            or number in self._sums.get(result, ())
            for result in self._made
            if claim is None or not self.mentions.before(claim, result)
        )

    def _forms(self, number: Fraction) -> set[Fraction]:
        """What stands for a number in a calculation: itself, or in a much larger unit, the
        fraction that it is part of, or as a percentage, the factor that this amounts to."""
        forms = {number, *_shares(number, self._problem)}
        forms |= {number / unit for unit in self._units & _LARGE}
        part = number / 100
        if part in self.given:  # 20 % off are a factor of 0.8
            forms |= {part, 1 - part, 1 + part}
        elif _HUNDRED in self.given:  # 7 l every 100 km
            forms.add(part)
        return forms

    def _is_percentage(self, result: Fraction) -> bool:
        """Whether a result is a hundredth of the product of two known numbers."""
        known = self._known - {_HUNDRED, result, 0}
        return any(100 * result / n in known for n in known)

    def lead_to(self, result: Fraction, before: int) -> bool:
        """Whether two numbers that stand before a place, or that the problem gives, make one that
        the problem does not give."""
        known = self._known_before(before) - {result}
        return result not in self.given and any(_makes(n, result, known) for n in known)

    def compare(self, share: Fraction, before: int) -> bool:
        """Whether a number that stands before a place, and that the problem does not give, is this
        share of a known one."""
        known = self._known_before(before)
        return share != 0 and any(n / share in known for n in known - self.given - {share, 0})

    def _known_before(self, place: int) -> set[Fraction]:
        """The numbers that are known at a place of the text; none if there are too many of them."""
        if len(self._known) > MOST:
            return set()
        return {n for n in self._known if n in self.given or self.mentions.stands(n, place)}

    def give(self, operand: Claim, calculation: Claim | None, before: str) -> bool:
        """Whether one of them gives the number that a calculation uses, or that an answer states.

        One of the two that it is made of stands in the text `before`, or in the calculation itself;
        if the number is told there too, or is not whole, both may stand anywhere earlier.
        """
        assert isinstance(operand.body, Operand)
        result = written_value(operand.body.value)
        if result is None or len(self._known) > MOST:
            return False
        place = calculation or operand
        near = set(map(Fraction, quantities(before)))
        told = result in near or result.denominator != 1
        if calculation is not None:
            near |= self._operands(calculation)
        known = self._known_before(place.span.start) | near
        known |= self._units | _units(before + place.text)
        known.discard(result)
        return (
            any(_makes(number, result, known) for number in known if told or number in near)
            or any(self._converts(number, result) for number in self.given)
            or not shifted(result).isdisjoint(n for n in self.given if n.denominator != 1)
            or (told and result in self._sums)
            or any(self._is_part(share, known) for share in _shares(result, place.text))
        )

    def _is_part(self, share: Fraction, known: Set[Fraction]) -> bool:
        """Whether a share is known, or a given amount is that share of a unit: 40 of 60 minutes."""
        return share in known or any(share * unit in self.given for unit in self._units & _MIXED)

    def _operands(self, calculation: Claim) -> Set[Fraction]:
        """Numbers that a calculation rests on: all but a result that the problem does not give."""
        assert isinstance(calculation.body, Relation)
        left, right = calculation.body.left, calculation.body.right
        setup = numbers(left if value_of(left) is None else right)
        return {Fraction(n) for n in numbers(left) | numbers(right) if n in setup | self.given}

    def _converts(self, number: Fraction, result: Fraction) -> bool:
        """Whether a number and a given one in a smaller unit, or a larger, are the result as one:
        5 h 30 min are 5.5 h, or 330 min."""
        for unit in self._units & _MIXED:
            smaller = (result - number * unit, (result - number) * unit)
            larger = ((result - number) / unit, result - number / unit) if number < unit else ()
            if any(0 < n < unit and n in self.given for n in smaller) or any(
                n > 0 and n in self.given for n in larger
            ):
                return True
        return False


def _units(text: str) -> frozenset[Fraction]:
    """How many of a unit make another one, for the units that a text names: 60 in `5 h 30 min`."""
    spelled = _ABBREVIATION.sub(lambda m: f" {singular(m.group())}", text)
    return frozenset(Fraction(n) for n in implied_quantities(spelled) if n > 1)


def shifted(number: Fraction) -> set[Fraction]:
    """A number in units that are ten, a hundred, a thousand or a million times smaller or larger;
    none if it has one digit that counts, as many numbers do that have nothing to do with it."""
    digits = number.numerator
    while digits and digits % 10 == 0:
        digits //= 10
    if digits < 10 and number.denominator == 1:
        return set()
    return {x for n in (10, 100, 1000, 10**6) for x in (number * n, number / n)}


def _sums_of_runs(found: Sequence[Fraction]) -> dict[Fraction, set[Fraction]]:
    """The sums of three numbers or more in a row, and what each is made of."""
    sums: dict[Fraction, set[Fraction]] = {}
    for start in range(len(found)):
        for end in range(start + 3, min(len(found), start + _LONGEST_RUN) + 1):
            run = found[start:end]
            sums.setdefault(sum(run, Fraction()), set()).update(run)
    return sums


def _shares(part: Fraction, text: str) -> Iterator[Fraction]:
    """The fractions in a text that have this number above or below the line."""
    for above, below in _FRACTION.findall(text):
        if part in (int(above), int(below)) and int(below):
            yield Fraction(int(above), int(below))


def _makes(number: Fraction, result: Fraction, known: Set[Fraction]) -> bool:
    """Whether a result is the sum, difference, product or quotient of a number and a known one."""
    terms = (result - number, number - result, number + result)
    factors = (result / number, number / result, number * result) if number and result else ()
    # 21 may be 20 + 1 by chance, 1.4 is hardly 3.4 - 2
    least = 0 if result.denominator != 1 else SMALL
    return any(n > least and n in known for n in terms if abs(number) > least) or any(
        n != 1 and n in known for n in factors if number != 1
    )
