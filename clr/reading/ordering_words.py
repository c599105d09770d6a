"""Words of sentences about an arrangement: items, places, comparisons, verbs, and what joins them.

A sentence is cut into phrases of a closed vocabulary, built from the items and the scale of the
problem. A word outside of it makes the whole sentence unreadable, on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from clr.reading.lexicon import CARDINAL, ORDINAL, ORDINALS, Scale, cardinal, loosely_spaced
from clr.trace import Span


class Word(NamedTuple):
    """A token of a sentence; offsets are into the text that was read."""

    kind: str
    value: Any
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Spots:
    """Places named together; `framed` once they count from the low end."""

    places: tuple[int, ...]
    framed: bool
    joint: str = "one"
    label: bool = False
    """Whether this is a number as before an item of a list, which need not be a place."""
    numeral: bool = False
    """Whether this is told by a number: "seat 3"."""


@dataclass(frozen=True, slots=True)
class Items:
    """Items named together, as "one", "and", "or" or a bare "list". A pronoun names none."""

    names: tuple[str, ...]
    joint: str = "one"


_LEADS = (
    r"according to (?:this|the|that|our) (?:\w+ )?(?:ordering|order|arrangement|list)",
    r"by (?:the )?process of elimination|by elimination|in other words|that is|as a result",
    r"(?:we |i )?(?:have )?(?:also |now |already |previously |can |could |must |therefore )*"
    r"(?:know|conclude|concluded|see|deduce|infer|determined?|established|find|found|get|have)"
    r"(?: from (?:this|that|above|before))?(?: that)?",
    r"(?:this|that|it|which) (?:also )?(?:means|implies|shows|tells us|gives(?: us)?|follows"
    r"|says|leaves(?: us)?(?: with)?|makes)(?: that)?",
    r"(?:it is |it['’]s |we are |we['’]re )?(?:given|told|stated)(?: that)?",
    r"(?:from|by|using) (?:the )?(?:(?:\w+ ){0,3}(?:clue|statement|premise|condition|hint|fact"
    r"|sentence|rule)s?|this|that|these)(?: \(?#?\d+\)?(?:(?:,|,? and) \(?#?\d+\)?){0,9})?",
    r"(?:the )?(?:(?:\w+ )?(?:clue|statement|premise|condition|hint|sentence|rule|problem|puzzle"
    r"|question|text) ?(?:\(?#?\d+\)?)?)"
    r" (?:directly |also )?(?:says|states|tells us|gives|shows|means)(?: that)?",
    r"(?:conclusion|reasoning|check(?:s|ing)?|verification|combin(?:ed|ing)(?: \w+){0,2}|result"
    r"|deductions?|given|clues?|constraints?|facts?|notes?|summary|step)"
    r"(?: \d+(?:(?:,|,? and) \d+){0,9})?(?=\s*:)",
    r"(?:by )?(?:combining|from|using|by) \(\d+\)(?:(?:,|,? and|,? to|,? through|-) ?\(\d+\)){0,9}",
    r"both|i\.e\.",
    r"based on (?:this|that|the (?:given )?(?:information|statements|clues|above))",
    r"however|also|additionally|next|finally|similarly|clearly|now|first of all|consequently"
    r"|accordingly|moreover|furthermore|again|in this (?:case|ordering|order)|overall|lastly|either"
    r"|(?:there are (?:only )?)?(?:\w+ \w+ )?in total|note that",
    r"(?:(?:final )?answer|verified)(?=\s*:)",
    r"chain(?:ing)? (?:the \w+|these|them|it all)(?: together)?(?=\s*:)",
    r"(?:ok(?:ay)?|al(?:l )?right|well|hm+|good|great|right|chaining(?: (?:these|them|this))?)"
    r"(?=\s*[,:.])",
)
_ORDER = (
    r"(?:the )?(?:(?:final|known|complete|full|correct|overall|resulting|whole|following) )*"
    r"(?:order|ordering"
    r"|arrangement|sequence|ranking|chain|line-?up|(?:line|queue)(?= (?:is|becomes)\b)"
    r"|positions(?=:))"
    r"(?: (?:is|becomes|must be|would be))?(?: as follows)?"
    r"|in (?:descending|ascending|increasing|decreasing) order"
    r"|putting (?:it|this|these|them|everything)(?: all)? together(?: gives)?"
)
_WHOLE = r"(?:{}|queue|line|row|list|shelf|branch|building|race)"
_SEAT = r"(?:position|place|s(?:pot|lot|eat)|chair|house|floor|rank)"
"""A noun for a place, which may carry a number."""
_NOUNS = rf"{_SEAT}s?|ones?|person|people|item|object"
_NUMBERS = r"\d{1,2}(?:(?:,|,? and|,? or) \d{1,2}\b){1,9}"
SUPPOSES = re.compile(
    r"\b(?:if|suppose|supposing|assume|assuming|let'?s (?:say|try|assume)|consider|try|trying|case"
    r"|attempt\w*|guess\w*|tentative\w*"
    r"|imagine|"
    r"whether|unless|would|hypothe\w+|possib\w+|scenario|option|otherwise)\b",
    re.I,
)


def forms(names: Sequence[str], kind: str) -> dict[str, str]:
    """Every way to write an item that belongs to that item alone."""
    singular = kind[:-1] if kind.endswith("s") else kind
    out: dict[str, str] = {}
    shared: set[str] = set()
    for name in names:
        forms = {name.lower(), name.lower() + " " + singular, name.lower() + " one"}
        bare = re.sub(rf"\s+{singular}$", "", name, flags=re.I).lower()
        forms |= {bare, bare + " one"}
        forms |= {f"{singular} {of} {name.lower()}" for of in ("on", "about", "of")}
        if " " not in name and name.islower():
            forms |= {name + "s"} if not name.endswith("s") else {name[:-1]}
        for form in forms:
            if form in out and out[form] != name:
                shared.add(form)
            out[form] = name
    return {form: name for form, name in out.items() if form not in shared}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What sentences about an arrangement may consist of.

    `names` maps each way to write an item, in lower case, to the item; `pattern` matches any one
    phrase.
    """

    items: tuple[str, ...]
    scale: Scale
    names: Mapping[str, str]
    pattern: re.Pattern[str]


