"""Sentences about dates and times: a grammar over their words, and what its sentences mean.

A clause is one of a closed set of constructions and is read whole or not at all; only what "which
is" adds to a date is read for itself. What may be a mere supposition is marked.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from itertools import pairwise

from clr.bodies.dates import (
    Between,
    Duration,
    Given,
    Leap,
    Length,
    MonthDay,
    Nearest,
    Readings,
    Same,
    Shifted,
    Term,
    Today,
    Value,
)
from clr.reading import date_words as words
from clr.reading.cues import either
from clr.reading.lexicon import ORDINALS
from clr.reading.words import Grammar, Part, Phrase, Word, scan, scanner
from clr.trace import Span

_GRAMMAR = Grammar(r"""
start: same | told | lasts | leap | has
same: _term ((BE | WHICH) _term)+ | BE _term WHICH _term
told: BE _term (TODAY | ago | ahead)
lasts: BE? length interval | interval length | _value TO _value BE length
leap: YEAR LEAP
has: (MONTH | YEAR | length) HAS length | BE length OF (MONTH | YEAR)
_term: _value | length | sum | shifted | ago | ahead | interval
_value: DATE | FIGURES | HOLIDAY | MONTH | YEAR | WEEKDAY | CLOCK | TODAY | nth | nearest
length: NUMBER UNIT (AND? NUMBER UNIT)*
sum: (_value | length) ((PLUS | MINUS) (_value | length))+
shifted: (DAY | length) (BEFORE | AFTER | FROM) _value
       | ADD length TO _value
       | TAKE length FROM _value
