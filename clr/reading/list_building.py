"""Lists that are built item by item: "append 5 → [1, 5]", "after adding 12: [8, 12]", "the even
numbers so far: [8]", "kept: 8, 12; dropped: 3", "running list: [3], [3, 8]".

An operation is read only with the list that it leads to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from clr.bodies.list_building import Built, Grows, Now, Parted, Shows, SoFar, Sources, Unread
from clr.bodies.lists import Items, Property
from clr.claim import Body, Claim, Kind, Role
from clr.reading import list_phrases as phrases
from clr.reading import lists
from clr.reading.lexicon import sentences
from clr.reading.list_items import ITEM, NUMBER, Vocabulary, item, items, literal, vocabulary
from clr.reading.list_phrases import property_of, unled
from clr.trace import Span, Step

_LONGEST = 600
"""Characters of a problem, or of a sentence."""
_LIST = r"\[[^\[\]\n]{0,400}\]"
_LITERAL = re.compile(_LIST)
_OPERATIONS = re.compile(
    r"\b(?:append|add|insert|prepend|remove|delete|drop|keep|filter|build|collect|reverse|skip"
    r"|extend|discard|select)(?:s|ed|ing|p?ed|ting)?\b",
    re.I,
)
_OTHERWISE = re.compile(
    r"\b(?:stack|queue|push|def|swap|rotat\w*|each element|every element)\b", re.I
)
_NOUN = r"(?:numbers?|elements?|integers?|items?|ones?|values?|words?|names?)"
_TO = (
    r"(?: (?:to|into|in|onto|from|out of|at the end of) (?:the|our|this) (?:new |running |result "
    r"|output"
    r" )?(?:list|array|result|output)| to it| from it| in|(?P<front> (?:at|to) the (?:front"
    r"|beginning"
    r"|start))(?: of (?:the|our) list)?| (?:at|to) the end(?: of (?:the|our) list)?)?"
)
_LEADS = (
    r"(?:,? ?(?::|→|->|=>|⇒|=)|,? (?:to (?:get|give|obtain)|and (?:we )?(?:get|have)|which gives"
    r"|gives"
    r"(?: us)?|giving|we (?:now )?(?:get|have)|(?:so )?(?:the|our) (?:new |running |result"
    r" )?(?:list|array"
    r"|result)(?: is| becomes)(?: now)?|(?:the list|it) (?:is|becomes)(?: now)?|now|leaves(?: us"
    r" with)?"
    r"|leaving))+"
)
_ITEM = (
    r"(?:the (?:number|word|element|item|value) )?"
    rf"(?P<x>{ITEM}(?:(?: and |, and |, ){ITEM}){{0,3}})"
)
_VERBS = {
    "add": r"add(?:s|ed|ing)?|insert(?:s|ed|ing)?|includ(?:e|es|ed|ing)|keep(?:s|ing)?|kept"
    r"|tak(?:e|es|ing)|collect(?:s|ed|ing)?|put(?:s|ting)?",
    "append": r"append(?:s|ed|ing)?",
    "prepend": r"prepend(?:s|ed|ing)?",
    "remove": r"remov(?:e|es|ed|ing)|delet(?:e|es|ed|ing)|drop(?:s|ped|ping)?|discard(?:s|ed|ing)?"
    r"|tak(?:e|ing) out|cross(?:ing)? (?:out|off)|eliminat(?:e|es|ed|ing)",
    "skip": r"skip(?:s|ped|ping)?|ignor(?:e|es|ed|ing)|pass(?:ing)? over",
}
_WHOSE = {
    "reverse": r"revers(?:e|ing|ed)",
    "sort": r"sort(?:ing|ed)?",
}
_AFTER = r"(?:(?:after|by|on|upon|we|i|let's|let us|now|next|then|first|step \d{1,2}[:.)])[, ]+)*"
_BUILT = tuple(
    (name, re.compile(rf"{_AFTER}(?:{verb}) {_ITEM}{_TO}{_LEADS} ?(?P<list>{_LIST})", re.I))
    for name, verb in _VERBS.items()
)
_ENDS_LOST = re.compile(
    rf"{_AFTER}(?:{_VERBS['remove']}|pop(?:ping|ped)?) the (?P<end>first|last)"
    rf" {_NOUN}{_TO}{_LEADS} ?"
    rf"(?P<list>{_LIST})",
    re.I,
)
_TURNED = tuple(
    (
        name,
        re.compile(rf"{_AFTER}(?:{verb})(?: it| the list| this)?{_LEADS} ?(?P<list>{_LIST})", re.I),
    )
    for name, verb in _WHOSE.items()
)
_JUDGED = re.compile(
    rf"(?P<x>{ITEM})(?: is|:| →)? (?:not )?[\w <>=≤≥-]{{1,40}}?(?:,| so| →| ->)+ (?:so )?(?:we"
    rf" )?(?:(?P<add>keep|add|"
    rf"append|include|take|insert)|(?P<skip>skip|drop|ignore|discard|reject))(?: it)?{_TO}{_LEADS}"
    rf" ?"
    rf"(?P<list>{_LIST})",
    re.I,
)
"""12 is even, so we keep it: [8, 12]."""
_SO_FAR = re.compile(
    rf"(?:so far,? )?(?:the |our )?(?:running |current )?(?:list (?:of|with) )?(?:the |all"
    rf" )?(?P<what>[\w ]{{2,40}}?)"
    rf"(?: {_NOUN})?(?: (?:found|seen|collected|kept|we have|list))?(?P<far> so far)?(?: are| is|:"
    rf"| =)+ "
    rf"(?P<list>{_LIST}|{NUMBER}(?:(?:, and |, | and ){NUMBER})*)",
    re.I,
)
_ARROW = r" ?(?:→|->|=>|⇒|:|,|then|and then) ?"
_CHAINED = re.compile(rf"(?P<before>{_LIST}){_ARROW}(?P<rest>.*\S)", re.I)
"""[1] → append 5 → [1, 5], and with what is done left to its place: [1] → 5 at the front →"
" [5, 1]."""
_PUT = re.compile(
    rf"{_ITEM} at the (?:(?P<front>front|beginning|start)|end){_LEADS} ?(?P<list>{_LIST})", re.I
)
_PASSIVE = re.compile(
    rf"(?P<x>{ITEM}) is (?P<verb>kept|added|included|taken|inserted|appended|removed|deleted"
    rf"|dropped"
    rf"|discarded|skipped|ignored){_TO}{_LEADS} ?(?P<list>{_LIST})",
    re.I,
)
_PARTICIPLES = (
    ("add", ("kept", "added", "included", "taken", "inserted")),
    ("append", ("appended",)),
    ("remove", ("removed", "deleted")),
    ("skip", ("skipped", "ignored")),
)
"""What is dropped or discarded may have been in the list before, or not."""
_RESULT = re.compile(
    r"(?:so far,? )?(?:the |our |we )?(?P<name>(?:final |end )?(?:result|output|list|answer)"
    r"|running"
    r" list|current list|new list|kept|selection|filtered list|start(?:ing)?(?: with)?(?: list)?"
    r"|initial(?:ly)?(?: list)?|begin(?: with)?|have)(?: so far| now)?(?: is| becomes|:| =)*(?:"
    r" now)? "
    rf"(?P<list>{_LIST})(?P<far> so far)?",
    re.I,
)
_PARTED = re.compile(
    r"(?:we )?(?:kept|keep|keeping)(?: so far)?:? (?P<kept>[^;:]{1,200}?)[;,.] ?(?:and )?(?:we )?"
    r"(?:dropped|drop|dropping|skipped|removed|discarded|rejected)(?: so far)?:?"
    r" (?P<dropped>[^;:]{1,200})",
    re.I,
)
_GROWS = re.compile(
    rf"(?:the |our )?(?:running list|list|running lists|states?|it grows|growing)(?: grows| so far"
    rf"| step by "
    rf"step)?:? (?P<lists>{_LIST}(?:(?:, then |, | → | -> | then ){_LIST}){{1,12}})",
    re.I,
)
_LEFT_OUT = re.compile(
    r"\b(?:remov|exclud|drop|delet|discard|eliminat|except|without|not|other than|filter\w* out"
    r"|skip)",
    re.I,
)
_NOW = re.compile(r"\b(?:now|in the end|finally|at this point) ?|,? (?:now|in the end)$", re.I)
_PROPERTIES = re.compile(
    r"\b(?:odd|even|prime|positive|negative)\b|\b(?:divisible by|multiples of|greater than|larger"
    r" than"
    r"|less than|smaller than|more than) -?\d{1,6}\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader needs of the problem."""

    sources: Sources
    known: Vocabulary
    building: bool = False
    """Whether the problem says what is to be done to a list, and nothing else of it is read."""


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """The lists that a problem gives, or None if none is built of them."""
    if len(problem) > _LONGEST or not ("list" in problem or "[" in problem or "umbers" in problem):
        return None
    if _OTHERWISE.search(problem):
        return None
    listed = lists.context_of(problem)
    if listed is not None:
        given: tuple[Items, ...] = (listed.given.items,)
    elif _OPERATIONS.search(problem):
        found = [literal(m[0]) for m in _LITERAL.finditer(problem) if m[0].strip("[] ")]
        if None in found or not (found or "empty list" in problem):
            return None
        given = tuple(one for one in found if one is not None)
    else:
        return None
    wanted = _wanted(problem)
    everything = tuple(x for one in given for x in one)
    if not everything:
        return Context(Sources((), wanted), Vocabulary(frozenset(), numeric=True))
    return Context(Sources(given, wanted), vocabulary(everything), building=listed is None)


def _wanted(problem: str) -> Property | None:
    """The only property that a problem names, unless what has it may be what is left out."""
    if _LEFT_OUT.search(problem):
        return None
    named = {m[0].lower() for m in _PROPERTIES.finditer(problem)}
    return property_of(named.pop()) if len(named) == 1 else None


def read(step: Step, context: Context) -> list[Claim]:
    """What a step says of a list that it builds, in order."""
    out: list[Claim] = []
    for span in sentences(step.text):
        text = step.text[span.start : span.end]
        if len(text) > _LONGEST or text.endswith("?"):
            continue
        body = _said(unled(text), context) or _unread(text, context)
        if body is not None:
            out.append(_claim(step, body, span))
    return out


def _said(text: str, context: Context) -> Body | None:
    if m := _CHAINED.fullmatch(text):
        before, after = _result(m["before"], context.known), _operation(m["rest"], context.known)
        if before is not None and after is not None:
            return replace(after, before=before)
    operation = _operation(text, context.known)
    if operation is not None:
        return operation
    found = _state(text, context)
    if found is None and context.building:
        said = phrases.said(_NOW.sub("", text), context.known)
        return Now(said[0]) if len(said) == 1 else None
    return found


def _operation(text: str, known: Vocabulary) -> Built | None:
    for name, pattern in _BUILT:
        if m := pattern.fullmatch(text):
            what, result = items(m["x"], known), _result(m["list"], known)
            if what is None or result is None:
                return None
            return Built("prepend" if m["front"] else name, what, result)
    if m := _ENDS_LOST.fullmatch(text):
        result = _result(m["list"], known)
        return None if result is None else Built(m["end"].lower(), (), result)
    for name, pattern in _TURNED:
        if m := pattern.fullmatch(text):
            result = _result(m["list"], known)
            return None if result is None else Built(name, (), result)
    if m := _JUDGED.fullmatch(text):
        one, result = item(m["x"], known), _result(m["list"], known)
        if one is None or result is None:
            return None
        return Built("add" if m["add"] else "skip", (one,), result)
    if m := _PASSIVE.fullmatch(text):
        one, result = item(m["x"], known), _result(m["list"], known)
        verb = m["verb"].lower()
        names = [name for name, verbs in _PARTICIPLES if verb in verbs]
        if one is None or result is None or not names:
            return None
        return Built(names[0], (one,), result)
    if m := _PUT.fullmatch(text):
        what, result = items(m["x"], known), _result(m["list"], known)
        if what is None or result is None:
            return None
        return Built("prepend" if m["front"] else "append", what, result)
    return None


def _state(text: str, context: Context) -> Body | None:
    known = context.known
    if m := _PARTED.fullmatch(text):
        kept, dropped = _result(m["kept"], known), _result(m["dropped"], known)
        return None if kept is None or dropped is None else Parted(kept, dropped)
    if m := _GROWS.fullmatch(text):
        states = tuple(_result(one, known) for one in _LITERAL.findall(m["lists"]))
        return None if None in states else Grows(tuple(one for one in states if one is not None))
    if m := _RESULT.fullmatch(text):
        result = _result(m["list"], known)
        if result is None:
            return None
        name = m["name"].lower()
        chosen = name in ("result", "output", "kept", "selection", "filtered list")
        so_far = chosen and ("so far" in text.lower() or name == "kept")
        wanted = context.sources.wanted
        if so_far and wanted is not None:
            return SoFar(wanted, result)
        return Shows(result, final=name.startswith(("final", "end")))
    if (m := _SO_FAR.fullmatch(text)) and ("so far" in text.lower()):
        what, result = property_of(m["what"].strip()), _result(m["list"], known)
        return None if what is None or result is None else SoFar(what, result)
    return None


def _result(text: str, known: Vocabulary) -> Items | None:
    inner = text.strip().strip("[] .")
    if not inner or inner.lower() in ("empty", "none", "nothing"):
        return ()
    return items(inner, known)


def _unread(text: str, context: Context) -> Unread | None:
    shown = [_result(m[0], context.known) for m in _LITERAL.finditer(text)]
    found = (item(m[0], context.known) for m in re.finditer(ITEM, text))
    named = tuple(x for x in found if x is not None)
    lists_ = tuple(one for one in shown if one is not None)
    return Unread(named, lists_) if named or lists_ else None


def _claim(step: Step, body: Body, span: Span) -> Claim:
    text = step.text[span.start : span.end].strip()
    place = span.shift(step.span.start)
    return Claim(Kind.COLLECTION, text, place, step.index, text, Role.DERIVED, body)
