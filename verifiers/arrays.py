"""Arithmetic of points, vectors and matrices, carried out entry by entry on expressions."""

from __future__ import annotations

from dataclasses import dataclass

from clr.notation.ast import Add, Call, Div, Expr, Int, Matrix, Mul, Neg, Pow, Seq, kinds
from clr.verifiers.exact import Unsupported

MAX_ENTRIES = 64
MAX_POWER = 8
MAX_DETERMINANT = 4
_BRACKETS = {("(", ")"), ("[", "]"), ("<", ">")}


@dataclass(frozen=True, slots=True)
class Array:
    """A matrix as its entries in rows; a point or vector is a single column."""

    rows: tuple[tuple[Expr, ...], ...]

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.rows), len(self.rows[0])

    @property
    def entries(self) -> tuple[Expr, ...]:
        """All entries, row by row."""
        return tuple(x for row in self.rows for x in row)

    def transposed(self) -> Array:
        """The array with its rows as columns."""
        return Array(tuple(zip(*self.rows, strict=True)))


def has_arrays(e: Expr) -> bool:
    """Whether a point, vector or matrix stands anywhere in `e`."""
    return not kinds(e).isdisjoint((Seq, Matrix))


def aligned(left: Expr, right: Expr) -> list[tuple[Expr, Expr]] | None:
    """The pairs of entries that are equal where `left = right`, after the arithmetic is done.

    None where a side is not an array or scalar by these rules, or the shapes differ.
    """
    try:
        a, b = evaluated(left), evaluated(right)
    except Unsupported:
        return None
    if not isinstance(a, Array) and not isinstance(b, Array):
        return [(a, b)]
    if not isinstance(a, Array) or not isinstance(b, Array) or a.shape != b.shape:
        return None
    return list(zip(a.entries, b.entries, strict=True))


def evaluated(e: Expr) -> Array | Expr:
    """`e` as one array, or as a scalar expression without arrays.

    Raises:
        Unsupported: an operation between arrays that has no meaning, or no single one.
    """
    if not has_arrays(e):
        return e
    match e:
        case Seq(open_, items, close) if (open_, close) in _BRACKETS and len(items) >= 2:
            return _array(tuple((x,) for x in items))
        case Matrix(rows):
            return _array(rows)
        case Neg(arg):
            return _scaled(Neg(Int(1)), evaluated(arg))
        case Add(args):
            return _sum([evaluated(a) for a in args])
        case Mul(args):
            result = evaluated(args[0])
            for arg in args[1:]:
                result = _product(result, evaluated(arg))
            return result
        case Div(num, den):
            below = evaluated(den)
            if isinstance(below, Array):
                raise Unsupported("a division by an array")
            return _scaled(Div(Int(1), below), evaluated(num))
        case Pow(base, Int(n)) if 1 <= n <= MAX_POWER:
            square = evaluated(base)
            if not isinstance(square, Array) or square.shape[0] != square.shape[1]:
                raise Unsupported("a power of a vector")
            result = square
            for _ in range(n - 1):
                result = _product(result, square)
            return result
        case Call("det", (arg,)):
            return determinant(evaluated(arg))
        case Call("abs", (arg,)):
            return _norm(evaluated(arg))
        case _:
            raise Unsupported(f"{type(e).__name__} of arrays")


def _array(rows: tuple[tuple[Expr, ...], ...]) -> Array:
    if not rows or not rows[0] or any(len(row) != len(rows[0]) for row in rows):
        raise Unsupported("rows of different lengths")
    if len(rows) * len(rows[0]) > MAX_ENTRIES or any(has_arrays(x) for row in rows for x in row):
        raise Unsupported("an array too large, or of arrays")
    return Array(rows)


def _sum(terms: list[Array | Expr]) -> Array | Expr:
    arrays = [t for t in terms if isinstance(t, Array)]
    if not arrays:
        return Add(tuple(t for t in terms if not isinstance(t, Array)))
    if len(arrays) < len(terms) or len({a.shape for a in arrays}) > 1:
        raise Unsupported("a sum of different shapes")
    rows = zip(*(a.rows for a in arrays), strict=True)
    return Array(tuple(tuple(Add(xs) for xs in zip(*row, strict=True)) for row in rows))


def _scaled(factor: Expr, e: Array | Expr) -> Array | Expr:
    if not isinstance(e, Array):
        return Mul((factor, e))
    return Array(tuple(tuple(Mul((factor, x)) for x in row) for row in e.rows))


def _product(a: Array | Expr, b: Array | Expr) -> Array | Expr:
    if not isinstance(a, Array):
        return _scaled(a, b)
    if not isinstance(b, Array):
        return _scaled(b, a)
    if a.shape == b.shape and a.shape[1] == 1:
        return _dot(a.entries, b.entries)  # two vectors: the inner product
    if a.shape[1] != b.shape[0]:
        raise Unsupported("a product of shapes that do not fit")
    columns = b.transposed().rows
    return Array(tuple(tuple(_dot(row, column) for column in columns) for row in a.rows))


def _dot(xs: tuple[Expr, ...], ys: tuple[Expr, ...]) -> Expr:
    terms = tuple(Mul((x, y)) for x, y in zip(xs, ys, strict=True))
    return Add(terms) if len(terms) > 1 else terms[0]


def _norm(e: Array | Expr) -> Expr:
    if not isinstance(e, Array):
        return Call("abs", (e,))
    if e.shape[1] != 1:
        return determinant(e)
    return Call("sqrt", (_dot(e.entries, e.entries),))


def determinant(e: Array | Expr) -> Expr:
    """The determinant of a square array up to 4 by 4, by expansion along the first row.

    Raises:
        Unsupported: not square, or larger.
    """
    if not isinstance(e, Array) or len(set(e.shape)) > 1 or e.shape[0] > MAX_DETERMINANT:
        raise Unsupported("the determinant of something else than a small square matrix")
    return _expanded(e.rows)


def _expanded(rows: tuple[tuple[Expr, ...], ...]) -> Expr:
    if len(rows) == 1:
        return rows[0][0]
    terms: list[Expr] = []
    for j, x in enumerate(rows[0]):
        minor = tuple(row[:j] + row[j + 1 :] for row in rows[1:])
        term: Expr = Mul((x, _expanded(minor)))
        terms.append(Neg(term) if j % 2 else term)
    return Add(tuple(terms))
