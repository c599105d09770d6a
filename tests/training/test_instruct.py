"""A completion passes if it follows every rule of its record."""

from __future__ import annotations

from typing import Any

import pytest

from clr.training.data import Record
from clr.training.outcome import grade


def outcome(text: str, *rules: dict[str, Any]) -> bool | None:
    record = Record(
        id="0", domain="instruct", prompt="", checker="rules", detail={"rules": list(rules)}
    )
    return grade(record, text)


@pytest.mark.parametrize(
    ("rule", "followed", "broken"),
    [
        ({"rule": "words", "least": 2, "most": 3}, "one two", "one"),
        ({"rule": "words", "most": 3}, "one two three", "one two three four"),
        ({"rule": "bullets", "count": 2}, "So:\n- a\n* b", "- a\n-b"),
        ({"rule": "keyword", "word": "owl"}, "An Owl.", "An owlet."),
        ({"rule": "keyword", "word": "owl", "most": 1}, "owl", "owl, owl"),
        ({"rule": "without", "characters": ","}, "a; b", "a, b"),
        ({"rule": "case", "case": "lower"}, "all low", "Not low"),
        ({"rule": "ordered", "phrases": ["a", "b"]}, "xaxb", "ba"),
        ({"rule": "json"}, '{"a": 1}', "{a: 1}"),
    ],
)
def test_rules_tell_texts_apart(rule: dict[str, Any], followed: str, broken: str) -> None:
    assert outcome(followed, rule) is True
    assert outcome(broken, rule) is False


def test_all_rules_must_hold_and_silence_follows_none() -> None:
    rules = ({"rule": "without", "characters": ","}, {"rule": "words", "most": 2})
    assert outcome("one two", *rules) is True
    assert outcome("one two three", *rules) is False
    assert outcome("  ", {"rule": "without", "characters": ","}) is False


@pytest.mark.parametrize("rule", [{"rule": "wrods"}, {"rule": "bullets"}, {"rule": "json", "x": 1}])
def test_unknown_rules_are_refused(rule: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="record 0"):
        outcome("text", rule)
