"""A Pratt parser from notation to the expression tree: all of the text, or an error.

Binding powers: relations are cut first; then `+ -` 20, products (written or by juxtaposition) 30,
a leading sign 29, powers 50, postfix marks bind tightest. Linear in the number of tokens; depth and
size are bounded before anything is built.
"""

from __future__ import annotations

import re
from functools import lru_cache

from clr.notation.ast import (
    Add,
    Big,
    Call,
    Chain,
    Const,
    Dec,
    Degree,
    Deriv,
    Div,
    Dots,
    Either,
    Expr,
    InBase,
    Int,
    Label,
    Matrix,
    Mul,
    Neg,
    Percent,
    PlusMinus,
    Pow,
    Quantity,
    Repeating,
    Seq,
    SetOf,
    SetOp,
    Sym,
)
from clr.notation.functions import (
    ALIASES,
    DEFAULT_FUNCTIONS,
    MAYBE_FUNCTIONS,
    TRIGONOMETRIC,
)
from clr.notation.lexer import NotationError, Token, tokens

__all__ = ["DEFAULT_FUNCTIONS", "NotationError", "parse"]

MAX_DEPTH = 60

SUM, PRODUCT, SIGN, POWER = 20, 30, 29, 50
_ARGUMENT = 34
"""Above a written product: the argument of a function without brackets."""

_GREEK = frozenset(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi "
    "rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Sigma Phi Psi "
    "Omega ell hbar Pi aleph partial nabla omicron unknowngreek".split()
)
_RELATIONS = {
    "le": "<=", "leq": "<=", "leqslant": "<=", "ge": ">=", "geq": ">=", "geqslant": ">=",
    "ne": "!=", "neq": "!=", "lt": "<", "gt": ">", "equiv": "≡", "approx": "~", "sim": "~",
    "simeq": "~", "cong": "≅", "implies": "⇒", "Rightarrow": "⇒", "Longrightarrow": "⇒",
    "iff": "⇔", "Leftrightarrow": "⇔", "to": "→", "rightarrow": "→", "longrightarrow": "→",
    "mapsto": "→", "in": "in", "notin": "notin", "subset": "subset", "subseteq": "subset",
    "mid": "|", "nmid": "∤", "perp": "⟂", "parallel": "∥", "propto": "∝", "coloneqq": "=",
}  # fmt: skip
_RELATION_SIGNS = {
    "=": "=", "==": "=", ":=": "=", "<": "<", ">": ">", "<=": "<=", ">=": ">=", "≤": "<=",
    "≥": ">=", "≠": "!=", "!=": "!=", "≈": "~", "∼": "~", "≡": "≡", "∈": "in", "∉": "notin",
    "⊂": "subset", "⊆": "subset", "⇒": "⇒", "=>": "⇒", "→": "→", "->": "→", "↔": "⇔", "⇔": "⇔",
    "∝": "∝", "≅": "≅", "∥": "∥", "⟂": "⟂", "∤": "∤",
}  # fmt: skip
_TIMES = frozenset("times cdot ast star bullet".split())
_FRACTIONS = frozenset("frac dfrac tfrac cfrac".split())
_DOTS = frozenset("ldots cdots dots dotsc dotsb dotsm vdots ddots".split())
_TRANSPARENT = frozenset(
    "boxed fbox underline cancel bm boldsymbol ensuremath mathbf pmb displaystyle mathop bold "
    "mathstrut Large".split()
)
_DECORATED = frozenset(
    "overline overrightarrow vec hat bar tilde widehat widetilde overarc wideparen dot ddot "
    "mathcal mathbb mathfrak mathscr overleftrightarrow".split()
)
_SHAPES = frozenset("angle triangle measuredangle square odot vartriangle sphericalangle".split())
_CLOSERS = frozenset("rfloor rceil rangle rvert rVert rbrace rbrack".split())
_NOT_STARTS = (
    _TIMES
    | _CLOSERS
    | _RELATIONS.keys()
    | frozenset(
        "div bmod mod pmod cup cap setminus backslash circ oplus otimes pm mp over choose atop "
        "prime degree vee wedge land lor".split()
    )
)
_CONNECTIVES = frozenset(
    "and or if then so thus hence where when for since because with otherwise which is are as "
    "gives therefore implies that such let we to".split()
)
_MATRICES = frozenset("pmatrix bmatrix vmatrix matrix Bmatrix Vmatrix array smallmatrix".split())
_NOT_WORDS = frozenset(("mod", "x"))


@lru_cache(maxsize=65536)
def _cached(text: str, functions: frozenset[str], tex: bool | None) -> Chain | NotationError:
    try:
        return _Parser(text, functions, tex).parse()
    except NotationError as error:
        return error


def parse(
    text: str, *, functions: frozenset[str] = DEFAULT_FUNCTIONS, tex: bool | None = None
) -> Chain:
    """Parse all of `text`; a bare expression is a chain of one operand.

    `functions` are the names that apply to what stands in brackets after them. `tex` says that
    letters side by side are a product (True) or a word (False); by default it is true where the
    text holds a backslash. Results are cached.

    Raises:
        NotationError: the text is not notation as a whole, or is too long or too deep.
    """
    found = _cached(text, functions, tex)
    if isinstance(found, NotationError):
        raise NotationError(found.reason, found.position)
    return found


def _number(written: str) -> Expr:
    if written.endswith("."):
        return Dec(int(written[:-1]), 0)
    plain = written.replace("{,}", "").replace("\\,", "").replace("\\!", "").replace(",", "")
    if "." not in plain:
        return Int(int(plain))
    whole, _, fraction = plain.partition(".")
    return Dec(int(whole + fraction), len(fraction))


def _is_numeral(e: Expr) -> bool:
    return isinstance(e, (Int, Dec))


