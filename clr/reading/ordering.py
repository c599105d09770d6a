"""Orderings in English: who is older, what stands third from the left, what comes after what.

The items and the scale are taken from the problem. A sentence becomes tokens (items, places,
comparisons, verbs), and a small grammar must account for every one of them; a sentence with any
other word in it is reported as `Unread`. Ordinals without a direction ("the third") keep both
readings unless the sentence names one ("from left to right").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import permutations, product
from typing import Any, NamedTuple

from lark import Lark, Token, Tree, UnexpectedInput
from lark.lexer import Lexer

from clr.bodies.ordering import (
    And,
    Arrangement,
    At,
    Before,
    Beside,
    Choice,
    Constraint,
    Formula,
    Not,
    Open,
    Or,
    Possible,
    Premise,
    Unread,
)
from clr.claim import Body, Claim, Kind, Role
from clr.reading.lexicon import CARDINAL, ORDINAL, ORDINALS, SCALES, Scale, cardinal, sentences
from clr.trace import Span, Step

MAX_ITEMS = 8
"""More items have too many arrangements to go through."""


class _Word(NamedTuple):
    """A token of a sentence; offsets are into the text that was read."""

    kind: str
    value: Any
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Spots:
    """Places named together; `framed` once they count from the low end."""

    places: tuple[int, ...]
    framed: bool
    joint: str = "one"


@dataclass(frozen=True, slots=True)
class _Items:
    """Items named together, as "one", "and", "or" or a bare "list". A pronoun names none."""

    names: tuple[str, ...]
    joint: str = "one"


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader needs of the problem."""

    given: Arrangement
    scale: Scale
    words: re.Pattern[str]
    names: dict[str, str]
    """Lower-case forms of the items, and the item that each means."""


_GRAMMAR = r"""
start: unit (_SEP unit)*
?unit: FRAME                      -> frame
     | ITEMS BE SPOTS             -> placed
     | SPOTS BE ITEMS             -> occupied
     | SPOTS _COLON? ITEMS        -> occupied
     | SPOTS BE ANY               -> free
     | SPOTS BE SPOTS             -> same
     | ITEMS BE? RELATION ITEMS   -> related
     | ITEMS REMAINS              -> remark
     | REST BE ITEMS              -> remark
     | REST BE SPOTS              -> remark
     | ITEMS                      -> row
     | ITEMS (LESS ITEMS)+        -> rising
     | ITEMS (MORE ITEMS)+        -> falling
     | ITEMS (ARROW ITEMS)+       -> row
%declare FRAME ITEMS SPOTS BE ANY RELATION REMAINS REST LESS MORE ARROW _SEP _COLON
"""


class _Ready(Lexer):
    """Passes words that were told apart before on to the parser."""

    def __init__(self, lexer_conf: object) -> None:
        pass

    def lex(self, lexer_state: Any, parser_state: Any = None) -> Iterator[Token]:  # type: ignore[override]
        for word in lexer_state:
            yield Token(word.kind, word, word.start)


@lru_cache(maxsize=1)
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", lexer=_Ready)


