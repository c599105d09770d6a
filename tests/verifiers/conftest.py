"""Expressions written as text, for the tests of the checking primitives."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from clr.notation.ast import Expr, Seq
from clr.notation.parser import parse
from clr.notation.readings import readings


def read(text: str) -> Expr:
    """The likeliest reading of one expression."""
    (expression,) = parse(text).operands
    return readings(expression)[0]


def read_relation(text: str) -> tuple[Expr, str, Expr]:
    """The likeliest reading of one relation, as (left, sign, right)."""
    chain = parse(text)
    pair = readings(Seq("", chain.operands, ""))[0]
    assert isinstance(pair, Seq)
    left, right = pair.items
    (op,) = chain.ops
    return left, op, right


@pytest.fixture
def e() -> Callable[[str], Expr]:
    return read


@pytest.fixture
def rel() -> Callable[[str], tuple[Expr, str, Expr]]:
    return read_relation
