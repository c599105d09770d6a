"""Derivatives, from expression to expression."""

from __future__ import annotations

from clr.notation.ast import (
    Add,
    Big,
    Call,
    Const,
    Dec,
    Deriv,
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
    children,
    free_symbols,
    kinds,
    rebuild,
    walk,
)
from clr.notation.functions import FUNCTIONS
from clr.verifiers.exact import Unsupported

MAX_NODES = 4000
_ZERO, _ONE, _TWO = Int(0), Int(1), Int(2)


def differentiate(e: Expr, var: str) -> Expr:
    """The derivative of `e` by `var`, other symbols held constant; not simplified.

    Raises:
        Unsupported: a part that depends on `var` has no derivative rule (floor, an unknown
            function), or the result has more than `MAX_NODES` nodes.
    """
    result = _derivative(e, var)
    if sum(1 for _ in walk(result)) > MAX_NODES:
        raise Unsupported("a derivative too large")
    return result


def carried_out(e: Expr) -> Expr:
    """`e` with each derivative of a known function replaced by what it is.

    Derivatives of unknown functions stay, and so do those in a variable that is not free.
    """
    if Deriv not in kinds(e):
        return e
    e = rebuild(e, carried_out)
    match e:
        case Deriv(body, var, order) if order <= 4 and var in free_symbols(body):
            try:
                for _ in range(order):
                    body = differentiate(body, var)
            except Unsupported:
                return e
            return body
    return e


def _derivative(e: Expr, var: str) -> Expr:
    if not _depends(e, var):
        return _ZERO
    match e:
        case Sym() | Label():
            return _ONE
        case Neg(arg):
            return Neg(_derivative(arg, var))
        case Percent(arg):
            return Percent(_derivative(arg, var))
        case Quantity(arg, _):
            return _derivative(arg, var)
        case Add(args):
            return _sum([_derivative(a, var) for a in args])
        case Mul(args):
            terms = []
            for i, arg in enumerate(args):
                slope = _derivative(arg, var)
                if slope != _ZERO:
                    terms.append(_product((*args[:i], slope, *args[i + 1 :])))
            return _sum(terms)
        case Div(num, den):
            up, down = _derivative(num, var), _derivative(den, var)
            if down == _ZERO:
                return Div(up, den)
            above = Add((_product((up, den)), Neg(_product((num, down)))))
            return Div(above, Pow(den, _TWO))
        case Pow(base, exp):
            return _power(e, base, exp, var)
        case Call(func, args):
            return _call(e, func, args, var)
        case Big("sum", index, low, high, body) if (
            index != var and low and high and not _depends(low, var) and not _depends(high, var)
        ):
            return Big("sum", index, low, high, _derivative(body, var))
        case Big("int", index, low, high, body) if low and high and not _depends(body, var):
            ends = []  # fundamental theorem of calculus
            for bound, sign in ((high, 1), (low, -1)):
                term = _product((_put(body, index, bound), _derivative(bound, var)))
                ends.append(term if sign > 0 else Neg(term))
            return _sum(ends)
        case Big("int", index, None, None, body) if index == var:
            return body
    raise Unsupported(f"no derivative of {type(e).__name__}")


def _depends(e: Expr, var: str) -> bool:
    if isinstance(e, Int | Dec | Const | Repeating | InBase):
        return False
    if var in free_symbols(e):
        return True
    # f(x) counts as one unknown quantity, which does depend on x; so does the integral of 1
    return any(
        (node.var == var and node.low is node.high is None)
        if isinstance(node, Big)
        else isinstance(node, Call)
        and node.func not in FUNCTIONS
        and any(_depends(a, var) for a in node.args)
        for node in walk(e)
    )


def _power(e: Expr, base: Expr, exp: Expr, var: str) -> Expr:
    lower, upper = _derivative(base, var), _derivative(exp, var)
    terms = []
    if lower != _ZERO:
        reduced = Int(exp.value - 1) if isinstance(exp, Int) and exp.value else None
        less: Expr = reduced if reduced is not None else Add((exp, Neg(_ONE)))
        terms.append(_product((exp, Pow(base, less), lower)))
    if upper != _ZERO:
        if base == Const("e"):
            terms.append(_product((e, upper)))
        else:
            terms.append(_product((e, Call("ln", (base,)), upper)))
    return _sum(terms)


def _call(e: Expr, func: str, args: tuple[Expr, ...], var: str) -> Expr:
    if func == "log" and not _depends(args[1], var):
        return Div(_derivative(args[0], var), _product((args[0], Call("ln", (args[1],)))))
    if func == "log":
        return _derivative(Div(Call("ln", (args[0],)), Call("ln", (args[1],))), var)
    if func == "root" and not _depends(args[1], var):
        slope = _derivative(args[0], var)
        return Div(_product((e, slope)), _product((args[1], args[0])))
    if len(args) != 1:
        raise Unsupported(f"no derivative of {func}")
    x = args[0]
    outer = _outer(e, func, x)
    return _product((outer, _derivative(x, var)))


def _outer(e: Expr, func: str, x: Expr) -> Expr:
    square = Pow(x, _TWO)
    match func:
        case "sqrt":
            return Div(_ONE, _product((_TWO, e)))
        case "exp":
            return e
        case "ln":
            return Div(_ONE, x)
        case "sin":
            return Call("cos", (x,))
        case "cos":
            return Neg(Call("sin", (x,)))
        case "tan":
            return Div(_ONE, Pow(Call("cos", (x,)), _TWO))
        case "cot":
            return Neg(Div(_ONE, Pow(Call("sin", (x,)), _TWO)))
        case "sec":
            return _product((e, Call("tan", (x,))))
        case "csc":
            return Neg(_product((e, Call("cot", (x,)))))
        case "sinh":
            return Call("cosh", (x,))
        case "cosh":
            return Call("sinh", (x,))
        case "tanh":
            return Div(_ONE, Pow(Call("cosh", (x,)), _TWO))
        case "arcsin":
            return Div(_ONE, Call("sqrt", (Add((_ONE, Neg(square))),)))
        case "arccos":
            return Neg(Div(_ONE, Call("sqrt", (Add((_ONE, Neg(square))),))))
        case "arctan":
            return Div(_ONE, Add((_ONE, square)))
        case "abs":
            return Div(x, e)
    raise Unsupported(f"no derivative of {func}")


def _sum(terms: list[Expr]) -> Expr:
    kept = tuple(t for t in terms if t != _ZERO)
    if not kept:
        return _ZERO
    return kept[0] if len(kept) == 1 else Add(kept)


def _product(factors: tuple[Expr, ...]) -> Expr:
    if _ZERO in factors:
        return _ZERO
    kept = tuple(f for f in factors if f != _ONE)
    if not kept:
        return _ONE
    return kept[0] if len(kept) == 1 else Mul(kept)


def _put(e: Expr, name: str, value: Expr) -> Expr:
    """`e` with `value` for the symbol `name`."""
    if e == Sym(name):
        return value
    return rebuild(e, lambda child: _put(child, name, value)) if children(e) else e
