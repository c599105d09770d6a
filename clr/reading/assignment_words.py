"""Sorts of things that a problem matches one to one, and the words of sentences about them.

"Ann, Bo and Cy each own a different pet: a cat, a dog or a fish" names two sorts. A sort is only
taken where the problem says that everybody has one thing of it and no two the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from clr.reading.lexicon import CARDINAL, CARDINALS, MONTHS, ORDINALS, WEEKDAYS, cardinal, sentences
from clr.reading.ordering_words import Word
from clr.reading.statements import present
from clr.reading.words import scan, scanner
from clr.trace import Span

_ITEM = r"(?:(?:an?|the) )?[A-Za-z][\w-]*"
_LIST = re.compile(rf"{_ITEM}(?:, {_ITEM}){{1,5}},? (?:and|or) {_ITEM}|\((?P<in>[^()]*)\)")
_ONE_EACH = re.compile(
    r"\b(?:different|one each|in some order|not necessarily in (?:this|that)|unique|distinct"
    r"|exactly one|one on each|one per|no two)\b|\beach\b.*\bone\b|\bone\b.*\beach\b"
    r"|\beach (?:has|have|owns?) (?:his|her|their|its) own\b",
    re.I,
)
_ARE = re.compile(r"\bare (?:an?|the) ")
_KIND = re.compile(r"\b(?:different|own|unique|distinct|one|exactly one) (?P<kind>[a-z]+)")
_COUNTED = re.compile(rf"\b{CARDINAL} (?P<kind>[a-z]{{3,}})s\b", re.I)
_NAMED = re.compile(r"(?:the|their|possible) (?P<kind>[a-z]+?)s?(?: are|:| \w+ are)", re.I)
_ROW = re.compile(
    rf"\b(?P<count>{CARDINAL}) (?:adjacent |neighbou?ring |consecutive )?(?P<kind>houses|seats"
    r"|chairs|rooms|floors|offices|lanes)\b[^.]*?\b(?:in a row|numbered|side by side"
    r"|next to each other|from left|in a line)",
    re.I,
)
_ENDS = {"first": 0, "leftmost": 0, "last": -1, "rightmost": -1}
MAX_SIZE = 6
"""Things of one sort."""


@dataclass(frozen=True, slots=True)
class Sorts:
    """What a problem matches: the sorts, the one that is an order, nouns for them, the verbs by
    which the problem matches them, and the sentences that tell all this."""

    sorts: tuple[tuple[str, ...], ...]
    order: tuple[str, ...]
    kinds: tuple[str, ...]
    verbs: tuple[str, ...]
    told_in: frozenset[Span]


def sorts_of(problem: str) -> Sorts | None:
    """The sorts that `problem` matches one to one; None if there are not two of one size."""
    sorts: list[tuple[str, ...]] = []
    alone: tuple[str, ...] | None = None
    order: tuple[str, ...] = ()
    kinds: list[str] = []
    verbs: list[str] = []
    told_in: set[Span] = set()
    for span in sentences(problem):
        text = problem[span.start : span.end]
        if text[-1] == "?":
            continue
        found = _lists(text)
        row = _ROW.search(text)
        if not (found or alone or row):
            continue
        listed = _NAMED.match(text)
        each = _ONE_EACH.search(text) or (_ARE.search(text) and len(found) == 2)
        named = listed and listed["kind"].lower() in kinds
        if row and not order and 3 <= cardinal(row["count"]) <= MAX_SIZE:
            noun = row["kind"].lower()[:-1]
            order = tuple(f"{noun} {n}" for n in range(1, cardinal(row["count"]) + 1))
            told_in.add(span)
        if (each or named) and (found or alone):
            if found and alone and alone not in sorts:
                sorts.append(alone)
            sorts += found
        elif found and not sorts and alone is None:
            alone = found[0]
        elif not row or order is None:
            continue
        if each and found:
            alone = alone or found[0]
        told_in.add(span)
        kinds += [m["kind"] for m in _KIND.finditer(text) if m["kind"] not in _NO_VERBS]
        kinds += [m["kind"] for m in _COUNTED.finditer(text)]
        verbs += re.findall(r"\b[a-z]{3,}\b", text)
    if order:
        sorts.append(order)
    sorts = list(dict.fromkeys(sorts))
    sizes = {len(sort) for sort in sorts}
    things = [thing.lower() for sort in sorts for thing in sort]
    if (
        len(sorts) < 2
        or len(sizes) > 1
        or len(set(things)) < len(things)
        or not _NO_THINGS.isdisjoint(things)
    ):
        return None
    calendar = next((s for s in sorts if _in_calendar(s)), ())
    if order and calendar:
        return None
    used = {*re.findall(r"[a-z]+", problem)}
    topical = [verb for forms in _TOPICAL if not used.isdisjoint(forms) for verb in forms]
    no_verbs = {*_NO_VERBS, *kinds, *(word for thing in things for word in thing.split())}
    own = [verb for verb in verbs if verb not in no_verbs and not verb.endswith("ly")]
    return Sorts(
        tuple(sorts), order or calendar, tuple(dict.fromkeys(kinds)),
        tuple(dict.fromkeys((*own, *topical))), frozenset(told_in),
    )  # fmt: skip


_NO_THINGS = frozenset("will may can as so or and a i an the with is her his he she it".split())


_RANGE = re.compile(
    rf"\b(?P<first>{'|'.join(WEEKDAYS)}) (?:to|through|until) (?P<last>{'|'.join(WEEKDAYS)})\b",
    re.I,
)


def _lists(text: str) -> list[tuple[str, ...]]:
    out = []
    for m in _RANGE.finditer(text) if "day " in text.lower() else ():
        first, last = (WEEKDAYS.index(m[end].lower()) for end in ("first", "last"))
        if 3 <= last - first + 1 <= MAX_SIZE:
            out.append(tuple(day.title() for day in WEEKDAYS[first : last + 1]))
    for m in _LIST.finditer(text) if ", " in text or "(" in text else ():
        parts = re.split(r",\s*(?:(?:and|or)\s+)?|\s+(?:and|or)\s+", m["in"] or m[0])
        things = [re.sub(r"^(?:an?|the)\s+", "", part.strip()) for part in parts]
        while len(things) > 3 and things[0].islower() and not things[1].islower():
            things.pop(0)  # "three friends, Ann, Bo and Cy"
        alike = len({thing[:1].islower() for thing in things}) == 1
        plain = all(re.fullmatch(r"[A-Za-z][\w-]*(?: [a-z][\w-]*)?", thing) for thing in things)
        if alike and plain and 3 <= len(things) <= MAX_SIZE and len(set(things)) == len(things):
            out.append(tuple(things))
    return out


def _in_calendar(sort: tuple[str, ...]) -> bool:
    """Whether things are days of the week, or months, that follow each other."""
    for names in (WEEKDAYS, MONTHS):
        said = [thing.lower() for thing in sort]
        if all(name in names for name in said):
            places = [names.index(name) for name in said]
            return places == list(range(places[0], places[0] + len(places)))
    return False


# Words


_VERBS = (
    "is are was were be being has have had having own owns get gets got take takes work works live"
    " lives sit sits belong belongs called named painted owned assigned"
    " kept"
).split()
_TOPICAL = tuple(
    pair.split()
    for pair in (
        "drink drinks,eat eats,drive drives,play plays,wear wears,speak speaks,read reads"
        ",study studies,keep keeps,choose chooses,pick picks,like likes,prefer prefers"
        ",teach teaches,visit visits,order orders,occupy occupies,go goes,receive receives"
        ",come comes,bring brings,buy buys,love loves"
    ).split(",")
)
"""Verbs that match things where the problem uses them."""
_PREP = (
    r"(?:(?:of|with|in|at|from|by|as|named|called)\b"
    r"|(?:on|to)\b(?!\sthe\s(?:immediate\s|direct\s)?(?:left|right)\s))"
)
_HEADS = (
    "one person man woman boy girl child kid friend student owner player resident house neighbour"
    " neighbor colleague guy lady"
).split()
_TAILS = (
    "one person house owner lover drinker player keeper fan driver reader speaker teacher man woman"
    " shirt room lesson class day"
).split()
_ADVERB = (
    r"(?:also|therefore|thus|then|now|already|still|definitely|clearly|necessarily|finally|only"
    r"|either|both|together|again|somewhere|actually|must|has\sto|have\sto|needs\sto|will|should"
    r"|so\sfar|in\sturn)"
)
_LEAD = r"""(?:(?:this|that|it|which)\s(?:means|implies|shows|gives|follows|tells\sus)(?:\sthat)?
    |(?:we|i)\s(?:can\s|also\s|now\s|already\s)*(?:know|see|conclude|deduce|infer|get|have|find)(?:\sthat)?
    |it\sfollows\sthat|(?:by|from|using|according\sto|combining)\s(?:the\s)?(?:process\sof\selimination|elimination
    |(?:\w+\s){0,3}(?:clue|fact|statement|premise|condition|hint|rule)s?(?:\s\(?\#?\d+\)?(?:(?:,|,?\sand)\s\(?\#?\d+\)?)*)?)
    |(?:clue|fact|statement|premise|condition|hint|rule|step)\s\#?\d+(?:\s(?:says|states|tells\sus)(?:\sthat)?)?
    |(?:final\s)?(?:answer|conclusion|solution)(?=\s*:)|okay|first\sof\sall
    |according\sto\sthe\sproblem|in\sother\swords)\b,?"""
_REMARK = r"""(?:the\s)?(?:only\s)?(?:other\s|remaining\s|last\s|only\s)+\w+
    (?:\s(?:left|remaining|available))?(?:\sfor\s\w+)?\s(?:is|are)\b(?=\s)"""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The ways to write each thing, in small letters; and the words of a sentence."""

    sorts: tuple[tuple[str, ...], ...]
    order: tuple[str, ...]
    forms: Mapping[str, str]
    words: re.Pattern[str]


def vocabulary_of(found: Sorts) -> Vocabulary:
    """What sentences about the sorts may consist of."""
    forms: dict[str, str] = {}
    for sort in found.sorts:
        for n, thing in enumerate(sort, 1):
            forms[thing.lower()] = thing
            noun, _, number = thing.partition(" ")
            if number.isdigit():
                forms |= dict.fromkeys((f"{noun} #{n}", f"{noun} number {n}"), thing)
                forms |= {f"{word} {noun}": thing for word, k in ORDINALS.items() if k == n}
    if found.order and found.order[0][-1].isdigit():
        noun = found.order[0].split()[0]
        for word, place in _ENDS.items():
            forms[f"{word} {noun}"] = found.order[place]
        if len(found.order) % 2:
            forms[f"middle {noun}"] = found.order[len(found.order) // 2]
    return Vocabulary(found.sorts, found.order, forms, _scanner(found, forms))


def _scanner(found: Sorts, forms: Mapping[str, str]) -> re.Pattern[str]:
    def either(words: list[str]) -> str:
        return "|".join(re.escape(w) for w in sorted(set(words), key=len, reverse=True))

    known = either([*forms])
    kinds = [kind for kind in found.kinds if kind not in found.verbs]
    third = [w for v in found.verbs for w in (v, f"{v}s", present(v))]
    verb = rf"(?:(?:{either([*_VERBS, *third])})\b(?:\s{_ADVERB}\b)*)"
    verbs = rf"{verb}(?:\s(?:{verb}|{_PREP}|the\sowner\sof\b))*"
    heads = either([*_HEADS, *kinds])
    tails = either([*_TAILS, *kinds])
    owned = either([noun for word in found.verbs for noun in (word, word.removesuffix("s"))])
    thing = rf"""(?:the\s|an?\s|whoever\s|his\s|her\s|their\s)?
        (?:(?:{heads})\s(?:(?:who|that|which)\s)?(?:{verbs}\s)?(?:{_PREP}\s)?(?:the\s|an?\s)?)?
        (?P<form>{known})(?:['’]s(?:\s(?:{owned}))?)?(?:\s(?:{tails}))?\b"""
    near = r"(?P<near>immediately\s|directly\s|just\s|right\s|exactly\s)?"
    relation = r"""(?P<beside>(?:(?:immediately|directly|right)\s)?(?:next\sto|adjacent\sto|beside)
        | (?:a\s|the\s)?neighbou?rs?\sof)\b"""
    houses = rf"""(?:{relation} | {near}(?:(?:to|on)\sthe\s(?P<close>immediate\s|direct\s)?)?
        (?:(?P<low>left)|(?P<high>right))\sof\b)"""
    days = rf"""(?:(?P<gap>(?:{CARDINAL})\sdays?\s|(?:the\s)?(?:very\s)?(?:next\s)?day\s)?{near}
        (?:some\s?time\s)?(?:(?P<before>before|earlier\s(?:in\sthe\sweek\s)?than)
        |(?P<after>after|later\s(?:in\sthe\sweek\s)?than))\b)"""
    numbered = bool(found.order) and found.order[0][-1].isdigit()
    return scanner(
        _space=r"[\s*_`\"“”]+",
        _number=r"\(?\d{1,2}[.)](?=\s)",
        _cited=r"(?:by|from|using|combining)\s\(\d{1,2}\)(?:(?:,|,?\sand)\s\(\d{1,2}\)){0,9},?",
        _lead=_LEAD,
        REL=(houses if numbered else days) if found.order else r"(?!)",
        TAKEN=r"(?:is|are)(?:\salready)?\staken\b",
        SOME=r"in\s(?:some|either|any)\sorder\b",
        NEITHER=rf"neither\b(?:\s(?:{_PREP}))?",
        LEAVES=r"(?:(?:that|this|which|it)\s)?(?:leaves|leaving)(?:\sonly)?\b(?:\s(?:us\s)?with\b)?",
        NOT=rf"""(?:(?:is|are|was|were|does|do|did|has|have|can|could|must|will|should)
          (?:\snot\b|n['’]t\b)|cannot\b|never\b|not\b)(?:\s{_ADVERB}\b)*
          (?:\s(?:{verbs}|{_PREP}))?""",
        CAN=rf"(?:can|could|may|might)\b(?!\sonly)(?:\s{_ADVERB}\b)*(?:\s{verbs})?",
        THING=thing,
        HE=r"(?:he|she|they|it)\b",
        _remark=_REMARK,
        SINCE=r"(?:since|because|given\sthat|(?<!\w\s)as)\b",
        SO=r"(?:so|therefore|thus|hence|which\smeans(?:\sthat)?|meaning(?:\sthat)?)\b,?",
        BUT=r"(?:but|while|whereas|then)\b",
        VERB=rf"(?:can\sonly\s)?{verbs}",
        FOR=r"(?:for|to|as|with)\b",
        OR=r"(?:n?or)\b",
        AND=r"(?:and|&)(?!\w)",
        _adverb=rf"(?:{_ADVERB}|next)\b",
        ARROW=r"(?:→|⇒|=>|->)",
        COLON=r"(?::|=|–|—|-)",
        COMMA=r"[,;]",
        _stop=r"[.!✓✔]+",
    )


_NO_VERBS = frozenset(
    "each one and the different some order with who three four five six their own are not"
    " necessarily this that all friends people".split()
)


def words_of(text: str, vocabulary: Vocabulary) -> list[Word] | None:
    """The words of a sentence, a thing told by its name; None where one is not known."""
    found = scan(vocabulary.words, text)
    if found is None:
        return None
    out = []
    for word in found:
        m = word.match
        value: object = None
        match word.kind:
            case "THING":
                value = vocabulary.forms[" ".join(m["form"].lower().split())]
            case "REL":
                value = _relation(m)
        out.append(Word(word.kind, value, m.start(), m.end()))
    return out


def _relation(m: re.Match[str]) -> tuple[int, int]:
    """On which side of the second thing the first one is, -1 being before it, 0 either; and how far
    from it, 0 being any distance."""
    said = m.groupdict()
    if said.get("beside"):
        return 0, 1
    if said.get("low") or said.get("high"):
        return -1 if said["low"] else 1, int(bool(said.get("near") or said.get("close")))
    gap = (said.get("gap") or "").split()
    far = next((cardinal(w) for w in gap if w.isdigit() or w in CARDINALS), int(bool(gap)))
    return -1 if said.get("before") else 1, far or int(bool(said.get("near")))
