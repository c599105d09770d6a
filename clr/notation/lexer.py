"""Mathematical text to tokens: LaTeX, Unicode and plain text become one alphabet.

`\\times`, `×`, `·` and `*` are all the token "*"; `\\le`, `≤` and `<=` are all ("rel", "<=").
What TeX says about letters (a run is a product, spaces mean nothing) and what plain text says about
them (a run is a word) is decided here, so that the parser need not ask which of the two it reads.
"""

from __future__ import annotations

import re
from operator import lt
from typing import Final, TypeAlias

from clr.notation.errors import NotationError
from clr.notation.functions import ALIASES, OPAQUE
from clr.notation.words import JOINING, TEX_WORDS, UNITS

MAX_CHARS: Final = 8000
MAX_TOKENS: Final = 600
MAX_DIGITS: Final = 2000
LOOKAHEAD: Final = 6
"""Tokens that a reader may look past the current one without asking whether they exist."""

Tokens: TypeAlias = tuple[list[str], list[str], list[int]]
"""Kinds, values and offsets of tokens, closed by `LOOKAHEAD` tokens of kind "end"."""

_PATTERN: Final = re.compile(
    r"""
(?:
 (?P<op>[-+/^_(){}\[\],'!])
|(?P<repeating>[0-9]+\.[0-9]*\\overline\s*\{\s*[0-9]+\s*\})
|(?P<coded>0(?:[xX][0-9A-Fa-f]+|[bB][01]+|[oO][0-7]+)(?![0-9A-Za-z.]))
|(?P<number>[0-9]{1,3}(?:(?:,|\{,\}|\\,|,\\!|['’\u2009\u202f])[0-9]{3})+(?![0-9])(?:\.[0-9]+)?
   |[0-9]+(?:\.[0-9]+)?|\.[0-9]+)
|(?P<word>[A-Za-z]+)
|(?P<space>(?:[\s\u200b]|\\[,;:!\ ><]
   |\\(?:displaystyle|textstyle|scriptstyle|limits|nolimits|[bB]igg?[lrm]?|hfill|thinspace|enspace
        |negthinspace|rm|bf|it|mathstrut|noindent|strut)(?![a-zA-Z])
   |\\(?:left|right|middle)(?=\s*(?:\\[{}]|[()\[\]]|\\[lr](?:floor|ceil|angle|brace|brack)))
   |\\[hv](?:space|phantom)\*?\s*\{[^{}]*\}|\\phantom\s*\{[^{}]*\}
   |\\(?:tag\*?|label|color|textcolor)\s*\{[^{}]*\}|\{\})+)
|(?P<fence>\\(?:left|right)\s*(?:\||\\\||\\[lr]?[vV]ert(?![a-zA-Z])|[<>.]))
|(?P<text>\\(?:text(?:bf|it|rm|sf|tt|normal)?|mbox)\s*\{[^{}]*\}|"[^"]*")
|(?P<roman>\\(?:mathrm|operatorname\*?|mathsf|mathop)\s*\{[^{}]*\})
|(?P<begin>\\begin\s*\{[a-zA-Z]+\*?\}(?:\s*\{[clr|\s]*\})?)
|(?P<close>\\end\s*\{[a-zA-Z]+\*?\})
|(?P<row>\\\\(?:\[[^\]]*\])?)
|(?P<command>\\[a-zA-Z]+\*?)
|(?P<escaped>\\[$%\#&_{}|])
|(?P<several><=>|=>|<->|->|<=|>=|!=|==|:=|\*\*|\.\.+)
|(?P<super>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿ]+)
|(?P<sub>[₀₁₂₃₄₅₆₇₈₉]+)
|(?P<other>.)
)\ *
""",
    re.VERBOSE | re.DOTALL,
)
"""A token, and the blanks behind it."""

COMMANDS: Final[dict[str, tuple[str, str]]] = {}
"""TeX command (without its backslash) to token kind and value."""


def _define(kind: str, *names: str, value: str | None = None) -> None:
    for name in names:
        COMMANDS[name] = (kind, name if value is None else value)


