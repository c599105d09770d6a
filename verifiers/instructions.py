"""Instructions that can be checked: rules about length, words, form and format of a response.

The kinds are those of IFEval (Zhou et al. 2023, arXiv:2311.07911) and a few more. A rule is a small
value made from a dict such as `{"rule": "words", "most": 50}`; limits are inclusive.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, TypeAlias

import msgspec

from clr.extras import extra

_NO_LIMIT = 2**31
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE = re.compile(r"[^.!?…。！？\s][^.!?…。！？]*[.!?…。！？]*")
_BULLET = re.compile(r"^[ \t]*[-*•][ \t]+\S", re.M)
_NUMBERED = re.compile(r"^[ \t]*\d+[.)][ \t]+\S", re.M)
_HIGHLIGHT = re.compile(r"\*\*[^*\n]+\*\*|(?<!\*)\*[^*\n]+\*(?!\*)")
_FENCED = re.compile(r"\A```\w*\s*\n?(.*?)\n?```\Z", re.S)
_ROW = re.compile(r"^[ \t]*\|.*\|[ \t]*$", re.M)
_RULE_LINE = re.compile(r"^[ \t]*\|?[ \t]*:?-{3,}", re.M)


class _Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="rule"):
    """One instruction. `fault` says why a text does not follow it; "" if it does."""

    def fault(self, text: str) -> str:
        raise NotImplementedError


class _Counted(_Rule, frozen=True):
    """At least `least` and at most `most` of what is counted, or exactly `count`."""

    least: int = 0
    most: int = _NO_LIMIT
    count: int | None = None

    def __post_init__(self) -> None:
        if (self.least, self.most, self.count) == (0, _NO_LIMIT, None):
            raise ValueError("it needs least, most or count")

    def number(self, text: str) -> int:
        raise NotImplementedError

    def fault(self, text: str) -> str:
        found, what = self.number(text), self._what()
        if self.count is not None and found != self.count:
            return f"{found} {what}, {self.count} wanted"
        if found < self.least:
            return f"{found} {what}, at least {self.least} wanted"
        return f"{found} {what}, at most {self.most} wanted" if found > self.most else ""

    def _what(self) -> str:
        return type(self).__name__.lower()


class Words(_Counted, frozen=True, tag="words"):
    """Words, as blanks separate them."""

    def number(self, text: str) -> int:
        return len(text.split())


class Sentences(_Counted, frozen=True, tag="sentences"):
    """Sentences, as full stops, question and exclamation marks end them."""

    def number(self, text: str) -> int:
        return len(_SENTENCE.findall(text))


class Paragraphs(_Counted, frozen=True, tag="paragraphs"):
    """Parts between `separator`: by default a blank line; IFEval's are `***`."""

    separator: str = "\n\n"

    def number(self, text: str) -> int:
        return len(_parts(text, self.separator))


class Lines(_Counted, frozen=True, tag="lines"):
    """Lines that are not blank."""

    def number(self, text: str) -> int:
        return sum(bool(line.strip()) for line in text.splitlines())


class Characters(_Counted, frozen=True, tag="characters"):
    """Characters, blanks among them."""

    def number(self, text: str) -> int:
        return len(text)


class Bullets(_Counted, frozen=True, tag="bullets"):
    """Lines that begin with a bullet."""

    def number(self, text: str) -> int:
        return len(_BULLET.findall(text))


class Numbered(_Counted, frozen=True, tag="numbered"):
    """Lines that begin with a number and a full stop or bracket."""

    def number(self, text: str) -> int:
        return len(_NUMBERED.findall(text))


class Highlights(_Counted, frozen=True, tag="highlights"):
    """Passages between single or double asterisks."""

    def number(self, text: str) -> int:
        return len(_HIGHLIGHT.findall(text))


class Placeholders(_Counted, frozen=True, tag="placeholders"):
    """Passages in square brackets, such as [address]."""

    def number(self, text: str) -> int:
        return len(re.findall(r"\[[^\[\]\n]+\]", text))


class Sections(_Counted, frozen=True, tag="sections"):
    """Parts that begin with `mark` and a number, such as "Section 1"."""

    mark: str = "Section"

    def number(self, text: str) -> int:
        return len(re.findall(rf"(?<!\w){re.escape(self.mark)}\s?\d", text))


class Capitals(_Counted, frozen=True, tag="capitals"):
    """Words all in capitals, of two letters or more."""

    def number(self, text: str) -> int:
        return sum(w.isupper() and len(w) > 1 for w in _WORD.findall(text))


