"""Marks of layout in a step, as what they stand for, every other character in its place.

HTML writes signs as entities and powers as tags; quotations begin their lines with ">", and "Step 2
- 5 + 3 = 8" takes nothing away from a step. Readers see the signs themselves.
"""

from __future__ import annotations

import html
import re

from clr.reading.cues import mentions

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_BLOCKS = "br|p|div|li|ul|ol|h[1-6]|table|tbody|thead|tr|t[dh]|blockquote|pre"
_TAG = re.compile(
    r"<(?:(?P<up>sup>)|(?P<down>sub>)|(?P<end_up>/sup>)|(?P<end_down>/sub>)"
    rf"|/?(?P<block>{_BLOCKS})\b[^<>\n]{{0,80}}>"
    r"|/?(?:b|i|u|s|em|strong|span|code|small|mark|font|a|var|tt)(?:\s[^<>\n]{0,80})?>)",
    re.I,
)
_QUOTED = re.compile(r"^[ \t]*(?:>[ \t]+)+", re.M)
_LABEL = re.compile(
    r"^(?P<lead>[ \t]*(?:[#*_]+[ \t]*)*(?:step|case|part|question|problem|exercise|example|task"
    r"|stage|phase|method|item|section|option)[ \t]+)"
    r"\d{1,3}(?:\.\d{1,2})?[ \t]*[*_]*[ \t]*[-–—−][ \t]",
    re.M | re.I,
)
_RAISED = re.compile(r"<sup>\s{0,4}(?P<power>[-−]?\d{1,3})\s{0,4}</sup>", re.I)
_SUPERSCRIPTS = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_DASHES = ("- ", "– ", "— ", "− ")
_INSTEAD = {"up": "^(", "down": "_{", "end_up": ")", "end_down": "}", "block": "\n"}


def laid_open(text: str) -> str:
    """`text` with signs and blanks in the places of layout, and of the same length."""
    if "\u00a0" in text:
        text = text.replace("\u00a0", " ")
    if "&" in text:
        text = _ENTITY.sub(_sign, text)
    if "<" in text:
        text = _TAG.sub(_without_tag, _RAISED.sub(_superscript, text))
    if ">" in text and text.lstrip().startswith("> "):
        text = _QUOTED.sub(lambda m: " " * len(m[0]), text)
    if ("-" in text or not text.isascii()) and mentions(text, _DASHES):
        text = _LABEL.sub(lambda m: f"{m['lead'].rstrip()}:".ljust(len(m[0])), text)
    return text


def without_entities(text: str) -> str:
    """`text` with the signs that entities of HTML stand for, where places do not matter."""
    return _ENTITY.sub(lambda m: html.unescape(m[0]), text) if "&" in text else text


def _sign(entity: re.Match[str]) -> str:
    sign = html.unescape(entity[0])
    return sign.ljust(len(entity[0])) if len(sign) == 1 else entity[0]


def _superscript(tag: re.Match[str]) -> str:
    return tag["power"].translate(_SUPERSCRIPTS).ljust(len(tag[0]))


def _without_tag(tag: re.Match[str]) -> str:
    return _INSTEAD.get(tag.lastgroup or "", "").ljust(len(tag[0]))
