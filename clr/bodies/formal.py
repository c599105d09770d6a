"""Claims of logic in symbols."""

from __future__ import annotations

from dataclasses import dataclass

from clr.fol.syntax import Formula


@dataclass(frozen=True, slots=True)
class Given:
    """What a problem gives in symbols: premises, `complete` if no other formula may be one, the
    formulas that it asks about, and truth values of letters. `letters` are all that it uses."""

    premises: tuple[Formula, ...] = ()
    complete: bool = False
    topics: tuple[Formula, ...] = ()
    values: tuple[tuple[str, bool], ...] = ()
    letters: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Equivalents:
    """Formulas that are said to be equivalent, in order, as read and as written.

    Where they are not `strict`, they are joined by "=", as values in one case also are. `concluded`
    if the sentence begins with "so" or the like.
    """

    members: tuple[Formula, ...]
    texts: tuple[str, ...]
    strict: bool = True
    concluded: bool = False


@dataclass(frozen=True, slots=True)
class Sequent:
    """A conclusion is said to follow from premises, or not to; `concluded` if the sentence begins
    with "so" or the like."""

    premises: tuple[Formula, ...]
    conclusion: Formula
    denied: bool = False
    concluded: bool = False


@dataclass(frozen=True, slots=True)
class Property:
    """A formula is said to be a tautology, satisfiable, ..., or not to be."""

    formula: Formula
    name: str
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A formula that is stated in a derivation, perhaps with a number.

    `numbers` are the lines named for it and `cites` formulas given for it in the same sentence;
    `role` is "premise", "assumption" or "derived"; `closes` if its rule ends an assumption. A
    derived line that is not `firm` may only mention a formula.
    """

    formula: Formula
    number: int | None = None
    numbers: tuple[int, ...] = ()
    cites: tuple[Formula, ...] = ()
    role: str = "derived"
    closes: bool = False
    firm: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """In the case in which letters have these truth values, each chain of formulas has one value.

    A chain that ends in a truth value says which. `tabled` if this is a row of a table.
    """

    values: tuple[tuple[str, bool], ...]
    chains: tuple[tuple[Formula, ...], ...]
    texts: tuple[tuple[str, ...], ...]
    tabled: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """A formula, or the one that was spoken of, is said to have a value in so many cases."""

    formula: Formula | None
    value: bool
    count: int
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A sentence with formulas that was not read; `supposes` if it may open an assumption."""

    supposes: bool = False
