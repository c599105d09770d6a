"""Sentences about an arrangement: a small grammar over words, and what its sentences mean.

Ordinals without a direction ("the third") keep both readings unless the step names a direction
("from left to right"). A pronoun may stand for the subject or the object before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise, product
from typing import Any

from lark import Lark, Token, Tree, UnexpectedInput

from clr.bodies.connectives import And, Not, Or
from clr.bodies.ordering import At, Before, Beside, Constraint, Formula, Open, Possible
from clr.claim import Body
from clr.reading.ordering_words import JOINTS, Items, Spots, Vocabulary, Word, fold, tokens
from clr.reading.words import Ready
from clr.trace import Span

_GRAMMAR = r"""
start: unit (_SEP unit)*
?unit: FRAME                      -> frame
     | ITEMS BE? SPOTS            -> placed
     | ITEMS BE? SPOTS ((BE | ARROW) SPOTS)+ -> placed
     | ITEMS ARROW SPOTS          -> placed
     | SPOTS BE ITEMS             -> occupied
     | SPOTS BE ITEMS BE SPOTS    -> twice
     | SPOTS                      -> stands
     | (SPOTS | ITEMS) TAKEN      -> remark
     | SPOTS _COLON? ITEMS        -> occupied
     | SPOTS BE ANY               -> free
     | SPOTS BE SPOTS             -> same
     | ITEMS BE? RELATION ITEMS   -> related
     | ITEMS BE? RELATION ITEMS (RELATION ITEMS)+ -> chained
     | BE? RELATION ITEMS         -> related
     | BE SPOTS                   -> placed
     | ITEMS BE? BETWEEN ITEMS    -> between
     | SPOTS FOR ITEMS            -> occupied
     | ITEMS REMAINS              -> remark
     | REST BE ITEMS              -> remark
     | REST BE SPOTS              -> remark
     | ITEMS                      -> row
     | ITEMS (LESS ITEMS)+        -> rising
     | ITEMS (MORE ITEMS)+        -> falling
     | ITEMS (ARROW ITEMS)+       -> row
%declare FRAME ITEMS SPOTS BE ANY RELATION BETWEEN FOR REMAINS TAKEN REST LESS MORE ARROW _SEP
%declare _COLON
"""


@lru_cache(maxsize=1)
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", lexer=Ready)


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of a sentence, before it is placed in its step."""

    body: Body
    start: int
    end: int


@dataclass(slots=True)
class Discourse:
    """What carries over between the sentences of one step."""

    frame: int = 0
    ordered: bool = False
    """Whether an order was announced, so that a list is one."""
    directed: bool = False
    """Whether the sentence itself names its direction, "from left to right"."""
    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()


def _parse(words: list[Word]) -> list[tuple[Tree[Any], str | None]] | None:
    """The units of a sentence with the separator before each, or None if it is not one."""
    if words and words[0].kind == "_SEP":
        opening, words = words[0].value, words[1:]
    else:
        opening = None
    try:
        tree = _parser().parse(words)
    except UnexpectedInput:
        return None
    seps = [w.value for w in words if w.kind == "_SEP"]
    return list(zip(tree.children, [opening, *seps], strict=True))  # type: ignore[arg-type]


MAX_LENGTH = 2_000
"""Characters of a sentence; longer ones are not read."""


class _Unclear(Exception):
    """A unit has the form of a statement but no clear meaning."""


def read_sentence(
    text: str, span: Span, vocabulary: Vocabulary, discourse: Discourse
) -> list[Said] | None:
    """Statements of a sentence; None if it was not read whole."""
    if span.end - span.start > MAX_LENGTH:
        return None
    found = tokens(text, span, vocabulary)
    if found is None or any(w.kind == "SUPPOSE" for w in found):
        return None
    if not any(w.kind in ("ITEMS", "SPOTS", "RELATION", "FRAME", "ORDER") for w in found):
        return []
    frames = [w.value for w in found if w.kind == "FRAME"]
    ordered = discourse.ordered or any(w.kind == "ORDER" for w in found)
    words = _unbracketed(
        [w._replace(kind="_SEP", value=None) if w.kind == "ORDER" else w for w in found]
    )
    if words is None:
        return None
    if all(w.kind in ("_SEP", "_COLON", "_COMMA") for w in words):
        discourse.ordered = ordered
        return []
    stepwise = [w._replace(kind="_SEP", value="so") if w.kind == "ARROW" else w for w in words]
    explained = [w._replace(kind="_SEP", value=None) if w.kind == "_COLON" else w for w in words]
    rows = [words, *(row for row in (stepwise, explained) if row != words)]
    for row, joints in product(rows, JOINTS):
        units = _parse(fold(row, joints))
        if units is None or _fronted(units):
            continue
        trial = replace(discourse, ordered=ordered, directed=len(frames) == 1)
        if trial.directed:
            trial.frame = frames[0]
        try:
            said = [(sep, _interpret(unit, vocabulary, trial)) for unit, sep in units]
        except _Unclear:
            continue
        discourse.frame, discourse.ordered = trial.frame, ordered
        discourse.subject, discourse.object = trial.subject, trial.object
        return _linked(_gathered([(sep, s) for sep, s in said if s is not None]))
    return None


