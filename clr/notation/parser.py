"""Tokens to expression tree: precedence climbing, one method for each level.

    chain      operand (relation operand)* [(mod m)]
    operand    sums joined by set operations, or by "mod"
    sum        products joined by + - ±
    product    factors joined by * / or by nothing
    factor     an atom and what follows it: powers, factorials, %, degrees, units

The whole input is read, or `NotationError` is raised: a prefix is never taken for the whole. Text
that can mean two things becomes an `Either`. Time is linear in the number of tokens, and depth is
bounded, so no input exhausts the stack.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

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
from clr.notation.errors import NotationError
from clr.notation.functions import (
    ALIASES,
    DEFAULT_FUNCTIONS,
    FUNCTIONS,
    INVERSES,
    MAYBE_FUNCTIONS,
    OPAQUE,
)
from clr.notation.lexer import is_tex, lex
from clr.notation.words import CONNECTIVES, JOINING, SCALES, WITHIN_LABEL, unit_name

__all__ = ["DEFAULT_FUNCTIONS", "MAX_DEPTH", "NotationError", "parse"]

MAX_DEPTH: Final = 60
MAX_SPLITS: Final = 5
"""How many ambiguities may stand inside one another: readings double with each."""

TEN: Final = Int(10)
ZERO: Final = Int(0)
ONE: Final = Int(1)


def parse(
    text: str, *, functions: frozenset[str] = DEFAULT_FUNCTIONS, tex: bool | None = None
) -> Chain:
    """The meaning of `text`: operands joined by relations; one operand if there is no relation.

    `functions` are names that a parenthesis applies, such as "f" in `f(x)`. `tex` says whether
    letters follow TeX's rules (`ab` is a product) or those of plain text (`ab` may be a word); by
    default, text with a backslash is TeX.

    Raises NotationError where any part of `text` cannot be read.
    """
    return _parse(text, functions, is_tex(text) if tex is None else tex)


@lru_cache(maxsize=1 << 16)
def _parse(text: str, functions: frozenset[str], tex: bool) -> Chain:
    try:
        return _Parser(text, functions, tex).whole()
    except NotationError as error:
        raise NotationError(error.reason, error.position, text) from None
    except RecursionError:
        raise NotationError("called with too little stack left", 0, text) from None


def _mul(factors: list[Expr]) -> Expr:
    return factors[0] if len(factors) == 1 else Mul(tuple(factors))


def _add(terms: list[Expr]) -> Expr:
    return terms[0] if len(terms) == 1 else Add(tuple(terms))


def _number(literal: str) -> Int | Dec:
    whole, point, fraction = literal.partition(".")
    if not point:
        return Int(int(literal))
    return Dec(int(whole + fraction), len(fraction))


class _Parser:
    __slots__ = (
        "bars",
        "bound",
        "depth",
        "differential",
        "functions",
        "i",
        "integrals",
        "kinds",
        "splits",
        "starts",
        "tex",
        "text",
        "values",
    )

    def __init__(self, text: str, functions: frozenset[str], tex: bool) -> None:
        self.kinds, self.values, self.starts = lex(text, tex)
        self.text = text
        self.functions = functions
        self.tex = tex
        self.i = 0
        self.depth = 0
        self.bars = 0
        self.splits = 0
        self.bound: list[str] = []
        self.integrals = 0
        self.differential: str | None = None

    # ------------------------------------------------------------------ tokens

    def fail(self, reason: str) -> NotationError:
        return NotationError(reason, self.starts[self.i])

    def unexpected(self) -> NotationError:
        if self.kinds[self.i] == "end":
            return self.fail("unexpected end")
        return self.fail(f"unexpected {self.values[self.i]!r}")

    def expect(self, kind: str) -> None:
        if self.kinds[self.i] != kind:
            raise self.fail(f"expected {kind!r}, met {self.values[self.i]!r}")
        self.i += 1

    def gap(self, index: int) -> bool:
        """Whether white space stands before a token."""
        return self.text[self.starts[index] - 1].isspace()

    def split(self, before: int) -> None:
        """Count an ambiguity that repeats a subexpression, which had `before` on entry."""
        self.splits += 1
        if self.splits - before > MAX_SPLITS:
            raise self.fail("too many nested ambiguities")

    # ------------------------------------------------------------------ chain

    def whole(self) -> Chain:
        self._open_box()
        while self.kinds[self.i] == "lead" or (
            self.kinds[self.i] == "rel" and self.values[self.i] in ("⇒", "⇔")
        ):
            self.i += 1
        operands = [self.listed()]
        ops: list[str] = []
        modulus = self.modulus(None)
        while (op := self.relation()) is not None:
            if ops and isinstance(operands[-1], Seq) and not operands[-1].open:
                raise self.fail("several statements")
            ops.append(op)
            operands.append(self.listed(congruence="≡" in ops))
            modulus = self.modulus(modulus)
        if self.kinds[self.i] != "end":
            raise self.unexpected()
        return Chain(tuple(operands), tuple(ops), modulus)

    def _open_box(self) -> None:
        """Take off a box around the whole text, which may hold a relation."""
        kinds = self.kinds
        if not (kinds[0] == "wrap" and kinds[1] == "{" and kinds[-2] == "}"):
            return
        level = 0
        for index, kind in enumerate(kinds):
            level += (kind == "{") - (kind == "}")
            if kind == "}" and level == 0:
                if index == len(kinds) - 2:
                    self.i = 2
                    kinds[index] = "end"
                return

    def relation(self) -> str | None:
        kind = self.kinds[self.i]
        if kind == "rel":
            self.i += 1
            return self.values[self.i - 1]
        if kind == "|":
            self.i += 1
            return "|"
        if kind == "not":
            self.i += 1
            negated = {"=": "!=", "in": "notin", "|": "∤"}.get(self.values[self.i])
            if self.kinds[self.i] not in ("rel", "|") or negated is None:
                raise self.unexpected()
            self.i += 1
            return negated
        return None

    def modulus(self, known: Expr | None) -> Expr | None:
        """A trailing `(mod m)` or `mod m`."""
        kind = self.kinds[self.i]
        if kind == "(" and self.kinds[self.i + 1] == "mod":
            self.i += 2
            value = self.sum()
            self.expect(")")
        elif kind == "pmod":
            self.i += 1
            value = self.argument()
        elif kind == "mod":
            self.i += 1
            value = self.product()
        else:
            return known
        if known is not None and known != value:
            raise self.fail("two moduli")
        return value

    def listed(self, *, congruence: bool = False) -> Expr:
        """An operand, or several with commas between them."""
        first = self.operand(congruence=congruence)
        if self.kinds[self.i] not in (",", ";"):
            return first
        items = [first]
        while self.kinds[self.i] in (",", ";"):
            self.i += 1
            items.append(self.operand())
        return Seq("", tuple(items), "")

    def operand(self, *, congruence: bool = False) -> Expr:
        left = self.sum()
        while True:
            kind = self.kinds[self.i]
            if kind == "setop":
                op = self.values[self.i]
                self.i += 1
                left = SetOp(op, left, self.sum())
            elif kind == "mod" and not congruence:
                self.i += 1
                left = self._remainder(left, self.product())
            elif kind == "infix":
                op = self.values[self.i]
                self.i += 1
                right = self.sum()
                left = Div(left, right) if op == "over" else Call("binom", (left, right))
            else:
                return left

    def _remainder(self, left: Expr, m: Expr) -> Expr:
        """`a + b mod m` is a sum reduced mod m, or only its last term is."""
        whole = Call("mod", (left, m))
        if not isinstance(left, Add):
            return whole
        self.split(self.splits)
        last = Add((*left.args[:-1], Call("mod", (left.args[-1], m))))
        return Either((whole, last), "mod-scope")

    # ------------------------------------------------------------------ sum

    def sum(self) -> Expr:
        kinds = self.kinds
        kind = kinds[self.i]
        if kind == "-":
            self.i += 1
            first: Expr = Neg(self.product())
        elif kind == "±":
            first = self._signed(ZERO)
        elif kind == "+":
            self.i += 1
            first = self.product()
        else:
            first = self.product()
        kind = kinds[self.i]
        if kind not in _ADDITIVE:
            return first
        terms = [first]
        while kind in _ADDITIVE and (self.differential is None or not self.integrals):
            if kind == "+":
                self.i += 1
                terms.append(self.product())
            elif kind == "-":
                self.i += 1
                terms.append(Neg(self.product()))
            else:
                terms = [self._signed(_add(terms))]
            kind = kinds[self.i]
        return _add(terms)

    def _signed(self, left: Expr) -> Expr:
        minus = self.values[self.i] == "-"
        self.i += 1
        right = self.product()
        return PlusMinus(left, Neg(right) if minus else right)

    # ------------------------------------------------------------------ product

    def product(self) -> Expr:
        kinds = self.kinds
        entry = self.splits
        if self.integrals and self._differential():
            factors: list[Expr] = [ONE]
        else:
            factors = [self.unary()]
        kind = kinds[self.i]
        if kind not in _MULTIPLICATIVE:
            return factors[0]
        # the same product if what is written without a sign binds before a slash: a/bc = a/(bc)
        tight: Expr | None = None
        while True:
            if kind == "*":
                self.i += 1
                factor = self.unary()
                factors.append(factor)
                if tight is not None:
                    tight = Mul((tight, factor))
            elif kind == "/":
                self.i += 1
                stacked = self._stacked_fraction(_mul(factors), entry)
                if stacked is not None:
                    factors = [stacked]
                    kind = kinds[self.i]
                    if kind not in _MULTIPLICATIVE:
                        break
                    continue
                den = self.unary()
                num, factors = factors, []
                if len(num) == 1 and self._is_measured_fraction(num[0], den):
                    assert isinstance(den, Quantity)
                    factors = [Quantity(Div(num[0], den.value), den.unit)]
                    kind = kinds[self.i]
                    if kind not in _MULTIPLICATIVE:
                        break
                    continue
                quotient = Div(_mul(num), den)
                beside = self._beside(den)
                factors = [quotient, *beside]
                if beside or tight is not None:
                    if beside:
                        self.split(entry)
                    tight = Div(_mul(num) if tight is None else tight, _mul([den, *beside]))
            elif kind == "word" or kind == "text":
                if not self._is_of(factors[-1]):
                    raise self.unexpected()
                self.i += 1
                factors.append(self.unary())
            elif self.integrals and self._differential():
                break
            elif self._juxtaposed(kind, factors[-1]):
                if kind == "(" and isinstance(factors[-1], _NUMERALS):
                    explained = self._comment(factors[-1])
                    if explained is not None:
                        factors[-1] = explained
                        kind = kinds[self.i]
                        continue
                factor = self.factor()
                factors.append(factor)
                if tight is not None:
                    tight = Mul((tight, factor))
            else:
                break
            kind = kinds[self.i]
            if kind not in _MULTIPLICATIVE:
                break
        loose = _mul(factors)
        return loose if tight is None else Either((loose, tight), "slash")

    def _stacked_fraction(self, above: Expr, entry: int) -> Expr | None:
        """`3 / 1/2`: divided by a half, or by one and then by two."""
        i = self.i
        if self.kinds[i : i + 3] != ["num", "/", "num"] or self.kinds[i + 3] in _BINDS_NUMBER:
            return None
        spaced = self.gap(i)
        top, bottom = _number(self.values[i]), _number(self.values[i + 2])
        self.i += 3
        self.split(entry)
        options = (Div(Div(above, top), bottom), Div(above, Div(top, bottom)))
        return Either(options[::-1] if spaced else options, "slashes")

    def _is_measured_fraction(self, num: Expr, den: Expr) -> bool:
        """`1/2 mile` is half a mile."""
        return (
            isinstance(num, Int) and isinstance(den, Quantity) and isinstance(den.value, Int)
        ) and self.kinds[self.i - 1] in ("word", "text")

    def _is_of(self, last: Expr) -> bool:
        """`40% of 50`, `2/3 of 12`: "of" multiplies after a part."""
        return self.values[self.i] == "of" and isinstance(last, Percent | Div | Either)

    def _comment(self, value: Expr) -> Expr | None:
        """`15 (\\text{blue})`: words explain the number; a letter or two may multiply it."""
        if self.kinds[self.i : self.i + 3] != ["(", "text", ")"]:
            return None
        words = self.values[self.i + 1]
        self.i += 3
        if len(words) > 2:
            return value
        return Either((value, Mul((value, Label(words.lower())))), "comment")

    def _beside(self, after: Expr) -> list[Expr]:
        """Factors that follow without a sign."""
        factors: list[Expr] = []
        while self._juxtaposed(self.kinds[self.i], factors[-1] if factors else after):
            if self.integrals and self._at_differential():
                break
            factors.append(self.factor())
        return factors

    def _juxtaposed(self, kind: str, after: Expr) -> bool:
        """Whether the current token begins a factor that multiplies `after` without a sign."""
        if kind == "num":
            lettered = self.kinds[self.i - 1] == "sym" and isinstance(after, Sym | Either)
            if lettered or not self.tex or isinstance(after, _NUMERALS):
                raise self.fail("a number beside another value")
        elif kind == "|":
            if self.bars or self.kinds[self.i :].count("|") % 2:
                return False
        elif kind not in _BEGINS_FACTOR or (kind == "(" and self.kinds[self.i + 1] == "mod"):
            return False
        if self.kinds[self.i - 1] in ("word", "text") and kind != "dots":
            raise self.fail("words beside a factor")
        return True

    def _at_differential(self) -> bool:
        i = self.i
        return (
            self.values[i] == "d"
            and self.kinds[i] in ("sym", "text")
            and self.kinds[i + 1] == "sym"
        )

    def _differential(self) -> bool:
        """Take `dx`, if that is what comes next."""
        if not self._at_differential():
            return False
        self.differential = self.values[self.i + 1]
        self.i += 2
        return True

    def unary(self) -> Expr:
        kind = self.kinds[self.i]
        if kind == "-" or kind == "+" or kind == "±":
            self.deeper()
            if kind == "±":
                self.i += 1
                right = self.unary()
                minus = self.values[self.i - 1] == "-"
                e: Expr = PlusMinus(ZERO, Neg(right) if minus else right)
            else:
                self.i += 1
                right = self.unary()
                e = Neg(right) if kind == "-" else right
            self.depth -= 1
            return e
        return self.factor()

    # ------------------------------------------------------------------ factor

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.fail(f"nested more than {MAX_DEPTH} deep")

    def factor(self) -> Expr:
        e = self.atom()
        return self.postfix(e) if self.kinds[self.i] in _POSTFIX else e

    def atom(self) -> Expr:
        read = _ATOMS.get(self.kinds[self.i])
        if read is None:
            raise self.unexpected()
        self.deeper()
        e = read(self)
        self.depth -= 1
        return e

    def postfix(self, e: Expr) -> Expr:
        raised = False
        while True:
            kind = self.kinds[self.i]
            if kind == "^":
                if raised and "circ" not in self.kinds[self.i + 1 : self.i + 3]:
                    raise self.fail("a double superscript")
                e = self.power(e)
                raised = self.tex
            elif kind == "!":
                self.i += 1
                name = "factorial"
                if self.kinds[self.i] == "!":
                    self.i += 1
                    name = "double_factorial"
                e = Call(name, (e,))
            elif kind == "super":
                exponent = self._superscript(self.values[self.i])
                self.i += 1
                e = Pow(e, exponent)
            elif kind == "%":
                self.i += 1
                if self.kinds[self.i] == "num" and not self.tex:
                    e = Call("mod", (e, self.factor()))
                else:
                    e = Percent(e)
            elif kind == "°" or (kind == "circ" and isinstance(e, Int | Dec)):
                self.i += 1
                e = self._degree(e)
            elif kind == "_" and isinstance(e, Int):
                e = self._in_base(str(e.value))
            elif kind == "text" or kind == "word":
                if self.values[self.i] == "of":
                    return e
                e = self.measured(e)
            elif kind == "'" or kind == "_" or kind == "circ":
                raise self.unexpected()
            else:
                return e

    def _superscript(self, digits: str) -> Expr:
        negative = digits.startswith("-")
        body = digits.removeprefix("-")
        if body == "n":
            exponent: Expr = Sym("n")
        elif body.isdigit():
            exponent = Int(int(body))
        else:
            raise self.fail("an unreadable superscript")
        return Neg(exponent) if negative else exponent

    def _degree(self, e: Expr) -> Expr:
        scale = self.values[self.i]
        if self.kinds[self.i] in ("sym", "text") and scale in ("C", "F"):
            self.i += 1
            return Quantity(e, "°" + scale)
        return Degree(e)

    def power(self, base: Expr) -> Expr:
        self.i += 1
        kinds = self.kinds
        kind = kinds[self.i]
        self.deeper()
        if kind == "circ" or kind == "°":
            self.i += 1
            e = self._degree(base)
        elif kind == "{":
            inner = kinds[self.i + 1]
            if inner in ("circ", "°") and kinds[self.i + 2] == "}":
                self.i += 3
                e = self._degree(base)
            elif inner in ("*", "'"):
                raise self.fail("a mark as an exponent")
            else:
                e = Pow(base, self.group())
        elif kind == "num" and self.tex and len(self.values[self.i]) > 1:
            e = self._unbraced(base)
        elif kind == "-" or kind == "+":
            self.i += 1
            exponent = self._exponent()
            e = Pow(base, Neg(exponent) if kind == "-" else exponent)
        else:
            e = Pow(base, self._exponent())
        self.depth -= 1
        return e

    def _exponent(self) -> Expr:
        if self.tex:
            return self.argument()
        exponent = self.atom()
        return self.power(exponent) if self.kinds[self.i] == "^" else exponent

    def _unbraced(self, base: Expr) -> Expr:
        """`x^10` means x^{10}; TeX itself typesets x^1 0."""
        literal = self.values[self.i]
        self.i += 1
        meant = Pow(base, _number(literal))
        if not literal.isdigit():
            return meant
        typeset = Mul((Pow(base, Int(int(literal[0]))), Int(int(literal[1:]))))
        return Either((meant, typeset), "exponent")

    def _in_base(self, digits: str) -> Expr:
        self.i += 1
        braced = self.kinds[self.i] == "{"
        self.i += braced
        parenthesis = self.kinds[self.i] == "("
        self.i += parenthesis
        kind, value = self.kinds[self.i], self.values[self.i]
        base = int(value) if kind == "num" and value.isdigit() and len(value) < 3 else 0
        if kind == "text":
            base = {"two": 2, "three": 3, "eight": 8, "ten": 10, "sixteen": 16}.get(value, 0)
        if not 2 <= base <= 36:
            raise self.fail("not a base from 2 to 36")
        self.i += 1
        if parenthesis:
            self.expect(")")
        if braced:
            self.expect("}")
        try:
            int(digits, base)
        except ValueError:
            raise self.fail(f"{digits} has a digit that base {base} lacks") from None
        return InBase(digits, base)

    # ------------------------------------------------------------------ units and words

    def measured(self, value: Expr) -> Expr:
        """A value followed by words: a unit, "million", "percent"."""
        words: list[str] = []
        kinds, values = self.kinds, self.values
        while True:
            kind = kinds[self.i]
            if kind == "word" or kind == "text":
                if values[self.i] == "of":
                    break
                if values[self.i][0] == "(" and values[self.i][-1] == ")":  # a comment
                    self.i += 1
                    continue
                words.extend(values[self.i].replace("/", " / ").split())
                self.i += 1
            elif kind == "/" and kinds[self.i + 1] in ("word", "text"):
                words.append("/")
                self.i += 1
            elif kind == "^" and words and kinds[self.i + 1] == "num":
                words.append("^" + values[self.i + 1])
                self.i += 2
            elif kind == "^" and kinds[self.i + 1 : self.i + 4] == ["{", "num", "}"] and words:
                words.append("^" + values[self.i + 2])
                self.i += 4
            elif kind == "super" and words:
                words.append("^" + values[self.i])
                self.i += 1
            else:
                break
        while words and words[0].lower() in SCALES:
            value = Mul((value, Int(SCALES[words.pop(0).lower()])))
        words = [w.strip(".,;:") for w in words]
        if not words:
            return value
        if words == ["percent"]:
            return Percent(value)
        if words in (["degrees"], ["degree"]):
            return Degree(value)
        if any(w.lower() in JOINING for w in words) or not any(words):
            raise self.fail("prose after a value")
        unit = unit_name(words)
        if isinstance(value, Quantity):
            if unit != value.unit:
                joint = "" if unit.startswith("/") else " "
                unit = value.unit + joint + unit
            return Quantity(value.value, unit)
        return Quantity(value, unit)

    def currency(self) -> Expr:
        unit = self.values[self.i]
        self.i += 1
        negative = self.kinds[self.i] == "-"
        self.i += negative
        if self.kinds[self.i] not in ("num", "sym", "(", "frac", "{", "vulgar"):
            raise self.unexpected()
        value = self.atom()
        e = Quantity(Neg(value) if negative else value, unit)
        if self.kinds[self.i] == "/" and self.kinds[self.i + 1] in ("word", "text"):
            return self.measured(e)
        return e

    def words(self) -> Expr:
        """Words where a value is expected: the name of a quantity."""
        start = self.i
        words: list[str] = []
        while self.kinds[self.i] in ("word", "text"):
            words.extend(self.values[self.i].split())
            self.i += 1
        quoted = "text" in self.kinds[start : self.i]
        kind = self.kinds[self.i]
        word = words[0].strip(".,;:")
        if len(words) == 1 and quoted:
            if word == "m" and kind == "mark":  # the measure of an angle
                return self.mark()
            if len(word) == 1 and word.isalpha():
                return self.named(word)
            if (word in ALIASES or word in OPAQUE) and kind in ("(", "{", "[", "^", "_"):
                return self.apply(ALIASES.get(word, word))
            if kind == "(" and word.isalpha():
                return Call(word.lower(), self.arguments())
        lowered = [w.lower() for w in words]
        if len(words) > 1 and lowered[0] in ("the", "a", "an"):
            lowered = lowered[1:]
        if (
            lowered[0] in (CONNECTIVES if quoted else JOINING | WITHIN_LABEL)
            or (not quoted and any(w in JOINING and w not in WITHIN_LABEL for w in lowered))
            or not any(c.isalpha() for w in lowered for c in w)
        ):
            raise NotationError("prose where a value is expected", self.starts[start])
        text = " ".join(lowered).strip(".,;: ")
        if lowered[-1] in WITHIN_LABEL:
            if lowered[-1] != "of" or kind not in ("mark", "caps"):
                raise NotationError("prose where a value is expected", self.starts[start])
            text += " " + self._shape_name()
        elif kind == "_":
            text += " " + self.subscript()
        if self.kinds[self.i] == "(":
            raise self.fail("words before a parenthesis")
        return Label(text)

    def _shape_name(self) -> str:
        """The name in `\\text{Area of } ABCD`, `\\text{area of } \\triangle ABC`."""
        if self.kinds[self.i] == "mark":
            shape = self.mark()
            assert isinstance(shape, Sym)
            return shape.name
        self.i += 1
        return self.decorated(self.values[self.i - 1])

    # ------------------------------------------------------------------ atoms

    def number(self) -> Expr:
        i = self.i
        value = _number(self.values[i])
        self.i += 1
        kinds = self.kinds
        kind = kinds[i + 1]
        if kind == "frac" and isinstance(value, Int):
            literal = self._literal_fraction(i + 2)
            if literal is not None:
                p, q, self.i = literal
                fraction = Div(Int(p), Int(q))
                return Either((Add((value, fraction)), Mul((value, fraction))), "mixed")
        elif kind == "vulgar" and isinstance(value, Int):
            return Add((value, self.vulgar()))
        elif kind == "num":
            if isinstance(value, Int) and kinds[i + 2] == "/" and kinds[i + 3] == "num":
                above, below = self.values[i + 1], self.values[i + 3]
                if above.isdigit() and below.isdigit() and 0 < int(above) < int(below):
                    self.i += 3
                    return Add((value, Div(Int(int(above)), Int(int(below)))))
        elif kind == "dots" and isinstance(value, Dec):
            self.i += 1
            return Add((value, Dots()))
        elif kind == "_":
            return self._in_base(self.values[i])
        elif (kind == "sym" or kind == "caps") and not self.gap(i + 1):
            return self._attached(value)
        return value

    def _attached(self, value: Int | Dec) -> Expr:
        """Letters that belong to a number: 5C2, 3e8, 2A_{16}."""
        name = self.values[self.i]
        head, _, digits = name.partition("_")
        if digits and isinstance(value, Int) and head == "C":
            self.i += 1
            return Call("binom", (value, Int(int(digits))))
        if digits and head in ("e", "E"):
            self.i += 1
            return Mul((value, Pow(TEN, Int(int(digits)))))
        if name == "C" and isinstance(value, Int) and self.kinds[self.i + 1] == "num":
            self.i += 2
            return Call("binom", (value, _number(self.values[self.i - 1])))
        if name.isalpha() and name.isupper() and self.kinds[self.i + 1] == "_":
            wide = self.kinds[self.i + 2 : self.i + 4]
            base = self.values[self.i + (3 if wide[:1] == ["{"] else 2)]
            if isinstance(value, Int) and base in ("11", "12", "13", "14", "15", "16"):
                self.i += 1
                return self._in_base(f"{value.value}{name}")
        return value

    def _literal_fraction(self, i: int) -> tuple[int, int, int] | None:
        """A proper fraction of literals after \\frac: its two numbers and where it ends."""
        kinds, values = self.kinds, self.values
        if kinds[i] == "num":
            if len(values[i]) == 2 and values[i].isdigit() and kinds[i + 1] != "{":
                p, q, end = values[i][0], values[i][1], i + 1
            else:
                return None
        elif kinds[i : i + 6] == ["{", "num", "}", "{", "num", "}"]:
            p, q, end = values[i + 1], values[i + 4], i + 6
        else:
            return None
        if not (p.isdigit() and q.isdigit() and 0 < int(p) < int(q)):
            return None
        return int(p), int(q), end

    def vulgar(self) -> Expr:
        p, q = self.values[self.i].split("/")
        self.i += 1
        return Div(Int(int(p)), Int(int(q)))

    def repeating(self) -> Expr:
        source = self.values[self.i]
        self.i += 1
        whole, _, rest = source.partition(".")
        lead, _, cycle = rest.partition("\\overline")
        return Repeating(int(whole), lead.strip(), cycle.strip("{} \t\n"))

    def const(self) -> Expr:
        name = self.values[self.i]
        self.i += 1
        return Const(name)

    def dots(self) -> Expr:
        self.i += 1
        return Dots()

    def empty(self) -> Expr:
        self.i += 1
        return SetOf(())

    def symbol(self) -> Expr:
        name = self.values[self.i]
        self.i += 1
        if name == "m" and self.kinds[self.i] == "mark":  # m\angle A, the measure of an angle
            return self.mark()
        return self.named(name)

    def named(self, name: str, *, constants: bool = True) -> Expr:
        """What a name stands for, once its subscripts and primes are read.

        Without `constants`, e and i are names.
        """
        kind = self.kinds[self.i]
        if kind in _DECORATES:
            name = self.decorated(name)
            kind = self.kinds[self.i]
        if kind == "(":
            called = self.called(name)
            if called is not None:
                return called
        elif kind == "[" and (name in _BRACKETED or name in self.functions):
            return Call(name, self.arguments())
        elif kind == "^":
            if name.rstrip("'") in self.functions:
                return self._powered_function(name)
            if self.kinds[self.i + 1] == "*":
                self.i += 2
                return Sym(name + "^*")
        if constants and (name == "e" or name == "i"):
            return self._letter(name)
        return Sym(name)

    def decorated(self, name: str) -> str:
        while True:
            kind = self.kinds[self.i]
            if kind == "_":
                name += "_" + self.subscript()
            elif kind == "sub":
                name += "_" + self.values[self.i]
                self.i += 1
            elif kind == "'":
                name += "'"
                self.i += 1
            elif kind == "^" and (primes := self._prime_exponent()):
                name += "'" * primes
            else:
                return name

    def _prime_exponent(self) -> int:
        """`f^\\prime`, `f^{\\prime\\prime}`: how many primes; they are taken."""
        i = self.i + 1
        if self.kinds[i] == "'":
            self.i += 2
            return 1
        if self.kinds[i] != "{":
            return 0
        end = i + 1
        while self.kinds[end] == "'":
            end += 1
        if end == i + 1 or self.kinds[end] != "}":
            return 0
        self.i = end + 1
        return end - i - 1

    def _letter(self, name: str) -> Expr:
        """e and i are constants unless the text binds them, or uses them as names."""
        if name in self.bound:
            return Sym(name)
        if name == "e" and self.kinds[self.i] == "^":
            exponent = self.kinds[self.i + 1 : self.i + 4]
            if exponent[:1] != ["num"] and exponent != ["{", "num", "}"]:
                return Const("e")
        return Either((Const(name), Sym(name)), name)

    def subscript(self) -> str:
        """The text of a subscript, as part of a name."""
        self.i += 1
        kind = self.kinds[self.i]
        if kind == "{":
            inner = self._braced_text()
            return inner if inner.isdigit() or len(inner) == 1 else "{" + inner + "}"
        if kind not in ("num", "sym", "caps", "const", "text"):
            raise self.fail("an unreadable subscript")
        value = self.values[self.i]
        self.i += 1
        return value if value.isdigit() or len(value) == 1 else "{" + value + "}"

    def _braced_text(self) -> str:
        parts: list[str] = []
        level = 0
        while True:
            kind, value = self.kinds[self.i], self.values[self.i]
            if kind == "end":
                raise self.fail("unclosed brace")
            self.i += 1
            if kind == "{":
                level += 1
                if level == 1:
                    continue
            elif kind == "}":
                level -= 1
                if level == 0:
                    break
            parts.append(value)
        if not parts:
            raise self.fail("an empty subscript")
        return "".join(parts)

    # ------------------------------------------------------------------ calls

    def called(self, name: str) -> Expr | None:
        """A name before a parenthesis: a call, either, or None where it is a product."""
        base = name.partition("_")[0].rstrip("'")
        if base in self.functions or name in self.functions or name.endswith("'"):
            return Call(name, self.arguments())
        if self.kinds[self.i + 1] == "mod":
            return None
        shape = self._parenthesis()
        if shape == "list":
            args = self.arguments()
            if name == "C" and len(args) == 2:
                return Call("binom", args)
            if name == "P" and len(args) == 2 and isinstance(args[0], Int):
                return Either((Call("perm", args), Call("P", args)), "call")
            return Call(name, args)
        if shape == "relation":
            return Call(name, self.arguments())
        capital = base in MAYBE_FUNCTIONS or (len(base) == 1 and base.isupper())
        if not (shape == "atom" or capital) or (not self.tex and self.gap(self.i)):
            return None
        entry = self.splits
        args = self.arguments()
        if len(args) != 1:
            raise self.unexpected()
        call, arg = Call(name, args), args[0]
        symbol = self._letter(name) if name in ("e", "i") else Sym(name)
        e = self.postfix(call) if self.kinds[self.i] in ("^", "super", "!") else call
        if e == call:
            product = Mul((symbol, arg))
        elif isinstance(e, Pow) and e.base == call:
            product = Mul((symbol, Pow(arg, e.exp)))
        else:
            return e
        if shape != "atom":
            self.split(entry)
        return Either((e, product) if capital else (product, e), "call")

    def _parenthesis(self) -> str:
        """What stands in the parenthesis that opens here: atom, list, relation or sum."""
        kinds = self.kinds
        i = self.i + 1
        if kinds[i] in ("num", "sym") and kinds[i + 1] == ")":
            return "atom"
        level = 0
        while True:
            kind = kinds[i]
            if kind in ("(", "[", "{", "set{"):
                level += 1
            elif kind in (")", "]", "}", "set}"):
                if level == 0:
                    return "sum"
                level -= 1
            elif level == 0 and kind == ",":
                return "list"
            elif level == 0 and kind == "rel":
                return "relation"
            elif kind == "end":
                return "sum"
            i += 1

    def arguments(self) -> tuple[Expr, ...]:
        """Arguments between brackets. An event, `P(X > 3)`, is one opaque argument."""
        bars, self.bars = self.bars, 0
        start = self.i
        close = ")" if self.kinds[start] == "(" else "]"
        self.i += 1
        if self.kinds[self.i] == "text":
            return self._event(start, close)
        args = [self.operand()]
        while self.kinds[self.i] in (",", ";"):
            self.i += 1
            args.append(self.operand())
        self.bars = bars
        if self.kinds[self.i] in ("rel", "|"):
            return self._event(start, close)
        self.expect(close)
        return tuple(args)

    def _event(self, start: int, close: str) -> tuple[Expr, ...]:
        self.i = start + 1
        parts: list[str] = []
        level = 0
        while level or self.kinds[self.i] != close:
            kind = self.kinds[self.i]
            if kind == "end":
                raise self.unexpected()
            level += (kind in ("(", "[")) - (kind in (")", "]"))
            parts.append(self.values[self.i])
            self.i += 1
        self.i += 1
        return (Label(" ".join(parts)),)

    def _powered_function(self, name: str) -> Expr:
        """`f^{-1}(x)` is an inverse, `f^2(x)` a square or iterate, `f^{(3)}(x)` a derivative."""
        if self.kinds[self.i + 1 : self.i + 3] == ["{", "("]:
            self.i += 1
            name += "^" + self._braced_text()
            return Call(name, self.arguments()) if self.kinds[self.i] == "(" else Sym(name)
        raised = self.power(Sym(name))
        if self.kinds[self.i] != "(" or not isinstance(raised, Pow):
            return raised
        exponent = raised.exp
        entry = self.splits
        args = self.arguments()
        if exponent == Neg(ONE):
            return Call(name + "^-1", args)
        square = Pow(Call(name, args), exponent)
        if not isinstance(exponent, Int | Sym):
            return square
        self.split(entry)
        times = exponent.value if isinstance(exponent, Int) else exponent.name
        return Either((square, Call(f"{name}^{times}", args)), "call")

    def function(self) -> Expr:
        name = self.values[self.i]
        name = "lg" if name == "lg" else ALIASES.get(name, name)
        self.i += 1
        return self.apply(name)

    def apply(self, name: str) -> Expr:
        """A known function: its scripts, then its argument."""
        base: Expr | None = None
        power: Expr | None = None
        while True:
            kind = self.kinds[self.i]
            if kind == "_" and base is None and name == "log":
                self.i += 1
                base = self.argument()
            elif kind == "sub" and base is None and name == "log":
                base = Int(int(self.values[self.i]))
                self.i += 1
            elif kind in ("^", "super") and power is None:
                raised = self.power(ONE) if kind == "^" else None
                if raised is None:
                    power = self._superscript(self.values[self.i])
                    self.i += 1
                elif isinstance(raised, Pow):
                    power = raised.exp
                else:
                    raise self.fail("an unreadable power of a function")
            elif kind == "_":
                raise self.fail(f"a subscript on {name}")
            else:
                break
        if power == Neg(ONE):
            if name not in INVERSES:
                raise self.fail(f"the power -1 of {name}")
            name, power = INVERSES[name], None
        entry = self.splits
        kind = self.kinds[self.i]
        if kind == "(" or (kind == "[" and self.kinds[self.i + 1] != "end"):
            return self._applied_to_parenthesis(name, base, power, entry)
        if kind == "set{" and name in ("max", "min", "gcd", "lcm"):
            items = self.braced_set()
            assert isinstance(items, SetOf)
            return self._known(name, items.items, base, power, entry)
        args = self._scope()
        e = self._known(name, args, base, power, entry)
        if self.kinds[self.i] == "/" and self.kinds[self.i + 1] == "num" and len(args) == 1:
            return self._divided(name, args[0], base, power, entry, e)
        return e

    def _applied_to_parenthesis(
        self, name: str, base: Expr | None, power: Expr | None, entry: int
    ) -> Expr:
        args = self.arguments() if self.kinds[self.i] == "(" else (self.brackets(),)
        e = self._known(name, args, base, power, entry)
        if len(args) != 1 or name == "sqrt" or power is not None:
            return e
        kind = self.kinds[self.i]
        if kind == "^" or kind == "super":  # sin(x)^2
            outer = self.postfix(e)
            if not isinstance(outer, Pow):
                return outer
            self.split(entry)
            inner = self._known(name, (Pow(args[0], outer.exp),), base, power, entry)
            return Either((outer, inner), "trig-scope")
        if kind == "(" and self.kinds[self.i + 1] != "mod":  # ln(x+1)(x+2)
            rest = self._beside(e)
            self.split(entry)
            inner = self._known(name, (Mul((args[0], *rest)),), base, power, entry)
            return Either((Mul((e, *rest)), inner), "trig-scope")
        return e

    def _divided(
        self, name: str, arg: Expr, base: Expr | None, power: Expr | None, entry: int, e: Expr
    ) -> Expr:
        """`\\sin \\pi/3` and `\\sin x/2`: the slash may be inside or outside."""
        self.i += 1
        den = self.factor()
        self.split(entry)
        inside = self._known(name, (Div(arg, den),), base, power, entry)
        options = (inside, Div(e, den)) if isinstance(arg, Const) else (Div(e, den), inside)
        return Either(options, "trig-scope")

    def _scope(self) -> tuple[Expr, ...]:
        """The argument of a function written without parentheses: factors up to the next sign."""
        kind = self.kinds[self.i]
        if kind == "{":
            group = self.group()
            return group.items if isinstance(group, Seq) and not group.open else (group,)
        if kind == "-":
            self.i += 1
            return (Neg(self.factor()),)
        if kind not in _BEGINS_FACTOR and kind not in ("num", "|", "repeating"):
            raise self.fail("a function without an argument")
        factors = [self.factor()]
        while self.kinds[self.i] in _IN_SCOPE and self.kinds[self.i - 1] not in ("word", "text"):
            if self.integrals and self._at_differential():
                break
            factors.append(self.factor())
        return (_mul(factors),)

    def _known(
        self,
        name: str,
        args: tuple[Expr, ...],
        base: Expr | None,
        power: Expr | None,
        entry: int,
    ) -> Expr:
        """A call of a function of the table, with its arity checked."""
        e: Expr
        if name == "log" and len(args) == 1:
            if base is None:
                self.split(entry)
                e = Either((Call("log", (args[0], TEN)), Call("ln", args)), "log-base")
            else:
                e = Call("log", (args[0], base))
        elif name == "lg":
            e = Call("log", (*args, TEN))
        elif name == "cbrt":
            e = Call("root", (*args, Int(3)))
        elif len(args) == 1 and isinstance(args[0], SetOf) and name in ("max", "min"):
            e = Call(name, args[0].items)
        else:
            e = Call(name, args)
        for call in e.options if isinstance(e, Either) else (e,):
            assert isinstance(call, Call)
            arity = FUNCTIONS.get(call.func)
            if arity and not arity[0] <= len(call.args) <= (arity[1] or len(call.args)):
                raise self.fail(f"{name} of {len(args)} arguments")
        return e if power is None else Pow(e, power)

    # ------------------------------------------------------------------ brackets

    def brackets(self) -> Expr:
        """A parenthesis, an interval, a point."""
        opened = self.values[self.i]
        bars, self.bars = self.bars, 0
        self.i += 1
        start = self.i
        items = [self.operand()]
        while self.kinds[self.i] in (",", ";"):
            self.i += 1
            items.append(self.operand())
        closed = self.kinds[self.i]
        if closed not in (")", "]"):
            raise self.fail(f"expected a closing bracket, met {self.values[self.i]!r}")
        alone = self.i - start == 1
        self.i += 1
        self.bars = bars
        if len(items) > 1:
            return Seq(opened, tuple(items), closed)
        if (opened == "(") != (closed == ")"):
            raise self.fail("brackets that do not match")
        return self._thousands(opened, items[0], start, closed) if alone else items[0]

    def _thousands(self, opened: str, e: Expr, index: int, closed: str) -> Expr:
        """`(1,234)` is a number in brackets or a pair."""
        if not isinstance(e, Int) or e.value < 1000:
            return e
        source = self.text[self.starts[index] : self.starts[index + 1]].strip()
        parts = source.split(",")
        if len(parts) == 1 or not all(part.isdigit() for part in parts):
            return e
        return Either((e, Seq(opened, tuple(Int(int(p)) for p in parts), closed)), "thousands")

    def angled(self) -> Expr:
        self.i += 1
        items = self.items()
        self.expect(">)")
        return Seq("<", items, ">")

    def items(self) -> tuple[Expr, ...]:
        bars, self.bars = self.bars, 0
        items = [self.operand()]
        while self.kinds[self.i] in (",", ";"):
            self.i += 1
            items.append(self.operand())
        self.bars = bars
        return tuple(items)

    def braced_set(self) -> Expr:
        close = "set}" if self.kinds[self.i] == "set{" else "}"
        self.i += 1
        if self.kinds[self.i] == close:
            self.i += 1
            return SetOf(())
        start = self.i
        items = self.items()
        if self.kinds[self.i] in ("rel", "|"):
            raise self.fail("a set given by a condition")
        alone = self.i - start == 1
        self.expect(close)
        if alone:
            either = self._thousands("", items[0], start, "")
            if isinstance(either, Either):
                pair = either.options[1]
                assert isinstance(pair, Seq)
                return Either((SetOf(items), SetOf(pair.items)), "thousands")
        return SetOf(items)

    def braces(self) -> Expr:
        return self.group() if self.tex else self.braced_set()

    def group(self) -> Expr:
        """What stands between TeX braces."""
        self.expect("{")
        bars, self.bars = self.bars, 0
        differential, self.differential = self.differential, None
        e = self.listed()
        self.expect("}")
        self.bars = bars
        self.differential = self.differential or differential
        return e

    def argument(self) -> Expr:
        """The argument of a TeX command: a group, or one token: one digit of a number."""
        kind = self.kinds[self.i]
        if kind == "{":
            return self.group()
        if kind == "num":
            literal = self.values[self.i]
            if len(literal) == 1:
                self.i += 1
            elif not self.tex:
                self.i += 1
                return _number(literal)
            elif literal.isdigit():
                self.values[self.i] = literal[1:]
            else:
                raise self.fail("a decimal as an argument without braces")
            return Int(int(literal[0]))
        if kind == "sym":
            name = self.values[self.i]
            self.i += 1
            return self._letter(name) if name in ("e", "i") else Sym(name)
        return self.atom()

    def absolute(self) -> Expr:
        mark = self.values[self.i]
        fenced = self.kinds[self.i] == "|("
        bars = self.bars
        self.bars = 0 if fenced else bars + 1
        self.i += 1
        e = self.operand()
        self.bars = bars
        if self.kinds[self.i] not in (("|)",) if fenced else ("|", "|)")):
            raise self.fail("an unclosed bar")
        if self.values[self.i] != mark:
            raise self.fail("bars that do not match")
        self.i += 1
        if isinstance(e, Matrix):
            return Call("det", (e,))
        return Call("abs", (e,))

    def floor(self) -> Expr:
        return self._between("⌋", "floor")

    def ceil(self) -> Expr:
        return self._between("⌉", "ceil")

    def _between(self, close: str, name: str) -> Expr:
        bars, self.bars = self.bars, 0
        self.i += 1
        e = self.operand()
        self.expect(close)
        self.bars = bars
        return Call(name, (e,))

    def matrix(self) -> Expr:
        env = self.values[self.i]
        if not env.endswith("matrix") and env != "array":
            raise self.fail(f"environment {env!r}")
        bars, self.bars = self.bars, 0
        self.i += 1
        rows: list[tuple[Expr, ...]] = []
        row = [self.operand()]
        while True:
            kind = self.kinds[self.i]
            if kind == "&":
                self.i += 1
                row.append(self.operand())
            elif kind == "row":
                self.i += 1
                rows.append(tuple(row))
                row = [] if self.kinds[self.i] == "close" else [self.operand()]
            else:
                break
        if row:
            rows.append(tuple(row))
        if self.kinds[self.i] != "close" or self.values[self.i] != env:
            raise self.unexpected()
        self.i += 1
        self.bars = bars
        if len({len(r) for r in rows}) != 1:
            raise self.fail("rows of different lengths")
        e = Matrix(tuple(rows))
        return Call("det", (e,)) if env == "vmatrix" else e

    # ------------------------------------------------------------------ TeX structures

    def fraction(self) -> Expr:
        derivative = self._derivative()
        if derivative is not None:
            return derivative
        self.i += 1
        num = self.argument()
        return Div(num, self.argument())

    def _derivative(self) -> Expr | None:
        """`\\frac{d}{dx} e`, `\\frac{dy}{dx}`, `\\frac{d^2 y}{dx^2}`; None for other fractions."""
        i = self.i + 1
        kinds, values = self.kinds, self.values
        if kinds[i] != "{" or values[i + 1] not in ("d", "partial"):
            return None
        mark = values[i + 1]
        i += 2
        order = "1"
        if kinds[i] == "^":
            order, i = self._small_power(i)
        body: Expr | None = None
        if kinds[i] == "sym":
            body = Sym(values[i])
            i += 1
        if kinds[i : i + 2] != ["}", "{"] or values[i + 2] != mark or kinds[i + 3] != "sym":
            return None
        var = values[i + 3]
        i += 4
        below = "1"
        if kinds[i] == "^":
            below, i = self._small_power(i)
        if kinds[i] != "}" or order != below or not order.isdigit() or not 1 <= int(order) <= 9:
            return None
        self.i = i + 1
        if body is None:
            body = self._derived()
        return Deriv(body, var, int(order))

    def _small_power(self, i: int) -> tuple[str, int]:
        if self.kinds[i + 1 : i + 4] == ["{", "num", "}"]:
            return self.values[i + 2], i + 4
        return self.values[i + 1], i + 2

    def _derived(self) -> Expr:
        if self.kinds[self.i] == "(" or self.kinds[self.i] == "[":
            return self.brackets()
        factors = [self.factor()]
        while self.kinds[self.i] in _IN_SCOPE or self.kinds[self.i] in ("func", "("):
            factors.append(self.factor())
        return _mul(factors)

    def binomial(self) -> Expr:
        self.i += 1
        n = self.argument()
        return Call("binom", (n, self.argument()))

    def root(self) -> Expr:
        self.i += 1
        if self.kinds[self.i] == "[":
            bars, self.bars = self.bars, 0
            self.i += 1
            n = self.operand()
            self.expect("]")
            self.bars = bars
            return Call("root", (self.argument(), n))
        return Call("sqrt", (self.argument(),))

    def radical(self) -> Expr:
        """The sign √ takes one atom: √2x is (√2)x."""
        cube = self.values[self.i] == "cbrt"
        self.i += 1
        e = self.atom()
        return Call("root", (e, Int(3))) if cube else Call("sqrt", (e,))

    def wrapped(self) -> Expr:
        """Boxes are transparent."""
        self.i += 1
        return self.argument()

    def bold(self) -> Expr:
        """A bold letter is a name, never a constant; other bold type is transparent."""
        self.i += 1
        kinds = self.kinds
        if kinds[self.i : self.i + 3] == ["{", "sym", "}"]:
            self.i += 3
            return self.named(self.values[self.i - 2], constants=False)
        return self.argument()

    def underbraced(self) -> Expr:
        """The text of an under- or overbrace is a comment."""
        self.i += 1
        e = self.argument()
        if self.kinds[self.i] in ("_", "^") and self.kinds[self.i + 1] == "{":
            self.i += 1
            self._braced_text()
        return e

    def accented(self) -> Expr:
        accent = self.values[self.i]
        self.i += 1
        kinds, values = self.kinds, self.values
        if kinds[self.i] != "{":
            if kinds[self.i] != "sym":
                raise self.unexpected()
            inner = values[self.i]
            self.i += 1
        elif accent in ("overline", "bar") and any(
            k in _OPERATORS for k in kinds[self.i : self._closing_brace()]
        ):
            return Call("conj", (self.group(),))
        else:
            inner = self._braced_text()
        if accent in ("overline", "bar") and inner in ("z", "w", "omega", "alpha"):
            return Call("conj", (Sym(self.decorated(inner)),))
        if accent == "bb":
            name = {"R": "ℝ", "Z": "ℤ", "N": "ℕ", "Q": "ℚ", "C": "ℂ"}.get(inner, "bb " + inner)
        elif accent == "overline" and inner.isupper():
            name = inner
        else:
            name = f"{accent} {inner}"
        return self.named(name)

    def _closing_brace(self) -> int:
        level = 0
        for index in range(self.i, len(self.kinds)):
            level += (self.kinds[index] == "{") - (self.kinds[index] == "}")
            if level == 0:
                return index
        raise self.fail("unclosed brace")

    def mark(self) -> Expr:
        """`\\angle ABC`, `\\triangle ABC`: a name."""
        prefix = self.values[self.i]
        self.i += 1
        kind = self.kinds[self.i]
        if kind == "{":
            return Sym(f"{prefix} {self._braced_text()}")
        if kind not in ("sym", "caps", "num", "text"):
            raise self.unexpected()
        name = ""
        while True:
            name += self.values[self.i]
            self.i += 1
            name = self.decorated(name)
            if self.kinds[self.i] not in ("sym", "caps") or not self.values[self.i].isupper():
                return Sym(f"{prefix} {name}")

    def capitals(self) -> Expr:
        """`AB`: a segment, or a product. A power belongs to the segment, or to B alone."""
        name = self.values[self.i]
        self.i += 1
        if self.kinds[self.i] in ("_", "sub", "'"):
            return Sym(self.decorated(name))
        whole: Expr = Sym(name)
        letters: list[Expr] = [Sym(letter) for letter in name]
        if self.kinds[self.i] in ("^", "super", "!"):
            whole = self.postfix(whole)
            if not isinstance(whole, Pow) or whole.base != Sym(name):
                return whole
            letters[-1] = Pow(letters[-1], whole.exp)
        return Either((whole, Mul(tuple(letters))), "letters")

    def scripted(self) -> Expr:
        """`_nC_k`, `^nC_k`: a binomial coefficient."""
        self.i += 1
        n = self.argument()
        if self.values[self.i] == "C" and self.kinds[self.i + 1] == "_":
            self.i += 2
            return Call("binom", (n, self.argument()))
        raise self.unexpected()

    # ------------------------------------------------------------------ sums, integrals, limits

    def big(self) -> Expr:
        op = self.values[self.i]
        self.i += 1
        if op == "int":
            return self.integral()
        if self.kinds[self.i] != "_":
            raise self.fail("a sum or limit without its variable")
        self.i += 1
        braced = self.kinds[self.i] == "{"
        self.i += braced
        if self.kinds[self.i] != "sym":
            raise self.fail("a sum over a condition")
        var = self.values[self.i]
        self.i += 1
        if self.kinds[self.i] in ("_", "sub"):
            raise self.fail("a sum over a name with a subscript")
        low: Expr | None = None
        sign = self.values[self.i]
        if self.kinds[self.i] == "rel" and sign == ("→" if op == "lim" else "="):
            self.i += 1
            low = self.operand()
        elif op == "lim":
            raise self.fail("a limit without a target")
        if braced:
            self.expect("}")
        high: Expr | None = None
        if self.kinds[self.i] == "^":
            if op == "lim":
                raise self.unexpected()
            self.i += 1
            high = self.argument()
        self.bound.append(var)
        body = self.product()
        self.bound.pop()
        return Big(op, var, low, high, body)

    def integral(self) -> Expr:
        low: Expr | None = None
        high: Expr | None = None
        while self.kinds[self.i] in ("_", "^"):
            upper = self.kinds[self.i] == "^"
            self.i += 1
            bound = Neg(self.argument()) if self._minus() else self.argument()
            if upper:
                high = bound
            else:
                low = bound
        outer, self.differential = self.differential, None
        self.integrals += 1
        body = self.sum()
        self.integrals -= 1
        var, self.differential = self.differential, outer
        if var is None:
            raise self.fail("an integral without its variable")
        if (low is None) != (high is None):
            raise self.fail("an integral with one bound")
        return Big("int", var, low, high, body)

    def _minus(self) -> bool:
        if self.kinds[self.i] == "-":
            self.i += 1
            return True
        return False


_ATOMS: Final[dict[str, Callable[[_Parser], Expr]]] = {
    "num": _Parser.number,
    "vulgar": _Parser.vulgar,
    "repeating": _Parser.repeating,
    "sym": _Parser.symbol,
    "caps": _Parser.capitals,
    "const": _Parser.const,
    "func": _Parser.function,
    "word": _Parser.words,
    "text": _Parser.words,
    "$": _Parser.currency,
    "(": _Parser.brackets,
    "[": _Parser.brackets,
    "{": _Parser.braces,
    "set{": _Parser.braced_set,
    "<(": _Parser.angled,
    "|": _Parser.absolute,
    "|(": _Parser.absolute,
    "⌊": _Parser.floor,
    "⌈": _Parser.ceil,
    "frac": _Parser.fraction,
    "binom": _Parser.binomial,
    "sqrt": _Parser.root,
    "√": _Parser.radical,
    "wrap": _Parser.wrapped,
    "bold": _Parser.bold,
    "brace": _Parser.underbraced,
    "accent": _Parser.accented,
    "mark": _Parser.mark,
    "big": _Parser.big,
    "dots": _Parser.dots,
    "empty": _Parser.empty,
    "begin": _Parser.matrix,
    "_": _Parser.scripted,
    "^": _Parser.scripted,
}
_DECORATES: Final = frozenset(("_", "sub", "'", "^"))
_POSTFIX: Final = frozenset(("^", "!", "super", "%", "°", "circ", "_", "'", "text", "word"))
_ADDITIVE: Final = frozenset(("+", "-", "±"))
_BEGINS_FACTOR: Final = frozenset(_ATOMS) - {"num", "|", "word", "text", "_", "^", "repeating"}
_MULTIPLICATIVE: Final = _BEGINS_FACTOR | {"*", "/", "|", "num", "word", "text"}
_IN_SCOPE: Final = frozenset(("sym", "const", "frac", "sqrt", "√", "num", "caps", "wrap", "bold"))
_OPERATORS: Final = frozenset(("+", "-", "/", "frac"))
_NUMERALS: Final = (Int, Dec, Percent, Quantity, Degree, Repeating, InBase)
_BRACKETED: Final = frozenset(("E", "P", "mathbb E", "mathbb P", "ℤ", "ℝ", "ℚ", "ℂ"))
"""Names that square brackets apply: an expectation, a polynomial ring."""
_BINDS_NUMBER: Final = frozenset(("^", "super", "!", "(", "/", "_", "text", "word", "%"))
"""What may bind the number before it closer than a slash does."""
