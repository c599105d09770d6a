"""Instructions on a grid and where they lead: "(2) Turn left: (0, 3), facing west".

A sentence is a run of instructions, places, directions and words that say nothing more; a sentence
with any other word is left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from clr.bodies.navigation import (
    Returned,
    Route,
    Unread,
    Walked,
)
from clr.claim import Body, Claim, Kind, Role
from clr.reading.cues import Cues, mentions
from clr.reading.lexicon import sentences
from clr.reading.navigation_grammar import UNIT, statements_of, without_echoes
from clr.trace import Span, Step

MOST_INSTRUCTIONS = 100
_LONGEST_PROBLEM = 6_000
_LONGEST = 400
"""Characters of a sentence; longer ones are not read."""

_NAME = re.compile(r"(?:[A-Z][a-z]+|(?:The|A|An) [a-z]+) (?=[a-z]+s )")
_INSTRUCTS = re.compile(
    r"\bturn(?:s|ed)? (?:left|right|around|to)\b|\b(?:take|walk|move|go|run|travel|head|fly"
    r"|flie|sail|drive)s? "
    rf"(?:\w+ {UNIT}|(?:north|south|east|west)\b)",
    re.I,
)
_TELLS = re.compile(r"\b(?:turn|step|walk|mov|position|fac)|\(\s*[-−]?\d+\s*,", re.I)
"""What a sentence may hold that tells where an instruction leads."""
_ASKS = re.compile(
    r"\b(?:return|back|end up|be)\b[^.?!]{0,40}(?:start\w*|origin\w*|initial) ?[^.?!]{0,40}\?"
    r"|\bwhere (?:you|he|she|they|it|we) (?:started|began)\?",
    re.I,
)
_SIDESTEPS = re.compile(r"\balways fac(?:e|ing) (?:forward|the same (?:way|direction))s?\b", re.I)
_ANSWER = re.compile(
    r"\b(?:(?:so|thus|therefore|hence),? )?(?:the )?(?:final |correct )?answer(?: is|:)[\s*\"`(]*"
    r"(?P<answer>yes|no)[*\"`).\s]*\Z",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader needs of the problem."""

    route: Route


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """The route that `problem` describes, or None if it describes none that can be read whole."""
    if not mentions(problem, _HINTS) or len(problem) > _LONGEST_PROBLEM:
        return None
    if not _INSTRUCTS.search(problem):
        return None
    told: list[Walked] = []
    gap = False
    for span in sentences(problem):
        text = problem[span.start : span.end]
        if text.endswith("?") or _SIDESTEPS.search(text):
            continue
        named = _NAME.match(text)
        said = statements_of(text[named.end() :] if named else text)
        walked = [body for body, _ in said or () if isinstance(body, Walked)]
        if (gap and walked) or (said is None and _INSTRUCTS.search(text)):
            return None
        gap = gap or (said is None and bool(told))
        told += walked
    if told and told[0].start and told[0].place == (0, 0):
        told[0] = replace(told[0], place=None)  # where every walk starts if nothing is said
    instructions = tuple(i for walked in told for i in walked.instructions)
    if not 2 <= len(instructions) <= MOST_INSTRUCTIONS or any(w.place for w in told):
        return None
    facings = [w.facing for w in told if w.facing is not None]
    if len(facings) > 1 or (facings and (told[0].facing is None or told[0].instructions)):
        return None
    facing = facings[0] if facings and facings[0].frame != "start" else None
    sidesteps = _SIDESTEPS.search(problem) is not None
    return Context(Route(instructions, facing, sidesteps, bool(_ASKS.search(problem))))


_HINTS = ("steps", "turn", "Turn", "north", "south", "east", "west")
CUES = Cues(*map(str.lower, _HINTS))


def read(step: Step, context: Context) -> list[Claim]:
    """Every statement of a step about place and direction, in order."""
    found: list[tuple[Walked | Returned | Unread, Span]] = []
    leads = False  # whether the next sentence may tell where the instructions just read lead
    for span in sentences(step.text):
        text = step.text[span.start : span.end]
        answer = _ANSWER.search(text) if context.route.asks_return else None
        told = text[: answer.start()] if answer else text
        said = statements_of(told) if len(told) <= _LONGEST else None
        if said is None and _TELLS.search(told):
            found.append((Unread(), Span(span.start, span.start + len(told))))
        for body, place in said or ():
            here = place.shift(span.start)
            joined = _joined(found[-1][0], body) if leads else None
            if joined is None:
                found.append((body, here))
            else:
                found[-1] = (joined, Span(found[-1][1].start, here.end))
            leads = True
        leads = leads and said is not None
        if answer:
            back = Returned(answer["answer"].lower() == "yes", answer=True)
            found.append((back, Span(*answer.span()).shift(span.start)))
            leads = False
    return [_claim(step, body, span) for body, span in found]


def _joined(before: Body, after: Body) -> Walked | None:
    """Instructions, and where the sentence after them says they lead."""
    if not (isinstance(before, Walked) and isinstance(after, Walked)):
        return None
    if before.settled or after.start or after.final:
        return None
    together = without_echoes(before.instructions + after.instructions)
    return replace(after, instructions=together)


def _claim(step: Step, body: Walked | Returned | Unread, span: Span) -> Claim:
    text = step.text[span.start : span.end].strip()
    kind = Kind.ANSWER if isinstance(body, Returned) and body.answer else Kind.STATE
    return Claim(kind, text, span.shift(step.span.start), step.index, text, Role.DERIVED, body)
