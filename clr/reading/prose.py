"""Chains of relations in running prose: `The total is 3.5 x 20 = 70 dollars`.

The hard part is where the first operand begins and where the last one ends. A number that belongs
to a phrase ("half of 20 - 5 = 5", "8 shirts = 8 * 20") must not be cut out of it, so an operand is
taken only when the word beside it cannot change its value.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import chain, pairwise
from typing import TypeAlias

import msgspec

from clr.notation.functions import ALIASES
from clr.notation.words import JOINING, UNITS, WITHIN_LABEL
from clr.reading.chains import RELATIONS, Fragment, fragments
from clr.reading.cues import either
from clr.reading.lexicon import TITLES
from clr.reading.surface import STOPS, Piece, PieceKind
from clr.reading.unit_letters import unit_spans
from clr.trace import Span

_PROSE, _INLINE = PieceKind.PROSE, PieceKind.INLINE

_COMMENT = re.compile(
    r"\((?:(?<![A-Za-z].)(?![^()]*[\d=+*/×÷])"
    r"(?![^()]*\b(?:integer|binary|octal|hex\w*|modulo|mod)\b)[^()]*[A-Za-z]{2,}[^()]*"
    r"|(?:\w+ )?\d+ ?(?:s\.? ?f\b|d\.? ?p\b|sig\b|significant\b|decimal)[^()\d=]*)\)"
)
_BOLD = re.compile(r"(?<!\d)\*\*(?!\d)|(?<=\d)\*\*(?=[\s.,:;]|$)|(?<![\d)\s])\*\*")
_EMPHASIZED = re.compile(r"(?<=[=≈] )(\*{1,2})(\$?[-−]?\d[^*=\n]{0,30})\1(?![*\w])")
"""A result in bold or italics, where nothing stands that it could multiply: = **14 kg**."""
_ROW = re.compile(r"^[ \t]*\|\s.*", re.M)
"""A row of a table, whose bars stand between cells."""
_PERCENT = re.compile(r"(?<=\d )percent\b|(?<=\d)-percent\b")
_PART_OF = re.compile(r"(%\s*|\d/\d+\)?\s+)of(?=\s+[$(\\]?\d)")
_AFTERWARDS = re.compile(r"\$(?<=\d.)(?!\s?[\d(])")
"""A currency written behind its number: 20$."""
_STUFF = re.compile(r"(\d )(?P<noun>[a-z]+s) of (?:[a-z]+ ){1,3}(?=[-+*/×÷=]|x \d)")
"""What a counted thing is of, before a sign: 8 tubes of blue paint / 2."""
_RATE = re.compile(r"(\d (?:[a-z]+ )?)(an?)(?= [a-z]{2,} (?:[-+*/×÷=]|x \d))")
"""An article that says per, before a sign: 9 minutes a page * 4."""
_VALUE = r"(?:\d[\d.,]*|\([^()=:]*\))"
_PROPORTION = re.compile(
    r"(?<![\d)] : )(?<![\d)]: )(?<![\d)]:)"
    rf"({_VALUE}) : ({_VALUE} = {_VALUE}) : (?={_VALUE}(?!\s?:))"
)
"""Two ratios that are equal, 400 : 200 = 2 : 1; of three terms each they are no quotients."""
_RATIO = re.compile(
    rf"(?:\b(?P<title>{'|'.join(map(str.title, TITLES))}) \(?\d{{1,2}}\)?|[\d)π°%²³]) :(?= [\d(])"
)
"""A colon between values, which makes something else of both; behind a title it does not."""
_COLON = "∶"
_WORDS = either(
    "that['’]s",
    "it['’]s",
    "there['’]s",
    *"which where so then because since if but giving leaving gives means thus therefore".split(),
    *"hence is are equals be get have has that was were makes make with when while until".split(),
    whole=True,
)
# each alternative begins with a character of its own, to which a search skips
_CLAUSE = re.compile(
    r"\n|;|\?|⇒|→|¦¦*|=>|->"
    rf"|\.(?<!\.\.)(?=\s|$){STOPS}|!(?=\s|$){STOPS}"
    rf"|:(?:(?!\d)|(?<!\d:))|,(?:(?<!\d,)|(?!\d))|{_WORDS.pattern}"
)
"""Where a clause ends, in text in lower case; a point after a capital letter ends none."""
SIGN = re.compile(r"[<>=!≈≤≥≠≡](?:(?<=<)<|(?<=>)>|(?<=[<>=])=?|(?<=\s!)=|(?<=[≈≤≥≠≡]))")
_MODULUS = re.compile(r"(?:\(\s*)?\bmod(?:ulo)?\b\s*\d+\s*\)?")
"""What a congruence ends with."""
_NUMBERS = r"\s*-?\d[\d\s.+*/^-]*"
_CALL = (
    r"(?<![A-Za-z\d_\\])(?:nCr|C|binom|gcd|lcm|GCD|LCM|gcf|hcf|max|min)"
    rf"\({_NUMBERS}(?:,{_NUMBERS}){{1,2}}\)"
)
_CHOSEN = r"(?:\d+|\(\s?\d[\d\s+*-]*\))"
_VALUED = (
    rf"{_CALL}|(?<![A-Za-z\d_\\])log_\{{?\d+\}}?\s?\(\s?\d[\d\s.+*/^]*\)"
    rf"|(?<![\w.,]){_CHOSEN} choose {_CHOSEN}(?![\w(])"
    r"|(?<![\w)\]])\|\s?(?:-\d[\d.]*|-?\d[\d.]*(?:\s?[-+*/^]\s?\d[\d.]*)+)\s?\|"
)
"""A function of several numbers, a logarithm to a base, a size: values that hold commas, words or
bars."""
_CALLED = re.compile(_CALL)


def _token(marks: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?=\S)(?:(?P<mark>{marks})"
        r"|(?P<word>[A-Za-z][A-Za-z'’]*(?:-[A-Za-z]+)*)"
        r"|(?P<num>0(?:[xX][\dA-Fa-f]+|[bB][01]+|[oO][0-7]+)(?![\dA-Za-z.])"
        r"|\d{1,3}(?:[,'’]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])"
        r"|(?P<op>[-+*/^×÷·−–∗±])|(?P<open>[(\[])|(?P<close>[)\]])"
        r"|(?P<dots>\.\.+|[…⋯])"
        r"|(?P<tex>\\[A-Za-z]+|\\[%$]|[{}_])"
        r"|(?P<other>.))"
    )


_MARKS = "[%!°$€£√π⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ₀₁₂₃₄₅₆₇₈₉]"
_TOKEN = _token(_MARKS)
_TOKEN_OR_VALUED = _token(f"{_VALUED}|{_MARKS}")
_APPLIED = re.compile(r"\s{0,2}[\d(√π½₀-₉]")
"""What follows the name of a function that is applied."""
_BEFORE_CHANGES_VALUE = frozenset(
    "choose by times plus minus half twice double triple than per over divided multiplied percent "
    "squared "
    "cubed root average mean difference ratio product quotient remainder square cube log power mod "
    "modulo third quarter fourth fifth thrice negative factor median range gcd lcm".split()
)
_OF_CHANGES_VALUE = frozenset(
    "half third thirds quarter quarters fourth fifth sixth fraction square cube root out percent "
    "multiple multiples average mean difference ratio product quotient remainder power percentage "
    "tenth number pair factor factorial logarithm sine cosine tangent complement inverse reciprocal"
    "".split()
)
_AFTER_CHANGES_VALUE = frozenset(
    "more less times hundred thousand million billion trillion dozen dozens squared cubed plus "
    "minus divided multiplied percent over mod modulo remainder half halves thirds fourths fifths "
    "sixths sevenths eighths ninths tenths hundredths pm am "
    "o'clock "
    "choose factorial to through or x of and".split()
)


_COUNT = (
    r"(?:[\\($]*\d[\d.,]*[\\)$]*|an?|one|two|three|four|five|six|"
    r"seven|eight|nine|ten|eleven|twelve)"
)
_PARTS = r"(?:second|minute|hour|day|week|month|inche?|ounce|cent)s?\b|(?:secs?|mins?|hrs?|oz)\b"
_WHOLES = (
    r"(?:hour|minute|day|week|month|year|pound|dollar|quart|gallon|yard|mile|degree)s?"
    r"|hrs?|mins?|feet|foot|ft|lbs?"
)
_GAP = r"[ \t]++"
MORE_OF_IT = re.compile(
    # 5 feet 6 inches; 3 groups of 12
    rf"(?:{_GAP}(?:{_WHOLES}|[A-Za-z][\w-]*{_GAP}of|of))?{_GAP}[\\($]*\d"
    rf"|(?:{_GAP}[A-Za-z][\w-]*){{0,3}}"
    rf"(?:[ \t]*+,(?:{_GAP}(?:and|with|plus))?|{_GAP}(?:and|with|plus)){_GAP}(?:"
    # 4 hours and 30 minutes
    rf"{_COUNT}{_GAP}(?:{_PARTS})"
    # 2 hours and a half
    rf"|(?:{_COUNT}[ \t-]++)?(?:half|halves|thirds?|quarters?)\b"
    # 3 boxes with 2 left over
    rf"|(?:a|the)?[ \t]*+remainder\b|{_COUNT}{_GAP}(?:[a-z]+{_GAP}){{0,3}}?"
    r"(?:left|over|leftover|remaining|extra|remains?|short)\b)"
)
"""What goes on with a quantity after its number; what was read of it is only a part."""


REMAINDER = (
    r"(?:,?\s?(?:with\s)?(?:and\s)?(?:an?\s|the\s)?remainder(?:\sof|\sis)?|(?:\s|\\,\s?)[rR])(?:\s|\\,)?\s?(?:\}|\\\(|\$)?\s?"
    r"(?P<rest>\d+)(?![\d.,]*\d)"
)
"""What tells the remainder of a division, behind its quotient."""
_REMAINDER = re.compile(REMAINDER)


_Place: TypeAlias = tuple[int, int]
"""Where an operand begins and ends."""


class _Token(msgspec.Struct, frozen=True, gc=False):
    kind: str
    text: str
    start: int
    end: int


def flatten(text: str, members: Sequence[Piece]) -> str:
    """A sentence, made of pieces without gaps, as one line of plain text, every character in its
    old place.

    Relation-free inline mathematics is laid open; other mathematics and code become a wall "¦" that
    no operand crosses; comments in brackets and bold marks become blanks.
    """
    out: list[str] = []
    for piece in members:
        span, body = piece.span, piece.body
        if piece.kind is _PROSE:
            out.append(text[body.start : body.end].replace("\\$", " $"))
        elif piece.kind is _INLINE and _is_operand(text, body):
            out.append(" " * (body.start - span.start))
            out.append(text[body.start : body.end].replace("\n", " "))
            out.append(" " * (span.end - body.end))
        else:
            out.append("¦" * (span.end - span.start))
    flat = "".join(out)
    if "(" in flat:
        flat = _COMMENT.sub(lambda m: " " * len(m.group()), flat)
    if "(" in flat and ", " in flat:
        flat = _CALLED.sub(_tightened, flat)
    if "= *" in flat or "≈ *" in flat:
        flat = _EMPHASIZED.sub(_without_marks, flat)
    if "**" in flat:
        flat = _BOLD.sub("  ", flat)
    if "|" in flat:
        flat = _ROW.sub(lambda m: m.group().replace("|", "¦"), flat)
    if "$" in flat:
        flat = _AFTERWARDS.sub(" ", flat)
    if "s of " in flat:
        flat = _STUFF.sub(_blank, flat)
    if " a " in flat or " an " in flat:
        flat = _RATE.sub(lambda m: m[1] + "/".ljust(len(m[2])), flat)
    if " : " in flat:
        flat = _PROPORTION.sub(r"\1 / \2 / ", flat)
        flat = _RATIO.sub(lambda m: m[0] if m["title"] else m[0][:-1] + _COLON, flat)
    if "percent" in flat:
        flat = _PERCENT.sub(lambda m: "%".ljust(len(m.group())), flat)
    if "of" in flat and ("%" in flat or "/" in flat):
        flat = _PART_OF.sub(r"\1* ", flat)
    return flat


def _without_marks(m: re.Match[str]) -> str:
    return m[2].center(len(m.group()))


def _tightened(m: re.Match[str]) -> str:
    """A call without blanks inside, as a comma before one ends a clause."""
    return "".join(m.group().split()).ljust(len(m.group()))


def _blank(m: re.Match[str]) -> str:
    """A noun without the stuff that it counts: 8 tubes of paint are 8 tubes."""
    if m["noun"] in _OF_CHANGES_VALUE or m["noun"] in _AFTER_CHANGES_VALUE:
        return m.group()
    return (m[1] + m["noun"]).ljust(len(m.group()))


def _is_operand(text: str, body: Span) -> bool:
    found = fragments(text, body)
    return len(found) == 1 and not found[0].ops


def _tokens(flat: str, start: int, end: int, units: Sequence[Span]) -> list[_Token]:
    out: list[_Token] = []
    unit = bisect_left(units, start, key=lambda span: span.start) if units else 0
    valued = "(" in flat or "|" in flat or " choose " in flat
    pattern = _TOKEN_OR_VALUED if valued else _TOKEN
    for m in pattern.finditer(flat, start, end):
        kind, text = m.lastgroup or "other", m[0]
        begin, stop = m.span()
        if units:
            while unit < len(units) and units[unit].end <= begin:
                unit += 1
            if unit < len(units) and units[unit].start <= begin and units[unit].end <= end:
                if units[unit].start == begin:
                    here = units[unit]
                    out.append(_Token("unit", flat[begin : here.end], begin, here.end))
                continue
        if kind == "word":
            if out and text.lower() in _MULTIPLIES:
                following = flat[stop : stop + 2].lstrip()[:1]
                factor = out[-1].kind in ("num", "close", "mark", "word")
                # `65x 117x` is no product: a sign has blanks on both sides, or on none
                factor &= begin > out[-1].end or not flat[stop : stop + 1].isspace()
                if factor and (following.isdecimal() or following in ("(", "$", "\\")):
                    kind = "op"
            elif text in ALIASES and _APPLIED.match(flat, stop):
                kind = "tex"
        out.append(_Token(kind, text, begin, stop))
    return out


_MULTIPLIES = ("x", "times")


def _units_end(tokens: list[_Token], at: int) -> int:
    """Index after the run of words that starts at `at`."""
    while at < len(tokens) and tokens[at].kind == "word":
        at += 1
    return at


_ARTICLES = frozenset(("a", "an"))


def _ends_value(tokens: list[_Token], at: int) -> bool:
    """Whether the word at `at` begins what is said of the value before it, which stays as it is:
    12 [a day], 6 [more pens]."""
    if at + 1 >= len(tokens) or tokens[at + 1].kind != "word":
        return False
    word, following = tokens[at].text.lower(), tokens[at + 1].text.lower()
    if word in _ARTICLES:
        before = tokens[at - 1]
        if before.end == tokens[at].start and before.text.isdigit():
            return False  # 1A is a numeral
        return len(following) > 1 and following not in _AFTER_CHANGES_VALUE
    if word in _COMPARES:
        return following != "than"
    return word in _GOES_ON


def _leaves(tokens: list[_Token], at: int) -> bool:
    """Whether the remainder of a division is told at `at`: 502 [R 1]."""
    told = tokens[at].text == "R" or tokens[at].text.lower() == "remainder"
    return told and at + 2 == len(tokens) and tokens[at + 1].kind == "num"


_MULTIPLE = r"(?:\d|half\b|twice\b|thrice\b|double\b|triple\b|times\b)"
_ONLY_WITH_ANOTHER = re.compile(
    rf"(?:more|less|fewer)\b(?!.*\bthan\b.*{_MULTIPLE})"
    r"|to\b(?!\s+(?:a\s+)?(?:[$\\(]*\d|half\b|quarter\b))"
    r"|of\b(?!\s+(?:[$\\(]*\d|half\b|them\b|these\b|those\b|which\b|it\b))"
    r"|times\b(?=\s*$|\s+(?:a|an|per|to|in|on|for|at|each|every|before|after|during|so|total)\b)",
    re.I,
)
"""Words after a number that change its value only together with another, where there is none."""


def _changed_by(tokens: list[_Token], at: int) -> bool:
    """Whether the words that begin at `at` change the value before them: 6 times as, 6 to 9."""
    rest = " ".join(token.text for token in tokens[at:])
    word = tokens[at].text.lower()
    return word in _AFTER_CHANGES_VALUE and not _ONLY_WITH_ANOTHER.match(rest)


def _begins_anew(tokens: list[_Token], at: int, stop: int) -> int:
    """Where, in the words from `at` on, something else begins with a capital letter, as in `2 hours
    Total time`, and not a name, as in `6 pears from Ann`; 0 if nowhere."""
    if at and tokens[at - 1].kind == "unit" and tokens[at].text[0].isupper():
        return at
    if tokens[at].text[0].isupper():
        return 0
    for i in range(at + 1, stop):
        begins = tokens[i].text[0].isupper() and tokens[i].text.lower() not in _CAPITAL_UNITS
        if begins and tokens[i - 1].text.lower() not in _BEHIND_NOUN:
            return i
    return 0


_CAPITAL_UNITS = UNITS | {"celsius", "fahrenheit", "kelvin", "newton", "newtons", "pascal", "i"}


def _noun_end(tokens: list[_Token], at: int, stop: int) -> int:
    """Where the noun at `at` ends, before what says of what and how often: pieces [of paper],
    cars [a week]."""
    noun = tokens[at].text.lower()
    if noun in _OF_CHANGES_VALUE or noun in _AFTER_CHANGES_VALUE:
        return stop
    for i in range(at + 1, stop):
        if tokens[i].text.lower() in _BEHIND_NOUN and not _changed_by(tokens, i):
            return i
    return stop


_COMPARES = frozenset(("more", "less", "fewer"))
_GOES_ON = (JOINING | WITHIN_LABEL) - _AFTER_CHANGES_VALUE - {"per", "of"}
_AFTER_NOUN = _GOES_ON | _ARTICLES | {"of"}
_BEHIND_NOUN = _AFTER_NOUN | {"to"}


def _is_value(token: _Token) -> bool:
    return token.kind in ("num", "close", "mark", "unit") or token.text == "}"


def _left_operand(tokens: list[_Token]) -> _Place | None:
    """The expression that ends a run of tokens; None where a word before may change its value."""
    if not tokens:
        return None
    if tokens[-1].kind == "word" and all(t.kind == "word" for t in tokens):
        if len(tokens[-1].text) == 1:
            last = len(tokens) - 1
            applied = last and (
                tokens[last - 1].text in _APPLIED_NAMES or not _may_precede(tokens, last - 1)
            )
            return None if applied else (tokens[-1].start, tokens[-1].end)
        return (tokens[0].start, tokens[-1].end) if len(tokens) <= 6 else None
    start = len(tokens)
    at = len(tokens) - 1
    while at >= 0:
        token = tokens[at]
        if token.text == _COLON:
            return None
        if token.kind == "other":
            break
        if token.kind == "word" and len(token.text) > 1:
            first = at
            while first > 0 and tokens[first - 1].kind == "word":
                first -= 1
            after = tokens[at + 1] if at + 1 < len(tokens) else None
            unit = (
                first > 0
                and _is_value(tokens[first - 1])
                and tokens[first - 1].kind != "unit"
                and (after is None or after.kind in ("op", "close"))
            ) or (first > 0 and tokens[first - 1].text == "/" and first == at)
            if not unit:
                beside = first == at and start == at + 1
                if beside and first > 0 and tokens[first - 1].kind == "num":
                    return None  # a quantity in two units: 1 hour 30 minutes
                break
            start = at = first
            at -= 1
            continue
        if token.text in _ARTICLES and _before_number(tokens, at):
            break
        doubled = token.kind == "num" and start < len(tokens) and tokens[start].kind == "num"
        if doubled and not _mixed(tokens, start):
            break
        start = at
        at -= 1
    if start >= len(tokens):
        return None
    depth = 0
    for index in range(len(tokens) - 1, start - 1, -1):
        if tokens[index].kind == "close":
            depth += 1
        elif tokens[index].kind == "open":
            depth -= 1
            if depth < 0:
                start, at = index + 1, -1
                break
    if start >= len(tokens) or depth > 0:
        return None
    if at >= 0 and (not _may_precede(tokens, at) or _attached(tokens, start)):
        return None
    if tokens[start].kind == "op" and (
        tokens[start].text not in _MINUS or _takes_from(tokens, start)
    ):
        return None
    kinds = {t.kind for t in tokens[start:]}
    supposed = at >= 0 and tokens[at].text.lower() in _SUPPOSE
    computed = kinds & {"op", "tex"} or any(t.text in _COMPUTES for t in tokens[start:])
    called = (
        tokens[start].kind == "word"
        and tokens[start + 1 : start + 2] != []
        and (tokens[start + 1].text == "(" and tokens[start + 1].start == tokens[start].end)
    )
    if at >= 0 and "num" in kinds and not (computed or called or supposed):
        return None  # a bare number after words belongs to their phrase: "8 shirts"
    if _glued(tokens[start:]):
        return None
    return tokens[start].start, tokens[-1].end


_SUPPOSE = frozenset("suppose supposing assume assuming".split())
_COMPUTES = frozenset("√!²³⁴⁵⁶⁷⁸⁹ⁿ⁻")
"""Marks that make a computation of a number."""


def _takes_from(tokens: list[_Token], at: int) -> bool:
    """Whether the minus sign at `at` takes from the word before it: `xy − 3y`, `cost - 5`."""
    if not at or at + 1 >= len(tokens) or tokens[at - 1].kind != "word":
        return False
    spaced = tokens[at].end < tokens[at + 1].start or tokens[at - 1].end == tokens[at].start
    return spaced and tokens[at - 1].text.lower() not in JOINING


def _attached(tokens: list[_Token], at: int) -> bool:
    """Whether a token is glued to a word before it, and so no value of its own."""
    return tokens[at - 1].kind in ("word", "num") and tokens[at - 1].end == tokens[at].start


def _before_number(tokens: list[_Token], at: int) -> bool:
    """Whether the word at `at` stands before a number, with a blank between: a 15 * 4 = 60."""
    if at + 1 >= len(tokens) or tokens[at + 1].kind not in ("num", "mark"):
        return False
    return tokens[at + 1].start > tokens[at].end


def _doubled(tokens: list[_Token], at: int) -> bool:
    """Whether the number at `at` stands beside another one, and is no part of it."""
    return at > 0 and tokens[at - 1].kind == "num" and not _mixed(tokens, at)


def _mixed(tokens: list[_Token], at: int) -> bool:
    """Whether the number at `at` is the top of a fraction after a whole number: 3 1/2."""
    return at + 2 < len(tokens) and tokens[at + 1].text == "/" and tokens[at + 2].kind == "num"


def _glued(tokens: list[_Token]) -> bool:
    """Whether two expressions may stand side by side: `x + 2 -16`, a blank only before the sign;
    `1$5`, no sign at all."""
    for at in range(1, len(tokens)):
        before, here = tokens[at - 1], tokens[at]
        if here.text in _CURRENCIES:
            if before.kind == "num" and before.end == here.start:
                return True
        elif (
            here.text in _MINUS
            and here.start > before.end
            and before.kind in ("num", "close", "word")
            and at + 1 < len(tokens)
            and here.end == tokens[at + 1].start
        ):
            return True
    return False


_CURRENCIES = frozenset("$€£")
_MINUS = frozenset("-−–")


def _may_precede(tokens: list[_Token], at: int) -> bool:
    """Whether an operand may begin right after `tokens[at]` without losing part of its value."""
    token = tokens[at]
    word = token.text.lower()
    if token.kind == "num":
        return False
    if token.kind != "word":
        return token.text in _QUOTES
    if _is_numbered(tokens, at):
        return False
    if tokens[at + 1].text == "(" and tokens[at + 1].start == token.end:
        return False  # a function that is not known
    if token.text in _APPLIED_NAMES:
        return False  # 3 - cos x
    if tokens[at + 1].kind == "tex" and len(word) < 4 and word not in JOINING:
        return False  # letters that multiply a function: mg cos 30°
    if word == "by":
        before = tokens[at - 1] if at else None
        return (
            before is not None and before.kind == "word" and before.text.lower() not in _BY_OPERATES
        )
    if word == "of":
        before = tokens[at - 1] if at else None
        if before is None or before.kind != "word":
            return False
        return before.text.lower() not in _OF_CHANGES_VALUE
    if word in _TIES and _counted(tokens, at):
        return False
    return word not in _BEFORE_CHANGES_VALUE


_NUMBERED = frozenset(TITLES)
_COUNTS_EACH = frozenset("each per every a an one the this that same any".split())


def _is_numbered(tokens: list[_Token], at: int) -> bool:
    """Whether the number behind the word at `at` is a name that goes on as if it were a value:
    Year 1 * 2. A dash there may end a title."""
    after = tokens[at + 2] if at + 2 < len(tokens) else None
    if not tokens[at].text[0].isupper() or tokens[at].text.lower() not in _NUMBERED:
        return False
    if tokens[at + 1].kind != "num" or after is None:
        return False
    each = at > 0 and tokens[at - 1].text.lower() in _COUNTS_EACH
    return after.kind == "op" and after.text not in _MINUS and not each


_PRAISE = "✓✔✅☑—\ufffd"
"""What may stand behind an equation and is no part of it."""
_QUOTES = "¦'\"’”“"
_BY_OPERATES = frozenset(
    "multiplied divided multiply divide multiplying dividing multiplies divides reduced times "
    "raised scaled replaced factored modulo squared and".split()
)
_APPLIED_NAMES = ALIASES.keys() | frozenset(
    "det tr trace rank dim ker deg arg var Var cov Cov sgn Re Im vol ord null nullity conjugate not"
    "".split()
)
"""What makes something else of a letter after it: det A is not A."""
_TIES = frozenset("in per for at on with from each a an every to".split())


def _counted(tokens: list[_Token], at: int) -> bool:
    """Whether the words up to `at` belong to a number before them: `24 eggs in [1 tray x 2]`."""
    while at >= 0 and tokens[at].kind == "word":
        at -= 1
    return at >= 0 and tokens[at].kind in ("num", "mark")


def _right_operand(tokens: list[_Token], *, whole: bool) -> _Place | None:
    """The expression that begins a run of tokens; with `whole`, all of it or None."""
    end = 0
    depth = 0
    while end < len(tokens):
        token = tokens[end]
        if token.kind == "other":
            if token.text == "|" or token.text not in _QUOTES + _PRAISE:
                return None  # digits that are left out, or a sign that is not known
            break
        if token.kind == "open":
            depth += 1
        elif token.kind == "close":
            depth -= 1
            if depth < 0:
                break
        elif (
            token.kind == "word"
            and end
            and not whole
            and (_ends_value(tokens, end) or _leaves(tokens, end))
        ):
            break
        elif token.kind == "word" and end and not whole and tokens[end - 1].kind == "unit":
            if _changed_by(tokens, end) or _second_unit(tokens, _units_end(tokens, end)):
                return None
            break
        elif token.kind == "word" and len(token.text) > 1:
            if _is_product(token, tokens[end - 1] if end else None):
                end += 1
                continue
            stop = _units_end(tokens, end)
            anew = _begins_anew(tokens, end, stop)
            if anew and not whole:
                end = _noun_end(tokens, end, anew)
                break
            if anew:
                return None
            after = tokens[stop] if stop < len(tokens) else None
            joined = after is not None and after.kind in ("op", "close", "mark")
            if end == 0 or not (_is_value(tokens[end - 1]) or tokens[end - 1].text == "/"):
                return None
            if token.text.lower() == "times" and not joined and not _changed_by(tokens, end):
                break  # he reads it 6 times
            if after is None and not whole:
                stop = _noun_end(tokens, end, stop)
            if joined or (after is None and stop - end <= 3):
                end = stop
                if stop < len(tokens) and not joined:
                    break
                continue
            called = token.text in ALIASES and token.text not in UNITS
            changes = called or _changed_by(tokens, end)
            # `2 hours and 10 minutes` is one quantity, `50 miles in 7 hours` is not
            between = {t.text.lower() for t in tokens[end:stop]} - {"and"}
            if changes or (between.isdisjoint(_AFTER_NOUN) and _second_unit(tokens, stop)):
                return None
            noun = _noun_end(tokens, end, stop)
            if noun < stop and noun - end <= 3:
                end = noun
            break
        elif token.kind == "num" and _doubled(tokens, end):
            return None
        end += 1
    if end == 0 or depth > 0 or (whole and end < len(tokens)):
        return None
    last = tokens[end - 1]
    if last.kind == "op" or last.kind == "open" or _glued(tokens[:end]):
        return None
    return tokens[0].start, last.end


def _unless_cut(flat: str, operand: _Place | None) -> _Place | None:
    """A right operand, if nothing goes on with its last number."""
    if operand is None:
        return None
    end = operand[1]
    following = flat[end : end + 1]
    if following not in (" ", "\t", ","):
        return operand
    if following == "," and flat[end - 1].isdigit() and flat[end + 1 : end + 2].isdigit():
        return None  # `3,5` may be one number
    if MORE_OF_IT.match(flat, end) and not _REMAINDER.match(flat, end):
        return None
    return operand


def _is_product(token: _Token, before: _Token | None) -> bool:
    """Whether letters right behind a number are unknowns and no unit: 6xy."""
    return (
        before is not None
        and before.kind == "num"
        and before.end == token.start
        and len(token.text) < 4
        and token.text.isalpha()
        and token.text not in UNITS
    )


def _second_unit(tokens: list[_Token], at: int) -> bool:
    """Whether the words before `at` are the first unit of two: 2 hours 10 minutes, 5 weeks and 1
    day."""
    if tokens[at - 1].text.lower() == "and":
        at -= 1
    if at < len(tokens) and tokens[at].text.lower() in ("and", ","):
        at += 1
    rest = tokens[at : at + 3]
    return [t.kind for t in rest[:2]] == ["num", "word"] and (
        len(rest) < 3 or rest[2].kind in ("word", "other")
    )


def _seams(tokens: list[_Token]) -> list[int]:
    """Where, between two signs, a value stands after a value with a blank between them."""
    return [
        at
        for at, (before, here) in enumerate(pairwise(tokens), 1)
        if here.start > before.end
        and before.kind != "unit"  # 2 h 30 min
        and before.text not in "₀₁₂₃₄₅₆₇₈₉%π"  # log₁₀ 2, 7 % 2, 4/3 π 3³
        and (_is_value(before) or _is_letter(before))
        and (_is_letter(here) or (here.kind == "num" and before.kind != "num"))
    ]


def _is_letter(token: _Token) -> bool:
    return token.kind == "word" and len(token.text) == 1


def _parted(tokens: list[_Token], seams: list[int]) -> tuple[_Place | None, _Place | None]:
    """The end of one equation and the beginning of the next, written side by side: `2x = 6 - x 3x
    = 6`. Where the place between them is not certain, as in `= 6 x =` and `= (1/2) 6 =`, neither is
    taken."""
    if len(seams) > 1 or tokens[seams[0]].kind != "num" or tokens[seams[0] - 1].kind == "close":
        return None, None
    at = seams[0]
    return _right_operand(tokens[:at], whole=True), _left_operand(tokens[at:])


def _joined(tokens: list[_Token]) -> tuple[_Place, _Place] | None:
    """The end of one equation and the beginning of the next with an "and" between them: `x + y = 4
    and xy = 3`. None where it may join two parts of a value: 2 hours and 10 minutes, 3 and 1/2."""
    found = [at for at, token in enumerate(tokens) if token.text == "and"]
    if len(found) != 1:
        return None
    before, after = tokens[: found[0]], tokens[found[0] + 1 :]
    last = _right_operand(before, whole=True) if before else None
    if last is None or not after:
        return None
    first = _left_operand(after)
    if first is not None and first[0] > after[0].start:
        first = None
    computed = first is not None and any(token.text in _JOINS_NUMBERS for token in after)
    applied = len(after) > 1 and after[1].text == "(" and after[0].kind == "word"
    if computed or applied or after[0].kind == "tex" or after[0].text == "|" or _names(after):
        return last, first or (last[1], last[1])
    return None


def _names(tokens: list[_Token]) -> bool:
    """Whether a short word is among them that is a symbol, or letters that are multiplied."""
    return any(
        token.kind == "word"
        and len(token.text) <= _LONGEST_SYMBOL
        and token.text not in _NO_SYMBOLS
        and not (at and _apart(tokens, at))
        for at, token in enumerate(tokens)
    )


def _apart(tokens: list[_Token], at: int) -> bool:
    """Whether a token stands behind a number with a blank between, as a unit does."""
    return tokens[at - 1].kind == "num" and tokens[at - 1].end < tokens[at].start


_JOINS_NUMBERS = frozenset("+-−–*×·")
_LONGEST_SYMBOL = 3
_NO_SYMBOLS = frozenset(("a", "I")) | UNITS | JOINING
"""Short words that are no symbols, nor letters that are multiplied."""


def _is_initial(flat: str, at: int) -> bool:
    """Whether a capital letter stands alone before a point, as in the name of a person."""
    return at >= 0 and "A" <= flat[at] <= "Z" and not flat[at - 1 : at].isalpha()


def _beginning(flat: str, tokens: list[_Token]) -> _Place | None:
    """The expression that ends a run of tokens and begins a chain; None too where it goes on with a
    number that is told before: 18 at first, - 5 + 4."""
    operand = _left_operand(tokens)
    if operand is None:
        return None
    start = operand[0]
    spaced = flat[start] in _SIGNS and flat[start + 1 : start + 2].isspace()
    return None if spaced and _DIGIT.search(flat, 0, start) else operand


_SIGNS = _MINUS | {"+"}
_DIGIT = re.compile(r"\d")


def prose_fragments(
    flat: str, letters: frozenset[str] = frozenset(), offset: int = 0
) -> list[Fragment]:
    """Chains in a flattened sentence (see `flatten`), with spans in the text that it begins in at
    `offset`. `letters` are units.

    An operand that could not be delimited safely is an empty span; its links stay unread.
    """
    out: list[Fragment] = []
    sign = SIGN.search(flat)
    if sign is None:
        return out
    units = [span for span, _ in unit_spans(flat, letters)]
    begin, at = 0, sign.start()
    for bound in chain(_CLAUSE.finditer(flat.lower()), (None,)):
        if bound is None:
            stop = resume = len(flat)
        elif bound[0] == "." and _is_no_stop(flat, bound.start(), units):
            continue
        else:
            stop, resume = bound.span()
        if at < stop and (signs := list(SIGN.finditer(flat, begin, stop))):
            for operands, ops in _chains(flat, begin, signs, stop, units):
                spans = [Span(start + offset, end + offset) for start, end in operands]
                out.append(Fragment("prose", spans, ops))
        begin = resume
        if at < begin:
            sign = SIGN.search(flat, begin)
            if sign is None:
                break
            at = sign.start()
    return out


def _is_no_stop(flat: str, point: int, units: Sequence[Span]) -> bool:
    """Whether a point stands behind an initial that is no unit."""
    return _is_initial(flat, point - 1) and all(unit.end != point for unit in units)


def _chains(
    flat: str, begin: int, signs: Sequence[re.Match[str]], stop: int, units: Sequence[Span]
) -> list[tuple[list[_Place], list[str]]]:
    """Operands and signs of the chains in a clause, which has these signs."""
    congruent = "≡" in flat and any(sign[0] == "≡" for sign in signs)
    operands = [_opening(flat, begin, signs[0].start(), units, congruent)]
    ops = [RELATIONS[signs[0][0]]]
    chains = [(operands, ops)]
    for before, sign in pairwise(signs):
        last, first = _between(flat, before.end(), sign.start(), units, congruent)
        operands.append(last)
        if first is not None:
            operands, ops = [first], []
            chains.append((operands, ops))
        ops.append(RELATIONS[sign[0]])
    operands.append(_ending(flat, signs[-1].end(), stop, units, congruent))
    return chains


def _opening(flat: str, start: int, end: int, units: Sequence[Span], congruent: bool) -> _Place:
    """The operand before the first sign of a clause."""
    if congruent and (modulus := _MODULUS.search(flat, start, end)):
        return _left_operand(_tokens(flat, modulus.end(), end, units)) or (end, end)
    if plain := _PLAINLY_FIRST.fullmatch(flat, start, end):
        return plain.span(1)
    return _beginning(flat, _tokens(flat, start, end, units)) or (end, end)


def _between(
    flat: str, start: int, end: int, units: Sequence[Span], congruent: bool
) -> tuple[_Place, _Place | None]:
    """What stands between two signs: one operand, or the last one of a chain and the first one of
    the next, with words between them."""
    unread = (end, end)
    if congruent and (modulus := _MODULUS.search(flat, start, end)):
        reduced = _right_operand(_tokens(flat, start, modulus.start(), units), whole=True)
        anew = _left_operand(_tokens(flat, modulus.end(), end, units))
        return reduced or unread, anew or unread
    if plain := _PLAINLY.fullmatch(flat, start, end):
        return plain.span(1), None
    tokens = _tokens(flat, start, end, units)
    if seams := _seams(tokens):
        last, first = _parted(tokens, seams)
        return last or unread, first or unread
    if (joined := _joined(tokens)) is not None:
        return joined
    operand = _right_operand(tokens, whole=True) or _right_operand(tokens, whole=False)
    operand = _unless_cut(flat, operand)
    if operand is not None and operand[1] == tokens[-1].end:
        return operand, None
    return operand or unread, _beginning(flat, tokens) or unread


def _ending(flat: str, start: int, end: int, units: Sequence[Span], congruent: bool) -> _Place:
    """The operand behind the last sign of a clause."""
    if congruent and (modulus := _MODULUS.search(flat, start, end)):
        tokens = _tokens(flat, start, modulus.start(), units)
        return _right_operand(tokens, whole=True) or (end, end)
    if plain := _PLAINLY.fullmatch(flat, start, end):
        operand: _Place | None = plain.span(1)
    else:
        operand = _right_operand(_tokens(flat, start, end, units), whole=False)
    return _unless_cut(flat, operand) or (end, end)


_NUMBER = r"\$?+(?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?+"
_CALCULATION = rf"{_NUMBER}(?:(?: [-+*/×÷x] |[-+*/×÷]){_NUMBER})*+"
_WORD = r"[A-Za-z][A-Za-z'’]*+(?:-[A-Za-z]++)*+"
_PLAINLY = re.compile(rf"\s*+({_CALCULATION})\s*+")
"""What is an operand as it stands, with no need to look at its tokens: numbers with signs between
them; and, before the first sign, a few words."""
_PLAINLY_FIRST = re.compile(
    rf"\s*+({_CALCULATION}|{_WORD}(?:\s++{_WORD}){{0,5}}+(?<=[A-Za-z]{{2}}))\s*+"
)
