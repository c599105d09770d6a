"""Sound solutions of puzzles in the styles of many models: nothing in them may be called false.

`styles.txt` holds problems and solutions, each after a line that begins with "@@".
"""

from pathlib import Path

import pytest

import clr
from clr.claim import Status
from clr.segment import trace_of

FAULTS = (Status.REFUTED, Status.JUMP, Status.UNSUPPORTED)
DECIDED = (Status.VERIFIED, *FAULTS)


def solutions() -> list[tuple[str, str]]:
    """Pairs of a problem and a solution."""
    out = []
    problem = ""
    text = (Path(__file__).parent / "styles.txt").read_text(encoding="utf-8")
    for block in text.split("@@ ")[1:]:
        kind, _, body = block.partition("\n")
        if kind == "PROBLEM":
            problem = body.strip()
        else:
            out.append((problem, body.strip()))
    return out


SOLUTIONS = solutions()


@pytest.mark.parametrize("profile", ["precise", "thorough"])
def test_nothing_in_a_sound_solution_is_a_fault(profile: str) -> None:
    for problem, solution in SOLUTIONS:
        report = clr.audit(problem=problem, response=solution, profile=profile)
        faults = [
            (c.claim.text, c.verdict.evidence) for c in report.claims if c.verdict.status in FAULTS
        ]
        assert not faults, (problem, solution)


def test_more_than_half_of_the_steps_have_a_decided_claim() -> None:
    steps = [
        any(c.verdict.status in DECIDED for c in step.claims)
        for problem, solution in SOLUTIONS
        for step in clr.audit(problem=problem, response=solution).steps
    ]
    assert len(SOLUTIONS) >= 60
    assert sum(steps) > len(steps) * 0.6


def test_every_step_lies_where_it_was_written() -> None:
    for problem, solution in SOLUTIONS:
        trace = trace_of("", problem, response=solution)
        for step in clr.audit(problem=problem, response=solution).steps:
            for claim in step.claims:
                span = claim.claim.span
                written = trace.response[span.start : span.end]
                assert claim.claim.text.strip() == written.strip()
