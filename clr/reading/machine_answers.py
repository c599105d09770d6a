"""What is asked of things that change, and answers to it: "Where is the key?", "in the box"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clr.bodies.machines import Machine, Put, Toggle, Values
from clr.reading.replies import reply_in

_POLE = r"(?P<value>heads|tails|on|off|open|closed|lit|unlit)(?: up)?"
_STILL = r"(?: (?:still|now|currently|turned))*"
_NAMED = r"(?P<slot>[\w -]{1,40}?)"
_END = r"(?: (?:now|(?:at|in) the (?:very )?end|finally|afterwards?))?"
_LED = re.compile(
    r"(?:so|now|then|(?:at|in) the end|finally"
    r"|after (?:all )?(?:of )?(?:these|those|the) \w+s),? ",
    re.I,
)
_QUESTIONS = tuple(
    re.compile(rf"{form}{_END}\?", re.I)
    for form in (
        rf"where (?:is|are|will|does|did) {_NAMED}(?: (?:be|end up|located))*",
        rf"(?:is|are) {_NAMED}{_STILL} {_POLE}",
        rf"which (?:of (?:them|the [a-z]+) |[a-z]+ )?(?:is|are){_STILL} {_POLE}",
        rf"what (?:is|does|will) (?:the (?:final |current )?(?:value|number) (?:of|on|in|at) )?"
        rf"{_NAMED}(?: (?:show|hold|have|contain|read|be|display))?",
    )
)
_PLACE = re.compile(r"(?:(?:inside|into|in|on|under|at) )?(?:the |an? )?(?P<place>.+)", re.I)
_JOINS = re.compile(r",? and |, ?")


@dataclass(frozen=True, slots=True)
class Question:
    """What `slot` has in the end is asked, or with `value` whether it has that; without a slot,
    which ones have `value`."""

    slot: str | None
    value: str | None


def asked(problem: str, machine: Machine) -> Question | None:
    """The only question of a problem, if it is about the state in the end."""
    text = problem.strip()
    if text.count("?") != 1 or not text.endswith("?"):
        return None
    sentence = re.split(r"[.!:\n]\s*", text)[-1]
    sentence = _LED.sub("", sentence, count=1) if _LED.match(sentence) else sentence
    for form in _QUESTIONS:
        if m := form.fullmatch(sentence):
            found = m.groupdict()
            slot = _slot(found["slot"], machine) if found.get("slot") else None
            if found.get("slot") and slot is None:
                return None
            value = found.get("value")
            return Question(slot, value.lower() if value else None)
    return None


def answered(text: str, question: Question, machine: Machine) -> Values | None:
    """What a sentence says that gives the answer; None for another, or one that is not read."""
    reply = reply_in(text)
    if reply is None:
        return None
    said = reply.lower()
    slot, value = question.slot, question.value
    if slot is None:
        assert value is not None
        return _those(reply, value, machine)
    if value is not None:
        other = _other(value, machine)
        if other is None or said not in ("yes", "no", value, other):
            return None
        return ((slot, value if said in ("yes", value) else other),)
    if re.fullmatch(r"-?\d{1,12}", said):
        return ((slot, str(int(said))),)
    place = _PLACE.fullmatch(said)
    places = {str(v) for _, v in machine.start}
    places |= {e.value for e in machine.events if isinstance(e, Put)}
    return ((slot, place["place"]),) if place and place["place"] in places else None


def _those(said: str, value: str, machine: Machine) -> Values | None:
    """All slots, of which those that are listed have `value`, and the others the other one."""
    listed = [] if said.lower() in ("none", "none of them") else _JOINS.split(said)
    named = [_slot(name, machine) for name in listed]
    other = _other(value, machine)
    if other is None or None in named:
        return None
    return tuple((slot, value if slot in named else other) for slot, _ in machine.start)


def _slot(text: str, machine: Machine) -> str | None:
    """The slot that is called so; "lamp A" may be A."""
    slots = {slot for slot, _ in machine.start}
    slots |= {event.slot for event in machine.events if isinstance(event, Put)}
    whole = re.sub(r"^(?:the|an?) ", "", text.strip(), flags=re.I)
    names = [whole, whole.lower()]
    if m := re.fullmatch(r"[a-z]+ (\w{1,2})", whole):
        names.append(m[1])
    return next((name for name in names if name in slots), None)


def _other(value: str, machine: Machine) -> str | None:
    """The other one of two values between which events change what they name."""
    for event in machine.events:
        if isinstance(event, Toggle) and value in event.values:
            one, other = event.values
            return other if value == one else one
    return None
