"""Lists in words: "the odd numbers are 9, 7 and 3", "7 is in the list", "the longest word is kiwi".

What is said of "the list" is read where the problem is one list of numbers or words and a question
about it, and nothing else; what is said of a list that stands in the sentence, everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache

from clr.bodies.lists import Answer, InOrder, Listed, Property, Statement, Unread, Written
from clr.claim import Body, Claim, Kind, Role
from clr.reading.cues import mentions, sign_of
from clr.reading.lexicon import sentences
from clr.reading.list_items import MOST, Vocabulary, literal, vocabulary
from clr.reading.list_phrases import property_of, said, written
from clr.reading.markup import crossed, plain
from clr.trace import Span, Step

_LONGEST = 600
"""Characters of a problem, or of a sentence."""
_NUMBER = r"[-−]?\d{1,9}(?:\.\d{1,6})?(?![\d.]*\d)"
_Q = r"[\"'“”‘’`]"
_WORD = rf"{_Q}?[A-Za-z][A-Za-z'’-]{{0,30}}?{_Q}?"
_KINDS = (
    r"(?:numbers|list|array|elements|integers|set|words|strings|names|fruits|animals|colou?rs"
    r"|cities"
    r"|countries|items|sequence)"
)
_GIVEN = re.compile(
    rf"(?:(?i:{_KINDS})\b[^.?\d\[{{]{{0,40}}?[:=]?\s*[\[{{]?"
    rf"|[\[{{])(?P<list>{_NUMBER}(?:, (?:and )?| and )(?:{_NUMBER}(?:, (?:and )?| and ))+{_NUMBER})"
)
_WORDS = re.compile(
    rf"(?:(?i:{_KINDS})\b[^.?\d\[{{:]{{0,40}}?[:=]\s*[\[{{]?|[\[{{]|(?i:the words) )"
    rf"(?P<list>{_WORD}(?:, (?:and )?| and )(?:{_WORD}(?:, (?:and )?| and ))+{_WORD})"
    r"(?=[\]}.?!\n]|\s*$)"
)
_CUES = ("umbers", "list", "array", "ntegers", "[", "words", "fruits", "names", "animals", "set")
_SEPARATED = re.compile(r", \W?\w[\w'’.-]{0,30}\W?(?:, |,? and )")
_ASKS = re.compile(
    r"\b(?:how many|which|where|is|are|does|do|what|who|find|determine|name|sort|arrange|order"
    r"|count"
    r"|check|at)\b",
    re.I,
)
_WORDS_OF_TASK = re.compile(
    r"[\s.,:;?!\[\]{}\d=\"'“”‘’`-]+|\b(?:how|many|some|every|each|below|above|following|suppose|i"
    r"|look|take|list(?:ed|s)?|which|what|of|them|these|those|the|a|an|is|are"
    r"|in|on"
    r"|this|that|list|numbers?|elements?|integers?|array|set|sequence|sort|arrange|order|ascending"
    r"|descending|increasing|decreasing|from|to|largest|smallest|greatest|least|maximum|minimum|max"
    r"|min|biggest|highest|lowest|odd|even|prime|primes|positive|negative|multiples?|divisible|by"
    r"|greater|less|more|larger|smaller|than|consider|not|given|here|following|and|or|there|find"
    r"|count|all|you|we|have|has|it|its|does|do|contain|contains|include|includes|appear|appears"
    r"|occur|occurs|found|times|time|often|once|twice|position|index|place|where|at|member|first"
    r"|second|third|fourth|fifth|last|range|sum|mean|average|median|words?|strings?|names?|fruits?"
    r"|animals?|colou?rs?|cities|countries|items?|longest|shortest|letters?|vowels?|starts?|start"
    r"|begins?|begin|ends?|end|with|palindromes?|palindrome|distinct|different|unique|duplicates?"
    r"|duplicate|repeated|any|yes|no|determine|whether|if|check|tell|me|us|answer|explain|one|name"
    r"|give|values?|value|comes|come|alphabetically|alphabetical|before|after|zero|based|indexed"
    r"|counting|starting|between|difference|only|sorted|already|long|was|were|be|will|can"
    r"|[b-hj-z])\b",
    re.I,
)
_ASKS_ORDER = re.compile(r"\b(?:sort|arrange|order)\b", re.I)
_ASKED = (
    (
        r"(?:is|are) (?:there )?(?P<what>.+?)"
        r" (?P<where>(?:in|on|among|part of|an element of|a member of) .+)",
        "{what} is {where}",
    ),
    (
        r"do(?:es)? (?P<list>the (?:list|array|set|numbers|words|sequence)|it)"
        r" (?P<verb>contain|include) (?P<what>.+)",
        "{list} {verb}s {what}",
    ),
    (
        r"(?:is|are) (?:the (?:list|array|numbers|sequence)|it|they)"
        r" (?P<what>(?:already )?(?:sorted|in (?:\w+ )?order))",
        "the list is {what}",
    ),
    (r"do(?:es)? (?P<what>.+?) (?P<verb>appear|occur) (?P<where>in .+)", "{what} {verb}s {where}"),
)
"""Questions, and what they ask whether it is so."""
_ITEM_ASKED = re.compile(
    r"\bis (?:the word )?([a-z]{2,20}) (?:in|on|among|part of|a member of)\b"
    r"|\b(?:contain|include)s? (?:the word )?([a-z]{2,20})(?=\?)"
    r"|\bdoes (?:the word )?([a-z]{2,20}) (?:appear|occur)\b"
)
"""A bare word that may be an item."""
_ANSWER = re.compile(
    r"\W*(?:(?:so|thus|therefore|hence)\b,? )?(?:the )?(?:final |correct )?answer(?: is|:)"
    r"[\s*:`\"“]*(?P<yes>yes|no)\b[\s*.`\"”!]*",
    re.I,
)
_SHOWN = re.compile(
    rf"\[[^\[\]\n]{{1,400}}\]|{_NUMBER}(?:(?:, and |, | and ){_NUMBER})+"
    r"|\"?\b[a-z][a-z'-]+\"?(?:(?:, and |, | and )\"?[a-z][a-z'-]+\"?)+"
)
_REORDERS = re.compile(
    r"\b(?:sort\w*|order\w*|(?:re)?arrang\w*|revers\w*|ascending|descending|alphabet\w*|smallest"
    r" to|largest to|shuffl\w*|swap\w*)\b",
    re.I,
)
_CHANGES = re.compile(
    r"\b(?:remov\w*|filter\w*|kept|keep\w*|drop\w*|delet\w*|append\w*|insert\w*|replac\w*|exclud\w*"
    r"|cross\w*|eliminat\w*|left|remain\w*|discard\w*|new|now|tak(?:e|es|ing)|took|skip\w*"
    r"|ignor\w*|without|except|pop\w*|add(?:ed|ing)? .{1,30}\bto|among|only)\b",
    re.I,
)
"""Words after which "the list" may be another one."""
_IN_SENTENCE = re.compile(
    r"[\[{\"'“‘](?:(?<=[\[{])(?<![^\s($\\].)\s*[-−\"'“‘\w][^\[\]{}\n]*,"
    r"|(?<=[\"'“‘])\w+[\"'”’] (?:is|has|does|doesn|comes|contains|starts|begins|ends)\b)"
)
_HINTS = (
    "anagram", "rearrangement of", "etters of ", "etters in ", "same letters", "same elements",
    "same numbers", "same items", "sorted(", "∈", "∉",
)  # fmt: skip
_PARTS = (
    "anagram", "rearrangement of", "etters ", "same ", "sorted(", "∈", "∉", "est of ", " among",
    "imum ",
)  # fmt: skip
"""Parts of the hints above and the extremes below, which are sooner found."""
_OF_LISTS = sign_of(*"anagram rearrangement etters same sorted est among imum".split())
"""The bit of the words in them."""
_EXTREMES = ("est of ", "imum of ", "est among ", "imum among ")
_OF_A_ROW = re.compile(r"(?:est|imum) (?:of|among) (?:the numbers )?[\[(]?\s?[-−]?\d")
"""The largest of 3, 8 and 5; looked for where one of `_EXTREMES` stands."""
_NAMED_PROPERTY = re.compile(
    r"\b(?:odd|even|prime|positive|negative)\b|\b(?:divisible by|multiples of|greater than"
    r"|larger than|less than|smaller than|more than) -?\d{1,6}\b",
    re.I,
)
_PART_OF_WORDS = re.compile(
    r"\b(?:longest|shortest|first|last|second|third)\b.*\b(?:start|begin|end|contain|letter|vowel"
    r"|palindrom|longer|shorter)|\b(?:start|begin|contain|vowel|palindrom)\w*\b.*\b(?:longest"
    r"|shortest|first|last|second|third)\b",
    re.I | re.S,
)
_DESCENDING = re.compile(r"\b(?:descending|decreasing|largest to)\b", re.I)
_WHICH = re.compile(
    r"(?:which|what)(?: of (?:them|these|the \w+))?(?: number| word| element| one| item)? is "
    r"(?P<what>the .+)",
    re.I,
)
_NAMED = re.compile(
    r"\W*(?:(?:so|thus|therefore|hence)\b,? )?(?:the )?(?:final |correct )?answer(?: is|:)"
    r"[\s:`\"“]*(?P<x>[\w.−-]+?)[\s.`\"”!]*",
    re.I,
)
_HOW_MANY = re.compile(
    r"how many\b(?!.*\b(?:not|or|and|distinct|different|unique|sum|more|fewer)\b(?! than))", re.I
)


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader needs of the problem; `asked` is what it asks whether it is so, `which` what
    it asks for."""

    given: Listed
    known: Vocabulary
    asked: Statement | None = None
    which: str = ""
    """What an answer says, with {} for it: "the longest word is {}"."""
    spoken_of: tuple[Property, ...] = ()
    reorders: bool = False
    of_some: bool = False
    """Whether words may be meant that have a property which was not read."""


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """The list that `problem` gives, or None if it is more than a list and a question."""
    if len(problem) > _LONGEST or not mentions(problem, _CUES):
        return None
    if not _SEPARATED.search(problem) or not _ASKS.search(problem):
        return None
    for pattern in (_GIVEN, _WORDS):
        found = [*pattern.finditer(problem)]
        if len(found) == 1:
            start, end = found[0].span("list")
            return _about(found[0]["list"], problem[:start] + problem[end:])
    return None


