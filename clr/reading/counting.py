"""Listed things and their number: "- flute (1)", "two pianos", "1 + 2 = 3", "so there are 3".

The things are taken from the problem, which must be a list and a question and nothing else. A
sentence is a run of things, numbers, sums and words that say nothing more, or it is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from clr.bodies.counting import Counted, Listing, Total, Unread
from clr.claim import Claim, Kind, Role
from clr.reading.lexicon import CARDINALS, sentences
from clr.reading.statements import stem
from clr.reading.words import Grammar, Part, Phrase, Word, scan, scanner
from clr.trace import Span, Step

MOST_THINGS = 60
_LONGEST_PROBLEM = 3_000
_LONGEST = 1_000
"""Characters of a sentence; longer ones are not read."""

_GRAMMAR = Grammar(r"""
start: (_piece | TO)*
_piece: entry | sum | total | heading
heading: KIND TO? | HEAD TO
entry: THING _number? _number? | NUMBER THING _bracketed? | NUMBER OPEN THING CLOSE
_number: TO NUMBER | _bracketed
_bracketed: OPEN NUMBER CLOSE
sum: (TOTAL KIND? (TO | EQUAL)?)? _term (PLUS _term)+ EQUAL NUMBER KIND?
_term: NUMBER | entry
total: TOTAL KIND? (TO | EQUAL)? NUMBER KIND? | NUMBER KIND TOTAL? | NUMBER TOTAL
     | EQUAL NUMBER KIND?
%declare THING NUMBER OPEN CLOSE PLUS EQUAL KIND HEAD TOTAL TO
""")
_NUMBER = rf"(?:\d{{1,4}}(?![\d.,]*\d)|\b(?:{'|'.join(CARDINALS)}|an?)\b)"
_LIST = re.compile(
    r"(?:(?:I|we|you|he|she|they|there|[A-Z]\w+|the (?:\w+ ){1,3}?)\s*)?\b(?:also |now |still )?"
    r"(?:ha(?:ve|s)|own(?:s|ed)?|sees?|saw|bought|found|keeps?|got|is|are) (?P<list>.+?)\.?",
    re.I,
)
_QUESTION = re.compile(
    r"how many (?P<kind>[a-z]+(?:[ -][a-z]+){0,3}?)(?: (?:do|does|did|are|is|have|has|own|there|i"
    r"|you|we|he|she|they|in|total|all|altogether|on|the|this|list|table|(?-i:[A-Z][a-z]+)))*\s?\?",
    re.I,
)
_PARTS = re.compile(r",\s*(?:and\s+)?|\s+and\s+", re.I)
_PART = re.compile(rf"(?P<n>{_NUMBER})\s+(?P<thing>[a-z][a-z'-]*(?: [a-z][a-z'-]*){{0,4}})", re.I)
_OPTIONS = re.compile(r"\n\s*(?:options|choices)\s*:.*", re.I | re.S)
_MEASURES = frozenset(
    "dozen pair set box pack packet bag case crate group team row pile stack bunch basket carton"
    " kind type time cup pound ounce gallon liter meter mile hour day week dollar cent more".split()
)
"""Words that make more than one thing of each, or no thing."""
_GENERAL = frozenset("object item thing article".split())
_ANSWER = re.compile(
    r"(?:\b(?:(?:so|thus|therefore|hence),? )?(?:the )?(?:final |correct )?answer(?: is|:)|####)"
    rf"[\s*:$`]*(?P<n>{_NUMBER})[\s*.$`]*\Z",
    re.I,
)
_COUNTS = re.compile(r"\d|^\s*(?:[-*•+|]|\W?\d)")
"""What a sentence may hold that counts something."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader needs of the problem."""

    listing: Listing
    kinds: frozenset[str]
    """What the question asks for, and its last word."""
    names: Mapping[str, str]
    """Ways to write a thing, with its words reduced by `stem`, and the thing."""
    words: re.Pattern[str]
    mentions: re.Pattern[str]


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """The things that `problem` lists, or None if it does not only list things and ask how many."""
    if "ow many " not in problem or len(problem) > _LONGEST_PROBLEM:
        return None
    text = _OPTIONS.sub("", problem).strip()
    last = text.rfind("ow many ") - 1
    asked = _QUESTION.match(text, max(last, 0))
    if asked is None or asked.end() < len(text) or _QUESTION.search(text, 0, last):
        return None
    things: list[tuple[str, int]] = []
    for span in sentences(text[: asked.start()]):
        listed = _LIST.fullmatch(text[span.start : span.end])
        found = _things(listed["list"]) if listed else None
        if found is None:
            return None
        things += found
    names = {_name(written): written for written, _ in things}
    if not 2 <= len(things) <= MOST_THINGS or len(names) < len(things):
        return None
    kind = asked["kind"].lower()
    if _name(kind) in names:
        return None
    counts = tuple((_name(written), n) for written, n in things)
    listing = Listing(counts, all=stem(kind.split()[-1]) in _GENERAL)
    kinds = frozenset({_name(kind), _name(kind.split()[-1])})
    who = frozenset(re.findall(r"[A-Z][a-z]+", text))
    return Context(listing, kinds, *_vocabulary(names, kind, who))


