"""What can go wrong between text and a value: each failure says where and why."""

from __future__ import annotations


class NotationError(ValueError):
    """Text that is not wholly readable as mathematics.

    `reason` says what was met, `position` is its offset in `text`.
    """

    def __init__(self, reason: str, position: int, text: str = "") -> None:
        super().__init__(reason, position, text)
        self.reason = reason
        self.position = position
        self.text = text

    def __str__(self) -> str:
        shown = self.text[max(0, self.position - 20) : self.position + 20]
        return f"{self.reason} at offset {self.position}: {shown!r}"


class TooAmbiguous(ValueError):
    """An expression with more admissible readings than a checker should try."""


class TooCostly(ValueError):
    """An expression whose exact value or expansion would exceed the static limits."""


class Unsupported(ValueError):
    """An expression without a counterpart in the system that it should be converted to."""