def vocabulary_of(
    items: tuple[str, ...], kind: str, scale: Scale, verbs: tuple[str, ...] = ()
) -> Vocabulary:
    """The vocabulary for `items`, which the problem calls by the noun `kind`; `verbs` are forms of
    the verb that the problem uses for standing in a place, beside those that are known."""
    names = forms(items, kind)
    return Vocabulary(items, scale, names, _pattern(names, kind, scale, verbs))


def _pattern(
    names: Mapping[str, str], kind: str, scale: Scale, own: tuple[str, ...]
) -> re.Pattern[str]:
    """One alternation of everything that a sentence may consist of; the longest phrases first."""
    nouns = {kind, kind[:-1] if kind.endswith("s") else kind + "s"}
    own_nouns = "|".join(sorted(map(re.escape, nouns), key=len, reverse=True))
    noun = f"(?:{own_nouns}|{_NOUNS})"
    known = "|".join(
        f"(?-i:{re.escape(form.upper())})" if len(form) == 1 else re.escape(form)
        for form in sorted(names, key=len, reverse=True)
    )
    low, high = scale.ends
    end = f"(?:(?P<low>{low})|(?P<high>{high}))"
    side = f"(?:(?P<lowside>{scale.sides[0]})|(?P<highside>{scale.sides[1]}))"
    anyend = f"(?:{low}|{high}|{scale.sides[0]}|{scale.sides[1]}|first|last)"
    # "at the back", where that is the last place and not a side
    at_end = r"(?!)"
    if scale.numbered:
        at_end = (
            r"at the (?:very )?(?:(?P<front>front|top|start|beginning|head)"
            rf"|(?P<back>back|bottom|end|rear|tail))"
            rf"(?: of (?:the )?{_WHOLE.format(noun)})?(?! of\b)"
        )
    the = r"(?:in(?:to)? |at |on )?(?:the )?(?:very )?"
    of = (
        rf"(?: (?:of|in) (?:all )?(?:the )?(?:{CARDINAL} )?{_WHOLE.format(noun)}"
        rf"| of (?:the|all) {CARDINAL}\b)?"
    )
    either_end = (
        r"(?:at |on )?(?:one|either)(?: of the(?: two)?)? ends?"
        rf"(?: of (?:the )?{_WHOLE.format(noun)})?"
    )
    placed = (
        r"(?:finish(?:ed|es)?|came|comes|placed|places|ranked|ranks|sits|stands|is|are|was|were"
        r"|goes|arrived|appears|takes|occupies|fills|lives?|has|have|scored|sat|stood"
        + "".join(rf"|{verb}" for verb in own)
        + ")"
    )
    verbs = "|".join(("finish|come|go|stand|sit|live|arrive|rank|take|occupy|appear", *own))
    set_ = r"(?:located|positioned|seated|situated|standing|sitting|found|ranked)"
    left = (
        rf"(?:that|who|which) (?:is|are|has|have) not (?:yet )?(?:been )?(?:yet )?"
        rf"(?:{set_}|mentioned|listed|assigned|used|determined|in)(?: yet)?"
        r"(?: (?:in )?(?:any of )?(?:the|any) (?:list|order|ordering|statements?|premises))?"
    )
    parts = [
        rf"(?P<frame>(?:in (?:the )?order )?(?:from )?(?:the )?(?P<fromend>{anyend})"
        rf"\s*(?:to|→|->|–|⟶)\s*(?:the )?(?P<toend>{anyend})"
        rf"|(?:in (?:the )?order )?(?:from )?(?P<most>most|least) to (?:least|most)"
        rf" (?:expensive|costly|recent))",
        rf"(?P<spot>{at_end}|(?P<eitherend>{either_end})"
        rf"|(?:(?:the )?(?:person|one|{noun}) (?:(?:who|that) {placed} )?)?{the}(?:"
        rf"(?:remaining |other |open )?(?P<numbers>{_SEAT}s {_NUMBERS})|"
        rf"(?P<nth>{ORDINAL})[- ]?(?:to|from)[- ](?:the[- ])?last(?: {noun})?"
        rf"|(?P<nthfrom>{ORDINAL})(?: {noun})? (?:from|to|on) (?:the )?{side}(?: end)?(?: {noun})?"
        rf"|(?:(?P<nthend>{ORDINAL})[- ])?{end}(?: {noun})?{of}"
        rf"|(?P<middle>middle|center|centre)(?: {noun})?|(?P<last>last)(?: {noun})?"
        rf"|(?P<penult>penultimate)(?: {noun})?"
        rf"|(?P<plain>{ORDINAL})(?: {noun})?{of}(?: or (?:(?P<better>higher|above|better|earlier)"
        rf"|(?P<worse>lower|below|worse|later)))?"
        rf"|(?P<number>(?:{noun} |# ?|number |at |(?<==) ?)\d{{1,2}}\b"
        rf"|(?<=\bis[ ])[1-8](?=[,;.]|\s+and\b|\Z)|\d{{1,2}}(?=[.:)]\s)"
        rf"|(?<=\()\d{{1,2}}(?=\)))))",
        rf"(?P<any>(?:an? |the )?(?:any(?: other)?|another)(?: {noun})?\b|(?:an )?unknown(?:"
        rf" {noun})?\b|anything|anyone|empty|undetermined)",
        r"(?P<taken>(?:is|are) (?:already |now |both |all )?(?:taken|filled|occupied)\b)",
        rf"(?P<remains>(?:is|are) the only (?:other |remaining )?{noun} {left})",
        rf"(?P<rest>the (?:only )?(?:other |remaining |unknown |unplaced )+(?:{noun}|{CARDINAL})"
        r"(?: left)?"
        rf"|the only {noun} {left})",
        rf"(?P<suppose>(?:{SUPPOSES.pattern}))",
        rf"(?P<only>the only (?:other |remaining )?(?:{noun}) (?:that|who|which) (?:can|could"
        rf"|must) (?:be|have {placed}|{placed})(?: {set_})?)",
        rf"(?P<sole>(?:is|are) the only (?:other |remaining )?(?:{noun}) (?:that|who|which)"
        rf" (?:can|could) be(?: {set_})?)",
        rf"(?P<cannot>(?:cannot|can't|can not|could not|couldn't|must not|mustn't|is not|isn't"
        rf"|are not|aren't|was not|did not|does not|doesn't|didn't)"
        rf"(?: (?:be|have {placed}|{verbs})\b)?(?: {set_})?)",
        rf"(?P<all>everything(?: else)?|everyone(?: else)?|all (?:of )?(?:the )?other(?:s| {noun})"
        rf"|every other {noun})\b",
        rf"(?P<must>(?:must(?: therefore| thus| then| also)?|has to|have to|needs to|can only"
        rf"|could only|will|should)(?: (?:be"
        rf"|have {placed}|{verbs}))(?: {set_})?)",
        rf"(?P<can>(?:can|could|may|might)(?: (?:be|have {placed}|finish|come|go|stand"
        rf"|sit))(?: {set_})?)",
        rf"(?P<is>(?:goes|go|belongs|belong) to\b(?! the)|{placed}(?: {set_})?|['’]s)\b",
        rf"(?P<relation>(?:(?P<near>directly |immediately |just |right )|(?:exactly )?"
        rf"(?P<gap>{CARDINAL}) {_SEAT}s? |somewhere |anywhere )?"
        rf"(?:(?P<lowrel>{scale.relations[0]})|(?P<highrel>{scale.relations[1]}))"
        rf"|(?:to|on) the (?:immediate|direct) (?:(?P<lownext>{scale.sides[0]})"
        rf"|(?P<highnext>{scale.sides[1]})) of"
        r"|(?P<beside>(?:directly |immediately |right )?(?:next to|adjacent to|beside)))",
        r"(?P<between>(?:somewhere )?between\b)",
        r"(?P<for>for\b)",
        rf"(?P<lead>{'|'.join(_LEADS)})(?:\b|(?<=\)))",
        rf"(?P<order>{_ORDER})\b",
        rf"(?P<items>(?:(?:an?|the) )?(?:{known}))(?!\w)",
        r"(?P<pronoun>it|they|he|she|which|who)\b",
        r"(?P<so>so|therefore|thus|hence|which means(?: that)?|meaning(?: that)?)\b",
        r"(?P<but>then|but|while|whereas|with)\b",
        r"(?P<because>because|since|as|given that)\b",
        r"(?P<and>and(?: that\b)?|&)",
        r"(?P<or>or)\b",
        r"(?P<to>to|through|-|–|—)",
        r"(?P<arrow>->|→|=>|⇒|—>|⟶|\\(?:[Rr]ightarrow|implies|to)\b)",
        r"(?P<less><|≺|\\(?:lt|prec)\b)",
        r"(?P<more>>|≻|\\(?:gt|succ)\b)",
        r"(?P<comma>[,;])",
        r"(?P<colon>:)",
        r"(?P<equal>=)",
        r"(?P<left>\()",
        r"(?P<right>\))",
        r"(?P<space>\s+|[.*\"“”])",
    ]
    return re.compile(loosely_spaced("|".join(_bounded(p) for p in parts)), re.I)


