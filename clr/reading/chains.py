"""Chains of relations inside mathematics: `a = b \\le c`, row by row, by their places in the text.

Only the top level is cut here; what stands between two signs is an operand, left to the parser.
"""

from __future__ import annotations

import re
from itertools import chain

import msgspec

from clr.trace import Span

RELATIONS = {
    "=": "=", "==": "=", ":=": "=", "\\coloneqq": "=", "\\eq": "=", "≈": "~", "\\approx": "~",
    "<<": "other", ">>": "other",
    "\\simeq": "~", "\\doteq": "~", "<": "<", "\\lt": "<", ">": ">", "\\gt": ">", "<=": "<=",
    "≤": "<=", "\\le": "<=", "\\leq": "<=", "\\leqslant": "<=", "\\leqq": "<=", ">=": ">=",
    "≥": ">=", "\\ge": ">=", "\\geq": ">=", "\\geqslant": ">=", "\\geqq": ">=", "!=": "!=",
    "≠": "!=", "\\ne": "!=", "\\neq": "!=", "≡": "≡", "\\equiv": "≡", "\\mid": "|", "\\nmid": "∤",
    "\\in": "in", "∈": "in", "\\notin": "notin", "\\subset": "subset", "\\subseteq": "subset",
    "\\supset": "other", "\\supseteq": "other", "\\propto": "other", "∝": "other",
    "\\cong": "other", "\\sim": "other", "\\perp": "other", "\\parallel": "other", "\\ll": "other",
    "\\gg": "other", "\\prec": "other", "\\succ": "other", "\\vdots": "other",
}  # fmt: skip

IMPLICATIONS = frozenset(
    "\\implies \\Rightarrow \\Longrightarrow \\iff \\Leftrightarrow \\Longleftrightarrow \\to "
    "\\rightarrow \\longrightarrow \\therefore ⇒ → ⟹ ⇔ ⟺ => -> ∴".split()
)
_BREAKS = frozenset(
    "\\quad \\qquad \\because \\land \\lor \\wedge \\vee \\mapsto \\colon \\hline \\Leftarrow "
    "\\Longleftarrow \\hfill ∵".split()
)

# a search for the set of characters that it begins with takes a third of the time
_TOKEN = re.compile(
    r"""
    [\\{}()\[\]=<>,&.:;?!\-\n≈≤≥≠≡∈∝⇒→⟹⇔⟺∴∵]
    (?: (?<=\\)
        (?: (?P<words>(?:text|textbf|textit|textrm|mathrm|mbox|operatorname|rm)\*?\s*\{[^{}]*\})
          | (?P<begin>begin\{[A-Za-z]+\*?\})
          | (?P<end>end\{[A-Za-z]+\*?\})
          | (?P<not>not\s*(?:=|[<>]|\\(?:equiv|le|ge|leq|geq|approx|cong|sim|mid|in)(?![A-Za-z])))
          | (?P<command>[A-Za-z]+)
          | (?P<row>\\(?:\s*\[-?[\d.]+\s*(?:pt|em|ex|cm|mm)\])?)
          | (?P<escape>.)
        )
      | (?P<open>(?<=[({\[]))
      | (?P<close>(?<=[)}\]]))
      | (?<=[=\-])(?P<arrow>>)
      | (?P<sign>(?<=[<>=:!])=|(?<=<)<|(?<=>)>|(?<=[=<>≈≤≥≠≡∈∝⇒→⟹⇔⟺∴∵]))
      | (?P<comma>(?<=,))
      | (?P<column>(?<=&))
      | (?<=\.)(?P<dots>\.+)
      | (?P<stop>(?<=[;?:])|(?<=\.)(?=\s|$))
      | (?<=\n)(?P<blank>[ \t]*\n)
    )
    """,
    re.X | re.S,
)
_THOUSANDS_BEFORE = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})*$")
_THOUSANDS_AFTER = re.compile(r",\d{3}(?!\d)")
_CONNECTIVES = frozenset(
    "and or if then so thus hence since because when for where with otherwise but therefore gives"
    " which implies that is as by to from such let we are on at in of only also while becomes"
    " yields case not say unless using solution solutions".split()
)
"""Words that begin what stands between two formulas and belongs to neither."""
_FIRST_WORD = re.compile(r"[,.;:]?\s*(\w+)")


_MAY_OPERATE = frozenset(
    "\\land \\lor \\wedge \\vee \\to \\rightarrow \\longrightarrow → -> \\mapsto".split()
)
"""Signs between statements that, between two values, are an operation which is not known."""


_TIES = ("by", "from", "to")
"""Words between values that leave neither what it was: `7 \\text{ from } 10 = 3`."""


_VALUE_AFTER = re.compile(
    r"\s*(?:[\w(|]|\\(?!le|ge|ne|lt|gt|eq|approx|equiv|sim|quad|text)|-\s?\w)"
)
_GOES_ON = re.compile(r"(?:[-+*/(]|\\cdot|\\times)[\s&]*$")


class Fragment(msgspec.Struct, gc=False):
    """Operands and the signs between them; `len(operands) == len(ops) + 1`.

    `lead` says what separated it from the fragment before: "start", "row", "comma", "stop",
    "implies", or the connective word in lower case. `continues` marks a fragment that begins with a
    sign: its first operand is the last one of the fragment before.
    """

    lead: str
    operands: list[Span] = msgspec.field(default_factory=list)
    ops: list[str] = msgspec.field(default_factory=list)
    continues: bool = False


