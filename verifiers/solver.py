"""Entailment between real or integer conditions by z3, in a worker process.

z3 is asked for a proof only within limits of degree, size and variables, with a deterministic
resource limit; a wall clock can only make the outcome UNKNOWN. A counterexample counts once exact
arithmetic here, outside z3, has confirmed it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Any

import flint

from clr.claim import Strength
from clr.notation.ast import (
    Add,
    Call,
    Dec,
    Degree,
    Div,
    Expr,
    InBase,
    Int,
    Label,
    Mul,
    Neg,
    Percent,
    Pow,
    Quantity,
    Repeating,
    Sym,
    free_symbols,
    walk,
)
from clr.verifiers import exact
from clr.verifiers.exact import Rational, Unsupported, show_rational
from clr.verifiers.identity import REALS, Domain
from clr.verifiers.inequality import NEGATED, SIGNS, Condition, entails, holds_at
from clr.verifiers.outcome import PROVED, UNKNOWN, Outcome, Truth
from clr.verifiers.workers import Worker, WorkerError

SECONDS = 3.0
"""Wall-clock limit of one question; what runs into it stays UNKNOWN, as the answer is cached."""
RESOURCES = 500_000
"""z3's own count of work, which unlike time is the same in every run."""
MAX_DEGREE = 8
MAX_NONLINEAR_SYMBOLS = 5
MAX_SYMBOLS = 30
MAX_CONDITIONS = 40
MAX_NODES = 600
MAX_LITERAL_BITS = 256

_worker = Worker(preload=("z3", "clr.verifiers.solver"))


@lru_cache(maxsize=16384)
def entailed(
    premises: tuple[Condition, ...], conclusion: Condition, domain: Domain = REALS
) -> Outcome:
    """Whether `conclusion` holds wherever all `premises` do; exact methods first, then z3.

    FALSE carries an exact point where the premises hold and the conclusion fails. Premises that
    contradict one another entail nothing here: the outcome is UNKNOWN.
    """
    found = entails(premises, conclusion, domain)
    if found.truth is not Truth.UNKNOWN:
        return found
    left, op, right = conclusion
    if not _within_limits((*premises, conclusion)):
        return UNKNOWN
    answer = _ask((*premises, (left, NEGATED[op], right)), domain)
    if answer == "unsat":
        return PROVED if isinstance(_ask(premises, domain), dict) else UNKNOWN
    if isinstance(answer, dict):
        return _confirmed(premises, conclusion, answer)
    return UNKNOWN


@lru_cache(maxsize=16384)
def consistent(conditions: tuple[Condition, ...], domain: Domain = REALS) -> Outcome:
    """Whether all `conditions` can hold at once. TRUE carries a point where they do, if exact."""
    if not _within_limits(conditions):
        return UNKNOWN
    answer = _ask(conditions, domain)
    if answer == "unsat":
        return Outcome(Truth.FALSE)
    if not isinstance(answer, dict):
        return UNKNOWN
    if not all(holds_at(c, answer) for c in conditions):
        return Outcome(Truth.TRUE, Strength.PROBABLE)
    return Outcome(Truth.TRUE, point={name: show_rational(x) for name, x in answer.items()})


def _confirmed(
    premises: tuple[Condition, ...], conclusion: Condition, env: dict[str, Rational]
) -> Outcome:
    if holds_at(conclusion, env) is not False or not all(holds_at(c, env) for c in premises):
        return UNKNOWN
    left, _, right = conclusion
    try:
        sides = [show_rational(exact.value(side, env)) for side in (left, right)]
    except ValueError:
        sides = ["the left side", "the right side"]
    point = {name: show_rational(x) for name, x in env.items()}
    return Outcome(Truth.FALSE, Strength.PROVED, sides[0], sides[1], point)


def _ask(conditions: tuple[Condition, ...], domain: Domain) -> str | dict[str, Rational]:
    """ "unsat", "unknown", or a solution with the irrational values of it left out."""
    try:
        answer = _worker.call(SECONDS, solve, conditions, domain)
    except WorkerError:
        return "unknown"
    if isinstance(answer, str):
        return answer
    return {name: exact.simplest(flint.fmpq(n, d)) for name, (n, d) in answer.items()}


def _within_limits(conditions: tuple[Condition, ...]) -> bool:
    """Whether z3 may be asked: it does not keep its own limits on large powers or numbers."""
    sides = [side for left, _, right in conditions for side in (left, right)]
    if len(conditions) > MAX_CONDITIONS or any(op not in SIGNS for _, op, _ in conditions):
        return False
    nodes = [node for side in sides for node in walk(side)]
    if len(nodes) > MAX_NODES:
        return False
    if any(isinstance(n, Int) and n.value.bit_length() > MAX_LITERAL_BITS for n in nodes):
        return False
    if any(isinstance(n, Dec) and n.digits.bit_length() > MAX_LITERAL_BITS for n in nodes):
        return False
    degree = max(map(_degree, sides), default=0)
    names = frozenset[str]().union(*map(free_symbols, sides))
    if degree > MAX_DEGREE:
        return False
    return len(names) <= (MAX_SYMBOLS if degree <= 1 else MAX_NONLINEAR_SYMBOLS)


