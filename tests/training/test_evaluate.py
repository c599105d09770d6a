"""Numbers over samples: pass@k, votes, claim-level reliability, intervals; and `clr eval`."""

from __future__ import annotations

import json
import math
from itertools import combinations
from pathlib import Path

import pytest

pytest.importorskip("torch")

from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from clr.cli import app
from clr.training.data import Record
from clr.training.evaluate import bootstrap, pass_at_k
from clr.training.rollout import Rollout
from clr.training.standing import Graded, graded, standing


@given(st.integers(1, 9), st.data())
def test_pass_at_k_is_the_share_of_subsets_with_a_right_one(n: int, data: st.DataObject) -> None:
    c = data.draw(st.integers(0, n))
    k = data.draw(st.integers(1, n))
    subsets = list(combinations([True] * c + [False] * (n - c), k))
    expected = sum(map(any, subsets)) / len(subsets)
    assert pass_at_k(n, c, k) == pytest.approx(expected, abs=1e-9)


@given(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=1, max_size=6))
def test_a_standing_agrees_with_its_parts(outcomes: list[list[bool]]) -> None:
    samples = [[Graded("1" if o else "2", o, 1.0, True) for o in row] for row in outcomes]
    found = standing(samples, [10, 20])
    mean = sum(map(sum, outcomes)) / (4 * len(outcomes))
    assert found.mean.mean == pytest.approx(mean) == pytest.approx(found.passed[1])
    assert found.passed[4] == pytest.approx(sum(map(any, outcomes)) / len(outcomes))
    assert found.passed[1] <= found.passed[2] <= found.passed[4]
    assert found.majority == found.reliable
    assert (found.reliable_gain.low, found.reliable_gain.high) == (0, 0)
    assert found.tokens == 15


def test_reliability_can_overrule_a_majority() -> None:
    wrong = Graded("7", False, 0.1, False)
    right = Graded("8", True, 0.9, True)
    found = standing([[wrong, wrong, right]] * 3)
    assert (found.majority.mean, found.reliable.mean, found.reliable_gain.low) == (0, 1, 1)
    assert found.sound == 1.0


def test_samples_of_different_number_are_refused() -> None:
    one = Graded("1", True, 1.0, True)
    with pytest.raises(ValueError, match="of all as many"):
        standing([[one], [one, one]])


def test_right_answers_with_unsound_reasoning_are_told_apart() -> None:
    record = Record(id="a", domain="math", prompt="Compute 2 + 3 + 4.\n", answer="9")
    texts = ["2 + 3 = 5\n5 + 4 = 9\nAnswer: 9", "2 + 3 = 6\n6 + 4 = 9\nAnswer: 9"]
    ((sound, lucky),) = graded([record], [Rollout("a", texts, [])], workers=0)
    assert (sound.right, sound.sound) == (True, True)
    assert (lucky.right, lucky.sound) == (True, False)
    assert sound.reliability > lucky.reliability


@given(st.lists(st.floats(0, 1), min_size=2, max_size=30))
def test_an_interval_holds_its_mean(values: list[float]) -> None:
    found = bootstrap(values)
    assert min(values) - 1e-9 <= found.low <= found.high <= max(values) + 1e-9
    assert math.isclose(found.mean, sum(values) / len(values), abs_tol=1e-9)


def test_eval_prints_a_standing_for_a_local_file(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text('{"problem_idx": 1, "problem": "1 + 1", "answer": 2}\n')
    arguments = ["eval", "-b", "aime25", "--data", str(file), "-m", "tiny:16x1", "-k", "2"]
    arguments += ["--max-new-tokens", "4", "--cache", str(tmp_path / "cache"), "--json"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout.splitlines()[-1])
    assert (found["problems"], found["k"], found["mean"]["mean"]) == (1, 2, 0.0)


def test_eval_names_the_benchmarks_that_there_are() -> None:
    result = CliRunner().invoke(app, ["eval", "-b", "aime99", "-m", "tiny"])
    assert result.exit_code == 2
    assert "hmmt25" in result.output
