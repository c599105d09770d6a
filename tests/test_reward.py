"""What a trace is worth, and that no trick is worth anything."""

import kiosk
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clr.auditor import audit
from clr.reward import (
    PRESETS,
    Cause,
    Score,
    Weights,
    group_advantages,
    score,
    select_consistent,
    token_advantages,
    weights_for,
)
from clr.segment import trace_of

PROBLEM = kiosk.PROBLEM
SOUND = kiosk.SOUND.split("\n\n")
FLAWED = kiosk.FLAWED.split("\n\n")


def scored(steps: list[str], outcome: int, weights: Weights | None = None) -> Score:
    trace = trace_of("t", PROBLEM, steps=steps)
    return score(audit(trace), outcome, weights, problem=PROBLEM)


def test_an_answer_that_is_no_number_is_what_its_domain_found() -> None:
    problem = "Sort the following words alphabetically: List: pear apple fig"

    def sorted_as(words: str) -> Score:
        trace = trace_of("t", problem, steps=[f"So the sorted list is: {words}."])
        return score(audit(trace), 1, Weights(), problem=problem)

    assert sorted_as("apple fig pear").reward == 1.0
    assert sorted_as("fig apple pear").penalty == 1.0
    assert [c.cause for c in sorted_as("fig apple pear").charges][-1] is Cause.FALSE


def test_a_false_count_that_a_calculation_takes_up_is_one_fault() -> None:
    problem = "I have 4 flutes, 3 drums, and 5 onions. How many musical instruments do I have?"
    end = ["- drums: 3", "8 + 3 = 11.", "The answer is 11."]

    def counted(*steps: str) -> Score:
        return score(audit(trace_of("t", problem, steps=list(steps))), 0, problem=problem)

    found = counted("- flutes: 8", *end)
    assert [(c.cause, c.step) for c in found.charges] == [(Cause.FALSE, 0)]
    hidden = counted("The flutes are counted.", *end)
    assert hidden.penalty > found.penalty


@pytest.mark.parametrize("value", [9, 8, 72])
def test_hiding_a_false_value_that_equals_another_one_does_not_pay(value: int) -> None:
    end = [f"{value} + 72 = {value + 72}. The answer is \\boxed{{{value + 72}}}."]
    shown = scored([f"6 * 14 = {value} jars.", "9 * 8 = 72 jars.", *end], 0)
    hidden = scored(["The first are counted.", "9 * 8 = 72 jars.", *end], 0)
    assert shown.reward is not None and hidden.reward is not None
    assert hidden.reward < shown.reward


def test_a_percentage_is_used_as_a_part_of_one() -> None:
    problem = "Ann had $500. She spent 20% of it, and then 25% of the rest. How much is left?"
    steps = ["500 * 0.2 = 100", "500 - 100 = 400", "400 * 0.25 = 100", "400 - 100 = 300"]
    trace = trace_of("t", problem, steps=[*steps, "The answer is \\boxed{300}."])
    assert score(audit(trace), 1, problem=problem).reward == 1.0


def test_the_order_that_must_always_hold() -> None:
    bare = ["The answer is \\boxed{156}."]
    rewards = [
        scored(SOUND, 1).reward,
        scored(FLAWED, 1).reward,
        scored(bare, 1).reward,
        scored(SOUND, 0).reward,
        scored(FLAWED, 0).reward,
        scored(bare, 0).reward,
    ]
    assert rewards == pytest.approx([1.0, 0.7, 0.4, 0.0, -0.05, -0.1])


def test_every_number_is_explained() -> None:
    found = scored(FLAWED, 1)
    assert [(c.cause, c.price, c.step) for c in found.charges] == [(Cause.FALSE, 0.5, 0)]
    assert found.charges[0].reason.startswith("6 * 14 = 94 jars: the left side is 84")
    assert found.components["false"] == 0.5
    assert [s.value for s in found.steps] == [-0.5, 0.0, 0.0]
    assert found.first_fault == found.charges[0]


def test_a_value_from_nowhere_costs_more_than_a_false_one() -> None:
    hidden = [FLAWED[0].replace("6 * 14 = 94 jars", "The crates hold plenty"), *FLAWED[1:]]
    assert scored(hidden, 0).penalty > scored(FLAWED, 0).penalty