_LEADS = (
    r"according to (?:this|the|that|our) (?:\w+ )?(?:ordering|order|arrangement|list)",
    r"by (?:the )?process of elimination|by elimination|in other words|that is|as a result",
    r"(?:we |i )?(?:have )?(?:also |now |already |previously |can |could |must |therefore )*"
    r"(?:know|conclude|concluded|see|deduce|infer|determined?|established|find|found|get|have)"
    r"(?: from (?:this|that|above|before))?(?: that)?",
    r"(?:this|that|it|which) (?:also )?(?:means|implies|shows|tells us|gives us|follows|says)(?: that)?",
    r"(?:it is |we are )?(?:given|told|stated)(?: that)?",
    r"from (?:the )?(?:(?:\w+ )?(?:clue|statement|premise|condition|hint|fact|sentence|rule)"
    r"|this|that)(?: \(?#?\d+\)?)?",
    r"(?:the )?(?:(?:\w+ )?(?:clue|statement|premise|condition|hint|sentence|rule) ?(?:\(?#?\d+\)?)?)"
    r" (?:says|states|tells us|gives|shows|means)(?: that)?",
    r"based on (?:this|that|the (?:given )?(?:information|statements|clues|above))",
    r"however|also|additionally|next|finally|similarly|clearly|now|first of all|consequently"
    r"|accordingly|moreover|furthermore|again|in this (?:case|ordering|order)|overall|lastly|either"
    rf"|(?:there are (?:only )?)?(?:\w+ \w+ )?in total|note that|the (?:final |complete |full |correct )?(?:order|ordering|arrangement|sequence) (?:is|becomes|must be)"
    r"|(?:the )?(?:final |complete |full )?(?:order|ordering|arrangement)",
)
_SUPPOSES = re.compile(
    r"\b(?:if|suppose|supposing|assume|assuming|let'?s (?:say|try|assume)|consider|try|case|imagine|"
    r"whether|unless|would|hypothe\w+|possib\w+|scenario|option|otherwise)\b",
    re.I,
)
_ANSWER = re.compile(
    r"\b(?:the )?(?:correct |final )?(?:answer|option|choice)(?: is|:)?\s*(?:option )?:?\s*\**"
    r"\(?(?P<label>[A-Z])\)?(?![\w'])(?=[\s.*),:]|$)",
)
_OPTION = re.compile(r"^\s*\(?(?P<label>[A-Z])[.)]\s*(?P<text>\S.*)$", re.M)
_QUESTION = re.compile(r"(?im)^\s*(?:Q(?:uestion)?\s*:|options?\s*:|choices\s*:)|\bwhich of the following\b")


def _items_of(problem: str) -> tuple[tuple[str, ...], str, int] | None:
    """The items that the problem lists, the noun for them, and where the list ends."""
    for m in re.finditer(
        rf"\b(?P<count>{CARDINAL}) (?P<kind>[a-z]+(?: [a-z]+)?)\s*(?P<open>[:—–(,-])\s*(?P<list>[^.:;()\n]+)",
        problem,
        re.I,
    ):
        names = _split_list(m["list"])
        if names and len(names) == cardinal(m["count"]):
            return names, m["kind"].split()[-1].lower(), m.end()
    for m in re.finditer(
        r"(?P<list>(?:[A-Z]\w*, )+(?:and )?[A-Z]\w*,? and [A-Z]\w*|(?:[A-Z]\w*, )+and [A-Z]\w*)\b",
        problem,
    ):
        names = _split_list(m["list"])
        if names and len(names) >= 3:
            return names, "person", m.end()
    return None


def _split_list(text: str) -> tuple[str, ...] | None:
    parts = [
        re.sub(r"^(?:and\s+)?(?:(?:an?|the)\s+)?", "", part.strip(), flags=re.I)
        for part in re.split(r",\s*(?:and\s+)?|\s+and\s+", text.strip())
    ]
    parts = [p for p in parts if p]
    if len(parts) < 3 or len(set(parts)) < len(parts) or any(len(p.split()) > 4 for p in parts):
        return None
    return tuple(parts)


def _forms(names: Sequence[str], kind: str) -> dict[str, str]:
    """Every way to write an item that belongs to that item alone."""
    singular = kind[:-1] if kind.endswith("s") else kind
    out: dict[str, str] = {}
    shared: set[str] = set()
    for name in names:
        forms = {name.lower(), name.lower() + " " + singular, name.lower() + " one"}
        bare = re.sub(rf"\s+{singular}$", "", name, flags=re.I).lower()
        forms |= {bare, bare + " one"}
        if " " not in name and name.islower():
            forms |= {name + "s"} if not name.endswith("s") else {name[:-1]}
        for form in forms:
            if form in out and out[form] != name:
                shared.add(form)
            out[form] = name
    return {form: name for form, name in out.items() if form not in shared}


