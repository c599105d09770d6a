"""Rates of a word problem that its solution quotes otherwise: 20% for 30%, $8 a skirt for $6 each.

A solver may derive other rates, and what is left of a discount; a figure that nothing leads to was
read off wrongly. So this is for people who want to look.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from clr.bodies.discourse import Misquote
from clr.bodies.mathematics import Relation
from clr.claim import Claim, Kind, Role
from clr.ledger import value_of
from clr.notation.words import singular
from clr.reading.quantities import quantities
from clr.reading.unwritten import Unwritten
from clr.trace import Span, Step

_NO_RESULT = r"(?<![\d.,])(?<![=≈]\s)(?<![=≈])"
"""What stands after a sign of equality is a result."""
_PERCENTAGE = re.compile(
    rf"{_NO_RESULT}(?P<number>\d+(?:\.\d+)?)\s?\\?(?:%|percent\b)(?P<off>\s+(?:off|discount)\b)?"
)
_PRICE = re.compile(
    rf"{_NO_RESULT}\$\s?(?P<number>\d+(?:\.\d+)?)"
    r"\s?(?:/\s?|(?:per|an?|for each|for every|for an?) )(?P<noun>[a-z]+)\b"
)
_AMOUNT = re.compile(r"\$\s?(\d+(?:\.\d+)?)(?![\d,])")
_COMMON = frozenset(map(Fraction, (0, 25, 50, 75, 100)))
MOST = 12
"""Numbers of a problem that percentages may be made of; with more, none is looked for."""


def read_misquotes(
    problem: str, steps: Sequence[Step], claims: Sequence[Claim], unwritten: Unwritten
) -> list[Claim]:
    """Rates in `steps` that contradict those of the problem, one for each step at most; `claims`
    are those of all steps in order, beside calculations that are `unwritten`."""
    shares = _shares(problem)
    discounts = {Fraction(m["number"]) for m in _PERCENTAGE.finditer(problem) if m["off"]}
    prices = _prices(problem)
    if not (shares or prices):
        return []
    derived = [
        (claim.span.end, abs(value))
        for claim in claims
        if isinstance(claim.body, Relation) and (value := value_of(claim.body.right)) is not None
    ]
    found_in = (
        next(_misquotes(s, shares, discounts, prices, derived, unwritten), None) for s in steps
    )
    return [claim for claim in found_in if claim is not None]


def _misquotes(
    step: Step,
    shares: frozenset[Fraction],
    discounts: set[Fraction],
    prices: Mapping[str, _Prices],
    derived: Sequence[tuple[int, Fraction]],
    unwritten: Unwritten,
) -> Iterator[Claim]:
    def known(found: re.Match[str]) -> set[Fraction]:
        at = step.span.start + found.start()
        return {value for end, value in derived if end <= at}

    told = {Fraction(m["number"]) for m in _PERCENTAGE.finditer(step.text)} if shares else set()
    for found in _PERCENTAGE.finditer(step.text) if shares else ():
        written = found["number"]
        share = Fraction(written)
        part = share / 100
        if found["off"] and share not in discounts and 100 - share in discounts:
            yield _misquote(step, found, f"the problem says {_listed(discounts)}% off")
        elif (
            share not in shares
            and known(found).isdisjoint((share, part, 1 + part, 1 - part))
            and not any(_tells(written, share, value) for value in known(found))
            and not any(share + other in shares for other in told if other != share)
            and not any(share + 100 * value in shares for value in known(found) if value < 1)
            and not unwritten.compare(part, step.span.start + found.start())
        ):
            yield _misquote(step, found, "the problem gives no such percentage")
    for found in _PRICE.finditer(step.text) if prices else ():
        noun, price = singular(found["noun"]), Fraction(found["number"])
        if (
            noun in prices
            and price not in prices[noun].led_to | known(found)
            and not unwritten.lead_to(price, step.span.start + found.start())
        ):
            yield _misquote(step, found, f"the problem says ${_listed(prices[noun].said)} a {noun}")


def _tells(written: str, share: Fraction, value: Fraction) -> bool:
    """Whether a percentage is a known value rounded: 0.3439 or 1.3439 is 34 %."""
    slack = Fraction(1, 2 * 10 ** len(written.partition(".")[2]))
    return any(abs(100 * abs(x) - share) <= slack for x in (value, value - 1))


def _shares(problem: str) -> frozenset[Fraction]:
    """Percentages that those of the problem lead to; none if it has none, or too many numbers."""
    given = {Fraction(m["number"]) for m in _PERCENTAGE.finditer(problem)}
    numbers = frozenset(map(Fraction, quantities(problem)))
    if not given or len(numbers) > MOST:
        return frozenset()
    known = given | numbers | {100 * n for n in numbers}
    pairs = {
        x for a, b in product(given, known) for x in (a + b, abs(a - b), a * b, a * b / 100)
    } | {a / b for a, b in product(given, known) if b}
    return frozenset(y for x in known | pairs | _COMMON for y in (x, 100 - x, 100 + x))


class _Prices(NamedTuple):
    """What the problem says that things of one sort cost, and the prices that this leads to."""

    said: set[Fraction]
    led_to: set[Fraction]


def _prices(problem: str) -> Mapping[str, _Prices]:
    """Prices by what they are for. They may be reduced or compared, and an amount that is not said
    to be for anything, such as $3 "for parking each day", may be for anything."""
    said: defaultdict[str, set[Fraction]] = defaultdict(set)
    for found in _PRICE.finditer(problem):
        said[singular(found["noun"])].add(Fraction(found["number"]))
    numbers = frozenset(map(Fraction, quantities(problem))) if said else frozenset()
    amounts = {Fraction(n) for n in _AMOUNT.findall(problem)}.difference(*said.values())
    return {
        noun: _Prices(
            prices, prices | amounts | {x for p in prices for n in numbers for x in _changed(p, n)}
        )
        for noun, prices in said.items()
    }


def _changed(price: Fraction, number: Fraction) -> Iterator[Fraction]:
    """Prices that one becomes by a number: reduced by it, half as much again, half off."""
    yield from (price - number, price * (1 + number), price * (1 - number))


def _listed(numbers: set[Fraction]) -> str:
    return " and ".join(f"{float(n):g}" for n in sorted(numbers))


def _misquote(step: Step, found: re.Match[str], why: str) -> Claim:
    written = found.group().strip()
    start = found.start()
    return Claim(
        Kind.QUANTITY,
        written,
        Span(start, start + len(written)).shift(step.span.start),
        step.index,
        " ".join(written.split()),
        Role.DERIVED,
        Misquote(written, why),
    )
