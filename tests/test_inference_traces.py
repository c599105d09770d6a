"""Right traces are never refuted, and errors in others are found where they stand."""

import pytest
from inference_traces import RIGHT, WRONG

import clr
from clr.claim import Status


def refuted(problem: str, steps: list[str], profile: str) -> list[int]:
    report = clr.audit(problem=problem, steps=steps, profile=profile)
    return [
        i
        for i, step in enumerate(report.steps)
        if any(c.verdict.status is Status.REFUTED for c in step.claims)
    ]


@pytest.mark.parametrize(("problem", "steps"), RIGHT)
@pytest.mark.parametrize("profile", ["precise", "thorough"])
def test_what_is_right_is_not_refuted(problem: str, steps: list[str], profile: str) -> None:
    assert refuted(problem, steps, profile) == []


@pytest.mark.parametrize(("problem", "steps", "at"), WRONG)
def test_what_is_wrong_is_refuted_where_it_stands(problem: str, steps: list[str], at: int) -> None:
    assert refuted(problem, steps, "precise")[:1] == [at]
