"""Orderings in English: who is older, what stands third from the left, what comes after what.

The items and the scale are taken from the problem. A sentence is read whole (see
clr.reading.ordering_grammar), or reported as `Unread`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from clr.bodies.connectives import And, Premise
from clr.bodies.ordering import (
    Announcement,
    Arrangement,
    At,
    Before,
    Choice,
    Constraint,
    Formula,
    Rejection,
    Unread,
)
from clr.claim import Body, Claim, Kind, Role
from clr.reading.cases import cases, overall
from clr.reading.citations import Numbered, cited, numbered, without_asides
from clr.reading.cues import Cues, either, mentions
from clr.reading.hypotheses import CONCLUDES, TRIES, may_try, supposition
from clr.reading.lexicon import (
    CARDINAL,
    CARDINALS,
    ORDINAL,
    SCALES,
    Scale,
    cardinal,
    sentences,
)
from clr.reading.ordering_grammar import Discourse, Said, read_sentence
from clr.reading.ordering_words import SUPPOSES, Vocabulary, forms, is_low, tokens, vocabulary_of
from clr.reading.statements import present, stem
from clr.reading.tables import Line, Row, lines
from clr.trace import Span, Step

CUES = (
    Cues("est", "most").bit
    | Cues(
        *"than left right top bottom above over below under beneath underneath before after ahead"
        " front behind last won winner lost loses beat beats beaten defeat defeats defeated outran"
        " outrun outruns outpaced outpaces least".split(),
        whole=True,
    ).bit
)
"""Words without which a problem uses none of `SCALES`."""
MAX_ITEMS = 8
"""More items have too many arrangements to go through."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader needs of the problem."""

    given: Arrangement
    vocabulary: Vocabulary
    asked: tuple[int, ...] = ()
    """The place whose occupant the problem asks for, in each way to count it."""
    numbered: Numbered[Formula] = field(default_factory=Numbered)


_ANSWER = re.compile(
    r"\b(?:the )?(?:correct |final )?(?:answer|option|choice)(?: is|:)?\s*(?:option )?:?\s*\**"
    r"\(?(?P<label>[A-Z])\)?(?![\w'])(?=[\s.*),:]|$)",
)
_OPTION = re.compile(
    r"(?m:^\s*\(?|(?<=[ :])\()(?P<label>[A-Z])[.)]\s*(?P<text>\S(?:(?! \([A-Z]\) )[^\n])*)"
)
_LETTER = r"\(?(?-i:[A-Z])\)?(?![\w'])"
_WRONG = (
    r"(?:wrong|false|incorrect|impossible|invalid|ruled out|eliminated|out|excluded"
    r"|not (?:correct|true|possible|right|valid))\b"
)
_REJECTION = re.compile(
    rf"\b(?:rules? out|eliminates?|rejects?|excludes?) (?:the )?(?:option |choice )?"
    rf"(?P<out>{_LETTER})"
    rf"|\b(?:(?:option|choice) |(?=\())(?P<named>{_LETTER}),? (?:is|must be|can be)"
    rf"(?: therefore| thus| also| clearly)? {_WRONG}"
    r"|(?:\A|[.,;:] )(?:(?:so|hence|thus|therefore),? )?(?:it(?:'s| is) )?not (?:option )?"
    rf"(?P<said>{_LETTER})\s*[.!]?\s*\Z"
    r"|\A\s*(?:option )?(?P<crossed>\((?-i:[A-Z])\)|(?-i:[A-Z])[.:]) [^\n]*[❌✘❎]\ufe0f?\s*\Z",
    re.I,
)
"""An option is denied in so many words."""
_QUESTION = re.compile(
    r"(?im)^\s*(?:Q(?:uestion)?\s*:|options?\s*:|choices\s*:)|\bwhich of the following\b"
)


