"""Sorting words in traces: letters looked at, and words joined by "<" or listed in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from clr.bodies.wordlists import Group, Inspected, Letter, Listed, Sorted, WordList
from clr.claim import Body, Claim, Kind, Role
from clr.reading.cues import either, mentions
from clr.reading.lexicon import ORDINAL, ORDINALS
from clr.reading.markup import without_denied
from clr.reading.tables import Line, Row, lines
from clr.trace import Span, Step

_WORD = r"[A-Za-z][A-Za-z&'’-]*"
_PROSE = re.compile(
    r"\b(?:the|of|is|are|what|find|which|to|in|for|if|how|and|a|an|that|with|as|by|so|then|from|all"
    r"|we|it|this|not|before|after|first|second|next|last|comes?|follows|sorted|alphabetical"
    r"|alphabetically)\b"
)
_ONLY_WORDS = re.compile(r"[A-Za-z&'’,;\s-]+")
_SORTS = ("sort", "alphabeti", "order", "arrange")
_SORTING = either("sort", "alphabeti[sz]e", "order", "arrange", whole=True)
_TASK = re.compile(
    r"\b(?:sort|alphabeti[sz]e|(?<!the )(?<!in )order|arrange)\b"
    r"[^.:]{0,400}+[.:]",
    re.I,
)
_OTHERWISE = either(
    "descending", "decreasing", "reversed?", "backwards?", "length", "shortest", "longest",
    "frequency", "z to a", "z-a", "vowels?", "syllables?", whole=True,
)  # fmt: skip
"""Words for an order that is not that of the alphabet."""
_BY_CODE = either("ascii", "unicode", "code ?points?", "case.sensitive", whole=True)
"""Words for an order in which capitals come first."""
_LIST = re.compile(
    r"(?:list|words|input)\s*:\s*(?P<list>[^\n.]+)|:\s*(?P<rest>[^\n.:]+)\.?\s*$", re.I
)
_LOOK = re.compile(
    rf"(?:look(?:ing)? at|consider(?:ing)?|compar(?:e|ing)|check(?:ing)?) (?:the|their|each)"
    rf" (?P<nth>{ORDINAL}) letters?",
    re.I,
)
_PART = re.compile(r"subpart\s*(?P<part>\[[^\]]*\])", re.I)
_LETTER = re.compile(
    rf"[\"“](?P<word>{_WORD})[\"”]\s*:\s*[\"“]?(?P<letter>[A-Za-z'’.-]?"
    rf"|[^\"”(]{{0,10}}?)[\"”]?\s*\(\s*(?P<number>\d+|-|)\s*\)",
)
_LETTERS = re.compile(rf"(?:the )?(?P<nth>{ORDINAL}) letters?\s*:\s*", re.I)
_HAVE = re.compile(r"\bwe (?:now )?have\s*:?\s*|\bthis gives(?: us)?\s*:?\s*", re.I)
_CHAIN = re.compile(
    r"\(\s*(?P<number>\d+)\s*\)|[\"“](?P<word>\s*[^\"”\s][^\"”]*)[\"”]|(?P<sign>[<>?=\[\],])"
    r"|(?P<dots>\.\.\.|…)"
    rf"|(?P<bare>(?!for\b){_WORD})|\s+"
)
_SUB = re.compile(r"\s*(?:for|in) (?:the|this) (?:subpart|sub-?list|group)\b", re.I)
_ANSWER = re.compile(
    r"\b(?:(?:the )?(?:(?:final|sorted|correct|alphabetical|alphabetically|resulting) )*"
    r"(?:answer|list|order|words?)(?: (?:is|are)(?: therefore| thus)?\s*:?|\s*:)|sorted\s*:)\s*"
    r"(?P<words>[^:\n]+?)\.?\s*$",
    re.I,
)
_SAYS_SORTED = re.compile(r"\b(?:answer|sorted|alphabetical\w*|final|correct)\b", re.I)
_SAYS_GIVEN = re.compile(
    r"\b(?:given|original|input|unsorted|initial|following|remaining|first|so far|partial\w*"
    r"|current\w*|group|subpart)\b",
    re.I,
)
_ROW = re.compile(
    rf"(?:(?:so|thus|hence|therefore|and|then),?\s+)*(?P<row>{_WORD}(?:\s*<\s*{_WORD})+)\W*", re.I
)
_EXPLAINED = re.compile(
    rf"(?:[\w \"'“”-]{{1,40}}[:,] )?(?P<row>{_WORD}(?:\s*<\s*{_WORD})+)"
    r"(?:,? (?:since|because|as) .{1,80}|\s*\([^()]{1,80}\))[.;\s]*",
    re.I,
)
_OF_LETTERS = re.compile(
    rf"(?:the )?(?P<nth>{ORDINAL}) letters?(?: of (?:each|the|these)(?: \w+)?)?"
    rf"\s*(?:is|are|:)+\s*(?P<list>{_WORD} ?\([A-Za-z]\)(?:(?:,? and|,) {_WORD} ?\([A-Za-z]\))*)",
    re.I,
)


_COMPARED = re.compile(
    rf"(?:\A|[,;.:\n]|\b(?:so|thus|therefore|hence|and|means|that)\b)\W*[\"“]?(?P<a>{_WORD})[\"”]?"
    r" (?:comes|goes|sorts|is|must come|should come|appears) (?P<side>before|after)"
    rf" [\"“]?(?P<b>{_WORD})[\"”]?(?=[\s.,;!]|\Z)",
    re.I,
)
_SUPPOSES = re.compile(
    r"\b(?:if|would|whether|not|never|either|wrong|suppose|or)\b|\?|n['’]t\b", re.I
)


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader needs of the problem."""

    given: WordList


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """The words that `problem` asks to sort, or None if it asks for something else."""
    text = problem.strip()
    lower = problem.lower()
    task = _TASK.search(text) if mentions(lower, _SORTS) and _SORTING.search(lower) else None
    if task:
        lists = list(_LIST.finditer(text, task.start()))
        if not lists:
            return None
        text = lists[-1]["list"] or lists[-1]["rest"]
    elif not _ONLY_WORDS.fullmatch(text) or len(_PROSE.findall(text)) > len(text.split()) // 8:
        return None
    asked = problem.strip().removesuffix(text).lower()
    words = [w for w in re.split(r"[\s,;]+", text.strip()) if w]
    if task and (
        _OTHERWISE.search(asked) or (_BY_CODE.search(asked) and any(not w.islower() for w in words))
    ):
        return None
    if len(words) < 2 or not all(re.fullmatch(_WORD, w) for w in words):
        return None
    if not task and (any(not w.islower() for w in words) or len(words) < 4):
        return None
    return Context(WordList(tuple(w.lower() for w in words)))


