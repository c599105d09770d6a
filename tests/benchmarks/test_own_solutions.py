"""No correct step of our own solutions is refuted, but for the known ones below."""

import pytest

from clr.benchmarks import own_solutions, processbench

OPEN: dict[str, str] = {}
"""False alarms, with what is misread. Whoever mends one takes it off the list."""


@pytest.fixture(scope="module")
def results():
    return processbench.run(own_solutions.solutions(), profile="precise")


def test_records_are_well_formed():
    every = own_solutions.solutions()
    assert len({s.id for s in every}) == len(every)
    for s in every:
        assert s.subset in own_solutions.SUBSETS
        assert -1 <= s.label < len(s.steps)
        assert bool(s.error) == (s.label >= 0)
        assert all(step.strip() for step in s.steps)


def test_only_the_known_correct_solutions_are_refuted(results):
    found = own_solutions.false_alarms(results)
    assert not set(found) - set(OPEN), "new false alarms"
    assert not set(OPEN) - set(found), "mended: take these off the list"


def test_arithmetic_errors_are_named(results):
    rates = {row.error: row for row in own_solutions.recall(results)}
    assert rates["arithmetic"].named > 0.8 * rates["arithmetic"].errors
    assert rates["one value"].named > 0.55 * rates["one value"].errors
