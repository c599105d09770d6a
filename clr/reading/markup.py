"""What a step asserts in plain text, character for character, so that places stay the same.

Emphasis, headings, bullets, ticks, and the signs around formulas are blanked out, and so is a
source in brackets behind a statement. A box around something is what "answer:" says in words. A
cross is no markup: it denies what it stands behind; a sentence that the next one takes back gets
one, so that no reader reads it whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from clr.reading.cues import cues_of, mentions, sign_of
from clr.reading.lexicon import sentences

_BULLET = re.compile(r"\n[ \t]*(?:[-*•‣◦+][ \t]+|#{1,6}[ \t]+)")
# a pattern that begins with a set of characters is searched for several times as fast
_MARKUP = re.compile(
    r"[*_`✓✔☑✅$\\\U0001F300-\U0001FAFF](?:"
    r"(?<=\*)\*|(?<=_)_|(?<=`)|(?<=\*)(?<![\w*]\*)(?=[\w\"“(])|(?<=[\w\"”).!?:]\*)(?![\w*])"
    r"|(?<![🚫👎🙅🛑*_$\\])\ufe0f?"
    r"|(?<=\\)[()\[\]]|(?<=\$)\$?"
    r"|(?<=\\)(?P<box>f?boxed\{(?=(?:\\text\w*\{)?[^{}\\]*\w[^{}\\]*\}))"
    r"|(?<=\\)(?P<styled>(?:text\w*|mathrm|mathbf|mathsf)\{(?=[^{}\\]*\})))"
)
_SOURCE = re.compile(
    r"\((?:(?:as |already )?(?:given|known|stated|shown)|(?:by|from|see|using) \w[^()\n]{0,40}"
    r"|(?:premise|fact|rule|clue|statement|step|line|modus)\b[^()\n]{0,40})\)"
    r"|\[(?:premises?|given|(?:from )?\d+(?:(?:,| and) ?\d+)*)\](?=\s*$)",
    re.I | re.M,
)
"""Where a statement comes from, in brackets behind it."""
_CROSSES = "✗✘❌×"
_ANNOUNCED = re.compile(r"\banswer(?:\s+is)?\s*:?[\s*$\\(\[]*\Z", re.I)
_FALSE = (
    r"(?:false|wrong|incorrect|impossible|(?:a )?contradict\w*|invalid|inconsistent|a mistake"
    r"|not (?:true|possible|correct|right|quite|the case|valid|consistent))\b"
)
_TAKES_BACK = re.compile(
    r"\W*?(?:(?:but|hmm|oh|and|so|therefore|hence|thus)\b\W*?)*"
    rf"(?:[{_CROSSES}]|no\b(?= wait|[,.!:;]|$)"
    rf"|(?:(?:nope|wait|oops|actually)\b|{_FALSE})(?! (?:→|->|=))"
    r"|(?:this|that|it|which|option \w|\(?\w\)?)(?: statement| option| claim)?"
    r"(?:'s| is| was| would be| seems| must be)(?: clearly| also| therefore| thus)* "
    rf"{_FALSE}"
    r"|(?:this|that|it|which) (?:can(?:not|'t) (?:be (?:right|true|correct|possible|the case)|work"
    r"|hold|happen)|(?:does not|doesn't) (?:work|fit|hold|match|follow)|contradicts|violates|fails"
    r"|conflicts|leads to a contradiction)"
    r"|(?:but|however)\b[^.\n]{0,100}?(?:\bnot (?:allowed|possible|satisf\w+)|\bviolat|\bcontradict"
    r"|\bimpossible|\bwrong|\bfails?\b|\b(?:does not|doesn't) (?:work|fit|hold|satisfy)))",
    re.I,
)
"""How a sentence begins that denies the one before it."""
_AHEAD = 120
CROSS = "✗"


def asserted(text: str, ahead: str = "") -> str:
    """`text` without its markup, of the same length, with a cross at the end of what is taken back;
    `ahead` is what comes after it."""
    cues = cues_of(text) | cues_of(ahead)
    text = plain(text)
    if "(" in text or "[" in text:
        text = _SOURCE.sub(lambda m: " " * len(m[0]), text)
    return crossed(text, ahead, cues)


_OBJECTS = re.compile(r"\W{0,3}(?:but|however|yet)\b[^.!?]*[.!?]", re.I)
"""A reason why what stands before is taken back, if the next sentence does so."""
_EXCLUDES = re.compile(
    r"[^\n:]{0,40}\b(?:eliminated|ruled out|excluded|rejected|impossible|not (?:possible|allowed)"
    r"|discarded|crossed out)\b[^\n:]{0,30}:\W*$",
    re.I,
)
"""What stands above a list of what cannot be."""
_BELOW = re.compile(r"[^\S\n]*\n[^\S\n]*")
_DENIALS = (
    *_CROSSES, *(f"no{mark}" for mark in ",.!:;\n"), "no wait", "nope", "wait", "oops", "actually",
    "not ", "cannot", "can't", "doesn't", "false", "wrong", "incorrect", "impossible", "invalid",
    "inconsistent", "a mistake", "contradict", "violat", "fail", "conflict", "eliminated",
    "ruled out", "excluded", "rejected", "discarded", "crossed out",
)  # fmt: skip
"""Without any of these, in lower case, nothing is taken back but by a "no" that is last."""
_DENYING = sign_of("no", "not", "t", whole=True) | sign_of(
    *"nope wait oops actually cannot false wrong incorrect impossible invalid inconsistent".split(),
    *"mistake contradict violat fail conflict eliminated ruled excluded rejected".split(),
    *"discarded crossed".split(),
)
"""The bits of the words in these."""


def crossed(text: str, ahead: str = "", cues: int = -1) -> str:
    """`text` with a cross at the end of what is taken back; `ahead` is what comes after it, and
    `cues` the bits of the cues that both may hold, where they are known."""
    if not cues & _DENYING and text.isascii() and ahead.isascii():
        return text
    lower = f"{text}\n{ahead[:_AHEAD]}".lower()
    if not mentions(lower, _DENIALS) and not lower.endswith("no"):
        return text
    spans = sentences(text)
    denied = []
    excluded = False  # whether the line stands below others, under what says they are excluded
    end = 0
    for span, following in zip_longest(spans, spans[1:]):
        below = _BELOW.fullmatch(text, end, span.start) is not None
        heads = _EXCLUDES.match(text[span.start : span.end]) is not None
        end = span.end
        after = ahead if following is None else text[following.start : following.start + _AHEAD]
        taken = _TAKES_BACK.match(after[:_AHEAD])
        if not taken and following is not None and _OBJECTS.match(after):
            after = text[following.end : following.end + _AHEAD].lstrip() or ahead
            taken = _TAKES_BACK.match(after[:_AHEAD])
        if taken or (excluded and below):
            denied.append(span)
        excluded = heads or (excluded and below)
    out = list(text) if denied else []
    for span in denied:
        out[span.end - 1] = CROSS
    return "".join(out) or text


def without_denied(text: str) -> str:
    """`text`, as `asserted` gives it, with blanks for the sentences that end in a cross."""
    out = []
    at = 0
    for m in re.finditer(CROSS, text):
        start = max(text.rfind(sign, at, m.start()) + 1 for sign in ".!?\n")
        out.append(text[at : max(at, start)])
        out.append(" " * (m.end() - max(at, start)))
        at = m.end()
    return "".join(out) + text[at:]


def plain(text: str) -> str:
    """`text` without its markup, of the same length."""
    bare = _BULLET.sub(lambda m: "\n".ljust(len(m[0])), f"\n{text}")[1:]
    braced: list[re.Match[str]] = []

    def blank(mark: re.Match[str]) -> str:
        if mark.lastgroup is not None:
            braced.append(mark)
        return " " * (mark.end() - mark.start())

    bare = _MARKUP.sub(blank, bare)
    return _without_braces(text, bare, braced) if braced else bare


def _without_braces(text: str, bare: str, braced: Sequence[re.Match[str]]) -> str:
    """`bare` without the braces that close what was opened, and with what a box says."""
    out = list(bare)
    for m in braced:
        close = text.index("}", m.end())
        while close >= 0 and out[close] == " ":  # closes a command inside
            close = text.find("}", close + 1)
        if close >= 0:
            out[close] = " "
        if m.lastgroup == "box" and not _ANNOUNCED.search(text, max(0, m.start() - 40), m.start()):
            out[m.start() : m.end()] = "answer:".rjust(len(m[0]))
    return "".join(out)
