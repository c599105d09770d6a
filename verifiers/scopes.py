"""Two scopes in which a conclusion may follow: what is cited for it, and all that is established.

A reason need not be the whole reason: people leave out what everybody present knows. But what is
cited has to count: there must be statements beside which the conclusion follows with what is cited,
and does not follow without it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

S = TypeVar("S", bound=Hashable)

MAX_QUESTIONS = 200
"""Questions about what follows, for one conclusion."""


class TooMany(Exception):
    """`MAX_QUESTIONS` were asked, and it is still open whether the cited statements count."""


def needed_beside(
    cited: Sequence[S], others: Sequence[S], follows: Callable[[Sequence[S]], bool]
) -> tuple[S, ...] | None:
    """Those of `others` that complete what is cited, none of which can be spared; the first are
    preferred. None where the cited statements count beside none of the others.

    `follows` tells whether the conclusion follows from statements; from more of them, more follows.

    Raises:
        TooMany: see there.
    """
    asked = 0

    def enough(*statements: S) -> bool:
        nonlocal asked
        asked += 1
        if asked > MAX_QUESTIONS:
            raise TooMany
        return follows(statements)

    if enough(*cited):
        return ()
    # If the cited statements count beside some others, then also beside more of them, up to a
    # largest set without which the conclusion does not follow. These sets are gone through: each
    # one not seen yet holds all of a start, and something that the set grown from it lacks.
    starts: list[tuple[S, ...]] = [()]
    seen: set[frozenset[S]] = set()
    while starts:
        start = starts.pop(0)
        short = list(start)
        for other in others:
            if other not in short and not enough(*short, other):
                short.append(other)
        if enough(*cited, *short):
            needed = [o for o in others if o in short]
            for other in reversed(needed):
                rest = [o for o in needed if o != other]
                if enough(*cited, *rest):
                    needed = rest
            return tuple(needed)
        for other in others:
            larger = frozenset((*start, other))
            if other not in short and larger not in seen and not enough(*start, other):
                seen.add(larger)
                starts.append((*start, other))
    return None