for _value, _names in {
    "<=": "le leq leqslant leqq",
    ">=": "ge geq geqslant geqq",
    "!=": "ne neq",
    "<": "lt",
    ">": "gt",
    "=": "coloneqq triangleq",
    "≡": "equiv",
    "~": "approx simeq sim doteq approxeq thickapprox",
    "≅": "cong",
    "in": "in",
    "notin": "notin",
    "subset": "subset subseteq subsetneq",
    "|": "mid",
    "∤": "nmid",
    "→": "to rightarrow longrightarrow mapsto longmapsto",
    "⇒": "Rightarrow implies Longrightarrow",
    "⇔": "iff Leftrightarrow Longleftrightarrow",
    "∝": "propto",
    "∥": "parallel",
    "⟂": "perp",
    ":": "colon",
}.items():
    _define("rel", *_names.split(), value=_value)
_define("*", "times", "cdot", "ast", value="*")
_define("/", "div", value="/")
_define("±", "pm", value="+")
_define("±", "mp", value="-")
_define("setop", "cup", value="union")
_define("setop", "cap", value="intersection")
_define("setop", "setminus", "backslash", "smallsetminus", value="difference")
_define("mod", "bmod", "mod")
_define("pmod", "pmod", "pod")
_define("frac", "frac", "dfrac", "tfrac", "cfrac")
_define("binom", "binom", "dbinom", "tbinom")
_define("infix", "over", "choose")
_define("sqrt", "sqrt")
_define("big", "sum", "prod", "int", "lim")
_define("wrap", "boxed", "fbox", "underline", "cancel", "bcancel", "xcancel", "ensuremath")
_define("bold", "mathbf", "boldsymbol", "bm", "pmb", "mathit", "mathnormal", "bold")
_define("brace", "underbrace", "overbrace")
for _value, _names in {
    "overline": "overline",
    "bar": "bar",
    "vec": "vec",
    "overrightarrow": "overrightarrow",
    "hat": "hat widehat",
    "tilde": "tilde widetilde",
    "arc": "overarc wideparen overparen",
    "line": "overleftrightarrow",
    "dot": "dot",
    "ddot": "ddot",
    "mathcal": "mathcal mathscr",
    "mathfrak": "mathfrak",
    "mathbb": "mathbb",
}.items():
    _define("accent", *_names.split(), value=_value)
_define("mark", "angle", "measuredangle", "sphericalangle", value="angle")
_define("mark", "triangle", "vartriangle", "bigtriangleup", value="triangle")
_define("mark", "square", "odot", "Box", "bigcirc", "parallelogram")
_define("dots", "ldots", "cdots", "dots", "vdots", "ddots", "dotsc", "dotsb", "dotsm", "dotso")
_define("circ", "circ")
_define("°", "degree")
_define("'", "prime")
_define("[", "lbrack")
_define("]", "rbrack")
_define("set{", "lbrace")
_define("set}", "rbrace")
_define("⌊", "lfloor")
_define("⌋", "rfloor")
_define("⌈", "lceil")
_define("⌉", "rceil")
_define("<(", "langle")
_define(">)", "rangle")
_define("|(", "lvert", value="|")
_define("|)", "rvert", value="|")
_define("|", "vert", value="|")
_define("|(", "lVert", value="‖")
_define("|)", "rVert", value="‖")
_define("|", "Vert", value="‖")
_define("const", "pi")
_define("const", "infty", value="inf")
_define("empty", "emptyset", "varnothing")
_define("quad", "quad", "qquad")
_define("lead", "therefore", "because")
_define("not", "not")
_define("%", "%")
for _name in (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda "
    "mu nu xi rho varrho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta "
    "Lambda Xi Sigma Upsilon Phi Psi Omega ell hbar partial nabla aleph Pi imath jmath"
).split():
    _define("sym", _name)
for _name in (*ALIASES, *OPAQUE):
    if _name not in COMMANDS:
        _define("func", _name)