def fragments(text: str, body: Span) -> list[Fragment]:
    """Cut `text[body]` at its top-level separators, and each part at its top-level signs."""
    tokens = _TOKEN.finditer(text, body.start, body.end)
    begins = next(tokens, None)
    if begins is None:
        whole = _trimmed(text, body.start, body.end)
        return [Fragment("start", [whole])] if whole.end > whole.start else []
    out: list[Fragment] = []
    current = Fragment("start")
    begin = body.start
    depth = 0
    nested = 0
    system = False  # inside of braced equations that stand for themselves
    unread: list[Fragment] = []

    def close(stop: int, lead: str, resume: int) -> None:
        nonlocal current, begin
        current.operands.append(_trimmed(text, begin, stop))
        first = current.operands[0]
        current.continues = bool(current.ops) and first.start == first.end
        if current.ops or first.end > first.start:
            out.append(current)
        elif lead == "row" and current.lead == "comma":
            lead = "comma"  # rows with commas between them are a list
        # `3 \\wedge 4 = 13`: what stands behind the sign is no operand of its own
        operates = text[stop:resume] in _MAY_OPERATE or lead in _TIES
        cut = not current.ops and first.end > first.start and operates
        # a row that ends with a sign goes on in the next one
        cut = cut or (lead == "row" and _GOES_ON.search(text, begin, stop) is not None)
        current = Fragment(lead)
        begin = resume
        if cut:
            unread.append(current)

    for token in chain((begins,), tokens):
        kind, word = token.lastgroup, token[0]
        if kind == "command" or kind == "sign":
            if depth or nested:
                continue
            if word in RELATIONS:
                stop = token.start()
                factorial = word == "!=" and text[stop - 1 : stop].isalnum()
                current.operands.append(_trimmed(text, begin, stop + factorial))
                current.ops.append("=" if factorial else RELATIONS[word])
                begin = token.end()
            elif word in IMPLICATIONS:
                close(token.start(), "implies", token.end())
            elif word in _BREAKS:
                close(token.start(), "comma", token.end())
        elif kind == "begin":
            name = word[7:-1].rstrip("*")
            if name == "cases" and not nested and not current.ops:
                system = not text[begin : token.start()].strip(" \t\n&")
            if name in _ROWS or (name == "cases" and system):
                if depth == 0:
                    close(token.start(), "row", token.end())
            else:
                nested += 1
        elif kind == "end":
            name = word[5:-1].rstrip("*")
            if name in _ROWS or (name == "cases" and system):
                system = system and name != "cases"
                if depth == 0:
                    close(token.start(), "row", token.end())
            else:
                nested = max(0, nested - 1)
        elif nested:
            continue
        elif kind == "open":
            depth += 1
        elif kind == "close":
            depth = max(0, depth - 1)
        elif kind == "escape" and word in ("\\{", "\\}"):
            depth = depth + 1 if word == "\\{" else max(0, depth - 1)
        elif depth:
            continue
        elif kind == "row" or kind == "blank":
            close(token.start(), "row", token.end())
        elif kind == "words":
            inner = word[word.index("{") + 1 : -1].strip()
            if inner in (",", ".", ";") or (inner != "of" and _connects(inner)):
                close(token.start(), inner.lower().strip(" ,.;:") or "comma", token.end())
        elif kind == "arrow":
            close(token.start(), "implies", token.end())
        elif kind == "not":
            current.operands.append(_trimmed(text, begin, token.start()))
            current.ops.append("!=" if word.endswith("=") else "other")
            begin = token.end()
        elif kind == "column":
            # between two columns of equations; beside a sign it only says where rows align
            before = token.start() - 1
            while before >= begin and text[before].isspace():
                before -= 1
            ends = before >= begin and (text[before].isalnum() or text[before] in "_)}]")
            if ends and _VALUE_AFTER.match(text, token.end()):
                close(token.start(), "comma", token.end())
        elif kind == "comma":
            thousands = _THOUSANDS_AFTER.match(text, token.start()) and _THOUSANDS_BEFORE.search(
                text, max(body.start, token.start() - 16), token.start()
            )
            if not thousands:
                close(token.start(), "comma", token.end())
                if _in_number(text, token.start()):  # `2,25 * 4 = 9`, `x = 2,5`
                    unread.append(current)
                    if out and out[-1].ops:
                        last = out[-1].operands[-1].end
                        out[-1].operands[-1] = Span(last, last)
        elif kind == "stop":
            around = text[max(0, token.start() - 1) : token.end() + 1]
            if word != ":" or not re.fullmatch(r"[\dA-Za-z)\s]:[\dA-Za-z(\s]", around):
                close(token.start(), "stop", token.end())
    close(body.end, "end", body.end)
    for fragment in unread:
        if fragment.operands:
            end = fragment.operands[0].end
            fragment.operands[0] = Span(end, end)
    return out


def _connects(words: str) -> bool:
    """Whether words between formulas begin as those do that belong to neither."""
    first = _FIRST_WORD.match(words)
    return first is not None and first[1].lower() in _CONNECTIVES


def _trimmed(text: str, start: int, end: int) -> Span:
    """What stands from `start` to `end` without the blanks around it."""
    while start < end and text[start] in _BLANKS:
        start += 1
    while end > start and text[end - 1] in _BLANKS:
        end -= 1
    return Span(start, end)


_BLANKS = " \t\n&~"


def _in_number(text: str, comma: int) -> bool:
    """Whether a comma stands between two digits, so that it may be a decimal point."""
    return text[comma - 1 : comma].isdigit() and text[comma + 1 : comma + 2].isdigit()


_ROWS = frozenset(
    "align aligned alignat equation gather gathered eqnarray split multline displaymath".split()
)
