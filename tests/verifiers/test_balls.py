from __future__ import annotations

from collections.abc import Callable

import pytest

from clr.notation.ast import Expr
from clr.notation.guard import TooCostly
from clr.verifiers.balls import enclosure, precision

Relation = Callable[[str], tuple[Expr, str, Expr]]


@pytest.mark.parametrize(
    "text",
    [
        r"\sum_{k=1}^{3} \int_0^1 x^k dx = \frac{13}{12}",
        r"\int_0^1 \sum_{k=1}^{9} k x^{k-1} dx = 9",
        r"\int_0^{\pi} \sin x dx + \int_0^{\pi} \cos x dx = 2",
    ],
)
def test_sums_and_integrals_within_each_other(rel: Relation, text: str) -> None:
    left, _, right = rel(text)
    with precision():
        assert enclosure(left).overlaps(enclosure(right))


@pytest.mark.parametrize(
    "text",
    [
        r"\sum_{k=1}^{4} 2^{10} = 4096",
        r"\sum_{k=3}^{2} 2^{10} = 0",
        r"\prod_{k=0}^{4} \sqrt{2} = 4 \sqrt{2}",
        r"\prod_{k=3}^{2} \sqrt{2} = 1",
        r"\sum_{j=1}^{3} \sum_{k=1}^{j} j = 14",
        r"\sum_{n=1}^{90} \sum_{k=1}^{9} \frac{1}{9} = 90",
    ],
)
def test_sums_and_products_of_equal_terms(rel: Relation, text: str) -> None:
    left, _, right = rel(text)
    with precision():
        assert abs(enclosure(left) - enclosure(right)).abs_upper() < 1e-30


@pytest.mark.parametrize(
    "text",
    [
        r"\sum_{k=1}^{2000} \int_0^1 x^k dx = 8",  # too many from the start
        r"\sum_{k=1}^{150} \int_0^{100} \frac{\sin(k x)}{1 + x^2} dx = 8",  # many calls for each
    ],
)
def test_sums_of_many_integrals_cost_too_much(rel: Relation, text: str) -> None:
    left, _, _ = rel(text)
    with precision(), pytest.raises(TooCostly):
        enclosure(left)
