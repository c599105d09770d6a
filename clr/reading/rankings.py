"""Lists in order that tell the value of each thing beside it: "from oldest to youngest: Ada (30),
Bo (25), Cy (19)", "Ada (30) > Bo (25) > Cy (19)"."""

from __future__ import annotations

import re
from fractions import Fraction

from clr.bodies.rankings import Ranking
from clr.claim import Claim, Kind, Role
from clr.reading.cues import Cues
from clr.reading.hypotheses import TRIES
from clr.reading.lexicon import sentences
from clr.reading.ordering_words import SUPPOSES
from clr.trace import Step

CUES = Cues(
    *r"order(?:ed)? rank\w* sort\w* oldest youngest tallest shortest heaviest lightest".split(),
    *"highest lowest older younger taller shorter heavier lighter".split(),
    whole=True,
)
"""Words that compare, in lower case."""
_MOST = (
    r"(?:oldest|eldest|tallest|heaviest|largest|biggest|greatest|highest|longest|richest"
    r"|most \w+|warmest|hottest)"
)
_LEAST = r"(?:youngest|shortest|lightest|smallest|lowest|least \w+|fewest|cheapest|poorest|coldest)"
_FALLS = re.compile(
    rf"\b(?:(?:in )?(?:descending|decreasing) order\b|(?:from )?(?:the )?{_MOST} (?:down )?to"
    rf" (?:the )?{_LEAST}"
    rf"|{_MOST} first)",
    re.I,
)
_RISES = re.compile(
    rf"\b(?:(?:in )?(?:ascending|increasing) order\b|(?:from )?(?:the )?{_LEAST} (?:up )?to"
    rf" (?:the )?{_MOST}"
    rf"|{_LEAST} first)",
    re.I,
)
_ITEM = (
    r"(?P<name>[A-Za-z][\w'-]*(?: [a-z][\w-]*)?) \((?P<value>\d{1,6}(?:\.\d{1,4})?)"
    r"(?: ?(?:years?(?: old)?|cm|m|kg|g|km|points?|votes|goals|coins|marks|°C|%))?\)"
)
_PLAIN = re.sub(r"\?P<\w+>", "?:", _ITEM)
_LISTED = re.compile(
    rf"{_PLAIN}(?:, (?:and )?{_PLAIN}){{1,11}}(?:,? and {_PLAIN})?|{_PLAIN}(?: (?P<sign>[<>])"
    rf" {_PLAIN})+"
)
_TURNS = re.compile(
    r"[?✗✘❌]|\b(?:not|n['’]t|wrong|incorrect|mistake\w*|false|unsorted|alphabetical\w*|before"
    r" sorting"
    r"|given|would|could|may|might|needs?|sort|rearrange|place[sd]?|rank(?:ed)? \d)\b",
    re.I,
)


def context_of(problem: str) -> bool | None:
    """True where a problem compares things; None for any other."""
    return True if CUES.pattern.search(problem) else None


def read(step: Step, context: bool) -> list[Claim]:
    """The lists of a step that are said to stand in order of the values in them."""
    del context
    out: list[Claim] = []
    if "(" not in step.text:
        return out
    for span in sentences(step.text):
        text = step.text[span.start : span.end]
        found = _LISTED.search(text)
        if found is None or _TURNS.search(text) or SUPPOSES.search(text) or TRIES.match(text):
            continue
        falls, rises = (p.search(text[: found.start()]) is not None for p in (_FALLS, _RISES))
        items = [(m["name"], Fraction(m["value"])) for m in re.finditer(_ITEM, found[0])]
        values = [value for _, value in items]
        places = sorted(values) == [*range(1, len(values) + 1)]
        if falls is rises or len(items) < 3 or places or len(_LISTED.findall(text)) > 1:
            continue
        said = found[0].strip()
        body = Ranking(tuple(items), falls)
        place = type(span)(span.start + found.start(), span.start + found.end())
        out.append(
            Claim(
                Kind.COLLECTION,
                said,
                place.shift(step.span.start),
                step.index,
                said,
                Role.DERIVED,
                body,
            )
        )
    return out
