"""Words made of letters: "the last letter of Otto is o", "Ivy → y", "in reverse: t, e, n"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from clr.bodies.respellings import Backwards, Made, Picked, Task
from clr.claim import Claim, Kind, Role
from clr.reading.cues import Cues
from clr.reading.lexicon import sentences
from clr.trace import Span, Step

Body: TypeAlias = Backwards | Made | Picked

CUES = Cues("etter", "everse")
_LONGEST = 1_000
"""Characters of a problem and of a sentence."""
_Q = r"[\"'“”‘’`*]{0,3}"
_WORD = r"[A-Za-z]{2,30}"
_PICKS = re.compile(
    rf"(?i:take|concatenate|combine|join) the (?P<place>first|last) letters? of (?:each of )?"
    rf"(?:the |each )?words? (?:in|of|from)? ?{_Q}(?P<words>{_WORD}(?:,? {_WORD}){{1,11}}){_Q}"
    r"(?=[ ,.:?]*(?:and|\Z))"
)
_REVERSES = re.compile(
    rf"\b(?i:reverse|write|spell)(?: (?:the )?(?:word|string))? {_Q}(?P<word>{_WORD}){_Q}"
    r"(?P<how> backwards| in reverse(?: order)?)?(?=[.:?!]*\s*\Z)"
)
_ONE = rf"{_Q}(?P<letter>[A-Za-z]){_Q}"
_OF = re.compile(
    rf"(?:the )?(?P<place>first|last) letter (?:of|in) {_Q}(?P<word>{_WORD}){_Q} is {_ONE}", re.I
)
_DRAWN = re.compile(rf"{_Q}(?P<word>{_WORD}){_Q}\s*(?:→|->|=>|:|–)\s*{_ONE}")
_LETTERS = (
    rf"{_Q}(?P<result>[A-Za-z]{{2,30}}|[A-Za-z](?:(?:, | |-|\s*\+\s*){_Q}[A-Za-z]{_Q}){{1,30}}){_Q}"
)
_RESULT = re.compile(
    r"(?:so,? |thus,? |therefore,? |hence,? )?(?:(?:concatenating|combining|joining|putting)"
    r"(?: (?:these|them|the letters|those|it|all of them|these letters|everything|together)){0,2}"
    r"(?:,? (?:gives|we get|yields|results in)(?: us\b)?|:)+|(?:the )?(?:final )?(?:answer|result)"
    r"(?: is|:)|together,? (?:they|these) (?:make|form|spell|give)) ?:?\s*" + _LETTERS,
    re.I,
)
_BACKWARDS = re.compile(
    r"(?:so,? |thus,? |therefore,? |hence,? )?(?:(?:the )?(?:reversed (?:word|string)|reverse"
    rf"|result|(?:final )?answer)(?: of {_Q}(?P<word>{_WORD}){_Q})?(?: is|:)"
    r"|in reverse(?: order)?:?"
    r"|(?:written |spelled )?backwards:?|reversed:?|reversing (?:it|them|the letters)"
    r"(?:,? (?:gives|we get)(?: us\b)?|:))\s*" + _LETTERS,
    re.I,
)
_ARROW = re.compile(rf"(?P<word>[A-Za-z](?: [A-Za-z]){{2,30}}|{_WORD})\s*(?:→|->|=>)\s*" + _LETTERS)


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader needs of the problem."""

    task: Task


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """The word to be made, or None if the problem asks for none."""
    if len(problem) > _LONGEST or ("etter" not in problem and "everse" not in problem.lower()):
        return None
    if m := _PICKS.search(problem):
        words = tuple(re.findall(_WORD, m["words"]))
        return Context(Task(words, 0 if m["place"].lower() == "first" else -1))
    m = _REVERSES.search(problem)
    if m is None or (m["how"] is None and not m[0].lower().startswith("reverse")):
        return None
    return Context(Task((m["word"],), None))


def read(step: Step, context: Context) -> list[Claim]:
    """Every statement of a step about letters and the word that they make, in order."""
    out: list[Claim] = []
    for span in sentences(step.text):
        text = step.text[span.start : span.end].strip(" .!")
        said = _bodies(text, context.task) if len(text) <= _LONGEST else []
        out += (_claim(step, body, span) for body in said)
    return out


def _bodies(text: str, task: Task) -> list[Body]:
    if task.place is None:
        body = _backwards(text, task.words[0])
        return [body] if body else []
    parts = re.split(r",? and (?=the )|[;,] ", text)
    picked = [_picked(part, task) for part in parts]
    if None not in picked:
        return [p for p in picked if p is not None]
    m = _RESULT.fullmatch(text)
    return [Made(_joined(m["result"]))] if m else []


def _picked(text: str, task: Task) -> Picked | None:
    if m := _OF.fullmatch(text.strip()):
        return Picked(m["word"], 0 if m["place"].lower() == "first" else -1, m["letter"])
    m = _DRAWN.fullmatch(text.strip())
    if m is None or task.place is None or m["word"] not in task.words:
        return None
    return Picked(m["word"], task.place, m["letter"])


def _backwards(text: str, word: str) -> Backwards | None:
    m = _BACKWARDS.fullmatch(text)
    arrow = None if m else _ARROW.fullmatch(text)
    if m is not None:
        return Backwards(m["word"] or word, _joined(m["result"]))
    if arrow is None or _joined(arrow["word"]).lower() != word.lower():
        return None
    return Backwards(word, _joined(arrow["result"]))


def _joined(letters: str) -> str:
    return "".join(re.findall(r"[A-Za-z]", letters))


def _claim(step: Step, body: Body, span: Span) -> Claim:
    text = step.text[span.start : span.end]
    place = span.shift(step.span.start)
    return Claim(Kind.COLLECTION, text, place, step.index, text, Role.DERIVED, body)
