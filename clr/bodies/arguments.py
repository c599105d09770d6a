"""Claims of propositional and first-order logic."""

from __future__ import annotations

from dataclasses import dataclass

from clr.fol.syntax import Formula


@dataclass(frozen=True, slots=True)
class Premises:
    """What the problem states, sentence by sentence. `complete` if all of it was read.

    `exclusive` says it with each "either ... or ..." excluding both; it is empty without one.
    """

    texts: tuple[str, ...]
    formulas: tuple[Formula, ...]
    complete: bool
    exclusive: tuple[Formula, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A formula that is said to hold; `foreign` if it names what the problem does not.

    `cites` are the statements given for it in the same sentence, and `reason` marks one of those.
    `concluded` if the sentence begins with "so" or the like, `final` if it is the answer,
    `overall` if it is said to hold in all cases that were told apart. `under` is what the sentences
    right before it suppose, where they were read whole.
    """

    formula: Formula
    foreign: bool = False
    cites: tuple[Formula, ...] = ()
    reason: bool = False
    concluded: bool = False
    final: bool = False
    overall: bool = False
    under: tuple[Formula, ...] = ()


@dataclass(frozen=True, slots=True)
class Naming:
    """Statements that are named by letters from now on."""

    named: tuple[tuple[str, Formula], ...]


@dataclass(frozen=True, slots=True)
class Symbolic:
    """A formula whose atoms are such letters is said to hold; `cites` are given for it."""

    formula: Formula
    cites: tuple[Formula, ...] = ()


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What an answer, yes or no, says of the statement that the problem asks about."""

    formula: Formula


@dataclass(frozen=True, slots=True)
class Unread:
    """A sentence about the premises' things that was not read whole; `supposes` if it supposes,
    perhaps the `hypothesis`, `absurd` if it speaks of a contradiction. A `heading` says that what
    comes next is a case."""

    supposes: bool
    hypothesis: Formula | None = None
    absurd: bool = False
    heading: bool = False
