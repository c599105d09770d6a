"""Premises named by their number: "from clues 1 and 3", where the problem numbers them itself."""

from __future__ import annotations

import re

_NOUN = r"(?:premise|clue|fact|rule|condition|hint|constraint|given)"
_ONE = r"\(?#?\d{1,2}\)?"
_CITED = re.compile(rf"\b{_NOUN}s? (?P<numbers>{_ONE}(?:(?:,|,? and|,? &) {_ONE}){{0,9}})", re.I)
_LABEL = re.compile(rf"\s*(?:[-*•]\s+)?(?:{_NOUN}\s*)?\(?#?(?P<number>\d{{1,2}})[.):]\s", re.I)


def cited(text: str) -> frozenset[int]:
    """The numbers of premises that a sentence names. A number of a "statement" or "step" may be one
    of the trace's own."""
    return frozenset(
        int(n) for m in _CITED.finditer(text) for n in re.findall(r"\d+", m["numbers"])
    )


def label_of(sentence: str) -> int | None:
    """The number that stands before a premise in the problem."""
    m = _LABEL.match(sentence)
    return int(m["number"]) if m else None
