"""Who has what in traces: "Alice and Bob swap: Alice: red ball, Bob: blue ball".

Holders and things are taken from the problem. A holder may be shortened to its initial, a thing to
any of its words that belongs to it alone. A clause must be a swap, a pair, or one of a few turns of
speech; a sentence with any other clause is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from clr.bodies.holdings import Holding, Holdings, Option, Swaps, Unread
from clr.claim import Body, Claim, Kind, Role
from clr.reading.cues import Cues, mentions
from clr.reading.lexicon import ORDINAL, ORDINALS, loosely_spaced, sentences
from clr.reading.tables import Line, Row, lines
from clr.trace import Span, Step

_HAS = (
    r"(?:now |still |currently |finally )*(?:has|have|gets|holds?|is (?:now )?(?:holding"
    r"|playing|dancing with"
    r"|with|at|in|the|on|partnered with|paired with)|is|receives|owns|ends up with|takes|with"
    r"|plays?|wears?|dances with|will have|keeps|starts with|buys|started with|had)(?: now)?"
)
_TURNS = r"(?:and|last|first|second|third|next|later|never|not|again|before|after|but|or|if)"
"""Words after which a swap is not simply told."""
_SWAPPING = "swap switch trade exchange swapped switched traded exchanged swaps".split()
CUES = Cues(*_SWAPPING, whole=True)
_SWAP = rf"(?:{'|'.join(_SWAPPING)})"
_NAME = r"[A-Z][\w'-]*"
_START = re.compile(
    r"\b(?:at the (?:very )?(?:start|beginning)|initially|to start|originally)\b"
    r"|\W*(?:start|beginning|starting \w+|initial(?: \w+)?)(?=\W*:)",
    re.I,
)
_PAST = re.compile(r"\b(?:had|was|were|before|previously|earlier|so far|still)\b", re.I)
_FINAL = re.compile(
    r"\b(?:at the end|in the end|finally|final(?: state| positions?)?|ends? up"
    r"|after (?:all|the last|the final)(?: of)?(?: the)?(?: \w+)? \w+)\b",
    re.I,
)
_ANSWER = re.compile(
    r"\b(?:so,? |thus,? |therefore,? )?(?:the )?(?:correct |final )?(?:answer|option)(?: is"
    r"|:)\s*:?\s*\**"
    r"\(?(?P<label>[A-Z])\)?(?![\w'])(?=[\s.*),:]|$)",
    re.I,
)
_OPTION = re.compile(r"^\s*\(?(?P<label>[A-Z])[.)]\s*(?P<text>\S.*?)\.?\s*$", re.M)
_EVENT = r"(?:swap|switch|trade|exchange|round|step|move)"
_FILLER = re.compile(
    r"(?:so|then|and|now|next|after (?:that|this|swapping|trading|switching|each \w+|\d+)"
    rf"|(?:after |before )?(?:the |any |all )?(?:the )?(?:\w+ )?{_EVENT}s?"
    r"(?: ?#?\d+| (?:one|two|three|four|five|six|seven))?"
    r"|this means(?: that)?|therefore|thus|hence|finally|lastly|as a result|we have|which gives"
    r"|first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|fifth(?:ly)?"
    r"|the (?:new |current |resulting )?(?:state|assignment|positions?|situation)(?: is| becomes)?"
    r"|at the (?:start|beginning|end)(?: of (?:the|a) \w+)?|initially|in the end|originally|where"
    r"|start|beginning|(?:the )?(?:initial|starting|final)"
    r"(?: (?:state|positions?|assignments?|pairs?|holdings?|partners?|setup))?"
    r"|#?\d+[.)]|#\d+)",
    re.I,
)
_NUMBERED = re.compile(
    rf"\b(?:after )?(?:the )?(?:(?P<nth>{ORDINAL}) {_EVENT}|{_EVENT} ?#?(?P<n>\d))\b", re.I
)
_STOP = frozenset(
    "a an the of and ball balls present presents book partner position her his their".split()
)


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader needs of the problem."""

    given: Swaps
    names: Mapping[str, str]
    """Ways to write a holder, and the holder."""
    things: tuple[str, ...]
    clause: re.Pattern[str]


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """Who has what at first and which swaps follow, or None if the problem is about neither."""
    if not mentions(problem, _SWAPPING):
        return None
    body, _, options = problem.partition("Options:")
    told = re.finditer(rf"\b(?P<a>{_NAME}) and (?P<b>{_NAME}) {_SWAP}\b", body)
    first = next((m for m in told if not _of_more(body, m)), None)
    if first is None:
        return None
    start = _initial(body[: first.start()])
    if start is None:
        return None
    holders = [name for name, _ in start]
    events = []
    for m in re.finditer(
        rf"\b(?P<a>{_NAME})(?: and |, )(?P<b>{_NAME}) {_SWAP}\b", body[first.start() :]
    ):
        if m["a"] not in holders or m["b"] not in holders or m["a"] == m["b"]:
            return None
        events.append((m["a"], m["b"]))
    if len(re.findall(rf"\b{_SWAP}\b", body[first.start() :])) != len(events):
        return None
    things = tuple(thing for _, thing in start)
    offered = tuple((m["label"], m["text"]) for m in _OPTION.finditer(options))
    named = tuple((label, t) for label, text in offered if (t := _thing(text, things)))
    asked = re.search(
        rf"(?:at|in|by) the end(?: of (?:the|a) \w+)?, (?P<name>{_NAME}) (?:has|is|holds)|"
        rf"(?:what|which|who)\b[^.?]*\b(?:does|is) (?P<asked>{_NAME})\b[^.?]*\?",
        body,
        re.I,
    )
    who = asked and (asked["name"] or asked["asked"])
    swaps = Swaps(start, tuple(events), named, who if who in holders else None)
    names = {name: name for name in holders} | {name.lower(): name for name in holders}
    initials = [name[0] for name in holders]
    if len(set(initials)) == len(initials):
        names |= {name[0]: name for name in holders}
    return Context(swaps, names, things, _clauses(names))


