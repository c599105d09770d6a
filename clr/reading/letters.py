"""How words are written: "s-t-r-a-w", "there are 3 r's", "r stands at positions 3, 8 and 9".

A clause is one of a few constructions and is read whole or not at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from clr.bodies.letters import Answer, Occurs, Places, Spelled, Stands, Text
from clr.claim import Claim, Kind, Role
from clr.reading.lexicon import CARDINALS, ORDINAL, ORDINALS, sentences
from clr.trace import Span, Step

Body: TypeAlias = Answer | Occurs | Places | Spelled | Stands

_LONGEST = 2_000
"""Characters of a problem and of a sentence; longer ones are not read."""

_NUMBER = rf"(?:\d{{1,4}}|{'|'.join(CARDINALS)})"
_Q = r"(?:[\"'“”‘’`*]{1,2})"
_LETTER = (
    rf"(?:the )?(?:letters? |characters? )?{_Q}?(?P<x>(?-i:[a-zA-Z]))(?:{_Q}?s\b|{_Q}|\b)"
    r"(?!['’-]\w)"
)
_MANY = rf"(?:{_LETTER}|(?P<kind>letters|characters|words|vowels|consonants))"
_QUOTED = r"(?:\"[^\"\n]+\"|“[^”\n]+”|'[^'\n]+'|‘[^’\n]+’|`[^`\n]+`|\*\*[^*\n]+\*\*)"
_TEXT = (
    r"(?:the )?(?:(?:word|name|sentence|phrase|string|following \w+)s?:? )?"
    rf"(?P<text>{_QUOTED}|[A-Za-z]{{2,40}})"
)
_TIMES = rf"(?:(?P<n>{_NUMBER}) times?|(?P<often>once|twice|thrice))"
_ASKED = re.compile(
    rf"how many (?:times )?(?:does |do |is |are )?(?:there )?{_MANY}(?: (?:are|is|there|do|does|you"
    r"|find|appear|occur|used|show up|contained|we|can|see))* ?"
    rf"(?:in|of) {_TEXT}(?: (?:contain|have))?\s*\?",
    re.I,
)
_HAS = re.compile(rf"how many {_MANY} (?:does|do|are|is) {_TEXT} (?:have|contain)\s*\?", re.I)
_LEAD = (
    r"(?:(?:so|thus|therefore|hence|in total|overall|altogether|finally"
    r"|we (?:see|find|count|have)(?: that)?)[,:]? )*"
)
_CLAUSES = tuple(
    re.compile(_LEAD + body, re.I)
    for body in (
        rf"(?:there (?:is|are) )?(?P<n>{_NUMBER}) (?:total )?{_MANY}(?: (?:in|of) {_TEXT})?"
        r"(?: in total| in all)?",
        rf"{_LETTER} (?:appears|occurs|shows up|is (?:found|used|there|present)) {_TIMES}"
        rf"(?: in {_TEXT})?",
        rf"{_TEXT} (?:has|contains|consists of|is made of) (?P<n>{_NUMBER}) {_MANY}",
        rf"the (?:number|count) of {_MANY}(?: in {_TEXT})? is (?P<n>{_NUMBER})",
        rf"{_TEXT} (?:has|contains) {_LETTER} {_TIMES}",
    )
)
_PLACES = re.compile(
    _LEAD + rf"{_LETTER} (?:appears|occurs|stands|is|are|is found|can be found)(?: only)? "
    r"(?:at|in|on) (?:the )?(?:positions?|places?|index(?:es)?|indices) "
    r"(?P<places>\d{1,3}(?:(?:,? and |, ?)\d{1,3})*)",
    re.I,
)
_NTH = re.compile(
    _LEAD + rf"the (?P<nth>{ORDINAL}) (?:letter|character) (?:of {_TEXT} )?is {_LETTER}", re.I
)
_LINE = re.compile(
    rf"^[ \t]*\(?(?P<place>\d{{1,3}})(?:[.):]|\s?[-–=])\s*{_Q}?(?P<x>[a-zA-Z]){_Q}?[ \t.✓✔←]*$",
    re.M,
)
_JOINT = re.compile(r",? (?:and|so) ")
_SPELLED = re.compile(
    _LEAD + r"(?:.{0,60}?\b(?:spell\w*|letters?|broken? (?:\w+ )?down|breaking|characters?|word)\b"
    rf".{{0,60}}?[: ])?{_Q}?(?P<letters>[a-zA-Z](?:{_Q}?(?: ?- ?|, ?| ){_Q}?[a-zA-Z])+){_Q}?",
    re.I,
)
_SUPPOSES = re.compile(
    r"\?|n['’]t\b|\b(?:if|suppos\w+|assum\w+|would|could|might|wrong|not|never|without|except"
    r"|instead|half|first|last|other|another|more|least|most|about|only)\b",
    re.I,
)
_ANSWER = re.compile(
    r"\W*(?:(?:so|thus|therefore|hence)\b,? )?(?:the )?(?:final |correct )?answer(?: is|:)"
    rf"[\s*:$`]*(?P<n>{_NUMBER})[\s*.$`]*",
    re.I,
)
_NAMED = re.compile(r"\bword \w|\bletter\b|[\"'“‘’][a-z][\"'”’]|(?<!\w)[a-z]['’]?s\b", re.I)
"""What tells that a bare word is meant as a word: "the word pear", "the letter r", "r's"."""
_CONCLUDES = re.compile(
    r"\b(?:so|thus|therefore|hence|total|in all|overall|altogether|appears|occurs)\b", re.I
)
_OTHERS = re.compile(rf"{_QUOTED}")
_OFTEN = {"once": 1, "twice": 2, "thrice": 3}


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader needs of the problem."""

    text: Text


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """The text whose letters or words `problem` asks to count, or None if it asks for neither."""
    if "ow many " not in problem or len(problem) > _LONGEST:
        return None
    found = list(_ASKED.finditer(problem)) or list(_HAS.finditer(problem))
    if len(found) != 1:
        return None
    [asked] = found
    quoted = not asked["text"][0].isalnum()
    text = _unquoted(asked["text"])
    one = asked["x"]
    if not quoted and (len(text) < 3 or _NAMED.search(asked.group()) is None):
        return None
    return Context(Text(text, one.lower() if one else asked["kind"].lower()))


