"""Functions that the notation knows: names as written, and their arities.

The parser maps what authors write to the names on the right; evaluators give those names meaning.
"""

from __future__ import annotations

ALIASES: dict[str, str] = {
    "sin": "sin", "cos": "cos", "tan": "tan", "cot": "cot", "sec": "sec", "csc": "csc",
    "arcsin": "arcsin", "arccos": "arccos", "arctan": "arctan", "asin": "arcsin",
    "acos": "arccos", "atan": "arctan", "tg": "tan", "ctg": "cot", "arctg": "arctan",
    "sinh": "sinh", "cosh": "cosh", "tanh": "tanh", "exp": "exp", "ln": "ln", "log": "log",
    "lg": "log", "gcd": "gcd", "lcm": "lcm", "GCD": "gcd", "LCM": "lcm", "gcf": "gcd",
    "hcf": "gcd", "min": "min", "max": "max", "sqrt": "sqrt", "abs": "abs", "floor": "floor",
    "ceil": "ceil", "Re": "re", "Im": "im", "det": "det", "arg": "arg", "deg": "deg",
    "sgn": "sgn", "sign": "sgn", "cbrt": "cbrt", "nCr": "binom", "binom": "binom",
}  # fmt: skip
"""Written name to function name."""

OPAQUE = frozenset("Var Cov Pr ord dim ker".split())
"""Functions that are known by name only: no evaluator gives their calls a value."""

TRIGONOMETRIC = frozenset(("sin", "cos", "tan", "cot", "sec", "csc"))

INVERSES = {"sin": "arcsin", "cos": "arccos", "tan": "arctan"}
"""What a power of -1 means before an argument."""

FUNCTIONS: dict[str, tuple[int, int | None]] = {
    "sin": (1, 1), "cos": (1, 1), "tan": (1, 1), "cot": (1, 1), "sec": (1, 1), "csc": (1, 1),
    "arcsin": (1, 1), "arccos": (1, 1), "arctan": (1, 1), "sinh": (1, 1), "cosh": (1, 1),
    "tanh": (1, 1), "exp": (1, 1), "ln": (1, 1), "log": (2, 2), "sqrt": (1, 1), "root": (2, 2),
    "abs": (1, 1), "floor": (1, 1), "ceil": (1, 1), "factorial": (1, 1), "binom": (2, 2),
    "perm": (2, 2), "gcd": (1, None), "lcm": (1, None), "min": (1, None), "max": (1, None),
    "median": (1, None), "mod": (2, 2), "conj": (1, 1), "re": (1, 1), "im": (1, 1),
    "det": (1, 1), "arg": (1, 1), "deg": (1, 1), "sgn": (1, 1),
}  # fmt: skip
"""Known functions, with the least and the greatest number of arguments (None: any)."""

DEFAULT_FUNCTIONS = frozenset("f g h F G".split())
"""Names that are functions of a trace even where it does not say so."""

MAYBE_FUNCTIONS = frozenset("h p q u v phi varphi psi sigma tau Gamma Phi Omega rho zeta".split())
"""Names, beside single capitals, that `NAME(...)` may apply or multiply; the text is ambiguous."""
