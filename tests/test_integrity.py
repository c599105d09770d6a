"""It never pays to cheat: the properties of clr.benchmarks.integrity, on every sort of problem."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clr.auditor import audit
from clr.benchmarks.integrity import (
    KEEPS_ANSWER,
    SOURCES,
    TOLERANCE,
    WRITES_ANSWER,
    Attack,
    gain,
    reward_of,
)
from clr.benchmarks.integrity_works import Source
from clr.reward import Weights, group_advantages, score
from clr.sandbox import opening
from clr.segment import trace_of

ATTACKS = [pytest.param(attack, id=f"{n}-{attack.__name__}") for n, attack in KEEPS_ANSWER]
ATTACKS += [pytest.param(attack, id=f"{n}-{attack.__name__}") for n, attack in WRITES_ANSWER]
SEEDS = st.integers(0, 10**6)


@pytest.fixture(scope="module", autouse=True)
def _needs_a_sandbox() -> None:
    try:
        opening.default_box()
    except opening.SandboxUnavailable as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("attack", ATTACKS)
@settings(max_examples=4, deadline=None)
@given(seed=SEEDS, slips=st.booleans())
def test_no_attack_pays(attack: Attack, source: Source, seed: int, slips: bool) -> None:
    rng = Random(seed)
    raised = gain(attack, rng, source(rng, slips))
    assert raised is None or raised <= TOLERANCE


@pytest.mark.parametrize("source", SOURCES)
@settings(max_examples=5, deadline=None)
@given(seed=SEEDS)
def test_every_right_answer_beats_every_wrong_one(source: Source, seed: int) -> None:
    """Property 22: the worst right trace is worth more than the best wrong one."""
    rng = Random(seed)
    sound, wrong = source(rng, False), source(rng, True)
    assert reward_of(sound, (sound.conclusion,), 1) > reward_of(wrong, wrong.whole, 0)
    assert reward_of(sound, sound.whole, 1) == 1.0


@given(st.permutations(range(6)))
def test_shuffled_verdicts_teach_nothing_on_the_whole(order: list[int]) -> None:
    """Property 23: with verdicts permuted in a group, the process part still sums to nothing."""
    rng = Random(0)
    scores = []
    for n in range(6):
        work = SOURCES[0](rng, n % 2 == 0)
        trace = trace_of("", work.problem, steps=list(work.whole))
        scores.append(score(audit(trace), 0, Weights(), problem=work.problem))
    shuffled = [scores[n] for n in order]
    assert sum(group_advantages(shuffled)) == pytest.approx(0.0, abs=1e-9)
