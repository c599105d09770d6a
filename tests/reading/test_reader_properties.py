"""Readers of mathematics on made-up text: spans are right, nothing raises, what is said counts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import clr
from clr.claim import Status
from clr.reading.answers import read_answer
from clr.reading.facts import read_facts
from clr.reading.relations import read_relations
from clr.trace import Span, Step

PIECES = st.sampled_from(
    [
        *"x y n 2 3.5 14 1/2 = ≤ ≠ ≈ + - * / ^ _ ( ) [ ] { } % & , . ; : !".split(),
        *r"\( \) \[ \] $ $$ \frac \sqrt \text{cm} \boxed{ \begin{align} \end{align} \\\\".split(),
        *"is are so then if let the total dollars".split(),
        "\n",
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=25).map(" ".join), st.text(max_size=120))


@given(TEXTS)
def test_claims_stand_where_they_say(text: str) -> None:
    step = Step(4, text, Span(100, 100 + len(text)))
    claims = [*read_relations(step), *read_facts(step)]
    answer = read_answer(step)
    for claim in [*claims, answer] if answer else claims:
        assert claim.step == 4
        assert 100 <= claim.span.start <= claim.span.end <= 100 + len(text)
        assert claim.text in text
        assert text[claim.span.start - 100 : claim.span.end - 100].strip() == claim.text.strip()


SUMS = st.tuples(st.integers(2, 99), st.sampled_from("+-*"), st.integers(2, 99)).map(
    lambda sum_: (f"{sum_[0]} {sum_[1]} {sum_[2]}", _value(*sum_))
)
WAYS = st.sampled_from(
    [
        "{left} = {right}",
        "So we get {left} = {right}.",
        "The shop sells {left} = {right} boxes in all.",
        "\\( {left} = {right} \\)",
        "Therefore $${left} = {right}$$",
        "\\[ {left} = {right}. \\]",
        "First, {left} = {right}, which is what we need.",
        "**Total**: {left} = {right}",
        "- {left} = {right}",
    ]
)


def _value(a: int, sign: str, b: int) -> int:
    return {"+": a + b, "-": a - b, "*": a * b}[sign]


def statuses(*steps: str) -> list[Status]:
    report = clr.audit(problem="Work it out.", steps=list(steps))
    return [c.verdict.status for c in report.claims if "=" in c.claim.statement]


@given(SUMS, WAYS, st.integers(1, 9), st.sampled_from([-1, 1]))
def test_true_sums_are_verified_and_false_ones_refuted(
    made: tuple[str, int], way: str, off: int, sign: int
) -> None:
    left, right = made
    assert statuses(way.format(left=left, right=right)) == [Status.VERIFIED]
    assert statuses(way.format(left=left, right=right + sign * off)) == [Status.REFUTED]


@given(SUMS, st.lists(WAYS, min_size=1, max_size=3), st.integers(1, 9))
def test_one_false_sum_makes_no_other_true_or_false(
    made: tuple[str, int], ways: list[str], off: int
) -> None:
    left, right = made
    sound = [way.format(left=left, right=right) for way in ways]
    before = statuses("7 * 8 = 56.", *sound)
    after = statuses(f"7 * 8 = {56 + off}.", *sound)
    assert before[1:] == after[1:]
    assert after[0] is Status.REFUTED


EQUATIONS = [
    ("2{x} + 6 = 20", "2{x} = 14", "{x} = 7"),
    ("({x} + 2)^2 = {x}^2 + 4{x} + 4",),
    ("({x} - {y})({x} + {y}) = {x}^2 - {y}^2",),
    ("3{x} = 12", "{x} = 5"),
    ("{x} = 4", "{y} = 2{x} + 1", "{y} = 9"),
    ("{x}^2 = 9 + {y}", "{x}^2 - {y} = 8"),
]


@given(st.sampled_from(EQUATIONS), st.permutations("abcmnpqrtuvwz"))
def test_the_names_of_unknowns_do_not_matter(lines: tuple[str, ...], names: list[str]) -> None:
    def found(x: str, y: str) -> list[Status]:
        return statuses(*(f"\\( {line.format(x=x, y=y)} \\)" for line in lines))

    assert found(names[0], names[1]) == found("x", "y")