def _unquoted(text: str) -> str:
    return text.strip("\"“”'‘’`*").strip()


def read(step: Step, context: Context) -> list[Claim]:
    """Every statement of a step about the text and what is to be counted in it, in order."""
    about = context.text
    quoted = {_unquoted(found.group()).lower() for found in _OTHERS.finditer(step.text)}
    parts = any(len(text) > 1 and text != about.text.lower() for text in quoted)
    found: list[tuple[Body, Span]] = []
    if not parts:
        for line in _LINE.finditer(step.text):
            stands = Stands(line["x"].lower(), int(line["place"]), listed=True)
            found.append((stands, Span(*line.span())))
    for span in sentences(step.text):
        text = step.text[span.start : span.end].replace("**", "")
        if len(text) <= _LONGEST:
            said = _bodies(text.strip().rstrip(".!").removeprefix("- "), about, parts)
            found += ((body, span) for body in said)
    found.sort(key=lambda told: told[1].start)
    return [_claim(step, body, span) for body, span in found]


def _bodies(text: str, about: Text, parts: bool) -> list[Body]:
    """What a sentence says, or each of its clauses if all of them say something."""
    whole = _body(text, about, parts)
    if whole is not None:
        return [whole]
    said = [_body(clause, about, parts) for clause in _JOINT.split(text)]
    return [body for body in said if body is not None] if None not in said else []


def _body(text: str, about: Text, parts: bool) -> Body | None:
    """What a sentence says; of a part of the text where the step is about `parts`, and there only
    what names its text is read."""
    if answer := _ANSWER.fullmatch(text):
        return Answer(_number(answer["n"]))
    if _SUPPOSES.search(text):
        return None if parts else _nth(text, about)
    for clause in _CLAUSES:
        if m := clause.fullmatch(text):
            sure = m["text"] or (not parts and _CONCLUDES.search(text))
            return _occurs(m, about) if sure else None
    if parts:
        return None
    if m := _PLACES.fullmatch(text):
        places = tuple(map(int, re.findall(r"\d+", m["places"])))
        return Places(m["x"].lower(), places)
    return _nth(text, about) or _spelled(text, about)


def _nth(text: str, about: Text) -> Body | None:
    m = _NTH.fullmatch(text)
    if m is None or (m["text"] and _unquoted(m["text"]).lower() != about.text.lower()):
        return None
    return Stands(m["x"].lower(), ORDINALS[m["nth"].lower()])


def _occurs(m: re.Match[str], about: Text) -> Body | None:
    groups = m.groupdict()
    kind = groups.get("kind")
    what = kind.lower() if kind else m["x"].lower()
    count = _OFTEN[m["often"].lower()] if groups.get("often") else _number(m["n"])
    named = m["text"]
    if named is None:
        return Occurs(what, about.text, count)
    text = _unquoted(named)
    quoted = not named[0].isalnum()
    if text.lower() == about.text.lower() or (not quoted and text.lower() in _ITSELF):
        return Occurs(what, about.text, count)
    return Occurs(what, text, count) if quoted and text.isalpha() else None


_ITSELF = frozenset({"it", "word", "sentence", "phrase", "string", "name"})


def _spelled(text: str, about: Text) -> Body | None:
    m = _SPELLED.fullmatch(text)
    if m is None or not about.text.isalpha():
        return None
    letters = tuple(re.findall(r"[a-z]", m["letters"].lower()))
    told = text[: m.start("letters")].lower()
    alike = (letters[0], letters[-1]) == (about.text[0].lower(), about.text[-1].lower())
    whole = "spell" in told or about.text.lower() in told
    near = abs(len(letters) - len(about.text)) <= (2 if alike or whole else 0)
    return Spelled(letters) if near and len(letters) > 2 else None


def _number(text: str) -> int:
    return CARDINALS.get(text.lower(), -1) if not text.isdigit() else int(text)


def _claim(step: Step, body: Body, span: Span) -> Claim:
    text = step.text[span.start : span.end].strip()
    kind = Kind.ANSWER if isinstance(body, Answer) else Kind.COLLECTION
    return Claim(kind, text, span.shift(step.span.start), step.index, text, Role.DERIVED, body)
