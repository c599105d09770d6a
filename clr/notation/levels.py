"""The levels of the grammar, loosest first: precedence climbing, one method for each.

chain      operand (relation operand)* [(mod m)]
operand    sums joined by set operations, or by "mod"
sum        products joined by + - ±
product    factors joined by * / or by nothing
factor     an atom and what follows it: powers, factorials, %, degrees, units
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from clr.notation.ast import (
    Add,
    Call,
    Chain,
    Const,
    Dec,
    Degree,
    Div,
    Either,
    Expr,
    InBase,
    Int,
    Label,
    Mul,
    Neg,
    Percent,
    PlusMinus,
    Quantity,
    Repeating,
    Seq,
    SetOp,
    Sym,
)
from clr.notation.errors import NotationError
from clr.notation.lexer import lex
from clr.notation.numerals import literal
from clr.notation.words import MEASURES

MAX_DEPTH: Final = 60
MAX_MARKS: Final = 40
"""Marks behind one value: each wraps the expression once more."""
MAX_SPLITS: Final = 5
"""How many ambiguities may stand inside one another: readings double with each."""
MAX_SHARES: Final = 3
"""Percentages added one after another that may each be of all before: such terms double."""

ZERO: Final = Int(0)
ONE: Final = Int(1)


def product_of(factors: list[Expr]) -> Expr:
    """The product of factors, or the only one."""
    return factors[0] if len(factors) == 1 else Mul(tuple(factors))


def _share_of(before: list[Expr], term: Expr) -> Expr:
    """`80 + 20%`: a fifth, or a fifth of what stands before it, as calculators have it; of the
    first number or of all so far where shares were added before."""
    part = term.value if isinstance(term, Quantity) else term  # 8% tax
    first, *shares = before
    if not isinstance(part, Percent) or not isinstance(first, (Int, Dec, Quantity)):
        return term
    if not all(map(_is_share, shares)):
        return term
    if len(shares) > MAX_SHARES:
        raise NotationError("too many percentages that may each be of all before", 0)
    rate = Div(part.arg, Int(100))
    options: tuple[Expr, ...] = (term, Mul((rate, first)))
    if shares:
        so_far = sum_of([first, *map(_of_what_is_before, shares)])
        options = (*options, Mul((rate, so_far)))
    return Either(options, "share")


def _is_share(e: Expr) -> bool:
    e = e.arg if isinstance(e, Neg) else e
    return isinstance(e, Either) and e.cause == "share"


def _of_what_is_before(share: Expr) -> Expr:
    match share:
        case Neg(arg):
            return Neg(_of_what_is_before(arg))
        case Either(options, _):
            return options[-1]
    return share


def sum_of(terms: list[Expr]) -> Expr:
    """The sum of terms, or the only one."""
    return terms[0] if len(terms) == 1 else Add(tuple(terms))


class Parser:
    """Tokens, and where the reader stands in them.

    `atoms` maps a kind of token to what reads the value that it begins; `marks` maps it to what
    changes the value before it, or declines with None.
    """

    __slots__ = (
        "atoms", "bars", "bound", "depth", "differential", "functions", "i", "integrals", "kinds",
        "marks", "splits", "starts", "tex", "text", "values",
    )  # fmt: skip

    def __init__(
        self,
        text: str,
        functions: frozenset[str],
        tex: bool,
        atoms: Mapping[str, Callable[[Parser], Expr]],
        marks: Mapping[str, Callable[[Parser, Expr], Expr | None]],
    ) -> None:
        self.kinds, self.values, self.starts = lex(text, tex)
        self.text = text
        self.functions = functions
        self.tex = tex
        self.atoms = atoms
        self.marks = marks
        self.i = 0
        self.depth = 0
        self.bars = 0  # open bars that the next bar may close
        self.splits = 0
        self.bound: list[str] = []
        self.integrals = 0
        self.differential: str | None = None

    def fail(self, reason: str) -> NotationError:
        """An error at the token where the reader stands."""
        return NotationError(reason, self.starts[self.i])

    def unexpected(self) -> NotationError:
        """The error that this token may not stand here."""
        if self.kinds[self.i] == "end":
            return self.fail("unexpected end")
        return self.fail(f"unexpected {self.values[self.i]!r}")

    def expect(self, kind: str) -> None:
        """Go past a token of this kind.

        Raises:
            NotationError: it is of another kind.
        """
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

    def whole(self) -> Chain:
        """All of the text: a chain of relations, `a = b < c`."""
        kinds = self.kinds
        if kinds[0] == "wrap":
            self._open_box()
        while kinds[self.i] == "lead" or (
            kinds[self.i] == "rel" and self.values[self.i] in ("⇒", "⇔")
        ):
            self.i += 1
        operands = [self.listed()]
        if kinds[self.i] == "end":  # most texts
            return Chain((operands[0],), ())
        ops: list[str] = []
        modulus = self.modulus(None)
        while (op := self.relation()) is not None:
            if ops and isinstance(operands[-1], Seq) and not operands[-1].open:
                raise self.fail("several statements")
            ops.append(op)
            operands.append(self.listed(congruence="≡" in ops))
            modulus = self.modulus(modulus)
        if kinds[self.i] != "end":
            raise self.unexpected()
        return Chain(tuple(operands), tuple(ops), modulus)

    def _open_box(self) -> None:
        """Take off a box around the whole text, which may hold a relation."""
        kinds = self.kinds
        if kinds[1] != "{":
            return
        level = 0
        for index, kind in enumerate(kinds):
            level += (kind == "{") - (kind == "}")
            if kind == "}" and level == 0:
                if kinds[index + 1] == "end":
                    self.i = 2
                    kinds[index] = "end"
                return

    def relation(self) -> str | None:
        """The sign of a relation, gone past; None where there is none."""
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
        """One side of a relation: sums joined by signs of sets and logic."""
        entry = self.splits
        left = self.sum()
        while True:
            kind = self.kinds[self.i]
            if kind == "setop":
                op = self.values[self.i]
                self.i += 1
                left = SetOp(op, left, self.sum())
            elif kind == "mod" and not congruence:
                self.i += 1
                left = self._remainder(left, self.product(), entry)
            elif kind == "infix":
                op = self.values[self.i]
                self.i += 1
                right = self.sum()
                left = Div(left, right) if op == "over" else Call("binom", (left, right))
            else:
                return left

    def _remainder(self, left: Expr, m: Expr, entry: int) -> Expr:
        """`a + b mod m` is a sum reduced mod m, or only its last term is."""
        whole = Call("mod", (left, m))
        if not isinstance(left, Add):
            return whole
        self.split(entry)
        last = Add((*left.args[:-1], Call("mod", (left.args[-1], m))))
        return Either((whole, last), "mod-scope")

    def sum(self) -> Expr:
        """Products joined by plus and minus."""
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
                terms.append(_share_of(terms, self.product()))
            elif kind == "-":
                self.i += 1
                terms.append(Neg(_share_of(terms, self.product())))
            else:
                terms = [self._signed(sum_of(terms))]
            kind = kinds[self.i]
        return sum_of(terms)

    def _signed(self, left: Expr) -> Expr:
        minus = self.values[self.i] == "-"
        self.i += 1
        right = self.product()
        return PlusMinus(left, Neg(right) if minus else right)

    def product(self) -> Expr:
        """Factors joined by signs of multiplication and division, or by nothing."""
        kinds = self.kinds
        entry = self.splits
        if self.integrals and self._differential():
            factors: list[Expr] = [ONE]
        else:
            factors = [self.unary() if kinds[self.i] in _ADDITIVE else self.factor()]
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
                stacked = self._stacked_fraction(product_of(factors), entry)
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
                quotient = Div(product_of(num), den)
                beside = self.beside(den)
                factors = [quotient, *beside]
                if self._is_scaled(den):
                    self.i += 1
                    beside = [self.factor()]
                    factors += beside
                if beside or tight is not None:
                    if beside:
                        self.split(entry)
                    tight = Div(
                        product_of(num) if tight is None else tight, product_of([den, *beside])
                    )
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
        loose = product_of(factors)
        return loose if tight is None else Either((loose, tight), "slash")

    def _stacked_fraction(self, above: Expr, entry: int) -> Expr | None:
        """`3 / 1/2`: divided by a half, or by one and then by two."""
        i = self.i
        if self.kinds[i : i + 3] != ["num", "/", "num"]:
            return None
        if self.kinds[i + 3] in ("word", "text") and isinstance(above, Quantity):
            return self._measured_stack(above, entry)
        if self.kinds[i + 3] in _BINDS_NUMBER:
            return None
        spaced = self.gap(i)
        top, bottom = literal(self.values[i]), literal(self.values[i + 2])
        self.i += 3
        self.split(entry)
        options = (Div(Div(above, top), bottom), Div(above, Div(top, bottom)))
        return Either(options[::-1] if spaced else options, "slashes")

    def _measured_stack(self, above: Expr, entry: int) -> Expr | None:
        """`6 cups / 3/4 cup`: the unit belongs to the fraction, or to its denominator."""
        i = self.i
        top, bottom = literal(self.values[i]), literal(self.values[i + 2])
        self.i += 3
        unit = self.postfix(bottom)
        if not isinstance(unit, Quantity):
            self.i = i
            return None
        self.split(entry)
        whole = Quantity(Div(top, bottom), unit.unit)
        return Either((Div(above, whole), Div(Div(above, top), unit)), "slashes")

    def _is_scaled(self, den: Expr) -> bool:
        """`/ 1.6 × 10^{-19}`: a power of ten that may belong to the number under the slash."""
        i = self.i
        return (
            isinstance(den, (Int, Dec))
            and self.kinds[i : i + 2] == ["*", "num"]
            and self.values[i + 1] == "10"
            and self.kinds[i + 2] in ("^", "super")
        )

    def _is_measured_fraction(self, num: Expr, den: Expr) -> bool:
        """`1/2 mile` is half a mile."""
        return (
            isinstance(num, Int) and isinstance(den, Quantity) and isinstance(den.value, Int)
        ) and self.kinds[self.i - 1] in ("word", "text")

    def _is_of(self, last: Expr) -> bool:
        """`40% of 50`, `2/3 of 12`: "of" multiplies after a part."""
        return self.values[self.i] == "of" and isinstance(last, Percent | Div | Either)

    def _comment(self, value: Expr) -> Expr | None:
        """`15 (\\text{blue})`: words explain the number; what they measure may multiply it."""
        if self.kinds[self.i : self.i + 3] != ["(", "text", ")"]:
            return None
        words = self.values[self.i + 1].lower()
        self.i += 3
        if len(words) > 2 and MEASURES.isdisjoint(words.split()):
            return value
        return Either((value, Mul((value, Label(words)))), "comment")

    def beside(self, after: Expr) -> list[Expr]:
        """Factors that follow without a sign."""
        factors: list[Expr] = []
        while self._juxtaposed(self.kinds[self.i], factors[-1] if factors else after):
            if self.integrals and self.at_differential():
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
        elif kind not in BEGINS_FACTOR or (kind == "(" and self.kinds[self.i + 1] == "mod"):
            return False
        if self.kinds[self.i - 1] in ("word", "text") and kind != "dots":
            raise self.fail("words beside a factor")
        return True

    def at_differential(self) -> bool:
        """Whether `dx` stands here."""
        i = self.i
        return (
            self.values[i] == "d"
            and self.kinds[i] in ("sym", "text")
            and self.kinds[i + 1] == "sym"
        )

    def _differential(self) -> bool:
        """Take `dx`, if that is what comes next."""
        if not self.at_differential():
            return False
        self.differential = self.values[self.i + 1]
        self.i += 2
        return True

    def unary(self) -> Expr:
        """A factor behind its signs: `-x`, `±3`."""
        kind = self.kinds[self.i]
        if kind == "-" or kind == "+" or kind == "±":
            self.deeper()
            minus = self.values[self.i] == "-"
            self.i += 1
            right = self.unary()
            e = Neg(right) if minus else right
            if kind == "±":
                e = PlusMinus(ZERO, e)
            self.depth -= 1
            return e
        return self.factor()

    def deeper(self) -> None:
        """Go one level down.

        Raises:
            NotationError: deeper than `MAX_DEPTH`.
        """
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.fail(f"nested more than {MAX_DEPTH} deep")

    def factor(self) -> Expr:
        """An atom with all that binds to it."""
        kinds = self.kinds
        if kinds[self.i] == "num" and kinds[self.i + 1] not in _CONTINUES_NUMBER:
            e: Expr = literal(self.values[self.i])
            self.i += 1
        else:
            e = self.atom()
        return self.postfix(e) if kinds[self.i] in self.marks else e

    def postfix(self, e: Expr) -> Expr:
        """`e` with the marks, powers and words that follow it."""
        for _ in range(MAX_MARKS):
            read = self.marks.get(self.kinds[self.i])
            grown = read(self, e) if read is not None else None
            if grown is None:
                return e
            e = grown
        raise self.fail("too many marks after a value")

    def letter(self, name: str) -> Expr:
        """e and i are constants unless the text binds them; they may be names all the same."""
        if name in self.bound:
            return Sym(name)
        if name == "e" and self.kinds[self.i] == "^":
            exponent = self.kinds[self.i + 1 : self.i + 4]
            if exponent[:1] != ["num"] and exponent != ["{", "num", "}"]:
                return Const("e")
        return Either((Const(name), Sym(name)), name)

    def atom(self) -> Expr:
        """A value that is not made of smaller ones by signs between them."""
        read = self.atoms.get(self.kinds[self.i])
        if read is None:
            raise self.unexpected()
        self.deeper()
        e = read(self)
        self.depth -= 1
        return e

    def items(self) -> tuple[Expr, ...]:
        """Operands between commas."""
        bars, self.bars = self.bars, 0
        items = [self.operand()]
        while self.kinds[self.i] in (",", ";"):
            self.i += 1
            items.append(self.operand())
        self.bars = bars
        return tuple(items)

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
            digits = self.values[self.i]
            if self.tex and len(digits) > 1:
                if not digits.isdigit():
                    raise self.fail("a decimal as an argument without braces")
                self.values[self.i] = digits[1:]
                return Int(int(digits[0]))
            self.i += 1
            return literal(digits)
        if kind == "sym":
            name = self.values[self.i]
            self.i += 1
            return self.letter(name) if name in ("e", "i") else Sym(name)
        return self.atom()


_ADDITIVE: Final = frozenset(("+", "-", "±"))
BEGINS_FACTOR: Final = frozenset(
    "vulgar sym caps const func $ ( [ { set{ <( |( ⌊ ⌈ frac binom sqrt √ wrap bold brace accent "
    "mark big dots empty begin".split()
)
"""Kinds of token that multiply what stands before them."""
_MULTIPLICATIVE: Final = BEGINS_FACTOR | {"*", "/", "|", "num", "word", "text"}
IN_SCOPE: Final = frozenset(("sym", "const", "frac", "sqrt", "√", "num", "caps", "wrap", "bold"))
"""Kinds of token that continue the argument of a function written without brackets."""
_CONTINUES_NUMBER: Final = frozenset(("frac", "vulgar", "num", "dots", "_", "sym", "caps"))
"""What may be of one numeral with the digits before it."""
_NUMERALS: Final = (Int, Dec, Percent, Quantity, Degree, Repeating, InBase)
_BINDS_NUMBER: Final = frozenset(("^", "super", "!", "(", "/", "_", "text", "word", "%"))
"""What may bind the number before it closer than a slash does."""
