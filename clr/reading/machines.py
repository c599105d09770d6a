"""Things that change step by step: a key that is moved, a stack, a queue, a coin.

The problem must be read whole: every sentence is a state at the start, an event, or a question.
What a step says is an event, values, or an event with the values after it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from clr.bodies.machines import (
    Event,
    Idle,
    Machine,
    Pop,
    Push,
    Put,
    Shown,
    Toggle,
    Unread,
    Value,
    Values,
)
from clr.claim import Body, Claim, Kind, Role
from clr.reading.cues import Cues
from clr.reading.lexicon import ORDINAL, ORDINALS, sentences
from clr.reading.machine_answers import answered, asked
from clr.reading.machine_forms import Context, Kinds, told, unled
from clr.reading.registers import registers
from clr.reading.rows import rows
from clr.trace import Span, Step

_LONGEST = 4_000
"""Characters of a problem."""
_LONGEST_SENTENCE = 600
"""Characters of a sentence of a step."""
MAX_EVENTS = 60
CUES = Cues(
    *"stack queue push pushes enqueue dequeue moves moved puts places takes carries flips toggles"
    " flip toggle presses went goes toggled flipped pressed press counter register registers"
    " variable variables set toggling swap swapped exchanged reversed reverse".split(),
    whole=True,
)
"""Words for what happens, in lower case."""
_THE = r"(?:the |an? |its )?"
_NOUN = r"[a-z][a-z-]*(?: \d{1,2}| [A-Z](?![\w'])|(?: [a-z][a-z-]*)?)"
_ACTOR = r"(?P<actor>[A-Z][a-z]+|(?:he|she|they|someone)(?= ))"
_AT = r"(?:inside|into|onto|in|on|under|at|to)"
_IS_AT = re.compile(
    rf"(?i:{_THE})(?P<thing>{_NOUN}|[A-Z][a-z]+) (?:is|was|starts|lies|sits|stands)"
    rf"(?: (?:now|initially|currently|still|located|first|finally))? (?:inside|in|on|under|at)"
    rf" (?i:{_THE})(?P<place>{_NOUN})"
)
_MOVE = re.compile(
    rf"{_ACTOR} (?:moves|moved|puts|put|places|placed|takes|took|carries|carried|transfers"
    rf"|transferred) (?i:{_THE})(?P<thing>{_NOUN}?)(?: (?:from|out of) (?i:{_THE})"
    rf"(?P<source>{_NOUN}?))?(?: {_AT} (?i:{_THE})(?P<place>{_NOUN}))?"
)
_MOVED = re.compile(
    rf"(?i:{_THE})(?P<thing>{_NOUN}?)"
    rf" (?:(?:is|was) (?:moved|put|placed|taken|carried|transferred)|goes|went)"
    rf"(?: (?:from|out of) (?i:{_THE})(?P<source>{_NOUN}?))? {_AT} (?i:{_THE})(?P<place>{_NOUN})"
)
_WENT = re.compile(
    rf"(?P<thing>[A-Z][a-z]+) (?:went|goes|moved|moves|walked|walks|travelled|traveled|travels"
    rf"|journeyed|returns|returned)(?: back)? to (?i:{_THE})(?P<place>{_NOUN})"
)
_JOINS = re.compile(r"(?:,|;)? and (?:then )?|; |, then |, ")


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """What changes in `problem`, or None if nothing does, or not all of it was read."""
    if len(problem) > _LONGEST:
        return None
    if CUES.pattern.search(problem.lower()) is None:
        return None
    for reader in (_container, _switch, _moves, registers, rows):
        found = reader(problem)
        if found is not None and 1 < len(found.machine.events) <= MAX_EVENTS:
            return replace(found, question=asked(problem, found.machine))
    return None


# Stacks and queues


_ITEM = r"[\"'“`]?(?P<{}>-?\d{{1,4}}|[A-Za-z](?![\w'])|[A-Z]{{2,8}}(?!\w))[\"'”`]?"
_PUSH = re.compile(
    rf"(?:push(?:es|ed|ing)?|enqueue[sd]?)\s*\(?\s*{_ITEM.format('item')}\)?"
    r"(?: (?:on)?to (?:the )?(?:stack|queue))?",
    re.I,
)
_POP = re.compile(
    rf"(?:pop(?:s|ped|ping)?|dequeue[sd]?)(?:\s*\(\s*\))?(?: (?:removes? )?{_ITEM.format('gone')})?"
    r"(?: (?:from|off) (?:the )?(?:stack|queue))?(?: once)?",
    re.I,
)
_EMPTY = re.compile(
    r"(?:(?:start(?:ing)? with|we have|consider) )?(?:an? |the )?(?:initially )?"
    r"empty (?P<kind>stack|queue)(?: of \w+)?"
    r"|(?:the|an?) (?P<second>stack|queue) (?:is (?:initially )?|starts (?:out )?)empty"
    r"(?: at first| initially| at the (?:start|beginning))?",
    re.I,
)
_BETWEEN = re.compile(
    r"(?:[\s,.;:]|\b(?:and|then|first|next|finally|after that|operations?|are|is|performed|the|in"
    r"|this|these|following|order|perform|execute|apply|with|do|it|we|you|on|to)\b)+",
    re.I,
)
_LISTED = re.compile(r"\[(?P<items>[^\[\]]*)\]|\((?P<round>[^()]*,[^()]*)\)|(?P<empty>\bempty\b)")


def _container(problem: str) -> Context | None:
    m = _EMPTY.search(problem) if "empty" in problem.lower() else None
    if m is None:
        return None
    kind = (m["kind"] or m["second"]).lower()
    question = problem.rfind(".", 0, problem.rfind("?")) if "?" in problem else len(problem)
    text = problem[m.end() : max(question, m.end())]
    events: list[Event] = []
    at = 0
    while at < len(text):
        if gap := _BETWEEN.match(text, at):
            at = gap.end()
        elif (found := _PUSH.match(text, at) or _POP.match(text, at)) and found.end() > at:
            events.append(_container_event(found, kind))
            at = found.end()
        else:
            return None
    if problem[: m.start()].strip():
        return None

    def event(clause: str) -> tuple[tuple[Event, ...], str] | None:
        found = _PUSH.fullmatch(clause) or _POP.fullmatch(clause)
        return ((_container_event(found, kind),), "") if found else None

    def values(clause: str) -> Values | None:
        shown = _LISTED.fullmatch(clause) or _HOLDS.fullmatch(clause)
        if shown is None:
            return None
        found = shown.groupdict()
        written = found["items"] or found.get("round") or found.get("left") or ""
        items = [i.strip(" \"'`") for i in written.split(",") if i.strip()]
        if not all(re.fullmatch(r"-?\w{1,8}", i) for i in items):
            return None
        return ((kind, tuple(items)),)

    machine = Machine(((kind, ()),), tuple(events), ("",) * len(events))
    return Context(machine, Kinds(event, values, _ABOUT_ITEMS))


_ABOUT_ITEMS = re.compile(r"\[|\b(?:stack|queue|push|pop|enqueue|dequeue)", re.I)
_HOLDS = re.compile(
    r"(?:the )?(?:stack|queue|state)(?: now)?(?: is| becomes| contains| holds|:)? ?"
    r"(?:\[(?P<items>[^\[\]]*)\]|(?P<empty>empty))"
    r"|only (?P<left>-?\w{1,8}) (?:is|remains)(?: left)? (?:on|in) the (?:stack|queue)",
    re.I,
)


def _container_event(m: re.Match[str], kind: str) -> Event:
    if "item" in m.re.groupindex:
        return Push(kind, m["item"])
    return Pop(kind, first=kind == "queue")


# Coins and switches


_POLES = {"heads": "tails", "tails": "heads", "on": "off", "off": "on"}
_SWITCH = r"(?P<slot>coin|lamp|light|switch|fan|bulb)"
_STARTS = re.compile(
    rf"(?:the|an?) {_SWITCH} (?:is|was|starts)(?: (?:initially|currently|out))?(?: turned)? "
    r"(?P<value>heads|tails|on|off)(?: up)?",
    re.I,
)
_FLIP = re.compile(
    rf"(?P<actor>[A-Z][a-z]+) (?P<not>(?:does|did) not |doesn't |didn't )?"
    rf"(?:flip|toggle|press|reverse)(?:s|es|d|ped|ed)? (?:it\b|the {_SWITCH})"
    r"(?: again| back)?"
)
_POINTS = re.compile(
    rf"(?:(?:yes|no), )?(?:(?:the )?(?:{_SWITCH}|it)"
    r" (?:is|was|starts|becomes|turns|lands|shows|will be|must be) ?)?"
    r"(?:(?:now|still|again|back to|therefore)\b ?)*(?:turned )?(?P<value>heads|tails|on|off)\b"
    r"(?: up)?(?: again| now)?",
    re.I,
)


def _switch(problem: str) -> Context | None:
    start: Values = ()
    events: list[tuple[Event, str]] = []

    def event(clause: str) -> tuple[tuple[Event, ...], str] | None:
        m = _FLIP.fullmatch(clause)
        if m is None or not start:
            return None
        if m["not"]:
            return (Idle(m["actor"]),), m["actor"]
        value = str(start[0][1])
        return (Toggle(start[0][0], (value, _POLES[value])),), m["actor"]

    for text in told(problem):
        clause = unled(text)
        if not start and (m := _STARTS.fullmatch(clause)):
            start = ((m["slot"].lower(), m["value"].lower()),)
        elif (found := event(clause)) is not None:
            events += ((e, found[1]) for e in found[0])
        else:
            return None
    if not start:
        return None
    slot, value = start[0]
    poles = {str(value), _POLES[str(value)]}

    def values(clause: str) -> Values | None:
        m = _POINTS.fullmatch(clause)
        if m is None or m["value"].lower() not in poles or (m["slot"] or slot).lower() != slot:
            return None
        return ((slot, m["value"].lower()),)

    machine = Machine(start, tuple(e for e, _ in events), tuple(a for _, a in events))
    return Context(machine, Kinds(event, values, re.compile(rf"\b(?:{slot}|flip)", re.I)))


# Things and places


def _moves(problem: str) -> Context | None:
    start: dict[str, Value] = {}
    now: dict[str, Value] = {}
    events: list[tuple[Event, str]] = []
    for text in told(problem):
        for part in _clauses(text):
            clause = unled(part)
            moved = _move(clause)
            if moved is not None:
                (put, actor), source = moved
                if not put.value:
                    return None
                if source is not None and now.get(put.slot) != source:
                    return None
                now[put.slot] = put.value
                events.append((put, actor))
            elif (m := _IS_AT.fullmatch(clause)) and not events:
                start[m["thing"].lower()] = now[m["thing"].lower()] = m["place"].lower()
            else:
                return None
    places = {*map(str, start.values()), *(str(e.value) for e, _ in events if isinstance(e, Put))}
    things = {*start, *(e.slot for e, _ in events if isinstance(e, Put))}
    actors = {actor.lower() for _, actor in events}
    if not things.isdisjoint(places | actors):
        return None  # what is moved may take along what is in it, and who moves things goes along

    def event(clause: str) -> tuple[tuple[Event, ...], str] | None:
        moved = _move(clause)
        if moved is None or moved[0][0].slot not in things:
            return None
        put, actor = moved[0]
        return (put,), actor

    def values(clause: str) -> Values | None:
        out = []
        for part in _JOINS.split(clause):
            m = _IS_AT.fullmatch(part) or _DRAWN.fullmatch(part)
            if m is None or m["thing"].lower() not in things or m["place"].lower() not in places:
                return None
            out.append((m["thing"].lower(), m["place"].lower()))
        return tuple(out)

    machine = Machine(
        tuple(start.items()), tuple(e for e, _ in events), tuple(a for _, a in events)
    )
    named = "|".join(re.escape(t) for t in sorted(things)) or "(?!)"
    return Context(machine, Kinds(event, values, re.compile(rf"\b(?:{named})\b", re.I)))


_DRAWN = re.compile(
    rf"(?i:{_THE})(?P<thing>{_NOUN}|[A-Z][a-z]+)\s*(?:→|->|=|:)\s*(?i:{_THE})(?P<place>{_NOUN})"
)


def _clauses(text: str) -> list[str]:
    """The parts of a sentence, if each of them can stand alone."""
    parts = _JOINS.split(text)
    alone = all(_move(p) or _IS_AT.fullmatch(p) for p in parts)
    return parts if alone else [text]


def _move(clause: str) -> tuple[tuple[Put, str], str | None] | None:
    """A move with who makes it, and where the thing is said to be before; it may not say where the
    thing goes."""
    m = _WENT.fullmatch(clause)
    if m is not None:
        return (Put(m["thing"].lower(), m["place"].lower()), ""), None
    m = _MOVE.fullmatch(clause) or _MOVED.fullmatch(clause)
    if m is None:
        return None
    actor = m.groupdict().get("actor") or ""
    put = Put(m["thing"].lower(), (m["place"] or "").lower())
    return (put, actor), m["source"].lower() if m["source"] else None


# Steps


_AFTER = re.compile(
    rf"(?:after|once|when) (?:the )?(?:(?P<nth>{ORDINAL}|last|final) )?"
    r"(?:operation|move|step|event|action)s?(?: #?(?P<n>\d{1,2}))?"
    r"(?: (?:of|in) all)?,? (?P<rest>.+)",
    re.I,
)
_CONCLUDES = re.compile(r"(?:so|thus|therefore|hence)\b", re.I)
_UPON = re.compile(r"(?:after|when|once) (?P<event>[^,]+), (?P<rest>.+)", re.I)
_BEGINS = re.compile(
    r"(?:initially|at (?:the )?(?:start|beginning|first)|(?:the )?(?:start|initial state))\b"
    r"[,:]?\s*",
    re.I,
)
_ENDS = re.compile(
    r"(?:(?:at|in) the end|finally|(?:the )?final (?:state|answer|position)(?: is)?"
    r"|(?:the )?answer(?: is|:)|after all(?: the)? \w+)\s*[,:]?\s*",
    re.I,
)
_NUMBER = re.compile(r"\s*\(?(?:step )?\d{1,2}[.):]\s+", re.I)
_SIGN = re.compile(
    r"\s*(?:→|->|⇒|=>|:)\s*|,? (?:so|and) now |,? so "
    r"|,? (?:which )?(?:gives|giving|leaves|leaving|makes)(?: us)? "
    r"|,? (?=(?:it|the [a-z]+) (?:is|becomes|equals|now|will) )",
    re.I,
)
_UNSURE = re.compile(
    r"\b(?:if|suppose|would|could|might|thinks?|believes?|looks?|not|never|before|was|had|until)\b|\?",
    re.I,
)


def read(step: Step, context: Context) -> list[Claim]:
    """Every statement of a step about what changes, in order."""
    out: list[Claim] = []
    for span in sentences(step.text):
        text = step.text[span.start : span.end].rstrip(" .!")
        if context.question is not None and (
            values := answered(text, context.question, context.machine)
        ):
            out.append(_claim(step, Shown(values, final=True), span, Kind.ANSWER))
            continue
        found = _shown(text, context) if len(text) <= _LONGEST_SENTENCE else None
        if found is None and context.kind.mentions.search(text):
            out.append(_claim(step, Unread(), span))
        elif found is not None:
            out.append(_claim(step, found, span))
    return out


def _shown(text: str, context: Context) -> Shown | None:
    """What a sentence says; values without an event are said of a moment that may not be named."""
    text = _NUMBER.sub("", text, count=1) if _NUMBER.match(text) else text
    kind = context.kind
    if m := _AFTER.fullmatch(text):
        index = None
        if m["n"]:
            index = int(m["n"])
        elif m["nth"]:
            nth = m["nth"].lower()
            index = ORDINALS.get(nth, len(context.machine.events))
        values = _values(m["rest"], kind)
        if values is None or index is None:
            return None
        return Shown(values, index=index)
    if (m := _BEGINS.match(text)) and (values := _values(text[m.end() :], kind)):
        return Shown(values, start=True)
    if (m := _ENDS.match(text)) and (values := _values(text[m.end() :], kind)):
        return Shown(values, final=True)
    concluded = _CONCLUDES.match(text) is not None
    text = unled(text)
    if values := _values(text, kind):
        begins = re.search(r"\bstarts\b", text, re.I) is not None
        return Shown(values, start=begins, concluded=concluded)
    if (m := _UPON.fullmatch(text)) and (
        event := kind.event(m["event"]) or kind.event(_gerund(m["event"]))
    ):
        values = _values(m["rest"], kind)
        return Shown(values, event=event) if values is not None else None
    for sign in _SIGN.finditer(text):
        head = re.sub(r"^(?:after|when|once) ", "", text[: sign.start()], flags=re.I)
        event = kind.event(head) or kind.event(_gerund(head))
        values = _values(re.sub(r" \([^()]*\)$", "", text[sign.end() :]), kind)
        if event is not None and values is not None:
            return Shown(values, event=event)
    event = kind.event(text)
    return Shown((), event=event) if event is not None else None


def _gerund(head: str) -> str:
    return re.sub(r"^(push|pop)(?:p?ing)\b", r"\1", head, flags=re.I)


def _values(text: str, kind: Kinds) -> Values | None:
    if _UNSURE.search(text):
        return None
    return kind.values(text.strip(" *_`"))


def _claim(step: Step, body: Body, span: Span, kind: Kind = Kind.STATE) -> Claim:
    text = step.text[span.start : span.end]
    return Claim(kind, text, span.shift(step.span.start), step.index, text, Role.DERIVED, body)
