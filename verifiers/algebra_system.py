"""Questions to a computer algebra system (sympy), in a worker process: the last and slowest tier.

Expressions are converted by an explicit table, never by parsing text. What sympy simplifies to zero
is taken as zero; nothing is called different because sympy could not simplify it. It is asked for
`cancel` and for targeted solving, before anything as slow as `simplify`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from clr.claim import Strength
from clr.notation.ast import (
    Add,
    Big,
    Call,
    Const,
    Dec,
    Degree,
    Deriv,
    Div,
    Expr,
    InBase,
    Int,
    Label,
    Matrix,
    Mul,
    Neg,
    Percent,
    Pow,
    Quantity,
    Repeating,
    Sym,
    walk,
)
from clr.notation.functions import FUNCTIONS, TRIGONOMETRIC
from clr.verifiers import exact
from clr.verifiers.exact import Unsupported
from clr.verifiers.identity import REALS, Domain
from clr.verifiers.outcome import UNKNOWN, Outcome, Truth
from clr.verifiers.polynomials import Equation
from clr.verifiers.workers import Worker, WorkerError

SECONDS = 4.0
MAX_NODES = 300
MAX_EXPONENT = 40
MAX_LITERAL_BITS = 256

_worker = Worker(preload=("sympy", "clr.verifiers.algebra_system"))


@lru_cache(maxsize=16384)
def identical(left: Expr, right: Expr, domain: Domain = REALS) -> Outcome:
    """Whether sympy reduces `left - right` to zero: TRUE, otherwise UNKNOWN."""
    if not _within_limits((left, right)):
        return UNKNOWN
    try:
        zero = _worker.call(SECONDS, reduces_to_zero, left, right, domain)
    except WorkerError:
        return UNKNOWN
    return Outcome(Truth.TRUE, Strength.PROVED) if zero else UNKNOWN


@lru_cache(maxsize=16384)
def solutions(equations: tuple[Equation, ...], name: str) -> tuple[str, ...] | None:
    """All values of `name` where `equations` hold, as sympy prints them, in a fixed order.

    None where sympy cannot solve the system, or finds infinitely many solutions.
    """
    sides = tuple(side for equation in equations for side in equation)
    if not _within_limits(sides):
        return None
    try:
        return _worker.call(SECONDS, solve_for, equations, name)
    except WorkerError:
        return None


@lru_cache(maxsize=16384)
def limit_equals(limit: Big, value: Expr) -> Outcome:
    """Whether a limit is `value` by sympy (Gruntz, 1996): TRUE as probable, otherwise UNKNOWN."""
    if limit.op != "lim" or limit.low is None or not _within_limits((limit.body, value)):
        return UNKNOWN
    try:
        found = _worker.call(SECONDS, limit_is, limit, value)
    except WorkerError:
        return UNKNOWN
    return Outcome(Truth.TRUE, Strength.PROBABLE) if found else UNKNOWN


def _within_limits(expressions: tuple[Expr, ...]) -> bool:
    count = 0
    for e in expressions:
        for node in walk(e):
            count += 1
            match node:
                case Int(n) if n.bit_length() > MAX_LITERAL_BITS:
                    return False
                case Pow(_, Int(n)) | Pow(_, Neg(Int(n))) if n > MAX_EXPONENT:
                    return False
    return count <= MAX_NODES


def as_sympy(e: Expr, positive: frozenset[str] = frozenset()) -> Any:
    """`e` as a sympy term, its symbols real, or positive if named so.

    Imports sympy into this process.

    Raises:
        Unsupported: a node that the table does not have.
    """
    import sympy

    return _Table(sympy, Domain(positive=positive)).convert(e)


# in the worker


def reduces_to_zero(left: Expr, right: Expr, domain: Domain) -> bool:
    """Whether `left - right` cancels, expands or simplifies to zero, in this process."""
    import sympy

    table = _Table(sympy, domain)
    difference = table.convert(left) - table.convert(right)
    steps = (
        lambda d: d,
        sympy.cancel,
        lambda d: sympy.expand(d, trig=True),
        lambda d: sympy.combsimp(sympy.gammasimp(d)),
        lambda d: sympy.radsimp(sympy.powsimp(sympy.logcombine(d))),
        sympy.trigsimp,
        sympy.simplify,
    )
    for step in steps:
        try:
            reduced = step(difference)
        except (NotImplementedError, TypeError, ValueError, AttributeError):
            continue
        if reduced == 0:
            return True
    return False


def solve_for(equations: tuple[Equation, ...], name: str) -> tuple[str, ...] | None:
    """Solve in this process; see `solutions`."""
    import sympy

    table = _Table(sympy, REALS)
    converted = [table.convert(a) - table.convert(b) for a, b in equations]
    unknowns = sorted({s for d in converted for s in d.free_symbols}, key=str)
    wanted = table.symbol(name)
    found = sympy.solve(converted, unknowns, dict=True)
    values = {solution[wanted] for solution in found if wanted in solution}
    if not found or any(v.free_symbols for v in values) or len(values) < 1:
        return None
    return tuple(sorted(map(str, values)))


def limit_is(limit: Big, value: Expr) -> bool:
    """Whether sympy finds `value` as the limit, in this process."""
    import sympy

    table = _Table(sympy, REALS)
    difference = table.convert(limit) - table.convert(value)
    return bool(sympy.simplify(difference) == 0)


class _Table:
    """Expressions as sympy terms."""

    def __init__(self, sympy: Any, domain: Domain) -> None:
        self.sympy = sympy
        self.domain = domain

    def symbol(self, name: str) -> Any:
        if name in self.domain.integers:
            return self.sympy.Symbol(
                name, integer=True, positive=True if name in self.domain.positive else None
            )
        if name in self.domain.positive:
            return self.sympy.Symbol(name, positive=True)
        return self.sympy.Symbol(name, real=True)

    def convert(self, e: Expr) -> Any:
        sympy, convert = self.sympy, self.convert
        match e:
            case Int() | Dec() | Repeating() | InBase():
                x = exact.value(e)
                return (
                    sympy.Integer(x) if isinstance(x, int) else sympy.Rational(int(x.p), int(x.q))
                )
            case Sym(name) | Label(name):
                return self.symbol(name)
            case Const(name):
                constants = {"pi": sympy.pi, "e": sympy.E, "i": sympy.I, "inf": sympy.oo}
                return constants[name]
            case Neg(arg):
                return -convert(arg)
            case Add(args):
                return sympy.Add(*map(convert, args))
            case Mul(args):
                return sympy.Mul(*map(convert, args))
            case Div(num, den):
                return convert(num) / convert(den)
            case Pow(base, exp):
                return convert(base) ** convert(exp)
            case Percent(arg):
                return convert(arg) / 100
            case Quantity(arg, _):
                return convert(arg)
            case Degree(arg):
                return convert(arg) * sympy.pi / 180
            case Call(func, args):
                return self.call(func, [convert(a) for a in args])
            case Deriv(body, var, order):
                return sympy.diff(convert(body), self.symbol(var), order)
            case Big("sum", var, low, high, body) if low and high:
                return sympy.summation(
                    convert(body), (self.symbol(var), convert(low), convert(high))
                )
            case Big("prod", var, low, high, body) if low and high:
                return sympy.product(convert(body), (self.symbol(var), convert(low), convert(high)))
            case Big("int", var, low, high, body) if low and high:
                return sympy.integrate(
                    convert(body), (self.symbol(var), convert(low), convert(high))
                )
            case Big("lim", var, low, _, body) if low:
                return sympy.limit(convert(body), self.symbol(var), convert(low))
            case Matrix(rows):
                return sympy.Matrix([[convert(x) for x in row] for row in rows])
            case _:
                raise Unsupported(type(e).__name__)

    def call(self, func: str, args: list[Any]) -> Any:
        sympy = self.sympy
        simple = {
            "sqrt": sympy.sqrt, "abs": sympy.Abs, "floor": sympy.floor, "ceil": sympy.ceiling,
            "factorial": sympy.factorial, "binom": sympy.binomial, "gcd": sympy.gcd,
            "lcm": sympy.lcm, "min": sympy.Min, "max": sympy.Max, "mod": sympy.Mod,
            "exp": sympy.exp, "ln": sympy.log, "log": sympy.log, "root": sympy.root,
            "arcsin": sympy.asin, "arccos": sympy.acos, "arctan": sympy.atan, "sinh": sympy.sinh,
            "cosh": sympy.cosh, "tanh": sympy.tanh, "re": sympy.re, "im": sympy.im,
            "conj": sympy.conjugate, "arg": sympy.arg, "sgn": sympy.sign, "det": sympy.det,
        }  # fmt: skip
        if func in TRIGONOMETRIC:
            return getattr(sympy, func)(*args)
        if func in simple:
            return simple[func](*args)
        if func == "perm":
            return sympy.ff(*args)
        if func in FUNCTIONS:
            raise Unsupported(func)
        return sympy.Function(func)(*args)