def _fronted(units: list[tuple[Tree[Any], str | None]]) -> bool:
    """Whether a place or relation stands before its thing, "after Kim, Lou is second"; only behind
    "and" or "but" may it be said of the subject before."""
    following = [sep for _, sep in units[1:]] + [""]
    for at, (unit, sep) in enumerate(units):
        first = next(t.value.kind for t in unit.children if isinstance(t, Token))
        alone = unit.data in ("placed", "related") and first != "ITEMS"
        if unit.data == "stands" and sep != "so":
            return True
        if alone and (not at or sep not in ("and", "but") or following[at] is None):
            return True
    return False


def _unbracketed(words: list[Word]) -> list[Word] | None:
    """The words with "the crow (second)" and "the crow: second" as "the crow is second", and a
    direction out of its brackets; None if other brackets are left."""
    out: list[Word] = []
    for i, word in enumerate(words):
        between = [w.kind for w in words[max(0, i - 1) : i + 2]]
        if between in (["ITEMS", "_COLON", "SPOTS"], ["ITEMS", "_TO", "SPOTS"]):
            out.append(word._replace(kind="BE", value="is"))
            continue
        closes = i + 2 < len(words) and words[i + 2].kind == "RIGHT"
        if word.kind == "LEFT" and closes and words[i + 1].kind == "FRAME":
            out.append(word._replace(kind="_SEP", value=None))
            continue
        if word.kind == "LEFT" and closes and words[i + 1].kind == "SPOTS":
            if not out or out[-1].kind not in ("ITEMS", "SPOTS"):
                return None
            out.append(word._replace(kind="BE", value="is"))
        elif word.kind == "LEFT":
            return None
        elif word.kind != "RIGHT":
            out.append(word)
        elif i < 2 or words[i - 2].kind != "LEFT":
            return None
    return out


def _gathered(said: list[tuple[str | None, Said]]) -> list[tuple[str | None, Said]]:
    """Three or more places given one after another ("crow = 1, owl = 2, finch = 3") made one
    statement, in which all are counted in the same direction."""
    out: list[tuple[str | None, Said]] = []
    for _, group in groupby(enumerate(said), lambda pair: _run_of_places(said, pair[0])):
        pairs = [pair for _, pair in group]
        bodies = [s.body for _, s in pairs if isinstance(s.body, Constraint)]
        sizes = {len(body.readings) for body in bodies}
        if len(pairs) < 3 or len(bodies) < len(pairs) or len(sizes) > 1:
            out += pairs
            continue
        readings = tuple(And(parts) for parts in zip(*(b.readings for b in bodies), strict=True))
        mirror = bodies[0].mirror if len({b.mirror for b in bodies}) == 1 else ""
        whole = Constraint(readings, firm=all(b.firm for b in bodies), mirror=mirror)
        out.append((pairs[0][0], Said(whole, pairs[0][1].start, pairs[-1][1].end)))
    return out


def _run_of_places(said: list[tuple[str | None, Said]], at: int) -> int:
    """A number that is the same for statements of a place that follow each other directly."""
    while at and _places(said[at][1].body) and _places(said[at - 1][1].body):
        if said[at][0] not in (None, "and"):
            break
        at -= 1
    return at


def _places(body: Body) -> bool:
    return isinstance(body, Constraint) and all(isinstance(r, At) for r in body.readings)


def _linked(said: list[tuple[str | None, Said]]) -> list[Said]:
    """Statements in the order of the argument, each with what the sentence cites for it.

    What follows "because" comes before the rest. In "since A, B, and C" nobody knows where the
    reasons end.
    """
    links = [link for link, _ in said]
    parts = [s for _, s in said]
    if "because" in links[1:]:
        at = links.index("because", 1)
        return _cited(parts[at:], parts[:at], because=True)
    breaks = [i for i, link in enumerate(links) if i and link != "and"]
    if links[:1] == ["because"] and len(breaks) == 1:
        return _cited(parts[: breaks[0]], parts[breaks[0] :], because=True)
    if "so" in links[1:]:
        at = len(links) - links[::-1].index("so") - 1
        return _cited(parts[:at], parts[at:], because=False)
    return parts


