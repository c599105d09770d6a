"""What the clauses of a sentence about a puzzle say, as formulas.

A sentence is cut into clauses, each of which is read whole or not at all. A clause that is not read
says nothing; whether those beside it may be taken by themselves is up to the caller.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import NamedTuple

from clr.bodies.connectives import And, Not, Or
from clr.bodies.puzzles import Formula, Is
from clr.reading.puzzle_settings import FLOORS
from clr.reading.puzzle_words import Ref, Relation, Spot, Vocabulary, Word


class Clause(NamedTuple):
    """A clause: its formula in each reading, nothing if it only remarks something, or None where it
    was not read; what stands before it; and where it stands."""

    readings: tuple[Formula, ...] | None
    joint: str
    start: int
    end: int
    drawn: bool = False
    """Whether it has no verb: "Ann: cat"."""
    mirror: str = ""
    """What its two readings read from either end."""
    strict: bool = True
    """Whether a trace that once read it from one end does so ever after."""


@dataclass(frozen=True, slots=True)
class _Items:
    """Things or places named together, as "one", "and", "or" or a bare "list"."""

    refs: tuple[Ref, ...]
    joint: str


@dataclass(frozen=True, slots=True)
class _Row:
    """All things in turn, or some and empty cells (None), and the sign between them."""

    cells: tuple[str | None, ...]
    sign: str


class _Unclear(Exception):
    """A clause has the form of a statement but no clear meaning."""


_JOINTS = {"Z": "", "I": "and", "M": "but", "A": "so", "W": "since", "Y": ":", "H": "so"}
_PREDICATES = "BNRCLQVFGXHY"


def clauses(text: str, vocabulary: Vocabulary) -> list[Clause]:
    """The clauses of a sentence, in order."""
    words = [w for w in vocabulary.words(text) if w.kind != "D"]
    frame = next((w.value for w in words if w.kind == "K"), None)
    frames = sum(w.kind == "K" for w in words)
    words = [w for w in words if w.kind != "K"]
    turn = frame if frames == 1 and isinstance(frame, int) and frame else 0
    reader = _Reader(vocabulary, turn)
    if pairs := reader.tuples(words):
        return [Clause(pairs, "", words[0].start, words[-1].end)]
    words, asides = _without_asides(words)
    words = reader.rows(_numbered(words))
    out: list[Clause] = []
    subject: _Items | None = None
    named: _Items | None = None
    for joint, part in _cut(reader.folded(words)):
        kinds = "".join(w.kind for w in part)
        start, end = part[0].start, part[-1].end
        drawn = (
            "S" not in kinds
            and "B" not in kinds
            and "N" not in kinds
            and "R" not in kinds
            and "L" not in kinds
        )
        try:
            readings, subject, named = reader.clause(part, subject, named)
        except _Unclear:
            readings, subject, named = None, None, None
        if kinds == "S" and len(words) == 1 and "," not in text[start:end]:
            readings = reader.row(part[0], ordered=True)  # nothing but "crow owl finch"
        if kinds == "TT" and joint == ":":
            readings = None  # nobody knows what belongs to what
        mirror = "row" if "S" in kinds else "signs" if re.search("[GX]", kinds) else "numbers"
        strict = mirror == "numbers" or not reader.vocabulary.setting.numbered
        out.append(Clause(readings, joint, start, end, drawn, mirror, strict))
    for thing, place in asides:
        pair = [thing._replace(value=_Items(_refs(thing), "one")), Word("B", "is", 0, 0),
                place._replace(value=_Items(_refs(place), "one"))]  # fmt: skip
        try:
            readings, _, _ = reader.clause(pair, None, None)
        except _Unclear:
            readings = None
        out.append(Clause(readings, "", thing.start, place.end))
    return out


def _refs(word: Word) -> tuple[Ref, ...]:
    """What a word that stands for things or places names."""
    assert isinstance(word.value, tuple)
    return word.value


def _without_asides(words: list[Word]) -> tuple[list[Word], list[tuple[Word, Word]]]:
    """The words outside of brackets, and the things with what stands in brackets behind them."""
    out: list[Word] = []
    asides = []
    at = 0
    while at < len(words):
        word = words[at]
        if word.kind != "o":
            if word.kind != "c":
                out.append(word)
            at += 1
            continue
        close = next((k for k in range(at, len(words)) if words[k].kind == "c"), len(words) - 1)
        inner = words[at + 1 : close]
        if [w.kind for w in inner] == ["T"] and out and out[-1].kind == "T":
            asides.append((out[-1], inner[0]))
        at = close + 1
    return out, asides


def _numbered(words: list[Word]) -> list[Word]:
    """The words with a comma between pairs that stand in a row: "1: owl 2: raven 3: finch"."""
    kinds = "".join(w.kind for w in words)
    ends = {
        m.start() + at
        for m in re.finditer(r"(?:T[YH]T){2,}(?![A-Z])|(?:TBT){3,}(?![A-Z])", kinds)
        for at in range(3, len(m[0]), 3)
    }
    out: list[Word] = []
    for i, word in enumerate(words):
        if i in ends:
            out.append(Word("Z", ",", word.start, word.start))
        out.append(word)
    return out


def _cut(words: Sequence[Word]) -> list[tuple[str, list[Word]]]:
    """The clauses of a sentence, each with what stands before it. An arrow or a colon between two
    things joins them."""
    out: list[tuple[str, list[Word]]] = [("", [])]
    for i, word in enumerate(words):
        before = [w.kind for w in out[-1][1]]
        after = [w.kind for w in words[i + 1 : i + 3]]
        joins = word.kind in "HY" and before in (["T"], ["O"]) and after[:1] in (["T"], ["E"])
        joins = (joins and (after[1:2] == [] or after[1] in "ZIMA.")) or (
            word.kind == "Y" and before == ["O"]
        )
        if word.kind in _JOINTS and not joins:
            joint = _JOINTS[word.kind]
            if out[-1][1]:
                out.append((joint, []))
            elif joint:
                out[-1] = (joint, [])
        else:
            out[-1][1].append(word)
    return [(joint, clause) for joint, clause in out if clause]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads clauses; `turn` is 1 where the sentence tells an order from the low end on, -1 from the
    high one, 0 if it does not say."""

    vocabulary: Vocabulary
    turn: int

    @property
    def size(self) -> int:
        return len(self.vocabulary.setting.places)

    def sort(self, ref: Ref) -> int:
        """The sort of a thing; places are one of their own."""
        if isinstance(ref, Spot):
            return -1
        return next(i for i, sort in enumerate(self.vocabulary.setting.sorts) if ref in sort)

    # lists

    def tuples(self, words: list[Word]) -> tuple[Formula, ...] | None:
        """ "(white, red) = (1, 2) or (2, 3)"."""
        kinds = "".join(w.kind for w in words)
        m = re.fullmatch(r"[A-Z]*?(o(?:TZ)+Tc)[BH](o(?:TZ)+Tc(?:[ZJ]+o(?:TZ)+Tc)*)", kinds)
        if m is None or kinds[: m.start(1)].strip("A"):
            return None
        left = [_refs(w)[0] for w in words[m.start(1) : m.end(1)] if w.kind == "T"]
        right = [_refs(w)[0] for w in words[m.start(2) : m.end(2)] if w.kind == "T"]
        if len(right) % len(left):
            return None
        try:
            rows = [right[i : i + len(left)] for i in range(0, len(right), len(left))]
            return self.turned(
                lambda turn: Or(
                    tuple(
                        And(tuple(self.same(a, b, turn) for a, b in zip(left, row, strict=True)))
                        for row in rows
                    )
                ),
                any(isinstance(r, Spot) and r.loose for r in (*left, *right)),
            )
        except _Unclear:
            return None

    def rows(self, words: list[Word]) -> list[Word]:
        """The words with a row of all things in turn, or of some and empty cells, made one."""
        setting = self.vocabulary.setting
        if setting.scale is None:
            return words
        out: list[Word] = []
        i = 0
        while i < len(words):
            cells: list[Ref | None] = []
            j, last = i, ""
            while j < len(words) and words[j].kind in "TEZIHGX|":
                word = words[j]
                if word.kind in "TE" and last == "Z" and len(cells) == self.size:
                    break
                if word.kind in "TE":
                    cells.append(None if word.kind == "E" else _refs(word)[0])
                last = word.kind
                j += 1
                if len(cells) == self.size and (j >= len(words) or words[j].kind not in "ZIHGXTE"):
                    break
            signs = {w.kind for w in words[i:j] if w.kind in "HGX"}
            things = [c for c in cells if c is not None]
            fits = (
                len(cells) == self.size
                and len({*things}) == len(things)
                and all(isinstance(c, str) for c in things)
                and len({self.sort(c) for c in things}) == 1
                and len(signs) < 2
            )
            if fits and words[i].kind in "TE":
                row = tuple(c if isinstance(c, str) else None for c in cells)
                while last in "ZI" and last:  # the comma behind the row
                    j -= 1
                    last = words[j - 1].kind
                out.append(Word("S", _Row(row, "".join(signs)), words[i].start, words[j - 1].end))
                i = j
            else:
                out.append(words[i])
                i += 1
        return out

    def folded(self, words: list[Word]) -> list[Word]:
        """Lists of things made one word each."""
        out: list[Word] = []
        i = 0
        opens = True
        while i < len(words):
            word = words[i]
            opens = word.kind in _JOINTS or (opens and word.kind not in _PREDICATES)
            if word.kind != "T":
                out.append(word)
                i += 1
                continue
            refs: list[Ref] = [_refs(word)[0]]
            joints: set[str] = set()
            end = word.end
            while True:
                j = i + 1
                while j < len(words) and words[j].kind in "ZIJ":
                    j += 1
                between = {w.kind for w in words[i + 1 : j]}
                if not between or j >= len(words) or words[j].kind != "T":
                    break
                following: Ref = _refs(words[j])[0]
                alike = self.sort(following) == self.sort(refs[0])
                asked = bool(out) and out[-1].kind == "Q" and len(refs) == 1
                if "J" not in between and not opens and not asked and self._begins(words[j:]):
                    break
                if not alike and (opens or "I" not in between):
                    break
                refs.append(following)
                joints |= between
                end = words[j].end
                i = j
            joint = (
                "or" if "J" in joints else "and" if "I" in joints else "list" if joints else "one"
            )
            out.append(Word("T", _Items(tuple(refs), joint), word.start, end))
            i += 1
        return out

    def _begins(self, words: Sequence[Word]) -> bool:
        """Whether a thing is the subject of a clause."""
        first = _refs(words[0])[0]
        for after in words[1:]:
            if after.kind in "ZIJ":
                continue
            if after.kind == "T":
                if self.sort(_refs(after)[0]) == self.sort(first):
                    continue
                return words[1] is after
            return after.kind in _PREDICATES and after.kind not in "F"
        return False

    # formulas

    def at(self, ref: Ref, place: int, turn: int) -> Formula:
        """That `ref` stands in `place`."""
        if isinstance(ref, Spot):
            k = self.size + 1 - place if ref.loose and turn < 0 else place
            return And(()) if k in ref.places else Or(())
        return Is(ref, place)

    def apart(self, a: Ref, b: Ref, fits: Callable[[int, int], bool], turn: int) -> Formula:
        """That the places of both are as they have to be."""
        places = range(1, self.size + 1)
        return Or(
            tuple(
                And((self.at(a, i, turn), self.at(b, j, turn)))
                for i, j in product(places, places)
                if fits(i, j)
            )
        )

    def same(self, a: Ref, b: Ref, turn: int) -> Formula:
        if self.sort(a) == self.sort(b):
            raise _Unclear
        for spot, other in ((a, b), (b, a)):
            if isinstance(spot, Spot) and isinstance(other, str):
                places = range(1, self.size + 1)
                fit = [p for p in places if self.at(spot, p, turn) == And(())]
                return Or(tuple(Is(other, p) for p in fit))
        return self.apart(a, b, lambda i, j: i == j, turn)

    def related(self, a: Ref, b: Ref, relation: Relation, turn: int) -> Formula:
        if a == b or (isinstance(a, Spot) and a.loose) or (isinstance(b, Spot) and b.loose):
            raise _Unclear
        side, gap = relation.side, relation.gap

        def fits(i: int, j: int) -> bool:
            far = j - i if side < 0 else i - j
            if side == 0:
                return abs(far) == gap
            return far == gap if gap else far > 0

        return self.apart(a, b, fits, turn)

    def turned(self, build: Callable[[int], Formula], loose: bool) -> tuple[Formula, ...]:
        """The readings of what may be seen from either end."""
        if not loose:
            return (build(1),)
        return (build(self.turn),) if self.turn else (build(1), build(-1))

    def clause(
        self, words: list[Word], subject: _Items | None, named: _Items | None
    ) -> tuple[tuple[Formula, ...], _Items | None, _Items | None]:
        """What a clause says in each reading, its subject, and whom a pronoun after it means."""
        if words[0].kind in "BN" and subject is not None:
            words = [Word("T", subject, words[0].start, words[0].start), *words]
        if "".join(w.kind for w in words) == "TPBT" and "it" in str(words[1].value):
            words = [words[0], *words[2:]]  # "on Monday it is Ann"
        words = [w._replace(kind="T", value=named) if w.kind == "P" and named else w for w in words]
        kinds = "".join(w.kind for w in words)
        if re.fullmatch(r"[OBFY]*T?[BFY]?|T[BF]|L|LT", kinds):
            return (), None, None  # a remark: "the only one left"
        if "U" in kinds or "P" in kinds:
            raise _Unclear
        items = [w.value for w in words if w.kind == "T"]
        assert all(isinstance(i, _Items) for i in items)
        said = [i for i in items if isinstance(i, _Items)]
        loose = any(isinstance(r, Spot) and r.loose for i in said for r in i.refs)
        first = said[0] if said and len(said[0].refs) == 1 else None
        if re.fullmatch(r"O?[BY]?S", kinds):
            return self.row(words[-1], ordered=kinds != "S"), None, None
        if re.fullmatch(r"T(?:B+|[YH])?T|LTF?T|TLF?T", kinds):
            alone = first is not None or said[0].joint == "or"
            who = next((i for i in said if len(i.refs) == 1), None)
            found = self.turned(lambda turn: self._have(said[0], said[1], turn), loose)
            return found, first, who if alone else None
        if re.fullmatch(r"TB?C+B?T", kinds):
            return (), first, first
        if re.fullmatch(r"TB?N+T|TB?VT|VTB+T", kinds):
            if "and" in (said[0].joint, said[1].joint) and "V" not in kinds:
                if len(said[0].refs) > 1 and len(said[1].refs) > 1:
                    raise _Unclear
                if said[1].joint == "and":
                    raise _Unclear
            denied = [*product(said[0].refs, said[1].refs)]
            found = self.turned(
                lambda turn: And(tuple(Not(self.same(a, b, turn)) for a, b in denied)), loose
            )
            return found, first, first
        if re.fullmatch(r"TB?N?B?RT|RTBT|T(?:B?RT){2,}", kinds):
            if kinds[0] == "R":
                said = said[::-1]
            if any(i.joint in ("or", "list") for i in said) or (
                "N" in kinds and kinds.count("R") > 1
            ):
                raise _Unclear
            relations = [w.value for w in words if w.kind == "R"]
            parts = [
                self.related(a, b, relation, 1)
                for (left, right), relation in zip(pairwise(said), relations, strict=True)
                for a, b in product(left.refs, right.refs)
                if isinstance(relation, Relation)
            ]
            if "N" in kinds and len(parts) > 1:
                raise _Unclear
            whole: Formula = And(tuple(parts)) if len(parts) > 1 else parts[0]
            return (Not(whole) if "N" in kinds else whole,), first, None
        if re.fullmatch(r"TB?QT|QTBT", kinds):
            mid, ends = said if kinds[0] == "T" else said[::-1]
            if len(mid.refs) != 1 or len(ends.refs) != 2 or ends.joint != "and":
                raise _Unclear
            a, b = ends.refs
            before = Relation(-1, 0)
            return (
                Or(
                    tuple(
                        And((self.related(x, mid.refs[0], before, 1),
                             self.related(mid.refs[0], y, before, 1)))
                        for x, y in ((a, b), (b, a))
                    )
                ),
            ), first, None  # fmt: skip
        if re.fullmatch(r"T(?:GT)+|T(?:XT)+", kinds):
            return self._chain(said, kinds[1]), None, None
        raise _Unclear

    def _chain(self, said: list[_Items], sign: str) -> tuple[Formula, ...]:
        if any(len(i.refs) > 1 or isinstance(i.refs[0], Spot) for i in said):
            raise _Unclear
        row = [i.refs[0] for i in said]
        row = row if sign == "G" or self.turn else row[::-1]
        both = []
        for order in (row, row[::-1]):
            pairs = [self.related(a, b, Relation(-1, 0), 1) for a, b in pairwise(order)]
            both.append(And(tuple(pairs)))
        return (both[self.turn < 0],) if self.turn else tuple(both)

    def row(self, word: Word, *, ordered: bool) -> tuple[Formula, ...]:
        assert isinstance(word.value, _Row)
        cells, sign = word.value.cells, word.value.sign
        setting = self.vocabulary.setting
        if not (ordered or sign or self.turn or None in cells):
            raise _Unclear
        known = [(k, c) for k, c in enumerate(cells, 1) if c is not None]
        if not known:
            raise _Unclear
        cells = cells[::-1] if sign == "X" and not self.turn else cells
        rows = [
            And(tuple(Is(c, k) for k, c in enumerate(order, 1) if c is not None))
            for order in (cells, cells[::-1])
        ]
        if self.turn:
            return (rows[self.turn < 0],)
        sure = setting.numbered and sign in ("", "H") and setting.scale is not None
        sure = sure and setting.scale is not FLOORS  # a list of floors may begin at the top
        return (rows[0],) if sure else tuple(rows)

    def _have(self, first: _Items, second: _Items, turn: int) -> Formula:
        """Who has what: a thing of each sort, one of several, or several people several things."""
        pairs = [[self.same(a, b, turn) for b in second.refs] for a in first.refs]
        if "list" in (first.joint, second.joint) and len(first.refs) != len(second.refs):
            raise _Unclear
        if len(first.refs) == len(second.refs) == 1:
            return pairs[0][0]
        if len(first.refs) == 1:
            sorts = {self.sort(r) for r in second.refs}
            if second.joint == "or" and len(sorts) == 1:
                return Or(tuple(pairs[0]))
            if second.joint == "and" and len(sorts) == len(second.refs):
                return And(tuple(pairs[0]))
        elif len(second.refs) == 1 and first.joint == "or":
            return Or(tuple(row[0] for row in pairs))
        elif len(first.refs) == len(second.refs) and "or" not in (first.joint, second.joint):
            return And(tuple(Or(tuple(row)) for row in pairs))
        raise _Unclear
