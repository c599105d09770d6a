"""Noun phrases that say a calculation: `the sum of 3, 4 and 5`, `half of 30`, `twice 6`.

Each phrase is a head, such as "product of", and a reader of what follows it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from clr.notation.ast import (
    Add,
    Big,
    Call,
    Deriv,
    Div,
    Either,
    Expr,
    Int,
    Mul,
    Pow,
    Quantity,
    Seq,
    Sym,
    free_symbols,
    kinds,
)
from clr.reading.shapes import DIMENSIONS, FORMULAS, POLYGONS, angle_sum, dimension
from clr.reading.spoken_values import (
    OPERATIONS,
    Found,
    Tokens,
    changed,
    difference,
    plain,
    quotient,
    total,
    value_at,
    words_at,
)
from clr.reading.spoken_words import Sort


def term_at(t: Tokens, at: int) -> Found | None:
    """A phrase, two values with an operation between them, or one value."""
    found = phrase_at(t, at)
    if found is not None:
        return found
    first = value_at(t, at)
    if first is None:
        return None
    for words, operation in OPERATIONS:
        after = words_at(t, first.end, (words,))
        if after is None:
            continue
        second = (phrase_at(t, after) if words == ("of",) else None) or value_at(t, after)
        if second is None or not (plain(t, at, first) and plain(t, after, second)):
            return None
        value = operation(first.value, second.value)
        return Found(value, second.end) if value is not None else None
    return first


def phrase_at(t: Tokens, at: int) -> Found | None:
    """A noun phrase that says a calculation, with or without its article."""
    start = at + 1 if at < len(t) and t[at].text in ("the", "a", "an", "our") else at
    if start >= len(t) or t[start].sort is not Sort.WORD:
        return None
    for words, reader in HEADS.get(t[start].text, ()):
        after = words_at(t, start, (words,))
        found = reader(t, after) if after is not None else None
        if found is not None:
            return found
    return None


def _nested(t: Tokens, at: int) -> Found | None:
    """An argument of a phrase; of a chain of equations, the number that it ends with."""
    last = t[at].last if at < len(t) and t[at].links else None
    if last is not None and not free_symbols(last):
        return Found(last, at + 1, False)
    return phrase_at(t, at) or value_at(t, at)


Arguments: TypeAlias = tuple[list[Expr], int]


def _list(t: Tokens, at: int) -> Arguments | None:
    """Two or more items; if two, with an "and". No item may hold a list of its own."""
    items: list[Expr] = []
    closed = False
    while True:
        item = value_at(t, at)
        if item is None:
            return None
        items.append(item.value)
        at = item.end
        if closed:
            return items, at
        comma = at < len(t) and t[at].text == ","
        at += comma
        if at < len(t) and t[at].text == "and":
            at += 1
            closed = True
        elif not comma:
            return (items, at) if len(items) > 2 else None


def _of_list(build: Callable[[list[Expr]], Expr | None]) -> Reader:
    def read(t: Tokens, at: int) -> Found | None:
        found = _list(t, at)
        if found is None:
            return None
        value = build(found[0])
        return Found(value, found[1]) if value is not None else None

    return read


def _of_pair(build: Callable[[Expr, Expr], Expr | None]) -> Reader:
    return _of_list(lambda items: build(*items) if len(items) == 2 else None)


def _of_one(build: Callable[[Expr], Expr | None]) -> Reader:
    def read(t: Tokens, at: int) -> Found | None:
        argument = _nested(t, at)
        if argument is None or not plain(t, at, argument):
            return None
        value = build(argument.value)
        return Found(value, argument.end) if value is not None else None

    return read


def _from_to(build: Callable[[Expr, Expr], Expr | None], word: str) -> Reader:
    """Two arguments with a word between them."""
    return _either_way(build, word)


def _either_way(build: Callable[[Expr, Expr], Expr | None], *words: str) -> Reader:
    """Two arguments with one of the words between them."""
    between = tuple(tuple(each.split()) for each in words)

    def read(t: Tokens, at: int) -> Found | None:
        first = value_at(t, at)
        after = words_at(t, first.end, between) if first is not None else None
        second = value_at(t, after) if after is not None else None
        if first is None or second is None:
            return None
        value = build(first.value, second.value)
        return Found(value, second.end) if value is not None else None

    return read


Reader: TypeAlias = Callable[[Tokens, int], Found | None]


def _points(a: Expr, b: Expr) -> list[tuple[Expr, Expr]] | None:
    """The coordinates of two points, paired."""
    if not isinstance(a, Seq) or not isinstance(b, Seq) or a.open != "(" or b.open != "(":
        return None
    if len(a.items) != len(b.items) or not 2 <= len(a.items) <= 4:
        return None
    return list(zip(a.items, b.items, strict=True))


def _distance(a: Expr, b: Expr) -> Expr | None:
    paired = _points(a, b)
    if paired is None:
        return None
    return Call("sqrt", (Add(tuple(Pow(difference(y, x), Int(2)) for x, y in paired)),))


def _midpoint(a: Expr, b: Expr) -> Expr | None:
    paired = _points(a, b)
    if paired is None:
        return None
    return Seq("(", tuple(Div(total(x, y), Int(2)) for x, y in paired), ")")


def _slope(a: Expr, b: Expr) -> Expr | None:
    paired = _points(a, b)
    if paired is None or len(paired) != 2:
        return None
    (x1, x2), (y1, y2) = paired
    return Div(difference(y2, y1), difference(x2, x1))


def _dot(a: Expr, b: Expr) -> Expr | None:
    paired = _points(a, b)
    return None if paired is None else Add(tuple(Mul(pair) for pair in paired))


def _remainder(t: Tokens, at: int) -> Found | None:
    """`[the remainder when] 17 is divided by 5`."""
    first = value_at(t, at)
    after = words_at(t, first.end, (("is", "divided", "by"), ("divided", "by"))) if first else None
    second = value_at(t, after) if after is not None else None
    if first is None or second is None:
        return None
    return Found(Call("mod", (first.value, second.value)), second.end)


def _slopes(order: int) -> Reader:
    """`[the derivative of] x^3`, `f(x) = x^3`, `x^3 with respect to x`."""

    def read(t: Tokens, at: int) -> Found | None:
        found = _function(t, at)
        return found and Found(Deriv(found[0], found[1], order), found[2])

    return read


def _integral(t: Tokens, at: int) -> Found | None:
    found = _function(t, at)
    return found and Found(Big("int", found[1], None, None, found[0]), found[2])


def _function(t: Tokens, at: int) -> tuple[Expr, str, int] | None:
    """A function of one variable, that variable, and the index after it."""
    body = t[at].last if at < len(t) and t[at].sort is not Sort.CALCULATION else None
    if body is None:
        return None
    names = free_symbols(body)
    end = at + 1
    after = words_at(t, end, (("with", "respect", "to"),))
    if after is not None:
        if after >= len(t) or not isinstance(t[after].value, Sym):
            return None
        end = after + 1
    return (body, next(iter(names)), end) if len(names) == 1 else None


INTEGER_FUNCTIONS = frozenset(
    ("digit sum", "digit product", "units digit", "number of divisors", "sum of divisors",
     "number of digits")
)  # fmt: skip
"""Functions of integers that the notation has no sign for."""


def _named(function: str) -> Reader:
    return _of_one(lambda x: Call(function, (x,)))


def _call(function: str) -> Reader:
    return _of_list(lambda items: Call(function, tuple(items)))


def _power(exponent: int) -> Reader:
    return _of_one(lambda x: Pow(x, Int(exponent)))


def _share(numerator: int, denominator: int) -> Reader:
    return _of_one(lambda x: Mul((Div(Int(numerator), Int(denominator)), x)))


def _multiple(factor: int) -> Reader:
    return _of_one(lambda x: Mul((Int(factor), x)))


def _measure(quantity: str) -> Reader:
    """`[the area of] a circle with radius 3`, `a rectangle with length 4 and width 5`."""

    def read(t: Tokens, at: int) -> Found | None:
        if at < len(t) and t[at].text in ("a", "an", "the", "this", "one"):
            at += 1
        shape = words_at(t, at, SHAPES)
        if shape is None:
            return None
        figure = " ".join(token.text for token in t[at:shape])
        at = words_at(t, shape, (("with", "a"), ("with",), ("of",), ("having",))) or shape
        found = _dimensions(t, at) if at > shape else None
        if found is None:
            return None
        named, end = found
        formula = FORMULAS.get((quantity, figure, tuple(name for name, _ in named)))
        if formula is None or any(Quantity in kinds(value) for _, value in named):
            return None
        return Found(formula(*(value for _, value in named)), end)

    return read


SHAPES = tuple(sorted({tuple(key[1].split()) for key in FORMULAS}, key=lambda words: -len(words)))
"""The names of figures as words, the longest first."""


def _dimensions(t: Tokens, at: int) -> tuple[list[tuple[str, Expr]], int] | None:
    """`radius 3`, `a base of 4 and a height of 5`, `sides 3 and 4`, by name."""
    named: list[tuple[str, Expr]] = []
    last = ""
    while True:
        if at < len(t) and t[at].text in ("a", "an", "its"):
            at += 1
        if at < len(t) and t[at].text in DIMENSIONS:
            last = dimension(t[at].text)
            at = words_at(
                t, at + 1, (("length", "of"), ("lengths", "of"), ("length",), ("of",))
            ) or (at + 1)
        value = t[at].value if last and at < len(t) and t[at].single else None
        if value is None:
            return None
        named.append((last, value))
        at += 1
        following = words_at(t, at, ((",", "and"), ("and",), (",",)))
        if following is None:
            return sorted(named, key=lambda item: item[0]), at
        at = following


def _angles(t: Tokens, at: int) -> Found | None:
    """`[the sum of the interior angles of] a hexagon`."""
    if at + 1 < len(t) and t[at].text in ("a", "an", "the", "any") and t[at + 1].text in POLYGONS:
        return Found(angle_sum(POLYGONS[t[at + 1].text]), at + 2)
    return None


_FRACTIONS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4,
    "fourths": 4, "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "eighth": 8, "eighths": 8,
    "tenth": 10, "tenths": 10,
}  # fmt: skip
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "nine": 9}


def _heads() -> Mapping[str, Sequence[tuple[tuple[str, ...], Reader]]]:
    """The phrases by their first word, the longest first."""
    average = _of_list(lambda items: Div(Add(tuple(items)), Int(len(items))))
    apart = _of_pair(lambda a, b: Either((difference(a, b), difference(b, a)), "difference"))
    line = ("the line through", "the line passing through", "the line joining", "the line between",
            "the line connecting")  # fmt: skip
    said: dict[str, Reader] = {
        "sum of": _of_list(lambda items: Add(tuple(items))),
        "product of": _of_list(lambda items: Mul(tuple(items))),
        "sum of the squares of": _of_list(
            lambda items: Add(tuple(Pow(item, Int(2)) for item in items))
        ),
        "sum of the digits of": _named("digit sum"),
        "sum of the digits in": _named("digit sum"),
        "sum of digits of": _named("digit sum"),
        "digit sum of": _named("digit sum"),
        "product of the digits of": _named("digit product"),
        "units digit of": _named("units digit"),
        "unit digit of": _named("units digit"),
        "ones digit of": _named("units digit"),
        "last digit of": _named("units digit"),
        "number of divisors of": _named("number of divisors"),
        "number of positive divisors of": _named("number of divisors"),
        "number of factors of": _named("number of divisors"),
        "sum of the divisors of": _named("sum of divisors"),
        "sum of the positive divisors of": _named("sum of divisors"),
        "sum of the interior angles of": _angles,
        "sum of the angles of": _angles,
        "sum of the angles in": _angles,
        "prime factorization of": _of_one(lambda x: x),
        "average of": average,
        "mean of": average,
        "arithmetic mean of": average,
        "median of": _call("median"),
        "difference between": apart,
        "difference of": apart,
        "quotient of": _of_pair(quotient),
        "square of": _power(2),
        "cube of": _power(3),
        "square root of": _of_one(lambda x: Call("sqrt", (x,))),
        "positive square root of": _of_one(lambda x: Call("sqrt", (x,))),
        "cube root of": _of_one(lambda x: Call("root", (x, Int(3)))),
        "reciprocal of": _of_one(lambda x: Div(Int(1), x)),
        "absolute value of": _of_one(lambda x: Call("abs", (x,))),
        "factorial of": _of_one(lambda x: Call("factorial", (x,))),
        "greatest common divisor of": _call("gcd"),
        "greatest common factor of": _call("gcd"),
        "highest common factor of": _call("gcd"),
        "gcd of": _call("gcd"),
        "gcf of": _call("gcd"),
        "hcf of": _call("gcd"),
        "least common multiple of": _call("lcm"),
        "lowest common multiple of": _call("lcm"),
        "smallest common multiple of": _call("lcm"),
        "lcm of": _call("lcm"),
        "remainder when": _remainder,
        "remainder of": _remainder,
        "distance between": _of_pair(_distance),
        "distance between the points": _of_pair(_distance),
        "distance between points": _of_pair(_distance),
        "distance from": _from_to(_distance, "to"),
        "midpoint of": _of_pair(_midpoint),
        "midpoint between": _of_pair(_midpoint),
        **{f"slope of {through}": _of_pair(_slope) for through in line},
        "dot product of": _of_pair(_dot),
        "derivative of": _slopes(1),
        "first derivative of": _slopes(1),
        "second derivative of": _slopes(2),
        "antiderivative of": _integral,
        "indefinite integral of": _integral,
        "adding": _either_way(lambda a, b: changed(b, a, 1), "to", "and"),
        "multiplying": _either_way(lambda a, b: Mul((a, b)), "by", "and"),
        "dividing": _from_to(quotient, "by"),
        "subtracting": _from_to(lambda a, b: changed(b, a, -1), "from"),
        "taking": _either_way(lambda a, b: changed(b, a, -1), "from", "away from"),
        "twice": _multiple(2),
        "double": _multiple(2),
        "triple": _multiple(3),
        "half": _share(1, 2),
        **{f"{quantity} of": _measure(quantity) for quantity in {key[0] for key in FORMULAS}},
        **{f"{word} of": _share(1, parts) for word, parts in _FRACTIONS.items()},
        **{
            f"{count} {word} of": _share(n, parts)
            for count, n in _COUNTS.items()
            for word, parts in _FRACTIONS.items()
        },
        **{
            f"{count}-{word} of": _share(n, parts)
            for count, n in _COUNTS.items()
            for word, parts in _FRACTIONS.items()
        },
    }
    heads: dict[str, list[tuple[tuple[str, ...], Reader]]] = {}
    for words in sorted(said, key=lambda words: -len(words.split())):
        parts = tuple(words.split())
        heads.setdefault(parts[0], []).append((parts, said[words]))
    return heads


HEADS = _heads()