def _about(listed: str, around: str) -> Context | None:
    """What the reader needs of a list, and of what stands `around` it."""
    given = literal(listed.replace(", and ", ", ").replace(" and ", ", "))
    if given is None or not 3 <= len(given) <= MOST:
        return None
    if isinstance(given[0], str) and _ASKS_ORDER.search(around):
        return None
    quoted = frozenset(w.lower() for w in re.findall(rf"{_Q}([A-Za-z]+){_Q}", around))
    asked = {w.lower() for m in _ITEM_ASKED.finditer(around) for w in m.groups() if w}
    rest = re.sub(rf"{_Q}[A-Za-z]+{_Q}", " ", _ITEM_ASKED.sub(" is in ", around))
    if _WORDS_OF_TASK.sub("", rest).strip():
        return None
    descending = _DESCENDING.search(around) is not None
    known = vocabulary(given, descending=descending, more=quoted | asked)
    question = _question(around)
    named = {m[0].lower() for m in _NAMED_PROPERTY.finditer(around)}
    which = _answered(question, named)
    whether = _asked(question, known)
    return Context(
        Listed(given, descending),
        known,
        whether,
        which,
        tuple(what for name in sorted(named)[:4] if (what := property_of(name))),
        _REORDERS.search(around) is not None and not isinstance(whether, InOrder),
        _PART_OF_WORDS.search(around) is not None,
    )


