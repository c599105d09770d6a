"""No right step of our own puzzles is refuted."""

import pytest

from clr.benchmarks import own_logic


@pytest.fixture(scope="module")
def rows():
    return {row.subset: row for row in own_logic.main()}


def test_records_are_well_formed():
    every = own_logic.puzzles()
    assert len({p.id for p in every}) == len(every)
    for p in every:
        assert -1 <= p.label < len(p.steps)
        assert p.problem.strip()
        assert all(step.strip() for step in p.steps)


def test_nothing_right_is_refuted(rows):
    assert rows["all"].right >= 187
    assert rows["all"].alarms == 0
    assert rows["all"].early == 0


def test_some_of_it_is_decided(rows):
    assert rows["all"].decided >= 140
    assert rows["all"].exact >= 85
