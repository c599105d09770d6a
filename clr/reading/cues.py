"""Words that change how a sentence stands, looked for only where their first letters occur.

Some fifteen sets of words are looked for around every relation, and nearly always in vain. Which
sets a single word can belong to is remembered, so a sentence is searched only for sets that one of
its words may begin.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

_WORD = re.compile(r"[a-z]+")
_HEAD = re.compile(r"(?:\(\?<!.*?\))?(\\b)?([a-z]+)(\?|\*|\\b)?")

_begins: list[re.Pattern[str]] = []
"""For each set of cues, what a word that begins one of them looks like."""
_LETTERS = 3
"""So many letters of a word tell that it begins nothing."""
_starts: set[str] = set()
"""The first letters, at most `_LETTERS`, of cues that begin a word."""
_inside: set[str] = set()
"""The first `_LETTERS` of cues that may begin inside a word."""


class Cues:
    """Alternatives of a regular expression, each beginning with letters, in any case; and phrases
    by a word, as an expression of its own, that each of them must hold.

    With `whole`, all begin and end at a word boundary. `bit` stands for the set in what `present`
    returns.

    Raises:
        ValueError: an alternative does not begin with letters, or with fewer than three though it
            may begin inside a word.
    """

    __slots__ = ("bit", "pattern")

    def __init__(
        self,
        *alternatives: str,
        whole: bool = False,
        phrases: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        heads = [_beginning(a, whole) for a in alternatives]
        # the letters they begin with first, as most words begin with another
        letters = "".join(sorted({head.removeprefix(r"\b")[0] for head in heads}))
        cues = rf"(?=[{letters}])(?:{'|'.join(alternatives)})"
        body = "|".join((cues, *phrases.values()))
        self.pattern = re.compile(rf"\b(?:{body})\b" if whole else body, re.I)
        self.bit = 1 << len(_begins)
        heads += [_beginning(word, True) for key in phrases for word in key.split("|")]
        _begins.append(re.compile("|".join(heads)))

    def found_in(self, text: str) -> bool:
        """Whether one of the cues occurs in `text`."""
        return bool(present(text) & self.bit and self.pattern.search(text))


def _beginning(alternative: str, whole: bool) -> str:
    """What a word that begins `alternative` must match, somewhere inside it."""
    head = _HEAD.match(alternative)
    if head is None:
        raise ValueError(f"a cue must begin with letters: {alternative!r}")
    bound, letters, follows = head.groups()
    if follows in ("?", "*"):
        letters = letters[:-1]
    if bound or whole:
        _starts.add(letters[:_LETTERS])
    elif len(letters) < _LETTERS:
        raise ValueError(f"a cue inside words needs {_LETTERS} letters: {alternative!r}")
    else:
        _inside.add(letters[:_LETTERS])
    ends = follows == r"\b" or (whole and head.end() == len(alternative) and not follows)
    return (r"\b" if bound or whole else "") + letters + (r"\b" if ends else "")


@lru_cache(maxsize=1 << 16)
def _bits(word: str) -> int:
    if _starts.isdisjoint(word[:n] for n in range(1, _LETTERS + 1)) and _inside.isdisjoint(
        word[i : i + _LETTERS] for i in range(len(word))
    ):
        return 0
    return sum(1 << i for i, begins in enumerate(_begins) if begins.search(word))


def present(text: str) -> int:
    """The bits of all cues that `text` may hold; the others it does not."""
    bits = 0
    for word in set(_WORD.findall(text.casefold())):
        bits |= _bits(word)
    return bits