def _vocabulary(names: dict[str, str], kind: str, scale: Scale) -> re.Pattern[str]:
    """One alternation of everything that a sentence may consist of; the longest phrases first."""
    nouns = {kind, kind[:-1] if kind.endswith("s") else kind + "s"}
    nouns |= {"one", "ones", "person", "people", "item", "object", "position", "place", "spot", "slot"}
    noun = "(?:" + "|".join(sorted(nouns, key=len, reverse=True)) + ")"
    known = "|".join(
        f"(?-i:{form.upper()})" if len(form) == 1 else re.escape(form)
        for form in sorted(names, key=len, reverse=True)
    )
    low, high = scale.ends
    end = f"(?:(?P<low>{low})|(?P<high>{high}))"
    side = f"(?:(?P<lowside>{scale.sides[0]})|(?P<highside>{scale.sides[1]}))"
    anyend = f"(?:{low}|{high}|{scale.sides[0]}|{scale.sides[1]}|first|last)"
    the = r"(?:in |at |on )?(?:the )?(?:very )?"
    of = rf"(?: of (?:all )?(?:the )?(?:{CARDINAL} )?{noun})?"
    placed = r"(?:finish(?:ed|es)?|came|comes|placed|places|ranked|ranks|sits|stands|is|are|was|were|goes|arrived|appears)"
    set_ = r"(?:located|positioned|placed|seated|situated|standing|sitting|found|ranked)"
    left = (
        rf"(?:that|who|which) (?:is|are|has|have) not (?:yet )?(?:been )?(?:yet )?"
        rf"(?:{set_}|mentioned|listed|assigned|used|determined|in)(?: yet)?"
        r"(?: (?:in )?(?:any of )?(?:the|any) (?:list|order|ordering|statements?|premises))?"
    )
    parts = [
        rf"(?P<frame>(?:in (?:the )?order )?(?:from )?(?:the )?(?P<fromend>{anyend}) to (?:the )?(?P<toend>{anyend})"
        rf"|(?:in (?:the )?order )?(?:from )?(?P<most>most|least) to (?:least|most) (?:expensive|costly|recent))",
        rf"(?P<spot>(?:(?:the )?(?:person|one|{noun}) (?:who|that) {placed} )?{the}(?:"
        rf"(?P<nth>{ORDINAL})[- ]?(?:to|from)[- ](?:the[- ])?last(?: {noun})?"
        rf"|(?P<nthfrom>{ORDINAL})(?: {noun})? (?:from|to|on) the {side}(?: end)?(?: {noun})?"
        rf"|(?:(?P<nthend>{ORDINAL})[- ])?{end}(?: {noun})?{of}"
        rf"|(?P<middle>middle|center|centre)(?: {noun})?|(?P<last>last)(?: {noun})?|(?P<penult>penultimate)(?: {noun})?"
        rf"|(?P<plain>{ORDINAL})(?: {noun})?(?: or (?:(?P<better>higher|above|better|earlier)|(?P<worse>lower|below|worse|later)))?"
        rf"|(?P<number>(?:{noun} |# ?|number )\d{{1,2}}\b|\d{{1,2}}(?=[.:)]\s))))",
        rf"(?P<any>(?:an? |the )?(?:any(?: other)?|another)(?: {noun})?\b|(?:an )?unknown(?: {noun})?\b|anything|anyone|empty|undetermined)",
        rf"(?P<remains>(?:is|are) the only (?:other |remaining )?{noun} {left})",
        rf"(?P<rest>the (?:only )?(?:other |remaining |unknown |unplaced )+{noun}(?: left)?|the only {noun} {left})",
        rf"(?P<suppose>(?:{_SUPPOSES.pattern}))",
        rf"(?P<only>the only (?:other |remaining )?(?:{noun}) (?:that|who|which) (?:can|could|must) (?:be|have {placed}|{placed})(?: {set_})?)",
        rf"(?P<sole>(?:is|are) the only (?:other |remaining )?(?:{noun}) (?:that|who|which) (?:can|could) be(?: {set_})?)",
        rf"(?P<cannot>(?:cannot|can't|can not|could not|couldn't|must not|mustn't|is not|isn't|are not|aren't|was not|did not|does not|doesn't|didn't)"
        rf"(?: (?:be|have {placed}|finish|come|stand|sit)\b)?(?: {set_})?)",
        rf"(?P<must>(?:must|has to|have to|needs to|can only|could only|will|should)(?: (?:be|have {placed}|finish|come|go|stand|sit))(?: {set_})?)",
        rf"(?P<can>(?:can|could|may|might)(?: (?:be|have {placed}|finish|come|go|stand|sit))(?: {set_})?)",
        rf"(?P<is>{placed}(?: {set_})?)\b",
        rf"(?P<relation>(?P<near>directly |immediately |just |right )?(?:(?P<lowrel>{scale.relations[0]})|(?P<highrel>{scale.relations[1]}))"
        r"|(?P<beside>next to|adjacent to|beside))",
        rf"(?P<lead>{'|'.join(_LEADS)})\b",
        rf"(?P<items>(?:(?:an?|the) )?(?:{known}))(?!\w)",
        r"(?P<pronoun>it|they|he|she|which|who)\b",
        r"(?P<so>so|therefore|thus|hence|then|but|while|whereas|which means(?: that)?|meaning(?: that)?)\b",
        r"(?P<because>because|since|as|given that)\b",
        r"(?P<and>and|&)",
        r"(?P<or>or)\b",
        r"(?P<to>to|through|-|–)",
        r"(?P<arrow>->|→|=>|⇒|—>)",
        r"(?P<less><|≺)",
        r"(?P<more>>|≻)",
        r"(?P<comma>[,;])",
        r"(?P<colon>:)",
        r"(?P<space>\s+|[.*\"“”])",
    ]
    return re.compile("|".join(_bounded(p) for p in parts), re.I)


