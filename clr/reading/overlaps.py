"""Groups that overlap: "18 play football, 15 play chess and 7 play both", and what follows.

A problem is read whole or not at all: each number in it tells how many belong to a part. In a step,
a clause that names a part and a number is a claim; what is said of a group without "only" may be
meant of those in no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from clr.bodies.overlaps import Groups, Part, Region, Size
from clr.claim import Claim, Kind, Role
from clr.reading.cues import Cues
from clr.reading.lexicon import CARDINAL, cardinal, sentences
from clr.trace import Span, Step

_LONGEST = 1500
_LONGEST_CLAUSE = 300
CUES = Cues(
    *("both", "neither", "none"),
    whole=True,
    phrases={"least": "at least one", "three": "all three"},
)
"""Words for those of several groups at once or of none, in lower case."""
_OTHER = re.compile(
    r"%|\bpercent|\bhalf\b|\btwice\b|\btimes\b|\bthirds?\b|\bquarter|\bmore than\b|\bfewer\b"
    r"|\bless\b"
    r"|\bprobabilit|\bratio\b|\beach (?:of|has)\b|\bat most\b|\bmaximum\b|\bminimum\b|\bor more\b"
    r"|\$\s*\d|\d\s*\$|\d[.,/:]\d|\bage|\byears?\b|\bminutes?\b|\bhours?\b|\bleast possible\b",
    re.I,
)
_N = rf"(?P<n>{CARDINAL}|\d{{1,6}}|none)"
_PEOPLE = (
    r"(?:(?:of (?:them|these|those|the \w+|whom|all)|\w+ of (?:them|the \w+))"
    r"|(?:other |the )?(?:students?|people|persons|children|kids|pupils|members|adults|customers"
    r"|guests|employees|workers|players|boys|girls|men|women|teachers|tourists|households|families"
    r"|respondents|participants|athletes|visitors|residents|friends|pets?|animals|houses|homes|dogs"
    r"|cats|campers|readers|voters|shoppers|travell?ers|musicians|seniors|freshmen))"
)
_WHO = r"(?:who|that|which)"
_VERB = (
    r"(?:(?:(?P<only>only|just)|also) )?(?:(?:do|did) )?(?:plays?|played|likes?|liked"
    r"|stud(?:y|ies|ied)|takes?|took|are taking|is taking|speaks?|spoke|owns?|owned|have|has|had"
    r"|reads?|enjoys?|enjoyed|drinks?|drank|eats?|ate|watch(?:es|ed)?|uses?|used|practi[cs]es?|knows?|visit(?:s|ed)?|buys?"
    r"|bought|chose"
    r"|are (?:in|on|enrolled in|taking|studying|members of)|belongs? to|joined|attends?|attended"
    r"|signed up for|are playing|passed|ordered|subscribes? to|sings?|tried)"
)
_THING = r"(?:an? |the )?[a-z][a-z-]*(?: (?:class|club|team|course|lessons?))?"
_TOTAL = re.compile(
    rf"(?:(?:in|out of|of|among|from|surveying) )?(?:an? |the )?(?:(?:\w+ )?(?:class|group"
    rf"|survey|club"
    rf"|school|team|office|sample|poll|party|village|camp|neighbou?rhood|company) (?:of|with|has"
    rf"|have"
    rf"|contains) )?(?:there (?:are|were) )?{_N} {_PEOPLE}"
    r"(?: (?:in (?:an?|the) [a-z ]{2,20}|(?:were|was) (?:asked|surveyed|interviewed)[a-z ]*"
    r"|were at [a-z ]+|surveyed))?",
    re.I,
)
_SUPPOSES = re.compile(
    r"\?|\b(?:suppos\w+|assum\w+|if|would|wrong\w*|mistake\w*|incorrect\w*|instead|double|twice"
    r"|counted"
    r"|not (?!chess)|isn't|can't|cannot|wait|but that|otherwise|least \d|most|about|whether|let)\b",
    re.I,
)
_SPLIT = re.compile(
    rf"[.;:]\s+|,\s+(?:and |but |while |so )?(?=(?:{CARDINAL}|\d|none)\b)|,?\s+(?:and|while|but)\s+"
    rf"(?=(?:{CARDINAL}|\d+|none)\b)|,\s+(?=and\b|of\b|where\b)|\n+",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader needs of the problem."""

    given: Groups


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """The groups of `problem`, or None unless it is about some that overlap, and was read whole."""
    if (
        len(problem) > _LONGEST
        or not CUES.pattern.search(problem.lower())
        or _OTHER.search(problem)
    ):
        return None
    told = " ".join(
        problem[s.start : s.end] for s in sentences(problem) if "?" not in problem[s.start : s.end]
    )
    pieces = [p.strip(" .,;:") for p in _SPLIT.split(told) if p and re.search(r"\w", p)]
    names: list[str] = []
    for piece in pieces:
        m = re.fullmatch(_counted(rf"(?P<what>{_THING})"), piece, re.I)
        if m and _name(m["what"]) not in (*names, "both", "neither"):
            names.append(_name(m["what"]))
    if len(names) not in (2, 3):
        return None
    groups = Groups(tuple(names), ())
    sizes: list[Size] = []
    for piece in pieces:
        if not re.search(rf"\b(?:{CARDINAL}|\d+|none)\b", piece, re.I):
            continue
        found = _total(piece, groups) or _size(piece, groups)
        if found is None:
            return None
        sizes.append(Size(found.parts[:1], found.count))
    if len(sizes) < 3 or _may_exclude(sizes, groups) or _MIXED.search(told):
        return None
    return Context(Groups(tuple(names), tuple(sizes)))


