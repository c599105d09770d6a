"""Steps of a puzzle read sentence by sentence: what they say, suppose, reject and accept.

What a clause means is up to the kind of puzzle. A clause that was read counts by itself, unless
another part of its sentence may turn it: a condition, a doubt, a denial.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from clr.bodies.connectives import And
from clr.bodies.puzzles import Accepts, Rejects, Says, Supposes
from clr.claim import Body, Claim, Kind, Role
from clr.reading.hypotheses import CONCLUDES, TRIES, may_try, supposition
from clr.reading.ordering_words import SUPPOSES
from clr.reading.puzzle_clauses import Clause
from clr.reading.tables import Wording, lines
from clr.trace import Span, Step

Clauses = Callable[[str], list[Clause]]
"""Reads the clauses of a sentence."""
_LONGEST_SENTENCE = 400
_REJECTS = re.compile(
    r"[✘❌]|\b(?:contradict\w*|impossib\w*|conflicts?|violat\w+|fails?|failed|reject\w*|absurd"
    r"|no good|out of the question|can(?:not|['’]t) (?:be(?: right| so| the case|(?=\W*\Z))"
    r"|work|happen|hold)"
    r"|not (?:possible|allowed|consistent)|does(?:n['’]t| not) (?:work|fit|hold|match)"
    r"|(?:is|are) (?:ruled )?out|ruled out|dead end|no room|so no\b|not it)",
    re.I,
)
_FINAL = re.compile(r"\W*(?:(?:so|thus|therefore|hence),? )?(?:the )?(?:final )?answer\b", re.I)
_NAMES = re.compile(r"\b(?:be|denote|call)\b[^.]*?\b(?:k|x|y|z|n|p|[a-z]_\d)\b|\bstand for\b", re.I)
_IN_GRID = re.compile(
    r"\b(?:eliminat\w+|ruled out|exclud\w+|not possible|impossible|can(?:not|['’]t)|guess|try"
    r"|trying"
    r"|attempt|clues?|possibilit\w+|possible|options|candidates)\b",
    re.I,
)
"""What may make of "Ann: cat" something else than a statement, if it stands before it."""


_LABEL = re.compile(
    r"\s*(?:[-*•–]\s+|\(?\d{1,2}[.)]\s+|(?:clue|fact|hint|rule|condition)\s*\d*\s*[:.]\s*"
    r"|(?:finally|also|lastly|moreover|furthermore|in addition),\s+)+",
    re.I,
)


def unlabelled(text: str) -> str:
    m = _LABEL.match(text)
    return text[m.end() :] if m else text


@dataclass(frozen=True, slots=True)
class Manner:
    """How one kind of puzzle is spoken of: what reads its clauses, which words may turn a statement
    beside them, how a hypothesis is accepted, and whether claims tell what words mean."""

    clauses: Clauses
    turns: re.Pattern[str]
    accepts: re.Pattern[str]
    by_meaning: Callable[[Clause], bool] = lambda _: False

    def turned(self, text: str) -> bool:
        """Whether something in a sentence may turn what it states."""
        return bool(SUPPOSES.search(text) or TRIES.match(text) or self.turns.search(text))


def claims_of(step: Step, manner: Manner, wording: Wording) -> list[Claim]:
    """What a step says of the puzzle, and what it supposes, in order."""
    out: list[Claim] = []
    begins = True
    before = ""
    for line in lines(step.text, wording):
        whole = line.place(0, len(line.text))
        grid = _IN_GRID.search(before) is not None
        for body, at in _told(line.text, manner, begins, line.drawn, grid):
            out.append(_claim(step, body, line.place(at.start, at.end) if at.end else whole))
        begins = begins and not re.search(r"\w", line.text)
        before += line.text + "\n"
    return out


def _told(
    text: str, manner: Manner, begins: bool, drawn: bool, grid: bool
) -> Iterator[tuple[Body, Span]]:
    """What a sentence says, supposes, rejects or accepts, and where."""
    whole = Span(0, len(text))
    if manner.accepts.fullmatch(text):
        yield Accepts(), whole
        return
    if len(text) > _LONGEST_SENTENCE:
        return
    m = _LABEL.match(text) or _TOGETHER.match(text)  # blanked out, so that places stay the same
    text = " " * m.end() + text[m.end() :] if m else text
    concluded = begins or CONCLUDES.match(text) is not None
    rejects = _REJECTS.search(text) is not None
    if manner.turned(text):
        supposed, rest = _supposed(text, manner)
        if supposed is not None:
            yield supposed, whole
        if supposed is not None and supposed.formula is not None and rest:
            then = _UNREAL.sub(lambda m: m[1].ljust(len(m[0])), " " * rest + text[rest:])
            if not manner.turned(then) and not rejects:
                yield from _stated(then, manner, False, drawn, grid)
        if rejects:
            yield Rejects(), whole
        return
    if rejects:  # what is said beside it may be why
        if len(text.split()) < _SHORT:
            yield Rejects(), whole
        return
    found = manner.clauses(text)
    heads = _heading(text, found)
    if heads and CONCLUDES.match(text) is None:
        said = [c.readings[0] for c in found[:heads] if c.readings and len(c.readings) == 1]
        yield Supposes(And(tuple(said)) if len(said) == heads else None), whole
        concluded = False
    yield from _stated(text, manner, concluded, drawn, grid, heads)


_UNREAL = re.compile(r"\bwould ((?:be|have|hold)\b|)(?: |\b)", re.I)
"""What says of a hypothesis what else is said without it."""


def _stated(
    text: str, manner: Manner, concluded: bool, drawn: bool, grid: bool, after: int = 0
) -> Iterator[tuple[Body, Span]]:
    """What the clauses of a sentence state, the first ones left `after`."""
    found = manner.clauses(text)[after:]
    if not _at_odds(text, found):
        final = _FINAL.match(text) is not None
        pairs = sum(c.drawn for c in found)
        for clause in found:
            if not clause.readings:
                continue
            alone = pairs < 2 and not (drawn or _signed(text, clause))
            if clause.drawn and (grid or alone):
                continue
            meaning = manner.by_meaning(clause)
            said_here = Says(
                clause.readings,
                mirror=clause.mirror if len(clause.readings) > 1 else "",
                strict=clause.strict,
                concluded=concluded,
                final=final,
                by_meaning=meaning and not _inferred(text, clause),
            )
            yield said_here, Span(clause.start, clause.end)


_TOGETHER = re.compile(
    r"\W*(?:(?:so|now|and)\b,? )?(?:put(?:ting)?|tak(?:e|ing)) (?:it |this |these |them "
    r"|everything )?"
    r"(?:all )?together\b\W*(?:we (?:get|have)\b\W*)?",
    re.I,
)
_SHORT = 8
"""Words of a sentence that does nothing but reject."""
_INFERS = re.compile(
    r"\b(?:must|only|exactly|since|because|as|but|can(?:not|['’]t)|ha(?:s|ve) to|needs?|leaves?"
    r"|remain\w*|other\w*|so|therefore|thus|hence)\b",
    re.I,
)
_REASON_FOLLOWS = re.compile(r"[\s,(]*(?:because|since|as|for|given)\b", re.I)


def _inferred(text: str, clause: Clause) -> bool:
    """Whether a statement is inferred from the clues, and not only from what words mean."""
    after = text[clause.end :]
    return bool(_INFERS.search(text[: clause.end]) or _REASON_FOLLOWS.match(after))


def _signed(text: str, clause: Clause) -> bool:
    """Whether two things beside each other are a statement: joined by a sign."""
    said = text[clause.start : clause.end]
    return re.search(r"=|→|⇒|->|:|_|>|<", said) is not None


def _at_odds(text: str, found: Sequence[Clause]) -> bool:
    """Whether a clause that was not read may deny what those beside it say."""
    return any(
        c.readings is None
        and re.search(
            r"\b(?:or|nor|only if|than|but|count\w*|number\w*|from the)\b",
            text[c.start : c.end],
            re.I,
        )
        for c in found
    )


def _heading(text: str, found: Sequence[Clause]) -> int:
    """How many clauses stand before a colon, as a case that the rest is about; 0 without one."""
    for n, clause in enumerate(found):
        if clause.joint == ":" and n:
            head = found[:n]
            plain = all(c.readings and c.joint in ("", "and") for c in head)
            return n if plain and not _drawn_row(text, found[n:]) else 0
    m = re.search(r":\s*\Z", text)
    return len(found) if m and found and all(c.readings for c in found) else 0


def _drawn_row(text: str, found: Sequence[Clause]) -> bool:
    """Whether a colon is followed by nothing but a drawing of the row."""
    return len(found) == 1 and found[0].drawn and not re.search("=", text[found[0].start :])


_SETS_OUT = re.compile(
    r"\W*(?:(?:ok|okay|hmm+|now|so|and|but|wait|first|next|then|step"
    r" \w+)\b\W*)*(?:let(?:['’]s| me| us)\b(?:"
    r" (?:just|now|also|first|quickly))*(?! (?:suppose|assume|say|try|test|imagine|pretend"
    r"|take|put|place"
    r"|start|begin|guess|set|fix|pick|consider|see|check (?:if|whether)|look at))"
    r"|(?:who|where|why|which|how|did|does|do|is|are|what(?! (?:if|happens|about)))\b[^?]*\?)",
    re.I,
)
"""What only sets out to do something, or asks."""


def _supposed(text: str, manner: Manner) -> tuple[Supposes | None, int]:
    """The hypothesis that a sentence opens, and where it ends; 0 unless it was read."""
    if _NAMES.search(text) and re.match(r"\W*let\b", text, re.I):
        return None, 0
    what = supposition(text)
    if _SETS_OUT.match(text):
        return None, 0
    if what is None:
        return (Supposes(None) if may_try(text) or TRIES.match(text) else None), 0
    # "if A and B, then": the supposition goes on behind a comma only where it says "and"
    found = manner.clauses(what)
    if not found or any(not c.readings or len(c.readings) > 1 for c in found):
        return Supposes(None), 0
    end = text.find(what) + len(what) if what in text else 0
    return Supposes(And(tuple(c.readings[0] for c in found if c.readings))), end


def _claim(step: Step, body: Body, span: Span) -> Claim:
    text = step.text[span.start : span.end].strip()
    place = span.shift(step.span.start)
    return Claim(Kind.CONSTRAINT, text, place, step.index, text, Role.DERIVED, body)
