"""What a strict reader also objects to, though nothing false was said.

People who mark reasoning step by step count more than falsehoods: a place left open that was
already settled, a goal that was set and then dropped, a premise repeated with nothing made of it.
These are policy, not truth: each is an option, all are off in `PRECISE` and on in `THOROUGH`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clr.claim import Claim, Evidence, Kind, Status, Verdict, jump
from clr.trace import Step

PREMISE = "premises"
"""What checks a claim that only repeats a premise."""
CONVENTION = "conventions"


@dataclass(frozen=True, slots=True)
class Conventions:
    """Which conventions count; what breaks one is a jump, never refuted."""

    stale: bool = False
    """A step treats as open what earlier steps have settled."""
    repetition: bool = False
    """A step says word for word what an earlier one said; states may come back."""
    restatement: bool = False
    """A step repeats a premise and neither it nor the next step concludes anything from it, and
    nothing shows that premises are only listed."""
    dropped_goal: bool = False
    """A part that was announced as the next to be settled is left, and another one is begun."""


PRECISE = Conventions()
THOROUGH = Conventions(stale=True, repetition=True, restatement=True, dropped_goal=True)


Checked = tuple[Step, Sequence[tuple[Claim, Verdict]]]
"""A step with its claims and their verdicts."""

_SETS_OUT = re.compile(
    r"\A[\s*_]*(?:[-*•‣◦#|]|\(?\d{1,2}[.)]|\(?[a-z][.)]\s|(?:step|clue|fact|premise)\b)"
    r"|\b(?:given|know|told|states?|stated|says?|clues?|premises?|facts?|conditions?"
    r"|constraints?|rules?|information)\b|[:=<>→✓✔✅]",
    re.I,
)
"""What shows that premises are repeated on purpose: a list, a word for them, a tick."""
_CONCLUDES = re.compile(r"\b(?:so|therefore|thus|hence|means|must|cannot|conclude\w*)\b", re.I)


def review(steps: Sequence[Checked], conventions: Conventions) -> Iterator[tuple[int, Verdict]]:
    """Steps that break a convention about whole steps, by index, each with its verdict."""
    seen: set[str] = set()
    listing = False
    for at, (step, claims) in enumerate(steps):
        text = " ".join(step.text.lower().split())
        timeless = all(claim.kind is not Kind.STATE for claim, _ in claims)
        if conventions.repetition and claims and timeless and text in seen:
            yield step.index, jump(CONVENTION, Evidence("repeats an earlier step word for word"))
        seen.add(text)
        restates = bool(claims) and all(_restates(verdict) for _, verdict in claims)
        listing = bool(_SETS_OUT.search(step.text)) or (listing and restates)
        if (
            conventions.restatement
            and restates
            and not listing
            and not _CONCLUDES.search(step.text)
            and not (at + 1 < len(steps) and _CONCLUDES.match(steps[at + 1][0].text))
        ):
            yield (
                step.index,
                jump(CONVENTION, Evidence("repeats a premise and concludes nothing from it")),
            )


def _restates(verdict: Verdict) -> bool:
    return verdict.status is Status.VERIFIED and verdict.checked_by == PREMISE
