"""Rows that are rearranged place by place, and what lies at a place while places are swapped.

"Seven cards lie in a row: A, B, C, ... The cards at positions 2 and 6 are exchanged." A thing that
lies at one of several numbered places ("a coin is under cup 2") is followed from place to place.
"""

from __future__ import annotations

import re

from clr.bodies.machines import Event, Exchange, Machine, Reverse, Values
from clr.reading.lexicon import CARDINAL, ORDINAL, ORDINALS, cardinal
from clr.reading.machine_forms import Context, Kinds, told, unled

_ITEM = r"[A-Za-z0-9]{1,12}"
_ROW = rf"{_ITEM}(?:(?:, |,| ){_ITEM}){{2,14}}(?:,? and {_ITEM})?"
_STARTS = re.compile(
    rf"(?:(?P<count>{CARDINAL}) [a-z]+ (?:lie|are|stand|sit)s?(?: (?:laid|placed|arranged|out))*"
    r" in a (?:row|line)|(?:start|begin) with the (?:list|sequence|array|row)"
    r"|the (?:initial )?(?:list|sequence|array|row|order) (?:is|starts as))(?: as follows)?"
    rf"(?:,? from left to right)?[,:]?\s*\[?(?P<row>{_ROW})\]?",
    re.I,
)
_PLACES = re.compile(
    rf"(?:there are )?(?P<count>{CARDINAL}) (?P<noun>cup|box|door|shell|card|seat)(?:e?s)"
    rf"(?: in a row)?(?: are)?,? (?:numbered|labell?ed) (?:from )?1 (?:to|through)"
    r" (?P<last>\d{1,2})(?: from left to right)?",
    re.I,
)
_LIES = re.compile(
    r"(?:an?|the) (?P<thing>[a-z]+) (?:is|starts|lies)(?: (?:hidden|initially|placed|out))*"
    r" (?:under|in|behind|at|on) (?:the )?(?P<noun>[a-z]+) (?P<place>\d{1,2})",
    re.I,
)
_THE = r"(?:the )?"
_SWAPPED = r"(?:are |is )?(?:then )?(?:swapped|exchanged|switched|interchanged)"
_AT = r"(?:(?:[a-z]+ )?(?:(?:at|in) )?(?:positions?|places?) |(?P<kind>[a-z]+?)s )?"
_TWO = r"(?P<a>\d{1,2}) (?:and|with|&|↔) (?:(?:positions?|cup|box|[a-z]+) )?(?P<b>\d{1,2})"
_SWAPS = (
    re.compile(rf"{_THE}{_AT}{_TWO}(?: {_SWAPPED})", re.I),
    re.compile(rf"(?:swap|exchange|switch)(?:ping|ing|s|ed|ped)? {_THE}{_AT}{_TWO}", re.I),
)
_REVERSED = (
    re.compile(
        rf"(?:reverse|reversing|reversed) {_THE}(?:order of {_THE})?(?:(?P<end>first|last)"
        rf" (?P<count>{CARDINAL})|whole|entire|row|list|order)(?: [a-z]+)?",
        re.I,
    ),
    re.compile(
        rf"{_THE}(?:order of {_THE})?(?:(?P<end>first|last) (?P<count>{CARDINAL})|whole|entire)"
        r" [a-z]+ (?:is|are)(?: then)? reversed",
        re.I,
    ),
)
_NTH = re.compile(rf"{_THE}(?P<a>{ORDINAL}) and {_THE}(?P<b>{ORDINAL}) [a-z]+ {_SWAPPED}", re.I)
_JOINS = re.compile(r"(?:,|;)? and then |; |,? then |, (?:after that|finally|next),? ")


def rows(problem: str) -> Context | None:
    """A row, or a thing at one of several places, with the events that move what is there; None
    unless each sentence is a start, an event, or a question."""
    slot, start, size = "", "", 0
    row: tuple[str, ...] = ()
    events: list[Event] = []
    for text in told(problem):
        clause = unled(text)
        if (m := _STARTS.fullmatch(clause)) and not slot:
            row = _items(m["row"])
            if len(set(row)) < len(row) or (m["count"] and cardinal(m["count"]) != len(row)):
                return None
            slot, size = "row", len(row)
        elif (m := _PLACES.fullmatch(clause)) and not slot:
            size = cardinal(m["count"])
            if int(m["last"]) != size:
                return None
        elif (m := _LIES.fullmatch(clause)) and size and not slot:
            slot, start = m["thing"].lower(), str(int(m["place"]))
        else:
            done = [_event(part, slot or "row", size) for part in _parts(clause)]
            if not slot or None in done:
                return None
            events += [event for event in done if event is not None]
    if not slot or (start and "position" not in problem):
        return None  # a number may belong to the cup that is moved, and not to its place
    machine = Machine(((slot, row or start),), tuple(events), ("",) * len(events))

    def event(clause: str) -> tuple[tuple[Event, ...], str] | None:
        found = _event(clause, slot, size)
        return ((found,), "") if found else None

    def values(clause: str) -> Values | None:
        return _row_of(clause, row) if row else _place_of(clause, slot, size)

    about = r"\b[Ss]wap|\b[Rr]evers|exchang|position" if row else rf"\b{slot}\b|\b[Ss]wap"
    return Context(machine, Kinds(event, values, re.compile(about)))


def _parts(clause: str) -> list[str]:
    """The events of a sentence: "A and B are swapped, then C and D are swapped"."""
    parts = _JOINS.split(clause)
    return [unled(part).strip(" ,") for part in parts]


def _items(text: str) -> tuple[str, ...]:
    return tuple(re.findall(_ITEM, re.sub(r",? and ", " ", text)))


def _event(clause: str, slot: str, size: int) -> Event | None:
    clause = clause.strip(" .*")
    for pattern in _SWAPS:
        if m := pattern.fullmatch(clause):
            a, b = int(m["a"]), int(m["b"])
            return Exchange(slot, a, b) if min(a, b) >= 1 and max(a, b) <= size else None
    if m := _NTH.fullmatch(clause):
        a, b = (ORDINALS[m[end].lower()] for end in "ab")
        return Exchange(slot, a, b) if max(a, b) <= size else None
    for pattern in _REVERSED:
        if m := pattern.fullmatch(clause):
            count = cardinal(m["count"]) if m["count"] else size
            first = size - count + 1 if (m["end"] or "").lower() == "last" else 1
            return Reverse(slot, first, first + count - 1) if 1 < count <= size else None
    return None


_SHOWN = re.compile(
    rf"(?:(?:the |our )?(?:\w+ )?(?:row|list|order|sequence|array)(?: (?:is|becomes))?"
    rf"(?: now)?:? )?\[?(?P<row>{_ROW})\]?",
    re.I,
)


def _row_of(clause: str, row: tuple[str, ...]) -> Values | None:
    m = _SHOWN.fullmatch(clause.strip(" .*`"))
    items = _items(m["row"]) if m else ()
    return (("row", items),) if sorted(items) == sorted(row) else None


def _place_of(clause: str, slot: str, size: int) -> Values | None:
    m = re.fullmatch(
        rf"(?:(?:so )?(?:the |our )?(?:{slot}|it)(?: (?:is|moves|goes|starts|stays|remains|ends up"
        r"|was|moved|still|now))*(?: (?:at|to|in|under|behind|on))?,? )?"
        r"(?:the )?(?:cup|box|door|shell|card|seat|position|place)(?: at position)? "
        r"(?P<place>\d{1,2})",
        clause.strip(" .*`"),
        re.I,
    )
    if m is None or not 1 <= int(m["place"]) <= size:
        return None
    return ((slot, str(int(m["place"]))),)