def _things(text: str) -> list[tuple[str, int]] | None:
    found = []
    for part in _PARTS.split(text):
        m = _PART.fullmatch(part.strip())
        if m is None or not _MEASURES.isdisjoint(_name(m["thing"]).split()):
            return None
        found.append((m["thing"].lower(), _number(m["n"])))
    return found


def _name(text: str) -> str:
    return " ".join(map(stem, text.split()))


def _vocabulary(
    names: Mapping[str, str], kind: str, who: Set[str]
) -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str]]:
    """The ways to write the things, the scanner of sentences, and what mentions a thing.

    `names` are the things as they were written. One of several words may be called by a word that
    no other has. `who` are words that name nothing to count.
    """
    ways = {name: name for name in names}
    for name in names:
        for word in name.split():
            if len(word) > 3 and sum(word in other.split() for other in names) == 1:
                ways.setdefault(word, name)
    forms = {way: _form(way) for way in ways} | {w: re.escape(w) for w in names.values()}
    known = "|".join(forms[way] for way in sorted(forms, key=lambda w: (-len(w.split()), -len(w))))
    thing = rf"\b(?:{known})\b"
    kinds = "|".join({rf"{re.escape(_root(stem(word)))}[a-z]{{0,4}}" for word in kind.split()})
    words = scanner(
        _space=r"\s+",
        _edge=r"^\s*\||\|\s*$",
        _label=r"^(?:\(?\d{1,3}[.)](?:\s|$)|[-*•+]\s)",
        _row=r"\d{1,3}\s*\|(?=\s*[A-Za-z])",
        TOTAL=r"""\b(?:(?:the\s)?(?:(?:grand|running|final|overall)\s)?total(?:\snumber)?(?:\sso\sfar)?
          |(?:in|for)\s(?:a\s)?total(?:\sof)?|in\sall|altogether|the\s(?:sum|count)|so\sfar)\b""",
        THING=thing,
        KIND=rf"\b(?:(?:{kinds})(?:\s(?:{kinds}))*|objects?|items?|things?|quantity|count)\b",
        HEAD=r"^[^\W\d_]+(?:\s[^\W\d_]+){0,2}(?=:)",
        NUMBER=_NUMBER,
        PLUS=r"\+|\bplus\b",
        EQUAL=r"=|\bequals\b",
        OPEN=r"\(",
        CLOSE=r"\)",
        TO=r"(?:(?:[:|→–]|->|=>|-(?=\s))\s*)+|×\s?(?=\d)|\bx(?=\d)",
        _filler=r"""\b(?:that['’]s|so|thus|therefore|hence|then|and|we|i|you|he|she|they|have|has|there|are|is|the
          |that|this|which|it|of|makes?|gives?|us|also|now|next|first|on|list|listed|in|to|them
          |these|those|following|count|all|up|adding|add|make|together|get|for|each|numbers?
          |parenthes[ei]s|let['’]?s|our|my|you['’]ve)\b""",
        _who=rf"\b(?-i:{'|'.join(sorted(who))})\b",
        _mark=r"[.,;!*`\"“”#_]",
    )
    return ways, words, re.compile(thing, re.I)


def _form(way: str) -> str:
    """An expression for the singular and the plural of a thing."""
    return r"[\s-]".join(rf"{re.escape(_root(word))}[a-z]{{0,4}}" for word in way.split())


def _root(word: str) -> str:
    """What the singular and the plural of a word begin with."""
    return word[:-1] if len(word) > 3 and word[-1] in "yfe" else word


def read(step: Step, context: Context) -> list[Claim]:
    """Every statement of a step about the things listed and their number, in order."""
    out: list[Claim] = []
    for span in sentences(step.text):
        text = step.text[span.start : span.end]
        answer = _ANSWER.search(text)
        told = text[: answer.start()] if answer else text
        said = _sentence(told, context) if len(told) <= _LONGEST else None
        if said is not None:
            out += (_claim(step, body, place.shift(span.start)) for body, place in said)
        elif _COUNTS.search(told, 0, _LONGEST) or context.mentions.search(told, 0, _LONGEST):
            out.append(_claim(step, Unread(), Span(span.start, span.start + len(told))))
        if answer:
            body = Total(_number(answer["n"]), answer=True)
            out.append(_claim(step, body, Span(*answer.span()).shift(span.start)))
    return out


