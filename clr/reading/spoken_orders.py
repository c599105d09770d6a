"""Comparisons of numbers in words: `$\\frac{7}{8}$ is less than 1`, `$2^{12}$ is the largest power
of 2 below $5000$`, `$\\sqrt{50}$ lies between 7 and 8`.

At least one side has something to compute: what is said of bare numbers may be about versions, days
or rooms.
"""

from __future__ import annotations

from clr.bodies.mathematics import Relation
from clr.ledger import first_reading
from clr.notation.ast import Dec, Expr, Int, Neg, Quantity, free_symbols, kinds
from clr.reading.clauses import may_end
from clr.reading.spoken_values import Tokens, words_at
from clr.reading.spoken_words import Sort
from clr.trace import Span

_IS = (("is",), ("lies",))
_HOW = frozenset(
    "slightly much clearly strictly also always indeed still obviously already just only even far "
    "certainly definitely itself actually really in fact".split()
)
_ARTICLES = frozenset("a an the".split())
_NOUNS = frozenset(
    "positive negative real rational irrational whole natural perfect proper improper large small "
    "very largest greatest smallest least biggest highest lowest possible number integer fraction "
    "value power square cube multiple factorial quantity decimal constant prime that which "
    "of is".split()
)
"""What a number is called before it is compared: `is the largest power of 2 less than 100`."""
_ORDERS = tuple(
    (op, tuple(tuple(words.split()) for words in phrases))
    for op, phrases in (
        (">=", ("greater than or equal to", "larger than or equal to", "more than or equal to")),
        ("<=", ("less than or equal to", "smaller than or equal to")),
        (">", ("greater than", "larger than", "bigger than", "more than", "above")),
        ("<", ("less than", "smaller than", "below")),
    )
)
_OPPOSITE = {">=": "<", "<=": ">", ">": "<=", "<": ">="}
HINTS = frozenset(("than", "between", "below", "above"))
"""Words without which no such comparison is made."""


def orders_at(t: Tokens, at: int) -> tuple[list[tuple[Span, Relation]], int] | None:
    """The comparisons that a clause which begins at `at` makes, and the index after it."""
    verb = words_at(t, at + 1, _IS)
    value = _subject(t, at) if verb is not None else None
    if value is None or verb is None:
        return None
    denied = words_at(t, verb, (("not",),))
    after = _after_adverbs(t, denied or verb)
    between = words_at(t, after, (("between",),))
    if between is not None and not denied:
        low, high = _number(t, between), _number(t, between + 2)
        if low is None or high is None or t[between + 1].text != "and":
            return None
        sides: tuple[tuple[str, Expr, Expr], ...] = (("<=", low, value), ("<=", value, high))
        end = between + 3
    else:
        if t[verb - 1].text != "is":
            return None
        compared = _compared(t, _after_name(t, after))
        other = _number(t, compared[1]) if compared is not None else None
        if compared is None or other is None:
            return None
        op = _OPPOSITE[compared[0]] if denied else compared[0]
        sides = ((op, value, other),)
        end = compared[1] + 1
    if not may_end(t, end, listed=False) or any(not _is_told(a, b) for _, a, b in sides):
        return None
    span = Span(t[at].start, t[end - 1].end)
    return [(span, Relation(left, op, right)) for op, left, right in sides], end


def _subject(t: Tokens, at: int) -> Expr | None:
    """A number, or what a chain calculates; what it gives a name, if it begins with one."""
    if t[at].sort not in (Sort.MATHEMATICS, Sort.NUMBER):
        return None
    first = t[at].value
    return t[at].last if first is not None and free_symbols(first) else first


def _after_adverbs(t: Tokens, at: int) -> int:
    while at < len(t) and t[at].text in _HOW:
        at += 1
    return at


def _after_name(t: Tokens, at: int) -> int:
    """The index after what the number is called, if it is called anything."""
    if at >= len(t) or t[at].text not in _ARTICLES:
        return at
    at += 1
    while at < len(t) and (
        t[at].text in _NOUNS or (t[at - 1].text == "of" and _number(t, at) is not None)
    ):
        at += 1
    return _after_adverbs(t, at)


def _compared(t: Tokens, at: int) -> tuple[str, int] | None:
    for op, phrases in _ORDERS:
        end = words_at(t, at, phrases)
        if end is not None:
            return op, end
    return None


def _number(t: Tokens, at: int) -> Expr | None:
    """A value in its own delimiters, or a number."""
    return t[at].value if at < len(t) and t[at].single else None


def _is_told(left: Expr, right: Expr) -> bool:
    """Whether both are numbers without units, and one is not written out."""
    if free_symbols(left) | free_symbols(right) or Quantity in kinds(left) | kinds(right):
        return False
    return not (_is_literal(left) and _is_literal(right))


def _is_literal(e: Expr) -> bool:
    e = first_reading(e)
    return isinstance(e.arg if isinstance(e, Neg) else e, (Int, Dec))