def singular(unit: str) -> str:
    """A unit in normal form: lower case, last word in the singular."""
    unit = " ".join(unit.lower().split()).strip(" .")
    if unit in _IRREGULAR:
        return _IRREGULAR[unit]
    if len(unit) > 3 and unit.endswith("ies"):
        return unit[:-3] + "y"
    if len(unit) > 4 and unit.endswith(("ches", "shes", "sses", "xes")):
        return unit[:-2]
    if len(unit) > 2 and unit.endswith("s") and not unit.endswith(("ss", "us", "is")):
        return unit[:-1]
    return unit


_IRREGULAR = {
    "feet": "foot", "ft": "foot", "inches": "inch", "in": "inch", "people": "person",
    "men": "man", "women": "woman", "children": "child", "hrs": "hour", "hr": "hour", "h": "hour",
    "mins": "minute", "min": "minute", "secs": "second", "sec": "second", "lbs": "pound",
    "lb": "pound", "oz": "ounce", "mi": "mile", "yd": "yard", "yds": "yard", "yrs": "year",
    "mm": "mm", "cm": "cm", "km": "km", "kg": "kg", "ml": "ml", "cents": "cent", "s": "second",
    "$": "dollar", "€": "euro", "£": "pound sterling",
}  # fmt: skip


class _Parser:
    """State of one parse: the tokens, and where it stands in them."""

    __slots__ = ("at", "bars", "bound", "depth", "functions", "integrals", "tex", "tokens")

    def __init__(self, text: str, functions: frozenset[str], tex: bool | None) -> None:
        self.tokens = tokens(text)
        self.at = 0
        self.depth = 0
        self.bars = 0
        self.integrals = 0
        self.bound: list[str] = []
        self.functions = functions
        self.tex = ("\\" in text) if tex is None else tex

    # -- reading tokens

    def error(self, reason: str) -> NotationError:
        return NotationError(reason, self.tokens[self.at].at)

    def next_is(self, text: str, ahead: int = 0) -> bool:
        at = self.at + ahead
        return at < len(self.tokens) and self.tokens[at][:2] == ("op", text)

    def expect(self, text: str) -> None:
        if not self.next_is(text):
            raise self.error(f"expected {text!r}")
        self.at += 1

    def replace(self, *new: Token) -> None:
        self.tokens[self.at : self.at + 1] = new

    # -- chains and lists

    def parse(self) -> Chain:
        chain = self.chain()
        if self.tokens[self.at].kind != "eof":
            raise self.error(f"unexpected {self.tokens[self.at].text!r}")
        return chain

    def relation(self) -> str | None:
        kind, text, _ = self.tokens[self.at]
        if kind == "rel":
            return _RELATION_SIGNS.get(text)
        if kind == "cmd":
            return _RELATIONS.get(text)
        return None

    def chain(self) -> Chain:
        operands = [self.items()]
        ops: list[str] = []
        while (sign := self.relation()) is not None:
            self.at += 1
            ops.append(sign)
            operands.append(self.items())
        return Chain(tuple(operands), tuple(ops), self.modulus())

    def modulus(self) -> Expr | None:
        kind, text, _ = self.tokens[self.at]
        if (kind, text) == ("cmd", "pmod"):
            self.at += 1
            return self.argument()
        if (kind, text) == ("op", "(") and self.tokens[self.at + 1][:2] in (
            ("word", "mod"), ("cmd", "mod"), ("cmd", "bmod"), ("text", "mod"),
        ):  # fmt: skip
            self.at += 2
            value = self.expression(0)
            self.expect(")")
            return value
        return None

    def items(self) -> Expr:
        """One expression, or several with commas between them."""
        found = [self.expression(0)]
        while self.next_is(",") or self.next_is(";"):
            self.at += 1
            found.append(self.expression(0))
        return found[0] if len(found) == 1 else Seq("", tuple(found), "")

    # -- expressions

    def expression(self, power: int) -> Expr:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error("nested too deeply")
        left = self.prefix()
        while (grown := self.infix(left, power)) is not None:
            left = grown
        self.depth -= 1
        return left

    def infix(self, left: Expr, power: int) -> Expr | None:
        """`left` extended by what follows it, or None where that binds less than `power`."""
        kind, text, _ = self.tokens[self.at]
        if kind == "op":
            return self.infix_op(left, text, power)
        if kind == "cmd":
            return self.infix_command(left, text, power)
        if kind == "num":
            return self.infix_number(left, text, power)
        if kind == "word":
            return self.infix_word(left, text, power)
        if kind == "text":
            return self.infix_text(left, text, power)
        if kind == "begin" and power < PRODUCT:
            return self.times(left)
        return None

    def infix_op(self, left: Expr, text: str, power: int) -> Expr | None:
        match text:
            case "+" | "-":
                if power >= SUM:
                    return None
                self.at += 1
                right = self.expression(SUM)
                return _add(left, Neg(right) if text == "-" else right)
            case "*":
                if power >= PRODUCT:
                    return None
                self.at += 1
                return _mul(left, self.expression(PRODUCT))
            case "/":
                if isinstance(left, Quantity) and self.unit_follows(1):
                    self.at += 2
                    unit = self.tokens[self.at - 1].text
                    return Quantity(left.value, f"{left.unit}/{singular(unit)}")
                return None if power >= PRODUCT else self.slash(left)
            case "^":
                if power > POWER:
                    return None
                self.at += 1
                return self.raised(left)
            case "_":
                self.at += 1
                return self.subscripted(left)
            case "!":
                self.at += 1
                if self.next_is("!"):
                    raise self.error("a double factorial")
                return Call("factorial", (left,))
            case "'" | "''":
                self.at += 1
                return self.primed(left, text)
            case "%":
                self.at += 1
                return Percent(left)
            case "°":
                self.at += 1
                return Degree(left)
            case "±" | "∓":
                if power >= SUM:
                    return None
                self.at += 1
                return PlusMinus(left, self.expression(SUM))
            case "∪" | "∩":
                if power >= SUM:
                    return None
                self.at += 1
                op = "union" if text == "∪" else "intersection"
                return SetOp(op, left, self.expression(SUM))
            case "|":
                if self.bars or power >= PRODUCT:
                    return None
                return self.times(left)
            case "(" | "[":
                return self.applied(left, text, power)
            case "mixed":
                self.at += 1
                return _mixed(left, self.prefix())
            case "{" | "\\{" | "√" | "∛" | "⌊" | "⌈" | "$":
                if power >= PRODUCT or (text == "{" and not self.tex):
                    return None
                return self.times(left)
            case _:
                return None

    def times(self, left: Expr) -> Expr:
        """A product by juxtaposition."""
        return _mul(left, self.expression(PRODUCT))

    def unit_follows(self, ahead: int) -> bool:
        """Whether the token `ahead` is a word that can name a unit."""
        kind, text, _ = self.tokens[self.at + ahead]
        word = kind == "text" or (kind == "word" and not self.tex and len(text) > 1)
        return word and text != "" and text.lower() not in ALIASES

    def fraction_follows(self) -> bool:
        """Whether a fraction of two numbers comes next, with nothing bound to it."""
        ahead = self.tokens[self.at : self.at + 4]
        return (
            len(ahead) == 4
            and ahead[0].kind == ahead[2].kind == "num"
            and ahead[1][:2] == ("op", "/")
            and ahead[3].text not in ("^", "!", "(", "/")
        )

    def slash(self, left: Expr) -> Expr:
        self.at += 1
        if self.fraction_follows():
            # 3 / 1/2: by a half, or by one and then by two
            top, bottom = _number(self.tokens[self.at].text), _number(self.tokens[self.at + 2].text)
            spaced = self.tokens[self.at].at > self.tokens[self.at - 1].at + 1
            self.at += 3
            options = (Div(Div(left, top), bottom), Div(left, Div(top, bottom)))
            return Either(options[::-1] if spaced else options, "slashes")
        right = self.expression(PRODUCT)
        kind, text, _ = self.tokens[self.at]
        divided = Div(left, right)
        if self.starts() and kind != "text" and not (kind == "word" and self.is_unit_word(text)):
            # a/bc: left to right, or all of bc below the line
            more = self.expression(PRODUCT)
            return Either((_mul(divided, more), Div(left, _mul(right, more))), "slash")
        return divided

    def infix_command(self, left: Expr, text: str, power: int) -> Expr | None:
        if text in _RELATIONS or text in _CLOSERS:
            return None
        if text in _TIMES:
            if power >= PRODUCT:
                return None
            self.at += 1
            return _mul(left, self.expression(PRODUCT))
        match text:
            case "div":
                if power >= PRODUCT:
                    return None
                self.at += 1
                return Div(left, self.expression(PRODUCT))
            case "pm" | "mp":
                if power >= SUM:
                    return None
                self.at += 1
                return PlusMinus(left, self.expression(SUM))
            case "bmod" | "mod":
                if power >= 15:
                    return None
                self.at += 1
                return Call("mod", (left, self.expression(15)))
            case "cup" | "cap" | "setminus" | "backslash":
                if power >= SUM:
                    return None
                self.at += 1
                op = {"cup": "union", "cap": "intersection"}.get(text, "difference")
                return SetOp(op, left, self.expression(SUM))
            case "circ" | "degree":
                self.at += 1
                if text == "circ" and self.starts():
                    raise self.error("a composition of functions")
                return Degree(left)
            case "prime":
                self.at += 1
                return self.primed(left, "'")
            case "choose":
                if power >= 2:
                    return None
                self.at += 1
                return Call("binom", (left, self.expression(2)))
            case "over":
                if power >= 2:
                    return None
                self.at += 1
                return Div(left, self.expression(2))
            case "oplus" | "otimes" | "vee" | "wedge" | "land" | "lor" | "atop" | "star":
                raise self.error(f"an operator without a fixed meaning, \\{text}")
            case "pmod":
                return None
        if text in _FRACTIONS and isinstance(left, Int) and power < PRODUCT:
            right = self.expression(PRODUCT)
            return _mixed(left, right)
        if not self.starts():
            raise self.error(f"unknown command \\{text}")
        return None if power >= PRODUCT else self.times(left)

    def infix_number(self, left: Expr, text: str, power: int) -> Expr | None:
        if power >= PRODUCT:
            return None
        if (
            isinstance(left, Int)
            and self.next_is("/", 1)
            and self.tokens[self.at + 2].kind == "num"
        ):
            num, den = _number(text), _number(self.tokens[self.at + 2].text)
            if isinstance(num, Int) and isinstance(den, Int) and 0 < num.value < den.value:
                self.at += 3
                return _mixed(left, Div(num, den))
        if _is_numeral(left) or isinstance(left, (Quantity, Percent)):
            raise self.error("two numbers side by side")
        return self.times(left)

    def is_unit_word(self, text: str) -> bool:
        return not self.tex and len(text) > 1 and text not in ALIASES

    def infix_word(self, left: Expr, text: str, power: int) -> Expr | None:
        if text in ("mod", "choose", "div"):
            if power >= 15:
                return None
            self.at += 1
            right = self.expression(15)
            if text == "div":
                return Div(left, right)
            return Call("mod" if text == "mod" else "binom", (left, right))
        if text in ("x", "X", "times") and not self.tex and self.crosses(left, text):
            if power >= PRODUCT:
                return None
            self.at += 1
            return _mul(left, self.expression(PRODUCT))
        if self.integrals and len(text) == 2 and text[0] == "d":
            return None
        if self.integrals and text == "d" and self.tokens[self.at + 1].kind in ("word", "cmd"):
            return None
        if not self.tex and len(text) > 1 and text not in ALIASES:
            if text.lower() in _CONNECTIVES:
                raise self.error(f"the word {text!r}")
            if self.takes_unit(left):
                return Quantity(left, self.unit())
            if isinstance(left, (Sym, Label)):
                raise self.error("words beside a name")
        return None if power >= PRODUCT else self.times(left)

    def crosses(self, left: Expr, text: str) -> bool:
        """Whether a plain `x` stands between factors, as a sign of multiplication."""
        if text == "times":
            return True
        follow = self.tokens[self.at + 1]
        operand = follow.kind == "num" or follow[:2] in (("op", "("), ("op", "$"), ("op", "√"))
        number = isinstance(left, (Int, Dec, Percent, Quantity, Div, Mul, Either, Degree))
        return operand and (number or follow.kind == "num")

    def takes_unit(self, left: Expr) -> bool:
        match left:
            case Int() | Dec() | Percent() | Either() | Neg() | Pow() | Repeating():
                return True
            case Div(Int() | Dec(), Int() | Dec()) | Call():
                return True
            case Add() | Mul() | Div():
                # after a closing bracket the words belong to its value
                return self.tokens[self.at - 1].text in (")", "}")
            case _:
                return False

    def infix_text(self, left: Expr, text: str, power: int) -> Expr | None:
        word = text.strip(" .,")
        if word == "":
            self.at += 1
            return left
        if word in ("mod", "choose", "times", "x", "div"):
            self.replace(Token("word", word, self.tokens[self.at].at))
            return self.infix_word(left, word, power)
        if word in ALIASES:
            return None if power >= PRODUCT else self.times(left)
        if word.split()[0].lower() in _CONNECTIVES:
            raise self.error(f"the word {word!r}")
        if len(word) == 1 and word.isalpha() and not _is_numeral(left):
            return None if power >= PRODUCT else self.times(left)
        if self.takes_unit(left) or isinstance(left, (Mul, Add, Div)):
            return Quantity(left, self.unit())
        if isinstance(left, Quantity):
            raise self.error("two units")
        return None if power >= PRODUCT else self.times(left)

    def unit(self) -> str:
        """Words after a number, with powers and `per` parts."""
        parts: list[str] = []
        while True:
            kind, text, _ = self.tokens[self.at]
            word = kind == "text" or (kind == "word" and not self.tex and len(text) > 1)
            if word and text.split() and text.split()[0].lower() in _CONNECTIVES:
                raise self.error(f"the word {text!r}")
            if word and not (parts and text in ALIASES):
                parts.append(text.strip())
                self.at += 1
            elif self.next_is("^") and parts:
                self.at += 1
                power = self.argument()
                if not isinstance(power, Int) or power.value not in (2, 3):
                    raise self.error("a power of a unit other than 2 or 3")
                parts[-1] += f"^{power.value}"
            elif (
                self.next_is("/")
                and parts
                and (
                    self.tokens[self.at + 1].kind == "text"
                    or (self.tokens[self.at + 1].kind == "word" and not self.tex)
                )
            ):
                self.at += 1
                following = self.tokens[self.at]
                self.at += 1
                parts = [singular(" ".join(parts)) + "/" + singular(following.text)]
            else:
                break
        return singular(" ".join(parts))

    def applied(self, left: Expr, text: str, power: int) -> Expr | None:
        if text == "(" and self.tokens[self.at + 1].kind == "text" and self.next_is(")", 2):
            self.at += 3  # a comment: 15 (\text{light blue}) + 45 (\text{dark blue})
            return left
        if text == "(" and isinstance(left, Sym):
            base = left.name.partition("_")[0].rstrip("'")
            if base in self.functions or left.name.endswith("'"):
                return Call(left.name, self.arguments())
            if left.name in ("C", "P") and self.pair_follows():
                n, k = self.arguments()
                return Call("binom" if left.name == "C" else "perm", (n, k))
            if base in MAYBE_FUNCTIONS and power < PRODUCT:
                start = self.at
                call = Call(left.name, self.arguments())
                self.at = start
                if len(call.args) > 1:
                    return Call(left.name, self.arguments())
                return Either((call, _mul(left, self.expression(POWER))), "call")
        if power >= PRODUCT:
            return None
        if text == "[" and isinstance(left, Sym):
            self.at += 1
            found = self.fenced("[", ("]", "rbrack"))
            items = found.items if isinstance(found, Seq) else (found,)
            return Call(left.name, items)
        return self.times(left)

    def pair_follows(self) -> bool:
        kinds = [
            t.kind if t.kind in ("num", "word") else t.text for t in self.tokens[self.at :][:5]
        ]
        return (
            len(kinds) == 5
            and kinds[0] == "("
            and kinds[2] == ","
            and kinds[4] == ")"
            and {kinds[1], kinds[3]} <= {"num", "word"}
        )

    def arguments(self) -> tuple[Expr, ...]:
        self.expect("(")
        bars, self.bars = self.bars, 0
        found = self.items()
        self.bars = bars
        self.expect(")")
        return found.items if isinstance(found, Seq) and found.open == "" else (found,)

    # -- powers, subscripts, primes

    def raised(self, base: Expr) -> Expr:
        kind, text, _ = self.tokens[self.at]
        if self.next_is("{"):
            inner, close = (
                self.tokens[self.at + 1],
                self.tokens[min(self.at + 2, len(self.tokens) - 1)],
            )
            if close[:2] == ("op", "}"):
                if inner[:2] in (("cmd", "circ"), ("op", "°")):
                    self.at += 3
                    return Degree(base)
                if inner[:2] == ("cmd", "prime") or inner[:2] == ("op", "'"):
                    self.at += 3
                    return self.primed(base, "'")
            return self.inverse_or_power(base, self.group())
        if (kind, text) in (("cmd", "circ"), ("op", "°")):
            self.at += 1
            return Degree(base)
        if (kind, text) == ("cmd", "prime"):
            self.at += 1
            return self.primed(base, "'")
        if kind == "op" and text in ("-", "+"):
            self.at += 1
            exponent = self.expression(POWER - 1)
            return Pow(base, Neg(exponent) if text == "-" else exponent)
        if self.tex and kind in ("word", "cmd", "num"):
            if kind == "num":
                self.at += 1
                return Pow(base, _number(text))
            return Pow(base, self.argument())
        return Pow(base, self.expression(POWER - 1))

    def inverse_or_power(self, base: Expr, exponent: Expr) -> Expr:
        if isinstance(base, Sym) and base.name in self.functions and self.next_is("("):
            if exponent == Neg(Int(1)):
                return Call(base.name + "^-1", self.arguments())
            return Pow(Call(base.name, self.arguments()), exponent)
        return Pow(base, exponent)

    def subscripted(self, base: Expr) -> Expr:
        kind, text, _ = self.tokens[self.at]
        if self.next_is("{"):
            inner = self.raw_group()
        elif kind in ("num", "word", "cmd"):
            inner = text
            if self.tex and kind != "cmd" and len(text) > 1:
                inner = text[0] if kind == "word" else text
                rest = text[len(inner) :]
                if rest:
                    self.replace(Token(kind, rest, self.tokens[self.at].at))
                else:
                    self.at += 1
            else:
                self.at += 1
        else:
            raise self.error("an empty subscript")
        if isinstance(base, Sym):
            return Sym(f"{base.name}_{inner}")
        inner = inner.strip("()") if isinstance(base, Int) else inner
        if isinstance(base, Int) and inner.isdigit() and 2 <= int(inner[:3]) <= 36:
            digits = str(base.value)
            if all(int(d, 36) < int(inner) for d in digits):
                return InBase(digits, int(inner))
        if isinstance(base, Const) and base.name in ("e", "i"):
            return Sym(f"{base.name}_{inner}")
        if isinstance(base, Either) and base.cause in ("e", "i"):
            return Sym(f"{base.cause}_{inner}")
        raise self.error("a subscript on something that is not a name")

    def primed(self, base: Expr, mark: str) -> Expr:
        while self.next_is("'"):
            self.at += 1
            mark += "'"
        if isinstance(base, Sym):
            named = Sym(base.name + mark)
            return Call(named.name, self.arguments()) if self.next_is("(") else named
        if isinstance(base, Int) and len(mark) == 1:
            return Quantity(base, "arcminute")
        raise self.error("a prime on something that is not a name")

    # -- groups

    def group(self) -> Expr:
        self.expect("{")
        bars, self.bars = self.bars, 0
        found = self.items()
        self.bars = bars
        self.expect("}")
        return found

    def raw_group(self) -> str:
        """The text of a braced group, for subscripts."""
        self.expect("{")
        depth = 1
        out: list[str] = []
        while True:
            kind, text, _ = self.tokens[self.at]
            if kind == "eof":
                raise self.error("an unclosed brace")
            self.at += 1
            if kind == "op" and text == "{":
                depth += 1
            elif kind == "op" and text == "}":
                depth -= 1
                if depth == 0:
                    return "".join(out)
            else:
                out.append(text)

    def argument(self) -> Expr:
        """A TeX argument: a braced group or one token; of a number, its first digit."""
        kind, text, at = self.tokens[self.at]
        if self.next_is("{"):
            return self.group()
        if kind == "num" and text.isdigit() and len(text) > 1:
            self.replace(Token("num", text[1:], at))
            return Int(int(text[0]))
        if kind == "word" and len(text) > 1:
            self.replace(Token("word", text[1:], at))
            return self.letter(text[0])
        if kind == "word":
            self.at += 1
            return self.letter(text)
        if kind in ("num", "cmd"):
            return self.prefix()
        raise self.error("expected an argument")

    def fenced(self, opener: str, closers: tuple[str, ...]) -> Expr:
        bars, self.bars = self.bars, 0
        found = self.items()
        self.bars = bars
        kind, text, _ = self.tokens[self.at]
        if text not in closers or kind not in ("op", "cmd"):
            raise self.error(f"an unclosed {opener!r}")
        self.at += 1
        if isinstance(found, Seq) and found.open == "":
            return Seq(opener, found.items, text)
        if isinstance(found, Seq) and opener == "(" and text == ")":
            return Seq(opener, (found,), text)
        return found

    # -- operands

    def starts(self) -> bool:
        """Whether the next token can begin an operand."""
        kind, text, _ = self.tokens[self.at]
        if kind in ("num", "word", "text", "begin"):
            return True
        if kind == "op":
            return text in ("(", "[", "{", "√", "∛", "\\{", "⌊", "⌈") or (
                text == "|" and not self.bars
            )
        return kind == "cmd" and text not in _NOT_STARTS and text not in _DOTS

    def prefix(self) -> Expr:
        kind, text, _ = self.tokens[self.at]
        if kind == "num":
            return self.numeral(text)
        if kind == "op":
            return self.prefix_op(text)
        if kind == "cmd":
            return self.prefix_command(text)
        if kind == "word":
            return self.prefix_word(text)
        if kind == "text":
            return self.prefix_text(text)
        if kind == "begin":
            return self.environment(text)
        raise self.error("the end of the text" if kind == "eof" else f"unexpected {text!r}")

    def numeral(self, text: str) -> Expr:
        self.at += 1
        value = _number(text)
        follow = self.tokens[self.at]
        cycle = follow[:2] in (("cmd", "overline"), ("cmd", "bar")) and self.next_is("{", 1)
        if isinstance(value, Dec) and cycle:
            return self.repeating(str(value.digits).rjust(value.places + 1, "0"), value.places)
        if self.next_is(",") is False and text.count(",") == 1 and self.enclosed():
            before, _, after = text.partition(",")
            return Either((value, Seq("", (Int(int(before)), Int(int(after))), "")), "thousands")
        return value

    def enclosed(self) -> bool:
        """Whether the number just read stands alone in round brackets, like a point."""
        return self.at >= 2 and self.tokens[self.at - 2][:2] == ("op", "(") and self.next_is(")")

    def repeating(self, digits: str, places: int) -> Expr:
        self.at += 1
        cycle = self.raw_group()
        if not cycle.isdigit() or len(cycle) > 40:
            raise self.error("a repeating part that is not digits")
        split = len(digits) - places
        return Repeating(int(digits[:split] or "0"), digits[split:], cycle)

    def prefix_op(self, text: str) -> Expr:
        self.at += 1
        match text:
            case "-":
                return Neg(self.expression(SIGN))
            case "+":
                return self.expression(SIGN)
            case "±" | "∓":
                return PlusMinus(Int(0), self.expression(SIGN))
            case "(" | "[":
                return self.fenced(text, (")", "]", "rbrack"))
            case "{":
                self.at -= 1
                if self.tex:
                    return self.group()
                self.at += 1
                return _set(self.fenced("{", ("}",)))
            case "\\{":
                if self.next_is("\\}"):
                    self.at += 1
                    return SetOf(())
                return _set(self.fenced("\\{", ("\\}",)))
            case "|" | "\\|":
                self.bars += 1
                inner = self.expression(0)
                self.bars -= 1
                self.expect(text)
                return Call("abs", (inner,))
            case "⌊" | "⌈":
                close, name = ("⌋", "floor") if text == "⌊" else ("⌉", "ceil")
                return Call(name, (self.fenced(text, (close,)),))
            case "$" | "€" | "£":
                value = self.expression(SIGN + 6)
                unit = singular(text)
                if isinstance(value, Quantity):
                    if value.unit != unit:
                        raise self.error("two units")
                    return value
                return Quantity(value, unit)
            case "√":
                return Call("sqrt", (self.expression(45),))
            case "∛":
                return Call("root", (self.expression(45), Int(3)))
            case "∅":
                return SetOf(())
            case "∞":
                return Const("inf")
            case "∠":
                return self.shape("angle")
            case "∑" | "∏" | "∫":
                return self.big({"∑": "sum", "∏": "prod", "∫": "int"}[text])
            case "." if self.tokens[self.at][:2] in (("cmd", "overline"), ("cmd", "bar")):
                return self.repeating("0", 0)
        raise NotationError(f"unexpected {text!r}", self.tokens[self.at - 1].at)

    def prefix_command(self, text: str) -> Expr:
        if text in _FRACTIONS:
            return self.fraction()
        if text in ALIASES and text != "sqrt":
            self.at += 1
            return self.function(ALIASES[text])
        if text in _GREEK:
            self.at += 1
            return Sym(text)
        if text in ("sum", "prod", "int", "lim"):
            self.at += 1
            return self.big(text)
        if text in _TRANSPARENT:
            self.at += 1
            return self.group() if self.next_is("{") else self.argument()
        if text in _DECORATED:
            self.at += 1
            name = self.raw_group() if self.next_is("{") else self.tokens[self.at].text
            if self.tokens[self.at - 1].text != "}":
                self.at += 1
            return self.decorated(text, name)
        if text in _SHAPES:
            self.at += 1
            return self.shape(text)
        if text in _DOTS:
            self.at += 1
            return Dots()
        self.at += 1
        match text:
            case "sqrt":
                if self.next_is("["):
                    self.at += 1
                    order = self.expression(0)
                    self.expect("]")
                    return Call("root", (self.argument(), order))
                return Call("sqrt", (self.argument(),))
            case "pi":
                return Const("pi")
            case "infty":
                return Const("inf")
            case "emptyset" | "varnothing":
                return SetOf(())
            case "binom" | "dbinom" | "tbinom":
                n = self.argument()
                return Call("binom", (n, self.argument()))
            case "lfloor" | "lceil":
                name = "floor" if text == "lfloor" else "ceil"
                return Call(name, (self.fenced("\\" + text, ("r" + text[1:],)),))
            case "lvert" | "lVert":
                return Call("abs", (self.fenced("\\" + text, ("r" + text[1:],)),))
            case "vert" | "Vert":
                return Call("abs", (self.fenced("\\" + text, (text,)),))
            case "langle":
                found = self.fenced("<", ("rangle",))
                items = found.items if isinstance(found, Seq) else (found,)
                return Seq("<", items, ">")
            case "lbrace":
                return _set(self.fenced("{", ("rbrace",)))
            case "lbrack":
                return self.fenced("[", ("rbrack", "]", ")"))
            case "pm" | "mp":
                return PlusMinus(Int(0), self.expression(SIGN))
            case "underbrace" | "overbrace":
                inner = self.group()
                if self.next_is("_") or self.next_is("^"):
                    self.at += 1
                    self.raw_group()
                return inner
            case "not":
                raise self.error("a negated sign")
        raise NotationError(f"unknown command \\{text}", self.tokens[self.at - 1].at)

    def decorated(self, mark: str, name: str) -> Expr:
        if mark in ("overline", "bar") and name.isdigit():
            raise self.error("digits under a line")
        if mark in ("overline", "overrightarrow", "overleftrightarrow") and name.isupper():
            return Sym(name if mark == "overline" else f"{mark} {name}")
        if mark == "overline" and len(name) > 1:
            raise self.error("letters under a line: digits of a number, or a conjugate")
        return Sym(f"{mark} {name}")

    def shape(self, mark: str) -> Expr:
        kind, text, _ = self.tokens[self.at]
        if kind == "word" or (kind == "cmd" and text in _GREEK) or kind == "num":
            self.at += 1
        elif self.next_is("{"):
            text = self.raw_group()
        else:
            raise self.error(f"nothing after \\{mark}")
        name = f"{mark} {text}"
        if self.next_is("_"):
            self.at += 1
            return self.subscripted(Sym(name))
        return Sym(name)

    def fraction(self) -> Expr:
        self.at += 1
        if derivative := self.derivative():
            return derivative
        num = self.argument()
        den = self.argument()
        return Div(num, den)

    def derivative(self) -> Expr | None:
        """`\\frac{d}{dx} e`, `\\frac{d^2}{dx^2} e`, or a name for `\\frac{dy}{dx}`."""
        parts = [t.text for t in self.tokens[self.at : self.at + 18]]
        flat = "".join(parts)
        match = re.match(
            r"\{(?:d|partial)(?:\^\{?(\d)\}?)?([a-z]?)\}\{(?:d|partial)([a-z])(?:\^\{?(\d)\}?)?\}",
            flat,
        )
        if match is None or match.group(1) != match.group(4):
            return None
        taken, length = 0, 0
        while length < match.end():
            length += len(parts[taken])
            taken += 1
        self.at += taken
        order = int(match.group(1) or 1)
        if match.group(2):
            return Sym(f"d{match.group(2)}/d{match.group(3)}" + ("" if order == 1 else f"^{order}"))
        if not 1 <= order <= 9:
            raise self.error("an order of derivative out of range")
        return Deriv(self.expression(PRODUCT), match.group(3), order)

    def function(self, name: str) -> Expr:
        exponent: Expr | None = None
        base: Expr | None = None
        for _ in range(2):
            if self.next_is("^"):
                self.at += 1
                if self.next_is("-"):
                    raise self.error("a negative power of a function")
                exponent = self.argument()
            elif self.next_is("_"):
                self.at += 1
                base = self.argument()
        if not self.starts() and not self.next_is("-"):
            raise self.error(f"{name} without an argument")
        bracketed = self.next_is("(") or self.next_is("{") or self.next_is("[")
        if bracketed:
            start = self.at
            found = self.prefix()
            if name in TRIGONOMETRIC and self.degree_follows():
                found = Degree(found)
            args = (
                found.items
                if isinstance(found, Seq) and self.tokens[start].text == "("
                else (found,)
            )
        else:
            args = (self.bare_argument(),)
        result = self.call(name, args, base)
        if exponent is None and bracketed and self.next_is("^"):
            # sin(x)^2: the square of the sine, or the sine of the square
            self.at += 1
            power = self.argument() if self.tex else self.expression(POWER - 1)
            inner = self.call(name, tuple(Pow(a, power) for a in args), base)
            return Either((Pow(result, power), inner), "function-power")
        if exponent is None:
            return result
        if exponent == Neg(Int(1)):
            if name in ("sin", "cos", "tan"):
                return self.call("arc" + name, args, None)
            raise self.error("an inverse of this function")
        return Pow(result, exponent)

    def degree_follows(self) -> bool:
        """Take a degree mark that stands after a bracketed argument: `\\sin(90 - x)^\\circ`."""
        ahead = [t.text for t in self.tokens[self.at : self.at + 4]]
        for mark in (["°"], ["^", "circ"], ["^", "{", "circ", "}"]):
            if ahead[: len(mark)] == mark:
                self.at += len(mark)
                return True
        return False

    def call(self, name: str, args: tuple[Expr, ...], base: Expr | None) -> Expr:
        if name == "cbrt":
            return Call("root", (args[0], Int(3)))
        if name == "log":
            if len(args) != 1:
                raise self.error("a logarithm of several values")
            if base is not None:
                return Call("log", (args[0], base))
            return Either((Call("log", (args[0], Int(10))), Call("ln", args)), "log-base")
        if base is not None:
            raise self.error(f"a subscript on {name}")
        if name == "deg":
            raise self.error("deg as a function")
        return Call(name, args)

    def bare_argument(self) -> Expr:
        """The argument of a function without brackets: a product up to the next function."""
        result = self.expression(_ARGUMENT) if not self.next_is("-") else self.prefix()
        while True:
            kind, text, _ = self.tokens[self.at]
            named = (kind in ("cmd", "word") and text in ALIASES) or text in ("sum", "prod", "int")
            letter = kind == "word" and (self.tex or len(text) == 1)
            if self.integrals and kind == "word" and text[0] == "d":
                break
            if named or not (letter or kind == "num" or (kind == "cmd" and self.starts())):
                break
            if kind == "word" and text == "x" and _is_numeral(result) and not self.tex:
                follow = self.tokens[self.at + 1]
                if follow.kind == "num":
                    break
            result = _mul(result, self.expression(_ARGUMENT))
        return result

    def big(self, op: str) -> Expr:
        low: Expr | None = None
        high: Expr | None = None
        var = ""
        for _ in range(2):
            if self.next_is("_"):
                self.at += 1
                var, low = self.lower(op)
            elif self.next_is("^"):
                self.at += 1
                high = self.argument()
        if op == "int":
            return self.integral(low, high)
        if not var:
            raise self.error(f"a {op} without a bound variable")
        self.bound.append(var)
        body = self.expression(SUM)
        self.bound.pop()
        return Big(op, var, low, high, body)

    def lower(self, op: str) -> tuple[str, Expr]:
        """The bound below a big operator: `{i=1}`, `{x \\to 0}`, or a bare limit of integration."""
        if op == "int":
            return "", self.argument()
        self.expect("{")
        kind, name, _ = self.tokens[self.at]
        if kind not in ("word", "cmd") or (kind == "word" and len(name) > 1):
            raise self.error("a bound variable that is not a letter")
        self.at += 1
        sign = self.relation()
        if sign != ("→" if op == "lim" else "="):
            raise self.error("a condition in place of a lower bound")
        self.at += 1
        value = self.expression(0)
        if op == "lim" and self.next_is("^"):
            raise self.error("a one-sided limit")
        self.expect("}")
        return name, value

    def integral(self, low: Expr | None, high: Expr | None) -> Expr:
        self.integrals += 1
        kind, text, _ = self.tokens[self.at]
        if kind in ("word", "text") and text[:1] == "d" and len(text) <= 2:
            body: Expr = Int(1)
        else:
            body = self.expression(SUM - 1)
        self.integrals -= 1
        kind, text, _ = self.tokens[self.at]
        self.at += 1
        if kind in ("word", "text") and text == "d":
            kind, name, _ = self.tokens[self.at]
            if kind not in ("word", "cmd"):
                raise self.error("an integral without a variable")
            self.at += 1
        elif kind == "word" and len(text) == 2 and text[0] == "d":
            name = text[1]
        else:
            raise NotationError("an integral without a variable", self.tokens[self.at - 1].at)
        if (low is None) != (high is None):
            raise self.error("an integral with one bound")
        return Big("int", name, low, high, body)

    def prefix_word(self, text: str) -> Expr:
        if text in ALIASES and (len(text) > 2 or text in ("ln", "lg", "tg")):
            self.at += 1
            return self.function(ALIASES[text])
        if len(text) == 1:
            self.at += 1
            return self.letter(text)
        if text in ("pi", "theta", "alpha", "beta", "lambda"):
            self.at += 1
            return Const("pi") if text == "pi" else Sym(text)
        if (self.tex and len(text) < 5) or self.is_product(text):
            return self.letters(text)
        words: list[str] = []
        while self.tokens[self.at].kind == "word" and self.tokens[self.at].text not in _NOT_WORDS:
            words.append(self.tokens[self.at].text)
            self.at += 1
        if any(w.lower() in _CONNECTIVES for w in words):
            raise self.error("a sentence")
        if len(words) > 8:
            raise self.error("a run of words")
        if self.next_is("("):
            raise self.error("brackets after words")
        return Label(" ".join(words).lower())

    def is_product(self, text: str) -> bool:
        """Whether letters in plain text are factors rather than a word."""
        return (len(text) == 2 and text.islower() and not set(text) & set("aeiou")) or (
            len(text) <= 4 and text.isupper() and len(text) > 1
        )

    def letters(self, text: str) -> Expr:
        """Letters side by side: the name of a segment or an angle, or a product."""
        at = self.tokens[self.at].at
        for name in ("sin", "cos", "tan", "log", "ln", "gcd", "lcm", "max", "min", "mod"):
            if text.startswith(name) and len(text) > len(name):
                self.replace(Token("cmd", name, at), Token("word", text[len(name) :], at))
                return self.prefix()
        if text.isupper() and len(text) <= 4:
            self.at += 1
            product = Mul(tuple(Sym(c) for c in text))
            if self.next_is("^") or self.next_is("_") or self.next_is("'"):
                return Sym(text)
            return Either((Sym(text), product), "letters")
        self.replace(Token("word", text[1:], at + 1))
        return self.letter(text[0])

    def letter(self, name: str) -> Expr:
        if name in ("e", "i") and name not in self.bound and not self.next_is("_"):
            return Either((Const(name), Sym(name)), name)
        return Sym(name)

    def prefix_text(self, text: str) -> Expr:
        word = text.strip(" .:")
        if word in ALIASES:
            self.at += 1
            return self.function(ALIASES[word])
        if len(word) == 1 and word.isalpha():
            self.at += 1
            return Sym(word)
        words: list[str] = []
        while self.tokens[self.at].kind == "text":
            part = self.tokens[self.at].text.strip(" .:")
            if part.split() and part.split()[0].lower() in _CONNECTIVES:
                raise self.error("a connective word")
            words.append(part)
            self.at += 1
        name = " ".join(" ".join(words).lower().split())
        if not name:
            return self.prefix()
        if not re.search(r"[a-z]", name):
            raise self.error("text without letters")
        if self.next_is("_"):
            self.at += 1
            return self.subscripted(Sym(name))
        if self.next_is("(") and word[:1].isupper() and len(word) <= 6:
            return Call(name, self.arguments())
        return Label(name)

    def environment(self, name: str) -> Expr:
        if name not in _MATRICES:
            raise self.error(f"the environment {name}")
        self.at += 1
        rows: list[tuple[Expr, ...]] = []
        row: list[Expr] = []
        while True:
            kind, _, _ = self.tokens[self.at]
            if kind == "eof":
                raise self.error("an unclosed environment")
            if kind in ("end", "row"):
                self.at += 1
                if row:
                    rows.append(tuple(row))
                    row = []
                if kind == "end":
                    break
                continue
            if kind == "cell":
                self.at += 1
                continue
            row.append(self.expression(0))
        if not rows or len({len(r) for r in rows}) != 1:
            raise self.error("a matrix with ragged rows")
        matrix = Matrix(tuple(rows))
        return Call("det", (matrix,)) if name == "vmatrix" else matrix


def _add(left: Expr, right: Expr) -> Expr:
    return Add((*left.args, right)) if isinstance(left, Add) else Add((left, right))


def _mul(left: Expr, right: Expr) -> Expr:
    return Mul((*left.args, right)) if isinstance(left, Mul) else Mul((left, right))


def _mixed(whole: Expr, fraction: Expr) -> Expr:
    """`2\\frac{1}{3}`: two and a third, or two times a third; plainly a product otherwise."""
    match whole, fraction:
        case Int(), Div(Int(num), Int(den)) if 0 < num < den:
            return Either((Add((whole, fraction)), Mul((whole, fraction))), "mixed")
        case _:
            return _mul(whole, fraction)


def _set(inner: Expr) -> Expr:
    if isinstance(inner, Seq) and inner.open in ("", "{", "\\{"):
        return SetOf(inner.items)
    return SetOf((inner,))
