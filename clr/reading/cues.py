"""Words that change how a sentence stands, looked for only where their first letters occur.

Some fifteen sets of words are looked for around every relation, and nearly always in vain. Which
sets a single word can belong to is remembered, so a sentence is searched only for sets that one of
its words may begin. All text is in lower case here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import count, groupby
from operator import itemgetter
from types import MappingProxyType

_SPACED = bytes(c if c in b"abcdefghijklmnopqrstuvwxyz" else ord(" ") for c in range(256))
"""What the bytes of a text become, so that only its words are left."""
_HEAD = re.compile(r"(?P<bound>\\b)?(?P<letters>[a-z]+)(?P<follows>[?*]|\\b|[ ,](?![?*{]))?")

_LETTERS = 3
"""So many letters tell whether a word may hold a cue that is only a part of it."""
_words: defaultdict[str, int] = defaultdict(int)
"""The bits of sets by words that begin one of their cues."""
_starts: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
"""By the first `_LETTERS` of what words begin with that begin a cue: the bits of the sets, and all
of its letters."""
_inside: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
"""The same for cues that may begin inside a word."""


class Cues:
    """Alternatives of a regular expression, each beginning with lower-case letters; and phrases by
    a word, as expressions of their own, that each of them must hold.

    With `whole`, all begin and end at a word boundary. `bit` stands for the set in what `present`
    returns.

    Raises:
        ValueError: an alternative or phrase does not begin with letters, or with fewer than three
            though they may be a part of a word.
    """

    __slots__ = ("bit", "pattern")

    def __init__(
        self,
        *alternatives: str,
        whole: bool = False,
        phrases: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.bit = sign_of(*alternatives, whole=whole)
        for words in phrases:
            for word in words.split("|"):
                _note(self.bit, word, True)
        phrased = [p for phrase in phrases.values() for p in _alternatives(phrase)]
        self.pattern = either(*alternatives, *phrased, whole=whole)


def sign_of(*alternatives: str, whole: bool = False) -> int:
    """A bit of its own that stands for words, or parts of words, in what `present` returns: for
    words that are looked for, and not searched. They are as those of `Cues`. What words that were
    met before it are in is no longer known."""
    _bits.clear()
    cues_of.cache_clear()
    bit = 1 << next(_count)
    for alternative in alternatives:
        _note(bit, alternative, whole)
    return bit


_count = count(1)


def _note(bit: int, alternative: str, whole: bool) -> None:
    """Remember what a word that begins `alternative` looks like."""
    bound, letters, follows = _head(alternative).groups()
    if follows in ("?", "*"):
        letters = letters[:-1]
    elif (bound or whole) and (follows or (whole and alternative.isalpha())):
        _words[letters] |= bit
        return
    if len(letters) < _LETTERS:
        raise ValueError(f"a part of words needs {_LETTERS} letters: {alternative!r}")
    parts = _starts if bound or whole else _inside
    parts[letters[:_LETTERS]].append((bit, letters))


def mentions(text: str, parts: Iterable[str]) -> bool:
    """Whether any of the `parts` of words stands in `text`: a look that costs a tenth of a search,
    and comes before one."""
    for part in parts:  # noqa: SIM110 -- `any` takes longer than the looks themselves
        if part in text:
            return True
    return False


def _head(alternative: str) -> re.Match[str]:
    head = _HEAD.match(alternative)
    if head is None:
        raise ValueError(f"a cue must begin with letters: {alternative!r}")
    return head


def _alternatives(phrase: str) -> Iterable[str]:
    """The alternatives of an expression, those in brackets left alone."""
    depth = begin = 0
    for at, char in enumerate(phrase):
        depth += (char == "(") - (char == ")")
        if char == "|" and not depth:
            yield phrase[begin:at]
            begin = at + 1
    yield phrase[begin:]


def either(*alternatives: str, whole: bool = False) -> re.Pattern[str]:
    """One expression for alternatives in lower case, each beginning with letters; with `whole`,
    all begin and end at a word boundary.

    They are sorted by their first letters, to which a search then skips: it takes an eighth of the
    time that they take as they stand, in any case.

    Raises:
        ValueError: an alternative does not begin with letters.
    """
    by_letter: defaultdict[str, list[tuple[bool, str]]] = defaultdict(list)
    for alternative in alternatives:
        head = _head(alternative)
        bound = whole or head["bound"] is not None
        by_letter[head["letters"][0]].append((bound, alternative[head.start("letters") + 1 :]))
    end = r"\b" if whole else ""
    return re.compile(
        "|".join(f"{letter}(?:{_rests(letter, rests)}){end}" for letter, rests in by_letter.items())
    )


def _rests(letter: str, rests: Iterable[tuple[bool, str]]) -> str:
    """What may follow a first letter, in order, with one look behind it for all that begin words
    and stand beside each other."""
    out = []
    for bound, several in groupby(rests, itemgetter(0)):
        begins = rf"(?<!\w{letter})" if bound else ""
        out.append(f"{begins}(?:{'|'.join(rest for _, rest in several)})")
    return "|".join(out)


class _Bits(dict[bytes, int]):
    """The bits of sets by words that were met."""

    def __missing__(self, met: bytes) -> int:
        word = met.decode()
        bits = _words.get(word, 0)
        for bit, letters in _starts.get(word[:_LETTERS], ()):
            if word.startswith(letters):
                bits |= bit
        for at in range(len(word) - _LETTERS + 1):
            for bit, letters in _inside.get(word[at : at + _LETTERS], ()):
                if word.startswith(letters, at):
                    bits |= bit
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[met] = bits
        return bits


_MOST_WORDS = 1 << 16
_bits = _Bits()


def words_of(text: str) -> list[bytes]:
    """The words of `text`, as `present` takes them."""
    return text.encode(errors="replace").translate(_SPACED).split()


@lru_cache(maxsize=64)
def cues_of(text: str) -> int:
    """The bits of all cues that a text may hold. Several readers ask for those of a problem or a
    step, one after the other."""
    return present(words_of(text.lower()))


def present(words: Iterable[bytes]) -> int:
    """The bits of all cues that a text of these words may hold; the others it does not."""
    bits = 0
    for of_words in set(map(_bits.__getitem__, words)):  # most words are in no set
        bits |= of_words
    return bits
