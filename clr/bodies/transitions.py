"""Claims that a trace itself makes decidable: a state, an event beside it, and the next state.

Nothing is taken from the problem; names are as the trace writes them, in small letters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Slots:
    """Names with what each has: "Ann: kite, Ben: ball"; those that are not named are as before."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Things in their order; what lies on a stack may be written from either end."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """One value: a square, a floor, a number, a direction, one of several places."""

    value: str


State: TypeAlias = Slots | Row | Spot


@dataclass(frozen=True, slots=True)
class Exchange:
    """Two names exchange what they have, or two things their places."""

    first: str
    second: str
    switched: bool = False
    """Told by "switch", which may also mean to press what is a switch."""


@dataclass(frozen=True, slots=True)
class Carry:
    """`what`, a number or a thing, goes from `source` to `target`; "all" and "half" are numbers."""

    what: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Flip:
    """Each of the `names` takes the other one of its two values; all do where none is named."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Become:
    """The `names` have `value` from now on."""

    names: tuple[str, ...]
    value: str


@dataclass(frozen=True, slots=True)
class Grow:
    """The number of `name` grows by `amount`; of the only one where no name is given."""

    name: str
    amount: int


@dataclass(frozen=True, slots=True)
class Scale:
    """The number of `name` is multiplied by `factor`."""

    name: str
    factor: int


@dataclass(frozen=True, slots=True)
class Share:
    """The number of `name` is divided by `divisor`."""

    name: str
    divisor: int


@dataclass(frozen=True, slots=True)
class Insert:
    """`item` comes into a row: at its "end" or "front", "before" or "after" `place`, "at" place
    number `place`, or on its "top", which is one of its ends."""

    item: str
    where: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Drop:
    """An item leaves a row: `item`, or what is at its "end", "front" or "top"; both are told
    together where one is said to be the other."""

    item: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Send:
    """An item of a row goes to its "end" or "front", or to its "top" or "bottom", which are ends
    too; without a name, the one at the other end."""

    item: str
    where: str


@dataclass(frozen=True, slots=True)
class Arrange:
    """A row is put into another order: "reversed", "ascending", "descending"."""

    how: str


@dataclass(frozen=True, slots=True)
class Shift:
    """One goes `steps` to a side: "up", "down", "left", "right", or by the compass."""

    way: str
    steps: int


@dataclass(frozen=True, slots=True)
class Turn:
    """One turns by so many quarters to the left."""

    quarters: int


Event: TypeAlias = (
    Exchange
    | Carry
    | Flip
    | Become
    | Grow
    | Scale
    | Share
    | Insert
    | Drop
    | Send
    | Arrange
    | Shift
    | Turn
)


@dataclass(frozen=True, slots=True)
class Told:
    """Events in order, in each of the ways in which the words may be read."""

    readings: tuple[tuple[Event, ...], ...]


@dataclass(frozen=True, slots=True)
class Start:
    """What comes next is the state before all events."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A sentence that was not read whole, and may tell of events; with `aside`, what comes after it
    may be a trial, or be told anew.
    """

    aside: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """Events and states in the order in which a sentence tells of them.

    `concluded` where what it says is said to be so now, or in the end.
    """

    parts: tuple[State | Told | Start | Unread, ...]
    concluded: bool = False


@dataclass(frozen=True, slots=True)
class ReadOff:
    """The words of a short sentence that may name a slot first and what it has last.

    `concluded` where it is said to be so in the end; `neutral` where it tells of no event whatever
    it says.
    """

    words: tuple[str, ...]
    concluded: bool
    neutral: bool


@dataclass(frozen=True, slots=True)
class Those:
    """Exactly these names have `value`."""

    names: tuple[str, ...]
    value: str


@dataclass(frozen=True, slots=True)
class HowMany:
    """So many have `value`."""

    count: int
    value: str


@dataclass(frozen=True, slots=True)
class Bearing:
    """`quarters` to the left of one direction of the compass is another; `direction` counts from
    north in quarters to the left, and so does `result`."""

    direction: int
    quarters: int
    result: int