class Keyword(_Counted, frozen=True, tag="keyword", kw_only=True):
    """Times that a word or phrase occurs, in any case; once at least by default."""

    word: str
    least: int = 1

    def number(self, text: str) -> int:
        return _times(self.word, text)

    def _what(self) -> str:
        return f"times {self.word!r}"


class Letter(_Counted, frozen=True, tag="letter", kw_only=True):
    """Times that a letter occurs, in any case."""

    letter: Annotated[str, msgspec.Meta(min_length=1, max_length=1)]

    def number(self, text: str) -> int:
        return text.casefold().count(self.letter.casefold())

    def _what(self) -> str:
        return f"times {self.letter!r}"


class Forbidden(_Rule, frozen=True, tag="forbidden"):
    """None of the words occurs, in any case."""

    words: list[str]

    def fault(self, text: str) -> str:
        for word in self.words:
            if _times(word, text):
                return f"{word!r} must not occur"
        return ""


class Without(_Rule, frozen=True, tag="without"):
    """The characters nowhere occur: a comma, for one."""

    characters: str

    def fault(self, text: str) -> str:
        return f"{self.characters!r} must not occur" if self.characters in text else ""


class NoDigits(_Rule, frozen=True, tag="no_digits"):
    """No digit occurs."""

    def fault(self, text: str) -> str:
        return "a digit occurs" if any(c.isdigit() for c in text) else ""


class Case(_Rule, frozen=True, tag="case"):
    """All letters are of one case: "lower" or "upper"."""

    case: Literal["lower", "upper"]

    def fault(self, text: str) -> str:
        same = text == (text.lower() if self.case == "lower" else text.upper())
        return "" if same else f"not all in {self.case} case"


class Ordered(_Rule, frozen=True, tag="ordered"):
    """The phrases occur one after the other."""

    phrases: list[str]

    def fault(self, text: str) -> str:
        place = 0
        for phrase in self.phrases:
            place = text.find(phrase, place)
            if place < 0:
                return f"{phrase!r} does not occur after those before it"
            place += len(phrase)
        return ""


class Json(_Rule, frozen=True, tag="json"):
    """The whole text is one JSON value, in a code fence or not."""

    def fault(self, text: str) -> str:
        fenced = _FENCED.match(text.strip())
        try:
            json.loads(fenced[1] if fenced else text)
        except (ValueError, RecursionError):
            return "not one JSON value"
        return ""


class Title(_Rule, frozen=True, tag="title"):
    """A title in double angular brackets, such as <<a walk>>."""

    def fault(self, text: str) -> str:
        return "" if re.search(r"<<[^\n<>]*[^\s<>][^\n<>]*>>", text) else "no <<title>>"


class Postscript(_Rule, frozen=True, tag="postscript"):
    """A line near the end begins with `mark`, such as "P.S."."""

    mark: str = "P.S."

    def fault(self, text: str) -> str:
        letters = [re.escape(c) + r"\s?" for c in self.mark if not c.isspace()]
        found = re.search(rf"^[ \t]*{''.join(letters)}.*\S", text, re.M | re.I)
        return "" if found else f"no postscript {self.mark!r}"


class Starts(_Rule, frozen=True, tag="starts"):
    """The text begins with a phrase, in any case."""

    phrase: str

    def fault(self, text: str) -> str:
        begins = text.strip().casefold().startswith(self.phrase.strip().casefold())
        return "" if begins else f"does not begin with {self.phrase!r}"


class Ends(_Rule, frozen=True, tag="ends"):
    """The text ends with a phrase, in any case."""

    phrase: str

    def fault(self, text: str) -> str:
        ends = text.strip().strip('"').casefold().endswith(self.phrase.strip().casefold())
        return "" if ends else f"does not end with {self.phrase!r}"


class Quoted(_Rule, frozen=True, tag="quoted"):
    """All of the text stands between double quotation marks."""

    def fault(self, text: str) -> str:
        bare = text.strip()
        quoted = len(bare) > 1 and bare[0] == bare[-1] == '"'
        return "" if quoted else "not in double quotation marks"


class FirstWord(_Rule, frozen=True, tag="first_word"):
    """There are `paragraphs` paragraphs, and the one of this number (from 1) begins with a word."""

    paragraph: int
    word: str
    paragraphs: int | None = None

    def fault(self, text: str) -> str:
        parts = _parts(text, "\n\n")
        if self.paragraphs is not None and len(parts) != self.paragraphs:
            return f"{len(parts)} paragraphs, {self.paragraphs} wanted"
        if not 1 <= self.paragraph <= len(parts):
            return f"no paragraph {self.paragraph}"
        first = _WORD.search(parts[self.paragraph - 1])
        same = first is not None and first[0].casefold() == self.word.casefold()
        return "" if same else f"paragraph {self.paragraph} does not begin with {self.word!r}"


