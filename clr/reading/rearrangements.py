"""Words and lists that are said to be one another in another order: "listen and silent are"
" anagrams",
`sorted(a) == sorted(b)`, "[1, 2] is a permutation of [2, 1]", "the letters of fig are f, g, i"."""

from __future__ import annotations

import re

from clr.bodies.lists import Alike, Items, Ordered, Statement
from clr.reading.list_items import LITERAL, QUOTE, literal


def _phrase(name: str) -> str:
    return (
        rf"(?:the (?:word|phrase|name|string)s? )?(?:{QUOTE}(?P<{name}>[A-Za-z][A-Za-z ]{{1,40}})"
        rf"{QUOTE}|(?P<{name}_>[A-Za-z]{{2,30}}))"
    )


def _list(name: str) -> str:
    return rf"(?:the (?:lists?|sets?|arrays?) )?(?P<{name}>{LITERAL})"


_OF_WORDS = {"A": _phrase("a"), "B": _phrase("b")}
_OF_LISTS = {"A": _list("a"), "B": _list("b")}
_NOT = r"(?P<no>n['’]t| not)?"
_DO_NOT = r"(?P<no>do(?:es)? not |do(?:es)?n['’]t )?"
_SAME = r"(?:exactly )?the (?:exact |very )?same"
_OTHERWISE = r"(?: in (?:a |another )?(?:different )?order)"
_ITEMS = r"(?:numbers|elements|items|words|values|members)"
_SHUFFLED = r"a (?:permutation|rearrangement|reordering|shuffle) of"


def _compiled(filled: dict[str, str], *patterns: str) -> tuple[re.Pattern[str], ...]:
    for name, part in filled.items():
        patterns = tuple(pattern.replace(f"<{name}>", part) for pattern in patterns)
    return tuple(re.compile(pattern, re.I) for pattern in patterns)


_ANAGRAMS = _compiled(
    _OF_WORDS,
    rf"<A> and <B> (?:are|form){_NOT} (?:anagrams?|an anagram pair)"
    r"(?: of (?:each other|one another))?",
    rf"<A> is{_NOT} an anagram of <B>",
    rf"<A> and <B> {_DO_NOT}(?:have|contain|use|share|are made (?:up )?of|consist of) {_SAME}"
    rf" letters"
    rf"{_OTHERWISE}?",
    rf"<A> {_DO_NOT}(?:has|have|contains?|uses?) {_SAME} letters as <B>{_OTHERWISE}?",
    rf"<A> is{_NOT} a (?:rearrangement|permutation) of (?:the letters (?:of|in) )?<B>",
    r"sorted\(<A>\) (?:==?|(?P<no>!=|≠)) sorted\(<B>\)",
)
_SHUFFLES = _compiled(
    _OF_LISTS,
    rf"<A> and <B> {_DO_NOT}(?:have|contain|hold|share) {_SAME} {_ITEMS}{_OTHERWISE}?",
    rf"<A> {_DO_NOT}(?:has|have|contains?|holds?) {_SAME} {_ITEMS} as <B>{_OTHERWISE}?",
    rf"<A> is{_NOT} (?:just |simply |merely )?(?:{_SHUFFLED} <B>"
    rf"|<B2>(?:{_OTHERWISE}| rearranged| reordered| shuffled))".replace("<B2>", _list("c")),
    r"sorted\(<A>\) (?:==?|(?P<no>!=|≠)) sorted\(<B>\)",
)
_LETTERS = r"[a-z](?:(?:, and |, | and |-| - | )[a-z])+"
_SORTED = _compiled(
    _OF_WORDS | {"L": _list("list")},
    rf"sorted\((?:<A>|<L>)\) ?(?:==?|is|gives|→|->) (?P<items>{LITERAL}|{QUOTE}[a-z]+{QUOTE}"
    rf"|{_LETTERS})",
    rf"(?:the )?(?P<way>sorted )?letters (?:of|in) <A>(?P<order> sorted| in (?:alphabetical"
    rf" )?order)?"
    rf"(?:(?: are| is| gives?|:| =)+) (?P<items>{_LETTERS})",
)
_PRONOUNS = frozenset("they we you he she it these those both this that i them".split())


def compared(text: str) -> list[tuple[Items, Statement]]:
    """A word or list, and another that is said to be it in another order; at most one."""
    for pattern in _ANAGRAMS:
        if m := pattern.fullmatch(text):
            a, b = _word(m, "a"), _word(m, "b")
            return [(a, Alike(b, not m["no"]))] if a and b else []
    for pattern in _SHUFFLES:
        if m := pattern.fullmatch(text):
            return _shuffled(m, text)
    for pattern in _SORTED:
        if m := pattern.fullmatch(text):
            return _sorted(m)
    return []


def _shuffled(m: re.Match[str], text: str) -> list[tuple[Items, Statement]]:
    second: str = m["b"] or m["c"]
    first, other = literal(m["a"]), literal(second)
    if first is None or other is None:
        return []
    # "the same elements" may leave open how often each is there, an order does not
    sets = "{" in m["a"] + second or ("same" in text.lower() and set(first) == set(other))
    return [(first, Alike(other, not m["no"], as_sets=sets))]


def _sorted(m: re.Match[str]) -> list[tuple[Items, Statement]]:
    said = m.groupdict()
    listed = said.get("list")
    of = literal(listed) if listed else _word(m, "a")
    letters = re.findall(r"[a-z]", m["items"].lower().replace(" and ", " "))
    shown = literal(m["items"]) if listed else tuple(letters)
    if not of or not shown:
        return []
    if "way" in said and not (said["way"] or said["order"]):
        return [(of, Alike(shown))]
    return [(of, Ordered(shown, descending=False))]


def _word(m: re.Match[str], name: str) -> Items:
    """The letters of a word or phrase; none of a pronoun, nor of a name: Ann and Bob may have the
    same letters without being spelled alike."""
    text = m[name] or m[name + "_"]
    if text is None or text.lower() in _PRONOUNS:
        return ()
    if not m[name] and text[0].isupper() and (m.start() < m.start(name + "_") or "letters" in m[0]):
        return ()
    return tuple(c for c in text.lower() if c.isalpha())
