"""Optional dependencies: what to install where one of them is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class MissingExtra(ImportError):
    """An optional dependency is needed; the message says by what, and how to install it."""


@contextmanager
def extra(name: str, what: str, hint: str = "") -> Iterator[None]:
    """Around imports that need the extra `clr-verify[name]`: `what` needs them.

    Raises:
        MissingExtra: a package that is not ours is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package in ("", "clr"):
            raise
        raise MissingExtra(
            f"{what} needs {package}: pip install 'clr-verify[{name}]'{hint}", name=package
        ) from error