ago: length AGO (FROM _value)?
ahead: IN length
interval: FROM _value TO _value | BETWEEN _value AND _value
nth: NTH (DAY | WEEKDAY) (OF (MONTH | YEAR))?
nearest: NEXT WEEKDAY
%declare BE WHICH TODAY YEAR LEAP HAS DATE FIGURES HOLIDAY MONTH WEEKDAY CLOCK NUMBER UNIT
%declare BEFORE AFTER FROM PLUS MINUS ADD TAKE TO AND AGO IN BETWEEN NTH DAY OF NEXT COMMA JUNK THEN
""")
_THEN = re.compile(
    r"""\b(?:and\s)?(?:so|thus|therefore|hence|then|because|since|but|which\smeans(?:\sthat)?
      |meaning(?:\sthat)?|this\smeans(?:\sthat)?|we\s(?:know|get|have)(?:\sthat)?)\b|[;→⇒]|=>|->""",
    re.I | re.X,
)
"""What parts clauses."""
_PARTS = re.compile(
    either(
        *"so thus therefore hence then because since but meaning".split(),
        *(r"which\smeans", r"this\smeans", r"we\s(?:know|get|have)"),
        whole=True,
    ).pattern
    + "|;|→|⇒|=>|->"
)
"""The same in lower case, to look for in a long text; what stands before it may belong to it."""
_DATED = re.compile(
    r"[\dJFMASOND](?:(?<=\d)[/.-]\d\d?[/.-]\d|(?<=[JFMASOND])(?i:an(?:uary)?|eb(?:r?uary)?|ar(?:ch)?"
    r"|pr(?:il)?|ay|une?|uly?|ug(?:ust)?|ept?(?:ember)?|ct(?:ober)?|ov(?:ember)?|ec(?:ember)?)\b)"
)
"""What any date holds, by its figures or month."""
_HOLIDAY = either(
    *("christmas", "boxing", r"new\syear", "valentine", "halloween", "fools?['’]", "patrick"),
    r"leap\sday",
)
"""What the others hold, in lower case."""
_LINKS = re.compile(
    either(
        *(rf"\b{which}(?:\s(?:is|was|f[ae]ll|will\sbe)|['’]s)" for which in ("which", "that")),
        r"\bi\.e\.",
        r"\bor\s\d{1,2}/\d",
    ).pattern
    + r"|\(\d{1,2}/\d"
)
"""How "which is" begins, in lower case."""
_WORD = scanner(
    _space=r"\s+",
    _lead=r"^\W*(?:now|first|next|finally|also|step\s\d+)\s?[,:]",
    FIGURES=rf"{words.NUMERIC}|{words.ISO}",
    DATE=words.DATE,
    HOLIDAY=words.HOLIDAY,
    CLOCK=words.CLOCK,
    MONTH=words.MONTH_OF,
    TO=r"(?:(?<=[\dmM])|(?<=[\dmM]\s))(?:→|->)\s?(?=\d\d?:\d\d(?:\s?[ap]\.?m\b\.?)?\)?\s?(?:is|=|:|takes|gives)\s)"
    r"|\b(?:to|until|till)\b|–|(?<=m)\s?-\s?(?=\d)",
    THEN=_THEN.pattern,
    WHICH=r"""\b(?:which|that)(?:\s(?:is|was|falls\son|fell\son|will\sbe)|['’]s)\b|\bi\.e\.,?
      |\bor(?=\s\d{1,2}/\d)|\((?=\d{1,2}/\d{1,2}/\d{2,4}\))""",
    LEAP=r"""\b(?:is|was|will\sbe)(?:\salso)?(?P<no>\snot|n['’]t)?\s(?:an?\s)?leap[\s-]year\b""",
    BE=r"""(?:\b(?:is|was|are)(?:\s(?:also|equal\sto|the\ssame\sas|on|in))?|\b(?:will|would)\sbe
      |\bf(?:alls|ell)\s(?:on|in)|\bequals|\bgives(?:\sus)?|\bbrings\sus\s(?:back\s)?to|\bbecomes)\b
      |=|:(?=[\s*])""",
    TODAY=r"""(?:the\s)?(?:day\safter\stomorrow|day\sbefore\syesterday)(?:['’]s\sdate)?\b
      |(?:the\s)?(?:current|present)\s(?:date|day|time)\b
      |(?:the\s)?(?:date|day|time)\s(?:for\s|of\s)?(?:today|tomorrow|yesterday|now)\b
      |\b(?:today|tomorrow|yesterday)(?:['’]s\sdate)?\b|\bnow\b""",
    NTH=r"""(?:the\s)?\b(?:last|final|first|second|third|fourth|fifth|[1-5](?:st|nd|rd|th))
      (?=\s(?:day\s(?:of|in)|mon|tues|wednes|thurs|fri|satur|sun))""",
    NEXT=r"\b(?:(?:the\s)?next|this\scoming|the\sfollowing|the\sprevious|this\spast)\b",
    DAY=r"\bday(?=\s(?:of|in)\b)|\bthe\sday(?=\s(?:before|after|following)\b)",
    HAS=r"\b(?:has|have|had|contains?|lasts?)\b",
    AGO=r"\b(?:ago|earlier(?=\sthan\stoday))\b",
    AFTER=r"\b(?:after|following|later\sthan|past)\b",
    BEFORE=r"\b(?:before|prior\sto|preceding|earlier\sthan)\b",
    BETWEEN=r"\bbetween\b",
    FROM=r"\b(?:away\s)?from\b",
    AND=r"\band\b",
    PLUS=r"\+|\bplus\b",
    MINUS=r"(?<=\s)[-−–](?=\s)|\bminus\b",
    ADD=r"\b(?:add(?:ing)?|count(?:ing)?\sforward|going\sforward)\b",
    TAKE=r"\b(?:subtract(?:ing)?|(?:count|go)(?:ing)?\sback(?:wards?)?)\b",
    NUMBER=rf"{words.NUMBER}(?=[\s-]?(?:full\s|calendar\s)?{words.UNIT})",
    UNIT=rf"-?(?:full\s|calendar\s)?{words.UNIT}",
    WEEKDAY=words.WEEKDAY,
    YEAR=r"(?:the\s)?(?:year\s)?(?<![\d$.,/])(?:1\d{3}|20\d{2}|21\d{2})(?![\d,./]*\d|%)",
    OF=r"\b(?:of|in)(?=\s(?:(?:the\s)?(?:year\s)?\d{4}|(?-i:[A-Z])))",
    IN=r"\bin(?=\s(?:\d|an?\b|\w+\s(?:day|week|month|year|hour|min)))",
    COMMA=r",",
    _filler=r"""\b(?:the|an?|exactly|it|that|this|there|date|day|time|(?:number\sof\s)?days(?=\s(?:between|from))
      |difference|duration|on|if|in\s(?:the\s)?(?:MM/DD/YYYY|DD/MM/YYYY)(?:\sformat)?|weekday)\b""",
    _remark=r",?\s?\bwhich\s(?:agrees|matches|fits|checks)(?:\s\w+){0,4}(?=\W*\Z)",
    _mark=r"\*\*|^\s*(?:[-*•]|\d{1,2}[.)])\s|[.!`\"“”_#]|(?<=\d)\)",
    JUNK=r"[^\W\d_][\w'’-]*|\S",
)
_SUPPOSES = re.compile(
    r"\b(?:suppos\w+|assum\w+|were|would(?! be\b)|could|might|(?-i:may)|should|unless|whether"
    r"|inclusive\w*|counting(?! (?:back|forward))|includ\w+|exclud\w+|ignor\w+|instead|wrong\w*"
    r"|mistak\w+|incorrect\w*|thinks?|thought|believes?|cannot|never|not(?! an? leap)|options?"
    r"|either|neither|about|approximately|around|roughly)\b|n['’]t\b(?! an? leap)",
    re.I,
)
_IF = re.compile(r"\W*(?:(?:so|now|and|then)\b,? )?if\b", re.I)
_IF_INSIDE = re.compile(r"\w\W+if\b", re.I)


class _Unclear(Exception):
    """Known words in an order that has no clear meaning."""


def statements(text: str) -> list[tuple[Same | Leap, Span]]:
    """The statements of a sentence in its clauses."""
    clauses = _clauses(text)
    if all(clause[-1].kind == "JUNK" for clause in clauses):
        return []
    conditional = _IF.match(text) is not None
    supposed = _SUPPOSES.search(text) is not None or _IF_INSIDE.search(text) is not None
    given: tuple[Same, ...] = ()
    out: list[tuple[Same | Leap, Span]] = []
    for number, clause in enumerate(clauses):
        said = _clause(clause)
        condition = conditional and number == 0
        supposed = supposed or (condition and said is None)
        for body, place in said or ():
            if isinstance(body, Same):
                body = replace(body, supposed=supposed or condition, given=given)
            out.append((body, place))
        if condition:
            given = tuple(body for body, _ in said or () if isinstance(body, Same))
    return out


def _clauses(text: str) -> list[list[Word]]:
    """The words of a sentence by clauses. Where "which is" follows no date, a clause says nothing
    from a word that is not known, and its rest is passed over: most sentences of other kinds begin
    with one."""
    lower = text.lower()
    linked = (_DATED.search(text) or _HOLIDAY.search(lower)) and _LINKS.search(lower)
    found: list[Word] = []
    at = 0
    while at < len(text):
        match = _WORD.match(text, at)
        assert match is not None and match.lastgroup is not None  # JUNK is anything
        at = match.end()
        if match.lastgroup[0] == "_":
            continue
        found.append(Word(match.lastgroup, match))
        if match.lastgroup == "JUNK" and not linked:
            following = _PARTS.search(lower, at)
            at = following.start() if following else len(text)
    return _parted(found, {"THEN"})


def _parted(found: Sequence[Word], kinds: Set[str]) -> list[list[Word]]:
    parts: list[list[Word]] = [[]]
    for word in found:
        if word.kind in kinds:
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part]


def _clause(clause: list[Word]) -> list[tuple[Same | Leap, Span]] | None:
    """The statements of a clause, or None if it is not read whole.

    A comma or an "and" parts statements wherever all parts are some. After words that are not
    known, only what "which is" says of a date is read.
    """
    junk = max((at for at, word in enumerate(clause) if word.kind == "JUNK"), default=-1)
    if junk >= 0:
        return _said_of_date(clause[junk + 1 :])
    clause = _before_more(clause)
    for kinds in ({"COMMA", "AND"}, {"COMMA"}, {"AND"}):
        pieces = [_without_and(piece) for piece in _parted(clause, kinds)]
        reads = [_statements(piece) for piece in pieces] if len(pieces) > 1 else [None]
        if all(said is not None for said in reads):
            return [said for read in reads for said in read or ()]
    return _statements(clause)


def _before_more(clause: list[Word]) -> list[Word]:
    """A clause without what is added to its result behind a comma: 20:00 - 19:48 = 12 min, plus 4
    h."""
    kinds = [word.kind for word in clause]
    for at in range(1, len(kinds)):
        added = kinds[at - 1] == "COMMA" and kinds[at] in ("PLUS", "MINUS")
        if added and "BE" in kinds[:at] and "BE" not in kinds[at:]:
            return clause[: at - 1]
    return clause


def _said_of_date(clause: list[Word]) -> list[tuple[Same | Leap, Span]] | None:
    if clause and clause[0].kind == "BE":
        clause = clause[1:]
    links = (word.kind for word in clause if word.kind in ("BE", "WHICH"))
    if next(links, "") != "WHICH" or clause[0].kind not in _DATES:
        return None
    return _statements(clause)


_DATES = frozenset(("DATE", "FIGURES", "HOLIDAY"))


def _without_and(piece: list[Word]) -> list[Word]:
    return piece[1:] if piece and piece[0].kind == "AND" else piece


def _statements(clause: Sequence[Word]) -> list[tuple[Same | Leap, Span]] | None:
    parts = _GRAMMAR.parse([word for word in clause if word.kind != "COMMA"])
    if not parts:
        return None
    phrase = parts[0]
    assert isinstance(phrase, Phrase)
    try:
        return list(_bodies(phrase))
    except _Unclear:
        return None


def _bodies(phrase: Phrase) -> Iterator[tuple[Same | Leap, Span]]:
    whole = Span(phrase.start, phrase.end)
    for word in _all_words(phrase):
        if word.kind == "DATE" and (day := word.match["on"]):
            named = Given(words.named_date(_undated(word)))
            yield Same(named, _given(words.weekday(day))), Span(word.start, word.end)
    match phrase.kind:
        case "same":
            terms = [part for part in phrase.parts if part.kind not in ("BE", "WHICH")]
            for left, right in pairwise(terms):
                if right.kind == "sum" and right is not terms[-1]:
                    continue  # 9:40 plus 2 hours is 11:40, plus 30 minutes is 12:10
                yield Same(_term(left), _term(right)), Span(left.start, right.end)
        case "told":
            _, value, when = phrase.parts
            if value.kind == "length" and isinstance(when, Phrase) and when.kind == "ahead":
                yield Same(Duration(_term(when.parts[1])), _term(value)), whole  # 7 days in a week
            else:
                yield Same(_term(when), _term(value)), whole
        case "lasts":
            parts = [_term(part) for part in phrase.parts if part.kind not in ("TO", "BE")]
            if len(parts) == 3:
                yield Same(Between(parts[0], parts[1]), parts[2]), whole
            else:
                yield Same(parts[0], parts[1]), whole
        case "leap":
            year = words.year_of(phrase.words["YEAR"].text).year
            yield Leap(year, phrase.words["LEAP"].match["no"] is None), whole
        case "has":
            first, last = _term(phrase.parts[-3]), _term(phrase.parts[-1])
            period, by = (last, _term(phrase.parts[1])) if "BE" in phrase.words else (first, last)
            yield Same(Duration(period), by), whole


def _all_words(phrase: Phrase) -> Iterator[Word]:
    for part in phrase.parts:
        if isinstance(part, Word):
            yield part
        else:
            yield from _all_words(part)


def _undated(word: Word) -> str:
    """A date without the weekday before it."""
    text = word.match.group()
    return text[len(word.match["on"]) :] if word.match["on"] else text


def _given(*values: Value) -> Given:
    return Given(frozenset(values))


def _term(part: Part) -> Term:
    if isinstance(part, Word):
        return _of_word(part)
    match part.kind:
        case "length":
            return _given(_length(part))
        case "sum":
            found, sign = _term(part.parts[0]), 0
            for piece in part.parts[1:]:
                if piece.kind in ("PLUS", "MINUS"):
                    sign = 1 if piece.kind == "PLUS" else -1
                elif sign < 0 and piece.kind != "length":
                    found = Between(_term(piece), found)
                else:
                    found = Shifted(found, _term(piece), sign)
            return found
        case "shifted":
            by = next((_term(p) for p in part.parts if p.kind == "length"), _given(Length(days=1)))
            back = not {"BEFORE", "TAKE"}.isdisjoint(part.words)
            return Shifted(_term(part.parts[-1]), by, -1 if back else 1)
        case "ago":
            base = _term(part.parts[3]) if len(part.parts) > 2 else Today()
            return Shifted(base, _term(part.parts[0]), -1)
        case "ahead":
            return Shifted(Today(), _term(part.parts[1]), 1)
        case "interval":
            return Between(_term(part.parts[1]), _term(part.parts[3]))
        case "nth":
            return _nth(part.words)
        case _:
            back = part.words["NEXT"].text.endswith(("previous", "past"))
            weekday = words.weekday(part.words["WEEKDAY"].text).number
            return Nearest(weekday, Today(), -1 if back else 1, True)


def _of_word(word: Word) -> Term:
    text = word.match.group()
    match word.kind:
        case "DATE":
            return Given(words.named_date(_undated(word)))
        case "FIGURES":
            return Given(words.written_date(text))
        case "HOLIDAY":
            return Given(words.holiday(text))
        case "MONTH":
            return _given(words.month_of(text))
        case "YEAR":
            return _given(words.year_of(text))
        case "WEEKDAY":
            return _given(words.weekday(text))
        case "CLOCK":
            return Given(words.clock(text))
        case _:
            return _from_today(word.text)


def _from_today(text: str) -> Term:
    days = 0
    for name, value in (
        ("after tomorrow", 2), ("before yesterday", -2), ("tomorrow", 1), ("yesterday", -1),
    ):  # fmt: skip
        if name in text:
            days = value
            break
    return Shifted(Today(), _given(Length(days=days)), 1) if days else Today()


def _length(phrase: Phrase) -> Length:
    """What is told in one unit or in several, the larger ones first."""
    total, last = Length(), None
    pieces = [part for part in phrase.parts if isinstance(part, Word) and part.kind != "AND"]
    for number, unit in zip(pieces[::2], pieces[1::2], strict=True):
        name = unit.text.lstrip("-").removeprefix("full ").removeprefix("calendar ")
        found, one = words.length(number.text, name), words.length("1", name)
        if found is None or one is None:
            raise _Unclear
        size = (one.months, one.days, one.seconds)
        if last is not None and size >= last:
            raise _Unclear
        last = size
        total = Length(
            total.months + found.months, total.days + found.days, total.seconds + found.seconds
        )
    return total


def _nth(found: Mapping[str, Word]) -> Term:
    """ "The last day of February 2020", "the first Monday of 2019", or "last Monday"."""
    name = found["NTH"].text.removeprefix("the ")
    last = name in ("last", "final")
    if "OF" not in found:
        if "WEEKDAY" not in found or not last:
            raise _Unclear
        return Nearest(words.weekday(found["WEEKDAY"].text).number, Today(), -1, True)
    number = -1 if last else ORDINALS[name]
    if "MONTH" in found:
        period = words.month_of(found["MONTH"].match.group())
        years = [period.year] if period.year is not None else [2023, 2024]
        months = [period.month]
    else:
        years, months = [words.year_of(found["YEAR"].text).year], list(range(1, 13))
    readings: set[Value] = set()
    for year in years:
        days = [
            date(year, month, day)
            for month in months
            for day in range(1, calendar.monthrange(year, month)[1] + 1)
        ]
        if "WEEKDAY" in found:
            if len(years) > 1:
                raise _Unclear
            weekday = words.weekday(found["WEEKDAY"].text).number
            days = [day for day in days if day.weekday() == weekday]
        at = number if number < 0 else number - 1
        if at >= len(days):
            raise _Unclear
        chosen = days[at]
        readings.add(chosen if len(years) == 1 else MonthDay(chosen.month, chosen.day))
    return Given(frozenset(readings))


def appositions(text: str) -> Iterator[Same]:
    """Dates put beside "today" and the like: "yesterday, January 21, 2011, she ate"."""
    found = [word for word in scan(_WORD, text) or () if word.kind != "COMMA"]
    for word, following in pairwise(found):
        if word.kind == "TODAY" and following.kind in ("DATE", "FIGURES") and word.text != "now":
            yield Same(_of_word(word), _of_word(following))


def term_asked(text: str) -> Term | None:
    """The term that a question asks for; what is "later" is so from today."""
    found = scan(_WORD, re.sub(r"\blater$", "from today", text) + " is today")
    read = _statements(found or ())
    return read[0][0].left if read and isinstance(read[0][0], Same) else None


def date_alone(text: str) -> Readings:
    """All that a text may mean which is one date, weekday or time; nothing for another text."""
    found = scan(_WORD, text.strip())
    if found and len(found) == 1 and found[0].kind in ("DATE", "FIGURES", "WEEKDAY", "CLOCK"):
        term = _of_word(found[0])
        return term.readings if isinstance(term, Given) else frozenset()
    return frozenset()
