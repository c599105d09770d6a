"""Damaged traces of every domain: each audit ends well, and the fuzzer would notice if not."""

from __future__ import annotations

import logging

import pytest

from clr.benchmarks import fuzz
from clr.benchmarks.seeds import SEEDS
from clr.domains import DOMAINS

BOUND = 1 << 10
"""MiB."""


def test_the_seeds_reach_every_domain() -> None:
    for domain in DOMAINS:
        assert any(domain.context_of(problem) is not None for problem, _ in SEEDS), domain.name


def test_a_case_is_made_again_from_its_name() -> None:
    assert fuzz.case(3, 14) == fuzz.case(3, 14) != fuzz.case(4, 14)


def test_what_an_audit_logs_is_a_defect() -> None:
    record = logging.LogRecord("clr", logging.ERROR, "", 0, "a checker failed", None, None)
    with pytest.raises(RuntimeError, match="a checker failed"):
        fuzz._Defects().emit(record)


def test_a_few_cases_end_well() -> None:
    outcome = fuzz.main(600, seed=1, deadline=20.0)
    assert not outcome.failures
    assert 0 < outcome.peak < BOUND


@pytest.mark.slow
def test_many_cases_end_well() -> None:
    outcome = fuzz.main(10_000, seed=2, deadline=20.0)
    assert not outcome.failures
    assert 0 < outcome.peak < BOUND