def read(step: Step, context: Context) -> list[Claim]:
    """Every statement of a step about the words, in order; what is not read whole says nothing."""
    text = without_denied(step.text)
    out: list[Claim] = []
    answer = _ANSWER.search(text)
    if answer:
        lead = text[answer.start() : answer.start("words")]
        before = re.split(r"[.!?\n]", text[max(0, answer.start() - 30) : answer.start()])[-1]
        if not _SAYS_SORTED.search(lead) or _SAYS_GIVEN.search(before + lead):
            answer = None
    end = answer.start() if answer else len(text)
    parts = _PART.search(text)
    part = _words(parts["part"]) if parts else None
    for m in _LOOK.finditer(text, 0, end):
        out.append(_claim(step, Inspected(_nth(m), part), Span(*m.span())))
    for m in _LETTERS.finditer(text, 0, end):
        out += _letters(step, m.end(), end, _nth(m))
    had = list(_HAVE.finditer(text, 0, end))
    for at, m in enumerate(had):
        stop = had[at + 1].start() if at + 1 < len(had) else end
        found = _chain(text, m.end(), stop)
        if found is None:
            continue
        groups, elided, after = found
        sub = _SUB.match(text, after)
        body = Sorted(groups, part=bool(sub), elided=elided)
        out.append(_claim(step, body, Span(m.start(), after)))
    out += _shown(step, context)
    if answer:
        words = _answer_words(answer["words"])
        if words:
            some = "<" in answer["words"] and len(words) < len(context.given.words)
            body = Sorted(tuple(Group((w,)) for w in words), elided=some, answer=not some)
            out.append(_claim(step, body, Span(*answer.span())))
    return out


def _shown(step: Step, context: Context) -> Iterator[Claim]:
    """Letters in a table or in brackets behind their words, and orders that stand alone."""
    for line in lines(without_denied(step.text), _worded):
        if m := _OF_LETTERS.fullmatch(line.text.rstrip(".,; ")):
            for word, letter in re.findall(rf"({_WORD}) ?\(([A-Za-z])\)", m["list"]):
                shown = Letter(word.lower(), _nth(m), letter.lower(), None)
                if word.lower() in context.given.words:
                    yield _claim(step, shown, line.place(*m.span()))
        elif not _SUPPOSES.search(line.text) and (m := _COMPARED.search(line.text)):
            pair = (m["a"].lower(), m["b"].lower())
            if set(pair) <= set(context.given.words):
                pair = pair if m["side"].lower() == "before" else pair[::-1]
                body = Sorted(tuple(Group((w,)) for w in pair), elided=True)
                yield _claim(step, body, line.place(*m.span()))
        elif m := _ROW.fullmatch(line.text) or _explained(line.text):
            words = [w.strip().lower() for w in m["row"].split("<")]
            if set(words) <= set(context.given.words):
                body = Sorted(tuple(Group((w,)) for w in words), elided=True)
                yield _claim(step, body, line.place(*m.span("row")))