def _sentence(text: str, context: Context) -> list[tuple[Counted | Total, Span]] | None:
    words = scan(context.words, text)
    parts = _GRAMMAR.parse(words) if words is not None else None
    if parts is None:
        return None
    try:
        return list(_statements(parts, context, text))
    except _Unclear:
        return None


class _Unclear(Exception):
    """Known words in an order that has no clear meaning."""


def _statements(
    parts: tuple[Part, ...], context: Context, text: str
) -> Iterator[tuple[Counted | Total, Span]]:
    """What a sentence says of things and totals; several things, or a heading, open a list."""
    entries = sum(1 for part in parts for _ in _entries(part))
    opens = entries > 1
    told = [entry for part in parts for entry in _entries(part)]
    along = _may_count_along(told)
    for part in parts:
        if not isinstance(part, Phrase):
            continue
        if part.kind == "heading":
            opens = True
        for entry in _entries(part):
            counted = _counted(entry, context, opens, entries > 1)
            stated = part.kind == "entry" and _is_stated(entry, parts, text)
            body = replace(counted, stated=stated and along is not True, along=along is not False)
            yield body, Span(entry.start, entry.end)
            opens = False
        numbers = [_number(word.text) for word in _words(part, "NUMBER")]
        asked = any(_name(word.text) in context.kinds for word in _words(part, "KIND"))
        if part.kind == "sum":
            terms = numbers[:-1] if not any(True for _ in _entries(part)) else ()
            yield Total(numbers[-1], tuple(terms), asked), Span(part.start, part.end)
        elif part.kind == "total":
            yield Total(numbers[-1], asked=asked), Span(part.start, part.end)


def _may_count_along(entries: list[Phrase]) -> bool | None:
    """Whether the numbers of a sentence are those of its things in order (True), cannot count along
    (False), or might (None)."""
    found = [[_number(word.text) for word in _words(entry, "NUMBER")] for entry in entries]
    numbers = [one[0] for one in found if one]
    if len(numbers) < 2:
        return None
    if numbers == list(range(1, len(numbers) + 1)):
        return True
    return None if all(a < b for a, b in pairwise(numbers)) else False


_DERIVES = re.compile(r"[+=]|\b(?:so|thus|therefore|hence|total|makes?|gives?|together)\b", re.I)
"""Signs that a number is a result."""


def _is_stated(entry: Phrase, parts: tuple[Part, ...], text: str) -> bool:
    """Whether a thing is said to be there in a number: "we have 3 drums", or "3 drums" and nothing
    but others like it."""
    if entry.parts[0].kind != "NUMBER" or len(entry.parts) != 2:
        return False
    if _number(entry.words["NUMBER"].text) != 1 and not entry.words["THING"].text.endswith("s"):
        return False
    alone = all(isinstance(part, Phrase) and part.kind == "entry" for part in parts)
    return alone and not _DERIVES.search(text)


def _words(phrase: Phrase, kind: str) -> Iterator[Word]:
    return (part for part in phrase.parts if isinstance(part, Word) and part.kind == kind)


def _entries(part: Part) -> Iterator[Phrase]:
    """The things named in a part of a sentence, those that are added up too."""
    if isinstance(part, Phrase):
        if part.kind == "entry":
            yield part
        for inner in part.parts:
            if part.kind == "sum":
                yield from _entries(inner)


def _counted(entry: Phrase, context: Context, opens: bool, several: bool) -> Counted:
    thing = context.names.get(_name(entry.words["THING"].text.replace("-", " ")))
    if thing is None:
        raise _Unclear
    numbers = [_number(word.text) for word in _words(entry, "NUMBER")]
    if len(numbers) == 2 and entry.parts[0].kind == "NUMBER" and numbers[0] != numbers[1]:
        raise _Unclear
    count = numbers[0] if numbers else None
    running = numbers[1] if len(numbers) == 2 and entry.parts[0].kind == "THING" else None
    listed = several or entry.parts[0].kind == "THING" or len(entry.parts) > 2
    return Counted(thing, count, running, opens, listed)


def _number(text: str) -> int:
    lower = text.lower()
    if lower in ("a", "an"):
        return 1
    return CARDINALS[lower] if lower in CARDINALS else int(lower)


def _claim(step: Step, body: Counted | Total | Unread, span: Span) -> Claim:
    text = step.text[span.start : span.end].strip()
    kind = Kind.ANSWER if isinstance(body, Total) and body.answer else Kind.COLLECTION
    return Claim(kind, text, span.shift(step.span.start), step.index, text, Role.DERIVED, body)
