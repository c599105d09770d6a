"""Claims and verdicts: what a step says, and what is known about it.

A claim is one checkable statement, read whole. A verdict says what a checker could establish. A
verdict has no truth value: `if verdict:` raises, because treating "could not tell" as false is the
defect that this library exists to end.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NoReturn, Protocol

import msgspec

from clr.trace import Span, Step


class Kind(StrEnum):
    """What a claim is about; one vocabulary for every domain."""

    EQUALITY = "equality"
    """Two expressions have one value, or are one function: 3/4 * 20 = 15."""
    DERIVATION = "derivation"
    """An equation or inequality said to follow from earlier ones: from 2x + 4 = 10, x = 3."""
    BINDING = "binding"
    """A name given a value: let n be the number of boxes; x = 3."""
    RELATION = "relation"
    """A fact of number theory, order or membership: 7 divides 91; 2^10 = 4 (mod 6)."""
    QUANTITY = "quantity"
    """A number used in a calculation, and where it comes from."""
    CONSTRAINT = "constraint"
    """A restriction over finite domains: the owl is left of the raven."""
    STATE = "state"
    """The state after an event: after the swap Alice has the red ball."""
    COLLECTION = "collection"
    """A fact about a list, set or word: sorted order, members, counts, letters."""
    ENTAILMENT = "entailment"
    """A conclusion from premises: since all A are B and x is A, x is B."""
    EXECUTION = "execution"
    """What a program does: f([1, 2]) returns 3."""
    INSTRUCTION = "instruction"
    """A rule about the text itself: exactly three bullet points."""
    RETRACTION = "retraction"
    """The author takes back what stands before, or objects to it."""
    ANSWER = "answer"
    """The final answer, linked to the trace's own last derived value."""
    STEP = "step"
    """A whole step, whose claims could not be read within the budget."""


class Role(StrEnum):
    """How a statement stands in the argument. Only `DERIVED` ones can be refuted or be a jump."""

    GIVEN = "given"
    """Stated by the problem."""
    DEFINITION = "definition"
    """Introduces a name: let n be ..."""
    ASSUMED = "assumed"
    """Opens a scope: if, suppose, case, try, for contradiction."""
    DERIVED = "derived"
    """Said to hold, or to follow."""


class Status(StrEnum):
    """What is known about a claim."""

    VERIFIED = "verified"
    """Proved, or established as probable by random evaluation (see `Strength`)."""
    REFUTED = "refuted"
    """False in every admissible reading; the evidence says why."""
    UNSUPPORTED = "unsupported"
    """Uses a quantity or premise that neither the problem nor an earlier claim provides."""
    JUMP = "jump"
    """Fully read and consistent with what is established, but does not follow from it."""
    UNVERIFIABLE = "unverifiable"
    """Outside every checker. Abstention, not a fault."""
    UNDECIDED = "undecided"
    """A budget ran out. Not a fault, but counted."""


class Fault(StrEnum):
    """The error that a status counts as."""

    CALCULATION = "incorrect calculation"
    CONTRADICTION = "contradiction"
    UNSUPPORTED = "unsupported claim"
    JUMP = "logical jump"


class Strength(StrEnum):
    """How a verdict was reached."""

    PROVED = "proved"
    PROBABLE = "probable"


class Body(Protocol):
    """What a claim says, in the typed form that its checker takes. Bodies are immutable values."""

    def __hash__(self) -> int: ...


class Claim(msgspec.Struct, frozen=True, gc=False):
    """One checkable statement of a step.

    `text` is what the author wrote and `span` where, in characters of the response;
    `statement` is the same claim in normal form; `body` is what its checker reads.
    `uses` names quantities and symbols that the claim depends on.
    """

    kind: Kind
    text: str
    span: Span
    step: int
    statement: str
    role: Role
    body: Body
    uses: frozenset[str] = frozenset()


def whole_step(step: Step) -> Claim:
    """A claim that stands for all that a step says."""
    return Claim(Kind.STEP, step.text, step.span, step.index, "", Role.DERIVED, body="")


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """Why a verdict holds, in words and in values that a person can check.

    `expected` is the correct value, `counterexample` an assignment under which the claim fails,
    `premises` the statements that it conflicts with, follows from, or lacks.
    """

    message: str
    expected: str | None = None
    counterexample: Mapping[str, str] = msgspec.field(default_factory=dict)
    premises: tuple[str, ...] = ()


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """What one checker established about one claim.

    Raises ValueError where a fault carries no evidence: nothing is refuted without a reason.
    """

    status: Status
    checked_by: str
    evidence: Evidence | None = None
    fault: Fault | None = None
    strength: Strength | None = None

    def __post_init__(self) -> None:
        faulty = self.status in (Status.REFUTED, Status.UNSUPPORTED, Status.JUMP)
        if faulty and (self.evidence is None or self.fault is None):
            raise ValueError(f"a verdict of {self.status} needs evidence and a fault")
        if not faulty and self.fault is not None:
            raise ValueError(f"a verdict of {self.status} has no fault, got {self.fault}")

    def __bool__(self) -> NoReturn:
        raise TypeError(
            "a verdict has no truth value: compare verdict.status with a member of clr.Status"
        )


def verified(
    checked_by: str,
    message: str,
    *,
    strength: Strength = Strength.PROVED,
    premises: tuple[str, ...] = (),
) -> Verdict:
    """A claim that holds."""
    return Verdict(
        Status.VERIFIED, checked_by, Evidence(message, premises=premises), strength=strength
    )


def refuted(
    checked_by: str,
    evidence: Evidence,
    *,
    fault: Fault = Fault.CALCULATION,
    strength: Strength = Strength.PROVED,
) -> Verdict:
    """A claim that is false in every reading."""
    return Verdict(Status.REFUTED, checked_by, evidence, fault, strength)


def unsupported(checked_by: str, evidence: Evidence) -> Verdict:
    """A claim that rests on something which nothing provides."""
    return Verdict(Status.UNSUPPORTED, checked_by, evidence, Fault.UNSUPPORTED)


def jump(checked_by: str, evidence: Evidence) -> Verdict:
    """A claim that is consistent with what is established but does not follow from it."""
    return Verdict(Status.JUMP, checked_by, evidence, Fault.JUMP)


UNREAD = "not read whole"
"""What a verdict says of a sentence that its reader did not read."""


def unverifiable(checked_by: str, message: str) -> Verdict:
    """A claim that no checker decides."""
    return Verdict(Status.UNVERIFIABLE, checked_by, Evidence(message))


def undecided(checked_by: str, message: str) -> Verdict:
    """A claim on which a budget ran out."""
    return Verdict(Status.UNDECIDED, checked_by, Evidence(message))
