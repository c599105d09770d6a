"""Claims about listed things: how many of each there are, and how many in all."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Listing:
    """The things that a problem lists, each with how many of it there are.

    With `all`, the question is how many things there are, of whatever kind.
    """

    things: tuple[tuple[str, int], ...]
    all: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """A thing is on the list so many times; None where it is only named.

    `running` is the sum up to it, if told. `opens` where a new list begins with it. Not `listed`
    where it is the only thing of its sentence, with the number before it: "36 eggs". `stated`
    where it is said to be there in this number: "there are 3 drums", "3 drums and 2 flutes"; such
    a number does not count along (`along`), nor do numbers of a sentence that do not grow.
    """

    thing: str
    count: int | None
    running: int | None = None
    opens: bool = False
    listed: bool = True
    stated: bool = False
    along: bool = True


@dataclass(frozen=True, slots=True)
class Total:
    """There are so many in all: of those listed before, or the sum of these `terms`.

    `asked` where this is said of what the question asks for; `answer` where it is the answer.
    """

    count: int
    terms: tuple[int, ...] = ()
    asked: bool = False
    answer: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """A sentence that may name or count some of the things and was not read whole."""
