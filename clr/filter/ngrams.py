"""Runs of words: repetition within a text, and overlap with benchmarks.

Words are letters and digits, without case; an n-gram is known by 64 bits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

REPEATED = 5
"""Words in a run that counts as repeated."""

SHORTEST = 5
"""Words that a text needs to be looked for at all: "Level 5" is no overlap."""

_WORD = re.compile(r"\w+")
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


def words(text: str) -> list[str]:
    """The words of `text`, in one spelling of Unicode and without case."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return _WORD.findall(text.casefold())


def ngrams(found: list[str], n: int) -> NDArray[np.uint64]:
    """A number of 64 bits for each run of `n` words, in order; of all the words, if fewer."""
    if not found:
        return np.zeros(0, np.uint64)
    n = min(n, len(found))
    hashes = np.fromiter(
        (crc32(word.encode("utf-8", "surrogatepass")) for word in found), np.uint64, len(found)
    )
    runs = len(found) - n + 1
    out = np.full(runs, n, np.uint64)
    for shift in range(n):
        out *= MULTIPLIER
        out += hashes[shift : shift + runs]
    return out


def repetition(found: list[str]) -> float:
    """Share of the runs of `REPEATED` words that stood in the text before, in [0, 1)."""
    runs = ngrams(found, REPEATED)
    return round(1 - np.unique(runs).size / runs.size, 6) if runs.size else 0.0


class Benchmark:
    """The runs of `n` words of benchmark texts. A text with fewer words, but at least `SHORTEST`,
    overlaps only with the same text."""

    def __init__(self, texts: Iterable[str], n: int) -> None:
        self._n = n
        self._runs = np.zeros(0, np.uint64)
        held: list[NDArray[np.uint64]] = []
        for text in texts:
            held.append(self._runs_of(text))
            if len(held) == 10_000:
                self._merge(held)
        self._merge(held)

    def _runs_of(self, text: str) -> NDArray[np.uint64]:
        found = words(text)
        return ngrams(found if len(found) >= min(SHORTEST, self._n) else [], self._n)

    def _merge(self, held: list[NDArray[np.uint64]]) -> None:
        self._runs = np.unique(np.concatenate([self._runs, *held]))
        held.clear()

    def overlaps(self, text: str) -> bool:
        """Whether `text` shares a run of words with the benchmark."""
        if not self._runs.size:
            return False
        runs = self._runs_of(text)
        places = np.searchsorted(self._runs, runs)
        places[places == self._runs.size] = 0
        return bool(np.any(self._runs[places] == runs))