class Repeats(_Rule, frozen=True, tag="repeats"):
    """The text begins by repeating the request, word for word, in any case."""

    request: str

    def fault(self, text: str) -> str:
        begins = text.strip().casefold().startswith(self.request.strip().casefold())
        return "" if begins else "does not repeat the request first"


class Responses(_Rule, frozen=True, tag="responses"):
    """`number` different responses with six asterisks between them."""

    number: int = 2

    def fault(self, text: str) -> str:
        parts = [part.strip() for part in text.split("******")]
        if len(parts) > self.number and not parts[0]:
            parts = parts[1:]
        if len(parts) > self.number and not parts[-1]:
            parts = parts[:-1]
        different = len(set(parts)) == len(parts) == self.number and all(parts)
        return "" if different else f"not {self.number} different responses"


class OneOf(_Rule, frozen=True, tag="one_of"):
    """One of the options occurs."""

    options: list[str]

    def fault(self, text: str) -> str:
        return "" if any(option in text for option in self.options) else "none of the options"


class Table(_Rule, frozen=True, tag="table"):
    """A table as Markdown writes it."""

    def fault(self, text: str) -> str:
        found = len(_ROW.findall(text)) >= 2 and _RULE_LINE.search(text)
        return "" if found else "no table"


class Code(_Rule, frozen=True, tag="code"):
    """A fenced block of code, in `language` if one is named."""

    language: str = ""

    def fault(self, text: str) -> str:
        found = re.search(rf"^```{re.escape(self.language)}[^\n`]*\n.*?^```", text, re.M | re.S)
        return "" if found else f"no fenced {self.language or 'code'}"


class LineLength(_Rule, frozen=True, tag="line_length"):
    """No line is longer than `most` characters."""

    most: int

    def fault(self, text: str) -> str:
        longest = max(map(len, text.splitlines()), default=0)
        return "" if longest <= self.most else f"a line of {longest} characters"


class Language(_Rule, frozen=True, tag="language"):
    """The text is in a language, by its ISO 639-1 code; needs `clr-verify[language]`."""

    language: str

    def fault(self, text: str) -> str:
        with extra("language", "telling languages"):
            from py3langid import classify
        found = classify(text)[0]
        return "" if found == self.language else f"in {found}, not in {self.language}"


Rule: TypeAlias = (
    Words | Sentences | Paragraphs | Lines | Characters | Bullets | Numbered | Highlights
    | Placeholders | Sections | Capitals | Keyword | Letter | Forbidden | Without | NoDigits | Case
    | Ordered | Json | Title | Postscript | Starts | Ends | Quoted | FirstWord | Repeats | Responses
    | OneOf | Table | Code | LineLength | Language
)  # fmt: skip


class Check(msgspec.Struct, frozen=True):
    """A rule, and why the text does not follow it; "" if it does."""

    rule: Rule
    fault: str


def rules_from(described: Sequence[Mapping[str, Any]]) -> list[Rule]:
    """Rules from dicts.

    Raises:
        ValueError: there is no such rule or field, with the nearest name, or a value has a wrong
            type.
    """
    out: list[Rule] = []
    for one in described:
        name = one.get("rule")
        if name not in RULES:
            near = difflib.get_close_matches(str(name), RULES, 1)
            hint = f"; did you mean {near[0]!r}?" if near else f": use one of {', '.join(RULES)}"
            raise ValueError(f"no rule {name!r}{hint}")
        try:
            out.append(msgspec.convert(one, Rule))
        except msgspec.ValidationError as error:
            fields = ", ".join(RULES[str(name)].__struct_encode_fields__) or "none"
            raise ValueError(f"rule {name!r}: {error}; its fields: {fields}") from error
    return out


RULES: dict[str, type[_Rule]] = {str(kind.__struct_config__.tag): kind for kind in Rule.__args__}
"""Every kind of rule by its name."""


def check_instructions(text: str, rules: Sequence[Rule], *, loose: bool = False) -> list[Check]:
    """What each rule says of `text`. A blank text follows none.

    `loose`, as in IFEval: a rule also holds if it does without the first line, the last line, both,
    or the asterisks, which models like to add.
    """
    if not text.strip():
        return [Check(rule, "the text is blank") for rule in rules]
    texts = _relaxed(text) if loose else [text.strip()]
    out = []
    for rule in rules:
        faults = [rule.fault(one) for one in texts if one.strip()]
        out.append(Check(rule, "" if "" in faults else faults[0]))
    return out