def _bounded(part: str) -> str:
    """`part`, starting at the start of a word."""
    return rf"(?:(?<!\w)|(?!\w)){part}" if not part.startswith("(?P<space>") else part


def _tokens(text: str, span: Span, context: Context) -> list[_Word] | None:
    """The words of a sentence, or None where one is not in the vocabulary."""
    out: list[_Word] = []
    at = span.start
    size = len(context.given.items)
    while at < span.end:
        m = context.words.match(text, at, span.end)
        if m is None or m.end() == at:
            return None
        word = _word(m, size, context)
        if word is not None:
            out.append(_Word(*word, m.start(), m.end()))
        at = m.end()
    return out


def _word(m: re.Match[str], size: int, context: Context) -> tuple[str, Any] | None:
    """Kind and value of a matched phrase; None for one that says nothing."""
    scale = context.scale
    if m["space"] or m["lead"] or m["only"]:
        return None
    if m["frame"]:
        if m["most"]:
            return "FRAME", -1 if m["most"].lower() == "most" else 1
        low, high = (_is_low(m[name], scale) for name in ("fromend", "toend"))
        return ("FRAME", 1 if low else -1) if low is not high else ("SUPPOSE", None)
    if m["spot"]:
        return "SPOTS", _spot(m, size, scale)
    if m["items"]:
        form = re.sub(r"^(?:an?|the)\s+(?=\S)", "", m["items"].lower())
        name = context.names.get(m["items"].lower()) or context.names[form]
        return "ITEMS", _Items((name,))
    if m["relation"]:
        if m["beside"]:
            return "RELATION", (0, True)
        return "RELATION", (-1 if m["lowrel"] else 1, bool(m["near"]))
    if m["pronoun"]:
        return "ITEMS", _Items((), "which" if m["pronoun"].lower() in ("which", "who") else "one")
    for name, kind, value in (
        ("remains", "REMAINS", None), ("rest", "REST", None),
        ("any", "ANY", None), ("suppose", "SUPPOSE", None), ("cannot", "BE", "cannot"),
        ("must", "BE", "is"), ("can", "BE", "can"), ("sole", "BE", "is"), ("is", "BE", "is"),
        ("so", "_SEP", "so"), ("because", "_SEP", "because"), ("and", "_AND", None),
        ("or", "_OR", None), ("to", "_TO", None), ("arrow", "ARROW", None), ("less", "LESS", None),
        ("more", "MORE", None), ("comma", "_COMMA", None), ("colon", "_COLON", None),
    ):  # fmt: skip
        if m[name]:
            return kind, value
    raise AssertionError(m.lastgroup)


def _is_low(end: str, scale: Scale) -> bool:
    return bool(re.fullmatch(rf"{scale.ends[0]}|{scale.sides[0]}|first", end, re.I))


