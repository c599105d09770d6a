"""What a step says line by line: its sentences, and the rows of tables put into words.

A table is drawn with bars, as in Markdown. How its rows are worded is up to the domain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from clr.reading.lexicon import sentences
from clr.trace import Span

_TABLE = re.compile(r"^(?:[ \t]*\|[^\n]*\|[ \t]*(?:\n|\Z)){2,}", re.M)
_RULE = re.compile(r"[\s|:+-]*")
MAX_CELLS = 400


class Row(NamedTuple):
    """Cells of a table from left to right, without blanks around them."""

    cells: tuple[str, ...]
    span: Span


class Line(NamedTuple):
    """Something said, and where. What is `drawn` was not written in these words."""

    text: str
    span: Span
    drawn: bool = False

    def place(self, start: int, end: int) -> Span:
        """Where `text[start:end]` stands; all of the line if it is drawn."""
        return self.span if self.drawn else Span(start, end).shift(self.span.start)


Wording = Callable[[tuple[Row, ...]], Iterator[Line]]
"""Puts the rows of a table into words."""


def lines(text: str, wording: Wording) -> Iterator[Line]:
    """Everything that `text` says, in order."""
    at = 0
    for m in _TABLE.finditer(text) if "|" in text else ():
        rows = tuple(_rows(m))
        if rows and all(len(row.cells) == len(rows[0].cells) > 1 for row in rows):
            yield from _spoken(text, at, m.start())
            if len(rows) * len(rows[0].cells) <= MAX_CELLS:
                yield from wording(rows)
            at = m.end()
    yield from _spoken(text, at, len(text))


def _spoken(text: str, start: int, end: int) -> Iterator[Line]:
    for span in sentences(text[start:end]):
        placed = span.shift(start)
        yield Line(text[placed.start : placed.end], placed)


def _rows(table: re.Match[str]) -> Iterator[Row]:
    at = table.start()
    for line in table[0].split("\n"):
        inner = line.strip()
        if inner and not _RULE.fullmatch(inner):
            start = at + line.index("|")
            cells = tuple(c.strip() for c in inner[1:-1].split("|"))
            yield Row(cells, Span(start, start + len(inner)))
        at += len(line) + 1