CHARACTERS: Final[dict[str, tuple[str, str]]] = {
    "*": ("*", "*"),
    "×": ("*", "*"),
    "·": ("*", "*"),
    "⋅": ("*", "*"),
    "∗": ("*", "*"),
    "•": ("*", "*"),
    "∙": ("*", "*"),
    "✕": ("*", "*"),
    "÷": ("/", "/"),
    "⁄": ("/", "/"),
    "∕": ("/", "/"),
    "−": ("-", "-"),
    "–": ("-", "-"),
    "‐": ("-", "-"),
    "‑": ("-", "-"),
    "＋": ("+", "+"),
    "=": ("rel", "="),
    "＝": ("rel", "="),
    "<": ("rel", "<"),
    ">": ("rel", ">"),
    "≤": ("rel", "<="),
    "⩽": ("rel", "<="),
    "≥": ("rel", ">="),
    "⩾": ("rel", ">="),
    "≠": ("rel", "!="),
    "≈": ("rel", "~"),
    "≃": ("rel", "~"),
    "∼": ("rel", "~"),
    "≡": ("rel", "≡"),
    "≅": ("rel", "≅"),
    "∈": ("rel", "in"),
    "∉": ("rel", "notin"),
    "⊂": ("rel", "subset"),
    "⊆": ("rel", "subset"),
    "∣": ("rel", "|"),
    "∤": ("rel", "∤"),
    "→": ("rel", "→"),
    "⟶": ("rel", "→"),
    "⇒": ("rel", "⇒"),
    "⟹": ("rel", "⇒"),
    "⇔": ("rel", "⇔"),
    "⟺": ("rel", "⇔"),
    "↔": ("rel", "⇔"),
    "∝": ("rel", "∝"),
    "∥": ("rel", "∥"),
    "⟂": ("rel", "⟂"),
    "⊥": ("rel", "⟂"),
    ":": ("rel", ":"),
    "∶": ("rel", ":"),
    "±": ("±", "+"),
    "∓": ("±", "-"),
    "∪": ("setop", "union"),
    "∩": ("setop", "intersection"),
    "∖": ("setop", "difference"),
    "∅": ("empty", "∅"),
    "|": ("|", "|"),
    "‖": ("|", "‖"),
    "⌊": ("⌊", "⌊"),
    "⌋": ("⌋", "⌋"),
    "⌈": ("⌈", "⌈"),
    "⌉": ("⌉", "⌉"),
    "⟨": ("<(", "⟨"),
    "⟩": (">)", "⟩"),
    "%": ("%", "%"),
    "°": ("°", "°"),
    "º": ("°", "°"),
    "′": ("'", "'"),
    "’": ("'", "'"),
    "∞": ("const", "inf"),
    "π": ("const", "pi"),
    "√": ("√", "sqrt"),
    "∛": ("√", "cbrt"),
    "∑": ("big", "sum"),
    "∏": ("big", "prod"),
    "∫": ("big", "int"),
    "∠": ("mark", "angle"),
    "△": ("mark", "triangle"),
    "∴": ("lead", "∴"),
    "…": ("dots", "…"),
    "⋯": ("dots", "⋯"),
    "$": ("$", "dollar"),
    "€": ("$", "euro"),
    "£": ("$", "pound sterling"),
    "¥": ("$", "yen"),
    "₹": ("$", "rupee"),
    "¢": ("text", "¢"),
    ";": (";", ";"),
    ".": (".", "."),
    "∂": ("sym", "partial"),
    "ℓ": ("sym", "ell"),
    "ℝ": ("sym", "ℝ"),
    "ℤ": ("sym", "ℤ"),
    "ℕ": ("sym", "ℕ"),
    "ℚ": ("sym", "ℚ"),
    "ℂ": ("sym", "ℂ"),
    "µ": ("sym", "mu"),
}
"""Single character to token kind and value."""

GREEK: Final = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu",
    "ξ": "xi", "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi",
    "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi",
    "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega", "ϕ": "varphi", "ϵ": "varepsilon",
}  # fmt: skip
CHARACTERS.update({char: ("sym", name) for char, name in GREEK.items()})

_SEVERAL: Final = {
    "<=>": ("rel", "⇔"),
    "<->": ("rel", "⇔"),
    "=>": ("rel", "⇒"),
    "->": ("rel", "→"),
    "<=": ("rel", "<="),
    ">=": ("rel", ">="),
    "!=": ("rel", "!="),
    "==": ("rel", "="),
    ":=": ("rel", "="),
    "**": ("^", "^"),
}

