"""Calculations said in words: `the sum of 3, 4 and 5 is 12`, `20% of $50 is $10`, `12 is twice 6`.

A closed grammar of noun phrases. A claim is a clause that is one phrase, a verb and one value and
nothing else; where a word beside it may change what it says, it is left alone. What phrases say of
unknowns may be a condition and is left alone too, but for derivatives and integrals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from clr.bodies.mathematics import NumberFact, Relation
from clr.claim import Body, Claim, Kind, Role
from clr.notation.ast import Big, Call, Deriv, Div, Either, Expr, Sym, free_symbols, kinds
from clr.reading.discourse import stance
from clr.reading.retractions import taken_back
from clr.reading.spoken_phrases import HEADS, INTEGER_FUNCTIONS, term_at
from clr.reading.spoken_values import OPERATIONS, POSTFIX, Found, Tokens, value_at, words_at
from clr.reading.spoken_words import Sort, tokens
from clr.reading.surface import pieces, sentences
from clr.trace import Span, Step


def read_spoken(step: Step) -> list[Claim]:
    """Calculations said in words in a step, in written order."""
    text = step.text
    if not _promises(text):
        return []
    withdrawn = taken_back(text)
    claims: list[Claim] = []
    for sentence, members in sentences(text, pieces(text)):
        written = text[sentence.start : sentence.end]
        if written.rstrip().endswith("?") or not _promises(written):
            continue
        for span, body in _statements(tokens(text, members)):
            before = text[max(sentence.start, span.start - 160) : span.start]
            ahead = text[sentence.end : sentence.end + 120]
            manner = stance(before, text[span.end : min(sentence.end, span.end + 80)], ahead)
            supposed = manner.asked or manner.rejected or span.end <= withdrawn
            if isinstance(body, Relation):
                body = Relation(body.left, body.op, body.right, approximate=manner.approximate)
            claims.append(
                Claim(
                    Kind.EQUALITY,
                    text[span.start : span.end],
                    span.shift(step.span.start),
                    step.index,
                    " ".join(text[span.start : span.end].split()),
                    Role.ASSUMED if supposed or manner.role is Role.ASSUMED else Role.DERIVED,
                    body,
                    _uses(body),
                )
            )
    return claims


def _promises(text: str) -> bool:
    """Whether a verb and the first two words of a phrase or an operation occur: a cheap look, as
    nearly all sentences hold neither."""
    words = text.lower().split()
    if _VERBS.isdisjoint(words):
        return False
    for at, word in enumerate(words):
        openings = _OPENINGS.get("percent" if word[-1] == "%" else word)
        if openings is not None and any(_opens(words, at + 1, rest) for rest in openings):
            return True
    return False


def _opens(words: Sequence[str], at: int, rest: tuple[str, ...]) -> bool:
    """Whether the words `rest` stand at `at`; "" stands for a value."""
    if at + len(rest) > len(words):
        return False
    return all(
        words[at + k] == word if word else words[at + k][0] in _VALUE_BEGINS
        for k, word in enumerate(rest)
    )


def _uses(body: Body) -> frozenset[str]:
    if not isinstance(body, Relation):
        return frozenset()
    return free_symbols(body.left) | free_symbols(body.right)


# clauses


_BEFORE = frozenset(
    "so thus therefore hence then that since because but now as while also know".split()
)
"""Words after which a clause begins."""
_AFTER = frozenset(
    "so which because since as but while then therefore thus hence and making giving".split()
)
"""Words with which the next clause begins."""
_IS: tuple[tuple[str, ...], ...] = tuple(
    tuple(verb.split())
    for verb in (
        "is equal to", "are equal to", "equals", "equal", "gives us", "gives", "yields",
        "would give", "is exactly", "is simply", "is just", "is also", "is indeed", "is therefore",
        "is then", "is thus", "is approximately", "is about", "is roughly", "is around", "is",
        "are",
    )
)  # fmt: skip
_COUNTED = ("divisors", "factors", "positive", "digits")


def _statements(t: Tokens) -> Iterator[tuple[Span, NumberFact | Relation]]:
    at = 0
    while at < len(t):
        found = _statement(t, at) if _may_begin(t, at) else None
        if found is None:
            at += 1
            continue
        body, end = found
        yield Span(t[at].span.start, t[end - 1].span.end), body
        at = end


def _may_begin(t: Tokens, at: int) -> bool:
    if at == 0 or t[at - 1].sort is Sort.STOP or t[at - 1].text in _BEFORE:
        return True
    return t[at - 1].text == "and" and at > 1 and t[at - 2].sort is Sort.STOP


def _may_end(t: Tokens, at: int, *, listed: bool) -> bool:
    """Whether a clause may end before `t[at]`; one that is `listed` may go on after an "and"."""
    if at >= len(t):
        return True
    following = t[at + 1] if at + 1 < len(t) else None
    value_next = following is not None and (
        following.value is not None or following.text in ("a", "an", "half", "one")
    )
    if t[at].sort is Sort.STOP:
        return not (t[at].text == "," and value_next)
    return t[at].text in _AFTER and not (t[at].text == "and" and (listed or value_next))


def _statement(t: Tokens, at: int) -> tuple[NumberFact | Relation, int] | None:
    left = term_at(t, at)
    if left is None:
        return None
    for special in (_remainder_left, _has_divisors):
        found = special(t, left)
        if found is not None:
            return found if _may_end(t, found[1], listed=False) else None
    verb = words_at(t, left.end, _IS)
    if verb is None:
        return None
    right = term_at(t, verb) or _first_of_chain(t, verb)
    if right is None or not (left.compound or right.compound):
        return None
    if not _may_end(t, right.end, listed=right.compound):
        return None
    body = _body(left.value, right.value)
    return (body, right.end) if body is not None else None


def _body(left: Expr, right: Expr) -> NumberFact | Relation | None:
    for of, value in ((left, right), (right, left)):
        if isinstance(of, Call) and of.func in INTEGER_FUNCTIONS:
            if Call in kinds(value) or free_symbols(of.args[0]) | free_symbols(value):
                return None
            return NumberFact(of.func, (of.args[0], value))
    if any(isinstance(n, Call) and n.func in INTEGER_FUNCTIONS for n in (left, right)):
        return None
    if free_symbols(left) | free_symbols(right) and not isinstance(left, (Deriv, Big)):
        return None
    return Relation(left, "=", right)


def _first_of_chain(t: Tokens, at: int) -> Found | None:
    """What an equation after the verb begins with: `is \\(3 + 4 = 7\\)`; of `is \\(d = 3 + 4\\)`,
    what it gives the name."""
    if at >= len(t) or t[at].sort is not Sort.CHAIN:
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
    if at is None or left.compound or at + 1 >= len(t) or t[at].value is None:
        return None
    count = t[at].value
    assert count is not None
    noun = words_at(t, at + 1, (("positive", "integer"), ("positive",), ())) or at + 1
    if noun < len(t) and t[noun].text in ("divisors", "factors"):
        return NumberFact("number of divisors", (left.value, count)), noun + 1
    if noun == at + 1 and t[noun].text == "digits":
        return NumberFact("number of digits", (left.value, count)), noun + 1
    return None


def _openings() -> Mapping[str, Sequence[tuple[str, ...]]]:
    """For the first word of a phrase or an operation, the words after it; "" stands for a value."""
    found: dict[str, set[tuple[str, ...]]] = {
        "percent": {words for words, _ in OPERATIONS},
        "has": {("", noun + end) for noun in _COUNTED for end in ("", ".", ",")},
    }
    phrases = [words for readers in HEADS.values() for words, _ in readers]
    operations = [words for words, _ in OPERATIONS if words != ("of",)]
    for words in (*phrases, *operations, *_LEAVES):
        found.setdefault(words[0], set()).add(words[1:] or ("",))
    for word in POSTFIX:
        found.setdefault(word, set()).update(verb[:1] for verb in _IS)
    return {word: tuple(rests) for word, rests in found.items()}


_OPENINGS = _openings()
_VERBS = frozenset(verb[0] for verb in _IS) | {words[0] for words in _LEAVES}
_VALUE_BEGINS = frozenset("0123456789$\\(.-")
