"""States as a trace writes them: "Ann: kite, Ben: ball", "[4, 1]", "(on, off)", "01101", "C4"."""

from __future__ import annotations

import re
from functools import lru_cache

from clr.bodies.transitions import Row, Slots, Spot, State
from clr.reading.lexicon import CARDINALS

CLASSES = (
    r"(?:box|boxes|cup|jar|bag|basket|crate|drawer|bowl|glass|bucket|tray|tank|pot|pile|heap|peg"
    r"|rod|shelf"
    r"|lamp|light|bulb|switch|coin|card|tile|door|valve|gate|button|locker|counter|register"
    r"|variable"
    r"|cell|slot|position|place|seat|chair|bay|room|player|team|child|number|item|bin|tin|stack"
    r"|queue)"
)
"""What names a sort of things, before the name of one: "box X" is X."""
_WORD = r"[A-Za-z0-9][\w'’.-]*"
_LINK = r"(?:\s*(?P<link>:|=|→|->|⇒|–|—|(?=\())\s*|(?P<dash> - ))"
_HAS = (
    r"(?:(?:now|still|then|currently|also) )?(?:has got|has|have|holds|keeps|gets|owns|carries"
    r"|wears"
    r"|plays|contains|reads|shows|carries|sits (?:in|on|at)|stands (?:in|on|at)"
    r"|is (?:wearing|holding|playing|carrying|in|on|at|using|driving|with)|is|are|at|in|on|with)"
    r"(?: (?:now|still|again))?"
)
_VALUE = rf"-?\d+(?: [a-z]+)?|{_WORD}(?: {_WORD}){{0,3}}"
_PAIR = re.compile(
    rf"(?P<key>{_WORD}(?: {_WORD}){{0,2}}?){_LINK}(?P<value>\((?:{_VALUE})\)|{_VALUE})"
)
_TOLD = re.compile(rf"(?P<key>(?:the )?{_WORD}(?: [A-Z0-9]\w?(?!\w))?) {_HAS} (?P<value>{_VALUE})")
_GAPPED = re.compile(
    rf"(?P<key>[A-Z][\w'’-]*|{CLASSES} \w{{1,2}}|[A-Z0-9]) (?P<value>(?:an?|the) {_WORD}(?:"
    rf" {_WORD})?|-?\d+"
    rf"|{_WORD})|(?P<kind>the [a-z]+) (?P<number>\d+|none|nothing|empty)"
)
_APART = re.compile(r"[,;|·•/\n]|a(?<!\wa)nd\b|w(?<= w)hile\b")
_BRACKETED = re.compile(r"[\[(⟨](?P<in>[^\[\]()⟨⟩{}=:]*)[\])⟩]")
_ITEM = re.compile(r"[\"'“‘]?(-?\w[\w-]*)[\"'”’]?")
_BITS = re.compile(r"[01]{3,16}|[01](?: [01]){2,15}")
_BARE = re.compile(
    r"(?:on|off|lit|unlit|heads|tails|open|closed|[HT])(?:(?:, | )(?:on|off|lit|unlit|heads|tails"
    r"|open|closed|[HT])){2,15}",
    re.I,
)
_NAMED = (
    r"(?:(?:so|now|then|thus) )?(?:(?:the|our|its) )?(?:(?:new|current|resulting|updated|final"
    r"|full) )?"
    r"(?:state|list|row|line|order|sequence|array|stack|queue|panel|board|lamps|lights|coins|bits?"
    r"|string|deck|pile|switches|contents?|result)(?: \d+)?"
)
_LABEL = re.compile(
    rf"(?:{_NAMED}|[A-Za-z](?:_?\{{?\d{{1,2}}\}}?|[₀-₉]{{1,2}})?)"
    r"(?:\s*[=:]|\s+(?:is|are|reads|becomes|shows|now|stands at|looks like)\b(?: now\b)?(?:\s*:)?)"
    r"\s*"
    r"|(?:the )?[a-z]{3,}(?<!pop)s\s*[=:]\s*(?=[\[(⟨])",
    re.I,
)
_SPOT = re.compile(
    r"(?:(?:heading|direction|position|floor|square|facing):? )?(?:(?:(?:now|again|still|back"
    r"|from|starts|begins|stands|he"
    r"|she|it|is|at|on|in|to|the|that is|facing|faces|floor|square"
    r"|cup|stays?|remains?|number|position|place|value|counter|becomes|under|we are|they are) )*)"
    r"(?P<value>-?\d{1,6}|[a-h]\d|[A-H]\d|(?-i:[A-Z])|north|south|east|west|left|middle|right"
    r"|centre|center)"
    r"(?: (?:floor|again|now|passengers|people|cup|one|position|place))*",
    re.I,
)
LONGEST = 400