_MIXED = re.compile(
    r"\bboys\b.*\bgirls\b|\bgirls\b.*\bboys\b|\bmen\b.*\bwomen\b|\bwomen\b.*\bmen\b"
    r"|\badults\b.*\bchildren\b|\bchildren\b.*\badults\b",
    re.I,
)


def _may_exclude(sizes: list[Size], groups: Groups) -> bool:
    """Whether each number may count those in no other part: then they make up the total."""
    total = [s.count for s in sizes if s.parts[0] == frozenset(_regions(groups))]
    return total == [sum(s.count for s in sizes) - sum(total)]


def _counted(what: str) -> str:
    return (
        rf"(?:(?:and|but|while|so|of (?:these|them|those)|where),? )*{_N}(?: {_PEOPLE})?"
        rf"(?: {_WHO})? {_VERB} {what}"
    )


def _name(text: str) -> str:
    return re.sub(r"^(?:an?|the) ", "", text.lower()).split()[0]


def _number(text: str) -> int:
    return 0 if text.lower() == "none" else cardinal(text)


def _total(piece: str, groups: Groups) -> Size | None:
    m = _TOTAL.fullmatch(piece)
    return Size((frozenset(_regions(groups)),), _number(m["n"])) if m else None


def _regions(groups: Groups) -> list[Region]:
    every = range(len(groups.names))
    return [frozenset(c) for k in range(len(groups.names) + 1) for c in combinations(every, k)]


def _size(text: str, groups: Groups) -> Size | None:
    """How many a clause says there are in a part."""
    for pattern in (
        _counted(r"(?P<part>.+)"),
        rf"(?:and |so )?{_N}(?: {_PEOPLE})?(?: {_WHO})? (?:are|were) in (?P<part>both|neither|.+)",
    ):
        m = re.fullmatch(pattern, text, re.I)
        if m is None:
            continue
        part = f"only {m['part']}" if m.groupdict().get("only") else m["part"]
        return _of(part, groups, _number(m["n"]))
    return None


def _of(part: str, groups: Groups, count: int) -> Size | None:
    found = parts_of(part, groups)
    return None if found is None else Size(found[0], count, found[1])


_TAIL = re.compile(
    r"\s+(?:of (?:the|these|those) (?:two|three|\w+)(?: \w+)?|sports?|subjects?|languages?"
    r"|games?|drinks?"
    r"|instruments?|classes|pets?|activit(?:y|ies)|at all|together|at the same time|of them)$",
    re.I,
)


