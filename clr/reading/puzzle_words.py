"""Words of sentences about a puzzle: things, places, relations, verbs, and what joins them.

What is not known is a word too, so that the clauses beside it can be read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from clr.reading.lexicon import CARDINAL, ORDINAL, ORDINALS, WEEKDAYS, cardinal
from clr.reading.puzzle_settings import Scale, Setting


@dataclass(frozen=True, slots=True)
class Spot:
    """Places by number, from 1 at the low end; if `loose`, perhaps counted from the other one."""

    places: frozenset[int]
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """On which side of the second thing the first one is (-1 the low one, 0 either), and how far
    from it; 0 is any distance."""

    side: int
    gap: int


Ref = str | Spot
"""A thing by its name, or places."""


class Word(NamedTuple):
    """A word of a sentence: its kind, one letter; what it means; and where it stands."""

    kind: str
    value: object
    start: int
    end: int


_VERBS = (
    "is are was were be been being has have had having lives live lived living sits sit sat sitting"
    " stands stand stood standing occupies occupy occupied owns own owned owning keeps keep kept"
    " keeping takes take took taken gets get got goes go went belongs belong finished finish"
    " finishes came come comes placed ranked arrived arrives arrive crossed parked parks park works"
    " work worked plays play played drinks drink drank drunk drinking eats eat ate eaten wears wear"
    " wore wearing drives drive drove driving paints painted grows grow reads read speaks speak"
    " spoke speaking studies study teaches teach orders ordered order bought chose chosen picked"
    " picks brings brought placed put located seated"
    " found used share shares received receives won raises performs performed"
    " rides rode given"
    " assigned called named holds hold contains must lie lies turns appears appear"
).split()
_HEADS = (
    "one person man woman boy girl child kid friend student owner player resident house car"
    " place spot position seat colleague guy lady pet drink animal colour color house's job"
    " people thing item box"
).split()
_TAILS = (
    "one person house owner lover drinker player keeper fan driver reader speaker teacher man woman"
    " shirt room car seat place lesson class day pet one's drinker's owner's talk slot colour color"
).split()
_PREPS = r"(?:of|with|in|at|on|from|by|as|into|to|for|inside|near)"
_DET = r"(?:the|an?|his|her|their|its)"
_ADVERBS = (
    "also therefore thus now already still definitely clearly necessarily finally"
    " both together again actually indeed certainly only just simply directly"
    " then too overall currently exactly somewhere anywhere of course"
)
_LEAD = r"""(?:(?:we|i)(?:['’]ve|['’]re)?\s
    (?:can\s|also\s|now\s|already\s|have\s|must\s|therefore\s)*
    (?:know|see|conclude|deduce|infer|get|have|find|got|established|told|given|place|put)(?:\sthat)?
    |it\sfollows\sthat|(?:so\sfar|in\stotal|as\sa\sresult|in\sother\swords|in\sthe\send|at\slast)
    |(?:by|from|using|per|as)\s(?:the\s)?(?:process\sof\selimination|elimination|(?:\w+\s){0,2}
    (?:clues?|facts?|hints?|premises?|statements?|conditions?|rules?)(?:\s\(?\#?\d+\)?
    (?:(?:,|,?\sand)\s\(?\#?\d+\)?)*)?)
    |(?:the\s)?(?:(?:\w+\s)?(?:clue|fact|hint|premise|condition|rule|problem|puzzle))(?:\s\(?\#?\d+\)?)?\s
    (?:says|states|tells\sus|gives|means)(?:\sthat)?
    |(?:clue|fact|hint|premise|condition|rule|step)\s\(?\#?\d+\)?(?=\s*:)
    |(?:final\s)?(?:answer|conclusion|solution|result|check|summary|given|note)(?=\s*:)
    |ok(?:ay)?|right(?=,)|well(?=,)|good(?=,)|great(?=,)|yes(?=,)|hm+)"""
_ORDER = r"""(?:(?:the|our|this|in|final|full|complete|whole|overall|resulting|correct|finishing
    |only|possible)\s)*(?:order|ordering|sequence|ranking|line-?up|arrangement|row|queue|seating
    |shelf|positions|seats|places)(?=\s(?:is|becomes|must|reads|would|now|looks)\b|\s*[:=]
    |\s(?:from|by)\b|\s\()"""


_UNITS = r"years?|months?|cm|m|met(?:er|re)s?|inch(?:es)?|kg|kilos?|pounds?|points?|dollars?|euros?"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that a puzzle is about."""

    setting: Setting
    pattern: re.Pattern[str]
    refs: dict[str, Ref]

    def words(self, text: str) -> list[Word]:
        """The words of a sentence; those that say nothing are left out."""
        out = []
        at = 0
        while at < len(text):
            m = self.pattern.match(text, at)
            assert m is not None and m.end() > at and m.lastgroup is not None
            if m.lastgroup[0] != "_":
                out.append(Word(m.lastgroup[0], self._value(m), at, m.end()))
            at = m.end()
        return out

    def mentioned(self, text: str) -> bool:
        """Whether a sentence speaks of a thing or of a place."""
        return any(w.kind in "TSN" for w in self.words(text) if w.kind == "T")

    def _value(self, m: re.Match[str]) -> object:
        size = len(self.setting.places)
        match m.lastgroup:
            case "T":
                return (self.refs[" ".join(m["form"].lower().split())],)
            case "T_spot":
                return (_spot(m, size, self.setting),)
            case "T_number":
                return (Spot(frozenset((int(m["digit"]),)), not self.setting.numbered),)
            case "R":
                return _relation(m)
            case "K":
                return _frame(m, self.setting.scale)
        return m[0].lower()


def _spot(m: re.Match[str], size: int, setting: Setting) -> Spot:
    nth = ORDINALS[m["nth"].lower()] if m["nth"] else 1
    if m["nthside"]:
        nth = ORDINALS[m["nthside"].lower()]
        return Spot(frozenset((nth if m["lowside"] else size + 1 - nth,)))
    if m["either"]:
        return Spot(frozenset((1, size)))
    if m["middle"]:
        return Spot(
            frozenset((((size + 1) // 2),)) if size % 2 else frozenset((size // 2, size // 2 + 1))
        )
    if m["tolast"]:
        return Spot(frozenset((size + 1 - ORDINALS[m["tolast"].lower()],)), not setting.numbered)
    if m["lowend"] or m["highend"]:
        return Spot(frozenset((nth if m["lowend"] else size + 1 - nth,)))
    if m["lastplace"]:
        return Spot(frozenset((size,)), not setting.numbered)
    plain = ORDINALS[m["plain"].lower()]
    return Spot(frozenset((plain,)), not setting.numbered)


def _relation(m: re.Match[str]) -> Relation:
    side = 0 if m["beside"] else -1 if m["low"] else 1
    if m["gap"]:
        return Relation(side, cardinal(m["gap"]))
    near = m["near"] or m["near_too"] or m["close"] or m["beside"]
    return Relation(side, int(bool(near)))


def _frame(m: re.Match[str], scale: Scale | None) -> int:
    """1 if an order is told from the low end on, -1 from the high end, 0 if unclear."""
    if scale is None:
        return 0
    low = r"|".join((scale.ends[0], scale.sides[0]))
    high = r"|".join((scale.ends[1], scale.sides[1]))
    if m["falling"] or m["rising"]:
        return 0 if scale.numbered or "left" in scale.ends[0] else 1 if m["falling"] else -1
    begin = " ".join((m["begin"] or m["begins"]).split()).lower()
    if re.fullmatch(low + ("|first" if scale.numbered else ""), begin):
        return 1
    return -1 if re.fullmatch(high, begin) else 0


def _spaced(pattern: str) -> str:
    return pattern.replace(" ", r"\s")


@lru_cache(maxsize=256)
def vocabulary_of(setting: Setting) -> Vocabulary:
    """What sentences about a puzzle may consist of."""
    refs = _refs(setting)
    scale = setting.scale
    low, high = map(_spaced, scale.relations) if scale else (r"(?!)", r"(?!)")
    lowend, highend = map(_spaced, scale.ends) if scale else (r"(?!)", r"(?!)")
    lowside, highside = map(_spaced, scale.sides) if scale else (r"(?!)", r"(?!)")
    own = sorted(setting.own, key=len, reverse=True)
    verbs = _either([*_VERBS, *own])
    nouns = [setting.noun, setting.noun + "s"] if setting.noun else []
    named = [w for w in own if w not in setting.verbs and w not in _VERBS]
    heads = _either([*_HEADS, *named, *_plurals(named), *nouns])
    tails = _either([*_TAILS, *named, *_plurals(named), *nouns])
    names = [f for f, r in refs.items() if isinstance(r, str)]
    known = "|".join(
        f"(?-i:{re.escape(_written(form, setting))})"
        if _written(form, setting) != form
        else re.escape(form).replace(r"\ ", r"\s")
        for form in sorted(refs, key=len, reverse=True)
    )
    del names
    size = len(setting.places)
    noun = _either(
        [*nouns, "position", "place", "spot", "seat", "person", "one", "house", "floor", "runner",
         "car", "finisher", "people", "child", "item", *_plurals(own)]
    )  # fmt: skip
    ordered = scale is not None
    near = r"(?:immediately|directly|just|right|straight|next)"
    gap = rf"""(?:exactly\s)?(?P<gap>{CARDINAL})\s
      (?:{noun}|places?|positions?|seats?|days?|floors?)s?\s(?:away\s)?"""
    relation = rf"""(?:(?:exactly\s)?(?:{CARDINAL}|an?)\s(?:{_UNITS})\s|(?:a\s(?:bit|little
        |lot)|much|slightly)\s)?
      (?:(?:in|at|on)\s)?(?:(?:the|a|one)\s(?:{noun})\s(?:(?:that|which)\sis\s)?)?
      (?:(?P<near>{near}\s)|{gap}|some(?:where|time)\s|any(?:where)\s|further\s)?
      (?:(?:the\s)?(?P<near_too>day\s|next\sday\s))?
      (?:(?:to|on|in|at)\s(?:the|its)\s(?P<close>immediate\s|direct\s)?)?
      (?:(?P<low>{low})|(?P<high>{high}))"""
    beside = rf"""(?P<beside>(?:(?:in|at|on)\s)?(?:(?:the
        |a)\s(?:{noun})\s)?(?:{near}\s)?(?:next\sdoor\sto|next\sto|beside|alongside|adjacent\sto
      |a\sneighbou?r\sof|the\sneighbou?r\sof|neighbou?rs?\sof))"""
    the = rf"""(?:(?:in|at|on)\s)?(?:(?:{_DET})\s)?(?:very\s)?(?:(?:person|one|{noun})\s
      (?:(?:that|who)\s)?(?:(?:in|at|on|is|finished|came)\s)?(?:the\s)?)?"""
    of_all = rf"""(?:\s(?:of|in|on|from)\s(?:all|them|all\s{CARDINAL}
      |the\s(?:{CARDINAL}|row|line|queue|race|rack|shelf|group|building|list))\b)?"""
    spot = rf"""{the}(?:(?P<nthside>{ORDINAL})(?:\s(?:{noun}))?\s(?:from|on|to)\s(?:the\s)?
        (?:(?P<lowside>{lowside})|(?P<highside>{highside}))
      |(?P<either>(?:one|either|an)(?:\sof\sthe(?:\stwo)?)?\sends?\b)
      |(?P<tolast>{ORDINAL})[-\s](?:to|from)[-\s](?:the[-\s])?last
      |(?:(?P<nth>{ORDINAL})[-\s])?(?:(?P<lowend>{lowend}|(?:{lowside})(?=\s*(?:[,.;]|\Z|is\b)))
        |(?P<highend>{highend}|(?:{highside})(?=\s*(?:[,.;]|\Z|is\b))))
      |(?P<middle>middle|centre|center)
      |(?P<lastplace>last)
      |(?P<plain>{ORDINAL})(?!-?born))(?:\s(?:{noun}))?{of_all}\b"""
    beginning = rf"(?:the\s)?(?:{lowend}|{highend}|{lowside}|{highside}|first)"
    frame = rf"""(?:\(|in\sorder,?\s|,\s)*(?:from\s)?(?:(?P<begin>{beginning})(?:\s\w+)?\s*
      (?:to|→|->|–|-|down\sto|up\sto)\s*{beginning.replace("first", "last")}|(?P<begins>{beginning})
      \sfirst|(?P<falling>in\s(?:descending|decreasing)\sorder)|(?P<rising>in\s(?:ascending|increasing)
      \sorder))(?:\s(?:of|by)\s\w+)?\)?"""
    # "is in front of" tells no place
    astride = r"(?!\s(?:(?:the|her|his)\s(?:immediate|direct|left|right)|(?:front|top)\sof))"
    parts = {
        "_space": r"[\s*`\"“”]+",
        "E": r"_+|\?(?=[\s,|\]])|\[\s*\]|…",
        "_between": r"what(?:['’]s|\sis)\sleft(?=\sfor)|(?:between|among)\sthem(?:selves)?\b"
                    r"|in\s(?:some|either|any)\sorder\b",
        "_number": r"(?:(?<=\A)|(?<=\n))\(?\d{1,2}[.)](?=\s)",
        "_lead": rf"{_LEAD}\b",
        "K": frame if ordered else r"(?!)",
        "O": rf"{_ORDER}" if ordered else r"(?!)",
        "A": r"(?:this|that|which|it)\s(?:also\s)?(?:means|implies|shows|gives|makes)(?:\sthat)?\b"
             r"|(?:means|implies)(?:\sthat)?\b"
             r"|(?:so|therefore|thus|hence|consequently|giving|i\.e\.|meaning(?:\sthat)?)\b",
        "L": r"(?:(?:that|this|which|it)\s)?(?:leaves|leaving|left)(?:\sonly|\sjust)?\b"
             r"(?:\sus\swith\b|\swith\b)?|remains?\b(?=\sfor)|(?:is|are)\sleft\b(?=\sfor)",
        "Q": r"(?:somewhere\s|directly\s|right\s)?(?:in\s)?between\b",
        "V": r"neither\b",
        "R": rf"(?:{relation}|{beside})\b" if ordered else r"(?!)",
        "N": rf"""(?:(?:is|are|was|were|does|do|did|has|have|can|could|must|will|should)
          (?:\sstill)?(?:\snot\b|n['’]t\b)|cannot\b|never\b|not\b|≠|!=)(?:\s(?:be|in|have|{verbs})\b)*
          (?:\s{_PREPS}\b{astride})?""",
        "C": r"(?:can(?!\sonly)|could|may|might)\b",
        "T": rf"""(?:{_PREPS}\s)?(?:{_DET}\s)?(?:(?:{heads})\s(?:(?:who|that|which|whose)\s)?
          (?:(?:{verbs}|{heads})\s)*(?:{_PREPS}\s)?(?:{_DET}\s)?)?
          (?P<form>{known})(?:['’]s?(?!\w))?(?:\s(?:{tails})\b(?:['’]s)?)*(?!\w)""",
        "T_spot": spot if ordered else r"(?!)",
        "T_number": (
            rf"(?:{_PREPS}\s)?(?:the\s)?(?:(?:{noun})s?\s)?(?:(?:number|no\.|at|\#)\s?)?"
            rf"(?P<digit>[1-{size}])(?![\w/]|[.,]\d|\s(?:(?:{noun})s|years?))"
            if ordered
            else r"(?!)"
        ),
        "P": r"(?:he|she|it|they)\b",
        "D": r"(?:either|both)\b",
        "B": rf"(?:(?:must|has\sto|have\sto|needs\sto|can\sonly|will|should)\s)?(?:{verbs})\b"
             rf"(?:\s(?:{verbs})\b)*(?:\s{_PREPS}\b{astride})?"
             r"|=|['’](?:s|re)\b|(?:must|has\sto|have\sto|can\sonly|will|should)\b(?:\s(?:be|have)\b)?",
        "W": r"(?:because|since|given\sthat|as(?=\s))\b",
        "M": r"(?:but|while|whereas|with(?=\s))\b",
        "J": r"(?:n?or)\b|/",
        "I": r"(?:and|&)(?!\w)",
        "_adverb": rf"(?:{_either(_ADVERBS.split())})\b",
        "F": r"(?:for|to|between)\b",
        "H": r"→|⇒|⟶|=>|->|—>|↦",
        "G": r">|≻",
        "X": r"<|≺",
        "Z": r"[,;]",
        "Y": r":|(?<=\s)[–—-](?=\s)",
        "U": r"[\w'’]+|.",
    }  # fmt: skip
    parts = {k: v for k, v in parts.items() if v}
    last = parts.pop("U")
    body = "|".join(f"(?P<{k}>(?:(?<!\\w)|(?!\\w))(?:{v}))" for k, v in parts.items())
    brackets = r"|(?P<_mark>[.!✓✔☑✅]+)|(?P<o_pen>\(|\[)|(?P<c_lose>\)|\])"
    pattern = re.compile(f"{body}{brackets}|(?P<U>{last})", re.I | re.X | re.S)
    return Vocabulary(setting, pattern, refs)


def _plurals(words: list[str]) -> list[str]:
    return [w.removesuffix("s") for w in words if w.endswith("s")]


def _either(words: list[str]) -> str:
    found = sorted({w for w in words if w}, key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace(r"\ ", r"\s") for w in found)


def _written(form: str, setting: Setting) -> str:
    """A form as it must be written: names with their capital."""
    for thing in (*(t for sort in setting.sorts for t in sort), *setting.places):
        if thing.lower() == form and thing[:1].isupper() and thing.lower() not in WEEKDAYS:
            return thing
    return form


def _refs(setting: Setting) -> dict[str, Ref]:
    """What each way to write a thing or a place stands for."""
    out: dict[str, Ref] = {}
    for n, place in enumerate(setting.places, 1):
        spot = Spot(frozenset((n,)))
        if not place.isdigit():
            out[place.lower()] = spot
        if place.lower() in WEEKDAYS:
            out[place.lower()[:3]] = spot
        if setting.noun:
            out |= {f"{setting.noun} number {n}": spot, f"{setting.noun} #{n}": spot}
            out |= {f"{w} {setting.noun}": spot for w, k in ORDINALS.items() if k == n}
    for sort in setting.sorts:
        for thing in sort:
            out[thing.lower()] = thing
            if thing.islower() and " " not in thing:
                out |= {thing + "s": thing} if not thing.endswith("s") else {}
    return out
