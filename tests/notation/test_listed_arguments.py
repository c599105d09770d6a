"""Commas between the numbers that a function of several is applied to."""

import pytest

import clr
from clr.claim import Status


@pytest.mark.parametrize(
    "text",
    [
        "$\\gcd(48,180) = 12$",
        "gcd(48,180) = 12",
        "$\\gcd(48,180,600) = 12$",
        "$\\gcd(1,234,567) = 1$",
        "max(12,345) = 345",
        "$\\operatorname{lcm}(12,180) = 180$",
        "$\\gcd(1,200, 900) = 300$",
        "$\\max(1,234, 1,500) = 1,500$",
    ],
)
def test_a_function_of_several_takes_numbers_and_no_thousands(text: str) -> None:
    (claim,) = clr.audit(problem="Compute it.", steps=[f"So {text}."]).steps[0].claims
    assert claim.verdict.status is Status.VERIFIED


def test_a_false_one_is_refuted() -> None:
    report = clr.audit(problem="Compute it.", steps=["So $\\gcd(48,180) = 6$."])
    assert report.steps[0].status is Status.REFUTED


@pytest.mark.parametrize("text", ["min(90+25,100) = 100", "$\\max(2 \\cdot 50,125) = 125$"])
def test_numbers_beside_calculations_are_parted_too(text: str) -> None:
    (claim,) = clr.audit(problem="Compute it.", steps=[f"So {text}."]).steps[0].claims
    assert claim.verdict.status is Status.VERIFIED


def test_a_blank_may_part_thousands_before_a_slash() -> None:
    report = clr.audit(problem="Divide.", steps=["t = 501 600/2200 = 228", "501 600/2200 = 229"])
    assert report.first_error == 1