_COUNT = "|".join(
    (
        either(*(rf"\b{word}" for word in CARDINALS)).pattern,
        *(rf"{digit}(?<!\w{digit})\d{{0,2}}" for digit in range(10)),
    )
)
_KIND = rf"(?P<count>{_COUNT}) (?P<kind>[a-z]+(?: [a-z]+)?)"
_LIST = r"\s*(?P<list>[^.:;()\n]+)"
_COUNTED = re.compile(rf"{_KIND}(?:\s*[:—–(,-]|,?(?: [a-z0-9]+,?){{1,12}}:){_LIST}")
_COUNTED_BESIDE = re.compile(rf"{_KIND}\s*[—–(,-]{_LIST}")
"""The same without a colon, in less time."""
_MAY_COUNT = re.compile(r"[—–(,:-]\s*[^.:;()\n]*?(?:,|and)[^.:;()\n]*?(?:,|and)")
"""A list of three behind a mark, as both have one."""
# not "+", which would look through a long list from each of its names
_NAMES = re.compile(
    r"[A-Z](?<!\w[A-Z])\w*, (?:[A-Z]\w*, ){0,98}(?:(?:and )?[A-Z]\w*,? )?and [A-Z]\w*\b"
)


def _items_of(problem: str) -> tuple[tuple[str, ...], str, int] | None:
    """The items that the problem lists, the noun for them, and where the list ends."""
    counted = _COUNTED if ":" in problem else _COUNTED_BESIDE
    for m in counted.finditer(problem.lower()) if _MAY_COUNT.search(problem) else ():
        listed = problem[m.start("list") : m.end()]
        count = cardinal(m["count"])
        if not 3 <= count <= 1 + listed.count(",") + listed.count("and"):
            continue
        kind = m["kind"].split()[0 if m[0][m.end("kind") - m.start()] == " " else -1]
        names = _split_list(listed)
        if names and len(names) == count:
            return names, kind, m.end()
    if told := _told_apart(problem):
        return told
    for m in _NAMES.finditer(problem):
        names = _split_list(m.group())
        if names and len(names) >= 3:
            return names, "person", m.end()
    return None


_BESIDE = tuple(
    f" {word} the "
    for word in "above,below,left of,right of,behind,before,after,than,under".split(",")
)
_OF_A_KIND = re.compile(rf"\b(?P<count>{_COUNT}) (?:\w+ )?(?P<kind>[a-z]{{3,}})s\b", re.I)


def _told_apart(problem: str) -> tuple[tuple[str, ...], str, int] | None:
    """Things of one kind that the sentences tell apart by a word each: "Three boxes ... the red box
    ... the blue box ... the green box"."""
    if not mentions(problem, _BESIDE):
        return None
    m = _OF_A_KIND.search(problem)
    if m is None:
        return None
    kind = m["kind"].lower()
    kind = kind.removesuffix("e") if kind.endswith(("xe", "sse", "che", "she")) else kind
    names = dict.fromkeys(re.findall(rf"\bthe ([a-z]+) {kind}\b", problem.lower()))
    known = tuple(n for n in names if not _PLACING.fullmatch(n))
    if not 3 <= len(known) == cardinal(m["count"]):
        return None
    end = next((s.end for s in sentences(problem) if s.end >= m.end()), m.end())
    return known, kind, end


_PLACING = re.compile(
    rf"{ORDINAL}|last|next|other|same|left|right|middle|center|top|bottom|only|final|upper|lower"
    r"|\w+most|\w+est"
)


def _split_list(text: str) -> tuple[str, ...] | None:
    parts = [
        re.sub(r"^(?:and\s+)?(?:(?:on|about)\s+)?(?:(?:an?|the)\s+)?", "", part.strip(), flags=re.I)
        for part in re.split(r",\s*(?:and\s+)?|\s+and\s+", text.strip())
    ]
    parts = [p for p in parts if p]
    if parts and [p for p in parts if p.endswith(" one")] == parts[-1:]:
        parts[-1] = parts[-1].removesuffix(" one")  # "a red, a blue and a green one"
    if len(parts) < 3 or len(set(parts)) < len(parts) or any(len(p.split()) > 4 for p in parts):
        return None
    return tuple(parts)


_TOLD = re.compile(
    r"(?<![\w'])(?P<name>[A-Z][a-z]\w*)(?= (?:is|was|are|has|had|lives|sits|stands|finished|came"
    r"|scored|got|arrived|placed|ranked|beats?|lost|defeated)\b|[.!]|,? (?:and|but)\b)"
)
_COMPARED = re.compile(
    "[A-Z][a-z](?:"
    + "|".join(
        rf"(?<=\b{word} ..)"
        for word in (
            *("than", "before", "after", "above", "below", "behind", "left of", "right of"),
            *("beat", "beats", "defeated", "lost to"),
        )
    )
    + ")"
)


