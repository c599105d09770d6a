"""Is a completion right? One grader for each checker that a record may name."""

from __future__ import annotations

import re
from fractions import Fraction

from clr.reading.answers import boxed
from clr.training.data import Record

_ANSWER = re.compile(
    r"^\s*(?:the\s+)?(?:final\s+)?answer\s*(?::|is)\s*(.+?)\s*\.?\s*$", re.I | re.M
)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:/\d+)?")


def grade(record: Record, completion: str) -> bool | None:
    """Whether the completion solves the record; None where its checker cannot tell.

    Raises:
        ValueError: the record names a checker that does not exist.
    """
    match record.checker:
        case "answer":
            said = final_answer(completion)
            return said is not None and same_answer(said, record.answer)
        case "gym":
            from clr.training.gym import score

            said = final_answer(completion)
            return said is not None and score(record, said) == 1.0
        case "tests":
            from clr.training.programs import passes

            return passes(record, completion)
        case "rules":
            from clr.training.instruct import follows

            return follows(record, completion)
        case unknown:
            raise ValueError(
                f"record {record.id}: no checker {unknown!r}; there are answer, gym, tests, rules"
            )


def final_answer(completion: str) -> str | None:
    """What the last line of the form `Answer: ...` says, or else the last box; None if none."""
    said = _ANSWER.findall(completion)
    box = boxed(said[-1] if said else completion)
    if box is not None:
        return (said[-1] if said else completion)[box.start : box.end].strip()
    return said[-1].strip("$* ") if said else None


def same_answer(said: str, reference: str) -> bool:
    """Equal as numbers where both are numbers, else as words."""
    if _NUMBER.fullmatch(said) and _NUMBER.fullmatch(reference):
        return Fraction(said) == Fraction(reference)
    return " ".join(said.casefold().split()) == " ".join(reference.casefold().split())