def _cited(reasons: list[Said], rest: list[Said], *, because: bool) -> list[Said]:
    cites = [
        said.body.readings[0]
        for said in reasons
        if isinstance(said.body, Constraint) and len(said.body.readings) == 1
    ]
    if len(cites) < len(reasons):
        cites = []
    out = []
    for said in (*reasons, *rest):
        body = said.body
        if isinstance(body, Constraint) and said in reasons:
            body = replace(body, reason=because)
        elif isinstance(body, Constraint):
            body = replace(body, cites=tuple(cites))
        out.append(replace(said, body=body))
    return out


def _interpret(unit: Tree[Any], vocabulary: Vocabulary, discourse: Discourse) -> Said | None:
    words: list[Word] = [t.value for t in unit.children if isinstance(t, Token)]
    words = [w for w in words if w.kind not in ("_COLON", "FOR")]
    if unit.data == "twice":
        unit.data, words = "placed", [words[2], words[1], words[0], words[3], words[4]]
    if unit.data == "stands":
        unit.data = "placed"
    if unit.data in ("placed", "related") and words[0].kind != "ITEMS":  # of the subject before
        words.insert(0, Word("ITEMS", _subject(discourse), words[0].start, words[0].start))
    start, end = words[0].start, words[-1].end
    size = len(vocabulary.items)
    if unit.data == "frame":
        discourse.frame = words[0].value
        return None
    if unit.data == "remark":
        named = [w.value.names for w in words if w.kind == "ITEMS"]
        discourse.subject = discourse.object = named[0] if named else ()
        return None

    def spots(word: Word) -> list[tuple[int, ...]]:
        return _framed(word.value, discourse.frame, size)

    def remember(subject: Sequence[tuple[str, ...]], object_: Sequence[tuple[str, ...]]) -> None:
        discourse.subject = subject[0] if subject else ()
        discourse.object = object_[-1] if object_ else ()

    match unit.data:
        case "placed":
            items, place = words[0], words[-1]
            verb = words[1].value if words[1].kind == "BE" else "is"
            named = [w for w in words if w.kind == "SPOTS"]
            if len(named) > 1:
                return Said(_placed_twice(items, verb, named, discourse, size), start, end)
            who = _named(items.value, discourse)
            remember(who, who)
            readings = [
                _occupy(w, items.value.joint, places, place.value.joint, verb)
                for w, places in product(who, spots(place))
            ]
            if verb == "can":
                return Said(_possible(readings), start, end)
            return Said(_mirrored(readings, who, place.value), start, end)
        case "occupied":
            place, items = words[0], words[-1]
            be_value = words[1].value if len(words) == 3 else "is"
            who = _named(items.value, discourse)
            remember(who, who)
            readings = [
                _occupy(w, items.value.joint, places, place.value.joint, be_value, listed=True)
                for w, places in product(who, spots(place))
            ]
            if place.value.label and not discourse.ordered:
                alone = len(readings) == 1
                return Said(Constraint(tuple(readings[:1]), firm=False, label=alone), start, end)
            if be_value == "can" and not discourse.frame:
                return Said(_possible(readings), start, end)
            return Said(_mirrored(readings, who, place.value), start, end)
        case "free":
            if words[1].value == "cannot":
                raise _Unclear
            return Said(
                Open(tuple(p for places in spots(words[0])[:1] for p in places)), start, end
            )
        case "same":
            if words[1].value != "is":
                raise _Unclear
            equal = any(a == b for a, b in product(spots(words[0]), spots(words[2])))
            return Said(Constraint((And(()) if equal else Or(()),)), start, end)
        case "related":
            first, second = words[0], words[-1]
            sign, gap = words[-2].value
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
                pairs = [_relation(a, b, sign, gap) for a, b in product(left, right) if a != b]
                if not pairs:
                    raise _Unclear
                formula: Formula = pairs[0] if len(pairs) == 1 else And(tuple(pairs))
                if negative and len(pairs) > 1:
                    formula = And(tuple(Not(p) for p in pairs))
                elif negative:
                    formula = Not(formula)
                readings.append(formula)
            return Said(Constraint(tuple(readings)), start, end)
        case "chained":
            linked = [w for w in words if w.kind != "BE"]
            if words[1].kind == "BE" and words[1].value != "is":
                raise _Unclear
            each = []
            ends = [_alone(word) for word in linked[::2]]
            for (one, other), relation in zip(pairwise(ends), linked[1::2], strict=True):
                each.append(_relation(one, other, *relation.value))
            return Said(Constraint((And(tuple(each)),)), start, end)
        case "between":
            return Said(_between(words, discourse), start, end)
        case "row" | "rising" | "falling":
            return Said(_row(unit.data, words, vocabulary, discourse), start, end)
    raise AssertionError(unit.data)


