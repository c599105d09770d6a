"""Words that open a hypothesis, and words that conclude: "suppose that ...", "so ..."."""

from __future__ import annotations

import re

_CASES = r"(?:cases?|scenarios?|situations?|branches|branch|possibilit(?:y|ies)|options?|events?)"
_ALL_CASES = (
    r"(?:in (?:both|either|all|any|every|each)(?: (?:one )?of)?(?: the| these| those| our)?"
    rf"(?: \w+)? {_CASES}|either way|(?:both|all) ways|in either|in both"
    r"|whichever (?:way|case|of)[^,.;]{0,60}"
    r"|(?:regardless|irrespective|independent(?:ly)?)(?: of [^,.;]{1,80})?"
    r"|no matter (?:what|which|who|whether|how)[^,.;]{0,80}|whatever [^,.;]{1,60} (?:is|are|be))"
)
_LINKS = r"(?:(?:so|thus|therefore|hence|then|and|but|now|finally|consequently|again|also)\b,? )*"
_FINDS = (
    r"(?:(?:,|:)? ?(?:we (?:still |also )?(?:get|have|find|see|conclude)(?: that)?"
    r"|it (?:follows|holds|must be|turns out)(?: that)?)\b)?"
)
_OVERALL = re.compile(
    rf"(?P<before>\W*{_LINKS}){_ALL_CASES}\b{_FINDS}\s*[,:]?\s*(?=\w)"
    rf"|(?P<links>\W*{_LINKS})(?:both|all|all the|both of the) {_CASES} (?:lead to|give|yield|show"
    r"|imply|tell us|agree)(?: (?:the )?(?:conclusion|result|fact))? that\s+(?=\w)",
    re.I,
)
_OVERALL_AFTER = re.compile(rf",? \(?{_ALL_CASES}\)?\W*\Z", re.I)
_HEADING = re.compile(
    r"\W*(?:(?:now|next|then|and)\b,? )?(?:the )?(?:(?:sub-?)?(?:case|branch|option|scenario"
    r"|possibility|hypothesis|assumption)(?: (?:\w{1,4}|one|two|three|four))?(?: of \w{1,5})?"
    r"|(?:first|second|third|fourth|other|last|one|another|next|remaining)"
    rf" (?:case|branch|option|scenario|possibility))\W*",
    re.I,
)
_LISTS_CASES = re.compile(
    r".*\b(?:cases|possibilities|options|scenarios|branches)\b[^:]{0,60}:\W*|.*\btwo ways\b.*:\W*",
    re.I | re.S,
)
_ITEM = re.compile(r"\W*(?<!\w)(?:[a-h]|[ivx]{1,4})[).](?=\s)", re.I)
_MAY_BE = re.compile(r"\b(?:could|may|might)(?: (?:well|also|still))? be\b", re.I)
_GOES_ON = re.compile(
    r"\W*(?:then|in (?:that|this|which) case|if so|if that|that would|this would|so)\b", re.I
)
CONCLUDES = re.compile(r"\W*(?:so|thus|therefore|hence|consequently)\b", re.I)
_FIRST = (
    r"\W*(?:(?:and|but|now|so|then|(?:first|second|next)(?! (?:place|\w+:))|firstly|secondly|again"
    r"|alternatively|instead|on the other hand|conversely|by contrast|okay|ok|hmm|well|let['’]?s|let us|let me|we|i|can|could|will"
    r"|for contradiction|towards? a contradiction|for the sake of (?:contradiction|argument))\b"
    r"[,:]? ?)*"
)
_SUPPOSE = (
    r"(?:suppose|assume|what if|say|imagine|pretend|try(?: first)?|if|let|take"
    r"|test(?:ing)?|guess|trial|assign|(?:place|put)(?! everything| it all)"
    r"|start with|begin with|given(?! that)|with|when|provided|under the (?:assumption|hypothesis)"
    r"|check(?:ing)? (?:if|whether)"
    r"|(?:(?:one|first|second|another) )?(?:case|branch|attempt|try|option|scenario|possibility"
    r"|idea|hypothesis|assumption|guess|trial|test)(?: \w{1,3})?(?=\W*[-–:])\W*(?:(?:suppose|if)\b)?"
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


def overall(text: str) -> str | None:
    """What a sentence says to hold in all cases: "in both cases, Tom lies"; None if it is none."""
    for pattern in (_OVERALL, _OVERALL_AFTER):
        m = pattern.match(text) if pattern is _OVERALL else pattern.search(text)
        if m is not None and m.end() - m.start() < len(text.strip()):
            kept = (m["before"] or m["links"] or "") if pattern is _OVERALL else text[: m.start()]
            return kept + text[m.end() :]
    return None


def is_heading(text: str) -> bool:
    """Whether a sentence only says that a case follows: "Case 2:"."""
    return _HEADING.fullmatch(text) is not None


def lists_cases(text: str) -> bool:
    """Whether a sentence says that its items are cases: "There are two possibilities:"."""
    return _LISTS_CASES.fullmatch(text) is not None


def item(text: str) -> str | None:
    """What an item with a letter says: "(a) ...", "ii) ..."; None if a sentence is none."""
    m = _ITEM.match(text)
    return None if m is None else text[m.end() :]


def tries_after(text: str, ahead: str) -> bool:
    """Whether `ahead` argues from what a sentence says to be possible: "Tom may lie. Then ..."."""
    return _MAY_BE.search(text) is not None and (not ahead or _GOES_ON.match(ahead) is not None)
