"""Events as a trace names them: "Otto ↔ Ros", "2 from Y to Z", "flip all", "append 6"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache
from itertools import product
from math import prod
from typing import NamedTuple, TypeAlias

from clr.bodies.transitions import (
    Arrange,
    Become,
    Carry,
    Drop,
    Event,
    Exchange,
    Flip,
    Grow,
    Insert,
    Scale,
    Send,
    Share,
    Shift,
    Told,
    Turn,
)
from clr.reading.lexicon import CARDINAL, CARDINALS, ORDINAL, cardinal
from clr.reading.transition_states import CLASSES, name_of, value_of

_NAME = r"(?:(?:the |an? )?[\w'’-]+(?: [\w'’-]+)?)"
_N = rf"(?:{CARDINAL})"
_AND = r"(?: and | with | & |\s*/\s*|\s*(?:↔|<->|⇄|<=>|⟷|⇔|⇆)\s*|, )"
_ARROW = r"\s*(?:↔|<->|⇄|<=>|⟷|⇔|⇆)\s*"
_OBJECT = r"(?: (?:(?:the|their|his|her|its) )?[a-z]+(?: (?:with )?each other)?| with each other)?"
_SWAP = r"(?P<verb>swap|switch|trad|exchang|interchang)(?:e|s|es|ed|ped|ing|ping)?"
_WHO = (
    r"(?:(?:we|you|i|he|she|they|someone|the \w+|[a-z]+(?= (?:moves|flips|toggles|pushes|pops|adds"
    r"|removes|reverses|inserts|appends|transfers|carries|brings|inverts|switches|turns) )) )?"
)
_MOVE = (
    r"(?:mov|transfer|shift|tak|pass|bring|carr|put|send|sent|pour|tip|hand|took|giv|gave)(?:e|es"
    r"|s|ed|red|ing|ring"
    r"|y|ies|ied|t)?"
)
_MUCH = rf"(?P<much>{_N}|everything|all(?: of (?:it|them))?|half(?: of (?:it|them))?)"
_AMOUNTS = f"everything all half {' '.join(CARDINALS)} 0 1 2 3 4 5 6 7 8 9"
_NOUN = r"(?: (?!from\b|to\b|of\b|in\b|into\b)[a-z]+(?! of))?"
_FLIP = r"(?:(?:flip|toggl|invert)(?:e|s|es|d|ed|ped|ing|ping)?(?: over)?|turn(?:s|ed|ing)? over)"
_AT_AN_END = r"(?:at|to|from|on|off) (?:the )?(?:very )?"
_ENDS = {
    "end": rf"(?:{_AT_AN_END}(?:end|back|rear|right(?: end)?|right-hand end))",
    "front": rf"(?:{_AT_AN_END}(?:front|beginning|start|left(?: end)?|left-hand end|head))",
}
_AHEAD = r"(?:(?:at|to|on) (?:the )?(?:very )?(?:front|head|left end|left-hand end))"
"""As the front, but with no word that may also speak of time."""
_ITEM = r"[\"'“‘]?(?P<item>-?\w[\w-]*)[\"'”’]?"
_WAYS = (
    r"(?P<way>up|down|left|right|north|south|east|west"
    r"|upwards?|downwards?|forwards?|backwards?)(?:wards?)?"
)
_UNITS = (
    r"(?: (?:squares?|steps?|floors?|levels?|stor(?:e?ys?|ies)"
    r"|columns?|rows?|cells?|places?|units?|blocks?|spaces?|tiles?))?"
)
_NUMBERED = (
    r"(?:in |after |for |on )?(?:the )?(?:step|swap|event|move|operation|round|trade"
    r"|exchange|action|turn|day|stop)"
)
_LEAD = re.compile(
    rf"{_NUMBERED} ?#?(?:\d{{1,2}}|{CARDINAL})[\s:.),(–—-]+|"
    r"(?:(?:then|next|now|first|second|third|fourth|fifth|sixth|last|finally|lastly|afterwards"
    r"|and|so|after that|again"
    r"|after|when|once|upon|on|by|with|step|swap|event|move|operation|op|round|trade|exchange"
    r"|action|turn|state"
    rf"|applying|apply|perform|performing|doing|process|instruction|command|stop)"
    r"(?: ?#?\d{1,2}(?=[\s:.),(]|$))?(?:[,:.)(–—-]+\s*|\s+)|\(?(?:\d{1,2}|[a-z]|[ivx]+)[.)]\s+"
    r"|#\d+[:.]?\s+"
    r"|(?:the )?(?:first|second|third|fourth|fifth|sixth|seventh|last|final|next) (?:swap|event"
    r"|move|operation|step|trade|exchange|action|round)\s*[,:(–—-]\s*)",
    re.I,
)
LABEL = re.compile(
    r"(?:(?:the )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|last|final|next) )?"
    r"(?:step|swap|event|move|operation|op|round|trade|exchange|action|state|instruction|command"
    r"|stop"
    r"|line|row|change)s?(?: ?#?\d{1,2}| (?:one|two|three|four|five|six|seven|eight|nine"
    r"|ten))?|#\d+",
    re.I,
)
"""Words that only number what comes after them."""


def events_in(text: str) -> Told | None:
    """The events that `text` names, in order, if that is all it does."""
    clause = _plain(text)
    if not clause or len(clause) > 120:
        return None
    hinted = _hinted(clause)
    if not hinted:
        return None
    for _ in range(_MOST_LEADS):
        whole = _readings(clause, hinted)
        if whole:
            return Told(whole)
        m = _LEAD.match(clause)
        if m is None:
            break
        clause = _behind(m)
    parts = re.split(
        r"(?:, then |; then |,? and then | then |; |, and (?:then )?|, | and )", clause
    )
    if not 1 < len(parts) <= 6:
        return None
    each = []
    for part in parts:
        each.append(_readings(part.strip(), hinted))
        if not each[-1]:
            return None
    if prod(map(len, each)) > 16:
        return None
    return Told(tuple(tuple(e for events in way for e in events) for way in product(*each)))


def may_tell(text: str) -> bool:
    """Whether the beginning of `text` may name events: a look in place of one at each piece."""
    clause = _plain(text)
    forms = _forms(_hinted(clause))
    for leads in range(_MOST_LEADS + 1 if forms else 0):
        for pattern, _ in forms:
            if pattern.match(clause):
                return True
        m = _LEAD.match(clause) if leads < _MOST_LEADS else None
        if m is None:
            break
        clause = _behind(m)
    return False


_MOST_LEADS = 5


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" .,;!*_`()").lower()


def _behind(lead: re.Match[str]) -> str:
    return lead.string[lead.end() :].strip(" .,;:*()")


@lru_cache(maxsize=1024)
def _readings(clause: str, hinted: int) -> tuple[tuple[Event, ...], ...]:
    """What one clause may tell: events of one verb, but perhaps of several names. The bits of its
    forms are among those `hinted`."""
    found = (
        event(m)
        for pattern, event in _forms(hinted)
        if (m := pattern.fullmatch(clause)) and _PRONOUNS.isdisjoint(m.groupdict().values())
    )
    return tuple(dict.fromkeys(events for events in found if events is not None))


def _hinted(clause: str) -> int:
    """The bits of the forms that a clause may have, by its words and signs."""
    bits = 0
    for word in clause.split():
        bits |= _hinted_by(word)
    for sign in _ARROWS.findall(clause):
        bits |= _hinted_by(sign)
    return bits


@lru_cache(maxsize=4096)
def _hinted_by(word: str) -> int:
    bits = 0
    for end in range(1, min(len(word), _LONGEST_HINT) + 1):
        bits |= _HINTS.get(word[:end], 0)
    return bits


_ARROWS = re.compile("[↔⇄⟷⇔⇆<→>]")


@lru_cache(maxsize=256)
def _forms(bits: int) -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Made]], ...]:
    return tuple((pattern, f.event) for f in _FORMS if f.bit & bits for pattern in f.patterns)


_PRONOUNS = frozenset(
    "it he she him her them they this that these those himself herself itself themselves same who"
    "".split()
)
"""Words for a thing that was named before, which are no names."""
Made: TypeAlias = tuple[Event, ...] | None


class _Form(NamedTuple):
    """Ways to tell of an event, and the event that they tell of; `bit` stands for the form in a set
    of forms."""

    patterns: tuple[re.Pattern[str], ...]
    event: Callable[[re.Match[str]], Made]
    bit: int


_FORMS: list[_Form] = []
_HINTS: defaultdict[str, int] = defaultdict(int)
"""What words begin with, or signs, without any of which a clause has none of the forms; with the
bits of those that it may have."""


def _form(
    *patterns: str, of: str
) -> Callable[[Callable[[re.Match[str]], Made]], Callable[[re.Match[str]], Made]]:
    def add(made: Callable[[re.Match[str]], Made]) -> Callable[[re.Match[str]], Made]:
        form = _Form(tuple(map(re.compile, patterns)), made, 1 << len(_FORMS))
        _FORMS.append(form)
        for hint in of.split():
            _HINTS[hint] |= form.bit
        return made

    return add


@_form(
    rf"(?:the )?(?:(?:{ORDINAL}|last|final|next) )?(?:swap|switch|trade|exchange)(?: ?#?\d{{1,2}})?"
    rf"\s*[(:,–-]\s*(?P<a>[\w'’]+)(?:{_AND}|\s*[–-]\s*)(?P<b>[\w'’]+)",
    rf"(?P<a>{_NAME}){_ARROW}(?P<b>{_NAME})(?: swap| trade| exchange)?",
    rf"{_WHO}{_SWAP} (?:(?:the )?(?:contents|values|places|positions|items|things|places) of"
    rf" )?(?:both )?(?P<a>{_NAME}){_AND}(?P<b>{_NAME})",
    rf"(?:the )?(?:{_SWAP}|swap) (?:of|between) (?P<a>{_NAME}) (?:and|with) (?P<b>{_NAME})",
    rf"(?P<a>{_NAME}) and (?P<b>{_NAME})(?: then| now| both)? {_SWAP}{_OBJECT}",
    rf"(?P<a>{_NAME}) and (?P<b>{_NAME}) (?:are|were|get)(?: then)? {_SWAP}",
    rf"(?P<a>{_NAME})(?: then| now)? {_SWAP}(?: (?:the |his |her |its )?[a-z]+)? with "
    rf"(?P<b>{_NAME})",
    r"(?P<a>[\w'’]+)\s*[–—/-]\s*(?P<b>[\w'’]+) (?P<verb>swap|trade|exchange)",
    rf"(?P<a>{_NAME}) and (?P<b>{_NAME}) (?:change|changed) (?:places|seats|positions|chairs"
    rf"|spots)",
    r"(?P<verb>swap|trade|exchange) (?P<a>[\w'’]+)\s*[–—/-]\s*(?P<b>[\w'’]+)",
    of="swap switch trad chang exchang interchang ↔ < ⇄ ⟷ ⇔ ⇆",
)
def _exchanged(m: re.Match[str]) -> Made:
    a, b = name_of(m["a"]), name_of(m["b"])
    if a == b or {a, b} & _VAGUE:
        return None
    return (Exchange(a, b, switched=(m.groupdict().get("verb") or "") == "switch"),)


_VAGUE = frozenset(
    "them it they both all one other others two three each everyone everybody he she we i you his"
    " her this that".split()
)


def _amount(text: str) -> str:
    said = text.split()[0]
    return (
        {"everything": "all"}.get(said, said)
        if said in ("everything", "all", "half")
        else str(cardinal(said))
    )


@_form(
    rf"{_WHO}(?:{_MOVE} )?{_MUCH}{_NOUN}(?: (?:is|are|go|goes|moves?|moved))* (?:from|out of|in) "
    rf"(?P<a>{_NAME}) (?:in)?to (?P<b>{_NAME})",
    rf"{_WHO}(?:{_MOVE} )?(?:everything|all|(?P<much>half))(?: that is|{_NOUN}) (?:from|in|of) "
    rf"(?P<a>{_NAME}) (?:in)?to (?P<b>{_NAME})",
    rf"from (?P<a>{_NAME}) to (?P<b>{_NAME})[:,]? \(?{_MUCH}{_NOUN}\)?",
    rf"(?P<a>{_NAME})\s*(?:→|->)\s*(?P<b>{_NAME})(?:: | \(){_MUCH}{_NOUN}\)?",
    r"(?P<a>\w{1,12})(?:→|->)(?P<b>\w{1,12}) (?P<much>\d{1,6})",
    rf"(?P<a>{_NAME}) (?:gives|gave|passes|passed|hands|sends) {_MUCH}{_NOUN} to (?P<b>{_NAME})",
    rf"(?P<a>{_NAME}) (?:gives|gave|hands|sends) (?P<b>[\w'’-]+) (?P<much>{_N}){_NOUN}",
    rf"(?P<b>{_NAME}) (?:takes|gets|receives|steals|wins) {_MUCH}{_NOUN} from (?P<a>{_NAME})",
    rf"{_WHO}(?:empty|tip|pour) (?P<a>{_NAME}) into (?P<b>{_NAME})",
    of=f"{_AMOUNTS} → > gives gave hands sends takes gets receives steals wins empty tip pour",
)
def _carried(m: re.Match[str]) -> Made:
    a, b = name_of(m["a"]), name_of(m["b"])
    if a == b or {a, b} & _VAGUE:
        return None
    much = m.groupdict().get("much")
    return (Carry(_amount(much) if much else "all", a, b),)


@_form(
    rf"{_WHO}{_MOVE} (?:the )?(?P<what>[a-z]+(?: [a-z]+)?) from (?P<a>{_NAME}) (?:in)?to "
    rf"(?P<b>{_NAME})",
    of="mov transfer shift tak pass bring carr put send sent pour tip hand took giv gave",
)
def _thing_carried(m: re.Match[str]) -> Made:
    a, b, what = name_of(m["a"]), name_of(m["b"]), value_of(m["what"])
    return (Carry(what, a, b),) if a != b and what not in _VAGUE else None


_PART_OF_THEM = r"(?:odd|even|other|others|remaining|rest|but|except|second|third|fourth)\b"


def names_in(text: str) -> tuple[str, ...] | None:
    """Names in a list: "lamps 1, 2 and 3", "the first and the third"; empty for all of them."""
    text = text.strip()
    if re.fullmatch(
        rf"(?:all|both|every|each)(?: one)?(?: of)?(?: (?:the|them|these|those))?(?: {_N})?(?: of"
        rf" them)?(?: (?!{_PART_OF_THEM})[a-z]+)?",
        text,
    ):
        return ()
    if m := re.fullmatch(rf"(?:the )?first (?P<n>{CARDINAL})(?: [a-z]+)?", text):
        return tuple(map(str, range(1, cardinal(m["n"]) + 1)))
    text = re.sub(rf"^(?:the )?(?:buttons? (?:of|for) )?(?:the )?{CLASSES}e?s (?=\w)", "", text)
    parts = [p for p in re.split(r",? and |, | & ", text) if p]
    names = []
    for part in parts:
        m = re.fullmatch(
            rf"(?:the )?(?:(?P<nth>{ORDINAL}|last)(?: (?:one|bit|digit|flag|candle|letter|entry"
            rf"|element|{CLASSES}))?|(?:{CLASSES}"
            rf" )?(?P<name>[\w'’-]+))",
            part,
        )
        if m is None:
            return None
        name = m["nth"] or m["name"]
        if name in _VAGUE or name in ("rest", "remaining", "same"):
            return None
        names.append(name)
    return tuple(names) if names and len(set(names)) == len(names) else None


@_form(
    rf"{_WHO}{_FLIP} (?P<names>.+?)(?: over)?(?: \(.*\))?",
    r"(?P<names>.+?) (?:is|are|gets?)(?: then)? (?:flipped|toggled|inverted|turned over)",
    of="flip toggl invert over",
)
def _flipped(m: re.Match[str]) -> Made:
    names = names_in(m["names"])
    if names is None or (
        m["names"] in ("it", "list", "the list", "the row", "row", "order", "the order")
    ):
        return None
    return (Flip(names),)


@_form(
    rf"{_WHO}(?:turn|switch)(?:s|es|ed|ing)? (?P<value>on|off) (?P<names>.+)",
    rf"{_WHO}(?:turn|switch|set)(?:s|es|ed|ing|ting)? (?P<names>.+?) (?:to )?(?P<value>on|off)",
    rf"{_WHO}(?P<verb>open|close)(?:s|d|ed|ing)? (?P<names>.+)",
    of="turn switch set open close",
)
def _set(m: re.Match[str]) -> Made:
    names = names_in(m["names"])
    verb = m.groupdict().get("verb")
    value = ("open" if verb == "open" else "closed") if verb else m["value"]
    return (Become(names, value),) if names else None


@_form(
    rf"{_WHO}(?P<verb>add|put|place|remove|take|subtract)(?:s|es|d|ed|ing)? (?P<n>{_N})(?:"
    rf" more)?{_NOUN}(?: (?:to|in|into|from|out of|off) (?P<name>{_NAME}))?",
    rf"(?P<name>{_NAME}) (?P<verb>gains|gets|receives|loses)(?: another)? "
    rf"(?P<n>{_N})(?: more)?{_NOUN}",
    rf"(?P<n>{_N})(?: more)?(?: people| passengers)? (?P<verb>get on|board|enter|get in|come in"
    rf"|join|get off|leave|exit|get out|alight|hop on|hop off)",
    r"(?P<verb>\+|[-−])\s?(?P<n>\d{1,4})",
    of="add put place remove take subtract gains get receives loses board enter come join leave"
    " exit alight hop + - −",
)
def _grown(m: re.Match[str]) -> Made:
    verb = m["verb"]
    loses = re.match(
        r"remove|take|subtract|loses|get off|leave|exit|get out|alight|hop off|[-−]",
        verb,
    )
    n = cardinal(m["n"])
    name = m.groupdict().get("name")
    if name and name_of(name) in _VAGUE | {"list", "end", "front", "row", "queue", "stack", "top"}:
        return None
    return (Grow(name_of(name) if name else "", -n if loses else n),)


@_form(
    rf"{_WHO}(?P<verb>doubl|tripl)(?:e|es|ed|ing) (?:the (?:number|value|contents?) (?:of|in)"
    rf" )?(?P<name>{_NAME})",
    rf"(?P<name>{_NAME}) (?P<verb>doubl|tripl)(?:es|ed)(?: (?:his|her|its|what).*)?",
    of="doubl tripl",
)
def _scaled(m: re.Match[str]) -> Made:
    name = name_of(m["name"])
    return (Scale(name, 2 if m["verb"] == "doubl" else 3),) if name not in _VAGUE else None


@_form(
    r"(?:×|x|times|multipl(?:y|ies|ied|ying)(?: it)? by) ?(?P<n>\d{1,3})",
    r"(?P<n>doubl|tripl)(?:e|es|ed|ing)(?: it)?",
    of="× x times multipl doubl tripl",
)
def _multiplied(m: re.Match[str]) -> Made:
    return (Scale("", {"doubl": 2, "tripl": 3}.get(m["n"]) or int(m["n"])),)


@_form(
    r"(?:÷|divid(?:e|es|ed|ing)(?: it)? by) ?(?P<n>\d{1,3})",
    r"(?P<n>halv)(?:e|es|ed|ing)(?: it)?",
    of="÷ divid halv",
)
def _divided(m: re.Match[str]) -> Made:
    return (Share("", 2 if m["n"] == "halv" else int(m["n"])),)


_LIST = (
    r"(?: (?:to|of|in|into|from|on|onto|off) (?:the )?(?:list|row|queue|line|stack|array|pile))?"
)


@_form(
    rf"{_WHO}(?:push|append)(?:es|ed|ing)? {_ITEM} (?:on|to|at) (?:the )?(?:right|back|end)(?:"
    rf" side)?",
    rf"{_WHO}(?:append)(?:s|ed|ing)? (?:an? )?{_ITEM}{_LIST}(?: (?P<end>{_ENDS['end']}))?{_LIST}",
    rf"{_WHO}(?:add|insert|put|place)(?:s|ed|ing)? (?:an? )?{_ITEM} (?P<end>{_ENDS['end']}){_LIST}",
    rf"{_ITEM} (?:added |inserted |put |goes )?(?P<end>{_ENDS['end']})",
    of="append end back rear right",
)
def _appended(m: re.Match[str]) -> Made:
    return (Insert(m["item"], "end"),)


@_form(
    rf"{_WHO}(?:enqueue)(?:s|d|ing)? {_ITEM}{_LIST}",
    rf"{_WHO}add(?:s|ed|ing)? (?:an? )?{_ITEM}{_LIST}",
    rf"{_ITEM} (?:joins|enters)(?: the queue| the line)?(?: {_ENDS['end']})?(?: of the (?:queue"
    rf"|line))?",
    of="enqueue add joins enters",
)
def _enqueued(m: re.Match[str]) -> Made:
    return (Insert(m["item"], "tail"),)


@_form(
    rf"{_WHO}(?:push|append)(?:es|ed|ing)? {_ITEM} (?:on|to|at) (?:the )?(?:left|front)(?: side)?",
    rf"{_WHO}prepend(?:s|ed|ing)? (?:an? )?{_ITEM}{_LIST}",
    rf"{_WHO}(?:add|insert|put|place)(?:s|ed|ing)? (?:an? )?{_ITEM} {_ENDS['front']}{_LIST}",
    rf"{_ITEM} (?:added |inserted |put |goes )?{_AHEAD}",
    rf"{_ITEM} (?:added |inserted |put ){_ENDS['front']}",
    of="prepend front beginning start left head",
)
def _prepended(m: re.Match[str]) -> Made:
    return (Insert(m["item"], "front"),)


_SENT = (
    r"(?:mov(?:e|es|ed|ing)|send(?:s|ing)?|sent|put(?:s|ting)?|go(?:es)?|rotates?|shift(?:s|ed)?)"
)


@_form(
    rf"{_WHO}(?:{_SENT} )?(?:the )?{_ITEM}(?: (?:goes|moves|is moved|is sent|steps|walks"
    rf"|returns))? (?P<end>{_ENDS['end']}){_LIST}",
    rf"{_WHO}(?:{_SENT} )?(?:the )?{_ITEM}(?: (?:goes|moves|is moved|is sent|steps|walks"
    rf"|returns))? {_AHEAD}{_LIST}",
    of="end back rear right front head left",
)
def _sent(m: re.Match[str]) -> Made:
    where = "end" if m.groupdict().get("end") else "front"
    item = m["item"]
    if item in ("first", "last", "front"):
        return (Send("", where),) if (item == "last") == (where == "front") else None
    return (Send(item, where),) if item not in _VAGUE else None


@_form(
    rf"{_WHO}{_SENT} (?:the )?{_ITEM} to (?:the )?(?P<where>top|bottom){_LIST}",
    of="top bottom",
)
def _lifted(m: re.Match[str]) -> Made:
    return (Send(m["item"], m["where"]),)


@_form(
    rf"{_WHO}(?:{_SENT} )?(?:the )?(?P<item>first|last)(?: (?!to\b)[a-z]+)?(?: (?:goes|moves|is"
    rf" moved|is sent))? (?:(?P<end>{_ENDS['end']})|{_ENDS['front']}){_LIST}",
    of="first last",
)
def _end_sent(m: re.Match[str]) -> Made:
    where = "end" if m["end"] else "front"
    return (Send("", where),) if (m["item"] == "last") == (where == "front") else None


@_form(
    rf"{_WHO}(?:add|insert|put|place)(?:s|ed|ing)? (?:an? )?{_ITEM} (?:(?:right|directly|just"
    rf"|immediately) )?(?P<side>before|after) (?:the )?(?P<place>-?\w[\w-]*)",
    of="before after",
)
def _inserted(m: re.Match[str]) -> Made:
    return (Insert(m["item"], m["side"], m["place"]),)


@_form(
    rf"{_WHO}push(?:es|ed|ing)?\(?\s*(?:an? )?{_ITEM}\)?{_LIST}",
    rf"{_ITEM} is pushed{_LIST}",
    rf"{_WHO}(?:put|place)(?:s|ing)? (?:an? |the )?{_ITEM} on (?:the )?top(?: of the (?:stack"
    rf"|pile))?",
    of="push top",
)
def _pushed(m: re.Match[str]) -> Made:
    return (Insert(m["item"], "top"),)


@_form(
    rf"{_WHO}pop(?:s|ped|ping)?(?:\(\))?(?:(?: (?:gives|removes|returns|yields|takes"
    rf" off))? {_ITEM})?{_LIST}",
    rf"(?:{_ITEM} )?is popped{_LIST}",
    rf"{_WHO}(?:take|remove)(?:s|d|ing)? (?:the )?top(?: [a-z]+)?{_LIST}",
    rf"{_ITEM} comes off(?: the stack)?",
    of="pop top comes",
)
def _popped(m: re.Match[str]) -> Made:
    return (Drop(m.groupdict().get("item") or "", "top"),)


@_form(
    rf"{_WHO}dequeue(?:s|d|ing)?(?:\(\))?(?: \(?{_ITEM}\)?)?{_LIST}",
    rf"{_ITEM} (?:is served|leaves the (?:front|queue|line))",
    of="dequeue served leaves",
)
def _dequeued(m: re.Match[str]) -> Made:
    return (Drop(m.groupdict().get("item") or "", "head"),)


@_form(
    rf"{_WHO}(?:remove|delete|drop)(?:s|d|ped|ping|ing)? the (?:first|front)(?: [a-z]+)?{_LIST}",
    of="first front",
)
def _beheaded(m: re.Match[str]) -> Made:
    return (Drop("", "front"),)


@_form(
    rf"{_WHO}pop(?:s|ped|ping)? (?:{_ITEM} )?(?:from|off|on) (?:the )?"
    r"(?P<end>left|right|front|back)",
    of="pop",
)
def _popped_at(m: re.Match[str]) -> Made:
    return (Drop(m["item"] or "", "front" if m["end"] in ("left", "front") else "end"),)


@_form(
    rf"{_WHO}(?:remove|delete|drop)(?:s|d|ped|ping|ing)? the last(?: [a-z]+)?{_LIST}",
    of="last",
)
def _cut(m: re.Match[str]) -> Made:
    return (Drop("", "end"),)


@_form(
    rf"{_WHO}(?:remove|delete|drop|take out|cross out|strike)(?:s|d|ped|ping|ing)? (?:the (?:item"
    rf"|element|number|entry|letter|word|name) )?{_ITEM}{_LIST}",
    rf"{_ITEM} (?:is|gets) (?:removed|deleted|dropped){_LIST}",
    of="remove delete drop take cross strike",
)
def _removed(m: re.Match[str]) -> Made:
    if m["item"] in _VAGUE | {"first", "last", "top", "the", "every", "duplicates"}:
        return None
    return (Drop(m["item"]),)


@_form(
    rf"{_WHO}(?:revers(?:e|es|ed|ing)|flip)(?: (?:the )?(?:whole |entire )?(?:list|row|order"
    rf"|queue|line|it|everything|array|sequence))?",
    of="revers flip",
)
def _reversed(m: re.Match[str]) -> Made:
    return (Arrange("reversed"),)


@_form(
    rf"{_WHO}sort(?:s|ed|ing)?(?: (?:the )?(?:list|row|it|array|numbers))?(?: (?:in|into) "
    rf"(?P<a>ascending|increasing|descending|decreasing) order| (?P<b>ascending|increasing"
    rf"|descending|decreasing))?",
    of="sort",
)
def _sorted(m: re.Match[str]) -> Made:
    how = m["a"] or m["b"] or "ascending"
    return (Arrange("descending" if how[:3] in ("des", "dec") else "ascending"),)


_GO = (
    r"(?:(?:go|goes|going|went|move|moves|moving|moved|walk|walks|travel|travels|step|steps"
    r"|slide|slides|ride|rides|climb|climbs|rise|rises|descend|descends|it|he|she) )*"
)


@_form(
    rf"{_GO}(?P<n>{_N}){_UNITS} (?:to the )?{_WAYS}",
    rf"{_GO}{_WAYS}(?: by)? (?P<n>{_N}){_UNITS}",
    of="up down left right north south east west forward backward",
)
def _shifted(m: re.Match[str]) -> Made:
    way = re.sub(r"wards?$", "", m["way"])
    return (Shift(way, cardinal(m["n"])),)


_TURNS = {"left": 1, "right": 3, "around": 2, "back": 2}
_FACES = r"(?:turn|rotat|pivot)(?:e|es|s|ed|ing)?"


@_form(
    rf"{_GO}{_FACES} (?:to (?:the |his |her |its ))?(?P<way>left|right|around)(?: (?:by )?90(?:°|"
    rf" degrees))?",
    r"(?:a )?(?P<way>left|right) turn(?: of 90(?:°| degrees))?",
    rf"{_FACES} (?:by )?(?P<angle>90|180|270)(?:°| degrees) (?:to (?:the |his |her |its"
    rf" ))?(?P<side>left|right|clockwise|counter-?clockwise|anti-?clockwise)",
    of="turn rotat pivot",
)
def _turned(m: re.Match[str]) -> Made:
    found = m.groupdict()
    if found.get("way"):
        return (Turn(_TURNS[found["way"]]),)
    quarters = int(found["angle"]) // 90
    left = found["side"] == "left" or found["side"].startswith(("counter", "anti"))
    return (Turn(quarters if left else -quarters % 4),)


_LONGEST_HINT = max(map(len, _HINTS))
