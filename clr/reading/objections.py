"""Objections: where an author turns against what has just been said, or does not vouch for it.

"However, this counts each pair twice": the count before it is not supported, whatever comes next.
Nor is what only seems to be so, or what rests on something that is not given. An assumption that
turns out impossible is a proof by contradiction, and a solution that is ruled out is an argument;
neither is an objection. A retraction says as much in stronger words.
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
    r"|(?:this|that|it|these|those) (?:solution|root|value|one|case|option|choice)s?\b"
    r"|(?:this|that|it) (?:\w+ )?(?:does not|doesn['’]t) (?:\w+ )?(?:help|simplify)\b"
    r"|there is no (?:straightforward|simple|easy|direct|obvious)\b|we (?:might|may|could) )"
)
"""Remarks about ways and means, and options that are ruled out."""
_OBJECTS = re.compile(
    _TURNS + rf"(?!{_REMARKS})(?:(?:this|that|it|these|those)\b|not (?:all|every)\b"
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
_SEEMS = re.compile(
    r"\b(?:seems?|appears?) (?:that|to (?:be|follow|have|form|hold|work|satisfy|give|lead|suggest"
    r"|involve|require))\b"
)
_LACKS = re.compile(
    r"\b(?:is|are|was|were)(?: not|n['’]t) "
    r"(?:(?:explicitly|specifically|directly|clearly|uniquely) )*"
    r"(?:given|specified|provided|stated|mentioned)\b"
    r"|\b(?:cannot|can['’]t|unable to) (?:be )?(?:directly |uniquely )?determine[ds]?\b"
)
_UNDECIDED = ("cannot", "can't", "can’t")
_ASKS_WHETHER = re.compile(
    r"(?:(?:\A|[.!?:,\n])\s*|\b(?:then|and|so) )(?:is|are|was|were|does|do|did|can|must|has|have) "
    r"[^.!?]{1,200}\?",
    re.I,
)
_ASSUMES = re.compile(r"(?<![Ii]f )\bwe(?:['’]ll| will| can| may)? (?:also |just |only )?assume\b")
"""Not "let us assume", with which a case or a proof by contradiction begins."""
_LOSES_NOTHING = re.compile(r"generality|contra(?:ry|dict)|symmetr|relabel|without loss", re.I)
"""Words around an assumption that say why it may be made."""
_PROVES = re.compile(r"\b(?:pro(?:ve|of)|verify|check|show|confirm)", re.I)
"""Words after an impression that say that it is looked into."""
_SENTENCE = re.compile(r"[^.;!?\n]{0,200}")
_AROUND = 300
"""Characters around an objection in which there may be an assumption that it argues from."""


def read_objection(step: Step, problem: str = "", *, in_words: bool = False) -> Claim | None:
    """The first objection in `step`, if there is one; `in_words` says that the problem is told in
    words and everyday numbers alone. Where the problem asks whether something is so, that it cannot
    be determined is an answer."""
    for found in (_OBJECTS_IN_WORDS if in_words else _OBJECTS).finditer(step.text):
        sentence = _sentence(step.text, found.start())
        earlier = step.text[max(0, found.start() - _AROUND) : found.start()]
        if not (_CONTRADICTS.search(sentence) and _SUPPOSES.search(earlier)):
            return _claim(step, found.start(), sentence, "objects to what it says")
    seems = _SEEMS.search(step.text)
    if seems is not None and not _PROVES.search(step.text, seems.end(), seems.end() + _AROUND):
        return _claim(step, seems.start(), seems.group(), "only says how it seems")
    if (lacks := _LACKS.search(step.text)) is not None and not (
        lacks.group().lower().startswith(_UNDECIDED) and _ASKS_WHETHER.search(problem)
    ):
        return _claim(step, lacks.start(), lacks.group(), "says that something is not known")
    if (assumes := _ASSUMES.search(step.text)) is not None:
        near = step.text[max(0, assumes.start() - _AROUND) : assumes.end() + _AROUND]
        if not _LOSES_NOTHING.search(near):
            return _claim(step, assumes.start(), assumes.group(), "takes something for granted")
    return None


def _sentence(text: str, start: int) -> str:
    found = _SENTENCE.match(text, start)
    return found.group().rstrip() if found is not None else ""


def _claim(step: Step, start: int, words: str, how: str) -> Claim:
    return Claim(
        kind=Kind.RETRACTION,
        text=words,
        span=Span(start, start + len(words)).shift(step.span.start),
        step=step.index,
        statement=" ".join(words.split()),
        role=Role.DERIVED,
        body=Objection(words, how),
    )
