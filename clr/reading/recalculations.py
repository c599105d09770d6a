"""Calculations that are done again at once: `2 * 3 = 8. Actually, 2 * 3 = 6`.

The first result is taken back by the second one, whatever word stands between them.
"""

from __future__ import annotations

import re

_AGAIN = re.compile(
    r"[\s.,;:!$\\)\]*—–-]{0,12}(?:\b(?:wait|hmm|hm|no|oh|sorry|well|but|or rather|rather|i mean)\b"
    r"[\s.,:!—–-]{0,4}){0,3}"
    r"(?:actually|correction|correctly|i mean|or rather|rather|more (?:carefully|precisely)"
    r"|to be (?:precise|exact)|in fact|it should be|that should be|should be|properly"
    r"|double-?checking|re-?(?:checking|doing|computing|calculating)\b[^.=\n]{0,20})"
    r"\b[\s,:$\\(\[*]{0,8}",
    re.I,
)
"""What announces that something is calculated again."""
_BLANKS = re.compile(r"[\s\\,$]+")


def is_done_again(left: str, after: str) -> bool:
    """Whether the text behind an equation begins with another one for the same `left` side."""
    found = _AGAIN.match(after)
    if found is None:
        return False
    again = _BLANKS.sub("", after[found.end() :])
    same = _BLANKS.sub("", left)
    return bool(same) and again.startswith(f"{same}=")
