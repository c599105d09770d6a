"""Sentences about place and direction: their words, a grammar over them, and what they mean.

A sentence is a run of instructions, places, directions and words that say nothing more; with any
other word in it, it says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from clr.bodies.navigation import (
    Instruction,
    Move,
    Number,
    Place,
    Returned,
    Towards,
    Turn,
    Walked,
)
from clr.reading.lexicon import CARDINALS
from clr.reading.words import Grammar, Part, Phrase, Word, scan, scanner
from clr.trace import Span

_GRAMMAR = Grammar(r"""
start: (_item | SEP)*
_item: move | turn | facing | compared | offset | PLACE | HOME | _mark
_mark: BACK | NOT | NO | AFTER | START | FINAL
move: GO (leg+ | TOWARDS)?
leg: NUMBER UNIT? TOWARDS? | TOWARDS NUMBER UNIT?
turn: TURN (TOWARDS | AROUND) DEGREES? | TURN DEGREES (TOWARDS | CLOCK) | UTURN
facing: FACE SEP? (TOWARDS | LETTER) | TOWARDS | LETTER
offset: (NUMBER UNIT TOWARDS)+ OF HOME
compared: PLACE SAME PLACE
%declare GO TURN UTURN FACE NUMBER UNIT TOWARDS AROUND DEGREES CLOCK PLACE SAME HOME BACK NOT
%declare NO OF LETTER AFTER START FINAL SEP
""")
_WAYS = {
    "forward": 0, "ahead": 0, "left": 1, "back": 2, "backward": 2, "right": 3,
    "north": 0, "west": 1, "south": 2, "east": 3, "n": 0, "w": 1, "s": 2, "e": 3,
    "+x": 0, "+y": 1, "-x": 2, "-y": 3, "up": 1, "down": 3,
}  # fmt: skip
_COORDINATE = r"[-+−]?\d{1,7}(?:\.\d{1,3})?"
_WHOSE = r"(?:the|our|your|my|his|her|its)\s"
UNIT = (
    r"(?:steps?|units?|paces?|blocks?|squares?|spaces?|cells?|met(?:er|re)s?|yards?|feet|foot"
    r"|miles?|kilomet(?:er|re)s?|km|m)\b"
)
_WORD = scanner(
    _space=r"\s+",
    _label=r"""\(?\d{1,3}[.)](?=\s) | \|\s*\d{1,3}\s*(?=\|)
      | (?:(?:after|from)\s)?(?:step|instruction|move\s?\#)\s*\#?\d{1,3}\b""",
    PLACE=rf"""\(\s*(?P<x>{_COORDINATE})\s*,\s*(?P<y>{_COORDINATE})\s*
      (?:,\s*(?P<third>north|south|east|west|[nsew])\s*)?\)
      | x\s*=\s*(?P<px>{_COORDINATE})\s*(?:,\s*and\b|,|;|and\b)?
      \s*y\s*=\s*(?P<py>{_COORDINATE})(?![\w/*+^])""",
    SAME=r"""(?<=\)\s)(?:(?:is|does)(?P<differs>\snot)?(?:\s(?:equal\sto|equal|the\ssame\sas))?
      | = | (?P<unequal>≠|!=))(?=\s?\()""",
    SEP=r"(?:(?:->|→|⟶|⇒|=>|[:|]|\bto(?=\s*\()|\b(?:so|thus|therefore|hence)\b,?)\s*)+",
    HOME=rf"""{_WHOSE}(?:initial\s|original\s)?(?:starting|start|initial|original)
      \s(?:point|position|place|location|spot)\b | {_WHOSE}(?:start|origin)\b
      | (?:starting|initial)\s(?:point|position|location)\b
      | where\s(?:we|you|he|she|they|it|i)\s(?:started|began|start)\b""",
    BACK=r"""\b(?:back|return(?:s|ed|ing)?)(?=\s(?:at|to|in|where)\b)
      | \bthe\ssame\s(?:(?:point|position|place)\s)?as\b""",
    _still=r"""\b(?:which\s)?(?:does|do|did)(?:\snot|n['’]t)\s(?:change|affect)\s(?:our|your|the|his|her|my)
      \s(?:position|location)\b | \bwithout\smoving\b""",
    NOT=r"\b(?:not|never|(?:do|does|did|is|are|have|has)n['’]t)\b",
    NO=r"\bno\b",
    OF=rf"\b(?:of|from)(?=\s(?:{_WHOSE}|where\b))",
    AFTER=r"\bafter\b",
    FINAL=r"""\bfinal(?:ly)?(?=\s(?:position|location|coordinates?|point|place|state|we|you|are))
      | \bend(?:s|ed|ing)?\s(?:up\b|at\b|position\b) | \b(?:in|at)\sthe\send\b""",
    START=r"\b(?:initial(?:ly)?|start(?:s|ed|ing)?|begin(?:s|ning)?)\b",
    DEGREES=r"(?:90|180|270)\s?(?:degrees\b|°)",
    CLOCK=r"(?:counter-?|anti-?)?clockwise\b",
    TOWARDS=rf"""(?:(?:to|in|along|towards?|on)\s)?(?:{_WHOSE})?
      (?:(?P<sign>positive|negative|[-+−])\s?(?P<axis>[xy])\b(?:[-\s]?(?:axis|direction)\b)*
      | (?P<compass>north|south|east|west)(?:wards?)?\b(?:\sdirection\b)?
      | (?P<ahead>left|right|forward|ahead|backward|back)s?\b(?:\sdirection\b)?
      | (?P<updown>up|down)(?:wards?)?\b)""",
    LETTER=r"(?-i:\b[NSEW]\b)",
    AROUND=r"(?:all\sthe\sway\s)?around\b",
    UTURN=r"\bmak(?:e|es|ing)\san?\s(?:u-?turn|(?P<side>left|right)(?:[-\s]turn)?)\b",
    TURN=r"\b(?:turn|rotat|pivot)(?:e|es|s|ing|ed)?\b",
    GO=r"""\b(?:tak(?:e|es|ing|en)|took|walk(?:s|ing|ed)?|mov(?:e|es|ing|ed)|go|goes|going|went
      | advanc(?:e|es|ing|ed)|travel(?:s|ing|l?ed)?|head(?:s|ed)|runs?|ran|running
      | fl(?:y|ies|ew|ying)|sail(?:s|ed|ing)?|driv(?:e|es|ing)|drove)\b""",
    FACE=r"\b(?:facing|faces?|direction|heading|orientation|looking)\b",
    NUMBER=rf"""\d{{1,6}}(?:\.\d{{1,3}})?(?![\d.]*\d)(?!\s*[-+*/=%])
      | \b(?:{"|".join(CARDINALS)}|an?(?=\s(?:step|unit|block|mile|met|pace|foot)))\b""",
    UNIT=rf"\b{UNIT}",
    _filler=r"""\b(?:yes|do|does|did|(?:we|you|they)['’](?:re|ve)|i['’]m|(?:it|he|she|that)['’]s|then|now|next|first|second|third|fourth|last|lastly|finally|we|you|i|he
      | she|it|they|are|is|am|be|will|at|the|a|an|this|that|which|means|brings?|leads?|puts?|us|me
      | him|her|them|have|has|been|new|current|position|location|coordinates?|point|spot|and|in|on
      | still|again|remains?|stays?|being|becomes?|let['’]s|let|say|set|fix|choose|put
      | assum(?:e|ing)|our|my|your|his|with|by|for|to|more|another|single|grid|plane|state|unchanged
      | same|place|indeed|also|exactly
      | from|while|step|instructions?|since|end|call|as)\b(?!-\w)""",
    _mark=r"[,;.*)\[\]\#$_`–—•-]+|\(|\\[()]",
)


