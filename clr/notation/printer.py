"""Expressions as plain text that a person reads, and that parses back to the same tree."""

from __future__ import annotations

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

_SUM, _PRODUCT, _SIGN, _POWER, _ATOM = 1, 2, 3, 4, 5
_SET_SIGNS = {"union": "∪", "intersection": "∩", "difference": "\\"}


def show(e: Expr) -> str:
    """`e` in plain notation with the fewest brackets; of an ambiguity, the likeliest reading."""
    return _show(e)[0]


def show_chain(chain: Chain) -> str:
    """Operands with their signs between them."""
    out = show(chain.operands[0])
    for op, operand in zip(chain.ops, chain.operands[1:], strict=True):
        out += f" {op} {show(operand)}"
    return out if chain.modulus is None else f"{out} (mod {show(chain.modulus)})"


def _at(e: Expr, least: int) -> str:
    text, rank = _show(e)
    return text if rank >= least else f"({text})"


def _items(items: tuple[Expr, ...]) -> str:
    return ", ".join(map(show, items))


def _show(e: Expr) -> tuple[str, int]:
    match e:
        case Int(value):
            return str(value) if value.bit_length() < 10_000 else "a very large integer", _ATOM
        case Dec(digits, places):
            text = str(digits).rjust(places + 1, "0")
            return f"{text[:-places]}.{text[-places:]}", _ATOM
        case Sym(name) | Label(name) | Const(name):
            return name, _ATOM
        case Neg(arg):
            return f"-{_at(arg, _PRODUCT)}", _SIGN - 1
        case Add(args):
            out = _at(args[0], _SUM)
            for arg in args[1:]:
                if isinstance(arg, Neg):
                    out += f" - {_at(arg.arg, _PRODUCT)}"
                else:
                    out += f" + {_at(arg, _PRODUCT)}"
            return out, _SUM
        case Mul(args):
            return " * ".join(_at(a, _SIGN) for a in args), _PRODUCT
        case Div(num, den):
            return f"{_at(num, _SIGN)}/{_at(den, _POWER)}", _PRODUCT
        case Pow(base, exp):
            return f"{_at(base, _ATOM)}^{_at(exp, _POWER)}", _POWER
        case Call("factorial", (arg,)):
            return f"{_at(arg, _ATOM)}!", _POWER
        case Call("abs", (arg,)):
            return f"|{show(arg)}|", _ATOM
        case Call("binom", (n, k)):
            return f"C({show(n)}, {show(k)})", _ATOM
        case Call("mod", (a, m)):
            return f"({_at(a, _PRODUCT)} mod {_at(m, _PRODUCT)})", _ATOM
        case Call(func, args):
            return f"{func}({_items(args)})", _ATOM
        case Percent(arg):
            return f"{_at(arg, _ATOM)}%", _ATOM
        case Degree(arg):
            return f"{_at(arg, _ATOM)}°", _ATOM
        case Quantity(value, unit):
            return f"{_at(value, _ATOM)} {unit}", _ATOM
        case PlusMinus(Int(0), right):
            return f"±{_at(right, _PRODUCT)}", _SUM
        case PlusMinus(left, right):
            return f"{_at(left, _SUM)} ± {_at(right, _PRODUCT)}", _SUM
        case Big(op, var, low, high, body):
            bounds = "" if low is None else f", {var} = {show(low)}"
            bounds += "" if high is None else f"..{show(high)}"
            return f"{op}({show(body)}{bounds or ', d' + var})", _ATOM
        case Deriv(body, var, order):
            mark = "" if order == 1 else f"^{order}"
            return f"d{mark}/d{var}{mark} ({show(body)})", _PRODUCT
        case Seq(open_, items, close):
            return f"{open_}{_items(items)}{close}", _ATOM
        case SetOf(items):
            return "{" + _items(items) + "}", _ATOM
        case SetOp(op, left, right):
            return f"{_at(left, _PRODUCT)} {_SET_SIGNS[op]} {_at(right, _PRODUCT)}", _SUM
        case Matrix(rows):
            return "[" + "; ".join(_items(row) for row in rows) + "]", _ATOM
        case Dots():
            return "...", _ATOM
        case Repeating(whole, lead, cycle):
            return f"{whole}.{lead}({cycle})", _ATOM
        case InBase(digits, base):
            return f"{digits}_{base}", _ATOM
        case Either(options, _):
            return _show(options[0])
