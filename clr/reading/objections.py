"""Objections: where an author turns against what has just been said, and goes on.

"However, this counts each pair twice": the count before it is not supported, whatever comes next.
An assumption that turns out impossible is a proof by contradiction, and a solution that is ruled
out is an argument; neither is an objection. A retraction says as much in stronger words.
"""

from __future__ import annotations

import re

from clr.bodies.discourse import Objection
from clr.claim import Claim, Kind, Role
from clr.trace import Span, Step

_TURNS = r"\b(?:However|Unfortunately|Nevertheless|Nonetheless),? "
"""Not "But", with which many writers only go on: "But that is 3/2"."""
_REMARKS = (
    r"(?:it(?:['’]s| is| was| may be| might be) (?:(?:also|still) )?(?:possible|simpler|easier"
    r"|better|worth|useful|helpful|known|clear|important|necessary|enough|sufficient|convenient)\b"
    r"|(?:this|that) (?:approach|method|problem|case|time)\b"
    r"|(?:this|that|it|these|those) (?:solution|root|value|one|case|option|choice)s?\b)"
)
"""Remarks about ways and means, and options that are ruled out."""
_OBJECTS = re.compile(
    _TURNS + rf"(?:(?!{_REMARKS})(?:this|that|it|these|those)\b|not (?:all|every)\b"
    r"|there (?:is|are)\b|in (?:fact|reality)\b|(?:note|notice|observe)\b|upon\b"
    r"|(?:let['’]s|let us|we(?: will|['’]ll)?) assume\b)"
)
_OBJECTS_IN_WORDS = re.compile(
    _TURNS + rf"(?!{_REMARKS})(?:this|that|it|these|those|not (?:all|every)|since|because|as"
    r"|given|let|we|you|if|to|for)\b"
)
"""The same where a problem in words and everyday numbers is solved: there is no other view to be
weighed, so whoever gives a reason against it turns against the own calculation."""
_CONTRADICTS = re.compile(r"contradict|impossible|not possible|cannot|not allowed|would", re.I)
_SUPPOSES = re.compile(
    r"\b(?:suppos\w+|assum\w+|if|were|contradict\w*|otherwise|hypothes\w+)\b", re.I
)
_SENTENCE = re.compile(r"[^.;!?\n]{0,200}")
_AROUND = 300
"""Characters before an objection in which an assumption would stand that it argues from."""


def read_objection(step: Step, *, in_words: bool) -> Claim | None:
    """The first objection in `step`, if there is one; `in_words` says that the problem is told in
    words and everyday numbers alone."""
    for found in (_OBJECTS_IN_WORDS if in_words else _OBJECTS).finditer(step.text):
        sentence = _SENTENCE.match(step.text, found.start())
        assert sentence is not None
        before = step.text[max(0, found.start() - _AROUND) : found.start()]
        if _CONTRADICTS.search(sentence.group()) and _SUPPOSES.search(before):
            continue
        words = sentence.group().rstrip()
        return Claim(
            kind=Kind.RETRACTION,
            text=words,
            span=Span(found.start(), found.start() + len(words)).shift(step.span.start),
            step=step.index,
            statement=" ".join(words.split()),
            role=Role.DERIVED,
            body=Objection(words),
        )
    return None
