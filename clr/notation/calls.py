"""Functions applied to arguments, known ones and those of the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from clr.notation.ast import (
    Call,
    Const,
    Dec,
    Div,
    Either,
    Expr,
    Int,
    Label,
    Mul,
    Neg,
    Pow,
    Seq,
    SetOf,
    Sym,
)
from clr.notation.brackets import braced_set, braced_text, brackets
from clr.notation.functions import ALIASES, FUNCTIONS, INVERSES, MAYBE_FUNCTIONS
from clr.notation.levels import BEGINS_FACTOR, IN_SCOPE, ONE, product_of
from clr.notation.marks import power, superscript

if TYPE_CHECKING:
    from clr.notation.levels import Parser


def called(p: Parser, name: str) -> Expr | None:
    """A name before a parenthesis: a call, either, or None where it is a product."""
    base = name.partition("_")[0].rstrip("'")
    if base in p.functions or name in p.functions or name.endswith("'"):
        return Call(name, arguments(p))
    if p.kinds[p.i + 1] == "mod":
        return None
    shape = _parenthesis(p)
    if shape == "list":
        args = arguments(p)
        if name == "C" and len(args) == 2:
            return _chosen(args)
        if name == "P" and len(args) == 2 and isinstance(args[0], Int):
            return Either((Call("perm", args), Call("P", args)), "call")
        return Call(name, args)
    if shape == "relation":
        return Call(name, arguments(p))
    capital = base in MAYBE_FUNCTIONS or (len(base) == 1 and base.isupper())
    if not (shape == "atom" or capital) or (not p.tex and p.gap(p.i)):
        return None
    entry = p.splits
    args = arguments(p)
    if len(args) != 1:
        raise p.unexpected()
    call, arg = Call(name, args), args[0]
    symbol = p.letter(name) if name in ("e", "i") else Sym(name)
    e = p.postfix(call) if p.kinds[p.i] in ("^", "super", "!") else call
    if e == call:
        product = Mul((symbol, arg))
    elif isinstance(e, Pow) and e.base == call:
        product = Mul((symbol, Pow(arg, e.exp)))
    else:
        return e
    p.split(entry)
    return Either((e, product) if capital else (product, e), "call")


def _chosen(args: tuple[Expr, ...]) -> Expr:
    """`C(5, 2)`; of more than there are, as in `C(2, 5)`, it may be a function of two numbers."""
    call = Call("binom", args)
    match args:
        case (Int(n), Int(k)) if n < k:
            return Either((call, Call("C", args)), "call")
        case _:
            return call


def _parenthesis(p: Parser) -> str:
    """What stands in the parenthesis that opens here: atom, list, relation or sum."""
    kinds = p.kinds
    i = p.i + 1
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


def arguments(p: Parser) -> tuple[Expr, ...]:
    """Arguments between brackets. An event, `P(X > 3)`, is one opaque argument."""
    bars, p.bars = p.bars, 0
    start = p.i
    close = ")" if p.kinds[start] == "(" else "]"
    p.i += 1
    if p.kinds[p.i] == "text":
        return _event(p, start, close)
    args = [p.operand()]
    while p.kinds[p.i] in (",", ";"):
        p.i += 1
        args.append(p.operand())
    p.bars = bars
    if p.kinds[p.i] in ("rel", "|"):
        return _event(p, start, close)
    p.expect(close)
    return tuple(args)


def _event(p: Parser, start: int, close: str) -> tuple[Expr, ...]:
    p.i = start + 1
    parts: list[str] = []
    level = 0
    while level or p.kinds[p.i] != close:
        kind = p.kinds[p.i]
        if kind == "end":
            raise p.unexpected()
        level += (kind in ("(", "[")) - (kind in (")", "]"))
        parts.append(p.values[p.i])
        p.i += 1
    p.i += 1
    return (Label(" ".join(parts)),)


def powered_function(p: Parser, name: str) -> Expr:
    """`f^{-1}(x)` is an inverse, `f^2(x)` a square or iterate, `f^{(3)}(x)` a derivative."""
    if p.kinds[p.i + 1 : p.i + 3] == ["{", "("]:
        p.i += 1
        name += "^" + braced_text(p)
        return Call(name, arguments(p)) if p.kinds[p.i] == "(" else Sym(name)
    raised = power(p, Sym(name))
    if p.kinds[p.i] != "(" or not isinstance(raised, Pow):
        return raised
    exponent = raised.exp
    entry = p.splits
    args = arguments(p)
    if exponent == Neg(ONE):
        return Call(name + "^-1", args)
    square = Pow(Call(name, args), exponent)
    if not isinstance(exponent, Int | Sym):
        return square
    p.split(entry)
    times = exponent.value if isinstance(exponent, Int) else exponent.name
    return Either((square, Call(f"{name}^{times}", args)), "call")


def function(p: Parser) -> Expr:
    """A known function where its name stands."""
    name = p.values[p.i]
    p.i += 1
    return apply(p, name)


class _Head(NamedTuple):
    """A function with its scripts: `\\log_2^3` is log, base 2, power 3."""

    name: str
    base: Expr | None
    power: Expr | None


def apply(p: Parser, written: str) -> Expr:
    """A known function, by the name that was written, applied to what follows it."""
    entry = p.splits
    head = _scripts(p, written)
    if p.kinds[p.i] in ("(", "["):
        return _applied_to_brackets(p, head, entry)
    args = (braced_set(p),) if p.kinds[p.i] == "set{" else _scope(p)
    e = _call(p, head, args, entry)
    if p.kinds[p.i] == "(" and isinstance(args[0], Int | Dec):
        raise p.fail("a function of a product, or a product")  # sin 2(15°)
    if p.kinds[p.i] == "/" and p.kinds[p.i + 1] == "num" and len(args) == 1:
        return _divided(p, head, args[0], e, entry)
    return e


def _scripts(p: Parser, written: str) -> _Head:
    name = ALIASES.get(written, written)
    base: Expr | None = Int(10) if written == "lg" else None
    exponent: Expr | None = None
    while True:
        kind = p.kinds[p.i]
        if kind == "_" and base is None and name == "log":
            p.i += 1
            base = p.argument()
        elif base is None and (
            (kind == "sub" and name == "log")
            or (kind == "num" and written == "log" and _names_base(p))
        ):
            base = Int(int(p.values[p.i]))
            p.i += 1
        elif kind == "^" and exponent is None:
            raised = power(p, ONE)
            if not isinstance(raised, Pow):
                raise p.fail("an unreadable power of a function")
            exponent = raised.exp
        elif kind == "super" and exponent is None:
            exponent = superscript(p, p.values[p.i])
            p.i += 1
        elif kind == "_" or kind == "sub":
            raise p.fail(f"a subscript on {name}")
        else:
            break
    if exponent != Neg(ONE):
        return _Head(name, base, exponent)
    if name not in INVERSES:
        raise p.fail(f"the power -1 of {name}")
    return _Head(INVERSES[name], None, None)


def _names_base(p: Parser) -> bool:
    """Whether a number is the base of a logarithm as programs write it: log2(8), log10(x)."""
    start = p.starts[p.i]
    return (
        p.values[p.i] in ("2", "10")
        and p.kinds[p.i + 1] == "("
        and p.text[max(0, start - 4) : start].lstrip("(+-*/= ") == "log"
    )


def _applied_to_brackets(p: Parser, head: _Head, entry: int) -> Expr:
    """`\\sin(x)`, where what follows the brackets may belong inside."""
    start = p.i
    args = arguments(p) if p.kinds[start] == "(" else (brackets(p),)
    listed = _listed(p, start, p.i) if head.name in _OF_SEVERAL else ()
    e = _call(p, head, args, entry)
    if listed:  # gcd(48,180) is of two numbers
        p.split(entry)
        calls = dict.fromkeys(_call(p, head, numbers, entry) for numbers in listed)
        return Either(tuple(calls), "thousands") if len(calls) > 1 else next(iter(calls))
    if len(args) != 1 or head.name == "sqrt" or head.power is not None:
        return e
    kind = p.kinds[p.i]
    if kind == "^" or kind == "super":  # sin(x)^2
        outer = p.postfix(e)
        if not isinstance(outer, Pow):
            return outer
        p.split(entry)
        return Either((outer, _call(p, head, (Pow(args[0], outer.exp),), entry)), "trig-scope")
    if kind == "(" and p.kinds[p.i + 1] != "mod":  # ln(x+1)(x+2)
        rest = p.beside(e)
        p.split(entry)
        return Either(
            (Mul((e, *rest)), _call(p, head, (Mul((args[0], *rest)),), entry)), "trig-scope"
        )
    return e


_OF_SEVERAL = frozenset(("gcd", "lcm", "min", "max", "median", "mod"))


MOST_PARTS = 5
"""Groups of digits between commas of which each may be a number or part of one."""


def _listed(p: Parser, start: int, end: int) -> tuple[tuple[Expr, ...], ...]:
    """The numbers that digits in brackets may be, where a comma may part thousands or two of them:
    both of `gcd(1,200,800)`; none where no comma may part thousands.

    Raises NotationError where there are too many.
    """
    inside = p.kinds[start + 1 : end - 1]
    if not set(inside) <= {"num", ","} or "num" not in inside:
        return ()
    parts = p.text[p.starts[start + 1] : p.starts[end - 1]].split(",")
    if inside.count("num") >= len(parts) or not all(part.strip().isdigit() for part in parts):
        return ()
    if len(parts) > MOST_PARTS:
        raise p.fail("commas between numbers, or in them")
    ways = [[parts[0].strip()]]
    for part in parts[1:]:
        joined = [[*way[:-1], way[-1] + part] for way in ways] if _GROUP.fullmatch(part) else []
        ways = [[*way, part.strip()] for way in ways] + joined
    return tuple(tuple(Int(int(n)) for n in way) for way in ways if len(way) > 1)


_GROUP = re.compile(r"\d{3}")


def _divided(p: Parser, head: _Head, arg: Expr, e: Expr, entry: int) -> Expr:
    """`\\sin \\pi/3` and `\\sin x/2`: the slash may be inside or outside."""
    p.i += 1
    den = p.factor()
    p.split(entry)
    inside, outside = _call(p, head, (Div(arg, den),), entry), Div(e, den)
    options = (inside, outside) if isinstance(arg, Const) else (outside, inside)
    return Either(options, "trig-scope")


def _scope(p: Parser) -> tuple[Expr, ...]:
    """The argument of a function written without brackets: factors up to the next sign."""
    kind = p.kinds[p.i]
    if kind == "{":
        group = p.group()
        return group.items if isinstance(group, Seq) and not group.open else (group,)
    if kind == "-":
        p.i += 1
        return (Neg(p.factor()),)
    if kind not in BEGINS_FACTOR and kind not in ("num", "|", "repeating"):
        raise p.fail("a function without an argument")
    factors = [p.factor()]
    while p.kinds[p.i] in IN_SCOPE and p.kinds[p.i - 1] not in ("word", "text"):
        if p.kinds[p.i] == "num" and not isinstance(factors[-1], Pow | Call):
            break
        if p.integrals and p.at_differential():
            break
        factors.append(p.factor())
    return (product_of(factors),)


def _call(p: Parser, head: _Head, args: tuple[Expr, ...], entry: int) -> Expr:
    """A call with its arity checked. A bare logarithm may be to base 10 or e."""
    name = head.name
    if len(args) == 1 and isinstance(args[0], SetOf) and name in ("max", "min", "gcd", "lcm"):
        args = args[0].items
    if name == "deg" or (name in FUNCTIONS and not _takes(name, args, head.base)):
        raise p.fail(f"{name} of {len(args)} arguments")
    e: Expr
    if name == "log" and head.base is not None:
        e = Call("log", (args[0], head.base))
    elif name == "log":
        p.split(entry)
        e = Either((Call("log", (args[0], Int(10))), Call("ln", args)), "log-base")
    elif name == "cbrt":
        e = Call("root", (args[0], Int(3)))
    else:
        e = Call(name, args)
    return e if head.power is None else Pow(e, head.power)


def _takes(name: str, args: tuple[Expr, ...], base: Expr | None) -> bool:
    if name == "log":
        return len(args) == 1
    least, most = FUNCTIONS[name]
    return least <= len(args) <= (most or len(args))
