"""Events and the states that they lead to, told beside each other: "Otto ↔ Ros: Otto: kite, ...".

The problem need not be read: what a step says is held to the last state of the trace and to the
event that the step itself names. A sentence is a chain of states, events and words that number
them; what is not read whole says nothing, but may have told of an event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from clr.bodies.transitions import (
    Drop,
    Passage,
    Row,
    Slots,
    Start,
    State,
    Told,
    Unread,
)
from clr.claim import Body, Claim, Kind, Role
from clr.reading.cues import Cues, either, mentions
from clr.reading.tables import Line, lines
from clr.reading.tables import Row as Cells
from clr.reading.transition_ends import bearing_in, concludes, read_off
from clr.reading.transition_events import LABEL, events_in, may_tell
from clr.reading.transition_states import (
    CLASSES,
    may_open,
    pair_on_a_line,
    row_alone,
    row_in,
    spot_in,
    state_in,
    value_of,
)
from clr.trace import Span, Step

_CUES = (
    "swap", "trade", "switch", "exchang", "interchang", "change places", "change seats",
    "change positions", "places chang", "flip",
    "toggl", "press", "push", "queue", "stack", "append", "insert", "remove", "revers",
    "move", "transfer", "pour", " gives ", " gets ", "get on", "get off", "passenger",
    "elevator", "faces", "facing", "north", "walks", "crawls", "leaves",
    "joins", "board", "register", "counter", "subtract",
)  # fmt: skip
"""Parts of words that something changes, step by step."""
_FARTHER = Cues(
    *("pop(?<!of pop)(?<!a pop)", "pops", "popped", "popping"),
    whole=True,
    phrases={
        "take|takes|took|taken|taking":
        r"t(?:ake|akes|ook|aken|aking)\b[^.\n]{0,60}?\b(?:from|out|off|away|steps?)",
        "put|puts|putting":
        r"put(?:s|ting)?\b[^.\n]{0,60}?\b(?:in|into|on|onto|to|at|under|before|after|behind)",
        "go|goes|going":
        r"go(?:es|ing)?\b[^.\n]{0,30}?\b(?:up|down|left|right|south|east|west|floors?|front"
        r"|end|back|bottom|top|seat|square|position|steps?|blocks?)",
        "turn|turns|turned|turning":
        r"turn(?:s|ed|ing)?\b[^.\n]{0,30}?\b"
        r"(?:left|right|around|back|on|off|over|(?:counter|anti)?-?clockwise|90|180|270)",
        "lift": r"lift\b[^.\n]{0,80}?\b(?:floors?|store?ys?|stories|levels?|up|down)",
    },
)  # fmt: skip
"""Common words that do so, in lower case, with what they then stand beside."""
CUES = _FARTHER.bit | Cues(*(part.strip() for part in _CUES)).bit
_SEARCHES = either(
    *r"\bminimum \bfewest \bshortest \bstrategy \bneighbou?r \badjacent \brandom \bprobab".split(),
    *r"\bprove \bwhenever \bunless \bexcept \bopposite \binvariant \baverage \bpercent".split(),
    *r"\bequation \btriangle \bfunction \bgraph \brules?\b \baffects?\b \balso\b".split(),
    *r"\bcauses?\b \btriggers?\b \bratio\b \bthirds\b".split(),
    *(rf"\b{much} as\b" for much in ("half", "twice", "times")),
    *(
        rf"\b{each} (?:minute|hour|day|week|month|year)\b"
        for each in ("a", "an", "per", "each", "every")
    ),
    r"\bpossible to",
    r"\bits (?:left|right)",
    r"\bnext to it",
    r"\bleast number",
    r"\bsmallest number",
    r"\beach time",
    r"\bevery time",
    r"\bhow many (?:moves|swaps|flips|steps|turns|presses|ways|times"
    r"|seconds|minutes|hours|days|weeks|months|years)",
    r"\bcan (?:you|he|she|they|we|it) ",
    r"\bplayers?\b[\s\S]*\b(?:wins?|loses?)",
)
"""What a problem asks in which states are tried out, or amounts follow from others, or where an
event does more than it says, or goes on."""
_MATHEMATICS = re.compile(r"[\\$^\d](?:(?<=\D)|\s*[*×·/+=]\s*\d)")
_LONGEST_PROBLEM = 2_000
_LONGEST = 320
"""Characters of a sentence of a step."""


@dataclass(frozen=True, slots=True)
class Context:
    """What is needed of the problem in which something changes.

    `wraps` where numbers go round, as on a dial; `upright` where up and right are said to count up;
    `turning` where left and right may be those of somebody who turns; `priced` where
    a number of things may stand for another number. `opening` are the words of
    the problem, numbers in digits, in which the state at the start may be told.
    """

    wraps: bool
    upright: bool
    turning: bool
    priced: bool
    opening: tuple[str, ...]


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """Whether something changes step by step in `problem`."""
    if len(problem) > _LONGEST_PROBLEM or _MATHEMATICS.search(problem):
        return None
    lower = problem.lower()
    if not (mentions(lower, _CUES) or _FARTHER.pattern.search(lower)) or _SEARCHES.search(lower):
        return None
    wraps, upright, turns, straight = (
        cue.search(lower) is not None for cue in (_ROUND, _UPRIGHT, _TURNING, _STRAIGHT)
    )
    priced = mentions(lower, _PRICES) and _PRICED.search(problem) is not None
    opening = (
        ()
        if _UNTOLD.search(lower)
        else tuple(map(value_of, re.findall(r"[\w'’-]+|[.;!?]", problem)))
    )
    return Context(wraps, upright, turns and not straight, priced, opening)


_ROUND = re.compile(
    either(
        *r"\bclock \bdial \bcirc \bround \bwheel \bmod \bhour \bring \bcarousel".split(),
        *r"\bmezzanine \bthirteenth".split(),
    ).pattern
    + r"|1(?<!\w1)3th"
)
_TURNING = either(r"\bturn", r"\bfac(?:e|es|ing)\b", r"\bforward", r"\bhead(?:s|ing)\b")
_UNTOLD = either(
    *r"\bnot\b \bnor\b \bneither\b \bthan\b \brespectively\b \bother\b \binstead\b".split(),
    *r"\btwice\b \bhalf\b n't\b".split(),
    r"\bas many\b",
)
"""Words with which names and things beside each other need not belong together."""
_PRICES = ("worth", "weigh", "cost", "apiece", "per", "each", "every")
_PRICED = re.compile(
    r"\b(?:worth|weigh(?:s|ing)?|costs?|apiece|(?-i:per)|\d+ [a-z]+ (?:each|for (?:each|every)))\b"
    r"|\beach (?:[a-z]+ )?(?:holds|contains|has|is|of (?:which|them) (?:holds|has|is)) \d",
    re.I,
)
_STRAIGHT = either(r"\balways fac(?:e|es|ing)\b")
_UPRIGHT = either(r"\bbottom to top\b", r"\bfrom the bottom\b", r"\bchess")

_STRONG = re.compile(
    r"\s*(?:→|->|⇒|=>|⟶|:|;|\||\(|\)|\n)\s*|\.\s+|\s+[–—-]\s+"
    r"|,? (?:so|and|then|giving|gives|which gives|leaving|leaves|yields|resulting in|makes"
    r"|producing|we get"
    r"|we have|and now|so now|now)(?: (?:we (?:have|get)|that|us))?:? |,\s+|\s+(?:takes|brings"
    r"|leads|puts|carries)(?: (?:it|him|her|us|them|me|you|the \w+))? (?:to|at|on)\s+",
)
_STARTS = re.compile(
    r"(?:the )?(?:[a-z]+ )?(?:at the )?(?:start(?:ing)?|beginning|initial(?:ly)?|begin|original"
    r"(?:ly)?)(?: (?:state|position|positions"
    r"|point|with|at|list|holdings|row))?(?: s?[0₀])?",
    re.I,
)
_START_HINTS = ("start", "begin", "initial", "original")
_EMPTY_WORDS = re.compile(
    rf"(?:(?:after|then|now|so|next|and|finally|first|lastly|this|that|gives|it|is|we have|we get"
    rf"|the result|result)\s*)*(?:{LABEL.pattern})?",
    re.I,
)
_SIDE_OF = r"(?:on|off|[01]|[HT]|heads|tails|lit|unlit|open|closed)"
_DETAIL = re.compile(
    rf"(?:{CLASSES} [\w-]+|[A-Z]|\d{{1,2}})\s*:?\s*{_SIDE_OF}\s*(?:→|->|becomes|turns"
    rf"|to)\s*{_SIDE_OF}",
    re.I,
)
"""What happens to one thing on the way: "lamp 2: 1 → 0"."""
_KEPT = re.compile(
    r"(?!.*\b(?:nobody|nothing|none|no one|neither|not)\b)[\w'’, ]+ (?:keeps? (?:theirs|his|hers"
    r"|its|what [\w ]+|the same [\w ]+)"
    r"|(?:is|are|stays?|remains?) (?:unchanged|unaffected|the same|as (?:before|they were|it"
    r" was)))",
    re.I,
)
"""Somebody or something for whom nothing changes."""
_KEPT_HINTS = ("keep", "unchanged", "unaffected", "same", "as before", "as they", "as it")
_TURNS_BACK = either(
    *"suppose assume case alternatively instead wait actually option try hmm oops if".split(),
    *r"before check\w* doublecheck\w* verif\w+ confirm\w* recap\w* summar\w+ redo".split(),
    "what if",
    "once more",
    whole=True,
)
_TELLS = re.compile(
    either(
        *r"\bswap \btrad \bswitch \bexchang \bflip \btoggl \bpress \bpush \bpop \bmov".split(),
        *r"\bappend \binsert \bremov \brevers \badd \bturn \bgives \btakes \bpasses".split(),
        *r"\bgoes \bpour \bwalk \bget \bleav \bboard \bjoin".split(),
    ).pattern
    + "|↔|→"
)
"""What a sentence that was not read may hold that tells of an event, in lower case."""
_TELLS_OF = re.compile(r"[A-Z](?<!\w[A-Z])[a-z]+\b.*\b(?:has|and)\b")
"""Somebody of whom it may tell one."""


def read(step: Step, context: Context) -> list[Claim]:
    """Every state and event that a step tells of, in order."""
    out: list[Claim] = []
    for line in _gathered(lines(step.text, _worded)):
        body = _body(line.text.replace("−", "-"))
        if body is not None:
            out.append(_claim(step, body, line.place(0, len(line.text))))
    return out


def _gathered(said: Iterator[Line]) -> Iterator[Line]:
    """The lines, where a name with what it has stands on each, put together into one."""
    run: list[tuple[Line, str]] = []
    for line in [*said, None]:
        pair = None if line is None or line.drawn else pair_on_a_line(line.text)
        if line is not None and pair is not None:
            run.append((line, pair))
            continue
        if len(run) > 1:
            span = Span(run[0][0].span.start, run[-1][0].span.end)
            yield Line(", ".join(pair for _, pair in run), span, drawn=True)
        else:
            yield from (alone for alone, _ in run)
        run = []
        if line is not None:
            yield line


def _body(text: str) -> Body | None:
    if len(text) > _LONGEST or "?" in text or _MATHEMATICS.search(text):
        return Unread() if _tells(text) else None
    if (bearing := bearing_in(text)) is not None:
        return bearing
    lower = text.lower()
    if _TURNS_BACK.search(lower):
        return Unread(aside=True)
    told = _NUMBER.sub("", text.strip(" .*_`"), count=1)
    chain = _chain(told)
    if chain == ():
        return None
    parts = _explained(told) or chain
    if not parts and (led := _SO.match(told)):
        parts = _chain(told[led.end() :])
    if not parts and (alone := row_alone(told)) is not None:
        parts = (alone,)
    if parts:
        return Passage(_without_echoes(parts), concludes(text))
    neutral = (_LEADS_ON.match(text) or _TELLS_OF_NONE.search(lower)) and not (
        _tells(text) or _MOVES_ALL.search(lower)
    )
    said = read_off(text, bool(neutral))
    if said is not None or neutral:
        return said
    return Unread() if re.search("[A-Za-z→]", text) else None


def _tells(text: str) -> bool:
    return (_TELLS.search(text.lower()) or _TELLS_OF.search(text)) is not None


_MOVES_ALL = either(
    *r"all everyone everybody each both line row circle".split(),
    *r"shift\w* rotat\w* shuffl\w* slid\w*".split(),
    *(
        rf"{none}\b[^.]*\b(?:stay|remain|same|unchanged|rest|where)\w*"
        for none in ("nothing", "nobody", "none", "no one")
    ),
    whole=True,
)
"""What tells of an event even in a sentence that says what is not done, in lower case."""
_SO = re.compile(r"^(?:(?:so|now|then|thus|therefore|hence|finally|next|and)\b[,:]?\s*)+", re.I)
_BEHIND = re.compile(r"(?P<state>.*\S)\s*\((?:after )?(?P<event>[^()]*)\)", re.S)


def _explained(text: str) -> Parts | None:
    """A state, and behind it in brackets the event that leads to it."""
    m = _BEHIND.fullmatch(text)
    event = events_in(m["event"]) if m else None
    state = _chain(m["state"]) if m and event else None
    if event is None or not state or not all(isinstance(p, Slots | Row) for p in state):
        return None
    return (event, *state)


_LEADS_ON = re.compile(
    r"(?:(?:so|okay|ok|now|first|then|here|well)\b,? )*(?:let\b|let's|we\b|we'll|i\b|i'll|i'm"
    r"|this|that|these|note|here|there (?:is|are)"
    r"|good|great|yes|no\b|question|answer|check|track|keep|write|read|record|recall|remember|the"
    r" (?:question|problem|task|answer))",
    re.I,
)
"""How a sentence that was not read may begin that tells of no event."""
_TELLS_OF_NONE = re.compile(
    either(
        *"unchanged unaffected not same stays? remains? involved concerned nobody nothing".split(),
        "everything else",
        "everyone else",
        whole=True,
    ).pattern
    + r"|n't\b"
)
"""What it may hold."""


_NUMBER = re.compile(r"^(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|#\d{1,2}[:.)]?)\s+", re.I)
Parts = tuple[State | Told | Start | Unread, ...]


_MOST_MARKS = 32
_MOST_PIECES = 120
"""Pieces of a sentence that are tried."""


def _chain(text: str) -> Parts | None:
    """The states and events that a sentence is made of; None if anything else is in it."""
    memo: dict[tuple[int, bool], Parts | None] = {}
    marks: list[re.Match[str]] = []
    left = _MOST_PIECES

    def rest(at: int, labelled: bool) -> Parts | None:
        if at >= len(text):
            return ()
        key = (at, labelled)
        if key not in memo:
            memo[key] = None
            memo[key] = found(at, labelled)
        return memo[key]

    def found(at: int, labelled: bool) -> Parts | None:
        nonlocal left
        reach = at + _reach(text[at:], labelled)
        if reach == at and not _STRONG.match(text, at):
            return None
        if not marks:
            marks.extend(_STRONG.finditer(text))
        if len(marks) > _MOST_MARKS:
            return None
        whole = None if text[reach:].strip(_AROUND) else _atom(text[at:], labelled)
        if whole is not None:
            return whole
        for m in reversed(marks):
            if m.start() < at or m.end() <= at or left < 0:
                continue
            left -= 1
            if text[reach : m.start()].strip(_AROUND):
                continue
            piece = text[at : m.start()]
            head = _atom(piece, labelled)
            if head is None:
                continue
            if m[0].strip() == "," in piece and any(isinstance(part, Told) for part in head):
                continue  # "the swap: R, Q, P, S" is no swap of R and Q
            tail = rest(m.end(), bool(re.search(r"[:→⇒>]", m[0])))
            if tail is not None:
                return head + tail
        return None

    return rest(0, False)


def _without_echoes(parts: Parts) -> Parts:
    """The parts, where an event may be told twice: "pop: 9 comes off"."""
    out: list[State | Told | Start | Unread] = []
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
    if len(out) > 1 and isinstance(out[-1], Told) and not isinstance(out[-2], Told):
        out.append(Unread())  # leads to that state, or on from it
    return tuple(out)


def _tells_more(later: Told, earlier: Told) -> bool:
    """Whether one event is told again, with what it takes away."""
    match later.readings, earlier.readings:
        case ((Drop(_, where),),), ((Drop("", before),),):
            return where == before
    return False


_AROUND = " .,;!*_`()\n"


def _reach(text: str, labelled: bool) -> int:
    """How far from the beginning of `text` a piece may reach that is a state, events or words that
    only number them: all of it, but where it can only be such words."""
    begun = text.lstrip(" .,;!*_`\n")
    if labelled or not begun or mentions(begun.lower(), _KEPT_HINTS):
        return len(text)
    if _STARTS.match(begun) or _DETAIL.match(begun) or may_open(begun) or may_tell(begun):
        return len(text)
    words = _EMPTY_WORDS.match(begun)
    return len(text) - len(begun) + (words.end() if words else 0)


def _atom(text: str, labelled: bool) -> Parts | None:
    """What a piece between signs is: a state, events, or words that only number them."""
    text = text.strip(" .,;*_`()") if "(" not in text and "[" not in text else text.strip(" .,;*_`")
    if not text:
        return ()
    if len(text) > _LONGEST:
        return None
    lower = text.lower()
    starts = mentions(lower, _START_HINTS)
    if starts and _STARTS.fullmatch(text):
        return (Start(),)
    if _EMPTY_WORDS.fullmatch(text) or _DETAIL.fullmatch(text):
        return ()
    if mentions(lower, _KEPT_HINTS) and _KEPT.fullmatch(text):
        return ()
    if starts and (m := _STARTS.match(text)):
        state = state_in(text[m.end() :].strip(" ,=:"), labelled=True)
        if state is not None and not text[m.end()].isalnum():
            return (Start(), state)
    state = state_in(text)
    if state is not None:
        return (state,)
    told = events_in(text)
    if told is not None:
        return (told,)
    row = row_in(text, bare=True) if labelled else None
    if row is not None:
        return (row,)
    spot = spot_in(text)
    return (spot,) if spot is not None else None


# Tables


def _worded(rows: tuple[Cells, ...]) -> Iterator[Line]:
    """The rows of a table: names above what each has, or a column of events and one of states."""
    heads = rows[0].cells
    for row in rows[1:]:
        lead = [c for h, c in zip(heads, row.cells, strict=True) if _is_label(h)]
        pairs = [(h, c) for h, c in zip(heads, row.cells, strict=True) if not _is_label(h) and c]
        said = pairs[0][1] if len(pairs) == 1 else ", ".join(f"{h}: {c}" for h, c in pairs)
        label = " ".join(c for c in lead if not c.isdigit())
        yield Line(f"{label}: {said}" if label else said, row.span, drawn=True)


def _is_label(head: str) -> bool:
    return (
        not head
        or re.fullmatch(
            r"(?:step|event|swap|move|operation|op|action|round|after|#|no\.?|when|trade|start"
            r"|time|instruction|command|stop)s?",
            head,
            re.I,
        )
        is not None
    )


def _claim(step: Step, body: Body, span: Span) -> Claim:
    text = step.text[span.start : span.end]
    return Claim(
        Kind.STATE, text, span.shift(step.span.start), step.index, text, Role.DERIVED, body
    )