def _names_told(problem: str) -> tuple[str, ...]:
    """The people that a problem without a list of them puts in order, in each sentence but its
    questions."""
    if _AMOUNT.search(problem) or not _COMPARED.search(problem):
        return ()
    told = (problem[s.start : s.end] for s in sentences(problem))
    found = [m["name"] for text in told if text[-1] != "?" for m in _TOLD.finditer(text)]
    return tuple(dict.fromkeys(found))


_COMPARED_KINDS = re.compile(
    r"(?:(?:all|and|but|while|also|any|in a race) )?(?:an? |the )?(?P<a>[a-z]+(?: [a-z]+)??)"
    r" (?:(?:is|are|was|were|runs?|moves?|grows?|flies|fly) )?(?:always |much |far )?"
    r"(?:(?:more|less) [a-z]+|[a-z]+er) than (?:an? |the )?(?P<b>[a-z]+(?: [a-z]+)?)",
    re.I,
)
_NO_KIND = frozenset(
    "he she it they this that one ones other others all any some none both each every most i we you"
    " not is are was were than more less only at least can do does same".split()
)


def _kinds_told(problem: str) -> tuple[str, ...]:
    """The kinds of things that a problem compares two by two, and of which it says nothing else:
    "cats are faster than dogs; dogs are faster than snails"."""
    if " than " not in problem or _AMOUNT.search(problem):
        return ()
    names: dict[str, None] = {}
    for span in sentences(problem):
        text = problem[span.start : span.end].rstrip(". ")
        if text.endswith("?"):
            continue
        for part in re.split(r"[;,] (?:and |but |while )?| and (?=[a-z ]{3,40} than )", text):
            m = _COMPARED_KINDS.fullmatch(part)
            if m is None:
                return ()
            for name in (m["a"].lower(), m["b"].lower()):
                if not _NO_KIND.isdisjoint(name.split()):
                    return ()
                *before, last = name.split()
                names[" ".join((*before, stem(last)))] = None
    return tuple(names)


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """The arrangement that `problem` describes, or None if it describes none."""
    listed = _items_of(problem)
    items, kind, end = listed or (_names_told(problem) or _kinds_told(problem), "person", 0)
    if not 3 <= len(items) <= MAX_ITEMS or _other_places(problem, len(items)):
        return None
    known_as = tuple(forms(items, kind))
    told = [problem[max(s.start, end) : s.end] for s in sentences(problem) if s.end > end]
    if not any(_may_place(sentence, known_as) for sentence in told) or _unsteady(told):
        return None
    best: Context | None = None
    question = _QUESTION.search(problem, end)
    stated = problem[end : question.start() if question else len(problem)]
    for scale in SCALES:
        if scale.topic and not re.search(rf"\b{scale.topic}\b", problem, re.I):
            continue
        words = "|".join((*scale.ends, *scale.relations))
        from_left = scale.sides[0] == "left" and _FROM_LEFT.search(problem) is not None
        if from_left or re.search(rf"\b(?:{words})\b", stated, re.I):
            scale = replace(scale, numbered=True) if from_left else scale
            verbs = _verbs(problem[end:], items, scale)
            context = _in_scale(problem, end, vocabulary_of(items, kind, scale, verbs))
            known = len(best.given.premises) if best else 1
            if len(context.given.premises) > known and (listed or context.given.complete):
                best = context
    return best


_NO_VERB = frozenset(
    "is are was were has have had not never and or but comes came who that which then be only also"
    " either neither must can cannot will would".split()
)