VULGAR: Final = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5",
    "⅗": "3/5", "⅘": "4/5", "⅙": "1/6", "⅚": "5/6", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8",
}  # fmt: skip

_FIXED: Final[dict[str, tuple[str, str]]] = {
    **{char: ("vulgar", fraction) for char, fraction in VULGAR.items()},
    **CHARACTERS,
    **_SEVERAL,
    **{char: (char, char) for char in "-+/^_(){}[],'!"},
    **{"\\" + name: token for name, token in COMMANDS.items()},
    "\\{": ("set{", "{"),
    "\\}": ("set}", "}"),
    "\\$": ("$", "dollar"),
    "\\|": ("|", "‖"),
    "\\%": ("%", "%"),
    "\\&": ("&", "&"),
    "\\_": ("_", "_"),
}
"""What is one token wherever it stands."""

_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿ", "0123456789-n")
_SUBSCRIPTS: Final = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")

_PLAIN_WORDS: Final[dict[str, tuple[str, str]]] = {
    "plus": ("+", "+"),
    "minus": ("-", "-"),
    "times": ("*", "*"),
    "equals": ("rel", "="),
    "mod": ("mod", "mod"),
    "pi": ("const", "pi"),
    "infinity": ("const", "inf"),
    "percent": ("%", "%"),
    "choose": ("infix", "choose"),
    "angle": ("mark", "angle"),
    "triangle": ("mark", "triangle"),
    "union": ("setop", "union"),
    "degrees": ("°", "°"),
    "degree": ("°", "°"),
}
_PLAIN_GREEK: Final = frozenset(name for name in GREEK.values() if name != "iota")
_FUNCTIONS: Final = ALIASES.keys() | OPAQUE
NAMED: Final = _FUNCTIONS | _PLAIN_GREEK | _PLAIN_WORDS.keys()
"""Words of two letters or more that are no nouns in mathematics."""
_VALUE_END: Final = frozenset(("num", ")", "]", "%", "word", "text", "vulgar"))
_TIMES_TIGHT: Final = re.compile(r"\s*[0-9]")
_TIMES_LOOSE: Final = re.compile(r"\s+[(0-9$√]")
_ATTACHED: Final = re.compile(r"[0-9]+(?![0-9.]*[A-Za-z(])")
_VOWEL: Final = re.compile(r"[aeiouyAEIOUY]")
_ENDS: Final = ("end",) * LOOKAHEAD
_NOTHING: Final = ("",) * LOOKAHEAD
_ENDS_WITHOUT_MEANING: Final = frozenset((",", ".", ";", "quad"))


def is_tex(text: str) -> bool:
    """True where plain text would not be written so: there is a backslash."""
    return "\\" in text


def lex(text: str, tex: bool) -> Tokens:
    """All tokens of `text`, trailing punctuation left out.

    Raises NotationError at a character or command that has no place in mathematics, and beyond
    `MAX_CHARS` characters, `MAX_TOKENS` tokens or `MAX_DIGITS` digits in one literal.
    """
    if len(text) > MAX_CHARS:
        raise NotationError(f"longer than {MAX_CHARS} characters", MAX_CHARS)
    kinds: list[str] = []
    values: list[str] = []
    starts: list[int] = []
    resume: int | None = 0
    while resume is not None:
        begin, resume = resume, None
        for found in _PATTERN.finditer(text, begin):
            group = found.lastgroup
            assert group is not None  # one alternative matched: the last takes any character
            source, start = found[group], found.start()
            token = _FIXED.get(source)
            if token is not None:
                kind, value = token
            elif group == "number":
                kind, value = "num", source
                if not source.isdigit():
                    if "," in source and _several_numbers(kinds, values):
                        resume = _end_of_first(text, source, start)
                        value = source[: resume - start]
                    value = _SEPARATORS.sub("", value)
                if len(value) > MAX_DIGITS:
                    raise NotationError(f"a number of more than {MAX_DIGITS} digits", start)
            elif group == "word":
                end = start + len(source)
                if _is_times(source, kinds, text, start, end, tex):
                    kind = value = "*"
                elif len(source) == 1:
                    kind, value = "sym", source
                    if not tex and (attached := _ATTACHED.match(text, end)):
                        value = f"{source}_{attached.group()}"
                        resume = attached.end()
                elif token := _word(source, start, tex, kinds, values, starts):
                    kind, value = token
                else:
                    kinds += ["sym"] * len(source)
                    values += source
                    starts += range(start, end)
                    continue
            elif group == "space" or (token := _token(group, source, start, text, tex)) is None:
                continue
            else:
                kind, value = token
            kinds.append(kind)
            values.append(value)
            starts.append(start)
            if resume is not None:
                break  # before the end of this match, or behind it
    if len(kinds) > MAX_TOKENS:
        raise NotationError(f"more than {MAX_TOKENS} tokens", starts[MAX_TOKENS])
    while kinds and kinds[-1] in _ENDS_WITHOUT_MEANING:
        del kinds[-1], values[-1], starts[-1]
    kinds += _ENDS
    values += _NOTHING
    starts += [len(text)] * LOOKAHEAD
    if "quad" in kinds:
        _drop_quads(kinds, values, starts)
    return kinds, values, starts


