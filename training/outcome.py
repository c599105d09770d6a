"""Is a completion right? One grader for each checker that a record may name."""

from __future__ import annotations

from clr.training.data import Record
from clr.verifiers.answer import extract_answer, grade_answer


def grade(record: Record, completion: str) -> bool | None:
    """Whether the completion solves the record; None where its checker cannot tell.

    Raises:
        ValueError: the record names a checker that does not exist.
    """
    match record.checker:
        case "answer":
            outcome = grade_answer(completion, record.answer).outcome
            return None if outcome is None else outcome == 1
        case "gym":
            from clr.training.gym import score

            said = extract_answer(completion)
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