class _Unclear(Exception):
    """Known words in an order that has no clear meaning."""


@dataclass(slots=True)
class _Draft:
    """A statement being read, and where it stands."""

    start: int
    end: int
    instructions: list[Instruction] = field(default_factory=list)
    place: Place | None = None
    facing: Towards | None = None
    before: Place | None = None
    offset: tuple[Move, ...] = ()

    def body(self, start: bool = False, final: bool = False) -> Walked:
        """The statement."""
        return Walked(
            without_echoes(self.instructions),
            self.place,
            self.facing,
            self.before,
            self.offset,
            start,
            final,
        )

    def take(self, place: Place, facing: Towards | None, leads: bool) -> None:
        """Add a place; a second one must be where the first leads."""
        if self.place is not None:
            if self.before is not None or not leads:
                raise _Unclear
            self.before = self.place
        self.place = place
        if facing is not None:
            self.face(facing)

    def face(self, facing: Towards) -> None:
        """Add a direction."""
        if self.facing is not None:
            raise _Unclear
        self.facing = facing


def statements_of(text: str) -> list[tuple[Walked | Returned, Span]] | None:
    """The statements of a sentence, or None if it holds anything else."""
    words = scan(_WORD, text)
    parts = _GRAMMAR.parse(_moving(words, text)) if words is not None else None
    if parts is None:
        return None
    sentence = _Sentence()
    try:
        for part in parts:
            sentence.take(part)
        return sentence.statements()
    except _Unclear:
        return None


