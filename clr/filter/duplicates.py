"""What has been kept so far, on disk: exact and near duplicates, and solutions by prompt.

The tables live in a temporary SQLite database that is deleted when it is closed, with a bounded
cache, so that memory does not grow with the number of records.
"""

from __future__ import annotations

import sqlite3
from hashlib import blake2b
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from clr.extras import extra
from clr.filter.ngrams import MULTIPLIER, words

Signature: TypeAlias = NDArray[np.uint32]

SIMILAR = 0.8
"""Jaccard similarity of two records, as sets of runs of words, from which they are near
duplicates."""

_RUN = 5
_PERMUTATIONS = 64
_BAND = 4
"""Two records are compared if so many values of their MinHash signatures agree in a row: at
similarity 0.8 they are with probability 0.9998 (Leskovec, Rajaraman, Ullman: Mining of Massive
Datasets, section 3.4)."""

_COMPARED = 64
_CACHE_KIB = 64 * 1024


class Kept:
    """The records kept so far, each under its number."""

    def __init__(self) -> None:
        self._tables = sqlite3.connect("", isolation_level=None)
        self._tables.executescript(f"""
            PRAGMA journal_mode = OFF;
            PRAGMA synchronous = OFF;
            PRAGMA cache_size = -{_CACHE_KIB};
            CREATE TABLE texts (name INTEGER PRIMARY KEY, record INTEGER);
            CREATE TABLE bands (name INTEGER, record INTEGER, PRIMARY KEY (name, record))
                WITHOUT ROWID;
            CREATE TABLE signatures (record INTEGER PRIMARY KEY, signature BLOB);
            CREATE TABLE solutions (prompt INTEGER, name INTEGER, PRIMARY KEY (prompt, name))
                WITHOUT ROWID;
            BEGIN;
        """)

    def close(self) -> None:
        """Delete the tables."""
        self._tables.close()

    def same_text(self, name: int) -> int | None:
        """Number of the kept record with this text."""
        row = self._one("SELECT record FROM texts WHERE name = ?", name)
        return None if row is None else int(row[0])

    def add_text(self, name: int, record: int) -> None:
        """Keep `record` under the name of its text."""
        self._tables.execute("INSERT INTO texts VALUES (?, ?)", (name, record))

    def like(self, signature: Signature) -> int | None:
        """Number of a kept record whose signature agrees in at least the share `SIMILAR`."""
        bands = _bands(signature)
        marks = ",".join("?" * len(bands))
        candidates = self._tables.execute(
            "SELECT record, signature FROM signatures WHERE record IN"
            f" (SELECT record FROM bands WHERE name IN ({marks}) LIMIT {_COMPARED})",
            bands,
        )
        for record, blob in candidates:
            agreeing = np.count_nonzero(signature == np.frombuffer(blob, np.uint32))
            if agreeing >= SIMILAR * _PERMUTATIONS:
                return int(record)
        return None

    def add_signature(self, signature: Signature, record: int) -> None:
        """Keep `record` under its signature."""
        self._tables.execute("INSERT INTO signatures VALUES (?, ?)", (record, signature.tobytes()))
        self._tables.executemany(
            "INSERT OR IGNORE INTO bands VALUES (?, ?)",
            [(band, record) for band in _bands(signature)],
        )

    def solutions(self, prompt: int) -> int:
        """Number of solutions kept for a prompt."""
        row = self._one("SELECT count(*) FROM solutions WHERE prompt = ?", prompt)
        return int(row[0])

    def same_solution(self, prompt: int, name: int) -> bool:
        """Whether a solution of that name is kept for the prompt."""
        query = "SELECT 1 FROM solutions WHERE prompt = ? AND name = ?"
        return self._one(query, prompt, name) is not None

    def add_solution(self, prompt: int, name: int) -> None:
        """Keep a solution for the prompt."""
        self._tables.execute("INSERT INTO solutions VALUES (?, ?)", (prompt, name))

    def _one(self, query: str, *values: int) -> Any:
        return self._tables.execute(query, values).fetchone()


def name_of(text: str) -> int:
    """A number of 64 bits for a text, whatever its case and spacing."""
    content = " ".join(text.casefold().split()).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "little", signed=True)


def signature_of(text: str) -> Signature:
    """MinHash signature of the runs of words of a text (Broder 1997).

    Raises:
        MissingExtra: rensa is not installed.
    """
    with extra("dedup", "finding near duplicates", ", or use --dedup exact"):
        from rensa import RMinHash
    found = words(text.encode("utf-8", "replace").decode())
    runs = [" ".join(found[at : at + _RUN]) for at in range(max(1, len(found) - _RUN + 1))]
    minhash = RMinHash(num_perm=_PERMUTATIONS, seed=1)
    minhash.update(runs)
    return np.array(minhash.digest(), np.uint32)


def _bands(signature: Signature) -> list[int]:
    rows = signature.reshape(-1, _BAND).astype(np.uint64)
    names = np.arange(len(rows), dtype=np.uint64)
    for column in rows.T:
        names = names * MULTIPLIER + column
    return names.view(np.int64).tolist()
