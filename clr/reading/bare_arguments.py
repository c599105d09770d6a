"""Arguments that a step makes in words alone: reasons, conclusions and necessities in a row.

"Since each fold halves the width, the pieces must be equal, so they are always similar": nothing in
it is a calculation. One such inference is how people write; several in a step in which nothing was
established are a chain that no link of was shown. Such a chain may be sound, so this is for people
who want to look.
"""

from __future__ import annotations

import re

from clr.bodies.discourse import BareArgument
from clr.claim import Claim, Kind, Role
from clr.trace import Span, Step

FEWEST = 4
"""Inferences in a step from which on it is called an argument, of two sorts at least: what must be,
again and again, only lists conditions."""
FEWEST_OF_FIGURES = 3
"""The same, of whatever sort, where figures are argued about: what holds in a figure is seen or
proved, and neither shows in a text."""
SORTS = 3
"""Reasons, conclusions and necessities."""

_KIND = (
    r"(?:also |both |all )?be (?:an? )?(?:\w+ )?"
    r"(?:integers?|positive|even|odd|whole|non\w*|real|zero|equal|divisible)\b"
)
"""That a number must be whole or positive is read off what it stands for, and no leap."""
_FIGURES = re.compile(
    r"\b(?:triangles?|circles?|angles?|parallel|perpendicular|bisect\w+|midpoints?|diameter|chord"
    r"|tangent|polygon|sphere|cube|trapezoid|rectangle|median|altitude)\b|\\angle|\\triangle|∠|△",
    re.I,
)
_INFERS = re.compile(
    r"\b(?:"
    r"(?P<reason>because|since|due to|the fact that|as long as)"
    r"|(?P<conclusion>impl(?:y|ies)|(?:this|which) (?:means|shows)|therefore|thus|hence|so"
    r"|it follows)"
    rf"|(?P<necessity>must(?! {_KIND})|should|cannot|can['’]t|impossible|guarantee[sd]?"
    r"|ensur(?:e|es|ing)|only|always|never)"
    r")\b",
    re.I,
)


def read_bare_argument(step: Step) -> Claim | None:
    """The argument that `step` makes in words, if it makes one; whether anything in the step was
    established is for others to say."""
    inferences = list(_INFERS.finditer(step.text))
    if len(inferences) < FEWEST_OF_FIGURES:
        return None
    sorts = len({m.lastgroup for m in inferences})
    of_figures = _FIGURES.search(step.text) is not None
    if (len(inferences) < FEWEST or sorts == 1) and not of_figures:
        return None
    span = Span(inferences[0].start(), inferences[-1].end())
    text = step.text[span.start : span.end]
    return Claim(
        kind=Kind.ENTAILMENT,
        text=text,
        span=span.shift(step.span.start),
        step=step.index,
        statement=", ".join(" ".join(m.group().lower().split()) for m in inferences),
        role=Role.DERIVED,
        body=BareArgument(len(inferences), of_figures or sorts == SORTS),
    )
