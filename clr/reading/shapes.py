"""Measures of plane figures and solids by name: the area of a circle with radius 3.

Formulas are the usual ones of school geometry. Where an author may have taken 3.14 or 22/7 for pi,
the expression carries those readings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from clr.notation.ast import Add, Call, Const, Dec, Div, Either, Expr, Int, Mul, Pow

Formula: TypeAlias = Callable[..., Expr]

PI = Either((Const("pi"), Dec(314, 2), Div(Int(22), Int(7)), Dec(31416, 4)), "pi")
_TWO, _THREE, _FOUR, _SIX = Int(2), Int(3), Int(4), Int(6)
_ROOT_THREE = Call("sqrt", (_THREE,))

_RENAMED = {
    "side": "side", "sides": "side", "edge": "side", "edges": "side", "legs": "leg", "leg": "leg",
    "radius": "radius", "radii": "radius", "diameter": "diameter", "base": "base",
    "height": "height", "altitude": "height", "length": "length", "width": "width",
}  # fmt: skip
DIMENSIONS = frozenset(_RENAMED)
"""Words that name a dimension of a figure."""


def dimension(word: str) -> str:
    """The name of a dimension as `FORMULAS` has it."""
    return _RENAMED[word]


def _squared(x: Expr) -> Expr:
    return Pow(x, _TWO)


def _twice(*parts: Expr) -> Expr:
    return Mul((_TWO, *parts))


FORMULAS: Mapping[tuple[str, str, tuple[str, ...]], Formula] = {
    ("area", "circle", ("radius",)): lambda r: Mul((PI, _squared(r))),
    ("area", "circle", ("diameter",)): lambda d: Mul((PI, _squared(Div(d, _TWO)))),
    ("circumference", "circle", ("radius",)): lambda r: _twice(PI, r),
    ("circumference", "circle", ("diameter",)): lambda d: Mul((PI, d)),
    ("area", "square", ("side",)): _squared,
    ("perimeter", "square", ("side",)): lambda s: Mul((_FOUR, s)),
    ("area", "rectangle", ("length", "width")): lambda a, b: Mul((a, b)),
    ("area", "rectangle", ("side", "side")): lambda a, b: Mul((a, b)),
    ("perimeter", "rectangle", ("length", "width")): lambda a, b: _twice(Add((a, b))),
    ("perimeter", "rectangle", ("side", "side")): lambda a, b: _twice(Add((a, b))),
    ("area", "triangle", ("base", "height")): lambda b, h: Div(Mul((b, h)), _TWO),
    ("area", "right triangle", ("leg", "leg")): lambda a, b: Div(Mul((a, b)), _TWO),
    ("area", "equilateral triangle", ("side",)): lambda s: Div(
        Mul((_ROOT_THREE, _squared(s))), _FOUR
    ),
    ("perimeter", "equilateral triangle", ("side",)): lambda s: Mul((_THREE, s)),
    ("perimeter", "triangle", ("side", "side", "side")): lambda a, b, c: Add((a, b, c)),
    ("area", "parallelogram", ("base", "height")): lambda b, h: Mul((b, h)),
    ("volume", "cube", ("side",)): lambda s: Pow(s, _THREE),
    ("surface area", "cube", ("side",)): lambda s: Mul((_SIX, _squared(s))),
    ("volume", "sphere", ("radius",)): lambda r: Mul((Div(_FOUR, _THREE), PI, Pow(r, _THREE))),
    ("surface area", "sphere", ("radius",)): lambda r: Mul((_FOUR, PI, _squared(r))),
    ("volume", "cylinder", ("height", "radius")): lambda h, r: Mul((PI, _squared(r), h)),
    ("volume", "cone", ("height", "radius")): lambda h, r: Div(Mul((PI, _squared(r), h)), _THREE),
}
"""The formula for a measure of a figure from its dimensions, in the alphabetical order of names."""

POLYGONS = {
    "triangle": 3, "quadrilateral": 4, "pentagon": 5, "hexagon": 6, "heptagon": 7, "octagon": 8,
    "nonagon": 9, "decagon": 10, "dodecagon": 12,
}  # fmt: skip


def angle_sum(sides: int) -> Expr:
    """The sum of the interior angles of a polygon, in degrees."""
    return Mul((Int(sides - 2), Int(180)))
