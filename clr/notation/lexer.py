"""Tokens of mathematical notation: LaTeX, unicode and plain text alike."""

from __future__ import annotations

import re
from typing import NamedTuple

MAX_TOKENS = 600
MAX_DIGITS = 2000


class NotationError(ValueError):
    """Text that is not, as a whole, mathematical notation. `position` is a character offset."""

    def __init__(self, reason: str, position: int = 0) -> None:
        super().__init__(f"{reason} at character {position}")
        self.reason = reason
        self.position = position

    def __reduce__(self) -> tuple[type[NotationError], tuple[str, int]]:
        return (NotationError, (self.reason, self.position))


class Token(NamedTuple):
    """`kind` is num, word, text, cmd, op, rel, begin, end, row or eof."""

    kind: str
    text: str
    at: int


_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿˣ⁽⁾", "0123456789-+nx()")
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊₋ₙₖᵢ", "0123456789+-nki")
_OPERATORS = {
    "×": "*", "·": "*", "∗": "*", "⋅": "*", "∙": "*", "•": "*", "÷": "/", "∕": "/", "⁄": "/",
    "−": "-", "–": "-", "—": "-", "′": "'", "’": "'", "″": "''", "‖": "\\|", "∣": "|",
    "º": "°", "［": "[", "］": "]", "（": "(", "）": ")",
}  # fmt: skip
_FRACTIONS = {
    "½": (1, 2),
    "⅓": (1, 3),
    "⅔": (2, 3),
    "¼": (1, 4),
    "¾": (3, 4),
    "⅕": (1, 5),
    "⅛": (1, 8),
}
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi",
    "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi",
    "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta",
    "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip
_SPACING = (
    r"\s+|\\[,;:!> ](?!\d{3}(?!\d))|~|\{\}|\\(?:quad|qquad|displaystyle|textstyle|scriptstyle"
    r"|limits|nolimits|left|right|middle|[bB]igg?[lrm]?|nonumber|notag|thinspace|enspace|mathstrut"
    r"|allowbreak|hfill|large|Large|rm|bf|it)(?![A-Za-z])\.?|\\(?:hspace|vspace|tag|label|phantom"
    r"|hphantom|vphantom|color|textcolor)\*?\{[^{}]*\}"
)
_TOKEN = re.compile(
    rf"""
      (?P<space>(?:{_SPACING})+)
    | (?P<num>\d{{1,3}}(?:(?:,|\{{,\}}|\\,|\\!)\d{{3}})+(?!\d)(?:\.\d+)?|\d+\.\d+
        |\d+(?:\.(?=\\overline|\\bar|\\dot))?|\.\d+)
    | (?P<text>\\(?:text(?:bf|it|rm|sf|tt|normal|up|sc)?|mbox|mathrm|mathit|mathsf|mathbf
        |operatorname\*?|hbox)\s*\{{(?P<words>[^{{}}]*)\}})
    | (?P<begin>\\begin\{{(?P<env>[A-Za-z]+)\*?\}}(?:\{{[^{{}}]*\}})?)
    | (?P<end>\\end\{{[A-Za-z]+\*?\}})
    | (?P<row>\\\\)
    | (?P<cell>&)
    | (?P<cmd>\\[A-Za-z]+)
    | (?P<esc>\\[$%\#&_{{}}|])
    | (?P<word>[A-Za-z]+)
    | (?P<power>\*\*)
    | (?P<dots>\.\.\.|…|⋯)
    | (?P<rel><=|>=|!=|==|:=|=>|->|[=<>≤≥≠≈≡∈∉⊂⊆⇒→↔⇔∼∝≅∥⟂∤])
    | (?P<sup>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿˣ⁽⁾]+)
    | (?P<sub>[₀₁₂₃₄₅₆₇₈₉₊₋ₙₖᵢ]+)
    | (?P<part>[½⅓⅔¼¾⅕⅛])
    | (?P<op>[-+*/^_!()\[\]{{}}|,;:'%$×÷·−–—∗∙•∕⁄√∛∞°º′’″±∓∪∩∑∏∫∠€£⋅‖∣⌊⌋⌈⌉∅“”"（）［］])
    | (?P<greek>[α-ωΑ-Ωϕ])
    """,
    re.X,
)


def tokens(text: str) -> list[Token]:
    """Cut all of `text` into tokens, ending with one of kind eof.

    Raises:
        NotationError: a character that no notation uses, or more than `MAX_TOKENS` tokens.
    """
    out: list[Token] = []
    at, size, grids = 0, len(text), 0
    while at < size:
        match = _TOKEN.match(text, at)
        if match is None:
            raise NotationError(f"unexpected character {text[at]!r}", at)
        kind = match.lastgroup or ""
        word = match.group()
        here, at = at, match.end()
        if kind == "space":
            continue
        if kind == "num":
            if len(word) > MAX_DIGITS:
                raise NotationError("a number with too many digits", here)
            out.append(Token("num", word, here))
        elif kind in ("text", "words"):
            out.append(Token("text", match.group("words").strip(), here))
        elif kind in ("begin", "env"):
            out.append(Token("begin", match.group("env"), here))
            grids += 1
        elif kind == "end":
            out.append(Token("end", word, here))
            grids -= 1
        elif kind == "cell":
            # outside a matrix it only aligns
            if grids:
                out.append(Token("cell", word, here))
        elif kind == "cmd":
            out.append(Token("cmd", word[1:], here))
        elif kind == "esc":
            out.append(Token("op", word[1] if word[1] in "$%" else word, here))
        elif kind == "power":
            out.append(Token("op", "^", here))
        elif kind == "dots":
            out.append(Token("cmd", "dots", here))
        elif kind == "op":
            out.append(Token("op", _OPERATORS.get(word, word), here))
        elif kind in ("sup", "sub"):
            mark, table = ("^", _SUPERSCRIPTS) if kind == "sup" else ("_", _SUBSCRIPTS)
            inner = tokens(word.translate(table))[:-1]
            out += [Token("op", mark, here), Token("op", "{", here)]
            out += [Token(t.kind, t.text, here) for t in inner]
            out.append(Token("op", "}", here))
        elif kind == "part":
            num, den = _FRACTIONS[word]
            if out and out[-1].kind == "num":
                out.append(Token("op", "mixed", here))
            out += [Token("op", "(", here), Token("num", str(num), here), Token("op", "/", here)]
            out += [Token("num", str(den), here), Token("op", ")", here)]
        elif kind == "greek":
            out.append(Token("cmd", _GREEK.get(word, "unknowngreek"), here))
        else:
            out.append(Token(kind, word, here))
        if len(out) > MAX_TOKENS:
            raise NotationError("an expression with too many tokens", here)
    out.append(Token("eof", "", size))
    return out