def _spot(m: re.Match[str], size: int, scale: Scale) -> _Spots:
    def nth(text: str | None) -> int:
        return ORDINALS[text.lower()] if text else 1

    if m["nth"]:
        return _Spots((size + 1 - nth(m["nth"]),), True)
    if m["nthfrom"]:
        k = nth(m["nthfrom"])
        return _Spots((k if m["lowside"] else size + 1 - k,), True)
    if m["low"] or m["high"]:
        k = nth(m["nthend"])
        return _Spots((k if m["low"] else size + 1 - k,), True)
    if m["middle"]:
        return _Spots(((size + 1) // 2,) if size % 2 else (size // 2, size // 2 + 1), True, "or")
    if m["last"]:
        return _Spots((size,), scale.numbered)
    if m["penult"]:
        return _Spots((size - 1,), scale.numbered)
    if m["number"]:
        return _Spots((int(re.sub(r"\D", "", m["number"])),), scale.numbered)
    k = nth(m["plain"])
    if m["better"]:
        return _Spots(tuple(range(1, k + 1)), scale.numbered, "or")
    if m["worse"]:
        return _Spots(tuple(range(k, size + 1)), scale.numbered, "or")
    return _Spots((k,), scale.numbered)


_LIST_SIGNS = ("_COMMA", "_AND", "_OR", "_TO")
_JOINTS = (("and", "or"), ("or",), ("and", "or", "list"))
"""Ways to fold lists, in turn: "A is left of B and C is left of D" has none; "A, B, C" has no
conjunction, like "since A is left of B, B is ..."."""


def _fold(words: list[_Word], joints: tuple[str, ...]) -> list[_Word]:
    """Lists of items and of places made one word each, and separators that meet made one."""
    out: list[_Word] = []
    i = 0
    while i < len(words):
        word = words[i]
        if word.kind in ("ITEMS", "SPOTS"):
            j, signs, members = i + 1, [], [word]
            while True:
                k = j
                while k < len(words) and words[k].kind in _LIST_SIGNS:
                    k += 1
                between = [w.kind for w in words[j:k]]
                if k == j or k >= len(words) or words[k].kind != word.kind:
                    break
                if "_AND" in between and "and" not in joints:
                    break
                signs.append(between)
                members.append(words[k])
                j = k + 1
            joined = _join(members, signs)
            if joined is None or (len(members) > 1 and joined.joint not in joints):
                out.append(word)
                i += 1
            else:
                out.append(_Word(word.kind, joined, word.start, members[-1].end))
                i = j
            continue
        kind = "_SEP" if word.kind in ("_COMMA", "_AND") else word.kind
        value = "and" if word.kind == "_AND" else word.value
        if kind == "_SEP" and (not out or out[-1].kind in ("_SEP", "_COLON")):
            if out and value and out[-1].kind == "_SEP":
                out[-1] = out[-1]._replace(value=value)
            elif not out and value == "because":
                out.append(_Word("_SEP", value, word.start, word.end))
        elif kind == "_COLON" and (not out or out[-1].kind not in ("SPOTS",)):
            if out and out[-1].kind != "_SEP":
                out.append(_Word("_SEP", None, word.start, word.end))
        else:
            out.append(_Word(kind, value, word.start, word.end))
        i += 1
    while out and out[-1].kind in ("_SEP", "_COLON"):
        out.pop()
    return out


def _join(members: list[_Word], signs: list[list[str]]) -> _Items | _Spots | None:
    if len(members) == 1:
        value: _Items | _Spots = members[0].value
        return value
    used = {s for between in signs for s in between}
    values = [m.value for m in members]
    joint = "or" if "_OR" in used else "and" if "_AND" in used else "list"
    if isinstance(values[0], _Items):
        if "_TO" in used or any(not v.names for v in values):
            return None
        return _Items(tuple(n for v in values for n in v.names), joint)
    framed = {v.framed for v in values}
    if len(framed) > 1:
        return None
    if "_TO" in used:
        if signs[-1] != ["_TO"] or any("_TO" in s for s in signs[:-1]) or used & {"_OR"}:
            return None
        first, last = values[-2].places[0], values[-1].places[0]
        if not first < last:
            return None
        places = [p for v in values[:-2] for p in v.places] + list(range(first, last + 1))
        return _Spots(tuple(places), framed.pop(), "and")
    if joint == "list":
        return None
    return _Spots(tuple(p for v in values for p in v.places), framed.pop(), joint)


@dataclass(frozen=True, slots=True)
class _Said:
    """One statement of a sentence, before it is placed in its step."""

    body: Body
    start: int
    end: int


@dataclass(slots=True)
class _Discourse:
    """What carries over between the sentences of one step."""

    frame: int = 0
    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()


def _parse(words: list[_Word]) -> list[tuple[Tree[Any], str | None]] | None:
    """The units of a sentence with the separator before each, or None if it is not one."""
    if words and words[0].kind == "_SEP":
        opening, words = words[0].value, words[1:]
    else:
        opening = None
    try:
        tree = _parser().parse(words)  # type: ignore[arg-type]
    except UnexpectedInput:
        return None
    seps = [w.value for w in words if w.kind == "_SEP"]
    return list(zip(tree.children, [opening, *seps], strict=True))  # type: ignore[arg-type]


class _Unclear(Exception):
    """A unit has the form of a statement but no clear meaning."""


def _read_sentence(
    text: str, span: Span, context: Context, discourse: _Discourse
) -> list[_Said] | None:
    """Statements of a sentence; None if it was not read whole."""
    words = _tokens(text, span, context)
    if words is None or any(w.kind == "SUPPOSE" for w in words):
        return None
    if not any(w.kind in ("ITEMS", "SPOTS", "RELATION", "FRAME") for w in words):
        return []
    for joints in _JOINTS:
        units = _parse(_fold(words, joints))
        if units is None:
            continue
        trial = replace(discourse)
        try:
            said = [(sep, _interpret(unit, context, trial)) for unit, sep in units]
        except _Unclear:
            continue
        discourse.frame, discourse.subject, discourse.object = (
            trial.frame, trial.subject, trial.object,
        )  # fmt: skip
        return _reasons_first([(sep, s) for sep, s in said if s is not None])
    return None


def _reasons_first(said: list[tuple[str | None, _Said]]) -> list[_Said]:
    """Statements in the order of the argument: what follows "because" comes before the rest."""
    for i, (sep, _) in enumerate(said):
        if i and sep == "because":
            return [s for _, s in said[i:]] + [s for _, s in said[:i]]
    return [s for _, s in said]


def _interpret(unit: Tree[Any], context: Context, discourse: _Discourse) -> _Said | None:
    words: list[_Word] = [t.value for t in unit.children if isinstance(t, Token)]
    words = [w for w in words if w.kind != "_COLON"]
    start, end = words[0].start, words[-1].end
    size = len(context.given.items)
    if unit.data == "frame":
        discourse.frame = words[0].value
        return None
    if unit.data == "remark":
        named = [w.value.names for w in words if w.kind == "ITEMS"]
        discourse.subject = discourse.object = named[0] if named else ()
        return None

    def spots(word: _Word) -> list[tuple[int, ...]]:
        return _framed(word.value, discourse.frame, size)

    def remember(subject: Sequence[tuple[str, ...]], object_: Sequence[tuple[str, ...]]) -> None:
        discourse.subject = subject[0] if subject else ()
        discourse.object = object_[-1] if object_ else ()

    match unit.data:
        case "placed":
            items, be, place = words
            who = _named(items.value, discourse)
            remember(who, who)
            readings = [
                _occupy(w, items.value.joint, places, place.value.joint, be.value)
                for w, places in product(who, spots(place))
            ]
            if be.value == "can":
                return _Said(_possible(readings), start, end)
            return _Said(Constraint(tuple(readings)), start, end)
        case "occupied":
            place, items = words[0], words[-1]
            be_value = words[1].value if len(words) == 3 else "is"
            who = _named(items.value, discourse)
            remember(who, who)
            readings = [
                _occupy(w, items.value.joint, places, place.value.joint, be_value, listed=True)
                for w, places in product(who, spots(place))
            ]
            if be_value == "can" and not discourse.frame:
                return _Said(_possible(readings), start, end)
            return _Said(Constraint(tuple(readings)), start, end)
        case "free":
            if words[1].value == "cannot":
                raise _Unclear
            return _Said(Open(tuple(p for places in spots(words[0])[:1] for p in places)), start, end)
        case "same":
            if words[1].value != "is":
                raise _Unclear
            equal = any(a == b for a, b in product(spots(words[0]), spots(words[2])))
            return _Said(Constraint((And(()) if equal else Or(()),)), start, end)
        case "related":
            first, second = words[0], words[-1]
            sign, near = words[-2].value
            negative = len(words) == 4 and words[1].value == "cannot"
            if len(words) == 4 and words[1].value == "can":
                raise _Unclear
            who = _named(first.value, discourse)
            whom = _named(second.value, discourse)
            remember(who, whom)
            if "or" in (first.value.joint, second.value.joint):
                raise _Unclear
            readings = []
            for left, right in product(who, whom):
                pairs = [_relation(a, b, sign, near) for a, b in product(left, right) if a != b]
                if not pairs:
                    raise _Unclear
                formula: Formula = pairs[0] if len(pairs) == 1 else And(tuple(pairs))
                if negative and len(pairs) > 1:
                    formula = And(tuple(Not(p) for p in pairs))
                elif negative:
                    formula = Not(formula)
                readings.append(formula)
            return _Said(Constraint(tuple(readings)), start, end)
        case "row" | "rising" | "falling":
            return _Said(_row(unit.data, words, context, discourse), start, end)
    raise AssertionError(unit.data)


def _row(data: str, words: list[_Word], context: Context, discourse: _Discourse) -> Constraint:
    """Items written in a row: all of them in order, or joined by arrows or comparison signs."""
    values: list[_Items] = [w.value for w in words if w.kind == "ITEMS"]
    names = tuple(n for v in values for n in v.names)
    if len(set(names)) < len(names) or len(names) < 2:
        raise _Unclear
    if len(values) == 1 and (
        len(names) < len(context.given.items)
        or values[0].joint == "or"
        or not (discourse.frame or context.scale.numbered)
    ):
        raise _Unclear
    if len(values) > 1 and any(len(v.names) != 1 for v in values):
        raise _Unclear
    up = And(tuple(Before(a, b) for a, b in zip(names, names[1:], strict=False)))
    down = And(tuple(Before(b, a) for a, b in zip(names, names[1:], strict=False)))
    if data == "row" and discourse.frame:
        return Constraint((up if discourse.frame > 0 else down,))
    if data == "row" and len(values) == 1:
        return Constraint((up,))
    return Constraint((up, down))


def _named(items: _Items, discourse: _Discourse) -> list[tuple[str, ...]]:
    """The items meant; a pronoun may mean the subject or the object of the statement before."""
    if items.names:
        return [items.names]
    options = (
        [discourse.object] if items.joint == "which" else [discourse.subject, discourse.object]
    )
    found = list(dict.fromkeys(o for o in options if o))
    if not found:
        raise _Unclear
    return found


def _framed(spots: _Spots, frame: int, size: int) -> list[tuple[int, ...]]:
    """Places from the low end, in each direction in which they may be counted."""
    turned = tuple(size + 1 - p for p in spots.places)
    if frame and not spots.framed:
        return [spots.places if frame > 0 else turned]
    if spots.framed:
        return [spots.places]
    return [spots.places, turned]


def _relation(a: str, b: str, sign: int, near: bool) -> Formula:
    if sign == 0:
        return Beside(a, b, ordered=False)
    first, second = (a, b) if sign < 0 else (b, a)
    return Beside(first, second, ordered=True) if near else Before(first, second)


def _occupy(
    names: tuple[str, ...],
    names_joint: str,
    places: tuple[int, ...],
    places_joint: str,
    be: str,
    *,
    listed: bool = False,
) -> Formula:
    """That the items stand in the places; `listed` when the places come first."""
    if be == "cannot":
        return And(tuple(Not(At(n, p)) for n in names for p in places))
    if len(names) == len(places) == 1:
        return At(names[0], places[0])
    each_place = And(tuple(Or(tuple(At(n, p) for n in names)) for p in places))
    each_name = And(tuple(Or(tuple(At(n, p) for p in places)) for n in names))
    if len(names) == 1:
        if places_joint == "and":
            if be == "can" or listed:
                raise _Unclear
            return each_place
        return each_name
    if len(places) == 1:
        if names_joint == "or" or (be == "can" and listed):
            return each_place
        raise _Unclear
    if be == "can" or names_joint == "or":
        return each_place if listed else each_name
    if len(names) != len(places):
        raise _Unclear
    return each_name


def _possible(readings: list[Formula]) -> Possible:
    out: list[tuple[Formula, ...]] = []
    for formula in readings:
        match formula:
            case Or(args):
                out.append(args)
            case And(args):
                out.append(tuple(a for arg in args for a in (arg.args if isinstance(arg, Or) else (arg,))))
            case _:
                out.append((formula,))
    return Possible(tuple(out))


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """The arrangement that `problem` describes, or None if it describes none."""
    found = _items_of(problem)
    if found is None or not 3 <= len(found[0]) <= MAX_ITEMS:
        return None
    items, kind, end = found
    question = _QUESTION.search(problem, end)
    stop = question.start() if question else len(problem)
    names = _forms(items, kind)
    best: Context | None = None
    for scale in SCALES:
        if not re.search(rf"\b(?:{'|'.join((*scale.ends, *scale.relations))})\b", problem[end:], re.I):
            continue
        empty = Arrangement(items, (), (), complete=True)
        context = Context(empty, scale, _vocabulary(names, kind, scale), names)
        premises, complete = [], True
        for span in sentences(problem[:stop]):
            if span.start < end or problem[span.start : span.end].endswith("?"):
                continue
            span = _unbulleted(problem, span)
            said = _read_sentence(problem, span, context, _Discourse())
            formulas = [_only_reading(s.body) for s in said or ()]
            if said is None or None in formulas:
                complete = False
                continue
            premises += [Premise(problem[span.start : span.end], f) for f in formulas if f]
        options = []
        for m in _OPTION.finditer(problem, stop):
            said = _read_sentence(problem, Span(*m.span("text")), context, _Discourse())
            formula = _only_reading(said[0].body) if said is not None and len(said) == 1 else None
            if formula:
                options.append((m["label"], formula))
        arrangement = Arrangement(items, tuple(premises), tuple(options), complete)
        if len(premises) >= 2 and (
            best is None or len(premises) > len(best.given.premises)
        ):
            best = replace(context, given=arrangement)
    return best


def _only_reading(body: Body) -> Formula | None:
    return body.readings[0] if isinstance(body, Constraint) and len(body.readings) == 1 else None


_BULLET = re.compile(r"\s*(?:[-*•‣]\s+|\(?\d{1,2}[.)]\s+|(?:step|clue|statement)\s*\d+\s*[:.]\s*)+", re.I)


def _unbulleted(text: str, span: Span) -> Span:
    m = _BULLET.match(text, span.start, span.end)
    return Span(m.end(), span.end) if m and m.end() < span.end else span


def read(step: Step, context: Context) -> list[Claim]:
    """Every statement of a step about the arrangement, in the order of its argument."""
    text = step.text
    discourse = _Discourse()
    out: list[Claim] = []
    supposing = False
    for span in sentences(text):
        answer = _ANSWER.search(text, span.start, span.end)
        before = Span(span.start, answer.start()) if answer else span
        said: list[_Said] | None = []
        if re.search(r"\w", text[before.start : before.end]):
            supposing = supposing or bool(_SUPPOSES.search(text, before.start, before.end))
            said = None if supposing else _read_either(text, before, context, discourse)
            if said is None and _mentions(text[before.start : before.end], context):
                said = [_Said(Unread(supposing), before.start, before.end)]
        for s in said or ():
            out.append(_claim(step, s.body, Span(s.start, s.end)))
        if answer and not supposing:
            out.append(_claim(step, Choice(answer["label"]), Span(*answer.span())))
    return out


def _read_either(
    text: str, span: Span, context: Context, discourse: _Discourse
) -> list[_Said] | None:
    said = _read_sentence(text, span, context, discourse)
    if said is None:
        bare = _unbulleted(text, span)
        said = _read_sentence(text, bare, context, discourse) if bare != span else None
    return said


def _mentions(sentence: str, context: Context) -> bool:
    lower = sentence.lower()
    return any(re.search(rf"\b{re.escape(form)}\b", lower) for form in context.names)


def _claim(step: Step, body: Body, span: Span) -> Claim:
    text = step.text[span.start : span.end].strip(" ,;.")
    kind = Kind.ANSWER if isinstance(body, Choice) else Kind.CONSTRAINT
    return Claim(kind, text, span.shift(step.span.start), step.index, text, Role.DERIVED, body)
