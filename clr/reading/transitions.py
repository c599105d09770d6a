"""Events and the states that they lead to, told beside each other: "Otto ↔ Ros: Otto: kite, ...".

The problem need not be read: what a step says is held to the last state of the trace and to the
event that the step itself names. A sentence is a chain of states, events and words that number
them; what is not read whole says nothing, but may have told of an event.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from clr.bodies.transitions import (
    Bearing,
    Drop,
    HowMany,
    Passage,
    ReadOff,
    Slots,
    Spot,
    Start,
    State,
    Those,
    Told,
    Unread,
)
from clr.claim import Body, Claim, Kind, Role
from clr.reading.cues import mentions
from clr.reading.lexicon import CARDINAL, cardinal
from clr.reading.tables import Line, Row, lines
from clr.reading.transition_events import LABEL, events_in, names_in
from clr.reading.transition_states import CLASSES, name_of, spot_in, state_in, value_of
from clr.trace import Span, Step

_CUES = (
    "swap", "trade", "switch", "exchang", "interchang", "flip", "toggl", "press", "push", " pop", "queue",
    "append", "insert", "revers", "move", "transfer", "pour", "lift", "elevator", "turn", "stack", "remove",
    " gives ", " goes ", " go ", " gets ", "get on", "get off", "walks", "crawls", "leaves", "joins", "board",
    "passenger", "north", "change places", "places chang", "faces", "facing",
)  # fmt: skip
"""Parts of words, one of which stands in every problem in which something changes."""
_SEARCHES = re.compile(
    r"\b(?:minimum|its left|its right|next to it|fewest|least number|smallest number|shortest|possible to|how many (?:moves|swaps|flips"
    r"|steps|turns|presses|ways|times)|can (?:you|he|she|they|we|it) |strategy|neighbou?r|adjacent|random"
    r"|probab|prove|whenever|each time|every time|unless|except|opposite|invariant|average|percent"
    r"|equation|triangle|function|graph)",
    re.I,
)
"""What a problem asks in which states are tried out, or where an event does more than it says."""
_LONGEST_PROBLEM = 2_000
_LONGEST = 320
"""Characters of a sentence of a step."""


@dataclass(frozen=True, slots=True)
class Context:
    """What is needed of the problem in which something changes.

    `wraps` where numbers go round, as on a dial; `upright` where up and right are said to count up;
    `turning` where left and right may be those of somebody who turns. `opening` are the words of the
    problem, numbers in digits, in which the state at the start may be told.
    """

    wraps: bool
    upright: bool
    turning: bool
    opening: tuple[str, ...]


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """Whether something changes step by step in `problem`."""
    if len(problem) > _LONGEST_PROBLEM or not mentions(problem.lower(), _CUES):
        return None
    if _SEARCHES.search(problem):
        return None
    wraps, upright, turns, straight = (
        cue.search(problem) is not None for cue in (_ROUND, _UPRIGHT, _TURNING, _STRAIGHT)
    )
    opening = () if _UNTOLD.search(problem) else tuple(map(value_of, re.findall(r"[\w'’-]+", problem)))
    return Context(wraps, upright, turns and not straight, opening)


_ROUND = re.compile(r"\b(?:clock|dial|circ|round|wheel|modulo|mod|hour|ring|carousel|mezzanine|13th|thirteenth)", re.I)
_TURNING = re.compile(r"\bturn|\bfac(?:e|es|ing)\b|\bforward|\bhead(?:s|ing)\b", re.I)
_UNTOLD = re.compile(r"\b(?:not|nor|neither|than|respectively|other|instead|as many|twice|half)\b|n't\b", re.I)
"""Words with which names and things beside each other need not belong together."""
_STRAIGHT = re.compile(r"\balways fac(?:e|es|ing)\b", re.I)
_UPRIGHT = re.compile(r"\bbottom to top\b|\bfrom the bottom\b|\bchess", re.I)

_STRONG = re.compile(
    r"\s*(?:→|->|⇒|=>|⟶|:|;|\||\(|\)|\n)\s*|\.\s+|\s+[–—-]\s+"
    r"|,? (?:so|and|then|giving|gives|which gives|leaving|leaves|yields|resulting in|makes|producing|we get"
    r"|we have|and now|so now|now)(?: (?:we (?:have|get)|that|us))?:? |,\s+",
)
_STARTS = re.compile(
    r"(?:the )?(?:[a-z]+ )?(?:at the )?(?:start(?:ing)?|beginning|initial(?:ly)?|begin|original(?:ly)?)(?: (?:state|position|positions"
    r"|point|with|at|list|holdings|row))?(?: s?[0₀])?",
    re.I,
)
_EMPTY_WORDS = re.compile(
    rf"(?:(?:after|then|now|so|next|and|finally|first|lastly|this|that|gives|it|is|we have|we get|the result|result)\s*)*(?:{LABEL.pattern})?",
    re.I,
)
_SIDE_OF = r"(?:on|off|[01]|[HT]|heads|tails|lit|unlit|open|closed)"
_DETAIL = re.compile(
    rf"(?:{CLASSES} [\w-]+|[A-Z]|\d{{1,2}})\s*:?\s*{_SIDE_OF}\s*(?:→|->|becomes|turns|to)\s*{_SIDE_OF}",
    re.I,
)
"""What happens to one thing on the way: "lamp 2: 1 → 0"."""
_TURNS_BACK = re.compile(
    r"\b(?:suppose|assume|case|alternatively|instead|wait|actually|option|try|what if|hmm|oops|if|before)\b", re.I
)
_TELLS = re.compile(
    r"\b(?i:swap|trad|switch|exchang|flip|toggl|press|push|pop|mov|append|insert|remov|revers|add|turn|gives|takes"
    r"|passes|goes|pour|walk|get|leav|board|join)|↔|→|\b[A-Z][a-z]+\b.*\b(?:has|and)\b"
)
"""What a sentence that was not read may hold that tells of an event."""


def read(step: Step, context: Context) -> list[Claim]:
    """Every state and event that a step tells of, in order."""
    out: list[Claim] = []
    for line in lines(step.text, _worded):
        for start, end in _pieces(line.text):
            text = line.text[start:end].replace("−", "-")
            body = _body(text)
            if body is not None:
                out.append(_claim(step, body, line.place(start, end)))
    return out


def _pieces(text: str) -> list[tuple[int, int]]:
    """A line is one sentence here."""
    stripped = text.rstrip()
    return [(len(text) - len(text.lstrip()), len(stripped))] if stripped.strip() else []


def _body(text: str) -> Body | None:
    if len(text) > _LONGEST or "?" in text:
        return Unread() if _TELLS.search(text) else None
    if (bearing := _bearing(text)) is not None:
        return bearing
    if _TURNS_BACK.search(text):
        return Unread()
    parts = _chain(_NUMBER.sub("", text.strip(" .*_`"), count=1))
    if parts and any(not isinstance(p, Start) for p in parts):
        return Passage(_without_echoes(parts), _CONCLUDES.match(text.strip(" *_`")) is not None)
    neutral = _NEUTRAL.search(text) is not None and not _TELLS.search(text)
    said = _said(text, neutral)
    if said is not None or neutral or not re.search("[A-Za-z]", text):
        return said
    return Unread()


_NEUTRAL = re.compile(
    r"^(?:(?:so|okay|ok|now|first|then|here|well)\b,? )*(?:let\b|let's|we\b|we'll|i\b|i'll|i'm|this|that|these|note|here|there (?:is|are)"
    r"|good|great|yes|no\b|question|answer|check|track|keep|write|read|record|recall|remember|the (?:question|problem|task|answer))"
    r"|\b(?:unchanged|unaffected|not|same|stays?|remains?|involved|concerned|nobody|nothing|everything else|everyone else)\b|n't\b",
    re.I,
)
"""What a sentence that was not read may hold that tells of no event."""


_NUMBER = re.compile(r"^(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|#\d{1,2}[:.)]?)\s+", re.I)
Parts = tuple[State | Told | Start, ...]


def _chain(text: str, fuel: int = 4) -> Parts | None:
    """The states and events that a sentence is made of; None if anything else is in it."""
    memo: dict[tuple[int, bool], Parts | None] = {}
    marks = list(_STRONG.finditer(text))
    if len(marks) > 40:
        return None

    def rest(at: int, labelled: bool) -> Parts | None:
        if at >= len(text):
            return ()
        key = (at, labelled)
        if key not in memo:
            memo[key] = None
            memo[key] = found(at, labelled)
        return memo[key]

    def found(at: int, labelled: bool) -> Parts | None:
        whole = _atom(text[at:], labelled)
        if whole is not None:
            return whole
        for m in reversed(marks):
            if m.start() < at or m.end() <= at:
                continue
            head = _atom(text[at : m.start()], labelled)
            if head is None:
                continue
            tail = rest(m.end(), bool(re.search(r"[:→⇒>]", m[0])))
            if tail is not None:
                return head + tail
        return None

    return rest(0, False)


def _without_echoes(parts: Parts) -> Parts:
    """The parts, where an event may be told twice: "pop: 9 comes off"."""
    out: list[State | Told | Start] = []
    for part in parts:
        last = out[-1] if out else None
        if isinstance(part, Told) and isinstance(last, Told):
            if part == last:
                twice = tuple(events * 2 for events in part.readings)
                out[-1] = Told((*part.readings, *twice))
                continue
            if _tells_more(part, last):
                out[-1] = part
                continue
        out.append(part)
    return tuple(out)


def _tells_more(later: Told, earlier: Told) -> bool:
    """Whether one event is told again, with what it takes away."""
    match later.readings, earlier.readings:
        case ((Drop(_, where),),), ((Drop("", before),),):
            return where == before
    return False


def _atom(text: str, labelled: bool) -> Parts | None:
    """What a piece between signs is: a state, events, or words that only number them."""
    text = text.strip(" .,;*_`()")if "(" not in text and "[" not in text else text.strip(" .,;*_`")
    if not text:
        return ()
    if len(text) > _LONGEST:
        return None
    if _STARTS.fullmatch(text):
        return (Start(),)
    if _EMPTY_WORDS.fullmatch(text) or _DETAIL.fullmatch(text):
        return ()
    if m := _STARTS.match(text):
        state = state_in(text[m.end() :].strip(" ,=:"), labelled=True)
        if state is not None and not text[m.end()].isalnum():
            return (Start(), state)
    state = state_in(text, labelled=labelled)
    if state is not None:
        return (state,)
    told = events_in(text)
    if told is not None:
        return (told,)
    spot = spot_in(text)
    return (spot,) if spot is not None else None


# What is said of the state in the end


_LED = re.compile(
    r"(?:(?:so|thus|therefore|hence|finally|now|(?:at|in) the end|after (?:all|the last|all of)(?: the)?(?: \w+)? \w+"
    r"|that means|this means|which means|we see that|answer|the answer is|final answer|conclusion|that is"
    r"|(?:in|from|by) (?:the )?(?:last|final)(?: \w+)?|in s[_\d₀-₉]+|afterwards)\b[,:]?\s*)+",
    re.I,
)
_CONCLUDES = re.compile(
    r"\b(?:so|thus|therefore|hence|finally|end|ends|after (?:all|the last)|answer|final|afterwards|last state)\b", re.I
)
_UNCLEAR = frozenset(
    "not no never neither nor was were had before previously earlier originally initially started starts start"
    " would could might may if unless whether either or gave gives give swap swaps swapped trade trades "
    " without until instead except than want wants wanted to from next will then everyone nobody first's"
    " each both all and but because since already once began begins untouched unaffected first original"
    " initial old former hand hands handed passes passed loses lost drops leaves returns give after state step round row line table".split()
)
_POLE = r"(?P<value>on|off|lit|unlit|heads|tails|open|closed)"
_THOSE = (
    re.compile(rf"(?:the )?{_POLE} (?:[a-z]+)(?: are| is)?:? (?P<names>.+)", re.I),
    re.compile(rf"(?:only )?(?P<names>.+) (?:is|are)(?: the (?:only )?(?:ones?|[a-z]+)(?: that (?:is|are))?)? {_POLE}(?: up)?", re.I),
)
_COUNT = (
    re.compile(rf"(?:there (?:is|are)|we have) (?P<n>{CARDINAL}|no) [a-z]+ (?:that (?:is|are) )?{_POLE}", re.I),
    re.compile(rf"(?P<n>{CARDINAL}|no) (?:[a-z]+ )?(?:is|are) (?:now )?{_POLE}", re.I),
    re.compile(rf"(?P<n>{CARDINAL}|no) {_POLE}(?: [a-z]+)?", re.I),
)


def _said(text: str, neutral: bool) -> Body | None:
    """A short sentence about the state that has been reached."""
    concluded = _CONCLUDES.search(text) is not None
    said = text.strip(" .!*_`")
    m = _LED.match(said)
    if m is not None:
        said = said[m.end() :]
    said = re.sub(r",? (?:at|in) the end$|,? afterwards$|^,? ", "", said)
    for form in _COUNT:
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
    return ReadOff(tuple(words), concluded, neutral)


# The compass


_POINTS = {"north": 0, "west": 1, "south": 2, "east": 3}
_POINT = r"(?:due )?(?P<{}>north|south|east|west)"
_SIDES = {"left": 1, "right": 3, "opposite": 2, "around": 2, "clockwise": 3, "counterclockwise": 1, "back": 2}
_SIDE = r"(?P<side>left|right|opposite|around|clockwise|counterclockwise|back)"
_IS_NOW = r"(?:is|gives|faces|means(?: facing)?|(?:and )?(?:(?:now )?(?:s?he|it|one|you|we) )?(?:is )?(?:now )?fac(?:es|ing)|leads to|→|->|=|:)"
_BEARINGS = (
    re.compile(rf"(?:the )?{_SIDE} of {_POINT.format('a')} {_IS_NOW} {_POINT.format('b')}", re.I),
    re.compile(
        rf"(?:a )?(?:turn(?:s|ing|ed)?|rotat(?:es?|ing)) (?:to the )?{_SIDE} (?:from|when facing|while facing) {_POINT.format('a')},? {_IS_NOW} {_POINT.format('b')}",
        re.I,
    ),
    re.compile(
        rf"(?:from |facing )?{_POINT.format('a')},? (?:→ |-> )?(?:a )?(?:turn(?:s|ing|ed)? )?(?:to the )?{_SIDE}(?: turn)?,? {_IS_NOW} {_POINT.format('b')}",
        re.I,
    ),
)


def _bearing(text: str) -> Bearing | None:
    """A fact of the compass: "left of south is east"; what follows is no part of it."""
    for piece in re.split(r"[.;(]\s*|: |, (?=so|and|then|which)", text.strip(" *_`")):
        said = re.sub(r"^(?:so|then|now|and|turn (?:left|right|around):|\d+[.)]) ", "", piece.strip(" ,.)"), flags=re.I)
        for form in _BEARINGS:
            if m := form.fullmatch(said):
                return Bearing(_POINTS[m["a"].lower()], _SIDES[m["side"].lower()], _POINTS[m["b"].lower()])
    return None


# Tables


def _worded(rows: tuple[Row, ...]) -> list[Line]:
    """The rows of a table: names above what each has, or a column of events and one of states."""
    heads = rows[0].cells
    out = []
    for row in rows[1:]:
        lead = [c for h, c in zip(heads, row.cells, strict=True) if _is_label(h)]
        pairs = [(h, c) for h, c in zip(heads, row.cells, strict=True) if not _is_label(h) and c]
        if len(pairs) == 1:
            said = pairs[0][1]
        else:
            said = ", ".join(f"{h}: {c}" for h, c in pairs)
        label = " ".join(c for c in lead if not c.isdigit())
        out.append(Line(f"{label}: {said}" if label else said, row.span, drawn=True))
    return out


def _is_label(head: str) -> bool:
    return not head or re.fullmatch(
        r"(?:step|event|swap|move|operation|op|action|round|after|#|no\.?|when|trade|start|time|instruction|command|stop)s?",
        head,
        re.I,
    ) is not None


def _claim(step: Step, body: Body, span: Span) -> Claim:
    text = step.text[span.start : span.end]
    return Claim(Kind.STATE, text, span.shift(step.span.start), step.index, text, Role.DERIVED, body)
