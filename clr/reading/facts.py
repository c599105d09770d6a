"""Facts about numbers said in words: `91 is not prime`, `12 is divisible by 4`, `8 and 15 are
relatively prime`, `7 divides 91`, `2^10 has a units digit of 4`, `2^4 + 1 = 17, which is prime`,
`there are 3 divisors of 9`, `the prime factors of 12 are 2 and 3`, `9, 16 and 25 are squares`.

Only whole clauses with numbers in them are read; one about a symbol, or in a condition, is left.
What is said of a chain of equations is said of the number that it ends with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from clr.bodies.mathematics import NumberFact
from clr.claim import Claim, Kind, Role
from clr.notation.ast import Call, Expr, InBase, Int, Quantity, free_symbols, kinds
from clr.reading.clauses import ends_plainly, may_begin, said_in
from clr.reading.cues import either, mentions, sign_of
from clr.reading.integer_sets import integer_set_at
from clr.reading.lexicon import CARDINALS
from clr.reading.spoken_values import Tokens, value_at, words_at
from clr.reading.spoken_words import Sort
from clr.trace import Span, Step

_PREDICATES = {
    "prime": "prime", "a prime": "prime", "composite": "composite", "a composite": "composite",
    "even": "even", "an even": "even", "odd": "odd", "an odd": "odd",
    "a perfect square": "square", "a square": "square", "a perfect cube": "cube", "a cube": "cube",
}  # fmt: skip
_NOUNS = (("number",), ("integer",), ("positive", "integer"), ("natural", "number"))
_ITSELF = (("itself",), ("as", "well"), ("too",))
_PAIRS = {
    "divisible by": "divisible", "evenly divisible by": "divisible", "a multiple of": "multiple",
    "a factor of": "factor", "a divisor of": "factor", "a power of": "power",
}  # fmt: skip
_OF_ALL = {
    "prime": "prime", "primes": "prime", "composite": "composite", "even": "even", "odd": "odd",
    "perfect squares": "square", "squares": "square", "perfect cubes": "cube", "cubes": "cube",
}  # fmt: skip
_PAIRS_OF_ALL = {
    "divisible by": "divisible", "multiples of": "multiple", "factors of": "factor",
    "divisors of": "factor", "powers of": "power",
}  # fmt: skip
_COPRIME = tuple(
    tuple(words.split()) for words in ("relatively prime", "coprime", "co-prime", "mutually prime")
)
Options: TypeAlias = tuple[tuple[str, ...], ...]
_IS: Options = (
    *(("is", word) for word in ("itself", "also", "indeed", "clearly", "already")),
    ("is",),
)
_HAS: Options = (("has",),)
_OF: Options = (("of",),)
_ENDS: Options = (("ends", "in"), ("ends", "with"), ("ends", "in", "a"), ("ends", "with", "a"))
_LAST_DIGIT: Options = tuple(
    (article, name, "digit")
    for article in ("a", "the")
    for name in ("units", "unit", "ones", "last", "final")
)
_GIVES = frozenset("= is equals get gives obtain yields".split())
"""Words right before the result of a calculation, which is what a relative clause speaks of."""
_IS_NOT: Options = (("is", "not"), ("isn't",))
_ARE: Options = (("are",),)
_ARE_ALL: Options = (("are", "all"), ("are", "both"), ("are", "each"), ("are",))
_ARE_NOT: Options = (("are", "not"), ("aren't",))
_DIVIDES: Options = (("divides",),)
_DOES_NOT_DIVIDE: Options = (("does", "not", "divide"), ("doesn't", "divide"))

_HINTS = ("prime", "composite", "square", "cube", "even", "odd", "divis", "divides", "does",
          "multiple", "factor", "power", "digit", "ends in", "ends with", "integers",
          "numbers")  # fmt: skip
"""Parts of the words below, which are sooner found."""
_STATED = either(
    *(
        rf"{verb}(?:n['’]t)?\W+(?:\w+\W+){{0,3}}(?:(?:co)?primes?|composite|even|odd|squares?|cubes?"
        r"|divisible|multiples?|factors?|divisors?|powers?|\w+-digit)"
        for verb in ("is", "are")
    ),
    *(
        rf"{noun}\W+(?:of\W+\S+\W+)?(?:between|from|less|below|under|smaller|not|no|at|up)"
        for noun in ("integers", "numbers", "multiples", "primes", "squares", "cubes", "powers")
    ),
    *(f"{length}-digit" for length in ("two", "three", "four")),
    "divides",
    r"has\W+(?:a|the)\W+\w+\W+digit",
    r"divisors\W+of",
    r"factors\W+of",
    r"ends\W+(?:in|with)",
    r"does(?:\W+not|n['’]t)\W+divide",
    whole=True,
)
"""Words without which no fact is stated."""
SIGN = sign_of(
    *"prime primes coprime coprimes composite even odd square squares cube cubes".split(),
    *"divisible divides divisor divisors multiple multiples factor factors power powers".split(),
    *"digit ends does doesn integers numbers".split(),
    whole=True,
)
"""A text whose words do not have this bit states none either."""


def read_facts(step: Step) -> list[Claim]:
    """Facts about numbers in the prose of a step, in written order."""
    if not _promises(step.text):
        return []
    claims: list[Claim] = []
    for fact, span, manner, withdrawn in said_in(step.text, _promises, _facts):
        # the denial inside the phrase is read; one around it may be anything
        supposed = manner.asked or manner.rejected or manner.role is Role.ASSUMED
        written = step.text[span.start : span.end]
        claims.append(
            Claim(
                Kind.RELATION,
                written,
                span.shift(step.span.start),
                step.index,
                " ".join(written.split()),
                Role.ASSUMED if supposed or withdrawn else Role.DERIVED,
                fact,
            )
        )
    return claims


def _promises(text: str) -> bool:
    """Whether words occur without which no fact is stated."""
    lower = text.lower()
    return mentions(lower, _HINTS) and _STATED.search(lower) is not None


def _facts(t: Tokens) -> Iterator[tuple[Span, NumberFact]]:
    for at in range(len(t)):
        begins = may_begin(t, at)
        found = (_fact(t, at) or integer_set_at(t, at) if begins else None) or _of_result(t, at)
        if found is not None:
            yield Span(t[at].start, t[found[1] - 1].end), found[0]
        elif begins and (several := _of_all(t, at)) is not None:
            for fact in several[0]:
                yield Span(t[at].start, t[several[1] - 1].end), fact


def _fact(t: Tokens, at: int) -> tuple[NumberFact, int] | None:
    """The fact that a clause which begins at `at` states, and the index after it."""
    found = _number(t, at)
    if found is None:
        return _prime_divisors(t, at) or _number_of_divisors(t, at)
    first, end = found
    if t[end : end + 1] and t[end].text == "and":
        return _coprime(t, first, end + 1)
    predicated = _predicated(t, first, end)
    if predicated is not None:
        return predicated
    for negated, verbs in ((True, _DOES_NOT_DIVIDE), (False, _DIVIDES)):
        after = words_at(t, end, verbs)
        other = _number(t, after) if after is not None else None
        if other is not None:
            return _stated("divides", (first, other[0]), negated, t, other[1])
    return None


def _of_all(t: Tokens, at: int) -> tuple[list[NumberFact], int] | None:
    """`4, 9 and 25 are all squares`, `both 21 and 35 are multiples of 7`: a fact of each."""
    numbers = _numbers(t, at + (t[at].text == "both"))
    after = words_at(t, numbers[1], _ARE_ALL) if numbers is not None else None
    if numbers is None or after is None or len(numbers[0]) < 2:
        return None
    for words, predicate in _OF_ALL.items():
        end = words_at(t, after, (tuple(words.split()),))
        end = end and (words_at(t, end, _ALL_NOUNS) or end)
        if end is not None and ends_plainly(t, end):
            return [NumberFact(predicate, (number,)) for number in numbers[0]], end
    for words, predicate in _PAIRS_OF_ALL.items():
        of = words_at(t, after, (tuple(words.split()),))
        other = _number(t, of) if of is not None else None
        if other is not None and ends_plainly(t, other[1]):
            return [NumberFact(predicate, (number, other[0])) for number in numbers[0]], other[1]
    return None


_ALL_NOUNS: Options = tuple((*words[:-1], f"{words[-1]}s") for words in _NOUNS)
_DIVISORS: Options = tuple(
    (*adjective, noun, "of")
    for noun in ("divisors", "factors")
    for adjective in ((), ("positive",), ("positive", "integer"))
)
_ARE_THESE: Options = (("are", ":", "\n"), ("are", ":"), ("are",))
_PRIME_DIVISORS: Options = tuple(
    (*adjective, noun, "of")
    for noun in ("divisors", "factors")
    for adjective in (("prime",), ("distinct", "prime"), ("only", "prime"))
)


def _prime_divisors(t: Tokens, at: int) -> tuple[NumberFact, int] | None:
    """`the prime divisors of 12 are 2 and 3`."""
    after = words_at(t, at + 1, _PRIME_DIVISORS) if t[at].text == "the" else None
    found = _number(t, after) if after is not None else None
    after = words_at(t, found[1], _ARE_THESE) if found is not None else None
    members = _integers(t, after) if after is not None else None
    if found is None or members is None:
        return None
    return _stated("prime divisors", (found[0], *members[0]), False, t, members[1])


def _number_of_divisors(t: Tokens, at: int) -> tuple[NumberFact, int] | None:
    """`there are 3 divisors of 9`."""
    after = words_at(t, at, (("there", "are", "exactly"), ("there", "are")))
    count = t[after].value if after is not None and after < len(t) and t[after].single else None
    after = words_at(t, after + 1, _DIVISORS) if after is not None else None
    found = _number(t, after) if after is not None else None
    if found is None or not isinstance(count, Int):
        return None
    return _stated("number of divisors", (found[0], count), False, t, found[1])


_INTEGERS = re.compile(r"[\s{\\]*(\d+(?:\s*,[\s\\]*\d+)*)\s*,?[\s}.\\]*")


def _integers(t: Tokens, at: int) -> tuple[list[Int], int] | None:
    """All of a list of two or more integers; None if it goes on with anything else."""
    found: list[Int] = []
    while at < len(t) and t[at].sort in (Sort.NUMBER, Sort.MATHEMATICS):
        written = _INTEGERS.fullmatch(t[at].text)
        if written is None or (t[at].sort is Sort.NUMBER and "," in t[at].text):
            return None
        found += [Int(int(number)) for number in re.findall(r"\d+", written[1])]
        end = at + 1
        after = words_at(t, end, ((",", "and"), ("and",), (",",)))
        ends = after is None or (after == end + 1 and t[end].text == "," and _begins_anew(t, after))
        if ends:
            return (found, end) if len(found) > 1 else None
        assert after is not None
        at = after
    return None


def _begins_anew(t: Tokens, at: int) -> bool:
    """Whether a word stands at `at` that a list cannot go on with."""
    return at < len(t) and t[at].sort is Sort.WORD and t[at].text not in ("etc", "or")


def _of_result(t: Tokens, at: int) -> tuple[NumberFact, int] | None:
    """A fact in a relative clause after a result: `2^4 + 1 = 17, which is prime`."""
    after = words_at(t, at + 1, ((",", "which"), ("which",)))
    if after is None or not (t[at].links or (at and t[at - 1].text in _GIVES)):
        return None
    found = _number(t, at)
    return _predicated(t, found[0], after) if found is not None and found[1] == at + 1 else None


def _predicated(t: Tokens, first: Expr, at: int) -> tuple[NumberFact, int] | None:
    """What a verb at `at`, and what follows it, say of a number."""
    for negated, verbs in ((True, _IS_NOT), (False, _IS)):
        after = words_at(t, at, verbs)
        if after is not None:
            return (
                _unary(t, first, after, negated)
                or _binary(t, first, after, negated)
                or _long(t, first, after, negated)
            )
    digit = words_at(t, words_at(t, at, _HAS) or len(t), _LAST_DIGIT)
    ends = words_at(t, digit, _OF) if digit is not None else words_at(t, at, _ENDS)
    last = t[ends].value if ends is not None and ends < len(t) and t[ends].single else None
    if ends is None or not isinstance(last, Int) or InBase in kinds(first):
        return None
    if digit is not None and last.value > 9:
        return None
    return _stated("ends in", (first, last), False, t, ends + 1)


def _long(t: Tokens, first: Expr, at: int, negated: bool) -> tuple[NumberFact, int] | None:
    """`[13 is] a two-digit number`, in the decimal digits that it is written in."""
    if at + 1 >= len(t) or t[at].text != "a" or not t[at + 1].text.endswith("-digit"):
        return None
    if InBase in kinds(first):
        return None
    digits = t[at + 1].text.removesuffix("-digit")
    count = 1 if digits == "single" else CARDINALS.get(digits)
    end = words_at(t, at + 2, _NOUNS)
    if count is None or end is None:
        return None
    return _stated("number of digits", (first, Int(count)), negated, t, end)


def _number(t: Tokens, at: int) -> tuple[Expr, int] | None:
    """A bare number, or an expression of numbers in its own delimiters; the last of a chain."""
    if at < len(t) and t[at].links:
        last = t[at].last
        return None if last is None or free_symbols(last) else (last, at + 1)
    found = value_at(t, at)
    if found is None or found.compound or isinstance(found.value, Quantity):
        return None
    return None if free_symbols(found.value) else (found.value, found.end)


def _unary(t: Tokens, first: Expr, at: int, negated: bool) -> tuple[NumberFact, int] | None:
    for words, predicate in _PREDICATES.items():
        end = words_at(t, at, (tuple(words.split()),))
        end = end and (words_at(t, end, _NOUNS) or end)
        end = end and (words_at(t, end, _ITSELF) or end)
        if end is not None and (found := _stated(predicate, (first,), negated, t, end)):
            return found
    return None


def _binary(t: Tokens, first: Expr, at: int, negated: bool) -> tuple[NumberFact, int] | None:
    for words, predicate in _PAIRS.items():
        after = words_at(t, at, (tuple(words.split()),))
        others = _numbers(t, after) if after is not None else None
        if others is None:
            continue
        (second, *rest), end = others
        if rest and predicate not in ("divisible", "multiple"):
            return None
        # by all of them; "not divisible by 3 and 4" may deny no more than that
        other = Call("lcm", (second, *rest)) if rest else second
        return _stated(predicate, (first, other), negated, t, end)
    return None


def _numbers(t: Tokens, at: int) -> tuple[list[Expr], int] | None:
    """One number, or several with commas and an "and" between them."""
    found = _number(t, at)
    if found is None:
        return None
    numbers, end = [found[0]], found[1]
    while (after := words_at(t, end, ((",", "and"), ("and",), (",",)))) is not None:
        found = _number(t, after)
        if found is None:
            break
        numbers.append(found[0])
        end = found[1]
    return numbers, end


def _coprime(t: Tokens, first: Expr, at: int) -> tuple[NumberFact, int] | None:
    second = _number(t, at)
    if second is None:
        return None
    for negated, verbs in ((True, _ARE_NOT), (False, _ARE)):
        after = words_at(t, second[1], verbs)
        end = words_at(t, after, _COPRIME) if after is not None else None
        if end is not None:
            return _stated("coprime", (first, second[0]), negated, t, end)
    return None


def _stated(
    predicate: str, args: tuple[Expr, ...], negated: bool, t: Tokens, end: int
) -> tuple[NumberFact, int] | None:
    """The fact, if the clause ends with it."""
    return (NumberFact(predicate, args, negated), end) if ends_plainly(t, end) else None
