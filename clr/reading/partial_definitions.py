"""Equations that give a function on a part of its domain only: `P(k) = k^2 for k = 1, 2, 3` says
nothing of P(6), nor `f(x) = x^2 on [0, 1)` of f(2)."""

from __future__ import annotations

import re
from collections.abc import Set

_MARKS = r"[\s$\\(,{]{0,6}(?:(?:q?quad|text|mbox)\b[\s$\\(,{]{0,4})?"
_EACH = (
    r"(?:(?:all|each|every|any|the|both|some|exactly|values?|of|positive|negative|natural|distinct"
    r"|whole|non-?negative|numbers?|integers?|cases?|points?|indices|index) ){0,5}"
)
_ORDER = r"(?:[<>≤≥]|\\(?:[lg](?:eq?|t)?(?:slant)?|neq?)(?![a-z]))"
_LIMITS = (
    rf"(?:\s?(?:=|{_ORDER})|{_MARKS}\s?(?:∈|\\in(?![a-z]))(?!\s*\\?(?:mathbb|R\b|Z\b|N\b|Q\b|C\b|[ℝℤℕℚℂ]))"
    r"|[\s$]{1,3}(?:from|between|is|are|in|equal|equals|greater|less|up|ranging|runs|running)\b)"
)
_CONDITION = (
    rf"(?:if|when(?:ever)?|for|where|with|at|as)\b {{0,2}}{_EACH}{_MARKS}"
    rf"(?:(?P<name>[A-Za-z]){_LIMITS}|-?[\d.]+\s?{_ORDER}{_MARKS}(?P<bounded>[A-Za-z])\b"
    r"|(?:positive|negative|non-?negative|nonzero|even|odd|all other|other)\b)"
)
_AFTER = re.compile(
    rf"{_MARKS}[),]?{_MARKS}(?:{_CONDITION}"
    r"|(?:on|over)\b[\s$\\]{0,4}(?:the |an? |\(|\[|left)"
    rf"|(?:(?P<listed>[A-Za-z])\s?(?:=\s?-?[\w.]+\s?,{_MARKS}(?:-?\d|\.\.|\\[cl]?dots|…)|{_ORDER})"
    rf"|-?[\d.]+\s?{_ORDER}{_MARKS}(?P<between>[A-Za-z])\b))"
)
"""What follows such an equation."""
_BEFORE = re.compile(rf"(?:^|[\s(])(?:{_CONDITION})", re.I)
"""What stands before one in its sentence."""


def is_partial(before: str, after: str, variables: Set[str]) -> bool:
    """Whether the words before or behind an equation `f(x) = ...` limit its variables."""
    found = _AFTER.match(after)
    if found is not None and _speaks_of(found, variables):
        return True
    return any(
        (m["name"] or m["bounded"]) in variables and _speaks_of(m, variables)
        for m in _BEFORE.finditer(before)
    )


def _speaks_of(condition: re.Match[str], variables: Set[str]) -> bool:
    names = {name for name in condition.groupdict().values() if name}
    return not names or not names.isdisjoint(variables)
