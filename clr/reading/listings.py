"""Programs that stand in running text without a fence: a header line and its indented body, with
the lines of code around them, and interpreter sessions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clr.trace import Span

_FIRST = re.compile(
    r"[ \t]*(?:(?:async[ ]+)?def[ ]+\w+[ ]*\(|class[ ]+\w+[ ]*[(:]"
    r"|(?:for[ ]+[\w, ()]+[ ]in|while)[ ]\S).*:[ \t]*(?:\#.*)?$"
)
_ANYWHERE = re.compile("^" + _FIRST.pattern, re.M)
_LINE_ENDS = re.compile(r":[ \t]*(?:\#.*)?$", re.M)
"""How a header ends, which is far sooner found than how it begins."""
_HEADER = re.compile(_FIRST.pattern.replace("|while", "|while|if|with"))
_CODE = re.compile(
    r"[ \t]*(?:@\w|\#|(?:import|from)[ ]\w|(?:elif|except|assert|del)[ ]\S.*"
    r"|(?:else|try|finally)[ ]*:"
    r"|(?:pass|break|continue)[ \t]*$|(?:return|raise|yield)\b"
    r"|[A-Za-z_][\w.]*(?:\[[^\]]*\])?(?:[ ]*,[ ]*[A-Za-z_]\w*)*[ ]*"
    r"(?:[-+*/%&|^]|//|\*\*|<<|>>)?=[ ]*\S"
    r"|[A-Za-z_][\w.]*\(.*\)[ \t]*(?:\#.*)?$)"
)
_INDENT = re.compile(r"[ \t]*")
_PROMPT = ">>> "


def shows_listing(text: str) -> bool:
    """Whether there may be a listing in the text; costs one search."""
    if _PROMPT in text:
        return True
    return _LINE_ENDS.search(text) is not None and _ANYWHERE.search(text) is not None


def listings(text: str) -> Iterator[Span]:
    """Spans of whole lines, in order."""
    if not shows_listing(text):
        return
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    at = floor = 0
    while at < len(lines):
        if lines[at].lstrip().startswith(_PROMPT):
            end = at + 1
            while end < len(lines) and lines[end].strip():
                end += 1
            yield Span(starts[at], starts[end])
        elif _FIRST.match(lines[at].rstrip("\r\n")) and _opens(lines, at):
            begin, end = at, _body_end(lines, at)
            while begin > floor and _is_code(lines[begin - 1]):
                begin -= 1
            while end < len(lines) and (_is_code(lines[end]) or _opens(lines, end)):
                end = _body_end(lines, end) if _opens(lines, end) else end + 1
            yield Span(starts[begin], starts[end])
        else:
            at += 1
            continue
        at = floor = end


def _opens(lines: list[str], at: int) -> bool:
    """Whether a block begins at this line, with a body that is indented further."""
    if not _HEADER.match(lines[at].rstrip("\r\n")) or at + 1 >= len(lines):
        return False
    return bool(lines[at + 1].strip()) and _indent(lines[at + 1]) > _indent(lines[at])


def _body_end(lines: list[str], at: int) -> int:
    """The line after the last one that is indented further than line `at`."""
    depth = _indent(lines[at])
    end = at + 1
    for index in range(at + 1, len(lines)):
        if lines[index].strip():
            if _indent(lines[index]) <= depth:
                break
            end = index + 1
    return end


def _is_code(line: str) -> bool:
    return _CODE.match(line.rstrip("\r\n")) is not None


def _indent(line: str) -> int:
    return len(_INDENT.match(line.expandtabs(4)).group())  # type: ignore[union-attr]
