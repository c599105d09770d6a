"""Calculations said in words: `the sum of 3, 4 and 5 is 12`, `20% of $50 is $10`, `12 is twice 6`.

A closed grammar of noun phrases. A claim is a clause that is one phrase, a verb and one value and
nothing else; where a word beside it may change what it says, it is left alone. What phrases say of
unknowns may be a condition and is left alone too, but for derivatives and integrals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import structs

from clr.bodies.mathematics import NumberFact, Relation
from clr.claim import Body, Claim, Kind, Role
from clr.notation.ast import Big, Call, Deriv, Div, Either, Expr, Sym, free_symbols, kinds
from clr.reading.clauses import may_begin, may_end, said_in
from clr.reading.cues import sign_of
from clr.reading.lexicon import CARDINALS, MONTHS
from clr.reading.shapes import POLYGONS
from clr.reading.spoken_amounts import OPENINGS as AMOUNTS
from clr.reading.spoken_amounts import amount_at
from clr.reading.spoken_orders import HINTS as ORDERS
from clr.reading.spoken_orders import orders_at
from clr.reading.spoken_phrases import HEADS, INTEGER_FUNCTIONS, SHAPES, phrase_at, term_at
from clr.reading.spoken_roots import EQUATIONS, roots_at
from clr.reading.spoken_roots import HEADS as ROOTS
from clr.reading.spoken_values import OPERATIONS, POSTFIX, Found, Tokens, value_at, words_at
from clr.trace import Span, Step

LONGEST = 100_000
"""Characters of a step; a longer one is not read, as its words take many times its memory."""


def read_spoken(step: Step) -> list[Claim]:
    """Calculations said in words in a step, in written order."""
    text = step.text
    if len(text) > LONGEST or not _promises(text):
        return []
    claims: list[Claim] = []
    for body, span, manner, withdrawn in said_in(text, _promises, _statements):
        supposed = manner.asked or manner.rejected or withdrawn
        if isinstance(body, Relation) and manner.approximate:
            body = structs.replace(body, approximate=True)
        if isinstance(body, Relation) and body.op not in ("=", "~"):
            supposed = supposed or manner.denied  # "it is not true that ... is less than ..."
        supposed = supposed or manner.role is Role.ASSUMED
        claims.append(claim_in_words(step, span, body, supposed, _uses(body)))
    return claims


def claim_in_words(
    step: Step,
    span: Span,
    body: Body,
    supposed: bool,
    uses: frozenset[str] = frozenset(),
) -> Claim:
    """The claim that words at `span` of the text of a step make, unless it is `supposed` there."""
    said = step.text[span.start : span.end]
    role = Role.ASSUMED if supposed else Role.DERIVED
    place = span.shift(step.span.start)
    return Claim(Kind.EQUALITY, said, place, step.index, " ".join(said.split()), role, body, uses)


def _promises(text: str) -> bool:
    """Whether a verb and the first words of a phrase or an operation occur, and what may follow
    them: a cheap look, as nearly all sentences do not hold them."""
    words = text.lower().split()
    if "%" in text:
        words = [_PERCENT if word[-1] == "%" else word for word in words]
    telling = _TELLING.intersection(words)
    if not telling:
        return False
    if not _VERBS.isdisjoint(words):
        openings = _OPENINGS
    elif "=" in words:
        openings = _PHRASES  # operations with a sign of equality are read as mathematics
    else:
        return False
    compares = ("$" in text or "\\(" in text) and not ORDERS.isdisjoint(telling)
    if compares and _SUBJECT.search(text.lower()) is not None:
        return True
    for word in telling & openings.keys():
        at = -1
        for _ in range(words.count(word)):
            at = words.index(word, at + 1)
            for before, opening in openings[word]:
                if _opens(words, at - before, opening):
                    return True
    return False


def _opens(words: Sequence[str], at: int, opening: tuple[str, ...]) -> bool:
    """Whether these words stand at `at`, or what `_VALUE` and `_TERM` stand for."""
    if at < 0 or at + len(opening) > len(words):
        return False
    for k, word in enumerate(opening, at):
        if words[k] != word and not (
            (word == _VALUE and (words[k][0] in _VALUE_BEGINS or words[k] == _PERCENT))
            or (word == _TERM and _begins_term(words, k))
        ):
            return False
    return True


def _begins_term(words: Sequence[str], at: int) -> bool:
    """Whether a value or a phrase may begin at `at`: not with a word that begins neither."""
    at += words[at] in _ARTICLES and at + 1 < len(words)
    found = _WORD.match(words[at])
    return found is None or found.group() in _TERM_BEGINS


def _uses(body: Body) -> frozenset[str]:
    if not isinstance(body, Relation):
        return frozenset()
    return free_symbols(body.left) | free_symbols(body.right)


# clauses


_IS: tuple[tuple[str, ...], ...] = tuple(
    tuple(verb.split())
    for verb in (
        "is equal to", "are equal to", "equals", "equal", "gives us", "gives", "yields",
        "would give", "is exactly", "is simply", "is just", "is also", "is indeed", "is therefore",
        "is then", "is thus", "is", "are", "makes", "comes to", "comes out to", "amounts to",
        "works out to", "=",
    )
)  # fmt: skip
_WE_GET = tuple(
    tuple(verb.split())
    for verb in ("we get", "we have", "we find", "you get", "leads to", "leaves us with", "leaves")
)
"""What leads on from what one does: `adding 3 and 4, we get 7`."""
_DOING = frozenset("adding multiplying dividing subtracting taking".split())
_IS_ABOUT: tuple[tuple[str, ...], ...] = tuple(
    tuple(verb.split())
    for verb in (
        "is approximately",
        "is about",
        "is roughly",
        "is around",
        "is approximately equal to",
    )
)
_COMPARES: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = tuple(
    (op, tuple(tuple(verb.split()) for verb in verbs))
    for op, verbs in (
        (">", ("is greater than", "is larger than", "is bigger than", "is more than", "exceeds")),
        ("<", ("is less than", "is smaller than")),
        (">=", ("is at least", "is no less than", "is greater than or equal to")),
        ("<=", ("is at most", "is no more than", "is less than or equal to")),
    )
)
_SIGNS = (*_COMPARES, ("~", _IS_ABOUT), ("=", _IS))
_ROOTS_OF_TWO = (("a", "square", "root"), ("a", "fourth", "root"))
_COUNTED = ("divisors", "factors", "positive", "digits")


def _statements(t: Tokens) -> Iterator[tuple[Span, NumberFact | Relation]]:
    at = 0
    last = max((k for k, token in enumerate(t) if token.text in _ALL_VERBS), default=0)
    while at < last:
        if not may_begin(t, at):
            at += 1
        elif (found := _statement(t, at)) is not None:
            yield Span(t[at].start, t[found[1] - 1].end), found[0]
            at = found[1]
        elif (roots := roots_at(t, at)) and may_end(t, roots[1], listed=True):
            yield from roots[0]
            at = roots[1]
        elif orders := orders_at(t, at):
            yield from orders[0]
            at = orders[1]
        else:
            at += 1


def _statement(t: Tokens, at: int) -> tuple[NumberFact | Relation, int] | None:
    amount = amount_at(t, at)
    if amount is not None:
        return amount if may_end(t, amount[1], listed=False) else None
    left = term_at(t, at)
    if left is None:
        return None
    doing = t[at].text in _DOING
    if left.end == len(t) or not (doing or t[left.end].text in _VERB_WORDS):
        return None
    for special in (_remainder_left, _has_divisors):
        found = special(t, left)
        if found is not None:
            return found if may_end(t, found[1], listed=False) else None
    said = _verb(t, left.end)
    if said is None and doing:
        comma = t[left.end].text == ","
        after_verb = words_at(t, left.end + comma, _WE_GET)
        said = ("=", after_verb) if after_verb is not None else None
        divides = isinstance(left.value, Either) and left.value.cause == "quotient"
        if divides and "leaves" in t[left.end].text:
            return None  # what a division leaves is its remainder
    if said is None or (t[left.end].text == "=" and phrase_at(t, at) is None):
        return None
    op, after = said
    right = term_at(t, after) or _first_of_chain(t, after)
    if right is None or not (left.compound or right.compound):
        return None
    if not may_end(t, right.end, listed=right.compound):
        return None
    if right.end == len(t) and t[-1].text.endswith("!"):
        return None  # a factorial, or the end of a sentence
    if words_at(t, after, _ROOTS_OF_TWO) is not None:
        return None  # 7 and -7 are square roots of 49
    body = _body(left.value, op, right.value)
    return (body, right.end) if body is not None else None


def _verb(t: Tokens, at: int) -> tuple[str, int] | None:
    """The sign that a verb stands for, and the index after it."""
    for op, verbs in _SIGNS:
        end = words_at(t, at, verbs)
        if end is not None:
            return op, end
    return None


def _body(left: Expr, op: str, right: Expr) -> NumberFact | Relation | None:
    for of, value in ((left, right), (right, left)):
        if isinstance(of, Call) and of.func in INTEGER_FUNCTIONS:
            if op != "=" or Call in kinds(value) or free_symbols(of.args[0]) | free_symbols(value):
                return None
            return NumberFact(of.func, (of.args[0], value))
    if any(isinstance(n, Call) and n.func in INTEGER_FUNCTIONS for n in (left, right)):
        return None
    if free_symbols(left) | free_symbols(right) and not isinstance(left, (Deriv, Big)):
        return None
    return Relation(left, op, right, approximate=op == "~")


def _first_of_chain(t: Tokens, at: int) -> Found | None:
    """What an equation after the verb begins with: `is \\(3 + 4 = 7\\)`; of `is \\(d = 3 + 4\\)`,
    what it gives the name."""
    if at >= len(t) or t[at].links == 0:
        return None
    first, last = t[at].value, t[at].last
    said = last if isinstance(first, Sym) else first
    return Found(said, at + 1, False) if said is not None else None


def _remainder_left(t: Tokens, left: Found) -> tuple[Relation, int] | None:
    """`17 leaves a remainder of 2 when divided by 5`, `17 divided by 5 leaves a remainder of 2`."""
    at = words_at(t, left.end, _LEAVES)
    rest = value_at(t, at) if at is not None else None
    if rest is None:
        return None
    by = words_at(t, rest.end, (("when", "divided", "by"), ("upon", "division", "by")))
    if by is not None and not left.compound:
        divisor = value_at(t, by)
        if divisor is None:
            return None
        return Relation(Call("mod", (left.value, divisor.value)), "=", rest.value), divisor.end
    match left.value:
        case Either((Div(a, b), _), "quotient") if by is None:
            return Relation(Call("mod", (a, b)), "=", rest.value), rest.end
    return None


_LEAVES = tuple(
    tuple(words.split())
    for words in (
        "leaves a remainder of", "leaves remainder", "leaves a remainder", "has a remainder of",
        "gives a remainder of", "has remainder", "gives remainder",
    )
)  # fmt: skip


def _has_divisors(t: Tokens, left: Found) -> tuple[NumberFact, int] | None:
    """`12 has 6 divisors`."""
    at = words_at(t, left.end, (("has", "exactly"), ("has",)))
    count = t[at].value if at is not None and at + 1 < len(t) else None
    if at is None or count is None or left.compound:
        return None
    noun = words_at(t, at + 1, (("positive", "integer"), ("positive",))) or at + 1
    if noun < len(t) and t[noun].text in ("divisors", "factors"):
        return NumberFact("number of divisors", (left.value, count)), noun + 1
    if noun == at + 1 and t[noun].text == "digits":
        return NumberFact("number of digits", (left.value, count)), noun + 1
    return None


Openings: TypeAlias = Mapping[str, Sequence[tuple[int, tuple[str, ...]]]]
"""What may be read begins with these words. They are found by the longest, which occurs least; its
place among them is told."""
_PERCENT = "percent"
"""What stands for a percentage too."""
_VALUE, _TERM = "", "~"
"""What stand for a value, and for a value or a phrase, in openings."""


def _openings(*beginnings: tuple[str, ...]) -> Openings:
    found: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for words in dict.fromkeys(beginnings):
        longest = max(words, key=len)
        opening = words if len(words) > 1 else (*words, _VALUE)
        found.setdefault(longest, []).append((words.index(longest), opening))
    return found


def _before_terms(phrases: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """What opens with phrases of which those of several words stand before a term."""
    return [(*words, _TERM) if len(words) > 1 else words for words in phrases]


_HEADS = _before_terms(words for readers in HEADS.values() for words, _ in readers)
_PHRASES = _openings(*_HEADS)
_OPENINGS = _openings(
    *_HEADS,
    *_before_terms(words for words, _ in OPERATIONS if words != ("of",)),
    *_before_terms((_PERCENT, *words) for words, _ in OPERATIONS),
    *((word, verb[0]) for word in POSTFIX for verb in _IS),
    *_LEAVES,
    *(("has", _VALUE, noun + end) for noun in _COUNTED for end in ("", ".", ",")),
    *_before_terms(AMOUNTS),
    *_before_terms((noun, of) for noun in ROOTS for of in ("of", "to")),
)
_TELLING = ORDERS | _OPENINGS.keys()
SIGN = sign_of(*(re.findall("[a-z]+", word)[-1] for word in _TELLING), whole=True)
"""A text without percentages whose words do not have this bit holds no such calculation."""
_VERB_WORDS = frozenset(verb[0] for verb in (*_IS, *_LEAVES, *_WE_GET)) | {"exceeds"}
_ALL_VERBS = _VERB_WORDS | {"lies"}
_VERBS = _ALL_VERBS - {"="}
_VALUE_BEGINS = frozenset("0123456789$\\(.-")
_ARTICLES = frozenset("the a an our this one any".split())
_TERM_BEGINS = frozenset(
    (_PERCENT, *CARDINALS, *HEADS, *POLYGONS, *MONTHS, *(words[0] for words in SHAPES))
) | {words[1] for words in EQUATIONS}
"""Words that may stand where a term is expected, behind an article or not."""
_WORD = re.compile(r"[a-z][a-z'’]*(?:-[a-z]+)*")
_SUBJECT = re.compile(r"[^a-z\s*\"“”][\s*\"“”]*(?:is|lies)\b")
"""What is no word, and the verb behind it."""