def _verbs(problem: str, items: tuple[str, ...], scale: Scale) -> tuple[str, ...]:
    """The forms of the one verb that the problem uses between a thing and its place, as in "Ann
    spoke before Ben", "Ben did not speak first". With two verbs there may be two orders."""
    if not scale.numbered:
        return ()
    known = "|".join(map(re.escape, items))
    end = "|".join((*scale.relations, ORDINAL, r"last\b"))
    near = r"(?:directly |immediately |just |right |somewhere )?"
    found = re.findall(
        rf"\b(?:{known})(?: (?:did|does) not)? ([a-z]{{3,12}}) {near}(?:{end})", problem
    )
    forms = dict.fromkeys(verb for verb in found if verb not in _NO_VERB)
    return tuple(forms) if len({present(verb) for verb in forms}) == 1 else ()


_FROM_LEFT = re.compile(r"\b(?:numbered|positions?|labell?ed)\b[^.\n]{0,60}\bfrom left to right\b")
_CIRCLE = re.compile(r"\b(?:circles?|circular|round table|clockwise)\b", re.I)
_SIZES = re.compile(
    rf"\b(?P<count>{CARDINAL})[ -](?:(?:different|empty|numbered|consecutive) )?"
    r"(?:stor(?:e?y|ies|eys)|floors?|seats|chairs|houses|places|positions|spots|slots|rooms)\b"
    r"(?! (?:behind|ahead|apart|away|above|below|before|after|in front|to the|left|right))"
    r"|\b(?:numbered|seats|floors|positions|houses|places) (?:1|one) (?:to|through)"
    rf" (?P<last>{CARDINAL})\b",
    re.I,
)


def _other_places(problem: str, size: int) -> bool:
    """Whether the places are not in a row, or not as many as the things."""
    return _CIRCLE.search(problem) is not None or any(
        cardinal(m["count"] or m["last"]) != size for m in _SIZES.finditer(problem)
    )


_UNSTEADY = re.compile(
    r"\b(?:overt(?:ak|ook)\w*|pass(?:es|ed)|swap\w*|switch\w*|mov(?:es?|ed)|changes?"
    r"|same|equal\w*|twins?|tied?|as [a-z]+ as|liars?|lies|lying|tells? the truth)\b"
    r"|\b(?:statements?|clues?|of (?:them|these|the following)|following)\b[^.?!]{0,80}"
    r"\b(?:true|false|wrong|incorrect|a lie)\b",
    re.I,
)
_NO_TIES = re.compile(r"\b(?:no|not|without)\b[^.]*\b(?:same|tied?|equal\w*)\b", re.I)


def _unsteady(told: Sequence[str]) -> bool:
    """Whether the order changes, two things may share a place, or not all that is said is true."""
    return any(
        text[-1] != "?" and _UNSTEADY.search(text) and not _NO_TIES.search(text) for text in told
    )


_AMOUNT = re.compile(
    r"[$€£%+=\d](?:(?<=\D)|[\d.,]*\d{2}|[.,]\d"
    r"| (?!(?:is|are|was|were|and|or|to|from|must|can|cannot|has|goes|comes)\b)[a-z])"
)


def _may_place(sentence: str, known_as: tuple[str, ...]) -> bool:
    """Whether a sentence may say where one of the items `known_as` stands, as none does that tells
    an amount. Building a vocabulary takes far longer than this look."""
    if sentence.endswith("?") or _AMOUNT.search(sentence):
        return False
    lower = sentence.lower()
    return any(form in lower for form in known_as)


def _in_scale(problem: str, end: int, vocabulary: Vocabulary) -> Context:
    """What the problem says after its list of items, as far as it can be read on one scale."""
    question = _QUESTION.search(problem, end)
    stop = question.start() if question else len(problem)
    premises: list[Premise[Formula]] = []
    told: list[tuple[str, Formula]] = []
    complete = True
    for span in sentences(problem[:stop]):
        if span.start < end < span.end and _mentions(problem[end : span.end], vocabulary):
            gap = _GAP.match(problem, end)
            span = Span(gap.end() if gap else end, span.end)
        text = problem[span.start : span.end]
        if span.start < end or text.endswith("?"):
            continue
        if not end and not _mentions(text, vocabulary) and _counts(text, vocabulary):
            continue
        said = _read_told(problem, _unbulleted(problem, span), vocabulary)
        formulas = [_only_reading(s.body) for s in said or ()]
        complete = complete and said is not None and None not in formulas
        if said is not None and None not in formulas:
            premises += [Premise(text, f) for f in formulas if f is not None]
            told.append((text, And(tuple(f for f in formulas if f is not None))))
    options = []
    for m in _OPTION.finditer(problem, stop):
        said = read_sentence(problem, Span(*m.span("text")), vocabulary, Discourse())
        formula = _only_reading(said[0].body) if said and len(said) == 1 else None
        if formula is not None:
            options.append((m["label"], formula))
    given = Arrangement(vocabulary.items, tuple(premises), tuple(options), complete)
    asked = _asked(problem, vocabulary)
    return Context(given, vocabulary, asked, numbered(told, complete=complete))


