"""Plain values survive the way out of a sandbox; nothing else gets through."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clr.sandbox.values import MAX_DEPTH, NotPlain, decode, encode

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.complex_numbers(allow_nan=False)
    | st.text()
    | st.binary()
)
HASHABLE = SCALARS | st.tuples(SCALARS, SCALARS) | st.frozensets(SCALARS, max_size=3)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(HASHABLE, inner, max_size=4)
        | st.sets(HASHABLE, max_size=4)
    ),
    max_leaves=12,
)


def through(value: Any) -> Any:
    return decode(json.loads(json.dumps(encode(value))))


@given(VALUES)
def test_values_come_back_equal_and_of_the_same_type(value: Any) -> None:
    back = through(value)
    assert back == value and type(back) is type(value)
    assert repr(type(back)) == repr(type(value))


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text() | st.integers(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_json_gives_a_plain_value_or_an_error(data: Any) -> None:
    try:
        value = decode(data)
    except ValueError:
        return
    assert through(value) == value or value != value or "nan" in repr(value)


def test_subclasses_are_read_as_their_base() -> None:
    class Liar(int):
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = int.__hash__

    class Sly(list):  # type: ignore[type-arg]
        def __iter__(self):  # type: ignore[no-untyped-def]
            return iter([1, 2, 3])

    assert through(Liar(5)) == 5 and type(through(Liar(5))) is int
    assert through(Sly([9])) == [9]


def test_other_objects_do_not_pass() -> None:
    nested: list[Any] = []
    for _ in range(MAX_DEPTH + 2):
        nested = [nested]
    for value in (object(), print, type, nested, {"a": object()}, (n for n in ())):
        with pytest.raises(NotPlain):
            encode(value)


@pytest.mark.parametrize(
    "data",
    [1.5, {}, {"a": 1}, {"int": 5}, {"set": [[1]]}, {"dict": [[1]]}, {"float": "x"}, {"tuple": 3}],
)
def test_what_we_do_not_write_is_refused(data: Any) -> None:
    with pytest.raises(ValueError):
        decode(data)
