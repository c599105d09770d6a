"""What a puzzle puts in places: the things of each sort, the places, and the words for being before
or behind.

Things of one sort are as many as there are places, and no two in the same; a sort is only taken
where the problem's words say so. Without places, people stand for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from clr.reading.lexicon import CARDINAL, WEEKDAYS, cardinal, sentences
from clr.trace import Span

FEWEST, MOST = 3, 8
"""Things of one sort."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Words for an order: relations that take another thing, names of the ends, and of the sides
    from which places are counted; each for the low end (first) and the high one. `numbered` where
    "the third" counts from the low end."""

    relations: tuple[str, str]
    ends: tuple[str, str]
    sides: tuple[str, str] = (r"(?!)", r"(?!)")
    numbered: bool = False
    topic: str = ""


def _adjective(more: str, less: str, also: tuple[str, str] = ("", "")) -> Scale:
    """Comparison by stems of adjectives: the most comes first."""
    return Scale(
        (
            rf"(?:(?:{more})er|less (?:{less}){also[0]})\sthan",
            rf"(?:(?:{less})er|less (?:{more}){also[1]})\sthan",
        ),
        (rf"(?:{more})est", rf"(?:{less})est"),
    )


_RACING = r"races?|raced|racing|runners?|sprint\w*|marathon|swimmers?|cyclists?|finish\w*|skiers?"
SCALES = (
    Scale(
        (r"left of", r"right of"),
        (
            r"left-?most|far left|furthest left|left(?:-hand)? end|extreme left|very left",
            r"right-?most|far right|furthest right|right(?:-hand)? end|extreme right|very right",
        ),
        (r"left(?:-hand)?(?: (?:end|side))?", r"right(?:-hand)?(?: (?:end|side))?"),
    ),
    Scale(
        (
            r"below|beneath|underneath|under|lower (?:down )?than",
            r"above|over|higher (?:up )?than|on top of",
        ),
        (r"bottom(?:-?most)?|lowest", r"top(?:-?most)?|highest|uppermost"),
        (r"(?:the )?bottom", r"(?:the )?top"),
        numbered=True,
        topic=r"floors?|store?ys?|stories|levels?",
    ),
    Scale(
        (
            r"before|ahead of|in front of|earlier than|sooner than|precedes?|preceded",
            r"after|behind|later than|follows|followed(?! by)",
        ),
        (r"first|earliest|frontmost", r"last|latest|backmost"),
        (r"(?:the )?(?:front|start|beginning)", r"(?:the )?(?:back|end|rear)"),
        numbered=True,
    ),
    Scale(
        (
            r"before|ahead of|in front of|earlier than|sooner than|beats?|defeats?|defeated"
            r"|out(?:ran|runs|paced|paces)|faster than|quicker than",
            r"after|behind|later than|lost to|loses to|(?:was |is )?(?:beaten|defeated|passed) by"
            r"|slower than",
        ),
        (
            r"first|earliest|fastest|quickest|won|wins(?: the race)?|(?:the )?winner",
            r"last|latest|slowest",
        ),
        (r"(?:the )?(?:front|start|beginning)", r"(?:the )?(?:back|end|rear)"),
        numbered=True,
        topic=_RACING,
    ),
    Scale(
        (r"(?:old|eld)er than|born before", r"(?:young|new)er than|born after"),
        (r"oldest|eldest|first[- ]born", r"youngest|newest|last[- ]born"),
    ),
    Scale(
        (
            r"more (?:expensive|costly) than|pricier than|dearer than|costs? more than|cost"
            r" more than",
            r"cheaper than|less (?:expensive|costly) than|costs? less than",
        ),
        (r"most expensive|dearest|priciest|most costly", r"cheapest|least expensive"),
    ),
    _adjective("tall|long", "short"),
    _adjective("heavi", "light"),
    _adjective("bigg|larg", "small"),
    _adjective("fast|quick", "slow"),
    _adjective("strong", "weak"),
    _adjective("rich|wealthi", "poor"),
    _adjective("hott|warm", "cold|cool"),
    _adjective("bright", "dimm?|dark"),
    _adjective("deep", "shallow"),
    _adjective("high", "low"),
    _adjective("hard", "soft"),
    _adjective("loud", "quiet"),
)
"""Scales, the special ones first: two that are both told make the puzzle one of two orders."""
ROW, FLOORS, TIME, RACE = SCALES[:4]

_PLACES = (
    r"(?:house|seat|chair|bay|room|floor|office|lane|desk|box|locker|cabin|plot|stall|slot|hook"
    r"|position|place|spot|flat|apartment|berth|platform|gate|stable|cage|parking space|hut|tent)"
)
_UP_TO = (
    rf"(?P<noun>{_PLACES})s?,? (?:are |numbered |from )*1 ?(?:to|through|-|–|—) ?(?P<last>\d)\b"
)
_NUMBERED = re.compile(
    rf"\b{_UP_TO}|\b(?P<named>{_PLACES})s (?P<list>1(?:, \d)+,?(?: and|,) \d)\b"
    rf"|\b(?P<count>{CARDINAL}) (?:\w+ )?(?P<counted>{_PLACES})s\b(?=[^.]*\b(?:in a row|numbered"
    r"|side by side|in a line|next to each other|from left|left to right)\b)",
    re.I,
)
_BACKWARDS = re.compile(r"right[- ]to[- ]left|from (?:the )?right\b[^.]*\bnumbered", re.I)
_NAME = r"[A-Z](?<!\w[A-Z])[\w'-]*[a-z][\w-]*"
_NAMES = re.compile(
    rf"{_NAME}(?:, {_NAME}){{1,7}},? (?:and|&) {_NAME}|(?<=[:(—–-] ){_NAME}(?:, {_NAME}){{2,7}}"
    rf"|(?<=\(){_NAME}(?:, {_NAME}){{2,7}}"
)
_ARTICLE = r"(?:an?|the|his|her|its|their)"
_ITEM = rf"(?:{_ARTICLE} )?[a-z][a-z-]*(?: [a-z][a-z-]*)?"
_THINGS = re.compile(
    rf"{_ITEM}(?:, {_ITEM}){{1,7}},? (?P<joint>and|or) {_ITEM}"
    rf"|\((?P<in>{_ITEM}(?:, {_ITEM}){{2,7}})\)"
)
_ONES = re.compile(
    rf"\b[Oo]ne (?:\w+ )??(?:{_ARTICLE} )?(?P<first>[a-z][a-z-]*)"
    rf"(?P<rest>(?:,? and|,) one (?:{_ARTICLE} )?[a-z][a-z-]*(?:(?:,? and|,) one (?:{_ARTICLE} )?"
    r"[a-z][a-z-]*)+)"
)
_EACH = re.compile(
    r"\b(?:each|different|own|unique|distinct|one|some order|not necessarily|no two|matches)\b",
    re.I,
)
_COUNTED = re.compile(rf"\b(?P<count>{CARDINAL})\b(?! of\b)", re.I)
_DAYS = re.compile(
    rf"\b(?P<first>{'|'.join(WEEKDAYS)})s? (?:to|through|until|-|–) (?P<last>{'|'.join(WEEKDAYS)})",
    re.I,
)
UNSTEADY = re.compile(
    r"\b(?:swap\w*|switch\w*|trad(?:es?|ed|ing)|exchang\w+|(?:gives?|gave) (?:(?:the|his|her"
    r"|their|an?) )?\w+ to\b|moves?|liars?|lies|lying"
    r"|knights?|knaves?|says?|said|claims?|tie[ds]?|same (?:time|age|height|price|place))\b"
    r"|\b(?:statements?|clues?|of (?:them|these|the following))\b[^.?!]{0,80}"
    r"\b(?:false|wrong|incorrect|a lie|is true|are true)\b",
    re.I,
)
"""What tells that things move, that not all that is told is true, or that two may be equal."""
_ROUND = re.compile(r"\b(?:circ\w+|round|clockwise)\b", re.I)


@dataclass(frozen=True, slots=True)
class Setting:
    """The sorts that take places, the names of the places, and how places are told: `noun` and
    number, or by words of a scale. `own` are the words in which the problem tells this, `verbs`
    those of them that take an object."""

    sorts: tuple[tuple[str, ...], ...]
    places: tuple[str, ...]
    noun: str
    scale: Scale | None
    numbered: bool
    own: frozenset[str]
    verbs: frozenset[str]
    told_in: frozenset[Span]


def setting_of(problem: str) -> Setting | None:
    """The setting of a puzzle; None unless it is read without doubt."""
    if UNSTEADY.search(problem) or _BACKWARDS.search(problem) or _ROUND.search(problem):
        return None
    told = [(s, problem[s.start : s.end]) for s in sentences(problem)]
    told = [(s, text) for s, text in told if text[-1] != "?"]
    sorts: list[tuple[str, ...]] = []
    own: set[str] = set()
    verbs: set[str] = set()
    told_in: set[Span] = set()
    places: tuple[str, ...] = ()
    noun = ""
    for span, text in told:
        numbered = _numbered(text)
        if numbered is not None and not places:
            noun, places = numbered
        lists = [*_lists(text, problem)]
        days = next((found for found in lists if _days(found)), ())
        if days and not places:
            places = days
        lists = [found for found in lists if not _days(found)]
        fresh = [f for f in lists if not {*f} & {t for sort in sorts for t in sort}]
        if fresh or numbered is not None or days:
            told_in.add(span)
            own |= {*re.findall(r"\b[a-z]{3,}\b", text)}
            verbs |= {
                *re.findall(r"\b([a-z]{3,}) (?:an?|the|one|different|exactly|his|her)\b", text)
            }
        sorts += fresh
    listed = bool(sorts)
    if not listed and not places:
        sorts = _names_told(told)
    if not sorts:
        return None
    scale = _scale_of(" ".join(text for _, text in told))
    if isinstance(scale, str) or not (listed or scale):
        return None
    if places and scale is not None and (scale is RACE or not scale.numbered):
        scale = None  # who is taller says nothing of who has which house
    size = len(places) or len(sorts[0])
    sorts = [sort for sort in sorts if len(sort) == size]
    things = [thing.lower() for sort in sorts for thing in sort]
    if not sorts or not FEWEST <= size <= MOST or len({*things}) < len(things):
        return None
    if not _counted_alike(told, told_in, sorts[0], size):
        return None
    ordered = bool(places) or scale is not None
    if not ordered and len(sorts) < 2:
        return None
    if not ordered:
        places, *rest = sorts
        sorts = rest
    elif not places:
        places = tuple(str(n) for n in range(1, size + 1))
    if ordered and scale is None:
        scale = TIME if places[0].lower() in WEEKDAYS else ROW
        scale = FLOORS if noun == "floor" else scale
    left_to_right = re.search(r"left[- ]to[- ]right", problem, re.I)
    numbered_places = bool(noun) or bool(scale and scale.numbered) or left_to_right is not None
    words = frozenset(own - {word for thing in things for word in thing.split()} - _FUNCTION)
    return Setting(
        tuple(sorts), places, noun, scale if ordered else None, numbered_places, words,
        frozenset(verbs & words), frozenset(told_in),
    )  # fmt: skip


_FUNCTION = frozenset(
    "the and not nor but for with from left right above below before after behind ahead next"
    " between beside first last than who which that one two three four five six seven eight"
    " beat beats either neither never each other another different necessarily this these".split()
)


@lru_cache(maxsize=1)
def _told_by() -> list[tuple[Scale, re.Pattern[str], re.Pattern[str] | None]]:
    """Each scale with what tells it, and its topic."""
    out = []
    for scale in SCALES:
        told = "|".join((*scale.relations, *(() if scale.numbered else scale.ends)))
        topic = re.compile(rf"\b(?:{scale.topic})\b", re.I) if scale.topic else None
        out.append((scale, re.compile(rf"\b(?:{told})\b".replace(r"\s", " "), re.I), topic))
    return out


def _scale_of(text: str) -> Scale | str | None:
    """The only scale whose words are used; "" if there are two, None without any."""
    found = [
        scale
        for scale, words, topic in _told_by()
        if (topic is None or topic.search(text)) and words.search(text)
    ]
    if RACE in found:
        found = [s for s in found if s is RACE or (s is not TIME and "fast" not in s.ends[0])]
    return found[0] if len(found) == 1 else ("" if found else None)


def _numbered(text: str) -> tuple[str, tuple[str, ...]] | None:
    m = _NUMBERED.search(text)
    if m is None:
        return None
    noun = (m["noun"] or m["named"] or m["counted"]).lower()
    if m["last"]:
        size = int(m["last"])
    elif m["list"]:
        numbers = [int(n) for n in re.findall(r"\d", m["list"])]
        size = len(numbers) if numbers == [*range(1, len(numbers) + 1)] else 0
    else:
        size = cardinal(m["count"])
    if not FEWEST <= size <= MOST:
        return None
    return noun, tuple(f"{noun} {n}" for n in range(1, size + 1))


_CAPITAL = re.compile(r"(?<![\w'’])[A-Z][a-z][\w-]*")
_NO_NAME = frozenset(
    "The This That There Each Every All Both Nobody Everybody No One Two Three Four Five Six Only"
    " In On At By If When Who Which What And But So Then He She They It Neither Either After Before"
    " Some Here From Among First Last Next Behind List Order Rank Sort Arrange Put Name Find"
    " Write Give"
    " Their His Her Its Of For Also Finally However".split()
)


def _names_told(told: list[tuple[Span, str]]) -> list[tuple[str, ...]]:
    """All names of a problem that does not list them, as one sort; none if it counts others."""
    texts = [text for _, text in told]
    names = {m[0] for text in texts for m in _CAPITAL.finditer(text)} - _NO_NAME
    counts = {
        cardinal(m["count"])
        for text in texts
        for m in re.finditer(
            rf"\b(?P<count>{CARDINAL}) (?!years?|months)[a-z]{{3,}}s\b", text, re.I
        )
    }
    return [tuple(sorted(names))] if not counts - {len(names)} else []


def _days(things: tuple[str, ...]) -> bool:
    return all(thing.lower() in WEEKDAYS for thing in things)


def _lists(text: str, problem: str) -> Iterator[tuple[str, ...]]:
    """The lists of names and of things in a sentence."""
    for m in _DAYS.finditer(text):
        first, last = (WEEKDAYS.index(m[end].lower()) for end in ("first", "last"))
        if FEWEST <= last - first + 1 <= 7:
            yield tuple(day.title() for day in WEEKDAYS[first : last + 1])
    for listed in _NAMES.finditer(text):
        names = tuple(re.split(r",? (?:and|&) |, ", listed[0]))
        if FEWEST <= len(names) == len({*names}):
            yield names
    each = _EACH.search(text) is not None
    if ones := _ONES.search(text):
        rest = re.findall(rf"one (?:{_ARTICLE} )?([a-z][a-z-]*)", ones["rest"])
        things = (ones["first"], *rest)
        if _told_again(things, text, problem):
            yield things
        return
    for m in _THINGS.finditer(text):
        parts = re.split(r",? (?:and|or) |, ", m["in"] or m[0])
        things = tuple(re.sub(rf"^{_ARTICLE} ", "", part) for part in parts)
        if all(" " not in thing for thing in things[1:-1]):
            first = things[0] if " " not in things[0] else things[0].split()[-1]
            things = (first, *things[1:-1], things[-1].split()[0])
        sure = each or m["joint"] == "and"
        alike = FEWEST <= len(things) == len({*things})
        if sure and alike and _told_again(things, text, problem):
            yield things


def _told_again(things: tuple[str, ...], text: str, problem: str) -> bool:
    """Whether the rest of the problem speaks of two of the things at least."""
    rest = problem.lower().replace(text.lower(), " ")
    return sum(bool(re.search(rf"\b{re.escape(t)}", rest)) for t in things) > 1


def _counted_alike(
    told: list[tuple[Span, str]], told_in: set[Span], sort: tuple[str, ...], size: int
) -> bool:
    """Whether no number of people or things that the setting tells is another one."""
    for span, text in told:
        at = text.find(sort[0])
        if span in told_in and at >= 0:
            counts = [cardinal(m["count"]) for m in _COUNTED.finditer(text[:at])]
            if any(count not in (0, 1, size) for count in counts):
                return False
    return True
