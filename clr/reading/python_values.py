"""Values of Python programs as prose writes them: `[1, 2]`, 'abc', an empty list, 1,000."""

from __future__ import annotations

import ast
import re

from clr.bodies.execution import Value

MAX_VALUE = 4000
"""Characters; a longer value is left alone."""

_STRING = r"(?:[bBrR]{0,2}(?:'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"))"
_NUMBER = r"(?:[-−+]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?j?(?![\w]))"
_ATOM = re.compile(rf"{_STRING}|{_NUMBER}|(?:True|False|None|true|false|null|none)\b")
_EMPTY = re.compile(
    r"(?:an?|the) empty (?P<what>list|array|string|tuple|dict(?:ionary)?|set)\b(?!\s+\w+ing)", re.I
)
_TYPED = re.compile(
    r"(?:(?:the|a|an) )?(?:list|array|tuple|string|str|integer|int|float|number|value|boolean"
    r"|bool|dict(?:ionary)?|set)\s*:?\s+(?=[`'\"\[({\d-]|True|False|None)",
    re.I,
)
_EMPTIES = {"list": "[]", "array": "[]", "string": "''", "tuple": "()", "set": "set()"}
_WORDS = {"true": "True", "false": "False", "null": "None", "none": "None", "nothing": "None"}
_QUOTES = {"'": "'", '"': '"', "“": "”", "‘": "’"}
_CLOSERS = {"(": ")", "[": "]", "{": "}"}
_CUT_SHORT = re.compile(r"\.\.|…")
_COMMA = re.compile(r",[ ]*")
_TOKEN = re.compile(rf"{_STRING}|[\[\](){{}}]|[^\[\](){{}}'\"]+|.", re.S)


def literal(text: str) -> str | None:
    """Normal form of a Python literal; None for anything else."""
    try:
        return repr(ast.literal_eval(text.strip()))
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
        return None


def value_of(text: str) -> Value | None:
    """The value that all of `text` states, with every admissible reading; None if there is none."""
    text = text.strip()
    if not text or len(text) > MAX_VALUE or _CUT_SHORT.search(re.sub(_STRING, "", text)):
        return None
    if empty := _EMPTY.fullmatch(text):
        what = empty["what"].lower()
        return Value(text, (_EMPTIES.get(what, "{}"),))
    if typed := _TYPED.match(text):
        return value_of(text[typed.end() :])
    if text[0] == "`" and text[-1] == "`" and len(text) > 2:
        return value_of(text.strip("`"))
    bare = text.replace("−", "-")
    if bare.lower() in _WORDS:
        readings = [_WORDS[bare.lower()], repr(text)]
        return Value(text, tuple(readings), bare != "nothing")
    written = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", bare) if re.fullmatch(_NUMBER, bare) else bare
    found = [literal(written), literal(bare), repr(text)]
    quoted = len(text) > 1 and _QUOTES.get(text[0]) == text[-1]
    if quoted:
        inner = text[1:-1]
        found += [repr(inner), literal(inner)]
    readings = list(dict.fromkeys(reading for reading in found if reading is not None))
    firm = found[0] is not None or found[1] is not None or (quoted and text[0] in "“‘")
    return Value(text, tuple(readings), firm)


def scan_value(text: str, at: int) -> int | None:
    """Where the value that begins at `text[at]` ends; None if no value begins there."""
    if found := _EMPTY.match(text, at):
        return found.end()
    if typed := _TYPED.match(text, at):
        at = typed.end()
    if text.startswith("`", at):
        ticks = "``" if text.startswith("``", at) else "`"
        close = text.find(ticks, at + len(ticks))
        return None if close < 0 or "\n" in text[at:close] else close + len(ticks)
    if text[at : at + 1] in ("“", "‘"):
        close = text.find(_QUOTES[text[at]], at + 1)
        return None if close < 0 else close + 1
    end = _item(text, at)
    while end is not None and (comma := _COMMA.match(text, end)):
        following = _item(text, comma.end())
        if following is None:
            break
        end = following
    return end


def _item(text: str, at: int) -> int | None:
    """The end of one literal, bracketed or not."""
    if text.startswith("set()", at):
        return at + 5
    if text[at : at + 1] not in _CLOSERS or not text[at : at + 1]:
        found = _ATOM.match(text, at)
        return found.end() if found else None
    return closing(text, at)


def closing(text: str, at: int) -> int | None:
    """The position after the bracket that closes the one at `at`, outside of strings."""
    awaited: list[str] = []
    for token in _TOKEN.finditer(text, at, at + MAX_VALUE):
        word = token.group()
        if word in _CLOSERS:
            awaited.append(_CLOSERS[word])
        elif word in ")]}":
            if not awaited or awaited.pop() != word:
                return None
            if not awaited:
                return token.end()
    return None