def _token(group: str, source: str, start: int, text: str, tex: bool) -> tuple[str, str] | None:
    """The token that `source` is, by the group of the pattern that took it; None for nothing.

    Raises NotationError where it has no place in mathematics.
    """
    match group:
        case "text":
            content = source[1:-1] if source[0] == '"' else source[source.index("{") + 1 : -1]
            content = content.replace("~", " ").replace("\\", " ").strip()
            if content.strip(" .,;:"):
                return "text", content
            return (content[0], content[0]) if content else None
        case "command":
            token = COMMANDS.get(source[1:].rstrip("*"))
            if token is None:
                raise NotationError(f"unknown command {source}", start)
            return token
        case "roman":
            return _roman(source)
        case "fence":
            return _fence(source, start)
        case "coded" | "repeating":
            return group, source
        case "super":
            return group, source.translate(_SUPERSCRIPTS)
        case "sub":
            return group, source.translate(_SUBSCRIPTS)
        case "begin" | "close":
            return group, source[source.index("{") + 1 : source.index("}")].rstrip("*")
        case "row":
            return "row", "row"
        case "several":
            return "dots", "…"  # as many as there may be
    if source == "&":
        return ("&", "&") if "\\begin" in text else None
    if source == "~":
        return None if tex else ("rel", "~")
    raise NotationError(f"unexpected character {source!r}", start)


_OF_SEVERAL: Final = frozenset("gcd lcm GCD LCM gcf hcf min max nCr binom C P mod".split())
"""Functions of two numbers or more."""


def _several_numbers(kinds: list[str], values: list[str]) -> bool:
    """Whether the tokens so far end inside the brackets of a function of several numbers."""
    level = 0
    for at in range(len(kinds) - 1, max(0, len(kinds) - MAX_TOKENS), -1):
        level += (kinds[at] == ")") - (kinds[at] == "(")
        if level < 0:
            return kinds[at] == "(" and values[at - 1] in _OF_SEVERAL
    return False


def _end_of_first(text: str, literal: str, start: int) -> int:
    """Where the number that begins at `start` ends, which commas in `literal` part from others, or
    from its own thousands: `gcd(12,180)` is of two numbers, and `gcd(1,000, 250)` too.

    Raises NotationError where the commas may be either.
    """
    end = start + len(literal)
    opened, closed = text.rfind("(", 0, start), text.find(")", end)
    inside = text[opened + 1 : closed if closed >= 0 else len(text)]
    if _LISTED.fullmatch(inside) or ", " in inside or "{,}" in literal or ";" in inside:
        return end  # a blank behind each comma between two of them
    if inside.count(",") > 1:
        raise NotationError("commas between numbers, or in them", start)
    return start + literal.index(",")


_LISTED: Final = re.compile(r"[\d, ]*")
"""Numbers alone: the parser tries all ways to part them."""


_SEPARATORS = re.compile(r"[^0-9.]+")


