"""Truth values in cases: "p = T, q = F: p ∧ ¬q = T", the rows of a truth table, and how many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from clr.bodies.formal import Case, Tally
from clr.fol.syntax import FALSE, TRUE, Atom, Formula
from clr.reading.formulas import formulas_in, is_propositional, letters_of, skeleton
from clr.reading.lexicon import CARDINAL, cardinal
from clr.reading.tables import Line, Row, lines

Values = tuple[tuple[str, bool], ...]
"""Letters with their truth values."""

_VALUE = r"(?:true|false|T|F|1|0)"
_IS_VALUED = re.compile(
    rf"(?<![\w\\])(?P<letter>[A-Za-z]\d?)\s*(?:=|:=|:|is|be|as|are)\s*(?P<value>{_VALUE})(?!\w)"
    r"(?!\s*(?:[∧∨→⊕=]|and [a-z] is not))",
    re.I,
)
_TRUTHS = {"true": True, "t": True, "1": True, "false": False, "f": False, "0": False}

_WHEN = re.compile(
    r"(?:(?:so|thus|therefore|hence|then|now|and|but)\b,? )?(?:row \d+[:.,]? ?|case \d+[:.,]? ?)?"
    r"(?:(?:when|if|for|with|let|given|suppose|take|set|setting|say|consider)\b(?: that)? )?",
    re.I,
)
_SPARE = re.compile(
    r"(?:[\s,:;.()→]|\b(?:and|then|we|get|have|so|thus|therefore|hence|gives|that|both|but|which"
    r"|means|the|case|row|when|it|follows)\b|=>|\\(?:to|Rightarrow)\b)*",
    re.I,
)
_COUNTED = re.compile(
    r"(?:so|thus|therefore|hence|then|finally)?,? ?(?:(?:the|this|our) (?:\w+ )?(?:formula"
    r"|statement"
    r"|proposition|expression)|it|#) (?:is|comes out|evaluates to|holds|has the value)"
    rf" ?(?P<value>true|false|T|F)? ?(?:in|for|on) (?:exactly |only )?(?P<count>{CARDINAL})"
    rf"(?: (?:out )?of (?:the )?(?:total )?(?P<of>{CARDINAL}))?(?: (?:possible|of the))?"
    r" ?(?:rows?|cases?|assignments?|valuations?|lines?|combinations?|truth assignments?)?",
    re.I,
)


def valuation(text: str) -> Values:
    """The truth values that a text gives to letters."""
    found = {m["letter"]: _TRUTHS[m["value"].lower()] for m in _IS_VALUED.finditer(text)}
    return tuple(found.items())


def values_told(text: str) -> tuple[Values, str] | None:
    """The truth values with which a sentence begins, and its rest; None if it contradicts
    itself."""
    m = _WHEN.match(text)
    at = m.end() if m else 0
    values: dict[str, bool] = {}
    while v := _IS_VALUED.match(text, at):
        letter, value = v["letter"], _TRUTHS[v["value"].lower()]
        if values.get(letter, value) is not value or letter in "TF":
            return None
        values[letter] = value
        joined = _NEXT_VALUE.match(text, v.end())
        at = joined.end() if joined else v.end()
    return tuple(values.items()), text[at:].strip(" .")


_NEXT_VALUE = re.compile(
    r"(?:\s*,?\s*and\s+|\s*[,;]\s*|\s+)(?=[A-Za-z]\d?\s*(?:=|:=|:|is|be|as|are)\s)", re.I
)


def case_of(text: str, values: Values) -> Case | None:
    """The chains that a sentence, after the values of its case, says to have one value each."""
    spare = _SPARE.match(text)
    chains = _chains(text[spare.end() :] if spare else text)
    return None if chains is None else Case(values, *chains)


def _chains(
    text: str,
) -> tuple[tuple[tuple[Formula, ...], ...], tuple[tuple[str, ...], ...]] | None:
    """Chains of formulas with one value each: "¬q = T, so p ∧ ¬q = T ∧ T = T"."""
    formulas: list[tuple[Formula, ...]] = []
    texts: list[tuple[str, ...]] = []
    for part in _PARTS.split(text):
        links = _SAME.split(_OPENS.sub("", part))
        found = [_valued(link) for link in links if link.strip()]
        if len(found) < 2 or any(f is None for f in found):
            return None
        formulas.append(tuple(f for f in found if f is not None))
        texts.append(tuple(link.strip() for link in links if link.strip()))
    return tuple(formulas), tuple(texts)


_PARTS = re.compile(
    r"[,;]? (?:so|and|thus|hence|therefore|then)(?: that)? (?=[^a-z]|[a-z]\b)|[,;] "
)
_SAME = re.compile(
    r"\s*(?:=|≡|(?:is|evaluates to|becomes|equals|has value|must be|would be"
    r"|→ ?(?=[TF]\b))(?= ))\s*"
)
_OPENS = re.compile(r"^(?:the (?:formula|statement|expression|value of|whole) |we get |then )+")
_TRUE_WORD = re.compile(r"(?<![\w\\])(?:True|true|TRUE|T|1)(?!\w)")
_FALSE_WORD = re.compile(r"(?<![\w\\])(?:False|false|FALSE|F|0)(?!\w)")


def _valued(text: str) -> Formula | None:
    """A formula in which T and F, 1 and 0, or words, are truth values."""
    spelled = _FALSE_WORD.sub("⊥", _TRUE_WORD.sub("⊤", text.strip(" .,:")))
    found = formulas_in(spelled)
    if not found or len(found) > 1:
        return None
    outside = spelled[: found[0].span.start] + spelled[found[0].span.end :]
    if re.search(r"[^\s()]", outside) or not is_propositional(found[0].formula):
        return None
    return found[0].formula


def tally(text: str) -> Tally | None:
    """In how many cases a formula has a value: "so it is true in exactly 3 rows"."""
    found = formulas_in(text)
    if found is None or len(found) > 1 or not _CASES.search(text):
        return None
    m = _COUNTED.fullmatch(" ".join(skeleton(text, found).split()).strip(" ."))
    if m is None or (not found and "#" in text):
        return None
    value = _TRUTHS[(m["value"] or "true").lower()]
    of = cardinal(m["of"]) if m["of"] else None
    return Tally(found[0].formula if found else None, value, cardinal(m["count"]), of)


_CASES = re.compile(r"rows?|cases?|assign|valuat|lines?|combin")


def rows_in(text: str) -> Iterator[tuple[Case, Row]]:
    """The rows of the truth tables in a text."""
    tables: list[tuple[Row, ...]] = []

    def kept(rows: tuple[Row, ...]) -> Iterator[Line]:
        tables.append(rows)
        return iter(())

    for _ in lines(text, kept):
        pass
    for table in tables:
        yield from _rows(table)


def _rows(rows: Sequence[Row]) -> Iterator[tuple[Case, Row]]:
    """The rows of a table with one column for each letter, and others for formulas."""
    heads = [_valued(cell) for cell in rows[0].cells]
    letters = [h.name if isinstance(h, Atom) and not h.args else None for h in heads]
    names = [name for name in letters if name is not None]
    if not names or len(set(names)) < len(names):
        return
    for row in rows[1:]:
        cells = [_TRUTHS.get(_MARKS.sub("", cell).lower()) for cell in row.cells]
        columns = [*zip(heads, letters, cells, rows[0].cells, strict=True)]
        values = tuple((name, cell) for _, name, cell, _ in columns if name and cell is not None)
        told = [
            (head, cell, text)
            for head, name, cell, text in columns
            if head is not None and name is None and cell is not None and letters_of(head)
        ]
        if told and len(values) == len(names):
            chains = tuple((head, TRUE if cell else FALSE) for head, cell, _ in told)
            texts = tuple((text, "T" if cell else "F") for _, cell, text in told)
            yield Case(values, chains, texts, tabled=True), row


_MARKS = re.compile(r"[*_`\s]")
