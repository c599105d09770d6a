"""What a step says about the trace itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Retraction:
    """The author says that something before `words`, or the step itself, is wrong."""

    words: str


@dataclass(frozen=True, slots=True)
class Objection:
    """The author turns in `words` against what stands before them, or does not vouch for it; `how`
    says which, with the text as its subject."""

    words: str
    how: str


@dataclass(frozen=True, slots=True)
class BareArgument:
    """A step draws so many `inferences` in words.

    `plain` says that they make an argument whatever the step is about: one of a figure, or one with
    reasons, conclusions and necessities.
    """

    inferences: int
    plain: bool


@dataclass(frozen=True, slots=True)
class Omission:
    """The trace concludes without `number`, which the problem gives or the trace `derived`."""

    number: str
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Misquote:
    """A rate, as `written`, that is none of the problem's; `why` says what the problem gives."""

    written: str
    why: str


@dataclass(frozen=True, slots=True)
class Impossible:
    """An amount that cannot be the number of things that the problem asks for, and why.

    `noun` names the things in the singular, or is empty.
    """

    number: str
    noun: str
    why: str
