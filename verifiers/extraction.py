"""The final answer in a response, as models write it. Never a fragment: a whole answer, or none."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

LONGEST = 2000
"""Characters: a longer answer is none."""
MOST_BOXES = 64
"""At the end of a response; those before are not looked at."""

_THOUGHT = re.compile(r"</(?:think|thinking|reasoning|thought)>", re.I)
_THINKS = re.compile(r"<(?:think|thinking|reasoning|thought)>", re.I)
_BOX = re.compile(r"\\(?:boxed|fbox|framebox)\s*(?P<brace>\{)?")
_TAGGED = re.compile(r"<(?P<tag>answer|final_answer|final)>(?P<said>.*?)</(?P=tag)>", re.I | re.S)
_HASHES = re.compile(r"^[ \t]*####[ \t]*(?P<said>\S.*?)[ \t]*$", re.M)
_ANNOUNCED = re.compile(
    r"(?<![A-Za-z])(?:(?:the|our|my)\s+)?(?:(?:final|correct|overall|required|desired)\s+)*"
    r"(?:answers?|(?:correct|right|best)\s+(?:option|choice))(?:\s+(?:choice|option))?"
    r"(?:\s+(?:to|for)\s+(?:the|this)\s+(?:problem|question))?"
    r"[*_]*\s*(?:(?:is|are|will be|must be|would be)\b\s*[:=]?|[:=])[*_]*\s*[:]?\s*"
    r"(?:(?:approximately|about|roughly|around|exactly)\s+)?",
    re.I,
)
_CHOSEN = re.compile(
    r"(?<![\w\\])[*_]*\(?(?P<said>[A-J])\)?[*_]*\s+is\s+(?:indeed\s+)?(?:the\s+)?"
    r"(?:correct|right|best)(?:\s+(?:answer|option|choice|one))?[*_]*(?=[ \t]*(?:[.!\n]|$))"
)
_CONCLUDES = re.compile(
    r"(?:^|[.!?\n])\s*(?:[*_#>-]\s*)*(?:so|thus|hence|therefore|in conclusion|finally|in total"
    r"|altogether|consequently)\b[^\n]*?\b(?:is|are|was|were|equals?|has|have|had|gets?|needs?"
    r"|makes?|earns?|pays?|costs?|spends?|left with)\s+"
    r"(?:(?:approximately|about|roughly|around|exactly|a total of|equal to)\s+)?"
    r"(?P<said>[^\s.][^\n]{0,200}?)\s*[.!]?\s*$",
    re.I,
)
_SENTENCE_END = re.compile(
    r"(?<=[^\s.])\.(?=\s|$)|[!;](?=\s|$)|\n|,?\s+(?:because|since)\b|,\s+(?:which|as|so|where)\b"
)
_THEREFORE = re.compile(r"^(?:(?:so|thus|hence|therefore|then|finally)\b[\s,:]*)+", re.I)
_QUANTITY = re.compile(
    r"[\s*_]*(?:\\[(\[]|\$(?!\d))?\s*((?:\\?\$)?-?\d[\d,]*(?:\.\d+)?(?:/\d+)?(?:\s*\\?%)?)"
    r"(?:\\[)\]]|\$)?(?!\W*(?:and|or)\b)[\s*_]*(\s(?!(?:on|over|in|for|to|if|after|during|at|from|with|by|more|fewer"
    r"|less|of|per|each|and|or|times)\b)[a-z]+)?(?=[\s*_.,]*$|[\s*_,]+[A-Za-z])(?!.*[=+^\\])"
)
"""The number that the object of a sentence begins with, and the noun after it."""
_SPAN = re.compile(r"\\\(.+?\\\)|(?<!\\)\$[^$]+\$")
_ENDING = re.compile(
    r"(?:^|[a-z]\s+(?:is|are|equals|be)\s*:?\s*)[*_]*(?:\\\(|\$)(?P<inside>[^$]+?)(?:\\\)|\$)[\s.*_]*$"
)
_JOINS = re.compile(
    r"[\s$.,;*]*(?:and|or|,|;|\\text\s?\{\s*(?:and|or|,)\s*\})?[\s$,;*]*(?:\w{1,3}\s*=\s*)?[\s$]*"
)


def reply(response: str) -> str:
    """What is said after the thinking, which tags mark; nothing if that was cut off."""
    ends = deque(_THOUGHT.finditer(response), maxlen=1)
    if ends:
        return response[ends[0].end() :]
    return "" if _THINKS.search(response) else response


def extract_answer(response: str) -> str | None:
    """The answer that `response` ends with; None if it gives none.

    In the order of their places, the last of these counts: a box (boxes joined by nothing but
    "and", "or" or a comma are one answer), an `<answer>` tag, a line after `####`, what follows
    "the answer is". Without any of them, the last line if all of it is one short expression, or the
    value that a concluding last sentence ends with. Only the `reply` counts.
    """
    text = reply(response)
    marked = [*_boxes(text), *_tagged(text), *_announced(text)]
    said = max(marked)[1] if marked else _last_line(text)
    said = _inside(said).strip()
    return said if 0 < len(said) <= LONGEST and "\\boxed" not in said else None


def _boxes(text: str) -> Iterator[tuple[int, str]]:
    """The last box, and with it those before that belong to the same answer."""
    found: list[tuple[int, int, str]] = []
    for match in deque(_BOX.finditer(text), maxlen=MOST_BOXES):
        if match["brace"]:
            end = _closing(text, match.end())
            if end is not None:
                found.append((match.start(), end + 1, text[match.end() : end]))
        elif bare := re.compile(r"\s*(-?[\w.]+)").match(text, match.end()):
            found.append((match.start(), bare.end(), bare[1]))
    if not found:
        return
    start, _, said = found.pop()
    last = start
    while found and _JOINS.fullmatch(text, found[-1][1], start):
        before = found.pop()
        if before[2].strip() != said.strip():
            said = f"{before[2]}, {said}"
        start = before[0]
    yield last, said


def _closing(text: str, at: int) -> int | None:
    """Where the brace that opened before `at` closes."""
    depth = 1
    for match in re.compile(r"\\.|[{}]", re.S).finditer(text, at, at + 4 * LONGEST):
        depth += {"{": 1, "}": -1}.get(match.group(), 0)
        if not depth:
            return match.start()
    return None


def _tagged(text: str) -> Iterator[tuple[int, str]]:
    for pattern in (_TAGGED, _HASHES, _CHOSEN):
        for match in pattern.finditer(text):
            yield match.start(), match["said"]


def _announced(text: str) -> Iterator[tuple[int, str]]:
    last = None
    for match in _ANNOUNCED.finditer(text):
        last = match
    if last is None:
        return
    rest = text[last.end() : last.end() + LONGEST].lstrip()
    if rest.startswith(("\\[", "$$", "\\(", "$")):
        opener = next(o for o in ("\\[", "$$", "\\(", "$") if rest.startswith(o))
        closer = {"\\[": "\\]", "\\(": "\\)"}.get(opener, opener)
        end = rest.find(closer, len(opener))
        tail = rest[end + len(closer) :].split("\n", 1)[0] if end >= 0 else ""
        if end >= 0 and re.fullmatch(r"[\s.*!]*(?:\.\s.*)?", tail):
            yield last.start(), rest[len(opener) : end]
            return
    stop = _SENTENCE_END.search(rest)
    said = rest[: stop.start()] if stop else rest
    if said.strip("*_ :"):
        yield last.start(), _object(said)


def _object(said: str) -> str:
    """What a sentence that announces an answer says it is: all of `said`, or the one piece of
    mathematics that ends it, or the quantity that it begins with before it goes on in words."""
    ending = _ENDING.search(said)
    if ending and len(_SPAN.findall(said, ending.start())) == 1:
        return ending["inside"]
    quantity = _QUANTITY.match(said)
    return f"{quantity[1]}{quantity[2] or ''}" if quantity else said


def _last_line(text: str) -> str:
    lines = [line for line in text.strip().splitlines() if line.strip()]
    if not lines:
        return ""
    line = lines[-1].strip()
    concluded = _CONCLUDES.search(line)
    if concluded:
        return _object(concluded["said"])
    bare = _THEREFORE.sub("", line.strip("$*_ .")).strip("$*_ .")
    words = re.findall(r"[A-Za-z]{3,}", re.sub(r"\\[A-Za-z]+", " ", bare))
    return bare if len(bare) <= 80 and len(words) <= 1 else ""


def _inside(said: str) -> str:
    """An answer without the box or the emphasis that it may stand in."""
    box = re.match(r"[\s$*_(\\\[]*\\(?:boxed|fbox)\s*\{", said)
    if box:
        end = _closing(said, box.end())
        if end is not None:
            return said[box.end() : end]
    return said
