"""What a trace reads off the last state: "Peg plays as libero", "so 3 lamps are on"; and facts of
the compass."""

from __future__ import annotations

import re

from clr.bodies.transitions import Bearing, HowMany, ReadOff, Those
from clr.claim import Body
from clr.reading.cues import mentions
from clr.reading.lexicon import CARDINAL, cardinal
from clr.reading.transition_events import names_in
from clr.reading.transition_states import name_of

_LED = re.compile(
    r"(?:(?:so|thus|therefore|hence|finally|now|(?:at|in) the (?:very )?end(?: of (?:the|this)"
    r" \w+)?|after (?:all|the last|all of)"
    r"(?: the)?(?: \w+)? \w+"
    r"|that means|this means|which means|we see that|answer|the answer is|final answer|conclusion"
    r"|that is"
    r"|(?:in|from|by) (?:the )?(?:last|final)(?: \w+)?|in s[_\d₀-₉]+|afterwards)\b[,:]?\s*)+",
    re.I,
)
_CONCLUDES = re.compile(
    r"\b(?:so|thus|therefore|hence|finally|end|ends|after (?:all|the last)|answer|final"
    r"|afterwards|last state)\b",
    re.I,
)
_UNCLEAR = frozenset(
    "not no never neither nor was were had before previously earlier originally initially started"
    " starts start"
    " would could might may if unless whether either or gave gives give swap swaps swapped trade"
    " trades "
    " without until instead except than want wants wanted to from next will then everyone nobody"
    " first's"
    " each both all and but because since already once began begins untouched unaffected first"
    " original"
    " initial old former hand hands handed passes passed loses lost drops leaves returns give"
    " after state step round row line table".split()
)
_POLES = "on off lit unlit heads tails open closed".split()
_POLE = rf"(?P<value>{'|'.join(_POLES)})"
_THOSE = (
    re.compile(rf"(?:the )?{_POLE} (?:[a-z]+)(?: are| is)?:? (?P<names>.+)", re.I),
    re.compile(
        rf"(?:only )?(?P<names>.+) (?:is|are)(?: the (?:only )?(?:ones?|[a-z]+)(?: that (?:is"
        rf"|are))?)? {_POLE}(?: up)?",
        re.I,
    ),
)
_COUNT = (
    re.compile(
        rf"(?:there (?:is|are)|we have) (?P<n>{CARDINAL}|no) [a-z]+ (?:that (?:is|are) )?{_POLE}",
        re.I,
    ),
    re.compile(rf"(?P<n>{CARDINAL}|no) (?:[a-z]+ )?(?:is|are) (?:now )?{_POLE}", re.I),
    re.compile(rf"(?P<n>{CARDINAL}|no) {_POLE}(?: [a-z]+)?", re.I),
)


def concludes(text: str) -> bool:
    """Whether a sentence says that something is so in the end."""
    return _CONCLUDES.match(text.strip(" *_`")) is not None


def read_off(text: str, neutral: bool) -> Body | None:
    """A short sentence about the state that has been reached."""
    said = text.strip(" .!*_`")
    m = _LED.match(said)
    if m is not None:
        said = said[m.end() :]
    said = re.sub(r",? (?:at|in) the end$|,? afterwards$|^,? ", "", said)
    ends = said.lower().split()
    for form in () if {*ends[-1:], *ends[1:2]}.isdisjoint(_POLES) else _COUNT:
        if m := form.fullmatch(said):
            n = 0 if m["n"].lower() == "no" else cardinal(m["n"])
            return HowMany(n, m["value"].lower())
    if re.match(r"only |lit |on |the lit ", said, re.I):
        for form in _THOSE:
            if m := form.fullmatch(said):
                names = names_in(re.sub(r"^only ", "", m["names"], flags=re.I).lower())
                if names:
                    return Those(tuple(map(name_of, names)), m["value"].lower())
    words = re.findall(r"[A-Za-z0-9][\w'’-]*|[^\w\s'\"“”‘’]", said.lower())
    if not 2 <= len(words) <= 14 or any(not w[0].isalnum() for w in words):
        return None
    if not _UNCLEAR.isdisjoint(words):
        return None
    return ReadOff(tuple(words), _CONCLUDES.search(text) is not None, neutral)


# The compass


_POINTS = {"north": 0, "west": 1, "south": 2, "east": 3}
_POINT = r"(?:due )?(?P<{}>north|south|east|west)"
_SIDES = {
    "left": 1,
    "right": 3,
    "opposite": 2,
    "around": 2,
    "clockwise": 3,
    "counterclockwise": 1,
    "back": 2,
}
_SIDE = r"(?P<side>left|right|opposite|around|clockwise|counterclockwise|back)"
_IS_NOW = (
    r"(?:is|gives|faces|means(?: facing)?|(?:and )?(?:(?:now )?(?:s?he|it|one|you|we)"
    r" )?(?:is )?(?:now )?fac(?:es|ing)|leads to|→|->|=|:)"
)
_BEARINGS = (
    re.compile(rf"(?:the )?{_SIDE} of {_POINT.format('a')} {_IS_NOW} {_POINT.format('b')}", re.I),
    re.compile(
        rf"(?:a )?(?:turn(?:s|ing|ed)?|rotat(?:es?|ing)) (?:to the )?{_SIDE} (?:from|when facing"
        rf"|while facing) {_POINT.format('a')},? {_IS_NOW} {_POINT.format('b')}",
        re.I,
    ),
    re.compile(
        rf"(?:from |facing )?{_POINT.format('a')},? (?:→ |-> )?(?:a )?(?:turn(?:s|ing"
        rf"|ed)? )?(?:to the )?{_SIDE}(?: turn)?,? {_IS_NOW} {_POINT.format('b')}",
        re.I,
    ),
)


def bearing_in(text: str) -> Bearing | None:
    """A fact of the compass: "left of south is east"; what follows is no part of it."""
    if not mentions(text.lower(), _POINTS):
        return None
    for piece in re.split(r"[.;(]\s*|: |, (?=so|and|then|which)", text.strip(" *_`")):
        said = re.sub(
            r"^(?:so|then|now|and|turn (?:left|right|around):|\d+[.)]) ",
            "",
            piece.strip(" ,.)"),
            flags=re.I,
        )
        for form in _BEARINGS:
            if m := form.fullmatch(said):
                return Bearing(
                    _POINTS[m["a"].lower()], _SIDES[m["side"].lower()], _POINTS[m["b"].lower()]
                )
    return None
