from __future__ import annotations

import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clr.filter.expression import ExpressionError, Type, conditions
from clr.filter.facts import FIELDS

ROW = {
    "outcome": 1,
    "missing": None,
    "refuted": 0,
    "claims": 4,
    "reliability": 0.6,
    "sound": True,
    "domain": "math",
    "id": "a'b",
}
TYPES = {
    "outcome": Type.NUMBER | Type.NONE,
    "missing": Type.NUMBER | Type.NONE,
    "refuted": Type.NUMBER,
    "claims": Type.NUMBER,
    "reliability": Type.NUMBER,
    "sound": Type.TRUTH,
    "domain": Type.TEXT | Type.NONE,
    "id": Type.TEXT,
}


def holds(text: str) -> bool:
    return all(part.holds(ROW) for part in conditions(text, TYPES))


@pytest.mark.parametrize(
    "text",
    [
        "outcome == 1 and refuted == 0 and reliability >= 0.6",
        "sound",
        "not not sound",
        "0.5 < reliability <= 0.6 < claims",
        "refuted / claims <= 0.25 and claims / 2 - 1 == 1",
        "-claims < -3 and 2 * 3 + 1 == 7 and 1 + 2 * 3 == 7 and (1 + 2) * 3 == 9",
        "missing == none and outcome != none",
        "outcome == 0 and sound or claims == 4",
        "not (outcome == 0 or refuted > 0)",
        "domain in ['math', \"code\"] and claims not in [1, 2]",
        "domain == 'math' and id == \"a'b\"",
        "1" + "+1" * 400 + " > 0",
        "sound == true\n  and claims == 4e0",
    ],
)
def test_what_holds(text: str) -> None:
    assert holds(text)


@pytest.mark.parametrize(
    "text",
    [
        "outcome == 0",
        "missing < 1",
        "missing >= 1",
        "missing == 0",
        "claims / refuted > 0",
        "claims / refuted <= 0",
        "not sound",
        "1 < 2 < 2",
        "sound and (refuted > 0 or domain == none)",
    ],
)
def test_what_does_not_hold(text: str) -> None:
    assert not holds(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected a field or a value, found the end"),
        ("refutd == 0", "did you mean refuted?"),
        ("outcome", "must be true or false, this is number or none; compare it"),
        ("sound and claims", "a side of 'and' must be true or false"),
        ("claims or sound", "a side of 'or' must be true or false"),
        ("not claims", "what follows 'not'"),
        ("sound == 1", "never equal: truth on the left, number on the right"),
        ("domain < 1", "< compares numbers, this is text or none"),
        ("missing + 1 > 0", "+ needs numbers, this is number or none"),
        ("domain in [1]", "never equal: text or none and number"),
        ("domain in 'math'", "expected '['"),
        ("(sound", "expected ')', found the end"),
        ("sound sound", "unexpected 'sound'"),
        ("outcome = 1", "unexpected '='"),
        ("__import__('os')", "no field '__import__'"),
        ("sound.real", "unexpected '.'"),
        ("and", "found 'and'"),
        ("(" * 500 + "sound", "nested too deeply"),
        ("not " * 200 + "sound", "nested too deeply"),
        ("-" * 500 + "1 == 1", "nested too deeply"),
        ("s" * 20_000, "at most"),
    ],
)
def test_errors_say_what_is_wrong(text: str, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        conditions(text, TYPES)
    assert message in str(caught.value)


def test_an_error_points_at_its_place() -> None:
    with pytest.raises(ExpressionError) as caught:
        conditions("sound and refutd == 0", TYPES)
    _, text, mark = str(caught.value).splitlines()
    assert text[mark.index("^") :].startswith("refutd")


def test_a_conjunction_falls_into_its_parts() -> None:
    parts = conditions("sound and (claims > 2 and refuted == 0) and (outcome == 1 or sound)", TYPES)
    assert [part.text for part in parts] == [
        "sound",
        "claims > 2",
        "refuted == 0",
        "(outcome == 1 or sound)",
    ]


@given(st.text(max_size=40) | st.text("()[]<>=!+-*/'\" andortfls012.", max_size=40))
def test_any_text_is_an_expression_or_an_error(text: str) -> None:
    try:
        parts = conditions(text, TYPES)
    except ExpressionError:
        return
    assert all(part.holds(ROW) in (True, False) for part in parts)


_NUMBERS = st.recursive(
    st.integers(0, 9).map(str),
    lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(
        lambda t: f"({t[0]} {t[1]} {t[2]})"
    ),
    max_leaves=6,
)


@given(_NUMBERS, st.sampled_from(["<", "<=", "==", "!=", ">", ">="]), _NUMBERS)
def test_arithmetic_is_that_of_python(left: str, sign: str, right: str) -> None:
    compare = {
        "<": operator.lt,
        "<=": operator.le,
        "==": operator.eq,
        "!=": operator.ne,
        ">": operator.gt,
        ">=": operator.ge,
    }[sign]
    # eval of what this test has written itself
    assert holds(f"{left} {sign} {right}") == compare(eval(left), eval(right))


def test_the_documented_fields_have_types() -> None:
    for name, type_ in FIELDS.items():
        conditions(f"{name} == {name}", FIELDS)
        assert str(type_)
