"""The formulas of MGPO and Long2Short, the process term, and the contract with TRL."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("trl")

from hypothesis import given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from clr.claim import Fault  # noqa: E402
from clr.pool import Crew  # noqa: E402
from clr.trace import Span  # noqa: E402
from clr.training import mgpo, models, steps  # noqa: E402
from clr.training.judge import Judgement, claims, compared  # noqa: E402

shares = st.floats(0, 1)
groups = st.integers(2, 12).flatmap(
    lambda size: st.tuples(
        st.lists(st.sampled_from([0.0, 1.0]), min_size=size, max_size=size),
        st.lists(st.integers(1, 5000), min_size=size, max_size=size),
        st.lists(shares, min_size=size, max_size=size),
    )
)


def tensor(values: Sequence[float]) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


@given(shares)
def test_the_deviation_is_the_divergence_from_a_fair_coin(p: float) -> None:
    terms = [q * math.log(q / 0.5) for q in (p, 1 - p) if q > 0]
    assert mgpo.deviation(tensor([p])).item() == pytest.approx(sum(terms), abs=1e-6)


@given(shares, st.floats(0, 5))
def test_weights_are_symmetric_and_bounded(p: float, gamma: float) -> None:
    here, mirrored = (mgpo.weight(tensor([x]), gamma).item() for x in (p, 1 - p))
    assert here == pytest.approx(mirrored, abs=1e-9)
    assert 2**-gamma - 1e-9 <= here <= 1 + 1e-9


def test_known_weights() -> None:
    assert mgpo.weight(tensor([0.0, 0.5, 1.0]), 2.0).tolist() == pytest.approx([0.25, 1, 0.25])
    # D(3/4) = 3/4 ln 3/2 + 1/4 ln 1/2
    expected = math.exp(-(0.75 * math.log(1.5) + 0.25 * math.log(0.5)))
    assert mgpo.weight(tensor([0.75])).item() == pytest.approx(expected, abs=1e-9)


def test_unknown_outcomes_do_not_count_in_the_accuracy() -> None:
    correct = tensor([[1, 0, math.nan, math.nan], [1, 1, 1, 0]])
    assert mgpo.accuracy(correct).tolist() == pytest.approx([0.5, 0.75])


@given(groups, st.floats(0.01, 1))
def test_long2short_moves_reward_and_makes_none(
    group: tuple[list[float], list[int], list[float]], strength: float
) -> None:
    outcomes, lengths, _ = group
    before = tensor([outcomes])
    after = mgpo.long2short(before, torch.tensor([lengths]), strength)
    assert after.sum().item() == pytest.approx(before.sum().item(), abs=1e-6)
    assert (after - before).abs().max().item() <= strength + 1e-9
    assert torch.equal(after[before == 0], before[before == 0])
    of_right = {n for o, n in zip(outcomes, lengths, strict=True) if o == 1}
    if len(of_right) < 2:
        assert torch.equal(after, before)
    else:
        assert (after - before).abs().max().item() == pytest.approx(strength, abs=1e-6)
        ranked = sorted(zip(lengths, after[0].tolist(), outcomes, strict=True))
        kept = [reward for _, reward, outcome in ranked if outcome == 1]
        assert all(a >= b - 1e-9 for a, b in pairwise(kept))


def test_long2short_by_hand() -> None:
    # s = 1/10, 1/20, 1/20; mean 1/15; s - mean = 1/30, -1/60, -1/60
    shifted = mgpo.long2short(tensor([[1, 1, 1, 0]]), torch.tensor([[10, 20, 20, 5]]), 0.2)
    assert shifted[0].tolist() == pytest.approx([1.2, 0.9, 0.9, 0.0], abs=1e-6)


@given(groups, st.floats(0, 2))
def test_the_process_term_sums_to_zero(
    group: tuple[list[float], list[int], list[float]], strength: float
) -> None:
    quality = tensor([group[2]])
    assert mgpo.centred(quality, strength).sum().item() == pytest.approx(0, abs=1e-6)


def test_a_completion_of_unknown_quality_has_no_process_term() -> None:
    term = mgpo.centred(tensor([[1.0, 0.5, math.nan]]), 0.3)
    assert term[0].tolist() == pytest.approx([0.075, -0.075, 0.0])


@given(
    st.lists(st.lists(st.floats(0, 1), min_size=4, max_size=4), min_size=1, max_size=6),
    st.lists(st.integers(0, 2), min_size=6, max_size=6),
    st.floats(0.1, 10),
)
def test_no_domain_is_louder_than_the_average(
    qualities: list[list[float]], of: list[int], loud: float
) -> None:
    domains = tensor(of[: len(qualities)]).repeat_interleave(4)
    factor = torch.where(domains == 0, loud, 1.0)
    terms = mgpo.centred(tensor(qualities), 1.0).flatten() * factor
    found = mgpo.balanced(terms, domains)

    def loudness(values: torch.Tensor, domain: float) -> float:
        return float(values[domains == domain].square().mean().sqrt())

    kinds = domains.unique().tolist()
    mean = sum(loudness(terms, kind) for kind in kinds) / len(kinds)
    for kind in kinds:
        assert loudness(found, kind) <= mean * (1 + 1e-4) + 1e-6
        assert loudness(found, kind) <= loudness(terms, kind) + 1e-6
    assert found.view(-1, 4).sum(dim=1).abs().max() < 1e-4
    assert ((found * terms) >= 0).all()
    assert torch.equal(mgpo.balanced(terms, torch.zeros_like(domains)), terms)


@given(groups, st.floats(0.05, 1))
def test_what_is_kept_agrees_with_the_outcome(
    group: tuple[list[float], list[int], list[float]], keep: float
) -> None:
    outcomes, _, quality = group
    kept = mgpo.consistent(tensor([outcomes]), tensor([quality]), keep)[0].tolist()
    for wanted, sign in ((1.0, 1), (0.0, -1)):
        of = [i for i, o in enumerate(outcomes) if o == wanted]
        stay = [sign * quality[i] for i in of if kept[i]]
        leave = [sign * quality[i] for i in of if not kept[i]]
        assert len(stay) >= keep * len(of) - 1e-9
        assert not leave or max(leave) < min(stay)


def test_another_trl_is_refused_with_the_versions_that_work() -> None:
    class Renamed:
        def _calculate_rewards(self, inputs: object) -> None: ...

    with pytest.raises(mgpo.UnsupportedTRL, match=r"install 'trl>=1\.16,<1\.17'"):
        mgpo.check_contract(Renamed)


def test_the_installed_trl_keeps_the_contract() -> None:
    mgpo.check_contract()


def _trainer(tmp_path: Path, **shaping: object) -> mgpo.MGPOTrainer:
    from datasets import Dataset
    from trl import GRPOConfig

    language_model = models.load("tiny:16x1")

    def by_length(completions: list[str], **_: object) -> list[float]:
        return [float(len(text) % 2) for text in completions]

    return mgpo.MGPOTrainer(
        model=language_model.model,
        args=GRPOConfig(
            **models.trainer_defaults(),
            output_dir=str(tmp_path),
            per_device_train_batch_size=8,
            num_generations=4,
            max_completion_length=8,
            max_steps=1,
            loss_type="grpo",
            disable_tqdm=True,
        ),
        reward_funcs=[by_length],
        train_dataset=Dataset.from_list([{"prompt": "a"}, {"prompt": "b"}]),
        processing_class=language_model.tokenizer,
        **shaping,
    )


def _every_second_is_faulty(
    prompts: Sequence[str], completions: Sequence[str], domains: Sequence[str | None]
) -> list[Judgement]:
    faulty = Judgement(0.5, (Fault.CALCULATION,), (Span(0, 2),))
    return [faulty if i % 2 else Judgement(1.0) for i in range(len(prompts))]


def test_token_advantages_reach_the_loss(tmp_path: Path) -> None:
    trainer = _trainer(tmp_path, judge=_every_second_is_faulty, process=0.4)
    trainer.model.train()
    trainer.current_gradient_accumulation_steps = 1
    batch = trainer._generate_and_score_completions([{"prompt": "a"}] * 4 + [{"prompt": "b"}] * 4)
    advantages = batch["advantages"]
    assert advantages.shape == batch["completion_ids"].shape
    # an even completion gains 0.1 on all its tokens; an odd one loses 0.1 on its first characters
    ids = batch["completion_ids"][1][batch["completion_mask"][1].bool()].tolist()
    faulty = steps.tokens_of(Span(0, 2), steps.places(ids, trainer.processing_class))
    outcome = advantages[1, len(faulty)]
    assert 0 < len(faulty) < len(ids)
    lost = (advantages[1, : len(faulty)] - outcome).tolist()
    assert lost == pytest.approx([-0.1] * len(faulty), abs=1e-6)

    def gradient(values: torch.Tensor) -> torch.Tensor:
        trainer.model.zero_grad()
        trainer._compute_loss(trainer.model, {**batch, "advantages": values}).backward()
        return trainer.model.model.embed_tokens.weight.grad.clone()

    whole, first_token = advantages.clone(), advantages.clone()
    first_token[:, 1:] = 0
    assert not torch.allclose(gradient(whole), gradient(first_token))


def test_a_judge_is_asked_for_where_it_is_needed(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="need a judge"):
        _trainer(tmp_path, process=0.3)
    with pytest.raises(ValueError, match="needs process > 0"):
        _trainer(tmp_path, judge=_every_second_is_faulty, consensus=0.3)


PROBLEM = "A baker fills 6 trays with 14 rolls each and sells 30 of them. How many are left?"
RIGHT = "6 * 14 = 84 rolls.\n\n84 - 30 = 54. The answer is 54."
SETUP = "6 + 14 = 20 rolls.\n\n30 - 20 = 10. The answer is 10."


def test_a_step_that_only_failing_completions_take_costs_quality() -> None:
    judged = claims(workers=0)([PROBLEM] * 3, [RIGHT, SETUP, RIGHT], [None] * 3)
    assert judged[1].faults == ()  # all that it calculates is right
    found = compared([PROBLEM] * 3, judged, [1, 0, 1], 0.4)
    assert [found[0], found[2]] == [judged[0], judged[2]]
    assert found[1].quality == pytest.approx(max(0, (judged[1].quality or 0) - 0.4))
    first = Span(0, SETUP.index("\n\n") + 2)
    assert first in found[1].steps
    assert compared([PROBLEM, "another", PROBLEM], judged, [1, 0, 1], 0.4) == judged
    assert compared([PROBLEM] * 3, judged, [None, 0, 0], 0.4) == judged


def test_a_judge_keeps_its_crew() -> None:
    with Crew(1) as crew:
        judge = claims(crew)
        assert judge([PROBLEM], [SETUP], ["math"]) == claims(workers=0)(
            [PROBLEM], [SETUP], ["math"]
        )
        (worker,) = crew._workers
        process = worker._process
        assert judge([PROBLEM] * 2, [RIGHT, SETUP], [None] * 2)[0].quality == 1
        assert worker._process is process is not None


def test_consensus_reaches_the_process_term(tmp_path: Path) -> None:
    def judge(prompts: object, texts: Sequence[str], domains: object) -> Sequence[Judgement]:
        return claims(workers=0)([PROBLEM] * 4, [RIGHT, SETUP, RIGHT, RIGHT], [None] * 4)

    trainer = _trainer(tmp_path, judge=judge, process=1.0, consensus=0.4)
    trainer.model.train()
    # of four completions of one prompt the second is wrong: an even number of characters
    trainer._calculate_rewards([{"prompt": "a"}] * 4, ["a"] * 4, ["x", "yy", "z", "w"], [[5]] * 4)
    terms = trainer._process_terms.tolist()
    assert terms[1] < 0 < terms[0] == pytest.approx(terms[2])
    assert sum(terms) == pytest.approx(0, abs=1e-6)


def test_selection_leaves_out_what_disagrees(tmp_path: Path) -> None:
    trainer = _trainer(tmp_path, judge=_every_second_is_faulty, keep=0.5)
    trainer.model.train()
    rewards = trainer._calculate_rewards(
        [{"prompt": "a"}] * 4, ["a"] * 4, ["x", "y", "zz", "ww"], [[5], [6], [7, 7], [8, 8]]
    )
    # 1 and 1 are right, the second of them faulty; 2 and 2 wrong, the first of them sound
    assert rewards[:, 0].isnan().tolist() == [False, True, True, False]


@settings(max_examples=5, deadline=None)
@given(st.sampled_from([0.0, 1.0, 3.0]))
def test_weights_multiply_the_advantages(gamma: float) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        trainer = _trainer(Path(folder), gamma=gamma)
        trainer.model.train()
        out = trainer._generate_and_score_completions([{"prompt": "a"}] * 4)
        texts = trainer.processing_class.batch_decode(
            out["completion_ids"], skip_special_tokens=True
        )
        p = sum(len(text) % 2 for text in texts) / 4
        rewards = tensor([len(text) % 2 for text in texts])
        plain = (rewards - p) / (rewards.std() + 1e-4)
        expected = plain * mgpo.weight(tensor([p]), gamma)
        assert out["advantages"].tolist() == pytest.approx(expected.tolist(), abs=1e-5)
