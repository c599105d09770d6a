"""Where a clause begins and ends: what is read in between is then all that it says."""

from __future__ import annotations

from clr.reading.lexicon import CARDINALS
from clr.reading.spoken_values import Tokens
from clr.reading.spoken_words import Sort

_BEFORE = frozenset(
    "so thus therefore hence then that since because but now as while also know means implies note "
    "notice observe see clearly obviously indeed here however number numbers integer".split()
)
"""Words after which a clause begins."""
_AFTER = frozenset(
    "so which because since as but while then therefore thus hence and making giving".split()
)
"""Words with which the next clause begins."""
_VALUES = (Sort.NUMBER, Sort.CALCULATION, Sort.MATHEMATICS)


def may_begin(t: Tokens, at: int) -> bool:
    """Whether a clause may begin with `t[at]`."""
    if at == 0 or t[at - 1].text in _BEFORE:
        return True
    if t[at - 1].text in (",", "and") and at > 1 and t[at - 2].sort in _VALUES:
        return False  # one more item of a list: none of 91, 75, 51 is a square
    if t[at - 1].sort is Sort.STOP:
        return True
    return t[at - 1].text == "and" and at > 1 and t[at - 2].sort is Sort.STOP


def may_end(t: Tokens, at: int, *, listed: bool) -> bool:
    """Whether a clause may end before `t[at]`; one that is `listed` may go on after an "and"."""
    if at < len(t) and t[at].text in (",", "and"):
        return not _value_next(t, at) and not (listed and t[at].text == "and")
    return ends_plainly(t, at)


def ends_plainly(t: Tokens, at: int) -> bool:
    """Whether a clause that no list can prolong may end before `t[at]`."""
    return at >= len(t) or t[at].sort is Sort.STOP or t[at].text in "()" or t[at].text in _AFTER


def _value_next(t: Tokens, at: int) -> bool:
    """Whether a value follows `t[at]`."""
    if at + 1 >= len(t):
        return False
    following = t[at + 1]
    return following.sort in _VALUES or following.text in (*CARDINALS, "a", "an", "half")
