"""The programs that a text shows: what can be run of its fences, listings and sessions."""

from __future__ import annotations

import ast
import re
import textwrap
import warnings
from dataclasses import dataclass

from clr.reading.listings import shows_listing
from clr.reading.surface import PieceKind, pieces
from clr.trace import Span

MAX_PROGRAM = 20_000
"""Characters; a longer program is left alone."""

_PYTHON = frozenset(("", "python", "python3", "py", "py3", "pycon", "python-repl", "sage"))
_INFO = re.compile(r"[ \t]*([\w+#.-]*)[^\n]*\n")
_ASKED = re.compile(r"^[ \t]*assert[ ]+(?P<call>.+?)[ ]*==[ ]*\?+[ \t]*$", re.M)
_HOLE = re.compile(r"^[ \t]*(?:assert\b.*\?\?.*|print\(.*\?\?.*)$", re.M)


@dataclass(frozen=True, slots=True)
class Example:
    """An example of an interpreter session: source, and what is shown below it, in a text."""

    source: str
    shown: str
    span: Span


@dataclass(frozen=True, slots=True)
class Program:
    """A program: its source, and the names that it defines at its top level."""

    code: str
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A run of code as it stands in a text, and what it is: at most one of these is not empty.

    `program` runs; `session` is of an interpreter; `output` is what no program of ours can be.
    """

    span: Span
    program: Program | None = None
    session: tuple[Example, ...] = ()
    output: str = ""
    asked: str | None = None


def syntax_tree(code: str) -> ast.Module | None:
    """The syntax tree of Python source, or None."""
    if len(code) > MAX_PROGRAM:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def may_show(text: str) -> bool:
    """Whether there may be code in a text."""
    return "```" in text or shows_listing(text)


def read_shown(text: str) -> list[Shown]:
    """All code of a text, in order."""
    if not may_show(text):
        return []
    return [
        _read(text, piece.span, piece.body)
        for piece in pieces(text)
        if piece.kind is PieceKind.CODE
    ]


def _read(text: str, span: Span, body: Span) -> Shown:
    content = text[body.start : body.end]
    start = body.start
    language = ""
    if body.start > span.start:  # a fence: the rest of its line names a language
        info = _INFO.match(content)
        language = info.group(1).lower() if info else ""
        start += info.end() if info else 0
        content = content[info.end() :] if info else content
    if ">>> " in content:
        return Shown(span, session=_session(content, start))
    if language in _PYTHON:
        asked = _ASKED.search(content)
        code = textwrap.dedent(_HOLE.sub("", content)).strip("\n")
        tree = syntax_tree(code)
        if tree is not None and any(not isinstance(node, ast.Expr) for node in tree.body):
            return Shown(span, Program(code, _names(tree)), asked=asked["call"] if asked else None)
        if tree is not None and _prints(tree):
            return Shown(span, Program(code, frozenset()))
    if language in ("", "text", "output", "console", "plaintext", "txt", "none"):
        return Shown(span, output=content)
    return Shown(span)


def _prints(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "print"
        for node in tree.body
    )


def _names(tree: ast.Module) -> frozenset[str]:
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {(name.asname or name.name).split(".")[0] for name in node.names}
        else:
            found |= {
                part.id
                for part in ast.walk(node)
                if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
            }
    return frozenset(found)


def _session(content: str, start: int) -> tuple[Example, ...]:
    """The examples of an interpreter session that begins at `start` in the text."""
    out: list[Example] = []
    source: list[str] = []
    shown: list[str] = []
    began = at = start

    def close() -> None:
        if source:
            end = at - (len(content[: at - start]) - len(content[: at - start].rstrip()))
            out.append(Example("\n".join(source), "\n".join(shown).strip("\n"), Span(began, end)))

    for line in content.splitlines(keepends=True):
        bare = line.strip("\r\n").lstrip()
        if bare.startswith(">>>"):
            close()
            source, shown, began = [bare[4:]], [], at + len(line) - len(line.lstrip())
        elif source and not shown and bare.startswith("..."):
            source.append(bare[4:])
        elif source:
            shown.append(bare)
        at += len(line)
    close()
    return tuple(out)
