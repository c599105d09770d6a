"""Totals said in words: `5 tickets at $12 each cost $60`, `3 boxes of 12 make 36 eggs`, `at 60 km/h
for 2 hours he covers 120 km`.

A number of things and what each of them holds or costs, or a rate and how long it lasts, told in
one clause with what comes of it. The units have to cancel, and nothing else in the sentence may
change the amount: no third number, no tax, no discount, no second rate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from clr.bodies.mathematics import Relation
from clr.claim import Claim, Role
from clr.notation.ast import Dec, Div, Expr, Int, Mul, Quantity
from clr.notation.dimensions import unit_magnitude
from clr.notation.words import singular
from clr.reading.clauses import ends_plainly, may_begin, said_in
from clr.reading.cues import cues_of, either, sign_of
from clr.reading.lexicon import CARDINALS
from clr.reading.spoken import LONGEST, claim_in_words
from clr.reading.spoken_values import Found, Tokens, value_at, words_at
from clr.reading.spoken_words import Sort
from clr.trace import Span, Step

_NUMBERS = 3
"""Of a clause that tells a total: how many, how much each, and how much together; two of them in
digits."""
_CARDINAL = "|".join(word for word in CARDINALS if word != "one")
_EACH = re.compile(
    r"[afow](?:(?<=a)t|(?<=f)or|(?<=o)f|(?<=w)ith)\b[\s*\"“”]*(?:(?:the|an?)[\s*\"“”]+)?"
    rf"(?:[-$€£.(\d]|(?:{_CARDINAL})\b)"
)
"""How much each is, or how much at a time."""
_NUMBER_WORDS = either(*(word for word in CARDINALS if word != "one"), whole=True)
_NUMERAL = re.compile(r"\d[\d.,]*")
CHANGES = sign_of(
    *"discount coupon off tax taxes tip tips fee fees free sale deal saves saving savings voucher "
    "reduced reduction plus minus except without including excluding extra bonus overtime delivery "
    "shipping after before already left leftover remaining broken missing empty half double "
    "between less more fewer another other others both average about around nearly almost roughly "
    "approximately up since because offer special".split(),
    whole=True,
)
"""The bit of what may change an amount."""


def read_totals(step: Step) -> list[Claim]:
    """Totals said in words in a step, in written order."""
    text = step.text
    if len(text) > LONGEST or not _promises(text):
        return []
    if cues_of(text) & CHANGES:
        return []
    claims = []
    for body, span, manner, withdrawn in said_in(text, _promises, _statements, in_prose=True):
        supposed = manner.asked or manner.rejected or withdrawn or manner.denied
        supposed = supposed or manner.role is Role.ASSUMED
        claims.append(claim_in_words(step, span, body, supposed))
    return claims


def _promises(text: str) -> bool:
    """Whether a sentence may tell a total, or a text hold such a sentence: a cheap look."""
    lower = text.lower()
    if _EACH.search(lower) is None or _TELLING.isdisjoint(lower.split()):
        return False
    numerals = len(_NUMERAL.findall(text))
    return numerals >= _NUMBERS or (
        numerals == _NUMBERS - 1 and _NUMBER_WORDS.search(lower) is not None
    )


def _statements(t: Tokens) -> Iterator[tuple[Span, Relation]]:
    numbers = (token for token in t if token.value is not None)
    if len([*islice(numbers, _NUMBERS + 1)]) != _NUMBERS:
        return
    for at in range(len(t)):
        if not may_begin(t, at) or (at and t[at - 1].text == ","):
            continue  # what stands before a comma may change it: with a group ticket, ...
        for read in (_priced, _grouped, _going_on):
            found = read(t, at)
            if found is not None and ends_plainly(t, found[1]):
                yield Span(t[at].start, t[found[1] - 1].end), found[0]
                return


def _priced(t: Tokens, at: int) -> tuple[Relation, int] | None:
    """`5 tickets at $12 each cost $60`."""
    at = words_at(t, at, _TRADING) or at
    count = _counted(t, at)
    if count is None:
        return None
    after = words_at(t, count.end, (("at",), ("for",)))
    price = value_at(t, after) if after is not None else None
    if price is None or not isinstance(price.value, Quantity):
        return None
    noun = _noun(count.value)
    end = words_at(t, price.end, (("each",), ("apiece",)))
    if end is None:
        end = words_at(t, price.end, tuple((per, noun) for per in ("per", "a", "an")))
    if end is None:
        return None
    after = words_at(t, end, _COSTS)
    return _total(t, after, count.value, price.value)


_TRADING = tuple((word,) for word in "buying selling ordering renting printing".split())
_COSTS = tuple(
    tuple(words.split())
    for words in (
        "cost a total of", "costs a total of", "cost", "costs", "is", "are", "come to", "comes to",
        "total", "totals", "make", "makes", ", for a total of", "for a total of", "=", "amount to",
    )
)  # fmt: skip


def _grouped(t: Tokens, at: int) -> tuple[Relation, int] | None:
    """`8 rows of 12 chairs make 96 chairs`, `that makes 3 boxes of 12, or 36 eggs`."""
    at = words_at(t, at, _MAKES) or at
    count = _counted(t, at)
    if count is None:
        return None
    after = words_at(t, count.end, (("of",), ("with",)))
    each = value_at(t, after) if after is not None else None
    if each is None or not isinstance(each.value, (Int, Quantity)):
        return None
    end = words_at(t, each.end, (("each",), ("apiece",))) or each.end
    after = words_at(t, end, _GROUPS_ARE)
    result = value_at(t, after) if after is not None else None
    if result is None or not isinstance(result.value, Quantity):
        return None
    things = each.value
    if not isinstance(things, Quantity):
        if result.value.unit == _unit(count.value):
            return None
        things = Quantity(things, result.value.unit)
    if things.unit == _unit(count.value):
        return None
    return _total(t, after, count.value, things)


_MAKES = tuple(
    tuple(words.split()) for words in ("that makes", "this makes", "that's", "that is", "makes")
)
_GROUPS_ARE = tuple(
    tuple(words.split())
    for words in (
        "make a total of", "make", "makes", "is", "are", ", or", "or", ", that is", ", so", "=",
        ", which is", ", which makes", "give", "gives",
    )
)  # fmt: skip


def _going_on(t: Tokens, at: int) -> tuple[Relation, int] | None:
    """`at 60 km/h for 2 hours he covers 120 km`, `in 6 hours at $15 an hour she earns $90`."""
    at = words_at(t, at, _DOING) or at
    first = words_at(t, at, (("at",),))
    if first is not None:
        rate = _rate(t, first)
        after = words_at(t, rate[2], _LASTS) if rate is not None else None
        lasts = _counted(t, after) if after is not None else None
        end = lasts.end if lasts is not None else 0
    else:
        start = words_at(t, at, _LASTS) or at
        lasts = _counted(t, start)
        after = words_at(t, lasts.end, (("at",),)) if lasts is not None else None
        rate = _rate(t, after) if after is not None else None
        end = rate[2] if rate is not None else 0
    if rate is None or lasts is None:
        return None
    amount, per, _ = rate
    assert isinstance(lasts.value, Quantity)
    times = _times(lasts.value, per)
    verb = _verb(t, end)
    if times is None or verb is None:
        return None
    result = value_at(t, verb)
    if result is None or not isinstance(result.value, Quantity):
        return None
    if result.value.unit != amount.unit:
        return None
    return Relation(Mul((amount, times)), "=", result.value), result.end


_DOING = tuple(
    (word,)
    for word in "driving walking running riding cycling flying working travelling traveling".split()
)
_LASTS = (("for",), ("in",), (",",))


def _rate(t: Tokens, at: int) -> tuple[Quantity, str, int] | None:
    """`60 km/h`, `$15 an hour`: the amount, what it is for, and the index after."""
    found = value_at(t, at)
    if found is None or not isinstance(found.value, Quantity):
        return None
    amount, _, per = found.value.unit.partition("/")
    value = found.value.value
    if per:
        return Quantity(value, amount), per, found.end
    end = found.end
    if end + 1 >= len(t) or t[end].text not in ("/", "per", "a", "an", "every", "each"):
        return None
    if t[end + 1].sort is not Sort.WORD:
        return None
    return found.value, singular(t[end + 1].text), end + 2


def _times(lasts: Quantity, per: str) -> Expr | None:
    """How many times the unit of a rate an amount is: 30 minutes are half an hour."""
    if lasts.unit == per:
        return lasts.value
    a, b = unit_magnitude(lasts.unit), unit_magnitude(per)
    if a is None or b is None or a[0] != b[0]:
        return None
    size: Fraction = a[1] / b[1]
    return Mul((lasts.value, Div(Int(size.numerator), Int(size.denominator))))


_MOVES = frozenset(
    "covers covered travels travelled traveled goes went drives drove walks walked runs ran rides "
    "rode cycles cycled flies flew earns earned makes made produces produced prints printed pumps "
    "pumped types typed reads read is are makes gives =".split()
)
_TELLING = _MOVES | {words[0] if words[0] != "," else words[1] for words in (*_COSTS, *_GROUPS_ARE)}
_MOST_WORDS = 3
"""Words of who does something."""


def _verb(t: Tokens, at: int) -> int | None:
    """The index after a verb that tells what comes of a rate, with its subject before it."""
    at += at < len(t) and t[at].text == ","
    for k in range(at, min(at + _MOST_WORDS + 1, len(t))):
        if t[k].text in _MOVES:
            return words_at(t, k + 1, (("a", "total", "of"),)) or k + 1
        if t[k].sort is not Sort.WORD:
            return None
    return None


def _counted(t: Tokens, at: int) -> Found | None:
    """A number with what it counts."""
    found = value_at(t, at)
    if found is None or not isinstance(found.value, Quantity):
        return None
    if not isinstance(found.value.value, (Int, Dec)) or _noun(found.value).endswith("th"):
        return None  # 3 sevenths of 21
    return found


def _noun(e: Expr) -> str:
    return _unit(e).split()[-1] if _unit(e) else ""


def _unit(e: Expr) -> str:
    return e.unit if isinstance(e, Quantity) else ""


def _total(
    t: Tokens, after: int | None, count: Expr, each: Quantity
) -> tuple[Relation, int] | None:
    """So many times what each is, and what is told to be the total."""
    result = value_at(t, after) if after is not None else None
    if result is None or not isinstance(result.value, Quantity):
        return None
    if result.value.unit != each.unit:
        return None
    assert isinstance(count, Quantity)
    return Relation(Mul((count.value, each)), "=", result.value), result.end