_NOTHING = re.compile("")


def _moving(words: list[Word], text: str) -> list[Word]:
    """The words with the verb that "5 steps: (0, 5)" and "after 2 steps forward" do without."""
    kinds = [word.kind for word in words]
    if "GO" in kinds or "OF" in kinds:
        return words
    for i, word in enumerate(words):
        before = text[words[i - 1].end if i else 0 : word.start]
        first = i == 0 or kinds[i - 1] == "AFTER"
        if first and kinds[i : i + 2] == ["NUMBER", "UNIT"] and not re.search(r"[^\W\d_]", before):
            start = _NOTHING.match(text, word.start)
            assert start is not None
            return [*words[:i], Word("GO", start), *words[i:]]
    return words


@dataclass(slots=True)
class _Sentence:
    """What was read of a sentence so far.

    `marks` are the words seen that tell how the rest is meant; those of going back or of denial
    begin at `since`.
    """

    drafts: list[_Draft] = field(default_factory=list)
    homes: list[tuple[Returned, Span]] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)
    since: int = 0
    last: str = ""

    def take(self, part: Part) -> None:
        """Read on."""
        if isinstance(part, Phrase) and part.kind in ("move", "turn"):
            self._instruct(part)
        elif part.kind == "HOME":
            self._come_home(part)
        elif part.kind == "SEP":
            pass
        elif self.homes:
            # nothing may follow but the coordinates of the starting point
            if not isinstance(part, Word) or part.kind != "PLACE" or _place(part)[0] != (0, 0):
                raise _Unclear
        elif isinstance(part, Phrase) or part.kind == "PLACE":
            self._settle(part)
        else:
            self.since = self.since if self.marks & {"BACK", "NOT"} else part.start
            self.marks.add(part.kind)
        self.last = part.kind

    def _instruct(self, phrase: Phrase) -> None:
        done = _instructions(phrase)
        drafts = self.drafts
        if not done or (self.last == "SEP" and drafts and drafts[-1].instructions[-1:] == done):
            return  # leads to a place, or is told again
        late = self.last == "AFTER" and drafts and not drafts[-1].instructions
        if not drafts or (drafts[-1].body().settled and not late):
            drafts.append(_Draft(phrase.start, phrase.end))
        drafts[-1].instructions += done
        drafts[-1].end = phrase.end

    def _come_home(self, part: Part) -> None:
        if "START" in self.marks or not (self.drafts or self.marks & {"BACK", "NOT"}):
            self.marks.add("START")
        else:
            back = Returned("NOT" not in self.marks)
            self.homes.append((back, Span(self.since, part.end)))

    def _settle(self, part: Part) -> None:
        if not self.drafts or part.kind == "compared":
            self.drafts.append(_Draft(part.start, part.end))
        draft = self.drafts[-1]
        if isinstance(part, Word):
            draft.take(*_place(part), self.last == "SEP")
        elif part.kind == "facing":
            draft.face(_facing(part))
        elif part.kind == "compared":
            draft.take(_compared(part), None, False)
        else:
            draft.offset = _offset(part)
        draft.end = part.end

    def statements(self) -> list[tuple[Walked | Returned, Span]]:
        """What the whole sentence says."""
        drafts, marks = self.drafts, self.marks
        alone = len(drafts) == 1 and not drafts[0].instructions
        if (
            ("START" in marks and drafts and not alone)
            or ("NOT" in marks and not self.homes)
            or ("NO" in marks and "NOT" not in marks)
            or len(self.homes) > 1
        ):
            raise _Unclear
        start, final = alone and "START" in marks, alone and "FINAL" in marks
        said: list[tuple[Walked | Returned, Span]] = [
            (draft.body(start, final), Span(draft.start, draft.end)) for draft in drafts
        ]
        return said + self.homes