def parts_of(text: str, groups: Groups) -> tuple[tuple[Part, ...], bool] | None:
    """What part the words name, in every reading, and whether they leave no doubt."""
    said = text.strip(" .,").lower()
    said = re.sub(r"\b(?:the|an?) ", "", said)
    regions = _regions(groups)
    every = len(groups.names)

    def where(test: Callable[[Region], object]) -> Part:
        return frozenset(r for r in regions if test(r))

    bare = _TAIL.sub("", _TAIL.sub("", said)).strip()
    if bare in ("both", "all three", "all", "all 3") and (every == 2) is (bare == "both"):
        return (where(lambda r: len(r) == every),), True
    if bare in ("neither", "none", "nothing", "no"):
        return (where(lambda r: not r),), True
    if re.fullmatch(r"at least (?:one|1)|one or (?:more|both)|(?:some|any)thing", bare):
        return (where(lambda r: r),), True
    if re.fullmatch(r"(?:exactly|only|just) (?:one|1)", bare):
        return (where(lambda r: len(r) == 1),), True
    if re.fullmatch(r"exactly (?:two|2)", bare) and every == 3:
        return (where(lambda r: len(r) == 2),), True
    named = {name: n for n, name in enumerate(groups.names)}
    found = [named[w] for w in re.findall(r"[a-z-]+", said) if w in named]
    shape = re.sub(r"[a-z-]+", lambda m: "#" if m[0] in named else m[0], _TAIL.sub("", said))
    shape = re.sub(
        r"\b(?:playing|studying|taking|liking|play|like|study|take|speak|own|have)\s+", "", shape
    )
    if len(set(found)) < len(found) or not found:
        return None
    a = found[0]
    match shape, len(found):
        case (("only #" | "just #" | "# only" | "# alone" | "# and nothing else"), 1):
            return (where(lambda r: r == {a}),), True
        case "#", 1:
            return (where(lambda r: a in r), where(lambda r: r == {a})), False
        case (("# but not #" | "# and not #" | "# not #" | "# without #"), 2):
            b = found[1]
            wide = where(lambda r: a in r and b not in r)
            return (wide,), True
        case (("both # and #" | "# and also #" | "# as well as #"), 2):
            b = found[1]
            narrow = where(lambda r: r == {a, b})
            return (where(lambda r: {a, b} <= r), narrow), every == 2
        case "neither # nor #", 2 if every == 2:
            return (where(lambda r: not r),), True
        case (("# or # or both" | "at least one of # and #" | "at least one of # or #"), 2) if (
            every == 2
        ):
            return (where(lambda r: r),), True
        case (("# or #" | "either # or #"), 2) if every == 2:
            return (where(lambda r: r), where(lambda r: len(r) == 1)), False
    return None


_LABELLED = re.compile(
    r"(?:(?:the )?(?:number|total|count)(?: of)? )?(?:(?:of )?"
    rf"{_PEOPLE} )?(?:{_WHO} )?(?:(?:{_VERB}|in|for|with) )?(?P<part>[A-Za-z][A-Za-z ]*?)"
    r"\s*(?::|=|is|are|equals)\s*(?P<sum>[\d\s+\-−–×*/()=]*\d)\s*"
    rf"(?:{_PEOPLE})?",
    re.I,
)
_SET = re.compile(
    r"(?:\||n\(|\\lvert\s*|\\left\|)\s*(?P<a>[A-Z])\s*(?P<sign>∪|∩|\\cup|\\cap)\s*(?P<b>[A-Z])\s*"
    r"(?:\||\)|\\rvert|\\right\|)\s*=(?P<sum>.*)",
)
_LAST = re.compile(r"(?:^|=)\s*(?P<n>\d{1,6})\s*$")
_LEADS = re.compile(
    r"(?:(?:so|thus|therefore|hence|then|now|and|finally|this means|that means|which means"
    r"|we (?:get|have|find|know)(?: that)?|it follows that|that leaves|answer:?"
    r"|the answer is)\b[,:]?\s*)*",
    re.I,
)
_SUM = rf"(?:[\d\s+\-−–×*/()]+=\s*)?{_N}"


def read(step: Step, context: Context) -> list[Claim]:
    """How many a step says there are in each part."""
    out: list[Claim] = []
    for span in _clauses(step.text):
        text = step.text[span.start : span.end]
        if len(text) > _LONGEST_CLAUSE or _SUPPOSES.search(text):
            continue
        body = _said(text, context.given)
        if body is not None:
            place = span.shift(step.span.start)
            out.append(Claim(Kind.COLLECTION, text, place, step.index, text, Role.DERIVED, body))
    return out


def _clauses(text: str) -> Iterator[Span]:
    for sentence in sentences(text):
        at = sentence.start
        for m in re.finditer(
            rf"[;,]\s+(?:and |so |but )?(?=(?:{CARDINAL}|\d+|none)\b)|\Z",
            text[sentence.start : sentence.end],
        ):
            end = sentence.start + m.start()
            if text[at:end].strip():
                yield Span(at, end)
            at = sentence.start + m.end()


def _said(text: str, groups: Groups) -> Size | None:
    text = " ".join(text.strip(" .!").split())
    text = _LEADS.sub("", text, count=1)
    if m := _SET.fullmatch(text):
        last = _LAST.search("=" + m["sum"])
        if last is None or m["a"] == m["b"] or len(groups.names) != 2:
            return None
        regions = _regions(groups)
        least = 1 if "∪" in m["sign"] or "cup" in m["sign"] else 2
        return Size((frozenset(r for r in regions if len(r) >= least),), int(last["n"]))
    text = re.sub(r"^[\d\s+\-−–]+=\s*(?=\d)", "", text)
    if (found := _size(text, groups)) is not None:
        return found
    if (m := _LABELLED.fullmatch(text)) and (last := _LAST.search(m["sum"])):
        part = f"only {m['part']}" if m["only"] else m["part"]
        return _of(part, groups, int(last["n"]))
    return None
