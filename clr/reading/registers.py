"""Numbers and switches that events change: a counter is incremented, lamps are toggled, x is set.

What is named has one value at a time, and an event changes what it names and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from clr.bodies.machines import (
    Add,
    Copy,
    Event,
    Machine,
    Put,
    Swap,
    Times,
    Toggle,
    Value,
    Values,
)
from clr.reading.lexicon import CARDINAL, cardinal
from clr.reading.machine_forms import Context, Kinds, told, unled

POLES = {
    "on": "off", "off": "on", "heads": "tails", "tails": "heads", "open": "closed",
    "closed": "open", "lit": "unlit", "unlit": "lit",
}  # fmt: skip
_POLE = r"(?:heads|tails|on|off|open|closed|lit|unlit)"
_UP = r"(?: up)?"
_COUNTER = r"(?:counter|score|accumulator|tally|register|display)"
_SWITCHES = r"(?:light switch|switch|lamp|light|bulb|coin|door|fan|gate|valve|button|locker)"
_VARIABLES = r"(?:variable|register|counter)"
_CONTAINERS = r"(?:box|cup|jar|bag|drawer|bowl|glass|bucket|tray)"
_NOUN = rf"(?:{_SWITCHES}|{_VARIABLES}|{_CONTAINERS})"
_NAME = r"(?:[A-Z]|[a-z]|\d{1,2})(?![\w'])"
_NUMBER = r"-?\d{1,9}"
_SOME = rf"(?:(?:{CARDINAL}|some|these|the|all|both|following) )*"
_AGAIN = r"(?: (?:again|now|then|once more|once))?"
_LIST = r"(?:,? and |, |; | & )"
_IS = (
    r"(?: (?:is|are|was|were|starts?|begins?|becomes?|stays?|remains?|holds|contains|equals|shows"
    r"|turns|has|goes)(?: (?:now|initially|currently|still|again|all|both|out|set|turned"
    r"|initiali[sz]ed|back|then|at|to|with|the value))*|\s*(?:=|:=|:|→|->))\s*"
)
_TURNS = {"twice": 2, "thrice": 3}
_DECLARED = re.compile(
    rf"(?:(?:there are|consider|you have|we have|(?:a|the) (?:room|panel) (?:has|with)) )?{_SOME}"
    rf"{_NOUN}e?s(?: in a row)?,? ?(?:named|labell?ed|numbered|called|:)? ?"
    rf"(?P<names>{_NAME}(?:{_LIST}{_NAME}){{0,9}}|1 (?:to|through) (?P<last>\d{{1,2}}))"
    rf"(?P<more>.*)",
    re.I,
)
_EVERY = re.compile(
    rf",?(?: (?:which|that|and))?(?: (?:they|are|all|both|each|of|them|it|the|these|{_NOUN}e?s"
    rf"|{CARDINAL}|is|start|starts|initially|currently|out|turned|with))*"
    rf" (?P<value>{_POLE}{_UP}|{_NUMBER})",
    re.I,
)
_COUNTS = re.compile(
    rf"(?:(?:an?|the) (?:\w+ )?(?:has|with) )?(?:an?|the) (?P<noun>{_COUNTER})(?: (?:that|which))?"
    rf"{_IS}(?P<value>{_NUMBER}|zero)",
    re.I,
)
_HOLDS = re.compile(
    rf"(?:.{{3,40}}: )?(?P<all>(?:the )?(?P<noun>{_CONTAINERS}) {_NAME} (?:holds|contains|has) .+)",
    re.I,
)
_HELD = re.compile(
    rf"(?:the )?{_CONTAINERS} (?P<slot>{_NAME}) (?:holds|contains|has) (?:an?|the)"
    r" (?P<value>[a-z]+(?: [a-z]+)?)",
    re.I,
)
_COMMANDS = re.compile(
    r"(?:(?:the|following|these|this) )*(?:commands?|operations?|instructions?|events?|steps?"
    r"|moves?|actions?|sequence)(?: (?:is|are|of|performed|executed|given|operations|commands|in"
    r"|order|the|following|follow))*\s*:?\s*(?=\w)",
    re.I,
)
_JOINS = re.compile(
    r"(?:,|;)? and (?:then )?|; |, then |, (?:after that|finally|next),? |, | then "
)


def registers(problem: str) -> Context | None:
    """Named numbers or switches with the events that change them; None unless each sentence is a
    value at the start, an event, or a question."""
    start: dict[str, Value] = {}
    declared: list[str] = []
    events: list[tuple[Event, str]] = []
    for text in told(problem):
        clause = unled(text)
        if not events and not start and (held := _held(clause)):
            start.update(held)
            continue
        if not events and (found := _begin(clause, declared)) is not None:
            names, had = found
            declared += [n for n in names if n not in declared]
            start.update(had)
            continue
        if not start or len(start) < len(declared):
            return None
        done = _told(_COMMANDS.sub("", clause, count=1), tuple(start))
        if done is None:
            return None
        events += done
    if not start or not events:
        return None
    slots = tuple(start)
    words = _words([str(v) for v in start.values()])
    poles = {str(v) for v in start.values()} & POLES.keys()
    if poles and (len(poles) > 2 or any(str(v) not in POLES for v in start.values())):
        return None
    machine = Machine(
        tuple(start.items()), tuple(e for e, _ in events), tuple(a for _, a in events)
    )
    if not poles and any(isinstance(e, Toggle) for e in machine.events):
        return None

    def event(clause: str) -> tuple[tuple[Event, ...], str] | None:
        done = _told(clause, slots)
        return (tuple(e for e, _ in done), done[0][1]) if done else None

    def values(clause: str) -> Values | None:
        return _values(clause, slots, bool(poles), words)

    about = "|".join([*map(re.escape, slots), _NOUN, "increment", "decrement", "toggl", "reset"])
    return Context(machine, Kinds(event, values, re.compile(rf"\b(?:{about})", re.I)))


def _begin(clause: str, declared: list[str]) -> tuple[list[str], dict[str, Value]] | None:
    """The slots that a sentence names, with what they have at the start."""
    if m := _DECLARED.fullmatch(clause):
        if m["last"]:
            names = [str(n) for n in range(1, int(m["last"]) + 1)]
        else:
            names = re.findall(_NAME, m["names"].replace(" and ", " "))
        if not m["more"].strip(" ,"):
            return names, {}
        if every := _EVERY.fullmatch(m["more"].rstrip()):
            return names, dict.fromkeys(names, _value(every["value"]))
    if m := _COUNTS.fullmatch(clause):
        return [m["noun"].lower()], {m["noun"].lower(): _value(m["value"])}
    if declared and (m := _EVERY.fullmatch(f" {clause}")):
        return [], dict.fromkeys(declared, _value(m["value"]))
    listed = re.match(rf"there are {CARDINAL} {_NOUN}e?s: ", clause, re.I)
    clause = clause[listed.end() :] if listed else re.sub(r"^[Ll]et ", "", clause)
    pairs = _pairs(clause, None)
    return ([name for name, _ in pairs], dict(pairs)) if pairs else None


def _held(clause: str) -> dict[str, str]:
    """What each of several containers holds, as in "box A holds a gold coin"."""
    m = _HOLDS.fullmatch(clause)
    parts = re.split(r",? and |, ", m["all"]) if m else []
    found = [_HELD.fullmatch(part) for part in parts]
    pairs = [(p["slot"], p["value"].lower()) for p in found if p is not None]
    held = dict(pairs)
    distinct = len(held) == len(set(held.values())) == len(parts)
    return held if len(parts) > 1 and distinct else {}


def _words(values: list[str]) -> dict[str, str]:
    """Ways to write each value that is a thing: a gold coin is "gold" where all are coins."""
    if not values or any(not re.fullmatch(r"[a-z]+(?: [a-z]+)?", v) or v in POLES for v in values):
        return {}
    nouns = {v.partition(" ")[2] for v in values}
    short = {v.partition(" ")[0]: v for v in values} if len(nouns) == 1 else {}
    return {**short, **{v: v for v in values}}


def _value(text: str) -> str:
    said = text.lower().removesuffix(" up")
    return "0" if said == "zero" else said if said in POLES else str(int(said))


@lru_cache(maxsize=64)
def _slot(slots: tuple[str, ...] | None) -> str:
    """How one of `slots` may be written, or with None any that a problem may name."""
    noun = rf"(?:(?i:the |an? )?(?:{_NOUN}|{_NOUN.title()}|Switch|Lamp|Light|Coin|Door) )"
    if slots is None:
        return rf"(?:{noun}{_NAME}|(?:[A-Z]|[b-z])(?![\w']))"
    known = "|".join(re.escape(s) for s in sorted(slots, key=len, reverse=True))
    named = rf"(?:{noun}?|(?i:the ))(?:{known})(?![\w'])"
    if len(slots) > 1:
        return named
    return (
        rf"(?:{named}|(?i:the (?:new |final |current |resulting )?value(?: of the {_COUNTER})?|it))"
    )


def _named(text: str, slots: tuple[str, ...] | None) -> str:
    """The slot that is written so."""
    last = text.split()[-1]
    if slots is None or last in slots:
        return last
    return slots[0] if len(slots) == 1 else last.lower()


@lru_cache(maxsize=64)
def _several(slots: tuple[str, ...] | None) -> str:
    """How some of `slots` may be written together: "A and C", "lamps 1, 2 and 3"."""
    slot = _slot(slots)
    name = _NAME if slots is None else slot
    plural = rf"(?i:the )?(?i:{_NOUN}e?s) {name}(?:{_LIST}{name}){{1,9}}"
    return rf"(?P<names>{plural}|{slot}(?:{_LIST}{slot}){{0,9}})"


def _all_named(text: str, slots: tuple[str, ...] | None) -> list[str]:
    return [_named(part, slots) for part in re.split(_LIST, text)]


def _pairs(
    text: str, slots: tuple[str, ...] | None, words: Mapping[str, str] = MappingProxyType({})
) -> list[tuple[str, str]] | None:
    """Slots with their values: "A is on, B and C are off", "x = 3; y = 4"."""
    said = rf"{_POLE}{_UP}|{_NUMBER}"
    if words:
        known = "|".join(sorted(words, key=len, reverse=True))
        said = rf"(?:the |an? )?(?:{known})(?: {_THING})?"
    pair = re.compile(
        rf"{_several(slots)}(?:{_IS}|\s+(?={_POLE}\b))(?P<value>{said})(?: again)?(?![\w.])"
    )
    out: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        m = pair.match(text, at)
        if m is None:
            return None
        value = _word(m["value"], words) if words else _value(m["value"])
        out += [(name, value) for name in _all_named(m["names"], slots)]
        at = m.end()
        if gap := re.compile(rf"{_LIST}|,? (?:but|while) ").match(text, at):
            at = gap.end()
        elif at < len(text):
            return None
    return out if len({n for n, _ in out}) == len(out) else None


_THING = r"(?:one|coin|ball|card|item)"


def _word(text: str, words: Mapping[str, str]) -> str:
    said = re.sub(r"^(?:the|an?) ", "", text.lower())
    return words.get(said) or words[said.rpartition(" ")[0]]


def _values(
    text: str, slots: tuple[str, ...], switches: bool, words: Mapping[str, str]
) -> Values | None:
    """What a clause says of the slots."""
    text = text.strip(" .*`")
    if len(slots) == 1 and re.fullmatch(rf"{_NUMBER}", text):
        return ((slots[0], str(int(text))),)
    if pairs := _pairs(text, slots, words):
        return tuple(pairs)
    if not switches or len(slots) == 1:
        return None
    only = re.fullmatch(
        rf"[Oo]nly {_several(slots)} (?:is|are)(?: still| now| left)? "
        rf"(?P<value>{_POLE}){_UP}",
        text,
    )
    if only:
        value = _value(only["value"])
        named = _all_named(only["names"], slots)
        return tuple((s, value if s in named else POLES[value]) for s in slots)
    every = re.fullmatch(
        rf"(?:all|both)(?: (?:of )?(?:them|the {_NOUN}e?s|{_NOUN}e?s))?(?: are)?(?: now)? "
        rf"(?P<value>{_POLE}){_UP}",
        text,
        re.I,
    )
    return tuple((s, _value(every["value"])) for s in slots) if every else None


def _told(clause: str, slots: tuple[str, ...]) -> list[tuple[Event, str]] | None:
    """The events of a clause or of a list of them, each with who does it."""
    whole = _event(clause.strip(" .*`"), slots)
    if whole is not None:
        return whole
    out: list[tuple[Event, str]] = []
    lead = ""
    for part in _JOINS.split(clause):
        said = part.strip(" .*`")
        if not said:
            continue
        done = _event(said, slots) or _event(f"{lead} {said}", slots)
        if done is None:
            return None
        if m := re.match(r"(?:[A-Z][a-z]+ )?[a-z]+(?= )", said):
            lead = m.group()
        out += done
    return out or None


_WHO = r"(?:(?P<actor>[A-Z][a-z]+|[Ss]omeone|[Yy]ou|[Ww]e|I|[Ss]he|[Hh]e|[Tt]hey) )?"
_TIMES = rf"(?: (?P<turns>twice|thrice|once|{CARDINAL} (?:more )?times))?"
_STEP = {"increment": 1, "increase": 1, "decrement": -1, "decrease": -1}
_VERBS = r"(?i:increment|increase|decrement|decrease)"


def _event(clause: str, slots: tuple[str, ...]) -> list[tuple[Event, str]] | None:
    """The events that one clause tells of: of one verb, but perhaps of several slots or times."""
    return next(filter(None, _events(clause, slots)), None)


def _events(clause: str, slots: tuple[str, ...]) -> Iterator[list[tuple[Event, str]]]:
    slot = _slot(slots)
    several = _several(slots)
    by = rf"(?: by (?P<by>\d{{1,6}}|{CARDINAL}))?"

    def told_of(m: re.Match[str], *events: Event) -> list[tuple[Event, str]]:
        said = m.groupdict()
        turns = said.get("turns") or ""
        count = _TURNS.get(turns, 1 if turns in ("", "once") else 0) or cardinal(turns.split()[0])
        actor = said.get("actor") or ""
        named = actor if actor[:1].isupper() and actor not in _NOBODY else ""
        return [(event, named) for _ in range(min(count, 60)) for event in events]

    def names(m: re.Match[str]) -> list[str]:
        if m.groupdict().get("names"):
            return _all_named(m["names"], slots)
        return list(slots) if len(slots) == 1 else []

    changed = rf"(?P<verb>{_VERBS})(?:s|d|ed|ing|ment)?"
    steps = (
        rf"{_WHO}{changed}(?: {several})?{_AGAIN}{by}{_TIMES}{_AGAIN}",
        rf"{several} (?:is|was|gets)(?: then)? {changed}{by}{_AGAIN}{_TIMES}",
        rf"(?:the )?(?:(?P<turns>{CARDINAL}) )?(?P<verb>{_VERBS})s?",
    )
    for pattern in steps:
        if m := re.fullmatch(pattern, clause):
            verb = m["verb"].lower()
            by_ = m.groupdict().get("by")
            if verb in ("increase", "decrease") and not by_:
                return
            amount = cardinal(by_) if by_ else 1
            if found := names(m):
                yield told_of(m, *(Add(n, _STEP[verb] * amount) for n in found))
    for pattern, sign in (
        (rf"{_WHO}(?i:add)(?:s|ed|ing)? (?P<by>\d{{1,6}})(?: to {several})?", 1),
        (rf"{_WHO}(?i:subtract)(?:s|ed|ing)? (?P<by>\d{{1,6}})(?: from {several})?", -1),
    ):
        if (m := re.fullmatch(pattern, clause)) and (found := names(m)):
            yield told_of(m, *(Add(n, sign * int(m["by"])) for n in found))
    if m := re.fullmatch(
        rf"{_WHO}(?P<verb>(?i:doubl|tripl))(?:es?|ed|ing)(?: {several})?", clause
    ) or re.fullmatch(rf"{several} (?:is|was)(?: then)? (?P<verb>doubl|tripl)ed", clause):
        factor = 2 if m["verb"].lower() == "doubl" else 3
        yield told_of(m, *(Times(n, factor) for n in names(m)))
    if m := re.fullmatch(
        rf"{_WHO}(?i:reset)(?:s|ting)?(?: {several})?(?: to (?P<to>{_NUMBER}|zero))?", clause
    ) or re.fullmatch(
        rf"{several} (?:is|was)(?: then)? reset(?: to (?P<to>{_NUMBER}|zero))?", clause
    ):
        yield told_of(m, *(Put(n, _value(m["to"] or "0")) for n in names(m)))
    if m := re.fullmatch(
        rf"{_WHO}(?:(?i:set)(?:s|ting)? )?(?P<names>{slot})(?: to | = | := )"
        rf"(?P<to>{_NUMBER}|{slot})",
        clause,
    ):
        target = _named(m["names"], slots)
        said = m["to"]
        source = None if re.fullmatch(_NUMBER, said) else _named(said, slots)
        yield told_of(m, Copy(target, source) if source else Put(target, str(int(said))))
    if len(slots) > 1 and (
        m := re.fullmatch(
            rf"{_WHO}(?i:swap|exchange)(?:s|d|ped|ping)? (?:the (?:values|contents) of )?"
            rf"(?P<first>{slot}) (?:and|with|↔) (?P<second>{slot})",
            clause,
        )
        or re.fullmatch(
            rf"(?:[Tt]he )?(?:contents|values) of (?P<first>{slot}) and (?P<second>{slot})"
            r" (?:are|were)(?: then)? (?:swapped|exchanged|switched)",
            clause,
        )
    ):
        yield told_of(m, Swap(_named(m["first"], slots), _named(m["second"], slots)))
    if m := re.fullmatch(
        rf"{_WHO}(?i:toggl|flip|press|switch)(?:es|ed|ing|e|s|ped|ping)? {several}{_AGAIN}{_TIMES}"
        rf"{_AGAIN}",
        clause,
    ) or re.fullmatch(
        rf"{several} (?:is|are|was|were)(?: then)? (?:toggled|flipped|pressed){_AGAIN}{_TIMES}",
        clause,
    ):
        yield told_of(m, *(Toggle(n, ("on", "off")) for n in names(m)))
    if m := re.fullmatch(
        rf"{_WHO}(?i:turn|switch|open|clos)(?:s|ed|ing|es|e)?(?: (?P<to>on|off))? {several}"
        rf"(?: (?P<then>on|off))?",
        clause,
    ):
        verb = re.search(r"(?i:open|clos)", clause)
        to = (
            m["to"]
            or m["then"]
            or ("" if verb is None else "open" if verb[0] == "open" else "closed")
        )
        if to and not (m["to"] and m["then"]):
            yield told_of(m, *(Put(n, to) for n in names(m)))


_NOBODY = ("Someone", "You", "We", "I", "She", "He", "They")
