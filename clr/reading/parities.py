"""Parities under a condition: `if n is odd, then n^2 + n is even`, `since a is even, 3a is even`.

A condition on symbols says that they are integers, so only what such a condition opens is read: by
itself "odd" may be said of a function.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from clr.bodies.mathematics import Parity
from clr.claim import Body, Claim, Kind, Role
from clr.notation.ast import Call, Expr, free_symbols, kinds
from clr.notation.parser import DEFAULT_FUNCTIONS
from clr.notation.printer import show
from clr.reading.clauses import ends_plainly, said_in
from clr.reading.cues import sign_of
from clr.reading.sides import read_expression
from clr.reading.spoken_values import Tokens, words_at
from clr.reading.spoken_words import Sort
from clr.trace import Span, Step

_OPENS = frozenset("if when since because as".split())
_IS = tuple(
    tuple(words.split())
    for words in (
        "will also be", "must also be", "would also be", "will always be", "is also", "is always",
        "are both", "are also", "are all", "will be", "must be", "would be", "is then", "is", "are",
    )
)  # fmt: skip
_PARITIES = {"even": False, "odd": True}
SIGN = sign_of(*_PARITIES, whole=True)
"""A text whose words do not have this bit concludes none."""
_NOUNS = (("number",), ("numbers",), ("integer",), ("integers",))
_TOO = (("as", "well"), ("too",), ("also",))
_THEN = ((",", "then"), (",", "so"), ("then",), (",",))


def read_parities(step: Step, functions: frozenset[str] = DEFAULT_FUNCTIONS) -> list[Claim]:
    """Parities that a step concludes from others, in written order."""
    if not _promises(step.text):
        return []
    return [
        Claim(
            Kind.RELATION,
            step.text[span.start : span.end],
            span.shift(step.span.start),
            step.index,
            _statement(parity),
            Role.ASSUMED if withdrawn or manner.denied or manner.asked else Role.DERIVED,
            parity,
        )
        for parity, span, manner, withdrawn in said_in(
            step.text, _promises, partial(_parities, functions=functions)
        )
    ]


def _statement(parity: Body) -> str:
    assert isinstance(parity, Parity)
    return f"{show(parity.value)} is {'odd' if parity.odd else 'even'}"


def _promises(text: str) -> bool:
    """Whether a text speaks of parity twice."""
    return text.count(" even") + text.count(" odd") > 1


def _parities(t: Tokens, functions: frozenset[str]) -> Iterator[tuple[Span, Parity]]:
    for at, token in enumerate(t):
        if token.text not in _OPENS or token.sort is not Sort.WORD:
            continue
        given = _all_said(t, at + 1, functions)
        after = words_at(t, given[1], _THEN) if given is not None else None
        if given is None or after is None:
            continue
        premises, _ = given
        if any(Call in kinds(e) or not free_symbols(e) for e, _ in premises):
            continue
        concluded = _all_said(t, after, functions)
        if concluded is not None and ends_plainly(t, concluded[1]):
            span = Span(token.start, t[concluded[1] - 1].end)
            for e, odd in concluded[0]:
                yield span, Parity(e, odd, premises)


def _all_said(
    t: Tokens, at: int, functions: frozenset[str]
) -> tuple[tuple[tuple[Expr, bool], ...], int] | None:
    """Parities with an "and" between them: `a and b are odd`, `a is odd and b is even`."""
    found: list[tuple[Expr, bool]] = []
    end = at
    while (said := _said(t, at, functions)) is not None:
        found += said[0]
        end = said[1]
        after = words_at(t, end, ((",", "and"), ("and",)))
        if after is None:
            return tuple(found), end
        at = after
    return (tuple(found), end) if found else None


def _said(
    t: Tokens, at: int, functions: frozenset[str]
) -> tuple[list[tuple[Expr, bool]], int] | None:
    """`a and b are both odd`."""
    subjects: list[Expr] = []
    while True:
        if at >= len(t) or t[at].sort is not Sort.MATHEMATICS:
            return None
        value = read_expression(t[at].text, functions)
        if value is None:
            return None
        subjects.append(value)
        after = words_at(t, at + 1, ((",", "and"), ("and",), (",",)))
        if after is None:
            break
        at = after
    after = words_at(t, at + 1, _IS)
    if after is None:
        return None
    after = words_at(t, after, (("an",), ("a",))) or after
    odd = _PARITIES.get(t[after].text) if after < len(t) else None
    if odd is None:
        return None
    end = words_at(t, after + 1, _NOUNS) or after + 1
    return [(e, odd) for e in subjects], words_at(t, end, _TOO) or end
