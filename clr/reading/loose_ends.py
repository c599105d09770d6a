"""What the solution of a word problem leaves unused: numbers of the problem, and its own results.

Whoever tells a problem gives the numbers that it needs, and whoever solves it derives what leads to
the answer. What then lies idle was either beside the point or forgotten, so this is for people who
want to look, and no proof of an error.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from fractions import Fraction
from itertools import combinations, combinations_with_replacement, pairwise
from math import ceil, floor, isqrt

from clr.bodies.discourse import Omission
from clr.bodies.mathematics import Relation
from clr.claim import Claim, Kind, Role
from clr.ledger import value_of
from clr.reading.date_words import WRITTEN
from clr.reading.lexicon import TITLES
from clr.reading.mentions import Mentions
from clr.reading.quantities import implied_quantities
from clr.reading.unwritten import SMALL, Unwritten, shifted

MOST = 40
"""Numbers of a problem that are looked through; more are a table."""

_PLAIN = re.compile(
    r"(?<![\d.,\w-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d/]|\.\d|st\b|nd\b|rd\b|th\b|-\w)"
)
_ASKS = re.compile(
    r"\bhow (?:many|much|long|far|old|tall|fast|heavy|big)\b|\b(?:calculate|determine|find)\b"
    r"|\bwhat(?:['’]s| (?:is|are|was|were|will|would|number|percentage|fraction|time))\b",
    re.I,
)
_ASKS_ON = re.compile(
    r"(?:(?:^|[.!?:;]\s+|\band )(?:by |in |at |for )?(?:how|what|which|when|where|who)\b"
    r"|\band (?:in total|altogether|overall)\b)(?=[^.?!]{0,300}\?)",
    re.I,
)
"""What begins a question, or goes on with one."""
_BOUND = re.compile(
    r"\b(?:at (?:least|most)|up to|no more than|exceed(?:s|ed|ing)?|over|above|below|under)"
    r" [$€£]?\d[\d.,]*|\bfrom [$€£]?\d[\d.,]* (?:\w+ )?on\b"
)
"""What is only compared with."""
_TITLED = re.compile(rf"\b(?:{'|'.join(TITLES)}) (\d{{1,4}})\b(?![.,]\d| ?%)", re.I)
"""What has a number for its name."""
_TRIES = re.compile(
    r"\b(?:try|tries|trying|suppose|guess|check|verify|test)\b"
    r"|(?:\bnot|n['’]t)(?: (?:just|simply|merely|the|equal to))? \Z",
    re.I,
)
"""Words before a calculation that is made to see what comes of it, or to be denied."""
_NEAR = 80
"""Characters before a calculation in which such a word stands."""


def read_loose_ends(
    problem: str, response: str, calculations: Sequence[Claim], unwritten: Unwritten
) -> list[Claim]:
    """Numbers that a response leaves unused, as claims that they are used.

    `calculations` are those of all steps in order, beside those that are `unwritten`. A number of
    the problem is missed at the last calculation, a result at the calculation that yields it.
    """
    if not calculations:
        return []
    mentions = unwritten.mentions
    found = [
        _unused(calculations[-1], number)
        for number in _omitted(problem, mentions.all)
        if not unwritten.use(number)
    ]
    if _asks_once(problem):  # else a result may be one of several answers
        idle = [
            (claim, value)
            for claim, value in _idle(unwritten.given, mentions, calculations)
            if not _TRIES.search(response[max(0, claim.span.start - _NEAR) : claim.span.start])
        ]
        found += [
            _unused(claim, value, derived=True)
            for claim, value in idle[:MOST]
            if not unwritten.use(value, claim)
        ]
    return found


def _asks_once(problem: str) -> bool:
    asks = max(len(_ASKS.findall(problem)), len(_ASKS_ON.findall(problem)), problem.count("?"))
    return asks == 1 and _ASKS.search(problem) is not None


def _unused(claim: Claim, number: Fraction, *, derived: bool = False) -> Claim:
    written = _written(number)
    return Claim(
        Kind.QUANTITY,
        claim.text,
        claim.span,
        claim.step,
        f"{written} is used",
        Role.DERIVED,
        Omission(written, derived),
    )


def _omitted(problem: str, used: Set[Fraction]) -> list[Fraction]:
    """Numbers of the problem that the response does not name.

    A number that follows at once from one that is named, or from two others of the problem, is not
    missing, nor is one whose product with another is named, an ordinal, a small number, the name of
    something numbered, or part of a date or of a time.
    """
    given = plain_numbers(problem.replace("–", "-"))
    if len(given) > MOST:
        return []
    nearby = {form for u in used for form in (u, *_neighbours(u))}
    nearby |= {
        n
        for a, b in combinations(given, 2)
        if a * b in used or not used.isdisjoint(_as_shares(a + b))
        for n in (a, b)
    }
    beside = plain_numbers(" ".join([*_BOUND.findall(problem), *_TITLED.findall(problem)]))
    missed = [n for n in given - nearby - beside if n > SMALL and not _combines(n, given - {n})]
    if missed:  # the problem may say a number in two units, and the response in another one
        units = implied_quantities(problem)
        shares = [n for n in used if n.denominator != 1]
        told = {n * unit for n in (*given, *shares) for unit in units}
        missed = [n for n in missed if n not in told and used.isdisjoint(shifted(n))]
    return sorted(missed)


def _as_shares(percent: Fraction) -> tuple[Fraction, ...]:
    """The forms in which a step uses two percentages at once: 8 % and 15 % are a factor of 1.23."""
    return percent / 100, 1 + percent / 100, 1 - percent / 100


def plain_numbers(text: str) -> set[Fraction]:
    """The numbers in digits of a text, without ordinals, parts of names, dates and times."""
    return set(plain_number_counts(text))


def plain_number_counts(text: str) -> Counter[Fraction]:
    """How often each of the numbers stands in a text that `plain_numbers` finds."""
    amounts = _PLAIN.finditer(WRITTEN.sub(" ", text))
    return Counter(Fraction(m.group().replace(",", "")[:40]) for m in amounts)


def _neighbours(used: Fraction) -> Iterator[Fraction]:
    """Numbers that a step which uses this one may have started from: 20 % is 0.2, 1.2, 0.8 or a
    fifth, with eight others there are nine, 0.75 kg are 750 g, and 100 is the square of ten."""
    hundredfold = 100 * used
    yield from (hundredfold, used / 100, 100 - used, 1 - used, used - 1)
    yield from (hundredfold - 100, 100 - hundredfold)
    if used:
        yield 100 / used
    if used.denominator != 1:
        yield 1000 * used
    elif used > 0 and (root := isqrt(used.numerator)) ** 2 == used:
        yield Fraction(root)


def _combines(value: Fraction, others: set[Fraction]) -> bool:
    """Whether `value` is the sum, difference, product or quotient of two of `others`."""
    return any(
        value in (a + b, a - b, b - a, a * b) or (b and value == a / b) or (a and value == b / a)
        for a, b in combinations_with_replacement(sorted(others), 2)
    )


def _idle(
    given: Set[Fraction], mentions: Mentions, calculations: Sequence[Claim]
) -> Iterator[tuple[Claim, Fraction]]:
    """Results that are new where they are derived and that nothing after them names; the last
    calculation is not among them."""
    for claim, following in pairwise(calculations):
        assert isinstance(claim.body, Relation) and isinstance(following.body, Relation)
        value = value_of(claim.body.right)
        if following.body.link or value is None or value <= SMALL or value in given:
            continue
        if mentions.before(claim, value) or any(mentions.after(claim, n) for n in _uses(value)):
            continue
        yield claim, value


def _uses(value: Fraction) -> Iterator[Fraction]:
    """Numbers in which the use of `value` may show: itself, as a percentage, its complement, its
    double or half, rounded."""
    yield from (value, 100 * value, value / 100, 100 - value, 1 - value, 2 * value, value / 2)
    if value.denominator != 1:
        for tens in (1, 10, 100):
            yield from (Fraction(floor(value * tens), tens), Fraction(ceil(value * tens), tens))


def _written(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.12g}"