def _of_more(body: str, m: re.Match[str]) -> bool:
    """Whether two names are the last of a longer list: "Ann, Ben and Cleo swap books"."""
    before = re.search(rf"\b(?P<name>{_NAME}), \Z", body[max(0, m.start() - 40) : m.start()])
    return before is not None and before["name"].lower() not in (*ORDINALS, *_ONWARD)


_ONWARD = ("then", "next", "finally", "lastly", "later", "afterwards", "now", "last")


def _initial(text: str) -> Holdings | None:
    """Pairs of the sentence that says who has what at first: the longest list before a swap."""
    best: list[tuple[str, str]] = []
    for span in sentences(text):
        sentence = text[span.start : span.end].rstrip(".")
        found = list(
            re.finditer(rf"(?:^|[,:;]\s*(?:and\s+)?|\band\s+)(?P<name>{_NAME}) {_HAS} ", sentence)
        )
        pairs = []
        for at, m in enumerate(found):
            stop = found[at + 1].start() if at + 1 < len(found) else len(sentence)
            pairs.append((m["name"], _bare(sentence[m.end() : stop])))
        pairs = _respectively(sentence) or pairs
        if len(pairs) > len(best):
            best = pairs
    if len(best) < 2 or len({n for n, _ in best}) < len(best) or any(not t for _, t in best):
        return None
    return tuple(best)


_THINGS = r"(?:[\w'-]+ ){0,3}?[\w'-]+"
_RESPECTIVELY = re.compile(
    rf"(?P<names>{_NAME}(?:, {_NAME}){{0,7}},? and {_NAME}) {_HAS} (?:the \w+s )?"
    rf"(?P<things>{_THINGS}(?:, {_THINGS}){{0,7}},? and {_THINGS}),? respectively"
)


def _respectively(sentence: str) -> list[tuple[str, str]]:
    """The pairs of "Ann, Ben and Cal hold the red, the green and the blue ball, respectively"."""
    m = _RESPECTIVELY.search(sentence)
    if m is None:
        return []
    names, things = (re.split(r",? and |, ", m[part]) for part in ("names", "things"))
    if len(names) != len(things):
        return []
    bare = [_bare(thing) for thing in things]
    noun = bare[-1].rpartition(" ")[2]
    if len({len(thing.split()) for thing in bare[:-1]} | {len(bare[-1].split()) - 1}) == 1:
        bare = [*(f"{thing} {noun}" for thing in bare[:-1]), bare[-1]]  # a red and a blue hat
    return list(zip(names, bare, strict=True))


def _bare(text: str) -> str:
    return re.sub(r"^(?:an?|the)\s+|[\s,.]+$", "", text.strip(), flags=re.I)


def _clauses(names: Mapping[str, str]) -> re.Pattern[str]:
    known = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    who = rf"(?:{known})(?![\w'])"
    both = r"\s*(?:,|and|&|/|<->|<=>|↔|⇄|⟷|⇔|with)\s*"
    swapping = rf"(?:\s+(?:both )?{_SWAP}(?:\s+(?!{_TURNS}\b)[a-z]+){{0,3}}|\s*\)?(?=\s*(?::|→|⇒)))"
    whole = (
        rf"(?P<swap>(?:(?i:after|once|when)\s+)?(?P<a>{who}){both}(?P<b>{who}){swapping})"
        rf"|(?P<shown>(?P<e>{who})\s+(?P<f>{who})\s*(?=:))"
        rf"|(?P<crossed>(?P<g>{who})\s*(?:<->|<=>|↔|⇄|⟷|⇔)\s*(?P<h>{who}))"
        rf"|(?P<act>{_SWAP}(?:ping|ing)?\s+(?P<c>{who}){both}(?P<d>{who}))"
        rf"|(?P<pair>(?P<name>{who})\s*(?::|=|->|→|–|-|&|{_HAS}\b)\s*(?P<thing>[^,;:.→|=()]+?)"
        rf"(?=\s*(?:[,;.|→()]|$|\b(?:and (?:{known})|(?:at|in|by) the end)\b)))"
        rf"|(?P<boxed>(?P<owner>{who})\s*\((?P<own>[^()]*)\))"
        rf"|(?P<filler>(?i:{_FILLER.pattern})(?!\w))"
        r"|(?P<space>[\s,;:.|*()→⇒]+|->|=>)|(?P<and>and\b)"
    )
    return re.compile(loosely_spaced(whole))