def _question(around: str) -> str:
    """The only question of a problem, or ""; `around` is the problem without its list."""
    found = re.findall(r"[^.?!\]\n]+\?", re.sub(r"\s*(?:\[\s*\]|\{\s*\})", "", around))
    return " ".join(found[0].strip(" ?").split()) if len(found) == 1 else ""


def _answered(question: str, named: Set[str]) -> str:
    """What an answer to a question says, with {} for it, or ""; `named` are properties in it."""
    if which := _WHICH.fullmatch(question):
        return f"{which['what']} is {{}}"
    if len(named) == 1 and _HOW_MANY.match(question):
        (what,) = named
        return f"there are {{}} numbers that are {what}"
    return ""


def _asked(question: str, known: Vocabulary) -> Statement | None:
    """What a question asks whether it is so."""
    for pattern, statement in _ASKED:
        if m := re.fullmatch(pattern, question, re.I):
            stated = said(statement.format(**m.groupdict()), known)
            return stated[0] if len(stated) == 1 else None
    return None


def read(step: Step, context: Context) -> list[Claim]:
    """Every statement of a step about the list, in order."""
    out: list[Claim] = []
    for span in sentences(step.text):
        text = step.text[span.start : span.end].strip(" .!*")
        if not text or len(text) > _LONGEST or text.endswith("?"):
            continue
        answer = _ANSWER.fullmatch(text) if context.asked is not None else None
        if answer:
            out.append(_claim(step, Answer(answer["yes"].lower() == "yes"), span))
            continue
        if _of_itself(text):
            continue  # read everywhere
        named = _NAMED.fullmatch(text) if context.which else None
        stated = said(context.which.replace("{}", named["x"]) if named else text, context.known)
        if stated:
            kind = Kind.ANSWER if named else Kind.COLLECTION
            out += (_claim(step, body, span, kind) for body in stated)
            continue
        unread = _unread(text, context)
        if unread is not None:
            out.append(_claim(step, unread, span))
    return out


