"""What stands between brackets: groups, points, intervals, sets, bars, matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clr.notation.ast import (
    Call,
    Dec,
    Div,
    Either,
    Expr,
    Int,
    Matrix,
    Neg,
    Seq,
    SetOf,
)

if TYPE_CHECKING:
    from clr.notation.levels import Parser


def brackets(p: Parser) -> Expr:
    """A parenthesis, an interval, a point."""
    opened = p.values[p.i]
    bars, p.bars = p.bars, 0
    p.i += 1
    start = p.i
    items = [p.operand()]
    while p.kinds[p.i] in (",", ";"):
        p.i += 1
        items.append(p.operand())
    closed = p.kinds[p.i]
    if closed not in (")", "]"):
        raise p.fail(f"expected a closing bracket, met {p.values[p.i]!r}")
    alone = p.i - start == 1
    p.i += 1
    p.bars = bars
    if len(items) > 1:
        return Seq(opened, tuple(items), closed)
    if (opened == "(") != (closed == ")"):
        raise p.fail("brackets that do not match")
    if isinstance(items[0], Matrix) and opened == "(":
        return _column(items[0])
    if opened == "[" and isinstance(items[0], (Div, Dec, Neg)):
        return Either((items[0], Call("floor", (items[0],))), "brackets")
    listed = _thousands(p, start) if alone else None
    if listed is None:
        return items[0]
    return Either((items[0], Seq(opened, listed, closed)), "thousands")


def _column(e: Matrix) -> Expr:
    """Two entries, one above the other in a parenthesis: a vector, or a binomial coefficient."""
    if len(e.rows) != 2 or len(e.rows[0]) != 1:
        return e
    (above,), (below,) = e.rows
    if isinstance(above, Int) and isinstance(below, Int) and above.value < below.value:
        return e
    return Either((Call("binom", (above, below)), e), "column")


def _thousands(p: Parser, index: int) -> tuple[Expr, ...] | None:
    """The items that the number at `index` would be as a list: `(1,234)` may be a pair."""
    if p.kinds[index] != "num":
        return None
    parts = p.text[p.starts[index] : p.starts[index + 1]].strip().split(",")
    if len(parts) == 1 or not all(part.isdigit() for part in parts):
        return None
    return tuple(Int(int(part)) for part in parts)


def angled(p: Parser) -> Expr:
    """A vector in angle brackets: `⟨1, 2⟩`."""
    p.i += 1
    items = p.items()
    p.expect(">)")
    return Seq("<", items, ">")


def braced_set(p: Parser) -> Expr:
    """A set: `{1, 2}`, or `{x | x > 0}`."""
    close = "set}" if p.kinds[p.i] == "set{" else "}"
    p.i += 1
    if p.kinds[p.i] == close:
        p.i += 1
        return SetOf(())
    start = p.i
    items = p.items()
    if p.kinds[p.i] in ("rel", "|"):
        raise p.fail("a set given by a condition")
    alone = p.i - start == 1
    p.expect(close)
    listed = _thousands(p, start) if alone else None
    if listed is None:
        return SetOf(items)
    return Either((SetOf(items), SetOf(listed)), "thousands")


def empty(p: Parser) -> Expr:
    """The empty set: `∅`."""
    p.i += 1
    return SetOf(())


def braces(p: Parser) -> Expr:
    """A group in TeX, where braces are not printed; else a set."""
    return p.group() if p.tex else braced_set(p)


def braced_text(p: Parser) -> str:
    """What stands between braces, as written, without the braces inside it."""
    parts: list[str] = []
    level = 0
    while True:
        kind, value = p.kinds[p.i], p.values[p.i]
        if kind == "end":
            raise p.fail("unclosed brace")
        p.i += 1
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
        raise p.fail("an empty subscript")
    return "".join(parts)


def absolute(p: Parser) -> Expr:
    """An absolute value: `|x - 1|`."""
    mark = p.values[p.i]
    fenced = p.kinds[p.i] == "|("
    bars = p.bars
    p.bars = 0 if fenced else bars + 1
    p.i += 1
    e = p.operand()
    p.bars = bars
    if p.kinds[p.i] not in (("|)",) if fenced else ("|", "|)")):
        raise p.fail("an unclosed bar")
    if p.values[p.i] != mark:
        raise p.fail("bars that do not match")
    p.i += 1
    if isinstance(e, Matrix):
        return Call("det", (e,))
    return Call("abs", (e,))


def floor(p: Parser) -> Expr:
    """`⌊x⌋`."""
    return _between(p, "⌋", "floor")


def ceil(p: Parser) -> Expr:
    """`⌈x⌉`."""
    return _between(p, "⌉", "ceil")


def _between(p: Parser, close: str, name: str) -> Expr:
    bars, p.bars = p.bars, 0
    p.i += 1
    e = p.operand()
    p.expect(close)
    p.bars = bars
    return Call(name, (e,))


def matrix(p: Parser) -> Expr:
    """An environment such as `pmatrix`, or `array`."""
    env = p.values[p.i]
    if not env.endswith("matrix") and env != "array":
        raise p.fail(f"environment {env!r}")
    bars, p.bars = p.bars, 0
    p.i += 1
    rows: list[tuple[Expr, ...]] = []
    row = [p.operand()]
    while True:
        kind = p.kinds[p.i]
        if kind == "&":
            p.i += 1
            row.append(p.operand())
        elif kind == "row":
            p.i += 1
            rows.append(tuple(row))
            row = [] if p.kinds[p.i] == "close" else [p.operand()]
        else:
            break
    if row:
        rows.append(tuple(row))
    if p.kinds[p.i] != "close" or p.values[p.i] != env:
        raise p.unexpected()
    p.i += 1
    p.bars = bars
    if len({len(r) for r in rows}) != 1:
        raise p.fail("rows of different lengths")
    e = Matrix(tuple(rows))
    return Call("det", (e,)) if env == "vmatrix" else e