def state_in(text: str, *, labelled: bool = False) -> State | None:
    """The state that `text` is, read whole, or None."""
    text = text.strip(" .!\n*_`")
    if not text or len(text) > LONGEST:
        return None
    if m := _LABEL.match(text):
        inner = row_in(text[m.end() :], bare=True)
        if inner is not None:
            return inner
    return row_in(text, bare=labelled) or _slots(text)


def may_open(text: str) -> bool:
    """Whether the beginning of `text` may be a state: a look in place of one at each piece."""
    return text[:1] in ("[", "(", "⟨", "∅") or any(form.match(text) for form in _OPENINGS)


_LISTED = re.compile(rf"{_WORD}(?:, {_WORD}){{2,20}}")


def row_alone(text: str) -> Row | None:
    """The row that a line is which holds nothing else."""
    text = text.strip(" .!\n*_`")
    return Row(tuple(text.lower().split(", "))) if _LISTED.fullmatch(text) else None


_ON_A_LINE = re.compile(
    rf"(?P<key>{_WORD}(?: {_WORD}){{0,2}}?)(?:\s*(?::|=|→|->|–|—)\s*| (?:now )?(?:has|holds) )"
    rf"(?:the |an? )?(?P<value>{_VALUE})(?: \((?:unchanged|same)\))?[.,;]?"
)


def pair_on_a_line(text: str) -> str | None:
    """A name with what it has, as one line of a list: "- Ann: red"."""
    m = _ON_A_LINE.fullmatch(text.strip())
    if m is None or name_of(m["key"]).split()[0] in _NO_NAMES - {"position", "place", "seat"}:
        return None
    return f"{m['key']}: {m['value']}"


def spot_in(text: str) -> Spot | None:
    """The single value that `text` is, where one may be meant."""
    m = _SPOT.fullmatch(text.strip(" .!*_`"))
    if m is None:
        return None
    value = m["value"].lower()
    return Spot("middle" if value in ("centre", "center") else value)


def row_in(text: str, *, bare: bool) -> Row | None:
    """The row that `text` is, read whole; without brackets where it may be `bare`."""
    text = text.strip(" .!\n*_`")
    if text.lower() in ("empty", "the empty list", "an empty list", "∅", "[]", "()"):
        return Row(()) if bare or text in ("[]", "()") else None
    if m := _BRACKETED.fullmatch(text):
        parts = (
            re.split(r"\s*[,;]\s*", m["in"].strip())
            if re.search("[,;]", m["in"])
            else m["in"].split()
        )
        items = [_ITEM.fullmatch(p) for p in parts]
        if all(items) and len(items) <= 40:
            return Row(tuple(i[1].lower() for i in items if i))
        return None
    if _BITS.fullmatch(text):
        return Row(tuple(text.replace(" ", "")))
    if _BARE.fullmatch(text):
        return Row(tuple(re.split(r", | ", text.lower())))
    if bare and re.fullmatch(r"-?\w+(?:, -?\w+){1,20}|-?\w{1,2}(?: -?\w{1,2}){1,20}", text):
        return Row(tuple(re.split(", | ", text.lower())))
    return None


_GLUED = re.compile(r"[A-Z]\d{1,6}(?:,? [A-Z]\d{1,6}){1,15}")
"""Letters with their numbers: "A4 B0 C7"."""


def _slots(text: str) -> Slots | None:
    if _GLUED.fullmatch(text):
        return Slots(tuple((m[1].lower(), m[2]) for m in re.finditer(r"([A-Z])(\d+)", text)))
    end = _APART.search(text)
    if not _is_pair(text[: end.start()].strip() if end else text):
        return None
    parts = [p for part in _APART.split(text) if (p := part.strip())]
    if not 1 <= len(parts) <= 16 or (len(parts) == 1 and "=" not in text):
        return None
    for form in (_drawn, _bare, _said):
        pairs = form(parts)
        if pairs and len({k for k, _ in pairs}) == len(pairs):
            return Slots(tuple(pairs))
    return None