def _words(text: str) -> list[str]:
    words = re.findall(r"[a-z0-9][a-z0-9'-]*", text.lower())
    return [w for w in words if w not in _STOP] or words


def _thing(text: str, things: tuple[str, ...]) -> str | None:
    """The one thing that all content words of `text` belong to."""
    words = _words(text)
    if not words:
        return None
    found = [t for t in things if all(_within(w, _words(t)) for w in words)]
    exact = [t for t in found if _words(t) == words]
    if len(exact) == 1:
        return exact[0]
    return found[0] if len(found) == 1 else None


def _within(word: str, words: list[str]) -> bool:
    return any(word == w or (len(word) > 3 and w.startswith(word)) for w in words)


def read(step: Step, context: Context) -> list[Claim]:
    """Every statement of a step about who has what, in order."""
    out: list[Claim] = []
    for line in lines(step.text, lambda rows: _worded(rows, context)):
        answer = _ANSWER.search(line.text)
        said = line.text[: answer.start()] if answer else line.text
        found = _said(said, context)
        if found is None and any(re.search(rf"\b{re.escape(n)}\b", said) for n in context.names):
            found = [(Unread(), 0, len(said))]
        out += (_claim(step, body, line.place(start, end)) for body, start, end in found or ())
        if answer:
            out.append(_claim(step, Option(answer["label"].upper()), line.place(*answer.span())))
    return out


def _worded(rows: tuple[Row, ...], context: Context) -> Iterator[Line]:
    """A table with a column, or a row, for each holder: "Ann and Ben: Ann: red, Ben: blue"."""
    if all(row.cells[0] in context.names for row in rows[1:]):
        turned = zip(*(row.cells for row in rows), strict=True)
        rows = tuple(Row(cells, rows[0].span) for cells in turned)
    heads = rows[0].cells
    for row in rows[1:]:
        label = " ".join(c for h, c in zip(heads, row.cells, strict=True) if h not in context.names)
        label = f"{label}." if label.isdigit() else f"{label}:"
        pairs = [
            f"{head}: {cell}"
            for head, cell in zip(heads, row.cells, strict=True)
            if head in context.names and cell
        ]
        yield Line(f"{label} {', '.join(pairs)}", row.span, drawn=True)


def _said(text: str, context: Context) -> list[tuple[Body, int, int]] | None:
    """What a sentence says, with where each part starts and ends; None if it was not read whole."""
    start, final = bool(_START.search(text)), bool(_FINAL.search(text))
    past = bool(_PAST.search(text))
    numbered = _NUMBERED.match(text.lstrip()) if len(_NUMBERED.findall(text)) == 1 else None
    index = None
    if numbered is not None:
        index = ORDINALS[numbered["nth"].lower()] if numbered["nth"] else int(numbered["n"])
    groups: list[tuple[tuple[str, str] | None, list[tuple[str, str]], int, int]] = []
    at = 0
    while at < len(text):
        m = context.clause.match(text, at)
        if m is None or m.end() == at:
            return None
        if m["swap"] or m["act"] or m["shown"] or m["crossed"]:
            pair = (
                m["a"] or m["c"] or m["e"] or m["g"],
                m["b"] or m["d"] or m["f"] or m["h"],
            )
            event = (context.names[pair[0]], context.names[pair[1]])
            groups.append((event, [], m.start(), m.end()))
        elif m["pair"] or m["boxed"]:
            thing = _thing(m["thing"] or m["own"], context.things)
            if thing is None:
                return None
            if not groups:
                groups.append((None, [], m.start(), m.end()))
            named, pairs, first, _ = groups[-1]
            pairs.append((context.names[m["name"] or m["owner"]], thing))
            groups[-1] = (named, pairs, first, m.end())
        at = m.end()
    return [
        (
            Holding(
                event,
                tuple(pairs),
                start=start and event is None,
                final=final and event is None,
                past=past and event is None,
                index=index if event is None else None,
            ),
            first,
            last,
        )
        for event, pairs, first, last in groups
    ]


def _claim(step: Step, body: Body, span: Span) -> Claim:
    text = step.text[span.start : span.end]
    kind = Kind.ANSWER if isinstance(body, Option) else Kind.STATE
    return Claim(kind, text, span.shift(step.span.start), step.index, text, Role.DERIVED, body)
