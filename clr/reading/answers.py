"""The final answer of a trace, as models write it: boxed, or announced in words."""

from __future__ import annotations

import re

from clr.bodies.mathematics import FinalAnswer
from clr.claim import Claim, Kind, Role
from clr.reading.cues import sign_of
from clr.reading.sides import read_expression
from clr.trace import Span, Step

_ANNOUNCED = re.compile(
    r"[Aa](?i:nswer)\s*(?:(?i:is)|:|=)?\s*:?\s*(?:\*\*)?\s*"
    r"(?P<value>\$?[-+]?[\d\\(][^\n]{0,80}?)(?:\*\*)?(?=\.\s|\.$|\n|$)"
)

SIGN = sign_of("answer", "boxed")
"""A text whose words do not have this bit gives no answer."""


def read_answer(step: Step) -> Claim | None:
    """The answer that a step ends with: boxed, or what follows "the answer is"."""
    found = boxed(step.text)
    if found is None:
        if "answer" not in step.text.lower():
            return None
        announced = list(_ANNOUNCED.finditer(step.text))
        if not announced:
            return None
        found = Span(*announced[-1].span("value"))
    text = step.text[found.start : found.end].strip()
    value = read_expression(text.strip("$").removeprefix("\\(").removesuffix("\\)"))
    return Claim(
        Kind.ANSWER,
        text,
        found.shift(step.span.start),
        step.index,
        f"the answer is {text}",
        Role.DERIVED,
        FinalAnswer(value, text),
    )


def boxed(text: str) -> Span | None:
    """Where the content of the last `\\boxed{...}` stands; None if there is none, or it is open."""
    at = text.rfind("\\boxed")
    start = text.find("{", at, at + 10) if at >= 0 else -1
    if start < 0:
        return None
    depth = 0
    for index in range(start, len(text)):
        if text[index] == "{":
            depth += 1
        elif text[index] == "}":
            depth -= 1
            if depth == 0:
                return Span(start + 1, index)
    return None
