"""Calculations that are done again at once: `2 * 3 = 8. Actually, 2 * 3 = 6`.

The first result is taken back by the second one, whatever is said between them to turn back.
"""

from __future__ import annotations

import re

from clr.reading.cues import either, mentions

LOOKED_THROUGH = 200
"""Characters behind an equation."""
_TURNING = (
    "wait", "actually", "oops", "hmm", "correct", "sorry", "hold on", "check", "recomput",
    "recalc", "mistake", "error", "wrong", "not right", "off", "mean", "rather", "in fact",
    "should be", "no,", "no:", "no ", "careful",
)  # fmt: skip
"""Without any of these, in lower case, nobody turns back."""
_TURNS_BACK = either(
    *"wait actually oops hmm correction correctly corrected correcting sorry properly".split(),
    *"mistake mistakes error rather".split(),
    *r"no(?=\W)|hold on|i mean|in fact|should be|seems off|more carefully".split("|"),
    *"wrong|not right".split("|"),
    r"double-?check\w*", r"re-?(?:check|comput|calculat|do)\w*", "to be precise",
    whole=True,
)  # fmt: skip
_BLANK = " \t\n\r\\,$\u00a0\u2009\u202f"
_BLANKS = re.compile(r"[\s\\,$]+")


def is_done_again(left: str, after: str) -> bool:
    """Whether another equation for the same `left` side follows in the text behind an equation,
    and between them nothing but words, some of which turn back."""
    after = after[:LOOKED_THROUGH]
    between, sign, _ = after.partition("=")
    if not sign:
        between, sign, _ = after.lower().partition(" is ")
    if not sign or between.rstrip(_BLANK)[-1:].lower() != left.rstrip(_BLANK)[-1:].lower():
        return False
    if not mentions(after.lower(), _TURNING):
        return False
    between, same = between.lower(), _BLANKS.sub("", left.lower())
    if len(same) < _LEAST or not _BLANKS.sub("", between).endswith(same):
        return False
    return _TURNS_BACK.search(_BLANKS.sub(" ", between)) is not None


_LEAST = 3
"""Characters of a calculation."""