def _bounded(part: str) -> str:
    """`part`, starting at the start of a word."""
    return rf"(?:(?<!\w)|(?!\w)){part}" if not part.startswith("(?P<space>") else part


def tokens(text: str, span: Span, vocabulary: Vocabulary) -> list[Word] | None:
    """The words of a sentence, or None where one is not in the vocabulary."""
    out: list[Word] = []
    at = span.start
    size = len(vocabulary.items)
    while at < span.end:
        m = vocabulary.pattern.match(text, at, span.end)
        if m is None or m.end() == at:
            return None
        word = _word(m, size, vocabulary)
        if word is not None:
            out.append(Word(*word, m.start(), m.end()))
        at = m.end()
    return out


def _word(m: re.Match[str], size: int, vocabulary: Vocabulary) -> tuple[str, Any] | None:
    """Kind and value of a matched phrase; None for one that says nothing."""
    scale = vocabulary.scale
    if m["space"] or m["lead"] or m["only"]:
        return None
    if m["frame"]:
        if m["most"]:
            return "FRAME", -1 if m["most"].lower() == "most" else 1
        low, high = (is_low(m[name], scale) for name in ("fromend", "toend"))
        return ("FRAME", 1 if low else -1) if low is not high else ("SUPPOSE", None)
    if m["spot"]:
        return "SPOTS", _spot(m, size, scale)
    if m["items"]:
        said = " ".join(m["items"].lower().split())
        form = re.sub(r"^(?:an?|the) (?=\S)", "", said)
        name = vocabulary.names.get(said) or vocabulary.names[form]
        return "ITEMS", Items((name,))
    if m["all"]:
        return "ITEMS", Items(vocabulary.items, "and")
    if m["relation"]:
        gap = (
            cardinal(m["gap"])
            if m["gap"]
            else int(not (m["lowrel"] or m["highrel"]) or bool(m["near"]))
        )
        sign = 0 if m["beside"] else -1 if m["lowrel"] or m["lownext"] else 1
        return "RELATION", (sign, gap)
    if m["pronoun"]:
        return "ITEMS", Items((), "which" if m["pronoun"].lower() in ("which", "who") else "one")
    for name, kind, value in (
        ("taken", "TAKEN", None), ("remains", "REMAINS", None), ("rest", "REST", None),
        ("any", "ANY", None), ("suppose", "SUPPOSE", None), ("cannot", "BE", "cannot"),
        ("must", "BE", "is"), ("can", "BE", "can"), ("sole", "BE", "is"), ("is", "BE", "is"),
        ("so", "_SEP", "so"), ("but", "_SEP", "but"), ("because", "_SEP", "because"),
        ("and", "_AND", None), ("or", "_OR", None), ("to", "_TO", None), ("arrow", "ARROW", None),
        ("less", "LESS", None), ("more", "MORE", None), ("comma", "_COMMA", None),
        ("colon", "_COLON", None), ("equal", "BE", "is"), ("order", "ORDER", None),
        ("left", "LEFT", None), ("right", "RIGHT", None), ("between", "BETWEEN", None),
        ("for", "FOR", None),
    ):  # fmt: skip
        if m[name]:
            return kind, value
    raise AssertionError(m.lastgroup)


