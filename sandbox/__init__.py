"""Untrusted programs, run safely: `open` a box, or grade a program with `grade_code`.

Both are imported when they are first used, so that `import clr.sandbox` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module as _import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clr.sandbox.grading import grade_code
    from clr.sandbox.opening import open_box as open

_HOMES = {
    "grade_code": ("clr.sandbox.grading", "grade_code"),
    "open": ("clr.sandbox.opening", "open_box"),
}

__all__ = ["grade_code", "open"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'clr.sandbox' has no attribute {name!r}")
    module, home = _HOMES[name]
    return getattr(_import_module(module), home)