def _explained(text: str) -> re.Match[str] | None:
    """A row of words with a reason behind it: "plum < pear since l comes before e"."""
    return None if _SUPPOSES.search(text) else _EXPLAINED.fullmatch(text)


def _worded(rows: tuple[Row, ...]) -> Iterator[Line]:
    """A table with a column for words and one for their letters."""
    heads = [head.lower() for head in rows[0].cells]
    for at, head in enumerate(heads):
        if "word" in heads and (m := re.fullmatch(rf"({ORDINAL}) letter", head)):
            for row in rows[1:]:
                word, letter = row.cells[heads.index("word")], row.cells[at]
                yield Line(f"{m[1]} letter: {word} ({letter})", row.span, drawn=True)


def _nth(m: re.Match[str]) -> int:
    return ORDINALS[m["nth"].lower()]


def _words(text: str) -> tuple[str, ...]:
    return tuple(w.strip().lower() for w in re.findall(r"[\"“]([^\"”]*)[\"”]", text))


def _letters(step: Step, start: int, end: int, position: int) -> list[Claim]:
    """Claims about single letters from `start`, and last, which words were gone through."""
    out: list[Claim] = []
    at = start
    words = []
    while m := _LETTER.match(step.text, at, end):
        number = int(m["number"]) if m["number"].isdigit() else None
        letter = m["letter"].strip().lower()
        if len(letter) > 1:
            letter = ""
        words.append(m["word"].lower())
        out.append(_claim(step, Letter(words[-1], position, letter, number), Span(*m.span())))
        at = m.end()
        while at < end and step.text[at] in " .,;\n":
            at += 1
    if words:
        out.append(_claim(step, Listed(tuple(words)), Span(start, at)))
    return out


def _chain(text: str, start: int, end: int) -> tuple[tuple[Group, ...], bool, int] | None:
    """Groups of words from `start`, whether words were left out, and where the chain ends.

    `(2) ["b" ? "c"] < (3) "d"`: groups are joined by "<", the words of one group by "?".
    """
    groups: list[Group] = []
    words: list[str] = []
    number: int | None = None
    signs: set[str] = set()
    elided = asked = False
    at = start
    while at < end and (m := _CHAIN.match(text, at, end)):
        if m["bare"] and _PROSE.fullmatch(m["bare"].lower()):
            return None
        if m["word"] is not None or m["bare"]:
            words.append((m["word"] or m["bare"]).strip().lower())
        elif m["number"]:
            number = int(m["number"]) if number is None else number
        elif m["dots"]:
            elided = True
        elif m["sign"] in ("<", ">"):
            signs.add(m["sign"])
            if words:
                groups.append(Group(tuple(words), number, asked))
            words, number, asked = [], None, False
        elif m["sign"] == "?":
            asked = True
        at = m.end()
    if words:
        groups.append(Group(tuple(words), number, asked))
    rest = text[at : at + 1]
    if not groups or len(signs) > 1 or not (rest in ("", ".") or _SUB.match(text, at)):
        return None
    if not signs and not any(g.open or g.number is not None for g in groups):
        return None  # words in a list, which are in no order
    if len(groups) == 1 and len(groups[0].words) < 2:
        return None
    return tuple(reversed(groups) if signs == {">"} else groups), elided, at


def _answer_words(text: str) -> tuple[str, ...]:
    words = [w.strip("\"“”'*`.[] ").lower() for w in re.split(r"[\s,<]+", text)]
    words = [w for w in words if w and w != "and"]
    if not all(re.fullmatch(_WORD, w) for w in words) or _PROSE.search(" ".join(words)):
        return ()
    return tuple(words)


def _claim(step: Step, body: Body, span: Span) -> Claim:
    text = step.text[span.start : span.end].strip()
    kind = Kind.ANSWER if isinstance(body, Sorted) and body.answer else Kind.COLLECTION
    return Claim(kind, text, span.shift(step.span.start), step.index, text, Role.DERIVED, body)