def _relaxed(text: str) -> list[str]:
    text = text.strip()
    lines = text.split("\n")
    cut = [text, "\n".join(lines[1:]), "\n".join(lines[:-1]), "\n".join(lines[1:-1])]
    return [one.strip() for one in (*cut, *(one.replace("*", "") for one in cut))]


def _times(word: str, text: str) -> int:
    return len(re.findall(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.I))


def _parts(text: str, separator: str) -> list[str]:
    pattern = r"\n\s*\n" if separator == "\n\n" else re.escape(separator)
    return [part for part in re.split(pattern, text) if part.strip()]


def _limits(number: int, relation: str | None) -> dict[str, int]:
    """IFEval's relations: "at least" n, "less than" n; none is exactly n."""
    if relation is None:
        return {"count": number}
    return {"least": number} if relation == "at least" else {"most": number - 1}


def rules_from_ifeval(
    instructions: Sequence[str], arguments: Sequence[Mapping[str, Any]]
) -> list[Rule]:
    """Rules of an IFEval record: its `instruction_id_list` and `kwargs`.

    Raises:
        ValueError: an instruction that IFEval does not have, or an argument is missing.
    """
    out: list[Rule] = []
    for name, given in zip(instructions, arguments, strict=True):
        values = {key: value for key, value in given.items() if value is not None}
        try:
            out += rules_from(_from_ifeval(name, values))
        except KeyError as error:
            raise ValueError(f"instruction {name!r} lacks the argument {error}") from error
    return out


def _from_ifeval(name: str, a: Mapping[str, Any]) -> list[dict[str, Any]]:
    match name.split(":", 1)[-1]:
        case "existence":
            return [{"rule": "keyword", "word": word} for word in a["keywords"]]
        case "frequency":
            limits = _limits(a["frequency"], a.get("relation", "at least"))
            return [{"rule": "keyword", "word": a["keyword"], "least": 0} | limits]
        case "forbidden_words":
            return [{"rule": "forbidden", "words": a["forbidden_words"]}]
        case "letter_frequency":
            limits = _limits(a["let_frequency"], a.get("let_relation", "at least"))
            return [{"rule": "letter", "letter": a["letter"]} | limits]
        case "response_language":
            return [{"rule": "language", "language": a["language"]}]
        case "number_sentences":
            return [{"rule": "sentences"} | _limits(a["num_sentences"], a.get("relation"))]
        case "number_words":
            return [{"rule": "words"} | _limits(a["num_words"], a.get("relation"))]
        case "number_paragraphs":
            return [{"rule": "paragraphs", "separator": "***"} | _limits(a["num_paragraphs"], None)]
        case "nth_paragraph_first_word":
            return [
                {
                    "rule": "first_word",
                    "paragraph": a["nth_paragraph"],
                    "word": a["first_word"],
                    "paragraphs": a["num_paragraphs"],
                }
            ]
        case "number_placeholders":
            return [{"rule": "placeholders", "least": a["num_placeholders"]}]
        case "postscript":
            return [{"rule": "postscript", "mark": a["postscript_marker"]}]
        case "number_bullet_lists":
            return [{"rule": "bullets", "count": a["num_bullets"]}]
        case "constrained_response":
            options = ["My answer is yes.", "My answer is no.", "My answer is maybe."]
            return [{"rule": "one_of", "options": options}]
        case "number_highlighted_sections":
            return [{"rule": "highlights", "least": a["num_highlights"]}]
        case "multiple_sections":
            return [{"rule": "sections", "mark": a["section_spliter"], "least": a["num_sections"]}]
        case "json_format":
            return [{"rule": "json"}]
        case "title":
            return [{"rule": "title"}]
        case "two_responses":
            return [{"rule": "responses"}]
        case "repeat_prompt":
            return [{"rule": "repeats", "request": a["prompt_to_repeat"]}]
        case "end_checker":
            return [{"rule": "ends", "phrase": a["end_phrase"]}]
        case "capital_word_frequency":
            limits = _limits(a["capital_frequency"], a.get("capital_relation", "at least"))
            return [{"rule": "capitals"} | limits]
        case "english_capital":
            return [{"rule": "case", "case": "upper"}]
        case "english_lowercase":
            return [{"rule": "case", "case": "lower"}]
        case "no_comma":
            return [{"rule": "without", "characters": ","}]
        case "quotation":
            return [{"rule": "quoted"}]
    raise ValueError(f"no instruction {name!r} in IFEval")