def without_echoes(instructions: Sequence[Instruction]) -> tuple[Instruction, ...]:
    """Instructions, one of which may be told again by where it leads: "5 steps, 5 steps north"."""
    out: list[Instruction] = []
    for instruction in instructions:
        if out and _echoes(instruction, out[-1]):
            out.pop()
        out.append(instruction)
    return tuple(out)


def _echoes(later: Instruction, earlier: Instruction) -> bool:
    if earlier.towards.frame != "ahead" or later.towards.frame == "ahead":
        return False
    if isinstance(later, Move) and isinstance(earlier, Move):
        return later.steps == earlier.steps
    return isinstance(later, Turn) and isinstance(earlier, Turn)


def _instructions(phrase: Phrase) -> list[Instruction]:
    """What is to be done; nothing where a verb only leads to a place."""
    if phrase.kind == "turn":
        return [Turn(_turned(phrase.words))]
    return [_leg(part.words) for part in phrase.parts if isinstance(part, Phrase)]


def _leg(words: Mapping[str, Word]) -> Move:
    if len(words) < 2:
        raise _Unclear
    towards = _towards(words["TOWARDS"]) if "TOWARDS" in words else Towards("ahead", 0)
    return Move(_number(words["NUMBER"].text), towards)


def _turned(words: Mapping[str, Word]) -> Towards:
    angle = int(words["DEGREES"].text[:3].rstrip("°d ")) // 90 if "DEGREES" in words else 1
    if "UTURN" in words:
        side = words["UTURN"].match["side"]
        return Towards("ahead", _WAYS[side.lower()] if side else 2)
    if "AROUND" in words or angle == 2:
        return Towards("ahead", 2)
    if "CLOCK" in words:
        return Towards("ahead", -angle % 4 if words["CLOCK"].text == "clockwise" else angle)
    towards = _towards(words["TOWARDS"])
    if towards.frame != "ahead":
        return towards
    if towards.quarters == 0:
        raise _Unclear
    return Towards("ahead", towards.quarters * angle % 4)


def _towards(word: Word) -> Towards:
    match = word.match
    if match["axis"]:
        sign = "+" if match["sign"].lower() in ("positive", "+") else "-"
        return Towards("axis", _WAYS[sign + match["axis"].lower()])
    for frame, group in (("compass", "compass"), ("ahead", "ahead"), ("axis", "updown")):
        if match[group]:
            return Towards(frame, _WAYS[match[group].lower()])
    raise _Unclear


def _facing(phrase: Phrase) -> Towards:
    """Where one faces: "left" is left of where one faced at first; a bare word must say more."""
    words = phrase.words
    if "LETTER" in words:
        return Towards("compass", _WAYS[words["LETTER"].text])
    towards = _towards(words["TOWARDS"])
    if towards.frame != "ahead":
        return towards
    if "FACE" not in words:
        raise _Unclear
    return Towards("start", towards.quarters)


def _offset(phrase: Phrase) -> tuple[Move, ...]:
    words = [part for part in phrase.parts if isinstance(part, Word)]
    ways = [_towards(word) for word in words if word.kind == "TOWARDS"]
    steps = [_number(word.text) for word in words if word.kind == "NUMBER"]
    return tuple(
        Move(n, Towards("start", way.quarters) if way.frame == "ahead" else way)
        for n, way in zip(steps, ways, strict=True)
    )


def _place(word: Word) -> tuple[Place, Towards | None]:
    match = word.match
    third = match["third"]
    facing = Towards("compass", _WAYS[third[0].lower()]) if third else None
    return (_number(match["x"] or match["px"]), _number(match["y"] or match["py"])), facing


def _compared(phrase: Phrase) -> Place:
    """The first of two places that are rightly said to be one, or to be two."""
    one, sign, other = (part for part in phrase.parts if isinstance(part, Word))
    place = _place(one)[0]
    differs = sign.match["differs"] is not None or sign.match["unequal"] is not None
    if (place != _place(other)[0]) != differs:
        raise _Unclear
    return place


def _number(text: str) -> Number:
    if text in CARDINALS:
        return CARDINALS[text]
    if text in ("a", "an"):
        return 1
    value = Fraction(text.replace("−", "-"))
    return int(value) if value.denominator == 1 else value
