"""Stacks of brackets in traces: "[ ; stack: ( [", "push ( -> stack = [(]", "we need ] )"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from clr.bodies.stacks import (
    CLOSER,
    OPENER,
    Brackets,
    Closing,
    Finished,
    Popped,
    Stack,
    StackAfter,
    StackAfterAll,
    Unread,
)
from clr.claim import Body, Claim, Kind, Role
from clr.reading.tables import Line, Row, lines
from clr.trace import Span, Step

_BRACKETS = "".join(CLOSER) + "".join(OPENER)
_ONE = rf"[{re.escape(_BRACKETS)}]"
_TWO = re.compile(rf"{_ONE}\s*{_ONE}")
_SEQUENCE = re.compile(rf"{_ONE}(?:[ \t]*{_ONE})+")
_QUOTE = r"[\"'`“”‘’]"
_CONTENT = (
    rf"(?P<content>(?:{_ONE}|[\s,]|{_QUOTE}|and\b)*?"
    rf"|(?:is |now )*{_QUOTE}?empty{_QUOTE}?(?: stack)?)"
)
_WORD = (
    r"(?:push|pop|match|add|remov|open|clos|pair|pops|pushes|matches|adds|opens|closes)"
    r"(?:ed|ped|es|ing|ping)?|(?:bracket|parenthesis|paren|brace|symbol|character|top|stack)s?"
    r"|square|curly|round|angle|corresponding|so|we|it|its|the|this|an?|is|with|from|off|on|onto"
    r"|to|of|and|for|which|then"
)
_ACTION = (
    rf"(?:(?:{_WORD})\b[\s,]*)*"
    rf"(?:{_QUOTE}?{_ONE}(?!stack){_QUOTE}?[\s,]*(?:(?:{_WORD})\b[\s,]*)*)?[;:,.→]?"
)
"""What happens with a bracket: opening, so push; matches ( on top, so pop."""
_EVENT = re.compile(
    r"(?:(?:step\s*)?\d+\s*[.:)]\s*)?(?:[-*]\s+)?"
    rf"(?:(?:we|then|read|input|next|symbol|token|process|see|encounter|push|pop)\s*:?\s*)*"
    rf"{_QUOTE}?(?P<symbol>{_ONE}){_QUOTE}?\s*"
    rf"(?:[;:,]|->|→|=>|-|–|\|)?\s*(?:{_ACTION}\s*)?"
    rf"(?:the\s+)?stack\s*(?:is now|is|now|becomes|=|:|->|→)*\s*{_CONTENT}\s*[.;]?",
    re.I,
)
_STATE = re.compile(
    rf"(?:(?:step\s*)?\d+\s*[.:)]\s*)?(?P<when>initially,?\s*|(?:at|in) the (?:start"
    rf"|beginning),?\s*)?"
    rf"(?:the\s+)?(?:(?P<final>final|remaining|resulting|last)\s+)?(?:empty\s+)?stack\s*"
    rf"(?:configuration\s*)?(?:is now|is|now|becomes|contains|=|:)*\s*{_CONTENT}\s*[.;]?",
    re.I,
)
_TOLD = (
    r"(?:push|pop|match|add|remov|open|clos|pair|cancel|com|arriv|go|fit|meet)(?:e|s|es|d|ed|ped"
    r"|ing|ping)?|brackets?|symbols?"
    r"|characters?|parenthes[ei]s|braces?|top|next|first|last|two|three|four|all|both|at once"
    r"|immediately|directly|right away"
    r"|again|now|then|and|the|its|it|is|are|was|so|opening|closing|partner|on|onto|off|from|with"
    r"|we|a|an|of|each other|in turn"
)
_RUN = re.compile(
    rf"(?P<told>(?:{_ONE}|(?:{_TOLD})\b|[\s,;:.]|{_QUOTE}|→)+?)[\s:;,.]+(?:(?:so|leaving|and"
    rf"|now)\s+)*(?:the\s+)?"
    rf"stack\s*(?:is now|is|now|becomes|=|:|->|→)+\s*{_CONTENT}\s*[.;]?",
    re.I,
)
"""Several brackets that are read in turn, and the stack after them."""
_PARTNER = re.compile(
    rf"(?P<closer>[{re.escape(''.join(OPENER))}])[^{re.escape(_BRACKETS)}]*?\b(?:clos|pop|match"
    rf"|remov|cancel|pair)"
    rf"[^{re.escape(_BRACKETS)}]*(?P<opener>[{re.escape(''.join(CLOSER))}])",
    re.I,
)
"""A closing bracket with the one that it is said to close, which is not read again."""
_REACHED = re.compile(
    r"(?:now,?\s*)?(?:we have|we've|i have|we are|that is)?\s*(?:now\s*)?"
    r"(?:reached|at|processed|read|read through)?\s*(?:the end|the whole input|all (?:the"
    r" )?(?:input|symbols))"
    r"(?: of the (?:input|sequence|string))?\s*[.,]?",
    re.I,
)
_POP = re.compile(
    rf"(?:so,?\s*)?(?:we (?:will )?(?:need|have) to |(?:to )?)pop (?:out |off )?"
    rf"(?P<list>(?:{_ONE}|[\s,]|{_QUOTE}|and\b|once|twice|three times|then|nothing)+?)"
    r"(?:\s*one by one)?(?:\s*in (?:that|this) order)?\s*\.?",
    re.I,
)
_NEED = re.compile(
    rf"(?:so|thus|therefore|hence)?,?\s*(?:to close (?:them|these|it|everything),? )?"
    rf"we (?:still )?(?:will )?(?:need(?: to (?:add|append|close with))?"
    rf"|(?:can |must )?(?:close (?:(?:it|them|these|everything) )?(?:with|by)|add|append)):?\s*"
    rf"(?P<list>(?:{_ONE}|[\s,]|{_QUOTE}|and\b|once|twice|three times|then|nothing)+?)\s*\.?",
    re.I,
)
_ANSWER = re.compile(
    rf"(?:so|thus|therefore|hence)?,?\s*(?:the )?(?:final )?answer\s*(?:is"
    rf"|:)\s*:?(?P<list>(?:{_ONE}|\s|{_QUOTE})*)\.?\s*",
    re.I,
)
_ANSWERS = re.compile(r"(?:(?:so|thus|therefore|hence),?\s*)?the (?:final )?answer", re.I)
_SYMBOL_HEADS = ("symbol", "char", "character", "token", "bracket", "input", "read", "next")
_REMARK = re.compile(
    r"(?P<before>.*?)\s*\((?P<stack>(?:(?:the|new|current) )?stack\b.*)\)[.;]?", re.I
)
"""The stack in round brackets of the author's own: "push [ (stack: < [)"."""
_LONGEST = 2000
_TIMES = {"once": 1, "twice": 2, "three times": 3}


@lru_cache(maxsize=256)
def context_of(problem: str) -> Brackets | None:
    """The brackets that the problem gives, or None if it is about something else."""
    if not _TWO.search(problem):
        return None
    text = problem.strip()
    if re.search(r"[^\W\d_]|\d", text):
        if not re.search(
            r"parenthes|bracket|balanced|closed properly|dyck|valid sequence", text, re.I
        ):
            return None
        found = _SEQUENCE.findall(re.split(r"input\s*:", text, flags=re.I)[-1])
        if len(found) != 1:
            return None
        text = found[0]
    symbols = tuple(c for c in text if c in _BRACKETS)
    if any(c not in _BRACKETS and not c.isspace() for c in text) or len(symbols) < 2:
        return None
    return Brackets(symbols, doubted=_DOUBTS.search(problem) is not None)


_DOUBTS = re.compile(
    r"\b(?:is|are|does|do)\b[^?]*\b(?:balanced|valid|match(?:ed)?|correct(?:ly)?|nested|proper"
    r"(?:ly)?)\b[^?]*\?",
    re.I,
)


def _stacks(content: str) -> tuple[Stack, ...]:
    """Readings of a stack as written; brackets around a list may be part of it or not."""
    if "empty" in content.lower():
        return ((),)
    symbols = tuple(c for c in content if c in _BRACKETS)
    if re.fullmatch(r"\s*\[(?:\s*|.*[,'\"].*)\]\s*", content):
        inner = symbols[1:-1]
        return (inner,) if inner else ((), symbols)
    return (symbols,)


def _listed(text: str) -> Stack | None:
    """Brackets listed in words: `"(" twice, then "["`; None for a list that is not clear."""
    out: list[str] = []
    for word in re.findall(rf"{_ONE}|once|twice|three times|nothing", text, re.I):
        if word.lower() in _TIMES:
            if not out:
                return None
            out += [out[-1]] * (_TIMES[word.lower()] - 1)
        elif word.lower() != "nothing":
            out.append(word)
    return tuple(out)


def read(step: Step, context: Brackets) -> list[Claim]:
    """Every statement of a step about the stack; a sentence not read whole says nothing."""
    out: list[Claim] = []
    said = list(lines(step.text, _worded))
    while said:
        line = said.pop(0)
        if said and not line.drawn and (both := _joined(step.text, line, said[0])) is not None:
            line = both
            said.pop(0)
        for span in _split(line.text, Span(0, len(line.text))):
            sentence = line.text[span.start : span.end]
            body = _body(sentence)
            if body is None and re.search(_ONE, sentence):
                body = Unread()
            if body is not None:
                out.append(_claim(step, body, line.place(span.start, span.end)))
    return out


def _joined(text: str, line: Line, following: Line) -> Line | None:
    """Two sentences that tell of one event together: "( is pushed. Stack: (", in one line."""
    span = Span(line.span.start, following.span.end)
    together = text[span.start : span.end]
    joined = _EVENT.fullmatch(together) or _RUN.fullmatch(together)
    if "\n" in together or _body(line.text) is not None or not joined:
        return None
    return Line(together, span)


def _worded(rows: tuple[Row, ...]) -> Iterator[Line]:
    """A table with a column for the brackets read and one for the stack after them."""
    heads = [head.lower() for head in rows[0].cells]
    stacks = [i for i, head in enumerate(heads) if "stack" in head]
    symbols = [i for i, head in enumerate(heads) if head in _SYMBOL_HEADS]
    if len(stacks) != 1 or len(symbols) != 1:
        return
    for row in rows[1:]:
        symbol, stack = row.cells[symbols[0]], row.cells[stacks[0]]
        yield Line(f"{symbol} ; stack: {stack or 'empty'}", row.span, drawn=True)


def _split(text: str, span: Span) -> list[Span]:
    """The sentence, with an answer announced in it apart."""
    m = _ANSWERS.search(text, span.start + 1, span.end)
    if m is None:
        return [span]
    left = text[span.start : m.start()].rstrip()
    return [Span(span.start, span.start + len(left)), Span(m.start(), span.end)] if left else [span]


def _body(sentence: str) -> Body | None:
    if len(sentence) > _LONGEST:
        return None
    if m := _REMARK.fullmatch(sentence):
        sentence = f"{m['before']}; {m['stack']}"
    symbol = None
    if one := _EVENT.fullmatch(sentence):
        symbol = one["symbol"]
        if re.search(r"\bpop", sentence[: one.start("symbol")], re.I):
            symbol = CLOSER.get(symbol, symbol)  # what is taken off, by reading its partner
    if m := _RUN.fullmatch(sentence):
        told = _PARTNER.sub(lambda p: p["closer"], m["told"])
        symbols = tuple(c for c in told if c in _BRACKETS)
        if len(symbols) > 1:
            return StackAfterAll(symbols, _stacks(m["content"]), symbol)
    if one and symbol:
        fits = re.search(r"\bmatch(?:es)?\b|\bcloses\b", one.group()[: one.start("content")], re.I)
        return StackAfter(symbol, _stacks(one["content"]), fits=fits is not None)
    if m := _STATE.fullmatch(sentence):
        if not m["content"].strip() and "empty" not in sentence.lower():
            return None
        return StackAfter(None, _stacks(m["content"] or "empty"), final=bool(m["final"]))
    if _REACHED.fullmatch(sentence):
        return Finished()
    if (m := _POP.fullmatch(sentence)) and (listed := _listed(m["list"])) is not None:
        return Popped(listed)
    if (m := _NEED.fullmatch(sentence)) and (listed := _listed(m["list"])) is not None:
        return Closing(listed)
    if m := _ANSWER.fullmatch(sentence):
        return Closing(_listed(m["list"]) or (), answer=True)
    return None


def _claim(step: Step, body: Body, span: Span) -> Claim:
    text = step.text[span.start : span.end]
    kind = Kind.ANSWER if isinstance(body, Closing) and body.answer else Kind.STATE
    return Claim(kind, text, span.shift(step.span.start), step.index, text, Role.DERIVED, body)