def _degree(e: Expr) -> int:
    """An upper bound for the total degree of the constraints that `e` becomes."""
    match e:
        case Sym() | Label():
            return 1
        case Add(args) | Call("min" | "max", args):
            return max(map(_degree, args))
        case Mul(args):
            return sum(map(_degree, args))
        case Div(num, den):
            return _degree(num) + _degree(den)
        case Pow(base, Int(n)) | Pow(base, Neg(Int(n))):
            return _degree(base) * n if n <= MAX_DEGREE or not free_symbols(base) else 10**6
        case Neg(arg) | Percent(arg) | Quantity(arg, _) | Degree(arg):
            return _degree(arg)
        case Call("sqrt" | "root", (arg, *_)):
            return max(2, _degree(arg))
        case Call(_, args):
            return 1 + sum(map(_degree, args))
        case _:
            return 0


# in the worker


def solve(conditions: tuple[Condition, ...], domain: Domain) -> str | dict[str, tuple[int, int]]:
    """Run z3 in this process: "unsat", "unknown", or rational values that satisfy `conditions`."""
    import z3

    z3.set_param("memory_max_size", 700)
    solver = z3.Solver()
    solver.set("rlimit", RESOURCES)
    solver.set("random_seed", 0)
    build = _Terms(z3, domain)
    try:
        for left, op, right in conditions:
            solver.add(build.condition(left, op, right))
    except Unsupported:
        return "unknown"
    for fact in build.facts:
        solver.add(fact)
    result = solver.check()
    if result != z3.sat:
        return str(result)
    model = solver.model()
    found = {}
    for name, symbol in build.symbols.items():
        value = model.eval(symbol, model_completion=True)
        if z3.is_int_value(value):
            found[name] = (value.as_long(), 1)
        elif z3.is_rational_value(value):
            found[name] = (value.numerator_as_long(), value.denominator_as_long())
    return found


class _Terms:
    """Conditions as z3 terms, with the facts that define what roots and quotients stand for."""

    def __init__(self, z3: Any, domain: Domain) -> None:
        self.z3 = z3
        self.domain = domain
        self.symbols: dict[str, Any] = {}
        self.facts: list[Any] = []
        self.fresh = self._names()

    def _names(self) -> Iterator[Any]:
        count = 0
        while True:
            yield self.z3.Real(f"!{count}")
            count += 1

    def condition(self, left: Expr, op: str, right: Expr) -> Any:
        a, b = self.term(left), self.term(right)
        match op:
            case "=":
                return a == b
            case "!=":
                return a != b
            case "<":
                return a < b
            case "<=":
                return a <= b
            case ">":
                return a > b
        return a >= b

    def symbol(self, name: str) -> Any:
        if name not in self.symbols:
            whole = name in self.domain.integers
            self.symbols[name] = self.z3.Int(name) if whole else self.z3.Real(name)
            if name in self.domain.positive:
                self.facts.append(self.symbols[name] > 0)
        found = self.symbols[name]
        return self.z3.ToReal(found) if name in self.domain.integers else found

    def number(self, x: Rational) -> Any:
        if isinstance(x, int):
            return self.z3.RealVal(x)
        return self.z3.RealVal(Fraction(int(x.p), int(x.q)))

    def term(self, e: Expr) -> Any:
        match e:
            case Int() | Dec() | Repeating() | InBase():
                return self.number(exact.value(e))
            case Sym(name) | Label(name):
                return self.symbol(name)
            case Neg(arg):
                return -self.term(arg)
            case Add(args):
                return self.z3.Sum([self.term(a) for a in args])
            case Mul(args):
                return self.z3.Product([self.term(a) for a in args])
            case Div(num, den):
                return self.quotient(self.term(num), self.term(den))
            case Pow(base, Int(n)):
                return self.power(base, n)
            case Pow(base, Neg(Int(n))):
                return self.quotient(self.number(1), self.power(base, n))
            case Percent(arg):
                return self.term(arg) / self.number(100)
            case Quantity(arg, _) | Degree(arg):
                return self.term(arg)
            case Call(func, args):
                return self.call(func, args)
            case _:
                raise Unsupported(type(e).__name__)

    def quotient(self, num: Any, den: Any) -> Any:
        if self.z3.is_rational_value(den):
            return num / den
        self.facts.append(den != 0)  # a condition says that its sides are defined
        result = next(self.fresh)
        self.facts.append(result * den == num)
        return result

    def power(self, base: Expr, n: int) -> Any:
        if not free_symbols(base):
            return self.number(exact.value(Pow(base, Int(n))))
        if n > MAX_DEGREE:
            raise Unsupported("a high power")
        return self.z3.Product([self.term(base)] * n) if n else self.number(1)

    def root(self, x: Any, order: int) -> Any:
        if not 2 <= order <= 4:
            raise Unsupported("a root of high order")
        result = next(self.fresh)
        self.facts.append(self.z3.Product([result] * order) == x)
        if order % 2 == 0:
            self.facts.append(result >= 0)
        return result

    def call(self, func: str, args: tuple[Expr, ...]) -> Any:
        match func, args:
            case "sqrt", (x,):
                return self.root(self.term(x), 2)
            case "root", (x, Int(n)):
                return self.root(self.term(x), n)
            case "abs", (x,):
                inner = self.term(x)
                return self.z3.If(inner >= 0, inner, -inner)
            case "min" | "max", (first, *rest):
                best = self.term(first)
                for other in map(self.term, rest):
                    wins = other < best if func == "min" else other > best
                    best = self.z3.If(wins, other, best)
                return best
            case "floor", (x,):
                return self.z3.ToReal(self.z3.ToInt(self.term(x)))
            case "ceil", (x,):
                return -self.z3.ToReal(self.z3.ToInt(-self.term(x)))
        raise Unsupported(func)
