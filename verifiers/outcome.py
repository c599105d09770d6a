"""What a checking primitive found, before it becomes a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

import msgspec

from clr.claim import Evidence, Strength


class Truth(StrEnum):
    """Whether a statement holds."""

    TRUE = "true"
    PARTLY = "partly"
    """Holds on part of the domain, such as the positive numbers; never grounds to refute."""
    FALSE = "false"
    UNKNOWN = "unknown"


class Outcome(msgspec.Struct, frozen=True, gc=False):
    """`left` and `right` are the values of the two sides as text; `point` is where they differ.

    `loose` marks a relation that holds only if its inputs were rounded, and by more than most are:
    no error, and no confirmation either.
    """

    truth: Truth
    strength: Strength = Strength.PROVED
    left: str = ""
    right: str = ""
    point: Mapping[str, str] = msgspec.field(default_factory=dict)
    loose: bool = False

    def evidence(self) -> Evidence:
        """Why the relation is false, in words."""
        if self.point:
            where = ", ".join(f"{name} = {value}" for name, value in self.point.items())
            message = f"at {where} the left side is {self.left} and the right side {self.right}"
            return Evidence(message, counterexample=self.point)
        return Evidence(
            f"the left side is {self.left}, the right side {self.right}", expected=self.left
        )


UNKNOWN = Outcome(Truth.UNKNOWN)
PROVED = Outcome(Truth.TRUE)
PROBABLE = Outcome(Truth.TRUE, Strength.PROBABLE)
LOOSELY = Outcome(Truth.TRUE, Strength.PROBABLE, loose=True)
PARTLY = Outcome(Truth.PARTLY, Strength.PROBABLE)


def together(outcomes: Sequence[Outcome]) -> Outcome:
    """The outcome of several relations at once: false if one is, else as weak as the weakest."""
    for truth in (Truth.FALSE, Truth.UNKNOWN, Truth.PARTLY):
        for outcome in outcomes:
            if outcome.truth is truth:
                return outcome
    if any(o.loose for o in outcomes):
        return LOOSELY
    return PROBABLE if any(o.strength is Strength.PROBABLE for o in outcomes) else PROVED
