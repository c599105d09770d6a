"""Rules for instructions: each tells a text that follows it from one that does not."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clr.rewards import Reward
from clr.verifiers.instructions import (
    RULES,
    check_instructions,
    rules_from,
    rules_from_ifeval,
)

EXAMPLES: list[tuple[dict[str, Any], str, str]] = [
    ({"rule": "words", "least": 2, "most": 3}, "one two", "one"),
    ({"rule": "sentences", "count": 2}, "It rains. We stay!", "It rains."),
    ({"rule": "paragraphs", "count": 2}, "One.\n\nTwo.", "One. Two."),
    ({"rule": "paragraphs", "count": 2, "separator": "***"}, "One.\n***\nTwo.", "One.\n\nTwo."),
    ({"rule": "lines", "most": 2}, "a\n\nb", "a\nb\nc"),
    ({"rule": "characters", "most": 5}, "short", "longer"),
    ({"rule": "bullets", "count": 2}, "So:\n- a\n* b", "- a\n-b"),
    ({"rule": "numbered", "least": 2}, "1. a\n2) b", "1. a\nb"),
    ({"rule": "highlights", "least": 2}, "*one* and **two**", "*one* and two*"),
    ({"rule": "placeholders", "least": 1}, "Dear [name],", "Dear name,"),
    ({"rule": "sections", "mark": "PART", "least": 2}, "PART 1 a PART 2 b", "PART a PART b"),
    ({"rule": "capitals", "most": 1}, "a LOUD word", "TWO LOUD words"),
    ({"rule": "keyword", "word": "owl"}, "An Owl.", "An owlet."),
    ({"rule": "keyword", "word": "owl", "most": 1}, "owl", "owl, owl"),
    ({"rule": "letter", "letter": "q", "least": 2}, "Quite quick", "quick"),
    ({"rule": "forbidden", "words": ["cat", "dog"]}, "a category", "a Dog"),
    ({"rule": "without", "characters": ","}, "a; b", "a, b"),
    ({"rule": "no_digits"}, "two", "2"),
    ({"rule": "case", "case": "lower"}, "all low", "Not low"),
    ({"rule": "case", "case": "upper"}, "ALL HIGH", "Not high"),
    ({"rule": "ordered", "phrases": ["a", "b"]}, "xaxb", "ba"),
    ({"rule": "json"}, '```json\n{"a": 1}\n```', "{a: 1}"),
    ({"rule": "title"}, "<<A walk>>\nWe went.", "<A walk>"),
    ({"rule": "postscript", "mark": "P.P.S"}, "Yours.\nP.P.S. Call me.", "Yours. Call me."),
    ({"rule": "starts", "phrase": "Well,"}, "well, it is so", "It is so"),
    ({"rule": "ends", "phrase": "Any questions?"}, "So. any questions?", "Any questions? No."),
    ({"rule": "quoted"}, '"So it is."', '"So" it is.'),
    (
        {"rule": "first_word", "paragraph": 2, "word": "then", "paragraphs": 2},
        "We met.\n\nThen we ate.",
        "We met.\n\nWe then ate.",
    ),
    ({"rule": "repeats", "request": "Say hi."}, "Say hi. Hi!", "Hi!"),
    ({"rule": "responses"}, "One.\n******\nTwo.", "One.\n******\nOne."),
    ({"rule": "one_of", "options": ["yes", "no"]}, "My answer is no.", "Perhaps"),
    ({"rule": "table"}, "| a | b |\n|---|---|\n| 1 | 2 |", "a | b"),
    ({"rule": "code", "language": "python"}, "```python\nx = 1\n```", "```\nx = 1\n```"),
    ({"rule": "line_length", "most": 5}, "abc\nabcde", "abcdef"),
    (
        {"rule": "language", "language": "de"},
        "Heute gehen wir in den Wald und suchen nach Pilzen.",
        "Today we walk to the wood and look for mushrooms.",
    ),
]


@pytest.mark.parametrize(("rule", "followed", "broken"), EXAMPLES)
def test_rules_tell_texts_apart(rule: dict[str, Any], followed: str, broken: str) -> None:
    if rule["rule"] == "language":
        pytest.importorskip("py3langid")
    rules = rules_from([rule])
    assert [check.fault for check in check_instructions(followed, rules)] == [""]
    (check,) = check_instructions(broken, rules)
    assert check.fault
    assert check.rule == rules[0]


def test_every_kind_of_rule_has_an_example() -> None:
    assert {rule["rule"] for rule, _, _ in EXAMPLES} == set(RULES)
    assert len(RULES) >= 25


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({"rule": "wrods"}, "did you mean 'words'"),
        ({"rule": "bullets"}, "least, most or count"),
        ({"rule": "json", "x": 1}, "its fields: none"),
        ({"rule": "keyword"}, "its fields: .*word"),
        ({"rule": "words", "most": "ten"}, "most"),
        ({"rule": "letter", "letter": "ab", "least": 1}, "letter"),
        ({}, "no rule None"),
    ],
)
def test_rules_that_do_not_exist_are_refused(rule: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        rules_from([rule])


IFEVAL: list[tuple[str, dict[str, Any], str, str]] = [
    ("keywords:existence", {"keywords": ["owl", "fox"]}, "owl and fox", "owl"),
    ("keywords:frequency", {"keyword": "a", "frequency": 2, "relation": "less than"}, "a", "a a"),
    ("keywords:forbidden_words", {"forbidden_words": ["owl"]}, "fox", "owl"),
    (
        "keywords:letter_frequency",
        {"letter": "z", "let_frequency": 2, "let_relation": "at least"},
        "zz",
        "z",
    ),
    (
        "length_constraints:number_sentences",
        {"num_sentences": 2, "relation": "at least"},
        "A. B.",
        "A.",
    ),
    ("length_constraints:number_words", {"num_words": 3, "relation": "less than"}, "a b", "a b c"),
    ("length_constraints:number_paragraphs", {"num_paragraphs": 2}, "a\n***\nb", "a"),
    (
        "length_constraints:nth_paragraph_first_word",
        {"num_paragraphs": 2, "nth_paragraph": 2, "first_word": "so"},
        "a\n\nso b",
        "a\n\nb",
    ),
    ("detectable_content:number_placeholders", {"num_placeholders": 1}, "[x]", "x"),
    ("detectable_content:postscript", {"postscript_marker": "P.S."}, "a\nP.S. b", "a"),
    ("detectable_format:number_bullet_lists", {"num_bullets": 1}, "- a", "a"),
    ("detectable_format:constrained_response", {}, "My answer is yes.", "Yes."),
    ("detectable_format:number_highlighted_sections", {"num_highlights": 1}, "*a*", "a"),
    (
        "detectable_format:multiple_sections",
        {"section_spliter": "Section", "num_sections": 2},
        "Section 1 a Section 2 b",
        "Section 1 a",
    ),
    ("detectable_format:json_format", {}, "[1]", "[1"),
    ("detectable_format:title", {}, "<<a>>", "a"),
    ("combination:two_responses", {}, "a ****** b", "a b"),
    ("combination:repeat_prompt", {"prompt_to_repeat": "Hi"}, "hi you", "you"),
    ("startend:end_checker", {"end_phrase": "bye"}, "so, bye", "bye, so"),
    (
        "change_case:capital_word_frequency",
        {"capital_frequency": 1, "capital_relation": "at least"},
        "BIG",
        "big",
    ),
    ("change_case:english_capital", {}, "BIG", "Big"),
    ("change_case:english_lowercase", {}, "big", "Big"),
    ("punctuation:no_comma", {}, "a b", "a, b"),
    ("startend:quotation", {}, '"a"', "a"),
]


@pytest.mark.parametrize(("name", "arguments", "followed", "broken"), IFEVAL)
def test_records_of_ifeval_are_read(
    name: str, arguments: dict[str, Any], followed: str, broken: str
) -> None:
    rules = rules_from_ifeval([name], [arguments | {"unused": None}])
    assert not any(check.fault for check in check_instructions(followed, rules))
    assert any(check.fault for check in check_instructions(broken, rules))


def test_what_ifeval_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="no instruction 'keywords:rhyme'"):
        rules_from_ifeval(["keywords:rhyme"], [{}])
    with pytest.raises(ValueError, match="lacks the argument 'num_words'"):
        rules_from_ifeval(["length_constraints:number_words"], [{"relation": "at least"}])


def test_loose_forgives_an_introduction_and_asterisks() -> None:
    rules = rules_from([{"rule": "starts", "phrase": "owl"}])
    text = "Sure, here it is:\n**Owl** it is."
    assert check_instructions(text, rules)[0].fault
    assert not check_instructions(text, rules, loose=True)[0].fault


def test_a_blank_text_follows_nothing() -> None:
    assert check_instructions(" \n", rules_from([{"rule": "no_digits"}]))[0].fault


ALL = [rule for rule, _, _ in EXAMPLES if rule["rule"] != "language"]


@given(st.text(max_size=200))
def test_any_text_is_judged(text: str) -> None:
    strict = check_instructions(text, rules_from(ALL))
    loose = check_instructions(text, rules_from(ALL), loose=True)
    assert all(a.fault or not b.fault for a, b in zip(strict, loose, strict=True))


@given(
    st.text(alphabet="ab .!\n*-", max_size=80),
    st.integers(0, 9),
    st.sampled_from(["words", "lines", "sentences", "bullets"]),
)
def test_limits_are_monotone(text: str, limit: int, kind: str) -> None:
    def holds(rule: dict[str, Any]) -> bool:
        return not check_instructions(text, rules_from([rule]))[0].fault

    if holds({"rule": kind, "least": limit + 1}):
        assert limit == 0 or holds({"rule": kind, "least": limit})
        assert not holds({"rule": kind, "most": limit})
    if holds({"rule": kind, "most": limit}):
        assert holds({"rule": kind, "most": limit + 1})


@pytest.mark.parametrize("unit", ["a ", "*", "[", "<<", "|-", "```\n", "1. ", ". ", "\n\n", "P.S."])
def test_a_megabyte_takes_little_time(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    start = time.monotonic()
    check_instructions(text, rules_from(ALL))
    assert time.monotonic() - start < 20


def test_the_reward_follows_the_rules_of_each_sample() -> None:
    reward = Reward("instruct", workers=0)
    found = reward(
        prompts=["Write.", "Write.", "Write."],
        completions=["two words", "now three words", "now three words"],
        rules=[[{"rule": "words", "count": 2}]] * 2 + [None],
        instruction_id_list=[None, None, ["punctuation:no_comma"]],
        kwargs=[None, None, [{}]],
    )
    assert found == [1.0, 0.0, 1.0]
    with pytest.raises(ValueError, match="did you mean 'words'"):
        reward(prompts=["w"], completions=["w"], rules=[[{"rule": "wods"}]])