_SCENE = re.compile(
    rf"(?:(?:in|at|during|after|among) (?:an?|the|one|this|these) [^,:;.]{{3,60}},"
    rf"|(?:the )?{CARDINAL} [a-z]+(?: [a-z]+){{1,7}}:)\s*",
    re.I,
)
"""Where a sentence sets the scene: "In a race without ties, ", "Five friends differ in age: "."""


def _read_told(problem: str, span: Span, vocabulary: Vocabulary) -> list[Said] | None:
    """A sentence of the problem, as it stands or without the scene that it sets first."""
    said = read_sentence(problem, span, vocabulary, Discourse())
    scene = _SCENE.match(problem, span.start, span.end) if said is None else None
    if scene is None or _mentions(scene[0], vocabulary):
        return said
    return read_sentence(problem, Span(scene.end(), span.end), vocabulary, Discourse())


_GAP = re.compile(r"[\s,;:]*(?:and (?=[A-Z]))?")


def _counts(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a sentence only says how many things there are: "Four towns differ in size"."""
    said = re.match(rf"(?P<count>{CARDINAL}) [a-z]+(?: [a-z]+){{1,6}}\.?\Z", text, re.I)
    scale = vocabulary.scale
    return (
        said is not None
        and cardinal(said["count"]) == len(vocabulary.items)
        and not re.search("|".join((*scale.ends, *scale.relations)), text, re.I)
    )


_WHO = re.compile(
    r"(?:who|which(?: one(?: of (?:them|these))?| (?!place|position)\w+)?) (?=\w)", re.I
)


def _asked(problem: str, vocabulary: Vocabulary) -> tuple[int, ...]:
    """The place that the only question of the problem is about: "Who is the second oldest?"."""
    found = [s for s in sentences(problem) if problem[s.end - 1] == "?"]
    m = _WHO.match(problem, found[0].start) if len(found) == 1 else None
    words = tokens(problem, Span(m.end(), found[0].end - 1), vocabulary) if m else None
    if not words or [w.kind for w in words] not in (["SPOTS"], ["BE", "SPOTS"]):
        return ()
    spots = words[-1].value
    if len(spots.places) > 1 or (words[0].kind == "BE" and words[0].value != "is"):
        return ()
    place, size = spots.places[0], len(vocabulary.items)
    return (place,) if spots.framed else (place, size + 1 - place)


def _only_reading(body: Body) -> Formula | None:
    return body.readings[0] if isinstance(body, Constraint) and len(body.readings) == 1 else None


_BULLET = re.compile(
    r"\s*(?:[-*•‣]\s+|\(?\d{1,2}[.)]\s+|(?:step|clue|statement)\s*\d+\s*[:.]\s*"
    r"|(?:first|second|third|fourth|fifth|last)(?:ly)?,\s+)+",
    re.I,
)


def _unbulleted(text: str, span: Span) -> Span:
    m = _BULLET.match(text, span.start, span.end)
    return Span(m.end(), span.end) if m and m.end() < span.end else span


def read(step: Step, context: Context) -> list[Claim]:
    """Every statement of a step about the arrangement, in the order of its argument."""
    vocabulary = context.vocabulary
    discourse = Discourse()
    out: list[Claim] = []
    supposing = False
    told = [*lines(step.text, lambda rows: _worded(rows, vocabulary))]
    opened = cases(step.text, [line.span for line in told], lettered=not context.given.options)
    for line in told:
        if (case := opened.get(line.span.start)) is not None and not line.drawn:
            supposing = True
            body = Unread(True, _told(case, vocabulary))
            out.append(_claim(step, body, line.place(0, len(line.text))))
            continue
        everywhere = overall(line.text)
        supposing = supposing and everywhere is None
        text = without_asides(line.text if everywhere is None else everywhere)
        if reply := _reply(text, context):
            out.append(_claim(step, reply.body, line.place(reply.start, reply.end)))
            continue
        if denied := _REJECTION.search(text) if context.given.options else None:
            label = next(filter(None, denied.groups())).strip("().:")
            out.append(_claim(step, Rejection(label), line.place(*denied.span())))
            continue
        answer = _ANSWER.search(text)
        stop = answer.start() if answer else len(text)
        if re.search(r"\w", text[:stop]):
            opens = bool(SUPPOSES.search(text, 0, stop) or TRIES.match(text, 0, stop))
            concluded = not opens and CONCLUDES.match(text) is not None
            supposing = opens or (supposing and not concluded)
            said = None if supposing else _read_either(text, Span(0, stop), vocabulary, discourse)
            if said is None and _mentions(text[:stop], vocabulary):
                opens = opens or (not line.drawn and may_try(text[:stop]))
                supposing = supposing or opens
                hypothesis = _supposed(text[:stop], vocabulary) if opens else ()
                said = [Said(Unread(supposing, hypothesis), 0, stop)]
            if concluded or everywhere is not None:
                said = said and [_concluded(s, concluded, everywhere is not None) for s in said]
            named = tuple(cited(line.text, context.numbered)) if said else ()
            out += (
                _claim(step, _resting_on(s.body, named), line.place(s.start, s.end))
                for s in said or ()
            )
        if answer and not supposing:
            out.append(_claim(step, Choice(answer["label"]), line.place(*answer.span())))
    if (
        not out
        and discourse.ordered
        and discourse.frame >= 0
        and (m := re.search(r"\S[^\n]*\Z", step.text.rstrip()))
    ):
        out.append(_claim(step, Announcement(), Span(*m.span())))
    return out


def _concluded(said: Said, concluded: bool, overall: bool) -> Said:
    body = said.body
    if not isinstance(body, Constraint):
        return said
    return replace(said, body=replace(body, concluded=concluded, overall=overall))


def _supposed(text: str, vocabulary: Vocabulary) -> tuple[Formula, ...]:
    """What a sentence supposes, in each reading, where it was read."""
    return _told(supposition(text) or "", vocabulary)


def _told(what: str, vocabulary: Vocabulary) -> tuple[Formula, ...]:
    """What a text says, in each reading."""
    said = read_sentence(what, Span(0, len(what)), vocabulary, Discourse()) if what else None
    told = [s.body.readings for s in said or () if isinstance(s.body, Constraint)]
    if len(told) == 1:
        return told[0]
    single = said and len(told) == len(said) and all(len(readings) == 1 for readings in told)
    return (And(tuple(readings[0] for readings in told)),) if single else ()


def _resting_on(body: Body, named: tuple[Formula, ...]) -> Body:
    """What a sentence says, with the premises of the problem that it names for it."""
    if named and isinstance(body, Constraint) and not body.cites and not body.reason:
        return replace(body, cites=named)
    return body


_REPLY = re.compile(
    r"(?:so|thus|therefore|hence)?,?\s*(?:the )?(?:(?:final|correct) )?answer(?:\s+is|\s*:)[\s:]*"
    r"(?:an? |the )?(?P<name>[^.:;,!?]{1,60}?)[\s.!]*",
    re.I,
)


def _reply(text: str, context: Context) -> Said | None:
    """The item that a sentence names as the answer to the problem's question."""
    m = _REPLY.fullmatch(text) if context.asked else None
    name = context.vocabulary.names.get(" ".join(m["name"].lower().split())) if m else None
    if name is None:
        return None
    return Said(Constraint(tuple(At(name, p) for p in context.asked), final=True), 0, len(text))


_PLACES = re.compile(
    r"\b(?:pos|positions?|places?|ranks?|ranking|slots?|spots?|seats?|order)\b", re.I
)


def _worded(rows: tuple[Row, ...], vocabulary: Vocabulary) -> Iterator[Line]:
    """A table of two columns, or of two rows: "position 1: owl, position 2: crow".

    Numbers that no heading calls places may be those of a list.
    """
    if len(rows) == 2 and len(rows[0].cells) > 2:
        pairs = list(zip(rows[0].cells, rows[1].cells, strict=True))
        head = "" if pairs[0][0].isdigit() else pairs.pop(0)[0]
        span = rows[1].span
    elif len(rows[0].cells) == 2:
        pairs = [(row.cells[0], row.cells[1]) for row in rows[1:]]
        head = " ".join(rows[0].cells)
        span = Span(rows[0].span.start, rows[-1].span.end)
    else:
        pairs, head, span = [], "", rows[0].span
    known = [p for p in pairs if all(re.search(r"[^\W_]", cell) for cell in p)]
    if pairs and all(any(_is_item(cell, vocabulary) for cell in pair) for pair in known):
        sure = _PLACES.search(head) is not None
        yield Line(", ".join(_placed(*pair, sure) for pair in known), span, drawn=True)
    else:
        for row in rows:
            yield Line(" | ".join(row.cells), row.span, drawn=True)


def _is_item(cell: str, vocabulary: Vocabulary) -> bool:
    return re.sub(r"^(?:an?|the)\s+", "", cell.lower()) in vocabulary.names


def _placed(first: str, second: str, sure: bool) -> str:
    """A thing and its place, whichever comes first."""
    number, other = (first, second) if first.isdigit() else (second, first)
    if not number.isdigit():
        return f"{first} = {second}"
    return f"{other} = position {number}" if sure else f"{number}. {other}"


@dataclass(frozen=True, slots=True)
class _Diagram:
    """A drawing of the row: the names in its cells, None for an empty one, and where it begins.

    `sure` if it has an empty cell or numbers, which a list of things has not. In a `loose` one a
    question mark may stand for any number of things.
    """

    cells: tuple[str | None, ...]
    start: int
    sure: bool
    loose: bool


@lru_cache(maxsize=64)
def _cell(names: tuple[str, ...]) -> re.Pattern[str]:
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    inner = rf"(?:(?:an?|the) )?(?P<name>(?:{known})(?!\w))|(?P<empty>_+|\?+)(?!\w)"
    return re.compile(
        rf"(?:(?P<number>\d{{1,2}})\s*[:.=)]\s*)?(?:{inner}"
        rf"|\[\s*(?:{inner.replace('name>', 'boxed>').replace('empty>', 'hole>')}|)\s*\])"
        r"[\s,|→-]*",
        re.I,
    )


_TAIL = re.compile(r"\A|[:,](?=\s)|\b(?:so|is|have|get)\b")


def _drawn(text: str, vocabulary: Vocabulary) -> _Diagram | None:
    """A row of cells, "[owl] [ ] [crow]" or "owl _ crow" or "1: owl 2: ? 3: crow", as long as the
    row of things, at the end of `text`."""
    cell = _cell(tuple(vocabulary.names))
    size = len(vocabulary.items)
    for head in [*_TAIL.finditer(text)][:8]:
        at = head.end() + len(text[head.end() :]) - len(text[head.end() :].lstrip(" :"))
        begin = at
        found: list[re.Match[str]] = []
        while len(found) < size and (m := cell.match(text, at)):
            found.append(m)
            at = m.end()
        if len(found) < size or text[at:].strip(" .\n"):
            continue
        numbers = [m["number"] for m in found]
        if any(numbers) and numbers != [str(n) for n in range(1, size + 1)]:
            return None
        boxed = [m["name"] is None and m["empty"] is None for m in found]
        sure = bool(numbers[0]) or any(m["empty"] for m in found)
        if any(boxed) is not all(boxed) or not (sure or boxed[0]):
            return None
        said = [m["name"] or m["boxed"] for m in found]
        cells = tuple(vocabulary.names[name.lower()] if name else None for name in said)
        loose = any("?" in (m["empty"] or "") for m in found) and not numbers[0]
        return _Diagram(cells, begin, sure, loose)
    return None


def _in_turn(names: Sequence[str]) -> Formula:
    """That `names` follow one another, if not directly."""
    return And(tuple(Before(a, b) for a, b in pairwise(names)))


_ENDS = re.compile(
    r"[\"“]?\(\s*(?P<first>[a-z -]{3,30}?)\s*\)(?P<cells>[^()\n]*)"
    r"\(\s*(?P<last>[a-z -]{3,30}?)\s*\)[\"”]?[\s.]*\Z",
    re.I,
)


def _drawn_between_ends(text: str, vocabulary: Vocabulary) -> tuple[Formula, int] | None:
    """A row between the names of its ends, "(left) ? owl ? crow ? (right)", and where it begins.
    Whatever the question marks stand for, the things follow one another."""
    m = _ENDS.search(text) if text.count("(") > 1 else None
    low = is_low(m["first"], vocabulary.scale) if m else None
    high = is_low(m["last"], vocabulary.scale) if m else None
    if m is None or low is None or high is None or low is high:
        return None
    cell = _cell(tuple(vocabulary.names))
    at, stop = m.span("cells")
    at += len(m["cells"]) - len(m["cells"].lstrip())
    names: list[str] = []
    while at < stop and (found := cell.match(text, at, stop)) and found.end() > at:
        if said := found["name"] or found["boxed"]:
            names.append(vocabulary.names[said.lower()])
        at = found.end()
    if at < stop or len(set(names)) < len(names):
        return None
    return _in_turn(names if low else names[::-1]), m.start()


def _told_by(diagram: _Diagram, head: str, vocabulary: Vocabulary, discourse: Discourse) -> Body:
    """What a diagram says. Without a word of it, it may be one that is only tried."""
    cells = diagram.cells
    readings: list[Formula] = [
        And(tuple(At(name, place) for place, name in enumerate(row, 1) if name is not None))
        for row in (cells, cells[::-1])
    ]
    if discourse.frame:
        readings = [readings[discourse.frame < 0]]
    elif vocabulary.scale.numbered or vocabulary.scale.sides[0] == "left":
        readings = readings[:1] if diagram.sure else readings
    if diagram.loose:
        names = [name for name in cells if name is not None]
        readings += [_in_turn(names), _in_turn(names[::-1])]
    told = bool(re.search(r"\w", head)) or discourse.frame != 0
    return Constraint(tuple(readings), firm=diagram.sure and told)


def _read_either(
    text: str, span: Span, vocabulary: Vocabulary, discourse: Discourse
) -> list[Said] | None:
    """The sentence as it stands, or without the number or the bullet before it."""
    written = text[span.start : span.end]
    if between := _drawn_between_ends(written, vocabulary):
        row, begin = between
        head = written[:begin]
        before = Span(span.start, span.start + len(head.rstrip(" :,")))
        said = _read_either(text, before, vocabulary, discourse) if re.search(r"\w", head) else []
        if said is None:
            return None
        return [*said, Said(Constraint((row,)), span.start + begin, span.end)]
    diagram = _drawn(written, vocabulary) if _BLANK.search(written) else None
    if diagram is not None:
        head = written[: diagram.start]
        before = Span(span.start, span.start + len(head.rstrip(" :,")))
        said = _read_either(text, before, vocabulary, discourse) if re.search(r"\w", head) else []
        if said is None:
            return None
        if any(name is not None for name in diagram.cells):
            body = _told_by(diagram, head, vocabulary, discourse)
            said = [*said, Said(body, span.start + diagram.start, span.end)]
        return said
    said = read_sentence(text, span, vocabulary, discourse)
    bare = _unbulleted(text, span)
    if said is None and bare != span:
        return read_sentence(text, bare, vocabulary, discourse)
    return said


_BLANK = re.compile(r"\[|_|\?|\d\s*[:.=)]\s*[\w(]")


def _mentions(sentence: str, vocabulary: Vocabulary) -> bool:
    lower = sentence.lower()
    return any(re.search(rf"\b{re.escape(form)}\b", lower) for form in vocabulary.names)


def _claim(step: Step, body: Body, span: Span) -> Claim:
    text = step.text[span.start : span.end].strip(" ,;.")
    kind = Kind.ANSWER if isinstance(body, Choice) else Kind.CONSTRAINT
    return Claim(kind, text, span.shift(step.span.start), step.index, text, Role.DERIVED, body)
