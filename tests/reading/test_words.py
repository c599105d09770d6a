"""Words told apart by a scanner, and small grammars over them."""

from __future__ import annotations

from clr.reading.words import Grammar, Phrase, Word, scan, scanner

KNOWN = scanner(NUMBER=r"\d+", PLUS=r"\+ | \bplus\b", IS=r"\b(?:is|makes)\b", _filler=r"so|[\s,.]+")
SUMS = Grammar(r"""
start: sum IS NUMBER
sum: NUMBER (PLUS NUMBER)+
%declare NUMBER PLUS IS
""")


def test_words_keep_their_kind_and_place() -> None:
    words = scan(KNOWN, "So 12 plus 3 makes 15.")
    assert words is not None
    assert [(word.kind, word.text, word.start, word.end) for word in words] == [
        ("NUMBER", "12", 3, 5),
        ("PLUS", "plus", 6, 10),
        ("NUMBER", "3", 11, 12),
        ("IS", "makes", 13, 18),
        ("NUMBER", "15", 19, 21),
    ]


def test_an_unknown_word_leaves_the_sentence_unread() -> None:
    assert scan(KNOWN, "So 12 plus some 3 makes 15.") is None
    assert scan(KNOWN, "") == []


def test_a_grammar_gives_phrases_of_words() -> None:
    words = scan(KNOWN, "1 + 2 + 3 is 6")
    assert words is not None
    parts = SUMS.parse(words)
    assert parts is not None
    sum_, is_, number = parts
    assert isinstance(sum_, Phrase) and isinstance(is_, Word) and isinstance(number, Word)
    assert (sum_.kind, sum_.start, sum_.end) == ("sum", 0, 9)
    assert sum_.words["NUMBER"].text == "3"
    assert number.text == "6"


def test_what_is_not_of_the_grammar_gives_none() -> None:
    for text in ("", "1", "1 + is 2", "1 + 2 is 3 + 4", "is 3"):
        words = scan(KNOWN, text)
        assert words is not None
        assert SUMS.parse(words) is None
