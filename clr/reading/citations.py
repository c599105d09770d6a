"""Premises named by their number or their place: "from clues 1 and 3", "by (2)", "the first two".

Numbers are those that the problem gives its premises; places count them as they stand there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from clr.reading.lexicon import CARDINAL, ORDINAL, ORDINALS, cardinal

F = TypeVar("F")

_NOUN = r"(?:premise|clue|fact|rule|condition|hint|constraint|given)"
_ONE = r"\(?#?\d{1,2}\)?"
_MORE = r"(?:,? and|,? &|,)"
_CITED = re.compile(rf"\b{_NOUN}s? (?P<numbers>{_ONE}(?:{_MORE} {_ONE}){{0,9}})", re.I)
_BARE = re.compile(
    r"\b(?:by|from|using|combining|given|with) "
    rf"(?P<numbers>\(\d{{1,2}}\)(?:{_MORE} ?\(\d{{1,2}}\)){{0,9}})",
    re.I,
)
_PLACED = re.compile(
    rf"\bthe (?:(?P<end>first|last) (?P<count>{CARDINAL})"
    rf"|(?P<nths>(?:{ORDINAL}|last)(?:{_MORE} (?:the )?(?:{ORDINAL}|last)){{0,5}})) {_NOUN}s?\b",
    re.I,
)
_ASIDE = re.compile(
    rf"[\[(](?:(?:by|from|using|see) )?(?:{_NOUN}s? {_ONE}(?:{_MORE} {_ONE}){{0,9}}"
    rf"|the [a-z ]{{3,20}} {_NOUN}s?)[\])]"
    rf"|[\[(](?:by|from|using) {_ONE}(?:{_MORE} {_ONE}){{0,9}}[\])]",
    re.I,
)
_LABEL = re.compile(rf"\s*(?:[-*•]\s+)?(?:{_NOUN}\s*)?\(?#?(?P<number>\d{{1,2}})[.):]\s", re.I)


@dataclass(frozen=True, slots=True)
class Numbered(Generic[F]):
    """Premises by number. Unless they are `labelled` with these numbers in the problem, they are
    told apart by their places only."""

    premises: Mapping[int, F] = field(default_factory=dict)
    labelled: bool = False


def numbered(told: Sequence[tuple[str, F]], *, complete: bool) -> Numbered[F]:
    """The premises of a problem, sentence by sentence; none if it labels none and was not read
    whole, so that nobody knows which is the third."""
    labels = {n: premise for text, premise in told if (n := label_of(text)) is not None}
    if labels or not complete:
        return Numbered(labels, labelled=True)
    return Numbered(dict(enumerate((premise for _, premise in told), 1)))


def cited(text: str, given: Numbered[F]) -> list[F]:
    """The premises that a sentence names, in their order; none if it names one that there is not.

    The number of a "statement" or "step" may be one of the trace's own, and so may all numbers in
    brackets in a text that numbers its own statements.
    """
    numbers: set[int] = set()
    if given.labelled:
        found = [*_CITED.finditer(text)]
        if _LABEL.match(text) is None:
            found += _BARE.finditer(text)
        numbers |= {int(n) for m in found for n in re.findall(r"\d+", m["numbers"])}
    places = sorted(given.premises)
    for m in _PLACED.finditer(text):
        if m["count"]:
            count = cardinal(m["count"])
            if not 1 < count <= len(places):
                return []
            numbers |= set(places[:count] if m["end"].lower() == "first" else places[-count:])
        else:
            said = re.findall(rf"{ORDINAL}|last", m["nths"].lower())
            at = [len(places) if word == "last" else ORDINALS[word] for word in said]
            if not 0 < min(at) <= max(at) <= len(places):
                return []
            numbers |= {places[n - 1] for n in at}
    if not numbers <= given.premises.keys():
        return []
    return [given.premises[n] for n in sorted(numbers)]


def without_asides(text: str) -> str:
    """A sentence with blanks for premises that it names in brackets, "(by clue 2)"."""
    return _ASIDE.sub(lambda m: " " * len(m[0]), text)


def label_of(sentence: str) -> int | None:
    """The number that stands before a premise in the problem."""
    m = _LABEL.match(sentence)
    return int(m["number"]) if m else None