def is_low(end: str, scale: Scale) -> bool | None:
    """Whether a word names the low end of a scale; None if it names neither."""
    said = " ".join(end.split())
    for low, side in ((True, 0), (False, 1)):
        names = rf"{scale.ends[side]}|{scale.sides[side]}|{scale.relations[side]}"
        if re.fullmatch(rf"{names}|{('first', 'last')[side]}", said, re.I):
            return low
    return None


def _spot(m: re.Match[str], size: int, scale: Scale) -> Spots:
    def nth(text: str | None) -> int:
        return ORDINALS[text.lower()] if text else 1

    if m["nth"]:
        return Spots((size + 1 - nth(m["nth"]),), True)
    if m["eitherend"]:
        return Spots((1, size), True, "or")
    if m["numbers"]:
        joint = "or" if re.search(r"\bor\b", m["numbers"]) else "and"
        return Spots(tuple(map(int, re.findall(r"\d+", m["numbers"]))), scale.numbered, joint)
    if m.re.groupindex.get("front") and (m["front"] or m["back"]):
        return Spots((1 if m["front"] else size,), True)
    if m["nthfrom"]:
        k = nth(m["nthfrom"])
        return Spots((k if m["lowside"] else size + 1 - k,), True)
    if m["low"] or m["high"]:
        k = nth(m["nthend"])
        return Spots((k if m["low"] else size + 1 - k,), True)
    if m["middle"]:
        return Spots(((size + 1) // 2,) if size % 2 else (size // 2, size // 2 + 1), True, "or")
    if m["last"]:
        return Spots((size,), scale.numbered)
    if m["penult"]:
        return Spots((size - 1,), scale.numbered)
    if m["number"]:
        around = m.string[max(0, m.start() - 1) : m.start()], m.string[m.end() : m.end() + 1]
        label = m["number"].isdigit() and around[0] != "(" and around[1] in (".", ")")
        place = int(re.sub(r"\D", "", m["number"]))
        return Spots((place,), scale.numbered, label=label, numeral=not label)
    k = nth(m["plain"])
    if m["better"]:
        return Spots(tuple(range(1, k + 1)), scale.numbered, "or")
    if m["worse"]:
        return Spots(tuple(range(k, size + 1)), scale.numbered, "or")
    return Spots((k,), scale.numbered)


_LIST_SIGNS = ("_COMMA", "_AND", "_OR", "_TO")
JOINTS = (("and", "or"), ("or",), ("and", "or", "list"), ("and", "or", "list", "clause"))
"""Ways to fold lists, in turn: "A is left of B and C is left of D" has none; "A, B, C" has no
conjunction, like "since A is left of B, B is ..."; with "A, B, C, and B is ..." a clause begins."""


def fold(words: list[Word], joints: tuple[str, ...]) -> list[Word]:
    """Lists of items and of places made one word each, and separators that meet made one."""
    out: list[Word] = []
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
                if "clause" in joints and k + 1 < len(words) and words[k + 1].kind == "BE":
                    break
                signs.append(between)
                members.append(words[k])
                j = k + 1
            joined = _join(members, signs)
            if joined is None or (len(members) > 1 and joined.joint not in joints):
                out.append(word)
                i += 1
            else:
                out.append(Word(word.kind, joined, word.start, members[-1].end))
                i = j
            continue
        kind = "_SEP" if word.kind in ("_COMMA", "_AND") else word.kind
        value = "and" if word.kind == "_AND" else word.value
        if kind == "_SEP" and (not out or out[-1].kind in ("_SEP", "_COLON")):
            if out and value and out[-1].kind == "_SEP":
                out[-1] = out[-1]._replace(value=value)
            elif not out and value == "because":
                out.append(Word("_SEP", value, word.start, word.end))
        elif kind == "_COLON" and (not out or out[-1].kind not in ("SPOTS",)):
            if out and out[-1].kind != "_SEP":
                out.append(Word("_SEP", None, word.start, word.end))
        else:
            out.append(Word(kind, value, word.start, word.end))
        i += 1
    while out and out[-1].kind in ("_SEP", "_COLON"):
        out.pop()
    return out


def _join(members: list[Word], signs: list[list[str]]) -> Items | Spots | None:
    if len(members) == 1:
        value: Items | Spots = members[0].value
        return value
    used = {s for between in signs for s in between}
    values = [m.value for m in members]
    joint = "or" if "_OR" in used else "and" if "_AND" in used else "list"
    if isinstance(values[0], Items):
        if "_TO" in used or any(not v.names for v in values):
            return None
        return Items(tuple(n for v in values for n in v.names), joint)
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
        return Spots(tuple(places), framed.pop(), "and")
    if joint == "list":
        return None
    return Spots(tuple(p for v in values for p in v.places), framed.pop(), joint)
