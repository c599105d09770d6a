"""Words that open a hypothesis, and words that conclude: "suppose that ...", "so ..."."""

from __future__ import annotations

import re

CONCLUDES = re.compile(r"\W*(?:so|thus|therefore|hence|consequently)\b", re.I)
HYPOTHESIS = re.compile(
    r"\W*(?:(?:now|first|next|but|again|let'?s|let us|let me|we|i|for contradiction"
    r"|towards? a contradiction)\b,? )*"
    r"(?:suppose|assume|say|imagine|if|try|case \w{1,3}\W{0,3}(?:suppose |assume |if )?)"
    r"(?: first| instead| now)?(?: that)? ?(?P<what>[^,.;:*]+)",
    re.I,
)
"""A supposition at the beginning of a sentence, and what is supposed."""