@lru_cache(maxsize=1024)
def _is_pair(part: str) -> bool:
    """Whether the first part of a sentence may be a name with what it has."""
    return not part or any(form.fullmatch(part) for form in (_PAIR, _BESIDE, _TOLD))


def _drawn(parts: list[str]) -> list[tuple[str, str]] | None:
    """Pairs with one sign between name and value throughout."""
    found = _whole(_PAIR, parts)
    links = {m["dash"] or m["link"] for m in found}
    if len(links) != 1 or (len(found) == 1 and links != {"="}):
        return None
    return [(name_of(m["key"]), value_of(m["value"].strip("()"))) for m in found]


def _whole(form: re.Pattern[str], parts: list[str]) -> list[re.Match[str]]:
    """Each of the parts as it has this form; none if one of them has not."""
    found = []
    for part in parts:
        m = form.fullmatch(part)
        if m is None:
            return []
        found.append(m)
    return found


def _bare(parts: list[str]) -> list[tuple[str, str]] | None:
    """Names with what they have and nothing between: "Ann 3, Ben 5", "Ann red, Ben blue"."""
    found = _whole(_BESIDE, parts) if len(parts) > 1 else []
    pairs = [(name_of(m["key"] or m["name"]), value_of(m["value"] or m["thing"])) for m in found]
    return pairs if _NO_NAMES.isdisjoint(key for key, _ in pairs) else None


_BESIDE = re.compile(
    r"(?P<key>[A-Za-z][\w'’-]*) (?P<value>-?\d+)|(?P<name>[A-Z][\w'’-]*) (?:now )?(?:the"
    r" )?(?P<thing>[a-z]\w*)"
)
_ENDS = (
    r"(?=\s*(?:[^\w\s'’\"]|_|\Z)|\s+(?:and|while|so|then|giv\w+|which|leav\w+|yields|resulting|makes"
    r"|producing|we|now|takes|brings|leads|puts|carries)\b)"
)
"""Where a piece may end that is one name with what it has, or a spot."""
_OPENINGS = (
    re.compile(rf"(?:{_BESIDE.pattern}){_ENDS}"),
    re.compile(rf"(?:{_SPOT.pattern}){_ENDS}", re.I),
    *(_PAIR, _TOLD, _GLUED, _BITS, _BARE, _APART, _LABEL),
)
_NO_NAMES = frozenset(
    "up down left right floor level step round swap move position place square seat page no"
    " number then"
    " north south east west add remove push pop flip toggle insert append delete after"
    " and so now".split()
)
"""What stands before a number but is no name."""


def _said(parts: list[str]) -> list[tuple[str, str]] | None:
    """Pairs told with a verb, which may be left out after the first."""
    out = []
    for at, part in enumerate(parts):
        m = _TOLD.fullmatch(part) or (_GAPPED.fullmatch(part) if at else None)
        if m is None:
            return None
        said = m.groupdict()
        out.append((name_of(m["key"] or said["kind"]), value_of(m["value"] or said["number"])))
    named = len(out) > 1 and _PRONOUNS.isdisjoint(word for pair in out for word in pair)
    return out if named else None


_PRONOUNS = frozenset(
    "it he she they this that there we you i which who and so his hers theirs its them".split()
)


def name_of(text: str) -> str:
    """A name in its shortest form: "the box X" is "x"."""
    text = re.sub(r"^(?:the|an?) (?=\w)", "", text.strip(' *_`"').lower())
    m = re.fullmatch(rf"{CLASSES}(?:e?s)?(?: number)? (?P<name>\w{{1,12}})", text)
    return m["name"] if m else text


def value_of(text: str) -> str:
    """A value in its shortest form: "3 marbles" is "3", "the kite" is "kite"."""
    text = text.strip(' *_`"').lower()
    if " " in text:
        text = re.sub(r"^(?:now |the |an? )+(?=\w)", "", text)
        text = re.sub(r" (?:now|again|still)$", "", text)
    if text in ("empty", "nothing", "none", "zero", "no marbles"):
        return "0"
    head, _, rest = text.partition(" ")
    if head.lstrip("-").isdecimal() and " " not in rest:
        return str(int(head))
    if head in CARDINALS and " " not in rest:
        return str(CARDINALS[head])
    return text
