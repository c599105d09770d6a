"""Sentences that only give the answer: "So the final answer is: **the box**"."""

from __future__ import annotations

import re

_REPLY = re.compile(
    r"(?:(?:so|thus|therefore|hence),? )?(?:the )?(?:final )?answer(?: is|:) ?:?\s*"
    r"(?:\\boxed\{|[\"'“*`$]+)?(?P<said>[\w,' -]{1,80}?)[\"'”*`$}]*[.!]?",
    re.I,
)


def reply_in(text: str) -> str | None:
    """What a sentence says that the answer is, if it says nothing else; without marks around it."""
    m = _REPLY.fullmatch(text.strip())
    return m["said"].strip() if m else None
