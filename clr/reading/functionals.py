"""What words make of the expression behind them: `the units digit of 3^7 = 7` does not say that
3^7 is 7, while `a remainder of 17 - 15 = 2` says so of 17 - 15."""

from __future__ import annotations

import re

from clr.reading.cues import mentions

_BACKWARDS = re.compile(r"(?P<marks>[\s$\\({*]{0,8})(?P<words>[A-Za-z '’-]*)")
"""The words right before an expression, in a text that is turned round."""
FAR = 80
"""Characters before an expression in which such words are looked for."""
_LINKS = frozenset("of for in to on".split())
_DETERMINERS = frozenset("the this that our number expression integer whole".split())
_ARTICLES = frozenset(("a", "an"))
_FUNCTIONS = frozenset(
    "digit digits divisor divisors factor factors exponent valuation phi totient parity inverse "
    "inverses residue residues remainder remainders magnitude modulus norm argument floor ceiling "
    "ceil sign signum opposite negation negative double twice triple half numerator denominator "
    "reciprocal gcd gcf hcf lcm multiple multiples mean average median mode variance deviation "
    "root cube square logarithm log ln sine cosine tangent complement supplement successor "
    "predecessor percentage max maximum min minimum reverse reversal repetend radical cardinality "
    "bits conjugate determinant product quotient difference ratio derivative antiderivative "
    "integral limit period order discriminant trace degree coefficient coefficients coeff "
    "range ones"
    "".split()
)
"""Nouns of what has another value than their argument."""
_SECOND_NOUNS = {
    "value": frozenset(("absolute",)),
    "sum": frozenset(("digit", "digital", "divisor", "digits")),
    "part": frozenset("real imaginary integer integral whole fractional decimal".split()),
    "zeros": frozenset("trailing ending final of".split()),
    "zeroes": frozenset("trailing ending final of".split()),
    "class": frozenset(("residue", "congruence")),
    "function": frozenset(("totient", "phi", "floor", "ceiling")),
    "length": frozenset(("period", "digit", "bit")),
    "term": frozenset(("constant", "leading")),
    "form": frozenset("binary octal hexadecimal decimal".split()),
    "representation": frozenset("binary octal hexadecimal decimal".split()),
}
"""Nouns that are such with a word before them: the absolute value, the number of zeros."""


_APPOSITIONS = frozenset("sum product difference quotient quantity fraction ratio value".split())
"""Nouns that may only say what kind of expression follows: the square of the sum 2 + 3."""
_ROOTS = frozenset("roots zeros zeroes solutions".split())
_OF_ROOTS = frozenset("sum product difference number count squares".split())
"""What is told of roots: their sum, and not that they are the roots of this or that equation."""
_EVENT = re.compile(
    r"\b(?:probabilit(?:y|ies)|chances?|likelihood|odds)(?: (?:of|that|for|to get|of getting))"
    r"(?: (?:the|a|an|event|having|we|have|get)){0,3}[\s$\\({*]{0,6}$",
    re.I,
)
"""What makes an event of an equation: the probability of x + y = 7 is 1/6."""
_CHANCES = ("robab", "hance", "ikelihood", "dds")
"""Parts of those words."""
_BEFORE_EVENTS = "that get getting the a an event having we have".split()
_LAST_WORD = re.compile(r"[\s$\\({*]{0,8} *([A-Za-z]+)")
_LAST = frozenset(
    word[::-1]
    for word in (
        *(_LINKS | _DETERMINERS | _FUNCTIONS | _APPOSITIONS),
        *_SECOND_NOUNS,
        *_BEFORE_EVENTS,
    )
)
"""The words, turned round, that may stand right before what is an argument or an event."""


def may_take(before: str) -> bool:
    """Whether the last word of `before` is one before an argument or an event: most are not."""
    found = _LAST_WORD.match(before[: -FAR - 1 : -1])
    return found is not None and found[1].lower() in _LAST


def is_event(before: str) -> bool:
    """Whether the words that end `before` take an equation for an event."""
    near = before[-FAR:]
    return mentions(near, _CHANCES) and _EVENT.search(near) is not None


def is_argument(before: str) -> bool:
    """Whether the words that end `before` may take what follows as an argument.

    After an indefinite article they name what follows: `leaves a remainder of 17 - 15 = 2`; and so
    they do right before mathematics in marks of its own: `the difference $7 - 4 = 3$`.
    """
    found = _BACKWARDS.match(before[: -FAR - 1 : -1])
    if found is None:
        return False
    run = found["words"][::-1].lower().split()
    while run and run[-1] in _DETERMINERS:
        run.pop()
    if len(run) > 2 and run[-1] in _APPOSITIONS and "of" in run[-3:-1]:
        run.pop()
        while run[-1] in _DETERMINERS:
            run.pop()
    linked = bool(run) and run[-1] in _LINKS
    if linked:
        run.pop()
    if not run:
        return False
    *earlier, noun = run
    if linked and noun in _ROOTS and not _OF_ROOTS.isdisjoint(earlier[-4:]):
        return True
    kinds = _SECOND_NOUNS.get(noun)
    applies = noun in _FUNCTIONS if kinds is None else bool(earlier) and earlier[-1] in kinds
    if linked:
        return applies and _ARTICLES.isdisjoint(earlier[-3:])
    return applies and "$" not in found["marks"] and "\\" not in found["marks"]
