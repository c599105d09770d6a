"""The parts of a text that are about different things: (a) and (b), Problem 1 and Problem 2.

Letters are used anew in each part, so what one says of x says nothing of the x of another. Steps
are no parts, as each goes on with the one before it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from clr.reading.cues import mentions

Path: TypeAlias = tuple[tuple[str, str], ...]
"""The parts that a place is in, the outermost first: ("part", "b"), ("case", "1")."""

_WORDS = "part problem question exercise example task case method scenario".split()
_ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5"}
_LABEL = "[a-h]|i{1,3}v?|vi{0,3}"
_BEGINS = re.compile(r"\n|[.:;?!]\s")
"""What a heading stands behind, if it does not begin the text."""
_HEADING = re.compile(
    r"[ \t>#*_]{0,8}(?:"
    rf"(?P<word>{'|'.join(_WORDS)})[ \t]{{0,2}}\(?(?P<named>\d{{1,2}}|{_LABEL})\b\)?"
    r"(?=[ \t*_]{0,4}(?:[:.)–—-]|\n|$))"
    rf"|\((?P<bracketed>{_LABEL})\)(?=[ \t*_])"
    rf"|(?P<halved>{_LABEL})\)(?=[ \t*_])"
    r"|for the (?P<ordinal>first|second|third|fourth|fifth) (?P<noun>[a-z]{3,20})\b)",
    re.I | re.M,
)
_INLINE = re.compile(rf"\((?<!\S\()(?P<bracketed>{_LABEL})\)(?=\s)")
"""Parts in the running text of a problem."""
_NUMBERED = re.compile(r"[ \t>#*_]{0,8}(?P<number>\d{1,2})[.)](?=[ \t*_])")
"""Numbers at the beginning of lines, which are parts only where a problem has them."""
_HINTS = (*_WORDS, "(a)", "(i)", "a)", "i)", "the first", "1.", "1)")
_ROMAN = re.compile(r"[ivx]+")


class Parts(NamedTuple):
    """Where the parts of a text begin, and the path of each."""

    starts: tuple[int, ...]
    paths: tuple[Path, ...]

    def at(self, place: int) -> Path:
        """The parts that a place of the text is in."""
        index = bisect_right(self.starts, place) - 1
        return self.paths[index] if index >= 0 else ()


NO_PARTS = Parts((), ())


def parts_of(problem: str, response: str) -> tuple[Parts, Parts]:
    """The parts of a problem, and those of the response to it."""
    asked = dict(_headings(problem, True))
    numbers = sum(1 for kind, _ in asked.values() if kind == "number") > 1
    if not asked and not mentions(response.lower(), _HINTS):
        return NO_PARTS, NO_PARTS
    answered = dict(_headings(response, numbers))
    labels: defaultdict[str, set[str]] = defaultdict(set)
    for kind, label in (*asked.values(), *answered.values()):
        labels[kind].add(label)
    several = {kind for kind, found in labels.items() if len(found) > 1}
    return _nested(asked, several), _nested(answered, several)


def may_use(path: Path, premise: Path, *, given: bool) -> bool:
    """Whether what is said in a part may rest on what is said in another: in one that it is in, or,
    if the problem gives it, in one with a name of its own."""
    if given:
        labels = {label for _, label in path}
        return not labels or all(label in labels for _, label in premise)
    return path[: len(premise)] == premise


def _headings(text: str, numbered: bool) -> Iterator[tuple[int, tuple[str, str]]]:
    begins = [0, *(m.end() for m in _BEGINS.finditer(text))]
    for found in filter(None, (_HEADING.match(text, at) for at in begins)):
        label = found["named"] or found["bracketed"] or found["halved"]
        if label is None:
            yield found.start(), ("ordinal", _ORDINALS[found["ordinal"].lower()])
            continue
        word = (found["word"] or "part").lower()
        yield found.start(), _kind(word, label.lower())
    if numbered:
        for found in _INLINE.finditer(text):
            yield found.start(), _kind("part", found["bracketed"])
        lines = (at for at in begins if not at or text[at - 1] == "\n")
        for found in filter(None, (_NUMBERED.match(text, at) for at in lines)):
            yield found.start(), ("number", found["number"])


def _kind(word: str, label: str) -> tuple[str, str]:
    """Small Roman numerals number what letters contain."""
    return ("roman" if word == "part" and _ROMAN.fullmatch(label) else word), label


def _nested(headings: dict[int, tuple[str, str]], several: set[str]) -> Parts:
    starts: list[int] = []
    paths: list[Path] = []
    path: Path = ()
    for start, heading in sorted(headings.items()):
        if heading[0] not in several:
            continue
        outer = next((i for i, part in enumerate(path) if part[0] == heading[0]), len(path))
        path = (*path[:outer], heading)
        starts.append(start)
        paths.append(path)
    return Parts(tuple(starts), tuple(paths))
