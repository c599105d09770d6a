"""Words that readers of logic share: numbers, ordinals, and the scales along which things are put.

A scale has a low and a high end. What belongs to an end is told by its sign: -1 low, +1 high.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from clr.trace import Span

CARDINALS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
}
_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
ORDINALS = {word: value for value, word in enumerate(_ORDINAL_WORDS, 1)} | {
    f"{n}{'th' if 10 <= n % 100 <= 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}": n
    for n in range(1, 100)
}
ORDINAL = (
    rf"(?:{'|'.join(_ORDINAL_WORDS)}"
    r"|(?<!\d)(?:1[0-9]th|[2-9]0th|[2-9]?(?:1st|2nd|3rd|[4-9]th)))"
)
CARDINAL = r"(?:" + "|".join(CARDINALS) + r"|\d{1,3})"

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
TITLES = (
    "account angle answer approach attempt bag bottle box car case circle class column condition"
    " day equation exercise floor game grade group hour house jar lap level line lot machine match"
    " method month move operation option page part period phase plan player problem question region"
    " room round row rule scenario section set shop side solution stage step stop store tank team"
    " term test train trial trip turn way week worker year"
).split()
"""What is numbered, so that a number behind it is a name: floor 3, week 2."""


def cardinal(text: str) -> int:
    """The number written as a word or in digits; `text` matches `CARDINAL`."""
    return CARDINALS[text.lower()] if text.lower() in CARDINALS else int(text)


@dataclass(frozen=True, slots=True)
class Scale:
    """Regular expressions for the ends of a scale and for comparison along it.

    `ends` are superlatives or names of the two ends, `relations` comparatives that take a second
    item, `sides` names of the ends as places: the third from the left. `numbered` where "the
    third" needs no direction: it counts from the low end. A scale with a `topic` is for problems
    that mention it.
    """

    ends: tuple[str, str]
    relations: tuple[str, str]
    sides: tuple[str, str] = (r"(?!)", r"(?!)")
    numbered: bool = False
    topic: str = ""


def _adjective(low: str, high: str) -> Scale:
    """Scale of regular adjectives, given their stems: `short`, `tall`."""
    return Scale((f"(?:{low})est", f"(?:{high})est"), (f"(?:{low})er than", f"(?:{high})er than"))


def _first_to_last(first: str = r"(?!)", second: str = r"(?!)", topic: str = "") -> Scale:
    """From the first to the last, with further words for being before and behind."""
    return Scale(
        (
            r"top-?most|earliest|won(?: the \w+)?|winner(?: of the \w+)?",
            r"bottom-?most|latest|last",
        ),
        (
            rf"above|before|ahead of|in front of|earlier than|{first}",
            rf"below|after|behind|later than|{second}",
        ),
        (r"top|front|start|beginning|first", r"bottom|back|end|last"),
        numbered=True,
        topic=topic,
    )


_AMOUNTS = r"(?:points?|scores?|goals|marks|votes|medals|money|coins|books|pages|miles|hours)"
SCALES = (
    Scale(
        (r"left-?\s?most|far left|left end", r"right-?\s?most|far right|right end"),
        (r"(?:(?:to|on) the )?left of", r"(?:(?:to|on) the )?right of"),
        (r"left", r"right"),
    ),
    Scale(
        (r"bottom(?:-?most)?|lowest", r"top(?:-?most)?|highest|uppermost"),
        (r"below|under|beneath|underneath|lower than", r"above|over|on top of|higher than"),
        (r"bottom|ground", r"top"),
        numbered=True,
        topic=r"floors?|store?ys?|stories|levels?",
    ),
    _first_to_last(),
    # in a race, but not in a tournament, who beats one who beats another beats that one too
    _first_to_last(
        r"(?:beats?|defeat(?:s|ed)|out(?:ran|runs?|paced|paces))\b",
        r"lost to|loses to|(?:(?:was|is) )?(?:beaten|defeated) by",
        topic=r"races?|raced|racing|runners?|sprint(?:ers?)?|marathon|swimmers?|cyclists?",
    ),
    Scale(
        (r"oldest|eldest|least recent", r"newest|youngest|most recent"),
        (r"older than|less recent than", r"newer than|younger than|more recent than"),
    ),
    Scale(
        (
            r"cheapest|least expensive|lowest[- ]priced|least costly",
            r"most expensive|priciest|dearest|highest[- ]priced|most costly",
        ),
        (
            r"cheaper than|less expensive than|less costly than|lower[- ]priced than",
            r"more expensive than|pricier than|more costly than|higher[- ]priced than",
        ),
    ),
    _adjective("short", "tall|long"),
    _adjective("light", "heavi"),
    _adjective("small", "larg|bigg"),
    _adjective("slow", "fast|quick"),
    _adjective("weak", "strong"),
    _adjective("poor", "rich|wealthi"),
    _adjective("cold|cool", "hott|warm"),
    _adjective("dark|dimm", "bright"),
    _adjective("shallow", "deep"),
    _adjective("low", "high"),
    _adjective("near|clos", "f[au]rth"),
    Scale(
        (rf"(?:fewest|lowest|least)(?: {_AMOUNTS})?", rf"(?:most|highest)(?: {_AMOUNTS})?"),
        (rf"(?:fewer|less|lower)(?: {_AMOUNTS})? than", rf"(?:more|higher)(?: {_AMOUNTS})? than"),
        topic=_AMOUNTS,
    ),
)
"""Scales in the order in which they are tried; `ordering.CUES` has a word of each."""


def loosely_spaced(pattern: str) -> str:
    """A regular expression in which each blank outside of brackets stands for any white space:
    where markup stood, there is more than one."""
    spaced = {" ": r"\s+", " ?": r"\s*"}
    return re.sub(r"\[[^\]]*\]|\\?( \??)", lambda m: spaced[m[1]] if m[1] else m[0], pattern)


_END = re.compile(
    r"[\"”')\s](?:(?<=[.!?].)(?<![,;:] \d\..)(?:(?<=\s)\s*|(?<!\s)\s+)(?=[\"“'(]?[A-Z0-9])"
    r"|(?<=\n)\n*)",
    re.S,
)


_NUMBER = re.compile(r"\s*\(?\d{1,2}[.)]")


_KEPT = 100_000
"""Characters of a text whose sentences are kept."""


def sentences(text: str) -> tuple[Span, ...]:
    """Sentences and lines of `text`, without surrounding blanks. A number stays with its item.
    Several readers ask for those of one text, one after the other."""
    return (_sentences if len(text) <= _KEPT else _sentences.__wrapped__)(text)


@lru_cache(maxsize=64)
def _sentences(text: str) -> tuple[Span, ...]:
    return tuple(_cut(text))


def _cut(text: str) -> Iterator[Span]:
    start = 0
    for end in [*(m.span() for m in _END.finditer(text)), (len(text), len(text))]:
        piece = text[start : end[0]]
        if _NUMBER.fullmatch(piece) and "\n" not in text[end[0] : end[1]]:
            continue
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if left < right:
            yield Span(left, right)
        start = end[1]
