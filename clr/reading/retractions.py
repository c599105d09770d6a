"""Retractions: where an author says that the own reasoning is wrong.

Only plain words count: a mistake that was made, a result that is called wrong, a calculation to be
done again. An assumption that turns out false is a proof by contradiction, not a retraction, and an
option that is ruled out is an argument.
"""

from __future__ import annotations

import re

from clr.bodies.discourse import Retraction
from clr.claim import Claim, Kind, Role
from clr.reading.cues import cues_of, either, sign_of
from clr.trace import Span, Step

_RETRACTS = re.compile(
    r"\b(?:made|contains?|is|was|be|been|indicates?|suggests?) (?:an?|some|the) (?:\w+ ){0,2}"
    r"(?:mistake|error|oversight|misinterpretation|miscalculation)\b"
    r"|\b(?:is|are|was|were|seems?|appears?) (?:\w+ )?(?:incorrect|wrong|mistaken|erroneous)\b"
    r"|\b(?:let(?:['’]s| us)|(?:need|have|must|should) (?:to )?)\s*"
    r"(?:re-?(?:calculate|evaluate|examine|check|visit)|reconsider|go back"
    r"|correct (?:this|that|the|our|my|and))"
    r"|\b(?:this|that|it|which) (?:does(?: not|n['’]t) (?:match|make sense|seem right)"
    r"|cannot be (?:right|correct))"
    r"|\bI (?:apologi[sz]e|misread|misunderstood|miscalculated)\b",
    re.I,
)
_ARGUES = re.compile(
    r"\b(?:tempt\w+|assum\w+|suppos\w+|hypothes[ie]s|option|choice|claim|statement|student|no|not|if)\b",
    re.I,
)

_WRONG = re.compile(r"\b(?:incorrect|wrong|mistake|mistaken|error|erroneous)", re.I)

_BY_ANOTHER = re.compile(r"(?:\b(?:he|she|they)|\b(?!I\b|We\b)[A-Z][a-z]+)(?: \w+ly)? $")
"""Words before "made a mistake" that say it of somebody whom the problem speaks of."""

_SENTENCE_END = re.compile(r"[.!?;\n]\s")
_AROUND = 160
"""Characters before a retraction in which its sentence begins."""


_TAKING_BACK = sign_of("oops", "astray", "i", whole=True)
"""The bit of words without which nothing is taken back."""
_TAKES_BACK = either(
    "oops",
    "led (?:me|us) astray",
    r"i (?:made an? (?:\w+ ){0,2}(?:mistake|error|slip|miscalculation)|miscalculated|misread)",
    whole=True,
)


def taken_back(text: str) -> int:
    """Where in a step its author takes back what stands before it, which is then no assertion any
    more; 0 if nowhere. Narrower than `read_retraction`, as its price is silence about errors."""
    found = _TAKES_BACK.search(text.lower()) if cues_of(text) & _TAKING_BACK else None
    return found.start() if found else 0


def read_retraction(step: Step, problem: str = "") -> Claim | None:
    """The first retraction in `step`, if there is one. Where the problem is about something wrong,
    such as labels, a step that speaks of it takes nothing back."""
    about = {word.lower() for word in _WRONG.findall(problem)}
    for found in _RETRACTS.finditer(step.text):
        before = step.text[max(0, found.start() - _AROUND) : found.start()]
        sentence = _SENTENCE_END.split(before)[-1]
        if _ARGUES.search(sentence) or _ARGUES.search(found.group()):
            continue
        if about and not about.isdisjoint(map(str.lower, _WRONG.findall(found.group()))):
            continue
        if found.group().startswith("made") and _BY_ANOTHER.search(before):
            continue
        return Claim(
            kind=Kind.RETRACTION,
            text=found.group(),
            span=Span(*found.span()).shift(step.span.start),
            step=step.index,
            statement=" ".join(found.group().split()),
            role=Role.DERIVED,
            body=Retraction(found.group()),
        )
    return None
