"""Words that open a hypothesis, and words that conclude: "suppose that ...", "so ..."."""

from __future__ import annotations

import re

CONCLUDES = re.compile(r"\W*(?:so|thus|therefore|hence|consequently)\b", re.I)
_FIRST = (
    r"\W*(?:(?:and|but|now|so|then|(?:first|second|next)(?! (?:place|\w+:))|firstly|secondly|again"
    r"|alternatively|instead|on the other hand|conversely|by contrast|okay|ok|hmm|well|let['’]?s"
    r"|let us|let me|we|i|can|could|will"
    r"|for contradiction|towards? a contradiction|for the sake of (?:contradiction|argument))\b"
    r"[,:]? ?)*"
)
_SUPPOSE = (
    r"(?:suppose|assume|what if|say|imagine|pretend|try(?: first)?|if|let|take"
    r"|test(?:ing)?|guess|trial|assign|(?:place|put)(?! everything| it all)"
    r"|start with|begin with|given(?! that)|with|when|provided|under the (?:assumption|hypothesis)"
    r"|check(?:ing)? (?:if|whether)"
    r"|(?:(?:one|first|second|another) )?(?:case|branch|attempt|try|option|scenario|possibility"
    r"|idea|hypothesis|assumption|guess|trial|test)(?: \w{1,3})?(?=\W*[-–:])\W*"
    r"(?:(?:suppose|if)\b)?"
    r"|(?:consider(?:ing)?|in) (?:the|a|this|that) (?:case|scenario|possibility|situation)"
    r"(?: (?:where|when|in which)|(?= that\b)))"
)
_HYPOTHESIS = re.compile(
    rf"{_FIRST}{_SUPPOSE}\b(?: instead| now)?[ :]*(?:that\b)?[ :]*(?P<what>[^,.;:*?]+)", re.I
)
"""A supposition at the beginning of a sentence, and what is supposed."""
TRIES = re.compile(
    rf"{_FIRST}(?:say|imagine|pretend|try|let (?!us\b|me\b)|take|test(?:ing)?\b|guess|trial|assign"
    r"|place|put|start with|begin with|given(?! that)|with\b|branch|attempt|idea)\b",
    re.I,
)
"""A trial by its first words, which would else be read over."""
_MAY_TRY = re.compile(
    rf"{_FIRST}(?:{_SUPPOSE}|check(?:ing)?(?!\W*:)|consider\w*|examin\w*|explor\w*|see what"
    r"|what (?:if|about|happens|would)|(?:could|can|might|may|would) .*\?"
    r"|in (?:the|this|that) (?:\w+ )?(?:branch|case|scenario))\b"
    r"|\b(?:what (?:if|happens)|(?:see|know) (?:if|whether))\b"
    r"|[^:]{1,80}:\W*\Z"
    r"|(?!\W*(?:who|which|what|where|is|are|does|do|did|how|why)\b).*\w\?\W*\Z"
    r"|.*\((?:assum\w+|hypothe\w+|guess)",
    re.I | re.S,
)


def may_try(text: str) -> bool:
    """Whether a sentence that was not read may be a trial: a heading, a question, "with ..."."""
    return _MAY_TRY.match(text) is not None


_TRAILS = re.compile(r",? (?:instead|now|first|for now|next|for a moment)$", re.I)


def supposes_whole(text: str) -> bool:
    """Whether a sentence says nothing but what `supposition` gives of it."""
    m = _HYPOTHESIS.match(text)
    return m is not None and not re.search(r"\w", text[m.end() :])


def supposition(text: str) -> str | None:
    """What a sentence supposes, as a statement: "let Tom be a knave" is that Tom is a knave."""
    m = _HYPOTHESIS.match(text)
    if m is None:
        return None
    said = _TRAILS.sub("", m["what"].strip())
    if re.search(r"\b(?:is|are|was|has|owns|lies|tells)\b", said):
        return said
    return re.sub(r"\b(?:were|to be|being|be|as)\b|=", "is", said, count=1)