def _unread(text: str, context: Context) -> Unread | None:
    shown = (literal(m[0].replace(" and ", ", ")) for m in _SHOWN.finditer(text))
    lists = tuple(
        found
        for found in shown
        if found and (context.known.numeric or set(found) <= context.known.words)
    )
    unread = Unread(
        tuple(found for found in lists if isinstance(found[0], str) is not context.known.numeric),
        _REORDERS.search(text) is not None,
        _CHANGES.search(text) is not None,
    )
    return unread if unread != Unread() or re.search(r"\d", text) else None


# Lists that stand in the sentence


def read_written(step: Step, ahead: str = "") -> list[Claim]:
    """Every statement of a step about a list, or about quoted words, that stands in it."""
    if not may_hold_lists(step.text):
        return []
    text = crossed(plain(step.text), ahead)
    out = []
    for span in sentences(text):
        sentence = text[span.start : span.end]
        if len(sentence) <= _LONGEST and not sentence.endswith("?"):
            out += [_claim(step, body, span) for body in _of_itself(sentence)]
    return out


def may_hold_lists(text: str, cues: int = -1) -> bool:
    """Whether a list, or words that are quoted, may stand in a text; a cheap look, for many steps
    at once. The bits of the cues that the text may hold make it cheaper."""
    if _IN_SENTENCE.search(text) is not None:
        return True
    if text.isascii() and not cues & _OF_LISTS:
        return False
    return mentions(text, _PARTS) and (
        mentions(text, _HINTS) or (mentions(text, _EXTREMES) and _OF_A_ROW.search(text) is not None)
    )


def _of_itself(text: str) -> list[Written]:
    if not may_hold_lists(text):
        return []
    return [Written(items, says) for items, says in written(text)]


def _claim(step: Step, body: Body, span: Span, kind: Kind = Kind.COLLECTION) -> Claim:
    text = step.text[span.start : span.end].strip()
    kind = Kind.ANSWER if isinstance(body, Answer) else kind
    place = span.shift(step.span.start)
    return Claim(kind, text, place, step.index, text, Role.DERIVED, body)