def _is_times(word: str, kinds: list[str], text: str, start: int, end: int, tex: bool) -> bool:
    """`5 x 3`, `5x3`, `$4 x (2 + 1)`: an x that stands between two values is a sign."""
    if word not in ("x", "X") or not kinds or kinds[-1] not in _VALUE_END:
        return False
    if kinds[-1] == "num" and _TIMES_TIGHT.match(text, end):
        # `65x 117x` is no product: a sign has blanks on both sides, or on none
        return text[start - 1].isspace() or not text[end].isspace()
    return not tex and text[start - 1].isspace() and _TIMES_LOOSE.match(text, end) is not None


def _word(
    word: str, start: int, tex: bool, kinds: list[str], values: list[str], starts: list[int]
) -> tuple[str, str] | None:
    """What a run of two letters or more is: a function, a word, a name in capitals; None for a
    product of letters."""
    named = word in NAMED
    if not tex and not named and len(word) > 4:
        return "word", word
    unit = word in UNITS and bool(kinds) and kinds[-1] in _VALUE_END
    if named:
        if word in _FUNCTIONS and not unit:
            return "func", word
        if word in _PLAIN_GREEK and (not tex or len(word) > 2):
            return "sym", word
        if word == "mod":
            return "mod", word
        if not tex and word in _PLAIN_WORDS:
            return _PLAIN_WORDS[word]
    if len(word) <= 4 and word.isupper() and not unit:
        return "caps", word
    if _reads_as_word(word, tex, unit):
        return "word", word
    after = start - starts[-1] - len(values[-1]) if starts else 0
    return ("word", word) if not tex and _counts(word, kinds, after) else None


def _reads_as_word(word: str, tex: bool, unit: bool) -> bool:
    if tex:
        if len(word) < 4:
            return word in TEX_WORDS
    elif len(word) == 2:
        return word in JOINING or unit
    elif word in JOINING or word in UNITS:
        return True
    spells_letters = len(word) < 5 and all(map(lt, word, word[1:]))
    return not spells_letters and (not tex or _VOWEL.search(word) is not None)


def _counts(word: str, kinds: list[str], after: int) -> bool:
    """Whether a word in plain text that also spells letters is what a number counts: 12 box."""
    letters = frozenset(word)
    return (
        len(word) > 2
        and after > 0
        and kinds[-1] in ("num", "word")
        and not letters.isdisjoint("aeiouy")
        and not letters <= _UNKNOWNS
    )


_UNKNOWNS: Final = frozenset("uvwxyz")


def _roman(source: str) -> tuple[str, str] | None:
    """`\\mathrm{..}` and `\\operatorname{..}`: a function, a constant, or words."""
    content = source[source.index("{") + 1 : -1].replace("~", " ").replace("\\", " ").strip()
    if content in _FUNCTIONS:
        return "func", content
    if content in ("e", "i", "d") or (len(content) == 1 and content.isupper()):
        return "sym", content
    if content.isdigit():
        return "num", content
    if content == "mod":
        return "mod", content
    return ("text", content) if content else None


def _fence(source: str, start: int) -> tuple[str, str]:
    opening = source.startswith("\\left")
    mark = source.removeprefix("\\left").removeprefix("\\right").strip()
    if mark == ".":
        raise NotationError("a one-sided fence", start)
    if mark in "<>":
        return "<(" if opening else ">)", mark
    norm = mark == "\\|" or "V" in mark
    return "|(" if opening else "|)", "‖" if norm else "|"


def _drop_quads(kinds: list[str], values: list[str], starts: list[int]) -> None:
    """A wide space separates statements, except next to a relation or before `(mod m)`."""
    index = 0
    while index < len(kinds):
        if kinds[index] != "quad":
            index += 1
            continue
        after = kinds[index + 1]
        before = kinds[index - 1] if index else "rel"
        inert = ("rel", "pmod", "mod", "end", "quad", "lead")
        in_modulus = after == "(" and kinds[index + 2] == "mod"
        if after not in inert and before not in ("rel", "lead") and not in_modulus:
            raise NotationError("a wide space between two statements", starts[index])
        del kinds[index], values[index], starts[index]
