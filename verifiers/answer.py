"""Outcome of an answer: is it the reference, said in whatever way? Apart from every audit.

Exact: 0.333 is not 1/3. By our own notation and checkers, so nothing is evaluated as code, and all
is bounded by their static guards.

Two answers are the same
- as values, if they are equal exactly: as rationals, by algebra, or in balls of 256 bits;
- as a percentage and a number, if the number is its value or the number before the sign;
- as quantities, if they agree after conversion of their units; a unit that only one has is ignored;
- as lists without brackets and sets in any order; as points, vectors, lists in brackets in order;
- as regions, if they hold the same numbers: `x > 3` is (3, oo);
- as equations, if one is a constant times the other; `x = 3` is 3, unless the other name differs;
- as choices by their letters; as words without regard to case, articles and marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from clr.notation.ast import (
    Big,
    Call,
    Deriv,
    Div,
    Expr,
    Label,
    Matrix,
    Mul,
    Quantity,
    Seq,
    Sym,
    free_symbols,
    kinds,
)
from clr.notation.functions import DEFAULT_FUNCTIONS
from clr.notation.words import unit_name
from clr.verifiers.answer_forms import (
    Choice,
    Congruence,
    Equation,
    Form,
    HalfSpace,
    Range,
    Several,
    Value,
    Words,
    form_of,
    literal,
)
from clr.verifiers.answer_units import measured
from clr.verifiers.answer_values import either, every, same_equation, same_up_to_factor, same_value
from clr.verifiers.extraction import LONGEST, extract_answer
from clr.verifiers.numerals import mixed_number
from clr.verifiers.regions import Interval, Region, point, region_of, same_region, union

__all__ = ["Grade", "GradeStatus", "equivalent", "extract_answer", "grade_answer"]

MOST = 64
"""Items of a list; a longer one is compared as text."""


class GradeStatus(StrEnum):
    """How a grade came about."""

    EQUAL = "equal"
    DIFFERENT = "different"
    NO_ANSWER = "no_answer"
    """The response gives no answer."""
    UNREAD = "unread"
    """The answer is mathematics that could not be read, and differs from the reference as text."""
    UNKNOWN = "unknown"
    """Both were read, and nothing could tell whether they are equal; or the reference is a text
    that only a person can compare."""


@dataclass(frozen=True, slots=True)
class Grade:
    """The outcome of a response: 1 right, 0 wrong, None where nothing can tell."""

    outcome: int | None
    status: GradeStatus
    answer: str | None
    """The answer as the response writes it."""


def grade_answer(response: str, reference: str) -> Grade:
    """Grade the final answer of `response` against `reference`; see the module for what is equal.

    A reference that ends in `#### 42` or holds a box stands for what is in it. An answer that
    cannot be read is wrong unless it is the reference letter by letter; of a long reference that
    cannot be read, only the same text is known to be right, and any other unknown.
    """
    answer = extract_answer(response)
    if answer is None:
        return Grade(0, GradeStatus.NO_ANSWER, None)
    wanted = reference
    if "####" in reference or "\\boxed" in reference:
        wanted = extract_answer(reference) or reference
    same = equivalent(answer, wanted)
    if same is False:
        same = _comes_to(form_of(answer), form_of(wanted))
    if same and _unfinished(form_of(answer)) and not _unfinished(form_of(wanted)):
        return Grade(None, GradeStatus.UNKNOWN, answer)
    if same:
        return Grade(1, GradeStatus.EQUAL, answer)
    if same is False:
        return Grade(0, GradeStatus.DIFFERENT, answer)
    if isinstance(form_of(answer), Words) and not _only_for_readers(form_of(wanted)):
        return Grade(0, GradeStatus.UNREAD, answer)
    return Grade(None, GradeStatus.UNKNOWN, answer)


def _comes_to(said: Form, meant: Form) -> bool | None:
    """Whether an equation such as `x + y = 7` states the value that was asked for."""
    if isinstance(said, Equation) and isinstance(meant, Value) and not free_symbols(said.right):
        return same_value(said.right, meant.expr)
    return False


def equivalent(a: str, b: str) -> bool | None:
    """Whether two answers are the same; None where that cannot be told. Symmetric."""
    if len(a) > LONGEST or len(b) > LONGEST:
        return True if a.strip() == b.strip() else None
    return _equivalent(*sorted((a, b)))


@lru_cache(maxsize=1 << 14)
def _equivalent(a: str, b: str) -> bool | None:
    left, right = form_of(a), form_of(b)
    if left == right and not isinstance(left, Words):
        return True
    if _letters(a) == _letters(b) and _letters(a):
        return True
    found = _same(left, right)
    if found is False:
        ours, theirs = _measured(a), _measured(b)
        for one, other in ((ours, right), (theirs, left), (ours, _quantity(theirs))):
            if one is None or not isinstance(other, Value) or free_symbols(other.expr):
                continue
            number, factor, unit = one
            if Quantity in kinds(other.expr):
                number = Quantity(Mul((number, literal(factor))), unit)
            found = either(found, same_value(number, other.expr))
        for text, other in ((a, right), (b, left)):
            mixed = mixed_number(text)
            if mixed is not None and isinstance(other, Value):
                found = either(found, same_value(literal(mixed), other.expr))
    return found


def _measured(text: str) -> tuple[Expr, Fraction, str] | None:
    """The number before symbols of units, a factor of the unit, and the unit."""
    found = measured(text)
    if found is None:
        return None
    said = form_of(found[0])
    if not isinstance(said, Value) or not _is_bare(said.expr):
        return None
    return said.expr, found[1], unit_name(re.findall(r"[/*]|\^-?\d|[^\s/*^]+", found[2]))


def _quantity(found: tuple[Expr, Fraction, str] | None) -> Value | None:
    if found is None:
        return None
    number, factor, unit = found
    return Value(Quantity(Mul((number, literal(factor))), unit))


def _is_bare(e: Expr) -> bool:
    """Whether a value has neither unit nor unknown."""
    return not free_symbols(e) and Quantity not in kinds(e)


def _letters(text: str) -> str:
    """As written, but for layout and for spaces that separate nothing: `1, 234` is not 1,234."""
    text = re.sub(r"\\(?:left|right|[,!;: ])|[\s$]", " ", text).strip()
    return re.sub(r"(?<![\w,]) +| +(?![\w,])", "", text)


def _same(a: Form, b: Form) -> bool | None:
    match a, b:
        case (Words(), _) | (_, Words()):
            return _same_words(a, b)
        case (Choice(), _) | (_, Choice()):
            return _same_choice(a, b)
        case (Range(), _) | (_, Range()):
            return _same_range(a, b)
        case (Several(), _) | (_, Several()):
            return _same_items(a, b)
        case Value(), Value():
            if a.name and b.name and not _same_name(a, b):
                return False
            return either(
                same_value(a.expr, b.expr),
                (a.rounded is not None and same_value(a.rounded, b.expr))
                or (b.rounded is not None and same_value(a.expr, b.rounded)),
            )
        case Equation(), Equation():
            return same_equation((a.left, a.right), (b.left, b.right))
        case (Equation() as e, Value() as v) | (Value() as v, Equation() as e):
            if not v.name:
                return False
            return same_equation((e.left, e.right), (Sym(v.name), v.expr))
        case HalfSpace(x, closed), HalfSpace(y, other):
            return closed == other and same_up_to_factor(x, y, positive=True)
        case Congruence(x, m), Congruence(y, n):
            same_modulus = same_value(m, n)
            if not same_modulus:
                return same_modulus
            return same_value(Call("mod", (x, m)), Call("mod", (y, m)))
    return False


def _unfinished(form: Form) -> bool:
    """Whether a sum, an integral, a limit or a derivative is left to be carried out: a problem that
    is restated is no answer to it."""
    return isinstance(form, Value) and not kinds(form.expr).isdisjoint((Big, Deriv))


def _same_name(a: Value, b: Value) -> bool:
    """The same name, or y and a function."""
    if a.name.casefold() == b.name.casefold():
        return True
    return "y" in (a.name, b.name) and not DEFAULT_FUNCTIONS.isdisjoint((a.name, b.name))


_LONG = 5
"""Words: a longer text is one that only its reader can compare."""


def _same_words(a: Form, b: Form) -> bool | None:
    for words, other in ((a, b), (b, a)):
        if isinstance(words, Words) and isinstance(other, Several):
            if sorted(words.text.split(", ")) == _labels(other):
                return True
            return sorted(words.text) == _letters_chosen(other)  # ABD and A, B, D
    for said in (lambda text: text, _said_of_it):
        texts = [said(form.text).replace(" ", "") for form in (a, b) if isinstance(form, Words)]
        if len(texts) == 2 and texts[0] == texts[1] != "":
            return True
    return None if _only_for_readers(a) or _only_for_readers(b) else False


_SUBJECT = re.compile(
    r"(?:(?!no\b|none\b|nothing\b|neither\b|opposite\b|negation\b|converse\b|inverse\b|if\b|what\b"
    r"|which\b|only\b|not\b|nobody\b)[a-z]+ ){1,2}(?:is|are|was|were) "
    r"(?!not\b|never\b|no\b|neither\b|hardly\b)(?:an? |the )?(?=\w)"
)


def _said_of_it(text: str) -> str:
    """What a short sentence says of the thing that was asked about: `the triangle is isosceles`."""
    return _SUBJECT.sub("", text, count=1) if _SUBJECT.match(text) else text


def _labels(several: Several) -> list[str] | None:
    """The words of a list of words, sorted."""
    texts = [
        i.expr.text for i in several.items if isinstance(i, Value) and isinstance(i.expr, Label)
    ]
    return sorted(texts) if len(texts) == len(several.items) else None


def _letters_chosen(several: Several) -> list[str] | None:
    """The letters of a list of options, in lower case and in order."""
    names = [getattr(i.expr, "name", "") for i in several.items if isinstance(i, Value)]
    if len(names) < len(several.items) or any(len(n) != 1 or not n.isupper() for n in names):
        return None
    return sorted(name.lower() for name in names)


def _only_for_readers(form: Form) -> bool:
    return isinstance(form, Words) and (not form.read or len(form.text.split()) > _LONG)


def _same_choice(a: Form, b: Form) -> bool | None:
    if isinstance(a, Choice) and isinstance(b, Choice):
        if a.letter != b.letter:
            return False
        return a.rest is None or b.rest is None or _same(a.rest, b.rest)
    choice, other = (a, b) if isinstance(a, Choice) else (b, a)
    assert isinstance(choice, Choice)
    if choice.rest is not None:
        return _same(choice.rest, other)
    name = other.expr if isinstance(other, Value) else None
    return getattr(name, "name", None) == choice.letter


def _same_range(a: Form, b: Form) -> bool | None:
    if isinstance(a, Range) and isinstance(b, Range) and a.name and b.name and a.name != b.name:
        return _turned_around(a, b)
    left, right = _region(a), _region(b)
    return False if left is None or right is None else same_region(left, right)


def _turned_around(a: Range, b: Range) -> bool:
    """Whether one says x < y and the other y > x."""
    match a.region, b.region:
        case (Interval(None, Sym(y), _, closed), Interval(Sym(x), None, same, _)) | (
            Interval(Sym(y), None, closed, _),
            Interval(None, Sym(x), _, same),
        ):
            return (x, y) == (a.name, b.name) and closed == same
        case _:
            return False


def _region(form: Form) -> Region | None:
    match form:
        case Range(region, _):
            return region
        case Several(items, "{}"):
            values = [item.expr for item in items if isinstance(item, Value)]
            return union(tuple(map(point, values))) if len(values) == len(items) else None
        case Several((Value(low), Value(high)), brackets) if len(brackets) == 2:
            return region_of(Seq(brackets[0], (low, high), brackets[1]))
        case _:
            return None


_ORDERED = frozenset(("()", "[]", "<>", ":"))


def _same_items(a: Form, b: Form) -> bool | None:
    if not isinstance(a, Several) or not isinstance(b, Several):
        return _one_of(a, b)
    if max(len(a.items), len(b.items)) > MOST:
        return None
    if a.brackets == ":" or b.brackets == ":":
        return _same_ratio(a, b)
    half_open = {"(]", "[)"}
    if (
        len(a.items) == 2
        and a.brackets != b.brackets
        and {a.brackets, b.brackets} <= ({"()", "[]"} | half_open)
    ):
        return False  # intervals with other ends
    if a.brackets in _ORDERED or b.brackets in _ORDERED:
        if "{}" in (a.brackets, b.brackets):
            return False
        return _in_order(a.items, b.items)
    if "{}" in (a.brackets, b.brackets):
        return _as_sets(a.items, b.items)
    if not a.brackets or not b.brackets:
        return _as_often(a.items, b.items)
    return _in_order(a.items, b.items)


def _one_of(a: Form, b: Form) -> bool | None:
    """A list beside one value: a ratio and a fraction, a list of one, a vector and a matrix."""
    several, other = (a, b) if isinstance(a, Several) else (b, a)
    assert isinstance(several, Several)
    if not isinstance(other, Value):
        return False
    if several.brackets == ":" and len(several.items) == 2:
        low, high = several.items
        assert isinstance(low, Value) and isinstance(high, Value)
        return same_value(Div(low.expr, high.expr), other.expr)
    if isinstance(other.expr, Matrix):
        rows = other.expr.rows
        if len(rows) == len(several.items) and all(isinstance(i, Several) for i in several.items):
            listed = (Several(tuple(map(Value, row)), "[]") for row in rows)
            return _in_order(several.items, tuple(listed))
        column = [row[0] for row in rows] if all(len(row) == 1 for row in rows) else None
        flat = column or (list(rows[0]) if len(rows) == 1 else None)
        if flat is None or several.brackets == "{}":
            return False
        return _in_order(several.items, tuple(map(Value, flat)))
    if len(several.items) == 1:
        return _same(several.items[0], other)
    return False


def _same_ratio(a: Several, b: Several) -> bool | None:
    if a.brackets != b.brackets or len(a.items) != len(b.items):
        return False
    first = [item.expr for item in a.items if isinstance(item, Value)]
    second = [item.expr for item in b.items if isinstance(item, Value)]
    return every(
        same_value(Mul((x, second[0])), Mul((first[0], y)))
        for x, y in zip(first[1:], second[1:], strict=True)
    )


def _in_order(a: tuple[Form, ...], b: tuple[Form, ...]) -> bool | None:
    if len(a) != len(b):
        return False
    return every(_same(x, y) for x, y in zip(a, b, strict=True))


def _as_sets(a: tuple[Form, ...], b: tuple[Form, ...]) -> bool | None:
    """Whether each item of either is one of the other."""
    unknown = False
    for these, those in ((a, b), (b, a)):
        for item in these:
            found = [_same(item, other) for other in those]
            if True in found:
                continue
            if None not in found:
                return False
            unknown = True
    return None if unknown else True


def _as_often(a: tuple[Form, ...], b: tuple[Form, ...]) -> bool | None:
    """Whether both hold the same items, each as often."""
    if len(a) != len(b):
        return False
    left = list(b)
    for item in a:
        found = [_same(item, other) for other in left]
        if True not in found:
            return None if None in found else False
        del left[found.index(True)]
    return True