def test_a_false_claim_beside_the_point_costs_half() -> None:
    aside = [*SOUND[:2], "By the way 50 + 51 = 111.", SOUND[2]]
    assert scored(aside, 1).components["false_off_path"] == 0.25


def test_taking_back_is_cheap_only_if_something_true_replaces_it() -> None:
    fixed = ["6 * 14 = 94 jars.", "Wait, let me recompute.", *SOUND]
    silent = ["6 * 14 = 94 jars.", *SOUND]
    spam = [f"{n} * 14 = {15 * n} jars." for n in range(3, 10)]
    spam += ["Wait, let me recompute.", *[f"{n} * 14 = {14 * n} jars." for n in range(3, 10)]]
    assert scored(fixed, 1).penalty == pytest.approx(0.05)
    assert scored(silent, 1).penalty == pytest.approx(0.25)
    assert scored([*spam, *SOUND], 1).components["retracted"] == pytest.approx(0.2)
    assert scored([*spam, *SOUND], 1).penalty == pytest.approx(0.95)


def test_where_little_can_be_read_there_is_no_process_term() -> None:
    assert scored(["156."], 1, Weights(kappa=0.2)).reward == 1.0


def test_a_domain_that_was_not_measured_has_no_process_term() -> None:
    assert scored(["Done."], 1, weights_for("chess")).reward == 1.0


def test_presets() -> None:
    assert scored(FLAWED, 1, PRESETS["outcome"]).reward == 1.0
    assert scored(FLAWED, 1, PRESETS["process"]).reward == -0.5
    bare = ["The answer is 156."]
    assert scored(bare, 1, PRESETS["prof"]).reward is None
    assert scored(bare, 0, PRESETS["prof"]).reward == 0.0
    with pytest.raises(ValueError, match="no preset 'best'"):
        weights_for("math", "best")


@pytest.mark.parametrize("outcome", [-1, 2, 0.5])
def test_an_outcome_is_0_or_1(outcome: int) -> None:
    with pytest.raises(ValueError, match="the outcome is 0 or 1"):
        scored(SOUND, outcome)


@pytest.mark.parametrize("bad", [{"gap": -1.0}, {"kappa": 1.5}, {"lam": float("nan")}])
def test_weights_are_checked(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(bad))):
        Weights(**bad)


def made(outcome: int, penalty: float) -> Score:
    return Score(outcome, None, penalty, (), ())


def test_a_group_of_wrong_answers_moves_little() -> None:
    advantages = group_advantages([made(0, 1.0)] * 7 + [made(0, 0.5)])
    assert advantages[-1] == pytest.approx(0.3 * 7 / 8 * 0.5)
    assert sum(advantages) == pytest.approx(0.0)


@given(
    st.lists(
        st.tuples(st.integers(0, 1), st.floats(0, 1)).map(lambda pair: made(*pair)), max_size=12
    )
)
def test_groups_are_centred_and_selection_keeps_both_sorts(group: list[Score]) -> None:
    assert sum(group_advantages(group)) == pytest.approx(0.0, abs=1e-6)
    kept = [s for s, keep in zip(group, select_consistent(group), strict=True) if keep]
    assert {s.outcome for s in kept} == {s.outcome for s in group}


def test_token_advantages_fall_on_the_faulty_step_and_sum_to_the_whole() -> None:
    trace = trace_of("t", PROBLEM, steps=FLAWED)
    found = score(audit(trace), 0, problem=PROBLEM)
    offsets = [(i, i + 4) for i in range(0, len(trace.response), 4)]
    tokens = token_advantages(found, offsets, -0.2)
    assert sum(tokens) == pytest.approx(-0.2 * len(offsets))
    assert min(tokens) == tokens[0] < tokens[-1]


def test_a_number_that_the_words_of_the_problem_bring_along_has_a_source() -> None:
    problem = "A clerk packs 3 boxes a minute, 8 hours a day. How many does she pack in 2 weeks?"
    response = (
        "A day has 8 * 60 = 480 minutes. In a day she packs 480 * 3 = 1440 boxes. "
        "In two weeks she packs 1440 * 14 = 20160. The answer is \\boxed{20160}."
    )
    found = score(audit(trace_of("t", problem, response=response)), 1, problem=problem)
    assert found.charges == ()
