"""Sentences told apart into words, and small grammars over such words.

A scanner is one regular expression with a named group for every kind of word. What it does not
know makes the whole sentence unread; kinds whose names begin with an underscore say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from lark import Lark, Token, Transformer, Tree, UnexpectedInput
from lark.lexer import Lexer


class Word(NamedTuple):
    """A word of a sentence, or several that mean one thing, as a scanner matched them."""

    kind: str
    match: re.Match[str]

    @property
    def text(self) -> str:
        """The word as written, in small letters."""
        return self.match.group().lower()

    @property
    def start(self) -> int:
        """Where the word begins."""
        return self.match.start()

    @property
    def end(self) -> int:
        """Where the word ends."""
        return self.match.end()


class Phrase(NamedTuple):
    """What a rule of a grammar made of words; it has at least one."""

    kind: str
    parts: tuple[Part, ...]

    @property
    def words(self) -> dict[str, Word]:
        """The words that are parts of it by kind; of several of one kind, the last."""
        return {part.kind: part for part in self.parts if isinstance(part, Word)}

    @property
    def start(self) -> int:
        """Where its first word begins."""
        return self.parts[0].start

    @property
    def end(self) -> int:
        """Where its last word ends."""
        return self.parts[-1].end


Part: TypeAlias = Word | Phrase


def scanner(**kinds: str) -> re.Pattern[str]:
    """A scanner for these kinds of words, tried in order; blanks in a pattern mean nothing."""
    return re.compile("|".join(f"(?P<{k}>{body})" for k, body in kinds.items()), re.I | re.X)


def scan(known: re.Pattern[str], text: str) -> list[Word] | None:
    """The words of `text` that say something, or None where the scanner does not know a word."""
    words = []
    at = 0
    while at < len(text):
        match = known.match(text, at)
        if match is None or match.end() == at or match.lastgroup is None:
            return None
        if match.lastgroup[0] != "_":
            words.append(Word(match.lastgroup, match))
        at = match.end()
    return words


class Ready(Lexer):
    """Passes words that were told apart before on to a parser."""

    def __init__(self, lexer_conf: object) -> None:
        pass

    def lex(self, lexer_state: Any, parser_state: Any = None) -> Iterator[Token]:
        """A token for each word, with the word as its value."""
        for word in lexer_state:
            yield Token(word.kind, word)


class _Phrases(Transformer[Token, Any]):
    def __default__(self, data: Any, children: list[Any], meta: Any) -> Any:
        if data[0] == "_":  # a rule that lark takes apart again
            return Tree(data, children)
        parts = tuple(part.value if isinstance(part, Token) else part for part in children)
        return Phrase(str(data), parts)


class Grammar:
    """An LALR grammar whose terminals are kinds of words; `start` is the sentence."""

    def __init__(self, rules: str) -> None:
        self._rules = rules

    @cached_property
    def _parser(self) -> Lark:
        return Lark(self._rules, parser="lalr", lexer=Ready, transformer=_Phrases())

    def parse(self, words: Sequence[Word]) -> tuple[Part, ...] | None:
        """The parts of a sentence, or None if it is none of the grammar."""
        try:
            sentence = self._parser.parse(words)
        except UnexpectedInput:
            return None
        assert isinstance(sentence, Phrase)
        return sentence.parts
