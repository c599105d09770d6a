"""How statements about a list are worded: "9 is not in the list", "index 2 is 5", "the longest word
is banana", "3 appears twice". Each wording is read whole or not at all.

The list is either one that is spoken of ("the list", "it"), or stands in the statement itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from typing import NamedTuple, TypeAlias, TypeVar

from clr.bodies.lists import (
    At,
    Before,
    Chosen,
    Copied,
    Extreme,
    HowMany,
    InOrder,
    Is,
    Items,
    Measure,
    Members,
    Occurs,
    Once,
    Ordered,
    Property,
    Repeats,
    Reversed,
    Statement,
)
from clr.reading.lexicon import CARDINAL, ORDINAL, ORDINALS, cardinal
from clr.reading.list_items import (
    ENTRIES,
    ITEM,
    LISTED_NUMBER,
    LITERAL,
    NUMBER,
    QUOTE,
    Vocabulary,
    item,
    items,
    literal,
    vocabulary,
)
from clr.reading.rearrangements import compared

_KIND = r"(?:numbers|words|integers|names|values|elements|entries|items|strings|fruits|animals)"
_REFERENCE = (
    r"(?:(?:the|this|our|your|that|these) (?:(?:given|original|whole|above|input|entire|full) )*"
    rf"(?:(?:list|array|set|sequence|collection)(?: of {_KIND})?|{_KIND}|(?:number|word) list)"
    r"(?: given| above| here| provided)?)"
)
"""What a list is called; "it" may be a number of it: it ends with 7."""
_NOUN = r"(?:numbers?|elements?|integers?|items?|ones?|values?|entry|entries|words?|names?|terms?)"
_ADVERBS = (
    r"(?:(?:indeed|also|clearly|definitely|actually|already|certainly|simply|really|still|both|all"
    r"|therefore|thus|hence|obviously) )*"
)
_ZERO = r"(?:(?P<pre>0|zero|1|one)[- ](?:based|indexed) )?"
_BASE = (
    r"(?:,? ?\(?(?:(?:with |using |in )?(?P<base>0|zero|1|one)[- ](?:based|indexed)(?:"
    r" index(?:ing)?| indexing| numbering| counting)?"
    r"|(?:when |if )?(?:counting|starting|indexing|indexed|numbering|numbered) (?:at|from)"
    r" (?P<from>0|zero|1|one))\)?)?"
)
_PLACE = r"(?:position|index|place|spot|slot)"
_BACKWARDS = r"(?P<back> from the (?:end|back|right))?"
_TIMES = rf"(?:(?P<times>{CARDINAL}) times?|(?P<often>once|twice|thrice))"
_OFTEN = {"once": 1, "twice": 2, "thrice": 3}
_HIGHEST = r"largest|greatest|biggest|highest|maximum|maximal|max"
_LOWEST = r"smallest|least|lowest|minimum|minimal|min"
_END = (
    rf"(?:(?P<rank>{ORDINAL})[ -])?(?P<end>{_HIGHEST}|{_LOWEST}|longest|shortest"
    r"|(?:alphabetically |lexicographically )(?:first|last))"
)
_LETTER = rf"(?:the letter |an? |the )?{QUOTE}?(?P<letters>[A-Za-z]{{1,3}}){QUOTE}?(?![\w'’])"
_SIDE = (
    r"(?P<side>(?:strictly )?(?:greater than|larger than|bigger than|more than|over|above|less than"
    r"|smaller than|under|below|at least|at most))"
)
_NUMERIC = (
    r"(?P<not>not )?(?:(?P<plain>odd|even|prime|positive|negative|palindromes?|an? palindromes?)"
    rf"|(?:divisible by|(?:a )?multiples? of) (?P<k>\d{{1,4}})|{_SIDE} (?P<bound>-?\d{{1,6}}))"
)
_SPELLED = (
    rf"(?:(?P<starts>(?:start|begin)(?:s|ing|ning)? with|ends? (?:with|in)|ending (?:with|in)"
    rf"|contain(?:s|ing)?|with|ha(?:ve|s)|having) {_LETTER}"
    rf"|(?:with|ha(?:ve|s)|having) (?P<more>exactly |more than |fewer than |less than )?"
    rf"(?P<size>{CARDINAL}) (?P<what>letters?|characters?|vowels?)"
    rf"|(?:are |is )?(?P<longer>longer|shorter) than (?P<than>{CARDINAL}) (?:letters|characters)"
    rf"|(?:are |is )?(?P<exact>{CARDINAL}) (?:letters|characters) long)"
)

_T = TypeVar("_T")
Builder: TypeAlias = "Callable[[re.Match[str], Vocabulary], tuple[Statement, ...] | None]"


class _Wording(NamedTuple):
    """How a statement is worded, and what it says. What stands in angles is filled in from
    `_FILLED`; the list is <THE>, or <IN> with a word before it, which may be left out."""

    pattern: str
    build: Builder


_FILLED = {
    "XS": rf"(?P<xs>{ENTRIES})",
    "X": rf"(?:the (?:number|word|element|value|name|item) )?(?P<x>{ITEM})",
    "Y": rf"(?P<y>{ITEM})",
    "N": rf"(?P<n>{CARDINAL})",
    "NOUN": _NOUN,
    "ADV": _ADVERBS,
    "BASE": _BASE,
    "ZERO": _ZERO,
    "PLACE": _PLACE,
    "BACK": _BACKWARDS,
    "ORD": rf"(?P<ord>{ORDINAL}|last|penultimate|second[- ]to[- ]last)",
    "TIMES": _TIMES,
    "END": _END,
    "ITEMS": rf"[\[{{]?(?P<items>{ENTRIES})[\]}}]?",
    "NUMERIC": _NUMERIC,
    "SPELLED": _SPELLED,
}
_INSIDE = " (?:in|of|from|on|within|among) "
_ROW = (
    rf"{LISTED_NUMBER}(?:, {LISTED_NUMBER})*,? and {LISTED_NUMBER}"
    rf"|{LISTED_NUMBER}(?:, {LISTED_NUMBER})+"
)
_STANDING = rf"(?:the (?:list|array|set|sequence|{_KIND}) )?(?P<of>{LITERAL})"


@cache
def _of_spoken(pattern: str) -> re.Pattern[str]:
    """A wording for a list that is spoken of."""
    it = rf"(?:{_REFERENCE}|it|them)"
    inside = _INSIDE + it
    pattern = pattern.replace(" <THE>", f" {it}")
    return _filled(pattern, {"THE": _REFERENCE, "IN!": inside, "IN": f"(?:{inside})?"})


@cache
def _of_standing(pattern: str) -> re.Pattern[str] | None:
    """A wording for a list that stands in the statement; None where it has no one place for it."""
    the, inside = pattern.count("<THE>"), len(re.findall("<IN!?>", pattern))
    if the == 1:
        return _filled(pattern, {"THE": _STANDING, "IN!": "", "IN": ""})
    if the or inside != 1:
        return None
    within = _INSIDE + _STANDING
    if pattern in _EXTREMES:
        within = rf" (?:of|among) (?:{_STANDING}|(?:the numbers )?(?P<row>{_ROW}))"
    return _filled(pattern, {"IN!": within, "IN": within})


def _filled(pattern: str, lists: dict[str, str]) -> re.Pattern[str]:
    for name, part in (lists | _FILLED).items():
        pattern = pattern.replace(f"<{name}>", part)
    return re.compile(pattern, re.I)


# What is said of them


def _members(m: re.Match[str], known: Vocabulary) -> tuple[Statement, ...] | None:
    found = items(m["xs"], known)
    denied = any(m.groupdict().get(name) for name in ("no", "nt", "none"))
    return None if found is None else (Members(found, not denied),)


def _at(m: re.Match[str], known: Vocabulary) -> tuple[Statement, ...] | None:
    said = m.groupdict()
    found = item(m["x"], known)
    if found is None:
        return None
    base = said.get("base") or said.get("from") or said.get("pre")
    declared = None if base is None else 0 if base.lower() in ("0", "zero") else 1
    backwards = bool(said.get("back"))
    if said.get("n"):
        return (At(found, cardinal(m["n"]), 1 if backwards else declared, backwards),)
    nth = said["ord"].lower()
    if nth == "last":
        return (At(found, 1, 1, backwards=True),)
    if nth in ORDINALS:
        return (At(found, ORDINALS[nth], 1, backwards),)
    return (At(found, 2, 1, backwards=True),)


def _first(m: re.Match[str], known: Vocabulary) -> tuple[Statement, ...] | None:
    found = item(m["x"], known)
    return None if found is None else (At(found, 1, 1, bool(m["ends"])),)


def _size(m: re.Match[str], _: Vocabulary) -> tuple[Statement, ...]:
    return (HowMany(Property("any"), cardinal(m["n"]), bool(m.groupdict().get("distinct"))),)


def _occurs(m: re.Match[str], known: Vocabulary) -> tuple[Statement, ...] | None:
    found = item(m["x"], known)
    if found is None:
        return None
    said = m.groupdict()
    seen = 0 if _WHOLE.search(m[0]) else 1
    if said.get("times"):
        return (Occurs(found, cardinal(m["times"]), seen=seen),)
    if said.get("often"):
        return (Occurs(found, _OFTEN[m["often"].lower()], seen=seen),)
    return (Occurs(found, 2, at_least=True),)


def _repeats(m: re.Match[str], known: Vocabulary) -> tuple[Statement, ...] | None:
    written = m.groupdict().get("items")
    if written is None:
        return (Repeats(not m.groupdict().get("no")),)
    found = items(written, known)
    return None if found is None else (Repeats(some=True, items=found),)


def _once(m: re.Match[str], known: Vocabulary) -> tuple[Statement, ...] | None:
    found = items(m["items"], known)
    return None if found is None else (Once(found),)


_WHOLE = re.compile(r"\b(?:list|array|set|sequence|all|overall|of|among|numbers|words)\b", re.I)
"""What tells that not only the items up to some place are meant."""


def _extreme(m: re.Match[str], known: Vocabulary) -> tuple[Statement, ...] | None:
    found = item(m["x"], known)
    end = m["end"].lower()
    by = "length" if end in ("longest", "shortest") else "alphabet" if " " in end else "value"
    if found is None or isinstance(found, str) is (by == "value"):
        return None
    largest = bool(re.fullmatch(_HIGHEST, end)) or end == "longest" or end.endswith("last")
    rank = ORDINALS[m["rank"].lower()] if m["rank"] else 1
    assigned = "=" in m[0]
    running = not _WHOLE.search(m[0]) and (rank == 1 or assigned)
    seen = 0 if not running else 1 if assigned else 2
    stated: Statement = Extreme(largest, found, rank, by, seen)
    size = m.groupdict().get("size")
    if size is None or by != "length":
        return (stated,) if size is None else None
    return stated, Is(found, Property("length", cardinal(size)))


def _measure(m: re.Match[str], _: Vocabulary) -> tuple[Statement, ...]:
    name = m["measure"].lower()
    name = {"average": "mean", "total": "sum"}.get(name, name)
    return (
        Measure(name, Fraction(m["value"].replace("−", "-")), len(m["value"].partition(".")[2])),
    )


def _ordered(m: re.Match[str], known: Vocabulary) -> tuple[Statement, ...] | None:
    found = items(m["items"], known)
    way = (m["way"] or "").lower()
    descending = way in ("descending", "decreasing") or (not way and known.descending)
    if found is None or len(found) < 2 or (not way and not known.numeric):
        return None
    return (Ordered(found, descending),) if known.numeric else None


def _reversed(m: re.Match[str], known: Vocabulary) -> tuple[Statement, ...] | None:
    found = items(m["items"], known)
    return None if found is None or len(found) < 2 else (Reversed(found),)


def _in_order(m: re.Match[str], known: Vocabulary) -> tuple[Statement, ...] | None:
    descending = (m["way"] or "").lower() in ("descending", "decreasing")
    return (InOrder(not (m["no"] or m["nt"]), descending),) if known.numeric else None


def _copied(m: re.Match[str], known: Vocabulary) -> tuple[Statement, ...] | None:
    found = items(m["items"], known)
    return None if found is None or len(found) < 2 else (Copied(found, bool(m["given"])),)


def _before(m: re.Match[str], known: Vocabulary) -> tuple[Statement, ...] | None:
    first, second = item(m["x"], known), item(m["y"], known)
    if not isinstance(first, str) or not isinstance(second, str):
        return None
    pair = (first, second) if m["order"].lower() == "before" else (second, first)
    told = bool(m["alphabet"] or m["again"])
    return (Before(*pair, told),)


def _property(m: re.Match[str], known: Vocabulary) -> Property | None:
    said = m.groupdict()
    denied = bool(said.get("not"))
    if said.get("before"):
        return Property(m["before"].lower())
    if said.get("plain"):
        name = "palindrome" if "palindrome" in m["plain"].lower() else m["plain"].lower()
        return Property(name, denied=denied)
    if said.get("k"):
        return Property("multiple", int(m["k"]), denied)
    if said.get("side"):
        side = m["side"].lower().removeprefix("strictly ")
        bound = int(m["bound"])
        if side in ("at least", "at most"):
            return Property("under" if side == "at least" else "over", bound, not denied)
        over = side.split()[0] in ("greater", "larger", "bigger", "more", "over", "above")
        return Property("over" if over else "under", bound, denied)
    if known.numeric:
        return None
    if said.get("starts"):
        verb = m["starts"].lower()
        quoted = re.search(QUOTE, m[0][m.start("letters") - m.start() - 1 :]) is not None
        if verb in ("with", "have", "has", "having") and not quoted:
            return None
        name = "starts" if verb[0] in "sb" else "ends" if verb[0] == "e" else "contains"
        return Property(name, denied=denied, letters=m["letters"].lower())
    if said.get("reverse"):
        return Property("backwards", letters=m["reverse"].lower())
    if said.get("size"):
        size, more = cardinal(m["size"]), (said.get("more") or "").strip().lower()
        if m["what"].lower().startswith("vowel"):
            return None if more and more != "exactly" else Property("vowels", size, denied)
        name = "longer" if more == "more than" else "shorter" if more.endswith("than") else "length"
        return Property(name, size, denied)
    if said.get("longer"):
        return Property(m["longer"].lower(), cardinal(m["than"]), denied)
    return Property("length", cardinal(m["exact"]), denied) if said.get("exact") else None


def _chosen(m: re.Match[str], known: Vocabulary) -> tuple[Statement, ...] | None:
    what, found = _property(m, known), items(m["items"], known)
    if what is None or found is None:
        return None
    total = m.groupdict().get("total")
    counted = (HowMany(what, cardinal(total)),) if total else ()
    return (Chosen(what, found), *counted)


def _how_many(m: re.Match[str], known: Vocabulary) -> tuple[Statement, ...] | None:
    what = _property(m, known)
    return None if what is None else (HowMany(what, cardinal(m["n"])),)


def _is(m: re.Match[str], known: Vocabulary) -> tuple[Statement, ...] | None:
    what, found = _property(m, known), item(m["x"], known)
    return None if what is None or not isinstance(found, str) else (Is(found, what),)


_SIZE_OF = re.compile(rf"(?P<x>{ITEM}) ?\W?(?:has|is)? ?(?P<n>{CARDINAL})(?: letters)?\)?", re.I)


def _lengths(m: re.Match[str], known: Vocabulary) -> tuple[Statement, ...] | None:
    found: list[Statement] = []
    for part in m["sizes"].split(", "):
        one = _SIZE_OF.fullmatch(part)
        word = item(one["x"], known) if one else None
        if one is None or not isinstance(word, str):
            return None
        found.append(Is(word, Property("length", cardinal(one["n"]))))
    return tuple(found)


_AMONG = (
    r"(?:in|on|part of|among|amongst|contained in|present in|found in|included in|inside|listed in"
    r"|an? (?:element|member|item|entry) of|elements of|members of|one of|somewhere in|found on)"
)
_BEFORE = r"(?P<before>odd|even|prime|positive|negative)"
_NOT = r"(?:(?:does|do|did) not |(?:does|do|did)n['’]t |never )"
_SEES = r"(?:can )?(?:find|see|spot)"
_NO_SIGHT = r"(?:do not |don['’]t |cannot |can['’]t |did not )"
_IS = r"(?: is| are|:| =)+"
_KINDS = r"(?P<distinct>distinct |different |unique )?"
_TOTAL = r"(?: in total| in all| total| altogether)"
_DOUBLE = r"(?:duplicates?|repeats|repetitions|(?:duplicate[sd]?|repeated|repeating) <NOUN>)"
_FOUND_AT = (
    r"(?:is|stands|sits|appears|occurs|comes|lies|(?:is|can be) (?:found|located))(?: \w+ly)?"
)
_HOLDS = r"(?:,? (?:there is|we (?:have|find|see)|is|holds|contains|has|stands|sits|=)|:)+"
_WAY = r"(?P<way>ascending|increasing|descending|decreasing|numerical)"
_GETS = (
    r"(?:,? (?:this (?:is|gives|leaves)|we (?:get|have)|<THE> (?:is|becomes)|it (?:is|becomes)))?"
)
_EXACTLY = r"(?:exactly |only |just |a total of )?"
_MEMBERS = (
    rf"(?:the (?:number|word|element|value|name)s? )?<XS> (?:is|are)(?P<nt>n['’]t)? <ADV>"
    rf"(?P<no>not )?<ADV>{_AMONG} <THE>",
    r"<XS> (?:∈|(?P<no>∉)) <THE>",
    rf"<XS> (?P<no>{_NOT})?<ADV>(?:appears?|occurs?|shows? up|exists?) (?:anywhere )?"
    r"(?:in|on|among) <THE>",
    rf"<THE> (?P<no>{_NOT})?<ADV>(?:contains?|includes?) "
    r"(?:the (?:number|word|value|element) |an? )?<XS>",
    r"<THE> (?:has|have|contains?|includes?) (?:(?P<no>no) |an? |the (?:number|word) )<XS>",
    r"there (?:is|are) (?:(?P<no>no|not any) |an? )?(?:number |word )?<XS> (?:in|on|among) <THE>",
    rf"(?:we|I|you) (?P<no>{_NO_SIGHT})?{_SEES} (?:the number |the word )?<XS> (?:in|on|among)"
    rf" <THE>",
    r"(?:the (?:number|word) )?<XS> (?:is|are) (?P<none>missing from|absent from|not to be found in"
    r"|nowhere (?:to be found )?(?:in|on)) <THE>",
)
_PLACES = (
    rf"<X> {_FOUND_AT} (?:at|in|on) (?:the )?<ZERO><PLACE> (?:number )?(?P<n>\d{{1,3}})<BACK><IN>"
    r"<BASE>",
    r"(?:(?:we|I|you) (?:find|see|have|spot) )?<X> (?:at|in|on) (?:the )?<ZERO><PLACE>"
    r" (?P<n>\d{1,3})"
    r"<BACK><IN><BASE>",
    r"(?:at |in )?(?:the (?:number|element|item|word|value|entry|one) (?:at|in) )?<ZERO><PLACE> "
    rf"(?P<n>\d{{1,3}})<IN>{_HOLDS} <X><BASE>",
    r"<X> is <ADV>the <ORD> <NOUN><BACK><IN>",
    r"<X> is <ADV>the <ORD>(?: one)?<IN!>",
    rf"the <ORD> <NOUN><BACK><IN>{_IS} <X>",
    r"<X> comes <ORD><IN!>",
    rf"(?:element|item|entry) (?:number )?(?P<n>\d{{1,3}})<IN>{_IS} <X><BASE>",
)
_SIZES = (
    rf"<THE> (?:has|have|contains?|consists? of|includes?) {_EXACTLY}<N> {_KINDS}<NOUN>{_TOTAL}?",
    rf"there (?:is|are) {_EXACTLY}<N> {_KINDS}<NOUN>(?:<IN!>|{_TOTAL})",
    rf"the (?:length|size) of <THE>{_IS} <N>",
    r"<THE> has (?:an? )?(?:length|size)(?: of)? <N>",
    rf"the number of {_KINDS}<NOUN><IN!>{_IS} <N>",
)
_FREQUENCIES = (
    r"<X> <ADV>(?:appears|occurs|shows up|comes up|is (?:listed|found|there|present)) "
    rf"{_EXACTLY}<TIMES><IN>",
    rf"<THE> contains <X> {_EXACTLY}<TIMES>",
    r"<X> <ADV>(?:appears|occurs|is listed|shows up) more than once<IN>",
    r"<X> is <ADV>(?:repeated|duplicated|a duplicate)<IN>",
)
_REPEATS = (
    rf"(?:there are|<THE> (?:has|have|contains?)) (?P<no>no) {_DOUBLE}<IN>",
    r"(?P<no>all|every)(?: of)?(?: the| these| its)? <NOUN><IN> (?:is|are) (?:distinct|different"
    r"|unique)",
    rf"(?:there (?:is|are)|<THE> (?:has|have|contains?)) (?:an? )?{_DOUBLE}<IN>",
    rf"the (?:only )?{_DOUBLE}<IN>{_IS} <ITEMS>",
)
_ONCE = (
    rf"(?:the )?(?:unique|distinct|different) <NOUN><IN>{_IS} <ITEMS>",
    r"(?:with|after (?:removing|dropping)|without)(?: the| all| any)? duplicates(?: removed)?"
    rf"{_GETS}:? <ITEMS>",
)
_EXTREMES = (
    rf"(?:the )?<END>(?: <NOUN>)?<IN>{_IS} <X>(?:,? (?:with|at|having|which has)"
    rf" (?P<size>{CARDINAL})"
    r" letters)?",
    r"<X> is <ADV>the <END>(?: <NOUN>)?<IN>",
)
_MEASURES = (
    r"(?:the )?(?P<measure>range|median)(?: of <THE>)?(?: is|:| =)+(?: [\d+*/().,−× -]{1,200} =)?"
    rf" (?P<value>{NUMBER})",
    r"(?:the )?(?P<measure>sum|total|mean|average)(?: of (?:all )?(?:<NOUN> in )?<THE>)(?: is|:|"
    r" =)+"
    rf"(?: [\d+*/().,−× -]{{1,200}} =)? (?P<value>{NUMBER})",
)
_ORDERS = (
    r"(?:(?:the )?sorted (?:list|array|order|numbers|version)(?: of <THE>)?(?: is|:)*|sorted(?:"
    r" in)?"
    rf"|in|sorting <THE>(?: in)?)(?: (?:in )?{_WAY} order)?(?:,? (?:this is|we get|gives(?: us)?"
    r"|<THE> (?:is|are)))?:? <ITEMS>",
)
_BACK_TO_FRONT = (
    r"(?:the )?revers(?:ed?)(?: list| order)?(?: of <THE>)?(?: is|:| =)+ <ITEMS>",
    r"(?:reversing <THE> gives|<THE> (?:reversed|in reverse(?: order)?) is|in reverse(?: order)?:)"
    r" <ITEMS>",
)
_STANDS_SORTED = (
    rf"<THE> (?:is|are)(?P<nt>n['’]t)? <ADV>(?P<no>not )?<ADV>(?:sorted|in order|(?:sorted )?in"
    rf" {_WAY}"
    r" order)",
)
_COPIES = (
    r"(?:we have |here (?:is|are) )?(?:the|our) (?P<given>given |original )?(?:list|array|numbers"
    rf"|words|set|sequence)(?: (?:is|are) (?:given|as follows)| given)?{_IS} <ITEMS>",
    r"(?P<given>given)(?: list)?: <ITEMS>",
)
_ALPHABET = (
    r"<X> (?:comes|goes|sorts|appears|is) (?P<alphabet>alphabetically )?(?P<order>before|after) <Y>"
    r"(?P<again>,? (?:alphabetically|in (?:alphabetical|dictionary) order|in the (?:alphabet"
    r"|dictionary)))?",
)
_TALLY = (
    rf"(?:,? (?:so|which|and)(?: that)? (?:there are|we have|makes?|is|gives?|that['’]s)"
    rf" (?P<total>{CARDINAL})"
    r"(?: of (?:them|these)| in total| in all| <NOUN>)?)?"
)
_CHOICES = tuple(
    pattern + _TALLY
    for pattern in (
        rf"(?:the |all (?:the )?)?{_BEFORE} <NOUN><IN>{_IS} <ITEMS>",
        rf"(?:the |all (?:the )?)?(?:<NOUN><IN> (?:(?:that|which) are )?)?<NUMERIC>(?:"
        rf" <NOUN>)?<IN>{_IS}"
        r" <ITEMS>",
        rf"(?:the |all (?:the )?)?(?:<NOUN>|words?)<IN> (?:that |which )?<SPELLED>{_IS} <ITEMS>",
    )
)
_COUNTS = (
    rf"there (?:are|is) {_EXACTLY}<N> {_BEFORE} <NOUN><IN>",
    rf"(?:there (?:are|is) )?{_EXACTLY}<N>(?: of (?:them|the <NOUN>|these)| <NOUN>)<IN>(?: that|"
    rf" which)?"
    r" (?:are|is) <NUMERIC>",
    rf"(?:there (?:are|is) )?{_EXACTLY}<N>(?: of (?:them|the <NOUN>|these)| <NOUN>)<IN>"
    r"(?: that| which)? <SPELLED>",
)
_SIZED = rf"{ITEM} ?(?:[:=(→-]|has|is) ?{CARDINAL}(?: letters)?\)?"
_FACTS = (
    r"<X> <SPELLED>",
    r"<X> (?P<not>does not |doesn['’]t )<SPELLED>",
    r"<X> is <ADV><NUMERIC>",
    r"<X> (?:backwards|reversed|in reverse|spelled backwards)(?: is|:| =)+"
    r" (?P<reverse>[a-z]{2,30})",
    rf"<X> ?(?::|→|->|–|-|=|\() ?(?P<size>{CARDINAL}) (?P<what>letters?|characters?|vowels?)\)?",
)
_LENGTHS = (
    rf"(?:the )?(?:word )?lengths(?: of <THE>)?(?: are|:)+ (?P<sizes>{_SIZED}(?:, {_SIZED})+)",
)
_WORDINGS = tuple(
    _Wording(pattern, build)
    for patterns, build in (
        (_CHOICES, _chosen),
        (_COUNTS, _how_many),
        (_MEMBERS, _members),
        (_PLACES, _at),
        ((r"<THE> (?:(?:starts|begins)|(?P<ends>ends)) with <X>",), _first),
        (_SIZES, _size),
        (_FREQUENCIES, _occurs),
        (_REPEATS, _repeats),
        (_ONCE, _once),
        (_EXTREMES, _extreme),
        (_MEASURES, _measure),
        (_ORDERS, _ordered),
        (_BACK_TO_FRONT, _reversed),
        (_STANDS_SORTED, _in_order),
        (_COPIES, _copied),
        (_ALPHABET, _before),
        (_FACTS, _is),
        (_LENGTHS, _lengths),
    )
    for pattern in patterns
)
_OF_WORDS = tuple((p, b) for p, b in _WORDINGS if b is _is or b is _before)
"""Wordings about words alone, which may be quoted from anywhere."""
_LEAD = re.compile(
    r"(?:(?:so|thus|therefore|hence|then|(?:now|yes|no)(?=[,;:])|finally|and|but|also|first|next"
    r"|well"
    r"|ok(?:ay)?"
    r"|hmm|right|indeed|in fact|clearly|overall|(?:final )?answer:|[-•✓✔]"
    r"|(?:we|I) (?:can )?(?:have|see|find|get|conclude|know|notice|note)(?: that)?|note that"
    r"|this (?:means|gives|shows)(?: that| us)?|that means(?: that)?|it follows that"
    r"|(?:looking at|checking|scanning|going through) (?:the|this) (?:list|array|numbers"
    r"|words)),?:? )+",
    re.I,
)
_JOINT = re.compile(r"(?:,|;)? (?:and|so|but|while|whereas) (?:so |therefore |thus |hence )?|; ")


def property_of(text: str) -> Property | None:
    """The property of numbers that a text names: "even", "greater than 10", "multiples of 3"."""
    m = re.fullmatch(_NUMERIC, text, re.I)
    return _property(m, Vocabulary(frozenset(), numeric=True)) if m else None


def bare(text: str) -> str:
    """A sentence without its end, and with single blanks."""
    return " ".join(text.strip(" .!*\t").split())


def unled(text: str) -> str:
    """A sentence without the words that only lead to it, and without its end."""
    text = bare(text)
    lead = _LEAD.match(text)
    return text[lead.end() :] if lead else text


def said(text: str, known: Vocabulary) -> list[Statement]:
    """What a sentence says of the list that is spoken of; nothing unless all of it was read."""
    return list(_parts(bare(text), lambda clause: _spoken(clause, known)))


def written(text: str) -> list[tuple[Items, Statement]]:
    """What a sentence says of a list that stands in it; nothing unless all of it was read."""
    return list(_parts(bare(text), lambda clause: compared(clause) or _of_written(clause)))


def _parts(text: str, read: Callable[[str], list[_T]]) -> Iterator[_T]:
    """What a sentence says, or each of its clauses, if all of them say something."""
    for form in (text, unled(text)):
        whole = read(form)
        if whole:
            yield from whole
            return
    clauses = [unled(clause) for clause in _JOINT.split(unled(text))]
    found = [read(clause) for clause in clauses] if 1 < len(clauses) < 5 else []
    if all(found):
        for statements in found:
            yield from statements


def _spoken(text: str, known: Vocabulary) -> list[Statement]:
    for wording in _WORDINGS:
        if (m := _of_spoken(wording.pattern).fullmatch(text)) and (
            found := wording.build(m, known)
        ):
            return list(found)
    return []


_OF_VECTORS = (_SIZES[2], _SIZES[3])
"""What is called the length of a vector is not how many numbers it has."""
_INTERVAL = re.compile(r"\[[^,]*,[^,]*\]")
"""Brackets that may hold the ends of an interval."""


def _standing(m: re.Match[str]) -> Items | None:
    """The list that stands in a statement."""
    if row := m.groupdict().get("row"):
        return literal(re.sub(r",? and ", ", ", row))
    return literal(m["of"]) if m["of"] and not _INTERVAL.fullmatch(m["of"]) else None


_QUOTED_ONLY = Vocabulary(frozenset(), numeric=False)


def _of_written(text: str) -> list[tuple[Items, Statement]]:
    for pattern, build in _OF_WORDS:
        if (m := _of_spoken(pattern).fullmatch(text)) and (stated := build(m, _QUOTED_ONLY)):
            return [((), one) for one in stated]
    for wording in _WORDINGS:
        form = _of_standing(wording.pattern) if wording.pattern not in _OF_VECTORS else None
        m = form.fullmatch(text) if form else None
        given = _standing(m) if m else None
        found = wording.build(m, vocabulary(given)) if m and given else None
        if given and found:
            return [(given, statement) for statement in found]
    return []