def _alone(word: Word) -> str:
    """The one item of a word."""
    if len(word.value.names) != 1:
        raise _Unclear
    return str(word.value.names[0])


def _placed_twice(
    items: Word, verb: str, places: list[Word], discourse: Discourse, size: int
) -> Constraint:
    """One item in one place that is named in several ways: third from the right = fifth."""
    who = _named(items.value, discourse)
    if verb != "is" or len(who) > 1 or len(who[0]) > 1:
        raise _Unclear
    framed = [_framed(word.value, discourse.frame, size) for word in places]
    if any(len(spots) > 1 for reading in framed for spots in reading):
        raise _Unclear
    discourse.subject = discourse.object = who[0]
    readings = [And(tuple(At(who[0][0], p) for (p,) in one)) for one in product(*framed)]
    unsure = [word.value for word, ways in zip(places, framed, strict=True) if len(ways) > 1]
    if len(unsure) != 1:
        return Constraint(tuple(readings))
    return _mirrored(readings, who, unsure[0])


def _mirrored(readings: Sequence[Formula], who: Sequence[object], spots: Spots) -> Constraint:
    """A constraint whose two readings, if it has two, count a number from either end."""
    turns = len(readings) == 2 and len(who) == 1 and spots.numeral
    return Constraint(tuple(readings), mirror="numbers" if turns else "")


def _subject(discourse: Discourse) -> Items:
    if not discourse.subject:
        raise _Unclear
    return Items(discourse.subject, "one" if len(discourse.subject) == 1 else "and")


def _between(words: list[Word], discourse: Discourse) -> Constraint:
    """Somewhere between two others, or right between them."""
    verb = words[1].value if words[1].kind == "BE" else "is"
    ends: Items = words[-1].value
    who = _named(words[0].value, discourse)
    if verb == "can" or len(who) > 1 or len(who[0]) > 1 or len(ends.names) != 2:
        raise _Unclear
    (item,), (first, second) = who[0], ends.names
    if item in ends.names or ends.joint != "and":
        raise _Unclear
    discourse.subject = discourse.object = who[0]
    somewhere = Or(
        (
            And((Before(first, item), Before(item, second))),
            And((Before(second, item), Before(item, first))),
        )
    )
    right = And((Beside(first, item, False), Beside(item, second, False)))
    readings: tuple[Formula, ...] = (somewhere, right)
    return Constraint(tuple(Not(r) for r in readings) if verb == "cannot" else readings)


def _row(data: str, words: list[Word], vocabulary: Vocabulary, discourse: Discourse) -> Constraint:
    """Items written in a row: all of them in order, or joined by arrows or comparison signs."""
    values: list[Items] = [w.value for w in words if w.kind == "ITEMS"]
    names = tuple(n for v in values for n in v.names)
    if len(set(names)) < len(names) or len(names) < 2:
        raise _Unclear
    if len(values) == 1 and (
        len(names) < len(vocabulary.items)
        or values[0].joint == "or"
        or not (discourse.frame or discourse.ordered)
    ):
        raise _Unclear
    if len(values) > 1 and any(len(v.names) != 1 for v in values):
        raise _Unclear
    up = And(tuple(Before(a, b) for a, b in pairwise(names)))
    down = And(tuple(Before(b, a) for a, b in pairwise(names)))
    if discourse.frame and (data == "row" or discourse.directed):
        return Constraint((up if discourse.frame > 0 else down,))
    if data == "row" and len(values) == 1 and vocabulary.scale.numbered:
        return Constraint((up,))
    signs = "signs" if data in ("rising", "falling") else ""
    return Constraint((down, up) if data == "rising" else (up, down), mirror=signs)


def _named(items: Items, discourse: Discourse) -> list[tuple[str, ...]]:
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


def _framed(spots: Spots, frame: int, size: int) -> list[tuple[int, ...]]:
    """Places from the low end, in each direction in which they may be counted."""
    turned = tuple(size + 1 - p for p in spots.places)
    if frame and (spots.label or not spots.framed):
        return [spots.places if frame > 0 else turned]
    if spots.framed:
        return [spots.places]
    return [spots.places, turned]


def _relation(a: str, b: str, sign: int, gap: int) -> Formula:
    if sign == 0:
        return Beside(a, b, ordered=False)
    first, second = (a, b) if sign < 0 else (b, a)
    return Beside(first, second, ordered=True, gap=gap) if gap else Before(first, second)


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
                out.append(
                    tuple(a for arg in args for a in (arg.args if isinstance(arg, Or) else (arg,)))
                )
            case _:
                out.append((formula,))
    return Possible(tuple(out))
