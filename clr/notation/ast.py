"""The expression tree: immutable, hashable, and honest about ambiguity.

Every node is a frozen `msgspec.Struct`: cheap to build, compared by type and value, hashed once.
Text that can mean two things becomes `Either`; `readings` (clr.notation.readings) resolves it.
A number keeps how it was written: `Dec` remembers its digits after the point, so that a checker
can tell rounding from error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from operator import is_
from typing import Any, TypeAlias

import msgspec

from clr.notation.functions import FUNCTIONS


class Node(msgspec.Struct, frozen=True, cache_hash=True, gc=False):
    """Base of every expression node."""


class Int(Node, frozen=True, cache_hash=True, gc=False):
    """A non-negative integer literal."""

    value: int


class Dec(Node, frozen=True, cache_hash=True, gc=False):
    """A decimal literal: `digits / 10**places`. `Dec(250, 2)` is 2.50. `places` >= 1."""

    digits: int
    places: int


class Sym(Node, frozen=True, cache_hash=True, gc=False):
    """A variable or an opaque name: `x`, `x_1`, `theta`, `angle ABC`, `AB`."""

    name: str


class Label(Node, frozen=True, cache_hash=True, gc=False):
    """Words standing for a quantity: `\\text{Total cost}`. Equal labels are the same quantity."""

    text: str


class Const(Node, frozen=True, cache_hash=True, gc=False):
    """A named constant: "pi", "e", "i", "inf"."""

    name: str


class Neg(Node, frozen=True, cache_hash=True, gc=False):
    """The opposite of `arg`."""

    arg: Expr


class Add(Node, frozen=True, cache_hash=True, gc=False):
    """A sum of two or more terms; a difference is a sum with a `Neg`."""

    args: tuple[Expr, ...]


class Mul(Node, frozen=True, cache_hash=True, gc=False):
    """A product of two or more factors."""

    args: tuple[Expr, ...]


class Div(Node, frozen=True, cache_hash=True, gc=False):
    """A quotient, as written: 6/4 is not 3/2."""

    num: Expr
    den: Expr


class Pow(Node, frozen=True, cache_hash=True, gc=False):
    """`base` to the power `exp`."""

    base: Expr
    exp: Expr


class Call(Node, frozen=True, cache_hash=True, gc=False):
    """A function applied to arguments.

    Known functions (see `clr.notation.functions`) have fixed names: sqrt, root(x, n), abs, floor,
    ceil, factorial, binom(n, k), gcd, lcm, min, max, mod(a, m), exp, ln, log(x, base), sin, ...,
    conj, re, im, det. Any other name is a function of the trace: `f(x)` is
    `Call("f", (Sym("x"),))`, a derivative `f'(x)` is `Call("f'", ...)`.
    """

    func: str
    args: tuple[Expr, ...]


class Percent(Node, frozen=True, cache_hash=True, gc=False):
    """`40%`."""

    arg: Expr


class Degree(Node, frozen=True, cache_hash=True, gc=False):
    """An angle in degrees: `60^\\circ`."""

    arg: Expr


class Quantity(Node, frozen=True, cache_hash=True, gc=False):
    """A value with a unit or a currency: `5 miles`, `$5`, `3 \\text{ cm}^2`.

    `unit` is normalised text ("mile", "dollar", "cm^2", "mile/hour", "red ball").
    """

    value: Expr
    unit: str


class PlusMinus(Node, frozen=True, cache_hash=True, gc=False):
    """`left ± right`; a prefix sign has `left = Int(0)`."""

    left: Expr
    right: Expr


class Big(Node, frozen=True, cache_hash=True, gc=False):
    """A sum, product, integral or limit over a bound variable.

    `op` is "sum", "prod", "int" or "lim". Bounds are None where absent (an antiderivative; a limit
    has its target in `low`).
    """

    op: str
    var: str
    low: Expr | None
    high: Expr | None
    body: Expr


class Deriv(Node, frozen=True, cache_hash=True, gc=False):
    """`d^n body / d var^n`; `order` >= 1."""

    body: Expr
    var: str
    order: int


class Seq(Node, frozen=True, cache_hash=True, gc=False):
    """Items between brackets: a point, a vector, an interval, a plain list.

    `open` and `close` are one of "(", "[", "<" / ")", "]", ">" or "" for a bare list `1, 2, 3`.
    """

    open: str
    items: tuple[Expr, ...]
    close: str


class SetOf(Node, frozen=True, cache_hash=True, gc=False):
    """A finite set written out: `{1, 2, 3}`."""

    items: tuple[Expr, ...]


class SetOp(Node, frozen=True, cache_hash=True, gc=False):
    """A set operation; `op` is "union", "intersection" or "difference"."""

    op: str
    left: Expr
    right: Expr


class Matrix(Node, frozen=True, cache_hash=True, gc=False):
    """A matrix by rows, all of one length; a column is a matrix, too."""

    rows: tuple[tuple[Expr, ...], ...]


class Dots(Node, frozen=True, cache_hash=True, gc=False):
    """An ellipsis. A claim that contains one is never refuted by evaluation."""


class Repeating(Node, frozen=True, cache_hash=True, gc=False):
    """A repeating decimal: `0.1\\overline{6}` is whole 0, lead "1", then cycle "6" for ever."""

    whole: int
    lead: str
    cycle: str


class InBase(Node, frozen=True, cache_hash=True, gc=False):
    """An integer written in a base: `1011_2`. `digits` as written, `base` in 2..36."""

    digits: str
    base: int


class Either(Node, frozen=True, cache_hash=True, gc=False):
    """Text with more than one admissible reading, the likeliest first. `cause` names the ambiguity:

    "call" (f(x) or f*x), "mixed" (2 1/3), "improper" (2 4/3), "slash" (a/bc), "log-base",
    "percent", "e", "i", "share" (80 + 20%), "thousands", "trig-scope", "times" (5 x 3),
    "exponent" (x^10 in TeX), "letters" (AB), "column" (two entries in a parenthesis),
    "brackets" ([17/5], rounded down), "repeating" (0.333...),
    "unit" (5 g), "coded" (0x11), "exclaimed" (5!), "bullet" (- 5).
    """

    options: tuple[Expr, ...]
    cause: str


Expr: TypeAlias = (
    Int
    | Dec
    | Sym
    | Label
    | Const
    | Neg
    | Add
    | Mul
    | Div
    | Pow
    | Call
    | Percent
    | Degree
    | Quantity
    | PlusMinus
    | Big
    | Deriv
    | Seq
    | SetOf
    | SetOp
    | Matrix
    | Dots
    | Repeating
    | InBase
    | Either
)

REL_OPS = (
    "=", "!=", "<", "<=", ">", ">=", "~",  # ~ is approximately equal
    "≡", "in", "notin", "subset", "|", "∤", "→", "⇒", "⇔", "∝", "≅", "∥", "⟂", ":",
)  # fmt: skip


class Chain(Node, frozen=True, cache_hash=True, gc=False):
    """Operands joined by relation signs: `a = b <= c` is `((a, b, c), ("=", "<="))`.

    One operand and no sign is a bare expression. `modulus` holds `m` of a trailing `(mod m)`, which
    applies to the whole chain.
    """

    operands: tuple[Expr, ...]
    ops: tuple[str, ...]
    modulus: Expr | None = None


def children(e: Expr) -> tuple[Expr, ...]:
    """The direct subexpressions of `e`, in written order."""
    below = _CHILDREN.get(type(e))
    return below(e) if below else ()


def beneath(nodes: Iterable[Expr]) -> list[Expr]:
    """Those direct subexpressions of `nodes`, which all have some, that have some themselves."""
    return [part for e in nodes for part in _CHILDREN[type(e)](e) if type(part) in _CHILDREN]


# by type, as every check of every claim walks its expressions many times
_CHILDREN: dict[type, Callable[[Any], tuple[Expr, ...]]] = {
    **dict.fromkeys((Neg, Percent, Degree), lambda e: (e.arg,)),
    **dict.fromkeys((Add, Mul, Call), lambda e: e.args),
    **dict.fromkeys((SetOf, Seq), lambda e: e.items),
    **dict.fromkeys((PlusMinus, SetOp), lambda e: (e.left, e.right)),
    Quantity: lambda e: (e.value,),
    Deriv: lambda e: (e.body,),
    Either: lambda e: e.options,
    Div: lambda e: (e.num, e.den),
    Pow: lambda e: (e.base, e.exp),
    Big: lambda e: tuple(x for x in (e.low, e.high, e.body) if x is not None),
    Matrix: lambda e: tuple(x for row in e.rows for x in row),
}


def walk(e: Expr) -> list[Expr]:
    """`e` and every subexpression below it, depth first."""
    nodes = [e]
    for at, node in enumerate(nodes, start=1):  # as they become more
        below = _CHILDREN.get(type(node))
        if below:
            nodes[at:at] = below(node)
    return nodes


@lru_cache(maxsize=1 << 15)
def kinds(e: Expr) -> frozenset[type]:
    """The types of `e` and of every subexpression below it."""
    return frozenset(map(type, walk(e)))


def has_constant(e: Expr, name: str) -> bool:
    """Whether the constant `name`, such as "pi" or "i", occurs in `e`."""
    return Const in kinds(e) and Const(name) in walk(e)


def rebuild(e: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """`e` with `change` applied to each direct subexpression; `e` itself where none changes, so
    that what is remembered of it is found again at once."""
    below = _CHILDREN.get(type(e))
    if below is None:
        return e
    parts = below(e)
    changed = tuple(map(change, parts))
    return e if all(map(is_, changed, parts)) else with_children(e, changed)


def with_children(e: Expr, parts: Iterable[Expr]) -> Expr:
    """`e` with `parts` for its direct subexpressions, as many and in the order of `children`."""
    parts = tuple(parts)
    match e:
        case Add() | Mul() | SetOf():
            return type(e)(parts)
        case Neg() | Percent() | Degree() | Div() | Pow() | PlusMinus():
            return type(e)(*parts)
        case Call(func):
            return Call(func, parts)
        case Quantity(_, unit):
            return Quantity(parts[0], unit)
        case Either(_, cause):
            return Either(parts, cause)
        case Seq(open_, _, close):
            return Seq(open_, parts, close)
        case SetOp(op):
            return SetOp(op, parts[0], parts[1])
        case Deriv(_, var, order):
            return Deriv(parts[0], var, order)
        case Big(op, var, low, high, _):
            left = iter(parts)
            low = None if low is None else next(left)
            high = None if high is None else next(left)
            return Big(op, var, low, high, next(left))
        case Matrix(rows):
            left = iter(parts)
            return Matrix(tuple(tuple(next(left) for _ in row) for row in rows))
        case _:
            return e


@lru_cache(maxsize=1 << 13)
def call_name(call: Expr) -> str:
    """The name under which a value of a function of the trace is known: `f(2)` is one quantity."""
    from clr.notation.printer import show

    return show(call)


VECTORS = ("bold ", "vec ", "overrightarrow ")
"""How names of vectors and matrices begin: their products are none of numbers."""


def multiplies_vectors(e: Expr) -> bool:
    """Whether `e` does more with vectors or matrices than adding and scaling them."""

    def holds(part: Expr) -> bool:
        return any(name.startswith(VECTORS) for name in free_symbols(part))

    for node in walk(e):
        match node:
            case Mul(args) if sum(map(holds, args)) > 1:
                return True
            case Pow() | Div(_, _) | Call() if holds(node) and not _scales(node, holds):
                return True
    return False


def _scales(node: Expr, holds: Callable[[Expr], bool]) -> bool:
    return isinstance(node, Div) and not holds(node.den)


@lru_cache(maxsize=1 << 15)
def free_symbols(e: Expr) -> frozenset[str]:
    """Names of variables, labels and values of unknown functions that `e` depends on.

    Bound variables are left out, and so are the arguments of unknown functions.
    """
    if kinds(e).isdisjoint(_DEPENDING):
        return _NOTHING
    names: list[str] = []
    nodes = [e]
    for node in nodes:  # as they become more
        if type(node) is Sym:
            names.append(node.name)
        elif type(node) is Label:
            names.append(node.text)
        elif type(node) is Call and node.func not in FUNCTIONS:
            names.append(call_name(node))
        elif type(node) is Big:
            names += _free_beneath(node)
        elif below := _CHILDREN.get(type(node)):
            nodes += below(node)
    return frozenset(names)


def _free_beneath(e: Big) -> frozenset[str]:
    outer: frozenset[str] = frozenset()
    for bound in (e.low, e.high):
        if bound is not None:
            outer |= free_symbols(bound)
    inner = free_symbols(e.body)
    # an antiderivative is still a function of its variable
    return outer | (inner if e.op == "int" and e.high is None else inner - {e.var})


_DEPENDING = (Sym, Label, Call, Big)
_NOTHING: frozenset[str] = frozenset()
